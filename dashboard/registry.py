"""The registry: what a school group's code of conduct asks, and how that is read (`data/gedragscode.toml`).

Everything a school group may want to change without touching code stands there: articles, purposes,
categories, readings, platforms, dates, thresholds, labels and explanations. What the consent rules themselves
produce, the fourteen statuses and the four outcomes, is fixed here, and the file is held against it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeVar

from dashboard.toml_tables import TomlFile, TomlTable

STATUSES: Final = (
    "ja",
    "nee",
    "ingetrokken",
    "conflict",
    "werd_16_ja",
    "werd_16_nee",
    "verlopen_ja",
    "verlopen_nee",
    "onbevoegd",
    "niet_uitdrukkelijk",
    "niet_aantoonbaar",
    "onbeantwoord",
    "niet_gevraagd",
    "onbekend",
)
"""What a pupil's answer for a purpose can be on a day; exactly one of these."""

UNKNOWN: Final = "onbekend"
"""The status, and the outcome, of a school that delivered nothing for that day."""

OUTCOMES: Final = ("ja", "nee", "ongeldig", UNKNOWN)
"""What a reading makes of a status."""

GRANTS: Final = frozenset({"ja", "werd_16_ja", "verlopen_ja"})
"""The statuses in which somebody entitled said yes: only these may be read as `ja`."""

REFUSALS: Final = frozenset({"nee", "ingetrokken", "conflict", "werd_16_nee", "verlopen_nee"})
"""The statuses in which somebody entitled did not agree: only these may be read as `nee`."""

KINDS: Final = ("M", "P", "D", "N")
"""Measurable, proxy, document, not measurable."""

SECTIONS: Final = ("personeel", "ouders", "leerlingen")
"""The sections of the joint participation council."""

YEARS: Final = ("schooljaar",)
"""What "yearly" may mean: what the consent rules know."""


class RegistryError(ValueError):
    """The registry can't be read or contradicts itself. A Dutch message with the file's name and the line."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A listed value and how people read it."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """What consent is asked for."""

    code: str
    label: str
    short: str
    """A label for an axis or a table's header, at most about fifteen letters."""
    article: str


@dataclass(frozen=True, slots=True)
class Category:
    """What a reported incident is about, under one article."""

    code: str
    label: str
    article: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the code: `IV.M`, and what it is about."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure of the evaluation."""

    code: str
    label: str
    explanation: str
    norm: int | None
    """1: all of them; 0: none of them; None: the code sets no norm."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the code, in our own words."""

    number: str
    chapter: str
    """The code of its chapter: `IV.M` for `IV.M.8`, `I` for `I`."""
    title: str
    text: str
    kind: str
    """`M` measurable, `P` proxy, `D` document, `N` not measurable."""
    indicators: tuple[str, ...]
    """Codes of `Registry.indicators`, in the order in which they are shown."""
    needs: tuple[str, ...]
    """The datasets its indicators are made of."""
    norm: str | None
    """The norm in words, or None where the code sets none."""
    question: str
    """The open question for the joint participation council."""
    sections: tuple[str, ...]
    """The sections of the council that it concerns."""


