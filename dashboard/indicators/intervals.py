"""Intervals: how far off a figure may be because the counts behind it are small.

Counts come in as numbers or arrays of numbers, which are matched element by element; an interval comes out. Where
there is nothing to count from, its ends are nan.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, gammaincinv, ndtri

Numbers = NDArray[np.float64]

CONFIDENCE = 0.95
"""How many of all intervals hold the true value."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The ends of an interval, or of as many intervals as there were counts."""

    low: Numbers
    high: Numbers

    def columns(self) -> dict[str, pl.Series]:
        """The ends as columns van and tot of a table; null where there was nothing to count from."""
        ends = {"van": self.low, "tot": self.high}
        return {name: pl.Series(name, np.atleast_1d(end), nan_to_null=True) for name, end in ends.items()}


def with_share_interval(counts: pl.DataFrame, part: str, whole: str) -> pl.DataFrame:
    """Add the interval of a share.

    counts: any rows with the columns named by part and whole.

    Returns: the same rows with van and tot (0–1, null without a denominator). Source: see `share_interval`.
    """
    return counts.with_columns(**share_interval(counts[part].to_numpy(), counts[whole].to_numpy()).columns())


def with_rate_interval(counts: pl.DataFrame, count: str, exposure: str) -> pl.DataFrame:
    """Add the interval of a rate.

    counts: any rows with the columns named by count and exposure.

    Returns: the same rows with van and tot (per unit of exposure, null without exposure). Source: see
    `rate_interval`.
    """
    return counts.with_columns(**rate_interval(counts[count].to_numpy(), counts[exposure].to_numpy()).columns())


def share_interval(part: ArrayLike, whole: ArrayLike, confidence: float = CONFIDENCE) -> Interval:
    """The interval of a share.

    counts: whole, and the part of it that the share is about, 0 to whole.

    Returns: ends from 0 to 1.
    Raises: ValueError for a negative count, or a part above its whole.
    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference,
    doi 10.1080/01621459.1927.10502953; method 3 of Newcombe (1998), Statistics in Medicine 17, 857–872.
    """
    hits, size = _shares(part, whole)
    z = ndtri((1 + confidence) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = hits / size
        middle = 2 * hits + z**2
        reach = z * np.sqrt(z**2 + 4 * hits * (1 - share))
        low, high = ((middle + sign * reach) / (2 * (size + z**2)) for sign in (-1, 1))
    known = size > 0
    return Interval(_where(known, np.where(hits > 0, low, 0.0)), _where(known, np.where(hits < size, high, 1.0)))


def rate_interval(count: ArrayLike, exposure: ArrayLike, confidence: float = CONFIDENCE) -> Interval:
    """The exact interval of a rate, for counts that chance alone would spread like Poisson's.

    counts: a count, and the exposure it comes from, in any unit.

    Returns: ends per unit of exposure, from 0.
    Raises: ValueError for a negative count or exposure.
    Source: Garwood (1936), Fiducial limits for the Poisson distribution, doi 10.1093/biomet/28.3-4.437.
    """
    counted, time = _rates(count, exposure)
    outside = (1 - confidence) / 2
    low = np.where(counted > 0, gammaincinv(np.maximum(counted, 1), outside), 0.0)
    high = np.asarray(gammaincinv(counted + 1, 1 - outside), dtype=np.float64)
    return Interval(_per(low, time), _per(high, time))


def share_difference(
    part: ArrayLike, whole: ArrayLike, other_part: ArrayLike, other_whole: ArrayLike, confidence: float = CONFIDENCE
) -> Interval:
    """The interval of a share less another one, of two groups that have no members in common.

    counts: the whole and the part of each, as for `share_interval`.

    Returns: ends from −1 to 1; 0 outside them is a difference.
    Raises: ValueError for a negative count, or a part above its whole.
    Source: Newcombe (1998), Interval estimation for the difference between independent proportions, method 10,
    Statistics in Medicine 17, 873–890.
    """
    (hits, size), (other_hits, other_size) = _shares(part, whole), _shares(other_part, other_whole)
    this, other = share_interval(hits, size, confidence), share_interval(other_hits, other_size, confidence)
    share, other_share = _per(hits, size), _per(other_hits, other_size)
    difference = share - other_share
    return Interval(
        difference - np.hypot(share - this.low, other.high - other_share),
        difference + np.hypot(this.high - share, other_share - other.low),
    )


def rate_ratio(
    count: ArrayLike,
    exposure: ArrayLike,
    other_count: ArrayLike,
    other_exposure: ArrayLike,
    confidence: float = CONFIDENCE,
) -> Interval:
    """The exact interval of a rate divided by another one, given how many were counted in all.

    Of all that was counted, the part that belongs to the first is binomial; the ends are the ratios that go with the
    exact (Clopper and Pearson) interval of that part.

    counts: the count and the exposure of each, as for `rate_interval`.

    Returns: ends from 0 to infinity, which it is where the other count is 0; 1 outside them is a difference.
    Raises: ValueError for a negative count or exposure.
    Source: Przyborowski and Wilenski (1940), Homogeneity of results in testing samples from Poisson series,
    doi 10.1093/biomet/31.3-4.313; Clopper and Pearson (1934), doi 10.1093/biomet/26.4.404.
    """
    (counted, time), (other, other_time) = _rates(count, exposure), _rates(other_count, other_exposure)
    outside = (1 - confidence) / 2
    low = np.where(counted > 0, betaincinv(np.maximum(counted, 1), other + 1, outside), 0.0)
    high = np.where(other > 0, betaincinv(counted + 1, np.maximum(other, 1), 1 - outside), 1.0)
    scale = _where(other_time > 0, _per(other_time, time))
    return Interval(_odds(low) * scale, _odds(high) * scale)


def _odds(chance: Numbers) -> Numbers:
    odds = np.full_like(chance, np.inf)
    np.divide(chance, 1 - chance, out=odds, where=chance < 1)
    return odds


def _per(value: Numbers, size: Numbers) -> Numbers:
    quotient = np.full(np.broadcast_shapes(value.shape, size.shape), np.nan)
    np.divide(value, size, out=quotient, where=size > 0)
    return quotient


def _where(known: NDArray[np.bool_], value: Numbers) -> Numbers:
    return np.where(known, value, np.nan)


def _shares(part: ArrayLike, whole: ArrayLike) -> tuple[Numbers, Numbers]:
    hits, size = _rates(part, whole)
    if np.any(hits > size):
        raise ValueError("A part is never more than its whole.")
    return hits, size


def _rates(count: ArrayLike, exposure: ArrayLike) -> tuple[Numbers, Numbers]:
    counted, time = np.broadcast_arrays(np.asarray(count, dtype=np.float64), np.asarray(exposure, dtype=np.float64))
    if np.any(counted < 0) or np.any(time < 0):
        raise ValueError("Counts and exposures are never below zero.")
    return counted, time
