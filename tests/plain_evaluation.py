"""The two-yearly evaluation once more: slowly, plainly, from the rules alone.

The sequel to `plain_python` and `plain_incidents`: rows in, one dict per article and indicator out.

Where the rules leave a choice, this is the one taken here:
- Any school's month that was delivered in full makes incidents delivered, also of a school that had closed; how
  complete they are is a matter of active schools alone.
- Incidents are delivered or not for each span by itself: a value of the two years before can stand beside an
  empty one of these two years.
- An internship is dated by its first day, a row of staff by its reference date.
- The last reference date is the last one on which the group has pupils: on others its coverage isn't published. Where
  none lies in the period, teller and noemer are empty too.
- Of a period that has ended, everything in force today counts that is dated in it, whenever it was delivered; a
  dataset of which only later rows are known is delivered.
- A decision counts whatever became of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tests.plain_python import (
    ARTICLE_OF,
    GROUP,
    IN_FORCE,
    READINGS,
    YEARS_VALID,
    Facts,
    Table,
    consent_coverage,
    counted,
    days_between,
    declared,
    last_day_of_month,
    month_of,
    school_days,
    status_of_use,
)
from tests.rows import Incident, Staff

DAY = timedelta(days=1)
ARTICLES = (
    *("I", "II.1", "II.2", "II.3"),
    *(f"III.{n}" for n in range(1, 7)),
    *(f"IV.A.{n}" for n in range(1, 7)),
    *(f"IV.M.{n}" for n in range(1, 13)),
    *("V.1", "V.2", "V.3"),
    *(f"VI.{n}" for n in range(1, 6)),
)
WITH_INCIDENTS = (
    *("IV.A.1", "IV.A.2", "IV.A.3", "IV.A.6"),
    *("IV.M.1", "IV.M.3", "IV.M.4", "IV.M.5", "IV.M.7", "IV.M.8", "IV.M.9", "IV.M.10"),
)
PURPOSES_OF = {
    "IV.M.8": ("beeld_website", "beeld_social_media", "beeld_nieuwsbrief", "beeld_email"),
    "IV.M.9": ("whatsapp_les", "social_media_les"),
}
TO_BE_INFORMED = ("leerlingen", "ouders", "medewerkers")
KNOWN_PLATFORMS = {
    *("facebook", "x", "instagram", "whatsapp", "linkedin", "snapchat", "tiktok", "youtube", "teams", "e-mail"),
}
PUPILS_LIST = {"gesprek", "waarschuwing", "herstel", "schorsing", "verwijdering"}
STAFF_LIST = {"berisping", "overplaatsing", "ontslag"}

Figure = tuple[int | None, int | None, Fraction | None]
"""Teller, noemer, waarde."""
NOTHING: Figure = (None, None, None)


@dataclass(frozen=True, slots=True)
class Adopted:
    """The dates of this round, as the registry holds them; None: not settled."""

    gmr: date | None = date(2024, 12, 12)
    board: date | None = date(2024, 12, 17)
    in_force: date | None = IN_FORCE


LAST_ROUND = Adopted()


@dataclass(frozen=True, slots=True)
class Covered:
    """The group's coverage for one purpose on one reference date."""

    day: date
    purpose: str
    valid: int
    invalid: int
    unknown: int

    @property
    def base(self) -> int:
        return self.valid + self.invalid

    @property
    def pupils(self) -> int:
        return self.base + self.unknown


@dataclass(frozen=True, slots=True)
class SchoolMonth:
    """A school in a month with school days."""

    is_active: bool
    """On the last day of the month, or today while it runs."""
    is_delivered: bool
    """On every school day so far."""


def schools_on(facts: Facts, day: date) -> list[str]:
    """The schools that are active on a day."""
    return [
        school.brin6
        for school in facts.schools
        if (school.actief_van is None or school.actief_van <= day)
        and (school.actief_tot is None or day < school.actief_tot)
    ]


def school_months(facts: Facts, free: set[date], first: date, last: date) -> Iterator[SchoolMonth]:
    """Every school in every month with school days."""
    for end in days_between(first, last_day_of_month(last)):
        if month_of(end) == month_of(end + DAY):
            continue
        until = min(end, last)
        lessons = school_days(end.replace(day=1), until, free)
        active = schools_on(facts, until)
        for school in facts.schools if lessons else ():
            sent = all(declared(facts.leveringen, school.brin6, "incidenten", day) for day in lessons)
            yield SchoolMonth(is_active=school.brin6 in active, is_delivered=sent)