@dataclass(frozen=True, slots=True)
class Status:
    """One of `STATUSES`, explained in one sentence."""

    code: str
    label: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read the statuses: what counts as a valid yes, a valid no, or not in order."""

    code: str
    label: str
    explanation: str
    outcomes: Mapping[str, str]
    """Every status → one of `OUTCOMES`."""
    default: bool


@dataclass(frozen=True, slots=True)
class Platform:
    """A known platform, and the other names it goes by (all in small letters)."""

    code: str
    label: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of adopting the code. A date that isn't settled is None."""

    directors: date | None
    """Advice of the directors."""
    gmr: date | None
    """Consent of the joint participation council."""
    board: date | None
    """Adoption by the executive board."""
    in_force: date | None
    validity_years: int

    @property
    def steps(self) -> tuple[date | None, date | None, date | None, date | None]:
        """The four dates in their order: directors, council, board, in force."""
        return (self.directors, self.gmr, self.board, self.in_force)

    @property
    def lead_times(self) -> tuple[int | None, int | None, int | None]:
        """Days from each step to the next; None where one of the two dates is missing."""
        return (
            _days(self.directors, self.gmr),
            _days(self.gmr, self.board),
            _days(self.board, self.in_force),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the code's own text that the council may want to repair."""

    article: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word that a screen uses and a reader may not know."""

    term: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Registry:
    """One school group's code of conduct, checked and complete."""

    organisation: str
    short_name: str
    title: str
    year: str
    """What "yearly" means, one of `YEARS`."""
    threshold: int
    """k: a number of persons from 1 up to, not including, k is small."""
    minimum_base: int
    """No rate over fewer than this many."""
    rounds: tuple[Round, ...]
    """Oldest first, at least one."""
    chapters: tuple[Chapter, ...]
    articles: tuple[Article, ...]
    indicators: tuple[Indicator, ...]
    purposes: tuple[Purpose, ...]
    categories: tuple[Category, ...]
    statuses: tuple[Status, ...]
    """In the order of `STATUSES`."""
    readings: tuple[Reading, ...]
    platforms: tuple[Platform, ...]
    findings: tuple[Finding, ...]
    terms: tuple[Term, ...]
    measures: Mapping[str, tuple[str, ...]]
    """Who → the measures their rules hold: `leerlingen` → those of the pupils' statute."""
    labels: Mapping[str, Mapping[str, str]]
    """Contract column (`dataset.column` where one name has two meanings) → code → Dutch label."""

    @property
    def in_force(self) -> date | None:
        """The day the code first came into force, from which evaluation periods are counted; None: not settled."""
        return next((adopted.in_force for adopted in self.rounds if adopted.in_force), None)

    @property
    def validity_years(self) -> int:
        """How many years a round of the code is valid."""
        return self.rounds[0].validity_years

    @property
    def latest_round(self) -> Round:
        """The round that planning starts from: the last one with a day in force, since plans count from that."""
        return next((adopted for adopted in reversed(self.rounds) if adopted.in_force), self.rounds[-1])

    @property
    def default_reading(self) -> Reading:
        """The reading used where nobody chose one."""
        return next(reading for reading in self.readings if reading.default)

    def purpose(self, code: str) -> Purpose:
        """The purpose of a code. Raises KeyError."""
        return _only(self.purposes, lambda purpose: purpose.code == code, code)

    def category(self, code: str) -> Category:
        """The category of a code. Raises KeyError."""
        return _only(self.categories, lambda category: category.code == code, code)

    def article(self, number: str) -> Article:
        """The article of a number. Raises KeyError."""
        return _only(self.articles, lambda article: article.number == number, number)

    def chapter(self, code: str) -> Chapter:
        """The chapter of a code. Raises KeyError."""
        return _only(self.chapters, lambda chapter: chapter.code == code, code)

    def indicator(self, code: str) -> Indicator:
        """The indicator of a code; `dekking:beeld_email` is the one of `dekking`. Raises KeyError."""
        plain = code.partition(":")[0]
        return _only(self.indicators, lambda indicator: indicator.code == plain, code)

    def status(self, code: str) -> Status:
        """The status of a code. Raises KeyError."""
        return _only(self.statuses, lambda status: status.code == code, code)

    def reading(self, code: str) -> Reading:
        """The reading of a code. Raises KeyError."""
        return _only(self.readings, lambda reading: reading.code == code, code)

    def term(self, term: str) -> Term:
        """A word of the glossary, in small letters. Raises KeyError."""
        return _only(self.terms, lambda entry: entry.term == term, term)

    def platform(self, name: str) -> Platform | None:
        """The known platform of a name or alias, whatever its case; None for a new one."""
        plain = name.strip().lower()
        return next((known for known in self.platforms if plain in (known.code, *known.aliases)), None)

    def choices(self, column: str) -> tuple[Choice, ...]:
        """The values of a column with their labels, in the registry's order; empty for an unknown column."""
        return tuple(Choice(code, label) for code, label in self.labels.get(column, {}).items())

    def label(self, column: str, code: str) -> str:
        """How people read a value of a column; the value itself without a label, as for a new platform."""
        return self.labels.get(column, {}).get(code, code)


Found = TypeVar("Found")


def _only(entries: Iterable[Found], fits: Callable[[Found], bool], name: str) -> Found:
    for entry in entries:
        if fits(entry):
            return entry
    raise KeyError(name)


def _days(first: date | None, last: date | None) -> int | None:
    return None if first is None or last is None else (last - first).days


def load_registry(path: Path) -> Registry:
    """Read and check a registry.

    Raises RegistryError when the file is missing, is no TOML, misses something, holds something unknown, or
    contradicts itself; the message is Dutch and names the file and, where there is one, the line.
    """
    source = TomlFile.read(path, RegistryError)
    top = source.top()
    registry = _compose(top)
    top.close()
    _check(registry, source)
    return registry


_CODE: Final = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_NUMBER: Final = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)*")
_PLATFORM: Final = re.compile(r"[a-z0-9.+_/-]+( [a-z0-9.+_/-]+)*")
_PLATFORM_LETTERS: Final = 40
"""As long as the data contract lets a platform be."""
_PLATFORM_SIGNS: Final = "kleine letters, cijfers, spaties en . + - _ /"

