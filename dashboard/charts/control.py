"""Incidents over time with what chance alone would do around them, and the months that go further."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.charts import events as happened
from dashboard.charts import lanes, months, theme
from dashboard.charts.events import Event
from dashboard.charts.lanes import Lanes, Span
from dashboard.charts.theme import Chart, Dict, Key, Palette
from dashboard.indicators.control_charts import PROVISIONAL
from dashboard.indicators.findings import Break, TrendSignal, signals
from dashboard.indicators.shown import HIDDEN, HOVER, hidden, is_hidden, marks

PLOT = 300
"""Pixels of the chart itself; the lanes above it and the words around it come on top."""

EDGE, CENTRE = 12, 64
"""Pixels at the right of the plot: without and with words at the end of the line of the centre."""

LATEST = 6
"""So many months are read aloud; the table has them all."""

BAND, PALE = 0.13, 0.06
"""How dense the band between the limits is, and that between provisional ones; the grid shows through."""

OF_LIMITS: Final = ("Midden", "Ondergrens", "Bovengrens")
"""What a table says of the limits."""

AROUND = 96
"""Pixels of the words above and below the plot."""


def rates(
    trend: pl.DataFrame,
    monthly: pl.DataFrame,
    events: Sequence[Event],
    palette: Palette,
    texts: Sequence[str],
    *,
    breaks: Sequence[Break] = (),
) -> Chart:
    """Reports per 1,000 pupils per 20 school days, a point a month, between the limits of chance.

    counts: `trend` one row per maand of one school or the group, as published (incident_trend); `monthly` one row per
    maand of the same (incidents_monthly): an undelivered month is a dotted gap, never 0. `events` are numbered from 1
    on the axis. `texts`: title, subtitle. `breaks`: why each part after the first begins.
    """
    series = _series(trend, monthly)
    top, head, alone = series.top, _lanes(series, breaks, palette), series.only_centre
    shapes, notes = happened.on_days(events, *months.ends(series.months), palette) if series.months else ([], [])
    figure = theme.figure(
        [
            *_band(series.parts, top, palette),
            *_centres(series.parts, palette),
            *_lines(series.rows, palette),
            _points(series, palette),
            _crosses(series, palette),
            *_hidden(series, palette),
            *head.traces,
        ],
        palette,
        PLOT + head.height + AROUND,
        margin={"l": 0, "r": series.beside, "t": 56 if notes else 38, "b": 8},
        xaxis=theme.plain_axis(palette, "", type="date", **months.ticks(series.months)),
        yaxis=theme.value_axis(
            palette, "", range=[0, top], nticks=6, tickformat=",.1~f", domain=[0, PLOT / (PLOT + head.height)]
        ),
        yaxis2=head.axis(PLOT),
        shapes=shapes,
        annotations=[
            *notes,
            *head.notes,
            *_centre_words(alone, palette),
            {**theme.axis_words(palette, dutch.RATE_UNIT), "yshift": 28 if notes else 10},
        ],
    )
    return Chart(texts[0], texts[1], _summary(series), figure, _table(series), _keys(series, palette))


@dataclass(frozen=True, slots=True)
class _Series:
    """What is drawn: a row per month, with its limits where it has any."""

    rows: pl.DataFrame
    parts: tuple[pl.DataFrame, ...]
    """The points of each part."""
    signals: tuple[TrendSignal, ...]
    marked: Mapping[str, Sequence[str]]
    """Month → what its signals say."""
    hover: tuple[str, ...]
    """What each month says, in the order of the rows."""

    @property
    def months(self) -> list[str]:
        return self.rows["maand"].to_list()

    @property
    def top(self) -> float:
        """How high the axis goes: over every point, and over the limits of months that aren't unusually short."""
        usual = pl.col("blootstelling") >= months.ORDINARY * pl.col("blootstelling").median()
        limits = [value for part in self.parts for value in part.filter(usual)["boven"].drop_nulls()]
        return 1.08 * max([*self.rows["ratio"].drop_nulls(), *limits], default=0.0) or 1.0

    @property
    def only_centre(self) -> float | None:
        """The centre of a series of one part."""
        return self.parts[0]["midden"][0] if len(self.parts) == 1 else None

    @property
    def beside(self) -> int:
        """Pixels at the right, for the words at that centre."""
        return EDGE if self.only_centre is None else CENTRE

    @property
    def limited(self) -> list[pl.DataFrame]:
        """The parts that have limits."""
        return [part for part in self.parts if part["midden"][0] is not None]


