"""The small datasets: consultations, interns, announcements, activities, staff, events, decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl

from dashboard.exports.sample.incidents import campaign_day, new_system_day
from dashboard.exports.sample.scene import Scene
from dashboard.exports.sample.schools import School

Rows = list[tuple[object, ...]]

CORNERS: Final = 6
"""Every sixth school has the same weak spot."""
LATE_WITH_NEWS, NO_LESSONS, FEW_TRAININGS, SAYS_LITTLE = 2, 3, 4, 5
NO_COACH: Final = (1, 4)
ASKS_COACH: Final = 0.6
"""Share of the questions for the coach, where there is one."""
INTERN: Final = 0.8
"""Share of interns; the others are volunteers."""
CHECKED: Final = {False: 0.8, True: 0.95}
"""Share with a date for the check of online presence, by whether it is this school year."""
COUNTED: Final = 0.9
"""Share of the parent evenings at which somebody counted heads."""

LAYOUTS: Final[Mapping[str, Mapping[str, type[pl.DataType]]]] = {
    "scholen": {
        "brin6": pl.String,
        "naam": pl.String,
        "onderwijssoort": pl.String,
        "actief_van": pl.Date,
        "actief_tot": pl.Date,
    },
    "consultaties": {"datum": pl.Date, "brin6": pl.String, "gericht_aan": pl.String, "regel": pl.String},
    "stages": {
        "stage_id": pl.String,
        "brin6": pl.String,
        "soort": pl.String,
        "startdatum": pl.Date,
        "controle_datum": pl.Date,
    },
    "bekendmaking": {"kanaal": pl.String, "datum": pl.Date, "brin6": pl.String, "doelgroep": pl.String},
    "activiteiten": {
        "datum": pl.Date,
        "brin6": pl.String,
        "soort": pl.String,
        "doelgroep": pl.String,
        "deelnemers": pl.Int64,
    },
    "personeel": {
        "brin6": pl.String,
        "peildatum": pl.Date,
        "medewerkers": pl.Int64,
        "social_mediacoach": pl.Boolean,
        "whatsapp_bezwaar": pl.Boolean,
    },
    "gebeurtenissen": {"datum": pl.Date, "omschrijving": pl.String, "soort": pl.String, "brin6": pl.String},
    "besluiten": {
        "besluit_id": pl.String,
        "datum": pl.Date,
        "regel": pl.String,
        "omschrijving": pl.String,
        "eigenaar": pl.String,
        "gereed_voor": pl.Date,
        "status": pl.String,
    },
}
"""The small datasets of the contract with their columns, in its order."""


def occasion_frames(scene: Scene, schools: Sequence[School]) -> dict[str, pl.DataFrame]:
    """The small datasets by name, each with the contract's columns and order, counts as whole numbers."""
    year = _Diary(scene, schools)
    told = {
        "scholen": year.schools_there(),
        "consultaties": year.consultations(),
        "stages": year.placements(),
        "bekendmaking": year.announcements(),
        "activiteiten": year.activities(),
        "personeel": year.staff(),
        "gebeurtenissen": year.events(),
        "besluiten": year.decisions(),
    }
    return {
        name: pl.DataFrame(rows, schema=LAYOUTS[name], orient="row").unique(maintain_order=True)
        for name, rows in told.items()
    }


