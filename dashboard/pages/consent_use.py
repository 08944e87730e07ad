"""Toestemming, what was used: pictures and media without a yes that was there before."""

import polars as pl

from dashboard import dutch
from dashboard.charts import uses
from dashboard.indicators import consent, sentences, shown
from dashboard.pages.consent_choice import Choice, limits, show_outdated
from dashboard.registry import PUBLISHED_READING
from dashboard.ui import ask, blocks, filters

LEFT_OUT = "Uit die cijfers zouden kleine aantallen te herleiden zijn: alleen het bestuur ziet ze."

OF_GROUP_ONLY = (
    "Wat op die dag de stand van het antwoord was, staat hier niet per school: dat zijn kleine aantallen. Kies "
    "hierboven Alle scholen om het van alle scholen samen te zien."
)


def show(choice: Choice) -> None:
    """Draw this part."""
    if ask.left_out("use_without_consent"):
        blocks.empty("Gebruik zonder toestemming vooraf staat hier niet.", LEFT_OUT, "")
        return
    rows = choice.rows("use_without_consent").sort("schooljaar", descending=True)
    if rows.is_empty():
        _show_nothing(choice)
        return
    day = dutch.day(filters.view().day)
    subtitle = (
        f"{choice.about.label} · keer dat een leerling in beeld kwam of meedeed, per schooljaar · tot en met {day}"
    )
    chart = ask.keep(
        "uses",
        choice.key,
        lambda: uses.by_school_year(rows, blocks.palette(), (sentences.uses(rows), subtitle)),
    )
    blocks.chart(chart, "toestemming_gebruik", ("use_without_consent",), limits(choice, one_day=False, by_code=True))
    _show_statuses(choice, rows["schooljaar"].to_list())
    blocks.paragraph(
        "Zonder toestemming vooraf betekent: op die dag lag er geen geldig ja vast, geteld volgens de gedragscode. "
        "Dat geldt ook als de school over die dag geen antwoorden heeft aangeleverd. "
        "Een antwoord van dezelfde dag telt mee."
    )


def _show_statuses(choice: Choice, years: list[str]) -> None:
    registry, known = ask.registry(), choice.rows("use_by_status")
    if shown.HIDDEN in known.columns and known.is_empty():
        blocks.paragraph(OF_GROUP_ONLY)
        return
    year = filters.choose_part("gebruikt_in", "Schooljaar van het gebruik", {name: name for name in years})
    counts = known.filter(pl.col("schooljaar") == year, pl.col("gebruiken").ne_missing(0))
    if counts.is_empty():
        return
    judged = consent.judged(counts, registry, PUBLISHED_READING)
    rows = judged.with_columns((pl.col("uitkomst") == "ja").alias("vooraf"))
    # Of a pupil who was at none of the schools on the day of the use, no answer is looked for.
    labels = {**registry.labels["status"], **registry.labels["stand_bij_gebruik"]}
    texts = (
        sentences.uses_by_status(rows, labels),
        f"{choice.about.label} · {year} · stand van het antwoord op de dag van het gebruik",
    )
    chart = ask.keep(
        "uses_by_status", (*choice.key, year), lambda: uses.by_status(rows, blocks.palette(), labels, texts)
    )
    blocks.chart(chart, "toestemming_gebruik_standen", ("use_by_status",))


def _show_nothing(choice: Choice) -> None:
    if show_outdated("Gebruik zonder toestemming vooraf"):
        return
    blocks.heading("Gebruik zonder toestemming vooraf: niet aantoonbaar")
    anything = ask.ask("use_without_consent", brin6=[choice.school]).height
    blocks.empty(
        sentences.no_publications(choice.where, choice.about.label if anything else ""),
        "Wie de website, social media en nieuwsbrief beheert, kan de publicaties aanleveren.",
        "Daarvoor is één bestand nodig, publicaties: een regel per publicatie en per leerling die te herkennen is.",
    )
