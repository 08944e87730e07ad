"""Why an answer doesn't count: what is missing, at which step pupils drop out, and what another rule would make of it.

A recorded refusal is a valid answer: it is never a reason.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from dashboard import dutch
from dashboard.indicators.outlook import STEPS, in_steps
from dashboard.indicators.sentences.phrases import lower, named, pupils
from dashboard.registry import Registry
from dashboard.registry.model import UNKNOWN, Reading

DROPPED = {
    "gevraagd": "de vraag is dit jaar niet gesteld",
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
    """What is most often not in order. rows: status, leerlingen and uitkomst of one purpose, day and school."""
    wrong = rows.filter(pl.col("uitkomst") == "ongeldig").sort("leerlingen", "status", descending=[True, False])
    if wrong.is_empty():
        return "Er ontbreekt geen enkel geldig antwoord"
    total, pupils = int(wrong["leerlingen"].sum()), int(wrong["leerlingen"][0])
    most = [named(status, labels) for status in wrong.filter(pl.col("leerlingen") == pupils)["status"]]
    if pupils == total:
        return f"Wat ontbreekt, heeft één oorzaak: {most[0]} ({dutch.number(total)})"
    each = "elk " if len(most) > 1 else ""
    return (
        f"Van {dutch.counted(total, 'leerling', 'leerlingen')} is het antwoord niet in orde; "
        f"het vaakst: {dutch.listed(most, most=4)} ({each}{dutch.number(pupils)})"
    )


def not_in_order(rows: pl.DataFrame, registry: Registry, article: str) -> str:
    """What the code asks and is most often missing, and which article asks it; empty where all is in order.

    rows: status, leerlingen (pupils) and uitkomst of one place, purpose and day; `article`: that of the purpose.
    """
    wrong = rows.filter(pl.col("uitkomst") == "ongeldig")
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
    each = "elk " if len(needs) > 1 else ""
    told = f"{' en '.join(needs)} ({each}{dutch.number(most)} van de {pupils(total)})"
    return f"Wat artikel {article} vraagt en het vaakst ontbreekt: {told}"


def _largest_first(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))


def waterfall(rows: pl.DataFrame, unknown: int) -> str:
    """At which step most pupils drop out.

    rows: stap, leerlingen of one place, purpose and day, in any order. `unknown`: pupils of whom nothing was
    delivered: they stop at the first step too, but nobody knows whether they were asked.
    """
    if rows.is_empty():
        return "Er zijn geen leerlingen ingeschreven"
    steps = in_steps(rows)
    known = int(steps["leerlingen"][0]) - unknown
    if not known:
        return "Over deze leerlingen is niets aangeleverd"
    lost = dict(steps.filter(pl.col("stap") != STEPS[0]).select("stap", "afgevallen").iter_rows())
    lost["gevraagd"] -= unknown
    total, most = sum(lost.values()), max(lost.values())
    start = _get_there(known - total, known, " over wie is aangeleverd," if unknown else "")
    if not total:
        return f"{start}: een antwoord dat voor dit jaar telt"
    reasons = [DROPPED[step] for step, count in lost.items() if count == most]
    if most == total:
        return f"{start}: {reasons[0]}"
    each = "elk " if len(reasons) > 1 else ""
    return f"{start}; het vaakst: {' of '.join(reasons)} ({each}{dutch.number(most)})"


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
    known = {
        _plain(reading): dutch.share(shares[reading.code]) for reading in registry.readings if reading.code in shares
    }
    if not known:
        return "De dekking is hier niet bekend"
    if len(set(known.values())) == 1:
        return f"Hoe er ook wordt geteld, de dekking is {next(iter(known.values()))}"
    return f"De dekking is {dutch.listed([f'{share} ({name})' for name, share in known.items()])}"


def readings_differ(statuses: pl.DataFrame, registry: Registry) -> str:
    """Why the readings differ, in one sentence; empty where nothing was delivered.

    statuses: status, leerlingen (pupils) of one place, purpose and day.
    """
    if not statuses.filter(pl.col("status") != UNKNOWN)["leerlingen"].sum():
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
    count = int(statuses.filter(pl.col("status").is_in(["werd_16_ja", "werd_16_nee"]))["leerlingen"].sum())
    if not statuses.filter(pl.col("status") != UNKNOWN)["leerlingen"].sum():
        return choice
    return f"{choice}: nu bij {pupils(count) if count else 'geen enkele leerling'}"


def year_rules(rows: pl.DataFrame, registry: Registry) -> str:
    """What coverage would be with another meaning of "yearly". rows: jaar, dekking (0–1) of one place and purpose."""
    shares = dict(rows.filter(pl.col("dekking").is_not_null()).select("jaar", "dekking").iter_rows())
    if registry.year not in shares:
        return "De dekking is hier niet bekend"
    labels = {rule.code: lower(rule.label) for rule in registry.year_rules if rule.code in shares}
    now, chosen = dutch.share(shares[registry.year]), labels.pop(registry.year)
    others = {label: dutch.share(shares[code]) for code, label in labels.items()}
    if not others:
        return f"De dekking is {now} ({chosen})"
    if set(others.values()) == {now}:
        return f"Hoe 'elk jaar' ook wordt uitgelegd, de dekking is {now}"
    told = " of ".join(f"{share} ({label})" for label, share in others.items())
    return f"De dekking is {now} ({chosen}); met een andere uitleg van 'elk jaar' is dat {told}"


def _quoted(some: Sequence[Reading]) -> str:
    return dutch.listed([f"'{_plain(reading)}'" for reading in some])


def _plain(reading: Reading) -> str:
    """The name of a reading without what it says between brackets: `Privacywet (AVG)` → `privacywet`."""
    return lower(reading.label.partition(" (")[0])
