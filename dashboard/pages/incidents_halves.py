"""Incidenten, the same half-year beside the same half-year, with what chance alone would do."""

from dataclasses import replace
from datetime import date

from dashboard import dutch
from dashboard.charts import halves
from dashboard.indicators import changes_in_time, sentences
from dashboard.indicators.changes_in_time import Half
from dashboard.pages.incidents_choice import Choice
from dashboard.ui import ask, blocks, filters

SOMETIMES = "Ook als er niets verandert, lijkt hooguit 1 op de 20 van zulke vergelijkingen meer dan toeval."


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
    everybody = ask.ask("events", brin6=[filters.GROUP, choice.school])
    switched = [changes_in_time.breaks_between(pair.change, everybody) for pair in pairs]
    texts = (
        sentences.halves_title(pairs, switched),
        f"{choice.where} · {dutch.RATE_UNIT}, alleen maanden die in beide jaren zijn aangeleverd",
    )
    chart = ask.keep("halves", (choice.school,), lambda: halves.pairs(pairs, blocks.palette(), texts))
    telling, *others = [_told(*found) for found in sorted(zip(pairs, switched, strict=True), key=_is_quiet)]
    blocks.chart(chart, "incidenten_halfjaren", ("incidents_monthly",), more=others)
    same_schools = {sentences.left_out(replace(pair.change, left_out=(), hidden=())) for pair in pairs}
    blocks.points([telling, " ".join(sorted(filter(None, same_schools))), SOMETIMES])


def _is_quiet(found: tuple[Half, list[tuple[date, str]]]) -> bool:
    """Whether a half shows no sign: one that does is told first, as in the title."""
    pair, switched = found
    return bool(switched) or not pair.change.is_beyond_chance


def _told(pair: Half, switched: list[tuple[date, str]]) -> str:
    """What a half shows, how far off that may be, and what makes it hard to compare."""
    school = filters.view().school
    anywhere = ask.ask("events", brin6=None if school == filters.GROUP else [filters.GROUP, school])
    of_some = [known for known in changes_in_time.breaks_between(pair.change, anywhere) if known not in switched]
    parts = (
        f"{sentences.half_against(pair, switched)}.",
        "" if switched else sentences.how_much(pair.change),
        sentences.between(of_some),
        sentences.left_out(replace(pair.change, schools_left_out=0)),
    )
    return " ".join(filter(None, parts))
