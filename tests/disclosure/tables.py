"""Systems made of small tables."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from dashboard.disclosure.systems import Atom, Cell, System

Line = tuple[int, ...]


def table(
    rows: Sequence[Line],
    *,
    of_schools: bool = True,
    wholes: bool = False,
    margins: Iterable[str] = ("rows", "columns", "all"),
    is_small: bool = True,
) -> System:
    """A table of schools (rows) and values (columns) with its margins.

    Cells are named `r0c1`, `r0` (a row's sum), `c1` and `all`. `wholes`: everyone knows the sum of each row, which
    isn't published, and a cell is a part of it. `of_schools`: each row is of a school with a director.
    """
    width = len(rows[0])
    numbers = {(row, column): row * width + column for row, column in product(range(len(rows)), range(width))}
    atoms = tuple(Atom(rows[row][column], row if of_schools else None) for row, column in numbers)
    lines: dict[str, tuple[int, ...]] = {f"r{row}c{column}": (number,) for (row, column), number in numbers.items()}
    rows_of = {f"r{row}": tuple(numbers[row, column] for column in range(width)) for row in range(len(rows))}
    if "rows" in margins and width > 1:
        lines |= rows_of
    if "columns" in margins and len(rows) > 1:
        lines |= {f"c{column}": tuple(numbers[row, column] for row in range(len(rows))) for column in range(width)}
    if "all" in margins and width > 1 and len(rows) > 1:
        lines["all"] = tuple(numbers.values())
    whole = {name: sum(rows[int(name[1:].split("c")[0])]) if wholes and "c" in name[1:] else None for name in lines}
    links = [(tuple((atom, 1) for atom in line), sum(atoms[atom].truth for atom in line)) for line in rows_of.values()]
    return System(
        "table",
        atoms,
        tuple(Cell(name, line, is_small, whole[name]) for name, line in lines.items()),
        tuple(links) if wholes else (),
        len(rows) if of_schools else 0,
    )


def cube(truth: Mapping[tuple[int, int, int], int], shape: tuple[int, int, int], published: Iterable[str]) -> System:
    """Schools × values × halves of years. `published`: which sums are, by what is kept apart.

    Of `svh`: s schools, v values, h halves; what is left out is summed over. Two dimensions of values add up to the
    same number of a school in a half: odd and even ones.
    """
    places = list(product(range(shape[0]), range(shape[1]), range(shape[2])))
    numbers = {place: number for number, place in enumerate(places)}
    atoms = tuple(Atom(truth.get(place, 0), place[0]) for place in places)
    lines: dict[str, list[int]] = {}
    for kept in published:
        for place in places:
            name = kept + ":" + ",".join(str(place["svh".index(letter)]) for letter in kept)
            lines.setdefault(name, []).append(numbers[place])
    cells = tuple(Cell(name, tuple(line), is_small_secret=True) for name, line in lines.items())
    return System("cube", atoms, cells, (), shape[0])
