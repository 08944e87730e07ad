"""CSV, TXT and TSV: from plain text to blocks of columns.

Two ways lead through a text, and both give the same rows. Where the quotes of a chunk of text all stand where
they belong (or there are none), pyarrow splits it; where one does not, `quoting.Records` goes through that
chunk field by field. pyarrow alone would take text after a closing quote into the field without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, cast

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
from pyarrow import csv

from dashboard.exports.reading.encoding import Survey, survey, text_chunks
from dashboard.exports.reading.layout import HEAD, Layout, ended, read_layout
from dashboard.exports.reading.quoting import LONGEST_RECORD, Records, is_blank
from dashboard.exports.reading.tables import (
    Fits,
    TextBlock,
    TextTable,
    text_block,
)

_LF, _QUOTE = 0x0A, 0x22
Positions = npt.NDArray[np.int64]


def open_delimited(path: Path, fits: Fits) -> TextTable:
    """Surveys a text file and reads its header row.

    Raises:
        UnreadableFile: an unknown encoding, NUL bytes, no headers or the same header twice.
    """
    seen = survey(path)
    head = b""
    for chunk in text_chunks(path, seen, HEAD):
        head += chunk
        if len(head) >= HEAD:
            break
    layout = read_layout(head, fits, last=len(head) < HEAD)
    named = tuple(filter(None, layout.headers))
    return TextTable(path.name, seen.digest, named, partial(_blocks, path, seen, layout))


def _blocks(path: Path, seen: Survey, layout: Layout) -> Iterator[TextBlock]:
    buffer, line, none_yet = b"", layout.line, True
    for chunk, last in _with_last(_after(text_chunks(path, seen, layout.chunk), layout.start)):
        buffer += chunk
        buffer = ended(buffer) if last else buffer
        block, taken, lines = _next_block(buffer, layout, line, last=last)
        if taken or (last and none_yet):
            none_yet = False
            yield block
        buffer, line = buffer[taken:], line + lines


def _after(chunks: Iterator[bytes], start: int) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk[start:]
        start = max(start - len(chunk), 0)


def _with_last(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    held = next(chunks, b"")
    for chunk in chunks:
        yield held, False
        held = chunk
    yield held, True


def _next_block(buffer: bytes, layout: Layout, line: int, *, last: bool) -> tuple[TextBlock, int, int]:
    """The rows of as many whole records as `buffer` holds, with the bytes and lines these take."""
    shape = _regular_shape(buffer, layout, last=last)
    text = buffer[: shape.end] if shape else b""
    lines = text.count(b"\n")
    if shape is None or lines == len(text):
        return _carefully(buffer, layout, line, last=last)
    return _fast(text, layout, line, lines, shape.quotes), shape.end, lines


@dataclass(frozen=True, slots=True)
class _Shape:
    """A stretch of text with every quote in its place: where it ends, and its quotes."""

    end: int
    quotes: Positions


def _regular_shape(buffer: bytes, layout: Layout, *, last: bool) -> _Shape | None:
    """None where the fast way can't be trusted: only the careful way tells what is wrong, and where."""
    if len(layout.headers) == 1:
        # A line without a separator is a row here, unless it is blank; pyarrow doesn't know that.
        return None
    shape = _quoted_shape(buffer, layout.separator[0]) if b'"' in buffer else _unquoted_shape(buffer)
    # Text left over at the very end is a quote that never closes.
    return None if shape is None or (last and shape.end < len(buffer)) else shape


def _unquoted_shape(buffer: bytes) -> _Shape | None:
    end = buffer.rfind(b"\n") + 1
    return _Shape(end, _NO_PLACES) if end and _lines_fit(buffer, end) else None


_NO_PLACES: Positions = np.empty(0, np.int64)


def _lines_fit(buffer: bytes, end: int) -> bool:
    """Whether no line is over the limit, by the longest jumps from line end to line end the limit allows."""
    at = 0
    while at < end:
        jump = buffer.rfind(b"\n", at, at + LONGEST_RECORD + 1)
        if jump < 0:
            return False
        at = jump + 1
    return True


def _quoted_shape(buffer: bytes, separator: int) -> _Shape | None:
    codes = np.frombuffer(buffer, np.uint8)
    quotes, feeds = _places(codes, _QUOTE), _places(codes, _LF)
    ends = feeds[_outside(feeds, quotes)]
    if not ends.size or np.diff(ends, prepend=-1).max() > LONGEST_RECORD + 1:
        return None
    end = int(ends[-1]) + 1
    quotes = quotes[: np.searchsorted(quotes, end)]
    return _Shape(end, quotes) if _all_in_place(codes, quotes, separator) else None


