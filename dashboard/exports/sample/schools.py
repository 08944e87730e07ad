"""The schools of the synthetic delivery: invented, of different size, level and habit."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from dashboard.exports.sample.scene import Scene

TRACKS: Final = ("pro", "vmbo", "havo", "vwo", "vso", "isk")
"""Kinds of education in the order in which the contract lists them."""
TRACK_YEARS: Final = (5, 4, 5, 6, 5, 2)
"""How many years each of them takes."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How a school registers. Shares are 0–1."""

    name: str
    told: str
    """What a reader of the delivery's README should know; empty for an ordinary school."""
    answers: float = 0.93
    """Share of the pupils whose form comes back at all."""
    slow: float = 0.25
    """Of those, the share that comes back after the first weeks."""
    starts: int = -6
    """Days from the first school day to the day on which the forms go out."""
    begins: int = 0
    """Months after the first day told in which the school starts to register and deliver."""
    carries: float = 0.0
    """Share of the forms that stay away for which the school fills in an answer itself."""
    forgets: bool = False
    """Forgets to deliver some months."""
    reports: float = 1.0
    """Share of the incidents that gets reported."""
    new_system: float = 1.0
    """Times as many reports from the second school year on, because of another system."""
    asks_again: float = 0.5
    """Share of the pupils who turn 16 that is asked again."""
    parents_after_16: float = 0.06
    """Share of the forms of pupils of 16 and older that a parent signs."""
    lost_proof: float = 0.015
    """Share of the forms whose source is lost."""
    shows_open: bool = False
    """Delivers questions that are still open as `onbeantwoord`."""
    early: float = 0.0
    """Share of the new pupils whose form is there before the school year starts."""
    names_school: bool = False
    """Fills in brin6 with each answer."""
    open_end: bool = True
    """Leaves in_tot empty for who is enrolled now; else fills in the end of the school year."""


HABITS: Final = (
    Habit(
        "gewoon",
        "",
        answers=0.96,
        slow=0.16,
        early=0.4,
        asks_again=0.75,
        parents_after_16=0.04,
        lost_proof=0.008,
        shows_open=True,
    ),
    Habit(
        "nieuw_systeem",
        "meldt sinds het tweede schooljaar in een ander systeem, en telt daardoor meer meldingen",
        answers=0.9,
        slow=0.3,
        new_system=1.6,
        names_school=True,
        asks_again=0.35,
    ),
    Habit(
        "laat",
        "is in het tweede schooljaar pas begonnen met vastleggen en aanleveren, en vraagt ook nu later",
        answers=0.9,
        slow=0.35,
        starts=24,
        begins=15,
        open_end=False,
    ),
    Habit(
        "neemt_over",
        "neemt antwoorden van vorig jaar stilzwijgend over: zonder datum, of op naam van de school",
        answers=0.78,
        slow=0.25,
        carries=0.75,
        parents_after_16=0.2,
        lost_proof=0.03,
    ),
    Habit(
        "vergeet",
        "heeft een paar maanden niet aangeleverd",
        answers=0.94,
        slow=0.28,
        forgets=True,
        early=0.25,
        names_school=True,
    ),
    Habit(
        "meldt_weinig",
        "meldt weinig incidenten",
        answers=0.985,
        slow=0.05,
        reports=0.2,
        parents_after_16=0.02,
        lost_proof=0.004,
        asks_again=0.9,
        shows_open=True,
    ),
)

TOLD: Final = (
    ("Lyceum Zilverhaven", "havo/vwo", 1.45),
    ("Vakcollege Schieboog", "pro/vmbo", 0.8),
    ("College Maasbries", "vmbo/havo/vwo", 1.25),
    ("Scholengemeenschap De Lijnbaan", "vmbo/havo", 1.1),
    ("Lyceum Vlietkade", "havo/vwo", 1.0),
    ("Praktijkschool Molenwerf", "pro/isk", 0.4),
)
"""Name, onderwijssoort and size against the average, of the first schools. All of them invented."""

