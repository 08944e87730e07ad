"""Files to take along: what stands in a table on the page, and nothing more."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.access.audiences import BOARD
from dashboard.figures import defused
from dashboard.indicators import shown
from dashboard.ui.filters import View
from dashboard.workbooks import About, Book, print_on_a4, put_table, put_text

BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_file(frame: pl.DataFrame) -> bytes:
    """A table as CSV for a Dutch spreadsheet: `;`, decimal comma, UTF-8 with a byte order mark, no formulas.

    What is hidden reads `x`, and then the last line, as wide as the others, says what that means.
    """
    rest, gone = shown.parted(frame)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(defused(pl.DataFrame({"kop": rest.columns}, schema={"kop": pl.String}))["kop"])
    rows = [_cells(row) for row in defused(rest).iter_rows()]
    writer.writerows(_with_marks(rows, rest.columns, gone))
    if gone:
        writer.writerow([shown.EXPLAINED, *[""] * (rest.width - 1)])
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _with_marks(
    rows: Sequence[list[str]], columns: Sequence[str], gone: Sequence[frozenset[str]]
) -> Sequence[list[str]]:
    if not gone:
        return rows
    return [
        [shown.MARK if column in hidden else cell for column, cell in zip(columns, row, strict=True)]
        for row, hidden in zip(rows, gone, strict=True)
    ]


def workbook_file(frame: pl.DataFrame, caption: str, name: str, view: View) -> bytes:
    """A table as a workbook with real types. Its properties and its footer tell which snapshot it shows, and to whom.

    What is hidden reads `x`; what that means stands below the table and in the footer.
    """
    rest, gone = shown.parted(frame)
    of_whom = "" if view.audience == BOARD else f", voor {view.audience}"
    stand = f"Momentopname {view.snapshot}, stand van {dutch.day(view.day)}{of_whom}"
    note = f"Demogegevens: alles is verzonnen. {stand}" if view.demo else stand
    marks = {"Momentopname": view.snapshot} | ({"Voor": view.audience} if of_whom else {})
    book = Book(About(caption, view.day, note, marks))
    sheet = book.sheet(name.replace("_", " "))
    put_table(book, sheet, rest, instead={(row, name): shown.MARK for row, names in enumerate(gone) for name in names})
    if gone:
        put_text(sheet, rest.height + 2, 0, shown.EXPLAINED, book.style(italic=True))
        sheet.print_area(0, 0, rest.height + 2, rest.width - 1)
    print_on_a4(sheet, note, landscape=True)
    return book.content()


def file_name(name: str, view: View, ending: str) -> str:
    """What a download is called: the table, the day, the snapshot it was made from and, but the board, for whom."""
    of_whom = "" if view.audience == BOARD else f"_{view.audience.replace(':', '-')}"
    return f"{name.replace('_', '-')}_{view.day}_{view.snapshot}{of_whom}.{ending}"


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
