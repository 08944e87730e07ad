"""Overzicht: are we in control, and what needs us?"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.charts import coverage, trends
from dashboard.indicators import comparisons, sentences
from dashboard.indicators.comparisons import SameMonths
from dashboard.periods import school_year, school_year_name
from dashboard.registry import Registry
from dashboard.ui import ask, blocks, filters
from dashboard.ui.blocks import Fact


def main() -> None:
    """Choose, ask, work out, show."""
    registry, view = ask.registry(), filters.view()
    names = ask.school_names()
    reading = registry.default_reading.code
    clock = ask.ask("evaluation_clock")
    consent = ask.ask("consent_coverage", brin6=[view.school], lezing=[reading])
    monthly = ask.ask("incidents_monthly", brin6=[view.school])

    before = comparisons.year_before(consent["peildatum"].unique().to_list(), view.day)
    purposes = comparisons.now_and_before(consent, view.day, before)
    compared = comparisons.same_months(ask.two_school_years(), view.day)
    labels = {purpose.code: purpose.label for purpose in registry.purposes}
    steps = {choice.code: choice.label for choice in registry.choices("stap")}
    last_day, days = comparisons.validity(clock)

    blocks.answer(
        f"{sentences.validity(days, last_day)}; {sentences.late_steps(clock, steps)}.",
        f"{sentences.purposes_now(purposes, labels)}. {sentences.incidents_against(compared)}.",
    )
    blocks.facts(_facts(clock, (purposes, before), compared, registry, steps))
    _show_consent(purposes, labels, before)
    _show_incidents(monthly, compared)
    _show_missing(names)


def _facts(
    clock: pl.DataFrame,
    consent: tuple[pl.DataFrame, date | None],
    compared: SameMonths,
    registry: Registry,
    steps: Mapping[str, str],
) -> list[Fact]:
    purposes, before = consent
    last_day, days = comparisons.validity(clock)
    late = clock.filter(pl.col("oordeel") == "te laat").height
    ahead = sentences.next_step(clock, steps)
    facts = [
        Fact("Geldigheid van de code", dutch.number(max(days, 0)), f"dagen, tot en met {dutch.day(last_day)}"),
        Fact("Stappen te laat", dutch.number(late), f"van {clock.height} · {ahead[:1].lower()}{ahead[1:-1]}"),
    ]
    known = purposes.filter(pl.col("dekking").is_not_null()).sort("dekking", "doel")
    if known.height:
        low = known.row(0, named=True)
        then = low["dekking_toen"]
        against = f" · op {dutch.day(before)} {dutch.share(then)}" if then is not None else ""
        base = f"van {dutch.number(low['noemer'])} leerlingen voor het doel {registry.purpose(low['doel']).label}"
        facts.append(Fact("Laagste dekking", dutch.share(low["dekking"]), base + against))
    if compared.months:
        span = sentences.month_span(compared.months)
        against = f"{span[:1].lower()}{span[1:]} · in dezelfde maanden een jaar eerder {dutch.number(compared.before)}"
        facts.append(Fact("Meldingen naast vorig jaar", dutch.number(compared.now), against))
    return facts


def _show_consent(purposes: pl.DataFrame, labels: Mapping[str, str], day: date | None) -> None:
    if purposes.is_empty():
        blocks.heading("Toestemming")
        blocks.empty("Over toestemming is nog niets aangeleverd.", "", "Zie Leveringen voor wat er ontbreekt.")
        return
    view = filters.view()
    title = sentences.purposes_against(purposes, day)
    order = pl.Series("doel", list(labels))
    rows = pl.DataFrame(order).join(purposes, on="doel", how="inner", maintain_order="left")
    subtitle = f"dekking per doel op {dutch.day(view.day)}" + (f" en {dutch.day(day)}" if day else "")
    chart = ask.keep(
        "purposes",
        (view.school,),
        lambda: coverage.purposes_then_and_now(
            rows, blocks.palette(), labels, (view.day, day), (title, f"{subtitle} · een nee telt mee als op orde")
        ),
    )
    unknown = {view.day: "onbekend", **({day: "onbekend_toen"} if day else {})}
    silent = {known: max(rows[column].fill_null(0).to_list(), default=0) for known, column in unknown.items()}
    blocks.chart(chart, "overzicht_doelen", ("consent_coverage",), sentences.not_counted(silent))


def _show_incidents(monthly: pl.DataFrame, compared: SameMonths) -> None:
    view = filters.view()
    start = school_year(view.day)
    if monthly.filter(pl.col("ratio").is_not_null()).is_empty():
        blocks.heading("Incidenten")
        blocks.empty("Over incidenten is nog niets aangeleverd.", "", "Zie Leveringen voor wat er ontbreekt.")
        return
    chart = ask.keep(
        "two_years",
        (view.school,),
        lambda: trends.two_years(
            comparisons.two_years(monthly, start),
            blocks.palette(),
            sentences.incidents_against(compared),
            f"meldingen per 1.000 leerlingen per 20 lesdagen · {school_year_name(start)} en het jaar ervoor",
        ),
    )
    more = "Meer meldingen betekent niet dat het minder veilig is."
    note = " ".join(filter(None, [sentences.left_out(compared), sentences.LIMITLESS, more]))
    blocks.chart(chart, "overzicht_meldingen", ("incidents_monthly",), note)


def _show_missing(names: Mapping[str, str]) -> None:
    view = filters.view()
    running = comparisons.school_year_months(school_year(view.day))
    datasets = comparisons.missing_datasets(
        ask.ask("data_quality", dataset=list(comparisons.REQUIRED)), ask.answers_on_day(), list(names)
    )
    months = comparisons.undelivered_months(ask.ask("incidents_monthly", maand=running))
    wanted = list(names) if view.school == filters.GROUP else [view.school]
    rows = comparisons.missing(datasets, months, {brin6: names[brin6] for brin6 in wanted if brin6 in names})
    blocks.heading(
        "Wat er ontbreekt" if rows.height else "Van elke school is alles aangeleverd wat nodig is",
        "per school, in het lopende schooljaar" if rows.height else "leerlingen, toestemmingen en incidenten",
    )
    if rows.height:
        blocks.table(sentences.missing_in_words(rows, ask.registry()), "Ontbrekende gegevens per school", "ontbreekt")


main()
