"""The whole dossier as Word, Excel and HTML: nothing is lost on the way, with figures and without any."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import polars as pl
import pytest

from dashboard import dutch
from dashboard.registry import load_registry
from dashboard.reports import WRITERS
from dashboard.reports.content import Block, Bullets, Dossier, Facts, Field, Grid, Paragraph, Picture
from dashboard.reports.docx import as_docx
from dashboard.reports.dossier import make_dossier
from dashboard.reports.files import front
from dashboard.reports.html import as_html
from dashboard.reports.xlsx import as_xlsx
from dashboard.settings import Settings
from tests.reports.figures import store
from tests.reports.sample_paper import sections
from tests.reports.test_docx import W, parts, style_of, text_of
from tests.reports.test_dossier import ABOUT, nothing
from tests.reports.test_html import read as read_page
from tests.workbooks import read as read_book


@pytest.fixture(scope="module", params=["figures", "nothing"])
def dossier(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The dossier of a hand-made store, and that of a snapshot in which there is no table yet."""
    registry = load_registry(Settings().registry)
    ask = nothing if request.param == "nothing" else store(tmp_path_factory.mktemp("papers") / "store", registry)
    return make_dossier(ask, registry, ABOUT)


def cells(grid: Grid) -> list[str]:
    frame = grid.frame
    written = [
        dutch.written(value, name) for row in frame.iter_rows() for value, name in zip(row, frame.columns, strict=True)
    ]
    return [*frame.columns, *written]


def said(block: Block) -> list[str]:
    """What every paper has to say of a block, in order."""
    match block:
        case Paragraph():
            return [block.text]
        case Bullets():
            return list(block.items)
        case Facts():
            return [text for row in block.rows for text in row if text]
        case Picture():
            return [block.chart.title, block.chart.subtitle]
        case Grid():
            return [block.caption, *cells(block), block.note]
        case Field():
            return []


def everything(dossier: Dossier) -> Iterator[str]:
    """Every text of a dossier, in reading order."""
    yield from (dossier.title, dossier.subtitle)
    for row in front(dossier):
        yield from row
    for _, section in sections(dossier):
        yield section.title
        for block in section.blocks:
            yield from said(block)


def missing(dossier: Dossier, text: str) -> list[str]:
    """The texts of the dossier that a text doesn't hold in their order."""
    seen, place, lost = re.sub(r"\s+", "", text), 0, []
    for wanted in everything(dossier):
        squeezed = re.sub(r"\s+", "", wanted)
        found = seen.find(squeezed, place)
        if found < 0:
            lost.append(wanted)
        else:
            place = found + len(squeezed)
    return lost


def test_word_says_everything_in_order(dossier: Dossier) -> None:
    """The list of contents left aside."""
    body = parts(as_docx(dossier))["word/document.xml"]
    text = "".join(text_of(entry) for entry in body.iter(f"{W}p") if not style_of(entry).startswith("toc"))
    assert missing(dossier, text) == []


def test_word_has_a_place_to_fill_in_for_every_article(dossier: Dossier) -> None:
    """A finding and an advice each, and who has seen it."""
    body = parts(as_docx(dossier))["word/document.xml"]
    names = [entry.attrib[f"{W}val"] for entry in body.iter(f"{W}alias")]
    wanted = [
        f"{block.label}: {section.title}"[:64]
        for _, section in sections(dossier)
        for block in section.blocks
        if isinstance(block, Field)
    ]
    assert names == wanted
    articles = load_registry(Settings().registry).articles
    assert sum(name.startswith("Bevinding") for name in names) == len(articles)
    assert sum(name.startswith("Advies") for name in names) == len(articles)


def test_the_page_says_everything_in_order(dossier: Dossier) -> None:
    """The list of contents left aside; headings go one level deeper at a time."""
    page = read_page(as_html(dossier))
    text = "".join(page.all(part)[0].text for part in ("header", "main"))
    assert missing(dossier, text) == []
    levels = [int(entry.tag[1]) for entry in page.all("main")[0].all("h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 2
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_knows_every_colour_in_the_dark(dossier: Dossier) -> None:
    """No part of a chart keeps the colour that it has on white paper."""
    content = as_html(dossier).decode()
    dark = content[content.index("@media screen and") : content.index("</style>")]
    drawn = set(re.findall(r'\b(fill|stroke)="(#\w+)"', content))
    assert drawn == set(re.findall(r'\[(\w+)="(#\w+)"\]', dark))


def test_the_workbook_holds_every_value(dossier: Dossier) -> None:
    """Numbers as numbers and days as days, whatever the column is called."""
    book = read_book(as_xlsx(dossier))
    for content in dossier.sheets:
        sheet = book.sheets[content.name]
        rows = sheet.rows(4)
        assert len(rows) == content.frame.height
        for column, name in enumerate(content.frame.columns):
            kind = content.frame.schema[name]
            for row, value in zip(rows, content.frame[name], strict=True):
                if kind.is_numeric():
                    assert row[column] == (None if value is None else pytest.approx(value))
                elif kind == pl.Date:
                    assert isinstance(row[column], float | None)
                elif value is not None:
                    assert isinstance(row[column], str)


@pytest.mark.parametrize("form", WRITERS)
def test_the_same_dossier_is_the_same_bytes(dossier: Dossier, form: str) -> None:
    """And small enough to send."""
    first = WRITERS[form](dossier)
    assert first == WRITERS[form](dossier)
    assert len(first) < 2**20
