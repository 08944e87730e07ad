"""Incidenten, the same half-year beside the same half-year, with what chance alone would do."""

import polars as pl

from dashboard.charts import halves
from dashboard.indicators import changes_in_time, sentences
from dashboard.indicators.changes_in_time import Half
from dashboard.pages.incidents_choice import Choice
from dashboard.ui import ask, blocks, filters

SOMETIMES = "Ook als er niets verandert, lijkt ongeveer 1 op de 20 van zulke vergelijkingen meer dan toeval."


def show(choice: Choice) -> None:
    """Draw this part."""
    view = filters.view()
    monthly = ask.ask("incidents_monthly", brin6=None if choice.school == filters.GROUP else [choice.school])
    pairs = changes_in_time.same_halves(monthly, view.day)
    if not pairs:
        blocks.empty(
            f"Voor {choice.where} is er nog geen halfjaar dat naast hetzelfde halfjaar van een jaar eerder past.",
            "Daarvoor zijn dezelfde maanden nodig, in beide jaren aangeleverd.",
            "",
        )
        return
    unit = "meldingen per 1.000 leerlingen per 20 lesdagen"
    texts = (
        sentences.half_title(pairs[0]),
        f"{choice.where} · {unit}, alleen maanden die in beide jaren zijn aangeleverd",
    )
    chart = ask.keep("halves", (choice.school,), lambda: halves.pairs(pairs, blocks.palette(), texts))
    blocks.chart(chart, "incidenten_halfjaren", ("incidents_monthly",))
    happened = ask.ask("events", brin6=None if choice.school == filters.GROUP else [filters.GROUP, choice.school])
    blocks.points([*(_told(pair, happened) for pair in pairs), SOMETIMES])


def _told(pair: Half, happened: pl.DataFrame) -> str:
    """What a half shows, how far off that may be, and what makes it hard to compare."""
    parts = (
        f"{sentences.half_against(pair)}.",
        sentences.how_much(pair.change),
        sentences.between(changes_in_time.breaks_between(pair.change, happened)),
        sentences.left_out(pair.change),
    )
    return " ".join(filter(None, parts))
