"""One case per row, term and border of the consent rules: answers -> status on a day.

Every case is a pupil of a school of its own. HERE is that school, ELSEWHERE another one. The day is 10 March
2026 unless a case says otherwise, in school year 2025-2026. The pupil is 13 unless `born` says otherwise.
An answer reads: day, giver, answer, then what is out of the ordinary (see `tests.builders.answer`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tests.builders import PURPOSE, answers, delivered, pupil, school
from tests.rows import Row

TODAY = date(2026, 3, 10)
HERE, ELSEWHERE = "HERE", "ELSEWHERE"
Span = tuple[str, str, str | None]  # school, first day, last day (of a delivery) or first day out (of an enrolment)
ALL_YEARS: tuple[Span, ...] = ((HERE, "2023-08-01", "2026-07-31"), (ELSEWHERE, "2023-08-01", "2026-07-31"))
WHOLE_STAY: tuple[Span, ...] = ((HERE, "2023-08-01", None),)

AGE_13 = "2012-05-01"
AGE_17 = "2008-05-01"
TURNED_16_IN_DECEMBER = "2009-12-01"  # on 1 December 2025


@dataclass(frozen=True, slots=True)
class Case:
    """A pupil's answers and the status they come to at HERE (None: no pupil there) and ELSEWHERE."""

    what: str
    said: tuple[str, ...]
    status: str | None
    on: str = str(TODAY)
    born: str = AGE_13
    enrolled: tuple[Span, ...] = WHOLE_STAY
    delivers: tuple[Span, ...] = ALL_YEARS
    elsewhere: str | None = None
    purpose: str = PURPOSE
    today: date = TODAY

    def place(self, name: str) -> str:
        """The brin6 of HERE or ELSEWHERE: every case has its own two schools."""
        number = CASES.index(self)
        return f"{number % 100:02d}{'ABCD'[number // 100]}A{('HERE', 'ELSEWHERE').index(name):02d}"

    def rows(self) -> list[Row]:
        number = f"leerling-{CASES.index(self)}"
        rows: list[Row] = [school(self.place(HERE)), school(self.place(ELSEWHERE))]
        rows += [pupil(number, self.place(at), born=self.born, since=a, until=b) for at, a, b in self.enrolled]
        said = [
            text.replace("ELSEWHERE", self.place(ELSEWHERE)).replace("HERE", self.place(HERE)) for text in self.said
        ]
        rows += answers(number, *said, purpose=self.purpose)
        rows += [delivered(self.place(at), "toestemmingen", a, b or str(TODAY)) for at, a, b in self.delivers]
        return rows


def table(born: str, text: str) -> list[Case]:
    """Cases from lines `status | what | answer; answer`; a line without a status goes on with answers."""
    cases: list[Case] = []
    for line in text.strip().splitlines():
        status, what, said = (cell.strip() for cell in line.split("|"))
        texts = tuple(part.strip() for part in said.split(";") if part.strip() != "-")
        if status:
            cases.append(Case(what, texts, status, born=born))
        else:
            cases[-1] = replace(cases[-1], said=cases[-1].said + texts)
    return cases


def delivers(what: str, *spans: Span, status: str) -> Case:
    """A sound yes, judged by what the school declared."""
    return Case(what, ("2025-09-10 ouder1 ja",), status, delivers=spans)


NOT_DELIVERED = [
    delivers("nothing declared at all", status="onbekend"),
    delivers("declared up to the day before", (HERE, "2025-08-01", "2026-03-09"), status="onbekend"),
    delivers("declared up to and including the day", (HERE, "2025-08-01", "2026-03-10"), status="ja"),
    delivers("declared from the day on", (HERE, "2026-03-10", "2026-07-31"), status="ja"),
    delivers("declared from the day after on", (HERE, "2026-03-11", "2026-07-31"), status="onbekend"),
    delivers("declared for that one day", (HERE, "2026-03-10", "2026-03-10"), status="ja"),
    delivers("only another school declared", (ELSEWHERE, "2025-08-01", "2026-07-31"), status="onbekend"),
    delivers(
        "two declarations with the day between them",
        (HERE, "2025-08-01", "2026-03-09"),
        (HERE, "2026-03-11", "2026-07-31"),
        status="onbekend",
    ),
    delivers(
        "two declarations that overlap on the day",
        (HERE, "2025-08-01", "2026-03-10"),
        (HERE, "2026-03-10", "2026-07-31"),
        status="ja",
    ),
    Case("not declared, nothing asked", (), "onbekend", delivers=()),
]

