"""The lines of a funnel are the limits of its schools, at any size."""

from __future__ import annotations

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.indicators.funnels import coverage_curves, rate_curves
from tests.indicators.school_funnels import UNIT, coverage_funnel, rate_funnel

LIMITS = ("onder95", "boven95", "onder998", "boven998")

patient = settings(deadline=None, max_examples=40)

pupils = st.integers(0, 60).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@patient
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 900_000)), min_size=1, max_size=30))
def test_a_line_of_rates_passes_through_the_limits_of_every_school(schools: list[tuple[int, int]]) -> None:
    """At the size of a school the line is its limit to the last digit, so dot and verdict never disagree."""
    funnel = rate_funnel(schools)
    lines = {row["omvang"]: row for row in rate_curves(funnel).iter_rows(named=True)}
    for school in funnel.iter_rows(named=True):
        assert [lines[school["blootstelling"]][limit] for limit in LIMITS] == [school[limit] for limit in LIMITS]


@patient
@given(st.lists(pupils, min_size=1, max_size=30))
def test_a_line_of_coverage_passes_through_the_limits_of_every_school(schools: list[tuple[int, int]]) -> None:
    """Whole pupils, every school with data among them; a school without data draws no line."""
    funnel = coverage_funnel(schools)
    curves = coverage_curves(funnel)
    lines = {row["omvang"]: row for row in curves.iter_rows(named=True)}
    known = funnel.filter(pl.col("noemer") > 0)
    for school in known.iter_rows(named=True):
        assert [lines[school["noemer"]][limit] for limit in LIMITS] == [school[limit] for limit in LIMITS]
    assert curves.is_empty() == known.is_empty()
    assert min(lines, default=1) >= 1
    assert curves["omvang"].is_unique().all()


@pytest.mark.parametrize("count", [1, 2, 7, 30])
@pytest.mark.parametrize("steps", [2, 80])
def test_a_line_runs_from_small_to_a_little_beyond_the_largest_school(count: int, steps: int) -> None:
    """In order of size, from half the smallest school or sooner, to within a tenth beyond the largest."""
    sizes = [3 * UNIT + place * UNIT // 2 for place in range(count)]
    rates = rate_curves(rate_funnel([(9, size) for size in sizes]), steps)
    coverage = coverage_curves(coverage_funnel([(size // UNIT, size // 1000) for size in sizes]), steps)
    for curves, unit in ((rates, UNIT), (coverage, 1000)):
        drawn = curves["omvang"].to_list()
        assert drawn == sorted(drawn)
        assert drawn[0] * unit <= sizes[0] / 2 + unit
        assert sizes[-1] < drawn[-1] * unit < 1.1 * sizes[-1] + unit
        assert len(drawn) <= steps + count


def test_limits_draw_in_with_size() -> None:
    """A funnel: the larger the school, the less room for chance, as far as whole counts allow."""
    for curves in (rate_curves(rate_funnel([(400, 100 * UNIT)])), coverage_curves(coverage_funnel([(700, 1000)]))):
        large = curves.filter(4 * pl.col("omvang") > pl.col("omvang").max())
        for low, high in (("onder95", "boven95"), ("onder998", "boven998")):
            width = (large[high] - large[low]).to_list()
            assert all(later < earlier * 1.05 for earlier, later in pairwise(width))
            assert width[-1] < width[0]


def test_no_school_draws_no_line() -> None:
    """Columns without rows, each of its type; likewise where no school has data."""
    assert rate_curves(rate_funnel([])).schema == dict.fromkeys(("omvang", *LIMITS), pl.Float64)
    for nobody in (coverage_funnel([]), coverage_funnel([(0, 0), (0, 0)])):
        curves = coverage_curves(nobody)
        assert curves.is_empty()
        assert curves.schema == {"omvang": pl.Int64} | dict.fromkeys(LIMITS, pl.Float64)


def test_a_group_without_spread_draws_one_level_line() -> None:
    """Nothing reported anywhere, or everyone valid: chance has no room."""
    assert rate_curves(rate_funnel([(0, UNIT), (0, 4 * UNIT)])).select(LIMITS).unique().rows() == [(0.0,) * 4]
    assert coverage_curves(coverage_funnel([(9, 9), (40, 40)])).select(LIMITS).unique().rows() == [(1.0,) * 4]
