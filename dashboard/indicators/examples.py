"""Made-up series and groups of schools of which the truth is known, to see what limits of chance find and miss.

Everything goes through the same functions as the published tables. A draw is a number: the same one gives the same
example every time, and how often something shows up is counted over the draws 1, 2, 3 and so on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import poisson

from dashboard.indicators.catalogue import PUBLISHED
from dashboard.indicators.control_charts import SIMPLE, limits_of, marked
from dashboard.indicators.funnels import BEYOND, poisson_limits, with_rate_funnel
from dashboard.indicators.incidents import EXPOSURE, PUPILS, SCHOOL_DAYS
from dashboard.periods import month_after, school_year_days

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

DRAWS: Final = 1000
"""How often something shows up is counted over so many draws."""

SEED: Final = 20250201

BRIN6: Final = "voorbeeld"
FIRST_YEAR: Final = 2023
"""The months of an example start in August of this year, before the code was there."""

MONTHS: Final = 24
"""Points of the series to play with."""

CHANGES: Final[Mapping[str, float]] = MappingProxyType(
    {"niets": 1.0, "helft_erbij": 1.5, "dubbel": 2.0, "halvering": 0.5}
)
"""What really changes halfway a series → by how much the number of reports is multiplied."""

DIFFERENCES: Final[Mapping[str, tuple[float, str]]] = MappingProxyType(
    {
        "niets": (1.0, "groot"),
        "groot_dubbel": (2.0, "groot"),
        "klein_dubbel": (2.0, "klein"),
        "groot_half": (0.5, "groot"),
        "klein_half": (0.5, "klein"),
    }
)
"""What is really different among schools → how many times as many reports, and at which school."""

RANKED: Final = 7
"""Schools in the example of a ranking."""

RANKED_RATE: Final = 3
"""Reports per 1,000 pupils per 20 school days in it."""

PERIOD: Final = f"{FIRST_YEAR}-08/{FIRST_YEAR + 1}-07"

YEAR_DAYS: Final = 190
"""School days in a school year, about."""

SMALLEST, LARGEST = 200, 1800
"""Pupils of the smallest and the largest school of an example."""


@dataclass(frozen=True, slots=True)
class Series:
    """A made-up series of months of one school, and what really happened to it."""

    trend: pl.DataFrame
    """One row per maand, as in `incident_trend`."""
    monthly: pl.DataFrame
    """The same months, as in `incidents_monthly`."""
    expected: float
    """Reports a month to begin with."""
    change: float
    """By how much that was multiplied halfway: 1 is no change."""

    @property
    def halfway(self) -> str:
        """The first month `jjjj-mm` after the change."""
        return str(self.trend["maand"][self.trend.height // 2])

    @property
    def has_limits(self) -> bool:
        """Whether there are enough reports for a chart by month."""
        return self.trend["midden"].null_count() == 0

    @property
    def marked(self) -> tuple[str, ...]:
        """The months that the chart marks."""
        return tuple(self.trend.filter(pl.col("signaal").is_not_null())["maand"])

    @property
    def fitting(self) -> tuple[str, ...]:
        """Those of them that point to the change: on its side of the centre after it, on the other side before it."""
        if not self.has_limits:
            return ()
        away = (self.trend["ratio"] - self.trend["midden"]).to_numpy()
        fits = away * _direction(self.change, self.trend.height) > 0
        return tuple(self.trend.filter(pl.col("signaal").is_not_null() & pl.Series(fits))["maand"])


@dataclass(frozen=True, slots=True)
class Shown:
    """In how many draws something shows up."""

    draws: int
    signalled: int
    """Draws in which the chart marks anything at all."""
    found: int
    """Draws in which it marks what is really different; none where nothing is."""


@dataclass(frozen=True, slots=True)
class Schools:
    """A made-up group of schools, and which of them is really different."""

    funnel: pl.DataFrame
    """One row per brin6, as in `incident_funnel`."""
    names: dict[str, str]
    """brin6 → name, in the fixed order, which isn't that of size."""
    pupils: dict[str, int]
    different: str
    """brin6 of the school that is really different, empty for none."""
    times: float
    """By how much its rate is multiplied."""

    @property
    def outside(self) -> tuple[str, ...]:
        """The schools strictly beyond the outer limits."""
        return tuple(self.funnel.filter(pl.col("oordeel") == BEYOND)["brin6"])

    @property
    def found(self) -> bool:
        """Whether the school that is different lies beyond the outer limits, on the side where it belongs."""
        flags = _beyond(self.funnel, self.different, self.times)
        return bool(flags.any())


def series(points: int, expected: float, change: float, draw: int) -> Series:
    """Months of a school of 1,000 pupils with 20 school days each, so that the rate is the number of reports.

    `expected` reports a month (above 0) up to halfway, from there on `change` times as many.
    """
    first = f"{school_year_days(FIRST_YEAR)[0]:%Y-%m}"
    counts = pl.DataFrame(
        {
            "maand": [month_after(first, months) for months in range(points)],
            "brin6": BRIN6,
            "deel": 1,
            "incidenten": _series_counts(points, expected, change, draw),
            "leerlingen": PUPILS,
            "lesdagen": SCHOOL_DAYS,
            "persoonsdagen": EXPOSURE,
            "aangeleverd": True,
        }
    )
    trend, monthly = (PUBLISHED[name].figures(counts) for name in ("incident_trend", "incidents_monthly"))
    return Series(trend, monthly, expected, change)


