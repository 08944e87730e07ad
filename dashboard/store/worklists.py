"""Whose answer is missing at one school: asked of checked rows in memory. No store is opened, nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from dashboard.exports.contracts import DATASETS
from dashboard.periods import SchoolCalendar
from dashboard.registry import Registry
from dashboard.store.questions import Value, answer, load_query
from dashboard.store.steps import STATUS_STEPS, stage, take_steps
from dashboard.store.surroundings import registry_tables, time_tables

READ = ("leerlingen", "toestemmingen", "leveringen")
"""The datasets that a status follows from."""

NO_HISTORY = {"eerste_antwoord": None, "eerste_levering": None, "eerste_incident": None}
"""Nothing is looked back at: only the day itself counts."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What one school still has to ask.

    Args:
        rows: leerling, leerjaar, wordt_16_op, doel, status: one row per pupil and purpose without a valid answer.
        pupils: enrolled at the school on the day.
        delivered: whether the school declared that its answers of the day were delivered; True without pupils.
    """

    rows: pl.DataFrame
    pupils: int
    delivered: bool


@dataclass(frozen=True, slots=True)
class Missed:
    """Asks whose answer is missing, with the definitions of every publication."""

    queries: Path
    registry: Registry
    calendar: SchoolCalendar

    def of(self, brin6: str, accepted: Mapping[str, pl.DataFrame], today: date) -> Missing:
        """One school on one day.

        `accepted`: dataset → checked rows in the stored layout, with pupils' own numbers. Pupils who were never
        enrolled at the school are left out before anything else.
        """
        with duckdb.connect(":memory:") as connection:
            # What doesn't fit in memory would be laid down on disk, numbers and all.
            connection.execute("set temp_directory = ''")
            self._lay_out(connection, _of_own_pupils(brin6, accepted), today)
            values: dict[str, Value] = {"today": today, "brin6": brin6}
            take_steps(connection, self.queries, STATUS_STEPS, values, lambda _: None)
            rows = answer(connection, load_query(self.queries, "worklist/missing_answers"), values)
            school = answer(connection, load_query(self.queries, "worklist/school_today"), values).row(0, named=True)
        return Missing(rows, school["leerlingen"], delivered=school["is_delivered"] is not False)

    def _lay_out(
        self, connection: duckdb.DuckDBPyConnection, accepted: Mapping[str, pl.DataFrame], today: date
    ) -> None:
        for dataset in READ:
            rows = connection.from_arrow(accepted[dataset].cast(DATASETS[dataset].stored).to_arrow())
            stage(connection, self.queries, dataset, rows.project("*, 1 as levering"))
        tables = registry_tables(self.registry) | time_tables(self.registry, self.calendar, NO_HISTORY, today)
        for name, frame in tables.items():
            connection.from_arrow(frame.to_arrow()).create(name)


def _of_own_pupils(brin6: str, accepted: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The rows that a status at this school can follow from: all of its pupils' enrolments, and their answers."""
    own = accepted["leerlingen"].filter(pl.col("brin6").cast(pl.String) == brin6).select("leerling")
    return {
        name: accepted[name].join(own, on="leerling", how="semi") if DATASETS[name].has_pupil else accepted[name]
        for name in READ
    }
