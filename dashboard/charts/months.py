"""An axis of months: where a month stands on it, what it is called, and where nothing is known."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

import polars as pl

from dashboard import dutch
from dashboard.charts.theme import Dict, Key, Palette
from dashboard.indicators import findings
from dashboard.indicators.shown import HOVER
from dashboard.periods import ONE_DAY, month_end, month_ends, months_apart

NAMED = (
    (8, tuple(f"{month:02}" for month in range(1, 13)), 1),
    (20, ("08", "11", "02", "05"), 3),
    (40, ("08", "02"), 5),
)
"""Which months have their name under an axis of at most so many, and how many months a name takes on a phone."""

YEARLY = (("08",), 10)
"""The same under an axis of more."""

HALF_A_MONTH = timedelta(days=14)

ORDINARY = findings.ORDINARY
"""A month with less than this part of the usual pupils × school days doesn't decide how high an axis of rates goes."""

Row = TypeVar("Row")


def middle(month: str) -> str:
    """Where a month `jjjj-mm` stands on an axis of days."""
    return f"{dutch.first_of(month) + HALF_A_MONTH}"


def span(month: str) -> tuple[date, date]:
    """From where to where a month `jjjj-mm` reaches on an axis of days: its first day, and that of the next month."""
    first = dutch.first_of(month)
    return first, month_end(first) + ONE_DAY


def axis(months: Sequence[str]) -> tuple[date, date]:
    """Where an axis of these months, oldest first, begins and ends."""
    return span(months[0])[0], span(months[-1])[1]


def between(first: date, last: date) -> list[str]:
    """The months `jjjj-mm` from one day to another, both included."""
    return [f"{end:%Y-%m}" for end in month_ends(first, month_end(last))]


def adjacent(rows: Sequence[Row], month: Callable[[Row], str]) -> list[list[Row]]:
    """Rows of months, oldest first, in runs that follow each other on the calendar. `month`: `jjjj-mm` of a row."""
    runs: list[list[Row]] = []
    for row in rows:
        if runs and months_apart(month(runs[-1][-1]), month(row)) == 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def place(day: date, first: str) -> float:
    """Where a day stands on an axis that counts months from `first`, each around its own number."""
    return months_apart(first, f"{day:%Y-%m}") + (day.day - 1) / month_end(day).day - 0.5


def ends(months: Sequence[str]) -> tuple[date, date]:
    """The first and the last day of a series of months, oldest first."""
    return dutch.first_of(months[0]), month_end(dutch.first_of(months[-1]))


def ticks(months: Sequence[str]) -> Dict:
    """Few enough names of months to read: all, one a quarter of the school year, one a half or one a year.

    The last month has its name and year, whichever it is: that is where the series ends.
    """
    if not months:
        return {}
    wanted, apart = next(((named, apart) for most, named, apart in NAMED if len(months) <= most), YEARLY)
    last = months[-1]
    shown = [month for month in months if month[5:] in wanted and months_apart(month, last) >= apart] + [last]
    return {
        "tickangle": 0,
        "tickvals": [middle(month) for month in shown],
        "ticktext": _names(shown),
        "range": [f"{day}" for day in axis(months)],
    }


def _names(shown: Sequence[str]) -> list[str]:
    """Each month in three letters, and its year below it where that is another one than before, and at the end."""
    names = [dutch.short_month(month).split() for month in shown]
    years = ["", *(year for _, year in names[:-2]), ""]
    return [name if year == before else f"{name}<br>{year}" for (name, year), before in zip(names, years, strict=False)]


def bridges(
    places: Sequence[str] | Sequence[int],
    values: Sequence[float | None],
    palette: Palette,
    hidden: Collection[int] = (),
) -> Dict:
    """A dotted line over each gap between two known values; a gap is never a zero, and none is drawn over `hidden`."""
    known = [place for place, value in enumerate(values) if value is not None]
    gaps = [(left, right) for left, right in pairwise(known) if right - left > 1]
    pairs = [(left, right) for left, right in gaps if not any(left < place < right for place in hidden)]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for left, right in pairs for x in (places[left], places[right], None)],
        "y": [y for left, right in pairs for y in (values[left], values[right], None)],
        "connectgaps": False,
        "line": {"color": palette.context, "width": 1.5, "dash": "dot"},
        "hoverinfo": "skip",
    }


def unseen(
    places: Sequence[str] | Sequence[float], words: Sequence[str], palette: Palette, feet: Sequence[float] = ()
) -> Dict:
    """A mark on the axis for everything of which the number is hidden; `words`: what is said of each.

    `feet`: where the axis lies at each of them, if not at 0.
    """
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "niet getoond",
        "x": list(places),
        "y": list(feet) or [0] * len(places),
        "marker": {"symbol": "x", "size": 10, "color": palette.ink, "opacity": 1},
        "cliponaxis": False,
        "hovertext": list(words),
        "hoverinfo": "text",
    }


def gap_keys(delivered: pl.Series, palette: Palette, hidden: int = 0) -> tuple[Key, ...]:
    """What the dotted line stands for; `delivered`: of each month without a rate, whether it was delivered.

    `hidden`: how many other months have none since their number is small; each has a mark of its own.
    """
    words = {False: "niet aangeleverd", True: "geen leerlingen"}
    label = " of ".join(text for known, text in words.items() if known in delivered.fill_null(value=False))
    dotted = (Key(f"{label} (geen nul)", palette.context, "stippel"),) if label else ()
    return (*dotted, *((Key(HOVER, palette.ink, "kruis"),) if hidden else ()))
