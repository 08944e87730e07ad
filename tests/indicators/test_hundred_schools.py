"""A hundred random schools in one import, each with years of incidents: every row of theirs against the twin."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tests.builders import pupil, school
from tests.indicators.test_against_plain import differences
from tests.plain_incidents import incident_followup, incident_roles, incident_trend, rare_events
from tests.plain_python import GROUP, Facts, Table, days_between, last_day_of_month
from tests.road import Road
from tests.rows import Delivered, Event, Incident, Row

TODAY = date(2026, 3, 10)
SINCE = date(2023, 8, 1)
SCHOOLS = 100
FIRSTS = [day for day in days_between(SINCE, TODAY) if day.day == 1]
KINDS = ("systeemwissel", "definitie", "campagne", "beleid")
TABLES: dict[str, Callable[[Facts, set[date]], Table]] = {
    "incident_trend": incident_trend,
    "rare_events": rare_events,
    "incident_roles": lambda facts, _: incident_roles(facts),
    "incident_followup": lambda facts, _: incident_followup(facts),
}


@dataclass(frozen=True, slots=True)
class Dice:
    """Draws the rows of one school."""

    chance: random.Random
    brin6: str

    def rows(self) -> list[Row]:
        return [school(self.brin6), *self.pupils(), *self.deliveries(), *self.events(), *self.incidents()]

    def pupils(self) -> list[Row]:
        """None to three, most of them all the time."""
        number = self.chance.choices(range(4), (1, 4, 3, 2))[0]
        comings = self.chance.choices((SINCE, date(2024, 8, 1), date(2025, 2, 1)), (8, 1, 1), k=number)
        leavings = self.chance.choices((None, date(2025, 9, 30), date(2025, 10, 1)), (6, 1, 1), k=len(comings))
        return [
            pupil(f"{self.brin6}-{number}", self.brin6, since=since, until=until)
            for number, (since, until) in enumerate(zip(comings, leavings, strict=True))
        ]

    def deliveries(self) -> list[Row]:
        """Month by month; now and then not, or a few days short."""
        rows: list[Row] = []
        for first in FIRSTS:
            short = self.chance.choices((None, 0, 1, 2, 4), (2, 40, 1, 1, 1))[0]
            if short is not None:
                last = last_day_of_month(first) - timedelta(days=short)
                rows.append(Delivered(self.brin6, "incidenten", first, last))
        return rows

    def events(self) -> list[Row]:
        days = self.chance.choices(days_between(SINCE, TODAY + timedelta(days=60)), k=self.chance.randrange(5))
        return [
            Event(day, f"Gebeurtenis {number} van {self.brin6}", self.chance.choice(KINDS), self.brin6)
            for number, day in enumerate(days)
        ]

    def incidents(self) -> list[Row]:
        """Around some level, that now and then shifts, rises or falls."""
        level = self.chance.choice((0.2, 0.5, 1, 2, 4, 6, 9, 15))
        rows: list[Row] = []
        for first in FIRSTS:
            level = min(max(level * self.chance.choices((1, 1.4, 0.7, 3, 0.3), (30, 4, 4, 1, 1))[0], 0.1), 25)
            count = sum(self.chance.random() < level / 40 for _ in range(40))
            rows += [self.incident(f"{first:%Y-%m}-{number}", first) for number in range(count)]
        return rows

    def incident(self, number: str, first: date) -> Incident:
        day = self.chance.choice(days_between(first, min(TODAY, last_day_of_month(first))))
        return Incident(
            number,
            self.brin6,
            day,
            "pesten",
            reikwijdte=self.chance.choice((None, "school", "overlap", "overlap", "buiten")),
            veroorzaker=self.chance.choice((None, "leerling", "onbekend", "extern")),
            getroffene=self.chance.choice((None, "leerling", "medewerker", "ouder")),
            maatregel=self.chance.choice((None, "geen", "gesprek", "aangifte")),
            maatregel_datum=self.later(day),
            hulp_aangeboden=self.chance.choice((None, True, False)),
            geregistreerd_op=self.later(day),
            leidinggevende_op=self.later(day),
            afgehandeld_op=self.later(day),
        )

    def later(self, day: date) -> date | None:
        """One of the days after it that isn't ahead, or none."""
        days = [day + timedelta(days=late) for late in (0, 0, 1, 3, 5, 6, 40)]
        return self.chance.choice([None, None, *(late for late in days if late <= TODAY)])


EVERYWHERE = [Event(date(2025, 4, 14), "Overal", "systeemwissel"), Event(date(2024, 12, 2), "Ook overal", "beleid")]


@pytest.mark.parametrize("seed", [1])
def test_every_school_is_the_twin_s(seed: int, road: Road, free: set[date]) -> None:
    """Points, parts, limits, signals, gaps, roles and follow-up of a hundred schools: no cell differs."""
    chance = random.Random(seed)
    schools = {f"{number % 100:02d}AA{number // 100:02d}": chance.random() for number in range(SCHOOLS)}
    rows = {brin6: Dice(random.Random(own), brin6).rows() for brin6, own in schools.items()}
    road.deliver([*EVERYWHERE, *(row for mine in rows.values() for row in mine)], TODAY)
    published = {name: road.table(name) for name in TABLES}
    found: list[str] = []
    for brin6, mine in rows.items():
        facts = Facts.of([*mine, *EVERYWHERE], TODAY)
        for name, twin in TABLES.items():
            theirs = [row for row in published[name] if row["brin6"] == brin6]
            found += differences(name, theirs, [row for row in twin(facts, free) if row["brin6"] != GROUP])
    assert found[:10] == []
