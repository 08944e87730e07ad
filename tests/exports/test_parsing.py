"""One cell at a time: what is read, what is refused, and that no reason quotes a cell."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.exports.contracts import DATASETS
from dashboard.exports.parsing import (
    BadCell,
    Rulebook,
    Value,
    is_empty,
    parse_boolean,
    parse_brin6,
    parse_date,
    parse_education,
    parse_past_date,
    parse_platform,
    parse_school_year,
    parse_source,
    parse_time,
    parse_whole,
    pupil_number,
    turns_16,
)
from tests.exports.deliveries import TODAY, registry


def parse(dataset: str, column: str, text: str) -> Value:
    return Rulebook(registry(), TODAY).parser(DATASETS[dataset].column(column))(text)


@pytest.mark.parametrize(
    "text",
    [
        "03-04-2025",
        "3-4-2025",
        "2025-04-03",
        "03-04-2025 12:30",
        "3-4-2025 9:05",
        "03-04-2025 12:30:15",
        "2025-04-03T00:00:00",
        "2025-04-03 23:59:59.999",
    ],
)
def test_every_way_to_write_3_april(text: str) -> None:
    assert parse_date(text) == date(2025, 4, 3)


@pytest.mark.parametrize(
    "text",
    [
        "03-04-25",
        "03/04/2025",
        "03.04.2025",
        "2025/04/03",
        "2025-4-3",
        "20250403",
        "3 april 2025",
        "03-04-2025 25:00",
        "03-04-2025 12:60",
        "03-04-2025 ochtend",
        "2025-04-03T12:00:00Z",
        "03-04-2025-",
        "45750",
        "٠٣-٠٤-٢٠٢٥",
    ],
)
def test_other_ways_are_no_date(text: str) -> None:
    with pytest.raises(BadCell, match="geen datum"):
        parse_date(text)


@pytest.mark.parametrize("text", ["31-02-2025", "29-02-2025", "2025-13-01", "00-01-2025", "01-01-0000", "31-4-2025"])
def test_days_that_do_not_exist(text: str) -> None:
    with pytest.raises(BadCell, match="bestaat niet"):
        parse_date(text)


def test_the_leap_day_exists_in_a_leap_year() -> None:
    assert parse_date("29-02-2024") == date(2024, 2, 29)


def test_today_is_not_ahead_and_tomorrow_is() -> None:
    assert parse_past_date("15-01-2026", TODAY) == TODAY
    with pytest.raises(BadCell, match="na de dag van de import"):
        parse_past_date("16-01-2026", TODAY)


@pytest.mark.parametrize("text", ["", " ", "-", " - ", "n.v.t.", "N.V.T.", "\t"])
def test_what_is_empty(text: str) -> None:
    assert is_empty(text)


@pytest.mark.parametrize("text", ["0", "nvt", "--", "leeg", "null", "."])
def test_what_is_not_empty(text: str) -> None:
    assert not is_empty(text)


@pytest.mark.parametrize(
    ("texts", "value"),
    [(("ja", "J", "1", "Waar", "TRUE", "Ja"), True), (("nee", "N", "0", "Onwaar", "False", "NEE"), False)],
)
def test_booleans(texts: tuple[str, ...], value: bool) -> None:
    assert [parse_boolean(text) for text in texts] == [value] * len(texts)


@pytest.mark.parametrize("text", ["yes", "no", "2", "x", "ja/nee", "misschien"])
def test_no_booleans(text: str) -> None:
    with pytest.raises(BadCell, match="ja of nee"):
        parse_boolean(text)


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("12", 12), ("12,0", 12), ("12,00", 12), ("007", 7)])
def test_whole_numbers(text: str, value: int) -> None:
    assert parse_whole(text) == value


@pytest.mark.parametrize(
    "text", ["<5", "-1", "+1", "1,5", "1.000", "12.0", "1 000", "1e3", "twee", ",0", "12,", "½", "²"]
)
def test_no_whole_numbers(text: str) -> None:
    with pytest.raises(BadCell, match="geheel getal"):
        parse_whole(text)


def test_a_number_that_would_not_fit() -> None:
    with pytest.raises(BadCell, match="te groot"):
        parse_whole("9" * 30)


@pytest.mark.parametrize(("text", "value"), [("00:00", "00:00"), ("23:59", "23:59")])
def test_times(text: str, value: str) -> None:
    assert parse_time(text) == value


@pytest.mark.parametrize("text", ["24:00", "12:60", "9:30", "0930", "9.30", "12:30:60", "12:30 uur", "0,5"])
def test_no_times(text: str) -> None:
    with pytest.raises(BadCell, match="geen tijd"):
        parse_time(text)


@pytest.mark.parametrize("text", ["02QZ00", "02qz00", "02Qz00"])
def test_brin6_becomes_capitals(text: str) -> None:
    assert parse_brin6(text) == "02QZ00"


@pytest.mark.parametrize(
    "text", ["02QZ", "2QZ00", "02QZ0", "02QZ000", "QZ0200", "02Q000", "02 QZ00", "02ıa00", "02ßa0"]
)
def test_no_brin6(text: str) -> None:
    with pytest.raises(BadCell, match="brin6"):
        parse_brin6(text)


def test_school_years() -> None:
    assert parse_school_year("2025-2026") == "2025-2026"


@pytest.mark.parametrize("text", ["2025-2027", "2026-2025", "2025/2026", "25-26", "2025", "2025-2025", "2025 - 2026"])
def test_no_school_years(text: str) -> None:
    with pytest.raises(BadCell, match="schooljaar"):
        parse_school_year(text)


@pytest.mark.parametrize(("text", "value"), [("havo", "havo"), ("HAVO/VWO", "havo/vwo"), ("pro / isk", "pro/isk")])
def test_education(text: str, value: str) -> None:
    assert parse_education(text) == value


@pytest.mark.parametrize("text", ["mavo", "havo,vwo", "havo/", "/", "havo/gymnasium"])
def test_no_education(text: str) -> None:
    with pytest.raises(BadCell, match="Kies uit pro"):
        parse_education(text)


@pytest.mark.parametrize("text", ["Ouderportaal 2.0", "brief-3_b", "Ελλάδα", "école", "e\u0301cole", "a" * 40, "बाल"])
def test_sources_are_kept_as_written(text: str) -> None:
    assert parse_source(text) == text


@pytest.mark.parametrize("text", ["a" * 41, "a/b", "x@y", "a+b", "a;b", "regel\nregel", "(bron)", "²"])
def test_no_sources(text: str) -> None:
    with pytest.raises(BadCell, match="hooguit 40"):
        parse_source(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("WhatsApp", "whatsapp"),
        ("TWITTER", "x"),
        ("twitter", "x"),
        ("X", "x"),
        ("E-Mail", "e-mail"),
        ("Teams", "teams"),
        ("BeReal", "BeReal"),
        ("Disney+ / tv_2.0", "Disney+ / tv_2.0"),
    ],
)
def test_platforms(text: str, value: str) -> None:
    assert parse_platform(text, registry()) == value


@pytest.mark.parametrize("text", ["a" * 41, "x@y", "a,b", "https://x", "<b>"])
def test_no_platforms(text: str) -> None:
    with pytest.raises(BadCell, match="hooguit 40"):
        parse_platform(text, registry())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("001234", "1234"),
        ("1234", "1234"),
        (" 1234 ", "1234"),
        ("000", "0"),
        ("0", "0"),
        ("00a1", "00a1"),
        ("0-1", "0-1"),
    ],
)
def test_pupil_numbers(text: str, number: str) -> None:
    assert pupil_number(text) == number


@pytest.mark.parametrize(
    ("born", "sixteen"),
    [
        (date(2012, 5, 15), date(2028, 5, 15)),
        (date(2008, 2, 29), date(2024, 2, 29)),
        (date(2084, 2, 29), date(2100, 3, 1)),
    ],
)
def test_the_day_of_turning_16(born: date, sixteen: date) -> None:
    assert turns_16(born) == sixteen


def test_birth_dates_are_kept_as_the_day_of_turning_16() -> None:
    assert parse("leerlingen", "geboortedatum", "15-05-2012") == date(2028, 5, 15)


@pytest.mark.parametrize(
    ("typed", "near"),
    [("pest", "pesten"), ("Online pesten", "pesten"), ("bedreiging", "bedreigen"), ("auteursrechten", "auteursrecht")],
)
def test_an_unknown_category_gets_the_nearest_one(typed: str, near: str) -> None:
    with pytest.raises(BadCell, match=rf": {near}\.$"):
        parse("incidenten", "categorie", typed)


def test_even_nonsense_gets_a_nearest_category_without_being_quoted() -> None:
    with pytest.raises(BadCell) as raised:
        parse("incidenten", "categorie", "Qqqqq Zzzz")
    assert "qq" not in str(raised.value).casefold()


@pytest.mark.parametrize("text", ["IV.M.8", "iv.m.8", "I", "VI.5", "II.1"])
def test_articles(text: str) -> None:
    assert parse("consultaties", "regel", text) == text.upper()


@pytest.mark.parametrize("text", ["IV.8", "M.8", "VII.1", "artikel IV.M.8", "IV.M.13"])
def test_no_articles(text: str) -> None:
    with pytest.raises(BadCell, match="geen artikel"):
        parse("consultaties", "regel", text)


def reason(dataset: str, column: str, text: str) -> str:
    try:
        parse(dataset, column, text)
    except BadCell as problem:
        return str(problem)
    return ""


@pytest.mark.parametrize("dataset", DATASETS)
def test_no_reason_quotes_the_cell(dataset: str) -> None:
    """Whatever stands in the wrong column may be a name."""
    reasons = [reason(dataset, column.name, "Jansen, Pien") for column in DATASETS[dataset].columns]
    assert any(reasons)
    assert not any("jansen" in one.casefold() or "pien" in one.casefold() for one in reasons)


@pytest.mark.parametrize("dataset", DATASETS)
def test_listed_values_ignore_case(dataset: str) -> None:
    for column in DATASETS[dataset].columns:
        for value in column.values:
            assert parse(dataset, column.name, value.upper()) == value
