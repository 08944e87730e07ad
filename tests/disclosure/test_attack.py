"""The auditor against tables made by hand: planted leaks are found, safe tables are let through."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import polars as pl
import pytest

from dashboard.disclosure.attack import Facts, Leak, attack, facts_of
from dashboard.disclosure.audit_bounds import findings
from dashboard.disclosure.audit_sheet import Cell, Sheet
from dashboard.registry import Registry

K = 5
HALVES = ("2025-08/2026-01", "2026-02/2026-07")
YEAR = "2025-08/2026-07"
DAY = date(2026, 1, 31)
Frames = dict[str, pl.DataFrame]
Spot = tuple[tuple[str, ...], str]


@pytest.fixture(scope="module")
def facts(registry: Registry) -> Facts:
    return facts_of(registry)


def publish(exact: pl.DataFrame, key: Iterable[str], hidden: Mapping[tuple[Any, ...], str]) -> pl.DataFrame:
    """A table with these cells hidden: key → columns, with commas between."""
    rows = []
    for row in exact.iter_rows(named=True):
        marks = hidden.get(tuple(row[name] for name in key))
        rows.append(row | dict.fromkeys(marks.split(",") if marks else ()) | {"verborgen": marks})
    return pl.DataFrame(rows, schema=dict(exact.schema) | {"verborgen": pl.String})


def told(leaks: Iterable[Leak]) -> set[tuple[tuple[str, ...], str]]:
    """Which cells, and to whom."""
    return {(leak.key, leak.attacker) for leak in leaks}


# Incidents: schools A, B, C, with yes and no per half-year. Only the group is shown by half-year.

INCIDENTS = ("periode", "brin6", "dimensie", "waarde")


def incidents(counts: Mapping[str, tuple[tuple[int, int], ...]]) -> pl.DataFrame:
    """`incidents_by` of all schools, over both half-years and the year."""
    cells: dict[tuple[str, ...], int] = {}
    for school, halves in counts.items():
        for half, numbers in zip(HALVES, halves, strict=True):
            values = (
                ("in_les", "ja", numbers[0]),
                ("in_les", "nee", numbers[1]),
                ("reikwijdte", "school", sum(numbers)),
            )
            for (dimension, value, number), period, owner in product(values, (half, YEAR), (school, "*")):
                key = (period, owner, dimension, value)
                cells[key] = cells.get(key, 0) + number
    rows = [(*key, number) for key, number in sorted(cells.items())]
    return pl.DataFrame(rows, schema=[*INCIDENTS, "incidenten"], orient="row")


# School → half-year → in a lesson, and not.
def year(school: str, value: str) -> tuple[str, ...]:
    return (YEAR, school, "in_les" if value in {"ja", "nee"} else "reikwijdte", value)


def half(which: int, value: str) -> tuple[str, ...]:
    return (HALVES[which], "*", "in_les" if value in {"ja", "nee"} else "reikwijdte", value)


SMALL = {"A": ((9, 8), (8, 9)), "B": ((7, 9), (9, 8)), "C": ((1, 9), (2, 7))}
"""C has three in a lesson over the year."""
LATE = {"A": ((1, 8), (9, 9)), "B": ((1, 9), (9, 8)), "C": ((1, 9), (9, 7))}
"""No school has a small number over the year, the group has one in the first half."""
FEW = {"A": ((2, 8), (0, 9)), "B": ((1, 9), (0, 8)), "C": ((9, 9), (8, 7)), "D": ((6, 9), (8, 9))}

PAIRS = [year(school, value) for school in "ABC" for value in ("ja", "nee")]

CASES = {
    "a single cell of a line": (SMALL, [year("C", "ja")], {(year("C", "ja"), "iedereen")}),
    "two holes a line, less the own school": (
        SMALL,
        [year(school, value) for school in "BC" for value in ("ja", "nee")],
        {(year(school, value), director) for school, director in ("BC", "CB") for value in ("ja", "nee")},
    ),
    "three schools: no director is the only one who is left out": (SMALL, PAIRS, set()),
    "a small number shown": (SMALL, [], {(year("C", "ja"), "iedereen")}),
    "the year less the half-year": (
        LATE,
        [half(0, "ja"), half(0, "nee")],
        {(half(0, "ja"), "iedereen"), (half(0, "nee"), "iedereen")},
    ),
    "small ones of which the sum is small": (
        FEW,
        [year(school, value) for school in "AB" for value in ("ja", "nee")],
        {*((year(school, "ja"), "iedereen") for school in "AB"), (year("A", "nee"), "B"), (year("B", "nee"), "A")},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_incidents(case: str, facts: Facts) -> None:
    """Exactly the planted cells are told, to exactly those who can tell them."""
    counts, hidden, expected = CASES[case]
    exact = incidents(counts)
    visible = exact.filter((pl.col("periode") == YEAR) | (pl.col("brin6") == "*"))
    shown = publish(visible, INCIDENTS, dict.fromkeys(hidden, "incidenten"))
    leaks = attack({"incidents_by": shown}, {"incidents_by": exact}, facts, K)
    assert told(leaks) == expected
    assert all(leak.sentence.startswith("incidents_by (") for leak in leaks)


@pytest.mark.parametrize(("then", "leaks"), [("shown", True), ("another number", False), ("hidden", False)])
def test_what_was_shown_before_is_known(facts: Facts, then: str, leaks: bool) -> None:
    """Who kept the tables of before knows what they showed, as far as it hasn't changed since."""
    exact = incidents(SMALL)
    visible = exact.filter((pl.col("periode") == YEAR) | (pl.col("brin6") == "*"))
    shown = publish(visible, INCIDENTS, dict.fromkeys(PAIRS, "incidenten"))
    before = visible if then != "another number" else visible.with_columns(pl.col("incidenten") + 1)
    seen = [year("A", "nee"), year("B", "nee")]
    hidden = PAIRS if then == "hidden" else [pair for pair in PAIRS if pair not in seen]
    earlier = publish(before, INCIDENTS, dict.fromkeys(hidden, "incidenten"))
    found = attack({"incidents_by": shown}, {"incidents_by": exact}, facts, K, earlier={"incidents_by": earlier})
    assert bool(found) == leaks
    assert not leaks or (year("C", "ja"), "iedereen") in told(found)


