"""`gedragscode …`: the commands. Data goes to stdout, messages for people go to stderr, in Dutch.

Exit codes: 0 done; 1 done, but something needs a person; 2 refused, nothing changed.
"""

import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from dashboard import dutch
from dashboard.differences import difference
from dashboard.dossiers import DossierProblem, make_file, refuse_target, write_file
from dashboard.exports.checking import Checked, DeliveryProblem, FileAccount
from dashboard.exports.profiles import ProfileProblem
from dashboard.exports.pseudonyms import KeyProblem
from dashboard.exports.sample import write_sample
from dashboard.figures import FORMATS, as_csv, read_figures
from dashboard.importing import Outcome, check, import_delivery
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.periods import CalendarError, load_calendar
from dashboard.registry import RegistryError, load_registry
from dashboard.settings import Settings
from dashboard.store.places import Places, StoreProblem, locked
from dashboard.store.snapshots import (
    Snapshot,
    current_snapshot,
    find_snapshot,
    list_snapshots,
    show_snapshot,
)
from dashboard.terminal import DutchCommand, DutchGroup, misused, people, progress
from dashboard.worklists import WorklistProblem, make_worklist

PROBLEMS = (
    DeliveryProblem,
    StoreProblem,
    RegistryError,
    CalendarError,
    ProfileProblem,
    KeyProblem,
    WorklistProblem,
    DossierProblem,
)
"""What may be wrong with what a person gives: each comes with a Dutch sentence."""

NOTHING_YET = "Er zijn nog geen cijfers. Importeer eerst een levering met 'gedragscode import'."

NOT_BUILT_ON = "De latere momentopname is niet uit de eerdere voortgekomen. Wat er verschilt is bekend, waardoor niet."

REPORT_HEADER = "\ufeffbestand;regel;kolom;reden".encode()
"""How a report of rejections starts."""

SHOWN = 50
"""Rejections on the screen; the report holds them all."""