BY_THE_PUPIL = [
    *table(
        AGE_17,
        """
ja                 | a pupil of 17 says yes         | 2025-09-10 leerling ja
nee                | a pupil of 17 says no          | 2025-09-10 leerling nee
ingetrokken        | a pupil of 17 withdraws        | 2025-09-10 leerling ingetrokken
nee                | yes, later no                  | 2025-09-10 leerling ja; 2025-10-01 leerling nee
ja                 | no, later yes                  | 2025-09-10 leerling nee; 2025-10-01 leerling ja
ja                 | withdrawn, later yes           | 2025-09-10 leerling ingetrokken; 2025-10-01 leerling ja
nee                | yes and no on one day          | 2025-09-10 leerling ja; 2025-09-10 leerling nee
ingetrokken        | withdrawn and no on one day    | 2025-09-10 leerling ingetrokken; 2025-09-10 leerling nee
ingetrokken        | withdrawn and yes on one day   | 2025-09-10 leerling ingetrokken; 2025-09-10 leerling ja
ja                 | a later unanswered request     | 2025-09-10 leerling ja; 2025-10-01 leerling onbeantwoord
ja                 | a yes on the day itself exists | 2026-03-10 leerling ja
ja                 | a later no without a source    | 2025-09-10 leerling ja
                   |                                | 2026-01-10 leerling nee zonder-bron
ja                 | a later no of a parent         | 2025-09-10 leerling ja; 2026-01-10 ouder1 nee
        """,
    ),
    *table(
        TURNED_16_IN_DECEMBER,
        """
ja                 | own yes after a parent's no before the birthday | 2025-09-10 ouder1 nee
                   |                                                 | 2026-01-10 leerling ja
nee                | own no after a parent's yes before the birthday | 2025-09-10 ouder1 ja
                   |                                                 | 2026-01-10 leerling nee
ja                 | the pupil answers on the 16th birthday          | 2025-12-01 leerling ja
onbevoegd          | the pupil answers a day before it               | 2025-11-30 leerling ja
        """,
    ),
    Case(
        "born on 29 February, 16 on 29 February",
        ("2024-02-29 leerling ja",),
        "verlopen_ja",
        born="2008-02-29",
    ),
    Case(
        "born on 29 February, not 16 on the 28th",
        ("2024-02-28 leerling ja",),
        "niet_gevraagd",
        born="2008-02-29",
    ),
]

