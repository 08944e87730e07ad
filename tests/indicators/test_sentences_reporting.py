"""What was written down of incidents, in words: both directions, no difference, still running, and nothing at all."""

import polars as pl
import pytest

from dashboard.indicators import sentences
from dashboard.indicators.reporting import SHARES, Part, Registration
from dashboard.registry import load_registry
from dashboard.settings import Settings

JUDGING = ("beter", "slechter", "goed", "onveilig", "helaas", "gelukkig", "tekort", "schiet", "verzuim")
ROLES = {"leerling": "Leerling", "medewerker": "Medewerker", "extern": "Iemand van buiten"}
NB = "\N{NO-BREAK SPACE}"

REGISTERED = Registration(Part(8, 49), 2, Part(45, 51), Part(38, 51), Part(23, 24))
BEFORE = Registration(Part(30, 130), 10, Part(121, 140), Part(138, 140), Part(36, 36))


def followup(part: int, whole: int, **special: tuple[int, int]) -> pl.DataFrame:
    """Every share alike but the special ones, and medians of days by name."""
    schema = {"maat": pl.String, "teller": pl.Int64, "noemer": pl.Int64, "waarde": pl.Float64}
    pairs = dict.fromkeys(SHARES, (part, whole)) | special
    rows = [(name, *pair, pair[0] / pair[1] if pair[1] else None) for name, pair in pairs.items()]
    return pl.DataFrame(rows, schema=schema, orient="row")


def with_median(rows: pl.DataFrame, measure: str, days: float | None) -> pl.DataFrame:
    median = pl.DataFrame({"maat": [measure], "teller": [None], "noemer": [4], "waarde": [days]}, schema=rows.schema)
    return pl.concat([rows, median])


NOTHING = followup(0, 0).clear()


def test_registration_facts() -> None:
    """Name, value and what it is counted from; a year earlier comes with whether chance explains the difference."""
    serious, soon, measure, delivered = sentences.registration_facts(REGISTERED, BEFORE)
    assert serious == (
        "Ernstig volgens de school",
        f"16{NB}%",
        (
            f"8 van de 49 meldingen waarbij staat hoe ernstig het is; bij 2 staat het niet · een jaar eerder 23{NB}%; "
            "dat verschil valt binnen toeval"
        ),
    )
    assert soon[1:] == (
        f"88{NB}%",
        f"45 van de 51 meldingen · een jaar eerder 86{NB}%; dat verschil valt binnen toeval",
    )
    assert measure[2].endswith(f"· een jaar eerder 99{NB}%; dat verschil is meer dan toeval verklaart")
    assert delivered == ("Aangeleverd", "23", "van 24 schoolmaanden; een maand van één school telt als één")


def test_registration_while_the_period_runs() -> None:
    """A measure may still follow: then the difference isn't judged; what is settled within days is."""
    _, soon, measure, _ = sentences.registration_facts(REGISTERED, BEFORE, running=True)
    assert measure[2].endswith(f"· een jaar eerder 99{NB}%, maar er kan nog iets volgen")
    assert soon[2].endswith("dat verschil valt binnen toeval")


def test_registration_without_more() -> None:
    """No year earlier, no blanks, nothing reported, one month, none."""
    alone = sentences.registration_facts(Registration(Part(1, 4), 0, Part(4, 4), Part(0, 4), Part(1, 1)))
    assert [context for *_, context in alone] == [
        "1 van de 4 meldingen waarbij staat hoe ernstig het is",
        "alle 4 meldingen",
        "geen van de 4 meldingen; niet ingevuld telt als geen maatregel",
        "van 1 schoolmaand; een maand van één school telt als één",
    ]
    empty = Registration(Part(0, 0), 0, Part(0, 0), Part(0, 0), Part(0, 0))
    assert {value for _, value, _ in sentences.registration_facts(empty, BEFORE)} == {"–"}
    assert "een jaar eerder" not in sentences.registration_facts(REGISTERED, empty)[0][2]


