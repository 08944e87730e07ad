"""The published consent tables: counted by hand, by the twin and by the real road."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cache
from math import isclose

import pytest

from tests import plain_python
from tests.builders import PURPOSE, answer, delivered, pupil, school
from tests.indicators.consent_table_cases import SCHOOLS, TABLE_CASES, TableCase, lines_of
from tests.plain_python import Facts, Table, funnel_limits, funnel_verdict
from tests.road import Road
from tests.rows import Row

GROUP = "*"
TODAY = date(2026, 3, 10)
TWINS: dict[str, Callable[[Facts], Table]] = {
    name: getattr(plain_python, name) for case in TABLE_CASES for name in case.expected
}
each_case = pytest.mark.parametrize("case", TABLE_CASES, ids=lambda case: case.what)


def expected_rows(text: str, places: str) -> tuple[list[str], list[list[str]]]:
    """The columns and, for these places, the rows of what is expected."""
    columns, *rows = [line.split() for line in lines_of(text)]
    return columns, sorted(row for row in rows if row[columns.index("brin6")] in places)


def looked_at(table: Table, case: TableCase, columns: list[str], places: str) -> list[list[object]]:
    """The rows and columns the case is about, in the order of the expected rows."""
    names = {GROUP if name == GROUP else case.brin6(name): name for name in places}
    seen = [
        row | {"brin6": names[str(row["brin6"])]}
        for row in table
        if row["brin6"] in names
        and ("doel" in columns or row.get("doel", PURPOSE) == PURPOSE)
        and ("peildatum" in columns or row.get("peildatum", case.day) == case.day)
        and (case.zeros or row["leerlingen"])
    ]
    cells = [[row[column] for column in columns] for row in seen]
    return sorted(cells, key=lambda row: [str(cell).replace(" ", "_") for cell in row])


def same(cell: object, text: str) -> bool:
    """A published cell and what was written down for it: `-` is no value, `2/3` a share, `_` a blank."""
    if cell is None:
        return text == "-"
    if isinstance(cell, float):
        return isclose(cell, Fraction(text), rel_tol=1e-6, abs_tol=1e-9)
    return str(cell).replace(" ", "_") == text


def check(case: TableCase, published: Callable[[str], Table], *, group: bool) -> None:
    places = SCHOOLS + GROUP if group else SCHOOLS
    for name, text in case.expected.items():
        columns, rows = expected_rows(text, places)
        found = looked_at(published(name), case, columns, places)
        agrees = len(found) == len(rows) and all(
            all(map(same, cells, texts)) for cells, texts in zip(found, rows, strict=True)
        )
        assert agrees, f"{name} is {found}, by hand {rows}"


Published = Callable[[str], Table]


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Callable[[date, str], Published]:
    """The real road: one import per day and meaning of "yearly" holds all cases that needn't be alone."""

    @cache
    def imported(today: date, year: str) -> Published:
        road = Road(tmp_path_factory.mktemp("tables"), year)
        cases = [case for case in TABLE_CASES if (case.day, case.year, case.alone) == (today, year, False)]
        road.deliver([row for case in cases for row in case.rows()], today)
        return cache(road.table)

    return imported


@each_case
def test_case_in_plain_python(case: TableCase) -> None:
    """The twin comes to the rows that were counted by hand."""
    facts = Facts.of(case.rows(), case.day, case.year)
    check(case, lambda name: TWINS[name](facts), group=True)


@each_case
def test_case_on_the_real_road(case: TableCase, road: Road, together: Callable[[date, str], Published]) -> None:
    """Written as CSV, imported and published, the tables hold the rows that were counted by hand."""
    if case.alone:
        road.deliver(case.rows(), case.day)
        check(case, road.table, group=True)
    else:
        check(case, together(case.day, case.year), group=False)


def test_funnel_of_real_schools(road: Road) -> None:
    """Schools of the size that schools have: every limit is the twin's exact one, and each verdict occurs."""
    sizes = {"01AA00": (388, 400), "02BB00": (190, 212), "03CC00": (60, 75), "04DD00": (31, 31), "05EE00": (103, 120)}
    rows: list[Row] = []
    for brin6, (valid, pupils) in sizes.items():
        rows += [school(brin6), delivered(brin6, "toestemmingen", TODAY, TODAY)]
        rows += [pupil(f"{brin6}-{number}", brin6) for number in range(pupils)]
        rows += [answer(f"{brin6}-{number}", f"{TODAY} ouder1 nee") for number in range(valid)]
    road.deliver(rows, TODAY)
    table = [row for row in road.table("consent_funnel") if row["doel"] == PURPOSE]
    group = Fraction(388 + 190 + 60 + 31 + 103, 400 + 212 + 75 + 31 + 120)
    for row in table:
        valid, pupils = sizes[str(row["brin6"])]
        limits = funnel_limits(pupils, group)
        assert (row["geldig"], row["noemer"], row["dekking"]) == (valid, pupils, valid / pupils)
        assert {name: row[name] for name in limits} == pytest.approx(
            {name: float(limit) for name, limit in limits.items()}, abs=1e-9
        )
        assert row["oordeel"] == funnel_verdict(Fraction(valid, pupils), limits)
    assert {row["oordeel"] for row in table} == {"binnen", "opletten", "wijkt af"}
    assert len(table) == len(sizes)


def test_names_of_cases_differ() -> None:
    """A failing case can be found by its name."""
    assert len({case.what for case in TABLE_CASES}) == len(TABLE_CASES)


def test_a_case_alone_keeps_to_the_registry() -> None:
    """An import of one case takes "yearly" from the project's own registry."""
    assert {case.year for case in TABLE_CASES if case.alone} == {"schooljaar"}
