"""Findings in words, at the edges: nobody, everybody, one school, no earlier year, all unknown, both directions."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.indicators import sentences
from dashboard.indicators.comparisons import SameMonths
from dashboard.registry import load_registry
from dashboard.settings import Settings

STEPS = {"a": "Advies van de directeuren", "b": "Instemming van de GMR"}
JUDGING = ("beter", "slechter", "goed", "onveilig", "helaas", "gelukkig", "verbeterd", "verslechterd")


def _clock(*verdicts: str) -> pl.DataFrame:
    days = [date(2026, 7, 10), date(2026, 12, 12)]
    return pl.DataFrame({"stap": ["a", "b"], "uiterlijk": days, "oordeel": list(verdicts)})


def _schools(*covers: float | None) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "naam": [f"School {letter}" for letter in "ABCDEFGH"[: len(covers)]],
            "ja": [0 if cover is None else 5 for cover in covers],
            "nee": [0 for _ in covers],
            "ongeldig": [0 for _ in covers],
            "onbekend": [9 if cover is None else 0 for cover in covers],
            "dekking": pl.Series(covers, dtype=pl.Float64),
        }
    )


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "geen enkele leerling"),
        (0.01, "bijna geen enkele leerling"),
        (0.25, "ongeveer 1 op de 4 leerlingen"),
        (0.5, "ongeveer de helft van de leerlingen"),
        (0.66, "ongeveer 2 op de 3 leerlingen"),
        (0.82, "ongeveer 4 op de 5 leerlingen"),
        (0.97, "bijna alle leerlingen"),
        (1.0, "alle leerlingen"),
    ],
)
def test_in_five(share: float, words: str) -> None:
    """A share as people say it; all and nobody only where that is exact."""
    assert sentences.in_five(share) == words


@given(st.floats(min_value=0.05, max_value=0.9499))
def test_in_five_is_near(share: float) -> None:
    """The fraction in words is never further off than seven and a half in a hundred."""
    words = sentences.in_five(share).removeprefix("ongeveer ")
    assert abs(sentences.FRACTIONS[words] - share) <= 0.075


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
    assert "van geen enkele leerling" in sentences.coverage(0.0, "Beeld op de website", "School Oost")


def test_weak_schools() -> None:
    """One school isn't compared; two are named, more are counted, unknown ones are left out."""
    assert sentences.weak_schools(_schools(0.2)) == ""
    assert sentences.weak_schools(_schools(0.9, 0.8)) == "Bij geen enkele school ontbreekt meer dan een derde."
    assert sentences.weak_schools(_schools(0.5, 0.9, None)) == "Bij School A ontbreekt meer dan een derde."
    assert sentences.weak_schools(_schools(0.5, 0.4)) == "Bij elke school ontbreekt meer dan een derde."
    assert (
        sentences.weak_schools(_schools(0.5, 0.4, 0.3, 0.9))
        == "Bij drie van de 4 scholen ontbreekt meer dan een derde."
    )
    assert sentences.weak_schools(_schools(None, None)) == ""


def test_weak_schools_speaks_of_known_schools_only() -> None:
    """Beside a school that delivered nothing, none and every are said of the others."""
    none, every = _schools(0.9, 0.8, None), _schools(0.5, 0.4, None)
    assert sentences.weak_schools(none) == "Bij geen enkele school met gegevens ontbreekt meer dan een derde."
    assert sentences.weak_schools(every) == "Bij elke school met gegevens ontbreekt meer dan een derde."
    many = sentences.weak_schools(_schools(0.5, 0.4, 0.3, 0.9, None))
    assert many == "Bij drie van de 4 scholen met gegevens ontbreekt meer dan een derde."


def test_unknown_schools() -> None:
    """Who delivered nothing, in the singular and the plural."""
    assert sentences.unknown_schools(_schools(0.9)) == ""
    assert sentences.unknown_schools(_schools(0.9, None)).startswith("School B heeft ")
    assert sentences.unknown_schools(_schools(None, None)).startswith("School A en School B hebben ")


