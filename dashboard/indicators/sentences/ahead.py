"""What lies ahead for consent: who turns 16, and which answers count on 1 September.

What is said of a day to come rests on the pupils and the answers of today.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.indicators import shown
from dashboard.indicators.outlook import last_month, turning_16_before_summer
from dashboard.indicators.sentences.phrases import NEARLY_ALL, delivered, named, pupils
from dashboard.periods import add_years, next_1_september, school_year, school_year_name


def turning_16(rows: pl.DataFrame, day: date) -> str:
    """How many pupils turn 16 before the summer, and what follows.

    rows: maand (`jjjj-mm`), leerlingen of one place: pupils with a valid answer today who turn 16 after `day`.
    """
    until = f"Tot en met {dutch.month_name(last_month(day))}"
    count = turning_16_before_summer(rows, day)
    if count is None:
        return f"Niet van elke maand is getoond hoeveel leerlingen met een geldig antwoord 16 worden: {shown.EXPLAINED}"
    if not count:
        return f"{until} wordt geen leerling met een geldig antwoord 16"
    if count == 1:
        return f"{until} wordt 1 leerling met een geldig antwoord 16; een nieuw antwoord geeft die dan zelf"
    return f"{until} worden {pupils(count)} met een geldig antwoord 16; een nieuw antwoord geven zij dan zelf"


def expiry(rows: pl.DataFrame, labels: Mapping[str, str], day: date) -> str:
    """From how many pupils an answer is needed on the 1 September after a day, if none comes in.

    rows: doel, leerlingen, geldig_nu, nodig_nu, geldig_1_september, nodig_1_september (pupils) of one place, a row per
    purpose. `labels`: purpose → how people read it.
    """
    when = dutch.day(next_1_september(day))
    told = shown.only_shown(rows, "leerlingen", "nodig_nu", "nodig_1_september", "geldig_1_september")
    if rows.height and told.is_empty():
        return f"Van hoeveel leerlingen op {when} een nieuw antwoord nodig is, is {shown.SAID}"
    known = told.filter(pl.col("nodig_1_september") + pl.col("geldig_1_september") > 0)
    each = " voor elk doel" if told.height == rows.height else " voor elk doel met getoonde cijfers"
    if known.is_empty():
        return f"Over deze leerlingen is niets aangeleverd; voor {when} is niets te zeggen"
    ends = known.sort("nodig_1_september", "doel")
    low, high = ends.row(0, named=True), ends.row(-1, named=True)
    if low["nodig_1_september"] == high["nodig_1_september"]:
        return _needed_then(low, when, "" if rows.height == 1 else each)
    if low["nodig_1_september"] >= NEARLY_ALL * (low["nodig_1_september"] + low["geldig_1_september"]):
        return _nearly_all(low, when, each)
    first, last = (named(row["doel"], labels) for row in (low, high))
    whole = high["nodig_1_september"] + high["geldig_1_september"]
    who = "de enige leerling" if whole == 1 else f"de {pupils(whole)}"
    start = "Voor zover getoond is" if told.height < rows.height else "Komt er niets bij, dan is"
    return (
        f"{start} op {when} een nieuw antwoord nodig van {dutch.number(low['nodig_1_september'])} "
        f"({first}) tot {pupils(high['nodig_1_september'])} ({last})"
        + (f", van {who} over wie is aangeleverd" if whole < high["leerlingen"] else "")
    )


def _nearly_all(low: Mapping[str, int], when: str, purposes: str) -> str:
    """Where a new answer of hardly any pupil isn't needed, for any purpose: which purpose has most says nothing."""
    whole = low["nodig_1_september"] + low["geldig_1_september"]
    known = delivered(low["leerlingen"] - whole)
    who = f"bijna alle {pupils(whole)}{known}"
    return f"Komt er niets bij, dan is op {when}{purposes} van {who} een nieuw antwoord nodig"


def _needed_then(row: Mapping[str, int], when: str, purposes: str) -> str:
    needed = row["nodig_1_september"]
    whole = needed + row["geldig_1_september"]
    known = delivered(row["leerlingen"] - whole)
    if not needed:
        return f"Ook zonder nieuwe antwoorden is er op {when}{purposes} van {_all_of(whole)}{known} een geldig antwoord"
    who = _all_of(whole) if needed == whole else f"{dutch.number(needed)} van de {pupils(whole)}"
    start = f"Komt er niets bij, dan is op {when}{purposes} van {who}{known} een nieuw antwoord nodig"
    return start if purposes else f"{start}; {_needed_now(row['nodig_nu'], needed)}"


def _needed_now(now: int, needed: int) -> str:
    if now == needed:
        return "nu is dat ook van 1 leerling" if now == 1 else "dat zijn er evenveel als nu"
    return f"nu is dat van {dutch.number(now) if now else 'geen enkele leerling'}"


def _all_of(count: int) -> str:
    return "de enige leerling" if count == 1 else f"alle {pupils(count)}"


def by_september(day: date, rule: str) -> str:
    """From when an answer counts on the next 1 September: what a school can do now. A paragraph.

    `rule`: the registry's meaning of "yearly", one of its `YEARS`.
    """
    until = next_1_september(day)
    start = COUNTS_FROM[rule](until)
    return f"{start} Wie op de dag van het antwoord 16 of ouder is, antwoordt zelf; voor anderen doen de ouders dat."


def _school_year(until: date) -> str:
    year = school_year(until)
    return (
        f"Een antwoord telt op {dutch.day(until)} mee als het vanaf 1 augustus {year} is gegeven, of eerder "
        f"als erbij staat dat het voor schooljaar {school_year_name(year)} is."
    )


def _twelve_months(until: date) -> str:
    return f"Een antwoord telt op {dutch.day(until)} mee als het na {dutch.day(add_years(until, -1))} is gegeven."


def _code_year(until: date) -> str:
    return f"Een antwoord telt op {dutch.day(until)} mee als het vanaf 1 februari {until.year} is gegeven."


COUNTS_FROM = {"schooljaar": _school_year, "twaalf_maanden": _twelve_months, "codejaar": _code_year}
"""Meaning of "yearly" → from when an answer counts on a 1 September."""
