"""Now beside then: which days and months may be compared, and what is missing."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from dashboard import periods
from dashboard.indicators import shown
from dashboard.indicators.consent import with_coverage
from dashboard.periods import (
    MONTHS_IN_YEAR,
    ONE_DAY,
    PERIOD_KINDS,
    add_years,
    kind_of,
    month_after,
    month_end,
    months_apart,
    school_year,
    school_year_days,
)

NEAR = timedelta(days=31)
"""A reference date further than this from the wanted day isn't the same moment of the school year."""

ANSWERS, REPORTS = "toestemmingen", "incidenten"
"""The datasets whose delivery is declared: a school may deliver them and have nothing to report."""

OUTCOMES = ("ja", "nee", "ongeldig", "onbekend")
"""What an answer counts as; each pupil is one of these."""

REQUIRED = ("leerlingen", ANSWERS, REPORTS)
"""The datasets that every school has to deliver."""


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
    then = shown.marks({f"{name}_toen": shown.hidden(earlier, name) for name in ("dekking", "onbekend")})
    both = with_base(coverage.filter(pl.col("peildatum") == now)).join(
        earlier.select("doel", pl.col("dekking", "onbekend").name.suffix("_toen"), then.alias("toen")),
        on="doel",
        how="left",
    )
    marked = both.with_columns(shown.merged(shown.HIDDEN, "toen")) if shown.HIDDEN in both.columns else both
    return marked.drop("toen")


@dataclass(frozen=True, slots=True)
class SameSchools:
    """The coverage of two days at the schools that delivered on both."""

    rows: pl.DataFrame
    """As `now_and_before`, of those schools together."""
    schools: int
    """How many there are."""
    every: int
    """How many schools have pupils on the latter day."""
    hides: bool = False
    """Whether schools are left out since a small number of theirs is hidden."""


def at_same_schools(coverage: pl.DataFrame, now: date, before: date) -> SameSchools:
    """Compare two days like with like: a school that was silent on one of them counts on neither.

    counts: one row per peildatum, doel and brin6, of one reading; pupils. The group's own rows don't count. Of a
    school with a hidden number on either day no sum can be made: it is left out as well.
    """
    days = coverage.filter(pl.col("brin6") != "*", pl.col("peildatum").is_in([now, before]))
    partly = days.filter(shown.hides(days, *OUTCOMES)).select("brin6").unique()
    held = days.join(partly, on="brin6", how="anti", maintain_order="left")
    spoke = held.filter(pl.col("onbekend") == 0)
    then, today = (spoke.filter(pl.col("peildatum") == day).select("brin6").unique() for day in (before, now))
    same = today.join(then, on="brin6", how="semi")["brin6"]
    counts = [pl.col(outcome).sum() for outcome in OUTCOMES]
    together = held.filter(pl.col("brin6").is_in(same.implode())).group_by("peildatum", "doel").agg(counts)
    every = days.filter(pl.col("peildatum") == now)["brin6"].n_unique()
    rows = now_and_before(with_coverage(together), now, before)
    return SameSchools(rows, same.len(), every, hides=partly.height > 0)


def with_base(coverage: pl.DataFrame) -> pl.DataFrame:
    """Add the two counts that coverage is the ratio of.

    counts: any rows with ja, nee and ongeldig (pupils).

    Returns: the same rows with geldig (pupils with a valid answer) and noemer (pupils who count; not the unknown).
    """
    valid = pl.col("ja") + pl.col("nee")
    based = coverage.with_columns(valid.alias("geldig"), (valid + pl.col("ongeldig")).alias("noemer"))
    return shown.derived(based, {"geldig": ("ja", "nee"), "noemer": ("ja", "nee", "ongeldig")})


@dataclass(frozen=True, slots=True)
class Beside:
    """Coverage of a day, and of about the same day a year earlier at the same schools."""

    day: date
    share: float
    """Of all schools with answers for the day, 0–1."""
    before: date | None
    """None: there are no figures of about the same day a year earlier."""
    alike: float | None
    """Of the schools with answers for both days, 0–1; None without such a school, or without that earlier day."""
    then: float | None
    """Of the same schools on the earlier day."""
    schools: int
    """How many count on both days."""
    is_all: bool
    """Whether these are all that count on either day."""
    hides: bool = False
    """Whether a school is left out since a small number of its is hidden."""


