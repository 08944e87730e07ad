"""Bytes in, UTF-8 with plain line ends out; never a guess.

In this order: a byte order mark, UTF-16 by its pattern of NUL bytes, UTF-8, Windows-1252. What is none of
these throughout is refused. Every file is looked through once before a row is read, so that half a file is
never imported.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dashboard.exports.reading.tables import UnreadableFile

PIECE = 4 << 20
_SAMPLE = 4096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNDEFINED_1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
# A letter, euro or curly quote in UTF-8. Read as Windows-1252 these are "Ã©", "â‚¬", "â€™": never real text there.
# Left out are pairs such as C5 92, which are a capital with a curly quote in Windows-1252.
_UTF8_LETTER = re.compile(
    rb"[\xc3-\xc5\xe2](?:(?<=\xc3)[\x80-\xbf]"
    rb"|(?<=[\xc4\xc5])[\x80-\x84\x86-\x90\x95\x98-\x9f\xa1-\xba\xbc-\xbf]"
    rb"|(?<=\xe2)(?:\x82\xac|\x80[\x90-\xbf]))"
)

_MIXED = (
    "Dit bestand is voor een deel in UTF-8 en voor een deel in Windows-1252 geschreven (zie regel {line}). "
    "Maak de export opnieuw in één stap, of sla het bestand op als CSV UTF-8."
)
_UNKNOWN = (
    "Op regel {line} staan tekens die niet in UTF-8, UTF-16 of Windows-1252 te lezen zijn. "
    "Sla het bestand op als CSV UTF-8."
)
_NUL = (
    "Dit bestand is geen gewone tekst: op regel {line} staat een nul-byte. "
    "Maak de export opnieuw als CSV, of lever het als Excel-bestand (.xlsx)."
)
_CHANGED = "Dit bestand is veranderd terwijl het werd gelezen. Wacht tot de export klaar is en probeer het opnieuw."


@dataclass(frozen=True, slots=True)
class Survey:
    """What one look through a text file showed.

    Args:
        digest: SHA-256 in hexadecimals.
        encoding: Python's name of it.
        start: bytes of the byte order mark.
        stamp: size and time of change, to see that the file is still the same one.
    """

    digest: str
    encoding: str
    start: int
    stamp: tuple[int, int]


def survey(path: Path) -> Survey:
    """Looks through the whole file, in bounded memory.

    Raises:
        UnreadableFile: NUL bytes, or no encoding that fits every byte.
    """
    with path.open("rb") as file:
        stamp = _stamp(file)
        encoding, start = _marked(file.read(_SAMPLE))
        file.seek(0)
        look = _Look(encoding or "utf-8", start)
        for piece in _pieces(file):
            look.at(piece)
        look.end()
        if look.nul is not None:
            raise UnreadableFile(_NUL.format(line=_line_at(file, look.nul)))
        if look.bad is not None and encoding:
            raise UnreadableFile(_UNKNOWN.format(line=_line_at(file, look.bad)))
        if look.bad is not None:
            _check_1252(file, look.bad)
            encoding = "cp1252"
    return Survey(look.hash.hexdigest(), encoding or "utf-8", start, stamp)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(PIECE), b"")


def text_chunks(path: Path, seen: Survey, size: int) -> Iterator[bytes]:
    """The text as UTF-8, each line end as one LF, in pieces of about `size` bytes.

    Raises:
        UnreadableFile: the file changed since it was surveyed.
    """
    held = b""
    with path.open("rb") as file:
        _refuse_change(file, seen)
        file.seek(seen.start)
        for piece in _as_utf8(file, seen.encoding, size):
            text = held + piece
            # A CR at the end may be half a CRLF.
            held = b"\r" if text.endswith(b"\r") else b""
            yield _plain_line_ends(text[: len(text) - len(held)])
        _refuse_change(file, seen)
    if held:
        yield b"\n"


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimals."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _plain_line_ends(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text


def _as_utf8(file: BinaryIO, encoding: str, size: int) -> Iterator[bytes]:
    pieces = iter(lambda: file.read(size), b"")
    if encoding == "utf-8":
        yield from pieces
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    for piece in pieces:
        yield decoder.decode(piece).encode()


def _marked(sample: bytes) -> tuple[str, int]:
    """Encoding by the first bytes ("" = to be found out) and the length of its mark."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding, len(mark)
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    # Latin text in UTF-16 has a NUL in nearly every pair, always on the same side.
    if max(even, odd) * 4 < len(sample) or min(even, odd) * 20 > max(even, odd):
        return "", 0
    return ("utf-16-le" if odd > even else "utf-16-be") if sample else "", 0


