"""The evaluation clock and the quality of deliveries: hand-made cases, by the twin and by the real road."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import answers, delivered, incident, pupil, school, spoil
from tests.plain_acceptance import History, data_quality
from tests.plain_python import Table, evaluation_clock
from tests.road import Road
from tests.rows import (
    Activity,
    Announcement,
    Consultation,
    Event,
    Placement,
    Publication,
    Resolution,
    Row,
    School,
    Spoiled,
    Staff,
)

CLOCK = {
    # stap: vorige ronde, uiterlijk
    "advies directeuren": ("2024-07-10", "2026-07-10"),
    "instemming GMR": ("2024-12-12", "2026-12-12"),
    "vaststelling bestuur": ("2024-12-17", "2026-12-17"),
    "inwerkingtreding": ("2025-02-01", "2027-02-01"),
}
# day of delivery: days left for each step, in the same order; below zero is late
DAYS_LEFT = {
    "2025-02-01": (524, 679, 684, 730),
    "2026-03-10": (122, 277, 282, 328),
    "2026-07-10": (0, 155, 160, 206),
    "2026-07-11": (-1, 154, 159, 205),
    "2026-12-17": (-160, -5, 0, 46),
    "2027-02-02": (-207, -52, -47, -1),
}


@pytest.mark.parametrize("today", DAYS_LEFT)
@pytest.mark.parametrize("way", ["plain python", "the real road"])
def test_evaluation_clock(today: str, way: str, road: Road) -> None:
    """Each step's last day lies as long before 1 February 2027 as it did before 1 February 2025."""
    if way == "plain python":
        table = evaluation_clock(date.fromisoformat(today))
    else:
        road.deliver([school()], date.fromisoformat(today))
        table = road.table("evaluation_clock")
    found = [
        tuple(str(row[name]) for name in ("stap", "vorige_ronde", "uiterlijk", "dagen", "oordeel")) for row in table
    ]
    by_hand = [
        (step, before, due, str(left), "te laat" if left < 0 else "op tijd")
        for (step, (before, due)), left in zip(CLOCK.items(), DAYS_LEFT[today], strict=True)
    ]
    assert sorted(found) == sorted(by_hand)


# --- data quality --------------------------------------------------------------------

A, B = "01AA00", "02BB00"
Delivery = tuple[str, list[Row | Spoiled]]
ONE = [school(A), pupil("1", A, since="2024-08-01")]

