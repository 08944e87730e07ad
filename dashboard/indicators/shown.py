"""What a frame shows and what it hides: a small number is hidden from protected audiences, and stays out of all sums.

A hidden cell is null, and the last column of its row, `verborgen`, names the hidden columns with commas between. A
frame without that column hides nothing. Polars takes a null for nothing: ask here before adding, comparing or sorting.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import polars as pl

from dashboard.disclosure.masking import HIDDEN

__all__ = [
    "EXPLAINED",
    "HIDDEN",
    "HOVER",
    "LEAST_BASE",
    "MARK",
    "NO_TOTAL",
    "SAID",
    "all_shown",
    "any_hidden",
    "carried",
    "derived",
    "hidden",
    "hides",
    "is_hidden",
    "marks",
    "merged",
    "only_hidden",
    "only_shown",
    "parted",
    "total",
    "without",
]

MARK: Final = "x"
"""What stands where a number is hidden, on the screen and in files."""

EXPLAINED: Final = "x = niet getoond, klein aantal"
"""What the mark means; stands below whatever holds one."""

HOVER: Final = "niet getoond, klein aantal"
"""What a chart says of a hidden point."""

SAID: Final = "niet getoond: een klein aantal (x)"
"""The same in a sentence."""

LEAST_BASE: Final = 10
"""No share of fewer than this is given where small numbers are hidden."""

NO_TOTAL: Final = "Hiervan kan geen totaal worden gegeven: een klein aantal is niet getoond (x)."
"""Instead of a sum of which a part is hidden."""


def hidden(frame: pl.DataFrame, column: str) -> pl.Expr:
    """Whether a column of a row is hidden: true or false, also where the frame hides nothing."""
    if HIDDEN not in frame.columns:
        # As long as the frame: nothing can be sorted by a literal.
        return pl.repeat(value=False, n=pl.len(), dtype=pl.Boolean)
    return pl.col(HIDDEN).fill_null("").str.split(",").list.contains(_told(column))


def is_hidden(row: Mapping[str, Any], column: str) -> bool:
    """Whether a column of one row (`row(…, named=True)`, `iter_rows(named=True)`) is hidden."""
    return _told(column) in str(row.get(HIDDEN) or "").split(",")


def _told(column: str) -> str:
    """A column as `verborgen` names it: a heading may hold a comma (`99,8 %`)."""
    return column.replace(",", ";")


def any_hidden(frame: pl.DataFrame, *columns: str) -> bool:
    """Whether a row hides one of these columns; without columns: any column at all."""
    if HIDDEN not in frame.columns or frame.is_empty():
        return False
    if not columns:
        return bool(frame[HIDDEN].is_not_null().any())
    return bool(frame.select(hides(frame, *columns).any()).item())


def all_shown(frame: pl.DataFrame, *columns: str) -> bool:
    """Whether no row hides one of these columns: only then may they be added, ranked or compared."""
    return not any_hidden(frame, *columns)


def hides(frame: pl.DataFrame, *columns: str) -> pl.Expr:
    """Whether a row hides one of these columns."""
    return pl.any_horizontal([hidden(frame, name) for name in columns])


def only_shown(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The rows that hide none of these columns."""
    if HIDDEN not in frame.columns:
        return frame
    return frame.filter(~hides(frame, *columns))


def only_hidden(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The rows that hide one of these columns."""
    return frame.filter(hides(frame, *columns))


def total(frame: pl.DataFrame, column: str) -> int | None:
    """The sum of a column; None where a part of it is hidden."""
    return int(frame[column].sum()) if all_shown(frame, column) else None


def marks(conditions: Mapping[str, pl.Expr]) -> pl.Expr:
    """The column `verborgen` of a frame in the making: its column → when that is hidden."""
    return merged(*(pl.when(condition).then(pl.lit(_told(name))) for name, condition in conditions.items()))


def merged(*columns: str | pl.Expr) -> pl.Expr:
    """One column `verborgen` out of several of such texts of a row."""
    text = pl.concat_str(list(columns), separator=",", ignore_nulls=True)
    return pl.when(text != "").then(text).otherwise(None).alias(HIDDEN)


def derived(frame: pl.DataFrame, columns: Mapping[str, Iterable[str]]) -> pl.DataFrame:
    """Mark columns that were made of others: each is hidden where one of those is.

    `columns`: the made column → those behind it. A frame that hides nothing stays as it is.
    """
    if HIDDEN not in frame.columns:
        return frame
    conditions = {name: hides(frame, *made) for name, made in columns.items()}
    return frame.with_columns(merged(HIDDEN, marks(conditions)))


def carried(table: pl.DataFrame, source: pl.DataFrame, columns: Mapping[str, str | Iterable[str]]) -> pl.DataFrame:
    """A table for a reader with the marks of the frame that it was made from, row by row.

    `columns`: heading → the column, or columns, of `source` behind it; it reads `x` where one of these is hidden.

    Returns: `table` with a last column `verborgen` of headings; `table` itself where `source` has no such column.
    """
    if HIDDEN not in source.columns:
        return table
    conditions = {
        heading: hides(source, *([made] if isinstance(made, str) else made)) for heading, made in columns.items()
    }
    return table.with_columns(source.select(marks(conditions))[HIDDEN])


def without(
    frame: pl.DataFrame, conditions: Mapping[str, pl.Expr], source: pl.DataFrame, *, keep: bool = False
) -> pl.DataFrame:
    """Sums and shares with those hidden that can't be given: null, and named in `verborgen`.

    `conditions`: column → when it is hidden; `keep`: beside what `verborgen` names already. A frame of a `source` that
    hides nothing stays as it is.
    """
    if HIDDEN not in source.columns:
        return frame
    marked = frame.with_columns(merged(HIDDEN, marks(conditions)) if keep else marks(conditions))
    return marked.with_columns(pl.when(~hidden(marked, name)).then(pl.col(name)).alias(name) for name in conditions)


def parted(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[frozenset[str]]]:
    """A frame without its column `verborgen`, and the hidden columns of every row; an empty list: nothing is hidden."""
    if HIDDEN not in frame.columns:
        return frame, []
    rest = frame.drop(HIDDEN)
    if not any_hidden(frame):
        return rest, []
    headings = {_told(name): name for name in rest.columns}
    named = [text.split(",") if text else [] for text in frame[HIDDEN]]
    return rest, [frozenset(headings.get(name, name) for name in names) for names in named]
