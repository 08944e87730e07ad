"""What the series of a school or of the group says: a sign of a change, or none. A sign is a reason to ask, no verdict.

More reports are never called unsafe, and fewer never safe.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

import polars as pl

from dashboard import dutch
from dashboard.indicators import findings
from dashboard.indicators.changes_in_time import ALIKE
from dashboard.indicators.control_charts import NEAR, PROVISIONAL, RUN, WINDOW
from dashboard.indicators.false_signals import RUNS
from dashboard.indicators.findings import Break, SteadyGroup, TrendFinding, TrendSignal
from dashboard.indicators.sentences.phrases import dated, month_list, month_range
from dashboard.periods import month_end, months_apart

LASTING: Final = frozenset({"2", "3"})
"""The rules of what lasts. So few months after it that no other run can have come, its end is the news."""

NAMED: Final = 3
"""So many hidden months are named; more are counted."""

LEAST_TOLD: Final = 0.1
"""Fewer months than this aren't told as a number: with one decimal it would be none."""


@dataclass(frozen=True, slots=True)
class _Words:
    """How one rule is told. In braces what `_told` fills in."""

    now: str
    """The answer of the page, while it lasts; what that means follows."""
    before: str
    """The same, of the past; goes on after a colon."""
    ended: str
    """The same on its own, of what lasted and is just over; empty of what happens once."""
    title: str
    """The title of the chart, while it lasts."""
    past_title: str
    signal: str
    """An entry in the list of signals."""


_RULES: Final[Mapping[str, _Words]] = MappingProxyType(
    {
        "2": _Words(
            "{Span} wordt bij {where} {row} {more} gemeld dan gemiddeld",
            "{span} werd {row} {more} gemeld dan gemiddeld",
            "{Span} werd bij {where} {row} {more} gemeld dan gemiddeld",
            "Bij {where} liggen de laatste {count} maanden {over} het midden",
            "Bij {where} lagen {row} {over} het midden, {span}",
            "{Span} liggen {row} {over} het midden.",
        ),
        "3": _Words(
            "{Span} {rises} het aantal meldingen bij {where} maand na maand",
            "{span} {rose} het aantal meldingen maand na maand",
            "{Span} {rose} het aantal meldingen bij {where} maand na maand",
            "Bij {where} {rises} de lijn {row}",
            "Bij {where} {rose} de lijn {row}, {span}",
            "{Span} {rises} de lijn {row}.",
        ),
        "1": _Words(
            "{In} zijn er bij {where} {many} meldingen dat toeval alleen dat niet verklaart",
            "{in_} waren er {many} meldingen dat toeval alleen dat niet verklaart",
            "",
            "Bij {where} {lie} {months} {over} de grenzen van toeval",
            "Bij {where} {lay} {months} {over} de grenzen van toeval",
            "{In} zijn er {many} meldingen dat toeval alleen dat niet verklaart: {over} de {limit}.",
        ),
        "4": _Words(
            "{In} komt het aantal meldingen bij {where} dicht bij de {limit} van toeval",
            "{in_} kwam het aantal meldingen dicht bij de {limit} van toeval",
            "",
            "Bij {where} {lie} {months} dicht bij de {limit} van toeval",
            "Bij {where} {lay} {months} dicht bij de {limit} van toeval",
            f"{{In}} komt het aantal dicht bij de {{limit}}: ten minste {NEAR} van {WINDOW} maanden op rij.",
        ),
    }
)
"""Each rule in words. Of several signs, the first in this order is the answer: what lasts before what happens once."""


def trend_answer(finding: TrendFinding | None, where: str, day: date, steady: SteadyGroup | None = None) -> str:
    """Whether reports change, as the answer of a page.

    `day`: the day of the figures. `steady`: the schools of a group that delivered every month. Where these show no
    change, the others may have brought it about by coming or going, and then that is said instead.
    """
    if finding is None:
        return f"Over {where} is nog geen maand met een cijfer aangeleverd"
    said = _without_limits(finding, where) or _with_limits(finding, where, steady)
    return f"{said}{known_until(finding, day)}"


