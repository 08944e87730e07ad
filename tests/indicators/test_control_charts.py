"""A signal is a signal, and what is just not one isn't: each rule's smallest example and its near-misses."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import log

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from scipy.stats import poisson
from shewhart import _rules as other_rules
from shewhart import u_chart

from dashboard.indicators.control_charts import with_limits, with_rare_limits
from dashboard.indicators.incidents import with_rate

UNIT = 20_000  # pupils × school days in one unit of exposure
COLUMNS = ["blootstelling", "ratio", "midden", "onder", "boven", "signaal", "voorlopig"]
LINES = ["midden", "onder", "boven"]

patient = settings(deadline=None)

Points = list[tuple[int, int]]
"""Incidents and pupil days, month by month."""


def _months(number: int) -> list[str]:
    return [f"{2020 + month // 12}-{month % 12 + 1:02d}" for month in range(number)]


def _counts(points: Points, brin6: str = "99XX00", deel: int = 1) -> pl.DataFrame:
    rows = [(month, brin6, deel, *point) for month, point in zip(_months(len(points)), points, strict=True)]
    kinds = {
        "maand": pl.String,
        "brin6": pl.String,
        "deel": pl.Int64,
        "incidenten": pl.Int64,
        "persoonsdagen": pl.Int64,
    }
    return pl.DataFrame(rows, schema=kinds, orient="row")


def _chart(*counts: int) -> pl.DataFrame:
    """A series with one unit of exposure every month, so that rates are counts."""
    return with_limits(_counts([(count, UNIT) for count in counts]))


def _marked(rule: str, *counts: int) -> list[int]:
    """Which points, from 0, the rule marks."""
    texts = _chart(*counts)["signaal"].to_list()
    return [number for number, text in enumerate(texts) if rule in (text or "").split("+")]


def _around(centre: int, *counts: int, points: int) -> list[int]:
    """These counts, then others that signal nothing, so that the mean is exactly the centre.

    The others go by twos, one each side of a point on the centre, and lie within a third of the way to the limits.
    """
    short = centre * len(counts) - sum(counts)
    filling = [centre] * (points - len(counts))
    step = 1 if short > 0 else -1
    for place in range(1, len(filling), 2):
        size = min(abs(short), max(1, centre // 6))
        filling[place] += step * size
        short -= step * size
    assert short == 0
    return [*counts, *filling]


# --- the lines -----------------------------------------------------------------------


def test_the_lines_of_a_steady_series() -> None:
    """Twenty-four months around ten: limits are the quantiles of Poisson counts."""
    chart = _chart(*[9, 11] * 12)
    assert chart.select(LINES).unique().rows() == [(10.0, 2.0, 21.0)]
    assert chart["signaal"].to_list() == [None] * 24
    assert chart["voorlopig"].to_list() == [False] * 24


def test_limits_follow_exposure() -> None:
    """Half the pupil days leave more room for chance in a rate; the centre is all incidents over all exposure."""
    chart = with_limits(_counts([(12, UNIT), (3, UNIT // 2), (15, UNIT), (5, UNIT // 2)] * 3))
    centre = 35 / 3
    assert chart["midden"].to_list() == pytest.approx([centre] * 12)
    expected = [centre * exposure for exposure in (1.0, 0.5)]
    lower, upper = (np.asarray(poisson.ppf(p, expected)) for p in (0.00135, 0.99865))
    assert chart["onder"].to_list() == pytest.approx([lower[0], lower[1] * 2] * 6)
    assert chart["boven"].to_list() == pytest.approx([upper[0], upper[1] * 2] * 6)


def test_the_rate_is_that_of_the_table_by_month() -> None:
    """To the last digit: one rate, one number, wherever it stands."""
    points = [(7, 811 * 19), (3, 1203 * 7), (0, 3), (10_000, 999_983 * 23)]
    monthly = pl.DataFrame(
        {"incidenten": [7, 3, 0, 10_000], "leerlingen": [811, 1203, 3, 999_983], "lesdagen": [19, 7, 1, 23]}
    )
    assert with_limits(_counts(points))["ratio"].to_list() == with_rate(monthly)["ratio"].to_list()


@pytest.mark.parametrize(
    ("total", "has_lines"),
    [(29, False), (30, True), (31, True)],  # of twenty points: 1.45, 1.5, 1.55 a point
)
def test_no_lines_below_one_and_a_half_a_point(total: int, *, has_lines: bool) -> None:
    """Where a month says too little the rows stay, without lines and without signals."""
    chart = _chart(total, *[0] * 19)
    assert chart.height == 20
    assert chart.select(LINES).null_count().row(0) == ((0,) * 3 if has_lines else (20,) * 3)
    assert (chart["signaal"].item(0) is not None) == has_lines
    assert chart["ratio"].null_count() == chart["voorlopig"].null_count() == 0


def test_expected_is_per_point_not_per_exposure() -> None:
    """Two incidents a point in points of a tenth of a unit: that is two, not twenty."""
    chart = with_limits(_counts([(2, UNIT // 10)] * 12))
    assert chart["midden"].to_list() == pytest.approx([20.0] * 12)
    assert chart["onder"].to_list() == [0.0] * 12


@pytest.mark.parametrize(("points", "provisional"), [(11, True), (12, False)])
def test_limits_are_provisional_below_twelve_points(points: int, *, provisional: bool) -> None:
    """Also where no limits are drawn."""
    for count in (0, 10):
        assert _chart(*[count] * points)["voorlopig"].to_list() == [provisional] * points


def test_nothing_ever_happened() -> None:
    """No incidents at all is a rate of 0 each month, without lines."""
    chart = _chart(*[0] * 15)
    assert chart["ratio"].to_list() == [0.0] * 15
    assert chart.select(LINES).null_count().row(0) == (15,) * 3


@pytest.mark.parametrize("count", [2, 5, 40])
def test_a_constant_rate_is_stable(count: int) -> None:
    """Every point on the centre, however the school grows: rounding makes no run of it."""
    assert _chart(*[count] * 30)["signaal"].null_count() == 30
    growing = [(count * size, 7 * size) for size in range(1, 40)]
    assert with_limits(_counts(growing))["signaal"].null_count() == 39


def test_months_without_pupils_are_no_points() -> None:
    """They are left out, break no run and count in no mean."""
    steady: Points = [(12, UNIT)] * 4 + [(0, 0), (5, 0)] + [(12, UNIT)] * 3 + [(8, UNIT), (10, UNIT), (0, UNIT)]
    chart = with_limits(_counts(steady))
    assert chart.height == 10
    assert chart["maand"].to_list() == [month for number, month in enumerate(_months(12)) if number not in {4, 5}]
    assert [number for number, text in enumerate(chart["signaal"]) if text == "2"] == list(range(7))


def test_no_rows_at_all() -> None:
    """Without points there are columns, each of its type."""
    for chart in (with_limits(_counts([])), with_limits(_counts([(3, 0)]))):
        assert chart.height == 0
        assert [chart.schema[name] for name in COLUMNS] == [pl.Float64] * 5 + [pl.String, pl.Boolean]


# --- rule 1: beyond a limit ----------------------------------------------------------


def test_on_a_limit_is_inside() -> None:
    """Ten expected: 21 and 2 are on the limits, 22 and 1 beyond them."""
    assert _marked("1", *_around(10, 21, 2, points=24)) == []
    assert _marked("1", *_around(10, 22, 10, 1, points=24)) == [0, 2]


def test_nothing_lies_below_a_limit_of_0() -> None:
    """Where chance alone may bring none, none is no signal."""
    chart = _chart(*_around(6, 0, 6, 0, points=40))
    assert chart["onder"].to_list() == [0.0] * 40
    assert _marked("1", *_around(6, 0, 6, 0, points=40)) == []


# --- rule 2: seven on one side -------------------------------------------------------


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("centre", [3, 10])
def test_seven_on_one_side(centre: int, side: int) -> None:
    """Seven are a run, in a chart with few incidents too; six are none; the eighth belongs to it."""
    for length, marked in ((6, []), (7, list(range(7))), (8, list(range(8)))):
        assert _marked("2", *_around(centre, *[centre + side] * length, points=40)) == marked


def test_a_point_on_the_centre_breaks_a_run() -> None:
    """Three above, one on it, four above: no run of seven."""
    assert _marked("2", *_around(10, 11, 11, 11, 10, 11, 11, 11, 11, points=40)) == []


def test_a_point_across_the_centre_breaks_a_run() -> None:
    """Six above, one below, six above."""
    assert _marked("2", *_around(10, *[11] * 6, 9, *[11] * 6, points=40)) == []


def test_two_runs_are_both_marked() -> None:
    """One above, one below: what lies between is in neither."""
    counts = _around(10, *[11] * 7, 10, *[9] * 8, 10, points=40)
    assert _marked("2", *counts) == [*range(7), *range(8, 16)]


def test_rounding_of_the_centre_breaks_no_tie() -> None:
    """A rate that is the mean but for its last digit is on the centre."""
    exposures = [3, 7, 11, 13, 17, 19, 23, 29, 31, 37]
    chart = with_limits(_counts([(3 * size, 7 * size) for size in exposures]))
    assert chart["signaal"].null_count() == 10


# --- rule 3: seven rising or falling -------------------------------------------------


@pytest.mark.parametrize("step", [1, -1])
def test_seven_in_a_row_rise_or_fall(step: int) -> None:
    """Seven points make six steps; six points are too few, an eighth belongs to it."""
    rise = [10 + step * level for level in range(-3, 5)]
    assert _marked("3", *_around(10, *rise[:6], points=40)) == []
    assert _marked("3", *_around(10, *rise[:7], points=40)) == list(range(7))
    assert _marked("3", *_around(10, *rise[:8], points=40)) == list(range(8))


def test_two_equal_points_break_a_rise() -> None:
    """Seven points of which two are the same don't all rise."""
    assert _marked("3", *_around(10, 7, 8, 9, 10, 10, 11, 12, 13, points=40)) == []


