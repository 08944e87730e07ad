"""Axes: where a value lies, which of its values are named, and the room that their names take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import ceil, floor, log10
from typing import Any, Final

from dashboard import dutch
from dashboard.charts.drawing import words
from dashboard.charts.drawing.elements import element, line
from dashboard.charts.drawing.words import Look
from dashboard.charts.theme import SHORT_MONTHS, Dict

ROUND, MONTHS = (2, 5, 10), (1, 2, 3, 6, 12)
"""Steps between values that are named: times a power of ten; and in months."""

MONTH: Final = 365.25 / 12
"""Days."""

LINE: Final = 1.0
"""Pixels of a line."""

CLEAR: Final = 0.2
"""Between a line of the axis and what is named below it, in sizes of the text."""

BESIDE, BELOW = 3.0, 4.0
"""Pixels between a name and the plot at its right, and below the title of an axis."""

ROUNDS: Final = 6
"""So many times the room for the names is worked out again: it changes where they stand."""

NEAR: Final = 1e-9
"""What rounding may take off an end of an axis, as a part of its length."""

HOLLOW: Final = (0.0, 1.0)
"""The range of an axis of a figure without a trace; nothing of it is named."""


Reach = tuple[float, float]
"""A value along the axis below, and how many pixels to its left and right something is drawn."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the drawing, in pixels from its top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Axis:
    """From value to pixels, and what is named along it."""

    name: str
    spec: Dict
    low: float
    high: float
    """The ends of its range: `low` lies at the left or at the bottom."""
    start: float = 0.0
    end: float = 1.0
    """Where those ends lie, in pixels."""

    def at(self, value: object) -> float:
        """Where a value lies. Raises ValueError where the axis doesn't say from where to where it goes."""
        if "range" not in self.spec:
            raise ValueError(f"Not drawn: {self.name} without its range.")
        return self.start + (place(value) - self.low) / (self.high - self.low) * (self.end - self.start)

    def has(self, value: object) -> bool:
        """Whether a value lies on the axis."""
        part = (place(value) - self.low) / (self.high - self.low)
        return -NEAR <= part <= 1 + NEAR

    @property
    def is_shown(self) -> bool:
        """Whether anything of it is drawn."""
        return bool(self.spec.get("visible", True)) and "range" in self.spec

    @property
    def has_zero(self) -> bool:
        """Whether a line of its own crosses the plot at zero."""
        return bool(self.spec.get("zeroline")) and self.has(0)

    @property
    def named(self) -> list[tuple[float, str]]:
        """The values that are named, within the range."""
        known = _named(self) if self.is_shown else []
        return [(value, text) for value, text in known if self.has(value)]

    def look(self, part: str, font: Look) -> Look:
        """Of its names (`tickfont`) or its title."""
        known = self.spec.get("title", {}).get("font", {}) if part == "title" else self.spec.get(part, {})
        return words.look(known, font)


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot: the whole room between the margins, and the axes in it."""

    box: Box
    pad: float
    """Pixels between the plot and its axes."""
    axes: Mapping[str, Axis]
    """By their name in the layout."""

    def axis(self, letter: str, reference: str) -> Axis:
        """The axis of a reference: `x`, `y`, `y2`."""
        return self.axes[f"{letter}axis{reference[1:]}"]

    def plot(self, x: Axis, y: Axis) -> Box:
        """The part of the plot between two axes."""
        return Box(x.start, y.end, x.end, y.start)


def place(value: object) -> float:
    """A value as a number; a day as its number in the calendar."""
    if isinstance(value, str):
        moment = datetime.fromisoformat(value)
        return moment.toordinal() + (moment - datetime.combine(moment.date(), datetime.min.time())).seconds / 86400
    if isinstance(value, date):
        return float(value.toordinal())
    assert isinstance(value, int | float)
    return float(value)


def frame(layout: Dict, size: tuple[float, float], font: Look, reaches: Sequence[Reach] = ()) -> Frame:
    """The plot of a figure of this width and height; what names need, and marks at its edge, it gives up."""
    given = layout.get("margin", {})
    margins = {side: float(given.get(side, 80)) for side in "lrtb"}
    pad = float(given.get("pad", 0))
    axes: dict[str, Axis] = {name: _axis(layout[name], name) for name in ("xaxis", "yaxis", "yaxis2") if name in layout}
    found = _placed(axes, margins, pad, size)
    for _ in range(ROUNDS):
        needed = {side: max(room, margins[side]) for side, room in _rooms(found, size, font, reaches).items()}
        if needed == margins:
            break
        margins = needed
        found = _placed(axes, margins, pad, size)
    return found


def grid(drawn: Frame) -> str:
    """The thin lines behind everything: across the plot at each value that is named, and at zero where it asks so."""
    x, y = drawn.axes["xaxis"], drawn.axes["yaxis"]
    upright = [line((at, y.start), (at, y.end), **look) for at, look in _thin_lines(x)]
    level = [
        line((x.start, at), (x.end, at), **look)
        for name, axis in drawn.axes.items()
        if name.startswith("y")
        for at, look in _thin_lines(axis)
    ]
    return "".join(upright + level)


def _thin_lines(axis: Axis) -> list[tuple[float, Dict]]:
    """Where a thin line crosses the plot, and how it looks."""
    if not axis.is_shown:
        return []
    usual = {"stroke": axis.spec.get("gridcolor"), "stroke_width": LINE}
    zero = [(axis.at(0), {**usual, "stroke": axis.spec["zerolinecolor"]})] if axis.has_zero else []
    values = [value for value, _ in axis.named if value or not zero] if axis.spec.get("showgrid", True) else []
    return [(axis.at(value), usual) for value in values] + zero


def names(drawn: Frame, font: Look) -> str:
    """The lines of the axes, their names and their titles."""
    parts = [*_below(drawn, font), *_left(drawn, font)]
    return element("g", *parts, class_="assen") if parts else ""


def _axis(spec: Dict, name: str) -> Axis:
    shown = {"showgrid", "tickvals", "nticks", "dtick"}
    if spec.get("visible", True) and "range" in spec and not shown & spec.keys():
        raise ValueError(f"Not drawn: {name} without its values.")
    if name.startswith("y") and spec.get("title", {}).get("text"):
        raise ValueError(f"Not drawn: layout.{name}.title.")
    low, high = (place(end) for end in spec.get("range", HOLLOW))
    return Axis(name, spec, low, high)


def _placed(axes: Mapping[str, Axis], margins: Mapping[str, float], pad: float, size: tuple[float, float]) -> Frame:
    box = Box(margins["l"], margins["t"], size[0] - margins["r"], size[1] - margins["b"])
    placed = {}
    for name, axis in axes.items():
        first, last = axis.spec.get("domain", (0, 1))
        if name.startswith("x"):
            across = box.right - box.left
            placed[name] = replace(axis, start=box.left + first * across, end=box.left + last * across)
        else:
            up = box.bottom - box.top
            placed[name] = replace(axis, start=box.bottom - first * up, end=box.bottom - last * up)
    return Frame(box, pad, placed)


def _rooms(drawn: Frame, size: tuple[float, float], font: Look, reaches: Sequence[Reach]) -> dict[str, float]:
    """Pixels that the names of the axes need at each side, and marks beside it."""
    rooms = dict.fromkeys("lrtb", 0.0)
    x, y = drawn.axes["xaxis"], drawn.axes["yaxis"]
    if x.is_shown and x.spec.get("automargin"):
        rooms["b"] = _depth(drawn, font) + (BELOW if x.spec.get("title", {}).get("text") else 0)
        look = x.look("tickfont", font)
        named = [(value, words.widest(words.lines(text), look.size) / 2) for value, text in x.named]
        halves = [(x.at(value), half) for value, half in (*named, *reaches)]
        rooms["l"] = drawn.box.left + max((half - at for at, half in halves), default=-drawn.box.left)
        beyond = max((at + half - size[0] for at, half in halves), default=0.0)
        rooms["r"] = size[0] - drawn.box.right + beyond
    if y.is_shown and y.spec.get("automargin"):
        look = y.look("tickfont", font)
        widths = [words.widest(words.lines(text), look.size) for _, text in y.named]
        rooms["l"] = max(rooms["l"], max(widths, default=0.0) + BESIDE + drawn.pad)
    return rooms


def _foot(drawn: Frame, font: Look) -> float:
    """Pixels from the bottom of the plot to the foot of the first line of names."""
    x = drawn.axes["xaxis"]
    look = x.look("tickfont", font)
    return drawn.pad + LINE / 2 + look.size * (1 + (CLEAR if "linecolor" in x.spec else 0))


def _depth(drawn: Frame, font: Look) -> float:
    """Pixels from the bottom of the plot to that of its title, or of the names where it has none."""
    x = drawn.axes["xaxis"]
    look = x.look("tickfont", font)
    most = max((len(words.lines(text)) for _, text in x.named), default=0)
    below = _foot(drawn, font) + look.size * (words.SPACING * (most - 1) + words.BELOW) if most else drawn.pad
    return _title_foot(below, x, font) if x.spec.get("title", {}).get("text") else below


def _title_foot(below: float, x: Axis, font: Look) -> float:
    return below + float(x.spec["title"].get("standoff", 0)) + words.CAPITAL * x.look("title", font).size


def _below(drawn: Frame, font: Look) -> list[str]:
    x, y = drawn.axes["xaxis"], drawn.axes["yaxis"]
    if not x.is_shown:
        return []
    look, bottom = x.look("tickfont", font), y.start
    parts = []
    if "linecolor" in x.spec:
        level = bottom + drawn.pad + LINE / 2
        parts.append(line((x.start, level), (x.end, level), stroke=x.spec["linecolor"], stroke_width=LINE))
    parts += [
        words.draw(words.lines(text), x.at(value), bottom + _foot(drawn, font), look, "middle")
        for value, text in x.named
    ]
    title = x.spec.get("title", {}).get("text", "")
    if title:
        middle, foot = (x.start + x.end) / 2, bottom + _depth(drawn, font)
        parts.append(words.draw(words.lines(title), middle, foot, x.look("title", font), "middle"))
    return parts


def _left(drawn: Frame, font: Look) -> list[str]:
    x = drawn.axes["xaxis"]
    parts = []
    for name, y in drawn.axes.items():
        if not name.startswith("y") or not y.is_shown:
            continue
        look = y.look("tickfont", font)
        edge = x.start - drawn.pad - BESIDE
        parts += [
            words.draw(words.lines(text), edge, y.at(value) + words.MIDDLE * look.size, look, "end")
            for value, text in y.named
        ]
    return parts


def _named(axis: Axis) -> list[tuple[float, str]]:
    spec = axis.spec
    if "tickvals" in spec:
        values = [place(value) for value in spec["tickvals"]]
        return list(zip(values, spec["ticktext"], strict=True))
    if not {"nticks", "dtick"} & spec.keys():
        return []
    if spec.get("type") == "date":
        return [(float(day.toordinal()), _day_text(day, spec["tickformat"])) for day in _months(axis)]
    return [(value, _text(value, spec["tickformat"])) for value in _values(axis)]


def _values(axis: Axis) -> list[float]:
    low, high = sorted((axis.low, axis.high))
    step = float(axis.spec.get("dtick", 0)) or _step((high - low) / axis.spec["nticks"])
    first, last = ceil(low / step - NEAR), floor(high / step + NEAR)
    return [turn * step for turn in range(first, last + 1)]


def _step(rough: float) -> float:
    """The round number that is at least so much."""
    base = 10.0 ** floor(log10(rough))
    return base * next(step for step in ROUND if step * base >= rough * (1 - NEAR))


def _months(axis: Axis) -> list[date]:
    """The firsts of the months that are named, counted from a January."""
    low, high = sorted((axis.low, axis.high))
    rough = (high - low) / axis.spec["nticks"] / MONTH
    step = next((step for step in MONTHS if step >= rough), None) or 12 * ceil(rough / 12)
    first, last = (date.fromordinal(int(end)) for end in (low, high))
    turns = range(12 * first.year, 12 * (last.year + 1), 1)
    return [date(turn // 12, turn % 12 + 1, 1) for turn in turns if turn % step == 0]


def _text(value: float, how: str) -> str:
    """A number as its format says: whole, or with one decimal where it has one."""
    rounded = round(value, 1)
    if how == ",d" or rounded == int(rounded):
        return dutch.number(floor(value + 0.5))
    return dutch.rate(rounded)


def _day_text(day: date, how: str) -> str:
    parts: Sequence[tuple[str, Any]] = (("%b", SHORT_MONTHS[day.month - 1]), ("%Y", day.year))
    text = how
    for sign, part in parts:
        text = text.replace(sign, f"{part}")
    return text
