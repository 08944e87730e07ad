"""The published tables of a snapshot as one audience may see them: one door for pages, files, reports and commands."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

import polars as pl

from dashboard.access.audiences import ADMINISTRATOR, LABELS, Audience, UnknownAudience, audience
from dashboard.disclosure.masking import HIDDEN
from dashboard.disclosure.universe import UNIVERSE
from dashboard.indicators.catalogue import PUBLISHED
from dashboard.store.places import StoreProblem
from dashboard.store.questions import MissingTable, Questions, Value, open_questions
from dashboard.store.snapshots import EXACT, SHARED, Snapshot, fault_of

OF_ADMINISTRATOR: Final = ("data_quality", "imports", "refusals")
"""What the administrator sees exact: how many rows were delivered."""

OF_GROUP: Final[Mapping[str, tuple[str, ...]]] = {
    "consent_funnel": ("groep", "onder95", "boven95", "onder998", "boven998", "oordeel"),
    "incident_funnel": ("groep", "onder95", "boven95", "onder998", "boven998", "oordeel"),
}
"""What a row of a school tells of the group: a director sees it where everyone does."""


class NotForAudience(StoreProblem):
    """The table isn't there for this audience."""


class Figures(Protocol):
    """The published tables of one snapshot for one audience."""

    def ask(self, table: str, **wanted: Value) -> pl.DataFrame:
        """A published table with its rates; `wanted` narrows it, one list of values a column.

        Returns: the columns of the table, and for protected audiences `verborgen` (text: the names of the hidden
        columns of the row, whose values are null; null where nothing is hidden).
        Raises: MissingTable where the snapshot is too old; NotForAudience; KeyError for an unknown filter.
        """

    def holds(self, table: str) -> bool:
        """Whether there is such a table for this audience in this snapshot."""


class ExactFigures:
    """Every figure, exact."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    def ask(self, table: str, **wanted: Value) -> pl.DataFrame:
        """See `Figures.ask`."""
        counts = self._questions.ask(table, **wanted)
        return PUBLISHED[table].figures(counts) if table in PUBLISHED else counts

    def holds(self, table: str) -> bool:
        """See `Figures.holds`."""
        return self._questions.holds(table)


class LeftOut(StoreProblem):
    """The table isn't in this snapshot for anyone but the board, since something could be worked out of it."""


