"""Which counts are hidden: the small ones, and as little more as keeps them from being worked out.

Every hidden small count needs, for every reader, another state of affairs in which it is k more; every other hidden
count one in which it is another number at all. What is hidden is extended until that holds, and then shown again
wherever it goes on to hold.

Source: cell suppression with linear programming (Fischetti and Salazar 2001).
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import inf, log1p
from typing import Final

from dashboard.disclosure.moves import PUBLIC, Move
from dashboard.disclosure.parts import Parts, Spaces
from dashboard.disclosure.systems import Cell, System

_HIDDEN: Final = 0.01
"""Price of moving a hidden cell, beside 1 for a shown one."""

_PATIENCE: Final = 100
"""How many moves are looked for in a large system to show cells again.

Counted, and not timed, so that the answer is always the same.
"""

_EFFORT: Final = 40
"""How many of them for one cell."""

_FEW: Final = 100
"""In a system of up to so many cells nothing stays hidden that could be shown."""

Need = tuple[int, int]
"""A hidden cell, and a reader from whom it has to stay hidden."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is hidden, by name of the cell."""

    hidden: frozenset[str]
    primary: frozenset[str] = frozenset()
    """Those that are small themselves."""
    unprotected: frozenset[str] = frozenset()
    """Small ones that can be worked out even with everything hidden."""


def protect(system: System, k: int) -> Pattern:
    """The cells of a system to hide.

    `k`: smallest count that may be shown. The same system gives the same pattern, in whatever order its cells come.
    """
    search = _Search(system, k)
    search.extend()
    search.settle()
    search.prune()
    return search.pattern()