FRONTS: Final = ("College", "Lyceum", "Vakcollege", "Scholengemeenschap", "Mavo", "Praktijkschool")
STEMS: Final = ("Zilver", "Haven", "Maas", "Schie", "Vliet", "Molen", "Dijk", "Polder", "Linde", "Brander", "Kade")
ENDS: Final = ("bries", "boog", "werf", "tuin", "poort", "kreek", "hoek", "zicht", "oever", "baken", "sluis")
LEVELS: Final = ("vmbo/havo/vwo", "havo/vwo", "vmbo/havo", "vmbo", "pro/vmbo", "pro")
HABIT_WEIGHTS: Final = (0.5, 0.1, 0.12, 0.12, 0.1, 0.06)

RATES: Final = {"pro": 10.0, "vmbo": 7.0, "havo": 4.2, "vwo": 2.8, "vso": 9.5, "isk": 5.0}
"""Reports per 1,000 pupils per 20 school days, by kind of education."""


@dataclass(frozen=True, slots=True)
class School:
    """A school site."""

    index: int
    brin6: str
    name: str
    tracks: tuple[str, ...]
    pupils: int
    """Enrolled on an average day."""
    habit: Habit

    @property
    def onderwijssoort(self) -> str:
        """The contract's spelling of its kinds of education."""
        return "/".join(self.tracks)

    @property
    def rate(self) -> float:
        """What happens, per 1,000 pupils per 20 school days; not all of it is reported."""
        return sum(RATES[track] for track in self.tracks) / len(self.tracks)


def make_schools(scene: Scene, schools: int, pupils: int) -> tuple[School, ...]:
    """The schools, `pupils` at each on average; the first six each have a habit that the README tells of."""
    lots = scene.lots(0)
    sizes = np.array([told[2] for told in TOLD] + lots.gamma(6.0, 1 / 6, max(0, schools - len(TOLD))).tolist())
    sizes = np.maximum(0.05, sizes[:schools])
    sizes = np.maximum(1, np.rint(sizes / sizes.mean() * pupils)).astype(np.int64)
    made = [_school(scene, index, int(size)) for index, size in enumerate(sizes)]
    if not any(school.habit.forgets for school in made):
        # There is always a school that forgot to deliver: the status for it needs one.
        made[-1] = replace(
            made[-1], habit=replace(made[-1].habit, forgets=True, told="heeft een paar maanden niet aangeleverd")
        )
    return tuple(made)


def _brin6(index: int) -> str:
    # Real numbers start with 00 to 33. The second school is a second site of the first one.
    place = max(0, index - 1)
    letters = chr(65 + place // 26 % 26) + chr(65 + place % 26)
    return f"{99 - place // 676:02d}{letters}{int(index == 1):02d}"


def _school(scene: Scene, index: int, size: int) -> School:
    if index < len(TOLD):
        name, levels, _ = TOLD[index]
        return School(index, _brin6(index), name, tuple(levels.split("/")), size, HABITS[index])
    lots = scene.lots(0, index)
    habit = HABITS[int(lots.choice(len(HABITS), p=HABIT_WEIGHTS))]
    habit = replace(
        habit,
        answers=float(np.clip(habit.answers + lots.normal(-0.02, 0.02), 0.75, 0.985)),
        slow=float(np.clip(habit.slow + lots.normal(0, 0.05), 0.03, 0.4)),
    )
    return School(index, _brin6(index), _name(index), tuple(str(lots.choice(LEVELS)).split("/")), size, habit)


def _name(index: int) -> str:
    place = index - len(TOLD)
    stem, end = STEMS[place % len(STEMS)], ENDS[place // len(STEMS) % len(ENDS)]
    return f"{FRONTS[place // (len(STEMS) * len(ENDS)) % len(FRONTS)]} {stem}{end}"
