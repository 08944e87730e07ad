"""Scholen vergelijken, over time: every school in a small chart of its own, all on one scale."""

import polars as pl

from dashboard.charts import events, multiples
from dashboard.indicators import comparisons, sentences
from dashboard.indicators.comparisons import distinct_names
from dashboard.pages.schools_choice import Choice
from dashboard.registry import PUBLISHED_READING
from dashboard.ui import ask, blocks, filters

MOST = 12
"""More small charts than this on a page are not looked at."""

SUBJECTS = {"meldingen": "Meldingen", "dekking": "Dekking"}


def show(choice: Choice) -> None:
    """Draw this part."""
    names = distinct_names(ask.school_names())
    with filters.row():
        subject = filters.choose_part("verloop_van", "Verloop van", SUBJECTS)
        listed = comparisons.in_school_order(pl.DataFrame({"brin6": list(names)}), ask.school_names())
        shown, note = filters.limited(listed, MOST, choice.own)
    schools = shown["brin6"].to_list()
    draw = {"meldingen": _rates, "dekking": _coverage}[subject]
    draw(choice, {brin6: names[brin6] for brin6 in schools}, note)


def _rates(choice: Choice, names: dict[str, str], note: str) -> None:
    trend = ask.ask("incident_trend", brin6=list(names))
    monthly = ask.ask("incidents_monthly", brin6=list(names))
    happened = ask.events(filters.GROUP)
    texts = (
        sentences.trends_title(trend, names),
        "meldingen per 1.000 leerlingen per 20 lesdagen, per maand · elke school op dezelfde schaal",
    )
    chart = ask.keep(
        "multiples",
        (*choice.key, *names),
        lambda: multiples.rates(trend, monthly, names, choice.own, happened, blocks.palette(), texts),
    )
    blocks.chart(chart, "veelvoud_meldingen", ("incident_trend", "incidents_monthly"), note)
    _list(happened)


def _coverage(choice: Choice, names: dict[str, str], note: str) -> None:
    rows = ask.ask("consent_coverage", brin6=list(names), doel=[choice.purpose], lezing=[PUBLISHED_READING])
    happened = ask.events(filters.GROUP)
    title = sentences.coverage_in_time_title(rows, names, filters.view().day)
    texts = (title, f"{choice.about.label} · dekking per maandeinde, elke school op dezelfde schaal")
    chart = ask.keep(
        "coverage_multiples",
        (*choice.key, *names),
        lambda: multiples.coverage(rows, names, choice.own, happened, blocks.palette(), texts),
    )
    blocks.chart(chart, "veelvoud_dekking", ("consent_coverage",), note)
    _list(happened)


def _list(happened: list[events.Event]) -> None:
    if happened:
        blocks.words(events.listed(happened, happened[0][0], happened[-1][0]))
