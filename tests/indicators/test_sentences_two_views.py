"""Months one by one beside totals of a year earlier: where they differ, one sentence says why; where not, none does."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from dashboard.indicators import sentences
from dashboard.indicators.changes_in_time import Change
from dashboard.indicators.findings import SteadyGroup, TrendFinding, TrendSignal
from dashboard.indicators.sentences.two_views import Total

AUTUMN = ("2026-09", "2026-10")
SPRING = ("2026-02", "2026-03", "2026-04")
CALM = TrendFinding(
    first="2024-08",
    last="2026-11",
    points=27,
    part=1,
    incidents=505,
    expected=505 / 27,
    centre=4.1,
    is_provisional=False,
    is_constant=False,
    signals=(),
)

SIGNS = {
    "geen": (),
    **{
        f"{name} {way}": (TrendSignal(rule, months, way == "meer"),)
        for way in ("meer", "minder")
        for name, rule, months in (
            ("boven de grens", "1", ("2026-11",)),
            ("lang", "2", ("2026-05", "2026-06", "2026-07", *AUTUMN, "2026-11")),
            ("steeds", "3", ("2026-05", "2026-06", "2026-07", *AUTUMN, "2026-11")),
            ("dichtbij", "4", ("2026-10", "2026-11")),
        )
    },
}
"""What the months show."""

TOTALS = {"geen": (30, 30), "meer": (60, 20), "minder": (20, 60)}
"""What the school year so far shows beside the one before."""


def _total(now: int, before: int, months: tuple[str, ...] = AUTUMN) -> Total:
    return Change(months, (), 0, now, before, 1_000_000, 1_000_000), ()


def _said(signs: tuple[TrendSignal, ...], *totals: Total) -> str:
    return sentences.two_views(replace(CALM, signals=signs), totals)


@pytest.mark.parametrize(("signs", "total"), list(product(SIGNS, TOTALS)))
def test_all_that_months_and_a_total_can_say(signs: str, total: str) -> None:
    """Said wherever one shows a sign and the other doesn't, or they point two ways; never where they agree."""
    said = _said(SIGNS[signs], _total(*TOTALS[total]))
    agree = signs.rpartition(" ")[2] == total
    assert bool(said) != agree
    assert agree or said.count("Dat kan allebei kloppen: ") == 1
    assert agree or "september en oktober 2026" in said
    if "geen" not in (signs, total) and not agree:
        assert f" op {total}. " in said


@pytest.mark.parametrize(
    ("signs", "total", "why"),
    [
        ("geen", "meer", "een klein verschil in veel maanden is eerder in het totaal te zien."),
        ("lang meer", "geen", "een lange rij maanden valt op, ook als elke maand maar weinig verschilt."),
        ("steeds minder", "geen", "een lange rij maanden valt op, ook als elke maand maar weinig verschilt."),
        ("boven de grens meer", "geen", "één uitschieter valt per maand op, maar telt in het totaal minder zwaar."),
        ("dichtbij minder", "meer", "één maand bepaalt het totaal niet."),
        ("lang minder", "meer", "per maand telt het midden van de hele reeks, hier alleen dat ene jaar."),
    ],
)
def test_why_both_are_true(signs: str, total: str, why: str) -> None:
    """A long run, one month that stands out, or a small difference in many months."""
    assert _said(SIGNS[signs], _total(*TOTALS[total])).endswith(why)


def test_a_total_alone_names_its_direction() -> None:
    """By the rates: more reports among many more pupils is fewer."""
    change = Change(AUTUMN, (), 0, 40, 30, 4_000_000, 1_000_000)
    assert _said((), (change, ())).startswith("In september en oktober 2026 is er naar verhouding minder gemeld dan ")


def test_halves_are_held_against_their_own_months() -> None:
    """A sign of now says nothing of last spring; one of last spring does. Only the first that differs is told."""
    now, then = SIGNS["lang minder"], (TrendSignal("2", SPRING, above=False),)
    agreed, spring = _total(20, 60), _total(20, 60, SPRING)
    assert _said(now, agreed, _total(30, 30, SPRING)) == ""
    assert _said((*then, *now), agreed, spring) == ""
    assert _said(now, agreed, spring).startswith("Van februari tot en met april 2026 is er naar verhouding minder ")
    assert _said(now, _total(30, 30), spring).count("Dat kan allebei kloppen") == 1
    assert _said(then, _total(30, 30), _total(30, 30, SPRING)).startswith("Per maand is er wel een teken, naast een ")


def test_signs_both_ways_go_with_either() -> None:
    """A total that follows one of them is no contradiction."""
    for total in ("meer", "minder"):
        assert _said((*SIGNS["lang meer"], *SIGNS["lang minder"]), _total(*TOTALS[total])) == ""


def test_where_nothing_can_be_held_against_each_other() -> None:
    """Nothing to compare, another system between, no limits by month, no series at all."""
    change, _ = beyond = _total(20, 60)
    assert _said((), (replace(change, months=()), ())) == ""
    assert _said((), (change, [(date(2026, 8, 1), "Ander systeem")])) == ""
    assert _said(()) == ""
    assert sentences.two_views(None, [beyond]) == ""
    assert sentences.two_views(replace(CALM, centre=None), [beyond]) == ""


def test_a_group_whose_schools_come_and_go() -> None:
    """A sign that the schools that stayed don't show is none: a total that does show one is explained with them."""
    moved, within = replace(CALM, signals=SIGNS["lang minder"]), [_total(30, 30)]
    assert sentences.two_views(moved, within, SteadyGroup(4, CALM)) == ""
    assert "maar per maand is er bij de vier scholen die elke maand aanleverden geen teken. " in (
        sentences.two_views(moved, [_total(20, 60)], SteadyGroup(4, CALM))
    )
    assert sentences.two_views(moved, [_total(20, 60)], SteadyGroup(4, moved)) == ""
    assert "per maand is er geen teken" in sentences.two_views(CALM, [_total(20, 60)], SteadyGroup(4, CALM))
    assert sentences.two_views(moved, within, SteadyGroup(4, moved)) != ""
    assert sentences.two_views(moved, within, SteadyGroup(1, replace(CALM, centre=None))) != ""
