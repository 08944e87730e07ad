"""What a series of incidents says: which points chance alone doesn't explain, and which of them are still going on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

import polars as pl

from dashboard.dutch import first_of
from dashboard.indicators.control_charts import ON_THE_LINE, PROVISIONAL, RULES, RUN, WINDOW, rules_at, with_limits
from dashboard.indicators.shown import is_hidden
from dashboard.periods import month_end

Row = dict[str, Any]

BREAKING: Final = ("systeemwissel", "definitie")
"""The kinds of event that start a new part of a series."""

RISING, NEAR_A_LIMIT = "3", "4"
"""The rules that need more than the points they mark, on one side, to tell one signal from the next."""

ORDINARY: Final = 0.5
"""A month with less than this part of the usual pupils × school days is a short one: its limits are wide."""

LEAST_GAPS: Final = 7
"""With fewer gaps none can be too long: a gap can't be 6.6 times the mean that it is itself a part of."""


@dataclass(frozen=True, slots=True)
class TrendSignal:
    """Points that one rule marks, as long as they follow each other on one side."""

    rule: str
    """`1` beyond a limit, `2` a row on one side, `3` all rising or all falling, `4` near a limit."""
    months: tuple[str, ...]
    """The marked points `jjjj-mm`, in order."""
    above: bool
    """Above the centre; of rule 3: rising."""


