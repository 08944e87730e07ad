"""Between which values a hidden number may lie, for everyone who looks: integer programming with HiGHS.

Three ways, the cheapest first. Intervals passed along the sums can only be too wide: what they pin down is pinned down.
Every solution in whole numbers shows for all numbers at once how far they may go, so solutions are sought that move as
many numbers as possible; a solution that leaves a school as it is, is one for that school's director too. What is still
open is then asked number by number. A question that isn't answered in time is a leak.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csc_array, csr_array
from scipy.sparse.csgraph import connected_components

from dashboard.disclosure.audit_sheet import TOP, Cell, System, Whole

PASSES: Final = 60
WINDOW: Final = 10
"""No more schools than this move at a time in a large group."""
TURNS: Final = 6
"""So often a large group is split into windows, each time otherwise."""
ROUNDS: Final = 5
STALLED: Final = 1
SECONDS: Final = 20.0
"""For one question; unanswered by then is unproven."""

INFEASIBLE: Final = 2
"""What HiGHS says where no solution exists."""

ENOUGH: Final = 60
"""So many leaks in one system are worked out; others there are leaks without proof."""
LOOSE: Final = 0.2
"""How far a solution that moves many numbers may be from the best."""
FAR: Final = 10_000
"""Further than any threshold."""

PUBLIC: Final = -1


@dataclass(frozen=True, slots=True)
class Finding:
    """A number that an attacker can tell too well."""

    cell: Cell
    attacker: int
    """Place of a school, or `PUBLIC`."""
    least: int
    greatest: int
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Aim:
    """A number that attackers are after."""

    place: int
    need: int
    """How far apart its least and greatest value have to be."""
    is_small: bool
    """Whoever is counted in it knows that it is at least 1."""
    whole: int | None
    """The known whole of which a small part remains: whoever is in that knows that it is at most one less."""


def findings(system: System, k: int) -> Iterator[Finding]:
    """Every hidden cell that somebody can tell too well; `k`: the threshold."""
    lower, upper = intervals(system, system.lower, system.upper)
    aims = [_aim(system, place, cell, k) for place, cell in system.cells.items()]
    known = set()
    for aim in aims:
        span = int(lower[aim.place]), int(upper[aim.place])
        if _spread(aim, *span) < aim.need:
            known.add(aim.place)
            yield Finding(system.cells[aim.place], PUBLIC, *span, is_proven=True)
    open_aims = {aim.place: aim for aim in aims if aim.place not in known}
    for part, places in _parts(replace(system, lower=lower, upper=upper)):
        here = [replace(open_aims[old], place=new) for new, old in enumerate(places.tolist()) if old in open_aims]
        if here:
            yield from _without_repeats(_Attack(part, here).findings())


def _without_repeats(found: Iterable[Finding]) -> Iterator[Finding]:
    """What everybody can tell isn't said once more of directors."""
    every = list(found)
    public = {finding.cell for finding in every if finding.attacker == PUBLIC}
    yield from (finding for finding in every if finding.attacker == PUBLIC or finding.cell not in public)


def _aim(system: System, place: int, cell: Cell, k: int) -> Aim:
    value = int(system.truth[place])
    is_small = 1 <= value < k
    is_rest_small = cell.whole is not None and 1 <= cell.whole - value < k
    return Aim(place, k if is_small or is_rest_small else 1, is_small, cell.whole if is_rest_small else None)


def _spread(aim: Aim, least: int, greatest: int) -> int:
    """How far apart two bounds are for whoever is counted."""
    by_part = greatest - (max(least, 1) if aim.is_small else least)
    by_rest = (greatest if aim.whole is None else min(greatest, aim.whole - 1)) - least
    return min(by_part, by_rest)


