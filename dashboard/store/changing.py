"""What a new snapshot changes in the evaluation, and why: another definition, corrected rows, or news.

Between a snapshot and the next lie two stations: the rows and the day of the one under the definitions of the other,
and then with the corrections that the new import brings to rows that were known already. What is left is news: new
rows, and the time that went by.
"""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

import polars as pl

from dashboard.periods import SchoolCalendar
from dashboard.registry import Registry
from dashboard.store.places import name_of
from dashboard.store.questions import load_query
from dashboard.store.snapshots import EXACT, Snapshot, read_content
from dashboard.store.steps import Step
from dashboard.store.surroundings import registry_tables

PROGRAM: Final = "gedragscode-dashboard"
EVALUATION: Final = "evaluation"
KEY: Final = ("periode", "artikel", "indicator")
COUNTS: Final = ("teller", "noemer", "mediaan")
STATIONS: Final = ("was", "definitie", "correctie", "wordt")
"""As published before; under the definitions of now; with corrected rows; as published now."""

Count = Callable[[str], pl.DataFrame]
"""Counts the evaluation over the rows and the day of the snapshot before, corrected by an import, if any is named."""

SCHEMA: Final = pl.Schema(
    {
        **dict.fromkeys(KEY, pl.String),
        **{
            f"{station}_{count}": pl.Float64 if count == "mediaan" else pl.Int64
            for station in STATIONS
            for count in COUNTS
        },
    }
)


def definition_of(queries: Path, steps: Sequence[Step], registry: Registry, calendar: SchoolCalendar) -> str:
    """What the evaluation is counted by, in sixteen digits: questions, registry, school holidays and the program."""
    folder = queries / "staging"
    asked = [*(step.query for step in steps), *(f"staging/{path.stem}" for path in sorted(folder.glob("*.sql")))]
    return name_of(
        {
            "program": version(PROGRAM),
            "questions": {name: load_query(queries, name).statement for name in asked},
            "registry": {name: str(frame.rows()) for name, frame in registry_tables(registry).items()},
            "rounds": [str(adopted) for adopted in registry.rounds],
            "school_days": [str(day) for day in calendar.days],
        }
    )


def evaluation_before(previous: Snapshot) -> pl.DataFrame | None:
    """The evaluation as a snapshot holds it; None where it is older than that table."""
    path = previous.folder / EXACT / f"{EVALUATION}.parquet"
    return pl.read_parquet(path) if path.is_file() else None


def stations(previous: Snapshot, definition: str, correcting: str, count: Count) -> tuple[pl.DataFrame, ...]:
    """The evaluation as it was, under the definitions of now, and with corrected rows; each with the columns of KEY."""
    was = evaluation_before(previous)
    is_same = was is not None and read_content(previous).get("definition") == definition
    redefined = was if was is not None and is_same else count("")
    corrected = count(correcting) if correcting else redefined
    return (redefined.clear() if was is None else was, redefined, corrected)


def changes(told: Sequence[pl.DataFrame], now: pl.DataFrame) -> pl.DataFrame:
    """The evaluation at every station, side by side.

    counts: each frame one row per periode, artikel and indicator. `told`: as `stations` gives them; none where there is
    no snapshot before.

    Returns: one row per periode, artikel and indicator that was or is there, with teller, noemer and mediaan at each
    of `STATIONS`; no rows where `told` is empty.
    """
    if not told:
        return pl.DataFrame(schema=SCHEMA)
    frames = dict(zip(STATIONS, (*told, now), strict=True))
    known = [frame.select(KEY) for frame in frames.values()]
    side_by_side = pl.concat(known).unique().drop_nulls()
    for station, frame in frames.items():
        counted = frame.select(*KEY, pl.col(COUNTS).name.prefix(f"{station}_"))
        side_by_side = side_by_side.join(counted, on=KEY, how="left")
    return side_by_side.cast(SCHEMA).sort(KEY)
