"""Small schools whose every pupil can be counted by hand, and what each published consent table makes of them.

A line of `pupils` reads: number | school | day of birth | answers. The school is A, B or C, with the days of the
stay if they matter (`A since=2025-09-01 until=2026-01-05`, two stays joined by `,`) and the year group (`year=3`).
An answer reads: day, giver, answer, then what is out of the ordinary (see `tests.builders.answer`); with
`whatsapp_les:` before it it is for that purpose, else for the website. A line of `publications` reads:
id | school | day | numbers of the pupils in it. Every school delivers, unless it is `silent`.

What is expected starts with the columns to look at. Unless they are named, only the website and the day of the
delivery are looked at. The day of the delivery is 10 March 2026, in school year 2025-2026, unless a case says
otherwise. Every case has schools and pupils of its own, so that many can be imported at once; one that is about the
group (`*`) is imported `alone`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tests.builders import PURPOSE, answer, day, delivered, pupil, school
from tests.rows import Answer, Enrolment, Publication, Row

SCHOOLS = "ABC"
YEARS_DELIVERED = ("2022-08-01", "2027-07-31")


@dataclass(frozen=True, slots=True)
class TableCase:
    """A few pupils, and rows of published tables."""

    what: str
    pupils: str
    expected: Mapping[str, str]
    """Table -> its columns and rows."""
    today: str = "2026-03-10"
    year: str = "schooljaar"
    silent: str = ""
    """The schools that deliver nothing."""
    declared: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """School -> the first and last day it delivers, where these matter."""
    publications: str = ""
    zeros: bool = True
    """Whether rows that count nobody are looked at."""
    alone: bool = False
    """Whether the group is looked at on the real road too."""

    @property
    def day(self) -> date:
        return day(self.today)

    def brin6(self, name: str) -> str:
        """The number of school A, B or C of this case."""
        number = TABLE_CASES.index(self)
        return f"{number % 100:02d}{name}{SCHOOLS[number // 100]}00"

    def rows(self) -> list[Row]:
        number = TABLE_CASES.index(self)
        rows: list[Row] = [school(self.brin6(name)) for name in SCHOOLS]
        for name in SCHOOLS:
            if name not in self.silent:
                span = self.declared.get(name, YEARS_DELIVERED)
                rows.append(delivered(self.brin6(name), "toestemmingen", *span))
        for line in lines_of(self.pupils):
            who, at, born, said = (cell.strip() for cell in line.split("|"))
            rows += [self._stay(f"{number}-{who}", born, text) for text in at.split(",")]
            rows += [self._said_by(f"{number}-{who}", text) for text in said.split(";") if text.strip() != "-"]
        for line in lines_of(self.publications):
            name, at, when, pupils = (cell.strip() for cell in line.split("|"))
            rows += [
                Publication(f"{number}-{name}", self.brin6(at), day(when), PURPOSE, f"{number}-{who}")
                for who in pupils.split()
            ]
        return rows

    def _stay(self, number: str, born: str, text: str) -> Enrolment:
        name, *extras = text.split()
        more = {"born": born, "since": "2022-08-01", "year": "2"} | dict(extra.split("=") for extra in extras)
        return pupil(
            number,
            self.brin6(name),
            born=more["born"],
            since=more["since"],
            until=more.get("until"),
            year=int(more["year"]),
        )

    def _said_by(self, number: str, text: str) -> Answer:
        purpose, _, rest = text.strip().rpartition(":")
        for name in SCHOOLS:
            rest = rest.replace(f"op={name}", f"op={self.brin6(name)}")
        return answer(number, rest, purpose or PURPOSE)


def lines_of(text: str) -> list[str]:
    return [line for line in text.strip().splitlines() if line.strip()]


# --- the waterfall -------------------------------------------------------------------

ONE_OF_EACH = """
1  | A | 2012-05-01 | 2025-09-10 ouder1 ja
2  | A | 2012-05-01 | 2025-09-10 ouder1 nee
3  | A | 2012-05-01 | 2025-09-10 ouder1 ingetrokken
4  | A | 2012-05-01 | 2025-09-10 ouder1 ja; 2025-09-10 ouder2 nee
5  | A | 2009-12-01 | 2025-09-10 ouder1 ja
6  | A | 2009-12-01 | 2025-09-10 ouder1 nee
7  | A | 2012-05-01 | 2024-09-10 ouder1 ja
8  | A | 2012-05-01 | 2024-09-10 ouder1 nee
9  | A | 2012-05-01 | 2025-09-10 leerling ja
10 | A | 2012-05-01 | 2025-09-10 school ja
11 | A | 2012-05-01 | zonder-datum ouder1 ja
12 | A | 2012-05-01 | 2025-09-10 ouder1 onbeantwoord
13 | A | 2012-05-01 | -
"""
"""ja, nee, ingetrokken, conflict, werd_16_ja, werd_16_nee, verlopen_ja, verlopen_nee, onbevoegd,
niet_uitdrukkelijk, niet_aantoonbaar, onbeantwoord, niet_gevraagd."""


def reaches(what: str, pupils: str, step: str, **changes: Any) -> TableCase:
    """One pupil, and the last step of the waterfall that still counts this pupil."""
    steps = ("ingeschreven", "gevraagd", "beantwoord", "aantoonbaar", "bevoegd", "dit_jaar")
    rows = "".join(f"A {name} {int(number <= steps.index(step))}\n" for number, name in enumerate(steps))
    expected = {"consent_waterfall": "brin6 stap leerlingen\n" + rows + rows.replace("A ", "* ")}
    return TableCase(f"waterfall: {what}", pupils, expected, **changes)


WATERFALL = [
    TableCase(
        "waterfall: one pupil of each status",
        ONE_OF_EACH,
        {
            "consent_waterfall": """
            brin6 stap leerlingen
            A ingeschreven 13
            A gevraagd     12
            A beantwoord   11
            A aantoonbaar   9
            A bevoegd       8
            A dit_jaar      6
            * ingeschreven 13
            * gevraagd     12
            * beantwoord   11
            * aantoonbaar   9
            * bevoegd       8
            * dit_jaar      6
            """
        },
    ),
    *(
        reaches(what, f"1 | A | {born} | {said}", step)
        for what, born, said, step in (
            ("never asked", "2012-05-01", "-", "ingeschreven"),
            ("asked for another purpose", "2012-05-01", "whatsapp_les:2025-09-10 ouder1 ja", "ingeschreven"),
            ("asked last year only", "2012-05-01", "2024-09-10 ouder1 onbeantwoord", "ingeschreven"),
            ("asked, no answer", "2012-05-01", "2025-09-10 ouder1 onbeantwoord", "gevraagd"),
            ("ticked by the school", "2012-05-01", "2025-09-10 school ja", "beantwoord"),
            ("undated", "2012-05-01", "zonder-datum ouder1 ja", "beantwoord"),
            ("a child of 13", "2012-05-01", "2025-09-10 leerling nee", "aantoonbaar"),
            ("a parent of a pupil of 17", "2008-05-01", "2025-09-10 ouder1 ja", "aantoonbaar"),
            ("a yes of last year", "2012-05-01", "2024-09-10 ouder1 ja", "bevoegd"),
            ("a no of last year", "2012-05-01", "2024-09-10 ouder1 nee", "bevoegd"),
            ("a no is as good as a yes", "2012-05-01", "2025-09-10 ouder1 nee", "dit_jaar"),
            ("withdrawn", "2012-05-01", "2025-09-10 ouder1 ingetrokken", "dit_jaar"),
            ("in conflict", "2012-05-01", "2025-09-10 ouder1 ja; 2025-09-10 ouder2 nee", "dit_jaar"),
            ("a parent's no, 16 since", "2009-12-01", "2025-09-10 ouder1 nee", "dit_jaar"),
        )
    ),
    reaches(
        "a school that delivers nothing", "1 | A | 2012-05-01 | 2025-09-10 ouder1 ja", "ingeschreven", silent="ABC"
    ),
    reaches("under twelve months", "1 | A | 2012-05-01 | 2025-06-10 ouder1 ja", "dit_jaar", year="twaalf_maanden"),
    reaches("under the code's own year", "1 | A | 2012-05-01 | 2025-09-10 ouder1 ja", "bevoegd", year="codejaar"),
    TableCase(
        "waterfall: the pupils of a silent school are enrolled, and no more is known",
        """
        1 | A | 2012-05-01 | 2025-09-10 ouder1 ja
        2 | B | 2012-05-01 | 2025-09-10 ouder1 ja
        3 | B | 2012-05-01 | -
        """,
        {
            "consent_waterfall": """
            brin6 stap leerlingen
            A ingeschreven 1
            A gevraagd     1
            A beantwoord   1
            A aantoonbaar  1
            A bevoegd      1
            A dit_jaar     1
            B ingeschreven 2
            B gevraagd     0
            B beantwoord   0
            B aantoonbaar  0
            B bevoegd      0
            B dit_jaar     0
            * ingeschreven 3
            * gevraagd     1
            * beantwoord   1
            * aantoonbaar  1
            * bevoegd      1
            * dit_jaar     1
            """
        },
        silent="B",
        alone=True,
    ),
    TableCase(
        "waterfall: every purpose has every step, also where nobody answered",
        "1 | A | 2012-05-01 | -",
        {
            "consent_waterfall": "peildatum brin6 doel stap leerlingen\n"
            + "\n".join(
                f"2026-03-10 {place} {purpose} {step} {int(step == 'ingeschreven')}"
                for place in "A*"
                for purpose in (
                    *("beeld_website", "beeld_social_media", "beeld_nieuwsbrief"),
                    *("beeld_email", "whatsapp_les", "social_media_les"),
                )
                for step in ("ingeschreven", "gevraagd", "beantwoord", "aantoonbaar", "bevoegd", "dit_jaar")
            )
        },
        alone=True,
    ),
    TableCase(
        "nobody enrolled today: no rows, not of the group either",
        "1 | A until=2026-03-10 | 2012-05-01 | 2025-09-10 ouder1 ja",
        {
            "consent_waterfall": "brin6 stap leerlingen",
            "consent_by_year_group": "brin6 leerjaar ja",
            "consent_by_year_rule": "brin6 jaar ja",
            "turning_16": "brin6 maand leerlingen",
            "expiry_outlook": "brin6 leerlingen",
        },
        alone=True,
    ),
]

# --- year groups ---------------------------------------------------------------------

YEAR_GROUPS = [
    TableCase(
        "year groups: each school's and the group's",
        """
        1 | A year=1 | 2012-05-01 | 2025-09-10 ouder1 ja
        2 | A year=1 | 2012-05-01 | 2025-09-10 ouder1 nee
        3 | A year=1 | 2012-05-01 | 2024-09-10 ouder1 ja
        4 | A year=5 | 2009-12-01 | 2025-09-10 ouder1 ja
        5 | B year=1 | 2012-05-01 | 2025-09-10 ouder1 ja
        6 | B year=6 | 2012-05-01 | -
        """,
        {
            "consent_by_year_group": """
            brin6 leerjaar ja nee ongeldig onbekend dekking
            A 1 1 1 1 0 2/3
            A 5 1 0 0 0 1
            B 1 1 0 0 0 1
            B 6 0 0 1 0 0
            * 1 2 1 1 0 3/4
            * 5 1 0 0 0 1
            * 6 0 0 1 0 0
            """
        },
        alone=True,
    ),
    TableCase(
        "year groups: a silent school is unknown and has no share",
        """
        1 | A year=1 | 2012-05-01 | 2025-09-10 ouder1 ja
        2 | B year=1 | 2012-05-01 | 2025-09-10 ouder1 ja
        3 | B year=2 | 2012-05-01 | 2025-09-10 ouder1 ja
        """,
        {
            "consent_by_year_group": """
            brin6 leerjaar ja nee ongeldig onbekend dekking
            A 1 1 0 0 0 1
            B 1 0 0 0 1 -
            B 2 0 0 0 1 -
            * 1 1 0 0 1 1
            * 2 0 0 0 1 -
            """
        },
        silent="B",
        alone=True,
    ),
    TableCase(
        "year groups: moved up, moved school, and gone: the stay of today counts",
        """
        1 | A year=2 until=2025-08-01, A year=3 since=2025-08-01 | 2012-05-01 | 2025-09-10 ouder1 ja
        2 | A year=2, B year=4 since=2025-08-01                  | 2012-05-01 | 2025-09-10 ouder1 nee
        3 | A year=5 until=2026-03-10                            | 2012-05-01 | 2025-09-10 ouder1 ja
        4 | A year=6 until=2026-03-11                            | 2012-05-01 | 2025-09-10 ouder1 ja
        """,
        {
            "consent_by_year_group": """
            brin6 leerjaar ja nee ongeldig onbekend dekking
            A 3 1 0 0 0 1
            A 6 1 0 0 0 1
            B 4 0 1 0 0 1
            * 3 1 0 0 0 1
            * 4 0 1 0 0 1
            * 6 1 0 0 0 1
            """
        },
    ),
]

# --- turning 16 ----------------------------------------------------------------------


def turns(what: str, *days: tuple[str, str | None], today: str = "2026-03-10") -> TableCase:
    """Pupils by the day they turn 16, each with a parent's sound yes, and the month they are counted in."""
    pupils = ""
    months: dict[str, int] = {}
    for number, (sixteen, month) in enumerate(days):
        pupils += f"{number} | A | {int(sixteen[:4]) - 16}{sixteen[4:]} | {today} ouder1 ja\n"
        if month is not None:
            months[month] = months.get(month, 0) + 1
    rows = "".join(f"{place} {month} {counted}\n" for place in "A*" for month, counted in months.items())
    return TableCase(
        f"turning 16: {what}", pupils, {"turning_16": "brin6 maand leerlingen\n" + rows}, today, zeros=False
    )


