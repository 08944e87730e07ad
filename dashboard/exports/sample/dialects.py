"""The ways in which exports of different systems write the same rows down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

import polars as pl
import xlsxwriter

Row = Mapping[str, str]
"""A row by column, as text."""

PUPIL_DIGITS: Final = 8
"""With leading zeros a leerlingnummer has this many digits."""

BYTE_ORDER_MARK: Final = "\ufeff"

FIXED_MOMENT: Final = datetime(2020, 1, 1)
"""What a workbook says of its own making: the same delivery is the same bytes whenever it is made."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a system writes a CSV file."""

    told: str
    """For a reader of the README, in Dutch."""
    separator: str = ";"
    encoding: str = "utf-8"
    mark: bool = False
    """Starts with a byte order mark."""
    newline: str = "\n"
    day: str = "%d-%m-%Y"
    """strftime, as polars reads it."""
    yes: str = "ja"
    no: str = "nee"
    zeros: bool = False
    """Leading zeros in front of a leerlingnummer."""
    capitals: bool = False
    """Headers start with a capital."""
    suffix: str = ".csv"

    def text(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows as text, in this dialect; null where there is nothing."""
        return frame.select(self._cell(name, dtype) for name, dtype in frame.schema.items())

    def _cell(self, name: str, dtype: pl.DataType) -> pl.Expr:
        if dtype == pl.Date:
            return pl.col(name).dt.to_string(self.day)
        if dtype == pl.Boolean:
            words = {True: self.yes, False: self.no}
            return pl.col(name).replace_strict(words, return_dtype=pl.String)
        if name == "leerlingnummer" and self.zeros:
            return pl.col(name).cast(pl.String).str.zfill(PUPIL_DIGITS)
        return pl.col(name).cast(pl.String)

    def day_text(self, day: date) -> str:
        """A day in this dialect."""
        return str(pl.Series([day]).dt.to_string(self.day)[0])

    def content(self, frame: pl.DataFrame) -> bytes:
        """A frame of text as a file. Every character must exist in the encoding."""
        names = {name: name.capitalize() for name in frame.columns} if self.capitals else {}
        text = frame.rename(names).write_csv(separator=self.separator, line_terminator=self.newline)
        return (BYTE_ORDER_MARK * self.mark + text).encode(self.encoding)

    def widened(self, content: bytes, fields: Sequence[int]) -> bytes:
        """A file with empty fields added behind its last rows, so many per row."""
        end = self.newline.encode(self.encoding)
        *lines, _ = content.split(end)
        kept, last = lines[: len(lines) - len(fields)], lines[len(lines) - len(fields) :]
        wider = [line + (self.separator * more).encode(self.encoding) for line, more in zip(last, fields, strict=True)]
        return end.join([*kept, *wider, b""])


EXCEL: Final = Dialect("puntkomma’s, UTF-8 met BOM, CRLF", mark=True, newline="\r\n")
PLAIN: Final = Dialect("komma’s, UTF-8, datums als jjjj-mm-dd, true/false", ",", day="%Y-%m-%d", yes="true", no="false")
TABS: Final = Dialect(
    "tabs, UTF-16, datums als d-m-jjjj, j/n",
    separator="\t",
    encoding="utf-16-le",
    mark=True,
    newline="\r\n",
    day="%-d-%-m-%Y",
    yes="J",
    no="N",
    suffix=".txt",
)
WINDOWS: Final = Dialect(
    "puntkomma’s, windows-1252, 1/0, kolomnamen met een hoofdletter",
    encoding="cp1252",
    newline="\r\n",
    yes="1",
    no="0",
    zeros=True,
    capitals=True,
)
TIMED: Final = Dialect(
    "komma’s, UTF-8, datums met een tijd erachter, WAAR/ONWAAR", ",", day="%Y-%m-%d 00:00:00", yes="WAAR", no="ONWAAR"
)
DIALECTS: Final = (EXCEL, PLAIN, TABS, WINDOWS, TIMED)

WIDE: Final = Dialect("puntkomma’s, UTF-8; een kolom per doel, gelezen met een profiel", newline="\r\n")


def write_parquet(frame: pl.DataFrame, path: Path) -> None:
    """The rows with real dates and truth values."""
    frame.write_parquet(path, statistics=False)


def write_workbook(frame: pl.DataFrame, extra: Sequence[Row], path: Path, title: Sequence[str]) -> None:
    """A sheet with title rows, an empty row, the headers, and dates and times as Excel has them; extra rows as text."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy"})
    book.set_properties({"created": FIXED_MOMENT})
    clock = book.add_format({"num_format": "hh:mm"})
    sheet = book.add_worksheet("Export")
    for line, text in enumerate(title):
        sheet.write_string(line, 0, text)
    top = header_line(title) - 1
    sheet.write_row(top, 0, frame.columns)
    for line, row in enumerate(frame.iter_rows(), start=top + 1):
        for column, value in enumerate(row):
            _write_cell(sheet, line, column, value, clock if frame.columns[column] == "tijd" else None)
    for line, words in enumerate(extra, start=top + 1 + frame.height):
        for column, name in enumerate(frame.columns):
            sheet.write_string(line, column, words.get(name, ""))
    book.close()


def header_line(title: Sequence[str]) -> int:
    """The sheet's row, the first one is 1, on which the headers stand."""
    return len(title) + 2 if title else 1


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, line: int, column: int, value: object, clock: object) -> None:
    if isinstance(value, date):
        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day))
    elif clock is not None and isinstance(value, str):
        sheet.write_datetime(line, column, time.fromisoformat(value), clock)
    elif isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif isinstance(value, int):
        sheet.write_number(line, column, value)
    elif isinstance(value, str):
        sheet.write_string(line, column, value)
