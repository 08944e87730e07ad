"""The rows of the evaluation: worked out by hand, by the twin and by the real road; and random ones by the last two."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.settings import Settings
from tests import strategies
from tests.indicators.evaluation_table_cases import EVALUATION_CASES, EvaluationCase
from tests.indicators.test_against_plain import examples, own_road
from tests.plain_acceptance import History
from tests.plain_evaluation import ARTICLES, Adopted, evaluation
from tests.plain_python import ARTICLE_OF, PURPOSES, Facts, Table, days_between, last_day_of_month
from tests.road import REGISTRY, Road
from tests.rows import (
    Activity,
    Announcement,
    Answer,
    Consultation,
    Delivered,
    Enrolment,
    Incident,
    Placement,
    Publication,
    Resolution,
    Row,
    School,
    Staff,
)

CELLS = ("teller", "noemer", "waarde", "vorige_waarde", "oordeel", "kwaliteit")
NOT_MEASURABLE = {
    *(f"III.{n}" for n in range(1, 6)),
    *("IV.A.4", "IV.M.2", "IV.M.6", "IV.M.12", "VI.2"),
}
each_case = pytest.mark.parametrize("case", EVALUATION_CASES, ids=lambda case: case.what)


# --- by hand -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OtherRound(Road):
    """A road whose registry lacks some dates of the last round."""

    missing: tuple[str, ...] = ()

    def settings(self) -> Settings:
        text = REGISTRY.read_text(encoding="utf-8")
        for name in self.missing:
            text, found = re.subn(rf"(?m)^{name} = .*\n", "", text)
            assert found == 1
        path = self.folder / "gedragscode.toml"
        path.write_text(text, encoding="utf-8")
        return Settings(store=self.folder / "store", key_file=self.folder / "pseudonym.key", registry=path)


def check(case: EvaluationCase, table: Table) -> None:
    """The rows that the case is about, cell by cell."""
    found = keyed(table)
    for key, texts in case.expected_rows().items():
        cells = [found[key][name] for name in CELLS]
        assert all(map(is_written, cells, texts)), f"{' '.join(key)} is {cells}, by hand {texts}"


def is_written(cell: object, text: str) -> bool:
    """A cell and what was written down for it: `-` is empty, `.` isn't looked at, `_` a blank."""
    if text in {".", "-"}:
        return text == "." or cell is None
    if isinstance(cell, float):
        return isclose(cell, Fraction(text), rel_tol=1e-12)
    return str(cell) == text.replace("_", " ")


def keyed(table: Table) -> dict[tuple[str, str, str], dict[str, object]]:
    """Rows by period, article and indicator; the indicator of what can't be measured is `-`."""
    found = {(str(row["periode"]), str(row["artikel"]), str(row["indicator"] or "-")): row for row in table}
    assert len(found) == len(table), "rows with one key"
    return found


@each_case
def test_case_in_plain_python(case: EvaluationCase, free: set[date]) -> None:
    """The twin comes to the rows that were worked out by hand."""
    history = History()
    for rows in case.deliveries():
        receipt = history.receive(rows, case.day)
        assert receipt.count("refused") == 0
    adopted = Adopted(**dict.fromkeys(case.missing))
    check(case, evaluation(Facts.of(history.rows(), case.day), free, adopted))


Share = Callable[[EvaluationCase], Road | None]


def is_plain(case: EvaluationCase) -> bool:
    """One delivery to the schools A and B, and nothing that the registry lacks."""
    return not (case.corrected or case.missing or "school " in case.rows)


def rows_of_all(cases: Iterable[EvaluationCase]) -> list[Row]:
    return list(dict.fromkeys(row for case in cases for rows in case.deliveries() for row in rows))


