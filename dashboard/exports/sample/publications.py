"""Publications with recognisable pupils: most with a prior yes, some without."""

from typing import Final

import numpy as np
import polars as pl

from dashboard.exports.sample.answers import YES_WORD, Answers
from dashboard.exports.sample.forms import NO_DAY
from dashboard.exports.sample.pupils import Stays
from dashboard.exports.sample.scene import Scene, Whole, as_number, date_series, happens, word_series

PER_YEAR: Final = 24
"""Publications per school and school year, at most one for every ten pupils."""
MOST_PUPILS: Final = 8
CAREFUL: Final = 0.93
"""Share of the pupils in a picture for whom somebody looked first whether there was a yes."""


def publication_frame(scene: Scene, stays: Stays, answers: Answers, batch: int) -> pl.DataFrame:
    """The dataset `publicaties`: a row per publication and pupil; numbers as whole numbers."""
    lots = scene.lots(4, batch)
    article = scene.registry.purposes[0].article
    pictures = [place for place, purpose in enumerate(scene.registry.purposes) if purpose.article == article]
    yes = answers.pick((answers.word == YES_WORD) & (answers.day != NO_DAY) & np.isin(answers.purpose, pictures))
    # Grouped by school, school year and purpose; by day within a group.
    width = len(scene.purposes) * len(scene.years)
    group = (
        stays.school[yes.stay] * width + (stays.year[yes.stay] - scene.first_year) * len(scene.purposes) + yes.purpose
    )
    order = np.lexsort((yes.stay, yes.day, group))
    group, day, stay = group[order], yes.day[order], yes.stay[order]
    chosen, moment = _planned(scene, stays, pictures, lots)
    low, high = np.searchsorted(group, chosen), np.searchsorted(group, chosen, side="right")
    asked = _asked_by(group * 100_000 + day, chosen * 100_000 + moment)
    pupils = lots.integers(1, MOST_PUPILS + 1, len(chosen))
    which = np.repeat(np.arange(len(chosen)), pupils)
    looked = happens(lots, CAREFUL, len(which))
    size = np.where(looked, (asked - low)[which], (high - low)[which])
    at = low[which] + (lots.random(len(which)) * np.maximum(size, 1)).astype(np.int64)
    sound = size > 0
    at, which = at[sound], which[sound]
    there = (stays.first[stay[at]] <= moment[which]) & (moment[which] < stays.until[stay[at]])
    return _frame(scene, stays, stay[at][there], which[there], chosen % len(scene.purposes), moment, batch)


def _asked_by(keys: Whole, wanted: Whole) -> Whole:
    """Per publication the place after the last yes of its group up to its day."""
    return np.asarray(np.searchsorted(keys, wanted, side="right"), dtype=np.int64)


def _planned(scene: Scene, stays: Stays, pictures: list[int], lots: np.random.Generator) -> tuple[Whole, Whole]:
    """Per publication its group (school, school year, purpose) and its day."""
    groups: list[Whole] = []
    moments: list[Whole] = []
    width = len(scene.purposes)
    for place, school in enumerate(stays.schools):
        count = min(PER_YEAR, school.pupils // 10 + 1)
        for year in scene.years:
            lessons = np.array([as_number(day) for day in scene.school_days(year)], dtype=np.int64)
            if not len(lessons):
                continue
            number = lots.binomial(count, min(1.0, len(lessons) / 190))
            purpose = lots.choice(pictures, size=number)
            groups.append((place * len(scene.years) + year - scene.first_year) * width + purpose)
            moments.append(np.sort(lots.choice(lessons, size=number)))
    nothing = [np.zeros(0, dtype=np.int64)]
    return np.concatenate(groups or nothing), np.concatenate(moments or nothing)


def _frame(
    scene: Scene, stays: Stays, stay: Whole, which: Whole, purpose: Whole, moment: Whole, batch: int
) -> pl.DataFrame:
    frame = pl.DataFrame(
        {
            "publicatie_id": pl.select(pl.format("P{}-{}", batch + 1, pl.Series(which + 1))).to_series(),
            "brin6": word_series([school.brin6 for school in stays.schools], stays.school[stay]),
            "datum": date_series(moment[which]),
            "doel": word_series(scene.purposes, purpose[which]),
            "leerlingnummer": stays.numbers[stay],
        }
    )
    return frame.unique(subset=["publicatie_id", "leerlingnummer"], keep="first", maintain_order=True)
