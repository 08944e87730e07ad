"""Numbers and dates read as Dutch, wherever the machine stands."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import dutch

NB = dutch.NO_BREAK


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0.0, f"0{NB}%"),
        (0.0001, f"minder dan 0,1{NB}%"),
        (0.0344, f"3,4{NB}%"),
        (0.0999, f"10,0{NB}%"),
        (0.1, f"10{NB}%"),
        (0.824, f"82{NB}%"),
        (0.9996, f"99,9{NB}%"),
        (1.0, f"100{NB}%"),
    ],
)
def test_share(value: float | None, text: str) -> None:
    """Whole from 10 %, one decimal under it; all and nothing are said only where they are true."""
    assert dutch.share(value) == text


@given(st.floats(min_value=0, max_value=1, exclude_min=True, exclude_max=True))
def test_share_never_claims_all_or_nothing(value: float) -> None:
    """A part of a whole is neither 0 % nor 100 %."""
    assert dutch.share(value) not in (f"0{NB}%", f"100{NB}%")


@pytest.mark.parametrize(
    ("name", "text", "short"),
    [
        ("2025-08/2026-07", "schooljaar 2025-2026", "Schooljaar 2025-2026"),
        ("2026-02/2026-07", "februari tot en met juli 2026", "Halfjaar feb – jul 2026"),
        ("2026-08/2027-01", "augustus 2026 tot en met januari 2027", "Halfjaar aug 2026 – jan 2027"),
        ("2025-02/2027-01", "de evaluatieperiode 2025-2027", "Evaluatie feb 2025 – jan 2027"),
        ("2025-02/2026-01", "de evaluatieperiode 2025-2026", "Evaluatie feb 2025 – jan 2026"),
    ],
)
def test_periods(name: str, text: str, short: str) -> None:
    """A period as it is called inside a sentence, and in a list."""
    assert (dutch.period_name(name), dutch.short_period(name)) == (text, short)


def test_numbers() -> None:
    """Thousands with a point, decimals with a comma, no value as a dash."""
    assert dutch.number(5912) == "5.912"
    assert dutch.number(None) == "–"
    assert dutch.rate(3.44) == "3,4"
    assert dutch.rate(1234.5) == "1.234,5"
    assert dutch.small(3) == "drie"
    assert dutch.small(650) == "650"
    assert dutch.counted(1, "leerling", "leerlingen") == "1 leerling"
    assert dutch.counted(2431, "leerling", "leerlingen") == "2.431 leerlingen"


def test_dates() -> None:
    """Days and months in words, small letters, without full stops."""
    assert dutch.day(date(2026, 11, 22)) == "22 november 2026"
    assert dutch.short_day(date(2026, 3, 1)) == "1 mrt 2026"
    assert dutch.month_name("2025-09") == "september 2025"
    assert dutch.short_month("2025-09") == "sep 2025"
    assert dutch.month_alone("2025-09") == "september"
    assert dutch.day(None) == dutch.short_day(None) == "–"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 22), "vandaag"),
        (date(2026, 11, 21), "gisteren"),
        (date(2026, 11, 23), "morgen"),
        (date(2026, 11, 12), "10 dagen geleden"),
        (date(2026, 10, 22), "4 weken geleden"),
        (date(2026, 5, 22), "6 maanden geleden"),
        (date(2023, 11, 22), "3 jaar geleden"),
        (date(2026, 12, 2), "over 10 dagen"),
    ],
)
def test_age(day: date, text: str) -> None:
    """How old figures are, in the unit a person would use."""
    assert dutch.age(day, date(2026, 11, 22)) == text


def test_lists() -> None:
    """A list reads as a sentence; a long one is counted."""
    assert dutch.listed([]) == ""
    assert dutch.listed(["A"]) == "A"
    assert dutch.listed(["A", "B"]) == "A en B"
    assert dutch.listed(["A", "B", "C"]) == "A, B en C"
    assert dutch.listed(list("ABCDEFGH"), most=3) == "A, B en 6 andere"


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        (None, "Dekking", "–"),
        ("", "School", "–"),
        (True, "Aangeleverd", "ja"),
        (False, "Aangeleverd", "nee"),
        (1912, "Leerlingen", "1.912"),
        (0.755, "Dekking per doel", f"76{NB}%"),
        (0.755, "Aandeel", f"76{NB}%"),
        (2.25, "Ratio", "2,2"),
        (date(2026, 11, 22), "Peildatum", "22 nov 2026"),
        ("School Oost", "School", "School Oost"),
    ],
)
def test_values_of_a_table(value: object, column: str, text: str) -> None:
    """The column decides whether a fraction is a share; what isn't there is a dash, never a 0."""
    assert dutch.written(value, column) == text


def test_capitals() -> None:
    """A sentence starts with a capital; the accent of one in letters isn't written on it."""
    assert dutch.capital("schooljaar") == "Schooljaar"
    assert dutch.capital("één stap") == "Eén stap"
    assert dutch.capital("") == ""
