"""Makes the tables of protected audiences when a snapshot is published. Composes `disclosure` and the figures."""

import logging
import traceback
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import polars as pl

from dashboard.disclosure.attack import Leak, attack, facts_of
from dashboard.disclosure.protection import Before, Delivered, protected
from dashboard.disclosure.universe import linked_with
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.registry import Registry
from dashboard.store.publishing import Protect
from dashboard.store.questions import MissingTable, Questions, open_questions
from dashboard.store.snapshots import EXACT, FAULT, SHARED, Snapshot

BESIDE = ("schools", "events")
"""What every audience reads beside the published tables."""


def protection(queries: Path, registry: Registry) -> Protect:
    """How a snapshot is protected, for `Publisher`.

    Where that goes wrong, whatever it is, the snapshot holds nothing for protected audiences, and says so (`FAULT`).
    """

    def protect(
        exact: Path, today: date, previous: Snapshot | None, progress: Callable[[str], None]
    ) -> Mapping[str, pl.DataFrame]:
        try:
            return safe_tables(delivered(exact, queries, today, previous), registry, progress)
        except Exception as error:  # whatever it is: the board keeps its figures, and nobody else gets any
            reference = reference_of(error)
            logging.getLogger(__name__).exception("Fout %s: geen beschermde cijfers gemaakt.", reference)
            (exact.parent / FAULT).write_text(f"{reference}\n", encoding="utf-8")
            return {}

    return protect


def reference_of(error: Exception) -> str:
    """Eight signs that stand for a fault: the same fault in the same place has the same ones, on every day."""
    places = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    return sha256("\n".join([type(error).__name__, *places]).encode()).hexdigest()[:8].upper()


def unaudited(queries: Path, registry: Registry) -> Protect:
    """The same without the audit: for made-up figures that somebody waits for, of which nothing can leak."""
    return lambda exact, today, previous, progress: protected(
        delivered(exact, queries, today, previous), registry, progress
    )


def safe_tables(delivered: Delivered, registry: Registry, progress: Callable[[str], None]) -> dict[str, pl.DataFrame]:
    """The tables of protected audiences, attacked before anyone sees them.

    Where anything can be worked out, everything that is linked with it is left out: what one table hides could
    otherwise still follow from the others, even when it is printed nowhere.
    """
    tables = protected(delivered, registry, progress)
    leaking = {leak.table for leak in found_leaks(tables, delivered, registry, progress)}
    return {name: frame for name, frame in tables.items() if name not in linked_with(leaking)}


def found_leaks(
    tables: Mapping[str, pl.DataFrame],
    delivered: Delivered,
    registry: Registry,
    progress: Callable[[str], None] = lambda _what: None,
) -> list[Leak]:
    """What the auditor can work out of protected tables, with those of the snapshot before at hand."""
    return attack(
        tables,
        delivered.tables,
        facts_of(registry),
        registry.threshold,
        lambda what: progress(f"Controleren: {what}"),
        None if delivered.before is None else delivered.before.shown,
    )


def delivered(exact: Path, queries: Path, today: date, previous: Snapshot | None) -> Delivered:
    """Everything the board sees in a snapshot whose counts lie in `exact`, and what was shown before."""
    questions = open_questions(exact, queries)
    return Delivered(_tables(questions), questions.ask("evaluation"), today, _before(queries, previous))


def _tables(questions: Questions) -> dict[str, pl.DataFrame]:
    """Every published table, finished; one that the snapshot is too old for has no rows."""
    return {name: _finished(questions, name) for name in PUBLISHED} | {name: questions.ask(name) for name in BESIDE}


def _finished(questions: Questions, name: str) -> pl.DataFrame:
    try:
        return PUBLISHED[name].figures(questions.ask(name))
    except MissingTable:
        return PUBLISHED[name].nothing


def _before(queries: Path, previous: Snapshot | None) -> Before | None:
    files = [] if previous is None else sorted((previous.folder / SHARED).glob("*.parquet"))
    if previous is None or not files:
        return None
    shown = {file.stem: pl.read_parquet(file) for file in files}
    return Before(_tables(open_questions(previous.folder / EXACT, queries)), previous.today, shown)
