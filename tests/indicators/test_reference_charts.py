"""Charts and funnels of the literature, through our own functions: what was published as unusual is what is marked.

The charts are those of Montgomery, Introduction to Statistical Quality Control (control charts for nonconformities).
The funnel is that of open-heart operations on children under one year, England, 1991–1995: Spiegelhalter, Aylin, Best,
Evans and Murray (2002), Commissioned analysis of surgical performance using routine data: lessons from the Bristol
inquiry, Journal of the Royal Statistical Society A 165, 191–221.
"""

import polars as pl
import pytest

from dashboard.indicators.catalogue import PUBLISHED
from dashboard.indicators.funnels import with_coverage_funnel

UNIT = 20_000
CIRCUIT_BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]
COMPUTERS = [10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5]
CLOTH = [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
CLOTH_SIZES = [10, 8, 13, 10, 9.5, 10, 12, 10.5, 12, 12.5]

OPERATIONS = [143, 187, 323, 122, 164, 405, 239, 482, 195, 177, 581]
DEATHS = [41, 25, 24, 23, 25, 42, 24, 53, 26, 25, 58]
BRISTOL = "H00"


def _chart(counts: list[int], sizes: list[float]) -> pl.DataFrame:
    series = pl.DataFrame(
        {
            "brin6": "99XA00",
            "maand": [f"{2020 + place // 12}-{place % 12 + 1:02}" for place in range(len(counts))],
            "deel": 1,
            "incidenten": counts,
            "persoonsdagen": [round(UNIT * size) for size in sizes],
        }
    )
    return PUBLISHED["incident_trend"].figures(series)


@pytest.mark.parametrize(
    ("counts", "sizes", "centre", "outside"),
    [
        (CIRCUIT_BOARDS, [1.0] * 26, 19.85, [6, 20]),
        (COMPUTERS, [5.0] * 20, 1.93, []),
        (CLOTH, CLOTH_SIZES, 1.42, []),
    ],
    ids=["circuit boards", "computers", "dyed cloth"],
)
def test_control_charts_of_a_textbook(counts: list[int], sizes: list[float], centre: float, outside: list[int]) -> None:
    """The published centre line, and the published samples beyond the limits, no others."""
    chart = _chart(counts, sizes)
    assert chart["midden"][0] == pytest.approx(centre, abs=0.005)
    marked = [place for place, signs in enumerate(chart["signaal"], start=1) if "1" in (signs or "").split("+")]
    assert marked == outside


def test_the_funnel_of_childrens_heart_surgery() -> None:
    """Of eleven hospitals, one lies beyond the outer limits: the one of which the inquiry was held."""
    hospitals = [f"H{place:02}" for place in range(len(OPERATIONS))]
    funnel = with_coverage_funnel(
        pl.DataFrame(
            {
                "brin6": hospitals,
                "geldig": DEATHS,
                "noemer": OPERATIONS,
                "groep_geldig": sum(DEATHS),
                "groep_noemer": sum(OPERATIONS),
            }
        )
    )
    assert funnel["groep"][0] == pytest.approx(0.121, abs=0.0005)
    assert funnel.filter(pl.col("oordeel") == "wijkt af")["brin6"].to_list() == [BRISTOL]
