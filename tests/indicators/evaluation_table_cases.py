"""Small deliveries of which every row of the evaluation can be worked out by hand.

A line of `rows` names a dataset, then what the row says:

    school A van=2025-09-01 tot=2026-03-11   a school, and from when until when it is active
    levering A incidenten 2025-02-01 2026-03-10
    incident A 2025-09-10 pesten maatregel=gesprek x3     three of them, with columns
    leerling 1-4 A since=2025-09-01 until=2026-03-01      four pupils
    antwoord 1 2025-09-10 ouder1 ja                       for the website; `whatsapp_les:1` for another purpose
    publicatie p1 A 2025-10-01 1 2                        with two pupils; `whatsapp_les:p1` for another purpose
    bekendmaking website 2025-01-20 A ouders              `*` is the whole group, `-` no group of people
    activiteit training 2025-09-01 A
    stage stagiair 2025-09-01 controle_datum=2025-08-31
    personeel A 2025-09-01 social_mediacoach=ja whatsapp_bezwaar=nee
    consultatie 2025-10-01 A
    besluit 2026-01-10 VI.5 status=open                   `-` is about no article

A line of `expected` reads: article, indicator, teller, noemer, waarde, vorige_waarde, oordeel, kwaliteit; `-` is
empty and `.` isn't looked at. It is about the latest period that has begun, or about the one that the line begins with.

The day of the delivery is 10 March 2026, unless a case says otherwise. From February 2025 up to that day there are
13 months with school days (August 2025 has none), from February 2023 to January 2025 there are 24. Without lines for
schools there are two, A and B, active all the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tests.builders import PURPOSE, answer, day, delivered, incident, pupil
from tests.rows import Activity, Announcement, Consultation, Placement, Publication, Resolution, Row, School, Staff

LAST_ENDED = "2025-02/2027-01"


@dataclass(frozen=True, slots=True)
class EvaluationCase:
    """A delivery, and rows of the evaluation."""

    what: str
    rows: str
    expected: str
    today: str = "2026-03-10"
    corrected: str = ""
    """Rows of a second delivery on the same day."""
    missing: tuple[str, ...] = ()
    """Dates that the registry doesn't hold: gmr, board, in_force."""

    @property
    def day(self) -> date:
        return day(self.today)

    def deliveries(self) -> list[list[Row]]:
        """What is imported, in this order."""
        first = list(rows_of(self.rows))
        if not any(isinstance(row, School) for row in first):
            first = [*rows_of("school A\nschool B"), *first]
        return [first, list(rows_of(self.corrected))] if self.corrected else [first]

    def expected_rows(self) -> dict[tuple[str, str, str], list[str]]:
        """Period, article and indicator with the cells after them, as they are written."""
        first = self.day.year - (self.day.month < 2)
        first -= (first - 2025) % 2
        found = {}
        for line in lines_of(self.expected):
            words = line.split()
            period = words.pop(0) if "/" in words[0] else f"{first}-02/{first + 2}-01"
            article, indicator, *cells = words
            found[period, article, indicator] = cells
        return found


def lines_of(text: str) -> list[str]:
    return [line for line in text.strip().splitlines() if line.strip()]


def brin6(name: str) -> str:
    """The number of school A, B, …"""
    return f"{ord(name) - 64:02d}{name}{name}00"


# --- lines that are rows -------------------------------------------------------------


def rows_of(text: str) -> Iterator[Row]:
    """The rows that the lines say."""
    for number, line in enumerate(lines_of(text)):
        dataset, *words = line.split()
        plain = [word for word in words if "=" not in word and not is_times(word)]
        columns = {
            name: value_of(name, value) for name, _, value in (word.partition("=") for word in words if "=" in word)
        }
        times = next((int(word[1:]) for word in words if is_times(word)), 1)
        for turn in range(times):
            yield from LINES[dataset](f"{number}-{turn}", plain, columns)


def is_times(word: str) -> bool:
    return word.startswith("x") and word[1:].isdigit()


def value_of(name: str, text: str) -> object:
    """A column that a line names; `_` is a blank."""
    if name in {"van", "tot", "since", "until"} or name.endswith(("_op", "_datum")):
        return day(text)
    return {"ja": True, "nee": False}.get(text, text.replace("_", " "))


Columns = Mapping[str, object]


def _school(_: str, words: list[str], columns: Columns) -> Iterator[Row]:
    for name in words[0]:
        yield School(brin6(name), f"School {name}", None, day_of(columns.get("van")), day_of(columns.get("tot")))


