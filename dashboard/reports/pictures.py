"""The charts of the dossier with the words beside them: those of the screen, in the light colours."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.charts import control, coverage, events, followup, halves, months
from dashboard.charts import evaluation as evaluation_charts
from dashboard.charts.theme import PALETTES
from dashboard.indicators import changes_in_time, comparisons, findings, reporting, sentences, shown
from dashboard.indicators.changes_in_time import Half
from dashboard.indicators.control_charts import with_limits
from dashboard.indicators.evaluation_findings import plain
from dashboard.indicators.incidents import EXPOSURE
from dashboard.indicators.intervals import with_share_interval
from dashboard.indicators.sentences import articles
from dashboard.indicators.sentences.phrases import NOTHING_REPORTED, first_small, lower
from dashboard.periods import is_running, school_year, school_year_days
from dashboard.registry import PUBLISHED_READING
from dashboard.reports.content import Block, Bullets, Paragraph, Picture
from dashboard.reports.evidence import GROUP, LEFT_OUT, WHERE, Evidence

PALETTE: Final = PALETTES["light"]

COVERAGE: Final = "dekking"

SHOWN_TWICE: Final = "scholen met getoonde cijfers van beide dagen"
"""Whom a comparison is about that leaves out schools with a hidden number."""

YEARS: Final = 3
"""So many school years stand in the chart of coverage through the year."""

MORE_REPORTS: Final = "Meer meldingen betekent niet dat het minder veilig is: er kan ook beter worden gemeld."
FEWER_REPORTS: Final = "Minder meldingen betekent niet dat het veiliger is: er kan ook minder worden gemeld."
A_NO_COUNTS: Final = "Een 'nee' is een geldig antwoord. Het telt mee als op orde."
NO_REPORTS: Final = "Er zijn geen meldingen aangeleverd. Daarom staat hier geen grafiek."
ANSWERS_LEFT_OUT: Final = LEFT_OUT.format(what="De toestemming in beeld")
ANSWERS_HIDDEN: Final = f"De dekking is {shown.SAID}. Daarom staat hier geen grafiek."
REPORTS_LEFT_OUT: Final = LEFT_OUT.format(what="Het aantal meldingen per maand")
FOLLOWUP_LEFT_OUT: Final = LEFT_OUT.format(what="Wat er na meldingen is gedaan,")
NO_ANSWERS: Final = "Er zijn geen toestemmingen aangeleverd. Daarom staat hier geen grafiek."
ALL_REPORTS: Final = (
    "Dit gaat over alle meldingen. Bij een artikel gaat een cijfer met bijna dezelfde naam alleen over de meldingen "
    "van dat artikel."
)
BEFORE_HIDDEN: Final = "Niet elk cijfer van de periode ervoor is getoond: een klein aantal (x)."
BOTH_SWING: Final = (
    "De lijn bij een cijfer laat de speling zien die bij zo'n aantal hoort. Ook het cijfer waarmee is vergeleken heeft "
    "speling."
)


def clock(evidence: Evidence) -> list[Block]:
    """The steps towards the next version of the code, and when each is due; nothing where that isn't settled."""
    rows, day = evidence.clock, evidence.about.day
    if rows.is_empty():
        return []
    first, last = evaluation_charts.reach(rows, day)
    happened = [known for known in evidence.events if known[0] >= first] + evidence.afterwards
    title = sentences.next_step(rows, evidence.steps, evidence.when).rstrip(".")
    chart = evaluation_charts.clock(rows, day, PALETTE, evidence.steps, title, happened)
    return [Picture(chart, "klok"), *_listed(events.listed(happened, first, last))]


