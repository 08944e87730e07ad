"""Schools beside each other on every indicator: the same numbers as a slow twin makes of them, row by row."""

from __future__ import annotations

from math import exp, sqrt
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.indicators import side_by_side
from tests.indicators.school_funnels import UNIT, brin6, rate_funnel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Z = 1.959963984540054
"""The standard normal deviate that 2.5 % lies beyond."""

PURPOSES, SHARES, MEDIANS = ("p", "q"), ("maatregel", "afgehandeld"), ("dagen_tot_maatregel", "dagen_tot_afhandeling")

Counts = dict[tuple[str, str], tuple[int, int]]
"""Of a school (brin6) and what it is about: a part and its whole."""

patient = settings(deadline=None, max_examples=40)

parts = st.integers(0, 40).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def _wilson(part: int, whole: int) -> tuple[float, float]:
    """As Wilson wrote it; the twin rounds the ends that are 0 or 1 by themselves."""
    share, room = part / whole, Z**2 / whole
    reach = Z * sqrt(share * (1 - share) / whole + room / (4 * whole))
    return (share + room / 2 - reach) / (1 + room), (share + room / 2 + reach) / (1 + room)


def _garwood(count: int) -> tuple[float, float]:
    """The means at which so many, or so few, are counted one time in forty."""
    low = _halved(lambda mean: 1 - _at_most(count - 1, mean) < 0.025, count) if count else 0.0
    return low, _halved(lambda mean: _at_most(count, mean) > 0.025, count)


def _at_most(most: int, mean: float) -> float:
    total = term = exp(-mean)
    for number in range(1, most + 1):
        term *= mean / number
        total += term
    return total


def _halved(is_too_low: Callable[[float], bool], count: int) -> float:
    low, high = 0.0, 5.0 * count + 20
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if is_too_low(middle) else (low, middle)
    return low


def _frame(rows: Sequence[Sequence[object]], texts: str, numbers: str) -> pl.DataFrame:
    schema = dict.fromkeys(texts.split(), pl.String) | dict.fromkeys(numbers.split(), pl.Int64)
    return pl.DataFrame(rows, schema=schema, orient="row")


