"""Small schools whose every incident can be counted by hand, and what each published incident table makes of them.

A line of `incidents` reads either: school first-month | numbers, and then the school delivers so many incidents in
that month and the months after it (months without school days are skipped), and `-` is a month that it did not
deliver. Or: school | day, with `x3` for three of them and with columns (`maatregel=gesprek`); the months that a
school delivers then stand in `delivers`. Every school has one pupil, or as many as `pupils` says: so an exposure is
the school days of the month / 20,000, and a mean of 4 incidents a month is about four times its school days.

School days per month, from September: 2023-2024 21 17 22 16 18 16 21 19 17 20 10 5; 2024-2025 21 19 20 15 20 15 21
18 17 20 14 and none in August; 2025-2026 22 18 20 15 20 15 22 17 16 22 13.

What is expected starts with the columns to look at. Rates and limits are written as incidents: times the exposure of
their row. Of the periods the school year 2025-2026 is looked at, unless `periode` is named. The day of the delivery
is 31 July 2026, unless a case says otherwise. Every case has schools of its own, so that many can be imported at
once; one that is about the group (`*`) or holds an event without a school is imported `alone`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp, log
from typing import Any

from tests.builders import day, delivered, incident, pupil, school
from tests.rows import Delivered, Event, Incident, Row

SCHOOLS = "ABC"
WITHOUT_SCHOOL_DAYS = {"2025-08"}


@dataclass(frozen=True, slots=True)
class IncidentCase:
    """A few incidents, and rows of published tables."""

    what: str
    incidents: str
    expected: Mapping[str, str]
    """Table -> its columns and rows."""
    today: str = "2026-07-31"
    delivers: str = ""
    """Lines: school | first day, last day of what it delivers, besides the months above."""
    events: str = ""
    """Lines: day, kind and, if it is about one school, the school."""
    pupils: Mapping[str, int] = field(default_factory=dict)
    """School -> its number of pupils, where it isn't 1."""
    stays: str = ""
    """Lines: school | first day, and the day after the last, of one more pupil."""
    alone: bool = False
    """Whether the group is looked at on the real road too."""

    @property
    def day(self) -> date:
        return day(self.today)

    def brin6(self, name: str) -> str:
        """The number of school A, B or C of this case."""
        number = INCIDENT_CASES.index(self)
        return f"{number % 100:02d}{name}{SCHOOLS[number // 100]}00"

    def rows(self) -> list[Row]:
        rows: list[Row] = [school(self.brin6(name)) for name in SCHOOLS]
        for name in SCHOOLS:
            numbers = range(self.pupils.get(name, 1))
            rows += [pupil(f"{self.brin6(name)}-{n}", self.brin6(name), since="2023-08-01") for n in numbers]
        for n, line in enumerate(lines_of(self.stays)):
            name, span = cells_of(line)
            since, until = span.split()
            rows.append(pupil(f"{self.brin6(name)}-stay-{n}", self.brin6(name), since=since, until=until))
        for line in lines_of(self.delivers):
            name, span = cells_of(line)
            rows.append(delivered(self.brin6(name), "incidenten", *span.split()))
        for line in lines_of(self.events):
            when, kind, *at = line.split()
            rows.append(Event(day(when), f"{self.what}: {line.strip()}", kind, self.brin6(at[0]) if at else None))
        return [*rows, *self._incidents()]

    def _incidents(self) -> Iterator[Delivered | Incident]:
        for number, line in enumerate(lines_of(self.incidents)):
            place, text = cells_of(line)
            name, *months = place.split()
            made = self._months(name, months[0], text) if months else self._single(name, text)
            for order, row in enumerate(made):
                yield row if isinstance(row, Delivered) else incident(f"{number}-{order}", **row)

    def _months(self, name: str, first: str, counts: str) -> Iterator[Delivered | dict[str, Any]]:
        month = date.fromisoformat(f"{first}-01")
        for count in counts.split():
            while month.isoformat()[:7] in WITHOUT_SCHOOL_DAYS:
                month = month_after(month)
            last = month.replace(day=monthrange(month.year, month.month)[1])
            if count != "-":
                yield delivered(self.brin6(name), "incidenten", month, last)
                yield from ({"on": month, "at": self.brin6(name)} for _ in range(int(count)))
            month = month_after(month)

    def _single(self, name: str, text: str) -> Iterator[dict[str, Any]]:
        when, *extras = text.split()
        times = sum(int(extra[1:]) for extra in extras if extra[0] == "x") or 1
        columns = dict(extra.split("=") for extra in extras if "=" in extra)
        values = {column: value_of(column, value) for column, value in columns.items()}
        yield from ({"on": when, "at": self.brin6(name)} | values for _ in range(times))


