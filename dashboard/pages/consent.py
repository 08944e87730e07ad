"""Toestemming: whose answer is missing, where and why?"""

from dashboard.indicators import comparisons, consent, sentences, shown
from dashboard.pages import (
    consent_facts,
    consent_missing,
    consent_readings,
    consent_schools,
    consent_time,
    consent_use,
)
from dashboard.pages.consent_choice import Choice
from dashboard.ui import ask, blocks, filters

PARTS = {
    "Wat ontbreekt": consent_missing.show,
    "Scholen en doelen": consent_schools.show,
    "Door het jaar": consent_time.show_year,
    "Vooruitkijken": consent_time.show_ahead,
    "Gebruik": consent_use.show,
    "Manieren van tellen": consent_readings.show,
}


def main() -> None:
    """Choose, ask, work out, show."""
    registry, view = ask.registry(), filters.view()
    with filters.row_above():
        purpose = filters.choose_purpose({known.code: known.label for known in registry.purposes})
        readings = {known.code: known.label for known in registry.readings}
        reading = filters.choose_reading(readings, registry.default_reading.code)
        history = ask.ask("consent_coverage", brin6=[view.school], doel=[purpose], lezing=[reading])
        if history.is_empty():
            _show_nothing(ask.where(view.school))
            return
        day = filters.choose_day(history["peildatum"].to_list())
    choice = Choice(view.school, purpose, reading, day)
    before = comparisons.year_before(history["peildatum"].to_list(), day)
    now = consent.with_yes_share(comparisons.now_and_before(history, day, before)).row(0, named=True)
    schools = consent_schools.of_purpose(choice)
    more = [sentences.weak_schools(schools), sentences.unknown_schools(schools)] if view.school == filters.GROUP else []
    answer = sentences.coverage(now["dekking"], choice.about.label, choice.where, now["onbekend"] or 0)
    if shown.is_hidden(now, "dekking"):
        answer = sentences.coverage_hidden(choice.about.label, choice.where)
    blocks.answer(answer, " ".join(filter(None, more)))
    blocks.facts([*consent_facts.of_day(choice, now, before), *consent_facts.ahead(choice)])
    consent_schools.show_stacked(choice, schools)
    place, part = filters.opened("onderdeel", list(PARTS))
    with place:
        PARTS[part](choice)
    blocks.heading("Wat telt als in orde")
    blocks.paragraph("Een 'nee' is een geldig antwoord. Het telt mee als op orde en is nooit een tekort.")


def _show_nothing(where: str) -> None:
    if ask.ask("consent_coverage", brin6=[filters.view().school]).height:
        blocks.empty(
            "In deze momentopname staan geen cijfers voor deze keuze.",
            "Het doel of de manier van tellen bestond toen nog niet.",
            "Kies hierboven een ander doel, een andere manier van tellen of een andere momentopname.",
        )
        return
    blocks.empty(
        f"Over toestemming is voor {where} niets te zeggen: op geen enkele peildatum zijn er leerlingen ingeschreven.",
        "De administrateur van de school kan de gegevens aanleveren.",
        "Daarvoor zijn drie bestanden nodig: leerlingen, toestemmingen en leveringen.",
    )


main()