def _series(trend: pl.DataFrame, monthly: pl.DataFrame) -> _Series:
    columns = ("maand", "deel", "blootstelling", "midden", "onder", "boven", "voorlopig")
    limits = trend.select(*columns, hidden(trend, "midden").alias("zonder_grens"))
    rows = monthly.sort("maand").join(limits, on="maand", how="left", maintain_order="left")
    found = signals(trend)
    marked: dict[str, list[str]] = {}
    for signal in found:
        for month in signal.months:
            marked.setdefault(month, []).append(signal_words(signal))
    hover = tuple(_month_words(row, marked.get(row["maand"], [])) for row in rows.iter_rows(named=True))
    parts = rows.filter(pl.col("deel").is_not_null()).partition_by("deel", maintain_order=True)
    return _Series(rows, tuple(parts), tuple(found), marked, hover)


def _lanes(series: _Series, breaks: Sequence[Break], palette: Palette) -> Lanes:
    """Above the plot: the parts of a series that has more than one, and its signals in words."""
    parts = series.parts if len(series.parts) > 1 else ()
    why = {found.part: "; ".join(f"{dutch.day(day)}: {text}" for day, text in found.events) for found in breaks}
    named = [_part_span(part, why.get(part["deel"][0], "")) for part in parts]
    said = [_signal_span(signal) for signal in series.signals]
    if not series.months:
        return Lanes()
    return lanes.place((named, said), months.axis(series.months), palette, beside=series.beside)


def signal_words(signal: TrendSignal) -> str:
    """What a signal says, in few words: `boven de grens`, `9 maanden onder het midden`."""
    side, count = "boven" if signal.above else "onder", len(signal.months)
    more = {"1": f"{count} maanden ", "4": f"{count} keer "}.get(signal.rule, "") if count > 1 else ""
    return {
        "1": f"{more}{side} de grens",
        "2": f"{count} maanden {side} het midden",
        "3": f"{count} maanden steeds {'hoger' if signal.above else 'lager'}",
        "4": f"{more}dicht bij de {side}grens",
    }[signal.rule]


def _signal_span(signal: TrendSignal) -> Span:
    words = signal_words(signal)
    return Span(*months.axis(signal.months), (words, lanes.on_two_lines(words)), "", "second")


def _part_span(part: pl.DataFrame, why: str) -> Span:
    number, centre = part["deel"][0], part["midden"][0]
    texts = [f"deel {number}", f"{number}"]
    if centre is not None:
        texts.insert(0, f"deel {number}<br>midden {dutch.rate(centre)}")
    return Span(*months.axis(part["maand"].to_list()), tuple(texts), why, "context", is_name=True)


def _band(parts: Sequence[pl.DataFrame], top: float, palette: Palette) -> list[Dict]:
    """The room that chance takes: filled, with its edges as lines; what lies above the axis is cut off."""
    traces: list[Dict] = []
    for part in parts:
        if part["boven"][0] is None:
            continue
        months_of = list(part.select("maand", "onder", "boven").iter_rows())
        provisional = bool(part["voorlopig"][0])
        traces.append(_fill(months_of, top, PALE if provisional else BAND, palette))
        traces += [_edge(months_of, place, top, palette, dashed=provisional) for place in (1, 2)]
    return traces


def _fill(rows: Sequence[tuple[str, float, float]], top: float, density: float, palette: Palette) -> Dict:
    xs: list[str | None] = []
    ys: list[float | None] = []
    for stretch in months.adjacent(rows, itemgetter(0)):
        there = [(f"{day}", min(high, top)) for month, _, high in stretch for day in months.span(month)]
        back = [(f"{day}", low) for month, low, _ in reversed(stretch) for day in reversed(months.span(month))]
        outline = [*there, *back, there[0]]
        xs += [*(x for x, _ in outline), None]
        ys += [*(y for _, y in outline), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "band",
        "x": xs,
        "y": ys,
        "fill": "toself",
        "fillcolor": palette.subject,
        "opacity": density,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _edge(rows: Sequence[tuple[str, float, float]], place: int, top: float, palette: Palette, *, dashed: bool) -> Dict:
    """One limit as steps; not drawn where it lies above the axis, or at 0: nothing is less than nothing."""
    xs: list[str | None] = []
    ys: list[float | None] = []
    for stretch in months.adjacent(rows, itemgetter(0)):
        for row in stretch:
            limit = float(row[place])
            drawn = limit if 0 < limit <= top else None
            xs += [f"{day}" for day in months.span(row[0])]
            ys += [drawn, drawn]
        xs.append(None)
        ys.append(None)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": ("", "ondergrens", "bovengrens")[place],
        "x": xs,
        "y": ys,
        "connectgaps": False,
        "line": {"color": palette.context, "width": 1, "dash": "dash" if dashed else "solid"},
        "hoverinfo": "skip",
    }