def month_after(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def value_of(column: str, text: str) -> object:
    """A cell of a line of `incidents`."""
    if column.endswith(("_op", "_datum")):
        return day(text)
    return {"ja": True, "nee": False}.get(text, text)


def lines_of(text: str) -> list[str]:
    return [line for line in text.strip().splitlines() if line.strip()]


def cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


# --- the trend: which months are points ----------------------------------------------

POINTS = [
    IncidentCase(
        "points: exposure and rate of a month, written out",
        "A 2025-09 | 2 0 4",
        {
            "incident_trend": """
            maand brin6 deel incidenten blootstelling ratio voorlopig
            2025-09 A 1 2 22/20000 2 ja
            2025-10 A 1 0 18/20000 0 ja
            2025-11 A 1 4 20/20000 4 ja
            """
        },
    ),
    IncidentCase(
        "points: pupils are those of the last day of the month",
        "A 2025-09 | 2 2",
        {
            "incident_trend": """
            maand brin6 incidenten blootstelling ratio
            2025-09 A 2 88/20000 2
            2025-10 A 2 54/20000 2
            """
        },
        pupils={"A": 3},
        stays="A | 2025-08-01 2025-10-31",
    ),
    IncidentCase(
        "points: a month that was not delivered is no row, and its incidents are nowhere",
        """
        A 2025-09 | 4 - 4
        A | 2025-10-06 x9
        """,
        {
            "incident_trend": f"""
            maand brin6 incidenten midden
            2025-09 A 4 {8 * 22 / 42}
            2025-11 A 4 {8 * 20 / 42}
            """
        },
    ),
    IncidentCase(
        "points: a month one school day short is no row",
        "A | 2025-10-06 x4",
        {"incident_trend": "maand brin6 incidenten\n 2025-09 A 0\n 2025-11 A 0"},
        delivers="""
        A | 2025-09-01 2025-10-30
        A | 2025-11-01 2025-11-30
        """,
    ),
    IncidentCase(
        "points: no school days, no row, whatever happened then",
        """
        A 2025-07 | 3 5
        A | 2025-08-20 x4
        """,
        {
            "incident_trend": """
            maand brin6 incidenten blootstelling midden
            2025-07 A 3 14/20000 28/9
            2025-09 A 5 22/20000 44/9
            """
        },
        delivers="A | 2025-07-01 2025-09-30",
    ),
    IncidentCase(
        "points: the running month up to and including the day of delivery",
        "A 2026-02 | 3 2",
        {"incident_trend": "maand brin6 incidenten blootstelling\n 2026-02 A 3 15/20000\n 2026-03 A 2 7/20000"},
        today="2026-03-10",
    ),
    IncidentCase(
        "points: the running month declared up to yesterday is no row",
        "A 2026-02 | 3",
        {"incident_trend": "maand brin6 incidenten\n 2026-02 A 3"},
        today="2026-03-10",
        delivers="A | 2026-03-01 2026-03-09",
    ),
    IncidentCase(
        "points: the first weekend of a month is none",
        """
        A 2025-10 | 3
        A | 2025-11-01
        """,
        {"incident_trend": "maand brin6 incidenten\n 2025-10 A 3"},
        today="2025-11-02",
        delivers="A | 2025-11-01 2025-11-30",
        alone=True,
    ),
    IncidentCase(
        "points: outside the school is in no count; overlap and empty are",
        """
        A 2025-09 | 2
        A | 2025-09-10 x3 reikwijdte=overlap
        A | 2025-09-11 x9 reikwijdte=buiten
        """,
        {"incident_trend": "maand brin6 incidenten ratio\n 2025-09 A 5 5"},
    ),
    IncidentCase(
        "points: without pupils a delivered month is no point",
        """
        A 2025-09 | 4 4
        B 2025-09 | 4 4
        """,
        {
            "incident_trend": """
            maand brin6 incidenten blootstelling
            2025-09 B 4 22/20000
            2025-10 B 4 18/20000
            """,
            "rare_events": "brin6 datum",
        },
        pupils={"A": 0},
    ),
    IncidentCase(
        "points: a month without pupils is left out of the centre",
        "A 2025-09 | 9 4 4",
        {
            "incident_trend": f"""
            maand brin6 incidenten midden
            2025-10 A 4 {8 * 18 / 38}
            2025-11 A 4 {8 * 20 / 38}
            """
        },
        pupils={"A": 0},
        stays="A | 2025-10-01 2026-07-31",
    ),
    IncidentCase(
        "points: the group is over the month's deliverers",
        """
        A 2025-09 | 4 4 - -
        B 2025-09 | - 2 2 -
        B | 2025-09-10 x7
        """,
        {
            "incident_trend": f"""
            maand brin6 deel incidenten blootstelling midden voorlopig
            2025-09 A 1 4 22/20000 {8 * 22 / 40} ja
            2025-10 A 1 4 18/20000 {8 * 18 / 40} ja
            2025-10 B 1 2 18/20000 {4 * 18 / 38} ja
            2025-11 B 1 2 20/20000 {4 * 20 / 38} ja
            2025-09 * 1 4 22/20000 {12 * 22 / 78} ja
            2025-10 * 1 6 36/20000 {12 * 36 / 78} ja
            2025-11 * 1 2 20/20000 {12 * 20 / 78} ja
            """
        },
        alone=True,
    ),
    IncidentCase(
        "points: nobody delivers: no rows",
        "A | 2025-09-10 x4",
        {
            "incident_trend": "maand brin6",
            "rare_events": "brin6 datum",
            "incident_funnel": "periode brin6 incidenten",
        },
        alone=True,
    ),
]

# --- the trend: segments -------------------------------------------------------------


def parts(what: str, events: str, numbers: str, counts: str = "4 4 4 4 4", **changes: Any) -> IncidentCase:
    """January to May 2025 at A, and the part that each delivered month falls in."""
    there = [month for month, count in zip(range(1, 6), counts.split(), strict=True) if count != "-"]
    rows = "".join(f"2025-{month:02d} A {part}\n" for month, part in zip(there, numbers.split(), strict=True))
    expected = {"incident_trend": f"maand brin6 deel\n{rows}"}
    return IncidentCase(f"segments: {what}", f"A 2025-01 | {counts}", expected, events=events, **changes)


SEGMENTS = [
    parts("no event, one part", "", "1 1 1 1 1"),
    parts("a new system, a new part from that month on", "2025-03-10 systeemwissel A", "1 1 2 2 2"),
    parts("a new definition too", "2025-03-10 definitie A", "1 1 2 2 2"),
    parts("on the first of the month", "2025-03-01 definitie A", "1 1 2 2 2"),
    parts("on the last of the month", "2025-03-31 definitie A", "1 1 2 2 2"),
    parts("a campaign or a policy makes none", "2025-03-10 campagne A\n2025-04-10 beleid A", "1 1 1 1 1"),
    parts(
        "several in a month make one",
        "2025-03-10 definitie A\n2025-03-10 systeemwissel A\n2025-03-24 systeemwissel A",
        "1 1 2 2 2",
    ),
    parts("in two months make two", "2025-03-10 definitie A\n2025-04-10 definitie A", "1 1 2 3 3"),
    parts("before the first point makes none", "2024-06-10 definitie A", "1 1 1 1 1"),
    parts("in the month of the first point makes none", "2025-01-10 definitie A", "1 1 1 1 1"),
    parts("before and in the first month, and later", "2024-12-10 definitie A\n2025-02-10 definitie A", "1 2 2 2 2"),
    parts("in the month of the last point", "2025-05-10 definitie A", "1 1 1 1 2"),
    parts("after the last point makes none", "2025-06-10 definitie A", "1 1 1 1 1"),
    parts("ahead makes none", "2026-09-01 definitie A", "1 1 1 1 1"),
    parts("in a month that was not delivered: from the next point", "2025-03-10 definitie A", "1 1 2 2", "4 4 - 4 4"),
    parts(
        "no point between two: one break",
        "2025-03-10 definitie A\n2025-04-10 systeemwissel A",
        "1 1 2 2",
        "4 4 - 4 4",
    ),
    parts("in an undelivered first month makes none", "2025-01-10 definitie A", "1 1 1 1", "- 4 4 4 4"),
    parts("at another school makes none here", "2025-03-10 definitie B", "1 1 1 1 1"),
    parts(
        "without a school: everyone's, and the group's",
        "2025-03-10 definitie",
        "1 1 2 2 2",
        alone=True,
    ),
    IncidentCase(
        "segments: in a month without school days: from the next point",
        "A 2025-06 | 4 4 4",
        {"incident_trend": "maand brin6 deel\n 2025-06 A 1\n 2025-07 A 1\n 2025-09 A 2"},
        events="2025-08-15 systeemwissel A",
    ),
    IncidentCase(
        "segments: later in the running month has not happened yet",
        "A 2026-01 | 4 4 4",
        {"incident_trend": "maand brin6 deel\n 2026-01 A 1\n 2026-02 A 1\n 2026-03 A 1"},
        today="2026-03-10",
        events="2026-03-11 systeemwissel A",
    ),
    IncidentCase(
        "segments: on the day of delivery it has",
        "A 2026-01 | 4 4 4",
        {"incident_trend": "maand brin6 deel\n 2026-01 A 1\n 2026-02 A 1\n 2026-03 A 2"},
        today="2026-03-10",
        events="2026-03-10 systeemwissel A",
    ),
    IncidentCase(
        "segments: one school's break is not the others' nor the group's; one without a school is everyone's",
        """
        A 2025-01 | 4 4 4
        B 2025-01 | 4 4 4
        """,
        {
            "incident_trend": """
            maand brin6 deel
            2025-01 A 1
            2025-02 A 2
            2025-03 A 3
            2025-01 B 1
            2025-02 B 1
            2025-03 B 2
            2025-01 * 1
            2025-02 * 1
            2025-03 * 2
            """
        },
        events="""
        2025-02-10 systeemwissel A
        2025-03-10 definitie
        """,
        alone=True,
    ),
    IncidentCase(
        "segments: the group breaks at its own first point",
        """
        A 2025-01 | 4 - 4
        B 2025-01 | 4 4 -
        """,
        {
            "incident_trend": """
            maand brin6 deel
            2025-01 A 1
            2025-03 A 2
            2025-01 B 1
            2025-02 B 2
            2025-01 * 1
            2025-02 * 2
            2025-03 * 2
            """
        },
        events="2025-02-10 systeemwissel",
        alone=True,
    ),
    IncidentCase(
        "segments: each has its own centre, limits and signals",
        """
        A 2024-06 | 2
        A 2024-11 | 2
        A 2025-01 | 8
        A 2025-06 | 10
        A 2025-11 | 10
        A 2026-01 | 10
        """,
        {
            "incident_trend": """
            maand brin6 deel incidenten midden onder boven signaal
            2024-06 A 1  2  4 0 11 -
            2024-11 A 1  2  4 0 11 -
            2025-01 A 1  8  4 0 11 -
            2025-06 A 2 10 10 2 21 -
            2025-11 A 2 10 10 2 21 -
            2026-01 A 2 10 10 2 21 -
            """
        },
        events="2025-03-10 systeemwissel A",
    ),
]


def settled(what: str, counts: str, provisional: str, events: str = "") -> IncidentCase:
    """From September 2024 on at A; of every part whether its limits are provisional."""
    months = [f"2024-{n:02d}" for n in range(9, 13)] + [f"2025-{n:02d}" for n in (*range(1, 8), 9, 10)]
    there = [month for month, count in zip(months, counts.split(), strict=False) if count != "-"]
    rows = "".join(f"{month} A {word}\n" for month, word in zip(there, provisional.split(), strict=True))
    expected = {"incident_trend": f"maand brin6 voorlopig\n{rows}"}
    return IncidentCase(f"provisional: {what}", f"A 2024-09 | {counts}", expected, events=events)


PROVISIONAL = [
    settled("eleven points", "4 " * 11, "ja " * 11),
    settled("twelve points", "4 " * 12, "nee " * 12),
    settled("twelve months, one of them not delivered", "4 4 4 - 4 4 4 4 4 4 4 4", "ja " * 11),
    settled("by part", "4 " * 13, "ja " + "nee " * 12, "2024-10-10 definitie A"),
    settled("rare as well", "0 " * 12, "nee " * 12),
]

# --- the trend: limits and rules -----------------------------------------------------

TWENTY = ("2024-06", "2024-11", "2025-01", "2025-06", "2025-11", "2026-01")
"""Months of twenty school days: one exposure, so one mean."""


def six(what: str, counts: str, signals: str, limits: str = "") -> IncidentCase:
    """Six months of twenty school days at A, their signals, and if need be the centre and both limits of all."""
    incidents = "\n".join(f"A {month} | {count}" for month, count in zip(TWENTY, counts.split(), strict=True))
    each = zip(TWENTY, counts.split(), signals.split(), strict=True)
    rows = "\n".join(f"{month} A {count} {signal} {limits}" for month, count, signal in each)
    more = "midden onder boven" if limits else ""
    return IncidentCase(what, incidents, {"incident_trend": f"maand brin6 incidenten signaal {more}\n{rows}"})


# Poisson tables: a mean of 4 has P(R <= 10) .99716 and P(R <= 11) .99908; of 6 P(R <= 14) .99860 and P(R <= 15)
# .99949; of 16 P(R <= 4) .00040, P(R <= 5) .00138, P(R <= 28) .99781 and P(R <= 29) .99887; of 8 P(R <= 0) .00034,
# P(R <= 1) .00302, P(R <= 17) .99841 and P(R <= 18) .99935; of 1.5 P(R <= 5) .99554 and P(R <= 6) .99907; of 5
# P(R <= 12) .99798 and P(R <= 13) .99930. Of 6 or less P(R <= 0) is above .00135.
LIMITS = [
    six("limits: a constant rate is stable", "4 4 4 4 4 4", "- - - - - -", "4 0 11"),
    six("limits: on the upper limit is inside", "11 2 3 2 3 3", "- - - - - -", "4 0 11"),
    six("limits: above the upper limit", "12 2 3 2 2 3", "1 - - - - -", "4 0 11"),
    six("limits: on the lower limit is inside", "5 19 18 18 18 18", "- - - - - -", "16 5 29"),
    six("limits: below the lower limit", "4 19 19 18 18 18", "1 - - - - -", "16 5 29"),
    six("limits: on both", "5 29 16 14 16 16", "- - - - - -", "16 5 29"),
    six("limits: one above, one below", "4 30 16 14 16 16", "1 1 - - - -", "16 5 29"),
    IncidentCase(
        "limits: of every month by its own exposure",
        "A 2024-06 | 8 4",
        {
            "incident_trend": """
            maand brin6 incidenten blootstelling midden onder boven
            2024-06 A 8 20/20000 8 1 18
            2024-07 A 4 10/20000 4 0 11
            """
        },
    ),
    six("expected: 9 in 6 points is 1.5, and has limits", "7 0 1 0 0 1", "1 - - - - -", "1.5 0 6"),
    six("expected: 8 in 6 points has none, whatever the count", "7 0 1 0 0 0", "- - - - - -", "- - -"),
    six("expected: nothing at all has no limits", "0 0 0 0 0 0", "- - - - - -", "- - -"),
    six("expected: 30 in 6 points is 5: rule 4 holds", "11 6 11 0 1 1", "4 - 4 4 4 4", "5 0 13"),
    six("expected: 29 in 6 points is under 5: it does not", "11 6 11 0 1 0", "- - - - - -"),
    IncidentCase(
        "expected: a school on the border, the group of two above it",
        """
        A 2025-11 | 1
        B 2025-11 | 1
        """,
        {
            "incident_trend": """
            maand brin6 incidenten midden onder boven signaal
            2025-11 A 1 - - - -
            2025-11 B 1 - - - -
            2025-11 * 2 2 0 7 -
            """,
            "rare_events": "brin6 datum lesdagen_sinds_vorige\n A 2025-11-01 -\n B 2025-11-01 -",
        },
        alone=True,
    ),
    IncidentCase(
        "expected: an undelivered month is no point to share among",
        "A 2025-09 | 2 - 1",
        {
            "incident_trend": f"""
            maand brin6 incidenten midden
            2025-09 A 2 {3 * 22 / 42}
            2025-11 A 1 {3 * 20 / 42}
            """,
            "rare_events": "brin6 datum",
        },
    ),
    IncidentCase(
        "expected: by part, and not of the whole",
        """
        A 2024-06 | 1
        A 2024-11 | 1
        A 2025-01 | 6
        A 2025-06 | 6
        """,
        {
            "incident_trend": """
            maand brin6 deel midden onder boven
            2024-06 A 1 - - -
            2024-11 A 1 - - -
            2025-01 A 2 6 0 15
            2025-06 A 2 6 0 15
            """,
            "rare_events": "brin6 datum lesdagen_sinds_vorige\n A 2024-06-01 -\n A 2024-11-01 -",
        },
        events="2025-01-10 systeemwissel A",
    ),
]

# From September 2024: 21 19 20 15 20 15 21 18 17 20 14 school days, September 2025: 22 18.
SINCE_2024_09 = [
    *("2024-09", "2024-10", "2024-11", "2024-12", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06"),
    *("2025-07", "2025-09", "2025-10", "2025-11", "2025-12", "2026-01"),
]


def run(what: str, counts: str, signals: str, **changes: Any) -> IncidentCase:
    """From September 2024 on at A, and the signal of every delivered month."""
    there = [month for month, count in zip(SINCE_2024_09, counts.split(), strict=False) if count != "-"]
    rows = "".join(f"{month} A {signal}\n" for month, signal in zip(there, signals.split(), strict=True))
    expected = {"incident_trend": f"maand brin6 signaal\n{rows}"}
    return IncidentCase(what, f"A 2024-09 | {counts}", expected, **changes)


RULE_2 = [
    run("expected: 16 in 11 points is under 1.5", "8 8 0 0 0 0 0 0 0 0 0", "- - - - - - - - - - -"),
    run("expected: 17 in 11 points is over it", "9 8 0 0 0 0 0 0 0 0 0", "1 1 2 2 2 2 2 2 2 2 2"),
    run(
        "rule 2: seven on one side are marked, six are not",
        "2 2 2 2 2 2 2 6 6 6 5 6 6",
        "2 2 2 2 2 2 2 - - - - - -",
    ),
    run("rule 2: both sides", "2 2 2 2 2 2 2 6 6 6 5 6 6 6", "2 2 2 2 2 2 2 2 2 2 2 2 2 2"),
    run("rule 2: eight in a row are all marked", "2 2 2 2 2 2 2 2 6 6 5", "2 2 2 2 2 2 2 2 - - -"),
    # 40 incidents in 200 school days; 4 in the 20 of January is on the centre, 3 and 5 beside it are not.
    run("rule 2: a point on the centre breaks the run", "2 2 2 2 4 2 2 2 7 8 7", "- - - - - - - - - - -"),
    run("rule 2: a point just under it does not", "2 2 2 2 3 2 2 2 8 8 7", "2 2 2 2 2 2 2 2 - - -"),
    run("rule 2: a point across it breaks the run", "2 2 2 2 5 2 2 2 7 7 7", "- - - - - - - - - - -"),
    run(
        "rule 2: a month that was not delivered does not break it",
        "2 2 2 2 - 2 2 2 6 6 5",
        "2 2 2 2 2 2 2 - - -",
    ),
    run(
        "rule 2: a new part does",
        "2 2 2 2 2 2 2 2 6 6 5",
        "- - - - - - - - - - -",
        events="2024-12-10 systeemwissel A",
    ),
    # 52 incidents in 240 school days are 4.6 in 21; 14 is above the upper limit of even a mean of 5.
    run("rules 1 and 2 together", "6 6 6 6 7 6 14 1 0 0 0 0 0", "2 2 2 2 2 2 1+2 - - - - - -"),
]

RULE_3 = [
    # .14 .21 .25 .33 .40 .53 .62 a school day
    run("rule 3: seven rising", "3 4 5 5 8 8 13", "3 3 3 3 3 3 3"),
    # .67 .53 .40 .33 .25 .20 .14
    run("rule 3: seven falling", "14 10 8 5 5 3 3", "3 3 3 3 3 3 3"),
    # .40 in December and in January
    run("rule 3: an equal step breaks it", "3 4 5 6 8 8 13", "- - - - - - -"),
    # the numbers rise, the rate falls in November: .21 .20
    run("rule 3: the rate counts, not the number", "3 4 4 5 8 8 13", "- - - - - - -"),
    run("rule 3: a month that was not delivered does not break it", "3 4 5 - 8 8 13 12 13", "3 3 3 3 3 3 3 3"),
    run("rule 3: six rising, then one down", "3 4 5 5 8 8 7", "- - - - - - -"),
    # 31 incidents in 131 days, 4.4 a point
    run("rule 3: under five expected it is not looked at", "1 2 3 3 5 6 11", "- - - - - - -"),
    run(
        "rule 3: not across parts",
        "3 4 5 5 8 8 13",
        "- - - - - - -",
        events="2025-03-10 systeemwissel A",
    ),
]

# A mean of 6 has limits 0 and 15: two thirds of the way are 2 and 12. Of 16 they are 5 and 29, and 8.7 and 24.7.
RULE_4 = [
    six("rule 4: two of three beyond two thirds", "13 7 13 1 2 0", "4 - 4 4 - 4", "6 0 15"),
    six("rule 4: three of three", "13 13 7 1 1 1", "4 4 - 4 4 4"),
    six("rule 4: on two thirds is not beyond", "12 8 12 2 2 0", "- - - - - -"),
    six("rule 4: on the limit is inside", "15 7 13 1 0 0", "4 - 4 4 4 4"),
    six("rule 4: outside the limit is rule 1, and does not count", "16 7 13 0 0 0", "1 - - 4 4 4"),
    six("rule 4: but it may stand between two that do", "25 30 25 5 5 6", "4 1 4 4 4 4", "16 5 29"),
    six("rule 4: all three on one side: one across breaks it", "13 5 13 1 4 0", "- - - 4 - 4"),
    six("rule 4: all three on one side: one on the centre breaks it", "13 6 13 1 2 1", "- - - 4 - 4"),
    six("rule 4: two of three, not of four", "25 17 17 25 6 6", "- - - - - -", "16 5 29"),
]

# --- rare events ---------------------------------------------------------------------

UPPER = -log(0.00135)
"""6.61: how many mean gaps a gap may be."""
AUTUMN = "A | 2025-09-01 2025-11-30"
YEAR = "A | 2025-09-01 2026-07-31"


def rare(what: str, incidents: str, rows: str, delivers: str = AUTUMN, **changes: Any) -> IncidentCase:
    """What the rare events of A are."""
    expected = {"rare_events": f"brin6 datum lesdagen_sinds_vorige midden boven signaal\n{rows}"}
    return IncidentCase(f"rare: {what}", incidents, expected, delivers=delivers, **changes)


RARE = [
    # 8 September is the fifth school day after the 1st; then 16 in September, 18 in October and 3 November
    rare(
        "school days since the last one",
        """
        A | 2025-09-01
        A | 2025-09-08
        A | 2025-11-03
        """,
        f"""
        A 2025-09-01 -  20 {20 * UPPER} -
        A 2025-09-08 5  20 {20 * UPPER} -
        A 2025-11-03 35 20 {20 * UPPER} -
        """,
    ),
    rare("only one: no gap, no mean", "A | 2025-09-08", "A 2025-09-08 - - - -"),
    rare("none: no rows", "", ""),
    rare(
        "two on one day are no school days apart",
        """
        A | 2025-09-08
        A | 2025-09-15 x2
        """,
        f"""
        A 2025-09-08 - 2.5 {2.5 * UPPER} -
        A 2025-09-15 5 2.5 {2.5 * UPPER} -
        A 2025-09-15 0 2.5 {2.5 * UPPER} -
        """,
    ),
    rare(
        "two on the first day: the first knows no gap, the second none",
        "A | 2025-09-08 x2",
        "A 2025-09-08 - 0 0 -\n A 2025-09-08 0 0 0 -",
    ),
    rare(
        "a weekend and a holiday are no school days",
        """
        A | 2025-10-17
        A | 2025-10-19
        A | 2025-10-27
        """,
        f"""
        A 2025-10-17 - 1/2 {UPPER / 2} -
        A 2025-10-19 0 1/2 {UPPER / 2} -
        A 2025-10-27 1 1/2 {UPPER / 2} -
        """,
    ),
    rare(
        "the first after an undelivered month",
        """
        A | 2025-09-01
        A | 2025-09-08
        A | 2025-10-06
        A | 2025-11-03
        A | 2025-11-04
        """,
        f"""
        A 2025-09-01 - 3 {3 * UPPER} -
        A 2025-09-08 5 3 {3 * UPPER} -
        A 2025-11-03 - 3 {3 * UPPER} -
        A 2025-11-04 1 3 {3 * UPPER} -
        """,
        """
        A | 2025-09-01 2025-09-30
        A | 2025-11-01 2026-03-31
        """,
    ),
    rare(
        "an undelivered month later on leaves no mark",
        """
        A | 2025-09-01
        A | 2025-09-08
        """,
        f"A 2025-09-01 - 5 {5 * UPPER} -\n A 2025-09-08 5 5 {5 * UPPER} -",
        """
        A | 2025-09-01 2025-10-31
        A | 2025-12-01 2026-03-31
        """,
    ),
    rare(
        "a month without school days has no row, and is no gap",
        """
        A | 2025-07-18
        A | 2025-08-20
        A | 2025-09-01
        """,
        f"A 2025-07-18 - 1 {UPPER} -\n A 2025-09-01 1 1 {UPPER} -",
        "A | 2025-07-01 2025-09-30",
    ),
    rare(
        "outside the school has no row, and breaks no gap",
        """
        A | 2025-09-01
        A | 2025-09-03 x9 reikwijdte=buiten
        A | 2025-09-08 reikwijdte=overlap
        """,
        f"A 2025-09-01 - 5 {5 * UPPER} -\n A 2025-09-08 5 5 {5 * UPPER} -",
    ),
    rare(
        "a month without pupils is no point, and the next gap is not known",
        """
        A | 2025-09-30
        A | 2025-10-06
        A | 2025-11-03
        """,
        "A 2025-09-30 - - - -\n A 2025-11-03 - - - -",
        pupils={"A": 0},
        stays="""
        A | 2025-09-01 2025-10-01
        A | 2025-11-01 2025-12-01
        """,
    ),
    # gaps: six of 0 and one of 20; the mean is 20/7, and 6.61 times that is 18.9
    rare(
        "a gap above the limit",
        """
        A | 2025-10-31 x7
        A | 2025-11-28
        """,
        f"A 2025-10-31 - 20/7 {20 / 7 * UPPER} -\n"
        + f"A 2025-10-31 0 20/7 {20 / 7 * UPPER} -\n" * 6
        + f"A 2025-11-28 20 20/7 {20 / 7 * UPPER} 1",
        YEAR,
    ),
    # five of 0 and one of 20: 20/6, and 6.61 times that is 22.0
    rare(
        "a gap under the limit",
        """
        A | 2025-10-31 x6
        A | 2025-11-28
        """,
        f"A 2025-10-31 - 20/6 {20 / 6 * UPPER} -\n"
        + f"A 2025-10-31 0 20/6 {20 / 6 * UPPER} -\n" * 5
        + f"A 2025-11-28 20 20/6 {20 / 6 * UPPER} -",
        YEAR,
    ),
    rare(
        "each part starts anew, with a mean of its own",
        """
        A | 2025-09-01
        A | 2025-09-08
        A | 2025-10-01
        A | 2025-10-02
        """,
        f"""
        A 2025-09-01 - 5 {5 * UPPER} -
        A 2025-09-08 5 5 {5 * UPPER} -
        A 2025-10-01 - 1 {UPPER} -
        A 2025-10-02 1 1 {UPPER} -
        """,
        "A | 2025-06-01 2025-11-30",
        events="2025-10-01 definitie A",
    ),
    rare(
        "only the parts where little is expected",
        """
        A | 2025-09-01
        A | 2025-09-08
        A | 2025-10-01
        """,
        "A 2025-10-01 - - - -",
        events="2025-10-10 definitie A",
    ),
    rare(
        "the running month up to today",
        """
        A | 2026-02-26
        A | 2026-03-10
        """,
        f"A 2026-02-26 - 8 {8 * UPPER} -\n A 2026-03-10 8 8 {8 * UPPER} -",
        "A | 2026-02-01 2026-03-31",
        today="2026-03-10",
    ),
    rare(
        "the group: the incidents of the schools that delivered that month, in one row",
        """
        A | 2025-09-01
        B | 2025-09-03
        B | 2025-10-01
        A | 2025-10-02
        """,
        f"""
        A 2025-09-01 -  23 {23 * UPPER} -
        A 2025-10-02 23 23 {23 * UPPER} -
        B 2025-10-01 -  -  - -
        * 2025-09-01 -  23/2 {23 / 2 * UPPER} -
        * 2025-10-01 22 23/2 {23 / 2 * UPPER} -
        * 2025-10-02 1  23/2 {23 / 2 * UPPER} -
        """,
        """
        A | 2025-09-01 2025-11-30
        B | 2025-10-01 2025-11-30
        """,
        alone=True,
    ),
    rare(
        "the group: a month that one school delivered is no gap, one that nobody did is",
        """
        A | 2025-09-01
        B | 2025-11-03
        B | 2026-01-05
        """,
        f"""
        A 2025-09-01 -  - - -
        B 2025-11-03 -  - - -
        B 2026-01-05 -  - - -
        * 2025-09-01 -  40 {40 * UPPER} -
        * 2025-11-03 40 40 {40 * UPPER} -
        * 2026-01-05 -  40 {40 * UPPER} -
        """,
        """
        A | 2025-09-01 2025-10-31
        B | 2025-11-01 2025-11-30
        B | 2026-01-01 2026-01-31
        """,
        alone=True,
    ),
]

# --- who, to whom --------------------------------------------------------------------

ROLES = [
    IncidentCase(
        "roles: stated, unknown and empty; whatever was declared",
        """
        A | 2025-09-10 x2 veroorzaker=leerling getroffene=medewerker
        A | 2025-08-20 veroorzaker=medewerker getroffene=leerling
        A | 2025-09-10 veroorzaker=onbekend
        A | 2025-09-11 getroffene=onbekend
        A | 2025-09-12 veroorzaker=leerling
        A | 2025-09-12 x5 veroorzaker=leerling reikwijdte=buiten
        B | 2025-09-12 veroorzaker=leerling
        """,
        {
            "incident_roles": """
            brin6 veroorzaker getroffene incidenten
            A leerling   medewerker 2
            A medewerker leerling   1
            A onbekend   onbekend   2
            A leerling   onbekend   1
            B leerling   onbekend   1
            * leerling   medewerker 2
            * medewerker leerling   1
            * onbekend   onbekend   2
            * leerling   onbekend   2
            """
        },
        pupils={"A": 0},
        alone=True,
    ),
    IncidentCase(
        "roles: every period, and none before the code",
        """
        A | 2025-01-31
        A | 2025-02-01
        """,
        {
            "incident_roles": """
            periode brin6 veroorzaker getroffene incidenten
            2024-08/2025-01 A onbekend onbekend 1
            2024-08/2025-07 A onbekend onbekend 2
            2025-02/2025-07 A onbekend onbekend 1
            2025-02/2027-01 A onbekend onbekend 1
            """
        },
    ),
]

# --- what was done about it ----------------------------------------------------------

SHARES = "maatregel hulp_aangeboden leidinggevende_zelfde_dag afgehandeld geregistreerd_binnen_5_dagen"


def followed(what: str, incidents: str, rows: str, **changes: Any) -> IncidentCase:
    """What was done about the incidents of A: measure, teller, noemer, waarde."""
    text = "\n".join(f"A {line}" for line in lines_of(rows))
    expected = {"incident_followup": f"brin6 maat teller noemer waarde\n{text}"}
    return IncidentCase(f"followup: {what}", incidents, expected, **changes)


def one_measure(what: str, incidents: str, row: str) -> IncidentCase:
    """One of the seven measures; the others are as good as never done, of as many as there are."""
    inside = [line for line in lines_of(incidents) if "buiten" not in line]
    number = sum(int(line.partition(" x")[2].split()[0]) if " x" in line else 1 for line in inside)
    rows = {name: f"{name} 0 {number} 0" for name in SHARES.split()} | {
        "hulp_aangeboden": "hulp_aangeboden 0 0 -",
        "dagen_tot_maatregel": "dagen_tot_maatregel - 0 -",
        "dagen_tot_afhandeling": "dagen_tot_afhandeling - 0 -",
    }
    for line in row.split(","):
        rows[line.split()[0]] = line.strip()
    return followed(what, incidents, "\n".join(rows.values()))


FOLLOWUP = [
    one_measure("all empty is all not done", "A | 2025-09-10 x3", "maatregel 0 3 0"),
    one_measure(
        "a measure of none is no measure, and its day doesn't count",
        """
        A | 2025-09-10 maatregel=geen maatregel_datum=2025-09-20
        A | 2025-09-10 maatregel=gesprek
        A | 2025-09-10
        """,
        "maatregel 1 3 1/3, dagen_tot_maatregel - 0 -",
    ),
    one_measure(
        "the day of a measure that is not named doesn't count",
        """
        A | 2025-09-10 maatregel_datum=2025-09-20
        A | 2025-09-10 maatregel=anders maatregel_datum=2025-09-12
        """,
        "maatregel 1 2 1/2, dagen_tot_maatregel - 1 2",
    ),
    one_measure(
        "median of three days",
        """
        A | 2025-09-10 maatregel=gesprek maatregel_datum=2025-09-10
        A | 2025-09-12 maatregel=herstel maatregel_datum=2025-09-15
        A | 2025-09-30 maatregel=schorsing maatregel_datum=2025-10-30
        A | 2025-09-30 maatregel=schorsing
        """,
        "maatregel 4 4 1, dagen_tot_maatregel - 3 3",
    ),
    one_measure(
        "median of four days: the mean of the middle two",
        """
        A | 2025-09-10 maatregel=gesprek maatregel_datum=2025-09-10
        A | 2025-09-10 maatregel=herstel maatregel_datum=2025-09-12
        A | 2025-09-10 maatregel=gesprek maatregel_datum=2025-09-15
        A | 2025-09-10 maatregel=schorsing maatregel_datum=2025-10-30
        """,
        "maatregel 4 4 1, dagen_tot_maatregel - 4 7/2",
    ),
    one_measure(
        "help only where a pupil or staff was affected",
        """
        A | 2025-09-10 getroffene=leerling hulp_aangeboden=ja
        A | 2025-09-10 getroffene=medewerker hulp_aangeboden=nee
        A | 2025-09-10 getroffene=medewerker
        A | 2025-09-10 getroffene=ouder hulp_aangeboden=ja
        A | 2025-09-10 getroffene=stagiair hulp_aangeboden=ja
        A | 2025-09-10 getroffene=onbekend hulp_aangeboden=ja
        A | 2025-09-10 hulp_aangeboden=ja
        """,
        "hulp_aangeboden 1 3 1/3",
    ),
    one_measure(
        "nobody to help: no share",
        "A | 2025-09-10 getroffene=extern hulp_aangeboden=ja",
        "hulp_aangeboden 0 0 -",
    ),
    one_measure(
        "reported on the same day",
        """
        A | 2025-09-10 leidinggevende_op=2025-09-10
        A | 2025-09-10 leidinggevende_op=2025-09-11
        A | 2025-09-10
        """,
        "leidinggevende_zelfde_dag 1 3 1/3",
    ),
    one_measure(
        "closed, and in how many days",
        """
        A | 2025-09-10 afgehandeld_op=2025-09-10
        A | 2025-09-10 afgehandeld_op=2025-09-17
        A | 2025-09-10
        """,
        "afgehandeld 2 3 2/3, dagen_tot_afhandeling - 2 7/2",
    ),
    one_measure(
        "registered within five days, a weekend included, the fifth too",
        """
        A | 2025-09-10 geregistreerd_op=2025-09-10
        A | 2025-09-10 geregistreerd_op=2025-09-15
        A | 2025-09-10 geregistreerd_op=2025-09-16
        A | 2025-09-10
        """,
        "geregistreerd_binnen_5_dagen 2 4 1/2",
    ),
    followed(
        "outside the school only: no rows",
        "A | 2025-09-10 x3 reikwijdte=buiten maatregel=gesprek",
        "",
    ),
    one_measure(
        "outside the school is in no share",
        """
        A | 2025-09-10 maatregel=gesprek
        A | 2025-09-10 maatregel=geen reikwijdte=overlap
        A | 2025-09-10 maatregel=gesprek maatregel_datum=2025-09-11 afgehandeld_op=2025-09-11 reikwijdte=buiten
        """,
        "maatregel 1 2 1/2",
    ),
    IncidentCase(
        "followup: in August, undelivered, without pupils; for every period; a median of the group is its own",
        """
        A | 2025-08-20 afgehandeld_op=2025-08-21
        A | 2025-08-20 afgehandeld_op=2025-08-22
        B | 2025-08-20 afgehandeld_op=2025-08-30
        """,
        {
            "incident_followup": "periode brin6 maat teller noemer waarde\n"
            + "\n".join(
                f"{period} {place} {name} {top} {base} {value}"
                for period in ("2025-02/2027-01", "2025-08/2026-01", "2025-08/2026-07")
                for place, number, days in (("A", 2, "3/2"), ("B", 1, "10"), ("*", 3, "2"))
                for name, top, base, value in (
                    ("maatregel", 0, number, 0),
                    ("dagen_tot_maatregel", "-", 0, "-"),
                    ("hulp_aangeboden", 0, 0, "-"),
                    ("leidinggevende_zelfde_dag", 0, number, 0),
                    ("afgehandeld", number, number, 1),
                    ("dagen_tot_afhandeling", "-", number, days),
                    ("geregistreerd_binnen_5_dagen", 0, number, 0),
                )
            )
        },
        pupils={"A": 0, "B": 0},
        alone=True,
    ),
]

# --- schools side by side ------------------------------------------------------------

# A mean of 5: P(R <= 1) is 6 of these and P(R = 1) 5; P(R <= 10) .98630473, P(R = 10) .01813279; P(R <= 13)
# .99930201, P(R = 13) .00132086; P(R <= 0) is above .001, so the lower limit there would be under 0.
NONE_OF_FIVE = exp(-5)
MEAN_OF_FIVE = " ".join(
    str(limit)
    for limit in (
        1 - (6 * NONE_OF_FIVE - 0.025) / (5 * NONE_OF_FIVE),
        10 - (0.9863047314 - 0.975) / 0.0181327887,
        0,
        13 - (0.9993020100 - 0.999) / 0.0013208616483,
    )
)  # .542, 9.377, 0, 12.771
FUNNEL_COLUMNS = "brin6 incidenten blootstelling ratio groep onder95 boven95 onder998 boven998 oordeel"


def fifteen_of_three(first: int, second: int, verdicts: str) -> IncidentCase:
    """Three schools of one pupil in a month of twenty school days, fifteen incidents: five each."""
    counts = {"A": first, "B": second, "C": 15 - first - second}
    rows = "\n".join(
        f"{name} {count} 20/20000 {count} 5 {MEAN_OF_FIVE} {verdict}"
        for (name, count), verdict in zip(counts.items(), verdicts.split(), strict=True)
    )
    return IncidentCase(
        f"funnel: {first}, {second} and {15 - first - second} where five is the mean",
        "\n".join(f"{name} 2025-11 | {count}" for name, count in counts.items()),
        {"incident_funnel": f"{FUNNEL_COLUMNS}\n{rows}"},
        alone=True,
    )


FUNNEL = [
    fifteen_of_three(5, 5, "binnen binnen binnen"),
    fifteen_of_three(9, 1, "binnen binnen binnen"),
    fifteen_of_three(10, 5, "opletten binnen opletten"),
    fifteen_of_three(12, 2, "opletten binnen binnen"),
    fifteen_of_three(13, 1, "wijkt_af binnen binnen"),
    fifteen_of_three(14, 1, "wijkt_af binnen opletten"),
    IncidentCase(
        "funnel: no incidents at all: every limit is 0, and everyone within",
        "A 2025-11 | 0\nB 2025-11 | 0",
        {
            "incident_funnel": f"""
            {FUNNEL_COLUMNS}
            A 0 20/20000 0 0 0 0 0 0 binnen
            B 0 20/20000 0 0 0 0 0 0 binnen
            """
        },
        alone=True,
    ),
    IncidentCase(
        "funnel: only delivered months count, for incidents and exposure alike",
        """
        A 2025-09 | 3 - 2
        A | 2025-10-06 x9
        B 2025-09 | - - 5
        B | 2025-09-06 x9
        """,
        {
            "incident_funnel": f"""
            brin6 incidenten blootstelling ratio groep
            A 5 42/20000 5 {10 * 42 / 62}
            B 5 20/20000 5 {10 * 20 / 62}
            """
        },
        alone=True,
    ),
    IncidentCase(
        "funnel: a school without exposure has no row and no part in the group",
        """
        A 2025-11 | 4
        B 2025-11 | 9
        C | 2025-11-06 x9
        """,
        {"incident_funnel": "brin6 incidenten blootstelling ratio groep\n A 4 20/20000 4 4"},
        pupils={"B": 0},
        alone=True,
    ),
    IncidentCase(
        "funnel: a delivered month without pupils adds its incidents to those of the others",
        "A 2025-09 | 9 4",
        {"incident_funnel": "brin6 incidenten blootstelling ratio groep\n A 13 18/20000 13 13"},
        pupils={"A": 0},
        stays="A | 2025-10-01 2026-07-31",
        alone=True,
    ),
    IncidentCase(
        "funnel: nothing of August, nothing of outside",
        """
        A 2025-09 | 4
        A | 2025-08-20 x9
        A | 2025-09-10 x9 reikwijdte=buiten
        """,
        {"incident_funnel": "brin6 incidenten blootstelling groep\n A 4 22/20000 4"},
        delivers="A | 2025-08-01 2025-08-31",
        alone=True,
    ),
    IncidentCase(
        "funnel: months by their first day, in every kind of period",
        "A 2024-12 | 1 2 3\nA 2025-07 | 4 5\nA 2026-01 | 6 7",
        {
            "incident_funnel": """
            periode brin6 incidenten blootstelling groep oordeel
            2024-08/2025-01 A 3  35/20000  3  binnen
            2024-08/2025-07 A 10 64/20000  10 binnen
            2025-02/2025-07 A 7  29/20000  7  binnen
            2025-02/2027-01 A 25 86/20000  25 binnen
            2025-08/2026-01 A 11 42/20000  11 binnen
            2025-08/2026-07 A 18 57/20000  18 binnen
            2026-02/2026-07 A 7  15/20000  7  binnen
            """
        },
        alone=True,
    ),
    IncidentCase(
        "funnel: a period is there for who delivered in it; the running month up to today",
        """
        A 2026-01 | 2 4
        B 2026-02 | 2
        """,
        {
            "incident_funnel": f"""
            periode brin6 incidenten blootstelling groep
            2025-02/2027-01 A 6 27/20000 {8 * 27 / 34}
            2025-02/2027-01 B 2 7/20000  {8 * 7 / 34}
            2025-08/2026-01 A 2 20/20000 2
            2025-08/2026-07 A 6 27/20000 {8 * 27 / 34}
            2025-08/2026-07 B 2 7/20000  {8 * 7 / 34}
            2026-02/2026-07 A 4 7/20000  3
            2026-02/2026-07 B 2 7/20000  3
            """
        },
        today="2026-02-10",
        alone=True,
    ),
]

INCIDENT_CASES = [
    *(*POINTS, *SEGMENTS, *PROVISIONAL, *LIMITS, *RULE_2, *RULE_3, *RULE_4),
    *(*RARE, *ROLES, *FOLLOWUP, *FUNNEL),
]
