"""Rates of incidents, from counts of incidents, pupils and school days; and what was done after them."""

from typing import Final

import polars as pl

from dashboard.indicators.consent import share

PUPILS = 1000
SCHOOL_DAYS = 20
"""A rate is per so many pupils per so many school days: about a school of average size in a month."""

EXPOSURE: Final = PUPILS * SCHOOL_DAYS
"""Pupils times school days in one unit of exposure."""

MEDIANS: Final = frozenset({"dagen_tot_maatregel", "dagen_tot_afhandeling"})
"""The measures of follow-up that are medians of calendar days; the others are shares."""


def with_rate(counts: pl.DataFrame) -> pl.DataFrame:
    """Add the rate of incidents per 1,000 pupils per 20 school days.

    counts: one row per month and school (or group), with incidenten, leerlingen (pupils) and lesdagen (school days).

    Returns: the same rows with ratio (incidents per 1,000 pupils per 20 school days; null where the month was not
    delivered or there were no pupils).
    """
    return counts.with_columns(rate(pl.col("incidenten"), pl.col("leerlingen") * pl.col("lesdagen")).alias("ratio"))


def rate(incidents: pl.Expr, pupil_days: pl.Expr) -> pl.Expr:
    """Incidents per 1,000 pupils per 20 school days; null where there are no pupil days (pupils × school days)."""
    return pl.when(pupil_days > 0).then(EXPOSURE * incidents / pupil_days)


def exposure(pupil_days: pl.Series) -> pl.Series:
    """Pupil days (pupils × school days) in units of 1,000 pupils × 20 school days, as column blootstelling.

    Divided by numpy: polars multiplies by the inverse of a constant, and then the last digit hangs on the rows beside.
    """
    return pl.Series("blootstelling", pupil_days.to_numpy() / EXPOSURE, dtype=pl.Float64)


def with_followup(counts: pl.DataFrame) -> pl.DataFrame:
    """Add what was done after incidents, as a share or as a median of days.

    counts: one row per period, school (or group) and maat (measure), with teller and noemer (incidents) and mediaan
    (calendar days, only of a measure that is a median).

    Returns: the same rows with waarde (0–1, null without a denominator; for a median calendar days, null without a
    date).
    """
    is_median = pl.col("maat").is_in(list(MEDIANS))
    part = share(pl.col("teller"), pl.col("noemer"))
    return counts.with_columns(pl.when(is_median).then(pl.col("mediaan")).otherwise(part).alias("waarde"))
