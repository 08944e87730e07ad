"""Incidenten, the figures below the answer."""

from dashboard import dutch
from dashboard.indicators import comparisons, sentences
from dashboard.pages.incidents_series import Series
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
    then = f"in dezelfde maanden een jaar eerder {dutch.number(change.before)}"
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
    if finding is None or finding.is_rare:
        return []
    marked = len({month for signal in finding.signals for month in signal.months})
    context = f"van {dutch.counted(finding.points, 'maand', 'maanden')} sinds {dutch.month_name(finding.first)}"
    return [Fact("Maanden met een teken", dutch.number(marked), context)]


def _delivered() -> list[Fact]:
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