@dataclass(frozen=True, slots=True)
class TrendFinding:
    """What the last part of the series of one school, or the group, says."""

    first: str
    last: str
    """The first and the last month `jjjj-mm` of this part of the series."""
    points: int
    """Months with a rate."""
    part: int
    """The number of this part, from 1."""
    incidents: int
    expected: float
    """Incidents a point."""
    centre: float | None
    """Incidents per 1,000 pupils per 20 school days; None where there are too few for a chart by month."""
    is_provisional: bool
    is_constant: bool
    """Whether every rate is the same; with one point there is nothing to be the same."""
    signals: tuple[TrendSignal, ...]
    """Oldest first."""
    is_hidden: bool = False
    """Whether this part has no limits as one of its months is hidden; then its incidents aren't all counted here."""

    @property
    def is_rare(self) -> bool:
        """Whether there are too few incidents for a chart by month."""
        return self.centre is None and not self.is_hidden

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that were held against the points."""
        return () if self.is_hidden else tuple(rules_at(self.expected))

    @property
    def recent(self) -> tuple[TrendSignal, ...]:
        """The signals that hold the last point."""
        return tuple(signal for signal in self.signals if signal.months[-1] == self.last)


@dataclass(frozen=True, slots=True)
class RareFinding:
    """What the time between rare incidents says."""

    incidents: int
    gaps: int
    """Times from one incident to the next, of which it is known that nothing lay between."""
    mean: float | None
    """School days from one to the next; None without a gap."""
    limit: float | None
    """School days that chance alone exceeds once in 741 times."""
    last: date
    signals: tuple[date, ...]
    """The incidents before which it stayed quiet for longer than that, oldest first."""

    @property
    def can_signal(self) -> bool:
        """Whether there are enough gaps for one to be too long."""
        return self.gaps >= LEAST_GAPS

    @property
    def is_recent(self) -> bool:
        """Whether the last incident is such a one."""
        return self.last in self.signals


@dataclass(frozen=True, slots=True)
class Silence:
    """The time since the last of rare incidents, up to where it is known that nothing was reported."""

    until: date
    least: int
    """School days of the whole months since; those left of the month of that incident come on top."""


@dataclass(frozen=True, slots=True)
class Break:
    """Where a new part of a series begins, and why."""

    part: int
    first: str
    """Its first month `jjjj-mm`."""
    events: tuple[tuple[date, str], ...]
    """Day and description of the changes of system or of definition since the part before."""


@dataclass(frozen=True, slots=True)
class SteadyGroup:
    """The schools that delivered every month of a series to which others came or from which others went."""

    schools: int
    finding: TrendFinding
    """What their incidents together say."""


def trend_finding(trend: pl.DataFrame) -> TrendFinding | None:
    """What the last part of a series says.

    counts: one row per maand, all of one school or the group; `incident_trend`.

    Returns: None without a single point.
    """
    parts = _parts(trend)
    if not parts:
        return None
    points = parts[-1]
    last = points[-1]
    if any(is_hidden(point, "midden") for point in points):
        return _without_limits(points)
    incidents = sum(point["incidenten"] for point in points)
    return TrendFinding(
        first=points[0]["maand"],
        last=last["maand"],
        points=len(points),
        part=last["deel"],
        incidents=incidents,
        expected=incidents / len(points),
        centre=last["midden"],
        is_provisional=len(points) < PROVISIONAL,
        is_constant=len(points) > 1 and all(_step(points[0]["ratio"], point["ratio"]) == 0 for point in points),
        signals=tuple(_signals(points)),
    )


def _without_limits(points: Sequence[Row]) -> TrendFinding:
    """What can be said of a part of which a month is hidden: which months there are."""
    incidents = sum(point["incidenten"] for point in points if point["incidenten"] is not None)
    return TrendFinding(
        first=points[0]["maand"],
        last=points[-1]["maand"],
        points=len(points),
        part=points[-1]["deel"],
        incidents=incidents,
        expected=incidents / len(points),
        centre=None,
        is_provisional=False,
        is_constant=False,
        signals=(),
        is_hidden=True,
    )


def signals(trend: pl.DataFrame) -> list[TrendSignal]:
    """The signals of all parts of a series, oldest first.

    counts: one row per maand, all of one school or the group; `incident_trend`.
    """
    return [signal for points in _parts(trend) for signal in _signals(points)]


def short_months(trend: pl.DataFrame) -> list[str]:
    """The months with limits that have so few school days that these are unusually wide, oldest first.

    counts: one row per maand, all of one school or the group; `incident_trend`.
    """
    usual = ORDINARY * pl.col("blootstelling").median()
    short = trend.filter(pl.col("blootstelling") < usual, pl.col("midden").is_not_null())
    return sorted(short["maand"])


def rare_finding(rare: pl.DataFrame, first: str = "") -> RareFinding | None:
    """What the time between the incidents of the last part of a series says.

    counts: one row per incident, all of one school or the group; `rare_events`. `first`: the first month `jjjj-mm` of
    that part; where it isn't given, the part is known by its mean.

    Returns: None without a single incident.
    """
    rows = rare.filter(pl.col("datum").dt.strftime("%Y-%m") >= first).sort("datum", maintain_order=True)
    if rows.is_empty():
        return None
    last_part = rows["midden"].rle_id()
    rows = rows.filter(last_part == last_part[-1])
    return RareFinding(
        incidents=rows.height,
        gaps=rows["lesdagen_sinds_vorige"].count(),
        mean=rows["midden"][-1],
        limit=rows["boven"][-1],
        last=rows["datum"][-1],
        signals=tuple(rows.filter(pl.col("signaal").is_not_null())["datum"]),
    )


def running_silence(last: date, monthly: pl.DataFrame, day: date) -> Silence | None:
    """How long it has been quiet at least since the last of rare incidents, which was on `last`.

    counts: one row per maand of one school or the group (leerlingen, lesdagen, aangeleverd). `day`: that of the
    figures.

    Returns: None where no later month is known.
    """
    later = monthly.filter(pl.col("maand") > f"{last:%Y-%m}").sort("maand")
    is_point = (pl.col("aangeleverd") & (pl.col("leerlingen") > 0)).fill_null(value=False)
    known = later.filter(is_point.cast(pl.Int64).cum_min() == 1)
    least = int(known["lesdagen"].sum())
    return Silence(min(day, month_end(first_of(known["maand"][-1]))), least) if least else None


def breaks(trend: pl.DataFrame, events: pl.DataFrame) -> list[Break]:
    """Where new parts of a series begin, and why, oldest first.

    counts: `trend` one row per maand, all of one school or the group; `incident_trend`. `events` one row per event
    (datum, brin6, soort, omschrijving).
    """
    changes = events.filter(pl.col("soort").is_in(BREAKING)).sort("datum", "omschrijving")
    found, before = [], ""
    for points in _parts(trend):
        own = {"*", points[0]["brin6"]}
        first, last = points[0]["maand"], points[-1]["maand"]
        if before:
            rows = changes.filter(pl.col("brin6").is_in(own)).select("datum", "omschrijving").iter_rows()
            since = tuple((day, text) for day, text in rows if before < f"{day:%Y-%m}" <= first)
            found.append(Break(points[0]["deel"], first, since))
        before = last
    return found


def changes_of_schools(trend: pl.DataFrame, events: pl.DataFrame) -> list[tuple[str, date, str]]:
    """What single schools changed in their system or definition during the series of the group, which runs on.

    counts: `trend` one row per maand of the group; `incident_trend`. `events` one row per event (datum, brin6, soort,
    omschrijving).

    Returns: brin6, day and description, oldest first.
    """
    if trend.is_empty():
        return []
    first, last = trend["maand"].min(), trend["maand"].max()
    month = pl.col("datum").dt.strftime("%Y-%m")
    own = events.filter(pl.col("soort").is_in(BREAKING), pl.col("brin6") != "*", month > first, month <= last)
    return list(own.sort("datum", "brin6", "omschrijving").select("brin6", "datum", "omschrijving").iter_rows())


def steady_group(monthly: pl.DataFrame, trend: pl.DataFrame) -> SteadyGroup | None:
    """What the last part of the series of the group says without the schools that delivered only some of its months.

    counts: `monthly` one row per maand and school (incidenten, leerlingen, lesdagen, aangeleverd); rows of the group
    are left out. `trend` one row per maand of the group; `incident_trend`.

    Returns: None where every school delivered every month, or none did.
    """
    part = trend.filter(pl.col("deel") == pl.col("deel").max())
    is_point = (pl.col("aangeleverd") & (pl.col("leerlingen") > 0)).fill_null(value=False)
    rows = monthly.filter(pl.col("brin6") != "*", pl.col("maand").is_in(part["maand"].to_list()), is_point)
    steady = rows.filter(pl.len().over("brin6") == part.height)
    if steady.height in (0, rows.height):
        return None
    pupil_days = pl.col("leerlingen") * pl.col("lesdagen")
    together = steady.group_by("maand").agg(pl.col("incidenten").sum(), pupil_days.sum().alias("persoonsdagen"))
    finding = trend_finding(with_limits(together.with_columns(brin6=pl.lit("*"), deel=pl.lit(1, pl.Int64))))
    assert finding is not None  # every month of the part is a point
    return SteadyGroup(steady["brin6"].n_unique(), finding)


def _parts(trend: pl.DataFrame) -> list[list[Row]]:
    """The points of each part of the series, in order."""
    ordered = trend.sort("maand")
    return [part.to_dicts() for part in ordered.partition_by("deel", maintain_order=True)]


def _signals(points: Sequence[Row]) -> list[TrendSignal]:
    """The signals of one part of a series, oldest first, and by rule where they start together."""
    months = [point["maand"] for point in points]
    found = [
        TrendSignal(rule, tuple(months[place] for place in chain), above=sign > 0)
        for rule in RULES
        for sign in (1, -1)
        for chain in _chains(points, rule, sign)
    ]
    return sorted(found, key=lambda signal: (signal.months[0], signal.rule))


def _chains(points: Sequence[Row], rule: str, sign: int) -> list[list[int]]:
    """The places of the points that a rule marks on one side of the centre, those of one signal together."""
    marked = [place for place, point in enumerate(points) if rule in (point["signaal"] or "").split("+")]
    if not marked:
        return []
    if rule == RISING:
        # The point between a rise and a fall belongs to both; one step up between two falls is no rise.
        steps = [_step(before["ratio"], after["ratio"]) for before, after in pairwise(points)]
        chains = _linked(marked, lambda one, next_one: next_one == one + 1 and steps[one] == sign)
        return [chain for chain in chains if len(chain) >= RUN]
    sides = [_step(point["midden"], point["ratio"]) for point in points]
    here = [place for place in marked if sides[place] == sign]
    if rule == NEAR_A_LIMIT:
        return _linked(here, lambda one, next_one: next_one - one < WINDOW and set(sides[one:next_one]) == {sign})
    return _linked(here, lambda one, next_one: next_one == one + 1)


def _linked(places: Iterable[int], belongs: Callable[[int, int], bool]) -> list[list[int]]:
    """Places in chains: each belongs to the one before it in its chain."""
    chains: list[list[int]] = []
    for place in places:
        if chains and belongs(chains[-1][-1], place):
            chains[-1].append(place)
        else:
            chains.append([place])
    return chains


def _step(before: float, after: float) -> int:
    """1 where it goes up, −1 where it goes down, 0 where it stays."""
    if abs(after - before) <= ON_THE_LINE * max(abs(after), abs(before)):
        return 0
    return 1 if after > before else -1
