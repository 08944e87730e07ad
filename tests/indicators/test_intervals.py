"""Intervals come out as published, as another library has them, and as their definitions say."""

from fractions import Fraction
from math import comb, inf, isnan, nan

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import poisson
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson
from statsmodels.stats.rates import test_poisson_2indep as poisson_2indep

from dashboard.indicators.intervals import (
    Interval,
    rate_interval,
    rate_ratio,
    share_difference,
    share_interval,
    with_rate_interval,
    with_share_interval,
)

LEVELS = [0.8, 0.95, 0.99]

patient = settings(deadline=None)
counts = st.integers(0, 60)


@st.composite
def _shares(draw: st.DrawFn) -> tuple[int, int]:
    whole = draw(st.integers(1, 80))
    return draw(st.integers(0, whole)), whole


def _ends(interval: Interval) -> tuple[float, float]:
    return float(interval.low), float(interval.high)


def _choices(*cases: tuple[int, int]) -> tuple[list[int], list[int]]:
    return [part for part, _ in cases], [whole for _, whole in cases]


@pytest.mark.parametrize(
    ("case", "published"),
    [
        ((81, 263), (0.2553, 0.3662)),  # Newcombe (1998), table I
        ((15, 148), (0.0624, 0.1605)),
        ((0, 20), (0.0, 0.1611)),
        ((1, 29), (0.0061, 0.1718)),
    ],
)
def test_published_intervals_of_a_share(case: tuple[int, int], published: tuple[float, float]) -> None:
    """Wilson's intervals as printed, to four places."""
    assert _ends(share_interval(*case)) == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize(
    ("count", "published"),
    [(0, (0.0, 3.689)), (1, (0.025, 5.572)), (5, (1.623, 11.668)), (10, (4.795, 18.390)), (20, (12.217, 30.888))],
)
def test_published_intervals_of_a_count(count: int, published: tuple[float, float]) -> None:
    """Garwood's intervals as printed, to three places."""
    assert _ends(rate_interval(count, 1)) == pytest.approx(published, abs=6e-4)


@pytest.mark.parametrize(
    ("case", "published"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),  # Newcombe (1998), table II
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((10, 10, 0, 10), (0.6075, 1.0000)),
    ],
)
def test_published_intervals_of_a_difference(case: tuple[int, int, int, int], published: tuple[float, float]) -> None:
    """Newcombe's method 10 as printed, to four places."""
    assert _ends(share_difference(*case)) == pytest.approx(published, abs=6e-5)


def test_a_published_interval_of_a_ratio() -> None:
    """Lung cancer in Fredericia beside three other cities, as R's poisson.test prints it."""
    assert _ends(rate_ratio(11, 800, 21, 3011)) == pytest.approx((0.8584264, 4.2772659), abs=5e-8)


@patient
@given(_shares(), st.sampled_from(LEVELS))
def test_shares_as_in_statsmodels(case: tuple[int, int], level: float) -> None:
    """Wilson's interval, also at none and all."""
    expected = proportion_confint(*case, alpha=1 - level, method="wilson")
    assert _ends(share_interval(*case, level)) == pytest.approx(expected, abs=1e-12)


@patient
@given(counts, st.floats(0.1, 50), st.sampled_from(LEVELS))
def test_rates_as_in_statsmodels(count: int, exposure: float, level: float) -> None:
    """Garwood's interval, per unit of exposure."""
    low, high = confint_poisson(count, exposure, method="exact-c", alpha=1 - level)
    assert _ends(rate_interval(count, exposure, level)) == pytest.approx((np.nan_to_num(low), high), rel=1e-9)


@patient
@given(_shares(), _shares())
def test_differences_as_in_statsmodels(one: tuple[int, int], other: tuple[int, int]) -> None:
    """Newcombe's method 10."""
    expected = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff", alpha=0.05)
    assert _ends(share_difference(*one, *other)) == pytest.approx(expected, abs=1e-9)


