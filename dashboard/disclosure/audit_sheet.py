"""What an attacker can write down about published tables: whole numbers, known or not, and the sums that tie them.

A number is a published cell or one behind it that isn't published, such as a school's half-year. Everything is a count,
never below 0. The true value of every number is kept as well: it's a solution of every set of sums that attackers know,
and so a place to start from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array

Whole = NDArray[np.int64]
Truths = NDArray[np.bool_]

GROUP: Final = "*"

TOP: Final = 10**6
"""No count of a group of schools is larger; everybody knows that."""

MARKS: Final = "verborgen"


@dataclass(frozen=True, slots=True)
class Cell:
    """A hidden cell of a published table."""

    table: str
    key: tuple[str, ...]
    column: str
    whole: int | None
    """The number of which it is a part and that everybody knows, where the rest tells something too."""


@dataclass(frozen=True, slots=True)
class System:
    """Numbers and the sums that tie them: `least <= sums @ numbers <= most`."""

    truth: Whole
    lower: Whole
    upper: Whole
    owner: Whole
    """Whose number it is: the place of a school in `schools`; -1: nobody's, a group's."""
    cells: Mapping[int, Cell]
    """Place of a number → the hidden cell that it is; only cells that attackers are after."""
    floors: Mapping[int, Mapping[int, int]]
    """Place of a group's number → school → that school's part, which its director knows."""
    hubs: Truths
    """Numbers that tie much together: as long as these stay as they are, the system falls apart into small ones."""
    sums: csr_array
    least: Whole
    most: Whole
    schools: tuple[str, ...]
    dropped: int
    """Sums that the true numbers contradict: nobody can use them."""


class Sheet:
    """Collects numbers and sums; `system()` closes it."""

    def __init__(self, schools: Sequence[str]) -> None:
        """Numbers of `schools` have an owner."""
        self._schools = tuple(schools)
        self._places = {school: place for place, school in enumerate(self._schools)}
        self._truth: list[int] = []
        self._lower: list[int] = []
        self._upper: list[int] = []
        self._owner: list[int] = []
        self._cells: dict[int, Cell] = {}
        self._floors: dict[int, dict[int, int]] = {}
        self._hubs: list[int] = []
        self._rows: list[int] = []
        self._columns: list[int] = []
        self._factors: list[int] = []
        self._least: list[int] = []
        self._most: list[int] = []

    def unknown(self, truth: int, owner: str = GROUP, cell: Cell | None = None) -> int:
        """A number nobody reads; the place it has here."""
        return self._number(truth, (0, TOP), owner, cell)

    def known(self, value: int, owner: str = GROUP) -> int:
        """A number everybody reads."""
        return self._number(value, (value, value), owner, None)

    def _number(self, truth: int, span: tuple[int, int], owner: str, cell: Cell | None) -> int:
        place = len(self._truth)
        self._truth.append(truth)
        self._lower.append(span[0])
        self._upper.append(span[1])
        self._owner.append(self._places.get(owner, -1))
        if cell is not None:
            self._cells[place] = cell
        return place

    def floor(self, place: int, school: str, part: int) -> None:
        """A director knows that a group's number is at least the own school's part."""
        if part > 0 and school in self._places:
            self._floors.setdefault(place, {})[self._places[school]] = part

    def hub(self, place: int) -> int:
        """Say of a number that it ties much together."""
        self._hubs.append(place)
        return place

    def equal(self, whole: Iterable[int], parts: Iterable[int]) -> None:
        """The numbers of `whole` add up to those of `parts`."""
        self._link(whole, parts, 0, 0)

    def at_most(self, smaller: Iterable[int], larger: Iterable[int]) -> None:
        """The numbers of `smaller` add up to no more than those of `larger`."""
        self._link(smaller, larger, -(10**9), 0)

    def adds_up_to(self, parts: Iterable[int], value: int) -> None:
        """The numbers add up to something everybody knows."""
        self._link(parts, (), value, value)

    def _link(self, plus: Iterable[int], minus: Iterable[int], least: int, most: int) -> None:
        row = len(self._least)
        for factor, places in ((1, plus), (-1, minus)):
            for place in places:
                self._rows.append(row)
                self._columns.append(place)
                self._factors.append(factor)
        self._least.append(least)
        self._most.append(most)

    def system(self) -> System:
        """Everything written down, less the sums that aren't so."""
        truth = np.array(self._truth, np.int64)
        shape = (len(self._least), len(self._truth))
        sums = csr_array((np.array(self._factors, np.int64), (self._rows, self._columns)), shape=shape)
        least, most = np.array(self._least, np.int64), np.array(self._most, np.int64)
        made: Whole = np.asarray(sums @ truth)
        holds = (made >= least) & (made <= most)
        return System(
            truth,
            np.array(self._lower, np.int64),
            np.array(self._upper, np.int64),
            np.array(self._owner, np.int64),
            self._cells,
            self._floors,
            np.isin(np.arange(len(truth)), self._hubs),
            sums if holds.all() else csr_array(sums[np.flatnonzero(holds)]),
            least[holds],
            most[holds],
            self._schools,
            int((~holds).sum()),
        )

    def rest(self, whole: int, part: int, k: int) -> None:
        """What remains of a hidden whole beside a hidden part tells as much as the part does, where it is small."""
        value = self._truth[whole] - self._truth[part]
        if 1 <= value < k and whole in self._cells and part in self._cells:
            cell = replace(self._cells[part], whole=None)
            place = self._number(value, (0, TOP), GROUP, cell)
            self._owner[place] = self._owner[part]
            self.equal([whole], [part, place])


