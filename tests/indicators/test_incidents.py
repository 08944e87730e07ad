"""What was done after incidents: shares of incidents, and medians of days."""

import polars as pl

from dashboard import dutch
from dashboard.indicators.incidents import MEDIANS, PUPILS, SCHOOL_DAYS, with_followup, with_rate

KINDS = {"maat": pl.String, "teller": pl.Int64, "noemer": pl.Int64, "mediaan": pl.Float64}


def _values(*rows: tuple[str, int | None, int, float | None]) -> list[float | None]:
    return with_followup(pl.DataFrame(rows, schema=KINDS, orient="row"))["waarde"].to_list()


def test_a_share_is_a_part_of_its_whole() -> None:
    """None, some and all; and nothing where there is nothing to divide."""
    rows = [("maatregel", part, whole, None) for part, whole in ((0, 4), (3, 4), (4, 4), (0, 0))]
    assert _values(*rows) == [0.0, 0.75, 1.0, None]


def test_a_median_is_taken_as_it_comes() -> None:
    """In days, half days included; 0 days is a value and no date is none."""
    rows = [(maat, None, 3, days) for maat in sorted(MEDIANS) for days in (0.0, 2.5, None)]
    assert _values(*rows) == [0.0, 2.5, None] * 2
    assert {"dagen_tot_maatregel", "dagen_tot_afhandeling"} == MEDIANS


def test_no_incidents_no_rows() -> None:
    """The column is there without a single row."""
    assert with_followup(pl.DataFrame(schema=KINDS)).schema["waarde"] == pl.Float64


def test_a_rate_is_per_thousand_pupils_per_twenty_school_days() -> None:
    """A thousand pupils for twenty days is one unit; without pupils, or undelivered, there is no rate."""
    months = pl.DataFrame(
        {"incidenten": [3, 3, 0, 2, None], "leerlingen": [1000, 500, 500, 0, 500], "lesdagen": [20, 10, 10, 10, 10]}
    )
    assert with_rate(months)["ratio"].to_list() == [3.0, 12.0, 0.0, None, None]


def test_the_unit_is_called_what_it_is() -> None:
    """The numbers that rates are worked out with are those on screen."""
    assert f"per {dutch.number(PUPILS)} leerlingen per {SCHOOL_DAYS} lesdagen" == dutch.PER_UNIT
    assert dutch.RATE_UNIT.endswith(dutch.PER_UNIT)
