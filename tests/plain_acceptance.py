"""Which rows of a delivery are accepted, known or refused: slowly and plainly, delivery after delivery.

Only what the figures need: rows are meant (`tests.rows`), not read; a cell that can't be read is a `Spoiled`
row. `data_quality` is here too, as it tells about deliveries.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tests.rows import (
    Activity,
    Answer,
    Delivered,
    Enrolment,
    Event,
    Incident,
    Placement,
    Publication,
    Resolution,
    Row,
    School,
    Spoiled,
)

Fate = Literal["accepted", "known", "refused"]
Place = tuple[str, str]  # dataset, brin6 ('*' where there is none)

NO_SCHOOL = "*"
MAY_LIE_AHEAD = {"in_tot", "actief_van", "actief_tot", "startdatum", "gereed_voor"}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one import held: how many rows of every place met which fate, and what was declared in it."""

    day: date
    fates: Counter[tuple[Place, Fate]]
    declared: frozenset[Place]

    def holds(self, place: Place) -> bool:
        return place in self.declared or any(held == place for held, _ in self.fates)

    def count(self, fate: Fate, dataset: str | None = None) -> int:
        """How many rows of this import (of one dataset) met this fate."""
        return sum(number for ((held, _), met), number in self.fates.items() if met == fate and dataset in {None, held})


@dataclass(slots=True)
class History:
    """The rows in force after every import so far, and a receipt per import."""

    in_force: dict[tuple[str, tuple[object, ...]], Row] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)

    def rows(self) -> list[Row]:
        return list(self.in_force.values())

    def receive(self, delivery: Iterable[Row | Spoiled], today: date) -> Receipt:
        """Take in one delivery on this day."""
        delivery = list(delivery)
        sound = [row for row in delivery if isinstance(row, Row) and keeps_its_rules(row, today)]
        schools, pupils = self._schools(), self._pupils()
        kept: list[Row] = []
        # Schools first, then pupils: the other datasets refer to them.
        for kinds in ((School,), (Enrolment,), None):
            batch = [
                row for row in sound if (isinstance(row, kinds) if kinds else not isinstance(row, (School, Enrolment)))
            ]
            good = without_contradictions([row for row in batch if refers_well(row, schools, pupils)])
            kept += good
            schools = schools | {row.brin6 for row in good if isinstance(row, School)}
            for row in good:
                if isinstance(row, Enrolment):
                    pupils.setdefault(row.leerlingnummer, []).append(row)
        receipt = self._store(delivery, kept, schools, today)
        self.receipts.append(receipt)
        return receipt

    def _schools(self) -> set[str]:
        return {row.brin6 for row in self.rows() if isinstance(row, School)}

    def _pupils(self) -> dict[str, list[Enrolment]]:
        pupils: dict[str, list[Enrolment]] = {}
        for row in self.rows():
            if isinstance(row, Enrolment):
                pupils.setdefault(row.leerlingnummer, []).append(row)
        return pupils

    def _store(self, delivery: Sequence[Row | Spoiled], kept: list[Row], schools: set[str], today: date) -> Receipt:
        fates: Counter[tuple[Place, Fate]] = Counter()
        good, new = set(kept), set()
        for row in delivery:
            if not isinstance(row, Row) or row not in good:
                fates[place_of_refused(row, schools), "refused"] += 1
            elif row in new or self.in_force.get((row.DATASET, row.key)) == row:
                fates[place_of(row), "known"] += 1
            else:
                new.add(row)
                fates[place_of(row), "accepted"] += 1
        for row in new:
            self.in_force[row.DATASET, row.key] = row
        declared = frozenset((row.dataset, row.brin6) for row in kept if isinstance(row, Delivered))
        return Receipt(today, fates, declared)


def place_of(row: Row) -> Place:
    return row.DATASET, getattr(row, "brin6", None) or NO_SCHOOL


def place_of_refused(row: Row | Spoiled, schools: set[str]) -> Place:
    """A refused row stands under its school where that is known, else under `*`."""
    if isinstance(row, Spoiled):
        unreadable = row.fields_too_many or any(column == "brin6" for column, _ in row.cells)
        dataset, brin6 = place_of(row.row)
        return dataset, brin6 if brin6 in schools and not unreadable else NO_SCHOOL
    dataset, brin6 = place_of(row)
    return dataset, brin6 if brin6 in schools else NO_SCHOOL


