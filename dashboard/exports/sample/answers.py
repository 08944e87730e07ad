"""Answers about consent: what stands on the forms, second thoughts, and what a school fills in itself."""

from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np
import polars as pl
from scipy.special import ndtri

from dashboard.exports.sample.forms import (
    BY_SCHOOL,
    CARRIED,
    DIGITAL,
    GIVERS,
    GUARDIAN,
    NO_DAY,
    NO_FORM,
    NO_LABEL,
    NO_SOURCE,
    NO_WAY,
    NOBODY,
    PORTAL,
    PUPIL,
    SOURCES,
    WAYS,
    Forms,
    last_days,
    of_school,
    returned_forms,
    sent_out,
)
from dashboard.exports.sample.pupils import Stays
from dashboard.exports.sample.scene import Real, Scene, Truth, Whole, date_series, happens, word_series
from dashboard.exports.sample.schools import TOLD
from dashboard.periods import school_year, school_year_name

YES: Final = (0.87, 0.72, 0.91, 0.88, 0.82, 0.77)
"""Share of yes per purpose, in the registry's order; repeated where there are more."""

NOT_FILLED_IN: Final = 0.03
"""Chance that one purpose of a form that came back stays empty."""
WITHDRAWN: Final = 0.008
"""Chance per yes of a later withdrawal."""
CHANGED: Final = 0.006
"""Chance per no of a later yes."""

DISAGREES: Final = 0.05
"""Chance that a second parent says the opposite."""
SHOWN_OPEN: Final = 0.95
"""Share of the forms that are still out which a system shows."""
TICKS: Final = ("undated", "this year", "last year's label")
"""How a school fills in what nobody said."""
TICKED_YES: Final = 0.85

