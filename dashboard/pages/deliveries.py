"""Leveringen: is the data complete and right?"""

from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.charts import theme
from dashboard.indicators import comparisons, sentences, shown
from dashboard.indicators.sentences.phrases import first_small
from dashboard.registry import Registry
from dashboard.ui import ask, blocks, filters
from dashboard.ui.blocks import Fact

ROWS = (
    "Per soort gegevens. Rijen waarin geen school staat, tellen mee onder 'Zonder school'; dat kan bij toestemmingen."
)


COUNTS = {"Rijen die gelden": "rijen", "Geweigerd": "afgewezen"}
"""Header → the column behind it that may hold a small number."""

NO_ROWS = (
    "Hoeveel rijen zijn gelezen en waarom rijen zijn geweigerd, staat hier niet: daar zitten kleine aantallen in. "
    "Het bestuur en de beheerder zien het wel."
)


FAULT = (
    "Door fout {fault} in het programma ziet van deze momentopname alleen het bestuur cijfers. Vraag de beheerder om "
    "de levering opnieuw in te lezen."
)


def main() -> None:
    """Choose, ask, work out, show."""
    registry, view = ask.registry(), filters.view()
    names = ask.school_names()
    chosen = names.get(view.school, "")
    quality = comparisons.in_school_order(ask.ask("data_quality"), names)
    latest = comparisons.latest_import(ask.ask("imports")) if ask.holds("imports") else None
    looked_at = quality.filter(pl.col("brin6") == view.school) if chosen else quality
    refused = shown.total(looked_at, "afgewezen") if chosen else _refused(latest)
    expected = ask.expected_schools()["naam"].to_list()

    late = ask.missing()
    answer = (
        sentences.deliveries(late, expected, refused, chosen)
        if expected
        else f"{sentences.nothing_missing(expected, chosen, view.day)}."
    )
    unseen = "" if ask.tells_months() else sentences.NOT_BY_MONTH
    more = [sentences.undelivered(late), _unread(latest), unseen, _fault()]
    blocks.answer(answer, " ".join(filter(None, more)))
    blocks.facts(_school_facts(looked_at, refused) if chosen else _facts(quality, refused, len(expected)))
    if view.school == filters.GROUP and len(names) > theme.MOST_ROWS:
        _show_datasets(quality, registry)
    else:
        _show_quality(looked_at, registry)
    if chosen:
        blocks.heading("De hele levering", f"Wat hieronder staat, gaat over alle scholen samen, niet alleen {chosen}.")
    if latest is None:
        blocks.heading("Wat er met de laatste levering gebeurde", NO_ROWS)
    else:
        _show_latest(latest, registry)
        _show_refusals(ask.ask("refusals"), registry)
    _show_snapshots(rows=latest is not None)


def _refused(latest: pl.DataFrame | None) -> int | None:
    """How many rows of the last import were refused; None where that isn't shown."""
    return None if latest is None else int(latest["geweigerd"].sum())


def _unread(latest: pl.DataFrame | None) -> str:
    """How many files of the last import could not be used; empty where that isn't shown."""
    if latest is None:
        return ""
    return sentences.refused_files(int(latest.filter(pl.col("dataset").is_null())["bestanden"].sum()))


def _fault() -> str:
    """Why nobody else sees this snapshot; empty where nothing went wrong."""
    fault = ask.fault()
    return "" if fault is None else FAULT.format(fault=fault)


def _facts(quality: pl.DataFrame, refused: int | None, schools: int) -> list[Fact]:
    view = filters.view()
    datasets = _delivered(quality)["dataset"].n_unique()
    return [
        Fact("Laatste levering", dutch.day(view.day), dutch.age(view.day, view.today)),
        Fact(
            "Scholen",
            dutch.number(schools),
            f"op {dutch.day(view.day)} · {dutch.counted(datasets, 'soort', 'soorten')} gegevens ingelezen",
        ),
        _rows_fact(quality, "na correcties"),
        *_refused_fact(refused, "in de laatste levering; de andere rijen zijn wel ingelezen"),
    ]


def _delivered(quality: pl.DataFrame) -> pl.DataFrame:
    """The kinds of data of which rows came in; of a hidden number it isn't said that there are none."""
    return quality.filter((pl.col("rijen") > 0) | shown.hidden(quality, "rijen"))


def _rows_fact(quality: pl.DataFrame, of_what: str) -> Fact:
    """How many rows are in force, of the kinds of data that hide none."""
    gone = shown.only_hidden(quality, "rijen")["dataset"].unique().sort().to_list()
    told = quality.filter(~pl.col("dataset").is_in(gone))
    labels = ask.registry().labels["dataset"]
    without = [first_small(labels.get(name, name)) for name in gone]
    beside = f" · zonder {dutch.listed(without)} (niet getoond)" if gone else ""
    return Fact("Rijen die gelden", dutch.number(int(told["rijen"].sum())), f"{of_what}{beside}")


def _refused_fact(refused: int | None, of_what: str) -> list[Fact]:
    return [] if refused is None else [Fact("Geweigerde rijen", dutch.number(refused), of_what)]