@patient
@given(counts, st.floats(0.5, 9), counts, st.floats(0.5, 9))
def test_the_exact_test_leaves_half_of_five_percent_at_each_end(
    count: int, exposure: float, other: int, other_exposure: float
) -> None:
    """A ratio at either end of its interval is just no longer refused by the conditional test."""
    low, high = _ends(rate_ratio(count, exposure, other, other_exposure))
    for end, side in ((low, "larger"), (high, "smaller")):
        if 0 < end < inf and other > 0:
            result = poisson_2indep(
                count, exposure, other, other_exposure, value=end, method="exact-cond", alternative=side
            )
            assert result.pvalue == pytest.approx(0.025, abs=1e-7)
    assert (low == 0) == (count == 0)
    assert (high == inf) == (other == 0)


@patient
@given(_shares())
def test_the_ends_of_a_share_solve_the_score_equation(case: tuple[int, int]) -> None:
    """At an end the share seen is exactly 1.96 standard deviations away, judged from that end."""
    part, whole = case
    for end in _ends(share_interval(part, whole)):
        if 0 < end < 1:
            assert (part / whole - end) ** 2 == pytest.approx(1.959963984540054**2 * end * (1 - end) / whole, abs=1e-12)


@patient
@given(counts)
def test_the_ends_of_a_rate_leave_half_of_five_percent(count: int) -> None:
    """At the upper end so few, and at the lower end so many, come about once in forty times."""
    low, high = _ends(rate_interval(count, 1))
    assert poisson.cdf(count, high) == pytest.approx(0.025, rel=1e-9)
    assert count == 0 or poisson.sf(count - 1, low) == pytest.approx(0.025, rel=1e-9)


@patient
@given(counts, st.integers(1, 30), counts, st.integers(1, 30))
def test_a_ratio_turned_over_turns_its_interval(count: int, exposure: int, other: int, other_exposure: int) -> None:
    """This beside that is that beside this, upside down; and the ratio itself lies between the ends."""
    assume(count + other > 0)
    low, high = _ends(rate_ratio(count, exposure, other, other_exposure))
    back_low, back_high = _ends(rate_ratio(other, other_exposure, count, exposure))
    assert low == pytest.approx(1 / back_high if back_high else inf, rel=1e-9)
    assert high == pytest.approx(1 / back_low if back_low else inf, rel=1e-9)
    ratio = Fraction(count * other_exposure, other * exposure) if other else inf
    assert low <= ratio <= high


@pytest.mark.parametrize("size", [3, 5])
def test_a_ratio_is_bounded_by_exact_summation(size: int) -> None:
    """The part of all that was counted is binomial: summed term by term, its tails are a fortieth."""
    low, high = _ends(rate_ratio(2, 1, size, 1))
    total = 2 + size
    for ratio, tail in ((low, range(2, total + 1)), (high, range(3))):
        part = ratio / (1 + ratio)
        assert sum(comb(total, k) * part**k * (1 - part) ** (total - k) for k in tail) == pytest.approx(0.025)


