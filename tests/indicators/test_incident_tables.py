"""The published incident tables: counted by hand, by the twin and by the real road."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cache
from math import isclose

import pytest

from tests.indicators.incident_table_cases import INCIDENT_CASES, SCHOOLS, IncidentCase, lines_of
from tests.plain_incidents import incident_followup, incident_funnel, incident_roles, incident_trend, rare_events
from tests.plain_python import Facts, Table
from tests.road import Road

GROUP = "*"
SCHOOL_YEAR = "2025-08/2026-07"
AS_INCIDENTS = {"ratio", "midden", "onder", "boven", "groep", "onder95", "boven95", "onder998", "boven998"}
each_case = pytest.mark.parametrize("case", INCIDENT_CASES, ids=lambda case: case.what)


def expected_rows(text: str, places: str) -> tuple[list[str], list[list[str]]]:
    """The columns and, for these places, the rows of what is expected."""
    columns, *rows = [line.split() for line in lines_of(text)]
    return columns, sorted(row for row in rows if row[columns.index("brin6")] in places)


def looked_at(table: Table, case: IncidentCase, columns: list[str], places: str) -> list[list[object]]:
    """The rows and columns the case is about, in the order of the expected rows, its rates as incidents."""
    names = {GROUP if name == GROUP else case.brin6(name): name for name in places}
    seen = [
        row | {"brin6": names[str(row["brin6"])]}
        for row in table
        if row["brin6"] in names and ("periode" in columns or row.get("periode", SCHOOL_YEAR) == SCHOOL_YEAR)
    ]
    cells = [[as_incidents(row, column) for column in columns] for row in seen]
    return sorted(cells, key=lambda row: [text_of(cell) for cell in row])


def as_incidents(row: dict[str, object], column: str) -> object:
    """The cell, or, of a rate, the incidents that it is at the exposure of its row."""
    cell, exposure = row[column], row.get("blootstelling")
    if column in AS_INCIDENTS and isinstance(cell, float) and isinstance(exposure, float):
        return cell * exposure
    return cell


def text_of(cell: object) -> str:
    """As it is written down in a case: `-` is no value, `_` a blank."""
    if cell is None or cell == "":
        return "-"
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    return str(cell).replace(" ", "_")


def same(cell: object, text: str) -> bool:
    """A published cell and what was written down for it."""
    if isinstance(cell, float):
        return text != "-" and isclose(cell, Fraction(text), rel_tol=1e-7, abs_tol=1e-12)
    return text_of(cell) == text


def check(case: IncidentCase, published: Callable[[str], Table], *, group: bool) -> None:
    for name, text in case.expected.items():
        # Where the case says nothing of the group, nothing is looked at.
        places = SCHOOLS + GROUP if group and f"{GROUP} " in text else SCHOOLS
        columns, rows = expected_rows(text, places)
        found = looked_at(published(name), case, columns, places)
        agrees = len(found) == len(rows) and all(
            all(map(same, cells, texts)) for cells, texts in zip(found, rows, strict=True)
        )
        assert agrees, f"{name} is {found}, by hand {rows}"


def in_plain_python(case: IncidentCase, name: str, free: set[date]) -> Table:
    facts = Facts.of(case.rows(), case.day)
    match name:
        case "incident_roles":
            return incident_roles(facts)
        case "incident_followup":
            return incident_followup(facts)
        case "incident_trend":
            return incident_trend(facts, free)
        case "rare_events":
            return rare_events(facts, free)
    return incident_funnel(facts, free)


Published = Callable[[str], Table]


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Callable[[date], Published]:
    """The real road: one import per day holds all cases that needn't be alone."""

    @cache
    def imported(today: date) -> Published:
        road = Road(tmp_path_factory.mktemp("incidents"))
        cases = [case for case in INCIDENT_CASES if (case.day, case.alone) == (today, False)]
        road.deliver([row for case in cases for row in case.rows()], today)
        return cache(road.table)

    return imported


@each_case
def test_case_in_plain_python(case: IncidentCase, free: set[date]) -> None:
    """The twin comes to the rows that were counted by hand."""
    check(case, lambda name: in_plain_python(case, name, free), group=True)


@each_case
def test_case_on_the_real_road(case: IncidentCase, road: Road, together: Callable[[date], Published]) -> None:
    """Written as CSV, imported and published, the tables hold the rows that were counted by hand."""
    if case.alone:
        road.deliver(case.rows(), case.day)
        check(case, road.table, group=True)
    else:
        check(case, together(case.day), group=False)


def test_names_of_cases_differ() -> None:
    """A failing case can be found by its name."""
    assert len({case.what for case in INCIDENT_CASES}) == len(INCIDENT_CASES)
