"""Drawings for paper: every point, line, bar and word of the figure at its place, and nothing that isn't known."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from importlib import import_module
from inspect import getmembers, isfunction, signature
from math import sqrt
from pkgutil import iter_modules
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import plotly.graph_objects as go
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import charts
from dashboard.charts import drawing, theme, trends
from dashboard.charts.drawing import axes, keys, traces, words
from dashboard.charts.drawing.axes import Axis, Frame
from dashboard.charts.drawing.words import Look
from dashboard.charts.theme import PALETTES, Chart, Key, Palette
from tests.charts.gallery import GALLERY, made

SPACE = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "title", "desc", "g", "path", "rect", "line", "circle", "text", "tspan"}
WIDTH = 640
LIGHT = PALETTES["light"]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
Pair = tuple[float, float]

everything = pytest.mark.parametrize("name", GALLERY)


def _drawn(chart: Chart, width: int = WIDTH) -> ET.Element:
    return ET.fromstring(drawing.svg(chart, width))


def _described(chart: Chart) -> dict[str, Any]:
    return dict(chart.figure.to_plotly_json())


def _frame(chart: Chart) -> Frame:
    """Where the plot lies: the only thing that is taken over from the drawing itself."""
    known = _described(chart)
    layout = known["layout"]
    look = Look(layout["font"]["size"], layout["font"]["color"])
    return axes.frame(layout, (float(WIDTH), float(layout["height"])), look, traces.reaches(known["data"]))


def _number(value: Any) -> float:
    return datetime.fromisoformat(value).timestamp() if isinstance(value, str) else float(value)


Places = Callable[[Mapping[str, Any], Any, Any], Pair]


def _places(chart: Chart) -> Places:
    """Where a point of a trace has to lie: its part of the range, of its part of the plot."""
    layout, box = _described(chart)["layout"], _frame(chart).box

    def place(trace: Mapping[str, Any], x: Any, y: Any) -> Pair:
        upright = layout[f"yaxis{trace.get('yaxis', 'y')[1:]}"]
        low, high = map(_number, layout["xaxis"]["range"])
        across = box.left + (_number(x) - low) / (high - low) * (box.right - box.left)
        low, high = map(_number, upright["range"])
        first, last = upright.get("domain", (0, 1))
        part = first + (_number(y) - low) / (high - low) * (last - first)
        return across, box.bottom - part * (box.bottom - box.top)

    return place


def _group(root: ET.Element, place: int) -> ET.Element:
    (found,) = [group for group in root.iter(f"{SPACE}g") if group.get("class") == f"spoor-{place}"]
    return found


def _classed(parent: ET.Element, name: str) -> list[ET.Element]:
    return [found for found in parent.iter() if found.get("class") == name]


def _points(d: str) -> list[Pair]:
    numbers = [float(found) for found in NUMBER.findall(d)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _middle(mark: ET.Element) -> Pair:
    if mark.tag == f"{SPACE}circle":
        return float(mark.get("cx", "")), float(mark.get("cy", ""))
    points = _points(mark.get("d", ""))
    ends = [(min(side), max(side)) for side in zip(*points, strict=True)]
    # A triangle stands on its foot: its tip is twice as far from its middle.
    down = 2 / 3 if len(points) == 3 else 0.5
    return sum(ends[0]) / 2, ends[1][0] + down * (ends[1][1] - ends[1][0])


def _sides(mark: ET.Element) -> Pair:
    """From where to where a mark reaches, its edge included; at the corners of a diamond that is longer."""
    thick = float(mark.get("stroke-width", "0")) / 2
    if mark.tag == f"{SPACE}circle":
        reach = float(mark.get("r", "")) + thick
        return _middle(mark)[0] - reach, _middle(mark)[0] + reach
    points = [x for x, _ in _points(mark.get("d", ""))]
    return min(points) - thick * sqrt(2), max(points) + thick * sqrt(2)


def _texts(root: ET.Element) -> list[str]:
    return ["".join(found.itertext()) for found in root.iter(f"{SPACE}text")]


def _known_points(trace: Mapping[str, Any]) -> Iterator[tuple[int, Any, Any]]:
    for turn, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        if x is not None and y is not None:
            yield turn, x, y


def _of(value: Any, turn: int) -> Any:
    return value[turn] if isinstance(value, list | tuple) else value


def test_every_chart_of_the_house_is_drawn() -> None:
    """A function that makes a chart has one in the gallery: what it holds can be put on paper."""
    known = {
        f"{module.name}.{name}"
        for module in iter_modules(charts.__path__)
        if not module.ispkg
        for name, function in getmembers(import_module(f"dashboard.charts.{module.name}"), isfunction)
        if function.__module__.endswith(f".{module.name}") and not name.startswith("_")
        if signature(function).return_annotation in (Chart, "Chart")
    }
    assert known == {name.split(" ")[0] for name in GALLERY}


@everything
def test_a_drawing_stands_alone(name: str, palette: Palette) -> None:
    """Plain SVG: no script, no style, no reference to anything inside or outside it; the same twice."""
    chart = made(name, palette)
    text = drawing.svg(chart)
    root = ET.fromstring(text)
    assert {found.tag.removeprefix(SPACE) for found in root.iter()} <= DRAWN
    names = {key for found in root.iter() for key in found.keys()}  # noqa: SIM118 - an element isn't a mapping
    assert not names & {"id", "href", "style", "clip-path"}
    assert not any(key.startswith("on") for key in names)
    assert "url(" not in text
    assert "nan" not in text.lower().split("<g", 1)[-1].replace("financ", "")
    assert root.get("font-family", "").startswith("'Source Sans 3'")
    assert (root.findtext(f"{SPACE}title"), root.findtext(f"{SPACE}desc")) == (chart.title, chart.summary)
    assert text == drawing.svg(GALLERY[name](palette))


@everything
def test_every_point_stands_at_its_place(name: str, palette: Palette) -> None:
    """Each mark of each trace lies where its numbers are on the axes, in its own colour, in the order of the trace."""
    chart = made(name, palette)
    root, place_of = _drawn(chart), _places(chart)
    for place, trace in enumerate(_described(chart)["data"]):
        if "markers" not in trace.get("mode", ""):
            continue
        known, marker = list(_known_points(trace)), trace["marker"]
        drawn = [mark for group in _classed(_group(root, place), "punten") for mark in group]
        assert len(drawn) == len(known)
        for mark, (turn, x, y) in zip(drawn, known, strict=True):
            assert _middle(mark) == pytest.approx(place_of(trace, x, y), abs=0.02)
            symbol = _of(marker.get("symbol", "circle"), turn)
            bare = symbol in ("line-ns", "x-thin")
            colour = _of(marker["line"]["color"] if bare else marker["color"], turn)
            assert mark.get("stroke" if bare or symbol.endswith("open") else "fill") == colour


@everything
def test_every_line_goes_through_its_points(name: str) -> None:
    """A line has the corners of its trace and no others, and no gap is closed."""
    chart = made(name, LIGHT)
    root, place_of = _drawn(chart), _places(chart)
    for place, trace in enumerate(_described(chart)["data"]):
        if "lines" not in trace.get("mode", "") or not trace["line"].get("width", 2):
            continue
        runs: list[list[Pair]] = [[]]
        for x, y in zip(trace["x"], trace["y"], strict=True):
            if x is None or y is None:
                runs.append([])
            else:
                runs[-1].append(place_of(trace, x, y))
        wanted = [run for run in runs if len(run) > 1]
        found = _classed(_group(root, place), "lijn")
        drawn = [_points(run) for line in found for run in line.get("d", "").split("M")[1:]]
        assert [len(run) for run in drawn] == [len(run) for run in wanted]
        for one, other in zip(drawn, wanted, strict=True):
            for point, corner in zip(one, other, strict=True):
                assert point == pytest.approx(corner, abs=0.02)
        assert {line.get("stroke") for line in found} <= {trace["line"].get("color")}
        assert {bool(line.get("stroke-dasharray")) for line in found} <= {trace["line"].get("dash", "solid") != "solid"}


@everything
def test_every_bar_is_as_long_as_its_number(name: str) -> None:
    """Bars begin where the ones before them end, and are as long as what they stand for; nothing is no bar."""
    chart = made(name, LIGHT)
    root, place_of, ends = _drawn(chart), _places(chart), dict[float, float]()
    for place, trace in enumerate(_described(chart)["data"]):
        if trace["type"] != "bar":
            continue
        is_level = trace.get("orientation") == "h"
        along, across = (trace["y"], trace["x"]) if is_level else (trace["x"], trace["y"])
        wanted = []
        for at, value in zip(along, across, strict=True):
            first = ends.get(at, 0.0)
            ends[at] = first + (value or 0)
            if value:
                wanted.append([place_of(trace, *((end, at) if is_level else (at, end))) for end in (first, ends[at])])
        faces = [found for found in _group(root, place).iter(f"{SPACE}rect") if found.get("fill") != "none"]
        assert len(faces) == len(wanted)
        for face, (start, end) in zip(faces, wanted, strict=True):
            x, y, wide, high = (float(face.get(key, "")) for key in ("x", "y", "width", "height"))
            if is_level:
                assert (x, x + wide, y + high / 2) == pytest.approx((start[0], end[0], start[1]), abs=0.03)
            else:
                assert (y + high, y, x + wide / 2) == pytest.approx((start[1], end[1], start[0]), abs=0.03)


@everything
def test_every_word_is_written(name: str) -> None:
    """Each annotation, named value, title of an axis, number on a bar and entry of the legend, as it is read."""
    chart = made(name, LIGHT)
    known = _described(chart)
    layout = known["layout"]
    written = _texts(_drawn(chart))
    wanted = [note["text"] for note in layout["annotations"]]
    wanted += [text for axis in ("xaxis", "yaxis") for text in layout[axis].get("ticktext", ())]
    wanted += [layout["xaxis"].get("title", {}).get("text", "")]
    wanted += [text for trace in known["data"] for text in trace.get("text", ()) or ()]
    for text in wanted:
        for line in words.lines(text):
            letters = "".join(run.text for run in line)
            assert not letters or letters in written
    legend = " ".join(written)
    assert all(key.label in legend for key in chart.keys)


@everything
def test_nothing_runs_off_the_paper(name: str) -> None:
    """Words, and marks beside the plot, lie within the drawing."""
    chart = made(name, LIGHT)
    root = _drawn(chart)
    high = float(root.get("height", ""))
    assert float(root.get("width", "")) == WIDTH
    for text in root.iter(f"{SPACE}text"):
        size, x, y = (float(text.get(key, "")) for key in ("font-size", "x", "y"))
        wide = words.width((words.Run("".join(text.itertext()), is_heavy=False),), size)
        left = x - wide * {"middle": 0.5, "end": 1.0}.get(text.get("text-anchor", ""), 0.0)
        assert left >= -1
        assert left + wide <= WIDTH + 2
        assert size * 0.6 <= y <= high
    for group in _classed(root, "punten"):
        for mark in group:
            left, right = _sides(mark)
            assert left >= -0.01
            assert right <= WIDTH + 0.01


@everything
def test_the_legend_has_the_colours_of_the_chart(name: str, palette: Palette) -> None:
    """A sample for each entry, in its colour, in the order of the entries."""
    chart = made(name, palette)
    entries = [entry for legend in _classed(_drawn(chart), "sleutel") for entry in legend]
    assert len(entries) == len(chart.keys)
    for entry, key in zip(entries, chart.keys, strict=True):
        colours = {
            found.get(look) for found in entry.iter() for look in ("fill", "stroke") if found.tag != f"{SPACE}text"
        }
        assert key.colour in colours
        assert " ".join(_texts(entry)) == key.label


STYLES: Sequence[theme.Style] = tuple(keys.SAMPLES)


def test_every_style_of_a_key_has_a_sample() -> None:
    """None of the styles that a key may have is left blank, and no two look the same."""
    assert set(keys.SAMPLES) == set(theme.Style.__args__)  # type: ignore[attr-defined] # a Literal has them
    drawn = [
        keys.draw([Key("x", LIGHT.subject, style)], (300.0, 0.0), LIGHT, Look(14, LIGHT.ink))[0] for style in STYLES
    ]
    assert len(set(drawn)) == len(drawn)


def test_a_long_legend_takes_more_lines() -> None:
    """Entries that don't fit beside each other stand below each other, and a long one is broken between words."""
    entry = Key("binnen de binnenste grenzen blijven door toeval ongeveer 95 van de 100 scholen", LIGHT.ink)
    look = Look(14, LIGHT.ink)
    heights = [keys.draw([entry] * 2, (width, 0.0), LIGHT, look)[1] for width in (1200.0, 640.0, 300.0)]
    assert heights == [keys.ABOVE + rows * keys.ROW for rows in (1, 2, 4)]
    assert keys.draw([], (640.0, 0.0), LIGHT, look) == ("", 0.0)