def consent(evidence: Evidence) -> list[Block]:
    """For each article on consent its purposes, and through the year the purpose with the lowest coverage."""
    blocks: list[Block] = []
    for finding in evidence.findings:
        held = [row for row in finding.rows if plain(row["indicator"]) == COVERAGE and row["waarde"] is not None]
        if not held:
            continue
        number = finding.article.number
        lowest = min(held, key=lambda row: float(row["waarde"]))["indicator"].partition(":")[2]
        about = Paragraph(f"Bij artikel {number}, {lower(finding.article.title)}.")
        blocks += [about, *purposes(evidence, number), *through_the_year(evidence, number, lowest)]
    return [Paragraph(A_NO_COUNTS), *blocks] if blocks else [Paragraph(_no_answers(evidence))]


def _no_answers(evidence: Evidence) -> str:
    """Why there is no chart of consent: what isn't shown may well have been delivered."""
    if evidence.is_left_out("consent_coverage", "evaluation"):
        return ANSWERS_LEFT_OUT
    held = [row for known in evidence.findings for row in known.rows if plain(row["indicator"]) == COVERAGE]
    return ANSWERS_HIDDEN if any(articles.is_gone(row) for row in held) else NO_ANSWERS


def purposes(evidence: Evidence, article: str) -> list[Block]:
    """The coverage of each purpose of an article, beside a year earlier."""
    wanted = [purpose.code for purpose in evidence.registry.purposes if purpose.article == article]
    history = _history(evidence, wanted)
    if history.is_empty():
        return [Paragraph(_no_answers(evidence))]
    now = max(history["peildatum"])
    before = comparisons.year_before(history["peildatum"].unique().to_list(), now)
    drawn = comparisons.now_and_before(history, now, before)
    title, where = sentences.purposes_against(drawn, before), WHERE
    silent = {now: max(drawn["onbekend"].drop_nulls(), default=0)}
    if before is not None:
        every = evidence.ask("consent_coverage", doel=wanted, lezing=[PUBLISHED_READING])
        same = comparisons.at_same_schools(every, now, before)
        title = sentences.purposes_at_same_schools(same, before)
        drawn = same.rows if same.schools else drawn  # the picture shows what its title speaks of
        where = SHOWN_TWICE if same.schools and same.hides else WHERE
    placed = drawn.sort(pl.col("doel").replace_strict({code: place for place, code in enumerate(wanted)}))
    days = dutch.day(now) + (f" en {dutch.day(before)}" if before else "")
    texts = (title, f"dekking per doel op {days} · {where}")
    chart = coverage.purposes_then_and_now(placed, PALETTE, evidence.purposes, (now, before), texts)
    return [Picture(chart, f"doelen_{_name(article)}"), *_bullets([sentences.not_counted(silent)])]


def through_the_year(evidence: Evidence, article: str, purpose: str) -> list[Block]:
    """The coverage of one purpose through the school years, the latest one beside those before it."""
    history = _history(evidence, [purpose])
    if history["dekking"].drop_nulls().is_empty():
        return []
    placed = comparisons.by_school_year(history)
    latest = school_year(max(history["peildatum"]))
    schools = _schools(evidence, purpose)
    shown = placed.filter(pl.col("schooljaar") > latest - YEARS)
    first = school_year_days(min(shown["schooljaar"]))[0]
    happened = [known for known in evidence.events if known[0] >= first]
    label = evidence.purposes.get(purpose, purpose)
    chart = coverage.curves_by_year(
        shown,
        PALETTE,
        sentences.coverage_curve(comparisons.beside(history, schools, latest), latest),
        f"{label} · dekking per {_moment(history)} · {WHERE}",
        happened,
    )
    listed = _listed(events.in_school_years(happened, first.year, latest))
    return [Picture(chart, f"verloop_{_name(article)}"), *listed, *_bullets([sentences.silent_days(schools)])]


def _moment(history: pl.DataFrame) -> str:
    """What a point of the curve is: whoever may not see small numbers sees a few days a year."""
    return "maandeinde" if shown.HIDDEN not in history.columns else "getoonde peildatum"