def _with_limits(finding: TrendFinding, where: str, steady: SteadyGroup | None) -> str:
    if finding.recent:
        main = _first(finding.recent)
        return f"{_told(_RULES[main.rule].now, main, where)}. {_meaning(finding, main, steady)}"
    if finding.signals:
        last = _latest(finding.signals)
        since = months_apart(last.months[-1], finding.last)
        if last.rule in LASTING and since < RUN:
            ended = _told(_RULES[last.rule].ended, last, where)
            after = "maand" if since == 1 else f"{dutch.number(since)} maanden"
            return f"{ended}. In de {after} daarna is er geen teken van een verandering"
        earlier = _told(_RULES[last.rule].before, last, where)
        return f"Bij {where} is er nu geen teken van een verandering. Eerder wel: {earlier}"
    as_expected = f"Het aantal meldingen bij {where} schommelt zoals te verwachten is"
    if finding.is_provisional:
        return f"{as_expected}. In {dutch.number(finding.points)} maanden is er nog geen teken van een verandering"
    return f"{as_expected}. Er is geen teken van een verandering sinds {dutch.month_name(finding.first)}"


def _meaning(finding: TrendFinding, main: TrendSignal, steady: SteadyGroup | None) -> str:
    """What a sign of now says."""
    if steady and not steady.finding.is_rare and not _same_way(main, steady.finding):
        return f"Bij {steady_schools(steady)} is er geen teken van zo'n verandering"
    both = any(signal.above != main.above for signal in finding.recent)
    return "Dat is een teken van een verandering" + (". Er is ook een teken de andere kant op" if both else "")


def _same_way(main: TrendSignal, finding: TrendFinding) -> bool:
    """Whether there is a sign of now in the same direction."""
    return any(signal.above == main.above for signal in finding.recent)


def steady_schools(steady: SteadyGroup) -> str:
    """Which schools they are, as the sentence goes on: `de vier scholen die elke maand aanleverden,`."""
    if steady.schools == 1:
        return "de enige school die elke maand aanleverde,"
    return f"de {dutch.small(steady.schools)} scholen die elke maand aanleverden,"


def _without_limits(finding: TrendFinding, where: str) -> str:
    """What can be said where no chart by month can say more; empty where it can."""
    if finding.is_hidden:
        return f"Of er bij {where} per maand iets verandert, is hier niet te zeggen: niet elke maand is getoond"
    if finding.points == 1:
        month = dutch.month_name(finding.first)
        return f"Bij {where} is er één maand met een cijfer, {month}. Of er iets verandert, is nog niet te zien"
    if not finding.incidents:
        months = dutch.counted(finding.points, "aangeleverde maand", "aangeleverde maanden")
        return f"Bij {where} is niets gemeld in de {months} {month_range(finding.first, finding.last)}"
    if finding.is_rare:
        count, months = dutch.number(finding.incidents), dutch.number(finding.points)
        return f"Bij {where} zijn meldingen zeldzaam: {count} in {months} maanden"
    if finding.is_constant:
        return f"Bij {where} is het aantal meldingen stabiel: elke maand evenveel per 1.000 leerlingen"
    return ""


def known_until(finding: TrendFinding, day: date) -> str:
    """Up to which month this is known, where the month before that of the figures isn't known any more."""
    since = months_apart(finding.last, f"{day:%Y-%m}")
    late = since > 1 or (since == 1 and day == month_end(day))
    return f" (bekend tot en met {dutch.month_name(finding.last)})" if late and finding.points > 1 else ""


def trend_title(finding: TrendFinding | None, where: str) -> str:
    """What the chart by month shows, as its title."""
    if finding is not None and finding.is_hidden:
        return f"De meldingen per maand bij {where}, zonder grenzen van toeval"
    if finding is None or finding.points == 1:
        return f"Bij {where} zijn er nog te weinig maanden om een verandering te zien"
    flat = _flat_title(finding, where)
    if flat:
        return flat
    if finding.recent:
        main = _first(finding.recent)
        return _told(_RULES[main.rule].title, main, where)
    if finding.signals:
        last = _latest(finding.signals)
        return f"{_told(_RULES[last.rule].past_title, last, where)}; daarna is er geen teken van een verandering"
    return f"Bij {where} blijven de meldingen binnen de grenzen van toeval"


