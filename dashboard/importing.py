"""One delivery: check it, keep it, publish it. Composes `exports` and `store`; knows no screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from dashboard.exports.checking import Checked, DeliveryProblem, Known, check_delivery
from dashboard.exports.folders import NOTHING_FOUND
from dashboard.exports.profiles import load_profiles
from dashboard.exports.pseudonyms import PseudonymKey
from dashboard.periods import SchoolCalendar, load_calendar
from dashboard.protecting import protection
from dashboard.registry import Registry, load_registry
from dashboard.settings import Settings
from dashboard.store.places import Places, StoreProblem, locked, make_store
from dashboard.store.publishing import Protect, Publisher
from dashboard.store.retention import finish_purges, last_purged_day
from dashboard.store.snapshots import Snapshot, current_snapshot, show_snapshot
from dashboard.store.vault import (
    holds_key,
    keep_import,
    key_of,
    read_import,
    rows_in_force,
    sweep,
)

Progress = Callable[[str, int], None]
"""Told what is being worked on, and how many rows of it are done."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did. `snapshot` is None when nothing could be imported: then nothing changed."""

    checked: Checked
    snapshot: Snapshot | None

    @property
    def snapshot_id(self) -> str | None:
        """The id of the snapshot that is shown now."""
        return None if self.snapshot is None else self.snapshot.id


def _quiet(_what: str, _rows: int) -> None:
    return None


def check(paths: Sequence[Path], settings: Settings, today: date, progress: Progress = _quiet) -> Checked:
    """Read and judge a delivery against what the store holds; write nothing.

    Raises StoreProblem, RegistryError, CalendarError, ProfileProblem, KeyProblem: each with a Dutch sentence.
    """
    places = Places(settings.store)
    registry = load_registry(settings.registry)
    if not holds_key(places):
        return _checked(paths, settings, registry, Known(), PseudonymKey.passing(), today, progress)
    with locked(places):
        lineage = _lineage(places)
        refuse_earlier_day(places, lineage, today)
        known = Known(rows_in_force(places, lineage, settings.queries), last_purged_day(places))
        key = key_of(places, settings.key_file)
        return _checked(paths, settings, registry, known, key, today, progress)


def import_delivery(
    paths: Sequence[Path],
    settings: Settings,
    today: date,
    progress: Progress = _quiet,
    protector: Callable[[Path, Registry], Protect] = protection,
) -> Outcome:
    """Check a delivery, add what is new to the vault, publish a snapshot and show it.

    `protector` makes what protected audiences see; one that makes nothing shows them nothing.

    Raises StoreProblem, RegistryError, CalendarError, ProfileProblem, KeyProblem: nothing changed then.
    """
    places = Places(settings.store)
    registry = load_registry(settings.registry)
    publisher = publisher_of(settings, protector)
    make_store(places)
    with locked(places):
        finish_purges(places)
        sweep(places)
        lineage = _lineage(places)
        refuse_earlier_day(places, lineage, today)
        key = key_of(places, settings.key_file)
        known = Known(rows_in_force(places, lineage, settings.queries), last_purged_day(places))
        checked = _checked(paths, settings, registry, known, key, today, progress)
        if all(file.refusal is not None for file in checked.files):
            return Outcome(checked, None)
        try:
            return Outcome(checked, _publish(publisher, checked, lineage, today, progress))
        finally:
            sweep(places)


def publisher_of(settings: Settings, protector: Callable[[Path, Registry], Protect] = protection) -> Publisher:
    """What publishes the snapshots of a store. Raises RegistryError, CalendarError."""
    registry = load_registry(settings.registry)
    calendar = load_calendar(settings.holidays)
    protect = protector(settings.queries, registry)
    return Publisher(Places(settings.store), settings.queries, registry, calendar, protect)


def _publish(
    publisher: Publisher, checked: Checked, lineage: tuple[str, ...], today: date, progress: Progress
) -> Snapshot:
    places = publisher.places
    previous = current_snapshot(places)
    record = keep_import(places, checked, today)
    snapshot = publisher.publish((*lineage, record.id), today, previous, lambda step: progress(step, 0))
    show_snapshot(places, snapshot)
    return snapshot


def _lineage(places: Places) -> tuple[str, ...]:
    """The imports that the shown snapshot rests on: what was rolled back counts only when imported again."""
    snapshot = current_snapshot(places)
    return () if snapshot is None else snapshot.imports


def refuse_earlier_day(places: Places, lineage: Sequence[str], today: date) -> None:
    """Raise StoreProblem for a day before that of an import: time goes one way."""
    latest = max((read_import(places, name).today for name in lineage), default=today)
    if today < latest:
        raise StoreProblem(
            f"De dag van deze levering ({today:%d-%m-%Y}) ligt voor die van een eerdere import "
            f"({latest:%d-%m-%Y}). Importeer op of na die dag."
        )


def _refuse_unknown_months(
    checked: Checked, known: Mapping[str, pl.DataFrame], calendar: SchoolCalendar, today: date
) -> None:
    """Raise CalendarError when incidents are declared over months of which the school holidays aren't known."""
    declared = (checked.accepted["leveringen"], known.get("leveringen"))
    days = [
        day
        for frame in declared
        if frame is not None
        for day in frame.filter(pl.col("dataset").cast(pl.String) == "incidenten")["van"].to_list()
        if day <= today
    ]
    if days:
        calendar.school_days(min(days).replace(day=1), today)


def _checked(
    paths: Sequence[Path],
    settings: Settings,
    registry: Registry,
    known: Known,
    key: PseudonymKey,
    today: date,
    progress: Progress,
) -> Checked:
    checked = check_delivery(
        paths,
        registry=registry,
        profiles=load_profiles(settings.profiles, registry),
        known=known,
        key=key,
        today=today,
        progress=progress,
    )
    _refuse_unknown_months(checked, known.rows, load_calendar(settings.holidays), today)
    if not checked.files:
        raise DeliveryProblem(NOTHING_FOUND)
    return checked
