"""The three meanings of "yearly": statuses worked out by hand, by the twin and by the real road."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from tests.builders import PURPOSE
from tests.indicators.year_rule_cases import YEAR_CASES, YearCase
from tests.plain_python import READINGS, YEAR_RULES, Facts
from tests.road import Road

Roads = Callable[[date, str], Road]
Statuses = dict[tuple[object, ...], object]
Judge = Callable[[date, str], Statuses]
each_case = pytest.mark.parametrize("case", YEAR_CASES, ids=lambda case: case.what)


@pytest.fixture(scope="module")
def roads(tmp_path_factory: pytest.TempPathFactory) -> Roads:
    """One import per day of delivery and rule holds all its cases, each in a school of its own."""

    @cache
    def imported(today: date, rule: str) -> Road:
        road = Road(tmp_path_factory.mktemp("years"), rule)
        road.deliver([row for case in YEAR_CASES if case.today == today for row in case.rows()], today)
        return road

    return imported


@pytest.fixture(scope="module")
def judge(roads: Roads) -> Judge:
    """(peildatum, brin6, doel) -> the published status, for a day of delivery and a rule."""

    @cache
    def statuses(today: date, rule: str) -> Statuses:
        table = roads(today, rule).table("consent_status")
        assert all(row["leerlingen"] == 1 for row in table if row["brin6"] != "*")
        return {(row["peildatum"], row["brin6"], row["doel"]): row["status"] for row in table if row["brin6"] != "*"}

    return statuses


@each_case
def test_case_in_plain_python(case: YearCase) -> None:
    """The twin comes to the statuses that were worked out by hand."""
    found = {rule: Facts.of(case.rows(), case.today, rule).statuses_on(case.on) for rule in YEAR_RULES}
    words = {rule: [word for _, doel, word in statuses if doel == PURPOSE] for rule, statuses in found.items()}
    assert words == {rule: [word] for rule, word in case.statuses.items()}


@each_case
def test_case_on_the_real_road(case: YearCase, judge: Judge) -> None:
    """With `year` so set in the registry, the published status is the one that was worked out by hand."""
    key = (case.on, case.brin6(), PURPOSE)
    assert {rule: judge(case.today, rule).get(key) for rule in YEAR_RULES} == case.statuses


@pytest.mark.parametrize("today", sorted({case.today for case in YEAR_CASES}), ids=str)
def test_every_rule_beside_the_others(today: date, roads: Roads) -> None:
    """`consent_by_year_rule` tells what each status counts as under its rule, whatever the registry says."""
    tables = [roads(today, rule).table("consent_by_year_rule") for rule in YEAR_RULES]
    assert tables[0] == tables[1] == tables[2]
    names = ("ja", "nee", "ongeldig")
    found = {
        (row["brin6"], row["jaar"]): [name for name in names if row[name]]
        for row in tables[0]
        if row["doel"] == PURPOSE and row["brin6"] != "*"
    }
    by_hand = {
        (case.brin6(), rule): [READINGS[word][1]]
        for case in YEAR_CASES
        if case.on == today
        for rule, word in case.statuses.items()
    }
    assert by_hand == {key: found[key] for key in by_hand}


@pytest.mark.parametrize("rule", YEAR_RULES)
def test_each_rule_differs_from_the_others(rule: str) -> None:
    """For each rule there is a case that only this rule judges so."""
    others = [other for other in YEAR_RULES if other != rule]
    assert any(case.statuses[rule] not in {case.statuses[other] for other in others} for case in YEAR_CASES)


def test_names_of_cases_differ() -> None:
    """A failing case can be found by its name."""
    assert len({case.what for case in YEAR_CASES}) == len(YEAR_CASES)
