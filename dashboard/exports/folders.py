"""Which files a delivery consists of, and whether it is a demo delivery."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dashboard.exports.reading import READABLE

DEMO_MARKER: Final = ".demo-delivery.json"
"""Lies in the folder of a demo delivery: `{"files": {name: SHA-256}}` of the files beside it."""


NOTHING_FOUND: Final = "Er is geen bestand gevonden dat een export kan zijn (.csv, .txt, .tsv, .xlsx, .parquet)."


class DeliveryProblem(Exception):
    """Nothing can be checked at all. The message is a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Exports:
    """The files of one delivery.

    Args:
        files: to be read, by name.
        skipped: names of what lies beside them in a folder.
    """

    files: tuple[Path, ...]
    skipped: tuple[str, ...]


def find_exports(paths: Sequence[Path]) -> Exports:
    """Files as they are given, and the readable ones of every folder; each file once.

    Raises:
        DeliveryProblem: a path that isn't there, or a folder that can't be opened.
    """
    files: dict[Path, Path] = {}
    skipped: list[str] = []
    for path in paths:
        for entry in _entries(path):
            if entry is path or _is_export(entry):
                files.setdefault(entry.resolve(), entry)
            elif entry.name != DEMO_MARKER:
                skipped.append(entry.name)
    by_name = sorted(files.values(), key=lambda file: (file.name, str(file)))
    return Exports(tuple(by_name), tuple(skipped))


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimals; empty where it can't be opened."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def is_demo(path: Path, digest: str) -> bool:
    """Whether the marker beside a file holds its hash."""
    try:
        marker = json.loads((path.parent / DEMO_MARKER).read_text(encoding="utf-8"))
        return bool(digest) and bool(marker["files"][path.name] == digest)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _entries(path: Path) -> Sequence[Path]:
    if not path.exists():
        raise DeliveryProblem(f"Het pad {path} bestaat niet.")
    try:
        return sorted(path.iterdir()) if path.is_dir() else [path]
    except OSError:
        raise DeliveryProblem(f"De map {path} is niet te openen.") from None


def _is_export(path: Path) -> bool:
    # Excel keeps a lock file with this beginning beside an open workbook.
    return path.is_file() and path.suffix.lower() in READABLE and not path.name.startswith(("~$", "."))
