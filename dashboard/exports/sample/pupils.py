"""Pupils of the synthetic delivery: they enter, age through the year groups, repeat one, move, leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from dashboard.exports.sample.scene import Real, Scene, Truth, Whole, as_number, date_series, word_series
from dashboard.exports.sample.schools import TRACK_YEARS, TRACKS, School

FIRST_NUMBER: Final = 100_001
TRAP_NUMBERS: Final = range(900_000, 910_000)
"""Numbers kept for planted pupils and mistakes."""

REPEATS, LEAVES, MOVES, JOINS, OLDER = 0.06, 0.09, 0.4, 0.09, 0.15
"""Chance per pupil to repeat a year, to leave early (and then, to another school here), to join late, to be older."""

COHORT: Final = 1.13
"""Newcomers for every place, since some leave early or join late."""

NEVER: Final = 9999
"""A year that doesn't come."""


@dataclass(frozen=True, slots=True)
class Stays:
    """Pupils at schools. Arrays: one place per pupil, school and school year; `person` points to a pupil.

    Days are days since 1 January 1970; `until` is the first day after.
    """

    person: Whole
    school: Whole
    """Place of the school in `schools`."""
    year: Whole
    first: Whole
    until: Whole
    leerjaar: Whole
    track: Whole
    fresh: Truth
    """The pupil enters the first year group on 1 August."""
    schools: tuple[School, ...]
    number: Whole
    """Per pupil: the leerlingnummer."""
    birth: Whole
    """Per pupil: the birth date."""
    willing: Real
    """Per pupil: 0 answers every form … 1 answers none."""
    open_minded: Real
    """Per pupil: standard normal, low says yes."""

    def __len__(self) -> int:
        return len(self.person)

    @property
    def numbers(self) -> Whole:
        """The leerlingnummer per stay."""
        return self.number[self.person]

    def sixteen(self) -> Whole:
        """Per stay: the pupil's 16th birthday."""
        return sixteenth_birthday(self.birth)[self.person]


