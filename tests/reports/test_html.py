"""The page: readable by everybody, offline, with nothing that runs, and every text as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard import dutch
from dashboard.reports.content import Field, Grid, Picture
from dashboard.reports.files import MARK, storable
from dashboard.reports.html import as_html
from tests.reports.sample_paper import CLOCK, PAPER, blocks, paper_with, sections

VOID = {"meta", "link", "br", "img", "hr"}


@dataclass
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    parts: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def all(self, *tags: str) -> list[Element]:
        """Every element of these kinds inside it, in reading order; every element at all without any."""
        found = []
        for part in self.parts:
            if isinstance(part, Element):
                found += [part] if not tags or part.tag in tags else []
                found += part.all(*tags)
        return found


class Reader(HTMLParser):
    """Reads a page; every element must be closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].parts.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def read(content: bytes) -> Element:
    reader = Reader()
    reader.feed(content.decode())
    reader.close()
    assert reader.open == [reader.root]
    return reader.root


@pytest.fixture(scope="module")
def content() -> bytes:
    return as_html(PAPER)


@pytest.fixture(scope="module")
def page(content: bytes) -> Element:
    return read(content)


def test_it_is_a_dutch_page_with_a_title(page: Element, content: bytes) -> None:
    """And says by whom, and that it is one of ours."""
    assert content.startswith(b"<!DOCTYPE html>")
    assert [element.attributes["lang"] for element in page.all("html")] == ["nl"]
    assert [title.text for title in page.all("head")[0].all("title")] == [PAPER.title]
    named = {meta.attributes.get("name"): meta.attributes.get("content") for meta in page.all("meta")}
    assert (named["generator"], named["author"]) == (MARK, PAPER.organisation)


def test_nothing_runs_and_nothing_comes_from_elsewhere(page: Element, content: bytes) -> None:
    """It opens without a network; a browser is told to load nothing."""
    assert page.all("script", "iframe", "object", "embed", "link", "img", "form", "base") == []
    for element in page.all():
        for name, value in element.attributes.items():
            assert not name.startswith("on")
            assert name not in {"src", "srcset", "action", "formaction"}
            assert name not in {"href", "xlink:href"} or value.startswith("#")
    style = "".join(entry.text for entry in page.all("style"))
    assert all(address.startswith("data:font/woff2") for address in re.findall(r"url\(([^)]*)\)", style))
    assert "@import" not in style
    policy = next(meta.attributes["content"] for meta in page.all("meta") if "http-equiv" in meta.attributes)
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy
    assert len(content) < 2**20


