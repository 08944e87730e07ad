"""The clock in words: none, one or all steps late; before, on and after the last day; decisions and changes hidden."""

from datetime import date

import polars as pl
import pytest

from dashboard.indicators import sentences
from dashboard.indicators.evaluation import along
from dashboard.indicators.sentences.signals import decision_outcome
from dashboard.indicators.shown import HIDDEN
from dashboard.registry import load_registry
from dashboard.settings import Settings
from tests.indicators.test_sentences_articles import SCHEMA, hiding, row

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


# --- for whoever may not see small numbers ---------------------------------------------------

DECISION = {"regel": "IV.A.6", "status": "gedaan", "gereed_voor": None}
MEASURES = row("IV.A.6", "met_maatregel", 10, 12, before=0.5, verdict="niet op orde")
NOT_TOLD = "Of er iets veranderde, staat hier dus niet."


@pytest.mark.parametrize(
    ("columns", "left_out", "said"),
    [
        (("teller", "waarde"), False, f"Met maatregel: niet getoond: een klein aantal (x). {NOT_TOLD}"),
        (
            ("vorige_waarde",),
            False,
            (
                "Met maatregel: nu 83 % (10 van 12). Hoe dat in de twee jaar ervoor was, is niet getoond: een klein "
                "aantal (x)."
            ),
        ),
        ((), True, f"De cijfers over artikel IV.A.6 zijn niet getoond (x). {NOT_TOLD}"),
    ],
)
def test_a_decision_of_which_the_figure_is_hidden(columns: tuple[str, ...], said: str, *, left_out: bool) -> None:
    """It isn't said that there is no figure, nor none to compare with."""
    rows = pl.DataFrame([hiding(MEASURES, *columns)], schema={**SCHEMA, HIDDEN: pl.String})
    told = decision_outcome(DECISION, rows, load_registry(Settings().registry), left_out=left_out)
    assert told.replace("\N{NO-BREAK SPACE}", " ") == f"Dit besluit is gedaan. {said}"


def test_changes_after_one_another_stay_hidden() -> None:
    """What is hidden at the start, at the end or of a cause on the way stays so; it isn't told as no change."""
    names = ("was", "definitie", "correctie", "nieuw", "wordt")
    key = {"periode": "2025-02/2027-01", "artikel": "IV.A.6"}
    first = {**key, "indicator": "incidenten", **dict.fromkeys(names), HIDDEN: ",".join(names)}
    then = {**key, "indicator": "incidenten", **dict.fromkeys(names), "wordt": 9.0, HIDDEN: ",".join(names[:-1])}
    schema = {**dict.fromkeys((*key, "indicator"), pl.String), **dict.fromkeys(names, pl.Float64), HIDDEN: pl.String}
    steps = [pl.DataFrame([step], schema=schema) for step in (first, then)]
    assert along(steps).row(0, named=True) == then
    unseen = sentences.differences_title(along(steps).clear(), date(2026, 11, 22), sentences.ordinal(1), partly=True)
    assert (
        unseen == "Sinds de tweede stand van 22 november 2026 is geen enkel getoond cijfer van de evaluatie veranderd"
    )
    assert sentences.unseen_differences(1) == "Van 1 cijfer staat hier niet of dat veranderde (x)."
