"""Consent step by step and ahead: where pupils drop out, and who turns 16 before the summer."""

from datetime import date
from typing import Final

import polars as pl

from dashboard.indicators import shown
from dashboard.periods import school_year

STEPS: Final = ("ingeschreven", "gevraagd", "beantwoord", "aantoonbaar", "bevoegd", "dit_jaar")
"""From a pupil at school to an answer that counts this year; each step holds a part of the pupils of the one before."""

LAST_MONTH: Final = "07"
"""The school year ends with July."""


def in_steps(rows: pl.DataFrame) -> pl.DataFrame:
    """Put the steps in their order and count who gets no further than the step before.

    counts: one row per stap of one school or the group, one purpose and one day; leerlingen (pupils).

    Returns: the same rows from `ingeschreven` to `dit_jaar`, with afgevallen (pupils of the step before who don't
    take this one; 0 at the first).
    """
    lost = pl.col("leerlingen").shift(1) - pl.col("leerlingen")
    first = pl.col("stap") == STEPS[0]
    steps = rows.sort(pl.col("stap").replace_strict({step: place for place, step in enumerate(STEPS)})).with_columns(
        pl.when(first).then(0).otherwise(lost).alias("afgevallen")
    )
    gone = shown.hidden(rows, "leerlingen")
    return shown.without(steps, {"afgevallen": ~first & (gone | gone.shift(1))}, rows, keep=True)


def turning_16_before_summer(rows: pl.DataFrame, day: date) -> int | None:
    """How many pupils turn 16 in the rest of the school year of a day, July included; None where a month is hidden.

    counts: one row per maand (`jjjj-mm`) of one school or the group; leerlingen (pupils who turn 16 after `day`).
    """
    return shown.total(rows.filter(pl.col("maand") <= last_month(day)), "leerlingen")


def last_month(day: date) -> str:
    """The last month `jjjj-mm` of the school year of a day: `2027-07` for 22 November 2026."""
    return f"{school_year(day) + 1}-{LAST_MONTH}"
