"""Toestemming, the four or five figures below the answer: how it stands, why, and what is coming."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard import dutch
from dashboard.indicators import consent, outlook, sentences
from dashboard.indicators.sentences.phrases import pupils
from dashboard.pages.consent_choice import Choice
from dashboard.periods import next_1_september
from dashboard.registry import PUBLISHED_READING
from dashboard.ui import ask, filters
from dashboard.ui.blocks import Fact


def of_day(choice: Choice, now: Mapping[str, Any], before: date | None) -> list[Fact]:
    """The figures of the chosen day.

    `now`: ja, nee, ongeldig, onbekend and noemer (pupils), dekking and aandeel_ja (0–1 or null); and of the day
    `before` dekking_toen and onbekend_toen.
    """
    silent = f"over {pupils(now['onbekend'])} is niets aangeleverd"
    if now["dekking"] is None:
        return [Fact("Geldig antwoord", dutch.NOTHING, silent)]
    base = f"van {pupils(now['noemer'])}"
    known = [base, _year_before(now, before), silent if now["onbekend"] else ""]
    registry = ask.registry()
    rows = consent.judged(choice.statuses(choice.day), registry, choice.reading)
    reason = sentences.main_reason(rows, registry.labels["status"])
    agreed = f"{dutch.number(now['ja'])} keer ja en {dutch.number(now['nee'])} keer nee; beide zijn in orde"
    return [
        Fact("Geldig antwoord", dutch.share(now["dekking"]), " · ".join(filter(None, known))),
        Fact("Niet in orde", dutch.number(now["ongeldig"]), f"{base} · {reason}"),
        Fact("Aandeel ja", dutch.share(now["aandeel_ja"]), f"{base} · {agreed}"),
    ]


def _year_before(now: Mapping[str, Any], before: date | None) -> str:
    """The share of a year earlier, and whom it leaves out; empty where there is none."""
    if now["dekking_toen"] is None:
        return ""
    told = f"op {dutch.day(before)} was dat {dutch.share(now['dekking_toen'])}"
    return f"{told}; over {pupils(now['onbekend_toen'])} is toen niets aangeleverd" if now["onbekend_toen"] else told


def ahead(choice: Choice) -> list[Fact]:
    """What is coming, as it stands on the day of the delivery; nothing where the snapshot doesn't say."""
    view = filters.view()
    rows = choice.rows("expiry_outlook")
    if rows.is_empty() or not (rows["geldig_nu"][0] or rows["nodig_nu"][0]):
        return []
    when = "" if choice.day == view.day else f" · stand van {dutch.day(view.day)}"
    label = ask.registry().reading(PUBLISHED_READING).label
    rule = "" if choice.reading == PUBLISHED_READING else f" · manier van tellen: {label}"
    older = outlook.turning_16_before_summer(ask.ask("turning_16", brin6=[choice.school]), view.day)
    until = dutch.month_name(outlook.last_month(view.day))
    needed, now = rows.select("nodig_1_september", "nodig_nu").row(0)
    day = dutch.day(next_1_september(view.day))
    return [
        Fact(
            "Wordt 16 voor de zomer",
            dutch.number(older),
            f"{'leerling' if older == 1 else 'leerlingen'} met een geldig antwoord voor ten minste één doel · "
            f"tot en met {until}{when}",
        ),
        Fact(
            f"Nodig op {day}",
            dutch.number(needed),
            f"{'nieuw antwoord' if needed == 1 else 'nieuwe antwoorden'}, als er niets bijkomt · "
            f"nu {dutch.number(now)}{rule}{when}",
        ),
    ]
