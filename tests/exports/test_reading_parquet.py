"""Proves that a Parquet file reads as the same text a CSV of it would hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

from dashboard.exports.reading import UnreadableFile, columnar, open_table


def written(folder: Path, table: pa.Table) -> Path:
    path = folder / "export.parquet"
    parquet.write_table(table, path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as refused:
        list(open_table(path, len).blocks())
    return str(refused.value)


@pytest.mark.parametrize(
    ("values", "kind", "texts"),
    [
        (["0060", None, " x "], pa.string(), ["0060", "", " x "]),
        (["0060", None], pa.large_string(), ["0060", ""]),
        (["a", "b", "a"], pa.dictionary(pa.int8(), pa.string()), ["a", "b", "a"]),
        ([b"ab"], pa.binary(), ["ab"]),
        ([12, -3, None], pa.int32(), ["12", "-3", ""]),
        ([12.0, 0.5, 0.1, 1e-7, 1e22, float("nan"), None], pa.float64(),
         ["12", "0.5", "0.1", "0.0000001", "10000000000000000000000", "", ""]),
        ([0.1, 3.0], pa.float32(), ["0.1", "3"]),
        ([Decimal("12.00"), Decimal("1.50")], pa.decimal128(6, 2), ["12", "1.50"]),
        ([True, False, None], pa.bool_(), ["true", "false", ""]),
        ([date(2025, 4, 3), None], pa.date32(), ["2025-04-03", ""]),
        ([datetime(2025, 4, 3), datetime(2025, 4, 3, 14, 5)], pa.timestamp("us"),
         ["2025-04-03", "2025-04-03 14:05:00"]),
        ([datetime(2025, 4, 2, 22, tzinfo=UTC)], pa.timestamp("ns", "UTC"), ["2025-04-03"]),
        ([time(9, 30), time(9, 30, 5), None], pa.time32("s"), ["09:30", "09:30", ""]),
        ([None, None], pa.null(), ["", ""]),
    ],
)  # fmt: skip
def test_every_type_becomes_plain_text(tmp_path: Path, values: list[Any], kind: pa.DataType, texts: list[str]) -> None:
    path = written(tmp_path, pa.table({" kolom ": pa.array(values, kind), "vol": pa.array(["x"] * len(values))}))
    (block,) = open_table(path, len).blocks()
    assert block.frame.schema == {"kolom": pl.String, "vol": pl.String}
    assert block.frame["kolom"].to_list() == texts
    assert block.lines.to_list() == list(range(1, len(texts) + 1))
    assert block.broken == ()


def test_a_row_without_any_value_is_a_blank_line(tmp_path: Path) -> None:
    path = written(tmp_path, pa.table({"a": ["1", None, "3"], "b": ["x", " ", None]}))
    (block,) = open_table(path, len).blocks()
    assert block.frame.rows() == [("1", "x"), ("3", "")]
    assert block.lines.to_list() == [1, 3]


def test_lines_run_on_over_blocks(tmp_path: Path) -> None:
    path = written(tmp_path, pa.table({"a": pa.array(range(600_000))}))
    blocks = list(open_table(path, len).blocks())
    assert len(blocks) > 1
    assert all((block.lines - 1).cast(pl.String).to_list() == block.frame["a"].to_list() for block in blocks)


def test_a_file_without_rows_gives_an_empty_block(tmp_path: Path) -> None:
    (block,) = open_table(written(tmp_path, pa.table({"a": pa.array([], pa.int64())})), len).blocks()
    assert block.frame.schema == {"a": pl.String}
    assert block.frame.is_empty()


@pytest.mark.parametrize(
    "kind",
    [pa.list_(pa.string()), pa.struct([("x", pa.int8())]), pa.map_(pa.string(), pa.int8()), pa.duration("s")],
)
def test_what_is_no_single_value_is_refused(tmp_path: Path, kind: pa.DataType) -> None:
    assert "Kolom 2 " in refusal(written(tmp_path, pa.table({"a": ["x"], "b": pa.array([None], kind)})))


def test_the_same_header_twice_is_refused(tmp_path: Path) -> None:
    twice = pa.table([pa.array([1]), pa.array([2])], names=["a", "A"])
    assert "Kolom 1 en kolom 2" in refusal(written(tmp_path, twice))


def test_moments_beyond_the_calendar_are_refused(tmp_path: Path) -> None:
    far = pa.array([2**50], pa.int64()).cast(pa.timestamp("s"))
    assert "beschadigd" in refusal(written(tmp_path, pa.table({"a": far})))


@pytest.mark.parametrize("data", [b"", b"PAR1", b"leerlingnummer;doel\n1;x\n"])
def test_what_is_no_parquet_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "export.parquet"
    path.write_bytes(data)
    assert "geen Parquet-bestand" in refusal(path)


def test_one_long_text_repeated_is_refused_before_it_is_spelled_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columnar, "_MOST_TEXT", 1_000_000)
    assert "te groot" in refusal(written(tmp_path, pa.table({"a": ["x" * 1_000] * 2_000})))
