"""Tiny builders for deliveries, readable by anyone who knows the rules; everything has a default.

    school("01AA00")
    pupil("1", born="2012-05-01")
    answers("1", "2025-09-10 ouder1 ja", "zonder-datum ouder2 nee zonder-bron")
    delivered("01AA00", "toestemmingen", "2025-08-01", "2026-07-31")

`write_delivery` writes them as the contract's CSV files.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.rows import Answer, Delivered, Enrolment, Incident, Row, School, Spoiled

Day = date | str
SCHOOL = "01AA00"
PURPOSE = "beeld_website"


def day(value: Day) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def maybe_day(value: Day | None) -> date | None:
    return None if value is None else day(value)


def school(brin6: str = SCHOOL, naam: str | None = None, **columns: Any) -> School:
    return School(brin6, naam or f"School {brin6}", **columns)


def pupil(
    number: str = "1",
    at: str = SCHOOL,
    *,
    born: Day = "2012-05-01",
    since: Day = "2024-08-01",
    until: Day | None = None,
    year: int = 2,
    kind: str | None = "havo",
) -> Enrolment:
    return Enrolment(number, at, day(born), year, kind, day(since), maybe_day(until))


def answer(number: str, text: str, purpose: str = PURPOSE) -> Answer:
    """One answer from a line: day, giver, answer, then what is out of the ordinary.

    `2025-09-10 ouder1 ja`: on that day, by that giver, with a source. Extra words: `zonder-bron`,
    `voor=2025-2026`, `op=02BB00`, `bron=brief`, `id=7`. `zonder-datum` and `zonder-gever` leave these out.
    """
    when, giver, word, *extras = text.split()
    more = dict(extra.partition("=")[::2] for extra in extras)
    return Answer(
        leerlingnummer=number,
        doel=purpose,
        antwoord=word,
        datum=None if when == "zonder-datum" else day(when),
        gever=None if giver == "zonder-gever" else giver,
        bron=None if "zonder-bron" in more else more.pop("bron", "formulier"),
        bron_id=more.pop("id", None),
        brin6=more.pop("op", None),
        voor_schooljaar=more.pop("voor", None),
    )


def answers(number: str, *texts: str, purpose: str = PURPOSE) -> list[Answer]:
    return [answer(number, text, purpose) for text in texts]


def delivered(brin6: str, dataset: str, first: Day, last: Day) -> Delivered:
    return Delivered(brin6, dataset, day(first), day(last))


def incident(number: str, on: Day, category: str = "pesten", at: str = SCHOOL, **columns: Any) -> Incident:
    return Incident(number, at, day(on), category, **columns)


def spoil(row: Row, fields_too_many: int = 0, **cells: str) -> Spoiled:
    """A row with text in some cells that breaks a rule, or with fields too many."""
    return Spoiled(row, tuple(cells.items()), fields_too_many)


def small_school(brin6: str = SCHOOL, pupils: int = 1, *, since: Day = "2024-08-01") -> list[Row]:
    """A school, with so many pupils of its own, all in the second year."""
    return [school(brin6), *(pupil(f"{brin6}-{n}", brin6, since=since) for n in range(1, pupils + 1))]


# --- writing -------------------------------------------------------------------------


def cell(value: object) -> str:
    """A value as an export writes it: Dutch dates, ja and nee, nothing for empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return value.strftime("%d-%m-%Y") if isinstance(value, date) else str(value)


def fields_of(row: Row | Spoiled) -> list[str]:
    if isinstance(row, Row):
        return [cell(getattr(row, name)) for name in row.columns()]
    spoiled = dict(row.cells)
    texts = [spoiled.get(name, cell(getattr(row.row, name))) for name in row.row.columns()]
    return texts + ["te veel"] * row.fields_too_many


def kind_of(row: Row | Spoiled) -> type[Row]:
    return type(row.row if isinstance(row, Spoiled) else row)


def csv_text(rows: Sequence[Row | Spoiled]) -> str:
    """Rows of one dataset as CSV with a header."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(kind_of(rows[0]).columns())
    writer.writerows(fields_of(row) for row in rows)
    return file.getvalue()


def write_delivery(folder: Path, rows: Iterable[Row | Spoiled], *, files: int = 1) -> Path:
    """Write a delivery: a CSV file per dataset, or its rows dealt out over several files."""
    folder.mkdir(parents=True, exist_ok=True)
    by_dataset: dict[str, list[Row | Spoiled]] = {}
    for row in rows:
        by_dataset.setdefault(kind_of(row).DATASET, []).append(row)
    for dataset, batch in by_dataset.items():
        for number in range(files):
            part = batch[number::files]
            if part:
                (folder / f"{dataset}-{number + 1}.csv").write_text(csv_text(part), encoding="utf-8", newline="")
    return folder


def moved(rows: Iterable[Row], **changes: Any) -> list[Row]:
    """The same rows with some columns changed."""
    return [replace(row, **changes) for row in rows]
