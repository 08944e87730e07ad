"""Whether incidents changed over time by more than chance brings about, month by month or one by one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log
from types import MappingProxyType
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import poisson

from dashboard.indicators.incidents import exposure, rate

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

LOWER, UPPER = 0.00135, 0.99865
"""The chances of staying at or below each limit: as often as three standard deviations leave out of a bell curve."""

RUN = 7
"""So many points on one side of the centre, or all rising, or all falling, are no longer chance."""

WINDOW, NEAR = 3, 2
"""So many of so many points near a limit are no longer chance."""

SIMPLE, FULL = 1.5, 5.0
"""From so many incidents a point on, a chart by month makes sense with the first two rules; with all rules."""

PROVISIONAL = 12
"""With fewer points the limits are provisional."""

ON_THE_LINE = 1e-9
"""What differs by no more than this, relatively, is on the line."""

SEGMENT = ["brin6", "deel"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a stable series stays, in counts: a number for each of its points."""

    centre: Numbers
    lower: Numbers
    upper: Numbers


Rule = Callable[[Numbers, Limits], Flags]
"""From counts, their last axis the points of a series in order, to which of them the rule marks."""


def with_limits(counts: pl.DataFrame) -> pl.DataFrame:
    """Add to a series of months where chance alone would leave it, and which points go further.

    counts: one row per brin6, deel (segment of the series) and maand, whole segments, with incidenten and
    persoonsdagen (pupils × school days). Months without pupils are no points: their rows are left out.

    Returns: a row per point, sorted by brin6 and maand, with blootstelling (1,000 pupils × 20 school days) and, all
    per unit of it, ratio, midden (the rate of the segment), onder and boven (limits); signaal (the rules that mark the
    point, in order, joined by `+`; null for none) and voorlopig (fewer than 12 points in the segment). Where fewer
    than 1.5 incidents are expected a point, midden, onder, boven and signaal are null.
    Source: Shewhart's u chart with exact limits: Poisson quantiles of centre × blootstelling. The rules are those of
    NHS England, Making data count, with seven points for a run.
    """
    points = counts.filter(pl.col("persoonsdagen") > 0).sort("brin6", "maand")
    total, pupil_days = (pl.col(name).sum().over(SEGMENT) for name in ("incidenten", "persoonsdagen"))
    segments = points.with_columns(
        exposure(points["persoonsdagen"]),
        rate(pl.col("incidenten"), pl.col("persoonsdagen")).alias("ratio"),
        rate(total, pupil_days).alias("midden"),
        (total / pl.len().over(SEGMENT)).alias("verwacht"),
        (pl.len().over(SEGMENT) < PROVISIONAL).alias("voorlopig"),
        pl.int_range(pl.len()).alias("punt"),
    )
    limits = limits_of(_numbers(segments, "midden") * _numbers(segments, "blootstelling"))
    charted = segments.with_columns(
        (pl.Series(limits.lower) / pl.col("blootstelling")).alias("onder"),
        (pl.Series(limits.upper) / pl.col("blootstelling")).alias("boven"),
        _signals(segments, limits),
    )
    enough = pl.col("verwacht") >= SIMPLE
    lines = [pl.when(enough).then(pl.col(name)).alias(name) for name in ("midden", "onder", "boven")]
    return charted.with_columns(lines).drop("verwacht", "punt")


def with_rare_limits(counts: pl.DataFrame) -> pl.DataFrame:
    """Add to incidents that are rare how long it takes until the next one, and when that was unusually long.

    counts: one row per incident, whole segments, with brin6, deel and lesdagen_sinds_vorige (school days after the
    incident before it; null for the first one and after an undelivered month).

    Returns: the same rows, in the same order, with midden (mean of the segment, school days) and boven (what chance
    alone exceeds once in 741 times), both null in a segment without a gap, and signaal (`1` above boven, else null).
    Source: t chart of exponential times between events: P(T > t) = exp(−t / mean).
    """
    gap = pl.col("lesdagen_sinds_vorige")
    limits = counts.with_columns(gap.mean().over(SEGMENT).alias("midden"))
    limits = limits.with_columns((-pl.col("midden") * log(LOWER)).alias("boven"))
    above = gap > pl.col("boven") * (1 + ON_THE_LINE)
    return limits.with_columns(pl.when(above).then(pl.lit("1")).alias("signaal"))


def limits_of(centre: Numbers) -> Limits:
    """The limits of points of which so many incidents are expected."""
    return Limits(centre, np.asarray(poisson.ppf(LOWER, centre)), np.asarray(poisson.ppf(UPPER, centre)))


def beyond_limits(counts: Numbers, limits: Limits) -> Flags:
    """Rule 1: below the lower or above the upper limit. On a limit is inside it."""
    return (counts < limits.lower) | (counts > limits.upper)