TURNING_16 = [
    turns(
        "before, on and after today, and on the borders of months",
        ("2026-02-28", None),
        ("2026-03-09", None),
        ("2026-03-10", None),
        ("2026-03-11", "2026-03"),
        ("2026-03-31", "2026-03"),
        ("2026-04-01", "2026-04"),
        ("2026-12-31", "2026-12"),
        ("2027-01-01", "2027-01"),
        ("2027-03-10", "2027-03"),
        ("2027-03-31", "2027-03"),
        ("2027-04-01", None),
    ),
    turns(
        "today is the last day of a month",
        ("2026-01-31", None),
        ("2026-02-01", "2026-02"),
        ("2027-01-31", "2027-01"),
        ("2027-02-01", None),
        today="2026-01-31",
    ),
    turns(
        "today is the first day of a month",
        ("2026-02-01", None),
        ("2026-02-02", "2026-02"),
        ("2027-02-28", "2027-02"),
        ("2027-03-01", None),
        today="2026-02-01",
    ),
    turns("the eve of 29 February", ("2024-02-29", "2024-02"), ("2024-03-01", "2024-03"), today="2024-02-28"),
    turns("on 29 February", ("2024-02-29", None), ("2024-03-01", "2024-03"), today="2024-02-29"),
    TableCase(
        "turning 16: all thirteen months, zeros too, of every school with a pupil",
        """
        1 | A | 2010-02-01 | 2025-12-01 ouder1 ja
        2 | B | 2012-05-01 | -
        """,
        {
            "turning_16": "brin6 maand leerlingen\n"
            + "\n".join(
                f"{place} {month} {int(month == '2026-02' and place != 'B')}"
                for place in "AB*"
                for month in (
                    *("2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"),
                    *("2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12"),
                )
            )
        },
        today="2025-12-31",
        alone=True,
    ),
    TableCase(
        "turning 16: who has a sound answer of this year, whatever it says, for any purpose, once",
        """
        ja       | A | 2010-04-01 | 2025-09-10 ouder1 ja; whatsapp_les:2025-09-10 ouder1 ja
        nee      | A | 2010-05-01 | 2025-09-10 ouder1 nee
        weg      | A | 2010-06-01 | 2025-09-10 ouder1 ingetrokken
        strijd   | A | 2010-07-01 | 2025-09-10 ouder1 ja; 2025-09-10 ouder2 nee
        ander    | A | 2010-08-01 | whatsapp_les:2025-09-10 ouder1 ja
        oud      | A | 2010-09-01 | 2024-09-10 ouder1 ja
        zelf     | A | 2010-09-01 | 2025-09-10 leerling ja
        vinkje   | A | 2010-09-01 | 2025-09-10 school ja
        datumloos| A | 2010-09-01 | zonder-datum ouder1 ja
        stil     | A | 2010-09-01 | 2025-09-10 ouder1 onbeantwoord
        niets    | A | 2010-09-01 | -
        elders   | A | 2010-09-01 | 2025-09-10 ouder1 ja op=B
        gemengd  | A | 2010-10-01 | 2024-09-10 ouder1 ja; whatsapp_les:2025-09-10 ouder1 nee
        """,
        {
            "turning_16": """
            brin6 maand leerlingen
            A 2026-04 1
            A 2026-05 1
            A 2026-06 1
            A 2026-07 1
            A 2026-08 1
            A 2026-10 1
            * 2026-04 1
            * 2026-05 1
            * 2026-06 1
            * 2026-07 1
            * 2026-08 1
            * 2026-10 1
            """
        },
        zeros=False,
    ),
    TableCase(
        "turning 16: who turned 16 today, or before, has spoken: not any more",
        """
        vandaag | A | 2010-03-10 | 2026-03-10 leerling ja
        gister  | A | 2010-03-09 | 2026-03-10 leerling nee
        morgen  | A | 2010-03-11 | 2026-03-10 ouder1 ja
        """,
        {"turning_16": "brin6 maand leerlingen\n A 2026-03 1\n * 2026-03 1"},
        zeros=False,
    ),
    TableCase(
        "turning 16: today's school, and today's day of birth",
        """
        1 | A until=2026-03-10                                          | 2010-04-01 | 2025-09-10 ouder1 ja
        2 | A until=2026-03-11                                          | 2010-05-01 | 2025-09-10 ouder1 ja
        3 | A until=2026-01-05, B since=2026-01-05                      | 2010-06-01 | 2025-09-10 ouder1 ja
        4 | A until=2026-01-05, B since=2026-01-05                      | 2010-07-01 | 2025-09-10 ouder1 ja op=A
        5 | A until=2026-01-05 born=2010-08-01, B since=2026-01-05      | 2010-09-01 | 2025-09-10 ouder1 ja
        """,
        {
            "turning_16": """
            brin6 maand leerlingen
            A 2026-05 1
            B 2026-06 1
            B 2026-09 1
            * 2026-05 1
            * 2026-06 1
            * 2026-09 1
            """
        },
        zeros=False,
        alone=True,
    ),
    TableCase(
        "turning 16: of a silent school nothing is known",
        """
        1 | A | 2010-04-01 | 2025-09-10 ouder1 ja
        2 | B | 2010-04-01 | 2025-09-10 ouder1 ja
        """,
        {"turning_16": "brin6 maand leerlingen\n A 2026-04 1\n * 2026-04 1"},
        silent="B",
        zeros=False,
    ),
    TableCase(
        "turning 16: under twelve months last June still speaks",
        "1 | A | 2010-04-01 | 2025-06-10 ouder1 ja",
        {"turning_16": "brin6 maand leerlingen\n A 2026-04 1\n * 2026-04 1"},
        year="twaalf_maanden",
        zeros=False,
    ),
]

