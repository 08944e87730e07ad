"""Toestemming, over time: this school year against earlier ones, who turns 16, and which answers run out."""

import polars as pl

from dashboard import dutch
from dashboard.charts import ahead, coverage, events, months
from dashboard.indicators import comparisons, sentences, shown
from dashboard.pages.consent_choice import Choice, limits, show_absent, show_silent
from dashboard.periods import next_1_september, school_year, school_year_days
from dashboard.ui import ask, blocks, filters

FEW_MONTHS = 4
"""31 October, 31 January, 31 July and the day of the delivery: days that are shown to everybody."""

OF_GROUP_ONLY = (
    "Hoeveel leerlingen per maand 16 worden, staat hier niet per school: dat zijn kleine aantallen. Kies hierboven "
    "Alle scholen om het van alle scholen samen te zien."
)


def show_year(choice: Choice) -> None:
    """The curve of this school year beside earlier ones."""
    history = ask.ask("consent_coverage", brin6=[choice.school], doel=[choice.purpose], lezing=[choice.reading])
    if history["dekking"].drop_nulls().is_empty() and shown.any_hidden(history, "dekking"):
        blocks.heading("Dit schooljaar naast eerdere")
        blocks.paragraph(f"Op elke peildatum is de dekking {shown.SAID}.")
        return
    if history["dekking"].drop_nulls().is_empty():
        show_silent("Dit schooljaar naast eerdere", choice, None)
        return
    placed = comparisons.since_known(comparisons.by_school_year(history))
    schools = _schools(choice, history)
    year = school_year(max(history["peildatum"].to_list()))
    title = sentences.coverage_curve(comparisons.beside(history, schools, year), year)
    subtitle = f"{choice.about.label} · dekking per {_moment(history)} · {choice.counted}"
    years = placed["schooljaar"].to_list()
    happened = ask.events(choice.school, since=school_year_days(min(years))[0])
    chart = ask.keep(
        "curves", choice.key, lambda: coverage.curves_by_year(placed, blocks.palette(), title, subtitle, happened)
    )
    blocks.chart(chart, "toestemming_verloop", ("consent_coverage",), sentences.silent_days(schools))
    blocks.words(events.in_school_years(happened, min(years), max(years)))


def _moment(history: pl.DataFrame) -> str:
    """What a point of the curve is: not every month is shown to everybody."""
    if shown.HIDDEN not in history.columns:
        return "maandeinde"
    return "maandeinde" if history["peildatum"].dt.month().n_unique() > FEW_MONTHS else "peildatum"


def _schools(choice: Choice, history: pl.DataFrame) -> pl.DataFrame:
    """The schools that the curve is made of, in the fixed order: the chosen one, or all.

    counts: one row per peildatum and school (brin6, naam, ja, nee, ongeldig, onbekend in pupils).
    """
    if choice.school == filters.GROUP:
        rows = ask.ask("consent_coverage", doel=[choice.purpose], lezing=[choice.reading])
        history = rows.filter(pl.col("brin6") != filters.GROUP)
    return comparisons.in_school_order(history, ask.school_names())


def show_ahead(choice: Choice) -> None:
    """What is coming; of a school that delivered nothing, nobody knows."""
    outlook, title = ask.ask("expiry_outlook", brin6=[choice.school]), "Wie 16 wordt, en wat er op 1 september nodig is"
    if show_absent(title):
        return
    now = ("geldig_nu", "nodig_nu")
    if outlook.filter((pl.col("geldig_nu") > 0) | (pl.col("nodig_nu") > 0) | shown.hides(outlook, *now)).is_empty():
        show_silent(title, choice, filters.view().day)
        return
    _show_turning_16(choice)
    _show_expiry(choice, outlook)


def _show_turning_16(choice: Choice) -> None:
    view = filters.view()
    rows = ask.ask("turning_16", brin6=[choice.school])
    if shown.HIDDEN in rows.columns and rows.is_empty():
        blocks.heading("Wie 16 wordt")
        blocks.paragraph(OF_GROUP_ONLY)
        return
    day = dutch.day(view.day)
    planned = ask.events(choice.school, ahead=True)
    subtitle = f"wie 16 wordt en voor ten minste één doel een geldig antwoord heeft, per maand · stand van {day}"
    chart = ask.keep(
        "turning_16",
        (choice.school,),
        lambda: ahead.turning_16(rows, blocks.palette(), sentences.turning_16(rows, view.day), subtitle, planned),
    )
    blocks.chart(chart, "toestemming_16", ("turning_16",), limits(choice))
    blocks.words(events.listed(planned, *months.ends(rows["maand"].to_list())))
    blocks.paragraph(
        "Vanaf 16 jaar antwoordt een leerling zelf. Een eigen antwoord van voor die dag telt niet: vraag het erna."
    )


def _show_expiry(choice: Choice, rows: pl.DataFrame) -> None:
    view, registry = filters.view(), ask.registry()
    order = {purpose.code: place for place, purpose in enumerate(registry.purposes)}
    labels = {purpose.code: purpose.label for purpose in registry.purposes}
    placed = rows.sort(pl.col("doel").replace_strict(order, default=len(order), return_dtype=pl.Int64), "doel")
    then = next_1_september(view.day)
    days = f"{dutch.day(view.day)} en {dutch.day(then)}"
    subtitle = f"leerlingen van wie een antwoord nodig is, per doel, op {days} · geteld volgens de gedragscode"
    texts = (sentences.expiry(rows, labels, view.day), subtitle)
    chart = ask.keep(
        "expiry",
        (choice.school,),
        lambda: ahead.expiry(placed, blocks.palette(), labels, (view.day, then), texts),
    )
    blocks.chart(chart, "toestemming_september", ("expiry_outlook",), limits(choice, by_code=True))
    blocks.paragraph(sentences.by_september(view.day, registry.year))
