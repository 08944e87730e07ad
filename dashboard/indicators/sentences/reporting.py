"""Findings about how incidents were reported, and what was written down of them: by whom to whom, and where."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.indicators.reporting import SERIOUS, Part, Registration, ShareChange, compared_shares, share_change
from dashboard.indicators.sentences.phrases import (
    ALL_SMALL,
    BEFORE,
    MOST_SHOWN,
    NOTHING_REPORTED,
    OTHER,
    UNKNOWN,
    apiece,
    counted_reports,
    named,
    reports,
    verdict,
)
from dashboard.indicators.shown import HIDDEN, HOVER, MARK, all_shown, any_hidden, only_shown
from dashboard.registry import Registry

HOW_REPORTED: Final = (
    "Het aantal meldingen hangt ook af van hoe er wordt gemeld. Komen er vooral lichte meldingen bij, of wordt er "
    "sneller geregistreerd? Dan kan het zijn dat er meer wordt gemeld, en niet dat er meer gebeurt."
)
"""Beside every count of reports."""

IN_LESSON_HIDDEN: Final = "Hoeveel van de meldingen tijdens de les waren, is niet te zeggen: een klein aantal (x)"

UNREPORTED: Final = Registration(Part(0, 0), 0, Part(0, 0), Part(0, 0), Part(0, 0))
"""A period without reports."""


def registration_facts(
    now: Registration, before: Registration | None = None, *, running: bool = False, before_words: str = BEFORE
) -> list[tuple[str, str, str]]:
    """How incidents were reported: name, value and context of each figure. `before`: the period beside this one.

    `running`: the period isn't over. `before_words`: when the other period was, as `period_before` says it.
    """
    was = before or UNREPORTED
    known = f"{_of(now.serious)} waarbij staat hoe ernstig het is"
    known += f"; bij {dutch.number(now.blank)} staat het niet" if now.blank else ""
    measured = f"{_of(now.with_measure)}; niet ingevuld telt als geen maatregel"
    together = len(compared_shares(running=running))
    serious = share_change(SERIOUS, (now.serious, was.serious), together)
    soon = share_change("geregistreerd_binnen_5_dagen", (now.soon, was.soon), together)
    measure = share_change("maatregel", (now.with_measure, was.with_measure), together, is_early=running)
    facts = {
        "serious": _fact("Ernstig volgens de school", serious, known, before_words),
        "soon": _fact("Binnen 5 dagen geregistreerd", soon, _of(now.soon), before_words),
        "with_measure": _fact("Met een maatregel", measure, measured, before_words),
    }
    told = [(fact[0], MARK, HOVER) if part in now.hidden else fact for part, fact in facts.items()]
    return told if now.delivered is None else [*told, _delivered(now.delivered)]


def roles_title(rows: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """Who did it to whom most often. rows: veroorzaker, getroffene, incidenten of one period and place.

    `labels`: role → how people read it.
    """
    told = only_shown(rows, "incidenten").filter(pl.col("incidenten") > 0)
    total = int(told["incidenten"].sum())
    known = told.filter(pl.col("veroorzaker") != UNKNOWN, pl.col("getroffene") != UNKNOWN)
    is_whole = all_shown(rows, "incidenten")
    if not total:
        return NOTHING_REPORTED if is_whole else ALL_SMALL
    if known.is_empty():
        return f"Bij {reports(total, total)} is niet ingevuld wie het deed, of bij wie" if is_whole else ALL_SMALL
    most = int(known.select(pl.col("incidenten").max()).item())
    first = known.filter(pl.col("incidenten") == most).sort("veroorzaker", "getroffene")
    pairs = [
        f"van {named(giver, labels)} naar {named(taker, labels)}"
        for giver, taker in first.select("veroorzaker", "getroffene").iter_rows()
    ]
    if not is_whole:
        return f"{MOST_SHOWN}: {dutch.listed(pairs, most=3)}, {apiece(pairs, counted_reports(most))}"
    return f"Het vaakst gemeld: {dutch.listed(pairs, most=3)}, {apiece(pairs, reports(most, total))}"


def new_platforms(rows: pl.DataFrame, registry: Registry) -> str:
    """Which platforms aren't on the list of known ones yet. rows: waarde, incidenten of the dimension platform.

    Returns: a sentence, or nothing where no platform was named at all, or where some may be hidden.
    """
    seen = only_shown(rows, "incidenten").filter(pl.col("incidenten") > 0) if HIDDEN in rows.columns else rows
    told = seen.filter(pl.col("waarde") != UNKNOWN).sort("incidenten", "waarde", descending=[True, False])
    if HIDDEN in rows.columns:
        told = told.filter(pl.col("waarde") != OTHER)
    new = [
        f"{name} ({dutch.counted(count, 'melding', 'meldingen')})"
        for name, count in told.select("waarde", "incidenten").iter_rows()
        if registry.platform(name) is None
    ]
    if told.is_empty():
        return ""
    if not new and told.height < rows.filter(pl.col("waarde") != UNKNOWN).height:
        return ""
    if not new:
        return "Alle genoemde platforms staan op de lijst van bekende platforms."
    count = "Eén platform staat" if len(new) == 1 else f"{dutch.capital(dutch.small(len(new)))} platforms staan"
    return f"{count} nog niet op de lijst: {dutch.listed(new)}."


def in_lesson(rows: pl.DataFrame) -> str:
    """How many incidents were during a lesson. rows: waarde (ja, nee, onbekend), incidenten of the dimension in_les.

    Returns: a sentence without its full stop.
    """
    if any_hidden(rows, "incidenten"):
        return IN_LESSON_HIDDEN
    counts = dict(rows.select("waarde", "incidenten").iter_rows())
    during, elsewhere, blank = (counts.get(value, 0) for value in ("ja", "nee", UNKNOWN))
    if not during + elsewhere:
        return f"Bij {reports(blank, blank)} is niet ingevuld of het tijdens de les was" if blank else NOTHING_REPORTED
    rest = f"; bij {dutch.number(blank)} is dit niet ingevuld" if blank else ""
    return f"Bij {reports(during, during + elsewhere + blank)} gebeurde het tijdens de les{rest}"


def _fact(name: str, change: ShareChange, context: str, before_words: str) -> tuple[str, str, str]:
    """A share, what it was before, and whether chance explains the difference."""
    if change.now.share is None:
        return name, dutch.NOTHING, "geen meldingen om van te tellen"
    value = share_or_count(change.now)
    if change.before.share is None:
        return name, value, context
    follows = ", maar er kan nog iets volgen"
    ending = follows if change.is_early else f"; {verdict(is_beyond=change.is_beyond_chance)}"
    return name, value, f"{context} · {before_words} {share_or_count(change.before)}{ending}"


def share_or_count(part: Part) -> str:
    """A share as a percentage; of a handful as a count: `1 van de 4`."""
    return f"{dutch.number(part.part)} van de {dutch.number(part.whole)}" if part.is_few else dutch.share(part.share)


def _of(part: Part) -> str:
    """What a share is counted from; beside a count only what was counted."""
    if part.is_few:
        return "melding" if part.whole == 1 else "meldingen"
    return reports(part.part, part.whole)


def _delivered(months: Part) -> tuple[str, str, str]:
    if not months.whole:
        return "Aangeleverd", dutch.NOTHING, "geen maanden met lesdagen"
    count = dutch.counted(months.whole, "schoolmaand", "schoolmaanden")
    return "Aangeleverd", dutch.number(months.part), f"van {count}; een maand van één school telt als één"
