"""What a figure shows: bars, and lines, areas and points."""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import Any, Final

from dashboard.charts.drawing import axes, marks, words
from dashboard.charts.drawing.axes import Axis, Box, Frame, Reach
from dashboard.charts.drawing.elements import Point, element, number, path
from dashboard.charts.drawing.words import Look
from dashboard.charts.theme import Dict

BESIDE: Final = 3.0
"""Pixels between a bar and its number."""

DARK: Final = "#444"
"""An edge without a colour of its own."""

USUAL: Final = {"size": 6, "width": 2, "gap": 0.2, "many": 0.7}
"""Size of a point and width of a line without their own; room between bars; how dense points of many sizes are."""

NOTHING: Final[Dict] = {}

Between = tuple[Axis, Axis]


def draw(data: Sequence[Dict], layout: Dict, drawn: Frame, font: Look) -> str:
    """All traces, each in a group of its own whose class has its place in the figure; bars lie behind the rest."""
    bars = [(place, trace) for place, trace in enumerate(data) if trace["type"] == "bar"]
    others = [(place, trace) for place, trace in enumerate(data) if trace["type"] == "scatter"]
    parts = _bars(bars, layout, drawn, font)
    for turn, (place, trace) in enumerate(others):
        after = others[turn + 1][1] if turn + 1 < len(others) else NOTHING
        parts.append(_group(place, trace, _scatter(trace, after, _between(trace, drawn), drawn)))
    return "".join(parts)


def reaches(data: Sequence[Dict]) -> list[Reach]:
    """How far the marks reach that may lie beyond the plot."""
    return [
        (axes.place(value), marks.REACH * float(size) / 2 + float(thick) / sqrt(2))
        for trace in data
        if "markers" in trace.get("mode", "") and not trace.get("cliponaxis", True)
        for value, size, thick in _sized(trace)
        if value is not None
    ]


def each(value: Any, count: int) -> list[Any]:
    """A value for every point: its own, or the one of all."""
    return list(value) if isinstance(value, list | tuple) else [value] * count


def clipped(box: Box, *inside: str) -> str:
    """A part of the drawing beyond which nothing shows; the pixels inside it are those outside."""
    size = {"width": box.right - box.left, "height": box.bottom - box.top}
    view = " ".join(number(value) for value in (box.left, box.top, *size.values()))
    return element("svg", *inside, x=box.left, y=box.top, viewBox=view, **size) if any(inside) else ""


def _group(place: int, trace: Dict, inside: str) -> str:
    return element("g", inside, class_=f"spoor-{place}", opacity=trace.get("opacity"))


def _between(trace: Dict, drawn: Frame) -> Between:
    return drawn.axis("x", trace.get("xaxis", "x")), drawn.axis("y", trace.get("yaxis", "y"))


def _scatter(trace: Dict, after: Dict, between: Between, drawn: Frame) -> str:
    points = _points(trace, between)
    box = drawn.plot(*between)
    mode = trace["mode"]
    areas = [_own_area(trace, points)]
    if after.get("fill") == "tonexty":
        areas.append(_area_to(after, points, _points(after, _between(after, drawn))))
    lines = _lines(trace, points) if "lines" in mode else ""
    shown = _symbols(trace, points, between) if "markers" in mode else ""
    shown += _texts(trace, points) if mode == "text" else ""
    if trace.get("cliponaxis", True):
        return clipped(box, *areas, lines, shown)
    return clipped(box, *areas, lines) + shown


def _texts(trace: Dict, points: Sequence[Point | None]) -> str:
    """A text beside or above every point."""
    look = Look(float(trace["textfont"]["size"]), trace["textfont"]["color"])
    is_above = trace.get("textposition") == "top center"
    parts = []
    for point, text in zip(points, each(trace["text"], len(points)), strict=True):
        if point is None or not text:
            continue
        across, height = point
        if is_above:
            foot = height - BESIDE - words.BELOW * look.size
            parts.append(words.draw(words.lines(text), across, foot, look, "middle"))
        else:
            middle = height + words.MIDDLE * look.size
            parts.append(words.draw(words.lines(text), across + BESIDE, middle, look))
    return "".join(parts)


