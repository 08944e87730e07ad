"""How the published counts of uses without consent hang together: schools, statuses, purposes and years."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

import polars as pl

from dashboard.disclosure.books import GROUP, Book, Place
from dashboard.disclosure.consent_cells import OF_GROUP, Numbered, Row
from dashboard.periods import ONE_DAY, month_after, month_end, months_apart, school_year_days

Key = tuple[str, str]
"""School year and purpose."""

Span = tuple[date, date]
"""First and last day."""

PARTS: Final = ("ja", "zonder")
"""A use was with a yes that was valid that day, or without."""


class UseBook:
    """The system of all uses."""

    def __init__(self, schools: Numbered, statuses: Numbered, granted: Collection[str], exact: pl.DataFrame) -> None:
        """From the protected rows of `use_without_consent` and `use_by_status`, counts exact.

        `granted`: the statuses that are read as a yes. `exact`: `use_by_status` of every school, which its director
        knows.
        """
        self._granted = granted
        self._known: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
        for own in exact.filter(pl.col("brin6") != GROUP).to_dicts():
            self._known[*_key(own), own["status"]][own["brin6"]] = own["gebruiken"]
        self._rows = {(row["brin6"], row["schooljaar"], row["doel"]): row for _, row in schools}
        self.book = Book("gebruik", sorted({row["brin6"] for _, row in schools} - {GROUP}))
        for row in self._rows.values():
            if row["brin6"] != GROUP:
                # A publication shows at least one pupil.
                more = self.book.atom("meer", *_key(row), row["brin6"], truth=row["gebruiken"] - row["publicaties"])
                self.book.equal(self._uses(row["brin6"], _key(row)), [more, *self._publications(row)])
        for number, row in schools:
            self._write(number, row)
        self._write_statuses(statuses)

    def _publications(self, row: Row) -> list[int]:
        atom = self.book.atom("publicaties", *_key(row), row["brin6"], truth=row["publicaties"])
        self.book.add_up([atom], row["publicaties"])
        return [atom]

    def _part(self, school: str, key: Key, part: str) -> list[int]:
        if school == GROUP:
            schools = [known for known, *rest in self._rows if known != GROUP and tuple(rest) == key]
            return [atom for known in schools for atom in self._part(known, key, part)]
        row = self._rows[school, *key]
        without = row["zonder_toestemming"]
        truth = without if part == "zonder" else row["gebruiken"] - without
        return [self.book.atom(part, *key, school, truth=truth, school=school)]

    def _uses(self, school: str, key: Key) -> list[int]:
        return [atom for part in PARTS for atom in self._part(school, key, part)]

    def _write(self, number: int, row: Row) -> None:
        school, key = row["brin6"], _key(row)
        cost = OF_GROUP if school == GROUP else 1.0
        name = f"use_without_consent|{school}|{'|'.join(key)}"
        place = Place("use_without_consent", number, "gebruiken")
        self.book.cell(place, f"{name}|gebruiken", self._uses(school, key), row["gebruiken"], cost=cost)
        self.book.cell(
            Place("use_without_consent", number, "zonder_toestemming"),
            f"{name}|zonder_toestemming",
            self._part(school, key, "zonder"),
            row["zonder_toestemming"],
            cost=cost,
        )
        self.book.remainder(f"{name}|met_toestemming", self._part(school, key, "ja"))

    def _write_statuses(self, rows: Numbered) -> None:
        """Uses of the group by status: a reading makes each of them a yes or none."""
        parts: dict[tuple[Key, str], list[int]] = defaultdict(list)
        atoms_of: dict[Key, dict[str, int]] = defaultdict(dict)
        for number, row in rows:
            key = _key(row)
            known = self._known[*key, row["status"]]
            atom = self.book.atom("status", *key, row["status"], truth=row["gebruiken"], known=known)
            parts[key, "ja" if row["status"] in self._granted else "zonder"].append(atom)
            atoms_of[key][row["status"]] = atom
            name = f"use_by_status|{'|'.join(key)}|{row['status']}"
            self.book.cell(Place("use_by_status", number, "gebruiken"), name, [atom], row["gebruiken"], cost=OF_GROUP)
        for (key, part), atoms in parts.items():
            self.book.equal(atoms, self._part(GROUP, key, part))
        for key, by_status in atoms_of.items():
            for status in by_status:
                others = [atom for name, atom in by_status.items() if name != status]
                self.book.remainder(f"use_by_status|{'|'.join(key)}|niet {status}", others)

    def write_evaluation(self, number: int, row: Row, counted: Row, purposes: set[str], today: date) -> None:
        """`gebruik_zonder_toestemming` of an article: the school years inside the period, and parts of others.

        `counted` holds teller and noemer, and those of the years before (vorige_…).
        """
        stretches: dict[str, list[tuple[int, list[int]]]] = defaultdict(list)
        for prefix in ("", "vorige_"):
            without, used = counted[f"{prefix}teller"], counted[f"{prefix}noemer"]
            if without is None or used is None:
                continue
            span = _span(str(row["periode"]), today, is_earlier=bool(prefix))
            behind: dict[str, list[int]] = {}
            for part, value in (("zonder", without), ("ja", used - without)):
                inside, cut = self._in_span((part,), purposes, span, today)
                rest = value - self.book.truth(inside)
                behind[part] = inside
                if cut and rest >= 0:
                    some = self.book.atom("deel", row["artikel"], prefix, part, span, truth=rest)
                    self.book.at_most([some], cut, "deel", row["artikel"], prefix, part, span)
                    behind[part] = [*inside, some]
                    stretches[part].append((some, cut))
            full = f"evaluation|{row['periode']}|{row['artikel']}|{row['indicator']}|{prefix}"
            places = [Place("evaluation", number, "vorige_waarde" if prefix else name) for name in ("teller", "noemer")]
            self.book.cell(places[0], f"{full}teller", behind["zonder"], without, cost=OF_GROUP)
            self.book.cell(places[1], f"{full}noemer", [*behind["zonder"], *behind["ja"]], used, cost=OF_GROUP)
            self.book.remainder(f"{full}met_toestemming", behind["ja"])
        for known in stretches.values():
            if len(known) > 1 and known[0][1] == known[1][1]:  # what isn't in the one stretch is in the other
                self.book.equal([some for some, _ in known], known[0][1])

    def _in_span(
        self, parts: Sequence[str], purposes: set[str], span: Span, today: date
    ) -> tuple[list[int], list[int]]:
        """The uses of whole school years between two days, and those of years of which a part lies there."""
        keys = [(year, purpose) for school, year, purpose in self._rows if school == GROUP and purpose in purposes]
        years = {key: _year_span(key[0], today) for key in keys}
        inside = [key for key, (first, last) in years.items() if span[0] <= first and last <= span[1]]
        touched = [key for key, (first, last) in years.items() if first <= span[1] and span[0] <= last]
        cut = [key for key in touched if key not in inside]
        return self._atoms(inside, parts), self._atoms(cut, parts)

    def _atoms(self, keys: Sequence[Key], parts: Sequence[str]) -> list[int]:
        return [atom for key in keys for part in parts for atom in self._part(GROUP, key, part)]


def _span(period: str, today: date, *, is_earlier: bool) -> Span:
    """The first and last day of an evaluation period, or of as many months before it."""
    first, _, last = period.partition("/")
    start = date.fromisoformat(f"{first}-01")
    if is_earlier:
        before = month_after(first, -months_apart(first, last) - 1)
        return date.fromisoformat(f"{before}-01"), start - ONE_DAY
    return start, min(month_end(date.fromisoformat(f"{last}-01")), today)


def _year_span(school_year: str, today: date) -> Span:
    """The first and last day of a school year, as far as it has come."""
    first, last = school_year_days(int(school_year[:4]))
    return first, min(last, today)


def _key(row: Row) -> Key:
    return row["schooljaar"], row["doel"]
