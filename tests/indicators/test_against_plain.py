"""Random deliveries, imported and published: every cell of every table against the twin, and the invariants."""

from __future__ import annotations

import csv
import io
import os
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from math import isclose
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dashboard.cli import app
from tests import strategies
from tests.builders import write_delivery
from tests.plain_acceptance import History, data_quality
from tests.plain_evaluation import evaluation
from tests.plain_incidents import incident_followup, incident_funnel, incident_roles, incident_trend, rare_events
from tests.plain_python import (
    PURPOSES,
    YEAR_RULES,
    Facts,
    Table,
    consent_by_year_group,
    consent_by_year_rule,
    consent_coverage,
    consent_funnel,
    consent_status,
    consent_waterfall,
    evaluation_clock,
    expiry_outlook,
    incidents_by,
    incidents_monthly,
    turning_16,
    turns_16,
    use_by_status,
    use_without_consent,
)
from tests.road import Road
from tests.rows import Answer, Row, Spoiled

TABLES: dict[str, dict[str, pl.DataType]] = {
    "consent_status": {
        "peildatum": pl.Date(),
        "brin6": pl.String(),
        "doel": pl.String(),
        "status": pl.String(),
        "leerlingen": pl.Int64(),
    },
    "consent_coverage": {
        "peildatum": pl.Date(),
        "brin6": pl.String(),
        "doel": pl.String(),
        "lezing": pl.String(),
        "ja": pl.Int64(),
        "nee": pl.Int64(),
        "ongeldig": pl.Int64(),
        "onbekend": pl.Int64(),
        "dekking": pl.Float64(),
    },
    "consent_by_year_group": {
        "peildatum": pl.Date(),
        "brin6": pl.String(),
        "leerjaar": pl.Int64(),
        "doel": pl.String(),
        "ja": pl.Int64(),
        "nee": pl.Int64(),
        "ongeldig": pl.Int64(),
        "onbekend": pl.Int64(),
        "dekking": pl.Float64(),
    },
    "consent_by_year_rule": {
        "peildatum": pl.Date(),
        "brin6": pl.String(),
        "doel": pl.String(),
        "jaar": pl.String(),
        "ja": pl.Int64(),
        "nee": pl.Int64(),
        "ongeldig": pl.Int64(),
        "onbekend": pl.Int64(),
        "dekking": pl.Float64(),
    },
    "consent_waterfall": {
        "peildatum": pl.Date(),
        "brin6": pl.String(),
        "doel": pl.String(),
        "stap": pl.String(),
        "leerlingen": pl.Int64(),
    },
    "turning_16": {
        "brin6": pl.String(),
        "maand": pl.String(),
        "leerlingen": pl.Int64(),
    },
    "expiry_outlook": {
        "brin6": pl.String(),
        "doel": pl.String(),
        "leerlingen": pl.Int64(),
        "geldig_nu": pl.Int64(),
        "nodig_nu": pl.Int64(),
        "geldig_1_september": pl.Int64(),
        "nodig_1_september": pl.Int64(),
    },
    "use_without_consent": {
        "brin6": pl.String(),
        "schooljaar": pl.String(),
        "doel": pl.String(),
        "publicaties": pl.Int64(),
        "gebruiken": pl.Int64(),
        "zonder_toestemming": pl.Int64(),
    },
    "use_by_status": {
        "brin6": pl.String(),
        "schooljaar": pl.String(),
        "doel": pl.String(),
        "status": pl.String(),
        "gebruiken": pl.Int64(),
    },
    "consent_funnel": {
        "peildatum": pl.Date(),
        "doel": pl.String(),
        "brin6": pl.String(),
        "geldig": pl.Int64(),
        "noemer": pl.Int64(),
        "dekking": pl.Float64(),
        "groep": pl.Float64(),
        "onder95": pl.Float64(),
        "boven95": pl.Float64(),
        "onder998": pl.Float64(),
        "boven998": pl.Float64(),
        "oordeel": pl.String(),
    },
    "incidents_monthly": {
        "maand": pl.String(),
        "brin6": pl.String(),
        "incidenten": pl.Int64(),
        "leerlingen": pl.Int64(),
        "lesdagen": pl.Int64(),
        "aangeleverd": pl.Boolean(),
        "ratio": pl.Float64(),
    },
    "incidents_by": {
        "periode": pl.String(),
        "brin6": pl.String(),
        "dimensie": pl.String(),
        "waarde": pl.String(),
        "incidenten": pl.Int64(),
    },
    "incident_trend": {
        "maand": pl.String(),
        "brin6": pl.String(),
        "deel": pl.Int64(),
        "incidenten": pl.Int64(),
        "blootstelling": pl.Float64(),
        "ratio": pl.Float64(),
        "midden": pl.Float64(),
        "onder": pl.Float64(),
        "boven": pl.Float64(),
        "signaal": pl.String(),
        "voorlopig": pl.Boolean(),
    },
    "rare_events": {
        "brin6": pl.String(),
        "datum": pl.Date(),
        "lesdagen_sinds_vorige": pl.Int64(),
        "midden": pl.Float64(),
        "boven": pl.Float64(),
        "signaal": pl.String(),
    },
    "incident_roles": {
        "periode": pl.String(),
        "brin6": pl.String(),
        "veroorzaker": pl.String(),
        "getroffene": pl.String(),
        "incidenten": pl.Int64(),
    },
    "incident_followup": {
        "periode": pl.String(),
        "brin6": pl.String(),
        "maat": pl.String(),
        "teller": pl.Int64(),
        "noemer": pl.Int64(),
        "waarde": pl.Float64(),
    },
    "incident_funnel": {
        "periode": pl.String(),
        "brin6": pl.String(),
        "incidenten": pl.Int64(),
        "blootstelling": pl.Float64(),
        "ratio": pl.Float64(),
        "groep": pl.Float64(),
        "onder95": pl.Float64(),
        "boven95": pl.Float64(),
        "onder998": pl.Float64(),
        "boven998": pl.Float64(),
        "oordeel": pl.String(),
    },
    "evaluation": {
        "periode": pl.String(),
        "artikel": pl.String(),
        "indicator": pl.String(),
        "teller": pl.Int64(),
        "noemer": pl.Int64(),
        "waarde": pl.Float64(),
        "vorige_waarde": pl.Float64(),
        "oordeel": pl.String(),
        "kwaliteit": pl.Float64(),
    },
    "evaluation_clock": {
        "stap": pl.String(),
        "vorige_ronde": pl.Date(),
        "uiterlijk": pl.Date(),
        "dagen": pl.Int64(),
        "oordeel": pl.String(),
    },
    "data_quality": {
        "brin6": pl.String(),
        "dataset": pl.String(),
        "laatste_levering": pl.Date(),
        "van": pl.Date(),
        "tot": pl.Date(),
        "rijen": pl.Int64(),
        "afgewezen": pl.Int64(),
    },
}
KEYS = {
    "consent_status": 4,
    "consent_coverage": 4,
    "consent_by_year_group": 4,
    "consent_by_year_rule": 4,
    "consent_waterfall": 4,
    "turning_16": 2,
    "expiry_outlook": 2,
    "use_without_consent": 3,
    "use_by_status": 4,
    "consent_funnel": 3,
    "incidents_monthly": 2,
    "incidents_by": 4,
    "incident_trend": 2,
    "rare_events": 2,
    "incident_roles": 4,
    "incident_followup": 3,
    "incident_funnel": 2,
    "evaluation": 3,
    "evaluation_clock": 1,
    "data_quality": 2,
}  # how many of the first columns name a row
LIMITS = {"onder95", "boven95", "onder998", "boven998"}  # sums of many small chances: equal to nine digits
RATES = {"blootstelling", "ratio", "midden", "onder", "boven", "groep", *LIMITS}  # divided in another order