def beside(whole: pl.DataFrame, schools: pl.DataFrame, year: int) -> Beside | None:
    """Put the last coverage of a school year beside that of a year earlier, like with like.

    counts: `whole` one row per peildatum of a school or the group (dekking 0–1); `schools` one row per peildatum and
    school that makes up the whole (ja, nee, ongeldig in pupils); all of one purpose and reading.

    Returns: None where the school year has no coverage.
    """
    shares = dict(whole.filter(pl.col("dekking").is_not_null()).sort("peildatum").select("peildatum", "dekking").rows())
    days = [day for day in shares if school_year(day) == year]
    if not days:
        return None
    before = year_before(list(shares), days[-1])
    if before is None:
        gone = year_before(shown.only_hidden(whole, "dekking")["peildatum"].to_list(), days[-1])
        return Beside(days[-1], shares[days[-1]], gone, None, None, 0, is_all=not gone, hides=bool(gone))
    now, then = (_answered(schools, day) for day in (days[-1], before))
    both = set(now["brin6"]) & set(then["brin6"])
    hides = shown.any_hidden(schools.filter(pl.col("peildatum").is_in([days[-1], before])), "ja", "nee", "ongeldig")
    is_all = len(both) == now.height == then.height and not hides
    alike, earlier = (shares[days[-1]], shares[before]) if is_all else (_share_of(now, both), _share_of(then, both))
    return Beside(days[-1], shares[days[-1]], before, alike, earlier, len(both), is_all=is_all, hides=hides)


def _answered(schools: pl.DataFrame, day: date) -> pl.DataFrame:
    """The schools of which answers were delivered for a day."""
    return with_base(schools.filter(pl.col("peildatum") == day)).filter(pl.col("noemer") > 0)


def _share_of(schools: pl.DataFrame, wanted: Collection[str]) -> float | None:
    """Coverage of these schools together; None without any."""
    some = schools.filter(pl.col("brin6").is_in(list(wanted)))
    return int(some["geldig"].sum()) / int(some["noemer"].sum()) if some.height else None


def by_school_year(coverage: pl.DataFrame) -> pl.DataFrame:
    """Place reference dates in their school year.

    counts: one row per peildatum of one school, purpose and reading.

    Returns: the same rows with schooljaar (start year) and dag (days since 1 August, 0–365).
    """
    years = [school_year(day) for day in coverage["peildatum"]]
    since = [(day - school_year_days(year)[0]).days for day, year in zip(coverage["peildatum"], years, strict=True)]
    return coverage.with_columns(
        pl.Series("schooljaar", years, dtype=pl.Int64), pl.Series("dag", since, dtype=pl.Int64)
    )


def since_known(placed: pl.DataFrame) -> pl.DataFrame:
    """Leave out the school years before the first with coverage: there is nothing of them to see.

    counts: one row per peildatum, as `by_school_year` returns them (dekking 0–1 or null).
    """
    known = placed.filter(pl.col("dekking").is_not_null())["schooljaar"]
    return placed.filter(pl.col("schooljaar") >= min(known, default=0))


def school_year_months(start: int) -> list[str]:
    """The twelve months `jjjj-mm` of a school year."""
    first = f"{school_year_days(start)[0]:%Y-%m}"
    return [month_after(first, months) for months in range(MONTHS_IN_YEAR)]


def active_schools(schools: pl.DataFrame, day: date) -> pl.DataFrame:
    """The schools of the group on a day: nothing is missing of one that has closed or is still to open.

    counts: one row per school (actief_van, actief_tot: the first day it no longer is one; null = open).

    Returns: the same columns, in the same order.
    """
    return schools.filter(
        (pl.col("actief_van") <= day).fill_null(value=True), (pl.col("actief_tot") > day).fill_null(value=True)
    )


def expected_months(monthly: pl.DataFrame, schools: pl.DataFrame) -> pl.DataFrame:
    """The months over which these schools deliver incidents.

    counts: `monthly` one row per maand and school, or group; `schools` a row per school (actief_van).

    Returns: rows of `monthly` of these schools, from the first whole month of a school on, and earlier ones that it
    delivered all the same.
    """
    first_day = (pl.col("maand") + "-01").str.to_date()
    whole = (pl.col("actief_van") <= first_day).fill_null(value=True)
    return (
        monthly.join(schools.select("brin6", "actief_van"), on="brin6", how="inner", maintain_order="left")
        .filter(whole | pl.col("aangeleverd"))
        .drop("actief_van")
    )


def undelivered_months(monthly: pl.DataFrame) -> pl.DataFrame:
    """The months over which schools delivered no incidents.

    counts: one row per school and month, as `expected_months` returns them; the group is left out.

    Returns: brin6, maanden (list of `jjjj-mm`, oldest first); only schools with such a month.
    """
    schools = monthly.filter((pl.col("brin6") != "*") & ~pl.col("aangeleverd").fill_null(value=False))
    return schools.sort("maand").group_by("brin6").agg(pl.col("maand").alias("maanden")).sort("brin6")