@dataclass(frozen=True, slots=True)
class Span:
    """Two years as they are seen from `last`: their last day or, while they run, today."""

    facts: Facts
    adopted: Adopted
    coverage: tuple[Covered, ...]
    first: date
    last: date
    school_months: tuple[SchoolMonth, ...]

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def schools(self) -> list[str]:
        return schools_on(self.facts, self.last)

    def incidents(self, article: str | None = None) -> list[Incident]:
        """The counted incidents of these years, of one article or of all."""
        return [
            incident
            for incident in self.facts.incidents
            if counted(incident)
            and self.holds(incident.datum)
            and (article is None or ARTICLE_OF[incident.categorie] == article)
        ]

    def coverage_of(self, purpose: str) -> list[Covered]:
        """The reference dates in these years, from early to late."""
        return sorted((c for c in self.coverage if c.purpose == purpose and self.holds(c.day)), key=lambda c: c.day)


# --- what was delivered --------------------------------------------------------------


def days_of(facts: Facts, source: str) -> list[date | None]:
    """The day that each row of a dataset is of."""
    days: dict[str, list[date | None]] = {
        "incidenten": [row.datum for row in facts.incidents],
        "publicaties": [row.datum for row in facts.publications],
        "activiteiten": [row.datum for row in facts.activities],
        "consultaties": [row.datum for row in facts.consultations],
        "bekendmaking": [row.datum for row in facts.announcements],
        "besluiten": [row.datum for row in facts.resolutions],
        "stages": [row.startdatum for row in facts.placements],
        "personeel": [row.peildatum for row in facts.staff],
    }
    return days[source]


def is_delivered(span: Span, source: str, *, before: bool) -> bool:
    """Whether a source says anything about these years; of the two years before a row must be dated in them."""
    if source in {"toestemmingen", "register"}:
        return True
    days = days_of(span.facts, source)
    within = any(day is not None and span.holds(day) for day in days)
    if source == "incidenten":
        return within or any(month.is_delivered for month in span.school_months)
    return within if before else bool(days)


def quality_of(span: Span, source: str) -> Fraction:
    """How complete the evidence is."""
    if source == "register":
        return Fraction(1)
    if source == "incidenten":
        months = [month.is_delivered for month in span.school_months if month.is_active]
        return Fraction(sum(months), len(months)) if months else Fraction(0)
    return Fraction(is_delivered(span, source, before=False))


def quality_of_coverage(found: Covered | None) -> Fraction:
    return Fraction(0) if found is None or not found.pupils else 1 - Fraction(found.unknown, found.pupils)


# --- figures -------------------------------------------------------------------------


def number(things: Iterable[object]) -> Figure:
    count = sum(1 for _ in things)
    return count, None, Fraction(count)


def share(top: int, base: int) -> Figure:
    return top, base, Fraction(top, base) if base else None


def share_of(things: Sequence[Incident], holds: Callable[[Incident], bool]) -> Figure:
    """How many of these incidents are so."""
    return share(sum(holds(thing) for thing in things), len(things))


def trainings(span: Span) -> Figure:
    return number(a for a in span.facts.activities if a.soort == "training" and span.holds(a.datum))


def lessons_and_evenings(span: Span) -> Figure:
    return number(a for a in span.facts.activities if a.soort in {"les", "ouderavond"} and span.holds(a.datum))


def schools_without(kind: str) -> Callable[[Span], Figure]:
    def figure(span: Span) -> Figure:
        had = {a.brin6 for a in span.facts.activities if a.soort == kind and span.holds(a.datum)}
        return share(sum(brin6 not in had for brin6 in span.schools), len(span.schools))

    return figure


def informed_in_time(span: Span) -> Figure:
    """Pairs of a school and a group of people that was told before the code came into force."""
    starts = span.adopted.in_force
    if starts is None:
        return NOTHING
    told = {(a.brin6, a.doelgroep) for a in span.facts.announcements if a.datum < starts}
    pairs = [(brin6, people) for brin6 in span.schools for people in TO_BE_INFORMED]
    return share(sum((brin6, people) in told or (None, people) in told for brin6, people in pairs), len(pairs))


