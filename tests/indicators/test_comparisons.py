"""Now beside then: only what may be compared is, and what is missing isn't blamed on the wrong school."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.indicators import comparisons
from dashboard.indicators.comparisons import Beside
from dashboard.indicators.consent import with_coverage
from dashboard.periods import month_end, month_ends


def test_year_before_is_a_month_end_near_the_same_day() -> None:
    """The nearest month end within a month of the day a year ago; no other reference date, and nothing further."""
    days = [date(2025, 10, 31), date(2025, 11, 30), date(2025, 11, 22), date(2026, 11, 22)]
    assert comparisons.year_before(days, date(2026, 11, 22)) == date(2025, 11, 30)
    assert comparisons.year_before(days, date(2026, 11, 5)) == date(2025, 10, 31)
    assert comparisons.year_before([date(2026, 9, 30)], date(2026, 11, 22)) is None
    assert comparisons.year_before([], date(2026, 11, 22)) is None
    assert comparisons.year_before([date(2023, 2, 28)], date(2024, 2, 29)) == date(2023, 2, 28)


@given(st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31)))
def test_year_before_is_never_far(day: date) -> None:
    """With every month end published, the answer lies within sixteen days of the day a year ago."""
    found = comparisons.year_before(month_ends(date(2022, 1, 1), day), day)
    assert found is not None
    assert found == month_end(found)
    assert abs((day - found).days - 365) <= 17


def test_now_and_before() -> None:
    """Each purpose of today, with its coverage a year earlier where there was one."""
    rows = pl.DataFrame(
        {
            "peildatum": [date(2026, 11, 22), date(2026, 11, 22), date(2025, 11, 30)],
            "doel": ["a", "b", "a"],
            "ja": [6, 0, 3],
            "nee": [2, 0, 1],
            "ongeldig": [2, 0, 4],
            "onbekend": [0, 9, 7],
            "dekking": [0.8, None, 0.5],
        }
    )
    both = comparisons.now_and_before(rows, date(2026, 11, 22), date(2025, 11, 30)).sort("doel")
    assert both.select("doel", "geldig", "noemer", "dekking_toen").rows() == [("a", 8, 10, 0.5), ("b", 0, 0, None)]
    assert both["onbekend_toen"].to_list() == [7, None]
    alone = comparisons.now_and_before(rows, date(2026, 11, 22), None)
    assert alone["dekking_toen"].to_list() == [None, None]


def _answers(*cells: tuple[date, str, int, int]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of schools (valid, not in order; 0 and 0 is silent), and those of all of them together."""
    schools = pl.DataFrame(
        [(day, brin6, valid, 0, wrong, 0 if valid + wrong else 9) for day, brin6, valid, wrong in cells],
        schema={"peildatum": pl.Date, "brin6": pl.String}
        | dict.fromkeys(("ja", "nee", "ongeldig", "onbekend"), pl.Int64),
        orient="row",
    )
    whole = schools.group_by("peildatum").agg(pl.col("ja", "nee", "ongeldig", "onbekend").sum())
    return schools, with_coverage(whole)


THEN, NOW = date(2025, 11, 30), date(2026, 11, 22)


def test_beside_compares_the_same_schools() -> None:
    """A school that was silent on one of the two days counts on neither; the whole is told apart from them."""
    schools, whole = _answers((THEN, "A", 5, 5), (THEN, "B", 0, 0), (NOW, "A", 6, 4), (NOW, "B", 10, 0))
    found = comparisons.beside(whole, schools, 2026)
    assert found == Beside(NOW, 0.8, THEN, 0.6, 0.5, 1, is_all=False)
    assert found == comparisons.beside(whole.reverse(), schools.reverse(), 2026)


def test_beside_with_every_school_is_the_whole() -> None:
    """Then the figures are those of the curve itself, of a single school as well; a school silent on both is none."""
    schools, whole = _answers((THEN, "A", 5, 5), (THEN, "C", 0, 0), (NOW, "A", 6, 4), (NOW, "C", 0, 0))
    assert comparisons.beside(whole, schools, 2026) == Beside(NOW, 0.6, THEN, 0.6, 0.5, 1, is_all=True)


