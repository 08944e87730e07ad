"""Incidents: the rate per month and what is reported, always in neutral colours."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

import polars as pl

from dashboard import dutch
from dashboard.charts import bars, theme
from dashboard.charts.theme import Chart, Dict, Key, Palette
from dashboard.periods import month_end

ONE_YEAR, TWO_YEARS = 12, 26
"""So many months, or a few more, still fit under an axis by name or by quarter."""

UNIT = "meldingen per 1.000 leerlingen per 20 lesdagen"


def monthly_rate(
    monthly: pl.DataFrame, events: Sequence[tuple[date, str]], palette: Palette, title: str, sub: str
) -> Chart:
    """Reports per 1,000 pupils per 20 school days, a point a month; an undelivered month is a dotted gap, never 0.

    counts: one row per maand of one school or the group (incidenten, leerlingen, lesdagen, aangeleverd, ratio).
    `events` are marked on the axis.
    """
    rows = monthly.sort("maand")
    middles = [_middle(month) for month in rows["maand"]]
    values = rows["ratio"].to_list()
    top = max((value for value in values if value is not None), default=1.0) or 1.0
    hover = [_month_words(row) for row in rows.iter_rows(named=True)]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": middles,
        "y": values,
        "connectgaps": False,
        "line": {"color": palette.subject, "width": 2.5},
        "marker": {"size": 7, "color": palette.subject},
        "hovertext": hover,
        "hoverinfo": "text",
    }
    gaps = _gaps(middles, values)
    bridges = {
        "type": "scatter",
        "mode": "lines",
        "x": [x for x, _ in gaps],
        "y": [y for _, y in gaps],
        "connectgaps": False,
        "line": {"color": palette.context, "width": 1.5, "dash": "dot"},
        "hoverinfo": "skip",
    }
    absent = [month for month, value in zip(middles, values, strict=True) if value is None]
    crosses = {
        "type": "scatter",
        "mode": "markers",
        "x": absent,
        "y": [0] * len(absent),
        "marker": {"symbol": "x-thin", "size": 8, "line": {"width": 1.5, "color": palette.quiet}},
        "cliponaxis": False,
        "hovertext": [text for text, value in zip(hover, values, strict=True) if value is None],
        "hoverinfo": "text",
    }
    shapes, notes = _events(events, palette)
    figure = theme.figure(
        [bridges, line, crosses],
        palette,
        360,
        margin={"l": 0, "r": 16, "t": 56, "b": 8},
        xaxis=theme.plain_axis(palette, "", type="date", **_month_ticks(rows["maand"].to_list())),
        yaxis=theme.value_axis(palette, "", range=[0, 1.15 * top], nticks=6, tickformat=",.1~f"),
        shapes=shapes,
        annotations=[*notes, {**theme.axis_words(palette, UNIT), "yshift": 28 if notes else 10}],
    )
    keys: tuple[Key, ...] = (Key("meldingen in een maand", palette.subject, "lijn"),)
    keys += _gap_keys(rows.filter(pl.col("ratio").is_null())["aangeleverd"], palette)
    table = rows.sort("maand", descending=True).select(
        pl.Series("Maand", [dutch.month_name(month) for month in rows.sort("maand", descending=True)["maand"]]),
        pl.col("incidenten").alias("Meldingen"),
        pl.col("leerlingen").alias("Leerlingen"),
        pl.col("lesdagen").alias("Lesdagen"),
        pl.when("aangeleverd").then(pl.lit("ja")).otherwise(pl.lit("nee")).alias("Aangeleverd"),
        pl.col("ratio").alias("Per 1.000 leerlingen"),
    )
    return Chart(title, sub, f"Per maand, de laatste eerst. {'; '.join(hover[::-1][:6])}.", figure, table, keys)


def two_years(rows: pl.DataFrame, palette: Palette, title: str, sub: str) -> Chart:
    """The rate of each month of this school year, beside the same month a year earlier.

    counts: twelve rows (maand, nu, toen, aangeleverd_nu, aangeleverd_toen), August first.
    """
    places = list(range(rows.height))
    names = [dutch.month_alone(month) for month in rows["maand"]]
    start = int(rows["maand"][0][:4])
    top = max([value for value in [*rows["nu"], *rows["toen"]] if value is not None], default=1.0) or 1.0
    then = _year_line(places, rows["toen"], [f"{name} een jaar eerder" for name in names])
    now = _year_line(places, rows["nu"], names)
    traces = [
        *_dotted(places, rows["toen"], palette),
        *_dotted(places, rows["nu"], palette),
        {**then, "line": {"color": palette.context, "width": 1.75}, "marker": {"size": 5, "color": palette.context}},
        {**now, "line": {"color": palette.subject, "width": 3}, "marker": {"size": 8, "color": palette.subject}},
    ]
    labels = [
        (rows["toen"], f"{start - 1}-{start}", palette.quiet),
        (rows["nu"], f"{start}-{start + 1}", palette.subject),
    ]
    notes = [note for values, text, colour in labels for note in _line_end(values, text, colour)]
    figure = theme.figure(
        traces,
        palette,
        340,
        margin={"l": 0, "r": 88, "t": 36, "b": 8},
        xaxis=theme.plain_axis(
            palette,
            "maand van het schooljaar",
            range=[-0.4, 11.4],
            tickvals=places[::2],
            ticktext=[name[:3] for name in names[::2]],
            tickangle=0,
        ),
        yaxis=theme.value_axis(palette, "", range=[0, 1.15 * top], nticks=6, tickformat=",.1~f"),
        annotations=[*notes, theme.axis_words(palette, UNIT)],
    )
    keys = _gap_keys(pl.concat([_gap(rows, "toen"), _gap(rows, "nu")]), palette)
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


def _dotted(places: Sequence[int], values: pl.Series, palette: Palette) -> list[Dict]:
    """A dotted line over what wasn't delivered between two known months."""
    pairs = _gaps([f"{place}" for place in places], values.to_list())
    if not pairs:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [None if x is None else int(x) for x, _ in pairs],
            "y": [y for _, y in pairs],
            "line": {"color": palette.context, "width": 1.5, "dash": "dot"},
            "hoverinfo": "skip",
        }
    ]


