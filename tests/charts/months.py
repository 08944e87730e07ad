"""Made-up series of months for the charts over time, with the limits that the house's own arithmetic gives them."""

from collections.abc import Sequence

import polars as pl

from dashboard.indicators.control_charts import with_limits, with_rare_limits
from dashboard.indicators.incidents import with_rate

Series = tuple[pl.DataFrame, pl.DataFrame]


def names(count: int, first: str = "2024-09") -> list[str]:
    """So many months `jjjj-mm` in a row."""
    start = 12 * int(first[:4]) + int(first[5:]) - 1
    return [f"{place // 12}-{place % 12 + 1:02}" for place in range(start, start + count)]


def series(
    *counts: int | None, days: Sequence[int] = (), parts: Sequence[int] = (), first: str = "2024-09", pupils: int = 1000
) -> Series:
    """The rows of incident_trend and of incidents_monthly; None: not delivered. `days`: school days, else 20 each."""
    months = names(len(counts), first)
    monthly = pl.DataFrame(
        {
            "maand": months,
            "brin6": ["99AA00"] * len(counts),
            "incidenten": counts,
            "leerlingen": [pupils] * len(counts),
            "lesdagen": days or [20] * len(counts),
            "aangeleverd": [count is not None for count in counts],
            "deel": parts or [1] * len(counts),
        },
        schema={
            "maand": pl.String,
            "brin6": pl.String,
            "incidenten": pl.Int64,
            "leerlingen": pl.Int64,
            "lesdagen": pl.Int64,
            "aangeleverd": pl.Boolean,
            "deel": pl.Int64,
        },
    )
    points = monthly.filter("aangeleverd").with_columns(persoonsdagen=pl.col("leerlingen") * pl.col("lesdagen"))
    return with_limits(points), with_rate(monthly.drop("deel"))


def rare(*rows: tuple[str, int | None], parts: Sequence[int] = ()) -> pl.DataFrame:
    """The rows of rare_events, from day and school days since the incident before."""
    counts = pl.DataFrame(rows, schema={"datum": pl.String, "lesdagen_sinds_vorige": pl.Int64}, orient="row")
    placed = counts.with_columns(
        pl.col("datum").str.to_date(),
        pl.lit("99AA00").alias("brin6"),
        pl.Series("deel", parts or [1] * len(rows), dtype=pl.Int64),
    )
    return with_rare_limits(placed).drop("deel")
