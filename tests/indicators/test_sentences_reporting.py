"""What was written down of incidents, in words: both directions, no difference, still running, and nothing at all."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from dashboard.indicators import sentences
from dashboard.indicators.reporting import Part, Registration
from dashboard.registry import load_registry
from dashboard.settings import Settings

JUDGING = ("beter", "slechter", "goed", "onveilig", "helaas", "gelukkig", "tekort", "schiet", "verzuim")
ROLES = {"leerling": "Leerling", "medewerker": "Medewerker", "extern": "Iemand van buiten"}
NB = "\N{NO-BREAK SPACE}"

REGISTERED = Registration(Part(8, 49), 2, Part(45, 51), Part(38, 51), Part(23, 24))
BEFORE = Registration(Part(30, 130), 10, Part(121, 140), Part(138, 140), Part(36, 36))


def test_registration_facts() -> None:
    """Name, value and what it is counted from; a year earlier comes with whether chance explains the difference."""
    serious, soon, measure, delivered = sentences.registration_facts(REGISTERED, BEFORE)
    assert serious == (
        "Ernstig volgens de school",
        f"16{NB}%",
        (
            f"8 van de 49 meldingen waarbij staat hoe ernstig het is; bij 2 staat het niet · een jaar eerder 23{NB}%; "
            "dat valt binnen toeval"
        ),
    )
    assert soon[1:] == (
        f"88{NB}%",
        f"45 van de 51 meldingen · een jaar eerder 86{NB}%; dat valt binnen toeval",
    )
    assert measure[2].endswith(f"· een jaar eerder 99{NB}%; dat verschil is meer dan toeval verklaart")
    assert delivered == ("Aangeleverd", "23", "van 24 schoolmaanden; een maand van één school telt als één")


def test_registration_beside_another_evaluation() -> None:
    """A round of the code lasts longer than a year, and isn't said to be one."""
    period = "2025-02/2027-01"
    facts = sentences.registration_facts(REGISTERED, BEFORE, before_words=sentences.period_before(period))
    assert facts[1][2] == (f"45 van de 51 meldingen · in de vorige evaluatieperiode 86{NB}%; dat valt binnen toeval")
    assert not any("jaar eerder" in context for *_, context in facts)


def test_registration_while_the_period_runs() -> None:
    """A measure may still follow: then the difference isn't judged; what is settled within days is."""
    _, soon, measure, _ = sentences.registration_facts(REGISTERED, BEFORE, running=True)
    assert measure[2].endswith(f"· een jaar eerder 99{NB}%, maar er kan nog iets volgen")
    assert soon[2].endswith("dat valt binnen toeval")


def test_registration_without_more() -> None:
    """No year earlier, no blanks, nothing reported, one month, none."""
    alone = sentences.registration_facts(Registration(Part(1, 4), 0, Part(4, 4), Part(0, 4), Part(1, 1)))
    assert [value for _, value, _ in alone] == ["1 van de 4", "4 van de 4", "0 van de 4", "1"]
    assert [context for *_, context in alone] == [
        "meldingen waarbij staat hoe ernstig het is",
        "meldingen",
        "meldingen; niet ingevuld telt als geen maatregel",
        "van 1 schoolmaand; een maand van één school telt als één",
    ]
    empty = Registration(Part(0, 0), 0, Part(0, 0), Part(0, 0), Part(0, 0))
    assert {value for _, value, _ in sentences.registration_facts(empty, BEFORE)} == {"–"}
    assert "een jaar eerder" not in sentences.registration_facts(REGISTERED, empty)[0][2]


def test_a_handful_is_counted() -> None:
    """From ten reports on a percentage, below that a count; each side of the comparison by its own number."""
    few, many = Part(3, 9), Part(5, 10)
    for now, before, value, then in ((few, many, "3 van de 9", f"50{NB}%"), (many, few, f"50{NB}%", "3 van de 9")):
        facts = sentences.registration_facts(*(Registration(part, 0, part, part, Part(1, 1)) for part in (now, before)))
        for _, shown, context in facts[:3]:
            assert shown == value
            assert f"een jaar eerder {then}; " in context
    one = sentences.registration_facts(Registration(Part(1, 1), 0, Part(1, 1), Part(1, 1), Part(1, 1)))
    assert one[1][1:] == ("1 van de 1", "melding")


