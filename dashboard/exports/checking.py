"""A delivery in, accepted rows and every rejection with its reason out; nothing is written.

Every row of every readable file is accepted, known or rejected: `check_delivery` asserts that nothing got lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

import polars as pl

from dashboard.exports.contracts import DATASETS
from dashboard.exports.converting import BREACH, FILE, Converter, TypedBlock
from dashboard.exports.folders import DEMO_MARKER, DeliveryProblem, Exports, digest_of, find_exports, is_demo
from dashboard.exports.lexicons import Layout, Lexicons, Reasons
from dashboard.exports.parsing import Rulebook
from dashboard.exports.profiles import Profile
from dashboard.exports.pseudonyms import PseudonymKey
from dashboard.exports.reading import TextTable, UnreadableFile, open_table
from dashboard.exports.recognising import Recipe, Unrecognised, count_matches, is_own_report, recognise
from dashboard.exports.settling import ACCEPTED, KNOWN, REJECTED, Settled, Settling, rows_of
from dashboard.registry import Registry

__all__ = ["DEMO_MARKER", "Checked", "DeliveryProblem", "FileAccount", "Known", "Progress", "check_delivery"]

NO_BRIN6: Final = "*"

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What became of one file. Always: read = accepted + rejected + known.

    Args:
        file: its name, without the folder; digest: SHA-256 of its bytes.
        dataset: what it holds, or is nearest to; None where it can't be read.
        profile: the profile that was used.
        dropped: headers of unknown columns; personal: of columns that tell who someone is.
        refusal: a Dutch sentence where the whole file was refused.
    """

    file: str
    digest: str
    dataset: str | None = None
    profile: str | None = None
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    known: int = 0
    dropped: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A delivery, judged.

    Args:
        files: one account per file, by name.
        skipped: names of what isn't an export.
        rejections: bestand, regel, kolom, reden: one row per breach, sorted.
        accepted: dataset → new rows in the stored layout, sorted by all columns; every dataset is there.
        held: dataset, brin6, accepted, known, rejected: one row per dataset and school that a row of this
            delivery was about; `*` where a row has no school or names one that isn't known.
        declared: dataset, brin6: one row per pair that an accepted or known row of `leveringen` declares.
        reasons: dataset, kolom, reden, rijen: one row per kind of breach.
        demo: every readable file is part of a demo delivery, unchanged.
    """

    files: tuple[FileAccount, ...]
    skipped: tuple[str, ...]
    rejections: pl.DataFrame
    accepted: Mapping[str, pl.DataFrame]
    held: pl.DataFrame
    declared: pl.DataFrame
    reasons: pl.DataFrame
    demo: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What a delivery is judged against.

    Args:
        rows: dataset → rows in force, in the stored layout; a dataset that is absent has none.
        closed: the last day of which rows were purged; None where nothing ever was.
    """

    rows: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    closed: date | None = None


def check_delivery(
    paths: Sequence[Path],
    *,
    registry: Registry,
    profiles: Sequence[Profile],
    known: Known,
    key: PseudonymKey,
    today: date,
    progress: Progress | None = None,
) -> Checked:
    """Reads, recognises, parses and judges files and folders as one delivery.

    Args:
        paths: exports, and folders of them.
        registry: purposes, categories, articles, platforms.
        profiles: how other sources write their exports.
        known: the rows in force, and what doesn't come back.
        key: turns numbers into pseudonyms.
        today: the day of import.
        progress: told the file's name and its rows so far.

    Raises:
        DeliveryProblem: a path that isn't there.
    """
    found = find_exports(paths)
    run = _Run(registry, tuple(profiles), key, today, progress or _quiet)
    for path in found.files:
        run.take_in(path)
    return run.judge(known, found)


def _quiet(_file: str, _rows: int) -> None:
    return None