BY_THE_PARENTS = [
    *table(
        AGE_13,
        """
ja                 | one parent says yes                       | 2025-09-10 ouder1 ja
nee                | one parent says no                        | 2025-09-10 ouder1 nee
ingetrokken        | one parent withdraws                      | 2025-09-10 ouder2 ingetrokken
ja                 | a guardian says yes                       | 2025-09-10 voogd ja
ja                 | both say yes                              | 2025-09-10 ouder1 ja; 2025-09-12 ouder2 ja
nee                | both say no                               | 2025-09-10 ouder1 nee; 2025-09-12 ouder2 nee
conflict           | yes beside no                             | 2025-09-10 ouder1 ja; 2025-09-12 ouder2 nee
conflict           | yes beside withdrawn                      | 2025-09-10 ouder1 ja
                   |                                           | 2025-09-12 ouder2 ingetrokken
ingetrokken        | no beside withdrawn                       | 2025-09-10 ouder1 nee
                   |                                           | 2025-09-12 ouder2 ingetrokken
conflict           | two yes, one no                           | 2025-09-10 ouder1 ja
                   |                                           | 2025-09-10 ouder2 ja
                   |                                           | 2025-09-10 voogd nee
nee                | one parent: yes, later no                 | 2025-09-10 ouder1 ja; 2025-10-01 ouder1 nee
ja                 | one parent: no, later yes                 | 2025-09-10 ouder1 nee; 2025-10-01 ouder1 ja
nee                | one parent: yes and no on one day         | 2025-09-10 ouder1 ja; 2025-09-10 ouder1 nee
ingetrokken        | one parent: yes and withdrawn on one day  | 2025-09-10 ouder1 ja
                   |                                           | 2025-09-10 ouder1 ingetrokken
nee                | the other parent: no and yes on one day   | 2025-09-10 ouder2 nee
                   |                                           | 2025-09-10 ouder2 ja
nee                | a guardian: yes and no on one day         | 2025-09-10 voogd ja
                   |                                           | 2025-09-10 voogd nee
ingetrokken        | a guardian: no, later withdrawn           | 2025-09-10 voogd nee
                   |                                           | 2025-10-01 voogd ingetrokken
ja                 | a conflict that ended                     | 2025-09-10 ouder1 ja
                   |                                           | 2025-09-10 ouder2 nee
                   |                                           | 2025-10-01 ouder2 ja
conflict           | a later parent doesn't overrule the first | 2025-09-10 ouder1 nee; 2026-01-10 ouder2 ja
ja                 | a child's no beside a parent's yes        | 2025-09-10 ouder1 ja; 2025-10-01 leerling nee
nee                | a tick by the school beside a parent's no | 2025-09-10 ouder1 nee; 2025-10-01 school ja
ja                 | another parent's no, without a source     | 2025-09-10 ouder1 ja
                   |                                           | 2025-10-01 ouder2 nee zonder-bron
ja                 | another parent's no, without a date       | 2025-09-10 ouder1 ja; zonder-datum ouder2 nee
ja                 | the same yes twice, from two sources      | 2025-09-10 ouder1 ja
                   |                                           | 2025-09-10 ouder1 ja bron=Somtoday
        """,
    ),
    Case(
        "a no that comes after the day",
        ("2025-09-10 ouder1 ja", "2026-03-01 ouder1 nee"),
        "ja",
        on="2026-02-28",
    ),
    Case("the eve of the 16th birthday", ("2025-09-10 ouder1 ja",), "ja", born="2010-03-11"),
]

TURNED_16 = [
    *table(
        TURNED_16_IN_DECEMBER,
        """
onbevoegd          | a parent answers on the birthday         | 2025-12-01 ouder1 ja
werd_16_ja         | a parent answers a day before it         | 2025-11-30 ouder1 ja
werd_16_ja         | a parent's withdrawal after the birthday | 2025-09-10 ouder1 ja
                   |                                          | 2026-01-10 ouder1 ingetrokken
        """,
    ),
    Case("a parent's yes, 16 today", ("2025-09-10 ouder1 ja",), "werd_16_ja", born="2010-03-10"),
    Case("a parent's no, 16 today", ("2025-09-10 ouder1 nee",), "werd_16_nee", born="2010-03-10"),
    Case(
        "withdrawn by a parent, 16 today",
        ("2025-09-10 ouder1 ingetrokken",),
        "werd_16_nee",
        born="2010-03-10",
    ),
    Case(
        "parents in conflict, 16 today",
        ("2025-09-10 ouder1 ja", "2025-09-10 ouder2 nee"),
        "werd_16_nee",
        born="2010-03-10",
    ),
    Case(
        "a parent's no for this year on the eve of year and birthday",
        ("2025-07-31 ouder1 nee voor=2025-2026",),
        "werd_16_nee",
        born="2009-08-01",
    ),
]

