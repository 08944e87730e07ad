"""What the questions read beside delivered rows: the registry, the calendar and the record of imports, as tables."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from dashboard.periods import (
    SchoolCalendar,
    add_years,
    coming_months,
    next_1_september,
    periods_between,
    reference_dates,
)
from dashboard.registry import Registry, Round
from dashboard.store.vault import ImportRecord

STEPS = ("advies directeuren", "instemming GMR", "vaststelling bestuur", "inwerkingtreding")
"""The steps of a round of the code, in their order."""


def registry_tables(registry: Registry) -> dict[str, pl.DataFrame]:
    """What the registry sets.

    counts: purposes a row per purpose; readings per reading and status; year_rules per meaning of "yearly";
    categories per category; round_steps per step of the latest round that has a date.
    """
    return {
        "purposes": _frame({"doel": pl.String}, [(purpose.code,) for purpose in registry.purposes]),
        "readings": _frame(
            {"lezing": pl.String, "status": pl.String, "uitkomst": pl.String},
            [
                (reading.code, status, outcome)
                for reading in registry.readings
                for status, outcome in reading.outcomes.items()
            ],
        ),
        "year_rules": _frame(
            {"jaar": pl.String, "is_set": pl.Boolean},
            [(rule.code, rule.code == registry.year) for rule in registry.year_rules],
        ),
        "categories": _frame(
            {"categorie": pl.String, "artikel": pl.String},
            [(category.code, category.article) for category in registry.categories],
        ),
        "round_steps": _round_steps(registry.latest_round),
    }


def _round_steps(latest: Round) -> pl.DataFrame:
    schema = {
        "volgorde": pl.Int64,
        "stap": pl.String,
        "vorige_ronde": pl.Date,
        "inwerkingtreding": pl.Date,
        "volgende_inwerkingtreding": pl.Date,
    }
    if latest.in_force is None:
        return pl.DataFrame(schema=schema)
    following = add_years(latest.in_force, latest.validity_years)
    rows = [
        (order, step, day, latest.in_force, following)
        for order, (step, day) in enumerate(zip(STEPS, latest.steps, strict=True))
        if day is not None
    ]
    return _frame(schema, rows)


def time_tables(
    registry: Registry, calendar: SchoolCalendar, first_days: Mapping[str, date | None], today: date
) -> dict[str, pl.DataFrame]:
    """The days, months, years and periods over which is counted.

    counts: reference_dates a row per reference date; month_ends per month end up to today, and today; moments for
    today and the next 1 September; coming_months per month, this one and the twelve after it; periods per period in
    sight; school_days per school day since the first declared one.

    Raises CalendarError when the declared deliveries of incidents reach outside the school holidays.
    """
    first_answer = first_days["eerste_antwoord"]
    first_declared = first_days["eerste_levering"]
    first_day = min(day for day in (first_answer, first_declared, today) if day is not None)
    return {
        "reference_dates": _dated("peildatum", reference_dates(first_answer, today)),
        "month_ends": _dated("dag", reference_dates(first_day, today)),
        "moments": _frame(
            {"moment": pl.String, "dag": pl.Date}, [("vandaag", today), ("1 september", next_1_september(today))]
        ),
        "coming_months": _frame({"maand": pl.String}, [(month,) for month in coming_months(today)]),
        "school_days": _school_days(calendar, first_declared, today),
        "periods": _periods(registry, first_days, today),
    }


def _dated(name: str, days: Sequence[date]) -> pl.DataFrame:
    """Days with the number of their month: year * 12 + month."""
    rows = [(day, day.year * 12 + day.month) for day in days]
    return _frame({name: pl.Date, "month_number": pl.Int64}, rows)


def _school_days(calendar: SchoolCalendar, first_declared: date | None, today: date) -> pl.DataFrame:
    """Whole months: the month of the first declared day counts from its first day on."""
    days = [] if first_declared is None else calendar.school_days(first_declared.replace(day=1), today)
    rows = [(day, f"{day:%Y-%m}") for day in days]
    return _frame({"dag": pl.Date, "maand": pl.String}, rows)


def _periods(registry: Registry, first_days: Mapping[str, date | None], today: date) -> pl.DataFrame:
    schema = {"soort": pl.String, "periode": pl.String, "first_day": pl.Date, "last_day": pl.Date}
    days = [day for day in (first_days["eerste_incident"], first_days["eerste_levering"]) if day is not None]
    if not days:
        return pl.DataFrame(schema=schema)
    periods = periods_between(min(days), today, registry.in_force, registry.validity_years)
    return _frame(schema, [(period.kind, period.name, period.first, period.last) for period in periods])


def import_tables(records: Sequence[ImportRecord]) -> dict[str, pl.DataFrame]:
    """What is on record of the imports.

    counts: held_rows a row per import, school and dataset it held rows of; declared_rows per import, school and
    dataset it declared; refused_reasons per reason of the last import; import_files per imported file.
    """
    numbered = list(enumerate(records, start=1))
    last = records[-1].reasons if records else ()
    return {
        "held_rows": _frame(
            {
                "levering": pl.Int64,
                "today": pl.Date,
                "brin6": pl.String,
                "dataset": pl.String,
                "aangenomen": pl.Int64,
                "afgewezen": pl.Int64,
            },
            [
                (number, record.today, row["brin6"], row["dataset"], row["accepted"], row["rejected"])
                for number, record in numbered
                for row in record.held
            ],
        ),
        "declared_rows": _frame(
            {"levering": pl.Int64, "today": pl.Date, "brin6": pl.String, "dataset": pl.String},
            [
                (number, record.today, row["brin6"], row["dataset"])
                for number, record in numbered
                for row in record.declared
            ],
        ),
        "refused_reasons": _frame(
            {"dataset": pl.String, "kolom": pl.String, "reden": pl.String, "rijen": pl.Int64},
            [(row["dataset"], row["kolom"], row["reden"], row["rijen"]) for row in last],
        ),
        "import_files": _frame(
            {
                "levering": pl.Int64,
                "today": pl.Date,
                "bestand": pl.String,
                "dataset": pl.String,
                "gelezen": pl.Int64,
                "geaccepteerd": pl.Int64,
                "geweigerd": pl.Int64,
                "bekend": pl.Int64,
            },
            [
                (
                    number,
                    record.today,
                    str(file["digest"])[:8],
                    None if file["refused"] else file["dataset"],
                    file["read"],
                    file["accepted"],
                    file["rejected"],
                    file["known"],
                )
                for number, record in numbered
                for file in record.files
            ],
        ),
    }


def _frame(schema: Mapping[str, Any], rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict(schema), orient="row")