def on_one_side(counts: Numbers, limits: Limits) -> Flags:
    """Rule 2: one of seven or more points in a row on one side of the centre. A point on it ends the row."""
    side = _side(counts, limits.centre)
    return _in_a_row(side > 0, RUN) | _in_a_row(side < 0, RUN)


def rising_or_falling(counts: Numbers, limits: Limits) -> Flags:
    """Rule 3: one of seven or more points in a row of which each rate is higher, or each lower, than the one before."""
    rates = counts / limits.centre
    step = _side(rates[..., 1:], rates[..., :-1])
    return _ends_of(_in_a_row(step > 0, RUN - 1)) | _ends_of(_in_a_row(step < 0, RUN - 1))


def near_a_limit(counts: Numbers, limits: Limits) -> Flags:
    """Rule 4: one of two or more points, of three in a row on one side, past two thirds of the way to the limit.

    Only points inside the limit are near it; the third may lie anywhere on that side of the centre.
    """
    side, inside = _side(counts, limits.centre), ~beyond_limits(counts, limits)
    marked = np.zeros(counts.shape, dtype=np.bool_)
    for sign, limit in ((1, limits.upper), (-1, limits.lower)):
        line = limits.centre + (limit - limits.centre) * 2 / 3
        near = inside & (side == sign) & (_side(counts, line) == sign)
        windows = (_how_many(side == sign, WINDOW) == WINDOW) & (_how_many(near, WINDOW) >= NEAR)
        marked |= near & _of_windows(windows, WINDOW, near.shape)
    return marked


RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {"1": beyond_limits, "2": on_one_side, "3": rising_or_falling, "4": near_a_limit}
)

_FEW: Final = {name: RULES[name] for name in ("1", "2")}


def rules_at(expected: float) -> Mapping[str, Rule]:
    """The rules, by name, that make sense where so many incidents are expected a point."""
    if expected >= FULL:
        return RULES
    return _FEW if expected >= SIMPLE else {}


def marked(counts: Numbers, limits: Limits, expected: Numbers) -> Flags:
    """Which points of each series are marked by one or more of the rules that make sense for it.

    counts: series by points. `expected`: incidents a point of each series, or one number for all of them.
    """
    found = np.zeros(counts.shape, dtype=np.bool_)
    for name, rule in RULES.items():
        applies = np.array([name in rules_at(number) for number in expected], dtype=np.bool_)
        if applies.any():
            found |= rule(counts, limits) & applies[:, None]
    return found


def _signals(segments: pl.DataFrame, limits: Limits) -> pl.Series:
    """The names of the rules that mark each point, joined; null where none does."""
    texts: list[str | None] = [None] * segments.height
    for segment in segments.partition_by(SEGMENT):
        at = segment["punt"].to_numpy()
        own = Limits(limits.centre[at], limits.lower[at], limits.upper[at])
        rules = rules_at(segment["verwacht"].item(0))
        marks = {name: rule(_numbers(segment, "incidenten"), own) for name, rule in rules.items()}
        for number, point in enumerate(at):
            texts[point] = "+".join(name for name, marked in marks.items() if marked[number]) or None
    return pl.Series("signaal", texts, dtype=pl.String)


def _numbers(frame: pl.DataFrame, column: str) -> Numbers:
    return frame[column].to_numpy().astype(np.float64)


def _side(values: Numbers, line: Numbers) -> NDArray[np.int64]:
    """1 above the line, −1 below it, 0 on it."""
    away = values - line
    on_it = np.abs(away) <= ON_THE_LINE * np.maximum(np.abs(values), np.abs(line))
    return np.where(on_it, 0, np.sign(away)).astype(np.int64)


def _in_a_row(flags: Flags, length: int) -> Flags:
    """Which points are in a row of at least this length with the flag up, and none down between."""
    return _of_windows(_how_many(flags, length) == length, length, flags.shape)


def _how_many(flags: Flags, length: int) -> NDArray[np.int64]:
    """How many flags are up in the window of this length that starts at each point; no windows in a shorter series."""
    so_far = np.zeros((*flags.shape[:-1], flags.shape[-1] + 1), dtype=np.int64)
    np.cumsum(flags, axis=-1, out=so_far[..., 1:])
    return so_far[..., length:] - so_far[..., :-length]


def _of_windows(marked: Flags, length: int, shape: tuple[int, ...]) -> Flags:
    """Which points lie in at least one of the windows of this length that are marked, by where they start."""
    points = np.zeros(shape, dtype=np.bool_)
    for offset in range(length):
        points[..., offset : offset + marked.shape[-1]] |= marked
    return points


def _ends_of(steps: Flags) -> Flags:
    """Which points lie at either end of a step that is marked."""
    return _of_windows(steps, 2, (*steps.shape[:-1], steps.shape[-1] + 1))
