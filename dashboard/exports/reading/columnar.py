"""Parquet: every column as the text a person would have typed; lines = rows, the first is 1."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from dashboard.exports.reading.cells import decimal_text, float_text, moment_text, time_text
from dashboard.exports.reading.encoding import digest_of
from dashboard.exports.reading.tables import (
    BLOCK_ROWS,
    Fits,
    TextBlock,
    TextTable,
    UnreadableFile,
    checked_headers,
    text_block,
)

# Dutch schools: a moment with a time zone is meant as the clock on their wall.
_CLOCK = "Europe/Amsterdam"
_MOST_TEXT = 1 << 30

# The years 1 to 9999 in days and milliseconds from 1970, and a day in nanoseconds: polars panics beyond them.
_RANGES: dict[type[pl.DataType], tuple[int, int]] = {
    pl.Date: (-719_162, 2_932_896),
    pl.Datetime: (-62_135_596_800_000, 253_402_300_799_999),
    pl.Time: (0, 86_399_999_999_999),
}

_BROKEN = "Dit is geen Parquet-bestand, of het is beschadigd. Maak de export opnieuw, of lever het als CSV."
_NESTED = (
    "Kolom {place} van dit Parquet-bestand heeft een soort gegevens die niet als tekst te lezen is. "
    "Lever alleen tekst, getallen, datums, tijden en ja/nee, één waarde per cel."
)
_LARGE = "Dit Parquet-bestand is uitgepakt te groot om te lezen. Splits het op, of lever het als CSV."


def open_parquet(path: Path, _fits: Fits) -> TextTable:
    """Reads the file's own description; rows come later.

    A Parquet file says what its columns are called, so nothing has to fit.

    Raises:
        UnreadableFile: not Parquet, damaged, nested columns, bad headers.
    """
    digest = digest_of(path)
    try:
        schema = parquet.read_schema(path)
    except (pa.ArrowException, OSError, UnicodeDecodeError):
        raise UnreadableFile(_BROKEN) from None
    headers = checked_headers(schema.names)
    for place, column in enumerate(schema, start=1):
        if not _readable(column.type):
            raise UnreadableFile(_NESTED.format(place=place))
    return TextTable(path.name, digest, tuple(filter(None, headers)), partial(_blocks, path, headers))


def _readable(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return not pa.types.is_nested(kind) and not pa.types.is_duration(kind) and not pa.types.is_interval(kind)


def _blocks(path: Path, headers: Sequence[str]) -> Iterator[TextBlock]:
    line, none_yet = 1, True
    for batch in _batches(path):
        columns = [_text(column) for column in batch.columns]
        lines = pl.int_range(line, line + len(batch), dtype=pl.UInt32, eager=True)
        yield text_block(columns, headers, lines, ())
        line, none_yet = line + len(batch), False
    if none_yet:
        empty = pl.Series([], dtype=pl.String)
        yield text_block([empty] * len(headers), headers, pl.Series([], dtype=pl.UInt32), ())


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    try:
        schema = parquet.read_schema(path)
        # Repeated text stays in its dictionary: a small file may hold one long text a million times.
        texts = [column.name for column in schema if _is_text(column.type)]
        with parquet.ParquetFile(path, read_dictionary=texts) as file:
            for group in range(file.num_row_groups):
                if file.metadata.row_group(group).total_byte_size > _MOST_TEXT:
                    raise UnreadableFile(_LARGE)
            yield from file.iter_batches(BLOCK_ROWS)
    except (pa.ArrowException, OSError, UnicodeDecodeError):
        raise UnreadableFile(_BROKEN) from None


def _is_text(kind: pa.DataType) -> bool:
    types = pa.types
    return any(test(kind) for test in (types.is_string, types.is_binary, types.is_large_string, types.is_large_binary))


def _text(column: pa.Array[Any]) -> pl.Series:
    if isinstance(column, pa.DictionaryArray):
        _check_size(column)
        column = column.dictionary_decode()
    series = pl.Series(column)
    kind = series.dtype.base_type()
    convert = _CONVERSIONS.get(kind, _cast)
    try:
        if kind is pl.Datetime:
            series = series.dt.cast_time_unit("ms")
        if kind in _RANGES and not series.to_physical().is_between(*_RANGES[kind]).all():
            raise UnreadableFile(_BROKEN)
        return convert(series)
    except pl.exceptions.PolarsError:
        raise UnreadableFile(_BROKEN) from None


def _check_size(column: pa.DictionaryArray[Any, Any]) -> None:
    words = column.dictionary
    if isinstance(words, pa.StringArray | pa.BinaryArray | pa.LargeStringArray | pa.LargeBinaryArray):
        sizes = pc.take(pc.binary_length(words), column.indices)
        if (pc.sum(sizes).as_py() or 0) > _MOST_TEXT:
            raise UnreadableFile(_LARGE)


def _cast(series: pl.Series) -> pl.Series:
    return series.cast(pl.String).fill_null("")


def _moments(series: pl.Series) -> pl.Series:
    zoned = getattr(series.dtype, "time_zone", None)
    return moment_text(series.dt.convert_time_zone(_CLOCK) if zoned else series)


_CONVERSIONS: dict[type[pl.DataType], Callable[[pl.Series], pl.Series]] = {
    pl.Float32: float_text,
    pl.Float64: float_text,
    pl.Decimal: decimal_text,
    pl.Datetime: _moments,
    pl.Time: time_text,
}
