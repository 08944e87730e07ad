"""What happened, marked on an axis of time: a numbered line on the day, and the list of what the numbers stand for.

Events are numbered from 1 in the order of the list, which is that of time. A chart marks those that lie on its axis;
`listed` writes out the same ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import dutch
from dashboard.charts import theme
from dashboard.charts.theme import Dict, Palette
from dashboard.periods import school_year_days, school_year_name

Event = tuple[date, str]
"""A day, and what happened."""

CLOSE, BOXED = 0.05, 0.08
"""Two numbers closer than this part of the axis would touch on a phone: they are written as one."""

PAIR = 2
"""So many events are named one by one; of more, the first and the last."""

ROW = 22
"""Pixels of a line of time of its own, above a chart that lays school years over each other."""

CLEAR = 6
"""Pixels between those lines and the number at the top of the upright axis."""

TICK = 14
"""Pixels of the mark of an event where a line would run through the chart's own numbers."""

SMALL = 12
"""Pixels of a number in a box."""


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
    *,
    is_short: bool = False,
) -> tuple[list[Dict], list[Dict]]:
    """Lines and numbers of events on any axis of time; `place`: where on it a day stands; `days`: its first and last.

    A line for each event; where numbers would touch, one for all, beside the first line. `is_short`: only a tick below
    the number, where a line would run through what is written in the chart.
    """
    found = marks(events, *days)
    reach = {"ysizemode": "pixel", "yanchor": 1, "y0": 0, "y1": -TICK} if is_short else {"y0": 0, "y1": 1}
    shapes = [{**_line(place(day), palette), **reach} for mark in found for day in mark.days]
    notes = [_number(place(mark.days[0]), mark, palette) for mark in found]
    return shapes, notes


@dataclass(frozen=True, slots=True)
class Years:
    """Lines of time above a chart that lays school years over each other: one for each year with an event."""

    shapes: list[Dict]
    notes: list[Dict]
    height: int
    """Pixels above the plot."""


def in_years(
    events: Sequence[Event], colours: Mapping[int, str], palette: Palette, place: Callable[[date], float]
) -> Years:
    """Events of school years that share one axis: each year has a line of its own, so that no number can belong to two.

    `colours`: those of the years on the chart, by the year in which each starts; `place`: where on the axis a day of
    any of them stands.
    """
    found = {year: marks(events, *school_year_days(year), BOXED) for year in sorted(colours)}
    rows = [year for year, there in found.items() if there]
    shapes, notes = [], []
    for row, year in enumerate(reversed(rows)):
        up = CLEAR + ROW * row + ROW // 2
        shapes.append(_time_line(up, palette))
        notes += [_box(place(mark.days[0]), mark, up, colours[year], palette) for mark in found[year]]
        notes.append(_year(year, up, colours[year]))
    return Years(shapes, notes, CLEAR + ROW * len(rows) if rows else 0)


def _mark(group: Sequence[tuple[date, int, str]]) -> Mark:
    days, numbers, texts = zip(*group, strict=True)
    return Mark(tuple(sorted(numbers)), days, texts)


def _line(place: str | float, palette: Palette) -> Dict:
    return {
        "type": "line",
        "x0": place,
        "x1": place,
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


def _time_line(up: int, palette: Palette) -> Dict:
    """A thin line above the plot, so many pixels up."""
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "yref": "paper",
        "ysizemode": "pixel",
        "yanchor": 1,
        "y0": up,
        "y1": up,
        "line": {"color": palette.context, "width": 1},
    }


def _box(place: float, mark: Mark, up: int, colour: str, palette: Palette) -> Dict:
    return {
        "x": place,
        "y": 1,
        "yref": "paper",
        "yshift": up,
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


def _year(start: int, up: int, colour: str) -> Dict:
    """The name of a school year at the end of its line."""
    return {
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 6,
        "y": 1,
        "yref": "paper",
        "yshift": up,
        "yanchor": "middle",
        "text": school_year_name(start),
        "showarrow": False,
        "font": {"size": theme.TEXT, "color": colour},
    }