def _all_in_place(codes: npt.NDArray[np.uint8], quotes: Positions, separator: int) -> bool:
    """Whether quotes open, close, open … as the grammar has it.

    Each opening one starts a field and each closing one ends it; one that closes right before one that opens is a
    doubled quote inside a field.
    """
    opening, closing = quotes[0::2], quotes[1::2]
    doubled = closing[:-1] + 1 == opening[1:]
    before = codes[opening - 1]
    starts = (before == separator) | (before == _LF) | (opening == 0)
    after = codes[closing + 1]
    stops = (after == separator) | (after == _LF)
    return bool(
        (starts[:1].all()) and (starts[1:] | doubled).all() and stops[-1:].all() and (stops[:-1] | doubled).all()
    )


def _places(codes: npt.NDArray[np.uint8], code: int) -> Positions:
    return np.flatnonzero(codes == code)


def _outside(places: Positions, quotes: Positions) -> npt.NDArray[np.bool_]:
    return np.equal(np.searchsorted(quotes, places) % 2, 0)


def _fast(text: bytes, layout: Layout, line: int, lines: int, quotes: Positions) -> TextBlock:
    table = _split(text, layout, quoted=bool(quotes.size))
    columns = [pl.Series(column) for column in table.columns]
    if len(table) == lines:
        return text_block(columns, layout.headers, _numbered(line, len(table)), ())
    good, broken = _lines_of_records(text, layout, quotes)
    return text_block(columns, layout.headers, pl.Series(good + line), [line + place for place in broken])


def _numbered(first: int, count: int) -> pl.Series:
    return pl.int_range(first, first + count, dtype=pl.UInt32, eager=True)


def _split(text: bytes, layout: Layout, *, quoted: bool) -> pa.Table:
    names = [str(place) for place in range(len(layout.headers))]
    return csv.read_csv(
        # The stubs know files only.
        cast("IO[bytes]", pa.BufferReader(text)),
        read_options=csv.ReadOptions(column_names=names, block_size=4 * LONGEST_RECORD),
        parse_options=csv.ParseOptions(
            delimiter=layout.separator.decode(),
            quote_char='"' if quoted else False,
            double_quote=quoted,
            newlines_in_values=quoted,
            invalid_row_handler=lambda _: "skip",
        ),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), null_values=[], strings_can_be_null=False
        ),
    )


def _lines_of_records(text: bytes, layout: Layout, quotes: Positions) -> tuple[Positions, list[int]]:
    """Lines, from 0, of the records with the right number of fields, and of the others; blank ones aside."""
    codes = np.frombuffer(text, np.uint8)
    feeds = _places(codes, _LF)
    separators = _places(codes, layout.separator[0])
    ending = _outside(feeds, quotes)
    separators = separators[_outside(separators, quotes)]
    ends = feeds[ending]
    lines = np.concatenate([[0], np.flatnonzero(ending)[:-1] + 1])
    begins = np.concatenate([[0], ends[:-1] + 1])
    right = np.diff(np.searchsorted(separators, ends), prepend=0) == len(layout.headers) - 1
    odd = [
        int(lines[place])
        for place in np.flatnonzero(~right)
        if not is_blank(text[begins[place] : ends[place]], layout.separator)
    ]
    return lines[right], odd


def _carefully(buffer: bytes, layout: Layout, line: int, *, last: bool) -> tuple[TextBlock, int, int]:
    records = Records(buffer, layout.separator, line, last=last)
    rows, lines, broken = list[list[bytes]](), list[int](), list[int]()
    while (found := records.next()) is not None:
        for record in found:
            if record.fields is None or len(record.fields) != len(layout.headers):
                broken.append(record.line)
                continue
            rows.append(record.fields)
            lines.append(record.line)
    block = text_block(_columns(rows, len(layout.headers)), layout.headers, pl.Series(lines, dtype=pl.UInt32), broken)
    return block, records.position, records.line - line


def _columns(rows: Sequence[Sequence[bytes]], width: int) -> list[pl.Series]:
    cells = list(zip(*rows, strict=True)) if rows else [()] * width
    return [pl.Series(column, dtype=pl.Binary).cast(pl.String) for column in cells]
