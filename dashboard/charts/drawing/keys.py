"""The legend below a drawing: a sample of each mark, as on the screen, and its words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.charts.drawing import marks, words
from dashboard.charts.drawing.axes import Box
from dashboard.charts.drawing.elements import Point, element, line
from dashboard.charts.drawing.words import Look
from dashboard.charts.theme import Key, Palette, Style

WIDE, HIGH, ROUND, POINTED = 18.0, 13.0, 13.0, 10.0
"""Pixels of a sample, across a round one, and of a diamond, whose corners reach further."""

CLEAR, BETWEEN, ROW, ABOVE = 8.0, 20.0, 22.0, 10.0
"""Pixels between a sample and its words, from one entry to the next, of a line of entries, and above the first."""

THICK: Final = 3.0
"""Pixels of the lines of samples."""

GAP, THIN, SHORT = 5.0, 1.0, "3,3"
"""Pixels between the lines of a hatched sample, of a thin line, and of its strokes and gaps where it has any."""


@dataclass(frozen=True, slots=True)
class _Sample:
    middle: Point
    colour: str
    palette: Palette

    @property
    def box(self) -> Box:
        x, y = self.middle
        return Box(x - WIDE / 2, y - HIGH / 2, x + WIDE / 2, y + HIGH / 2)


@dataclass(frozen=True, slots=True)
class _Entry:
    key: Key
    lines: tuple[words.Line, ...]
    left: float
    row: int


def draw(found: Sequence[Key], size: tuple[float, float], palette: Palette, look: Look) -> tuple[str, float]:
    """The entries in lines of this width, the first below this height; and how much height they take."""
    entries = _placed(found, size[0], look.size)
    if not entries:
        return "", 0.0
    top = size[1] + ABOVE
    parts = [_entry(entry, top, palette, look) for entry in entries]
    rows = max(entry.row + len(entry.lines) for entry in entries)
    return element("g", *parts, class_="sleutel"), ABOVE + rows * ROW


def _placed(found: Sequence[Key], width: float, size: float) -> list[_Entry]:
    entries: list[_Entry] = []
    left, row, deepest = 0.0, 0, 1
    for key in found:
        lines = _wrapped(key.label, width - WIDE - CLEAR, size)
        takes = WIDE + CLEAR + words.widest(list(lines), size)
        if left and left + takes > width:
            left, row, deepest = 0.0, row + deepest, 1
        entries.append(_Entry(key, lines, left, row))
        left, deepest = left + takes + BETWEEN, max(deepest, len(lines))
    return entries


def _wrapped(label: str, width: float, size: float) -> tuple[words.Line, ...]:
    """A label on as few lines as it takes."""
    lines: list[str] = []
    for word in label.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and words.width((words.Run(longer, is_heavy=False),), size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple((words.Run(text, is_heavy=False),) for text in lines)


def _entry(entry: _Entry, top: float, palette: Palette, look: Look) -> str:
    middle = top + entry.row * ROW + ROW / 2
    sample = _Sample((entry.left + WIDE / 2, middle), entry.key.colour, palette)
    foot = middle + words.MIDDLE * look.size
    text = words.draw(list(entry.lines), entry.left + WIDE + CLEAR, foot, look)
    return element("g", SAMPLES[entry.key.style](sample), text)


def _face(sample: _Sample) -> str:
    box = sample.box
    size = {"width": box.right - box.left, "height": box.bottom - box.top}
    return element("rect", x=box.left, y=box.top, **size, fill=sample.colour)


def _symbol(name: str, size: float = ROUND) -> Callable[[_Sample], str]:
    def sample_of(sample: _Sample) -> str:
        look: dict[str, str | float | None] = {"fill": sample.colour}
        if name.endswith(marks.OPEN):
            look = {"fill": "none", "stroke": sample.colour, "stroke_width": THICK}
        return marks.symbol(name, sample.middle, size, **look)

    return sample_of


def _stroke(kind: str) -> Callable[[_Sample], str]:
    def sample_of(sample: _Sample) -> str:
        (x, y), dashes = sample.middle, marks.dash(kind, THICK)
        ends = (x - WIDE / 2, y), (x + WIDE / 2, y)
        return line(*ends, stroke=sample.colour, stroke_width=THICK, stroke_dasharray=dashes)

    return sample_of


def _tick(sample: _Sample) -> str:
    x, y = sample.middle
    return line((x, y - WIDE / 2), (x, y + WIDE / 2), stroke=sample.colour, stroke_width=THICK)


def _edged(dashes: str | None) -> Callable[[_Sample], str]:
    def sample_of(sample: _Sample) -> str:
        box = sample.box
        look = {"stroke": sample.palette.quiet, "stroke_width": THIN, "stroke_dasharray": dashes}
        edges = [line((box.left, y), (box.right, y), **look) for y in (box.top, box.bottom)]
        return _face(sample) + "".join(edges)

    return sample_of


def _hatched(colour: str) -> Callable[[_Sample], str]:
    def sample_of(sample: _Sample) -> str:
        return _face(sample) + marks.hatch(sample.box, GAP, THIN, getattr(sample.palette, colour))

    return sample_of


SAMPLES: Final[Mapping[Style, Callable[[_Sample], str]]] = {
    "vlak": _face,
    "arcering": _hatched("quiet"),
    "strepen": _hatched("paper"),
    "band": _edged(None),
    "streepband": _edged(SHORT),
    "lijn": _stroke("solid"),
    "stippel": _stroke("dot"),
    "streep": _tick,
    "punt": _symbol("circle"),
    "ruit": _symbol("diamond-open", POINTED),
    "vierkant": _symbol("square"),
    "kruis": _symbol("x"),
    "driehoek": _symbol("triangle-up"),
}