@patient
@given(_shares(), _shares())
def test_a_difference_lies_in_its_interval_and_between_minus_1_and_1(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    """The interval holds what was seen, turned over it is its mirror image, and it never promises the impossible."""
    low, high = _ends(share_difference(*one, *other))
    assert -1 <= low <= one[0] / one[1] - other[0] / other[1] <= high <= 1
    assert _ends(share_difference(*other, *one)) == pytest.approx((-high, -low), abs=1e-12)


@patient
@given(_shares(), st.integers(2, 9))
def test_more_pupils_never_widen_an_interval(case: tuple[int, int], times: int) -> None:
    """The same share of a bigger school is known better; so is the same rate."""
    part, whole = case
    for interval in (share_interval, rate_interval):
        low, high = _ends(interval(part, whole))
        closer_low, closer_high = _ends(interval(part * times, whole * times))
        assert closer_high - closer_low < high - low


def test_none_and_all_reach_the_edge() -> None:
    """An end that is 0 or 1 is exactly that, without rounding: it is shown as such."""
    for size in range(1, 400):
        assert float(share_interval(0, size).low) == 0.0
        assert float(share_interval(size, size).high) == 1.0
    assert float(rate_interval(0, 7).low) == 0.0


def test_nothing_to_count_from_is_no_interval() -> None:
    """Without pupils or school days nothing is known; that isn't the same as anything being possible."""
    for interval in (
        share_interval(0, 0),
        rate_interval(4, 0),
        share_difference(1, 2, 0, 0),
        share_difference(0, 0, 1, 2),
    ):
        assert all(isnan(end) for end in _ends(interval))
    assert all(isnan(end) for end in _ends(rate_ratio(1, 2, 3, 0)))
    assert all(isnan(end) for end in _ends(rate_ratio(1, 0, 3, 2)))


def test_no_incidents_on_either_side_leave_every_ratio_open() -> None:
    """Nothing was counted, so nothing can be said."""
    assert _ends(rate_ratio(0, 5, 0, 9)) == (0.0, inf)


def test_many_at_once_are_each_on_their_own() -> None:
    """Arrays give what numbers give, one by one, and a number stands beside every element."""
    parts, wholes = _choices((0, 20), (81, 263), (0, 0), (7, 7))
    shares, differences = share_interval(parts, wholes), share_difference(parts, wholes, 48, 80)
    for number, (part, whole) in enumerate(zip(parts, wholes, strict=True)):
        one, beside = share_interval(part, whole), share_difference(part, whole, 48, 80)
        assert _ends(one) == pytest.approx((shares.low[number], shares.high[number]), nan_ok=True)
        assert _ends(beside) == pytest.approx((differences.low[number], differences.high[number]), nan_ok=True)


@pytest.mark.parametrize("case", [(-1, 5), (6, 5), (1, -5)])
def test_impossible_shares_are_refused(case: tuple[int, int]) -> None:
    """A part is between none and all of its whole."""
    with pytest.raises(ValueError, match="never"):
        share_interval(*case)


@pytest.mark.parametrize("case", [(-1, 5), (1, -5)])
def test_impossible_rates_are_refused(case: tuple[int, int]) -> None:
    """Nothing is counted less than zero times."""
    with pytest.raises(ValueError, match="never below zero"):
        rate_interval(*case)


def test_intervals_as_columns() -> None:
    """Beside a table of counts the ends stand as two columns; null, not nan, where there is nothing to divide."""
    counts_of_schools = pl.DataFrame({"geldig": [0, 81, 0], "noemer": [20, 263, 0]})
    shares = with_share_interval(counts_of_schools, "geldig", "noemer")
    assert shares["van"].to_list() == pytest.approx([0.0, 0.2552885, None], abs=1e-7)
    assert shares["tot"].to_list() == pytest.approx([0.1611252, 0.3662096, None], abs=1e-7)
    rates = with_rate_interval(
        pl.DataFrame({"incidenten": [10, 1], "blootstelling": [2.0, 0.0]}), "incidenten", "blootstelling"
    )
    assert rates["van"].to_list() == pytest.approx([4.7953887 / 2, None], abs=1e-7)
    assert rates["tot"].to_list() == pytest.approx([18.390356 / 2, None], abs=1e-7)
    nothing = with_share_interval(counts_of_schools.clear(), "geldig", "noemer")
    assert nothing.schema["van"] == nothing.schema["tot"] == pl.Float64


def test_nan_never_stands_for_a_known_end() -> None:
    """The ends of a column of counts hold no gap other than those without a whole."""
    interval = rate_interval([0, 1, 2], [1, nan, 1])
    assert np.isnan(interval.low).tolist() == [False, True, False]
