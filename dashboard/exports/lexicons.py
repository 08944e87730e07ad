"""Each distinct text of a column is parsed once; rows only look it up.

Millions of cells hold few different texts, so a lexicon gives every text a number (a polars category), keeps the
value or the reason for refusal of each number, and gathers these for the rows of a block.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

from dashboard.exports.contracts import Column, Dataset, Kind
from dashboard.exports.parsing import EMPTY, TIME_TAIL, BadCell, Parser, Rulebook, Value, is_empty, plain, pupil_number
from dashboard.exports.pseudonyms import PUPIL_KIND, PseudonymKey

_SHARED = {Kind.BRIN6: "brin6", Kind.PUPIL: "leerling"}
"""Kinds that datasets have in common and are compared on: one set of categories for all."""
_KEPT_AS_TEXT = frozenset({Kind.IDENTIFIER, Kind.TEXT})
"""Nearly every row has its own: categories would only cost."""
_FEW_VALUES = frozenset({Kind.LISTED})


@dataclass(slots=True)
class Reasons:
    """Every Dutch reason once, with a number; 0 is no reason at all."""

    texts: list[str] = field(default_factory=lambda: [""])
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, reason: str) -> int:
        """The number of a reason, the same every time."""
        if reason not in self._numbers:
            self._numbers[reason] = len(self.texts)
            self.texts.append(reason)
        return self._numbers[reason]


class Layout:
    """The stored layout with compact types: repeated texts as categories, of which a run has its own.

    Equal texts of one meaning have the same number in every dataset, so that schools and pupils compare as
    numbers. Everything casts back to the contract's stored types.
    """

    def __init__(self) -> None:
        self._types: dict[str, pl.Categorical] = {}
        # Polars drops categories that no series uses any more.
        self._kept: list[pl.Series] = []

    def dtype(self, dataset: Dataset, column: Column) -> pl.DataType:
        """The compact type of a column."""
        stored = dataset.stored[column.stored]
        if stored != pl.String or column.kind in _KEPT_AS_TEXT:
            return stored
        meaning = _SHARED.get(column.kind, f"{dataset.name}.{column.name}")
        if meaning not in self._types:
            physical = pl.UInt8 if column.kind in _FEW_VALUES else pl.UInt32
            self._types[meaning] = pl.Categorical(pl.Categories.random("gedragscode", physical))
            self._kept.append(pl.Series([], dtype=self._types[meaning]))
        return self._types[meaning]

    def schema(self, dataset: Dataset) -> pl.Schema:
        """Stored names with compact types, in order."""
        return pl.Schema({column.stored: self.dtype(dataset, column) for column in dataset.columns})


class Reader(Protocol):
    """Reads the texts of one column."""

    def read(self, texts: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Values (null where empty or bad) and numbers of reasons (0 where good), row by row."""


class Lexicon:
    """What the texts of one column mean.

    Args:
        parse: text → value; raises BadCell. Not called for empty texts.
        dtype: type of the values.
        reasons: where reasons get their number.
        meanings: what the file's own texts (small letters, no blanks around them) mean in the contract.
    """

    def __init__(self, parse: Parser, dtype: pl.DataType, reasons: Reasons, meanings: Mapping[str, str]) -> None:
        self._parse = parse
        self._dtype = dtype
        self._reasons = reasons
        self._meanings = meanings
        self._codes = pl.Categorical(pl.Categories.random("gedragscode"))
        # Polars drops categories that no series uses any more.
        self._kept = pl.Series([], dtype=self._codes)
        self._values = pl.Series([], dtype=dtype)
        self._problems = pl.Series([], dtype=pl.UInt32)

    def read(self, texts: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Values (null where empty or bad) and numbers of reasons (0 where good), row by row."""
        codes = texts.cast(self._codes).to_physical()
        self._learn(codes, texts)
        return self._values.gather(codes), self._problems.gather(codes)

    def _learn(self, codes: pl.Series, texts: pl.Series) -> None:
        known = len(self._values)
        unseen = pl.DataFrame([codes.alias("code"), texts.alias("tekst")]).filter(pl.col("code") >= known)
        if unseen.is_empty():
            return
        unseen = unseen.unique("code").sort("code")
        # A code without a text, should polars ever skip one, belongs to no row.
        places = unseen["code"] - known
        count = int(str(places.max())) + 1
        values: list[Value | None] = [None] * count
        problems = [0] * count
        for place, text in zip(places, unseen["tekst"], strict=True):
            values[place], problems[place] = self._judge(text)
        plain_type = pl.String() if isinstance(self._dtype, pl.Categorical) else self._dtype
        self._values = pl.concat([self._values, pl.Series(values, dtype=plain_type).cast(self._dtype)], rechunk=True)
        self._problems = pl.concat([self._problems, pl.Series(problems, dtype=pl.UInt32)], rechunk=True)

    def _judge(self, text: str) -> tuple[Value | None, int]:
        if self._meanings:
            text = self._meanings.get(plain(text), text)
        if is_empty(text):
            return None, 0
        try:
            return self._parse(text.strip()), 0
        except BadCell as problem:
            return None, self._reasons.number(str(problem))


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Texts that are good as they are and hardly ever the same: nothing to learn.

    Args:
        hashed: the keyed hash that is kept instead; None keeps the text.
    """

    hashed: Callable[[str], str] | None

    def read(self, texts: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Texts without blanks around them, or their hashes, null where empty; no reasons."""
        bare = texts.str.strip_chars()
        said = bare.set(bare.str.to_lowercase().is_in(EMPTY), None)
        problems = pl.repeat(0, len(texts), dtype=pl.UInt32, eager=True)
        if self.hashed is None:
            return said, problems
        hashed = [None if text is None else self.hashed(text) for text in said]
        return pl.Series(hashed, dtype=pl.String), problems


@dataclass(slots=True)
class Lexicons:
    """The lexicons of one run.

    Args:
        rulebook: what cells are judged by.
        key: turns numbers into pseudonyms and ids into keyed hashes.
        layout: the types of the values.
        reasons: where reasons get their number.
    """

    rulebook: Rulebook
    key: PseudonymKey
    layout: Layout
    reasons: Reasons
    _pupils: Lexicon | None = None

    def open(self, dataset: Dataset, column: Column, meanings: Mapping[str, str]) -> Reader:
        """A reader for one column of one file; `meanings` maps the file's own values to the contract's."""
        if meanings:
            return self._new(dataset, column, meanings)
        if column.kind is Kind.PUPIL:
            # The dearest to learn, and the same numbers stand in every file.
            self._pupils = self._pupils or self._new(dataset, column, meanings)
            return self._pupils
        if column.kind is Kind.IDENTIFIER:
            return Verbatim(self.key.hasher(column.name))
        if column.kind is Kind.TEXT:
            return Verbatim(None)
        return self._new(dataset, column, meanings)

    def _new(self, dataset: Dataset, column: Column, meanings: Mapping[str, str]) -> Lexicon:
        return Lexicon(self._parser(column), self.layout.dtype(dataset, column), self.reasons, meanings)

    def _parser(self, column: Column) -> Parser:
        if column.kind is Kind.PUPIL:
            hashed = self.key.hasher(PUPIL_KIND)
            return lambda text: hashed(pupil_number(text))
        if column.kind is Kind.IDENTIFIER:
            return self.key.hasher(column.name)
        return self.rulebook.parser(column)


def without_times(texts: pl.Series) -> pl.Series:
    """Dates without the time after them, where that is well written: fewer different texts to parse."""
    if not texts.str.contains(":", literal=True).any():
        return texts
    return texts.str.replace(TIME_TAIL, "$1")