def sixteenth_birthday(birth: Whole) -> Whole:
    """The day on which somebody born on a day turns 16, as days since 1970; 16 years keep 29 February."""
    days = birth.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    into = (days - months.astype("datetime64[D]")).astype(np.int64)
    later = (months + np.timedelta64(16 * 12, "M")).astype("datetime64[D]").astype(np.int64)
    return np.asarray(later + into, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Lives:
    """Per pupil, before the years are told: where, from which year to which, and what happens on the way."""

    school: Whole
    track: Whole
    entry: Whole
    end: Whole
    repeats: Whole
    joins: Whole
    leaves: Whole
    join_day: Whole
    leave_day: Whole
    moves_to: Whole


def live(scene: Scene, schools: Sequence[School], batch: int, first_number: int) -> Stays:
    """Everybody at a batch of schools, over all years told."""
    lots = scene.lots(1, batch)
    lives = _lives(scene, schools, lots)
    count = len(lives.school)
    birth = _births(lives, lots)
    own = [_told_year(lives, year, moved=False) for year in scene.years]
    other = [_told_year(lives, year, moved=True) for year in scene.years]
    rows = np.concatenate(own + other, axis=1)
    rows = rows[:, (rows[3] <= as_number(scene.today)) & (rows[3] < rows[4])]
    person, school, year, first, until, leerjaar = rows[:, np.lexsort((rows[3], rows[0], rows[1]))]
    return Stays(
        person=person,
        school=school,
        year=year,
        first=first,
        until=until,
        leerjaar=leerjaar,
        track=lives.track[person],
        fresh=(lives.entry[person] == year) & (first == _august(year)),
        schools=tuple(schools),
        number=_numbers(first_number, count),
        birth=birth,
        willing=lots.random(count),
        open_minded=lots.standard_normal(count),
    )


def _numbers(first: int, count: int) -> Whole:
    numbers = np.arange(first, first + count, dtype=np.int64)
    return np.where(numbers >= TRAP_NUMBERS.start, numbers + len(TRAP_NUMBERS), numbers)


def _august(years: Whole) -> Whole:
    starts = {year: as_number(date(year, 8, 1)) for year in np.unique(years).tolist()}
    if not starts:
        return years
    low = min(starts)
    days = np.array([starts.get(year, 0) for year in range(low, max(starts) + 1)], dtype=np.int64)
    return np.asarray(days[years - low], dtype=np.int64)


def _lives(scene: Scene, schools: Sequence[School], lots: np.random.Generator) -> _Lives:
    cells = [
        (
            place,
            TRACKS.index(track),
            entry,
            COHORT * school.pupils / len(school.tracks) / TRACK_YEARS[TRACKS.index(track)],
        )
        for place, school in enumerate(schools)
        for track in school.tracks
        for entry in range(scene.first_year - 7, scene.year + 1)
    ]
    sizes = lots.poisson([cell[3] for cell in cells])
    school, track, entry = (
        np.repeat(np.array([cell[column] for cell in cells], dtype=np.int64), sizes) for column in range(3)
    )
    count = len(school)
    takes = np.array(TRACK_YEARS, dtype=np.int64)[track]
    repeats = np.where(lots.random(count) < REPEATS, entry + (lots.random(count) * takes).astype(np.int64), NEVER)
    end = entry + takes + (repeats < NEVER)
    spans = end - entry
    joins = np.where(lots.random(count) < JOINS, entry + (lots.random(count) * spans).astype(np.int64), entry)
    join_day = np.where(joins > entry, lots.integers(25, 240, count), 0)
    leaves = np.where(lots.random(count) < LEAVES, entry + (lots.random(count) * spans).astype(np.int64), NEVER)
    leave_day = lots.integers(60, 320, count)
    # Who leaves in the year of joining stays for at least a month, and nobody leaves before joining.
    leaves = np.where((leaves < joins) | ((leaves == joins) & (leave_day < join_day + 30)), NEVER, leaves)
    # What lies ahead is not known yet.
    ahead = _day_in(leaves, leave_day) > as_number(scene.today)
    leaves = np.where(ahead, NEVER, leaves)
    return _Lives(
        school=school,
        track=track,
        entry=entry,
        end=end,
        repeats=repeats,
        joins=joins,
        leaves=leaves,
        join_day=join_day,
        leave_day=leave_day,
        moves_to=_moves_to(schools, school, track, lots.random(count) < MOVES),
    )


def _day_in(years: Whole, offset: Whole) -> Whole:
    return np.where(years < NEVER, _august(np.where(years < NEVER, years, 2000)) + offset, 0)


def _moves_to(schools: Sequence[School], school: Whole, track: Whole, moves: Truth) -> Whole:
    """Per pupil the next school of the batch that offers the same, or -1."""
    table = np.full((len(schools), len(TRACKS)), -1, dtype=np.int64)
    for place, offered in enumerate(schools):
        for name in offered.tracks:
            rest = [(place + step) % len(schools) for step in range(1, len(schools))]
            table[place, TRACKS.index(name)] = next((at for at in rest if name in schools[at].tracks), -1)
    return np.where(moves, table[school, track], -1)


def _births(lives: _Lives, lots: np.random.Generator) -> Whole:
    """Twelve by the first autumn, some older; newcomers of all ages."""
    count = len(lives.entry)
    oldest = _august(lives.entry) - round(12.83 * 365.25)
    births = oldest + lots.integers(0, 365, count) - 365 * (lots.random(count) < OLDER)
    newcomer = lives.track == TRACKS.index("isk")
    return np.asarray(births - np.where(newcomer, lots.integers(0, 5 * 365, count), 0), dtype=np.int64)


def _told_year(lives: _Lives, year: int, *, moved: bool) -> Whole:
    """One school year: rows person, school, year, first, until, leerjaar; for those who moved, at the other school."""
    start, end = as_number(date(year, 8, 1)), as_number(date(year + 1, 8, 1))
    there = (lives.joins <= year) & (year < lives.end)
    if moved:
        there &= (lives.moves_to >= 0) & (lives.leaves <= year)
        first = np.where(lives.leaves == year, start + lives.leave_day, start)
        until = np.full(len(first), end)
    else:
        there &= year <= lives.leaves
        first = np.where(lives.joins == year, start + lives.join_day, start)
        until = np.where(lives.leaves == year, start + lives.leave_day, end)
    school = lives.moves_to if moved else lives.school
    leerjaar = year - lives.entry + 1 - (lives.repeats < year)
    person = np.arange(len(there), dtype=np.int64)
    rows = np.stack([person, school, np.full(len(there), year), first, until, leerjaar])
    return np.asarray(rows[:, there], dtype=np.int64)


def enrolment_frame(scene: Scene, stays: Stays) -> pl.DataFrame:
    """The dataset `leerlingen`: one row per pupil, school and school year.

    Besides the contract's columns `school`, the place in the batch; numbers as whole numbers.
    """
    open_end = np.array([school.habit.open_end for school in stays.schools], dtype=np.bool_)[stays.school]
    shown = ~(open_end & (stays.until > as_number(scene.today)))
    return pl.DataFrame(
        {
            "leerlingnummer": stays.numbers,
            "brin6": word_series([school.brin6 for school in stays.schools], stays.school),
            "geboortedatum": date_series(stays.birth[stays.person]),
            "leerjaar": stays.leerjaar,
            "onderwijssoort": word_series(TRACKS, stays.track),
            "in_van": date_series(stays.first),
            "in_tot": date_series(stays.until, shown),
            "school": stays.school,
        }
    )
