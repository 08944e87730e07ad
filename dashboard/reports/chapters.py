"""The body of the dossier: every article with what was found, and what each section of the council may look at."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.indicators import shown
from dashboard.indicators.evaluation_findings import (
    NOT_SHOWN,
    ArticleFinding,
    Row,
    chosen_for,
    plain,
    verdicts_held,
)
from dashboard.indicators.sentences import articles
from dashboard.indicators.sentences.article_words import ANSWERS, KINDS, MEANINGS, REPORTS, WORDS
from dashboard.indicators.sentences.signals import SECTION_REASONS, chosen_in_words
from dashboard.registry import Registry
from dashboard.registry.model import Chapter
from dashboard.reports import pictures
from dashboard.reports.closing import NORMS
from dashboard.reports.content import Block, Bullets, Facts, Field, Grid, Paragraph, Section
from dashboard.reports.evidence import OF_EVALUATION, Evidence, explained
from dashboard.reports.opening import article_anchor

READING: Final = (
    "Bij elk artikel staat eerst het oordeel met het cijfer dat het meest zegt. Daarna komen de andere cijfers, hoe "
    "zeker die zijn, en de vraag die openstaat. De tekst van elk artikel is een eigen weergave; de vastgestelde code "
    "blijft leidend."
)
WITHOUT_FIGURES: Final = (
    "Hieronder staat bij elk artikel wel wat het vraagt, en de vraag die openstaat. De tekst van elk artikel is een "
    "eigen weergave; de vastgestelde code blijft leidend."
)
BEFORE: Final = (
    "Waar het kan, staat ernaast hoe het was in de twee jaar voor deze periode. Hoe volledig er toen is aangeleverd, "
    "staat er niet bij. Een verschil kan dus ook komen doordat er meer of minder is aangeleverd, of door toeval."
)
NO_NORM: Final = "De code noemt er geen."
SURE: Final = (
    "Hoe zeker: welk deel is aangeleverd van de gegevens achter het cijfer dat het meest zegt. Misschien niet alles: "
    "er is aangeleverd, maar of het compleet is, is niet te zien. Bij minder dan tien gevallen staat het aantal erbij."
)
UNSEEN: Final = "Van {} is het oordeel niet getoond: een klein aantal (x)."
SURE_OF_HIDDEN: Final = "Niet getoond: een klein aantal (x)."
RUNNING: Final = (
    "Deze periode is nog niet om: aantallen kunnen nog oplopen. De aantallen van de twee jaar ervoor gaan over twee "
    "hele jaren, voor zover daarover is aangeleverd."
)
OTHER_TIME: Final = (
    "De dekking van nu en die van de twee jaar ervoor zijn van een ander moment in het schooljaar. Vergelijk die dus "
    "met zorg."
)
DELIVERED: Final = "Aandeel aangeleverd"
HELP: Final = "hulp_aangeboden"
"""An indicator of what was done after incidents."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Charts that several articles share: they stand once, before the articles of the chapter of one of them."""

    title: str
    belongs: Callable[[Registry], Iterable[str]]
    """The numbers of those articles, the first one deciding."""
    draw: Callable[[Evidence], list[Block]]


def _with_help(registry: Registry) -> list[str]:
    return [article.number for article in registry.articles if HELP in article.indicators]


SHARED: Final = (
    Shared(
        "Alle meldingen samen, bij welk artikel dan ook",
        lambda registry: [category.article for category in registry.categories],
        lambda evidence: [*pictures.reports_by_month(evidence), *pictures.half_years(evidence)],
    ),
    Shared(
        "Toestemming in beeld",
        lambda registry: [purpose.article for purpose in registry.purposes],
        pictures.consent,
    ),
    Shared("Wat er na meldingen is gedaan", _with_help, pictures.follow_up),
)


def by_article(evidence: Evidence) -> Section:
    """Every article of the code, by chapter."""
    parts = tuple(_chapter(chapter, evidence) for chapter in evidence.registry.chapters)
    if evidence.is_left_out("evaluation"):
        front = (Paragraph(OF_EVALUATION, is_lead=True), Paragraph(WITHOUT_FIGURES))
        return Section("Per artikel", "per-artikel", front, parts, new_page=True)
    blocks: list[Block] = [
        Paragraph(READING),
        Facts(tuple((dutch.capital(verdict), "", MEANINGS[verdict]) for verdict in verdicts_held(evidence.findings))),
        Paragraph(BEFORE),
    ]
    if evidence.is_running:
        blocks.append(Paragraph(RUNNING))
    if evidence.period != evidence.evaluation_period:
        other = dutch.period_name(evidence.period)
        blocks.append(Paragraph(f"De opvolging van meldingen gaat over {other}, al het andere over de hele periode."))
    table = overview(evidence)
    sure = f"{SURE} {SURE_OF_HIDDEN}" if NOT_SHOWN in table["Hoe zeker"] else SURE
    blocks.append(Grid("Alle artikelen in één tabel", table, sure))
    return Section("Per artikel", "per-artikel", tuple(blocks), parts, new_page=True)


def overview(evidence: Evidence) -> pl.DataFrame:
    """The verdict on every article and how sure it is, a row each."""
    kinds = evidence.registry.labels["soort_artikel"]
    return pl.DataFrame(
        {
            "Artikel": [known.article.number for known in evidence.findings],
            "Waarover": [known.article.title for known in evidence.findings],
            "Soort": [kinds.get(known.article.kind, known.article.kind) for known in evidence.findings],
            "Oordeel": [dutch.capital(known.verdict) for known in evidence.findings],
            "Hoe zeker": [articles.certainty_in_short(known, evidence.registry) for known in evidence.findings],
        }
    )


