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
from dashboard.store.carrying import Amendment, Carried, carried_over, write_carried
from dashboard.store.changing import changes, definition_of, stations
from dashboard.store.places import (
    Places,
    digest_of,
    draft_folder,
    name_of,
    settle,
    write_json,
)
from dashboard.store.questions import answer, load_query
from dashboard.store.snapshots import EXACT, SHARED, Snapshot, find_snapshot, read_content
from dashboard.store.steps import STATUS_STEPS, Progress, Step, take_steps
from dashboard.store.surroundings import import_tables, registry_tables, time_tables
from dashboard.store.vault import ImportRecord, brings_corrections, opened, read_import

STEPS = (
    *STATUS_STEPS,
    Step("ledger/enrolled"),
    Step("ledger/status_months"),
    Step("ledger/statuses_at_moments", drops=("answer_events", "judged_answers")),
    Step("ledger/uses", drops=("pupils_at_school", "placed_spans")),
    Step("ledger/incident_months"),
    Step("ledger/incident_values"),
    Step("ledger/rows_in_force"),
    Step("marts/turning_16", drops=("status_spans", "pupils_today")),
    Step("marts/consent_status", check="checks/statuses_add_up"),
    Step("marts/consent_coverage"),
    Step("marts/consent_by_year_group"),
    Step("marts/consent_by_year_rule"),
    Step("marts/consent_waterfall"),
    Step("marts/expiry_outlook"),
    Step("marts/use_without_consent"),
    Step("marts/use_by_status"),
    Step("marts/incidents_monthly"),
    Step("marts/incidents_by"),
    Step("marts/incident_roles"),
    Step("marts/incident_followup"),
    Step("marts/incident_funnel"),
    Step("ledger/incident_points"),
    Step("marts/incident_trend"),
    Step("marts/rare_events"),
    Step("ledger/evaluation_delivered"),
    Step("ledger/evaluation_incidents"),
    Step("ledger/evaluation_schools"),
    Step("ledger/evaluation_records"),
    Step("ledger/evaluation_consent"),
    Step("ledger/evaluation_counts"),
    Step("marts/evaluation"),
    Step("marts/evaluation_clock"),
    Step("marts/decisions"),
    Step("marts/data_quality"),
    Step("marts/schools"),
    Step("marts/events"),
    Step("marts/refusals"),
    Step("marts/imports"),
)
"""Every step of a publication, in order."""

MARTS = tuple(step.query.removeprefix("marts/") for step in STEPS if step.query.startswith("marts/"))
"""What a snapshot holds."""

EVALUATION_QUERIES = frozenset(
    {
        *(step.query for step in STATUS_STEPS if step.query != "ledger/pupils_today"),
        "ledger/enrolled",
        "ledger/status_months",
        "ledger/uses",
        "ledger/incident_months",
        "marts/consent_status",
        "marts/consent_coverage",
        "ledger/evaluation_delivered",
        "ledger/evaluation_incidents",
        "ledger/evaluation_schools",
        "ledger/evaluation_records",
        "ledger/evaluation_consent",
        "ledger/evaluation_counts",
        "marts/evaluation",
    }
)
EVALUATION_STEPS = tuple(step for step in STEPS if step.query in EVALUATION_QUERIES)
"""The steps that lead to the evaluation, for counting it anew as of an earlier snapshot."""

HISTORY = frozenset({"imports", "refusals", "changes"})
"""What tells about imports rather than about schools: a repeated import changes it and nothing else."""


Protect = Callable[[Path, date, Snapshot | None, Progress], Mapping[str, pl.DataFrame]]
"""From the folder with every count, and the snapshot before, to the tables in which small counts are hidden.

Raises StoreProblem where they can't be hidden: then nothing is published.
"""


