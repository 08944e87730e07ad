"""Who sees which table, and of which school."""

import io
import json
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from dashboard.access.audiences import Audience, UnknownAudience, audience
from dashboard.disclosure.masking import HIDDEN
from dashboard.disclosure.universe import UNIVERSE, linked_with
from dashboard.figures import as_csv, as_json, as_parquet, as_table, spell
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.indicators.shown import MARK
from dashboard.store.places import StoreProblem
from dashboard.store.snapshots import EXACT, SHARED, Snapshot
from dashboard.viewing import LeftOut, NotForAudience, open_figures, rows_of

SCHOOL = "99AA00"
DIRECTOR = f"directeur:{SCHOOL}"
ONLY_BOARD = {"rare_events", "consent_by_year_rule", "imports", "refusals"}
BY_SCHOOL = {name for name, table in PUBLISHED.items() if "brin6" in table.key}
SHARED_TABLES = set(UNIVERSE)
SEEN = {
    "bestuur": set(PUBLISHED) | {"schools", "events", "imports", "refusals"},
    "rvt": SHARED_TABLES,
    "gmr": SHARED_TABLES,
    "beheerder": SHARED_TABLES | {"imports", "refusals"},
    DIRECTOR: SHARED_TABLES | BY_SCHOOL,
}
EVERYTHING = sorted(SEEN["bestuur"])


@pytest.mark.parametrize("name", list(SEEN))
def test_an_audience_has_the_tables_that_are_meant_for_it(small_group: Snapshot, queries: Path, name: str) -> None:
    figures = open_figures(small_group, name, queries)
    assert {table for table in EVERYTHING if figures.holds(table)} == SEEN[name]
    for table in set(EVERYTHING) - SEEN[name]:
        with pytest.raises(NotForAudience, match=table):
            figures.ask(table)


def test_a_table_that_was_left_out_is_not_taken_for_an_empty_one(
    small_group: Snapshot, queries: Path, tmp_path: Path
) -> None:
    """No rows would say that nothing was delivered; of a table that was never meant for them they get none."""
    left_out = linked_with({"use_without_consent"})
    council = open_figures(_without(left_out, small_group, tmp_path), "gmr", queries)
    assert rows_of(council, "rare_events").is_empty()
    for table in left_out:
        with pytest.raises(LeftOut, match=table):
            rows_of(council, table)


def _without(tables: AbstractSet[str], snapshot: Snapshot, folder: Path) -> Snapshot:
    """The same snapshot, made when these tables told too much."""
    (folder / SHARED).mkdir()
    (folder / EXACT).symlink_to(snapshot.folder / EXACT)
    for file in (snapshot.folder / SHARED).glob("*.parquet"):
        if file.stem not in tables:
            (folder / SHARED / file.name).symlink_to(file)
    return replace(snapshot, folder=folder)


@pytest.mark.parametrize("name", ["rvt", "beheerder"])
def test_everyone_but_the_board_sees_the_same(small_group: Snapshot, queries: Path, name: str) -> None:
    """Two readings that differ could be compared."""
    council, other = (open_figures(small_group, who, queries) for who in ("gmr", name))
    for table in SHARED_TABLES:
        if (name, table) != ("beheerder", "data_quality"):
            assert other.ask(table).equals(council.ask(table)), table


def test_the_administrator_sees_how_much_was_delivered(small_group: Snapshot, queries: Path) -> None:
    board, administrator = (open_figures(small_group, who, queries) for who in ("bestuur", "beheerder"))
    assert administrator.ask("data_quality").equals(board.ask("data_quality"))


@pytest.mark.parametrize("table", sorted(BY_SCHOOL - {"consent_funnel", "incident_funnel"}))
def test_a_director_sees_the_own_school_exact_and_others_as_everyone_does(
    small_group: Snapshot, queries: Path, table: str
) -> None:
    board, director = (open_figures(small_group, who, queries) for who in ("bestuur", DIRECTOR))
    mine = pl.col("brin6") == SCHOOL
    frame = director.ask(table)
    own = frame.filter(mine)
    assert own.select(board.ask(table).columns).equals(board.ask(table).filter(mine))
    if table in SHARED_TABLES:
        assert own[HIDDEN].null_count() == own.height
        assert frame.filter(~mine).equals(open_figures(small_group, "gmr", queries).ask(table).filter(~mine))
    else:
        assert frame.height == own.height


