"""Periods and school days, against dates worked out by hand."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.periods import (
    PERIOD_KINDS,
    CalendarError,
    Period,
    PeriodKind,
    SchoolCalendar,
    add_years,
    coming_months,
    is_running,
    kind_of,
    load_calendar,
    month_after,
    month_end,
    month_ends,
    months_apart,
    next_1_september,
    period_of,
    periods_between,
    reference_dates,
    school_year,
    school_year_days,
    school_year_name,
    year_earlier,
)
from dashboard.settings import PROJECT

IN_FORCE = date(2025, 2, 1)
YEARS = 2
CALENDAR = load_calendar(PROJECT / "data" / "school_holidays.csv")

days = st.dates(date(2015, 1, 1), date(2045, 12, 31))
known_days = st.dates(CALENDAR.first_day, CALENDAR.last_day)


# School years, month ends, reference dates


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2025, 7, 31), 2024),
        (date(2025, 8, 1), 2025),
        (date(2026, 1, 1), 2025),
        (date(2026, 7, 31), 2025),
    ],
)
def test_a_school_year_starts_on_1_august(day: date, start: int) -> None:
    """31 July closes a school year, 1 August opens the next."""
    assert school_year(day) == start


def test_the_name_of_a_school_year() -> None:
    """Both years, joined by a hyphen; over a century too."""
    assert school_year_name(2025) == "2025-2026"
    assert school_year_name(2099) == "2099-2100"


def test_the_days_of_a_school_year() -> None:
    """From 1 August to 31 July; also where 29 February lies between."""
    assert school_year_days(2025) == (date(2025, 8, 1), date(2026, 7, 31))
    assert school_year_days(2023) == (date(2023, 8, 1), date(2024, 7, 31))


# Months


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [("2025-12", "2025-12", 0), ("2025-12", "2026-01", 1), ("2026-01", "2025-12", -1), ("2025-02", "2027-01", 23)],
)
def test_months_from_one_to_another(first: str, last: str, months: int) -> None:
    """Counted over the turn of a year, and back."""
    assert months_apart(first, last) == months
    assert month_after(first, months) == last


@pytest.mark.parametrize(("month", "after"), [("2025-11", "2025-12"), ("2025-12", "2026-01"), ("0999-12", "1000-01")])
def test_the_month_after(month: str, after: str) -> None:
    """One month on where nothing else is asked, four figures to a year."""
    assert month_after(month) == after


def test_the_same_month_of_an_earlier_year() -> None:
    """One year unless more are asked, over the turn of a century too."""
    assert year_earlier("2026-02") == "2025-02"
    assert year_earlier("2001-12", 2) == "1999-12"


@given(days, days)
def test_months_apart_is_what_month_after_adds(one: date, other: date) -> None:
    """The two undo each other, and no day lies in a month that comes after another's though the day comes before."""
    first, last = f"{one:%Y-%m}", f"{other:%Y-%m}"
    assert month_after(first, months_apart(first, last)) == last
    assert (months_apart(first, last) > 0) == (last > first)


# Kinds of periods


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("2025-08/2026-07", "schooljaar"),
        ("2026-08/2027-01", "halfjaar"),
        ("2026-02/2026-07", "halfjaar"),
        ("2025-02/2027-01", "evaluatie"),
        ("2025-02/2026-01", "evaluatie"),
        ("2025-08/2027-07", "evaluatie"),
        ("2025-05/2025-10", "evaluatie"),
    ],
)
def test_the_kind_of_a_period(name: str, kind: PeriodKind) -> None:
    """A round of one year that doesn't start in August is no school year, though it lasts as long."""
    assert kind_of(name) == kind


@given(days)
def test_every_period_is_of_its_own_kind(day: date) -> None:
    """What is made as a kind is read as that kind: also a round of one year that starts in February."""
    wanted: list[tuple[PeriodKind, int]] = [(kind, 1) for kind in PERIOD_KINDS]
    for kind, years in [*wanted, ("evaluatie", 2)]:
        period = period_of(kind, day, date(2014, 2, 1), years)
        assert period is not None
        assert kind_of(period.name) == kind


def test_month_ends_start_in_the_month_of_the_first_day() -> None:
    """A leap February and a last day that is a month end itself."""
    assert month_ends(date(2024, 1, 15), date(2024, 3, 31)) == [
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 31),
    ]


def test_no_month_end_after_the_last_day() -> None:
    """The running month has no end yet, and no month has one before the first day's."""
    assert month_ends(date(2025, 12, 31), date(2026, 1, 30)) == [date(2025, 12, 31)]
    assert month_ends(date(2026, 1, 1), date(2026, 1, 30)) == []
    assert month_ends(date(2026, 2, 1), date(2026, 1, 31)) == []


