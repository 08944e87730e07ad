"""Every status, trap and border of the consent rules, as the twin and as the real road judge it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tests.builders import PURPOSE, answers, delivered, pupil, school
from tests.indicators.consent_cases import CASES, ELSEWHERE, HERE, Case
from tests.plain_python import READINGS, Facts
from tests.road import Road
from tests.rows import Row

Judge = Callable[[Case], dict[str, str]]
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """The real road's answer: one import per day of delivery holds all its cases, each in its own schools."""

    @cache
    def statuses(today: date) -> dict[tuple[object, ...], str]:
        road = Road(tmp_path_factory.mktemp("cases"))
        road.deliver([row for case in CASES if case.today == today for row in case.rows()], today)
        table = road.table("consent_status")
        assert all(row["leerlingen"] == 1 for row in table if row["brin6"] != "*")
        return {(row["peildatum"], row["brin6"], row["doel"]): str(row["status"]) for row in table}

    def judged(case: Case) -> dict[str, str]:
        found = {
            place: statuses(case.today).get((date.fromisoformat(case.on), case.place(place), case.purpose))
            for place in (HERE, ELSEWHERE)
        }
        return {place: status for place, status in found.items() if status is not None}

    return judged


def expected(case: Case) -> dict[str, str]:
    return {place: word for place, word in ((HERE, case.status), (ELSEWHERE, case.elsewhere)) if word is not None}


@each_case
def test_case_in_plain_python(case: Case) -> None:
    """The twin comes to the status that was worked out by hand."""
    facts = Facts.of(case.rows(), case.today)
    places = {case.place(name): name for name in (HERE, ELSEWHERE)}
    found = facts.statuses_on(date.fromisoformat(case.on))
    assert {places[brin6]: word for brin6, doel, word in found if doel == case.purpose} == expected(case)


@each_case
def test_case_on_the_real_road(case: Case, judge: Judge) -> None:
    """Written as CSV, imported and published, the pupil has the status that was worked out by hand."""
    assert judge(case) == expected(case)


DIFFERENT_BIRTH_DATES: list[Row] = [
    school("01AA00"),
    school("02BB00"),
    pupil("1", "01AA00", born="2009-12-01", since="2024-08-01", until="2026-02-01"),
    pupil("1", "02BB00", born="2010-12-01", since="2026-02-01"),
    *answers("1", "2026-01-10 ouder1 ja"),
    delivered("01AA00", "toestemmingen", "2024-08-01", "2026-07-31"),
    delivered("02BB00", "toestemmingen", "2024-08-01", "2026-07-31"),
]


def test_birth_dates_that_differ(road: Road) -> None:
    """Two schools hold different birth dates: the enrolment that counts on the day decides how old the pupil is."""
    by_hand = {"2026-01-31": ("01AA00", "onbevoegd"), "2026-02-28": ("02BB00", "ja")}
    facts = Facts.of(DIFFERENT_BIRTH_DATES, TODAY)
    for day, (brin6, word) in by_hand.items():
        assert (brin6, PURPOSE, word) in facts.statuses_on(date.fromisoformat(day))
    road.deliver(DIFFERENT_BIRTH_DATES, TODAY)
    found = {
        (str(row["peildatum"]), row["brin6"], row["status"])
        for row in road.table("consent_status")
        if row["doel"] == PURPOSE
    }
    assert {(day, brin6, word) for day, (brin6, word) in by_hand.items()} <= found


def test_cases_hold_every_status() -> None:
    """No status is without a case."""
    assert {case.status for case in CASES} | {case.elsewhere for case in CASES} == {None, *READINGS}


def test_names_of_cases_differ() -> None:
    """A failing case can be found by its name."""
    assert len({case.what for case in CASES}) == len(CASES)


# --- readings and coverage -----------------------------------------------------------

