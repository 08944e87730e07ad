"""Rows go when their term is over; what was counted from them stays, and a proof says what went.

A pupil's rows go two years after the last day of enrolment, or earlier where the settings say so: the enrolments
(leerlingen), the answers (toestemmingen) and the uses (publicaties). Incidents name no pupil, so their own day counts:
a row goes as long after it. An evaluation lasts two years as well, so no incident goes while the evaluation that counts
it is running; what it says of the two years before is carried over as counts.

A purge is written beside the rows, then it is decided by the name of a new snapshot, and then files are replaced one by
one. Killed before the snapshot has its name, nothing happened; killed after, `finish_purges` completes it.
"""

import json
import os
import shutil
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from dashboard.exports.contracts import DATASETS
from dashboard.store.carrying import (
    Comparing,
    Remembering,
    are_equal,
    carried_over,
    list_proofs,
    write_proof,
)
from dashboard.store.places import Places, StoreProblem, digest_of, flush, name_of, write_json
from dashboard.store.publishing import Publisher
from dashboard.store.snapshots import EXACT, Snapshot, current_snapshot, list_snapshots, show_snapshot
from dashboard.store.steps import Progress
from dashboard.store.vault import forget_records, read_import

PUPILS: Final = "leerlingen"
INCIDENTS: Final = "incidenten"

OWNED: Final = tuple(name for name, dataset in DATASETS.items() if dataset.has_pupil and name != PUPILS)
"""What else a pupil owns."""

ORDER: Final = (*OWNED, INCIDENTS, PUPILS)
"""The datasets with rows that go. Who left is read from the enrolments, so these are the last to be replaced."""

SHRINKS: Final = frozenset({"data_quality", "rare_events"})
"""What tells of rows that are there, and what dates single incidents: these may tell less after a purge."""

STAGED: Final = ".purge-"
PLAN: Final = "plan.json"


@dataclass(frozen=True, slots=True)
class Overdue:
    """What is past its term.

    Args:
        horizon: the last day that is past it: of leaving, or of an incident.
        staying: pseudonyms of the pupils whose rows stay.
        leavers: how many pupils' rows go.
        rows: import, dataset → how many of its rows go.
    """

    horizon: date
    staying: pl.Series
    leavers: int
    rows: Mapping[tuple[str, str], int]

    @property
    def counts(self) -> dict[str, int]:
        """Dataset → how many rows go, of all imports together."""
        return {name: sum(n for (_, dataset), n in self.rows.items() if dataset == name) for name in ORDER}


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did: the number of its proof, and the snapshot that is shown since."""

    id: str
    snapshot: Snapshot


def horizon_of(today: date, months: int) -> date:
    """The last day that is `months` ago or more; of a month that is shorter its last day."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def last_purged_day(places: Places) -> date | None:
    """The last day of which rows were purged; None where nothing ever was."""
    return max((date.fromisoformat(proof["last_day"]) for proof in list_proofs(places)), default=None)


def find_overdue(places: Places, horizon: date) -> Overdue:
    """What every import in the vault holds that is past its term, also where no snapshot that is shown counts it."""
    shown = current_snapshot(places)
    lineage = () if shown is None else shown.imports
    imports = _imports(places)
    others = [name for name in imports if name not in lineage]
    staying, leavers = _sort_pupils(places, lineage, others, horizon)
    rows = {
        (name, dataset): gone
        for name in imports
        for dataset in ORDER
        if (gone := _count_overdue(places, name, dataset, staying, horizon))
    }
    return Overdue(horizon, staying, leavers, rows)


