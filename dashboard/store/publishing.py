"""From the vault's rows to a whole new snapshot of counts, by the questions in `queries/`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from dashboard.periods import SchoolCalendar
from dashboard.registry import Registry
from dashboard.store.places import (
    Places,
    StoreProblem,
    digest_of,
    draft_folder,
    name_of,
    settle,
    write_json,
)
from dashboard.store.questions import answer, keep_answer, load_query
from dashboard.store.snapshots import AUDIENCES, Snapshot, find_snapshot, read_content
from dashboard.store.surroundings import import_tables, registry_tables, time_tables
from dashboard.store.vault import ImportRecord, opened, read_import

Progress = Callable[[str], None]

LEDGER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ledger/enrolment_spans", ()),
    ("ledger/pupils_at_school", ()),
    ("ledger/placed_spans", ("enrolment_spans",)),
    ("ledger/enrolled", ()),
    ("ledger/judged_answers", ()),
    ("ledger/valid_moments", ()),
    ("ledger/year_layers", ("judged_answers",)),
    ("ledger/status_spans", ("valid_moments", "year_layers", "pupils_at_school")),
    ("ledger/status_months", ("status_spans", "placed_spans")),
    ("ledger/answers_delivered", ()),
    ("ledger/incident_months", ()),
    ("ledger/incident_values", ()),
    ("ledger/rows_in_force", ()),
)
"""The steps in their order, each with the tables that nothing after it reads: memory is given back early."""

MARTS = (
    "consent_status",
    "consent_coverage",
    "incidents_monthly",
    "incidents_by",
    "evaluation_clock",
    "data_quality",
    "schools",
    "events",
    "refusals",
    "imports",
)
"""What a snapshot holds."""

HISTORY = frozenset({"imports"})
"""What tells about imports rather than about schools: a repeated import changes it and nothing else."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """What a publication needs beside rows."""

    places: Places
    queries: Path
    registry: Registry
    calendar: SchoolCalendar

    def publish(self, imports: Sequence[str], today: date, previous: Snapshot | None, progress: Progress) -> Snapshot:
        """Count everything anew over these imports and publish it; what is shown doesn't change yet.

        When the last import brought nothing new and every count is as in the previous snapshot, that is the answer.

        Raises StoreProblem when the counts contradict themselves.
        Raises CalendarError when a month is asked for that the school holidays don't cover.
        """
        records = [read_import(self.places, name) for name in imports]
        with opened(self.places, imports, self.queries) as connection:
            self._lay_out(connection, records, today)
            self._count(connection, today, progress)
            with draft_folder(self.places.snapshots) as draft:
                content = _write(connection, draft, records, today)
                if previous is not None and _nothing_new(content, previous, records[-1]):
                    return previous
                name = name_of({**_figures(content), "imports": content["imports"]})
                settle(draft, self.places.snapshots / name)
        return find_snapshot(self.places, name)

    def _lay_out(self, connection: duckdb.DuckDBPyConnection, records: Sequence[ImportRecord], today: date) -> None:
        """Everything the questions read that isn't a row of a delivery."""
        first_days = answer(connection, load_query(self.queries, "ledger/first_days"), {}).row(0, named=True)
        tables = {
            **registry_tables(self.registry),
            **time_tables(self.registry, self.calendar, first_days, today),
            **import_tables(records),
        }
        for name, frame in tables.items():
            connection.from_arrow(frame.to_arrow()).create(name)

    def _count(self, connection: duckdb.DuckDBPyConnection, today: date, progress: Progress) -> None:
        for name, done in LEDGER:
            progress(name)
            keep_answer(connection, load_query(self.queries, name), {"today": today})
            for table in done:
                connection.execute(f"drop table {table}")
        for mart in MARTS:
            progress(f"marts/{mart}")
            keep_answer(connection, load_query(self.queries, f"marts/{mart}"), {"today": today})
        for check, complaint in CHECKS.items():
            if answer(connection, load_query(self.queries, f"checks/{check}"), {}).height:
                raise StoreProblem(complaint)


CHECKS: Mapping[str, str] = {
    "statuses_add_up": (
        "De cijfers kloppen niet met elkaar: de standen van een school tellen niet op tot het aantal leerlingen. "
        "Er is niets gepubliceerd. Meld dit met de naam van het bestand dat is aangeleverd."
    ),
}
"""Questions that may find nothing, asked at every publication, and what is wrong when one does."""


def _write(
    connection: duckdb.DuckDBPyConnection, draft: Path, records: Sequence[ImportRecord], today: date
) -> dict[str, Any]:
    """The marts as files, and what names them."""
    for audience in AUDIENCES:
        (draft / audience).mkdir()
        for mart in MARTS:
            frame = connection.table(mart).pl().sort(pl.all())
            frame.write_parquet(draft / audience / f"{mart}.parquet", compression="zstd")
    content: dict[str, Any] = {
        "today": today.isoformat(),
        "demo": all(record.demo for record in records),
        "imports": [record.id for record in records],
        "inputs": sorted(str(file["digest"]) for record in records for file in record.files),
        "rows": sum(record.accepted for record in records),
        "tables": {str(path.relative_to(draft)): digest_of(path) for path in sorted(draft.rglob("*.parquet"))},
    }
    write_json(draft / "snapshot.json", content)
    return content


def _nothing_new(content: Mapping[str, Any], previous: Snapshot, record: ImportRecord) -> bool:
    return record.accepted == 0 and _figures(content) == _figures(read_content(previous))


def _figures(content: Mapping[str, Any]) -> dict[str, object]:
    """What readers see. How rows were dealt out over files is on record, but it is no figure."""
    tables = {path: digest for path, digest in content["tables"].items() if Path(path).stem not in HISTORY}
    return {"today": content["today"], "demo": content["demo"], "tables": tables}
