"""Incidents per month and per kind: hand-made cases, as the twin and as the real road count them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from tests.builders import delivered, incident, pupil, school
from tests.plain_python import Facts, Table, incidents_by, incidents_monthly, school_days
from tests.road import Road
from tests.rows import Delivered, Row

A, B = "01AA00", "02BB00"
Tables = Callable[[str, list[Row], date], Table]


@pytest.fixture(params=["plain python", "the real road"])
def tables(request: pytest.FixtureRequest, road: Road, free: set[date]) -> Tables:
    """A published table from rows: by the twin, or by way of CSV, import and publication."""

    def plain(name: str, rows: list[Row], today: date) -> Table:
        facts = Facts.of(rows, today)
        return incidents_by(facts) if name == "incidents_by" else incidents_monthly(facts, free)

    def real(name: str, rows: list[Row], today: date) -> Table:
        road.deliver(rows, today)
        return road.table(name)

    return plain if request.param == "plain python" else real


# --- school days ---------------------------------------------------------------------

SCHOOL_DAYS = {
    "2024-08": 5,  # summer until Sunday the 25th
    "2025-07": 14,  # summer from the 19th
    "2025-08": 0,  # summer until the 31st
    "2025-09": 22,
    "2025-10": 18,  # autumn 18-26
    "2025-12": 15,  # Christmas from the 20th
    "2026-01": 20,  # until the 4th
    "2026-04": 17,  # 22 weekdays less Easter Monday and, from the 27th, four days of the May holiday
    "2026-05": 16,  # 21 weekdays less the 1st, the 5th, Ascension Day and the day after, Whit Monday
    "2026-08": 1,  # summer until the 30th
}


@pytest.mark.parametrize("month", SCHOOL_DAYS)
def test_school_days_by_hand(month: str, free: set[date]) -> None:
    """The calendar gives the days counted by hand on a wall calendar of region Midden."""
    first = date.fromisoformat(f"{month}-01")
    last = first.replace(day=monthrange(first.year, first.month)[1])
    assert len(school_days(first, last, free)) == SCHOOL_DAYS[month]


# --- incidents per month -------------------------------------------------------------


def pupils(number: int, at: str = A) -> list[Row]:
    return [pupil(f"{at}-{n}", at) for n in range(number)]


def declares(*spans: tuple[str, str], at: str = A) -> list[Delivered]:
    return [delivered(at, "incidenten", first, last) for first, last in spans]


FOUR: list[Row] = [school(A), *pupils(4)]
FOUR_AND_ONE: list[Row] = [*FOUR, school(B), *pupils(1, B)]
AUTUMN = ("2025-09-01", "2025-10-31")

# what; rows; day of delivery; maand brin6 incidenten leerlingen lesdagen aangeleverd ratio
MONTHLY: list[tuple[str, list[Row], str, str]] = [
    (
        "delivered without incidents is 0, with one it has a rate",
        [*FOUR, *declares(AUTUMN), incident("1", "2025-10-06")],
        "2025-10-31",
        """
        2025-09 01AA00 0 4 22 ja 0
        2025-09 *      0 4 22 ja 0
        2025-10 01AA00 1 4 18 ja 20000/72
        2025-10 *      1 4 18 ja 20000/72
        """,
    ),
    (
        "not delivered is a gap; the group is over the deliverers",
        [
            *FOUR_AND_ONE,
            *declares(AUTUMN),
            *declares(("2025-10-01", "2025-10-31"), at=B),
            *(
                incident("1", "2025-09-10"),
                incident("2", "2025-09-10", at=B),
                incident("3", "2025-10-01", at=B),
            ),
        ],
        "2025-10-31",
        """
        2025-09 01AA00 1 4 22 ja  20000/88
        2025-09 02BB00 - 1 22 nee -
        2025-09 *      1 4 22 ja  20000/88
        2025-10 01AA00 0 4 18 ja  0
        2025-10 02BB00 1 1 18 ja  20000/18
        2025-10 *      1 5 18 ja  20000/90
        """,
    ),
    (
        "a month that nobody delivered is a gap for the group",
        [*FOUR, *declares(("2025-09-01", "2025-09-30")), incident("1", "2025-10-06")],
        "2025-10-31",
        """
        2025-09 01AA00 0 4 22 ja  0
        2025-09 *      0 4 22 ja  0
        2025-10 01AA00 - 4 18 nee -
        2025-10 *      - 0 18 nee -
        """,
    ),
    (
        "the series starts at the first month delivered in full",
        [*FOUR, *declares(("2025-09-02", "2025-10-31")), incident("1", "2025-09-10")],
        "2025-10-31",
        """
        2025-10 01AA00 0 4 18 ja 0
        2025-10 *      0 4 18 ja 0
        """,
    ),
    ("nobody delivered: no rows", [*FOUR, incident("1", "2025-09-10")], "2025-10-31", ""),
    (
        "declaring the answers is not declaring the incidents",
        [*FOUR, delivered(A, "toestemmingen", "2025-09-01", "2025-10-31"), incident("1", "2025-09-10")],
        "2025-10-31",
        "",
    ),
    (
        "only the school days need declaring: holidays and weekends may lack",
        [*FOUR, *declares(("2025-10-01", "2025-10-17"), ("2025-10-27", "2025-10-31"))],
        "2025-10-31",
        """
        2025-10 01AA00 0 4 18 ja 0
        2025-10 *      0 4 18 ja 0
        """,
    ),
    (
        "declarations join and overlap; one school day short is a gap",
        [
            *FOUR,
            *declares(("2025-09-01", "2025-09-15"), ("2025-09-16", "2025-10-30"), ("2025-10-15", "2025-10-20")),
        ],
        "2025-10-31",
        """
        2025-09 01AA00 0 4 22 ja  0
        2025-09 *      0 4 22 ja  0
        2025-10 01AA00 - 4 18 nee -
        2025-10 *      - 0 18 nee -
        """,
    ),
    (
        "the running month counts up to and including the day of delivery",
        [*FOUR, *declares(("2025-09-01", "2025-10-13")), incident("1", "2025-10-13")],
        "2025-10-13",
        """
        2025-09 01AA00 0 4 22 ja 0
        2025-09 *      0 4 22 ja 0
        2025-10 01AA00 1 4 9  ja 20000/36
        2025-10 *      1 4 9  ja 20000/36
        """,
    ),
    (
        "the running month without its last school day is a gap",
        [*FOUR, *declares(("2025-09-01", "2025-10-12"))],
        "2025-10-13",
        """
        2025-09 01AA00 0 4 22 ja  0
        2025-09 *      0 4 22 ja  0
        2025-10 01AA00 - 4 9  nee -
        2025-10 *      - 0 9  nee -
        """,
    ),
    (
        "on a Sunday, declared up to Friday",
        [*FOUR, *declares(("2025-10-01", "2025-10-10"))],
        "2025-10-12",
        """
        2025-10 01AA00 0 4 8 ja 0
        2025-10 *      0 4 8 ja 0
        """,
    ),
    (
        "the first weekend of a month is no month yet",
        [*FOUR, *declares(("2025-10-01", "2025-11-30"))],
        "2025-11-02",
        """
        2025-10 01AA00 0 4 18 ja 0
        2025-10 *      0 4 18 ja 0
        """,
    ),
    (
        "August without school days is no point, and its incidents are in no month",
        [
            *FOUR,
            *declares(("2025-07-01", "2025-09-30")),
            incident("1", "2025-08-20"),
            incident("2", "2025-07-25"),
        ],
        "2025-09-30",
        """
        2025-07 01AA00 1 4 14 ja 20000/56
        2025-07 *      1 4 14 ja 20000/56
        2025-09 01AA00 0 4 22 ja 0
        2025-09 *      0 4 22 ja 0
        """,
    ),
    (
        "a single school day at the end of August is a month",
        [*FOUR, *declares(("2026-08-31", "2026-08-31")), incident("1", "2026-08-01")],
        "2026-08-31",
        """
        2026-08 01AA00 1 4 1 ja 5000
        2026-08 *      1 4 1 ja 5000
        """,
    ),
    (
        "outside the school is not counted; overlap and empty are",
        [
            *FOUR,
            *declares(("2025-09-01", "2025-09-30")),
            *(
                incident("1", "2025-09-10", reikwijdte="buiten"),
                incident("2", "2025-09-10", reikwijdte="overlap"),
            ),
            *(incident("3", "2025-09-10", reikwijdte="school"), incident("4", "2025-09-10")),
        ],
        "2025-09-30",
        """
        2025-09 01AA00 3 4 22 ja 60000/88
        2025-09 *      3 4 22 ja 60000/88
        """,
    ),
    (
        "a weekend incident belongs to its month; the last and the first day differ",
        [
            *FOUR,
            *declares(AUTUMN),
            *(incident("1", "2025-09-27"), incident("2", "2025-09-30"), incident("3", "2025-10-01")),
            incident("4", "2025-10-20"),
        ],
        "2025-10-31",
        """
        2025-09 01AA00 2 4 22 ja 40000/88
        2025-09 *      2 4 22 ja 40000/88
        2025-10 01AA00 2 4 18 ja 40000/72
        2025-10 *      2 4 18 ja 40000/72
        """,
    ),
    (
        "no pupils: the incident stands, the rate is empty",
        [school(A), *declares(("2025-09-01", "2025-09-30")), incident("1", "2025-09-10")],
        "2025-09-30",
        """
        2025-09 01AA00 1 0 22 ja -
        2025-09 *      1 0 22 ja -
        """,
    ),
    (
        "pupils are those of the last day of the month",
        [
            school(A),
            *declares(("2025-09-01", "2025-10-13")),
            pupil("leaves that day", A, until="2025-09-30"),
            pupil("leaves the day after", A, until="2025-10-01"),
            pupil("comes that day", A, since="2025-09-30"),
            pupil("comes the day after", A, since="2025-10-01"),
            pupil("comes on the day of delivery", A, since="2025-10-13"),
        ],
        "2025-10-13",
        """
        2025-09 01AA00 0 2 22 ja 0
        2025-09 *      0 2 22 ja 0
        2025-10 01AA00 0 3 9  ja 0
        2025-10 *      0 3 9  ja 0
        """,
    ),
    (
        "a pupil of two schools is one pupil, at the latest",
        [
            *(school(A), school(B), *declares(("2025-09-01", "2025-09-30"))),
            *declares(("2025-09-01", "2025-09-30"), at=B),
            *(pupil("1", A, since="2024-08-01"), pupil("1", B, since="2025-08-01")),
        ],
        "2025-09-30",
        """
        2025-09 01AA00 0 0 22 ja -
        2025-09 02BB00 0 1 22 ja 0
        2025-09 *      0 1 22 ja 0
        """,
    ),
    (
        "two schools may use the same number for two incidents",
        [
            *FOUR_AND_ONE,
            *declares(("2025-09-01", "2025-09-30")),
            *declares(("2025-09-01", "2025-09-30"), at=B),
            *(incident("1", "2025-09-10"), incident("1", "2025-09-11", "kwetsen", B)),
        ],
        "2025-09-30",
        """
        2025-09 01AA00 1 4 22 ja 20000/88
        2025-09 02BB00 1 1 22 ja 20000/22
        2025-09 *      2 5 22 ja 40000/110
        """,
    ),
    (
        "a closed school keeps its rows",
        [
            school(A, actief_van=date(2020, 8, 1), actief_tot=date(2025, 9, 1)),
            *pupils(4),
            *declares(("2025-07-01", "2025-07-31")),
        ],
        "2025-09-30",
        """
        2025-07 01AA00 0 4 14 ja  0
        2025-07 *      0 4 14 ja  0
        2025-09 01AA00 - 4 22 nee -
        2025-09 *      - 0 22 nee -
        """,
    ),
]


def monthly_row(line: str) -> tuple[object, ...]:
    month, brin6, incidents, number, days, sent, rate = line.split()
    count = None if incidents == "-" else int(incidents)
    return (
        month,
        brin6,
        count,
        int(number),
        int(days),
        sent == "ja",
        None if rate == "-" else to_nine(Fraction(rate)),
    )


def to_nine(rate: object) -> float | None:
    """A rate to nine decimals: what two ways of dividing agree on."""
    assert rate is None or isinstance(rate, (int, float, Fraction))
    return None if rate is None else round(float(rate), 9)


@pytest.mark.parametrize(("rows", "today", "expected"), [pytest.param(*c[1:], id=c[0]) for c in MONTHLY])
def test_incidents_monthly(rows: list[Row], today: str, expected: str, tables: Tables) -> None:
    """The month's row is the one worked out by hand."""
    names = ("maand", "brin6", "incidenten", "leerlingen", "lesdagen", "aangeleverd")
    table = tables("incidents_monthly", rows, date.fromisoformat(today))
    found = {(*(row[name] for name in names), to_nine(row["ratio"])) for row in table}
    assert found == {monthly_row(line) for line in expected.strip().splitlines()}