def test_reference_dates_end_with_today() -> None:
    """Every month end from the first answer on, then the day itself."""
    assert reference_dates(date(2025, 9, 12), date(2025, 11, 5)) == [
        date(2025, 9, 30),
        date(2025, 10, 31),
        date(2025, 11, 5),
    ]


def test_a_month_end_of_today_stands_once() -> None:
    """Today is a month end: no second row for it."""
    assert reference_dates(date(2025, 10, 31), date(2025, 10, 31)) == [date(2025, 10, 31)]


def test_without_a_dated_answer_only_today_counts() -> None:
    """No answer has a date: one reference date."""
    assert reference_dates(None, date(2025, 11, 5)) == [date(2025, 11, 5)]


@given(days, st.integers(0, 2000))
def test_reference_dates_rise_to_today(first: date, span: int) -> None:
    """Strictly rising, the last is today, every other one is a month end not before the first answer."""
    today = first + timedelta(days=span)
    dates = reference_dates(first, today)
    assert dates == sorted(set(dates))
    assert dates[-1] == today
    assert all(day == month_end(day) and first <= day < today for day in dates[:-1])


# Periods


@pytest.mark.parametrize(
    ("kind", "day", "name"),
    [
        ("schooljaar", date(2026, 7, 31), "2025-08/2026-07"),
        ("schooljaar", date(2026, 8, 1), "2026-08/2027-07"),
        ("halfjaar", date(2026, 1, 31), "2025-08/2026-01"),
        ("halfjaar", date(2026, 2, 1), "2026-02/2026-07"),
        ("halfjaar", date(2026, 7, 31), "2026-02/2026-07"),
        ("halfjaar", date(2026, 8, 1), "2026-08/2027-01"),
        ("evaluatie", date(2025, 2, 1), "2025-02/2027-01"),
        ("evaluatie", date(2027, 1, 31), "2025-02/2027-01"),
        ("evaluatie", date(2027, 2, 1), "2027-02/2029-01"),
    ],
)
def test_the_period_that_holds_a_day(kind: PeriodKind, day: date, name: str) -> None:
    """The borders of every kind, on both sides."""
    period = period_of(kind, day, IN_FORCE, YEARS)
    assert period is not None
    assert period.name == name
    assert period.holds(day)


def test_no_evaluation_period_before_the_code_came_into_force() -> None:
    """31 January 2025 is in none; without a date in force no day is."""
    assert period_of("evaluatie", date(2025, 1, 31), IN_FORCE, YEARS) is None
    assert period_of("evaluatie", date(2026, 1, 1), None, YEARS) is None


def test_periods_of_a_span_by_hand() -> None:
    """A span that starts before the code and ends in the second half: running periods are whole."""
    assert periods_between(date(2024, 12, 24), date(2025, 3, 1), IN_FORCE, YEARS) == [
        Period("schooljaar", "2024-08/2025-07", date(2024, 8, 1), date(2025, 7, 31)),
        Period("halfjaar", "2024-08/2025-01", date(2024, 8, 1), date(2025, 1, 31)),
        Period("halfjaar", "2025-02/2025-07", date(2025, 2, 1), date(2025, 7, 31)),
        Period("evaluatie", "2025-02/2027-01", date(2025, 2, 1), date(2027, 1, 31)),
    ]


def test_a_span_before_the_code_has_no_evaluation_period() -> None:
    """The other two kinds are there; a code without a date in force has no evaluation periods either."""
    for in_force in (IN_FORCE, None):
        periods = periods_between(date(2024, 9, 1), date(2025, 1, 31), in_force, YEARS)
        assert [period.kind for period in periods] == ["schooljaar", "halfjaar"]


def test_an_empty_span_has_no_periods() -> None:
    """The last day before the first: nothing, not an error."""
    assert periods_between(date(2025, 2, 2), date(2025, 2, 1), IN_FORCE, YEARS) == []


@given(days, st.integers(0, 3000), st.integers(1, 4), days)
def test_periods_tile_the_span(first: date, span: int, years: int, in_force: date) -> None:
    """Of a kind the periods join without gap or overlap, and each is the one that holds its own days."""
    last = first + timedelta(days=span)
    periods = periods_between(first, last, in_force, years)
    for kind in ("schooljaar", "halfjaar", "evaluatie"):
        mine = [period for period in periods if period.kind == kind]
        assert all(one.last + timedelta(days=1) == two.first for one, two in pairwise(mine))
        assert all(period.first <= last and period.last >= first for period in mine)
        assert all(period_of(period.kind, period.last, in_force, years) == period for period in mine)
        if kind != "evaluatie" or in_force <= first:
            assert mine[0].holds(first)
            assert mine[-1].holds(last)


