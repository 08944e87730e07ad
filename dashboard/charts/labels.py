"""Words beside marks, placed so that none hides another, on a phone as well as on a wall."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, hypot
from textwrap import wrap
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from dashboard.charts import theme
from dashboard.charts.theme import Dict

NARROW, WIDE = 250, 1030
"""Pixels between which the width of a plot lies: what is clear at both ends is clear in between."""

LINE = 18
"""Pixels of a line of text."""

THIN, FAT = frozenset("fijlt.,;:'’|()- "), frozenset("mwMW—…")
"""Letters that are much narrower or wider than the others."""

LETTER, THIN_LETTER, FAT_LETTER = 7.2, 4.2, 11.8
"""Pixels of a letter, a little more than it takes on average."""

LONGEST: Final = 18
"""Letters on a line of a name; a longer name takes a second one."""

WIDTHS: Final = (12, 15, LONGEST)
"""The same for a name in a crowd: the fewest with which it takes no more than two lines."""

LINES: Final = 2

MARK, DOT = 8, 5
"""Pixels from the middle of a mark that words keep clear of, and that the lines to them do."""

NEAREST = 14
"""Pixels from words beside a mark to every other mark: more than to their own, so that it is seen whose they are."""

LEAVE = 1.5
"""So many times `MARK` from its middle, a line has left the mark, whichever way it goes."""

APART = 4
"""Pixels between words of two marks, one above the other: it is seen which belong together."""

RANKS = range(4)
"""How good places are: see `Place.rank`."""

RETRIES = 5
"""So many times those that found no room the last time go before those that did."""

DASH = 6
"""Pixels between the points at which a line is checked."""

Side = Literal["left", "center", "right"]
Level = Literal["top", "middle", "bottom"]
Edges = npt.NDArray[np.float64]
Line = Sequence[tuple[float, float]]
"""Points that are joined, from left to right: each a part of the width of the plot, and pixels below its top."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of a chart, and the words that belong to it."""

    x: float
    """Where in the width of the plot: 0 is left, 1 is right."""
    y: float
    """Pixels below the top of the plot."""
    words: str = ""
    """Lines with `<br>` between them; nothing: only to be kept clear of."""
    outward: int = 0
    """Where words go that don't fit beside it: −1 up, 1 down, 0 either way."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: which side of them lies how far from their mark, in pixels to the right and down."""

    side: Side
    level: Level
    right: float
    down: float
    is_far: bool = False
    """Whether a thin line has to lead to the mark."""
    is_over: bool = False
    """Whether words and a line of the chart would run through each other."""

    @property
    def rank(self) -> int:
        """The lower the better: clear of lines before over one, then close to the mark before further off."""
        return 2 * self.is_over + self.is_far

    def annotation(self) -> Dict:
        """The part of a Plotly annotation that puts the words there."""
        anchors = {"xanchor": self.side, "yanchor": self.level}
        if self.is_far:
            return {**anchors, "showarrow": True, "arrowhead": 0, "arrowwidth": 1, "ax": self.right, "ay": self.down}
        return {**anchors, "showarrow": False, "xshift": self.right, "yshift": -self.down}


_BESIDE: Final = (
    Place("left", "middle", 10, 0),
    Place("right", "middle", -10, 0),
    Place("center", "bottom", 0, -9),
    Place("center", "top", 0, 9),
    Place("left", "bottom", 4, -9),
    Place("left", "top", 4, 9),
    Place("right", "bottom", -4, -9),
    Place("right", "top", -4, 9),
)
"""Close to a mark, the best place first."""

_SIDES: Final[Sequence[tuple[Side, Level, int, int]]] = (
    ("left", "bottom", 1, -1),
    ("left", "top", 1, 1),
    ("right", "bottom", -1, -1),
    ("right", "top", -1, 1),
    ("center", "bottom", 0, -1),
    ("center", "top", 0, 1),
)

_STEPS: Final = (
    (14, 22),
    (8, 34),
    (24, 34),
    (8, 46),
    (30, 46),
    (8, 58),
    (34, 58),
    (8, 70),
    (20, 76),
    (8, 88),
    (48, 96),
)

_FAR: Final = tuple(
    Place(side, level, across * right, down * below, is_far=True)
    for across, down in _STEPS
    for side, level, right, below in _SIDES
)
"""Further from a mark, the nearest first."""