@pytest.mark.parametrize("width", [320, 480, 900])
def test_a_drawing_has_the_width_that_is_asked(width: int) -> None:
    """Narrow or wide: all points within it."""
    root = _drawn(GALLERY["coverage.outcomes_stacked"](LIGHT), width)
    assert root.get("viewBox") == f"0 0 {width} {root.get('height')}"
    assert all(
        float(found.get("x", "")) + float(found.get("width", "")) <= width for found in root.iter(f"{SPACE}rect")
    )


def test_a_gap_is_no_point_and_no_line() -> None:
    """What wasn't delivered isn't drawn as zero."""
    figure = _figure({"type": "scatter", "mode": "lines+markers", "x": [0, 1, 2, 3], "y": [1, None, 3, 4], **LOOK})
    group = _group(_drawn(figure), 0)
    assert [len(_points(run)) for line in _classed(group, "lijn") for run in line.get("d", "").split("M")[1:]] == [2]
    assert sum(len(marks) for marks in _classed(group, "punten")) == 3


LOOK = {"line": {"color": "#123456"}, "marker": {"color": "#123456"}}
DOTS: dict[str, Any] = {"type": "scatter", "mode": "markers", "x": [1], "y": [1], **LOOK}
BARS: dict[str, Any] = {"type": "bar", "x": [1], "y": [1], "marker": {"color": "#123456"}}
WORDS = {"x": 1, "y": 1, "text": "x", "showarrow": False}


