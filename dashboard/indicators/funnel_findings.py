"""What a funnel says: which schools differ from the group by more than chance, and how much chance alone would do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from dashboard.indicators import shown
from dashboard.indicators.false_signals import ROUNDING, FalseFlags, coverage_false_flags, rate_false_flags
from dashboard.indicators.funnels import BEYOND, NO_DATA, WATCH, Spread, coverage_spread, rate_spread

Subject = Literal["dekking", "meldingen"]

Side = tuple[str, bool]
"""A school (brin6) and whether it lies above the group."""

COUNTED: Final = {"dekking": ("geldig", "noemer", "dekking"), "meldingen": ("incidenten", "blootstelling", "ratio")}
"""The columns of each funnel: what was counted, the size of the school, and the one divided by the other."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one school stands in a funnel."""

    brin6: str
    count: int
    """Pupils with a valid answer, or incidents."""
    size: float
    """Pupils who count, or 1,000 pupils × 20 school days."""
    value: float
    """Coverage (0–1), or incidents per unit of size."""
    group: float
    """The same of the whole group."""
    low: int
    high: int
    """The least and the most that would lie within the 95 % limits."""
    verdict: str
    """`binnen`, `opletten` or `wijkt af`."""

    @property
    def is_above(self) -> bool:
        """Whether the school lies above the group; on the group is not."""
        return self.value > self.group


@dataclass(frozen=True, slots=True)
class FunnelFinding:
    """What the funnel of one day and purpose, or of one period, says of its schools."""

    subject: Subject
    standings: tuple[Standing, ...]
    """The schools with data, in the order of the funnel."""
    silent: tuple[str, ...]
    """brin6 of the schools without data."""
    spread: Spread | None
    """Whether the schools differ among each other by more than chance; None where there is nothing to compare."""
    by_chance: FalseFlags
    """How many of these schools chance alone would put outside the limits; says nothing where any is hidden."""
    hidden: tuple[str, ...] = ()
    """brin6 of the schools whose figures, or limits, are hidden: small numbers."""

    @property
    def schools(self) -> int:
        """How many schools have data."""
        return len(self.standings)

    @property
    def outside(self) -> tuple[Side, ...]:
        """The schools that differ (`wijkt af`): strictly beyond a 99.8 % limit."""
        return self._with(BEYOND)

    @property
    def watch(self) -> tuple[Side, ...]:
        """The schools to watch (`opletten`): strictly beyond a 95 % limit, and no further than the outer one."""
        return self._with(WATCH)

    def standing(self, brin6: str) -> Standing | None:
        """Where a school stands; None without data."""
        return next((found for found in self.standings if found.brin6 == brin6), None)

    def _with(self, verdict: str) -> tuple[Side, ...]:
        return tuple((found.brin6, found.is_above) for found in self.standings if found.verdict == verdict)


def rate_finding(funnel: pl.DataFrame, schools: Sequence[str] = ()) -> FunnelFinding:
    """What the rates of schools say.

    counts: rows of `incident_funnel`, all schools of one periode. A school without exposure has no row: `schools`
    names (brin6) those that might have had one.
    """
    present = set(funnel["brin6"])
    absent = tuple(brin6 for brin6 in schools if brin6 not in present)
    return _finding("meldingen", funnel, absent, (rate_spread, rate_false_flags))


def coverage_finding(funnel: pl.DataFrame) -> FunnelFinding:
    """What the coverage of schools says.

    counts: rows of `consent_funnel`, all schools of one peildatum and doel.
    """
    return _finding("dekking", funnel, (), (coverage_spread, coverage_false_flags))


def _finding(
    subject: Subject,
    funnel: pl.DataFrame,
    absent: tuple[str, ...],
    tests: tuple[Callable[[pl.DataFrame], Spread | None], Callable[[pl.DataFrame], FalseFlags]],
) -> FunnelFinding:
    """From the rows of a funnel, those without data among them; `absent`: the schools that have no row at all."""
    spread, flags = tests
    count, size, value = (pl.col(column) for column in COUNTED[subject])
    gone = shown.hides(funnel, "oordeel", *COUNTED[subject])
    unseen, seen = funnel.filter(gone), funnel.filter(~gone)
    is_silent = pl.col("oordeel") == NO_DATA
    known, silent = seen.filter(~is_silent), (*seen.filter(is_silent)["brin6"], *absent)
    standings = known.select(
        "brin6",
        count.alias("count"),
        size.alias("size").cast(pl.Float64),
        value.alias("value"),
        pl.col("groep").alias("group"),
        (pl.col("onder95") * size - ROUNDING).ceil().cast(pl.Int64).alias("low"),
        (pl.col("boven95") * size + ROUNDING).floor().cast(pl.Int64).alias("high"),
        pl.col("oordeel").alias("verdict"),
    )
    found = tuple(Standing(**row) for row in standings.iter_rows(named=True))
    apart = spread(known) if unseen.is_empty() else None  # it takes every school that the group is made of
    return FunnelFinding(subject, found, silent, apart, flags(known), tuple(unseen["brin6"]))
