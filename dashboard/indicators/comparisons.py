"""Now beside then: which days and months may be compared, and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from dashboard.periods import ONE_DAY, add_years, month_end, school_year

NEAR = timedelta(days=31)
"""A reference date further than this from the wanted day isn't the same moment of the school year."""

REQUIRED = ("leerlingen", "incidenten")
"""The datasets that every school has to deliver, in rows that name the school. Answers needn't name it."""

ANSWERS = "toestemmingen"


def year_before(days: Sequence[date], day: date) -> date | None:
    """The month end nearest to the same day a year earlier; None when none lies within a month of it."""
    wanted = add_years(day, -1)
    ends = [end for end in days if end == month_end(end) and abs(end - wanted) <= NEAR]
    return min(ends, key=lambda end: (abs(end - wanted), end), default=None)


def now_and_before(coverage: pl.DataFrame, now: date, before: date | None) -> pl.DataFrame:
    """Put the coverage of two days side by side.

    counts: one row per peildatum and doel, of one school and one reading; pupils.

    Returns: one row per doel of the day `now`, with geldig, noemer, onbekend and onbekend_toen (pupils), dekking and
    dekking_toen (0–1, null without a denominator or without an earlier day).
    """
    earlier = coverage.filter(pl.col("peildatum") == before) if before else coverage.clear()
    valid = pl.col("ja") + pl.col("nee")
    return (
        coverage.filter(pl.col("peildatum") == now)
        .with_columns(valid.alias("geldig"), (valid + pl.col("ongeldig")).alias("noemer"))
        .join(
            earlier.select("doel", pl.col("dekking", "onbekend").name.suffix("_toen")),
            on="doel",
            how="left",
        )
    )


def by_school_year(coverage: pl.DataFrame) -> pl.DataFrame:
    """Place reference dates in their school year.

    counts: one row per peildatum of one school, purpose and reading.

    Returns: the same rows with schooljaar (start year) and dag (days since 1 August, 0–365).
    """
    years = [school_year(day) for day in coverage["peildatum"]]
    since = [(day - date(year, 8, 1)).days for day, year in zip(coverage["peildatum"], years, strict=True)]
    return coverage.with_columns(
        pl.Series("schooljaar", years, dtype=pl.Int64), pl.Series("dag", since, dtype=pl.Int64)
    )


@dataclass(frozen=True, slots=True)
class SameMonths:
    """The whole months of the running school year, beside the same months a year earlier."""

    months: tuple[str, ...]
    """`jjjj-mm` of this school year: those that at least one school delivered in both years."""
    left_out: tuple[str, ...]
    """Whole months of this school year that no school delivered in both years."""
    now: int
    before: int
    """Reported incidents in those months, of the schools that delivered the month in both years."""
    schools_left_out: int = 0
    """Schools that don't count in one or more of those months."""


def same_months(monthly: pl.DataFrame, today: date) -> SameMonths:
    """Compare whole delivered months of the running school year with the same months a year earlier.

    A school counts in a month only if it delivered that month in both years: otherwise a school that falls silent
    would look like a fall in incidents.

    counts: one row per maand and school; incidenten is null where not delivered. Rows of the group are left out.
    """
    counts = {
        (month, brin6): count
        for month, brin6, count in monthly.select("maand", "brin6", "incidenten").iter_rows()
        if brin6 != "*"
    }
    start = school_year(today)
    whole = sorted({month for month, _ in counts if f"{start}-08" <= month and _is_over(month, today)})
    pairs = [
        (month, brin6, count, counts.get((_year_earlier(month), brin6)))
        for (month, brin6), count in counts.items()
        if month in whole
    ]
    both = [(month, now, before) for month, _, now, before in pairs if now is not None and before is not None]
    compared = {month for month, *_ in both}
    silent = {brin6 for month, brin6, now, before in pairs if month in compared and (now is None or before is None)}
    return SameMonths(
        tuple(month for month in whole if month in compared),
        tuple(month for month in whole if month not in compared),
        sum(now for _, now, _ in both),
        sum(before for *_, before in both),
        len(silent),
    )


def _is_over(month: str, today: date) -> bool:
    return month_end(date.fromisoformat(f"{month}-01")) <= today


def _year_earlier(month: str) -> str:
    return f"{int(month[:4]) - 1}{month[4:]}"


def school_year_months(start: int) -> list[str]:
    """The twelve months `jjjj-mm` of a school year."""
    return [f"{start}-{month:02}" for month in range(8, 13)] + [f"{start + 1}-{month:02}" for month in range(1, 8)]


def undelivered_months(monthly: pl.DataFrame) -> pl.DataFrame:
    """The months over which schools delivered no incidents.

    counts: one row per school and month; the group is left out.

    Returns: brin6, maanden (list of `jjjj-mm`, oldest first); only schools with such a month.
    """
    schools = monthly.filter((pl.col("brin6") != "*") & ~pl.col("aangeleverd").fill_null(value=False))
    return schools.sort("maand").group_by("brin6").agg(pl.col("maand").alias("maanden")).sort("brin6")


