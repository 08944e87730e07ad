"""The synthetic delivery: complete, the same every time, wrong only where it says so, and true to the consent rules."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from dashboard.exports.checking import DEMO_MARKER, Checked, Known, check_delivery
from dashboard.exports.contracts import DATASETS
from dashboard.exports.profiles import load_profiles
from dashboard.exports.pseudonyms import PseudonymKey
from dashboard.exports.sample import Trap, planted_traps, write_sample
from dashboard.periods import CalendarError, SchoolCalendar, load_calendar
from dashboard.registry import STATUSES, Registry, load_registry
from dashboard.settings import PROJECT
from tests.plain_python import READINGS, declared, enrolment_on, status
from tests.rows import Answer, Delivered, Enrolment

TODAY = date(2026, 11, 22)
DAYS = [
    date(2025, 9, 1),  # the first day it is made for, and the first school day
    date(2025, 11, 30),  # a month end
    date(2026, 3, 1),  # the day after the last of February
    date(2026, 7, 31),  # the last day of a school year
    date(2026, 8, 1),  # the first day of one
    date(2027, 8, 29),  # the last day of the known holidays
]
PURPOSE = "beeld_website"
KEY = PseudonymKey(bytes(range(32)))


@cache
def registry() -> Registry:
    return load_registry(PROJECT / "data" / "gedragscode.toml")


@cache
def calendar() -> SchoolCalendar:
    return load_calendar(PROJECT / "data" / "school_holidays.csv")


def write(folder: Path, *, today: date = TODAY, schools: int = 6, pupils: int = 80, seed: int = 1) -> Path:
    write_sample(
        folder, schools=schools, pupils=pupils, seed=seed, today=today, registry=registry(), calendar=calendar()
    )
    return folder


def check(folder: Path, today: date = TODAY, rules: Registry | None = None) -> Checked:
    profiles = load_profiles(PROJECT / "data" / "profiles", registry())
    return check_delivery(
        [folder], registry=rules or registry(), profiles=profiles, known=Known(), key=KEY, today=today, progress=None
    )


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def checked(sample: Path) -> Checked:
    return check(sample)


def contents(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def readme_table(folder: Path, heading: str) -> list[list[str]]:
    """The rows of the first table under a heading of the README."""
    _, _, rest = (folder / "README.md").read_text(encoding="utf-8").partition(f"## {heading}")
    lines = [line for line in rest.partition("\n## ")[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def promised(folder: Path) -> list[tuple[str, int, str, str]]:
    """What the README says that the import refuses: file, line, column, reason."""
    faults = readme_table(folder, "Fouten")
    return sorted(
        (file, int(line), column.replace("–", ""), says)
        for file, line, column, _, says in faults
        if not says.startswith(("niets", "het hele bestand"))
    )


# --- the files ------------------------------------------------------------------------------------------------------


def test_same_arguments_same_bytes(sample: Path, tmp_path: Path) -> None:
    assert contents(write(tmp_path)) == contents(sample)


def test_another_seed_tells_another_story(sample: Path, tmp_path: Path) -> None:
    other = contents(write(tmp_path, seed=2))
    assert other["incidenten.csv"] != contents(sample)["incidenten.csv"]


def test_marker_holds_the_hash_of_every_file_beside_it(sample: Path) -> None:
    marker = json.loads((sample / DEMO_MARKER).read_text(encoding="utf-8"))
    beside = {name: digest for name, digest in contents(sample).items() if name != DEMO_MARKER}
    assert marker == {"files": beside}


def test_readme_lists_every_file_with_its_rows(sample: Path, checked: Checked) -> None:
    told = {file: (dataset, int(rows)) for file, dataset, rows, _ in readme_table(sample, "Bestanden")}
    wide = {file.file for file in checked.files if file.profile}
    read = {file.file: (file.dataset, file.read) for file in checked.files if file.refusal is None}
    assert set(told) == set(read)
    assert {name: told[name] for name in set(told) - wide} == {name: read[name] for name in set(told) - wide}


def test_dialects_are_mixed(sample: Path) -> None:
    starts = Counter(path.read_bytes()[:2] for path in sample.iterdir())
    assert {b"\xef\xbb", b"\xff\xfe", b"PK", b"PA"} <= set(starts)
    texts = [path.read_bytes() for path in sample.glob("*.csv")]
    assert any(b"\r\n" in text for text in texts)
    assert any(b"\r" not in text for text in texts)
    assert b"ge\xefnventariseerd" in (sample / "besluiten.csv").read_bytes()


# --- through the import ---------------------------------------------------------------------------------------------


def test_all_thirteen_datasets_arrive(checked: Checked) -> None:
    assert [name for name in DATASETS if checked.accepted[name].is_empty()] == []
    assert checked.demo


def test_only_planted_rows_are_refused(sample: Path, checked: Checked) -> None:
    assert checked.rejections.rows() == promised(sample)


def test_what_else_was_planted_is_reported(checked: Checked) -> None:
    assert sum(file.known for file in checked.files) == 1
    assert {column for file in checked.files for column in file.personal} == {"achternaam"}
    assert {column for file in checked.files for column in file.dropped} == {"formulierversie", "mentorgroep"}
    assert [file.file for file in checked.files if file.refusal] == ["lokalen.csv"]
    assert [file.file for file in checked.files if file.profile] == ["toestemmingen-99AA01.csv"]


@pytest.mark.parametrize("today", DAYS)
def test_any_day_gives_only_planted_refusals(tmp_path: Path, today: date) -> None:
    folder = write(tmp_path, today=today, pupils=60)
    result = check(folder, today)
    assert result.rejections.rows() == promised(folder)
    assert sum(file.known for file in result.files) == 1


@pytest.mark.parametrize(("schools", "pupils"), [(1, 50), (2, 60), (14, 50)])
def test_any_number_of_schools(tmp_path: Path, schools: int, pupils: int) -> None:
    folder = write(tmp_path, schools=schools, pupils=pupils)
    result = check(folder)
    assert result.rejections.rows() == promised(folder)
    assert result.accepted["scholen"].height == schools


def test_a_day_without_known_holidays_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CalendarError, match="school_holidays"):
        write(tmp_path, today=date(2029, 1, 1))


def test_another_registry_has_its_own_purposes(tmp_path: Path) -> None:
    purposes = tuple(replace(purpose, code=f"{purpose.code}_x") for purpose in registry().purposes[:3])
    other = replace(registry(), purposes=purposes)
    write_sample(tmp_path, schools=2, pupils=50, today=TODAY, registry=other, calendar=calendar())
    result = check(tmp_path, rules=other)
    assert result.rejections.rows() == promised(tmp_path)
    assert set(result.accepted["toestemmingen"]["doel"].cast(pl.String)) == {purpose.code for purpose in purposes}


# --- the story ------------------------------------------------------------------------------------------------------


def accepted(result: Checked, dataset: str) -> pl.DataFrame:
    return result.accepted[dataset].cast(DATASETS[dataset].stored)


def born_16_years_before(day: date) -> date:
    return day.replace(year=day.year - 16)


def coverage(result: Checked, day: date) -> dict[str, float]:
    """Share of valid answers by school, under the default reading, by the plain rules; unknown schools left out."""
    pupils: dict[str, list[Enrolment]] = defaultdict(list)
    for row in accepted(result, "leerlingen").iter_rows():
        number, brin6, sixteen, leerjaar, kind, first, until = row
        pupils[number].append(Enrolment(number, brin6, born_16_years_before(sixteen), leerjaar, kind, first, until))
    answers: dict[str, list[Answer]] = defaultdict(list)
    for row in accepted(result, "toestemmingen").filter(pl.col("doel") == PURPOSE).iter_rows():
        answers[row[0]].append(Answer(*row))
    spans = [Delivered(*row) for row in accepted(result, "leveringen").iter_rows()]
    outcomes: Counter[tuple[str, str]] = Counter()
    for number, enrolments in pupils.items():
        at = enrolment_on(enrolments, day)
        if at is not None:
            delivers = declared(spans, at.brin6, "toestemmingen", day)
            outcomes[at.brin6, READINGS[status(answers[number], at, PURPOSE, day, delivers=delivers)][1]] += 1
    totals = Counter[str]()
    for (brin6, outcome), count in outcomes.items():
        totals[brin6] += count if outcome != "onbekend" else 0
    return {brin6: (outcomes[brin6, "ja"] + outcomes[brin6, "nee"]) / total for brin6, total in totals.items() if total}


@pytest.mark.parametrize("today", [date(2025, 11, 24), date(2026, 11, 24)])
def test_coverage_in_november_is_like_real_life(tmp_path: Path, today: date) -> None:
    shares = coverage(check(write(tmp_path, today=today, pupils=300), today), today)
    assert len(shares) == 6
    assert all(0.5 <= share <= 0.97 for share in shares.values()), shares
    assert max(shares.values()) - min(shares.values()) > 0.15


def test_coverage_falls_on_1_august_when_answers_expire(checked: Checked) -> None:
    before, after = coverage(checked, date(2026, 7, 31)), coverage(checked, date(2026, 8, 1))
    assert all(after[brin6] < 0.5 * before[brin6] for brin6 in before)


def test_most_answers_come_from_august_to_october(checked: Checked) -> None:
    months = accepted(checked, "toestemmingen").filter(pl.col("voor_schooljaar").is_null())["datum"].dt.month()
    assert months.is_in([8, 9, 10]).sum() > 0.6 * len(months)


def test_pupils_age_join_leave_and_move(checked: Checked) -> None:
    rows = accepted(checked, "leerlingen").filter(pl.col("in_van") < TODAY)
    by_pupil = rows.group_by("leerling").agg(
        pl.col("brin6").n_unique().alias("scholen"), pl.col("leerjaar").n_unique().alias("leerjaren")
    )
    assert (by_pupil["leerjaren"] == 3).sum() > 100
    assert (by_pupil["scholen"] == 2).sum() > 5
    halfway = rows.filter(pl.col("in_van").dt.month() != 8)
    assert 0.01 < halfway.height / rows.height < 0.15


def test_schools_differ_in_habit(checked: Checked) -> None:
    spans = accepted(checked, "leveringen")
    first = spans.group_by("brin6", "dataset").agg(pl.col("van").min())
    late = first.filter(pl.col("van") > date(2025, 8, 1))["brin6"].unique().to_list()
    assert late == ["99AB00"]
    missing = spans.filter((pl.col("brin6") == "99AD00") & (pl.col("van") <= date(2026, 2, 28)))
    assert not any(van <= date(2026, 2, 15) <= tot for van, tot in missing.select("van", "tot").iter_rows())
    ticked = accepted(checked, "toestemmingen").filter(pl.col("gever") == "school")
    undated = ticked["datum"].null_count()
    assert 0 < undated < ticked.height


def test_incidents_agree_with_themselves(checked: Checked) -> None:
    rows = accepted(checked, "incidenten")
    staff = {"medewerker", "stagiair", "vrijwilliger"}
    staff_rules = {category.code for category in registry().categories if category.article.startswith("IV.M.")}
    own = staff_rules - {"beeld_zonder_toestemming", "ontspoord"}
    assert set(rows.filter(pl.col("categorie").is_in(own))["veroorzaker"]) <= staff
    pupils_only = rows.filter(pl.col("maatregel").is_in(["schorsing", "verwijdering"]))
    assert set(pupils_only["veroorzaker"]) <= {"leerling"}
    assert rows.filter(pl.col("maatregel").is_in(["geen"]) & pl.col("maatregel_datum").is_not_null()).is_empty()
    assert rows.filter(pl.col("maatregel_datum").is_not_null() & pl.col("maatregel").is_null()).is_empty()
    lessons = set(calendar().days)
    assert set(rows["datum"]) <= lessons


def test_some_publications_lack_prior_consent_but_most_do_not(checked: Checked) -> None:
    yes = accepted(checked, "toestemmingen").filter((pl.col("antwoord") == "ja") & pl.col("datum").is_not_null())
    asked = yes.group_by("leerling", "doel").agg(pl.col("datum").min().alias("gevraagd"))
    uses = accepted(checked, "publicaties").join(asked, on=["leerling", "doel"], how="left")
    prior = (uses["gevraagd"] <= uses["datum"]).fill_null(value=False).mean()
    assert isinstance(prior, float)
    assert 0.85 < prior < 1


# --- the traps ------------------------------------------------------------------------------------------------------


def traps(today: date = TODAY, schools: int = 6) -> tuple[Trap, ...]:
    return planted_traps(schools=schools, pupils=80, seed=1, today=today, registry=registry(), calendar=calendar())


def dutch_day(text: str) -> date | None:
    return None if not text else date(int(text[6:]), int(text[3:5]), int(text[:2]))


def told(folder: Path, name: str) -> Iterable[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def planted_pupils(folder: Path) -> dict[str, list[Enrolment]]:
    pupils: dict[str, list[Enrolment]] = defaultdict(list)
    for row in told(folder, "leerlingen-valkuilen.csv"):
        born, first = dutch_day(row["geboortedatum"]), dutch_day(row["in_van"])
        assert born is not None
        assert first is not None
        number, until = row["leerlingnummer"], dutch_day(row["in_tot"])
        pupils[number].append(Enrolment(number, row["brin6"], born, int(row["leerjaar"]), None, first, until))
    return pupils


def planted_answers(folder: Path, today: date) -> dict[str, list[Answer]]:
    """The rows that the import accepts."""
    answers: dict[str, list[Answer]] = defaultdict(list)
    for row in told(folder, "toestemmingen-valkuilen.csv"):
        number, day = row["leerlingnummer"].lstrip("0"), dutch_day(row["datum"])
        if day is None or day <= today:
            answers[number].append(
                Answer(
                    leerlingnummer=number,
                    doel=row["doel"],
                    antwoord=row["antwoord"],
                    datum=day,
                    gever=row["gever"] or None,
                    bron=row["bron"] or None,
                    brin6=row["brin6"] or None,
                    voor_schooljaar=row["voor_schooljaar"] or None,
                )
            )
    return answers


@pytest.mark.parametrize("today", [TODAY, *DAYS])
def test_every_trap_has_the_status_it_promises(tmp_path: Path, today: date) -> None:
    folder = write(tmp_path, today=today, pupils=50)
    pupils, answers = planted_pupils(folder), planted_answers(folder, today)
    leveringen = pl.read_parquet(folder / "leveringen.parquet")
    spans = [Delivered(*row) for row in leveringen.select("brin6", "dataset", "van", "tot").iter_rows()]
    found = {}
    for trap in traps(today):
        at = enrolment_on(pupils[trap.leerlingnummer], trap.peildatum)
        assert at is not None
        assert at.brin6 == trap.brin6
        delivers = declared(spans, at.brin6, "toestemmingen", trap.peildatum)
        found[trap.leerlingnummer] = status(
            answers[trap.leerlingnummer], at, trap.doel, trap.peildatum, delivers=delivers
        )
    assert found == {trap.leerlingnummer: trap.expected_status for trap in traps(today)}


def test_traps_cover_every_status_and_every_row_of_the_table() -> None:
    assert {trap.expected_status for trap in traps()} == set(STATUSES)
    assert {trap.rule for trap in traps()} == set(range(8))


def test_traps_lead_to_their_status_on_the_day_of_delivery() -> None:
    # An undelivered day and the two month ends can't be today.
    assert {trap.expected_status for trap in traps() if trap.peildatum == TODAY} == set(STATUSES) - {"onbekend"}
    assert sum(trap.peildatum != TODAY for trap in traps()) == 4


def test_one_school_has_the_traps_that_need_no_other() -> None:
    alone, together = traps(schools=1), traps()
    assert 0 < len(together) - len(alone) < 6


def test_readme_lists_every_trap(sample: Path) -> None:
    listed = [(number, doel, word) for number, doel, word, *_ in readme_table(sample, "Valkuilen")]
    assert listed == [(trap.leerlingnummer, trap.doel, trap.expected_status) for trap in traps()]
