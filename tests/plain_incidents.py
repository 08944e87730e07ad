"""Incidents, change and chance once more: slowly, plainly, from the rules alone.

The sequel to `plain_python`: rows in, lists of dicts out. Fractions as long as it can be, sums of Poisson chances to
fifty digits where it can't; no scipy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise

from tests.plain_python import (
    GROUP,
    Facts,
    Table,
    counted,
    funnel_verdict,
    incidents_monthly,
    month_of,
    periods_of,
    school_days,
)
from tests.rows import Incident

BREAKING = {"systeemwissel", "definitie"}
FULL_MONTH = 20 * 1000  # a thousand pupils during twenty school days is an exposure of 1
RARE, PLENTY = Fraction(3, 2), 5  # incidents expected a point: below the first no limits, from the second all rules
RUN, TRIO, SETTLED = 7, 3, 12  # points in a run, in a window of rule 4, in a segment whose limits aren't provisional
FIFTY = Context(prec=50)
LOWER, UPPER = Decimal("0.00135"), Decimal("0.99865")


# --- chance --------------------------------------------------------------------------


def chances(mean: Fraction) -> Iterator[Decimal]:
    """P(R = 0), P(R = 1), … for a Poisson count R with this mean."""
    average = FIFTY.divide(Decimal(mean.numerator), Decimal(mean.denominator))
    chance, count = FIFTY.exp(-average), 0
    while True:
        yield chance
        count += 1
        chance = FIFTY.divide(FIFTY.multiply(chance, average), Decimal(count))


def quantile(mean: Fraction, p: Decimal) -> tuple[int, Decimal, Decimal]:
    """The smallest count r with P(R <= r) >= p; P(R <= r); P(R = r)."""
    at_most = Decimal(0)
    for count, chance in enumerate(chances(mean)):
        at_most = FIFTY.add(at_most, chance)
        if at_most >= p:
            return count, at_most, chance
    raise AssertionError("the chances add up to 1")


def rate_limit(rate: Fraction, exposure: Fraction, p: str) -> Fraction:
    """The interpolated exact Poisson limit for this exposure where the group has this rate."""
    if not rate:
        return rate
    r, at_most, exactly = quantile(rate * exposure, Decimal(p))
    return max(Fraction(0), (r - (Fraction(at_most) - Fraction(p)) / Fraction(exactly)) / exposure)


def rate_limits(rate: Fraction, exposure: Fraction) -> dict[str, Fraction]:
    borders = {"onder95": "0.025", "boven95": "0.975", "onder998": "0.001", "boven998": "0.999"}
    return {name: rate_limit(rate, exposure, p) for name, p in borders.items()}


def on_one_line(one: Fraction, other: Fraction) -> bool:
    """Equal, or within a billionth of the larger."""
    return abs(one - other) * 10**9 <= max(abs(one), abs(other))


def direction(value: Fraction, line: Fraction) -> int:
    """1 above the line, -1 below it, 0 on it."""
    if on_one_line(value, line):
        return 0
    return 1 if value > line else -1


# --- points and segments -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """A delivered month with school days and pupils, of a school or the group."""

    month: str
    incidents: int
    exposure: Fraction

    @property
    def rate(self) -> Fraction:
        return self.incidents / self.exposure


@dataclass(frozen=True, slots=True)
class Segment:
    """Points between two changes in how incidents are registered."""

    place: str
    number: int
    points: tuple[Point, ...]

    @property
    def expected(self) -> Fraction:
        """Incidents a point."""
        return Fraction(sum(point.incidents for point in self.points), len(self.points))

    @property
    def centre(self) -> Fraction:
        return sum(point.incidents for point in self.points) / sum((p.exposure for p in self.points), Fraction(0))

    def quantiles(self) -> list[tuple[int, int]]:
        """The lowest and the highest count that is within the limits, for every point."""
        means = [self.centre * point.exposure for point in self.points]
        return [(quantile(mean, LOWER)[0], quantile(mean, UPPER)[0]) for mean in means]


def point_of(row: dict[str, object]) -> Point | None:
    """What a row of `incidents_monthly` is a point of, if it is one."""
    exposure = Fraction(int(str(row["leerlingen"])) * int(str(row["lesdagen"])), FULL_MONTH)
    if not row["aangeleverd"] or not exposure:
        return None
    return Point(str(row["maand"]), int(str(row["incidenten"])), exposure)


def breaks_of(facts: Facts, place: str) -> list[str]:
    """The months in which registration changed for this school or the group; what lies ahead has not happened."""
    here = {None} if place == GROUP else {None, place}
    return [
        month_of(event.datum)
        for event in facts.events
        if event.soort in BREAKING and event.brin6 in here and event.datum <= facts.today
    ]


def cut(points: Sequence[Point], breaks: Iterable[str]) -> list[tuple[Point, ...]]:
    """Points in parts: a new one from the first point in or after the month of a break."""
    starts = {next((n for n, point in enumerate(points) if point.month >= month), 0) for month in breaks}
    borders = sorted({0, len(points)} | starts)
    return [tuple(points[first:last]) for first, last in pairwise(borders)]


def segments_of(facts: Facts, free: set[date]) -> list[Segment]:
    """Every segment of every school and of the group."""
    months = incidents_monthly(facts, free)
    found = []
    for place in [*(school.brin6 for school in facts.schools), GROUP]:
        points = [point for row in months if row["brin6"] == place and (point := point_of(row))]
        parts = cut(points, breaks_of(facts, place))
        found += [Segment(place, number, part) for number, part in enumerate(parts, start=1)]
    return found


# --- the rules -----------------------------------------------------------------------


def windows(number: int, width: int) -> list[range]:
    """Every so many neighbours among so many points."""
    return [range(first, first + width) for first in range(number - width + 1)]


def beyond_a_limit(segment: Segment) -> set[int]:
    """Rule 1."""
    pairs = zip(segment.points, segment.quantiles(), strict=True)
    return {n for n, (point, (low, high)) in enumerate(pairs) if not low <= point.incidents <= high}


def on_one_side(segment: Segment) -> set[int]:
    """Rule 2."""
    sides = [direction(point.rate, segment.centre) for point in segment.points]
    return {n for window in windows(len(sides), RUN) if abs(sum(sides[m] for m in window)) == RUN for n in window}


def all_up_or_down(segment: Segment) -> set[int]:
    """Rule 3."""
    rates = [point.rate for point in segment.points]
    found: set[int] = set()
    for window in windows(len(rates), RUN):
        steps = [direction(rates[n + 1], rates[n]) for n in window[:-1]]
        if abs(sum(steps)) == RUN - 1:
            found.update(window)
    return found


def far_out(segment: Segment) -> set[int]:
    """Rule 4."""
    centre = segment.centre
    sides, far = [], []
    for point, counts in zip(segment.points, segment.quantiles(), strict=True):
        side = direction(point.rate, centre)
        limit = counts[side > 0] / point.exposure
        line = centre + (limit - centre) * 2 / 3
        inside = counts[0] <= point.incidents <= counts[1]
        sides.append(side)
        far.append(inside and side != 0 and direction(point.rate, line) == side)
    found: set[int] = set()
    for window in windows(len(far), TRIO):
        same_side = abs(sum(sides[n] for n in window)) == TRIO
        there = [n for n in window if far[n]]
        if same_side and len(there) >= TRIO - 1:
            found.update(there)
    return found


RULES: dict[str, Callable[[Segment], set[int]]] = {
    "1": beyond_a_limit,
    "2": on_one_side,
    "3": all_up_or_down,
    "4": far_out,
}


def signals_of(segment: Segment) -> list[str | None]:
    """Per point the rules that it breaks, joined by `+`."""
    if segment.expected < RARE:
        return [None] * len(segment.points)
    rules = "1234" if segment.expected >= PLENTY else "12"
    marked = {rule: RULES[rule](segment) for rule in rules}
    return ["+".join(rule for rule in rules if n in marked[rule]) or None for n in range(len(segment.points))]


# --- the published tables ------------------------------------------------------------


def incident_trend(facts: Facts, free: set[date]) -> Table:
    rows: Table = []
    for segment in segments_of(facts, free):
        rare = segment.expected < RARE
        each = zip(segment.points, segment.quantiles(), signals_of(segment), strict=True)
        for point, (low, high), signal in each:
            key = {"maand": point.month, "brin6": segment.place, "deel": segment.number}
            seen = {"incidenten": point.incidents, "blootstelling": float(point.exposure), "ratio": float(point.rate)}
            limits = {
                "midden": None if rare else float(segment.centre),
                "onder": None if rare else float(low / point.exposure),
                "boven": None if rare else float(high / point.exposure),
            }
            rows.append(key | seen | limits | {"signaal": signal, "voorlopig": len(segment.points) < SETTLED})
    return rows


def rare_events(facts: Facts, free: set[date]) -> Table:
    months = incidents_monthly(facts, free)
    sent = {(row["brin6"], row["maand"]) for row in months if row["aangeleverd"]}
    rows: Table = []
    for segment in segments_of(facts, free):
        if segment.expected >= RARE:
            continue
        place, inside = segment.place, {point.month for point in segment.points}
        gaps = {str(row["maand"]) for row in months if row["brin6"] == place and point_of(row) is None}
        dates = sorted(
            incident.datum
            for incident in facts.incidents
            if counted(incident)
            and place in {incident.brin6, GROUP}
            and month_of(incident.datum) in inside
            and (incident.brin6, month_of(incident.datum)) in sent
        )
        rows += _rare_rows(place, dates, days_since(dates, gaps, free))
    return rows


def days_since(dates: Sequence[date], gaps: set[str], free: set[date]) -> list[int | None]:
    """School days after the previous date up to and including this one; None: unknown."""
    found: list[int | None] = [None] * bool(dates)
    for before, after in pairwise(dates):
        unknown = any(month_of(before) < month < month_of(after) for month in gaps)
        found.append(None if unknown else len(school_days(before + timedelta(days=1), after, free)))
    return found


def _rare_rows(place: str, dates: Sequence[date], since: Sequence[int | None]) -> Table:
    known = [days for days in since if days is not None]
    centre = Fraction(sum(known), len(known)) if known else None
    limit = None if centre is None else -float(centre) * float(FIFTY.ln(LOWER))
    rows: Table = []
    for day, days in zip(dates, since, strict=True):
        above = days is not None and limit is not None and days > limit
        row = {"brin6": place, "datum": day, "lesdagen_sinds_vorige": days}
        rows.append(
            row
            | {"midden": None if centre is None else float(centre), "boven": limit, "signaal": "1" if above else None}
        )
    return rows


def incident_roles(facts: Facts) -> Table:
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for incident in filter(counted, facts.incidents):
        for period in periods_of(incident.datum):
            for place in (incident.brin6, GROUP):
                counts[period, place, incident.veroorzaker or "onbekend", incident.getroffene or "onbekend"] += 1
    names = ("periode", "brin6", "veroorzaker", "getroffene")
    return [dict(zip(names, key, strict=True)) | {"incidenten": number} for key, number in counts.items()]


def incident_followup(facts: Facts) -> Table:
    by_place: dict[tuple[str, str], list[Incident]] = {}
    for incident in filter(counted, facts.incidents):
        for period in periods_of(incident.datum):
            for place in (incident.brin6, GROUP):
                by_place.setdefault((period, place), []).append(incident)
    return [
        {"periode": period, "brin6": place, "maat": measure, "teller": top, "noemer": base, "waarde": value}
        for (period, place), incidents in by_place.items()
        for measure, (top, base, value) in measures_of(incidents).items()
    ]


Measure = tuple[int | None, int, float | None]


def measures_of(incidents: Sequence[Incident]) -> dict[str, Measure]:
    """What was done about these incidents: teller, noemer, waarde."""
    victims = [i for i in incidents if i.getroffene in {"leerling", "medewerker"}]
    with_measure = [i for i in incidents if i.maatregel not in {None, "geen"}]
    return {
        "maatregel": _share(len(with_measure), len(incidents)),
        "dagen_tot_maatregel": _median((i.datum, i.maatregel_datum) for i in with_measure),
        "hulp_aangeboden": _share(sum(i.hulp_aangeboden is True for i in victims), len(victims)),
        "leidinggevende_zelfde_dag": _share(sum(i.leidinggevende_op == i.datum for i in incidents), len(incidents)),
        "afgehandeld": _share(sum(i.afgehandeld_op is not None for i in incidents), len(incidents)),
        "dagen_tot_afhandeling": _median((i.datum, i.afgehandeld_op) for i in incidents),
        "geregistreerd_binnen_5_dagen": _share(sum(map(_in_time, incidents)), len(incidents)),
    }


def _in_time(incident: Incident) -> bool:
    entered = incident.geregistreerd_op
    return entered is not None and (entered - incident.datum).days <= 5


def _share(top: int, base: int) -> Measure:
    return top, base, top / base if base else None


def _median(spans: Iterable[tuple[date, date | None]]) -> Measure:
    """Calendar days; the mean of the middle two where they are even in number."""
    days = sorted((last - first).days for first, last in spans if last is not None)
    middle = [days[(len(days) - 1) // 2], days[len(days) // 2]] if days else []
    return None, len(days), sum(middle) / 2 if days else None


def incident_funnel(facts: Facts, free: set[date]) -> Table:
    """A row for every period and school with an exposure in its delivered months; the group stands in `groep`."""
    incidents: Counter[tuple[str, str]] = Counter()
    pupil_days: Counter[tuple[str, str]] = Counter()
    for row in incidents_monthly(facts, free):
        place = str(row["brin6"])
        if place == GROUP or not row["aangeleverd"]:
            continue
        for period in periods_of(date.fromisoformat(f"{row['maand']}-01")):
            incidents[period, place] += int(str(row["incidenten"]))
            pupil_days[period, place] += int(str(row["leerlingen"])) * int(str(row["lesdagen"]))
    there = [key for key, days in pupil_days.items() if days]
    rows: Table = []
    for period, place in there:
        schools = [key for key in there if key[0] == period]
        everywhere = Fraction(sum(pupil_days[key] for key in schools), FULL_MONTH)
        group = sum(incidents[key] for key in schools) / everywhere
        exposure = Fraction(pupil_days[period, place], FULL_MONTH)
        key = {"periode": period, "brin6": place, "incidenten": incidents[period, place]}
        rows.append(key | _funnel_cells(incidents[period, place], exposure, group))
    return rows


def _funnel_cells(incidents: int, exposure: Fraction, group: Fraction) -> dict[str, object]:
    rate, limits = incidents / exposure, rate_limits(group, exposure)
    cells: dict[str, object] = {"blootstelling": float(exposure), "ratio": float(rate), "groep": float(group)}
    return cells | {name: float(limit) for name, limit in limits.items()} | {"oordeel": funnel_verdict(rate, limits)}