def can_be_one(cases: list[EvaluationCase], free: set[date]) -> bool:
    """Whether these can be told apart in one import: no dataset is of two, and the twin has the rows of each."""
    datasets = [{type(row).DATASET for row in rows_of_all([case])} - {School.DATASET} for case in cases]
    if len({case.day for case in cases}) > 1 or any(one & other for one, other in combinations(datasets, 2)):
        return False
    table = evaluation(Facts.of(rows_of_all(cases), cases[0].day), free)
    try:
        for case in cases:
            check(case, table)
    except AssertionError:
        return False
    return True


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory, free: set[date]) -> Share:
    """The import that holds a plain case, and others that don't touch it; None for a case that has to be alone."""
    together: list[list[EvaluationCase]] = []
    for case in filter(is_plain, EVALUATION_CASES):
        others = next((cases for cases in together if can_be_one([*cases, case], free)), [])
        if not others:
            together.append(others)
        others.append(case)

    @cache
    def imported(number: int) -> Road:
        road, cases = Road(tmp_path_factory.mktemp("evaluation")), together[number]
        outcome = road.deliver(rows_of_all(cases), cases[0].day)
        assert sum(file.rejected for file in outcome.checked.files) == 0
        return road

    def shared(case: EvaluationCase) -> Road | None:
        return next((imported(number) for number, cases in enumerate(together) if case in cases), None)

    return shared


@each_case
def test_case_on_the_real_road(case: EvaluationCase, share: Share, tmp_path: Path) -> None:
    """Written as CSV, imported and published, the table holds the rows that were worked out by hand."""
    road = share(case) or alone(case, tmp_path)
    check(case, road.table("evaluation"))


def alone(case: EvaluationCase, folder: Path) -> Road:
    """A store with this case only."""
    road = OtherRound(folder, missing=case.missing) if case.missing else Road(folder)
    for rows in case.deliveries():
        outcome = road.deliver(rows, case.day)
        assert sum(file.rejected for file in outcome.checked.files) == 0
    return road


def test_names_of_cases_differ() -> None:
    """A failing case can be found by its name."""
    assert len({case.what for case in EVALUATION_CASES}) == len(EVALUATION_CASES)


def test_every_indicator_has_cases(free: set[date]) -> None:
    """Each indicator is worked out by hand at least twice, and every verdict occurs."""
    named = [
        (article, indicator.split(":")[0], cells[4])
        for case in EVALUATION_CASES
        for (_, article, indicator), cells in case.expected_rows().items()
    ]
    facts = Facts.of(EVALUATION_CASES[0].deliveries()[0], EVALUATION_CASES[0].day)
    indicators = {
        (str(row["artikel"]), str(row["indicator"]).split(":")[0])
        for row in evaluation(facts, free)
        if row["indicator"] is not None
    }
    counts = {pair: sum(pair == one[:2] for one in named) for pair in indicators}
    often = {pair: number for pair, number in counts.items() if pair[1] != "incidenten"}
    assert min(counts.values()) >= 1
    assert {pair: number for pair, number in often.items() if number < 2} == {}
    assert {verdict for _, _, verdict in named} == {
        "op_orde",
        "aandacht",
        "niet_op_orde",
        "geen_norm",
        "geen_gegevens",
    }


# --- which rows there are ------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "periods"),
    [
        ("2025-01-31", []),
        ("2025-02-01", ["2025-02/2027-01"]),
        ("2027-01-31", ["2025-02/2027-01"]),
        ("2027-02-01", ["2025-02/2027-01", "2027-02/2029-01"]),
        ("2029-02-01", ["2025-02/2027-01", "2027-02/2029-01", "2029-02/2031-01"]),
    ],
)
@pytest.mark.parametrize("way", ["plain python", "the real road"])
def test_periods_and_articles(today: str, periods: list[str], way: str, road: Road, free: set[date]) -> None:
    """Every period that has begun has all articles; what can't be measured has a row without figures."""
    rows, day = [School("01AA00", "School A")], date.fromisoformat(today)
    if way == "plain python":
        table = evaluation(Facts.of(rows, day), free)
    else:
        road.deliver(rows, day)
        table = road.table("evaluation")
    assert sorted({str(row["periode"]) for row in table}) == periods
    for period in periods:
        mine = [row for row in table if row["periode"] == period]
        assert {row["artikel"] for row in mine} == set(ARTICLES)
        empty = [row for row in mine if row["indicator"] is None]
        assert sorted(str(row["artikel"]) for row in empty) == sorted(NOT_MEASURABLE)
        for row in empty:
            assert [row[name] for name in CELLS] == [None, None, None, None, "niet meetbaar", None]
    assert len(table) == len(periods) * 63


