"""What commands are asked with: the options that several share, the clock, and the store that is meant."""

import logging
import os
import pwd
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard.settings import Settings
from dashboard.store.log import Entry, Kind, record
from dashboard.store.places import Places, StoreProblem
from dashboard.store.snapshots import Snapshot, current_snapshot, find_snapshot

NOTHING_YET = "Er zijn nog geen cijfers. Importeer eerst een levering met 'gedragscode import'."


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
Audience = Annotated[
    str,
    typer.Option("--as", metavar="WIE", help="Voor wie: bestuur, rvt, gmr, beheerder of directeur:BRIN6."),
]


def moment_of(context: typer.Context) -> datetime:
    """When the command was given: `dashboard.cli` looks at the clock, once."""
    moment = context.obj
    assert isinstance(moment, datetime), "a command is started by dashboard.cli"
    return moment


def day_of(context: typer.Context, today: datetime | None) -> date:
    """The day that was asked for; else that of the clock."""
    return moment_of(context).date() if today is None else today.date()


def settings_of(store: Path | None) -> Settings:
    """The settings, with the store that was asked for."""
    return Settings() if store is None else Settings(store=store)


def places_of(settings: Settings) -> Places:
    """The store to read. Raises StoreProblem when nothing was ever imported there."""
    if not settings.store.is_dir():
        raise StoreProblem(NOTHING_YET)
    return Places(settings.store)


def chosen_snapshot(settings: Settings, name: str | None) -> Snapshot:
    """The snapshot of a number; without one the shown one. Raises StoreProblem when there is none."""
    places = places_of(settings)
    chosen = current_snapshot(places) if name is None else find_snapshot(places, name)
    if chosen is None:
        raise StoreProblem(NOTHING_YET)
    return chosen


def shown_snapshot(settings: Settings) -> str | None:
    """The number of the snapshot that is shown; None before any import."""
    shown = current_snapshot(Places(settings.store))
    return None if shown is None else shown.id


def note(
    context: typer.Context, settings: Settings, kind: Kind, what: str, snapshot: str = "", audience: str = ""
) -> None:
    """Put in the log what this command does. Raises StoreProblem: what can't be logged isn't done."""
    moment = moment_of(context).astimezone(UTC)
    record(settings.log_folder, Entry(moment, operator(), audience, kind, what, snapshot))


FAULTS = "programma.log"
"""Beside the log: what went wrong inside the program, by number."""


@contextmanager
def faults_kept(settings: Settings) -> Iterator[None]:
    """Have what goes wrong inside the program written beside the log, and nothing of it on the terminal."""
    logger = logging.getLogger("dashboard")
    handler = _Faults(settings.log_folder / FAULTS, encoding="utf-8", delay=True)
    handler.setFormatter(_Places("%(asctime)s %(message)s"))
    told = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = told
        logger.removeHandler(handler)
        handler.close()


class _Faults(logging.FileHandler):
    """A file for its owner only, made with its first line."""

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the name is logging's
        """A full disk doesn't undo what was published."""


class _Places(logging.Formatter):
    """Where a fault was and of which kind; not its words, since these may hold a cell."""

    def formatException(self, ei: Any) -> str:  # noqa: N802  # the name is logging's
        """The lines of the program that led to it."""
        kind, _, places = ei
        return f"{''.join(traceback.format_tb(places))}{kind.__name__}"


def operator() -> str:
    """Who gives the command: the account on this machine."""
    number = os.getuid()
    try:
        return f"opdrachtregel:{pwd.getpwuid(number).pw_name}"
    except KeyError:
        return f"opdrachtregel:{number}"
