"""Now beside a year earlier, like with like: whether reports differ by more than chance brings about.

What is counted in both spans together is taken as given. Had nothing changed, each report would lie in the span of now
with the chance that goes with its part of the pupil days (pupils × school days). So nothing has to be assumed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl
from scipy.stats import binom

from dashboard.dutch import first_of
from dashboard.indicators.findings import BREAKING
from dashboard.indicators.incidents import EXPOSURE
from dashboard.indicators.intervals import CONFIDENCE, Interval, rate_ratio
from dashboard.indicators.shown import HIDDEN, hidden
from dashboard.periods import month_end, period_of, school_year, school_year_days, year_earlier

OUTSIDE: Final = (1 - CONFIDENCE) / 2
"""The chance, without a change, of at most this far out on one side."""

GROUP: Final = "*"

ALIKE: Final = 0.05
"""Where pupils of the same month in two years differ by no more than this part, about the same schools delivered."""


@dataclass(frozen=True, slots=True)
class Change:
    """Months beside the same months a year earlier: in each, the schools with pupils that delivered both of them."""

    months: tuple[str, ...]
    """`jjjj-mm` of the later year, in order: those that at least one school counts in."""
    left_out: tuple[str, ...]
    """Whole months of the later span that no school counts in."""
    schools_left_out: int
    """Schools that don't count in one or more of the months compared."""
    now: int
    before: int
    """Reported incidents."""
    pupil_days_now: int
    pupil_days_before: int
    """Pupils × school days, above 0 as soon as there are months."""
    hidden: tuple[str, ...] = ()
    """Whole months of the later span that don't count as their reports, or those of a year earlier, are hidden."""
    is_mixed: bool = False
    """Whether other schools may have delivered in the one year than in the other: then chance says nothing."""

    @property
    def low(self) -> int:
        """From how many reports on `now` would lie, 95 of 100 times, had nothing changed. Ends belong to it.

        Source: as `rate_ratio`, turned around: from `low` to `high` lie the counts whose interval holds 1.
        """
        return _least(self.now + self.before, self.part)

    @property
    def high(self) -> int:
        """Up to how many reports `now` would lie, 95 of 100 times, had nothing changed."""
        total = self.now + self.before
        return total - _least(total, 1 - self.part)

    @property
    def part(self) -> float:
        """The part of all pupil days that the later span holds, 0–1; a half where there are none."""
        total = self.pupil_days_now + self.pupil_days_before
        return self.pupil_days_now / total if total else 0.5

    @property
    def is_beyond_chance(self) -> bool:
        """Whether more changed than chance brings about 95 of 100 times; never where the schools may differ."""
        return not self.is_mixed and not self.low <= self.now <= self.high

    @property
    def rate_now(self) -> float | None:
        """Reports per 1,000 pupils per 20 school days; None without months."""
        return _rate(self.now, self.pupil_days_now)

    @property
    def rate_before(self) -> float | None:
        """The same, a year earlier."""
        return _rate(self.before, self.pupil_days_before)

    @property
    def ratio(self) -> float | None:
        """The rate of now divided by that of before; None where there is nothing to divide by."""
        now, before = self.rate_now, self.rate_before
        return now / before if now is not None and before else None

    @property
    def ratio_low(self) -> float:
        """The lower end of the interval of the ratio; nan where nothing was counted."""
        return float(self._interval().low)

    @property
    def ratio_high(self) -> float:
        """The upper end of it; infinite where nothing was counted before."""
        return float(self._interval().high)

    def _interval(self) -> Interval:
        return rate_ratio(self.now, self.pupil_days_now, self.before, self.pupil_days_before)


@dataclass(frozen=True, slots=True)
class Half:
    """A half-year of the code beside the same half a year earlier."""

    periode: str
    """`jjjj-mm/jjjj-mm`; a running half has its full name."""
    change: Change


@dataclass(frozen=True, slots=True)
class _Count:
    """What one school counts in one month."""

    incidents: int
    pupils: int
    days: int

    @property
    def pupil_days(self) -> int:
        """Pupils × school days."""
        return self.pupils * self.days


Counts = Mapping[tuple[str, str], _Count | None]
"""What each school counts in each month; None where it wasn't delivered or there were no pupils, or it is hidden."""


def same_months(monthly: pl.DataFrame, today: date) -> Change:
    """Compare whole months of the running school year with the same months a year earlier.

    A school counts in a month only if it delivered that month, and had pupils, in both years: otherwise a school that
    falls silent would look like a fall in incidents.

    counts: one row per maand and school (incidenten, null where not delivered; leerlingen and lesdagen). Rows of the
    group are left out, except for an audience that doesn't have those of every school: it compares the group with
    itself, and is told where the schools may differ.
    """
    counts, first = _counts(monthly), f"{school_year_days(school_year(today))[0]:%Y-%m}"
    return _change(counts, [month for month in _whole_months(counts, today) if month >= first], _hidden_months(monthly))


