"""Who sees what: every audience, table, format, page and dossier, against a table written by hand."""

import csv
import io
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard import dossiers
from dashboard.access.audiences import audience
from dashboard.access.door import Door, NoAccess
from dashboard.access.rights import PAGES, may_open
from dashboard.disclosure.masking import HIDDEN
from dashboard.figures import as_csv, as_json, as_parquet, as_table
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.periods import kind_of
from dashboard.settings import Settings
from dashboard.store.places import StoreProblem
from dashboard.store.snapshots import Snapshot
from dashboard.ui.downloads import csv_file, workbook_file
from dashboard.ui.filters import View
from dashboard.viewing import Figures, open_figures
from tests.access.logins import MADE, claims, write_access
from tests.garbled import garble
from tests.workbooks import read

OWN = "99AA00"
DIRECTOR = f"directeur:{OWN}"
PROTECTED = ("rvt", "gmr", "beheerder", DIRECTOR)

GROUP = "of the group only"
SCHOOLS = "of every school"
WHOLE = "as it is"
NOTHING = "not at all"
SEEN = {
    "consent_status": GROUP,
    "consent_coverage": SCHOOLS,
    "consent_by_year_group": SCHOOLS,
    "consent_by_year_rule": NOTHING,
    "consent_waterfall": GROUP,
    "turning_16": GROUP,
    "expiry_outlook": SCHOOLS,
    "use_without_consent": SCHOOLS,
    "use_by_status": GROUP,
    "consent_funnel": SCHOOLS,
    "incidents_monthly": GROUP,
    "incidents_by": SCHOOLS,
    "incident_roles": GROUP,
    "incident_followup": GROUP,
    "incident_trend": GROUP,
    "rare_events": NOTHING,
    "incident_funnel": SCHOOLS,
    "evaluation": WHOLE,
    "changes": WHOLE,
    "decisions": WHOLE,
    "evaluation_clock": WHOLE,
    "data_quality": SCHOOLS,
    "schools": WHOLE,
    "events": WHOLE,
    "imports": NOTHING,
    "refusals": NOTHING,
}
"""Table → what every protected audience sees of it."""

EXACT_FOR = {"beheerder": ("data_quality", "imports", "refusals")}
"""Audience → the tables of which it sees every number; a director sees those of the own school in every table."""

LAST_DAY_ONLY = ("consent_by_year_group", "consent_funnel")
VISIBLE = {(10, 31), (1, 31), (7, 31)}
OF_SCHOOLS = {"schooljaar", "evaluatie"}
MERGED = "overig"
VIEW = View("0" * 16, date(2026, 11, 22), demo=False, audience="gmr", today=date(2026, 11, 22), theme="light")


@pytest.fixture(scope="module")
def exact(small_group: Snapshot, queries: Path) -> Figures:
    return open_figures(small_group, "bestuur", queries)


@pytest.fixture(scope="module")
def rest(small_group: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Snapshot]:
    """The snapshot for each audience, with nothing exact in it beside what is theirs."""
    made = {}
    for name in PROTECTED:
        folder = tmp_path_factory.mktemp("rest") / small_group.id
        shutil.copytree(small_group.folder, folder)
        garble(folder, name)
        made[name] = replace(small_group, folder=folder)
    return made


@pytest.mark.parametrize("name", PROTECTED)
def test_every_table_in_every_format(
    name: str, small_group: Snapshot, exact: Figures, rest: Mapping[str, Snapshot], queries: Path
) -> None:
    """The rows and cells of the table above and no other ones, the same where nothing else is at hand."""
    figures, bare = open_figures(small_group, name, queries), open_figures(rest[name], name, queries)
    own = audience(name).school
    for table, seen in SEEN.items():
        has_own = own is not None and "brin6" in (PUBLISHED[table].key if table in PUBLISHED else ())
        if table in EXACT_FOR.get(name, ()):
            assert figures.ask(table).equals(exact.ask(table)), table
            continue
        if seen == NOTHING and not has_own:
            assert not figures.holds(table), table
            with pytest.raises(StoreProblem, match=table):
                figures.ask(table)
            continue
        frame = figures.ask(table)
        assert frame.equals(bare.ask(table)), table
        _check_rows(frame, table, seen, own, small_group.today)
        _check_cells(frame, exact.ask(table), table, own)
        _check_formats(frame)


def _check_rows(frame: pl.DataFrame, table: str, seen: str, own: str | None, today: date) -> None:
    others = frame if own is None or "brin6" not in frame.columns else frame.filter(pl.col("brin6") != own)
    if seen in (GROUP, NOTHING):
        assert set(others["brin6"]) <= {"*"} - ({"*"} if seen == NOTHING else set()), table
    if "peildatum" in frame.columns:
        days = set(others["peildatum"])
        assert all(day == today or (day.month, day.day) in VISIBLE for day in days), table
        assert days <= {today} or table not in LAST_DAY_ONLY
    if "periode" in frame.columns and "brin6" in frame.columns:
        of_schools = others.filter(pl.col("brin6") != "*")
        assert {kind_of(period) for period in of_schools["periode"]} <= OF_SCHOOLS, table


