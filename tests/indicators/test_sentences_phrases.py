"""Turns of phrase that sentences share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.indicators.sentences import phrases


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "geen enkele leerling"),
        (0.01, "bijna geen enkele leerling"),
        (0.25, "ongeveer 1 op de 4 leerlingen"),
        (0.5, "ongeveer de helft van de leerlingen"),
        (0.66, "ongeveer 2 op de 3 leerlingen"),
        (0.82, "ongeveer 4 op de 5 leerlingen"),
        (0.97, "bijna alle leerlingen"),
        (1.0, "alle leerlingen"),
    ],
)
def test_in_five(share: float, words: str) -> None:
    """A share as people say it; all and nobody only where that is exact."""
    assert phrases.in_five(share) == words


@given(st.floats(min_value=0.05, max_value=0.9499))
def test_in_five_is_near(share: float) -> None:
    """The fraction in words is never further off than seven and a half in a hundred."""
    words = phrases.in_five(share).removeprefix("ongeveer ")
    assert abs(phrases.FRACTIONS[words] - share) <= 0.075


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(4, 5, "vier van de vijf"), (3, 12, "drie van de twaalf"), (3, 13, "3 van de 13"), (4, 1300, "4 van de 1.300")],
)
def test_part_of(part: int, whole: int, words: str) -> None:
    """Both in letters or both in figures."""
    assert phrases.part_of(part, whole) == words


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["vooraf een antwoord"], "vooraf een antwoord"),
        (["vooraf een antwoord", "elk jaar een antwoord"], "'vooraf een antwoord' en 'elk jaar een antwoord'"),
        (["a", "b", "c"], "drie eisen"),
    ],
)
def test_quoted(texts: list[str], words: str) -> None:
    """Two texts that hold "en" themselves can be told apart; from three on they are counted."""
    assert phrases.quoted(texts, "eisen") == words


def test_apiece() -> None:
    """Only what is shared is said to be of each."""
    assert phrases.apiece(["a"], "20") == "20"
    assert phrases.apiece(["a", "b"], "20") == "elk 20"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-05", "2026-05", "in mei 2026"),
        ("2026-05", "2026-06", "in mei en juni 2026"),
        ("2025-12", "2026-01", "in december 2025 en januari 2026"),
        ("2026-05", "2026-07", "van mei tot en met juli 2026"),
        ("2025-11", "2026-01", "van november 2025 tot en met januari 2026"),
    ],
)
def test_month_range(first: str, last: str, words: str) -> None:
    """A year is said once where it is the same; a single month, or two, are no range."""
    assert phrases.month_range(first, last) == words


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (["2026-03"], "maart 2026"),
        (["2026-03", "2026-05"], "maart en mei 2026"),
        (["2025-12", "2026-02", "2026-03"], "december 2025, februari 2026 en maart 2026"),
    ],
)
def test_month_list(months: list[str], words: str) -> None:
    """Months with a year of their own, unless they share it."""
    assert phrases.month_list(months) == words


def test_when_the_period_beside_was() -> None:
    """A year earlier, but of an evaluation the one before, also where a round lasts one year."""
    assert phrases.period_before("2025-08/2026-07") == phrases.period_before("2026-08/2027-01") == "een jaar eerder"
    assert phrases.period_before("2025-02/2027-01") == "in de vorige evaluatieperiode"
    assert phrases.period_before("2025-02/2026-01") == "in de vorige evaluatieperiode"
