"""Screen and paper side by side: what Plotly shows in a browser, and what is drawn for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dashboard.charts.drawing import words
from dashboard.charts.theme import PALETTES
from tests.browser.drawings import Pair, measure, prepare
from tests.charts.gallery import GALLERY, made

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, Page

    from dashboard.charts.theme import Palette

Mark = dict[str, Any]
Box = dict[str, float]

LIGHT = PALETTES["light"]

CLOSE = 1.0
"""Pixels: Plotly rounds its own."""

LOOKS = {
    "points": ("width", "height", "stroke", "thick", "dense"),
    "lines": ("stroke", "thick", "dashes", "dense"),
    "areas": ("fill", "dense"),
    "bars": ("fill",),
    "words": ("text", "fill", "size"),
}
"""What has to be the same of each kind of mark."""

HIDDEN = "0"
"""The value that Plotly hides where half of it would lie outside the figure; on paper there is room for it."""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    found = browser.new_page(viewport={"width": 700, "height": 900})
    prepare(found)
    yield found
    found.close()


def _is_shown(kind: str, mark: Mark) -> bool:
    if kind == "words":
        return bool(mark["text"])
    if kind == "lines":
        return bool(mark["stroke"] != "none" and (mark["width"] or mark["height"]))
    return bool(mark["width"] and mark["height"]) or kind == "points"


def _shown(found: Mapping[str, Sequence[Mark]], kind: str) -> list[Mark]:
    """What is seen of one kind; the pieces of one line as one."""
    marks = [mark for mark in found.get(kind, ()) if _is_shown(kind, mark)]
    if kind != "lines" or not marks:
        return marks
    assert len({tuple(mark[look] for look in LOOKS["lines"]) for mark in marks}) == 1
    return marks[:1]


def _part(mark: Mark, box: Box) -> tuple[float, float]:
    """Where in the plot the middle of a mark lies."""
    across, up = box["right"] - box["left"], box["bottom"] - box["top"]
    return (mark["x"] - box["left"]) / across, (mark["y"] - box["top"]) / up


def _paper(pair: Pair) -> Box:
    box = pair.frame.box
    return {"left": box.left, "top": box.top, "right": box.right, "bottom": box.bottom}


def _compare(kind: str, screen: Mark, paper: Mark) -> None:
    for look in LOOKS[kind]:
        if look == "thick" and paper["stroke"] == screen["stroke"] == "none":
            continue
        if kind == "bars" and "url" in str(screen["fill"]):  # hatched: a pattern of the browser's own
            continue
        wanted = screen[look]
        if isinstance(wanted, int | float):
            wanted = pytest.approx(wanted, abs=0.6 if look in ("width", "height") else 0.001)
        assert paper[look] == wanted, (kind, look)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("name", GALLERY)
def test_the_same_marks_on_both(page: Page, name: str, palette: Palette) -> None:
    """Every point, line, area, bar and number of every trace: as many, as large, as dark and at the same place."""
    pair = measure(page, made(name, palette))
    screen_box, paper_box = pair.found["box"], _paper(pair)
    across, up = (paper_box["right"] - paper_box["left"], paper_box["bottom"] - paper_box["top"])
    for trace in pair.found["shown"].keys() | pair.found["drawn"].keys():
        screen, paper = (pair.found[side].get(trace, {}) for side in ("shown", "drawn"))
        for kind in LOOKS:
            one, other = _shown(screen, kind), _shown(paper, kind)
            assert len(one) == len(other), (trace, kind)
            for mark, drawn in zip(one, other, strict=True):
                _compare(kind, mark, drawn)
                if kind in ("points", "bars"):
                    here, there = _part(mark, screen_box), _part(drawn, paper_box)
                    assert abs(here[0] - there[0]) * across < CLOSE
                    assert abs(here[1] - there[1]) * up < CLOSE


@pytest.mark.parametrize("name", GALLERY)
def test_the_same_words_on_both(page: Page, name: str) -> None:
    """Every annotation and every name along an axis: the same text, size and colour, as far from what it belongs to."""
    chart = made(name, LIGHT)
    pair = measure(page, chart)
    screen, paper = (
        {note["place"]: note["lines"] for note in pair.found[side]} for side in ("shownNotes", "drawnNotes")
    )
    assert screen.keys() == paper.keys()
    for place, lines in screen.items():
        assert [(line["text"], line["fill"], line["size"]) for line in lines] == [
            (line["text"], line["fill"], line["size"]) for line in paper[place]
        ]
        note = chart.figure.layout.annotations[place]
        aside = _offset(lines, note, pair, pair.found["box"]), _offset(paper[place], note, pair, _paper(pair))
        assert aside[0] == pytest.approx(aside[1], abs=2.5), note.text
    names, drawn = ({name["text"] for name in pair.found[side]} - {"", HIDDEN} for side in ("shownNames", "drawnNames"))
    assert names == drawn
    assert len(pair.found["shownShapes"]) == len(pair.found["drawnShapes"])


def _offset(lines: Sequence[Mark], note: Any, pair: Pair, box: Box) -> tuple[float, float]:
    """Pixels from where an annotation belongs to the middle of its words."""
    place = []
    for letter, low, high in (("x", "left", "right"), ("y", "bottom", "top")):
        reference, plot = note[f"{letter}ref"] or letter, pair.frame.box
        part = float(note[letter]) if reference == "paper" else None
        if part is None:
            first, last = {"x": (plot.left, plot.right), "y": (plot.bottom, plot.top)}[letter]
            part = (pair.frame.axis(letter, reference).at(note[letter]) - first) / (last - first)
        place.append(box[low] + part * (box[high] - box[low]))
    left, right = min(line["left"] for line in lines), max(line["right"] for line in lines)
    top, bottom = min(line["top"] for line in lines), max(line["bottom"] for line in lines)
    return (left + right) / 2 - place[0], (top + bottom) / 2 - place[1]


def test_words_are_as_wide_as_they_are_thought_to_be(page: Page) -> None:
    """The widths that drawings are laid out with are those of the letters of the house."""
    pair = measure(page, made("trends.two_years", LIGHT))
    lines = [line for note in pair.found["drawnNotes"] for line in note["lines"]]
    lines += [line for name in ("evaluation.clock", "funnels.rates") for line in _lines(page, name)]
    for line in lines:
        heavy = line["heavy"] != "400"
        thought = words.width((words.Run(line["text"], heavy),), line["size"])
        assert thought == pytest.approx(line["width"], rel=0.03, abs=2), line["text"]


def _lines(page: Page, name: str) -> list[Mark]:
    found = measure(page, made(name, LIGHT)).found
    return [line for note in found["drawnNotes"] for line in note["lines"]]
