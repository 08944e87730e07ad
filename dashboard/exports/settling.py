"""Typed rows of a whole delivery → each row's fate, by the rules across rows and datasets.

In this order: references, rows of one delivery that contradict each other, rows already known, accepted rows.
Datasets are settled schools first, then pupils, then what refers to them; a rejected row is nobody's reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from dashboard.exports.contracts import Dataset
from dashboard.exports.converting import BREACH, COLUMN, FILE, GOOD, LINE
from dashboard.exports.lexicons import Reasons

SCHOOLS: Final = "scholen"
PUPILS: Final = "leerlingen"
ANSWERS: Final = "toestemmingen"
DECLARATIONS: Final = "leveringen"

NO_SCHOOL: Final = "Deze school staat niet in scholen."
NO_PUPIL: Final = "Deze leerling staat niet in leerlingen."
TOO_EARLY: Final = "Deze datum ligt niet na de geboortedatum van de leerling."
CONTRADICTION: Final = "Deze levering heeft nog een rij met dezelfde sleutel en een andere inhoud."

OVERDUE: Final = "De bewaartermijn van deze rij is voorbij. Laat zulke rijen voortaan uit de export."

TERMS: Final[Mapping[str, tuple[str, ...]]] = {
    PUPILS: ("in_tot", "leerling"),
    "publicaties": ("datum", "publicatie_id", "leerling"),
    "incidenten": ("datum", "incident_id", "brin6"),
}
"""The column that a term starts from, and by which columns a row is known to be there still."""

FATE: Final = pl.Enum(["geweigerd", "bekend", "geaccepteerd"])
REJECTED, KNOWN, ACCEPTED = FATE.categories

_BORN = "_geboren"
_ORDER = "_volgorde"


@dataclass(frozen=True, slots=True)
class Settled:
    """The fate of every row of one dataset.

    Args:
        fates: one row per FILE, `brin6` (null where there is none, or no known school) and `lot` (FATE) that occurs,
            with `rijen`; rows that couldn't be divided into fields aside.
        accepted: one row per new row: the stored layout in compact types, sorted by all columns.
        breaches: what was found here, as BREACH.
    """

    fates: pl.DataFrame
    accepted: pl.DataFrame
    breaches: pl.DataFrame


@dataclass(slots=True)
class Settling:
    """Settles one dataset after another, in the contract's order.

    Args:
        known: dataset → rows in force, in compact types.
        declared: dataset, brin6: one row per pair that a good row of `leveringen` declares.
    """

    known: Mapping[str, pl.DataFrame]
    reasons: Reasons
    closed: date | None = None
    """The last day of which rows were purged: what was of that day or before doesn't come back."""
    declared: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema={"dataset": pl.String, "brin6": pl.String})
    )
    _schools: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.UInt32))
    _enrolments: pl.DataFrame = field(default_factory=pl.DataFrame)
    _latest_born: pl.DataFrame = field(default_factory=pl.DataFrame)

    def settle(self, dataset: Dataset, rows: pl.DataFrame) -> Settled:
        """One dataset. `rows` has the stored layout in compact types, and FILE, LINE, GOOD."""
        known = self.known[dataset.name]
        refers = [*self._references(dataset, rows), *self._overdue(dataset, rows, known)]
        rows = _without(rows, refers)
        contradicts = self._contradictions(dataset, rows)
        rows = _without(rows, contradicts)
        breaches = pl.concat([self._located(rows, found) for found in (*refers, *contradicts)] or [_nothing()])
        accepted, lot = _sort_out(dataset, rows, known)
        if dataset.name in {SCHOOLS, PUPILS, DECLARATIONS}:
            self._remember(dataset, known, rows.filter(GOOD).select(list(dataset.stored)))
        return Settled(self._fates(dataset, rows, lot), accepted, breaches)

    def _remember(self, dataset: Dataset, known: pl.DataFrame, good: pl.DataFrame) -> None:
        """Keep what others refer to."""
        if dataset.name == SCHOOLS:
            self._schools = _in_force(dataset, known, good)["brin6"].to_physical().unique()
        if dataset.name == DECLARATIONS:
            self.declared = good.select(pl.col("dataset", "brin6").cast(pl.String)).unique().sort("dataset", "brin6")
        if dataset.name == PUPILS:
            in_force = _in_force(dataset, known, good)
            born = pl.col("wordt_16_op").dt.offset_by("-16y")
            self._enrolments = in_force.select("leerling", "brin6", "in_van", "in_tot", born.alias(_BORN))
            self._latest_born = self._enrolments.group_by("leerling").agg(pl.col(_BORN).max())

    def _references(self, dataset: Dataset, rows: pl.DataFrame) -> list[_Found]:
        found: list[_Found] = []
        if dataset.has_school and dataset.name != SCHOOLS:
            found.append(_Found("brin6", NO_SCHOOL, _places(rows, self._knows_no_school())))
        if dataset.has_pupil and dataset.name != PUPILS:
            pupils = self._latest_born["leerling"].to_physical()
            unknown = pl.col("leerling").is_not_null() & ~pl.col("leerling").to_physical().is_in(pupils.implode())
            found.append(_Found("leerlingnummer", NO_PUPIL, _places(rows, unknown)))
        if dataset.name == ANSWERS:
            found.append(_Found("datum", TOO_EARLY, self._too_early(rows)))
        return [one for one in found if len(one.places)]

    def _overdue(self, dataset: Dataset, rows: pl.DataFrame, known: pl.DataFrame) -> list[_Found]:
        """Rows of a pupil who left, or of something that happened, on a day that was purged; but not known ones.

        A correction of a row that is still there stays welcome, and so is a pupil who came back.
        """
        if self.closed is None or dataset.name not in TERMS:
            return []
        column, *same = TERMS[dataset.name]
        late = rows.lazy().with_row_index(_ORDER).filter(GOOD, pl.col(column) <= self.closed)
        places = late.join(known.lazy(), on=same, how="anti").select(_ORDER).sort(_ORDER).collect()[_ORDER]
        return [_Found(column, OVERDUE, places.cast(pl.UInt32))] if len(places) else []

    def _knows_no_school(self) -> pl.Expr:
        brin6 = pl.col("brin6")
        return brin6.is_not_null() & ~brin6.to_physical().is_in(self._schools.implode())

    def _too_early(self, rows: pl.DataFrame) -> pl.Series:
        """Places of answers that aren't strictly after the pupil's birth.

        Enrolments of one pupil may hold different birth dates: then the one that counts on the answer's day
        decides (the latest `in_van`, then the smallest `brin6`), and without one the earliest birth date.
        """
        dated = rows.lazy().select("leerling", "datum").with_row_index(_ORDER).drop_nulls()
        suspects = (
            dated.join(self._latest_born.lazy(), on="leerling").filter(pl.col("datum") <= pl.col(_BORN)).collect()
        )
        if suspects.is_empty():
            return pl.Series([], dtype=pl.UInt32)
        counts = (pl.col("in_van") <= pl.col("datum")) & (
            pl.col("in_tot").is_null() | (pl.col("datum") < pl.col("in_tot"))
        )
        decisive = (
            suspects.drop(_BORN)
            .join(self._enrolments, on="leerling")
            .with_columns(counts.alias("telt"), pl.col("brin6").cast(pl.String))
            .with_columns(pl.when("telt").then("in_van").alias("in_van"), pl.when("telt").then("brin6").alias("brin6"))
            .sort(
                _ORDER, "telt", "in_van", "brin6", _BORN, descending=[False, True, True, False, False], nulls_last=True
            )
            .unique(_ORDER, keep="first", maintain_order=True)
        )
        return decisive.filter(pl.col("datum") <= pl.col(_BORN))[_ORDER].cast(pl.UInt32)

    def _contradictions(self, dataset: Dataset, rows: pl.DataFrame) -> list[_Found]:
        """Places of good rows with one key and different content."""
        if dataset.whole_row_is_key:
            return []
        key = list(dataset.key)
        good = rows.lazy().with_row_index(_ORDER).filter(GOOD)
        contents = good.select(list(dataset.stored)).unique()
        keys = contents.select(key).filter(pl.struct(key).is_duplicated()).unique()
        places = good.join(keys, on=key, how="semi").select(_ORDER).collect()[_ORDER].sort()
        blamed = next(column.name for column in dataset.columns if column.stored == key[0])
        return [_Found(blamed, CONTRADICTION, places.cast(pl.UInt32))] if len(places) else []

    def _located(self, rows: pl.DataFrame, found: _Found) -> pl.DataFrame:
        places = rows.select(FILE, LINE)[found.places]
        return places.with_columns(
            pl.lit(found.column, COLUMN).alias("kolom"),
            pl.lit(self.reasons.number(found.reason), pl.UInt32).alias("reden"),
        )

    def _fates(self, dataset: Dataset, rows: pl.DataFrame, lot: pl.Series) -> pl.DataFrame:
        school = pl.lit(None, pl.String)
        if dataset.has_school:
            school = pl.when(~self._knows_no_school()).then(pl.col("brin6"))
        fates = rows.select(FILE, school.alias("brin6"), lot.alias("lot"))
        counted = fates.group_by(FILE, "brin6", "lot").agg(pl.len().cast(pl.Int64).alias("rijen"))
        return counted.with_columns(pl.col("brin6").cast(pl.String))