def _check_cells(frame: pl.DataFrame, exact: pl.DataFrame, table: str, own: str | None) -> None:
    """A hidden cell is null, another one is what the board sees; values taken together are only in their sum."""
    keys = list(PUBLISHED[table].key) if table in PUBLISHED else exact.columns
    known = {tuple(row[key] for key in keys): row for row in exact.iter_rows(named=True)}
    for row in frame.iter_rows(named=True):
        hidden = _hidden(row)
        assert hidden <= set(frame.columns) - {*keys, HIDDEN}
        assert all(row[column] is None for column in hidden), table
        assert not (hidden and own is not None and row.get("brin6") == own and "funnel" not in table), table
        there = known.get(tuple(row[key] for key in keys))
        if MERGED in row.values():
            continue
        shown = {column: row[column] for column in exact.columns if column not in hidden}
        if there is None:
            assert not any(value for column, value in shown.items() if column not in keys), table
        else:
            assert shown == {column: there[column] for column in shown}, table


def _hidden(row: Mapping[str, Any]) -> set[str]:
    return set(filter(None, (row.get(HIDDEN) or "").split(",")))


def _check_formats(frame: pl.DataFrame) -> None:
    """In text and workbooks every hidden cell reads x; in data it is null beside its name."""
    assert pl.read_parquet(io.BytesIO(as_parquet(frame))).equals(frame)
    rows = frame.to_dicts()
    assert [list(row) for row in json.loads(as_json(frame))] == [list(row) for row in rows]
    for row, told in zip(rows, json.loads(as_json(frame)), strict=True):
        assert all(told[column] is None for column in _hidden(row))
    _check_texts(as_csv(frame), frame)
    few = frame.filter(pl.col(HIDDEN).is_not_null()).head(20) if HIDDEN in frame.columns else frame.head(20)
    _check_texts(csv_file(few), few)
    lines = as_table(few).decode().splitlines()[1:]
    for row, line in zip(few.iter_rows(named=True), lines, strict=True):
        assert line.split().count("x") >= len(_hidden(row))
    book = read(workbook_file(few, "Tabel", "tabel", VIEW))
    cells = [cell.value for sheet in book.sheets.values() for cell in sheet.cells.values()]
    assert cells.count("x") == sum(len(_hidden(row)) for row in few.iter_rows(named=True))


def _check_texts(content: bytes, frame: pl.DataFrame) -> None:
    header, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert header == [column for column in frame.columns if column != HIDDEN]
    for row, line in zip(frame.iter_rows(named=True), lines[: frame.height], strict=True):
        assert {column for column, text in zip(header, line, strict=True) if text == "x"} == _hidden(row)


def test_the_board_sees_every_number(exact: Figures) -> None:
    for table in SEEN:
        frame = exact.ask(table)
        assert HIDDEN not in frame.columns
        lines = csv.reader(io.StringIO(as_csv(frame).decode("utf-8-sig")), delimiter=";")
        assert not [line for line in lines if "x" in line]


@pytest.mark.parametrize("name", ["beheerder", DIRECTOR])
def test_every_dossier(name: str, small_group: Snapshot, rest: Mapping[str, Snapshot]) -> None:
    """The same bytes where nothing is at hand but what is theirs; that of the council is tested in every form."""
    for form in ("html", "xlsx"):
        whole, bare = (dossiers.make_file(known, Settings(), name, None, form) for known in (small_group, rest[name]))
        assert whole == bare, form


def test_every_page_and_nobody_without_a_role(tmp_path: Path) -> None:
    """Every role opens every page, since its figures differ; who has none, or isn't logged in, sees none."""
    pages = ("overview", "consent", "incidents", "schools", "evaluation", "code", "deliveries")
    assert {(name, page) for name in ("bestuur", *PROTECTED) for page in PAGES if may_open(audience(name), page)} == {
        (name, page) for name in ("bestuur", *PROTECTED) for page in pages
    }
    door = Door(write_access(tmp_path), lambda: MADE + 5.0, is_set_up=True)
    assert door.enter(claims(roles=["gmr"])).audience.name == "gmr"
    for nobody in (claims(), claims(roles=["leerling"]), {}, {"is_logged_in": False}):
        with pytest.raises(NoAccess):
            door.enter(nobody)


def test_the_table_above_names_every_table(small_group: Snapshot) -> None:
    """One that was added is seen by nobody until somebody decides who sees it."""
    assert set(SEEN) == set(PUBLISHED) | {"schools", "events", "imports", "refusals"}
    assert {path.stem for path in (small_group.folder / "beschermd").iterdir()} == {
        table for table, seen in SEEN.items() if seen != NOTHING
    }
