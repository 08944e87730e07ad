"""Toestemming, school by school: one purpose for all of them, and every purpose at once."""

import polars as pl

from dashboard import dutch
from dashboard.charts import coverage, matrix, theme
from dashboard.indicators import comparisons, sentences
from dashboard.indicators.shown import HIDDEN
from dashboard.pages.consent_choice import Choice
from dashboard.ui import ask, blocks, filters

SOURCE = ("consent_coverage",)

OTHER_DAYS = "De andere scholen staan hier alleen op 31 oktober, 31 januari, 31 juli en de dag van de levering."


def of_purpose(choice: Choice) -> pl.DataFrame:
    """Every school with pupils on the day, in the fixed order.

    counts: one row per school (brin6, naam, ja, nee, ongeldig, onbekend in pupils, dekking 0–1).
    """
    rows = ask.ask("consent_coverage", doel=[choice.purpose], lezing=[choice.reading], peildatum=[choice.day])
    return comparisons.in_school_order(rows.filter(pl.col("brin6") != filters.GROUP), ask.school_names())


def show_stacked(choice: Choice, schools: pl.DataFrame) -> None:
    """The picture behind the answer: every school, valid yes, valid no, not in order, unknown."""
    registry = ask.registry()
    shown, note = filters.limited(schools, theme.MOST_ROWS, choice.school)
    labels = registry.labels["uitkomst"]
    title = sentences.weak_schools(schools).rstrip(".") or f"Wie een geldig antwoord heeft voor {choice.about.label}"
    subtitle = f"{choice.about.label} · deel van de leerlingen op {dutch.day(choice.day)} · {choice.counted}"
    norm = f"norm van de code: 100{dutch.NO_BREAK}%" if registry.indicator("dekking").norm else ""
    chart = ask.keep(
        "schools",
        (*choice.key, *shown["brin6"]),
        lambda: coverage.outcomes_stacked(
            shown, blocks.palette(), labels, (title, subtitle, "School"), norm=norm, chosen=_place(shown, choice)
        ),
    )
    blocks.chart(chart, "toestemming_scholen", SOURCE, " ".join(filter(None, [note, _only_own(schools, choice)])))


def show(choice: Choice) -> None:
    """Every school and every purpose, a cell each."""
    registry = ask.registry()
    asked = ask.ask("consent_coverage", lezing=[choice.reading], peildatum=[choice.day])
    rows = comparisons.in_school_order(asked.filter(pl.col("brin6") != filters.GROUP), ask.school_names())
    each = rows.unique("brin6", keep="first", maintain_order=True)
    schools, note = filters.limited(each, theme.MOST_ROWS, choice.school, "deel_doelen")
    shown = rows.join(schools.select("brin6"), on="brin6", how="semi", maintain_order="left")
    purposes = {purpose.code: purpose.short for purpose in registry.purposes}
    labels = {purpose.code: purpose.label for purpose in registry.purposes}
    title = sentences.heat_map(rows, labels)
    subtitle = f"dekking per school en doel op {dutch.day(choice.day)} · {choice.counted}"
    chart = ask.keep(
        "matrix",
        (*choice.key, *schools["brin6"]),
        lambda: matrix.schools_by_purpose(
            shown, blocks.palette(), purposes, (title, subtitle), _place(schools, choice)
        ),
    )
    blocks.chart(chart, "toestemming_doelen", SOURCE, " ".join(filter(None, [note, _only_own(each, choice)])))


def _only_own(schools: pl.DataFrame, choice: Choice) -> str:
    """Why the other schools aren't there on a day that is shown of the own school only."""
    alone = schools["brin6"].to_list() == [choice.school] and len(ask.school_names()) > 1
    return OTHER_DAYS if alone and HIDDEN in schools.columns else ""


def _place(schools: pl.DataFrame, choice: Choice) -> int | None:
    return next((place for place, brin6 in enumerate(schools["brin6"]) if brin6 == choice.school), None)
