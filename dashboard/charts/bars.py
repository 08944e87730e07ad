"""Counts as level bars, each with its name above it and its number at its end."""

from collections.abc import Collection, Sequence

import plotly.graph_objects as go

from dashboard import dutch
from dashboard.charts import theme
from dashboard.charts.theme import Palette
from dashboard.indicators.shown import HOVER, MARK


def counted(
    names: Sequence[str],
    counts: Sequence[int | None],
    colours: Sequence[str],
    palette: Palette,
    unit: str,
    hatched: Collection[str] = (),
) -> go.Figure:
    """A bar for each name, from zero; `counts` and `colours` in the order of `names`, `unit` in the plural.

    A count that is hidden, None, has no bar but its mark, where the others begin.
    What has the colour of the unknown is hatched as well, and so is what has one of the colours `hatched`.
    """
    shapes = [theme.HATCH["shape"] if colour in (palette.unknown, *hatched) else "" for colour in colours]
    lines = [palette.paper if colour in hatched else palette.quiet for colour in colours]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [count or 0 for count in counts],
        "y": list(range(len(names))),
        "marker": {
            "color": list(colours),
            "pattern": {**theme.HATCH, "shape": shapes, "fgcolor": lines, "bgcolor": list(colours)},
        },
        "text": [MARK if count is None else dutch.number(count) for count in counts],
        "textposition": "outside",
        "textfont": {"color": palette.ink},
        "cliponaxis": False,
        "customdata": [theme.plain(name) for name in names],
        "hovertemplate": _hover(counts, unit),
    }
    return theme.figure(
        [trace],
        palette,
        theme.rows_height(len(names)),
        bargap=0.62,
        xaxis=theme.count_axis(palette, unit, [count for count in counts if count is not None]),
        yaxis=theme.rows_axis(len(names)),
        annotations=theme.row_labels(names, palette),
    )


def _hover(counts: Sequence[int | None], unit: str) -> str | list[str]:
    """What a bar says: its name, and its count or that it is hidden."""
    known = f"%{{customdata}}: %{{text}} {unit}<extra></extra>"
    if None not in counts:
        return known
    return [f"%{{customdata}}: {HOVER}<extra></extra>" if count is None else known for count in counts]


def spoken(names: Sequence[str], counts: Sequence[int | None]) -> str:
    """The same bars in words: `Pesten: 12; Kwetsen: 8`; what is hidden is said to be."""
    return "; ".join(
        f"{name}: {HOVER if count is None else dutch.number(count)}" for name, count in zip(names, counts, strict=True)
    )
