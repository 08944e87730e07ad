"""Uses of pictures and media: how often without a yes that was there before."""

from collections.abc import Mapping, Sequence

import polars as pl

from dashboard import dutch
from dashboard.charts import bars, theme
from dashboard.charts.theme import Chart, Dict, Key, Palette
from dashboard.registry.model import UNKNOWN

WITHOUT, WITH = "zonder toestemming vooraf", "met toestemming vooraf"
NOT_DELIVERED = "niets aangeleverd over die dag"
TIMES = "Keer in beeld of meegedaan"


def by_school_year(rows: pl.DataFrame, palette: Palette, texts: Sequence[str]) -> Chart:
    """Every school year as one bar of uses: without and with prior consent.

    counts: one row per schooljaar of one school and purpose (publicaties; gebruiken and zonder_toestemming in
    pupil-uses), in the order to show. `texts`: title, subtitle.
    """
    years = rows["schooljaar"].to_list()
    without, whole = rows["zonder_toestemming"].to_list(), rows["gebruiken"].to_list()
    agreed = [total - part for part, total in zip(without, whole, strict=True)]
    names = [
        f"{year} · {dutch.number(part)} van {dutch.number(total)}"
        for year, part, total in zip(years, without, whole, strict=True)
    ]
    figure = theme.figure(
        [
            _uses(without, years, WITHOUT, _hatched(palette), palette),
            _uses(agreed, years, WITH, {"color": palette.context}, palette),
        ],
        palette,
        theme.rows_height(rows.height),
        barmode="stack",
        bargap=0.62,
        margin={"l": 0, "r": 16, "t": 8, "b": 8, "pad": 4},
        xaxis=theme.count_axis(palette, "keer dat een leerling in beeld kwam of meedeed", whole, room=1.04),
        yaxis=theme.rows_axis(rows.height),
        annotations=theme.row_labels(names, palette),
    )
    table = rows.select(
        pl.col("schooljaar").alias("Schooljaar"),
        pl.col("publicaties").alias("Publicaties"),
        pl.col("gebruiken").alias(TIMES),
        pl.col("zonder_toestemming").alias("Zonder toestemming vooraf"),
        pl.when(pl.col("gebruiken") > 0).then(pl.col("zonder_toestemming") / pl.col("gebruiken")).alias("Aandeel"),
    )
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
    table = pl.DataFrame({"Stand op die dag": names, TIMES: rows["gebruiken"], "Ja vooraf": rows["vooraf"]})
    legend = (
        Key(WITHOUT, palette.invalid, "strepen"),
        Key(NOT_DELIVERED, palette.unknown, "arcering"),
        Key(WITH, palette.context),
    )
    keys = tuple(key for key in legend if key.colour in colours)
    return Chart(texts[0], texts[1], f"Gebruik per stand. {bars.spoken(names, counts)}.", figure, table, keys)


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
