"""Incidenten, what about: reports by subject, platform, openness and whatever else describes them."""

from collections.abc import Mapping

import polars as pl

from dashboard.charts import trends
from dashboard.indicators import sentences
from dashboard.indicators.sentences.phrases import OTHER, OTHERS
from dashboard.indicators.shown import HIDDEN, NO_TOTAL, any_hidden
from dashboard.pages.incidents_choice import SUMS, Choice, is_nothing, show_nothing
from dashboard.registry import Registry
from dashboard.ui import ask, blocks, filters


def show(choice: Choice) -> None:
    """Draw this part."""
    registry = ask.registry()
    dimensions = {known.code: known.label for known in registry.choices("dimensie")}
    with filters.row():
        dimension = filters.choose_part("uitsplitsing", "Uitsplitsen naar", dimensions)
    rows = choice.rows("incidents_by", dimensie=[dimension])
    if is_nothing(rows):
        show_nothing(choice, "Waarover", "incidents_by")
        return
    labels = _value_labels(dimension, registry)
    if HIDDEN in rows.columns:
        labels = {OTHER: OTHERS, **labels}
    name = dimensions[dimension]
    texts = (sentences.largest_value(rows, labels), f"{choice.about} · aantal meldingen, naar {name.lower()}", name)
    chart = ask.keep("values", (*choice.key, dimension), lambda: trends.counts(rows, blocks.palette(), labels, texts))
    if rows.filter(pl.col("incidenten") > 0).is_empty():
        blocks.heading(chart.title, chart.subtitle)
        blocks.table(chart.table, chart.subtitle, "incidenten_waarden")
        return
    blocks.chart(chart, "incidenten_waarden", ("incidents_by",), f"{_more(dimension, rows)} {_sums(rows)}".strip())


def _sums(rows: pl.DataFrame) -> str:
    """How the sum of what is drawn compares with that of the months; none where it can't be made."""
    zeros = " Wat niet is gemeld, staat alleen in de tabel." if rows.filter(pl.col("incidenten") == 0).height else ""
    return f"{NO_TOTAL if any_hidden(rows, 'incidenten') else SUMS}{zeros}"


def _more(dimension: str, rows: pl.DataFrame) -> str:
    """What is worth saying of a dimension beside what is reported most."""
    if dimension == "platform":
        return sentences.new_platforms(rows, ask.registry())
    return f"{sentences.in_lesson(rows)}." if dimension == "in_les" else ""


def _value_labels(dimension: str, registry: Registry) -> Mapping[str, str]:
    """Value → Dutch label, for a dimension of `incidents_by`."""
    special = {
        "categorie": {category.code: category.label for category in registry.categories},
        "artikel": {article.number: f"{article.number} · {article.title}" for article in registry.articles},
        "platform": {platform.code: platform.label for platform in registry.platforms},
    }
    return special.get(dimension) or {choice.code: choice.label for choice in registry.choices(dimension)}
