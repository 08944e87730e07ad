"""Rates of incidents, from counts of incidents, pupils and school days."""

import polars as pl

PUPILS = 1000
SCHOOL_DAYS = 20
"""A rate is per so many pupils per so many school days: about a school of average size in a month."""


def with_rate(counts: pl.DataFrame) -> pl.DataFrame:
    """Add the rate of incidents per 1,000 pupils per 20 school days.

    counts: one row per month and school (or group), with incidenten, leerlingen (pupils) and lesdagen (school days).

    Returns: the same rows with ratio (incidents per 1,000 pupils per 20 school days; null where the month was not
    delivered or there were no pupils).
    """
    exposure = pl.col("leerlingen") * pl.col("lesdagen")
    rate = PUPILS * SCHOOL_DAYS * pl.col("incidenten") / exposure
    return counts.with_columns(pl.when(exposure > 0).then(rate).alias("ratio"))
