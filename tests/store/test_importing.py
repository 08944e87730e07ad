"""An import changes everything or nothing, the same input gives the same bytes, and no identifier gets in."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard import importing
from dashboard.periods import CalendarError
from dashboard.registry import RegistryError, load_registry
from dashboard.settings import Settings
from dashboard.store import publishing
from dashboard.store.places import Places, StoreProblem, locked, make_store
from dashboard.store.publishing import Publisher
from dashboard.store.snapshots import current_snapshot, find_snapshot, list_snapshots, show_snapshot
from tests.builders import answers, delivered, incident, pupil, school, spoil, write_delivery
from tests.road import Road
from tests.rows import Row, Spoiled

TODAY = date(2026, 11, 22)
NUMBER = "48151623"
BIRTH = "2012-05-17"


def delivery() -> list[Row]:
    return [
        school(naam="Het Eigen College"),
        pupil(NUMBER, born=BIRTH),
        *answers(NUMBER, "2026-09-10 ouder1 ja id=FORMULIER-0042"),
        incident("MELDING-0099", "2026-09-15"),
        delivered("01AA00", "toestemmingen", "2024-08-01", "2026-11-22"),
        delivered("01AA00", "incidenten", "2026-08-01", "2026-11-22"),
    ]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The road with that delivery in its store: made once for all tests of a worker, that each get a copy."""
    road = Road(tmp_path_factory.mktemp("imported"))
    road.deliver(delivery(), TODAY)
    return road.folder


@pytest.fixture
def begun(imported: Path, road: Road) -> None:
    """The road of this test has the delivery in its store."""
    shutil.copytree(imported, road.folder, dirs_exist_ok=True)


