"""Funnels: every school at its size, between the limits within which chance alone would leave it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.charts import labels, months, theme, verdicts
from dashboard.charts.theme import Chart, Dict, Key, Palette
from dashboard.indicators.comparisons import in_school_order
from dashboard.indicators.funnels import BEYOND, WATCH, WITHIN
from dashboard.indicators.incidents import EXPOSURE
from dashboard.indicators.sentences.phrases import FEW as NAMED
from dashboard.indicators.shown import HOVER

TOP, BOTTOM = 44, 64
"""Pixels above the plot and below it."""

LOW, HIGH = 380, 460
"""Pixels of the plot, and of that of many schools."""

MANY = 12
"""With more schools than this, names need more room."""

RIGHT = 48
"""Pixels beside the plot, for the words at the line of the group."""

FEW = 7
"""Up to so many schools, each has its name."""

NAMELESS: Final = "niet elke naam past: zie de tabel"

ROOM, CLOSEST = 0.08, 0.01
"""Room beyond the outermost point, as a part of what is shown; and its least, in shares."""

TICKS: Final = ((1, 0.06), (2, 0.12), (5, 0.3), (10, 0.6), (25, 1.0))
"""Percentage points between two ticks of shares, and the widest span at which they are that close."""

INNER, OUTER = 0.17, 0.06
"""How much of the subject's colour the room within the inner and the outer limits has."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a funnel is about: its columns, and how its numbers are written."""

    value: str
    size: str
    units: int
    """Of the axis below, in one of `size`."""
    write: Callable[[float | None], str]
    across: str
    upwards: str

    @property
    def figures(self) -> tuple[str, str]:
        """The columns without which a school can't be drawn."""
        return self.value, self.size


_RATES: Final = _Kind(
    value="ratio",
    size="blootstelling",
    units=EXPOSURE,
    write=dutch.rate,
    across="leerlingen maal lesdagen: groter staat rechts",
    upwards=dutch.RATE_UNIT,
)

_COVERAGE: Final = _Kind(
    value="dekking",
    size="noemer",
    units=1,
    write=dutch.share,
    across="leerlingen: grotere scholen staan rechts",
    upwards="dekking: deel van de leerlingen",
)


@dataclass(frozen=True, slots=True)
class _Funnel:
    """The schools of a funnel, and the part of the plane that is shown."""

    kind: _Kind
    schools: pl.DataFrame
    """Only those with data."""
    chosen: str
    palette: Palette
    low: float
    high: float

    @property
    def plot(self) -> int:
        """Pixels of the plot."""
        return HIGH if self.schools.height > MANY else LOW

    @property
    def widest(self) -> float:
        """How far the axis below reaches."""
        return 1.06 * max((self.across(size) for size in self.schools[self.kind.size]), default=1.0)

    @property
    def telling(self) -> frozenset[str]:
        """The verdicts of which every school has its name: that it differs, and to watch where a title names those."""
        few = self.schools.filter(pl.col("oordeel") == WATCH).height < NAMED
        return frozenset({BEYOND, WATCH} if few else {BEYOND})

    @property
    def group(self) -> float | None:
        """Where the line of the group lies."""
        return self.schools["groep"][0] if self.schools.height else None

    def across(self, size: float) -> float:
        """Where a size lies on the axis below."""
        return self.kind.units * float(size)

    def colour(self, brin6: str, other: str) -> str:
        """The second colour for the chosen school."""
        return self.palette.second if brin6 == self.chosen else other


def rates(
    funnel: pl.DataFrame,
    curves: pl.DataFrame,
    names: Mapping[str, str],
    chosen: str,
    palette: Palette,
    texts: Sequence[str],
) -> Chart:
    """The rate of reports of every school of one period, against its pupils times school days.

    counts: `funnel` one row per school, as published (incident_funnel), all of one periode; `curves` the same limits
    at sizes in between (omvang in the unit of blootstelling). `names`: brin6 → name, in the fixed order. `chosen`: a
    brin6, or nothing. `texts`: title, subtitle. Schools without data are in the table only.
    """
    rows = in_school_order(funnel, names)
    seen = verdicts.seen(rows, _RATES.figures)
    high = max([value for name in ("ratio", "boven998") for value in seen[name].drop_nulls()], default=0.0) or 1.0
    drawn = _Funnel(_RATES, seen, chosen, palette, 0.0, (1 + ROOM) * high)
    axis = theme.value_axis(palette, "", range=[drawn.low, drawn.high], nticks=6, tickformat=",.1~f")
    table = rows.select(
        pl.col("naam").alias("School"),
        pl.col("incidenten").alias("Meldingen"),
        (pl.col("blootstelling") * EXPOSURE).round().cast(pl.Int64).alias("Leerlingen maal lesdagen"),
        pl.col("ratio").alias("Per 1.000 leerlingen"),
        *verdicts.limits("Grens"),
        verdicts.verdict(),
    )
    counts = {"Meldingen": "incidenten", "Leerlingen maal lesdagen": "blootstelling", "Per 1.000 leerlingen": "ratio"}
    return _chart(drawn, curves, axis, verdicts.marked(table, rows, counts), texts, rows)


