"""Scholen vergelijken: does my school differ, beyond chance?"""

from collections.abc import Callable, Mapping
from typing import Final

from dashboard.indicators import comparisons
from dashboard.pages import chance, schools_beside, schools_funnels, schools_time
from dashboard.pages.schools_choice import Choice
from dashboard.ui import ask, filters

PARTS: Final[Mapping[str, Callable[[Choice], None]]] = {
    "Naast elkaar": schools_beside.show,
    "Door de tijd": schools_time.show,
    "Wat is toeval?": lambda _: chance.show_schools(),
}


def main() -> None:
    """Choose, ask, work out, show."""
    view, names = filters.view(), ask.school_names()
    periods = comparisons.periods_in(ask.ask("incident_funnel"))
    with filters.row_above():
        purpose = filters.choose_purpose({known.code: known.label for known in ask.registry().purposes})
        period = filters.choose_period(periods, view.day) if periods else ""
    choice = Choice(view.school, purpose, period)
    pair = schools_funnels.of_choice(choice)
    schools_funnels.show_answer(choice, pair)
    schools_funnels.show(choice, pair)
    if len(names) == 1:
        return
    place, part = filters.opened("onderdeel", list(PARTS))
    with place:
        PARTS[part](choice)


main()