@pytest.mark.parametrize("table", ["consent_funnel", "incident_funnel"])
def test_a_director_sees_of_the_group_what_everyone_sees(small_group: Snapshot, queries: Path, table: str) -> None:
    council, director = (open_figures(small_group, who, queries).ask(table) for who in ("gmr", DIRECTOR))
    mine = pl.col("brin6") == SCHOOL
    keys = [name for name in PUBLISHED[table].key if name != "brin6"]
    assert set(director.filter(mine).select(keys).iter_rows()) == set(council.filter(mine).select(keys).iter_rows())
    beside = director.join(council.filter(~mine).unique(keys).select(*keys, "groep"), on=keys, suffix="_shown")
    assert beside["groep"].eq_missing(beside["groep_shown"]).all()


def test_no_director_gets_another_school(small_group: Snapshot, queries: Path) -> None:
    director = open_figures(small_group, DIRECTOR, queries)
    council = open_figures(small_group, "gmr", queries)
    asked = {"brin6": ["99AB00"]}
    assert director.ask("consent_coverage", **asked).equals(council.ask("consent_coverage", **asked))
    assert director.ask("rare_events", **asked).is_empty()


@pytest.mark.parametrize("name", ["", "Bestuur", "directeur", "directeur:", "directeur:../", "gmr:99AA00", "leerling"])
def test_an_unknown_audience_is_refused_with_a_sentence(small_group: Snapshot, queries: Path, name: str) -> None:
    with pytest.raises(StoreProblem, match="Kies uit"):
        open_figures(small_group, name, queries)
    with pytest.raises(UnknownAudience):
        audience(name)


def test_a_director_of_no_school_is_refused(small_group: Snapshot, queries: Path) -> None:
    with pytest.raises(StoreProblem, match="99ZZ99"):
        open_figures(small_group, "directeur:99ZZ99", queries)


def test_an_audience_has_one_name() -> None:
    assert audience("directeur:99aa00") == Audience("directeur", SCHOOL)
    assert audience("directeur:99aa00").name == DIRECTOR


def test_a_snapshot_without_protected_tables_is_for_the_board_only(
    small_group: Snapshot, queries: Path, tmp_path: Path
) -> None:
    older = tmp_path / "older"
    older.mkdir()
    (older / "bestuur").symlink_to(small_group.folder / "bestuur")
    snapshot = Snapshot("older", small_group.today, True, (), (), 0, older)
    assert not (older / SHARED).exists()
    with pytest.raises(StoreProblem, match="alleen het bestuur"):
        open_figures(snapshot, "gmr", queries)
    assert open_figures(snapshot, "bestuur", queries).holds("schools")


def test_a_hidden_count_is_an_x_in_text_and_null_with_a_name_in_data(small_group: Snapshot, queries: Path) -> None:
    frame = open_figures(small_group, "gmr", queries).ask("incidents_by")
    hidden = frame[HIDDEN] == "incidenten"
    assert 0 < hidden.sum() < frame.height
    text = pl.read_csv(io.BytesIO(as_csv(frame)), separator=";", infer_schema=False)
    assert text.columns == frame.columns[:-1]
    assert (text["incidenten"] == MARK).equals(hidden.fill_null(value=False).rename("incidenten"))
    assert "x" in as_table(frame).decode().splitlines()[1].split() or MARK in spell(frame)["incidenten"]
    rows = json.loads(as_json(frame))
    assert [row["incidenten"] is None for row in rows] == [row[HIDDEN] == "incidenten" for row in rows]
    back = pl.read_parquet(io.BytesIO(as_parquet(frame)))
    assert back.schema["incidenten"] == pl.Int64
    assert back.equals(frame)


def test_shown_numbers_are_spelled_as_for_the_board(small_group: Snapshot, queries: Path) -> None:
    """A column with an x in it is text, and its numbers are still written in full."""
    board, council = (open_figures(small_group, who, queries).ask("incident_followup") for who in ("bestuur", "gmr"))
    exact = as_csv(board.filter(pl.col("brin6") == "*")).decode().splitlines()
    for ours, theirs in zip(as_csv(council).decode().splitlines(), exact, strict=True):
        assert all(mine in {MARK, known} for mine, known in zip(ours.split(";"), theirs.split(";"), strict=True))
