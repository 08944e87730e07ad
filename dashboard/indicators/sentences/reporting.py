"""Findings about what was written down of incidents: by whom to whom, where, and what was done. No school is blamed.

What isn't written down may have been done all the same: the words say what is on record.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.indicators.incidents import MEDIANS
from dashboard.indicators.reporting import SHARES, Part, Registration, ShareChange, differs, share_changes
from dashboard.indicators.sentences.phrases import apiece, named
from dashboard.registry import Registry

UNKNOWN: Final = "onbekend"

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

BEFORE: Final = "een jaar eerder"
WITHIN: Final = "dat verschil valt binnen toeval"
BEYOND: Final = "dat verschil is meer dan toeval verklaart"

LIKE_BEFORE: Final = f"de verschillen met {BEFORE} vallen binnen toeval"
LIKE_BEFORE_SO_FAR: Final = f"wat nu al te vergelijken is, verschilt niet meer van {BEFORE} dan toeval geeft"

STILL_RUNNING: Final = (
    "De periode loopt nog. Na een melding van de laatste weken kan nog een maatregel, hulp of afhandeling volgen, "
    "en over de laatste dagen komen er nog meldingen bij."
)
"""Beside the follow-up of a period that isn't over."""

HOW_REPORTED: Final = (
    "Het aantal meldingen hangt ook af van hoe er wordt gemeld. Komen er vooral lichte meldingen bij, of wordt er "
    "sneller geregistreerd? Dan kan het zijn dat er meer wordt gemeld, en niet dat er meer gebeurt."
)
"""Beside every count of reports."""

PANEL: Final = 3
"""So many shares of the registration panel are compared with a year earlier together."""

UNREPORTED: Final = Registration(Part(0, 0), 0, Part(0, 0), Part(0, 0), Part(0, 0))
"""A period without reports."""

NOTHING_REPORTED: Final = "In deze periode is niets gemeld"


def registration_facts(
    now: Registration, before: Registration | None = None, *, running: bool = False
) -> list[tuple[str, str, str]]:
    """How incidents were reported: name, value and context of each figure. `before`: the same period a year earlier.

    `running`: the period isn't over.
    """
    was = before or UNREPORTED
    known = f"{_part(now.serious)} waarbij staat hoe ernstig het is"
    known += f"; bij {dutch.number(now.blank)} staat het niet" if now.blank else ""
    measured = f"{_part(now.with_measure)}; niet ingevuld telt als geen maatregel"
    return [
        _fact("Ernstig volgens de school", (now.serious, was.serious), known),
        _fact("Binnen 5 dagen geregistreerd", (now.soon, was.soon), _part(now.soon)),
        _fact("Met een maatregel", (now.with_measure, was.with_measure), measured, early=running),
        _delivered(now.delivered),
    ]


def followup_title(rows: pl.DataFrame, before: pl.DataFrame, *, running: bool = False) -> str:
    """What was done after incidents, and what of it changed by more than chance brings about.

    rows: maat, teller, noemer of one period and place; `before` the same of a year earlier, maybe without rows.
    `running`: the period isn't over, so that only what is settled within days is compared.
    """
    changes = share_changes(rows, before, running=running)
    if not changes[0].now.whole:
        return NOTHING_REPORTED
    plain = _recorded(changes[0])
    known = [change for change in changes if change.is_known]
    beyond = [change for change in known if change.is_beyond_chance]
    if not known:
        return plain
    if not beyond:
        return f"{plain}; {LIKE_BEFORE_SO_FAR if running else LIKE_BEFORE}"
    more = _told([change for change in beyond if change.is_higher])
    fewer = _told([change for change in beyond if not change.is_higher])
    parts = [f"vaker {more}" if more else "", f"minder vaak {fewer}" if fewer else ""]
    return f"{dutch.capital('; '.join(filter(None, parts)))}. Dat is meer dan toeval verklaart"


def measures_in_words(rows: pl.DataFrame, before: pl.DataFrame, *, running: bool = False) -> dict[str, str]:
    """Every measure of follow-up as a sentence, with what it was a year earlier and whether chance explains that.

    rows: maat, teller, noemer, waarde of one period and place; `before` as for `followup_title`.

    Returns: maat → sentence, in the order to tell; medians only where there are dates.
    """
    words = {
        change.measure: _share_words(change)
        for change in share_changes(rows, before, running=running)
        if change.now.whole
    }
    for measure in sorted(MEDIANS, key=list(WAITING).index):
        sentence = _median_words(measure, _median(rows, measure), _median(before, measure), running=running)
        words |= {measure: sentence} if sentence else {}
    return words