_READABLE_AS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(STATUSES, ("ongeldig",)),
    **dict.fromkeys(GRANTS, ("ja", "ongeldig")),
    **dict.fromkeys(REFUSALS, ("nee", "ongeldig")),
    UNKNOWN: (UNKNOWN,),
}
"""Status → what a reading may make of it. A refusal is never a yes, and a silent school is never anything."""


def _compose(top: TomlTable) -> Registry:
    chapters = _each(top, "chapter", _chapter)
    articles = _each(top, "article", _article, named="number")
    purposes = _each(top, "purpose", _purpose)
    categories = _each(top, "category", _category)
    indicators = _each(top, "indicator", _indicator)
    platforms = _each(top, "platform", _platform, least=0)
    readings = _each(top, "reading", _reading)
    statuses = sorted(_each(top, "status", _status), key=lambda status: STATUSES.index(status.code))
    named = {
        "artikel": {article.number: article.title for article in articles},
        "doel": {purpose.code: purpose.label for purpose in purposes},
        "categorie": {category.code: category.label for category in categories},
        "indicator": {indicator.code: indicator.label for indicator in indicators},
        "platform": {platform.code: platform.label for platform in platforms},
        "lezing": {reading.code: reading.label for reading in readings},
        "status": {status.code: status.label for status in statuses},
    }
    return Registry(
        organisation=top.text("organisation"),
        short_name=top.text("short_name"),
        title=top.text("title"),
        year=top.one_of("year", YEARS),
        threshold=top.whole("threshold", least=1),
        minimum_base=top.whole("minimum_base", least=1),
        rounds=_each(top, "round", _round, named=""),
        chapters=chapters,
        articles=articles,
        indicators=indicators,
        purposes=purposes,
        categories=categories,
        statuses=tuple(statuses),
        readings=readings,
        platforms=platforms,
        findings=_each(top, "finding", _finding, named="", least=0),
        terms=_each(top, "term", _term, named="term", least=0),
        measures=_measures(top.table("measures")),
        labels=_labels(top.table("labels"), named),
    )


Entry = TypeVar("Entry")


def _each(
    top: TomlTable, key: str, make: Callable[[TomlTable], Entry], *, named: str = "code", least: int = 1
) -> tuple[Entry, ...]:
    """Every table `[[key]]`, made and closed; no two have the same value under `named` ("": no check)."""
    entries = []
    taken: list[object] = []
    for table in top.tables(key, least):
        name = table.rest.get(named)
        entries.append(make(table))
        table.close()
        if name is not None and name in taken:
            raise table.problem(named, f"{name} komt twee keer voor.")
        taken.append(name)
    return tuple(entries)