def _flat_title(finding: TrendFinding, where: str) -> str:
    """The title of a series without anything to mark; empty where there could be."""
    if not finding.incidents:
        return f"Bij {where} is geen enkele maand iets gemeld"
    if finding.is_rare:
        return f"Bij {where} zijn er te weinig meldingen voor grenzen per maand"
    if finding.is_constant:
        return f"Bij {where} is elke maand gelijk: {dutch.rate(finding.centre)} meldingen per 1.000 leerlingen"
    return ""


def no_limits(months: Sequence[str]) -> str:
    """Why there are no limits and no verdict. `months`: those of which the reports are hidden, `jjjj-mm`."""
    names = [dutch.month_name(month) for month in months]
    which = dutch.listed(names) if 0 < len(names) <= NAMED else f"{dutch.number(len(names))} maanden"
    return (
        f"Van {which} is het aantal meldingen niet getoond (x). Het midden en de grenzen van toeval gaan over alle "
        "maanden. Die staan er daarom niet, en er is geen oordeel over toeval per maand."
    )


def trend_signals(signals: Sequence[TrendSignal]) -> list[str]:
    """Each signal by name, in the order of the chart."""
    return [_told(_RULES[signal.rule].signal, signal, "") for signal in signals]


def trend_rules(finding: TrendFinding) -> str:
    """What the chart takes for a signal, at as many incidents as these; empty where there is no chart."""
    known = {
        "1": "een maand buiten de grenzen van toeval",
        "2": f"{RUN} of meer maanden op rij aan één kant van het midden",
        "3": f"{RUN} of meer maanden op rij die telkens hoger of telkens lager zijn",
        "4": f"{NEAR} van {WINDOW} maanden op rij dicht bij dezelfde grens",
    }
    if not finding.rules:
        return ""
    *others, last = [known[rule] for rule in finding.rules]
    fewer = "" if len(finding.rules) == len(known) else " Voor andere tekens zijn er te weinig meldingen per maand."
    return f"De grafiek wijst aan: {'; '.join(others)}; en {last}.{fewer}"


def trend_chance(row: Mapping[str, Any]) -> str:
    """How often chance alone marks something in a series such as this. row: one of `trend_false_signals`."""
    if row["kans"] is None:
        return ""
    start = f"In {dutch.number(RUNS)} nagebootste reeksen waarin niets verandert, wijst zo'n grafiek"
    if row["kans"] == 0:
        return f"{start} nooit iets aan."
    series = dutch.counted(round(RUNS * row["kans"]), "reeks", "reeksen")
    often = dutch.rate(row["signalen"]) if row["signalen"] >= LEAST_TOLD else f"minder dan {dutch.rate(LEAST_TOLD)}"
    marked = f"{often} van de {dutch.counted(row['punten'], 'maand', 'maanden')}"
    return f"{start} in {series} ({dutch.share(row['kans'])}) toch iets aan. Gemiddeld is dat {marked} per reeks."


def provisional(finding: TrendFinding) -> str:
    """That the limits may still shift, where they may."""
    if not finding.is_provisional or finding.is_rare:
        return ""
    months = dutch.counted(finding.points, "maand", "maanden")
    return (
        f"Dit zijn voorlopige grenzen: ze rusten op {months}. Met minder dan {PROVISIONAL} maanden verschuiven ze nog."
    )


def short_months(trend: pl.DataFrame) -> str:
    """That limits are wide where a month has few school days; empty where no such month is drawn.

    counts: one row per maand, all of one school or the group; `incident_trend`.
    """
    names = list(dict.fromkeys(dutch.month_alone(month) for month in findings.short_months(trend)))
    if not names:
        return ""
    verb = "telt" if len(names) == 1 else "tellen"
    return f"{dutch.capital(dutch.listed(names, most=4))} {verb} weinig lesdagen: de grenzen zijn daar wijd."


def segments(breaks: Sequence[Break]) -> list[str]:
    """Why a new part of the series starts, a sentence for each."""
    return [
        f"In {dutch.month_name(part.first)} begint deel {part.part} van de reeks{_because(part.events)}. "
        "Elk deel heeft een eigen midden en eigen grenzen."
        for part in breaks
    ]


