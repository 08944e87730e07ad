"""What the questions read beside delivered rows: the registry, the calendar and the record of imports, as tables."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from dashboard.periods import (
    ONE_DAY,
    Period,
    SchoolCalendar,
    add_years,
    coming_months,
    month_end,
    next_1_september,
    periods_between,
    reference_dates,
)
from dashboard.registry import Registry, Round
from dashboard.store.vault import ImportRecord

STEPS = ("advies directeuren", "instemming GMR", "vaststelling bestuur", "inwerkingtreding")
"""The steps of a round of the code, in their order."""

BY_PURPOSE = ("dekking", "laagste_dekking")
"""The indicators of the evaluation that are counted for every purpose of an article apart."""

ROLES = {"leerlingen": "leerling", "medewerkers": "medewerker"}
"""Whose measures the registry lists → what they are called as the one who did it."""


def registry_tables(registry: Registry) -> dict[str, pl.DataFrame]:
    """What the registry sets.

    counts: purposes a row per purpose; readings per reading and status; year_rules per meaning of "yearly";
    categories per category; round_steps per step of the latest round that has a date; article_indicators per article
    and indicator, consent's per purpose, and one without an indicator per article that can't be measured;
    known_platforms per platform; listed_measures per role and measure of its rules.
    """
    return {
        "purposes": _frame(
            {"doel": pl.String, "artikel": pl.String},
            [(purpose.code, purpose.article) for purpose in registry.purposes],
        ),
        "article_indicators": _article_indicators(registry),
        "known_platforms": _frame({"platform": pl.String}, [(platform.code,) for platform in registry.platforms]),
        "listed_measures": _frame(
            {"veroorzaker": pl.String, "maatregel": pl.String},
            [(ROLES[who], measure) for who, measures in registry.measures.items() for measure in measures],
        ),
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


def _article_indicators(registry: Registry) -> pl.DataFrame:
    rows: list[tuple[str, str | None, str | None, str | None, int | None]] = []
    for article in registry.articles:
        rows += [(article.number, None, None, None, None)] if not article.indicators else []
        for indicator in map(registry.indicator, article.indicators):
            purposes = [purpose.code for purpose in registry.purposes if purpose.article == article.number]
            rows += [
                (article.number, code, purpose, indicator.figure, indicator.norm)
                for code, purpose in _spread(indicator.code, purposes)
            ]
    schema = {
        "artikel": pl.String,
        "indicator": pl.String,
        "doel": pl.String,
        "soort": pl.String,
        "norm": pl.Int64,
    }
    return _frame(schema, rows)


def _spread(code: str, purposes: Sequence[str]) -> list[tuple[str, str | None]]:
    """An indicator with its purpose: one for each of these where it is counted by purpose."""
    return [(f"{code}:{purpose}", purpose) for purpose in purposes] if code in BY_PURPOSE else [(code, None)]


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
    sight; school_days per school day since the first declared one; evaluation_periods per evaluation period begun;
    evaluation_spans per such period, itself (`nu`, up to today) and the years before it (`vorige`);
    evaluation_months per such period and month with school days, up to today.

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
        **_evaluation_tables(registry, calendar, first_declared, today),
    }


def _evaluation_tables(
    registry: Registry, calendar: SchoolCalendar, first_declared: date | None, today: date
) -> dict[str, pl.DataFrame]:
    """The evaluation periods begun, their spans of days, and their months with school days."""
    begun = _evaluations(registry, today)
    return {
        "evaluation_periods": _evaluation_periods(registry, begun, today),
        "evaluation_spans": _evaluation_spans(registry, begun, today),
        "evaluation_months": _evaluation_months([] if first_declared is None else begun, calendar, today),
    }


def _evaluations(registry: Registry, today: date) -> list[Period]:
    since = registry.evaluated_since
    found = periods_between(since, today, since, registry.validity_years)
    return [period for period in found if period.kind == "evaluatie"]


def _evaluation_periods(registry: Registry, begun: Sequence[Period], today: date) -> pl.DataFrame:
    schema = {
        "periode": pl.String,
        "is_over": pl.Boolean,
        "dagen_over": pl.Int64,
        "inwerkingtreding": pl.Date,
        "instemming": pl.Date,
        "vaststelling": pl.Date,
    }
    rounds = [(period, _round_of(registry, period)) for period in begun]
    return _frame(
        schema,
        [
            (
                period.name,
                today > period.last,
                max((period.last - today).days, 0),
                adopted.in_force,
                adopted.gmr,
                adopted.board,
            )
            for period, adopted in rounds
        ],
    )


def _round_of(registry: Registry, period: Period) -> Round:
    """The round of the code that a period evaluates: the latest one in force on its first day; undated, the first."""
    dated = [adopted for adopted in registry.rounds if adopted.in_force and adopted.in_force <= period.first]
    return dated[-1] if dated else registry.rounds[0]


def _evaluation_spans(registry: Registry, begun: Sequence[Period], today: date) -> pl.DataFrame:
    schema = {"periode": pl.String, "kant": pl.String, "eerste_dag": pl.Date, "laatste_dag": pl.Date}
    rows: list[tuple[object, ...]] = []
    for period in begun:
        earlier = add_years(period.first, -registry.validity_years)
        rows.append((period.name, "nu", period.first, min(period.last, today)))
        rows.append((period.name, "vorige", earlier, period.first - ONE_DAY))
    return _frame(schema, rows)


def _evaluation_months(begun: Sequence[Period], calendar: SchoolCalendar, today: date) -> pl.DataFrame:
    """The last day of each month with school days, as far as it has come."""
    rows: list[tuple[object, ...]] = []
    for period in begun:
        until = min(period.last, today)
        days = calendar.school_days(period.first, until)
        months = sorted({(day.year, day.month): min(month_end(day), until) for day in days}.items())
        rows += [(period.name, f"{end:%Y-%m}", end) for _, end in months]
    return _frame({"periode": pl.String, "maand": pl.String, "dag": pl.Date}, rows)


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
    periods = periods_between(min(days), today, registry.evaluated_since, registry.validity_years)
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
