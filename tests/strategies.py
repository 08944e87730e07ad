"""Whole small deliveries, full of borders: for hypothesis.

Days are drawn from the borders of the rules (turn of the school year, month ends, birthdays of 16) and few
others, so that same-day answers, corrections and overlaps are common instead of rare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.rows import (
    Activity,
    Announcement,
    Answer,
    Consultation,
    Delivered,
    Enrolment,
    Event,
    Incident,
    Placement,
    Publication,
    Resolution,
    Row,
    School,
    Spoiled,
    Staff,
)

SCHOOLS = ("01AA00", "01AA01", "02BB00")
PURPOSES = ("beeld_website", "beeld_website", "whatsapp_les")  # few, so that answers meet
TODAYS = (
    *(date(2025, 9, 30), date(2025, 10, 13), date(2026, 1, 31), date(2026, 2, 1), date(2025, 8, 20)),
    *(date(2025, 8, 1), date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2), date(2024, 2, 29)),
)

# Turning 16 on, just before or just after a border: month ends, the turn of the school year, days of answers.
BIRTHDAYS_OF_16 = (
    date(2025, 7, 31),
    date(2025, 8, 1),
    date(2025, 8, 31),
    date(2025, 9, 10),
    date(2025, 9, 11),
    date(2025, 9, 30),
    date(2025, 10, 1),
    date(2025, 10, 31),
    date(2024, 2, 29),
    date(2026, 9, 1),
    date(2028, 3, 1),
)
ANSWER_DAYS = (
    date(2023, 9, 30),
    date(2024, 1, 31),
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2024, 6, 5),
    date(2024, 9, 10),
    date(2025, 1, 31),
    date(2025, 2, 1),
    date(2025, 6, 5),
    date(2025, 7, 31),
    date(2025, 8, 1),
    date(2025, 8, 31),
    date(2025, 9, 1),
    date(2025, 9, 10),
    date(2025, 9, 11),
    date(2025, 9, 30),
    date(2025, 10, 1),
    date(2026, 2, 1),
)
INCIDENT_DAYS = (
    *(date(2023, 9, 29), date(2023, 11, 1), date(2024, 2, 29), date(2024, 7, 12), date(2024, 12, 24)),
    *(date(2025, 1, 31), date(2025, 2, 1), date(2025, 6, 7), date(2025, 7, 31), date(2025, 8, 1), date(2025, 8, 31)),
    *(date(2025, 9, 1), date(2025, 9, 8), date(2025, 9, 30), date(2025, 10, 1), date(2026, 1, 31)),
)
LESS_COMMON = ("social_media_in_les", "prive_account", "middel_zonder_toestemming")
RAMP = (2, 3, 5, 8, 12, 18, 26)  # steep enough to rise month after month, whatever their school days
DAYS_LATER = (0, 0, 1, 4, 5, 6, 30)
ROUND_DAYS = (
    *(date(2022, 12, 1), date(2023, 1, 31), date(2023, 2, 1), date(2024, 6, 1), date(2025, 1, 30), date(2025, 1, 31)),
    *(date(2025, 2, 1), date(2025, 2, 2), date(2025, 9, 30), date(2025, 10, 13), date(2026, 6, 1), date(2027, 1, 31)),
    *(date(2027, 2, 1), date(2027, 2, 10), date(2027, 6, 1)),
)
"""Days on either side of the turns of the evaluation periods."""
EVENT_DAYS = (
    *(date(2023, 6, 1), date(2023, 9, 1), date(2024, 2, 29), date(2024, 9, 1), date(2024, 12, 24), date(2025, 2, 1)),
    *(date(2025, 3, 31), date(2025, 6, 7), date(2025, 7, 1), date(2025, 8, 15), date(2025, 9, 1), date(2025, 9, 30)),
    *(date(2025, 10, 13), date(2025, 10, 14), date(2026, 1, 31), date(2026, 9, 2), date(2026, 9, 30)),
    date(2027, 3, 1),
)
MOVING_DAYS = (date(2023, 8, 1), date(2025, 8, 1), date(2025, 8, 31), date(2025, 9, 1), date(2025, 9, 30))
LABELS = (*(None,) * 8, "2024-2025", "2024-2025", "2025-2026", "2026-2027", "2023-2024")
GIVERS = (*("leerling", "ouder1", "ouder2", "voogd") * 3, "school", "school", "onbekend", None)
WORDS = (*("ja", "nee", "ingetrokken") * 3, "onbeantwoord")


def schools() -> list[School]:
    """All three; the last is closed in the middle."""
    first, second, third = SCHOOLS
    closed = School(third, "Derde school", "pro/vmbo", date(2020, 8, 1), date(2025, 9, 15))
    return [School(first, "Eerste school"), School(second, "Tweede school", "vwo"), closed]


@st.composite
def enrolments(draw: st.DrawFn, number: str, today: date) -> list[Enrolment]:
    """One pupil: one to three enrolments, that may follow, overlap, leave a gap or begin on the same day.

    Now and then two schools hold different birth dates.
    """
    birthdays = draw(st.lists(st.sampled_from(BIRTHDAYS_OF_16), min_size=1, max_size=2))
    found: dict[tuple[object, ...], Enrolment] = {}
    for _ in range(draw(st.sampled_from((1, 1, 1, 2, 3)))):
        since = draw(st.sampled_from([day for day in MOVING_DAYS if day <= today]))
        until = draw(st.sampled_from([None, None, *(day for day in MOVING_DAYS if day > since), date(2027, 8, 1)]))
        sixteen = draw(st.sampled_from(birthdays))
        born = sixteen.replace(year=sixteen.year - 16)
        row = Enrolment(number, draw(st.sampled_from(SCHOOLS)), born, draw(st.integers(1, 6)), None, since, until)
        found[row.key] = row
    return list(found.values())


@st.composite
def answers(draw: st.DrawFn, number: str, today: date, givers: Sequence[str | None] = GIVERS) -> Answer:
    days = [day for day in ANSWER_DAYS if day <= today]
    return Answer(
        leerlingnummer=number,
        doel=draw(st.sampled_from(PURPOSES)),
        antwoord=draw(st.sampled_from(WORDS)),
        datum=draw(st.sampled_from([None, *days, *days, today])),
        gever=draw(st.sampled_from(givers)),
        bron=draw(st.sampled_from(("Magister", "Magister", "Magister", "formulier", None))),
        bron_id=draw(st.sampled_from((None, "7", "8"))),
        wijze=draw(st.sampled_from((None, "papier"))),
        brin6=draw(st.sampled_from((*(None,) * 9, *SCHOOLS))),
        voor_schooljaar=draw(st.sampled_from(LABELS)),
    )


@st.composite
def declarations(draw: st.DrawFn, today: date) -> list[Delivered]:
    """Mostly whole; else with gaps, joints, days too few and ends ahead."""
    rows = []
    whole = date(2023, 8, 1), date(2027, 7, 31)
    borders = (date(2023, 11, 1), date(2025, 6, 1), date(2025, 8, 31), date(2025, 9, 1), date(2025, 9, 15))
    ends = (
        date(2025, 8, 30),
        date(2025, 8, 31),
        date(2025, 9, 14),
        date(2025, 9, 30),
        date(2026, 7, 31),
        today,
    )
    for brin6 in SCHOOLS:
        for dataset in ("toestemmingen", "incidenten"):
            if draw(st.integers(0, 2)):
                rows.append(Delivered(brin6, dataset, *whole))
                continue
            for _ in range(draw(st.sampled_from((0, 1, 2)))):
                first = draw(st.sampled_from([day for day in borders if day <= today]))
                last = draw(st.sampled_from([day for day in ends if day >= first]))
                rows.append(Delivered(brin6, dataset, first, last))
    return rows


@st.composite
def publications(draw: st.DrawFn, pupils: int, today: date) -> list[Publication]:
    """Few ids, so that one has several pupils, now and then in two schools, on two days or for two purposes."""
    days = [day for day in (*ANSWER_DAYS, *MOVING_DAYS, today) if day <= today]
    found: dict[tuple[object, ...], Publication] = {}
    for _ in range(draw(st.sampled_from((0, 1, 4, 8)))):
        row = Publication(
            publicatie_id=draw(st.sampled_from(("p1", "p2", "p3"))),
            brin6=draw(st.sampled_from(SCHOOLS)),
            datum=draw(st.sampled_from(days)),
            doel=draw(st.sampled_from(PURPOSES)),
            leerlingnummer=str(draw(st.integers(1, pupils))),
        )
        found[row.key] = row
    return list(found.values())


@st.composite
def incidents(draw: st.DrawFn, today: date) -> list[Incident]:
    """Few ids, so that two schools use the same; few days, on the borders of periods and months."""
    days = [day for day in (*INCIDENT_DAYS, today) if day <= today]
    found: dict[tuple[object, ...], Incident] = {}
    for number in range(draw(st.integers(0, 6))):
        datum = draw(st.sampled_from(days))
        later = st.sampled_from([None, *(day for late in DAYS_LATER if (day := datum + timedelta(days=late)) <= today)])
        row = Incident(
            incident_id=str(draw(st.integers(1, 4))),
            brin6=draw(st.sampled_from(SCHOOLS)),
            datum=datum,
            categorie=draw(st.sampled_from(("pesten", "kwetsen", "auteursrecht", "ontspoord", *LESS_COMMON))),
            in_les=draw(st.sampled_from((None, True, False))),
            platform=draw(st.sampled_from((None, "whatsapp", "x", "Nieuwe App", "nieuwe app"))),
            openheid=draw(st.sampled_from((None, "openbaar", "semi-openbaar"))),
            reikwijdte=draw(st.sampled_from((None, "school", "overlap", "buiten"))),
            veroorzaker=draw(st.sampled_from((None, "leerling", "leerling", "medewerker", "onbekend"))),
            getroffene=draw(st.sampled_from((None, "leerling", "medewerker", "medewerker", "ouder", "onbekend"))),
            leerlingen_betrokken=draw(st.sampled_from((None, number))),
            ernst=draw(st.sampled_from((None, "licht", "ernstig"))),
            maatregel=draw(st.sampled_from((None, "geen", "gesprek", "berisping", "aangifte"))),
            maatregel_datum=draw(later),
            hulp_aangeboden=draw(st.sampled_from((None, True, True, False))),
            geregistreerd_op=draw(later),
            leidinggevende_op=draw(later),
            in_dossier=draw(st.sampled_from((None, True, False))),
            afgehandeld_op=draw(later),
        )
        found[row.key] = row
    return list(found.values())


@st.composite
def series(draw: st.DrawFn, today: date) -> list[Incident]:
    """At some schools so many incidents a month, up to this one: little or much, level, rising, falling or shifting."""
    rows = []
    for brin6 in SCHOOLS:
        most = draw(st.sampled_from((0, 0, 1, 2, 4, 9)))
        months = draw(st.sampled_from((8, 16, 26, 26))) if most else 0
        counts = draw(st.lists(st.integers(0, most), min_size=months, max_size=months))
        shape = draw(st.sampled_from(("any", "any", "rising", "falling", "shifting"))) if months else "any"
        if shape in {"rising", "falling"}:
            counts[-7:] = RAMP if shape == "rising" else reversed(RAMP)
        if shape == "shifting":
            half = len(counts) // 2
            counts = [most // 3] * half + [most] * half
        days = draw(st.lists(st.integers(1, 28), min_size=1, max_size=4))
        first = today.replace(day=1)
        for count in reversed(counts):
            on = [min(today, first.replace(day=days[n % len(days)])) for n in range(count)]
            rows += [
                Incident(f"{first:%Y-%m}-{n}", brin6, day, "pesten", leidinggevende_op=day) for n, day in enumerate(on)
            ]
            first = (first - timedelta(days=1)).replace(day=1)
    return rows


@st.composite
def events(draw: st.DrawFn) -> list[Event]:
    """Of every kind, at one school or everywhere, several in a month, on either side of its ends, and ahead."""
    return [
        Event(
            draw(st.sampled_from(EVENT_DAYS)),
            f"Gebeurtenis {number}",
            draw(st.sampled_from(("systeemwissel", "systeemwissel", "definitie", "definitie", "campagne", "beleid"))),
            draw(st.sampled_from((None, *SCHOOLS))),
        )
        for number in range(draw(st.sampled_from((0, 2, 4, 6))))
    ]


@st.composite
def evidence(draw: st.DrawFn, today: date) -> list[Row]:
    """Rows of the datasets that only the evaluation looks at: few days and few words, and often none of a kind."""
    past = st.sampled_from([day for day in (*ROUND_DAYS, today) if day <= today])
    ahead = st.sampled_from((*ROUND_DAYS, today))
    somewhere = st.sampled_from(SCHOOLS)
    anywhere = st.sampled_from((None, None, *SCHOOLS))
    people = st.sampled_from((None, "leerlingen", "ouders", "medewerkers"))
    a_word = st.sampled_from((None, True, False))
    kinds: tuple[st.SearchStrategy[Row], ...] = (
        st.builds(
            Announcement,
            st.sampled_from(("website", "intranet", "schoolwebsite", "schoolwebsite", "bericht")),
            past,
            anywhere,
            people,
        ),
        st.builds(Activity, ahead, somewhere, st.sampled_from(("les", "training", "ouderavond")), people),
        st.builds(Staff, somewhere, past, st.integers(0, 3), a_word, a_word),
        st.builds(
            Placement,
            st.sampled_from(tuple("stuvwxyz")),
            somewhere,
            st.sampled_from(("stagiair", "stagiair", "vrijwilliger")),
            ahead,
            st.one_of(st.none(), past),
        ),
        st.builds(Consultation, past, somewhere, st.sampled_from(("leidinggevende", "social_mediacoach"))),
        st.builds(
            Resolution,
            st.sampled_from(tuple("abcd")),
            past,
            st.sampled_from((None, "VI.5", "VI.5", "IV.M.8")),
            st.just("Iets besloten"),
            status=st.sampled_from((None, "open", "gedaan", "vervallen")),
        ),
    )
    rows: list[Row] = []
    for kind in kinds:
        rows += draw(st.lists(kind, max_size=draw(st.sampled_from((0, 1, 3, 12)))))
    by_key = {(type(row), row.key): row for row in rows}  # of one key one row
    return list(by_key.values())


@st.composite
def deliveries(
    draw: st.DrawFn, *, pupils: int = 8, today: date | None = None, busy: bool = False
) -> tuple[date, list[Row]]:
    """A day of delivery and the rows of a whole delivery, all of them sound; a busy one has years of incidents."""
    when = today or draw(st.sampled_from(TODAYS))
    rows: list[Row] = [*schools()]
    there = draw(st.integers(1, pupils))
    for number in range(1, there + 1):
        rows += draw(enrolments(str(number), when))
        givers = draw(st.sampled_from((GIVERS, ("ouder1", "ouder2"), ("leerling", "ouder1"))))
        rows += draw(st.lists(answers(str(number), when, givers), max_size=8, unique=True))
    rows += draw(declarations(when))
    rows += draw(publications(there, when))
    rows += draw(incidents(when))
    rows += draw(series(when)) if busy else []
    rows += draw(events())
    rows += draw(evidence(when))
    return when, list(dict.fromkeys(rows))


def other_rows(today: date) -> list[Row]:
    """Some rows of the optional datasets, with and without a school."""
    return [
        Staff("01AA00", date(2025, 9, 1), 60, True, None),
        Staff("01AA00", date(2024, 9, 1), 58),
        Placement("s1", "01AA01", "stagiair", date(2026, 9, 1)),
        Placement("s2", "01AA01", "vrijwilliger", date(2025, 9, 2), date(2025, 8, 20) if today.day > 1 else None),
        Event(date(2026, 3, 1), "Nieuw registratiesysteem", "systeemwissel"),
        Event(date(2025, 3, 1), "Campagne", "campagne", "02BB00"),
        Resolution("b1", date(2025, 2, 3), "VI.5", "Evaluatie vastgesteld"),
    ]


@st.composite
def spoiled(draw: st.DrawFn, rows: Sequence[Row]) -> Row | Spoiled:
    """A row of the delivery that no longer keeps to the contract: in a cell, in its length or across columns."""
    row = rows[draw(st.integers(0, len(rows) - 1))]
    # A school with another number would be a school; for the others it is one nobody knows.
    nowhere = "hier" if isinstance(row, School) else "99ZZ99"
    ways: list[Row | Spoiled] = [Spoiled(row, fields_too_many=1)]
    if "brin6" in row.columns():
        ways.append(Spoiled(row, (("brin6", nowhere),)))
    match row:
        case Answer():
            ways += [Spoiled(row, (("antwoord", "misschien"),)), Spoiled(row, (("datum", "31-02-2025"),))]
            ways += [replace(row, leerlingnummer="nobody"), replace(row, voor_schooljaar="2025-2027")]
        case Incident():
            ways += [Spoiled(row, (("categorie", "gezellig"),)), Spoiled(row, (("datum", ""),))]
            ways += [replace(row, afgehandeld_op=row.datum - timedelta(days=1))]
        case Publication():
            ways += [Spoiled(row, (("doel", "foto"),)), replace(row, leerlingnummer="nobody")]
        case Enrolment():
            ways += [Spoiled(row, (("leerjaar", "7"),)), Spoiled(row, (("in_van", "morgen"),))]
            ways += [replace(row, in_tot=row.in_van), replace(row, geboortedatum=row.in_van)]
        case Delivered():
            ways += [replace(row, tot=row.van - timedelta(days=1)), Spoiled(row, (("dataset", "scholen"),))]
    return draw(st.sampled_from(ways))


@st.composite
def corrections(draw: st.DrawFn, rows: Sequence[Row], most: int) -> list[Row]:
    """Some rows of an earlier delivery again: as they were, or with other content under the same key."""
    chosen = draw(st.lists(st.integers(0, len(rows) - 1), max_size=most, unique=True))
    return [draw(corrected(rows[n])) if draw(st.booleans()) else rows[n] for n in chosen]


@st.composite
def corrected(draw: st.DrawFn, row: Row) -> Row:
    """The row with other content under the same key, where its dataset has such content."""
    match row:
        case Incident():
            return replace(row, ernst="ernstig", reikwijdte=draw(st.sampled_from(("school", "buiten"))))
        case Enrolment():
            stay = timedelta(days=draw(st.sampled_from((1, 45, 400))))
            return replace(row, in_tot=row.in_van + stay)
        case Publication():
            return replace(row, doel="beeld_email", datum=row.datum - timedelta(days=1))
        case School():
            return replace(row, naam="Anders geheten")
    return row


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[date, list[Row | Spoiled]]]:
    """One to three deliveries one after the other: sound rows, broken ones, contradictions, repeats, corrections.

    What is left out of the first delivery takes with it what refers to it.
    """
    today, rows = draw(deliveries(pupils=4, today=date(2025, 9, 30)))
    lost = [rows[n] for n in draw(st.lists(st.integers(0, len(rows) - 1), max_size=2))]
    first: list[Row | Spoiled] = [row for row in [*rows, *other_rows(today)] if row not in lost]
    first += draw(st.lists(spoiled(rows), max_size=4))
    first += draw(corrections(rows, most=2))
    found = [(today, first)]
    for later in (date(2025, 9, 30), date(2025, 10, 13)):
        if draw(st.booleans()):
            batch: list[Row | Spoiled] = [*draw(corrections(rows, most=8))]
            batch += draw(st.lists(spoiled(rows), max_size=2))
            if batch:
                found.append((later, batch))
    return found