def _code(table: TomlTable) -> str:
    return table.text_like("code", _CODE, "kleine letters, cijfers en losse liggende streepjes")


def _number(table: TomlTable, key: str) -> str:
    return table.text_like(key, _NUMBER, "hoofdletters en cijfers met punten ertussen, zoals IV.M.8")


def _chapter(table: TomlTable) -> Chapter:
    return Chapter(_number(table, "code"), table.text("title"))


def _article(table: TomlTable) -> Article:
    number = _number(table, "number")
    return Article(
        number=number,
        chapter=number.rpartition(".")[0] or number,
        title=table.text("title"),
        text=table.text("text"),
        kind=table.one_of("kind", KINDS),
        indicators=table.texts("indicators"),
        needs=table.texts("needs"),
        norm=table.optional_text("norm"),
        question=table.text("question"),
        sections=table.some_of("sections", SECTIONS, least=1),
    )


def _norm(table: TomlTable) -> int | None:
    if "norm" not in table.rest:
        return None
    norm = table.whole("norm", least=0)
    if norm > 1:
        raise table.problem("norm", "norm is 1 (allemaal) of 0 (geen enkele); zonder norm ontbreekt de regel.")
    return norm


def _indicator(table: TomlTable) -> Indicator:
    return Indicator(_code(table), table.text("label"), table.text("explanation"), _norm(table))


def _purpose(table: TomlTable) -> Purpose:
    return Purpose(_code(table), table.text("label"), table.text("short"), table.text("article"))


def _category(table: TomlTable) -> Category:
    return Category(_code(table), table.text("label"), table.text("article"))


def _status(table: TomlTable) -> Status:
    return Status(table.one_of("code", STATUSES), table.text("label"), table.text("explanation"))


def _reading(table: TomlTable) -> Reading:
    return Reading(
        code=_code(table),
        label=table.text("label"),
        explanation=table.text("explanation"),
        outcomes=_outcomes(table),
        default=table.flag("default"),
    )


def _outcomes(table: TomlTable) -> Mapping[str, str]:
    outcomes: dict[str, str] = {}
    for outcome in OUTCOMES:
        for status in table.some_of(outcome, STATUSES):
            if status in outcomes:
                raise table.problem(outcome, f"{status} staat ook al onder {outcomes[status]}.")
            if outcome not in _READABLE_AS[status]:
                raise table.problem(outcome, f"{status} kan alleen {' of '.join(_READABLE_AS[status])} zijn.")
            outcomes[status] = outcome
    missing = [status for status in STATUSES if status not in outcomes]
    if missing:
        raise table.problem("code", f"deze lezing zegt niets over {', '.join(missing)}.")
    return {status: outcomes[status] for status in STATUSES}


def _platform(table: TomlTable) -> Platform:
    platform = Platform(table.text("code"), table.text("label"), table.texts("aliases"))
    for key, names in (("code", (platform.code,)), ("aliases", platform.aliases)):
        if not all(_PLATFORM.fullmatch(name) and len(name) <= _PLATFORM_LETTERS for name in names):
            raise table.problem(key, f"{key} telt ten hoogste {_PLATFORM_LETTERS} tekens: {_PLATFORM_SIGNS}.")
    return platform


def _round(table: TomlTable) -> Round:
    return Round(
        directors=table.day("directors"),
        gmr=table.day("gmr"),
        board=table.day("board"),
        in_force=table.day("in_force"),
        validity_years=table.whole("validity_years", least=1),
    )


def _finding(table: TomlTable) -> Finding:
    return Finding(table.text("article"), table.text("title"), table.text("text"))


def _term(table: TomlTable) -> Term:
    term = table.text("term")
    if term != term.lower():
        raise table.problem("term", "term staat in kleine letters.")
    return Term(term, table.text("explanation"))


def _measures(table: TomlTable) -> Mapping[str, tuple[str, ...]]:
    measures = {who: table.texts(who) for who in table.left()}
    table.close()
    return measures


