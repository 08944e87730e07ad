"""What happened, marked on an axis of time: a numbered line on the day, and the list of what the numbers stand for.

Events are numbered from 1 in the order of the list, which is that of time. A chart marks those that lie on its axis;
`listed` writes out the same ones.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import dutch
from dashboard.charts import theme
from dashboard.charts.theme import Dict, Palette
from dashboard.periods import school_year_days

Event = tuple[date, str]
"""A day, and what happened."""

CLOSE = 0.05
"""Two numbers closer than this part of the axis would touch on a phone: they are written as one."""

PAIR = 2
"""So many events are named one by one; of more, the first and the last."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One or more events that stand too close together to be told apart on the axis."""

    numbers: tuple[int, ...]
    days: tuple[date, ...]
    texts: tuple[str, ...]

    @property
    def label(self) -> str:
        """`1`, or `1, 2`, or `1–4` where there are more."""
        first, last = self.numbers[0], self.numbers[-1]
        if first == last:
            return f"{first}"
        return f"{first}, {last}" if len(self.numbers) == PAIR else f"{first}–{last}"

    @property
    def words(self) -> str:
        """What a reader hears of it, a line for each event; safe to draw."""
        return "<br>".join(
            f"{dutch.day(day)}: {theme.plain(text)}" for day, text in zip(self.days, self.texts, strict=True)
        )


def listed(events: Sequence[Event], first: date, last: date) -> dict[str, str]:
    """The events from `first` to `last`, as they are listed beside a chart: `2. 5 januari 2026` → what happened."""
    return {
        f"{number}. {dutch.day(day)}": text
        for number, (day, text) in enumerate(events, start=1)
        if first <= day <= last
    }


def in_school_years(events: Sequence[Event], first: int, last: int) -> dict[str, str]:
    """The events of the school years that start in `first` to `last`, as `listed`."""
    return listed(events, school_year_days(first)[0], school_year_days(last)[1])


def marks(events: Sequence[Event], first: date, last: date, close: float = CLOSE) -> list[Mark]:
    """The events on an axis from `first` to `last`, oldest first; those within a part `close` of it as one mark."""
    placed = sorted((day, number, text) for number, (day, text) in enumerate(events, start=1) if first <= day <= last)
    room = (last - first) * close
    groups: list[list[tuple[date, int, str]]] = []
    for entry in placed:
        if groups and entry[0] - groups[-1][0][0] < room:
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return [_mark(group) for group in groups]


def on_days(events: Sequence[Event], first: date, last: date, palette: Palette) -> tuple[list[Dict], list[Dict]]:
    """Lines and numbers of events on an axis of days from `first` to `last`: shapes and annotations."""
    return on_axis(events, (first, last), palette, lambda day: f"{day}")


def on_axis(
    events: Sequence[Event],
    days: tuple[date, date],
    palette: Palette,
    place: Callable[[date], str | float],
) -> tuple[list[Dict], list[Dict]]:
    """Lines and numbers of events on any axis of time; `place`: where on it a day stands; `days`: its first and last.

    A line for each event; where numbers would touch, one for all, beside the first line.
    """
    found = marks(events, *days)
    shapes = [_line(place(day), palette) for mark in found for day in mark.days]
    notes = [_number(place(mark.days[0]), mark, palette) for mark in found]
    return shapes, notes


def _mark(group: Sequence[tuple[date, int, str]]) -> Mark:
    days, numbers, texts = zip(*group, strict=True)
    return Mark(tuple(sorted(numbers)), days, texts)


def _line(place: str | float, palette: Palette) -> Dict:
    return {
        "type": "line",
        "x0": place,
        "x1": place,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": palette.context, "width": 1, "dash": "dash"},
    }


def _number(place: str | float, mark: Mark, palette: Palette) -> Dict:
    return {
        "x": place,
        "y": 1,
        "yref": "paper",
        "text": mark.label,
        "showarrow": False,
        "yanchor": "bottom",
        "font": {"size": theme.TEXT, "color": palette.quiet},
        "hovertext": mark.words,
    }
