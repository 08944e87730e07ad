"""Rows go when their term is over, and never before; what was counted from them stays."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from dashboard.purging import Purging, purge_store
from dashboard.registry import Registry
from dashboard.store import retention
from dashboard.store.places import Places, StoreProblem, digest_of
from dashboard.store.publishing import Protect
from dashboard.store.snapshots import current_snapshot, find_snapshot, list_snapshots, show_snapshot
from dashboard.store.vault import forget_records
from tests.builders import answers, delivered, incident, pupil, school
from tests.road import Road
from tests.rows import Publication, Row
from tests.store.test_importing import files_of

FIRST = date(2025, 3, 3)
TODAY = date(2026, 11, 23)
TERM = date(2024, 11, 23)
"""Two years before the day of the purge."""

LEFT, LEFT_LATER, BACK, STAYED = "1001", "1002", "1003", "1004"
NEVER = ("data_quality", "rare_events", "imports", "changes")
"""What tells of rows that are there, or dates single incidents."""


def history() -> list[Row]:
    """Four pupils: gone two years ago, gone a day later, gone and back, never gone."""
    enrolled = [
        pupil(LEFT, since="2023-08-01", until=TERM),
        pupil(LEFT_LATER, since="2023-08-01", until=TERM + timedelta(days=1)),
        pupil(BACK, since="2023-08-01", until="2024-02-01"),
        pupil(STAYED, since="2023-08-01"),
        *(pupil(f"2{n:03}", since="2023-08-01") for n in range(6)),
    ]
    asked = [
        row for number in (LEFT, LEFT_LATER, BACK, STAYED) for row in answers(number, "2023-09-10 ouder1 ja id=F77")
    ]
    used = [
        Publication(f"foto-{number}-{day}", "01AA00", date.fromisoformat(day), "beeld_website", number)
        for number in (LEFT, STAYED)
        for day in ("2023-10-02", "2025-02-03")
    ]
    happened = [
        incident("m1", "2023-09-04", platform="tiktok", maatregel="gesprek", maatregel_datum=date(2023, 9, 6)),
        incident("m2", "2023-11-06", getroffene="leerling"),
        incident("m3", TERM, maatregel="schorsing", maatregel_datum=date(2024, 11, 29)),
        incident("m4", TERM + timedelta(days=1), ernst="licht"),
        incident("m5", "2025-02-12", ernst="ernstig"),
    ]
    declared = [delivered("01AA00", name, "2023-08-01", FIRST) for name in ("toestemmingen", "incidenten")]
    return [school(), *enrolled, *asked, *used, *happened, *declared]


def later() -> list[Row]:
    """What is delivered before the purge, on its day: a correction, and news in a period of which a part is purged."""
    return [
        pupil(BACK, since="2026-08-01", year=4),
        pupil(STAYED, since="2023-08-01", year=3),
        incident("m6", "2025-05-12", platform="x"),
        *(delivered("01AA00", name, "2025-03-04", TODAY) for name in ("toestemmingen", "incidenten")),
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Road:
    """A store with two imports, made once; every test has a copy."""
    road = Road(tmp_path_factory.mktemp("bewaard"))
    road.deliver(history(), FIRST)
    road.deliver(later(), TODAY)
    return road


@pytest.fixture
def kept(made: Road, tmp_path: Path) -> Road:
    shutil.copytree(made.folder, tmp_path, dirs_exist_ok=True)
    forget_records()
    return Road(tmp_path)


def purge(road: Road, today: date = TODAY, *, dry: bool = False) -> Purging:
    return purge_store(road.settings(), today, lambda _what, _rows: None, dry=dry, protector=show_nobody_else)


def show_nobody_else(_queries: Path, _registry: Registry) -> Protect:
    return lambda *_what: {}


def figures(road: Road) -> dict[str, list[dict[str, object]]]:
    """Every count that is shown to the board."""
    shown = current_snapshot(Places(road.settings().store))
    assert shown is not None
    return {path.stem: pl.read_parquet(path).sort(pl.all()).to_dicts() for path in (shown.folder / "bestuur").glob("*")}


def rows_left(road: Road) -> dict[str, int]:
    paths = Places(road.settings().store).vault.glob("*/*.parquet")
    found: dict[str, int] = {}
    for path in paths:
        found[path.stem] = found.get(path.stem, 0) + pl.read_parquet(path).height
    return found


def test_nothing_goes_a_day_before_the_term_and_a_dry_run_changes_nothing(kept: Road) -> None:
    before = files_of(kept.settings().store)
    dry = purge(kept, dry=True)
    assert files_of(kept.settings().store) == before
    assert (dry.last_day, dry.pupils, dry.rows) == (
        TERM,
        1,
        {"leerlingen": 1, "toestemmingen": 1, "publicaties": 2, "incidenten": 3},
    )
    with pytest.raises(StoreProblem, match="ligt voor die van een eerdere import"):
        purge(kept, TODAY - timedelta(days=1))
    assert files_of(kept.settings().store) == before


def test_what_is_past_its_term_goes_the_figures_stay_and_a_proof_says_what_went(kept: Road) -> None:
    """A pupil who came back keeps everything; twice is once."""
    places = Places(kept.settings().store)
    before, was, rows = figures(kept), current_snapshot(places), rows_left(kept)
    done = purge(kept)
    after, shown = figures(kept), current_snapshot(places)
    assert was is not None
    assert shown is not None
    assert {name for name in before if before[name] != after[name]} <= set(NEVER)
    assert before["consent_coverage"]
    assert any(row["periode"] == "2023-08/2024-07" for row in before["incidents_by"])
    gone = {name: rows[name] - left for name, left in rows_left(kept).items() if left != rows[name]}
    assert gone == done.rows
    assert (shown.id, shown.previous, shown.purges) == (done.snapshot, was.id, (done.proof,))
    assert find_snapshot(places, was.id) == was, "earlier snapshots stay"
    proof = json.loads((places.purges / f"{done.proof}.json").read_text(encoding="utf-8"))
    assert (proof["last_day"], proof["pupils"], proof["rows"]) == (TERM.isoformat(), 1, dict(done.rows))
    assert all(file["rows_before"] > file["rows_after"] for file in proof["files"])
    assert all(
        digest_of(places.vault / file["import"] / f"{file['dataset']}.parquet") == file["sha256_after"]
        for file in proof["files"]
    )
    again = files_of(kept.settings().store)
    assert purge(kept).proof is None
    assert files_of(kept.settings().store) == again


def test_an_import_after_a_purge_keeps_history_and_brings_nothing_back(kept: Road) -> None:
    """New rows of a purged period are added to what it held; purged rows are refused with a reason."""
    before = figures(kept)
    purge(kept)
    known = {row["brin6"] for row in before["consent_coverage"]}
    again = kept.deliver([*history(), incident("m7", "2025-06-16", platform="x")], TODAY)
    accounts = {file.dataset: file for file in again.checked.files}
    assert (accounts["leerlingen"].rejected, accounts["incidenten"].rejected) == (1, 3)
    assert (accounts["toestemmingen"].rejected, accounts["publicaties"].rejected) == (1, 2)
    assert "bewaartermijn" in again.checked.rejections["reden"].str.join(" ").item()
    after = figures(kept)
    assert {row["brin6"] for row in after["consent_coverage"]} == known
    assert after["consent_coverage"] == before["consent_coverage"]
    assert after["use_without_consent"] == before["use_without_consent"]
    year = {"periode": "2024-08/2025-07", "brin6": "*", "dimensie": "categorie", "waarde": "pesten"}
    counts = [
        next(row["incidenten"] for row in told["incidents_by"] if year.items() <= row.items())
        for told in (before, after)
    ]
    assert counts == [4, 5]
    months = [{row["maand"]: row["incidenten"] for row in told["incidents_monthly"]} for told in (before, after)]
    assert months[1] == {**months[0], "2025-06": 1}


STEPS = ("write_json", "show_snapshot", "_in_order", "write_proof")


@pytest.mark.parametrize("moment", STEPS)
def test_killed_at_any_moment_a_purge_is_undone_or_completed(
    kept: Road, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Whatever the moment: the figures are the same, and doing it again leaves what an undisturbed purge leaves."""
    before = figures(kept)

    def die(*_: object, **__: object) -> Iterator[Path]:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(retention, moment, die)
        with pytest.raises(KeyboardInterrupt):
            purge(kept)
    assert {name for name, rows in figures(kept).items() if rows != before[name]} <= set(NEVER)
    purge(kept)
    assert rows_left(kept) == {"scholen": 1, "leerlingen": 11, "toestemmingen": 3, "publicaties": 2, **LEFT_OVER}
    assert {name for name, rows in figures(kept).items() if rows != before[name]} <= set(NEVER)
    assert not list(Places(kept.settings().store).vault.glob(".*"))
    assert len(list(Places(kept.settings().store).purges.iterdir())) == 1


LEFT_OVER = {"incidenten": 3, "leveringen": 4}


def test_an_import_on_a_snapshot_of_before_is_refused_unless_one_of_after_stands_in_for_it(kept: Road) -> None:
    """Rolled back over a purge: the same imports count on, others are gone in part."""
    places = Places(kept.settings().store)
    oldest, latest = list_snapshots(places)
    before = figures(kept)
    purge(kept)
    show_snapshot(places, oldest)
    with pytest.raises(StoreProblem, match="van voor een opschoning"):
        kept.deliver([incident("m8", "2025-02-17")], TODAY)
    show_snapshot(places, latest)
    kept.deliver([incident("m8", "2026-10-05")], TODAY)
    assert figures(kept)["consent_status"] == before["consent_status"]
