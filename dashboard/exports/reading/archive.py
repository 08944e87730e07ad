"""An XLSX file is a zip of XML: a look at what it unpacks to, before anything unpacks it into memory.

The sizes in a zip's directory are its maker's word. So every entry is unpacked once here, piece by piece, and
thrown away; and the cells are counted as a full rectangle, since that is how a sheet is held in memory.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np

from dashboard.exports.reading.encoding import PIECE
from dashboard.exports.reading.tables import UnreadableFile

MOST_ENTRIES = 2_000
MOST_BYTES = 1 << 30
MOST_CELLS = 25_000_000
# Real sheets pack 5 to 60 times; a bomb over 1,000.
MOST_RATIO = 200
_SMALL = 64 << 20
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_CELL = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)(\d+)")
# Room is made for as many as a file announces, before one is read.
_ANNOUNCED = re.compile(rb"[cC]ount\s*=\s*[\"']\s*(\d+)")
_TEXT_END = re.compile(rb"</(?:\w+:)?si\s*>")
# Any whole number may be the place of a shared text.
_PLACE = re.compile(rb">\s*0*(\d{1,9})\s*<")
_EMPTY = re.compile(rb'<(?:\w+:)?(?:c|row)(?:\s+[\w:]+="[^"<>]*")*\s*/>')

_LOCKED = (
    "Dit bestand is met een wachtwoord beveiligd of is een oud Excel-bestand (.xls). "
    "Sla het in Excel op als gewone werkmap (.xlsx), zonder wachtwoord."
)
BROKEN = "Dit is geen Excel-bestand (.xlsx), of het is beschadigd. Open het in Excel en sla het opnieuw op als .xlsx."
_LARGE = "Dit Excel-bestand is uitgepakt te groot om te lezen. Splits het op, of lever het als CSV."
_WIDE = (
    "In dit Excel-bestand staan cellen zo ver uit elkaar dat het niet te lezen is. "
    "Verwijder de lege rijen en kolommen, of lever het als CSV."
)


def check_archive(path: Path) -> None:
    """Looks through a workbook's zip without keeping any of it.

    Raises:
        UnreadableFile: not a zip, locked, damaged, or more in it than fits in bounded memory.
    """
    with path.open("rb") as file:
        _check_start(file)
        try:
            with zipfile.ZipFile(file) as archive:
                entries = archive.infolist()
            _check_directory(entries, path.stat().st_size)
            for entry in entries:
                _check_cells(_cut_at_tags(_unpacked(file, entry)))
            _check_texts(file, entries)
        except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError):
            raise UnreadableFile(BROKEN) from None


def _check_start(file: BinaryIO) -> None:
    if file.read(len(_OLE)) == _OLE:
        raise UnreadableFile(_LOCKED)
    file.seek(0)
    # Before the directory itself is read: a million entries are a bomb too.
    found = sum(piece.count(_DIRECTORY_ENTRY) for piece in iter(lambda: file.read(PIECE), b""))
    if found > MOST_ENTRIES:
        raise UnreadableFile(_LARGE)
    file.seek(0)


def _check_directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_BYTES or unpacked > max(_SMALL, MOST_RATIO * size):
        raise UnreadableFile(_LARGE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile(_LOCKED)
    if len({entry.filename for entry in entries}) < len(entries):
        raise UnreadableFile(BROKEN)


def _unpacked(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry's bytes, as far as its data really go.

    Raises:
        UnreadableFile: more or fewer bytes than the directory says.
    """
    file.seek(entry.header_offset)
    mark, name, extra = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if mark != b"PK\x03\x04" or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableFile(BROKEN)
    file.seek(name + extra, 1)
    total = 0
    for piece in _inflated(file, entry):
        total += len(piece)
        if total > entry.file_size:
            raise UnreadableFile(_LARGE)
        yield piece
    if total != entry.file_size:
        raise UnreadableFile(BROKEN)


def _inflated(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    packed = _limited(file, entry.compress_size)
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from packed
        return
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in packed:
        left = piece
        while left and not stream.eof:
            yield stream.decompress(left, PIECE)
            left = stream.unconsumed_tail
    # What is left is at most one window.
    yield stream.flush()


def _limited(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0 and (piece := file.read(min(PIECE, size))):
        size -= len(piece)
        yield piece


def _cut_at_tags(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, no tag or value torn in two."""
    held = b""
    for piece in pieces:
        text = held + piece
        cut = text.rfind(b"<")
        text, held = (text[:cut], text[cut:]) if cut > 0 else (b"", text)
        if len(held) > PIECE:
            raise UnreadableFile(_LARGE)
        yield text
    yield held


def _check_cells(pieces: Iterator[bytes]) -> None:
    """Refuses a sheet whose used cells span too large a rectangle. Any entry may be a sheet."""
    columns, rows = 1, 1
    for text in pieces:
        # Looking for a plain word first is ten times as fast.
        if b"ount" in text and any(int(count) > MOST_CELLS for count in _ANNOUNCED.findall(text)):
            raise UnreadableFile(_LARGE)
        wide, high = _furthest(text, columns, rows)
        columns, rows = max(columns, wide), max(rows, high)
        _span(columns, rows)


def _check_texts(file: BinaryIO, entries: list[zipfile.ZipInfo]) -> None:
    """Refuses one long text used a million times: every cell gets its own copy of the shared text it names."""
    sizes, tags = array("q"), 0
    for entry in entries:
        begun = 0
        for text in _cut_at_tags(_unpacked(file, entry)):
            ends = [found.start() for found in _TEXT_END.finditer(text)] if b"si" in text else []
            sizes.extend(end - start for start, end in pairwise([-begun, *ends]))
            begun = len(text) - ends[-1] if ends else begun + len(text)
            tags += text.count(b"<")
    # A cell with a value has four tags.
    if not sizes or max(sizes) * (tags // 4) <= MOST_BYTES:
        return
    places = np.array(sizes)
    total = 0
    for entry in entries:
        for text in _cut_at_tags(_unpacked(file, entry)):
            named = np.array(_PLACE.findall(text), dtype="S9").astype(np.int64)
            total += int(places[named[named < len(places)]].sum())
            if total > MOST_BYTES:
                raise UnreadableFile(_LARGE)


def _furthest(text: bytes, columns: int, rows: int) -> tuple[int, int]:
    found = _spanned(text)
    if max(found[0], columns) * max(found[1], rows) > MOST_CELLS:
        # Cells with a colour but no value are no cells to the reader.
        found = _spanned(_EMPTY.sub(b"", text))
        _span(max(found[0], columns), max(found[1], rows))
    return found


def _span(columns: int, rows: int) -> None:
    if columns * rows > MOST_CELLS:
        raise UnreadableFile(_WIDE)


def _spanned(text: bytes) -> tuple[int, int]:
    """The last column and row of the cells that a stretch of XML names."""
    found = _CELL.findall(text)
    columns = {letters for letters, _ in found}
    return max(map(_column, columns), default=1), max((int(row) for row in {row for _, row in found}), default=1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number
