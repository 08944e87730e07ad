"""The one door to the figures: published snapshots only, for one audience, kept as long as the snapshot lives.

Everything kept is kept under snapshot id, audience and parameters; a snapshot never changes, so nothing expires.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

import polars as pl
import streamlit as st

from dashboard import dutch
from dashboard.access.audiences import BOARD
from dashboard.access.door import Door
from dashboard.differences import Difference
from dashboard.differences import difference as compare
from dashboard.indicators import comparisons
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.indicators.shown import HIDDEN
from dashboard.periods import school_year
from dashboard.registry import Registry, load_registry
from dashboard.registry.model import Purpose
from dashboard.settings import Settings
from dashboard.store.places import Places, StoreProblem
from dashboard.store.questions import Value
from dashboard.store.snapshots import Snapshot, current_snapshot, fault_of, list_snapshots
from dashboard.ui import filters
from dashboard.viewing import Figures, LeftOut, MissingTable, open_figures, rows_of

__all__ = [
    "Serving",
    "Snapshot",
    "StoreProblem",
    "active_schools",
    "ask",
    "chosen",
    "current",
    "difference",
    "door",
    "events",
    "events_of",
    "expected_months",
    "expected_schools",
    "fault",
    "holds",
    "holds_real_data",
    "if_there",
    "keep",
    "left_out",
    "missing",
    "names_of_directors",
    "open_current",
    "purpose",
    "registry",
    "school_names",
    "serve",
    "serving",
    "snapshots",
    "tells_months",
    "today",
    "two_school_years",
    "where",
]

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Serving:
    """Where the figures come from, and what day it is."""

    settings: Settings
    clock: Callable[[], date]
    door: Door
    """The way in to real figures."""
    demo: Settings | None = None
    """A demo store, for as long as the other one is empty."""


_serving: list[Serving] = []


def serve(
    settings: Settings,
    clock: Callable[[], date],
    demo: Settings | None = None,
    *,
    can_log_in: bool = False,
    now: Callable[[], float] = time.time,
) -> None:
    """Choose the store that every session of this process reads.

    `can_log_in`: whether this server knows a provider to log in with; without one nobody sees real figures.
    `now`: seconds since 1970, by which logins end.
    """
    _serving[:] = [Serving(settings, clock, Door(settings.access, now, can_log_in, settings.log_folder), demo)]


def serving() -> Settings:
    """The store that is read: the demo gives way to the first import. Raises IndexError before `serve`."""
    known = _serving[0]
    empty = known.demo is not None and current_snapshot(Places(known.settings.store)) is None
    return known.demo if known.demo is not None and empty else known.settings


def door() -> Door:
    """The way in to real figures."""
    return _serving[0].door


def fault() -> str | None:
    """The number of what went wrong when the snapshot of this run had to be protected; None where nothing did."""
    return fault_of(chosen())


def today() -> date:
    """The real day."""
    return _serving[0].clock()


def registry() -> Registry:
    """The code of conduct of this school group."""
    return _registry(serving().registry)


def purpose(code: str) -> Purpose:
    """A purpose of the code of conduct; one that it no longer has goes by its code."""
    known = {purpose.code: purpose for purpose in registry().purposes}
    return known.get(code, Purpose(code, code, code, dutch.NOTHING))


def snapshots() -> list[Snapshot]:
    """Every published snapshot, oldest first."""
    return list_snapshots(Places(serving().store))


def chosen() -> Snapshot:
    """The snapshot that the page of this run shows."""
    view = filters.view()
    return next(known for known in snapshots() if known.id == view.snapshot)


def difference(since: Snapshot) -> Difference | None:
    """What the snapshot of this run says otherwise than another one; None where one of them is too old to tell."""
    try:
        return compare(Places(serving().store), since, chosen(), filters.view().audience, serving().queries)
    except MissingTable:
        return None


def holds(table: str) -> bool:
    """Whether the snapshot of this run is young enough to hold a published table."""
    view = filters.view()
    return _holds(view.snapshot, view.audience, table)


def current() -> Snapshot | None:
    """The snapshot shown by default; None while nothing is published."""
    return current_snapshot(Places(serving().store))


def open_current() -> None:
    """Load the snapshot shown by default before anybody asks for it."""
    snapshot = current()
    if snapshot is not None:
        _names(snapshot.id, BOARD)


def holds_real_data() -> bool:
    """Whether any snapshot of the store was made of something else than a demo delivery."""
    return bool(_serving) and any(not snapshot.demo for snapshot in snapshots())


def ask(table: str, **wanted: Value) -> pl.DataFrame:
    """A published table for the audience and snapshot of this run; see its definition in the catalogue.

    counts: the table's own grain; `wanted` narrows it, one list of values a column.

    Returns: the table's columns, rates included (0–1, null without a denominator); no rows where the snapshot is
    older than the table.
    Raises: KeyError for a filter the table doesn't have.
    """
    view = filters.view()
    return _asked(view.snapshot, view.audience, table, tuple(sorted((k, _frozen(v)) for k, v in wanted.items())))


def school_names() -> Mapping[str, str]:
    """brin6 → name of every school, in the fixed order of the snapshot."""
    view = filters.view()
    return _names(view.snapshot, view.audience)


def names_of_directors(snapshot: Snapshot) -> Mapping[str, str]:
    """brin6 → name of every school of a demo snapshot, before it is known who is looking."""
    return _names(snapshot.id, BOARD) if snapshot.demo else {}


def where(school: str) -> str:
    """How a sentence names a school, or the group (`*`)."""
    return school_names().get(school, "alle scholen samen")


def events(school: str, *, since: date = date.min, ahead: bool = False) -> list[tuple[date, str]]:
    """What happened for a school, or for the group, up to the delivery: day and description, oldest first.

    `since`: from which day on. `ahead`: what is planned after the delivery instead.
    """
    return [(day, text) for day, _, text in events_of([school], since, ahead=ahead)]


def events_of(schools: Sequence[str], since: date = date.min, *, ahead: bool = False) -> list[tuple[date, str, str]]:
    """The same for these schools and the group: day, brin6 or `*`, description."""
    is_past = pl.col("datum") <= filters.view().day
    wanted = list(dict.fromkeys([filters.GROUP, *schools]))
    rows = ask("events", brin6=wanted).filter(~is_past if ahead else is_past & (pl.col("datum") >= since))
    return list(rows.select("datum", "brin6", "omschrijving").iter_rows())


def two_school_years() -> pl.DataFrame:
    """Incidents of the running school year and the one before, of the chosen school or of every school.

    counts: one row per month and school; `incidents_monthly`.
    """
    view = filters.view()
    start = school_year(view.day)
    months = [*comparisons.school_year_months(start - 1), *comparisons.school_year_months(start)]
    return ask("incidents_monthly", maand=months, brin6=None if view.school == filters.GROUP else [view.school])


def active_schools() -> pl.DataFrame:
    """The schools of the group on the day of the delivery.

    counts: one row per school; `schools`.
    """
    return comparisons.active_schools(ask("schools"), filters.view().day)


def expected_schools() -> pl.DataFrame:
    """The schools that have to deliver: all of the group on the day of the delivery, or the chosen one of them.

    counts: one row per school; `schools`.
    """
    view, schools = filters.view(), active_schools()
    return schools if view.school == filters.GROUP else schools.filter(pl.col("brin6") == view.school)


def expected_months() -> pl.DataFrame:
    """The months of the running school year over which those schools have to deliver incidents.

    counts: one row per month and school; `incidents_monthly`.
    """
    months = comparisons.school_year_months(school_year(filters.view().day))
    return comparisons.expected_months(ask("incidents_monthly", maand=months), expected_schools())


def left_out(table: str) -> bool:
    """Whether a table is in the snapshot of this run for the board only, since something could be worked out of it."""
    try:
        ask(table)
    except LeftOut:
        return True
    return False


def if_there(table: str, **wanted: Value) -> pl.DataFrame:
    """As `ask`, and without rows where the table was left out: whoever shows it says so (`left_out`)."""
    return PUBLISHED[table].nothing if left_out(table) else ask(table, **wanted)


def tells_months() -> bool:
    """Whether of every school that has to deliver, it is shown over which months it delivered incidents."""
    monthly = ask("incidents_monthly")
    return HIDDEN not in monthly.columns or set(expected_schools()["brin6"]) <= set(monthly["brin6"])


def missing() -> pl.DataFrame:
    """What those schools have still to deliver, a row per school; see `comparisons.missing`."""
    view = filters.view()
    schools = expected_schools()
    names = dict(zip(schools["brin6"], schools["naam"], strict=True))
    quality = ask("data_quality", dataset=list(comparisons.REQUIRED))
    # Whether a school delivered answers is the same for each purpose and reading, also for one that has gone since.
    anyone = ask("consent_coverage", peildatum=[view.day]).unique("brin6", keep="first", maintain_order=True)
    return comparisons.missing(
        comparisons.missing_datasets(quality, list(names)),
        comparisons.silent_on_day(quality, anyone, view.day),
        comparisons.undelivered_months(expected_months()),
        names,
    )


def keep(name: str, selection: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """Make something once for a snapshot, audience, theme and selection: a figure, a sentence, a table.

    `selection` holds everything `make` depends on beside those three. What is kept is shared by all sessions, so
    nobody may change it.
    """
    view = filters.view()
    return cast("Made", _kept((view.snapshot, view.audience, view.theme, name, *selection), make))


@st.cache_resource(show_spinner=False, max_entries=1024)
def _kept(key: tuple[object, ...], _make: Callable[[], object]) -> object:  # noqa: ARG001  # the cache reads it
    """A leading underscore keeps `_make` out of the cache's key."""
    return _make()


@st.cache_resource(show_spinner=False, max_entries=512)
def _asked(snapshot: str, audience: str, table: str, wanted: tuple[tuple[str, Value], ...]) -> pl.DataFrame:
    return rows_of(_figures(snapshot, audience), table, **dict(wanted))


@st.cache_resource(show_spinner=False, max_entries=64)
def _holds(snapshot: str, audience: str, table: str) -> bool:
    return _figures(snapshot, audience).holds(table)


@st.cache_resource(show_spinner=False, max_entries=32)
def _figures(snapshot: str, audience: str) -> Figures:
    shown = next(known for known in snapshots() if known.id == snapshot)
    return open_figures(shown, audience, serving().queries)


@st.cache_resource(show_spinner=False, max_entries=8)
def _names(snapshot: str, audience: str) -> dict[str, str]:
    schools = _figures(snapshot, audience).ask("schools")
    return dict(zip(schools["brin6"], schools["naam"], strict=True))


@cache
def _registry(path: Path) -> Registry:
    return load_registry(path)


def _frozen(value: Value) -> Value:
    return tuple(value) if isinstance(value, list) else value