def test_no_articles_are_forgotten() -> None:
    """I, II.1-3, III.1-6, IV.A.1-6, IV.M.1-12, V.1-3, VI.1-5."""
    assert len(ARTICLES) == 1 + 3 + 6 + 6 + 12 + 3 + 5
    assert len(set(ARTICLES)) == len(ARTICLES)


# --- cell by cell against the twin ---------------------------------------------------

TURNS = (
    *(date(2025, 1, 31), date(2025, 2, 1), date(2025, 9, 30), date(2026, 2, 1), date(2026, 10, 13)),
    *(date(2027, 1, 31), date(2027, 2, 1), date(2027, 2, 10), date(2027, 6, 30)),
)


def differences(found: Table, plain: Table) -> list[str]:
    """Rows on one side only, and cells that differ."""
    left, right = keyed(found), keyed(plain)
    wrong = [f"only published {key}" for key in left.keys() - right.keys()]
    wrong += [f"only in plain Python {key}" for key in right.keys() - left.keys()]
    for key in left.keys() & right.keys():
        if not all(same(left[key][name], right[key][name]) for name in CELLS):
            wrong.append(f"published {left[key]}, plain Python {right[key]}")
    return sorted(wrong)


def same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-12)
    return one == other


@examples(8)
@given(st.sampled_from(TURNS).flatmap(lambda today: strategies.deliveries(pupils=4, today=today)))
def test_evaluation_agrees(free: set[date], delivery: tuple[date, list[Row]]) -> None:
    """A delivery of sound rows, on either side of the turn of a period: no cell differs."""
    today, rows = delivery
    with own_road() as road:
        road.deliver(rows, today)
        assert differences(road.table("evaluation"), evaluation(Facts.of(rows, today), free))[:5] == []


@pytest.mark.parametrize("rule", ["codejaar", "twaalf_maanden"])
def test_evaluation_agrees_under_each_year(rule: str, free: set[date]) -> None:
    """With another meaning of "yearly" in the registry: no cell differs."""
    today = date(2026, 10, 13)
    rows = Dice(random.Random(7), today).rows()
    with own_road(rule) as road:
        road.deliver(rows, today)
        assert differences(road.table("evaluation"), evaluation(Facts.of(rows, today, rule), free))[:5] == []


# --- full deliveries -----------------------------------------------------------------

SCHOOLS = tuple(f"{number:02d}EV00" for number in range(1, 9))
SINCE = date(2022, 12, 1)
BORDERS = (date(2025, 1, 31), date(2025, 2, 1), date(2027, 1, 31), date(2027, 2, 1))
CATEGORIES = ("pesten", "social_media_in_les", "ontspoord", *ARTICLE_OF)


