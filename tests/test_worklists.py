"""The worklist names exactly the pupils of whom an answer is missing, and leaves nothing else behind."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import cli
from dashboard.exports.pseudonyms import PlainNumbers
from dashboard.registry import STATUSES, load_registry
from dashboard.settings import Settings
from dashboard.store import worklists as store_worklists
from dashboard.store.places import Places, locked
from dashboard.store.questions import Query, answer
from dashboard.worklists import ASK, make_worklist
from tests import strategies
from tests.builders import answers, delivered, pupil, school, spoil, write_delivery
from tests.plain_python import PURPOSES, READINGS, YEAR_RULES, enrolment_on, status, turns_16
from tests.road import Road
from tests.rows import Answer, Enrolment, Row, Spoiled
from tests.workbooks import Read, Value, read

TODAY = date(2026, 11, 22)
WHOLE = delivered("01AA00", "toestemmingen", "2024-08-01", TODAY)
REGISTRY = load_registry(Settings().registry)
SHEETS = [purpose.label for purpose in REGISTRY.purposes]
COLUMNS = ["Leerlingnummer", "Leerjaar", "Waarom", "Wat nu", "Wie antwoordt", "Let op"]


def _made(folder: Path, rows: list[Row | Spoiled], brin6: str = "01AA00", today: date = TODAY) -> Read:
    """The list of one school, from a delivery with these rows."""
    write_delivery(folder / "exports", rows)
    make_worklist([folder / "exports"], brin6, folder / "lijst.xlsx", Road(folder).settings(), today)
    return read(folder / "lijst.xlsx")


def _table(book: Read, sheet: str = SHEETS[0]) -> list[list[Value]]:
    """The rows of a sheet below its header, to the width of the header."""
    header, *rows = book.sheets[sheet].rows(1)
    assert header == COLUMNS
    return rows


# --- against the rules in plain Python ----------------------------------------------------------------------------


def _natural(number: str) -> list[str | int]:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", number)]


def _expected(rows: list[Row], brin6: str, purpose: str, today: date, rule: str) -> list[list[Value]]:
    """The same list, pupil by pupil, from the rules."""
    found = []
    for number in sorted({row.leerlingnummer for row in rows if isinstance(row, Enrolment)}):
        own = [row for row in rows if isinstance(row, Enrolment) and row.leerlingnummer == number]
        given = [row for row in rows if isinstance(row, Answer) and row.leerlingnummer == number]
        enrolment = enrolment_on(own, today)
        if enrolment is None or enrolment.brin6 != brin6:
            continue
        code = status(given, enrolment, purpose, today, delivers=True, rule=rule)
        if READINGS[code][1] == "ongeldig":
            found.append(_row(enrolment, code, today))
    return sorted(found, key=lambda row: (row[1], _natural(str(row[0]))))


def _row(enrolment: Enrolment, code: str, today: date) -> list[Value]:
    sixteen = turns_16(enrolment)
    july = date(today.year + (1 if today.month >= 8 else 0), 7, 31)
    return [
        enrolment.leerlingnummer,
        float(enrolment.leerjaar),
        REGISTRY.status(code).label,
        ASK[code],
        "leerling" if sixteen <= today else "ouders of voogd",
        f"wordt 16 op {sixteen.day}-{sixteen.month}-{sixteen.year}: vanaf dan antwoordt de leerling zelf"
        if today < sixteen <= july
        else None,
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(strategies.deliveries(), st.sampled_from(YEAR_RULES), st.sampled_from(strategies.SCHOOLS))
def test_the_list_is_that_of_the_rules(delivery: tuple[date, list[Row]], rule: str, brin6: str) -> None:
    """Every pupil who needs an answer, under every meaning of "yearly", whether or not the school delivered."""
    today, rows = delivery
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_delivery(folder / "exports", rows)
        make_worklist([folder / "exports"], brin6, folder / "lijst.xlsx", Road(folder, year=rule).settings(), today)
        book = read(folder / "lijst.xlsx")
    for purpose, sheet in zip(PURPOSES, SHEETS, strict=True):
        assert _table(book, sheet) == _expected(rows, brin6, purpose, today, rule)


# --- cases to read ------------------------------------------------------------------------------------------------


def test_who_said_yes_or_no_is_not_on_the_list(tmp_path: Path) -> None:
    """A refusal, a withdrawal and parents who differ are answers: nobody is asked to think again."""
    rows: list[Row | Spoiled] = [
        school(),
        WHOLE,
        *(pupil(number) for number in ("1", "2", "3", "4", "5")),
        *answers("1", "2026-09-10 ouder1 ja"),
        *answers("2", "2026-09-10 ouder1 nee"),
        *answers("3", "2026-09-10 ouder1 ja", "2026-10-01 ouder1 ingetrokken"),
        *answers("4", "2026-09-10 ouder1 ja", "2026-09-10 ouder2 nee"),
    ]
    book = _made(tmp_path, rows)
    assert _table(book) == [["5", 2.0, "Niet gevraagd", "Vraag het.", "ouders of voogd", None]]
    assert [row[0] for row in _table(book, SHEETS[1])] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("born", "who", "note"),
    [
        ("2010-11-22", "leerling", None),
        ("2010-11-23", "ouders of voogd", "wordt 16 op 23-11-2026: vanaf dan antwoordt de leerling zelf"),
        ("2011-07-31", "ouders of voogd", "wordt 16 op 31-7-2027: vanaf dan antwoordt de leerling zelf"),
        ("2011-08-01", "ouders of voogd", None),
    ],
)
def test_who_answers(tmp_path: Path, born: str, who: str, note: str | None) -> None:
    """From the sixteenth birthday on the pupil; whoever reaches it this school year has a note."""
    (row,) = _table(_made(tmp_path, [school(), WHOLE, pupil("1", born=born)]))
    assert row[4:] == [who, note]


def test_only_pupils_of_the_school_on_the_day(tmp_path: Path) -> None:
    """Not who left, who is to come, who goes to another school, or whose answer here is in order."""
    rows: list[Row | Spoiled] = [
        school(),
        school("02BB00"),
        WHOLE,
        pupil("1", until=TODAY),
        pupil("2", until="2026-11-23"),
        pupil("3", "02BB00"),
        pupil("4"),
        pupil("4", "02BB00", since="2026-10-01"),
        pupil("5", "02BB00"),
        pupil("5", since="2026-10-01"),
        *answers("5", "2026-09-10 ouder1 ja op=02BB00"),
        pupil("6"),
        *answers("6", "2026-09-10 ouder1 nee"),
    ]
    assert [row[0] for row in _table(_made(tmp_path, rows))] == ["2", "5"]


def test_numbers_are_texts_in_a_natural_order(tmp_path: Path) -> None:
    """By year group, then by number: 9 before 10. Zeros in front fall away, since exports differ in them."""
    numbers = ["10", "9", "A10", "A9", "007", "100"]
    rows: list[Row | Spoiled] = [school(), WHOLE, *(pupil(number) for number in numbers), pupil("50", year=1)]
    book = _made(tmp_path, rows)
    assert [row[0] for row in _table(book)] == ["50", "7", "9", "10", "100", "A9", "A10"]
    assert {book.sheets[SHEETS[0]].cells[f"A{line}"].format for line in range(2, 9)} == {"@"}


def test_every_reason_says_what_to_do() -> None:
    """Whatever status any registry may count as not in order has its advice; none of it presses for a yes."""
    assert set(ASK) == set(STATUSES) - {"onbekend"}
    assert not any(re.search(r"\bja\b|overtuig|alsnog", text) for text in ASK.values())


def test_the_overview(tmp_path: Path) -> None:
    """School, day, how many answers are missing for each purpose, what the columns mean, and that a no is fine."""
    rows: list[Row | Spoiled] = [school(naam="Lyceum & Zoon"), WHOLE, pupil("1"), pupil("2")]
    book = _made(tmp_path, [*rows, *answers("1", "2026-09-10 ouder1 nee")])
    assert list(book.sheets) == ["Overzicht", *SHEETS]
    lines = book.sheets["Overzicht"].rows(1)
    said = "\n".join(str(line[0]) for line in lines if line[0])
    assert "Lyceum & Zoon (01AA00)" in said
    assert "Stand van 22 november 2026. Op die dag zijn er 2 leerlingen ingeschreven." in said
    assert "Een nee is ook een geldig antwoord." in said
    assert "Let op. " not in said
    assert all(f"{column}: " in said for column in COLUMNS)
    assert {line[0]: line[1] for line in lines if line[0] in SHEETS} == {SHEETS[0]: 1.0} | dict.fromkeys(
        SHEETS[1:], 2.0
    )


def test_it_prints(tmp_path: Path) -> None:
    """A4, one page wide, the header on every page, school and page number below it, the purpose above it."""
    book = _made(tmp_path, [school(naam="Lyceum & Zoon"), WHOLE, pupil("1")])
    names = book.parts["xl/workbook.xml"]
    for sheet in book.sheets.values():
        assert 'paperSize="9"' in sheet.xml
        assert 'fitToHeight="0"' in sheet.xml
        assert "Pagina &amp;P van &amp;N" in sheet.xml
        assert "Lyceum &amp;&amp; Zoon (01AA00), 22 november 2026" in sheet.xml
        assert f"'{sheet.name}'!$A$1:" in names or f"{sheet.name}!$A$1:" in names
    for name in SHEETS:
        assert f"'{name}'!$1:$1" in names
        assert f"&amp;L{name}" in book.sheets[name].xml
        assert 'orientation="landscape"' in book.sheets[name].xml


# --- the command ---------------------------------------------------------------------------------------------------

Said = tuple[int, str, str]


@pytest.fixture
def worklist(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    def run(*arguments: object) -> Said:
        monkeypatch.setattr("sys.argv", ["gedragscode", "worklist", *map(str, arguments), "--today", f"{TODAY}"])
        with pytest.raises(SystemExit) as ended:
            cli.run()
        return int(ended.value.code or 0), *capfd.readouterr()

    return run


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    return write_delivery(tmp_path / "exports", [school(), WHOLE, pupil("70917091"), *_own("70917092")])


def _own(number: str) -> list[Row]:
    return [pupil(number), *answers(number, "2026-09-10 ouder1 ja")]


def _tree(folder: Path) -> dict[str, bytes | None]:
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def test_nothing_is_left_but_the_list(
    worklist: Callable[..., Said], exports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No store, no key, no draft, nothing in the working or temporary folder; and only the owner can read it."""
    for name in ("werk", "tijdelijk"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "werk")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tijdelijk"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    before = _tree(tmp_path)
    assert worklist(exports, "--school", "01aa00", "--out", "lijst.xlsx")[0] == 0
    after = _tree(tmp_path)
    assert after.keys() - before.keys() == {"werk/lijst.xlsx"}
    assert before.items() <= after.items()
    assert stat.S_IMODE((tmp_path / "werk" / "lijst.xlsx").stat().st_mode) == 0o600


