"""The commands about deliveries: make one up, check it, import it, list whose answer is missing."""

import os
from pathlib import Path
from typing import Annotated

import typer

from dashboard import dutch
from dashboard.commands.asking import (
    FAULTS,
    Paths,
    Report,
    Store,
    Today,
    day_of,
    faults_kept,
    note,
    settings_of,
    shown_snapshot,
)
from dashboard.disclosure.universe import UNIVERSE
from dashboard.exports.checking import Checked, FileAccount
from dashboard.exports.sample import write_sample
from dashboard.figures import as_csv
from dashboard.importing import check, import_delivery
from dashboard.periods import load_calendar
from dashboard.registry import load_registry
from dashboard.settings import Settings
from dashboard.store.log import Kind, refuse_unwritable
from dashboard.store.places import StoreProblem
from dashboard.store.snapshots import SHARED, Snapshot, fault_of
from dashboard.terminal import people, progress
from dashboard.worklists import make_worklist

REPORT_HEADER = "\ufeffbestand;regel;kolom;reden".encode()
"""How a report of rejections starts."""

SHOWN = 50
"""Rejections on the screen; the report holds them all."""


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="MAP", help="Waar de bestanden komen; leeg of nieuw.")],
    schools: Annotated[int, typer.Option(min=1, max=2000, metavar="GETAL", help="Aantal scholen.")] = 6,
    pupils: Annotated[
        int, typer.Option(min=50, max=5000, metavar="GETAL", help="Leerlingen per school, gemiddeld.")
    ] = 1000,
    seed: Annotated[int, typer.Option(min=0, metavar="GETAL", help="Hetzelfde getal geeft dezelfde bestanden.")] = 1,
    today: Today = None,
) -> None:
    """Schrijf een verzonnen levering met fouten erin, om mee te oefenen."""
    if folder.exists() and any(folder.iterdir()):
        raise StoreProblem(f"De map {folder.name} is niet leeg. Kies een nieuwe of lege map.")
    settings = Settings()
    with progress() as told:
        write_sample(
            folder,
            schools=schools,
            pupils=pupils,
            seed=seed,
            today=day_of(context, today),
            registry=load_registry(settings.registry),
            calendar=load_calendar(settings.holidays),
            progress=told,
        )
    people.print(f"De demolevering staat in {folder}. README.md zegt wat erin zit.")


def check_command(
    context: typer.Context, paths: Paths, store: Store = None, today: Today = None, report: Report = None
) -> None:
    """Controleer een levering zonder iets te bewaren."""
    _prepare(report)
    with progress() as told:
        checked = check(paths, settings_of(store), day_of(context, today), told)
    for file in checked.files:
        typer.echo(_account(file))
    _tell(checked, report)
    raise typer.Exit(_exit_code(checked))


def import_command(
    context: typer.Context, paths: Paths, store: Store = None, today: Today = None, report: Report = None
) -> None:
    """Controleer een levering, bewaar wat nieuw is en publiceer de cijfers."""
    _prepare(report)
    settings = settings_of(store)
    refuse_unwritable(settings.log_folder)
    before = shown_snapshot(settings)
    with progress() as told, faults_kept(settings):
        outcome = import_delivery(paths, settings, day_of(context, today), told)
    if outcome.snapshot is not None:
        typer.echo(outcome.snapshot.id)
    if outcome.snapshot is not None and outcome.snapshot.id != before:
        note(context, settings, Kind.IMPORT, "levering", outcome.snapshot.id)
    is_whole = outcome.snapshot is None or tell_left_out(outcome.snapshot, settings)
    for file in outcome.checked.files:
        people.print(_account(file))
    _tell(outcome.checked, report)
    if outcome.snapshot is None:
        people.print("Er is niets geïmporteerd.")
        raise typer.Exit(2)
    raise typer.Exit(_exit_code(outcome.checked) if is_whole else 1)


