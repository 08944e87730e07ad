"""How often charts and funnels signal though nothing is the matter: what chance alone would do.

A stable series, or a group of schools that are all alike, is told apart from its total: given how much there was in
all, chance spreads it over months and schools by their exposure, whatever the true rate. So nothing has to be assumed.
"""

from dataclasses import dataclass
from math import fsum, log
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import gammaln
from scipy.stats import binom, hypergeom

from dashboard.indicators.control_charts import LOWER, SEGMENT, limits_of, marked, rules_at
from dashboard.indicators.funnels import Counts

Numbers = NDArray[np.float64]

RUNS: Final = 2000
"""So many stable series are drawn for each segment: the chance of a signal is then known to about one percent."""

SEED: Final = 20250201
"""The same series are drawn every time, so that the same numbers give the same text."""

ROUNDING: Final = 1e-9
"""A limit this close to a whole count is that count: what is left of it is rounding."""


@dataclass(frozen=True, slots=True)
class FalseFlags:
    """How many schools chance alone would put outside the limits of a funnel, on average."""

    schools: int
    outside95: float
    """Schools outside the 95 % limits, those outside the outer ones included."""
    outside998: float


def trend_false_signals(trend: pl.DataFrame, runs: int = RUNS) -> pl.DataFrame:
    """How many points chance alone would mark in series as long and with as many incidents as these.

    counts: one row per brin6, deel (segment) and maand, whole segments, with incidenten and blootstelling (above 0).

    Returns: one row per brin6 and deel, sorted, with punten (points), verwacht (incidents a point), signalen (points
    that are marked on average where nothing changed) and kans (share of such series with at least one, 0–1); the last
    two are null where too little is expected for a chart by month.
    Source: simulation; given their sum, counts of a stable series are multinomial.
    """
    segments = (
        trend.sort("maand").group_by(SEGMENT, maintain_order=True).agg("incidenten", "blootstelling").sort(SEGMENT)
    )
    schema = {"punten": pl.Int64, "verwacht": pl.Float64, "signalen": pl.Float64, "kans": pl.Float64}
    series = zip(segments["incidenten"], segments["blootstelling"], strict=True)
    drawn = [_by_chance(incidents.to_numpy(), exposure.to_numpy(), runs) for incidents, exposure in series]
    return segments.select(SEGMENT).hstack(pl.DataFrame(drawn, schema=schema, orient="row"))


def marked_by_chance(drawn: pl.DataFrame) -> tuple[int, float]:
    """Of how many series chance alone would mark a point, on average.

    counts: one row per brin6 and deel, as `trend_false_signals` returns them.

    Returns: how many series have limits in at least one of their parts, and how many of those are marked.
    """
    known = drawn.drop_nulls("kans").group_by("brin6").agg((1 - (1 - pl.col("kans")).product()).alias("kans"))
    return known.height, float(known["kans"].sum())


def rare_false_signals(gaps: int) -> float:
    """The chance that at least one of so many gaps between rare incidents is marked though nothing changes, 0–1.

    Six gaps or fewer never are: a gap can't be 6.6 times the mean that it is itself a part of.

    counts: gaps, of one segment.

    Source: Fisher (1929), Tests of significance in harmonic analysis, doi 10.1098/rspa.1929.0151: the largest share of
    one of n exponential gaps in their sum exceeds x with chance Σ (−1)^(k−1) C(n, k) (1 − kx)^(n−1), over k ≤ 1/x.
    """
    limit = -log(LOWER)
    k = np.arange(1, int(gaps / limit) + 1)
    # By logarithms: with thousands of gaps the binomial coefficients outgrow every float.
    ways = gammaln(gaps + 1) - gammaln(k + 1) - gammaln(gaps - k + 1)
    terms = np.exp(ways + (gaps - 1) * np.log1p(-k * limit / gaps))
    return fsum(np.where(k % 2, terms, -terms))


def rate_false_flags(funnel: pl.DataFrame) -> FalseFlags:
    """How many schools the funnel of rates flags if all are alike.

    counts: one row per brin6, all schools of one periode, with incidenten, blootstelling and the limits.

    Source: given the incidents of the group, those of a school are binomial, by its part of the exposure.
    """
    exposure = funnel["blootstelling"].to_numpy()
    incidents = funnel["incidenten"].to_numpy().sum()
    return _flags(funnel, binom(incidents, exposure / exposure.sum()), exposure)


def coverage_false_flags(funnel: pl.DataFrame) -> FalseFlags:
    """How many schools the funnel of coverage flags if all are alike.

    counts: one row per brin6, all schools of one peildatum and doel, with geldig, noemer and the limits.

    Source: given the valid answers of the group, those of a school are hypergeometric.
    """
    schools = funnel.filter(pl.col("noemer") > 0)
    pupils, valid = schools["noemer"].to_numpy(), schools["geldig"].to_numpy()
    return _flags(schools, hypergeom(pupils.sum(), valid.sum(), pupils), pupils.astype(np.float64))


def _flags(funnel: pl.DataFrame, counts: Counts, size: Numbers) -> FalseFlags:
    outside = (_outside(funnel, counts, size, level) for level in ("95", "998"))
    return FalseFlags(funnel.height, *outside)


def _outside(funnel: pl.DataFrame, counts: Counts, size: Numbers, level: str) -> float:
    """The chances of all schools to lie outside the limits of this level, added up."""
    below = np.ceil(funnel[f"onder{level}"].to_numpy() * size - ROUNDING) - 1
    above = np.floor(funnel[f"boven{level}"].to_numpy() * size + ROUNDING)
    return float(np.sum(counts.cdf(below) + 1 - counts.cdf(above)))


def _by_chance(
    incidents: NDArray[np.int64], exposure: Numbers, runs: int
) -> tuple[int, float, float | None, float | None]:
    """Points, incidents a point, marked points on average and share of series with one."""
    points, total = len(incidents), int(incidents.sum())
    expected = total / points
    if not rules_at(expected):
        return points, expected, None, None
    parts = exposure / exposure.sum()
    limits = limits_of(total * parts)
    stable = np.random.default_rng(SEED).multinomial(total, parts, size=runs).astype(np.float64)
    found = marked(stable, limits, np.array([expected]))
    return points, expected, float(found.sum(axis=1).mean()), float(found.any(axis=1).mean())
