"""Funnels: whether a school differs from the group by more than chance brings about at its size."""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import binom, chi2, poisson

from dashboard.indicators.consent import share
from dashboard.indicators.incidents import exposure, rate

Numbers = NDArray[np.float64]

PROBABILITIES: Final = {"onder95": 0.025, "boven95": 0.975, "onder998": 0.001, "boven998": 0.999}
"""The limits of a funnel, each with the chance of staying at or below it."""

UPPER: Final = frozenset({"boven95", "boven998"})

ON_THE_LINE: Final = 1e-12
"""Chances closer together than this are the same: what is left of them is rounding."""

RARE: Final = 0.05
"""A spread that chance alone brings about less often than this is beyond chance."""

FEW: Final = 1.0
"""χ² holds where at least so many are expected of every school, as simulation shows."""

STEPS: Final = 80
"""Sizes at which the limits of a funnel are worked out to draw them as a line."""

SMALLEST, LARGEST = 0.05, 1.05
"""Where such a line starts and ends, as a part of the largest school; it starts sooner where a school is small."""

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


def with_rate_funnel(counts: pl.DataFrame) -> pl.DataFrame:
    """Add to the rates of schools where chance alone would leave them, if every school were like the group.

    counts: one row per periode and brin6, with incidenten and persoonsdagen (pupils × school days of the delivered
    months), groep_incidenten and groep_persoonsdagen (the same of the whole group, that period). Schools without
    pupil days are in no funnel: their rows are left out.

    Returns: the other rows, in the same order, with blootstelling (1,000 pupils × 20 school days) and, per unit of
    it, ratio, groep, onder95, boven95, onder998 and boven998; and oordeel, as in `with_coverage_funnel`.

    Source: Spiegelhalter (2005), Funnel plots for comparing institutional performance, doi 10.1002/sim.1970,
    appendix: exact Poisson limits, interpolated between counts.
    """
    schools = counts.filter(pl.col("persoonsdagen") > 0)
    rates = schools.with_columns(
        exposure(schools["persoonsdagen"]),
        rate(pl.col("incidenten"), pl.col("persoonsdagen")).alias("ratio"),
        rate(pl.col("groep_incidenten"), pl.col("groep_persoonsdagen")).alias("groep"),
    )
    limits = poisson_limits(rates["blootstelling"], rates["groep"])
    return rates.with_columns(**limits).with_columns(verdict(pl.col("ratio")).alias("oordeel"))


@dataclass(frozen=True, slots=True)
class Spread:
    """How far schools lie apart, beside what chance alone would make of schools that are all like the group."""

    schools: int
    statistic: float
    """Σz²: the squared distances to the group, each in standard deviations of chance."""
    chance: float
    """How often chance alone gives at least this much spread, 0–1; only about right where it `is_rough`."""
    is_rough: bool
    """Whether so little is expected of some schools that χ² doesn't hold: then nothing can be said."""

    @property
    def is_beyond_chance(self) -> bool:
        """Whether the schools differ among each other by more than chance brings about, as far as can be said."""
        return not self.is_rough and self.chance < RARE


def coverage_spread(funnel: pl.DataFrame) -> Spread | None:
    """Whether the coverage of schools differs among them by more than chance brings about.

    counts: one row per brin6, all schools of one peildatum and doel, with geldig, noemer and groep.

    Returns: None with fewer than two schools with data, or none or all of the group valid.
    Source: Spiegelhalter (2005), doi 10.1002/sim.1970; as the group is made of the same schools, Σz² is Pearson's χ²
    of homogeneity, with one degree of freedom fewer than there are schools.
    """
    valid, other = pl.col("noemer") * pl.col("groep"), pl.col("noemer") * (1 - pl.col("groep"))
    schools = funnel.filter(pl.col("noemer") > 0)
    return _spread(
        schools.select(
            count="geldig",
            expected=valid,
            variance=valid * (1 - pl.col("groep")),
            least=pl.min_horizontal(valid, other),
        )
    )


def rate_spread(funnel: pl.DataFrame) -> Spread | None:
    """Whether the rates of schools differ among them by more than chance brings about.

    counts: one row per brin6, all schools of one periode, with incidenten, blootstelling and groep.

    Returns: None with fewer than two schools, or without a single incident.
    Source: as `coverage_spread`, with the variance of Poisson counts.
    """
    expected = pl.col("blootstelling") * pl.col("groep")
    return _spread(funnel.select(count="incidenten", expected=expected, variance=expected, least=expected))