def test_a_store_is_never_touched(worklist: Callable[..., Said], exports: Path, tmp_path: Path) -> None:
    """A store whose key is lost, and that is in use, is no matter: the list has nothing to do with it."""
    Road(tmp_path).import_folder(exports, TODAY)
    (tmp_path / "pseudonym.key").unlink()
    with locked(Places(tmp_path / "store")):
        before = _tree(tmp_path / "store")
        made = worklist(exports, "--school", "01AA00", "--out", tmp_path / "l.xlsx", "--store", tmp_path / "store")
        assert made[0] == 0
        assert _tree(tmp_path / "store") == before
    assert not (tmp_path / "pseudonym.key").exists()


def test_no_pupil_on_the_screen(worklist: Callable[..., Said], exports: Path, tmp_path: Path) -> None:
    """Counts for people, nothing at all for a pipe."""
    code, out, err = worklist(exports, "--school", "01AA00", "--out", tmp_path / "lijst.xlsx")
    assert (code, out) == (0, "")
    assert f"{SHEETS[0]}: 1 leerling zonder geldig antwoord, van de 2" in err
    assert "7091709" not in err


def test_refused_rows_are_told(worklist: Callable[..., Said], tmp_path: Path) -> None:
    """The list is made, and says on screen and on paper what it may be wrong about."""
    rows: list[Row | Spoiled] = [school(), WHOLE, *_own("1"), spoil(pupil("70917091"), geboortedatum="31-02-2012")]
    write_delivery(tmp_path / "exports", rows)
    (tmp_path / "exports" / "vreemd.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    code, out, err = worklist(tmp_path / "exports", "--school", "01AA00", "--out", tmp_path / "lijst.xlsx")
    assert (code, out) == (1, "")
    said = "1 rij geweigerd en 1 bestand niet gebruikt. De lijst kan leerlingen missen of onterecht noemen."
    assert said in err
    assert "70917091" not in err
    assert any(said in str(line[0]) for line in read(tmp_path / "lijst.xlsx").sheets["Overzicht"].rows(1))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([pupil("1"), *answers("1", "2026-09-10 ouder1 ja")], "alsof dat wel zo is"),
        ([WHOLE, pupil("1")], "geen enkel antwoord"),
        ([WHOLE, *_own("1"), pupil("2", "02BB00"), school("02BB00")], ""),
        ([WHOLE], "geen leerlingen"),
        ([WHOLE, *_own("1"), spoil(delivered("01AA00", "incidenten", "2026-08-01", TODAY), van="ooit")], "niet uit"),
    ],
)
def test_what_needs_a_person(
    worklist: Callable[..., Said], tmp_path: Path, rows: list[Row | Spoiled], words: str
) -> None:
    """Undeclared, without answers, without pupils, or rows refused that don't matter here: a list with a warning."""
    write_delivery(tmp_path / "exports", [school(), *rows])
    code, _, err = worklist(tmp_path / "exports", "--school", "01AA00", "--out", tmp_path / "lijst.xlsx")
    assert (code, words in err) == (1 if words else 0, True)
    overview = read(tmp_path / "lijst.xlsx").sheets["Overzicht"].rows(1)
    assert any("Let op. " in str(line[0]) and words in str(line[0]) for line in overview) == bool(words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["exports", "--school", "99ZZ99", "--out", "lijst.xlsx"], "Daarin staan: 01AA00"),
        (["exports", "--school", "01AA00", "--out", "lijst.csv"], "eindigt op .xlsx"),
        (["exports", "--school", "01AA00", "--out", "exports/lijst.xlsx"], "tussen de exports"),
        (["exports", "--school", "01AA00", "--out", "exports/sub/../lijst.xlsx"], "tussen de exports"),
        (["exports", "--school", "01AA00", "--out", "store/lijst.xlsx", "--store", "store"], "map met gegevens"),
        (["exports", "--school", "01AA00", "--out", "nergens/lijst.xlsx"], "andere map"),
        (["exports", "--school", "01AA00", "--out", "ander.xlsx"], "bestaat al"),
        (["exports", "--school", "01AA00", "--out", "map.xlsx"], "bestaat al"),
        (["leeg", "--school", "01AA00", "--out", "lijst.xlsx"], "geen bestand gevonden"),
        (["vreemd.csv", "--school", "01AA00", "--out", "lijst.xlsx"], "tussen de exports"),
        (["vreemd.csv", "--school", "01AA00", "--out", "elders/lijst.xlsx"], "Geen van de bestanden"),
        (["nergens", "--school", "01AA00", "--out", "lijst.xlsx"], "bestaat niet"),
        (["exports", "--out", "lijst.xlsx"], "--school ontbreekt"),
    ],
)
@pytest.mark.usefixtures("exports")
def test_what_is_refused(
    worklist: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    """A sentence that says what to do, and not a byte changed."""
    for name in ("leeg", "store", "map.xlsx", "exports/sub", "elders"):
        (tmp_path / name).mkdir()
    (tmp_path / "vreemd.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    (tmp_path / "ander.xlsx").write_bytes(b"PK\x03\x04 of iets anders")
    monkeypatch.chdir(tmp_path)
    before = _tree(tmp_path)
    code, out, err = worklist(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert _tree(tmp_path) == before


def test_only_a_worklist_is_replaced(worklist: Callable[..., Said], exports: Path, tmp_path: Path) -> None:
    """An earlier list gives way, and is closed to others from then on; another workbook stays."""
    target = tmp_path / "lijst.xlsx"
    assert worklist(exports, "--school", "01AA00", "--out", target)[0] == 0
    first = target.read_bytes()
    target.chmod(0o644)
    write_delivery(exports, [pupil("3"), *_own("70917092")])
    assert worklist(exports, "--school", "01AA00", "--out", target)[0] == 0
    assert target.read_bytes() != first
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_write_that_fails_leaves_nothing(
    worklist: Callable[..., Said], exports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: a sentence, the earlier list, and no half of a new one."""
    target = tmp_path / "lijst.xlsx"
    worklist(exports, "--school", "01AA00", "--out", target)
    before = _tree(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(Path, "replace", full)
    code, _, err = worklist(exports, "--school", "01AA00", "--out", target)
    assert (code, "kan daar niet worden geschreven" in err) == (2, True)
    assert _tree(tmp_path) == before


def test_the_same_exports_give_the_same_bytes(tmp_path: Path) -> None:
    """Whatever files the rows are dealt out over, and in whatever order they stand."""
    rows: list[Row] = [school(), WHOLE, *(row for number in range(20) for row in _own(f"{number}")), pupil("99")]
    write_delivery(tmp_path / "a", rows)
    write_delivery(tmp_path / "b", reversed(rows), files=3)
    for name in "ab":
        make_worklist([tmp_path / name], "01AA00", tmp_path / f"{name}.xlsx", Road(tmp_path).settings(), TODAY)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_plain_numbers_keep_numbers_only() -> None:
    """A pupil's number stays; ids of other things are hashed, as with any key."""
    key = PlainNumbers.passing()
    assert key.pupil("123") == "123"
    assert re.fullmatch(r"[0-9a-f]{32}", key.record("incident_id", "123"))


@pytest.mark.parametrize("name", ["missing_answers", "school_today"])
def test_questions_answer_with_the_columns_of_their_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A question of the list is what its header says, as every other question; and it has no disk to spill to."""
    found: dict[str, list[str]] = {}

    def spy(connection: duckdb.DuckDBPyConnection, query: Query, values: Mapping[str, Any]) -> pl.DataFrame:
        frame = answer(connection, query, values)
        found[query.table] = frame.columns
        assert connection.execute("select current_setting('temp_directory')").fetchall() == [("",)]
        return frame

    monkeypatch.setattr(store_worklists, "answer", spy)
    _made(tmp_path, [school(), WHOLE, pupil("1")])
    text = (Settings().queries / "worklist" / f"{name}.sql").read_text(encoding="utf-8")
    assert re.findall(r"^--   (\w+)", text.partition("-- Columns\n")[2], re.MULTILINE) == found[name]
