"""What was delivered, in words: complete or not, one school or more, refused or not."""

from datetime import date

import polars as pl
import pytest

from dashboard.indicators import sentences
from dashboard.registry import load_registry
from dashboard.settings import Settings


def test_undelivered() -> None:
    """Nothing, one school with its months, more schools by name."""

    def rows(*schools: tuple[str, list[str]]) -> pl.DataFrame:
        schema = {"naam": pl.String(), "maanden": pl.List(pl.String())}
        return pl.DataFrame(list(schools), schema=schema, orient="row")

    assert sentences.undelivered(rows(("A", []))) == ""
    assert sentences.undelivered(rows(("A", ["2026-09"]), ("B", []))).startswith(
        "Over september 2026 heeft A niet alles "
    )
    assert sentences.undelivered(rows(("A", ["2026-09"]), ("B", ["2026-10"]))).startswith(
        "Van A en B zijn dit schooljaar "
    )


def test_refused_files() -> None:
    """A file that was refused whole has no rows to count, so it is said by itself."""
    assert sentences.refused_files(0) == ""
    assert sentences.refused_files(1).startswith("1 bestand van de laatste levering is niet herkend")
    assert sentences.refused_files(2).startswith("2 bestanden van de laatste levering zijn niet herkend")


def _late(*schools: tuple[str, list[str], bool, date | None, list[str]]) -> pl.DataFrame:
    texts = pl.List(pl.String())
    schema: dict[str, pl.DataType] = {
        "naam": pl.String(),
        "soorten": texts,
        "zwijgt": pl.Boolean(),
        "antwoorden_tot": pl.Date(),
        "maanden": texts,
    }
    return pl.DataFrame(list(schools), schema=schema, orient="row")


def test_deliveries() -> None:
    """Complete or not, one school or more, with and without refused rows."""
    names = ["School A", "School B"]
    assert (
        sentences.deliveries(_late(), names, 0)
        == "Van elke school zijn alle soorten gegevens er die nodig zijn; geen enkele rij is geweigerd."
    )
    words = sentences.deliveries(_late(("School A", ["incidenten"], False, None, [])), names, 1)
    assert words == "Van School A ontbreken gegevens; 1 rij is in de laatste levering geweigerd."
    silent = sentences.deliveries(_late(("School B", [], True, None, [])), names, 0)
    assert silent.startswith("Van School B ontbreken gegevens;")
    months = sentences.deliveries(_late(("School B", [], False, None, ["2026-09"])), names, 0)
    assert months.startswith("Van elke school zijn alle soorten gegevens er")
    assert sentences.deliveries(_late(), names[:1], 2).startswith("School A heeft alle soorten gegevens aangeleverd")


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (0, "van deze school is de laatste keer geen rij geweigerd."),
        (1, "van deze school is de laatste keer 1 rij geweigerd."),
        (3, "van deze school zijn de laatste keer 3 rijen geweigerd."),
    ],
)
def test_deliveries_of_one_school_speak_of_its_own_rows(refused: int, words: str) -> None:
    """Refused rows of a school aren't said to be of the whole delivery."""
    text = sentences.deliveries(_late(), ["School A"], refused, "School A")
    assert text == f"School A heeft alle soorten gegevens aangeleverd die nodig zijn; {words}"


def test_nothing_missing() -> None:
    """Of every school, of the one looked at, and of one that isn't a school of the group on the day."""
    day = date(2026, 11, 22)
    assert sentences.nothing_missing(["A", "B"], "", day).startswith("Van elke school is alles aangeleverd")
    assert sentences.nothing_missing(["A"], "A", day) == "A heeft alles aangeleverd wat nodig is"
    gone = sentences.nothing_missing([], "A", day)
    assert gone == "A is op 22 november 2026 geen school van de groep; er wordt niets van verwacht"
    assert sentences.nothing_missing([], "", day).startswith("Op 22 november 2026 zijn er geen scholen")


def test_complete() -> None:
    """All, some, none of the schools; of one school it is yes or no."""
    names, late = ["A", "B", "C"], _late(("B", [], True, None, []))
    assert sentences.complete(_late(), names) == ("3", "van 3 scholen · leerlingen, toestemmingen en incidenten")
    assert sentences.complete(late, names) == ("2", "van 3 scholen · zie onderaan wat er ontbreekt van B")
    assert sentences.complete(_late(), ["B"])[0] == "ja"
    assert sentences.complete(late, ["B"]) == ("nee", "zie onderaan wat er ontbreekt")


def test_missing_title() -> None:
    """Who misses something, and how many don't: more, one, none."""
    late = _late(("B", [], True, None, []))
    assert sentences.missing_title(late, ["A", "B", "C"]) == (
        "Van B ontbreken gegevens; van de andere twee scholen is alles aangeleverd"
    )
    assert sentences.missing_title(late, ["A", "B"]).endswith("; van de andere school is alles aangeleverd")
    assert sentences.missing_title(late, ["B"]) == "Van B ontbreken gegevens"


def test_what_nobody_misses_has_no_column() -> None:
    """A column of dashes says nothing."""
    registry = load_registry(Settings().registry)
    table = sentences.missing_in_words(_late(("A", [], False, None, ["2026-09"])), registry, date(2026, 11, 22))
    assert table.columns == ["School", "Incidenten: maanden niet (helemaal) aangeleverd"]


def test_missing_in_words() -> None:
    """Never, not any longer, not for this day and months are four things."""
    rows = _late(
        ("A", ["toestemmingen"], False, None, []),
        ("B", [], True, date(2026, 10, 31), []),
        ("C", [], True, None, ["2026-09"]),
    )
    registry = load_registry(Settings().registry)
    assert sentences.missing_in_words(rows, registry, date(2026, 11, 22)).rows() == [
        ("A", "toestemmingen", "–", "–"),
        ("B", "–", "aangeleverd tot en met 31 oktober 2026", "–"),
        ("C", "–", "niet aangeleverd voor 22 november 2026", "september 2026"),
    ]
