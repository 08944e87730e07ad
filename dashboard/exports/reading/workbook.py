"""XLSX: the first visible sheet that holds anything, every cell as text, lines = rows of the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import fastexcel
import polars as pl

from dashboard.exports.reading.archive import BROKEN, check_archive
from dashboard.exports.reading.cells import excel_text
from dashboard.exports.reading.encoding import digest_of
from dashboard.exports.reading.tables import (
    BLOCK_ROWS,
    Fits,
    TextBlock,
    TextTable,
    UnreadableFile,
    checked_headers,
    text_block,
)

_TITLE_ROWS = 50
# Text for a cell in which a formula failed: read as empty it would pass for an answer.
ERROR_CELL = "#FOUT"


def open_workbook(path: Path, fits: Fits) -> TextTable:
    """Checks the zip, reads the sheet whole, and finds the header row, also under title rows.

    Raises:
        UnreadableFile: not a workbook, too large, no visible sheet with anything in it, bad headers.
    """
    digest = digest_of(path)
    check_archive(path)
    sheet = _first_sheet(path)
    place = _header_row(sheet, fits)
    headers = _headers(sheet.row(place))
    named = tuple(filter(None, headers))
    return TextTable(path.name, digest, named, partial(_blocks, sheet, headers, place + 1))


def _first_sheet(path: Path) -> pl.DataFrame:
    """Cells of the first visible sheet that has any, from its first row on."""
    try:
        workbook = fastexcel.read_excel(path)
        for place in range(len(workbook.sheet_names)):
            sheet = workbook.load_sheet(place, header_row=None, skip_rows=0, dtypes="string")
            if sheet.visible == "visible" and sheet.width:
                return _cells(sheet)
    except fastexcel.FastExcelError:
        raise UnreadableFile(BROKEN) from None
    raise UnreadableFile("In dit Excel-bestand staat geen zichtbaar werkblad met gegevens. Maak de export opnieuw.")


def _cells(sheet: fastexcel.ExcelSheet) -> pl.DataFrame:
    batch, failed = sheet.to_arrow_with_errors()
    frame = pl.DataFrame([column.alias(str(place)) for place, column in enumerate(pl.DataFrame(batch))])
    spots: dict[int, list[int]] = {}
    for error in failed.errors if failed else ():
        row, column = error.offset_position
        spots.setdefault(column, []).append(row)
    return frame.with_columns(frame[:, column].scatter(rows, ERROR_CELL) for column, rows in spots.items())


def _header_row(sheet: pl.DataFrame, fits: Fits) -> int:
    """The row among the first ones that matches most columns; failing that, the first with anything in it."""
    rows = [[cell.strip() for cell in _texts(row)] for row in sheet.head(_TITLE_ROWS).rows()]
    return max(range(len(rows)), key=lambda place: (fits(rows[place]), any(rows[place])))


def _texts(row: Sequence[str | None]) -> list[str]:
    return [cell or "" for cell in row]


def _headers(row: Sequence[str | None]) -> tuple[str, ...]:
    return checked_headers(_texts(row))


def _blocks(sheet: pl.DataFrame, headers: Sequence[str], first: int) -> Iterator[TextBlock]:
    for start in range(first, max(sheet.height, first + 1), BLOCK_ROWS):
        part = sheet.slice(start, BLOCK_ROWS)
        columns = [excel_text(column) for column in part]
        lines = pl.int_range(start + 1, start + 1 + part.height, dtype=pl.UInt32, eager=True)
        filled = part.select(pl.any_horizontal(pl.all().str.strip_chars().fill_null("") != "")).to_series()
        yield text_block([column.filter(filled) for column in columns], headers, lines.filter(filled), ())