def missing_datasets(quality: pl.DataFrame, schools: Sequence[str]) -> Mapping[str, list[str]]:
    """The required datasets of which nothing ever came in, per school; only schools that miss one.

    counts: one row per brin6 and dataset (van, tot, rijen = rows in force). A dataset that is declared came in with
    its declaration, without a single row too. Rows of answers needn't name a school: where such rows came in, no
    school is said never to have delivered answers. Of a hidden number of rows it isn't said that there are none.
    """
    came_in = (pl.col("rijen") > 0) | shown.hidden(quality, "rijen")
    declared = pl.col("dataset").is_in([ANSWERS, REPORTS]) & pl.col("van").is_not_null()
    held = set(quality.filter(came_in | declared).select("brin6", "dataset").iter_rows())
    anonymous = ("*", ANSWERS) in held
    missing = {
        brin6: [name for name in REQUIRED if (brin6, name) not in held and not (anonymous and name == ANSWERS)]
        for brin6 in schools
    }
    return {brin6: names for brin6, names in missing.items() if names}


def silent_on_day(quality: pl.DataFrame, coverage: pl.DataFrame, day: date) -> Mapping[str, date | None]:
    """The schools with pupils whose answers of a day weren't delivered, each with the last day of its answers.

    counts: `quality` one row per brin6 and dataset (tot); `coverage` one row per school of that day, for any one
    purpose and reading: where nothing is delivered, every pupil is `onbekend` for each of them.

    Returns: brin6 → last day, None where that isn't a day before `day`.
    """
    silent = coverage.filter(
        pl.col("brin6") != "*", pl.col("onbekend") > 0, pl.col("ja") + pl.col("nee") + pl.col("ongeldig") == 0
    )
    answers = quality.filter(pl.col("dataset") == ANSWERS, pl.col("tot") < day)
    last_days: dict[str, date] = dict(answers.select("brin6", "tot").iter_rows())
    return {brin6: last_days.get(brin6) for brin6 in silent["brin6"]}


def distinct_names(names: Mapping[str, str]) -> dict[str, str]:
    """Tell two schools of one name apart by their brin6. `names`: brin6 → name, in the order that is kept."""
    known = Counter(names.values())
    return {brin6: name if known[name] == 1 else f"{name} ({brin6})" for brin6, name in names.items()}


