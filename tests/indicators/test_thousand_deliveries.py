"""A thousand random deliveries in one import, each with two schools of its own: what may never happen, and the twin."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl
import pytest

from tests.plain_python import (
    GROUP,
    Facts,
    Table,
    consent_by_year_group,
    consent_by_year_rule,
    consent_coverage,
    consent_waterfall,
    expiry_outlook,
    turning_16,
    use_by_status,
    use_without_consent,
)
from tests.road import Road
from tests.rows import Answer, Delivered, Enrolment, Publication, Row, School
from tests.strategies import (
    ANSWER_DAYS,
    BIRTHDAYS_OF_16,
    GIVERS,
    LABELS,
    MOVING_DAYS,
    PURPOSES,
    WORDS,
)

TODAY = date(2025, 10, 13)
DELIVERIES = 1000
BY_HAND = 200
"""How many of them the twin recomputes."""


@dataclass(frozen=True, slots=True)
class Small:
    """A delivery of a few pupils at two schools that no other delivery knows."""

    schools: tuple[str, str]
    rows: tuple[Row, ...]
    refusal: Answer
    """One more demonstrable no, by someone who was entitled to it."""
    withdrawal: Answer
    """One more withdrawal: of a yes that is there, or by anyone, in any state."""


@dataclass(frozen=True, slots=True)
class Dice:
    """Draws the rows of one delivery."""

    chance: random.Random
    schools: tuple[str, str]

    def enrolments(self, number: str) -> list[Enrolment]:
        sixteen = self.chance.choice(BIRTHDAYS_OF_16)
        born = sixteen.replace(year=sixteen.year - 16)
        since = self.chance.choice([day for day in MOVING_DAYS if day <= TODAY])
        until = self.chance.choice([None, None, None, *(day for day in MOVING_DAYS if day > since)])
        first, second = self.chance.sample(self.schools, 2)
        stays = [Enrolment(number, first, born, self.chance.randint(1, 6), None, since, until)]
        if until is not None and until <= TODAY and self.chance.random() < 0.7:
            stays.append(Enrolment(number, second, born, self.chance.randint(1, 6), None, until))
        return stays

    def answer(self, number: str) -> Answer:
        return Answer(
            leerlingnummer=number,
            doel=self.chance.choice(PURPOSES),
            antwoord=self.chance.choice(WORDS),
            datum=self.chance.choice([None, *self.days()]),
            gever=self.chance.choice(GIVERS),
            bron=self.chance.choice(("Magister", "Magister", "formulier", None)),
            brin6=self.chance.choice((*(None,) * 9, *self.schools)),
            voor_schooljaar=self.chance.choice(LABELS),
        )

    def sound(self, stay: Enrolment, *words: str) -> Answer:
        """A demonstrable answer by someone who was entitled to it."""
        when = self.chance.choice(self.days())
        sixteen = stay.geboortedatum.replace(year=stay.geboortedatum.year + 16)
        giver = "leerling" if when >= sixteen else self.chance.choice(("ouder1", "ouder2", "voogd"))
        word = self.chance.choice(words)
        return replace(self.answer(stay.leerlingnummer), antwoord=word, datum=when, gever=giver, bron="Formulier")

    def withdrawal(self, answers: Sequence[Answer], number: str) -> Answer:
        """Mostly of a yes that is there, on the same day or later."""
        given = [answer for answer in answers if answer.antwoord == "ja"]
        if not given or self.chance.random() < 0.2:
            return replace(self.answer(number), antwoord="ingetrokken", bron_id="nog een")
        taken_back = self.chance.choice(given)
        later = [day for day in self.days() if taken_back.datum is None or day >= taken_back.datum]
        source = self.chance.choice(("Brief", "Brief", None))
        return replace(taken_back, antwoord="ingetrokken", datum=self.chance.choice(later), bron=source)

    def days(self) -> list[date]:
        return [day for day in (*ANSWER_DAYS, TODAY) if day <= TODAY]

    def declarations(self) -> list[Delivered]:
        spans = [(date(2023, 8, 1), date(2026, 7, 31))] * 4
        spans += [(date(2023, 8, 1), date(2025, 8, 31)), (TODAY, TODAY), (TODAY + timedelta(1), date(2026, 7, 31))]
        return [Delivered(brin6, "toestemmingen", *self.chance.choice(spans)) for brin6 in self.schools]

    def publication(self, number: str) -> Publication:
        name = f"{self.schools[0]}-{self.chance.choice('pq')}"
        when = self.chance.choice(self.days())
        return Publication(name, self.chance.choice(self.schools), when, self.chance.choice(PURPOSES), number)

    def delivery(self) -> Small:
        rows: list[Row] = [School(brin6, f"School {brin6}") for brin6 in self.schools]
        rows += self.declarations()
        stays: list[Enrolment] = []
        answers: list[Answer] = []
        for n in range(self.chance.randint(1, 4)):
            number = f"{self.schools[0]}-{n}"
            stays += self.enrolments(number)
            answers += [self.answer(number) for _ in range(self.chance.randint(0, 3))]
            answers += [self.sound(stays[-1], "ja", "ja", "nee") for _ in range(self.chance.randint(0, 3))]
            rows += [self.publication(number)] if self.chance.random() < 0.5 else []
        rows += [*stays, *answers]
        refusal = replace(self.sound(self.chance.choice(stays), "nee", "ingetrokken"), bron="Weigering")
        withdrawal = self.withdrawal(answers, stays[0].leerlingnummer)
        return Small(self.schools, tuple(dict.fromkeys(rows)), refusal, withdrawal)


def thousand() -> list[Small]:
    chance = random.Random(20250201)
    places = [f"{n % 100:02d}R{'ABCDEFGHIJ'[n // 100]}" for n in range(DELIVERIES)]
    return [Dice(chance, (f"{place}00", f"{place}01")).delivery() for place in places]


@pytest.fixture(scope="module")
def small_ones() -> list[Small]:
    return thousand()


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[Row]], Road]:
    """All rows in one import."""

    def into_a_store(rows: Sequence[Row]) -> Road:
        road = Road(tmp_path_factory.mktemp("thousand"))
        outcome = road.deliver(dict.fromkeys(rows), TODAY)
        assert sum(file.rejected for file in outcome.checked.files) == 0
        return road

    return into_a_store


@pytest.fixture(scope="module")
def base(small_ones: list[Small], imported: Callable[[Sequence[Row]], Road]) -> Road:
    return imported([row for small in small_ones for row in small.rows])


COVERAGE = ["peildatum", "brin6", "doel", "lezing"]
BY_RULE = ["brin6", "doel", "jaar"]


def moves(before: Road, after: Road, table: str, key: list[str], column: str) -> pl.DataFrame:
    """The rows that both stores have, where the column changed: before, after, and by how much."""
    old, new = (road.frame(table).select(*key, column) for road in (before, after))
    both = old.join(new, on=key, suffix="_after", nulls_equal=True)
    assert both.height == old.height
    change = (pl.col(f"{column}_after") - pl.col(column)).alias("change")
    return both.with_columns(change).filter(pl.col("change").abs() > 1e-9)


def schools_of(rows: pl.DataFrame) -> int:
    """How many deliveries are among them."""
    return rows.filter(pl.col("brin6") != GROUP)["brin6"].str.head(4).n_unique()


def test_refusals_lower_no_coverage(
    small_ones: list[Small], base: Road, imported: Callable[[Sequence[Row]], Road]
) -> None:
    """A demonstrable, entitled no in each delivery, under any reading or year: no coverage is lower, no yes higher."""
    after = imported([row for small in small_ones for row in (*small.rows, small.refusal)])
    moved = moves(base, after, "consent_coverage", COVERAGE, "dekking")
    assert moved.filter(pl.col("change") < 0).head(5).to_dicts() == []
    assert schools_of(moved) > DELIVERIES / 5  # many a refusal does raise it
    yes = moves(base, after, "consent_coverage", COVERAGE, "ja")
    assert yes.filter(pl.col("change") > 0).head(5).to_dicts() == []
    by_rule = moves(base, after, "consent_by_year_rule", BY_RULE, "dekking")
    assert by_rule.filter(pl.col("change") < 0).head(5).to_dicts() == []
    assert set(by_rule["jaar"]) == {"schooljaar", "twaalf_maanden", "codejaar"}


def test_withdrawals_raise_no_yes(
    small_ones: list[Small], base: Road, imported: Callable[[Sequence[Row]], Road]
) -> None:
    """One more withdrawal in each delivery, of any kind: no count of yes is higher, no use has more consent."""
    after = imported([row for small in small_ones for row in (*small.rows, small.withdrawal)])
    moved = moves(base, after, "consent_coverage", COVERAGE, "ja")
    assert moved.filter(pl.col("change") > 0).head(5).to_dicts() == []
    assert schools_of(moved) > DELIVERIES / 10  # many a withdrawal does lower it
    by_rule = moves(base, after, "consent_by_year_rule", BY_RULE, "ja")
    assert by_rule.filter(pl.col("change") > 0).head(5).to_dicts() == []
    assert set(by_rule["jaar"]) == {"schooljaar", "twaalf_maanden", "codejaar"}
    uses = moves(base, after, "use_without_consent", ["brin6", "schooljaar", "doel"], "zonder_toestemming")
    assert uses.filter(pl.col("change") < 0).head(5).to_dicts() == []
    assert schools_of(uses) > 0


TWINS: dict[str, Callable[[Facts], Table]] = {
    "consent_coverage": consent_coverage,
    "consent_by_year_group": consent_by_year_group,
    "consent_by_year_rule": consent_by_year_rule,
    "consent_waterfall": consent_waterfall,
    "turning_16": turning_16,
    "expiry_outlook": expiry_outlook,
    "use_without_consent": use_without_consent,
    "use_by_status": use_by_status,
}


@pytest.mark.parametrize("name", TWINS)
def test_schools_agree_with_the_twin(name: str, small_ones: list[Small], base: Road) -> None:
    """Among a thousand others, a school has the figures it has by itself, on the days of its own answers."""
    by_school: dict[object, Table] = {}
    for row in base.table(name):
        by_school.setdefault(row["brin6"], []).append(row)
    for small in small_ones[:BY_HAND]:
        plain = [row for row in TWINS[name](Facts.of(small.rows, TODAY)) if row["brin6"] != GROUP]
        days = {row.get("peildatum") for row in plain}
        found = [row for brin6 in small.schools for row in by_school.get(brin6, []) if row.get("peildatum") in days]
        assert sorted(map(spelled, found)) == sorted(map(spelled, plain)), small.rows


def spelled(row: dict[str, object]) -> str:
    return str({name: f"{cell:.12f}" if isinstance(cell, float) else cell for name, cell in row.items()})
