"""Leveringen: is the data complete and right?"""

from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.charts import theme
from dashboard.indicators import comparisons, sentences
from dashboard.registry import Registry
from dashboard.ui import ask, blocks, filters
from dashboard.ui.blocks import Fact

ROWS = (
    "Per soort gegevens. Rijen waarin geen school staat, tellen mee onder 'Zonder school'; dat kan bij toestemmingen."
)


def main() -> None:
    """Choose, ask, work out, show."""
    registry, view = ask.registry(), filters.view()
    names = ask.school_names()
    chosen = names.get(view.school, "")
    quality = comparisons.in_school_order(ask.ask("data_quality"), names)
    refusals = ask.ask("refusals")
    latest = comparisons.latest_import(ask.ask("imports"))
    shown = quality.filter(pl.col("brin6") == view.school) if chosen else quality
    refused = int((shown["afgewezen"] if chosen else latest["geweigerd"]).sum())
    expected = ask.expected_schools()["naam"].to_list()

    late = ask.missing()
    answer = (
        sentences.deliveries(late, expected, refused, chosen)
        if expected
        else f"{sentences.nothing_missing(expected, chosen, view.day)}."
    )
    unread = sentences.refused_files(int(latest.filter(pl.col("dataset").is_null())["bestanden"].sum()))
    blocks.answer(answer, " ".join(filter(None, [sentences.undelivered(late), unread])))
    blocks.facts(_school_facts(shown, refused) if chosen else _facts(quality, refused, len(expected)))
    if view.school == filters.GROUP and len(names) > theme.MOST_ROWS:
        _show_datasets(quality, registry)
    else:
        _show_quality(shown, registry)
    if chosen:
        blocks.heading("De hele levering", f"Wat hieronder staat, gaat over alle scholen samen, niet alleen {chosen}.")
    _show_latest(latest, registry)
    _show_refusals(refusals, registry)
    _show_snapshots()


def _facts(quality: pl.DataFrame, refused: int, schools: int) -> list[Fact]:
    view = filters.view()
    datasets = quality.filter(pl.col("rijen") > 0)["dataset"].n_unique()
    return [
        Fact("Laatste levering", dutch.day(view.day), dutch.age(view.day, view.today)),
        Fact(
            "Scholen",
            dutch.number(schools),
            f"op {dutch.day(view.day)} · {dutch.counted(datasets, 'soort', 'soorten')} gegevens ingelezen",
        ),
        Fact("Rijen die gelden", dutch.number(int(quality["rijen"].sum())), "na correcties"),
        Fact(
            "Geweigerde rijen",
            dutch.number(refused),
            "in de laatste levering; de andere rijen zijn wel ingelezen",
        ),
    ]


def _school_facts(quality: pl.DataFrame, refused: int) -> list[Fact]:
    """Of one school: the rows that name it."""
    view = filters.view()
    days: list[date] = quality["laatste_levering"].to_list()
    last = max(days, default=None)
    datasets = quality.filter(pl.col("rijen") > 0).height
    return [
        Fact("Laatste levering", dutch.day(last), dutch.age(last, view.today) if last else "nog niets ingelezen"),
        Fact("Soorten gegevens", dutch.number(datasets), "met rijen van deze school"),
        Fact("Rijen die gelden", dutch.number(int(quality["rijen"].sum())), "van deze school, na correcties"),
        Fact("Geweigerde rijen", dutch.number(refused), "van deze school, de laatste keer per soort gegevens"),
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


def _show_snapshots() -> None:
    current = ask.current()
    rows = [
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
    blocks.table(pl.DataFrame(rows, schema=columns, orient="row"), "Momentopnamen, de laatste eerst", "momentopnamen")


main()