NOT_SOUND = [
    *table(
        AGE_13,
        """
onbevoegd          | a child of 13 says yes                     | 2025-09-10 leerling ja
onbevoegd          | not entitled, beside a tick by the school  | 2025-09-10 leerling ja; 2025-09-10 school ja
niet_uitdrukkelijk | ticked by the school                       | 2025-09-10 school ja
niet_uitdrukkelijk | ticked by the school, a no                 | 2025-09-10 school nee
niet_uitdrukkelijk | ticked, beside an undated parent           | 2025-09-10 school ja; zonder-datum ouder1 ja
niet_aantoonbaar   | ticked by the school, without a source     | 2025-09-10 school ja zonder-bron
niet_aantoonbaar   | ticked by the school, without a date       | zonder-datum school ja
niet_aantoonbaar   | a date on one tick and a source on another | 2025-09-10 school ja zonder-bron
                   |                                            | zonder-datum school ja
niet_aantoonbaar   | a parent, without a source                 | 2025-09-10 ouder1 ja zonder-bron
niet_aantoonbaar   | a child, without a source                  | 2025-09-10 leerling ja zonder-bron
niet_aantoonbaar   | giver unknown                              | 2025-09-10 onbekend ja
niet_aantoonbaar   | giver empty                                | 2025-09-10 zonder-gever ja
niet_aantoonbaar   | without a date                             | zonder-datum ouder1 ja
niet_aantoonbaar   | without a date, labelled this year         | zonder-datum ouder1 ja voor=2025-2026
niet_aantoonbaar   | without a date, giver or source            | zonder-datum zonder-gever nee zonder-bron
niet_aantoonbaar   | undated outranks last year's sound yes     | 2024-09-10 ouder1 ja; zonder-datum ouder1 ja
niet_uitdrukkelijk | a tick outranks last year's sound yes      | 2024-09-10 ouder1 ja; 2025-09-10 school ja
onbevoegd          | not entitled outranks last year's sound no | 2024-09-10 ouder1 nee
                   |                                            | 2025-09-10 leerling ja
niet_aantoonbaar   | undated, beside an unanswered request      | zonder-datum ouder1 nee
                   |                                            | 2025-09-10 ouder1 onbeantwoord
niet_uitdrukkelijk | a tick for this year, set last year        | 2025-06-10 school ja voor=2025-2026
        """,
    ),
    *table(
        AGE_17,
        """
onbevoegd          | a parent of a pupil of 17 says yes | 2025-09-10 ouder1 ja
onbevoegd          | a parent of a pupil of 17 says no  | 2025-09-10 ouder1 nee
        """,
    ),
]

