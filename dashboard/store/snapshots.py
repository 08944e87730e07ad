"""Published snapshots: which there are, which one is shown, and how that is changed."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.store.places import Places, StoreProblem, replace_text

EXACT = "bestuur"
"""The folder of a snapshot with every count, exact."""

SHARED = "beschermd"
"""The folder of a snapshot with what every other audience may see: small counts hidden."""

FAULT = "fout"
"""The file of a snapshot for which nothing could be protected: under which number the program's log holds why."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a store published once: immutable, named by a hash of its figures and of the rows they rest on."""

    id: str
    today: date
    """The day of the delivery: the last reference date of every figure."""
    demo: bool
    """Whether every row in it is made up."""
    imports: tuple[str, ...]
    """The imports it rests on, oldest first."""
    inputs: tuple[str, ...]
    """SHA-256 of every file that was imported for it, in order of hash; on record, but not in its name."""
    rows: int
    """Rows of those imports that were accepted."""
    folder: Path
    previous: str | None = None
    """The snapshot that was shown when this one was made; None of the first, and where it isn't on record."""
    purges: tuple[str, ...] = ()
    """The purges that its imports went through, oldest first."""


def list_snapshots(places: Places) -> list[Snapshot]:
    """Every published snapshot, oldest first."""
    if not places.snapshots.is_dir():
        return []
    folders = [path for path in places.snapshots.iterdir() if (path / "snapshot.json").is_file()]
    found = [_read(path) for path in folders if not path.name.startswith(".")]
    return sorted(
        found, key=lambda snapshot: (snapshot.today, len(snapshot.imports), len(snapshot.purges), snapshot.id)
    )


def find_snapshot(places: Places, name: str) -> Snapshot:
    """The snapshot of an id. Raises StoreProblem when there is none."""
    for snapshot in list_snapshots(places):
        if snapshot.id == name:
            return snapshot
    raise StoreProblem("Er is geen momentopname met dat nummer. 'gedragscode snapshots' noemt ze alle.")


def snapshot_before(places: Places, snapshot: Snapshot) -> Snapshot | None:
    """The snapshot that was shown when this one was made; None where there was none, or it is gone."""
    before = read_content(snapshot)["previous"]
    return next((known for known in list_snapshots(places) if known.id == before), None)


def current_snapshot(places: Places) -> Snapshot | None:
    """The snapshot that is shown; None while nothing is published."""
    if not places.pointer.is_file():
        return None
    folder = places.snapshots / places.pointer.read_text(encoding="utf-8").strip()
    if not (folder / "snapshot.json").is_file():
        raise StoreProblem("De getoonde momentopname ontbreekt. Kies een andere met 'gedragscode rollback'.")
    return _read(folder)


def show_snapshot(places: Places, snapshot: Snapshot) -> None:
    """Let the store show a snapshot, in one step."""
    replace_text(places.pointer, f"{snapshot.id}\n")


def fault_of(snapshot: Snapshot) -> str | None:
    """The number of what went wrong when a snapshot had to be protected; None where nothing did."""
    path = snapshot.folder / FAULT
    return path.read_text(encoding="utf-8").strip() if path.is_file() else None


def read_content(snapshot: Snapshot) -> dict[str, Any]:
    """What a snapshot is named after: day, imports, and the hash of every table."""
    content: dict[str, Any] = json.loads((snapshot.folder / "snapshot.json").read_text(encoding="utf-8"))
    return content


def _read(folder: Path) -> Snapshot:
    content = json.loads((folder / "snapshot.json").read_text(encoding="utf-8"))
    return Snapshot(
        id=folder.name,
        today=date.fromisoformat(content["today"]),
        demo=content["demo"],
        imports=tuple(content["imports"]),
        inputs=tuple(content["inputs"]),
        rows=content["rows"],
        folder=folder,
        previous=content.get("previous"),
        purges=tuple(content.get("purges", ())),
    )