class _Search:
    """A pattern being made."""

    def __init__(self, system: System, k: int) -> None:
        self._cells: Sequence[Cell] = sorted(_secrets(system, k), key=lambda cell: cell.name)
        self._k = k
        values = [system.value(cell) for cell in self._cells]
        self._amounts = {
            number: amount
            for number, cell in enumerate(self._cells)
            if (amount := _amount(cell, values[number], k)) is not None
        }
        self._values = values
        self._worth = [cell.cost * (1 + log1p(value)) for cell, value in zip(self._cells, values, strict=True)]
        self._readers = [
            _readers(system, cell, is_small=number in self._amounts) for number, cell in enumerate(self._cells)
        ]
        self._forced = set(self._amounts) | {
            number for number, cell in enumerate(self._cells) if cell.was_hidden and values[number]
        }
        self._hidden = set(self._forced)
        self._moves: list[Move] = []
        self._of_cell: dict[int, list[int]] = {}
        self._tries = 0
        """How many moves were looked for to show something again."""
        self._lost: set[Need] = set()
        self._proofs: dict[Need, tuple[int, int]] = {}
        """Need → the moves that meet it, furthest up and furthest down."""
        self._broken: set[int] = set()
        """Moves of cells that are shown again."""
        everything = range(len(self._cells))
        self._never = [number for number in everything if self._cells[number].was_shown and number not in self._forced]
        shown = [number for number in everything if number not in self._hidden]
        self._parts = Parts(system)
        self._open, self._closed = (Spaces(system, self._cells, self._parts.all) for _ in range(2))
        self._open.price({number: self._price(number) for number in everything})
        self._open.forbid(self._never)
        self._closed.price(dict.fromkeys(everything, _HIDDEN))
        self._closed.forbid(shown)

    def pattern(self) -> Pattern:
        """What has been found."""
        return Pattern(
            frozenset(self._cells[number].name for number in self._hidden),
            frozenset(self._cells[number].name for number in self._amounts),
            frozenset(self._cells[cell].name for cell, _ in self._lost if cell in self._amounts),
        )

    def _price(self, number: int) -> float:
        return _HIDDEN if number in self._hidden else max(self._worth[number], 2 * _HIDDEN)

    # Extending: what has to be hidden beside the small ones.

    def extend(self) -> None:
        """Hides what every small count needs."""
        order = sorted(self._amounts, key=lambda number: (len(self._cells[number].atoms), self._cells[number].name))
        for number in order:
            for reader in self._readers[number]:
                if not self._is_met((number, reader)):
                    self._reach((number, reader))

    def _reach(self, need: Need) -> None:
        """Hides what one need asks for; what can't be is written down as lost."""
        if not self._meet(need, self._open):
            self._lost.add(need)

    def _meet(self, need: Need, spaces: Spaces) -> bool:
        """Finds the moves that a need asks for: k in one go, or some up and some down."""
        cell, reader = need
        if cell not in self._amounts:
            return any(self._find(spaces, cell, step, reader) is not None for step in (1, -1))
        sign = 1 if self._amounts[cell] > 0 else -1
        for ahead in range(self._k, 0, -1):
            backs = (size for size in range(self._k + 1) if self._is_wide(need, sign, ahead, size))
            back = next(backs, None)
            if back is None:
                return False
            if self._find(spaces, cell, sign * ahead, reader) is not None:
                is_back = back == 0 or self._find(spaces, cell, -sign * back, reader) is not None
                return is_back and self._is_met(need)
        return False

    def _meet_without(self, need: Need, gone: AbstractSet[int]) -> bool:
        """Whether a need is met among what is hidden without the cells of `gone`; in a large system a quick look."""
        if self._meet_nearby(need, gone):
            return True
        if len(self._cells) > _FEW:
            return False
        self._meet(need, self._closed)
        return self._is_met(need, gone)

    def _meet_nearby(self, need: Need, gone: AbstractSet[int]) -> bool:
        """The same among what is hidden, looked for in one go and close by only: enough to try what can be shown."""
        cell, reader = need
        places = self._parts.of(self._cells[cell])
        spaces = [self._closed[place] for place in places[:-1] or places]
        for step in (self._amounts[cell],) if cell in self._amounts else (1, -1):
            for space in spaces:
                self._tries += 1
                move = space.find(cell, step, reader)
                if move is not None:
                    self._keep(move)
                    return self._is_met(need, gone)
        return False

    def _is_wide(self, need: Need, sign: int, ahead: int, back: int) -> bool:
        """Whether a way in one direction and one in the other leave enough open.

        Of everybody some are counted themselves: those know that there is at least one of them, and who isn't
        counted, that there is one who isn't.
        """
        cell, reader = need
        if reader != PUBLIC:
            return ahead + back >= self._k
        value, whole = self._values[cell], self._cells[cell].whole
        up, down = (ahead, back) if sign > 0 else (back, ahead)
        to_counted = up + min(down, max(value - 1, 0))
        to_others = to_counted if whole is None else down + min(up, max(whole - value - 1, 0))
        return min(to_counted, to_others) >= self._k

    def _find(self, spaces: Spaces, cell: int, amount: int, reader: int) -> Move | None:
        move = None
        for place in self._parts.of(self._cells[cell]):
            move = spaces[place].find(cell, amount, reader)
            if move is not None:
                break
        if move is None:
            return None
        self._keep(move)
        return move

    def _keep(self, move: Move) -> None:
        """Writes a move down; what it moves is hidden from now on."""
        for number in move.cells:
            self._of_cell.setdefault(number, []).append(len(self._moves))
        self._moves.append(move)
        self._hide(number for number in move.cells if number not in self._hidden)

    def _hide(self, numbers: Iterable[int]) -> None:
        new = list(numbers)
        if new:
            self._hidden.update(new)
            self._open.price(dict.fromkeys(new, _HIDDEN))
            self._closed.allow(new)

    def _is_met(self, need: Need, gone: AbstractSet[int] = frozenset()) -> bool:
        """Whether moves that leave the cells of `gone` alone give a need what it asks for."""
        cell, reader = need
        if need in self._lost:
            return True
        known = self._proofs.get(need, ())
        if known and all(number not in self._broken and self._leaves(number, gone) for number in known):
            return True
        sizes = {
            number: self._moves[number].cells[cell]
            for number in self._of_cell.get(cell, ())
            if reader not in self._moves[number].barred and self._leaves(number, gone)
        }
        highest, lowest = (pick(sizes, key=lambda number: sizes[number], default=None) for pick in (max, min))
        up, down = (0 if number is None else sizes[number] for number in (highest, lowest))
        is_met = bool(sizes) if cell not in self._amounts else self._is_wide(need, 1, max(up, 0), max(-down, 0))
        if is_met and highest is not None and lowest is not None:
            self._proofs[need] = (highest, lowest)
        return is_met

    def _leaves(self, number: int, gone: AbstractSet[int]) -> bool:
        """Whether a move leaves these cells alone."""
        return gone.isdisjoint(self._moves[number].cells)

    # Settling: no hidden cell can be worked out.

    def settle(self) -> None:
        """Shows a hidden cell that a reader can work out, or hides more where it has to stay hidden."""
        seen: set[int] = set()
        while waiting := self._known():
            for need in waiting:
                cell, _ = need
                if cell not in self._hidden or self._is_met(need) or self._meet(need, self._closed):
                    continue
                # What was shown and hidden again for something else is shown no second time: that would go on for ever.
                is_kept = cell in self._forced or cell in seen
                seen.add(cell)
                if is_kept or not self._show(cell):
                    self._reach(need)

    def _known(self) -> list[Need]:
        """The needs of hidden cells that no move meets yet."""
        return [
            (number, reader)
            for number in sorted(self._hidden)
            for reader in self._readers[number]
            if not self._is_met((number, reader))
        ]

    # Pruning: what isn't needed is shown again.

    def prune(self) -> None:
        """Shows again whatever can be, the most valuable first, as long as there is patience for it."""
        end = inf if len(self._cells) <= _FEW else self._tries + _PATIENCE
        before = len(self._hidden) + 1
        while len(self._hidden) < before and self._tries < end:  # what is shown may leave room for more
            before = len(self._hidden)
            extra = self._hidden - self._forced
            for number in sorted(extra, key=lambda number: (-self._worth[number], self._cells[number].name)):
                if number in self._hidden and self._tries < end:
                    self._show(number)

    def _show(self, number: int) -> bool:
        """Shows a cell, and those that it would give away; False, and nothing done, where a need stands in the way."""
        shown: list[int] = []
        waiting = [number]
        while waiting:
            cell = waiting.pop()
            if cell in shown:
                continue
            shown.append(cell)
            self._closed.forbid([cell])
            if not self._survives(cell, shown, waiting):
                self._closed.allow(shown)
                return False
        self._drop(shown)
        return True

    def _survives(self, cell: int, shown: Sequence[int], waiting: list[int]) -> bool:
        """Whether all needs are still met without a cell; other cells that it gives away are added to `waiting`."""
        gone = set(shown)
        end = self._tries + _EFFORT
        touched = {other for number in self._of_cell.get(cell, ()) for other in self._moves[number].cells} - gone
        for other in sorted(touched, key=lambda other: (other not in self._forced, other)):
            for reader in self._readers[other]:
                if self._is_met((other, reader), gone):
                    continue
                if self._tries < end and self._meet_without((other, reader), gone):
                    continue
                if other in self._forced:
                    return False
                waiting.append(other)
                break
        return True

    def _drop(self, shown: Sequence[int]) -> None:
        self._hidden.difference_update(shown)
        self._open.price({number: self._price(number) for number in shown})
        broken = {number for cell in shown for number in self._of_cell.pop(cell, ())}
        self._broken |= broken
        for number in broken:
            for cell in self._moves[number].cells:
                if cell in self._of_cell:
                    self._of_cell[cell] = [other for other in self._of_cell[cell] if other not in broken]


def _amount(cell: Cell, value: int, k: int) -> int | None:
    """How far a small count has to be able to move: up, or down where it is what is left that is small."""
    if not cell.is_small_secret:
        return None
    if 1 <= value < k:
        return k
    return -k if cell.whole is not None and 1 <= cell.whole - value < k else None


def _secrets(system: System, k: int) -> list[Cell]:
    """The cells that matter: the printed ones, and of the others those that are small."""
    return [cell for cell in system.cells if cell.is_printed or _amount(cell, system.value(cell), k) is not None]


def _readers(system: System, cell: Cell, *, is_small: bool) -> tuple[int, ...]:
    """From whom a cell is a secret: every director of another school, and everybody.

    What isn't small must only not be told: from a director who can't, everybody else can't either.
    """
    owners = {system.atoms[atom].school for atom in cell.atoms}
    directors = tuple(school for school in range(system.schools) if owners != {school})
    return (PUBLIC, *directors) if is_small or not directors else directors
