"""Incidents: the rate per month and what is reported, always in neutral colours."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from dashboard import dutch
from dashboard.charts import bars, months, theme, years
from dashboard.charts.events import Event
from dashboard.charts.theme import Chart, Dict, Palette
from dashboard.indicators.sentences.phrases import OTHER
from dashboard.indicators.shown import HIDDEN, HOVER, carried, hidden, is_hidden
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
    gone = {year: [is_hidden(row, year) for row in rows.iter_rows(named=True)] for year in ("toen", "nu")}
    then = _year_line(places, rows["toen"], [f"{name} een jaar eerder" for name in names])
    now = _year_line(places, rows["nu"], names)
    traces = [
        *(
            months.bridges(places, rows[year].to_list(), palette, [place for place in places if gone[year][place]])
            for year in ("toen", "nu")
        ),
        {**then, "line": {"color": palette.context, "width": 1.75}, "marker": {"size": 5, "color": palette.context}},
        {**now, "line": {"color": palette.subject, "width": 3}, "marker": {"size": 8, "color": palette.subject}},
        *_hidden(rows, names, palette),
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
    unseen = sum(map(sum, gone.values()))
    keys = months.gap_keys(pl.concat([_gap(rows, "toen"), _gap(rows, "nu")]), palette, unseen)
    headings = {f"{start}-{start + 1}": "nu", f"{start - 1}-{start}": "toen"}
    table = rows.select(pl.Series("Maand", names), *(pl.col(year).alias(name) for name, year in headings.items()))
    table = carried(table, rows, headings)
    spoken = [
        f"{name}: {_spoken(row, 'nu')}, een jaar eerder {_spoken(row, 'toen')}"
        for name, row in zip(names, rows.iter_rows(named=True), strict=True)
        if row["nu"] is not None or is_hidden(row, "nu")
    ]
    return Chart(title, sub, f"Meldingen per 1.000 leerlingen. {'; '.join(spoken)}.", figure, table, keys)


def _spoken(row: Mapping[str, float | None], year: str) -> str:
    return HOVER if is_hidden(row, year) else dutch.rate(row[year])


def _hidden(rows: pl.DataFrame, names: Sequence[str], palette: Palette) -> list[Dict]:
    """A mark for every month of either year whose number is hidden; nothing where none is."""
    gone = [
        (place, f"{name}{when}: {HOVER}")
        for year, when in (("toen", " een jaar eerder"), ("nu", ""))
        for place, (name, row) in enumerate(zip(names, rows.iter_rows(named=True), strict=True))
        if is_hidden(row, year)
    ]
    return [months.unseen([place for place, _ in gone], [words for _, words in gone], palette)] if gone else []


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
    gaps = rows.filter(pl.col(delivered).is_not_null() & pl.col(year).is_null() & ~hidden(rows, year))
    return gaps[delivered].alias("aangeleverd")


def counts(rows: pl.DataFrame, palette: Palette, labels: Mapping[str, str], texts: Sequence[str]) -> Chart:
    """How often each value was reported, most frequent first, "niet ingevuld" last; one neutral colour.

    counts: one row per waarde (incidenten) of one dimension, period and school. `texts`: title, subtitle, header.
    What is hidden comes after what is shown, by name; what wasn't reported at all stands in the table only.
    """
    blank, gone = pl.col("waarde") == "onbekend", hidden(rows, "incidenten")
    other, none = pl.col("waarde") == OTHER, (pl.col("incidenten") == 0).fill_null(value=False)
    after = (none, gone, other) if HIDDEN in rows.columns else ()
    ordered = rows.sort(blank, *after, -pl.col("incidenten"), "waarde").head(theme.MOST_ROWS)
    drawn = ordered.filter(gone | (pl.col("incidenten") > 0)) if HIDDEN in rows.columns else ordered
    reported = drawn["incidenten"].to_list()
    colours = [palette.unknown if value == "onbekend" else palette.context for value in drawn["waarde"]]
    names = _value_names(drawn["waarde"], labels)
    figure = bars.counted(names, reported, colours, palette, "meldingen")
    table = pl.DataFrame({texts[2]: _value_names(ordered["waarde"], labels), "Meldingen": ordered["incidenten"]})
    table = carried(table, ordered, {"Meldingen": "incidenten"})
    return Chart(texts[0], texts[1], f"Meldingen. {bars.spoken(names, reported)}.", figure, table)


def _value_names(values: Iterable[str], labels: Mapping[str, str]) -> list[str]:
    return ["Niet ingevuld" if value == "onbekend" else labels.get(value, value) for value in values]
