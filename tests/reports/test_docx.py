"""The Word document: its structure, its language, its places to fill in, and every text as it is."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard import dutch
from dashboard.reports.content import Field, Grid, Picture
from dashboard.reports.docx import CONTENTS_DEPTH, as_docx
from dashboard.reports.files import MARK, storable
from tests.reports.sample_paper import CLOCK, PAPER, blocks, paper_with, sections

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@pytest.fixture(scope="module")
def content() -> bytes:
    return as_docx(PAPER)


def parts(content: bytes) -> dict[str, ET.Element]:
    """Every XML part of a document."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: ET.fromstring(archive.read(name)) for name in names}


@pytest.fixture(scope="module")
def body(content: bytes) -> ET.Element:
    found = parts(content)["word/document.xml"].find(f"{W}body")
    assert found is not None
    return found


def text_of(part: ET.Element) -> str:
    """What a reader sees of a part, tabs and line breaks included."""
    signs = {f"{W}tab": "\t", f"{W}br": "\n"}
    inside = (entry for entry in part.iter() if entry.tag == f"{W}t" or entry.tag in signs)
    return "".join(signs.get(entry.tag, entry.text or "") for entry in inside)


def style_of(paragraph: ET.Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.attrib[f"{W}val"]


def value(part: ET.Element | None) -> str:
    assert part is not None
    return part.attrib[f"{W}val"]


def test_every_section_is_a_real_heading_of_its_level(body: ET.Element) -> None:
    """The navigation of Word, and of a screen reader, shows the paper's own outline."""
    found = [(style_of(entry), text_of(entry)) for entry in body.iter(f"{W}p") if style_of(entry).startswith("Heading")]
    assert found == [(f"Heading{depth}", section.title) for depth, section in sections(PAPER)]


def test_headings_are_those_that_word_knows(content: bytes) -> None:
    """Word finds headings by the names of its own styles."""
    names = {style.style_id: style.name for style in Document(io.BytesIO(content)).styles}
    assert [names[f"Heading{level}"] for level in (1, 2, 3, 4)] == [f"Heading {level}" for level in (1, 2, 3, 4)]
    used = {style_of(entry) for entry in parts(content)["word/document.xml"].iter(f"{W}p")} - {""}
    assert used <= names.keys()


def test_every_table_has_a_header_that_comes_back(body: ET.Element) -> None:
    """And only its first row is one."""
    tables = list(body.iter(f"{W}tbl"))
    assert len(tables) == 4
    for table in tables:
        headers = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
        assert headers == [True, *[False] * (len(headers) - 1)]
        assert value(table.find(f"{W}tblPr/{W}tblCaption"))


def test_a_table_holds_what_the_paper_holds(body: ET.Element) -> None:
    """Cell by cell, as Dutch readers write it; numbers to the right."""
    tables = {value(table.find(f"{W}tblPr/{W}tblCaption")): table for table in body.iter(f"{W}tbl")}
    for grid in blocks(PAPER, Grid):
        assert isinstance(grid, Grid)
        rows = [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in tables[grid.caption].iter(f"{W}tr")]
        wanted = [
            [dutch.written(cell, name) for name, cell in zip(grid.frame.columns, row, strict=True)]
            for row in grid.frame.iter_rows()
        ]
        assert rows == [grid.frame.columns, *wanted]
    sides = [cell.find(f".//{W}jc") is not None for cell in next(tables["Per school"].iter(f"{W}tr")).iter(f"{W}tc")]
    assert sides == [False, True, True, False, False]


def test_columns_share_the_width_of_the_page(body: ET.Element) -> None:
    """No table runs off the paper."""
    for table in body.iter(f"{W}tbl"):
        widths = [int(column.attrib[f"{W}w"]) for column in table.iter(f"{W}gridCol")]
        assert sum(widths) <= 9300
        assert min(widths) > 400


def test_every_picture_has_its_words(body: ET.Element) -> None:
    """A title and what it shows, for who can't see it; names and numbers tell pictures apart."""
    drawn = list(body.iter(f"{WP}docPr"))
    wanted = [block for block in blocks(PAPER, Picture) if isinstance(block, Picture)]
    assert [(entry.attrib["name"], entry.attrib["title"], entry.attrib["descr"]) for entry in drawn] == [
        (block.name, block.chart.title, block.chart.summary) for block in wanted
    ]
    assert len({entry.attrib["id"] for entry in drawn}) == len(drawn)
    for inline in body.iter(f"{WP}inline"):
        assert [inline.attrib[f"dist{side}"] for side in "TBLR"] == ["0"] * 4, "stands where the text does"


def test_every_empty_place_can_be_filled_in(body: ET.Element) -> None:
    """A control of Word with its name and its article, that shows a hint until somebody writes."""
    wanted = [
        f"{block.label}: {section.title}"
        for _, section in sections(PAPER)
        for block in section.blocks
        if isinstance(block, Field)
    ]
    controls = list(body.iter(f"{W}sdt"))
    assert [value(control.find(f"{W}sdtPr/{W}alias")) for control in controls] == wanted
    for name in ("tag", "id"):
        assert len({value(control.find(f"{W}sdtPr/{W}{name}")) for control in controls}) == len(controls)
    for control in controls:
        assert control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
        assert control.find(f"{W}sdtPr/{W}lock") is None
        assert text_of(control)


def test_everything_is_dutch(content: bytes) -> None:
    """Word checks the spelling in Dutch, and a screen reader speaks it."""
    found = parts(content)
    languages = {
        entry.attrib[f"{W}val"]
        for part in found.values()
        for name in ("lang", "themeFontLang")
        for entry in part.iter(f"{W}{name}")
    }
    assert languages == {"nl-NL"}
    assert Document(io.BytesIO(content)).core_properties.language == "nl-NL"


def test_every_link_leads_somewhere(body: ET.Element) -> None:
    """The contents name every section down to their depth; marks have names that Word allows."""
    marks = [entry.attrib[f"{W}name"] for entry in body.iter(f"{W}bookmarkStart")]
    links = [entry.attrib[f"{W}anchor"] for entry in body.iter(f"{W}hyperlink")]
    assert len(set(marks)) == len(marks)
    assert set(links) <= set(marks)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", mark, re.ASCII) for mark in marks)
    contents = [text_of(entry) for entry in body.iter(f"{W}p") if style_of(entry).startswith("toc")]
    assert contents == [section.title for depth, section in sections(PAPER) if depth <= CONTENTS_DEPTH]


def test_fields_of_word_are_whole(content: bytes) -> None:
    """Every one begins, has a result and ends."""
    for part in parts(content).values():
        kinds = [entry.attrib[f"{W}fldCharType"] for entry in part.iter(f"{W}fldChar")]
        assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)


