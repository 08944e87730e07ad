"""Which counts of a system are looked at together before all of them are: a small question is answered sooner."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, pairwise
from typing import Final

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from dashboard.disclosure.moves import Space, within
from dashboard.disclosure.systems import Cell, System

TOGETHER: Final = 10
"""How many schools, at most, are looked at together before all of them are: more schools, fewer hidden cells."""

AT_LEAST: Final = 4
"""How many, at most, where those gave no way in whole numbers."""

TRIED: Final = 4
"""In how many parts of a kind a count is moved before a larger kind is tried."""

Part = frozenset[int]
"""Atoms that may move; all others stay as they are."""


class Parts:
    """The parts of a system, and which of them hold a cell."""

    def __init__(self, system: System) -> None:
        everything = frozenset(range(len(system.atoms)))
        linked = [part for part in _linked(system) if part != everything]
        together, fewer = (_blocks(system.schools, most) for most in (TOGETHER, AT_LEAST))
        alone = linked or [everything]
        kinds = [
            _in_blocks(system, alone, together),
            linked,
            _in_blocks(system, alone, fewer),
            _in_blocks(system, [everything], together),
            [everything],
        ]
        self.all = list(dict.fromkeys(chain.from_iterable(kinds)))
        number = {part: place for place, part in enumerate(self.all)}
        self._holding = [_holding({number[part]: part for part in kind}) for kind in kinds]
        self._known: dict[tuple[int, ...], list[int]] = {}

    def of(self, cell: Cell) -> list[int]:
        """The parts in which a cell is moved, one after the other: a few of each kind, and everything at last.

        What is linked without a hub, some schools at a time; the same of all schools; of fewer schools, where a way
        in whole numbers is found sooner; everything of some schools; everything.
        """
        if cell.atoms not in self._known:
            touched = [sorted({place for atom in cell.atoms for place in kind.get(atom, ())}) for kind in self._holding]
            tried = chain.from_iterable(places[:TRIED] for places in touched)
            self._known[cell.atoms] = list(dict.fromkeys(tried))
        return self._known[cell.atoms]


class Spaces:
    """The moves of every part, under the same prices and bounds; each part is made when it is first asked for."""

    def __init__(self, system: System, cells: Sequence[Cell], parts: Sequence[Part]) -> None:
        self._system = system
        self._atoms = [cell.atoms for cell in cells]
        self._parts = parts
        self._prices: dict[int, float] = {}
        self._forbidden: dict[int, None] = {}
        self._made: dict[int, Space] = {}

    def __getitem__(self, place: int) -> Space:
        """The moves of one part."""
        if place not in self._made:
            space = within(self._system, self._atoms, self._parts[place])
            space.price(self._prices)
            space.forbid(self._forbidden)
            self._made[place] = space
        return self._made[place]

    def price(self, cells: Mapping[int, float]) -> None:
        """What moving these cells by one costs."""
        self._prices |= cells
        for space in self._made.values():
            space.price(cells)

    def forbid(self, cells: Iterable[int]) -> None:
        """These cells don't move: they are shown."""
        chosen = list(cells)
        self._forbidden |= dict.fromkeys(chosen)
        for space in self._made.values():
            space.forbid(chosen)

    def allow(self, cells: Iterable[int]) -> None:
        """These cells may move: they are hidden."""
        chosen = list(cells)
        for cell in chosen:
            self._forbidden.pop(cell, None)
        for space in self._made.values():
            space.allow(chosen)


def _in_blocks(system: System, parts: Iterable[Part], blocks: Sequence[Iterable[int]]) -> list[Part]:
    """Of each part what these schools did, with what several schools did together."""
    found: list[Part] = []
    for part in parts:
        of_school: dict[int | None, list[int]] = {}
        for atom in part:
            of_school.setdefault(system.atoms[atom].school, []).append(atom)
        shared = of_school.get(None, [])
        found += [frozenset(chain(shared, *(of_school.get(school, ()) for school in block))) for block in blocks]
    return found


def _holding(parts: Mapping[int, AbstractSet[int]]) -> dict[int, list[int]]:
    """Atom → the parts that hold it."""
    found: dict[int, list[int]] = {}
    for place, part in parts.items():
        for atom in part:
            found.setdefault(atom, []).append(place)
    return found


def _linked(system: System) -> list[Part]:
    """The atoms that hang together when the hubs stay as they are."""
    groups = [cell.atoms for cell in system.cells] + [tuple(atom for atom, _ in terms) for terms, _ in system.links]
    edges = [
        (group[0], other)
        for known in groups
        if (group := [atom for atom in known if not system.atoms[atom].is_hub])
        for other in group
    ]
    left, right = zip(*edges, strict=True) if edges else ((), ())
    size = len(system.atoms)
    graph = coo_array((np.ones(len(left)), (np.array(left, dtype=int), np.array(right, dtype=int))), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    found: dict[int, set[int]] = {}
    for atom, label in enumerate(labels):
        if not system.atoms[atom].is_hub:
            found.setdefault(int(label), set()).add(atom)
    return [frozenset(part) for part in found.values()]


def _blocks(schools: int, most: int) -> list[range]:
    """Schools that are looked at together first, each in two groups that share no other school; none where few."""
    count = -(-schools // most)
    if count <= 1:
        return []
    ends = [schools * number // count for number in range(count + 1)]
    beside = [range(first, last) for first, last in pairwise(ends)]
    return beside + [range(first, schools, count) for first in range(count)]
