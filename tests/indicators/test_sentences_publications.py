"""Use without a valid yes, in words: never, once, always, over more years, nothing delivered."""

import polars as pl
import pytest

from dashboard.indicators import sentences

WITHOUT = "keer dat een leerling in beeld kwam of meedeed, vooraf geen geldig ja aan te tonen"
AGREED = WITHOUT.replace("geen", "een")


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ([("2026-2027", 230, 14)], f"In schooljaar 2026-2027 is bij 14 van de 230 {WITHOUT}"),
        (
            [("2026-2027", 130, 9), ("2025-2026", 100, 5)],
            f"Sinds schooljaar 2025-2026 is bij 14 van de 230 {WITHOUT}",
        ),
        ([("2026-2027", 2, 1)], f"In schooljaar 2026-2027 is bij 1 van de 2 {WITHOUT}"),
        ([("2026-2027", 230, 0)], f"In schooljaar 2026-2027 is bij alle 230 {AGREED}"),
        ([("2026-2027", 230, 230)], f"In schooljaar 2026-2027 is bij alle 230 {WITHOUT}"),
        ([("2026-2027", 1, 1)], f"In schooljaar 2026-2027 is bij de ene {WITHOUT}"),
        ([("2026-2027", 1, 0)], f"In schooljaar 2026-2027 is bij de ene {AGREED}"),
        ([], "Er zijn geen publicaties met herkenbare leerlingen"),
    ],
)
def test_uses(years: list[tuple[str, int, int]], words: str) -> None:
    """Counted as it is, without a word of blame; what can't be shown isn't said not to have been there."""
    schema = {"schooljaar": pl.String, "gebruiken": pl.Int64, "zonder_toestemming": pl.Int64}
    assert sentences.uses(pl.DataFrame(years, schema=schema, orient="row")) == words


@pytest.mark.parametrize(
    ("uses", "words"),
    [
        (
            {"ja": 90, "nee": 6, "verlopen_ja": 8},
            "Zonder geldig ja was de stand het vaakst: verlopen ja (8 van de 14 keer)",
        ),
        (
            {"nee": 4, "verlopen_ja": 4},
            "Zonder geldig ja was de stand het vaakst: nee en verlopen ja (elk 4 van de 8 keer)",
        ),
        ({"ja": 3, "nee": 4}, "Alle 4 keer zonder geldig ja was de stand: nee"),
        ({"niet_ingeschreven": 1}, "De ene keer zonder geldig ja was de stand: niet ingeschreven"),
        ({"ja": 4}, "Er is geen gebruik zonder geldig ja"),
        ({}, "Er is geen gebruik zonder geldig ja"),
    ],
)
def test_uses_by_status(uses: dict[str, int], words: str) -> None:
    """The most frequent status among the uses without a yes; ties together; a pupil of no school has a name too."""
    rows = pl.DataFrame(list(uses.items()), schema={"status": pl.String, "gebruiken": pl.Int64}, orient="row")
    labels = {"nee": "Nee", "verlopen_ja": "Verlopen ja", "niet_ingeschreven": "Niet ingeschreven"}
    assert sentences.uses_by_status(rows.with_columns((pl.col("status") == "ja").alias("vooraf")), labels) == words


def test_no_publications() -> None:
    """Nothing delivered isn't nothing used: it can't be shown either way."""
    words = sentences.no_publications("School Oost")
    assert words.startswith("Over School Oost zijn geen publicaties aangeleverd.")
    assert words.endswith("is daarom niet aan te tonen.")
    about = sentences.no_publications("School Oost", "Beeld op de website")
    assert about.startswith("Over School Oost zijn voor beeld op de website geen publicaties aangeleverd.")