# --- the outlook to 1 September ------------------------------------------------------


def outlook(
    what: str, pupils: str, now: tuple[int, int], september: tuple[int, int], *, all_of_them: int = 1, **changes: Any
) -> TableCase:
    """Pupils of A: (valid, needed) today and on the next 1 September."""
    row = f"{all_of_them} {now[0]} {now[1]} {september[0]} {september[1]}"
    header = "brin6 leerlingen geldig_nu nodig_nu geldig_1_september nodig_1_september"
    return TableCase(f"outlook: {what}", pupils, {"expiry_outlook": f"{header}\n A {row}\n * {row}"}, **changes)


VALID, NEEDED, UNKNOWN = (1, 0), (0, 1), (0, 0)

OUTLOOK = [
    *(
        outlook(f"{what}, on {today}", f"1 | A | 2012-05-01 | {said}", now, september, today=today)
        for what, said, today, now, september in (
            ("a yes of this year", "2025-09-10 ouder1 ja", "2026-06-15", VALID, NEEDED),
            ("a no of this year", "2025-09-10 ouder1 nee", "2026-06-15", VALID, NEEDED),
            ("a yes of this year on its last day", "2025-09-10 ouder1 ja", "2026-07-31", VALID, NEEDED),
            ("a yes of the year that is over", "2025-09-10 ouder1 ja", "2026-08-01", NEEDED, NEEDED),
            ("next year's answer in advance", "2026-06-10 ouder1 nee voor=2026-2027", "2026-06-15", NEEDED, VALID),
            (
                "this year's answer and next year's",
                "2025-09-10 ouder1 ja; 2026-06-10 ouder1 nee voor=2026-2027",
                "2026-06-15",
                VALID,
                VALID,
            ),
            ("an answer for two years ahead", "2026-06-10 ouder1 ja voor=2027-2028", "2026-06-15", NEEDED, NEEDED),
            ("an answer without a date", "zonder-datum ouder1 ja", "2026-06-15", NEEDED, NEEDED),
            (
                "an undated answer for next year spoils that of this year then, not now",
                "2025-09-10 ouder1 ja; zonder-datum ouder1 ja voor=2026-2027",
                "2026-06-15",
                VALID,
                NEEDED,
            ),
            ("never asked", "-", "2026-06-15", NEEDED, NEEDED),
            ("asked, no answer", "2025-09-10 ouder1 onbeantwoord", "2026-06-15", NEEDED, NEEDED),
            ("an answer of August: 1 September is tomorrow", "2026-08-20 ouder1 ja", "2026-08-31", VALID, VALID),
            ("an answer of August: 1 September is in a year", "2026-08-20 ouder1 ja", "2026-09-01", VALID, NEEDED),
            ("an answer of today: 1 September is in a year", "2026-09-01 ouder1 ja", "2026-09-01", VALID, NEEDED),
            ("an answer of yesterday", "2026-09-01 ouder1 ja", "2026-09-02", VALID, NEEDED),
            (
                "an answer for the year after, asked early",
                "2026-09-01 ouder1 ja voor=2027-2028",
                "2026-09-02",
                NEEDED,
                VALID,
            ),
            ("the day before it, last year's answer", "2025-09-10 ouder1 ja", "2026-08-31", NEEDED, NEEDED),
        )
    ),
    outlook(
        "a parent's answer in advance stands when the pupil turns 16 before September",
        "1 | A | 2010-07-01 | 2026-06-10 ouder1 ja voor=2026-2027",
        NEEDED,
        VALID,
        today="2026-06-15",
    ),
    outlook(
        "a child's own answer in advance is not entitled, though 16 by September",
        "1 | A | 2010-07-01 | 2026-06-10 leerling ja voor=2026-2027",
        NEEDED,
        NEEDED,
        today="2026-06-15",
    ),
    outlook(
        "a parent's answers of both years, 16 on 1 September itself",
        "1 | A | 2010-09-01 | 2026-06-10 ouder1 nee voor=2026-2027; 2025-09-10 ouder1 ja",
        VALID,
        VALID,
        today="2026-06-15",
    ),
    outlook(
        "the answer in advance of a pupil of 16",
        "1 | A | 2010-06-10 | 2026-06-10 leerling nee voor=2026-2027",
        NEEDED,
        VALID,
        today="2026-06-15",
    ),
    outlook(
        "who leaves before September is a pupil of today",
        "1 | A until=2026-08-01 | 2012-05-01 | 2025-09-10 ouder1 ja",
        VALID,
        NEEDED,
        today="2026-06-15",
    ),
    outlook(
        "an answer in advance at another school does not count",
        "1 | A | 2012-05-01 | 2026-06-10 ouder1 ja voor=2026-2027 op=B",
        NEEDED,
        NEEDED,
        today="2026-06-15",
    ),
    outlook(
        "a school that delivers nothing is in neither",
        "1 | A | 2012-05-01 | 2025-09-10 ouder1 ja",
        UNKNOWN,
        UNKNOWN,
        silent="ABC",
    ),
    TableCase(
        "outlook: whether a school delivers is judged today, for September too",
        """
        1 | A | 2012-05-01 | 2026-06-10 ouder1 ja voor=2026-2027
        2 | B | 2012-05-01 | 2026-06-10 ouder1 ja voor=2026-2027
        3 | C | 2012-05-01 | 2026-06-10 ouder1 ja voor=2026-2027
        """,
        {
            "expiry_outlook": """
            brin6 leerlingen geldig_nu nodig_nu geldig_1_september nodig_1_september
            A 1 0 1 1 0
            B 1 0 0 0 0
            C 1 0 0 0 0
            * 3 0 1 1 0
            """
        },
        today="2026-06-15",
        declared={
            "A": ("2026-06-15", "2026-06-15"),
            "B": ("2025-08-01", "2026-06-14"),
            "C": ("2026-06-16", "2027-07-31"),
        },
        alone=True,
    ),
    TableCase(
        "outlook: moved: today's school, in both columns",
        """
        1 | A until=2026-01-05, B since=2026-01-05 | 2012-05-01 | 2025-09-10 ouder1 ja
        2 | A until=2026-01-05, B since=2026-01-05 | 2012-05-01 | 2026-01-04 ouder1 ja voor=2026-2027 op=A
        3 | A                                      | 2012-05-01 | 2025-09-10 ouder1 ja
        """,
        {
            "expiry_outlook": """
            brin6 leerlingen geldig_nu nodig_nu geldig_1_september nodig_1_september
            A 1 1 0 0 1
            B 2 1 1 0 2
            * 3 2 1 0 3
            """
        },
        today="2026-06-15",
    ),
    *(
        outlook(f"under {year}: {what}", f"1 | A | 2012-05-01 | {said}", now, september, today=today, year=year)
        for year, what, said, today, now, september in (
            ("twaalf_maanden", "a year ends on 1 September", "2025-09-01 ouder1 ja", "2026-06-15", VALID, NEEDED),
            ("twaalf_maanden", "a year ends on 2 September", "2025-09-02 ouder1 ja", "2026-06-15", VALID, VALID),
            (
                "twaalf_maanden",
                "a label gives a dated answer no more time",
                "2025-08-20 ouder1 ja voor=2026-2027",
                "2026-06-15",
                VALID,
                NEEDED,
            ),
            (
                "twaalf_maanden",
                "an undated answer speaks in its school year",
                "2025-09-20 ouder1 ja; zonder-datum ouder1 onbeantwoord voor=2026-2027",
                "2026-06-15",
                VALID,
                VALID,
            ),
            ("codejaar", "one code year, both days", "2026-02-01 ouder1 ja", "2026-06-15", VALID, VALID),
            ("codejaar", "a code year before", "2026-01-31 ouder1 ja", "2026-06-15", NEEDED, NEEDED),
            ("codejaar", "a year runs out on 1 February", "2025-09-10 ouder1 ja", "2026-01-31", VALID, NEEDED),
        )
    ),
]