@dataclass(frozen=True, slots=True)
class Publisher:
    """What a publication needs beside rows."""

    places: Places
    queries: Path
    registry: Registry
    calendar: SchoolCalendar
    protect: Protect

    def publish(self, imports: Sequence[str], today: date, previous: Snapshot | None, progress: Progress) -> Snapshot:
        """Count everything anew over these imports and publish it; what is shown doesn't change yet.

        When the last import brought nothing new and every count is as in the previous snapshot, that is the answer.

        Raises StoreProblem when the counts contradict themselves.
        Raises CalendarError when a month is asked for that the school holidays don't cover.
        """
        carried = carried_over(self.places, previous)
        told = () if previous is None else self._told(previous, imports, carried, progress)
        tables = self.count(imports, today, carried, progress)
        tables["changes"] = changes(told, tables["evaluation"])
        return self.keep(tables, imports, today, previous, carried, progress)

    def count(
        self, imports: Sequence[str], today: date, amendment: Amendment, progress: Progress
    ) -> dict[str, pl.DataFrame]:
        """Every table of a snapshot but `changes`, by name. Raises as `publish` does."""
        with opened(self.places, imports, self.queries) as connection:
            self._lay_out(connection, imports, today, amendment)
            take_steps(connection, self.queries, STEPS, {"today": today}, progress, amendment)
            return {mart: connection.table(mart).pl() for mart in MARTS}

    def keep(
        self,
        tables: Mapping[str, pl.DataFrame],
        imports: Sequence[str],
        today: date,
        previous: Snapshot | None,
        carried: Carried,
        progress: Progress,
    ) -> Snapshot:
        """Make a snapshot of these tables; the previous one where it says the same and no purge came between."""
        records = [read_import(self.places, name) for name in imports]
        about = {
            "definition": self._definition(),
            "previous": None if previous is None else previous.id,
            **carried.about(),
        }
        with draft_folder(self.places.snapshots) as draft:
            _write(tables, draft / EXACT)
            _write(self.protect(draft / EXACT, today, previous, progress), draft / SHARED)
            write_carried(carried, draft)
            content = _describe(draft, records, today, about)
            if previous is not None and _nothing_new(content, previous, records[-1]):
                return previous
            draft.chmod(0o755)  # counts may be read by the account that serves the app
            name = name_of({**_figures(content), "imports": content["imports"]})
            settle(draft, self.places.snapshots / name)
        return find_snapshot(self.places, name)

    def _definition(self) -> str:
        return definition_of(self.queries, EVALUATION_STEPS, self.registry, self.calendar)

    def _lay_out(
        self, connection: duckdb.DuckDBPyConnection, imports: Sequence[str], today: date, amendment: Amendment
    ) -> None:
        """Everything the questions read that isn't a row of a delivery."""
        records = [read_import(self.places, name) for name in imports]
        found = answer(connection, load_query(self.queries, "ledger/first_days"), {}).row(0, named=True)
        first_days = amendment.earliest(found)
        tables = {
            **registry_tables(self.registry),
            **time_tables(self.registry, self.calendar, first_days, today),
            **import_tables(records),
        }
        for name, frame in tables.items():
            connection.from_arrow(frame.to_arrow()).create(name)

    def _told(
        self, previous: Snapshot, imports: Sequence[str], carried: Carried, progress: Progress
    ) -> tuple[pl.DataFrame, ...]:
        """The evaluation between the snapshot before and this one, station by station."""

        def compare(what: str) -> None:
            progress(f"{what}, om met de vorige keer te vergelijken")

        def count(correcting: str) -> pl.DataFrame:
            with opened(self.places, previous.imports, self.queries, correcting) as connection:
                self._lay_out(connection, previous.imports, previous.today, carried)
                take_steps(connection, self.queries, EVALUATION_STEPS, {"today": previous.today}, compare, carried)
                frame: pl.DataFrame = connection.table("evaluation").pl()
                return frame

        has_corrections = brings_corrections(self.places, previous.imports, imports[-1])
        return stations(previous, self._definition(), imports[-1] if has_corrections else "", count)


def _write(tables: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """The tables as files; the same rows are the same bytes."""
    folder.mkdir()
    for name, table in tables.items():
        table.sort(pl.all()).write_parquet(folder / f"{name}.parquet", compression="zstd")


def _describe(draft: Path, records: Sequence[ImportRecord], today: date, about: Mapping[str, Any]) -> dict[str, Any]:
    """What names a snapshot, kept beside its tables."""
    content: dict[str, Any] = {
        **about,
        "today": today.isoformat(),
        "demo": all(record.demo for record in records),
        "imports": [record.id for record in records],
        "inputs": sorted(str(file["digest"]) for record in records for file in record.files if not file["refused"]),
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
    purges = {"purges": content["purges"]} if "purges" in content else {}
    return {"today": content["today"], "demo": content["demo"], "tables": tables, **purges}
