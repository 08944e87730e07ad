"""Why months one by one and a total beside a year earlier may say different things, and both be true."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from dashboard import dutch
from dashboard.indicators.changes_in_time import Change
from dashboard.indicators.findings import SteadyGroup, TrendFinding, TrendSignal
from dashboard.indicators.sentences.changes import Switches, way_of_rates
from dashboard.indicators.sentences.phrases import month_range
from dashboard.indicators.sentences.trend import LASTING, steady_schools

Total = tuple[Change, Switches]
"""Months beside the same a year earlier, and the changes of system or definition between the two, of everybody."""

_WHY: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("geen", "geen"): "",
        ("geen", "teken"): (
            "{Span} is er naar verhouding {way} gemeld dan een jaar eerder, maar per maand is er{there} geen teken. "
            "Dat kan allebei kloppen: een klein verschil in veel maanden is eerder in het totaal te zien."
        ),
        ("reeks", "geen"): (
            "Per maand is er wel een teken, naast een jaar eerder {span} niet. Dat kan allebei kloppen: een lange rij "
            "maanden valt op, ook als elke maand maar weinig verschilt."
        ),
        ("reeks", "mee"): "",
        ("reeks", "tegen"): (
            "Per maand wijst een teken op {other}, naast een jaar eerder {span} op {way}. Dat kan allebei kloppen: per "
            "maand telt het midden van de hele reeks, hier alleen dat ene jaar."
        ),
        ("uitschieter", "geen"): (
            "Per maand is er wel een teken, naast een jaar eerder {span} niet. Dat kan allebei kloppen: één "
            "uitschieter valt per maand op, maar telt in het totaal minder zwaar."
        ),
        ("uitschieter", "mee"): "",
        ("uitschieter", "tegen"): (
            "Per maand wijst een uitschieter op {other}, naast een jaar eerder {span} het totaal op {way}. Dat kan "
            "allebei kloppen: één maand bepaalt het totaal niet."
        ),
    }
)
"""What the months show, and whether the total shows it too → why both can be true; empty where they agree."""


def two_views(finding: TrendFinding | None, totals: Sequence[Total], steady: SteadyGroup | None = None) -> str:
    """Why the months one by one and the first total that differs from them can both be right; empty where none does.

    `totals`: the school year so far, then half-years. The first is held against the signs of now as well, the others
    against the signs in their own months. `steady`: the schools of a group that delivered every month, if not all did:
    a sign that these don't show isn't taken for one.
    """
    if finding is None or finding.is_rare or finding.is_hidden:
        return ""
    return next(
        filter(None, (_why((finding, steady), total, is_now=not place) for place, total in enumerate(totals))), ""
    )


def _why(shown: tuple[TrendFinding, SteadyGroup | None], total: Total, *, is_now: bool) -> str:
    change, switched = total
    if not change.months or switched or change.is_mixed:
        return ""
    finding, steady = shown
    signs, there = _signs(finding, change, is_now=is_now), ""
    if steady and not steady.finding.is_rare and not _shared(signs, _signs(steady.finding, change, is_now=is_now)):
        signs, there = [], f" bij {steady_schools(steady).removesuffix(',')}" if signs else ""
    way, other = ("meer", "minder") if way_of_rates(change) == "meer" else ("minder", "meer")
    span = month_range(change.months[0], change.months[-1])
    told = _WHY[_kind(signs), _beside(signs, change, is_more=way == "meer")]
    return told.format(span=span, Span=dutch.capital(span), way=way, other=other, there=there)


def _signs(finding: TrendFinding, change: Change, *, is_now: bool) -> list[TrendSignal]:
    """The signs in the months of a total, and those of now."""
    of_now = finding.recent if is_now else ()
    return [*of_now, *(signal for signal in finding.signals if set(signal.months) & set(change.months))]


def _shared(signs: Sequence[TrendSignal], others: Sequence[TrendSignal]) -> bool:
    """Whether any of the signs goes the same way as another."""
    return bool({signal.above for signal in signs} & {signal.above for signal in others})


def _kind(signs: Sequence[TrendSignal]) -> str:
    """What the months show: what lasts goes before what happens once."""
    if not signs:
        return "geen"
    return "reeks" if any(signal.rule in LASTING for signal in signs) else "uitschieter"


def _beside(signs: Sequence[TrendSignal], change: Change, *, is_more: bool) -> str:
    """What the total shows beside them. Signs in both directions go along with either."""
    if not change.is_beyond_chance:
        return "geen"
    if not signs:
        return "teken"
    return "mee" if any(signal.above == is_more for signal in signs) else "tegen"
