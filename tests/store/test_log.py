"""A line in the log is there before what it is about, stays as it was written, and nobody can put anything else in."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from dashboard.settings import PROJECT
from dashboard.store import log
from dashboard.store.log import Entry, Kind, read, record, refuse_unwritable
from dashboard.store.places import StoreProblem

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def entry(moment: datetime = NOON, other: Mapping[str, str] = MappingProxyType({})) -> Entry:
    texts = {"who": "a1b2", "audience": "gmr", "what": "consent_coverage", "snapshot": "0123456789abcdef", **other}
    return Entry(moment, texts["who"], texts["audience"], Kind.DOWNLOADED, texts["what"], texts["snapshot"])


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Four lines in two months."""
    folder = tmp_path / "log"
    for days in range(4):
        record(folder, entry(NOON + timedelta(days=days)))
    return folder


def test_lines_are_listed_by_day_and_are_for_the_owner_only(filled: Path) -> None:
    files = sorted(filled.glob("*.jsonl"))
    assert [path.name for path in files] == ["2026-11.jsonl", "2026-12.jsonl"]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert filled.stat().st_mode & 0o777 == 0o700
    assert read(filled).breach is None
    assert [e.when.day for e in read(filled, date(2026, 12, 1), date(2026, 12, 2)).entries] == [1, 2]
    fields = json.loads(files[0].read_text())
    assert list(fields) == ["tijd", "wie", "publiek", "soort", "wat", "momentopname", "vorige", "keten"]
    assert fields["tijd"] == "2026-11-30T12:00:00Z"


def test_a_log_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read(tmp_path / "log") == log.Listing((), None)


HARM: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "a changed line": lambda lines: [lines[0], lines[1].replace(b"gmr", b"rvt"), lines[2]],
    "a changed first line": lambda lines: [lines[0].replace(b"gmr", b"rvt"), *lines[1:]],
    "a line taken out": lambda lines: [lines[0], lines[2]],
    "the last line taken out": lambda lines: lines[:2],
    "lines in another order": lambda lines: [lines[1], lines[0], lines[2]],
    "a line written by hand": lambda lines: [*lines, b'{"tijd": "gisteren"}\n'],
    "an empty file": lambda _lines: [],
}


@pytest.mark.parametrize("harm", HARM)
def test_what_was_changed_or_taken_out_is_seen_and_stays_seen(filled: Path, harm: str) -> None:
    """Also after more lines were added; the lines that are left are still listed."""
    december = filled / "2026-12.jsonl"
    december.write_bytes(b"".join(HARM[harm](december.read_bytes().splitlines(keepends=True))))
    assert re.search(r"logboek", read(filled).breach or "")
    record(filled, entry(NOON + timedelta(days=5)))
    assert read(filled).breach
    assert read(filled).entries[-1].when == NOON + timedelta(days=5)


def test_the_oldest_month_may_go_and_the_newest_may_not(filled: Path) -> None:
    (filled / "2026-11.jsonl").unlink()
    assert read(filled).breach is None
    (filled / "2026-12.jsonl").unlink()
    assert read(filled).breach


@pytest.mark.parametrize("left", [b'{"tijd": "2026-12-', b""])
def test_a_process_that_was_killed_leaves_no_breach(filled: Path, left: bytes) -> None:
    """Half a line goes with the next one; a whole line of which the place wasn't noted yet counts."""
    head = (filled / log.HEAD).read_text()
    if not left:
        record(filled, entry(NOON + timedelta(days=4)))
    (filled / log.HEAD).write_text(head)
    with (filled / "2026-12.jsonl").open("ab") as file:
        file.write(left)
    record(filled, entry(NOON + timedelta(days=5)))
    listing = read(filled)
    assert (listing.breach, len(listing.entries)) == (None, 5 if left else 6)


def test_a_full_disk_refuses_what_was_to_be_logged(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the line stays, so the log is whole."""
    write = os.write
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda file, line: write(file, line[:20]))
        with pytest.raises(StoreProblem, match="daarom is dit niet gedaan"):
            record(filled, entry())
    assert (read(filled).breach, len(read(filled).entries)) == (None, 4)


def test_a_place_where_nothing_can_be_written_is_refused_beforehand(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreProblem, match="GEDRAGSCODE_LOG"):
        refuse_unwritable(tmp_path / "file" / "log")
    with pytest.raises(StoreProblem, match="GEDRAGSCODE_LOG"):
        record(tmp_path / "file" / "log", entry())
    refuse_unwritable(tmp_path / "new" / "log")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "other", [{"what": "Jan Jansen"}, {"what": "x\ny"}, {"audience": "iedereen!"}, {"snapshot": "../x"}, {"who": "a b"}]
)
def test_free_text_is_refused(other: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="free text"):
        entry(other=other)


SHARED = """
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from dashboard.store.log import Entry, Kind, record
for number in range(20):
    record(Path(sys.argv[1]), Entry(datetime(2026, 12, 5, tzinfo=UTC), sys.argv[2], "", Kind.VIEWED, "overview"))
"""


def test_two_processes_write_whole_lines_in_one_chain(filled: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", SHARED, str(filled), name], cwd=PROJECT) for name in ("een", "twee")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    listing = read(filled)
    assert (listing.breach, len(listing.entries)) == (None, 44)
