"""A dossier as a Word document: the same paper, with places to fill in."""

import io
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, zip_longest
from typing import Any, Final

from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length

from dashboard import dutch
from dashboard.charts.drawing import svg
from dashboard.reports import docx_styles as look
from dashboard.reports.content import Block, Bullets, Dossier, Facts, Field, Grid, Paragraph, Picture, Section
from dashboard.reports.docx_styles import element, run
from dashboard.reports.files import DEMO, below_chart, fingerprint, front, linked, spelled, storable, timeless, titles
from dashboard.reports.pdf import picture

CONTENTS: Final = "Inhoud"
CONTENTS_DEPTH: Final = 2
EMPTY: Final = "Klik of tik hier om tekst in te vullen."

FACTS: Final = ("Gegeven", "Waarde", "Toelichting")
"""What stands above the columns of figures."""

LEAST, MOST = 6, 56
"""Letters that a column of a table gets room for at least and at most, before all share the width."""

LINE: Final = 96
"""Letters on a line of a table that is as wide as the page."""

SHORT: Final = 12
"""Letters of a text that stays on one line: a day, a number with its unit."""

BETWEEN: Final = 4
"""Letters of room between two columns, and for the wider letters of a font that stands in for ours."""

ROOM: Final = "140"
"""Twentieths of a point between a table and the words below it."""

CLOSE: Final = frozenset({"Normal", "ListBullet", look.LEAD, look.QUIET, look.SMALL})
"""The styles that have no room above them."""

TABLE, PARAGRAPH = qn("w:tbl"), qn("w:p")

NUMBERED: Final = 1000
"""The first number of what Word numbers and nobody sees."""


def as_docx(dossier: Dossier) -> bytes:
    """The dossier as a Word document: real headings, tables with headers, pictures with their text, empty fields.

    The same dossier is the same bytes.
    """
    paper = Document()
    look.prepare(paper, dossier)
    writing = _Writing(paper, titles(dossier.sections))
    writing.cover(dossier)
    writing.contents(dossier.sections)
    for place, section in enumerate(dossier.sections):
        # What goes before the first section has pages of its own.
        writing.section(section if place else replace(section, new_page=True), 1)
    paper.core_properties.version = fingerprint(paper.part.blob)
    target = io.BytesIO()
    paper.save(target)
    return timeless(target.getvalue())


