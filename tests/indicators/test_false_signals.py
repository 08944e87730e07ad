"""What a page says chance alone would do is what chance does: by simulation and, where that can be done, exactly."""

from fractions import Fraction
from itertools import product
from math import comb, log, prod

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray
from scipy.stats import binom, hypergeom

from dashboard.indicators.control_charts import with_limits, with_rare_limits
from dashboard.indicators.false_signals import (
    coverage_false_flags,
    marked_by_chance,
    rare_false_signals,
    rate_false_flags,
    trend_false_signals,
)
from dashboard.indicators.funnels import with_coverage_funnel, with_rate_funnel

UNIT = 20_000
GROUPS = 2000
MONTHS = 24
SCHOOL_DAYS = np.array([15, 19, 21, 16, 20, 14, 18, 22] * 3)


def _stable_groups(expected: float, months: int = MONTHS) -> pl.DataFrame:
    """Groups of which the true rate never changes; only chance and the length of the month move the counts."""
    days = SCHOOL_DAYS[:months]
    chance = np.random.default_rng(7).poisson(expected * days / days.mean(), (GROUPS, months))
    return pl.DataFrame(
        {
            "maand": [f"{2020 + month // 12}-{month % 12 + 1:02d}" for month in range(months)] * GROUPS,
            "brin6": np.repeat([f"{number:04d}" for number in range(GROUPS)], months),
            "deel": 1,
            "incidenten": chance.ravel(),
            "persoonsdagen": np.tile(days * 1000, GROUPS),
        }
    )


@pytest.mark.parametrize(
    ("expected", "stated"),  # marked points in a hundred; first two rules only, then all four
    [(3.0, (2.0, 4.5)), (10.0, (2.0, 4.5))],
)
def test_two_thousand_stable_groups_signal_as_often_as_is_stated(expected: float, stated: tuple[float, float]) -> None:
    """The share of marked points, and of series with one, beside what is said of the first hundred of them."""
    charts = with_limits(_stable_groups(expected))
    marks = charts["signaal"].is_not_null().to_numpy().reshape(GROUPS, MONTHS)
    said = trend_false_signals(charts.head(100 * MONTHS), runs=100)
    for seen, share in ((marks.mean(axis=1), said["signalen"] / MONTHS), (marks.any(axis=1), said["kans"])):
        error = np.hypot(np.std(seen) / GROUPS**0.5, np.std(seen) / (100 * 100) ** 0.5)
        assert float(np.mean(seen)) == pytest.approx(share.to_numpy().mean(), abs=4 * error)
    assert stated[0] < 100 * marks.mean() < stated[1]


def test_six_points_have_only_the_first_rule() -> None:
    """Then each point is binomial, given the sum: the average can be worked out."""
    counts, days = np.array([3, 2, 4, 1, 3, 2]), np.array([1.0, 1.0, 0.4, 1.0, 2.0, 0.6])
    trend = pl.DataFrame({"maand": [*"abcdef"], "brin6": "*", "deel": 1, "incidenten": counts, "blootstelling": days})
    (row,) = trend_false_signals(trend, runs=400_000).iter_rows(named=True)
    own = with_limits(trend.with_columns(persoonsdagen=(pl.col("blootstelling") * UNIT).cast(pl.Int64)))
    upper = np.rint((own["boven"] * own["blootstelling"]).to_numpy())
    exact = float(np.sum(binom.sf(upper, 15, days / days.sum())))
    assert own["onder"].sum() == 0  # so nothing can lie below
    assert row["signalen"] == pytest.approx(exact, abs=4 * (exact / 400_000) ** 0.5)
    assert (row["punten"], row["verwacht"]) == (6, 2.5)


def test_too_few_for_a_chart_is_no_chance_of_a_signal() -> None:
    """Null, not 0: there is no chart that could signal."""
    trend = with_limits(_stable_groups(0.4).head(MONTHS))
    assert trend_false_signals(trend).select("signalen", "kans").row(0) == (None, None)
    assert trend_false_signals(trend.clear()).height == 0


def test_what_is_said_doesnt_turn_with_its_neighbours() -> None:
    """The same series gives the same sentence, beside others and in any order of rows."""
    charts = with_limits(_stable_groups(6.0).head(3 * MONTHS))
    together = trend_false_signals(charts.sample(fraction=1, shuffle=True, seed=3), runs=50)
    apart = [trend_false_signals(charts.filter(pl.col("brin6") == brin6), runs=50) for brin6 in together["brin6"]]
    assert together.equals(pl.concat(apart))


# --- rare events ---------------------------------------------------------------------


@pytest.mark.parametrize("gaps", [7, 8, 12, 40, 150])
def test_rare_events_signal_as_often_as_is_stated(gaps: int) -> None:
    """Gaps of a steady stream, in days so fine that none are equal."""
    runs = 20_000
    drawn = np.random.default_rng(11).exponential(1e6, (runs, gaps)).astype(np.int64)
    frame = pl.DataFrame({"brin6": np.repeat(np.arange(runs), gaps), "deel": 1, "lesdagen_sinds_vorige": drawn.ravel()})
    marked = with_rare_limits(frame)["signaal"].is_not_null().to_numpy().reshape(runs, gaps)
    stated = rare_false_signals(gaps)
    assert marked.any(axis=1).mean() == pytest.approx(stated, abs=4 * (max(stated, 1e-5) / runs) ** 0.5)


def test_few_gaps_never_signal() -> None:
    """A gap is a part of its own mean: six gaps can't show one that is more than 6.6 times it."""
    assert [rare_false_signals(gaps) for gaps in range(7)] == [0.0] * 7


