"""Evaluatie: what do board and joint participation council need for the two-yearly review?"""

from dashboard import dutch
from dashboard.charts import evaluation
from dashboard.indicators import comparisons, sentences
from dashboard.registry import Registry
from dashboard.ui import ask, blocks, filters
from dashboard.ui.blocks import Entry, Fact

AFTER = (
    "Na de evaluatie kan een nieuwe versie ingaan. De uiterste datums zijn teruggerekend met de tijd die elke stap "
    "in de vorige ronde kostte."
)


def main() -> None:
    """Choose, ask, work out, show."""
    registry, view = ask.registry(), filters.view()
    clock = ask.ask("evaluation_clock")
    steps = {choice.code: choice.label for choice in registry.choices("stap")}
    late = sentences.late_steps(clock, steps)
    blocks.answer(f"{late[:1].upper()}{late[1:]}.", AFTER)
    blocks.facts(_facts(registry))
    chart = ask.keep(
        "clock",
        (),
        lambda: evaluation.clock(
            clock, view.day, blocks.palette(), steps, sentences.next_step(clock, steps).rstrip(".")
        ),
    )
    blocks.chart(chart, "evaluatie_klok", ("evaluation_clock",))
    blocks.heading(
        "Wat aan de tekst opvalt", "De GMR kijkt ook naar de tekst zelf. Dit zijn punten om samen te bespreken."
    )
    blocks.entries([Entry(known.article, known.title, known.text, "") for known in registry.findings])
    _show_articles(registry)


def _facts(registry: Registry) -> list[Fact]:
    last_day, days = comparisons.validity(ask.ask("evaluation_clock"))
    kinds = {choice.code: choice.label for choice in registry.choices("soort_artikel")}
    counted = {code: sum(article.kind == code for article in registry.articles) for code in kinds}
    spread = " · ".join(f"{label.lower()} {counted[code]}" for code, label in kinds.items())
    return [
        Fact("Geldigheid van de code", dutch.number(max(days, 0)), f"dagen, tot en met {dutch.day(last_day)}"),
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
