"""Parts of an SVG as text: numbers short, everything from data escaped."""

import re
from collections.abc import Sequence
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

DECIMALS: Final = 2
"""Hundredths of a pixel: finer than any printer draws."""

_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Source: XML 1.0, 2.2."""

Point = tuple[float, float]


def element(name: str, *inside: str, **attributes: Any) -> str:
    """An element with its attributes (`stroke_width` is `stroke-width`; those of None are left out) and its parts."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_value(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def words(text: str) -> str:
    """A text to be read, as part of an element; what no document may hold is shown as missing."""
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))


def number(value: float) -> str:
    """A number of pixels."""
    short = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def path(points: Sequence[Point], *, is_closed: bool = False) -> str:
    """The `d` of straight lines from point to point."""
    steps = "L".join(f"{number(x)},{number(y)}" for x, y in points)
    return f"M{steps}{'Z' if is_closed else ''}"


def line(start: Point, end: Point, **attributes: Any) -> str:
    """A straight line."""
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **attributes)


def _value(value: object) -> str:
    return number(value) if isinstance(value, float) else f"{value}"
