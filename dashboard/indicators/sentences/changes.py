"""Reports now beside the same months a year earlier, always with what chance alone would do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from dashboard import dutch
from dashboard.indicators.changes_in_time import Change, Half
from dashboard.indicators.sentences.phrases import dated, first_small, month_range, month_span, verdict

Switches = Sequence[tuple[date, str]]
"""Changes of system or definition: day and description."""

ALIKE: Final = 0.05
"""Where pupil days differ by no more than this part, counts speak for themselves."""

ENOUGH: Final = 10
"""With fewer reports in both years together, what chance would make of them says nothing that a verdict doesn't."""

YEARS: Final = ("beide jaren", "dit jaar")
HALVES: Final = ("beide halfjaren", "het laatste")
"""What chance would divide reports over, and what the later of the two is called then."""

TELLING: Final = 3.0
"""An interval that reaches further than three times as much says too little to be given."""

NOTHING_TO_COMPARE: Final = "Er zijn nog geen twee schooljaren met dezelfde aangeleverde maanden"

ALL_HIDDEN: Final = "De maanden van dit schooljaar zijn hier niet te vergelijken met een jaar eerder: kleine aantallen"
"""The same where every month that could be compared is hidden."""

OTHER_SCHOOLS: Final = "niet in beide jaren leverden dezelfde scholen aan"
"""What is said instead of a verdict on chance where the schools may differ."""


def incidents_against(change: Change, switched: Switches = ()) -> str:
    """This school year beside the same months a year earlier, and what chance alone would do.

    `switched`: the changes of system or definition between the two, of everybody compared. Then a verdict on chance
    would be about those, so none is given.
    """
    return _against(change, month_span(change.months), switched, YEARS) if change.months else _nothing(change)


def years_against(change: Change, years: tuple[str, str], where: str, switched: Switches = ()) -> str:
    """Two whole school years of one school beside each other. `years`: the later and the earlier, as they are named."""
    now, before = years
    more = change.now - change.before
    beside = f"{dutch.number(abs(more))} {_way(more)} dan in {before}" if more else f"evenveel als in {before}"
    beside = beside if change.now + change.before else f"net als in {before}"
    judged = dutch.capital(change_verdict(change, switched)) if change.now + change.before else ""
    parts = (f"Bij {where} {_reports(change.now)} in {now}, {beside}", _rates(change), judged)
    return ". ".join(filter(None, parts))


def _nothing(change: Change) -> str:
    return ALL_HIDDEN if change.hidden else NOTHING_TO_COMPARE


def half_against(half: Half, switched: Switches = ()) -> str:
    """A half-year beside the same half a year earlier, as `incidents_against`."""
    months = half.change.months
    return _against(half.change, dutch.capital(month_range(months[0], months[-1])), switched, HALVES)


def _against(change: Change, span: str, switched: Switches, spans: tuple[str, str]) -> str:
    where = "Bij scholen die in beide jaren aanleverden: " if change.schools_left_out else ""
    there = f"{where}{first_small(span) if where else span} {_reports(change.now)}"
    why = between(switched).removesuffix(".") if switched else _why(change, spans)
    return ". ".join(part for part in (f"{there}, {_beside(change)}", _rates(change), why) if part)


def _why(change: Change, spans: tuple[str, str]) -> str:
    """What chance would do, or that it can't be said as the schools differ."""
    if not change.is_mixed:
        return _chance(change, spans)
    return f"{dutch.capital(OTHER_SCHOOLS)}: een verschil kan ook daardoor komen"


def change_title(change: Change, switched: Switches = ()) -> str:
    """The same in one line, as the title of a chart."""
    return _title(change, first_small(month_span(change.months)), switched) if change.months else _nothing(change)


def half_title(half: Half, switched: Switches = ()) -> str:
    """A half-year beside the same half a year earlier in one line, as the title of a chart."""
    months = half.change.months
    return _title(half.change, month_range(months[0], months[-1]), switched)


def _title(change: Change, span: str, switched: Switches) -> str:
    more = change.now - change.before
    if not change.now + change.before:
        return f"{dutch.capital(span)} zijn er geen meldingen, net als een jaar eerder"
    judged = change_verdict(change, switched)
    if not more:
        return f"Evenveel meldingen {span} als een jaar eerder; {judged}"
    return f"{dutch.counted(abs(more), 'melding', 'meldingen')} {_way(more)} {span} dan een jaar eerder; {judged}"


def change_verdict(change: Change, switched: Switches = ()) -> str:
    """Whether chance explains the difference; a verdict is about rates, so one that goes against the counts says so."""
    if switched:
        return "daartussen veranderde hoe er wordt gemeld"
    if change.is_mixed:
        return OTHER_SCHOOLS
    said = verdict(is_beyond=change.is_beyond_chance)
    return f"naar verhouding is dat {way_of_rates(change)}, en {said}" if _is_turned(change) else said


