"""How the published tables of the use of images hang together: one system of sums per article."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard.disclosure.audit_facts import Facts
from dashboard.disclosure.audit_sheet import GROUP, Page, Sheet, System
from dashboard.periods import month_end

Frames = Mapping[str, pl.DataFrame]

COLUMNS: Final = ("gebruiken", "zonder_toestemming")
INDICATOR: Final = "gebruik_zonder_toestemming"


def use_systems(shown: Frames, exact: Frames, facts: Facts, today: date | None, k: int) -> Iterator[System]:
    """One system per article; `today`: the last day that is counted; `k`: the threshold."""
    true = exact.get("use_without_consent", pl.DataFrame())
    if true.is_empty():
        return
    articles = sorted({facts.article_of_purpose.get(purpose, purpose) for purpose in true["doel"].unique()})
    for article in articles:
        purposes = [doel for doel in true["doel"].unique() if facts.article_of_purpose.get(doel, doel) == article]
        yield _Article(shown, exact, facts, article, (sorted(purposes), today, k)).system()


class _Article:
    """The uses of an article's purposes, by school and school year."""

    def __init__(
        self, shown: Frames, exact: Frames, facts: Facts, article: str, rest: tuple[list[str], date | None, int]
    ) -> None:
        purposes, self.today, self.k = rest
        key = ("brin6", "schooljaar", "doel")
        self.uses = _page("use_without_consent", shown, exact, key, pl.col("doel").is_in(purposes))
        self.status = _page("use_by_status", shown, exact, (*key, "status"), pl.col("doel").is_in(purposes))
        wanted = (pl.col("artikel") == article) & (pl.col("indicator") == INDICATOR)
        self.evaluation = _page("evaluation", shown, exact, ("periode", "artikel", "indicator"), wanted)
        self.facts, self.purposes = facts, purposes
        keys = [*self.uses.exact, *self.uses.shown]
        self.schools = sorted({str(key[0]) for key in keys} - {GROUP})
        self.years = sorted({str(key[1]) for key in keys})
        self.sheet = Sheet(self.schools)
        self.group: dict[tuple[str, str], dict[str, int]] = {}

    def system(self) -> System:
        for year in self.years:
            for purpose in self.purposes:
                self._uses(year, purpose)
                self._statuses(year, purpose)
        for key in self.evaluation.exact:
            self._evaluation(key)
        return self.sheet.system()

    def _uses(self, year: str, purpose: str) -> None:
        columns: dict[str, list[int]] = {column: [] for column in COLUMNS}
        for school in [*self.schools, GROUP]:
            key = (school, year, purpose)
            used = self.uses.place(self.sheet, key, "gebruiken")
            without = self.uses.place(self.sheet, key, "zonder_toestemming", whole=self.uses.read(key, "gebruiken"))
            self.sheet.rest(used, without, self.k)
            published = self.uses.place(self.sheet, key, "publicaties")
            self.sheet.at_most([without], [used])
            self.sheet.at_most([published], [used])
            for column, place in zip(COLUMNS, (used, without), strict=True):
                columns[column].append(place)
        for places in columns.values():
            self.sheet.equal([places[-1]], places[:-1])
        self.group[year, purpose] = {column: places[-1] for column, places in columns.items()}

    def _statuses(self, year: str, purpose: str) -> None:
        found = {
            key[3] for page in (self.status.exact, self.status.shown) for key in page if key[1:3] == (year, purpose)
        }
        places, group = {}, self.group[year, purpose]
        whole = self.uses.read((GROUP, year, purpose), "gebruiken")
        for status in sorted(found):
            places[status] = self.status.place(self.sheet, (GROUP, year, purpose, status), "gebruiken", whole=whole)
            for school in self.schools:
                part = self.status.truth((school, year, purpose, status), "gebruiken")
                self.sheet.floor(places[status], school, part)
            self.sheet.rest(group["gebruiken"], places[status], self.k)
        without = [place for status, place in places.items() if self.facts.published.get(status) != "ja"]
        self.sheet.equal([group["gebruiken"]], places.values())
        self.sheet.equal([group["zonder_toestemming"]], without)

    def _evaluation(self, key: tuple[Any, ...]) -> None:
        """The uses of the school years inside a period, and a part of those that it cuts."""
        if self.evaluation.exact[key]["teller"] is None:
            return
        inside, cut = self._years_of(str(key[0]))
        real = {column: self.evaluation.truth(key, column) for column in ("noemer", "teller")}
        whole = self.evaluation.read(key, "noemer")
        all_used, all_without = (
            self.evaluation.place(self.sheet, key, column, whole=whole if column == "teller" else None)
            for column in ("noemer", "teller")
        )
        self.sheet.at_most([all_without], [all_used])
        self.sheet.rest(all_used, all_without, self.k)
        parts = []
        for name, place, column in (
            ("noemer", all_used, "gebruiken"),
            ("teller", all_without, "zonder_toestemming"),
        ):
            years = [self.group[item][column] for item in inside]
            rest = real[name] - sum(self.uses.truth((GROUP, *item), column) for item in inside)
            parts.append(self.sheet.unknown(max(rest, 0)))
            self.sheet.equal([place], [*years, parts[-1]])
            self.sheet.at_most([parts[-1]], [self.group[item][column] for item in cut])
        self.sheet.at_most([parts[1]], [parts[0]])
        # What of the cut years had consent inside the period had consent in those years.
        used, without = ([self.group[item][column] for item in cut] for column in COLUMNS)
        self.sheet.at_most([parts[0], *without], [parts[1], *used])

    def _years_of(self, period: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """School years and purposes that lie inside a period, as far as they have gone, and those that it cuts."""
        first, _, last = period.partition("/")
        end = month_end(date.fromisoformat(f"{last}-01"))
        inside, cut = [], []
        for year, purpose in self.group:
            start, stop = date(int(year[:4]), 8, 1), date(int(year[:4]) + 1, 7, 31)
            counted = min(stop, self.today) if self.today else stop
            if start >= date.fromisoformat(f"{first}-01") and counted <= end:
                inside.append((year, purpose))
            elif counted >= date.fromisoformat(f"{first}-01") and start <= end:
                cut.append((year, purpose))
        return inside, cut


def _page(name: str, shown: Frames, exact: Frames, key: tuple[str, ...], wanted: pl.Expr) -> Page:
    mine, true = (frames.get(name, pl.DataFrame()) for frames in (shown, exact))
    return Page(name, mine.filter(wanted) if mine.width else mine, true.filter(wanted) if true.width else true, key)
