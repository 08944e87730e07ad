"""What a funnel is said to say is what its rows hold, school by school."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.indicators.false_signals import coverage_false_flags, rate_false_flags
from dashboard.indicators.funnel_findings import FunnelFinding, coverage_finding, rate_finding
from dashboard.indicators.funnels import coverage_spread, rate_spread
from tests.indicators.school_funnels import UNIT, brin6, coverage_funnel, rate_funnel

patient = settings(deadline=None, max_examples=40)

pupils = st.integers(0, 300).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
reports = st.tuples(st.integers(0, 60), st.integers(1, 900_000))


def _twin(funnel: pl.DataFrame, value: str) -> dict[str, list[tuple[str, bool]]]:
    """By verdict the schools, and whether they lie above the group; row by row."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for row in funnel.iter_rows(named=True):
        is_above = row[value] is not None and row[value] > row["groep"]
        found.setdefault(row["oordeel"], []).append((row["brin6"], is_above))
    return found


def _agrees(finding: FunnelFinding, twin: dict[str, list[tuple[str, bool]]]) -> None:
    assert list(finding.outside) == twin.get("wijkt af", [])
    assert list(finding.watch) == twin.get("opletten", [])
    known = [len(schools) for verdict, schools in twin.items() if verdict != "geen gegevens"]
    assert finding.schools == finding.by_chance.schools == sum(known)


@patient
@given(st.lists(reports, max_size=30))
def test_rates_against_the_twin(schools: list[tuple[int, int]]) -> None:
    """Any number of schools; every one of them stands once, or is among the silent."""
    funnel = rate_funnel(schools)
    finding = rate_finding(funnel, [*funnel["brin6"], "99ZZ00"])
    _agrees(finding, _twin(funnel, "ratio"))
    assert finding.silent == ("99ZZ00",)
    assert (finding.subject, finding.spread) == ("meldingen", rate_spread(funnel))
    assert finding.by_chance == rate_false_flags(funnel)


def test_a_row_of_rates_without_data_is_a_silent_school() -> None:
    """It stands nowhere, and moves neither the spread nor what chance would do."""
    funnel = rate_funnel([(26, 3 * UNIT), (10, 3 * UNIT), (10, 3 * UNIT)])
    blank = funnel.tail(1).with_columns(
        pl.lit("99ZZ00").alias("brin6"),
        pl.lit("geen gegevens").alias("oordeel"),
        pl.lit(0.0).alias("blootstelling"),
        pl.lit(None, pl.Float64).alias("ratio"),
        pl.lit(None, pl.Float64).alias("onder95"),
    )
    finding, without = rate_finding(pl.concat([funnel, blank]), ["99ZZ01"]), rate_finding(funnel)
    assert finding.silent == ("99ZZ00", "99ZZ01")
    assert (finding.standings, finding.spread) == (without.standings, without.spread)
    assert finding.by_chance == without.by_chance


@patient
@given(st.lists(pupils, max_size=30))
def test_coverage_against_the_twin(schools: list[tuple[int, int]]) -> None:
    """Any number of schools, those without data among them."""
    funnel = coverage_funnel(schools)
    twin = _twin(funnel, "dekking")
    finding = coverage_finding(funnel)
    _agrees(finding, twin)
    assert list(finding.silent) == [school for school, _ in twin.get("geen gegevens", [])]
    assert (finding.subject, finding.spread) == ("dekking", coverage_spread(funnel))
    assert finding.by_chance == coverage_false_flags(funnel)


@pytest.mark.parametrize("group", [(0, 40), (1, 40), (13, 40), (39, 40), (40, 40)])
def test_the_usual_numbers_of_pupils_are_those_the_funnel_leaves_alone(group: tuple[int, int]) -> None:
    """A school of seven with each count it might have: `binnen` from the least to the most, and nowhere else."""
    valid, whole = group
    for count in range(max(0, valid - 33), min(7, valid) + 1):
        finding = coverage_finding(coverage_funnel([(count, 7), (valid - count, whole - 7)]))
        standing = finding.standing(brin6(0))
        assert standing is not None
        assert (standing.low <= count <= standing.high) == (standing.verdict == "binnen")


@pytest.mark.parametrize("days", [UNIT // 50, UNIT, 7 * UNIT])
def test_the_usual_numbers_of_reports_are_those_the_funnel_leaves_alone(days: int) -> None:
    """A small school and a large one with each count out of forty."""
    for count in range(41):
        standing = rate_finding(rate_funnel([(count, days), (40 - count, 10 * UNIT)])).standing(brin6(0))
        assert standing is not None
        assert (standing.low <= count <= standing.high) == (standing.verdict == "binnen")


def test_a_school_above_and_a_school_below() -> None:
    """Ten expected of each of twelve: 26 is above, 1 below, 17 on the edge above and 3 on that below."""
    counts = [26, 1, 17, 3, 10, 10, 10, 10, 10, 10, 9, 4]
    finding = rate_finding(rate_funnel([(count, 3 * UNIT) for count in counts]))
    assert finding.outside == ((brin6(0), True), (brin6(1), False))
    assert finding.watch == ((brin6(2), True), (brin6(3), False))
    standing = finding.standing(brin6(0))
    assert standing is not None
    assert (standing.count, standing.size, standing.low, standing.high) == (26, 3.0, 4, 16)
    assert (standing.value, standing.group) == pytest.approx((26 / 3, 10 / 3))
    assert finding.standing("99ZZ00") is None


@pytest.mark.parametrize("count", [1, 2, 7, 30])
def test_schools_that_are_alike_say_nothing(count: int) -> None:
    """One school is its own group; two, seven or thirty equal ones are all inside."""
    finding = rate_finding(rate_funnel([(12, 3 * UNIT)] * count))
    assert (finding.schools, finding.outside, finding.watch, finding.silent) == (count, (), (), ())
    assert (finding.spread is None) == (count == 1)


def test_no_schools() -> None:
    """Nothing to say, and nothing that chance could do."""
    for finding in (rate_finding(rate_funnel([])), coverage_finding(coverage_funnel([]))):
        assert (finding.standings, finding.silent, finding.spread) == ((), (), None)
        assert (finding.by_chance.schools, finding.by_chance.outside95, finding.by_chance.outside998) == (0, 0.0, 0.0)