@pytest.mark.parametrize(
    ("now", "before", "running", "words"),
    [
        (
            followup(38, 51),
            followup(40, 52),
            False,
            (
                "Bij 38 van de 51 meldingen is een maatregel vastgelegd; de verschillen met een jaar eerder vallen "
                "binnen toeval"
            ),
        ),
        (
            followup(38, 51),
            followup(40, 52),
            True,
            (
                "Bij 38 van de 51 meldingen is een maatregel vastgelegd; wat nu al te vergelijken is, verschilt niet "
                "meer van een jaar eerder dan toeval geeft"
            ),
        ),
        (
            followup(40, 50, hulp_aangeboden=(45, 50)),
            followup(40, 50, hulp_aangeboden=(20, 50)),
            False,
            f"Vaker hulp aangeboden (90{NB}%, een jaar eerder 40{NB}%). Dat is meer dan toeval verklaart",
        ),
        (
            followup(40, 50, afgehandeld=(20, 50)),
            followup(40, 50, afgehandeld=(45, 50)),
            False,
            f"Minder vaak de zaak afgehandeld (40{NB}%, een jaar eerder 90{NB}%). Dat is meer dan toeval verklaart",
        ),
        (
            followup(40, 50, geregistreerd_binnen_5_dagen=(45, 50), leidinggevende_zelfde_dag=(20, 50)),
            followup(40, 50, geregistreerd_binnen_5_dagen=(20, 50), leidinggevende_zelfde_dag=(45, 50)),
            True,
            (
                f"Vaker binnen 5 dagen geregistreerd (90{NB}%, een jaar eerder 40{NB}%); minder vaak de leidinggevende "
                f"dezelfde dag ingelicht (40{NB}%, een jaar eerder 90{NB}%). Dat is meer dan toeval verklaart"
            ),
        ),
        (followup(0, 50), NOTHING, False, "Bij geen van de 50 meldingen is een maatregel vastgelegd"),
        (followup(1, 1), NOTHING, False, "Bij de ene melding is een maatregel vastgelegd"),
        (followup(0, 1), NOTHING, False, "Bij geen enkele melding is een maatregel vastgelegd"),
        (NOTHING, followup(40, 50), False, "In deze periode is niets gemeld"),
    ],
)
def test_followup_title(now: pl.DataFrame, before: pl.DataFrame, *, running: bool, words: str) -> None:
    """More often, less often, both, no sign, still running, no year earlier, nothing: never a verdict."""
    text = sentences.followup_title(now, before, running=running)
    assert text == words
    assert not any(word in text for word in JUDGING)


def test_measures_in_words() -> None:
    """Every share and median as a sentence, in one order; what may still follow isn't compared."""
    now = with_median(with_median(followup(20, 50), "dagen_tot_afhandeling", 11.0), "dagen_tot_maatregel", 2.5)
    before = with_median(with_median(followup(45, 50), "dagen_tot_afhandeling", 11.0), "dagen_tot_maatregel", 0.0)
    words = sentences.measures_in_words(now, before)
    assert list(words) == [*SHARES, "dagen_tot_maatregel", "dagen_tot_afhandeling"]
    assert words["maatregel"] == (
        f"Bij 20 van de 50 meldingen is een maatregel vastgelegd (40{NB}%); een jaar eerder bij 45 van de 50 meldingen "
        f"(90{NB}%). Dat verschil is meer dan toeval verklaart."
    )
    assert words["dagen_tot_maatregel"] == (
        "In de helft van de gevallen kwam de maatregel binnen 2,5 dagen; een jaar eerder dezelfde dag."
    )
    assert words["dagen_tot_afhandeling"].endswith("binnen 11 dagen; een jaar eerder ook binnen 11 dagen.")
    running = sentences.measures_in_words(now, before, running=True)
    assert running["maatregel"].endswith("De periode loopt nog, dus dit is nog niet te vergelijken.")
    assert running["leidinggevende_zelfde_dag"].endswith("Dat verschil is meer dan toeval verklaart.")
    assert running["dagen_tot_maatregel"].endswith("Wat nog moet volgen, telt hier niet mee.")


def test_measures_without_more() -> None:
    """No year earlier, no dates, nobody to help, nothing: only what there is."""
    rows = with_median(followup(3, 4, hulp_aangeboden=(0, 0)), "dagen_tot_maatregel", None)
    words = sentences.measures_in_words(with_median(rows, "dagen_tot_afhandeling", 1.0), NOTHING)
    assert "hulp_aangeboden" not in words
    assert "dagen_tot_maatregel" not in words
    assert words["maatregel"] == f"Bij 3 van de 4 meldingen is een maatregel vastgelegd (75{NB}%)."
    assert words["dagen_tot_afhandeling"] == "In de helft van de gevallen kwam de afhandeling binnen 1 dag."
    within = sentences.measures_in_words(followup(3, 4), followup(4, 4))["afgehandeld"]
    assert within.endswith("Dat verschil valt binnen toeval.")
    assert sentences.measures_in_words(NOTHING, rows) == {}


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
    for text in (sentences.HOW_REPORTED, sentences.STILL_RUNNING):
        assert text.endswith(".")
        assert not any(word in text for word in JUDGING)
