"""A chart as Plotly draws it and as it is drawn for paper, measured side by side in one page of a browser."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import plotly
from playwright.sync_api import Page

from dashboard.charts.drawing import axes, svg, traces
from dashboard.charts.drawing.axes import Frame
from dashboard.charts.drawing.words import Look
from dashboard.charts.theme import CONFIG, Chart
from dashboard.settings import PROJECT

SCRIPT = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
FONTS = PROJECT / "dashboard" / "reports" / "fonts"

PAGE = """<style>FACES body { margin: 0; font-family: 'Source Sans 3'; background: #fff }</style>
<div id="screen" style="width: 640px"></div><div id="paper"></div>"""

MEASURE = """async ([chart, config, drawing, colours]) => {
  await Promise.all(['14px', '600 14px', '700 14px'].map(how => document.fonts.load(`${how} "Source Sans 3"`)));
  const screen = document.getElementById('screen'), paper = document.getElementById('paper');
  Plotly.purge(screen);
  paper.innerHTML = drawing;
  await Plotly.newPlot(screen, chart.data, chart.layout, {...config, staticPlot: true});
  const about = (all, found, by = found) => {
    const out = all.getBoundingClientRect(), box = found.getBoundingClientRect(), look = getComputedStyle(by);
    return {x: (box.left + box.right) / 2 - out.left, y: (box.top + box.bottom) / 2 - out.top,
      width: box.width, height: box.height, left: box.left - out.left, right: box.right - out.left,
      top: box.top - out.top, bottom: box.bottom - out.top,
      fill: look.fill === 'none' || look.fillOpacity === '0' ? 'none' : look.fill,
      stroke: look.strokeWidth === '0px' || look.stroke === 'none' ? 'none' : look.stroke,
      thick: parseFloat(look.strokeWidth), dense: parseFloat(look.opacity), dashes: look.strokeDasharray,
      size: parseFloat(look.fontSize), heavy: look.fontWeight, text: found.textContent};
  };
  const many = (all, found) => [...found].map(one => about(all, one));
  const lines = (all, found) => [...found].flatMap(one => {
    const parts = one.querySelectorAll('tspan.line');
    return parts.length ? [...parts].map(part => about(all, part)) : [about(all, one)];
  });
  const shown = {}, drawn = {};
  for (const trace of screen.querySelectorAll('.scatterlayer .trace, .barlayer .trace')) {
    const place = trace.__data__[0].trace.index;
    shown[place] = {
      points: many(screen, trace.querySelectorAll('.points > path.point')),
      lines: many(screen, trace.querySelectorAll('path.js-line')),
      areas: many(screen, trace.querySelectorAll('path.js-fill')),
      bars: many(screen, trace.querySelectorAll('.points > .point > path')),
      words: lines(screen, trace.querySelectorAll('.bartext'))};
  }
  for (const trace of paper.querySelectorAll('[class^=spoor-]')) {
    drawn[trace.getAttribute('class').slice(6)] = {
      points: many(paper, trace.querySelectorAll('.punten > *')),
      lines: many(paper, trace.querySelectorAll('.lijn')),
      areas: many(paper, trace.querySelectorAll('.vlak')),
      bars: many(paper, trace.querySelectorAll('rect[fill]:not([fill=none])')),
      words: lines(paper, trace.querySelectorAll('text'))};
  }
  const size = screen._fullLayout._size;
  return {
    box: {left: size.l, top: size.t, right: size.l + size.w, bottom: size.t + size.h},
    shown, drawn,
    shownNotes: [...screen.querySelectorAll('.annotation')].map(one => ({
      lines: lines(screen, one.querySelectorAll('text.annotation-text')),
      place: +one.getAttribute('data-index')})),
    shownShapes: many(screen, screen.querySelectorAll('.shapelayer path')),
    drawnShapes: many(paper, paper.querySelectorAll('.vormen > *')),
    drawnNotes: [...paper.querySelectorAll('.noten > g')].map(one => ({
      lines: lines(paper, one.querySelectorAll('text')), place: +one.getAttribute('class').slice(5)})),
    shownNames: lines(screen, screen.querySelectorAll('.xtick text, .ytick text, .g-xtitle text, .g-ytitle text')),
    drawnNames: lines(paper, paper.querySelectorAll('.assen text')),
  };
}"""


@dataclass(frozen=True, slots=True)
class Pair:
    """What a browser measured of one chart, on both sides."""

    found: dict[str, Any]
    frame: Frame
    """The plot on paper."""


def prepare(page: Page) -> None:
    """A page with the house's letters, in which charts can be drawn."""
    faces = "".join(_face(name, weight) for name, weight in (("Regular", "400"), ("Semibold", "600 700")))
    page.set_content(PAGE.replace("FACES", faces))
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))


def measure(page: Page, chart: Chart, width: int = 640) -> Pair:
    """Draw a chart on both sides and measure it."""
    description = json.loads(chart.figure.to_json())
    description["layout"]["width"] = width
    layout = chart.figure.to_plotly_json()["layout"]
    font = Look(float(layout["font"]["size"]), layout["font"]["color"])
    data = chart.figure.to_plotly_json()["data"]
    frame = axes.frame(layout, (float(width), float(layout["height"])), font, traces.reaches(data))
    found = page.evaluate(MEASURE, [description, CONFIG, svg(chart, width)])
    return Pair(found, frame)


def _face(name: str, weight: str) -> str:
    file = base64.b64encode((FONTS / f"SourceSans3-{name}.otf").read_bytes()).decode()
    source = f"url(data:font/otf;base64,{file})"
    return f"@font-face {{ font-family: 'Source Sans 3'; font-weight: {weight}; src: {source} }}"
