"""School years laid over each other on one axis: what each line is called, and what happened in its year.

What happened stands in bands above the chart, where no number can be read as a value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from dashboard.charts import labels, theme
from dashboard.charts.events import Event, Mark, marks
from dashboard.charts.theme import Dict, Palette
from dashboard.periods import school_year_days, school_year_name

BOXED = 0.08
"""Two numbers in a box that stand closer than this part of the axis would touch on a phone: they are one box."""

ROW, BAND = 22, 16
"""Pixels from one band to the next, and of the band itself."""

WORDS, HEAD = 34, 20
"""Pixels of the unit of the upright axis, below the bands, and of the words above them."""

SMALL = 12
"""Pixels of a number in a box."""

HAPPENED = "wat er gebeurde, per schooljaar"

SAMPLES = 8
"""In so many steps a line goes from one point to the next, for words to keep clear of."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands of time above the chart, apart from its axes: one for each year with an event."""

    shapes: list[Dict]
    notes: list[Dict]
    height: int
    """Pixels above the words of the upright axis."""


@dataclass(frozen=True, slots=True)
class Line:
    """The line of a school year, in the units of the axes."""

    start: int
    """The year in which it starts."""
    points: Sequence[Point]
    """What is known, oldest first."""
    colour: str


@dataclass(frozen=True, slots=True)
class Plot:
    """What a chart's axes reach over, and how high it is drawn."""

    across: tuple[float, float]
    up: tuple[float, float]
    height: int
    """Pixels."""

    def pixel(self, value: float) -> float:
        """How many pixels below the top a value stands."""
        low, high = self.up
        return (high - value) / (high - low) * self.height

    def part(self, place: float) -> float:
        """Where in the width a place stands: 0 is left, 1 is right."""
        first, last = self.across
        return (place - first) / (last - first)


def bands(
    events: Sequence[Event], colours: Mapping[int, str], palette: Palette, place: Callable[[date], float]
) -> Bands:
    """Events of school years that share one axis: each year has a band of its own, so that no number can belong to two.

    `colours`: those of the years on the chart, by the year in which each starts; `place`: where on the axis a day of
    any of them stands.
    """
    found = {year: marks(events, *school_year_days(year), BOXED) for year in sorted(colours, reverse=True)}
    rows = [(school_year_name(year), there, colours[year]) for year, there in found.items() if there]
    return _stacked(rows, HAPPENED, palette, place)


def band(
    events: Sequence[Event], days: tuple[date, date], palette: Palette, place: Callable[[date], float], words: str
) -> Bands:
    """Events from the first to the last of two days, in one band under these words; `place` as in `bands`."""
    there = marks(events, *days, BOXED)
    return _stacked([("", there, palette.quiet)] if there else [], words, palette, place)


def _stacked(
    rows: Sequence[tuple[str, Sequence[Mark], str]], words: str, palette: Palette, place: Callable[[date], float]
) -> Bands:
    """Bands one above the other, each with what it is called, its events and their colour; the lowest first."""
    if not rows:
        return Bands([], [], 0)
    shapes, notes = [], []
    for row, (name, there, colour) in enumerate(rows):
        middle = WORDS + ROW * row + ROW // 2
        shapes.append(_band(middle, palette))
        notes += [_box(place(mark.days[0]), mark, middle, colour, palette) for mark in there]
        notes += [_beside(name, middle, colour)] if name else []
    up = WORDS + ROW * len(rows)
    notes.append({**theme.axis_words(palette, words), "yshift": up + 2})
    return Bands(shapes, notes, up + HEAD - WORDS)


