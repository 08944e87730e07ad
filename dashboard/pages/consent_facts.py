"""Toestemming, the four or five figures below the answer: how it stands, why, and what is coming."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from dashboard import dutch
from dashboard.indicators import consent, outlook, sentences, shown
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
    if shown.is_hidden(now, "dekking"):
        return _partly(now)
    silent = f"over {pupils(now['onbekend'] or 0)} is niets aangeleverd"
    if now["dekking"] is None:
        return [Fact("Geldig antwoord", dutch.NOTHING, silent)]
    base = f"van {pupils(now['noemer'])}"
    known = [base, _year_before(now, before), silent if now["onbekend"] else ""]
    registry = ask.registry()
    rows = consent.judged(choice.statuses(choice.day), registry, choice.reading)
    reason = sentences.main_reason(rows, registry.labels["status"]) if choice.tells_statuses else ""
    agreed = f"{dutch.number(now['ja'])} keer ja en {dutch.number(now['nee'])} keer nee; beide zijn in orde"
    return [
        Fact("Geldig antwoord", dutch.share(now["dekking"]), " · ".join(filter(None, known))),
        Fact("Niet in orde", dutch.number(now["ongeldig"]), " · ".join(filter(None, [base, reason]))),
        Fact("Aandeel ja", dutch.share(now["aandeel_ja"]), f"{base} · {agreed}"),
    ]


def _partly(now: Mapping[str, Any]) -> list[Fact]:
    """The figures of a day of which a small number is hidden."""
    yes, no, wrong = (_number(now, column) for column in ("ja", "nee", "ongeldig"))
    hidden = f" · {shown.EXPLAINED}"
    return [
        Fact("Geldig antwoord", shown.MARK, shown.HOVER),
        Fact("Niet in orde", wrong, f"antwoorden{hidden if wrong == shown.MARK else ''}"),
        Fact("Ja en nee", f"{yes} en {no}", f"keer; beide zijn in orde{hidden if shown.MARK in (yes, no) else ''}"),
    ]


def _number(row: Mapping[str, Any], column: str) -> str:
    return shown.MARK if shown.is_hidden(row, column) else dutch.number(row[column])


def _year_before(now: Mapping[str, Any], before: date | None) -> str:
    """The share of a year earlier, and whom it leaves out; empty where there is none."""
    if shown.is_hidden(now, "dekking_toen"):
        return f"van {dutch.day(before)} is dat {shown.SAID}"
    if now["dekking_toen"] is None:
        return ""
    told = f"op {dutch.day(before)} was dat {dutch.share(now['dekking_toen'])}"
    return f"{told}; over {pupils(now['onbekend_toen'])} is toen niets aangeleverd" if now["onbekend_toen"] else told


def ahead(choice: Choice) -> list[Fact]:
    """What is coming, as it stands on the day of the delivery; nothing where the snapshot doesn't say."""
    view = filters.view()
    rows = choice.rows("expiry_outlook")
    if rows.is_empty() or rows.filter((pl.col("geldig_nu") == 0) & (pl.col("nodig_nu") == 0)).height:
        return []
    when = "" if choice.day == view.day else f" · stand van {dutch.day(view.day)}"
    label = ask.registry().reading(PUBLISHED_READING).label
    rule = "" if choice.reading == PUBLISHED_READING else f" · manier van tellen: {label}"
    row = rows.row(0, named=True)
    needed, now = _number(row, "nodig_1_september"), _number(row, "nodig_nu")
    answers = "nieuw antwoord" if row["nodig_1_september"] == 1 else "nieuwe antwoorden"
    hidden = f" · {shown.EXPLAINED}" if shown.MARK in (needed, now) else ""
    return [
        *_turning_16(choice, when),
        Fact(
            f"Nodig op {dutch.day(next_1_september(view.day))}",
            needed,
            f"{answers}, als er niets bijkomt · nu {now}{rule}{when}{hidden}",
        ),
    ]


def _turning_16(choice: Choice, when: str) -> list[Fact]:
    """Who turns 16 before the summer; nothing where that isn't shown of this school."""
    day, rows = filters.view().day, ask.ask("turning_16", brin6=[choice.school])
    if shown.HIDDEN in rows.columns and rows.is_empty():
        return []
    older = outlook.turning_16_before_summer(rows, day)
    value = shown.MARK if older is None else dutch.number(older)
    until = dutch.month_name(outlook.last_month(day))
    who = f"{'leerling' if older == 1 else 'leerlingen'} met een geldig antwoord voor ten minste één doel"
    hidden = f" · {shown.EXPLAINED}" if older is None else ""
    return [Fact("Wordt 16 voor de zomer", value, f"{who} · tot en met {until}{when}{hidden}")]
