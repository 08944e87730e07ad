"""The command that attacks what was published, as everyone who may see it could."""

from typing import Annotated

import polars as pl
import typer

from dashboard.commands.asking import Store, chosen_snapshot, note, settings_of
from dashboard.protecting import delivered, found_leaks
from dashboard.registry import load_registry
from dashboard.store.log import Kind
from dashboard.store.places import Places, StoreProblem
from dashboard.store.snapshots import EXACT, SHARED, snapshot_before
from dashboard.terminal import people, progress

NOTHING_THERE = (
    "In deze momentopname staan geen cijfers voor anderen dan het bestuur: er is niets om te herleiden. Dat kan "
    "doordat ze ouder is, doordat kleine aantallen niet goed te verbergen waren, of door een fout in het programma: "
    "de import noemde dan het nummer."
)


def audit(
    context: typer.Context,
    snapshot: Annotated[str | None, typer.Option(metavar="NUMMER", help="Welke momentopname.")] = None,
    store: Store = None,
) -> None:
    """Val de beschermde cijfers aan: noem elke cel waaruit een klein aantal te herleiden is."""
    settings = settings_of(store)
    chosen = chosen_snapshot(settings, snapshot)
    files = sorted((chosen.folder / SHARED).glob("*.parquet"))
    if not files:
        raise StoreProblem(NOTHING_THERE)
    tables = {file.stem: pl.read_parquet(file) for file in files}
    everything = delivered(
        chosen.folder / EXACT, settings.queries, chosen.today, snapshot_before(Places(settings.store), chosen)
    )
    with progress() as told:
        leaks = found_leaks(tables, everything, load_registry(settings.registry), lambda what: told(what, 0))
    note(context, settings, Kind.AUDIT, SHARED, chosen.id)
    for leak in leaks:
        typer.echo(leak.sentence)
    hidden = sum(int(frame["verborgen"].count()) for frame in tables.values())
    people.print(f"{len(tables)} tabellen bekeken, met {hidden} rijen waarin iets verborgen is: {len(leaks)} lekken.")
    raise typer.Exit(1 if leaks else 0)
