"""Evaluatie: what do board and joint participation council need for the two-yearly review?"""

from collections.abc import Mapping

import polars as pl

from dashboard import dutch
from dashboard.charts import evaluation, events
from dashboard.indicators import comparisons, sentences
from dashboard.registry import Registry
from dashboard.ui import ask, blocks, filters
from dashboard.ui.blocks import Entry, Fact

AFTER = (
    "Na de evaluatie kan een nieuwe versie ingaan. De uiterste datums zijn teruggerekend met de tijd die elke stap "
    "in de vorige ronde kostte."
)
NO_PLAN = (
    "Daarom zijn er nog geen uiterste datums voor de stappen naar een nieuwe versie. "
    "De beheerder kan de datum invullen in het bestand van de gedragscode; bij de volgende import telt die mee."
)


def main() -> None:
    """Choose, ask, work out, show."""
    registry, view = ask.registry(), filters.view()
    clock = ask.ask("evaluation_clock")
    steps = {choice.code: choice.label for choice in registry.choices("stap")}
    when = sentences.on_day(view.day, view.today)
    if clock.is_empty():
        blocks.answer(f"{sentences.NOT_SETTLED}.", NO_PLAN)
        blocks.facts(_facts(clock, registry, when))
    else:
        late = sentences.late_steps(clock, steps, when)
        blocks.answer(f"{late[:1].upper()}{late[1:]}.", AFTER)
        blocks.facts(_facts(clock, registry, when))
        _show_clock(clock, steps, when)
    blocks.heading(
        "Wat aan de tekst opvalt", "De GMR kijkt ook naar de tekst zelf. Dit zijn punten om samen te bespreken."
    )
    blocks.entries([Entry(known.article, known.title, known.text, "") for known in registry.findings])
    _show_articles(registry)


def _show_clock(clock: pl.DataFrame, steps: Mapping[str, str], when: str) -> None:
    view = filters.view()
    title = sentences.next_step(clock, steps, when).rstrip(".")
    first, last = evaluation.reach(clock, view.day)
    happened = [*ask.events(filters.GROUP, since=first), *ask.events(filters.GROUP, ahead=True)]
    chart = ask.keep(
        "clock", (title,), lambda: evaluation.clock(clock, view.day, blocks.palette(), steps, title, happened)
    )
    blocks.chart(chart, "evaluatie_klok", ("evaluation_clock",))
    blocks.words(events.listed(happened, first, last))


def _facts(clock: pl.DataFrame, registry: Registry, when: str) -> list[Fact]:
    kinds = {choice.code: choice.label for choice in registry.choices("soort_artikel")}
    counted = {code: sum(article.kind == code for article in registry.articles) for code in kinds}
    spread = " · ".join(f"{label.lower()} {counted[code]}" for code, label in kinds.items())
    return [
        blocks.validity_fact(comparisons.validity(clock), when),
        Fact("Artikelen", dutch.number(len(registry.articles)), spread),
        Fact("Punten over de tekst", dutch.number(len(registry.findings)), "om in de GMR te bespreken"),
    ]


def _show_articles(registry: Registry) -> None:
    kinds = {choice.code: choice.label for choice in registry.choices("soort_artikel")}
    blocks.heading(
        "Alle artikelen, met de open vraag",
        "In eigen woorden; de vastgestelde code blijft leidend. Bij elk artikel staat hoe er iets over te zeggen is.",
    )
    for chapter in registry.chapters:
        rows = [
            Entry(article.number, f"{article.title} · {kinds[article.kind].lower()}", article.text, article.question)
            for article in registry.articles
            if article.chapter == chapter.code
        ]
        blocks.folded(f"{chapter.code}. {chapter.title}", chapter.code, rows)


main()