def without_contradictions(rows: list[Row]) -> list[Row]:
    """Two rows with one key and different content are both refused."""
    contents: dict[tuple[str, tuple[object, ...]], set[Row]] = {}
    for row in rows:
        contents.setdefault((row.DATASET, row.key), set()).add(row)
    return [row for row in rows if len(contents[row.DATASET, row.key]) == 1]


def refers_well(row: Row, schools: set[str], pupils: dict[str, list[Enrolment]]) -> bool:
    """The school and the pupil a row names are known; a pupil was born before the answer."""
    brin6 = getattr(row, "brin6", None)
    if not isinstance(row, School) and brin6 is not None and brin6 not in schools:
        return False
    if isinstance(row, (Answer, Publication)) and row.leerlingnummer not in pupils:
        return False
    if isinstance(row, Answer) and row.datum is not None:
        return all(e.geboortedatum < row.datum for e in pupils[row.leerlingnummer])
    return True


def keeps_its_rules(row: Row, today: date) -> bool:
    """The rules a row can break by itself."""
    return not _lies_ahead(row, today) and _in_order(row)


def _lies_ahead(row: Row, today: date) -> bool:
    """What has happened can't lie after the day of import."""
    plans = set(MAY_LIE_AHEAD)
    if isinstance(row, (Activity, Event)):
        plans.add("datum")
    if isinstance(row, Delivered):
        plans.add("tot")
        plans.add("van")
    days = {name: getattr(row, name) for name in row.columns()}
    return any(isinstance(day, date) and day > today for name, day in days.items() if name not in plans)


def _in_order(row: Row) -> bool:
    match row:
        case School():
            return row.actief_van is None or row.actief_tot is None or row.actief_van < row.actief_tot
        case Enrolment():
            ends_well = row.in_tot is None or row.in_van < row.in_tot
            return ends_well and 3 <= whole_years(row.geboortedatum, row.in_van) <= 30 and 1 <= row.leerjaar <= 6
        case Answer():
            return row.voor_schooljaar is None or is_school_year(row.voor_schooljaar)
        case Delivered():
            return row.van <= row.tot
        case Incident():
            after = (row.afgehandeld_op, row.maatregel_datum, row.geregistreerd_op, row.leidinggevende_op)
            return all(day is None or day >= row.datum for day in after)
        case Placement() | Resolution() | _:
            return True


def is_school_year(text: str) -> bool:
    years = re.fullmatch(r"(\d{4})-(\d{4})", text)
    return years is not None and int(years[2]) == int(years[1]) + 1


def whole_years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


# --- data quality --------------------------------------------------------------------

FIRST_DATE = {
    "scholen": "actief_van",
    "leerlingen": "in_van",
    "stages": "startdatum",
    "personeel": "peildatum",
    "leveringen": "van",
}
LAST_DATE = FIRST_DATE | {"leveringen": "tot"}


def data_quality(history: History) -> list[dict[str, object]]:
    """A row for every (brin6, dataset) that was ever accepted, refused or declared; `*` is never a total."""
    places = {place for receipt in history.receipts for place, _ in receipt.fates}
    places |= {place for receipt in history.receipts for place in receipt.declared}
    return [_quality_row(history, dataset, brin6) for dataset, brin6 in places]


def _quality_row(history: History, dataset: str, brin6: str) -> dict[str, object]:
    place = (dataset, brin6)
    last = [receipt for receipt in history.receipts if receipt.holds(place)][-1]
    rows = [row for row in history.rows() if place_of(row) == place]
    first, until = _span(history, rows, dataset, brin6)
    return {
        "brin6": brin6,
        "dataset": dataset,
        "laatste_levering": last.day,
        "van": first,
        "tot": until,
        "rijen": len(rows),
        "afgewezen": last.fates[place, "refused"],
    }


def _span(history: History, rows: list[Row], dataset: str, brin6: str) -> tuple[date | None, date | None]:
    """What the school declared for this dataset; without that, the first and last date of the rows themselves."""
    stated = [r for r in history.rows() if isinstance(r, Delivered) and (r.dataset, r.brin6) == (dataset, brin6)]
    if stated:
        return min(d.van for d in stated), max(d.tot for d in stated)
    firsts = [day for r in rows if (day := getattr(r, FIRST_DATE.get(dataset, "datum"))) is not None]
    lasts = [day for r in rows if (day := getattr(r, LAST_DATE.get(dataset, "datum"))) is not None]
    return min(firsts, default=None), max(lasts, default=None)
