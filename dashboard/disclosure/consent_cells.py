"""How the published counts of consent hang together: statuses, readings, year groups, and what expires."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard.disclosure.books import GROUP, Book, Place
from dashboard.registry import Registry
from dashboard.registry.model import OUTCOMES, PUBLISHED_READING, STATUSES

Row = Mapping[str, Any]
Numbered = Sequence[tuple[int, Row]]
"""Rows of a protected table with their numbers."""

DROPPED: Final[Mapping[str, frozenset[str]]] = {
    "ingeschreven": frozenset(),
    "gevraagd": frozenset({"niet_gevraagd", "onbekend"}),
    "beantwoord": frozenset({"onbeantwoord"}),
    "aantoonbaar": frozenset({"niet_aantoonbaar", "niet_uitdrukkelijk"}),
    "bevoegd": frozenset({"onbevoegd"}),
    "dit_jaar": frozenset({"verlopen_ja", "verlopen_nee"}),
}
"""Step of the waterfall → the statuses that drop out there."""

OF_GROUP: Final = 5
"""What hiding a count of the group costs, beside one of a school."""


@dataclass(frozen=True, slots=True)
class Statuses:
    """What is known of the statuses of one purpose on one day."""

    pupils: Mapping[str, Mapping[str, int]]
    """School → status → pupils."""
    classes: Mapping[str, tuple[str, ...]]
    """Status → its outcome in each reading: schools are shown no more than these."""
    readings: tuple[str, ...]

    def outcome(self, kind: tuple[str, ...], reading: str) -> str:
        """What a reading makes of a class of statuses."""
        return kind[self.readings.index(reading)]

    def of_class(self, kind: tuple[str, ...]) -> list[str]:
        """The statuses of a class."""
        return [status for status, known in self.classes.items() if known == kind]

    @property
    def kinds(self) -> list[tuple[str, ...]]:
        """The classes, each once."""
        return list(dict.fromkeys(self.classes.values()))


def statuses_of(exact: pl.DataFrame, day: date, purpose: str, registry: Registry) -> Statuses:
    """The statuses of a purpose on a day. exact: `consent_status` with a row per school and status with pupils."""
    pupils: dict[str, dict[str, int]] = defaultdict(dict)
    rows = exact.filter((pl.col("peildatum") == day) & (pl.col("doel") == purpose) & (pl.col("brin6") != GROUP))
    for brin6, status, number in rows.select("brin6", "status", "leerlingen").sort("brin6", "status").iter_rows():
        pupils[brin6][status] = number
    classes = {status: tuple(reading.outcomes[status] for reading in registry.readings) for status in STATUSES}
    return Statuses(dict(pupils), classes, tuple(reading.code for reading in registry.readings))


class ConsentBook:
    """The system of one purpose on one day."""

    def __init__(self, day: date, purpose: str, statuses: Statuses) -> None:
        self.name = f"toestemming {day} {purpose}"
        self._statuses = statuses
        self.book = Book(self.name, sorted(statuses.pupils))
        self._lay_out()

    def _lay_out(self) -> None:
        """A number per school and class; the pupils of each school are known; the group's statuses add up to them."""
        for school in self._statuses.pupils:
            self.book.add_up(self._of_school(school), self.pupils(school))
        for kind in self._statuses.kinds:
            parts = self._statuses.of_class(kind)
            if len(parts) > 1:
                schools = [self._class(school, kind) for school in self._statuses.pupils]
                self.book.equal([self._status(status) for status in parts], schools)

    def pupils(self, school: str) -> int:
        """How many pupils there are, which everyone knows."""
        of = self._statuses.pupils
        return sum(sum(known.values()) for known in of.values()) if school == GROUP else sum(of[school].values())

    def _class(self, school: str, kind: tuple[str, ...]) -> int:
        known = self._statuses.pupils[school]
        truth = sum(known.get(status, 0) for status in self._statuses.of_class(kind))
        return self.book.atom(school, kind, truth=truth, school=school)

    def _of_school(self, school: str) -> list[int]:
        return [self._class(school, kind) for kind in self._statuses.kinds]

    def _status(self, status: str) -> int:
        """A status of the group that shares its class with others."""
        known = {school: of.get(status, 0) for school, of in self._statuses.pupils.items()}
        return self.book.atom(status, truth=sum(known.values()), known=known)

    def _of_statuses(self, wanted: frozenset[str]) -> list[int]:
        """The atoms of the group that make up these statuses: whole classes by school, else by status."""
        atoms: list[int] = []
        for kind in self._statuses.kinds:
            parts = self._statuses.of_class(kind)
            inside = [status for status in parts if status in wanted]
            if len(inside) == len(parts):
                atoms += [self._class(school, kind) for school in self._statuses.pupils]
            else:
                atoms += [self._status(status) for status in inside]
        return atoms

    def outcomes(self, school: str, reading: str, *wanted: str) -> list[int]:
        """The atoms that a reading makes into these outcomes."""
        schools = list(self._statuses.pupils) if school == GROUP else [school]
        return [
            self._class(known, kind)
            for known in schools
            for kind in self._statuses.kinds
            if self._statuses.outcome(kind, reading) in wanted
        ]

    def write(self, table: str, number: int, row: Row, column: str, atoms: list[int]) -> None:
        """A printed count of this system."""
        school = row.get("brin6", GROUP)
        key = "|".join(str(value) for value in row.values() if not isinstance(value, (int, float)) and value)
        self.book.cell(
            Place(table, number, column),
            f"{table}|{key}|{column}",
            atoms,
            row[column],
            whole=self.pupils(school) if school == GROUP or school in self._statuses.pupils else None,
            cost=OF_GROUP if school == GROUP else 1.0,
        )

    def write_coverage(self, rows: Numbered) -> None:
        """`consent_coverage`: what each reading makes of the classes."""
        for number, row in rows:
            for outcome in OUTCOMES:
                atoms = self.outcomes(row["brin6"], row["lezing"], outcome)
                self.write("consent_coverage", number, row, outcome, atoms)

    def write_statuses(self, rows: Numbered) -> None:
        """`consent_status` of the group."""
        for number, row in rows:
            atoms = self._of_statuses(frozenset({row["status"]}))
            self.write("consent_status", number, row, "leerlingen", atoms)

    def write_waterfall(self, rows: Numbered) -> None:
        """`consent_waterfall` of the group: each step what is left."""
        steps = list(DROPPED)
        for number, row in rows:
            gone = frozenset[str]().union(*(DROPPED[step] for step in steps[: steps.index(row["stap"]) + 1]))
            atoms = self._of_statuses(frozenset(STATUSES) - gone)
            self.write("consent_waterfall", number, row, "leerlingen", atoms)

    def write_year_groups(self, rows: Numbered, printed: Numbered) -> None:
        """`consent_by_year_group`: year groups of a school add up to it; how many pupils each has is known.

        `rows`: every year group. `printed`: those that are shown.
        """
        by_outcome: dict[tuple[str, str], list[int]] = defaultdict(list)
        for _, row in rows:
            if row["brin6"] == GROUP:
                continue
            atoms = [self._year_group(row, outcome) for outcome in OUTCOMES]
            self.book.add_up(atoms, sum(row[outcome] for outcome in OUTCOMES))
            for outcome, atom in zip(OUTCOMES, atoms, strict=True):
                by_outcome[row["brin6"], outcome].append(atom)
        for (school, outcome), atoms in by_outcome.items():
            self.book.equal(atoms, self.outcomes(school, PUBLISHED_READING, outcome))
        for number, row in printed:
            for outcome in OUTCOMES:
                self._write_year_group(number, row, outcome, rows)

    def _year_group(self, row: Row, outcome: str) -> int:
        return self.book.atom(
            "leerjaar", row["brin6"], row["leerjaar"], outcome, truth=row[outcome], school=row["brin6"]
        )

    def _write_year_group(self, number: int, row: Row, outcome: str, rows: Numbered) -> None:
        group = row["brin6"] == GROUP
        same = [known for _, known in rows if known["leerjaar"] == row["leerjaar"] and known["brin6"] != GROUP]
        atoms = [self._year_group(known, outcome) for known in (same if group else [row])]
        self.book.cell(
            Place("consent_by_year_group", number, outcome),
            f"consent_by_year_group|{row['brin6']}|{row['leerjaar']}|{outcome}",
            atoms,
            row[outcome],
            whole=sum(row[known] for known in OUTCOMES),
            cost=OF_GROUP if group else 1.0,
        )

    def write_outlook(self, rows: Numbered) -> None:
        """`expiry_outlook`: now as the code reads it; on 1 September valid or not, of everyone who isn't unknown."""
        later = ("geldig_1_september", "nodig_1_september")
        schools = [row["brin6"] for _, row in rows if row["brin6"] != GROUP]
        by_school = {row["brin6"]: row for _, row in rows}
        for school in schools:
            atoms = [self._later(by_school[school], column) for column in later]
            unknown = self.outcomes(school, PUBLISHED_READING, "onbekend")
            self.book.add_up([*atoms, *unknown], by_school[school]["leerlingen"])
        for number, row in rows:
            of = schools if row["brin6"] == GROUP else [row["brin6"]]
            now = self.outcomes(row["brin6"], PUBLISHED_READING, "ja", "nee")
            self.write("expiry_outlook", number, row, "geldig_nu", now)
            needed = self.outcomes(row["brin6"], PUBLISHED_READING, "ongeldig")
            self.write("expiry_outlook", number, row, "nodig_nu", needed)
            for column in later:
                atoms = [self._later(by_school[school], column) for school in of]
                self.write("expiry_outlook", number, row, column, atoms)

    def _later(self, row: Row, column: str) -> int:
        return self.book.atom(column, row["brin6"], truth=row[column], school=row["brin6"])

    def write_funnel(self, rows: Numbered) -> None:
        """`consent_funnel`: who has a valid answer, and of how many that is known."""
        for number, row in rows:
            for column, wanted in (("geldig", ("ja", "nee")), ("noemer", ("ja", "nee", "ongeldig"))):
                atoms = self.outcomes(row["brin6"], PUBLISHED_READING, *wanted)
                self.write("consent_funnel", number, row, column, atoms)
        self.write_groep(rows)

    def write_judged(self, number: int, row: Row, counted: Row, prefix: str) -> None:
        """The coverage of an article in `evaluation`: what was counted for it, now or (`vorige_`) for years before.

        A share of before tells both its counts.
        """
        for column, wanted in (("teller", ("ja", "nee")), ("noemer", ("ja", "nee", "ongeldig"))):
            atoms = self.outcomes(GROUP, PUBLISHED_READING, *wanted)
            self.book.cell(
                Place("evaluation", number, "vorige_waarde" if prefix else column),
                f"evaluation|{row['periode']}|{row['artikel']}|{row['indicator']}|{prefix}{column}",
                atoms,
                counted[f"{prefix}{column}"],
                whole=self.pupils(GROUP),
                cost=OF_GROUP,
            )

    def write_groep(self, rows: Numbered) -> None:
        """The coverage of the group in `consent_funnel`: it tells both its counts."""
        for wanted in (("ja", "nee"), ("ja", "nee", "ongeldig")):
            atoms = self.outcomes(GROUP, PUBLISHED_READING, *wanted)
            for number, row in rows:
                self.book.cell(
                    Place("consent_funnel", number, "groep"),
                    f"consent_funnel|{row['doel']}|groep|{'|'.join(wanted)}",
                    atoms,
                    self.book.truth(atoms),
                    whole=self.pupils(GROUP),
                    cost=OF_GROUP / len(rows),
                )