def files_of(folder: Path) -> dict[str, str]:
    """Every file below a folder, by its place, with the hash of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_same_delivery_key_and_day_give_the_same_store_byte_for_byte(tmp_path: Path) -> None:
    roads = [Road(tmp_path / name) for name in ("one", "two")]
    for road in roads:
        road.folder.mkdir()
        road.settings().key_file.write_bytes(bytes(range(32)))
        road.deliver(delivery(), TODAY)
    first, second = (files_of(road.settings().store) for road in roads)
    assert first == second


def test_order_and_number_of_files_give_the_same_snapshot(tmp_path: Path) -> None:
    rows = [*delivery(), *(incident(f"M{n}", "2026-09-16") for n in range(5))]
    shuffled = Road(tmp_path / "shuffled")
    plain = Road(tmp_path / "plain")
    for road in (plain, shuffled):
        road.folder.mkdir()
        road.settings().key_file.write_bytes(bytes(range(32)))
    expected = plain.deliver(rows, TODAY).snapshot_id
    assert shuffled.deliver(list(reversed(rows)), TODAY, files=3).snapshot_id == expected


def test_importing_again_changes_nothing(road: Road) -> None:
    first = road.deliver(delivery(), TODAY)
    before = files_of(road.settings().store)
    second = road.deliver(delivery(), TODAY)
    assert second.snapshot_id == first.snapshot_id
    assert files_of(road.settings().store) == before


@pytest.mark.usefixtures("begun")
def test_importing_again_on_a_later_day_moves_the_day_only(road: Road) -> None:
    road.deliver(delivery(), date(2026, 11, 23))
    latest = {row["laatste_levering"] for row in road.table("data_quality")}
    assert latest == {date(2026, 11, 23)}
    assert {row["rijen"] for row in road.table("data_quality") if row["dataset"] == "leerlingen"} == {1}


@pytest.mark.usefixtures("begun")
def test_a_correction_replaces_and_the_vault_keeps_what_it_replaced(road: Road) -> None:
    road.deliver([incident("MELDING-0099", "2026-09-15", reikwijdte="buiten")], TODAY)
    september = [row for row in road.table("incidents_monthly") if row["maand"] == "2026-09"]
    assert {row["incidenten"] for row in september} == {0}
    vault = Places(road.settings().store).vault
    assert len(list(vault.glob("*/incidenten.parquet"))) == 2


def test_what_was_rolled_back_counts_only_when_imported_again(road: Road) -> None:
    places = Places(road.settings().store)
    first = road.deliver(delivery(), TODAY)
    more = [incident("MELDING-0100", "2026-09-16")]
    second = road.deliver(more, TODAY)
    show_snapshot(places, find_snapshot(places, first.snapshot_id))

    third = road.deliver([incident("MELDING-0101", "2026-09-17")], TODAY)
    assert september(road) == 2, "the first and the third, not the one that was rolled back"
    assert third.snapshot is not None
    assert second.snapshot.imports[1] not in third.snapshot.imports

    road.deliver(more, TODAY)
    assert september(road) == 3


def september(road: Road) -> object:
    return next(
        row["incidenten"]
        for row in road.table("incidents_monthly")
        if row["maand"] == "2026-09" and row["brin6"] == "*"
    )


def test_no_identifier_of_the_delivery_is_in_any_file_of_the_store(road: Road) -> None:
    road.deliver([*delivery(), spoil(pupil("31415926"), leerjaar="9")], TODAY)
    content = b"\n".join(
        path.read_bytes() + path.name.encode() for path in road.settings().store.rglob("*") if path.is_file()
    )
    decoded = "\n".join(str(row) for row in _every_row(road))
    for secret in (NUMBER, "31415926", "FORMULIER-0042", "MELDING-0099", "MELDING", BIRTH, "17-05-2012"):
        assert secret.encode() not in content
        assert secret not in decoded
    assert "2028-05-17" in decoded, "the day of turning 16 stands in for the birth date"


def _every_row(road: Road) -> list[dict[str, object]]:
    return [
        {name: str(value) for name, value in row.items()}
        for path in road.settings().store.rglob("*.parquet")
        for row in pl.read_parquet(path).to_dicts()
    ]


@pytest.mark.usefixtures("begun")
def test_a_published_file_holds_no_pseudonym(road: Road) -> None:
    for path in Places(road.settings().store).snapshots.rglob("*.parquet"):
        for column in pl.read_parquet(path):
            texts = column.cast(pl.String).drop_nulls().to_list()
            assert not [text for text in texts if re.fullmatch(r"[0-9a-f]{32}", text)], path.name


def test_the_vault_and_the_key_are_for_the_owner_only(road: Road) -> None:
    road.deliver(delivery(), TODAY)
    assert Places(road.settings().store).vault.stat().st_mode & 0o077 == 0
    assert road.settings().key_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("begun")
def test_another_key_is_refused_and_nothing_changes(road: Road) -> None:
    before = files_of(road.settings().store)
    road.settings().key_file.write_bytes(os.urandom(32))
    with pytest.raises(StoreProblem, match="sleutel hoort niet bij"):
        road.deliver(delivery(), TODAY)
    assert files_of(road.settings().store) == before


@pytest.mark.parametrize("place", ["sleutel", "vault/sleutel"])
def test_a_key_inside_the_store_is_refused(road: Road, place: str) -> None:
    """Whoever copies the store would have the key with it."""
    folder = write_delivery(road.folder / "delivery", delivery())
    inside = Settings(store=road.settings().store, key_file=road.settings().store / place)
    with pytest.raises(StoreProblem, match="sleutelbestand ligt in"):
        importing.import_delivery([folder], inside, TODAY)
    assert not inside.key_file.exists()


@pytest.mark.usefixtures("begun")
def test_a_lost_key_is_not_silently_replaced(road: Road) -> None:
    road.settings().key_file.unlink()
    with pytest.raises(StoreProblem, match="ontbreekt"):
        road.deliver(delivery(), TODAY)
    assert not road.settings().key_file.exists()


@pytest.mark.usefixtures("begun")
def test_a_day_before_an_earlier_import_is_refused(road: Road) -> None:
    with pytest.raises(StoreProblem, match="ligt voor die van een eerdere import"):
        road.deliver(delivery(), date(2026, 11, 21))


def test_a_second_import_at_the_same_time_is_refused(road: Road) -> None:
    places = Places(road.settings().store)
    make_store(places)
    with locked(places), pytest.raises(StoreProblem, match="loopt al een import"):
        road.deliver(delivery(), TODAY)


@pytest.mark.usefixtures("begun")
def test_a_month_outside_the_school_holidays_is_refused_and_nothing_stays(road: Road) -> None:
    before = files_of(road.settings().store)
    with pytest.raises(CalendarError, match=r"school_holidays\.csv"):
        road.deliver([delivered("01AA00", "incidenten", "2020-08-01", "2020-12-31")], TODAY)
    assert files_of(road.settings().store) == before


def test_a_check_refuses_such_a_month_as_well(road: Road) -> None:
    folder = write_delivery(
        road.folder / "early", [*delivery(), delivered("01AA00", "incidenten", "2020-08-01", TODAY)]
    )
    with pytest.raises(CalendarError, match=r"school_holidays\.csv"):
        importing.check([folder], road.settings(), TODAY)


@pytest.mark.parametrize(
    ("where", "moment"),
    [(Publisher, "_told"), (Publisher, "_lay_out"), (publishing, "take_steps"), (publishing, "_write")],
)
def test_an_import_that_dies_leaves_the_old_figures_and_can_be_repeated(
    road: Road, monkeypatch: pytest.MonkeyPatch, where: object, moment: str
) -> None:
    first = road.deliver(delivery(), TODAY)
    more = [incident("MELDING-0100", "2026-09-16")]

    def die(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(where, moment, die)
        with pytest.raises(KeyboardInterrupt):
            road.deliver(more, TODAY)
    shown = current_snapshot(Places(road.settings().store))
    assert shown is not None
    assert shown.id == first.snapshot_id
    road.deliver(more, TODAY)
    assert september(road) == 2


@pytest.mark.usefixtures("begun")
def test_what_a_killed_import_left_behind_is_swept_up(road: Road) -> None:
    places = Places(road.settings().store)
    for folder in (places.vault, places.snapshots):
        (folder / ".draft-abc").mkdir()
        (folder / ".draft-abc" / "half.parquet").write_bytes(b"half")
    road.deliver([incident("MELDING-0100", "2026-09-16")], TODAY)
    assert not list(places.root.rglob(".draft-*"))


@pytest.mark.parametrize("lost", ["incidenten.parquet", "import.json"])
def test_a_folder_that_was_half_removed_is_not_taken_for_the_import(road: Road, lost: str) -> None:
    """Rolled back, its snapshot gone, killed while its rows were being removed: the repeat brings every row."""
    places = Places(road.settings().store)
    first = road.deliver(delivery(), TODAY)
    more = [incident("MELDING-0100", "2026-09-16")]
    second = road.deliver(more, TODAY)
    show_snapshot(places, find_snapshot(places, first.snapshot_id))
    shutil.rmtree(second.snapshot.folder)
    (places.vault / second.snapshot.imports[-1] / lost).unlink()
    road.deliver(more, TODAY)
    assert september(road) == 2


def test_rows_that_vanished_from_the_vault_are_a_sentence_not_a_smaller_number(road: Road) -> None:
    outcome = road.deliver(delivery(), TODAY)
    (Places(road.settings().store).vault / outcome.snapshot.imports[0] / "incidenten.parquet").unlink()
    with pytest.raises(StoreProblem, match="incidenten"):
        road.deliver([incident("MELDING-0100", "2026-09-16")], TODAY)


def test_a_purpose_that_the_registry_drops_stops_no_import(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another set of purposes: answers about an old one stay in the vault and are no longer counted."""
    road.deliver([*delivery(), *answers(NUMBER, "2026-09-11 ouder1 nee", purpose="beeld_email")], TODAY)
    fewer = load_registry(road.settings().registry)
    fewer = replace(fewer, purposes=tuple(p for p in fewer.purposes if p.code != "beeld_email"))
    monkeypatch.setattr(importing, "load_registry", lambda _path: fewer)
    road.deliver([incident("MELDING-0100", "2026-09-16")], TODAY)
    assert "beeld_email" not in {row["doel"] for row in road.table("consent_status")}