ONE_OF_EACH = """
status              answer                          born        avg       code      strikt
ja                  2025-09-10 ouder1 ja            2012-05-01  ja        ja        ja
nee                 2025-09-10 ouder1 nee           2012-05-01  nee       nee       nee
ingetrokken         2025-09-10 ouder1 ingetrokken   2012-05-01  nee       nee       nee
conflict            ouder1 ja, ouder2 nee           2012-05-01  nee       nee       nee
werd_16_ja          2025-09-10 ouder1 ja            2009-12-01  ja        ja        ongeldig
werd_16_nee         2025-09-10 ouder1 nee           2009-12-01  nee       nee       ongeldig
verlopen_ja         2024-09-10 ouder1 ja            2012-05-01  ja        ongeldig  ongeldig
verlopen_nee        2024-09-10 ouder1 nee           2012-05-01  nee       ongeldig  ongeldig
onbevoegd           2025-09-10 leerling ja          2012-05-01  ongeldig  ongeldig  ongeldig
niet_uitdrukkelijk  2025-09-10 school ja            2012-05-01  ongeldig  ongeldig  ongeldig
niet_aantoonbaar    zonder-datum ouder1 ja          2012-05-01  ongeldig  ongeldig  ongeldig
onbeantwoord        2025-09-10 ouder1 onbeantwoord  2012-05-01  ongeldig  ongeldig  ongeldig
niet_gevraagd       -                               2012-05-01  ongeldig  ongeldig  ongeldig
"""
TODAY = date(2026, 3, 10)
DELIVERS, SILENT = "01AA00", "02BB00"


def one_pupil_of_each() -> list[Row]:
    """A school with one pupil of each status, and one with a single pupil that does not deliver."""
    rows: list[Row] = [school(DELIVERS), school(SILENT), pupil("silent", SILENT)]
    rows += [
        delivered(DELIVERS, "toestemmingen", "2024-08-01", TODAY),
        *answers("silent", "2025-09-10 ouder1 ja"),
    ]
    for line in ONE_OF_EACH.strip().splitlines()[1:]:
        name, text, born = line[:20].strip(), line[20:52].strip(), line[52:62]
        rows.append(pupil(name, DELIVERS, born=born))
        if "," in text:
            rows += answers(name, *(f"2025-09-10 {part}" for part in text.split(", ")))
        elif text != "-":
            rows += answers(name, text)
    return rows


COVERAGE = [
    # brin6, lezing, ja, nee, ongeldig, onbekend, dekking
    (DELIVERS, "avg", 3, 5, 5, 0, 8 / 13),
    (DELIVERS, "code", 2, 4, 7, 0, 6 / 13),
    (DELIVERS, "strikt", 1, 3, 9, 0, 4 / 13),
    (SILENT, "avg", 0, 0, 0, 1, None),
    (SILENT, "code", 0, 0, 0, 1, None),
    (SILENT, "strikt", 0, 0, 0, 1, None),
    ("*", "avg", 3, 5, 5, 1, 8 / 13),
    ("*", "code", 2, 4, 7, 1, 6 / 13),
    ("*", "strikt", 1, 3, 9, 1, 4 / 13),
]


def test_readings_by_hand() -> None:
    """The twin's table of readings is the one above."""
    lines = [line.split() for line in ONE_OF_EACH.strip().splitlines()[1:]]
    assert {line[0]: tuple(line[-3:]) for line in lines} | {"onbekend": ("onbekend",) * 3} == READINGS


def test_coverage_of_one_pupil_of_each(road: Road) -> None:
    """A no counts as covered, an unknown is outside the fraction, and no denominator gives no share."""
    road.deliver(one_pupil_of_each(), TODAY)
    table = [row for row in road.table("consent_coverage") if row["peildatum"] == TODAY and row["doel"] == PURPOSE]
    names = ("brin6", "lezing", "ja", "nee", "ongeldig", "onbekend", "dekking")
    assert sorted(str(row) for row in COVERAGE) == sorted(str(tuple(row[name] for name in names)) for row in table)


def test_statuses_without_pupils_are_left_out(road: Road) -> None:
    """One pupil of each: every status once, and nothing else."""
    road.deliver(one_pupil_of_each(), TODAY)
    table = [row for row in road.table("consent_status") if row["peildatum"] == TODAY and row["doel"] == PURPOSE]
    counts = {(str(row["brin6"]), str(row["status"])): row["leerlingen"] for row in table}
    own = {(DELIVERS, word): 1 for word in READINGS if word != "onbekend"} | {(SILENT, "onbekend"): 1}
    assert counts == own | {("*", word): 1 for word in READINGS}


