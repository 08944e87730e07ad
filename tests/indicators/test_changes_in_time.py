"""Now beside a year earlier: only like is held beside like, and chance is that of the exact interval, turned around."""

from datetime import date, timedelta
from fractions import Fraction
from math import comb, inf, isnan

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dashboard.indicators import changes_in_time
from dashboard.indicators.changes_in_time import Change
from dashboard.indicators.intervals import rate_ratio
from dashboard.periods import school_year

TODAY = date(2026, 11, 22)
UNIT = 20_000

MONTHLY = {
    "maand": pl.String,
    "brin6": pl.String,
    "incidenten": pl.Int64,
    "leerlingen": pl.Int64,
    "lesdagen": pl.Int64,
}


def _monthly(brin6: str = "A", pupils: int | None = 1000, **counts: int | None) -> pl.DataFrame:
    rows = [(name.replace("_", "-").lstrip("m"), brin6, count, pupils, 20) for name, count in counts.items()]
    return pl.DataFrame(rows, schema=MONTHLY, orient="row")


def _change(now: int, before: int, days_now: int = UNIT, days_before: int = UNIT) -> Change:
    return Change(("2026-09",), (), 0, now, before, days_now, days_before)


# --- which months and schools --------------------------------------------------------


def test_whole_months_delivered_in_both_years() -> None:
    """The running month, a month missing in either year and months of other years stay out."""
    monthly = _monthly(
        m2025_08=1, m2025_09=5, m2025_10=None, m2025_11=4, m2026_07=9, m2026_08=2, m2026_09=7, m2026_10=3, m2026_11=1
    )
    change = changes_in_time.same_months(monthly, TODAY)
    assert change.months == ("2026-08", "2026-09")
    assert change.left_out == ("2026-10",)
    assert (change.now, change.before) == (9, 6)
    assert (change.pupil_days_now, change.pupil_days_before) == (2 * UNIT, 2 * UNIT)


def test_a_month_that_ends_today_is_whole() -> None:
    """On its last day a month is over; the day before it isn't."""
    monthly = _monthly(m2025_09=5, m2026_09=7)
    assert changes_in_time.same_months(monthly, date(2026, 9, 30)).months == ("2026-09",)
    assert changes_in_time.same_months(monthly, date(2026, 9, 29)).months == ()


def test_without_an_earlier_year() -> None:
    """One year of data compares with nothing, and nothing can be said of it."""
    for monthly in (_monthly(m2026_09=4), _monthly()):
        change = changes_in_time.same_months(monthly, TODAY)
        assert (change.months, change.now, change.before) == ((), 0, 0)
        assert (change.low, change.high, change.part, change.is_beyond_chance) == (0, 0, 0.5, False)
        assert (change.rate_now, change.rate_before, change.ratio) == (None, None, None)
        assert isnan(change.ratio_low)
        assert changes_in_time.same_halves(monthly, TODAY) == []


def test_the_same_schools() -> None:
    """A school that falls silent is no fall: it counts in a month only where it delivered that month in both years."""
    monthly = pl.concat(
        [
            _monthly("*", m2025_09=30, m2026_09=12),
            _monthly("A", m2025_09=10, m2026_09=12, m2025_10=4, m2026_10=3),
            _monthly("B", m2025_09=20, m2026_09=None, m2025_10=6, m2026_10=8),
        ]
    )
    change = changes_in_time.same_months(monthly, TODAY)
    assert change.months == ("2026-09", "2026-10")
    assert (change.now, change.before) == (12 + 3 + 8, 10 + 4 + 6)
    assert (change.left_out, change.schools_left_out) == ((), 1)
    assert change.pupil_days_now == change.pupil_days_before == 3 * UNIT


@pytest.mark.parametrize("pupils", [0, None])
def test_without_pupils_there_is_nothing_to_hold_beside(pupils: int | None) -> None:
    """A month that a school delivered without pupils isn't a month to compare, in whichever of the two years."""
    with_pupils = _monthly("A", m2025_09=10, m2026_09=12)
    for this, before in ((pupils, 500), (500, pupils)):
        school = pl.concat([_monthly("B", this, m2026_09=3), _monthly("B", before, m2025_09=2)])
        change = changes_in_time.same_months(pl.concat([with_pupils, school]), TODAY)
        assert (change.now, change.before, change.schools_left_out) == (12, 10, 1)
        assert (change.pupil_days_now, change.pupil_days_before) == (UNIT, UNIT)
        assert changes_in_time.same_months(school, TODAY).left_out == ("2026-09",)


