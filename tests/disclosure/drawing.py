"""Made-up systems of every kind, drawn by number: the same number gives the same system."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import product
from random import Random
from typing import Final

from dashboard.disclosure.systems import Atom, Cell, System, Terms
from tests.disclosure.tables import Line, table

FEW: Final = (0, 0, 1, 2, 3, 4)
SPARSE: Final = (0, 0, 0, 0, 0, 1, 2, 12)
ZEROS: Final = (0, 0, 0, 0, 0, 0, 0, 0, 3, 40)
LARGE: Final = (3, 18, 40, 75, 160, 900)
MIXED: Final = (0, 1, 2, 4, 5, 7, 12, 30, 50)
NOTHING: Final = (0,) * 20 + (1,)

Shape = tuple[tuple[int, int], tuple[int, int]]
"""How many schools and how many values: the fewest and the most."""


def _rows(random: Random, shape: Shape, numbers: Sequence[int]) -> list[Line]:
    height, width = (random.randint(*span) for span in shape)
    return [tuple(random.choices(numbers, k=width)) for _ in range(height)]


def _plain(random: Random, shape: Shape, numbers: Sequence[int], *, of_schools: bool = True) -> System:
    return table(_rows(random, shape, numbers), of_schools=of_schools)


def _of_pupils(random: Random, width: int, numbers: Sequence[int]) -> System:
    """Answers of the pupils of schools: how many pupils there are everyone knows, so no sum of a row is needed."""
    return table(_rows(random, ((3, 4), (width, width)), numbers), wholes=True, margins=("columns",))


def _remembered(random: Random) -> System:
    """A table after an earlier one: some large cells were shown then, some hidden."""
    system = table(_rows(random, ((3, 3), (3, 3)), MIXED))
    shown, hidden = (set(random.sample([cell.name for cell in system.cells], 2)) for _ in range(2))
    cells = [replace(cell, was_shown=cell.name in shown, was_hidden=cell.name in hidden) for cell in system.cells]
    return replace(system, cells=tuple(cells))


def _halves(random: Random, numbers: Sequence[int]) -> System:
    """Two ways of telling incidents apart, over two half-years, with a total of each school in each.

    Of schools the year is published and of the group the half-years too.
    """
    schools = random.randint(2, 3)
    atoms: list[Atom] = []
    links: list[tuple[Terms, int]] = []
    cells: dict[str, list[int]] = {}
    for school, half in product(range(schools), "ab"):
        first = random.choices(numbers, k=2)
        total = sum(first)
        other = random.choice([0, total, random.randint(0, total)])
        hub = len(atoms)
        counts = {"ja": first[0], "nee": first[1], "mild": other, "ernstig": total - other}
        atoms += [Atom(total, school, is_hub=True), *(Atom(count, school) for count in counts.values())]
        links += [(((hub, -1), (place, 1), (place + 1, 1)), 0) for place in (hub + 1, hub + 3)]
        for name, place in zip(["alle", *counts], range(hub, hub + 5), strict=True):
            for spot in (f"s{school} {name} jaar", f"groep {name} jaar", f"groep {name} {half}"):
                cells.setdefault(spot, []).append(place)
    return System("halves", tuple(atoms), _counts(cells), tuple(links), schools)


def _months(random: Random, numbers: Sequence[int]) -> System:
    """Incidents of schools over a year, and over the months of the group only: a director knows the own part."""
    schools, months = random.randint(2, 4), random.randint(2, 3)
    made = [random.choices(numbers, k=months) for _ in range(schools)]
    atoms = [Atom(sum(row), school) for school, row in enumerate(made)]
    atoms += [Atom(sum(row[month] for row in made), None, _part(made, month)) for month in range(months)]
    cells = {f"s{school}": [school] for school in range(schools)} | {"groep": list(range(schools))}
    cells |= {f"m{month}": [schools + month] for month in range(months)}
    terms = [(place, 1 if place < schools else -1) for place in range(schools + months)]
    return System("months", tuple(atoms), _counts(cells), ((tuple(terms), 0),), schools)


def _unprinted(random: Random) -> System:
    """A table of which the values of schools stand nowhere: only their sums do."""
    system = table(_rows(random, ((2, 3), (2, 3)), (0, 2, 6, 9, 20)))
    cells = [replace(cell, is_printed="r" not in cell.name or "c" not in cell.name) for cell in system.cells]
    return replace(system, cells=tuple(cells))


def _part(made: Sequence[Sequence[int]], month: int) -> Mapping[int, int]:
    return {school: row[month] for school, row in enumerate(made) if row[month]}


def _counts(cells: Mapping[str, Sequence[int]]) -> tuple[Cell, ...]:
    return tuple(Cell(name, tuple(atoms), is_small_secret=True) for name, atoms in cells.items())


KINDS: Final[Mapping[str, Callable[[Random], System]]] = {
    "sparse": partial(_plain, shape=((2, 4), (2, 3)), numbers=SPARSE),
    "zeros": partial(_plain, shape=((2, 5), (2, 4)), numbers=ZEROS),
    "nothing or nearly": partial(_plain, shape=((1, 4), (1, 4)), numbers=NOTHING),
    "small": partial(_plain, shape=((2, 3), (2, 3)), numbers=FEW),
    "mixed": partial(_plain, shape=((3, 3), (2, 3)), numbers=MIXED),
    "large": partial(_plain, shape=((3, 3), (2, 3)), numbers=LARGE),
    "two schools": partial(_plain, shape=((2, 2), (2, 3)), numbers=MIXED),
    "one school": partial(_plain, shape=((1, 1), (2, 5)), numbers=MIXED),
    "one category": partial(_plain, shape=((2, 6), (1, 1)), numbers=MIXED),
    "many schools": partial(_plain, shape=((5, 6), (2, 2)), numbers=MIXED),
    "many values": partial(_plain, shape=((2, 2), (4, 6)), numbers=MIXED),
    "group only": partial(_plain, shape=((2, 4), (2, 4)), numbers=MIXED, of_schools=False),
    "a single row of the group": partial(_plain, shape=((1, 1), (2, 6)), numbers=MIXED, of_schools=False),
    "yes or no": partial(_of_pupils, width=2, numbers=(0, 2, 9, 20, 30, 50)),
    "yes, no or nothing": partial(_of_pupils, width=3, numbers=(0, 1, 3, 25, 60)),
    "all of them or nobody": partial(_of_pupils, width=2, numbers=(0, 2, 60, 80)),
    "after an earlier one": _remembered,
    "half-years": partial(_halves, numbers=(0, 1, 3, 6, 14)),
    "months": partial(_months, numbers=(0, 0, 1, 2, 5, 9)),
    "sums only": _unprinted,
}


def drawn(kind: str, number: int) -> System:
    """One of a kind."""
    return KINDS[kind](Random(f"{kind} {number}"))
