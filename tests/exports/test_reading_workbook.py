"""Proves that an XLSX sheet is read as the person who filled it sees it, and that a hostile one costs no
memory."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.reading import TextBlock, UnreadableFile, archive, open_table

KNOWN = {"leerlingnummer", "datum", "tijd"}
SHEET = "xl/worksheets/sheet1.xml"


def fits(cells: Sequence[str]) -> int:
    return len(KNOWN & set(cells))


def workbook(folder: Path, fill: Callable[[Worksheet], object], **options: object) -> Path:
    path = folder / "export.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy", **options}) as book:
        fill(book.add_worksheet("gegevens"))
    return path


def remade(path: Path, parts: dict[str, bytes]) -> Path:
    """The same workbook with other bytes for some of its parts."""
    with zipfile.ZipFile(path) as book:
        kept = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in (kept | parts).items():
            book.writestr(name, data)
    return path


def sheet(rows: str) -> dict[str, bytes]:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return {SHEET: f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()}


def only_block(path: Path) -> TextBlock:
    (block,) = open_table(path, fits).blocks()
    return block


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as refused:
        list(open_table(path, fits).blocks())
    return str(refused.value)


@pytest.mark.parametrize("mac", [False, True], ids=["1900", "1904"])
def test_cells_read_as_they_look(tmp_path: Path, mac: bool) -> None:
    cells = [
        ("0060", "0060"),
        (" x ", " x "),
        (12.0, "12"),
        (12.5, "12.5"),
        (123456789012, "123456789012"),
        (True, "true"),
        (False, "false"),
        (date(2025, 4, 3), "2025-04-03"),
        (datetime(2025, 4, 3, 14, 5), "2025-04-03 14:05:00"),
        (time(9, 30), "09:30"),
        (time(0, 0), "00:00"),
        (time(9, 30, 15), "09:30"),
        (time(23, 59, 59, 999_000), "23:59"),
        ("03-04-2025", "03-04-2025"),
        (None, ""),
    ]

    def fill(page: Worksheet) -> None:
        for place, (cell, _) in enumerate(cells):
            page.write(0, place, f"kolom {place}")
            page.write(1, place, cell)

    found = only_block(workbook(tmp_path, fill, date_1904=mac))
    assert found.frame.row(0) == tuple(text for _, text in cells)


def test_headers_are_found_under_title_rows_and_lines_are_rows_of_the_sheet(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page.write(1, 1, "Overzicht leerlingen")
        page.write_row(3, 1, [" leerlingnummer ", "datum", "", "tijd"])
        page.write_row(4, 1, ["1", "a", "weg", "b"])
        page.write_row(6, 1, ["  "])
        page.write_row(7, 1, ["2", "c", "", "d"])

    found = only_block(workbook(tmp_path, fill))
    assert found.frame.columns == ["leerlingnummer", "datum", "tijd"]
    assert found.frame.rows() == [("1", "a", "b"), ("2", "c", "d")]
    assert found.lines.to_list() == [5, 8]
    assert found.broken == ()


def test_types_mixed_in_one_column(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page.write_column(0, 0, ["leerlingnummer", 7, "0060", date(2025, 4, 3), True, 1.5])

    assert only_block(workbook(tmp_path, fill)).frame["leerlingnummer"].to_list() == [
        "7", "0060", "2025-04-03", "true", "1.5",
    ]  # fmt: skip


def test_a_failed_formula_is_not_empty(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page.write_row(0, 0, ["leerlingnummer", "tijd"])
        page.write_formula(1, 0, "=1+1", None, 2)
        page.write_formula(1, 1, "=1/0", None, "#DIV/0!")

    assert only_block(workbook(tmp_path, fill)).frame.rows() == [("2", "#FOUT")]


def test_the_first_visible_sheet_with_anything_in_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(path) as book:
        hidden, _, wanted, later = (book.add_worksheet() for _ in range(4))
        hidden.write(0, 0, "verborgen")
        wanted.write_column(0, 0, ["leerlingnummer", "1"])
        later.write_column(0, 0, ["leerlingnummer", "2"])
        wanted.activate()
        hidden.hide()
    assert only_block(path).frame.rows() == [("1",)]


def test_only_headers_and_nothing_at_all(tmp_path: Path) -> None:
    assert only_block(workbook(tmp_path, lambda page: page.write(0, 0, "leerlingnummer"))).frame.shape == (
        0,
        1,
    )
    assert "geen zichtbaar werkblad" in refusal(workbook(tmp_path, lambda _: None))


def test_the_same_header_twice_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, lambda page: page.write_row(0, 0, ["datum", "tijd", "Datum"]))
    assert "Kolom 1 en kolom 3" in refusal(path)


def test_a_path_in_a_sheet_name_is_only_a_name(tmp_path: Path) -> None:
    path = workbook(tmp_path, lambda page: page.write(0, 0, "leerlingnummer"))
    with zipfile.ZipFile(path) as book:
        names = book.read("xl/workbook.xml").replace(b"gegevens", b"../../../tmp/kwaad")
    assert only_block(remade(path, {"xl/workbook.xml": names})).frame.columns == ["leerlingnummer"]
    assert sorted(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "geen Excel-bestand"),
        (b"leerlingnummer;datum\n", "geen Excel-bestand"),
        (b"PK\x03\x04 en verder niets", "geen Excel-bestand"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "wachtwoord"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes, part: str) -> None:
    path = tmp_path / "export.xlsx"
    path.write_bytes(data)
    assert part in refusal(path)


@pytest.mark.parametrize(
    ("parts", "part"),
    [
        (sheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'), "ver uit elkaar"),
        (
            sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"><c><v>1</v></c></row>'),
            "ver uit elkaar",
        ),
        (sheet('<row r="1"><c r="ZZZZZZZZZZZZZ1"><v>1</v></c></row>'), "ver uit elkaar"),
        ({"xl/sharedStrings.xml": b'<sst uniqueCount="99999999999999"/>'}, "te groot"),
        ({f"{place}.xml": b"" for place in range(archive.MOST_ENTRIES)}, "te groot"),
        ({SHEET: b"<worksheet>" + b" " * (80 << 20)}, "te groot"),
        ({"xl/workbook.xml": b"<workbook"}, "geen Excel-bestand"),
        (sheet('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'), "geen Excel-bestand"),
    ],
    ids=["far cell", "far row", "far column", "announced", "entries", "ratio", "torn", "no such text"],
)
def test_a_hostile_workbook_is_refused(tmp_path: Path, parts: dict[str, bytes], part: str) -> None:
    path = workbook(tmp_path, lambda page: page.write(0, 0, "leerlingnummer"))
    assert part in refusal(remade(path, parts))


def test_a_size_that_lies_is_seen(tmp_path: Path) -> None:
    path = remade(workbook(tmp_path, lambda _: None), {SHEET: b"<worksheet>" + b" " * (8 << 20)})
    data = bytearray(path.read_bytes())
    place = data.rindex(SHEET.encode()) - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    struct.pack_into("<I", data, place + 24, 2_000)
    path.write_bytes(data)
    assert "te groot" in refusal(path)


def test_one_long_text_in_many_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 2_000_000)

    def fill(page: Worksheet) -> None:
        page.write(0, 0, "leerlingnummer")
        page.write_column(1, 0, ["x" * 9_000] * times)

    times = 100
    assert only_block(workbook(tmp_path, fill)).frame.height == times
    times = 300
    assert "te groot" in refusal(workbook(tmp_path, fill))


def test_far_cells_with_only_a_colour_do_no_harm(tmp_path: Path) -> None:
    path = workbook(tmp_path, lambda page: page.write(0, 0, "x"))
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert only_block(remade(path, sheet(rows))).frame.columns == ["1"]