def of_reach(reach: str) -> Callable[[Span], Figure]:
    """The only figure in which incidents outside the school stand."""

    def figure(span: Span) -> Figure:
        everything = [incident for incident in span.facts.incidents if span.holds(incident.datum)]
        return share_of(everything, lambda incident: (incident.reikwijdte or "school") == reach)

    return figure


def platforms_of(span: Span) -> set[str]:
    return {incident.platform for incident in span.incidents() if incident.platform is not None}


def checked_before(span: Span) -> Figure:
    interns = [
        (placement.startdatum, placement.controle_datum)
        for placement in span.facts.placements
        if placement.soort == "stagiair" and placement.startdatum is not None and span.holds(placement.startdatum)
    ]
    return share(sum(check is not None and check < starts for starts, check in interns), len(interns))


def incidents_of(article: str) -> Callable[[Span], Figure]:
    return lambda span: number(span.incidents(article))


def share_of_article(article: str, holds: Callable[[Incident], bool]) -> Callable[[Span], Figure]:
    return lambda span: share_of(span.incidents(article), holds)


def share_where(belongs: Callable[[Incident], bool], holds: Callable[[Incident], bool]) -> Callable[[Span], Figure]:
    """Of the counted incidents of every article that belong, those that are so."""
    return lambda span: share_of([incident for incident in span.incidents() if belongs(incident)], holds)


def has_measure(incident: Incident) -> bool:
    return incident.maatregel not in {None, "geen"}


