"""The demo delivery, as its readers see it, against the twin: every school, purpose and reference date."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

from dashboard.exports.sample import write_sample
from dashboard.periods import load_calendar
from dashboard.registry import load_registry
from dashboard.settings import PROJECT
from dashboard.store.places import Places
from dashboard.store.vault import rows_in_force
from tests.plain_python import Facts, incidents_monthly, reference_dates
from tests.road import Road
from tests.rows import Answer, Delivered, Enrolment, Incident, School

TODAY = date(2026, 11, 22)


def born(turns_16: date) -> date:
    return turns_16.replace(year=turns_16.year - 16)


def facts_of(road: Road, imports: tuple[str, ...]) -> Facts:
    """What the vault holds, as the twin's rows; pseudonyms do as numbers."""
    rows = {
        name: frame.to_dicts()
        for name, frame in rows_in_force(Places(road.settings().store), imports, road.settings().queries).items()
    }
    answers = [{"leerlingnummer": row.pop("leerling"), **row} for row in rows["toestemmingen"]]
    enrolments = [
        {"leerlingnummer": row.pop("leerling"), "geboortedatum": born(row.pop("wordt_16_op")), **row}
        for row in rows["leerlingen"]
    ]
    return Facts(
        today=TODAY,
        schools=[School(**row) for row in rows["scholen"]],
        enrolments=[Enrolment(**row) for row in enrolments],
        answers=[Answer(**row) for row in answers],
        incidents=[Incident(**row) for row in rows["incidenten"]],
        leveringen=[Delivered(**row) for row in rows["leveringen"]],
    )


def one_pupil_each(facts: Facts) -> list[Facts]:
    answers, enrolments = defaultdict(list), defaultdict(list)
    for answer in facts.answers:
        answers[answer.leerlingnummer].append(answer)
    for enrolment in facts.enrolments:
        enrolments[enrolment.leerlingnummer].append(enrolment)
    return [
        Facts(TODAY, facts.schools, enrolments[number], answers[number], [], facts.leveringen) for number in enrolments
    ]


def test_the_demo_comes_out_as_the_twin_has_it(road: Road, tmp_path: Path, free: set[date]) -> None:
    """Every trap of the demo, and everything around it: each count of each status, and each month of incidents."""
    write_sample(
        tmp_path / "demo",
        schools=6,
        pupils=50,
        today=TODAY,
        registry=load_registry(PROJECT / "data" / "gedragscode.toml"),
        calendar=load_calendar(PROJECT / "data" / "school_holidays.csv"),
    )
    outcome = road.import_folder(tmp_path / "demo", TODAY)
    facts = facts_of(road, outcome.snapshot.imports)

    expected: Counter[tuple[object, ...]] = Counter()
    days = reference_dates(facts.answers, TODAY)
    for pupil in one_pupil_each(facts):
        for day in days:
            for brin6, purpose, word in pupil.statuses_on(day):
                expected[day, brin6, purpose, word] += 1
                expected[day, "*", purpose, word] += 1
    published = {tuple(row.values())[:4]: row["leerlingen"] for row in road.table("consent_status")}
    assert published == dict(expected)
    assert len({word for *_, word in published}) == 14, "every status occurs"

    plain = {(row["maand"], row["brin6"]): row for row in incidents_monthly(facts, free)}
    monthly = {(row["maand"], row["brin6"]): row for row in road.table("incidents_monthly")}
    assert monthly.keys() == plain.keys()
    for key, row in monthly.items():
        assert (row["incidenten"], row["leerlingen"], row["lesdagen"]) == tuple(
            plain[key][column] for column in ("incidenten", "leerlingen", "lesdagen")
        )