def _coverage(pupils: Counts) -> pl.DataFrame:
    """`consent_coverage` of one day and reading, its group included. `pupils`: brin6 and purpose → valid, all."""
    rows = [
        (school, purpose, valid // 2, valid - valid // 2, all_ - valid, 3)
        for (school, purpose), (valid, all_) in _whole(pupils)
    ]
    return _frame(rows, "brin6 doel", "ja nee ongeldig onbekend")


def _uses(pupils: Counts) -> pl.DataFrame:
    rows = [(school, purpose, 2, all_, all_ - valid) for (school, purpose), (valid, all_) in _whole(pupils)]
    return _frame(rows, "brin6 doel", "publicaties gebruiken zonder_toestemming")


def _followup(reports: Counts) -> pl.DataFrame:
    """`incident_followup` of one period: shares as given, and of every school two medians of its brin6's length."""
    shares = [
        (school, measure, done, all_, done / all_ if all_ else None)
        for (school, measure), (done, all_) in _whole(reports)
    ]
    medians = [
        (school, measure, None, 4, float(len(school)))
        for school in {school for school, *_ in shares}
        for measure in MEDIANS
    ]
    schema = {"brin6": pl.String, "maat": pl.String, "teller": pl.Int64, "noemer": pl.Int64, "waarde": pl.Float64}
    return pl.DataFrame([*shares, *sorted(medians)], schema=schema, orient="row")


def _whole(counts: Counts) -> list[tuple[tuple[str, str], tuple[int, int]]]:
    """The counts of the schools, and those of the group for each of what they are about."""
    group: dict[tuple[str, str], tuple[int, int]] = {}
    for (_, about), (part, whole) in counts.items():
        before = group.get(("*", about), (0, 0))
        group["*", about] = (before[0] + part, before[1] + whole)
    return [*group.items(), *counts.items()]


def _counts(about: Sequence[str]) -> st.SearchStrategy[Counts]:
    keys = st.tuples(st.integers(0, 29).map(brin6), st.sampled_from(about))
    return st.dictionaries(keys, parts, max_size=30)


def _agrees(row: Mapping[str, Any], part: int, whole: int, group: tuple[int, int]) -> None:
    """A row of shares beside the counts it is made of."""
    assert (row["teller"], row["noemer"]) == (part, whole)
    assert row["groep"] == (pytest.approx(group[0] / group[1]) if group[1] else None)
    if not whole:
        assert (row["waarde"], row["van"], row["tot"]) == (None, None, None)
        return
    assert row["waarde"] == pytest.approx(part / whole)
    assert (row["van"], row["tot"]) == pytest.approx(_wilson(part, whole), abs=1e-12)


@patient
@given(_counts(PURPOSES), _counts(SHARES), _counts(PURPOSES))
def test_shares_against_the_twin(consent: Counts, reports: Counts, used: Counts) -> None:
    """Every school and indicator that occurs has one row, and nothing else has one: not the group, not a median."""
    frame = side_by_side.shares(_coverage(consent), _followup(reports), _uses(used))
    rows = {(row["onderwerp"], row["indicator"], row["brin6"]): row for row in frame.iter_rows(named=True)}
    named = {"toestemming": consent, "gebruik": used, "opvolging": reports}
    assert rows.keys() == {(name, about, school) for name, counts in named.items() for school, about in counts}
    assert len(rows) == frame.height
    for name, counts in named.items():
        whole = dict(_whole(counts))
        for (school, about), (part, all_) in counts.items():
            _agrees(rows[name, about, school], part, all_, whole["*", about])


@patient
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 900_000)), max_size=30))
def test_rates_against_the_twin(schools: list[tuple[int, int]]) -> None:
    """Incidents over exposure, between the means that could well give so many; the group is all over all."""
    frame = side_by_side.rates(rate_funnel(schools))
    assert frame["brin6"].to_list() == [brin6(place) for place in range(len(schools))]
    incidents, days = (sum(column) for column in zip(*schools, strict=True)) if schools else (0, 0)
    for row, (count, size) in zip(frame.iter_rows(named=True), schools, strict=True):
        exposure = size / UNIT
        assert (row["onderwerp"], row["indicator"], row["teller"]) == ("meldingen", "ratio", count)
        assert (row["noemer"], row["waarde"]) == pytest.approx((exposure, count / exposure))
        assert (row["van"], row["tot"]) == pytest.approx(tuple(end / exposure for end in _garwood(count)), rel=1e-9)
        assert row["groep"] == pytest.approx(UNIT * incidents / days)


def test_medians_have_no_interval() -> None:
    """Days are read as they are, beside those of the group; a median isn't a part of anything."""
    counts = {(brin6(place), measure): (1, 2) for place in range(2) for measure in SHARES}
    frame = side_by_side.medians(_followup(counts), MEDIANS)
    expected = [
        ("opvolging", measure, brin6(place), None, 4, 6.0, None, None, 1.0) for measure in MEDIANS for place in range(2)
    ]
    assert frame.rows() == expected


@pytest.mark.parametrize("schools", [1, 2, 7, 30])
def test_indicators_stand_in_the_order_asked_for(schools: int) -> None:
    """Subject by subject; within a subject as asked, and what wasn't asked for behind it; schools keep their order."""
    names = [brin6(place) for place in range(schools)]
    consent = _coverage({(name, purpose): (1, 2) for name in names for purpose in PURPOSES})
    followup = _followup({(name, measure): (1, 2) for name in names for measure in SHARES})
    uses = _uses({(name, purpose): (1, 2) for name in names for purpose in PURPOSES})
    frame = side_by_side.shares(consent, followup, uses, ["afgehandeld", "q"])
    shown = [("toestemming", "q"), ("toestemming", "p"), ("gebruik", "q"), ("gebruik", "p")]
    shown += [("opvolging", "afgehandeld"), ("opvolging", "maatregel")]
    assert frame.select("onderwerp", "indicator", "brin6").rows() == [(*key, name) for key in shown for name in names]


def test_nothing_delivered_is_no_row() -> None:
    """The three frames hold the same columns, whether there is a row or not."""
    nothing = side_by_side.shares(_coverage({}), _followup({}), _uses({}))
    assert nothing.is_empty()
    assert nothing.columns == list(side_by_side.COLUMNS)
    assert side_by_side.medians(_followup({})).schema == nothing.schema
    rates = side_by_side.rates(rate_funnel([]))
    assert rates.schema == nothing.schema | {"noemer": pl.Float64}