def roles_title(rows: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """Who did it to whom most often. rows: veroorzaker, getroffene, incidenten of one period and place.

    `labels`: role → how people read it.
    """
    total = int(rows["incidenten"].sum())
    known = rows.filter(pl.col("veroorzaker") != UNKNOWN, pl.col("getroffene") != UNKNOWN)
    if not total:
        return NOTHING_REPORTED
    if known.is_empty():
        return f"Bij {_all_of(total)} is niet ingevuld wie het deed, of bij wie"
    most = int(known.select(pl.col("incidenten").max()).item())
    first = known.filter(pl.col("incidenten") == most).sort("veroorzaker", "getroffene")
    pairs = [
        f"van {named(giver, labels)} naar {named(taker, labels)}"
        for giver, taker in first.select("veroorzaker", "getroffene").iter_rows()
    ]
    return f"Het vaakst gemeld: {dutch.listed(pairs, most=3)}, {apiece(pairs, _part(Part(most, total)))}"


def new_platforms(rows: pl.DataFrame, registry: Registry) -> str:
    """Which platforms aren't on the list of known ones yet. rows: waarde, incidenten of the dimension platform.

    Returns: a sentence, or nothing where no platform was named at all.
    """
    told = rows.filter(pl.col("waarde") != UNKNOWN).sort("incidenten", "waarde", descending=[True, False])
    new = [
        f"{name} ({dutch.counted(count, 'melding', 'meldingen')})"
        for name, count in told.select("waarde", "incidenten").iter_rows()
        if registry.platform(name) is None
    ]
    if told.is_empty():
        return ""
    if not new:
        return "Alle genoemde platforms staan op de lijst van bekende platforms."
    count = "Eén platform staat" if len(new) == 1 else f"{dutch.capital(dutch.small(len(new)))} platforms staan"
    return f"{count} nog niet op de lijst: {dutch.listed(new)}."


def in_lesson(rows: pl.DataFrame) -> str:
    """How many incidents were during a lesson. rows: waarde (ja, nee, onbekend), incidenten of the dimension in_les.

    Returns: a sentence without its full stop.
    """
    counts = dict(rows.select("waarde", "incidenten").iter_rows())
    during, elsewhere, blank = (counts.get(value, 0) for value in ("ja", "nee", UNKNOWN))
    if not during + elsewhere:
        return f"Bij {_all_of(blank)} is niet ingevuld of het tijdens de les was" if blank else NOTHING_REPORTED
    rest = f"; bij {dutch.number(blank)} is dit niet ingevuld" if blank else ""
    return f"Bij {_part(Part(during, during + elsewhere + blank))} gebeurde het tijdens de les{rest}"


def _fact(name: str, parts: tuple[Part, Part], context: str, *, early: bool = False) -> tuple[str, str, str]:
    """A share, what it was a year earlier, and whether chance explains the difference."""
    now, before = parts
    if now.share is None:
        return name, dutch.NOTHING, "geen meldingen om van te tellen"
    if before.share is None:
        return name, dutch.share(now.share), context
    verdict = BEYOND if differs(now, before, PANEL) else WITHIN
    ending = ", maar er kan nog iets volgen" if early else f"; {verdict}"
    return name, dutch.share(now.share), f"{context} · {BEFORE} {dutch.share(before.share)}{ending}"


def _share_words(change: ShareChange) -> str:
    now = f"{_recorded(change)} ({dutch.share(change.now.share)})"
    if not change.before.whole:
        return f"{now}."
    told = f"{now}; {BEFORE} bij {_part(change.before)} ({dutch.share(change.before.share)})."
    if change.is_early:
        return f"{told} De periode loopt nog, dus dit is nog niet te vergelijken."
    verdict = BEYOND if change.is_beyond_chance else WITHIN
    return f"{told} {dutch.capital(verdict)}."


def _median_words(measure: str, now: float | None, before: float | None, *, running: bool) -> str:
    """No verdict of chance: medians of days come without an interval."""
    if now is None:
        return ""
    told = f"In de helft van de gevallen kwam {WAITING[measure]} {_within(now)}"
    if before is not None:
        told += f"; {BEFORE} {'ook ' if now == before else ''}{_within(before)}"
    rest = " Wat nog moet volgen, telt hier niet mee." if running else ""
    return f"{told}.{rest}"


def _median(rows: pl.DataFrame, measure: str) -> float | None:
    values = rows.filter(pl.col("maat") == measure)["waarde"].drop_nulls().to_list()
    return values[0] if values else None


def _within(value: float) -> str:
    """Calendar days from the incident on; a median may lie between two days."""
    if not value:
        return "dezelfde dag"
    return f"binnen {dutch.counted(int(value), 'dag', 'dagen') if value.is_integer() else f'{dutch.rate(value)} dagen'}"


def _recorded(change: ShareChange) -> str:
    return RECORDED[change.measure].format(_part(change.now))


def _told(changes: Sequence[ShareChange]) -> str:
    """Shares that changed, each with what it is and was."""
    return dutch.listed(
        [
            f"{SUBJECTS[change.measure]} ({dutch.share(change.now.share)}, {BEFORE} {dutch.share(change.before.share)})"
            for change in changes
        ],
        most=len(SHARES),
    )


def _part(part: Part) -> str:
    """A part of all reports in words: `39 van de 51 meldingen`, `alle 51 meldingen`, `geen van de 51 meldingen`."""
    if part.part == part.whole:
        return _all_of(part.whole)
    if not part.part:
        return "geen enkele melding" if part.whole == 1 else f"geen van de {dutch.number(part.whole)} meldingen"
    return f"{dutch.number(part.part)} van de {dutch.number(part.whole)} meldingen"


def _all_of(count: int) -> str:
    return "de ene melding" if count == 1 else f"alle {dutch.number(count)} meldingen"


def _delivered(months: Part) -> tuple[str, str, str]:
    if not months.whole:
        return "Aangeleverd", dutch.NOTHING, "geen maanden met lesdagen"
    count = dutch.counted(months.whole, "schoolmaand", "schoolmaanden")
    return "Aangeleverd", dutch.number(months.part), f"van {count}; een maand van één school telt als één"
