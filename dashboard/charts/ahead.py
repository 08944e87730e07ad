"""What is coming: who turns 16, and which answers run out."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.charts import bars, theme, years
from dashboard.charts import months as axis
from dashboard.charts.events import Event
from dashboard.charts.theme import Chart, Dict, Key, Palette
from dashboard.indicators import shown
from dashboard.indicators.outlook import last_month

PLANNED = "wat er gepland is"
"""What the band of events is called."""

NUMBERED = 1000
"""Numbers from here on are too wide to stand above a bar on a phone; the axis and the table have them."""


def turning_16(rows: pl.DataFrame, palette: Palette, title: str, sub: str, events: Sequence[Event] = ()) -> Chart:
    """How many pupils turn 16 in each month; those of this school year, before the summer, stand out.

    counts: one row per maand (leerlingen) of one school, `jjjj-mm`, the running month first. `events` of these months
    are numbered from 1 in a band above the chart.
    """
    months, counts = rows["maand"].to_list(), rows["leerlingen"].to_list()
    until = last_month(dutch.first_of(months[0])) if months else ""
    near = [month <= until for month in months]
    known = [count for count in counts if count is not None]
    gaps = [place for place, count in enumerate(counts) if count is None]
    names = [dutch.month_name(month) for month in months]
    most = max(*known, 0, 1)
    trace = {
        "type": "bar",
        "x": list(range(len(months))),
        "y": counts,
        "marker": {"color": [palette.subject if soon else palette.context for soon in near]},
        "text": [dutch.number(count) if most < NUMBERED and count is not None else "" for count in counts],
        "textposition": "outside",
        "textangle": 0,
        "textfont": {"color": palette.ink},
        "cliponaxis": False,
        "hovertext": [
            f"{name}: {dutch.counted(count, 'leerling wordt', 'leerlingen worden')} 16" if count is not None else ""
            for name, count in zip(names, counts, strict=True)
        ],
        "hoverinfo": "text",
    }
    planned = _planned(events, months, palette)
    figure = theme.figure(
        [trace, *theme.hidden_marks(gaps, [0] * len(gaps), palette, [names[place] for place in gaps], "top center")],
        palette,
        320 + planned.height,
        bargap=0.3,
        margin={"l": 0, "r": 0, "t": 44 + planned.height, "b": 8, "pad": 4},
        xaxis=theme.plain_axis(palette, "maand", range=[-0.6, len(months) - 0.4], tickangle=0, **_ticks(months)),
        yaxis=theme.count_axis(palette, "", known, room=1.18),
        shapes=planned.shapes,
        annotations=[*planned.notes, theme.axis_words(palette, "leerlingen die 16 worden")],
    )
    keys: tuple[Key, ...] = (Key("voor de zomer", palette.subject),)
    keys += () if all(near) else (Key("in het volgende schooljaar", palette.context),)
    plain = pl.DataFrame({"Maand": names, "Leerlingen die 16 worden": rows["leerlingen"]})
    table = shown.carried(plain, rows, {"Leerlingen die 16 worden": "leerlingen"})
    return Chart(title, sub, f"Leerlingen die 16 worden. {bars.spoken(names, counts)}.", figure, table, keys)


def expiry(
    rows: pl.DataFrame, palette: Palette, labels: Mapping[str, str], days: tuple[date, date], texts: Sequence[str]
) -> Chart:
    """For every purpose how many pupils need an answer now, and how many on the day the answers of this year run out.

    counts: one row per doel (leerlingen, geldig_nu, nodig_nu, geldig_1_september, nodig_1_september in pupils) of one
    school, in the order to show. `days`: the day of the delivery and that 1 September; `texts`: title, subtitle.
    """
    now, then = days
    purposes = [labels.get(code, code) for code in rows["doel"]]
    names = [
        f"{label} · {_number(first)} nu, {_number(last)} straks"
        for label, first, last in zip(purposes, rows["nodig_nu"], rows["nodig_1_september"], strict=True)
    ]
    figure = theme.figure(
        [
            _bridges(rows, palette),
            *_hidden(rows, purposes, palette),
            _marks(rows["nodig_nu"], purposes, now, {"symbol": "circle", "size": 13, "color": palette.subject}),
            _marks(
                rows["nodig_1_september"],
                purposes,
                then,
                {"symbol": "diamond-open", "size": 13, "line": {"width": 3}, "color": palette.second},
            ),
        ],
        palette,
        theme.rows_height(rows.height),
        margin={"l": 0, "r": 16, "t": 8, "b": 8, "pad": 4},
        xaxis=theme.count_axis(palette, "leerlingen van wie een antwoord nodig is", _needed(rows), room=1.06),
        yaxis=theme.rows_axis(rows.height),
        annotations=theme.row_labels(names, palette),
    )
    columns = {
        "Leerlingen": "leerlingen",
        "Geldig nu": "geldig_nu",
        "Antwoord nodig nu": "nodig_nu",
        f"Geldig op {dutch.short_day(then)}": "geldig_1_september",
        f"Antwoord nodig op {dutch.short_day(then)}": "nodig_1_september",
    }
    plain = pl.DataFrame({"Doel": purposes} | {heading: rows[name] for heading, name in columns.items()})
    table = shown.carried(plain, rows, columns)
    keys = (
        Key(f"nu ({dutch.day(now)})", palette.subject, "punt"),
        Key(f"straks ({dutch.day(then)})", palette.second, "ruit"),
    )
    spoken = f"Leerlingen van wie een antwoord nodig is, nu en op {dutch.day(then)}. {'; '.join(names)}."
    return Chart(texts[0], texts[1], spoken, figure, table, keys)


def _planned(events: Sequence[Event], months: Sequence[str], palette: Palette) -> years.Bands:
    if not months:
        return years.Bands([], [], 0)
    return years.band(events, axis.ends(months), palette, lambda day: axis.place(day, months[0]), PLANNED)


def _ticks(months: Sequence[str]) -> Dict:
    """Every other month by name, and the year below the first and each January or what comes after it."""
    shown = list(range(0, len(months), 2))
    named = [months[place][:4] for place in shown]
    texts = [
        dutch.short_month(months[place])[:3] + (f"<br>{year}" if turn == 0 or year != named[turn - 1] else "")
        for turn, (place, year) in enumerate(zip(shown, named, strict=True))
    ]
    return {"tickvals": shown, "ticktext": texts}


def _number(count: int | None) -> str:
    return shown.MARK if count is None else dutch.number(count)


def _pupils(count: int | None) -> str:
    return shown.HOVER if count is None else dutch.counted(count, "leerling", "leerlingen")


def _needed(rows: pl.DataFrame) -> list[int]:
    return [*rows["nodig_nu"].drop_nulls(), *rows["nodig_1_september"].drop_nulls()]


def _hidden(rows: pl.DataFrame, purposes: Sequence[str], palette: Palette) -> list[Dict]:
    """A mark at the baseline of every purpose of which one of the two numbers is hidden."""
    pairs = zip(rows["nodig_nu"], rows["nodig_1_september"], strict=True)
    gaps = [place for place, pair in enumerate(pairs) if None in pair]
    return theme.hidden_marks([0] * len(gaps), gaps, palette, [purposes[place] for place in gaps])


def _bridges(rows: pl.DataFrame, palette: Palette) -> Dict:
    pairs = zip(rows["nodig_nu"], rows["nodig_1_september"], strict=True)
    ends = [(first, last, None) if None not in (first, last) else (None, None, None) for first, last in pairs]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [value for trio in ends for value in trio],
        "y": [place for row in range(len(ends)) for place in (row, row, None)],
        "line": {"color": palette.context, "width": 3},
        "hoverinfo": "skip",
    }


def _marks(counts: pl.Series, purposes: Sequence[str], day: date, marker: Dict) -> Dict:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": counts.to_list(),
        "y": list(range(len(counts))),
        "marker": marker,
        "cliponaxis": False,
        "hovertext": [
            f"{theme.plain(name)}, {dutch.day(day)}: {_pupils(count)}"
            for name, count in zip(purposes, counts, strict=True)
        ],
        "hoverinfo": "text",
    }
