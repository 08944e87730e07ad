"""Symbols, dashes and hatching, of the same shapes and sizes as on the screen."""

from math import floor, sqrt
from typing import Final

from dashboard.charts.drawing.axes import Box
from dashboard.charts.drawing.elements import Point, element, number, path

DASHES: Final = {"solid": (), "dot": (1, 1), "dash": (3, 3)}
"""Lengths of stroke and gap, in widths of the line."""

LEAST_DASH: Final = 3.0
"""Pixels that the width counts for, where a line is thinner."""

BARE: Final = frozenset({"x-thin", "line-ns"})
"""Symbols that are lines, without a face."""

OPEN: Final = "-open"


def dash(kind: str, width: float) -> str | None:
    """The `stroke-dasharray` of a line; none where it is solid."""
    unit = max(width, LEAST_DASH)
    return ",".join(number(part * unit) for part in DASHES[kind]) or None


def symbol(name: str, at: Point, size: float, **look: str | float | None) -> str:
    """A symbol of a size in pixels around a point."""
    half = size / 2
    if name.removesuffix(OPEN) == "circle":
        return element("circle", cx=at[0], cy=at[1], r=half, **look)
    steps = [
        [(at[0] + half * right, at[1] + half * down) for right, down in outline]
        for outline in _OUTLINES[name.removesuffix(OPEN)]
    ]
    d = "".join(path(points, is_closed=name not in BARE) for points in steps)
    return element("path", d=d, **look)


def hatch(box: Box, gap: float, width: float, colour: str) -> str:
    """Slanting lines over a box, so many pixels apart and as thick; they run on from box to box."""
    step = gap * sqrt(2)
    turn = floor((box.left + box.top) / step) + 1
    parts = []
    while turn * step < box.right + box.bottom:
        total = turn * step
        low, high = max(box.left, total - box.bottom), min(box.right, total - box.top)
        parts.append(path([(low, total - low), (high, total - high)]))
        turn += 1
    return element("path", d="".join(parts), fill="none", stroke=colour, stroke_width=width) if parts else ""


def _cross() -> list[Point]:
    """A cross of four slanting arms: from the notch at its foot around, each step as long as an arm is wide."""
    arm = 0.8 / sqrt(2)
    points = [(0.0, arm)]
    for right, down in _STEPS:
        points.append((points[-1][0] + arm * right, points[-1][1] + arm * down))
    return points


_SE, _NE, _NW, _SW = (1, 1), (1, -1), (-1, -1), (-1, 1)

_STEPS: Final = (_SE, _NE, _NW, _NE, _NW, _SW, _NW, _SW, _SE, _SW, _SE)

_WIDE: Final = 1.3
"""How much further the corners of a diamond reach than a circle of its size."""

REACH: Final = _WIDE
"""The same of the widest symbol there is."""

_TALL: Final = 1.4

_OUTLINES: Final[dict[str, list[list[Point]]]] = {
    "diamond": [[(_WIDE, 0), (0, _WIDE), (-_WIDE, 0), (0, -_WIDE)]],
    "square": [[(1, 1), (-1, 1), (-1, -1), (1, -1)]],
    "triangle-up": [[(-2 / sqrt(3), 0.5), (2 / sqrt(3), 0.5), (0, -1)]],
    "x": [_cross()],
    "x-thin": [[(1, 1), (-1, -1)], [(1, -1), (-1, 1)]],
    "line-ns": [[(0, _TALL), (0, -_TALL)]],
}
"""In halves of the size, down is positive. Source: the symbols of Plotly."""
