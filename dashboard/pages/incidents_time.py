"""Incidenten, over time: whether the number of reports changes by more than chance brings about."""

from dataclasses import dataclass

import polars as pl

from dashboard import dutch
from dashboard.charts import control, events, months, rare
from dashboard.indicators import changes_in_time, comparisons, false_signals, findings, sentences
from dashboard.indicators.changes_in_time import Change
from dashboard.indicators.findings import RareFinding, SteadyGroup, TrendFinding
from dashboard.pages.incidents_choice import show_outdated
from dashboard.ui import ask, blocks, filters
from dashboard.ui.blocks import Fact

MORE = "Meer meldingen is niet minder veilig: een school kan ook meer melden omdat daar beter wordt geregistreerd."
UNIT = "meldingen per 1.000 leerlingen per 20 lesdagen"


@dataclass(frozen=True, slots=True)
class Series:
    """The incidents of one school, or of the group, over time, and what they say."""

    monthly: pl.DataFrame
    trend: pl.DataFrame
    rare: pl.DataFrame
    finding: TrendFinding | None
    rare_finding: RareFinding | None
    steady: SteadyGroup | None
    """Of the group: the schools that delivered every month, where others did not."""
    change: Change


def of_school(monthly: pl.DataFrame) -> Series:
    """The series of the chosen school; `monthly` one row per maand of it (`incidents_monthly`)."""
    view = filters.view()
    trend, seldom = ask.ask("incident_trend", brin6=[view.school]), ask.ask("rare_events", brin6=[view.school])
    finding = findings.trend_finding(trend)
    is_group = view.school == filters.GROUP and finding is not None
    return Series(
        monthly,
        trend,
        seldom,
        finding,
        findings.rare_finding(seldom, finding.first) if finding else None,
        findings.steady_group(ask.ask("incidents_monthly"), trend) if is_group else None,
        changes_in_time.same_months(ask.two_school_years(), view.day),
    )


def show_answer(series: Series) -> None:
    """The answer, and the figures that go with it."""
    blocks.answer(f"{answer(series)}.", f"{sentences.incidents_against(series.change)}. {MORE}")
    blocks.facts(_facts(series))


def answer(series: Series) -> str:
    """Whether something changes, in one sentence without its full stop."""
    view, where = filters.view(), ask.where(filters.view().school)
    if series.finding is None:
        return sentences.no_rate(series.monthly, where)
    if series.finding.is_rare and series.rare_finding:
        return sentences.rare_answer(series.rare_finding, where, view.day)
    return sentences.trend_answer(series.finding, where, view.day, series.steady)


def show(series: Series) -> None:
    """The chart by month, and that of single incidents where they are rare."""
    if series.finding is None:
        if series.monthly["ratio"].drop_nulls().len():
            show_outdated("Meldingen door de tijd")
        return
    if series.trend["midden"].drop_nulls().len():
        _show_rates(series, series.finding)
    if series.rare_finding:
        _show_rare(series, series.rare_finding)
    happened = ask.events(filters.view().school)
    blocks.words(events.listed(happened, *months.ends(series.monthly.sort("maand")["maand"].to_list())))


def _show_rates(series: Series, finding: TrendFinding) -> None:
    view, where = filters.view(), ask.where(filters.view().school)
    texts = (sentences.trend_title(finding, where), f"{where} · {UNIT}, per maand")
    chart = ask.keep(
        "control",
        (view.school,),
        lambda: control.rates(series.trend, series.monthly, ask.events(view.school), blocks.palette(), texts),
    )
    blocks.chart(chart, "incidenten_maanden", ("incident_trend", "incidents_monthly"), sentences.gaps(series.monthly))
    blocks.points(
        [
            *sentences.trend_signals(finding.signals),
            *sentences.segments(findings.breaks(series.trend, ask.ask("events"))),
            sentences.provisional(finding),
            *_group_remarks(series),
            sentences.trend_rules(finding),
            _chance(series, finding),
        ]
    )


