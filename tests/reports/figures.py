"""The figures of the hand-made store, as a dossier asks for them."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from dashboard.indicators.catalogue import PUBLISHED
from dashboard.registry import Registry
from dashboard.reports.evidence import Ask
from dashboard.settings import Settings
from dashboard.store.places import Places
from dashboard.store.questions import open_questions
from dashboard.store.snapshots import EXACT, current_snapshot
from tests import screens


def store(folder: Path, registry: Registry) -> Ask:
    """The door to a hand-made store of six schools."""
    screens.write_store(folder, registry)
    snapshot = current_snapshot(Places(folder))
    assert snapshot
    questions = open_questions(snapshot.folder / EXACT, Settings().queries)

    def ask(table: str, **wanted: list[str]) -> pl.DataFrame:
        rows = questions.ask(table, **wanted)
        return PUBLISHED[table].figures(rows) if table in PUBLISHED else rows

    return ask


def replaced(ask: Ask, **tables: pl.DataFrame) -> Ask:
    """The same door, but for these tables, which hold exactly this."""
    known: Mapping[str, pl.DataFrame] = tables

    def other(table: str, **wanted: list[str]) -> pl.DataFrame:
        if table not in known:
            return ask(table, **wanted)
        rows = known[table]
        for column, values in wanted.items():
            rows = rows.filter(pl.col(column).is_in(values))
        return rows

    return other