# what; deliveries; brin6 dataset laatste_levering van tot rijen afgewezen
QUALITY: list[tuple[str, list[Delivery], str]] = [
    (
        "rows without dates have no span; enrolments have that of their first days",
        [("2025-10-13", [*ONE, pupil("2", A, since="2025-08-01")])],
        """
        01AA00 scholen    2025-10-13 -          -          1 0
        01AA00 leerlingen 2025-10-13 2024-08-01 2025-08-01 2 0
        """,
    ),
    (
        "answers without a school stand under *, by their own dates; a declaration makes a row of the school",
        [
            (
                "2025-10-13",
                [
                    *ONE,
                    *answers("1", "2025-09-10 ouder1 ja", "2025-09-12 ouder2 ja", "zonder-datum ouder1 ja"),
                    delivered(A, "toestemmingen", "2025-09-01", "2025-12-31"),
                    delivered(A, "toestemmingen", "2024-09-01", "2025-01-31"),
                ],
            )
        ],
        """
        01AA00 scholen       2025-10-13 -          -          1 0
        01AA00 leerlingen    2025-10-13 2024-08-01 2024-08-01 1 0
        01AA00 leveringen    2025-10-13 2024-09-01 2025-12-31 2 0
        01AA00 toestemmingen 2025-10-13 2024-09-01 2025-12-31 0 0
        *      toestemmingen 2025-10-13 2025-09-10 2025-09-12 3 0
        """,
    ),
    (
        "answers of a school have the declared span, else their own",
        [
            (
                "2025-10-13",
                [
                    *(school(A), school(B), pupil("1", A)),
                    *answers("1", "2025-09-10 ouder1 ja op=01AA00", "2025-09-10 ouder1 ja op=02BB00"),
                    delivered(A, "toestemmingen", "2025-08-01", "2025-09-30"),
                ],
            )
        ],
        """
        01AA00 scholen       2025-10-13 -          -          1 0
        02BB00 scholen       2025-10-13 -          -          1 0
        01AA00 leerlingen    2025-10-13 2024-08-01 2024-08-01 1 0
        01AA00 leveringen    2025-10-13 2025-08-01 2025-09-30 1 0
        01AA00 toestemmingen 2025-10-13 2025-08-01 2025-09-30 1 0
        02BB00 toestemmingen 2025-10-13 2025-09-10 2025-09-10 1 0
        """,
    ),
    (
        "refused rows count for their school; an unknown school or a broken line is *",
        [
            (
                "2025-10-13",
                [
                    *ONE,
                    incident("1", "2025-09-10", at=A),
                    spoil(incident("2", "2025-09-10", at=A), categorie="gezellig"),
                    spoil(incident("3", "2025-09-10", at=A), categorie="gezellig", datum="morgen"),
                    incident("4", "2025-09-10", at="99ZZ99"),
                    spoil(incident("5", "2025-09-10", at=A), fields_too_many=1),
                    spoil(pupil("2", A), leerjaar="7"),
                ],
            )
        ],
        """
        01AA00 scholen    2025-10-13 -          -          1 0
        01AA00 leerlingen 2025-10-13 2024-08-01 2024-08-01 1 1
        01AA00 incidenten 2025-10-13 2025-09-10 2025-09-10 1 2
        *      incidenten 2025-10-13 -          -          0 2
        """,
    ),
    (
        "a school of which every row was refused is shown with 0",
        [("2025-10-13", [*ONE, school(B), spoil(incident("1", "2025-09-10", at=B), categorie="gezellig")])],
        """
        01AA00 scholen    2025-10-13 -          -          1 0
        02BB00 scholen    2025-10-13 -          -          1 0
        01AA00 leerlingen 2025-10-13 2024-08-01 2024-08-01 1 0
        02BB00 incidenten 2025-10-13 -          -          0 1
        """,
    ),
    (
        "a correction replaces, a repeat dates the delivery, refusals are of the last delivery only",
        [
            (
                "2025-10-01",
                [
                    *ONE,
                    incident("1", "2025-09-10", at=A),
                    incident("2", "2025-09-12", at=A),
                    spoil(incident("3", "2025-09-10", at=A), categorie="gezellig"),
                ],
            ),
            ("2025-10-13", [incident("1", "2025-09-01", at=A), incident("2", "2025-09-12", at=A)]),
        ],
        """
        01AA00 scholen    2025-10-01 -          -          1 0
        01AA00 leerlingen 2025-10-01 2024-08-01 2024-08-01 1 0
        01AA00 incidenten 2025-10-13 2025-09-01 2025-09-12 2 0
        """,
    ),
    (
        "a later delivery that holds refused rows only is the last delivery",
        [
            ("2025-10-01", [*ONE, incident("1", "2025-09-10", at=A)]),
            (
                "2025-10-13",
                [incident("9", "2025-09-10", at=A), spoil(incident("2", "2025-09-10", at=A), datum="")],
            ),
            (
                "2025-10-20",
                [spoil(incident("3", "2025-09-10", at=A), datum=""), pupil("1", A, since="2024-08-01")],
            ),
        ],
        """
        01AA00 scholen    2025-10-01 -          -          1 0
        01AA00 leerlingen 2025-10-20 2024-08-01 2024-08-01 1 0
        01AA00 incidenten 2025-10-20 2025-09-10 2025-09-10 2 1
        """,
    ),
    (
        "a contradiction within one delivery refuses both rows; what was known stays",
        [
            ("2025-10-01", [*ONE, incident("1", "2025-09-10", at=A)]),
            ("2025-10-13", [incident("1", "2025-09-10", at=A), incident("1", "2025-09-11", at=A)]),
        ],
        """
        01AA00 scholen    2025-10-01 -          -          1 0
        01AA00 leerlingen 2025-10-01 2024-08-01 2024-08-01 1 0
        01AA00 incidenten 2025-10-13 2025-09-10 2025-09-10 1 2
        """,
    ),
    (
        "the later of two deliveries wins, in every dataset with a key; elsewhere both stand",
        [
            (
                "2025-10-01",
                [
                    *(School(A, "Eerste", None, date(2020, 8, 1)), pupil("1", A, since="2024-08-01")),
                    Publication("p1", A, date(2025, 9, 1), "beeld_website", "1"),
                    Staff(A, date(2025, 9, 1), 60),
                    Placement("s1", A, "stagiair", date(2025, 9, 1)),
                    Resolution("b1", date(2025, 9, 1), None, "Iets besloten"),
                    Consultation(date(2025, 9, 1), A, "leidinggevende"),
                    Event(date(2025, 9, 1), "Campagne", "campagne", A),
                ],
            ),
            (
                "2025-10-13",
                [
                    *(School(A, "Eerste", None, date(2021, 8, 1)), pupil("1", A, since="2024-08-01", year=3)),
                    Publication("p1", A, date(2025, 9, 2), "beeld_website", "1"),
                    Staff(A, date(2025, 9, 1), 61),
                    Placement("s1", A, "stagiair", date(2025, 9, 2)),
                    Resolution("b1", date(2025, 9, 2), None, "Iets besloten"),
                    Consultation(date(2025, 9, 2), A, "leidinggevende"),
                    Event(date(2025, 9, 2), "Campagne", "campagne", A),
                ],
            ),
        ],
        """
        01AA00 scholen        2025-10-13 2021-08-01 2021-08-01 1 0
        01AA00 leerlingen     2025-10-13 2024-08-01 2024-08-01 1 0
        01AA00 publicaties    2025-10-13 2025-09-02 2025-09-02 1 0
        01AA00 personeel      2025-10-13 2025-09-01 2025-09-01 1 0
        01AA00 stages         2025-10-13 2025-09-02 2025-09-02 1 0
        *      besluiten      2025-10-13 2025-09-02 2025-09-02 1 0
        01AA00 consultaties   2025-10-13 2025-09-01 2025-09-02 2 0
        01AA00 gebeurtenissen 2025-10-13 2025-09-01 2025-09-02 2 0
        """,
    ),
    (
        "every other dataset by its own date; resolutions have no school",
        [
            (
                "2026-03-10",
                [
                    School(A, "Eerste", None, date(2020, 8, 1), None),
                    Staff(A, date(2025, 9, 1), 60),
                    Staff(A, date(2024, 9, 1), 60),
                    Placement("s1", A, "stagiair", date(2026, 9, 1), date(2026, 3, 1)),
                    Announcement("website", date(2025, 1, 20)),
                    Announcement("schoolwebsite", date(2025, 1, 21), A),
                    Activity(date(2026, 4, 1), A, "les"),
                    Resolution("b1", date(2025, 6, 2), None, "Iets besloten", gereed_voor=date(2027, 1, 1)),
                ],
            )
        ],
        """
        01AA00 scholen      2026-03-10 2020-08-01 2020-08-01 1 0
        01AA00 personeel    2026-03-10 2024-09-01 2025-09-01 2 0
        01AA00 stages       2026-03-10 2026-09-01 2026-09-01 1 0
        *      bekendmaking 2026-03-10 2025-01-20 2025-01-20 1 0
        01AA00 bekendmaking 2026-03-10 2025-01-21 2025-01-21 1 0
        01AA00 activiteiten 2026-03-10 2026-04-01 2026-04-01 1 0
        *      besluiten    2026-03-10 2025-06-02 2025-06-02 1 0
        """,
    ),
]


@pytest.mark.parametrize(("deliveries", "expected"), [pytest.param(*c[1:], id=c[0]) for c in QUALITY])
@pytest.mark.parametrize("way", ["plain python", "the real road"])
def test_data_quality(deliveries: list[Delivery], expected: str, way: str, road: Road) -> None:
    """What each school delivered of each dataset, and when, is what was worked out by hand."""
    table = quality_in_plain_python(deliveries) if way == "plain python" else quality_on_the_road(deliveries, road)
    names = ("brin6", "dataset", "laatste_levering", "van", "tot", "rijen", "afgewezen")
    found = {" ".join("-" if row[name] is None else str(row[name]) for name in names) for row in table}
    assert found == {" ".join(line.split()) for line in expected.strip().splitlines()}


def quality_in_plain_python(deliveries: list[Delivery]) -> Table:
    history = History()
    for today, rows in deliveries:
        history.receive(rows, date.fromisoformat(today))
    return data_quality(history)


def quality_on_the_road(deliveries: list[Delivery], road: Road) -> Table:
    for today, rows in deliveries:
        road.deliver(rows, date.fromisoformat(today))
    return road.table("data_quality")