def coverage(
    funnel: pl.DataFrame,
    curves: pl.DataFrame,
    names: Mapping[str, str],
    chosen: str,
    palette: Palette,
    texts: Sequence[str],
) -> Chart:
    """The coverage of every school on one day for one purpose, against its pupils.

    counts: `funnel` one row per school, as published (consent_funnel), all of one peildatum and doel; `curves` the
    same limits at sizes in between (omvang in pupils). Everything else as `rates`.
    """
    rows = in_school_order(funnel, names)
    low, high = _span(rows)
    drawn = _Funnel(_COVERAGE, verdicts.seen(rows, _COVERAGE.figures), chosen, palette, low, high)
    axis = {**theme.share_axis(palette, ""), "range": [low, high], **_ticks(low, high)}
    table = rows.select(
        pl.col("naam").alias("School"),
        pl.col("geldig").alias("Geldig antwoord"),
        pl.col("noemer").alias("Leerlingen"),
        pl.col("dekking").alias("Dekking"),
        *verdicts.limits("Dekking, grens"),
        verdicts.verdict(),
    )
    counts = {"Geldig antwoord": "geldig", "Leerlingen": "noemer", "Dekking": "dekking"}
    return _chart(drawn, curves, axis, verdicts.marked(table, rows, counts), texts, rows)


def _span(rows: pl.DataFrame) -> tuple[float, float]:
    """The part of the shares that is shown: dots needn't start at nothing."""
    known = [value for name in ("dekking", "onder998", "boven998") for value in rows[name].drop_nulls()]
    low, high = min(known, default=0.0), max(known, default=1.0)
    room = max(ROOM * (high - low), CLOSEST)
    return max(low - room, 0.0), min(high + room, 1.0 + room / 4)


def _ticks(low: float, high: float) -> Dict:
    step = next(step for step, widest in TICKS if high - low <= widest or step == TICKS[-1][0])
    shown = [part for part in range(0, 101, step) if low <= part / 100 <= high]
    return {
        "tickvals": [part / 100 for part in shown],
        "ticktext": [f"{part}{dutch.NO_BREAK}%" for part in shown],
    }


def _chart(
    drawn: _Funnel,
    curves: pl.DataFrame,
    axis: Dict,
    table: pl.DataFrame,
    texts: Sequence[str],
    rows: pl.DataFrame,
) -> Chart:
    unseen = verdicts.unseen(rows, drawn.kind.figures)
    notes, is_full = _words(drawn, curves)
    upwards = "<br>".join([drawn.kind.upwards, NAMELESS] if is_full else [drawn.kind.upwards])
    top = TOP + labels.LINE * is_full
    figure = theme.figure(
        [
            *_bands(drawn, curves),
            *_group_line(drawn),
            *(_dots(drawn, verdict) for verdict in verdicts.LOOKS),
            *_hidden(drawn, unseen),
        ],
        drawn.palette,
        drawn.plot + top + BOTTOM,
        margin={"l": 0, "r": RIGHT, "t": top, "b": BOTTOM, "pad": 4},
        xaxis=theme.plain_axis(
            drawn.palette,
            drawn.kind.across,
            range=[0, drawn.widest],
            nticks=5,
            tickformat=",d",
            tickangle=0,
            ticklabeloverflow="allow",
        ),
        yaxis=axis,
        annotations=[{**theme.axis_words(drawn.palette, upwards), "align": "left"}, *_group_words(drawn), *notes],
    )
    keys = (*_keys(drawn), *((Key(HOVER, drawn.palette.ink, "kruis"),) if unseen.height else ()))
    summary = _summary(drawn, verdicts.silent(rows), unseen["naam"].to_list())
    return Chart(texts[0], texts[1], summary, figure, table, keys)


