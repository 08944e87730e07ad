"""Every published figure once more: slowly, plainly, from the rules alone.

Nothing here is fast and nothing is shared with the dashboard: rows in (`tests.rows`), lists of dicts out, one
dict per row of the published table. Where this and a published table differ, one of them misreads the rules.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate
from math import comb
from pathlib import Path

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
    Staff,
)

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
YEAR_RULES = ("schooljaar", "twaalf_maanden", "codejaar")
STEPS = {  # step -> the statuses that end there: every later step is without them
    "ingeschreven": set[str](),
    "gevraagd": {"niet_gevraagd", "onbekend"},
    "beantwoord": {"onbeantwoord"},
    "aantoonbaar": {"niet_aantoonbaar", "niet_uitdrukkelijk"},
    "bevoegd": {"onbevoegd"},
    "dit_jaar": {"verlopen_ja", "verlopen_nee"},
}

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


def code_year(day: date) -> int:
    """The calendar year in which the code's own year of this day began, on 1 February."""
    return day.year if day.month >= 2 else day.year - 1


def twelve_months_later(day: date) -> date:
    """The same date a year later; 28 February after the 29th."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 2, 28)
    return date(day.year + 1, day.month, day.day)


def next_1_september(day: date) -> date:
    """The 1 September strictly after this day."""
    return date(day.year + 1 if (day.month, day.day) >= (9, 1) else day.year, 9, 1)


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


def year_label(answer: Answer, rule: str = "schooljaar") -> int | None:
    """The year an answer is for, named by the calendar year it began in; None: it doesn't say.

    schooljaar: as the answer says itself, else by its date. codejaar: by its date, else the code year in which the
    school year it names began. twaalf_maanden: a dated answer needs no label, others have their school year.
    """
    named = None if answer.voor_schooljaar is None else int(answer.voor_schooljaar[:4])
    if rule == "schooljaar" and named is None and answer.datum is not None:
        return school_year(answer.datum)
    if rule == "codejaar" and answer.datum is not None:
        return code_year(answer.datum)
    if rule == "codejaar" and named is not None:
        return code_year(date(named, 8, 1))
    return named


def of_this_year(answer: Answer, t: date, rule: str) -> bool:
    """Whether the answer is one of the year in which t lies; under twaalf_maanden: whether it still speaks on t."""
    if rule == "twaalf_maanden" and answer.datum is not None:
        return answer.datum <= t < twelve_months_later(answer.datum)
    return year_label(answer, rule) == (code_year(t) if rule == "codejaar" else school_year(t))


def without_a_year(answer: Answer) -> bool:
    return answer.datum is None and answer.voor_schooljaar is None


def of_the_latest_earlier_year(sound: Sequence[Answer], t: date, rule: str) -> list[Answer]:
    """Of these dated answers, those of the latest year that is over on t.

    twaalf_maanden: the twelve months that end with the answer that spoke longest.
    """
    if rule == "twaalf_maanden":
        over = [(twelve_months_later(a.datum), a) for a in sound if a.datum is not None]
        last_end = max((end for end, _ in over if end <= t), default=date.min)
        return [a for end, a in over if end <= t and twelve_months_later(end) > last_end]
    this_year = code_year(t) if rule == "codejaar" else school_year(t)
    labelled = [(label, a) for a in sound if (label := year_label(a, rule)) is not None and label < this_year]
    latest = max((label for label, _ in labelled), default=None)
    return [a for label, a in labelled if label == latest]


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
    pupil_answers: Iterable[Answer],
    enrolment: Enrolment,
    purpose: str,
    t: date,
    *,
    delivers: bool,
    rule: str = "schooljaar",
) -> str:
    """The one status of a pupil for a purpose on day t, given the enrolment that counts on t.

    `rule` is what "yearly" means, one of YEAR_RULES.
    """
    sixteen = turns_16(enrolment)
    there = [
        a
        for a in pupil_answers
        if a.doel == purpose and (a.datum is None or a.datum <= t) and (a.brin6 is None or a.brin6 == enrolment.brin6)
    ]
    decisions = [a for a in there if a.antwoord in DECISIONS]
    sound = [a for a in decisions if demonstrable(a) and entitled(a, sixteen)]
    v = [a for a in sound if of_this_year(a, t, rule)]

    if not delivers:
        return "onbekend"
    if any(a.gever == "leerling" for a in v):
        return latest_word(a for a in v if a.gever == "leerling")
    if v and t < sixteen:
        return outcome_of_parents(v)
    if v:
        return "werd_16_ja" if outcome_of_parents(v) == "ja" else "werd_16_nee"

    unsound = [a for a in decisions if (of_this_year(a, t, rule) or without_a_year(a)) and a not in v]
    if any(demonstrable(a) for a in unsound):
        return "onbevoegd"
    if any(a.gever == "school" and a.datum is not None and a.bron is not None for a in unsound):
        return "niet_uitdrukkelijk"
    if unsound:
        return "niet_aantoonbaar"

    earlier = of_the_latest_earlier_year(sound, t, rule)
    if earlier:
        return "verlopen_ja" if judged(earlier) == "ja" else "verlopen_nee"

    if any(a.antwoord == "onbeantwoord" and of_this_year(a, t, rule) for a in there):
        return "onbeantwoord"
    return "niet_gevraagd"


# --- a delivery ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facts:
    """The accepted rows in force, by dataset, the day of the delivery and what "yearly" means."""

    today: date
    schools: list[School]
    enrolments: list[Enrolment]
    answers: list[Answer]
    incidents: list[Incident]
    leveringen: list[Delivered]
    publications: list[Publication] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    consultations: list[Consultation] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    staff: list[Staff] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)
    rule: str = "schooljaar"

    @classmethod
    def of(cls, rows: Iterable[Row], today: date, rule: str = "schooljaar") -> Facts:
        rows = list(rows)
        return cls(
            today=today,
            schools=[r for r in rows if isinstance(r, School)],
            enrolments=[r for r in rows if isinstance(r, Enrolment)],
            answers=[r for r in rows if isinstance(r, Answer)],
            incidents=[r for r in rows if isinstance(r, Incident)],
            leveringen=[r for r in rows if isinstance(r, Delivered)],
            publications=[r for r in rows if isinstance(r, Publication)],
            events=[r for r in rows if isinstance(r, Event)],
            consultations=[r for r in rows if isinstance(r, Consultation)],
            placements=[r for r in rows if isinstance(r, Placement)],
            announcements=[r for r in rows if isinstance(r, Announcement)],
            activities=[r for r in rows if isinstance(r, Activity)],
            staff=[r for r in rows if isinstance(r, Staff)],
            resolutions=[r for r in rows if isinstance(r, Resolution)],
            rule=rule,
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
        return [
            (enrolment.brin6, purpose, self.status_of(enrolment, purpose, t))
            for enrolment in self.enrolled_on(t)
            for purpose in PURPOSES
        ]

    def status_of(self, enrolment: Enrolment, purpose: str, t: date, *, declared_on: date | None = None) -> str:
        """A pupil's status on t at the school of this enrolment; whether it delivers may be judged on another day."""
        answers = [a for a in self.answers if a.leerlingnummer == enrolment.leerlingnummer]
        delivers = declared(self.leveringen, enrolment.brin6, "toestemmingen", declared_on or t)
        return status(answers, enrolment, purpose, t, delivers=delivers, rule=self.rule)


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
        statuses = facts.statuses_on(t)
        for place in places_of(facts, t):
            for doel in PURPOSES:
                words = [word for brin6, purpose, word in statuses if place in {brin6, GROUP} and purpose == doel]
                for reading in READING_NAMES:
                    key = {"peildatum": t, "brin6": place, "doel": doel, "lezing": reading}
                    rows.append(key | outcomes(words, reading))
    return rows


