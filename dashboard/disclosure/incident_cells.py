"""How the published counts of incidents hang together: values, dimensions, halves and years, schools and the group.

Behind every count stand the incidents of a school in a half-year of the code, by each dimension apart. School years
are two halves, evaluation periods four; each dimension adds up to the same total.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard.disclosure.books import GROUP, Book, Place
from dashboard.disclosure.consent_cells import OF_GROUP, Numbered, Row
from dashboard.disclosure.universe import OTHER, is_by_school, rare_values
from dashboard.periods import kind_of, month_after, months_apart, period_of
from dashboard.registry import Registry

SCOPE: Final = "reikwijdte"
OUTSIDE: Final = "buiten"
"""Incidents outside school stand in the dimension of scope only, and in no total."""

NOTHING_DONE: Final = frozenset({"geen", "onbekend"})

MEASURES: Final = {"V.2": "leerling", "V.3": "medewerker"}
"""Article → who it names measures for."""


@dataclass(frozen=True, slots=True)
class Exact:
    """What the board knows, of which the published counts are sums."""

    by: pl.DataFrame
    """`incidents_by`, every period and school."""
    roles: pl.DataFrame
    followup: pl.DataFrame
    monthly: pl.DataFrame
    today: date


class IncidentBook:
    """The system of all incidents."""

    def __init__(self, exact: Exact, registry: Registry) -> None:
        self._exact = exact
        self._article = {category.code: category.article for category in registry.categories}
        self._rare = set(rare_values(exact.by).iter_rows())
        half = exact.by.filter(
            pl.col("periode").replace_strict(_kinds(exact.by), return_dtype=pl.String) == "halfjaar"
        ).filter(pl.col("dimensie") != "artikel")
        self._counts = {
            (brin6, half, dimension, value): number
            for half, brin6, dimension, value, number in half.select(
                "periode", "brin6", "dimensie", "waarde", "incidenten"
            ).iter_rows()
        }
        self.schools = sorted({*exact.by["brin6"], *exact.monthly["brin6"]} - {GROUP})
        self._units = self.schools if is_by_school(exact.by) else [GROUP]
        """Whose values are counted behind the published ones: every school's, or those of the group only."""
        self._values: dict[tuple[str, str], list[str]] = defaultdict(list)
        for brin6, name, dimension, value in sorted(self._counts):
            if brin6 == GROUP:
                self._values[name, dimension].append(value)
        self.halves = sorted({name for name, _ in self._values})
        self.dimensions = sorted({dimension for _, dimension in self._values})
        self.book = Book("meldingen", self.schools)
        self._followup = _by_key(exact.followup, "periode", "brin6", "maat")
        self._lay_out()

    def _lay_out(self) -> None:
        """Every dimension adds up to the same total of a school in a half-year."""
        for half in self.halves:
            for unit in self._units:
                for dimension in self.dimensions:
                    values = [value for value in self._values[half, dimension] if value != OUTSIDE]
                    atoms = [self._atom(unit, half, dimension, value) for value in values]
                    self.book.equal(atoms, self._totals(unit, [half]))

    def _atom(self, school: str, half: str, dimension: str, value: str) -> int:
        truth = self._counts.get((school, half, dimension, value), 0)
        if school != GROUP:
            return self.book.atom(school, half, dimension, value, truth=truth, school=school)
        known = {of: self._counts.get((of, half, dimension, value), 0) for of in self.schools}
        return self.book.atom(half, dimension, value, truth=truth, known=known)

    def _total(self, school: str, half: str) -> int:
        values = [value for value in self._values[half, SCOPE] if value != OUTSIDE]
        truth = sum(self._counts.get((school, half, SCOPE, value), 0) for value in values)
        return self.book.atom(school, half, "totaal", truth=truth, school=school, is_hub=True)

    def _inside(self, period: str) -> list[str]:
        """The half-years that make up a period."""
        first, _, last = period.partition("/")
        return [half for half in self.halves if first <= half[:7] and half[8:] <= last]

    def _before(self, period: str) -> list[str]:
        """The half-years that make up as many months before a period."""
        first, _, last = period.partition("/")
        months = months_apart(first, last) + 1
        return self._inside(f"{month_after(first, -months)}/{month_after(first, -1)}")

    def _sum(self, school: str, halves: Iterable[str], dimension: str, wanted: Iterable[str]) -> list[int]:
        """The atoms of these values over these half-years; of the group those of every school."""
        values, schools = set(wanted), self._units if school == GROUP else [school]
        return [
            self._atom(known, half, dimension, value)
            for half in halves
            for value in self._values[half, dimension]
            if value in values
            for known in schools
        ]

    def _totals(self, school: str, halves: Iterable[str]) -> list[int]:
        schools = self.schools if school == GROUP else [school]
        return [self._total(known, half) for half in halves for known in schools]

    def _behind(self, dimension: str, value: str) -> list[str]:
        """The values that a shown value stands for."""
        if value != OTHER:
            return [value]
        known = self._known(dimension)
        return sorted(known & {rare for of, rare in self._rare if of == dimension} | (known & {OTHER}))

    def _of_article(self, article: str) -> list[str]:
        return sorted(value for value in self._known("categorie") if self._article.get(value) == article)

    def _known(self, dimension: str) -> set[str]:
        """The values of a dimension that occur."""
        return {value for (_, known), values in self._values.items() if known == dimension for value in values}

    def write_values(self, rows: Numbered) -> None:
        """`incidents_by`."""
        for number, row in rows:
            dimension = "categorie" if row["dimensie"] == "artikel" else row["dimensie"]
            behind = (
                self._of_article(row["waarde"])
                if row["dimensie"] == "artikel"
                else self._behind(dimension, row["waarde"])
            )
            atoms = self._sum(row["brin6"], self._inside(row["periode"]), dimension, behind)
            self._write("incidents_by", number, row, "incidenten", atoms)

    def write_funnel(self, rows: Numbered) -> None:
        """`incident_funnel`: of a school that delivered every month the total, else no more than that.

        The rate of the group tells the sum over the schools: that is a count too, printed as `groep`.
        """
        by_period: dict[str, list[tuple[int, Row]]] = defaultdict(list)
        for number, row in rows:
            by_period[row["periode"]].append((number, row))
        for period, schools in by_period.items():
            together: list[int] = []
            for number, row in schools:
                atoms = self._delivered(row)
                self._write("incident_funnel", number, row, "incidenten", atoms)
                together += atoms
            for number, _ in schools:
                place = Place("incident_funnel", number, "groep")
                name = f"incident_funnel|{period}|groep"
                self.book.cell(place, name, together, self.book.truth(together), cost=OF_GROUP / len(schools))

    def _delivered(self, row: Row) -> list[int]:
        whole = self._totals(row["brin6"], self._inside(row["periode"]))
        if self.book.truth(whole) == row["incidenten"] and self._is_complete(row["brin6"], row["periode"]):
            return whole
        part = self.book.atom("aangeleverd", row["brin6"], row["periode"], truth=row["incidenten"], school=row["brin6"])
        self.book.at_most([part], whole, "aangeleverd", row["brin6"], row["periode"])
        return [part]

    def _is_complete(self, school: str, period: str) -> bool:
        """Whether a school (`*`: each of them) delivered every month of a period, as far as it has come."""
        first, _, last = period.partition("/")
        months = self._exact.monthly.filter(pl.col("maand").is_between(pl.lit(first), pl.lit(last)))
        own = months.filter(pl.col("brin6") != GROUP) if school == GROUP else months.filter(pl.col("brin6") == school)
        return own.height > 0 and bool(own["aangeleverd"].all())

    def write_months(self, rows: Numbered, trend: Numbered) -> None:
        """`incidents_monthly` and `incident_trend` of the group: the months of a half-year are no more than it."""
        own = _by_key(self._exact.monthly.filter(pl.col("aangeleverd")), "brin6", "maand")
        by_half: dict[str, list[int]] = defaultdict(list)
        atoms: dict[str, int] = {}
        for number, row in rows:
            if row["incidenten"] is None:
                continue
            month = row["maand"]
            known = {brin6: of["incidenten"] for (brin6, name), of in own.items() if name == month and brin6 != GROUP}
            atoms[month] = self.book.atom("maand", month, truth=row["incidenten"], known=known)
            by_half[_half_of(month)].append(atoms[month])
            self._write("incidents_monthly", number, row, "incidenten", [atoms[month]])
        for number, row in trend:
            if row["maand"] in atoms:
                self._write("incident_trend", number, row, "incidenten", [atoms[row["maand"]]])
        for half, months in by_half.items():
            whole = self._totals(GROUP, [half] if half in self.halves else [])
            if self.book.truth(whole) == self.book.truth(months) and self._is_complete(GROUP, half):
                self.book.equal(months, whole)
            else:
                self.book.at_most(months, whole, "maanden", half)

    def write_roles(self, rows: Numbered) -> None:
        """`incident_roles` of the group: its margins are the roles of `incidents_by`."""
        counts = _by_key(self._exact.roles, "periode", "brin6", "veroorzaker", "getroffene")
        pairs: dict[str, dict[tuple[str, str], int]] = {half: {} for half in self.halves}
        for half in self.halves:
            for who in self._values[half, "veroorzaker"]:
                for whom in self._values[half, "getroffene"]:
                    pairs[half][who, whom] = self._pair(half, who, whom, counts)
            for who in self._values[half, "veroorzaker"]:
                cells = [atom for (left, _), atom in pairs[half].items() if left == who]
                self.book.equal(cells, self._sum(GROUP, [half], "veroorzaker", [who]))
            for whom in self._values[half, "getroffene"]:
                cells = [atom for (_, right), atom in pairs[half].items() if right == whom]
                self.book.equal(cells, self._sum(GROUP, [half], "getroffene", [whom]))
        for number, row in rows:
            left = set(self._behind("veroorzaker", row["veroorzaker"]))
            right = set(self._behind("getroffene", row["getroffene"]))
            atoms = [
                atom
                for half in self._inside(row["periode"])
                for (who, whom), atom in pairs[half].items()
                if who in left and whom in right
            ]
            self._write("incident_roles", number, row, "incidenten", atoms)

    def _pair(self, half: str, who: str, whom: str, counts: Mapping[tuple[str, ...], Row]) -> int:
        def number(school: str) -> int:
            return int(counts[half, school, who, whom]["incidenten"]) if (half, school, who, whom) in counts else 0

        known = {school: number(school) for school in self.schools}
        return self.book.atom("rollen", half, who, whom, truth=number(GROUP), known=known)

    def write_followup(self, rows: Numbered) -> None:
        """`incident_followup` of the group: of how many what was done."""
        for number, row in rows:
            halves = self._inside(row["periode"])
            part = [atom for half in halves for atom in self._done(half, row["maat"])]
            whole = [atom for half in halves for atom in self._doable(half, row["maat"])]
            self._write("incident_followup", number, row, "teller", part)
            self._write("incident_followup", number, row, "noemer", whole)

    def _doable(self, half: str, measure: str) -> list[int]:
        """Of how many something could be done; of a median those with a date."""
        if measure == "hulp_aangeboden":
            return self._sum(GROUP, [half], "getroffene", ("leerling", "medewerker"))
        if measure == "dagen_tot_maatregel":
            return self._part(half, measure, "noemer", self._done(half, "maatregel"))
        if measure == "dagen_tot_afhandeling":
            return self._part(half, measure, "noemer", self._done(half, "afgehandeld"))
        return self._totals(GROUP, [half])

    def _done(self, half: str, measure: str) -> list[int]:
        """Of how many it was done; nothing for a median."""
        if measure == "maatregel":
            done = set(self._values[half, "maatregel"]) - NOTHING_DONE
            return self._sum(GROUP, [half], "maatregel", done)
        if measure.startswith("dagen_"):
            return []
        return self._part(half, measure, "teller", self._doable(half, measure))

    def _part(self, half: str, measure: str, column: str, whole: Sequence[int]) -> list[int]:
        """A part of a sum, as printed for a half-year."""
        row = self._followup.get((half, GROUP, measure))
        if row is None or row[column] is None:
            return []
        known = {
            school: int(self._followup[half, school, measure][column] or 0)
            for school in self.schools
            if (half, school, measure) in self._followup
        }
        part = self.book.atom("opvolging", half, measure, column, truth=row[column], known=known)
        self.book.at_most([part], whole, "opvolging", half, measure, column)
        return [part]

    def write_evaluation(self, number: int, row: Row, counted: Row) -> None:
        """What an article's indicator counts, over the period and over the years before it."""
        for prefix, halves in (("", self._inside(row["periode"])), ("vorige_", self._before(row["periode"]))):
            whole, part = self._evaluated(row, counted, prefix, halves)
            for column, atoms in (("teller", part), ("noemer", whole)):
                value = counted[f"{prefix}{column}"]
                place = Place("evaluation", number, "vorige_waarde" if prefix else column)
                name = f"evaluation|{row['periode']}|{row['artikel']}|{row['indicator']}|{prefix}{column}"
                self.book.cell(place, name, atoms, value, cost=OF_GROUP)

    def _evaluated(self, row: Row, counted: Row, prefix: str, halves: Sequence[str]) -> tuple[list[int], list[int]]:
        """The atoms of the whole, and of the part; where the part is one of its own, it is no more than the whole."""
        article, indicator = row["artikel"], row["indicator"]
        of_article = self._sum(GROUP, halves, "categorie", self._of_article(article))
        if indicator == "incidenten":
            return [], of_article
        if indicator.startswith("incidenten_"):
            scopes = {value for half in halves for value in self._values[half, SCOPE]}
            return (
                self._sum(GROUP, halves, SCOPE, scopes),
                self._sum(GROUP, halves, SCOPE, [indicator.removeprefix("incidenten_")]),
            )
        if indicator == "hulp_aangeboden":
            return (
                [atom for half in halves for atom in self._doable(half, indicator)],
                [atom for half in halves for atom in self._done(half, indicator)],
            )
        whole = of_article
        if article.startswith("V."):
            whole = self._sum(GROUP, halves, "veroorzaker", [MEASURES.get(article, "medewerker")])
        value = counted[f"{prefix}teller"]
        if value is None:
            return whole, []
        part = self.book.atom("evaluatie", row["periode"], article, indicator, prefix, truth=value)
        self.book.at_most([part], whole, "evaluatie", row["periode"], article, indicator, prefix)
        return whole, [part]

    def _write(self, table: str, number: int, row: Row, column: str, atoms: Sequence[int]) -> None:
        key = "|".join(str(value) for value in row.values() if isinstance(value, str))
        group = row.get("brin6", GROUP) == GROUP
        self.book.cell(
            Place(table, number, column),
            f"{table}|{key}|{column}",
            atoms,
            row[column],
            cost=OF_GROUP if group else 1.0,
        )


def _kinds(frame: pl.DataFrame) -> dict[str, str]:
    return {name: kind_of(name) for name in frame["periode"].unique()}


def _by_key(frame: pl.DataFrame, *key: str) -> dict[tuple[Any, ...], Row]:
    return {tuple(row[name] for name in key): row for row in frame.iter_rows(named=True)}


def _half_of(month: str) -> str:
    """The half-year of the code that holds a month: February–July or August–January."""
    half = period_of("halfjaar", date.fromisoformat(f"{month}-01"), None, 1)
    assert half is not None  # every day lies in a half-year
    return half.name