def test_missing_row(facts: Facts) -> None:
    """A row left out says 0 as long as other schools have it."""
    exact = incidents(SMALL)
    year_rows = exact.filter((pl.col("periode") == YEAR) | (pl.col("brin6") == "*"))
    shown = publish(year_rows, INCIDENTS, dict.fromkeys(PAIRS, "incidenten"))
    left_out = shown.filter(~((pl.col("brin6") == "B") & (pl.col("waarde") == "ja")))
    leaks = attack({"incidents_by": left_out}, {"incidents_by": exact}, facts, K)
    assert (year("B", "ja"), "iedereen") in told(leaks)


def test_roles(facts: Facts) -> None:
    """A pair of roles is told by its margin."""
    causes = {"leerling": {"leerling": 20, "medewerker": 3}, "medewerker": {"leerling": 9, "medewerker": 12}}
    rows, pairs = [], []
    for period, owner in product((HALVES[0], YEAR), ("A", "*")):
        for cause, met in causes.items():
            rows.append((period, owner, "veroorzaker", cause, sum(met.values())))
            pairs += [(period, owner, cause, who, number) for who, number in met.items()]
        rows += [(period, owner, "getroffene", who, sum(met[who] for met in causes.values())) for who in causes]
        rows.append((period, owner, "reikwijdte", "school", 44))
    by = pl.DataFrame(rows, schema=[*INCIDENTS, "incidenten"], orient="row")
    key = ("periode", "brin6", "veroorzaker", "getroffene")
    roles = pl.DataFrame(pairs, schema=[*key, "incidenten"], orient="row")
    hidden = {(period, "*", "leerling", "medewerker"): "incidenten" for period in (HALVES[0], YEAR)}
    shown = {
        "incidents_by": publish(by.filter(pl.col("brin6") == "*"), INCIDENTS, {}),
        "incident_roles": publish(roles.filter(pl.col("brin6") == "*"), key, hidden),
    }
    leaks = attack(shown, {"incidents_by": by, "incident_roles": roles}, facts, K)
    assert told(leaks) == {(spot, "iedereen") for spot in hidden}
    assert all(leak.is_exact for leak in leaks)


# Consent: pupils per status and school; the three readings follow.

