"""How the published tables of consent hang together: one system of sums per reference date and purpose."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard.disclosure.audit_facts import Facts
from dashboard.disclosure.audit_sheet import GROUP, Page, Sheet, System
from dashboard.registry import PUBLISHED_READING

Frames = Mapping[str, pl.DataFrame]

STEPS: Final = {
    "gevraagd": {"niet_gevraagd", "onbekend"},
    "beantwoord": {"onbeantwoord"},
    "aantoonbaar": {"niet_aantoonbaar", "niet_uitdrukkelijk"},
    "bevoegd": {"onbevoegd"},
    "dit_jaar": {"verlopen_ja", "verlopen_nee"},
}
"""Step → the statuses that stay behind there."""

VALID: Final = ("ja", "nee")
COUNTED: Final = ("ja", "nee", "ongeldig")

KEYS: Final = {
    "consent_coverage": ("peildatum", "brin6", "doel", "lezing"),
    "consent_status": ("peildatum", "brin6", "doel", "status"),
    "consent_waterfall": ("peildatum", "brin6", "doel", "stap"),
    "consent_by_year_group": ("peildatum", "brin6", "leerjaar", "doel"),
    "consent_funnel": ("peildatum", "doel", "brin6"),
    "expiry_outlook": ("brin6", "doel"),
}


def consent_systems(shown: Frames, exact: Frames, facts: Facts) -> Iterator[System]:
    """One system per reference date that is shown and purpose."""
    coverage = shown.get("consent_coverage")
    if coverage is None or coverage.is_empty():
        return
    dates = coverage["peildatum"].unique().sort().to_list()
    purposes = coverage["doel"].unique().sort().to_list()
    last = exact["consent_coverage"]["peildatum"].max()
    for purpose in purposes:
        mine = {name: _of(shown, name, purpose, dates) for name in KEYS}
        true = {name: _of(exact, name, purpose, dates) for name in KEYS}
        for day in dates:
            pages = {
                name: Page(name, _on(mine[name], day), _on(true[name], day), key)
                for name, key in KEYS.items()
                if name != "expiry_outlook" or day == last
            }
            yield _Day(pages, facts, day, purpose, shown, exact).system()


def _of(frames: Frames, name: str, purpose: str, dates: list[date]) -> pl.DataFrame:
    frame = frames.get(name, pl.DataFrame())
    if "doel" not in frame.columns:
        return pl.DataFrame()
    frame = frame.filter(pl.col("doel") == purpose)
    return frame.filter(pl.col("peildatum").is_in(dates)) if "peildatum" in frame.columns else frame


def _on(frame: pl.DataFrame, day: date) -> pl.DataFrame:
    return frame.filter(pl.col("peildatum") == day) if "peildatum" in frame.columns else frame


class _Day:
    """One purpose on one day. Pupils per school and class of statuses are what everything is made of."""

    def __init__(
        self, pages: Mapping[str, Page], facts: Facts, day: date, purpose: str, shown: Frames, exact: Frames
    ) -> None:
        self.pages, self.facts, self.day, self.purpose = pages, facts, day, purpose
        self.shown, self.exact = shown, exact
        coverage = pages["consent_coverage"]
        self.reading = next(iter(facts.readings))
        self.pupils = {
            str(key[1]): sum(coverage.truth(key, outcome) for outcome in facts.outcomes)
            for key in coverage.exact
            if key[3] == self.reading
        }
        self.schools = sorted(set(self.pupils) - {GROUP})
        self.sheet = Sheet(self.schools)
        self.classes = facts.classes()
        self.published = list(facts.readings).index(PUBLISHED_READING)
        self.status = pages["consent_status"]

    def system(self) -> System:
        self.parts = {school: self._school(school) for school in [*self.schools, GROUP]}
        for outcomes in self.classes:
            self.sheet.equal([self.parts[GROUP][outcomes]], [self.parts[school][outcomes] for school in self.schools])
        self._coverage()
        self._statuses()
        self._waterfall()
        self._funnel()
        if self.pages.get("expiry_outlook"):
            self._outlook()
        self._year_groups()
        self._evaluation()
        return self.sheet.system()

    def _school(self, school: str) -> dict[tuple[str, ...], int]:
        made = {
            outcomes: self.sheet.unknown(
                sum(self.status.truth((self.day, school, self.purpose, status), "leerlingen") for status in statuses),
                school,
            )
            for outcomes, statuses in self.classes.items()
        }
        self.sheet.adds_up_to(made.values(), self.pupils.get(school, 0))
        return made

    def _with(self, school: str, wanted: tuple[str, ...], reading: int | None = None) -> list[int]:
        """The classes of a school that a reading gives one of these outcomes."""
        at = self.published if reading is None else reading
        return [place for outcomes, place in self.parts[school].items() if outcomes[at] in wanted]

    def _coverage(self) -> None:
        page = self.pages["consent_coverage"]
        for school in [*self.schools, GROUP]:
            for at, reading in enumerate(self.facts.readings):
                key = (self.day, school, self.purpose, reading)
                for outcome in self.facts.outcomes:
                    place = page.place(self.sheet, key, outcome, whole=self.pupils[school])
                    self.sheet.equal([place], self._with(school, (outcome,), at))

    def _statuses(self) -> None:
        self.by_status = {}
        for outcomes, statuses in self.classes.items():
            for status in statuses:
                key = (self.day, GROUP, self.purpose, status)
                self.by_status[status] = self.status.place(
                    self.sheet, key, "leerlingen", whole=self.pupils.get(GROUP, 0)
                )
                for school in self.schools:
                    part = self.status.truth((self.day, school, self.purpose, status), "leerlingen")
                    self.sheet.floor(self.by_status[status], school, part)
            self.sheet.equal([self.parts[GROUP][outcomes]], [self.by_status[status] for status in statuses])

    def _waterfall(self) -> None:
        page = self.pages["consent_waterfall"]
        if not page.shown:
            return
        left = set(self.facts.statuses)
        for step, behind in STEPS.items():
            left -= behind
            key = (self.day, GROUP, self.purpose, step)
            place = page.place(self.sheet, key, "leerlingen", whole=self.pupils.get(GROUP, 0))
            self.sheet.equal([place], [self.by_status[status] for status in sorted(left)])

    def _funnel(self) -> None:
        page = self.pages["consent_funnel"]
        if not page.shown:
            return
        columns = {"geldig": VALID, "noemer": COUNTED}
        for school in self.schools:
            for column, outcomes in columns.items():
                key = (self.day, self.purpose, school)
                place = page.place(self.sheet, key, column, whole=self.pupils[school])
                self.sheet.equal([place], self._with(school, outcomes))
        if any(row["groep"] is not None for row in page.shown.values()):
            self._adds_up(VALID)
            self._adds_up(COUNTED)

    def _adds_up(self, outcomes: tuple[str, ...]) -> None:
        """A share of the group that is shown gives away both of its numbers."""
        places = self._with(GROUP, outcomes)
        key = (self.day, GROUP, self.purpose, PUBLISHED_READING)
        page = self.pages["consent_coverage"]
        self.sheet.adds_up_to(places, sum(page.truth(key, outcome) for outcome in outcomes))

    def _outlook(self) -> None:
        page = self.pages["expiry_outlook"]
        columns = ("geldig_1_september", "nodig_1_september")
        later: dict[str, list[int]] = {column: [] for column in columns}
        for school in [*self.schools, GROUP]:
            key, whole = (school, self.purpose), self.pupils[school]
            for column, outcomes in (("geldig_nu", VALID), ("nodig_nu", ("ongeldig",))):
                self.sheet.equal([page.place(self.sheet, key, column, whole=whole)], self._with(school, outcomes))
            for column in columns:
                later[column].append(page.place(self.sheet, key, column, whole=whole))
            everyone = self.sheet.known(whole, school)
            parts = [later[column][-1] for column in columns]
            self.sheet.equal([everyone], [*parts, *self._with(school, ("onbekend",))])
        for places in later.values():
            self.sheet.equal([places[-1]], places[:-1])

    def _year_groups(self) -> None:
        page = self.pages["consent_by_year_group"]
        if not page.shown:
            return
        by_school: dict[tuple[str, str], list[int]] = {}
        by_year: dict[tuple[Any, str], dict[str, int]] = {}
        for key in page.exact:
            _, school, year, _ = key
            whole = sum(page.truth(key, outcome) for outcome in self.facts.outcomes)
            places = {outcome: page.place(self.sheet, key, outcome, whole=whole) for outcome in self.facts.outcomes}
            self.sheet.adds_up_to(places.values(), whole)
            for outcome, place in places.items():
                by_school.setdefault((school, outcome), []).append(place)
                by_year.setdefault((year, outcome), {})[school] = place
        for (school, outcome), years in by_school.items():
            self.sheet.equal(self._with(school, (outcome,)), years)
        for schools in by_year.values():
            if GROUP in schools:
                self.sheet.equal([schools[GROUP]], [place for school, place in schools.items() if school != GROUP])

    def _evaluation(self) -> None:
        """What the evaluation says of the last reference date of a period."""
        for key, row in _evaluated(self.exact, f"dekking:{self.purpose}"):
            if _last_day(str(row["periode"]), self.exact["consent_coverage"]) == self.day:
                page = _evaluation_page(self.shown, self.exact, key)
                for column, outcomes in (("teller", VALID), ("noemer", COUNTED)):
                    place = page.place(self.sheet, key, column, whole=self.pupils[GROUP])
                    self.sheet.equal([place], self._with(GROUP, outcomes))


def lowest_coverage(shown: Frames, exact: Frames) -> System:
    """The lowest coverage of a period: on a day that nobody knows, so tied to nothing but the number of pupils."""
    sheet = Sheet(())
    coverage = exact.get("consent_coverage", pl.DataFrame())
    most = 0
    if not coverage.is_empty():
        group = coverage.filter(pl.col("brin6") == GROUP)
        most = int(group.select(pl.sum_horizontal("ja", "nee", "ongeldig", "onbekend").max()).item() or 0)
    everyone = sheet.known(most)
    for key, _ in _evaluated(exact, "laagste_dekking:"):
        page = _evaluation_page(shown, exact, key)
        counted, base = (page.place(sheet, key, column) for column in ("teller", "noemer"))
        sheet.at_most([counted], [base])
        sheet.at_most([base], [everyone])
    return sheet.system()


def turning_16(shown: Frames, exact: Frames) -> System:
    """Who turns 16: a column of months tied to nothing, of which a director knows the own part."""
    frame = exact.get("turning_16", pl.DataFrame())
    page = Page("turning_16", shown.get("turning_16", pl.DataFrame()), frame, ("brin6", "maand"))
    schools = sorted({str(key[0]) for key in page.exact} - {GROUP})
    sheet = Sheet(schools)
    for key in page.shown:
        place = page.place(sheet, key, "leerlingen")
        for school in schools if key[0] == GROUP else ():
            sheet.floor(place, school, page.truth((school, key[1]), "leerlingen"))
    return sheet.system()


def _evaluated(exact: Frames, indicator: str) -> Iterator[tuple[tuple[Any, ...], Mapping[str, Any]]]:
    frame = exact.get("evaluation", pl.DataFrame())
    if frame.is_empty():
        return
    rows = frame.filter(pl.col("indicator").fill_null("").str.starts_with(indicator), pl.col("teller").is_not_null())
    for row in rows.iter_rows(named=True):
        yield (row["periode"], row["artikel"], row["indicator"]), row


def _evaluation_page(shown: Frames, exact: Frames, key: tuple[Any, ...]) -> Page:
    names = ("periode", "artikel", "indicator")
    wanted = [pl.col(name) == part for name, part in zip(names, key, strict=True)]
    mine = shown.get("evaluation", pl.DataFrame())
    return Page("evaluation", mine.filter(wanted) if mine.width else mine, exact["evaluation"].filter(wanted), names)


def _last_day(period: str, coverage: pl.DataFrame) -> date | None:
    """The last reference date of a period `jjjj-mm/jjjj-mm`."""
    first, _, last = period.partition("/")
    month = pl.col("peildatum").dt.strftime("%Y-%m")
    days: list[date] = coverage.filter(month >= first, month <= last)["peildatum"].unique().to_list()
    return max(days, default=None)
