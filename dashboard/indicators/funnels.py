"""Funnels: whether a school differs from the group by more than chance brings about at its size."""

from typing import Final, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import binom

from dashboard.indicators.consent import share

Numbers = NDArray[np.float64]

PROBABILITIES: Final = {"onder95": 0.025, "boven95": 0.975, "onder998": 0.001, "boven998": 0.999}
"""The limits of a funnel, each with the chance of staying at or below it."""

UPPER: Final = frozenset({"boven95", "boven998"})

ON_THE_LINE: Final = 1e-12
"""Chances closer together than this are the same: what is left of them is rounding."""

WITHIN, WATCH, BEYOND, NO_DATA = "binnen", "opletten", "wijkt af", "geen gegevens"


class Counts(Protocol):
    """How likely counts are, for many cases at once: a discrete distribution of scipy with its parameters."""

    def ppf(self, p: float, /) -> float | Numbers:
        """About the smallest count that is not exceeded with chance p."""
        ...

    def cdf(self, count: Numbers, /) -> float | Numbers:
        """The chance of at most this count."""
        ...

    def pmf(self, count: Numbers, /) -> float | Numbers:
        """The chance of exactly this count."""
        ...


def with_coverage_funnel(counts: pl.DataFrame) -> pl.DataFrame:
    """Add to the coverage of schools where chance alone would leave it, if every school were like the group.

    counts: one row per peildatum, doel and brin6, with geldig and noemer (pupils of the school with a valid answer,
    and pupils who count), groep_geldig and groep_noemer (the same of the whole group, that day and purpose).

    Returns: the same rows, in the same order, with dekking and groep (0–1, null without a denominator), onder95,
    boven95, onder998 and boven998 (0–1, null where noemer is 0) and oordeel: `binnen`, `opletten` strictly beyond a
    95 % limit, `wijkt af` strictly beyond a 99.8 % limit, `geen gegevens` where noemer is 0.

    Source: Spiegelhalter (2005), Funnel plots for comparing institutional performance, doi 10.1002/sim.1970,
    appendix: exact binomial limits, interpolated between counts.
    """
    shares = counts.with_columns(
        share(pl.col("geldig"), pl.col("noemer")).alias("dekking"),
        share(pl.col("groep_geldig"), pl.col("groep_noemer")).alias("groep"),
    )
    pairs = shares.filter(pl.col("noemer") > 0).select("noemer", "groep").drop_nulls().unique(maintain_order=True)
    limits = pairs.with_columns(**binomial_limits(pairs["noemer"], pairs["groep"]))
    return shares.join(limits, on=["noemer", "groep"], how="left", maintain_order="left").with_columns(
        verdict(pl.col("dekking")).alias("oordeel")
    )


def verdict(value: pl.Expr) -> pl.Expr:
    """What a value beside its limits says; a value on a limit is inside it. Null is `geen gegevens`."""
    beyond = {level: (value < pl.col(f"onder{level}")) | (value > pl.col(f"boven{level}")) for level in ("95", "998")}
    return (
        pl.when(value.is_null())
        .then(pl.lit(NO_DATA))
        .when(beyond["998"])
        .then(pl.lit(BEYOND))
        .when(beyond["95"])
        .then(pl.lit(WATCH))
        .otherwise(pl.lit(WITHIN))
    )


def binomial_limits(trials: pl.Series, chance: pl.Series) -> dict[str, pl.Series]:
    """The limits of a share, one for each of `PROBABILITIES`, each as long as the arguments.

    counts: trials (pupils, 1 or more) and the chance of each (0–1), element by element.

    Returns: onder95, boven95, onder998 and boven998 (0–1). A chance of 0 or 1 leaves no room: all limits equal it.
    """
    size, target = trials.to_numpy().astype(np.float64), chance.to_numpy().astype(np.float64)
    counts = binom(size, target)
    certain = (target <= 0) | (target >= 1)
    limits = {}
    for name, p in PROBABILITIES.items():
        reached, limit = _interpolated(counts, p)
        if name in UPPER:
            limit = np.where(reached >= size, size, limit)
        limits[name] = pl.Series(name, np.where(certain, target, limit / size), dtype=pl.Float64)
    return limits


def _interpolated(counts: Counts, p: float) -> tuple[Numbers, Numbers]:
    """The smallest count r with P(R ≤ r) ≥ p, and the limit between r − 1 and r that p stands for, not below 0."""
    reached = _smallest(counts, p)
    excess = np.asarray(counts.cdf(reached)) - p
    excess = np.where(np.abs(excess) <= ON_THE_LINE, 0.0, excess)
    weight = np.divide(excess, counts.pmf(reached), out=np.zeros_like(excess), where=excess > 0)
    return reached, np.maximum(reached - weight, 0.0)


def _smallest(counts: Counts, p: float) -> Numbers:
    """The smallest count r with P(R ≤ r) ≥ p, also where the two are equal but for rounding."""
    reached = np.maximum(counts.ppf(p), 0.0)
    while np.any(short := counts.cdf(reached) < p - ON_THE_LINE):
        reached = reached + short
    while np.any(spare := (reached > 0) & (counts.cdf(reached - 1) >= p - ON_THE_LINE)):
        reached = reached - spare
    return reached
