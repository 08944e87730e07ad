"""A dossier as a workbook: a sheet for every table, with real types and charts that Excel draws itself."""

from typing import Any, Final

import polars as pl
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from dashboard import dutch
from dashboard.charts.theme import PALETTES
from dashboard.indicators import shown
from dashboard.reports.content import Dossier, Sheet, SheetChart
from dashboard.reports.files import DEMO, MARK, footer, front, storable
from dashboard.workbooks import About, Book, print_on_a4, put_rows, put_table, put_text

OVERVIEW: Final = "Over dit bestand"
INTRODUCTION: Final = (
    "Elk tabblad hierna is een tabel met echte getallen en datums. Boven elke tabel staat wat erin staat.",
    "Een lege cel betekent: er is geen waarde. Dat is iets anders dan nul.",
)

TOP: Final = 2
"""The line of a sheet's header, first 0: above it stands what the table says."""

NAMES, READING = 30, 90
"""Characters of the columns with names and with sentences."""

CHART_WIDTH, CHART_HEIGHT, BAR, AROUND_BARS = 720, 380, 22, 140
"""Pixels of a chart; of each bar in it, and of all that stands around the bars."""

BESIDE_CHART: Final = 14
"""Columns right of a table that its chart may cover."""

LIGHT: Final = PALETTES["light"]
COLOURS: Final = (LIGHT.subject, LIGHT.second, LIGHT.context, LIGHT.ink)
DASHES: Final = ("solid", "dash", "round_dot", "long_dash_dot")
"""Lines are told apart without colour."""

PLAIN: Final = {"bold": False}

KINDS: Final = {"bar": "Staafdiagram", "line": "Lijndiagram"}


def as_xlsx(dossier: Dossier) -> bytes:
    """The dossier's tables as a workbook; its first sheet tells what the others hold.

    The same dossier is the same bytes.
    """
    note = f"{DEMO} {footer(dossier)}" if dossier.demo else footer(dossier)
    book = Book(About(storable(dossier.title)[:255], dossier.day, note, {MARK: dossier.snapshot}))
    _overview(book, dossier)
    for sheet in dossier.sheets:
        _put_sheet(book, sheet, footer(dossier))
    return book.content()


def _overview(book: Book, dossier: Dossier) -> None:
    """What it is, from when, and a line for every sheet."""
    sheet = book.sheet(OVERVIEW)
    bold = book.style(bold=True, text_wrap=True, valign="top")
    plain = book.style(text_wrap=True, valign="top")
    put_text(sheet, 0, 0, dossier.title, book.style(bold=True, font_size=14))
    put_text(sheet, 1, 0, dossier.subtitle, book.style())
    line = 3
    for name, value in front(dossier):
        put_text(sheet, line, 0, name, bold)
        put_text(sheet, line, 1, value, plain)
        line += 1
    for text in (*([DEMO] if dossier.demo else []), *INTRODUCTION, *dossier.remarks):
        put_text(sheet, line, 1, text, plain)
        line += 1
    listed = pl.DataFrame(
        [(entry.name, _note(entry), entry.frame.height) for entry in dossier.sheets],
        schema={"Tabblad": pl.String, "Wat erin staat": pl.String, "Rijen": pl.Int64},
        orient="row",
    )
    put_rows(book, sheet, listed, top=line + 1, widest=READING)
    sheet.set_column(0, 0, NAMES)
    sheet.set_column(1, 1, READING)
    print_on_a4(sheet, footer(dossier), title=dossier.title, landscape=True)


def _put_sheet(book: Book, content: Sheet, below: str) -> None:
    sheet = book.sheet(content.name)
    put_text(sheet, 0, 0, content.note, book.style(valign="top"))
    rest, gone = shown.parted(content.frame)
    marks = {(row, name): shown.MARK for row, names in enumerate(gone) for name in names}
    put_table(book, sheet, rest, top=TOP, instead=marks)
    if gone:
        line = TOP + rest.height + 2
        put_text(sheet, line, 0, f"{shown.EXPLAINED}.", book.style(italic=True))
        sheet.print_area(0, 0, line, rest.width - 1)
    if content.chart is not None and content.frame.height:
        _put_chart(book, sheet, content, content.chart)
    print_on_a4(sheet, below, title=content.name, landscape=True)


def _note(content: Sheet) -> str:
    """What the table says, and what its mark means where something is hidden."""
    return f"{content.note} {shown.EXPLAINED}." if shown.any_hidden(content.frame) else content.note


