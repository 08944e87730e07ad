"""What one and the same answer comes to under each meaning of "yearly", on both sides of every border.

Under the name of a case stands: schooljaar | twaalf_maanden | codejaar | answer, and more answers on the lines below.
Every pupil has a school of its own, which delivers all the time.

- schooljaar: 1 August to 31 July; an answer may name the school year it is for.
- twaalf_maanden: from the day of the answer until the same date a year later, that date not included.
- codejaar: 1 February to 31 January, by the day of the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from tests.builders import PURPOSE, answers, delivered, pupil, school
from tests.plain_python import YEAR_RULES
from tests.rows import Row

AGE_13 = "2012-05-01"
TURNED_16_IN_DECEMBER = "2009-12-01"  # on 1 December 2025


@dataclass(frozen=True, slots=True)
class YearCase:
    """A pupil's answers and, on one day, the status they come to under each rule."""

    what: str
    said: tuple[str, ...]
    statuses: Mapping[str, str]
    on: date
    today: date
    born: str

    def brin6(self) -> str:
        number = YEAR_CASES.index(self)
        return f"{number % 100:02d}YR{number // 100:02d}"

    def rows(self) -> list[Row]:
        number, here = f"leerling-{YEAR_CASES.index(self)}", self.brin6()
        return [
            school(here),
            pupil(number, here, born=self.born, since="2022-08-01"),
            *answers(number, *self.said, purpose=PURPOSE),
            delivered(here, "toestemmingen", "2022-08-01", "2027-07-31"),
        ]


def on(day: str, text: str, *, today: str | None = None, born: str = AGE_13) -> list[YearCase]:
    """Cases of one day."""
    blank = YearCase("", (), {}, date.fromisoformat(day), date.fromisoformat(today or day), born)
    cases: list[YearCase] = []
    for line in text.strip().splitlines():
        *statuses, said = (cell.strip() for cell in line.split("|"))
        if not statuses:
            cases.append(replace(blank, what=f"{said}, on {day}"))
            continue
        case = cases.pop()
        outcome = dict(zip(YEAR_RULES, statuses, strict=True)) if statuses[0] else case.statuses
        cases.append(replace(case, said=(*case.said, said), statuses=outcome))
    return cases


