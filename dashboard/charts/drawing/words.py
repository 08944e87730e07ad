"""Words in a drawing: how wide they are, where their lines stand, and which of them are heavier.

Widths are those of Source Sans 3 in thousandths of the size of the text, so that a drawing is laid out without a font.
"""

import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from dashboard.charts.drawing.elements import element
from dashboard.charts.drawing.elements import words as spelled

FONT: Final = "'Source Sans 3', 'Source Sans', sans-serif"

ABOVE, BELOW, SPACING, CAPITAL = 1.0, 0.326, 1.3, 0.7
"""In sizes of the text: a line above and below its foot, from one foot to the next, and a capital."""

MIDDLE: Final = 0.35
"""How far below its middle the foot of a line of figures stands, in sizes of the text."""

HEAVY, HEAVIER = 600, 1.042
"""The weight of `<b>`, and how much wider it is."""

WIDTHS: Final = {
    letter: width
    for width, letters in (
        (100, "\N{THIN SPACE}"),
        (120, "\N{NARROW NO-BREAK SPACE}"),
        (200, " \N{NO-BREAK SPACE}"),
        (248, "|i',.:;·’‘jl"),
        (263, "I"),
        (290, "!f"),
        (303, "()[]{}•-"),
        (335, "°t"),
        (348, "r/\\"),
        (421, '*s?z"“”„'),
        (446, "x"),
        (467, "cvy"),
        (482, "YJ–L"),
        (497, "Fke#$+0123456789<=>^~−€×≤≥_"),
        (504, "ag"),
        (514, "XV"),
        (533, "ESTZ"),
        (545, "`oAhun"),
        (555, "bdpq"),
        (569, "PRC"),
        (584, "KB"),
        (614, "&DG"),
        (648, "UNH"),
        (664, "OQ"),
        (723, "wM"),
        (790, "W—"),
        (826, "½%m"),
        (847, "@"),
        (948, "…"),
    )
    for letter in letters
}
"""Letters that differ by less than a hundredth of their size share a width."""

UNKNOWN: Final = 664
"""The width of any other letter: rather too wide than too narrow."""

_BREAK, _HEAVY = re.compile("<br>"), re.compile("(</?b>)")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one weight."""

    text: str
    is_heavy: bool


@dataclass(frozen=True, slots=True)
class Look:
    """Size in pixels, and colour."""

    size: float
    colour: str


Line = tuple[Run, ...]


def lines(text: str) -> list[Line]:
    """A text as Plotly reads it: `<br>`, `<b>` and entities, and nothing else. Raises ValueError for another tag."""
    found: list[Line] = []
    is_heavy = False
    for written in _BREAK.split(text):
        runs: list[Run] = []
        for part in _HEAVY.split(written):
            if part in {"<b>", "</b>"}:
                is_heavy = part == "<b>"
            elif "<" in part:
                raise ValueError(f"Not drawn: the tag in the text {text!r}.")
            elif part:
                runs.append(Run(unescape(part), is_heavy))
        found.append(tuple(runs))
    return found


def width(line: Line, size: float) -> float:
    """Pixels that a line takes."""
    return sum(_letters(run.text) * (HEAVIER if run.is_heavy else 1) for run in line) * size / 1000


def widest(found: list[Line], size: float) -> float:
    """Pixels that the widest of some lines takes."""
    return max((width(line, size) for line in found), default=0.0)


def height(found: list[Line], size: float) -> float:
    """Pixels that some lines take."""
    return (ABOVE + BELOW + SPACING * (len(found) - 1)) * size


def draw(found: list[Line], x: float, foot: float, look: Look, anchor: str = "start") -> str:
    """Lines below each other, the foot of the first at `foot`. `anchor`: which side of them `x` is."""
    return "".join(
        _line(line, x, foot + turn * SPACING * look.size, look, anchor) for turn, line in enumerate(found) if line
    )


def look(font: dict[str, Any], other: Look) -> Look:
    """Size and colour of a Plotly font; what it leaves open is as in `other`."""
    return Look(float(font.get("size", other.size)), font.get("color", other.colour))


def _line(line: Line, x: float, foot: float, look: Look, anchor: str) -> str:
    inside = [
        element("tspan", spelled(run.text), font_weight=HEAVY) if run.is_heavy else spelled(run.text) for run in line
    ]
    return element(
        "text",
        *inside,
        x=x,
        y=foot,
        fill=look.colour,
        font_size=float(look.size),
        text_anchor=None if anchor == "start" else anchor,
    )


def _letters(text: str) -> int:
    plain = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return sum(WIDTHS.get(letter, UNKNOWN) for letter in plain)