def _points(trace: Dict, between: Between) -> list[Point | None]:
    x, y = between
    return [
        None if across is None or up is None else (x.at(across), y.at(up))
        for across, up in zip(trace["x"], trace["y"], strict=True)
    ]


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    """Points without a gap between them."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _own_area(trace: Dict, points: Sequence[Point | None]) -> str:
    if trace.get("fill") != "toself":
        return ""
    d = "".join(path(run, is_closed=True) for run in _runs(points))
    return element("path", d=d, fill=trace["fillcolor"], class_="vlak") if d else ""


def _area_to(trace: Dict, before: Sequence[Point | None], points: Sequence[Point | None]) -> str:
    """The area between a trace and the one before it."""
    outline = [*(point for point in points if point), *(point for point in reversed(before) if point)]
    return element("path", d=path(outline, is_closed=True), fill=trace["fillcolor"], class_="vlak") if outline else ""


def _lines(trace: Dict, points: Sequence[Point | None]) -> str:
    line = trace.get("line", NOTHING)
    width = float(line.get("width", USUAL["width"]))
    d = "".join(path(run) for run in _runs(points) if len(run) > 1)
    if not width or not d:
        return ""
    dashes = marks.dash(line.get("dash", "solid"), width)
    look = {"stroke": line["color"], "stroke_width": width, "stroke_dasharray": dashes}
    return element("path", d=d, fill="none", **look, class_="lijn")


def _symbols(trace: Dict, points: Sequence[Point | None], between: Between) -> str:
    x, y = between
    marker, count = trace.get("marker", NOTHING), len(points)
    edge = marker.get("line", NOTHING)
    is_many = isinstance(marker.get("size"), list | tuple)
    looks = zip(
        points,
        each(marker.get("symbol", "circle"), count),
        each(marker.get("size", USUAL["size"]), count),
        each(marker.get("color", DARK), count),
        each(edge.get("width", 1 if is_many else 0), count),
        each(edge.get("color", DARK), count),
        zip(trace["x"], trace["y"], strict=True),
        strict=True,
    )
    dense = marker.get("opacity", USUAL["many"] if is_many else 1)
    # Of each point, not of all of them together: where two lie on each other it is darker.
    opacity = None if dense == 1 else float(dense)
    parts = [
        marks.symbol(symbol, point, float(size), **_face(symbol, colour, float(width), line), opacity=opacity)
        for point, symbol, size, colour, width, line, (across, up) in looks
        if point and x.has(across) and y.has(up)
    ]
    return element("g", *parts, class_="punten") if parts else ""


def _sized(trace: Dict) -> list[tuple[Any, float, float]]:
    marker, count = trace.get("marker", NOTHING), len(trace["x"])
    sizes = each(marker.get("size", USUAL["size"]), count)
    return list(zip(trace["x"], sizes, each(marker.get("line", NOTHING).get("width", 0), count), strict=True))


def _face(symbol: str, colour: str, width: float, edge: str) -> Dict:
    if symbol.endswith(marks.OPEN):
        return {"fill": "none", "stroke": colour, "stroke_width": width or 1}
    if symbol in marks.BARE:
        return {"fill": "none", "stroke": edge, "stroke_width": width}
    return {"fill": colour, **({"stroke": edge, "stroke_width": width} if width else {})}


def _bars(bars: Sequence[tuple[int, Dict]], layout: Dict, drawn: Frame, font: Look) -> list[str]:
    if len(bars) > 1 and layout.get("barmode") != "stack":
        raise ValueError("Not drawn: bars of several traces beside each other.")
    places = sorted({axes.place(value) for _, trace in bars for value in trace[_along(trace)]})
    apart = min((right - left for left, right in pairwise(places)), default=1.0)
    thick = apart * (1 - layout.get("bargap", USUAL["gap"]))
    ends: dict[float, float] = {}
    parts = []
    for place, trace in bars:
        spans = []
        for at, value in zip(trace[_along(trace)], trace[_across(trace)], strict=True):
            first = ends.get(axes.place(at), 0.0)
            last = first + (value or 0)
            ends[axes.place(at)] = last
            spans.append((axes.place(at), first, last, value is not None))
        parts.append(_group(place, trace, _bar_trace(trace, spans, thick, drawn, font)))
    return parts


def _along(trace: Dict) -> str:
    return "y" if trace.get("orientation") == "h" else "x"


def _across(trace: Dict) -> str:
    return "x" if trace.get("orientation") == "h" else "y"


Span = tuple[float, float, float, bool]
"""Where a bar stands, from where to where it reaches, and whether there is anything to show."""


def _bar_trace(trace: Dict, spans: Sequence[Span], thick: float, drawn: Frame, font: Look) -> str:
    between = _between(trace, drawn)
    is_level = trace.get("orientation") == "h"
    boxes = [_box(span, thick, between, is_level=is_level) for span in spans]
    count = len(spans)
    marker = trace["marker"]
    edge, pattern = marker.get("line", NOTHING), marker.get("pattern", NOTHING)
    looks = zip(
        boxes,
        spans,
        each(marker.get("color"), count),
        each(edge.get("width", 0), count),
        each(edge.get("color", DARK), count),
        _hatchings(pattern, count),
        strict=True,
    )
    shown = [
        _bar(box, colour, (width, line), hatching)
        for box, (_, first, last, is_known), colour, width, line, hatching in looks
        if is_known and first != last
    ]
    numbers = _numbers(trace, boxes, spans, font, is_level=is_level)
    box = drawn.plot(*between)
    if trace.get("cliponaxis", True):
        return clipped(box, *shown, numbers)
    return clipped(box, *shown) + numbers


def _box(span: Span, thick: float, between: Between, *, is_level: bool) -> Box:
    at, first, last, _ = span
    x, y = between
    if is_level:
        above, below = sorted((y.at(at - thick / 2), y.at(at + thick / 2)))
        return Box(x.at(first), above, x.at(last), below)
    left, right = sorted((x.at(at - thick / 2), x.at(at + thick / 2)))
    return Box(left, y.at(last), right, y.at(first))


Hatching = tuple[str, float, float, str, str]
"""Shape, pixels apart, thickness, and the colours of lines and of what lies behind them."""


def _hatchings(pattern: Dict, count: int) -> list[Hatching]:
    gap, solid = float(pattern.get("size", 8)), float(pattern.get("solidity", 0.3))
    return [
        (shape, gap, gap * solid, front, behind)
        for shape, front, behind in zip(
            each(pattern.get("shape", ""), count),
            each(pattern.get("fgcolor", DARK), count),
            each(pattern.get("bgcolor", ""), count),
            strict=True,
        )
    ]


def _bar(box: Box, colour: str, edge: tuple[float, str], hatching: Hatching) -> str:
    shape, gap, thick, front, behind = hatching
    width, line = edge
    where = {"x": box.left, "y": box.top, "width": box.right - box.left, "height": box.bottom - box.top}
    rim = {"stroke": line, "stroke_width": float(width)} if width else {}
    if not shape:
        return element("rect", **where, fill=colour, **rim)
    face = element("rect", **where, fill=behind or colour)
    return face + marks.hatch(box, gap, thick, front) + (element("rect", **where, fill="none", **rim) if rim else "")


def _numbers(trace: Dict, boxes: Sequence[Box], spans: Sequence[Span], font: Look, *, is_level: bool) -> str:
    count = len(boxes)
    known = trace.get("textfont", NOTHING)
    looks = [Look(float(known.get("size", font.size)), colour) for colour in each(known.get("color"), count)]
    is_inside = trace.get("textposition") == "inside"
    parts = []
    for text, box, span, look in zip(each(trace.get("text", ""), count), boxes, spans, looks, strict=True):
        if not text or not span[3] or (is_inside and span[1] == span[2]):
            continue
        across, middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2 + words.MIDDLE * look.size
        found = words.lines(text)
        if is_inside:
            parts.append(words.draw(found, across, middle, look, "middle"))
        elif is_level:
            parts.append(words.draw(found, box.right + BESIDE, middle, look))
        else:
            foot = box.top - BESIDE - words.BELOW * look.size
            parts.append(words.draw(found, across, foot, look, "middle"))
    return "".join(parts)
