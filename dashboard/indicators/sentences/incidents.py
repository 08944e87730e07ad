"""Findings about reported incidents. More reports are never called unsafe."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.indicators.sentences.phrases import UNKNOWN, apiece, named
from dashboard.periods import month_end


def no_rate(monthly: pl.DataFrame, where: str) -> str:
    """Why there is no rate of any month. monthly: aangeleverd of one school or the group, all without a rate."""
    if monthly["aangeleverd"].any():
        return f"Over {where} is wel aangeleverd, maar in die maanden waren er geen leerlingen ingeschreven"
    return f"Over {where} is nog geen hele maand met meldingen aangeleverd"


def up_to(month: str, day: date) -> str:
    """Until when a month `jjjj-mm` is counted, where it was still running on the day of the figures."""
    if f"{day:%Y-%m}" != month or day == month_end(day):
        return ""
    return f"tot en met {dutch.day(day)}"


def gaps(monthly: pl.DataFrame) -> str:
    """Which months weren't delivered. monthly: maand, aangeleverd of one school or the group."""
    absent = monthly.filter(~pl.col("aangeleverd").fill_null(value=False))["maand"].to_list()
    if not absent:
        return ""
    months = dutch.listed([dutch.month_name(month) for month in absent], most=4)
    return f"Over {months} is niet alles aangeleverd. Dat is iets anders dan nul."


def largest_value(rows: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """What is reported most. rows: waarde, incidenten of one dimension, period and school."""
    known = rows.filter(pl.col("waarde") != UNKNOWN).sort("incidenten", "waarde", descending=[True, False])
    total = int(rows["incidenten"].sum())
    if known.is_empty():
        return f"Bij {dutch.counted(total, 'melding', 'meldingen')} is dit niet ingevuld" if total else "Geen meldingen"
    most = int(known["incidenten"][0])
    values = [named(value, labels) for value in known.filter(pl.col("incidenten") == most)["waarde"]]
    which, share = dutch.listed(values, most=4), f"{dutch.number(most)} van de {dutch.number(total)} meldingen"
    return f"Het vaakst gemeld: {which}, {apiece(values, share)}"
