"""SQL files: found by name, run with parameters. Whoever asks a question of data, asks it here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

from dashboard.store.places import StoreProblem

Value = str | int | bool | date | None | Sequence[str] | Sequence[date]


@dataclass(frozen=True, slots=True)
class Query:
    """One SQL file of `queries/`: its name is its path, `ledger/status_spans`."""

    name: str
    text: str
    parameters: frozenset[str]

    @property
    def statement(self) -> str:
        """The SQL without comments and without line ends: what it asks, however it is laid out."""
        return " ".join(_bare(self.text).split())

    @property
    def table(self) -> str:
        """The name under which later queries find the answer."""
        return self.name.rpartition("/")[2]

    def bind(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """The parameters this query asks for; one that isn't given is null."""
        return {name: values.get(name) for name in self.parameters}


@cache
def load_query(folder: Path, name: str) -> Query:
    """Read `folder/name.sql`."""
    text = (folder / f"{name}.sql").read_text(encoding="utf-8")
    return Query(name, text, frozenset(re.findall(r"\$(\w+)", _bare(text))))


def _bare(text: str) -> str:
    return re.sub(r"--[^\n]*", "", text)


def answer(connection: duckdb.DuckDBPyConnection, query: Query, values: Mapping[str, Value]) -> pl.DataFrame:
    """Run a query; its answer as a frame."""
    frame: pl.DataFrame = _relation(connection, query, values).pl()
    return frame


def keep_answer(connection: duckdb.DuckDBPyConnection, query: Query, values: Mapping[str, Value]) -> None:
    """Run a query and keep its answer as a table for later queries."""
    _relation(connection, query, values).create(query.table)


def keep_question(connection: duckdb.DuckDBPyConnection, query: Query) -> None:
    """Keep a query without parameters as a view for later queries."""
    connection.sql(query.text).create_view(query.table)


def _relation(
    connection: duckdb.DuckDBPyConnection, query: Query, values: Mapping[str, Value]
) -> duckdb.DuckDBPyRelation:
    bound = query.bind(values)
    return connection.sql(query.text, params=bound) if bound else connection.sql(query.text)


class MissingTable(StoreProblem):
    """The snapshot was published before this table existed."""


class Questions:
    """The counts of one snapshot, in memory, and nothing else within reach.

    Threads may share it: every question runs on a cursor of its own.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, queries: Path) -> None:
        self._connection = connection
        self._queries = queries

    def holds(self, name: str) -> bool:
        """Whether a question can be answered: an older snapshot lacks what was added later."""
        try:
            self.ask(name)
        except MissingTable:
            return False
        return True

    def ask(self, name: str, **filters: Value) -> pl.DataFrame:
        """Run `published/name` with filters; a filter left out lets everything through.

        counts: whatever grain the SQL file's header states.

        Returns: the columns of the SQL file's header; counts Int64, days Date, without any rate.
        Raises: KeyError for a filter the query doesn't know; MissingTable where the snapshot is too old to hold it.
        """
        query = load_query(self._queries, f"published/{name}")
        unknown = filters.keys() - query.parameters
        if unknown:
            raise KeyError(f"{name} has no filter {sorted(unknown)}")
        with self._connection.cursor() as cursor:
            try:
                return answer(cursor, query, filters)
            except duckdb.CatalogException as error:
                if "Table with name" not in str(error):
                    raise
                raise MissingTable(
                    f"In deze momentopname staat {name} nog niet. Met de volgende import komt die erbij."
                ) from error


def open_questions(folder: Path, queries: Path) -> Questions:
    """Load the counts that lie in a folder of a published snapshot.

    Raises StoreProblem when there are none.
    """
    files = sorted(folder.glob("*.parquet"))
    if not files:
        raise StoreProblem("In deze momentopname staan geen cijfers. Kies een andere met 'gedragscode rollback'.")
    connection = duckdb.connect(":memory:")
    for file in files:
        connection.read_parquet(str(file)).create(file.stem)
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return Questions(connection, queries)