def test_counts_may_be_read_by_another_account(road: Road) -> None:
    """The app need not run as the owner of the vault."""
    outcome = road.deliver(delivery(), TODAY)
    assert outcome.snapshot.folder.stat().st_mode & 0o755 == 0o755


def test_a_file_that_is_refused_whole_is_on_record_as_such(road: Road) -> None:
    folder = write_delivery(road.folder / "delivery", delivery())
    (folder / "onzin.csv").write_text("leerlingnummer;doel\n1;beeld_email\n", encoding="utf-8")
    outcome = road.import_folder(folder, TODAY)
    files = pl.read_parquet(outcome.snapshot.folder / "bestuur" / "imports.parquet")
    assert files.filter(pl.col("dataset").is_null()).height == 1
    assert len(outcome.snapshot.inputs) == files.height - 1


def test_a_lost_snapshot_is_a_sentence(road: Road) -> None:
    outcome = road.deliver(delivery(), TODAY)
    shutil.rmtree(outcome.snapshot.folder)
    with pytest.raises(StoreProblem, match="momentopname"):
        road.table("consent_status")


def test_nothing_importable_changes_nothing(road: Road) -> None:
    folder = road.folder / "delivery"
    folder.mkdir()
    (folder / "onzin.csv").write_text("appel;peer\n1;2\n", encoding="utf-8")
    outcome = road.import_folder(folder, TODAY)
    assert outcome.snapshot is None
    assert list_snapshots(Places(road.settings().store)) == []


