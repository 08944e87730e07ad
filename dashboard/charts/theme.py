"""What every chart looks like: its words, its colours in light and dark, its axes, its Dutch.

A chart says what it found in its title; the figure itself holds no title, so that the words can be read, copied and
spoken as words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final, Literal

import plotly.graph_objects as go
import polars as pl

from dashboard import dutch
from dashboard.indicators import shown

Theme = Literal["light", "dark"]
Style = Literal[
    "vlak",
    "arcering",
    "strepen",
    "band",
    "streepband",
    "lijn",
    "stippel",
    "streep",
    "punt",
    "ruit",
    "vierkant",
    "kruis",
    "driehoek",
]
"""How the sample of a legend's entry is drawn."""

Dict = dict[str, Any]

FONT: Final = '"Source Sans", "Source Sans 3", sans-serif'
TEXT: Final = 14
"""Pixels: the one size of text in a figure."""

ROW: Final = 44
"""Pixels a bar and its label take."""

MOST_ROWS: Final = 40
"""More bars than this can't be read as one picture."""


WHITE, BLACK = "#FFFFFF", "#000000"

GLARE: Final = 0.05
"""What the room adds to every colour. Source: WCAG 2.2, contrast ratio."""

NEARLY_BLACK: Final = 0.04045
"""Up to this a part of a colour is linear. Source: WCAG 2.2, relative luminance."""

LEAST_SHADE: Final = 0.06
"""How much of the subject's colour a share of 0 still has: a cell is seen to be there."""

FEW_STEPS: Final = 5
"""Up to this many, each whole number has its own line: half a pupil is no pupil."""

HATCH: Final[Dict] = {"shape": "/", "size": 6, "solidity": 0.15, "fillmode": "overlay", "fgopacity": 1}
"""How the unknown, and what falls away, is drawn: told apart without colour."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme. Each series colour has at least 4.5:1 (light) or 3:1 (dark) on the background."""

    ink: str
    quiet: str
    """Secondary text."""
    faint: str
    """Grid lines."""
    paper: str
    subject: str
    """The one colour of what a chart is about."""
    second: str
    """What stands out beside it."""
    context: str
    """What is only there to compare with."""
    yes: str
    no: str
    invalid: str
    unknown: str


PALETTES: Final[Mapping[Theme, Palette]] = {
    "light": Palette(
        ink="#16202A",
        quiet="#4F5B66",
        faint="#E3E8EC",
        paper="#FFFFFF",
        subject="#1B4F72",
        second="#B35900",
        context="#7C8894",
        yes="#1B4F72",
        no="#5B93BD",
        invalid="#B35900",
        unknown="#D3DAE0",
    ),
    "dark": Palette(
        ink="#E8EDF1",
        quiet="#AEBAC4",
        faint="#2A343D",
        paper="#12181E",
        subject="#8CC4EC",
        second="#F0A35E",
        context="#7F8D99",
        yes="#8CC4EC",
        no="#4C86B0",
        invalid="#E0923F",
        unknown="#3F4B56",
    ),
}

OUTCOMES: Final = ("ja", "nee", "ongeldig", "onbekend")
OUTCOME_COLOURS: Final = {"ja": "yes", "nee": "no", "ongeldig": "invalid", "onbekend": "unknown"}


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a chart's legend, shown as words beside a sample of the colour."""

    label: str
    colour: str
    style: Style = "vlak"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a reader meets it: finding, what is shown, picture, and the same in words and numbers."""

    title: str
    """The finding, without a full stop."""
    subtitle: str
    """What, unit, period."""
    summary: str
    """What the picture shows, for who can't see it."""
    figure: go.Figure
    table: pl.DataFrame
    """The numbers of the picture, under the headers that a reader sees."""
    keys: tuple[Key, ...] = field(default=())

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self.figure.layout.height)


SHORT_MONTHS: Final = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

CONFIG: Final[Dict] = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showAxisDragHandles": False,
    "showTips": False,
    "locale": "nl",
    "locales": {
        "nl": {
            "dictionary": {},
            "format": {
                "days": ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
                "shortDays": ["zo", "ma", "di", "wo", "do", "vr", "za"],
                "months": [
                    "januari",
                    "februari",
                    "maart",
                    "april",
                    "mei",
                    "juni",
                    "juli",
                    "augustus",
                    "september",
                    "oktober",
                    "november",
                    "december",
                ],
                "shortMonths": list(SHORT_MONTHS),
                "date": "%d-%m-%Y",
            },
        }
    },
}
"""Dutch without the network, and no toolbar: its seven buttons are seven stops for a keyboard."""


def figure(traces: Sequence[Dict], palette: Palette, height: int, **layout: Any) -> go.Figure:
    """A figure in the house's manner from plain descriptions of traces and layout."""
    base: Dict = {
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 8, "b": 8, "pad": 4},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": TEXT, "color": palette.ink},
        "separators": ",.",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": palette.paper,
            "bordercolor": palette.quiet,
            "font": {"family": FONT, "size": TEXT, "color": palette.ink},
            "align": "left",
        },
        "template": {},
    }
    return go.Figure({"data": list(traces), "layout": {**base, **layout}})


