"""Incidenten, what was done: measure, help, manager, closed, and how soon."""

import polars as pl

from dashboard.charts import followup
from dashboard.indicators import reporting, sentences, shown
from dashboard.indicators.intervals import with_share_interval
from dashboard.pages.incidents_choice import Choice, show_nothing
from dashboard.ui import ask, blocks

BOTH_SWING = (
    "Of een verschil meer is dan toeval verklaart, staat hieronder in woorden. Aan de lijn alleen is dat niet te zien: "
    "ook het cijfer waarmee is vergeleken heeft speling, en er worden meer cijfers tegelijk vergeleken."
)

SOME_HIDDEN = "Wat niet is getoond (x), telt in de titel en in de vergelijking niet mee."


def show(choice: Choice) -> None:
    """Draw this part."""
    measured, before = choice.rows("incident_followup"), choice.a_year_earlier.rows("incident_followup")
    if measured.is_empty():
        show_nothing(choice, "Wat er is gedaan", "incident_followup")
        return
    labels = ask.registry().labels["maat"]
    ordered = with_share_interval(reporting.in_order(measured), "teller", "noemer")
    no_share = shown.hides(ordered, "waarde")
    shares = shown.without(ordered, {"van": no_share, "tot": no_share}, ordered, keep=True)
    comparable = pl.col("maat").is_in(reporting.compared_shares(running=choice.is_running))
    texts = (
        sentences.followup_title(measured, before, running=choice.is_running, before_words=choice.before_words),
        f"{choice.about} · deel van de meldingen, met de speling die bij zo'n aantal hoort",
    )
    chart = ask.keep(
        "followup",
        choice.key,
        lambda: followup.shares(
            shares,
            before.filter(comparable),
            labels,
            blocks.palette(),
            texts,
            before_words=choice.before_words,
        ),
    )
    some = shown.any_hidden(measured, "teller", "noemer") or shown.any_hidden(before, "teller", "noemer")
    remarks = (
        SOME_HIDDEN if some else "",
        sentences.STILL_RUNNING if choice.is_running else "",
        "" if before.is_empty() else BOTH_SWING,
    )
    note = " ".join(filter(None, remarks))
    if some and shares["waarde"].drop_nulls().is_empty():
        blocks.heading(chart.title, chart.subtitle)
        blocks.table(chart.table, chart.subtitle, "incidenten_opvolging")
    else:
        blocks.chart(chart, "incidenten_opvolging", ("incident_followup",), note)
    told = sentences.measures_in_words(measured, before, running=choice.is_running, before_words=choice.before_words)
    blocks.words({labels.get(measure, measure): sentence for measure, sentence in told.items()})
