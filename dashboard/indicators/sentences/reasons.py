"""Why an answer doesn't count: what is missing, at which step pupils drop out, and what another rule would make of it.

A recorded refusal is a valid answer: it is never a reason.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from dashboard import dutch
from dashboard.indicators import shown
from dashboard.indicators.outlook import STEPS, in_steps
from dashboard.indicators.sentences.phrases import apiece, delivered, lower, named, pupils, quoted
from dashboard.registry import Registry
from dashboard.registry.model import UNKNOWN, Reading

DROPPED = {
    "gevraagd": "nergens blijkt dat de vraag dit jaar is gesteld",
    "beantwoord": "er is nog geen antwoord",
    "aantoonbaar": "het antwoord is niet aan te tonen, of de school vulde het zelf in",
    "bevoegd": "het antwoord komt van iemand die niet mocht beslissen",
    "dit_jaar": "het antwoord is van een eerder jaar",
}
"""Why a pupil doesn't take a step."""

DISPUTED = {
    "verlopen_ja": "een antwoord van een eerder jaar mee",
    "verlopen_nee": "een antwoord van een eerder jaar mee",
    "werd_16_ja": "het antwoord van de ouders mee als de leerling daarna 16 werd",
    "werd_16_nee": "het antwoord van de ouders mee als de leerling daarna 16 werd",
}
"""What some readings count and others don't: what follows "telt"."""


