"""Published counts as sums of counts that nobody publishes, with everything a reader may know of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Terms = tuple[tuple[int, int], ...]
"""Atoms with their factor, in order of atom."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A count of which published ones are sums: a whole number, not below zero."""

    truth: int
    school: int | None = None
    """Whose it is, as a number: that director knows it. None: made of what several schools did."""
    known: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    """Of an atom of several schools: school → how many of it that director knows to be its own."""
    is_hub: bool = False
    """Whether it holds parts together that are unlinked otherwise: moves that leave it alone are looked for first."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count that is published, or hidden. Counts that are the same sum are one cell."""

    name: str
    """Tells cells apart and settles what is otherwise equal: the same input always hides the same cells."""
    atoms: tuple[int, ...]
    """What it is the sum of."""
    is_small_secret: bool
    """Whether it counts persons or incidents, so that a small one is hidden."""
    whole: int | None = None
    """What everyone knows it is a part of: then a small remainder is hidden too. None: there is no such whole."""
    cost: float = 1.0
    """How much is lost by hiding it, beside other cells."""
    is_printed: bool = True
    """Whether it stands in a table. What doesn't, and follows from what does, is a secret only where it is small."""
    was_shown: bool = False
    """Whether an earlier snapshot showed the same number: hiding it now is of no use."""
    was_hidden: bool = False
    """Whether an earlier snapshot hid the same number: showing it now would undo that."""


@dataclass(frozen=True, slots=True)
class System:
    """Cells that are linked: what is known of one may tell about another."""

    name: str
    atoms: tuple[Atom, ...]
    cells: tuple[Cell, ...]
    links: tuple[tuple[Terms, int], ...]
    """What everyone knows beside the cells: factors times atoms add up to a number (numbers of pupils, margins)."""
    schools: int
    """How many schools there are: the directors 0, 1, … that may attack it."""

    def value(self, cell: Cell) -> int:
        """What a cell counts."""
        return sum(self.atoms[atom].truth for atom in cell.atoms)
