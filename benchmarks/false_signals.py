"""How often charts and funnels signal though nothing is the matter, beside what the pages say of it.

    uv run python benchmarks/false_signals.py --groups 2000

Draws stable groups: the true rate never changes and all schools are alike; only chance and the number of school days
move the counts. They go through the same functions as the published tables.
"""

from __future__ import annotations

import argparse

import numpy as np
import polars as pl
from numpy.random import Generator

from dashboard.indicators.control_charts import RULES, with_limits, with_rare_limits
from dashboard.indicators.false_signals import (
    coverage_false_flags,
    rare_false_signals,
    rate_false_flags,
    trend_false_signals,
)
from dashboard.indicators.funnels import RARE, coverage_spread, rate_spread, with_coverage_funnel, with_rate_funnel

SCHOOL_DAYS = np.array([20, 22, 16, 21, 15, 20, 14, 22, 16, 18, 21])
"""School days of the months of a year; August has hardly any."""

PUPILS = 1000
STATED_FOR = 100
"""What is stated is worked out for so many groups: it takes as many draws for each."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--groups", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    rng = np.random.default_rng(chosen.seed)
    print(f"{chosen.groups} stable groups; percentages, stated beside measured")
    _trends(rng, chosen.groups)
    _rare_events(rng, chosen.groups)
    _rate_funnels(rng, chosen.groups)
    _coverage_funnels(rng, chosen.groups)


def _trends(rng: Generator, groups: int) -> None:
    print("\nincidents a month, points: marked points (each rule) | stated; series with a signal | stated")
    for expected in (2.0, 3.0, 4.0, 6.0, 10.0, 20.0, 50.0):
        for points in (11, 22, 44):
            charts = with_limits(_months(rng, groups, points, expected))
            series = charts.filter(pl.col("midden").is_not_null()).with_columns(pl.col("signaal").fill_null(""))
            by_rule = [100 * _share(series["signaal"].str.contains(rule)) for rule in RULES]
            signalled = series.group_by("brin6").agg((pl.col("signaal") != "").any())
            stated = trend_false_signals(charts.head(STATED_FOR * points))
            print(
                f"{expected:5.0f} {points:3d}: {100 * _share(series['signaal'] != ''):5.2f} "
                f"({' '.join(f'{share:.2f}' for share in by_rule)}) | {100 * _mean(stated['signalen']) / points:5.2f}; "
                f"{100 * _share(signalled['signaal']):5.1f} | {100 * _mean(stated['kans']):5.1f}"
            )


def _months(rng: Generator, groups: int, points: int, expected: float) -> pl.DataFrame:
    days = np.resize(SCHOOL_DAYS, points)
    counts = rng.poisson(expected * days / days.mean(), (groups, points))
    return pl.DataFrame(
        {
            "maand": [f"{2020 + month // 12}-{month % 12 + 1:02d}" for month in range(points)] * groups,
            "brin6": np.repeat(np.arange(groups), points),
            "deel": 1,
            "incidenten": counts.ravel(),
            "persoonsdagen": np.tile(days * PUPILS, groups),
        }
    )


def _rare_events(rng: Generator, groups: int) -> None:
    print("\nrare events, gaps of whole school days: series with a signal | stated; marked gaps a series")
    for mean_gap in (15, 60):
        for gaps in (6, 12, 24):
            drawn = rng.geometric(1 / (mean_gap + 1), (groups, gaps)) - 1
            frame = pl.DataFrame(
                {"brin6": np.repeat(np.arange(groups), gaps), "deel": 1, "lesdagen_sinds_vorige": drawn.ravel()}
            )
            marked = with_rare_limits(frame)["signaal"].is_not_null().to_numpy().reshape(groups, gaps)
            print(
                f"{mean_gap:3d} days, {gaps:2d}: {100 * marked.any(axis=1).mean():5.2f} | "
                f"{100 * rare_false_signals(gaps):5.2f}; {100 * marked.sum() / groups:5.2f}"
            )


def _rate_funnels(rng: Generator, groups: int) -> None:
    print("\nfunnels of rates: schools outside 95 % | stated, outside 99.8 % | stated; groups said to be spread, rough")
    for schools in (2, 7, 30):
        for expected in (2.0, 5.0, 20.0):
            days = rng.integers(30, 200, schools) * PUPILS
            counts = rng.poisson(expected * days / days.mean(), (groups, schools))
            totals = counts.sum(axis=1)
            frame = with_rate_funnel(
                pl.DataFrame(
                    {
                        "groep_nummer": np.repeat(np.arange(groups), schools),
                        "incidenten": counts.ravel(),
                        "persoonsdagen": np.tile(days, groups),
                        "groep_incidenten": np.repeat(totals, schools),
                        "groep_persoonsdagen": days.sum(),
                    }
                )
            )
            funnels = frame.partition_by("groep_nummer")
            flags = [rate_false_flags(funnel) for funnel in funnels[:STATED_FOR]]
            spreads = [spread for funnel in funnels if (spread := rate_spread(funnel))]
            _print_funnel(f"{schools:2d} schools, {expected:3.0f} each", frame, schools * groups)
            print(
                f" | stated {100 * np.mean([flag.outside95 for flag in flags]) / schools:5.2f} "
                f"{100 * np.mean([flag.outside998 for flag in flags]) / schools:5.2f}; "
                f"χ² below .05 {100 * np.mean([spread.chance < RARE for spread in spreads]):4.1f}, "
                f"said {100 * np.mean([spread.is_beyond_chance for spread in spreads]):4.1f}, "
                f"rough {100 * np.mean([spread.is_rough for spread in spreads]):5.1f}"
            )


def _coverage_funnels(rng: Generator, groups: int) -> None:
    print("\nfunnels of coverage: the same")
    for schools in (2, 7, 30):
        for share in (0.6, 0.9, 0.98):
            pupils = rng.integers(100, 1500, schools)
            valid = rng.binomial(pupils, share, (groups, schools))
            frame = with_coverage_funnel(
                pl.DataFrame(
                    {
                        "groep_nummer": np.repeat(np.arange(groups), schools),
                        "geldig": valid.ravel(),
                        "noemer": np.tile(pupils, groups),
                        "groep_geldig": np.repeat(valid.sum(axis=1), schools),
                        "groep_noemer": pupils.sum(),
                    }
                )
            )
            funnels = frame.partition_by("groep_nummer")
            flags = [coverage_false_flags(funnel) for funnel in funnels[:STATED_FOR]]
            spreads = [spread for funnel in funnels if (spread := coverage_spread(funnel))]
            _print_funnel(f"{schools:2d} schools at {100 * share:.0f} %", frame, schools * groups)
            print(
                f" | stated {100 * np.mean([flag.outside95 for flag in flags]) / schools:5.2f} "
                f"{100 * np.mean([flag.outside998 for flag in flags]) / schools:5.2f}; "
                f"χ² below .05 {100 * np.mean([spread.chance < RARE for spread in spreads]):4.1f}, "
                f"said {100 * np.mean([spread.is_beyond_chance for spread in spreads]):4.1f}, "
                f"rough {100 * np.mean([spread.is_rough for spread in spreads]):5.1f}"
            )


def _print_funnel(name: str, frame: pl.DataFrame, schools: int) -> None:
    outside = {said: frame.filter(pl.col("oordeel") == said).height for said in ("opletten", "wijkt af")}
    print(
        f"{name}: {100 * sum(outside.values()) / schools:5.2f} {100 * outside['wijkt af'] / schools:5.2f}",
        end="",
    )


def _share(flags: pl.Series) -> float:
    return float(flags.to_numpy().mean())


def _mean(values: pl.Series) -> float:
    return float(values.drop_nulls().to_numpy().mean())


if __name__ == "__main__":
    main()
