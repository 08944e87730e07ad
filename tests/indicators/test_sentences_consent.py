"""Consent in words, at the edges: nobody, everybody, one school, no earlier year, all unknown, both directions."""

from datetime import date

import polars as pl
import pytest

from dashboard.indicators import sentences
from dashboard.indicators.comparisons import Beside, SameSchools


def _schools(*covers: float | None) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "naam": [f"School {letter}" for letter in "ABCDEFGH"[: len(covers)]],
            "ja": [0 if cover is None else round(60 * cover) for cover in covers],
            "nee": [0 for _ in covers],
            "ongeldig": [0 if cover is None else 60 - round(60 * cover) for cover in covers],
            "onbekend": [9 if cover is None else 0 for cover in covers],
            "dekking": pl.Series(covers, dtype=pl.Float64),
        }
    )


def test_coverage_without_data_makes_no_claim() -> None:
    """All unknown is no 0 %."""
    words = sentences.coverage(None, "Beeld op de website", "School Oost")
    assert "niets aangeleverd" in words
    assert "0" not in words
    all_of_them = sentences.coverage(1.0, "WhatsApp voor de les", "alle scholen samen")
    assert (
        all_of_them
        == "Van alle leerlingen van alle scholen samen ligt een geldig antwoord vast voor WhatsApp voor de les."
    )
    assert "van geen enkele leerling een geldig" in sentences.coverage(0.0, "Beeld op de website", "School Oost")


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1.0, "Van alle leerlingen van alle scholen samen over wie is aangeleverd, ligt een geldig antwoord vast voor"),
        (0.8, "Van ongeveer 4 op de 5 leerlingen van alle scholen samen over wie is aangeleverd, ligt een geldig"),
        (0.0, "voor beeld op de website ligt van geen enkele leerling over wie is aangeleverd, een geldig antwoord"),
    ],
)
def test_coverage_claims_nothing_of_a_silent_school(share: float, words: str) -> None:
    """Beside a school that delivered nothing, all is all of the others."""
    assert words in sentences.coverage(share, "Beeld op de website", "alle scholen samen", 300)


def test_silence_names_its_day() -> None:
    """The day of the figures, which needn't be the chosen one; or no day at all."""
    words = "Over School Oost is {} aangeleverd. Onbekend is iets anders dan niet in orde."
    assert sentences.silence("School Oost", date(2026, 11, 22)) == words.format("voor 22 november 2026 niets")
    assert sentences.silence("School Oost", None) == words.format("voor geen enkele peildatum iets")


@pytest.mark.parametrize(
    ("covers", "where"),
    [
        ((0.9, 0.8), "geen enkele school"),
        ((0.5, 0.9, None), "School A"),
        ((0.5, 0.4, 0.9), "School A en School B"),
        ((0.5, 0.4), "elke school"),
        ((0.5, 0.4, 0.3, 0.9), "drie van de vier scholen"),
        ((0.9, 0.8, None), "geen enkele school met gegevens"),
        ((0.5, 0.4, None), "elke school met gegevens"),
        ((0.5, 0.4, 0.3, 0.9, None), "drie van de vier scholen met gegevens"),
    ],
)
def test_weak_schools(covers: tuple[float | None, ...], where: str) -> None:
    """Two are named, more are counted; beside a silent school, none and every are said of the others."""
    words = sentences.weak_schools(_schools(*covers))
    assert words == f"Bij {where} ontbreekt meer dan een derde van de antwoorden."


@pytest.mark.parametrize(("valid", "invalid"), [(2, 1), (20, 10), (200, 100)])
def test_exactly_a_third_is_not_more_than_a_third(valid: int, invalid: int) -> None:
    """Counted in pupils: 1 - 2/3 is more than 1/3 for a machine, not for a reader."""
    one = {"naam": "A", "ja": valid, "nee": 0, "ongeldig": invalid, "dekking": valid / (valid + invalid)}
    other = {"naam": "B", "ja": valid, "nee": 0, "ongeldig": invalid + 1, "dekking": valid / (valid + invalid + 1)}
    assert sentences.weak_schools(pl.DataFrame([one, one])).startswith("Bij geen enkele school ontbreekt")
    assert sentences.weak_schools(pl.DataFrame([one, other])).startswith("Bij B ontbreekt")


@pytest.mark.parametrize("covers", [(0.2,), (0.2, None), (None, None), ()])
def test_weak_schools_compares_no_school_with_itself(covers: tuple[float | None, ...]) -> None:
    """One school with data, or none, is no comparison."""
    assert sentences.weak_schools(_schools(*covers)) == ""