def test_every_page_is_numbered_and_names_its_snapshot(content: bytes) -> None:
    """On the first page too."""
    feet = {name: part for name, part in parts(content).items() if "footer" in name and name.endswith(".xml")}
    assert len(feet) == 2
    for foot in feet.values():
        assert text_of(foot).endswith("\tPagina 1 van 1")
        assert PAPER.snapshot in text_of(foot)
        assert [entry.text for entry in foot.iter(f"{W}instrText")] == [" PAGE ", " NUMPAGES "]


def test_demo_says_so(body: ET.Element) -> None:
    """And only a demo does."""
    assert "verzonnen" in text_of(body)
    real = parts(as_docx(replace(PAPER, demo=False)))
    assert not [name for name, part in real.items() if re.search("verzonnen|Demo", text_of(part))]


def test_properties_tell_what_it_is(content: bytes) -> None:
    """Whose it is, from when, of which snapshot; nothing of who or what made it."""
    known = Document(io.BytesIO(content)).core_properties
    assert (known.title, known.author, known.identifier) == (PAPER.title, PAPER.organisation, PAPER.snapshot)
    assert known.category == MARK
    assert known.created == known.modified
    assert known.created is not None
    assert known.created.date() == PAPER.day
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "thumbnail" in name]
        assert all(part.date_time == (1980, 1, 1, 0, 0, 0) for part in archive.infolist())


def test_same_paper_same_bytes(content: bytes) -> None:
    """And another day is another file."""
    assert as_docx(PAPER) == content
    assert as_docx(replace(PAPER, day=date(2026, 11, 21))) != content


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=20))
@example("<w:t>&amp;\x00\x0b\ufffe]]>")
@example(" spaties \t en\nregels ")
def test_every_text_stands_there_as_it_is(text: str) -> None:
    """Whatever somebody named a school: nothing of it is read as anything but text."""
    found = parts(as_docx(paper_with(text)))
    body = found["word/document.xml"]
    seen = text_of(body)
    for sign in "12pbnvxtsgokcf4":
        assert storable(f"{text}{sign}").replace("\r\n", "\n").replace("\r", "\n") in seen
    assert body.find(f".//{WP}docPr") is not None
    said = next(body.iter(f"{WP}docPr")).attrib["descr"]
    assert re.sub(r"\s", " ", said) == re.sub(r"\s", " ", storable(f"{text}a"))
    assert len(list(body.iter(f"{W}tbl"))) == 2


def test_a_chart_is_drawn_once_for_every_paper(body: ET.Element) -> None:
    """Its words are those of the screen."""
    paragraphs = [text_of(entry) for entry in body.iter(f"{W}p")]
    assert CLOCK.title in paragraphs
    assert CLOCK.subtitle in paragraphs
