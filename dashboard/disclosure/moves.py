"""How far the truth might be otherwise for a reader: whole-number moves that leave everything shown as it is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import highspy
import numpy as np

from dashboard.disclosure.systems import System

PUBLIC: Final = -1
"""The reader who is no director."""

_UNSEEN: Final = 0.002
"""Cost of moving an atom by one: low, and not nothing, so that little is moved."""

_NEAR: Final = 1e-6
"""How far a solution may lie from the whole number it stands for."""

_FEW: Final = 150
"""Up to how many atoms whole numbers are searched for where that isn't needed."""

_WHOLE: Final = int(highspy.HighsVarType.kInteger)
_ANY: Final = int(highspy.HighsVarType.kContinuous)

_CORNERS: Final = 3
"""How many other corners are tried where one isn't whole."""

_NODES: Final = 50
"""How long whole numbers are searched for: counted, and not timed, so that the answer is always the same."""


_Columns = np.ndarray[tuple[int], np.dtype[np.int32]]
_Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]

_NOTHING: Final = (np.array([], dtype=np.int32), np.array([]))


@dataclass(frozen=True, slots=True)
class Move:
    """Another possible state of affairs, as its difference from the truth."""

    cells: Mapping[int, int]
    """Number of the cell → by how much it differs; cells that don't are left out."""
    barred: frozenset[int]
    """The directors who know better."""


def _known_by(system: System) -> dict[int, tuple[_Columns, _Numbers]]:
    """Director → the columns that are narrower for one who knows the own school, and their upper bounds.

    An own count doesn't move; of a count of several schools the own part is there.
    """
    atoms = len(system.atoms)
    found: dict[int, dict[int, float]] = {}
    for number, atom in enumerate(system.atoms):
        for school, known in atom.known.items():
            found.setdefault(school, {})[atoms + number] = max(atom.truth - known, 0)
        if atom.school is not None:
            found.setdefault(atom.school, {}).update({number: 0, atoms + number: 0})
    return {
        school: (np.array(list(most), dtype=np.int32), np.array(list(most.values()), dtype=float))
        for school, most in found.items()
    }


def within(system: System, cells: Sequence[Sequence[int]], atoms: Collection[int]) -> "Space":
    """The moves that leave all other atoms as they are: fewer, and found sooner."""
    kept = sorted(atoms)
    place = {number: new for new, number in enumerate(kept)}
    chosen = tuple(system.atoms[number] for number in kept)
    parts = [tuple(place[atom] for atom in cell if atom in place) for cell in cells]
    links = tuple(
        (tuple((place[atom], factor) for atom, factor in terms if atom in place), number)
        for terms, number in system.links
    )
    return Space(replace(system, atoms=chosen, links=links), parts)


