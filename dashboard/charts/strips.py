"""Schools side by side on every indicator: all as dots on one scale, the chosen ones with how far off they may be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from dashboard import dutch
from dashboard.charts import theme
from dashboard.charts.theme import Chart, Dict, Key, Palette, Style
from dashboard.indicators.comparisons import in_school_order
from dashboard.indicators.incidents import EXPOSURE
from dashboard.indicators.shown import HOVER, MARK, carried, hidden

HEAD, NAME, LANE, GAP = 34, 30, 17, 12
"""Pixels for the name of a subject, of an indicator, for the dots and for each chosen school, and below them."""

BELOW = 48
"""Pixels for the axis and its title."""

RIGHT = 54
"""Pixels at the right, for the number of each chosen school."""

NUMBER = 12
"""Pixels of its text."""

CLOUD = 3
"""Decimals of the values of so many schools that they can't be told apart: more aren't seen."""

SUBJECTS: Final[Mapping[str, str]] = {
    "toestemming": "Toestemming: leerlingen met een geldig antwoord",
    "gebruik": "Gebruik: keren met vooraf een geldig ja",
    "opvolging": "Na een melding: waar het is gedaan",
}
"""What the shares of a subject are shares of, where there is more than one subject."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How a chosen school is drawn: by its shape as well as by its colour."""

    colour: Callable[[Palette], str]
    marker: Dict
    key: Style


LOOKS: Final = (
    _Look(lambda palette: palette.second, {"symbol": "circle", "size": 12}, "punt"),
    _Look(lambda palette: palette.subject, {"symbol": "diamond-open", "size": 12, "line": {"width": 3}}, "ruit"),
    _Look(lambda palette: palette.ink, {"symbol": "square", "size": 11}, "vierkant"),
    _Look(lambda palette: palette.no, {"symbol": "x", "size": 11}, "kruis"),
)
"""So many schools, and no more, can be told apart in one row."""


@dataclass(frozen=True, slots=True)
class _Row:
    """An indicator: its name, one row of numbers per school, and where it stands."""

    subject: str
    label: str
    schools: pl.DataFrame
    """In the fixed order, with naam."""
    known: Mapping[str, Mapping[str, Any]]
    """brin6 → numbers of each school that has a value."""
    top: int
    """Pixels from the top of the chart to the top of the row; of its name, or of the name of its subject."""
    has_head: bool
    """Whether the name of its subject stands above it."""

    @property
    def middle(self) -> int:
        """Pixels from the top of the chart to the middle of the dots."""
        return self.top + HEAD * self.has_head + NAME + LANE // 2

    @property
    def hidden(self) -> list[str]:
        """brin6 of the schools whose value is hidden."""
        return self.schools.filter(hidden(self.schools, "waarde"))["brin6"].to_list()

    def why(self, brin6: str) -> str:
        """Why a school has no value."""
        return HOVER if brin6 in self.hidden else "geen gegevens"

    @property
    def group(self) -> float | None:
        """The value of the group."""
        known = self.schools["groep"].drop_nulls()
        return known[0] if known.len() else None


@dataclass(frozen=True, slots=True)
class _Strip:
    """All rows, and how they are drawn."""

    rows: Sequence[_Row]
    chosen: Mapping[str, str]
    """brin6 → name of each chosen school."""
    palette: Palette
    write: Callable[[float | None], str]

    @property
    def height(self) -> int:
        """Pixels of all rows together."""
        last = self.rows[-1].middle if self.rows else NAME
        return last + LANE * len(self.chosen) + LANE // 2 + GAP


def shares(
    rows: pl.DataFrame,
    names: Mapping[str, str],
    chosen: Sequence[str],
    labels: Mapping[str, str],
    palette: Palette,
    texts: Sequence[str],
) -> Chart:
    """Shares of every school, an indicator a row, all on the scale from nothing to all.

    counts: one row per onderwerp, indicator and brin6 (teller, noemer, waarde, van and tot 0–1 or null, groep 0–1),
    indicators in the order to show. `names`: brin6 → name, in the fixed order. `chosen`: up to four brin6. `labels`:
    indicator → label. `texts`: title, subtitle.
    """
    strip = _strip(rows, names, chosen, labels, palette)
    headers = ("Gedaan of geldig", "Van", "Aandeel")
    axis = theme.share_axis(palette, "deel van het geheel")
    return _chart(strip, axis, _table(strip, headers), texts)


