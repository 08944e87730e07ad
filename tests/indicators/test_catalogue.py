"""The published tables as a list: what each promises is what it holds."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.indicators.catalogue import PUBLISHED
from tests.builders import answers, delivered, incident, pupil, school
from tests.road import Road
from tests.rows import Publication, Resolution

TODAY = date(2025, 10, 13)


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Road:
    """Deliveries with a row for every table: only a second one changes something."""
    road = Road(tmp_path_factory.mktemp("catalogue"))
    rows = [school(), pupil(), *answers("1", "2025-09-10 ouder1 ja"), incident("1", "2025-09-10")]
    rows += [delivered("01AA00", name, "2025-08-01", "2025-10-13") for name in ("toestemmingen", "incidenten")]
    rows += [Publication("p1", "01AA00", date(2025, 9, 20), "beeld_website", "1")]
    rows += [Resolution("b1", date(2025, 9, 20), "IV.M.8", "Elke school vraagt het elk jaar.")]
    road.deliver(rows, TODAY)
    road.deliver([incident("2", "2025-09-11")], TODAY)
    return road


@pytest.mark.parametrize("name", PUBLISHED)
def test_an_absent_table_has_the_columns_and_kinds_of_a_present_one(name: str, road: Road) -> None:
    """What a page gets of a snapshot older than a table fits where the table would have stood."""
    frame = road.frame(name)
    assert not frame.is_empty()
    assert PUBLISHED[name].nothing.schema == frame.schema


@pytest.mark.parametrize("name", PUBLISHED)
def test_rows_stand_in_the_order_of_their_key_and_none_twice(name: str, road: Road) -> None:
    """The key tells rows apart and sorts them; only incidents of one day are alike."""
    frame = road.frame(name)
    key = list(PUBLISHED[name].key)
    assert name == "rare_events" or frame.select(key).is_unique().all()
    assert frame.select(key).equals(frame.select(key).sort(key))
