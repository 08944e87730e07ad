"""Incidents that are too rare for a chart by month: how long it stayed quiet before each of them."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import ceil

import polars as pl

from dashboard import dutch
from dashboard.charts import events as happened
from dashboard.charts import lanes, months, theme
from dashboard.charts.events import Event
from dashboard.charts.lanes import Lanes, Span
from dashboard.charts.theme import Chart, Dict, Key, Palette
from dashboard.indicators.findings import Silence

PLOT = 280
"""Pixels of the chart itself; the lanes above it and the words around it come on top."""

AROUND = 96
"""Pixels of the words above and below the plot."""

EDGE, LINES = 12, 84
"""Pixels at the right of the plot: without and with words at the ends of the lines."""

LATEST = 6
"""So many incidents are read aloud; the table has them all."""

BELOW, ROOM = 0.07, 1.08
"""Parts of the highest point: below the axis, for what has no height, and above it."""

TOO_LONG = "langer stil"

GAP = "lesdagen_sinds_vorige"


def gaps(
    rare: pl.DataFrame,
    events: Sequence[Event],
    palette: Palette,
    texts: Sequence[str],
    *,
    until: date | None = None,
    running: Silence | None = None,
) -> Chart:
    """School days since the incident before, a point for each incident; above the limit it was unusually quiet.

    counts: one row per incident of one school or the group, as published (rare_events). `events` are numbered from 1
    on the axis. `texts`: title, subtitle. `until`: the day of the figures, up to which the axis goes; where it isn't
    given, it ends with the month of the last incident. `running`: how long it has been quiet since that one; never a
    sign by itself.
    """
    rows = rare.sort("datum", GAP, nulls_last=False).with_row_index("punt")
    parts = _parts(rows)
    names = _months(rows, until)
    now = [running.least] if running else []
    most = ceil(max([*rows[GAP].drop_nulls(), *rows["boven"].drop_nulls(), *now], default=0))
    foot = -BELOW * max(most, 1) if rows[GAP].null_count() else 0
    hover = [_words(row) for row in rows.iter_rows(named=True)]
    spoken = rows.with_columns(pl.Series("woorden", hover, dtype=pl.String))
    head = _lanes(rows, parts, names, palette)
    shapes, notes = happened.on_days(events, *months.ends(names), palette) if names else ([], [])
    figure = theme.figure(
        [
            *_limits(parts, names, palette),
            _stems(rows, palette),
            *_running(running, palette),
            _unknown(spoken.filter(pl.col(GAP).is_null()), foot, palette),
            _points(spoken.filter(pl.col(GAP).is_not_null()), palette),
            *head.traces,
        ],
        palette,
        PLOT + head.height + AROUND,
        margin={"l": 0, "r": _beside(parts), "t": 56 if notes else 38, "b": 8},
        xaxis=theme.plain_axis(palette, "", type="date", **months.ticks(names)),
        yaxis={
            **theme.count_axis(palette, "", [most]),
            "range": [1.5 * foot, max(most, 1) * ROOM],
            "zeroline": True,
            "zerolinecolor": palette.context,
            "domain": [0, PLOT / (PLOT + head.height)],
        },
        yaxis2=head.axis(PLOT),
        shapes=shapes,
        annotations=[
            *notes,
            *head.notes,
            *(_limit_words(parts[0], palette) if len(parts) == 1 else []),
            {**theme.axis_words(palette, "lesdagen sinds de vorige melding"), "yshift": 28 if notes else 10},
        ],
    )
    since = f"{dutch.capital(_running_words(running))}. " if running else ""
    summary = f"{since}Per melding, de laatste eerst. {'; '.join(hover[::-1][:LATEST])}."
    return Chart(texts[0], texts[1], summary, figure, _table(rows), _keys(rows, parts, running, palette))


def _months(rows: pl.DataFrame, until: date | None) -> list[str]:
    if rows.is_empty():
        return []
    first, last = rows["datum"][0], rows["datum"][-1]
    return months.between(first, max(last, until or last))


def _parts(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """The incidents of each segment that has a mean: those in a row with the same one."""
    placed = rows.with_columns(pl.col("midden").rle_id().alias("deel")).filter(pl.col("midden").is_not_null())
    return placed.partition_by("deel", maintain_order=True)


def _lanes(rows: pl.DataFrame, parts: Sequence[pl.DataFrame], names: Sequence[str], palette: Palette) -> Lanes:
    """Above the plot: the means where there is more than one, and each silence that was too long."""
    if not names:
        return Lanes()
    means = [_mean_span(part) for part in parts] if len(parts) > 1 else []
    pairs = pairwise(rows.select("datum", "signaal").iter_rows())
    quiet = [Span(before, day, (TOO_LONG,), "", "second") for (before, _), (day, signal) in pairs if signal]
    return lanes.place((means, quiet), months.axis(names), palette, beside=_beside(parts))


def _beside(parts: Sequence[pl.DataFrame]) -> int:
    """Pixels at the right: for the words at the lines of a series of one segment."""
    return LINES if len(parts) == 1 else EDGE


def _mean_span(part: pl.DataFrame) -> Span:
    mean = _days(part["midden"][0])
    first, last = part["datum"][0], part["datum"][-1]
    return Span(first, last, (f"gemiddeld {mean}", mean), "", "context", is_name=True)


def _limits(parts: Sequence[pl.DataFrame], names: Sequence[str], palette: Palette) -> list[Dict]:
    """The mean and the limit of each segment, from its first incident to that of the next."""
    lines = (("midden", palette.quiet, "solid"), ("boven", palette.context, "dash"))
    starts = [part["datum"][0] for part in parts[1:]]
    ends = months.axis(names) if names else ()
    reaches = pairwise([*ends[:1], *starts, *ends[1:]])
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": column,
            "x": [f"{day}" for day in reach],
            "y": [part[column][0]] * 2,
            "line": {"color": colour, "width": 1.5, "dash": dash},
            "hoverinfo": "skip",
        }
        for part, reach in zip(parts, reaches, strict=bool(parts))
        for column, colour, dash in lines
    ]


def _limit_words(part: pl.DataFrame, palette: Palette) -> list[Dict]:
    """The mean and the limit of a series of one segment, beside their lines."""
    entries = (("midden", "gemiddeld<br>"), ("boven", "grens van<br>toeval "))
    return [
        {
            "x": 1,
            "xref": "paper",
            "y": part[column][0],
            "text": f"{words}{_days(part[column][0])}",
            "showarrow": False,
            "xanchor": "left",
            "xshift": 4,
            "align": "left",
            "font": {"size": theme.TEXT, "color": palette.quiet},
        }
        for column, words in entries
    ]


def _stems(rows: pl.DataFrame, palette: Palette) -> Dict:
    known = rows.filter(pl.col(GAP).is_not_null())
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "stelen",
        "x": [x for day in known["datum"] for x in (f"{day}", f"{day}", None)],
        "y": [y for gap in known[GAP] for y in (0, gap, None)],
        "line": {"color": palette.context, "width": 2},
        "hoverinfo": "skip",
    }


def _running(running: Silence | None, palette: Palette) -> list[Dict]:
    """The silence of now, where the next incident would stand if it came today: dashed, as it isn't over."""
    if running is None:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "loopt nog",
            "x": [f"{running.until}"] * 2,
            "y": [0, running.least],
            "line": {"color": palette.quiet, "width": 2, "dash": "dot"},
            "marker": {
                "symbol": "circle",
                "size": [0, 9],
                "opacity": 1,
                "color": palette.paper,
                "line": {"width": 2, "color": palette.quiet},
            },
            "cliponaxis": False,
            "hovertext": [_running_words(running)] * 2,
            "hoverinfo": "text",
        }
    ]