class Space:
    """All moves of a system, under bounds that can be changed.

    Every atom is the truth plus a rise less a fall; every cell of several atoms has a rise and a fall too, so that
    moving a cell can be given a price and be forbidden.
    """

    def __init__(self, system: System, cells: Sequence[Sequence[int]]) -> None:
        """`cells`: the atoms of each cell."""
        self._cells = cells
        self._truth = [atom.truth for atom in system.atoms]
        self._links = [terms for terms, _ in system.links if terms]
        self._of_atom: list[list[int]] = [[] for _ in system.atoms]
        self._links_of: dict[int, list[tuple[int, int]]] = {}
        for number, terms in enumerate(self._links):
            for place, factor in terms:
                self._links_of.setdefault(place, []).append((number, factor))
        self._floors: list[list[tuple[int, int]]] = []
        for atom in system.atoms:
            floors = [(school, known - atom.truth) for school, known in sorted(atom.known.items())]
            own = [] if atom.school is None else [(atom.school, 0)]
            self._floors.append(own + [(school, min(floor, 0)) for school, floor in floors])
        self._school = [atom.school for atom in system.atoms]
        self._rise: dict[int, int] = {}
        self._fall: dict[int, int] = {}
        self._known_by = _known_by(system)
        for number, cell in enumerate(cells):
            for place in cell:
                self._of_atom[place].append(number)
        self._build()

    def _build(self) -> None:
        atoms = len(self._truth)
        taken: set[int] = set()
        columns = 2 * atoms
        rows: list[list[tuple[int, float]]] = []
        for number, cell in enumerate(self._cells):
            if not cell:
                continue
            only = cell[0] if len(cell) == 1 else None
            if only is not None and only not in taken:
                taken.add(only)
                self._rise[number], self._fall[number] = only, atoms + only
                continue
            self._rise[number], self._fall[number] = columns, columns + 1
            rows.append([*self._terms((atom, 1) for atom in cell), (columns, -1.0), (columns + 1, 1.0)])
            columns += 2
        rows += [self._terms(terms) for terms in self._links]
        self._size = columns
        self._lower = np.zeros(columns)
        self._upper = np.full(columns, highspy.kHighsInf)
        self._upper[atoms : 2 * atoms] = self._truth
        self._price = np.zeros(columns)
        self._price[: 2 * atoms] = _UNSEEN
        self._limit = self._upper.copy()
        self._model = self._passed(rows)

    def _terms(self, terms: Iterable[tuple[int, int]]) -> list[tuple[int, float]]:
        atoms = len(self._truth)
        return [entry for atom, factor in terms for entry in ((atom, float(factor)), (atoms + atom, -float(factor)))]

    def _passed(self, rows: Sequence[Sequence[tuple[int, float]]]) -> highspy.Highs:
        model: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the solver gives no types
        for option, value in _OPTIONS.items():
            model.setOptionValue(option, value)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self._size, len(rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = self._price, self._lower, self._upper
        lp.row_lower_ = lp.row_upper_ = np.zeros(len(rows))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *map(len, rows)])
        lp.a_matrix_.index_ = np.array([column for row in rows for column, _ in row], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([factor for row in rows for _, factor in row])
        model.passModel(lp)
        return model

    def price(self, cells: Mapping[int, float]) -> None:
        """What moving these cells by one costs."""
        columns = self._all_columns(cells)
        if not len(columns):
            return
        values = np.array([value for cell, value in cells.items() for _ in range(2) if cell in self._rise])
        self._price[columns] = values + _UNSEEN
        self._model.changeColsCost(len(columns), columns, self._price[columns])

    def forbid(self, cells: Iterable[int]) -> None:
        """These cells don't move: they are shown."""
        columns = self._all_columns(cells)
        self._upper[columns] = 0
        self._bound(columns)

    def allow(self, cells: Iterable[int]) -> None:
        """These cells may move: they are hidden."""
        columns = self._all_columns(cells)
        self._upper[columns] = self._limit[columns]
        self._bound(columns)

    def find(self, cell: int, amount: int, reader: int) -> Move | None:
        """The cheapest move of a cell by at least `amount` (below 0: down) that this reader holds possible.

        None: there is none.
        """
        if cell not in self._rise:
            return None
        wanted, other = self._columns(cell) if amount > 0 else self._columns(cell)[::-1]
        if self._upper[wanted] < abs(amount):
            return None
        changed = self._narrow(reader, wanted, other, abs(amount))
        try:
            return self._solved(cell, amount, reader)
        finally:
            self._bound(changed)

    def _columns(self, cell: int) -> tuple[int, int]:
        return self._rise[cell], self._fall[cell]

    def _all_columns(self, cells: Iterable[int]) -> _Columns:
        moving = (cell for cell in cells if cell in self._rise)
        return np.array([column for cell in moving for column in self._columns(cell)], dtype=np.int32)

    def _bound(self, columns: _Columns) -> None:
        if len(columns):
            self._model.changeColsBounds(len(columns), columns, self._lower[columns], self._upper[columns])

    def _narrow(self, reader: int, wanted: int, other: int, amount: int) -> _Columns:
        """Sets what holds for this question only; returns the columns that have to be set back."""
        known, most = self._known_by.get(reader, _NOTHING)
        columns, places = np.unique(np.concatenate([known, [other, wanted]]), return_inverse=True)
        highs = self._upper[columns]
        np.minimum.at(highs, places[:-2], most)
        highs[places[-2]] = 0.0
        lows = np.zeros(len(columns))
        lows[places[-1]] = min(float(amount), highs[places[-1]])
        self._is_impossible = bool(highs[places[-1]] < amount)
        columns = columns.astype(np.int32)
        self._model.changeColsBounds(len(columns), columns, lows, highs)
        return columns

    def _solved(self, cell: int, amount: int, reader: int) -> Move | None:
        """Corners are nearly always whole; else a rounder amount may give one that is, and then a search does."""
        if self._is_impossible:
            return None
        wanted = self._columns(cell)[amount < 0]
        for least in (abs(amount), abs(amount) + 1, abs(amount) + 3):
            if least > self._upper[wanted]:
                break
            self._model.changeColBounds(wanted, least, self._upper[wanted])
            if not self._is_solved():
                break
            move = self._whole(cell, amount, reader) or self._elsewhere(cell, amount, reader)
            if move is not None:
                return move
        if least == abs(amount):
            return None
        if len(self._truth) > _FEW:
            return None
        self._model.changeColBounds(wanted, abs(amount), self._upper[wanted])
        return self._searched(cell, amount, reader)

    def _elsewhere(self, cell: int, amount: int, reader: int) -> Move | None:
        """Another corner that costs nearly as little: one with slightly other prices, always the same ones."""
        columns = np.arange(self._size, dtype=np.int32)
        for number in range(1, _CORNERS + 1):
            self._model.changeColsCost(self._size, columns, self._price * (1 + 0.3 * (columns * number * 0.618 % 1)))
            move = self._whole(cell, amount, reader) if self._is_solved() else None
            if move is not None:
                break
        self._model.changeColsCost(self._size, columns, self._price)
        return move

    def _is_solved(self) -> bool:
        self._model.run()
        return bool(self._model.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _searched(self, cell: int, amount: int, reader: int) -> Move | None:
        """The same question in whole numbers: first with what the corner moves, then with everything."""
        columns = np.arange(self._size, dtype=np.int32)
        self._model.changeColsIntegrality(self._size, columns, np.full(self._size, _WHOLE, dtype=np.uint8))
        self._model.setOptionValue("presolve", "on")
        try:
            self._model.run()
            return self._whole(cell, amount, reader)
        finally:
            self._model.setOptionValue("presolve", "off")
            self._model.changeColsIntegrality(self._size, columns, np.full(self._size, _ANY, dtype=np.uint8))

    def _whole(self, cell: int, amount: int, reader: int) -> Move | None:
        """The solution in whole numbers, checked one by one; None where it isn't one."""
        values = np.array(self._model.getSolution().col_value)
        if len(values) != self._size:
            return None
        atoms = len(self._truth)
        exact = values[:atoms] - values[atoms : 2 * atoms]
        rounded = np.rint(exact).astype(int)
        if np.abs(exact - rounded).max(initial=0) > _NEAR * 1000:
            return None
        step = {int(atom): int(rounded[atom]) for atom in np.flatnonzero(rounded)}
        return self._checked(step, cell, amount, reader)

    def _checked(self, step: Mapping[int, int], cell: int, amount: int, reader: int) -> Move | None:
        moved: dict[int, int] = {}
        for atom, size in step.items():
            for number in self._of_atom[atom]:
                moved[number] = moved.get(number, 0) + size
        moved = {number: size for number, size in sorted(moved.items()) if size}
        barred = frozenset(
            school
            for atom, size in step.items()
            for school, floor in self._floors[atom]
            if size < floor or (school == self._school[atom])
        )
        is_right = (
            all(size >= -self._truth[atom] for atom, size in step.items())
            and all(self._upper[self._rise[number]] > 0 for number in moved)
            and not any(self._imbalance(step).values())
            and moved.get(cell, 0) * (1 if amount > 0 else -1) >= abs(amount)
            and reader not in barred
        )
        return Move(moved, barred) if is_right else None

    def _imbalance(self, step: Mapping[int, int]) -> dict[int, int]:
        """By how much what everyone knows would not add up any more, for every sum that a step touches."""
        found: dict[int, int] = {}
        for atom, size in step.items():
            for number, factor in self._links_of.get(atom, ()):
                found[number] = found.get(number, 0) + factor * size
        return found


_OPTIONS: Final[Mapping[str, str | int | float | bool]] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "presolve": "off",
    "solver": "simplex",
    "simplex_strategy": 1,
    "mip_max_nodes": _NODES,
    "mip_max_improving_sols": 1,
}