@dataclass(frozen=True, slots=True)
class _Diary:
    """What happened at the schools; each method gives the rows of one dataset."""

    scene: Scene
    schools: Sequence[School]

    def schools_there(self) -> Rows:
        """`scholen`."""
        opened = date(2011, 8, 1)
        return [(school.brin6, school.name, school.onderwijssoort, opened, None) for school in self.schools]

    def consultations(self) -> Rows:
        """`consultaties`."""
        lots = self.scene.lots(5, 0)
        rules = [*sorted({category.article for category in self.scene.registry.categories}), None]
        return [
            (
                day,
                school.brin6,
                "social_mediacoach" if not _is(school, *NO_COACH) and lots.random() < ASKS_COACH else "leidinggevende",
                rules[int(lots.integers(len(rules)))],
            )
            for school in self.schools
            for year in self.scene.years
            for day in _some_days(self.scene, lots, year, 3 + school.pupils / 300)
        ]

    def placements(self) -> Rows:
        """`stages`."""
        lots = self.scene.lots(5, 1)
        rows: Rows = []
        for school in self.schools:
            for year in self.scene.years:
                for start in _some_days(self.scene, lots, year, 4 + school.pupils / 250):
                    checked = start - timedelta(days=int(lots.integers(-6, 25)))
                    shown = checked <= self.scene.today and lots.random() < CHECKED[year == self.scene.year]
                    kind = "stagiair" if lots.random() < INTERN else "vrijwilliger"
                    rows.append((f"S-{len(rows) + 1:05d}", school.brin6, kind, start, checked if shown else None))
        return rows

    def announcements(self) -> Rows:
        """`bekendmaking`."""
        lots = self.scene.lots(5, 2)
        force = self.scene.in_force
        rows: Rows = [
            ("website", force - timedelta(days=19), None, None),
            ("intranet", force - timedelta(days=18), None, "medewerkers"),
        ]
        for school in self.schools:
            # One school informs the parents too late, one forgets the pupils.
            late = _is(school, LATE_WITH_NEWS)
            rows.append(("schoolwebsite", force + timedelta(days=34 if late else -12), school.brin6, None))
            for group in ("leerlingen", "ouders", "medewerkers"):
                if _is(school, SAYS_LITTLE) and group == "leerlingen":
                    continue
                days = 27 if late and group == "ouders" else -int(lots.integers(3, 17))
                rows.append(("bericht", force + timedelta(days=days), school.brin6, group))
            rows.extend(
                ("bericht", self.scene.first_school_day(year) + timedelta(days=11), school.brin6, "ouders")
                for year in self.scene.years
                if date(year, 8, 1) > force
            )
        return [row for row in rows if isinstance(row[1], date) and row[1] <= self.scene.today]

    def activities(self) -> Rows:
        """`activiteiten`."""
        lots = self.scene.lots(5, 3)
        rows: Rows = []
        for school in self.schools:
            for year in self.scene.years:
                size = max(8, school.pupils // 6)
                rows += [
                    (day, school.brin6, "les", "leerlingen", int(lots.integers(18, max(20, size))))
                    for day in _some_days(self.scene, lots, year, 0 if _is(school, NO_LESSONS) else 4)
                ]
                rows += [
                    (day, school.brin6, "training", "medewerkers", int(lots.integers(5, 40)))
                    for day in _some_days(self.scene, lots, year, 0.2 if _is(school, FEW_TRAININGS) else 1.3)
                ]
                rows += [
                    (
                        day,
                        school.brin6,
                        "ouderavond",
                        "ouders",
                        int(lots.integers(12, 90)) if lots.random() < COUNTED else None,
                    )
                    for day in _some_days(self.scene, lots, year, 0.8)
                ]
        planned = self.scene.today + timedelta(days=30)
        return [*rows, *((planned, school.brin6, "ouderavond", "ouders", None) for school in self.schools[:2])]

    def staff(self) -> Rows:
        """`personeel`."""
        return [
            (
                school.brin6,
                day,
                school.pupils // 9 + 6 + (year - self.scene.first_year),
                None if _is(school, SAYS_LITTLE) and year == self.scene.first_year else not _is(school, *NO_COACH),
                _is(school, NO_LESSONS),
            )
            for school in self.schools
            for year in self.scene.years
            for day in [date(year, 10, 1)]
            if day <= self.scene.today
        ]

    def events(self) -> Rows:
        """`gebeurtenissen`."""
        rows: Rows = [
            (self.scene.in_force, "De gedragscode treedt in werking", "beleid", None),
            (campaign_day(self.scene), "Start van de campagne ‘Eerst denken, dan delen’", "campagne", None),
            (self.scene.today + timedelta(days=45), "Week van de mediawijsheid", "campagne", None),
        ]
        rows += [
            (
                new_system_day(self.scene),
                "Meldingen staan voortaan in het nieuwe systeem",
                "systeemwissel",
                school.brin6,
            )
            for school in self.schools
            if school.habit.new_system != 1
        ]
        return rows

    def decisions(self) -> Rows:
        """`besluiten`, with roles and never names."""
        start = self.scene.first_day
        known = {article.number for article in self.scene.registry.articles}
        told = (
            (
                70,
                "IV.M.8",
                "Elke school vraagt de toestemming voor beeld ieder jaar opnieuw.",
                "directeuren",
                400,
                "gedaan",
            ),
            (160, "IV.M.11", "Elke school wijst een social-mediacoach aan.", "directeuren", 480, "open"),
            (
                240,
                "IV.A.5",
                "Alle eerste klassen krijgen een les over wat online blijft staan.",
                "onderwijs en kwaliteit",
                520,
                "gedaan",
            ),
            (330, "VI.4", "De code komt ook op het intranet van de groep.", "communicatie", 380, "vervallen"),
            (
                430,
                "IV.M.9",
                "Per school wordt geïnventariseerd welke apps in de les nodig zijn.",
                "privacy",
                620,
                "open",
            ),
            (520, "", "De evaluatie begint een half jaar voor het einde van de looptijd.", "bestuur", 900, "open"),
        )
        return [
            (
                f"B-{number:02d}",
                start + timedelta(days=after),
                regel if regel in known else None,
                text,
                owner,
                start + timedelta(days=due),
                status,
            )
            for number, (after, regel, text, owner, due, status) in enumerate(told, start=1)
            if start + timedelta(days=after) <= self.scene.today
        ]


def _is(school: School, *spots: int) -> bool:
    return school.index % CORNERS in spots


def _some_days(scene: Scene, lots: np.random.Generator, year: int, mean: float) -> list[date]:
    """School days of a year on which something happened, `mean` of them in a whole year."""
    days = scene.school_days(year)
    count = int(lots.poisson(mean * len(days) / 190))
    return [days[place] for place in sorted(lots.integers(0, len(days), count).tolist())] if days else []
