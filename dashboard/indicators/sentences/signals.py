"""What the evaluation asks attention for first, whom it concerns, and what came of earlier decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard import dutch
from dashboard.indicators import shown
from dashboard.indicators.evaluation import ATTENTION, NO_DATA, NOT_IN_ORDER
from dashboard.indicators.evaluation_findings import (
    ONLY_OURS,
    ArticleFinding,
    Chosen,
    Row,
    article_findings,
    by_verdict,
    distance,
    latest,
    plain,
)
from dashboard.indicators.sentences.article_words import ANSWERS, PUBLICATIONS, REPORTS, WORDS
from dashboard.indicators.sentences.articles import (
    AS_DELIVERED,
    before_in_words,
    day_before,
    found,
    indicator_label,
    is_gone,
    value_in_words,
)
from dashboard.indicators.sentences.evaluation import late_steps
from dashboard.indicators.sentences.phrases import first_small
from dashboard.registry import Registry

PAGES: Final[Mapping[str, str]] = {ANSWERS: "toestemming", PUBLICATIONS: "toestemming", REPORTS: "incidenten"}
"""On which page what a figure is made of is shown; all others are on the one of the evaluation."""

EVALUATION, DELIVERIES = "evaluatie", "leveringen"

SECTION_REASONS: Final[Mapping[str, str]] = {
    "personeel": (
        "Medewerkers houden zich aan eigen regels (hoofdstuk IV, de regels voor medewerkers), en er zijn maatregelen "
        "voor als dat niet lukt. Over regels voor het personeel beslist het personeel in de GMR mee."
    ),
    "ouders": (
        "Ouders beslissen over beeld en social media van kinderen onder de 16 jaar. Ook willen zij weten wat een "
        "school doet als er iets misgaat."
    ),
    "leerlingen": (
        "Leerlingen houden zich aan de regels in en buiten de les. Vanaf 16 jaar beslissen zij zelf over hun beeld."
    ),
}
"""Why a section of the council looks at its own selection."""

HOW_FAR: Final[Mapping[str, str]] = {
    "open": "Dit besluit staat nog open.",
    "gedaan": "Dit besluit is gedaan.",
    "vervallen": "Dit besluit is vervallen.",
}
"""How far a decision is, by its status."""

CAUSE: Final = (
    "Of een cijfer door het besluit is veranderd, is hieraan niet te zien: er gebeurt in twee jaar meer. De twee jaar "
    "ervoor zijn de jaren voor deze evaluatieperiode."
)

NOT_TOLD: Final = "Of er iets veranderde, staat hier dus niet."
"""After a figure that is hidden."""


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that asks for attention, and where to read on."""

    sentence: str
    page: str
    """The address of the page: `toestemming`, `incidenten`, `evaluatie` or `leveringen`."""
    article: str
    """The number of the article; empty where it is about several."""


def telling_signals(
    evaluation: pl.DataFrame, registry: Registry, clock: pl.DataFrame | None = None, *, when: str = "", most: int = 3
) -> list[Signal]:
    """What asks for attention first: norms not met, the furthest off first; then late steps; then what is unknown.

    counts: `evaluation` one row per periode, artikel and indicator (the last period counts); `clock` one row per stap.
    An article gives one signal at most. `when` names the day of the figures where it isn't today.
    """
    findings = article_findings(latest(evaluation), registry)
    if evaluation.is_empty():
        return [late for late in [_late(clock, registry, when)] if late][:most]
    groups = by_verdict(findings)
    off = [
        _signal(known, registry)
        for verdict in (NOT_IN_ORDER, ATTENTION)
        for known in sorted(groups[verdict], key=lambda known: -_off(known, registry))
    ]
    found_all = [*off, _late(clock, registry, when), _unknown(groups[NO_DATA])]
    return [signal for signal in found_all if signal][:most]


def _off(finding: ArticleFinding, registry: Registry) -> float:
    return distance(finding.telling, registry) if finding.telling else 0.0


def _signal(finding: ArticleFinding, registry: Registry) -> Signal:
    article, row = finding.article, finding.telling or {}
    words = WORDS.get(plain(row.get("indicator", "")))
    sentence = f"{article.title} ({article.number}): {first_small(found(row, registry))}"
    return Signal(sentence, PAGES.get(words.source if words else "", EVALUATION), article.number)


def _late(clock: pl.DataFrame | None, registry: Registry, when: str) -> Signal | None:
    if clock is None or clock.filter(pl.col("oordeel") == "te laat").is_empty():
        return None
    steps = {choice.code: choice.label for choice in registry.choices("stap")}
    return Signal(f"{dutch.capital(late_steps(clock, steps, when))}.", EVALUATION, "VI.5")


