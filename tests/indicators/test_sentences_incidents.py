"""Incidents in words: more, fewer, as many, none, not delivered; counted, never judged."""

from datetime import date

import polars as pl
import pytest

from dashboard.indicators import sentences
from dashboard.indicators.comparisons import SameMonths

JUDGING = ("beter", "slechter", "goed", "onveilig", "helaas", "gelukkig", "verbeterd", "verslechterd")


def test_incidents_of_the_same_schools_only() -> None:
    """Where a school is left out, the sentence says whose incidents these are."""
    words = sentences.incidents_against(SameMonths(("2026-09",), (), 3, 4, schools_left_out=1))
    assert words.startswith("Bij scholen die in beide jaren aanleverden: in september zijn er 3 meldingen")


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
