"""Incidents: a Poisson process over school days, and follow-up that agrees with what happened."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl

from dashboard.exports.sample.deliveries import is_delivered
from dashboard.exports.sample.pupils import Stays
from dashboard.exports.sample.scene import Real, Scene, Truth, Whole, as_number, date_series, happens, word_series
from dashboard.exports.sample.schools import School

CAMPAIGN_EFFECT: Final = 0.6
"""What remains of the incidents after the campaign."""

SEASON: Final = (1.0, 1.02, 0.98, 0.95, 1.04, 1.06, 1.02, 1.0, 1.04, 0.96, 0.92, 1.0)
"""January to December: hardly any season."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How incidents of one category tend to look."""

    category: str
    weight: float
    doers: tuple[float, ...]
    """Weights of `ROLES` as the one who did it."""
    done_to: tuple[float, ...]
    """Weights of `ROLES` as the one it was done to."""
    in_lesson: float
    serious: float
    directness: tuple[float, float, float]
    """Weights of openbaar, semi-openbaar, rechtstreeks."""


ROLES: Final = ("leerling", "ouder", "medewerker", "stagiair", "vrijwilliger", "extern", "onbekend")
PUPIL_ROLE, STAFF_ROLE, TRAINEE_ROLE = 0, 2, 3

_PUPILS: Final = (0.86, 0.03, 0.01, 0.0, 0.0, 0.03, 0.07)
_TO_PUPILS: Final = (0.87, 0.01, 0.1, 0.01, 0.0, 0.0, 0.01)
_STAFF: Final = (0.0, 0.0, 0.9, 0.08, 0.02, 0.0, 0.0)
_MIXED: Final = (0.7, 0.16, 0.04, 0.0, 0.0, 0.06, 0.04)
_TO_SCHOOL: Final = (0.3, 0.02, 0.5, 0.03, 0.0, 0.0, 0.15)

KINDS: Final = (
    Kind("pesten", 24, _PUPILS, _TO_PUPILS, 0.15, 0.3, (0.12, 0.38, 0.5)),
    Kind("kwetsen", 14, _PUPILS, _TO_PUPILS, 0.2, 0.1, (0.15, 0.4, 0.45)),
    Kind("bedreigen", 6, _PUPILS, _TO_PUPILS, 0.06, 0.65, (0.1, 0.25, 0.65)),
    Kind("stalken", 2, _PUPILS, _TO_PUPILS, 0.0, 0.6, (0.05, 0.2, 0.75)),
    Kind("zwartmaken", 7, _MIXED, _TO_PUPILS, 0.05, 0.3, (0.5, 0.35, 0.15)),
    Kind("anders_beschadigen", 4, _PUPILS, _TO_PUPILS, 0.1, 0.3, (0.3, 0.4, 0.3)),
    Kind("social_media_in_les", 17, (0.97, 0.0, 0.03, 0.0, 0.0, 0.0, 0.0), _TO_SCHOOL, 1.0, 0.02, (0.2, 0.5, 0.3)),
    Kind("opname_online_les", 3, (0.95, 0.02, 0.0, 0.0, 0.0, 0.0, 0.03), _TO_SCHOOL, 0.9, 0.25, (0.2, 0.5, 0.3)),
    Kind("lesopname_gedeeld", 3, (0.95, 0.02, 0.0, 0.0, 0.0, 0.0, 0.03), _TO_SCHOOL, 0.3, 0.3, (0.3, 0.5, 0.2)),
    Kind("vertrouwelijk_gedeeld", 3, _MIXED, _TO_PUPILS, 0.05, 0.4, (0.3, 0.45, 0.25)),
    Kind("auteursrecht", 1, (0.7, 0.0, 0.3, 0.0, 0.0, 0.0, 0.0), (0, 0, 0, 0, 0, 1, 0), 0.1, 0.05, (0.8, 0.2, 0.0)),
    Kind("schade_goede_naam", 4, _MIXED, _TO_SCHOOL, 0.02, 0.25, (0.8, 0.15, 0.05)),
    Kind("afstand", 1.2, _STAFF, (1, 0, 0, 0, 0, 0, 0), 0.02, 0.4, (0.05, 0.25, 0.7)),
    Kind("prive_account", 1.8, _STAFF, (0.9, 0.1, 0, 0, 0, 0, 0), 0.0, 0.15, (0.0, 0.6, 0.4)),
    Kind("prive_email", 0.9, _STAFF, (0.8, 0.2, 0, 0, 0, 0, 0), 0.0, 0.05, (0.0, 0.0, 1.0)),
    Kind("vertrouwelijk_personeel", 0.7, _STAFF, (0.5, 0.1, 0.4, 0, 0, 0, 0), 0.0, 0.5, (0.4, 0.4, 0.2)),
    Kind("rol_niet_vermeld", 0.5, _STAFF, (0, 0, 0.3, 0, 0, 0, 0.7), 0.0, 0.0, (0.8, 0.2, 0.0)),
    Kind("beeld_zonder_toestemming", 5, (0.45, 0.03, 0.48, 0.04, 0, 0, 0), _TO_PUPILS, 0.25, 0.3, (0.4, 0.4, 0.2)),
    Kind("middel_zonder_toestemming", 1.4, _STAFF, (1, 0, 0, 0, 0, 0, 0), 0.6, 0.02, (0.0, 0.3, 0.7)),
    Kind("ontspoord", 2.5, (0.4, 0.35, 0.25, 0, 0, 0, 0), _TO_SCHOOL, 0.05, 0.3, (0.3, 0.3, 0.4)),
)

