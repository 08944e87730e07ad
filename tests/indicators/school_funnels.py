"""Funnels of made-up groups of schools, as they are published."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from dashboard.indicators.catalogue import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Sequence

UNIT = 20_000
"""Pupils × school days in one unit of exposure."""

PERIOD, DAY, PURPOSE = "2025-08/2026-07", date(2026, 11, 22), "beeld_website"


def brin6(place: int) -> str:
    """The school in this place."""
    return f"99AA{place:02d}"


def rate_funnel(schools: Sequence[tuple[int, int]]) -> pl.DataFrame:
    """Rows of `incident_funnel`. `schools`: incidents and pupil days of each, of a whole group."""
    group = tuple(sum(column) for column in zip(*schools, strict=True)) or (0, 0)
    rows = [(PERIOD, brin6(place), *school, *group) for place, school in enumerate(schools)]
    counts = ("incidenten", "persoonsdagen", "groep_incidenten", "groep_persoonsdagen")
    schema = {"periode": pl.String, "brin6": pl.String} | dict.fromkeys(counts, pl.Int64)
    return PUBLISHED["incident_funnel"].figures(pl.DataFrame(rows, schema=schema, orient="row"))


def coverage_funnel(schools: Sequence[tuple[int, int]]) -> pl.DataFrame:
    """Rows of `consent_funnel`. `schools`: pupils with a valid answer and pupils who count, of a whole group."""
    group = tuple(sum(column) for column in zip(*schools, strict=True)) or (0, 0)
    rows = [(DAY, PURPOSE, brin6(place), *school, *group) for place, school in enumerate(schools)]
    counts = ("geldig", "noemer", "groep_geldig", "groep_noemer")
    schema = {"peildatum": pl.Date, "doel": pl.String, "brin6": pl.String} | dict.fromkeys(counts, pl.Int64)
    return PUBLISHED["consent_funnel"].figures(pl.DataFrame(rows, schema=schema, orient="row"))