THOROUGH = int(os.environ.get("THOROUGH", "1"))
"""How many times as many examples: `THOROUGH=20 uv run pytest tests/indicators` for a night."""


def examples(number: int) -> settings:
    too_much = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(max_examples=number * THOROUGH, deadline=None, suppress_health_check=too_much)


@contextmanager
def own_road(year: str | None = None) -> Iterator[Road]:
    """A store for one example, and a registry of its own if "yearly" is to mean something else."""
    with TemporaryDirectory() as folder:
        yield Road(Path(folder), year)


def twins(history: History, today: date, free: set[date], rule: str = "schooljaar") -> dict[str, Table]:
    """Every published table, recomputed from the rows in force."""
    facts = Facts.of(history.rows(), today, rule)
    return {
        "consent_status": consent_status(facts),
        "consent_coverage": consent_coverage(facts),
        "consent_by_year_group": consent_by_year_group(facts),
        "consent_by_year_rule": consent_by_year_rule(facts),
        "consent_waterfall": consent_waterfall(facts),
        "turning_16": turning_16(facts),
        "expiry_outlook": expiry_outlook(facts),
        "use_without_consent": use_without_consent(facts),
        "use_by_status": use_by_status(facts),
        "consent_funnel": consent_funnel(facts),
        "incidents_monthly": incidents_monthly(facts, free),
        "incidents_by": incidents_by(facts),
        "incident_trend": incident_trend(facts, free),
        "rare_events": rare_events(facts, free),
        "incident_roles": incident_roles(facts),
        "incident_followup": incident_followup(facts),
        "incident_funnel": incident_funnel(facts, free),
        "evaluation": evaluation(facts, free),
        "evaluation_clock": evaluation_clock(today),
        "data_quality": data_quality(history),
    }


