"""Forms about consent: who gets one and when, whether it comes back, who signed it and with what proof."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final

import numpy as np

from dashboard.exports.sample.pupils import Stays
from dashboard.exports.sample.scene import Real, Scene, Truth, Whole, as_day, as_number, happens
from dashboard.exports.sample.schools import Habit
from dashboard.periods import month_end

GIVERS: Final = ("leerling", "ouder1", "ouder2", "voogd", "school", "onbekend", None)
PUPIL, PARENT_1, PARENT_2, GUARDIAN, BY_SCHOOL, SOMEBODY, NOBODY = range(7)
SOURCES: Final = (
    "Ouderportaal",
    "Leerlingportaal",
    "Formulier bij inschrijving",
    "Papieren formulier",
    None,
    "Overgenomen",
)
PORTAL, PUPIL_PORTAL, AT_ENTRY, ON_PAPER, NO_SOURCE, CARRIED = range(6)
WAYS: Final = ("digitaal", "papier", "mondeling", None)
DIGITAL, PAPER, SPOKEN, NO_WAY = range(4)

NO_DAY: Final = -1
"""In place of a day: the answer has no date."""
NO_FORM: Final = -1
NO_LABEL: Final = 0

SAME_PUPILS: Final = 0.7
"""Mostly the same pupils stay silent every year: this share of the lots is the pupil's own."""
TOO_YOUNG: Final = 0.012
"""Share of the forms of younger pupils that they sign themselves."""
UNDATED: Final = 0.003
UNSIGNED: Final = 0.002
UNKNOWN_SIGNER: Final = 0.003
BOTH_PARENTS: Final = 0.09


@dataclass(frozen=True, slots=True)
class Forms:
    """Forms that came back. Arrays: one place per form."""

    stay: Whole
    day: Whole
    giver: Whole
    source: Whole
    way: Whole
    number: Whole
    """The form's own number, or NO_FORM."""
    label: Whole
    """The school year it was filled in for, or NO_LABEL."""

    def pick(self, chosen: Truth) -> "Forms":
        """The forms for which `chosen` is true."""
        return Forms(*(getattr(self, field.name)[chosen] for field in fields(self)))


def first_registered(scene: Scene, habit: Habit) -> date:
    """The day from which a school registers and delivers."""
    day = scene.first_day
    for _ in range(habit.begins):
        day = as_day(as_number(month_end(day)) + 1)
    return day


def _of_school(stays: Stays, name: str) -> Real:
    """A habit's number, per stay."""
    numbers = [float(getattr(school.habit, name)) for school in stays.schools]
    return np.array(numbers, dtype=np.float64)[stays.school]


def returned_forms(scene: Scene, stays: Stays, lots: np.random.Generator) -> tuple[Forms, Forms, Truth]:
    """The forms that came back; those of a second parent; and per stay whether a form is still out.

    Pupils who are asked again when they turn 16 have two forms in the first.
    """
    forms, missed = _first_forms(scene, stays, lots)
    again = _asked_again(scene, stays, forms, lots)
    both = Forms(*(np.concatenate([getattr(part, field.name) for part in (forms, again)]) for field in fields(Forms)))
    return both, _second_parents(scene, stays, forms, lots), missed


def of_school(stays: Stays, name: str) -> Real:
    """A habit's number, per stay."""
    numbers = [float(getattr(school.habit, name)) for school in stays.schools]
    return np.array(numbers, dtype=np.float64)[stays.school]


def last_days(scene: Scene, stays: Stays) -> Whole:
    """Per stay the last day on which something can be said there."""
    return np.minimum(stays.until - 1, as_number(scene.today))


def sent_out(scene: Scene, stays: Stays) -> Whole:
    """Per stay the day on which the pupil got this year's form: with everybody, or soon after joining."""
    starts = np.array([as_number(scene.first_school_day(year)) for year in scene.years], dtype=np.int64)
    sent = starts[stays.year - scene.first_year] + of_school(stays, "starts").astype(np.int64)
    begins = _begins(scene, stays)
    # A school that begins halfway asks everybody then.
    sent = np.where((begins > sent) & (begins < stays.until), begins, sent)
    return np.maximum(sent, stays.first + 4)


def _begins(scene: Scene, stays: Stays) -> Whole:
    begins = [as_number(first_registered(scene, school.habit)) for school in stays.schools]
    return np.array(begins, dtype=np.int64)[stays.school]


