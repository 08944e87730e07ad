"""What a purge takes out of the counts, kept as counts: history doesn't shrink when rows go.

For every table in which rows of long ago are counted, a purge keeps the difference between the counts with and without
the rows that went: no row, no pseudonym, no day of a single incident. Every later snapshot adds it to what is counted
from the rows that are left, and keeps it for the next. `rare_events` dates single incidents, so of what was purged
nothing is carried there; `data_quality` tells what is in the vault, and that did shrink.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

import duckdb
import polars as pl

from dashboard.store.places import Places, StoreProblem, replace_text
from dashboard.store.snapshots import Snapshot, list_snapshots, read_content

FOLDER: Final = "carried"
"""The folder of a snapshot with what purges took out."""

FIRST_DAYS: Final = "first_days"
PURGES: Final = "purges"

FROZEN: Final = "_frozen"
"""Whether a row's values that can't be added up are those of before the purge."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How a table is put together again.

    Args:
        key: what makes a row the same row.
        sums: counts: what is left and what went add up.
        fixed: what can't be added up, such as a median: stays as it was where the purge changed it.
    """

    key: tuple[str, ...]
    sums: tuple[str, ...]
    fixed: tuple[str, ...] = ()


CARRIED: Final[Mapping[str, Counted]] = {
    "consent_status": Counted(("peildatum", "brin6", "doel", "status"), ("leerlingen",)),
    "use_without_consent": Counted(("brin6", "schooljaar", "doel"), ("publicaties", "gebruiken", "zonder_toestemming")),
    "use_by_status": Counted(("brin6", "schooljaar", "doel", "status"), ("gebruiken",)),
    "incidents_monthly": Counted(("maand", "brin6"), ("incidenten", "leerlingen"), ("lesdagen", "aangeleverd")),
    "incidents_by": Counted(("periode", "brin6", "dimensie", "waarde"), ("incidenten",)),
    "incident_roles": Counted(("periode", "brin6", "veroorzaker", "getroffene"), ("incidenten",)),
    "incident_followup": Counted(("periode", "brin6", "maat"), ("teller", "noemer"), ("mediaan",)),
    "evaluation_counts": Counted(
        ("periode", "kant", "artikel", "indicator"), ("teller", "noemer"), ("mediaan", "compleet", "compleet_van")
    ),
}
"""The tables in which a purge would be seen; all others are counted from these, or tell of today only."""

FirstDays = Mapping[str, date | None]


class Amendment(Protocol):
    """What is changed in counts while they are made."""

    def earliest(self, first_days: FirstDays) -> FirstDays:
        """From which days on there is something to count."""

    def amended(self, table: str, counted: pl.DataFrame) -> pl.DataFrame:
        """A table of `CARRIED`, as it goes on to whatever is counted from it."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What purges took out of the counts of one line of imports.

    Args:
        purges: which, oldest first.
        first_days: from which days on there was something to count.
        tables: of each table the rows to add, with the columns of that table and FROZEN.
    """

    purges: tuple[str, ...] = ()
    first_days: FirstDays = field(default_factory=dict)
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    def earliest(self, first_days: FirstDays) -> FirstDays:
        """The earlier of each, of the rows that are left and of those that went."""
        both = {name: (day, self.first_days.get(name)) for name, day in first_days.items()}
        return {name: min((day for day in days if day is not None), default=None) for name, days in both.items()}

    def amended(self, table: str, counted: pl.DataFrame) -> pl.DataFrame:
        """The counts of the rows that are left, and of those that went."""
        return _put_back(counted, self.tables[table], CARRIED[table]) if table in self.tables else counted

    def about(self) -> dict[str, Any]:
        """What a snapshot says of it; nothing where nothing was ever purged."""
        if not self.purges:
            return {}
        days = {name: day.isoformat() for name, day in self.first_days.items() if day is not None}
        return {PURGES: list(self.purges), FIRST_DAYS: days}


@dataclass(slots=True)
class Remembering:
    """Counts with the rows that are about to go, and keeps what the tables were then."""

    carried: Carried
    first_days: FirstDays = field(default_factory=dict)
    tables: dict[str, pl.DataFrame] = field(default_factory=dict)

    def earliest(self, first_days: FirstDays) -> FirstDays:
        """See `Carried.earliest`."""
        self.first_days = self.carried.earliest(first_days)
        return self.first_days

    def amended(self, table: str, counted: pl.DataFrame) -> pl.DataFrame:
        """See `Carried.amended`."""
        self.tables[table] = self.carried.amended(table, counted)
        return self.tables[table]


@dataclass(slots=True)
class Comparing:
    """Counts without the rows that go, and keeps what is missing then."""

    before: Remembering
    tables: dict[str, pl.DataFrame] = field(default_factory=dict)

    def earliest(self, _first_days: FirstDays) -> FirstDays:
        """What it was before."""
        return self.before.first_days

    def amended(self, table: str, counted: pl.DataFrame) -> pl.DataFrame:
        """The counts of the rows that are left and what is missing. Raises StoreProblem unless that is as it was."""
        was = self.before.tables[table]
        missing = _missing(was, counted, CARRIED[table])
        if missing.height:
            self.tables[table] = missing
        together = _put_back(counted, missing, CARRIED[table])
        if not are_equal(was, together):
            raise StoreProblem(f"De cijfers van {table} zouden door het opruimen veranderen. Er is niets opgeruimd.")
        return together

    def carried(self, purge: str) -> Carried:
        """What every later snapshot has to add."""
        return Carried((*self.before.carried.purges, purge), self.before.first_days, self.tables)


def amend(connection: duckdb.DuckDBPyConnection, table: str, amendment: Amendment) -> None:
    """Change a table that was just counted, before anything is counted from it."""
    if table not in CARRIED:
        return
    counted: pl.DataFrame = connection.table(table).pl()
    amended = amendment.amended(table, counted)
    if amended is not counted:
        connection.execute(f"drop table {table}")  # a name that stands in CARRIED
        connection.from_arrow(amended.to_arrow()).create(table)


def carried_over(places: Places, previous: Snapshot | None) -> Carried:
    """What a publication on top of a snapshot has to add.

    Raises StoreProblem for a snapshot of before a purge that none of after it stands in for: part of its rows is gone.
    """
    if previous is None:
        return Carried()
    missing = {
        proof["id"]
        for proof in list_proofs(places)
        if not set(previous.imports).isdisjoint(file["import"] for file in proof["files"])
    }
    same = (previous, *(one for one in list_snapshots(places) if one.imports == previous.imports))
    for snapshot in same:
        if missing <= set(snapshot.purges):
            return _read(snapshot)
    raise StoreProblem(
        "De getoonde momentopname is van voor een opschoning: een deel van de rijen erachter bestaat niet meer. "
        "Kies met 'gedragscode rollback' eerst een momentopname van na de opschoning, en importeer dan."
    )


def write_carried(carried: Carried, draft: Path) -> None:
    """Keep it with the snapshot that it was added to."""
    if not carried.tables:
        return
    (draft / FOLDER).mkdir()
    for name, table in carried.tables.items():
        table.sort(pl.all()).write_parquet(draft / FOLDER / f"{name}.parquet", compression="zstd")


def list_proofs(places: Places) -> list[dict[str, Any]]:
    """The proof of every purge, the oldest first."""
    found = [read_proof(path) for path in places.purges.glob("*.json")]
    return sorted(found, key=lambda proof: (proof["day"], proof["id"]))


def read_proof(path: Path) -> dict[str, Any]:
    """The proof of one purge."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def write_proof(places: Places, proof: Mapping[str, Any]) -> None:
    """Keep what a purge did: counts, days and hashes."""
    places.purges.mkdir(mode=0o700, exist_ok=True)
    text = json.dumps(proof, sort_keys=True, ensure_ascii=False, indent=1)
    replace_text(places.purges / f"{proof['id']}.json", f"{text}\n")