def _schools(evidence: Evidence, purpose: str) -> pl.DataFrame:
    """The coverage of every school for a purpose, in their fixed order."""
    rows = evidence.ask("consent_coverage", doel=[purpose], lezing=[PUBLISHED_READING])
    schools = evidence.ask("schools")
    names = dict(schools.select("brin6", "naam").iter_rows())
    until = rows.filter(pl.col("brin6") != GROUP, pl.col("peildatum") <= evidence.until)
    return comparisons.in_school_order(until, names)


def _history(evidence: Evidence, wanted: Sequence[str]) -> pl.DataFrame:
    """Coverage of the group up to the end of the period, as the code reads it."""
    rows = evidence.ask("consent_coverage", brin6=[GROUP], lezing=[PUBLISHED_READING])
    return rows.filter(pl.col("doel").is_in(list(wanted)), pl.col("peildatum") <= evidence.until)


def reports_by_month(evidence: Evidence) -> list[Block]:
    """The incidents a month of the group, between the limits of chance."""
    trend = _trend(evidence)
    monthly = evidence.by_month("incidents_monthly", brin6=[GROUP])
    finding = findings.trend_finding(trend)
    if finding is None or monthly.is_empty():
        is_left_out = evidence.is_left_out("incidents_monthly", "incident_trend")
        return [Paragraph(REPORTS_LEFT_OUT if is_left_out else NO_REPORTS)]
    everybody = evidence.by_month("incidents_monthly")
    by_school = shown.HIDDEN not in everybody.columns
    steady = findings.steady_group(everybody, trend) if by_school else None
    broken = findings.breaks(trend, evidence.ask("events"))
    texts = (sentences.trend_title(finding, WHERE), f"{WHERE} · {dutch.RATE_UNIT}, per maand")
    chart = control.rates(trend, monthly, evidence.events, PALETTE, texts, breaks=broken)
    absent = monthly.filter(shown.hidden(monthly, "incidenten"))["maand"].to_list()
    remarks = (
        sentences.no_limits(absent) if absent and finding.is_hidden else "",
        *sentences.trend_signals(finding.signals),
        *sentences.segments(broken),
        sentences.provisional(finding),
        sentences.mixed_group(everybody, steady) if by_school else sentences.changing_group(monthly),
        sentences.gaps(monthly),
    )
    are_fewer = bool(finding.recent) and not any(signal.above for signal in finding.recent)
    caution = FEWER_REPORTS if are_fewer else MORE_REPORTS
    answer = f"{sentences.trend_answer(finding, WHERE, evidence.until, steady)}. {caution}"
    listed = events.listed(evidence.events, *months.ends(monthly.sort("maand")["maand"].to_list()))
    return [Paragraph(answer), Picture(chart, "meldingen_maanden"), *_listed(listed), *_bullets(remarks)]


def _trend(evidence: Evidence) -> pl.DataFrame:
    """The series of the group up to the last month that is told, between the limits that these months give."""
    rows = evidence.ask("incident_trend", brin6=[GROUP])
    told = rows.filter(pl.col("maand") <= evidence.last_month)
    if told.height == rows.height:
        return rows
    partly = told.filter(shown.hidden(told, "incidenten"))["deel"].unique()
    in_part = pl.col("deel").is_in(partly.implode())
    limited = _limited(told.filter(~in_part))
    if shown.HIDDEN not in told.columns:
        return limited
    marked = limited.with_columns(pl.lit(None, dtype=pl.String).alias(shown.HIDDEN))
    return pl.concat([marked.select(told.columns), told.filter(in_part)]).sort("maand")


def _limited(told: pl.DataFrame) -> pl.DataFrame:
    pupil_days = (pl.col("blootstelling") * EXPOSURE).round().cast(pl.Int64).alias("persoonsdagen")
    return with_limits(told.select("brin6", "maand", "deel", "incidenten", pupil_days))


