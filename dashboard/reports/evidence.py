"""Everything a dossier is made of: asked once, and cut to its period."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Protocol

import polars as pl

from dashboard import dutch, periods
from dashboard.access.audiences import BOARD
from dashboard.dutch import first_of
from dashboard.indicators import comparisons, sentences, shown
from dashboard.indicators.evaluation_findings import ArticleFinding, article_findings, not_shown, of_period
from dashboard.periods import month_end
from dashboard.registry import PUBLISHED_READING, Registry

GROUP: Final = "*"
"""The whole group of schools, as every published table writes it."""

WHERE: Final = "alle scholen samen"
"""How a sentence names it."""

LEFT_OUT: Final = (
    "{what} staat hier niet. Die cijfers zijn in deze momentopname alleen voor het bestuur: er zouden kleine aantallen "
    "uit te herleiden zijn."
)
"""What is said instead of figures that an audience doesn't have."""

NO_MONTHS: Final = (
    "Over welke maanden elke school incidenten aanleverde, staat hier niet. Over sommige maanden kan dus nog iets "
    "ontbreken."
)
"""Beside what schools miss, where their months aren't shown."""

OF_EVALUATION: Final = LEFT_OUT.format(what="Wat er over elk artikel is gemeten,")


class Ask(Protocol):
    """The door to the figures: a published table as its audience may see it."""

    def __call__(self, table: str, **wanted: list[str]) -> pl.DataFrame:
        """The rows of a table; `wanted` narrows it, a list of values a column. No rows where it isn't there."""


@dataclass(frozen=True, slots=True)
class About:
    """Where a dossier comes from and whom it is for."""

    day: date
    """The day of the figures."""
    today: date
    """The day on which the dossier is made."""
    snapshot: str
    """The id of the snapshot."""
    inputs: tuple[str, ...]
    """The hash of every file it was made from."""
    demo: bool
    """Whether everything is made up."""
    audience: str
    """`bestuur`, `rvt`, `gmr`, `directeur:BRIN6` or `beheerder`."""
    period: str = ""
    """`jjjj-mm/jjjj-mm`, of any kind; empty: the evaluation period that holds the day."""
    method: str = ""
    """The version of the method: that of the program."""
    left_out: frozenset[str] = frozenset()
    """The published tables that are for the board only in this snapshot; asked for, they have no rows."""

    @property
    def is_protected(self) -> bool:
        """Whether small numbers are hidden from whom it is for."""
        return self.audience != BOARD


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was asked and found for one dossier."""

    ask: Ask
    registry: Registry
    about: About
    evaluation_period: str
    """The evaluation whose articles are told; empty before the code was in force, or in a snapshot without it."""
    until: date
    """The last day of that period, or the day of the figures where that comes first."""
    ends: date | None
    """The last day of that period; None where there is none."""
    evaluation: pl.DataFrame
    findings: Sequence[ArticleFinding]
    clock: pl.DataFrame
    decisions: pl.DataFrame
    """Those of up to `until`, oldest first."""
    events: list[tuple[date, str]] = field(default_factory=list)
    """Day and description of what happened for the group, up to `until`."""
    afterwards: list[tuple[date, str]] = field(default_factory=list)
    """The same of what came after that, or is still to come."""

    @property
    def period(self) -> str:
        """The period over which incidents are told: the one that was asked for, else the evaluation's."""
        return self.about.period or self.evaluation_period

    @property
    def is_running(self) -> bool:
        """Whether the evaluation period wasn't over yet: on its last day it still runs."""
        return self.ends is not None and self.about.day <= self.ends

    @property
    def clock_of_now(self) -> pl.DataFrame:
        """The steps that may be late, a row each; of an evaluation that is over they say nothing: no rows."""
        return self.clock if self.is_running else self.clock.clear()

    @property
    def last_month(self) -> str:
        """The last month that is told, `jjjj-mm`: of a period that ended within a month, the one before that."""
        first = self.until.replace(day=1)
        is_whole = self.until in {self.about.day, month_end(first)}
        return f"{first if is_whole else first - timedelta(days=1):%Y-%m}"

    def by_month(self, table: str, **wanted: list[str]) -> pl.DataFrame:
        """The rows of a table by month, up to the last month that is told."""
        return self.ask(table, **wanted).filter(pl.col("maand") <= self.last_month)

    @property
    def when(self) -> str:
        """How to name the day of the figures in a sentence; empty where it is the day of the dossier."""
        return sentences.on_day(self.about.day, self.about.today)

    def is_left_out(self, *tables: str) -> bool:
        """Whether one of these tables is for the board only: that it has no rows says nothing."""
        return not self.about.left_out.isdisjoint(tables)

    @property
    def steps(self) -> dict[str, str]:
        """The steps towards the next version and how people read them."""
        return {choice.code: choice.label for choice in self.registry.choices("stap")}

    @property
    def purposes(self) -> dict[str, str]:
        """What consent is asked for: code → label."""
        return {purpose.code: purpose.label for purpose in self.registry.purposes}

    @property
    def period_words(self) -> str:
        """The evaluation period inside a sentence."""
        return dutch.period_name(self.evaluation_period) if self.evaluation_period else "deze periode"


