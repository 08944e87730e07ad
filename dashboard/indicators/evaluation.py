"""The evaluation of the code: from what was counted for each article to its figure and its verdict."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from dashboard.indicators import shown
from dashboard.indicators.consent import share

IN_ORDER, ATTENTION, NOT_IN_ORDER = "op orde", "aandacht", "niet op orde"
NO_NORM, NO_DATA, NOT_MEASURABLE = "geen norm", "geen gegevens", "niet meetbaar"

VERDICTS: Final = (IN_ORDER, ATTENTION, NOT_IN_ORDER, NO_NORM, NO_DATA, NOT_MEASURABLE)
"""What may be said of an indicator of the evaluation; exactly one of these."""

NEAR: Final = 10
"""One in so many cases off the norm is still near it."""

CAUSES: Final = ("definitie", "correctie", "nieuw")
"""Why a figure is another one than before: another definition, corrected rows, or new rows and time."""

TINY: Final = 1e-12
"""Less than this is a rounding of the computer, no difference."""

UNTIL_THE_END: Final = "geevalueerd"
"""The indicator that can still be met as long as the period runs."""


def with_evaluation(counts: pl.DataFrame) -> pl.DataFrame:
    """Add the figure of each indicator, that of the years before, its verdict and how complete its evidence is.

    counts: one row per evaluation period, article and indicator, with teller and noemer (both null for a median and
    where nothing was delivered, noemer null for a number), mediaan (calendar days), the same over the years before
    (vorige_…), norm (1: all of them, 0: none; null: none is set), is_over (whether the period has ended), and compleet
    of compleet_van (how much of the evidence was delivered).

    Returns: the same rows with waarde and vorige_waarde (a share 0–1, a number, or calendar days; null where there is
    nothing to say), oordeel (one of `VERDICTS`) and kwaliteit (0–1; null for an article that can't be measured).
    """
    figures = counts.with_columns(_figure("").alias("waarde"), _figure("vorige_").alias("vorige_waarde"))
    complete = pl.when(pl.col("compleet_van") > 0).then(pl.col("compleet") / pl.col("compleet_van")).otherwise(0.0)
    return figures.with_columns(
        _verdict().alias("oordeel"),
        pl.when(pl.col("indicator").is_not_null()).then(complete).alias("kwaliteit"),
    )


def with_changes(counts: pl.DataFrame) -> pl.DataFrame:
    """The figure of each indicator before and after, and how much of the difference came from what.

    counts: one row per evaluation period, article and indicator, with teller, noemer and mediaan at each station:
    was_…, definitie_… (under the definitions of now), correctie_… (with corrected rows), wordt_….

    Returns: the same rows with was and wordt (as waarde in `with_evaluation`), and what definitie, correctie and nieuw
    (new rows, and the time that went by) each added to it; these are null where there was no figure on either side.
    """
    stations = ("was", "definitie", "correctie", "wordt")
    figures = counts.select(
        "periode", "artikel", "indicator", *(_figure(f"{station}_").alias(f"_{station}") for station in stations)
    )
    return figures.select(
        "periode",
        "artikel",
        "indicator",
        pl.col("_was").alias("was"),
        (pl.col("_definitie") - pl.col("_was")).alias("definitie"),
        (pl.col("_correctie") - pl.col("_definitie")).alias("correctie"),
        (pl.col("_wordt") - pl.col("_correctie")).alias("nieuw"),
        pl.col("_wordt").alias("wordt"),
    )


def along(steps: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Several changes one after another as one.

    counts: each frame as `with_changes` gives it, the oldest first: what one ends with, the next starts with.

    Returns: one row per row of any of them, with was of the first, wordt of the last, and the sums of what each cause
    added; null where one of these is, and hidden where one of these is hidden. Without a step: no rows.
    """
    key = ["periode", "artikel", "indicator"]
    numbered = pl.concat([frame.with_columns(pl.lit(number).alias("step")) for number, frame in enumerate(steps)])
    sums = [pl.when(~pl.col(cause).has_nulls()).then(pl.col(cause).sum()).alias(cause) for cause in CAUSES]
    return (
        numbered.group_by(key)
        .agg(
            pl.col("was").filter(pl.col("step") == 0).first(),
            *sums,
            pl.col("wordt").filter(pl.col("step") == len(steps) - 1).first(),
            *_marks(numbered, len(steps)),
        )
        .sort(key)
    )


def _marks(numbered: pl.DataFrame, steps: int) -> list[pl.Expr]:
    """The column `verborgen` of several changes after one another; nothing where the frames hide nothing."""
    if shown.HIDDEN not in numbered.columns:
        return []
    gone = {cause: shown.hidden(numbered, cause).any() for cause in CAUSES}
    ends = {"was": pl.col("step") == 0, "wordt": pl.col("step") == steps - 1}
    hides = {name: (shown.hidden(numbered, name) & at).any() for name, at in ends.items()}
    return [shown.marks({"was": hides["was"], **gone, "wordt": hides["wordt"]})]


def _figure(side: str) -> pl.Expr:
    """A median, else a share where there is something to divide by, else a number."""
    part, base, median = (pl.col(f"{side}{name}") for name in ("teller", "noemer", "mediaan"))
    number = pl.when(base.is_null()).then(part.cast(pl.Float64))
    return median.fill_null(share(part, base)).fill_null(number)


def _verdict() -> pl.Expr:
    """The first that holds, in the order of the rules; on whole numbers, so that the borders are exact."""
    part, base, norm = pl.col("teller"), pl.col("noemer"), pl.col("norm")
    asked = norm * base
    is_met = pl.when(norm == 1).then(part >= asked).otherwise(part == 0)
    is_near = NEAR * (part - asked).abs() <= base
    may_still_be = (pl.col("indicator") == UNTIL_THE_END) & ~pl.col("is_over")
    return (
        pl.when(pl.col("indicator").is_null())
        .then(pl.lit(NOT_MEASURABLE))
        .when(pl.col("waarde").is_null())
        .then(pl.lit(NO_DATA))
        .when(norm.is_null())
        .then(pl.lit(NO_NORM))
        .when(is_met)
        .then(pl.lit(IN_ORDER))
        .when(is_near | may_still_be)
        .then(pl.lit(ATTENTION))
        .otherwise(pl.lit(NOT_IN_ORDER))
    )
