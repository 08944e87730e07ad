"""Writes down which published counts are sums of what, and finds them back in the tables they are printed in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from dashboard.disclosure.systems import Atom, Cell, System

GROUP: Final = "*"
"""All schools together, as every published table writes it."""

AtomKey = tuple[object, ...]
"""What tells an atom from the others of its book."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a count is printed: a column of a row of a published table."""

    table: str
    row: int
    """Number of the row in the protected table, from 0."""
    column: str


@dataclass(slots=True)
class _Entry:
    """A cell being written: every place it is printed in, and whether any of them makes it a secret."""

    places: list[Place] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    is_small_secret: bool = False
    whole: int | None = None
    cost: float = 0.0


class Book:
    """A system being written. Counts that are the same sum become one cell, hidden or shown everywhere at once."""

    def __init__(self, name: str, schools: Sequence[str]) -> None:
        self._name = name
        self._numbers = {brin6: number for number, brin6 in enumerate(schools)}
        self._atoms: dict[AtomKey, int] = {}
        self._made: list[Atom] = []
        self._entries: dict[tuple[int, ...], _Entry] = {}
        self._links: list[tuple[tuple[tuple[int, int], ...], int]] = []

    def atom(
        self,
        *key: object,
        truth: int,
        school: str | None = None,
        known: Mapping[str, int] | None = None,
        is_hub: bool = False,
    ) -> int:
        """A count behind the published ones; the same key gives the same atom.

        `school`: whose it is. `known`: of one of several schools, how many of it are each school's own. `is_hub`: see
        `Atom`.
        """
        if key not in self._atoms:
            owner = None if school is None else self._numbers[school]
            parts = {self._numbers[brin6]: number for brin6, number in (known or {}).items() if brin6 in self._numbers}
            self._atoms[key] = len(self._made)
            self._made.append(Atom(truth, owner, MappingProxyType(parts), is_hub))
        return self._atoms[key]

    def truth(self, atoms: Iterable[int]) -> int:
        """What these atoms are together."""
        return sum(self._made[atom].truth for atom in atoms)

    def equal(self, left: Iterable[int], right: Iterable[int]) -> None:
        """Everyone knows that both sums are the same. What isn't the same in truth is no knowledge."""
        terms: dict[int, int] = defaultdict(int)
        for atom in left:
            terms[atom] += 1
        for atom in right:
            terms[atom] -= 1
        self._link(terms, 0)

    def add_up(self, atoms: Iterable[int], number: int) -> None:
        """Everyone knows that these atoms are `number` together."""
        terms: dict[int, int] = defaultdict(int)
        for atom in atoms:
            terms[atom] += 1
        self._link(terms, number)

    def at_most(self, part: Sequence[int], whole: Sequence[int], *key: object) -> None:
        """Everyone knows that `part` is no more than `whole`: what lies between them is an atom of its own."""
        between = self.truth(whole) - self.truth(part)
        if between >= 0:
            self.equal([*part, self.atom("between", *key, truth=between)], whole)

    def cell(
        self,
        place: Place,
        name: str,
        atoms: Sequence[int],
        value: int | None,
        *,
        whole: int | None = None,
        is_secret: bool = True,
        cost: float = 1.0,
    ) -> None:
        """A printed count: the sum of these atoms.

        Where the sum isn't what is printed, the count stands by itself: nobody can reckon with what isn't so.
        A count of nothing at all (null, or a sum of no atoms) needs no protection.
        """
        if value is None or (not atoms and not value):
            return
        key = tuple(sorted(atoms))
        if self.truth(key) != value or len(set(key)) != len(key):
            key = (self.atom("alone", name, truth=value),)
        entry = self._entries.setdefault(key, _Entry())
        entry.places.append(place)
        entry.names.append(name)
        entry.is_small_secret |= is_secret
        entry.whole = whole if entry.whole is None else entry.whole
        entry.cost += cost

    def remainder(self, name: str, atoms: Sequence[int]) -> None:
        """What is left of one count beside another: printed nowhere, and as much of a secret where it is small."""
        entry = self._entries.setdefault(tuple(sorted(atoms)), _Entry())
        entry.names.append(name)
        entry.is_small_secret = True

    def system(self, before: Mapping[Place, bool]) -> System:
        """Everything written down. `before`: where the same number was printed before, and whether it was hidden."""
        cells = [
            Cell(
                min(entry.names),
                atoms,
                entry.is_small_secret,
                entry.whole,
                entry.cost,
                is_printed=bool(entry.places),
                was_shown=any(before.get(place) is False for place in entry.places),
                was_hidden=bool(entry.places) and all(before.get(place, False) for place in entry.places),
            )
            for atoms, entry in self._entries.items()
        ]
        return System(
            self._name,
            tuple(self._made),
            tuple(sorted(cells, key=lambda cell: cell.name)),
            tuple(self._links),
            len(self._numbers),
        )

    def places(self, names: Iterable[str]) -> list[Place]:
        """Where the cells of these names are printed."""
        by_name = {min(entry.names): entry.places for entry in self._entries.values()}
        return [place for name in names for place in by_name[name]]

    def _link(self, terms: Mapping[int, int], number: int) -> None:
        kept = tuple(sorted((atom, factor) for atom, factor in terms.items() if factor))
        if kept and sum(self._made[atom].truth * factor for atom, factor in kept) == number:
            self._links.append((kept, number))
