"""What a series says: every marked point in exactly one signal of its rule and side, and what is still going on."""

from collections.abc import Sequence
from datetime import date
from math import log

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.indicators import findings
from dashboard.indicators.control_charts import with_limits, with_rare_limits
from dashboard.indicators.findings import Break, Silence, TrendFinding, TrendSignal

UNIT = 20_000

Points = list[tuple[int, int]]
"""Incidents and pupil days, month by month."""

RARE = {"brin6": pl.String, "deel": pl.Int64, "datum": pl.Date, "lesdagen_sinds_vorige": pl.Int64}
EVENTS = {"datum": pl.Date, "brin6": pl.String, "soort": pl.String, "omschrijving": pl.String}
MONTHLY = {
    "maand": pl.String,
    "brin6": pl.String,
    "incidenten": pl.Int64,
    "leerlingen": pl.Int64,
    "lesdagen": pl.Int64,
    "aangeleverd": pl.Boolean,
}


def _months(number: int, first: int = 0) -> list[str]:
    return [f"{2020 + month // 12}-{month % 12 + 1:02d}" for month in range(first, first + number)]


def _series(points: Points, deel: int = 1, first: int = 0) -> pl.DataFrame:
    incidents, days = ([point[place] for point in points] for place in (0, 1))
    frame = pl.DataFrame({"maand": _months(len(points), first), "incidenten": incidents, "persoonsdagen": days})
    return frame.with_columns(brin6=pl.lit("99XX00"), deel=pl.lit(deel, pl.Int64))


def _trend(*counts: int) -> pl.DataFrame:
    """One unit of exposure every month, so that rates are counts."""
    return with_limits(_series([(count, UNIT) for count in counts]))


def _up_and_down(middle: int) -> Points:
    """Twenty points that signal nothing."""
    return [(middle - 3, UNIT), (middle + 3, UNIT)] * 10


def _finding(*counts: int) -> TrendFinding:
    found = findings.trend_finding(_trend(*counts))
    assert found is not None
    return found


def _places(signals: Sequence[TrendSignal]) -> list[tuple[str, bool, list[int]]]:
    """Rule, direction and points, from 0, of each signal."""
    months = _months(200)
    return [(signal.rule, signal.above, [months.index(month) for month in signal.months]) for signal in signals]


# --- the series as a whole -----------------------------------------------------------


def test_no_points_no_finding() -> None:
    """Nothing was delivered, or no month has pupils."""
    assert findings.trend_finding(_trend()) is None
    assert findings.signals(_trend()) == []
    assert findings.breaks(_trend(), pl.DataFrame(schema=EVENTS)) == []


def test_one_point() -> None:
    """A single month is a series, though nothing can be said of it."""
    found = _finding(9)
    assert (found.first, found.last, found.points, found.part, found.incidents) == ("2020-01", "2020-01", 1, 1, 9)
    assert (found.centre, found.is_provisional, found.is_constant, found.signals) == (9.0, True, False, ())


