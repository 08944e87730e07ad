"""Half-years of the code, each beside the same half-year a year earlier, with how far off each may be."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from dashboard import dutch
from dashboard.charts import theme
from dashboard.charts.theme import Chart, Dict, Key, Palette
from dashboard.indicators.changes_in_time import Half
from dashboard.indicators.incidents import EXPOSURE
from dashboard.indicators.intervals import rate_interval

APART = 0.35
"""How much further apart, in rows, two pairs lie than the two of a pair."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One half-year: what was counted in the months that are compared."""

    name: str
    place: float
    """How far down, in rows."""
    months: int
    incidents: int
    pupil_days: int
    is_now: bool

    @property
    def rate(self) -> float:
        """Incidents per 1,000 pupils per 20 school days."""
        return self.incidents * EXPOSURE / self.pupil_days

    @property
    def ends(self) -> tuple[float, float]:
        """Between which rates it may lie."""
        interval = rate_interval(self.incidents, self.pupil_days / EXPOSURE)
        return float(interval.low), float(interval.high)

    @property
    def words(self) -> str:
        """What stands above its mark."""
        return f"{self.name} · {dutch.counted(self.incidents, 'melding', 'meldingen')} · {dutch.rate(self.rate)}"

    @property
    def spoken(self) -> str:
        """The same with its interval."""
        low, high = self.ends
        return f"{self.words}, tussen {dutch.rate(low)} en {dutch.rate(high)}"


def pairs(halves: Sequence[Half], palette: Palette, texts: Sequence[str]) -> Chart:
    """Each half-year and below it the same one a year earlier: the rate, and between which values it may lie.

    `halves`: in the order to show; only what was delivered in both years counts. `texts`: title, subtitle.
    """
    rows = [row for turn, half in enumerate(halves) for row in _pair(half, turn)]
    bottom = max((row.place for row in rows), default=0.0) + 1
    widest = 1.04 * max((row.ends[1] for row in rows), default=1.0)
    figure = theme.figure(
        [*(_interval(row, palette) for row in rows), _marks(rows, palette)],
        palette,
        round(theme.ROW * bottom) + theme.ROW // 2 + 48,
        margin={"l": 6, "r": 16, "t": 8, "b": 8, "pad": 4},
        xaxis=theme.value_axis(
            palette,
            dutch.RATE_UNIT,
            range=[0, widest],
            nticks=6,
            tickformat=",.1~f",
            ticklabeloverflow="allow",
        ),
        yaxis={"range": [bottom - 0.6, -0.75], "visible": False, "fixedrange": True},
        annotations=[
            {**note, "y": row.place}
            for row, note in zip(rows, theme.row_labels([row.words for row in rows], palette), strict=True)
        ],
    )
    keys = (
        Key("dit halfjaar", palette.subject, "punt"),
        Key("hetzelfde halfjaar een jaar eerder", palette.quiet, "ruit"),
        Key("zo ver kan toeval het cijfer verschuiven", palette.context, "lijn"),
    )
    summary = f"Elk halfjaar met hetzelfde halfjaar een jaar eerder. {'; '.join(row.spoken for row in rows)}."
    return Chart(texts[0], texts[1], summary, figure, _table(rows), keys if rows else ())


def _pair(half: Half, turn: int) -> list[_Row]:
    change, top = half.change, (2 + APART) * turn
    earlier = tuple(f"{int(month[:4]) - 1}{month[4:]}" for month in change.months)
    return [
        _Row(_name(change.months), top, len(earlier), change.now, change.pupil_days_now, is_now=True),
        _Row(_name(earlier), top + 1, len(earlier), change.before, change.pupil_days_before, is_now=False),
    ]


def _name(found: Sequence[str]) -> str:
    """The months in few letters: `feb–jul 2026`, `aug 2025–jan 2026`, `nov 2026`."""
    first, last = dutch.short_month(found[0]), dutch.short_month(found[-1])
    if first == last:
        return first
    return f"{first[:3] if first[-4:] == last[-4:] else first}–{last}"


def _interval(row: _Row, palette: Palette) -> Dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": row.name,
        "x": list(row.ends),
        "y": [row.place] * 2,
        "line": {"color": palette.subject if row.is_now else palette.quiet, "width": 2},
        "hoverinfo": "skip",
    }


def _marks(rows: Sequence[_Row], palette: Palette) -> Dict:
    colours = [palette.subject if row.is_now else palette.quiet for row in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "punten",
        "x": [row.rate for row in rows],
        "y": [row.place for row in rows],
        "marker": {
            "opacity": 1,
            "symbol": ["circle" if row.is_now else "diamond" for row in rows],
            "size": 13,
            "color": [colour if row.is_now else palette.paper for row, colour in zip(rows, colours, strict=True)],
            "line": {"width": 2.5, "color": colours},
        },
        "cliponaxis": False,
        "hovertext": [row.spoken for row in rows],
        "hoverinfo": "text",
    }


def _table(rows: Sequence[_Row]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "Halfjaar": [row.name for row in rows],
            "Vergeleken maanden": [row.months for row in rows],
            "Meldingen": [row.incidents for row in rows],
            "Per 1.000 leerlingen": [row.rate for row in rows],
            "Van": [row.ends[0] for row in rows],
            "Tot": [row.ends[1] for row in rows],
        },
        schema_overrides={"Vergeleken maanden": pl.Int64, "Meldingen": pl.Int64},
    )
