"""How a store lies on disk, and how its files come to be there whole or not at all.

vault/              rows, readable by the owner only; opened by an import or a check
    key             fingerprint of the key behind the pseudonyms
    ID/             one import: import.json and a Parquet file per dataset
snapshots/
    ID/             one publication: snapshot.json and a folder of counts per audience
current             the id of the snapshot that is shown
purges/             the proof of every purge
log/                who saw, took or did what; elsewhere where the settings say so
lock                held during an import
"""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class StoreProblem(Exception):
    """The store can't do what is asked. A Dutch sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Places:
    """The paths of one store."""

    root: Path
    rows: str = "vault"
    """The folder with the rows, within the root: a purge looks at those that are left before the others go."""

    @property
    def vault(self) -> Path:
        """The rows, for the import only."""
        return self.root / self.rows

    @property
    def snapshots(self) -> Path:
        """The published snapshots."""
        return self.root / "snapshots"

    @property
    def purges(self) -> Path:
        """The proofs of what was purged."""
        return self.root / "purges"

    @property
    def pointer(self) -> Path:
        """The file that names the shown snapshot."""
        return self.root / "current"

    @property
    def lock(self) -> Path:
        """The file that an import holds."""
        return self.root / "lock"


def make_store(places: Places) -> None:
    """Make the folders of a store where they are missing; the vault for the owner only."""
    try:
        places.root.mkdir(parents=True, exist_ok=True)
        places.vault.mkdir(mode=0o700, exist_ok=True)
        places.snapshots.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreProblem(f"De map voor de gegevens kan niet worden gemaakt ({error.strerror}).") from error


@contextmanager
def locked(places: Places) -> Iterator[None]:
    """Hold the store for one import, check or rollback. Raises StoreProblem while another one holds it."""
    with places.lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreProblem(
                "Er loopt al een import of controle in deze map. Wacht tot die klaar is en probeer het opnieuw."
            ) from error
        yield


@contextmanager
def draft_folder(parent: Path) -> Iterator[Path]:
    """A folder to fill; it is gone after the block, unless `settle` gave it a name."""
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=parent))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def settle(draft: Path, target: Path) -> None:
    """Give a filled folder its name, once everything in it is on disk.

    A `target` that exists stays as it is: names are hashes of what the folders hold.
    """
    if target.exists():
        return
    for path in sorted(draft.rglob("*")):
        flush(path)
    flush(draft)
    draft.rename(target)
    flush(target.parent)


def replace_text(path: Path, text: str) -> None:
    """Put a text in the place of a file, in one step."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(text, encoding="utf-8")
    flush(draft)
    draft.replace(path)
    flush(path.parent)


def write_json(path: Path, content: object) -> None:
    """Write a content that people may want to read."""
    path.write_text(json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1), encoding="utf-8")


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def name_of(content: object) -> str:
    """Sixteen hexadecimal digits that follow from a content: equal contents, equal names."""
    spelled = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()[:16]


def flush(path: Path) -> None:
    """Have a file, or the names in a folder, on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