def _purposes(now: list[float | None], then: list[float | None]) -> pl.DataFrame:
    schema = {"doel": pl.String, "dekking": pl.Float64, "dekking_toen": pl.Float64}
    return pl.DataFrame(
        {"doel": [f"d{i}" for i in range(len(now))], "dekking": now, "dekking_toen": then}, schema=schema
    )


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        ([0.8, 0.7], [0.6, 0.5], "Voor elk doel ligt nu meer vast dan op 30 november 2025"),
        ([0.5, 0.4], [0.6, 0.5], "Voor elk doel ligt nu minder vast dan op 30 november 2025"),
        (
            [0.8, 0.4],
            [0.6, 0.5],
            "Van de twee doelen ligt voor één meer en voor één minder vast dan op 30 november 2025",
        ),
        ([0.8, 0.5], [0.8, 0.501], "Voor elk doel is dat vrijwel gelijk aan 30 november 2025"),
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
    assert "Van 40" in sentences.purposes_now(_purposes([0.4, 0.9], [None, None]), labels, day)
    assert sentences.purposes_now(_purposes([0.4, 0.4], [None, None]), labels, day).startswith("Voor elk doel")
    assert "(doel: d0)" in sentences.purposes_now(_purposes([0.4, 0.9], [None, None]), {}, day)


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


def test_incidents_of_the_same_schools_only() -> None:
    """Where a school is left out, the sentence says whose incidents these are."""
    words = sentences.incidents_against(SameMonths(("2026-09",), (), 3, 4, schools_left_out=1))
    assert words.startswith("Bij scholen die in beide jaren aanleverden: in september zijn er 3 meldingen")


def test_coverage_curve() -> None:
    """Higher, lower, the same, no earlier year, no data."""

    def rows(then: float | None, now: float | None) -> pl.DataFrame:
        known = [(2025, 110, then), (2026, 113, now)]
        return pl.DataFrame(
            known, schema={"schooljaar": pl.Int64, "dag": pl.Int64, "dekking": pl.Float64}, orient="row"
        )

    assert "hoger dan" in sentences.coverage_curve(rows(0.5, 0.7), 2026)
    assert "lager dan" in sentences.coverage_curve(rows(0.7, 0.5), 2026)
    assert "even hoog" in sentences.coverage_curve(rows(0.7, 0.7), 2026)
    assert sentences.coverage_curve(rows(0.7, 0.5), 2026).startswith("Op 22 november 2026 is de dekking 50")
    assert "van het schooljaar ervoor zijn er geen cijfers" in sentences.coverage_curve(rows(None, 0.5), 2026)
    assert "nog geen cijfers" in sentences.coverage_curve(rows(0.5, None), 2026)


def test_coverage_curve_with_last_year_at_another_time_only() -> None:
    """Last year exists, but has no figure near this day: that is something else than no last year."""
    rows = pl.DataFrame({"schooljaar": [2025, 2026], "dag": [300, 113], "dekking": [0.9, 0.5]})
    words = sentences.coverage_curve(rows, 2026)
    assert words.endswith("; van rond die tijd een jaar eerder is er geen cijfer")


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
    assert sentences.invalid_reasons(rows(("ja", 9, "ja")), labels) == "Er is geen antwoord dat niet in orde is"
    tie = sentences.invalid_reasons(rows(("x", 4, "ongeldig"), ("y", 4, "ongeldig"), ("oud", 1, "ongeldig")), labels)
    assert tie == "Van 9 leerlingen is het antwoord niet in orde; het vaakst: verlopen ja en niet gevraagd (elk 4)"
    gone = sentences.invalid_reasons(rows(("oud", 3, "ongeldig")), labels)
    assert gone == "Wat ontbreekt, heeft één oorzaak: oud (3)"


@pytest.mark.parametrize(
    ("months", "now", "before", "words"),
    [
        (("2026-08", "2026-09", "2026-10"), 9, 6, "Van augustus tot en met oktober zijn er 9 meldingen; in dezelfde "),
        (("2026-09", "2026-11"), 1, 2, "In september en november zijn er 1 melding; in dezelfde maanden "),
        (("2026-09",), 4, 4, "In september zijn er 4 meldingen, evenveel als in dezelfde maanden een jaar eerder"),
        ((), 0, 0, "Er zijn nog geen twee schooljaren met dezelfde aangeleverde maanden"),
    ],
)
def test_incidents_against(months: tuple[str, ...], now: int, before: int, words: str) -> None:
    """More, fewer, as many, nothing to compare: counted, never judged."""
    text = sentences.incidents_against(SameMonths(months, (), now, before))
    assert text.startswith(words)
    assert not any(word in text for word in JUDGING)