def test_beside_without_anything_to_compare() -> None:
    """No figure of this year, none of a year earlier, none of the same schools: three different things."""
    schools, whole = _answers((THEN, "A", 5, 5))
    assert comparisons.beside(whole, schools, 2026) is None
    assert comparisons.beside(whole, schools, 2025) == Beside(THEN, 0.5, None, None, None, 0, is_all=True)
    schools, whole = _answers((THEN, "A", 5, 5), (NOW, "B", 6, 4))
    assert comparisons.beside(whole, schools, 2026) == Beside(NOW, 0.6, THEN, None, None, 0, is_all=False)


def test_beside_takes_no_day_without_a_figure() -> None:
    """Where nobody delivered for the last day, the day before it speaks."""
    schools, whole = _answers((THEN, "A", 5, 5), (date(2026, 10, 31), "A", 8, 2), (NOW, "A", 0, 0))
    found = comparisons.beside(whole, schools, 2026)
    assert found is not None
    assert (found.day, found.before) == (date(2026, 10, 31), THEN)


def test_latest_import_counts_rows_not_breaches() -> None:
    """The rows of the last import by dataset; earlier imports stay out."""
    files = pl.DataFrame(
        {
            "levering": [1, 2, 2, 2],
            "dataset": ["incidenten", "incidenten", "incidenten", None],
            "gelezen": [9, 5, 4, 0],
            "geaccepteerd": [9, 3, 0, 0],
            "geweigerd": [0, 1, 0, 0],
            "bekend": [0, 1, 4, 0],
        }
    )
    assert comparisons.latest_import(files).rows() == [("incidenten", 2, 9, 3, 1, 5), (None, 1, 0, 0, 0, 0)]


QUALITY = {"brin6": pl.String, "dataset": pl.String, "van": pl.Date, "tot": pl.Date, "rijen": pl.Int64}
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
TODAY = date(2026, 11, 22)


def _quality(*rows: tuple[str, str, date | None, date | None, int]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=QUALITY, orient="row")


def test_a_declared_dataset_without_rows_came_in() -> None:
    """Nothing to report is delivered, for what is declared; of pupils there have to be rows."""
    quality = _quality(
        ("A", "leerlingen", SEPTEMBER, SEPTEMBER, 5),
        ("A", "incidenten", SEPTEMBER, OCTOBER, 0),
        ("A", "toestemmingen", SEPTEMBER, OCTOBER, 0),
        ("B", "leerlingen", SEPTEMBER, SEPTEMBER, 0),
        ("B", "incidenten", None, None, 0),
        ("B", "toestemmingen", None, None, 3),
    )
    assert comparisons.missing_datasets(quality, ["A", "B"]) == {"B": ["leerlingen", "incidenten"]}
    assert comparisons.missing_datasets(quality.clear(), ["A"]) == {"A": ["leerlingen", "toestemmingen", "incidenten"]}


def test_answers_that_name_no_school_may_be_anybodys() -> None:
    """A file of answers without a school column isn't held against the schools in it."""
    quality = _quality(("A", "leerlingen", None, None, 5), ("A", "incidenten", None, None, 2))
    assert comparisons.missing_datasets(quality, ["A"]) == {"A": ["toestemmingen"]}
    anonymous = _quality(("*", "toestemmingen", SEPTEMBER, OCTOBER, 9))
    assert comparisons.missing_datasets(pl.concat([quality, anonymous]), ["A"]) == {}
    refused = _quality(("*", "toestemmingen", None, None, 0))
    assert comparisons.missing_datasets(pl.concat([quality, refused]), ["A"]) == {"A": ["toestemmingen"]}


