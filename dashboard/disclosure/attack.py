"""The auditor: attacks published tables as everybody, every director and everybody counted in them could.

Apart from whatever hides the numbers: what it reads is what readers read. The true tables tell it only which hidden
cells matter, what directors know of their own school, and how many pupils there are.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard.disclosure.audit_bounds import PUBLIC, Finding, findings
from dashboard.disclosure.audit_consent import consent_systems, lowest_coverage, turning_16
from dashboard.disclosure.audit_facts import Facts, facts_of
from dashboard.disclosure.audit_incidents import incident_system
from dashboard.disclosure.audit_memory import remembered
from dashboard.disclosure.audit_sheet import System
from dashboard.disclosure.audit_shown import Sight, sights
from dashboard.disclosure.audit_uses import use_systems

__all__ = ["Facts", "Leak", "attack", "facts_of"]

EVERYBODY = "iedereen"

Frames = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Leak:
    """A cell of a published table that somebody can tell too well."""

    table: str
    key: tuple[str, ...]
    column: str
    attacker: str
    """`iedereen`, or the brin6 whose director it is."""
    least: int | None
    greatest: int | None
    """Between these it lies; None where it can just be read. Not for screens, logs or errors."""
    is_exact: bool
    """Whether the very number can be told."""
    what: str
    """What is wrong, in Dutch, after "is"."""

    @property
    def sentence(self) -> str:
        """Names the cell and who can tell it, never its value."""
        row = ", ".join(part for part in self.key if part)
        who = EVERYBODY if self.attacker == EVERYBODY else f"de directeur van {self.attacker}"
        return f"{self.table} ({row}): {self.column} is {self.what}, voor {who}."


def attack(
    shown: Frames,
    exact: Frames,
    facts: Facts,
    k: int,
    progress: Callable[[str], None] = lambda _: None,
    earlier: Frames | None = None,
) -> list[Leak]:
    """Every number that the published tables give away.

    `shown`: the tables as published, with the column `verborgen`; `exact`: the same tables with nothing hidden;
    `k`: a number from 1 up to, not including, k is small; `progress` hears a Dutch sentence per step; `earlier`: the
    tables as published the time before, which readers may have kept.

    Returns: leaks in the order of the tables' systems; none: the tables are safe. A cell of which that could not be
    shown in time is a leak too.
    """
    progress("Wat er staat")
    leaks = [_seen(sight) for sight in sights(shown, exact, k)]
    dropped = 0
    read = shown if earlier is None else remembered(shown, earlier, exact)
    for name, system in _systems(read, exact, facts, k):
        progress(name)
        dropped += system.dropped
        leaks += [_told(finding, system) for finding in findings(system, k)]
    if dropped:
        progress(f"{dropped} verbanden gaan in deze gegevens niet op")
    return leaks


def _systems(shown: Frames, exact: Frames, facts: Facts, k: int) -> Iterator[tuple[str, System]]:
    today = _today(exact)
    for system in consent_systems(shown, exact, facts):
        yield "Toestemming", system
    yield "Laagste dekking", lowest_coverage(shown, exact)
    yield "Wie 16 wordt", turning_16(shown, exact)
    for system in use_systems(shown, exact, facts, today, k):
        yield "Gebruik van beeld", system
    yield "Incidenten", incident_system(shown, exact, facts, today)


def _today(exact: Frames) -> date | None:
    """The day of the delivery: the last reference date."""
    coverage = exact.get("consent_coverage", pl.DataFrame())
    found: date | None = None if coverage.is_empty() else max(coverage["peildatum"].unique().to_list())
    return found


def _seen(sight: Sight) -> Leak:
    return Leak(sight.table, sight.key, sight.column, EVERYBODY, None, None, is_exact=False, what=sight.what)


def _told(finding: Finding, system: System) -> Leak:
    cell = finding.cell
    is_exact = finding.is_proven and finding.least == finding.greatest
    who = EVERYBODY if finding.attacker == PUBLIC else system.schools[finding.attacker]
    what = "te herleiden" if finding.is_proven else "niet bewezen veilig"
    if is_exact:
        what = "precies te herleiden"
    return Leak(cell.table, cell.key, cell.column, who, finding.least, finding.greatest, is_exact, what)
