"""What the evaluation says of every article: its rows, its verdict, and whom of the council it concerns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl

from dashboard.indicators.evaluation import (
    ATTENTION,
    IN_ORDER,
    NO_DATA,
    NO_NORM,
    NOT_IN_ORDER,
    NOT_MEASURABLE,
)
from dashboard.registry import Registry
from dashboard.registry.model import Article

Row = Mapping[str, Any]
"""A row of `evaluation`: its columns by name."""

ORDER: Final = (NOT_IN_ORDER, ATTENTION, NO_DATA, IN_ORDER, NO_NORM, NOT_MEASURABLE)
"""What needs attention first comes first. The verdict of an article is the first one that a row of it has."""

NOT_SHOWN: Final = "niet getoond"
"""In the place of a verdict that would tell a small count. Worse ones go before it; good ones would be guessed."""

NEED_ATTENTION: Final = (NOT_IN_ORDER, ATTENTION, NO_DATA)

ORDER_WITH_HIDDEN: Final = (*NEED_ATTENTION, NOT_SHOWN, IN_ORDER, NO_NORM, NOT_MEASURABLE)
"""The same as `ORDER`, where a verdict may be hidden."""

REPORTS_OF: Final = "incidenten"
PARTS_OF_REPORTS: Final = ("in_les", "met_maatregel", "zelfde_dag_gemeld")
"""The reports of an article, and the indicators that are a part of exactly these."""

ONLY_OURS: Final = "alleen"
"""Why a section looks at an article that is in order: it concerns no other section."""


@dataclass(frozen=True, slots=True)
class ArticleFinding:
    """An article with what was found of it."""

    article: Article
    verdict: str
    """One of `ORDER_WITH_HIDDEN`."""
    rows: tuple[Row, ...]
    """A row per indicator, in the order in which they are shown; none for what can't be measured."""

    telling: Row | None
    """The row that says most: of those with the article's verdict the one furthest from its norm."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An article that a section of the council should look at, and why."""

    finding: ArticleFinding
    reason: str
    """One of `NEED_ATTENTION`, or `ONLY_OURS`."""


def of_period(evaluation: pl.DataFrame, period: str) -> pl.DataFrame:
    """The rows of one evaluation period `jjjj-mm/jjjj-mm`.

    counts: one row per periode, artikel and indicator (`evaluation`).

    Returns: the same columns.
    """
    return evaluation.filter(pl.col("periode") == period)


def latest(evaluation: pl.DataFrame) -> pl.DataFrame:
    """The rows of the last evaluation period; none where there are none.

    counts: one row per periode, artikel and indicator (`evaluation`).

    Returns: the same columns.
    """
    return evaluation.filter(pl.col("periode") == pl.col("periode").max())


def article_findings(evaluation: pl.DataFrame, registry: Registry) -> list[ArticleFinding]:
    """Every article of the code with its rows, in the code's order; without rows too.

    counts: one row per artikel and indicator, of one evaluation period. An earlier part of few reports is left out.
    """
    rows: dict[str, list[Row]] = {}
    for row in evaluation.filter(pl.col("indicator").is_not_null()).iter_rows(named=True):
        rows.setdefault(row["artikel"], []).append(row)
    return [_finding(article, rows.get(article.number, []), registry) for article in registry.articles]


def distance(row: Row, registry: Registry) -> float:
    """How far a row lies from its norm, 0–1; 0 for what has no norm or no value."""
    norm = {known.code: known.norm for known in registry.indicators}.get(plain(row["indicator"]))
    return 0.0 if norm is None or row["waarde"] is None else abs(float(row["waarde"]) - norm)


def plain(indicator: str) -> str:
    """An indicator without its purpose: `dekking:beeld_email` → `dekking`."""
    return indicator.partition(":")[0]


def by_verdict(findings: Sequence[ArticleFinding]) -> dict[str, list[ArticleFinding]]:
    """The articles of each verdict, what needs attention first; verdicts without articles are there too.

    A hidden verdict is there only where an article has it.
    """
    listed = ORDER_WITH_HIDDEN if any(known.verdict == NOT_SHOWN for known in findings) else ORDER
    return {verdict: [known for known in findings if known.verdict == verdict] for verdict in listed}


def verdicts_held(findings: Sequence[ArticleFinding]) -> tuple[str, ...]:
    """The verdicts that a reader of these articles may meet, what needs attention first."""
    held = {NOT_SHOWN for known in findings if known.verdict == NOT_SHOWN}
    held |= {row["oordeel"] for known in findings for row in known.rows}
    return ORDER_WITH_HIDDEN if NOT_SHOWN in held else ORDER


def not_shown(finding: ArticleFinding) -> ArticleFinding:
    """An article of which the reader may not see what was found; one that can't be measured stays as it is."""
    is_measured = bool(finding.article.indicators)
    return replace(finding, verdict=NOT_SHOWN, rows=(), telling=None) if is_measured else finding


def chosen_for(section: str, findings: Sequence[ArticleFinding]) -> list[Chosen]:
    """What a section of the council should look at: what needs attention first, then what concerns nobody else.

    `section`: one of `SECTIONS`.
    """
    ours = [known for known in findings if section in known.article.sections]
    urgent = [Chosen(known, verdict) for verdict in NEED_ATTENTION for known in ours if known.verdict == verdict]
    own = [
        Chosen(known, ONLY_OURS)
        for known in ours
        if known.article.sections == (section,) and known.verdict not in NEED_ATTENTION
    ]
    return [*urgent, *own]


def _finding(article: Article, rows: Sequence[Row], registry: Registry) -> ArticleFinding:
    order = _order(article, registry)
    placed = tuple(sorted(rows, key=lambda row: (order.get(row["indicator"], len(order)), row["indicator"])))
    placed = _without_parts_of_few(placed, registry)
    placed = tuple({**row, "oordeel": row["oordeel"] or NOT_SHOWN} for row in placed)
    held = {row["oordeel"] for row in placed if _weighs(row, registry)}
    without = NO_DATA if article.indicators else NOT_MEASURABLE
    verdict = next((known for known in ORDER_WITH_HIDDEN if known in held), without)
    said = [row for row in placed if row["oordeel"] == verdict]
    telling = max(said, key=lambda row: distance(row, registry), default=None)
    return ArticleFinding(article, verdict, placed, telling)


def _without_parts_of_few(rows: tuple[Row, ...], registry: Registry) -> tuple[Row, ...]:
    """Rows without the earlier parts of an article's reports where there were fewer of these than get a percentage."""
    reports = next((row["vorige_waarde"] for row in rows if row["indicator"] == REPORTS_OF), None)
    if reports is None or reports >= registry.minimum_base:
        return rows
    return tuple({**row, "vorige_waarde": None} if row["indicator"] in PARTS_OF_REPORTS else row for row in rows)


def _weighs(row: Row, registry: Registry) -> bool:
    """Whether a row counts for its article: that there was nothing to measure does so for a figure with a norm only."""
    known = {one.code: one for one in registry.indicators}.get(plain(row["indicator"]))
    if row["oordeel"] != NO_DATA or known is None or known.norm is not None:
        return True
    return row["teller"] is None and known.figure != "mediaan"


def _order(article: Article, registry: Registry) -> dict[str, int]:
    """The places of an article's indicators: as the registry has them, and the purposes in theirs."""
    codes = []
    for known in article.indicators:
        codes += [known, *(f"{known}:{purpose.code}" for purpose in registry.purposes)]
    return {code: place for place, code in enumerate(codes)}