def gather(ask: Ask, registry: Registry, about: About) -> Evidence:
    """Ask what a dossier needs."""
    every = ask("evaluation")
    period = _evaluation_period(evaluation_periods(every, registry, about), about)
    rows = of_period(every, period)
    ends = _last_day(period, registry) if period else None
    events = ask("events", brin6=[GROUP])
    until = min(about.day, ends) if ends else about.day
    past = pl.col("datum") <= until
    return Evidence(
        ask=ask,
        registry=registry,
        about=about,
        evaluation_period=period,
        until=until,
        ends=ends,
        evaluation=rows,
        findings=_findings(rows, registry, about),
        clock=ask("evaluation_clock"),
        decisions=ask("decisions").filter(past).sort("datum", "besluit_id"),
        events=list(events.filter(past).select("datum", "omschrijving").iter_rows()),
        afterwards=list(events.filter(~past).select("datum", "omschrijving").iter_rows()),
    )


def evaluation_periods(evaluation: pl.DataFrame, registry: Registry, about: About) -> list[str]:
    """The evaluation periods that have begun, oldest first; without the evaluation those that follow from the code.

    counts: one row per periode, artikel and indicator (`evaluation`).
    """
    known: list[str] = sorted(evaluation["periode"].unique())
    if known or "evaluation" not in about.left_out or registry.in_force is None:
        return known
    rounds = periods.periods_between(registry.in_force, about.day, registry.in_force, registry.validity_years)
    return [known.name for known in rounds if known.kind == "evaluatie"]


def _findings(rows: pl.DataFrame, registry: Registry, about: About) -> Sequence[ArticleFinding]:
    """Every article with what was found; where that is for the board only, it isn't taken for nothing."""
    found = article_findings(rows, registry)
    return [not_shown(known) for known in found] if "evaluation" in about.left_out else found


def _evaluation_period(known: Sequence[str], about: About) -> str:
    """The evaluation that is told: the one asked for, else the one that holds the end of what was asked for.

    What ended before the first evaluation is told with the first. `known`: oldest first.
    """
    if about.period in known:
        return about.period
    end = about.period.partition("/")[2] or f"{about.day:%Y-%m}"
    return next((name for name in reversed(known) if name.partition("/")[0] <= end), known[0] if known else "")


def _last_day(period: str, registry: Registry) -> date:
    """The last day of an evaluation period; a code may come into force within a month."""
    first, _, last = period.partition("/")
    until = month_end(first_of(last))
    rounds = periods.periods_between(first_of(first), until, registry.in_force, registry.validity_years)
    exact = [known.last for known in rounds if known.name == period and known.kind == "evaluatie"]
    return exact[0] if exact else until


def missing(evidence: Evidence) -> pl.DataFrame:
    """What schools have still to deliver, to read: a row per school that misses something, as far as that is shown."""
    ask, day = evidence.ask, evidence.about.day
    schools = comparisons.active_schools(ask("schools"), day)
    names = dict(zip(schools["brin6"], schools["naam"], strict=True))
    quality = ask("data_quality", dataset=list(comparisons.REQUIRED))
    anyone = ask("consent_coverage", lezing=[PUBLISHED_READING]).filter(pl.col("peildatum") == day)
    months = comparisons.school_year_months(periods.school_year(day))
    rows = comparisons.missing(
        comparisons.missing_datasets(quality, list(names)),
        comparisons.silent_on_day(quality, anyone.unique("brin6", keep="first", maintain_order=True), day),
        comparisons.undelivered_months(comparisons.expected_months(ask("incidents_monthly", maand=months), schools)),
        names,
    )
    return sentences.missing_in_words(rows, evidence.registry, day)


def untold_of_missing(evidence: Evidence) -> str:
    """What of all that schools may miss isn't shown to whom it is for; empty where all of it is."""
    if evidence.is_left_out("data_quality", "consent_coverage"):
        return LEFT_OUT.format(what="Of van elke school alle gegevens er zijn,")
    monthly = evidence.ask("incidents_monthly")
    schools = comparisons.active_schools(evidence.ask("schools"), evidence.about.day)["brin6"]
    is_told = shown.HIDDEN not in monthly.columns or set(schools) <= set(monthly["brin6"])
    return "" if is_told and not evidence.is_left_out("incidents_monthly") else NO_MONTHS


def never_delivered(evidence: Evidence) -> list[str]:
    """The kinds of data of which nothing ever came in, as labels; a hidden number of rows isn't taken for none."""
    if evidence.is_left_out("data_quality"):
        return []
    quality = evidence.ask("data_quality")
    came_in = set(quality.filter((pl.col("rijen") > 0) | shown.hidden(quality, "rijen"))["dataset"])
    return [choice.label for choice in evidence.registry.choices("dataset") if choice.code not in came_in]


def explained(table: pl.DataFrame) -> str:
    """What the mark means, where a text of a table is that; of hidden cells, whoever writes the table says it."""
    if shown.any_hidden(table):
        return ""
    texts = table.select(pl.selectors.string())
    return f"{shown.EXPLAINED}." if any(shown.MARK in texts[name] for name in texts.columns) else ""