YEAR_CASES = [
    *on(
        "2026-03-10",
        """
this month
    ja            | ja            | ja            | 2026-03-02 ouder1 ja
first day of the code year
    ja            | ja            | ja            | 2026-02-01 ouder1 ja
last day of the code year before
    ja            | ja            | verlopen_ja   | 2026-01-31 ouder1 ja
first day of the school year
    ja            | ja            | verlopen_ja   | 2025-08-01 ouder1 ja
last day of the school year before
    verlopen_ja   | ja            | verlopen_ja   | 2025-07-31 ouder1 ja
a day less than a year ago
    verlopen_ja   | ja            | verlopen_ja   | 2025-03-11 ouder1 ja
a year ago to the day
    verlopen_ja   | verlopen_ja   | verlopen_ja   | 2025-03-10 ouder1 ja
a day more than a year ago
    verlopen_ja   | verlopen_ja   | verlopen_ja   | 2025-03-09 ouder1 ja
a no within twelve months
    verlopen_nee  | nee           | verlopen_nee  | 2025-06-10 ouder1 nee
withdrawn within twelve months
    verlopen_nee  | ingetrokken   | verlopen_nee  | 2025-06-10 ouder1 ingetrokken
a yes, this year a no
    nee           | nee           | nee           | 2025-06-10 ouder1 ja
                  |               |               | 2026-02-10 ouder1 nee
in advance, with this school year's label
    ja            | ja            | verlopen_ja   | 2025-06-10 ouder1 ja voor=2025-2026
in advance, with the next one's label
    niet_gevraagd | ja            | ja            | 2026-03-02 ouder1 ja voor=2026-2027
afterwards, with the last one's label
    verlopen_ja   | ja            | verlopen_ja   | 2025-09-10 ouder1 ja voor=2024-2025
long ago, with the next one's label
    niet_gevraagd | verlopen_nee  | verlopen_nee  | 2024-09-10 ouder1 nee voor=2026-2027
long ago, with this one's label
    ja            | verlopen_ja   | verlopen_ja   | 2024-09-10 ouder1 ja voor=2025-2026
        """,
    ),
    *on(
        "2026-03-10",
        """
undated, for this school year
    niet_aantoonbaar   | niet_aantoonbaar   | niet_gevraagd      | zonder-datum ouder1 ja voor=2025-2026
undated, for the next one
    niet_gevraagd      | niet_gevraagd      | niet_aantoonbaar   | zonder-datum ouder1 ja voor=2026-2027
undated, for the last one
    niet_gevraagd      | niet_gevraagd      | niet_gevraagd      | zonder-datum ouder1 ja voor=2024-2025
undated, no label
    niet_aantoonbaar   | niet_aantoonbaar   | niet_aantoonbaar   | zonder-datum ouder1 ja
a yes of last June, beside an undated
    niet_aantoonbaar   | ja                 | niet_aantoonbaar   | 2025-06-10 ouder1 ja
                       |                    |                    | zonder-datum ouder1 nee
asked in September
    onbeantwoord       | onbeantwoord       | niet_gevraagd      | 2025-09-10 ouder1 onbeantwoord
asked in February
    onbeantwoord       | onbeantwoord       | onbeantwoord       | 2026-02-10 ouder1 onbeantwoord
asked a day less than a year ago
    niet_gevraagd      | onbeantwoord       | niet_gevraagd      | 2025-03-11 ouder1 onbeantwoord
asked a year ago to the day
    niet_gevraagd      | niet_gevraagd      | niet_gevraagd      | 2025-03-10 ouder1 onbeantwoord
asked, undated, for this school year
    onbeantwoord       | onbeantwoord       | niet_gevraagd      | zonder-datum ouder1 onbeantwoord voor=2025-2026
asked, undated, for the next one
    niet_gevraagd      | niet_gevraagd      | onbeantwoord       | zonder-datum ouder1 onbeantwoord voor=2026-2027
asked, undated, no label
    niet_gevraagd      | niet_gevraagd      | niet_gevraagd      | zonder-datum ouder1 onbeantwoord
a child of 13 in June
    niet_gevraagd      | onbevoegd          | niet_gevraagd      | 2025-06-10 leerling ja
a child of 13 a year ago to the day
    niet_gevraagd      | niet_gevraagd      | niet_gevraagd      | 2025-03-10 leerling ja
ticked by the school in June
    niet_gevraagd      | niet_uitdrukkelijk | niet_gevraagd      | 2025-06-10 school ja
ticked by the school in September
    niet_uitdrukkelijk | niet_uitdrukkelijk | niet_gevraagd      | 2025-09-10 school ja
without a source, in June
    niet_gevraagd      | niet_aantoonbaar   | niet_gevraagd      | 2025-06-10 ouder1 ja zonder-bron
two years ago, and a child's in June
    verlopen_nee       | onbevoegd          | verlopen_nee       | 2024-09-10 ouder1 nee
                       |                    |                    | 2025-06-10 leerling ja
        """,
    ),
    *on(
        "2026-03-10",
        """
a no of June, the other parent's yes of September
    ja           | conflict     | verlopen_nee | 2025-06-10 ouder1 nee
                 |              |              | 2025-09-10 ouder2 ja
a no of September, the other's yes of February
    conflict     | conflict     | ja           | 2025-09-10 ouder1 nee
                 |              |              | 2026-02-10 ouder2 ja
a no of a year ago to the day, the other's yes
    verlopen_nee | ja           | verlopen_nee | 2025-03-10 ouder1 nee
                 |              |              | 2025-03-11 ouder2 ja
        """,
    ),
    *on(
        "2026-03-10",
        """
long over: it spoke when the last one began
    verlopen_ja  | verlopen_nee | verlopen_ja  | 2023-09-10 ouder1 nee
                 |              |              | 2024-09-09 ouder2 ja
long over: it ended the day the last one began
    verlopen_ja  | verlopen_ja  | verlopen_ja  | 2023-09-10 ouder1 nee
                 |              |              | 2024-09-10 ouder2 ja
long over: one school year, two code years
    verlopen_nee | verlopen_nee | verlopen_ja  | 2023-09-10 ouder1 nee
                 |              |              | 2024-02-01 ouder2 ja
long over: two school years, one code year
    verlopen_ja  | verlopen_nee | verlopen_nee | 2024-07-31 ouder1 nee
                 |              |              | 2024-08-01 ouder2 ja
long over: one parent's later word
    verlopen_ja  | verlopen_ja  | verlopen_ja  | 2024-06-10 ouder1 nee
                 |              |              | 2024-09-10 ouder1 ja
long over: a chain of three, not the first
    verlopen_ja  | verlopen_ja  | verlopen_ja  | 2023-02-10 voogd nee
                 |              |              | 2024-01-10 ouder1 ja
                 |              |              | 2024-03-10 ouder2 ja
        """,
    ),
    *on(
        "2026-03-10",
        """
a parent's yes of June, 16 in December
    verlopen_ja  | werd_16_ja   | verlopen_ja  | 2025-06-10 ouder1 ja
a parent's no of June, 16 in December
    verlopen_nee | werd_16_nee  | verlopen_nee | 2025-06-10 ouder1 nee
a parent's yes of September, 16 in December
    werd_16_ja   | werd_16_ja   | verlopen_ja  | 2025-09-10 ouder1 ja
own no of January, a parent's yes of June
    nee          | nee          | verlopen_nee | 2025-06-10 ouder1 ja
                 |              |              | 2026-01-10 leerling nee
        """,
        born=TURNED_16_IN_DECEMBER,
    ),
    *on(
        "2026-01-31",
        """
first day of the code year
    verlopen_ja      | ja               | ja               | 2025-02-01 ouder1 ja
a year ago to the day
    verlopen_ja      | verlopen_ja      | verlopen_ja      | 2025-01-31 ouder1 ja
undated, for this school year
    niet_aantoonbaar | niet_aantoonbaar | niet_aantoonbaar | zonder-datum ouder1 ja voor=2025-2026
asked in September
    onbeantwoord     | onbeantwoord     | onbeantwoord     | 2025-09-10 ouder1 onbeantwoord
        """,
        today="2026-03-10",
    ),
    *on(
        "2026-02-28",
        """
undated, for this school year
    niet_aantoonbaar | niet_aantoonbaar | niet_gevraagd    | zonder-datum ouder1 ja voor=2025-2026
a year ago to the day
    verlopen_ja      | verlopen_ja      | verlopen_ja      | 2025-02-28 ouder1 ja
a day less than a year ago
    verlopen_ja      | ja               | verlopen_ja      | 2025-03-01 ouder1 ja
        """,
        today="2026-03-10",
    ),
    *on(
        "2025-07-31",
        """
answered in September
    ja               | ja               | verlopen_ja      | 2024-09-10 ouder1 ja
undated, for the next one
    niet_gevraagd    | niet_gevraagd    | niet_aantoonbaar | zonder-datum ouder1 ja voor=2025-2026
undated, for this school year
    niet_aantoonbaar | niet_aantoonbaar | niet_gevraagd    | zonder-datum ouder1 ja voor=2024-2025
in advance, long ago, for this year
    ja               | verlopen_ja      | verlopen_ja      | 2024-06-10 ouder1 ja voor=2024-2025
        """,
        today="2026-03-10",
    ),
    *on(
        "2025-08-31",
        """
answered in September
    verlopen_ja      | ja               | verlopen_ja      | 2024-09-10 ouder1 ja
undated, for this school year
    niet_aantoonbaar | niet_aantoonbaar | niet_aantoonbaar | zonder-datum ouder1 ja voor=2025-2026
undated, for the last one
    niet_gevraagd    | niet_gevraagd    | niet_gevraagd    | zonder-datum ouder1 ja voor=2024-2025
        """,
        today="2026-03-10",
    ),
    *on(
        "2026-02-01",
        """
answered today
    ja          | ja          | ja          | 2026-02-01 ouder1 ja
answered yesterday
    ja          | ja          | verlopen_ja | 2026-01-31 ouder1 ja
first day of the code year before
    verlopen_ja | verlopen_ja | verlopen_ja | 2025-02-01 ouder1 ja
the day after it
    verlopen_ja | ja          | verlopen_ja | 2025-02-02 ouder1 ja
        """,
    ),
    *on(
        "2025-02-27",
        """
on 28 February of a leap year
    verlopen_ja | ja          | verlopen_ja | 2024-02-28 ouder1 ja
on 29 February
    verlopen_ja | ja          | verlopen_ja | 2024-02-29 ouder1 ja
        """,
    ),
    *on(
        "2025-02-28",
        """
on 28 February of a leap year
    verlopen_ja | verlopen_ja | verlopen_ja | 2024-02-28 ouder1 ja
on 29 February
    verlopen_ja | verlopen_ja | verlopen_ja | 2024-02-29 ouder1 ja
on 1 March of a leap year
    verlopen_ja | ja          | verlopen_ja | 2024-03-01 ouder1 ja
        """,
    ),
    *on(
        "2024-02-29",
        """
on 29 February itself
    ja          | ja          | ja          | 2024-02-29 ouder1 ja
on 28 February the year before
    verlopen_ja | verlopen_ja | verlopen_ja | 2023-02-28 ouder1 ja
on 1 March the year before
    verlopen_ja | ja          | verlopen_ja | 2023-03-01 ouder1 ja
        """,
    ),
]