def rates(
    rows: pl.DataFrame,
    names: Mapping[str, str],
    chosen: Sequence[str],
    labels: Mapping[str, str],
    palette: Palette,
    texts: Sequence[str],
) -> Chart:
    """Rates of every school, all on one scale from zero.

    counts: as `shares`, with waarde, van, tot and groep in reports per unit of noemer (1,000 pupils × 20 school days).
    `texts`: title, subtitle.
    """
    known = [value for name in ("waarde", "tot", "groep") for value in rows[name].drop_nulls()]
    top = 1.04 * (max(known, default=0.0) or 1.0)
    strip = _strip(rows, names, chosen, labels, palette, dutch.rate)
    days = rows.with_columns((pl.col("noemer") * EXPOSURE).round().cast(pl.Int64))
    spelled = _strip(days, names, chosen, labels, palette, dutch.rate)
    headers = ("Meldingen", "Leerlingen maal lesdagen", "Per 1.000 leerlingen")
    axis = theme.value_axis(
        palette, dutch.RATE_UNIT, range=[0, top], nticks=6, tickformat=",.1~f", ticklabeloverflow="allow"
    )
    return _chart(strip, axis, _table(spelled, headers), texts)


def _strip(
    rows: pl.DataFrame,
    names: Mapping[str, str],
    chosen: Sequence[str],
    labels: Mapping[str, str],
    palette: Palette,
    write: Callable[[float | None], str] = dutch.share,
) -> _Strip:
    parts = [in_school_order(part, names) for part in rows.partition_by("onderwerp", "indicator", maintain_order=True)]
    shown = list(dict.fromkeys(chosen))[: len(LOOKS)]
    many = rows["onderwerp"].n_unique() > 1
    placed: list[_Row] = []
    top, subject = 0, ""
    for part in parts:
        first = part.row(0, named=True)
        label = labels.get(first["indicator"], first["indicator"])
        known = {row["brin6"]: row for row in part.iter_rows(named=True) if row["waarde"] is not None}
        row = _Row(first["onderwerp"], label, part, known, top, has_head=many and first["onderwerp"] != subject)
        placed.append(row)
        top, subject = row.middle + LANE * len(shown) + LANE // 2 + GAP, row.subject
    return _Strip(placed, {brin6: names.get(brin6, brin6) for brin6 in shown}, palette, write)


def _chart(strip: _Strip, axis: Dict, table: pl.DataFrame, texts: Sequence[str]) -> Chart:
    figure = theme.figure(
        [_all_dots(strip), _group_ticks(strip), *_spans(strip), *_marks_of_chosen(strip)],
        strip.palette,
        strip.height + BELOW,
        margin={"l": 4, "r": RIGHT, "t": 0, "b": BELOW, "pad": 4},
        xaxis=axis,
        yaxis={"range": [strip.height, 0], "visible": False, "fixedrange": True},
        annotations=[*_names(strip), *_numbers(strip)],
    )
    return Chart(texts[0], texts[1], _summary(strip), figure, table, _keys(strip))


def _all_dots(strip: _Strip) -> Dict:
    """Every school; more than can be told apart are a cloud, whose dots say nothing and aren't drawn twice."""
    marker = {"symbol": "circle", "size": 8, "color": strip.palette.context, "opacity": 0.65}
    known = [(row, school) for row in strip.rows for school in row.known.values()]
    if all(len(row.known) <= theme.MOST_ROWS for row in strip.rows):
        return _marks(
            [(school["waarde"], row.middle, _hover(strip, row, school)) for row, school in known], "scholen", marker
        )
    places = dict.fromkeys((round(school["waarde"], CLOUD), row.middle) for row, school in known)
    cloud = _marks([(value, middle, "") for value, middle in places], "scholen", marker)
    return {**cloud, "hovertext": None, "hoverinfo": "skip"}


def _group_ticks(strip: _Strip) -> Dict:
    known = [(row.group, row.middle, f"groep: {strip.write(row.group)}") for row in strip.rows if row.group is not None]
    line = {"width": 2.5, "color": strip.palette.ink}
    return _marks(known, "groep", {"symbol": "line-ns", "size": 18, "color": strip.palette.ink, "line": line})


def _marks_of_chosen(strip: _Strip) -> list[Dict]:
    traces = []
    for place, (brin6, name) in enumerate(strip.chosen.items()):
        look = LOOKS[place]
        points = [
            (school["waarde"], _level(row, place), _hover(strip, row, school))
            for row in strip.rows
            if (school := row.known.get(brin6))
        ]
        traces.append(
            _marks(points, theme.plain(name), {"opacity": 1, "color": look.colour(strip.palette), **look.marker})
        )
    return traces


def _spans(strip: _Strip) -> list[Dict]:
    """Between which values each chosen school may lie."""
    return [_span(strip, place, brin6) for place, brin6 in enumerate(strip.chosen)]


def _span(strip: _Strip, place: int, brin6: str) -> Dict:
    found = [(school, _level(row, place)) for row in strip.rows if (school := row.known.get(brin6))]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [end for school, _ in found for end in (school["van"], school["tot"], None)],
        "y": [level for _, row_level in found for level in (row_level, row_level, None)],
        "line": {"width": 2, "color": LOOKS[place].colour(strip.palette)},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _level(row: _Row, place: int) -> int:
    """Pixels from the top of the chart to a chosen school: below the dots, a lane for each."""
    return row.middle + LANE * (place + 1)