def invalid_reasons(rows: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """What is most often not in order.

    rows: status, leerlingen (pupils) and uitkomst of one purpose, day and school; those of whom nothing was delivered
    have `onbekend`, and nothing is claimed of them.
    """
    wrong = rows.filter(pl.col("uitkomst") == "ongeldig")
    if shown.any_hidden(rows, "leerlingen"):
        return _partly(wrong, labels)
    unknown = rows.filter(pl.col("uitkomst") == UNKNOWN)["leerlingen"].sum()
    if wrong.is_empty():
        whole = "Er ontbreekt geen enkel geldig antwoord"
        return f"{whole} van de leerlingen over wie is aangeleverd" if unknown else whole
    total, (most, names) = int(wrong["leerlingen"].sum()), _most_frequent(wrong, labels)
    if most < total:
        told = f"{dutch.listed(names, most=4)} ({apiece(names, dutch.number(most))})"
        return f"Van {pupils(total)} is het antwoord niet in orde; het vaakst: {told}"
    if unknown:
        return f"Van {pupils(total)} is het antwoord niet in orde: {names[0]}"
    return f"Wat ontbreekt, heeft één oorzaak: {names[0]} ({dutch.number(total)})"


def _partly(wrong: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """What can be said where a small number is hidden: no total, and nothing of what is most frequent."""
    told = [
        f"{named(status, labels)} ({dutch.number(count)})"
        for status, count in shown.only_shown(wrong, "leerlingen").select("status", "leerlingen").iter_rows()
        if count
    ]
    if not told:
        return "Waarom antwoorden niet in orde zijn, is niet getoond: het gaat om kleine aantallen (x)"
    return f"Niet in orde is onder andere: {dutch.listed(told, most=4)}; een klein aantal is niet getoond (x)"


def main_reason(rows: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """The same in a few words, beside the number of answers that are not in order. rows: as `invalid_reasons`."""
    wrong = rows.filter(pl.col("uitkomst") == "ongeldig")
    if shown.any_hidden(rows, "leerlingen"):
        return "een klein aantal per oorzaak is niet getoond (x)"
    if wrong.height:
        most, names = _most_frequent(wrong, labels)
        return f"het vaakst: {dutch.listed(names)} ({apiece(names, dutch.number(most))})"
    if rows.filter(pl.col("uitkomst") == UNKNOWN)["leerlingen"].sum():
        return "van de leerlingen over wie is aangeleverd, hoeft geen antwoord meer te komen"
    return "er hoeft geen antwoord meer te komen"


def _most_frequent(wrong: pl.DataFrame, labels: Mapping[str, str]) -> tuple[int, list[str]]:
    """The largest number of pupils with one status, and every status that has it."""
    most = max(wrong["leerlingen"])
    return most, [
        named(status, labels) for status in wrong.filter(pl.col("leerlingen") == most).sort("status")["status"]
    ]


def not_in_order(rows: pl.DataFrame, registry: Registry, article: str) -> str:
    """What the code asks and is most often missing, and which article asks it; empty where all is in order.

    rows: status, leerlingen (pupils) and uitkomst of one place, purpose and day; `article`: that of the purpose.
    """
    wrong = rows.filter(pl.col("uitkomst") == "ongeldig")
    if shown.any_hidden(wrong, "leerlingen"):
        return f"Wat artikel {article} vraagt en ontbreekt"
    asked = {status.code: status.requirement or status.label for status in registry.statuses}
    counts: dict[str, int] = {}
    for code, count in wrong.select("status", "leerlingen").iter_rows():
        need = asked.get(code, code)
        counts[need] = counts.get(need, 0) + count
    if not counts:
        return ""
    total, most = sum(counts.values()), max(counts.values())
    if most == total:
        return f"Artikel {article} vraagt iets wat ontbreekt: {lower(next(iter(counts)))} ({pupils(total)})"
    needs = [lower(need) for need in sorted(counts) if counts[need] == most]
    share = f"{dutch.number(most)} van de {pupils(total)}"
    return f"Wat artikel {article} vraagt en het vaakst ontbreekt: {quoted(needs, 'eisen')} ({apiece(needs, share)})"


def _largest_first(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))


def waterfall(rows: pl.DataFrame, unknown: int | None) -> str:
    """At which step most pupils drop out.

    rows: stap, leerlingen of one place, purpose and day, in any order. `unknown`: pupils of whom nothing was
    delivered: they stop at the first step too, but nobody knows whether they were asked; None where it is hidden.
    """
    if rows.is_empty():
        return "Er zijn geen leerlingen ingeschreven"
    if unknown is None or shown.any_hidden(rows, "leerlingen"):
        return "Hoeveel leerlingen bij welke stap afvallen, is niet helemaal getoond: een aantal is klein (x)"
    steps = in_steps(rows)
    known = int(steps["leerlingen"][0]) - unknown
    if not known:
        return "Over deze leerlingen is niets aangeleverd"
    lost = dict(steps.filter(pl.col("stap") != STEPS[0]).select("stap", "afgevallen").iter_rows())
    lost["gevraagd"] -= unknown
    total, most = sum(lost.values()), max(lost.values())
    start = _get_there(known - total, known, delivered(unknown))
    if not total:
        return f"{start}: een antwoord dat voor dit jaar telt"
    reasons = [DROPPED[step] for step, count in lost.items() if count == most]
    if most == total:
        return f"{start}: {reasons[0]}"
    return f"{start}; het vaakst: {quoted(reasons, 'redenen')} ({apiece(reasons, dutch.number(most))})"


def _get_there(count: int, whole: int, which: str) -> str:
    """How many pupils take the last step; `which` says which pupils these are, where it isn't all of them."""
    if whole == 1:
        return f"De enige leerling{which} komt {'' if count else 'niet '}tot de laatste stap"
    if count == whole:
        return f"Alle {pupils(whole)}{which} komen tot de laatste stap"
    if not count:
        return f"Geen van de {pupils(whole)}{which} komt tot de laatste stap"
    missing = whole - count
    verb = "komt" if missing == 1 else "komen"
    return f"{dutch.number(missing)} van de {pupils(whole)}{which} {verb} niet tot de laatste stap"


def readings(rows: pl.DataFrame, registry: Registry) -> str:
    """Coverage in every reading. rows: lezing, dekking (0–1) of one place, purpose and day."""
    shares = dict(rows.filter(pl.col("dekking").is_not_null()).select("lezing", "dekking").iter_rows())
    known = {_plain(reading): shares[reading.code] for reading in registry.readings if reading.code in shares}
    hides = shown.any_hidden(rows, "dekking")
    if not known:
        return f"De dekking is hier {shown.SAID}" if hides else "De dekking is hier niet bekend"
    told = [f"{dutch.share(share)} ({name})" for name, share in known.items()]
    if hides:
        return f"De dekking is {dutch.listed(told)}; op een andere manier geteld is die {shown.SAID}"
    same = _alike(list(known.values()))
    return f"Hoe er ook wordt geteld, de dekking is {same}" if same else f"De dekking is {dutch.listed(told)}"


def _alike(shares: Sequence[float]) -> str:
    """The one share that all of these are, or read as; empty where they read differently."""
    read = {dutch.share(share) for share in shares}
    if len(read) > 1:
        return ""
    return read.pop() if len(set(shares)) == 1 else f"afgerond steeds {read.pop()}"


def readings_differ(statuses: pl.DataFrame, registry: Registry) -> str:
    """Why the readings differ, in one sentence; empty where nothing was delivered.

    statuses: status, leerlingen (pupils) of one place, purpose and day.
    """
    if shown.any_hidden(statuses, "leerlingen") or not _anything_delivered(statuses):
        return ""
    counts: dict[str, int] = {}
    for status, count in statuses.sort("status").select("status", "leerlingen").iter_rows():
        words = _told_apart(status, registry)
        counts[words] = counts.get(words, 0) + count
    parts = [f"{words} ({pupils(counts[words])})" for words in _largest_first(counts) if words and counts[words]]
    if not parts:
        return "De manieren van tellen komen hier op hetzelfde uit: er is geen antwoord waarover zij verschillen."
    return f"Het verschil: {'; '.join(parts)}."


def _told_apart(status: str, registry: Registry) -> str:
    """Which readings take a status for a valid answer while others don't; empty where they agree."""
    valid = [reading for reading in registry.readings if reading.outcomes.get(status) in ("ja", "nee")]
    if len(valid) in (0, len(registry.readings)):
        return ""
    counted = DISPUTED.get(status, f"'{named(status, registry.labels['status'])}' mee")
    return f"{'alleen ' if len(valid) == 1 else ''}bij {_quoted(valid)} telt {counted}"


def turned_16_choice(statuses: pl.DataFrame, registry: Registry) -> str:
    """Which readings keep the parents' answer of a pupil who has turned 16, which don't, and how many pupils that is.

    statuses: status, leerlingen (pupils) of one place, purpose and day.
    """
    keeps = [reading for reading in registry.readings if reading.outcomes["werd_16_ja"] == "ja"]
    drops = [reading for reading in registry.readings if reading not in keeps]
    kept = f"nog bij {_quoted(keeps)}" if keeps else ""
    dropped = f"niet meer bij {_quoted(drops)}" if drops else ""
    told = " en ".join(filter(None, [kept, dropped]))
    choice = f"Na de 16e verjaardag telt het antwoord van de ouders {told}"
    count = shown.total(statuses.filter(pl.col("status").is_in(["werd_16_ja", "werd_16_nee"])), "leerlingen")
    if count is None:
        return f"{choice}; bij hoeveel leerlingen is {shown.SAID}"
    if not _anything_delivered(statuses):
        return choice
    return f"{choice}: dat gaat om {pupils(count) if count else 'geen enkele leerling'}"


def _anything_delivered(statuses: pl.DataFrame) -> bool:
    return bool(statuses.filter(pl.col("status") != UNKNOWN)["leerlingen"].sum())


def year_rules(rows: pl.DataFrame, registry: Registry) -> str:
    """What coverage would be with another meaning of "yearly". rows: jaar, dekking (0–1) of one place and purpose."""
    shares = dict(rows.filter(pl.col("dekking").is_not_null()).select("jaar", "dekking").iter_rows())
    if registry.year not in shares:
        return "De dekking is hier niet bekend"
    labels = {rule.code: lower(rule.label) for rule in registry.year_rules if rule.code in shares}
    now, chosen = dutch.share(shares[registry.year]), labels.pop(registry.year)
    if not labels:
        return f"De dekking is {now} ({chosen})"
    if same := _alike(list(shares.values())):
        return f"Hoe 'elk jaar' ook wordt uitgelegd, de dekking is {same}"
    told = " of ".join(f"{dutch.share(shares[code])} ({label})" for code, label in labels.items())
    return f"De dekking is {now} ({chosen}); met een andere uitleg van 'elk jaar' is dat {told}"


def _quoted(some: Sequence[Reading]) -> str:
    return dutch.listed([f"'{_plain(reading)}'" for reading in some])


def _plain(reading: Reading) -> str:
    """The name of a reading without what it says between brackets: `Privacywet (AVG)` → `privacywet`."""
    return lower(reading.label.partition(" (")[0])
