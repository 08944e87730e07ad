"""Evaluatie: what do board and joint participation council need for the two-yearly review?"""

from typing import Final

from dashboard import dutch
from dashboard.indicators import comparisons, sentences, shown
from dashboard.indicators.evaluation import ATTENTION, IN_ORDER, NO_DATA, NO_NORM, NOT_IN_ORDER, NOT_MEASURABLE
from dashboard.indicators.evaluation_findings import NOT_SHOWN, by_verdict
from dashboard.indicators.sentences.signals import telling_signals
from dashboard.pages import evaluation_changes, evaluation_choice, evaluation_clock, evaluation_papers
from dashboard.pages.evaluation_choice import Choice
from dashboard.reports.evidence import OF_EVALUATION
from dashboard.ui import ask, blocks, filters, papers
from dashboard.ui.blocks import Entry, Fact

AFTER = (
    "Na de evaluatie kan een nieuwe versie ingaan. De uiterste datums zijn teruggerekend met de tijd die elke stap "
    "in de vorige ronde kostte."
)
NO_PLAN = (
    "Daarom zijn er nog geen uiterste datums voor de stappen naar een nieuwe versie. "
    "De beheerder kan de datum invullen in het bestand van de gedragscode; bij de volgende import telt die mee."
)
FIRST = "Wat het eerst aandacht vraagt"
ARTICLES, SECTIONS, TEXT, DECISIONS, CHANGES = (
    "Per artikel",
    "Per geleding",
    "De tekst zelf",
    "Eerdere besluiten",
    "Wat is veranderd",
)

NO_VERDICT: Final = "Geen oordeel"
GROUPS: Final = (
    ("Vraagt aandacht", (NOT_IN_ORDER, ATTENTION)),
    ("Op orde", (IN_ORDER,)),
    ("Geen gegevens", (NO_DATA,)),
    (NO_VERDICT, (NO_NORM, NOT_MEASURABLE, NOT_SHOWN)),
)
"""How the verdicts on articles are summed up, each with what it holds."""

WITHOUT_VERDICT = "zonder norm in de code, of niet te meten"
WITHOUT_VERDICT_OR_HIDDEN = f"zonder norm in de code, niet te meten, of {shown.SAID}"


def main() -> None:
    """Choose, ask, work out, show."""
    choice = evaluation_choice.choose()
    evidence = choice.evidence
    if evidence.clock.is_empty():
        blocks.answer(f"{sentences.NOT_SETTLED}.", NO_PLAN)
    else:
        late = sentences.late_steps(evidence.clock, evidence.steps, evidence.when)
        blocks.answer(f"{dutch.capital(late)}.", AFTER)
    is_left_out = evidence.is_left_out("evaluation")
    if ask.holds("evaluation"):
        blocks.facts(_facts(choice))
        _show_signals(choice)
    elif is_left_out:
        blocks.paragraph(OF_EVALUATION)
    else:
        blocks.outdated("Wat er van elk artikel bekend is")
    if ask.holds("evaluation") or is_left_out:
        evaluation_papers.show_downloads(choice)
    if not evidence.clock.is_empty():
        evaluation_clock.show(choice)
    if ask.holds("evaluation") or is_left_out:
        tab, part = filters.opened("deel", list(PARTS))
        with tab:
            PARTS[part](choice)


def _facts(choice: Choice) -> list[Fact]:
    evidence = choice.evidence
    groups = by_verdict(evidence.findings)
    rows = []
    for name, verdicts in GROUPS:
        numbers = [known.article.number for verdict in verdicts for known in groups.get(verdict, [])]
        without = WITHOUT_VERDICT if not groups.get(NOT_SHOWN) else WITHOUT_VERDICT_OR_HIDDEN
        which = without if name == NO_VERDICT else dutch.listed(numbers, most=len(numbers))
        context = [f"van {len(evidence.findings)} artikelen", *([which] if numbers else [])]
        rows.append(Fact(name, dutch.number(len(numbers)), " · ".join(context)))
    return [blocks.validity_fact(comparisons.validity(evidence.clock), evidence.when), *rows]


def _show_signals(choice: Choice) -> None:
    evidence = choice.evidence
    signals = telling_signals(evidence.evaluation, evidence.registry, evidence.clock_of_now, when=evidence.when)
    if signals:
        blocks.heading(FIRST)
        blocks.points([signal.sentence for signal in signals])


def _show_articles(choice: Choice) -> None:
    content = choice.articles
    papers.section(evaluation_papers.introduction(content))
    for chapter in content.parts:
        blocks.heading(chapter.title)
        papers.articles(chapter)
    blocks.details("Wat de kolommen betekenen", "evaluatie", ("evaluation",))


def _show_text(choice: Choice) -> None:
    blocks.heading(TEXT, "De GMR kijkt ook naar de tekst zelf. Dit zijn punten om samen te bespreken.")
    known = choice.evidence.registry.findings
    blocks.entries([Entry(finding.article, finding.title, finding.text, "") for finding in known])


PARTS: Final = {
    ARTICLES: _show_articles,
    SECTIONS: lambda choice: papers.section(choice.sections),
    TEXT: _show_text,
    DECISIONS: lambda choice: papers.section(choice.decisions),
    CHANGES: evaluation_changes.show,
}
"""What each part of the page shows."""


main()