def days_to_measure(span: Span) -> Figure:
    """The median; the mean of the middle two where they are even in number."""
    days = sorted(
        (incident.maatregel_datum - incident.datum).days
        for incident in span.incidents("IV.A.6")
        if has_measure(incident) and incident.maatregel_datum is not None
    )
    if not days:
        return NOTHING
    return None, None, Fraction(days[(len(days) - 1) // 2] + days[len(days) // 2], 2)


def schools_that_say_yes(said: Callable[[Staff], bool | None]) -> Callable[[Span], Figure]:
    """Of the active schools that say yes or no, those whose latest word is yes."""

    def figure(span: Span) -> Figure:
        words = []
        for brin6 in span.schools:
            rows = [s for s in span.facts.staff if s.brin6 == brin6 and span.holds(s.peildatum) and said(s) is not None]
            if rows:
                words.append(said(max(rows, key=lambda s: s.peildatum)))
        return share(sum(word is True for word in words), len(words))

    return figure


def last_coverage(purpose: str) -> Callable[[Span], Covered | None]:
    def chosen(span: Span) -> Covered | None:
        dates = span.coverage_of(purpose)
        return dates[-1] if dates else None

    return chosen


def lowest_coverage(purpose: str) -> Callable[[Span], Covered | None]:
    """Of the month ends with a denominator the one with the lowest share, the earliest of equals."""

    def chosen(span: Span) -> Covered | None:
        ends = [c for c in span.coverage_of(purpose) if c.base and month_of(c.day) != month_of(c.day + DAY)]
        return min(ends, key=lambda c: (Fraction(c.valid, c.base), c.day), default=None)

    return chosen


def coverage_figure(chosen: Callable[[Span], Covered | None]) -> Callable[[Span], Figure]:
    def figure(span: Span) -> Figure:
        found = chosen(span)
        return NOTHING if found is None else share(found.valid, found.base)

    return figure


def uses_without_consent(article: str) -> Callable[[Span], Figure]:
    def figure(span: Span) -> Figure:
        uses = [p for p in span.facts.publications if p.doel in PURPOSES_OF[article] and span.holds(p.datum)]
        words = [status_of_use(span.facts, use) for use in uses]
        without = [word for word in words if word == "niet_ingeschreven" or READINGS[word][1] != "ja"]
        return share(len(without), len(words))

    return figure


def consultations(span: Span) -> Figure:
    return number(c for c in span.facts.consultations if span.holds(c.datum))


def consent_before_adoption(span: Span) -> Figure:
    gmr, board = span.adopted.gmr, span.adopted.board
    return NOTHING if gmr is None or board is None else share(int(gmr <= board), 1)


def start_is_recorded(span: Span) -> Figure:
    return NOTHING if span.adopted.in_force is None else share(1, 1)


def published_everywhere(span: Span) -> Figure:
    there = {(a.kanaal, a.brin6) for a in span.facts.announcements if a.datum <= span.last}
    places: list[set[tuple[str, str | None]]] = [{("website", None)}, {("intranet", None)}]
    places += [{("schoolwebsite", brin6), ("schoolwebsite", None)} for brin6 in span.schools]
    return share(sum(bool(place & there) for place in places), len(places))


def evaluated(span: Span) -> Figure:
    return share(int(any(r.regel == "VI.5" and span.holds(r.datum) for r in span.facts.resolutions)), 1)


def days_left(span: Span) -> Figure:
    left = (last_day_of(span.first) - span.last).days
    return left, None, Fraction(left)


# --- the rows ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured of an article, out of which source and against which norm."""

    article: str
    name: str
    source: str
    figure: Callable[[Span], Figure]
    norm: int | None = None
    coverage: Callable[[Span], Covered | None] | None = None
    """Where the figure is the coverage on one day: which."""
    was_there_before: bool = True
    """Whether the two years before say anything: the code's own text didn't exist yet."""


def coverage_indicators(article: str) -> list[Indicator]:
    rows = []
    for purpose in PURPOSES_OF[article]:
        for name, chosen, norm in (
            ("dekking", last_coverage(purpose), 1),
            ("laagste_dekking", lowest_coverage(purpose), None),
        ):
            rows.append(Indicator(article, f"{name}:{purpose}", "toestemmingen", coverage_figure(chosen), norm, chosen))
    uses = Indicator(article, "gebruik_zonder_toestemming", "publicaties", uses_without_consent(article), norm=0)
    return [*rows, uses]


INDICATORS = [
    Indicator("I", "trainingen", "activiteiten", trainings),
    Indicator("I", "scholen_zonder_training", "activiteiten", schools_without("training")),
    Indicator("II.1", "tijdig_bekend", "bekendmaking", informed_in_time, norm=1, was_there_before=False),
    Indicator("II.2", "incidenten_school", "incidenten", of_reach("school")),
    Indicator("II.2", "incidenten_overlap", "incidenten", of_reach("overlap")),
    Indicator("II.2", "incidenten_buiten", "incidenten", of_reach("buiten")),
    Indicator("II.3", "platforms", "incidenten", lambda span: number(platforms_of(span))),
    Indicator("II.3", "nieuwe_platforms", "incidenten", lambda span: number(platforms_of(span) - KNOWN_PLATFORMS)),
    Indicator("III.6", "vooraf_gecontroleerd", "stages", checked_before, norm=1),
    *(Indicator(article, "incidenten", "incidenten", incidents_of(article)) for article in WITH_INCIDENTS),
    Indicator("IV.A.1", "in_les", "incidenten", share_of_article("IV.A.1", lambda i: i.in_les is True)),
    Indicator("IV.A.5", "lessen_en_ouderavonden", "activiteiten", lessons_and_evenings),
    Indicator("IV.A.5", "scholen_zonder_les", "activiteiten", schools_without("les")),
    Indicator("IV.A.6", "met_maatregel", "incidenten", share_of_article("IV.A.6", has_measure), norm=1),
    Indicator("IV.A.6", "dagen_tot_maatregel", "incidenten", days_to_measure),
    Indicator("IV.M.3", "whatsapp_bezwaar", "personeel", schools_that_say_yes(lambda s: s.whatsapp_bezwaar)),
    *coverage_indicators("IV.M.8"),
    *coverage_indicators("IV.M.9"),
    Indicator(
        "IV.M.10",
        "zelfde_dag_gemeld",
        "incidenten",
        share_of_article("IV.M.10", lambda i: i.leidinggevende_op == i.datum),
        norm=1,
    ),
    Indicator("IV.M.11", "consultaties", "consultaties", consultations),
    Indicator("IV.M.11", "scholen_met_coach", "personeel", schools_that_say_yes(lambda s: s.social_mediacoach)),
    Indicator(
        "V.1",
        "hulp_aangeboden",
        "incidenten",
        share_where(lambda i: i.getroffene in {"leerling", "medewerker"}, lambda i: i.hulp_aangeboden is True),
    ),
    Indicator(
        "V.1",
        "in_dossier",
        "incidenten",
        share_where(lambda i: i.veroorzaker == "medewerker", lambda i: i.in_dossier is True),
    ),
    Indicator(
        "V.2",
        "maatregelen_leerlingen",
        "incidenten",
        share_where(lambda i: i.veroorzaker == "leerling", lambda i: i.maatregel in PUPILS_LIST),
    ),
    Indicator(
        "V.3",
        "maatregelen_medewerkers",
        "incidenten",
        share_where(lambda i: i.veroorzaker == "medewerker", lambda i: i.maatregel in STAFF_LIST),
    ),
    Indicator(
        "VI.1", "instemming_voor_vaststelling", "register", consent_before_adoption, norm=1, was_there_before=False
    ),
    Indicator("VI.3", "inwerkingtreding_vastgelegd", "register", start_is_recorded, norm=1, was_there_before=False),
    Indicator("VI.4", "gepubliceerd", "bekendmaking", published_everywhere, norm=1, was_there_before=False),
    Indicator("VI.5", "geevalueerd", "besluiten", evaluated, norm=1, was_there_before=False),
    Indicator("VI.5", "dagen_over", "register", days_left, was_there_before=False),
]


def two_years_later(day: date) -> date:
    return day.replace(year=day.year + YEARS_VALID)


def last_day_of(first: date) -> date:
    """The last day of the period that begins on this day."""
    return two_years_later(first) - DAY


def coverage_of_the_group(facts: Facts) -> Iterator[Covered]:
    """Every purpose on every reference date on which there are pupils."""
    for row in consent_coverage(facts):
        if (row["brin6"], row["lezing"]) == (GROUP, "code"):
            yes, no, invalid, unknown = (int(str(row[name])) for name in ("ja", "nee", "ongeldig", "onbekend"))
            day = row["peildatum"]
            assert isinstance(day, date)
            yield Covered(day, str(row["doel"]), yes + no, invalid, unknown)


def evaluation(facts: Facts, free: set[date], adopted: Adopted = LAST_ROUND) -> Table:
    """Every article of every evaluation period that has begun."""
    covered = tuple(coverage_of_the_group(facts))
    rows: Table = []
    first = IN_FORCE
    while first <= facts.today:
        end, earlier = last_day_of(first), first.replace(year=first.year - YEARS_VALID)
        now, before = (
            Span(facts, adopted, covered, since, until, tuple(school_months(facts, free, since, until)))
            for since, until in ((first, min(end, facts.today)), (earlier, first - DAY))
        )
        for article in ARTICLES:
            key = {"periode": f"{month_of(first)}/{month_of(end)}", "artikel": article}
            found = [indicator for indicator in INDICATORS if indicator.article == article]
            rows += [key | cells_of(indicator, now, before) for indicator in found]
            rows += [] if found else [key | NOT_MEASURABLE]
        first = two_years_later(first)
    return rows


NOT_MEASURABLE: dict[str, object] = {
    "indicator": None,
    "teller": None,
    "noemer": None,
    "waarde": None,
    "vorige_waarde": None,
    "oordeel": "niet meetbaar",
    "kwaliteit": None,
}


def cells_of(indicator: Indicator, now: Span, before: Span) -> dict[str, object]:
    """A row but for its period and article."""
    top, base, value = figure_of(indicator, now, before=False)
    _, _, earlier = figure_of(indicator, before, before=True) if indicator.was_there_before else NOTHING
    chosen = indicator.coverage
    quality = quality_of(now, indicator.source) if chosen is None else quality_of_coverage(chosen(now))
    verdict = verdict_on(top, base, value, indicator.norm)
    if indicator.name == "geevalueerd" and verdict == "niet op orde" and now.facts.today <= last_day_of(now.first):
        verdict = "aandacht"
    return {
        "indicator": indicator.name,
        "teller": top,
        "noemer": base,
        "waarde": None if value is None else float(value),
        "vorige_waarde": None if earlier is None else float(earlier),
        "oordeel": verdict,
        "kwaliteit": float(quality),
    }


def figure_of(indicator: Indicator, span: Span, *, before: bool) -> Figure:
    return indicator.figure(span) if is_delivered(span, indicator.source, before=before) else NOTHING


def verdict_on(top: int | None, base: int | None, value: Fraction | None, norm: int | None) -> str:
    """First hit wins."""
    if value is None:
        return "geen gegevens"
    if norm is None or top is None or base is None:
        return "geen norm"
    if (norm == 1 and top >= base) or (norm == 0 and top == 0):
        return "op orde"
    return "aandacht" if 10 * abs(top - norm * base) <= base else "niet op orde"