def day_of(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _delivered(_: str, words: list[str], __: Columns) -> Iterator[Row]:
    names, dataset, first, last = words
    for name in names:
        yield delivered(brin6(name), dataset, first, last)


def _incident(number: str, words: list[str], columns: Columns) -> Iterator[Row]:
    name, when, category = words
    more = {column: value for column, value in columns.items() if column != "id"}
    yield incident(str(columns.get("id", number)), when, category, brin6(name), **more)


def _pupils(_: str, words: list[str], columns: Columns) -> Iterator[Row]:
    numbers, name = words
    since, until = day_of(columns.get("since")), day_of(columns.get("until"))
    for number in numbers_of(numbers):
        yield pupil(number, brin6(name), since=since or "2024-08-01", until=until)


def numbers_of(text: str) -> list[str]:
    first, _, last = text.partition("-")
    return [str(number) for number in range(int(first), int(last or first) + 1)]


def _answer(_: str, words: list[str], __: Columns) -> Iterator[Row]:
    purpose, _, numbers = words[0].rpartition(":")
    for number in numbers_of(numbers):
        yield answer(number, " ".join(words[1:]), purpose or PURPOSE)


def _publication(_: str, words: list[str], __: Columns) -> Iterator[Row]:
    purpose, _, number = words[0].rpartition(":")
    for numbers in words[3:]:
        for who in numbers_of(numbers):
            yield Publication(number, brin6(words[1]), day(words[2]), purpose or PURPOSE, who)


def _announcement(_: str, words: list[str], __: Columns) -> Iterator[Row]:
    channel, when, where, people = words
    yield Announcement(channel, day(when), None if where == "*" else brin6(where), None if people == "-" else people)


def _activity(_: str, words: list[str], __: Columns) -> Iterator[Row]:
    kind, when, name = words
    yield Activity(day(when), brin6(name), kind)


def _placement(number: str, words: list[str], columns: Columns) -> Iterator[Row]:
    kind, starts = words
    yield Placement(
        str(columns.get("id", number)), brin6("A"), kind, day(starts), day_of(columns.get("controle_datum"))
    )


def _staff(_: str, words: list[str], columns: Columns) -> Iterator[Row]:
    coach, objection = (columns.get(name) for name in ("social_mediacoach", "whatsapp_bezwaar"))
    yield Staff(
        brin6(words[0]),
        day(words[1]),
        40,
        coach if isinstance(coach, bool) else None,
        objection if isinstance(objection, bool) else None,
    )


def _consultation(_: str, words: list[str], __: Columns) -> Iterator[Row]:
    yield Consultation(day(words[0]), brin6(words[1]), "leidinggevende")


def _resolution(number: str, words: list[str], columns: Columns) -> Iterator[Row]:
    when, article = words
    status = columns.get("status")
    yield Resolution(
        number,
        day(when),
        None if article == "-" else article,
        "Iets besloten",
        status=status if isinstance(status, str) else None,
    )


LINES: Mapping[str, Callable[[str, list[str], Columns], Iterator[Row]]] = {
    "school": _school,
    "levering": _delivered,
    "incident": _incident,
    "leerling": _pupils,
    "antwoord": _answer,
    "publicatie": _publication,
    "bekendmaking": _announcement,
    "activiteit": _activity,
    "stage": _placement,
    "personeel": _staff,
    "consultatie": _consultation,
    "besluit": _resolution,
}

# --- I, IV.A.5: activities -----------------------------------------------------------

ACTIVITIES = [
    EvaluationCase(
        "I: trainings from the first day of the period up to today, no lessons or parent evenings",
        """
        activiteit training 2025-01-31 A
        activiteit training 2025-02-01 A
        activiteit training 2026-03-10 A
        activiteit training 2026-03-11 B
        activiteit les 2025-10-01 B
        activiteit ouderavond 2025-10-01 B
        """,
        """
        I trainingen              2 - 2   1   geen_norm 1
        I scholen_zonder_training 1 2 1/2 1/2 geen_norm 1
        """,
    ),
    EvaluationCase(
        "I: never delivered: everything empty",
        "",
        """
        I trainingen              - - - - geen_gegevens 0
        I scholen_zonder_training - - - - geen_gegevens 0
        IV.A.5 lessen_en_ouderavonden - - - - geen_gegevens 0
        IV.A.5 scholen_zonder_les     - - - - geen_gegevens 0
        """,
    ),
    EvaluationCase(
        "I: what lies ahead is delivered, but isn't in the period yet",
        "activiteit training 2026-03-11 A",
        """
        I trainingen              0 - 0 - geen_norm 1
        I scholen_zonder_training 2 2 1 - geen_norm 1
        """,
    ),
    EvaluationCase(
        "I: delivered before the period only: 0 now, and as it was then",
        "activiteit training 2023-02-01 A\nactiviteit training 2023-01-31 B",
        """
        I trainingen              0 - 0 1   geen_norm 1
        I scholen_zonder_training 2 2 1 1/2 geen_norm 1
        """,
    ),
    EvaluationCase(
        "I: an activity before those two years says nothing of them",
        "activiteit training 2023-01-31 A",
        "I trainingen 0 - 0 - geen_norm 1",
    ),
    EvaluationCase(
        "I: another kind of activity in those two years makes theirs 0",
        "activiteit les 2024-10-01 A",
        """
        I trainingen              0 - 0 0 geen_norm 1
        I scholen_zonder_training 2 2 1 1 geen_norm 1
        IV.A.5 scholen_zonder_les 2 2 1 1/2 geen_norm 1
        """,
    ),
    EvaluationCase(
        "I: a training at a school that closed counts, the school doesn't",
        """
        school A
        school B tot=2026-03-10
        activiteit training 2025-10-01 B
        """,
        """
        I trainingen              1 - 1 - geen_norm 1
        I scholen_zonder_training 1 1 1 - geen_norm 1
        """,
    ),
    EvaluationCase(
        "I: a school is active from its first day, up to the day before its last",
        """
        school A van=2026-03-10
        school B van=2026-03-11
        school C tot=2026-03-11
        activiteit training 2025-10-01 C
        """,
        "I scholen_zonder_training 1 2 1/2 - geen_norm 1",
    ),
    EvaluationCase(
        "I: the two years before take the schools of their last day",
        """
        school A van=2025-02-01
        school B tot=2025-02-01
        school C tot=2025-01-31
        activiteit training 2024-10-01 C
        """,
        """
        I trainingen              0 - 0 1 geen_norm 1
        I scholen_zonder_training 1 1 1 1 geen_norm 1
        """,
    ),
    EvaluationCase(
        "I: no active school at all",
        "school A tot=2026-01-01\nactiviteit training 2025-10-01 A",
        """
        I trainingen              1 - 1 - geen_norm     1
        I scholen_zonder_training 0 0 - - geen_gegevens 1
        """,
    ),
    EvaluationCase(
        "IV.A.5: lessons and parent evenings together, but only a lesson is one",
        """
        activiteit les 2025-10-01 A
        activiteit les 2025-10-02 A
        activiteit ouderavond 2025-10-01 B
        activiteit training 2025-10-01 B
        """,
        """
        IV.A.5 lessen_en_ouderavonden 3 - 3   - geen_norm 1
        IV.A.5 scholen_zonder_les     1 2 1/2 - geen_norm 1
        """,
    ),
]

# --- II.1, VI.4: announcements -------------------------------------------------------

ALL_INFORMED = "\n".join(f"bekendmaking bericht 2025-01-31 * {who}" for who in ("leerlingen", "ouders", "medewerkers"))
TEN = "school ABCDEFGHIJ"


def told(number: int) -> str:
    """Pupils and parents everywhere, and staff at so many schools."""
    everywhere = "\n".join(f"bekendmaking website 2025-01-20 * {who}" for who in ("leerlingen", "ouders"))
    return "\n".join(
        [TEN, everywhere, *(f"bekendmaking bericht 2025-01-20 {n} medewerkers" for n in "ABCDEFGHIJ"[:number])]
    )


ANNOUNCEMENTS = [
    EvaluationCase(
        "II.1: told for the whole group, every school is told",
        ALL_INFORMED,
        "II.1 tijdig_bekend 6 6 1 - op_orde 1",
    ),
    EvaluationCase(
        "II.1: on the day itself is too late",
        ALL_INFORMED.replace("2025-01-31 * ouders", "2025-02-01 * ouders"),
        "II.1 tijdig_bekend 4 6 2/3 - niet_op_orde 1",
    ),
    EvaluationCase(
        "II.1: told at one school, only there; twice is once; any channel does",
        """
        bekendmaking bericht 2025-01-20 A ouders
        bekendmaking website 2025-01-21 A ouders
        bekendmaking schoolwebsite 2025-01-22 B leerlingen
        """,
        "II.1 tijdig_bekend 2 6 1/3 - niet_op_orde 1",
    ),
    EvaluationCase(
        "II.1: for nobody in particular informs nobody",
        "bekendmaking website 2025-01-20 * -",
        "II.1 tijdig_bekend 0 6 0 - niet_op_orde 1",
    ),
    EvaluationCase(
        "II.1: told years before counts too, and so does the whole group for a school that came later",
        """
        school A van=2025-09-01
        school B tot=2025-09-01
        bekendmaking website 2022-01-01 * leerlingen
        bekendmaking website 2025-01-20 B ouders
        """,
        "II.1 tijdig_bekend 1 3 1/3 - niet_op_orde 1",
    ),
    EvaluationCase(
        "II.1: told too late everywhere is delivered, and 0",
        "bekendmaking website 2025-03-01 * ouders",
        "II.1 tijdig_bekend 0 6 0 - niet_op_orde 1",
    ),
    EvaluationCase(
        "II.1: exactly a tenth from the norm is attention",
        told(7),
        "II.1 tijdig_bekend 27 30 9/10 - aandacht 1",
    ),
    EvaluationCase(
        "II.1: a pair further is not",
        told(6),
        "II.1 tijdig_bekend 26 30 13/15 - niet_op_orde 1",
    ),
    EvaluationCase(
        "II.1: one pair short of all is attention",
        told(9),
        "II.1 tijdig_bekend 29 30 29/30 - aandacht 1",
    ),
    EvaluationCase(
        "II.1 and VI.4: never delivered",
        "",
        """
        II.1 tijdig_bekend - - - - geen_gegevens 0
        VI.4 gepubliceerd  - - - - geen_gegevens 0
        """,
    ),
    EvaluationCase(
        "II.1 and VI.4: no active school: nobody to tell, two places left",
        "school A tot=2026-01-01\nbekendmaking website 2025-01-20 * ouders",
        """
        II.1 tijdig_bekend 0 0 -   - geen_gegevens 1
        VI.4 gepubliceerd  1 2 1/2 - niet_op_orde  1
        """,
    ),
    EvaluationCase(
        "VI.4: website, intranet and every school's site, whoever it was for, up to today",
        """
        bekendmaking website 2024-12-20 * -
        bekendmaking intranet 2026-03-10 * medewerkers
        bekendmaking schoolwebsite 2025-02-01 A ouders
        bekendmaking schoolwebsite 2025-05-01 B -
        """,
        "VI.4 gepubliceerd 4 4 1 - op_orde 1",
    ),
    EvaluationCase(
        "VI.4: the website of one school isn't the group's",
        """
        bekendmaking website 2025-01-20 A -
        bekendmaking intranet 2025-01-20 B -
        """,
        "VI.4 gepubliceerd 0 4 0 - niet_op_orde 1",
    ),
    EvaluationCase(
        "VI.4: school sites of the whole group are those of every school; a message is none",
        """
        bekendmaking schoolwebsite 2025-01-20 * -
        bekendmaking bericht 2025-01-20 * -
        """,
        "VI.4 gepubliceerd 2 4 1/2 - niet_op_orde 1",
    ),
    EvaluationCase(
        "VI.4: the site of a school that closed is asked of nobody",
        """
        school A
        school B tot=2025-09-01
        bekendmaking website 2025-01-20 * -
        bekendmaking schoolwebsite 2025-01-20 B -
        """,
        "VI.4 gepubliceerd 1 3 1/3 - niet_op_orde 1",
    ),
    EvaluationCase(
        "VI.4: of a period that has ended, up to its last day; whatever is delivered since counts as delivered",
        """
        bekendmaking website 2027-01-31 * -
        bekendmaking intranet 2027-02-01 * -
        """,
        f"""
        {LAST_ENDED} VI.4 gepubliceerd 1 4 1/4 - niet_op_orde 1
        VI.4 gepubliceerd 2 4 1/2 - niet_op_orde 1
        """,
        today="2027-02-10",
    ),
]

# --- II.2, II.3: all incidents -------------------------------------------------------

REACHES = [
    EvaluationCase(
        "II.2: by reach, of all of them; empty is school; outside is nowhere else",
        """
        incident A 2025-09-10 pesten x2
        incident A 2025-09-10 pesten reikwijdte=school
        incident B 2025-09-10 pesten reikwijdte=overlap
        incident B 2025-09-10 pesten reikwijdte=buiten x4
        """,
        """
        II.2 incidenten_school  3 8 3/8 - geen_norm 0
        II.2 incidenten_overlap 1 8 1/8 - geen_norm 0
        II.2 incidenten_buiten  4 8 1/2 - geen_norm 0
        IV.A.6 incidenten       4 - 4   - geen_norm 0
        """,
    ),
    EvaluationCase(
        "II.2: the day before the period is in the two years before it",
        """
        incident A 2025-01-31 pesten
        incident A 2025-01-31 pesten reikwijdte=buiten
        incident A 2025-02-01 pesten
        """,
        """
        II.2 incidenten_school 1 1 1 1/2 geen_norm 0
        II.2 incidenten_buiten 0 1 0 1/2 geen_norm 0
        """,
    ),
    EvaluationCase(
        "II.2: nothing delivered",
        "",
        """
        II.2 incidenten_school  - - - - geen_gegevens 0
        II.2 incidenten_overlap - - - - geen_gegevens 0
        II.2 incidenten_buiten  - - - - geen_gegevens 0
        II.3 platforms          - - - - geen_gegevens 0
        II.3 nieuwe_platforms   - - - - geen_gegevens 0
        """,
    ),
    EvaluationCase(
        "II.2: a month delivered in full, and nothing happened: 0 of 0",
        "levering A incidenten 2025-09-01 2025-09-30",
        """
        II.2 incidenten_school 0 0 - - geen_gegevens 1/26
        II.3 platforms         0 - 0 - geen_norm     1/26
        """,
    ),
    EvaluationCase(
        "II.2: incidents outside the school only: delivered",
        "incident A 2025-09-10 pesten reikwijdte=buiten platform=x",
        """
        II.2 incidenten_buiten 1 1 1 - geen_norm     0
        II.3 platforms         0 - 0 - geen_norm     0
        IV.A.6 incidenten      0 - 0 - geen_norm     0
        IV.A.6 met_maatregel   0 0 - - geen_gegevens 0
        """,
    ),
    EvaluationCase(
        "II.3: a platform counts once, as it was kept; empty is none; of incidents outside the school none",
        """
        incident A 2025-09-10 pesten platform=whatsapp x3
        incident B 2025-09-10 kwetsen platform=whatsapp
        incident A 2025-09-10 pesten platform=Nieuwe_App
        incident A 2025-09-10 pesten platform=nieuwe_app
        incident A 2025-09-10 pesten platform=e-mail
        incident A 2025-09-10 pesten
        incident A 2025-09-10 pesten platform=discord reikwijdte=buiten
        incident A 2024-09-10 pesten platform=discord
        incident A 2024-09-10 pesten platform=x
        """,
        """
        II.3 platforms        4 - 4 2 geen_norm 0
        II.3 nieuwe_platforms 2 - 2 1 geen_norm 0
        """,
    ),
]

# --- III.6: interns ------------------------------------------------------------------

INTERNS = [
    EvaluationCase(
        "III.6: checked the day before; on the day itself, later or not at all is not before",
        """
        stage stagiair 2025-09-01 controle_datum=2025-08-31
        stage stagiair 2025-09-01 controle_datum=2025-09-01
        stage stagiair 2025-09-01 controle_datum=2025-09-02
        stage stagiair 2025-09-01
        """,
        "III.6 vooraf_gecontroleerd 1 4 1/4 - niet_op_orde 1",
    ),
    EvaluationCase(
        "III.6: who started in the period and not later than today; volunteers are none",
        """
        stage stagiair 2025-01-31
        stage stagiair 2025-02-01 controle_datum=2024-06-01
        stage stagiair 2026-03-10 controle_datum=2026-03-09
        stage stagiair 2026-03-11
        stage vrijwilliger 2025-09-01
        """,
        "III.6 vooraf_gecontroleerd 2 2 1 0 op_orde 1",
    ),
    EvaluationCase(
        "III.6: never delivered",
        "",
        "III.6 vooraf_gecontroleerd - - - - geen_gegevens 0",
    ),
    EvaluationCase(
        "III.6: only volunteers, or only ahead: delivered, of nobody",
        "stage vrijwilliger 2025-09-01\nstage stagiair 2026-09-01 controle_datum=2026-01-01",
        "III.6 vooraf_gecontroleerd 0 0 - - geen_gegevens 1",
    ),
    EvaluationCase(
        "III.6: nine of ten is attention",
        "stage stagiair 2025-09-01\nstage stagiair 2025-09-01 controle_datum=2025-08-31 x9",
        "III.6 vooraf_gecontroleerd 9 10 9/10 - aandacht 1",
    ),
    EvaluationCase(
        "III.6: a row that is delivered again counts as it is now",
        """
        stage stagiair 2025-09-01 id=s1
        stage stagiair 2025-09-01 id=s2 controle_datum=2025-08-01
        """,
        "III.6 vooraf_gecontroleerd 2 2 1 - op_orde 1",
        corrected="stage stagiair 2025-09-01 id=s1 controle_datum=2025-08-20",
    ),
]

# --- IV: incidents of an article -----------------------------------------------------

EVERY_CATEGORY = "\n".join(
    f"incident A 2025-09-10 {category}"
    for category in (
        *("pesten", "kwetsen", "stalken", "bedreigen", "zwartmaken", "anders_beschadigen"),
        *("social_media_in_les", "opname_online_les", "lesopname_gedeeld"),
        *("vertrouwelijk_gedeeld", "auteursrecht", "schade_goede_naam"),
        *("afstand", "prive_account", "prive_email", "vertrouwelijk_personeel", "rol_niet_vermeld"),
        *("beeld_zonder_toestemming", "middel_zonder_toestemming", "ontspoord"),
    )
)

INCIDENTS = [
    EvaluationCase(
        "IV: every category under its article",
        EVERY_CATEGORY,
        """
        IV.A.1 incidenten  1 - 1 - geen_norm 0
        IV.A.2 incidenten  2 - 2 - geen_norm 0
        IV.A.3 incidenten  3 - 3 - geen_norm 0
        IV.A.6 incidenten  6 - 6 - geen_norm 0
        IV.M.1 incidenten  1 - 1 - geen_norm 0
        IV.M.3 incidenten  1 - 1 - geen_norm 0
        IV.M.4 incidenten  1 - 1 - geen_norm 0
        IV.M.5 incidenten  1 - 1 - geen_norm 0
        IV.M.7 incidenten  1 - 1 - geen_norm 0
        IV.M.8 incidenten  1 - 1 - geen_norm 0
        IV.M.9 incidenten  1 - 1 - geen_norm 0
        IV.M.10 incidenten 1 - 1 - geen_norm 0
        """,
    ),
    EvaluationCase(
        "IV: from the first day up to today, at closed schools too; before it is before; outside is nowhere",
        """
        school A
        school B tot=2025-06-01
        incident A 2023-01-31 afstand
        incident A 2023-02-01 afstand
        incident A 2025-01-31 afstand x2
        incident A 2025-02-01 afstand
        incident B 2025-03-03 afstand reikwijdte=overlap
        incident A 2026-03-10 afstand
        incident A 2026-03-10 afstand reikwijdte=buiten
        """,
        "IV.M.1 incidenten 3 - 3 3 geen_norm 0",
    ),
    EvaluationCase(
        "IV.A.1: in a lesson, or not, or not said",
        """
        incident A 2025-09-10 social_media_in_les in_les=ja
        incident A 2025-09-10 social_media_in_les in_les=nee
        incident A 2025-09-10 social_media_in_les
        incident A 2025-09-10 social_media_in_les in_les=ja reikwijdte=buiten
        incident A 2025-09-10 pesten in_les=ja
        incident A 2024-09-10 social_media_in_les in_les=ja
        """,
        """
        IV.A.1 incidenten 3 - 3   1 geen_norm 0
        IV.A.1 in_les     1 3 1/3 1 geen_norm 0
        """,
    ),
    EvaluationCase(
        "IV.A.6: a measure is anything but none or empty",
        """
        incident A 2025-09-10 pesten maatregel=gesprek
        incident A 2025-09-10 kwetsen maatregel=aangifte
        incident A 2025-09-10 stalken maatregel=anders
        incident A 2025-09-10 pesten maatregel=geen
        incident A 2025-09-10 pesten
        incident A 2025-09-10 auteursrecht maatregel=gesprek
        """,
        "IV.A.6 met_maatregel 3 5 3/5 - niet_op_orde 0",
    ),
    EvaluationCase(
        "IV.A.6: nine of ten is attention",
        "incident A 2025-09-10 pesten\nincident A 2025-09-10 pesten maatregel=gesprek x9",
        "IV.A.6 met_maatregel 9 10 9/10 - aandacht 0",
    ),
    EvaluationCase(
        "IV.A.6: 17 of 19 is further than a tenth",
        "incident A 2025-09-10 pesten x2\nincident A 2025-09-10 pesten maatregel=gesprek x17",
        "IV.A.6 met_maatregel 17 19 17/19 - niet_op_orde 0",
    ),
    EvaluationCase(
        "IV.A.6: 18 of 20 is a tenth",
        "incident A 2025-09-10 pesten x2\nincident A 2025-09-10 pesten maatregel=gesprek x18",
        "IV.A.6 met_maatregel 18 20 9/10 - aandacht 0",
    ),
    EvaluationCase(
        "IV.A.6: the middle of an odd number of days, the mean of the middle two of an even one",
        """
        incident A 2025-09-10 pesten maatregel=gesprek maatregel_datum=2025-09-10
        incident A 2025-09-10 pesten maatregel=gesprek maatregel_datum=2025-09-12
        incident B 2025-09-10 pesten maatregel=gesprek maatregel_datum=2025-09-13
        incident B 2025-09-10 pesten maatregel=gesprek maatregel_datum=2025-10-10
        incident A 2024-09-10 pesten maatregel=gesprek maatregel_datum=2024-09-11
        incident A 2024-09-10 pesten maatregel=gesprek maatregel_datum=2024-09-13
        incident A 2024-09-10 pesten maatregel=gesprek maatregel_datum=2024-09-30
        """,
        """
        IV.A.6 met_maatregel       4 4 1   1 op_orde   0
        IV.A.6 dagen_tot_maatregel - - 5/2 3 geen_norm 0
        """,
    ),
    EvaluationCase(
        "IV.A.6: a date beside no measure, or an empty one, doesn't count; nor does a measure without a date",
        """
        incident A 2025-09-10 pesten maatregel=geen maatregel_datum=2025-09-11
        incident A 2025-09-10 pesten maatregel_datum=2025-09-11
        incident A 2025-09-10 pesten maatregel=gesprek
        incident A 2025-09-10 pesten maatregel=gesprek maatregel_datum=2025-09-20
        incident A 2025-09-10 auteursrecht maatregel=gesprek maatregel_datum=2025-09-11
        """,
        "IV.A.6 dagen_tot_maatregel - - 10 - geen_norm 0",
    ),
    EvaluationCase(
        "IV.A.6: incidents without a date of a measure: no median",
        "incident A 2025-09-10 pesten maatregel=gesprek\nincident A 2025-09-10 pesten maatregel_datum=2025-09-11",
        """
        IV.A.6 met_maatregel       1 2 1/2 - niet_op_orde  0
        IV.A.6 dagen_tot_maatregel - - -   - geen_gegevens 0
        """,
    ),
    EvaluationCase(
        "IV.M.10: told on the same day; later, or not said, is not",
        """
        incident A 2025-09-10 ontspoord leidinggevende_op=2025-09-10
        incident A 2025-09-10 ontspoord leidinggevende_op=2025-09-11
        incident A 2025-09-10 ontspoord
        incident A 2025-09-10 pesten leidinggevende_op=2025-09-10
        """,
        """
        IV.M.10 incidenten        3 - 3   - geen_norm    0
        IV.M.10 zelfde_dag_gemeld 1 3 1/3 - niet_op_orde 0
        """,
    ),
    EvaluationCase(
        "IV.M.10: all of them on the same day",
        "incident A 2025-09-10 ontspoord leidinggevende_op=2025-09-10 x2",
        "IV.M.10 zelfde_dag_gemeld 2 2 1 - op_orde 0",
    ),
    EvaluationCase(
        "IV: an incident that is delivered again counts as it is now",
        "incident A 2025-09-10 pesten id=1\nincident A 2025-09-11 pesten id=2",
        """
        IV.A.1 incidenten    1 - 1 - geen_norm 0
        IV.A.6 incidenten    1 - 1 - geen_norm 0
        IV.A.6 met_maatregel 1 1 1 - op_orde   0
        """,
        corrected="""
        incident A 2025-09-10 social_media_in_les id=1
        incident A 2025-09-11 pesten id=2 maatregel=gesprek
        """,
    ),
    EvaluationCase(
        "IV: an incident that is delivered again outside the school is no longer counted, but is delivered",
        "incident A 2025-09-10 pesten id=1",
        "IV.A.6 incidenten 0 - 0 - geen_norm 0",
        corrected="incident A 2025-09-10 pesten id=1 reikwijdte=buiten",
    ),
]

# --- V -------------------------------------------------------------------------------

MEASURES = [
    EvaluationCase(
        "V.1: help where a pupil or staff was hurt, whatever the article; a file where staff did it",
        """
        incident A 2025-09-10 pesten getroffene=leerling hulp_aangeboden=ja
        incident A 2025-09-10 auteursrecht getroffene=medewerker hulp_aangeboden=nee
        incident A 2025-09-10 pesten getroffene=leerling
        incident A 2025-09-10 pesten getroffene=ouder hulp_aangeboden=ja
        incident A 2025-09-10 pesten hulp_aangeboden=ja
        incident A 2025-09-10 pesten getroffene=leerling hulp_aangeboden=ja reikwijdte=buiten
        incident A 2025-09-10 afstand veroorzaker=medewerker in_dossier=ja
        incident A 2025-09-10 afstand veroorzaker=medewerker
        incident A 2025-09-10 pesten veroorzaker=leerling in_dossier=ja
        incident A 2025-09-10 pesten veroorzaker=stagiair in_dossier=ja
        """,
        """
        V.1 hulp_aangeboden 1 3 1/3 - geen_norm 0
        V.1 in_dossier      1 2 1/2 - geen_norm 0
        """,
    ),
    EvaluationCase(
        "V.1-3: delivered, but nobody of whom it is asked",
        "incident A 2025-09-10 pesten veroorzaker=extern getroffene=ouder",
        """
        V.1 hulp_aangeboden        0 0 - - geen_gegevens 0
        V.1 in_dossier             0 0 - - geen_gegevens 0
        V.2 maatregelen_leerlingen 0 0 - - geen_gegevens 0
        V.3 maatregelen_medewerkers 0 0 - - geen_gegevens 0
        """,
    ),
    EvaluationCase(
        "V.1-3: never delivered",
        "",
        """
        V.1 hulp_aangeboden        - - - - geen_gegevens 0
        V.1 in_dossier             - - - - geen_gegevens 0
        V.2 maatregelen_leerlingen - - - - geen_gegevens 0
        V.3 maatregelen_medewerkers - - - - geen_gegevens 0
        """,
    ),
    EvaluationCase(
        "V.2: five measures are the pupils', and only pupils' incidents are looked at",
        "\n".join(
            [
                *(
                    f"incident A 2025-09-10 pesten veroorzaker=leerling maatregel={measure}"
                    for measure in ("gesprek", "waarschuwing", "herstel", "schorsing", "verwijdering")
                ),
                *(
                    f"incident A 2025-09-10 pesten veroorzaker=leerling maatregel={measure}"
                    for measure in ("geen", "berisping", "overplaatsing", "ontslag", "aangifte", "anders")
                ),
                "incident A 2025-09-10 pesten veroorzaker=leerling",
                "incident A 2025-09-10 pesten veroorzaker=medewerker maatregel=gesprek",
                "incident A 2025-09-10 pesten maatregel=gesprek",
                "incident A 2024-09-10 pesten veroorzaker=leerling maatregel=gesprek",
                "incident A 2024-09-10 pesten veroorzaker=leerling",
            ]
        ),
        """
        V.2 maatregelen_leerlingen  5 12 5/12 1/2 geen_norm 0
        V.3 maatregelen_medewerkers 0 1  0    -   geen_norm 0
        """,
    ),
    EvaluationCase(
        "V.3: three measures are the staff's",
        "\n".join(
            f"incident A 2025-09-10 afstand veroorzaker=medewerker maatregel={measure}"
            for measure in (
                "berisping",
                "overplaatsing",
                "ontslag",
                "gesprek",
                "schorsing",
                "geen",
                "aangifte",
                "anders",
            )
        ),
        "V.3 maatregelen_medewerkers 3 8 3/8 - geen_norm 0",
    ),
]

# --- incidents: what is delivered, and how much of it --------------------------------

QUALITY = [
    EvaluationCase(
        "quality: school-months delivered of all school-months; the running one up to today",
        """
        levering A incidenten 2025-02-01 2026-03-10
        levering B incidenten 2026-03-01 2026-03-09
        """,
        "II.3 platforms 0 - 0 - geen_norm 1/2",
    ),
    EvaluationCase(
        "quality: a month one school day short isn't delivered; rows may join; what lies ahead is no help",
        """
        levering A incidenten 2025-09-01 2025-09-12
        levering A incidenten 2025-09-13 2025-09-30
        levering A incidenten 2025-10-02 2025-10-31
        levering A incidenten 2025-11-03 2025-11-28
        levering A incidenten 2026-03-10 2026-07-31
        """,
        "II.3 platforms 0 - 0 - geen_norm 2/26",
    ),
    EvaluationCase(
        "quality: months without school days don't count, and deliver nothing",
        "levering A incidenten 2025-08-01 2025-08-31",
        "II.3 platforms - - - - geen_gegevens 0",
    ),
    EvaluationCase(
        "quality: a school counts in the months on whose last day it is active",
        """
        school A tot=2026-02-28
        school B van=2026-02-28
        levering A incidenten 2025-02-01 2026-03-10
        levering B incidenten 2026-02-01 2026-02-28
        """,
        # A: February 2025 to January 2026, 11 of 11; B: February and March 2026, 1 of 2.
        "II.3 platforms 0 - 0 - geen_norm 12/13",
    ),
    EvaluationCase(
        "quality: today counts as the last day of the running month",
        """
        school A
        school B tot=2026-03-10
        school C van=2026-03-10
        levering C incidenten 2026-03-01 2026-03-10
        """,
        # A 13, B 12, C 1.
        "II.3 platforms 0 - 0 - geen_norm 1/26",
    ),
    EvaluationCase(
        "quality: months before the first delivery count",
        "school A\nlevering A incidenten 2026-03-01 2026-03-10",
        "II.3 platforms 0 - 0 - geen_norm 1/13",
    ),
    EvaluationCase(
        "quality: no school was ever active: 0",
        "school A tot=2025-01-01\nincident A 2025-09-10 pesten",
        "IV.A.6 incidenten 1 - 1 - geen_norm 0",
    ),
    EvaluationCase(
        "quality: of a period of one Saturday there is none",
        "levering A incidenten 2025-02-01 2025-02-01",
        "II.3 platforms - - - - geen_gegevens 0",
        today="2025-02-01",
    ),
    EvaluationCase(
        "quality: the first school day of the period",
        "levering A incidenten 2025-02-01 2025-02-03",
        "II.3 platforms 0 - 0 - geen_norm 1/2",
        today="2025-02-03",
    ),
    EvaluationCase(
        "delivered: another dataset's declaration is none of incidents",
        "levering A toestemmingen 2025-02-01 2026-03-10",
        "II.3 platforms - - - - geen_gegevens 0",
    ),
    EvaluationCase(
        "delivered: incidents without a declared month count, with quality 0",
        "incident A 2025-09-10 pesten",
        "IV.A.6 incidenten 1 - 1 - geen_norm 0",
    ),
    EvaluationCase(
        "delivered: one incident makes the others 0, and parts of them 0 of 0",
        "incident A 2025-09-10 pesten",
        """
        IV.M.1 incidenten         0 - 0 - geen_norm     0
        IV.A.1 in_les             0 0 - - geen_gegevens 0
        IV.M.10 zelfde_dag_gemeld 0 0 - - geen_gegevens 0
        """,
    ),
    EvaluationCase(
        "delivered: part of a month delivers nothing",
        "levering A incidenten 2025-09-01 2025-09-29",
        "II.3 platforms - - - - geen_gegevens 0",
    ),
    EvaluationCase(
        "delivered before: a month in full, without incidents, is 0 then",
        "incident A 2025-09-10 pesten\nlevering A incidenten 2025-01-01 2025-01-31",
        """
        IV.A.6 incidenten    1 - 1 0 geen_norm    0
        IV.A.6 met_maatregel 0 1 0 - niet_op_orde 0
        """,
    ),
    EvaluationCase(
        "delivered before: an incident outside the school is enough",
        "incident A 2025-09-10 pesten\nincident A 2024-09-10 pesten reikwijdte=buiten",
        "IV.A.6 incidenten 1 - 1 0 geen_norm 0",
    ),
    EvaluationCase(
        "delivered before, but not in the period: empty, beside what was then",
        "incident A 2025-01-31 pesten maatregel=gesprek",
        """
        IV.A.6 incidenten    - - - 1 geen_gegevens 0
        IV.A.6 met_maatregel - - - 1 geen_gegevens 0
        """,
    ),
    EvaluationCase(
        "delivered: a month of a school that had closed too, with quality 0",
        """
        school A
        school B tot=2025-06-01
        levering B incidenten 2025-09-01 2025-09-30
        """,
        "II.3 platforms 0 - 0 - geen_norm 0",
    ),
]

# --- IV.M.3, IV.M.11: staff and consultations ----------------------------------------

STAFF = [
    EvaluationCase(
        "IV.M.3 and IV.M.11: the latest row of each school decides",
        """
        personeel A 2025-09-01 social_mediacoach=ja whatsapp_bezwaar=nee
        personeel A 2026-02-01 social_mediacoach=nee whatsapp_bezwaar=ja
        personeel B 2025-09-01 social_mediacoach=ja whatsapp_bezwaar=nee
        """,
        """
        IV.M.3 whatsapp_bezwaar   1 2 1/2 - geen_norm 1
        IV.M.11 scholen_met_coach 1 2 1/2 - geen_norm 1
        """,
    ),
    EvaluationCase(
        "IV.M.3 and IV.M.11: a later row that leaves it empty changes nothing",
        """
        personeel A 2025-09-01 social_mediacoach=ja
        personeel A 2026-02-01 whatsapp_bezwaar=nee
        """,
        """
        IV.M.3 whatsapp_bezwaar   0 1 0 - geen_norm 1
        IV.M.11 scholen_met_coach 1 1 1 - geen_norm 1
        """,
    ),
    EvaluationCase(
        "IV.M.3 and IV.M.11: rows of the period only; the last one before it is of the two years before",
        """
        personeel A 2025-01-31 social_mediacoach=ja whatsapp_bezwaar=ja
        personeel B 2025-02-01 social_mediacoach=nee
        """,
        """
        IV.M.3 whatsapp_bezwaar   0 0 - 1 geen_gegevens 1
        IV.M.11 scholen_met_coach 0 1 0 1 geen_norm     1
        """,
    ),
    EvaluationCase(
        "IV.M.3 and IV.M.11: schools that are closed say nothing, those that were open then do",
        """
        school A
        school B tot=2026-03-10
        school C tot=2025-02-01
        personeel B 2025-09-01 social_mediacoach=ja whatsapp_bezwaar=ja
        personeel C 2025-01-01 social_mediacoach=ja whatsapp_bezwaar=nee
        """,
        """
        IV.M.3 whatsapp_bezwaar   0 0 - 0 geen_gegevens 1
        IV.M.11 scholen_met_coach 0 0 - 1 geen_gegevens 1
        """,
    ),
    EvaluationCase(
        "IV.M.3 and IV.M.11: delivered without a word on it",
        "personeel A 2025-09-01",
        """
        IV.M.3 whatsapp_bezwaar   0 0 - - geen_gegevens 1
        IV.M.11 scholen_met_coach 0 0 - - geen_gegevens 1
        """,
    ),
    EvaluationCase(
        "IV.M.3 and IV.M.11: never delivered",
        "",
        """
        IV.M.3 whatsapp_bezwaar   - - - - geen_gegevens 0
        IV.M.11 scholen_met_coach - - - - geen_gegevens 0
        IV.M.11 consultaties      - - - - geen_gegevens 0
        """,
    ),
    EvaluationCase(
        "IV.M.3: a row of the same day that is delivered again counts as it is now",
        "personeel A 2025-09-01 whatsapp_bezwaar=ja",
        "IV.M.3 whatsapp_bezwaar 0 1 0 - geen_norm 1",
        corrected="personeel A 2025-09-01 whatsapp_bezwaar=nee",
    ),
    EvaluationCase(
        "IV.M.11: consultations in the period, at any school",
        """
        school A
        school B tot=2025-06-01
        consultatie 2025-01-31 A
        consultatie 2025-02-01 B
        consultatie 2026-03-10 A
        """,
        "IV.M.11 consultaties 2 - 2 1 geen_norm 1",
    ),
    EvaluationCase(
        "IV.M.11: delivered before the two years before: 0 now, nothing then",
        "consultatie 2023-01-31 A",
        "IV.M.11 consultaties 0 - 0 - geen_norm 1",
    ),
]

# --- IV.M.8, IV.M.9: consent ---------------------------------------------------------

WHOLE = "levering AB toestemmingen 2022-08-01 2028-07-31"

CONSENT = [
    EvaluationCase(
        "consent: yes and no of everybody, today; every purpose by itself",
        f"""
        {WHOLE}
        leerling 1-4 A
        antwoord 1 2025-09-10 ouder1 ja
        antwoord 2 2025-09-10 ouder1 nee
        antwoord 3 2025-09-10 school ja
        antwoord whatsapp_les:1-4 2025-09-10 ouder1 nee
        """,
        """
        IV.M.8 dekking:beeld_website          2 4 1/2 - niet_op_orde 1
        IV.M.8 laagste_dekking:beeld_website  2 4 1/2 - geen_norm    1
        IV.M.8 dekking:beeld_social_media     0 4 0   - niet_op_orde 1
        IV.M.8 dekking:beeld_nieuwsbrief      0 4 0   - niet_op_orde 1
        IV.M.8 dekking:beeld_email            0 4 0   - niet_op_orde 1
        IV.M.9 dekking:whatsapp_les           4 4 1   - op_orde      1
        IV.M.9 laagste_dekking:whatsapp_les   4 4 1   - geen_norm    1
        IV.M.9 dekking:social_media_les       0 4 0   - niet_op_orde 1
        IV.M.9 laagste_dekking:social_media_les 0 4 0 - geen_norm    1
        """,
    ),
    EvaluationCase(
        "consent: nine of ten is attention",
        f"{WHOLE}\nleerling 1-10 A\nantwoord 1-9 2025-09-10 ouder1 nee",
        "IV.M.8 dekking:beeld_website 9 10 9/10 - aandacht 1",
    ),
    EvaluationCase(
        "consent: eight of nine is not",
        f"{WHOLE}\nleerling 1-9 A\nantwoord 1-8 2025-09-10 ouder1 nee",
        "IV.M.8 dekking:beeld_website 8 9 8/9 - niet_op_orde 1",
    ),
    EvaluationCase(
        "consent: the month end with the lowest share",
        f"""
        {WHOLE}
        leerling 1 A
        leerling 2 B since=2025-10-15
        antwoord 1 2025-09-10 ouder1 ja
        antwoord 2 2025-12-10 ouder1 ja
        """,
        """
        IV.M.8 dekking:beeld_website         2 2 1   - op_orde   1
        IV.M.8 laagste_dekking:beeld_website 1 2 1/2 - geen_norm 1
        """,
    ),
    EvaluationCase(
        "consent: of equal month ends the earliest, also where their counts differ",
        f"""
        {WHOLE}
        leerling 1-3 A
        leerling 4-6 A since=2025-11-15
        antwoord 1 2025-09-10 ouder1 ja
        antwoord 4 2025-11-20 ouder1 ja
        antwoord 2 2025-12-10 ouder1 ja
        """,
        """
        IV.M.8 dekking:beeld_website         3 6 1/2 - niet_op_orde 1
        IV.M.8 laagste_dekking:beeld_website 1 3 1/3 - geen_norm    1
        """,
    ),
    EvaluationCase(
        "consent: today isn't a month end",
        f"""
        {WHOLE}
        leerling 1 A
        leerling 2 A since=2026-03-05
        antwoord 1 2025-09-10 ouder1 ja
        """,
        """
        IV.M.8 dekking:beeld_website         1 2 1/2 - niet_op_orde 1
        IV.M.8 laagste_dekking:beeld_website 1 1 1   - geen_norm    1
        """,
    ),
    EvaluationCase(
        "consent: today is a month end",
        f"""
        {WHOLE}
        leerling 1 A
        leerling 2 A since=2026-02-20
        antwoord 1 2025-09-10 ouder1 ja
        """,
        """
        IV.M.8 dekking:beeld_website         1 2 1/2 - niet_op_orde 1
        IV.M.8 laagste_dekking:beeld_website 1 2 1/2 - geen_norm    1
        """,
        today="2026-02-28",
    ),
    EvaluationCase(
        "consent: pupils of a school that doesn't deliver are outside the share and lower the quality, on its own day",
        """
        levering A toestemmingen 2025-08-01 2026-07-31
        levering B toestemmingen 2026-03-10 2026-03-10
        leerling 1-2 A
        leerling 3-4 B
        antwoord 1 2025-09-10 ouder1 ja
        antwoord 3 2025-09-10 ouder1 ja
        """,
        """
        IV.M.8 dekking:beeld_website         2 4 1/2 - niet_op_orde 1
        IV.M.8 laagste_dekking:beeld_website 1 2 1/2 - geen_norm    1/2
        """,
    ),
    EvaluationCase(
        "consent: nobody delivers: 0 of 0, and no month end",
        "leerling 1-2 A\nantwoord 1 2025-09-10 ouder1 ja",
        """
        IV.M.8 dekking:beeld_website         0 0 - - geen_gegevens 0
        IV.M.8 laagste_dekking:beeld_website - - - - geen_gegevens 0
        """,
    ),
    EvaluationCase(
        "consent: month ends without a denominator are passed over",
        """
        levering A toestemmingen 2026-02-01 2026-07-31
        leerling 1 A
        antwoord 1 2025-09-10 ouder1 ja
        """,
        "IV.M.8 laagste_dekking:beeld_website 1 1 1 - geen_norm 1",
    ),
    EvaluationCase(
        "consent: no pupils, so no coverage on any day",
        WHOLE,
        """
        IV.M.8 dekking:beeld_website         - - - - geen_gegevens 0
        IV.M.8 laagste_dekking:beeld_website - - - - geen_gegevens 0
        """,
    ),
    EvaluationCase(
        "consent: an ended period without a reference date in it",
        f"{WHOLE}\nleerling 1 A\nantwoord 1 2027-02-05 ouder1 ja",
        f"""
        {LAST_ENDED} IV.M.8 dekking:beeld_website         - - - - geen_gegevens 0
        {LAST_ENDED} IV.M.8 laagste_dekking:beeld_website - - - - geen_gegevens 0
        IV.M.8 dekking:beeld_website                      1 1 1 - op_orde       1
        """,
        today="2027-02-10",
    ),
    EvaluationCase(
        "consent: pupils without a dated answer: only today",
        f"{WHOLE}\nleerling 1 A",
        """
        IV.M.8 dekking:beeld_website         0 1 0 - niet_op_orde  1
        IV.M.8 laagste_dekking:beeld_website - - - - geen_gegevens 0
        """,
    ),
    EvaluationCase(
        "consent: where nobody is left today, the last day that had pupils",
        f"{WHOLE}\nleerling 1 A until=2026-01-01\nantwoord 1 2025-09-10 ouder1 ja",
        """
        IV.M.8 dekking:beeld_website         1 1 1 - op_orde       1
        IV.M.8 laagste_dekking:beeld_website 1 1 1 - geen_norm     1
        """,
    ),
    EvaluationCase(
        "consent: as it was on 31 January 2025, and the lowest of the months up to then",
        f"""
        {WHOLE}
        leerling 1-2 A
        antwoord 1 2024-09-10 ouder1 ja
        antwoord 2 2024-12-10 ouder1 ja
        """,
        """
        IV.M.8 dekking:beeld_website         0 2 0 1   niet_op_orde 1
        IV.M.8 laagste_dekking:beeld_website 0 2 0 1/2 geen_norm    1
        """,
    ),
    EvaluationCase(
        "consent: answers from the period on say nothing of the two years before",
        f"{WHOLE}\nleerling 1 A\nantwoord 1 2025-02-01 ouder1 ja",
        """
        IV.M.8 dekking:beeld_website         0 1 0 - niet_op_orde 1
        IV.M.8 laagste_dekking:beeld_website 0 1 0 - geen_norm    1
        """,
    ),
    EvaluationCase(
        "consent: of the two years before nothing was delivered",
        """
        levering A toestemmingen 2025-02-01 2026-07-31
        leerling 1 A
        antwoord 1 2024-09-10 ouder1 ja
        antwoord 1 2025-09-10 ouder1 ja
        """,
        "IV.M.8 dekking:beeld_website 1 1 1 - op_orde 1",
    ),
    EvaluationCase(
        "consent: an ended period as on its last day",
        f"""
        {WHOLE}
        leerling 1 A
        leerling 2 A since=2027-02-01
        antwoord 1 2026-09-10 ouder1 ja
        """,
        f"""
        {LAST_ENDED} IV.M.8 dekking:beeld_website         1 1 1 - op_orde   1
        {LAST_ENDED} IV.M.8 laagste_dekking:beeld_website 1 1 1 - geen_norm 1
        IV.M.8 dekking:beeld_website                      1 2 1/2 1 niet_op_orde  1
        IV.M.8 laagste_dekking:beeld_website              - - -   1 geen_gegevens 0
        """,
        today="2027-02-10",
    ),
]

# --- IV.M.8, IV.M.9: publications ----------------------------------------------------

USES = [
    EvaluationCase(
        "uses: without a yes of before; of the other article's purposes none",
        f"""
        {WHOLE}
        leerling 1-3 A
        antwoord 1 2025-09-10 ouder1 ja
        antwoord 2 2025-09-10 ouder1 nee
        publicatie p1 A 2025-10-01 1-3
        """,
        """
        IV.M.8 gebruik_zonder_toestemming 2 3 2/3 - niet_op_orde  1
        IV.M.9 gebruik_zonder_toestemming 0 0 -   - geen_gegevens 1
        """,
    ),
    EvaluationCase(
        "uses: a yes of the same day is before, one of the day after isn't",
        f"""
        {WHOLE}
        leerling 1-2 A
        antwoord whatsapp_les:1 2025-10-01 ouder1 ja
        antwoord social_media_les:1 2025-10-02 ouder1 ja
        publicatie whatsapp_les:p1 A 2025-10-01 1
        publicatie social_media_les:p2 A 2025-10-01 1
        """,
        "IV.M.9 gebruik_zonder_toestemming 1 2 1/2 - niet_op_orde 1",
    ),
    EvaluationCase(
        "uses: all with consent",
        f"{WHOLE}\nleerling 1 A\nantwoord 1 2025-09-10 ouder1 ja\npublicatie p1 A 2025-10-01 1",
        "IV.M.8 gebruik_zonder_toestemming 0 1 0 - op_orde 1",
    ),
    EvaluationCase(
        "uses: one of ten is attention",
        f"{WHOLE}\nleerling 1-10 A\nantwoord 1-9 2025-09-10 ouder1 ja\npublicatie p1 A 2025-10-01 1-10",
        "IV.M.8 gebruik_zonder_toestemming 1 10 1/10 - aandacht 1",
    ),
    EvaluationCase(
        "uses: one of nine is not",
        f"{WHOLE}\nleerling 1-9 A\nantwoord 1-8 2025-09-10 ouder1 ja\npublicatie p1 A 2025-10-01 1-9",
        "IV.M.8 gebruik_zonder_toestemming 1 9 1/9 - niet_op_orde 1",
    ),
    EvaluationCase(
        "uses: of who isn't a pupil, and at a school that doesn't deliver, without consent",
        """
        levering A toestemmingen 2025-08-01 2026-07-31
        leerling 1 A until=2025-09-30
        leerling 2 B
        antwoord 1-2 2025-09-10 ouder1 ja
        publicatie p1 A 2025-09-30 1-2
        """,
        "IV.M.8 gebruik_zonder_toestemming 2 2 1 - niet_op_orde 1",
    ),
    EvaluationCase(
        "uses: never delivered",
        f"{WHOLE}\nleerling 1 A",
        "IV.M.8 gebruik_zonder_toestemming - - - - geen_gegevens 0",
    ),
    EvaluationCase(
        "uses: before the period only",
        f"""
        {WHOLE}
        leerling 1-2 A
        antwoord 1 2024-09-10 ouder1 ja
        publicatie p1 A 2025-01-31 1-2
        publicatie p2 A 2023-01-31 1
        """,
        "IV.M.8 gebruik_zonder_toestemming 0 0 - 1/2 geen_gegevens 1",
    ),
    EvaluationCase(
        "uses: a publication that is delivered again counts as it is now",
        f"{WHOLE}\nleerling 1 A\nantwoord 1 2025-09-10 ouder1 ja\npublicatie p1 A 2025-09-01 1",
        "IV.M.8 gebruik_zonder_toestemming 0 1 0 - op_orde 1",
        corrected="publicatie p1 A 2025-10-01 1",
    ),
]

# --- VI: adopting and evaluating -----------------------------------------------------

ROUNDS = [
    EvaluationCase(
        "VI.1 and VI.3: the dates are in the registry, and in order",
        "",
        """
        VI.1 instemming_voor_vaststelling 1 1 1 - op_orde 1
        VI.3 inwerkingtreding_vastgelegd  1 1 1 - op_orde 1
        """,
    ),
    EvaluationCase(
        "VI.1: the council's date is missing",
        "",
        """
        VI.1 instemming_voor_vaststelling - - - - geen_gegevens 1
        VI.3 inwerkingtreding_vastgelegd  1 1 1 - op_orde       1
        """,
        missing=("gmr",),
    ),
    EvaluationCase(
        "VI.1: the board's date is missing",
        "",
        "VI.1 instemming_voor_vaststelling - - - - geen_gegevens 1",
        missing=("board",),
    ),
    EvaluationCase(
        "II.1 and VI.3: the day in force is missing; the rest of the period is counted as ever",
        """
        bekendmaking website 2025-01-20 * ouders
        activiteit training 2025-02-01 A
        levering AB incidenten 2025-02-01 2026-03-10
        incident A 2025-02-03 pesten
        """,
        """
        I      trainingen                   1   -  1   - geen_norm     1
        II.1   tijdig_bekend                -   -  -   - geen_gegevens 1
        IV.A.6 incidenten                   1   -  1   - geen_norm     1
        VI.1   instemming_voor_vaststelling 1   1  1   - op_orde       1
        VI.3   inwerkingtreding_vastgelegd  -   -  -   - geen_gegevens 1
        VI.4   gepubliceerd                 1   4  1/4 - niet_op_orde  1
        VI.5   dagen_over                   327 -  327 - geen_norm     1
        """,
        missing=("in_force",),
    ),
    EvaluationCase(
        "VI.5: no decision was ever delivered; the days count down",
        "",
        """
        VI.5 geevalueerd -   - -   - geen_gegevens 0
        VI.5 dagen_over  327 - 327 - geen_norm     1
        """,
    ),
    EvaluationCase(
        "VI.5: no decision on the evaluation yet: attention",
        "besluit 2025-09-10 IV.M.8\nbesluit 2025-09-10 -",
        "VI.5 geevalueerd 0 1 0 - aandacht 1",
    ),
    EvaluationCase(
        "VI.5: a decision in the period, on its first day or today, whatever became of it",
        "besluit 2025-02-01 VI.5 status=vervallen\nbesluit 2026-03-10 VI.5 status=gedaan",
        "VI.5 geevalueerd 1 1 1 - op_orde 1",
    ),
    EvaluationCase(
        "VI.5: one of the day before the period isn't of it, and the text didn't exist",
        "besluit 2025-01-31 VI.5",
        "VI.5 geevalueerd 0 1 0 - aandacht 1",
    ),
    EvaluationCase(
        "VI.5: on the last day still attention, no days left",
        "besluit 2025-09-10 IV.M.8",
        """
        VI.5 geevalueerd 0 1 0 - aandacht  1
        VI.5 dagen_over  0 - 0 - geen_norm 1
        """,
        today="2027-01-31",
    ),
    EvaluationCase(
        "VI.5: the day before the last there is one left",
        "",
        "VI.5 dagen_over 1 - 1 - geen_norm 1",
        today="2027-01-30",
    ),
    EvaluationCase(
        "VI.5: the day after it is not in order, and a decision of that day is the next period's",
        "besluit 2027-02-01 VI.5",
        f"""
        {LAST_ENDED} VI.5 geevalueerd 0   1 0   - niet_op_orde 1
        {LAST_ENDED} VI.5 dagen_over  0   - 0   - geen_norm    1
        VI.5 geevalueerd              1   1 1   - op_orde      1
        VI.5 dagen_over               730 - 730 - geen_norm    1
        """,
        today="2027-02-01",
    ),
    EvaluationCase(
        "VI.5: a decision of the last day is in time",
        "besluit 2027-01-31 VI.5",
        f"""
        {LAST_ENDED} VI.5 geevalueerd 1 1 1 - op_orde  1
        VI.5 geevalueerd              0 1 0 - aandacht 1
        """,
        today="2027-02-10",
    ),
    EvaluationCase(
        "VI.5: of an ended period nothing was ever delivered: no data, also afterwards",
        "",
        f"{LAST_ENDED} VI.5 geevalueerd - - - - geen_gegevens 0",
        today="2027-02-10",
    ),
]

# --- periods -------------------------------------------------------------------------

PERIODS = [
    EvaluationCase(
        "an ended period: what happened up to its last day, at the schools of that day; the next one goes on",
        """
        school A
        school B tot=2027-02-01
        school C van=2027-02-01
        activiteit les 2027-01-31 A
        activiteit les 2027-02-01 C
        incident A 2027-01-31 pesten maatregel=gesprek maatregel_datum=2027-02-03
        incident A 2027-02-01 pesten
        consultatie 2027-01-31 A
        stage stagiair 2027-02-01 controle_datum=2027-01-01
        levering A incidenten 2027-02-01 2027-02-10
        """,
        f"""
        {LAST_ENDED} I trainingen                   0 - 0   - geen_norm     1
        {LAST_ENDED} IV.A.5 lessen_en_ouderavonden  1 - 1   - geen_norm     1
        {LAST_ENDED} IV.A.5 scholen_zonder_les      1 2 1/2 - geen_norm     1
        {LAST_ENDED} IV.A.6 incidenten              1 - 1   - geen_norm     0
        {LAST_ENDED} IV.A.6 dagen_tot_maatregel     - - 3   - geen_norm     0
        {LAST_ENDED} IV.M.11 consultaties           1 - 1   - geen_norm     1
        {LAST_ENDED} III.6 vooraf_gecontroleerd     0 0 -   - geen_gegevens 1
        IV.A.5 lessen_en_ouderavonden               1 - 1   1   geen_norm     1
        IV.A.5 scholen_zonder_les                   1 2 1/2 1/2 geen_norm     1
        IV.A.6 incidenten                           1 - 1   1   geen_norm     1/2
        IV.A.6 met_maatregel                        0 1 0   1   niet_op_orde  1/2
        IV.A.6 dagen_tot_maatregel                  - - -   3   geen_gegevens 1/2
        IV.M.11 consultaties                        0 - 0   1   geen_norm     1
        III.6 vooraf_gecontroleerd                  1 1 1   -   op_orde       1
        """,
        today="2027-02-10",
    ),
    EvaluationCase(
        "the first day of the first period",
        "incident A 2025-02-01 pesten\nincident A 2025-01-31 pesten x2",
        """
        IV.A.6 incidenten 1 - 1 2 geen_norm 0
        VI.5 dagen_over 729 - 729 - geen_norm 1
        """,
        today="2025-02-01",
    ),
    EvaluationCase(
        "the day after the last day: the next period has one day, and the one before it is whole",
        "incident A 2025-02-01 pesten\nincident A 2027-01-31 pesten",
        f"""
        {LAST_ENDED} IV.A.6 incidenten 2 - 2 - geen_norm 0
        IV.A.6 incidenten - - - 2 geen_gegevens 0
        """,
        today="2027-02-01",
    ),
]

EVALUATION_CASES = [
    *ACTIVITIES,
    *ANNOUNCEMENTS,
    *REACHES,
    *INTERNS,
    *INCIDENTS,
    *MEASURES,
    *QUALITY,
    *STAFF,
    *CONSENT,
    *USES,
    *ROUNDS,
    *PERIODS,
]