OF_EARLIER_YEARS = [
    *table(
        AGE_13,
        """
verlopen_ja        | yes of last year                               | 2024-09-10 ouder1 ja
verlopen_nee       | no of last year                                | 2024-09-10 ouder1 nee
verlopen_nee       | withdrawn last year                            | 2024-09-10 ouder1 ingetrokken
verlopen_nee       | in conflict last year                          | 2024-09-10 ouder1 ja
                   |                                                | 2024-09-10 ouder2 nee
verlopen_ja        | the last day of last year                      | 2025-07-31 ouder1 ja
ja                 | the first day of this year                     | 2025-08-01 ouder1 ja
verlopen_ja        | no of two years ago, yes of last year          | 2023-09-10 ouder1 nee
                   |                                                | 2024-09-10 ouder1 ja
verlopen_nee       | yes of two years ago, no of last year          | 2023-09-10 ouder1 ja
                   |                                                | 2024-09-10 ouder1 nee
verlopen_ja        | yes of two years ago, nothing since            | 2023-09-10 ouder1 ja
verlopen_ja        | each parent in another year: the latest year   | 2023-09-10 ouder1 nee
                   |                                                | 2024-09-10 ouder2 ja
verlopen_ja        | expired, beside this year's unanswered request | 2024-09-10 ouder1 ja
                   |                                                | 2025-09-10 ouder1 onbeantwoord
verlopen_ja        | given this year, but for last year             | 2025-09-10 ouder1 ja voor=2024-2025
ja                 | given last year, but for this year             | 2025-06-10 ouder1 ja voor=2025-2026
niet_gevraagd      | for next year: not yet                         | 2026-03-01 ouder1 ja voor=2026-2027
verlopen_nee       | for next year, beside last year's no           | 2024-09-10 ouder1 nee
                   |                                                | 2026-03-01 ouder1 ja voor=2026-2027
ja                 | for next year, beside this year's yes          | 2025-09-10 ouder1 ja
                   |                                                | 2026-03-01 ouder1 nee voor=2026-2027
verlopen_ja        | the latest year is that of the labels          | 2023-09-10 ouder1 ja voor=2024-2025
                   |                                                | 2024-06-10 ouder1 nee voor=2023-2024
niet_gevraagd      | a tick of last year: nothing now               | 2024-09-10 school ja
niet_gevraagd      | a child's yes of last year: nothing now        | 2024-09-10 leerling ja
niet_gevraagd      | last year without a source: nothing now        | 2024-09-10 ouder1 ja zonder-bron
niet_gevraagd      | undated, labelled last year: nothing now       | zonder-datum ouder1 ja voor=2024-2025
verlopen_ja        | undated of last year beside a sound one        | 2024-09-10 ouder1 ja
                   |                                                | zonder-datum ouder1 nee voor=2024-2025
        """,
    ),
    *table(
        AGE_17,
        """
verlopen_ja        | a parent's yes of last year, 16 since | 2023-09-10 ouder1 ja
verlopen_ja        | a pupil's own yes of last year        | 2024-09-10 leerling ja
        """,
    ),
    Case("on 31 July the year still holds", ("2024-09-10 ouder1 ja",), "ja", on="2025-07-31"),
    Case("on 31 August a new year has begun", ("2024-09-10 ouder1 ja",), "verlopen_ja", on="2025-08-31"),
    Case(
        "on 1 August a new year has begun",
        ("2024-09-10 ouder1 ja",),
        "verlopen_ja",
        on="2025-08-01",
        today=date(2025, 8, 1),
    ),
    Case(
        "of last year the pupil's own no counts, not a parent's yes",
        ("2024-09-10 ouder1 ja", "2025-03-10 leerling nee"),
        "verlopen_nee",
        born="2008-12-01",
    ),
    Case(
        "of last year the pupil's own yes counts, not a parent's no",
        ("2024-09-10 ouder1 nee", "2025-03-10 leerling ja"),
        "verlopen_ja",
        born="2008-12-01",
    ),
]

UNANSWERED_OR_NOT_ASKED = [
    *table(
        AGE_13,
        """
niet_gevraagd      | nothing at all                           | -
onbeantwoord       | asked this year, no answer               | 2025-09-10 ouder1 onbeantwoord
onbeantwoord       | asked by the school, without a source    | 2025-09-10 school onbeantwoord zonder-bron
onbeantwoord       | asked without a date, for this year      | zonder-datum ouder1 onbeantwoord voor=2025-2026
niet_gevraagd      | asked without a date or label            | zonder-datum ouder1 onbeantwoord
niet_gevraagd      | asked last year only                     | 2024-09-10 ouder1 onbeantwoord
niet_gevraagd      | asked this year, labelled last year      | 2025-09-10 ouder1 onbeantwoord voor=2024-2025
onbeantwoord       | asked last year, for this year           | 2025-06-10 ouder1 onbeantwoord voor=2025-2026
nee                | asked, answered later: the answer        | 2025-09-10 ouder1 onbeantwoord
                   |                                          | 2025-09-12 ouder1 nee
niet_gevraagd      | for next year only, without a date       | zonder-datum ouder1 ja voor=2026-2027
        """,
    ),
    Case(
        "asked twice, the day between",
        ("2025-09-10 ouder1 onbeantwoord", "2026-03-01 ouder1 onbeantwoord"),
        "onbeantwoord",
        on="2026-02-28",
    ),
    Case("asked after the day", ("2026-03-01 ouder1 onbeantwoord",), "niet_gevraagd", on="2026-02-28"),
    Case("answered after the day", ("2026-03-01 ouder1 ja",), "niet_gevraagd", on="2026-02-28"),
    Case("answered on the month end", ("2026-02-28 ouder1 ja",), "ja", on="2026-02-28"),
    Case("answered for another purpose", ("2025-09-10 ouder1 ja",), "ja", purpose="whatsapp_les"),
]

