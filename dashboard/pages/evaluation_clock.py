"""The planned-back path to the next version of the code, as a part of the page Evaluatie."""

from dashboard.charts import evaluation, events
from dashboard.indicators import sentences
from dashboard.pages.evaluation_choice import Choice
from dashboard.ui import ask, blocks, filters


def show(choice: Choice) -> None:
    """Draw this part."""
    view, evidence = filters.view(), choice.evidence
    title = sentences.next_step(evidence.clock, evidence.steps, evidence.when).rstrip(".")
    first, last = evaluation.reach(evidence.clock, view.day)
    happened = [*ask.events(filters.GROUP, since=first), *ask.events(filters.GROUP, ahead=True)]
    chart = ask.keep(
        "clock",
        (title,),
        lambda: evaluation.clock(evidence.clock, view.day, blocks.palette(), evidence.steps, title, happened),
    )
    blocks.chart(chart, "evaluatie_klok", ("evaluation_clock",))
    blocks.words(events.listed(happened, first, last))