def places_of(facts: Facts, t: date) -> list[str]:
    """Every school with a pupil on t, and the group if there is any."""
    schools = sorted({enrolment.brin6 for enrolment in facts.enrolled_on(t)})
    return [*schools, GROUP] if schools else []


def outcomes(statuses: Iterable[str], reading: str) -> dict[str, object]:
    """How many statuses count as what under a reading, and the share that is valid."""
    counts = Counter(READINGS[word][READING_NAMES.index(reading)] for word in statuses)
    valid, base = counts["ja"] + counts["nee"], counts["ja"] + counts["nee"] + counts["ongeldig"]
    cells = {name: counts[name] for name in ("ja", "nee", "ongeldig", "onbekend")}
    return cells | {"dekking": valid / base if base else None}


def consent_by_year_group(facts: Facts) -> Table:
    rows: Table = []
    enrolled = facts.enrolled_on(facts.today)
    for place in places_of(facts, facts.today):
        for year_group in range(1, 7):
            pupils = [e for e in enrolled if place in {e.brin6, GROUP} and e.leerjaar == year_group]
            for doel in PURPOSES if pupils else ():
                words = [facts.status_of(e, doel, facts.today) for e in pupils]
                key = {"peildatum": facts.today, "brin6": place, "leerjaar": year_group, "doel": doel}
                rows.append(key | outcomes(words, "code"))
    return rows