def test_silent_on_the_day_is_not_never() -> None:
    """Pupils, all unknown: with the last day that answers came in for, unless that says nothing about the day."""
    rows = [("A", 0, 9), ("B", 0, 9), ("C", 0, 9), ("D", 1, 9), ("*", 0, 9)]
    schema = {"brin6": pl.String, "ja": pl.Int64, "onbekend": pl.Int64}
    coverage = pl.DataFrame(rows, schema=schema, orient="row").with_columns(nee=0, ongeldig=0)
    quality = _quality(
        ("A", "toestemmingen", SEPTEMBER, OCTOBER, 4),
        ("A", "incidenten", SEPTEMBER, SEPTEMBER, 4),
        ("B", "toestemmingen", SEPTEMBER, date(2027, 7, 31), 4),
        ("D", "toestemmingen", SEPTEMBER, OCTOBER, 4),
        ("E", "toestemmingen", SEPTEMBER, OCTOBER, 4),
    )
    assert comparisons.silent_on_day(quality, coverage, TODAY) == {"A": OCTOBER, "B": None, "C": None}


def test_missing_doesnt_say_the_same_twice() -> None:
    """Where a dataset never came, its months or its answers for the day aren't listed as well."""
    months = pl.DataFrame({"brin6": ["A", "B"], "maanden": [["2026-09"], ["2026-10"]]})
    names = {"B": "School B", "A": "School A", "C": "School C", "D": "School D"}
    never = {"A": ["toestemmingen", "incidenten"]}
    rows = comparisons.missing(never, {"A": OCTOBER, "D": OCTOBER}, months, names)
    assert rows.rows() == [
        ("School B", [], False, None, ["2026-10"]),
        ("School A", ["toestemmingen", "incidenten"], False, None, []),
        ("School D", [], True, OCTOBER, []),
    ]


def test_a_school_without_incidents_still_misses_its_months() -> None:
    """A declaration without a row is delivered, and doesn't hide the months that it leaves out."""
    quality = _quality(
        ("A", "leerlingen", SEPTEMBER, SEPTEMBER, 5),
        ("A", "toestemmingen", SEPTEMBER, OCTOBER, 3),
        ("A", "incidenten", SEPTEMBER, OCTOBER, 0),
    )
    months = pl.DataFrame({"brin6": ["A"], "maanden": [["2026-11"]]})
    never = comparisons.missing_datasets(quality, ["A"])
    rows = comparisons.missing(never, {}, months, {"A": "School A"})
    assert rows.rows() == [("School A", [], False, None, ["2026-11"])]


SCHOOLS = pl.DataFrame(
    [
        ("open", None, None),
        ("closed", date(2020, 8, 1), date(2026, 8, 1)),
        ("future", date(2027, 8, 1), None),
        ("last", None, date(2026, 11, 23)),
        ("ends", None, TODAY),
        ("first", TODAY, None),
        ("new", date(2026, 10, 15), None),
    ],
    schema={"brin6": pl.String, "actief_van": pl.Date, "actief_tot": pl.Date},
    orient="row",
)


def test_nothing_is_expected_of_closed_and_future_schools() -> None:
    """Active from the first day on, and no longer on the day it ends; empty is open."""
    assert comparisons.active_schools(SCHOOLS, TODAY)["brin6"].to_list() == ["open", "last", "first", "new"]


def test_months_are_expected_from_the_first_whole_month() -> None:
    """A school isn't asked for months before it was one; what it delivered all the same counts."""
    rows = [
        (month, brin6, month == "2026-10" and brin6 == "new")
        for month in ("2026-09", "2026-10", "2026-11")
        for brin6 in ("*", "open", "closed", "new")
    ]
    schema = {"maand": pl.String, "brin6": pl.String, "aangeleverd": pl.Boolean}
    monthly = pl.DataFrame(rows, schema=schema, orient="row")
    expected = comparisons.expected_months(monthly, comparisons.active_schools(SCHOOLS, TODAY))
    assert comparisons.undelivered_months(expected).rows() == [
        ("new", ["2026-11"]),
        ("open", ["2026-09", "2026-10", "2026-11"]),
    ]
    delivered = comparisons.delivered_schools(expected)
    assert delivered.rows() == [("2026-09", 0, 1), ("2026-10", 1, 2), ("2026-11", 0, 2)]
    assert comparisons.undelivered_school_months(delivered) == (4, 5)
    assert comparisons.undelivered_school_months(delivered.clear()) == (0, 0)