def _centres(parts: Sequence[pl.DataFrame], palette: Palette) -> list[Dict]:
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "midden",
            "x": [f"{day}" for day in months.axis(part["maand"].to_list())],
            "y": [part["midden"][0]] * 2,
            "line": {"color": palette.quiet, "width": 1.5, "dash": "dash" if part["voorlopig"][0] else "solid"},
            "hoverinfo": "skip",
        }
        for part in parts
        if part["midden"][0] is not None
    ]


def _centre_words(centre: float | None, palette: Palette) -> list[Dict]:
    """The centre of a series of one part, beside its line."""
    if centre is None:
        return []
    return [
        {
            "x": 1,
            "xref": "paper",
            "y": centre,
            "text": f"midden<br>{dutch.rate(centre)}",
            "showarrow": False,
            "xanchor": "left",
            "xshift": 4,
            "align": "left",
            "font": {"size": theme.TEXT, "color": palette.quiet},
        }
    ]


def _lines(rows: pl.DataFrame, palette: Palette) -> list[Dict]:
    """The points joined within a part: gaps dotted, nothing from one part to the next."""
    filled = rows.with_columns(pl.col("deel").forward_fill().fill_null(1))
    traces = []
    for part in filled.partition_by("deel", maintain_order=True):
        places, values = [months.middle(month) for month in part["maand"]], part["ratio"].to_list()
        line = {
            "type": "scatter",
            "mode": "lines",
            "name": "lijn",
            "x": places,
            "y": values,
            "connectgaps": False,
            "line": {"color": palette.subject, "width": 2.5},
            "hoverinfo": "skip",
        }
        gone = [place for place, row in enumerate(part.iter_rows(named=True)) if is_hidden(row, "ratio")]
        traces += [{**months.bridges(places, values, palette, gone), "name": "gat"}, line]
    return traces


def _points(series: _Series, palette: Palette) -> Dict:
    """Every month with a rate; those of a signal have another shape, size and colour."""
    known = [month in series.marked for month in series.months]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "punten",
        "x": [months.middle(month) for month in series.months],
        "y": series.rows["ratio"].to_list(),
        "marker": {
            "opacity": 1,
            "symbol": ["diamond" if signal else "circle" for signal in known],
            "size": [12 if signal else 7 for signal in known],
            "color": [palette.second if signal else palette.subject for signal in known],
            "line": {"width": [1.5 if signal else 0 for signal in known], "color": palette.paper},
        },
        "cliponaxis": False,
        "hovertext": list(series.hover),
        "hoverinfo": "text",
    }


def _crosses(series: _Series, palette: Palette) -> Dict:
    """A mark on the axis for every month without a rate."""
    absent = [place for place, row in enumerate(series.rows.iter_rows(named=True)) if _is_absent(row)]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "ontbreekt",
        "x": [months.middle(series.months[place]) for place in absent],
        "y": [0] * len(absent),
        "marker": {"symbol": "x-thin", "size": 8, "line": {"width": 1.5, "color": palette.quiet}},
        "cliponaxis": False,
        "hovertext": [series.hover[place] for place in absent],
        "hoverinfo": "text",
    }


def _is_absent(row: Mapping[str, object]) -> bool:
    """Whether there is no rate of a month, other than for being hidden."""
    return row["ratio"] is None and not is_hidden(row, "ratio")


def _hidden(series: _Series, palette: Palette) -> list[Dict]:
    """A mark for every month whose number is hidden; nothing where none is."""
    gone = [place for place, row in enumerate(series.rows.iter_rows(named=True)) if is_hidden(row, "ratio")]
    places = [months.middle(series.months[place]) for place in gone]
    return [months.unseen(places, [series.hover[place] for place in gone], palette)] if gone else []