def intervals(system: System, lower: Whole, upper: Whole) -> tuple[Whole, Whole]:
    """Bounds of every number that follow from the sums one by one: never too narrow."""
    entries = system.sums.tocoo()
    if entries.nnz == 0:
        return lower.copy(), upper.copy()
    order = np.argsort(entries.col, kind="stable")
    row, column, factor = entries.row[order], entries.col[order], entries.data[order]
    starts = np.flatnonzero(np.r_[True, column[1:] != column[:-1]])
    touched = column[starts]
    lower, upper = lower.copy(), upper.copy()
    for _ in range(PASSES):
        from_below = np.where(factor > 0, lower[column], -upper[column])
        from_above = np.where(factor > 0, upper[column], -lower[column])
        lowest = np.bincount(row, from_below, len(system.least)).astype(np.int64)
        highest = np.bincount(row, from_above, len(system.least)).astype(np.int64)
        # Factors are 1 and -1: what the rest of the sum leaves room for.
        room = system.most[row] - lowest[row] + from_below
        push = system.least[row] - highest[row] + from_above
        most = np.minimum.reduceat(np.where(factor > 0, room, -push), starts)
        least = np.maximum.reduceat(np.where(factor > 0, push, -room), starts)
        tighter = (most < upper[touched]) | (least > lower[touched])
        if not tighter.any():
            break
        upper[touched] = np.minimum(upper[touched], most)
        lower[touched] = np.maximum(lower[touched], least)
    return lower, upper


def _parts(system: System) -> Iterator[tuple[System, Whole]]:
    """The systems that have nothing to do with each other once the known numbers are filled in, and where they were."""
    free = np.flatnonzero(system.lower < system.upper)
    if not free.size:
        return
    fixed = np.where(system.lower < system.upper, 0, system.lower)
    filled = system.sums @ fixed
    sums = csr_array(csc_array(system.sums)[:, free])
    for lines, columns in _components(sums):
        places = free[columns]
        if any(int(place) in system.cells for place in places):
            yield _cut(system, csr_array(csc_array(sums[lines])[:, columns]), lines, places, filled), places


def _cut(system: System, sums: csr_array, lines: Whole, places: Whole, filled: Whole) -> System:
    return System(
        system.truth[places],
        system.lower[places],
        system.upper[places],
        system.owner[places],
        {new: system.cells[int(old)] for new, old in enumerate(places) if int(old) in system.cells},
        {new: system.floors[int(old)] for new, old in enumerate(places) if int(old) in system.floors},
        system.hubs[places],
        sums,
        system.least[lines] - filled[lines],
        system.most[lines] - filled[lines],
        system.schools,
        0,
    )


