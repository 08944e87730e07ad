"""Every published figure once more: slowly, plainly, from the rules alone.

Nothing here is fast and nothing is shared with the dashboard: rows in (`tests.rows`), lists of dicts out, one
dict per row of the published table. Where this and a published table differ, one of them misreads the rules.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.rows import Answer, Delivered, Enrolment, Incident, Row, School

Table = list[dict[str, object]]

GROUP = "*"
DAY = timedelta(days=1)

PURPOSES = (
    "beeld_website",
    "beeld_social_media",
    "beeld_nieuwsbrief",
    "beeld_email",
    "whatsapp_les",
    "social_media_les",
)
DECISIONS = {"ja", "nee", "ingetrokken"}
PARENTS = {"ouder1", "ouder2", "voogd"}
GIVERS = {"leerling"} | PARENTS
PROTECTIVE = {"ingetrokken": 3, "nee": 2, "ja": 1}  # on one day the highest wins

# status -> what it counts as under avg, code, strikt
READINGS = {
    "ja": ("ja", "ja", "ja"),
    "nee": ("nee", "nee", "nee"),
    "ingetrokken": ("nee", "nee", "nee"),
    "conflict": ("nee", "nee", "nee"),
    "werd_16_ja": ("ja", "ja", "ongeldig"),
    "werd_16_nee": ("nee", "nee", "ongeldig"),
    "verlopen_ja": ("ja", "ongeldig", "ongeldig"),
    "verlopen_nee": ("nee", "ongeldig", "ongeldig"),
    "onbevoegd": ("ongeldig", "ongeldig", "ongeldig"),
    "niet_uitdrukkelijk": ("ongeldig", "ongeldig", "ongeldig"),
    "niet_aantoonbaar": ("ongeldig", "ongeldig", "ongeldig"),
    "onbeantwoord": ("ongeldig", "ongeldig", "ongeldig"),
    "niet_gevraagd": ("ongeldig", "ongeldig", "ongeldig"),
    "onbekend": ("onbekend", "onbekend", "onbekend"),
}
READING_NAMES = ("avg", "code", "strikt")

ARTICLE_OF = {
    "pesten": "IV.A.6",
    "kwetsen": "IV.A.6",
    "stalken": "IV.A.6",
    "bedreigen": "IV.A.6",
    "zwartmaken": "IV.A.6",
    "anders_beschadigen": "IV.A.6",
    "social_media_in_les": "IV.A.1",
    "opname_online_les": "IV.A.2",
    "lesopname_gedeeld": "IV.A.2",
    "vertrouwelijk_gedeeld": "IV.A.3",
    "auteursrecht": "IV.A.3",
    "schade_goede_naam": "IV.A.3",
    "afstand": "IV.M.1",
    "prive_account": "IV.M.3",
    "prive_email": "IV.M.4",
    "vertrouwelijk_personeel": "IV.M.5",
    "rol_niet_vermeld": "IV.M.7",
    "beeld_zonder_toestemming": "IV.M.8",
    "middel_zonder_toestemming": "IV.M.9",
    "ontspoord": "IV.M.10",
}
IN_FORCE = date(2025, 2, 1)
YEARS_VALID = 2


# --- days, months, years -------------------------------------------------------------


def school_year(day: date) -> int:
    """The calendar year in which the school year of this day began, on 1 August."""
    return day.year if day.month >= 8 else day.year - 1


def month_of(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def days_between(first: date, last: date) -> list[date]:
    return [first + DAY * n for n in range((last - first).days + 1)]


def last_day_of_month(day: date) -> date:
    while (day + DAY).month == day.month:
        day += DAY
    return day


def reference_dates(answers: Iterable[Answer], today: date) -> list[date]:
    """Every month end from the month of the first dated answer on, up to today; and today."""
    dated = [answer.datum for answer in answers if answer.datum is not None]
    if not dated:
        return [today]
    ends = [day for day in days_between(min(dated), today) if (day + DAY).month != day.month]
    return sorted({*ends, today})


def holidays(path: Path) -> set[date]:
    """Every day off in the calendar file (`van` up to and including `tot_en_met`)."""
    free: set[date] = set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader((row for row in file if not row.startswith("#")), delimiter=";"):
            first, last = (date.fromisoformat(line[name]) for name in ("van", "tot_en_met"))
            free.update(days_between(first, last))
    return free


def school_days(first: date, last: date, free: set[date]) -> list[date]:
    """Monday to Friday, less the holidays."""
    return [day for day in days_between(first, last) if day.weekday() < 5 and day not in free]


# --- consent: one pupil, one purpose, one day ----------------------------------------


def turns_16(enrolment: Enrolment) -> date:
    born = enrolment.geboortedatum
    return born.replace(year=born.year + 16)


def enrolment_on(enrolments: Iterable[Enrolment], t: date) -> Enrolment | None:
    """The enrolment that counts on t: `in_van <= t < in_tot`; of two the latest, then the smallest brin6."""
    running = [e for e in enrolments if e.in_van <= t and (e.in_tot is None or t < e.in_tot)]
    if not running:
        return None
    latest = max(e.in_van for e in running)
    return min((e for e in running if e.in_van == latest), key=lambda e: e.brin6)


def declared(leveringen: Iterable[Delivered], brin6: str, dataset: str, t: date) -> bool:
    """Whether the school said that it delivered this day, ends included."""
    return any(d.brin6 == brin6 and d.dataset == dataset and d.van <= t <= d.tot for d in leveringen)


def year_label(answer: Answer) -> int | None:
    """The school year an answer is for: as it says itself, else by its date, else none."""
    if answer.voor_schooljaar is not None:
        return int(answer.voor_schooljaar[:4])
    return None if answer.datum is None else school_year(answer.datum)


def demonstrable(answer: Answer) -> bool:
    """A date, a known giver and a source."""
    return answer.datum is not None and answer.gever in GIVERS and answer.bron is not None


def entitled(answer: Answer, sixteen: date) -> bool:
    """A pupil of 16 or older, or a parent or guardian of a younger one, on the day of the answer."""
    if answer.datum is None:
        return False
    if answer.gever == "leerling":
        return answer.datum >= sixteen
    return answer.gever in PARENTS and answer.datum < sixteen


def latest_word(answers: Iterable[Answer]) -> str:
    """One giver's latest answer; on one day the most protective."""
    last = max(answers, key=lambda a: (a.datum or date.min, PROTECTIVE[a.antwoord]))
    return last.antwoord


