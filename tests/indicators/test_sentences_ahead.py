"""What lies ahead, in words: nobody, one pupil, everybody, nothing delivered, and each meaning of "yearly"."""

from datetime import date

import polars as pl
import pytest

from dashboard.indicators import sentences
from dashboard.registry.model import YEARS

DAY = date(2026, 11, 22)
SUMMER = "Tot en met juli 2027"
LABELS = {"app": "WhatsApp voor de les", "web": "Beeld op de website"}


@pytest.mark.parametrize(
    ("pupils", "words"),
    [
        (
            (4, 30, 9),
            f"{SUMMER} worden 34 leerlingen met een geldig antwoord 16; een nieuw antwoord geven zij dan zelf",
        ),
        (
            (0, 1, 9),
            f"{SUMMER} wordt 1 leerling met een geldig antwoord 16; een nieuw antwoord geeft die dan zelf",
        ),
        ((0, 0, 9), f"{SUMMER} wordt geen leerling met een geldig antwoord 16"),
        ((0, 0, 0), f"{SUMMER} wordt geen leerling met een geldig antwoord 16"),
    ],
)
def test_turning_16(pupils: tuple[int, int, int], words: str) -> None:
    """Before the summer only: whoever turns 16 in August is of the next school year."""
    rows = pl.DataFrame({"maand": ["2026-11", "2027-07", "2027-08"], "leerlingen": pupils})
    assert sentences.turning_16(rows, DAY) == words


def _outlook(**purposes: tuple[int, int, int, int, int]) -> pl.DataFrame:
    columns = ("leerlingen", "geldig_nu", "nodig_nu", "geldig_1_september", "nodig_1_september")
    rows = [(purpose, *pupils) for purpose, pupils in purposes.items()]
    return pl.DataFrame(rows, schema={"doel": pl.String} | dict.fromkeys(columns, pl.Int64), orient="row")


def test_expiry_of_nearly_all() -> None:
    """Purposes that differ by a few pupils of thousands aren't told apart; by more they are."""
    rows = _outlook(app=(1000, 640, 360, 0, 1000), web=(1000, 640, 360, 50, 950))
    assert sentences.expiry(rows, LABELS, DAY) == (
        f"{NOTHING_NEW} voor elk doel van bijna alle 1.000 leerlingen een nieuw antwoord nodig"
    )
    some = rows.with_columns(leerlingen=1200)
    assert "bijna alle 1.000 leerlingen over wie is aangeleverd, een nieuw" in sentences.expiry(some, LABELS, DAY)
    apart = _outlook(app=(1000, 640, 360, 0, 1000), web=(1000, 640, 360, 51, 949))
    assert "949 (beeld op de website) tot 1.000 leerlingen" in sentences.expiry(apart, LABELS, DAY)


NOTHING_NEW = "Komt er niets bij, dan is op 1 september 2027"
ALL_THE_SAME = "Ook zonder nieuwe antwoorden is er op 1 september 2027"