@dataclass(frozen=True, slots=True)
class _Found:
    """Rows (by place) that break one rule."""

    column: str
    reason: str
    places: pl.Series


def _nothing() -> pl.DataFrame:
    return pl.DataFrame(schema=BREACH)


def _places(rows: pl.DataFrame, condition: pl.Expr) -> pl.Series:
    return rows.select(condition.arg_true().cast(pl.UInt32)).to_series()


def _without(rows: pl.DataFrame, found: Sequence[_Found]) -> pl.DataFrame:
    """The same rows; those found are no longer good."""
    good = rows[GOOD]
    for one in found:
        good = good.scatter(one.places, values=False)
    return rows.with_columns(good)


def _in_force(dataset: Dataset, known: pl.DataFrame, good: pl.DataFrame) -> pl.DataFrame:
    """What holds after this delivery: its good rows, and the earlier ones that they don't correct."""
    if known.is_empty():
        return good.unique()
    return pl.concat([known.join(good, on=list(dataset.key), how="anti", nulls_equal=True), good.unique()])


def _sort_out(dataset: Dataset, rows: pl.DataFrame, known: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """The new rows, sorted by all columns, and the lot of every row.

    Of rows that are repeated within the delivery the first one, by file and line, is the new one.
    """
    names = list(dataset.stored)
    lot = pl.Series("lot", [REJECTED], dtype=FATE).new_from_index(0, len(rows))
    places = rows[GOOD].arg_true()
    lot = lot.scatter(places, values=KNOWN)
    if len(known):
        keyed = rows.lazy().with_row_index(_ORDER).filter(GOOD)
        new = keyed.join(known.lazy(), on=names, how="anti", nulls_equal=True).select(_ORDER).collect()
        places = new[_ORDER].sort()
    sorted_places = places.gather(_sorting(rows, names, places))
    ordered = rows.select(names)[sorted_places]
    first = ordered.select(pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in names))
    is_new = first.to_series().scatter([0] if len(ordered) else [], values=True)
    lot = lot.scatter(sorted_places.filter(is_new), values=ACCEPTED)
    return ordered if is_new.all() else ordered.filter(is_new), lot