def test_roles_title() -> None:
    """Most frequent pair, ties together, blanks apart, nothing."""

    def rows(*counts: tuple[str, str, int]) -> pl.DataFrame:
        schema = {"veroorzaker": pl.String, "getroffene": pl.String, "incidenten": pl.Int64}
        return pl.DataFrame(counts, schema=schema, orient="row")

    one = rows(("leerling", "leerling", 27), ("leerling", "medewerker", 8), ("onbekend", "leerling", 30))
    assert sentences.roles_title(one, ROLES) == (
        "Het vaakst gemeld: van leerling naar leerling, 27 van de 65 meldingen"
    )
    tie = rows(("medewerker", "leerling", 3), ("extern", "leerling", 3), ("leerling", "ouder", 1))
    assert sentences.roles_title(tie, ROLES) == (
        "Het vaakst gemeld: van iemand van buiten naar leerling en van medewerker naar leerling, elk 3 van de 7 "
        "meldingen"
    )
    blank = rows(("onbekend", "leerling", 3), ("leerling", "onbekend", 1))
    assert sentences.roles_title(blank, ROLES) == "Bij alle 4 meldingen is niet ingevuld wie het deed, of bij wie"
    assert sentences.roles_title(rows(), ROLES) == "In deze periode is niets gemeld"


def _values(**counts: int) -> pl.DataFrame:
    return pl.DataFrame(list(counts.items()), schema={"waarde": pl.String, "incidenten": pl.Int64}, orient="row")


def test_new_platforms() -> None:
    """New ones by name and number, the most frequent first; aliases and blanks are no new platform."""
    registry = load_registry(Settings().registry)
    known = registry.platforms[0]
    assert sentences.new_platforms(_values(**{known.code: 4, "onbekend": 9}), registry) == (
        "Alle genoemde platforms staan op de lijst van bekende platforms."
    )
    assert sentences.new_platforms(_values(**{known.code: 4, "Zwaai": 1}), registry) == (
        "Eén platform staat nog niet op de lijst: Zwaai (1 melding)."
    )
    assert sentences.new_platforms(_values(Zwaai=1, Brom=2), registry) == (
        "Twee platforms staan nog niet op de lijst: Brom (2 meldingen) en Zwaai (1 melding)."
    )
    many = sentences.new_platforms(_values(**{f"Nieuw {place}": 1 for place in range(13)}), registry)
    assert many.startswith("13 platforms staan nog niet op de lijst: Nieuw 0 (1 melding), ")
    assert many.endswith(" en 8 andere.")
    assert sentences.new_platforms(_values(onbekend=3), registry) == ""


def test_in_lesson() -> None:
    """Some, all, none, blanks, only blanks, nothing."""
    assert sentences.in_lesson(_values(ja=12, nee=39)) == "Bij 12 van de 51 meldingen gebeurde het tijdens de les"
    assert sentences.in_lesson(_values(ja=3)) == "Bij alle 3 meldingen gebeurde het tijdens de les"
    assert sentences.in_lesson(_values(nee=3)) == "Bij geen van de 3 meldingen gebeurde het tijdens de les"
    assert sentences.in_lesson(_values(ja=1, nee=2, onbekend=1)) == (
        "Bij 1 van de 4 meldingen gebeurde het tijdens de les; bij 1 is dit niet ingevuld"
    )
    assert sentences.in_lesson(_values(onbekend=2)) == "Bij alle 2 meldingen is niet ingevuld of het tijdens de les was"
    assert sentences.in_lesson(_values()) == "In deze periode is niets gemeld"


def test_what_stands_beside_every_count() -> None:
    """More reports may be better reporting; the words blame nobody."""
    assert sentences.HOW_REPORTED.endswith(".")
    assert not any(word in sentences.HOW_REPORTED for word in JUDGING)


@given(
    now=st.tuples(st.integers(0, 40), st.integers(1, 40)),
    before=st.tuples(st.integers(0, 40), st.integers(1, 40)),
    running=st.booleans(),
)
def test_one_share_has_one_verdict(now: tuple[int, int], before: tuple[int, int], *, running: bool) -> None:
    """What the panel says of a share is what the part on follow-up says of it, whatever the numbers."""
    this, that = Part(min(now), max(now)), Part(min(before), max(before))
    names = {"geregistreerd_binnen_5_dagen": "Binnen 5 dagen geregistreerd", "maatregel": "Met een maatregel"}
    none = Part(0, 0)
    panel = {
        name: context
        for name, _, context in sentences.registration_facts(
            Registration(none, 0, this, this, none), Registration(none, 0, that, that, none), running=running
        )
    }
    rows, rows_before = (
        pl.DataFrame(
            {"maat": list(names), "teller": [part.part] * 2, "noemer": [part.whole] * 2, "waarde": [part.share] * 2}
        )
        for part in (this, that)
    )
    told = sentences.measures_in_words(rows, rows_before, running=running)
    for measure, name in names.items():
        assert ("valt binnen toeval" in panel[name]) == ("valt binnen toeval" in told[measure])
        assert ("meer dan toeval verklaart" in panel[name]) == ("meer dan toeval verklaart" in told[measure])
