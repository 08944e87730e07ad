"""The workbook: real types, charts of Excel's own, and nothing that runs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.reports.files import MARK, storable
from dashboard.reports.xlsx import OVERVIEW, as_xlsx
from tests.reports.sample_paper import DAY, PAPER, paper_with
from tests.workbooks import Read, Sheet, read

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def content() -> bytes:
    return as_xlsx(PAPER)


@pytest.fixture(scope="module")
def book(content: bytes) -> Read:
    return read(content)


@pytest.fixture
def schools(book: Read) -> Sheet:
    return book.sheets["Scholen"]


def test_a_sheet_for_every_table_after_one_that_tells_what_they_hold(book: Read) -> None:
    """In the order of the paper."""
    assert list(book.sheets) == [OVERVIEW, *(sheet.name for sheet in PAPER.sheets)]
    texts = [cell.value for cell in book.sheets[OVERVIEW].cells.values()]
    for sheet in PAPER.sheets:
        assert sheet.name in texts
        assert sheet.note in texts
    assert {PAPER.title, PAPER.subtitle, PAPER.organisation} <= set(texts)
    assert any(PAPER.snapshot in str(text) for text in texts)


def test_cells_have_real_types(schools: Sheet) -> None:
    """Numbers, percentages and days; no value is an empty cell, and a formula is a text."""
    assert [cell.value for name, cell in schools.cells.items() if re.fullmatch(r"[A-E]3", name)] == [
        "School",
        "Dekking",
        "Meldingen",
        "Laatste levering",
        "Volledig",
    ]
    assert schools.column("A", 4) == ["School <Noord>", "Zuid & West", "=1+1"]
    assert schools.column("B", 4) == [0.9996, 0.5, None]
    assert schools.cells["B4"].format.endswith("0%")
    assert schools.column("C", 4) == [1200, 0, 3]
    assert schools.cells["D4"].day == date(2026, 11, 2)
    assert schools.column("E", 4) == ["ja", "nee", None]
    assert schools.cells["A1"].value == "Een rij per school. =geen formule"
    assert "<f>" not in schools.xml


def test_the_header_stays_in_sight(schools: Sheet) -> None:
    """Bold, with filters, frozen with all above it, and on every page of paper."""
    assert schools.cells["A3"].bold
    assert '<autoFilter ref="A3:E6"/>' in schools.xml
    assert 'ySplit="3"' in schools.xml


def charts(book: Read) -> dict[str, ET.Element]:
    return {name: ET.fromstring(part) for name, part in book.parts.items() if "charts/chart" in name}


def test_charts_are_drawn_from_the_cells(book: Read) -> None:
    """So that they change when somebody changes a cell. Where there are no rows, there is no chart."""
    drawn = list(charts(book).values())
    assert len(drawn) == 2
    bars, lines = drawn
    assert [entry.text for entry in bars.iter(f"{C}f")] == ["Scholen!$B$3", "Scholen!$A$4:$A$6", "Scholen!$B$4:$B$6"]
    assert [entry.text for entry in lines.iter(f"{C}f")] == [
        "'Door de tijd'!$C$3",
        "'Door de tijd'!$D$4:$D$6",
        "'Door de tijd'!$C$4:$C$6",
        "'Door de tijd'!$B$3",
        "'Door de tijd'!$D$4:$D$6",
        "'Door de tijd'!$B$4:$B$6",
    ]
    assert bars.find(f".//{C}barChart") is not None
    assert lines.find(f".//{C}lineChart") is not None


def test_every_chart_says_what_it_shows(book: Read) -> None:
    """For who can't see it: a title and where the numbers are."""
    said = [
        text
        for name, part in book.parts.items()
        if "drawings/drawing" in name and name.endswith(".xml")
        for text in re.findall(r'descr="([^"]*)"', part)
    ]
    assert said == [
        "Staafdiagram: Dekking &lt;1&gt;. Getoond: Dekking (kolom B), per School (kolom A).",
        "Lijndiagram: Meldingen. Getoond: Meldingen (kolom C) en Dekking (kolom B), per Laatste levering (kolom D).",
    ]


def test_shares_run_from_nothing_to_all(book: Read) -> None:
    """And every axis of numbers starts at zero."""
    bars, lines = charts(book).values()
    ends = [
        {
            name: float(found.attrib["val"])
            for name in ("min", "max")
            if (found := axis.find(f"{C}scaling/{C}{name}")) is not None
        }
        for drawing in (bars, lines)
        for axis in drawing.iter(f"{C}valAx")
    ]
    assert ends == [{"min": 0, "max": 1}, {"min": 0}]


def test_properties_tell_what_it_is(book: Read) -> None:
    """Whose, from when, of which snapshot, and on every page of paper too."""
    assert MARK in book.parts["docProps/custom.xml"]
    assert PAPER.snapshot in book.parts["docProps/custom.xml"]
    assert f"{DAY}T00:00:00Z" in book.parts["docProps/core.xml"]
    assert all(PAPER.snapshot in sheet.xml for sheet in book.sheets.values())
    assert "verzonnen" in str([cell.value for cell in book.sheets[OVERVIEW].cells.values()])


def test_only_a_demo_says_so() -> None:
    real = read(as_xlsx(replace(PAPER, demo=False)))
    assert not [name for name, part in real.parts.items() if re.search("verzonnen|Demo", part)]


def test_same_paper_same_bytes(content: bytes) -> None:
    """Whenever it is made."""
    assert as_xlsx(PAPER) == content


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=20))
@example("=1+1<&>\x00")
@example("@SUM(A1)</v></c>")
def test_every_text_stands_there_as_it_is(text: str) -> None:
    """Whatever somebody named a school: nothing of it is a formula, a link or markup."""
    made = read(as_xlsx(paper_with(text)))
    sheet = made.sheets["Blad"]
    assert "<f>" not in sheet.xml
    assert "<hyperlink" not in sheet.xml
    assert storable(str(sheet.cells["A1"].value)) in {storable(f"{text}5"), storable(f"{text}5 ")}
