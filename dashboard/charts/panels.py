"""Small panels below and beside each other, all on one scale: one pair of axes, so that thirty draw as fast as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeVar

from dashboard.charts import labels, theme
from dashboard.charts.theme import Dict, Palette

COLUMNS: Final = 2

BETWEEN: Final = 0.1
"""The room between two columns, as a part of the width of a panel."""

PLOT, BELOW, ENDS = 92, 20, 18
"""Pixels of a panel itself, of the room below it, and for the words at the ends of its axis."""

EVERY: Final = 4
"""So many rows further, the ends of the axis are named again."""

SMALL: Final = 12
"""Pixels of the text along the axes of a panel."""

LEFT, RIGHT, ABOVE, BENEATH = 42, 10, 36, 8
"""Pixels around all panels: at the left for the numbers of the scale, above for what they are numbers of."""

CLOSE: Final = 0.12
"""Two numbers closer than this part of a panel would touch on a phone: they are written as one."""

WIDE, NARROW = 0.2, 0.03
"""What a number above a mark takes of the width of a panel on a phone, and half of that of what happened."""

SLANT: Final = 0.05
"""The width of a line of a hatch, as a part of that of a panel."""

ROUND: Final = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Steps that a scale may have; the last is more than a rate of one report per pupil in a day of school asks for."""

MOST: Final = 4
"""So many steps a panel has room for."""

Point = tuple[float, float]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale that all panels share: from zero to `top`, a line and its words at each tick."""

    top: float
    ticks: Sequence[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that happened, at a part (0–1) of the width of a panel."""

    part: float
    number: int
    words: str
    """Safe to draw."""
    panel: int | None = None
    """The only panel that it is about; None is all of them."""


