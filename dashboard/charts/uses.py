"""Uses of pictures and media: how often without a yes that was there before."""

from collections.abc import Mapping, Sequence

import polars as pl

from dashboard import dutch
from dashboard.charts import bars, theme
from dashboard.charts.theme import Chart, Dict, Key, Palette
from dashboard.indicators import shown
from dashboard.registry.model import UNKNOWN

WITHOUT, WITH = "zonder toestemming vooraf", "met toestemming vooraf"
NOT_DELIVERED = "niets aangeleverd over die dag"
TIMES = "Keer in beeld of meegedaan"

HEADS = {
    "Publicaties": "publicaties",
    TIMES: "gebruiken",
    "Zonder toestemming vooraf": "zonder_toestemming",
    "Aandeel": ("gebruiken", "zonder_toestemming"),
}
"""Header → the columns behind it."""


def by_school_year(rows: pl.DataFrame, palette: Palette, texts: Sequence[str]) -> Chart:
    """Every school year as one bar of uses: without and with prior consent.

    counts: one row per schooljaar of one school and purpose (publicaties; gebruiken and zonder_toestemming in
    pupil-uses), in the order to show. `texts`: title, subtitle. A year that hides a number has no bar but a mark.
    """
    years = rows["schooljaar"].to_list()
    without, whole = rows["zonder_toestemming"].to_list(), rows["gebruiken"].to_list()
    names = [
        f"{year} · {_number(part)} van {_number(total)}"
        for year, part, total in zip(years, without, whole, strict=True)
    ]
    # Of a year that isn't shown in full, nothing is drawn.
    parts = [
        (part, total - part) if part is not None and total is not None else (0, 0)
        for part, total in zip(without, whole, strict=True)
    ]
    gaps = [place for place, pair in enumerate(zip(without, whole, strict=True)) if None in pair]
    figure = theme.figure(
        [
            _uses([part for part, _ in parts], years, WITHOUT, _hatched(palette), palette),
            _uses([rest for _, rest in parts], years, WITH, {"color": palette.context}, palette),
            *theme.hidden_marks([0] * len(gaps), gaps, palette, [years[place] for place in gaps]),
        ],
        palette,
        theme.rows_height(rows.height),
        barmode="stack",
        bargap=0.62,
        margin={"l": 0, "r": 16, "t": 8, "b": 8, "pad": 4},
        xaxis=theme.count_axis(
            palette, "keer dat een leerling in beeld kwam of meedeed", list(map(sum, parts)), room=1.04
        ),
        yaxis=theme.rows_axis(rows.height),
        annotations=theme.row_labels(names, palette),
    )
    plain = rows.select(
        pl.col("schooljaar").alias("Schooljaar"),
        pl.col("publicaties").alias("Publicaties"),
        pl.col("gebruiken").alias(TIMES),
        pl.col("zonder_toestemming").alias("Zonder toestemming vooraf"),
        pl.when(pl.col("gebruiken") >= _least(rows))
        .then(pl.col("zonder_toestemming") / pl.col("gebruiken"))
        .alias("Aandeel"),
    )
    table = shown.carried(plain, rows, HEADS)
    if _least(rows) > 1:  # a share of so few is hidden as well
        few = pl.col(TIMES).is_between(1, _least(rows) - 1)
        table = table.with_columns(shown.merged(shown.HIDDEN, pl.when(few).then(pl.lit("Aandeel"))))
    keys = (Key(WITHOUT, palette.invalid, "strepen"), Key(WITH, palette.context))
    spoken = f"Gebruik {WITHOUT}, per schooljaar. {'; '.join(names)}."
    return Chart(texts[0], texts[1], spoken, figure, table, keys)


def by_status(rows: pl.DataFrame, palette: Palette, labels: Mapping[str, str], texts: Sequence[str]) -> Chart:
    """What the answer was on the day of each use; a use without a valid yes stands out, the unknown is its own.

    counts: one row per status (status, gebruiken in pupil-uses, vooraf: whether that is a valid yes), in the order to
    show. `texts`: title, subtitle.
    """
    names = [labels.get(status, status) for status in rows["status"]]
    counts = rows["gebruiken"].to_list()
    without = [palette.unknown if status == UNKNOWN else palette.invalid for status in rows["status"]]
    colours = [palette.context if agreed else other for agreed, other in zip(rows["vooraf"], without, strict=True)]
    figure = bars.counted(names, counts, colours, palette, TIMES.lower(), hatched=[palette.invalid])
    plain = pl.DataFrame({"Stand op die dag": names, TIMES: rows["gebruiken"], "Ja vooraf": rows["vooraf"]})
    table = shown.carried(plain, rows, {TIMES: "gebruiken"})
    legend = (
        Key(WITHOUT, palette.invalid, "strepen"),
        Key(NOT_DELIVERED, palette.unknown, "arcering"),
        Key(WITH, palette.context),
    )
    keys = tuple(key for key in legend if key.colour in colours)
    return Chart(texts[0], texts[1], f"Gebruik per stand. {bars.spoken(names, counts)}.", figure, table, keys)


def _number(count: int | None) -> str:
    return shown.MARK if count is None else dutch.number(count)


def _least(rows: pl.DataFrame) -> int:
    """The smallest number of uses of which a share is given: where numbers are hidden, no share of a few."""
    return shown.LEAST_BASE if shown.HIDDEN in rows.columns else 1


def _hatched(palette: Palette) -> Dict:
    """What is without consent is told apart from what is with, without colour too."""
    pattern = {**theme.HATCH, "fgcolor": palette.paper, "bgcolor": palette.invalid}
    return {"color": palette.invalid, "pattern": pattern}


def _uses(counts: Sequence[int], years: Sequence[str], label: str, marker: Dict, palette: Palette) -> Dict:
    return {
        "type": "bar",
        "orientation": "h",
        "name": label,
        "x": list(counts),
        "y": list(range(len(counts))),
        "marker": {**marker, "line": {"color": palette.paper, "width": 1.5}},
        "hovertext": [f"{year}: {dutch.number(count)} keer {label}" for year, count in zip(years, counts, strict=True)],
        "hoverinfo": "text",
    }
