"""Findings about the use of images and social media: whether a valid yes was on record beforehand."""

from collections.abc import Mapping

import polars as pl

from dashboard import dutch
from dashboard.indicators import shown
from dashboard.indicators.sentences.phrases import apiece, lower, named

USED = "dat een leerling in beeld kwam of meedeed"


def uses(rows: pl.DataFrame) -> str:
    """How often a pupil was shown or took part without a valid yes; where nothing was delivered, none can be shown.

    rows: schooljaar, gebruiken, zonder_toestemming of one place, of any purposes and school years.
    """
    if shown.any_hidden(rows, "gebruiken", "zonder_toestemming"):
        return _uses_shown(shown.only_shown(rows, "gebruiken", "zonder_toestemming"))
    total, without = int(rows["gebruiken"].sum()), int(rows["zonder_toestemming"].sum())
    if not total:
        return "Er zijn geen publicaties met herkenbare leerlingen"
    times = "de ene" if total == 1 else f"alle {dutch.number(total)}"
    if 0 < without < total:
        times = f"{dutch.number(without)} van de {dutch.number(total)}"
    return f"{_when(rows)} is bij {times} keer {USED}, vooraf {'geen' if without else 'een'} geldig ja aan te tonen"


def _uses_shown(rows: pl.DataFrame) -> str:
    """The last school year of which both numbers are shown: the others can't be added to it."""
    used = rows.filter(pl.col("gebruiken") > 0).sort("schooljaar")
    if used.is_empty():
        return f"Hoe vaak vooraf geen geldig ja is aan te tonen, is {shown.SAID}"
    return uses(used.tail(1))


def _when(rows: pl.DataFrame) -> str:
    years = sorted(set(rows["schooljaar"]))
    return f"In schooljaar {years[0]}" if len(years) == 1 else f"Sinds schooljaar {years[0]}"


def uses_by_status(rows: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """Which status pupils most often had where a valid yes was missing.

    rows: status, gebruiken of one place, a row per status, and vooraf: whether that status is a valid yes. `labels`:
    status → how people read it.
    """
    if shown.any_hidden(rows.filter(~pl.col("vooraf")), "gebruiken"):
        return "Welke stand het antwoord had als er vooraf geen geldig ja was; kleine aantallen zijn niet getoond (x)"
    without = rows.filter(~pl.col("vooraf")).sort("gebruiken", "status", descending=[True, False])
    if without.is_empty():
        return "Er is geen gebruik zonder geldig ja"
    total, most = int(without["gebruiken"].sum()), int(without["gebruiken"][0])
    which = [named(code, labels) for code in without.filter(pl.col("gebruiken") == most)["status"]]
    if most == total:
        times = "De ene" if total == 1 else f"Alle {dutch.number(total)}"
        return f"{times} keer zonder geldig ja was de stand: {which[0]}"
    share = f"{dutch.number(most)} van de {dutch.number(total)} keer"
    told = f"{dutch.listed(which, most=4)} ({apiece(which, share)})"
    return f"Zonder geldig ja was de stand het vaakst: {told}"


def no_publications(where: str, purpose: str = "") -> str:
    """What is said where no publications were delivered, at all or for a purpose. `where`: school or group."""
    about = f" voor {lower(purpose)}" if purpose else ""
    absent = f"Over {where} zijn{about} geen publicaties aangeleverd."
    return f"{absent} Of er vooraf toestemming was, is daarom niet aan te tonen."
