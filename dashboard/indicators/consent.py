"""Coverage of consent, from counts of pupils; and what each reading makes of their statuses."""

import polars as pl

from dashboard.indicators import shown
from dashboard.registry import Registry
from dashboard.registry.model import UNKNOWN


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

    Returns: the same rows with aandeel_ja (0–1, null without a denominator, hidden where dekking is).
    """
    shares = counts.with_columns(share(pl.col("ja"), pl.col("noemer")).alias("aandeel_ja"))
    return shown.without(shares, {"aandeel_ja": shown.hides(counts, "ja", "noemer", "dekking")}, counts, keep=True)


def share(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """A part of a whole as a fraction, 0–1; null where there is no whole."""
    return pl.when(whole > 0).then(part / whole)


def judged(counts: pl.DataFrame, registry: Registry, reading: str) -> pl.DataFrame:
    """Add what a reading makes of each status, in the order of the registry.

    counts: one row per status. Raises KeyError for an unknown reading.

    Returns: the same rows with uitkomst (ja, nee, ongeldig, onbekend). A status that the code no longer has stands
    last, judged unknown.
    """
    places = {status.code: place for place, status in enumerate(registry.statuses)}
    outcomes = dict(registry.reading(reading).outcomes)
    return (
        counts.with_columns(
            pl.col("status").replace_strict(outcomes, default=UNKNOWN, return_dtype=pl.String).alias("uitkomst"),
            pl.col("status").replace_strict(places, default=len(places), return_dtype=pl.Int64).alias("plaats"),
        )
        .sort("plaats", "status")
        .drop("plaats")
    )


def disputed(counts: pl.DataFrame, registry: Registry) -> pl.DataFrame:
    """The statuses that the readings don't agree on, in the order of the registry.

    counts: one row per status of one school or the group, one purpose and one day; leerlingen (pupils).

    Returns: status, leerlingen (0 where nobody has it, null where it is hidden), and for each reading a column of its
    code with the outcome.
    """
    pupils = dict(counts.select("status", "leerlingen").iter_rows())
    rows = [
        {"status": code, "leerlingen": pupils.get(code, 0)}
        | {reading.code: reading.outcomes[code] for reading in registry.readings}
        for code in (status.code for status in registry.statuses)
        if len({reading.outcomes[code] for reading in registry.readings}) > 1
    ]
    columns = ["status", "leerlingen", *(reading.code for reading in registry.readings)]
    table = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String) | {"leerlingen": pl.Int64})
    return shown.without(table, {"leerlingen": pl.col("leerlingen").is_null()}, counts)


def unknown_pupils(counts: pl.DataFrame) -> int | None:
    """How many pupils nothing was delivered of; None where that is hidden.

    counts: rows per status of one place, purpose and day; leerlingen.
    """
    return shown.total(counts.filter(pl.col("status") == UNKNOWN), "leerlingen")