def _hidden(drawn: _Funnel, unseen: pl.DataFrame) -> list[Dict]:
    """A mark at the foot for each hidden school, at its size where that is shown and fits; nothing without any."""
    sizes = [(name, size) for name, size in unseen.select("naam", drawn.kind.size).iter_rows() if size is not None]
    places = [(name, drawn.across(size)) for name, size in sizes if drawn.across(size) <= drawn.widest]
    if not places:
        return []
    words = [f"{theme.plain(name)}: {HOVER}" for name, _ in places]
    return [months.unseen([place for _, place in places], words, drawn.palette, [drawn.low] * len(places))]


def _bands(drawn: _Funnel, curves: pl.DataFrame) -> list[Dict]:
    """The room within the outer and within the inner limits, each with its edges."""
    sizes = [drawn.across(size) for size in curves["omvang"]]
    traces = []
    for level, part, dash in (("998", OUTER, "solid"), ("95", INNER, "dash")):
        edge = {
            "type": "scatter",
            "mode": "lines",
            "x": sizes,
            "line": {"color": drawn.palette.quiet, "width": 1, "dash": dash},
            "hoverinfo": "skip",
        }
        traces += [
            {**edge, "name": f"onder{level}", "y": curves[f"onder{level}"].to_list()},
            {
                **edge,
                "name": f"boven{level}",
                "y": curves[f"boven{level}"].to_list(),
                "fill": "tonexty",
                "fillcolor": theme.shade(part, drawn.palette),
            },
        ]
    return traces


def _group_line(drawn: _Funnel) -> list[Dict]:
    if drawn.group is None:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "groep",
            "x": [0, drawn.widest],
            "y": [drawn.group, drawn.group],
            "line": {"color": drawn.palette.ink, "width": 1.5},
            "hoverinfo": "skip",
        }
    ]


def _dots(drawn: _Funnel, verdict: str) -> Dict:
    """The schools on one side of the limits; the chosen one is larger, in the second colour."""
    look, mine = verdicts.LOOKS[verdict], drawn.schools.filter(pl.col("oordeel") == verdict)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": verdict,
        "x": [drawn.across(size) for size in mine[drawn.kind.size]],
        "y": mine[drawn.kind.value].to_list(),
        "marker": {
            "symbol": look.symbol,
            "size": [look.size + 4 * (brin6 == drawn.chosen) for brin6 in mine["brin6"]],
            "color": [drawn.colour(brin6, look.colour(drawn.palette)) for brin6 in mine["brin6"]],
            "opacity": 1,
            "line": {"width": 2} if look.symbol.endswith("open") else {"width": 1, "color": drawn.palette.paper},
        },
        "cliponaxis": False,
        "hovertext": [_hover(drawn, row) for row in mine.iter_rows(named=True)],
        "hoverinfo": "text",
    }


def _hover(drawn: _Funnel, row: Mapping[str, object]) -> str:
    value, *ends = (row[name] for name in (drawn.kind.value, "onder998", "boven998"))
    assert isinstance(value, float)
    low, high = (end if isinstance(end, float) else None for end in ends)
    limits = f"de buitenste grenzen zijn {drawn.kind.write(low)} en {drawn.kind.write(high)}"
    side = verdicts.LOOKS[str(row["oordeel"])].words
    return f"{theme.plain(str(row['naam']))}: {drawn.kind.write(value)}<br>{side}; {limits}"


def _words(drawn: _Funnel, curves: pl.DataFrame) -> tuple[list[Dict], bool]:
    """The names at the schools, and whether one found no room for its name.

    All schools have their name where there are few, else the chosen one and those outside the limits.
    """
    if drawn.group is None:
        return [], False
    rows = _by_importance(drawn)
    marks = [_named(drawn, row) for row in rows]
    level, lines = _at(drawn, 0, drawn.group)["y"], _limit_lines(drawn, curves)
    found = labels.places(marks, drawn.plot, level, lines, labels.NEAREST)
    notes = []
    for row, mark, place in zip(rows, marks, found, strict=True):
        across, value, colour = _point(drawn, row)
        words = {"text": mark.words, "align": "left", "font": {"size": theme.TEXT, "color": colour}}
        behind = {"bgcolor": drawn.palette.paper, "borderpad": 0} if place and place.is_over else {}
        line = {"arrowcolor": drawn.palette.quiet, **behind}
        notes += [{"x": across, "y": value, **words, **line, **place.annotation()}] if place else []
    return notes, any(mark.words and not place for mark, place in zip(marks, found, strict=True))


