"""Coverage of consent, from counts of pupils."""

import polars as pl


def with_coverage(counts: pl.DataFrame) -> pl.DataFrame:
    """Add the share of pupils of whom a valid answer, yes or no, is on record.

    counts: one row per whatever was counted, with ja, nee and ongeldig (pupils).

    Returns: the same rows with dekking (0–1, null without a denominator). A recorded refusal is compliance;
    pupils of whom nothing was delivered (onbekend) are outside the fraction.
    Source: articles IV.M.8 and IV.M.9 of the code.
    """
    valid = pl.col("ja") + pl.col("nee")
    return counts.with_columns(share(valid, valid + pl.col("ongeldig")).alias("dekking"))


def with_yes_share(counts: pl.DataFrame) -> pl.DataFrame:
    """Add the share of pupils with a valid yes: never a target, and neither good nor bad.

    counts: any rows with ja (pupils) and noemer (pupils who count).

    Returns: the same rows with aandeel_ja (0–1, null without a denominator).
    """
    return counts.with_columns(share(pl.col("ja"), pl.col("noemer")).alias("aandeel_ja"))


def share(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """A part of a whole as a fraction, 0–1; null where there is no whole."""
    return pl.when(whole > 0).then(part / whole)