def differences(name: str, found: Table, plain: Table) -> list[str]:
    """Rows on one side only and cells that differ; shares to twelve digits, rates and limits to nine."""
    left, right = keyed(name, found), keyed(name, plain)
    assert len(left) == len(found), f"{name}: rows with one key"
    wrong = [f"{name}: only published {left[key]}" for key in left.keys() - right.keys()]
    wrong += [f"{name}: only in plain Python {right[key]}" for key in right.keys() - left.keys()]
    for key in left.keys() & right.keys():
        if not all(same(left[key][column], right[key][column], column) for column in TABLES[name]):
            wrong.append(f"{name}: published {left[key]}, plain Python {right[key]}")
    return sorted(wrong)


def keyed(name: str, table: Table) -> dict[tuple[object, ...], dict[str, object]]:
    """Rows by what names them; of rare events the second of one day is the second, and so on."""
    width = KEYS[name]
    if name != "rare_events":
        return {tuple(row.values())[:width]: row for row in table}
    found: dict[tuple[object, ...], dict[str, object]] = {}
    for row in sorted(table, key=lambda row: str(row["lesdagen_sinds_vorige"])):
        key = tuple(row.values())[:width]
        found[*key, sum(other[:width] == key for other in found)] = row
    return found


def same(one: object, other: object, column: str) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        near = 1e-9 if column in RATES else 1e-12
        return isclose(one, other, rel_tol=near, abs_tol=1e-9 if column in LIMITS else 0)
    return one == other


def all_differences(road: Road, history: History, today: date, free: set[date], rule: str = "schooljaar") -> list[str]:
    plain = twins(history, today, free, rule)
    return [line for name in TABLES for line in differences(name, road.table(name), plain[name])]


# --- cell by cell --------------------------------------------------------------------


@examples(10)
@given(strategies.deliveries(busy=True))
def test_every_table_agrees(free: set[date], delivery: tuple[date, list[Row]]) -> None:
    """A delivery of sound rows: no cell of any table differs."""
    today, rows = delivery
    history = History()
    receipt = history.receive(rows, today)
    assert receipt.count("refused") == 0
    with own_road() as road:
        road.deliver(rows, today)
        assert all_differences(road, history, today, free)[:10] == []
        assert_sums(road.table("consent_status"), Facts.of(rows, today))


@examples(6)
@given(strategies.deliveries(), st.sampled_from(("codejaar", "twaalf_maanden")))
def test_every_table_agrees_under_each_year(free: set[date], delivery: tuple[date, list[Row]], rule: str) -> None:
    """With another meaning of "yearly" in the registry: no cell of any table differs."""
    today, rows = delivery
    history = History()
    history.receive(rows, today)
    with own_road(rule) as road:
        road.deliver(rows, today)
        assert all_differences(road, history, today, free, rule)[:10] == []