def _line_end(values: pl.Series, text: str, colour: str) -> list[Dict]:
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if not known:
        return []
    place, value = known[-1]
    font = {"size": theme.TEXT, "color": colour}
    base = {"x": place, "y": value, "text": text, "showarrow": False, "font": font, "xanchor": "left", "xshift": 10}
    return [base]


def _gap(rows: pl.DataFrame, year: str) -> pl.Series:
    """Whether each month of the series that has no rate was delivered."""
    delivered = f"aangeleverd_{year}"
    gaps = rows.filter(pl.col(delivered).is_not_null() & pl.col(year).is_null())
    return gaps[delivered].alias("aangeleverd")


def _gap_keys(delivered: pl.Series, palette: Palette) -> tuple[Key, ...]:
    """What the dotted line stands for; `delivered`: of each month without a rate, whether it was delivered."""
    if delivered.is_empty():
        return ()
    words = {False: "niet aangeleverd", True: "geen leerlingen"}
    label = " of ".join(text for known, text in words.items() if known in delivered.fill_null(value=False))
    return (Key(f"{label} (geen nul)", palette.context, "stippel"),)


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


def _middle(month: str) -> str:
    return f"{month}-15"


def _month_words(row: Mapping[str, object]) -> str:
    name = dutch.month_name(str(row["maand"]))
    if row["ratio"] is None:
        return f"{name}: niet aangeleverd" if not row["aangeleverd"] else f"{name}: geen leerlingen"
    count, value = row["incidenten"], row["ratio"]
    assert isinstance(count, int)
    assert isinstance(value, float)
    return f"{name}: {dutch.counted(count, 'melding', 'meldingen')}, {dutch.rate(value)} per 1.000 leerlingen"


def _gaps(middles: Sequence[str], values: Sequence[float | None]) -> list[tuple[str | None, float | None]]:
    """The ends of every gap between two known points, with a break after each pair."""
    pairs: list[tuple[str | None, float | None]] = []
    known = [place for place, value in enumerate(values) if value is not None]
    for left, right in pairwise(known):
        if right - left > 1:
            pairs += [(middles[left], values[left]), (middles[right], values[right]), (None, None)]
    return pairs


def _month_ticks(months: Sequence[str]) -> Dict:
    """Few enough names of months to read: one a quarter of the school year, else one a half."""
    if not months:
        return {}
    wanted = ("08", "11", "02", "05") if len(months) <= TWO_YEARS else ("08", "02")
    shown = [month for month in months if month[5:] in wanted] if len(months) > ONE_YEAR else list(months)
    last = month_end(dutch.first_of(months[-1]))
    return {
        "tickangle": 0,
        "tickvals": [_middle(month) for month in shown],
        "ticktext": [dutch.short_month(month).replace(" ", "<br>") for month in shown],
        "range": [f"{months[0]}-01", f"{last}"],
    }


def _events(events: Sequence[tuple[date, str]], palette: Palette) -> tuple[list[Dict], list[Dict]]:
    shapes = [
        {
            "type": "line",
            "x0": f"{day}",
            "x1": f"{day}",
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {"color": palette.context, "width": 1, "dash": "dash"},
        }
        for day, _ in events
    ]
    notes = [
        {
            "x": f"{day}",
            "y": 1,
            "yref": "paper",
            "text": f"{place}",
            "showarrow": False,
            "yanchor": "bottom",
            "font": {"size": theme.TEXT, "color": palette.quiet},
            "hovertext": theme.plain(text),
        }
        for place, (day, text) in enumerate(events, start=1)
    ]
    return shapes, notes