class _Attack:
    """All attackers on one system. Keeps for each how far from the truth every aim was seen to go."""

    def __init__(self, system: System, aims: Sequence[Aim]) -> None:
        self.system = system
        self.aims = list(aims)
        self.places = np.array([aim.place for aim in aims])
        self.need = np.array([aim.need for aim in aims])
        self.small = np.array([aim.is_small for aim in aims])
        self.whole = np.array([2 * TOP if aim.whole is None else aim.whole for aim in aims])
        self.truth = system.truth[self.places]
        floors = [(place, school, part) for place, parts in system.floors.items() for school, part in parts.items()]
        self.floors = np.array(floors, np.int64).reshape(-1, 3)
        owners = system.owner[system.owner >= 0]
        self.schools = np.unique(np.r_[owners, self.floors[:, 1]])
        self.attackers = np.r_[PUBLIC, self.schools]
        own = system.owner[self.places]
        self.safe = (own == self.attackers[:, None]) & (own >= 0)
        self.down = np.zeros(self.safe.shape, np.int16)
        self.up = np.zeros(self.safe.shape, np.int16)
        self.chance = np.random.default_rng(len(aims))
        self.sums = csc_array(system.sums)
        self.told = 0

    def findings(self) -> Iterator[Finding]:
        """What each attacker can tell too well."""
        lines = range(len(self.attackers))
        for line in lines if len(lines) <= 2 * WINDOW else (0,):
            yield from self._pinned(line, *self._bounds(line))
        self._windows()
        for line in lines:
            if not self._open([line]).size:
                continue
            lower, upper = self._bounds(line)
            yield from self._pinned(line, lower, upper)
            if len(self.schools) > 2 * WINDOW:
                self._rounds(np.array([line]), self._problem(*self._nearby(line, lower, upper)))
            if not self._open([line]).size:
                continue
            problems = [self._problem(*self._held(lower, upper)), self._problem(lower, upper)]
            for problem in problems:
                self._rounds(np.array([line]), problem)
            yield from self._one_by_one(line, problems)

    def _problem(self, lower: Whole, upper: Whole) -> "_Problem":
        return _Problem.of(self.sums, self.system, lower, upper)

    def _held(self, lower: Whole, upper: Whole) -> tuple[Whole, Whole]:
        """With the hubs as they are: a solution of that is one of the whole."""
        hubs = self.system.hubs
        return np.where(hubs, self.system.truth, lower), np.where(hubs, self.system.truth, upper)

    def _nearby(self, line: int, lower: Whole, upper: Whole) -> tuple[Whole, Whole]:
        """With only a few schools moving, those of the open aims among them."""
        mine = self.system.owner[self.places[self._open([line])]]
        others = self.chance.permutation(np.setdiff1d(self.schools, self.attackers[line]))[:WINDOW]
        moves = np.isin(self.system.owner, np.r_[mine, others]) | (self.system.owner < 0)
        return np.where(moves, lower, self.system.truth), np.where(moves, upper, self.system.truth)

    def _windows(self) -> None:
        """A few schools at a time: a solution then holds for the directors of all the others."""
        for window, holds_hubs in _windows(self.schools, self.chance):
            lines = np.flatnonzero(~np.isin(self.attackers, window))
            moves = np.isin(self.system.owner, window) | (self.system.owner < 0)
            moves &= ~(self.system.hubs & holds_hubs)
            lower = np.where(moves, self.system.lower, self.system.truth)
            upper = np.where(moves, self.system.upper, self.system.truth)
            self._rounds(lines, self._problem(self._above_floors(lines, lower), upper))

    def _above_floors(self, lines: Whole, lower: Whole) -> Whole:
        known = np.isin(self.floors[:, 1], self.attackers[lines])
        np.maximum.at(lower, self.floors[known, 0], self.floors[known, 2])
        return lower

    def _bounds(self, line: int) -> tuple[Whole, Whole]:
        """What an attacker knows of every number, as far as it follows from the sums one by one."""
        own = (self.system.owner == self.attackers[line]) & (line > 0)
        lower = np.where(own, self.system.truth, self.system.lower)
        upper = np.where(own, self.system.truth, self.system.upper)
        return intervals(self.system, self._above_floors(np.array([line]), lower), upper)

    def _open(self, lines: Sequence[int] | Whole, among: Whole | None = None) -> Whole:
        """Aims that at least one of these attackers may tell too well, as far as was seen."""
        places = np.arange(len(self.aims)) if among is None else among
        return places[(self._wanting(lines, places) > 0).any(axis=0)]

    def _wanting(self, lines: Sequence[int] | Whole, places: Whole) -> NDArray[np.int64]:
        """How much further apart the values should lie. Who is counted in a number narrows what the public sees."""
        here = np.ix_(np.asarray(lines), places)
        least, greatest = self.truth[places] - self.down[here], self.truth[places] + self.up[here]
        public = np.asarray(lines)[:, None] == 0
        by_part = greatest - np.where(public & self.small[places], np.maximum(least, 1), least)
        by_rest = np.where(public, np.minimum(greatest, self.whole[places] - 1), greatest) - least
        wanting: NDArray[np.int64] = self.need[places] - np.minimum(by_part, by_rest)
        return np.where(self.safe[here], 0, np.maximum(wanting, 0))

    def _pinned(self, line: int, lower: Whole, upper: Whole) -> Iterator[Finding]:
        for place in self._open([line]):
            aim = self.aims[place]
            least, greatest = int(lower[aim.place]), int(upper[aim.place])
            spread = greatest - least if line else _spread(aim, least, greatest)
            if spread < aim.need:
                yield self._found(line, int(place), (least, greatest), is_proven=True)

    def _found(self, line: int, place: int, span: tuple[int, int], *, is_proven: bool) -> Finding:
        self.safe[line or slice(None), place] = True
        cell = self.system.cells[self.aims[place].place]
        return Finding(cell, int(self.attackers[line]), *span, is_proven)

    def _rounds(self, lines: Whole, problem: "_Problem") -> None:
        """Solutions that move many aims at once, up or down by chance, none further than needed."""
        among = np.flatnonzero(problem.block_of[self.places] >= 0)
        stalled = 0
        for _ in range(ROUNDS):
            aims = self._open(lines, among)
            if not aims.size or stalled >= STALLED:
                return
            before = self._wanting(lines, aims).sum()
            signs = self.chance.choice([-1, 1], aims.size)
            for direction in (signs, -signs):
                self._move(problem, lines, aims, direction)
            stalled = stalled + 1 if self._wanting(lines, aims).sum() == before else 0

    def _move(self, problem: "_Problem", lines: Whole, aims: Whole, signs: Whole, gap: float = LOOSE) -> bool:
        """Take aims up (1) or down (-1); whether no solution takes them further."""
        places, room = self.places[aims], self.need[aims] + 1
        least = self.truth[aims] - self.down[np.ix_(lines, aims)].min(axis=0)
        greatest = self.truth[aims] + self.up[np.ix_(lines, aims)].min(axis=0)
        lower, upper, weight = problem.lower.copy(), problem.upper.copy(), np.zeros(len(problem.lower))
        lower[places] = np.where(signs < 0, np.maximum(lower[places], greatest - room), lower[places])
        upper[places] = np.where(signs > 0, np.minimum(upper[places], least + room), upper[places])
        weight[places] = -signs
        answer = problem.solve(weight, lower, upper, gap)
        self._credit(answer.numbers)
        return answer.is_best

    def _credit(self, numbers: Whole) -> None:
        """A solution widens what is known of every attacker who can't tell it from the truth."""
        moved = np.flatnonzero(numbers != self.system.truth)
        low = self.floors[numbers[self.floors[:, 0]] < self.floors[:, 2], 1]
        by_others = ~np.isin(self.attackers, np.r_[self.system.owner[moved], low])
        by_others[0] = True
        places = np.flatnonzero(np.isin(self.places, moved))
        here = np.ix_(by_others, places)
        far = np.clip(numbers[self.places[places]] - self.truth[places], -FAR, FAR).astype(np.int16)
        self.up[here] = np.maximum(self.up[here], far)
        self.down[here] = np.maximum(self.down[here], -far)

    def _one_by_one(self, line: int, problems: Sequence["_Problem"]) -> Iterator[Finding]:
        for place in self._open([line]).tolist():
            is_certain = self.told < ENOUGH and self._settle(problems, line, place)
            if not self._open([line], np.array([place])).size:
                continue
            self.told += 1
            truth = int(self.truth[place])
            span = truth - int(self.down[line, place]), truth + int(self.up[line, place])
            yield self._found(line, place, span, is_proven=is_certain)

    def _settle(self, problems: Sequence["_Problem"], line: int, place: int) -> bool:
        """Take one aim as far as it has to go; whether the last of the problems, the whole, was answered."""
        aim, lines = np.array([place]), np.array([line])
        is_certain = True
        for problem in problems:
            is_certain = True
            for sign in (1, -1):
                if self._open(lines, aim).size and problem.block_of[self.places[place]] >= 0:
                    is_certain &= self._move(problem, lines, aim, np.array([sign]), gap=0.0)
        return is_certain