def test_a_round_of_29_february_keeps_its_day() -> None:
    """In years without that day it counts from the 28th, and returns to the 29th after."""
    assert add_years(date(2024, 2, 29), 2) == date(2026, 2, 28)
    third = period_of("evaluatie", date(2028, 3, 1), date(2024, 2, 29), 2)
    assert third is not None
    assert third.first == date(2028, 2, 29)


# School days


@pytest.mark.parametrize(("year", "count"), [(2023, 9), (2024, 5), (2025, 0), (2026, 1)])
def test_august_starts_on_the_monday_after_the_summer(year: int, count: int) -> None:
    """The school days of four Augusts, as known beside the published holidays."""
    assert len(CALENDAR.school_days(date(year, 8, 1), date(year, 8, 31))) == count


def test_september_2025_by_hand() -> None:
    """No holidays: five Mondays and Tuesdays, four of the other days."""
    assert len(CALENDAR.school_days(date(2025, 9, 1), date(2025, 9, 30))) == 22


def test_october_2025_by_hand() -> None:
    """1-3, 6-10, 13-17, then the autumn holiday, then 27-31."""
    october = [*range(1, 4), *range(6, 11), *range(13, 18), *range(27, 32)]
    assert CALENDAR.school_days(date(2025, 10, 1), date(2025, 10, 31)) == [date(2025, 10, day) for day in october]


def test_may_2026_by_hand() -> None:
    """Friday 1 is holiday; 5, 14, 15 and 25 are closed nationally: 16 days are left."""
    may = [4, 6, 7, 8, 11, 12, 13, 18, 19, 20, 21, 22, 26, 27, 28, 29]
    assert CALENDAR.school_days(date(2026, 5, 1), date(2026, 5, 31)) == [date(2026, 5, day) for day in may]


def test_the_borders_of_a_holiday() -> None:
    """Christmas 2025: the last school day is Friday 19 December, the first one again Monday 5 January."""
    assert CALENDAR.school_days(date(2025, 12, 19), date(2026, 1, 5)) == [
        date(2025, 12, 19),
        date(2026, 1, 5),
    ]


def test_a_running_month_counts_up_to_a_day() -> None:
    """Both ends of the span count: 3 to 11 November 2025 has five and two school days."""
    assert len(CALENDAR.school_days(date(2025, 11, 1), date(2025, 11, 11))) == 7


def test_a_span_back_in_time_has_no_school_days() -> None:
    """Nothing, also where one of the two lies outside."""
    assert CALENDAR.school_days(date(2025, 9, 2), date(2025, 9, 1)) == []


def test_what_is_known() -> None:
    """From the month of the first holiday to the last day of the last summer."""
    assert (CALENDAR.first_day, CALENDAR.last_day) == (date(2022, 10, 1), date(2027, 8, 29))
    assert CALENDAR.school_days(date(2022, 10, 1), date(2022, 10, 3)) == [date(2022, 10, 3)]
    assert CALENDAR.school_days(date(2027, 8, 1), date(2027, 8, 29)) == []


@pytest.mark.parametrize(
    ("first", "last", "month"),
    [(date(2022, 9, 30), date(2022, 10, 5), "09-2022"), (date(2027, 8, 1), date(2027, 8, 30), "08-2027")],
)
def test_a_day_outside_names_the_file_to_extend(first: date, last: date, month: str) -> None:
    """One day too early, one too late: a sentence with the file, what is known, and the month asked for."""
    with pytest.raises(CalendarError) as raised:
        CALENDAR.school_days(first, last)
    assert str(raised.value) == (
        "De schoolvakanties zijn bekend van 01-10-2022 tot en met 29-08-2027. "
        f"Vul data/school_holidays.csv aan om de lesdagen van {month} te kunnen tellen."
    )


@given(known_days, known_days, known_days)
def test_school_days_add_up(one: date, two: date, three: date) -> None:
    """A span cut in two holds the same school days, each of them on a weekday."""
    first, middle, last = sorted((one, two, three))
    whole = CALENDAR.school_days(first, last)
    rest = CALENDAR.school_days(middle + timedelta(days=1), last) if middle < last else []
    assert whole == CALENDAR.school_days(first, middle) + rest
    assert all(first <= day <= last and day.weekday() < 5 for day in whole)