def _marks(points: Sequence[tuple[float | None, int, str]], name: str, marker: Dict) -> Dict:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [value for value, *_ in points],
        "y": [level for _, level, _ in points],
        "marker": marker,
        "cliponaxis": False,
        "hovertext": [words for *_, words in points],
        "hoverinfo": "text",
    }


def _hover(strip: _Strip, row: _Row, school: Mapping[str, object]) -> str:
    value, low, high = (_number(school[name]) for name in ("waarde", "van", "tot"))
    span = "" if low is None or high is None else f", tussen {strip.write(low)} en {strip.write(high)}"
    return f"{theme.plain(str(school['naam']))}<br>{theme.plain(row.label)}: {strip.write(value)}{span}"


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _names(strip: _Strip) -> list[Dict]:
    """The name of each indicator above its dots, and that of each subject above the first of its indicators."""
    texts = [
        " · ".join([row.label, *([] if row.group is None else [f"groep {strip.write(row.group)}"]), *_left_out(row)])
        for row in strip.rows
    ]
    names = [
        {**note, "y": row.middle}
        for note, row in zip(theme.row_labels(texts, strip.palette, lift=8), strip.rows, strict=True)
    ]
    first = [row for row in strip.rows if row.has_head]
    heads = [
        {**note, "text": f"<b>{note['text']}</b>", "y": row.top, "yanchor": "top"}
        for note, row in zip(
            theme.row_labels([SUBJECTS.get(row.subject, row.subject) for row in first], strip.palette, lift=-8),
            first,
            strict=True,
        )
    ]
    return [*names, *heads]


def _numbers(strip: _Strip) -> list[Dict]:
    """The value of each chosen school at the right; where it has none, words say so: nothing is drawn as 0."""
    notes = []
    for row in strip.rows:
        for place, brin6 in enumerate(strip.chosen):
            school = row.known.get(brin6)
            side = {"x": 1, "xanchor": "left", "xshift": 12} if school else {"x": 0, "xanchor": "left"}
            words = strip.write(school["waarde"]) if school else f"{strip.chosen[brin6]}: {row.why(brin6)}"
            font = {"size": NUMBER, "color": strip.palette.quiet}
            level = {"y": _level(row, place), "xref": "paper", "showarrow": False}
            notes.append({**level, **side, "text": theme.plain(words), "font": font})
    return notes


def _left_out(row: _Row) -> list[str]:
    """How many schools aren't drawn as their values are hidden."""
    count = len(row.hidden)
    return [f"{dutch.counted(count, 'school', 'scholen')} {MARK}"] if count else []


def _keys(strip: _Strip) -> tuple[Key, ...]:
    chosen = [
        Key(name, look.colour(strip.palette), look.key)
        for name, look in zip(strip.chosen.values(), LOOKS, strict=False)
    ]
    lines = [Key("lijn: de speling die bij zo'n aantal hoort", strip.palette.quiet, "lijn")] if chosen else []
    return (
        *chosen,
        *lines,
        Key("elke school", strip.palette.context, "punt"),
        Key("groep", strip.palette.ink, "streep"),
    )


def _summary(strip: _Strip) -> str:
    return " ".join(_spoken(strip, row) for row in strip.rows) or "Er zijn geen gegevens."


def _spoken(strip: _Strip, row: _Row) -> str:
    values = row.schools["waarde"].drop_nulls().to_list()
    if not values:
        return f"{row.label}: {HOVER if row.hidden else 'geen gegevens'}."
    found = {brin6: row.known.get(brin6) for brin6 in strip.chosen}
    said = [f"van {strip.write(min(values))} tot {strip.write(max(values))}"]
    said += [] if row.group is None else [f"groep {strip.write(row.group)}"]
    said += [
        f"{strip.chosen[brin6]} {row.why(brin6) if school is None else strip.write(school['waarde'])}"
        for brin6, school in found.items()
    ]
    said += [f"{dutch.counted(len(row.hidden), 'school', 'scholen')} {HOVER}"] if row.hidden else []
    return f"{row.label}: {', '.join(said)}."


def _table(strip: _Strip, headers: tuple[str, str, str]) -> pl.DataFrame:
    """Every school and indicator. `headers`: of the part, of the whole, and of the share or rate of the two."""
    part, whole, value = headers
    columns = {"teller": part, "noemer": whole, "waarde": value, "groep": f"{value}, groep"}
    ends = {"van": f"{value}, van", "tot": f"{value}, tot"}
    sources = {header: name for name, header in (columns | ends).items()}
    frames = [
        carried(
            row.schools.select(
                pl.lit(SUBJECTS.get(row.subject, row.subject).partition(":")[0].capitalize()).alias("Onderwerp"),
                pl.lit(row.label).alias("Onderdeel"),
                pl.col("naam").alias("School"),
                *(pl.col(name).alias(header) for header, name in sources.items()),
            ),
            row.schools,
            sources,
        )
        for row in strip.rows
    ]
    headings = ["Onderwerp", "Onderdeel", "School", *columns.values(), *ends.values()]
    return pl.concat(frames) if frames else pl.DataFrame(schema=dict.fromkeys(headings, pl.String))
