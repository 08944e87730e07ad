"""The careful way through a delimited text: field by field, in plain Python.

The grammar. A record is fields with a separator between them, up to a line end. A field that starts with `"`
runs to the next `"` that is not doubled, line ends and separators included; then a separator or the line end
must follow. In any other field `"` is a letter like all others. A line of blanks only is no record.

Where text follows a closing quote, nobody knows where the field ends: every line from the start of that
record to the line of that quote is broken, and the next record starts on the line after it. So a stray quote
costs the rows it touches, never shifts one, and never goes unseen. A quote that never closes refuses the
file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.exports.reading.tables import UnreadableFile

LONGEST_RECORD = 1 << 20

_OPEN = (
    "Op regel {line} begint een tekst met een aanhalingsteken die nergens wordt afgesloten. "
    "Zet het ontbrekende aanhalingsteken erbij, of haal het eerste weg."
)
_LONG = (
    "Op regel {line} begint een rij van meer dan een miljoen tekens. Dat is geen rij uit een export: "
    "controleer of dit het goede bestand is."
)


@dataclass(frozen=True, slots=True)
class Record:
    """Fields of one record and the line it starts on.

    Where text follows a closing quote `fields` is None, once for every line this touches.
    """

    line: int
    fields: list[bytes] | None


class Records:
    """Walks over one buffer of UTF-8 text with LF line ends, which starts at a record.

    Args:
        line: the number of the buffer's first line.
        last: whether the text ends with this buffer; if not, what may be half a record is left unread.
    """

    def __init__(self, buffer: bytes, separator: bytes, line: int, *, last: bool) -> None:
        self._buffer = buffer
        self._separator = separator
        self._stop = re.compile(b"[\n" + re.escape(separator) + b"]")
        self._last = last
        self.line = line
        self.position = 0

    def next(self) -> list[Record] | None:
        """One record, or the lines of a broken one; [] for a blank line, None at the end.

        Raises:
            UnreadableFile: a quote that never closes, or a record over 1 MiB.
        """
        start = self.position
        if start >= len(self._buffer):
            return None
        end = self._buffer.find(b"\n", start)
        if end < 0:
            self._refuse_endless(start, quote=None)
            return None
        if self._opens_quote(start, end):
            return self._quoted(start)
        return self._plain(start, end)

    def _opens_quote(self, start: int, end: int) -> bool:
        return self._buffer.startswith(b'"', start) or self._buffer.find(self._separator + b'"', start, end) >= 0

    def _plain(self, start: int, end: int) -> list[Record]:
        text = self._buffer[start:end]
        found = [] if is_blank(text, self._separator) else [Record(self.line, text.split(self._separator))]
        self._past(start, end)
        return found

    def _quoted(self, start: int) -> list[Record] | None:
        buffer, fields, at = self._buffer, list[bytes](), start
        while True:
            if buffer.startswith(b'"', at):
                end = self._closing(at)
                if end is None:
                    self._refuse_endless(start, quote=at)
                    return None
                fields.append(buffer[at + 1 : end].replace(b'""', b'"'))
                at = end + 1
            else:
                stop = self._stop.search(buffer, at)
                if stop is None:
                    self._refuse_endless(start, quote=None)
                    return None
                fields.append(buffer[at : stop.start()])
                at = stop.start()
            if buffer.startswith(b"\n", at):
                record = Record(self.line, fields)
                self._past(start, at)
                return [record]
            if not buffer.startswith(self._separator, at):
                return self._broken(start, at)
            at += 1

    def _closing(self, opening: int) -> int | None:
        """Where the quote opened at `opening` closes; None if not in this buffer."""
        at = opening + 1
        while (found := self._buffer.find(b'"', at)) >= 0 and found + 1 < len(self._buffer):
            if not self._buffer.startswith(b'"', found + 1):
                return found
            at = found + 2
        return None

    def _broken(self, start: int, at: int) -> list[Record] | None:
        end = self._buffer.find(b"\n", at)
        if end < 0:
            self._refuse_endless(start, quote=None)
            return None
        lines = self._buffer[start:end].split(b"\n")
        found = [
            Record(line, None)
            for line, text in enumerate(lines, start=self.line)
            if not is_blank(text, self._separator)
        ]
        self._past(start, end)
        return found

    def _past(self, start: int, end: int) -> None:
        if end - start > LONGEST_RECORD:
            raise UnreadableFile(_LONG.format(line=self.line))
        self.line += self._buffer.count(b"\n", start, end + 1)
        self.position = end + 1

    def _refuse_endless(self, start: int, quote: int | None) -> None:
        """Half a record may go on in the next buffer; not at the end of the text, and not without limit."""
        if not self._last and len(self._buffer) - start <= LONGEST_RECORD:
            return
        if quote is None:
            raise UnreadableFile(_LONG.format(line=self.line))
        raise UnreadableFile(_OPEN.format(line=self.line + self._buffer.count(b"\n", start, quote)))


def is_blank(text: bytes, separator: bytes) -> bool:
    """Whether a line holds nothing but blanks and separators, as spreadsheets leave them below a table."""
    return not text.replace(separator, b"").decode().strip()