def test_a_top_belongs_to_the_rise_and_to_the_fall() -> None:
    """Seven up and seven down share a point: all thirteen are marked."""
    up = [7, 8, 9, 10, 11, 12, 13]
    assert _marked("3", *_around(10, *up, *up[-2::-1], points=40)) == list(range(13))


def test_rates_rise_not_counts() -> None:
    """The same count in ever fewer pupil days is a rising rate; a rising count in step with them isn't."""
    rising: Points = [(10, UNIT * 20 // (20 + month)) for month in range(7)]
    steady: Points = [(10, UNIT), (9, UNIT)] * 8
    chart = with_limits(_counts([*rising, *steady]))
    assert [number for number, text in enumerate(chart["signaal"]) if "3" in (text or "")][:7] == list(range(7))
    growing: Points = [(6 + month, UNIT * (6 + month) // 10) for month in range(7)]
    assert "3" not in with_limits(_counts([*growing, *steady]))["signaal"].to_list()


# --- rule 4: two of three near a limit -----------------------------------------------


@pytest.mark.parametrize(
    ("centre", "near", "line", "side"),
    [
        (20, 31, 30, 21),  # limits 8 and 35: two thirds of the way lie 30 and 12
        (20, 11, 12, 19),
        (6, 13, 12, 7),  # limits 0 and 15: 12 and 2
        (6, 1, 2, 5),
    ],
)
def test_two_of_three_near_a_limit(centre: int, near: int, line: int, side: int) -> None:
    """Two past two thirds with a third on the same side, in any order; only those two are marked."""
    for places in ((0, 1), (0, 2), (1, 2)):
        three = [near if place in places else side for place in range(3)]
        assert _marked("4", *_around(centre, *three, centre, points=60)) == list(places)
    assert _marked("4", *_around(centre, near, near, near, centre, points=60)) == [0, 1, 2]
    assert _marked("4", *_around(centre, line, near, side, centre, points=60)) == []  # on two thirds is not past it
    assert _marked("4", *_around(centre, near, side, side, near, centre, points=60)) == []  # two of four
    assert _marked("4", *_around(centre, near, near, centre, centre, points=60)) == []  # the third is on the centre
    across = 2 * centre - side
    assert _marked("4", *_around(centre, centre, near, near, across, centre, points=60)) == []  # or on the other side
    assert _marked("4", *_around(centre, near, across, near, centre, points=60)) == []


@pytest.mark.parametrize("near", [0, 1])
def test_near_a_lower_limit_of_0(near: int) -> None:
    """A month without incidents is on the limit of 0, so inside it, and past two thirds of the way."""
    assert _marked("4", *_around(6, near, near, 5, 6, points=60)) == [0, 1]


def test_near_both_limits_is_not_near_one() -> None:
    """One near the upper limit and one near the lower one have nothing to do with each other."""
    assert _marked("4", *_around(20, 31, 11, 21, 20, points=60)) == []


def test_beyond_the_limit_is_not_near_it() -> None:
    """A point outside counts for rule 1; it may be the third, but isn't one of the two."""
    assert _marked("4", *_around(20, 36, 31, 21, 20, points=60)) == []
    counts = _around(20, 31, 36, 31, 20, points=60)
    assert (_marked("4", *counts), _marked("1", *counts)) == ([0, 2], [1])
    on_the_limit = _around(20, 35, 35, 21, 20, points=60)
    assert (_marked("4", *on_the_limit), _marked("1", *on_the_limit)) == ([0, 1], [])


def test_two_points_are_no_three() -> None:
    """The shortest series that can be judged has three points."""
    assert _marked("4", 1, 9) == _marked("4", 30, 30) == []


# --- which rules, and how they stand together ----------------------------------------


@pytest.mark.parametrize(("extra", "rules"), [(0, {"3", "4"}), (-1, set())])
def test_all_rules_from_five_a_point(extra: int, rules: set[str]) -> None:
    """Exactly five a point: all four rules. One incident fewer in the whole series: the first two only."""
    counts = _around(5, 2, 3, 4, 5, 6, 7, 8, 5, 11, 11, 6, 5, points=60)
    counts[-1] += extra
    texts = _chart(*counts)["signaal"].drop_nulls().to_list()
    assert {rule for text in texts for rule in text.split("+")} & {"3", "4"} == rules


def test_signals_are_joined_in_order() -> None:
    """A long rise that ends beyond the limit."""
    texts = _chart(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 40)["signaal"].to_list()
    assert texts[-1] == "1+3"
    assert texts[0] == "1+2+3"


def test_segments_are_judged_on_their_own() -> None:
    """A run doesn't go on across a change of system, and each segment has its own lines."""
    before, after = _counts([(11, UNIT)] * 4 + [(9, UNIT)] * 4), _counts([(31, UNIT)] * 6 + [(1, UNIT)], deel=2)
    later = after.with_columns(pl.Series("maand", _months(20)[8:15]))
    school = with_limits(pl.concat([before, later]))
    assert school["midden"].to_list() == pytest.approx([10.0] * 8 + [187 / 7] * 7)
    assert school["signaal"].to_list() == [None] * 14 + ["1"]
    alone = pl.concat([with_limits(before), with_limits(later)])
    assert_frame_equal(school, alone)


def test_schools_are_judged_on_their_own() -> None:
    """The same months of another school, in any order of rows, change nothing."""
    one = _counts([(11, UNIT)] * 7 + [(3, UNIT)] * 2)
    other = _counts([(80, UNIT * 9)] * 3, brin6="*")
    together = with_limits(pl.concat([one, other]).sample(fraction=1, shuffle=True, seed=1))
    assert_frame_equal(together.filter(pl.col("brin6") == "99XX00"), with_limits(one))
    assert_frame_equal(together.filter(pl.col("brin6") == "*"), with_limits(other))


# --- the same once more, slowly ------------------------------------------------------


def _quantile(p: str, mean: Fraction) -> int:
    """The smallest count that is not exceeded with chance p, summed term by term with fifty digits."""
    with localcontext() as context:
        context.prec = 50
        expected = Decimal(mean.numerator) / Decimal(mean.denominator)
        term = total = (-expected).exp()
        count = 0
        while total < Decimal(p):
            count += 1
            term *= expected / count
            total += term
        return count


def _slow_signals(points: Points) -> list[str | None]:
    """The rules read aloud, point by point, in fractions."""
    total, days = sum(count for count, _ in points), sum(size for _, size in points)
    counts, rates = [count for count, _ in points], [Fraction(count, size) for count, size in points]
    means = [Fraction(total * size, days) for _, size in points]
    lower, upper = ([_quantile(p, mean) for mean in means] for p in ("0.00135", "0.99865"))
    everything = range(len(points))
    sides = [_compare(counts[at], means[at]) for at in everything]
    beyond = {at for at in everything if not lower[at] <= counts[at] <= upper[at]}
    high = {at for at in everything if counts[at] > means[at] + (upper[at] - means[at]) * 2 / 3} - beyond
    low = {at for at in everything if counts[at] < means[at] - (means[at] - lower[at]) * 2 / 3} - beyond
    runs, slopes, pairs = set[int](), set[int](), set[int]()
    for start in everything[: -(7 - 1)]:
        seven = range(start, start + 7)
        if {sides[at] for at in seven} in ({1}, {-1}):
            runs.update(seven)
        if {_compare(rates[at + 1], rates[at]) for at in seven[:-1]} in ({1}, {-1}):
            slopes.update(seven)
    for start in everything[: -(3 - 1)]:
        three = range(start, start + 3)
        for side, near in ((1, high), (-1, low)):
            if {sides[at] for at in three} == {side} and len(near & set(three)) >= 2:
                pairs |= near & set(three)
    marks = {"1": beyond, "2": runs, "3": slopes, "4": pairs}
    names = [name for name in marks if 2 * total >= 3 * len(points) and (name in "12" or total >= 5 * len(points))]
    return ["+".join(name for name in names if at in marks[name]) or None for at in everything]


def _compare(one: Fraction | int, other: Fraction) -> int:
    return (one > other) - (one < other)


levels = st.integers(0, 14)
stretches = st.one_of(
    st.lists(levels, min_size=1, max_size=6),
    st.lists(levels, min_size=6, max_size=9, unique=True).map(sorted),
    st.lists(levels, min_size=6, max_size=9, unique=True).map(lambda counts: sorted(counts, reverse=True)),
    st.lists(st.integers(5, 7), min_size=5, max_size=9),
    st.lists(st.integers(9, 24), min_size=1, max_size=5),
)


@st.composite
def _series(draw: st.DrawFn) -> Points:
    """Rises, falls, runs and peaks, often with ties, in months of equal or of changing size."""
    counts = [count for stretch in draw(st.lists(stretches, min_size=1, max_size=5)) for count in stretch]
    sizes = draw(st.sampled_from([[UNIT], [UNIT, UNIT // 2], [14_000, 21_000, 7_000], [811 * 19, 820 * 15, 1]]))
    return [(count, draw(st.sampled_from(sizes))) for count in counts]


@settings(patient, max_examples=300)
@given(_series())
def test_signals_are_those_of_the_rules_read_aloud(points: Points) -> None:
    """Lines and signals of any series, beside the slow reading."""
    chart = with_limits(_counts(points))
    assert chart["signaal"].to_list() == _slow_signals(points)


@patient
@given(_series())
def test_limits_are_those_of_plain_summation(points: Points) -> None:
    """Each limit, times the exposure, is a whole count: the quantile by definition."""
    chart = with_limits(_counts(points))
    total, days = sum(count for count, _ in points), sum(size for _, size in points)
    for row in chart.drop_nulls("midden").iter_rows(named=True):
        mean = Fraction(total * row["persoonsdagen"], days)
        assert row["midden"] * row["blootstelling"] == pytest.approx(float(mean), rel=1e-12)
        assert row["onder"] * row["blootstelling"] == pytest.approx(_quantile("0.00135", mean), rel=1e-12)
        assert row["boven"] * row["blootstelling"] == pytest.approx(_quantile("0.99865", mean), rel=1e-12)


@patient
@given(_series(), st.integers(2, 5))
def test_the_size_of_a_pupil_day_doesnt_matter(points: Points, times: int) -> None:
    """Twice the pupil days everywhere halves every rate and changes no signal."""
    bigger = with_limits(_counts([(count, size * times) for count, size in points]))
    assert bigger["signaal"].to_list() == with_limits(_counts(points))["signaal"].to_list()


@patient
@given(_series())
def test_centre_and_runs_as_in_shewhart(points: Points) -> None:
    """Another library's centre, and its search for runs and trends when told that they take seven points."""
    counts, sizes = (np.array(column, dtype=np.float64) for column in zip(*points, strict=True))
    chart = with_limits(_counts(points)).with_columns(pl.col("signaal").fill_null(""))
    if chart["midden"].null_count() or counts.sum() < 5 * len(points) or len(points) == 1:
        return
    centre = u_chart(counts, size=sizes / UNIT, rules="none").stats["u_center"]
    assert chart["midden"].to_list() == pytest.approx([centre] * len(points))
    total, days = int(counts.sum()), int(sizes.sum())
    sides = np.array([np.sign(int(count) * days - total * int(size)) for count, size in points], dtype=np.float64)
    order = sorted({Fraction(count, size) for count, size in points})
    ranks = np.array([order.index(Fraction(count, size)) for count, size in points], dtype=np.float64)
    for rule, found in (("2", other_rules._same_side(sides, 7)), ("3", other_rules._trending(ranks, 7))):
        expected = {number for stretch in found for number in stretch}
        assert {number for number, text in enumerate(chart["signaal"]) if rule in text} == expected


# --- rare events ---------------------------------------------------------------------


def _gaps(*gaps: int | None, brin6: str = "99XX00", deel: int = 1) -> pl.DataFrame:
    kinds = {"brin6": pl.String, "deel": pl.Int64, "lesdagen_sinds_vorige": pl.Int64}
    return pl.DataFrame([(brin6, deel, gap) for gap in gaps], schema=kinds, orient="row")


def test_a_long_quiet_time_is_a_signal() -> None:
    """A mean of 20 school days: up to 132 is chance."""
    chart = with_rare_limits(_gaps(None, *[5] * 9, 155))
    assert chart["midden"].to_list() == [20.0] * 11
    assert chart["boven"].to_list() == pytest.approx([-20 * log(0.00135)] * 11)
    assert chart["signaal"].to_list() == [None] * 10 + ["1"]
    for longest, signals in ((94, 0), (95, 1)):  # the longest gap is itself a part of the mean
        chart = with_rare_limits(_gaps(None, *[7] * 11, longest))
        assert chart["signaal"].count() == signals


def test_gaps_that_arent_known_count_in_no_mean() -> None:
    """The first incident and the first after an undelivered month have no gap, yet have their lines."""
    chart = with_rare_limits(_gaps(None, 10, None, 30))
    assert chart["midden"].to_list() == [20.0] * 4
    assert chart["signaal"].null_count() == 4


def test_one_incident_has_no_lines() -> None:
    """Without a gap there is no mean; incidents on one day have a gap of 0 and that is no signal."""
    one = with_rare_limits(_gaps(None))
    assert one.select("midden", "boven", "signaal").row(0) == (None, None, None)
    same_day = with_rare_limits(_gaps(None, 0, 0))
    assert same_day.select("midden", "boven", "signaal").rows() == [(0.0, 0.0, None)] * 3


def test_rare_segments_are_judged_on_their_own() -> None:
    """Neither another school's gaps nor those before a change of system count, and rows keep their order."""
    parts = [_gaps(None, 4, 6), _gaps(None, 40), _gaps(None, 90, deel=2)]
    parts[1] = parts[1].with_columns(brin6=pl.lit("*"))
    together = with_rare_limits(pl.concat(parts))
    assert together["midden"].to_list() == [5.0] * 3 + [40.0] * 2 + [90.0] * 2
    assert_frame_equal(together, pl.concat([with_rare_limits(part) for part in parts]))
    nothing = with_rare_limits(_gaps())
    assert [nothing.schema[name] for name in ("midden", "boven", "signaal")] == [pl.Float64, pl.Float64, pl.String]
