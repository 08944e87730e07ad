"""Systems with a pattern as readers see them: what the auditor is asked about."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet

from dashboard.disclosure import audit_bounds, audit_sheet
from dashboard.disclosure.systems import Cell, System


def told(system: System, hidden: Collection[str], k: int) -> set[str]:
    """The names of the hidden cells that somebody can tell too well."""
    return {finding.cell.key[0] for finding in audit_bounds.findings(written(system, hidden, k), k)}


def written(system: System, hidden: Collection[str], k: int) -> audit_sheet.System:
    """What everybody knows: the sums, and of the cells those that aren't hidden.

    Of cells that stand in no table only small ones are secrets, whatever the pattern says.
    """
    names = [f"s{school}" for school in range(system.schools)]
    sheet = audit_sheet.Sheet(names)
    atoms = [
        sheet.unknown(atom.truth, audit_sheet.GROUP if atom.school is None else names[atom.school])
        for atom in system.atoms
    ]
    for atom, place in zip(system.atoms, atoms, strict=True):
        for school, part in atom.known.items():
            sheet.floor(place, names[school], part)
        if atom.is_hub:
            sheet.hub(place)
    for cell in system.cells:
        sheet.equal([_place(sheet, system, cell, hidden, k)], [atoms[atom] for atom in cell.atoms])
    for terms, number in system.links:
        plus = [atoms[atom] for atom, factor in terms for _ in range(factor)]
        minus = [atoms[atom] for atom, factor in terms for _ in range(-factor)]
        sheet.equal([*plus, sheet.known(max(-number, 0))], [*minus, sheet.known(max(number, 0))])
    return sheet.system()


def _place(sheet: audit_sheet.Sheet, system: System, cell: Cell, hidden: Collection[str], k: int) -> int:
    value, owners = system.value(cell), {system.atoms[atom].school for atom in cell.atoms}
    owner = next(iter(owners)) if len(owners) == 1 else None
    name = audit_sheet.GROUP if owner is None else f"s{owner}"
    if cell.is_printed and cell.name not in hidden:
        return sheet.known(value, name)
    is_secret = cell.is_printed or is_small(cell, value, k)
    return sheet.unknown(value, name, audit_sheet.Cell("t", (cell.name,), "n", cell.whole) if is_secret else None)


def is_small(cell: Cell, value: int, k: int) -> bool:
    """Whether a count is from 1 up to k, or what remains of its whole is."""
    rest = 0 if cell.whole is None else cell.whole - value
    return cell.is_small_secret and (1 <= value < k or 1 <= rest < k)


def small(system: System, k: int) -> AbstractSet[str]:
    """The names of the small cells."""
    return {cell.name for cell in system.cells if is_small(cell, system.value(cell), k)}
