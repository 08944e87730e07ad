"""Findings about what was done after incidents, beside the same period a year earlier. No school is blamed.

What isn't written down may have been done all the same: the words say what is on record.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.indicators.incidents import MEDIANS
from dashboard.indicators.reporting import LEAST_FOR_MEDIAN, SHARES, Part, ShareChange, part_of, share_changes
from dashboard.indicators.sentences.phrases import BEFORE, NOTHING_REPORTED, reports, verdict
from dashboard.indicators.sentences.reporting import share_or_count
from dashboard.indicators.shown import any_hidden

RECORDED: Final[Mapping[str, str]] = {
    "maatregel": "Bij {} is een maatregel vastgelegd",
    "hulp_aangeboden": "Bij {} met een getroffen leerling of medewerker is vastgelegd dat er hulp is aangeboden",
    "leidinggevende_zelfde_dag": "Bij {} is de leidinggevende dezelfde dag ingelicht",
    "afgehandeld": "Bij {} is vastgelegd dat de zaak is afgehandeld",
    "geregistreerd_binnen_5_dagen": "Bij {} is het binnen 5 dagen geregistreerd",
}
"""Share of follow-up → the sentence about it; the reports go in the brackets."""

SUBJECTS: Final[Mapping[str, str]] = {
    "maatregel": "een maatregel vastgelegd",
    "hulp_aangeboden": "hulp aangeboden",
    "leidinggevende_zelfde_dag": "de leidinggevende dezelfde dag ingelicht",
    "afgehandeld": "de zaak afgehandeld",
    "geregistreerd_binnen_5_dagen": "binnen 5 dagen geregistreerd",
}

WAITING: Final[Mapping[str, str]] = {
    "dagen_tot_maatregel": "de maatregel",
    "dagen_tot_afhandeling": "de afhandeling",
}

NOT_SHOWN: Final = "Wat er na meldingen is gedaan, is niet getoond: kleine aantallen (x)"

STILL_RUNNING: Final = (
    "De periode loopt nog. Na een melding van de laatste weken kan nog een maatregel, hulp of afhandeling volgen, "
    "en over de laatste dagen komen er nog meldingen bij."
)
"""Beside the follow-up of a period that isn't over."""


def followup_title(
    rows: pl.DataFrame, before: pl.DataFrame, *, running: bool = False, before_words: str = BEFORE
) -> str:
    """What was done after incidents, and what of it changed by more than chance brings about.

    rows: maat, teller, noemer of one period and place; `before` the same of the period beside it, maybe without rows.
    `running`: the period isn't over, so that only what is settled within days is compared. `before_words`: when the
    other period was, as `period_before` says it.
    """
    changes = share_changes(rows, before, running=running)
    shown = next((change for change in changes if change.now.whole), changes[0])
    if not shown.now.whole:
        return NOT_SHOWN if any_hidden(rows, "teller", "noemer") else NOTHING_REPORTED
    plain = _recorded(shown if any_hidden(rows, "teller", "noemer") else changes[0])
    known = [change for change in changes if change.is_known]
    beyond = [change for change in known if change.is_beyond_chance]
    if not known:
        return plain
    if not beyond:
        return f"{plain}; {_like(before_words, running=running)}"
    more = _told([change for change in beyond if change.is_higher], before_words)
    fewer = _told([change for change in beyond if not change.is_higher], before_words)
    parts = [f"vaker {more}" if more else "", f"minder vaak {fewer}" if fewer else ""]
    return f"{dutch.capital('; '.join(filter(None, parts)))}. Dat is meer dan toeval verklaart"


def measures_in_words(
    rows: pl.DataFrame, before: pl.DataFrame, *, running: bool = False, before_words: str = BEFORE
) -> dict[str, str]:
    """Every measure of follow-up as a sentence, with what it was before and whether chance explains the difference.

    rows: maat, teller, noemer, waarde of one period and place; the others as for `followup_title`.

    Returns: maat → sentence, in the order to tell; a median only where there are dates: of a handful, that it is few.
    """
    words = {
        change.measure: _share_words(change, before_words)
        for change in share_changes(rows, before, running=running)
        if change.now.whole
    }
    for measure in sorted(MEDIANS, key=list(WAITING).index):
        days = _median(rows, measure), _median(before, measure)
        few = _too_few_dates(WAITING[measure], part_of(rows, measure).whole)
        sentence = few or _median_words(WAITING[measure], days, before_words, running=running)
        words |= {measure: sentence} if sentence else {}
    return words


def _like(before_words: str, *, running: bool) -> str:
    """That nothing differs by more than chance: `in de vorige periode` is then spoken of as `de vorige periode`."""
    then = before_words.removeprefix("in ")
    if running:
        return f"wat nu al te vergelijken is, verschilt niet meer van {then} dan toeval verklaart"
    return f"de verschillen met {then} vallen binnen toeval"


def _share_words(change: ShareChange, before_words: str) -> str:
    now = f"{_recorded(change)}{_percentage(change.now)}"
    if not change.before.whole:
        return f"{now}."
    then = f"{reports(change.before.part, change.before.whole)}{_percentage(change.before)}"
    told = f"{now}; {before_words} bij {then}."
    if change.is_early:
        return f"{told} De periode loopt nog, dus dit is nog niet te vergelijken."
    return f"{told} {dutch.capital(verdict(is_beyond=change.is_beyond_chance))}."


def _percentage(part: Part) -> str:
    """In brackets behind a count; none of a handful."""
    return "" if part.is_few else f" ({dutch.share(part.share)})"


def _too_few_dates(what: str, dates: int) -> str:
    """That there are dates, but too few for a middle; empty where there are enough, or none at all."""
    if not 0 < dates < LEAST_FOR_MEDIAN:
        return ""
    known = dutch.counted(dates, "melding", "meldingen")
    return f"Van {known} is de datum van {what} bekend: te weinig om een midden te geven."


def _median_words(what: str, days: tuple[float | None, float | None], before_words: str, *, running: bool) -> str:
    """No verdict of chance: medians of days, now and before, come without an interval."""
    now, before = days
    if now is None:
        return ""
    told = f"Vanaf de dag van het incident kwam {what} in de helft van de gevallen met een datum {_within(now)}"
    if before is not None:
        told += f"; {before_words} {'ook ' if now == before else ''}{_within(before)}"
    rest = " Wat nog moet volgen, telt hier niet mee." if running else ""
    return f"{told}.{rest}"


def _median(rows: pl.DataFrame, measure: str) -> float | None:
    """Days to a measure; None without dates, and of a handful of them."""
    values = (
        rows.filter(pl.col("maat") == measure, pl.col("noemer") >= LEAST_FOR_MEDIAN)["waarde"].drop_nulls().to_list()
    )
    return values[0] if values else None


def _within(value: float) -> str:
    """Calendar days from the incident on; a median may lie between two days."""
    if not value:
        return "dezelfde dag"
    return f"binnen {dutch.counted(int(value), 'dag', 'dagen') if value.is_integer() else f'{dutch.rate(value)} dagen'}"


def _recorded(change: ShareChange) -> str:
    return RECORDED[change.measure].format(reports(change.now.part, change.now.whole))


def _told(changes: Sequence[ShareChange], before_words: str) -> str:
    """Shares that changed, each with what it is and was."""
    shares = [
        (SUBJECTS[change.measure], share_or_count(change.now), share_or_count(change.before)) for change in changes
    ]
    return dutch.listed([f"{what} ({now}, {before_words} {then})" for what, now, then in shares], most=len(SHARES))