def _is_turned(change: Change) -> bool:
    """Whether counts go another way than the rates, which differ beyond chance: pupils or school days differ more."""
    more = change.now - change.before
    return change.is_beyond_chance and (not more or _way(more) != way_of_rates(change))


def way_of_rates(change: Change) -> str:
    """`meer` or `minder`, by the rates. Cross products, since there may have been nothing before."""
    return _way(change.now * change.pupil_days_before - change.before * change.pupil_days_now)


def halves_title(halves: Sequence[Half], switched: Sequence[Switches]) -> str:
    """The halves that differ by more than chance in one line; where none does, the first. One of each for each half."""
    beyond = [
        half_title(half)
        for half, known in zip(halves, switched, strict=True)
        if half.change.is_beyond_chance and not known
    ]
    return "; ".join(beyond) or half_title(halves[0], switched[0])


def how_much(change: Change) -> str:
    """How much the rate changed, and how far off that may be; empty where there are too few reports to say."""
    if change.is_mixed or change.ratio is None or change.ratio_high > TELLING:
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
    if change.hidden:
        names = dutch.capital(dutch.listed([dutch.month_alone(month) for month in change.hidden], most=12))
        verb = "telt" if len(change.hidden) == 1 else "tellen"
        parts.append(f"{names} {verb} niet mee: een klein aantal is niet getoond (x).")
    if change.schools_left_out:
        parts.append("Een school telt in een maand alleen mee als die maand in beide jaren is aangeleverd.")
    return " ".join(parts)


def between(breaks: Switches) -> str:
    """That the way of reporting changed between the two spans, and what that means; empty where it didn't."""
    if not breaks:
        return ""
    return f"In de tussentijd is veranderd hoe er wordt gemeld: {dated(breaks)}. Een verschil kan ook daardoor komen."


def _reports(count: int) -> str:
    if count == 0:
        return "zijn er geen meldingen"
    return f"{'is' if count == 1 else 'zijn'} er {dutch.counted(count, 'melding', 'meldingen')}"


def same_months(change: Change) -> str:
    """The months of a year earlier, after "in"."""
    return "dezelfde maand een jaar eerder" if len(change.months) == 1 else "dezelfde maanden een jaar eerder"


def _beside(change: Change) -> str:
    more = change.now - change.before
    if not change.now + change.before:
        return f"net als in {same_months(change)}"
    if not more:
        return f"evenveel als in {same_months(change)}"
    return f"{dutch.number(abs(more))} {_way(more)} dan in {same_months(change)}"


def _way(more: int) -> str:
    return "meer" if more > 0 else "minder"


def _rates(change: Change) -> str:
    """The rates, where more or fewer pupils and school days make counts say something else."""
    if abs(change.pupil_days_now / change.pupil_days_before - 1) <= ALIKE:
        return ""
    now, before = dutch.rate(change.rate_now), dutch.rate(change.rate_before)
    rates = f"nu en toen {now}" if now == before else f"{now}, tegen {before} toen"
    if _is_turned(change):
        return f"Naar verhouding is dat {way_of_rates(change)}: {dutch.PER_UNIT} {rates}"
    return f"{dutch.capital(dutch.PER_UNIT)} is dat {rates}"


def _chance(change: Change, spans: tuple[str, str]) -> str:
    """The verdict, and between which counts the later one would lie if chance divided all reports. `spans`: `YEARS`."""
    if not change.now + change.before:
        return ""
    said = dutch.capital(verdict(is_beyond=change.is_beyond_chance))
    low, high = dutch.number(change.low), dutch.number(change.high)
    now = f"{low} tot en met {high}" if low != high else low
    total = change.now + change.before
    if total < ENOUGH:
        return said
    both, later = spans
    in_proportion = "" if _is_even(change) else ", naar rato van leerlingen en lesdagen,"
    return (
        f"{said}. Als toeval de {dutch.number(total)} meldingen over {both} verdeelt{in_proportion or ','} krijgt "
        f"{later} er minstens 95 van de 100 keer {now}"
    )


def _is_even(change: Change) -> bool:
    """Whether chance leaves the same counts as with as many pupil days in both."""
    even = replace(change, pupil_days_now=1, pupil_days_before=1)
    return (change.low, change.high) == (even.low, even.high)


def _percent(ratio: float) -> str:
    """A ratio as how much more or less: 1.25 → `25 % meer`."""
    more = round(100 * (ratio - 1))
    return f"{abs(more)}{dutch.NO_BREAK}% {_way(more)}" if more else "evenveel"
