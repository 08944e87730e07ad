"""The commands: exit codes, what goes to stdout and what to stderr, and sentences instead of tracebacks."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard import cli, protecting
from dashboard.commands import delivering
from dashboard.importing import import_delivery
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.settings import Settings
from dashboard.store.places import Places, StoreProblem, locked
from tests.builders import answers, delivered, incident, pupil, school, spoil, write_delivery
from tests.rows import Row, Spoiled

TODAY = "2026-11-22"

UNSAID = "4815162342"
"""What a fault may hold, and nobody may read."""
ROWS: list[Row] = [
    school("01AA00"),
    pupil("1"),
    *answers("1", "2026-09-10 ouder1 ja"),
    incident("m1", "2026-09-15", platform="+plus"),
    delivered("01AA00", "toestemmingen", "2024-08-01", TODAY),
    delivered("01AA00", "incidenten", "2026-08-01", TODAY),
]


@dataclass(frozen=True, slots=True)
class Said:
    """What a command did."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8-sig")


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


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    return write_delivery(tmp_path / "delivery", ROWS)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That delivery in a store, with its key: made once for all tests of a worker, that each get a copy."""
    folder = tmp_path_factory.mktemp("imported")
    settings = Settings(store=folder / "store", key_file=folder / "key")
    write_delivery(folder / "delivery", ROWS)
    assert import_delivery([folder / "delivery"], settings, date.fromisoformat(TODAY)).snapshot is not None
    return folder


@pytest.fixture
def filled(imported: Path) -> None:
    """The store of this test holds the delivery."""
    shutil.copytree(imported / "store", Settings().store)
    shutil.copyfile(imported / "key", Settings().key_file)


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    rows: list[Row | Spoiled] = [school("01AA00"), pupil("1"), spoil(pupil("2"), geboortedatum="31-02-2012")]
    return write_delivery(tmp_path / "spoiled", rows)


def test_import_prints_the_snapshot_alone_and_the_accounting_to_stderr(gedragscode: Command, delivery: Path) -> None:
    said = gedragscode("import", delivery, "--today", TODAY)
    assert said.code == 0
    assert re.fullmatch(r"[0-9a-f]{16}\n", said.text)
    assert "toestemmingen-1.csv  toestemmingen  gelezen 1  geaccepteerd 1  geweigerd 0  bekend 0" in said.err
    assert said.text.strip() in gedragscode("snapshots").text


def test_check_prints_its_accounting_to_stdout(gedragscode: Command, delivery: Path) -> None:
    said = gedragscode("check", delivery, "--today", TODAY)
    assert said.code == 0
    lines = said.text.splitlines()
    assert len(lines) == 5
    pattern = r"(\S+)  (\S+)  gelezen (\d+)  geaccepteerd (\d+)  geweigerd (\d+)  bekend (\d+)"
    assert all(re.fullmatch(pattern, line) for line in lines)


@pytest.mark.parametrize("command", ["check", "import"])
def test_a_rejected_row_is_exit_1_and_stands_in_the_report(
    gedragscode: Command, spoiled: Path, tmp_path: Path, command: str
) -> None:
    report = tmp_path / "report.csv"
    said = gedragscode(command, spoiled, "--today", TODAY, "--report", report)
    assert said.code == 1
    assert report.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(report.read_text("utf-8-sig")), delimiter=";"))
    assert [(row["bestand"], row["regel"], row["kolom"]) for row in rows] == [
        ("leerlingen-1.csv", "3", "geboortedatum")
    ]
    assert rows[0]["reden"]
    assert "31-02-2012" not in rows[0]["reden"]


def test_a_report_without_rejections_is_a_header(gedragscode: Command, delivery: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    gedragscode("check", delivery, "--today", TODAY, "--report", report)
    assert report.read_text("utf-8-sig").strip() == "bestand;regel;kolom;reden"


def test_a_report_that_cannot_be_written_is_refused_before_anything_changes(
    gedragscode: Command, delivery: Path, tmp_path: Path
) -> None:
    said = gedragscode("import", delivery, "--today", TODAY, "--report", tmp_path / "nergens" / "r.csv")
    assert (said.code, said.out) == (2, b"")
    assert "verslag" in said.err
    assert not (tmp_path / "store").exists()


def test_a_report_never_replaces_another_file(gedragscode: Command, delivery: Path) -> None:
    before = (delivery / "scholen-1.csv").read_bytes()
    said = gedragscode("import", delivery, "--today", TODAY, "--report", delivery / "scholen-1.csv")
    assert said.code == 2
    assert (delivery / "scholen-1.csv").read_bytes() == before


def test_a_report_may_lie_in_the_delivered_folder(gedragscode: Command, delivery: Path) -> None:
    for _ in range(2):
        said = gedragscode("check", delivery, "--today", TODAY, "--report", delivery / "verslag.csv")
        assert (said.code, len(said.text.splitlines())) == (0, 5)


def test_a_folder_without_exports_is_a_sentence(gedragscode: Command, tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    for command in ("check", "import"):
        said = gedragscode(command, tmp_path / "leeg", "--today", TODAY)
        assert (said.code, said.out) == (2, b"")
        assert "geen bestand gevonden" in said.err


@pytest.mark.usefixtures("filled")
def test_check_refuses_an_earlier_day_as_import_does(gedragscode: Command, delivery: Path) -> None:
    assert gedragscode("check", delivery, "--today", "2026-11-21").code == 2


def test_rollback_waits_its_turn(gedragscode: Command, delivery: Path, tmp_path: Path) -> None:
    """During an import the snapshot that is shown is not moved: the import would undo it."""
    name = gedragscode("import", delivery, "--today", TODAY).text.strip()
    with locked(Places(tmp_path / "store")):
        said = gedragscode("rollback", name)
    assert said.code == 2
    assert "loopt al een import" in said.err


def test_a_file_that_fits_nothing_is_exit_1_beside_others_and_2_alone(
    gedragscode: Command, delivery: Path, tmp_path: Path
) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("leerlingnummer;doel\n1;beeld_email\n", encoding="utf-8")
    beside = gedragscode("import", delivery, odd, "--today", TODAY)
    assert beside.code == 1
    assert "antwoord" in beside.err
    assert "toestemmingen" in beside.err
    assert gedragscode("check", odd, "--today", TODAY).code == 2
    alone = gedragscode("import", odd, "--today", TODAY)
    assert alone.code == 2
    assert alone.out == b""


def test_a_path_that_does_not_exist_is_a_sentence(gedragscode: Command, tmp_path: Path) -> None:
    said = gedragscode("import", tmp_path / "nergens", "--today", TODAY)
    assert said.code == 2
    assert "nergens" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "command", [[], *([name] for name in ("demo", "check", "import", "worklist", "figures", "snapshots", "rollback"))]
)
def test_help_is_dutch(gedragscode: Command, command: list[str]) -> None:
    said = gedragscode(*command, "--help")
    assert said.code == 0
    assert "Gebruik: gedragscode" in said.text
    assert not re.search(r"Usage|Options|Arguments|Commands|Show|required|default|OPTIONS|ARGS|<[a-z]", said.text)


def test_figures_without_a_name_lists_the_tables_before_any_import(gedragscode: Command) -> None:
    said = gedragscode("figures")
    assert said.code == 0
    lines = said.text.splitlines()
    assert [re.split(r"\W", line)[0] for line in lines] == list(PUBLISHED)
    for line, table in zip(lines, PUBLISHED.values(), strict=True):
        assert all(column.name in line for column in table.columns)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["figures", "consent_status"], "nog geen cijfers"),
        (["rollback", "0123456789abcdef"], "nog geen cijfers"),
        (["snapshots"], "nog geen cijfers"),
        (["import"], "--help"),
        (["onzin"], "--help"),
        (["figures", "--format", "pdf"], "--help"),
        (["check", "x.csv", "--today", "22-11-2026"], "--help"),
    ],
)
def test_what_cannot_be_is_a_dutch_sentence_and_exit_2(gedragscode: Command, arguments: list[str], word: str) -> None:
    said = gedragscode(*arguments)
    assert (said.code, said.out) == (2, b"")
    assert word in said.err
    assert not re.search(r"Traceback|Usage|Error|Missing|Invalid", said.err)


@pytest.mark.parametrize(
    "arguments",
    [
        ["figures", "nothing"],
        ["figures", "consent_status", "--as", "iedereen"],
        ["figures", "consent_status", "--as", "gmr"],
        ["figures", "consent_status", "--where", "school=01AA00"],
        ["figures", "consent_status", "--where", "brin6"],
        ["figures", "consent_status", "--snapshot", "0123456789abcdef"],
    ],
)
@pytest.mark.usefixtures("filled")
def test_an_unknown_table_audience_column_or_snapshot_is_exit_2(gedragscode: Command, arguments: list[str]) -> None:
    said = gedragscode(*arguments)
    assert (said.code, said.out) == (2, b"")
    assert said.err.strip()


@pytest.mark.usefixtures("filled")
def test_csv_is_byte_stable_and_as_spreadsheets_like_it(gedragscode: Command) -> None:
    arguments = ["figures", "incidents_monthly", "--format", "csv"]
    said = gedragscode(*arguments)
    assert said.out == gedragscode(*arguments).out
    assert said.out.startswith(b"\xef\xbb\xbfmaand;brin6;incidenten;leerlingen;lesdagen;aangeleverd;ratio\n")
    september = next(line for line in said.text.splitlines() if line.startswith("2026-09;*"))
    assert september == "2026-09;*;1;1;22;ja;909.0909090909091"


@pytest.mark.usefixtures("filled")
def test_csv_defuses_formulas(gedragscode: Command) -> None:
    said = gedragscode("figures", "incidents_by", "--where", "dimensie=platform", "--format", "csv")
    assert ";'+plus;" in said.text


@pytest.mark.usefixtures("filled")
def test_json_and_parquet_hold_the_same_figures(gedragscode: Command) -> None:
    rows = json.loads(gedragscode("figures", "consent_coverage", "--format", "json").out)
    frame = pl.read_parquet(io.BytesIO(gedragscode("figures", "consent_coverage", "--format", "parquet").out))
    assert frame.schema["peildatum"] == pl.Date()
    assert frame.with_columns(pl.col("peildatum").cast(pl.String)).to_dicts() == rows
    assert any(row["dekking"] is None or isinstance(row["dekking"], float) for row in rows)


@pytest.mark.usefixtures("filled")
def test_where_is_or_within_a_column_and_and_between_columns(gedragscode: Command) -> None:
    said = gedragscode(
        "figures", "consent_coverage", "--format", "csv",
        "--where", "doel=beeld_email", "--where", "doel=beeld_website",
        "--where", "lezing=code", "--where", "brin6=*", "--where", f"peildatum={TODAY}",
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(said.text), delimiter=";"))
    assert [(row["doel"], row["lezing"], row["brin6"]) for row in rows] == [
        ("beeld_email", "code", "*"),
        ("beeld_website", "code", "*"),
    ]


@pytest.mark.usefixtures("filled")
def test_where_without_a_match_is_the_header(gedragscode: Command) -> None:
    said = gedragscode("figures", "consent_status", "--where", "brin6=99ZZ99", "--format", "csv")
    assert (said.code, said.text) == (0, "peildatum;brin6;doel;status;leerlingen\n")


def test_rollback_shows_the_earlier_figures_again(gedragscode: Command, delivery: Path, tmp_path: Path) -> None:
    first = gedragscode("import", delivery, "--today", TODAY).text.strip()
    more = write_delivery(tmp_path / "more", [incident("m2", "2026-09-16")])
    gedragscode("import", more, "--today", TODAY)
    count = ["figures", "incidents_monthly", "--where", "maand=2026-09", "--where", "brin6=*", "--format", "csv"]
    assert ";2;1;22;" in gedragscode(*count).text
    assert ";1;1;22;" in gedragscode(*count, "--snapshot", first).text
    assert gedragscode("rollback", first).code == 0
    assert ";1;1;22;" in gedragscode(*count).text
    assert f"{first} *" in gedragscode("snapshots").text


def test_a_demo_can_be_written_checked_and_imported(gedragscode: Command, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    assert gedragscode("demo", folder, "--schools", 2, "--pupils", 60, "--today", TODAY).code == 0
    assert (folder / "README.md").is_file()
    assert gedragscode("check", folder, "--today", TODAY).code == 1, "mistakes are planted"
    assert gedragscode("import", folder, "--today", TODAY).code == 1
    assert gedragscode("figures", "consent_coverage").code == 0


def test_a_demo_never_writes_over_something(gedragscode: Command, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    said = gedragscode("demo", tmp_path / "full", "--today", TODAY)
    assert said.code == 2
    assert "niet leeg" in said.err


def test_something_unforeseen_is_a_sentence_without_a_traceback(
    gedragscode: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("4815162342")

    monkeypatch.setattr(delivering, "check", fail)
    said = gedragscode("check", "x.csv")
    assert said.code == 2
    assert "Traceback" not in said.err
    assert "4815162342" not in said.err


def test_a_fault_while_protecting_is_said_once_and_mended_by_the_next_import(
    gedragscode: Command, delivery: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The board has its figures, everyone else none; what went wrong is in the log by number, without its words."""

    def fail(*_: object) -> None:
        raise ValueError(UNSAID)

    with monkeypatch.context() as broken:
        broken.setattr(protecting, "safe_tables", fail)
        said = gedragscode("import", delivery, "--today", TODAY)
    assert (said.code, len(said.text)) == (1, 17)
    told = re.search(r"Fout ([0-9A-F]{8}) in het programma: .* zien .* GMR, .* niets\. Importeer", said.err)
    assert told
    number = told[1]
    kept = tmp_path / "store" / "log" / "programma.log"
    assert str(kept) in said.err
    assert kept.stat().st_mode & 0o777 == 0o600
    assert re.search(rf"^20.* Fout {number}: .*\n(.*\n)*ValueError$", kept.read_text(), flags=re.MULTILINE)
    assert not re.search(f"Traceback|{UNSAID}", said.err + kept.read_text())
    assert gedragscode("figures", "consent_coverage").code == 0
    refused = gedragscode("figures", "consent_coverage", "--as", "gmr")
    assert (refused.code, number in refused.err) == (2, True)
    again = gedragscode("import", delivery, "--today", TODAY)
    assert (again.code, number in again.err) == (0, False)
    assert gedragscode("figures", "evaluation_clock", "--as", "gmr").code == 0


def test_the_clock_is_the_real_day_only_when_none_is_given(
    gedragscode: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    days: list[date] = []

    def look(_paths: object, _settings: object, today: date, _told: object) -> None:
        days.append(today)
        raise StoreProblem("genoeg")

    monkeypatch.setattr(delivering, "check", look)
    gedragscode("check", "x.csv")
    gedragscode("check", "x.csv", "--today", TODAY)
    assert days == [date.today(), date.fromisoformat(TODAY)]
