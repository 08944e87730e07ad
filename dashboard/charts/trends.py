"""Incidents: the rate per month and what is reported, always in neutral colours."""

from collections.abc import Mapping, Sequence

import polars as pl

from dashboard import dutch
from dashboard.charts import bars, months, theme, years
from dashboard.charts.events import Event
from dashboard.charts.theme import Chart, Dict, Palette
from dashboard.periods import FIRST_MONTH, school_year

PLOT = 250
"""Pixels between the axes of the chart of two years."""


def two_years(rows: pl.DataFrame, palette: Palette, title: str, sub: str, events: Sequence[Event] = ()) -> Chart:
    """The rate of each month of this school year, beside the same month a year earlier.

    counts: twelve rows (maand, nu, toen, aangeleverd_nu, aangeleverd_toen), August first. `events` of either year are
    numbered from 1, above the chart, on a band of their own year.
    """
    places = list(range(rows.height))
    names = [dutch.month_alone(month) for month in rows["maand"]]
    start = int(rows["maand"][0][:4])
    top = max([value for value in [*rows["nu"], *rows["toen"]] if value is not None], default=1.0) or 1.0
    then = _year_line(places, rows["toen"], [f"{name} een jaar eerder" for name in names])
    now = _year_line(places, rows["nu"], names)
    traces = [
        months.bridges(places, rows["toen"].to_list(), palette),
        months.bridges(places, rows["nu"].to_list(), palette),
        {**then, "line": {"color": palette.context, "width": 1.75}, "marker": {"size": 5, "color": palette.context}},
        {**now, "line": {"color": palette.subject, "width": 3}, "marker": {"size": 8, "color": palette.subject}},
    ]
    plot = years.Plot((-0.5, 11.5), (0, 1.15 * top), PLOT)
    colours = {start - 1: palette.quiet, start: palette.subject}
    lines = [
        years.Line(year, _known(rows[column]), colours[year]) for year, column in ((start - 1, "toen"), (start, "nu"))
    ]
    bands = years.bands(events, colours, palette, lambda day: months.place(day, f"{school_year(day)}-{FIRST_MONTH:02}"))
    figure = theme.figure(
        traces,
        palette,
        PLOT + 90 + bands.height,
        margin={"l": 0, "r": 88, "t": 36 + bands.height, "b": 8},
        xaxis=theme.plain_axis(
            palette,
            "maand van het schooljaar",
            range=plot.across,
            tickvals=places[::2],
            ticktext=[name[:3] for name in names[::2]],
            tickangle=0,
        ),
        yaxis=theme.value_axis(palette, "", range=plot.up, nticks=6, tickformat=",.1~f"),
        shapes=bands.shapes,
        annotations=[*years.names(lines, plot), *bands.notes, theme.axis_words(palette, dutch.RATE_UNIT)],
    )
    keys = months.gap_keys(pl.concat([_gap(rows, "toen"), _gap(rows, "nu")]), palette)
    table = rows.select(
        pl.Series("Maand", names),
        pl.col("nu").alias(f"{start}-{start + 1}"),
        pl.col("toen").alias(f"{start - 1}-{start}"),
    )
    spoken = [
        f"{name}: {dutch.rate(value)}, een jaar eerder {dutch.rate(before)}"
        for name, value, before in zip(names, rows["nu"], rows["toen"], strict=True)
        if value is not None
    ]
    return Chart(title, sub, f"Meldingen per 1.000 leerlingen. {'; '.join(spoken)}.", figure, table, keys)


def _year_line(places: Sequence[int], values: pl.Series, names: Sequence[str]) -> Dict:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(places),
        "y": values.to_list(),
        "connectgaps": False,
        "hovertext": [
            f"{name}: {dutch.rate(value)} per 1.000 leerlingen" for name, value in zip(names, values, strict=True)
        ],
        "hoverinfo": "text",
    }


def _known(values: pl.Series) -> list[tuple[float, float]]:
    """Place and value of each month that has one."""
    return [(place, value) for place, value in enumerate(values) if value is not None]


def _gap(rows: pl.DataFrame, year: str) -> pl.Series:
    """Whether each month of the series that has no rate was delivered."""
    delivered = f"aangeleverd_{year}"
    gaps = rows.filter(pl.col(delivered).is_not_null() & pl.col(year).is_null())
    return gaps[delivered].alias("aangeleverd")


def counts(rows: pl.DataFrame, palette: Palette, labels: Mapping[str, str], texts: Sequence[str]) -> Chart:
    """How often each value was reported, most frequent first, "niet ingevuld" last; one neutral colour.

    counts: one row per waarde (incidenten) of one dimension, period and school. `texts`: title, subtitle, header.
    """
    blank = pl.col("waarde") == "onbekend"
    ordered = rows.sort(blank, -pl.col("incidenten"), "waarde").head(theme.MOST_ROWS)
    names = ["Niet ingevuld" if value == "onbekend" else labels.get(value, value) for value in ordered["waarde"]]
    reported = ordered["incidenten"].to_list()
    colours = [palette.unknown if value == "onbekend" else palette.context for value in ordered["waarde"]]
    figure = bars.counted(names, reported, colours, palette, "meldingen")
    table = pl.DataFrame({texts[2]: names, "Meldingen": ordered["incidenten"]})
    return Chart(texts[0], texts[1], f"Meldingen. {bars.spoken(names, reported)}.", figure, table)
