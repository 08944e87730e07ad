"""Toestemming, what is missing: step by step, by status with the article that decides it, and by year group."""

import polars as pl

from dashboard import dutch
from dashboard.charts import coverage, missing
from dashboard.indicators import consent, outlook, sentences, shown
from dashboard.pages.consent_choice import Choice, limits, show_absent, show_silent
from dashboard.registry.model import UNKNOWN, Status
from dashboard.ui import ask, blocks, filters

OF_GROUP_ONLY = (
    "De redenen en de stappen staan hier niet per school: dat zijn kleine aantallen. Kies hierboven Alle scholen om ze "
    "van alle scholen samen te zien."
)


def show(choice: Choice) -> None:
    """Draw this part; of a school that delivered nothing, nothing is missing or in order."""
    today = filters.view().day
    if choice.day == today and choice.silent_on(today):
        show_silent("Wat ontbreekt", choice, today)
        return
    if not choice.tells_statuses:
        blocks.heading("Waarom antwoorden niet in orde zijn")
        blocks.paragraph(OF_GROUP_ONLY)
        if not show_absent("Per leerjaar"):
            _show_year_groups(choice)
        return
    _show_statuses(choice)
    title = "Per stap en per leerjaar"
    if show_absent(title):
        return
    if choice.silent_on(today):
        show_silent(title, choice, today)
        return
    _show_waterfall(choice)
    _show_year_groups(choice)


def _show_statuses(choice: Choice) -> None:
    registry = ask.registry()
    if choice.silent_on(choice.day):
        show_silent("Wat niet in orde is", choice, choice.day)
        return
    judged = consent.judged(choice.statuses(choice.day), registry, choice.reading)
    wrong = judged.filter(pl.col("uitkomst").is_in(["ongeldig", UNKNOWN]))
    # The order may not tell of a hidden number whether it is large or small.
    size = [-pl.col("leerlingen")] if shown.all_shown(wrong, "leerlingen") else []
    rows = wrong.sort([pl.col("uitkomst") == UNKNOWN, *size], maintain_order=True)
    labels, outcomes = registry.labels["status"], registry.labels["uitkomst"]
    title = sentences.invalid_reasons(rows, labels)
    if rows.is_empty():
        blocks.heading(title, f"{choice.about.label} · {dutch.day(choice.day)}")
        return
    subtitle = f"{choice.about.label} · leerlingen per stand van hun antwoord op {dutch.day(choice.day)}"
    chart = ask.keep(
        "statuses", choice.key, lambda: missing.statuses(rows, blocks.palette(), labels, outcomes, (title, subtitle))
    )
    blocks.chart(chart, "toestemming_standen", ("consent_status",))
    known = rows.filter(pl.col("uitkomst") == "ongeldig")
    if known.height:
        blocks.heading(
            sentences.not_in_order(known, registry, choice.about.article),
            f"{choice.about.label} · wat er per stand nodig is, en welk artikel dat vraagt",
        )
        blocks.table(_needed(known, choice), "Wat er per stand nodig is", "toestemming_nodig")


def _needed(wrong: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    statuses = [ask.registry().status(code) for code in wrong["status"]]
    table = pl.DataFrame(
        {
            "Stand": [status.label for status in statuses],
            "Leerlingen": wrong["leerlingen"],
            "Wat er aan de hand is": [status.explanation for status in statuses],
            "Wat het artikel vraagt": [_asked(status) for status in statuses],
            "Artikel": [choice.about.article] * wrong.height,
        }
    )
    return shown.carried(table, wrong, {"Leerlingen": "leerlingen"})


def _asked(status: Status) -> str:
    return status.requirement or dutch.NOTHING


def _show_waterfall(choice: Choice) -> None:
    rows = choice.rows("consent_waterfall")
    today = filters.view().day
    unknown = consent.unknown_pupils(choice.statuses(today))
    labels = ask.registry().labels["stap"]
    subtitle = f"{choice.about.label} · leerlingen per stap op {dutch.day(today)}"
    chart = ask.keep(
        "waterfall",
        choice.key,
        lambda: missing.waterfall(
            outlook.in_steps(rows), unknown, blocks.palette(), labels, (sentences.waterfall(rows, unknown), subtitle)
        ),
    )
    blocks.chart(chart, "toestemming_stappen", ("consent_waterfall",), limits(choice))


def _show_year_groups(choice: Choice) -> None:
    rows = choice.rows("consent_by_year_group")
    named = rows.with_columns(("Leerjaar " + pl.col("leerjaar").cast(pl.String)).alias("naam"))
    labels = ask.registry().labels["uitkomst"]
    day = dutch.day(filters.view().day)
    subtitle = f"{choice.about.label} · deel van de leerlingen op {day} · geteld volgens de gedragscode"
    chart = ask.keep(
        "year_groups",
        choice.key,
        lambda: coverage.outcomes_stacked(
            named, blocks.palette(), labels, (sentences.year_groups(rows), subtitle, "Leerjaar")
        ),
    )
    blocks.chart(chart, "toestemming_leerjaren", ("consent_by_year_group",), limits(choice, by_code=True))
