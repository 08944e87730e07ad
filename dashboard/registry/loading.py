"""From data/gedragscode.toml to the classes of the model."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

from dashboard.registry.consistency import check_consistency
from dashboard.registry.model import (
    FIGURES,
    GRANTS,
    KINDS,
    MEASURED,
    OUTCOMES,
    REFUSALS,
    SECTIONS,
    STATUSES,
    UNKNOWN,
    YEARS,
    Article,
    Category,
    Chapter,
    Finding,
    Indicator,
    Platform,
    Purpose,
    Reading,
    Registry,
    RegistryError,
    Round,
    Status,
    Term,
    YearRule,
)
from dashboard.toml_tables import TomlFile, TomlTable


def load_registry(path: Path) -> Registry:
    """Read and check a registry.

    Raises RegistryError when the file is missing, is no TOML, misses something, holds something unknown, or
    contradicts itself; the message is Dutch and names the file and, where there is one, the line.
    """
    source = TomlFile.read(path, RegistryError)
    top = source.top()
    registry = _compose(top)
    top.close()
    check_consistency(registry, source)
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
    year_rules = sorted(_each(top, "year_rule", _year_rule), key=lambda rule: YEARS.index(rule.code))
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
        year_rules=tuple(year_rules),
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
    return Indicator(
        _code(table),
        table.text("label"),
        table.text("explanation"),
        table.one_of("figure", FIGURES),
        _norm(table),
    )


def _purpose(table: TomlTable) -> Purpose:
    return Purpose(_code(table), table.text("label"), table.text("short"), table.text("article"))


def _category(table: TomlTable) -> Category:
    return Category(_code(table), table.text("label"), table.text("article"))


def _status(table: TomlTable) -> Status:
    return Status(
        code=table.one_of("code", STATUSES),
        label=table.text("label"),
        explanation=table.text("explanation"),
        requirement=table.optional_text("requirement"),
    )


def _year_rule(table: TomlTable) -> YearRule:
    return YearRule(table.one_of("code", YEARS), table.text("label"), table.text("explanation"))


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
    for who in table.left():
        if who not in MEASURED:
            raise table.problem(who, f"maatregelen zijn er voor {' en '.join(MEASURED)}.")
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
