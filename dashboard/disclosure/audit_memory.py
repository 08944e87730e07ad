"""What readers remember: numbers that an earlier snapshot showed, and that are still the same."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from dashboard.disclosure.audit_sheet import MARKS
from dashboard.disclosure.audit_shown import RULES

Frames = Mapping[str, pl.DataFrame]
Row = dict[str, Any]


def remembered(shown: Frames, earlier: Frames, exact: Frames) -> dict[str, pl.DataFrame]:
    """The published tables as somebody reads them who kept those of the snapshot before.

    `earlier`: its protected tables; `exact`: the tables of now with nothing hidden. A number that changed since tells
    nothing of what it is now; one that didn't is taken for known, though a reader can't be sure of that.
    """
    return {name: _filled(name, frame, earlier, exact) for name, frame in shown.items()}


def _filled(name: str, frame: pl.DataFrame, earlier: Frames, exact: Frames) -> pl.DataFrame:
    if name not in RULES or name not in earlier or MARKS not in frame.columns:
        return frame
    key = RULES[name].key
    before, now = (_by_key(frames[name], key) for frames in (earlier, exact))
    rows = [_read(row, before.get(place, {}), now.get(place, {})) for place, row in _with_key(frame, key)]
    return pl.DataFrame(rows, schema=frame.schema)


def _read(row: Row, before: Row, now: Row) -> Row:
    marked = [column for column in str(row[MARKS] or "").split(",") if column]
    known = {
        column: now[column] for column in marked if before.get(column) is not None and before[column] == now.get(column)
    }
    still = ",".join(column for column in marked if column not in known)
    return row | known | {MARKS: still or None}


def _by_key(frame: pl.DataFrame, key: tuple[str, ...]) -> dict[tuple[Any, ...], Row]:
    return dict(_with_key(frame, key))


def _with_key(frame: pl.DataFrame, key: tuple[str, ...]) -> Iterator[tuple[tuple[Any, ...], Row]]:
    for row in frame.iter_rows(named=True):
        yield tuple(row[name] for name in key), row