def in_school_order(frame: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    """Add naam and sort by the fixed order of `names`.

    naam is the school's name, with its brin6 where another has the same one, and its brin6 alone where unknown.
    """
    order, told = {brin6: place for place, brin6 in enumerate(names)}, distinct_names(names)
    place = pl.Series("plaats", [order.get(brin6, len(order)) for brin6 in frame["brin6"]], dtype=pl.Int64)
    naam = pl.Series("naam", [told.get(brin6, brin6) for brin6 in frame["brin6"]], dtype=pl.String)
    return frame.with_columns(naam, place).sort("plaats", "brin6", maintain_order=True).drop("plaats")


def validity(clock: pl.DataFrame) -> tuple[date, int] | None:
    """The last day on which the code is valid, and the days from the day of the figures to it.

    counts: one row per stap (uiterlijk, dagen); the last step is the day on which the successor has to start.

    Returns: None without steps: then it isn't settled when the code starts.
    """
    if clock.is_empty():
        return None
    until, days = clock.sort("uiterlijk").select("uiterlijk", "dagen").row(-1)
    return until - ONE_DAY, days - 1


def missing(
    datasets: Mapping[str, list[str]], silent: Mapping[str, date | None], months: pl.DataFrame, names: Mapping[str, str]
) -> pl.DataFrame:
    """What is missing per school: datasets never delivered, answers for the day, months without incidents delivered.

    counts: `datasets` as `missing_datasets` returns them, `silent` as `silent_on_day`, `months` as
    `undelivered_months` does. What is missing altogether isn't said a second time.

    Returns: naam, soorten (list of datasets), zwijgt (whether answers for the day are missing), antwoorden_tot (last
    day of its answers, null where that says nothing), maanden (list of `jjjj-mm`); only schools that miss something,
    in the order of `names`.
    """
    absent = dict(months.iter_rows())
    rows = []
    for brin6, name in names.items():
        never = datasets.get(brin6, [])
        quiet = brin6 in silent and ANSWERS not in never
        late = [] if REPORTS in never else absent.get(brin6, [])
        if never or quiet or late:
            rows.append((name, never, quiet, silent.get(brin6) if quiet else None, late))
    texts = pl.List(pl.String)
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "naam": pl.String,
        "soorten": texts,
        "zwijgt": pl.Boolean,
        "antwoorden_tot": pl.Date,
        "maanden": texts,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def by_dataset(quality: pl.DataFrame) -> pl.DataFrame:
    """How many schools delivered each dataset, for a group too large to list.

    counts: one row per school and dataset (rijen, afgewezen); rows without a school count as rows, not as a school.

    Returns: dataset, scholen (schools with a row in force), rijen, afgewezen, laatste_levering; in order of dataset.
    A sum of which a part is hidden, is hidden.
    """
    known = (pl.col("brin6") != "*") & (pl.col("rijen") > 0)
    gone = {
        "scholen": shown.hidden(quality, "rijen"),
        **{name: shown.hidden(quality, name) for name in ("rijen", "afgewezen")},
    }
    summed = (
        quality.group_by("dataset")
        .agg(
            known.sum().cast(pl.Int64).alias("scholen"),
            pl.col("rijen").sum(),
            pl.col("afgewezen").sum(),
            pl.col("laatste_levering").max(),
            *(hides.any().alias(f"{name}_x") for name, hides in gone.items()),
        )
        .sort("dataset")
    )
    return shown.without(summed, {name: pl.col(f"{name}_x") for name in gone}, quality).drop(
        pl.selectors.ends_with("_x")
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


def periods_in(counts: pl.DataFrame) -> list[str]:
    """The periods `jjjj-mm/jjjj-mm` of a table: school years, then half-years, then evaluations; the latest first.

    counts: any rows with periode.
    """
    names: list[str] = counts["periode"].unique().sort(descending=True).to_list()
    return sorted(names, key=lambda name: PERIOD_KINDS.index(kind_of(name)))


def year_earlier(period: str) -> str:
    """The same period a year earlier: the school year or the half before; of an evaluation the one before."""
    first, _, last = period.partition("/")
    years = max(1, (months_apart(first, last) + 1) // MONTHS_IN_YEAR)
    return f"{periods.year_earlier(first, years)}/{periods.year_earlier(last, years)}"


def delivered_schools(monthly: pl.DataFrame) -> pl.DataFrame:
    """How many schools delivered each month.

    counts: one row per school and month, as `expected_months` returns them; the group is left out.

    Returns: maand, aangeleverd, scholen (schools), oldest first.
    """
    return (
        monthly.filter(pl.col("brin6") != "*")
        .group_by("maand")
        .agg(pl.col("aangeleverd").sum().cast(pl.Int64), pl.len().cast(pl.Int64).alias("scholen"))
        .sort("maand")
    )


def undelivered_school_months(delivered: pl.DataFrame) -> tuple[int, int]:
    """How many months of schools weren't delivered, and of how many; a month of one school is one.

    counts: one row per maand, as `delivered_schools` returns them.
    """
    whole = int(delivered["scholen"].sum())
    return whole - int(delivered["aangeleverd"].sum()), whole


def two_years(monthly: pl.DataFrame, start: int) -> pl.DataFrame:
    """The running school year beside the one before, month by month.

    counts: one row per maand of one school or the group (aangeleverd; ratio null where not delivered or no pupils).

    Returns: twelve rows: maand (of the running year), nu, toen (rates, null where there is none or still to come),
    aangeleverd_nu, aangeleverd_toen (null where the month isn't a point at all: it lies outside the series); and, for
    an audience from which small numbers are hidden, verborgen: which of nu and toen are.
    """
    rates = dict(monthly.select("maand", "ratio").iter_rows())
    came_in = dict(monthly.select("maand", "aangeleverd").iter_rows())
    months, before = school_year_months(start), school_year_months(start - 1)
    gone = set(monthly.filter(shown.hidden(monthly, "ratio"))["maand"])
    both = pl.DataFrame(
        {
            "maand": months,
            "nu": [rates.get(month) for month in months],
            "toen": [rates.get(month) for month in before],
            "aangeleverd_nu": [came_in.get(month) for month in months],
            "aangeleverd_toen": [came_in.get(month) for month in before],
        },
        schema_overrides={
            "nu": pl.Float64,
            "toen": pl.Float64,
            "aangeleverd_nu": pl.Boolean,
            "aangeleverd_toen": pl.Boolean,
        },
    )
    hides = {
        column: pl.Series(f"{column}_x", [month in gone for month in year], dtype=pl.Boolean)
        for column, year in (("nu", months), ("toen", before))
    }
    return shown.without(both, {column: pl.lit(values) for column, values in hides.items()}, monthly)