def test_unknown_schools() -> None:
    """Who delivered nothing, in the singular and the plural."""
    assert sentences.unknown_schools(_schools(0.9)) == ""
    assert sentences.unknown_schools(_schools(0.9, None)).startswith("School B heeft ")
    assert sentences.unknown_schools(_schools(None, None)).startswith("School A en School B hebben ")


def _purposes(now: list[float | None], then: list[float | None], unknown: int = 0) -> pl.DataFrame:
    schema = {"doel": pl.String, "dekking": pl.Float64, "dekking_toen": pl.Float64}
    return pl.DataFrame(
        {"doel": [f"d{i}" for i in range(len(now))], "dekking": now, "dekking_toen": then}, schema=schema
    ).with_columns(pl.lit(unknown, dtype=pl.Int64).alias("onbekend"))


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        ([0.8, 0.7], [0.6, 0.5], "Voor elk doel is de dekking hoger dan op 30 november 2025"),
        ([0.5, 0.4], [0.6, 0.5], "Voor elk doel is de dekking lager dan op 30 november 2025"),
        (
            [0.8, 0.4],
            [0.6, 0.5],
            "Van de twee doelen is de dekking voor één hoger en voor één lager dan op 30 november 2025",
        ),
        ([0.8, 0.5], [0.8, 0.501], "Voor elk doel is de dekking vrijwel gelijk aan die op 30 november 2025"),
        ([0.8], [None], "Er zijn nog geen cijfers van een jaar eerder"),
        ([None], [0.8], "Voor geen enkel doel is nu een dekking te geven"),
    ],
)
def test_purposes_against(now: list[float | None], then: list[float | None], words: str) -> None:
    """More, less, both, the same, and no earlier year."""
    assert sentences.purposes_against(_purposes(now, then), date(2025, 11, 30)) == words


def test_purposes_now() -> None:
    """From the lowest to the highest; one figure when they are the same; a purpose that has gone by its code."""
    labels, day = {"d0": "Beeld op de website", "d1": "WhatsApp voor de les"}, date(2026, 11, 22)
    assert sentences.purposes_now(_purposes([0.4, 0.9], [None, None]), labels, day) == (
        "Per doel ligt van 40\xa0% (beeld op de website) tot 90\xa0% (WhatsApp voor de les) van de leerlingen "
        "een geldig antwoord vast"
    )
    assert sentences.purposes_now(_purposes([0.4, 0.4], [None, None]), labels, day).startswith("Voor elk doel")
    assert "(d0)" in sentences.purposes_now(_purposes([0.4, 0.9], [None, None]), {}, day)


def test_purposes_now_claims_nothing_of_a_silent_school() -> None:
    """Beside a school that delivered nothing, all pupils are those of the others."""
    day = date(2026, 11, 22)
    every = sentences.purposes_now(_purposes([1.0, 1.0], [None, None], 300), {}, day)
    assert every == (
        "Voor elk doel ligt van 100\xa0% van de leerlingen over wie is aangeleverd, een geldig antwoord vast"
    )
    some = sentences.purposes_now(_purposes([0.4, 0.9], [None, None], 300), {}, day)
    assert some.endswith("(d1) van de leerlingen over wie is aangeleverd, een geldig antwoord vast")


def test_purposes_now_makes_no_claim_about_other_days() -> None:
    """Nobody enrolled isn't nothing delivered, and nothing delivered for today isn't never."""
    day = date(2026, 11, 22)
    unknown = sentences.purposes_now(_purposes([None], [0.8]), {}, day)
    assert unknown == "Over toestemming is voor 22 november 2026 niets aangeleverd"
    nobody = sentences.purposes_now(_purposes([], []), {}, day)
    assert nobody == "Voor 22 november 2026 zijn er geen leerlingen met cijfers over toestemming"


def test_not_counted() -> None:
    """Pupils of a silent school are outside the fraction, and that is said for the day it is so."""
    now, then = date(2026, 11, 22), date(2025, 11, 30)
    assert sentences.not_counted({now: 0, then: 0}) == ""
    words = sentences.not_counted({now: 0, then: 1022})
    assert words == "Over 1.022 leerlingen is voor 30 november 2025 niets aangeleverd; die tellen dan niet mee."
    assert sentences.not_counted({now: 1}).endswith("die telt dan niet mee.")


NOW, BEFORE = date(2026, 11, 22), date(2025, 11, 30)