def _limit_lines(drawn: _Funnel, curves: pl.DataFrame) -> list[labels.Line]:
    """The edges of the bands, as lines that names needn't run through."""
    names = [f"{end}{level}" for level in ("95", "998") for end in ("onder", "boven")]
    points = [
        [_at(drawn, drawn.across(size), limit) for size, limit in curves.select("omvang", name).iter_rows()]
        for name in names
    ]
    return [[(point["x"], point["y"]) for point in line] for line in points]


def _group_words(drawn: _Funnel) -> list[Dict]:
    """What the line of the group is, beside it."""
    if drawn.group is None:
        return []
    return [
        {
            "x": 1,
            "xref": "paper",
            "y": drawn.group,
            "text": f"groep<br>{drawn.kind.write(drawn.group)}",
            "showarrow": False,
            "xanchor": "left",
            "xshift": 4,
            "align": "left",
            "font": {"size": theme.TEXT, "color": drawn.palette.ink},
        }
    ]


def _at(drawn: _Funnel, across: float, value: float) -> dict[str, float]:
    """Where a point lies in the plot: a part of its width, and pixels from its top."""
    return {"x": across / drawn.widest, "y": drawn.plot * (drawn.high - value) / (drawn.high - drawn.low)}


def _point(drawn: _Funnel, row: Mapping[str, object]) -> tuple[float, float, str]:
    """Where a school lies, and the colour of its name."""
    size, value, brin6 = row[drawn.kind.size], row[drawn.kind.value], str(row["brin6"])
    assert isinstance(size, int | float)
    assert isinstance(value, float)
    return drawn.across(size), value, drawn.colour(brin6, drawn.palette.quiet)


def _named(drawn: _Funnel, row: Mapping[str, object]) -> labels.Mark:
    """The mark of a school, with its name where it should have one."""
    across, value, _ = _point(drawn, row)
    stands_out = row["brin6"] == drawn.chosen or row["oordeel"] in drawn.telling
    name = labels.lines(str(row["naam"]), labels.WIDTHS) if stands_out or drawn.schools.height <= FEW else ""
    assert drawn.group is not None
    outward = 0 if row["oordeel"] == WITHIN else (-1 if value > drawn.group else 1)
    return labels.Mark(**_at(drawn, across, value), words=name, outward=outward)


def _by_importance(drawn: _Funnel) -> list[dict[str, object]]:
    """The chosen school first, then those outside the limits: they find room for their names first."""
    order = {verdict: place for place, verdict in enumerate((BEYOND, WATCH, WITHIN), start=1)}
    return sorted(
        drawn.schools.iter_rows(named=True),
        key=lambda row: 0 if row["brin6"] == drawn.chosen else order[row["oordeel"]],
    )


def _keys(drawn: _Funnel) -> tuple[Key, ...]:
    seen = drawn.schools["oordeel"].to_list()
    sides = tuple(
        Key(look.words, look.colour(drawn.palette), look.key)
        for verdict, look in verdicts.LOOKS.items()
        if verdict in seen
    )
    limits = (
        Key("binnen de binnenste: toeval, zo'n 95 op 100", theme.shade(INNER, drawn.palette), "streepband"),
        Key("binnen de buitenste: toeval, zo'n 998 op 1.000", theme.shade(OUTER, drawn.palette), "band"),
    )
    return sides + (limits if drawn.group is not None else ())


def _summary(drawn: _Funnel, silent: Sequence[str], unseen: Sequence[str]) -> str:
    if drawn.group is None and unseen:
        return f"Niet getoond, klein aantal: {dutch.listed(unseen, most=12)}."
    if drawn.group is None:
        return "Van geen enkele school zijn er gegevens."
    said = [f"De groep ligt op {drawn.kind.write(drawn.group)}."]
    for verdict in (BEYOND, WATCH, WITHIN):
        mine = drawn.schools.filter(pl.col("oordeel") == verdict).select("naam", drawn.kind.value)
        named = [f"{name} ({drawn.kind.write(value)})" for name, value in mine.iter_rows()]
        words = dutch.capital(verdicts.LOOKS[verdict].words.replace(": ", ", "))
        said += [f"{words}: {dutch.listed(named, most=12)}."] if named else []
    said += [f"Zonder gegevens: {dutch.listed(silent, most=12)}."] if silent else []
    said += [f"Niet getoond, klein aantal: {dutch.listed(unseen, most=12)}."] if unseen else []
    return " ".join(said)