def _first_forms(scene: Scene, stays: Stays, lots: np.random.Generator) -> tuple[Forms, Truth]:
    count = len(stays)
    sent, begins, last = sent_out(scene, stays), _begins(scene, stays), last_days(scene, stays)
    slow = happens(lots, of_school(stays, "slow"), count)
    delay = 1 + np.where(slow, 15 + lots.exponential(50.0, count), lots.exponential(15.0, count)).astype(np.int64)
    lot = np.where(happens(lots, SAME_PUPILS, count), stays.willing[stays.person], lots.random(count))
    early = happens(lots, of_school(stays, "early"), count) & stays.fresh & (stays.year > scene.first_year)
    day = np.where(early, stays.first - lots.integers(20, 110, count), sent + delay)
    came = (lot < of_school(stays, "answers")) & (day <= last) & (sent >= begins)
    forms = _signed(stays, np.flatnonzero(came), day, early, lots)
    # Systems that ask before the year starts say which year it is for.
    says_year = (of_school(stays, "early") > 0)[forms.stay]
    labelled = replace(forms, label=np.where(says_year, stays.year[forms.stay], NO_LABEL))
    return labelled, (sent >= begins) & (sent <= last) & ~came


def _signed(stays: Stays, stay: Whole, day: Whole, early: Truth, lots: np.random.Generator) -> Forms:
    """Who signed, how, and with what proof."""
    count = len(stay)
    adult = stays.sixteen()[stay] <= day[stay]
    parent = lots.choice([PARENT_1, PARENT_2, GUARDIAN], size=count, p=[0.83, 0.14, 0.03])
    signs_anyway = happens(lots, of_school(stays, "parents_after_16")[stay], count)
    by_pupil = np.where(adult, ~signs_anyway, happens(lots, TOO_YOUNG, count))
    way = lots.choice([DIGITAL, PAPER, SPOKEN], size=count, p=[0.88, 0.11, 0.01])
    source = np.where(by_pupil, PUPIL_PORTAL, np.where(early[stay], AT_ENTRY, PORTAL))
    source = np.where(way == PAPER, ON_PAPER, source)
    lost = happens(lots, of_school(stays, "lost_proof")[stay], count)
    giver = np.where(by_pupil, PUPIL, parent)
    giver = np.where(happens(lots, UNKNOWN_SIGNER, count), SOMEBODY, giver)
    return Forms(
        stay=stay,
        day=np.where(happens(lots, UNDATED, count), NO_DAY, day[stay]),
        giver=np.where(happens(lots, UNSIGNED, count), NOBODY, giver),
        source=np.where(lost | (way == SPOKEN), NO_SOURCE, source),
        way=way,
        number=np.where(lost | (way != DIGITAL), NO_FORM, stay),
        label=np.full(count, NO_LABEL),
    )


def _asked_again(scene: Scene, stays: Stays, forms: Forms, lots: np.random.Generator) -> Forms:
    """Pupils who turned 16 after their parents had answered, and whose school asked them."""
    count = len(forms.stay)
    birthday = stays.sixteen()[forms.stay]
    day = birthday + lots.integers(3, 50, count)
    by_parents = (forms.giver != PUPIL) & (forms.day != NO_DAY) & (forms.day < birthday)
    there = (birthday >= stays.first[forms.stay]) & (day <= last_days(scene, stays)[forms.stay])
    chosen = by_parents & there & happens(lots, of_school(stays, "asks_again")[forms.stay], count)
    return _another(forms, chosen, day, PUPIL, PUPIL_PORTAL)


def _second_parents(scene: Scene, stays: Stays, forms: Forms, lots: np.random.Generator) -> Forms:
    """Both parents answer now and then."""
    count = len(forms.stay)
    day = forms.day + lots.integers(0, 21, count)
    first = (forms.giver == PARENT_1) & (forms.day != NO_DAY)
    in_time = (day < stays.sixteen()[forms.stay]) & (day <= last_days(scene, stays)[forms.stay])
    return _another(forms, first & in_time & happens(lots, BOTH_PARENTS, count), day, PARENT_2, PORTAL)


def _another(forms: Forms, chosen: Truth, day: Whole, giver: int, source: int) -> Forms:
    """Another form beside those chosen, online and for the same school year."""
    picked = forms.pick(chosen)
    size = len(picked.stay)
    return replace(
        picked,
        day=day[chosen],
        giver=np.full(size, giver),
        source=np.full(size, source),
        way=np.full(size, DIGITAL),
        number=np.full(size, NO_FORM),
    )