def same_halves(monthly: pl.DataFrame, day: date) -> list[Half]:
    """Compare each half-year of the code with the same half a year earlier; whole months, as `same_months`.

    counts: as `same_months`.

    Returns: the halves in which at least one school can be compared, the latest first.
    """
    counts = _counts(monthly)
    halves: dict[str, list[str]] = {}
    for month in _whole_months(counts, day):
        halves.setdefault(_half(first_of(month)), []).append(month)
    unseen = _hidden_months(monthly)
    found = [Half(name, _change(counts, months, unseen)) for name, months in halves.items()]
    return sorted((half for half in found if half.change.months), key=lambda half: half.periode, reverse=True)


def breaks_between(change: Change, events: pl.DataFrame) -> list[tuple[date, str]]:
    """The changes of system or definition that lie between the two spans, or inside one of them.

    counts: one row per event (datum, soort, omschrijving), of the schools compared and of everybody.

    Returns: day and description, oldest first.
    """
    if not change.months:
        return []
    first, last, month = year_earlier(change.months[0]), change.months[-1], pl.col("datum").dt.strftime("%Y-%m")
    rows = events.filter(pl.col("soort").is_in(BREAKING), month > first, month <= last)
    return list(rows.select("datum", "omschrijving").unique().sort("datum", "omschrijving").iter_rows())


def years_beside(funnel: pl.DataFrame, brin6: str, periods: tuple[str, str]) -> Change | None:
    """Put the reports of two whole school years of one school beside each other, each over the months delivered.

    counts: one row per periode and brin6; `incident_funnel`. `periods`: the later `jjjj-mm/jjjj-mm`, and the earlier.

    Returns: None where one of the two isn't there, or is hidden.
    """
    rows = funnel.filter(pl.col("brin6") == brin6, pl.col("incidenten").is_not_null())
    found = {row["periode"]: row for row in rows.iter_rows(named=True)}
    now, before = (found.get(period) for period in periods)
    if now is None or before is None:
        return None
    return Change(
        months=tuple(periods[0].split("/")),
        left_out=(),
        schools_left_out=0,
        now=now["incidenten"],
        before=before["incidenten"],
        pupil_days_now=round(now["blootstelling"] * EXPOSURE),
        pupil_days_before=round(before["blootstelling"] * EXPOSURE),
    )


def _change(counts: Counts, wanted: Sequence[str], unseen: frozenset[str]) -> Change:
    """The months `wanted` beside those of a year earlier; `unseen`: months of which the reports are hidden."""
    pairs = [
        (month, brin6, count, counts.get((year_earlier(month), brin6)))
        for (month, brin6), count in counts.items()
        if month in wanted
    ]
    both = [(month, now, before) for month, _, now, before in pairs if now and before]
    compared = {month for month, *_ in both}
    silent = {brin6 for month, brin6, now, before in pairs if month in compared and not (now and before)}
    hides = {month for month in wanted if unseen & {month, year_earlier(month)}}
    of_group = any(brin6 == GROUP for _, brin6, *_ in pairs)
    return Change(
        months=tuple(month for month in wanted if month in compared),
        left_out=tuple(month for month in wanted if month not in compared | hides),
        schools_left_out=len(silent),
        now=sum(now.incidents for _, now, _ in both),
        before=sum(before.incidents for *_, before in both),
        pupil_days_now=sum(now.pupil_days for _, now, _ in both),
        pupil_days_before=sum(before.pupil_days for *_, before in both),
        hidden=tuple(month for month in wanted if month in hides - compared),
        is_mixed=of_group and any(abs(now.pupils / before.pupils - 1) > ALIKE for _, now, before in both),
    )


def _counts(monthly: pl.DataFrame) -> Counts:
    rows = _compared(monthly).select("maand", "brin6", "incidenten", "leerlingen", "lesdagen")
    return {
        (month, brin6): None if incidents is None or not pupils or not days else _Count(incidents, pupils, days)
        for month, brin6, incidents, pupils, days in rows.iter_rows()
    }


def _compared(monthly: pl.DataFrame) -> pl.DataFrame:
    """The rows of every school; of the group where the audience doesn't have those of every school."""
    of_group = pl.col("brin6") == GROUP
    group = monthly.filter(of_group)
    return group if HIDDEN in monthly.columns and not group.is_empty() else monthly.filter(~of_group)


def _hidden_months(monthly: pl.DataFrame) -> frozenset[str]:
    return frozenset(_compared(monthly).filter(hidden(monthly, "incidenten"))["maand"])


def _whole_months(counts: Counts, day: date) -> list[str]:
    """The months that are over, oldest first."""
    return sorted({month for month, _ in counts if month_end(first_of(month)) <= day})


def _half(day: date) -> str:
    half = period_of("halfjaar", day, None, 1)
    assert half is not None  # only evaluations may not have started
    return half.name


def _least(total: int, part: float) -> int:
    """The smallest count that lies no further below what is expected than chance brings it."""
    return int(binom.ppf(OUTSIDE, total, part)) if total else 0


def _rate(count: int, pupil_days: int) -> float | None:
    return EXPOSURE * count / pupil_days if pupil_days else None