DIRECTNESS: Final = ("openbaar", "semi-openbaar", "rechtstreeks")
PLATFORMS: Final = (
    ("tiktok", "instagram", "facebook", "youtube", "x", "threads"),
    ("snapchat", "instagram", "tiktok", "discord", "facebook", "Roblox"),
    ("whatsapp", "snapchat", "instagram", "teams", "e-mail", "Signal"),
)
PLATFORM_WEIGHTS: Final = (
    (0.38, 0.3, 0.1, 0.12, 0.06, 0.04),
    (0.4, 0.3, 0.15, 0.08, 0.04, 0.03),
    (0.52, 0.26, 0.1, 0.07, 0.04, 0.01),
)
"""Per directness, in its order: platforms and how often. Four of them are not in the registry's list."""

SPREADS: Final = ("school", "overlap", "buiten", None)
MEASURES: Final = (
    "geen", "gesprek", "waarschuwing", "herstel", "schorsing", "verwijdering",
    "berisping", "overplaatsing", "ontslag", "aangifte", "anders", None,
)  # fmt: skip
NO_MEASURE, UNSAID_MEASURE = 0, 11
PUPIL_LIGHT: Final = (0.07, 0.5, 0.22, 0.14, 0.0, 0.0, 0, 0, 0, 0, 0.02, 0.05)
PUPIL_SERIOUS: Final = (0.02, 0.2, 0.2, 0.15, 0.31, 0.02, 0, 0, 0, 0.05, 0.02, 0.03)
STAFF_LIGHT: Final = (0.06, 0.78, 0.0, 0.03, 0.0, 0.0, 0.06, 0, 0, 0, 0.03, 0.04)
STAFF_SERIOUS: Final = (0.02, 0.4, 0.0, 0.05, 0.0, 0.0, 0.4, 0.05, 0.03, 0.02, 0.0, 0.03)
OTHERS: Final = (0.35, 0.35, 0.05, 0.05, 0.0, 0.0, 0, 0, 0, 0.06, 0.09, 0.05)


def campaign_day(scene: Scene) -> date:
    """The day of the one campaign that worked: a Monday halfway the second school year."""
    day = date(scene.year, 1, 8)
    return day - timedelta(days=day.weekday())


def new_system_day(scene: Scene) -> date:
    """The day on which a school took another system in use."""
    return date(scene.first_year + 1, 8, 1)


def incident_frame(scene: Scene, stays: Stays, batch: int) -> pl.DataFrame:
    """The dataset `incidenten` of a batch of schools: one row per reported incident; booleans as such.

    Besides the contract's columns `school`, the place in the batch.
    """
    lots = scene.lots(3, batch)
    school, day = _moments(scene, stays, lots)
    return _story(scene, stays, school, day, lots)