# --- uses ----------------------------------------------------------------------------


def use(
    what: str, pupil_line: str, when: str, status: str, *, without: int = 1, at: str = "A", **changes: Any
) -> TableCase:
    """One pupil in one publication of A: the status on that day, and whether that is without consent."""
    year = int(when[:4]) - (when[5:] < "08-01")
    label = f"{year}-{year + 1}"
    expected = {
        "use_without_consent": f"""
            brin6 schooljaar publicaties gebruiken zonder_toestemming
            {at} {label} 1 1 {without}
            * {label} 1 1 {without}
            """,
        "use_by_status": f"""
            brin6 schooljaar status gebruiken
            {at} {label} {status} 1
            * {label} {status} 1
            """,
    }
    publications = f"p1 | {at} | {when} | 1"
    return TableCase(f"use: {what}", pupil_line, expected, publications=publications, **changes)


YES = "2025-09-10 ouder1 ja"

USES = [
    *(
        use(what, f"1 | A | {born} | {said}", when, status, without=without)
        for what, born, said, when, status, without in (
            ("after a sound yes", "2012-05-01", YES, "2025-10-01", "ja", 0),
            ("on the day of the yes", "2012-05-01", YES, "2025-09-10", "ja", 0),
            ("the day before the yes", "2012-05-01", YES, "2025-09-09", "niet_gevraagd", 1),
            ("after a no", "2012-05-01", "2025-09-10 ouder1 nee", "2025-10-01", "nee", 1),
            (
                "on the day of the withdrawal",
                "2012-05-01",
                f"{YES}; 2025-10-01 ouder1 ingetrokken",
                "2025-10-01",
                "ingetrokken",
                1,
            ),
            (
                "the day before the withdrawal",
                "2012-05-01",
                f"{YES}; 2025-10-01 ouder1 ingetrokken",
                "2025-09-30",
                "ja",
                0,
            ),
            ("in conflict", "2012-05-01", f"{YES}; 2025-09-10 ouder2 nee", "2025-10-01", "conflict", 1),
            ("16 that day, a parent's yes", "2009-10-01", YES, "2025-10-01", "werd_16_ja", 0),
            ("16 that day, a parent's no", "2009-10-01", "2025-09-10 ouder1 nee", "2025-10-01", "werd_16_nee", 1),
            ("last day of the year of the yes", "2012-05-01", "2024-09-10 ouder1 ja", "2025-07-31", "ja", 0),
            ("first day of the next", "2012-05-01", "2024-09-10 ouder1 ja", "2025-08-01", "verlopen_ja", 1),
            ("yes for another purpose", "2012-05-01", f"whatsapp_les:{YES}", "2025-10-01", "niet_gevraagd", 1),
            ("a child's own yes", "2012-05-01", "2025-09-10 leerling ja", "2025-10-01", "onbevoegd", 1),
            ("an undated yes", "2012-05-01", "zonder-datum ouder1 ja", "2025-10-01", "niet_aantoonbaar", 1),
        )
    ),
    use(
        "the status of that day, though all is well today",
        f"1 | A | 2012-05-01 | 2024-09-10 ouder1 nee; {YES}",
        "2025-06-01",
        "nee",
    ),
    use("enrolled nowhere yet", f"1 | A since=2025-10-02 | 2012-05-01 | {YES}", "2025-10-01", "niet_ingeschreven"),
    use("on the first day in", f"1 | A since=2025-10-01 | 2012-05-01 | {YES}", "2025-10-01", "ja", without=0),
    use("on the first day out", f"1 | A until=2025-10-01 | 2012-05-01 | {YES}", "2025-10-01", "niet_ingeschreven"),
    use("on the last day in", f"1 | A until=2025-10-02 | 2012-05-01 | {YES}", "2025-10-01", "ja", without=0),
    use(
        "between two stays",
        f"1 | A until=2025-09-20, A since=2025-10-10 | 2012-05-01 | {YES}",
        "2025-10-01",
        "niet_ingeschreven",
    ),
    use("nothing is known of a silent school", f"1 | A | 2012-05-01 | {YES}", "2025-10-01", "onbekend", silent="A"),
    use(
        "by another school: the status at the pupil's own",
        f"1 | B | 2012-05-01 | {YES} op=B",
        "2025-10-01",
        "ja",
        without=0,
    ),
    use(
        "by another school that the pupil answered: it does not count at the pupil's own",
        f"1 | B | 2012-05-01 | {YES} op=A",
        "2025-10-01",
        "niet_gevraagd",
    ),
    use(
        "by another, silent school: the pupil's own delivers",
        f"1 | B | 2012-05-01 | {YES}",
        "2025-10-01",
        "ja",
        without=0,
        silent="A",
    ),
    use(
        "by a school that delivers, of a pupil of a silent one",
        f"1 | B | 2012-05-01 | {YES}",
        "2025-10-01",
        "onbekend",
        silent="B",
    ),
    use(
        "after the move the old school's answer stays behind",
        f"1 | A until=2025-10-01, B since=2025-10-01 | 2012-05-01 | {YES} op=A",
        "2025-10-01",
        "niet_gevraagd",
    ),
    use(
        "before the move it counts",
        f"1 | A until=2025-10-01, B since=2025-10-01 | 2012-05-01 | {YES} op=A",
        "2025-09-30",
        "ja",
        without=0,
    ),
    use("today", "1 | A | 2012-05-01 | 2026-03-10 ouder1 ja", "2026-03-10", "ja", without=0),
    use(
        "twelve months later to the day",
        "1 | A | 2012-05-01 | 2025-03-01 ouder1 ja",
        "2026-03-01",
        "verlopen_ja",
        year="twaalf_maanden",
    ),
    use(
        "the last of twelve months",
        "1 | A | 2012-05-01 | 2025-03-01 ouder1 ja",
        "2026-02-28",
        "ja",
        without=0,
        year="twaalf_maanden",
    ),
    use("a new code year", f"1 | A | 2012-05-01 | {YES}", "2026-02-01", "verlopen_ja", year="codejaar"),
    use("the last day of the code year", f"1 | A | 2012-05-01 | {YES}", "2026-01-31", "ja", without=0, year="codejaar"),
    TableCase(
        "use: two pupils in one publication, one pupil in two",
        f"""
        1 | A | 2012-05-01 | {YES}
        2 | A | 2012-05-01 | -
        3 | A | 2012-05-01 | 2025-09-10 ouder1 nee
        """,
        {
            "use_without_consent": """
            brin6 schooljaar publicaties gebruiken zonder_toestemming
            A 2025-2026 2 4 2
            * 2025-2026 2 4 2
            """,
            "use_by_status": """
            brin6 schooljaar status gebruiken
            A 2025-2026 ja            2
            A 2025-2026 niet_gevraagd 1
            A 2025-2026 nee           1
            * 2025-2026 ja            2
            * 2025-2026 niet_gevraagd 1
            * 2025-2026 nee           1
            """,
        },
        publications="""
        p1 | A | 2025-10-01 | 1 2 3
        p2 | A | 2025-10-02 | 1
        """,
        alone=True,
    ),
    TableCase(
        "use: one publication of two schools counts once in the group",
        f"""
        1 | A | 2012-05-01 | {YES}
        2 | B | 2012-05-01 | -
        """,
        {
            "use_without_consent": """
            brin6 schooljaar publicaties gebruiken zonder_toestemming
            A 2025-2026 1 1 0
            B 2025-2026 2 2 2
            * 2025-2026 2 3 2
            """,
        },
        publications="""
        p1 | A | 2025-10-01 | 1
        p1 | B | 2025-10-01 | 2
        p2 | B | 2025-10-03 | 2
        """,
        alone=True,
    ),
    TableCase(
        "use: one id on both sides of the turn of the year counts in each",
        f"""
        1 | A | 2012-05-01 | {YES}
        2 | A | 2012-05-01 | 2025-08-01 ouder1 ja
        """,
        {
            "use_without_consent": """
            brin6 schooljaar publicaties gebruiken zonder_toestemming
            A 2024-2025 1 1 1
            A 2025-2026 1 1 0
            * 2024-2025 1 1 1
            * 2025-2026 1 1 0
            """,
        },
        publications="""
        p1 | A | 2025-07-31 | 1
        p1 | A | 2025-08-01 | 2
        """,
        alone=True,
    ),
    TableCase(
        "use: nothing published, nothing to say",
        f"1 | A | 2012-05-01 | {YES}",
        {
            "use_without_consent": "brin6 schooljaar doel publicaties gebruiken zonder_toestemming",
            "use_by_status": "brin6 schooljaar doel status gebruiken",
        },
        alone=True,
    ),
]

