"""Incidenten, school years: of a school whose months aren't there for whoever is looking, as these are small counts."""

from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from dashboard import dutch
from dashboard.indicators import changes_in_time, sentences
from dashboard.indicators.shown import HOVER, MARK, is_hidden
from dashboard.periods import is_running, kind_of
from dashboard.ui import ask, filters
from dashboard.ui.blocks import Fact

NO_MONTHS: Final = (
    "Per maand staan de meldingen van één school hier niet: dat zijn kleine aantallen. Per schooljaar staan ze er wel."
)

MOST: Final = 3
"""So many school years stand in the figures below the answer."""


@dataclass(frozen=True, slots=True)
class Years:
    """The school years of one school, the latest first."""

    school: str
    rows: tuple[dict[str, Any], ...]
    """Of `incident_funnel`."""

    @property
    def whole(self) -> list[dict[str, Any]]:
        """Those that were over on the day of the figures."""
        return [row for row in self.rows if not is_running(row["periode"], filters.view().day)]


def of_school(school: str) -> Years:
    """The school years of a school (brin6) over which anything was delivered."""
    rows = ask.ask("incident_funnel", brin6=[school]).sort("periode", descending=True)
    return Years(school, tuple(row for row in rows.iter_rows(named=True) if kind_of(row["periode"]) == "schooljaar"))


def answer(years: Years) -> str:
    """What the last whole school years say, in one sentence without its full stop."""
    where, whole = ask.where(years.school), years.whole
    if not years.rows:
        return sentences.no_rate(pl.DataFrame({"aangeleverd": [False]}), where)
    if len(whole) > 1:
        periods = (whole[0]["periode"], whole[1]["periode"])
        change = changes_in_time.years_beside(ask.ask("incident_funnel"), years.school, periods)
        if change is not None:
            events = ask.ask("events", brin6=[filters.GROUP, years.school])
            switched = changes_in_time.breaks_between(change, events)
            return sentences.years_against(change, (_named(periods[0]), _named(periods[1])), where, switched)
    return _alone((whole or years.rows)[0], where)


def facts(years: Years) -> list[Fact]:
    """The reports of each of the last school years."""
    return [_fact(row) for row in years.rows[:MOST]]


def _alone(row: dict[str, Any], where: str) -> str:
    name = _named(row["periode"])
    if is_hidden(row, "incidenten"):
        return f"Het aantal meldingen bij {where} in {name} is niet getoond: een klein aantal (x)"
    reports = dutch.counted(row["incidenten"], "melding", "meldingen")
    return f"Bij {where} zijn er in {name} {reports}: {dutch.rate(row['ratio'])} {dutch.PER_UNIT}"


def _named(period: str) -> str:
    """A school year in a sentence: `schooljaar 2025-2026`, of a running one `schooljaar 2026-2027 tot nu toe`."""
    return filters.period_words(period, filters.view().day)


def _fact(row: dict[str, Any]) -> Fact:
    name = f"Meldingen {_named(row['periode']).removeprefix('schooljaar ')}"
    group = f"hele groep {dutch.rate(row['groep'])}" if row["groep"] is not None else ""
    if is_hidden(row, "incidenten"):
        return Fact(name, MARK, " · ".join(filter(None, (HOVER, group))))
    rate = f"{dutch.rate(row['ratio'])} {dutch.PER_UNIT}"
    return Fact(name, dutch.number(row["incidenten"]), " · ".join(filter(None, (rate, group))))