def _school_facts(quality: pl.DataFrame, refused: int | None) -> list[Fact]:
    """Of one school: the rows that name it."""
    view = filters.view()
    days: list[date] = quality["laatste_levering"].to_list()
    last = max(days, default=None)
    datasets = _delivered(quality).height
    return [
        Fact("Laatste levering", dutch.day(last), dutch.age(last, view.today) if last else "nog niets ingelezen"),
        Fact("Soorten gegevens", dutch.number(datasets), "met rijen van deze school"),
        _rows_fact(quality, "van deze school, na correcties"),
        *_refused_fact(refused, "van deze school, de laatste keer per soort gegevens"),
    ]


def _show_datasets(quality: pl.DataFrame, registry: Registry) -> None:
    rows = comparisons.by_dataset(quality)
    table = rows.select(
        pl.col("dataset").replace(dict(registry.labels["dataset"])).alias("Gegevens"),
        pl.col("scholen").alias("Scholen"),
        pl.col("laatste_levering").alias("Laatst aangeleverd"),
        pl.col("rijen").alias("Rijen die gelden"),
        pl.col("afgewezen").alias("Geweigerd"),
    )
    table = shown.carried(table, rows, {"Scholen": "scholen", **COUNTS})
    blocks.heading("Hoeveel scholen aanleverden", "per soort gegevens; kies hierboven een school om die apart te zien")
    blocks.table(table, "Aangeleverde gegevens, alle scholen samen", "leveringen")
    blocks.details("Wat betekenen deze kolommen?", "leveringen", ("data_quality",))


def _show_quality(quality: pl.DataFrame, registry: Registry) -> None:
    table = quality.select(
        pl.when(pl.col("brin6") == filters.GROUP).then(pl.lit("Zonder school")).otherwise("naam").alias("School"),
        pl.col("dataset").replace(dict(registry.labels["dataset"])).alias("Gegevens"),
        pl.col("laatste_levering").alias("Laatst aangeleverd"),
        pl.col("van").alias("Van"),
        pl.col("tot").alias("Tot en met"),
        pl.col("rijen").alias("Rijen die gelden"),
        pl.col("afgewezen").alias("Geweigerd"),
    )
    table = shown.carried(table, quality, COUNTS)
    blocks.heading("Wat elke school aanleverde", ROWS)
    blocks.table(table, "Aangeleverde gegevens per school", "leveringen")
    blocks.details("Wat betekenen deze kolommen?", "leveringen", ("data_quality",))


def _show_latest(latest: pl.DataFrame, registry: Registry) -> None:
    table = latest.select(
        pl.col("dataset")
        .replace(dict(registry.labels["dataset"]))
        .fill_null("Niet te gebruiken bestand")
        .alias("Gegevens"),
        pl.col("bestanden").alias("Bestanden"),
        pl.col("gelezen").alias("Gelezen"),
        pl.col("geaccepteerd").alias("Nieuw"),
        pl.col("bekend").alias("Al bekend"),
        pl.col("geweigerd").alias("Geweigerd"),
    )
    blocks.heading(
        "Wat er met de laatste levering gebeurde", "rijen per soort gegevens; elke gelezen rij staat in één kolom"
    )
    blocks.table(table, "Rijen van de laatste levering", "laatste_levering")


def _show_refusals(refusals: pl.DataFrame, registry: Registry) -> None:
    total = int(refusals["rijen"].sum())
    if not total:
        blocks.heading("In de laatste levering is geen enkele rij geweigerd")
        return
    table = refusals.select(
        pl.col("dataset")
        .replace(dict(registry.labels["dataset"]))
        .fill_null("Niet te gebruiken bestand")
        .alias("Gegevens"),
        pl.col("reden").alias("Reden"),
        pl.col("kolom").alias("Kolom"),
        pl.col("rijen").alias("Rijen"),
    )
    blocks.heading(
        "Waarom rijen van de laatste levering zijn geweigerd",
        "per reden; een rij met twee fouten telt bij beide. Verbeter de rijen in het bronsysteem en lever ze opnieuw.",
    )
    blocks.table(table, "Redenen van weigering in de laatste levering", "weigeringen")


def _show_snapshots(*, rows: bool) -> None:
    """`rows`: with how many rows each was made; beside hidden numbers that would tell too much."""
    current = ask.current()
    made = [
        (
            known.today,
            known.id,
            len(known.imports),
            known.rows,
            "ja" if known.demo else "nee",
            "ja" if current and known.id == current.id else "",
        )
        for known in reversed(ask.snapshots())
    ]
    columns = ("Dag", "Nummer", "Leveringen", "Rijen", "Demogegevens", "Wordt getoond")
    blocks.heading(
        "Momentopnamen", "Een momentopname legt de cijfers vast na een levering en verandert daarna niet meer."
    )
    table = pl.DataFrame(made, schema=columns, orient="row")
    blocks.table(table if rows else table.drop("Rijen"), "Momentopnamen, de laatste eerst", "momentopnamen")


main()