COVERAGE = ("peildatum", "brin6", "doel", "lezing")
DOEL = "beeld_website"
SOUND = {"ja": 30, "nee": 20, "niet_gevraagd": 30}


def consent(schools: Mapping[str, Mapping[str, int]], facts: Facts) -> Frames:
    """`consent_status` and `consent_coverage` of one day and purpose."""
    status, coverage = [], []
    everybody = {name: sum(counts.get(name, 0) for counts in schools.values()) for name in facts.statuses}
    for school, counts in [*schools.items(), ("*", everybody)]:
        status += [(DAY, school, DOEL, name, counts.get(name, 0)) for name in facts.statuses]
        for reading, outcomes in facts.readings.items():
            row = dict.fromkeys(("ja", "nee", "ongeldig", "onbekend"), 0)
            for name, count in counts.items():
                row[outcomes[name]] += count
            valid, base = row["ja"] + row["nee"], sum(row.values()) - row["onbekend"]
            coverage.append((DAY, school, DOEL, reading, *row.values(), valid / base if base else None))
    columns = ["ja", "nee", "ongeldig", "onbekend", "dekking"]
    return {
        "consent_status": pl.DataFrame(status, [*COVERAGE[:3], "status", "leerlingen"], orient="row"),
        "consent_coverage": pl.DataFrame(coverage, [*COVERAGE, *columns], orient="row"),
    }


ALL = "ja,nee,ongeldig,dekking"
CONSENT_CASES: dict[str, tuple[Mapping[str, Mapping[str, int]], Mapping[str, str], set[tuple[str, str]]]] = {
    "readings taken from each other": (
        {"A": SOUND, "B": SOUND | {"werd_16_ja": 3, "niet_gevraagd": 27}, "C": SOUND},
        {},
        set(),
    ),
    "a small number beside known ones": (
        {"A": SOUND, "B": SOUND | {"nee": 2}, "C": SOUND},
        {"B": "nee,dekking"},
        {("B", "iedereen")},
    ),
    "all of a school but a few": (
        {"A": SOUND, "B": {"ja": 80, "nee": 1}, "C": SOUND},
        {"B": "nee,dekking"},
        {("B", "iedereen")},
    ),
    "two schools: each director tells the other": (
        {"A": SOUND, "B": SOUND | {"nee": 2}, "C": SOUND},
        {"A": ALL, "B": ALL},
        {("A", "B"), ("B", "A")},
    ),
    "three schools with three cells each": (
        {"A": SOUND, "B": SOUND | {"nee": 2}, "C": SOUND},
        {"A": ALL, "B": ALL, "C": ALL},
        set(),
    ),
}


@pytest.mark.parametrize("case", CONSENT_CASES)
def test_consent(case: str, facts: Facts) -> None:
    """Readings, remainders and the group less a school are all ways in."""
    schools, hidden, expected = CONSENT_CASES[case]
    exact = consent(schools, facts)
    marks = {(DAY, school, DOEL, reading): columns for school, columns in hidden.items() for reading in facts.readings}
    shown = {"consent_coverage": publish(exact["consent_coverage"], COVERAGE, marks)}
    leaks = attack(shown, exact, facts, K)
    assert {(leak.key[1], leak.attacker) for leak in leaks} == expected


def _rate_of_hidden(frame: pl.DataFrame) -> pl.DataFrame:
    is_b = pl.col("brin6") == "B"
    return frame.with_columns(pl.when(is_b).then(pl.lit("ja,nee,ongeldig")).otherwise("verborgen").alias("verborgen"))


def _left_out(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("brin6") != "B")


@pytest.mark.parametrize(
    ("change", "what"),
    [(_rate_of_hidden, "getoond, maar een aantal erachter niet"), (_left_out, "weggelaten, en dat zegt iets")],
)
def test_plain_to_see(change: Callable[[pl.DataFrame], pl.DataFrame], what: str, facts: Facts) -> None:
    """A rate of hidden counts, and a school that isn't there."""
    exact = consent({"A": SOUND, "B": SOUND, "C": SOUND}, facts)
    shown = change(publish(exact["consent_coverage"], COVERAGE, {}))
    leaks = attack({"consent_coverage": shown}, exact, facts, K)
    assert {leak.key[1] for leak in leaks if leak.what == what} == {"B"}


# Uses: who used an image without consent, beside the evaluation.

