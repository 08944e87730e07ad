"""What differs between two snapshots of the evaluation, in words."""

from datetime import date
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.indicators.evaluation import CAUSES, TINY
from dashboard.indicators.evaluation_findings import plain
from dashboard.registry import Registry

CAUSE_WORDS: Final = {
    "definitie": "doordat er anders is geteld",
    "correctie": "doordat rijen zijn verbeterd",
    "nieuw": "door nieuwe rijen of doordat er tijd verliep",
}
"""Why a figure changed → how a sentence says it."""

POINTS: Final = 100
"""A share of 0–1 in percentage points."""

LEAST: Final = 0.05
NEARLY_NOTHING: Final = "bijna 0"
"""What is less than `LEAST` would read as 0,0: it did move."""


ORDINALS: Final = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")


def ordinal(place: int) -> str:
    """A place from 0 as a word: `eerste`; from the eleventh on `11e`."""
    return ORDINALS[place] if place < len(ORDINALS) else f"{place + 1}e"


def differences_title(rows: pl.DataFrame, since: date, which: str = "", *, partly: bool = False) -> str:
    """How many figures changed since a day, and how many of them by which cause; one may have several.

    counts: one row per indicator that changed, with definitie, correctie and nieuw (null where it isn't known).
    `which`: of several snapshots of that day, the one that is meant (`eerste`); `partly`: whether others are hidden.
    """
    when = f"Sinds de {f'{which} ' if which else ''}stand van {dutch.day(since)}"
    if rows.is_empty():
        what = "getoond cijfer" if partly else "cijfer"
        return f"{when} is geen enkel {what} van de evaluatie veranderd"
    start = f"{when} {'is' if rows.height == 1 else 'zijn'} {dutch.counted(rows.height, 'cijfer', 'cijfers')} veranderd"
    moved = {cause: rows.filter(pl.col(cause).abs() > TINY).height for cause in CAUSES}
    causes = [f"{dutch.number(count)} {CAUSE_WORDS[cause]}" for cause, count in moved.items() if count]
    return f"{start}: {dutch.listed(causes)}" if causes else start


def unseen_differences(figures: int) -> str:
    """Of how many figures isn't shown whether they changed; empty where all are."""
    if not figures:
        return ""
    of_them = "dat veranderde" if figures == 1 else "die veranderden"
    return f"Van {dutch.counted(figures, 'cijfer', 'cijfers')} staat hier niet of {of_them} (x)."


def figure_in_words(indicator: str, figure: float | None, registry: Registry) -> str:
    """A figure of the evaluation for a table: a share as a percentage, a number or days as they are; else a dash."""
    if figure is None:
        return dutch.NOTHING
    if _is_share(indicator, registry):
        return dutch.share(figure)
    return dutch.number(round(figure)) if figure == round(figure) else dutch.rate(figure)


def added_in_words(indicator: str, added: float | None, registry: Registry) -> str:
    """What a cause added to a figure, with its sign: percentage points of a share; a dash for nothing."""
    if added is None or abs(added) <= TINY:
        return dutch.NOTHING
    amount = abs(added) * (POINTS if _is_share(indicator, registry) else 1)
    if amount < LEAST:
        return NEARLY_NOTHING
    is_whole = not _is_share(indicator, registry) and amount == round(amount)
    said = dutch.number(round(amount)) if is_whole else dutch.rate(amount)
    return f"{'+' if added > 0 else '−'}{said}"


def _is_share(indicator: str, registry: Registry) -> bool:
    figures = {known.code: known.figure for known in registry.indicators}
    return figures.get(plain(indicator)) == "aandeel"
