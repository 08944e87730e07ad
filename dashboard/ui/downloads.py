"""Files to take along: what stands in a table on the page, and nothing more."""

import csv
import io
from collections.abc import Iterable
from typing import Final

import polars as pl

from dashboard.figures import defused

BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_file(frame: pl.DataFrame) -> bytes:
    """A table as CSV for a Dutch spreadsheet: `;`, decimal comma, UTF-8 with a byte order mark, no formulas."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(defused(pl.DataFrame({"kop": frame.columns}, schema={"kop": pl.String}))["kop"])
    writer.writerows(_cells(row) for row in defused(frame).iter_rows())
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
    return str(value)