def outcome_of_parents(answers: Sequence[Answer]) -> str:
    words = [latest_word(a for a in answers if a.gever == giver) for giver in {a.gever for a in answers}]
    if all(word == "ja" for word in words):
        return "ja"
    if "ja" in words:
        return "conflict"
    return "ingetrokken" if "ingetrokken" in words else "nee"


def judged(answers: Sequence[Answer]) -> str:
    """The pupil's own latest answer if there is one, else the outcome of the parents."""
    own = [a for a in answers if a.gever == "leerling"]
    return latest_word(own) if own else outcome_of_parents(answers)


def status(  # noqa: PLR0911 - reads like the table of the rules: first hit wins
    pupil_answers: Iterable[Answer], enrolment: Enrolment, purpose: str, t: date, *, delivers: bool
) -> str:
    """The one status of a pupil for a purpose on day t, given the enrolment that counts on t."""
    sixteen, this_year = turns_16(enrolment), school_year(t)
    there = [
        a
        for a in pupil_answers
        if a.doel == purpose and (a.datum is None or a.datum <= t) and (a.brin6 is None or a.brin6 == enrolment.brin6)
    ]
    decisions = [a for a in there if a.antwoord in DECISIONS]
    sound = [a for a in decisions if demonstrable(a) and entitled(a, sixteen)]
    v = [a for a in sound if year_label(a) == this_year]

    if not delivers:
        return "onbekend"
    if any(a.gever == "leerling" for a in v):
        return latest_word(a for a in v if a.gever == "leerling")
    if v and t < sixteen:
        return outcome_of_parents(v)
    if v:
        return "werd_16_ja" if outcome_of_parents(v) == "ja" else "werd_16_nee"

    unsound = [a for a in decisions if year_label(a) in (this_year, None) and a not in v]
    if any(demonstrable(a) for a in unsound):
        return "onbevoegd"
    if any(a.gever == "school" and a.datum is not None and a.bron is not None for a in unsound):
        return "niet_uitdrukkelijk"
    if unsound:
        return "niet_aantoonbaar"

    earlier = [(label, a) for a in sound if (label := year_label(a)) is not None and label < this_year]
    if earlier:
        last_year = max(label for label, _ in earlier)
        word = judged([a for label, a in earlier if label == last_year])
        return "verlopen_ja" if word == "ja" else "verlopen_nee"

    if any(a.antwoord == "onbeantwoord" and year_label(a) == this_year for a in there):
        return "onbeantwoord"
    return "niet_gevraagd"