@dataclass(frozen=True, slots=True)
class _Box:
    """What is taken: pixels left and right of a place in the width of the plot, from top to bottom."""

    x: float
    left: float
    right: float
    top: float
    bottom: float

    def is_clear_of(self, other: "_Box") -> bool:
        """Whether the two have nothing in common, however wide the plot is."""
        is_above_or_below = self.bottom <= other.top or other.bottom <= self.top
        return is_above_or_below or self.is_left_of(other) or other.is_left_of(self)

    def is_left_of(self, other: "_Box") -> bool:
        """Whether it ends before the other begins, however wide the plot is."""
        apart, room = other.x - self.x, self.right - other.left
        return apart * NARROW >= room and apart * WIDE >= room

    def is_within(self, height: float) -> bool:
        """Whether nothing of it is cut off."""
        sides = ((self.x * width + self.left, self.x * width + self.right - width) for width in (NARROW, WIDE))
        return self.top >= 0 and self.bottom <= height and all(left >= 0 >= right for left, right in sides)


def lines(name: str, widths: Sequence[int] = (LONGEST,)) -> str:
    """A name on at most two lines, as it is written, on the first width that will do; what is too long ends in dots."""
    cut = wrap(name, LONGEST, max_lines=LINES, placeholder="…")
    wrapped = (wrap(name, width, break_long_words=False) for width in widths)
    rows = next((rows for rows in wrapped if len(rows) <= LINES and all(len(row) <= LONGEST for row in rows)), cut)
    return "<br>".join(map(theme.plain, rows))


def width(text: str) -> float:
    """About how many pixels a line of text takes."""
    special = {True: THIN_LETTER, False: LETTER}
    return sum(FAT_LETTER if letter in FAT else special[letter in THIN] for letter in text)


def places(
    marks: Sequence[Mark],
    height: float,
    level: float | None = None,
    passed: Sequence[Line] = (),
    others: int = MARK,
) -> list[Place | None]:
    """Where the words of each mark stand; None for those that fit nowhere, or have none.

    First those of the first mark, which matter most; then all that fit close to their mark; then the others further
    off. Words of two marks touch only where not all find room otherwise. `height`: pixels of the plot. `level`:
    pixels from its top to a line across it that words keep clear of. `passed`: lines that they do where they can.
    `others`: pixels from words beside a mark to every other mark.
    """
    options = _all_options(marks, height, level, passed, others)
    loose = _most(_Plot(marks, options, APART))
    is_whole = len(loose) == sum(1 for mark in marks if mark.words)
    found = loose if is_whole else max(loose, _most(_Plot(marks, options, 0)), key=len)
    return [found.get(number) for number in range(len(marks))]


@dataclass(frozen=True, slots=True)
class _Option:
    """A place where the words of a mark hide no mark, and what they and the line to them take."""

    place: Place
    box: _Box
    line: tuple[_Box, ...]

    def is_clear_of(self, taken: "_Taken") -> bool:
        """Whether the words hide no other words and no line to them, and the line crosses no words."""
        return all(self.box.is_clear_of(box) for box in taken.by_words) and all(
            part.is_clear_of(box) for part in self.line for box in taken.by_lines
        )


@dataclass(frozen=True, slots=True)
class _Taken:
    """What words, and what lines to them, have to keep clear of, besides the marks."""

    by_words: list[_Box]
    by_lines: list[_Box]

    def add(self, option: _Option, apart: int) -> None:
        """Keep clear of these words, by so many pixels above and below, and of the line to them."""
        box = option.box
        room = replace(box, top=box.top - apart, bottom=box.bottom + apart)
        self.by_words.extend([room, *option.line])
        self.by_lines.append(box)


@dataclass(frozen=True, slots=True)
class _Plot:
    """What is to be placed, and where it may stand; words are at least so many pixels `apart`."""

    marks: Sequence[Mark]
    options: Sequence[Sequence[_Option]]
    apart: int


def _most(plot: _Plot) -> dict[int, Place]:
    """What is placed first stands in the way of the rest: of several orders, that which leaves out fewest."""
    given = [number for number, mark in enumerate(plot.marks) if mark.words]
    first, rest = given[:1], given[1:]
    rightward = sorted(rest, key=lambda number: plot.marks[number].x)
    found = max((_in_order(plot, first + order) for order in (rest, rightward, rightward[::-1])), key=len)
    last = found
    for _ in range(RETRIES if len(found) < len(given) else 0):
        rest.sort(key=last.__contains__)
        last = _in_order(plot, first + rest)
        found = max(found, last, key=len)
    return found


