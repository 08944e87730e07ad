"""The limits of a funnel are those of exact counting, and only what lies strictly beyond them is said to differ."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from dashboard.indicators.funnels import PROBABILITIES, Numbers, _interpolated, with_coverage_funnel

EXACT = {"onder95": Fraction(25, 1000), "boven95": Fraction(975, 1000)} | {
    "onder998": Fraction(1, 1000),
    "boven998": Fraction(999, 1000),
}
LIMITS = list(EXACT)

patient = settings(deadline=None)

School = tuple[int, int, int, int]
"""geldig, noemer, groep_geldig, groep_noemer."""


def _funnel(*schools: School) -> pl.DataFrame:
    names = ("geldig", "noemer", "groep_geldig", "groep_noemer")
    return with_coverage_funnel(pl.DataFrame(schools, schema=dict.fromkeys(names, pl.Int64), orient="row"))


def _exact_limit(size: int, group: Fraction, name: str) -> Fraction:
    """The definition, summed term by term in whole numbers."""
    if group in {0, 1}:
        return group
    yes, no = group.numerator, group.denominator - group.numerator
    scale = group.denominator**size
    bound, count = EXACT[name] * scale, 0
    here = total = no**size
    while total < bound:
        here = here * (size - count) * yes // ((count + 1) * no)
        count += 1
        total += here
    if count == size and name.startswith("boven"):
        return Fraction(1)
    limit: Fraction = (count - (total - bound) / here) / size
    return max(Fraction(0), limit)


@st.composite
def _schools(draw: st.DrawFn) -> School:
    group = draw(st.integers(1, 60))
    size = draw(st.integers(1, 40))
    return draw(st.integers(0, size)), size, draw(st.integers(0, group)), group


@patient
@given(st.lists(_schools(), min_size=1, max_size=5))
def test_limits_are_those_of_exact_summation(schools: list[School]) -> None:
    """Small schools and every group, none and all of it valid included."""
    for row, (_, size, valid, group) in zip(_funnel(*schools).iter_rows(named=True), schools, strict=True):
        for name in LIMITS:
            assert row[name] == pytest.approx(float(_exact_limit(size, Fraction(valid, group), name)), abs=1e-9)


@pytest.mark.parametrize("group", [(1, 2), (9, 10), (1, 5000), (4999, 5000), (29999, 30000)])
@pytest.mark.parametrize("size", [1, 2, 700, 5000])
def test_large_schools_and_groups_near_the_edge(size: int, group: tuple[int, int]) -> None:
    """Rounding does not grow with the school, nor where nearly nobody or nearly everybody has an answer."""
    (row,) = _funnel((0, size, *group)).iter_rows(named=True)
    for name in LIMITS:
        assert row[name] == pytest.approx(float(_exact_limit(size, Fraction(*group), name)), abs=1e-9)


def test_a_case_worked_out_by_hand() -> None:
    """Ten pupils, half of the group valid: P(R ≤ r) is 1, 11, 56, …, 968, 1013, 1023 parts of 1,024."""
    (row,) = _funnel((5, 10, 1, 2)).iter_rows(named=True)
    assert row["onder95"] == pytest.approx((2 - (56 - 25.6) / 45) / 10)
    assert row["boven95"] == pytest.approx((8 - (1013 - 998.4) / 45) / 10)
    assert row["onder998"] == pytest.approx((1 - (11 - 1.024) / 10) / 10)
    assert row["boven998"] == pytest.approx((9 - (1023 - 1022.976) / 10) / 10)


def test_a_chance_that_equals_the_bound_is_reached() -> None:
    """Where P(R ≤ r) is p exactly, r is the limit; one count more would make the upper limit 1."""
    one_in_40, one_in_10 = _funnel((1, 1, 1, 40), (2, 3, 1, 10)).iter_rows(named=True)
    assert one_in_40["boven95"] == 0.0  # P(R ≤ 0) = 39/40
    assert one_in_40["oordeel"] == "opletten"
    assert one_in_10["boven998"] == 2 / 3  # P(R ≤ 2) = 1 − 1/1000
    assert one_in_10["oordeel"] == "opletten"  # on the outer limit, so not beyond it


class _Rounded:
    """Counts 0, 1, 2, 3 of which P(R ≤ 2) is 0.999, but for rounding."""

    def __init__(self, rounding: float) -> None:
        self.chances = np.array([0.2, 0.6, 0.999 + rounding, 1.0])

    def ppf(self, p: float, /) -> Numbers:
        return np.array([float(np.searchsorted(self.chances, p))])

    def cdf(self, count: Numbers, /) -> Numbers:
        return np.take(self.chances, count.astype(int))

    def pmf(self, count: Numbers, /) -> Numbers:
        return np.take(np.diff(self.chances, prepend=0.0), count.astype(int))


@pytest.mark.parametrize("rounding", [-1e-14, 0.0, 1e-14])
def test_rounding_never_moves_a_limit(rounding: float) -> None:
    """Equal but for the last digits is equal: else a school on the limit would be beyond it, or the limit be 1."""
    reached, limit = _interpolated(_Rounded(rounding), 0.999)
    assert (reached.tolist(), limit.tolist()) == ([2.0], [2.0])


@pytest.mark.parametrize(("valid", "share"), [(0, 0.0), (30, 1.0)])
def test_a_group_without_spread_leaves_no_room(valid: int, share: float) -> None:
    """None or all of the group: every limit is that share, and the schools are on it."""
    frame = _funnel((0 if valid == 0 else 10, 10, valid, 30))
    assert frame.select(*LIMITS, "groep", "dekking").row(0) == (share,) * 6
    assert frame["oordeel"].to_list() == ["binnen"]


def test_nobody_who_counts_is_no_data() -> None:
    """A school without a denominator has no coverage, no limits and no verdict; the group stands where there is one."""
    frame = _funnel((0, 0, 9, 10), (0, 0, 0, 0))
    assert frame.select(*LIMITS, "dekking").null_count().row(0) == (2,) * 5
    assert frame["groep"].to_list() == [0.9, None]
    assert frame["oordeel"].to_list() == ["geen gegevens"] * 2


@pytest.mark.parametrize(
    ("valid", "verdict"),
    [
        (98, "wijkt af"),
        (97, "opletten"),
        (95, "opletten"),
        (94, "binnen"),
        (84, "binnen"),
        (83, "opletten"),
        (80, "opletten"),
        (79, "wijkt af"),
    ],
)
def test_verdicts_on_both_sides(valid: int, verdict: str) -> None:
    """A hundred pupils in a group at 90 %: above the limits is said just as below them."""
    assert _funnel((valid, 100, 900, 1000))["oordeel"].to_list() == [verdict]


@patient
@given(_schools())
def test_wider_limits_enclose_narrower_ones(school: School) -> None:
    """The 99.8 % limits never lie inside the 95 % limits, and all are shares."""
    (row,) = _funnel(school).iter_rows(named=True)
    assert 0 <= row["onder998"] <= row["onder95"] <= row["boven95"] <= row["boven998"] <= 1


@patient
@given(st.integers(1, 200), st.integers(2, 400))
def test_limits_rise_with_the_group(size: int, group: int) -> None:
    """A group that does better never lowers a limit."""
    frame = _funnel(*((0, size, valid, group) for valid in range(1, group, max(1, group // 7))))
    for name in LIMITS:
        assert all(low <= high + 1e-12 for low, high in pairwise(frame[name]))


@patient
@given(st.lists(_schools(), min_size=2, max_size=8))
def test_a_verdict_never_turns_with_its_neighbours(schools: list[School]) -> None:
    """Rows keep their order, their other columns and their outcome, whatever stands beside them."""
    together = _funnel(*schools)
    apart = pl.concat([_funnel(school) for school in schools])
    assert_frame_equal(together, apart)


def test_no_rows() -> None:
    """Without schools there are columns, each of its type."""
    schema = _funnel().schema
    assert [schema[name] for name in ("dekking", "groep", *LIMITS)] == [pl.Float64] * 6
    assert schema["oordeel"] == pl.String


def test_probabilities_are_those_of_95_and_99_8_percent() -> None:
    """The limits and what they leave out on either side."""
    assert {name: Fraction(str(p)) for name, p in PROBABILITIES.items()} == EXACT
