"""What the tests of the figures share."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.settings import PROJECT
from tests.plain_python import holidays


@pytest.fixture(scope="session")
def free() -> set[date]:
    """The days off, read from the calendar by the twin."""
    return holidays(PROJECT / "data" / "school_holidays.csv")
