"""Which periods a school says it delivered."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl

from dashboard.exports.sample.forms import first_registered
from dashboard.exports.sample.scene import Scene
from dashboard.exports.sample.schools import School
from dashboard.periods import FIRST_MONTH, month_end, month_ends

DECLARED: Final = ("toestemmingen", "incidenten")

FORGOTTEN: Final = {"toestemmingen": ((1, 2),), "incidenten": ((0, 11), (1, 2), (1, 3), (2, 9))}
"""What the forgetful school leaves out: place of the school year, month."""


IN_ADVANCE: Final = 4
"""One of so many schools declares the running month to its end."""
IN_SPANS: Final = 3
"""One of so many schools declares several months in one row."""


def forgotten_months(scene: Scene, dataset: str) -> tuple[date, ...]:
    """The ends of the months that the forgetful school doesn't declare."""
    years = [(scene.first_year + place, month) for place, month in FORGOTTEN[dataset]]
    return tuple(month_end(date(year if month >= FIRST_MONTH else year + 1, month, 1)) for year, month in years)


def is_delivered(scene: Scene, school: School, dataset: str, day: date) -> bool:
    """Whether the school declares that it delivered this day."""
    if day < first_registered(scene, school.habit):
        return False
    return not (school.habit.forgets and month_end(day) in forgotten_months(scene, dataset))


def declared_frame(scene: Scene, schools: Sequence[School]) -> pl.DataFrame:
    """The dataset `leveringen`: a row per school, dataset and month, or per unbroken span of months.

    The running month is declared up to the day of delivery; some schools declare all of it in advance.
    """
    rows = [
        (school.brin6, dataset, first, last)
        for school in schools
        for dataset in DECLARED
        for first, last in _spans(scene, school, dataset)
    ]
    return pl.DataFrame(
        rows, schema={"brin6": pl.String, "dataset": pl.String, "van": pl.Date, "tot": pl.Date}, orient="row"
    )


def _spans(scene: Scene, school: School, dataset: str) -> list[tuple[date, date]]:
    ends = month_ends(scene.first_day, month_end(scene.today))
    last = ends[-1] if school.index % IN_ADVANCE == 1 else scene.today
    months = [(end.replace(day=1), min(end, last)) for end in ends if is_delivered(scene, school, dataset, end)]
    if school.index % IN_SPANS != IN_SPANS - 1:
        return months
    spans: list[tuple[date, date]] = []
    for first, end in months:
        joins = bool(spans) and spans[-1][1] + timedelta(days=1) == first
        spans = [*spans[:-1], (spans[-1][0], end)] if joins else [*spans, (first, end)]
    return spans
