"""Tables as a workbook: real types, nothing that runs, ready to print; the same content is the same bytes."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import polars as pl
from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard import dutch

TEXT, WHOLE, RATE, SHARE, DAY = "tekst", "aantal", "ratio", "aandeel", "dag"

FORMATS: Final[Mapping[str, Mapping[str, object]]] = {
    # What is typed over a text stays a text, also when it looks like a formula.
    TEXT: {"num_format": "@", "quote_prefix": True},
    WHOLE: {"num_format": "#,##0"},
    RATE: {"num_format": "#,##0.0"},
    # Never rounded up to all.
    SHARE: {"num_format": '[<0.9995]0.0%;[<1]"99,9%";0%'},
    DAY: {"num_format": "dd-mm-yyyy", "align": "left"},
}
NUMBERS: Final = frozenset({WHOLE, RATE, SHARE})
WIDTHS: Final[Mapping[str, int]] = {RATE: 10, SHARE: 8, DAY: 11}
"""Characters that a value takes, where that is about the same for all of a kind."""

NARROWEST, WIDEST, ARROW = 8, 60, 3
"""Characters of a column at least and, unless told otherwise, at most, and of the arrow of its filter."""

LONGEST_NAME: Final = 31
"""Characters of the name of a sheet at most."""

LONGEST_ON_PAPER: Final = 100
"""Characters of a line above or below a page at most: Excel allows 255, signs for the page number included."""

NO_OTHERS: Final[Mapping[tuple[int, str], str]] = MappingProxyType({})
"""Every cell of a table holds its own value."""

FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
A4: Final = 9
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class About:
    """What the properties of a workbook say about it."""

    title: str
    day: date
    """The day of its content. A workbook is as old as what is in it, whenever it was made."""
    note: str
    marks: Mapping[str, str]
    """Properties of our own, name → text of at most 255 characters."""


class Book:
    """A workbook in the making; it exists in memory only until `content` is asked."""

    def __init__(self, about: About) -> None:
        """Start one without sheets."""
        self._target = io.BytesIO()
        self._book = Workbook(self._target, OPTIONS)
        made = datetime.combine(about.day, time())
        self._book.set_properties({"title": about.title, "comments": about.note, "created": made})
        for name, text in about.marks.items():
            self._book.set_custom_property(name, text, "text")
        self._styles: dict[str, Format] = {}
        self._names: set[str] = set()

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet. A name loses what Excel doesn't allow; a second one of the same name gets a number."""
        free = sheet_name(name, self._names)
        self._names.add(free.casefold())
        return self._book.add_worksheet(free)

    def style(self, **properties: object) -> Format:
        """How cells look; the same properties are one style."""
        key = repr(sorted(properties.items()))
        if key not in self._styles:
            self._styles[key] = self._book.add_format(dict[str, Any](properties))
        return self._styles[key]

    def chart(self, kind: str) -> Chart:
        """A chart to put on a sheet: `bar` (lying down) or `line`."""
        return self._book.add_chart({"type": kind})

    def content(self) -> bytes:
        """Finish it: the file."""
        self._book.close()
        return self._target.getvalue()


def sheet_name(text: str, taken: set[str] | frozenset[str] = frozenset()) -> str:
    """A name that Excel accepts for a sheet, made from a text; `taken` holds casefolded names that are in use."""
    cleaned = " ".join(text.translate(FORBIDDEN).split()).strip("'")
    name = cleaned[:LONGEST_NAME].rstrip(" '") or "Tabel"
    if name.casefold() == "history":  # Excel keeps this name for itself
        name = f"{name} 1"
    number = 1
    numbered = name
    while numbered.casefold() in taken:
        number += 1
        end = f" ({number})"
        numbered = f"{name[: LONGEST_NAME - len(end)]}{end}"
    return numbered