def test_halves_of_the_code() -> None:
    """1 February to 31 July and 1 August to 31 January, each beside the same half; the running one up to last month."""
    names = [f"m{year}_{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)]
    counts: dict[str, int | None] = {
        name: place for place, name in enumerate(names) if "m2024_08" <= name <= "m2026_11"
    }
    halves = changes_in_time.same_halves(_monthly("A", 1000, **counts), TODAY)
    assert [half.periode for half in halves] == ["2026-08/2027-01", "2026-02/2026-07", "2025-08/2026-01"]
    assert [half.change.months for half in halves] == [
        ("2026-08", "2026-09", "2026-10"),
        ("2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07"),
        ("2025-08", "2025-09", "2025-10", "2025-11", "2025-12", "2026-01"),
    ]
    assert [half.change.now - half.change.before for half in halves] == [12 * 3, 12 * 6, 12 * 6]


def test_a_half_that_cant_be_compared_is_no_half() -> None:
    """It takes one month of one school in both years; what else is missing of it is named."""
    monthly = _monthly(m2025_02=1, m2026_02=None, m2025_09=3, m2026_09=1, m2026_10=1)
    (half,) = changes_in_time.same_halves(monthly, TODAY)
    assert (half.periode, half.change.months, half.change.left_out) == ("2026-08/2027-01", ("2026-09",), ("2026-10",))


def test_another_way_of_reporting_in_between() -> None:
    """From the second month of the earlier span to the last of the later one; once, also where two schools share it."""
    change = Change(("2026-09", "2026-10"), (), 0, 3, 4, UNIT, UNIT)
    events = pl.DataFrame(
        [
            (date(2026, 10, 31), "definitie", "laatste maand"),
            (date(2026, 1, 1), "systeemwissel", "ertussen"),
            (date(2026, 1, 1), "systeemwissel", "ertussen"),
            (date(2025, 10, 1), "definitie", "tweede maand"),
            (date(2026, 1, 1), "campagne", "geen andere manier van melden"),
            (date(2025, 9, 30), "definitie", "te vroeg"),
            (date(2026, 11, 1), "definitie", "te laat"),
        ],
        schema={"datum": pl.Date, "soort": pl.String, "omschrijving": pl.String},
        orient="row",
    )
    found = changes_in_time.breaks_between(change, events)
    assert [text for _, text in found] == ["tweede maand", "ertussen", "laatste maand"]
    assert changes_in_time.breaks_between(Change((), (), 0, 0, 0, 0, 0), events) == []


# --- the same once more, slowly ------------------------------------------------------


def _slow(rows: list[tuple[str, str, int | None, int | None, int]], months: list[str]) -> tuple[object, ...]:
    """Months, left out, schools left out, now, before, pupil days now and before: school by school, month by month."""
    sums = [0, 0, 0, 0]
    counted, partly = set[str](), set[str]()
    pairs: dict[tuple[str, str], bool] = {}
    for month, brin6, incidents, pupils, days in rows:
        if brin6 == "*" or month not in months:
            continue
        twin = [row for row in rows if row[:2] == (f"{int(month[:4]) - 1}{month[4:]}", brin6)]
        pairs[month, brin6] = False
        for _, _, then_incidents, then_pupils, then_days in twin:
            if incidents is not None and then_incidents is not None and pupils and then_pupils:
                pairs[month, brin6] = True
                counted.add(month)
                for place, more in enumerate((incidents, then_incidents, pupils * days, then_pupils * then_days)):
                    sums[place] += more
    for (month, brin6), found in pairs.items():
        if not found and month in counted:
            partly.add(brin6)
    known = sorted({month for month, _ in pairs})
    return (
        tuple(month for month in known if month in counted),
        tuple(month for month in known if month not in counted),
        len(partly),
        *sums,
    )


@st.composite
def _deliveries(draw: st.DrawFn) -> list[tuple[str, str, int | None, int | None, int]]:
    months = [f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)]
    series = draw(st.lists(st.sampled_from(months), min_size=1, max_size=30, unique=True))
    return [
        (month, brin6, draw(st.none() | st.integers(0, 9)), draw(st.none() | st.sampled_from([0, 90, 800])), days)
        for month in sorted(series)
        for days in [draw(st.integers(1, 22))]
        for brin6 in ["*", *draw(st.sets(st.sampled_from("ABC")))]
    ]


def _told(change: Change) -> tuple[object, ...]:
    return (
        change.months,
        change.left_out,
        change.schools_left_out,
        change.now,
        change.before,
        change.pupil_days_now,
        change.pupil_days_before,
    )


