"""The made-up evaluation and decisions of the hand-made store: every number follows from an indicator's place."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from dashboard.registry import Registry
from dashboard.store.surroundings import registry_tables

PERIOD = "2025-02/2027-01"
FROM = date(2025, 2, 1)
NEVER_DELIVERED = frozenset({"consultaties", "vooraf_gecontroleerd"})
SHARES = ((40, 40), (37, 40), (21, 40), (0, 40), (0, 0))
"""On order, near it, half, nothing, and nothing to divide by: in turn."""

SCHEMA = {
    "periode": pl.String,
    "artikel": pl.String,
    "indicator": pl.String,
    "teller": pl.Int64,
    "noemer": pl.Int64,
    "mediaan": pl.Float64,
    "vorige_teller": pl.Int64,
    "vorige_noemer": pl.Int64,
    "vorige_mediaan": pl.Float64,
    "norm": pl.Int64,
    "is_over": pl.Boolean,
    "compleet": pl.Int64,
    "compleet_van": pl.Int64,
}


def evaluation(registry: Registry, today: date) -> pl.DataFrame:
    """One row per article and indicator, as `marts/evaluation` has them; before the code was in force none."""
    asked = registry_tables(registry)["article_indicators"]
    rows = [_row(place, row, today) for place, row in enumerate(asked.iter_rows(named=True))] if today >= FROM else []
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _row(place: int, row: Mapping[str, Any], today: date) -> tuple[object, ...]:
    indicator, figure = row["indicator"], row["soort"]
    now, before = _counts(place, indicator, figure), _counts(place + 1, indicator, figure)
    quality = (None, None) if indicator is None else (0, 1) if indicator in NEVER_DELIVERED else (9, 10)
    return (PERIOD, row["artikel"], indicator, *now, *before, row["norm"], today > date(2027, 1, 31), *quality)


def _counts(place: int, indicator: str | None, figure: str | None) -> tuple[int | None, int | None, float | None]:
    if indicator is None or indicator in NEVER_DELIVERED:
        return None, None, None
    if figure == "mediaan":
        return None, None, 2.0 + place % 3
    return (7 * place % 23, None, None) if figure == "aantal" else (*SHARES[place % len(SHARES)], None)


def decisions(today: date) -> pl.DataFrame:
    """Three decisions: done, open and past its day, and about the whole code."""
    rows = [
        ("aaaa1111", date(2025, 3, 3), "IV.M.8", "Elke school vraagt het elk jaar.", "directeuren", today, "gedaan"),
        ("bbbb2222", date(2025, 6, 2), "III.6", "Stagiairs krijgen een brief.", None, date(2026, 1, 31), "open"),
        ("cccc3333", date(2026, 2, 2), None, "De evaluatie krijgt een planning.", "bestuur", None, None),
    ]
    schema = {
        "besluit_id": pl.String,
        "datum": pl.Date,
        "regel": pl.String,
        "omschrijving": pl.String,
        "eigenaar": pl.String,
        "gereed_voor": pl.Date,
        "status": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
