"""Scholen vergelijken, over time: every school in a small chart of its own, all on one scale."""

from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.charts import events, months, multiples
from dashboard.charts.events import Event
from dashboard.charts.multiples import OwnedEvent
from dashboard.indicators import comparisons, false_signals, sentences
from dashboard.indicators.comparisons import distinct_names
from dashboard.indicators.shown import HIDDEN
from dashboard.pages.schools_choice import Choice
from dashboard.periods import school_year, school_year_days
from dashboard.registry import PUBLISHED_READING
from dashboard.ui import ask, blocks, filters

MOST = 12
"""More small charts than this on a page are not looked at."""

SUBJECTS = {"meldingen": "Meldingen", "dekking": "Dekking"}

SAME_PUPILS = (
    "Of toeval een verschil in dekking verklaart, staat hier niet: het gaat grotendeels om dezelfde leerlingen."
)


NO_MONTHS = "Meldingen per maand staan hier niet per school: dat zijn kleine aantallen."


def show(choice: Choice) -> None:
    """Draw this part: the finding is about all schools, the picture about as many as can be looked at."""
    names = distinct_names(ask.school_names())
    trend = ask.ask("incident_trend", brin6=list(names))
    is_partial = HIDDEN in trend.columns
    with filters.row():
        subject = "dekking" if is_partial else filters.choose_part("verloop_van", "Verloop van", SUBJECTS)
        listed = comparisons.in_school_order(pl.DataFrame({"brin6": list(names)}), ask.school_names())
        shown, note = filters.limited(listed, MOST, choice.own)
    drawn = {brin6: names[brin6] for brin6 in shown["brin6"]}
    show_subject = {"meldingen": _show_rates, "dekking": _show_coverage}[subject]
    show_subject(choice, names, drawn, note)
    if is_partial:
        blocks.points([NO_MONTHS])


def _show_rates(choice: Choice, names: dict[str, str], drawn: dict[str, str], note: str) -> None:
    trend = ask.ask("incident_trend", brin6=list(names))
    mine = trend.filter(pl.col("brin6").is_in(list(drawn)))
    monthly = ask.ask("incidents_monthly", brin6=list(drawn))
    if monthly.is_empty():
        blocks.empty("Er zijn nog geen meldingen aangeleverd.", "", "")
        return
    happened = _events(drawn)
    texts = (
        ask.keep("trends_title", (), lambda: sentences.trends_title(trend, names)),
        f"{dutch.RATE_UNIT}, per maand · elke school op dezelfde schaal",
    )
    chart = ask.keep(
        "multiples",
        (choice.own, *drawn),
        lambda: multiples.rates(mine, monthly, drawn, choice.own, happened, blocks.palette(), texts),
    )
    blocks.chart(chart, "veelvoud_meldingen", ("incident_trend", "incidents_monthly"), note)
    chance = ask.keep("trends_chance", tuple(drawn), lambda: _chance(mine))
    blocks.points([chance])
    blocks.words(events.listed(_to_list(happened), *months.ends(monthly.sort("maand")["maand"].to_list())))


def _chance(trend: pl.DataFrame) -> str:
    """How many of these schools chance alone would mark."""
    return sentences.trends_chance(*false_signals.marked_by_chance(false_signals.trend_false_signals(trend)))


def _show_coverage(choice: Choice, names: dict[str, str], drawn: dict[str, str], note: str) -> None:
    rows = ask.ask("consent_coverage", brin6=list(names), doel=[choice.purpose], lezing=[PUBLISHED_READING])
    mine = rows.filter(pl.col("brin6").is_in(list(drawn)))
    if mine.is_empty():
        blocks.empty("Er zijn voor dit doel nog geen antwoorden aangeleverd.", "", "")
        return
    years = [school_year(day) for day in mine["peildatum"]]
    happened = _events(drawn, school_year_days(min(years))[0])
    when = "per maandeinde" if HIDDEN not in rows.columns else dutch.listed(["op 31 oktober", "31 januari", "31 juli"])
    texts = (
        sentences.coverage_in_time_title(rows, names, filters.view().day),
        f"{choice.about.label} · dekking {when}, elke school op dezelfde schaal",
    )
    chart = ask.keep(
        "coverage_multiples",
        (choice.own, choice.purpose, *drawn),
        lambda: multiples.coverage(mine, drawn, choice.own, happened, blocks.palette(), texts),
    )
    blocks.chart(chart, "veelvoud_dekking", ("consent_coverage",), f"{note} {SAME_PUPILS}".strip())
    blocks.words(events.in_school_years(_to_list(happened), min(years), max(years)))


def _events(drawn: dict[str, str], since: date = date.min) -> list[OwnedEvent]:
    """What happened at these schools, with the name of the school, and what happened to everybody."""
    return [
        (day, brin6, f"{drawn[brin6]}: {text}" if brin6 in drawn else text)
        for day, brin6, text in ask.events_of(list(drawn), since)
    ]


def _to_list(happened: list[OwnedEvent]) -> list[Event]:
    """The same, for the list below the chart."""
    return [(day, text) for day, _, text in happened]