WORDS: Final = ("ja", "nee", "ingetrokken", "onbeantwoord")
YES_WORD, NO_WORD, WITHDRAWN_WORD, OPEN_WORD = range(4)


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers. Arrays: one place per answer."""

    stay: Whole
    purpose: Whole
    word: Whole
    day: Whole
    giver: Whole
    source: Whole
    way: Whole
    number: Whole
    label: Whole

    def __len__(self) -> int:
        return len(self.stay)

    def pick(self, chosen: Truth | Whole) -> "Answers":
        """The answers for which `chosen` is true, or at the places given."""
        return Answers(*(getattr(self, field.name)[chosen] for field in fields(self)))


def answer_forms(scene: Scene, stays: Stays, batch: int) -> Answers:
    """Every answer of the pupils of a batch of schools, none after the day of delivery."""
    lots = scene.lots(2, batch)
    forms, second, missed = returned_forms(scene, stays, lots)
    attitude = lots.standard_normal((len(stays), len(scene.purposes)))
    first = _filled_in(scene, stays, forms, attitude, lots)
    parts = (
        first,
        _other_opinion(_filled_in(scene, stays, second, attitude, lots), lots),
        _second_thoughts(scene, stays, first, lots),
        _carried_over(scene, stays, missed, lots),
        _still_open(scene, stays, missed, lots),
    )
    return Answers(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Answers)))


def _on_the_form(scene: Scene, stays: Stays) -> Truth:
    """Per school, school year and purpose: whether the school asked for it. Forms grew over the years."""
    articles = [purpose.article for purpose in scene.registry.purposes]
    everything, pictures = len(articles), articles.count(articles[0])
    asked = np.zeros((len(stays.schools), len(scene.years), everything), dtype=np.bool_)
    for place, school in enumerate(stays.schools):
        thorough = school.index < len(TOLD)
        for at, year in enumerate(scene.years):
            early = pictures if thorough else min(pictures, 1 + at)
            new = year == scene.year or (thorough and year > school_year(scene.in_force))
            asked[place, at, : everything if new else early] = True
    return asked


def _filled_in(scene: Scene, stays: Stays, forms: Forms, attitude: Real, lots: np.random.Generator) -> Answers:
    """The purposes on each form, and what was answered."""
    asked = _on_the_form(scene, stays)[stays.school[forms.stay], stays.year[forms.stay] - scene.first_year]
    filled = asked & (lots.random(asked.shape) >= NOT_FILLED_IN)
    form, purpose = np.nonzero(filled)
    stay = forms.stay[form]
    shares = np.array([YES[place % len(YES)] for place in range(len(scene.purposes))], dtype=np.float64)
    tone = 0.8 * stays.open_minded[stays.person[stay]] + 0.6 * attitude[stay, purpose]
    word = np.where(tone < ndtri(shares)[purpose], YES_WORD, NO_WORD)
    return Answers(
        stay=stay,
        purpose=purpose.astype(np.int64),
        word=word,
        day=forms.day[form],
        giver=forms.giver[form],
        source=forms.source[form],
        way=forms.way[form],
        number=forms.number[form],
        label=forms.label[form],
    )


def _other_opinion(answers: Answers, lots: np.random.Generator) -> Answers:
    """The second parent disagrees now and then."""
    other = happens(lots, DISAGREES, len(answers))
    return replace(answers, word=np.where(other, 1 - answers.word, answers.word))


def _second_thoughts(scene: Scene, stays: Stays, answers: Answers, lots: np.random.Generator) -> Answers:
    """A yes that is withdrawn later, or a no that becomes a yes; by the same giver, in the same school year."""
    count = len(answers)
    day = answers.day + lots.integers(10, 200, count)
    entitled = (answers.giver == PUPIL) | (day < stays.sixteen()[answers.stay])
    possible = entitled & (answers.giver <= GUARDIAN) & (answers.day != NO_DAY)
    changes = happens(lots, np.where(answers.word == YES_WORD, WITHDRAWN, CHANGED), count)
    chosen = possible & changes & (day <= last_days(scene, stays)[answers.stay])
    picked = answers.pick(chosen)
    return replace(
        picked,
        word=np.where(picked.word == YES_WORD, WITHDRAWN_WORD, YES_WORD),
        day=day[chosen],
        source=np.full(len(picked), PORTAL),
        way=np.full(len(picked), DIGITAL),
        number=np.full(len(picked), NO_FORM),
    )


def _carried_over(scene: Scene, stays: Stays, missed: Truth, lots: np.random.Generator) -> Answers:
    """What a school ticks itself where no form came back, in three ways that all prove nothing."""
    chosen = missed & happens(lots, of_school(stays, "carries"), len(stays)) & (stays.year > scene.first_year)
    stay = np.flatnonzero(chosen)
    kind = lots.integers(0, len(TICKS), len(stay))
    # Undated answers have no year: one time is enough.
    keep = (kind != TICKS.index("undated")) | (stays.year[stay] == scene.year)
    stay, kind = stay[keep], kind[keep]
    answers, form = _by_the_school(scene, stays, stay)
    undated, last_year = (kind[form] == TICKS.index(name) for name in ("undated", "last year's label"))
    return replace(
        answers,
        word=np.where(happens(lots, TICKED_YES, len(answers)), YES_WORD, NO_WORD),
        day=np.where(undated, NO_DAY, answers.day),
        giver=np.full(len(answers), BY_SCHOOL),
        source=np.where(undated, NO_SOURCE, CARRIED),
        label=np.where(last_year, stays.year[answers.stay] - 1, NO_LABEL),
    )


def _still_open(scene: Scene, stays: Stays, missed: Truth, lots: np.random.Generator) -> Answers:
    """Questions without an answer, for schools whose system delivers these."""
    shown = happens(lots, SHOWN_OPEN * of_school(stays, "shows_open"), len(stays))
    return _by_the_school(scene, stays, np.flatnonzero(missed & shown))[0]


def _by_the_school(scene: Scene, stays: Stays, stay: Whole) -> tuple[Answers, Whole]:
    """Open questions on every purpose of the form, on the day it went out; and per answer the place in `stay`."""
    asked = _on_the_form(scene, stays)[stays.school[stay], stays.year[stay] - scene.first_year]
    form, purpose = np.nonzero(asked)
    size = len(form)
    answers = Answers(
        stay=stay[form],
        purpose=purpose.astype(np.int64),
        word=np.full(size, OPEN_WORD),
        day=sent_out(scene, stays)[stay][form],
        giver=np.full(size, NOBODY),
        source=np.full(size, PORTAL),
        way=np.full(size, NO_WAY),
        number=np.full(size, NO_FORM),
        label=np.full(size, NO_LABEL),
    )
    return answers, form.astype(np.int64)


def answer_frame(scene: Scene, stays: Stays, answers: Answers) -> pl.DataFrame:
    """The dataset `toestemmingen`: one row per answer; rows alike are written once.

    brin6 and voor_schooljaar only where the school fills them in; numbers as whole numbers.
    """
    brins = [school.brin6 if school.habit.names_school else None for school in stays.schools]
    years = range(scene.first_year - 1, scene.year + 1)
    labels = [None, *(school_year_name(year) for year in years)]
    label = np.where(answers.label == NO_LABEL, 0, answers.label - years.start + 1)
    person = stays.person[answers.stay]
    frame = pl.DataFrame(
        {
            "leerlingnummer": stays.number[person],
            "doel": word_series(scene.purposes, answers.purpose),
            "antwoord": word_series(WORDS, answers.word),
            "datum": date_series(answers.day, answers.day != NO_DAY),
            "gever": word_series(GIVERS, answers.giver),
            "bron": word_series(SOURCES, answers.source),
            "bron_id": _form_numbers(stays, answers),
            "wijze": word_series(WAYS, answers.way),
            "brin6": word_series(brins, stays.school[answers.stay]),
            "voor_schooljaar": word_series(labels, label),
            "school": stays.school[answers.stay],
        }
    )
    alike = [name for name in frame.columns if name != "school"]
    return frame.unique(alike, keep="first", maintain_order=True).sort("school", "leerlingnummer", maintain_order=True)


def _form_numbers(stays: Stays, answers: Answers) -> pl.Series:
    """The number of the form, where the school's system gives one."""
    gives = np.array([school.habit.early == 0 for school in stays.schools], dtype=np.bool_)
    shown = (answers.number != NO_FORM) & gives[stays.school[answers.stay]]
    first = stays.schools[0].index
    return pl.select(pl.when(pl.Series(shown)).then(pl.format("F{}-{}", first, pl.Series(answers.number)))).to_series()
