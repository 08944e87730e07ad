"""A dossier as one web page: no script, nothing from the network, light and dark, fit for a printer."""

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

import polars as pl

from dashboard.charts.drawing import svg
from dashboard.charts.theme import BLACK, PALETTES, Palette, shade
from dashboard.reports.content import Block, Bullets, Dossier, Facts, Field, Grid, Paragraph, Picture, Section
from dashboard.reports.files import DEMO, HTML_MARK, footer, front, linked, sealed_page, spelled, storable, titles

HERE: Final = Path(__file__).resolve().parent

FONTS: Final = {400: "SourceSans3-Regular-latin.woff2", 600: "SourceSans3-Semibold-latin.woff2"}
"""Weight → file in `fonts/`: the letters of Western European languages."""

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
"""What the page may load: nothing but what is in it."""

PAINTED: Final = re.compile(r'\b(fill|stroke)="(#[0-9A-Fa-f]{6})"')
"""A colour in a drawing."""

LIGHT, NIGHT = PALETTES["light"], PALETTES["dark"]

DARK: Final[Mapping[str, str]] = {
    BLACK: NIGHT.ink,
    **{shade(part / 1000, LIGHT): shade(part / 1000, NIGHT) for part in range(1001)},
    **{getattr(LIGHT, name): getattr(NIGHT, name) for name in reversed(Palette.__slots__)},
}
"""A colour as charts are drawn in → the same in the dark."""

CONTENTS: Final = "Inhoud"
CONTENTS_DEPTH: Final = 2
LOWEST: Final = 6
"""The last level of heading that a page knows."""

FIGURES: Final = "Cijfers van deze grafiek"


def as_html(dossier: Dossier) -> bytes:
    """The dossier as one page that opens anywhere and stays readable without a network.

    Empty places to fill in are not shown. The same dossier is the same bytes.
    """
    writing = _Writing(titles(dossier.sections))
    sections = "".join(writing.section(section, 2) for section in dossier.sections)
    front_rows = "".join(f"<div><dt>{_text(name)}</dt><dd>{_text(value)}</dd></div>" for name, value in front(dossier))
    demo = f'<p class="demo"><b>{_text(DEMO)}</b></p>' if dossier.demo else ""
    page = (
        f'<!DOCTYPE html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n{HTML_MARK}\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<meta name="author" content="{_text(dossier.organisation)}">\n'
        f"<title>{_text(dossier.title)}</title>\n<style>\n{_style(sections)}</style>\n</head>\n<body>\n"
        '<a class="naar" href="#dossier">Naar de inhoud</a>\n'
        f"<header>\n{demo}<h1>{_text(dossier.title)}</h1>\n"
        f'<p class="onder">{_text(dossier.subtitle)}</p>\n<dl class="over">{front_rows}</dl>\n</header>\n'
        f'<nav aria-labelledby="inhoud"><h2 id="inhoud">{CONTENTS}</h2>{_contents(dossier.sections)}</nav>\n'
        f'<main id="dossier" tabindex="-1">\n{sections}</main>\n<footer><p>{_text(footer(dossier))}</p></footer>\n'
        "</body>\n</html>\n"
    )
    return sealed_page(page.encode())


def _text(text: str) -> str:
    return escape(storable(text))


def _contents(sections: Sequence[Section], level: int = 1) -> str:
    """Lists of links, one inside the other."""
    if not sections or level > CONTENTS_DEPTH:
        return ""
    rows = "".join(
        f'<li><a href="#{_text(section.anchor)}">{_text(section.title)}</a>{_contents(section.parts, level + 1)}</li>'
        for section in sections
    )
    return f"<ol>{rows}</ol>"