USES = ("brin6", "schooljaar", "doel")
EVALUATION = ("periode", "artikel", "indicator")
ROUND = "2025-02/2027-01"


def evaluation(article: str, indicator: str, counts: tuple[int, int | None]) -> pl.DataFrame:
    """One row of the evaluation."""
    names = ("teller", "noemer", "waarde", "vorige_waarde", "oordeel", "kwaliteit")
    row = (ROUND, article, indicator, *counts, None, None, "geen norm", 1.0)
    return pl.DataFrame([row], [*EVALUATION, *names], orient="row")


@pytest.mark.parametrize("with_evaluation", [False, True])
def test_uses(facts: Facts, with_evaluation: bool) -> None:
    """The group less the other schools gives a number away; where the group is hidden too, the evaluation does."""
    rows = [("A", 40, 12), ("B", 30, 2), ("C", 30, 9), ("*", 100, 23)]
    uses = pl.DataFrame(
        [(school, "2025-2026", DOEL, 9, *numbers) for school, *numbers in rows],
        [*USES, "publicaties", "gebruiken", "zonder_toestemming"],
        orient="row",
    )
    row = evaluation(facts.article_of_purpose[DOEL], "gebruik_zonder_toestemming", (23, 100))
    exact = {"use_without_consent": uses, "evaluation": row}
    spots = {(school, "2025-2026", DOEL): "zonder_toestemming" for school in ("B", "*")}
    shown = {"use_without_consent": publish(uses, USES, spots)}
    shown |= {"evaluation": publish(row, EVALUATION, {})} if with_evaluation else {}
    everybody = {(spot, "iedereen") for spot in spots}
    # Without it only the director of B knows what is left of the group.
    expected = everybody if with_evaluation else {(("*", "2025-2026", DOEL), "B")}
    assert told(attack(shown, exact, facts, K)) == expected


@pytest.mark.parametrize(("closed", "hidden", "expected"), [(30, "noemer,waarde", "noemer"), (3, "", "teller")])
def test_follow_up(closed: int, hidden: str, expected: str, facts: Facts) -> None:
    """What was done after incidents is a share of all of them, which are shown; a small part may not be."""
    by = incidents({"A": ((9, 8), (8, 9)), "B": ((7, 9), (9, 8))})
    key = ("periode", "brin6", "maat")
    rows = [(HALVES[1], "*", "afgehandeld", closed, 34, closed / 34)]
    exact = {
        "incidents_by": by,
        "incident_followup": pl.DataFrame(rows, [*key, "teller", "noemer", "waarde"], orient="row"),
    }
    shown = {
        "incidents_by": publish(by.filter(pl.col("brin6") == "*"), INCIDENTS, {}),
        "incident_followup": publish(exact["incident_followup"], key, {rows[0][:3]: hidden} if hidden else {}),
    }
    assert {leak.column for leak in attack(shown, exact, facts, K)} == {expected}


# What attackers know beside the sums.


def _own_part(sheet: Sheet) -> None:
    """Two numbers of the group that are twelve together; most of it is of one school."""
    places = [sheet.unknown(value, cell=Cell("t", (name,), "n", None)) for name, value in (("few", 3), ("many", 9))]
    sheet.adds_up_to(places, 12)
    for place, part in zip(places, (2, 8), strict=True):
        sheet.floor(place, "s0", part)


def _remainder(sheet: Sheet) -> None:
    """Seven to ten of ten that everybody knows: of the others there are few."""
    part, other = sheet.unknown(8, cell=Cell("t", ("part",), "n", 10)), sheet.unknown(5)
    sheet.adds_up_to([part, other], 13)
    sheet.at_most([other], [sheet.known(6)])
    sheet.at_most([part], [sheet.known(10)])


def _hidden_remainder(sheet: Sheet) -> None:
    """A part and a whole that may be anything, less than four apart."""
    whole, part = (sheet.unknown(value, cell=Cell("t", (f"{value}",), "n", None)) for value in (30, 28))
    sheet.at_most([part], [whole])
    sheet.at_most([whole], [part, sheet.known(3)])
    sheet.rest(whole, part, K)