@settings(deadline=None)
@given(_deliveries(), st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_changes_are_those_of_a_slow_reading(
    rows: list[tuple[str, str, int | None, int | None, int]], day: date
) -> None:
    """Any delivery, on any day: the school year so far, and each half."""
    monthly = pl.DataFrame(rows, schema=MONTHLY, orient="row")
    over = [month for month in {row[0] for row in rows} if (month < f"{day:%Y-%m}") or _last_of(month, day)]
    this_year = [month for month in over if school_year(date.fromisoformat(f"{month}-01")) == school_year(day)]
    assert _told(changes_in_time.same_months(monthly, day)) == _slow(rows, this_year)
    expected = {}
    for year in (2024, 2025, 2026):
        spring = [f"{year}-{month:02}" for month in range(2, 8)]
        autumn = [f"{year}-{month:02}" for month in range(8, 13)] + [f"{year + 1}-01"]
        for months in (spring, autumn):
            slow = _slow(rows, [month for month in months if month in over])
            if slow[0]:
                expected[f"{months[0]}/{months[-1]}"] = slow
    halves = changes_in_time.same_halves(monthly, day)
    assert [half.periode for half in halves] == sorted(expected, reverse=True)
    assert {half.periode: _told(half.change) for half in halves} == expected


def _last_of(month: str, day: date) -> bool:
    return f"{day:%Y-%m}" == month and (day + timedelta(days=1)).month != day.month


# --- chance --------------------------------------------------------------------------


def _slow_limits(total: int, part: Fraction) -> tuple[int, int]:
    """The counts that chance reaches from below, and from above, at least 25 in 1000 times: summed in fractions."""
    chances = [comb(total, count) * part**count * (1 - part) ** (total - count) for count in range(total + 1)]
    inside = [
        count
        for count in range(total + 1)
        if sum(chances[: count + 1]) >= Fraction(25, 1000) and sum(chances[count:]) >= Fraction(25, 1000)
    ]
    return inside[0], inside[-1]


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 9), st.integers(1, 9))
@settings(deadline=None)
def test_limits_are_sums_of_chances(now: int, before: int, days_now: int, days_before: int) -> None:
    """Each limit, by adding up exact chances one by one."""
    change = _change(now, before, days_now, days_before)
    assert (change.low, change.high) == _slow_limits(now + before, Fraction(days_now, days_now + days_before))


def test_just_likely_enough_is_within_chance() -> None:
    """A chance of exactly 25 in 1000 is still chance: one report in the fortieth part of all pupil days."""
    assert (_change(1, 0, 1, 39).low, _change(1, 0, 1, 39).high) == _slow_limits(1, Fraction(1, 40)) == (0, 1)
    assert (_change(0, 1, 39, 1).low, _change(0, 1, 39, 1).high) == _slow_limits(1, Fraction(39, 40)) == (0, 1)


@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 10**7), st.integers(1, 10**7))
@settings(deadline=None, max_examples=500)
def test_limits_are_the_interval_turned_around(now: int, before: int, days_now: int, days_before: int) -> None:
    """A count is inside the limits where the interval of its ratio holds 1: two ways to say the same."""
    change = _change(now, before, days_now, days_before)
    assume(now + before > 0)
    # Where the end of the interval is 1 but for rounding, either may be told.
    assume(min(abs(change.ratio_low - 1), abs(change.ratio_high - 1)) > 1e-9)
    assert change.is_beyond_chance != (change.ratio_low <= 1 <= change.ratio_high)


def test_every_count_of_a_total_is_judged_as_by_its_interval() -> None:
    """All ways to divide thirty reports, at once."""
    counts = np.arange(31)
    interval = rate_ratio(counts, 3 * UNIT, 30 - counts, 2 * UNIT)
    holds = (interval.low <= 1) & (interval.high >= 1)
    changes = [_change(int(count), 30 - int(count), 3 * UNIT, 2 * UNIT) for count in counts]
    assert {(change.low, change.high) for change in changes} == {(13, 23)}
    assert [not change.is_beyond_chance for change in changes] == holds.tolist()


def test_both_directions_and_neither() -> None:
    """A rise, a fall, and what chance explains; the rates and their ratio beside it."""
    rise, fall, none = _change(40, 20), _change(20, 40), _change(31, 29)
    assert (rise.is_beyond_chance, fall.is_beyond_chance, none.is_beyond_chance) == (True, True, False)
    assert (rise.low, rise.high, fall.low, fall.high) == (22, 38, 22, 38)
    assert (rise.rate_now, rise.rate_before, rise.ratio) == (40.0, 20.0, 2.0)
    assert rise.ratio_low == pytest.approx(1 / fall.ratio_high)
    assert _change(10, 0).ratio is None
    assert _change(10, 0).ratio_high == inf


def test_more_pupils_more_reports() -> None:
    """Twice as many reports among twice as many pupils is no change; as many reports among twice as many pupils is."""
    assert not _change(40, 20, 2 * UNIT, UNIT).is_beyond_chance
    same = _change(30, 30, 2 * UNIT, UNIT)
    assert (same.ratio, same.low > 30, same.is_beyond_chance) == (0.5, True, True)
