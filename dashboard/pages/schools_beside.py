"""Scholen vergelijken, side by side: chosen schools on every indicator, each with the room that chance takes."""

import polars as pl

from dashboard import dutch
from dashboard.charts import strips
from dashboard.indicators import sentences, side_by_side
from dashboard.indicators.comparisons import distinct_names
from dashboard.indicators.reporting import LEAST_FOR_MEDIAN
from dashboard.pages.schools_choice import Choice
from dashboard.periods import school_year, school_year_name
from dashboard.registry import PUBLISHED_READING
from dashboard.ui import ask, blocks, filters

MOST = 4
"""More schools than this can't be told apart in one row."""

USES = "Gebruik: hoe vaak er vooraf een geldig ja was. Wat onbekend is, telt als geen ja."


def show(choice: Choice) -> None:
    """Draw this part."""
    names = distinct_names(ask.school_names())
    own = [choice.own] if choice.own else []
    others = filters.choose_schools(names, MOST - len(own))
    chosen = [*own, *(brin6 for brin6 in others if brin6 != choice.own)]
    _show_shares(choice, names, chosen)
    _show_rates(choice, names, chosen)
    _show_medians(choice, names, chosen)


def _show_shares(choice: Choice, names: dict[str, str], chosen: list[str]) -> None:
    view, registry = filters.view(), ask.registry()
    year = school_year_name(school_year(view.day))
    labels = {purpose.code: purpose.label for purpose in registry.purposes} | dict(registry.labels["maat"])
    rows = ask.keep(
        "shares",
        (choice.period,),
        lambda: side_by_side.shares(
            ask.ask("consent_coverage", peildatum=[view.day], lezing=[PUBLISHED_READING]),
            ask.ask("incident_followup", periode=[choice.period]),
            ask.ask("use_without_consent", schooljaar=[year]),
            list(labels),
        ),
    )
    if rows.is_empty():
        return
    texts = (
        sentences.side_by_side_title(rows, {brin6: names[brin6] for brin6 in chosen}),
        f"toestemming op {dutch.day(view.day)} · gebruik in {year} · opvolging in {choice.span}",
    )
    chart = ask.keep(
        "strips",
        (*choice.key, *chosen),
        lambda: strips.shares(rows, names, chosen, labels, blocks.palette(), texts),
    )
    tables = ("consent_coverage", "use_without_consent", "incident_followup")
    blocks.chart(chart, "naast_elkaar_aandelen", tables, f"{sentences.side_by_side_chance(rows)} {USES}".strip())


def _show_rates(choice: Choice, names: dict[str, str], chosen: list[str]) -> None:
    rows = side_by_side.rates(ask.ask("incident_funnel", periode=[choice.period]))
    if rows.is_empty():
        return
    texts = (
        sentences.side_by_side_title(rows, {brin6: names[brin6] for brin6 in chosen}),
        f"{choice.span} · alleen aangeleverde maanden",
    )
    chart = ask.keep(
        "rate_strips",
        (*choice.key, *chosen),
        lambda: strips.rates(rows, names, chosen, {"ratio": "Meldingen"}, blocks.palette(), texts),
    )
    blocks.chart(chart, "naast_elkaar_meldingen", ("incident_funnel",))


def _show_medians(choice: Choice, names: dict[str, str], chosen: list[str]) -> None:
    labels = ask.registry().labels["maat"]
    rows = side_by_side.medians(ask.ask("incident_followup", periode=[choice.period]), list(labels))
    mine = rows.filter(pl.col("brin6").is_in(chosen))
    if mine.is_empty():
        return
    is_few = pl.col("noemer") < LEAST_FOR_MEDIAN
    least = dutch.small(LEAST_FOR_MEDIAN)
    few = f"Bij minder dan {least} datums staat er geen midden. " if mine.filter(is_few).height else ""
    blocks.heading(
        "Hoe snel er iets is gedaan",
        "Dagen vanaf de dag van het incident; de helft was er sneller. "
        f"{few}Hoeveel speling toeval hier geeft, is niet te zeggen.",
    )
    shown = mine.select(
        pl.col("brin6").replace_strict(names, default=pl.col("brin6")).alias("School"),
        pl.col("indicator").replace_strict(labels, default=pl.col("indicator")).alias("Wat"),
        pl.when(~is_few).then(pl.col("waarde")).alias("Dagen"),
        pl.col("groep").alias("Alle scholen"),
        pl.col("noemer").alias("Meldingen met een datum"),
    )
    blocks.table(shown, "Dagen van incident tot maatregel en tot afhandeling", "naast_elkaar_dagen")