# --- one run ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    """Takes in file after file, then judges all of them together."""

    registry: Registry
    profiles: tuple[Profile, ...]
    key: PseudonymKey
    today: date
    progress: Progress
    layout: Layout = field(default_factory=Layout)
    reasons: Reasons = field(default_factory=Reasons)
    accounts: list[FileAccount] = field(default_factory=list)
    own_reports: list[str] = field(default_factory=list)
    demo: list[bool] = field(default_factory=list)
    blocks: dict[str, list[TypedBlock]] = field(default_factory=lambda: {name: [] for name in DATASETS})
    _lexicons: Lexicons | None = None

    @property
    def lexicons(self) -> Lexicons:
        """Shared by all files."""
        if self._lexicons is None:
            rulebook = Rulebook(self.registry, self.today)
            self._lexicons = Lexicons(rulebook, self.key, self.layout, self.reasons)
        return self._lexicons

    def take_in(self, path: Path) -> None:
        """One file: recognised and typed, or refused."""
        try:
            table = open_table(path, lambda headers: count_matches(headers, self.profiles))
        except UnreadableFile as problem:
            self._account(path, FileAccount(path.name, digest_of(path), refusal=str(problem)))
            return
        if is_own_report(table.headers):
            self.own_reports.append(table.name)
            return
        self._account(path, self._take_in_table(table))

    def _account(self, path: Path, account: FileAccount) -> None:
        self.accounts.append(account)
        self.demo.append(is_demo(path, account.digest))

    def _take_in_table(self, table: TextTable) -> FileAccount:
        account = FileAccount(table.name, table.digest)
        try:
            recipe = recognise(table.headers, self.profiles)
        except Unrecognised as problem:
            return replace(account, dataset=problem.dataset, refusal=str(problem))
        account = replace(
            account,
            dataset=recipe.dataset.name,
            profile=None if recipe.profile is None else recipe.profile.name,
            dropped=recipe.dropped,
            personal=recipe.personal,
        )
        try:
            blocks = self._convert(table, recipe)
        except UnreadableFile as problem:
            return replace(account, refusal=str(problem))
        self.blocks[recipe.dataset.name] += blocks
        broken = sum(block.broken for block in blocks)
        return replace(account, read=sum(len(block.rows) for block in blocks) + broken, rejected=broken)

    def _convert(self, table: TextTable, recipe: Recipe) -> list[TypedBlock]:
        converter = Converter(recipe, len(self.accounts), self.lexicons)
        blocks: list[TypedBlock] = []
        rows = 0
        for block in table.blocks():
            blocks.append(converter.convert(block))
            rows += len(blocks[-1].rows)
            self.progress(table.name, rows)
        return blocks

    def judge(self, known: Known, found: Exports) -> Checked:
        """All files together."""
        in_force = {name: self._compact(name, known.rows.get(name)) for name in DATASETS}
        settling = Settling(in_force, self.reasons, known.closed)
        settled: dict[str, Settled] = {}
        breaches: dict[str, pl.DataFrame] = {}
        for name, dataset in DATASETS.items():
            blocks, self.blocks[name] = self.blocks[name], []
            rows = rows_of([block.rows for block in blocks], self.layout.schema(dataset))
            settled[name] = settling.settle(dataset, rows)
            breaches[name] = pl.concat([*(block.breaches for block in blocks), settled[name].breaches])
        broken = _broken(self.accounts)
        return Checked(
            files=self._files({name: one.fates for name, one in settled.items()}),
            skipped=tuple(sorted((*found.skipped, *self.own_reports))),
            rejections=self._rejections(breaches.values()),
            accepted=MappingProxyType({name: one.accepted for name, one in settled.items()}),
            held=_held({name: one.fates for name, one in settled.items()}, broken),
            declared=settling.declared,
            reasons=self._reasons(breaches),
            demo=bool(self.demo) and all(self.demo),
        )

    def _compact(self, name: str, rows: pl.DataFrame | None) -> pl.DataFrame:
        schema = self.layout.schema(DATASETS[name])
        return pl.DataFrame(schema=schema) if rows is None else rows.select(list(schema)).cast(schema)

    def _files(self, fates: Mapping[str, pl.DataFrame]) -> tuple[FileAccount, ...]:
        counted = {
            (number, lot): rows
            for frame in fates.values()
            for number, lot, rows in frame.group_by(FILE, "lot").agg(pl.col("rijen").sum()).iter_rows()
        }
        files = [self._counted(account, number, counted) for number, account in enumerate(self.accounts)]
        for file in files:
            assert file.read == file.accepted + file.rejected + file.known, f"rows of {file.file} got lost"
        return tuple(files)

    def _counted(self, account: FileAccount, number: int, counted: Mapping[tuple[int, str], int]) -> FileAccount:
        return replace(
            account,
            accepted=counted.get((number, ACCEPTED), 0),
            known=counted.get((number, KNOWN), 0),
            rejected=account.rejected + counted.get((number, REJECTED), 0),
        )

    def _rejections(self, breaches: Iterable[pl.DataFrame]) -> pl.DataFrame:
        names = pl.Series([account.file for account in self.accounts], dtype=pl.String)
        reasons = pl.Series(self.reasons.texts, dtype=pl.String)
        found = pl.concat([pl.DataFrame(schema=BREACH), *breaches])
        return found.select(
            names.gather(found[FILE]).alias("bestand"),
            found["_regel"].alias("regel"),
            found["kolom"].cast(pl.String),
            reasons.gather(found["reden"]).alias("reden"),
        ).sort("bestand", "regel", "kolom", "reden")

    def _reasons(self, breaches: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        texts = pl.Series(self.reasons.texts, dtype=pl.String)
        counts = [
            frame.group_by("kolom", "reden")
            .agg(pl.len().cast(pl.Int64).alias("rijen"))
            .with_columns(pl.lit(name).alias("dataset"), pl.col("kolom").cast(pl.String))
            for name, frame in breaches.items()
        ]
        counted = pl.concat(counts)
        return counted.select("dataset", "kolom", texts.gather(counted["reden"]).alias("reden"), "rijen").sort(
            "dataset", "kolom", "reden"
        )


def _broken(accounts: Sequence[FileAccount]) -> pl.DataFrame:
    """dataset, brin6, rejected: one row per file with rows that couldn't be divided into fields."""
    rows = [(a.dataset, NO_BRIN6, a.rejected) for a in accounts if a.rejected]
    return pl.DataFrame(rows, schema={"dataset": pl.String, "brin6": pl.String, "rejected": pl.Int64}, orient="row")


def _held(fates: Mapping[str, pl.DataFrame], broken: pl.DataFrame) -> pl.DataFrame:
    lots = {"accepted": ACCEPTED, "known": KNOWN, "rejected": REJECTED}
    counts = [
        frame.group_by(pl.lit(name).alias("dataset"), pl.col("brin6").fill_null(NO_BRIN6)).agg(
            pl.col("rijen").filter(pl.col("lot") == lot).sum().alias(count) for count, lot in lots.items()
        )
        for name, frame in fates.items()
    ]
    unread = broken.select(
        "dataset", "brin6", pl.lit(0, pl.Int64).alias("accepted"), pl.lit(0, pl.Int64).alias("known"), "rejected"
    )
    return pl.concat([*counts, unread]).group_by("dataset", "brin6").agg(pl.col(*lots).sum()).sort("dataset", "brin6")