def _month_words(row: Mapping[str, object], signs: Sequence[str]) -> str:
    name = dutch.month_name(str(row["maand"]))
    if is_hidden(row, "ratio"):
        return f"{name}: {HOVER}"
    if row["ratio"] is None:
        return f"{name}: niet aangeleverd" if not row["aangeleverd"] else f"{name}: geen leerlingen"
    count, value, low, high = (row[column] for column in ("incidenten", "ratio", "onder", "boven"))
    assert isinstance(count, int)
    assert isinstance(value, float)
    text = f"{name}: {dutch.counted(count, 'melding', 'meldingen')}, {dutch.rate(value)} per 1.000 leerlingen"
    if isinstance(low, float) and isinstance(high, float):
        text += f"; toeval blijft tussen {dutch.rate(low)} en {dutch.rate(high)}"
    return f"{text}; {' en '.join(signs)}" if signs else text


def _summary(series: _Series) -> str:
    """The signals, then the latest months."""
    said = [f"{signal_words(signal)} ({_when(signal.months)})" for signal in series.signals]
    signs = f"Tekens van een verandering: {'; '.join(said)}. " if said else ""
    return f"{signs}Per maand, de laatste eerst. {'; '.join(series.hover[::-1][:LATEST])}."


def _when(found: Sequence[str]) -> str:
    first, last = dutch.month_name(found[0]), dutch.month_name(found[-1])
    return first if len(found) == 1 else f"{first} tot en met {last}"


def _keys(series: _Series, palette: Palette) -> tuple[Key, ...]:
    """What is drawn, and nothing else."""
    gone = hidden(series.rows, "ratio")
    unknown = series.rows.filter(pl.col("ratio").is_null() & ~gone)["aangeleverd"]
    provisional = {bool(part["voorlopig"][0]) for part in series.limited}
    entries = (
        (Key("meldingen in een maand", palette.subject, "lijn"), bool(series.parts)),
        (Key("hoort bij een teken", palette.second, "ruit"), bool(series.signals)),
        (Key("binnen de grenzen van toeval", _shade(BAND, palette), "band"), False in provisional),
        (
            Key(f"voorlopige grenzen: minder dan {PROVISIONAL} maanden", _shade(PALE, palette), "streepband"),
            True in provisional,
        ),
    )
    drawn = tuple(key for key, is_drawn in entries if is_drawn)
    return drawn + months.gap_keys(unknown, palette, series.rows.filter(gone).height)


def _shade(density: float, palette: Palette) -> str:
    """The colour that a band of this density has on the page."""
    return theme.shade((density - theme.LEAST_SHADE) / (1 - theme.LEAST_SHADE), palette)


def _table(series: _Series) -> pl.DataFrame:
    """The numbers of the picture, the latest month first; without the columns that this series has nothing for."""
    latest = series.rows.sort("maand", descending=True)
    table = latest.select(
        pl.Series("Maand", [dutch.month_name(month) for month in latest["maand"]], dtype=pl.String),
        pl.col("incidenten").alias("Meldingen"),
        pl.col("leerlingen").alias("Leerlingen"),
        pl.col("lesdagen").alias("Lesdagen"),
        pl.when("aangeleverd").then(pl.lit("ja")).otherwise(pl.lit("nee")).alias("Aangeleverd"),
        pl.col("ratio").alias("Per 1.000 leerlingen"),
        pl.col("deel").alias("Deel"),
        pl.col("midden").alias("Midden"),
        pl.col("onder").alias("Ondergrens"),
        pl.col("boven").alias("Bovengrens"),
        pl.Series("Teken", [", ".join(series.marked.get(month, [])) for month in latest["maand"]], dtype=pl.String),
    )
    absent = [] if series.limited else [*OF_LIMITS, "Teken"]
    kept = table.drop(*absent, *([] if len(series.parts) > 1 else ["Deel"]))
    return _marked(kept, latest)


def _marked(table: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The same table, with which of its cells are hidden where any are."""
    if HIDDEN not in rows.columns:
        return table
    conditions = {
        "Meldingen": hidden(rows, "incidenten"),
        "Per 1.000 leerlingen": hidden(rows, "ratio"),
        **{heading: pl.col("zonder_grens").fill_null(value=False) for heading in OF_LIMITS},
    }
    told = rows.select(marks({heading: gone for heading, gone in conditions.items() if heading in table.columns}))
    return table.with_columns(told[HIDDEN])