@dataclass(slots=True)
class _Writing:
    """A document in the making: everything is written at its end."""

    paper: Paper
    titles: Mapping[str, str]
    """Anchor → title of every section."""
    numbers: "count[int]" = field(default_factory=lambda: count(NUMBERED))
    heading: str = ""
    """The title of the section that is being written."""
    more_to_fill_in: bool = False
    """Whether another empty place follows: those stay on one page."""

    def cover(self, dossier: Dossier) -> None:
        """What it is, for whom, and from when."""
        self.put(_paragraph("Title", run(dossier.title)))
        self.put(_paragraph("Subtitle", run(dossier.subtitle)))
        for name, value in front(dossier):
            self.put(_paragraph("Normal", run(f"{name}: ", bold=True), run(value)))
        if dossier.demo:
            self.put(_paragraph("Normal", run(DEMO, bold=True)))

    def contents(self, sections: Sequence[Section]) -> None:
        """A list of the sections that leads to each of them; Word can bring it up to date."""
        entries = [_entry(self._mark(section.anchor), section.title, level) for level, section in _listed(sections)]
        if not entries:
            return
        self.put(_paragraph(look.HINT, run(CONTENTS), new_page=True))
        start = look.field_start(f'TOC \\o "1-{CONTENTS_DEPTH}" \\n \\h \\z \\u')
        for place, part in enumerate(start):
            entries[0].insert(1 + place, part)
        entries[-1].append(look.field_end())
        for entry in entries:
            self.put(entry)

    def section(self, section: Section, level: int) -> None:
        """A heading, what stands below it, and the sections inside it."""
        self.heading = section.title
        number = str(next(self.numbers))
        marked = [
            element("bookmarkStart", id=number, name=self._mark(section.anchor)),
            run(section.title),
            element("bookmarkEnd", id=number),
        ]
        self.put(_paragraph(f"Heading{min(level, look.DEEPEST)}", *marked, new_page=section.new_page))
        for block, following in zip_longest(section.blocks, section.blocks[1:]):
            self.more_to_fill_in = isinstance(following, Field)
            WRITERS[type(block)](self, block)
        for part in section.parts:
            self.section(part, level + 1)

    def paragraph(self, block: Paragraph) -> None:
        """A few sentences."""
        self.put(_paragraph(look.LEAD if block.is_lead else "Normal", run(block.text)))

    def bullets(self, block: Bullets) -> None:
        """Short remarks, each with the way to what it is about."""
        for text, anchor in zip(block.items, block.anchors or [""] * len(block.items), strict=True):
            self.put(_paragraph("ListBullet", *self._remark(text, anchor)))

    def facts(self, block: Facts) -> None:
        """Figures in a table; a column without a word is left out."""
        used = [place for place in range(len(FACTS)) if any(row[place] for row in block.rows)]
        rows = [[row[place] for place in used] for row in block.rows]
        caption = dutch.listed([name for name, _, _ in block.rows])
        self.put(_table([FACTS[place] for place in used], rows, caption, bold=_place(used, 1)))

    def picture(self, block: Picture) -> None:
        """A chart with its finding above it."""
        chart = block.chart
        self.put(_paragraph(look.CHART, run(chart.title)))
        self.put(_paragraph(look.QUIET, run(chart.subtitle), keep=True))
        place = self.paper.add_paragraph().add_run()
        place.add_picture(io.BytesIO(picture(storable(svg(chart)))), width=look.TEXT_WIDTH)
        for inline in place.element.iter(qn("wp:inline")):
            for side in "TBLR":  # left open, some programs move it to the right
                inline.set(f"dist{side}", "0")
        for properties in place.element.iter(qn("wp:docPr")):
            properties.set("name", block.name)
            properties.set("title", storable(chart.title))
            properties.set("descr", storable(chart.summary))
        if below_chart(chart):
            self.put(_paragraph(look.QUIET, run(below_chart(chart))))

    def grid(self, block: Grid) -> None:
        """A table below its caption."""
        seen, texts, note = spelled(block.frame, block.note)
        rows = list(zip(*texts, strict=True))
        right = {place for place, kind in enumerate(seen.schema.values()) if kind.is_numeric()}
        self.put(_paragraph("Caption", run(block.caption)))
        self.put(_table(seen.columns, rows, block.caption, right=right))
        if note:
            self.put(_paragraph(look.QUIET, run(note)))

    def field(self, block: Field) -> None:
        """An empty place with its name above it."""
        self.put(_paragraph(look.LABEL, run(block.label)))
        number = str(next(self.numbers))
        properties = element("sdtPr")
        properties.append(element("alias", val=storable(f"{block.label}: {self.heading}")[:64]))
        properties.append(element("tag", val=f"invulveld_{number}"))
        properties.append(element("id", val=number))
        properties.append(element("showingPlcHdr"))
        inside = element("sdtContent")
        inside.append(_paragraph(look.FIELD, run(EMPTY, style=look.HOLDER), keep=self.more_to_fill_in))
        control = element("sdt")
        control.extend([properties, inside])
        self.put(control)

    def put(self, part: BaseOxmlElement) -> None:
        """Add something after all that is there; the page's own properties stay last."""
        body = self.paper.element.body
        follows_table = len(body) > 1 and body[-2].tag == TABLE
        if follows_table and part.tag == TABLE:  # Word would take the two for one
            self.put(_paragraph(look.SMALL))
        if follows_table and part.tag == PARAGRAPH:
            _move_down(part)
        body.insert(len(body) - 1, part)

    def _mark(self, anchor: str) -> str:
        """The name by which Word knows a place: letters, digits and underscores, at most forty."""
        return f"deel_{[*self.titles].index(anchor) + 1}"

    def _remark(self, text: str, anchor: str) -> list[BaseOxmlElement]:
        if not anchor:
            return [run(text)]
        before, words, after = linked(text, self.titles[anchor])
        link = element("hyperlink", anchor=self._mark(anchor), history="1")
        link.append(run(words, style=look.LINK))
        return [run(before), link, run(after)]


