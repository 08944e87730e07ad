"""A paper as PDF: A4, tagged for screen readers (PDF/UA-1), with bookmarks; the same paper is the same bytes.

Made by Typst in this process: no browser, no program of the system, no network and no fonts but those beside this file.
What a paper says goes to `paper.typ` as JSON, never as markup.
"""

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl
from typst import Compiler, Fonts

from dashboard import dutch
from dashboard.charts.drawing import svg
from dashboard.charts.theme import PALETTES, Palette
from dashboard.reports.content import Block, Bullets, Dossier, Facts, Field, Grid, Paragraph, Picture, Section
from dashboard.reports.files import DEMO, MARK, below_chart, footer, front, sealed_pdf, spelled

Json = dict[str, Any]

HERE: Final = Path(__file__).parent
FONTS: Final = HERE / "fonts"
FONT: Final = "Source Sans 3"
"""Version 3.052 by Adobe, under the SIL Open Font License: see `fonts/LICENSE.md`."""

SHARP: Final = 288
"""Dots per inch of a picture: three for every pixel of the screen's."""

ONE_PICTURE: Final = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")
"""

PAPER: Final[Palette] = PALETTES["light"]
COLOURS: Final = ("ink", "quiet", "faint", "context", "subject")

LINE: Final = 92
"""Characters of a table's letter that fit beside each other on a page, with the space between columns."""

LEAST: Final = 24
"""Characters of which a column of sentences needs room at least."""

NARROW: Final = (28, 22, 16)
"""Characters up to which a column keeps its own width: the most generous that leaves room for the others."""

UNKNOWN: Final = "□"
"""Stands for a character that the paper's font doesn't have."""

UNSEEN: Final = ("Cc", "Cf")

FOREIGN: Final = re.compile(
    "[^\n -~\u00a0-\u017f\u01cd-\u01dc\u0218-\u021b\u0300-\u030c\u0388-\u038a\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f"
    "\u1e80-\u1e85\u1e9e-\u1ef9\u2010-\u201e\u2020-\u2022\u2026\u202f-\u2033\u2039\u203a\u2044\u2070\u2074-\u208e\u20ac"
    "\u2116\u2122\u2126\u2150-\u215e\u2190-\u2199\u2212\u221a\u221e\u2248\u2260\u2264\u2265\u25a0\u25a1\u25b2\u25bc"
    "\u25c6\u25cf\u2713\u2717]"
)
"""Characters outside the Latin, Greek and Cyrillic letters, the signs and the marks that the paper's font has."""


def as_pdf(dossier: Dossier) -> bytes:
    """A paper as PDF. Empty places to fill in are not shown.

    Raises ValueError when a remark points at a section that isn't there, or two sections have the same anchor.
    """
    told = json.dumps(_displayable(_paper(dossier)), ensure_ascii=False)
    compiler = Compiler((HERE / "paper.typ").read_bytes(), font_paths=_fonts(), sys_inputs={"paper": told})
    midnight = datetime.combine(dossier.day, time(), tzinfo=UTC)
    return sealed_pdf(_single(compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=midnight)))


def picture(drawing: str) -> bytes:
    """A drawing (SVG) as PNG on white, sharp enough for paper; the same drawing is the same bytes."""
    compiler = Compiler(ONE_PICTURE, font_paths=_fonts(), sys_inputs={"svg": _known(drawing)})
    return _single(compiler.compile(format="png", ppi=SHARP))


@cache
def _fonts() -> Fonts:
    """The fonts beside this file, and none of the system's.

    Typst's own stand by: without them, a drawing that asks for another font would lose its words without a warning.
    """
    return Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def _single(made: bytes | list[bytes] | None) -> bytes:
    assert isinstance(made, bytes)
    return made


def _paper(dossier: Dossier) -> Json:
    anchors = _anchors(dossier.sections)
    return {
        "title": dossier.title,
        "subtitle": dossier.subtitle,
        "organisation": dossier.organisation,
        "about": f"{dossier.subtitle} · {dossier.audience} · {dossier.period} · stand van {dutch.day(dossier.day)}",
        "keywords": [MARK, f"momentopname {dossier.snapshot}"],
        "date": [dossier.day.year, dossier.day.month, dossier.day.day],
        "strip": DEMO if dossier.demo else "",
        "footer": footer(dossier),
        "contents": "Inhoud",
        "font": FONT,
        "colours": {name: getattr(PAPER, name) for name in COLOURS},
        "facts": [[name, value, ""] for name, value in front(dossier)],
        "blocks": [block for section in dossier.sections for block in _section(section, 1, anchors)],
    }


def _anchors(sections: Sequence[Section]) -> frozenset[str]:
    """The anchors of sections and all that is in them. Raises ValueError when two are the same."""
    names = [name for section in sections for name in _names(section)]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"sections with the same anchor: {', '.join(sorted(twice))}")
    return frozenset(names)


def _names(section: Section) -> Iterator[str]:
    yield section.anchor
    for part in section.parts:
        yield from _names(part)


