"""Toestemming, ways to count: the three readings side by side, and each meaning of "every year"."""

import polars as pl

from dashboard import dutch
from dashboard.charts import coverage
from dashboard.indicators import consent, sentences, shown
from dashboard.pages.consent_choice import Choice, limits, show_absent, show_silent
from dashboard.ui import ask, blocks, filters

FEW = (
    "Wat een andere uitleg van 'jaarlijks' met de cijfers zou doen, staat hier niet: het verschil is vaak een klein "
    "aantal leerlingen."
)


def show(choice: Choice) -> None:
    """Draw this part."""
    today = filters.view().day
    if choice.silent_on(choice.day):
        show_silent("Manieren van tellen", choice, choice.day)
    else:
        _show_readings(choice)
        _show_outcomes(choice)
    if choice.day != today or not choice.silent_on(today):  # else it has just been said
        _show_year_rules(choice)


def _show_readings(choice: Choice) -> None:
    registry = ask.registry()
    rows = ask.ask("consent_coverage", brin6=[choice.school], doel=[choice.purpose], peildatum=[choice.day])
    statuses = choice.statuses(choice.day)
    labels = {reading.code: reading.label for reading in registry.readings}
    subtitle = f"{choice.about.label} · deel van de leerlingen op {dutch.day(choice.day)}, per manier van tellen"
    texts = (sentences.readings(rows, registry), subtitle, "Manier van tellen")
    places = {reading.code: place for place, reading in enumerate(registry.readings)}
    named = _named(rows, "lezing", places, labels)
    chart = ask.keep(
        "readings",
        choice.key,
        lambda: coverage.outcomes_stacked(named, blocks.palette(), registry.labels["uitkomst"], texts),
    )
    blocks.chart(chart, "toestemming_lezingen", ("consent_coverage",), sentences.readings_differ(statuses, registry))
    blocks.words({reading.label: reading.explanation for reading in registry.readings})


def _show_outcomes(choice: Choice) -> None:
    """The statuses that the readings don't agree on; so the choice about who turned 16 is in plain sight."""
    if not choice.tells_statuses:
        return
    registry = ask.registry()
    counts = choice.statuses(choice.day)
    statuses, outcomes = dict(registry.labels["status"]), dict(registry.labels["uitkomst"])
    disputed = consent.disputed(counts, registry)
    table = disputed.select(
        pl.col("status").replace(statuses).alias("Stand"),
        pl.col("leerlingen").alias("Leerlingen"),
        *(pl.col(reading.code).replace(outcomes).alias(reading.label) for reading in registry.readings),
    )
    table = shown.carried(table, disputed, {"Leerlingen": "leerlingen"})
    blocks.heading(
        sentences.turned_16_choice(counts, registry),
        f"wat niet bij elke manier hetzelfde telt · {choice.about.label} · leerlingen op {dutch.day(choice.day)}",
    )
    blocks.table(table, "Wat niet bij elke manier van tellen hetzelfde telt", "toestemming_zo_telt")


def _show_year_rules(choice: Choice) -> None:
    registry = ask.registry()
    title, today = "Wat 'jaarlijks' betekent", filters.view().day
    if show_absent(title):
        return
    if choice.silent_on(today):
        show_silent(title, choice, today)
        return
    rows = choice.rows("consent_by_year_rule")
    if rows.is_empty():
        blocks.heading(title)
        blocks.paragraph(FEW)
        return
    names = {rule.code: rule.label for rule in registry.year_rules}
    subtitle = f"{choice.about.label} · deel van de leerlingen op {dutch.day(today)} · geteld volgens de gedragscode"
    texts = (sentences.year_rules(rows, registry), subtitle, "Betekenis")
    labels = names | {registry.year: f"{names[registry.year]} (zo telt het nu)"}
    named = _named(rows, "jaar", {rule.code: place for place, rule in enumerate(registry.year_rules)}, labels)
    chart = ask.keep(
        "year_rules",
        choice.key,
        lambda: coverage.outcomes_stacked(named, blocks.palette(), registry.labels["uitkomst"], texts),
    )
    blocks.chart(chart, "toestemming_jaarlijks", ("consent_by_year_rule",), limits(choice, by_code=True))
    blocks.words({rule.label: rule.explanation for rule in registry.year_rules})


def _named(rows: pl.DataFrame, column: str, places: dict[str, int], labels: dict[str, str]) -> pl.DataFrame:
    """In the order of the registry, with the labels as naam; what it no longer has stands last by its code."""
    place = pl.col(column).replace_strict(places, default=len(places), return_dtype=pl.Int64)
    return rows.sort(place, column).with_columns(pl.col(column).replace(labels).alias("naam"))
