"""Made-up examples: the truth is as asked for, and what is counted over many draws is what a reader would count."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from dashboard.indicators import examples
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.indicators.examples import Schools, Shown

FEW = 25
"""Draws: each goes one by one through the published tables."""


def test_a_series_is_like_published_ones() -> None:
    """The same columns; the rate of a month is its number of reports, since the exposure is one."""
    example = examples.series(24, 10, 1, 3)
    for name, rows in (("incident_trend", example.trend), ("incidents_monthly", example.monthly)):
        assert rows.columns == [column.name for column in PUBLISHED[name].columns]
        assert rows["maand"].to_list() == sorted(rows["maand"].unique())
        assert rows["ratio"].to_list() == pytest.approx(rows["incidenten"].to_list())
    assert example.trend["maand"].to_list()[::12] == ["2023-08", "2024-08"]
    assert example.halfway == "2024-08"
    assert not example.trend["voorlopig"].any()


def test_a_draw_is_always_the_same() -> None:
    """The same number gives the same example, another one another; only chance differs between them."""
    first, again, other = (examples.series(24, 10, 2, draw).monthly["incidenten"] for draw in (7, 7, 8))
    assert first.equals(again)
    assert not first.equals(other)
    one, same, next_one = (examples.schools(7, 3, 2, "groot", draw) for draw in (7, 7, 8))
    assert one.funnel.equals(same.funnel)
    assert not one.funnel.equals(next_one.funnel)
    assert (one.names, one.pupils, one.different) == (next_one.names, next_one.pupils, next_one.different)


@pytest.mark.parametrize("change", [0.5, 1, 1.5, 2])
def test_the_truth_of_a_series(change: float) -> None:
    """Over many draws the first half has the reports asked for, and the second half so many times as many."""
    counts = np.array([examples.series(24, 10, change, draw).monthly["incidenten"] for draw in range(1, 101)])
    assert counts[:, :12].mean() == pytest.approx(10, rel=0.05)
    assert counts[:, 12:].mean() == pytest.approx(10 * change, rel=0.05)


@pytest.mark.parametrize(("expected", "change"), [(1.6, 1), (2, 0.5), (4, 1.5), (5, 2), (12, 1), (12, 1.5), (30, 0.5)])
def test_counted_as_a_reader_would(expected: float, change: float) -> None:
    """The number of draws with a sign, and with one that fits, is that of the examples opened one by one."""
    opened = [examples.series(24, expected, change, draw) for draw in range(1, FEW + 1)]
    signalled, found = (sum(bool(getattr(one, name)) for one in opened) for name in ("marked", "fitting"))
    assert examples.series_shown(24, expected, change, FEW) == Shown(FEW, signalled, found)


def test_too_few_reports_for_limits() -> None:
    """Without limits nothing is marked, however much changes."""
    example = examples.series(24, 0.2, 2, 1)
    assert not example.has_limits
    assert (example.marked, example.fitting) == ((), ())
    for expected in (0.2, 0.01):
        assert examples.series_shown(24, expected, 2, FEW) == Shown(FEW, 0, 0)


def test_no_change_is_never_found() -> None:
    """Where nothing changes every sign is a false alarm: about one in seven series of two years has one."""
    shown = examples.series_shown(24, 10, 1)
    assert shown.found == 0
    assert 0.1 < shown.signalled / shown.draws < 0.2


def test_what_fits_a_change() -> None:
    """After a rise the months above the centre, before it those below; the other way round for a fall."""
    rise = examples.series(24, 20, 2, 1)
    above = set(rise.trend.filter(pl.col("ratio") > pl.col("midden"))["maand"])
    assert rise.fitting
    assert all((month in above) == (month >= rise.halfway) for month in rise.fitting)
    fall = examples.series(24, 20, 0.5, 1)
    below = set(fall.trend.filter(pl.col("ratio") < pl.col("midden"))["maand"])
    assert fall.fitting
    assert all((month in below) == (month >= fall.halfway) for month in fall.fitting)


def test_a_larger_change_is_found_more_often() -> None:
    """And so is the same change among more reports: what the lesson lets a reader discover."""
    by_change = [examples.series_shown(24, 10, change).found for change in (1, 1.5, 2)]
    assert by_change == sorted(set(by_change))
    by_reports = [examples.series_shown(24, expected, 1.5).found for expected in (3, 10, 20)]
    assert by_reports == sorted(set(by_reports))
    by_size = [examples.schools_shown(7, 3, 2, size).found for size in ("klein", "groot")]
    assert by_size == sorted(set(by_size))


def test_a_group_is_like_a_published_one() -> None:
    """The same columns, a row per school, sizes from small to large but not in that order."""
    group = examples.schools(7, 3, 1, "groot", 1)
    assert group.funnel.columns == [column.name for column in PUBLISHED["incident_funnel"].columns]
    assert group.funnel["brin6"].to_list() == list(group.names) == list(group.pupils)
    sizes = list(group.pupils.values())
    assert (min(sizes), max(sizes)) == (200, 1800)
    assert sizes not in (sorted(sizes), sorted(sizes, reverse=True))


@pytest.mark.parametrize(("size", "pupils"), [("klein", 200), ("groot", 1800)])
def test_which_school_is_different(size: str, pupils: int) -> None:
    """The smallest or the largest, or none where nothing is different."""
    group = examples.schools(7, 3, 2, size, 1)
    assert group.pupils[group.different] == pupils
    assert examples.schools(7, 3, 1, size, 1).different == ""


@pytest.mark.parametrize("count", [2, 7, 30])
@pytest.mark.parametrize(("times", "size"), [(1, "groot"), (2, "klein"), (2, "groot"), (0.5, "groot")])
def test_schools_counted_as_a_reader_would(count: int, times: float, size: str) -> None:
    """The number of draws with a school outside, and the different one, is that of the groups opened one by one."""
    opened = [examples.schools(count, 3, times, size, draw) for draw in range(1, FEW + 1)]
    signalled, found = sum(bool(one.outside) for one in opened), sum(_is_found(one) for one in opened)
    assert found == sum(one.found for one in opened)
    assert examples.schools_shown(count, 3, times, size, FEW) == Shown(FEW, signalled, found)


def _is_found(group: Schools) -> bool:
    """By hand: the different school is flagged, above the group where it is to be and below it otherwise."""
    own = group.funnel.filter(pl.col("brin6") == group.different)
    if own.is_empty():
        return False
    row = own.row(0, named=True)
    return bool(row["oordeel"] == "wijkt af" and (row["ratio"] > row["groep"]) == (group.times > 1))


def test_found_means_on_the_right_side() -> None:
    """A school that is different upwards isn't found by lying below the group."""
    group = examples.schools(7, 3, 2, "groot", 1)
    assert group.found
    assert group.different in group.outside
    low = group.funnel.with_columns(pl.lit(0.0).alias("ratio"))
    assert not examples.Schools(low, group.names, group.pupils, group.different, group.times).found


