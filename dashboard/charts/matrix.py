"""Schools against purposes: one cell each, darker where more answers are valid."""

from collections.abc import Mapping, Sequence
from itertools import chain
from textwrap import wrap

import polars as pl

from dashboard import dutch
from dashboard.charts import theme
from dashboard.charts.theme import Chart, Dict, Key, Palette
from dashboard.indicators import shown

CELL = 12
"""Pixels of the text in a cell, and above a column where it fits: six columns fit on a phone."""

HEAD = 46
"""Pixels for the names of the columns, on two lines."""

LINE = 9
"""Letters of a column's name on one line; a longer word stands there in smaller letters."""

SMALLEST = 10
"""Pixels of the text of a name that hardly fits."""

LIFT = 12
"""Pixels from the middle of a row of cells to the foot of its name."""

Shares = Mapping[tuple[str, str], float | str | None]
"""School and purpose → share of 0–1, the mark where it is hidden, nothing where nothing was delivered."""


def schools_by_purpose(
    rows: pl.DataFrame, palette: Palette, purposes: Mapping[str, str], texts: Sequence[str], chosen: int | None = None
) -> Chart:
    """Coverage of every school for every purpose; a number or a mark in each cell, hatched without an answer.

    counts: one row per school (brin6, naam) and doel (dekking 0–1, null where unknown), schools in the order to show.
    `purposes`: code → short label, in the order of the columns. `texts`: title, subtitle. The row of the place
    `chosen` stands out.
    """
    schools = dict(rows.select("brin6", "naam").iter_rows())
    known: Shares = {
        (row["brin6"], row["doel"]): shown.MARK if shown.is_hidden(row, "dekking") else row["dekking"]
        for row in rows.iter_rows(named=True)
    }
    names = list(schools.values())
    figure = theme.figure(
        [_column(code, label, schools, known, palette) for code, label in purposes.items()],
        palette,
        theme.rows_height(len(schools), below=8) + HEAD,
        barmode="stack",
        bargap=0.48,
        margin={"l": 0, "r": 0, "t": HEAD, "b": 0, "pad": 0},
        xaxis={"range": [0, len(purposes)], "visible": False, "fixedrange": True},
        yaxis=theme.rows_axis(len(schools)),
        annotations=[*theme.row_labels(names, palette, chosen, LIFT), *heads(list(purposes.values()), palette)],
    )
    cells = {f"Dekking {label}": [known.get((brin6, code)) for brin6 in schools] for code, label in purposes.items()}
    numbers = {head: pl.Series(map(_shade_of, values), dtype=pl.Float64) for head, values in cells.items()}
    marked = {head: pl.lit(pl.Series([value == shown.MARK for value in values])) for head, values in cells.items()}
    table = shown.without(pl.DataFrame({"School": names} | numbers), marked, rows)
    keys: tuple[Key, ...] = (
        Key("hoe donkerder, hoe hoger de dekking" if _light(palette) else LIGHTER, palette.subject),
    )
    if None in chain.from_iterable([known.get((brin6, code)) for code in purposes] for brin6 in schools):
        keys += (Key("niet aangeleverd", palette.unknown, "arcering"),)
    return Chart(texts[0], texts[1], _summary(schools, purposes, known), figure, table, keys)


LIGHTER = "hoe lichter, hoe hoger de dekking"
"""On a dark page the scale runs the other way: the highest stands out most on either."""


def _column(code: str, label: str, schools: Mapping[str, str], known: Shares, palette: Palette) -> Dict:
    values = [known.get((brin6, code)) for brin6 in schools]
    shares = [_shade_of(value) for value in values]
    colours = [palette.unknown if share is None else theme.shade(share, palette) for share in shares]
    colours = [palette.paper if value == shown.MARK else colour for value, colour in zip(values, colours, strict=True)]
    return {
        "type": "bar",
        "orientation": "h",
        "name": label,
        "x": [1] * len(values),
        "y": list(range(len(values))),
        "marker": {
            "color": colours,
            "line": {"color": palette.paper, "width": 2},
            "pattern": {
                **theme.HATCH,
                "shape": ["/" if value is None else "" for value in values],
                "fgcolor": palette.quiet,
                "bgcolor": colours,
            },
        },
        "text": ["" if value is None else _cell(value) for value in values],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": CELL, "color": [theme.on(colour) for colour in colours]},
        "customdata": [
            f"{theme.plain(name)}<br>{theme.plain(label)}: {_cell_words(value)}"
            for name, value in zip(schools.values(), values, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _shade_of(value: float | str | None) -> float | None:
    return None if isinstance(value, str) else value


def _cell(value: float | str) -> str:
    return value if isinstance(value, str) else dutch.share(value)


def _cell_words(value: float | str | None) -> str:
    if value is None:
        return "niet aangeleverd"
    return shown.HOVER if isinstance(value, str) else f"{dutch.share(value)} geldig"


def heads(labels: Sequence[str], palette: Palette) -> list[Dict]:
    """The names of columns of width 1 above them, each on a few lines, all in letters of one size."""
    lines = [wrap(label, LINE, break_long_words=False) for label in labels]
    longest = max((len(line) for line in chain.from_iterable(lines)), default=LINE)
    size = CELL if longest <= LINE else max(SMALLEST, round(CELL * (LINE + 1) / longest))
    return [
        {
            "x": place + 0.5,
            "y": 1,
            "yref": "paper",
            "text": "<br>".join(map(theme.plain, head)),
            "showarrow": False,
            "xanchor": "center",
            "yanchor": "bottom",
            "font": {"size": size, "color": palette.quiet},
        }
        for place, head in enumerate(lines)
    ]


def _light(palette: Palette) -> bool:
    return palette == theme.PALETTES["light"]


def _summary(schools: Mapping[str, str], purposes: Mapping[str, str], known: Shares) -> str:
    parts = []
    for code, label in purposes.items():
        told = [known.get((brin6, code)) for brin6 in schools]
        values = [value for value in map(_shade_of, told) if value is not None]
        span = f"van {dutch.share(min(values))} tot {dutch.share(max(values))}" if values else "niet aangeleverd"
        span = f"voor zover getoond {span}" if shown.MARK in told and values else span
        span = shown.HOVER if shown.MARK in told and not values else span
        parts.append(f"{label}: {span}")
    return f"Dekking per school en doel. {'; '.join(parts)}."