# --- the funnel ----------------------------------------------------------------------


def valid_of(schools: Mapping[str, tuple[int, int]], kind: str = "ja") -> str:
    """Pupils of each school: so many with a sound answer, of so many."""
    return "".join(
        f"{name}{number} | {name} | 2012-05-01 | {f'2026-03-02 ouder1 {kind}' if number < valid else '-'}\n"
        for name, (valid, pupils) in schools.items()
        for number in range(pupils)
    )


# Ten tosses of a fair coin: at most 0, 1, 2, 7, 8, 9 heads in 1, 11, 56, 968, 1013, 1023 of 1024 ways, exactly 1 or
# 9 in 10 ways and exactly 2 or 8 in 45. 2.5 % is 25.6 ways, 97.5 % 998.4, 0.1 % 1.024 and 99.9 % 1022.976.
TEN_AT_A_HALF = " ".join(
    str(limit)
    for limit in (
        (2 - (56 - 25.6) / 45) / 10,
        (8 - (1013 - 998.4) / 45) / 10,
        (1 - (11 - 1.024) / 10) / 10,
        (9 - (1023 - 1022.976) / 10) / 10,
    )
)  # .132, .768, .00024, .900
FUNNEL_COLUMNS = "brin6 geldig noemer dekking groep onder95 boven95 onder998 boven998 oordeel"