def _beside(alike: float | None, then: float | None, schools: int = 6, *, is_all: bool = True) -> Beside:
    return Beside(NOW, 0.7, BEFORE, alike, then, schools, is_all=is_all)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (None, "Van schooljaar 2026-2027 zijn er nog geen cijfers"),
        (
            Beside(NOW, 0.7, None, None, None, 0, is_all=True),
            "Op 22 november 2026 is de dekking 70\xa0%; van een jaar eerder is er geen cijfer",
        ),
        (_beside(0.7, 0.5), "Op 22 november 2026 is de dekking 70\xa0%: hoger dan op 30 november 2025 (50\xa0%)"),
        (_beside(0.7, 0.8), "Op 22 november 2026 is de dekking 70\xa0%: lager dan op 30 november 2025 (80\xa0%)"),
        (_beside(0.7, 0.701), "Op 22 november 2026 is de dekking 70\xa0%: even hoog als op 30 november 2025"),
        (
            _beside(0.72, 0.5, 5, is_all=False),
            (
                "Op 22 november 2026 is de dekking 72\xa0% bij de vijf scholen die ook op 30 november 2025 meetellen: "
                "hoger dan toen (50\xa0%)"
            ),
        ),
        (
            _beside(0.72, 0.72, 1, is_all=False),
            (
                "Op 22 november 2026 is de dekking 72\xa0% bij de ene school die ook op 30 november 2025 meetelt: "
                "even hoog als toen"
            ),
        ),
        (
            _beside(None, None, 0, is_all=False),
            "Op 22 november 2026 is de dekking 70\xa0%; op 30 november 2025 telden alleen andere scholen mee",
        ),
    ],
)
def test_coverage_curve(found: Beside | None, words: str) -> None:
    """Both days by name; higher, lower, the same; all schools, some, one, none; no earlier year, no data."""
    assert sentences.coverage_curve(found, 2026) == words


def _silent(*cells: tuple[str, date, int]) -> pl.DataFrame:
    """Of each school and date whether (0) or not (a number of pupils) answers were delivered."""
    return pl.DataFrame(
        [(name, name, day, 0 if gone else 5, 0, 0, gone) for name, day, gone in cells],
        schema={"brin6": pl.String, "naam": pl.String, "peildatum": pl.Date}
        | dict.fromkeys(("ja", "nee", "ongeldig", "onbekend"), pl.Int64),
        orient="row",
    )


def test_silent_days() -> None:
    """Which schools, and when: one or more of both; of one school alone nobody else counts."""
    first, other = date(2025, 9, 30), BEFORE
    assert sentences.silent_days(_silent(("A", first, 0), ("B", first, 0))) == ""
    one = _silent(("A", first, 0), ("A", other, 9), ("B", first, 0), ("B", other, 0))
    assert sentences.silent_days(one) == (
        "Van A (30 november 2025) zijn geen toestemmingen aangeleverd. Die leerlingen tellen dan niet mee."
    )
    two = _silent(("A", first, 7), ("A", other, 9), ("B", first, 8), ("B", other, 0))
    assert sentences.silent_days(two) == (
        "Van A (twee peildata, de laatste op 30 november 2025) en B (30 september 2025) zijn geen toestemmingen "
        "aangeleverd. Die leerlingen tellen dan niet mee."
    )
    assert (
        sentences.silent_days(one.filter(brin6="A")) == "Van A (30 november 2025) zijn geen toestemmingen aangeleverd."
    )


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ([0.88, 0.7, 0.61], "De dekking loopt van 61\xa0% (leerjaar 3) tot 88\xa0% (leerjaar 1)"),
        ([0.5, 0.9, 0.5, 0.9], "De dekking loopt van 50\xa0% (leerjaar 1 en 3) tot 90\xa0% (leerjaar 2 en 4)"),
        ([1.0, 1.0], "In elk leerjaar is de dekking 100\xa0%"),
        ([0.0, 0.0], "In elk leerjaar is de dekking 0\xa0%"),
        ([0.614, 0.606], "In elk leerjaar is de dekking 61\xa0%"),
        ([0.61, None, 0.61], "In elk leerjaar met gegevens is de dekking 61\xa0%"),
        ([0.61], "Alleen van leerjaar 1 is de dekking bekend: 61\xa0%"),
        ([None, 0.61], "Alleen van leerjaar 2 is de dekking bekend: 61\xa0%"),
        ([None, None], "Van geen enkel leerjaar is de dekking bekend"),
        ([], "Van geen enkel leerjaar is de dekking bekend"),
    ],
)
def test_year_groups(shares: list[float | None], words: str) -> None:
    """From the lowest to the highest; ties together; what reads the same is the same; unknown ones are left out."""
    rows = pl.DataFrame(
        {"leerjaar": range(1, len(shares) + 1), "dekking": shares}, schema={"leerjaar": pl.Int64, "dekking": pl.Float64}
    )
    assert sentences.year_groups(rows) == words


