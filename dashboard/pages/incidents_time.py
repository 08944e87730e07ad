"""Incidenten, over time: whether the number of reports changes by more than chance brings about."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.charts import control, events, months, rare
from dashboard.indicators import false_signals, findings, sentences
from dashboard.indicators.findings import RareFinding, TrendFinding
from dashboard.indicators.shown import HIDDEN, hidden, only_shown
from dashboard.pages.incidents_series import Series
from dashboard.ui import ask, blocks, filters

SHOWN: Final = 2
"""So many signs stand below the chart; all of them behind its toggle."""


def show(series: Series) -> None:
    """The chart by month, and that of single incidents where they are rare."""
    if series.finding is None:
        if series.monthly["ratio"].drop_nulls().len():
            blocks.outdated("Meldingen door de tijd")
        return
    if series.finding.is_hidden or series.trend["midden"].drop_nulls().len():
        _show_rates(series, series.finding)
    if series.rare_finding:
        _show_rare(series, series.rare_finding)
    happened = ask.events(filters.view().school)
    blocks.words(events.listed(happened, *months.ends(series.monthly.sort("maand")["maand"].to_list())))


def _show_rates(series: Series, finding: TrendFinding) -> None:
    view, where = filters.view(), ask.where(filters.view().school)
    broken = findings.breaks(series.trend, ask.ask("events"))
    texts = (sentences.trend_title(finding, where), f"{where} · {dutch.RATE_UNIT}, per maand")
    chart = ask.keep(
        "control",
        (view.school,),
        lambda: control.rates(
            series.trend, series.monthly, ask.events(view.school), blocks.palette(), texts, breaks=broken
        ),
    )
    signs = sentences.trend_signals(finding.signals)
    switched = _switched(series)
    absent = series.monthly.filter(hidden(series.monthly, "incidenten"))["maand"].to_list() if finding.is_hidden else []
    before_believing = (
        sentences.no_limits(absent) if finding.is_hidden else "",
        *sentences.segments(broken),
        sentences.provisional(finding),
        _mixed(series),
        sentences.changes_of_schools(switched, ask.school_names()),
    )
    blocks.chart(
        chart,
        "incidenten_maanden",
        ("incident_trend", "incidents_monthly"),
        " ".join(filter(None, (sentences.gaps(series.monthly), sentences.short_months(series.trend)))),
        [
            *signs,
            sentences.trend_rules(finding),
            *sentences.each_change_of_schools(switched, ask.school_names()),
        ],
    )
    blocks.points([_found(signs), " ".join(filter(None, before_believing)), _chance(series, finding)])


def _found(signs: Sequence[str]) -> str:
    """The latest signs, where there are more than the one that title and answer tell."""
    return " ".join(signs[-SHOWN:]) if len(signs) > 1 else ""


def _mixed(series: Series) -> str:
    """That schools came or went, which shifts the line of the group though nothing happened."""
    if filters.view().school != filters.GROUP:
        return ""
    everybody = ask.ask("incidents_monthly")
    if HIDDEN in everybody.columns:
        return sentences.changing_group(series.monthly)
    return sentences.mixed_group(everybody, series.steady)


def _switched(series: Series) -> list[tuple[str, date, str]]:
    """Which schools of the group changed their system, which shifts its line as well."""
    if filters.view().school != filters.GROUP:
        return []
    return findings.changes_of_schools(series.trend, ask.ask("events"))


def _chance(series: Series, finding: TrendFinding) -> str:
    """How often chance alone marks something in a series like this one."""
    if finding.is_hidden:
        return ""
    trend = only_shown(series.trend, "incidenten", "midden")
    drawn = ask.keep("false_signals", (filters.view().school,), lambda: false_signals.trend_false_signals(trend))
    return sentences.trend_chance(drawn.row(by_predicate=pl.col("deel") == finding.part, named=True))


def _show_rare(series: Series, finding: RareFinding) -> None:
    view, where = filters.view(), ask.where(filters.view().school)
    texts = (sentences.rare_title(finding, where), f"{where} · lesdagen tussen twee meldingen")
    chart = ask.keep(
        "rare",
        (view.school,),
        lambda: rare.gaps(
            series.rare,
            ask.events(view.school),
            blocks.palette(),
            texts,
            until=view.day,
            running=findings.running_silence(finding.last, series.monthly, view.day),
        ),
    )
    blocks.chart(chart, "incidenten_zeldzaam", ("rare_events",), sentences.rare_chance(finding))
