"""Incidenten, who did it to whom."""

from dashboard.charts import roles
from dashboard.indicators import sentences
from dashboard.indicators.shown import NO_TOTAL, any_hidden
from dashboard.pages.incidents_choice import SUMS, Choice, is_nothing, show_nothing
from dashboard.ui import ask, blocks


def show(choice: Choice) -> None:
    """Draw this part."""
    rows = choice.rows("incident_roles")
    if is_nothing(rows):
        show_nothing(choice, "Wie bij wie", "incident_roles")
        return
    registry = ask.registry()
    causes, affected = registry.labels["veroorzaker"], registry.labels["getroffene"]
    texts = (
        sentences.roles_title(rows, affected),
        f"{choice.about} · aantal meldingen, naar wie het deed en wie het trof",
    )
    chart = ask.keep("roles", choice.key, lambda: roles.who_to_whom(rows, causes, affected, blocks.palette(), texts))
    blocks.chart(chart, "incidenten_rollen", ("incident_roles",), NO_TOTAL if any_hidden(rows, "incidenten") else SUMS)