@pytest.mark.parametrize(("points", "provisional"), [(11, True), (12, False)])
def test_a_constant_rate(points: int, provisional: bool) -> None:
    """Every month alike, also where months differ in length; twelve points are enough for limits that stay."""
    found = findings.trend_finding(with_limits(_series([(6, UNIT), (9, 3 * UNIT // 2)] * 6).head(points)))
    assert found is not None
    assert (found.is_constant, found.is_provisional, found.is_rare, found.signals) == (True, provisional, False, ())
    assert not _finding(6, 6, 6, 7).is_constant


@pytest.mark.parametrize(
    ("counts", "rare", "rules"),
    [((1, 1, 2), True, ()), ((1, 2), False, ("1", "2")), ((5, 5), False, ("1", "2", "3", "4")), ((0, 0), True, ())],
)
def test_too_few_for_a_chart_by_month(counts: tuple[int, ...], rare: bool, rules: tuple[str, ...]) -> None:
    """Below one and a half a point there are no lines; the rules that hold are named."""
    found = _finding(*counts)
    assert (found.is_rare, found.centre is None, found.rules) == (rare, rare, rules)
    assert found.expected == sum(counts) / len(counts)


def test_only_the_last_part_is_told_but_all_are_marked() -> None:
    """After a change of system the answer is of the new part; the chart marks both."""
    before, after = _series([*_up_and_down(10), (40, UNIT)]), _series([*_up_and_down(30), (2, UNIT)], 2, 25)
    trend = with_limits(pl.concat([after, before]))
    found = findings.trend_finding(trend)
    assert found is not None
    assert (found.part, found.first, found.points, found.incidents) == (2, _months(1, 25)[0], 21, 602)
    assert _places(found.signals) == [("1", False, [45])]
    assert _places(findings.signals(trend)) == [("1", True, [20]), ("1", False, [45])]


def test_recent_is_what_holds_the_last_point() -> None:
    """A run that goes on to the end is of now; one that ended isn't; no sign at all is neither."""
    going_on = _finding(*[12, 8] * 10, *[7] * 7)
    assert _places(going_on.recent) == _places(going_on.signals) == [("2", False, list(range(19, 27)))]
    ended = _finding(*[7] * 7, *[12, 8] * 10)
    assert (ended.recent, _places(ended.signals)) == ((), [("2", False, list(range(7)))])
    assert _finding(*[12, 8] * 10).signals == ()


# --- signals -------------------------------------------------------------------------


def test_points_beyond_a_limit_are_one_signal_as_long_as_they_follow_each_other() -> None:
    """Two in a row are one; a third later another; below is another than above."""
    found = _finding(9, 10, 40, 41, 10, 42, 9, *[11, 9] * 30, 0, 10)
    beyond = [signal for signal in _places(found.signals) if signal[0] == "1"]
    assert beyond == [("1", True, [2, 3]), ("1", True, [5]), ("1", False, [67])]


def test_a_limit_crossed_both_ways_in_a_row() -> None:
    """Far above and then far below: neighbours, but two signals."""
    found = _finding(10, 11, 30, 0, *[9, 11] * 20)
    assert _places(found.signals) == [("1", True, [2]), ("1", False, [3])]


def test_runs_on_either_side() -> None:
    """One goes over into the other; each is a signal of its own."""
    found = _finding(*[12] * 8, *[8] * 8)
    assert [signal for signal in _places(found.signals) if signal[0] == "2"] == [
        ("2", True, list(range(8))),
        ("2", False, list(range(8, 16))),
    ]


def test_a_rise_and_a_fall_share_the_point_between() -> None:
    """Up and then down: two signals that meet at the top."""
    found = _finding(*range(4, 12), *range(10, 3, -1))
    assert [signal for signal in _places(found.signals) if signal[0] == "3"] == [
        ("3", True, list(range(8))),
        ("3", False, list(range(7, 15))),
    ]


def test_two_rises_apart() -> None:
    """One step down between them: two signals, and the step down isn't one."""
    found = _finding(*range(6, 13), *range(7, 14))
    assert [signal for signal in _places(found.signals) if signal[0] == "3"] == [
        ("3", True, list(range(7))),
        ("3", True, list(range(7, 14))),
    ]


def test_near_a_limit_with_a_point_between() -> None:
    """Two of three are one signal, whether or not the third lies between them; further on, or across, is another."""
    filling = [20, 19] * 30
    for three, places in (((31, 22, 31), [0, 2]), ((31, 31, 22), [0, 1]), ((22, 31, 31), [1, 2])):
        found = _places(_finding(*three, 15, *filling).signals)
        assert [signal for signal in found if signal[0] == "4"] == [("4", True, places)]
    for six in ((31, 31, 22, 15, 31, 31, 22), (31, 31, 22, 22, 31, 31), (22, 31, 31, 15, 31, 31, 22)):
        places = [place for place, count in enumerate(six) if count == 31]
        twice = [signal for signal in _places(_finding(*six, 15, *filling).signals) if signal[0] == "4"]
        assert twice == [("4", True, places[:2]), ("4", True, places[2:])]


def test_near_both_limits_in_turn() -> None:
    """Pairs near the upper and the lower limit, next to each other: two signals."""
    found = _places(_finding(22, 31, 31, 10, 10, 18, *[20, 19] * 30).signals)
    assert [signal for signal in found if signal[0] == "4"] == [("4", True, [1, 2]), ("4", False, [3, 4])]


def _slow(trend: pl.DataFrame) -> set[tuple[str, bool, tuple[int, ...]]]:
    """Every signal of one part, by trying all stretches of its points: the longest that are one signal."""
    rows = trend.to_dicts()
    rates = [row["ratio"] for row in rows]
    if rows[0]["midden"] is None:
        return set()
    sides = [_direction(row["midden"], row["ratio"]) for row in rows]
    found = set()
    for rule in "1234":
        marked = [rule in (row["signaal"] or "") for row in rows]
        marks = [at for at, known in enumerate(marked) if known]
        for sign in (1, -1):
            stretches = [
                (first, last)
                for first in marks
                for last in marks
                if first <= last
                if _is_one(rule, sign, range(first, last + 1), marked, sides, rates)
            ]
            for first, last in stretches:
                if not any((a <= first and last < b) or (a < first and last <= b) for a, b in stretches):
                    points = tuple(at for at in range(first, last + 1) if marked[at])
                    found.add((rule, sign > 0, points))
    return found


def _is_one(rule: str, sign: int, stretch: range, marked: list[bool], sides: list[int], rates: list[float]) -> bool:
    """Whether these points, from a marked one to a marked one, are one signal."""
    if rule == "3":
        return len(stretch) >= 7 and {_direction(rates[at], rates[at + 1]) for at in stretch[:-1]} == {sign}
    if {sides[at] for at in stretch} != {sign}:
        return False
    if rule == "4":
        return all(marked[at] or (marked[at - 1] and marked[at + 1]) for at in stretch)
    return all(marked[at] for at in stretch)


def _direction(one: float, other: float) -> int:
    same = abs(one - other) <= 1e-9 * max(abs(one), abs(other))
    return 0 if same else 1 if other > one else -1


levels = st.integers(0, 14)
stretches = st.one_of(
    st.lists(levels, min_size=1, max_size=6),
    st.lists(levels, min_size=6, max_size=9, unique=True).map(sorted),
    st.lists(levels, min_size=6, max_size=9, unique=True).map(lambda counts: sorted(counts, reverse=True)),
    st.lists(st.integers(5, 7), min_size=5, max_size=9),
    st.lists(st.integers(9, 24), min_size=1, max_size=5),
)


@st.composite
def _any_points(draw: st.DrawFn) -> Points:
    counts = [count for stretch in draw(st.lists(stretches, min_size=1, max_size=5)) for count in stretch]
    sizes = draw(st.sampled_from([[UNIT], [UNIT, UNIT // 2], [14_000, 21_000, 7_000]]))
    return [(count, draw(st.sampled_from(sizes))) for count in counts]


@settings(deadline=None, max_examples=200)
@given(_any_points())
def test_signals_are_those_of_a_slow_reading(points: Points) -> None:
    """Any series: the same signals, in order, and every mark of the chart in at least one of its rule."""
    trend = with_limits(_series(points))
    found = _places(findings.signals(trend))
    assert {(rule, above, tuple(places)) for rule, above, places in found} == _slow(trend)
    assert len(found) == len(_slow(trend))
    assert [(places[0], rule) for rule, _, places in found] == sorted((places[0], rule) for rule, _, places in found)
    marks = {(rule, at) for at, text in enumerate(trend["signaal"]) if text for rule in text.split("+")}
    assert {(rule, at) for rule, _, places in found for at in places} == marks


# --- new parts -----------------------------------------------------------------------


def _events(*rows: tuple[date, str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=EVENTS, orient="row")


def test_why_a_new_part_begins() -> None:
    """The changes of system or definition since the part before, of the school or of everybody, and no others."""
    trend = with_limits(pl.concat([_series([(5, UNIT)] * 3), _series([(5, UNIT)] * 3, 2, 5)]))
    events = _events(
        (date(2020, 6, 30), "*", "definitie", "nieuwe definitie"),
        (date(2020, 4, 1), "99XX00", "systeemwissel", "nieuw systeem"),
        (date(2020, 5, 1), "99YY00", "systeemwissel", "een andere school"),
        (date(2020, 5, 1), "*", "campagne", "een campagne"),
        (date(2020, 3, 31), "*", "definitie", "te vroeg"),
        (date(2020, 7, 1), "*", "definitie", "te laat"),
    )
    reasons = ((date(2020, 4, 1), "nieuw systeem"), (date(2020, 6, 30), "nieuwe definitie"))
    assert findings.breaks(trend, events) == [Break(2, "2020-06", reasons)]
    assert findings.breaks(_trend(5, 5), events) == []
    group = findings.breaks(trend.with_columns(brin6=pl.lit("*")), events)
    assert [part.events for part in group] == [((date(2020, 6, 30), "nieuwe definitie"),)]


def test_what_single_schools_changed() -> None:
    """During the series of the group: not before its second month, not after its last, and nothing of everybody."""
    trend = _trend(5, 5, 5).with_columns(brin6=pl.lit("*"))
    events = _events(
        (date(2020, 3, 31), "99YY00", "definitie", "nieuwe definitie"),
        (date(2020, 2, 1), "99XX00", "systeemwissel", "nieuw systeem"),
        (date(2020, 2, 1), "*", "systeemwissel", "van iedereen"),
        (date(2020, 2, 1), "99XX00", "campagne", "een campagne"),
        (date(2020, 1, 31), "99XX00", "definitie", "te vroeg"),
        (date(2020, 4, 1), "99XX00", "definitie", "te laat"),
    )
    assert findings.changes_of_schools(trend, events) == [
        ("99XX00", date(2020, 2, 1), "nieuw systeem"),
        ("99YY00", date(2020, 3, 31), "nieuwe definitie"),
    ]
    assert findings.changes_of_schools(trend.clear(), events) == []


# --- a group whose schools come and go -----------------------------------------------


def _monthly(brin6: str, counts: Sequence[int | None], pupils: int = 1000) -> pl.DataFrame:
    rows = [
        (month, brin6, count, pupils, 20, count is not None)
        for month, count in zip(_months(len(counts)), counts, strict=True)
    ]
    return pl.DataFrame(rows, schema=MONTHLY, orient="row")


def _group(*schools: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Months of schools, and the series of the group over those that delivered."""
    monthly = pl.concat(schools)
    days = (pl.col("leerlingen") * pl.col("lesdagen")).sum().alias("persoonsdagen")
    points = monthly.filter("aangeleverd", pl.col("leerlingen") > 0).group_by("maand")
    together = points.agg(pl.col("incidenten").sum(), days)
    return monthly, with_limits(together.with_columns(brin6=pl.lit("*"), deel=pl.lit(1, pl.Int64)))


def test_a_school_that_comes_isnt_a_change() -> None:
    """A school that reports little joins: the line of the group falls; that of the others shows no sign."""
    steady = [9, 11] * 10
    monthly, trend = _group(_monthly("A", steady), _monthly("B", steady), _monthly("C", [None] * 12 + [1] * 8, 3000))
    found = findings.trend_finding(trend)
    assert found is not None
    assert "2" in {signal.rule for signal in found.recent}
    alone = findings.steady_group(monthly, trend)
    assert alone is not None
    assert (alone.schools, alone.finding.signals, alone.finding.incidents) == (2, (), 400)
    assert (alone.finding.points, alone.finding.centre) == (20, 10.0)


def test_a_group_that_stays_together_needs_no_second_look() -> None:
    """All deliver every month, or none does; the row of the group itself is no school."""
    both = _group(_monthly("A", [9, 11]), _monthly("B", [9, 11]))
    assert findings.steady_group(*both) is None
    turns = _group(_monthly("A", [9, None]), _monthly("B", [None, 11]))
    assert findings.steady_group(*turns) is None
    monthly, trend = both
    assert findings.steady_group(pl.concat([monthly, _monthly("*", [18, 22])]), trend) is None
    assert findings.steady_group(monthly.clear(), trend.clear()) is None


def test_a_school_without_pupils_isnt_in_the_group() -> None:
    """It is no point of the series, so it doesn't come or go either; with pupils in some months it does."""
    monthly, trend = _group(_monthly("A", [9, 11]), _monthly("B", [0, 0], 0))
    assert findings.steady_group(monthly, trend) is None
    half = _monthly("B", [4, 4]).with_columns(pl.Series("leerlingen", [1000, 0]))
    alone = findings.steady_group(*_group(_monthly("A", [9, 11]), half))
    assert alone is not None
    assert (alone.schools, alone.finding.incidents) == (1, 20)


def test_the_row_of_the_group_is_no_school() -> None:
    """It is there every month, whoever delivers."""
    monthly, trend = _group(_monthly("A", [9, 11]), _monthly("B", [None, 4]))
    alone = findings.steady_group(pl.concat([monthly, _monthly("*", [9, 15])]), trend)
    assert alone is not None
    assert (alone.schools, alone.finding.incidents) == (1, 20)


def test_only_the_last_part_of_the_group_is_looked_at() -> None:
    """A school that came with the new part was there all along; one that left in it wasn't."""
    came, left = _monthly("B", [None, None, None, 4, 4, 4]), _monthly("C", [5, 5, 5, 5, 5, None])
    monthly, trend = _group(_monthly("A", [9] * 6), came, left)
    parts = trend.with_columns(pl.when(pl.col("maand") > "2020-03").then(2).otherwise(1).cast(pl.Int64).alias("deel"))
    alone = findings.steady_group(monthly, parts)
    assert alone is not None
    assert (alone.schools, alone.finding.first, alone.finding.points, alone.finding.incidents) == (2, "2020-04", 3, 39)


# --- rare incidents ------------------------------------------------------------------


def _rare(*gaps: int | None, deel: int = 1, start: date = date(2025, 1, 6)) -> pl.DataFrame:
    days = [date.fromordinal(start.toordinal() + 7 * place) for place in range(len(gaps))]
    rows = [("99XX00", deel, day, gap) for day, gap in zip(days, gaps, strict=True)]
    return with_rare_limits(pl.DataFrame(rows, schema=RARE, orient="row"))


def test_gaps_between_rare_incidents() -> None:
    """How many, how long on average, and which of them chance alone doesn't explain."""
    gaps = [None, *[2] * 12, 200, 2, None, 2]
    found = findings.rare_finding(_rare(*gaps).sample(fraction=1, shuffle=True, seed=1))
    assert found is not None
    assert (found.incidents, found.gaps, found.mean) == (17, 15, 228 / 15)
    assert found.limit == pytest.approx(-228 / 15 * log(0.00135))
    assert (found.last, found.signals) == (date(2025, 4, 28), (date(2025, 4, 7),))
    assert (found.can_signal, found.is_recent) == (True, False)
    recent = findings.rare_finding(_rare(None, *[2] * 12, 200))
    assert recent is not None
    assert recent.is_recent


@pytest.mark.parametrize(("gaps", "can"), [(6, False), (7, True)])
def test_six_gaps_cant_signal(gaps: int, can: bool) -> None:
    """However long the last one is; with seven it can."""
    found = findings.rare_finding(_rare(None, *[1] * (gaps - 1), 10_000))
    assert found is not None
    assert (found.can_signal, len(found.signals)) == (can, int(can))


def test_nothing_rare() -> None:
    """No incident is no finding; one is a finding without a gap."""
    assert findings.rare_finding(_rare()) is None
    found = findings.rare_finding(_rare(None))
    assert found is not None
    assert (found.incidents, found.gaps, found.mean, found.limit, found.signals) == (1, 0, None, None, ())


def test_only_the_last_part_of_the_rare_incidents() -> None:
    """Parts differ in their mean; where the last part has no incident at all, there is nothing to say of it."""
    rows = pl.concat([_rare(None, 5, 7), _rare(None, 9, 9, 12, deel=2, start=date(2025, 6, 2))])
    for first in ("", "2025-06"):
        found = findings.rare_finding(rows.drop("deel"), first)
        assert found is not None
        assert (found.incidents, found.gaps, found.mean) == (4, 3, 10.0)
    assert findings.rare_finding(rows.drop("deel"), "2025-08") is None


@pytest.mark.parametrize(
    ("counts", "day", "silence"),
    [
        ((1, 0, 0), date(2020, 3, 22), Silence(date(2020, 3, 22), 40)),
        ((1, 0, 0), date(2020, 5, 3), Silence(date(2020, 3, 31), 40)),
        ((1, 0, None, 0), date(2020, 4, 30), Silence(date(2020, 2, 29), 20)),
        ((1, None, 0), date(2020, 3, 31), None),
        ((1,), date(2020, 1, 31), None),
    ],
)
def test_how_long_it_has_been_quiet(counts: tuple[int | None, ...], day: date, silence: Silence | None) -> None:
    """The whole months since, up to the first that wasn't delivered; of the month of the report nothing is claimed."""
    assert findings.running_silence(date(2020, 1, 8), _monthly("99XX00", counts), day) == silence


def test_quiet_without_pupils_is_unknown() -> None:
    """A month in which nobody was there says nothing."""
    gone = pl.concat([_monthly("99XX00", (1, 0, 0)).head(2), _monthly("99XX00", (1, 0, 0), pupils=0).tail(1)])
    assert findings.running_silence(date(2020, 1, 8), gone, date(2020, 3, 31)) == Silence(date(2020, 2, 29), 20)
