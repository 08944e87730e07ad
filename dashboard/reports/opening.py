"""The front of the dossier: what is asked of whom and by when, and the summary on one page."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.charts.evaluation import how_long
from dashboard.indicators import comparisons, sentences
from dashboard.indicators.evaluation_findings import NOT_SHOWN
from dashboard.indicators.sentences.signals import Signal, telling_signals, verdict_counts
from dashboard.reports import pictures
from dashboard.reports.content import Block, Bullets, Facts, Field, Grid, Paragraph, Section
from dashboard.reports.evidence import OF_EVALUATION, Evidence

CONSENT, ADOPTION = "instemming GMR", "vaststelling bestuur"
"""The steps of council and board, as the clock names them."""

PURPOSE: Final = (
    "Bestuur en GMR bekijken elke twee jaar of de gedragscode nog goed werkt. Dit dossier laat per artikel zien wat er "
    "bekend is, hoe zeker dat is en welke vraag openstaat."
)
SMALL: Final = "Kleine aantallen zijn niet getoond: daar staat een x. Wat dat betekent, staat in de bijlage."
NO_DECISIONS: Final = "Er zijn geen besluiten van eerdere rondes aangeleverd."
FIRST: Final = "Wat het eerst aandacht vraagt:"
NOTHING_FIRST: Final = "Er is nu niets dat het eerst aandacht vraagt."
NOTHING_SHOWN_FIRST: Final = "Voor zover getoond is er nu niets dat het eerst aandacht vraagt."
NOT_TOLD_FIRST: Final = "Wat het eerst aandacht vraagt, staat hier daarom ook niet."
NO_FIGURES: Final = "Er zijn geen cijfers over deze evaluatie. Of het in orde is, is dus onbekend."
DECISIONS: Final = "eerdere-besluiten"
MISSING: Final = "wat-ontbreekt"


def cover_note(evidence: Evidence) -> Section:
    """What the dossier is for, what is decided on, and by when."""
    parts = (
        Section("Doel", "doel", (Paragraph(PURPOSE),)),
        Section("Gevraagd besluit", "gevraagd-besluit", (Bullets(_asked(evidence)),)),
        Section("Uiterlijk wanneer", "uiterlijk-wanneer", _by_when(evidence)),
        Section("Eerdere besluiten in het kort", "eerdere-besluiten-kort", _decided(evidence)),
        Section("Over dit stuk", "over-dit-stuk", (Paragraph(_made_for(evidence)), Field("Gezien door"))),
    )
    return Section("Oplegnotitie", "oplegnotitie", (), parts)


def summary(evidence: Evidence) -> Section:
    """Where it stands, on one page."""
    signals = telling_signals(evidence.evaluation, evidence.registry, evidence.clock_of_now, when=evidence.when)
    blocks: list[Block] = [
        Paragraph(_standing(evidence), is_lead=True),
        _verdicts(evidence),
        Paragraph(FIRST if signals else _nothing_first(evidence)),
    ]
    if signals:
        blocks.append(Bullets(tuple(signal.sentence for signal in signals), _anchors(signals, evidence)))
    return Section("Samenvatting", "samenvatting", (*blocks, *pictures.clock(evidence)), new_page=True)


def _verdicts(evidence: Evidence) -> Block:
    """How many articles have which verdict, or that this isn't here."""
    if evidence.is_left_out("evaluation"):
        return Paragraph(OF_EVALUATION)
    counted = verdict_counts(evidence.findings)
    return Facts(
        tuple(
            (
                label,
                dutch.number(count),
                dutch.listed(numbers, most=len(numbers)) if numbers else "geen enkel artikel",
            )
            for label, count, numbers in counted
        )
    )


def _nothing_first(evidence: Evidence) -> str:
    """That nothing asks for attention first, as far as that can be told."""
    if evidence.evaluation.is_empty():
        return NOT_TOLD_FIRST if evidence.is_left_out("evaluation") else NO_FIGURES
    is_whole = all(known.verdict != NOT_SHOWN for known in evidence.findings)
    return NOTHING_FIRST if is_whole else NOTHING_SHOWN_FIRST


def article_anchor(number: str) -> str:
    """Where an article stands in the paper."""
    return f"artikel-{number.lower().replace('.', '-')}"


def known_anchor(number: str | None, evidence: Evidence) -> str:
    """The same, or nothing for an article that the code no longer has, or never had."""
    known = any(article.number == number for article in evidence.registry.articles)
    return article_anchor(number) if number and known else ""


def _anchors(signals: Sequence[Signal], evidence: Evidence) -> tuple[str, ...]:
    return tuple(known_anchor(signal.article, evidence) if signal.article else MISSING for signal in signals)


