"""What a reader can work out of a pattern, asked plainly: the least and the greatest of every hidden cell.

It shares nothing with the search for a pattern: one integer program for each question, over the counts themselves.
"""

from collections.abc import Collection, Iterator

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from dashboard.disclosure.systems import Cell, System

PUBLIC = None


def secret_to(system: System, cell: Cell) -> list[int | None]:
    """Every director whose own it isn't wholly; the public knows less than a director, and counts without one."""
    owners = {system.atoms[atom].school for atom in cell.atoms}
    return [school for school in range(system.schools) if owners != {school}] or [PUBLIC]


def between(system: System, hidden: Collection[str], reader: int | None, cell: Cell) -> tuple[int, int]:
    """The least and the greatest a cell can be for a reader who sees all cells but the hidden ones."""
    size = len(system.atoms)
    # Without an end to look towards, whole numbers may be searched for ever.
    least, most = np.zeros(size), np.array([atom.truth + 99.0 for atom in system.atoms])
    for number, atom in enumerate(system.atoms):
        if reader is not None:
            least[number] = atom.known.get(reader, 0)
        if reader is not None and atom.school == reader:
            least[number] = most[number] = atom.truth
    rows = [np.zeros(size)]
    sums = [0]
    for shown in (other for other in system.cells if other.name not in hidden):
        row = np.zeros(size)
        row[list(shown.atoms)] = 1
        rows.append(row)
        sums.append(system.value(shown))
    for terms, number in system.links:
        row = np.zeros(size)
        for place, factor in terms:
            row[place] = factor
        rows.append(row)
        sums.append(number)
    wanted = np.zeros(size)
    wanted[list(cell.atoms)] = 1
    truth = system.value(cell)
    ends = []
    for sign in (1, -1):
        # A count far off is as good as any: the whole numbers stay in reach.
        ceiling = LinearConstraint(wanted[None, :], max(0, truth - 99), truth + 99)
        found = milp(
            sign * wanted,
            integrality=np.ones(size, dtype=int),
            bounds=Bounds(least, most),
            constraints=[LinearConstraint(np.array(rows), sums, sums), ceiling],
        )
        assert found.success
        ends.append(round(sign * found.fun))
    return ends[0], ends[1]


def is_small(cell: Cell, value: int, k: int) -> bool:
    rest = None if cell.whole is None else cell.whole - value
    return cell.is_small_secret and (1 <= value < k or (rest is not None and 1 <= rest < k))


def leaks(system: System, hidden: Collection[str], k: int) -> Iterator[str]:
    """Whatever is told too much: a small count shown, one known within less than k, a hidden one known exactly."""
    for cell in system.cells:
        value = system.value(cell)
        if cell.name not in hidden:
            if is_small(cell, value, k):
                yield f"{cell.name} is shown"
            continue
        for reader in secret_to(system, cell):
            least, greatest = between(system, hidden, reader, cell)
            # One of the persons counted knows that there is at least one.
            is_told = is_small(cell, value, k) and greatest - (max(least, 1) if value else least) < k
            is_told_rest = is_small(cell, value, k) and greatest - least < k
            if (is_told if 1 <= value < k else is_told_rest) or greatest == least:
                yield f"{cell.name} is {least}…{greatest} to {'all' if reader is None else reader}"
