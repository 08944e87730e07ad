"""A published table as an audience may see it, and its spelling as CSV, JSON, Parquet or text."""

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from dashboard.indicators.catalogue import PUBLISHED
from dashboard.indicators.shown import MARK
from dashboard.store.places import StoreProblem
from dashboard.store.snapshots import Snapshot
from dashboard.viewing import HIDDEN, open_figures

DANGEROUS = "=+-@\t\r\n\x00＝＋－＠"
"""A text that starts with one of these may run as a formula in a spreadsheet."""


def read_figures(
    snapshot: Snapshot, name: str, audience: str, queries: Path, where: Mapping[str, Sequence[str]]
) -> pl.DataFrame:
    """A published table of a snapshot, with its rates.

    counts: one row per key of the table (`PUBLISHED[name].key`).

    Returns: the columns of `PUBLISHED[name]`, sorted by key; only rows that have one of the wanted values in every
    column of `where` (values as text: dates yyyy-mm-dd, truth values ja/nee).
    Raises: StoreProblem for a table, audience or column that isn't there.
    """
    table = PUBLISHED.get(name)
    if table is None:
        raise StoreProblem(f"Er is geen tabel met die naam. Kies uit: {', '.join(PUBLISHED)}.")
    figures = open_figures(snapshot, audience, queries).ask(name)
    unknown = sorted(where.keys() - {column.name for column in table.columns})
    if unknown:
        raise StoreProblem(
            f"De tabel {name} heeft geen kolom {', '.join(unknown)}. Kies uit: {', '.join(figures.columns)}."
        )
    spelled = spell(figures)
    for column, values in where.items():
        wanted = spelled[column].fill_null("").is_in(list(values))
        figures, spelled = figures.filter(wanted), spelled.filter(wanted)
    return figures


def spell(figures: pl.DataFrame) -> pl.DataFrame:
    """Every value as text: numbers in full, dates yyyy-mm-dd, truth values ja/nee, hidden x, no value null."""
    return _readable(figures).cast(pl.String)


def _readable(figures: pl.DataFrame) -> pl.DataFrame:
    """Truth values as Dutch words, and what is hidden as one mark; nothing of it shows why it is hidden."""
    worded = figures.with_columns(pl.selectors.boolean().cast(pl.String).replace({"true": "ja", "false": "nee"}))
    if HIDDEN not in figures.columns:
        return worded
    hidden = pl.col(HIDDEN).fill_null("").str.split(",")
    columns = worded.select(HIDDEN).to_series().drop_nulls().str.split(",").explode().unique().to_list()
    return worded.with_columns(
        pl.when(hidden.list.contains(name)).then(pl.lit(MARK)).otherwise(pl.col(name).cast(pl.String)).alias(name)
        for name in worded.columns
        if name in columns
    ).drop(HIDDEN)


def defused(texts: pl.DataFrame) -> pl.DataFrame:
    """Texts that a spreadsheet won't take for a formula: an apostrophe goes before a dangerous first character."""
    return texts.with_columns(_defused(name) for name, kind in texts.schema.items() if kind == pl.String)


def _defused(name: str) -> pl.Expr:
    column = pl.col(name)
    first = column.str.strip_chars_start(" \N{NO-BREAK SPACE}").str.head(1)
    return pl.when(first.is_in(list(DANGEROUS))).then("'" + column).otherwise(column).alias(name)


def as_csv(figures: pl.DataFrame) -> bytes:
    """`;`, UTF-8 with BOM, decimal point; the same figures are the same bytes."""
    buffer = io.BytesIO()
    defused(_readable(figures)).write_csv(buffer, separator=";", include_bom=True, line_terminator="\n")
    return buffer.getvalue()


def as_json(figures: pl.DataFrame) -> bytes:
    """A list of objects, a row each; null where there is no value."""
    rows = figures.with_columns(pl.selectors.date().cast(pl.String)).to_dicts()
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def as_parquet(figures: pl.DataFrame) -> bytes:
    """Typed columns."""
    buffer = io.BytesIO()
    figures.write_parquet(buffer)
    return buffer.getvalue()


def as_table(figures: pl.DataFrame) -> bytes:
    """Columns side by side, for reading on a terminal."""
    spelled = spell(figures)
    table = Table(*spelled.columns, box=None, header_style="bold", pad_edge=False)
    for row in spelled.iter_rows():
        table.add_row(*("" if value is None else value for value in row))
    screen = io.StringIO()
    Console(file=screen, width=400, no_color=True, highlight=False, markup=False).print(table)
    return "".join(f"{line.rstrip()}\n" for line in screen.getvalue().splitlines()).encode()


FORMATS = {"table": as_table, "csv": as_csv, "json": as_json, "parquet": as_parquet}
