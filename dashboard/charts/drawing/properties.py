"""What of a Plotly figure is drawn. Anything else is refused by name: nothing is left out without a word."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

Rule = Any
"""`ANY` value; a set of values, of which a list may hold several; or the rules of a description inside it."""

ANY: Final = None

PLAIN: Final = (str, int, float, date, list, tuple, type(None))
"""What a value is or is a list of; a packed array is none of these."""

SCREEN: Final[Mapping[str, Rule]] = dict.fromkeys(
    ("name", "hoverinfo", "hovertext", "hovertemplate", "customdata"), ANY
)
"""What only a pointer finds; the table beside a chart has it too."""

SYMBOLS: Final = frozenset({"x-thin", "line-ns"}) | {
    f"{name}{end}" for name in ("circle", "diamond", "square", "triangle-up", "x") for end in ("", "-open")
}
DASHES: Final = frozenset({"solid", "dot", "dash"})
TRANSPARENT: Final = frozenset({"rgba(0,0,0,0)"})

FONT: Final[Mapping[str, Rule]] = {"size": ANY, "color": ANY}
LINE: Final[Mapping[str, Rule]] = {"color": ANY, "width": ANY, "dash": DASHES}

SCATTER: Final[Mapping[str, Rule]] = {
    **SCREEN,
    "type": {"scatter"},
    "mode": {"lines", "markers", "lines+markers", "text"},
    "text": ANY,
    "textposition": {"middle right", "top center"},
    "textfont": FONT,
    "x": ANY,
    "y": ANY,
    "xaxis": {"x"},
    "yaxis": {"y", "y2"},
    "opacity": ANY,
    "connectgaps": {False},
    "cliponaxis": {True, False},
    "line": LINE,
    "fill": {"toself", "tonexty"},
    "fillcolor": ANY,
    "marker": {
        "symbol": SYMBOLS,
        "size": ANY,
        "color": ANY,
        "opacity": ANY,
        "line": {"color": ANY, "width": ANY},
    },
}

BAR: Final[Mapping[str, Rule]] = {
    **SCREEN,
    "type": {"bar"},
    "orientation": {"h", "v"},
    "x": ANY,
    "y": ANY,
    "cliponaxis": {True, False},
    "marker": {
        "color": ANY,
        "line": {"color": ANY, "width": ANY},
        "pattern": {
            "shape": {"", "/"},
            "size": ANY,
            "solidity": ANY,
            "fgcolor": ANY,
            "bgcolor": ANY,
            "fillmode": {"overlay", "replace"},
            "fgopacity": {1},
        },
    },
    "text": ANY,
    "textposition": {"inside", "outside"},
    "insidetextanchor": {"middle"},
    "textangle": {0},
    "constraintext": {"none"},
    "textfont": FONT,
}

AXIS: Final[Mapping[str, Rule]] = {
    "title": {"text": ANY, "font": FONT, "standoff": ANY},
    "tickfont": FONT,
    "gridcolor": ANY,
    "showgrid": {True, False},
    "zeroline": {True, False},
    "zerolinecolor": ANY,
    "linecolor": ANY,
    "rangemode": {"tozero"},
    "range": ANY,
    "domain": ANY,
    "type": {"linear", "date"},
    "visible": {True, False},
    "fixedrange": ANY,
    "automargin": {True},
    "tickvals": ANY,
    "ticktext": ANY,
    "nticks": ANY,
    "dtick": ANY,
    "tickformat": {",d", ",.1~f", "%b<br>%Y"},
    "tickangle": {0},
    "ticklabeloverflow": {"allow"},
}

SHAPE: Final[Mapping[str, Rule]] = {
    "type": {"line", "rect"},
    "fillcolor": ANY,
    "x0": ANY,
    "x1": ANY,
    "y0": ANY,
    "y1": ANY,
    "xref": {"x", "paper"},
    "yref": {"y", "paper"},
    "ysizemode": {"pixel"},
    "yanchor": ANY,
    "line": LINE,
}

ANNOTATION: Final[Mapping[str, Rule]] = {
    "x": ANY,
    "y": ANY,
    "xref": {"x", "paper"},
    "yref": {"y", "y2", "paper"},
    "text": ANY,
    "hovertext": ANY,
    "showarrow": {True, False},
    "arrowhead": {0},
    "arrowwidth": ANY,
    "arrowcolor": ANY,
    "ax": ANY,
    "ay": ANY,
    "xanchor": {"left", "center", "right"},
    "yanchor": {"top", "middle", "bottom"},
    "xshift": ANY,
    "yshift": ANY,
    "align": {"left"},
    "font": FONT,
    "bgcolor": ANY,
    "bordercolor": ANY,
    "borderwidth": ANY,
    "borderpad": ANY,
}

LAYOUT: Final[Mapping[str, Rule]] = {
    "height": ANY,
    "margin": dict.fromkeys(("l", "r", "t", "b", "pad"), ANY),
    "paper_bgcolor": TRANSPARENT,
    "plot_bgcolor": TRANSPARENT,
    "font": {"family": ANY, **FONT},
    "separators": {",."},
    "showlegend": {False},
    "dragmode": ANY,
    "hovermode": ANY,
    "hoverlabel": {"bgcolor": ANY, "bordercolor": ANY, "font": {"family": ANY, **FONT}, "align": ANY},
    "template": {"data": {"scatter": {"type": {"scatter"}}}},
    "bargap": ANY,
    "barmode": {"stack"},
    "xaxis": AXIS,
    "yaxis": AXIS,
    "yaxis2": AXIS,
    "shapes": SHAPE,
    "annotations": ANNOTATION,
}

TRACES: Final[Mapping[str, Mapping[str, Rule]]] = {"scatter": SCATTER, "bar": BAR}


def check(figure: Mapping[str, Any]) -> None:
    """Raises ValueError with the name of the first property, or value of one, that isn't drawn."""
    _check(figure["layout"], LAYOUT, "layout")
    for place, trace in enumerate(figure["data"]):
        _check(trace, TRACES.get(trace["type"], {}), f"data[{place}]")


def _check(description: Mapping[str, Any], rules: Mapping[str, Rule], where: str) -> None:
    for name, value in description.items():
        place = f"{where}.{name}"
        if name not in rules:
            raise ValueError(f"Not drawn: {place}.")
        _check_value(value, rules[name], place)


def _check_value(value: Any, rule: Rule, place: str) -> None:
    if isinstance(rule, Mapping):
        for inside in _listed(value):
            _check(inside, rule, place)
        return
    if not isinstance(value, PLAIN):
        raise ValueError(f"Not drawn: {place} as {type(value).__name__}.")  # noqa: TRY004 - of the chart, not of us
    strange = [] if rule is ANY else [known for known in _listed(value) if known not in rule]
    if strange:
        raise ValueError(f"Not drawn: {place} = {strange[0]!r}.")


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
