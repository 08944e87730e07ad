"""The clock in words: none, one or all steps late; before, on and after the last day; of today and of earlier."""

from datetime import date

import polars as pl
import pytest

from dashboard.indicators import sentences

STEPS = {"a": "Advies van de directeuren", "b": "Instemming van de GMR"}


def _clock(*verdicts: str) -> pl.DataFrame:
    days = [date(2026, 7, 10), date(2026, 12, 12)]
    return pl.DataFrame({"stap": ["a", "b"], "uiterlijk": days, "oordeel": list(verdicts)})


def test_late_steps() -> None:
    """None, one or all steps late."""
    assert (
        sentences.late_steps(_clock("op tijd", "op tijd"), STEPS) == "alle stappen naar een nieuwe versie zijn op tijd"
    )
    assert sentences.late_steps(_clock("te laat", "op tijd"), STEPS) == "één stap is te laat: advies van de directeuren"
    assert (
        sentences.late_steps(_clock("te laat", "te laat"), STEPS) == "alle stappen naar een nieuwe versie zijn te laat"
    )


def test_no_steps_at_all() -> None:
    """Where it isn't settled when the code starts, no step is called on time."""
    assert sentences.late_steps(_clock("op tijd", "op tijd").clear(), STEPS) == "er zijn nog geen uiterste datums"


def test_figures_of_an_earlier_day_are_said_to_be_of_that_day() -> None:
    """What is counted from the day of the figures isn't said of today."""
    day, last = date(2026, 11, 22), date(2027, 1, 31)
    assert sentences.on_day(day, day) == ""
    when = sentences.on_day(day, date(2026, 12, 1))
    assert sentences.validity(70, last, when) == "De gedragscode gold op 22 november 2026 nog 70 dagen"
    assert sentences.validity(0, last, when) == "De gedragscode was op 22 november 2026 voor het laatst geldig"
    assert sentences.validity(-3, last, when) == "De gedragscode was geldig tot en met 31 januari 2027"
    clocks = [_clock("op tijd", "op tijd"), _clock("te laat", "op tijd"), _clock("te laat", "te laat")]
    assert [sentences.late_steps(clock, STEPS, "toen") for clock in clocks] == [
        "alle stappen naar een nieuwe versie waren toen op tijd",
        "één stap was toen te laat: advies van de directeuren",
        "alle stappen naar een nieuwe versie waren toen te laat",
    ]
    words = sentences.next_step(clocks[1], STEPS, when)
    assert words.startswith("De eerstvolgende stap was op 22 november 2026 instemming van de GMR, uiterlijk 12 ")


def test_next_step() -> None:
    """The first step that can still be in time, or that none can."""
    words = sentences.next_step(_clock("te laat", "op tijd"), STEPS)
    assert words == "De eerstvolgende stap is instemming van de GMR, uiterlijk 12 december 2026."
    assert sentences.next_step(_clock("te laat", "te laat"), STEPS) == "Er is geen stap meer die op tijd kan."


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (70, "De gedragscode geldt nog 70 dagen"),
        (1, "De gedragscode geldt nog 1 dag"),
        (0, "De gedragscode is vandaag voor het laatst geldig"),
        (-3, "De gedragscode was geldig tot en met 31 januari 2027"),
    ],
)
def test_validity(days: int, words: str) -> None:
    """Before, on and after the last day."""
    assert sentences.validity(days, date(2027, 1, 31)) == words
