"""The door to a snapshot: counts only, for one audience, with nothing else within reach."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from dashboard.settings import Settings
from dashboard.store.questions import MissingTable, Questions, open_questions
from dashboard.store.snapshots import EXACT
from tests.builders import answers, delivered, pupil, school
from tests.road import Road

TODAY = date(2026, 11, 22)


@pytest.fixture
def questions(road: Road) -> Questions:
    rows = [
        school("01AA00"),
        school("02BB00"),
        pupil("1", "01AA00"),
        pupil("2", "02BB00"),
        *answers("1", "2026-09-10 ouder1 ja"),
        delivered("01AA00", "toestemmingen", "2024-08-01", "2026-11-22"),
    ]
    outcome = road.deliver(rows, TODAY)
    return open_questions(outcome.snapshot.folder / EXACT, road.settings().queries)


def test_a_filter_left_out_lets_everything_through(questions: Questions) -> None:
    assert questions.ask("consent_status")["brin6"].unique().sort().to_list() == ["*", "01AA00", "02BB00"]


def test_filters_narrow(questions: Questions) -> None:
    frame = questions.ask("consent_coverage", brin6=["02BB00"], doel=["beeld_email"], peildatum=[TODAY])
    assert frame.select("brin6", "doel", "peildatum").unique().rows() == [("02BB00", "beeld_email", TODAY)]


def test_an_empty_filter_lets_nothing_through(questions: Questions) -> None:
    assert questions.ask("consent_status", brin6=[]).is_empty()


def test_an_unknown_filter_is_a_mistake(questions: Questions) -> None:
    with pytest.raises(KeyError, match="school"):
        questions.ask("consent_status", school=["01AA00"])


def test_a_value_is_never_read_as_sql(questions: Questions) -> None:
    assert questions.ask("consent_status", brin6=["' or 1=1 --"]).is_empty()


def test_no_file_can_be_reached_from_the_door(questions: Questions, road: Road) -> None:
    vault = next(road.settings().store.rglob("leerlingen.parquet"))
    with pytest.raises(duckdb.Error):
        questions._connection.read_parquet(str(vault)).fetchall()
    with pytest.raises(duckdb.Error):
        questions._connection.execute("set enable_external_access = true")


def test_threads_get_their_own_answers(questions: Questions) -> None:
    schools = ["01AA00", "02BB00", "*"] * 60

    def asked(brin6: str) -> set[str]:
        return set(questions.ask("consent_status", brin6=[brin6])["brin6"])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(asked, schools)) == [{brin6} for brin6 in schools]


def test_counts_have_the_types_that_pages_count_on(questions: Questions) -> None:
    assert questions.ask("consent_coverage").schema == {
        "peildatum": pl.Date(),
        "brin6": pl.String(),
        "doel": pl.String(),
        "lezing": pl.String(),
        "ja": pl.Int64(),
        "nee": pl.Int64(),
        "ongeldig": pl.Int64(),
        "onbekend": pl.Int64(),
    }
    monthly = questions.ask("incidents_monthly").schema
    assert {name for name, kind in monthly.items() if kind == pl.Int64()} == {"incidenten", "leerlingen", "lesdagen"}


def test_a_snapshot_older_than_a_table_says_so(tmp_path: Path) -> None:
    """A table that came later is missed with a sentence, not with a crash, and the others still answer."""
    folder = tmp_path
    pl.DataFrame({"brin6": ["99XA00"], "naam": ["Noord"], "soort": [None]}).with_columns(
        pl.lit(None, dtype=pl.Date).alias("actief_van"), pl.lit(None, dtype=pl.Date).alias("actief_tot")
    ).write_parquet(folder / "schools.parquet")
    questions = open_questions(tmp_path, Settings().queries)
    with pytest.raises(MissingTable, match="turning_16 nog niet"):
        questions.ask("turning_16")
    assert questions.ask("schools")["naam"].to_list() == ["Noord"]
