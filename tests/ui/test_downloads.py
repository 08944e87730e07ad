"""Files to take along open well in a Dutch spreadsheet and do nothing there."""

import csv
import io
import re
import time
from dataclasses import replace
from datetime import date

import fastexcel
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import dutch
from dashboard.figures import DANGEROUS
from dashboard.ui.downloads import csv_file, file_name, workbook_file
from dashboard.ui.filters import View
from dashboard.workbooks import About, Book, sheet_name
from tests.workbooks import Read, Sheet, read

patient = settings(deadline=None)


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_dutch_types() -> None:
    """Decimal commas in full, dates as they sort, truth as words, no value as nothing."""
    frame = pl.DataFrame(
        {
            "School": ["Oost", "West; de tweede"],
            "Dekking": [1 / 3, None],
            "Leerlingen": [1200, 0],
            "Dag": [date(2026, 11, 22), None],
            "Aangeleverd": [True, False],
        }
    )
    content = csv_file(frame)
    assert content.startswith(b"\xef\xbb\xbf")
    assert _rows(content) == [
        ["School", "Dekking", "Leerlingen", "Dag", "Aangeleverd"],
        ["Oost", "0,3333333333333333", "1200", "2026-11-22", "ja"],
        ["West; de tweede", "", "0", "", "nee"],
    ]


@pytest.mark.parametrize("start", DANGEROUS)
def test_formulas_are_text(start: str) -> None:
    """Whatever a spreadsheet would take for a formula gets an apostrophe, also behind blanks."""
    for text in (f"{start}1+1", f"  {start}cmd"):
        assert _rows(csv_file(pl.DataFrame({"naam": [text]})))[1][0].startswith("'")


def test_a_column_is_named_after_data_without_running_it() -> None:
    """A header is text like any other."""
    assert _rows(csv_file(pl.DataFrame({"=1+1": ["a"]})))[0] == ["'=1+1"]


@patient
@given(st.text())
def test_no_cell_starts_a_formula(text: str) -> None:
    """No text at all leaves a cell that starts with a formula sign: the page's files and the others hold one rule."""
    (cell,) = _rows(csv_file(pl.DataFrame({"a": [text]})))[1]
    assert not cell.lstrip(" ").startswith(tuple(DANGEROUS))


def test_negative_numbers_stay_numbers() -> None:
    """The guard is for texts: a number below zero is no formula."""
    assert _rows(csv_file(pl.DataFrame({"dagen": [-135], "verschil": [-0.5]})))[1] == ["-135", "-0,5"]


VIEW = View(
    snapshot="0123456789abcdef",
    day=date(2026, 11, 22),
    demo=False,
    audience="bestuur",
    today=date(2026, 11, 23),
    theme="light",
)


def _workbook(frame: pl.DataFrame, view: View = VIEW) -> Read:
    return read(workbook_file(frame, "Dekking per school", "toestemming_scholen", view))


def _sheet(frame: pl.DataFrame) -> Sheet:
    (sheet,) = _workbook(frame).sheets.values()
    return sheet


def test_a_workbook_has_real_types() -> None:
    """Numbers, shares and days are numbers with a Dutch-friendly format, truth is a word, no value an empty cell."""
    frame = pl.DataFrame(
        {
            "School": ["Oost", None],
            "Dekking nu": [1 / 3, None],
            "Aandeel ja": [0.9996, 1.0],
            "Meldingen per 1.000": [3.44, 0.0],
            "Leerlingen": [1200, None],
            "Dag": [date(2026, 11, 22), None],
            "Aangeleverd": [True, False],
        }
    )
    sheet = _sheet(frame)
    assert [sheet.cells[f"{letter}2"].format for letter in "BCDEF"] == [
        *['[<0.9995]0.0%;[<1]"99,9%";0%'] * 2,
        "#,##0.0",
        "#,##0",
        "dd-mm-yyyy",
    ]
    assert [sheet.cells[f"{letter}2"].value for letter in "ABCDEG"] == ["Oost", 1 / 3, 0.9996, 3.44, 1200.0, "ja"]
    assert sheet.cells["F2"].day == date(2026, 11, 22)
    assert sheet.rows()[1] == [None, None, 1.0, 0.0, None, None, "nee"]
    head = [sheet.cells[f"{letter}1"] for letter in "ABCDEFG"]
    assert [cell.value for cell in head] == frame.columns
    assert all(cell.bold for cell in head)


def test_a_workbook_reads_back_as_it_was() -> None:
    """Another reader finds the types and, in full, the values."""
    frame = pl.DataFrame(
        {"School": ["Oost", "West"], "Dekking": [1 / 3, 0.1], "Leerlingen": [-7, 1200], "Dag": [date(2026, 11, 22)] * 2}
    )
    content = workbook_file(frame, "Dekking", "dekking", VIEW)
    back = fastexcel.read_excel(content).load_sheet(0).to_polars()
    assert back.with_columns(pl.col("Leerlingen").cast(pl.Int64)).equals(frame)


def test_the_header_stays_in_sight_and_filters() -> None:
    """The first line is frozen, repeated on paper and has filters over every row."""
    book = _workbook(pl.DataFrame({"School": ["Oost", "West"], "Leerlingen": [1, 2]}))
    (sheet,) = book.sheets.values()
    assert 'ySplit="1"' in sheet.xml
    assert 'state="frozen"' in sheet.xml
    assert '<autoFilter ref="A1:B3"' in sheet.xml
    assert "$1:$1" in book.parts["xl/workbook.xml"]
    assert "Pagina &amp;P van &amp;N" in sheet.xml