def test_rejected_rows_are_kept_as_counts_and_reasons_only(road: Road) -> None:
    outcome = road.deliver([*delivery(), spoil(incident("M1", "2026-09-16"), categorie="pestn")], TODAY)
    record = json.loads((Places(road.settings().store).vault / outcome.snapshot.imports[0] / "import.json").read_text())
    assert [(row["kolom"], row["rijen"]) for row in record["reasons"]] == [("categorie", 1)]
    assert all(
        set(file) == {"digest", "dataset", "profile", "read", "accepted", "rejected", "known", "refused"}
        for file in record["files"]
    )


def test_checking_writes_nothing(road: Road, tmp_path: Path) -> None:
    rows: list[Row | Spoiled] = [*delivery(), spoil(incident("M1", "2026-09-16"), categorie="pestn")]
    folder = write_delivery(tmp_path / "delivery", rows)
    before = files_of(tmp_path)
    checked = importing.check([folder], road.settings(), TODAY)
    assert sum(file.accepted for file in checked.files) == len(delivery())
    assert files_of(tmp_path) == before
    assert not road.settings().store.exists()


@pytest.mark.usefixtures("begun")
def test_checking_knows_what_the_store_holds(road: Road) -> None:
    folder = write_delivery(road.folder / "again", delivery())
    checked = importing.check([folder], road.settings(), TODAY)
    assert [(file.accepted, file.known) for file in checked.files] == [(0, file.read) for file in checked.files]


def test_a_store_is_real_for_good_once_anything_real_is_in_it(road: Road) -> None:
    folder = write_delivery(road.folder / "made-up", delivery())
    marker = {"files": {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob("*.csv")}}
    (folder / ".demo-delivery.json").write_text(json.dumps(marker))
    assert road.import_folder(folder, TODAY).snapshot.demo
    real = write_delivery(road.folder / "real", [incident("M2", "2026-09-16")])
    assert not road.import_folder(real, TODAY).snapshot.demo
    assert not road.import_folder(folder, TODAY).snapshot.demo


def test_the_same_rows_without_the_marker_make_the_store_real(road: Road) -> None:
    folder = write_delivery(road.folder / "made-up", delivery())
    marker = {"files": {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob("*.csv")}}
    (folder / ".demo-delivery.json").write_text(json.dumps(marker))
    road.import_folder(folder, TODAY)
    (folder / ".demo-delivery.json").unlink()
    assert not road.import_folder(folder, TODAY).snapshot.demo


@pytest.mark.usefixtures("begun")
def test_a_category_that_the_registry_drops_still_counts_under_no_article(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was reported about an old category stays a report: of its scope and follow-up, but of no article."""
    known = load_registry(road.settings().registry)
    fewer = replace(known, categories=tuple(one for one in known.categories if one.code != "pesten"))
    monkeypatch.setattr(importing, "load_registry", lambda _path: fewer)
    road.deliver([pupil("2")], TODAY)
    told = {(row["artikel"], row["indicator"]): row["teller"] for row in road.table("evaluation")}
    assert told["II.2", "incidenten_school"] == 1
    assert told["IV.A.6", "incidenten"] == 0


def test_measures_are_those_of_pupils_and_staff(road: Road) -> None:
    """The registry may name no others: a sentence with the line says so before anything is imported."""
    path = road.folder / "registry.toml"
    text = road.settings().registry.read_text("utf-8")
    path.write_text(text.replace('medewerkers = ["berisping', 'vrijwilligers = ["berisping'), "utf-8")
    with pytest.raises(RegistryError, match="maatregelen zijn er voor leerlingen en medewerkers"):
        load_registry(path)