# --- a delivery ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facts:
    """The accepted rows in force, by dataset, and the day of the delivery."""

    today: date
    schools: list[School]
    enrolments: list[Enrolment]
    answers: list[Answer]
    incidents: list[Incident]
    leveringen: list[Delivered]

    @classmethod
    def of(cls, rows: Iterable[Row], today: date) -> Facts:
        rows = list(rows)
        return cls(
            today=today,
            schools=[r for r in rows if isinstance(r, School)],
            enrolments=[r for r in rows if isinstance(r, Enrolment)],
            answers=[r for r in rows if isinstance(r, Answer)],
            incidents=[r for r in rows if isinstance(r, Incident)],
            leveringen=[r for r in rows if isinstance(r, Delivered)],
        )

    def enrolled_on(self, t: date) -> list[Enrolment]:
        """The one enrolment of every pupil enrolled on t."""
        found = []
        for number in sorted({e.leerlingnummer for e in self.enrolments}):
            enrolment = enrolment_on([e for e in self.enrolments if e.leerlingnummer == number], t)
            if enrolment is not None:
                found.append(enrolment)
        return found

    def statuses_on(self, t: date) -> list[tuple[str, str, str]]:
        """(brin6, doel, status), one for every pupil enrolled on t and every purpose."""
        found = []
        for enrolment in self.enrolled_on(t):
            answers = [a for a in self.answers if a.leerlingnummer == enrolment.leerlingnummer]
            delivers = declared(self.leveringen, enrolment.brin6, "toestemmingen", t)
            for purpose in PURPOSES:
                word = status(answers, enrolment, purpose, t, delivers=delivers)
                found.append((enrolment.brin6, purpose, word))
        return found


# --- the published tables ------------------------------------------------------------


def consent_status(facts: Facts) -> Table:
    rows: Table = []
    for t in reference_dates(facts.answers, facts.today):
        counts: Counter[tuple[str, str, str]] = Counter()
        for brin6, doel, word in facts.statuses_on(t):
            counts[brin6, doel, word] += 1
            counts[GROUP, doel, word] += 1
        for (brin6, doel, word), pupils in counts.items():
            rows.append({"peildatum": t, "brin6": brin6, "doel": doel, "status": word, "leerlingen": pupils})
    return rows


def consent_coverage(facts: Facts) -> Table:
    rows: Table = []
    for t in reference_dates(facts.answers, facts.today):
        counts: Counter[tuple[str, str, str, str]] = Counter()
        places = set()
        for brin6, doel, word in facts.statuses_on(t):
            for place in (brin6, GROUP):
                places.add(place)
                for reading, outcome in zip(READING_NAMES, READINGS[word], strict=True):
                    counts[place, doel, reading, outcome] += 1
        for place in places:
            for doel in PURPOSES:
                for reading in READING_NAMES:
                    cell = {o: counts[place, doel, reading, o] for o in ("ja", "nee", "ongeldig", "onbekend")}
                    good, base = cell["ja"] + cell["nee"], cell["ja"] + cell["nee"] + cell["ongeldig"]
                    rows.append(
                        {"peildatum": t, "brin6": place, "doel": doel, "lezing": reading, **cell}
                        | {"dekking": good / base if base else None}
                    )
    return rows


def counted(incident: Incident) -> bool:
    return incident.reikwijdte != "buiten"


def incidents_monthly(facts: Facts, free: set[date]) -> Table:
    """A row per month with school days and school of `scholen`, and for the group."""
    dates = [d.van for d in facts.leveringen if d.dataset == "incidenten" and d.van <= facts.today]
    if not dates:
        return []
    months: Table = []
    started = False
    for end in [d for d in days_between(min(dates), last_day_of_month(facts.today)) if (d + DAY).month != d.month]:
        last = min(end, facts.today)
        lessons = school_days(end.replace(day=1), last, free)
        if not lessons:
            continue
        rows = [_school_month(facts, school.brin6, last, lessons) for school in facts.schools]
        started = started or any(row["aangeleverd"] for row in rows)
        if started:
            months += [*rows, _group_month(rows, last, len(lessons))]
    return months