def half_years(evidence: Evidence) -> list[Block]:
    """Each half-year beside the same half a year earlier; nothing where there is no such pair."""
    pairs = changes_in_time.same_halves(evidence.by_month("incidents_monthly"), evidence.until)
    if not pairs:
        return []
    known = evidence.ask("events", brin6=[GROUP])
    switched = [changes_in_time.breaks_between(pair.change, known) for pair in pairs]
    texts = (
        sentences.halves_title(pairs, switched),
        f"{WHERE} · {dutch.RATE_UNIT}, alleen maanden die in beide jaren zijn aangeleverd",
    )
    chart = halves.pairs(pairs, PALETTE, texts)
    told = [_half_told(pair, between) for pair, between in zip(pairs, switched, strict=True)]
    return [Picture(chart, "meldingen_halfjaren"), *_bullets(told)]


def _half_told(pair: Half, switched: Sequence[tuple[date, str]]) -> str:
    """What a half shows, and what it leaves out."""
    parts = (
        f"{sentences.half_against(pair, switched)}.",
        sentences.left_out(replace(pair.change, schools_left_out=0)),
    )
    return " ".join(filter(None, parts))


def follow_up(evidence: Evidence) -> list[Block]:
    """What was done after incidents of the period, beside the period before."""
    period, day = evidence.period, evidence.about.day
    measured = evidence.ask("incident_followup", brin6=[GROUP], periode=[period])
    if evidence.is_left_out("incident_followup"):
        return [Paragraph(FOLLOWUP_LEFT_OUT)]
    if not period or measured.is_empty():
        return [Paragraph(f"{NOTHING_REPORTED}, of er is niets aangeleverd. Daarom staat hier geen grafiek.")]
    before = evidence.ask("incident_followup", brin6=[GROUP], periode=[comparisons.year_earlier(period)])
    running, then = is_running(period, day), sentences.period_before(period)
    shares = with_share_interval(reporting.in_order(measured), "teller", "noemer")
    compared = before.filter(pl.col("maat").is_in(reporting.compared_shares(running=running)))
    labels = evidence.registry.labels["maat"]
    texts = (
        sentences.followup_title(measured, before, running=running, before_words=then),
        f"{WHERE} · {dutch.period_name(period)} · deel van de meldingen, met de speling die bij zo'n aantal hoort",
    )
    if shown.any_hidden(shares, "waarde") and shown.only_shown(shares, "waarde").is_empty():
        return [Paragraph(f"{texts[0]}.")]
    chart = followup.shares(shares, compared, labels, PALETTE, texts, before_words=then)
    told = sentences.measures_in_words(measured, before, running=running, before_words=then)
    notes = [f"{labels.get(measure, measure)}: {first_small(sentence)}" for measure, sentence in told.items()]
    unseen = shown.only_hidden(measured, "teller", "noemer", "waarde").filter(~pl.col("maat").is_in(list(told)))
    if not unseen.is_empty():
        names = [first_small(label) for measure, label in labels.items() if measure in unseen["maat"]]
        notes.append(f"{dutch.capital(shown.SAID)}. Dat geldt voor: {dutch.listed(names, most=len(names))}.")
    remarks = [sentences.STILL_RUNNING if running else "", "" if before.is_empty() else BOTH_SWING]
    said = " ".join(filter(None, [*remarks, _of_before(before), ALL_REPORTS]))
    return [Picture(chart, "opvolging"), Paragraph(said), *_bullets(notes)]


def _of_before(before: pl.DataFrame) -> str:
    """That earlier figures are hidden: then nothing is said of how it was."""
    return BEFORE_HIDDEN if shown.any_hidden(before) else ""


def _listed(known: Mapping[str, str]) -> list[Block]:
    """What the numbers in a chart stand for."""
    return _bullets([f"{name}: {text}" for name, text in known.items()])


def _bullets(texts: Sequence[str]) -> list[Block]:
    items = tuple(filter(None, texts))
    return [Bullets(items)] if items else []


def _name(article: str) -> str:
    return article.lower().replace(".", "_")