@dataclass(frozen=True, slots=True)
class Panels:
    """Where each panel lies: `names` in order, from left to right and then down."""

    names: Sequence[str]
    scale: Scale
    signs: Sequence[Sign]
    chosen: int | None
    """The place of the panel that stands out."""
    head: int
    """Pixels above a panel: for its name, and the numbers of what happened."""

    @property
    def columns(self) -> int:
        """How many stand beside each other."""
        return min(COLUMNS, max(len(self.names), 1))

    @property
    def height(self) -> int:
        """Pixels of all panels together."""
        return self._top(len(self.names) - 1) + PLOT + ENDS if self.names else PLOT

    def x(self, panel: int, part: float) -> float:
        """Where a part (0–1) of the width of a panel lies."""
        return (panel % self.columns) * (1 + BETWEEN) + part

    def y(self, panel: int, value: float) -> float:
        """Where a value lies in a panel; what is beyond the scale lies at its end."""
        return self._top(panel) + PLOT * (1 - min(value / self.scale.top, 1.0))

    def layout(self, palette: Palette, ends: tuple[str, str], title: str, more: Sequence[Dict] = ()) -> Dict:
        """Everything of a figure but its traces and its height: hidden axes, names, numbers.

        A unit of the upright axis is a pixel. `ends`: what stands at the ends of the axes below; `title`: what the
        numbers of the scale are; `more`: words in the panels.
        """
        across = self.columns * (1 + BETWEEN) - BETWEEN
        hidden: Dict = {"visible": False, "fixedrange": True}
        notes = [
            *(self._name(panel, palette) for panel in range(len(self.names))),
            *(note for panel in range(0, len(self.names), self.columns) for note in self._ticks(panel, palette)),
            *(note for panel in self._with_ends() for note in self._ends(panel, ends, palette)),
            *(note for panel in range(len(self.names)) for note in self._numbers(panel, palette)),
            theme.axis_words(palette, title),
            *more,
        ]
        return {
            "margin": {"l": LEFT, "r": RIGHT, "t": ABOVE, "b": BENEATH, "pad": 0},
            "xaxis": {**hidden, "range": [0, across]},
            "yaxis": {**hidden, "range": [self.height, 0]},
            "annotations": notes,
        }

    def lines(self, palette: Palette) -> list[Dict]:
        """The lines of the scale, and those of what happened, in all panels."""
        every = range(len(self.names))
        level = [
            [(self.x(panel, part), self.y(panel, value)) for part in (0, 1)]
            for panel in every
            for value, _ in self.scale.ticks
        ]
        upright = [
            [(self.x(panel, sign.part), self.y(panel, value)) for value in (0, self.scale.top)]
            for panel in every
            for sign in self._signs_of(panel)
        ]
        return [
            {**joined(level, {"color": palette.faint, "width": 1}), "name": "schaal"},
            {**joined(upright, {"color": palette.context, "width": 1, "dash": "dash"}), "name": "gebeurtenissen"},
        ]

    def hatched(self, spans: Sequence[tuple[int, float, float]], palette: Palette) -> Dict:
        """Slanted lines over what isn't known: `spans` are a panel, and from where to where in its width."""
        slants = [
            [(self.x(panel, left), self.y(panel, 0)), (self.x(panel, right), self.y(panel, self.scale.top))]
            for panel, first, last in spans
            for left, right in _even(first, last)
        ]
        return {**joined(slants, {"color": palette.context, "width": 0.75}), "name": "onbekend"}

    def numbers_at_top(self, found: Sequence[tuple[int, float, str]], palette: Palette) -> list[Dict]:
        """Numbers of what lies beyond the scale, above the line: panel, place in its width, words, in that order."""
        notes = []
        for panel in range(len(self.names)):
            for group in _close([(part, words) for place, part, words in found if place == panel], WIDE):
                is_right = self._is_right(panel, group[0][0], group[-1][0], WIDE * len(group))
                notes.append(
                    {
                        "x": self.x(panel, group[0][0] if is_right else group[-1][0]),
                        "y": self._top(panel),
                        "text": " · ".join(words for _, words in group),
                        "showarrow": False,
                        "xanchor": "left" if is_right else "right",
                        "xshift": -6 if is_right else 6,
                        "yanchor": "bottom",
                        "yshift": 4,
                        "font": {"size": SMALL, "color": palette.ink},
                    }
                )
        return notes

    def _is_right(self, panel: int, first: float, last: float, wide: float) -> bool:
        """Whether words of that width begin at the first of their marks: else they end at the last of them."""
        signs = [sign.part for sign in self._signs_of(panel)]
        right, left = (_is_free(start, start + wide, signs) for start in (first, last - wide))
        return right or (not left and first + wide <= 1)

    def _top(self, panel: int) -> int:
        row = panel // self.columns
        return row * (self.head + PLOT + BELOW) + self.head + row // EVERY * ENDS

    def _with_ends(self) -> list[int]:
        last = len(self.names) - self.columns
        return [panel for panel in range(len(self.names)) if panel >= last or _names_ends(panel // self.columns)]

    def _name(self, panel: int, palette: Palette) -> Dict:
        text = labels.lines(self.names[panel])
        return {
            "x": self.x(panel, 0),
            "y": self._top(panel) - self.head,
            "text": f"<b>{text}</b>" if panel == self.chosen else text,
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "top",
            "align": "left",
            "borderpad": 0,
            "font": {"size": theme.TEXT, "color": palette.second if panel == self.chosen else palette.ink},
        }

    def _ticks(self, panel: int, palette: Palette) -> list[Dict]:
        base = {"x": 0, "showarrow": False, "xanchor": "right", "xshift": -4}
        font = {"size": SMALL, "color": palette.quiet}
        return [{**base, "y": self.y(panel, value), "text": text, "font": font} for value, text in self.scale.ticks]

    def _ends(self, panel: int, ends: tuple[str, str], palette: Palette) -> list[Dict]:
        base = {"y": self.y(panel, 0), "showarrow": False, "yanchor": "top", "borderpad": 0, "yshift": -2}
        font = {"size": SMALL, "color": palette.quiet}
        return [
            {**base, "x": self.x(panel, part), "xanchor": side, "text": text, "font": font}
            for part, side, text in ((0, "left", ends[0]), (1, "right", ends[1]))
        ]

    def _numbers(self, panel: int, palette: Palette) -> list[Dict]:
        base = {"y": self._top(panel), "showarrow": False, "yanchor": "bottom", "yshift": -2}
        font = {"size": SMALL, "color": palette.quiet}
        return [
            {
                **base,
                "x": self.x(panel, group[0].part),
                "text": ", ".join(f"{sign.number}" for sign in _in_order(group)),
                "hovertext": "<br>".join(sign.words for sign in _in_order(group)),
                "font": font,
            }
            for group in _groups(self._signs_of(panel))
        ]

    def _signs_of(self, panel: int) -> list[Sign]:
        return [sign for sign in self.signs if sign.panel in (None, panel)]


def panels(
    names: Sequence[str], scale: Scale, signs: Sequence[Sign], chosen: int | None, *, has_numbers: bool = False
) -> Panels:
    """The panels of these names, with room above each for the longest of them.

    `has_numbers`: whether something lies beyond the scale.
    """
    room = SMALL + 6 if has_numbers else SMALL + 2 if signs else 0
    longest = max((labels.lines(name).count("<br>") + 1 for name in names), default=1)
    return Panels(names, scale, signs, chosen, labels.LINE * longest + 6 + room)


def _names_ends(row: int) -> bool:
    return row % EVERY == EVERY - 1


def _even(first: float, last: float) -> list[tuple[float, float]]:
    """A stretch in parts of about `SLANT`."""
    count = max(round((last - first) / SLANT), 1)
    edges = [first + (last - first) * turn / count for turn in range(count + 1)]
    return list(pairwise(edges))


def _is_free(start: float, end: float, signs: Sequence[float]) -> bool:
    """Whether words from one part of a panel to another stay within it, and hide no number of what happened."""
    return start >= 0 and end <= 1 and not any(start - NARROW < part < end + NARROW for part in signs)


def _groups(signs: Sequence[Sign]) -> list[list[Sign]]:
    """Those that would touch together, from left to right."""
    groups = _close(sorted(((sign.part, sign) for sign in signs), key=lambda pair: pair[0]), CLOSE)
    return [[sign for _, sign in group] for group in groups]


def _close(found: Sequence[tuple[float, Found]], apart: float) -> list[list[tuple[float, Found]]]:
    """What lies closer than that to the first of its group together; `found` from left to right."""
    groups: list[list[tuple[float, Found]]] = []
    for part, what in found:
        if groups and part - groups[-1][0][0] < apart:
            groups[-1].append((part, what))
        else:
            groups.append([(part, what)])
    return groups


def _in_order(group: Sequence[Sign]) -> list[Sign]:
    return sorted(group, key=lambda sign: sign.number)


def joined(runs: Sequence[Sequence[Point]], line: Dict) -> Dict:
    """Points joined within each run, with nothing from one run to the next."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for run in runs for x in (*(x for x, _ in run), None)],
        "y": [y for run in runs for y in (*(y for _, y in run), None)],
        "connectgaps": False,
        "line": line,
        "hoverinfo": "skip",
    }


def dotted(runs: Sequence[Sequence[tuple[float, float, str]]], line: Dict, size: int) -> Dict:
    """Points joined within each run and drawn themselves, each with what a reader hears of it."""
    words = [text for run in runs for text in (*(text for *_, text in run), "")]
    points = [[(x, y) for x, y, _ in run] for run in runs]
    more = {"mode": "lines+markers", "marker": {"size": size, "color": line["color"]}, "cliponaxis": False}
    return {**joined(points, line), **more, "hovertext": words, "hoverinfo": "text"}


def scale(top: float) -> Scale:
    """A scale of plain numbers from zero to `top`, with a tick at every round step."""
    step = next((step for step in ROUND if step * MOST >= top), ROUND[-1])
    ticks = [step * turn for turn in range(int(top / step + 1e-9) + 1)]
    return Scale(top, [(tick, f"{tick:g}".replace(".", ",")) for tick in ticks])