def series_shown(points: int, expected: float, change: float, draws: int = DRAWS) -> Shown:
    """In how many of the draws 1 to `draws` of `series` the chart marks a month, and one that fits the change."""
    counts = np.array([_series_counts(points, expected, change, draw) for draw in range(1, draws + 1)], np.float64)
    charted = counts[counts.mean(axis=1) >= SIMPLE]
    means = np.asarray(charted.mean(axis=1))
    centre = means[:, None]
    found = marked(charted, limits_of(centre), means)
    fits = (charted - centre) * _direction(change, points) > 0
    return Shown(draws, int(found.any(axis=1).sum()), int((found & fits).any(axis=1).sum()))


def schools(count: int, rate: float, times: float, size: str, draw: int) -> Schools:
    """A school year of schools of 200 to 1,800 pupils.

    `rate` reports per 1,000 pupils per 20 school days everywhere (above 0), but `times` as many at the smallest or
    the largest school (`size`: `klein` or `groot`); 1 time is no difference.
    """
    pupils = _sizes(count)
    place = int(pupils.argmin() if size == "klein" else pupils.argmax())
    counts = _school_counts(pupils, rate, times, place, draw)
    names = {f"v{number:02}": f"School {number}" for number in range(1, count + 1)}
    funnel = PUBLISHED["incident_funnel"].figures(_funnel_counts(counts[None, :], pupils))
    different = list(names)[place] if times != 1 else ""
    return Schools(funnel, names, dict(zip(names, pupils.tolist(), strict=True)), different, times)


def schools_shown(count: int, rate: float, times: float, size: str, draws: int = DRAWS) -> Shown:
    """In how many of the draws 1 to `draws` of `schools` a school is beyond the outer limits, and the different one."""
    pupils = _sizes(count)
    place = int(pupils.argmin() if size == "klein" else pupils.argmax())
    counts = np.array([_school_counts(pupils, rate, times, place, draw) for draw in range(1, draws + 1)])
    # Each draw stands as a period of its own, so that all of them go through the funnel at once.
    funnel = with_rate_funnel(_funnel_counts(counts, pupils))
    beyond = (funnel["oordeel"] == BEYOND).to_numpy().reshape(draws, count)
    different = f"v{place + 1:02}" if times != 1 else ""
    found = _beyond(funnel, different, times).reshape(draws, count)
    return Shown(draws, int(beyond.any(axis=1).sum()), int(found.any(axis=1).sum()))


def smallest_at_an_end(count: int = RANKED, rate: float = RANKED_RATE, draws: int = DRAWS) -> int:
    """In how many of the draws 1 to `draws` the smallest of schools that are alike has the highest or lowest rate."""
    pupils = _sizes(count)
    counts = np.array([_school_counts(pupils, rate, 1, 0, draw) for draw in range(1, draws + 1)])
    rates = counts / pupils
    smallest = rates[:, pupils.argmin()]
    return int(((smallest == rates.max(axis=1)) | (smallest == rates.min(axis=1))).sum())


def usual_counts(expected: float) -> tuple[int, int, float]:
    """Between which counts a month stays if so many are expected, and the chance that it doesn't (0–1)."""
    limits = limits_of(np.array([expected]))
    low, high = int(limits.lower[0]), int(limits.upper[0])
    return low, high, float(poisson.cdf(low - 1, expected) + poisson.sf(high, expected))


def usual_rates(pupils: int, rate: float) -> tuple[float, float]:
    """Between which rates a school of so many pupils stays in 95 of 100 school years, if it is like the group."""
    size, group = pl.Series([pupils * YEAR_DAYS / EXPOSURE]), pl.Series([rate])
    limits = poisson_limits(size, group)
    return float(limits["onder95"][0]), float(limits["boven95"][0])


def _series_counts(points: int, expected: float, change: float, draw: int) -> Counts:
    factors = np.where(np.arange(points) < points // 2, 1.0, change)
    return _random(draw).poisson(expected * factors)


def _school_counts(pupils: Counts, rate: float, times: float, place: int, draw: int) -> Counts:
    rates = np.full(len(pupils), float(rate))
    rates[place] *= times
    return _random(draw).poisson(rates * pupils * YEAR_DAYS / EXPOSURE)


def _random(draw: int) -> np.random.Generator:
    return np.random.default_rng([SEED, draw])


def _direction(change: float, points: int) -> Numbers:
    """Per point: 1 where a change leaves it above the centre, −1 below; 0 everywhere without one."""
    side = float(np.sign(change - 1))
    return np.where(np.arange(points) < points // 2, -side, side)


def _sizes(count: int) -> Counts:
    """Pupils of each school, in an order that isn't that of size, the same every time."""
    sizes = np.round(np.geomspace(SMALLEST, LARGEST, count), -1).astype(np.int64)
    return np.random.default_rng(SEED).permutation(sizes)


def _funnel_counts(counts: Counts, pupils: Counts) -> pl.DataFrame:
    """Counts of draws by schools as rows of a funnel, one draw after the other; the first one is `PERIOD`."""
    draws, schools = counts.shape
    days = np.tile(pupils * YEAR_DAYS, draws)
    return pl.DataFrame(
        {
            "periode": [PERIOD if draw == 0 else f"{draw}" for draw in range(draws) for _ in range(schools)],
            "brin6": [f"v{number:02}" for number in range(1, schools + 1)] * draws,
            "incidenten": counts.ravel(),
            "persoonsdagen": days,
            "groep_incidenten": np.repeat(counts.sum(axis=1), schools),
            "groep_persoonsdagen": int(pupils.sum()) * YEAR_DAYS,
        }
    )


def _beyond(funnel: pl.DataFrame, different: str, times: float) -> Flags:
    """Which rows are of the school that is different, beyond the outer limits on the side where it belongs."""
    higher = pl.col("ratio") > pl.col("groep")
    fits = higher if times > 1 else ~higher
    flag = (pl.col("brin6") == different) & (pl.col("oordeel") == BEYOND) & fits
    return funnel.select(flag.alias("gevonden"))["gevonden"].to_numpy()
