"""Findings about reported incidents. More reports are never called unsafe."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.indicators.sentences.phrases import (
    ALL_SMALL,
    MOST_SHOWN,
    OTHER,
    UNKNOWN,
    apiece,
    counted_reports,
    named,
)
from dashboard.indicators.shown import HIDDEN, all_shown, any_hidden, only_shown
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
    if HIDDEN in rows.columns:
        return _largest_shown(rows, labels)
    known = rows.filter(pl.col("waarde") != UNKNOWN).sort("incidenten", "waarde", descending=[True, False])
    total = int(rows["incidenten"].sum())
    if known.is_empty():
        return f"Bij {dutch.counted(total, 'melding', 'meldingen')} is dit niet ingevuld" if total else "Geen meldingen"
    most = int(known["incidenten"][0])
    values = [named(value, labels) for value in known.filter(pl.col("incidenten") == most)["waarde"]]
    which, share = dutch.listed(values, most=4), f"{dutch.number(most)} van de {dutch.number(total)} meldingen"
    return f"Het vaakst gemeld: {which}, {apiece(values, share)}"


def _largest_shown(rows: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """The same where small numbers are hidden: what is hidden may be the most, and rare values stand together."""
    seen = only_shown(rows, "incidenten").filter(pl.col("incidenten") > 0)
    known = seen.filter(~pl.col("waarde").is_in([UNKNOWN, OTHER]))
    if known.is_empty():
        return ALL_SMALL if any_hidden(rows, "incidenten") or seen.height else "Geen meldingen"
    if all_shown(rows, "incidenten"):
        return largest_value(seen.drop(HIDDEN), labels)
    most = int(known.select(pl.col("incidenten").max()).item())
    values = [named(value, labels) for value in known.filter(pl.col("incidenten") == most).sort("waarde")["waarde"]]
    return f"{MOST_SHOWN}: {dutch.listed(values, most=4)}, {apiece(values, counted_reports(most))}"
