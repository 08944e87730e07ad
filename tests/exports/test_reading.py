"""Proves that a text file is read strictly: every dialect of the contract, exact lines, and a Dutch refusal
otherwise."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from dashboard.exports.reading import READABLE, TextBlock, TextTable, UnreadableFile, open_table

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
KNOWN = {"leerlingnummer", "doel", "antwoord"}


def fits(cells: Sequence[str]) -> int:
    return len(KNOWN & {cell.casefold() for cell in cells})


def table(folder: Path, data: str | bytes, name: str = "export.csv") -> TextTable:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return open_table(path, fits)


def only_block(folder: Path, data: str | bytes, name: str = "export.csv") -> TextBlock:
    (block,) = table(folder, data, name).blocks()
    return block


def refusal(folder: Path, data: str | bytes, name: str = "export.csv") -> str:
    with pytest.raises(UnreadableFile) as refused:
        list(table(folder, data, name).blocks())
    sentence = str(refused.value)
    assert str(folder) not in sentence
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize(
    ("separator", "encoding", "end", "quote"),
    [*itertools.product(";,\t", ENCODINGS, ["\n", "\r\n", "\r"], ["", '"'])],
)
def test_every_dialect_gives_the_same_table(
    tmp_path: Path, separator: str, encoding: str, end: str, quote: str
) -> None:
    rows = [("Leerlingnummer", " doel ", "antwoord"), ("0060", "café €5", "ja"), ("", " x ", "één")]
    text = end.join(separator.join(f"{quote}{cell}{quote}" for cell in row) for row in rows)
    found = only_block(tmp_path, text.encode(encoding))
    assert found.frame.columns == ["Leerlingnummer", "doel", "antwoord"]
    assert set(found.frame.dtypes) == {pl.String}
    assert found.frame.rows() == rows[1:]
    assert found.lines.to_list() == [2, 3]
    assert found.lines.dtype == pl.UInt32
    assert found.broken == ()


def test_a_table_tells_its_name_and_hash(tmp_path: Path) -> None:
    data = b"leerlingnummer;doel\n1;x\n"
    found = table(tmp_path, data)
    assert (found.name, found.digest) == ("export.csv", hashlib.sha256(data).hexdigest())
    assert found.headers == ("leerlingnummer", "doel")


def test_blocks_can_be_read_again(tmp_path: Path) -> None:
    found = table(tmp_path, "leerlingnummer;doel\n1;x\n")
    first, again = (next(iter(found.blocks())).frame for _ in range(2))
    assert first.equals(again)


def test_lines_count_headers_blank_lines_and_line_ends_in_quotes(tmp_path: Path) -> None:
    text = '\n \nleerlingnummer;doel\n\n1;"a\nb"\n   \n2;c\n;\n3\n"4";d;e\n5;f'
    found = only_block(tmp_path, text)
    assert found.frame.rows() == [("1", "a\nb"), ("2", "c"), ("5", "f")]
    assert found.lines.to_list() == [5, 8, 12]
    assert found.broken == (10, 11)


@pytest.mark.parametrize("below", [";;", '"";"";""', " ; ;", ";;;;;;", ";"])
def test_empty_rows_below_a_table_are_no_rows(tmp_path: Path, below: str) -> None:
    """Spreadsheets leave lines of nothing but separators; they are blank lines, also where their number is off."""
    found = only_block(tmp_path, f"leerlingnummer;doel;antwoord\n1;a;ja\n{below}\n{below}\n2;b;nee\n")
    assert found.frame["leerlingnummer"].to_list() == ["1", "2"]
    assert found.lines.to_list() == [2, 5]
    assert found.broken == ()


def test_lines_and_rows_run_on_over_the_borders_of_blocks(tmp_path: Path) -> None:
    rows = 700_000
    text = "leerlingnummer;doel\n" + "".join(f"{number};\n" for number in range(rows))
    blocks = list(table(tmp_path, text).blocks())
    assert len(blocks) > 1
    assert pl.concat(block.lines for block in blocks).equals(
        pl.int_range(2, rows + 2, dtype=pl.UInt32, eager=True).alias("regel")
    )
    assert pl.concat(block.frame for block in blocks)["leerlingnummer"].to_list() == [str(n) for n in range(rows)]


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ('5" scherm', '5" scherm'),
        ('zegt "ja"', 'zegt "ja"'),
        (' "x"', ' "x"'),
        ('"zegt ""ja"""', 'zegt "ja"'),
        ('""', ""),
    ],
)
def test_a_quote_that_does_not_open_a_field_is_a_letter(tmp_path: Path, line: str, cell: str) -> None:
    found = only_block(tmp_path, f"leerlingnummer;doel\n1;{line}\n2;x\n")
    assert found.frame["doel"].to_list() == [cell, "x"]


def test_text_after_a_closing_quote_breaks_the_lines_it_touches_and_no_other(tmp_path: Path) -> None:
    text = 'leerlingnummer;doel\n1;"a"b\n2;c\n3;"d\n4;e\n5;"f"\n6;g\n'
    found = only_block(tmp_path, text)
    assert found.broken == (2, 4, 5, 6)
    assert found.frame.rows() == [("2", "c"), ("6", "g")]
    assert found.lines.to_list() == [3, 7]