def consent_by_year_rule(facts: Facts) -> Table:
    rows: Table = []
    for rule in YEAR_RULES:
        statuses = replace(facts, rule=rule).statuses_on(facts.today)
        for place in places_of(facts, facts.today):
            for doel in PURPOSES:
                words = [word for brin6, purpose, word in statuses if place in {brin6, GROUP} and purpose == doel]
                key = {"peildatum": facts.today, "brin6": place, "doel": doel, "jaar": rule}
                rows.append(key | outcomes(words, "code"))
    return rows


def consent_waterfall(facts: Facts) -> Table:
    rows: Table = []
    statuses = facts.statuses_on(facts.today)
    for place in places_of(facts, facts.today):
        for doel in PURPOSES:
            words = [word for brin6, purpose, word in statuses if place in {brin6, GROUP} and purpose == doel]
            for step, left_out in STEPS.items():
                words = [word for word in words if word not in left_out]
                key = {"peildatum": facts.today, "brin6": place, "doel": doel, "stap": step}
                rows.append(key | {"leerlingen": len(words)})
    return rows


def turning_16(facts: Facts) -> Table:
    """Pupils of today whose answers fall to themselves this month or in one of the twelve after it."""
    today = facts.today
    turning = [
        enrolment
        for enrolment in facts.enrolled_on(today)
        if turns_16(enrolment) > today
        and any(
            facts.status_of(enrolment, doel, today) in {"ja", "nee", "ingetrokken", "conflict"} for doel in PURPOSES
        )
    ]
    rows: Table = []
    for place in places_of(facts, today):
        for ahead in range(13):
            years, month = divmod(today.month - 1 + ahead, 12)
            name = f"{today.year + years:04d}-{month + 1:02d}"
            here = [e for e in turning if place in {e.brin6, GROUP} and month_of(turns_16(e)) == name]
            rows.append({"brin6": place, "maand": name, "leerlingen": len(here)})
    return rows


def expiry_outlook(facts: Facts) -> Table:
    """Today's pupils, today and on the next 1 September, as if they stay where they are and nobody answers."""
    today, september = facts.today, next_1_september(facts.today)
    rows: Table = []
    for place in places_of(facts, today):
        pupils = [e for e in facts.enrolled_on(today) if place in {e.brin6, GROUP}]
        for doel in PURPOSES:
            row: dict[str, object] = {"brin6": place, "doel": doel, "leerlingen": len(pupils)}
            for name, day in (("nu", today), ("1_september", september)):
                found = Counter(READINGS[facts.status_of(e, doel, day, declared_on=today)][1] for e in pupils)
                row |= {f"geldig_{name}": found["ja"] + found["nee"], f"nodig_{name}": found["ongeldig"]}
            rows.append(row)
    return rows


def status_of_use(facts: Facts, publication: Publication) -> str:
    """The status of the pupil who is recognisable, on the day of the publication, at the pupil's own school."""
    own = [e for e in facts.enrolments if e.leerlingnummer == publication.leerlingnummer]
    enrolment = enrolment_on(own, publication.datum)
    if enrolment is None:
        return "niet_ingeschreven"
    return facts.status_of(enrolment, publication.doel, publication.datum)


def uses_of(facts: Facts) -> list[tuple[tuple[str, str, str], str, str]]:
    """((brin6, schooljaar, doel), publicatie_id, status) for every pupil in every publication, and for the group."""
    found = []
    for use in facts.publications:
        year = school_year(use.datum)
        for place in (use.brin6, GROUP):
            key = (place, f"{year}-{year + 1}", use.doel)
            found.append((key, use.publicatie_id, status_of_use(facts, use)))
    return found


