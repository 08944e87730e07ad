"""The vault: every accepted row of every import, under pseudonym, never changed until a purge takes it out.

Only the import opens it. The web process, the reports and `figures` read published snapshots.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from dashboard.exports.checking import Checked
from dashboard.exports.contracts import DATASETS, empty_frame
from dashboard.exports.pseudonyms import PseudonymKey, load_key, load_or_make_key
from dashboard.store.places import (
    Places,
    StoreProblem,
    digest_of,
    draft_folder,
    name_of,
    replace_text,
    settle,
    write_json,
)
from dashboard.store.questions import load_query
from dashboard.store.snapshots import list_snapshots
from dashboard.store.steps import stage

MEMORY = "4GB"
"""What DuckDB may hold in memory at an import; beyond it intermediate results go to disk, inside the vault."""


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """What is on record of one import beside its rows."""

    id: str
    today: date
    demo: bool
    files: tuple[Mapping[str, Any], ...]
    """digest, dataset (the nearest one of a refused file), profile, read, accepted, rejected, known, refused; a file
    each."""
    held: tuple[Mapping[str, Any], ...]
    """dataset, brin6, accepted, known, rejected: what it held rows of."""
    declared: tuple[Mapping[str, Any], ...]
    """dataset, brin6: what its `leveringen` rows declare as delivered."""
    reasons: tuple[Mapping[str, Any], ...]
    """dataset, kolom, reden, rijen: why rows were rejected."""
    rows: Mapping[str, str]
    """The files with its rows, with their SHA-256."""

    @property
    def accepted(self) -> int:
        """Rows that were new."""
        return sum(int(file["accepted"]) for file in self.files)


def holds_key(places: Places) -> bool:
    """Whether something was ever imported here, so that there must be a key."""
    return _fingerprint(places).is_file()


def key_of(places: Places, key_file: Path) -> PseudonymKey:
    """The key of this store, made by its first import.

    Raises StoreProblem when it is gone or another one: every pupil would count as somebody else.
    """
    path = _fingerprint(places)
    if key_file.resolve().is_relative_to(places.root.resolve()):
        raise StoreProblem(
            "Het sleutelbestand ligt in de map met gegevens. Zet het ergens anders en wijs het aan met "
            "GEDRAGSCODE_KEY_FILE: wie de map kopieert, mag de sleutel niet meekrijgen."
        )
    if not path.is_file():
        key = load_or_make_key(key_file)
        replace_text(path, f"{key.fingerprint()}\n")
        return key
    if not key_file.is_file():
        raise StoreProblem(
            "Het sleutelbestand van deze gegevens ontbreekt. Zet het terug, of wijs het aan met "
            "GEDRAGSCODE_KEY_FILE. Zonder die sleutel kan er niets bij."
        )
    key = load_key(key_file)
    if path.read_text(encoding="utf-8").strip() != key.fingerprint():
        raise StoreProblem(
            "De sleutel hoort niet bij deze gegevens. Zet het oorspronkelijke sleutelbestand terug, of wijs het "
            "aan met GEDRAGSCODE_KEY_FILE."
        )
    return key


def _fingerprint(places: Places) -> Path:
    return places.vault / "key"


def keep_import(places: Places, checked: Checked, today: date) -> ImportRecord:
    """Add the accepted rows of a delivery to the vault. The same rows on the same day: the same import."""
    with draft_folder(places.vault) as draft:
        for dataset, frame in checked.accepted.items():
            if frame.height:
                stored = frame.cast(DATASETS[dataset].stored)
                stored.write_parquet(draft / f"{dataset}.parquet", compression="zstd")
        content: dict[str, Any] = {
            "today": today.isoformat(),
            "demo": checked.demo,
            "held": _records(checked.held, "dataset", "brin6"),
            "declared": _records(checked.declared, "dataset", "brin6"),
            "reasons": _records(checked.reasons, "dataset", "kolom", "reden"),
            "rows": {path.name: digest_of(path) for path in sorted(draft.glob("*.parquet"))},
        }
        # Files are on record but not in the name: how rows are dealt out over files changes nothing.
        write_json(draft / "import.json", {**content, "files": _file_records(checked)})
        name = name_of(content)
        settle(draft, places.vault / name)
    return read_import(places, name)


def sweep(places: Places) -> None:
    """Remove what no snapshot rests on: what an import that was refused or killed left behind. Under the lock only.

    So a folder that has a name is whole, or goes before the import that would give it that name again.
    """
    named = {name for snapshot in list_snapshots(places) for name in snapshot.imports}
    for folder in (*places.vault.iterdir(), *places.snapshots.glob(".draft-*")):
        if folder.is_dir() and folder.name not in named:
            shutil.rmtree(folder, ignore_errors=True)


def _file_records(checked: Checked) -> list[dict[str, Any]]:
    """What is kept of each file: its hash and its counts; not its name, which may be anybody's."""
    kept = ("digest", "dataset", "profile", "read", "accepted", "rejected", "known")
    records = [
        {**{name: getattr(file, name) for name in kept}, "refused": file.refusal is not None} for file in checked.files
    ]
    return sorted(records, key=lambda record: (record["digest"], str(record["dataset"])))


