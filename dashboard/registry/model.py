"""What a school group's code of conduct asks, as frozen classes: nothing but data, checked when it was read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

FIRST_EVALUATION: Final = date(2025, 2, 1)
"""Where the evaluation periods start of a code whose day in force isn't settled."""

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

PUBLISHED_READING: Final = "code"
"""The reading that tables without a choice of readings follow: year groups, outlook, use, funnel, year rules."""

GRANTS: Final = frozenset({"ja", "werd_16_ja", "verlopen_ja"})
"""The statuses in which somebody entitled said yes: only these may be read as `ja`."""

REFUSALS: Final = frozenset({"nee", "ingetrokken", "conflict", "werd_16_nee", "verlopen_nee"})
"""The statuses in which somebody entitled did not agree: only these may be read as `nee`."""

KINDS: Final = ("M", "P", "D", "N")
"""Measurable, proxy, document, not measurable."""

MEASURED: Final = ("leerlingen", "medewerkers")
"""For whom the code names measures."""

FIGURES: Final = ("aantal", "aandeel", "mediaan")
"""What an indicator is: a number, a part of a number, or the middle one of days."""

SECTIONS: Final = ("personeel", "ouders", "leerlingen")
"""The sections of the joint participation council."""

YEARS: Final = ("schooljaar", "twaalf_maanden", "codejaar")
"""What "yearly" may mean: the school year, twelve months from the answer, or the code's own year."""


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
    figure: str
    """One of `FIGURES`."""
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
    requirement: str | None
    """What the code asks and such an answer lacks, in words; None where it lacks nothing, or nothing is known."""


@dataclass(frozen=True, slots=True)
class YearRule:
    """A meaning of "yearly": how long an answer speaks."""

    code: str
    """One of `YEARS`."""
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
    year_rules: tuple[YearRule, ...]
    """Every one of `YEARS`, in that order."""
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
        """The day the code first came into force; None: not settled."""
        return next((adopted.in_force for adopted in self.rounds if adopted.in_force), None)

    @property
    def evaluated_since(self) -> date:
        """The first day of the first evaluation period, which a day in force that isn't settled doesn't put off."""
        return self.in_force or FIRST_EVALUATION

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
