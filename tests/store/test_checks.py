"""What is asked at every publication finds what it is there to find, and nothing else."""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl
import pytest

from dashboard.settings import Settings
from dashboard.store.questions import answer, load_query


def found(check: str, **tables: pl.DataFrame) -> int:
    with duckdb.connect() as connection:
        for name, frame in tables.items():
            connection.from_arrow(frame.to_arrow()).create(name)
        return answer(connection, load_query(Settings().queries, f"checks/{check}"), {}).height


@pytest.mark.parametrize(
    ("second_from", "breaches"), [(date(2026, 2, 1), 0), (date(2026, 3, 1), 0), (date(2026, 1, 31), 1)]
)
def test_two_statuses_on_one_day_are_found(second_from: date, breaches: int) -> None:
    """One stretch ends on 1 February: the next may begin on that day, not before."""
    spans = pl.DataFrame(
        {
            "place": [1, 1, 1, 2],
            "doel": ["a", "a", "b", "a"],
            "status": ["ja", "nee", "ja", "ja"],
            "status_from": [date(2026, 1, 1), second_from, date(2026, 1, 1), date(2026, 1, 1)],
            "status_to": [date(2026, 2, 1), date(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 1)],
        }
    )
    assert found("one_status_a_day", status_spans=spans) == breaches


@pytest.mark.parametrize(("ja", "never_asked", "breaches"), [(3, 2, 0), (3, 1, 1), (6, -1, 1)])
def test_statuses_that_do_not_add_up_are_found(ja: int, never_asked: int, breaches: int) -> None:
    """Five pupils are enrolled; a status with fewer than none of them is wrong, even where the sum is right."""
    day = date(2026, 11, 22)
    statuses = pl.DataFrame(
        {
            "peildatum": [day, day],
            "brin6": ["01AA00", "01AA00"],
            "doel": ["a", "a"],
            "status": ["ja", "niet_gevraagd"],
            "leerlingen": [ja, never_asked],
        }
    )
    enrolled = pl.DataFrame({"dag": [day], "brin6": ["01AA00"], "leerlingen": [5]})
    assert found("statuses_add_up", consent_status=statuses, enrolled=enrolled) == breaches