def _moments(scene: Scene, stays: Stays, lots: np.random.Generator) -> tuple[Whole, Whole]:
    """Where and on which school day; in the order of school and day."""
    places: list[Whole] = []
    days: list[Whole] = []
    for place, school in enumerate(stays.schools):
        mine = stays.school == place
        for year in scene.years:
            lessons = [day for day in scene.school_days(year) if is_delivered(scene, school, "incidenten", day)]
            if not lessons:
                continue
            numbers = np.array([as_number(day) for day in lessons], dtype=np.int64)
            expected = _present(stays, mine & (stays.year == year), numbers) * _per_day(scene, school, lessons)
            counts = lots.poisson(expected)
            days.append(np.repeat(numbers, counts))
            places.append(np.full(int(counts.sum()), place))
    if not days:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate(places), np.concatenate(days)


def _present(stays: Stays, chosen: Truth, days: Whole) -> Real:
    """Pupils enrolled on each of the days."""
    came = np.searchsorted(np.sort(stays.first[chosen]), days, side="right")
    left = np.searchsorted(np.sort(stays.until[chosen]), days, side="right")
    return np.asarray(came - left, dtype=np.float64)


def _per_day(scene: Scene, school: School, days: list[date]) -> Real:
    """Expected reports per pupil on each of the days."""
    base = school.rate * school.habit.reports / 20_000
    season = np.array([SEASON[day.month - 1] for day in days], dtype=np.float64)
    after = np.array([day >= campaign_day(scene) for day in days], dtype=np.bool_)
    other = np.array([day >= new_system_day(scene) for day in days], dtype=np.bool_)
    effect = np.where(after, CAMPAIGN_EFFECT, 1.0) * np.where(other, school.habit.new_system, 1.0)
    return np.asarray(base * season * effect, dtype=np.float64)


def _drawn(weights: tuple[tuple[float, ...], ...], row: Whole, lots: np.random.Generator) -> Whole:
    """A column per row, drawn with the weights of the row's own line."""
    table = np.array(weights, dtype=np.float64)
    table = np.cumsum(table / table.sum(axis=1, keepdims=True), axis=1)
    drawn = (lots.random(len(row))[:, None] > table[row]).sum(axis=1)
    return np.asarray(np.minimum(drawn, table.shape[1] - 1), dtype=np.int64)


def _story(scene: Scene, stays: Stays, school: Whole, day: Whole, lots: np.random.Generator) -> pl.DataFrame:
    count = len(day)
    kind = _drawn((tuple(kind.weight for kind in KINDS),), np.zeros(count, dtype=np.int64), lots)
    doer = _drawn(tuple(kind.doers for kind in KINDS), kind, lots)
    victim = _drawn(tuple(kind.done_to for kind in KINDS), kind, lots)
    direct = _drawn(tuple(kind.directness for kind in KINDS), kind, lots)
    platform = _drawn(PLATFORM_WEIGHTS, direct, lots)
    serious = happens(lots, np.array([kind.serious for kind in KINDS])[kind], count)
    in_lesson = happens(lots, np.array([kind.in_lesson for kind in KINDS])[kind], count)
    spread = lots.choice(4, size=count, p=[0.7, 0.16, 0.06, 0.08])
    spread = np.where(in_lesson, 0, spread)
    width = len(PLATFORMS[0])
    names = [name for line in PLATFORMS for name in line]
    happened = pl.DataFrame(
        {
            "incident_id": _ids(stays, school),
            "brin6": word_series([school.brin6 for school in stays.schools], school),
            "datum": date_series(day),
            "categorie": word_series([kind.category for kind in KINDS], kind),
            "tijd": _times(in_lesson, lots),
            "in_les": pl.Series(in_lesson),
            "platform": word_series([*names, None], _unsaid(direct * width + platform, len(names), 0.05, lots)),
            "openheid": word_series([*DIRECTNESS, None], _unsaid(direct, len(DIRECTNESS), 0.06, lots)),
            "reikwijdte": word_series(SPREADS, spread),
            "veroorzaker": word_series(ROLES, doer),
            "getroffene": word_series(ROLES, victim),
            "leerlingen_betrokken": _involved(doer, victim, lots),
            "ernst": word_series(["licht", "ernstig", None], _unsaid(serious.astype(np.int64), 2, 0.05, lots)),
        }
    )
    followed = _follow_up(scene, day, doer, victim, serious, lots)
    return happened.hstack(followed).with_columns(school=pl.Series(school))


