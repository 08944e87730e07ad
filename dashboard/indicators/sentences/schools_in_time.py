"""Findings about schools over time, beside each other: where something changes now, and where coverage rose or fell."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.indicators.comparisons import year_before
from dashboard.indicators.findings import signals, trend_finding
from dashboard.indicators.sentences.schools import some_schools
from dashboard.indicators.shown import HIDDEN, any_hidden
from dashboard.periods import add_years

SELDOM: Final = 100
"""Less often than once in so many charts is told as hardly ever."""

HIDDEN_LEFT_OUT: Final = "; scholen met een x tellen niet mee"

ENOUGH: Final = 2
"""With fewer points nothing can be seen to change."""


def trends_title(trend: pl.DataFrame, names: Mapping[str, str]) -> str:
    """At which schools there is a sign of a change now, and at which there was one before.

    trend: a row per maand and school; `incident_trend`. Schools outside `names` (brin6 → name) don't count.
    """
    parts = {str(brin6): part for (brin6,), part in trend.partition_by("brin6", as_dict=True).items()}
    found = {brin6: trend_finding(parts[brin6]) for brin6 in names if brin6 in parts}
    if not found:
        return "Van geen enkele school is er een maand met een cijfer"
    seen = {brin6: finding for brin6, finding in found.items() if finding and _can_show(finding.points, finding.centre)}
    few = [brin6 for brin6 in found if brin6 not in seen]
    if not seen:
        return "Bij elke school is er te weinig om per maand een verandering te zien"
    changing = [brin6 for brin6, finding in seen.items() if finding.recent]
    earlier = [brin6 for brin6, finding in seen.items() if not finding.recent and signals(parts[brin6])]
    who = some_schools(changing, names) if changing else "geen enkele school"
    before = f"; bij {some_schools(earlier, names)} was dat er eerder" if earlier else ""
    rest = f"; bij {some_schools(few, names)} is er te weinig om dat te zien" if few else ""
    return f"Bij {who} is er nu een teken van een verandering{before}{rest}"


def trends_chance(schools: int, marked: float) -> str:
    """How many of so many series chance alone would mark somewhere; empty without any."""
    if not schools:
        return ""
    rest = "Kijk daarom eerst of een teken aanhoudt."
    if schools == 1:
        often = dutch.share(marked)
        return f"Ook als er niets verandert, wijst zo'n grafiek in {often} van de gevallen iets aan. {rest}"
    one_in = round(schools / marked) if marked else SELDOM + 1
    often = "in de meeste" if one_in == 1 else f"in ongeveer één op de {dutch.small(one_in)}"
    seldom = f"bijna nooit in een van deze {dutch.small(schools)}" if one_in > SELDOM else often
    return f"Ook als er nergens iets verandert, wijst toeval {seldom} grafieken iets aan. {rest}"


def _can_show(points: int, centre: float | None) -> bool:
    return points >= ENOUGH and centre is not None


def coverage_in_time_title(coverage: pl.DataFrame, names: Mapping[str, str], day: date) -> str:
    """At how many schools coverage is higher or lower than a year earlier, in whole percents.

    coverage: a row per peildatum and school of one purpose and reading, with dekking (0–1). Schools outside `names`
    (brin6 → name) don't count. `day`: that of the figures.
    """
    of_names = coverage.filter(pl.col("brin6").is_in(list(names)))
    if HIDDEN in coverage.columns:
        return _of_shown(of_names, names, day)
    rows = of_names.filter(pl.col("dekking").is_not_null())
    before = year_before(rows["peildatum"].unique().to_list(), day)
    now, then = (rows.filter(pl.col("peildatum").eq_missing(pl.lit(moment, pl.Date))) for moment in (day, before))
    both = now.join(then, on="brin6", suffix="_toen")
    if both.is_empty() or before is None:
        return "Er zijn nog geen cijfers van een jaar eerder"
    return _higher_or_lower(both, names, before)


def _of_shown(coverage: pl.DataFrame, names: Mapping[str, str], day: date) -> str:
    """The same for whoever sees few days: the latest that is there a year earlier too, at the schools shown twice."""
    rows = coverage.filter(pl.col("dekking").is_not_null())
    days = set(rows["peildatum"])
    latest = max((known for known in days if known <= day and add_years(known, -1) in days), default=None)
    if latest is None:
        return "Er zijn nog geen cijfers van een jaar eerder"
    before = add_years(latest, -1)
    now, then = (rows.filter(pl.col("peildatum") == moment) for moment in (latest, before))
    both = now.join(then, on="brin6", suffix="_toen")
    hides = any_hidden(coverage.filter(pl.col("peildatum").is_in([latest, before])), "dekking")
    if both.is_empty():
        return "Er zijn geen scholen met een getoond cijfer van nu en van een jaar eerder"
    said = f"{_higher_or_lower(both, names, before)} (stand van {dutch.day(latest)})"
    return said + (HIDDEN_LEFT_OUT if hides else "")


def _higher_or_lower(both: pl.DataFrame, names: Mapping[str, str], before: date) -> str:
    """At how many schools coverage is higher or lower. both: brin6, dekking and dekking_toen (0–1)."""
    whole = both.select((100 * (pl.col("dekking") - pl.col("dekking_toen"))).round(0).alias("verschil"))["verschil"]
    up, down = (both.filter(far)["brin6"].to_list() for far in (whole >= 1, whole <= -1))
    if not up and not down:
        return f"Bij elke school is de dekking vrijwel gelijk aan die op {dutch.day(before)}"
    if both.height > 1 and both.height in (len(up), len(down)):
        return f"Bij elke school is de dekking {'hoger' if up else 'lager'} dan op {dutch.day(before)}"
    parts = [f"bij {some_schools(side, names)} {word}" for side, word in ((up, "hoger"), (down, "lager")) if side]
    return f"De dekking is {' en '.join(parts)} dan op {dutch.day(before)}"
