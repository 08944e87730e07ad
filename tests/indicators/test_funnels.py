"""The limits of a funnel are those of exact counting, and only what lies strictly beyond them is said to differ."""

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from scipy.stats import chi2_contingency, chisquare
from statsmodels.stats.proportion import proportions_chisquare

from dashboard.indicators.funnels import (
    PROBABILITIES,
    Numbers,
    _interpolated,
    coverage_spread,
    rate_spread,
    with_coverage_funnel,
    with_rate_funnel,
)

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


# --- rates ---------------------------------------------------------------------------

UNIT = 20_000  # pupils × school days in one unit of exposure

Rate = tuple[int, int, int, int]
"""incidenten, persoonsdagen, groep_incidenten, groep_persoonsdagen."""


def _rates(*schools: Rate) -> pl.DataFrame:
    names = ("incidenten", "persoonsdagen", "groep_incidenten", "groep_persoonsdagen")
    return with_rate_funnel(pl.DataFrame(schools, schema=dict.fromkeys(names, pl.Int64), orient="row"))


def _exact_rate_limit(days: int, group: Fraction, name: str) -> Fraction:
    """The definition, summed term by term with sixty digits; group is incidents per pupil day."""
    if group == 0:
        return Fraction(0)
    with localcontext() as context:
        context.prec = 60
        expected = Decimal((group * days).numerator) / Decimal((group * days).denominator)
        bound = Decimal(EXACT[name].numerator) / Decimal(EXACT[name].denominator)
        here = total = (-expected).exp()
        count = 0
        while total < bound:
            count += 1
            here *= expected / count
            total += here
        limit = Fraction(count - (total - bound) / here)
    return max(Fraction(0), limit) * UNIT / days


@st.composite
def _rate_schools(draw: st.DrawFn) -> Rate:
    days, others = draw(st.integers(1, 400_000)), draw(st.integers(0, 3_000_000))
    return draw(st.integers(0, 40)), days, draw(st.integers(0, 300)), days + others


@patient
@given(st.lists(_rate_schools(), min_size=1, max_size=4))
def test_rate_limits_are_those_of_exact_summation(schools: list[Rate]) -> None:
    """Schools of every size, in groups with many, few and no incidents."""
    for row, (_, days, incidents, group_days) in zip(_rates(*schools).iter_rows(named=True), schools, strict=True):
        for name in LIMITS:
            exact = float(_exact_rate_limit(days, Fraction(incidents, group_days), name))
            assert row[name] == pytest.approx(exact, rel=1e-9, abs=1e-9)


