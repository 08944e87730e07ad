"""Blocks of text → typed rows with the breaches of every row: cells first, then the rules within a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import dataframely as dy
import polars as pl

from dashboard.exports.contracts import COLUMN_NAMES, Column, Dataset, Kind, breach_of
from dashboard.exports.lexicons import Lexicons, Reader, without_times
from dashboard.exports.parsing import is_empty, plain
from dashboard.exports.profiles import ANSWER_COLUMN, PURPOSE_COLUMN
from dashboard.exports.reading import TextBlock
from dashboard.exports.recognising import Recipe

FILE: Final = "_bestand"
LINE: Final = "_regel"
GOOD: Final = "_goed"
"""Technical columns of typed rows: number of the file, line in it, no breach so far."""

COLUMN: Final = pl.Enum(["", *COLUMN_NAMES])
BREACH: Final = pl.Schema([(FILE, pl.UInt32), (LINE, pl.UInt32), ("kolom", COLUMN), ("reden", pl.UInt32)])
"""breaches: one row per breach; `reden` is the number of the reason."""

BROKEN: Final = "Deze regel heeft een ander aantal velden dan de rij met kolomnamen."

_ROW = "_rij"
_DAYS = frozenset({Kind.DATE, Kind.BIRTH})


@dataclass(frozen=True, slots=True)
class TypedBlock:
    """Typed rows and what is wrong with them.

    Args:
        rows: one row per row of the dataset: the stored layout in compact types, and FILE, LINE, GOOD.
        breaches: as BREACH.
        broken: rows of the file that couldn't be divided into fields; they have a breach, and are not in `rows`.
    """

    rows: pl.DataFrame
    breaches: pl.DataFrame
    broken: int


@dataclass(slots=True)
class Converter:
    """Makes typed rows of the blocks of one file.

    Args:
        number: the file's number in this run.
    """

    recipe: Recipe
    number: int
    lexicons: Lexicons
    _opened: dict[str, Reader] = field(default_factory=dict)

    def convert(self, block: TextBlock) -> TypedBlock:
        """One block."""
        texts, lines = self._long(block) if self.recipe.wide else self._straight(block)
        values: list[pl.Series] = []
        cells: list[pl.DataFrame] = []
        for column in self.recipe.dataset.columns:
            read, problems = self._read(column, texts.get(column.name), len(lines))
            values.append(read.alias(column.stored))
            cells += _cell_breaches(column, problems)
        rows = pl.DataFrame([*values, lines.alias(LINE)])
        breaches = _without_echoes(pl.concat([_no_breaches(), *cells]), self._rule_breaches(rows))
        good = pl.Series(GOOD, [True]).new_from_index(0, len(rows)).scatter(breaches[_ROW], values=False)
        placed = breaches.with_columns(lines.gather(breaches[_ROW]).alias(LINE)).drop(_ROW)
        return TypedBlock(
            rows.with_columns(pl.lit(self.number, pl.UInt32).alias(FILE), good),
            pl.concat([self._located(placed), self._broken(block)]),
            len(block.broken),
        )

    def _straight(self, block: TextBlock) -> tuple[Mapping[str, pl.Series], pl.Series]:
        return {column: block.frame[header] for column, header in self.recipe.sources.items()}, block.lines

    def _long(self, block: TextBlock) -> tuple[Mapping[str, pl.Series], pl.Series]:
        """A row per filled cell under a header of a purpose."""
        parts = [self._under(block, header, purpose) for header, purpose in self.recipe.wide.items()]
        long = pl.concat(parts)
        return {name: long[name] for name in long.columns if name != LINE}, long[LINE]

    def _under(self, block: TextBlock, header: str, purpose: str) -> pl.DataFrame:
        """The rows under one header."""
        answers = block.frame[header]
        shared = [block.frame[source].alias(column) for column, source in self.recipe.sources.items()]
        purposes = pl.repeat(purpose, len(answers), dtype=pl.String, eager=True).alias(PURPOSE_COLUMN)
        columns = [*shared, purposes, answers.alias(ANSWER_COLUMN), block.lines.alias(LINE)]
        return pl.DataFrame(columns).filter(self._says_something(answers))

    def _says_something(self, answers: pl.Series) -> pl.Series:
        meanings = self.recipe.values.get(ANSWER_COLUMN, {})
        distinct = answers.unique()
        silent = [text for text in distinct if is_empty(text) and plain(text) not in meanings]
        return ~answers.is_in(silent)

    def _read(self, column: Column, texts: pl.Series | None, height: int) -> tuple[pl.Series, pl.Series]:
        if texts is None and column.name not in self.recipe.constants:
            nothing = pl.Series([None], dtype=self.lexicons.layout.dtype(self.recipe.dataset, column))
            return nothing.new_from_index(0, height), pl.repeat(0, height, dtype=pl.UInt32, eager=True)
        if texts is None:
            texts = pl.repeat(self.recipe.constants[column.name], height, dtype=pl.String, eager=True)
        if column.kind in _DAYS:
            texts = without_times(texts)
        return self._reader(column).read(texts)

    def _reader(self, column: Column) -> Reader:
        if column.name not in self._opened:
            meanings = self.recipe.values.get(column.name, {})
            self._opened[column.name] = self.lexicons.open(self.recipe.dataset, column, meanings)
        return self._opened[column.name]

    def _rule_breaches(self, rows: pl.DataFrame) -> pl.DataFrame:
        """What dataframely finds on the stored layout."""
        dataset = self.recipe.dataset
        numbered = rows.select(
            *(pl.col(name).cast(dtype) for name, dtype in dataset.stored.items()),
            pl.int_range(pl.len(), dtype=pl.UInt32).alias(_ROW),
        )
        _, failure = _numbered(dataset).filter(numbered)
        if not len(failure):
            return _no_breaches()
        details = failure.details()
        return pl.concat(
            [_no_breaches(), *(self._failed(details, rule) for rule in failure.counts())],
        ).unique(maintain_order=True)

    def _failed(self, details: pl.DataFrame, rule: str) -> pl.DataFrame:
        breach = breach_of(rule, self.recipe.dataset)
        return details.filter(pl.col(rule) == "invalid").select(
            pl.col(_ROW),
            pl.lit(breach.column, COLUMN).alias("kolom"),
            pl.lit(self.lexicons.reasons.number(breach.reason), pl.UInt32).alias("reden"),
        )

    def _broken(self, block: TextBlock) -> pl.DataFrame:
        lines = pl.DataFrame({LINE: pl.Series(block.broken, dtype=pl.UInt32)})
        reason = self.lexicons.reasons.number(BROKEN)
        return self._located(
            lines.with_columns(pl.lit("", COLUMN).alias("kolom"), pl.lit(reason, pl.UInt32).alias("reden"))
        )

    def _located(self, breaches: pl.DataFrame) -> pl.DataFrame:
        return breaches.with_columns(pl.lit(self.number, pl.UInt32).alias(FILE)).select(list(BREACH))


def _no_breaches() -> pl.DataFrame:
    return pl.DataFrame(schema={_ROW: pl.UInt32, "kolom": COLUMN, "reden": pl.UInt32})


def _cell_breaches(column: Column, problems: pl.Series) -> Iterator[pl.DataFrame]:
    found = (problems > 0).arg_true().cast(pl.UInt32)
    if len(found):
        yield pl.DataFrame(
            [
                found.alias(_ROW),
                pl.Series("kolom", [column.name], dtype=COLUMN).new_from_index(0, len(found)),
                problems.gather(found).alias("reden"),
            ]
        )


def _without_echoes(cells: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """A cell that can't be read is said once: not also that it is empty."""
    return pl.concat([cells, rules.join(cells, on=[_ROW, "kolom"], how="anti")])


_NUMBERED: dict[str, type[dy.Schema]] = {}


def _numbered(dataset: Dataset) -> type[dy.Schema]:
    """The dataset's schema with the number of the row beside it, so that a failure can be traced."""
    if dataset.name not in _NUMBERED:
        _NUMBERED[dataset.name] = type(
            f"Numbered{dataset.schema.__name__}", (dataset.schema,), {_ROW: dy.UInt32(nullable=False)}
        )
    return _NUMBERED[dataset.name]