def _records(frame: pl.DataFrame, *order: str) -> list[dict[str, Any]]:
    return frame.sort(order, nulls_last=True).to_dicts()


def read_import(places: Places, name: str) -> ImportRecord:
    """What is on record of an import."""
    return _read_record(places.vault / name / "import.json", name)


@lru_cache(maxsize=256)
def _read_record(path: Path, name: str) -> ImportRecord:
    """Kept, since an import changes by a purge only and is asked for with every dataset."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return ImportRecord(
        id=name,
        today=date.fromisoformat(content["today"]),
        demo=content["demo"],
        files=tuple(content["files"]),
        held=tuple(content["held"]),
        declared=tuple(content["declared"]),
        reasons=tuple(content["reasons"]),
        rows=content["rows"],
    )


def forget_records() -> None:
    """Read the records of imports anew: a purge replaced some."""
    _read_record.cache_clear()


@contextmanager
def opened(
    places: Places, imports: Sequence[str], queries: Path, correcting: str = ""
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The rows of these imports in DuckDB: a view `delivered_…` per dataset, and the staging view over it.

    Of the import `correcting`, if one is named, only the rows that replace one of these.
    """
    with _connected(places) as connection:
        for dataset in DATASETS:
            rows = _delivered(connection, places, imports, dataset)
            corrected = _corrections(connection, places, imports, correcting, dataset) if correcting else None
            stage(connection, queries, dataset, rows if corrected is None else rows.union(corrected))
        yield connection


@contextmanager
def _connected(places: Places) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with what it may hold in memory, and room on disk inside the vault only."""
    with draft_folder(places.vault) as scratch, closing(duckdb.connect(":memory:")) as connection:
        connection.execute("set memory_limit = $limit", {"limit": MEMORY})
        connection.execute("set temp_directory = $folder", {"folder": str(scratch)})
        connection.execute("set preserve_insertion_order = false")
        yield connection


def _delivered(
    connection: duckdb.DuckDBPyConnection, places: Places, imports: Sequence[str], dataset: str
) -> duckdb.DuckDBPyRelation:
    """Every row of a dataset in these imports, with the number of its import, from 1."""
    rows = connection.from_arrow(empty_frame(dataset).to_arrow()).project("*, 0 as levering")
    for number, name in enumerate(imports, start=1):
        path = _rows_of(places, name, dataset)
        if path is not None:
            rows = rows.union(connection.read_parquet(str(path)).project(f"*, {number} as levering"))
    return rows


def _rows_of(places: Places, name: str, dataset: str) -> Path | None:
    """The file with the rows of a dataset that an import brought; None where it brought none. Raises StoreProblem."""
    file = f"{dataset}.parquet"
    if file not in read_import(places, name).rows:
        return None
    path = places.vault / name / file
    if not path.is_file():
        raise StoreProblem(f"In de kluis ontbreekt {file} van import {name}. Zet de map terug vanaf een reservekopie.")
    return path


def _corrections(
    connection: duckdb.DuckDBPyConnection, places: Places, imports: Sequence[str], name: str, dataset: str
) -> duckdb.DuckDBPyRelation | None:
    """The rows of an import that have the key of a row in these imports, as the import after them; None of none."""
    path = None if DATASETS[dataset].whole_row_is_key else _rows_of(places, name, dataset)
    if path is None:
        return None
    keys = ", ".join(DATASETS[dataset].key)
    known = _delivered(connection, places, imports, dataset).project(keys)
    corrected = connection.read_parquet(str(path)).join(known, keys, "semi")
    return corrected.project(f"*, {len(imports) + 1} as levering")


def brings_corrections(places: Places, imports: Sequence[str], name: str) -> bool:
    """Whether an import has a row with the key of one in these imports."""
    with _connected(places) as connection:
        found = (_corrections(connection, places, imports, name, dataset) for dataset in DATASETS)
        return any(rows is not None and len(rows.limit(1)) for rows in found)


def rows_in_force(places: Places, imports: Iterable[str], queries: Path) -> dict[str, pl.DataFrame]:
    """The rows of these imports that no later one replaced, per dataset, in the stored layout."""
    held = tuple(imports)
    if not held:
        return {}
    with opened(places, held, queries) as connection:
        return {
            name: connection.sql(load_query(queries, f"staging/{name}").text).pl().cast(dataset.stored)
            for name, dataset in DATASETS.items()
        }
