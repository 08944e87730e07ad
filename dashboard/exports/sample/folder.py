"""The folder of a delivery while it is being written: every file, what it holds, and what was planted in it."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from dashboard.exports.sample.dialects import Dialect, header_line, write_parquet, write_workbook
from dashboard.exports.sample.mistakes import Mistake

MARKER: Final = ".demo-delivery.json"
"""Holds the hashes of the files beside it, so that an import knows the delivery for a demo."""

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the delivery.

    Args:
        rows: below the headers, the planted ones included.
        told: how it is written, in Dutch.
    """

    file: str
    dataset: str
    rows: int
    told: str


@dataclass(frozen=True, slots=True)
class Planted:
    """Where a mistake stands.

    Args:
        line: the physical line, or the sheet's row.
        refused: the import refuses the row; else it knows it already.
    """

    file: str
    line: int
    column: str
    wrong: str
    says: str
    refused: bool = True


@dataclass(slots=True)
class Folder:
    """Writes files and remembers what the README must tell."""

    path: Path
    progress: Progress | None = None
    written: list[Written] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)

    def csv(
        self, stem: str, dataset: str, frame: pl.DataFrame, dialect: Dialect, mistakes: Sequence[Mistake] = ()
    ) -> str:
        """A dataset's rows as text, planted mistakes below them. Returns the file's name."""
        name = stem + dialect.suffix
        text = dialect.text(frame)
        # A line end inside a field moves the lines below it.
        inside = text["omschrijving"].str.count_matches("\n").sum() if "omschrijving" in text.columns else 0
        first = 2 + text.height + int(inside)
        if mistakes:
            rows = [{column: mistake.row.get(column) or None for column in text.columns} for mistake in mistakes]
            text = pl.concat([text, pl.DataFrame(rows, schema=text.schema)])
        content = dialect.content(text)
        if any(mistake.fields_too_many for mistake in mistakes):
            content = dialect.widened(content, [mistake.fields_too_many for mistake in mistakes])
        (self.path / name).write_bytes(content)
        zeros = "; nullen voor het leerlingnummer" if dialect.zeros and "leerlingnummer" in text.columns else ""
        self._remember(name, dataset, text.height, dialect.told + zeros)
        self._plant(name, first, mistakes)
        return name

    def workbook(
        self, stem: str, dataset: str, frame: pl.DataFrame, title: Sequence[str], mistakes: Sequence[Mistake] = ()
    ) -> str:
        """The same as an Excel sheet under title rows."""
        name = f"{stem}.xlsx"
        write_workbook(frame, [mistake.row for mistake in mistakes], self.path / name, title)
        self._remember(name, dataset, frame.height + len(mistakes), "Excel, met titelregels boven de kolomnamen")
        self._plant(name, header_line(title) + 1 + frame.height, mistakes)
        return name

    def parquet(self, stem: str, dataset: str, frame: pl.DataFrame) -> str:
        """The same as Parquet, without mistakes."""
        name = f"{stem}.parquet"
        write_parquet(frame, self.path / name)
        self._remember(name, dataset, frame.height, "Parquet, met echte datums")
        return name

    def text(self, name: str, content: str) -> None:
        """A file that is no dataset."""
        (self.path / name).write_text(content, encoding="utf-8", newline="\n")

    def close(self) -> None:
        """Write the marker file over everything that stands in the folder."""
        files = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.path.iterdir())
            if path.is_file() and path.name != MARKER
        }
        self.text(MARKER, json.dumps({"files": files}, indent=1, sort_keys=True) + "\n")

    def _remember(self, name: str, dataset: str, rows: int, told: str) -> None:
        self.written.append(Written(name, dataset, rows, told))
        if self.progress is not None:
            self.progress(name, rows)

    def _plant(self, name: str, first: int, mistakes: Sequence[Mistake]) -> None:
        self.planted += [
            Planted(name, first + place, mistake.column, mistake.wrong, mistake.says, refused=not mistake.repeat)
            for place, mistake in enumerate(mistakes)
        ]
