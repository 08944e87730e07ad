"""The commands about what is kept, and for how long: the log, the purge, the key and the register."""

import csv
import io
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dashboard import dutch
from dashboard.commands.asking import Paths, Store, Today, day_of, faults_kept, note, places_of, settings_of
from dashboard.commands.delivering import tell_left_out
from dashboard.processing import FORMS, describe_processing
from dashboard.purging import purge_store
from dashboard.registry import load_registry
from dashboard.rekeying import rekey
from dashboard.settings import Settings
from dashboard.store.log import Entry, Kind, read, refuse_unwritable
from dashboard.store.places import StoreProblem
from dashboard.store.snapshots import current_snapshot
from dashboard.store.vault import holds_key, key_of
from dashboard.terminal import DutchCommand, DutchGroup, people, progress


class ListFormat(StrEnum):
    """How `log` spells its lines."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


Since = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], metavar="JJJJ-MM-DD", help="Vanaf deze dag; anders vanaf het begin."),
]
Until = Annotated[
    datetime | None,
    typer.Option("--to", formats=["%Y-%m-%d"], metavar="JJJJ-MM-DD", help="Tot en met deze dag; anders tot nu."),
]


def log(
    since: Since = None,
    until: Until = None,
    format: Annotated[ListFormat, typer.Option(metavar="VORM", help="table, csv of json.")] = ListFormat.TABLE,
    store: Store = None,
) -> None:
    """Toon wie wanneer welke cijfers bekeek of meenam, en wat er met de gegevens is gedaan. Dagen gaan volgens UTC."""
    settings = settings_of(store)
    places_of(settings)
    listing = read(settings.log_folder, since and since.date(), until and until.date())
    sys.stdout.buffer.write(SPELLINGS[format](listing.entries))
    if listing.breach is not None:
        people.print(f"{listing.breach} Zoek uit wie dat deed, en zet een reservekopie ernaast.")
        raise typer.Exit(1)


def purge(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Zeg alleen wat er weg zou gaan.")] = False,
    store: Store = None,
    today: Today = None,
) -> None:
    """Verwijder voorgoed de rijen waarvan de bewaartermijn voorbij is. De cijfers blijven.

    Rijen van een leerling gaan twee jaar na de laatste dag van inschrijving, incidenten twee jaar na hun eigen dag;
    eerder als GEDRAGSCODE_RETENTION_MONTHS dat zegt.
    """
    settings = settings_of(store)
    places_of(settings)
    refuse_unwritable(settings.log_folder)
    with progress() as told, faults_kept(settings):
        done = purge_store(settings, day_of(context, today), told, dry=dry_run)
    for dataset, rows in done.rows.items():
        typer.echo(f"{dataset}  rijen {rows}")
    if done.proof is None:
        gone = "zou weggaan" if any(done.rows.values()) else "hoeft weg te gaan"
        what = "Dit" if any(done.rows.values()) else "Niets"
        people.print(f"{what} {gone}: de laatste dag die voorbij de termijn ligt, is {dutch.day(done.last_day)}.")
        return
    note(context, settings, Kind.PURGE, f"opschoning/{done.proof}", done.snapshot or "")
    pupils = dutch.counted(done.pupils, "leerling", "leerlingen")
    people.print(
        f"Weg zijn de rijen van {pupils} en de incidenten tot en met {dutch.day(done.last_day)}. De cijfers zijn "
        f"gelijk gebleven; momentopname {done.snapshot} wordt getoond. Het bewijs staat in de map purges onder "
        f"{done.proof}. Reservekopieën van voor vandaag bevatten de rijen nog: laat ook die verlopen."
    )
    shown = current_snapshot(places_of(settings))
    raise typer.Exit(0 if shown is None or tell_left_out(shown, settings) else 1)


key = typer.Typer(
    cls=DutchGroup,
    help="De sleutel achter de pseudoniemen: hoort hij bij de gegevens, en hoe komt er een nieuwe.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@key.command("check", cls=DutchCommand)
def check_key(store: Store = None) -> None:
    """Kijk of het sleutelbestand bij de gegevens hoort. Er wordt niets geschreven."""
    settings = settings_of(store)
    places = places_of(settings)
    if not holds_key(places):
        raise StoreProblem("Deze gegevens hebben nog geen sleutel: de eerste import maakt hem.")
    key_of(places, settings.key_file)
    people.print("Het sleutelbestand hoort bij deze gegevens.")


@key.command("rotate", cls=DutchCommand)
def rotate_key(
    context: typer.Context,
    paths: Paths,
    new_key: Annotated[Path, typer.Option("--new-key", metavar="BESTAND", help="Waar de nieuwe sleutel komt.")],
    new_store: Annotated[Path, typer.Option("--new-store", metavar="MAP", help="De nieuwe map met gegevens.")],
    store: Store = None,
    today: Today = None,
) -> None:
    """Begin met een nieuwe sleutel, in een nieuwe map, uit volledige exports.

    Een pseudoniem is niet terug te rekenen. De oude rijen kunnen dus niet mee: alles wordt opnieuw ingelezen uit
    exports die ook de geschiedenis bevatten. De oude map en de oude sleutel blijven staan tot u ze zelf verwijdert.
    """
    old = settings_of(store)
    new = Settings(**{**old.model_dump(), "store": new_store, "key_file": new_key})
    for settings in (old, new):
        refuse_unwritable(settings.log_folder)
    with progress() as told, faults_kept(new):
        made = rekey(paths, old, new, day_of(context, today), told)
    if made.snapshot is None:
        people.print("Er is niets geïmporteerd: geen van de bestanden kon worden gelezen.")
        raise typer.Exit(2)
    for settings in (old, new):
        note(context, settings, Kind.KEY, "sleutel", made.snapshot.id)
    typer.echo(made.snapshot.id)
    for dataset, (then, now) in made.fewer.items():
        people.print(f"{dataset}: {dutch.number(now)} rijen, in de oude map {dutch.number(then)}.")
    people.print(
        f"De nieuwe gegevens staan in {new_store}. Zet GEDRAGSCODE_STORE en GEDRAGSCODE_KEY_FILE op de nieuwe "
        "plaatsen. Verwijder daarna uit de oude map de kluis (vault), en de oude sleutel. De oude momentopnamen mogen "
        "blijven: daarin staan alleen aantallen."
    )
    is_whole = tell_left_out(made.snapshot, new)
    rejected = sum(file.rejected for file in made.checked.files)
    raise typer.Exit(1 if made.fewer or rejected or not is_whole else 0)


def register(
    out: Annotated[Path, typer.Option("--out", metavar="BESTAND", help="Waar het komt; eindigt op .md of .html.")],
) -> None:
    """Schrijf wat er in het verwerkingsregister en in een DPIA over dit dashboard te zeggen is."""
    settings = Settings()
    form = FORMS.get(out.suffix.lower())
    if form is None:
        raise StoreProblem(f"Geef het bestand een naam die eindigt op {' of '.join(FORMS)}.")
    try:
        out.write_text(form(describe_processing(settings, load_registry(settings.registry))), encoding="utf-8")
    except OSError as error:
        raise StoreProblem(f"{out.name} kan daar niet worden geschreven ({error.strerror}).") from error
    people.print(f"Het staat in {out}. Vul de open plaatsen aan, en laat het nakijken door de FG.")


def _as_table(entries: Sequence[Entry]) -> bytes:
    return "".join("  ".join(text or "-" for text in entry.texts.values()) + "\n" for entry in entries).encode()


def _as_csv(entries: Sequence[Entry]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_defused(text) for text in entry.texts.values()] for entry in entries)
    return file.getvalue().encode("utf-8-sig")


def _defused(text: str) -> str:
    """The id of a login comes from outside: a spreadsheet shall not take it for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else text


def _as_json(entries: Sequence[Entry]) -> bytes:
    return (json.dumps([entry.texts for entry in entries], ensure_ascii=False, indent=1) + "\n").encode()


COLUMNS = ("tijd", "wie", "publiek", "soort", "wat", "momentopname")

SPELLINGS = {ListFormat.TABLE: _as_table, ListFormat.CSV: _as_csv, ListFormat.JSON: _as_json}
