"""Lines and words over a figure: shapes and annotations."""

from collections.abc import Sequence
from typing import Final

from dashboard.charts.drawing import marks, words
from dashboard.charts.drawing.axes import Axis, Box, Frame, place
from dashboard.charts.drawing.elements import Point, element, line
from dashboard.charts.drawing.words import Look
from dashboard.charts.theme import Dict

PAPER: Final = "paper"

AROUND: Final = {"borderpad": 1.0, "borderwidth": 1.0}
"""Pixels around the words of an annotation that doesn't say it, as Plotly has them."""

SIDES: Final = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}
"""How much of an annotation lies before its place."""

ANCHORS: Final = {"left": "start", "center": "middle", "right": "end"}

CLOSEST: Final = 1 / 3
"""Closer than this part of the plot to one of its ends, words without a side of their own hang there."""


def shapes(found: Sequence[Dict], drawn: Frame) -> str:
    """The lines and bands; those at a value beyond an axis aren't seen on the screen either."""
    parts = [_shape(shape, drawn) for shape in found if _is_seen(shape, drawn, ("x0", "x1"))]
    return element("g", *parts, class_="vormen") if parts else ""


def annotations(found: Sequence[Dict], drawn: Frame, font: Look) -> str:
    """The words, in their boxes, with a line to what they belong to where they stand further off."""
    parts = [
        element("g", _note(note, drawn, font), class_=f"noot-{turn}")
        for turn, note in enumerate(found)
        if _is_seen(note, drawn, ("x", "y"))
    ]
    return element("g", *parts, class_="noten") if parts else ""


def _is_seen(described: Dict, drawn: Frame, names: Sequence[str]) -> bool:
    known = [(_axis(described, name[0], drawn), described[name]) for name in names]
    return all(axis is None or axis.has(value) for axis, value in known)


def _axis(described: Dict, letter: str, drawn: Frame) -> Axis | None:
    """The axis that a place is a value of; none: it is a part of the plot."""
    reference = described.get(f"{letter}ref", letter)
    return None if reference == PAPER else drawn.axis(letter, reference)


def _across(described: Dict, name: str, drawn: Frame) -> float:
    axis, box = _axis(described, "x", drawn), drawn.box
    return axis.at(described[name]) if axis else box.left + place(described[name]) * (box.right - box.left)


def _up(described: Dict, name: str, drawn: Frame) -> float:
    axis, box = _axis(described, "y", drawn), drawn.box
    return axis.at(described[name]) if axis else box.bottom - place(described[name]) * (box.bottom - box.top)


def _shape(shape: Dict, drawn: Frame) -> str:
    is_pixels = shape.get("ysizemode") == "pixel"
    base = _up(shape, "yanchor", drawn) if is_pixels else 0.0
    start, end = [
        (_across(shape, x, drawn), base - shape[y] if is_pixels else _up(shape, y, drawn))
        for x, y in (("x0", "y0"), ("x1", "y1"))
    ]
    look = shape["line"]
    width = float(look.get("width", 2))
    dashes = marks.dash(look.get("dash", "solid"), width)
    stroke = {"stroke": look["color"], "stroke_width": width, "stroke_dasharray": dashes} if width else {}
    if shape["type"] == "line":
        return line(start, end, **stroke)
    (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    face = shape.get("fillcolor", "none")
    return element("rect", x=left, y=top, width=right - left, height=bottom - top, fill=face, **stroke)


def _note(note: Dict, drawn: Frame, font: Look) -> str:
    look, found = words.look(note.get("font", {}), font), words.lines(note["text"])
    target = (_across(note, "x", drawn), _up(note, "y", drawn))
    has_line = note.get("showarrow", True)
    shift = (note.get("ax", 0), note.get("ay", 0)) if has_line else (note.get("xshift", 0), -note.get("yshift", 0))
    at = (target[0] + shift[0], target[1] + shift[1])
    around = sum(note.get(name, usual) for name, usual in AROUND.items())
    wide, high = words.widest(found, look.size), words.height(found, look.size)
    left = at[0] - (wide + 2 * around) * SIDES[_side(note, "x", drawn, has_line=has_line)]
    top = at[1] - (high + 2 * around) * SIDES[_side(note, "y", drawn, has_line=has_line)]
    box = Box(left, top, left + wide + 2 * around, top + high + 2 * around)
    lead = _lead(note, at, target) if has_line else ""
    return lead + _box(note, box) + _words(found, note, box, around, look)


def _words(found: list[words.Line], note: Dict, box: Box, around: float, look: Look) -> str:
    """The lines in their box: where the letters turn out wider or narrower, the side of their place holds."""
    hangs = "start" if note.get("align") == "left" else ANCHORS[note.get("xanchor", "center")]
    if len(found) > 1 and note.get("align") != "left":
        hangs = "middle"
    x = {"start": box.left + around, "middle": (box.left + box.right) / 2, "end": box.right - around}[hangs]
    return words.draw(found, x, box.top + around + words.ABOVE * look.size, look, hangs)


def _side(note: Dict, letter: str, drawn: Frame, *, has_line: bool) -> str:
    """Which side of the words lies at their place."""
    sides = ("left", "center", "right") if letter == "x" else ("bottom", "middle", "top")
    given = note.get(f"{letter}anchor")
    if given or has_line or _axis(note, letter, drawn):
        return given or sides[1]
    part = place(note[letter])
    return sides[0] if part < CLOSEST else sides[1] if part <= 1 - CLOSEST else sides[2]


def _lead(note: Dict, start: Point, end: Point) -> str:
    return line(start, end, stroke=note["arrowcolor"], stroke_width=float(note.get("arrowwidth", 1)))


def _box(note: Dict, box: Box) -> str:
    """What lies behind the words, and the line around them."""
    if not {"bgcolor", "bordercolor"} & note.keys():
        return ""
    width = float(note.get("borderwidth", AROUND["borderwidth"])) if "bordercolor" in note else 0.0
    inset = note.get("borderwidth", AROUND["borderwidth"]) / 2
    return element(
        "rect",
        x=box.left + inset,
        y=box.top + inset,
        width=box.right - box.left - 2 * inset,
        height=box.bottom - box.top - 2 * inset,
        fill=note.get("bgcolor", "none"),
        stroke=note["bordercolor"] if width else None,
        stroke_width=width or None,
    )