def test_a_quote_that_never_closes_refuses_the_file_with_its_line(tmp_path: Path) -> None:
    assert "Op regel 3 " in refusal(tmp_path, 'leerlingnummer;doel\n1;a\n2;"b\n3;c\n')
    assert "Op regel 5 " in refusal(tmp_path, 'leerlingnummer;doel\n1;"a\n\nb";"c"\n2;"b\n3;c\n')
    assert "Op regel 2 " in refusal(tmp_path, 'leerlingnummer;doel\n1;"a\n' + "2;b\n" * 400_000)


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ("leerlingnummer,doel,a;b;c;d\n", ("leerlingnummer", "doel", "a;b;c;d")),
        ('"leerlingnummer";"doel,een,twee"\n', ("leerlingnummer", "doel,een,twee")),
        ('"leerlingnummer;x",doel\n', ("leerlingnummer;x", "doel")),
        ("iets\tanders;nog\tmeer\n", ("iets", "anders;nog", "meer")),
        ("sep=,\r\nleerlingnummer,doel\r\n", ("leerlingnummer", "doel")),
        ("leerlingnummer\n", ("leerlingnummer",)),
    ],
)
def test_the_separator_is_the_one_that_makes_most_known_columns(
    tmp_path: Path, text: str, headers: tuple[str, ...]
) -> None:
    found = table(tmp_path, text)
    assert found.headers == headers
    (block,) = found.blocks()
    assert block.frame.shape == (0, len(headers))


def test_a_file_of_one_column(tmp_path: Path) -> None:
    found = only_block(tmp_path, 'leerlingnummer\n1\n\n  \n""\n2')
    assert found.frame["leerlingnummer"].to_list() == ["1", "2"]
    assert found.lines.to_list() == [2, 6]


def test_a_column_without_a_name_is_left_out_but_counts_as_a_field(tmp_path: Path) -> None:
    found = only_block(tmp_path, "leerlingnummer;doel;\n1;x;\n2;y\n")
    assert found.frame.rows() == [("1", "x")]
    assert found.broken == (3,)


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "leeg"),
        (b"\xef\xbb\xbf", "leeg"),
        (b"\n  \r\n", "leeg"),
        (b";;\n", "leeg"),
        (b"doel;antwoord;DOEL \n", "Kolom 1 en kolom 3"),
        (b"doel;antwoord\n1;\x002\n", "regel 2 staat een nul-byte"),
        ("doel;x\n1;\0\n".encode("utf-16"), "regel 2 staat een nul-byte"),
        ("doel;x\n1;2\n".encode("utf-32"), "nul-byte"),
        (b"doel;x\n1;2\n3;\x81\n", "Op regel 3 staan tekens"),
        (b"\xef\xbb\xbfdoel;x\n1;\xe9\n", "Op regel 2 staan tekens"),
        ("doel;x\né;1\n".encode("utf-16-le")[:-1], "Op regel 2 staan tekens"),
        ("doel;x\né;1\n".encode() + "é;2\n".encode("cp1252"), "zie regel 3"),
        ("doel;x\né;1\n".encode("cp1252") + "é;2\n".encode(), "zie regel 2"),
        (b'"doel"x;y\n', "rij met kolomnamen"),
        (b'doel;"x\n1;2\n', "Op regel 1 begint"),
        (b";".join(b"k%d" % place for place in range(1001)), "1001 kolommen"),
        (b"doel;x\n1;2\n" + b"x" * 3_000_000, "Op regel 3 begint een rij"),
        (b"x" * 3_000_000, "Op regel 1 begint een rij"),
    ],
)
def test_what_can_not_be_read_without_guessing_is_refused(tmp_path: Path, data: bytes, part: str) -> None:
    assert part in refusal(tmp_path, data)


def test_a_refusal_never_quotes_a_cell(tmp_path: Path) -> None:
    assert "Jansen" not in refusal(tmp_path, "Jansen;1;Jansen\nx;y;z\n")


def test_windows_1252_keeps_a_capital_before_a_curly_quote(tmp_path: Path) -> None:
    found = only_block(tmp_path, "doel;antwoord\n1;CAFÉ’s – “ß”\n".encode("cp1252"))
    assert found.frame["antwoord"].to_list() == ["CAFÉ’s – “ß”"]


def test_letters_that_lie_across_two_pieces_are_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.exports.reading.encoding.PIECE", 1)
    assert only_block(tmp_path, "doel;antwoord\n1;é€😀\r\n").frame["antwoord"].to_list() == ["é€😀"]
    mixed = "doel;antwoord\né;1\n".encode() + b"\xe9;2\n"
    assert "zie regel 3" in refusal(tmp_path, mixed)
    assert "Op regel 2 staan tekens" in refusal(tmp_path, "doel;x\n1;é".encode("utf-8-sig")[:-1])


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    found = table(tmp_path, "doel;antwoord\n1;ja\n")
    os.utime(tmp_path / "export.csv", ns=(1, 1))
    with pytest.raises(UnreadableFile, match="veranderd"):
        list(found.blocks())


@pytest.mark.parametrize("suffix", sorted(READABLE))
def test_a_missing_file_is_refused_with_a_sentence(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(UnreadableFile, match="niet te openen"):
        open_table(tmp_path / f"weg{suffix}", fits)


def test_other_kinds_of_file_are_refused(tmp_path: Path) -> None:
    assert "Dit soort bestand" in refusal(tmp_path, "x", "export.pdf")


@pytest.mark.parametrize("name", ["a.txt", "b.tsv", "C.CSV"])
def test_txt_and_tsv_are_texts_too(tmp_path: Path, name: str) -> None:
    assert only_block(tmp_path, "leerlingnummer\tdoel\n1\tx\n", name).frame.rows() == [("1", "x")]
