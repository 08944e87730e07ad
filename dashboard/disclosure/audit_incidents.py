"""How the published tables of incidents hang together: one system, made of half-years per school and value."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard.disclosure.audit_facts import Facts
from dashboard.disclosure.audit_followup import FollowUp
from dashboard.disclosure.audit_sheet import GROUP, Page, Sheet, System, is_marked
from dashboard.periods import kind_of

Frames = Mapping[str, pl.DataFrame]

REST: Final = "overig"
"""The rare values of a dimension together."""

OUTSIDE: Final = "buiten"
SCOPE: Final = "reikwijdte"
KEY: Final = ("periode", "brin6", "dimensie", "waarde")


def incident_system(shown: Frames, exact: Frames, facts: Facts, today: date | None) -> System:
    """Everything published about incidents; `today`: the last day that is counted."""
    return _Incidents(shown, exact, facts, today).system()


class _Incidents:
    """Half-years per school, dimension and value: everything else is a sum of them, or a part of one."""

    def __init__(self, shown: Frames, exact: Frames, facts: Facts, today: date | None) -> None:
        self.shown, self.exact, self.facts, self.today = shown, exact, facts, today
        mine, true = (frames.get("incidents_by", pl.DataFrame()) for frames in (shown, exact))
        self.page = Page("incidents_by", mine, true, KEY)
        self.values = _values(self.page.shown)
        self.true_values = _values(self.page.exact)
        periods = {str(key[0]) for key in [*self.page.exact, *self.page.shown]}
        self.halves = sorted(period for period in periods if kind_of(period) == "halfjaar")
        self.periods = sorted(periods)
        self.schools = sorted({str(key[1]) for key in [*self.page.exact, *self.page.shown]} - {GROUP})
        self.told = {(str(key[0]), str(key[1])) for key in self.page.shown}
        self.by_school = any(school != GROUP for _, school in self.told)
        monthly = exact.get("incidents_monthly", pl.DataFrame())
        self.delivered = {(row["maand"], row["brin6"]): row["aangeleverd"] for row in monthly.iter_rows(named=True)}
        self.months = sorted({month for month, _ in self.delivered})
        self.sheet = Sheet(self.schools)
        self.half: dict[tuple[str, str, str, str], int] = {}
        self.total: dict[tuple[str, str], int] = {}

    def system(self) -> System:
        for half in self.halves:
            for school in [*self.schools, GROUP]:
                self._half(school, half)
            self._schools_add_up(half)
        for period in self.periods:
            for school in [*self.schools, GROUP]:
                self._period(school, period)
        self._funnel()
        self._months()
        self._roles()
        FollowUp(self.sheet, self.shown, self.exact, self.facts, self.over, self.halves_of).write()
        return self.sheet.system()

    def _half(self, school: str, half: str) -> None:
        total = sum(self._true(school, half, SCOPE, value) for value in self.true_values.get(SCOPE, ()))
        total -= self._true(school, half, SCOPE, OUTSIDE)
        self.total[school, half] = self.sheet.hub(self.sheet.unknown(total, school))
        if school != GROUP and not self.by_school:
            return
        for dimension in self.values:
            for value in self._kept(dimension):
                place = self.sheet.unknown(self._true(school, half, dimension, value), school)
                self.half[school, half, dimension, value] = place
            parts = [
                self.half[school, half, dimension, value]
                for value in self._kept(dimension)
                if (dimension, value) != (SCOPE, OUTSIDE)
            ]
            self.sheet.equal([self.total[school, half]], parts)
        self._articles(school, half)

    def _kept(self, dimension: str) -> list[str]:
        """The values of a dimension, with the rare ones each by itself: some articles hold both kinds."""
        values = set(self.values[dimension]) - {REST}
        return sorted(values | set(self.true_values.get(dimension, ())))

    def _rare(self, dimension: str) -> list[str]:
        return [value for value in self._kept(dimension) if value not in self.values[dimension]]

    def _true(self, school: str, half: str, dimension: str, value: str) -> int:
        return self.page.truth((half, school, dimension, value), "incidenten")

    def _articles(self, school: str, half: str) -> None:
        if "artikel" not in self.values or "categorie" not in self.values:
            return
        for article in self._kept("artikel"):
            parts = [
                self.half[school, half, "categorie", value]
                for value in self._kept("categorie")
                if self.facts.article_of_category.get(value, value) == article
            ]
            self.sheet.equal([self.half[school, half, "artikel", article]], parts)

    def _schools_add_up(self, half: str) -> None:
        """Of values of the group only, any division over schools goes: their directors know the own part."""
        for dimension in self.values:
            for value in self._kept(dimension):
                whole = self.half[GROUP, half, dimension, value]
                if self.by_school:
                    self.sheet.equal([whole], [self.half[school, half, dimension, value] for school in self.schools])
                    continue
                for school in self.schools:
                    self.sheet.floor(whole, school, self._true(school, half, dimension, value))
        self.sheet.equal([self.total[GROUP, half]], [self.total[school, half] for school in self.schools])

    def halves_of(self, period: str) -> list[str]:
        """The half-years with incidents that lie in a period."""
        first, _, last = period.partition("/")
        return [half for half in self.halves if first <= half[:7] and half[8:] <= last]

    def over(self, school: str, period: str, dimension: str, values: Iterable[str]) -> list[int]:
        """The half-years that make up a period, of some values of a dimension."""
        return [
            self.half[school, half, dimension, value]
            for half in self.halves_of(period)
            for value in values
            if (school, half, dimension, value) in self.half
        ]

    def _period(self, school: str, period: str) -> None:
        if (period, school) not in self.told:
            return
        for dimension, values in self.values.items():
            for value in sorted(values):
                behind = self._rare(dimension) if value == REST else [value]
                parts = self.over(school, period, dimension, behind)
                truth = sum(self.page.truth((period, school, dimension, item), "incidenten") for item in behind)
                place = self.page.place(self.sheet, (period, school, dimension, value), "incidenten", truth)
                self.sheet.equal([place], parts)

    def _totals(self, school: str, period: str) -> list[int]:
        return [self.total[school, half] for half in self.halves_of(period)]

    def _funnel(self) -> None:
        """Delivered months of a period hold no more than all of it, and as much where all were delivered."""
        mine, true = (frames.get("incident_funnel", pl.DataFrame()) for frames in (self.shown, self.exact))
        page = Page("incident_funnel", mine, true, ("periode", "brin6"))
        by_period: dict[str, list[int]] = {}
        for key in page.shown:
            period, school = str(key[0]), str(key[1])
            if school not in self.schools:
                continue
            place = page.place(self.sheet, key, "incidenten")
            by_period.setdefault(period, []).append(place)
            self._part_of([place], self._totals(school, period), is_whole=self._is_delivered(period, [school]))
        for period, places in by_period.items():
            rows = [row for key, row in page.shown.items() if key[0] == period]
            if any(row["groep"] is not None for row in rows):
                value = sum(page.truth(key, "incidenten") for key in page.shown if key[0] == period)
                self.sheet.adds_up_to(places, value)

    def _part_of(self, parts: list[int], whole: list[int], *, is_whole: bool) -> None:
        self.sheet.at_most(parts, whole)
        if is_whole:
            self.sheet.equal(parts, whole)

    def _is_delivered(self, period: str, schools: Iterable[str]) -> bool:
        """Whether these schools delivered every month of a period so far."""
        first, _, last = period.partition("/")
        if not self.months or self.months[0] > first:
            return False
        months = [month for month in self.months if first <= month <= last]
        return bool(months) and all(self.delivered.get((month, school)) for month in months for school in schools)

    def _months(self) -> None:
        """Months of the group; those of one half-year hold no more than that, and as much where all delivered."""
        key = ("maand", "brin6")
        monthly = Page("incidents_monthly", *self._both("incidents_monthly"), key)
        trend = Page("incident_trend", *self._both("incident_trend"), (*key, "deel"))
        places = {}
        for month, school in monthly.shown:
            if school != GROUP:
                continue
            places[month] = monthly.place(self.sheet, (month, GROUP), "incidenten")
            for own in self.schools:
                self.sheet.floor(places[month], own, monthly.truth((month, own), "incidenten"))
        for half in self.halves:
            inside = [place for month, place in places.items() if half[:7] <= month <= half[8:]]
            if inside:
                is_whole = self._is_delivered(half, self.schools)
                self._part_of(inside, self._totals(GROUP, half), is_whole=is_whole)
        self._trend(trend, places)

    def _trend(self, page: Page, places: Mapping[Any, int]) -> None:
        parts: dict[Any, list[int]] = {}
        told = set()
        for key, row in page.shown.items():
            if key[1] != GROUP:
                continue
            place = page.place(self.sheet, key, "incidenten")
            parts.setdefault(key[2], []).append(place)
            if key[0] in places:
                self.sheet.equal([place], [places[key[0]]])
            if any(row[name] is not None and not is_marked(row, name) for name in ("midden", "onder", "boven")):
                told.add(key[2])
        for part in told:
            # A centre line is the total over the exposure, which everybody knows.
            value = sum(page.truth(key, "incidenten") for key in page.shown if key[1] == GROUP and key[2] == part)
            self.sheet.adds_up_to(parts[part], value)

    def _roles(self) -> None:
        """Who did it to whom, of the group: the margins are two dimensions of the incidents."""
        page = Page("incident_roles", *self._both("incident_roles"), ("periode", "brin6", "veroorzaker", "getroffene"))
        pairs = sorted({(key[2], key[3]) for key in page.shown if key[1] == GROUP})
        names = [{pair[side] for pair in pairs} for side in (0, 1)]
        if not pairs:
            return
        real = _coarse_roles(page.exact, names)
        cells = {}
        for half in self.halves:
            for pair in pairs:
                place = cells[half, pair] = self.sheet.unknown(real.get((half, GROUP, *pair), 0))
                for school in self.schools:
                    self.sheet.floor(place, school, real.get((half, school, *pair), 0))
            self._margins(half, {pair: cells[half, pair] for pair in pairs}, names)
        for period in sorted({str(key[0]) for key in page.shown}):
            for pair in pairs:
                key = (period, GROUP, *pair)
                place = page.place(self.sheet, key, "incidenten", real.get(key, 0))
                self.sheet.equal([place], [cells[half, pair] for half in self.halves_of(period)])

    def _margins(self, half: str, cells: Mapping[tuple[str, str], int], names: list[set[str]]) -> None:
        for side, dimension in ((0, "veroorzaker"), (1, "getroffene")):
            if dimension not in self.values:
                continue
            for name in sorted(names[side]):
                behind = [name]
                if name == REST:
                    behind = [value for value in self._kept(dimension) if value not in names[side]]
                parts = [place for pair, place in cells.items() if pair[side] == name]
                self.sheet.equal(self.over(GROUP, half, dimension, behind), parts)

    def _both(self, name: str) -> tuple[pl.DataFrame, pl.DataFrame]:
        return self.shown.get(name, pl.DataFrame()), self.exact.get(name, pl.DataFrame())


def _values(keys: Iterable[tuple[Any, ...]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for _, _, dimension, value in keys:
        found.setdefault(str(dimension), set()).add(str(value))
    return found


def _coarse_roles(
    exact: Mapping[tuple[Any, ...], Mapping[str, Any]], names: list[set[str]]
) -> dict[tuple[Any, ...], int]:
    """The true pairs, with the values that aren't shown taken together."""
    found: dict[tuple[Any, ...], int] = {}
    for (period, school, *pair), row in exact.items():
        coarse = [value if value in names[side] else REST for side, value in enumerate(pair)]
        key = (period, school, *coarse)
        found[key] = found.get(key, 0) + int(row["incidenten"] or 0)
    return found