def test_columns_fit_what_is_in_them() -> None:
    """A column is as wide as its widest value or the longest word of its header, within reason."""
    sheet = _sheet(pl.DataFrame({"A": ["x" * 200], "Zonder toestemming": [12], "Dekking": [0.5], "B": ["x" * 20]}))
    widths = [int(float(width)) for width in re.findall(r'<col [^>]*?width="([\d.]+)"', sheet.xml)]
    assert widths == [60, 14, 10, 21]
    assert [sheet.cells[f"{letter}2"].wraps for letter in "ABCD"] == [True, False, False, False]


@pytest.mark.parametrize("start", [*DANGEROUS, "<r>"])
def test_no_workbook_runs_anything(start: str) -> None:
    """What looks like a formula, a link or ready-made XML is a text: no formula, no link, and the text itself."""
    texts = [f"{start}1+1", f"  {start}cmd|' /C calc'!A0", "https://voorbeeld.nl", "007", "<r><t>x</t></r>"]
    book = _workbook(pl.DataFrame({f"{start}kop": texts}))
    (sheet,) = book.sheets.values()
    assert [str(value).strip() for value in sheet.column("A")] == [text.strip() for text in texts]
    assert {cell.format for cell in sheet.cells.values()} == {"@"}
    assert "<f>" not in sheet.xml
    assert "hyperlink" not in sheet.xml


@patient
@given(st.lists(st.text(), min_size=1, max_size=5), st.text(min_size=1))
def test_any_text_makes_a_sound_workbook(texts: list[str], heading: str) -> None:
    """No text at all breaks the file, is left out or becomes something else than a text."""
    (sheet,) = _workbook(pl.DataFrame({heading: texts})).sheets.values()
    assert "<f>" not in sheet.xml
    assert all(isinstance(cell.value, str | None) for cell in sheet.cells.values())
    assert sheet.cells["A1"].format == "@"


def test_a_workbook_says_where_it_comes_from() -> None:
    """The snapshot and its day stand in the properties and below every page; the demo says that it is one."""
    frame = pl.DataFrame({"a": [1]})
    real, demo = _workbook(frame), _workbook(frame, replace(VIEW, demo=True))
    for book in (real, demo):
        assert VIEW.snapshot in book.parts["docProps/custom.xml"]
        assert "2026-11-22T00:00:00Z" in book.parts["docProps/core.xml"]
        assert f"Momentopname {VIEW.snapshot}, stand van 22 november 2026" in book.parts["docProps/core.xml"]
        assert VIEW.snapshot in book.parts["xl/worksheets/sheet1.xml"]
    assert "Demogegevens" not in "".join(real.parts.values())
    assert "Demogegevens" in demo.parts["docProps/core.xml"]
    assert "Demogegevens" in demo.parts["xl/worksheets/sheet1.xml"]


def test_the_same_table_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made at another moment and in another time zone, a workbook is the same file."""
    frame = pl.DataFrame({"School": ["Oost"], "Dekking": [0.5], "Dag": [date(2026, 11, 22)]})
    first = workbook_file(frame, "Dekking", "dekking", VIEW)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    monkeypatch.setattr(time, "time", lambda: 2e9)
    second = workbook_file(frame, "Dekking", "dekking", VIEW)
    monkeypatch.undo()
    time.tzset()
    assert first == second


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("toestemming_scholen".replace("_", " "), "toestemming scholen"),
        ("[a]:b*c?d/e\\f", "a b c d e f"),
        ("'aangehaald'", "aangehaald"),
        ("x" * 40, "x" * 31),
        ("?", "Tabel"),
        ("History", "History 1"),
    ],
)
def test_names_of_sheets(text: str, name: str) -> None:
    """Whatever Excel refuses in the name of a sheet is left out."""
    assert sheet_name(text) == name


def test_sheets_of_one_name_are_told_apart() -> None:
    """Excel doesn't tell capitals apart; a number does."""
    book = Book(About("t", date(2026, 1, 1), "", {}))
    for text in ("Beeld", "beeld", "x" * 40, "x" * 50):
        book.sheet(text)
    assert list(read(book.content()).sheets) == ["Beeld", "beeld (2)", "x" * 31, "x" * 27 + " (2)"]


def test_a_file_is_named_after_its_snapshot() -> None:
    """Table, day and snapshot: two downloads of other figures never bear one name."""
    assert file_name("toestemming_scholen", VIEW, "xlsx") == "toestemming-scholen_2026-11-22_0123456789abcdef.xlsx"


@pytest.mark.parametrize("heading", ["Dekking", "Dekking nu", "Aandeel ja"])
def test_one_rule_tells_shares_from_rates(heading: str) -> None:
    """On screen and in a workbook a column is a percentage by its heading; in a CSV the fraction stands in full."""
    frame = pl.DataFrame({heading: [0.25]})
    assert dutch.written(0.25, heading) == "25\N{NO-BREAK SPACE}%"
    assert "%" in _sheet(frame).cells["A2"].format
    assert _rows(csv_file(frame))[1] == ["0,25"]
    assert dutch.written(0.25, f"Meldingen {heading}") == "0,2"
