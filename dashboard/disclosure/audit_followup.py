"""What was done after incidents, and the articles of the evaluation: parts of the counts of incidents of the group."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import polars as pl

from dashboard.disclosure.audit_facts import Facts
from dashboard.disclosure.audit_sheet import GROUP, Cell, Page, Sheet, spelled
from dashboard.periods import month_after, months_apart

Frames = Mapping[str, pl.DataFrame]
Over = Callable[[str, str, str, Iterable[str]], list[int]]

OF_ALL: Final = ("maatregel", "leidinggevende_zelfde_dag", "afgehandeld", "geregistreerd_binnen_5_dagen")
"""Shares of all incidents."""
HELP: Final = "hulp_aangeboden"
MEDIANS: Final = {"dagen_tot_maatregel": "maatregel", "dagen_tot_afhandeling": "afgehandeld"}
"""Median → the share whose teller holds everything it is the median of."""
MEASURES: Final = (*OF_ALL, HELP, *MEDIANS)

WITHOUT: Final = ("geen", "onbekend")
"""No measure."""
HELPED: Final = ("leerling", "medewerker")
SCOPES: Final = ("school", "overlap")

PARTS: Final = ("in_les", "met_maatregel", "zelfde_dag_gemeld")
"""Indicators that are a part of the incidents of their article."""
BY_CAUSE: Final = {
    "in_dossier": "medewerker",
    "maatregelen_medewerkers": "medewerker",
    "maatregelen_leerlingen": "leerling",
}
"""Indicator → the cause of the incidents of which it is a part."""
SAME_AS: Final = {"met_maatregel": "maatregel", "zelfde_dag_gemeld": "leidinggevende_zelfde_dag"}
"""Indicator of one article → the same of all incidents."""
LISTED: Final = {"maatregelen_medewerkers": "medewerkers", "maatregelen_leerlingen": "leerlingen"}
"""Indicator → whose list of measures."""
SCOPE_OF: Final = {"incidenten_school": "school", "incidenten_overlap": "overlap", "incidenten_buiten": "buiten"}
INTERNS: Final = "vooraf_gecontroleerd"


class FollowUp:
    """Writes down `incident_followup` and the rows of `evaluation` about incidents."""

    def __init__(
        self,
        sheet: Sheet,
        shown: Frames,
        exact: Frames,
        facts: Facts,
        over: Over,
        halves_of: Callable[[str], list[str]],
    ) -> None:
        """`over`: the numbers behind a period, of some values of a dimension; see `audit_incidents`."""
        self.sheet, self.facts, self.over, self.halves_of = sheet, facts, over, halves_of
        none = pl.DataFrame()
        self.page = Page(
            "incident_followup",
            shown.get("incident_followup", none),
            exact.get("incident_followup", none),
            ("periode", "brin6", "maat"),
        )
        self.evaluation = Page(
            "evaluation",
            shown.get("evaluation", none),
            exact.get("evaluation", none),
            ("periode", "artikel", "indicator"),
        )
        self.parts: dict[tuple[str, str, str], int] = {}
        self.schools = sorted({str(key[1]) for key in self.page.exact} - {GROUP})

    def write(self) -> None:
        """Numbers and sums, into the sheet."""
        periods = sorted({str(key[0]) for key in self.page.shown if key[1] == GROUP})
        for half in sorted({half for period in periods for half in self.halves_of(period)}):
            self._half(half)
        for period in periods:
            for measure in MEASURES:
                self._period(period, measure)
        for key in self.evaluation.shown:
            self._indicator(key)

    def _half(self, half: str) -> None:
        everything = self.over(GROUP, half, "reikwijdte", SCOPES)
        for measure in MEASURES:
            for column in ("noemer", "teller"):
                self._number(half, measure, column)
            if measure not in MEDIANS:
                self.sheet.at_most([self.parts[half, measure, "teller"]], [self.parts[half, measure, "noemer"]])
        for measure in OF_ALL:
            self.sheet.equal([self.parts[half, measure, "noemer"]], everything)
        helped = self.over(GROUP, half, "getroffene", HELPED)
        self.sheet.equal([self.parts[half, HELP, "noemer"]], helped)
        without = self.over(GROUP, half, "maatregel", WITHOUT)
        self.sheet.equal([self.parts[half, "maatregel", "teller"], *without], everything)
        for median, share in MEDIANS.items():
            self.sheet.at_most([self.parts[half, median, "noemer"]], [self.parts[half, share, "teller"]])
        closed = [self.parts[half, "dagen_tot_afhandeling", "noemer"]]
        self.sheet.equal(closed, [self.parts[half, "afgehandeld", "teller"]])

    def _number(self, half: str, measure: str, column: str) -> None:
        place = self.sheet.unknown(self.page.truth((half, GROUP, measure), column))
        self.parts[half, measure, column] = place
        for school in self.schools:
            self.sheet.floor(place, school, self.page.truth((half, school, measure), column))

    def _period(self, period: str, measure: str) -> None:
        for column in ("noemer",) if measure in MEDIANS else ("noemer", "teller"):
            place = self.page.place(self.sheet, (period, GROUP, measure), column)
            parts = [self.parts[half, measure, column] for half in self.halves_of(period)]
            self.sheet.equal([place], parts)

    def _indicator(self, key: tuple[Any, ...]) -> None:
        period, article, indicator = (str(part) for part in key)
        if self.evaluation.truth(key, "teller") == 0 and self.evaluation.exact.get(key, {}).get("teller") is None:
            return
        if indicator == "incidenten":
            self._incidents(key, self.over(GROUP, period, "artikel", [article]))
            self._earlier(key, self._before(period, "artikel", [article]))
        elif indicator in PARTS:
            part, _ = self._share(key, self.over(GROUP, period, "artikel", [article]))
            self._within(part, period, indicator)
        elif indicator in BY_CAUSE:
            part, _ = self._share(key, self.over(GROUP, period, "veroorzaker", [BY_CAUSE[indicator]]))
            self._within(part, period, indicator)
        elif indicator in SCOPE_OF:
            self._scope(key, period, SCOPE_OF[indicator])
        elif indicator == HELP:
            self._help(key, period)
        elif indicator == INTERNS:
            self._share(key, [])

    def _incidents(self, key: tuple[Any, ...], parts: list[int]) -> int:
        place = self.evaluation.place(self.sheet, key, "teller")
        self.sheet.equal([place], parts)
        return place

    def _earlier(self, key: tuple[Any, ...], parts: list[int]) -> None:
        """The same count over the years before, which is a hidden cell like any other."""
        real = self.evaluation.exact.get(key, {}).get("vorige_waarde")
        row = self.evaluation.shown[key]
        if real is None:
            return
        value = round(float(real))
        if row["vorige_waarde"] is not None:
            self.sheet.adds_up_to(parts, value)
            return
        cell = Cell("evaluation", spelled(key), "vorige_waarde", None)
        self.sheet.equal([self.sheet.unknown(value, cell=cell)], parts)

    def _before(self, period: str, dimension: str, values: list[str]) -> list[int]:
        first, _, last = period.partition("/")
        months = months_apart(first, last) + 1
        return self.over(GROUP, f"{month_after(first, -months)}/{month_after(first, -1)}", dimension, values)

    def _share(self, key: tuple[Any, ...], whole: list[int]) -> tuple[int, int]:
        part, base = (self.evaluation.place(self.sheet, key, column) for column in ("teller", "noemer"))
        self.sheet.at_most([part], [base])
        if whole:
            self.sheet.equal([base], whole)
        return part, base

    def _within(self, part: int, period: str, indicator: str) -> None:
        """What holds for a share of some incidents holds for no fewer of all of them."""
        if indicator == "in_les":
            self._bounded(part, self.over(GROUP, period, "in_les", ["ja"]))
        elif indicator in SAME_AS:
            halves = self.halves_of(period)
            self._bounded(
                part,
                [
                    place
                    for (half, *name), place in self.parts.items()
                    if half in halves and name == [SAME_AS[indicator], "teller"]
                ],
            )
        elif indicator in LISTED:
            self._bounded(part, self.over(GROUP, period, "maatregel", self.facts.measures.get(LISTED[indicator], ())))

    def _bounded(self, part: int, whole: list[int]) -> None:
        if whole:
            self.sheet.at_most([part], whole)

    def _scope(self, key: tuple[Any, ...], period: str, value: str) -> None:
        everything = self.over(GROUP, period, "reikwijdte", [*SCOPES, "buiten"])
        part, _ = self._share(key, everything)
        self.sheet.equal([part], self.over(GROUP, period, "reikwijdte", [value]))

    def _help(self, key: tuple[Any, ...], period: str) -> None:
        part, base = self._share(key, self.over(GROUP, period, "getroffene", HELPED))
        for place, column in ((part, "teller"), (base, "noemer")):
            halves = [
                self.parts[half, HELP, column] for half in self.halves_of(period) if (half, HELP, column) in self.parts
            ]
            if halves:
                self.sheet.equal([place], halves)
