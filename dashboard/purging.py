"""The purge: rows go when their term is over, the figures stay. Composes the settings and `store.retention`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboard.importing import publisher_of, refuse_earlier_day
from dashboard.protecting import protection
from dashboard.registry import Registry
from dashboard.settings import Settings
from dashboard.store.places import Places, locked
from dashboard.store.publishing import Protect
from dashboard.store.retention import find_overdue, finish_purges, horizon_of, purge
from dashboard.store.snapshots import current_snapshot
from dashboard.store.vault import sweep

Progress = Callable[[str, int], None]
"""Told what is being worked on, and how many rows of it are done."""


@dataclass(frozen=True, slots=True)
class Purging:
    """What a purge did, or would do.

    Args:
        last_day: the last day of leaving, or of an incident, of which rows go.
        pupils: of how many pupils.
        rows: dataset → rows, of all imports together.
        proof: the number of the proof; None where nothing went.
        snapshot: the snapshot that is shown since; None where nothing went.
    """

    last_day: date
    pupils: int
    rows: Mapping[str, int]
    proof: str | None = None
    snapshot: str | None = None


def purge_store(
    settings: Settings,
    today: date,
    progress: Progress,
    *,
    dry: bool = False,
    protector: Callable[[Path, Registry], Protect] = protection,
) -> Purging:
    """Drop every row whose term is over on this day, for good; with `dry` only say which.

    `protector` makes what protected audiences see.

    Raises StoreProblem, RegistryError, CalendarError: each with a Dutch sentence; nothing changed then.
    """
    places = Places(settings.store)
    horizon = horizon_of(today, settings.retention_months)
    with locked(places):
        shown = current_snapshot(places)
        refuse_earlier_day(places, () if shown is None else shown.imports, today)
        if not dry:
            finish_purges(places)
            sweep(places)
        overdue = find_overdue(places, horizon)
        if dry or not overdue.rows:
            return Purging(horizon, overdue.leavers, overdue.counts)
        try:
            done = purge(
                publisher_of(settings, protector),
                overdue,
                today,
                settings.retention_months,
                lambda step: progress(step, 0),
            )
        finally:
            finish_purges(places)
            sweep(places)
        return Purging(horizon, overdue.leavers, overdue.counts, done.id, done.snapshot.id)