def purge(publisher: Publisher, overdue: Overdue, today: date, months: int, progress: Progress) -> Purged:
    """Drop what is overdue for good, and show a snapshot with the same figures that rests on what is left.

    Raises StoreProblem where a figure of the past would change: then nothing changed.
    """
    places = publisher.places
    shown = current_snapshot(places)
    assert shown is not None, "rows come with a snapshot"
    files = [_file(places, name, dataset) for name, dataset in sorted(overdue.rows)]
    number = name_of({"day": today.isoformat(), "last_day": overdue.horizon.isoformat(), "files": files})
    staged = places.vault / f"{STAGED}{number}"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir()
    _stage(places, staged, overdue, number)
    plan = {
        "id": number,
        "day": today.isoformat(),
        "last_day": overdue.horizon.isoformat(),
        "months": months,
        "pupils": overdue.leavers,
        "rows": overdue.counts,
        "files": [{**file, **_outcome(staged, file)} for file in files],
        "snapshot_before": shown.id,
    }
    write_json(staged / PLAN, plan)
    for path in sorted(staged.rglob("*")):
        flush(path)
    flush(places.vault)
    _publish(publisher, staged, shown, number, progress)
    finish_purges(places)
    shown = current_snapshot(places)
    assert shown is not None
    return Purged(number, shown)


def finish_purges(places: Places) -> None:
    """Complete purges that were decided and then killed. Under the lock only.

    What was staged and never decided is swept up with everything else that no snapshot rests on.
    """
    for staged in sorted(places.vault.glob(f"{STAGED}*/{PLAN}")):
        plan = json.loads(staged.read_text(encoding="utf-8"))
        decided = [one for one in list_snapshots(places) if plan["id"] in one.purges]
        if decided:
            _complete(places, staged.parent, plan, decided[0])


# --- what goes ----------------------------------------------------------------------------------------------------


def _imports(places: Places) -> list[str]:
    """Every import in the vault, oldest first."""
    names = [path.parent.name for path in places.vault.glob("[!.]*/import.json")]
    return sorted(names, key=lambda name: (read_import(places, name).today, name))


def _sort_pupils(places: Places, lineage: tuple[str, ...], others: list[str], horizon: date) -> tuple[pl.Series, int]:
    """Who stays, and how many leave. Of a pupil in the shown figures what was rolled back says nothing."""
    shown = _last_days(places, lineage)
    elsewhere = _last_days(places, others).join(shown, on="leerling", how="anti")
    pupils = pl.concat([shown, elsewhere])
    stays = pupils.filter(pl.col("in_tot").is_null() | (pl.col("in_tot") > horizon))
    return stays["leerling"], pupils.height - stays.height


def _last_days(places: Places, imports: tuple[str, ...] | list[str]) -> pl.DataFrame:
    """Each pupil's last day of enrolment, by the rows in force of these imports.

    counts: one row per pupil. Returns: leerling, in_tot (null: still enrolled).
    """
    key = list(DATASETS[PUPILS].key)
    delivered = [
        pl.scan_parquet(places.vault / name / f"{PUPILS}.parquet")
        .select(*key, "in_tot")
        .with_columns(pl.lit(number).alias("levering"))
        for number, name in enumerate(imports)
        if f"{PUPILS}.parquet" in read_import(places, name).rows
    ]
    if not delivered:
        return pl.DataFrame(schema={"leerling": pl.String, "in_tot": pl.Date})
    in_force = pl.concat(delivered).sort("levering").unique(key, keep="last", maintain_order=True)
    last = pl.when(pl.col("in_tot").is_null().any()).then(None).otherwise(pl.col("in_tot").max())
    return in_force.group_by("leerling").agg(last.alias("in_tot")).collect()


def _stays(dataset: str, staying: pl.Series, horizon: date) -> pl.Expr:
    """Whether a row stays. A row of a pupil without any enrolment goes: a purge that was killed left it."""
    return pl.col("datum") > horizon if dataset == INCIDENTS else pl.col("leerling").is_in(staying.implode())


def _count_overdue(places: Places, name: str, dataset: str, staying: pl.Series, horizon: date) -> int:
    if f"{dataset}.parquet" not in read_import(places, name).rows:
        return 0
    rows = pl.scan_parquet(places.vault / name / f"{dataset}.parquet")
    return int(rows.select((~_stays(dataset, staying, horizon)).sum()).collect().item())


