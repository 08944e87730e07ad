"""What was done after incidents, in words: both directions, no difference, still running, and nothing at all."""

import polars as pl
import pytest

from dashboard.indicators import sentences
from dashboard.indicators.reporting import SHARES

JUDGING = ("beter", "slechter", "goed", "onveilig", "helaas", "gelukkig", "tekort", "schiet", "verzuim")
NB = "\N{NO-BREAK SPACE}"


def followup(part: int, whole: int, **special: tuple[int, int]) -> pl.DataFrame:
    """Every share alike but the special ones, and medians of days by name."""
    schema = {"maat": pl.String, "teller": pl.Int64, "noemer": pl.Int64, "waarde": pl.Float64}
    pairs = dict.fromkeys(SHARES, (part, whole)) | special
    rows = [(name, *pair, pair[0] / pair[1] if pair[1] else None) for name, pair in pairs.items()]
    return pl.DataFrame(rows, schema=schema, orient="row")


def with_median(rows: pl.DataFrame, measure: str, days: float | None, dates: int = 5) -> pl.DataFrame:
    count = 0 if days is None else dates
    median = pl.DataFrame(
        {"maat": [measure], "teller": [None], "noemer": [count], "waarde": [days]}, schema=rows.schema
    )
    return pl.concat([rows, median])


NOTHING = followup(0, 0).clear()


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
                "meer van een jaar eerder dan toeval verklaart"
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
        "Vanaf de dag van het incident kwam de maatregel in de helft van de gevallen met een datum binnen 2,5 dagen; "
        "een jaar eerder dezelfde dag."
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
    assert words["maatregel"] == "Bij 3 van de 4 meldingen is een maatregel vastgelegd."
    assert words["dagen_tot_afhandeling"].endswith(
        " kwam de afhandeling in de helft van de gevallen met een datum binnen 1 dag."
    )
    within = sentences.measures_in_words(followup(3, 4), followup(4, 4))["afgehandeld"]
    assert within.endswith("Dat valt binnen toeval.")
    assert sentences.measures_in_words(NOTHING, rows) == {}


def test_a_handful_is_counted() -> None:
    """Of fewer than ten reports no percentage, now or before; of fewer than five dates no middle, now or before."""
    now, before = followup(3, 9), followup(5, 10)
    told = sentences.measures_in_words(now, before)["maatregel"]
    assert told.startswith(
        f"Bij 3 van de 9 meldingen is een maatregel vastgelegd; een jaar eerder bij 5 van de 10 meldingen (50{NB}%)."
    )
    assert (
        f"5 van de 10 meldingen is een maatregel vastgelegd (50{NB}%); een jaar eerder bij 3 van de 9 meldingen."
        in (sentences.measures_in_words(before, now)["maatregel"])
    )
    soon = followup(1, 9), followup(9, 9)
    assert sentences.followup_title(*soon).startswith("Minder vaak een maatregel vastgelegd (1 van de 9, een jaar ")
    few = with_median(now, "dagen_tot_maatregel", 2.0, 4)
    assert sentences.measures_in_words(few, NOTHING)["dagen_tot_maatregel"] == (
        "Van 4 meldingen is de datum van de maatregel bekend: te weinig om een midden te geven."
    )
    enough = with_median(now, "dagen_tot_maatregel", 2.0)
    assert sentences.measures_in_words(enough, few)["dagen_tot_maatregel"].endswith(" binnen 2 dagen.")


def test_an_evaluation_stands_beside_the_one_before() -> None:
    """Two years back isn't a year earlier: every sentence names the evaluation before instead."""
    words = sentences.period_before("2025-02/2027-01")
    now = with_median(followup(20, 50), "dagen_tot_maatregel", 2.0)
    higher = with_median(followup(45, 50), "dagen_tot_maatregel", 3.0)
    told = [
        *(
            sentences.followup_title(now, before, running=running, before_words=words)
            for before in (now, higher)
            for running in (False, True)
        ),
        *sentences.measures_in_words(now, higher, before_words=words).values(),
    ]
    assert "de verschillen met de vorige evaluatieperiode vallen binnen toeval" in told[0]
    assert "verschilt niet meer van de vorige evaluatieperiode dan toeval verklaart" in told[1]
    assert f"(40{NB}%, in de vorige evaluatieperiode 90{NB}%)" in told[2]
    assert told[-1].endswith(" met een datum binnen 2 dagen; in de vorige evaluatieperiode binnen 3 dagen.")
    assert all("vorige evaluatieperiode" in text and "jaar eerder" not in text for text in told)


def test_still_running() -> None:
    """What may still follow is said; the words blame nobody."""
    assert sentences.STILL_RUNNING.endswith(".")
    assert not any(word in sentences.STILL_RUNNING for word in JUDGING)