def _group_remarks(series: Series) -> list[str]:
    """What may shift the line of the group though nothing happened: schools that come, go or change their system."""
    if filters.view().school != filters.GROUP:
        return []
    switched = findings.changes_of_schools(series.trend, ask.ask("events"))
    return [
        sentences.mixed_group(ask.ask("incidents_monthly"), series.steady),
        *sentences.changes_of_schools(switched, ask.school_names()),
    ]


def _chance(series: Series, finding: TrendFinding) -> str:
    """How often chance alone marks something in a series like this one."""
    drawn = ask.keep("false_signals", (filters.view().school,), lambda: false_signals.trend_false_signals(series.trend))
    return sentences.trend_chance(drawn.row(by_predicate=pl.col("deel") == finding.part, named=True))


def _show_rare(series: Series, finding: RareFinding) -> None:
    view, where = filters.view(), ask.where(filters.view().school)
    texts = (sentences.rare_title(finding, where), f"{where} · lesdagen tussen twee meldingen")
    chart = ask.keep(
        "rare",
        (view.school,),
        lambda: rare.gaps(series.rare, ask.events(view.school), blocks.palette(), texts, until=view.day),
    )
    blocks.chart(chart, "incidenten_zeldzaam", ("rare_events",), sentences.rare_chance(finding))


def _facts(series: Series) -> list[Fact]:
    return [*_last_month(series), *against_last_year(series.change), *_marked(series), *_delivered()]


def _last_month(series: Series) -> list[Fact]:
    points = series.monthly.filter(pl.col("ratio").is_not_null()).sort("maand")
    if points.is_empty():
        return []
    last = points.row(-1, named=True)
    count = dutch.counted(last["incidenten"], "melding", "meldingen")
    until = sentences.up_to(last["maand"], filters.view().day)
    context = f"per 1.000 leerlingen per 20 lesdagen · {count} {until}".strip()
    finding = series.finding
    if finding and finding.centre is not None:
        context += f" · gemiddeld {dutch.rate(finding.centre)} sinds {dutch.month_name(finding.first)}"
    return [Fact(f"Meldingen in {dutch.month_name(last['maand'])}", dutch.rate(last["ratio"]), context)]


def against_last_year(change: Change) -> list[Fact]:
    """The reports of this school year so far beside the same months a year earlier."""
    if not change.months:
        return []
    span = sentences.month_span(change.months)
    verdict = "meer verschil dan toeval verklaart" if change.is_beyond_chance else "dat valt binnen toeval"
    context = (
        f"{span[:1].lower()}{span[1:]} · in dezelfde maanden een jaar eerder {dutch.number(change.before)} · {verdict}"
    )
    return [Fact("Meldingen naast vorig jaar", dutch.number(change.now), context)]


def _marked(series: Series) -> list[Fact]:
    finding = series.finding
    if finding is None or finding.is_rare:
        return []
    marked = len({month for signal in finding.signals for month in signal.months})
    context = f"van {dutch.counted(finding.points, 'maand', 'maanden')} sinds {dutch.month_name(finding.first)}"
    return [Fact("Maanden met een teken van een verandering", dutch.number(marked), context)]


def _delivered() -> list[Fact]:
    delivered = comparisons.delivered_schools(ask.expected_months())
    if delivered.is_empty():
        return []
    latest = delivered.row(-1, named=True)
    absent, whole = comparisons.undelivered_school_months(delivered)
    context = (
        f"van {dutch.counted(latest['scholen'], 'school', 'scholen')} over {dutch.month_name(latest['maand'])} · "
        f"in dit schooljaar {dutch.number(absent)} van {dutch.counted(whole, 'maand', 'maanden')} niet aangeleverd; "
        "een maand van één school telt als één"
    )
    return [Fact("Aangeleverd", dutch.number(latest["aangeleverd"]), context)]