@examples(6)
@given(strategies.histories())
def test_every_table_agrees_after_corrections(
    free: set[date], deliveries: list[tuple[date, list[Row | Spoiled]]]
) -> None:
    """Deliveries with repeats, corrections and broken rows: the same fates, and no cell of any table differs."""
    history = History()
    with own_road() as road:
        for today, rows in deliveries:
            receipt = history.receive(rows, today)
            files = road.deliver(rows, today).checked.files
            for dataset in {file.dataset for file in files}:
                mine = [file for file in files if file.dataset == dataset]
                fates = [sum(getattr(file, fate) for file in mine) for fate in ("accepted", "known", "rejected")]
                by_hand = [receipt.count(fate, dataset) for fate in ("accepted", "known", "refused")]
                assert (dataset, fates) == (dataset, by_hand)
            assert sum(file.read for file in files) == len(rows)
        assert all_differences(road, history, deliveries[-1][0], free)[:10] == []


@examples(3)
@given(strategies.deliveries(pupils=4))
def test_printed_figures_agree(free: set[date], delivery: tuple[date, list[Row]]) -> None:
    """What `gedragscode import` and `gedragscode figures NAME --format csv` print is the twin's table, written out."""
    today, rows = delivery
    history = History()
    history.receive(rows, today)
    plain = twins(history, today, free)
    with own_road() as road, pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEDRAGSCODE_KEY_FILE", str(road.settings().key_file))
        store = ["--store", str(road.settings().store)]
        write_delivery(road.folder / "delivery", rows)
        commanded("import", str(road.folder / "delivery"), "--today", today.isoformat(), *store)
        for name, columns in TABLES.items():
            printed = commanded("figures", name, "--format", "csv", *store)
            assert printed.startswith("\ufeff" + ";".join(columns))
            found = list(csv.DictReader(io.StringIO(printed.removeprefix("\ufeff")), delimiter=";"))
            by_hand = [{column: printed_value(row[column]) for column in columns} for row in plain[name]]
            assert sorted(map(comparable, found)) == sorted(map(comparable, by_hand))


def comparable(row: dict[str, str]) -> str:
    """A printed row as it stands, its rates and limits to nine digits."""
    return str({name: f"{round(float(cell), 9):.9g}" if name in RATES and cell else cell for name, cell in row.items()})


def commanded(*arguments: str) -> str:
    """What a command prints as data."""
    outcome = CliRunner().invoke(app, arguments)
    assert outcome.exit_code == 0, outcome.stderr
    return outcome.stdout


