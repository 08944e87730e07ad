"""Scholen vergelijken, side by side: chosen schools on every indicator, each with the room that chance takes."""

import polars as pl

from dashboard import dutch
from dashboard.charts import strips
from dashboard.indicators import sentences, side_by_side
from dashboard.indicators.comparisons import distinct_names
from dashboard.indicators.reporting import LEAST_FOR_MEDIAN
from dashboard.indicators.shown import HIDDEN, any_hidden
from dashboard.indicators.side_by_side import FOLLOWUP
from dashboard.pages.schools_choice import Choice
from dashboard.periods import school_year, school_year_name
from dashboard.registry import PUBLISHED_READING
from dashboard.ui import ask, blocks, filters

MOST = 4
"""More schools than this can't be told apart in one row."""

NO_USES = "Gebruik staat hier niet: uit die cijfers zouden kleine aantallen te herleiden zijn."
USES = "Gebruik: hoe vaak er vooraf een geldig ja was. Wat onbekend is, telt als geen ja."

NO_FOLLOWUP = "Wat er na meldingen is gedaan, staat hier niet van elke school: dat zijn kleine aantallen."


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
    no_uses = ask.left_out("use_without_consent")
    rows = ask.keep(
        "shares",
        (choice.period,),
        lambda: side_by_side.shares(
            ask.ask("consent_coverage", peildatum=[view.day], lezing=[PUBLISHED_READING]),
            ask.ask("incident_followup", periode=[choice.period]),
            ask.if_there("use_without_consent", schooljaar=[year]),
            list(labels),
        ),
    )
    if rows.is_empty():
        return
    texts = (
        sentences.side_by_side_title(rows, {brin6: names[brin6] for brin6 in chosen}),
        f"toestemming op {dutch.day(view.day)}{'' if no_uses else f' · gebruik in {year}'}{_followup_in(rows, choice)}",
    )
    chart = ask.keep(
        "strips",
        (*choice.key, *chosen),
        lambda: strips.shares(rows, names, chosen, labels, blocks.palette(), texts),
    )
    tables = ("consent_coverage", *([] if no_uses else ["use_without_consent"]), "incident_followup")
    words = (sentences.side_by_side_chance(rows), NO_USES if no_uses else USES, _not_there(choice, rows))
    blocks.chart(chart, "naast_elkaar_aandelen", tables, " ".join(filter(None, words)))


def _not_there(choice: Choice, rows: pl.DataFrame) -> str:
    """What isn't drawn for whoever is looking, as it is hidden."""
    followup = ask.ask("incident_followup", periode=[choice.period])
    of_schools = followup.filter(pl.col("brin6") != filters.GROUP)["brin6"].n_unique()
    kept_back = HIDDEN in followup.columns and of_schools < len(ask.school_names()) and not followup.is_empty()
    parts = (
        "Wat niet is getoond (x), telt in de titel niet mee." if any_hidden(rows, "waarde") else "",
        NO_FOLLOWUP if kept_back else "",
    )
    return " ".join(filter(None, parts))


def _followup_in(rows: pl.DataFrame, choice: Choice) -> str:
    """The period of the follow-up, where it is drawn or where nothing is hidden."""
    is_drawn = HIDDEN not in rows.columns or (rows["onderwerp"] == FOLLOWUP).any()
    return f" · opvolging in {choice.span}" if is_drawn else ""


def _show_rates(choice: Choice, names: dict[str, str], chosen: list[str]) -> None:
    rows = side_by_side.rates(ask.ask("incident_funnel", periode=[choice.period]))
    if rows["waarde"].drop_nulls().is_empty():
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