def _school_month(facts: Facts, brin6: str, last: date, lessons: list[date]) -> dict[str, object]:
    delivered = all(declared(facts.leveringen, brin6, "incidenten", day) for day in lessons)
    here = [i for i in facts.incidents if i.brin6 == brin6 and month_of(i.datum) == month_of(last)]
    incidents = sum(counted(i) for i in here)
    pupils = sum(e.brin6 == brin6 for e in facts.enrolled_on(last))
    return _month_row(last, brin6, incidents, pupils, lessons=len(lessons), delivered=delivered)


def _group_month(rows: Table, last: date, lessons: int) -> dict[str, object]:
    """The group is the schools that delivered this month."""
    there = [row for row in rows if row["aangeleverd"]]
    incidents = sum(int(str(row["incidenten"])) for row in there)
    pupils = sum(int(str(row["leerlingen"])) for row in there)
    return _month_row(last, GROUP, incidents, pupils, lessons=lessons, delivered=bool(there))


def _month_row(
    last: date, brin6: str, incidents: int, pupils: int, *, lessons: int, delivered: bool
) -> dict[str, object]:
    exposure = pupils * lessons
    return {
        "maand": month_of(last),
        "brin6": brin6,
        "incidenten": incidents if delivered else None,
        "leerlingen": pupils,
        "lesdagen": lessons,
        "aangeleverd": delivered,
        "ratio": 1000 * 20 * incidents / exposure if delivered and exposure else None,
    }


def periods_of(day: date) -> list[str]:
    """The school year, the half-year and, from the day the code came into force, the evaluation period."""
    year = school_year(day)
    spring = 2 <= day.month <= 7
    half = f"{day.year}-02/{day.year}-07" if spring else f"{year}-08/{year + 1}-01"
    names = [f"{year}-08/{year + 1}-07", half]
    if day >= IN_FORCE:
        since = day.year if day.month >= 2 else day.year - 1
        start = since - (since - IN_FORCE.year) % YEARS_VALID
        names.append(f"{start}-02/{start + YEARS_VALID}-01")
    return names


def dimensions_of(incident: Incident) -> dict[str, str]:
    """What an incident counts as, per dimension; one outside the school only has a reach."""
    reach = {"reikwijdte": incident.reikwijdte or "school"}
    if not counted(incident):
        return reach
    in_class = {True: "ja", False: "nee", None: "onbekend"}[incident.in_les]
    return reach | {
        "categorie": incident.categorie,
        "artikel": ARTICLE_OF[incident.categorie],
        "platform": incident.platform or "onbekend",
        "openheid": incident.openheid or "onbekend",
        "veroorzaker": incident.veroorzaker or "onbekend",
        "getroffene": incident.getroffene or "onbekend",
        "ernst": incident.ernst or "onbekend",
        "in_les": in_class,
        "maatregel": incident.maatregel or "onbekend",
    }


def incidents_by(facts: Facts) -> Table:
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for incident in facts.incidents:
        for period in periods_of(incident.datum):
            for place in (incident.brin6, GROUP):
                for dimension, value in dimensions_of(incident).items():
                    counts[period, place, dimension, value] += 1
    names = ("periode", "brin6", "dimensie", "waarde")
    return [dict(zip(names, key, strict=True)) | {"incidenten": number} for key, number in counts.items()]


def evaluation_clock(today: date) -> Table:
    """The last round's steps, planned back from two years after the code came into force."""
    last_round = {
        "advies directeuren": date(2024, 7, 10),
        "instemming GMR": date(2024, 12, 12),
        "vaststelling bestuur": date(2024, 12, 17),
        "inwerkingtreding": IN_FORCE,
    }
    ends = IN_FORCE.replace(year=IN_FORCE.year + YEARS_VALID)
    rows: Table = []
    for step, day in last_round.items():
        due = ends - (IN_FORCE - day)
        left = (due - today).days
        row = {"stap": step, "vorige_ronde": day, "uiterlijk": due, "dagen": left}
        rows.append(row | {"oordeel": "te laat" if left < 0 else "op tijd"})
    return rows
