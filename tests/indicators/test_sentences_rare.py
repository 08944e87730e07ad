"""The time between rare reports in words: a long silence, none, too few to say."""

from dataclasses import replace
from datetime import date

from dashboard.indicators import sentences
from dashboard.indicators.findings import RareFinding

TODAY = date(2026, 11, 22)
SELDOM = RareFinding(13, 12, 30.75, 203.2, date(2026, 6, 1), ())


def _rare(finding: RareFinding | None) -> str:
    return sentences.rare_answer(finding, "School Oost", TODAY)


def test_rare_answers() -> None:
    """No sign, a long silence before the last report, one before an earlier report, and both."""
    steady = (
        "Bij School Oost zijn meldingen zeldzaam, en de tijd ertussen schommelt zoals te verwachten is. "
        "De laatste was 5 maanden geleden"
    )
    assert _rare(SELDOM) == steady
    now = replace(SELDOM, signals=(SELDOM.last,))
    assert _rare(now) == (
        "Bij School Oost bleef het voor de laatste melding, van 1 juni 2026, langer stil dan toeval verklaart"
    )
    before = replace(SELDOM, signals=(date(2025, 3, 3),))
    assert _rare(before) == (
        f"{steady}. Eerder, voor de melding van 3 maart 2025, bleef het langer stil dan toeval verklaart"
    )
    assert _rare(replace(now, signals=(date(2025, 3, 3), SELDOM.last))) == _rare(now)


def test_too_few_rare_reports() -> None:
    """None, one, some: too few to see anything, and that is said."""
    assert _rare(None) == "Bij School Oost is niets gemeld in de maanden die zijn aangeleverd"
    one = RareFinding(1, 0, None, None, date(2026, 6, 1), ())
    too_few = "te weinig om aan de tijd ertussen een verandering te zien"
    assert _rare(one) == f"Bij School Oost is er 1 melding: {too_few}"
    assert _rare(replace(SELDOM, incidents=7, gaps=6)) == f"Bij School Oost zijn er 7 meldingen: {too_few}"
    assert sentences.rare_title(one, "x") == sentences.rare_title(None, "x")
    assert sentences.rare_title(one, "x") == "Bij x zijn er te weinig meldingen om de tijd ertussen te tonen"


def test_rare_titles() -> None:
    """How long on average, and whether it ever was too long; no verdict where there can't be one."""
    average = "Bij x is er gemiddeld elke 31 lesdagen een melding"
    assert sentences.rare_title(SELDOM, "x") == f"{average}; de tijd ertussen schommelt zoals te verwachten is"
    assert sentences.rare_title(replace(SELDOM, gaps=6), "x") == average
    twice = replace(SELDOM, signals=(date(2025, 3, 3), SELDOM.last))
    assert sentences.rare_title(twice, "x") == f"{average}; twee keer bleef het langer stil dan toeval verklaart"
    assert "gemiddeld elke lesdag een melding" in sentences.rare_title(replace(SELDOM, mean=0.4), "x")


def test_rare_chance() -> None:
    """In how many series chance alone marks a silence, never none of them; what few gaps and this chart can't see."""
    blind = "Dat meldingen sneller op elkaar volgen, wijst deze grafiek niet aan."
    assert sentences.rare_chance(SELDOM) == (
        "Ook als er niets verandert, wijst zo'n grafiek soms een stilte aan: met 12 tussentijden in ongeveer 2 van de "
        f"1.000 reeksen. {blind}"
    )
    assert "in minder dan 1 van de 1.000 reeksen" in sentences.rare_chance(replace(SELDOM, gaps=7))
    assert "in ongeveer 35 van de 1.000 reeksen" in sentences.rare_chance(replace(SELDOM, gaps=40))
    few = sentences.rare_chance(replace(SELDOM, gaps=6))
    assert few.startswith("Met zes of minder tussentijden kan deze grafiek nooit iets aanwijzen")
    assert few.endswith(blind)
