"""Incidenten: is something changing, and what is it about?"""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from dashboard.indicators import comparisons
from dashboard.pages import (
    chance,
    incidents_facts,
    incidents_followup,
    incidents_halves,
    incidents_registration,
    incidents_roles,
    incidents_series,
    incidents_subjects,
    incidents_time,
    incidents_years,
)
from dashboard.pages.incidents_choice import Choice, is_kept_back, periods_of
from dashboard.ui import ask, blocks, filters

PARTS: Final[Mapping[str, Callable[[Choice], None]]] = {
    "Waarover": incidents_subjects.show,
    "Wie bij wie": incidents_roles.show,
    "Wat er is gedaan": incidents_followup.show,
    "Zelfde halfjaar": incidents_halves.show,
    "Wat is toeval?": lambda _: chance.show_series(),
}

NEEDS: Final[Mapping[str, str]] = {
    "Wie bij wie": "incident_roles",
    "Wat er is gedaan": "incident_followup",
    "Zelfde halfjaar": "incidents_monthly",
}
"""The table that a part is made of; every other part is there as soon as there are reports."""

OF_GROUP_ONLY: Final = (
    "Wie bij wie, wat er is gedaan en de halfjaren staan hier alleen van alle scholen samen. "
    "Van één school zijn dat kleine aantallen."
)

MORE: Final = (
    "Meer meldingen is niet minder veilig: een school kan ook meer melden omdat daar beter wordt geregistreerd."
)


def main() -> None:
    """Choose, ask, work out, show."""
    view = filters.view()
    monthly = ask.ask("incidents_monthly", brin6=[view.school])
    periods = comparisons.periods_in(periods_of(view.school))
    if monthly.is_empty() and not periods:
        blocks.answer("Er zijn nog geen meldingen aangeleverd.")
        blocks.empty(
            "Zonder aangeleverde maanden is niets te zeggen. Dat is iets anders dan nul.",
            "De administrateur van de school kan de incidenten aanleveren.",
            "Daarvoor zijn twee bestanden nodig: incidenten en leveringen.",
        )
        return
    (_show_years if is_kept_back("incidents_monthly", view.school) else _show_months)(monthly)
    if not periods:
        return
    offered = [part for part in PARTS if not is_kept_back(NEEDS.get(part, "incidents_by"), view.school)]
    blocks.heading("Wat is er gemeld?", "" if len(offered) == len(PARTS) else OF_GROUP_ONLY)
    with filters.row():
        choice = Choice(view.school, filters.choose_period(periods, view.day))
    incidents_registration.show(choice)
    if not offered:
        return
    place, part = filters.opened("onderdeel", offered)
    with place:
        PARTS[part](choice)


def _show_months(monthly: pl.DataFrame) -> None:
    """The series by month, and this school year beside the same months a year earlier."""
    series = incidents_series.of_school(monthly)
    first, *beside = incidents_series.sentences_of(series)
    blocks.answer(f"{first}.", " ".join(filter(None, (*beside, MORE))))
    blocks.facts(incidents_facts.of_series(series))
    incidents_time.show(series)


def _show_years(_monthly: pl.DataFrame) -> None:
    """School years, of a school whose months aren't there for whoever is looking."""
    years = incidents_years.of_school(filters.view().school)
    blocks.answer(f"{incidents_years.answer(years)}.", f"{incidents_years.NO_MONTHS} {MORE}")
    blocks.facts(incidents_years.facts(years))


main()