# --- beside the rows ----------------------------------------------------------------------------------------------


def _file(places: Places, name: str, dataset: str) -> dict[str, Any]:
    path = places.vault / name / f"{dataset}.parquet"
    return {"import": name, "dataset": dataset, "rows_before": _height(path), "sha256_before": digest_of(path)}


def _outcome(staged: Path, file: Mapping[str, Any]) -> dict[str, Any]:
    path = staged / file["import"] / f"{file['dataset']}.parquet"
    return {"rows_after": _height(path), "sha256_after": digest_of(path)}


def _height(path: Path) -> int:
    return int(pl.scan_parquet(path).select(pl.len()).collect().item())


def _stage(places: Places, staged: Path, overdue: Overdue, number: str) -> None:
    """A vault as it is going to be, beside the one that is: the same files where nothing goes."""
    for name in _imports(places):
        (staged / name).mkdir()
        for path in sorted((places.vault / name).glob("*.parquet")):
            target = staged / name / path.name
            if (name, path.stem) not in overdue.rows:
                os.link(path, target)
                continue
            rows = pl.read_parquet(path).filter(_stays(path.stem, overdue.staying, overdue.horizon))
            rows.cast(DATASETS[path.stem].stored).write_parquet(target, compression="zstd")
        record = json.loads((places.vault / name / "import.json").read_text(encoding="utf-8"))
        if any(touched == name for touched, _ in overdue.rows):
            record["rows"] = {file: digest_of(staged / name / file) for file in record["rows"]}
            record["purges"] = [*record.get("purges", []), number]
        write_json(staged / name / "import.json", record)


def _publish(publisher: Publisher, staged: Path, shown: Snapshot, number: str, progress: Progress) -> Snapshot:
    """A snapshot of the day of the shown one, counted from what is left, with the same figures."""
    places = publisher.places
    before = Remembering(carried_over(places, shown))
    was = publisher.count(shown.imports, shown.today, before, progress)
    after = Comparing(before)
    beside = replace(publisher, places=replace(places, rows=f"{places.rows}/{staged.name}"))
    tables = beside.count(shown.imports, shown.today, after, progress)
    changed = [name for name, table in tables.items() if name not in SHRINKS and not are_equal(was[name], table)]
    if changed:
        raise StoreProblem(
            f"Cijfers van vroeger zouden door het opruimen veranderen ({', '.join(changed)}). Er is niets opgeruimd. "
            "Meld dit, met de dag van deze opdracht."
        )
    told = shown.folder / EXACT / "changes.parquet"
    tables["changes"] = pl.read_parquet(told)
    return beside.keep(tables, shown.imports, shown.today, shown, after.carried(number), progress)


# --- for good -----------------------------------------------------------------------------------------------------


def _complete(places: Places, staged: Path, plan: Mapping[str, Any], decided: Snapshot) -> None:
    """Show the snapshot, put every file in its place, and write the proof."""
    shown = current_snapshot(places)
    if shown is not None and shown.id == plan["snapshot_before"]:
        show_snapshot(places, decided)
    for path in _in_order(staged, plan):
        target = places.vault / path.relative_to(staged)
        path.replace(target)
        flush(target.parent)
    forget_records()
    write_proof(places, {**plan, "snapshot_after": decided.id})
    shutil.rmtree(staged)


def _in_order(staged: Path, plan: Mapping[str, Any]) -> Iterator[Path]:
    """The files that are still to be put in place; the record of an import last, and before it the enrolments."""
    touched = sorted({file["import"] for file in plan["files"]})
    for dataset in ORDER:
        wanted = (
            staged / file["import"] / f"{dataset}.parquet" for file in plan["files"] if file["dataset"] == dataset
        )
        yield from (path for path in wanted if path.is_file())
    yield from (path for name in touched if (path := staged / name / "import.json").is_file())
