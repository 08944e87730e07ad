"""Files to take along: what stands in a table on the page, and nothing more."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Final

import polars as pl

FORMULA_STARTS: Final = tuple("=+-@\t\r\n\0＝＋－＠")
"""A cell of text that a spreadsheet would take for a formula starts with one of these, after blanks."""

BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_file(frame: pl.DataFrame) -> bytes:
    """A table as CSV for a Dutch spreadsheet: `;`, decimal comma, UTF-8 with a byte order mark, no formulas."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_cell(column) for column in frame.columns])
    writer.writerows(_cells(row) for row in frame.iter_rows())
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _cells(row: Iterable[object]) -> list[str]:
    return [_cell(value) for value in row]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    if isinstance(value, int | date):
        return str(value)
    text = str(value)
    # Blanks are skipped the way a spreadsheet skips them, but a tab or a line end is a start by itself.
    start = text.lstrip(" \N{NO-BREAK SPACE}")
    return f"'{text}" if start.startswith(FORMULA_STARTS) else text