def _windows(schools: Whole, chance: np.random.Generator) -> Iterator[tuple[Whole, bool]]:
    """Groups of schools such that, of nearly any two, one is in a group without the other; and whether hubs stay."""
    if len(schools) > 2 * WINDOW:
        for turn in range(TURNS):
            groups = np.array_split(chance.permutation(schools) if turn else schools, len(schools) // WINDOW)
            yield from ((group, turn < TURNS - 2) for group in groups)
        return
    for bit in range(max(len(schools) - 1, 0).bit_length()):
        halves = (np.arange(len(schools)) >> bit) & 1
        yield from ((half, True) for half in (schools[halves == 0], schools[halves == 1]) if len(half) > 1)
    for place in range(0, len(schools) - 3, 2):
        yield np.delete(schools, [place, place + 1]), False


@dataclass(frozen=True, slots=True)
class _Answer:
    numbers: Whole
    is_best: bool


@dataclass(frozen=True, slots=True)
class _Block:
    """Numbers that move together, apart from all others."""

    free: Whole
    sums: csr_array
    least: Whole
    most: Whole


@dataclass(frozen=True, slots=True)
class _Problem:
    """What an attacker knows, with the numbers that may move."""

    lower: Whole
    upper: Whole
    truth: Whole
    block_of: Whole
    """Place of a number → its block; -1: it doesn't move."""
    blocks: tuple[_Block, ...]

    @classmethod
    def of(cls, sums: csc_array, system: System, lower: Whole, upper: Whole) -> "_Problem":
        """Bounds that hold the truth, on the sums of a system."""
        free = np.flatnonzero(lower < upper)
        narrow = csr_array(sums[:, free])
        filled = sums @ np.where(lower < upper, 0, lower)
        least, most = system.least - filled, system.most - filled
        blocks: list[_Block] = []
        block_of = np.full(len(lower), -1)
        for lines, columns in _components(narrow):
            block_of[free[columns]] = len(blocks)
            part = csr_array(csc_array(narrow[lines])[:, columns])
            blocks.append(_Block(free[columns], part, least[lines], most[lines]))
        return cls(lower, upper, system.truth, block_of, tuple(blocks))

    def solve(self, weight: NDArray[np.float64], lower: Whole, upper: Whole, gap: float) -> _Answer:
        """A solution in whole numbers with the least weight; what has no weight stays as it is."""
        numbers, is_best = np.clip(self.truth, self.lower, self.upper), True
        for block in np.unique(self.block_of[np.flatnonzero(weight)]):
            if block < 0:
                continue
            found, was_best = _solve(self.blocks[block], weight, (lower, upper), gap)
            is_best = is_best and was_best
            if found is not None:
                numbers[self.blocks[block].free] = found
        return _Answer(numbers, is_best)


def _components(sums: csr_array) -> Iterator[tuple[Whole, Whole]]:
    """Rows and columns that hang together; rows without a number are in none."""
    entries = coo_array(sums)
    row, column = entries.coords
    size = sum(sums.shape)
    graph = coo_array((np.ones(len(row)), (row, column + sums.shape[0])), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    rows, columns = labels[: sums.shape[0]], labels[sums.shape[0] :]
    row_order, column_order = np.argsort(rows, kind="stable"), np.argsort(columns, kind="stable")
    names = np.unique(columns)
    row_ends = [np.searchsorted(rows, names, side, sorter=row_order) for side in ("left", "right")]
    column_ends = [np.searchsorted(columns, names, side, sorter=column_order) for side in ("left", "right")]
    for row_span, column_span in zip(zip(*row_ends, strict=True), zip(*column_ends, strict=True), strict=True):
        yield row_order[slice(*row_span)], column_order[slice(*column_span)]


def _solve(
    block: _Block, weight: NDArray[np.float64], span: tuple[Whole, Whole], gap: float
) -> tuple[Whole | None, bool]:
    """The numbers of a block, checked without rounding, or None; and whether nothing better exists."""
    lower, upper = span[0][block.free], span[1][block.free]
    constraints = LinearConstraint(block.sums, block.least, block.most) if block.sums.shape[0] else ()
    # Without asking for whole numbers the answer comes sooner, and mostly in whole numbers all the same.
    for kind in (0, 1):
        result = milp(
            weight[block.free],
            integrality=np.full(block.free.size, kind),
            bounds=Bounds(lower, upper),
            constraints=constraints,
            options={"time_limit": SECONDS, "mip_rel_gap": gap},
        )
        numbers = None if result.x is None else np.rint(result.x).astype(np.int64)
        if numbers is not None and _is_solution(block, numbers, lower, upper):
            is_best = result.status == 0 and (gap == 0 or kind == 0)
            return (numbers, is_best)
    return None, result.status == INFEASIBLE


def _is_solution(block: _Block, numbers: Whole, lower: Whole, upper: Whole) -> bool:
    """Checked in whole numbers."""
    made = block.sums @ numbers
    is_sound = (made >= block.least).all() and (made <= block.most).all()
    return bool(is_sound and (numbers >= lower).all() and (numbers <= upper).all())
