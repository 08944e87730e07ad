"""Another key: a new store from full exports, beside the old one. Composes `importing` and the figures of both.

A pseudonym can't be turned back into a number, so rows under the old key can't be brought under a new one: that takes
the numbers, and only the exports have them. A store that went on with another key would count every pupil twice, so a
store keeps its key for life, and another key comes with a store of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from dashboard.exports.checking import Checked
from dashboard.figures import read_figures
from dashboard.importing import import_delivery
from dashboard.protecting import protection
from dashboard.registry import Registry
from dashboard.settings import Settings
from dashboard.store.places import Places, StoreProblem
from dashboard.store.publishing import Protect
from dashboard.store.snapshots import Snapshot, current_snapshot

Progress = Callable[[str, int], None]
"""Told what is being worked on, and how many rows of it are done."""


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """A store under a new key.

    Args:
        checked: what became of the exports.
        snapshot: what the new store shows; None where nothing could be imported.
        fewer: dataset → rows in force in the old store and in the new one, where the new one has fewer.
    """

    checked: Checked
    snapshot: Snapshot | None
    fewer: Mapping[str, tuple[int, int]]


def rekey(
    paths: Sequence[Path],
    old: Settings,
    new: Settings,
    today: date,
    progress: Progress,
    protector: Callable[[Path, Registry], Protect] = protection,
) -> Rekeyed:
    """Fill a new store under a new key from full exports; the old store and its key stay as they are.

    Raises StoreProblem where the new store or the new key is there already, or there is nothing to compare with; and
    whatever an import raises.
    """
    shown = current_snapshot(Places(old.store)) if old.store.is_dir() else None
    if shown is None:
        raise StoreProblem("Er is nog geen map met gegevens om een nieuwe sleutel voor te maken.")
    _refuse_existing(new)
    outcome = import_delivery(paths, new, today, progress, protector)
    if outcome.snapshot is None:
        return Rekeyed(outcome.checked, None, {})
    then, now = _rows(shown, old), _rows(outcome.snapshot, new)
    fewer = {name: (rows, now.get(name, 0)) for name, rows in then.items() if now.get(name, 0) < rows}
    return Rekeyed(outcome.checked, outcome.snapshot, fewer)


def _refuse_existing(new: Settings) -> None:
    if new.key_file.exists():
        raise StoreProblem(
            f"{new.key_file.name} bestaat al. Geef de nieuwe sleutel een nieuwe naam: een sleutel wordt nooit "
            "overschreven, want zonder de oude kan er niets meer bij de oude gegevens."
        )
    if new.store.exists() and any(new.store.iterdir()):
        raise StoreProblem(
            "De nieuwe map met gegevens is niet leeg. Onder twee sleutels zou elke leerling dubbel tellen: kies een "
            "nieuwe of lege map."
        )


def _rows(snapshot: Snapshot, settings: Settings) -> dict[str, int]:
    """Dataset → rows in force."""
    told = read_figures(snapshot, "data_quality", "bestuur", settings.queries, {})
    return dict(told.group_by("dataset").agg(pl.col("rijen").sum()).sort("dataset").iter_rows())