def test_rate_and_gaps() -> None:
    """A spread, a constant rate, nothing at all; an undelivered month is named and isn't zero."""

    def rows(*values: float | None) -> pl.DataFrame:
        months = [f"2026-{place + 1:02}" for place in range(len(values))]
        delivered = [value is not None for value in values]
        frame = pl.DataFrame({"maand": months, "aangeleverd": delivered})
        return frame.with_columns(pl.Series("ratio", values, dtype=pl.Float64))

    assert "van 1,0 tot 3,5" in sentences.rate_over_time(rows(1.0, 3.5, None), "alle scholen")
    assert sentences.rate_over_time(rows(2.0, 2.0), "x").startswith("Elke maand zijn er 2,0 ")
    assert sentences.rate_over_time(rows(3.42, 3.44), "x").startswith("Elke maand zijn er 3,4 ")
    assert sentences.rate_over_time(rows(2.0, None, 2.0), "x").startswith("Elke maand met een cijfer zijn er 2,0 ")
    assert sentences.rate_over_time(rows(None, 3.4), "x").startswith("In februari 2026 zijn er 3,4 meldingen ")
    assert "nog geen hele maand" in sentences.rate_over_time(rows(None), "School Oost")
    nobody = rows(None).with_columns(pl.lit(value=True).alias("aangeleverd"))
    assert "wel aangeleverd" in sentences.rate_over_time(nobody, "School Oost")
    assert "geen leerlingen" in sentences.rate_over_time(nobody, "School Oost")
    assert sentences.gaps(rows(1.0)) == ""
    assert (
        sentences.gaps(rows(1.0, None)) == "Over februari 2026 is niet alles aangeleverd. Dat is iets anders dan nul."
    )


def test_largest_value_and_severity() -> None:
    """The most frequent known value; only blanks; none; severity with and without blanks."""

    def rows(**counts: int) -> pl.DataFrame:
        schema = {"waarde": pl.String, "incidenten": pl.Int64}
        return pl.DataFrame(list(counts.items()), schema=schema, orient="row")

    assert sentences.largest_value(rows(pesten=4, onbekend=9), {"pesten": "Pesten"}).endswith(
        "pesten, 4 van de 13 meldingen"
    )
    tie = sentences.largest_value(rows(pesten=4, bedreiging=4, sexting=1), {"pesten": "Pesten"})
    assert tie == "Het vaakst gemeld: bedreiging en pesten, elk 4 van de 9 meldingen"
    assert sentences.largest_value(rows(onbekend=9), {}) == "Bij 9 meldingen is dit niet ingevuld"
    assert sentences.largest_value(rows(), {}) == "Geen meldingen"
    assert sentences.severity(rows(licht=3, ernstig=1)) == "3 licht en 1 ernstig"
    assert sentences.severity(rows(licht=3, onbekend=2)) == "3 licht en 0 ernstig; bij 2 niet ingevuld"
    assert sentences.severity(rows()) == ""


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


def test_left_out() -> None:
    """Months that can't be compared are named, and why."""
    assert sentences.left_out(SameMonths((), (), 0, 0)) == ""
    one = sentences.left_out(SameMonths((), ("2026-10",), 0, 0))
    assert one == "Oktober telt niet mee: er is niet in beide jaren over lesdagen aangeleverd."
    assert sentences.left_out(SameMonths((), ("2026-08", "2026-10"), 0, 0)).startswith("Augustus en oktober tellen ")
    silent = sentences.left_out(SameMonths(("2026-09",), (), 3, 4, schools_left_out=2))
    assert silent == "Een school telt in een maand alleen mee als die maand in beide jaren is aangeleverd."


def test_up_to() -> None:
    """Only a month that was still running is said to be counted in part."""
    assert sentences.up_to("2026-11", date(2026, 11, 22)) == "tot en met 22 november 2026"
    assert sentences.up_to("2026-10", date(2026, 11, 22)) == ""
    assert sentences.up_to("2026-11", date(2026, 11, 30)) == ""


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
        ("B", "–", "tot en met 31 oktober 2026", "–"),
        ("C", "–", "niet voor 22 november 2026", "september 2026"),
    ]
