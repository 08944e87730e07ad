"""The log: who saw, took or did what, and when. A line is added and never changed.

A file per month, a line of JSON per act. Every line carries a hash of itself and of the line before it, so that a line
that was changed or taken out is seen; `stand.json` knows the last line, so that a lost end is seen as well. Lines hold
no figures and nothing about pupils, and no text that a viewer may choose.
"""

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from errno import ENOSPC
from pathlib import Path
from typing import Final

from dashboard.store.places import StoreProblem, replace_text

HEAD: Final = "stand.json"
"""The last line that was added: its file, where that ends, and its hash."""

LOCK: Final = "slot"
"""Held while a line is added."""

START: Final = "0" * 64
"""What the very first line follows."""

_WHO: Final = re.compile(r"[^\s\x00-\x1f]{0,200}")
_AUDIENCE: Final = re.compile(r"(?:[a-z]+(?::\d{2}[A-Z]{2}\d{2})?)?")
_WHAT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,79}")
_SNAPSHOT: Final = re.compile(r"(?:[0-9a-f]{16})?")


class Kind(StrEnum):
    """What someone did."""

    VIEWED = "bekeken"
    DOWNLOADED = "gedownload"
    DOSSIER = "dossier"
    IMPORT = "import"
    ROLLBACK = "rollback"
    PURGE = "purge"
    AUDIT = "audit"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    Args:
        when: with its time zone; kept in UTC, to the second.
        who: the opaque id of a login, or `opdrachtregel:` and the account on the machine; empty
            where nobody logs in, as on the demo.
        audience: for whom it was shown: `gmr`, `directeur:02QZ00`; empty where that says nothing.
        kind: what was done.
        what: a table, a page or a kind of file, named by the program and never by the viewer.
        snapshot: the number of the snapshot; empty where there is none.

    Raises:
        ValueError: a text that has no such form: nobody can put anything else in the log.
    """

    when: datetime
    who: str
    audience: str
    kind: Kind
    what: str
    snapshot: str = ""

    def __post_init__(self) -> None:
        """Refuse free text."""
        if self.when.tzinfo is None:
            raise ValueError("a moment in the log has a time zone")
        forms = ((_WHO, self.who), (_AUDIENCE, self.audience), (_WHAT, self.what), (_SNAPSHOT, self.snapshot))
        if not all(form.fullmatch(text) for form, text in forms):
            raise ValueError("the log takes no free text")

    @property
    def texts(self) -> dict[str, str]:
        """The line's fields, as they are written."""
        moment = self.when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {
            "tijd": moment,
            "wie": self.who,
            "publiek": self.audience,
            "soort": self.kind.value,
            "wat": self.what,
            "momentopname": self.snapshot,
        }


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of the log.

    Args:
        entries: a row per line, oldest first.
        breach: a Dutch sentence where lines were changed or are gone; None where the log is whole.
    """

    entries: tuple[Entry, ...]
    breach: str | None


@dataclass(frozen=True, slots=True)
class _Head:
    file: str
    length: int
    chain: str


def refuse_unwritable(folder: Path) -> None:
    """Raise StoreProblem where no line could be added, before anything is done that needs one. Makes nothing."""
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        raise _unwritable()


def record(folder: Path, entry: Entry) -> None:
    """Add a line, safe among several processes and on disk when this returns.

    Raises StoreProblem where that can't be: then what was to be logged may not be done.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _held(folder):
            _add(folder, entry)
    except OSError as error:
        raise _unwritable() from error


def read(folder: Path, since: date | None = None, until: date | None = None) -> Listing:
    """The lines of these days (UTC, both included), and whether the whole log is as it was written.

    The oldest month may be removed, once it need not be kept any longer: the chain starts at the oldest line there is.
    Raises StoreProblem where the log may not be read.
    """
    try:
        if not folder.is_dir():
            return Listing((), None)
        with _held(folder):
            lines = [(path.name, line) for path in _files(folder) for line in path.read_bytes().split(b"\n") if line]
            head = _head(folder)
    except OSError as error:
        raise StoreProblem(f"Het logboek kan niet worden gelezen ({error.strerror}).") from error
    entries, breach = _followed(lines, head)
    wanted = (e for e in entries if (not since or e.when.date() >= since) and (not until or e.when.date() <= until))
    return Listing(tuple(wanted), breach)


