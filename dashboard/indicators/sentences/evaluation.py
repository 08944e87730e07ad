"""How long the code is valid, and which steps towards its next version are late."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.indicators.sentences.phrases import lower

NOT_SETTLED = "De datum waarop de gedragscode ingaat, staat nog niet vast"
"""What is said where no round of the code has a day in force: then there is nothing to count from."""


def validity(days: int, last: date, when: str = "") -> str:
    """How long the code is still valid; `days` from the day of the figures to its last day.

    `when` names that day (`op 22 november 2026`) where it isn't today.
    """
    if days < 0:
        return f"De gedragscode was geldig tot en met {dutch.day(last)}"
    if days == 0:
        return f"De gedragscode {f'was {when}' if when else 'is vandaag'} voor het laatst geldig"
    return f"De gedragscode {f'gold {when}' if when else 'geldt'} nog {dutch.counted(days, 'dag', 'dagen')}"


def late_steps(clock: pl.DataFrame, labels: Mapping[str, str], when: str = "") -> str:
    """Which steps towards the next version are late. clock: a row per step, oordeel `te laat` or `op tijd`.

    `when` names the day of the figures (`op 22 november 2026`, or `toen`) where it isn't today.
    """
    if clock.is_empty():
        return "er zijn nog geen uiterste datums"
    late = [labels.get(step, step) for step in clock.filter(pl.col("oordeel") == "te laat")["stap"]]
    one, more = (f"was {when}", f"waren {when}") if when else ("is", "zijn")
    if not late:
        return f"alle stappen naar een nieuwe versie {more} op tijd"
    if len(late) == clock.height:
        return f"alle stappen naar een nieuwe versie {more} te laat"
    which = dutch.listed([lower(name) for name in late])
    many = f"één stap {one}" if len(late) == 1 else f"{dutch.small(len(late))} stappen {more}"
    return f"{many} te laat: {which}"


def next_step(clock: pl.DataFrame, labels: Mapping[str, str], when: str = "") -> str:
    """The first step that is still on time, and its date. clock: a row per step, dagen from the day of the figures.

    `when` names that day (`op 22 november 2026`) where it isn't today.
    """
    ahead = clock.filter(pl.col("oordeel") == "op tijd").sort("uiterlijk")
    if ahead.is_empty():
        return "Er is geen stap meer die op tijd kan."
    step, due = ahead.select("stap", "uiterlijk").row(0)
    verb = f"was {when}" if when else "is"
    return f"De eerstvolgende stap {verb} {lower(labels.get(step, step))}, uiterlijk {dutch.day(due)}."
