"""Gedragscode: what does the code ask, and how do we know?"""

from collections.abc import Iterator
from typing import Final

from dashboard import dutch
from dashboard.indicators.sentences.article_words import KINDS
from dashboard.registry import Registry
from dashboard.registry.model import Article
from dashboard.reports.closing import term_label
from dashboard.reports.content import Block, Bullets, Facts, Paragraph, Section
from dashboard.reports.opening import article_anchor
from dashboard.ui import ask, blocks, filters, papers
from dashboard.ui.blocks import Fact

ANSWER = (
    "Van {known} van de {all} artikelen is iets te meten of na te gaan; over de andere {none} zegt geen cijfer iets."
)
OURS = (
    "De artikelen staan hier in eigen woorden; de vastgestelde code blijft leidend. Bij elk artikel staat met welke "
    "cijfers het wordt gevolgd en welke gegevens daarvoor nodig zijn."
)
HOW = "Norm, cijfers en gegevens"
SOURCES: Final = (
    "De artikelen, normen en uitleg staan in het bestand data/gedragscode.toml. Een scholengroep kan dat aanpassen.",
    "Elk cijfer komt uit een tabel met een vaste naam. Wat de kolommen betekenen, staat hieronder.",
)
TABLES: Final = ("evaluation", "consent_coverage", "use_without_consent", "incidents_by", "incident_followup")


def main() -> None:
    """Ask, work out, show; there is nothing to choose."""
    registry = ask.registry()
    counted = {kind: sum(article.kind == kind for article in registry.articles) for kind in KINDS}
    every = len(registry.articles)
    blocks.answer(ANSWER.format(known=every - counted["N"], all=every, none=counted["N"]), OURS)
    labels = {choice.code: choice.label for choice in registry.choices("soort_artikel")}
    blocks.facts([Fact(labels[kind], dutch.number(counted[kind]), KINDS[kind]) for kind in KINDS])
    tab, part = filters.opened("deel", list(PARTS))
    with tab:
        PARTS[part](registry)


def _show_articles(registry: Registry) -> None:
    """Every article, by chapter."""
    for chapter in registry.chapters:
        mine = tuple(_article(article, registry) for article in registry.articles if article.chapter == chapter.code)
        blocks.heading(f"{chapter.code}. {chapter.title}")
        papers.articles(Section(chapter.title, chapter.code, (), mine), HOW)


def _show_counting(registry: Registry) -> None:
    """How answers are counted."""
    blocks.heading("Hoe antwoorden tellen", "De regels over toestemming zijn op drie manieren te lezen.")
    blocks.words({reading.label: reading.explanation for reading in registry.readings})
    blocks.heading("Wat elke stand van een antwoord betekent")
    blocks.words({status.label: status.explanation for status in registry.statuses})
    blocks.heading("Wat 'elk jaar opnieuw' kan betekenen")
    blocks.words({rule.label: rule.explanation for rule in registry.year_rules})


def _show_words(registry: Registry) -> None:
    """What words mean, and where figures come from."""
    blocks.heading("Wat woorden betekenen")
    blocks.words({term_label(term.term): term.explanation for term in registry.terms})
    blocks.heading("Waar de cijfers vandaan komen")
    blocks.points(SOURCES)
    blocks.details("Wat de kolommen betekenen", "gedragscode", TABLES)


def _article(article: Article, registry: Registry) -> Section:
    lead = Paragraph(article.text, is_lead=True)
    return Section(
        f"{article.number} {article.title}", article_anchor(article.number), (lead, *_followed(article, registry))
    )


def _followed(article: Article, registry: Registry) -> Iterator[Block]:
    """By what an article is followed."""
    yield Paragraph(f"{KINDS[article.kind]} {f'Norm: {article.norm}' if article.norm else 'De code noemt geen norm.'}")
    indicators = [registry.indicator(code) for code in article.indicators]
    if indicators:
        yield Facts(tuple((known.label, "", known.explanation) for known in indicators))
    about = {
        "Doelen": [known.label for known in registry.purposes if known.article == article.number],
        "Soorten meldingen": [known.label for known in registry.categories if known.article == article.number],
        "Nodige gegevens": [registry.label("dataset", dataset) for dataset in article.needs],
    }
    yield Bullets(tuple(f"{name}: {_listed(texts)}." for name, texts in about.items() if texts))
    yield Paragraph(f"Vraag voor de GMR. {article.question}")


def _listed(labels: list[str]) -> str:
    first, *rest = labels
    return dutch.listed([first, *(f"{text[:1].lower()}{text[1:]}" for text in rest)], most=len(labels))


PARTS: Final = {
    "De artikelen": _show_articles,
    "Hoe er wordt geteld": _show_counting,
    "Woorden en bronnen": _show_words,
}
"""What each part of the page shows."""


main()
