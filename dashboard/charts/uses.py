"""Uses of pictures and media: how often without a yes that was there before."""

from collections.abc import Mapping, Sequence

import polars as pl

from dashboard import dutch
from dashboard.charts import bars, theme
from dashboard.charts.theme import Chart, Dict, Key, Palette

WITHOUT, WITH = "zonder toestemming vooraf", "met toestemming vooraf"
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
            _uses(without, years, WITHOUT, palette.invalid, palette),
            _uses(agreed, years, WITH, palette.context, palette),
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
    keys = (Key(WITHOUT, palette.invalid), Key(WITH, palette.context))
    spoken = f"Gebruik {WITHOUT}, per schooljaar. {'; '.join(names)}."
    return Chart(texts[0], texts[1], spoken, figure, table, keys)


def by_status(rows: pl.DataFrame, palette: Palette, labels: Mapping[str, str], texts: Sequence[str]) -> Chart:
    """What the answer was on the day of each use; a use without a valid yes stands out.

    counts: one row per status (status, gebruiken in pupil-uses, vooraf: whether that is a valid yes), in the order to
    show. `texts`: title, subtitle.
    """
    names = [labels.get(status, status) for status in rows["status"]]
    counts = rows["gebruiken"].to_list()
    colours = [palette.context if agreed else palette.invalid for agreed in rows["vooraf"]]
    figure = bars.counted(names, counts, colours, palette, TIMES.lower())
    table = pl.DataFrame({"Stand op die dag": names, TIMES: rows["gebruiken"], "Ja vooraf": rows["vooraf"]})
    keys = (Key(WITHOUT, palette.invalid), Key(WITH, palette.context))
    return Chart(texts[0], texts[1], f"Gebruik per stand. {bars.spoken(names, counts)}.", figure, table, keys)


def _uses(counts: Sequence[int], years: Sequence[str], label: str, colour: str, palette: Palette) -> Dict:
    return {
        "type": "bar",
        "orientation": "h",
        "name": label,
        "x": list(counts),
        "y": list(range(len(counts))),
        "marker": {"color": colour, "line": {"color": palette.paper, "width": 1.5}},
        "hovertext": [f"{year}: {dutch.number(count)} keer {label}" for year, count in zip(years, counts, strict=True)],
        "hoverinfo": "text",
    }
