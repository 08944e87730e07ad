"""Planted pupils: every case with a number, a school and a purpose, and their rows in the delivery."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from dashboard.exports.sample.deliveries import forgotten_months
from dashboard.exports.sample.dialects import PUPIL_DIGITS
from dashboard.exports.sample.pupils import TRAP_NUMBERS
from dashboard.exports.sample.scene import Scene
from dashboard.exports.sample.schools import School, make_schools
from dashboard.exports.sample.trap_cases import Almanac, Case, Said, all_cases
from dashboard.exports.sample.trap_table import Place
from dashboard.periods import SchoolCalendar
from dashboard.registry import Registry

NEEDS_TWO: Final = {Place.BESIDE, Place.MOVED, Place.SAME_DAY}


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A row of `leerlingen` of a planted pupil."""

    brin6: str
    first: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Trap:
    """A planted pupil, and the one status that the rules give for a purpose on a day."""

    leerlingnummer: str
    doel: str
    expected_status: str
    why: str
    """In Dutch, for the README."""
    peildatum: date
    """The day of delivery, but for the few that need an earlier one."""
    rule: int
    """The row of the status table that decides, 0 to 7."""
    brin6: str
    """The school at which the pupil counts on that day."""
    case: Case
    enrolments: tuple[Enrolled, ...]
    other: str
    """The school that a case calls elsewhere."""


def planted_traps(
    *,
    schools: int = 6,
    pupils: int = 1000,
    seed: int = 1,
    today: date,
    registry: Registry,
    calendar: SchoolCalendar,
) -> tuple[Trap, ...]:
    """The planted pupils of the delivery that `write_sample` makes of the same arguments.

    Cases that need a second school are left out where there is one only.
    """
    scene = Scene(registry, calendar, today, seed)
    return plant(scene, make_schools(scene, schools, pupils))


def plant(scene: Scene, schools: Sequence[School]) -> tuple[Trap, ...]:
    """The planted pupils among these schools; larger schools have more of them."""
    almanac = Almanac(scene.today, forgotten_months(scene, "toestemmingen")[-1])
    cases = [case for case in all_cases(almanac) if len(schools) > 1 or case.place not in NEEDS_TWO]
    homes = _homes(schools, len(cases))
    return tuple(
        _trap(scene, number, case, home, schools)
        for number, (case, home) in enumerate(zip(cases, homes, strict=True), start=TRAP_NUMBERS.start + 1)
    )


def _homes(schools: Sequence[School], count: int) -> list[School]:
    shares = np.cumsum([school.pupils for school in schools], dtype=np.float64)
    places = np.searchsorted(shares / shares[-1], (np.arange(count) + 0.5) / count)
    return [schools[int(place)] for place in places]


def _trap(scene: Scene, number: int, case: Case, home: School, schools: Sequence[School]) -> Trap:
    if case.place in {Place.FORGOTTEN, Place.EVE}:
        home = next(school for school in schools if school.habit.forgets)
    brin6, other = home.brin6, schools[(schools.index(home) + 1) % len(schools)].brin6
    if case.place is Place.SAME_DAY:
        brin6, other = sorted((brin6, other))
    doel = scene.purposes[number % len(scene.purposes)]
    enrolments = _enrolled(scene, case.place, brin6, other)
    return Trap(
        leerlingnummer=str(number),
        doel=doel,
        expected_status=case.status,
        why=case.why,
        peildatum=case.peildatum,
        rule=case.rule,
        brin6=brin6,
        case=case,
        enrolments=enrolments,
        other=other,
    )


def _enrolled(scene: Scene, place: Place, here: str, other: str) -> tuple[Enrolled, ...]:
    last, now, end = (date(scene.year + step, 8, 1) for step in (-1, 0, 1))
    if place is Place.NEW:
        return (Enrolled(here, scene.today, None),)
    if place is Place.SAME_DAY:
        return (Enrolled(other, now, None), Enrolled(here, now, end))
    if place is Place.MOVED:
        # On 1 August the day of delivery is that of the first enrolment as well.
        since = last if scene.today == now else now
        return (Enrolled(other, since, end), Enrolled(here, scene.today, None))
    return (Enrolled(here, last, now), Enrolled(here, now, None))


def trap_enrolments(traps: Sequence[Trap]) -> pl.DataFrame:
    """Their rows of `leerlingen`."""
    rows = [
        (
            trap.leerlingnummer,
            row.brin6,
            trap.case.born,
            _leerjaar(trap.case.born, row.first),
            None,
            row.first,
            row.until,
        )
        for trap in traps
        for row in trap.enrolments
    ]
    schema = {
        "leerlingnummer": pl.String,
        "brin6": pl.String,
        "geboortedatum": pl.Date,
        "leerjaar": pl.Int64,
        "onderwijssoort": pl.String,
        "in_van": pl.Date,
        "in_tot": pl.Date,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _leerjaar(born: date, day: date) -> int:
    return min(6, max(1, day.year - born.year - 11))


def trap_answers(scene: Scene, traps: Sequence[Trap]) -> pl.DataFrame:
    """Their rows of `toestemmingen`; with the column `refused`, the column for which the import refuses a row."""
    rows = [_answer(scene, trap, said) for trap in traps for said in trap.case.answers]
    schema = {
        "leerlingnummer": pl.String,
        "doel": pl.String,
        "antwoord": pl.String,
        "datum": pl.Date,
        "gever": pl.String,
        "bron": pl.String,
        "brin6": pl.String,
        "voor_schooljaar": pl.String,
        "refused": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _answer(scene: Scene, trap: Trap, said: Said) -> tuple[object, ...]:
    number = trap.leerlingnummer.zfill(PUPIL_DIGITS) if "nullen" in said.extras else trap.leerlingnummer
    place = (scene.purposes.index(trap.doel) + ("ander-doel" in said.extras)) % len(scene.purposes)
    brins = {"hier": trap.brin6, "elders": trap.other}
    return (
        number,
        scene.purposes[place],
        said.antwoord,
        said.day,
        said.giver,
        said.source,
        next((brins[name] for name in brins if name in said.extras), None),
        said.label,
        "datum" if "geweigerd" in said.extras else None,
    )
