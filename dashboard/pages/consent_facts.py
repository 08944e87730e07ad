"""Toestemming, the four or five figures below the answer: how it stands, why, and what is coming."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from dashboard import dutch
from dashboard.indicators import outlook
from dashboard.indicators.sentences import phrases
from dashboard.pages.consent_choice import Choice
from dashboard.pages.consent_missing import judged
from dashboard.periods import next_1_september
from dashboard.ui import ask, filters
from dashboard.ui.blocks import Fact


def of_day(choice: Choice, now: Mapping[str, Any], before: date | None) -> list[Fact]:
    """The figures of the chosen day.

    `now`: ja, nee, ongeldig, onbekend and noemer (pupils), dekking, aandeel_ja and dekking_toen (0–1 or null), the last
    one of the day `before`.
    """
    silent = f"over {dutch.counted(now['onbekend'], 'leerling', 'leerlingen')} is niets aangeleverd"
    if now["dekking"] is None:
        return [Fact("Geldig antwoord", dutch.NOTHING, silent)]
    base = f"van {dutch.counted(now['noemer'], 'leerling', 'leerlingen')}"
    then = (
        f"op {dutch.day(before)} was dat {dutch.share(now['dekking_toen'])}" if now["dekking_toen"] is not None else ""
    )
    known = [base, then, silent if now["onbekend"] else ""]
    agreed = f"{dutch.number(now['ja'])} keer ja en {dutch.number(now['nee'])} keer nee; beide zijn in orde"
    return [
        Fact("Geldig antwoord", dutch.share(now["dekking"]), " · ".join(filter(None, known))),
        Fact("Niet in orde", dutch.number(now["ongeldig"]), f"{base} · {_main_reason(choice)}"),
        Fact("Aandeel ja", dutch.share(now["aandeel_ja"]), f"{base} · {agreed}"),
    ]


def ahead(choice: Choice) -> list[Fact]:
    """What is coming, as it stands on the day of the delivery; nothing where the snapshot doesn't say."""
    view = filters.view()
    rows = choice.rows("expiry_outlook")
    if rows.is_empty() or not (rows["geldig_nu"][0] or rows["nodig_nu"][0]):
        return []
    when = "" if choice.day == view.day else f" · stand van {dutch.day(view.day)}"
    default = ask.registry().default_reading
    rule = "" if choice.reading == default.code else f" · manier van tellen: {default.label}"
    older = outlook.turning_16_before_summer(ask.ask("turning_16", brin6=[choice.school]), view.day)
    until = dutch.month_name(outlook.last_month(view.day))
    needed, now = rows.select("nodig_1_september", "nodig_nu").row(0)
    day = dutch.day(next_1_september(view.day))
    return [
        Fact(
            "Wordt 16 voor de zomer",
            dutch.number(older),
            f"leerlingen met een geldig antwoord voor ten minste één doel · tot en met {until}{when}",
        ),
        Fact(
            f"Nodig op {day}",
            dutch.number(needed),
            f"nieuwe antwoorden, als er niets bijkomt · nu {dutch.number(now)}{rule}{when}",
        ),
    ]


def _main_reason(choice: Choice) -> str:
    wrong = judged(choice.statuses(choice.day), choice.reading).filter(pl.col("uitkomst") == "ongeldig")
    if wrong.is_empty():
        return "er hoeft geen antwoord meer te komen"
    most = wrong.filter(pl.col("leerlingen") == pl.col("leerlingen").max())
    names = [phrases.named(status, ask.registry().labels["status"]) for status in most["status"]]
    each = "elk " if len(names) > 1 else ""
    return f"het vaakst: {dutch.listed(names)} ({each}{dutch.number(most['leerlingen'][0])})"
