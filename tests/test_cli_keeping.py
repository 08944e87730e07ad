"""The commands about what is kept: the log, the purge, the key and the register; and that nothing personal stays."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from pypdf import PdfReader

from dashboard import cli
from dashboard.commands.asking import operator
from dashboard.processing import FORMS, describe_processing
from dashboard.registry import load_registry
from dashboard.settings import PROJECT, Settings
from dashboard.store.vault import forget_records
from tests.builders import answers, delivered, incident, pupil, school, spoil, write_delivery
from tests.road import Road
from tests.rows import Placement, Publication, Resolution, Row, Spoiled

TODAY = "2026-11-22"

SECRETS = {
    "leerlingnummer": ("48151623", "31415926"),
    "geboortedatum": ("2012-05-17", "17-05-2012", "2009-01-30", "30-01-2009"),
    "bron_id": ("FORMULIER-0042",),
    "incident_id": ("MELDING-0099",),
    "publicatie_id": ("FOTO-0007",),
    "stage_id": ("STAGE-0011",),
    "besluit_id": ("BESLUIT-0013",),
    "naam": ("Vergeetmijniet", "Roodkapje"),
    "bsn": ("111222333",),
    "bestand": ("klas-van-sneeuwwitje",),
}
"""Every way in which the delivery says who somebody is, by column."""


def delivery() -> list[Row | Spoiled]:
    return [
        school(naam="Het Eigen College"),
        pupil("48151623", born="2012-05-17"),
        pupil("31415926", born="2009-01-30", since="2022-08-01", until="2024-08-01"),
        *(pupil(f"9000{n}", born=f"2012-06-{n:02}") for n in range(1, 9)),
        *answers("48151623", "2026-09-10 ouder1 ja id=FORMULIER-0042"),
        *answers("31415926", "2023-09-11 ouder1 nee id=FORMULIER-0042"),
        spoil(answers("48151623", "2026-09-10 ouder2 ja")[0], antwoord="misschien"),
        incident("MELDING-0099", "2026-09-15"),
        Publication("FOTO-0007", "01AA00", date(2026, 9, 16), "beeld_website", "48151623"),
        Placement("STAGE-0011", "01AA00", "stagiair", date(2026, 9, 1), date(2026, 8, 20)),
        Resolution("BESLUIT-0013", date(2026, 9, 1), "IV.M.8", "Uitleg herschrijven"),
        delivered("01AA00", "toestemmingen", "2023-08-01", TODAY),
        delivered("01AA00", "incidenten", "2026-08-01", TODAY),
    ]


def exports(folder: Path) -> Path:
    """The delivery as files, one of them with names in it, and named after a pupil."""
    write_delivery(folder, delivery())
    answered = folder / "toestemmingen-1.csv"
    header, *lines = answered.read_text(encoding="utf-8").splitlines()
    named = [f"{header};achternaam;bsn", *(f"{line};Vergeetmijniet Roodkapje;111222333" for line in lines)]
    answered.rename(folder / "klas-van-sneeuwwitje.csv").write_text("\n".join(named), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Road:
    """A store, filled once, with what the import left in the temporary folder; every test has a copy."""
    road = Road(tmp_path_factory.mktemp("ingelezen"), is_protected=True)
    left = road.folder / "tijdelijk"
    left.mkdir()
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setattr(tempfile, "tempdir", str(left))
        road.import_folder(exports(road.folder / "levering"), date.fromisoformat(TODAY))
    return road


@pytest.fixture
def kept(imported: Road, tmp_path: Path) -> Road:
    shutil.copytree(imported.folder, tmp_path, dirs_exist_ok=True)
    forget_records()
    return Road(tmp_path)


Said = tuple[int, str, str]


@pytest.fixture
def gedragscode(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Said]:
    def run(*arguments: object) -> Said:
        monkeypatch.setattr("sys.argv", ["gedragscode", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.run()
        out, err = capfdbinary.readouterr()
        return int(ended.value.code or 0), out.decode("utf-8-sig"), err.decode()

    return run


@pytest.mark.usefixtures("kept")
def test_every_figure_dossier_and_change_of_the_store_is_logged(
    gedragscode: Callable[..., Said], tmp_path: Path
) -> None:
    """What shows nothing or changes nothing leaves no line: the list of tables, a repeated import, a dry run."""
    gedragscode("figures")
    assert gedragscode("log")[:2] == (0, "")
    shown = gedragscode("snapshots")[1].split()[0]
    gedragscode("import", tmp_path / "levering", "--today", TODAY)
    dry = gedragscode("purge", "--dry-run", "--today", TODAY)
    assert dry[:2] == (0, "toestemmingen  rijen 1\npublicaties  rijen 0\nincidenten  rijen 0\nleerlingen  rijen 1\n")
    gedragscode("figures", "evaluation_clock", "--format", "csv")
    gedragscode("figures", "schools_of_nobody")
    gedragscode("report", "--format", "html", "--out", tmp_path / "geheime naam.html")
    gedragscode("rollback", shown)
    code, text, _ = gedragscode("log", "--format", "csv")
    lines = [tuple(row.values()) for row in csv.DictReader(io.StringIO(text), delimiter=";")]
    assert code == 0
    assert [(line[1], *line[2:]) for line in lines] == [
        (operator(), "bestuur", "gedownload", "evaluation_clock", shown),
        (operator(), "bestuur", "dossier", "dossier.html", shown),
        (operator(), "", "rollback", "momentopname", shown),
    ]
    assert gedragscode("log", "--to", "2020-01-01", "--format", "json")[1] == "[]\n"


def test_a_broken_log_is_said_and_an_unwritable_one_refuses(
    kept: Road, gedragscode: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gedragscode("figures", "schools_of_nobody")
    gedragscode("figures", "evaluation_clock")
    month = next((kept.settings().store / "log").glob("*.jsonl"))
    month.write_text(month.read_text().replace("bekeken", "gedownload"))
    code, text, err = gedragscode("log")
    assert (code, "evaluation_clock" in text, "veranderd of weggehaald" in err) == (1, True, True)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GEDRAGSCODE_LOG", str(tmp_path / "file" / "log"))
    for command in (["figures", "evaluation_clock", "--format", "csv"], ["purge", "--today", TODAY]):
        assert gedragscode(*command)[:2] == (2, "")


@pytest.mark.parametrize("months", ["0", "25", "lang"])
@pytest.mark.usefixtures("kept")
def test_a_term_over_two_years_is_refused(
    gedragscode: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, months: str
) -> None:
    monkeypatch.setenv("GEDRAGSCODE_RETENTION_MONTHS", months)
    assert gedragscode("purge", "--today", TODAY)[0] == 2


def test_another_key_comes_with_another_store_and_nothing_is_overwritten(
    kept: Road, gedragscode: Callable[..., Said], tmp_path: Path
) -> None:
    """The old key keeps working on the old store; under the new one the same pupils count once."""
    new = tmp_path / "nieuw"
    new.mkdir()
    command = ["key", "rotate", tmp_path / "levering", "--new-store", new / "store", "--today", TODAY, "--new-key"]
    refused = gedragscode(*command, kept.settings().key_file)
    assert (refused[0], "bestaat al" in refused[2]) == (2, True)
    code, text, err = gedragscode(*command, new / "pseudonym.key")
    assert (code, len(text.strip())) == (1, 16), "one row of the delivery is refused"
    assert "in de oude map" not in err
    assert (new / "pseudonym.key").read_bytes() != kept.settings().key_file.read_bytes()
    totals = [
        json.loads(gedragscode("figures", "consent_status", "--format", "json", "--store", store)[1])
        for store in (kept.settings().store, new / "store")
    ]
    assert totals[0] == totals[1]
    assert gedragscode("key", "check")[0] == 0
    assert gedragscode("key", "check", "--store", new / "store")[0] == 2
    assert gedragscode(*command, new / "derde.key")[0] == 2


def test_the_register_in_the_docs_is_what_the_program_does_now(
    gedragscode: Callable[..., Said], tmp_path: Path
) -> None:
    """`gedragscode register --out docs/verwerkingsregister.md` brings it up to date."""
    told = describe_processing(Settings(), load_registry(Settings().registry))
    assert (PROJECT / "docs" / "verwerkingsregister.md").read_text(encoding="utf-8") == FORMS[".md"](told)
    for name in ("register.html", "register.md"):
        assert gedragscode("register", "--out", tmp_path / name)[0] == 0
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert all(chapter.title in text for chapter in told)
    assert gedragscode("register", "--out", tmp_path / "register.pdf")[0] == 2


def test_no_identifier_of_the_delivery_is_anywhere(
    kept: Road, gedragscode: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in the store, the log, the temporary folder, the report of refusals, the figures or the dossier of any form.

    Nor in what a purge writes, which says where its proof is.
    """
    left, made = tmp_path / "tijdelijk", tmp_path / "gemaakt"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(left))
    gedragscode("check", tmp_path / "levering", "--today", TODAY, "--report", made / "weigeringen.csv")
    said = [gedragscode("purge", "--today", TODAY)]
    said += [gedragscode("figures", "consent_status", "--format", form) for form in ("csv", "json")]
    gedragscode("figures", "decisions")
    for form in ("pdf", "docx", "xlsx", "html"):
        gedragscode("report", "--format", form, "--out", made / f"dossier.{form}")
    said += [gedragscode("log"), gedragscode("snapshots")]
    proof = next((kept.settings().store / "purges").glob("*.json")).stem
    assert (said[0][0], proof in said[0][2], proof in said[-2][1]) == (0, True, True)
    files = [path for folder in (kept.settings().store, left, made) for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".parquet", ".json", ".jsonl", ".csv", ".pdf", ".docx", ".xlsx", ".html"}
    texts = {path.name: f"{path.relative_to(tmp_path)}\n{text_of(path)}".casefold() for path in files}
    texts["scherm"] = "\n".join(f"{out}{err}" for _, out, err in said).casefold()
    found = {
        (name, where)
        for name, words in SECRETS.items()
        for word in words
        for where, text in texts.items()
        if word.casefold() in text
    }
    assert found == {("bestand", "weigeringen.csv")}, "the report names the file for whoever delivered it"


def text_of(path: Path) -> str:
    """What a file says, unpacked."""
    if path.suffix == ".parquet":
        return str(pl.read_parquet(path).cast(pl.String).rows())
    if path.suffix == ".xlsx":
        sheets = pl.read_excel(path, sheet_id=0, has_header=False)
        return "\n".join(str(sheet.cast(pl.String).rows()) for sheet in sheets.values())
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as parts:
            return "\n".join(re.sub("<[^>]+>", "", parts.read(name).decode("latin-1")) for name in parts.namelist())
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    return path.read_bytes().decode("latin-1")