def test_the_smallest_school_at_an_end() -> None:
    """Of schools that are alike the smallest is first or last more often than its turn; of two always."""
    slow = 0
    for draw in range(1, FEW + 1):
        group = examples.schools(7, 3, 1, "groot", draw)
        smallest = min(group.pupils, key=lambda brin6: group.pupils[brin6])
        rates = dict(group.funnel.select("brin6", "ratio").iter_rows())
        slow += rates[smallest] in (min(rates.values()), max(rates.values()))
    assert examples.smallest_at_an_end(7, 3, FEW) == slow
    assert examples.smallest_at_an_end(7, 3) > examples.DRAWS * 2 / 7
    assert examples.smallest_at_an_end(2, 3, FEW) == FEW


@given(expected=st.floats(0.5, 60))
@settings(deadline=None, max_examples=50)
def test_usual_counts(expected: float) -> None:
    """Between the limits lies what the chance leaves; either end is allowed its 0.00135, and no more."""
    low, high, beyond = examples.usual_counts(expected)
    inside = poisson.pmf(np.arange(low, high + 1), expected).sum()
    assert inside + beyond == pytest.approx(1)
    assert beyond <= 2 * 0.00135


def test_usual_rates() -> None:
    """A small school has wider limits than a large one, both around the rate."""
    (low, high), (least, most) = (examples.usual_rates(pupils, 3) for pupils in (200, 1800))
    assert low < least < 3 < most < high


def test_half_of_an_odd_number_of_reports() -> None:
    """A rate of 3 halved is 1.5, not 1: the school that differs has half its part over many draws."""
    counts = [
        example.funnel.filter(pl.col("brin6") == example.different)["incidenten"].item()
        for draw in range(1, 301)
        for example in [examples.schools(7, 3, 0.5, "groot", draw)]
    ]
    exposure = examples.schools(7, 3, 0.5, "groot", 1).funnel.sort("blootstelling")["blootstelling"][-1]
    assert np.mean(counts) == pytest.approx(1.5 * exposure, rel=0.05)
    assert examples.schools_shown(7, 3, 0.5, "groot", 200) == examples.schools_shown(7, 3.0, 0.5, "groot", 200)