def _sorting(rows: pl.DataFrame, names: Sequence[str], places: pl.Series) -> pl.Series:
    """The order of these rows by all columns, then file and line. Categories by their text, via their rank."""
    ranks = [rank_texts(rows[name].gather(places)) for name in (*names, FILE, LINE)]
    frame = pl.DataFrame([rank.alias(str(number)) for number, rank in enumerate(ranks)])
    return frame.select(pl.arg_sort_by(frame.columns)).to_series()


def rank_texts(values: pl.Series) -> pl.Series:
    """Numbers in the order of the texts; anything but categories as it is."""
    if not isinstance(values.dtype, pl.Categorical):
        return values
    codes = values.to_physical()
    distinct = values.unique().drop_nulls()
    if distinct.is_empty():
        return codes
    texts = pl.DataFrame({"code": distinct.to_physical().cast(pl.UInt32), "tekst": distinct.cast(pl.String)})
    by_text = texts.sort("tekst")["code"]
    ranks = pl.zeros(int(str(by_text.max())) + 1, dtype=pl.UInt32, eager=True)
    ranks = ranks.scatter(by_text, pl.int_range(len(by_text), dtype=pl.UInt32, eager=True))
    return ranks.gather(codes)


def rows_of(blocks: Iterable[pl.DataFrame], schema: pl.Schema) -> pl.DataFrame:
    """Blocks of typed rows of one dataset, one below the other."""
    layout = pl.Schema([*schema.items(), (LINE, pl.UInt32), (FILE, pl.UInt32), (GOOD, pl.Boolean())])
    return pl.concat([pl.DataFrame(schema=layout), *blocks])