def half_of_twenty(one: int, verdict: str, other_verdict: str) -> TableCase:
    """Two schools of ten, half of all pupils with a valid answer, `one` of them at A."""
    return TableCase(
        f"funnel: {one} of 10 where half is valid",
        valid_of({"A": (one, 10), "B": (10 - one, 10)}),
        {
            "consent_funnel": f"""
            {FUNNEL_COLUMNS}
            A {one}      10 {one}/10      1/2 {TEN_AT_A_HALF} {verdict}
            B {10 - one} 10 {10 - one}/10 1/2 {TEN_AT_A_HALF} {other_verdict}
            """
        },
    )


FUNNEL = [
    half_of_twenty(5, "binnen", "binnen"),
    half_of_twenty(7, "binnen", "binnen"),
    half_of_twenty(8, "opletten", "binnen"),
    half_of_twenty(9, "wijkt_af", "opletten"),
    half_of_twenty(10, "wijkt_af", "wijkt_af"),
    TableCase(
        "funnel: refusals alone are a coverage of 1, and then every limit is 1",
        valid_of({"A": (3, 3), "B": (1, 1)}, "nee"),
        {"consent_funnel": f"{FUNNEL_COLUMNS}\n A 3 3 1 1 1 1 1 1 binnen\n B 1 1 1 1 1 1 1 1 binnen"},
    ),
    TableCase(
        "funnel: nobody valid, and then every limit is 0",
        valid_of({"A": (0, 3), "B": (0, 1)}),
        {"consent_funnel": f"{FUNNEL_COLUMNS}\n A 0 3 0 0 0 0 0 0 binnen\n B 0 1 0 0 0 0 0 0 binnen"},
    ),
    TableCase(
        "funnel: one pupil a school: r = n, the upper limit is 1, and no lower limit under 0",
        valid_of({"A": (1, 1), "B": (0, 1)}),
        {"consent_funnel": f"{FUNNEL_COLUMNS}\n A 1 1 1 1/2 0 1 0 1 binnen\n B 0 1 0 1/2 0 1 0 1 binnen"},
    ),
    TableCase(
        "funnel: a silent school has no share; the group is the others",
        valid_of({"A": (1, 1), "B": (0, 1), "C": (2, 2)}),
        {
            "consent_funnel": f"""
            {FUNNEL_COLUMNS}
            A 1 1 1 1/2 0 1 0 1 binnen
            B 0 1 0 1/2 0 1 0 1 binnen
            C 0 0 - 1/2 - - - - geen_gegevens
            """
        },
        silent="C",
    ),
    TableCase(
        "funnel: a silent school has no limits either where the others are all valid",
        valid_of({"A": (2, 2), "B": (1, 1)}),
        {"consent_funnel": f"{FUNNEL_COLUMNS}\n A 2 2 1 1 1 1 1 1 binnen\n B 0 0 - 1 - - - - geen_gegevens"},
        silent="B",
    ),
    TableCase(
        "funnel: nobody delivers: no share, no group",
        valid_of({"A": (1, 1), "B": (0, 1)}),
        {"consent_funnel": f"{FUNNEL_COLUMNS}\n A 0 0 - - - - - - geen_gegevens\n B 0 0 - - - - - - geen_gegevens"},
        silent="ABC",
    ),
    TableCase(
        "funnel: P(R <= 2) is 99.9 % to the dot: r = 2, the limit 2/3 and not 1",
        valid_of({"A": (3, 3), "B": (0, 27)}),
        {"consent_funnel": "brin6 geldig noemer groep oordeel\n A 3 3 1/10 wijkt_af\n B 0 27 1/10 binnen"},
    ),
    TableCase(
        "funnel: P(R <= 0) is 97.5 % to the dot: r = 0, the limit 0 and not 1",
        valid_of({"A": (1, 1), "B": (0, 39)}),
        {"consent_funnel": "brin6 geldig noemer groep oordeel\n A 1 1 1/40 opletten\n B 0 39 1/40 binnen"},
    ),
    TableCase(
        "funnel: every reference date has its own, and the group no row",
        """
        1 | A | 2012-05-01 | 2026-01-31 ouder1 ja
        2 | B | 2012-05-01 | 2026-02-28 ouder1 nee; 2026-03-01 ouder1 ingetrokken
        3 | C since=2026-03-01 | 2012-05-01 | -
        """,
        {
            "consent_funnel": """
            peildatum brin6 geldig noemer dekking groep oordeel
            2026-01-31 A 1 1 1 1/2 binnen
            2026-01-31 B 0 1 0 1/2 binnen
            2026-02-28 A 1 1 1 1   binnen
            2026-02-28 B 1 1 1 1   binnen
            2026-03-10 A 1 1 1 2/3 binnen
            2026-03-10 B 1 1 1 2/3 binnen
            2026-03-10 C 0 1 0 2/3 binnen
            """
        },
    ),
]

TABLE_CASES = WATERFALL + YEAR_GROUPS + TURNING_16 + OUTLOOK + USES + [replace(case, alone=True) for case in FUNNEL]