@pytest.mark.parametrize(
    ("written", "expected"),
    [(_own_part, ("few", 0)), (_remainder, ("part", -1)), (_hidden_remainder, ("28", -1))],
)
def test_knowledge(written: Callable[[Sheet], None], expected: tuple[str, int]) -> None:
    """A director knows the own part of the group; of what remains of a whole a small number tells as much."""
    sheet = Sheet(["s0", "s1"])
    written(sheet)
    found = {(finding.cell.key[0], finding.attacker) for finding in findings(sheet.system(), K)}
    assert found == {expected}


# Every pattern of a small table, beside trying everything.


def _tried(table: np.ndarray, hidden: set[str], k: int) -> set[tuple[str, str]]:
    """Cells and attackers by trying every table with this total."""
    every = _tables(table.shape, int(table.sum()))
    read = {name: (cells(every), int(cells(table[None])[0])) for name, cells in _cells(table.shape).items()}
    fits = np.all([read[name][0] == read[name][1] for name in read if name not in hidden], axis=0)
    found = set()
    for name in sorted(hidden):
        values, true = read[name]
        need = k if 1 <= true < k else 1
        least, greatest = values[fits].min(), values[fits].max()
        if greatest - (max(least, 1) if need == k else least) < need:
            found.add((name, "iedereen"))
            continue
        for school in range(table.shape[0]):
            mine = fits & (every[:, school] == table[school]).all(axis=1)
            if not name.startswith(f"s{school}") and np.ptp(values[mine]) < need:
                found.add((name, f"s{school}"))
    return found


def _tables(shape: tuple[int, ...], total: int) -> np.ndarray:
    size = int(np.prod(shape))
    bars = np.array([pick for pick in product(range(total + 1), repeat=size - 1) if sum(pick) <= total])
    return np.hstack([bars, total - bars.sum(axis=1, keepdims=True)]).reshape(-1, *shape)


def _cells(shape: tuple[int, ...]) -> dict[str, Callable[[np.ndarray], np.ndarray]]:
    """Name → that cell of every table: `s0v1` inside, `s0` and `v1` in the margins."""
    schools, values = range(shape[0]), range(shape[1])
    spots: dict[str, tuple[Any, Any]] = {
        f"s{school}v{value}": (school, value) for school in schools for value in values
    }
    spots |= {f"s{school}": (school, slice(None)) for school in schools}
    spots |= {f"v{value}": (slice(None), value) for value in values}
    return {name: partial(_at, spot) for name, spot in spots.items()}


def _at(spot: tuple[Any, Any], tables: np.ndarray) -> np.ndarray:
    cells: np.ndarray = tables[:, spot[0], spot[1]].reshape(len(tables), -1).sum(axis=1)
    return cells


def _attacked(table: np.ndarray, hidden: set[str], k: int) -> set[tuple[str, str]]:
    schools = [f"s{school}" for school in range(table.shape[0])]
    sheet = Sheet(schools)
    places = {}
    for name, cells in _cells(table.shape).items():
        value, owner = int(cells(table[None])[0]), name[:2] if name[0] == "s" else "*"
        cell = Cell("t", (name,), "n", None)
        places[name] = sheet.unknown(value, owner, cell) if name in hidden else sheet.known(value, owner)
    values = range(table.shape[1])
    for school in schools:
        sheet.equal([places[school]], [places[f"{school}v{value}"] for value in values])
    for value in values:
        sheet.equal([places[f"v{value}"]], [places[f"{school}v{value}"] for school in schools])
    sheet.adds_up_to([places[school] for school in schools], int(table.sum()))
    system = sheet.system()
    return {
        (found.cell.key[0], "iedereen" if found.attacker < 0 else schools[found.attacker])
        for found in findings(system, k)
        if found.is_proven
    }


@pytest.mark.parametrize("shape", [(2, 3), (3, 2)])
def test_beside_trying_everything(shape: tuple[int, int]) -> None:
    """On every pattern of a small table the auditor finds what trying all tables finds."""
    chance = np.random.default_rng(shape[0])
    names = sorted(_cells(shape))
    safe = 0
    for _ in range(25):
        table = chance.multinomial(7, chance.dirichlet(np.ones(6))).reshape(shape)
        hidden = {str(name) for name in chance.choice(names, chance.integers(4, len(names) + 1), replace=False)}
        expected = _tried(table, hidden, 2)
        assert _attacked(table, hidden, 2) == expected
        safe += len(hidden - {name for name, _ in expected})
    assert safe