def test_a_rate_worked_out_by_hand() -> None:
    """Two expected: P(R ≤ r) is 1, 3, 5, 19/3, 7, 109/15 parts of e²; the limits are per unit of exposure."""
    (row,) = _rates((2, UNIT, 20, 10 * UNIT)).iter_rows(named=True)
    e2 = float(np.exp(2))
    assert row["onder95"] == row["onder998"] == 0.0  # none at all is no surprise
    assert row["boven95"] == pytest.approx(5 - (109 / 15 - 0.975 * e2) / (4 / 15))
    assert (row["blootstelling"], row["ratio"], row["groep"]) == (1.0, 2.0, 2.0)
    (half,) = _rates((2, UNIT // 2, 40, 10 * UNIT)).iter_rows(named=True)  # the same two, in half the exposure
    assert half["boven95"] == pytest.approx(2 * row["boven95"])


@pytest.mark.parametrize("incidents", [0, 40, 40_000])
def test_rate_limits_of_large_groups(incidents: int) -> None:
    """Rounding does not grow with the number of incidents."""
    days = 9 * UNIT
    (row,) = _rates((0, days, incidents, 10 * days)).iter_rows(named=True)
    for name in LIMITS:
        exact = float(_exact_rate_limit(days, Fraction(incidents, 10 * days), name))
        assert row[name] == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize(
    ("incidents", "verdict"),
    [
        (1, "wijkt af"),
        (2, "opletten"),
        (3, "opletten"),
        (4, "binnen"),
        (16, "binnen"),
        (17, "opletten"),
        (21, "wijkt af"),
    ],
)
def test_verdicts_of_rates_on_both_sides(incidents: int, verdict: str) -> None:
    """Ten expected: few is said just as many."""
    assert _rates((incidents, 3 * UNIT, 100, 30 * UNIT))["oordeel"].to_list() == [verdict]


def test_a_group_without_incidents_leaves_no_room() -> None:
    """All limits are 0, and schools without incidents are on them."""
    frame = _rates((0, UNIT, 0, 9 * UNIT), (0, 7, 0, 9 * UNIT))
    assert frame.select(*LIMITS, "groep", "ratio").rows() == [(0.0,) * 6] * 2
    assert frame["oordeel"].to_list() == ["binnen"] * 2


def test_schools_without_pupil_days_are_in_no_funnel() -> None:
    """Their row is left out, the others keep their order."""
    frame = _rates((1, UNIT, 9, 9 * UNIT), (3, 0, 9, 9 * UNIT), (0, 5, 9, 9 * UNIT))
    assert frame["persoonsdagen"].to_list() == [UNIT, 5]


@patient
@given(_rate_schools())
def test_wider_rate_limits_enclose_narrower_ones(school: Rate) -> None:
    """The 99.8 % limits never lie inside the 95 % limits, and none is below zero."""
    (row,) = _rates(school).iter_rows(named=True)
    assert 0 <= row["onder998"] <= row["onder95"] <= row["boven95"] <= row["boven998"]


@patient
@given(st.lists(_rate_schools(), min_size=2, max_size=6))
def test_a_rate_never_turns_with_its_neighbours(schools: list[Rate]) -> None:
    """Rows keep their outcome, whatever stands beside them."""
    assert_frame_equal(_rates(*schools), pl.concat([_rates(school) for school in schools]), check_exact=True)


def test_no_rates() -> None:
    """Without schools there are columns, each of its type."""
    schema = _rates().schema
    assert [schema[name] for name in ("blootstelling", "ratio", "groep", *LIMITS)] == [pl.Float64] * 7
    assert schema["oordeel"] == pl.String


# --- spread beyond chance ------------------------------------------------------------

sizes = st.integers(1, 90)


def _coverage_of(*schools: tuple[int, int]) -> pl.DataFrame:
    """A whole group: geldig and noemer of each school."""
    group = tuple(sum(column) for column in zip(*schools, strict=True))
    return _funnel(*((valid, size, *group) for valid, size in schools))


def _rates_of(*schools: tuple[int, int]) -> pl.DataFrame:
    """A whole group: incidenten and persoonsdagen of each school."""
    group = tuple(sum(column) for column in zip(*schools, strict=True))
    return _rates(*((incidents, days, *group) for incidents, days in schools))


@patient
@given(st.lists(st.tuples(sizes, sizes), min_size=2, max_size=9))
def test_spread_of_coverage_is_pearsons_chi_square(parts: list[tuple[int, int]]) -> None:
    """The table of valid and other pupils by school, as two libraries test it."""
    spread = coverage_spread(_coverage_of(*((valid, valid + other) for valid, other in parts)))
    assert spread is not None
    table = chi2_contingency(parts, correction=False)
    theirs = proportions_chisquare([valid for valid, _ in parts], [sum(part) for part in parts])
    assert (spread.statistic, spread.chance) == pytest.approx((table.statistic, table.pvalue), rel=1e-9)
    assert (spread.statistic, spread.chance) == pytest.approx(theirs[:2], rel=1e-9)
    assert spread.schools == len(parts)


@patient
@given(st.lists(st.tuples(sizes, sizes), min_size=2, max_size=9))
def test_spread_of_rates_is_pearsons_chi_square(schools: list[tuple[int, int]]) -> None:
    """Incidents by school beside what the group's rate makes of its exposure."""
    spread = rate_spread(_rates_of(*schools))
    assert spread is not None
    counts, days = (np.array(column, dtype=np.float64) for column in zip(*schools, strict=True))
    test = chisquare(counts, counts.sum() * days / days.sum())
    assert (spread.statistic, spread.chance) == pytest.approx((test.statistic, test.pvalue), rel=1e-9)


def test_what_is_said_of_spread() -> None:
    """Alike, too far apart, and too little to tell."""
    alike, apart = rate_spread(_rates_of((20, UNIT), (21, UNIT))), rate_spread(_rates_of((10, UNIT), (40, UNIT)))
    assert alike is not None
    assert apart is not None
    assert (alike.is_rough, alike.is_beyond_chance) == (False, False)
    assert (apart.is_rough, apart.is_beyond_chance) == (False, True)
    tiny = rate_spread(_rates_of((20, 10 * UNIT), (20, 10 * UNIT), (2, UNIT // 100)))
    assert tiny is not None
    assert tiny.chance < 0.001
    assert (tiny.is_rough, tiny.is_beyond_chance) == (True, False)


@pytest.mark.parametrize(("days", "is_rough"), [(UNIT // 8, True), (UNIT // 4, False), (UNIT, False)])
def test_chi_square_holds_where_one_is_expected_of_every_school(days: int, *, is_rough: bool) -> None:
    """Four incidents per unit of exposure: an eighth of a unit is too small, a quarter is enough."""
    schools = [(20, 5 * UNIT), (20, 5 * UNIT), (4, days)]
    spread = rate_spread(_rates(*((incidents, size, 4, UNIT) for incidents, size in schools)))
    assert spread is not None
    assert spread.is_rough == is_rough


@pytest.mark.parametrize(("size", "is_rough"), [(10, True), (40, False)])
@pytest.mark.parametrize("is_yes", [True, False])
def test_chi_square_takes_pupils_of_both_kinds(size: int, *, is_rough: bool, is_yes: bool) -> None:
    """Nineteen in twenty are valid, or one in twenty: of ten pupils half a pupil of the other kind is expected."""
    schools = [(1900, 2000), (19 * size // 20, size)]
    turned = schools if is_yes else [(whole - part, whole) for part, whole in schools]
    spread = coverage_spread(_coverage_of(*turned))
    assert spread is not None
    assert spread.is_rough == is_rough


def test_spread_takes_two_schools_and_something_to_differ_in() -> None:
    """One school, no incidents, or everyone valid: nothing to test. A school without data is no school here."""
    assert rate_spread(_rates_of((3, UNIT))) is None
    assert rate_spread(_rates_of((0, UNIT), (0, UNIT))) is None
    assert rate_spread(_rates()) is None
    assert coverage_spread(_coverage_of((5, 9), (0, 0))) is None
    assert coverage_spread(_coverage_of((9, 9), (7, 7))) is None
    assert coverage_spread(_coverage_of((0, 9), (0, 7))) is None
    three = coverage_spread(_coverage_of((5, 9), (0, 0), (8, 9)))
    assert three is not None
    assert three.schools == 2
