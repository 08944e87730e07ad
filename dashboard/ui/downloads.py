"""Files to take along: what stands in a table on the page, and nothing more."""

import csv
import io
from collections.abc import Iterable
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.figures import defused
from dashboard.ui.filters import View
from dashboard.workbooks import About, Book, print_on_a4, put_table

BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_file(frame: pl.DataFrame) -> bytes:
    """A table as CSV for a Dutch spreadsheet: `;`, decimal comma, UTF-8 with a byte order mark, no formulas."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(defused(pl.DataFrame({"kop": frame.columns}, schema={"kop": pl.String}))["kop"])
    writer.writerows(_cells(row) for row in defused(frame).iter_rows())
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def workbook_file(frame: pl.DataFrame, caption: str, name: str, view: View) -> bytes:
    """A table as a workbook with real types. Its properties and its footer tell which snapshot it shows."""
    shown = f"Momentopname {view.snapshot}, stand van {dutch.day(view.day)}"
    note = f"Demogegevens: alles is verzonnen. {shown}" if view.demo else shown
    book = Book(About(caption, view.day, note, {"Momentopname": view.snapshot}))
    sheet = book.sheet(name.replace("_", " "))
    put_table(book, sheet, frame)
    print_on_a4(sheet, note, landscape=True)
    return book.content()


def file_name(name: str, view: View, ending: str) -> str:
    """What a download is called: the table, the day and the snapshot it was made from."""
    return f"{name.replace('_', '-')}_{view.day}_{view.snapshot}.{ending}"


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