def test_headings_follow_the_outline(page: Element) -> None:
    """One title; every section has a heading one deeper than what it is in."""
    found = [(int(entry.tag[1]), entry.text) for entry in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    outline = [(1 + depth, section.title) for depth, section in sections(PAPER)]
    assert found == [(1, PAPER.title), (2, "Inhoud"), *outline]


def test_the_first_stop_of_a_keyboard_skips_to_the_paper(page: Element) -> None:
    """Past the contents."""
    first = next(entry for entry in page.all("body")[0].all() if entry.tag in {"a", "summary", "button"})
    assert first.attributes["href"] == f"#{page.all('main')[0].attributes['id']}"
    assert first.text


def test_landmarks(page: Element) -> None:
    """A header, the contents, the paper and a footer, each once."""
    assert [entry.tag for entry in page.all("header", "nav", "main", "footer")] == ["header", "nav", "main", "footer"]


def test_ids_are_unique_and_links_lead_somewhere(page: Element) -> None:
    """Also those inside drawings."""
    names = [entry.attributes["id"] for entry in page.all() if "id" in entry.attributes]
    assert sorted(set(names)) == sorted(names)
    wanted = [entry.attributes["href"][1:] for entry in page.all("a")]
    wanted += [name for entry in page.all() for name in entry.attributes.get("aria-labelledby", "").split()]
    wanted += re.findall(r"url\(#([^)]*)\)", " ".join(" ".join(e.attributes.values()) for e in page.all()))
    assert set(wanted) <= set(names)


def test_two_charts_do_not_share_their_parts() -> None:
    """A pattern or a clip of one drawing is not that of another."""
    twice = replace(PAPER.sections[0], blocks=(Picture(CLOCK, "een"), Picture(CLOCK, "twee")))
    names = [
        entry.attributes["id"]
        for entry in read(as_html(replace(PAPER, sections=(twice,)))).all()
        if "id" in entry.attributes
    ]
    assert sorted(set(names)) == sorted(names)


def test_tables_hold_what_the_paper_holds(page: Element) -> None:
    """A caption, headers with their scope, and every cell as Dutch readers write it."""
    tables = {table.all("caption")[0].text: table for table in page.all("table")}
    for grid in blocks(PAPER, Grid):
        assert isinstance(grid, Grid)
        rows = [[cell.text for cell in row.all("th", "td")] for row in tables[grid.caption].all("tr")]
        wanted = [
            [dutch.written(cell, name) for name, cell in zip(grid.frame.columns, row, strict=True)]
            for row in grid.frame.iter_rows()
        ]
        assert rows == [grid.frame.columns, *wanted]
    for table in tables.values():
        scopes = [cell.attributes["scope"] for cell in table.all("th")]
        width = len(table.all("thead")[0].all("th"))
        assert scopes == ["col"] * width + ["row"] * (len(scopes) - width)


def test_charts_are_pictures_with_words(page: Element) -> None:
    """Title, subtitle, what it shows for who can't see it, and its numbers."""
    figures = page.all("figure")
    wanted = [block.chart for block in blocks(PAPER, Picture) if isinstance(block, Picture)]
    assert len(figures) == len(wanted)
    for figure, chart in zip(figures, wanted, strict=True):
        drawing = figure.all("svg")[0]
        assert drawing.attributes["role"] == "img"
        title, description = drawing.all("title")[0], drawing.all("desc")[0]
        assert (title.text, description.text) == (chart.title, chart.summary)
        assert drawing.attributes["aria-labelledby"] == f"{title.attributes['id']} {description.attributes['id']}"
        assert [part.text for part in figure.all("figcaption")[0].all("p")] == [chart.title, chart.subtitle]
        assert [cell.text for cell in figure.all("thead")[0].all("th")] == chart.table.columns


def test_remarks_lead_to_what_they_are_about(page: Element) -> None:
    """By the number of the article where it is named, else by the title of the section."""
    remarks = page.all("main")[0].all("ul")[0].all("li")
    assert [remark.text for remark in remarks] == [
        "Geen verwijzing.",
        "Over een artikel. (zie I Het doel)",
        "Artikel II is af. I ook.",
    ]
    links = [(link.attributes["href"], link.text) for remark in remarks for link in remark.all("a")]
    assert links == [("#i", "I Het doel"), ("#ii", "II")]


def test_empty_places_are_not_shown(page: Element) -> None:
    """A page isn't filled in."""
    assert blocks(PAPER, Field)
    assert "Bevinding" not in page.text


def test_demo_says_so(page: Element) -> None:
    """Before anything else; and only a demo does."""
    assert "verzonnen" in page.all("header")[0].all("p")[0].text
    assert b"verzonnen" not in as_html(replace(PAPER, demo=False))


def test_dark_has_every_colour_of_a_chart(content: bytes) -> None:
    """Ink on a dark page is light, in a drawing too."""
    text = content.decode()
    dark = text[text.index("@media screen and (prefers-color-scheme: dark)") : text.index("</style>")]
    drawn = set(re.findall(r'\b(fill|stroke)="(#\w+)"', text[text.index("<figure") : text.index("</figure>")]))
    assert {("fill", "#16202A"), ("stroke", "#B35900")} <= drawn
    assert drawn == set(re.findall(r'\[(\w+)="(#\w+)"\]', dark))
    assert '[fill="#16202A"] { fill: #E8EDF1; }' in dark


def test_same_paper_same_bytes(content: bytes) -> None:
    """Whenever it is made."""
    assert as_html(PAPER) == content


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=20))
@example("</style></title><script>alert(1)</script>")
@example("\" onload='x' &amp; \x00")
def test_every_text_stands_there_as_it_is(text: str) -> None:
    """Whatever somebody named a school: nothing of it is read as anything but text."""
    made = as_html(paper_with(text))
    page = read(made)
    seen = page.all("body")[0].text
    for sign in "12pbnvxtsgokc4":
        assert storable(f"{text}{sign}") in seen
    assert page.all("script") == []
    assert page.all("svg")[0].all("desc")[0].text.endswith("a")
    assert len(page.all("table")) == 2
