"""Steps, and what lies ahead: the arithmetic behind the pages, at the edges of a school year."""

from datetime import date

import polars as pl
import pytest

from dashboard.indicators import outlook


def test_steps_stand_in_their_order_with_who_drops_out() -> None:
    """Tables come sorted by the letters of a step; pupils drop out between one step and the next."""
    rows = pl.DataFrame(
        {
            "stap": ["aantoonbaar", "beantwoord", "bevoegd", "dit_jaar", "gevraagd", "ingeschreven"],
            "leerlingen": [60, 75, 60, 40, 80, 100],
        }
    )
    steps = outlook.in_steps(rows)
    assert steps["stap"].to_list() == list(outlook.STEPS)
    assert steps["leerlingen"].to_list() == [100, 80, 75, 60, 60, 40]
    assert steps["afgevallen"].to_list() == [0, 20, 5, 15, 0, 20]
    assert steps["afgevallen"].sum() == 100 - 40


@pytest.mark.parametrize(
    ("day", "month", "pupils"),
    [
        (date(2026, 11, 22), "2027-07", 1 + 2 + 4),
        (date(2027, 7, 31), "2027-07", 1 + 2 + 4),
        (date(2027, 8, 1), "2028-07", 1 + 2 + 4 + 8),
    ],
)
def test_the_summer_ends_the_school_year(day: date, month: str, pupils: int) -> None:
    """July still counts and August doesn't; on 1 August the next summer is meant."""
    rows = pl.DataFrame({"maand": ["2026-11", "2027-06", "2027-07", "2027-08"], "leerlingen": [1, 2, 4, 8]})
    assert outlook.last_month(day) == month
    assert outlook.turning_16_before_summer(rows, day) == pupils


def test_nobody_turns_16_where_there_are_no_months() -> None:
    """No rows are no pupils."""
    rows = pl.DataFrame(schema={"maand": pl.String, "leerlingen": pl.Int64})
    assert outlook.turning_16_before_summer(rows, date(2026, 11, 22)) == 0