def value_axis(palette: Palette, title: str, **more: Any) -> Dict:
    """An axis of numbers: from zero, thin lines, its unit in its title."""
    return {
        "title": {"text": title, "font": {"size": TEXT, "color": palette.quiet}, "standoff": 8},
        "tickfont": {"color": palette.quiet},
        "gridcolor": palette.faint,
        "zeroline": False,
        "rangemode": "tozero",
        "fixedrange": True,
        "automargin": True,
        **more,
    }


def share_axis(palette: Palette, title: str) -> Dict:
    """An axis of shares, from nothing to all."""
    return value_axis(
        palette,
        title,
        range=[0, 1],
        tickvals=[0.25, 0.5, 0.75, 1],
        ticktext=[f"{part}{dutch.NO_BREAK}%" for part in (25, 50, 75, 100)],
        ticklabeloverflow="allow",
    )


def count_axis(palette: Palette, title: str, counts: Sequence[int], room: float = 1.12) -> Dict:
    """An axis of whole numbers from zero, with room for what is written beyond the largest of `counts`."""
    most = max(*counts, 0, 1)
    few = {"dtick": 1} if most <= FEW_STEPS else {"nticks": 5}
    return value_axis(palette, title, range=[0, most * room], tickformat=",d", **few)


def axis_words(palette: Palette, text: str) -> Dict:
    """The title of an upright axis, above it and level: nobody has to tilt their head."""
    return {
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "text": text,
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 10,
        "font": {"size": TEXT, "color": palette.quiet},
    }


def plain_axis(palette: Palette, title: str = "", **more: Any) -> Dict:
    """An axis of time or of places: no grid."""
    return {
        "title": {"text": title, "font": {"size": TEXT, "color": palette.quiet}, "standoff": 8},
        "tickfont": {"color": palette.quiet},
        "showgrid": False,
        "zeroline": False,
        "linecolor": palette.context,
        "fixedrange": True,
        "automargin": True,
        **more,
    }


def plain(text: str) -> str:
    """A text from data as it is written: Plotly reads tags in what it draws and says."""
    return escape(text, quote=False)


def shade(share: float, palette: Palette) -> str:
    """A share of 0–1 on a scale of one hue, from nearly the page's own colour to the colour of the subject."""
    part = LEAST_SHADE + (1 - LEAST_SHADE) * min(max(share, 0.0), 1.0)
    mixed = [
        round(low + part * (high - low))
        for low, high in zip(_parts(palette.paper), _parts(palette.subject), strict=True)
    ]
    return f"#{mixed[0]:02X}{mixed[1]:02X}{mixed[2]:02X}"


def on(colour: str) -> str:
    """The colour of a text on `#RRGGBB`: whichever of black and white stands out more, always at least 4.5:1."""
    light = luminance(colour) + GLARE
    return WHITE if (1 + GLARE) / light > light / GLARE else BLACK


def luminance(colour: str) -> float:
    """How light a colour `#RRGGBB` is, 0–1. Source: WCAG 2.2, relative luminance."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _linear(part: float) -> float:
    return part / 12.92 if part <= NEARLY_BLACK else ((part + 0.055) / 1.055) ** 2.4


def outcome_key(code: str, label: str, palette: Palette) -> Key:
    """The entry of an outcome in a legend; the unknown is hatched."""
    return Key(label, getattr(palette, OUTCOME_COLOURS[code]), "arcering" if code == "onbekend" else "vlak")


def row_labels(labels: Sequence[str], palette: Palette, chosen: int | None = None, lift: int = 11) -> list[Dict]:
    """The name of each bar above it, from the left edge: readable on a phone as well as on a wall.

    The row of the place `chosen` stands out. `lift`: pixels from the middle of the bar to the foot of its name.
    """
    return [
        {
            "x": 0,
            "y": row,
            "xref": "paper",
            "yref": "y",
            "text": f"<b>{plain(label)}</b>" if row == chosen else plain(label),
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": lift,
            "xshift": -1,
            "font": {"size": TEXT, "color": palette.ink},
            "bgcolor": palette.paper,
        }
        for row, label in enumerate(labels)
    ]


def hidden_marks(
    across: Sequence[Any], up: Sequence[Any], palette: Palette, names: Sequence[str], where: str = "middle right"
) -> list[Dict]:
    """An `x` where a number is hidden, at the baseline; nothing where none is.

    `names`: what each hides, to hover; `where`: on which side of its place a mark stands.
    """
    if not across:
        return []
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": list(across),
            "y": list(up),
            "text": [shown.MARK] * len(across),
            "textposition": where,
            "textfont": {"size": TEXT + 1, "color": palette.quiet},
            "cliponaxis": False,
            "hovertext": [f"{plain(name)}: {shown.HOVER}" for name in names],
            "hoverinfo": "text",
        }
    ]


def rows_axis(count: int) -> Dict:
    """The hidden axis of bars: the first row on top, room above it for its name."""
    return {"range": [count - 0.6, -0.75], "visible": False, "fixedrange": True}


def rows_height(count: int, below: int = 48) -> int:
    """Pixels for a number of bars and an axis below them."""
    return ROW * count + ROW // 2 + below
