"""Schools side by side on every indicator, each with the interval of chance around it, beside the group."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from dashboard.indicators.comparisons import with_base
from dashboard.indicators.consent import share
from dashboard.indicators.incidents import MEDIANS
from dashboard.indicators.intervals import with_rate_interval, with_share_interval
from dashboard.indicators.reporting import LEAST_FOR_SHARE
from dashboard.indicators.shown import HIDDEN, carried, hidden, hides, without

GROUP: Final = "*"

OUTCOMES: Final = ("geldig", "noemer", "dekking")
"""The figures of coverage without which a school has no place beside the others."""

SUBJECTS: Final = ("toestemming", "gebruik", "opvolging", "meldingen")

CONSENT, USE, FOLLOWUP, REPORTS = SUBJECTS

COLUMNS: Final = ("onderwerp", "indicator", "brin6", "teller", "noemer", "waarde", "van", "tot", "groep")


def shares(
    coverage: pl.DataFrame, followup: pl.DataFrame, uses: pl.DataFrame, order: Sequence[str] = ()
) -> pl.DataFrame:
    """Every indicator that is a share, school by school.

    counts: `coverage` rows of `consent_coverage` of one peildatum and lezing; `followup` of `incident_followup` of
    one periode; `uses` of `use_without_consent` of one schooljaar; each with all schools and the group (`*`). `order`:
    indicators as they are to be shown; any others come after those of their subject.

    Returns: onderwerp (toestemming, gebruik, opvolging), indicator (doel, doel, maat), brin6, teller and noemer
    (pupils with a valid answer of those who count; uses with a valid yes on that day of all uses; incidents where it
    was done of those where it could be), waarde (0–1, null without a denominator), its interval van and tot, and
    groep (waarde of the group, null without one). Schools only; subject by subject, in the order of these. For an
    audience from which small numbers are hidden `verborgen` comes last; of too few it has no share either.
    """
    based = with_base(coverage)
    valid = based.select("brin6", indicator="doel", teller="geldig", noemer="noemer", **_hiding(based, *OUTCOMES))
    agreed = uses.select(
        "brin6",
        indicator="doel",
        teller=pl.col("gebruiken") - pl.col("zonder_toestemming"),
        noemer="gebruiken",
        **_hiding(uses, "gebruiken", "zonder_toestemming"),
    )
    shares_of = followup.filter(~pl.col("maat").is_in(list(MEDIANS)))
    done = shares_of.select(
        "brin6", "teller", "noemer", indicator="maat", **_hiding(shares_of, "teller", "noemer", "waarde")
    )
    named = ((CONSENT, valid), (USE, agreed), (FOLLOWUP, done))
    columns = (*COLUMNS[1:5], "x")
    counts = pl.concat([part.select(pl.lit(name).alias("onderwerp"), *columns) for name, part in named])
    shared = counts.with_columns(share(pl.col("teller"), pl.col("noemer")).alias("waarde"))
    spanned = with_share_interval(shared, "teller", "noemer")
    few = pl.col("x") | (pl.col("noemer") < LEAST_FOR_SHARE).fill_null(value=True)
    conditions = {
        "teller": pl.col("teller").is_null(),
        "noemer": pl.col("noemer").is_null(),
        **dict.fromkeys(("waarde", "van", "tot"), few),
    }
    return _beside_group(_without(spanned, conditions, (coverage, uses, followup)), order)


def _hiding(rows: pl.DataFrame, *columns: str) -> dict[str, pl.Expr]:
    """Whether one of these columns is hidden, as column x."""
    return {"x": hides(rows, *columns)}


def _without(rows: pl.DataFrame, conditions: Mapping[str, pl.Expr], sources: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The rows with what can't be given marked, where any of the sources is of an audience that doesn't see all."""
    protected = next((source for source in sources if HIDDEN in source.columns), rows)
    return without(rows, conditions, protected)


def medians(followup: pl.DataFrame, order: Sequence[str] = ()) -> pl.DataFrame:
    """Every measure of follow-up that is a median of days, school by school.

    counts: rows of `incident_followup` of one periode, with all schools and the group (`*`). `order` as for `shares`.

    Returns: rows as those of `shares`, with noemer (incidents with a date) and waarde (calendar days, null without a
    date). A median has no teller, and no interval: that would take the days themselves.
    """
    days = followup.filter(pl.col("maat").is_in(list(MEDIANS)))
    nothing = pl.lit(None, pl.Float64)
    return _beside_group(
        days.select(
            "brin6",
            "teller",
            "noemer",
            "waarde",
            onderwerp=pl.lit(FOLLOWUP),
            indicator="maat",
            van=nothing,
            tot=nothing,
        ),
        order,
    )


def rates(funnel: pl.DataFrame) -> pl.DataFrame:
    """The rate of reported incidents, school by school.

    counts: rows of `incident_funnel`, all schools of one periode.

    Returns: rows as those of `shares`, of onderwerp meldingen and indicator ratio: teller (incidents), noemer (1,000
    pupils × 20 school days), waarde and its interval (incidents per unit of it).
    """
    rows = with_rate_interval(funnel, "incidenten", "blootstelling")
    told = rows.select(
        pl.lit(REPORTS).alias("onderwerp"),
        pl.lit("ratio").alias("indicator"),
        "brin6",
        pl.col("incidenten").alias("teller"),
        pl.col("blootstelling").alias("noemer"),
        pl.col("ratio").alias("waarde"),
        "van",
        "tot",
        "groep",
    )
    spanned = ("ratio", "incidenten", "blootstelling")
    counted = {"teller": "incidenten", "noemer": "blootstelling", "waarde": "ratio", "groep": "groep"}
    columns = {**counted, "van": spanned, "tot": spanned}
    marked = carried(told, rows, columns)
    return without(marked, {name: hidden(marked, name) for name in ("van", "tot")}, rows, keep=True)


def _beside_group(rows: pl.DataFrame, order: Sequence[str]) -> pl.DataFrame:
    """Take the rows of the group out, put their value beside those of the schools, and sort as asked."""
    key, is_group = ["onderwerp", "indicator"], pl.col("brin6") == GROUP
    group = rows.filter(is_group).select(*key, pl.col("waarde").alias("groep"))
    subjects, indicators = (
        pl.col(column).replace_strict(_places(values), default=len(values), return_dtype=pl.Int64)
        for column, values in (("onderwerp", SUBJECTS), ("indicator", order))
    )
    return (
        rows.filter(~is_group)
        .join(group, on=key, how="left", maintain_order="left")
        .sort(subjects, indicators, maintain_order=True)
        .select(*COLUMNS, *([HIDDEN] if HIDDEN in rows.columns else []))
    )


def _places(values: Sequence[str]) -> dict[str, int]:
    return {value: place for place, value in enumerate(values)}
