"""Counts as level bars, each with its name above it and its number at its end."""

from collections.abc import Collection, Sequence

import plotly.graph_objects as go

from dashboard import dutch
from dashboard.charts import theme
from dashboard.charts.theme import Palette


def counted(
    names: Sequence[str],
    counts: Sequence[int],
    colours: Sequence[str],
    palette: Palette,
    unit: str,
    hatched: Collection[str] = (),
) -> go.Figure:
    """A bar for each name, from zero; `counts` and `colours` in the order of `names`, `unit` in the plural.

    What has the colour of the unknown is hatched as well, and so is what has one of the colours `hatched`.
    """
    shapes = [theme.HATCH["shape"] if colour in (palette.unknown, *hatched) else "" for colour in colours]
    lines = [palette.paper if colour in hatched else palette.quiet for colour in colours]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": list(counts),
        "y": list(range(len(names))),
        "marker": {
            "color": list(colours),
            "pattern": {**theme.HATCH, "shape": shapes, "fgcolor": lines, "bgcolor": list(colours)},
        },
        "text": [dutch.number(count) for count in counts],
        "textposition": "outside",
        "textfont": {"color": palette.ink},
        "cliponaxis": False,
        "customdata": [theme.plain(name) for name in names],
        "hovertemplate": f"%{{customdata}}: %{{text}} {unit}<extra></extra>",
    }
    return theme.figure(
        [trace],
        palette,
        theme.rows_height(len(names)),
        bargap=0.62,
        xaxis=theme.count_axis(palette, unit, counts),
        yaxis=theme.rows_axis(len(names)),
        annotations=theme.row_labels(names, palette),
    )


def spoken(names: Sequence[str], counts: Sequence[int]) -> str:
    """The same bars in words: `Pesten: 12; Kwetsen: 8`."""
    return "; ".join(f"{name}: {dutch.number(count)}" for name, count in zip(names, counts, strict=True))