def missing_datasets(quality: pl.DataFrame, coverage: pl.DataFrame, schools: Sequence[str]) -> Mapping[str, list[str]]:
    """The required datasets that a school didn't deliver, per school; only schools that miss one.

    counts: `quality` one row per school and dataset that ever came in, rijen = rows in force; `coverage` a row per
    school of one day, purpose and reading. Answers are missing where every pupil of the school is `onbekend`: their
    rows needn't name a school, so counting rows would blame schools whose file has no such column.
    """
    judged = coverage.filter(pl.col("ja") + pl.col("nee") + pl.col("ongeldig") > 0)
    answered = set(judged["brin6"])
    held = {
        (brin6, dataset) for brin6, dataset, rows in quality.select("brin6", "dataset", "rijen").iter_rows() if rows
    }
    missing = {
        brin6: [name for name in REQUIRED if (brin6, name) not in held] + [ANSWERS] * (brin6 not in answered)
        for brin6 in schools
    }
    return {brin6: names for brin6, names in missing.items() if names}


def in_school_order(frame: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    """Add naam (the school's name, its brin6 where unknown) and sort by the fixed order of `names`."""
    order = {brin6: place for place, brin6 in enumerate(names)}
    place = pl.Series("plaats", [order.get(brin6, len(order)) for brin6 in frame["brin6"]], dtype=pl.Int64)
    naam = pl.Series("naam", [names.get(brin6, brin6) for brin6 in frame["brin6"]], dtype=pl.String)
    return frame.with_columns(naam, place).sort("plaats", "brin6", maintain_order=True).drop("plaats")


def validity(clock: pl.DataFrame) -> tuple[date, int]:
    """The last day on which the code is valid, and the days from the day of the figures to it.

    counts: one row per stap (uiterlijk, dagen); the last step is the day on which the successor has to start.
    """
    until, days = clock.sort("uiterlijk").select("uiterlijk", "dagen").row(-1)
    return until - ONE_DAY, days - 1


def missing(datasets: Mapping[str, list[str]], months: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    """What is missing per school: datasets not delivered, and months without incidents delivered.

    counts: `datasets` as `missing_datasets` returns them, `months` as `undelivered_months` does.

    Returns: naam, soorten (list of datasets), maanden (list of `jjjj-mm`); only schools that miss something, in the
    order of `names`.
    """
    absent = dict(months.iter_rows())
    rows = [
        (name, datasets.get(brin6, []), [] if "incidenten" in datasets.get(brin6, []) else absent.get(brin6, []))
        for brin6, name in names.items()
        if brin6 in datasets or brin6 in absent
    ]
    texts = pl.List(pl.String)
    return pl.DataFrame(rows, schema={"naam": pl.String, "soorten": texts, "maanden": texts}, orient="row")


def by_dataset(quality: pl.DataFrame) -> pl.DataFrame:
    """How many schools delivered each dataset, for a group too large to list.

    counts: one row per school and dataset (rijen, afgewezen); rows without a school count as rows, not as a school.

    Returns: dataset, scholen (schools with a row in force), rijen, afgewezen, laatste_levering; in order of dataset.
    """
    known = (pl.col("brin6") != "*") & (pl.col("rijen") > 0)
    return (
        quality.group_by("dataset")
        .agg(
            known.sum().cast(pl.Int64).alias("scholen"),
            pl.col("rijen").sum(),
            pl.col("afgewezen").sum(),
            pl.col("laatste_levering").max(),
        )
        .sort("dataset")
    )


def latest_import(files: pl.DataFrame) -> pl.DataFrame:
    """What became of the rows of the latest import.

    counts: one row per imported file (levering, dataset, gelezen, geaccepteerd, geweigerd, bekend).

    Returns: dataset (null = refused whole), bestanden (files), gelezen, geaccepteerd, geweigerd, bekend (rows).
    """
    return (
        files.filter(pl.col("levering") == pl.col("levering").max())
        .group_by("dataset")
        .agg(
            pl.len().cast(pl.Int64).alias("bestanden"),
            pl.col("gelezen", "geaccepteerd", "geweigerd", "bekend").sum(),
        )
        .sort("dataset", nulls_last=True)
    )


def school_years_in(counts: pl.DataFrame) -> list[str]:
    """The school years `jjjj-08/jjjj-07` among the periods of `incidents_by`, oldest first."""
    periods = counts["periode"].unique().sort().to_list()
    return [name for name in periods if name[5:7] == "08" and name[-2:] == "07" and _years(name) == 1]


def _years(period: str) -> int:
    return int(period[8:12]) - int(period[:4])


def delivered_schools(monthly: pl.DataFrame) -> pl.DataFrame:
    """How many schools delivered each month.

    counts: one row per school and month; the group is left out.

    Returns: maand, aangeleverd, scholen (schools), oldest first.
    """
    return (
        monthly.filter(pl.col("brin6") != "*")
        .group_by("maand")
        .agg(pl.col("aangeleverd").sum().cast(pl.Int64), pl.len().cast(pl.Int64).alias("scholen"))
        .sort("maand")
    )


def two_years(monthly: pl.DataFrame, start: int) -> pl.DataFrame:
    """The running school year beside the one before, month by month.

    counts: one row per maand of one school or the group (ratio null where not delivered).

    Returns: twelve rows: maand (of the running year), nu, toen (rates, null where not delivered or still to come),
    bekend_nu, bekend_toen (whether the month is a point at all: it lies in the series).
    """
    rates = dict(monthly.select("maand", "ratio").iter_rows())
    months, before = school_year_months(start), school_year_months(start - 1)
    return pl.DataFrame(
        {
            "maand": months,
            "nu": [rates.get(month) for month in months],
            "toen": [rates.get(month) for month in before],
            "bekend_nu": [month in rates for month in months],
            "bekend_toen": [month in rates for month in before],
        },
        schema_overrides={"nu": pl.Float64, "toen": pl.Float64},
    )
