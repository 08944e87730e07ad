"""`gedragscode report`: the dossier as a file, and what is refused before anything is written."""

from __future__ import annotations

import shutil
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from dashboard import cli, dossiers
from dashboard.importing import import_delivery
from dashboard.reports import WRITERS
from dashboard.reports.evidence import Ask
from dashboard.reports.files import is_ours
from dashboard.settings import Settings
from dashboard.store.places import Places
from dashboard.store.snapshots import Snapshot, current_snapshot
from tests.builders import answers, delivered, incident, pupil, school, write_delivery

TODAY = "2026-11-22"
PERIOD = "2025-02/2027-01"
STARTS = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK", "html": b"<!DOCTYPE html>"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a command did."""

    code: int
    out: bytes
    err: str


Command = Callable[..., Said]


@pytest.fixture
def gedragscode(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    def run(*arguments: object) -> Said:
        monkeypatch.setattr("sys.argv", ["gedragscode", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.run()
        out, err = capfdbinary.readouterr()
        return Said(int(ended.value.code or 0), out, err.decode())

    return run


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store and its key, made once for all tests of a worker; they get a copy of their own."""
    folder = tmp_path_factory.mktemp("imported")
    rows = [
        school("01AA00"),
        pupil("1"),
        *answers("1", "2026-09-10 ouder1 ja"),
        incident("m1", "2026-09-15"),
        delivered("01AA00", "toestemmingen", "2024-08-01", TODAY),
        delivered("01AA00", "incidenten", "2026-08-01", TODAY),
    ]
    delivery = write_delivery(folder / "delivery", rows)
    settings = Settings(store=folder / "store", key_file=folder / "key")
    assert import_delivery([delivery], settings, date.fromisoformat(TODAY)).snapshot is not None
    return folder


@pytest.fixture
def snapshot(imported: Path) -> str:
    """The id of the snapshot in the store of this test."""
    shutil.copytree(imported / "store", Settings().store)
    shutil.copyfile(imported / "key", Settings().key_file)
    shown = current_snapshot(Places(Settings().store))
    assert shown is not None
    return shown.id


def test_every_form_is_made(gedragscode: Command, snapshot: str, tmp_path: Path) -> None:
    """A file of the right kind, that names its snapshot, readable for its owner only; a second time the same."""
    assert [*STARTS] == [*WRITERS] == [form.value for form in cli.PaperFormat]
    for form, start in STARTS.items():
        target = tmp_path / f"dossier.{form}"
        said = gedragscode("report", "--format", form, "--out", target)
        assert (said.code, said.out) == (0, b"")
        assert f"({snapshot}) staat in {target}" in said.err
        content = target.read_bytes()
        assert content.startswith(start)
        assert snapshot in _text(content)
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        assert gedragscode("report", "--format", form, "--out", target).code == 0
        assert target.read_bytes() == content
    assert sorted(path.name for path in tmp_path.glob("*dossier*")) == sorted(f"dossier.{form}" for form in STARTS)


def _text(content: bytes) -> str:
    """What is in a file, unpacked where it is packed."""
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


@pytest.mark.usefixtures("snapshot")
def test_no_dossier_before_an_evaluation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Periods with incidents alone make no dossier, whatever period is asked for."""
    shown = current_snapshot(Places(Settings().store))
    assert shown is not None
    door = dossiers._door

    def shut(snapshot: Snapshot, settings: Settings, audience: str) -> Ask:
        ask = door(snapshot, settings, audience)
        return lambda table, **wanted: ask(table, **wanted).clear() if table == "evaluation" else ask(table, **wanted)

    monkeypatch.setattr(dossiers, "_door", shut)
    for period in (None, "2026-08/2027-07"):
        with pytest.raises(dossiers.DossierProblem, match="nog geen periode"):
            dossiers.make_file(shown, Settings(), "bestuur", period, "html")


def test_an_earlier_snapshot_gives_its_own_dossier(gedragscode: Command, snapshot: str, tmp_path: Path) -> None:
    """The next round can lay both side by side."""
    first, later, again = (tmp_path / f"{name}.html" for name in ("eerst", "later", "weer"))
    gedragscode("report", "--format", "html", "--out", first)
    more = write_delivery(tmp_path / "more", [incident("m2", "2026-09-16")])
    newer = gedragscode("import", more, "--today", TODAY).out.decode().strip()
    gedragscode("report", "--format", "html", "--out", later)
    gedragscode("report", "--format", "html", "--out", again, "--snapshot", snapshot, "--as", "bestuur")
    assert newer in later.read_text("utf-8")
    assert again.read_bytes() == first.read_bytes()


def test_a_period_can_be_named(gedragscode: Command, snapshot: str, tmp_path: Path) -> None:
    """The one that holds the day is the default; another is another dossier."""
    assert snapshot
    named, default, year = (tmp_path / f"{name}.html" for name in ("a", "b", "c"))
    gedragscode("report", "--format", "html", "--out", named, "--period", PERIOD)
    gedragscode("report", "--format", "html", "--out", default)
    assert gedragscode("report", "--format", "html", "--out", year, "--period", "2026-08/2027-07").code == 0
    assert named.read_bytes() == default.read_bytes()
    assert "schooljaar 2026-2027" in year.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--period", "2031-02/2033-01"], PERIOD),
        (["--period", "onzin"], PERIOD),
        (["--as", "leerling"], "bestuur"),
        (["--as", "iedereen"], "bestuur"),
        (["--snapshot", "0123456789abcdef"], "momentopname"),
        (["--format", "odt"], "--format"),
        (["--out", "nergens/dossier.pdf"], "andere map"),
        (["--out", "dossier.docx"], ".pdf"),
        (["--out", "store/dossier.pdf"], "gegevens"),
        (["--out", "mijn.pdf"], "andere naam"),
        (["--out", "map"], "andere naam"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_exit_2(
    gedragscode: Command,
    snapshot: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    word: str,
) -> None:
    """An unknown period, audience, snapshot or form, and a place where nothing may be written or replaced."""
    assert snapshot
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mijn.pdf").write_bytes(b"%PDF-1.7 van mij")
    (tmp_path / "map").mkdir()
    before = sorted(tmp_path.rglob("*"))
    said = gedragscode("report", "--format", "pdf", "--out", "dossier.pdf", *arguments)
    assert (said.code, said.out) == (2, b"")
    assert word in said.err
    assert "Traceback" not in said.err
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "mijn.pdf").read_bytes() == b"%PDF-1.7 van mij"


@pytest.mark.parametrize("arguments", [["--out", "a.pdf"], ["--format", "pdf"], []])
def test_what_is_missing_is_named(gedragscode: Command, snapshot: str, arguments: list[str]) -> None:
    assert snapshot
    said = gedragscode("report", *arguments)
    assert said.code == 2
    assert "ontbreekt" in said.err


def test_help_is_dutch(gedragscode: Command) -> None:
    said = gedragscode("report", "--help")
    assert said.code == 0
    assert b"Gebruik: gedragscode report" in said.out
    assert b"required" not in said.out


def test_without_figures_there_is_no_dossier(gedragscode: Command, tmp_path: Path) -> None:
    said = gedragscode("report", "--format", "pdf", "--out", tmp_path / "dossier.pdf")
    assert said.code == 2
    assert "nog geen cijfers" in said.err
    assert not (tmp_path / "dossier.pdf").exists()


def test_what_somebody_filled_in_is_never_replaced(gedragscode: Command, snapshot: str, tmp_path: Path) -> None:
    """A dossier that was saved since it was made is the council's own."""
    assert snapshot
    target = tmp_path / "dossier.docx"
    assert gedragscode("report", "--format", "docx", "--out", target).code == 0
    assert is_ours(target)
    written = Document(str(target))
    written.add_paragraph("Bevinding van de raad.")
    written.save(str(target))
    kept = target.read_bytes()
    said = gedragscode("report", "--format", "docx", "--out", target)
    assert said.code == 2
    assert "andere naam" in said.err
    assert target.read_bytes() == kept


def test_a_workbook_that_somebody_saved_is_theirs(gedragscode: Command, snapshot: str, tmp_path: Path) -> None:
    """Excel renews the day of change."""
    assert snapshot
    target = tmp_path / "dossier.xlsx"
    gedragscode("report", "--format", "xlsx", "--out", target)
    assert is_ours(target)
    with zipfile.ZipFile(target) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = parts["docProps/core.xml"]
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in {**parts, "docProps/core.xml": core.replace(b"-22T", b"-23T", 1)}.items():
            archive.writestr(name, part)
    assert not is_ours(target)


def test_a_file_of_another_form_is_no_reason_to_refuse(gedragscode: Command, snapshot: str, tmp_path: Path) -> None:
    """What is replaced is a dossier of ours, whatever it was made as; a name without an ending is fine."""
    assert snapshot
    target = tmp_path / "dossier"
    for form in ("xlsx", "html", "xlsx"):
        assert gedragscode("report", "--format", form, "--out", target).code == 0
        assert target.read_bytes().startswith(STARTS[form])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"<!DOCTYPE html><title>x</title>", b"\xff\xfe"])
def test_what_is_not_ours_is_known(tmp_path: Path, content: bytes) -> None:
    """Also a file that is nothing at all, or half an archive."""
    path = tmp_path / "file"
    path.write_bytes(content)
    assert not is_ours(path)
    assert not is_ours(tmp_path)
    assert not is_ours(tmp_path / "nergens")


def test_a_file_that_cannot_be_written_leaves_nothing(
    gedragscode: Command, snapshot: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is a sentence."""
    assert snapshot

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    said = gedragscode("report", "--format", "html", "--out", tmp_path / "dossier.html")
    assert said.code == 2
    assert "andere map" in said.err
    assert not list(tmp_path.glob("*dossier*"))


def test_a_download_is_named_after_its_day_and_snapshot(snapshot: str) -> None:
    """Whoever finds the file knows which figures are in it."""
    shown = current_snapshot(Places(Settings().store))
    assert shown is not None
    assert dossiers.file_name(shown, "docx") == f"evaluatiedossier_2026-11-22_{snapshot}.docx"


def test_the_form_of_a_dossier_is_one_that_is_made(snapshot: str) -> None:
    """Whoever asks, a page too."""
    assert snapshot
    shown = current_snapshot(Places(Settings().store))
    assert shown is not None
    with pytest.raises(dossiers.DossierProblem, match="pdf, docx, xlsx, html"):
        dossiers.make_file(shown, Settings(), "bestuur", None, "odt")