def use_without_consent(facts: Facts) -> Table:
    uses = uses_of(facts)
    rows: Table = []
    for key in sorted({key for key, _, _ in uses}):
        mine = [(number, word) for its_key, number, word in uses if its_key == key]
        without = [word for _, word in mine if word == "niet_ingeschreven" or READINGS[word][1] != "ja"]
        rows.append(
            dict(zip(("brin6", "schooljaar", "doel"), key, strict=True))
            | {
                "publicaties": len({number for number, _ in mine}),
                "gebruiken": len(mine),
                "zonder_toestemming": len(without),
            }
        )
    return rows


def use_by_status(facts: Facts) -> Table:
    counts = Counter((*key, word) for key, _, word in uses_of(facts))
    names = ("brin6", "schooljaar", "doel", "status")
    return [dict(zip(names, key, strict=True)) | {"gebruiken": number} for key, number in counts.items()]


def chances(n: int, share: Fraction) -> list[Fraction]:
    """P(R = 0), P(R = 1), … P(R = n) for R valid answers among n, each valid with this chance; exact."""
    ways, all_ways = share.numerator, share.denominator
    return [Fraction(comb(n, k) * ways**k * (all_ways - ways) ** (n - k), all_ways**n) for k in range(n + 1)]


def funnel_limit(n: int, share: Fraction, p: Fraction, *, upper: bool) -> Fraction:
    """The interpolated exact binomial limit for n pupils; exact."""
    if share in {0, 1}:
        return share
    exactly = chances(n, share)
    at_most = list(accumulate(exactly))
    r = next(count for count in range(n + 1) if at_most[count] >= p)
    if upper and r == n:
        return Fraction(1)
    return max(Fraction(0), (r - (at_most[r] - p) / exactly[r]) / n)


def funnel_limits(n: int, share: Fraction) -> dict[str, Fraction]:
    return {
        "onder95": funnel_limit(n, share, Fraction(25, 1000), upper=False),
        "boven95": funnel_limit(n, share, Fraction(975, 1000), upper=True),
        "onder998": funnel_limit(n, share, Fraction(1, 1000), upper=False),
        "boven998": funnel_limit(n, share, Fraction(999, 1000), upper=True),
    }


def funnel_verdict(share: Fraction, limits: dict[str, Fraction]) -> str:
    if share < limits["onder998"] or share > limits["boven998"]:
        return "wijkt af"
    return "opletten" if share < limits["onder95"] or share > limits["boven95"] else "binnen"


def consent_funnel(facts: Facts) -> Table:
    """A row for every reference date, purpose and school with pupils; the group stands in `groep`."""
    rows: Table = []
    for t in reference_dates(facts.answers, facts.today):
        statuses = facts.statuses_on(t)
        for doel in PURPOSES:
            judged_as = [(brin6, READINGS[word][1]) for brin6, purpose, word in statuses if purpose == doel]
            valid = Counter(brin6 for brin6, what in judged_as if what in {"ja", "nee"})
            base = Counter(brin6 for brin6, what in judged_as if what != "onbekend")
            group = Fraction(sum(valid.values()), sum(base.values())) if sum(base.values()) else None
            for brin6 in sorted({brin6 for brin6, _ in judged_as}):
                key = {"peildatum": t, "doel": doel, "brin6": brin6}
                rows.append(key | _funnel_cells(valid[brin6], base[brin6], group))
    return rows


def _funnel_cells(valid: int, base: int, group: Fraction | None) -> dict[str, object]:
    cells: dict[str, object] = {"geldig": valid, "noemer": base}
    if group is None or not base:
        nothing = dict.fromkeys(("onder95", "boven95", "onder998", "boven998"))
        no_share = {"dekking": None, "groep": None if group is None else float(group)}
        return cells | no_share | nothing | {"oordeel": "geen gegevens"}
    share, limits = Fraction(valid, base), funnel_limits(base, group)
    cells |= {"dekking": float(share), "groep": float(group)}
    return cells | {name: float(limit) for name, limit in limits.items()} | {"oordeel": funnel_verdict(share, limits)}


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