EAST, NORTH = "School Oost", "School Noord"
CELLS = {"brin6": pl.String, "naam": pl.String, "doel": pl.String, "dekking": pl.Float64}
PURPOSES = {"app": "WhatsApp voor de les", "web": "Beeld op de website"}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (
            [(EAST, "app", 0.34), (EAST, "web", 0.6), (NORTH, "app", 0.5), (NORTH, "web", 0.97)],
            "De dekking loopt van 34\xa0% (School Oost: WhatsApp voor de les) tot 97\xa0%",
        ),
        (
            [(EAST, "app", 0.34), (NORTH, "web", 0.34), (NORTH, "app", 0.5)],
            (
                "De dekking loopt van 34\xa0% (School Noord: beeld op de website en School Oost: WhatsApp voor de les) "
                "tot 50\xa0%"
            ),
        ),
        (
            [(EAST, "app", 0.0), (EAST, "web", 0.0), (NORTH, "app", 0.0), (NORTH, "web", 0.5)],
            "De dekking loopt van 0\xa0% (in drie vakken) tot 50\xa0%",
        ),
        (
            [(EAST, "app", 0.34), (EAST, "web", 0.6)],
            "Bij School Oost loopt de dekking van 34\xa0% (WhatsApp voor de les) tot 60\xa0% (beeld op de website)",
        ),
        (
            [(EAST, "app", 0.34), (EAST, "web", 0.6), (NORTH, "app", None)],
            "Bij School Oost loopt de dekking van 34\xa0% (WhatsApp voor de les) tot 60\xa0% (beeld op de website)",
        ),
        ([(EAST, "app", 1.0), (EAST, "web", 1.0)], "Bij School Oost is de dekking voor elk doel 100\xa0%"),
        ([(EAST, "app", 0.5), (NORTH, "app", 0.5)], "Bij elke school en voor elk doel is de dekking 50\xa0%"),
        (
            [(EAST, "app", 0.5), (NORTH, "app", 0.5), ("School West", "app", None)],
            "Bij elke school met gegevens en voor elk doel is de dekking 50\xa0%",
        ),
        ([(EAST, "app", None)], "Van geen enkele school is de dekking bekend"),
        ([], "Van geen enkele school is de dekking bekend"),
    ],
)
def test_heat_map(cells: list[tuple[str, str, float | None]], words: str) -> None:
    """Where coverage is lowest; one or two cells by name, more are counted; no school is put on top."""
    rows = [(name, name, purpose, share) for name, purpose, share in cells]
    assert sentences.heat_map(pl.DataFrame(rows, schema=CELLS, orient="row"), PURPOSES) == words


def test_heat_map_of_two_schools_of_one_name() -> None:
    """Two schools are two schools, whatever they are called."""
    rows = pl.DataFrame([("99AA01", EAST, "app", 0.5), ("99AA02", EAST, "app", 0.5)], schema=CELLS, orient="row")
    assert sentences.heat_map(rows, PURPOSES).startswith("Bij elke school en voor elk doel")


@pytest.mark.parametrize(
    ("schools", "words"),
    [
        ((6, 6), "Voor elk doel is de dekking hoger dan op 30 november 2025"),
        (
            (2, 6),
            (
                "Voor elk doel is de dekking hoger dan op 30 november 2025, "
                "bij de twee scholen die voor beide dagen aanleverden"
            ),
        ),
        (
            (1, 6),
            "Voor elk doel is de dekking hoger dan op 30 november 2025, bij de school die voor beide dagen aanleverde",
        ),
        ((0, 6), "Geen school leverde ook voor 30 november 2025 aan: er valt niets te vergelijken"),
    ],
)
def test_purposes_at_same_schools(schools: tuple[int, int], words: str) -> None:
    """Said of which schools, unless it is all of them; nothing is compared where none delivered twice."""
    found = SameSchools(_purposes([0.8, 0.7], [0.6, 0.5]), *schools)
    assert sentences.purposes_at_same_schools(found, date(2025, 11, 30)) == words
