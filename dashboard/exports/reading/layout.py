"""The head of a delimited text: which separator, which columns, where the rows start."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.exports.reading.quoting import LONGEST_RECORD, Record, Records
from dashboard.exports.reading.tables import BLOCK_ROWS, Fits, UnreadableFile, checked_headers

_SEPARATORS = (b";", b",", b"\t")
HEAD = 2 * LONGEST_RECORD
_LEAST_CHUNK, _MOST_CHUNK = 1 << 20, 32 << 20
# Excel writes and reads this first line; it is no row.
_SEPARATOR_LINE = re.compile(rb'"?sep=([;,\t])"?[ \t]*\n', re.IGNORECASE)

_NOTHING = b' \t\n;,"'
"""What a text without any word is made of."""

_TORN = (
    "In de rij met kolomnamen (regel {line}) staat tekst achter een aanhalingsteken dat sluit. "
    "Haal de aanhalingstekens in die rij weg."
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is divided.

    Args:
        separator: one byte.
        headers: every column's name; "" = none.
        start: where the first row starts, in bytes of UTF-8 text with LF line ends.
        line: where the first row starts, as a line.
        chunk: bytes that hold about one block of rows.
    """

    separator: bytes
    headers: tuple[str, ...]
    start: int
    line: int
    chunk: int


def read_layout(head: bytes, fits: Fits, *, last: bool) -> Layout:
    """The separator whose header row matches most columns; then the one that makes most fields; then `;`.

    Args:
        head: the first 2 MiB of the text as UTF-8 with LF line ends.
        fits: how many known columns a row of header cells matches.
        last: whether this is the whole text.

    Raises:
        UnreadableFile: no headers, a header row that can't be divided, or bad headers.
    """
    head = ended(head) if last else head
    told = _SEPARATOR_LINE.match(head)
    start, line = (told.end(), 2) if told else (0, 1)
    if last and not head[start:].strip(_NOTHING):
        checked_headers(())
    tried = [_first_record(head[start:], mark, line, last=last) for mark in ([told[1]] if told else _SEPARATORS)]
    best = max(tried, key=lambda first: (fits(_texts(first.record)), len(first.record.fields or [])))
    refusal = next((first.refusal for first in tried if first.refusal), None)
    if refusal and not fits(_texts(best.record)):
        raise refusal
    if best.record.fields is None:
        raise UnreadableFile(_TORN.format(line=best.record.line))
    headers = checked_headers(_texts(best.record))
    return Layout(best.separator, headers, start + best.length, best.next_line, _chunk_size(head))


@dataclass(frozen=True, slots=True)
class _First:
    """The first record as one separator divides it.

    Args:
        length: bytes of the record and of the blank lines before it.
        next_line: the line after it.
        refusal: why there is none, with this separator.
    """

    record: Record
    separator: bytes
    length: int
    next_line: int
    refusal: UnreadableFile | None = None


def _first_record(text: bytes, separator: bytes, line: int, *, last: bool) -> _First:
    records = Records(text, separator, line, last=last)
    nothing = Record(line, [])
    try:
        while (found := records.next()) is not None:
            if found:
                return _First(found[0], separator, records.position, records.line)
    except UnreadableFile as refusal:
        # Another separator may do.
        return _First(nothing, separator, 0, line, refusal)
    return _First(nothing, separator, records.position, records.line)


def _texts(record: Record) -> list[str]:
    return [field.decode().strip() for field in record.fields or []]


def _chunk_size(head: bytes) -> int:
    average = len(head) // max(head.count(b"\n"), 1)
    return min(max(average * BLOCK_ROWS, _LEAST_CHUNK), _MOST_CHUNK)


def ended(text: bytes) -> bytes:
    """A text whose last line ends too."""
    return text if text.endswith(b"\n") or not text else text + b"\n"
