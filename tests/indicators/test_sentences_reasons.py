"""Why an answer doesn't count, in words: nobody, everybody, one pupil, ties, silent schools; a no is never a reason."""

import polars as pl
import pytest

from dashboard.indicators import sentences
from dashboard.indicators.outlook import STEPS
from dashboard.registry import load_registry
from dashboard.settings import Settings

REGISTRY = load_registry(Settings().registry)


def _judged(reading: str, **pupils: int) -> pl.DataFrame:
    outcomes = REGISTRY.reading(reading).outcomes
    rows = [(status, count, outcomes.get(status, "onbekend")) for status, count in pupils.items()]
    schema = {"status": pl.String, "leerlingen": pl.Int64, "uitkomst": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_invalid_reasons() -> None:
    """The most frequent reason; one reason; none."""

    def rows(*counts: tuple[str, int, str]) -> pl.DataFrame:
        schema = {"status": pl.String, "leerlingen": pl.Int64, "uitkomst": pl.String}
        return pl.DataFrame(list(counts), schema=schema, orient="row")

    labels = {"x": "Verlopen ja", "y": "Niet gevraagd", "ja": "Ja"}
    both = sentences.invalid_reasons(rows(("x", 3, "ongeldig"), ("y", 5, "ongeldig"), ("ja", 9, "ja")), labels)
    assert both == "Van 8 leerlingen is het antwoord niet in orde; het vaakst: niet gevraagd (5)"
    assert (
        sentences.invalid_reasons(rows(("x", 3, "ongeldig")), labels)
        == "Wat ontbreekt, heeft één oorzaak: verlopen ja (3)"
    )
    assert sentences.invalid_reasons(rows(("ja", 9, "ja")), labels) == "Er ontbreekt geen enkel geldig antwoord"
    tie = sentences.invalid_reasons(rows(("x", 4, "ongeldig"), ("y", 4, "ongeldig"), ("oud", 1, "ongeldig")), labels)
    assert tie == "Van 9 leerlingen is het antwoord niet in orde; het vaakst: verlopen ja en niet gevraagd (elk 4)"
    gone = sentences.invalid_reasons(rows(("oud", 3, "ongeldig")), labels)
    assert gone == "Wat ontbreekt, heeft één oorzaak: oud (3)"


OF_THE_OTHERS = "van de leerlingen over wie is aangeleverd"


@pytest.mark.parametrize(
    ("pupils", "title", "fact"),
    [
        (
            {"ja": 9, "onbekend": 300},
            f"Er ontbreekt geen enkel geldig antwoord {OF_THE_OTHERS}",
            f"{OF_THE_OTHERS}, hoeft geen antwoord meer te komen",
        ),
        ({"ja": 9}, "Er ontbreekt geen enkel geldig antwoord", "er hoeft geen antwoord meer te komen"),
        (
            {"verlopen_ja": 3, "onbekend": 300},
            "Van 3 leerlingen is het antwoord niet in orde: verlopen ja",
            "het vaakst: verlopen ja (3)",
        ),
        (
            {"verlopen_ja": 4, "onbeantwoord": 4, "onbevoegd": 1, "onbekend": 300},
            "Van 9 leerlingen is het antwoord niet in orde; het vaakst: geen antwoord en verlopen ja (elk 4)",
            "het vaakst: geen antwoord en verlopen ja (elk 4)",
        ),
    ],
    ids=["all in order but the silent", "all in order", "one reason", "tie"],
)
def test_reasons_beside_a_silent_school(pupils: dict[str, int], title: str, fact: str) -> None:
    """Of a school that delivered nothing nobody knows what is missing: nothing is said of all pupils."""
    rows, labels = _judged("code", **pupils), REGISTRY.labels["status"]
    assert sentences.invalid_reasons(rows, labels) == title
    assert sentences.main_reason(rows, labels) == fact


def _steps(*pupils: int) -> pl.DataFrame:
    return pl.DataFrame({"stap": STEPS, "leerlingen": pupils}).sort("stap")


STOP, ARRIVE = "komen niet tot de laatste stap", "tot de laatste stap: een antwoord dat voor dit jaar telt"
QUESTION = "nergens blijkt dat de vraag dit jaar is gesteld"


@pytest.mark.parametrize(
    ("pupils", "unknown", "words"),
    [
        (
            (1000, 800, 700, 690, 680, 640),
            0,
            f"360 van de 1.000 leerlingen {STOP}; het vaakst: {QUESTION} (200)",
        ),
        (
            (1000, 800, 700, 690, 680, 640),
            200,
            f"160 van de 800 leerlingen over wie is aangeleverd, {STOP}; het vaakst: er is nog geen antwoord (100)",
        ),
        (
            (100, 80, 60, 60, 60, 60),
            0,
            f"40 van de 100 leerlingen {STOP}; het vaakst: '{QUESTION}' en 'er is nog geen antwoord' (elk 20)",
        ),
        (
            (100, 80, 60, 40, 40, 40),
            0,
            f"60 van de 100 leerlingen {STOP}; het vaakst: drie redenen (elk 20)",
        ),
        ((40,) * 6, 0, f"Alle 40 leerlingen komen {ARRIVE}"),
        (
            (100, 80, 80, 80, 80, 80),
            20,
            f"Alle 80 leerlingen over wie is aangeleverd, komen {ARRIVE}",
        ),
        (
            (40, 40, 40, 40, 40, 0),
            0,
            "Geen van de 40 leerlingen komt tot de laatste stap: het antwoord is van een eerder jaar",
        ),
        (
            (40, 40, 40, 40, 39, 39),
            0,
            (
                "1 van de 40 leerlingen komt niet tot de laatste stap: "
                "het antwoord komt van iemand die niet mocht beslissen"
            ),
        ),
        (
            (1, 1, 1, 0, 0, 0),
            0,
            (
                "De enige leerling komt niet tot de laatste stap: "
                "het antwoord is niet aan te tonen, of de school vulde het zelf in"
            ),
        ),
        ((1,) * 6, 0, f"De enige leerling komt {ARRIVE}"),
        ((40, 0, 0, 0, 0, 0), 40, "Over deze leerlingen is niets aangeleverd"),
    ],
)
def test_waterfall(pupils: tuple[int, ...], unknown: int, words: str) -> None:
    """The step where most stop; pupils of a silent school stop nowhere, since nobody knows what they were asked."""
    assert sentences.waterfall(_steps(*pupils), unknown) == words


def test_waterfall_of_nobody() -> None:
    """A school without pupils has no steps."""
    assert sentences.waterfall(_steps(*[0] * 6).clear(), 0) == "Er zijn geen leerlingen ingeschreven"


@pytest.mark.parametrize(
    ("reading", "pupils", "words"),
    [
        (
            "code",
            {"ja": 500, "nee": 80, "verlopen_ja": 30, "verlopen_nee": 9, "onbeantwoord": 1, "werd_16_ja": 7},
            "Wat artikel IV.M.9 vraagt en het vaakst ontbreekt: {verlopen_ja} (39 van de 40 leerlingen)",
        ),
        (
            "code",
            {"onbeantwoord": 20, "verlopen_ja": 11, "verlopen_nee": 9, "onbevoegd": 1},
            (
                "Wat artikel IV.M.9 vraagt en het vaakst ontbreekt: "
                "'{verlopen_ja}' en '{onbeantwoord}' (elk 20 van de 41 leerlingen)"
            ),
        ),
        (
            "code",
            {"onbeantwoord": 20, "verlopen_ja": 20, "onbevoegd": 20},
            "Wat artikel IV.M.9 vraagt en het vaakst ontbreekt: drie eisen (elk 20 van de 60 leerlingen)",
        ),
        (
            "strikt",
            {"ja": 500, "werd_16_ja": 1},
            "Artikel IV.M.9 vraagt iets wat ontbreekt: {werd_16_ja} (1 leerling)",
        ),
        ("code", {"ja": 9, "nee": 9, "ingetrokken": 2, "conflict": 1}, ""),
        ("code", {"onbekend": 9}, ""),
        ("code", {}, ""),
    ],
    ids=["most", "tie of two", "tie of three", "one pupil", "refusals", "unknown", "nobody"],
)
def test_not_in_order(reading: str, pupils: dict[str, int], words: str) -> None:
    """Statuses that fail one demand count together; a refusal is in order, and unknown isn't the same as missing."""
    demands = {
        status.code: f"{status.requirement[0].lower()}{status.requirement[1:]}"
        for status in REGISTRY.statuses
        if status.requirement
    }
    assert sentences.not_in_order(_judged(reading, **pupils), REGISTRY, "IV.M.9") == words.format(**demands)


def test_not_in_order_knows_a_status_of_an_older_snapshot() -> None:
    """A status that the code no longer has goes by its own name."""
    rows = pl.DataFrame({"status": ["oud"], "leerlingen": [3], "uitkomst": ["ongeldig"]})
    assert sentences.not_in_order(rows, REGISTRY, "IV.M.8").endswith(": oud (3 leerlingen)")


def _by(column: str, shares: dict[str, float | None]) -> pl.DataFrame:
    schema = {column: pl.String, "dekking": pl.Float64}
    return pl.DataFrame(list(shares.items()), schema=schema, orient="row")


@pytest.mark.parametrize(
    ("avg", "code", "strict", "words"),
    [
        (0.91, 0.78, 0.74, "De dekking is 91\xa0% (privacywet), 78\xa0% (gedragscode) en 74\xa0% (strikt)"),
        (0.78, 0.78, 0.78, "Hoe er ook wordt geteld, de dekking is 78\xa0%"),
        (0.78, 0.78, 0.779, "Hoe er ook wordt geteld, de dekking is afgerond steeds 78\xa0%"),
        (1.0, 1.0, 1.0, "Hoe er ook wordt geteld, de dekking is 100\xa0%"),
        (0.05, 0.0, 0.0, "De dekking is 5,0\xa0% (privacywet), 0\xa0% (gedragscode) en 0\xa0% (strikt)"),
        (None, None, None, "De dekking is hier niet bekend"),
    ],
)
def test_readings(avg: float | None, code: float | None, strict: float | None, words: str) -> None:
    """Side by side in the registry's order; one figure where they are, or read, the same; none where unknown."""
    rows = _by("lezing", {"strikt": strict, "avg": avg, "code": code})
    assert sentences.readings(rows, REGISTRY) == words


@pytest.mark.parametrize(
    ("pupils", "words"),
    [
        (
            {"ja": 5, "verlopen_ja": 200, "verlopen_nee": 10, "werd_16_ja": 34},
            (
                "Het verschil: alleen bij 'privacywet' telt een antwoord van een eerder jaar mee (210 leerlingen); bij "
                "'privacywet' en 'gedragscode' telt het antwoord van de ouders mee als de leerling daarna 16 werd (34 "
                "leerlingen)."
            ),
        ),
        (
            {"nee": 5, "verlopen_nee": 1},
            "Het verschil: alleen bij 'privacywet' telt een antwoord van een eerder jaar mee (1 leerling).",
        ),
        (
            {"ja": 5, "nee": 7, "niet_gevraagd": 2},
            "De manieren van tellen komen hier op hetzelfde uit: er is geen antwoord waarover zij verschillen.",
        ),
        ({"onbekend": 5}, ""),
        ({}, ""),
    ],
)
def test_readings_differ(pupils: dict[str, int], words: str) -> None:
    """Why, from the counts: answers that ran out and pupils who turned 16; silent schools give no reason."""
    assert sentences.readings_differ(_judged("code", **pupils), REGISTRY) == words


WHO = "'privacywet' en 'gedragscode'"
KEPT = f"Na de 16e verjaardag telt het antwoord van de ouders nog bij {WHO} en niet meer bij 'strikt'"


@pytest.mark.parametrize(
    ("pupils", "words"),
    [
        ({"ja": 5, "werd_16_ja": 30, "werd_16_nee": 4}, f"{KEPT}: dat gaat om 34 leerlingen"),
        ({"werd_16_nee": 1}, f"{KEPT}: dat gaat om 1 leerling"),
        ({"ja": 5}, f"{KEPT}: dat gaat om geen enkele leerling"),
        ({"onbekend": 5}, KEPT),
        ({}, KEPT),
    ],
)
def test_turned_16_choice(pupils: dict[str, int], words: str) -> None:
    """The choice is named whatever the number, and no number is given where nothing was delivered."""
    assert sentences.turned_16_choice(_judged("code", **pupils), REGISTRY) == words


@pytest.mark.parametrize(
    ("year", "months", "code", "words"),
    [
        (
            0.78,
            0.85,
            0.8,
            (
                "De dekking is 78\xa0% (per schooljaar); met een andere uitleg van 'elk jaar' is dat "
                "85\xa0% (twaalf maanden) of 80\xa0% (per jaar van de code)"
            ),
        ),
        (0.5, 0.5, 0.5, "Hoe 'elk jaar' ook wordt uitgelegd, de dekking is 50\xa0%"),
        (0.5, 0.501, 0.5, "Hoe 'elk jaar' ook wordt uitgelegd, de dekking is afgerond steeds 50\xa0%"),
        (0.5, None, None, "De dekking is 50\xa0% (per schooljaar)"),
        (None, None, None, "De dekking is hier niet bekend"),
    ],
)
def test_year_rules(year: float | None, months: float | None, code: float | None, words: str) -> None:
    """The meaning that counts first, the others beside it, without a word on which is right."""
    rows = _by("jaar", {"codejaar": code, "schooljaar": year, "twaalf_maanden": months})
    assert sentences.year_rules(rows, REGISTRY) == words