def _running_words(running: Silence) -> str:
    return f"de stilte van nu loopt nog: minstens {dutch.counted(running.least, 'lesdag', 'lesdagen')}"


def _unknown(rows: pl.DataFrame, foot: float, palette: Palette) -> Dict:
    """A tick for each incident of which it isn't known how long it had been quiet: below the axis, since it's no 0."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "onbekend",
        "x": [f"{day}" for day in rows["datum"]],
        "y": [foot] * rows.height,
        "marker": {
            "opacity": 1,
            "symbol": "line-ns",
            "size": 12,
            "color": palette.quiet,
            "line": {"width": 2.5, "color": palette.quiet},
        },
        "cliponaxis": False,
        "hovertext": rows["woorden"].to_list(),
        "hoverinfo": "text",
    }


def _points(rows: pl.DataFrame, palette: Palette) -> Dict:
    """A point for each incident of which it is known how long it had been quiet."""
    looks = {
        "signal": ("diamond", 13, palette.second, 1.5, palette.paper),
        "usual": ("circle", 9, palette.subject, 0, palette.subject),
    }
    kinds = ["signal" if signal else "usual" for signal in rows["signaal"]]
    symbols, sizes, colours, widths, edges = zip(*(looks[kind] for kind in kinds), strict=True) if kinds else ((),) * 5
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "punten",
        "x": [f"{day}" for day in rows["datum"]],
        "y": rows[GAP].to_list(),
        "marker": {
            "opacity": 1,
            "symbol": list(symbols),
            "size": list(sizes),
            "color": list(colours),
            "line": {"width": list(widths), "color": list(edges)},
        },
        "cliponaxis": False,
        "hovertext": rows["woorden"].to_list(),
        "hoverinfo": "text",
    }


def _words(row: dict[str, object]) -> str:
    day, gap = row["datum"], row[GAP]
    assert isinstance(day, date)
    if not isinstance(gap, int):
        return f"{dutch.day(day)}: niet bekend hoe lang het ervoor stil was"
    text = f"{dutch.day(day)}: {dutch.counted(gap, 'lesdag', 'lesdagen')} na de vorige"
    return f"{text}; langer stil dan toeval verklaart" if row["signaal"] else text


def _days(value: float) -> str:
    return dutch.number(round(value))


def _keys(
    rows: pl.DataFrame, parts: Sequence[pl.DataFrame], running: Silence | None, palette: Palette
) -> tuple[Key, ...]:
    """What is drawn, and nothing else."""
    now = _running_words(running) if running else ""
    entries = (
        (Key("melding: hoe hoger, hoe langer het ervoor stil was", palette.subject, "punt"), bool(parts)),
        (Key("langer stil dan toeval verklaart", palette.second, "ruit"), rows["signaal"].count() > 0),
        (Key(now, palette.quiet, "stippel"), bool(now)),
        (
            Key("eerste melding, of de eerste na een maand zonder levering", palette.quiet, "streep"),
            rows[GAP].null_count() > 0,
        ),
        (Key("gemiddelde", palette.quiet, "lijn"), len(parts) > 1),
        (Key("grens van toeval", palette.context, "stippel"), len(parts) > 1),
    )
    return tuple(key for key, is_drawn in entries if is_drawn)


def _table(rows: pl.DataFrame) -> pl.DataFrame:
    """The numbers of the picture, the latest incident first."""
    latest = rows.sort("punt", descending=True)
    return latest.select(
        pl.col("datum").alias("Melding van"),
        pl.col(GAP).alias("Lesdagen sinds de vorige"),
        pl.col("midden").alias("Gemiddeld"),
        pl.col("boven").alias("Grens van toeval"),
        pl.when(pl.col("signaal").is_not_null()).then(pl.lit("langer stil dan toeval verklaart")).alias("Teken"),
    )