def printed_value(value: object) -> str:
    """Numbers in full, days jjjj-mm-dd, ja and nee, nothing for no value."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None else str(value)


def test_columns_and_types(road: Road) -> None:
    """Every table has the stated columns in the stated order, of the stated types, also when it is empty."""
    road.deliver([*strategies.schools()], date(2025, 9, 30))
    assert {name: dict(road.frame(name).schema) for name in TABLES} == TABLES


# --- invariants ----------------------------------------------------------------------


@examples(60)
@given(strategies.deliveries(pupils=5))
def test_statuses_sum_to_the_enrolled(delivery: tuple[date, list[Row]]) -> None:
    """On every reference date, at every school and in the group, each purpose has every enrolled pupil once."""
    today, rows = delivery
    assert_sums(consent_status(Facts.of(rows, today)), Facts.of(rows, today))


def assert_sums(table: Table, facts: Facts) -> None:
    sums: dict[tuple[object, ...], int] = {}
    for row in table:
        key = row["peildatum"], row["brin6"], row["doel"]
        sums[key] = sums.get(key, 0) + int(str(row["leerlingen"]))
    for t in {row["peildatum"] for row in table}:
        assert isinstance(t, date)
        places = [place for enrolment in facts.enrolled_on(t) for place in (enrolment.brin6, "*")]
        by_hand = {(t, place, purpose): places.count(place) for place in set(places) for purpose in PURPOSES}
        assert {key: number for key, number in sums.items() if key[0] == t} == by_hand


@st.composite
def with_a_refusal(draw: st.DrawFn) -> tuple[date, list[Row], Answer]:
    """A delivery, and one more demonstrable refusal by someone who was entitled to it."""
    today, rows = draw(strategies.deliveries(pupils=3))
    pupil = draw(st.sampled_from(Facts.of(rows, today).enrolments))
    refusal = replace(
        draw(strategies.answers(pupil.leerlingnummer, today, ("leerling", "ouder1", "ouder2", "voogd"))),
        antwoord=draw(st.sampled_from(("nee", "ingetrokken"))),
        bron="Weigering",
    )
    sixteen = {turns_16(e) for e in Facts.of(rows, today).enrolments if e.leerlingnummer == pupil.leerlingnummer}
    assume(refusal.datum is not None)
    assume(all((refusal.datum or today) >= day for day in sixteen) == (refusal.gever == "leerling"))
    return today, rows, refusal


@examples(90)
@given(with_a_refusal(), st.sampled_from(YEAR_RULES))
def test_a_refusal_never_lowers_coverage(case: tuple[date, list[Row], Answer], rule: str) -> None:
    """A demonstrable, entitled no makes no share of valid answers smaller, under any reading or year, on any day."""
    today, rows, refusal = case
    assert_adding_moves("dekking", today, rows, refusal, sign=1, rule=rule)


@examples(90)
@given(strategies.deliveries(pupils=3), st.sampled_from(YEAR_RULES), st.data())
def test_a_withdrawal_never_raises_yes(delivery: tuple[date, list[Row]], rule: str, data: st.DataObject) -> None:
    """Whoever withdraws, whenever, with or without a source: no count of yes goes up."""
    today, rows = delivery
    number = data.draw(st.sampled_from(sorted({e.leerlingnummer for e in Facts.of(rows, today).enrolments})))
    withdrawal = replace(data.draw(strategies.answers(number, today)), antwoord="ingetrokken")
    assert_adding_moves("ja", today, rows, withdrawal, sign=-1, rule=rule)


def assert_adding_moves(column: str, today: date, rows: list[Row], more: Answer, *, sign: int, rule: str) -> None:
    before = consent_coverage(Facts.of(rows, today, rule))
    after = consent_coverage(Facts.of(list(dict.fromkeys([*rows, more])), today, rule))
    assert_moves(column, before, after, sign=sign)


def assert_moves(column: str, before: Table, after: Table, *, sign: int) -> None:
    """No value of the column moves against the sign, on the days both tables have."""
    old = {tuple(row.values())[:4]: row[column] for row in before}
    for row in after:
        was, now = old.get(tuple(row.values())[:4]), row[column]
        if isinstance(was, (int, float)) and isinstance(now, (int, float)):
            assert sign * (now - was) >= 0, (row, was)


@examples(3)
@given(strategies.deliveries(pupils=4))
def test_a_second_import_changes_nothing(delivery: tuple[date, list[Row]]) -> None:
    """The same files again: every row known, and the same snapshot."""
    today, rows = delivery
    with own_road() as road:
        first = road.deliver(rows, today)
        second = road.import_folder(road.folder / "delivery-1", today)
        assert second.snapshot_id == first.snapshot_id
        assert sum(file.known for file in second.checked.files) == len(rows)
        assert sum(file.accepted + file.rejected for file in second.checked.files) == 0


@examples(3)
@given(strategies.histories(), st.randoms(use_true_random=False))
def test_order_changes_nothing(deliveries: list[tuple[date, list[Row | Spoiled]]], chance: random.Random) -> None:
    """Rows shuffled and dealt out over several files: the same tables."""
    with own_road() as straight, own_road() as shuffled:
        for today, rows in deliveries:
            straight.deliver(rows, today)
            mixed = list(rows)
            chance.shuffle(mixed)
            shuffled.deliver(mixed, today, files=3)
        assert tables_of(straight) == tables_of(shuffled)


def tables_of(road: Road) -> dict[str, Sequence[dict[str, object]]]:
    return {name: road.table(name) for name in TABLES}
