"""Schools over time in words: a sign of a change, none, too little to see; higher, lower, as high; never a verdict."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard.indicators import sentences
from dashboard.indicators.control_charts import with_limits
from tests.indicators.school_funnels import UNIT, brin6

NAMES = {brin6(place): name for place, name in enumerate(("Oost", "West", "Zuid", "Noord", "Midden"))}
DAY, BEFORE = date(2026, 11, 22), date(2025, 11, 30)

CALM = [10, 9, 11, 10, 10, 9, 11, 10, 9, 11, 10, 10]
RISEN, FALLEN, OVER = [*CALM, 40], [*CALM, 0], [*CALM[:6], 40, *CALM[6:]]
RARE = [0, 1] * 6

NO_SIGN = "Bij geen enkele school is er nu een teken van een verandering"


def trend(*schools: list[int]) -> pl.DataFrame:
    """Rows of `incident_trend`. `schools`: reports of each, month by month."""
    rows = [
        (f"{2025 + month // 12}-{month % 12 + 1:02}", brin6(place), 1, count, UNIT)
        for place, counts in enumerate(schools)
        for month, count in enumerate(counts)
    ]
    columns = ("maand", "brin6", "deel", "incidenten", "persoonsdagen")
    schema = dict(zip(columns, (pl.String, pl.String, pl.Int64, pl.Int64, pl.Int64), strict=True))
    return with_limits(pl.DataFrame(rows, schema=schema, orient="row"))


@pytest.mark.parametrize(
    ("schools", "words"),
    [
        ([CALM, CALM], NO_SIGN),
        ([CALM, OVER], f"{NO_SIGN}; bij West was dat er eerder"),
        ([CALM, RISEN], "Bij West is er nu een teken van een verandering"),
        ([FALLEN, CALM], "Bij Oost is er nu een teken van een verandering"),
        ([FALLEN, RISEN, CALM], "Bij Oost en West is er nu een teken van een verandering"),
        ([FALLEN, RISEN, RISEN, CALM], "Bij drie scholen is er nu een teken van een verandering"),
        ([CALM, RARE, [12]], f"{NO_SIGN}; bij West en Zuid is er te weinig om dat te zien"),
        ([RARE, RARE], "Bij elke school is er te weinig om per maand een verandering te zien"),
        ([], "Van geen enkele school is er een maand met een cijfer"),
    ],
)
def test_where_something_changes_now(schools: list[list[int]], words: str) -> None:
    """Up, down, over by now, several, none; rare and single points aren't said to be calm."""
    assert sentences.trends_title(trend(*schools), NAMES) == words


def test_only_the_schools_that_are_shown() -> None:
    """A school outside the names doesn't count, and the names are in their own order."""
    rows = trend(RISEN, RISEN, CALM)
    assert sentences.trends_title(rows, {brin6(2): "Zuid"}).startswith("Bij geen enkele school")
    assert sentences.trends_title(rows, dict(reversed(NAMES.items()))).startswith("Bij West en Oost ")


def coverage(*schools: tuple[float | None, float | None]) -> pl.DataFrame:
    """Coverage of each school, a year earlier and now; and that of the group, which is no school."""
    rows = [
        (day, school, share)
        for school, shares in [*((brin6(place), pair) for place, pair in enumerate(schools)), ("*", (0.1, 0.9))]
        for day, share in zip((BEFORE, DAY), shares, strict=True)
    ]
    schema = {"peildatum": pl.Date, "brin6": pl.String, "dekking": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


@pytest.mark.parametrize(
    ("schools", "words"),
    [
        ([(0.8, 0.8), (0.7, 0.704)], "Bij elke school is de dekking vrijwel gelijk aan die op 30 november 2025"),
        ([(0.8, 0.9), (0.7, 0.75)], "Bij elke school is de dekking hoger dan op 30 november 2025"),
        ([(0.8, 0.7), (0.7, 0.65)], "Bij elke school is de dekking lager dan op 30 november 2025"),
        ([(0.8, 0.9), (0.7, 0.7)], "De dekking is bij Oost hoger dan op 30 november 2025"),
        ([(0.8, 0.9), (0.7, 0.6)], "De dekking is bij Oost hoger en bij West lager dan op 30 november 2025"),
        (
            [(0.8, 0.9)] * 3 + [(0.7, 0.6)],
            "De dekking is bij drie scholen hoger en bij Noord lager dan op 30 november 2025",
        ),
        ([(0.8, 0.9)], "De dekking is bij Oost hoger dan op 30 november 2025"),
        ([(0.8, None), (0.7, 0.6), (None, 0.6)], "De dekking is bij West lager dan op 30 november 2025"),
        ([(None, 0.8), (None, 0.7)], "Er zijn nog geen cijfers van een jaar eerder"),
        ([(0.8, None)], "Er zijn nog geen cijfers van een jaar eerder"),
        ([], "Er zijn nog geen cijfers van een jaar eerder"),
    ],
)
def test_coverage_beside_a_year_earlier(schools: list[tuple[float | None, float | None]], words: str) -> None:
    """Each, some, both ways, nearly as high; a school without one of the two isn't compared, nor is the group."""
    assert sentences.coverage_in_time_title(coverage(*schools), NAMES, DAY) == words


@pytest.mark.parametrize(
    ("schools", "marked", "words"),
    [
        (0, 0.0, ""),
        (1, 0.14, "zo'n grafiek in 14\N{NO-BREAK SPACE}% van de gevallen iets aan."),
        (12, 1.6, "wijst toeval in ongeveer één op de acht grafieken iets aan. Kijk daarom"),
        (5, 0.5, "wijst toeval in ongeveer één op de tien grafieken iets aan."),
        (5, 4.0, "wijst toeval in de meeste grafieken iets aan."),
        (30, 0.01, "wijst toeval bijna nooit in een van deze 30 grafieken iets aan."),
        (2, 0.0, "wijst toeval bijna nooit in een van deze twee grafieken iets aan."),
    ],
)
def test_chance_in_many_series(schools: int, marked: float, words: str) -> None:
    """The more series are looked at, the more chance marks somewhere; without series nothing is said."""
    assert words in sentences.trends_chance(schools, marked)
    assert bool(sentences.trends_chance(schools, marked)) == bool(schools)