@dataclass(frozen=True, slots=True)
class Dice:
    """Draws a delivery that has something to say on every article, and much of it near the borders."""

    chance: random.Random
    today: date

    def rows(self) -> list[Row]:
        """Rows of every dataset, of each key one."""
        rows: list[Row] = [self.school(brin6) for brin6 in SCHOOLS]
        for draw, most in (
            (self.announcement, 40),
            (self.activity, 20),
            (self.placement, 25),
            (self.consultation, 12),
            (self.staff, 25),
            (self.resolution, 4),
            (self.incident, 150),
            (self.publication, 25),
        ):
            number = 0 if self.chance.random() < 0.15 else self.chance.randint(1, most)
            rows += [draw(n) for n in range(number)]
        rows += [row for brin6 in SCHOOLS for row in self.declarations(brin6)]
        rows += [row for number in range(1, 9) for row in self.pupil(str(number))]
        return list({(type(row), row.key): row for row in rows}.values())

    def near(self, *, ahead: bool = False) -> date:
        """A day: now and then on a border."""
        last = self.today + timedelta(days=60 * ahead)
        days = [*[day for day in (*BORDERS, self.today) if day <= last] * 200, *days_between(SINCE, last)]
        return self.chance.choice(days)

    def maybe(self) -> bool | None:
        return self.chance.choice((True, True, False, None))

    def school(self, brin6: str) -> School:
        days = (None, None, None, *BORDERS, self.today, self.today + timedelta(days=1))
        first, last = self.chance.choice(days), self.chance.choice(days)
        if first is not None and last is not None and first >= last:
            last = None
        return School(brin6, f"School {brin6}", None, first, last)

    def announcement(self, _: int) -> Announcement:
        early = self.chance.choice((self.near(), date(2025, 1, 20), date(2025, 1, 20)))
        return Announcement(
            self.chance.choice(("website", "intranet", "schoolwebsite", "schoolwebsite", "bericht")),
            min(early, self.today),
            self.chance.choice((None, *SCHOOLS)),
            self.chance.choice((None, "leerlingen", "ouders", "medewerkers")),
        )

    def activity(self, _: int) -> Activity:
        kind = self.chance.choice(("les", "training", "ouderavond"))
        return Activity(self.near(ahead=True), self.chance.choice(SCHOOLS), kind)

    def placement(self, number: int) -> Placement:
        starts = self.near(ahead=True)
        check = min(starts - timedelta(days=self.chance.choice((-1, 0, 1, 1, 1, 1, 30))), self.today)
        return Placement(
            str(number),
            self.chance.choice(SCHOOLS),
            self.chance.choice(("stagiair", "stagiair", "vrijwilliger")),
            starts,
            self.chance.choice((None, *[check] * 8)),
        )

    def consultation(self, _: int) -> Consultation:
        return Consultation(self.near(), self.chance.choice(SCHOOLS), "leidinggevende")

    def staff(self, _: int) -> Staff:
        return Staff(self.chance.choice(SCHOOLS), self.near(), 40, self.maybe(), self.maybe())

    def resolution(self, number: int) -> Resolution:
        return Resolution(str(number), self.near(), self.chance.choice((None, "VI.5", "VI.4")), "Iets besloten")

    def incident(self, number: int) -> Incident:
        when = self.near()
        return Incident(
            str(number),
            self.chance.choice(SCHOOLS),
            when,
            self.chance.choice(CATEGORIES),
            in_les=self.maybe(),
            platform=self.chance.choice((None, "x", "tiktok", "e-mail", "Ditjes", "ditjes", "Datjes")),
            reikwijdte=self.chance.choice((None, "school", "overlap", "buiten")),
            veroorzaker=self.chance.choice((None, "leerling", "leerling", "medewerker", "ouder")),
            getroffene=self.chance.choice((None, "leerling", "medewerker", "ouder")),
            maatregel=self.chance.choice(
                (None, "geen", *("gesprek", "schorsing", "berisping", "ontslag", "anders") * 4)
            ),
            maatregel_datum=self.later(when),
            hulp_aangeboden=self.maybe(),
            leidinggevende_op=self.later(when),
            in_dossier=self.maybe(),
        )

    def later(self, day: date) -> date | None:
        days = [day + timedelta(days=late) for late in (0, 0, 0, 0, 0, 0, 1, 3, 5, 12, 40)]
        return self.chance.choice([None, *(late for late in days if late <= self.today)])

    def declarations(self, brin6: str) -> list[Delivered]:
        """Consent in one span or none; incidents month by month, now and then not or a day short."""
        rows = []
        if self.chance.random() < 0.8:
            first = self.chance.choice((date(2022, 8, 1), date(2025, 2, 1), date(2025, 9, 1)))
            rows.append(Delivered(brin6, "toestemmingen", first, date(2029, 7, 31)))
        for first in [day for day in days_between(SINCE, self.today) if day.day == 1]:
            short = self.chance.choice((None, 0, 0, 0, 0, 1, 3))
            if short is not None and self.chance.random() < 0.9:
                last = last_day_of_month(first) - timedelta(days=short)
                rows.append(Delivered(brin6, "incidenten", first, last))
        return rows

    def pupil(self, number: str) -> list[Row]:
        born = self.chance.choice((date(2009, 2, 1), date(2010, 9, 1), date(2012, 5, 1)))
        since = self.chance.choice((date(2022, 8, 1), date(2024, 8, 1), date(2025, 2, 1), date(2026, 8, 1)))
        since = min(since, self.today)
        until = self.chance.choice((None, None, None, self.today + timedelta(days=1), date(2029, 8, 1)))
        stay = Enrolment(number, self.chance.choice(SCHOOLS), born, 2, None, since, until)
        return [stay, *(self.answer(number) for _ in range(self.chance.randint(0, 12)))]

    def answer(self, number: str) -> Answer:
        return Answer(
            leerlingnummer=number,
            doel=self.chance.choice(PURPOSES),
            antwoord=self.chance.choice(("ja", "ja", "nee", "ingetrokken", "onbeantwoord")),
            datum=self.chance.choice((None, *[self.near()] * 9)),
            gever=self.chance.choice(("leerling", "ouder1", "ouder2")),
            bron="formulier",
        )

    def publication(self, number: int) -> Publication:
        who = str(self.chance.randint(1, 8))
        return Publication(
            str(number // 2), self.chance.choice(SCHOOLS), self.near(), self.chance.choice(PURPOSES), who
        )


@pytest.mark.parametrize("today", TURNS)
def test_full_deliveries_agree(today: date, free: set[date]) -> None:
    """Deliveries with something on every article, hundreds of rows each: no cell differs."""
    rows = Dice(random.Random(f"{today}"), today).rows()
    with own_road() as road:
        outcome = road.deliver(rows, today)
        assert sum(file.rejected for file in outcome.checked.files) == 0
        assert differences(road.table("evaluation"), evaluation(Facts.of(rows, today), free))[:5] == []


def test_order_changes_nothing() -> None:
    """Rows shuffled and dealt out over several files: the same table."""
    today, chance = date(2027, 2, 10), random.Random(3)
    rows = Dice(chance, today).rows()
    mixed = chance.sample(rows, len(rows))
    with own_road() as straight, own_road() as shuffled:
        straight.deliver(rows, today)
        shuffled.deliver(mixed, today, files=3)
        assert straight.table("evaluation") == shuffled.table("evaluation")


def test_full_deliveries_meet_every_verdict(free: set[date]) -> None:
    """Deliveries like those above are not all alike: they measure much, and meet norms, nearly meet them and don't."""
    verdicts: dict[str, set[str]] = {}
    for today in TURNS:
        for seed in range(3):
            for row in without_coverage(Dice(random.Random(f"{today} {seed}"), today).rows(), today, free):
                verdicts.setdefault(str(row["indicator"]), set()).add(str(row["oordeel"]))
    normed = ("tijdig_bekend", "met_maatregel", "zelfde_dag_gemeld", "vooraf_gecontroleerd", "gepubliceerd")
    for name in normed:
        assert verdicts[name] >= {"niet op orde", "geen gegevens"}, name
    assert {"op orde", "aandacht"} <= set.union(*(verdicts[name] for name in normed))
    assert all("geen norm" in verdicts[name] for name in ("trainingen", "dagen_tot_maatregel", "scholen_met_coach"))


def without_coverage(rows: Iterable[Row], today: date, free: set[date]) -> Table:
    """The twin's table without pupils, which is much quicker."""
    lasting = [row for row in rows if not isinstance(row, (Answer, Enrolment, Publication))]
    return evaluation(Facts.of(lasting, today), free)