def test_undelivered_months_leaves_the_group_out() -> None:
    """A month counts for the school that didn't deliver it."""
    monthly = pl.DataFrame(
        {
            "brin6": ["*", "A", "A", "B"],
            "maand": ["2026-09", "2026-10", "2026-09", "2026-09"],
            "aangeleverd": [False, False, False, True],
        }
    )
    assert comparisons.undelivered_months(monthly).rows() == [("A", ["2026-09", "2026-10"])]


def test_a_round_of_one_year_is_no_school_year() -> None:
    """It lasts as long, but stands among the evaluations, and beside the round before it."""
    periods = ["2025-02/2026-01", "2026-02/2027-01", "2025-08/2026-07", "2026-02/2026-07"]
    offered = comparisons.periods_in(pl.DataFrame({"periode": periods}))
    assert offered == ["2025-08/2026-07", "2026-02/2026-07", "2026-02/2027-01", "2025-02/2026-01"]
    assert comparisons.year_earlier("2026-02/2027-01") == "2025-02/2026-01"


def test_periods_to_choose_from() -> None:
    """School years first, then half-years, then evaluations; of each the latest first."""
    periods = ["2025-08/2026-07", "2024-08/2025-07", "2026-02/2026-07", "2025-08/2026-01", "2025-02/2027-01"]
    assert comparisons.periods_in(pl.DataFrame({"periode": periods})) == [
        "2025-08/2026-07",
        "2024-08/2025-07",
        "2026-02/2026-07",
        "2025-08/2026-01",
        "2025-02/2027-01",
    ]


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2025-08/2026-07", "2024-08/2025-07"),
        ("2026-02/2026-07", "2025-02/2025-07"),
        ("2026-08/2027-01", "2025-08/2026-01"),
        ("2027-02/2029-01", "2025-02/2027-01"),
    ],
)
def test_the_same_period_a_year_earlier(period: str, before: str) -> None:
    """A half is held beside the same half; an evaluation, which takes two years, beside the one before."""
    assert comparisons.year_earlier(period) == before


def test_two_years_tells_missing_from_still_to_come() -> None:
    """A month outside the series isn't a gap; a month without a rate in it is."""
    monthly = pl.DataFrame(
        {
            "maand": ["2025-08", "2025-09", "2026-08", "2026-09"],
            "aangeleverd": [True, False, True, True],
            "ratio": [1.0, None, 2.0, None],
        },
        schema={"maand": pl.String, "aangeleverd": pl.Boolean, "ratio": pl.Float64},
    )
    rows = comparisons.two_years(monthly, 2026)
    assert rows.height == 12
    assert rows.row(0) == ("2026-08", 2.0, 1.0, True, True)
    assert rows.row(1) == ("2026-09", None, None, True, False)
    assert rows.row(2) == ("2026-10", None, None, None, None)


def test_two_schools_of_one_name_are_told_apart() -> None:
    """By their brin6, and only where it is needed."""
    names = {"99AA01": "Duin", "99AA02": "Duin", "99AA03": "Bos"}
    told = {"99AA01": "Duin (99AA01)", "99AA02": "Duin (99AA02)", "99AA03": "Bos"}
    assert comparisons.distinct_names(names) == told
    ordered = comparisons.in_school_order(pl.DataFrame({"brin6": list(names)}), names)
    assert ordered["naam"].to_list() == list(told.values())


def test_in_school_order() -> None:
    """The fixed order of names; a school nobody knows comes last under its own code."""
    frame = pl.DataFrame({"brin6": ["A", "Z", "B"], "n": [1, 2, 3]})
    ordered = comparisons.in_school_order(frame, {"B": "Bos", "A": "Duin"})
    assert ordered["naam"].to_list() == ["Bos", "Duin", "Z"]
    assert ordered["n"].to_list() == [3, 1, 2]