# The holiday file

HEADER = "schooljaar;soort;naam;van;tot_en_met"
SUMMER = "2024-2025;vakantie;zomervakantie;2025-07-19;2025-08-31"


def read(folder: Path, *lines: str) -> SchoolCalendar:
    """The calendar of a file with these lines."""
    path = folder / "holidays.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return load_calendar(path)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("schooljaar;van;tot_en_met", SUMMER), "regel 1: de kolommen"),
        ((HEADER,), "geen enkele vakantie"),
        ((HEADER, SUMMER, "2024-2025;vakantie;kort"), "regel 3: deze regel heeft 3 velden"),
        ((HEADER, SUMMER, "2024-2025;feestdag;los;5-5-2025;2025-05-05"), "regel 3: van moet een datum zijn"),
        ((HEADER, SUMMER, "2024-2025;feestdag;los;2025-05-05;"), "regel 3: tot_en_met moet een datum zijn"),
        (
            (HEADER, SUMMER, "2024-2025;feestdag;los;2025-05-05;2025-05-04"),
            "regel 3: tot_en_met ligt voor van",
        ),
        (
            (HEADER, SUMMER, "2023-2024;feestdag;los;2025-05-05;2025-05-05"),
            "regel 3: 05-05-2025 valt niet in",
        ),
        ((HEADER, "2024-2025;feestdag;los;2025-05-05;2025-05-05"), "schooljaar 2024-2025 heeft nog geen"),
        (
            (HEADER, SUMMER, "2026-2027;vakantie;zomervakantie;2027-07-17;2027-08-29"),
            "schooljaar 2025-2026 heeft nog geen",
        ),
    ],
)
def test_a_mistake_in_the_file_is_named(lines: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    """Every rule of the loader, with file and line where there is one."""
    with pytest.raises(CalendarError) as raised:
        read(tmp_path, *lines)
    assert str(raised.value).startswith(f"{tmp_path.name}/holidays.csv")
    assert sentence in str(raised.value)


def test_a_missing_or_binary_file_is_named(tmp_path: Path) -> None:
    """No traceback of the operating system or the decoder."""
    with pytest.raises(CalendarError, match="ontbreekt"):
        load_calendar(tmp_path / "nowhere.csv")
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CalendarError, match="geen UTF-8"):
        load_calendar(tmp_path / "binary.csv")


def test_school_starts_on_a_monday_after_a_short_last_week(tmp_path: Path) -> None:
    """A summer that ends on Wednesday 27 August 2025: its Thursday and Friday are free as well."""
    calendar = read(
        tmp_path,
        HEADER,
        "2024-2025;vakantie;zomervakantie;2025-07-19;2025-08-27",
        "2025-2026;vakantie;zomervakantie;2026-07-18;2026-08-30",
    )
    assert calendar.school_days(date(2025, 8, 18), date(2025, 9, 1)) == [date(2025, 9, 1)]


def test_blank_lines_and_a_byte_order_mark_are_no_mistake(tmp_path: Path) -> None:
    """A file saved by a spreadsheet reads the same."""
    calendar = read(tmp_path, f"\ufeff{HEADER}", "", SUMMER, "")
    assert calendar.last_day == date(2025, 8, 31)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 8, 31), date(2026, 9, 1)),
        (date(2026, 9, 1), date(2027, 9, 1)),
        (date(2026, 9, 2), date(2027, 9, 1)),
        (date(2026, 12, 31), date(2027, 9, 1)),
        (date(2027, 1, 1), date(2027, 9, 1)),
    ],
)
def test_the_next_1_september_lies_after_the_day(day: date, expected: date) -> None:
    """On 1 September itself it is that of next year."""
    assert next_1_september(day) == expected


def test_the_coming_months_are_this_one_and_twelve_more() -> None:
    """Over the turn of the year, from the first day of a month and from its last."""
    months = [*(f"2026-{month:02}" for month in (11, 12)), *(f"2027-{month:02}" for month in range(1, 12))]
    assert coming_months(date(2026, 11, 1)) == coming_months(date(2026, 11, 30)) == months
    assert coming_months(date(2026, 12, 31))[-1] == "2027-12"
    assert coming_months(date(2026, 1, 1))[0] == "2026-01"


@pytest.mark.parametrize(("day", "running"), [(date(2027, 1, 30), True), (date(2027, 1, 31), False)])
def test_a_period_runs_until_its_last_day(day: date, running: bool) -> None:
    """On its last day nothing of it is still to come."""
    assert is_running("2026-08/2027-01", day) == running