def names(lines: Sequence[Line], plot: Plot) -> list[Dict]:
    """The name of each line, where it hides no line and no other name, on a phone as well as on a wall.

    Right of the chart where the line goes on longest, one below the other; the others beside their last point.
    """
    drawn = [line for line in lines if line.points]
    last = max((line.points[-1][0] for line in drawn), default=0.0)
    longest = [line for line in drawn if line.points[-1][0] == last]
    shorter = [line for line in drawn if line.points[-1][0] < last]
    heights = _apart([plot.pixel(line.points[-1][1]) for line in longest], plot.height)
    outside = {
        line.start: {
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": 10,
            "yshift": plot.pixel(line.points[-1][1]) - up,
        }
        for line, up in zip(longest, heights, strict=True)
    }
    found = outside | _inside(shorter, drawn, plot)
    return [_name(line, found[line.start]) for line in drawn]


def _inside(lines: Sequence[Line], drawn: Sequence[Line], plot: Plot) -> dict[int, Dict]:
    """Where the name of each line stands among the lines `drawn`."""
    ends = [
        labels.Mark(plot.part(line.points[-1][0]), plot.pixel(line.points[-1][1]), school_year_name(line.start))
        for line in lines
    ]
    way = [labels.Mark(plot.part(across), plot.pixel(up)) for line in drawn for across, up in _along(line.points)]
    places = labels.places([*ends, *way], plot.height)
    # Where there is no room at all it stands below its point: a name over a line is better than a line without one.
    below: Dict = {"xanchor": "left", "yanchor": "top", "yshift": -6}
    return {
        line.start: place.annotation() if place else below
        for line, place in zip(lines, places[: len(lines)], strict=True)
    }


def _along(points: Sequence[Point]) -> list[Point]:
    """Places on a line, close enough together for nothing to pass between them."""
    return [
        (left[0] + (right[0] - left[0]) * step / SAMPLES, left[1] + (right[1] - left[1]) * step / SAMPLES)
        for left, right in pairwise(points)
        for step in range(SAMPLES + 1)
    ] or list(points)


def _apart(heights: Sequence[float], room: int) -> list[float]:
    """Pixels from the top, moved as little as it takes to have a line of text between any two, all within the room."""
    order = sorted(range(len(heights)), key=lambda number: heights[number])
    placed = list(heights)
    top = labels.LINE / 2
    for number in order:
        placed[number] = top = max(placed[number], top)
        top += labels.LINE
    foot = room - labels.LINE / 2
    for number in reversed(order):
        placed[number] = foot = min(placed[number], foot)
        foot -= labels.LINE
    return placed


def _name(line: Line, place: Dict) -> Dict:
    across, up = line.points[-1]
    arrow = {"arrowcolor": line.colour} if place.get("showarrow") else {"showarrow": False}
    return {
        "x": across,
        "y": up,
        "text": school_year_name(line.start),
        "font": {"size": theme.TEXT, "color": line.colour},
        **place,
        **arrow,
    }


def _band(middle: int, palette: Palette) -> Dict:
    """So many pixels above the plot, as wide as the plot."""
    return {
        "type": "rect",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "yref": "paper",
        "ysizemode": "pixel",
        "yanchor": 1,
        "y0": middle - BAND // 2,
        "y1": middle + BAND // 2,
        "fillcolor": palette.faint,
        "line": {"width": 0},
    }


def _box(place: float, mark: Mark, middle: int, colour: str, palette: Palette) -> Dict:
    return {
        "x": place,
        "y": 1,
        "yref": "paper",
        "yshift": middle,
        "yanchor": "middle",
        "text": mark.label,
        "showarrow": False,
        "bgcolor": palette.paper,
        "bordercolor": colour,
        "borderwidth": 1,
        "borderpad": 1,
        "font": {"size": SMALL, "color": colour},
        "hovertext": mark.words,
    }


def _beside(text: str, middle: int, colour: str) -> Dict:
    """Words at the right end of a band."""
    return {
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 6,
        "y": 1,
        "yref": "paper",
        "yshift": middle,
        "yanchor": "middle",
        "text": text,
        "showarrow": False,
        "font": {"size": theme.TEXT, "color": colour},
    }