def put_text(sheet: Worksheet, line: int, place: int, text: str, style: Format) -> None:
    """Write a text as a text, whatever it looks like."""
    # The library takes a text between these marks for ready-made XML.
    ready_made = text.startswith("<r>") and text.endswith("</r>")
    sheet.write_string(line, place, f"{text} " if ready_made else text, style)


def put_table(
    book: Book,
    sheet: Worksheet,
    frame: pl.DataFrame,
    *,
    top: int = 0,
    widest: int = WIDEST,
    instead: Mapping[tuple[int, str], str] = NO_OTHERS,
) -> None:
    """Write a table that fills a sheet; see `put_rows`. Its header stays in sight, also on paper, and has filters."""
    put_rows(book, sheet, frame, top=top, widest=widest, instead=instead)
    if not frame.columns:
        return
    last = (top + frame.height, frame.width - 1)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.autofilter(top, 0, *last)
    sheet.print_area(0, 0, *last)


def put_rows(
    book: Book,
    sheet: Worksheet,
    frame: pl.DataFrame,
    *,
    top: int = 0,
    widest: int = WIDEST,
    instead: Mapping[tuple[int, str], str] = NO_OTHERS,
) -> None:
    """Write a table with real types: numbers, percentages, days; truth values as words; no value as an empty cell.

    `top`: the line of the header, first 0. `widest`: characters of a column at most; longer texts take several lines.
    `instead`: row, first 0, and column → what to write there in place of a value.
    """
    for place, column in enumerate(frame.columns):
        kind = _kind(frame.schema[column], column)
        head = book.style(bold=True, bottom=1, text_wrap=True, valign="top", align=_side(kind), **FORMATS[TEXT])
        put_text(sheet, top, place, column, head)
        width = min(_width(frame[column], kind), widest)
        style = book.style(**FORMATS[kind], valign="top", text_wrap=width == widest)
        for row, value in enumerate(frame[column]):
            other = instead.get((row, column))
            look = style if other is None else book.style(**FORMATS[TEXT], valign="top", align=_side(kind))
            _put(sheet, top + 1 + row, place, value if other is None else other, look)
        sheet.set_column(place, place, width)


def print_on_a4(sheet: Worksheet, footer: str, *, title: str = "", landscape: bool = False) -> None:
    """Make a sheet print on A4, one page wide, `title` above it, `footer` and the page number below it."""
    sheet.set_paper(A4)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.8)
    sheet.set_header(f"&L{_on_paper(title)}")
    sheet.set_footer(f"&L{_on_paper(footer)}&RPagina &P van &N")


def bears_mark(path: Path, name: str) -> bool:
    """Whether a file is a workbook with a property of this name, one of `About.marks`."""
    try:
        with zipfile.ZipFile(path) as archive:
            return f'name="{escape(name)}"' in archive.read("docProps/custom.xml").decode()
    except (OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile):
        return False


def _on_paper(text: str) -> str:
    return text[:LONGEST_ON_PAPER].replace("&", "&&")


def _put(sheet: Worksheet, line: int, place: int, value: object, style: Format) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        put_text(sheet, line, place, "ja" if value else "nee", style)
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, datetime.combine(value, time()), style)
    else:
        put_text(sheet, line, place, str(value), style)


def _kind(dtype: pl.DataType, column: str) -> str:
    if dtype.is_float():
        return SHARE if dutch.is_share(column) else RATE
    if dtype.is_integer():
        return WHOLE
    return DAY if dtype == pl.Date else TEXT


def _side(kind: str) -> str:
    return "right" if kind in NUMBERS else "left"


def _width(values: pl.Series, kind: str) -> int:
    """Characters that fit the values and every word of the header beside its filter."""
    heading = max((len(word) for word in values.name.split()), default=0) + ARROW
    content = WIDTHS.get(kind) or max((len(_spelled(value)) for value in values.unique()), default=0)
    return max(heading, content + 1, NARROWEST)


def _spelled(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value or "")