class _Writing:
    """Blocks to HTML, knowing the titles of all sections."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """`known`: anchor → title."""
        self._titles = known

    def section(self, section: Section, level: int) -> str:
        """A heading, what stands below it, and the sections inside it."""
        name, tag = _text(section.anchor), f"h{min(level, LOWEST)}"
        blocks = "".join(WRITERS[type(block)](self, block) for block in section.blocks)
        parts = "".join(self.section(part, level + 1) for part in section.parts)
        kind = ' class="blad"' if section.new_page else ""
        return (
            f'<section aria-labelledby="{name}"{kind}>\n<{tag} id="{name}">{_text(section.title)}</{tag}>\n'
            f"{blocks}{parts}</section>\n"
        )

    def paragraph(self, block: Paragraph) -> str:
        """A few sentences."""
        kind = ' class="kern"' if block.is_lead else ""
        return f"<p{kind}>{_text(block.text)}</p>\n"

    def bullets(self, block: Bullets) -> str:
        """Short remarks, each with the way to what it is about."""
        anchors = block.anchors or ("",) * len(block.items)
        rows = "".join(
            f"<li>{self._remark(text, anchor)}</li>" for text, anchor in zip(block.items, anchors, strict=True)
        )
        return f"<ul>{rows}</ul>\n"

    def facts(self, block: Facts) -> str:
        """Figures, a line each."""
        rows = "".join(
            f"<div><dt>{_text(name)}</dt><dd><b>{_text(value)}</b> {_text(context)}</dd></div>"
            for name, value, context in block.rows
        )
        return f'<dl class="feiten">{rows}</dl>\n'

    def picture(self, block: Picture) -> str:
        """A chart with its finding above it and its numbers behind a toggle."""
        chart = block.chart
        numbers, note = _table(chart.table, chart.subtitle)
        return (
            f'<figure>\n<figcaption><p class="titel">{_text(chart.title)}</p>'
            f'<p class="stil">{_text(chart.subtitle)}</p></figcaption>\n{_drawing(block)}\n'
            f"<details><summary>{FIGURES}</summary>{numbers}</details>\n{note}</figure>\n"
        )

    def grid(self, block: Grid) -> str:
        """A table with its caption."""
        table, note = _table(block.frame, block.caption, block.note)
        return f"{table}\n{note}"

    def field(self, _: Field) -> str:
        """Nothing: a page isn't filled in."""
        return ""

    def _remark(self, text: str, anchor: str) -> str:
        if not anchor:
            return _text(text)
        before, words, after = linked(text, self._titles[anchor])
        return f'{_text(before)}<a href="#{_text(anchor)}">{_text(words)}</a>{_text(after)}'


WRITERS: Final[Mapping[type[Block], Callable[[_Writing, Any], str]]] = {
    Paragraph: _Writing.paragraph,
    Bullets: _Writing.bullets,
    Facts: _Writing.facts,
    Picture: _Writing.picture,
    Grid: _Writing.grid,
    Field: _Writing.field,
}


def _drawing(block: Picture) -> str:
    """A chart as a picture; its title and what it shows are in it, under names of their own on this page.

    Where it is wider than the screen, it can be moved sideways, with the keyboard too.
    """
    title, words = f"grafiek-{block.name}-titel", f"grafiek-{block.name}-uitleg"
    drawn = (
        storable(svg(block.chart))
        .replace("<svg ", f'<svg aria-labelledby="{title} {words}" ', 1)
        .replace("<title>", f'<title id="{title}">', 1)
        .replace("<desc>", f'<desc id="{words}">', 1)
    )
    return f'<div class="tekening" tabindex="0" role="group" aria-labelledby="{title}">{drawn}</div>'


def _table(frame: pl.DataFrame, caption: str, note: str = "") -> tuple[str, str]:
    """A table: every cell as Dutch readers write it, numbers to the right, the first column as the row's name.

    Returns: the table, and what has to be read with it, below it.
    """
    seen, texts, below = spelled(frame, note)
    kinds = [' class="getal"' if kind.is_numeric() else "" for kind in seen.schema.values()]
    head = "".join(f'<th scope="col"{kind}>{_text(name)}</th>' for name, kind in zip(seen.columns, kinds, strict=True))
    rows = "".join(_row(row, kinds) for row in zip(*texts, strict=True))
    table = (
        f'<div class="tabel" tabindex="0" role="region" aria-label="{_text(caption)}"><table>'
        f"<caption>{_text(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    return table, f'<p class="stil">{_text(below)}</p>\n' if below else ""


def _row(row: Sequence[str], kinds: Sequence[str]) -> str:
    first, *rest = row
    cells = "".join(f"<td{kind}>{_text(text)}</td>" for text, kind in zip(rest, kinds[1:], strict=True))
    return f'<tr><th scope="row"{kinds[0]}>{_text(first)}</th>{cells}</tr>'


# --- look ---------------------------------------------------------------------------------------------------------


def _style(body: str) -> str:
    """The whole style of a page: its letters, its rules, and the colours of its charts in the dark."""
    dark = "".join(
        f'.tekening [{part}="{colour}"] {{ {part}: {DARK[colour.upper()]}; }}\n'
        for part, colour in sorted(set(PAINTED.findall(body)))
        if colour.upper() in DARK
    )
    return f"{_letters()}{_rules()}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"


@cache
def _letters() -> str:
    return "".join(
        f'@font-face {{ font-family: "Source Sans 3"; font-weight: {weight}; '
        f"src: url(data:font/woff2;base64,{_encoded(file)}) format('woff2'); }}\n"
        for weight, file in FONTS.items()
    )


def _encoded(file: str) -> str:
    return base64.b64encode((HERE / "fonts" / file).read_bytes()).decode()


@cache
def _rules() -> str:
    return (HERE / "paper.css").read_text(encoding="utf-8")