def _standing(evidence: Evidence) -> str:
    """How long the code is valid, which steps are late, and what comes next."""
    standing = comparisons.validity(evidence.clock)
    if standing is None:
        return f"{sentences.NOT_SETTLED}."
    last_day, days = standing
    late = sentences.late_steps(evidence.clock, evidence.steps, evidence.when and "toen")
    ahead = sentences.next_step(evidence.clock, evidence.steps, evidence.when)
    now = "" if evidence.when else f"Stand van {dutch.day(evidence.about.day)}. "
    return f"{now}{sentences.validity(days, last_day, evidence.when)}; {late}. {ahead}"


def _asked(evidence: Evidence) -> tuple[str, ...]:
    """What council and board are asked, and until when."""
    due = {step: (day, verdict) for step, day, verdict in evidence.clock.select("stap", "uiterlijk", "oordeel").rows()}
    asked = [
        "De GMR wordt gevraagd om per artikel een bevinding en een advies te geven.",
        "Het bestuur wordt gevraagd om vast te stellen of de code nog goed werkt, en of er een nieuwe versie komt.",
    ]
    if evidence.ends:
        verb = "hoort" if evidence.is_running else "hoorde"
        last = f"{dutch.day(evidence.ends)}, de laatste dag van de periode"
        asked[1] += f" Deze evaluatie {verb} klaar te zijn op {last}."
    if CONSENT in due and ADOPTION in due:
        asked.append(
            "Komt er een nieuwe versie, dan stemt de GMR daar eerst mee in en stelt het bestuur die daarna vast. "
            f"{_until_when('Instemmen', *due[CONSENT])} {_until_when('Vaststellen', *due[ADOPTION])} "
            "Die dagen zijn teruggerekend; de bevindingen van de GMR zijn dan dus voor de eerste ervan nodig."
        )
    return tuple(asked)


def _until_when(what: str, day: date, verdict: str) -> str:
    """Until when a step can be set, or could be."""
    return f"{what} {'kan' if verdict == 'op tijd' else 'kon'} tot en met {dutch.day(day)}."


def _by_when(evidence: Evidence) -> tuple[Block, ...]:
    if evidence.clock.is_empty():
        return (Paragraph(f"{sentences.NOT_SETTLED}. Daarom zijn er nog geen uiterste datums."),)
    end = f"Deze evaluatie gaat over {evidence.period_words}, {_until(evidence)}."
    table = evidence.clock.sort("uiterlijk").select(
        pl.col("stap").replace(evidence.steps).alias("Stap"),
        pl.col("uiterlijk").alias("Uiterlijk"),
        pl.col("dagen").map_elements(how_long, return_dtype=pl.String).alias("Hoe lang nog"),
        pl.col("vorige_ronde").alias("Vorige ronde"),
    )
    note = "Teruggerekend met de tijd die elke stap in de vorige ronde kostte. Of een stap al is gezet, is niet bekend."
    caption = f"Stappen naar een nieuwe versie van de code, op {dutch.day(evidence.about.day)}"
    return (Paragraph(f"{_standing(evidence)} {end}", is_lead=True), Grid(caption, table, note))


def _until(evidence: Evidence) -> str:
    day = dutch.day(evidence.until)
    return f"met de cijfers tot en met {day}" if evidence.is_running else f"tot en met {day}"


def _decided(evidence: Evidence) -> tuple[Block, ...]:
    rows = evidence.decisions
    if rows.is_empty():
        return (Paragraph(NO_DECISIONS),)
    labels = evidence.registry.labels["besluiten.status"]
    counts = dict(rows.group_by("status").len().iter_rows())
    known: dict[str | None, str] = {**{code: label.lower() for code, label in labels.items()}, None: "zonder stand"}
    spread = dutch.listed([f"{counts[code]} {label}" for code, label in known.items() if code in counts])
    late = rows.filter(pl.col("status") == "open", pl.col("gereed_voor") < evidence.about.day)
    said = [f"Er zijn {dutch.counted(rows.height, 'eerder besluit', 'eerdere besluiten')} bekend: {spread}."]
    if rows.height == 1:
        said = [f"Er is één eerder besluit bekend: {spread}."]
    said += [
        f"Nog open, en gepland voor {dutch.day(due)}: {text}"
        for due, text in late.select("gereed_voor", "omschrijving").iter_rows()
    ]
    return (Bullets(tuple(said), (DECISIONS, *("" for _ in said[1:]))),)


def _made_for(evidence: Evidence) -> str:
    day = dutch.day(evidence.about.day)
    demo = "Alle scholen, leerlingen en meldingen hierin zijn verzonnen. " if evidence.about.demo else ""
    hidden = f" {SMALL}" if evidence.about.is_protected else ""
    return f"{demo}De cijfers zijn van {day} (momentopname {evidence.about.snapshot}).{hidden}"
