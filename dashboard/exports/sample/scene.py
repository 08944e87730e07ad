"""When and where a synthetic delivery plays: three school years up to a day, and who draws the lots."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from dashboard.periods import SchoolCalendar, school_year
from dashboard.registry import Registry

Whole: TypeAlias = npt.NDArray[np.int64]
"""Counts, places in a list, or days since 1 January 1970."""
Real: TypeAlias = npt.NDArray[np.float64]
Truth: TypeAlias = npt.NDArray[np.bool_]

EPOCH: Final = date(1970, 1, 1)
YEARS_TOLD: Final = 3


def as_number(day: date) -> int:
    """A day as days since 1 January 1970."""
    return (day - EPOCH).days


def as_day(number: int) -> date:
    """The reverse of `as_number`."""
    return EPOCH + timedelta(days=int(number))


def date_series(numbers: Whole, shown: Truth | None = None) -> pl.Series:
    """Dates from days since 1 January 1970; null where `shown` is false."""
    dates = pl.Series(numbers.astype(np.int32)).cast(pl.Date)
    if shown is None:
        return dates
    return pl.select(pl.when(pl.Series(shown)).then(dates)).to_series()


def word_series(words: Sequence[str | None], places: Whole) -> pl.Series:
    """A word per row: the ones of a list at the places given."""
    return pl.Series(list(words), dtype=pl.String).gather(pl.Series(places))


def happens(lots: np.random.Generator, chance: float | Real, count: int) -> Truth:
    """A lot per row: true with the chance given, one for all or one per row."""
    return np.asarray(lots.random(count) < chance, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a synthetic delivery starts from."""

    registry: Registry
    calendar: SchoolCalendar
    today: date
    seed: int

    @property
    def year(self) -> int:
        """The school year of the day of delivery."""
        return school_year(self.today)

    @property
    def first_year(self) -> int:
        """The oldest school year told."""
        return self.year - YEARS_TOLD + 1

    @property
    def years(self) -> range:
        """Every school year told, oldest first."""
        return range(self.first_year, self.year + 1)

    @property
    def first_day(self) -> date:
        """1 August of the oldest school year."""
        return date(self.first_year, 8, 1)

    @property
    def in_force(self) -> date:
        """The day the code came into force; where the registry doesn't say, halfway the year before."""
        return self.registry.in_force or date(self.year, 2, 1)

    @property
    def purposes(self) -> tuple[str, ...]:
        """The codes of the registry's purposes."""
        return tuple(purpose.code for purpose in self.registry.purposes)

    def lots(self, *place: int) -> np.random.Generator:
        """A generator of its own for a place in the story, so that nothing depends on the order of telling."""
        return np.random.default_rng((self.seed, *place))

    def school_days(self, year: int) -> list[date]:
        """The school days of a school year, up to the day of delivery."""
        return self.calendar.school_days(date(year, 8, 1), min(date(year + 1, 7, 31), self.today))

    def first_school_day(self, year: int) -> date:
        """The day on which a school year's lessons start; after the known holidays, 1 September."""
        known = min(date(year, 9, 30), self.calendar.last_day)
        days = self.calendar.school_days(date(year, 8, 1), known)
        return days[0] if days else date(year, 9, 1)