class Page:
    """One table as published, beside the true one.

    counts: one number per key and column.
    """

    def __init__(self, name: str, shown: pl.DataFrame, exact: pl.DataFrame, key: Sequence[str]) -> None:
        """`key`: the columns that name a row."""
        self.name = name
        self.key = tuple(key)
        self.shown = _rows(shown, self.key)
        self.exact = _rows(exact, self.key)

    def truth(self, key: tuple[Any, ...], column: str) -> int:
        """The true count; a row that isn't there counts nothing."""
        return int((self.exact.get(key) or {}).get(column) or 0)

    def read(self, key: tuple[Any, ...], column: str) -> int | None:
        """What everybody reads; None where it is hidden, or where the row isn't published."""
        row = self.shown.get(key)
        return None if row is None or row[column] is None or is_marked(row, column) else int(row[column])

    def place(
        self, sheet: Sheet, key: tuple[Any, ...], column: str, truth: int | None = None, whole: int | None = None
    ) -> int:
        """Write a cell down: what everybody reads, or what attackers are after.

        `truth` where the published row holds more than the exact row of the same key; `whole`: see `Cell`. A row that
        isn't published says 0, where that is so.
        """
        owner = str(key[self.key.index("brin6")]) if "brin6" in self.key else GROUP
        real = self.truth(key, column) if truth is None else truth
        row = self.shown.get(key)
        if row is None:
            return sheet.unknown(real, owner) if real else sheet.known(0, owner)
        value = self.read(key, column)
        if value is not None:
            return sheet.known(value, owner)
        return sheet.unknown(real, owner, Cell(self.name, spelled(key), column, whole))


def is_marked(row: Mapping[str, Any], column: str) -> bool:
    """Whether a row says that a column is hidden."""
    return column in str(row.get(MARKS) or "").split(",")


def spelled(key: Iterable[Any]) -> tuple[str, ...]:
    """A key as text."""
    return tuple("" if part is None else str(part) for part in key)


def _rows(frame: pl.DataFrame, key: Sequence[str]) -> dict[tuple[Any, ...], dict[str, Any]]:
    if not set(key) <= set(frame.columns):
        return {}
    return {tuple(row[name] for name in key): row for row in frame.iter_rows(named=True)}
