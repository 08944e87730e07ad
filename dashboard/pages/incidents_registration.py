"""Incidenten, how it is reported: what every count has to be read by."""

from dashboard.indicators import comparisons, reporting, sentences
from dashboard.indicators.reporting import Registration
from dashboard.indicators.shown import HIDDEN
from dashboard.pages.incidents_choice import Choice, is_kept_back
from dashboard.ui import ask, blocks, filters
from dashboard.ui.blocks import Fact


def show(choice: Choice) -> None:
    """Draw the panel."""
    if is_kept_back("incident_followup", choice.school):
        return
    entries = ask.keep(
        "registration",
        choice.key,
        lambda: sentences.registration_facts(
            _of(choice), _of(choice.a_year_earlier), running=choice.is_running, before_words=choice.before_words
        ),
    )
    blocks.panel("Hoe is er gemeld?", [Fact(*entry) for entry in entries], sentences.HOW_REPORTED)


def _of(choice: Choice) -> Registration:
    """How the incidents of this school and period were reported."""
    months = comparisons.expected_months(ask.ask("incidents_monthly"), ask.expected_schools())
    delivered = comparisons.delivered_schools(reporting.months_of(months, choice.period))
    is_partial = HIDDEN in months.columns and choice.school == filters.GROUP
    return reporting.registration(
        choice.rows("incident_followup"),
        choice.rows("incidents_by", dimensie=["ernst"]),
        None if is_partial else delivered,
    )