class _Look:
    """One pass over a file's bytes: their hash, the first NUL and the first undecodable byte, if any."""

    def __init__(self, encoding: str, start: int) -> None:
        self.hash = hashlib.sha256()
        self.nul: int | None = None
        self.bad: int | None = None
        self._wide = encoding.startswith("utf-16")
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._start = start
        self._offset = 0

    def at(self, piece: bytes) -> None:
        self.hash.update(piece)
        text = piece[self._start :]
        skipped = len(piece) - len(text)
        self._start -= skipped
        self._offset += skipped
        # Plain ASCII needs no decoding: nearly every piece of nearly every export.
        if not self._wide and text.isascii() and not self._pending():
            self._note_nul(text.find(0))
        elif self.bad is None:
            self._decode(text)
        self._offset += len(text)

    def end(self) -> None:
        """A character that the end of the file cuts off."""
        if self.bad is None and self._pending():
            self.bad = self._offset - self._pending()

    def _decode(self, text: bytes) -> None:
        pending = self._pending()
        try:
            found = self._decoder.decode(text).find("\0") if self._wide else self._checked(text)
        except UnicodeDecodeError as error:
            self.bad = self._offset - pending + error.start
            found = -1 if self._wide else text.find(0)
        self._note_nul(found * 2 if self._wide else found)

    def _checked(self, text: bytes) -> int:
        self._decoder.decode(text)
        return text.find(0)

    def _note_nul(self, place: int) -> None:
        if place >= 0 and self.nul is None:
            self.nul = self._offset + place

    def _pending(self) -> int:
        return len(self._decoder.getstate()[0])


def _check_1252(file: BinaryIO, bad: int) -> None:
    """A second pass, for a file that is not UTF-8 from byte `bad` on.

    Raises:
        UnreadableFile: a byte that Windows-1252 doesn't have, or letters in UTF-8 elsewhere.
    """
    file.seek(0)
    offset, tail = 0, b""
    for piece in _pieces(file):
        if 0 in piece:
            raise UnreadableFile(_NUL.format(line=_line_at(file, offset + piece.find(0))))
        undefined = [place for byte in _UNDEFINED_1252 if (place := piece.find(byte)) >= 0]
        # A letter may lie across two pieces.
        if _UTF8_LETTER.search(tail + piece):
            raise UnreadableFile(_MIXED.format(line=_line_at(file, bad)))
        if undefined:
            raise UnreadableFile(_UNKNOWN.format(line=_line_at(file, offset + min(undefined))))
        offset, tail = offset + len(piece), piece[-2:]


def _line_at(file: BinaryIO, offset: int) -> int:
    """The line a byte lies on; a Mac file's lone CRs count where there is no LF."""
    file.seek(0)
    left, feeds, returns = offset, 0, 0
    while left > 0 and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        feeds += piece.count(b"\n")
        returns += piece.count(b"\r")
    return 1 + (feeds or returns)


def _stamp(file: BinaryIO) -> tuple[int, int]:
    state = os.fstat(file.fileno())
    return state.st_size, state.st_mtime_ns


def _refuse_change(file: BinaryIO, seen: Survey) -> None:
    if _stamp(file) != seen.stamp:
        raise UnreadableFile(_CHANGED)
