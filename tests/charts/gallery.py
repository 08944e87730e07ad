"""One of each chart of the house from made-up numbers, with what it may hold: gaps, signs, events, a chosen school."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType

import polars as pl

from dashboard.charts import (
    ahead,
    control,
    coverage,
    evaluation,
    followup,
    funnels,
    halves,
    matrix,
    missing,
    multiples,
    rare,
    roles,
    strips,
    trends,
    uses,
)
from dashboard.charts.theme import Chart, Palette
from dashboard.indicators import comparisons, outlook, side_by_side
from dashboard.indicators.changes_in_time import Change, Half
from dashboard.indicators.control_charts import with_limits
from dashboard.indicators.funnels import coverage_curves, rate_curves
from dashboard.indicators.incidents import with_rate
from dashboard.indicators.intervals import with_rate_interval, with_share_interval
from tests.charts import months
from tests.indicators.school_funnels import brin6, coverage_funnel, rate_funnel

TITLE, SUB = "Vier op de vijf <leerlingen> & meer", "wat, eenheid, periode"
TEXTS = (TITLE, SUB, "School")
NOW, BEFORE, THEN = date(2026, 11, 22), date(2025, 11, 30), date(2027, 9, 1)
EVENTS = [(date(2025, 2, 1), "De code gaat in"), (date(2025, 10, 6), "Campagne"), (date(2026, 9, 7), "Ander systeem")]
OUTCOMES = {"ja": "Geldig ja", "nee": "Geldig nee", "ongeldig": "Niet in orde", "onbekend": "Onbekend"}
PURPOSES = {"a": "Website", "b": "Social media", "c": "Nieuwsbrief"}
NAMES = {brin6(place): f"Lyceum {name} & Co" for place, name in enumerate(("Noord", "Oost", "Zuid", "West", "Midden"))}
FIRST = next(iter(NAMES))
STABLE = (8, 9, 7, 10, 8, 9, 8, 7, 9, 10, 8, 9)
ROLES = {"leerling": "Leerling", "ouder": "Ouder", "onbekend": "Onbekend"}


def _outcomes(palette: Palette) -> Chart:
    rows = pl.DataFrame(
        {
            "naam": list(NAMES.values()),
            "ja": [60, 30, 5, 0, 44],
            "nee": [15, 3, 0, 0, 20],
            "ongeldig": [20, 50, 5, 0, 36],
            "onbekend": [5, 17, 0, 100, 0],
            "dekking": [0.79, 0.39, 0.5, None, 0.64],
        }
    )
    return coverage.outcomes_stacked(rows, palette, OUTCOMES, TEXTS, norm="norm van de code: 100 %", chosen=1)


def _curves(palette: Palette) -> Chart:
    days = [
        date(2024, 9, 30),
        date(2025, 7, 31),
        date(2025, 9, 30),
        date(2026, 1, 31),
        date(2026, 7, 31),
        date(2026, 9, 30),
        date(2026, 11, 22),
    ]
    shares = [0.3, 0.85, 0.4, None, 0.91, 0.5, 0.62]
    rows = pl.DataFrame({"peildatum": days, "ja": 5, "nee": 1, "ongeldig": 4, "dekking": shares})
    return coverage.curves_by_year(comparisons.by_school_year(rows), palette, TITLE, SUB, EVENTS)


def _then_and_now(palette: Palette) -> Chart:
    rows = pl.DataFrame(
        {
            "doel": list(PURPOSES),
            "dekking": [0.8, 0.08, 1.0],
            "geldig": [80, 8, 100],
            "noemer": [100, 100, 100],
            "dekking_toen": [0.7, None, 0.95],
        }
    )
    return coverage.purposes_then_and_now(rows, palette, PURPOSES, (NOW, BEFORE), TEXTS)


def _statuses(palette: Palette) -> Chart:
    rows = pl.DataFrame({"status": ["ja", "nee", "weg"], "uitkomst": ["ja", "nee", "ja"], "leerlingen": [1234, 3, 0]})
    return missing.statuses(rows, palette, {"ja": "Ja", "nee": "Nee"}, OUTCOMES, TEXTS)


def _waterfall(palette: Palette) -> Chart:
    left = [90, 80, 70, 60, 50, 50]
    rows = pl.DataFrame({"stap": outlook.STEPS, "leerlingen": left}, schema_overrides={"leerlingen": pl.Int64})
    return missing.waterfall(outlook.in_steps(rows), 3, palette, {}, TEXTS)


def _cells(palette: Palette) -> Chart:
    known = [
        (school, name, purpose, None if turn == 2 else 0.3 * turn + 0.1 * place)
        for turn, (school, name) in enumerate(list(NAMES.items())[:3])
        for place, purpose in enumerate(PURPOSES)
    ]
    kinds = {"brin6": pl.String, "naam": pl.String, "doel": pl.String, "dekking": pl.Float64}
    rows = pl.DataFrame(known, schema=kinds, orient="row")
    return matrix.schools_by_purpose(rows, palette, PURPOSES, TEXTS, 1)


def _turning_16(palette: Palette) -> Chart:
    rows = pl.DataFrame(
        {"maand": months.names(13, "2026-11"), "leerlingen": [20, 83, 0, 66, 7, 7, 7, 7, 8, 8, 9, 9, 9]}
    )
    return ahead.turning_16(rows, palette, TITLE, SUB, [*EVENTS, (date(2027, 1, 6), "Voorlichting")])


def _expiry(palette: Palette) -> Chart:
    rows = pl.DataFrame(
        {
            "doel": list(PURPOSES),
            "leerlingen": [6000, 6000, 6000],
            "geldig_nu": [4000, 5000, 6000],
            "nodig_nu": [2000, 1000, 0],
            "geldig_1_september": [0, 1000, 2000],
            "nodig_1_september": [6000, 5000, 4000],
        }
    )
    return ahead.expiry(rows, palette, PURPOSES, (NOW, THEN), TEXTS)


def _uses_by_year(palette: Palette) -> Chart:
    rows = pl.DataFrame(
        {
            "schooljaar": ["2026-2027", "2025-2026"],
            "publicaties": [3, 9],
            "gebruiken": [52, 117],
            "zonder_toestemming": [9, 0],
        }
    )
    return uses.by_school_year(rows, palette, TEXTS)


def _uses_by_status(palette: Palette) -> Chart:
    rows = pl.DataFrame({"status": ["ja", "nee"], "gebruiken": [43, 3], "vooraf": [True, True]})
    return uses.by_status(rows, palette, {"ja": "Ja", "nee": "Nee"}, TEXTS)


def _two_years(palette: Palette) -> Chart:
    rates = [2.0, 1.5, None, 4.0, 3.5, 3.0, 2.5, 2.0, 2.0, 1.0, 0.0, 2.0, 3.0, 2.5, 3.1]
    monthly = pl.DataFrame(
        {"maand": months.names(15, "2025-08"), "aangeleverd": [rate is not None for rate in rates], "ratio": rates}
    )
    return trends.two_years(comparisons.two_years(monthly, 2026), palette, TITLE, SUB, EVENTS)


def _counts(palette: Palette) -> Chart:
    rows = pl.DataFrame({"waarde": ["a", "b", "c"], "incidenten": [12, 5, 1]})
    return trends.counts(rows, palette, {"a": "<Anders>", "b": "Bellen"}, TEXTS)


def _control(palette: Palette) -> Chart:
    counts: list[int | None] = [*STABLE, None, 25, *STABLE[:8], 30, 28, 31, 29]
    parts = [1] * 22 + [2] * 4
    trend, monthly = months.series(*counts, parts=parts)
    return control.rates(trend, monthly, EVENTS, palette, TEXTS)


def _one_part(palette: Palette) -> Chart:
    return control.rates(*months.series(*STABLE, 9, 22), EVENTS[:1], palette, TEXTS)


def _rare(palette: Palette) -> Chart:
    quiet = [("2024-09-02", None), *[(f"2024-{10 + place // 8}-{1 + place % 8:02}", 2) for place in range(16)]]
    rows = months.rare(*quiet, ("2025-06-02", 120))
    return rare.gaps(rows, EVENTS, palette, TEXTS)


def _halves(palette: Palette) -> Chart:
    found = [
        Half(f"{first}/x", Change(tuple(months.names(6, first)), (), 0, now, before, 20_000, 40_000))
        for first, now, before in (("2026-02", 10, 0), ("2025-08", 7, 31))
    ]
    return halves.pairs(found, palette, TEXTS)


def _measured(*parts: tuple[str, int, int]) -> pl.DataFrame:
    kinds = {"maat": pl.String, "teller": pl.Int64, "noemer": pl.Int64}
    rows = pl.DataFrame(parts, schema=kinds, orient="row").with_columns(
        pl.when(pl.col("noemer") > 0).then(pl.col("teller") / pl.col("noemer")).alias("waarde")
    )
    return with_share_interval(rows, "teller", "noemer")


def _followup(palette: Palette) -> Chart:
    now = _measured(("maatregel", 80, 100), ("afgehandeld", 2, 3), ("in_dossier", 0, 0))
    before = _measured(("maatregel", 60, 90), ("afgehandeld", 0, 0))
    return followup.shares(now, before, {"maatregel": "Er kwam een maatregel"}, palette, TEXTS)


def _roles(palette: Palette) -> Chart:
    pairs = [("leerling", "leerling", 30), ("leerling", "onbekend", 4), ("ouder", "leerling", 1)]
    kinds = {"veroorzaker": pl.String, "getroffene": pl.String, "incidenten": pl.Int64}
    return roles.who_to_whom(pl.DataFrame(pairs, schema=kinds, orient="row"), ROLES, ROLES, palette, TEXTS)


def _funnel_of_rates(palette: Palette) -> Chart:
    funnel = rate_funnel([(count, 60_000 + 9_000 * place) for place, count in enumerate((9, 12, 60, 14, 3))])
    return funnels.rates(funnel, rate_curves(funnel), NAMES, FIRST, palette, TEXTS)


def _funnel_of_coverage(palette: Palette) -> Chart:
    funnel = coverage_funnel([(80, 100), (150, 200), (400, 480), (300, 500), (640, 800)])
    return funnels.coverage(funnel, coverage_curves(funnel), NAMES, "", palette, TEXTS)


def _compared(*parts: int | None) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "onderwerp": ["toestemming", "gebruik"] * len(parts),
            "indicator": ["beeld", "maatregel"] * len(parts),
            "brin6": [brin6(place) for place in range(len(parts)) for _ in range(2)],
            "teller": [part or 0 for part in parts for _ in range(2)],
            "noemer": [0 if part is None else 100 for part in parts for _ in range(2)],
        }
    ).with_columns(pl.when(pl.col("noemer") > 0).then(pl.col("teller") / 100).alias("waarde"), groep=0.5)


def _strip_of_shares(palette: Palette) -> Chart:
    rows = with_share_interval(_compared(90, None, 45, 45, 100), "teller", "noemer").select(side_by_side.COLUMNS)
    rows = rows.sort("onderwerp", descending=True, maintain_order=True)
    return strips.shares(rows, NAMES, list(NAMES)[:4], {"beeld": "Beeld op de website"}, palette, TEXTS)


def _strip_of_rates(palette: Palette) -> Chart:
    rows = with_rate_interval(_compared(1, 3, 8, 0, 2), "teller", "noemer").select(side_by_side.COLUMNS)
    rows = rows.filter(pl.col("onderwerp") == "gebruik")
    return strips.rates(rows, NAMES, [FIRST], {}, palette, TEXTS)


def _every_rate(palette: Palette) -> Chart:
    counts: Sequence[Sequence[int | None]] = (
        (*STABLE, 9, 8, 30),
        (1, 0, 2, None, 1, 3, 1, 0, 2, 1, 0, 2, 1, 0, 3),
        (5, 6, 5, 7, 6, 5, 6, 5, 6, 7, 0, 6, 5, 6, 40),
    )
    rows = [
        (month, school, count, 1000, 20, count is not None)
        for school, known in zip(NAMES, counts, strict=False)
        for month, count in zip(months.names(15, "2025-09"), known, strict=True)
    ]
    columns = ("maand", "brin6", "incidenten", "leerlingen", "lesdagen", "aangeleverd")
    monthly = with_rate(pl.DataFrame(rows, schema=columns, orient="row"))
    known = monthly.filter(pl.col("incidenten").is_not_null()).with_columns(
        deel=1, persoonsdagen=pl.col("leerlingen") * pl.col("lesdagen")
    )
    events = [(day, "*" if turn else FIRST, text) for turn, (day, text) in enumerate(EVENTS)]
    return multiples.rates(with_limits(known), monthly, NAMES, FIRST, events, palette, TEXTS)


def _every_coverage(palette: Palette) -> Chart:
    days = [date(2025, 9, 30), date(2026, 7, 31), date(2026, 9, 30), date(2026, 10, 31)]
    rows = [
        (day, school, round(100 * (share or 0)), 0, 100 - round(100 * (share or 0)), share)
        for school, shares in zip(NAMES, ((0.2, 0.9, None, 0.5), (0.1, 0.4, 0.3, 0.35)), strict=False)
        for day, share in zip(days, shares, strict=True)
    ]
    columns = ("peildatum", "brin6", "ja", "nee", "ongeldig", "dekking")
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    events = [(day, "*", text) for day, text in EVENTS]
    return multiples.coverage(frame, NAMES, FIRST, events, palette, TEXTS)


def _clock(palette: Palette) -> Chart:
    rows = pl.DataFrame(
        {
            "stap": ["a", "b", "c"],
            "vorige_ronde": [date(2024, 7, 10), date(2024, 12, 12), date(2025, 2, 1)],
            "uiterlijk": [date(2026, 7, 10), date(2026, 12, 12), date(2027, 2, 1)],
            "dagen": [-135, 20, 71],
            "oordeel": ["te laat", "op tijd", "op tijd"],
        }
    )
    return evaluation.clock(rows, NOW, palette, {"a": "Advies van <de> directeuren"}, TITLE, EVENTS)


Maker = Callable[[Palette], Chart]

GALLERY: Mapping[str, Maker] = MappingProxyType(
    {
        "ahead.expiry": _expiry,
        "ahead.turning_16": _turning_16,
        "control.rates": _control,
        "control.rates of one part": _one_part,
        "coverage.curves_by_year": _curves,
        "coverage.outcomes_stacked": _outcomes,
        "coverage.purposes_then_and_now": _then_and_now,
        "evaluation.clock": _clock,
        "followup.shares": _followup,
        "funnels.coverage": _funnel_of_coverage,
        "funnels.rates": _funnel_of_rates,
        "halves.pairs": _halves,
        "matrix.schools_by_purpose": _cells,
        "missing.statuses": _statuses,
        "missing.waterfall": _waterfall,
        "multiples.coverage": _every_coverage,
        "multiples.rates": _every_rate,
        "rare.gaps": _rare,
        "roles.who_to_whom": _roles,
        "strips.rates": _strip_of_rates,
        "strips.shares": _strip_of_shares,
        "trends.counts": _counts,
        "trends.two_years": _two_years,
        "uses.by_school_year": _uses_by_year,
        "uses.by_status": _uses_by_status,
    }
)
"""Module and function, and what makes one of it."""


@cache
def made(name: str, palette: Palette) -> Chart:
    """The chart of that name, made once."""
    return GALLERY[name](palette)