def are_equal(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    """Whether two tables hold the same rows, in any order."""
    return one.sort(pl.all()).equals(other.select(one.columns).cast(one.schema).sort(pl.all()))


def _read(snapshot: Snapshot) -> Carried:
    days = read_content(snapshot).get(FIRST_DAYS, {})
    return Carried(
        snapshot.purges,
        {name: date.fromisoformat(day) for name, day in days.items()},
        {path.stem: pl.read_parquet(path) for path in sorted((snapshot.folder / FOLDER).glob("*.parquet"))},
    )


def _missing(was: pl.DataFrame, left: pl.DataFrame, counted: Counted) -> pl.DataFrame:
    """What has to be added to the counts of the rows that are left; only rows in which something is missing."""
    both = was.join(left, on=counted.key, how="left", nulls_equal=True, suffix="_left")
    differs = [pl.col(name).ne_missing(pl.col(f"{name}_left")) for name in counted.fixed]
    frozen = pl.any_horizontal(differs) if differs else pl.lit(value=False)
    sums = [(pl.col(name) - pl.col(f"{name}_left").fill_null(0)).alias(name) for name in counted.sums]
    missing = both.with_columns(frozen.alias(FROZEN), *sums).select(*was.columns, FROZEN)
    gone = pl.any_horizontal(pl.col(name).fill_null(0) != 0 for name in counted.sums)
    turned_empty = both.select(
        pl.any_horizontal(pl.col(name).is_not_null() & pl.col(f"{name}_left").is_null() for name in counted.sums)
    ).to_series()
    return missing.filter(gone | pl.col(FROZEN) | turned_empty)


def _put_back(left: pl.DataFrame, missing: pl.DataFrame, counted: Counted) -> pl.DataFrame:
    """Both together. Where there is no count on either side, there is none."""
    both = left.join(missing, on=counted.key, how="full", coalesce=True, nulls_equal=True, suffix="_went")
    is_only_missing = pl.all_horizontal(pl.col(name).is_null() for name in (*counted.sums, *counted.fixed))
    frozen = pl.col(FROZEN).fill_null(value=False) | is_only_missing
    sums = [
        pl.when(pl.col(name).is_null() & pl.col(f"{name}_went").is_null())
        .then(None)
        .otherwise(pl.col(name).fill_null(0) + pl.col(f"{name}_went").fill_null(0))
        .alias(name)
        for name in counted.sums
    ]
    fixed = [pl.when(frozen).then(pl.col(f"{name}_went")).otherwise(pl.col(name)).alias(name) for name in counted.fixed]
    return both.with_columns(*sums, *fixed).select(left.columns).cast(left.schema)
