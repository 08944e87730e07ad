"""Reports now beside the same months a year earlier, always with what chance alone would do."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from dashboard import dutch
from dashboard.indicators.changes_in_time import Change, Half
from dashboard.indicators.sentences.phrases import dated, first_small, month_range, month_span

ALIKE: Final = 0.05
"""Where pupil days differ by no more than this part, counts speak for themselves."""

TELLING: Final = 3.0
"""An interval that reaches further than three times as much says too little to be given."""

NOTHING_TO_COMPARE: Final = "Er zijn nog geen twee schooljaren met dezelfde aangeleverde maanden"


def incidents_against(change: Change) -> str:
    """This school year beside the same months a year earlier, and what chance alone would do."""
    return _against(change, month_span(change.months)) if change.months else NOTHING_TO_COMPARE


def half_against(half: Half) -> str:
    """A half-year beside the same half a year earlier, and what chance alone would do."""
    months = half.change.months
    return _against(half.change, dutch.capital(month_range(months[0], months[-1])))


def _against(change: Change, span: str) -> str:
    where = "Bij scholen die in beide jaren aanleverden: " if change.schools_left_out else ""
    there = f"{where}{first_small(span) if where else span} {_reports(change.now)}"
    parts = [f"{there}, {_beside(change)}", _rates(change), _chance(change)]
    return ". ".join(part for part in parts if part)


def change_title(change: Change) -> str:
    """The same in one line, as the title of a chart."""
    return _title(change, first_small(month_span(change.months))) if change.months else NOTHING_TO_COMPARE


def half_title(half: Half) -> str:
    """A half-year beside the same half a year earlier in one line, as the title of a chart."""
    months = half.change.months
    return _title(half.change, month_range(months[0], months[-1]))


def _title(change: Change, span: str) -> str:
    more = change.now - change.before
    if not change.now + change.before:
        return f"{dutch.capital(span)} zijn er geen meldingen, net als een jaar eerder"
    if not more:
        return f"Evenveel meldingen {span} als een jaar eerder{_verdict(change)}"
    count = dutch.counted(abs(more), "melding", "meldingen")
    return f"{count} {_way(more)} {span} dan een jaar eerder{_verdict(change)}"


def how_much(change: Change) -> str:
    """How much the rate changed, and how far off that may be; empty where there are too few reports to say."""
    if change.ratio is None or change.ratio_high > TELLING:
        return ""
    return (
        f"Gerekend per leerling en lesdag is dat {_percent(change.ratio)}. Door toeval kan het echte verschil liggen "
        f"tussen {_percent(change.ratio_low)} en {_percent(change.ratio_high)}."
    )


def left_out(change: Change) -> str:
    """Which months and schools the comparison leaves out, and why."""
    parts = []
    if change.left_out:
        names = dutch.capital(dutch.listed([dutch.month_alone(month) for month in change.left_out], most=12))
        verb = "telt" if len(change.left_out) == 1 else "tellen"
        parts.append(f"{names} {verb} niet mee: er is niet in beide jaren over lesdagen aangeleverd.")
    if change.schools_left_out:
        parts.append("Een school telt in een maand alleen mee als die maand in beide jaren is aangeleverd.")
    return " ".join(parts)


def between(breaks: Sequence[tuple[date, str]]) -> str:
    """That the way of reporting changed between the two spans, and what that means; empty where it didn't."""
    if not breaks:
        return ""
    return f"In de tussentijd is veranderd hoe er wordt gemeld: {dated(breaks)}. Een verschil kan ook daardoor komen."


def _reports(count: int) -> str:
    if count == 0:
        return "zijn er geen meldingen"
    return f"{'is' if count == 1 else 'zijn'} er {dutch.counted(count, 'melding', 'meldingen')}"


def _beside(change: Change) -> str:
    more = change.now - change.before
    if not change.now + change.before:
        return "net als in dezelfde maanden een jaar eerder"
    if not more:
        return "evenveel als in dezelfde maanden een jaar eerder"
    return f"{dutch.number(abs(more))} {_way(more)} dan in dezelfde maanden een jaar eerder"


def _way(more: int) -> str:
    return "meer" if more > 0 else "minder"


def _verdict(change: Change) -> str:
    if change.is_beyond_chance:
        return "; dat verschil is groter dan toeval verklaart"
    return "; dat valt binnen toeval"


def _rates(change: Change) -> str:
    """The rates, where more or fewer pupils and school days make counts say something else."""
    if abs(change.pupil_days_now / change.pupil_days_before - 1) <= ALIKE:
        return ""
    now, before = dutch.rate(change.rate_now), dutch.rate(change.rate_before)
    rates = f"nu en toen {now}" if now == before else f"{now}, tegen {before} toen"
    return f"Per 1.000 leerlingen per 20 lesdagen is dat {rates}"


def _chance(change: Change) -> str:
    if not change.now + change.before:
        return ""
    verdict = "Dat verschil is groter dan toeval verklaart" if change.is_beyond_chance else "Dat valt binnen toeval"
    low, high = dutch.number(change.low), dutch.number(change.high)
    where = f"tussen {low} en {high}" if low != high else f"op {low}"
    return f"{verdict}: zonder verandering ligt het aantal minstens 95 van de 100 keer {where}"


def _percent(ratio: float) -> str:
    """A ratio as how much more or less: 1.25 → `25 % meer`."""
    more = round(100 * (ratio - 1))
    return f"{abs(more)}{dutch.NO_BREAK}% {_way(more)}" if more else "evenveel"