class SharedFigures:
    """What every protected audience sees: a selection made when the snapshot was published."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], who: Audience) -> None:
        self._tables = tables
        self._who = who

    def ask(self, table: str, **wanted: Value) -> pl.DataFrame:
        """See `Figures.ask`."""
        if table in UNIVERSE and table not in self._tables:
            raise LeftOut(
                f"De tabel {table} is in deze momentopname alleen voor het bestuur: er zouden kleine aantallen uit te "
                "herleiden zijn."
            )
        if table not in self._tables:
            raise NotForAudience(
                f"De tabel {table} is er niet voor {LABELS[self._who.role]}: daarin staan kleine aantallen."
            )
        return narrowed(self._tables[table], wanted)

    def holds(self, table: str) -> bool:
        """See `Figures.holds`."""
        return table in self._tables


class AdministratorFigures:
    """What everyone sees, and exact how much was delivered."""

    def __init__(self, shared: SharedFigures, exact: ExactFigures) -> None:
        self._shared = shared
        self._exact = exact

    def ask(self, table: str, **wanted: Value) -> pl.DataFrame:
        """See `Figures.ask`."""
        return (self._exact if table in OF_ADMINISTRATOR else self._shared).ask(table, **wanted)

    def holds(self, table: str) -> bool:
        """See `Figures.holds`."""
        return (self._exact if table in OF_ADMINISTRATOR else self._shared).holds(table)


class DirectorFigures:
    """The own school exact, and of the others what everyone sees."""

    def __init__(self, shared: SharedFigures, exact: ExactFigures, school: str) -> None:
        self._shared = shared
        self._exact = exact
        self._school = school

    def ask(self, table: str, **wanted: Value) -> pl.DataFrame:
        """See `Figures.ask`."""
        if not self.holds(table) or not self._has_schools(table):
            return self._shared.ask(table, **wanted)
        own = self._exact.ask(table, **{**wanted, "brin6": [self._school]})
        if not self._shared.holds(table):
            return narrowed(own, wanted)
        shared = self._shared.ask(table, **wanted)
        mine = pl.col("brin6") == self._school
        others, beside = shared.filter(~mine), shared.filter(mine)
        own = narrowed(own.with_columns(pl.lit(None, dtype=pl.String).alias(HIDDEN)), wanted)
        if table in OF_GROUP:
            own = _beside_group(own, beside, OF_GROUP[table])
        keys = list(PUBLISHED[table].key) if table in PUBLISHED else ["brin6"]
        return pl.concat([others, own.select(others.columns)]).sort(keys)

    def holds(self, table: str) -> bool:
        """See `Figures.holds`."""
        return self._shared.holds(table) or (self._has_schools(table) and self._exact.holds(table))

    @staticmethod
    def _has_schools(table: str) -> bool:
        return table in PUBLISHED and "brin6" in PUBLISHED[table].key


def _beside_group(own: pl.DataFrame, shared: pl.DataFrame, of_group: Sequence[str]) -> pl.DataFrame:
    """The own rows that everyone has too, with what they tell of the group only where everyone sees it."""
    texts = [name for name in own.columns if own.schema[name] in (pl.String, pl.Date)]
    keys = [name for name in texts if name not in {*of_group, HIDDEN}]
    group = pl.col("_hidden").fill_null("").str.split(",").list.contains(of_group[0])
    both = own.drop(HIDDEN).join(shared.select(*keys, pl.col(HIDDEN).alias("_hidden")), on=keys, how="inner")
    told = pl.when(group).then(pl.lit(",".join(of_group))).otherwise(None).alias(HIDDEN)
    return both.with_columns(
        *(pl.when(group).then(None).otherwise(pl.col(name)).alias(name) for name in of_group), told
    ).drop("_hidden")


def rows_of(figures: Figures, table: str, **wanted: Value) -> pl.DataFrame:
    """As `Figures.ask`; without rows where the snapshot is too old for a published table, or it isn't for the audience.

    Raises: LeftOut where it was left out, since no rows would say that there is nothing; MissingTable and
    NotForAudience for anything that isn't a published table; KeyError for an unknown filter.
    """
    try:
        return figures.ask(table, **wanted)
    except (MissingTable, NotForAudience):
        if table not in PUBLISHED:
            raise
        return PUBLISHED[table].nothing


def narrowed(frame: pl.DataFrame, wanted: Mapping[str, Value]) -> pl.DataFrame:
    """The rows with one of the wanted values in each of these columns; null wants them all. Raises KeyError."""
    for column, values in wanted.items():
        if column not in frame.columns:
            raise KeyError(f"there is no filter {column}")
        if values is not None:
            chosen = [values] if isinstance(values, (str, int)) or not isinstance(values, Sequence) else list(values)
            frame = frame.filter(pl.col(column).is_in(chosen))
    return frame


def open_figures(snapshot: Snapshot, name: str, queries: Path) -> Figures:
    """The figures of a snapshot for an audience (`bestuur`, `gmr`, `directeur:02QZ00`, …).

    Raises StoreProblem for an unknown audience, or where the snapshot holds nothing for it.
    """
    try:
        who = audience(name)
    except UnknownAudience as problem:
        raise StoreProblem(str(problem)) from None
    shared = SharedFigures(_shared_tables(snapshot), who) if who.is_protected else None
    if shared is not None and who.school is None and who.role != ADMINISTRATOR:
        return shared  # exact figures aren't even opened
    exact = ExactFigures(open_questions(snapshot.folder / EXACT, queries))
    if shared is None:
        return exact
    if who.school is None:
        return AdministratorFigures(shared, exact)
    if who.school not in exact.ask("schools")["brin6"]:
        raise StoreProblem(f"Er is geen school met het nummer {who.school}.")
    return DirectorFigures(shared, exact, who.school)


def _shared_tables(snapshot: Snapshot) -> dict[str, pl.DataFrame]:
    files = sorted((snapshot.folder / SHARED).glob("*.parquet"))
    if not files:
        fault = fault_of(snapshot)
        why = (
            "is gemaakt toen er nog geen beschermde cijfers waren"
            if fault is None
            else f"kon niet worden beschermd, door fout {fault} in het programma"
        )
        raise StoreProblem(
            f"Deze momentopname {why}: alleen het bestuur kan haar zien. Met de volgende import komen ze erbij."
        )
    tables = {file.stem: pl.read_parquet(file) for file in files}
    return {name: frame.sort(PUBLISHED[name].key) if name in PUBLISHED else frame for name, frame in tables.items()}


__all__ = ["HIDDEN", "ExactFigures", "Figures", "MissingTable", "NotForAudience", "narrowed", "open_figures", "rows_of"]