def _ids(stays: Stays, school: Whole) -> pl.Series:
    """Numbers that run through per school: `M-0001`."""
    starts = np.searchsorted(school, np.arange(len(stays.schools)))
    order = pl.Series(np.arange(len(school)) - starts[school] + 1).cast(pl.String).str.zfill(4)
    return pl.select(pl.format("M-{}", order)).to_series()


def _unsaid(places: Whole, nothing: int, chance: float, lots: np.random.Generator) -> Whole:
    return np.where(happens(lots, chance, len(places)), nothing, places)


def _times(in_lesson: Truth, lots: np.random.Generator) -> pl.Series:
    """Half of the reports have a time: in a lesson by day, else mostly in the evening."""
    count = len(in_lesson)
    minutes = np.where(in_lesson, lots.integers(510, 960, count), lots.integers(960, 1435, count)) // 5 * 5
    clock = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(0, 1440, 5)]
    return word_series([*clock, None], _unsaid(minutes // 5, len(clock), 0.45, lots))


def _involved(doer: Whole, victim: Whole, lots: np.random.Generator) -> pl.Series:
    pupils = (doer == PUPIL_ROLE).astype(np.int64) + (victim == PUPIL_ROLE)
    more = np.where(pupils > 0, lots.geometric(0.6, len(doer)) - 1, 0)
    shown = happens(lots, 0.9, len(doer))
    return pl.select(pl.when(pl.Series(shown)).then(pl.Series(pupils + more))).to_series()


def _follow_up(
    scene: Scene, day: Whole, doer: Whole, victim: Whole, serious: Truth, lots: np.random.Generator
) -> pl.DataFrame:
    """Measure, help, registration, manager, file, closing: never before the incident, never after the delivery."""
    count = len(day)
    staff = (doer == STAFF_ROLE) | (doer == TRAINEE_ROLE)
    table = np.where(staff, 2, np.where(doer == PUPIL_ROLE, 0, 4)) + np.where((doer == PUPIL_ROLE) | staff, serious, 0)
    measure = _drawn((PUPIL_LIGHT, PUPIL_SERIOUS, STAFF_LIGHT, STAFF_SERIOUS, OTHERS), table, lots)
    decided = day + lots.geometric(0.22, count) - 1 + np.where(serious, 2, 0)
    closed = decided + lots.geometric(0.09, count) - 1
    registered = day + np.where(
        happens(lots, 0.7, count), lots.geometric(0.6, count) - 1, lots.geometric(0.12, count) - 1
    )
    manager = day + np.where(happens(lots, np.where(serious, 0.85, 0.6), count), 0, lots.geometric(0.4, count))
    today = as_number(scene.today)
    measure = np.where(decided > today, UNSAID_MEASURE, measure)
    taken = (measure != NO_MEASURE) & (measure != UNSAID_MEASURE)
    help_fits = (victim == PUPIL_ROLE) | (victim == STAFF_ROLE)
    offered = happens(lots, np.where(serious, 0.85, 0.6), count)
    said = help_fits & happens(lots, 0.92, count)
    return pl.DataFrame(
        {
            "maatregel": word_series(MEASURES, measure),
            "maatregel_datum": date_series(decided, taken),
            "hulp_aangeboden": _told(offered, said),
            "geregistreerd_op": date_series(registered, registered <= today),
            "leidinggevende_op": date_series(manager, (manager <= today) & happens(lots, 0.8, count)),
            "in_dossier": _told(happens(lots, 0.82, count), staff),
            "afgehandeld_op": date_series(closed, (closed <= today) & happens(lots, 0.93, count)),
        }
    )


def _told(values: Truth, shown: Truth) -> pl.Series:
    return pl.select(pl.when(pl.Series(shown)).then(pl.Series(values))).to_series()