def _labels(table: TomlTable, named: Mapping[str, Mapping[str, str]]) -> Mapping[str, Mapping[str, str]]:
    labels = dict(named)
    for column in table.left():
        if column in named:
            raise table.problem(column, f"de labels van {column} staan al bij hun eigen tabellen.")
        entries = table.table(column)
        labels[column] = {code: entries.text(code) for code in entries.left()}
    return labels


@dataclass(frozen=True, slots=True)
class _Reference:
    """One mention of something that must exist: where it stands, what it names, and what there is."""

    table: str
    index: int
    key: str
    named: str
    known: Iterable[str]
    what: str


def _check(registry: Registry, source: TomlFile) -> None:
    _check_platforms(registry, source)
    _check_complete(registry, source)
    _check_evidence(registry, source)
    for reference in _references(registry):
        if reference.named not in reference.known:
            sentence = f"{reference.key} noemt {reference.what} {reference.named}, en dat bestaat niet."
            raise source.problem(reference.table, reference.index, reference.key, sentence)


def _check_platforms(registry: Registry, source: TomlFile) -> None:
    taken: set[str] = set()
    for index, platform in enumerate(registry.platforms):
        for name in (platform.code, *platform.aliases):
            if name in taken:
                raise source.problem("platform", index, "code", f"{name} komt twee keer voor.")
            taken.add(name)


def _check_complete(registry: Registry, source: TomlFile) -> None:
    present = {status.code for status in registry.statuses}
    missing = [status for status in STATUSES if status not in present]
    if missing:
        raise source.problem("status", 0, "", f"er is geen [[status]] voor {', '.join(missing)}.")
    defaults = [index for index, reading in enumerate(registry.readings) if reading.default]
    if len(defaults) != 1:
        where = defaults[1] if defaults else 0
        raise source.problem("reading", where, "default", "precies één lezing heeft default = true.")
    if registry.minimum_base < registry.threshold:
        raise source.problem("", 0, "minimum_base", "minimum_base is ten minste threshold.")
    for index, (earlier, later) in enumerate(pairwise(registry.rounds), start=1):
        if earlier.in_force and later.in_force and later.in_force <= earlier.in_force:
            raise source.problem("round", index, "in_force", "de rondes staan van oud naar nieuw.")


def _check_evidence(registry: Registry, source: TomlFile) -> None:
    """An article that can be measured says by what, and one that can't has nothing to show."""
    for index, article in enumerate(registry.articles):
        if (article.kind == "N") == bool(article.indicators):
            raise source.problem(
                "article", index, "kind", "soort N heeft geen indicators, elke andere soort minstens één."
            )
        if article.kind == "N" and (article.needs or article.norm):
            raise source.problem("article", index, "kind", "soort N heeft geen needs en geen norm.")


def _references(registry: Registry) -> Iterable[_Reference]:
    articles = {article.number for article in registry.articles}
    chapters = {chapter.code for chapter in registry.chapters}
    indicators = {indicator.code for indicator in registry.indicators}
    datasets = registry.labels.get("dataset", {})
    for index, article in enumerate(registry.articles):
        yield _Reference("article", index, "number", article.chapter, chapters, "hoofdstuk")
        for code in article.indicators:
            yield _Reference("article", index, "indicators", code, indicators, "indicator")
        for dataset in article.needs:
            yield _Reference("article", index, "needs", dataset, datasets, "dataset")
    for index, purpose in enumerate(registry.purposes):
        yield _Reference("purpose", index, "article", purpose.article, articles, "artikel")
    for index, category in enumerate(registry.categories):
        yield _Reference("category", index, "article", category.article, articles, "artikel")
    for index, finding in enumerate(registry.findings):
        yield _Reference("finding", index, "article", finding.article, articles, "artikel")
    for who, measures in registry.measures.items():
        for measure in measures:
            yield _Reference("measures", 0, who, measure, registry.labels.get("maatregel", {}), "maatregel")