def worklist(
    context: typer.Context,
    paths: Paths,
    school: Annotated[str, typer.Option("--school", metavar="BRIN6", help="De school van de lijst.")],
    out: Annotated[Path, typer.Option("--out", metavar="BESTAND.xlsx", help="Waar de lijst komt.")],
    store: Store = None,
    today: Today = None,
) -> None:
    """Maak voor de administratie van een school de lijst van leerlingen van wie een antwoord ontbreekt.

    De lijst komt rechtstreeks uit de exports; in de map met gegevens verandert niets.
    """
    with progress() as told:
        made = make_worklist(paths, school, out, settings_of(store), day_of(context, today), told)
    for purpose, pupils in made.counts.items():
        missing = dutch.counted(pupils, "leerling", "leerlingen")
        people.print(f"{purpose}: {missing} zonder geldig antwoord, van de {dutch.number(made.pupils)}")
    for warning in made.warnings:
        people.print(f"Let op. {warning}")
    people.print(f"De lijst staat in {out}. Er staan leerlingnummers in: geef hem alleen aan de school zelf.")
    raise typer.Exit(1 if made.warnings else 0)


def _account(file: FileAccount) -> str:
    return (
        f"{file.file}  {file.dataset or '-'}  gelezen {file.read}  geaccepteerd {file.accepted}  "
        f"geweigerd {file.rejected}  bekend {file.known}"
    )


def _exit_code(checked: Checked) -> int:
    refused = [file for file in checked.files if file.refusal is not None]
    if len(refused) == len(checked.files):
        return 2
    return 1 if refused or checked.rejections.height else 0


def _prepare(report: Path | None) -> None:
    """Make sure, before anything else happens, that the report can be written and replaces no other file."""
    if report is None:
        return
    if not (report.parent.is_dir() and os.access(report.parent, os.W_OK)):
        raise StoreProblem(f"Het verslag {report.name} kan daar niet worden geschreven. Kies een andere map.")
    if report.exists() and not _is_report(report):
        raise StoreProblem(f"{report.name} bestaat al en is geen verslag. Kies voor het verslag een andere naam.")


def _is_report(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(REPORT_HEADER)) == REPORT_HEADER


def _tell(checked: Checked, report: Path | None) -> None:
    """What a person should know beside the accounting."""
    for file in checked.files:
        if file.refusal is not None:
            people.print(f"{file.file}: {file.refusal}")
        if file.personal:
            people.print(f"{file.file}: niet overgenomen, want persoonlijk: {', '.join(file.personal)}.")
        if file.dropped:
            people.print(f"{file.file}: niet overgenomen, want onbekend: {', '.join(file.dropped)}.")
    for name in checked.skipped:
        people.print(f"{name}: overgeslagen, dit is geen export.")
    if report is not None:
        report.write_bytes(as_csv(checked.rejections))
    for row in checked.rejections.head(SHOWN).iter_rows():
        people.print(_rejection(*row))
    if checked.rejections.height > SHOWN:
        people.print(f"En nog {checked.rejections.height - SHOWN}. Met --report komen ze alle in een bestand.")


def _rejection(bestand: str, regel: int, kolom: str, reden: str) -> str:
    where = f"{bestand}, regel {regel}, {kolom}" if kolom else f"{bestand}, regel {regel}"
    return f"{where}: {reden}"


def tell_left_out(snapshot: Snapshot, settings: Settings) -> bool:
    """Say what of a snapshot nobody but the board gets, and why; False where a fault in the program is to blame.

    Of very few pupils something can always be worked out: that is how it is, and asks nothing of anybody.
    """
    fault = fault_of(snapshot)
    if fault is not None:
        people.print(
            f"Fout {fault} in het programma: de cijfers van het bestuur staan klaar, maar van deze momentopname zien "
            "raad van toezicht, GMR, beheerder en directeuren niets. Importeer de levering opnieuw; gaat het weer "
            "mis, geef dan dit nummer door aan wie het programma onderhoudt. Wat er misging staat onder dat nummer "
            f"in {settings.log_folder / FAULTS}."
        )
        return False
    there = {file.stem for file in (snapshot.folder / SHARED).glob("*.parquet")}
    missing = [name for name in UNIVERSE if name not in there]
    if missing:
        people.print(f"Alleen voor het bestuur, want kleine aantallen zijn te herleiden: {', '.join(missing)}.")
    return True