def _figure(*data: dict[str, Any], **layout: Any) -> Chart:
    across = theme.plain_axis(LIGHT, range=[0, 4], tickvals=[1], ticktext=["1"])
    up = theme.value_axis(LIGHT, "", range=[0, 4], nticks=5, tickformat=",d")
    drawn = theme.figure(data, LIGHT, 200, **{"xaxis": across, "yaxis": up, **layout})
    return Chart("t", "s", "x.", drawn, pl.DataFrame())


UNKNOWN: Mapping[str, tuple[Sequence[dict[str, Any]], dict[str, Any]]] = {
    "data[0].type": ([{"type": "pie"}], {}),
    "data[1].line.shape": ([DOTS, {**DOTS, "mode": "lines", "line": {"shape": "spline", "color": "#123456"}}], {}),
    "data[0].mode": ([{**DOTS, "mode": "lines+text"}], {}),
    "data[0].textfont.family": ([{**DOTS, "mode": "text", "text": ["x"], "textfont": {"family": "x"}}], {}),
    "data[0].connectgaps": ([{**DOTS, "connectgaps": True}], {}),
    "data[0].x as dict": ([{**DOTS, "x": np.array([1])}], {}),
    "data[0].error_x": ([{**DOTS, "error_x": {"array": [1]}}], {}),
    "data[0].fill": ([{**DOTS, "fill": "tozeroy"}], {}),
    "data[0].visible": ([{**DOTS, "visible": False}], {}),
    "data[0].marker.symbol = 'star'": (
        [{**DOTS, "marker": {"symbol": ["circle-open", "star"], "color": "#123456"}}],
        {},
    ),
    "data[0].marker.colorscale": ([{**DOTS, "marker": {"color": [1], "colorscale": "Greys"}}], {}),
    "data[0].line.dash": ([{**DOTS, "line": {"dash": "longdash"}}], {}),
    "data[0].textposition": ([{**BARS, "textposition": "auto"}], {}),
    "data[0].marker.pattern.shape": ([{**BARS, "marker": {"color": "#123456", "pattern": {"shape": "x"}}}], {}),
    "data[0].base": ([{**BARS, "base": 1}], {}),
    "bars of several traces": ([BARS, BARS], {}),
    "layout.title": ([DOTS], {"title": "x"}),
    "layout.barmode": ([BARS], {"barmode": "overlay"}),
    "layout.legend": ([DOTS], {"legend": {"x": 1}}),
    "layout.showlegend": ([DOTS], {"showlegend": True}),
    "layout.xaxis2": ([DOTS], {"xaxis2": {"range": [0, 1]}}),
    "layout.xaxis.type": ([DOTS], {"xaxis": {"type": "log", "range": [0, 1]}}),
    "layout.xaxis.tickangle": ([DOTS], {"xaxis": {"tickangle": 45, "range": [0, 1]}}),
    "layout.xaxis.tickformat": ([DOTS], {"xaxis": {"tickformat": ".2%", "range": [0, 1]}}),
    "xaxis without its values": ([DOTS], {"xaxis": {"range": [0, 1]}}),
    "xaxis without its range": ([DOTS], {"xaxis": {"tickvals": [1], "ticktext": ["1"]}}),
    "layout.yaxis.title": ([DOTS], {"yaxis": {"range": [0, 1], "nticks": 2, "title": {"text": "x"}}}),
    "layout.shapes.type": ([DOTS], {"shapes": [{"type": "circle", "x0": 0, "x1": 1, "y0": 0, "y1": 1}]}),
    "layout.annotations.textangle": ([DOTS], {"annotations": [{**WORDS, "textangle": 30}]}),
    "the tag in the text": ([DOTS], {"annotations": [{**WORDS, "text": "<i>x</i>"}]}),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_not_known_is_refused_by_name(name: str) -> None:
    """Nothing of a figure is left out in silence."""
    data, layout = UNKNOWN[name]
    with pytest.raises(ValueError, match=re.escape(name)):
        drawing.svg(_figure(*deepcopy(list(data)), **deepcopy(layout)))


def test_a_chart_without_numbers_has_no_made_up_axis() -> None:
    """An axis without a range has no values; Plotly's own would be nobody's."""
    empty = go.Figure(_figure().figure)
    empty.layout.xaxis.range = None
    empty.layout.xaxis.tickvals = None
    empty.layout.xaxis.ticktext = None
    empty.layout.xaxis.nticks = 5
    chart = Chart("t", "s", "x.", empty, pl.DataFrame())
    assert _texts(_drawn(chart)) == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("low", "high", "spec", "texts"),
    [
        (0, 9, {"nticks": 5, "tickformat": ",d"}, ["0", "2", "4", "6", "8"]),
        (0, 10, {"nticks": 5, "tickformat": ",d"}, ["0", "2", "4", "6", "8", "10"]),
        (0, 5.6, {"dtick": 1, "tickformat": ",d"}, ["0", "1", "2", "3", "4", "5"]),
        (0, 100_000, {"nticks": 5, "tickformat": ",d"}, ["0", "20.000", "40.000", "60.000", "80.000", "100.000"]),
        (0, 2.2, {"nticks": 6, "tickformat": ",.1~f"}, ["0", "0,5", "1", "1,5", "2"]),
        (-12, 30, {"nticks": 5, "tickformat": ",d"}, ["-10", "0", "10", "20", "30"]),
        (0, 1.1, {"nticks": 6, "tickformat": ",.1~f"}, ["0", "0,2", "0,4", "0,6", "0,8", "1"]),
        (
            "2026-06-19",
            "2027-02-22",
            {"nticks": 6, "type": "date", "tickformat": "%b<br>%Y"},
            ["jul<br>2026", "sep<br>2026", "nov<br>2026", "jan<br>2027"],
        ),
        (
            "2026-11-01",
            "2027-02-02",
            {"nticks": 6, "type": "date", "tickformat": "%b<br>%Y"},
            ["nov<br>2026", "dec<br>2026", "jan<br>2027", "feb<br>2027"],
        ),
    ],
)
def test_the_values_that_are_named(low: Any, high: Any, spec: dict[str, Any], texts: list[str]) -> None:
    """Round numbers, and firsts of months, as Plotly chooses and spells them."""
    axis = Axis("xaxis", {"range": [low, high], **spec}, axes.place(low), axes.place(high))
    assert [text for _, text in axis.named] == texts


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20))
def test_texts_from_data_come_out_as_they_are(text: str) -> None:
    """Whatever somebody called it, it is read so, and never as markup."""
    rows = pl.DataFrame({"waarde": ["a"], "incidenten": [2]})
    chart = trends.counts(rows, LIGHT, {"a": text}, (text, "s", "h"))
    root = _drawn(chart)
    assert text in _texts(root)
    assert root.findtext(f"{SPACE}title") == text


def test_what_no_document_may_hold_is_shown_as_missing() -> None:
    """A control character would make the whole drawing unreadable."""
    rows = pl.DataFrame({"waarde": ["a"], "incidenten": [2]})
    root = _drawn(trends.counts(rows, LIGHT, {"a": "School\x00\x0b Oost"}, ("t\x1b", "s", "h")))
    assert "School\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER} Oost" in _texts(root)


def test_a_heavier_word_is_heavier_and_wider() -> None:
    """The row of a chosen school."""
    (line,) = words.lines("<b>School &amp; zo</b> · 1")
    assert [(run.text, run.is_heavy) for run in line] == [("School & zo", True), (" · 1", False)]
    assert words.width(line, 14) > words.width(words.lines("School &amp; zo · 1")[0], 14)
    assert [len(found) for found in words.lines("<b>a<br>b</b><br>")] == [1, 1, 0]
    assert all(found[0].is_heavy for found in words.lines("<b>a<br>b</b>"))
