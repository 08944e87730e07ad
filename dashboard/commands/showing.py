"""The commands that show what was published: figures, the dossier, snapshots and what differs between them."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from dashboard import dutch
from dashboard.commands.asking import (
    Audience,
    Format,
    PaperFormat,
    Store,
    chosen_snapshot,
    note,
    places_of,
    settings_of,
)
from dashboard.differences import difference
from dashboard.dossiers import make_file, refuse_target, write_file
from dashboard.figures import FORMATS, read_figures
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.settings import Settings
from dashboard.store.log import Kind, refuse_unwritable
from dashboard.store.places import StoreProblem, locked
from dashboard.store.retention import finish_purges
from dashboard.store.snapshots import current_snapshot, find_snapshot, list_snapshots, show_snapshot
from dashboard.terminal import people

NOT_BUILT_ON = "De latere momentopname is niet uit de eerdere voortgekomen. Wat er verschilt is bekend, waardoor niet."


def figures(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="TABEL", help="Welke tabel; leeg noemt ze alle.")] = None,
    audience: Audience = "bestuur",
    where: Annotated[
        list[str] | None, typer.Option("--where", metavar="KOLOM=WAARDE", help="Alleen deze rijen; mag vaker.")
    ] = None,
    format: Annotated[Format, typer.Option(metavar="VORM", help="table, csv, json of parquet.")] = Format.TABLE,
    snapshot: Annotated[str | None, typer.Option(metavar="NUMMER", help="Welke momentopname.")] = None,
    store: Store = None,
) -> None:
    """Toon een gepubliceerde tabel, of noem alle tabellen."""
    if name is None:
        for table in PUBLISHED.values():
            columns = ", ".join(column.name for column in table.columns)
            typer.echo(f"{table.name}: {table.definition} Kolommen: {columns}.")
        return
    settings = settings_of(store)
    frame = figures_frame(name, settings, audience, snapshot, where or ())
    kind = Kind.VIEWED if format is Format.TABLE else Kind.DOWNLOADED
    note(context, settings, kind, name, chosen_snapshot(settings, snapshot).id, audience)
    sys.stdout.buffer.write(FORMATS[format](frame))


def report_command(
    context: typer.Context,
    format: Annotated[PaperFormat, typer.Option(metavar="VORM", help="pdf, docx, xlsx of html.")],
    out: Annotated[Path, typer.Option("--out", metavar="BESTAND", help="Waar het dossier komt.")],
    audience: Audience = "bestuur",
    period: Annotated[
        str | None,
        typer.Option(metavar="JJJJ-MM/JJJJ-MM", help="Waarover; anders de evaluatie van de dag van de cijfers."),
    ] = None,
    snapshot: Annotated[str | None, typer.Option(metavar="NUMMER", help="Welke momentopname.")] = None,
    store: Store = None,
) -> None:
    """Maak het dossier voor de evaluatie van de code: om te lezen, in te vullen of mee te rekenen."""
    settings = settings_of(store)
    chosen = chosen_snapshot(settings, snapshot)
    refuse_target(out, format, settings.store)
    content = make_file(chosen, settings, audience, period, format)
    note(context, settings, Kind.DOSSIER, f"dossier.{format.value}", chosen.id, audience)
    write_file(out, content)
    people.print(f"Het dossier van {dutch.day(chosen.today)} ({chosen.id}) staat in {out}.")


def snapshots(store: Store = None) -> None:
    """Noem alle momentopnamen met de hash van elk bestand, de oudste eerst; de getoonde heeft een *."""
    places = places_of(settings_of(store))
    shown = current_snapshot(places)
    for snapshot in list_snapshots(places):
        mark = "*" if shown is not None and shown.id == snapshot.id else " "
        typer.echo(
            f"{snapshot.id} {mark} {snapshot.today.isoformat()}  importen {len(snapshot.imports)}  "
            f"bestanden {len(snapshot.inputs)}  rijen {snapshot.rows}"
        )
        for digest in snapshot.inputs:
            typer.echo(f"    invoer {digest}")


def rollback(
    context: typer.Context,
    snapshot: Annotated[str, typer.Argument(metavar="NUMMER", help="De momentopname die weer getoond wordt.")],
    store: Store = None,
) -> None:
    """Toon weer een eerdere momentopname."""
    settings = settings_of(store)
    places = places_of(settings)
    refuse_unwritable(settings.log_folder)
    with locked(places):
        finish_purges(places)
        chosen = find_snapshot(places, snapshot)
        show_snapshot(places, chosen)
    note(context, settings, Kind.ROLLBACK, "momentopname", chosen.id)
    people.print(f"De cijfers van {chosen.today:%d-%m-%Y} ({chosen.id}) worden weer getoond.")


def changes_command(
    context: typer.Context,
    earlier: Annotated[str, typer.Argument(metavar="NUMMER", help="De momentopname van toen.")],
    later: Annotated[str, typer.Argument(metavar="NUMMER", help="De momentopname van nu.")],
    audience: Audience = "bestuur",
    format: Annotated[Format, typer.Option(metavar="VORM", help="table, csv, json of parquet.")] = Format.TABLE,
    store: Store = None,
) -> None:
    """Toon wat er in de evaluatie verschilt tussen twee momentopnamen, en waardoor."""
    settings = settings_of(store)
    places = places_of(settings)
    then, now = find_snapshot(places, earlier), find_snapshot(places, later)
    found = difference(places, then, now, audience, settings.queries)
    kind = Kind.VIEWED if format is Format.TABLE else Kind.DOWNLOADED
    note(context, settings, kind, "changes", now.id, audience)
    if not found.is_split:
        people.print(NOT_BUILT_ON)
    sys.stdout.buffer.write(FORMATS[format](found.differing))


def figures_frame(
    name: str,
    settings: Settings,
    audience: str = "bestuur",
    snapshot: str | None = None,
    where: Sequence[str] = (),
) -> pl.DataFrame:
    """A published table of the shown snapshot, or of another one. Raises StoreProblem."""
    wanted: dict[str, list[str]] = {}
    for condition in where:
        column, equals, value = condition.partition("=")
        if not equals:
            raise StoreProblem("Schrijf een voorwaarde als KOLOM=WAARDE.")
        wanted.setdefault(column, []).append(value)
    return read_figures(chosen_snapshot(settings, snapshot), name, audience, settings.queries, wanted)