app = typer.Typer(
    cls=DutchGroup,
    help="Toestemmingen, incidenten en evaluatie van de Gedragscode Social Media.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """How `figures` spells a table."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


class PaperFormat(StrEnum):
    """As what `report` makes the dossier."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    HTML = "html"


Store = Annotated[Path | None, typer.Option("--store", metavar="MAP", help="De map met de gegevens.")]
Today = Annotated[
    datetime | None,
    typer.Option("--today", formats=["%Y-%m-%d"], metavar="JJJJ-MM-DD", help="De dag van de levering; anders vandaag."),
]
Paths = Annotated[list[Path], typer.Argument(metavar="PAD...", help="Bestanden of mappen met exports.")]
Report = Annotated[Path | None, typer.Option("--report", metavar="BESTAND", help="Schrijf alle weigeringen als CSV.")]


def run() -> None:
    """The console script. Whatever goes wrong, a person gets a sentence, never a traceback."""
    try:
        sys.exit(app(standalone_mode=False))
    except typer.TyperException as error:
        people.print(misused(error))
        sys.exit(2)
    except typer.Abort:
        people.print("Gestopt. Wat al getoond werd, staat er nog.")
        sys.exit(2)
    except PROBLEMS as problem:
        people.print(str(problem))
        sys.exit(2)
    except Exception as error:
        logging.getLogger("gedragscode").debug("unexpected", exc_info=error)
        people.print(
            f"Er ging iets mis dat niet was voorzien ({type(error).__name__}). "
            "Probeer het opnieuw; blijft het misgaan, meld dan deze zin en de opdracht."
        )
        sys.exit(2)


@app.command(cls=DutchCommand)
def demo(
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
            today=_day(today),
            registry=load_registry(settings.registry),
            calendar=load_calendar(settings.holidays),
            progress=told,
        )
    people.print(f"De demolevering staat in {folder}. README.md zegt wat erin zit.")


@app.command("check", cls=DutchCommand)
def check_command(paths: Paths, store: Store = None, today: Today = None, report: Report = None) -> None:
    """Controleer een levering zonder iets te bewaren."""
    _prepare(report)
    with progress() as told:
        checked = check(paths, _settings(store), _day(today), told)
    for file in checked.files:
        typer.echo(_account(file))
    _tell(checked, report)
    raise typer.Exit(_exit_code(checked))


@app.command("import", cls=DutchCommand)
def import_command(paths: Paths, store: Store = None, today: Today = None, report: Report = None) -> None:
    """Controleer een levering, bewaar wat nieuw is en publiceer de cijfers."""
    _prepare(report)
    with progress() as told:
        outcome = import_delivery(paths, _settings(store), _day(today), told)
    if outcome.snapshot is not None:
        typer.echo(outcome.snapshot.id)
    for file in outcome.checked.files:
        people.print(_account(file))
    _tell(outcome.checked, report)
    if outcome.snapshot is None:
        people.print("Er is niets geïmporteerd.")
        raise typer.Exit(2)
    raise typer.Exit(_exit_code(outcome.checked))


@app.command(cls=DutchCommand)
def worklist(
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
        made = make_worklist(paths, school, out, _settings(store), _day(today), told)
    for purpose, pupils in made.counts.items():
        missing = dutch.counted(pupils, "leerling", "leerlingen")
        people.print(f"{purpose}: {missing} zonder geldig antwoord, van de {dutch.number(made.pupils)}")
    for warning in made.warnings:
        people.print(f"Let op. {warning}")
    people.print(f"De lijst staat in {out}. Er staan leerlingnummers in: geef hem alleen aan de school zelf.")
    raise typer.Exit(1 if made.warnings else 0)


@app.command(cls=DutchCommand)
def figures(
    name: Annotated[str | None, typer.Argument(metavar="TABEL", help="Welke tabel; leeg noemt ze alle.")] = None,
    audience: Annotated[str, typer.Option("--as", metavar="WIE", help="Voor wie: bestuur.")] = "bestuur",
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
    frame = figures_frame(name, _settings(store), audience, snapshot, where or ())
    sys.stdout.buffer.write(FORMATS[format](frame))


@app.command("report", cls=DutchCommand)
def report_command(
    format: Annotated[PaperFormat, typer.Option(metavar="VORM", help="pdf, docx, xlsx of html.")],
    out: Annotated[Path, typer.Option("--out", metavar="BESTAND", help="Waar het dossier komt.")],
    audience: Annotated[str, typer.Option("--as", metavar="WIE", help="Voor wie: bestuur.")] = "bestuur",
    period: Annotated[
        str | None,
        typer.Option(metavar="JJJJ-MM/JJJJ-MM", help="Waarover; anders de evaluatie van de dag van de cijfers."),
    ] = None,
    snapshot: Annotated[str | None, typer.Option(metavar="NUMMER", help="Welke momentopname.")] = None,
    store: Store = None,
) -> None:
    """Maak het dossier voor de evaluatie van de code: om te lezen, in te vullen of mee te rekenen."""
    settings = _settings(store)
    chosen = _chosen(settings, snapshot)
    refuse_target(out, format, settings.store)
    write_file(out, make_file(chosen, settings, audience, period, format))
    people.print(f"Het dossier van {dutch.day(chosen.today)} ({chosen.id}) staat in {out}.")


@app.command(cls=DutchCommand)
def snapshots(store: Store = None) -> None:
    """Noem alle momentopnamen met de hash van elk bestand, de oudste eerst; de getoonde heeft een *."""
    places = _places(_settings(store))
    shown = current_snapshot(places)
    for snapshot in list_snapshots(places):
        mark = "*" if shown is not None and shown.id == snapshot.id else " "
        typer.echo(
            f"{snapshot.id} {mark} {snapshot.today.isoformat()}  importen {len(snapshot.imports)}  "
            f"bestanden {len(snapshot.inputs)}  rijen {snapshot.rows}"
        )
        for digest in snapshot.inputs:
            typer.echo(f"    invoer {digest}")


@app.command(cls=DutchCommand)
def rollback(
    snapshot: Annotated[str, typer.Argument(metavar="NUMMER", help="De momentopname die weer getoond wordt.")],
    store: Store = None,
) -> None:
    """Toon weer een eerdere momentopname."""
    places = _places(_settings(store))
    with locked(places):
        chosen = find_snapshot(places, snapshot)
        show_snapshot(places, chosen)
    people.print(f"De cijfers van {chosen.today:%d-%m-%Y} ({chosen.id}) worden weer getoond.")


@app.command("changes", cls=DutchCommand)
def changes_command(
    earlier: Annotated[str, typer.Argument(metavar="NUMMER", help="De momentopname van toen.")],
    later: Annotated[str, typer.Argument(metavar="NUMMER", help="De momentopname van nu.")],
    audience: Annotated[str, typer.Option("--as", metavar="WIE", help="Voor wie: bestuur.")] = "bestuur",
    format: Annotated[Format, typer.Option(metavar="VORM", help="table, csv, json of parquet.")] = Format.TABLE,
    store: Store = None,
) -> None:
    """Toon wat er in de evaluatie verschilt tussen twee momentopnamen, en waardoor."""
    settings = _settings(store)
    places = _places(settings)
    then, now = find_snapshot(places, earlier), find_snapshot(places, later)
    found = difference(places, then, now, audience, settings.queries)
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
    return read_figures(_chosen(settings, snapshot), name, audience, settings.queries, wanted)


def make_demo_store(settings: Settings, today: date) -> Outcome:
    """Fill a store with the demo delivery; after the last school holidays that are known, as of their last day."""
    calendar = load_calendar(settings.holidays)
    today = min(today, calendar.last_day)
    with tempfile.TemporaryDirectory() as folder:
        write_sample(
            Path(folder),
            today=today,
            registry=load_registry(settings.registry),
            calendar=calendar,
        )
        return import_delivery([Path(folder)], settings, today)


def _chosen(settings: Settings, name: str | None) -> Snapshot:
    places = _places(settings)
    chosen = current_snapshot(places) if name is None else find_snapshot(places, name)
    if chosen is None:
        raise StoreProblem(NOTHING_YET)
    return chosen


def _places(settings: Settings) -> Places:
    """The store to read. Raises StoreProblem when nothing was ever imported there."""
    if not settings.store.is_dir():
        raise StoreProblem(NOTHING_YET)
    return Places(settings.store)


def _settings(store: Path | None) -> Settings:
    return Settings() if store is None else Settings(store=store)


def _day(today: datetime | None) -> date:
    return date.today() if today is None else today.date()


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