def _unknown(findings: Sequence[ArticleFinding]) -> Signal | None:
    if not findings:
        return None
    numbers = [known.article.number for known in findings]
    many = dutch.small(len(numbers))
    articles = f"artikel {numbers[0]}" if len(numbers) == 1 else f"{many} artikelen ({dutch.listed(numbers, most=12)})"
    return Signal(f"Over {articles} zijn er geen gegevens. Of het in orde is, is onbekend.", DELIVERIES, "")


def verdict_counts(findings: Sequence[ArticleFinding]) -> list[tuple[str, int, list[str]]]:
    """How many articles got each verdict: its label, the number, and the articles' numbers. All verdicts are there."""
    return [
        (dutch.capital(verdict), len(known), [one.article.number for one in known])
        for verdict, known in by_verdict(findings).items()
    ]


def chosen_in_words(chosen: Chosen, registry: Registry) -> str:
    """An article that a section of the council should look at, and why."""
    article = chosen.finding.article
    start = f"{article.number} {article.title}"
    if chosen.reason == ONLY_OURS:
        return f"{start}. Dit artikel gaat alleen deze geleding aan. Vraag: {article.question}"
    if chosen.reason == NO_DATA:
        return f"{start}. Hierover zijn er geen gegevens. Vraag: {article.question}"
    telling = chosen.finding.telling
    said = f" {found(telling, registry)}" if telling else ""
    return f"{start}. {dutch.capital(chosen.reason)}.{said}"


def decision_outcome(
    decision: Mapping[str, Any],
    evaluation: pl.DataFrame,
    registry: Registry,
    day: date | None = None,
    *,
    left_out: bool = False,
) -> str:
    """How far a decision is, and whether its figure moved, without saying why. decision: a row of `decisions`.

    counts: one row per artikel and indicator, of one evaluation period. `day`: that of the figures; without it nothing
    is said of a date that went by. `left_out`: whether the evaluation isn't there for whoever reads this.
    """
    told = _not_here(decision) if left_out and decision["regel"] else _figures_of(decision, evaluation, registry)
    return f"{_how_far(decision, day)} {told}"


def _not_here(decision: Mapping[str, Any]) -> str:
    return f"De cijfers over artikel {decision['regel']} zijn niet getoond (x). {NOT_TOLD}"


def _how_far(decision: Mapping[str, Any], day: date | None) -> str:
    due = decision["gereed_voor"]
    if decision["status"] == "open" and day and due and due < day:
        return f"Dit besluit staat nog open; de datum ({dutch.day(due)}) is voorbij."
    return HOW_FAR.get(decision["status"], "Hoe ver dit besluit is, is niet vastgelegd.")


def _figures_of(decision: Mapping[str, Any], evaluation: pl.DataFrame, registry: Registry) -> str:
    number = decision["regel"]
    if not number:
        return "Dit besluit gaat over de hele code. Er is niet één cijfer dat er iets over zegt."
    finding = next((known for known in article_findings(evaluation, registry) if known.article.number == number), None)
    rows = [row for row in finding.rows if row["waarde"] is not None or is_gone(row)] if finding else []
    if not rows:
        return f"Over artikel {number} zijn er geen cijfers. Of er iets veranderde, is niet te zeggen."
    return " ".join(_moved(row, registry) for row in _main(rows, registry))


def _main(rows: Sequence[Row], registry: Registry) -> list[Row]:
    """The figure furthest from its norm, or where there is no norm all but the number of reports."""
    norms = {known.code for known in registry.indicators if known.norm is not None}
    held = [row for row in rows if plain(row["indicator"]) in norms]
    if held:
        comparable = [row for row in held if row["vorige_waarde"] is not None and not is_gone(row)]
        return [max(comparable or held, key=lambda row: distance(row, registry))]
    return [row for row in rows if row["indicator"] != "incidenten"] or list(rows)


def _moved(row: Row, registry: Registry) -> str:
    label = indicator_label(row["indicator"], registry)
    now, then = value_in_words(row, registry), before_in_words(row, registry)
    when = day_before(row) or "in de twee jaar ervoor"
    if is_gone(row):
        return f"{label}: {shown.SAID}. {NOT_TOLD}"
    if shown.is_hidden(row, "vorige_waarde"):
        return f"{label}: nu {now}. Hoe dat {when} was, is {shown.SAID}."
    if row["vorige_waarde"] is None:
        return f"{label}: nu {now}. Uit de twee jaar ervoor is er geen cijfer om mee te vergelijken."
    if then == dutch.NOTHING:
        return f"{label}: nu {now}. Dat zijn te weinig gevallen om met de twee jaar ervoor te vergelijken."
    if row["vorige_waarde"] == row["waarde"]:
        return f"{label}: nu {now}, even veel als {when}, {AS_DELIVERED}."
    return f"{label}: nu {now}, {when} {then}, {AS_DELIVERED}."