def _put_chart(book: Book, sheet: Worksheet, content: Sheet, wanted: SheetChart) -> None:
    """Draw a chart beside the table, from the table's own cells."""
    chart, (rest, _) = book.chart(wanted.kind), shown.parted(content.frame)
    places = _places(book, sheet, content, wanted)
    first, last = TOP + 1, TOP + content.frame.height
    category = content.frame.columns.index(wanted.category)
    for turn, column in enumerate(places):
        chart.add_series(
            {
                "name": [sheet.name, TOP, column],
                "categories": [sheet.name, first, category, last, category],
                "values": [sheet.name, first, column, last, column],
                **_drawn(wanted.kind, turn),
            }
        )
    chart.set_title({"name": wanted.title, "name_font": {"size": 12, "bold": True}, "overlay": False})
    level, upright = (_values, _categories) if wanted.kind == "bar" else (_categories, _values)
    chart.set_x_axis(level(wanted))
    chart.set_y_axis(upright(wanted))
    chart.set_legend({"position": "bottom"} if len(wanted.values) > 1 else {"none": True})
    chart.show_blanks_as("gap")
    if shown.any_hidden(content.frame, *wanted.values):
        chart.show_hidden_data()
    height = AROUND_BARS + BAR * content.frame.height * len(wanted.values) if wanted.kind == "bar" else CHART_HEIGHT
    chart.set_size({"width": CHART_WIDTH, "height": height})
    sheet.insert_chart(
        TOP,
        rest.width + 1,
        chart,
        {"description": _spoken(wanted, content.frame), "object_position": 3},
    )


def _places(book: Book, sheet: Worksheet, content: Sheet, wanted: SheetChart) -> list[int]:
    """The columns that are drawn. Excel draws a text as 0: beside an `x`, copies with a gap there, out of sight."""
    rest, _ = shown.parted(content.frame)
    if not shown.any_hidden(content.frame, *wanted.values):
        return [rest.columns.index(name) for name in wanted.values]
    first = rest.width + BESIDE_CHART
    for place, name in enumerate(wanted.values, start=first):
        put_text(sheet, TOP, place, name, book.style())
        for line, value in enumerate(rest[name], start=TOP + 1):
            if value is not None:
                sheet.write_number(line, place, value)
    sheet.set_column(first, first + len(wanted.values) - 1, None, None, {"hidden": True})
    return list(range(first, first + len(wanted.values)))


def _drawn(kind: str, turn: int) -> dict[str, Any]:
    """Colour and, for a line, dash and mark of a series; after four colours the dashes shift."""
    colour = COLOURS[turn % len(COLOURS)]
    if kind == "bar":
        return {"fill": {"color": colour}, "gap": 60}
    line = {"color": colour, "width": 2.25, "dash_type": DASHES[(turn + turn // len(COLOURS)) % len(DASHES)]}
    return {
        "line": line,
        "marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}},
    }


def _categories(wanted: SheetChart) -> dict[str, Any]:
    """The axis along which the rows stand; lying bars in the order of the table, the first on top."""
    lying = {"reverse": True, "crossing": "max"} if wanted.kind == "bar" else {"num_format": "mm-yyyy"}
    return {"name": wanted.category, "name_font": PLAIN, "line": {"color": LIGHT.context}, **lying}


def _values(wanted: SheetChart) -> dict[str, Any]:
    """The axis of numbers, from zero; shares up to all."""
    is_share = all(dutch.is_share(name) for name in wanted.values)
    to_all = {"max": 1, "num_format": "0%"} if is_share else {}
    name = {"name": wanted.values[0], "name_font": PLAIN} if len(wanted.values) == 1 else {}
    grid = {"visible": True, "line": {"color": LIGHT.faint}}
    return {"min": 0, "major_gridlines": grid, "line": {"none": True}, **to_all, **name}


def _spoken(wanted: SheetChart, frame: pl.DataFrame) -> str:
    """The chart in words, for who can't see it."""
    letters = {name: xl_col_to_name(place) for place, name in enumerate(frame.columns)}
    drawn = dutch.listed([f"{name} (kolom {letters[name]})" for name in wanted.values])
    along = f"{wanted.category} (kolom {letters[wanted.category]})"
    gap = f" Een gat in de grafiek: {shown.HOVER}." if shown.any_hidden(frame, *wanted.values) else ""
    return f"{KINDS[wanted.kind]}: {wanted.title}. Getoond: {drawn}, per {along}.{gap}"
