from dataclasses import replace
from itertools import product
from random import Random

import pytest

from dashboard.disclosure.protect import Pattern, protect
from dashboard.disclosure.systems import Atom, Cell, System, Terms
from tests.disclosure.tables import cube, table
from tests.plain_disclosure import leaks

K = 5


def told(system: System, pattern: Pattern) -> list[str]:
    """What leaks of everything that wasn't given up on."""
    return [leak for leak in leaks(system, pattern.hidden, K) if leak.split()[0] not in pattern.unprotected]


def linked(*cells: Cell, atoms: list[Atom], schools: int = 0, links: tuple[tuple[Terms, int], ...] = ()) -> System:
    return System("hand-made", tuple(atoms), cells, links, schools)


READABLE: dict[str, tuple[System, set[str], int | None]] = {
    "nothing small": (table([(9, 20), (30, 8)]), set(), 0),
    "all zeros": (table([(0, 0), (0, 0)]), set(), 0),
    "a square: the whole of it hides one": (table([(3, 20), (30, 40)], of_schools=False), {"r0c0"}, 4),
    "two small ones whose sum is exposed": (
        table([(2, 2, 60), (9, 9, 9), (8, 8, 8)], of_schools=False),
        {"r0c0", "r0c1"},
        6,
    ),
    "a director subtracts: two schools are not enough": (
        table([(3, 20), (30, 40), (25, 35)]),
        {"r0c0"},
        6,
    ),
    "a small remainder": (
        table([(27, 3), (40, 60), (50, 50)], wholes=True, margins=("columns",)),
        {"r0c0", "r0c1"},
        6,
    ),
    "sparse": (table([(0, 1, 0), (7, 0, 0), (0, 0, 12), (9, 9, 9)]), {"r0c1", "r0"}, None),
}


@pytest.mark.parametrize("name", READABLE)
def test_small_counts_are_hidden_and_no_more_than_keeps_them_so(name: str) -> None:
    system, primary, size = READABLE[name]
    pattern = protect(system, K)
    assert pattern.primary == primary
    assert not pattern.unprotected
    assert size is None or len(pattern.hidden) == size
    assert not told(system, pattern)


def test_what_no_pattern_protects_is_said() -> None:
    # Everyone knows that four pupils are one of two things, and both counts are small.
    atoms = [Atom(1), Atom(3)]
    cells = (Cell("yes", (0,), is_small_secret=True), Cell("no", (1,), is_small_secret=True))
    system = linked(*cells, atoms=atoms, links=((((0, 1), (1, 1)), 4),))
    pattern = protect(system, K)
    assert pattern.unprotected == {"yes", "no"}
    assert pattern.hidden == {"yes", "no"}


def test_a_table_elsewhere_that_says_the_same_is_hidden_with_it() -> None:
    # Two tables of different counts that everyone knows to have the same total.
    atoms = [Atom(3), Atom(20), Atom(3), Atom(20)]
    cells = tuple(Cell(f"t{table}v{value}", (2 * table + value,), table == 0) for table in (0, 1) for value in (0, 1))
    links = ((((0, 1), (2, -1)), 0), (((1, 1), (3, -1)), 0))
    assert protect(linked(*cells, atoms=atoms, links=links), K).hidden == {"t0v0", "t1v0"}


def test_what_was_shown_before_is_no_cover_and_what_was_hidden_stays_so() -> None:
    system = table([(3, 20, 30), (30, 40, 50), (30, 40, 50)], of_schools=False)
    cells = tuple(replace(cell, was_shown=cell.name == "r0c1", was_hidden=cell.name == "r2c2") for cell in system.cells)
    pattern = protect(replace(system, cells=cells), K)
    assert "r0c1" not in pattern.hidden
    assert "r2c2" in pattern.hidden
    assert not told(system, pattern)


def test_a_director_who_knows_a_part_of_a_shared_count_is_reckoned_with() -> None:
    # Of the four that no one owns, school 0 knows that three are its own: down is no way for its director.
    atoms = [Atom(4, None, {0: 3}), Atom(40), Atom(30, None, {0: 30})]
    cells = (
        Cell("small", (0,), is_small_secret=True),
        Cell("large", (1,), is_small_secret=True),
        Cell("known", (2,), is_small_secret=True),
        Cell("all", (0, 1, 2), is_small_secret=True),
    )
    system = linked(*cells, atoms=atoms, schools=2)
    pattern = protect(system, K)
    assert len(pattern.hidden) == 2
    assert "known" not in pattern.hidden
    assert not told(system, pattern)


def drawn(seed: int) -> System:
    """A random table: of no schools, of schools, with known wholes, or of values in halves of years."""
    random = Random(seed)
    shape = random.randint(2, 4), random.randint(2, 3)
    few, many = [0, 0, 1, 2, 3, 7, 12, 30, 50], range(81)
    rows = [tuple(random.choice(random.choice([few, few, many])) for _ in range(shape[1])) for _ in range(shape[0])]
    if seed % 4 < 2:
        return table(rows, of_schools=seed % 4 == 1)
    if seed % 4 == 2:
        return table(rows, wholes=True, margins=("columns",))
    size = random.randint(2, 3), 2, random.randint(2, 3)
    places = product(range(size[0]), range(size[1]), range(size[2]))
    truth = {place: random.choice([0, 0, 1, 2, 5, 9, 20]) for place in places}
    return cube(truth, size, ("sv", "vh", "v", "s", "h"))


@pytest.mark.parametrize("first", range(0, 8, 2))
def test_random_tables_tell_nothing_and_hide_nothing_in_vain(first: int) -> None:
    for seed in range(first, first + 2):
        system = drawn(seed)
        pattern = protect(system, K)
        assert not told(system, pattern), seed
        # What is given up on is beyond saving: it leaks with every cell hidden too.
        everything = {cell.name for cell in system.cells}
        assert pattern.unprotected <= {leak.split()[0] for leak in leaks(system, everything, K)}, seed
        shuffled = Random(seed).sample(system.cells, len(system.cells))
        assert protect(replace(system, cells=tuple(shuffled)), K) == pattern, seed
        if not pattern.unprotected:
            for name in sorted(pattern.hidden - pattern.primary)[:4]:
                assert any(leaks(system, pattern.hidden - {name}, K)), (seed, name)
