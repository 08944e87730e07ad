"""Incidenten: is something changing, and what is it about?"""

from collections.abc import Callable, Mapping
from typing import Final

from dashboard.indicators import comparisons
from dashboard.pages import (
    chance,
    incidents_followup,
    incidents_halves,
    incidents_registration,
    incidents_roles,
    incidents_subjects,
    incidents_time,
)
from dashboard.pages.incidents_choice import Choice
from dashboard.ui import ask, blocks, filters

PARTS: Final[Mapping[str, Callable[[Choice], None]]] = {
    "Waarover": incidents_subjects.show,
    "Wie bij wie": incidents_roles.show,
    "Wat er is gedaan": incidents_followup.show,
    "Zelfde halfjaar": incidents_halves.show,
    "Wat is toeval?": lambda _: chance.show_series(),
}


def main() -> None:
    """Choose, ask, work out, show."""
    view = filters.view()
    monthly = ask.ask("incidents_monthly", brin6=[view.school])
    periods = comparisons.periods_in(ask.ask("incidents_by", brin6=[view.school], dimensie=["ernst"]))
    if monthly.is_empty() and not periods:
        blocks.answer("Er zijn nog geen meldingen aangeleverd.")
        blocks.empty(
            "Zonder aangeleverde maanden is niets te zeggen. Dat is iets anders dan nul.",
            "De administrateur van de school kan de incidenten aanleveren.",
            "Daarvoor zijn twee bestanden nodig: incidenten en leveringen.",
        )
        return
    series = incidents_time.of_school(monthly)
    incidents_time.show_answer(series)
    incidents_time.show(series)
    if not periods:
        return
    blocks.heading("Wat is er gemeld?")
    with filters.row():
        choice = Choice(view.school, filters.choose_period(periods, view.day))
    incidents_registration.show(choice)
    place, part = filters.opened("onderdeel", list(PARTS))
    with place:
        PARTS[part](choice)


main()
