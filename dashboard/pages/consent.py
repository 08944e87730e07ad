"""Toestemming: whose answer is missing, where and why?"""

from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.charts import coverage, theme
from dashboard.indicators import comparisons, sentences
from dashboard.periods import school_year
from dashboard.registry import Registry
from dashboard.ui import ask, blocks, filters
from dashboard.ui.blocks import Fact

SOURCE = ("consent_coverage",)
PARTLY = "Op sommige peildata heeft een school niets aangeleverd. De leerlingen van die school tellen dan niet mee."


def main() -> None:
    """Choose, ask, work out, show."""
    registry, view = ask.registry(), filters.view()
    purposes = {purpose.code: purpose.label for purpose in registry.purposes}
    readings = {reading.code: reading.label for reading in registry.readings}
    with filters.row_above():
        purpose = filters.choose_purpose(purposes)
        reading = filters.choose_reading(readings, registry.default_reading.code)
        history = ask.ask("consent_coverage", brin6=[view.school], doel=[purpose], lezing=[reading])
        if history.is_empty():
            _show_nothing()
            return
        day = filters.choose_day(history["peildatum"].to_list())
    where = ask.school_names().get(view.school, "alle scholen samen")
    here = history.filter(pl.col("peildatum") == day)
    schools = comparisons.in_school_order(
        ask.ask("consent_coverage", doel=[purpose], lezing=[reading], peildatum=[day]).filter(pl.col("brin6") != "*"),
        ask.school_names(),
    )
    around = ask.ask("consent_coverage", brin6=[view.school], doel=[purpose], peildatum=[day])
    statuses = ask.ask("consent_status", brin6=[view.school], doel=[purpose], peildatum=[day])

    row = comparisons.with_base(here).row(0, named=True)
    named = schools if view.school == filters.GROUP else schools.filter(pl.col("brin6") == view.school)
    more = [sentences.weak_schools(named), sentences.unknown_schools(named)]
    blocks.answer(sentences.coverage(row["dekking"], purposes[purpose], where), " ".join(filter(None, more)))
    blocks.facts(_facts(row, around, readings))
    selection = (view.school, purpose, reading, day)
    _show_schools(schools, registry, purposes[purpose], day, selection)
    _show_statuses(statuses, registry, reading, selection)
    _show_curves(history, purposes[purpose], readings[reading], selection)
    blocks.heading("Zo wordt geteld")
    blocks.words({known.label: known.explanation for known in registry.readings})
    blocks.paragraph("Een 'nee' is een geldig antwoord. Het telt mee als op orde en is nooit een tekort.")


def _show_nothing() -> None:
    view = filters.view()
    if ask.ask("consent_coverage", brin6=[view.school]).height:
        blocks.empty(
            "In deze momentopname staan geen cijfers voor deze keuze.",
            "Het doel of de manier van tellen bestond toen nog niet.",
            "Kies hierboven een ander doel, een andere manier van tellen of een andere momentopname.",
        )
        return
    where = ask.school_names().get(view.school, "alle scholen samen")
    blocks.empty(
        f"Over toestemming is voor {where} niets te zeggen: op geen enkele peildatum zijn er leerlingen ingeschreven.",
        "De administrateur van de school kan de gegevens aanleveren.",
        "Daarvoor zijn drie bestanden nodig: leerlingen, toestemmingen en leveringen.",
    )


def _facts(row: dict[str, int | float | None], around: pl.DataFrame, readings: dict[str, str]) -> list[Fact]:
    names = ("ja", "nee", "ongeldig", "onbekend", "noemer")
    ja, nee, invalid, unknown, whole = (int(row[name] or 0) for name in names)
    base = f"van {dutch.counted(whole, 'leerling', 'leerlingen')}"
    others = dict(around.select("lezing", "dekking").iter_rows())
    compared = " · ".join(f"{label} {dutch.share(others.get(code))}" for code, label in readings.items())
    return [
        Fact("Geldig antwoord", dutch.share(row["dekking"]), f"{base} · {compared}"),
        Fact("Daarvan ja en nee", dutch.number(ja), f"keer ja · {dutch.number(nee)} keer nee; beide zijn in orde"),
        Fact("Niet in orde", dutch.number(invalid), f"{base} · hier moet nog een antwoord komen"),
        Fact("Onbekend", dutch.number(unknown), "leerlingen van scholen die voor deze dag niets aanleverden"),
    ]


def _show_schools(
    schools: pl.DataFrame, registry: Registry, purpose: str, day: date, selection: tuple[object, ...]
) -> None:
    school = selection[0]
    shown, note = filters.limited(schools, theme.MOST_ROWS, str(school))
    labels = {choice.code: choice.label for choice in registry.choices("uitkomst")}
    title = sentences.weak_schools(schools).rstrip(".") or f"Wie een geldig antwoord heeft voor {purpose}"
    subtitle = f"{purpose} · deel van de ingeschreven leerlingen op {dutch.day(day)}"
    chart = ask.keep(
        "schools",
        (*selection, tuple(shown["brin6"])),
        lambda: coverage.schools_stacked(shown, blocks.palette(), labels, title, subtitle),
    )
    blocks.chart(chart, "toestemming_scholen", SOURCE, note)


def _show_statuses(rows: pl.DataFrame, registry: Registry, reading: str, selection: tuple[object, ...]) -> None:
    outcomes = registry.reading(reading).outcomes
    order = [status.code for status in registry.statuses]
    labels = {status.code: status.label for status in registry.statuses}
    places = {code: place for place, code in enumerate(order)}
    # An older snapshot may hold a status that the code no longer has: it stands last, under its own name.
    judged = rows.with_columns(
        pl.col("status").replace_strict(outcomes, default="onbekend", return_dtype=pl.String).alias("uitkomst"),
        pl.col("status").replace_strict(places, default=len(order), return_dtype=pl.Int64).alias("plaats"),
    ).sort("plaats", "status")
    title = sentences.invalid_reasons(judged, labels)
    chart = ask.keep(
        "statuses",
        selection,
        lambda: coverage.statuses(judged, blocks.palette(), labels, title, "leerlingen per stand van hun antwoord"),
    )
    blocks.chart(chart, "toestemming_standen", ("consent_status",))
    present = set(judged["status"])
    blocks.words({known.label: known.explanation for known in registry.statuses if known.code in present})


def _show_curves(history: pl.DataFrame, purpose: str, reading: str, selection: tuple[object, ...]) -> None:
    placed = comparisons.by_school_year(history)
    title = sentences.coverage_curve(placed, school_year(max(history["peildatum"].to_list())))
    subtitle = f"{purpose} · dekking per maandeinde · manier van tellen: {reading}"
    chart = ask.keep("curves", selection, lambda: coverage.curves_by_year(placed, blocks.palette(), title, subtitle))
    silent = history.filter((pl.col("onbekend") > 0) & pl.col("dekking").is_not_null())
    blocks.chart(chart, "toestemming_verloop", SOURCE, PARTLY if silent.height else "")


main()
