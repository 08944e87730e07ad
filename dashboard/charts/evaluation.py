"""The clock of the evaluation: each step of the last round, and when it is due now."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import polars as pl

from dashboard import dutch
from dashboard.charts import events as happened
from dashboard.charts import theme
from dashboard.charts.events import Event
from dashboard.charts.theme import Chart, Key, Palette

AROUND = timedelta(days=21)
"""How much of the axis lies before the first step, or today, and after the last."""

HEAD = 20
"""Pixels for the numbers of events."""


def clock(
    rows: pl.DataFrame,
    day: date,
    palette: Palette,
    labels: Mapping[str, str],
    title: str,
    events: Sequence[Event] = (),
) -> Chart:
    """The planned-back path on one line of time: a late step open and in the second colour, today as a thin line.

    counts: one row per stap (vorige_ronde, uiterlijk, dagen, oordeel), in the order of the steps. `events` are numbered
    from 1 above that line.
    """
    steps = rows.sort("uiterlijk")
    late = [verdict == "te laat" for verdict in steps["oordeel"]]
    names = [
        f"{labels.get(step, step)} · {dutch.short_day(due)}"
        for step, due in steps.select("stap", "uiterlijk").iter_rows()
    ]
    words = [how_long(days) for days in steps["dagen"]]
    places = list(range(steps.height))
    first, last = reach(rows, day)
    rails = {
        "type": "scatter",
        "mode": "lines",
        "x": [end for due in steps["uiterlijk"] for end in (f"{day}", f"{due}", None)],
        "y": [end for place in places for end in (place, place, None)],
        "line": {"color": palette.context, "width": 2},
        "hoverinfo": "skip",
    }
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": [f"{due}" for due in steps["uiterlijk"]],
        "y": places,
        "marker": {
            "size": 15,
            "symbol": ["diamond-open" if is_late else "circle" for is_late in late],
            "color": [palette.second if is_late else palette.subject for is_late in late],
            "line": {"width": 3, "color": [palette.second if is_late else palette.subject for is_late in late]},
        },
        "hovertext": [f"{name}: {word}" for name, word in zip(names, words, strict=True)],
        "hoverinfo": "text",
    }
    notes = theme.row_labels([f"{name} · {word}" for name, word in zip(names, words, strict=True)], palette)
    # The line of today runs behind the words.
    notes = [{**note, "bgcolor": palette.paper} for note in notes]
    marks, numbers = happened.on_days(events, first, last, palette)
    head = HEAD if numbers else 0
    notes += [{**number, "yshift": HEAD} for number in numbers]
    notes.append(
        {
            "x": f"{day}",
            "y": 1,
            "yref": "paper",
            "text": dutch.short_day(day),
            "showarrow": False,
            "yanchor": "bottom",
            "font": {"size": theme.TEXT, "color": palette.quiet},
        }
    )
    figure = theme.figure(
        [rails, points],
        palette,
        theme.rows_height(steps.height) + 24 + head,
        margin={"l": 0, "r": 8, "t": 28 + head, "b": 8},
        xaxis=theme.plain_axis(
            palette, "", type="date", range=[f"{first}", f"{last}"], tickformat="%b<br>%Y", nticks=6
        ),
        yaxis=theme.rows_axis(steps.height),
        shapes=[
            *marks,
            {
                "type": "line",
                "x0": f"{day}",
                "x1": f"{day}",
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": palette.quiet, "width": 1, "dash": "dash"},
            },
        ],
        annotations=notes,
    )
    table = pl.DataFrame(
        {
            "Stap": [labels.get(step, step) for step in steps["stap"]],
            "Vorige ronde": steps["vorige_ronde"],
            "Uiterlijk": steps["uiterlijk"],
            "Hoe lang nog": words,
            "Oordeel": steps["oordeel"],
        }
    )
    keys = (Key("op tijd", palette.subject, "punt"), Key("te laat", palette.second, "ruit"))
    summary = "; ".join(f"{name}: {word}" for name, word in zip(names, words, strict=True))
    subtitle = f"uiterste datum per stap, teruggerekend met de duur van de vorige ronde · stand van {dutch.day(day)}"
    return Chart(title, subtitle, summary, figure, table, keys)


def reach(rows: pl.DataFrame, day: date) -> tuple[date, date]:
    """The first and the last day on the axis of the clock: those of its events can be listed."""
    days = [*rows["uiterlijk"], day]
    return min(days) - AROUND, max(days) + AROUND


def how_long(days: int) -> str:
    """How long there is until a step is due, or how long ago that was."""
    if days < 0:
        return f"{dutch.counted(-days, 'dag', 'dagen')} te laat"
    return f"nog {dutch.counted(days, 'dag', 'dagen')}"
