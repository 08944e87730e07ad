"""Findings about reported incidents. More reports are never called unsafe."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.indicators.comparisons import SameMonths
from dashboard.indicators.sentences.phrases import apiece, first_small, month_span, named
from dashboard.periods import month_end

LIMITLESS = "Of een verschil meer is dan toeval, zeggen deze aantallen niet."


def incidents_against(compared: SameMonths) -> str:
    """This school year beside the same months a year earlier, without a verdict."""
    if not compared.months:
        return "Er zijn nog geen twee schooljaren met dezelfde aangeleverde maanden"
    span = month_span(compared.months)
    now = dutch.counted(compared.now, "melding", "meldingen")
    where = "Bij scholen die in beide jaren aanleverden: " if compared.schools_left_out else ""
    there = f"{where}{first_small(span)} zijn er {now}" if where else f"{span} zijn er {now}"
    if compared.now == compared.before:
        return f"{there}, evenveel als in dezelfde maanden een jaar eerder"
    return f"{there}; in dezelfde maanden een jaar eerder waren het er {dutch.number(compared.before)}"


def left_out(compared: SameMonths) -> str:
    """Which months and schools of this school year the comparison leaves out, and why."""
    parts = []
    if compared.left_out:
        names = dutch.listed([dutch.month_alone(month) for month in compared.left_out], most=12)
        verb = "telt" if len(compared.left_out) == 1 else "tellen"
        parts.append(
            f"{names[:1].upper()}{names[1:]} {verb} niet mee: er is niet in beide jaren over lesdagen aangeleverd."
        )
    if compared.schools_left_out:
        parts.append("Een school telt in een maand alleen mee als die maand in beide jaren is aangeleverd.")
    return " ".join(parts)


def rate_over_time(monthly: pl.DataFrame, where: str) -> str:
    """What the months show. monthly: maand, aangeleverd and ratio of one school or the group."""
    points = monthly.filter(pl.col("ratio").is_not_null())
    if points.is_empty():
        return no_rate(monthly, where)
    low, high = (dutch.rate(_float(value)) for value in (points["ratio"].min(), points["ratio"].max()))
    unit = "meldingen per 1.000 leerlingen per 20 lesdagen"
    if points.height == 1:
        return f"In {dutch.month_name(points['maand'][0])} zijn er {low} {unit}"
    if low == high:
        which = "Elke maand" if points.height == monthly.height else "Elke maand met een cijfer"
        return f"{which} zijn er {low} {unit}"
    return f"Per maand loopt het uiteen van {low} tot {high} {unit}"


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
    known = rows.filter(pl.col("waarde") != "onbekend").sort("incidenten", "waarde", descending=[True, False])
    total = int(rows["incidenten"].sum())
    if known.is_empty():
        return f"Bij {dutch.counted(total, 'melding', 'meldingen')} is dit niet ingevuld" if total else "Geen meldingen"
    most = int(known["incidenten"][0])
    values = [named(value, labels) for value in known.filter(pl.col("incidenten") == most)["waarde"]]
    which, share = dutch.listed(values, most=4), f"{dutch.number(most)} van de {dutch.number(total)} meldingen"
    return f"Het vaakst gemeld: {which}, {apiece(values, share)}"


def severity(rows: pl.DataFrame) -> str:
    """How serious the reports were judged. rows: waarde (licht, ernstig, onbekend) and incidenten."""
    counts = dict(zip(rows["waarde"], rows["incidenten"], strict=True))
    total = sum(counts.values())
    if not total:
        return ""
    light, serious, blank = (counts.get(value, 0) for value in ("licht", "ernstig", "onbekend"))
    text = f"{dutch.number(light)} licht en {dutch.number(serious)} ernstig"
    return text if not blank else f"{text}; bij {dutch.number(blank)} niet ingevuld"


def _float(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