# --- incidents by kind ---------------------------------------------------------------

PERIODS = [
    ("2025-01-31", {"2024-08/2025-07", "2024-08/2025-01"}),  # the day before the code came into force
    ("2025-02-01", {"2024-08/2025-07", "2025-02/2025-07", "2025-02/2027-01"}),
    ("2025-07-31", {"2024-08/2025-07", "2025-02/2025-07", "2025-02/2027-01"}),
    ("2025-08-01", {"2025-08/2026-07", "2025-08/2026-01", "2025-02/2027-01"}),
    ("2025-12-31", {"2025-08/2026-07", "2025-08/2026-01", "2025-02/2027-01"}),
    ("2026-01-31", {"2025-08/2026-07", "2025-08/2026-01", "2025-02/2027-01"}),
    ("2026-02-01", {"2025-08/2026-07", "2026-02/2026-07", "2025-02/2027-01"}),
    ("2027-01-31", {"2026-08/2027-07", "2026-08/2027-01", "2025-02/2027-01"}),
    ("2027-02-01", {"2026-08/2027-07", "2027-02/2027-07", "2027-02/2029-01"}),
]


@pytest.mark.parametrize(("day", "periods"), PERIODS)
def test_periods_of_an_incident(day: str, periods: set[str], tables: Tables) -> None:
    """An incident counts in its school year, its half-year and, since the code, its evaluation period."""
    table = tables("incidents_by", [*FOUR, incident("1", day)], date(2027, 3, 1))
    assert {row["periode"] for row in table} == periods


