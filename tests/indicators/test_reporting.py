"""How incidents were reported and followed up: counts as they are, and changes that go beyond chance."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from dashboard.indicators.reporting import (
    AT_ONCE,
    SERIOUS,
    SHARES,
    Part,
    months_of,
    part_of,
    registration,
    share_change,
    share_changes,
)

COMPARED = [(False, 0.05 / 6), (True, 0.05 / 3)]
"""Whether the period runs, and how often chance may mark each share: six or three of them together 0.05."""


def followup(**counts: tuple[int | None, int]) -> pl.DataFrame:
    """Measures with teller and noemer, as in `incident_followup`."""
    schema = {"maat": pl.String, "teller": pl.Int64, "noemer": pl.Int64}
    return pl.DataFrame([(name, *pair) for name, pair in counts.items()], schema=schema, orient="row")


def all_shares(part: int, whole: int) -> pl.DataFrame:
    return followup(**dict.fromkeys(SHARES, (part, whole)))


def test_registration() -> None:
    """Each figure from its own rows; blanks are in no share of the serious; months of schools are added up."""
    rows = followup(geregistreerd_binnen_5_dagen=(45, 51), maatregel=(38, 51), afgehandeld=(39, 51))
    by = pl.DataFrame({"waarde": ["ernstig", "licht", "onbekend"], "incidenten": [8, 41, 2]})
    delivered = pl.DataFrame({"maand": ["2026-08", "2026-09"], "aangeleverd": [5, 6], "scholen": [6, 6]})
    found = registration(rows, by, delivered)
    assert (found.serious, found.blank) == (Part(8, 49), 2)
    assert (found.soon, found.with_measure, found.delivered) == (Part(45, 51), Part(38, 51), Part(11, 12))


def test_nothing_reported() -> None:
    """A period without a report, and without a month: nothing of nothing, and no share."""
    found = registration(
        followup(),
        pl.DataFrame(schema={"waarde": pl.String, "incidenten": pl.Int64}),
        pl.DataFrame(schema={"maand": pl.String, "aangeleverd": pl.Int64, "scholen": pl.Int64}),
    )
    assert {found.serious, found.soon, found.with_measure, found.delivered} == {Part(0, 0)}
    assert found.soon.share is None
    assert part_of(followup(dagen_tot_maatregel=(None, 4)), "dagen_tot_maatregel") == Part(0, 4)


def test_months_of_a_period() -> None:
    """Both ends belong to it; its months stay in order."""
    rows = pl.DataFrame({"maand": ["2026-07", "2026-08", "2026-12", "2027-01", "2027-02"]})
    assert months_of(rows, "2026-08/2027-01")["maand"].to_list() == ["2026-08", "2026-12", "2027-01"]
    assert months_of(rows, "2025-02/2026-01").is_empty()


@pytest.mark.parametrize(("running", "chance"), COMPARED)
@given(now=st.tuples(st.integers(0, 40), st.integers(1, 40)), before=st.tuples(st.integers(0, 40), st.integers(1, 40)))
@settings(deadline=None, max_examples=60)
def test_against_another_library(
    now: tuple[int, int], before: tuple[int, int], *, running: bool, chance: float
) -> None:
    """Marked where another library's Newcombe interval, as wide as the number of comparisons asks, leaves out 0."""
    this, that = ((min(pair), max(pair)) for pair in (now, before))
    low, high = confint_proportions_2indep(*this, *that, method="newcomb", compare="diff", alpha=chance)
    changes = share_changes(all_shares(*this), all_shares(*that), running=running)
    for change in changes:
        assert (change.now, change.before) == (Part(*this), Part(*that))
        assert change.is_higher == (Fraction(*this) > Fraction(*that))
        if change.is_early:
            assert not change.is_beyond_chance
        elif min(abs(low), abs(high)) > 1e-9:
            assert change.is_beyond_chance == (low > 0 or high < 0)


def test_what_may_still_follow() -> None:
    """While a period runs only what is settled within days is compared, however large the difference is."""
    now, before = all_shares(0, 60), all_shares(60, 60)
    running = share_changes(now, before, running=True)
    assert tuple(change.measure for change in running) == SHARES
    assert {change.measure for change in running if change.is_beyond_chance} == AT_ONCE - {SERIOUS}
    assert all(change.is_beyond_chance for change in share_changes(now, before))


def test_more_comparisons_ask_for_more() -> None:
    """A difference that stands out alone may fall within chance as one of five."""
    parts = Part(30, 50), Part(40, 50)
    assert share_change("maatregel", parts, 1).is_beyond_chance
    assert not share_change("maatregel", parts, 5).is_beyond_chance
    assert not share_changes(all_shares(30, 50), all_shares(40, 50))[0].is_beyond_chance


@pytest.mark.parametrize(("now", "before"), [((0, 0), (3, 4)), ((3, 4), (0, 0)), ((0, 0), (0, 0))])
def test_nothing_to_compare(now: tuple[int, int], before: tuple[int, int]) -> None:
    """No reports on one side: nothing is known, and nothing is beyond chance."""
    assert not share_change("ernst", (Part(*now), Part(*before)), 1).is_known
    changes = share_changes(all_shares(*now), all_shares(*before))
    assert not any(change.is_known or change.is_beyond_chance for change in changes)
    assert not any(change.is_known for change in share_changes(all_shares(*now), followup()))
