"""Incidenten, the figures below the answer."""

import polars as pl

from dashboard import dutch
from dashboard.indicators import comparisons, sentences
from dashboard.indicators.shown import HIDDEN, SAID
from dashboard.pages.incidents_series import Series
from dashboard.periods import school_year
from dashboard.ui import ask, filters
from dashboard.ui.blocks import Fact


def of_series(series: Series) -> list[Fact]:
    """The last month, the school year so far, signs of a change, and who delivered."""
    return [*_last_month(series), *against_last_year(series), *_marked(series), *_delivered()]


def against_last_year(series: Series) -> list[Fact]:
    """The reports of this school year so far beside the same months a year earlier."""
    change = series.change
    if not change.months:
        return []
    then = f"in {sentences.same_months(change)} {dutch.number(change.before)}"
    span = sentences.month_span(change.months)
    context = f"{span[:1].lower()}{span[1:]} · {then} · {sentences.change_verdict(change, series.switched)}"
    return [Fact("Meldingen naast vorig jaar", dutch.number(change.now), context)]


def _last_month(series: Series) -> list[Fact]:
    points = series.monthly.filter(series.monthly["ratio"].is_not_null()).sort("maand")
    if points.is_empty():
        return []
    last = points.row(-1, named=True)
    count = dutch.counted(last["incidenten"], "melding", "meldingen")
    until = sentences.up_to(last["maand"], filters.view().day)
    context = f"{dutch.PER_UNIT} · {count} {until}".strip()
    finding = series.finding
    if finding and finding.centre is not None:
        context += f" · gemiddeld {dutch.rate(finding.centre)} sinds {dutch.month_name(finding.first)}"
    return [Fact(f"Meldingen in {dutch.month_name(last['maand'])}", dutch.rate(last["ratio"]), context)]


def _marked(series: Series) -> list[Fact]:
    finding = series.finding
    if finding is not None and finding.is_hidden:
        known = series.monthly["ratio"].drop_nulls().len()
        months = dutch.counted(finding.points, "maand", "maanden")
        context = f"van {months} sinds {dutch.month_name(finding.first)} · de rest is {SAID}"
        return [Fact("Maanden getoond", dutch.number(known), context)]
    if finding is None or finding.is_rare:
        return []
    marked = len({month for signal in finding.signals for month in signal.months})
    context = f"van {dutch.counted(finding.points, 'maand', 'maanden')} sinds {dutch.month_name(finding.first)}"
    return [Fact("Maanden met een teken", dutch.number(marked), context)]


def _schools_of_year() -> list[Fact]:
    """Who delivered, where the months of each school aren't there."""
    months = comparisons.school_year_months(school_year(filters.view().day))
    rows, active = ask.ask("incident_funnel", periode=[f"{months[0]}/{months[-1]}"]), ask.active_schools()
    delivered = active.filter(pl.col("brin6").is_in(rows["brin6"].implode()))
    schools = dutch.counted(active.height, "school", "scholen")
    context = f"van {schools} over ten minste één hele maand van dit schooljaar"
    return [Fact("Aangeleverd", dutch.number(delivered.height), context)] if active.height else []


def _delivered() -> list[Fact]:
    if filters.view().school == filters.GROUP and HIDDEN in ask.expected_months().columns:
        return _schools_of_year()
    delivered = comparisons.delivered_schools(ask.expected_months())
    if delivered.is_empty():
        return []
    latest = delivered.row(-1, named=True)
    absent, whole = comparisons.undelivered_school_months(delivered)
    year = f"in dit schooljaar {dutch.number(absent)} van {dutch.counted(whole, 'maand', 'maanden')} niet aangeleverd"
    if filters.view().school != filters.GROUP:
        return [
            Fact(
                "Aangeleverd",
                dutch.number(whole - absent),
                f"van {dutch.counted(whole, 'maand', 'maanden')} dit schooljaar",
            )
        ]
    month = f"van {dutch.counted(latest['scholen'], 'school', 'scholen')} over {dutch.month_name(latest['maand'])}"
    context = f"{month} · {year}; een maand van één school telt als één"
    return [Fact("Aangeleverd", dutch.number(latest["aangeleverd"]), context)]