BY_KIND: list[tuple[str, list[Row], str]] = [
    (
        "every value filled",
        [
            incident(
                *("1", "2025-09-10", "auteursrecht"),
                platform="tiktok",
                openheid="semi-openbaar",
                reikwijdte="overlap",
                veroorzaker="leerling",
                getroffene="medewerker",
                ernst="ernstig",
                in_les=True,
                maatregel="gesprek",
            )
        ],
        """
        categorie auteursrecht 1, artikel IV.A.3 1, platform tiktok 1, openheid semi-openbaar 1,
        reikwijdte overlap 1, veroorzaker leerling 1, getroffene medewerker 1, ernst ernstig 1,
        in_les ja 1, maatregel gesprek 1
        """,
    ),
    (
        "every value empty is unknown; an empty reach is the school",
        [incident("1", "2025-09-10", "pesten")],
        """
        categorie pesten 1, artikel IV.A.6 1, platform onbekend 1, openheid onbekend 1, reikwijdte school 1,
        veroorzaker onbekend 1, getroffene onbekend 1, ernst onbekend 1, in_les onbekend 1, maatregel onbekend 1
        """,
    ),
    (
        "an incident outside the school has a reach and nothing else",
        [incident("1", "2025-09-10", reikwijdte="buiten", platform="x", in_les=False, maatregel="geen")],
        "reikwijdte buiten 1",
    ),
    (
        "stated and empty come together; categories of one article too; a measure of none is a value",
        [
            incident("1", "2025-09-10", "pesten", veroorzaker="onbekend", reikwijdte="school", maatregel="geen"),
            incident("2", "2025-09-10", "kwetsen", in_les=False),
        ],
        """
        categorie pesten 1, categorie kwetsen 1, artikel IV.A.6 2, platform onbekend 2, openheid onbekend 2,
        reikwijdte school 2, veroorzaker onbekend 2, getroffene onbekend 2, ernst onbekend 2, in_les onbekend 1,
        in_les nee 1, maatregel geen 1, maatregel onbekend 1
        """,
    ),
    ("no incidents, no rows", [], ""),
]