def _chapter(chapter: Chapter, evidence: Evidence) -> Section:
    mine = [known for known in evidence.findings if known.article.chapter == chapter.code]
    anchor = f"hoofdstuk-{chapter.code.lower().replace('.', '-')}"
    numbers = {known.article.number for known in mine}
    shared = [known for known in SHARED if next(iter(known.belongs(evidence.registry)), "") in numbers]
    general = [
        Section(known.title, f"{anchor}-samen-{place}", tuple(known.draw(evidence)))
        for place, known in enumerate(shared, start=1)
    ]
    parts = (*general, *(_article(known, evidence) for known in mine))
    return Section(f"{chapter.code}. {chapter.title}", anchor, (), parts)


def _article(finding: ArticleFinding, evidence: Evidence) -> Section:
    article, registry = finding.article, evidence.registry
    told = articles.told(finding, registry)
    sure = articles.certainty(finding, registry)
    blocks: list[Block] = [
        Paragraph(articles.answer(finding, registry), is_lead=True),
        Paragraph(f"Wat het artikel vraagt. {article.text}"),
        Paragraph(f"Norm. {article.norm or NO_NORM} {KINDS[article.kind]}"),
    ]
    if told:
        blocks.append(Bullets(tuple(told)))
    if len(finding.rows) > 1:
        table = figures(finding.rows, registry)
        blocks.append(Grid(f"Cijfers bij artikel {article.number}", table, explained(table)))
    if sure:
        blocks.append(Paragraph(f"Hoe zeker is dit? {' '.join(sure)}"))
    blocks += [
        *_other_time(finding, evidence),
        Paragraph(f"Vraag voor de GMR. {article.question}"),
        Field("Bevinding"),
        Field("Advies"),
    ]
    return Section(f"{article.number} {article.title}", article_anchor(article.number), tuple(blocks))


def figures(rows: Sequence[Row], registry: Registry) -> pl.DataFrame:
    """The figures of an article to read, a row per indicator; what is hidden reads `x`."""
    norms = {known.code: known.norm for known in registry.indicators}
    table = pl.DataFrame(
        {
            "Cijfer": [articles.indicator_label(row["indicator"], registry) for row in rows],
            "Uitkomst": [articles.value_in_words(row, registry) for row in rows],
            "Twee jaar ervoor": [articles.before_in_words(row, registry) for row in rows],
            "Norm": [NORMS.get(norms.get(plain(row["indicator"])), dutch.NOTHING) for row in rows],
            "Oordeel": [dutch.capital(row["oordeel"]) for row in rows],
            DELIVERED: [delivered(row) for row in rows],
        },
        schema_overrides={DELIVERED: pl.Float64},
    )
    unseen = [DELIVERED if shown.is_hidden(row, "kwaliteit") else None for row in rows]
    return table.with_columns(pl.Series(shown.HIDDEN, unseen, dtype=pl.String)) if any(unseen) else table


def delivered(row: Row) -> float | None:
    """How much of what a figure is made of was delivered, 0–1; None where that can't be seen."""
    words = WORDS.get(plain(row["indicator"]))
    return row["kwaliteit"] if words and words.source in {REPORTS, ANSWERS} else None


def _other_time(finding: ArticleFinding, evidence: Evidence) -> list[Block]:
    """That coverage now and before are of another moment of the year, as long as the period runs."""
    held = [row for row in finding.rows if plain(row["indicator"]) == "dekking" and row["vorige_waarde"] is not None]
    return [Paragraph(OTHER_TIME)] if held and evidence.is_running else []


def by_section(evidence: Evidence) -> Section:
    """What each section of the council may look at first, and why."""
    labels = evidence.registry.labels["geleding"]
    parts = tuple(_section(code, label, evidence) for code, label in labels.items())
    text = (
        "De GMR heeft drie geledingen. Voor elke staat hier wat die het meest aangaat: eerst artikelen die aandacht "
        "vragen, dan artikelen die alleen die geleding aangaan."
    )
    return Section("Per geleding van de GMR", "per-geleding", (Paragraph(text),), parts, new_page=True)


def _section(code: str, label: str, evidence: Evidence) -> Section:
    chosen = chosen_for(code, evidence.findings)
    ours = [known for known in evidence.findings if code in known.article.sections]
    concerned, unseen = len(ours), [known.article.number for known in ours if known.verdict == NOT_SHOWN]
    blocks: list[Block] = [Paragraph(SECTION_REASONS[code])] if code in SECTION_REASONS else []
    if chosen:
        items = tuple(chosen_in_words(known, evidence.registry) for known in chosen)
        blocks.append(Bullets(items, tuple(article_anchor(known.finding.article.number) for known in chosen)))
    is_told = not evidence.is_left_out("evaluation")
    blocks.append(Paragraph(_rest(len(chosen), concerned, unseen) if is_told else OF_EVALUATION))
    return Section(label, f"geleding-{code}", tuple(blocks))


def _rest(chosen: int, concerned: int, unseen: Sequence[str]) -> str:
    """What is left of the articles that concern a section; `unseen`: those of which the verdict is hidden."""
    hidden = UNSEEN.format(dutch.listed(unseen, most=len(unseen))) if unseen else ""
    return " ".join(filter(None, [_others(chosen, concerned, unseen), hidden]))


def _others(chosen: int, concerned: int, unseen: Sequence[str]) -> str:
    if not chosen:
        nothing = "vraagt er voor zover getoond nu geen de aandacht" if unseen else "vraagt er nu geen de aandacht"
        return f"Van de {concerned} artikelen die deze geleding aangaan, {nothing}."
    if chosen == concerned:
        return "Dit zijn alle artikelen die deze geleding aangaan."
    rest = dutch.counted(concerned - chosen, "ander artikel gaat", "andere artikelen gaan")
    return f"Nog {rest} deze geleding ook aan: zie Per artikel."