@pytest.mark.parametrize("gaps", [7, 13, 14, 50, 400])
def test_the_chance_of_a_silence_in_whole_numbers(gaps: int) -> None:
    """The terms as fractions, so that nothing is rounded, added up slowly."""
    limit = Fraction(-log(0.00135))
    signs = {k: (-1) ** (k - 1) for k in range(1, gaps + 1) if k * limit < gaps}
    exact = sum(sign * comb(gaps, k) * (1 - k * limit / gaps) ** (gaps - 1) for k, sign in signs.items())
    assert rare_false_signals(gaps) == pytest.approx(float(exact), rel=1e-9)


def test_the_chance_of_a_silence_is_a_chance() -> None:
    """It grows with the gaps, stays under their number times that of one, and never over 1: also of thousands."""
    chances = [rare_false_signals(gaps) for gaps in (7, 8, 20, 100, 1000, 5000)]
    assert chances == sorted(chances)
    assert chances[2] < 20 * 0.00135
    assert 0.99 < chances[-1] < 1


# --- funnels -------------------------------------------------------------------------


def _rates(incidents: list[int], sizes: list[int], group: int) -> pl.DataFrame:
    return with_rate_funnel(
        pl.DataFrame(
            {
                "incidenten": incidents,
                "persoonsdagen": sizes,
                "groep_incidenten": group,
                "groep_persoonsdagen": sum(sizes),
            },
            schema_overrides={"groep_incidenten": pl.Int64, "groep_persoonsdagen": pl.Int64},
        )
    )


@pytest.mark.parametrize("total", [0, 1, 7, 40])
def test_flags_of_the_rate_funnel_are_those_of_every_possible_count(total: int) -> None:
    """Each school with each count that it might have, judged by the funnel itself and weighed by its chance."""
    sizes = [UNIT, UNIT * 3, UNIT * 8, UNIT // 5]
    expected = {"opletten": 0.0, "wijkt af": 0.0, "binnen": 0.0}
    for count in range(total + 1):
        for size, said in zip(sizes, _rates([count] * 4, sizes, total)["oordeel"], strict=True):
            expected[said] += float(binom.pmf(count, total, size / sum(sizes)))
    flags = rate_false_flags(_rates([total, 0, 0, 0], sizes, total))
    assert flags.schools == 4
    assert flags.outside998 == pytest.approx(expected["wijkt af"], abs=1e-9)
    assert flags.outside95 == pytest.approx(expected["wijkt af"] + expected["opletten"], abs=1e-9)


@pytest.mark.parametrize("valid", [0, 3, 27, 36, 40])
def test_flags_of_the_coverage_funnel_are_those_of_every_possible_count(valid: int) -> None:
    """Schools of 1, 4 and 35 pupils, and one without any."""
    sizes = np.array([1, 4, 35])
    expected = {"opletten": 0.0, "wijkt af": 0.0}
    for size in sizes:
        for count in range(size + 1):
            said = _coverage(np.array([count]), np.array([size]), valid, 40)["oordeel"].item()
            if said in expected:
                expected[said] += float(hypergeom.pmf(count, 40, valid, size))
    shares = np.array([min(valid, 1), min(max(valid - 1, 0), 4), max(valid - 5, 0), 0])
    flags = coverage_false_flags(_coverage(shares, np.append(sizes, 0), valid, 40))
    assert flags.schools == 3
    assert flags.outside998 == pytest.approx(expected["wijkt af"], abs=1e-9)
    assert flags.outside95 == pytest.approx(expected["wijkt af"] + expected["opletten"], abs=1e-9)


def _coverage(valid: NDArray[np.int64], pupils: NDArray[np.int64], group_valid: int, group: int) -> pl.DataFrame:
    return with_coverage_funnel(
        pl.DataFrame({"geldig": valid, "noemer": pupils}).with_columns(
            groep_geldig=pl.lit(group_valid, pl.Int64), groep_noemer=pl.lit(group, pl.Int64)
        )
    )


def test_a_group_of_schools_that_are_alike_flags_as_often_as_is_stated() -> None:
    """Every division of six incidents over three schools, each as likely as chance makes it."""
    sizes = [UNIT, UNIT * 2, UNIT * 5]
    seen = {"binnen": 0.0, "opletten": 0.0, "wijkt af": 0.0}
    for counts in product(range(7), repeat=3):
        if sum(counts) == 6:
            ways = comb(6, counts[0]) * comb(6 - counts[0], counts[1])
            chance = ways * prod((size / sum(sizes)) ** count for size, count in zip(sizes, counts, strict=True))
            for said in _rates(list(counts), sizes, 6)["oordeel"]:
                seen[said] += chance
    assert sum(seen.values()) == pytest.approx(3)
    flags = rate_false_flags(_rates([6, 0, 0], sizes, 6))
    assert flags.outside998 == pytest.approx(seen["wijkt af"], abs=1e-12)
    assert flags.outside95 == pytest.approx(3 - seen["binnen"], abs=1e-12)


def test_series_that_chance_marks() -> None:
    """A series of two parts is marked when either is; a part without limits doesn't count, nor a series of such."""
    drawn = pl.DataFrame(
        {"brin6": ["A", "A", "B", "C", "C"], "deel": [1, 2, 1, 1, 2], "kans": [0.5, 0.2, 0.1, None, 0.3]}
    )
    schools, marked = marked_by_chance(drawn)
    assert schools == 3
    assert marked == pytest.approx(1 - 0.5 * 0.8 + 0.1 + 0.3)
    assert marked_by_chance(drawn.with_columns(kans=pl.lit(None, pl.Float64))) == (0, 0.0)