MOVED = (HERE, "2024-08-01", "2026-01-05"), (ELSEWHERE, "2026-01-05", None)
BOTH = (HERE, "2024-08-01", None), (ELSEWHERE, "2025-08-01", None)
SAME_DAY = (HERE, "2025-08-01", None), (ELSEWHERE, "2025-08-01", None)
YES = ("2025-09-10 ouder1 ja",)

AT_A_SCHOOL = [
    *table(
        AGE_13,
        """
ja                 | an answer given at this school         | 2025-09-10 ouder1 ja op=HERE
niet_gevraagd      | an answer given at another school      | 2025-09-10 ouder1 ja op=ELSEWHERE
ja                 | a no at another school, a yes anywhere | 2025-09-10 ouder1 ja
                   |                                        | 2025-10-01 ouder1 nee op=ELSEWHERE
niet_gevraagd      | an undated answer at another school    | zonder-datum ouder1 ja op=ELSEWHERE
niet_gevraagd      | last year's answer at another school   | 2024-09-10 ouder1 ja op=ELSEWHERE
niet_gevraagd      | asked at another school                | 2025-09-10 ouder1 onbeantwoord op=ELSEWHERE
        """,
    ),
    Case("moved: an answer without a school goes along", YES, None, enrolled=MOVED, elsewhere="ja"),
    Case(
        "moved: the old school's answer stays behind",
        ("2025-09-10 ouder1 ja op=HERE",),
        None,
        enrolled=MOVED,
        elsewhere="niet_gevraagd",
    ),
    Case("before the move it counts", ("2025-09-10 ouder1 ja op=HERE",), "ja", on="2025-12-31", enrolled=MOVED),
    Case(
        "moved: an answer for the new school, given before",
        ("2025-09-10 ouder1 nee op=ELSEWHERE",),
        None,
        enrolled=MOVED,
        elsewhere="nee",
    ),
    Case(
        "moved: the new school's delivery decides",
        YES,
        None,
        enrolled=MOVED,
        delivers=ALL_YEARS[:1],
        elsewhere="onbekend",
    ),
    Case("the first day out", YES, None, enrolled=((HERE, "2024-08-01", "2026-03-10"),)),
    Case("the last day in", YES, "ja", enrolled=((HERE, "2024-08-01", "2026-03-11"),)),
    Case("the first day in", YES, "ja", enrolled=((HERE, "2026-03-10", None),)),
    Case("gone and back", YES, "ja", enrolled=((HERE, "2023-08-01", "2025-07-31"), (HERE, "2026-03-01", None))),
    Case(
        "between two stays",
        YES,
        None,
        on="2025-09-30",
        enrolled=((HERE, "2023-08-01", "2025-07-31"), (HERE, "2026-03-01", None)),
    ),
    Case("two enrolments: the latest", YES, None, enrolled=BOTH, elsewhere="ja"),
    Case(
        "two enrolments: an answer at the earlier school",
        ("2025-09-10 ouder1 ja op=HERE",),
        None,
        enrolled=BOTH,
        elsewhere="niet_gevraagd",
    ),
    Case(
        "two enrolments: the latest does not deliver",
        YES,
        None,
        enrolled=BOTH,
        delivers=ALL_YEARS[:1],
        elsewhere="onbekend",
    ),
    Case("two enrolments of one day: the smallest brin6", YES, "ja", enrolled=SAME_DAY),
    Case(
        "two enrolments: back to the first when the latest ends",
        YES,
        "ja",
        enrolled=((HERE, "2024-08-01", None), (ELSEWHERE, "2025-08-01", "2026-03-10")),
    ),
    Case(
        "two enrolments: the last day of the latest",
        YES,
        None,
        enrolled=((HERE, "2024-08-01", None), (ELSEWHERE, "2025-08-01", "2026-03-11")),
        elsewhere="ja",
    ),
]

CASES = (
    NOT_DELIVERED
    + BY_THE_PUPIL
    + BY_THE_PARENTS
    + TURNED_16
    + NOT_SOUND
    + OF_EARLIER_YEARS
    + UNANSWERED_OR_NOT_ASKED
    + AT_A_SCHOOL
)