# --- adding -------------------------------------------------------------------------------------------------------


def _unwritable() -> StoreProblem:
    return StoreProblem(
        "In het logboek kan niet worden geschreven; daarom is dit niet gedaan. Maak ruimte op de schijf of geef "
        "schrijfrecht op de map van het logboek. Met GEDRAGSCODE_LOG komt het logboek in een andere map."
    )


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """One process at a time; the others wait."""
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _add(folder: Path, entry: Entry) -> None:
    head = _mended(folder, _head(folder))
    month = f"{entry.when.astimezone(UTC):%Y-%m}.jsonl"
    name = max(month, head.file)  # a clock that was put back doesn't break the order
    chain = _chained(head.chain, entry.texts)
    line = json.dumps({**entry.texts, "vorige": head.chain, "keten": chain}, ensure_ascii=False).encode() + b"\n"
    length = _append(folder / name, line)
    replace_text(folder / HEAD, json.dumps({"bestand": name, "lengte": length, "keten": chain}) + "\n")


def _append(path: Path, line: bytes) -> int:
    """Write a line at the end, whole or not at all; where the file then ends."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        start = os.fstat(descriptor).st_size
        is_whole = False
        try:
            is_whole = os.write(descriptor, line) == len(line)
            os.fsync(descriptor)
        finally:
            if not is_whole:
                os.ftruncate(descriptor, start)
        if not is_whole:
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        return start + len(line)
    finally:
        os.close(descriptor)


def _head(folder: Path) -> _Head:
    path = folder / HEAD
    if not path.is_file():
        return _Head("", 0, START)
    content = json.loads(path.read_text(encoding="utf-8"))
    return _Head(content["bestand"], content["lengte"], content["keten"])


def _mended(folder: Path, head: _Head) -> _Head:
    """The head, with what a process that was killed left behind it: a whole line counts, half a line goes.

    What half a line was about was never done: it wasn't logged. A whole line stays, whoever wrote it: reading judges.
    """
    for path in _files(folder):
        start = head.length if path.name == head.file else 0
        if path.name < head.file or path.stat().st_size <= start:
            continue
        for line in path.read_bytes()[start:].splitlines(keepends=True):
            if not line.endswith(b"\n"):
                os.truncate(path, start)
                break
            start += len(line)
            found = _line_of(line)
            head = _Head(path.name, start, head.chain if found is None else found.chain)
    return head


def _chained(before: str, texts: dict[str, str]) -> str:
    spelled = json.dumps([before, texts], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(spelled.encode()).hexdigest()


# --- reading ------------------------------------------------------------------------------------------------------


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("????-??.jsonl"))


@dataclass(frozen=True, slots=True)
class _Line:
    entry: Entry
    before: str
    chain: str

    @property
    def is_own(self) -> bool:
        """Whether its hash is that of what it says."""
        return self.chain == _chained(self.before, self.entry.texts)


def _line_of(text: bytes) -> _Line | None:
    """A line as it was written; None where it is no line of a log."""
    try:
        content = json.loads(text)
        when = datetime.strptime(content["tijd"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        kind = Kind(content["soort"])
        entry = Entry(when, content["wie"], content["publiek"], kind, content["wat"], content["momentopname"])
        return _Line(entry, content["vorige"], content["keten"])
    except (ValueError, KeyError, TypeError):
        return None


def _followed(lines: list[tuple[str, bytes]], head: _Head) -> tuple[list[Entry], str | None]:
    """The entries of the lines, and where the chain breaks first."""
    entries: list[Entry] = []
    breaches: list[str] = []
    chain = None
    ends = set() if lines else {START}
    for number, (file, text) in enumerate(lines, start=1):
        line = _line_of(text)
        if line is None:
            breaches.append(f"Regel {number} van het logboek ({file}) is niet door het programma geschreven.")
            continue
        if not line.is_own or chain not in {None, line.before}:
            breaches.append(f"Bij regel {number} van het logboek ({file}) is iets veranderd of weggehaald.")
        entries.append(line.entry)
        chain = line.chain
        ends.add(chain)
    if head.chain not in ends:
        breaches.append("Van het logboek ontbreekt het einde: de laatste regels zijn weggehaald.")
    return entries, breaches[0] if breaches else None