@pytest.mark.parametrize(
    ("pupils", "words"),
    [
        (
            (760, 640, 120, 0, 760),
            f"{NOTHING_NEW} van alle 760 leerlingen een nieuw antwoord nodig; nu is dat van 120",
        ),
        (
            (760, 640, 120, 100, 660),
            f"{NOTHING_NEW} van 660 van de 760 leerlingen een nieuw antwoord nodig; nu is dat van 120",
        ),
        (
            (760, 640, 120, 640, 120),
            f"{NOTHING_NEW} van 120 van de 760 leerlingen een nieuw antwoord nodig; dat zijn er evenveel als nu",
        ),
        (
            (40, 40, 0, 39, 1),
            f"{NOTHING_NEW} van 1 van de 40 leerlingen een nieuw antwoord nodig; nu is dat van geen enkele leerling",
        ),
        (
            (900, 640, 120, 0, 760),
            f"{NOTHING_NEW} van alle 760 leerlingen over wie is aangeleverd, een nieuw antwoord nodig; nu is dat van ",
        ),
        ((1, 1, 0, 0, 1), f"{NOTHING_NEW} van de enige leerling een nieuw antwoord nodig; nu is dat van geen enkele "),
        (
            (1, 0, 1, 0, 1),
            f"{NOTHING_NEW} van de enige leerling een nieuw antwoord nodig; nu is dat ook van 1 leerling",
        ),
        (
            (40, 39, 1, 39, 1),
            f"{NOTHING_NEW} van 1 van de 40 leerlingen een nieuw antwoord nodig; nu is dat ook van 1 l",
        ),
        ((760, 740, 20, 760, 0), f"{ALL_THE_SAME} van alle 760 leerlingen een geldig antwoord"),
        ((1, 1, 0, 1, 0), f"{ALL_THE_SAME} van de enige leerling een geldig antwoord"),
        ((9, 0, 0, 0, 0), "Over deze leerlingen is niets aangeleverd; voor 1 september 2027 is niets te zeggen"),
    ],
)
def test_expiry(pupils: tuple[int, int, int, int, int], words: str) -> None:
    """All, some, one, none; of a group with a silent school only those of whom something was delivered."""
    assert sentences.expiry(_outlook(app=pupils), LABELS, DAY).startswith(words)


def test_expiry_of_more_purposes() -> None:
    """The same for all of them in one number, and else from the least to the most."""
    whole, part = (760, 640, 120, 0, 760), (760, 640, 120, 60, 700)
    every = sentences.expiry(_outlook(app=whole, web=whole), LABELS, DAY)
    assert every == f"{NOTHING_NEW} voor elk doel van alle 760 leerlingen een nieuw antwoord nodig"
    some = sentences.expiry(_outlook(app=whole, web=part), LABELS, DAY)
    assert (
        some == f"{NOTHING_NEW} een nieuw antwoord nodig van 700 (beeld op de website) tot 760 leerlingen (WhatsApp "
        "voor de les)"
    )
    one = sentences.expiry(_outlook(app=(9, 9, 0, 8, 1), web=(9, 9, 0, 9, 0)), LABELS, DAY)
    assert (
        one
        == f"{NOTHING_NEW} een nieuw antwoord nodig van 0 (beeld op de website) tot 1 leerling (WhatsApp voor de les)"
    )
    none = sentences.expiry(_outlook(app=(5, 5, 0, 5, 0), web=(5, 5, 0, 5, 0)), LABELS, DAY)
    assert none == f"{ALL_THE_SAME} voor elk doel van alle 5 leerlingen een geldig antwoord"
    assert sentences.expiry(_outlook(), LABELS, DAY).startswith("Over deze leerlingen is niets aangeleverd")


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (760, "tot 760 leerlingen (WhatsApp voor de les), van de 760 leerlingen"),
        (1, "tot 1 leerling (WhatsApp voor de les), van de enige leerling"),
    ],
)
def test_expiry_of_more_purposes_beside_a_silent_school(known: int, words: str) -> None:
    """From the least to the most of the pupils of whom something was delivered."""
    rows = _outlook(app=(900, known, 0, 0, known), web=(900, known, 0, known, 0))
    assert sentences.expiry(rows, LABELS, DAY).endswith(f"{words} over wie is aangeleverd")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            "schooljaar",
            "vanaf 1 augustus 2027 is gegeven, of eerder als erbij staat dat het voor schooljaar 2027-2028 is.",
        ),
        ("twaalf_maanden", "na 1 september 2026 is gegeven."),
        ("codejaar", "vanaf 1 februari 2027 is gegeven."),
    ],
)
def test_by_september(rule: str, words: str) -> None:
    """From which day an answer counts on 1 September, for each meaning of yearly, and who gives it."""
    text = sentences.by_september(DAY, rule)
    assert text.startswith(
        f"Een antwoord telt op 1 september 2027 mee als het {words} Wie op de dag van het antwoord 16 "
    )


def test_by_september_knows_every_meaning() -> None:
    """On 1 September itself the next one is meant."""
    assert all("1 september 2028" in sentences.by_september(date(2027, 9, 1), rule) for rule in YEARS)