def test_by_dataset_counts_schools_not_rows_without_one() -> None:
    """Rows without a school add rows, never a school."""
    quality = pl.DataFrame(
        {
            "brin6": ["A", "B", "*"],
            "dataset": ["incidenten"] * 3,
            "rijen": [4, 0, 2],
            "afgewezen": [1, 0, 5],
            "laatste_levering": [date(2026, 1, 1), date(2026, 2, 1), date(2026, 1, 5)],
        }
    )
    assert comparisons.by_dataset(quality).rows() == [("incidenten", 1, 6, 6, date(2026, 2, 1))]


def test_validity_ends_the_day_before_the_next_version() -> None:
    """The code is valid up to and including the day before its successor starts."""
    clock = pl.DataFrame({"uiterlijk": [date(2026, 12, 17), date(2027, 2, 1)], "dagen": [25, 71]})
    assert comparisons.validity(clock) == (date(2027, 1, 31), 70)


def test_validity_of_a_code_without_a_day_in_force() -> None:
    """No steps, no last day."""
    schema = {"stap": pl.String, "uiterlijk": pl.Date, "dagen": pl.Int64}
    assert comparisons.validity(pl.DataFrame(schema=schema)) is None


def test_with_base() -> None:
    """The unknown are outside the fraction; a no is a valid answer."""
    rows = pl.DataFrame({"ja": [6], "nee": [2], "ongeldig": [1], "onbekend": [4]})
    assert comparisons.with_base(rows).select("geldig", "noemer").rows() == [(8, 9)]


def test_by_school_year() -> None:
    """Days are counted from 1 August; 31 July belongs to the year before."""
    frame = pl.DataFrame({"peildatum": [date(2026, 7, 31), date(2026, 8, 1), date(2026, 8, 31)]})
    placed = comparisons.by_school_year(frame)
    assert placed.select("schooljaar", "dag").rows() == [(2025, 364), (2026, 0), (2026, 30)]


def test_since_known_leaves_out_years_before_the_first_figure() -> None:
    """A silent year before it says nothing; one after it does, and so does a silent date of the first year."""
    rows = pl.DataFrame({"schooljaar": [2023, 2024, 2024, 2025], "dekking": [None, None, 0.5, None]})
    assert comparisons.since_known(rows).rows() == [(2024, None), (2024, 0.5), (2025, None)]
    assert comparisons.since_known(rows.clear()).is_empty()


def test_the_same_schools_on_both_days() -> None:
    """A school that was silent on one of the days, or not there yet, counts on neither."""
    now, before = date(2026, 11, 22), date(2025, 11, 30)
    schema = ["peildatum", "brin6", "doel", "ja", "nee", "ongeldig", "onbekend"]
    rows = pl.DataFrame(
        [
            (now, "a", "d", 6, 2, 2, 0), (before, "a", "d", 3, 1, 6, 0),
            (now, "b", "d", 9, 1, 0, 0), (before, "b", "d", 0, 0, 0, 10),
            (now, "c", "d", 0, 0, 0, 10), (before, "c", "d", 0, 0, 10, 0),
            (now, "new", "d", 5, 5, 0, 0),
            (now, "*", "d", 20, 8, 2, 10), (before, "*", "d", 3, 1, 16, 10),
        ],
        schema=schema,
        orient="row",
    )  # fmt: skip
    found = comparisons.at_same_schools(rows, now, before)
    assert (found.schools, found.every) == (1, 4)
    assert found.rows.select("doel", "geldig", "noemer", "dekking", "dekking_toen").rows() == [("d", 8, 10, 0.8, 0.4)]
    nobody = comparisons.at_same_schools(rows.filter(pl.col("brin6") != "a"), now, before)
    assert nobody.schools == 0
    assert nobody.rows.is_empty()
