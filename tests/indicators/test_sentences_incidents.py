"""Incidents in words: rates, gaps, what is reported most, none at all; counted, never judged."""

from datetime import date

import polars as pl

from dashboard.indicators import sentences


def test_gaps_and_no_rate() -> None:
    """An undelivered month is named and isn't zero; why there is no rate at all."""

    def rows(*delivered: bool) -> pl.DataFrame:
        months = [f"2026-{place + 1:02}" for place in range(len(delivered))]
        return pl.DataFrame({"maand": months, "aangeleverd": delivered})

    assert sentences.gaps(rows(True)) == ""
    assert sentences.gaps(rows(True, False)) == (
        "Over februari 2026 is niet alles aangeleverd. Dat is iets anders dan nul."
    )
    assert sentences.no_rate(rows(False), "School Oost") == (
        "Over School Oost is nog geen hele maand met meldingen aangeleverd"
    )
    assert sentences.no_rate(rows(True), "School Oost") == (
        "Over School Oost is wel aangeleverd, maar in die maanden waren er geen leerlingen ingeschreven"
    )


def test_largest_value() -> None:
    """The most frequent known value; only blanks; none."""

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


def test_up_to() -> None:
    """Only a month that was still running is said to be counted in part."""
    assert sentences.up_to("2026-11", date(2026, 11, 22)) == "tot en met 22 november 2026"
    assert sentences.up_to("2026-10", date(2026, 11, 22)) == ""
    assert sentences.up_to("2026-11", date(2026, 11, 30)) == ""