def _section(section: Section, level: int, anchors: frozenset[str]) -> Iterator[Json]:
    yield {
        "kind": "heading",
        "text": section.title,
        "level": level,
        "anchor": section.anchor,
        "new_page": section.new_page,
    }
    shown = [block for block in section.blocks if not isinstance(block, Field)]
    for block, is_kept in zip(shown, _kept(shown), strict=True):
        yield {**KINDS[type(block)](block, anchors), "keep": is_kept}
    for part in section.parts:
        yield from _section(part, level + 1, anchors)


def _kept(blocks: Sequence[Block]) -> list[bool]:
    """For each block of a section whether it stays on one page with the next.

    Paragraphs do so before a chart, and before the last block, which so isn't left alone on a page.
    """
    kept = [False] * len(blocks)
    for place in reversed(range(len(blocks) - 1)):
        following = place + 1
        holds = isinstance(blocks[following], Picture) or following == len(blocks) - 1 or kept[following]
        kept[place] = holds and isinstance(blocks[place], Paragraph)
    return kept


def _paragraph(block: Paragraph, _: frozenset[str]) -> Json:
    return {"kind": "paragraph", "text": block.text, "lead": block.is_lead}


def _bullets(block: Bullets, anchors: frozenset[str]) -> Json:
    places = block.anchors or ("",) * len(block.items)
    missing = {place for place in places if place} - anchors
    if missing:
        raise ValueError(f"remarks about sections that aren't there: {', '.join(sorted(missing))}")
    entries = [{"text": text, "anchor": place} for text, place in zip(block.items, places, strict=True)]
    return {"kind": "bullets", "entries": entries}


def _facts(block: Facts, _: frozenset[str]) -> Json:
    return {"kind": "facts", "rows": [list(row) for row in block.rows]}


def _picture(block: Picture, _: frozenset[str]) -> Json:
    chart = block.chart
    words = {"title": chart.title, "subtitle": chart.subtitle, "alt": chart.summary}
    return {"kind": "picture", "svg": svg(chart), "note": below_chart(chart), **words}


def _grid(block: Grid, _: frozenset[str]) -> Json:
    frame, written, note = spelled(block.frame, block.note)
    rows = [list(row) for row in zip(*written, strict=True)]
    return {
        "kind": "grid",
        "caption": block.caption,
        "note": note,
        "columns": _columns(frame, written),
        "rows": rows,
    }


def _columns(frame: pl.DataFrame, written: Sequence[Sequence[str]]) -> list[Json]:
    """The heading, the side and the width of each column: a part of what the others leave; 0: as wide as its cells."""
    cells = [max(map(len, texts), default=0) for texts in written]
    heads = [frame.columns, [_folded(column) for column in frame.columns]]
    ways = [(limit, names, _longest(cells, names)) for limit in NARROW for names in heads]
    limit, names, longest = next((way for way in ways if _fits(way[0], way[2])), ways[-1])
    parts = [
        0.0 if kind.is_numeric() or length <= limit else math.sqrt(max(length, LEAST))
        for kind, length in zip(frame.dtypes, longest, strict=True)
    ]
    # A table fills the page: without sentences, its first column does so.
    parts = parts if any(parts) else [1.0, *parts[1:]]
    return [
        {"name": name, "number": kind.is_numeric(), "part": part}
        for name, kind, part in zip(names, frame.dtypes, parts, strict=True)
    ]


def _longest(cells: Sequence[int], names: Sequence[str]) -> list[int]:
    """The characters of the longest line in each column."""
    return [max(length, *map(len, name.split("\n"))) for length, name in zip(cells, names, strict=True)]


def _folded(name: str) -> str:
    """A heading of several words on two lines, as even as they get."""
    places = [place for place, sign in enumerate(name) if sign == " "]
    middle = min(places, key=lambda place: abs(2 * place - len(name)), default=None)
    return name if middle is None else f"{name[:middle]}\n{name[middle + 1 :]}"


def _fits(limit: int, longest: Sequence[int]) -> bool:
    """Whether the columns of at most `limit` characters leave room for those that are longer."""
    short = [length for length in longest if length <= limit]
    return sum(short) + LEAST * (len(longest) - len(short)) <= LINE


KINDS: Final[Mapping[type[Block], Callable[..., Json]]] = {
    Paragraph: _paragraph,
    Bullets: _bullets,
    Facts: _facts,
    Picture: _picture,
    Grid: _grid,
}
"""How each kind of block is told to `paper.typ`."""


def _displayable(value: Any) -> Any:
    """The same with letters and their accents as one character, and without what the paper's font can't show."""
    if isinstance(value, str):
        return _known(value)
    if isinstance(value, dict):
        return {key: _displayable(entry) for key, entry in value.items()}
    return [_displayable(entry) for entry in value] if isinstance(value, list) else value


def _known(text: str) -> str:
    return FOREIGN.sub(_shown, unicodedata.normalize("NFC", text).replace("\t", " "))


def _shown(found: re.Match[str]) -> str:
    """Nothing for what is never seen, such as marks of direction; an empty box for what would be seen."""
    return "" if unicodedata.category(found[0]) in UNSEEN else UNKNOWN