# --- reference dates -----------------------------------------------------------------

REFERENCE_DATES: list[tuple[str, tuple[str, ...], str, list[str]]] = [
    ("no dated answer: the day itself", (), "2025-10-13", ["2025-10-13"]),
    ("only an undated answer: the day itself", ("zonder-datum ouder1 ja",), "2025-10-13", ["2025-10-13"]),
    (
        "from the month of the first on",
        ("2025-08-31 ouder1 ja",),
        "2025-10-13",
        ["2025-08-31", "2025-09-30", "2025-10-13"],
    ),
    ("an unanswered request counts", ("2025-09-01 ouder1 onbeantwoord",), "2025-10-13", ["2025-09-30", "2025-10-13"]),
    ("a day that is a month end stands once", ("2025-09-01 ouder1 ja",), "2025-09-30", ["2025-09-30"]),
    ("a first answer this month", ("2025-10-02 ouder1 ja",), "2025-10-13", ["2025-10-13"]),
    ("the day before a month end", ("2025-09-01 ouder1 ja",), "2025-10-30", ["2025-09-30", "2025-10-30"]),
    (
        "over the turn of the year and a leap day",
        ("2023-12-31 ouder1 ja",),
        "2024-02-29",
        ["2023-12-31", "2024-01-31", "2024-02-29"],
    ),
]


@pytest.mark.parametrize(("said", "today", "days"), [pytest.param(*c[1:], id=c[0]) for c in REFERENCE_DATES])
def test_reference_dates(said: tuple[str, ...], today: str, days: list[str], road: Road) -> None:
    """Which days a delivery is judged on."""
    rows = [
        school(),
        pupil(since="2023-08-01"),
        delivered("01AA00", "toestemmingen", "2023-08-01", "2026-07-31"),
    ]
    road.deliver([*rows, *answers("1", *said)], date.fromisoformat(today))
    assert sorted({str(row["peildatum"]) for row in road.table("consent_status")}) == days


def test_a_school_without_pupils_has_no_rows(tmp_path: Path) -> None:
    """On a day without pupils a school stands in neither table, nor does an empty group."""
    road = Road(tmp_path)
    rows = [
        school(),
        pupil(since="2025-10-01"),
        delivered("01AA00", "toestemmingen", "2023-08-01", "2026-07-31"),
    ]
    road.deliver([*rows, school("02BB00"), *answers("1", "2025-09-10 ouder1 ja")], date(2025, 10, 13))
    for name in ("consent_status", "consent_coverage"):
        assert {(str(row["peildatum"]), row["brin6"]) for row in road.table(name)} == {
            ("2025-10-13", "01AA00"),
            ("2025-10-13", "*"),
        }


def test_a_corrected_enrolment_counts_from_the_correction_on(road: Road) -> None:
    """A later delivery says that the pupil left, and how old the pupil is: every day is judged anew."""
    rows = [school(), pupil("stays"), delivered("01AA00", "toestemmingen", "2023-08-01", "2026-07-31")]
    first = [*rows, pupil("leaves"), pupil("ages"), *answers("ages", "2025-09-10 ouder1 ja")]
    road.deliver(first, date(2025, 10, 13))
    road.deliver([pupil("leaves", until="2025-09-15"), pupil("ages", born="2009-09-01")], date(2025, 10, 13))
    table = [row for row in road.table("consent_status") if row["brin6"] == "01AA00" and row["doel"] == PURPOSE]
    assert {(str(row["peildatum"]), row["status"]): row["leerlingen"] for row in table} == {
        ("2025-09-30", "niet_gevraagd"): 1,
        ("2025-09-30", "onbevoegd"): 1,
        ("2025-10-13", "niet_gevraagd"): 1,
        ("2025-10-13", "onbevoegd"): 1,
    }