def _spread(schools: pl.DataFrame) -> Spread | None:
    """From how much was counted of each school, how much was expected, and the least that was expected of any kind."""
    is_alone = schools.height <= 1
    if is_alone or not (schools["variance"] > 0).all():
        return None
    distances = (schools["count"] - schools["expected"]).to_numpy() ** 2 / schools["variance"].to_numpy()
    is_rough = bool(np.any(schools["least"].to_numpy() < FEW))
    statistic = float(distances.sum())
    return Spread(schools.height, statistic, float(chi2.sf(statistic, schools.height - 1)), is_rough)


def rate_curves(funnel: pl.DataFrame, steps: int = STEPS) -> pl.DataFrame:
    """The limits of a funnel of rates as lines: what they would be for schools of any size.

    counts: one row per brin6, all schools of one periode, with blootstelling and groep. `steps`: sizes, 2 or more.

    Returns: omvang (1,000 pupils × 20 school days), onder95, boven95, onder998 and boven998 (incidents per unit of
    it), smallest size first. The sizes of the schools are among them, so that a line is on the same side of a school
    as its verdict. Nothing without a school.
    """
    sizes = _sizes(_numbers(funnel["blootstelling"]), steps)
    group = funnel["groep"].to_list()[:1] * len(sizes)
    omvang, target = (pl.Series(values, dtype=pl.Float64) for values in (sizes, group))
    return pl.DataFrame({"omvang": omvang, **poisson_limits(omvang, target)})


def coverage_curves(funnel: pl.DataFrame, steps: int = STEPS) -> pl.DataFrame:
    """The limits of a funnel of coverage as lines: what they would be for schools of any size.

    counts: one row per brin6, all schools of one peildatum and doel, with noemer and groep; schools without data
    don't count. `steps`: sizes, 2 or more; those that come down to the same number of pupils are one.

    Returns: omvang (pupils who count), onder95, boven95, onder998 and boven998 (0–1), as `rate_curves`.
    """
    schools = funnel.filter(pl.col("noemer") > 0)
    sizes = np.unique(np.ceil(_sizes(_numbers(schools["noemer"]), steps)))
    group = schools["groep"].to_list()[:1] * len(sizes)
    pupils, target = pl.Series(sizes, dtype=pl.Int64), pl.Series(group, dtype=pl.Float64)
    return pl.DataFrame({"omvang": pupils, **binomial_limits(pupils, target)})


def _sizes(schools: Numbers, steps: int) -> Numbers:
    """Sizes from small to a little beyond the largest school, closer together where limits bend; and each school's."""
    if not schools.size:
        return schools
    first = min(SMALLEST * schools.max(), schools.min() / 2)
    return np.union1d(np.geomspace(first, LARGEST * schools.max(), steps), schools)


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
    size, target = _numbers(trials), _numbers(chance)
    counts = binom(size, target)
    certain = (target <= 0) | (target >= 1)
    limits = {}
    for name, p in PROBABILITIES.items():
        reached, limit = _interpolated(counts, p)
        if name in UPPER:
            limit = np.where(reached >= size, size, limit)
        limits[name] = pl.Series(name, np.where(certain, target, limit / size), dtype=pl.Float64)
    return limits


def poisson_limits(size: pl.Series, target: pl.Series) -> dict[str, pl.Series]:
    """The limits of a rate, one for each of `PROBABILITIES`, each as long as the arguments.

    counts: size (exposure above 0, in any unit) and the rate of each (incidents per unit of it), element by element.

    Returns: onder95, boven95, onder998 and boven998 (per unit of exposure). A rate of 0 leaves no room: all are 0.
    """
    units, group = _numbers(size), _numbers(target)
    counts = poisson(units * group)
    return {
        name: pl.Series(name, np.where(group > 0, _interpolated(counts, p)[1] / units, 0.0), dtype=pl.Float64)
        for name, p in PROBABILITIES.items()
    }


def _numbers(series: pl.Series) -> Numbers:
    return series.to_numpy().astype(np.float64)


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
