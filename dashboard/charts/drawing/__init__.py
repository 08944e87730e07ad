"""A chart as a drawing for paper: the same numbers, colours, marks and words as on the screen, as SVG.

The description of the figure is read as it is; what isn't known here is refused, so that nothing is silently left out.
"""

from typing import Any, Final

from dashboard.charts.drawing import axes, keys, notes, properties, traces, words
from dashboard.charts.drawing.elements import element
from dashboard.charts.drawing.elements import words as spelled
from dashboard.charts.drawing.words import Look
from dashboard.charts.theme import PALETTES, Chart, Palette

__all__ = ["WIDTH", "svg"]

WIDTH: Final = 640
"""Pixels of a drawing on paper: at the width of a page, its words are about as large as those of the page."""

NAMESPACE: Final = "http://www.w3.org/2000/svg"


def svg(chart: Chart, width: int = WIDTH) -> str:
    """The figure of a chart with its legend below it, as a document of its own of so many pixels wide.

    Its title and what it shows are in it for who can't see it, not for the eye. Words are text in Source Sans 3. Raises
    ValueError with the name of what the description holds and this doesn't draw.
    """
    figure = chart.figure.to_plotly_json()
    properties.check(figure)
    layout = figure["layout"]
    font = Look(float(layout["font"]["size"]), layout["font"]["color"])
    size = (float(width), float(layout["height"]))
    drawn = axes.frame(layout, size, font, traces.reaches(figure["data"]))
    legend, below = keys.draw(chart.keys, size, _palette(layout), font)
    high = size[1] + below
    return element(
        "svg",
        element("title", spelled(chart.title)),
        element("desc", spelled(chart.summary)),
        axes.grid(drawn),
        traces.draw(figure["data"], layout, drawn, font),
        axes.names(drawn, font),
        notes.shapes(layout.get("shapes", ()), drawn),
        notes.annotations(layout.get("annotations", ()), drawn, font),
        legend,
        xmlns=NAMESPACE,
        version="1.1",
        width=width,
        height=high,
        viewBox=f"0 0 {width} {high:g}",
        role="img",
        font_family=words.FONT,
    )


def _palette(layout: dict[str, Any]) -> Palette:
    """The palette that a figure was made with: that of its ink."""
    return next(palette for palette in PALETTES.values() if palette.ink == layout["font"]["color"])