def _because(events: Sequence[tuple[date, str]]) -> str:
    return f". De reden: {dated(events)}" if events else ""


def changes_of_schools(changes: Sequence[tuple[str, date, str]], names: Mapping[str, str]) -> str:
    """That single schools changed how they report during the series of the group. `names`: brin6 → name."""
    if not changes:
        return ""
    who = dutch.listed(list(dict.fromkeys(names.get(brin6, brin6) for brin6, *_ in changes)), most=4)
    return f"Bij {who} is veranderd hoe er wordt gemeld. Ook daardoor kan de lijn verschuiven."


def each_change_of_schools(changes: Sequence[tuple[str, date, str]], names: Mapping[str, str]) -> list[str]:
    """What each of them changed, and when."""
    return [f"{names.get(brin6, brin6)}: {dated([(day, text)])}." for brin6, day, text in changes]


def mixed_group(monthly: pl.DataFrame, steady: SteadyGroup | None = None) -> str:
    """That not the same schools delivered each month, so that the line of the group may shift; empty where they did.

    counts: one row per maand and school (aangeleverd, leerlingen); rows of the group are left out. `steady`: the
    schools that delivered every month, of which is then said what they show.
    """
    counted = monthly.filter(pl.col("brin6") != "*", pl.col("aangeleverd"), pl.col("leerlingen") > 0)
    months = counted.group_by("maand").agg(pl.col("brin6").sort())
    if months["brin6"].n_unique() <= 1:
        return ""
    counts: list[int] = months["brin6"].list.len().to_list()
    few, many = min(counts), max(counts)
    how = f"Per maand leverden {few} tot {many}" if few < many else "Niet elke maand leverden dezelfde"
    shift = f"{how} scholen aan, en de ene school meldt meer dan de andere: daardoor alleen al kan de lijn verschuiven."
    if steady is None:
        return shift
    return f"{shift} {trend_title(steady.finding, steady_schools(steady))}."


def changing_group(monthly: pl.DataFrame) -> str:
    """That not the same schools delivered each month, as far as the pupils of the group tell; empty where they don't.

    counts: one row per maand of the group (aangeleverd, leerlingen).
    """
    counted = monthly.filter(pl.col("aangeleverd"), pl.col("leerlingen") > 0).sort("maand")["leerlingen"].to_list()
    if not any(abs(after / before - 1) > ALIKE for before, after in pairwise(counted)):
        return ""
    few, many = dutch.number(min(counted)), dutch.number(max(counted))
    return (
        f"Per maand gaat het om scholen met samen {few} tot {many} leerlingen. Niet elke maand leverden dezelfde "
        "scholen aan: daardoor alleen al kan de lijn verschuiven."
    )


def _first(signals: Sequence[TrendSignal]) -> TrendSignal:
    order = list(_RULES)
    return min(signals, key=lambda signal: order.index(signal.rule))


def _latest(signals: Sequence[TrendSignal]) -> TrendSignal:
    last = max(signal.months[-1] for signal in signals)
    return _first([signal for signal in signals if signal.months[-1] == last])


def _told(words: str, signal: TrendSignal, where: str) -> str:
    one, above = len(signal.months) == 1, signal.above
    unbroken = months_apart(signal.months[0], signal.months[-1]) == len(signal.months) - 1
    which = "maanden" if unbroken else "aangeleverde maanden"
    span, months = month_range(signal.months[0], signal.months[-1]), month_list(signal.months)
    return words.format(
        where=where,
        count=dutch.number(len(signal.months)),
        row=f"{dutch.number(len(signal.months))} {which} op rij",
        span=span,
        Span=dutch.capital(span),
        months=months,
        in_=f"in {months}",
        In=f"In {months}",
        more="meer" if above else "minder",
        many="zo veel" if above else "zo weinig",
        over="boven" if above else "onder",
        limit="bovengrens" if above else "ondergrens",
        rises="stijgt" if above else "daalt",
        rose="steeg" if above else "daalde",
        lie="ligt" if one else "liggen",
        lay="lag" if one else "lagen",
    )
