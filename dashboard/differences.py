"""What differs between two snapshots, and why, as an audience may see it."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from dashboard.access.audiences import BOARD
from dashboard.figures import read_figures
from dashboard.indicators import shown
from dashboard.indicators.evaluation import CAUSES, TINY, along
from dashboard.store.places import Places, StoreProblem
from dashboard.store.snapshots import Snapshot, list_snapshots

UNSEEN = "niet_getoond"
"""Whether a figure is hidden."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The evaluation of two snapshots side by side."""

    earlier: Snapshot
    later: Snapshot
    rows: pl.DataFrame
    """periode, artikel, indicator, was, definitie, correctie, nieuw, wordt: see `PUBLISHED["changes"]`.

    For protected audiences also verborgen: the hidden ones of these.
    """
    is_split: bool
    """Whether the later one was built on the earlier one, so that is known what came from what."""

    @property
    def differing(self) -> pl.DataFrame:
        """The rows that say something else than before."""
        moved = pl.any_horizontal(pl.col(cause).fill_null(0.0).abs() > TINY for cause in CAUSES)
        return self.rows.filter(moved | pl.col("was").ne_missing(pl.col("wordt")))

    @property
    def unseen(self) -> pl.DataFrame:
        """The rows of which isn't shown whether they say something else than before."""
        return shown.only_hidden(self.rows, "was", "wordt")


def difference(places: Places, earlier: Snapshot, later: Snapshot, audience: str, queries: Path) -> Difference:
    """What the later snapshot says otherwise than the earlier one.

    Where it wasn't built on the earlier one, or a snapshot between them is gone, only both figures are known.

    Raises StoreProblem where there is nothing for that audience, or both are one and the same.
    """
    if earlier.id == later.id:
        raise StoreProblem("Dit is twee keer dezelfde momentopname: er is geen verschil. Kies een andere.")
    steps = _built_on(places, earlier, later)
    if steps:
        return Difference(earlier, later, along([_changes(step, audience, queries) for step in steps]), is_split=True)
    was, becomes = (_evaluation(snapshot, audience, queries) for snapshot in (earlier, later))
    key = ["periode", "artikel", "indicator"]
    rows = pl.concat([was.select(key), becomes.select(key)]).unique().sort(key)
    sides = {"was": was, "wordt": becomes}
    told = rows
    for name, side in sides.items():
        told = told.join(side.rename({"waarde": name, UNSEEN: f"{name}_{UNSEEN}"}), on=key, how="left")
    unknown = [pl.lit(None, dtype=pl.Float64).alias(cause) for cause in CAUSES]
    hides = [shown.marks({name: pl.col(f"{name}_{UNSEEN}").fill_null(value=False) for name in sides})]
    marks = hides if audience != BOARD else []
    return Difference(earlier, later, told.select(*key, "was", *unknown, "wordt", *marks), is_split=False)


def _built_on(places: Places, earlier: Snapshot, later: Snapshot) -> list[Snapshot]:
    """The snapshots after the earlier one up to the later one, each built on the one before; none where it isn't so."""
    known = {snapshot.id: snapshot for snapshot in list_snapshots(places)}
    steps: list[Snapshot] = []
    at: Snapshot | None = later
    while at is not None and at.id != earlier.id:
        steps.append(at)
        at = known.get(at.previous or "")
    return [] if at is None else steps[::-1]


def _changes(snapshot: Snapshot, audience: str, queries: Path) -> pl.DataFrame:
    return read_figures(snapshot, "changes", audience, queries, {})


def _evaluation(snapshot: Snapshot, audience: str, queries: Path) -> pl.DataFrame:
    rows = read_figures(snapshot, "evaluation", audience, queries, {})
    marked = rows.with_columns(shown.hidden(rows, "waarde").alias(UNSEEN))
    return marked.filter(pl.col("indicator").is_not_null()).select("periode", "artikel", "indicator", "waarde", UNSEEN)