WRITERS: Final[Mapping[type[Block], Callable[[_Writing, Any], None]]] = {
    Paragraph: _Writing.paragraph,
    Bullets: _Writing.bullets,
    Facts: _Writing.facts,
    Picture: _Writing.picture,
    Grid: _Writing.grid,
    Field: _Writing.field,
}


def _listed(sections: Iterable[Section], level: int = 1) -> list[tuple[int, Section]]:
    """The sections that the contents name, each with its level."""
    found: list[tuple[int, Section]] = []
    for section in sections:
        found.append((level, section))
        if level < CONTENTS_DEPTH:
            found += _listed(section.parts, level + 1)
    return found


def _entry(mark: str, title: str, level: int) -> BaseOxmlElement:
    link = element("hyperlink", anchor=mark, history="1")
    link.append(run(title))
    return _paragraph(f"toc{level}", link)


def _paragraph(style: str, *parts: BaseOxmlElement, new_page: bool = False, keep: bool = False) -> BaseOxmlElement:
    """A paragraph; `new_page`: the first of a page; `keep`: on one page with the next."""
    properties = element("pPr")
    properties.append(element("pStyle", val=style))
    properties.extend([element("keepNext")] if keep else [])
    properties.extend([element("pageBreakBefore")] if new_page else [])
    made = element("p")
    made.extend([properties, *parts])
    return made


def _move_down(paragraph: BaseOxmlElement) -> None:
    """Leave room above what follows a table; what has room of its own keeps it."""
    properties = paragraph[0]
    if properties[0].get(qn("w:val")) in CLOSE:
        properties.append(element("spacing", before=ROOM))


# --- tables -------------------------------------------------------------------------------------------------------


def _table(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    caption: str,
    *,
    right: Collection[int] = (),
    bold: int | None = None,
) -> BaseOxmlElement:
    """A table whose header comes back on every page.

    The columns at the places of `right` stand to the right, the one at `bold` stands out.
    """
    widths = _widths(names, rows)
    grid = element("tblGrid")
    grid.extend(element("gridCol", w=str(width.twips)) for width in widths)
    made = element("tbl")
    made.extend([_table_properties(caption), grid])
    for number, row in enumerate([names, *rows]):
        is_header = number == 0
        properties = element("trPr")
        properties.append(element("cantSplit"))
        properties.extend([element("tblHeader")] if is_header else [])
        line = element("tr")
        line.append(properties)
        for place, (text, width) in enumerate(zip(row, widths, strict=True)):
            line.append(_cell(run(text, bold=is_header or place == bold), width, right=place in right))
        made.append(line)
    return made


def _table_properties(caption: str) -> BaseOxmlElement:
    properties = element("tblPr")
    properties.extend(
        [
            element("tblStyle", val=look.TABLE),
            element("tblW", w="5000", type="pct"),
            element("tblLayout", type="fixed"),
            element("tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0"),
            element("tblCaption", val=storable(caption)),
        ]
    )
    return properties


def _cell(content: BaseOxmlElement, width: Length, *, right: bool) -> BaseOxmlElement:
    properties = element("tcPr")
    properties.append(element("tcW", w=str(width.twips), type="dxa"))
    paragraph = _paragraph(look.SMALL, content)
    if right:
        paragraph[0].append(element("jc", val="right"))
    made = element("tc")
    made.extend([properties, paragraph])
    return made


def _widths(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Length]:
    """The room of each column: its longest word for certain, and of what is left as its longest text needs."""
    least, wanted = [], []
    for place, name in enumerate(names):
        texts = [row[place] for row in rows]
        words = [word for text in [name, *texts] for word in ([text] if len(text) <= SHORT else text.split())]
        longest = max((len(text) for text in texts), default=0)
        least.append(max(LEAST, *map(len, words)) + BETWEEN)
        wanted.append(max(min(longest, MOST) + BETWEEN, least[-1]))
    left, more = max(LINE - sum(least), 0), sum(wanted) - sum(least)
    part = min(left / more, 1) if more else 0
    rooms = [low + part * (high - low) for low, high in zip(least, wanted, strict=True)]
    return [Length(round(look.TEXT_WIDTH * room / sum(rooms))) for room in rooms]


def _place(places: Sequence[int], wanted: int) -> int | None:
    return places.index(wanted) if wanted in places else None
