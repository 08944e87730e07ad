"""The whole dossier as PDF: nothing is lost on the way to paper, and a screen reader is told all of it."""

import re
import time
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from itertools import pairwise
from typing import Any, Final

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from dashboard import dutch
from dashboard.charts.drawing import svg
from dashboard.registry import load_registry
from dashboard.reports import pdf
from dashboard.reports.content import Block, Bullets, Dossier, Facts, Field, Grid, Paragraph, Picture, Section
from dashboard.reports.dossier import make_dossier
from dashboard.reports.files import DEMO, footer
from dashboard.settings import Settings
from tests.reports.figures import store
from tests.reports.test_dossier import ABOUT
from tests.reports.test_pdf import bookmarks, elements, fonts, kinds, squeezed

SECONDS: Final = 3
"""The dossier of the demo takes no longer on one processor."""

WRITING: Final = {b"Tj", b"TJ", b"'", b'"'}
"""What puts letters on a page."""


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    registry = load_registry(Settings().registry)
    return make_dossier(store(tmp_path_factory.mktemp("pdf") / "store", registry), registry, ABOUT)


@pytest.fixture(scope="module")
def content(dossier: Dossier) -> bytes:
    return pdf.as_pdf(dossier)


@pytest.fixture(scope="module")
def reader(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content), strict=True)


@pytest.fixture(scope="module")
def text(reader: PdfReader, dossier: Dossier) -> str:
    """What stands on the pages after the first, without what is around them, and without spaces."""
    around = [squeezed(DEMO), squeezed(footer(dossier)), *(_number(page, reader) for page in reader.pages)]
    pages = [squeezed(page.extract_text()) for page in reader.pages[1:]]
    for words in around:
        pages = [page.replace(words, "") for page in pages]
    return "".join(pages)


def _number(page: PageObject, reader: PdfReader) -> str:
    return squeezed(f"Pagina {(page.page_number or 0) + 1} van {len(reader.pages)}")


def said(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield section.title
        for block in section.blocks:
            yield from words(block)
        yield from said(section.parts)


def words(block: Block) -> list[str]:
    """What a reader of the paper reads of a block, in order."""
    match block:
        case Paragraph():
            return [block.text]
        case Bullets():
            return list(block.items)
        case Facts():
            return [text for row in block.rows for text in row]
        case Picture():
            return [block.chart.title, block.chart.subtitle]
        case Grid():
            cells = [
                dutch.written(value, name)
                for row in block.frame.iter_rows()
                for value, name in zip(row, block.frame.columns, strict=True)
            ]
            return [block.caption, *block.frame.columns, *cells, block.note]
        case Field():
            return []


def blocks(sections: tuple[Section, ...]) -> Iterator[Block]:
    for section in sections:
        yield from section.blocks
        yield from blocks(section.parts)


def test_everything_is_said_in_order(text: str, dossier: Dossier) -> None:
    place = 0
    for part in said(dossier.sections):
        found = text.find(squeezed(part), place)
        assert found >= 0, f"{part!r} after {text[place - 80 : place]!r}"
        place = found + len(squeezed(part))


def test_every_word_of_every_drawing_is_on_paper(text: str, dossier: Dossier) -> None:
    pictures = [block.chart for block in blocks(dossier.sections) if isinstance(block, Picture)]
    assert pictures
    for chart in pictures:
        written = re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", svg(chart))
        assert written
        for part in written:
            assert squeezed(unescape(part)) in text, chart.title


def test_every_picture_is_told(reader: PdfReader, dossier: Dossier) -> None:
    summaries = [block.chart.summary for block in blocks(dossier.sections) if isinstance(block, Picture)]
    told = [element["/Alt"] for element in elements(reader) if element["/S"] == "/Figure"]
    assert told == summaries


def test_pictures_are_drawn_not_photographed(reader: PdfReader) -> None:
    assert not any(page.images for page in reader.pages)


def test_words_of_drawings_are_in_our_font_too(reader: PdfReader) -> None:
    assert {name.split("+")[-1].removesuffix("-Identity-H") for name in fonts(reader)} == {
        "SourceSans3-Regular",
        "SourceSans3-Semibold",
    }


def test_every_table_has_its_headers_and_cells(reader: PdfReader, dossier: Dossier) -> None:
    grids = [block.frame for block in blocks(dossier.sections) if isinstance(block, Grid)]
    found = kinds(reader)
    assert grids
    assert found.count("/Table") == len(grids)
    assert found.count("/TH") == sum(grid.width for grid in grids)
    assert found.count("/TD") == sum(grid.width * grid.height for grid in grids)


def test_summary_is_one_page(reader: PdfReader, dossier: Dossier) -> None:
    tops = [page for _, depth, page in bookmarks(reader) if depth == 1]
    titles = [title for title, depth, _ in bookmarks(reader) if depth == 1]
    place = titles.index("Samenvatting")
    assert tops[place] == tops[place - 1] + 1
    assert tops[place + 1] == tops[place] + 1
    assert dossier.sections[1].title == "Samenvatting"


def test_every_section_is_a_bookmark(reader: PdfReader, dossier: Dossier) -> None:
    def titles(sections: tuple[Section, ...], depth: int) -> Iterator[tuple[str, int]]:
        for section in sections:
            yield section.title, depth
            yield from titles(section.parts, depth + 1)

    assert [entry[:2] for entry in bookmarks(reader)] == [("Inhoud", 1), *titles(dossier.sections, 1)]


def test_front_and_contents_fit_on_one_page(reader: PdfReader) -> None:
    assert "Inhoud" in reader.pages[0].extract_text()
    assert min(page for title, _, page in bookmarks(reader) if title != "Inhoud") == 2


def test_headings_never_skip_a_level(reader: PdfReader) -> None:
    levels = [int(kind[2:]) for kind in kinds(reader) if re.fullmatch(r"/H\d", kind)]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_link_says_where_it_leads(reader: PdfReader) -> None:
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert links
    assert all(link["/Contents"] and "/StructParent" in link for link in links)


def test_all_that_is_written_is_tagged_or_told_to_be_ornament(reader: PdfReader) -> None:
    for page in reader.pages:
        assert str(page["/Tabs"]) == "/S"
        assert "/StructParents" in page
        assert not list(_untagged(page, reader)), f"page {page.page_number}"


def _untagged(page: PageObject, reader: PdfReader) -> Iterator[Any]:
    """Letters and drawings outside any tag and any ornament."""
    depth = 0
    stream = ContentStream(page.get_contents(), reader)
    for operands, operator in stream.operations:
        if operator in {b"BDC", b"BMC"}:
            depth += 1
        elif operator == b"EMC":
            depth -= 1
        elif operator in WRITING | {b"Do"} and not depth:
            yield operands


def test_same_dossier_is_the_same_bytes_and_quick(dossier: Dossier, content: bytes) -> None:
    pdf._fonts.cache_clear()
    start = time.process_time()
    assert pdf.as_pdf(dossier) == content
    assert time.process_time() - start < SECONDS
