"""What a reading makes of statuses: their order, the disputed ones, and pupils of whom nothing was delivered."""

import polars as pl
import pytest

from dashboard.indicators import consent
from dashboard.registry import load_registry
from dashboard.settings import Settings

REGISTRY = load_registry(Settings().registry)


def _counts(**pupils: int) -> pl.DataFrame:
    return pl.DataFrame(list(pupils.items()), schema={"status": pl.String, "leerlingen": pl.Int64}, orient="row")


@pytest.mark.parametrize(
    ("reading", "outcomes"),
    [("avg", ["ja", "ja", "ongeldig", "onbekend"]), ("strikt", ["ja", "ongeldig", "ongeldig", "onbekend"])],
)
def test_judged(reading: str, outcomes: list[str]) -> None:
    """In the order of the registry; a status that it no longer has stands last, and nobody knows what it was."""
    rows = consent.judged(_counts(a_oud=1, niet_gevraagd=2, verlopen_ja=3, ja=4), REGISTRY, reading)
    assert rows["status"].to_list() == ["ja", "verlopen_ja", "niet_gevraagd", "a_oud"]
    assert rows["uitkomst"].to_list() == outcomes
    assert rows.columns == ["status", "leerlingen", "uitkomst"]


def test_judged_without_rows() -> None:
    """Nobody enrolled: nothing to judge."""
    assert consent.judged(_counts(), REGISTRY, "code").height == 0


def test_disputed() -> None:
    """The statuses that not every reading takes alike, each with its pupils, also where nobody has it."""
    rows = consent.disputed(_counts(ja=9, werd_16_ja=4, onbekend=3), REGISTRY)
    assert rows.columns == ["status", "leerlingen", "avg", "code", "strikt"]
    assert rows.rows() == [
        ("werd_16_ja", 4, "ja", "ja", "ongeldig"),
        ("werd_16_nee", 0, "nee", "nee", "ongeldig"),
        ("verlopen_ja", 0, "ja", "ongeldig", "ongeldig"),
        ("verlopen_nee", 0, "nee", "ongeldig", "ongeldig"),
    ]


def test_unknown_pupils() -> None:
    """Only the status of a silent school counts as unknown."""
    assert consent.unknown_pupils(_counts(ja=9, onbekend=3, oud=2)) == 3
    assert consent.unknown_pupils(_counts(ja=9)) == 0