def _in_order(plot: _Plot, order: Sequence[int]) -> dict[int, Place]:
    """The number of each mark whose words found room, and where."""
    taken = _Taken([], [])
    found: dict[int, Place] = {}
    for which, ranks in ((order[:1], RANKS), *((order[1:], (rank,)) for rank in RANKS)):
        for number in which:
            tried = () if number in found else plot.options[number]
            clear = (option for option in tried if option.place.rank in ranks and option.is_clear_of(taken))
            option = next(clear, None)
            if option:
                found[number] = option.place
                taken.add(option, plot.apart)
    return found


def _all_options(
    marks: Sequence[Mark], height: float, level: float | None, passed: Sequence[Line], others: int
) -> list[list[_Option]]:
    """Of each mark, the places that hide no mark and not the line across; none for those without words.

    Only the first may stand inward and over a line: of the others it wouldn't be seen whose words those are.
    """
    line = [] if level is None else [_Box(0, 0, WIDE, level - 2, level + 2)]
    wide = _edges([*(_around(mark, MARK) for mark in marks), *line])
    narrow = _edges([_around(mark, DOT) for mark in marks])
    near, lines = _edges([_around(mark, others) for mark in marks]), _line_edges(passed)
    found: list[list[_Option]] = []
    for number, mark in enumerate(marks):
        tried = [_option(mark, place, lines) for place in _outward(mark)] if mark.words else []
        strange = np.delete(near, number, axis=1)
        clear = [
            option
            for option in tried
            if option.box.is_within(height)
            and _is_clear([option.box], wide)
            and _is_clear(option.line, narrow)
            and (option.place.is_far or _is_clear([option.box], strange))
            and not (number and option.place.is_over and option.place.down * mark.outward < 0)
        ]
        found.append(sorted(clear, key=lambda option: option.place.rank))
    return found


def _outward(mark: Mark) -> list[Place]:
    """Every place, outward before inward; far off never inward."""
    places = sorted((*_BESIDE, *_FAR), key=lambda place: place.down * mark.outward < 0)
    return [place for place in places if not place.is_far or place.down * mark.outward >= 0]


def _option(mark: Mark, place: Place, lines: Edges) -> _Option:
    box = _box(mark, place)
    return _Option(replace(place, is_over=not _is_clear([box], lines)), box, tuple(_leader(mark, place)))


def _line_edges(lines: Sequence[Line]) -> Edges:
    """The edges of what each piece of each line may take, as those of boxes."""
    pieces = [
        (left * NARROW, right * NARROW, left * WIDE, right * WIDE, min(start, end) - 1, max(start, end) + 1)
        for line in lines
        for (left, start), (right, end) in pairwise(line)
    ]
    return np.array(pieces, dtype=np.float64).reshape(-1, 6).T


def _edges(boxes: Sequence[_Box]) -> Edges:
    """Of each box its left and right where the plot is narrow, those where it is wide, its top and its bottom."""
    sides = [
        (*(box.x * width + side for width in (NARROW, WIDE) for side in (box.left, box.right)), box.top, box.bottom)
        for box in boxes
    ]
    return np.array(sides, dtype=np.float64).reshape(-1, 6).T


def _is_clear(boxes: Sequence[_Box], taken: Edges) -> bool:
    """Whether no box has anything in common with what is taken, however wide the plot is."""
    low, lower, wide, wider, top, bottom = (edge[:, np.newaxis] for edge in _edges(boxes))
    is_left = (lower <= taken[0]) & (wider <= taken[2])
    is_right = (taken[1] <= low) & (taken[3] <= wide)
    return bool((is_left | is_right | (bottom <= taken[4]) | (taken[5] <= top)).all())


def _around(mark: Mark, reach: float) -> _Box:
    return _Box(mark.x, -reach, reach, mark.y - reach, mark.y + reach)


def _leader(mark: Mark, place: Place) -> list[_Box]:
    """What the line from a mark to words further off takes, from where it leaves the mark."""
    if not place.is_far:
        return []
    length = hypot(place.right, place.down)
    parts = [part / length for part in range(ceil(LEAVE * MARK), int(length), DASH)]
    points = [(part * place.right, mark.y + part * place.down) for part in parts]
    return [_Box(mark.x, across - 1, across + 1, down - 1, down + 1) for across, down in points]


def _box(mark: Mark, place: Place) -> _Box:
    """What words take."""
    rows = mark.words.split("<br>")
    wide, high = max(map(width, rows)), len(rows) * LINE
    left = place.right - {"left": 0.0, "center": wide / 2, "right": wide}[place.side]
    top = mark.y + place.down - {"top": 0.0, "middle": high / 2, "bottom": high}[place.level]
    return _Box(mark.x, left, left + wide, top, top + high)
