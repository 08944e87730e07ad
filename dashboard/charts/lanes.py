"""Spans of time above a chart, each with its words, in as many rows as it takes to keep them apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from dashboard.charts import theme
from dashboard.charts.labels import LETTER
from dashboard.charts.theme import Dict, Palette

LINE, BRACKET = 19, 8
"""Pixels of a line of words, and of the bracket below it."""

PHONE = 285
"""Pixels that an axis of time has on a narrow phone, less what stands beside it."""

BESIDE = 6
"""Pixels that stay free at either side of words."""

BREAK = "<br>"


@dataclass(frozen=True, slots=True)
class Span:
    """Time from one day until another, and what there is to say of it."""

    start: date
    end: date
    """The first day that no longer belongs to it."""
    texts: tuple[str, ...]
    """What may be said, the longest first: the first that fits, else the last. Safe to draw."""
    hover: str
    colour: str
    """Of the palette."""
    is_name: bool = False
    """Whether the words only fit where they are no wider than the span."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """Rows of spans, to be drawn on a second axis above the chart; a unit of that axis is a pixel."""

    height: int = 0
    """Pixels."""
    traces: list[Dict] = field(default_factory=list)
    notes: list[Dict] = field(default_factory=list)

    def axis(self, plot: int) -> Dict:
        """The hidden axis of the rows, above a plot of so many pixels."""
        low = plot / (plot + self.height)
        return {"domain": [low, 1], "range": [max(self.height, 1), 0], "visible": False, "fixedrange": True}


@dataclass(frozen=True, slots=True)
class _Placed:
    span: Span
    text: str
    anchor: str
    left: float
    right: float
    """From where to where on the axis of a phone, in pixels, bracket and text reach."""


def place(groups: Sequence[Sequence[Span]], axis: tuple[date, date], palette: Palette, *, beside: int = 0) -> Lanes:
    """Rows in which no bracket and no words touch, on a phone either; each group starts a row of its own.

    `axis`: where the axis of days begins and ends; `beside`: the pixels at its right that words of the chart take.
    """
    pixels = PHONE - beside
    rows = [row for group in groups for row in _rows([_placed(span, axis, pixels) for span in group])]
    traces, notes, foot = [], [], 0
    for row in rows:
        foot += BRACKET + LINE * max(entry.text.count(BREAK) + 1 for entry in row)
        traces += [_bracket(entry.span, foot, palette) for entry in row]
        notes += [_note(entry, foot, palette) for entry in row]
    return Lanes(foot + (BRACKET if rows else 0), traces, notes)


def _rows(entries: Sequence[_Placed]) -> list[list[_Placed]]:
    rows: list[list[_Placed]] = []
    for entry in entries:
        row = next((taken for taken in rows if all(_are_apart(entry, other) for other in taken)), None)
        if row is None:
            rows.append([entry])
        else:
            row.append(entry)
    return rows


def _are_apart(one: _Placed, other: _Placed) -> bool:
    return one.right <= other.left or other.right <= one.left


def _placed(span: Span, axis: tuple[date, date], pixels: int) -> _Placed:
    left, right = (pixels * ((day - axis[0]) / (axis[1] - axis[0])) for day in (span.start, span.end))
    texts = [text for text in span.texts if not span.is_name or _width(text) <= right - left] or span.texts[-1:]
    fitting = ((text, *_anchor(text, left, right, pixels)) for text in texts)
    text, anchor, middle = next((entry for entry in fitting if entry[1]), (texts[-1], "center", (left + right) / 2))
    reach = _width(text) / 2 + (0 if span.is_name else BESIDE)
    return _Placed(span, text, anchor, min(left, middle - reach), max(right, middle + reach))


def _anchor(text: str, left: float, right: float, pixels: int) -> tuple[str, float]:
    """How words hang on their bracket so that they stay within the axis, and where their middle is; else no way."""
    half = _width(text) / 2
    ways = (("center", (left + right) / 2), ("left", left + half), ("right", right - half))
    return next((way for way in ways if half <= way[1] <= pixels - half), ("", 0.0))


def on_two_lines(text: str) -> str:
    """A text of more than one word on two lines, as even as it goes."""
    words = text.split()
    breaks = [(" ".join(words[:turn]), " ".join(words[turn:])) for turn in range(1, len(words))]
    return BREAK.join(min(breaks, key=lambda lines: max(map(len, lines)), default=(text,)))


def _width(text: str) -> float:
    """Pixels that a text takes."""
    return max(len(line) for line in text.split(BREAK)) * LETTER


def _bracket(span: Span, foot: int, palette: Palette) -> Dict:
    first, last = f"{span.start}", f"{span.end}"
    top = foot - BRACKET // 2
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "haak",
        "x": [first, first, last, last],
        "y": [foot, top, top, foot],
        "yaxis": "y2",
        "line": {"color": getattr(palette, span.colour), "width": 1.5},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _note(entry: _Placed, foot: int, palette: Palette) -> Dict:
    start, end = entry.span.start, entry.span.end
    where = {"left": start, "right": end, "center": start + (end - start) / 2}[entry.anchor]
    return {
        "x": f"{where}",
        "y": foot - BRACKET // 2,
        "yref": "y2",
        "text": entry.text,
        "showarrow": False,
        "xanchor": entry.anchor,
        "yanchor": "bottom",
        "bgcolor": palette.paper,
        "borderpad": 0,
        "font": {"size": theme.TEXT, "color": palette.ink},
        "hovertext": theme.plain(entry.span.hover),
    }
