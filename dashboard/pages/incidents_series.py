"""Incidenten, the series: the incidents of one school or of the group over time, and what they say."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard.indicators import changes_in_time, findings, sentences
from dashboard.indicators.changes_in_time import Change
from dashboard.indicators.findings import RareFinding, SteadyGroup, TrendFinding
from dashboard.indicators.shown import HIDDEN
from dashboard.ui import ask, filters

NOT_THEN = "Of er iets verandert, staat niet in deze momentopname"
"""The answer where a snapshot is from before limits of chance were worked out."""


@dataclass(frozen=True, slots=True)
class Series:
    """Months, single incidents where they are rare, and what was found in them."""

    monthly: pl.DataFrame
    trend: pl.DataFrame
    rare: pl.DataFrame
    finding: TrendFinding | None
    rare_finding: RareFinding | None
    steady: SteadyGroup | None
    """Of the group: the schools that delivered every month, where others did not."""
    change: Change
    """This school year so far beside the same months a year earlier."""
    switched: list[tuple[date, str]]
    """Changes of system or definition between the two, of everybody."""


def of_school(monthly: pl.DataFrame) -> Series:
    """The series of the chosen school; `monthly` one row per maand of it (`incidents_monthly`)."""
    view = filters.view()
    trend, seldom = ask.ask("incident_trend", brin6=[view.school]), ask.ask("rare_events", brin6=[view.school])
    finding = findings.trend_finding(trend)
    everybody = ask.ask("incidents_monthly")
    is_group = view.school == filters.GROUP and finding is not None and HIDDEN not in everybody.columns
    change = changes_in_time.same_months(ask.two_school_years(), view.day)
    return Series(
        monthly,
        trend,
        seldom,
        finding,
        findings.rare_finding(seldom, finding.first) if finding else None,
        findings.steady_group(everybody, trend) if is_group else None,
        change,
        changes_in_time.breaks_between(change, ask.ask("events", brin6=[filters.GROUP, view.school])),
    )


def two_views(series: Series) -> str:
    """Why months one by one and totals beside a year earlier can say different things; empty where they don't."""
    view = filters.view()
    monthly = ask.ask("incidents_monthly", brin6=None if view.school == filters.GROUP else [view.school])
    events = ask.ask("events", brin6=[filters.GROUP, view.school])
    halves = [half.change for half in changes_in_time.same_halves(monthly, view.day)]
    totals = [(change, changes_in_time.breaks_between(change, events)) for change in (series.change, *halves)]
    return sentences.two_views(series.finding, totals, series.steady)


def sentences_of(series: Series) -> tuple[str, ...]:
    """The answer without its full stop, and what goes with it: the comparison with a year earlier first.

    Where the months have no limits that comparison says more, and is the answer.
    """
    against = sentences.incidents_against(series.change, series.switched)
    if series.finding and series.finding.is_hidden and series.change.months:
        return (sentences.change_title(series.change, series.switched), f"{against}.", f"{answer(series)}.")
    return (answer(series), f"{against}.", two_views(series))


def answer(series: Series) -> str:
    """Whether something changes, in one sentence without its full stop."""
    view, where = filters.view(), ask.where(filters.view().school)
    if series.finding is None:
        known = series.monthly["ratio"].drop_nulls().len()
        return NOT_THEN if known else sentences.no_rate(series.monthly, where)
    if series.finding.is_rare and series.rare_finding:
        until = sentences.known_until(series.finding, view.day)
        return f"{sentences.rare_answer(series.rare_finding, where, view.day)}{until}"
    return sentences.trend_answer(series.finding, where, view.day, series.steady)
