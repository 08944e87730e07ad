"""Incidenten: is something changing, and what is it about?"""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from dashboard.indicators import comparisons, sentences
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

MORE: Final = (
    "Meer meldingen is niet minder veilig: een school kan ook meer melden omdat daar beter wordt geregistreerd."
)


def main() -> None:
    """Choose, ask, work out, show."""
    view = filters.view()
    monthly = ask.ask("incidents_monthly", brin6=[view.school])
    periods = comparisons.periods_in(
        pl.concat(
            [
                ask.ask("incidents_by", dimensie=["ernst"]).select("periode"),
                ask.ask("incident_funnel").select("periode"),
            ]
        )
    )
    if monthly.is_empty() and not periods:
        blocks.answer("Er zijn nog geen meldingen aangeleverd.")
        blocks.empty(
            "Zonder aangeleverde maanden is niets te zeggen. Dat is iets anders dan nul.",
            "De administrateur van de school kan de incidenten aanleveren.",
            "Daarvoor zijn twee bestanden nodig: incidenten en leveringen.",
        )
        return
    series = incidents_series.of_school(monthly)
    against = f"{sentences.incidents_against(series.change, series.switched)}."
    beside = (against, incidents_series.two_views(series), MORE)
    blocks.answer(f"{incidents_series.answer(series)}.", " ".join(filter(None, beside)))
    blocks.facts(incidents_facts.of_series(series))
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