@pytest.mark.parametrize(("rows", "expected"), [pytest.param(*c[1:], id=c[0]) for c in BY_KIND])
def test_incidents_by_kind(rows: list[Row], expected: str, tables: Tables) -> None:
    """Whatever was declared, every incident of the period counts once per dimension, for school and group."""
    table = tables("incidents_by", [*FOUR, *rows], date(2026, 3, 10))
    entries = [entry.split() for entry in expected.split(",") if entry.strip()]
    by_hand = {(dimension, value): int(number) for dimension, value, number in entries}
    for place in (A, "*"):
        for period in {row["periode"] for row in table} or {"2025-08/2026-07"}:
            found = [row for row in table if row["brin6"] == place and row["periode"] == period]
            assert {(row["dimensie"], row["waarde"]): row["incidenten"] for row in found} == by_hand


def test_group_adds_up_schools(tables: Tables) -> None:
    """The group holds the incidents of all schools, and one number at two schools is two incidents."""
    rows = [
        *FOUR_AND_ONE,
        incident("1", "2025-09-10"),
        incident("1", "2025-09-10", at=B),
        incident("2", "2025-09-10"),
    ]
    table = tables("incidents_by", rows, date(2026, 3, 10))
    counts = {
        row["brin6"]: row["incidenten"]
        for row in table
        if row["dimensie"] == "categorie" and row["periode"] == "2025-08/2026-07"
    }
    assert counts == {A: 2, B: 1, "*": 3}


PLATFORMS = {
    "Twitter": "x",
    "X": "x",
    " WhatsApp ": "whatsapp",
    "E-mail": "e-mail",
    "Nieuwe App": "Nieuwe App",
}


def test_platform_names(road: Road) -> None:
    """Known platforms have one name however they are written; a new one is kept as written."""
    rows = [incident(str(number), "2025-09-10", platform=name) for number, name in enumerate(PLATFORMS)]
    road.deliver([*FOUR, *rows], date(2026, 3, 10))
    table = [
        row
        for row in road.table("incidents_by")
        if (row["dimensie"], row["brin6"], row["periode"]) == ("platform", A, "2025-08/2026-07")
    ]
    counts = {row["waarde"]: row["incidenten"] for row in table}
    assert counts == {"x": 2, "whatsapp": 1, "e-mail": 1, "Nieuwe App": 1}
