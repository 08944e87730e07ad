"""Every school in a small panel of its own, all on one scale: what happens over time, school beside school."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.charts import months, panels, theme
from dashboard.charts.panels import Panels, Point, Scale, Sign, dotted, joined
from dashboard.charts.theme import Chart, Dict, Key, Palette
from dashboard.indicators.comparisons import by_school_year, in_school_order, with_base
from dashboard.indicators.shown import HOVER, any_hidden, carried, hidden
from dashboard.periods import ONE_DAY, school_year, school_year_days

BAND = 0.075
"""How much of the subject's colour the room between the limits has."""

YEAR = 365
"""Days in a school year; in a leap year the last is drawn on the one before."""

SHARES: Final = tuple((part / 100, f"{part}{dutch.NO_BREAK}%") for part in (0, 50, 100))

Known = dict[str, object]

EVERYBODY: Final = "*"

OwnedEvent = tuple[date, str, str]
"""A day, whom it is about (brin6, or everybody) and what happened."""


@dataclass(frozen=True, slots=True)
class _Series:
    """The months of every school: those of one panel are those of one school."""

    panels: Panels
    parts: Sequence[pl.DataFrame]
    days: tuple[date, date]
    """Where the axis of every panel begins and ends."""

    def part(self, day: date) -> float:
        """Where a day lies in the width of a panel, 0–1."""
        first, last = self.days
        return (day - first) / (last - first)

    def edges(self, month: str) -> tuple[float, float]:
        """From where to where a month reaches in the width of a panel."""
        first, last = months.span(month)
        return self.part(first), self.part(last)

    def at(self, panel: int, row: Mapping[str, object]) -> Point:
        """Where the rate of a month lies: in its middle."""
        value, edges = row["ratio"], self.edges(str(row["maand"]))
        assert isinstance(value, float)
        return self.panels.x(panel, sum(edges) / 2), self.panels.y(panel, value)

    def others(self) -> list[int]:
        """The panels that don't stand out."""
        return [panel for panel in range(len(self.parts)) if panel != self.panels.chosen]

    def own(self) -> list[int]:
        """The panel that stands out, if one does."""
        return [] if self.panels.chosen is None else [self.panels.chosen]


def rates(
    trend: pl.DataFrame,
    monthly: pl.DataFrame,
    names: Mapping[str, str],
    chosen: str,
    events: Sequence[OwnedEvent],
    palette: Palette,
    texts: Sequence[str],
) -> Chart:
    """The rate of reports of every school, a point a month, between the limits of chance.

    counts: `trend` one row per maand and brin6, as published (incident_trend), `monthly` likewise
    (incidents_monthly): an undelivered month is a dotted gap, never 0, and hatched before the first and after the last
    that was delivered; the group is left out. `names`: brin6 → name, in the fixed order. `chosen`: a brin6, or
    nothing. `events` are numbered from 1. `texts`: title, subtitle.
    """
    limits = trend.select("maand", "brin6", "deel", "midden", "onder", "boven", "signaal")
    schools = in_school_order(monthly.filter(pl.col("brin6") != "*").sort("maand"), names)
    rows = schools.join(limits, on=["maand", "brin6"], how="left", maintain_order="left")
    parts = rows.partition_by("brin6", maintain_order=True)
    if rows.is_empty():
        return _empty("Er is nog geen maand aangeleverd.", _rate_table(rows), palette, texts)
    calendar = rows["maand"].unique().sort().to_list()
    days = months.axis(calendar)
    scale = panels.scale(_top(parts))
    drawn = panels.panels(
        _names(parts),
        scale,
        _signs(events, parts, days),
        _place_of(parts, chosen),
        has_numbers=(rows["ratio"] > scale.top).any(),
    )
    series = _Series(drawn, parts, days)
    figure = theme.figure(
        [
            _band(series, palette),
            *drawn.lines(palette),
            drawn.hatched(_blanks(series, calendar), palette),
            _centres(series, palette),
            _gaps(series, palette),
            _lines(series, series.others(), {"color": palette.subject, "width": 2}),
            _lines(series, series.own(), {"color": palette.second, "width": 3}),
            _signals(series, palette),
        ],
        palette,
        drawn.height + panels.ABOVE + panels.BENEATH,
        **drawn.layout(
            palette,
            (dutch.short_month(calendar[0]), dutch.short_month(calendar[-1])),
            dutch.RATE_UNIT,
            drawn.numbers_at_top(_beyond(series), palette),
        ),
    )
    return Chart(texts[0], texts[1], _rate_words(parts), figure, _rate_table(rows), _rate_keys(series, rows, palette))


def coverage(
    coverage: pl.DataFrame,
    names: Mapping[str, str],
    chosen: str,
    events: Sequence[OwnedEvent],
    palette: Palette,
    texts: Sequence[str],
) -> Chart:
    """The coverage of every school since 1 August: this school year in colour, earlier ones grey.

    counts: one row per peildatum and brin6 of one purpose and reading (ja, nee, ongeldig in pupils, dekking 0–1); the
    group is left out. `events` of these school years are numbered from 1. Everything else as `rates`.
    """
    rows = in_school_order(by_school_year(coverage.filter(pl.col("brin6") != "*").sort("peildatum")), names)
    parts = rows.partition_by("brin6", maintain_order=True)
    if rows.is_empty():
        return _empty("Er zijn nog geen cijfers.", _coverage_table(rows), palette, texts)
    years = rows["schooljaar"].unique().sort().to_list()
    first, last = school_year_days(years[-1])
    drawn = panels.panels(
        _names(parts),
        Scale(1.0, SHARES),
        _signs_by_year(events, parts, years),
        _place_of(parts, chosen),
    )
    series = _Series(drawn, parts, (first, last + ONE_DAY))
    figure = theme.figure(
        [
            *drawn.lines(palette),
            _curves(series, range(len(parts)), years[:-1], {"color": palette.context, "width": 1, "dash": "dot"}),
            _curves(series, series.others(), years[-1:], {"color": palette.subject, "width": 2}),
            _curves(series, series.own(), years[-1:], {"color": palette.second, "width": 3}),
            *_hidden(series, palette),
        ],
        palette,
        drawn.height + panels.ABOVE + panels.BENEATH,
        **drawn.layout(palette, ("augustus", "juli"), "dekking: deel van de leerlingen"),
    )
    table, keys = _coverage_table(rows), _coverage_keys(series, years, palette)
    return Chart(texts[0], texts[1], _coverage_words(parts), figure, table, keys)


def _empty(words: str, table: pl.DataFrame, palette: Palette, texts: Sequence[str]) -> Chart:
    """A chart without a panel: no month or school year is made up."""
    figure = theme.figure([], palette, panels.ABOVE, xaxis={"visible": False}, yaxis={"visible": False})
    return Chart(texts[0], texts[1], words, figure, table)


def _names(parts: Sequence[pl.DataFrame]) -> list[str]:
    return [part["naam"][0] for part in parts]


def _place_of(parts: Sequence[pl.DataFrame], chosen: str) -> int | None:
    return next((place for place, part in enumerate(parts) if part["brin6"][0] == chosen), None)


def _signs(events: Sequence[OwnedEvent], parts: Sequence[pl.DataFrame], days: tuple[date, date]) -> list[Sign]:
    """What happened on these days, the end left out, numbered as the list of events is."""
    first, last = days
    return [
        replace(sign, part=(day - first) / (last - first))
        for day, sign in _all_signs(events, parts)
        if first <= day < last
    ]


def _signs_by_year(events: Sequence[OwnedEvent], parts: Sequence[pl.DataFrame], years: Sequence[int]) -> list[Sign]:
    """What happened in these school years, each at its day of the school year."""
    return [
        replace(sign, part=(day - school_year_days(school_year(day))[0]).days / YEAR)
        for day, sign in _all_signs(events, parts)
        if school_year(day) in years
    ]


def _all_signs(events: Sequence[OwnedEvent], parts: Sequence[pl.DataFrame]) -> list[tuple[date, Sign]]:
    """What happened, each with the panel that it is about; that of a school that isn't drawn is left out."""
    places: dict[str, int | None] = {part["brin6"][0]: place for place, part in enumerate(parts)}
    places[EVERYBODY] = None
    return [
        (day, Sign(0.0, number, f"{dutch.day(day)}: {theme.plain(text)}", places[owner]))
        for number, (day, owner, text) in enumerate(events, start=1)
        if owner in places
    ]


def _top(parts: Iterable[pl.DataFrame]) -> float:
    """How high the scale goes: to the highest rate of a month with about the usual number of school days."""
    highest = 0.0
    for part in parts:
        points = part.filter(pl.col("ratio").is_not_null())
        days = (points["leerlingen"] * points["lesdagen"]).to_list()
        usual = months.ORDINARY * median(days) if days else 0
        highest = max([highest, *(rate for rate, size in zip(points["ratio"], days, strict=True) if size >= usual)])
    return 1.08 * highest or 1.0


def _stretches(part: pl.DataFrame, column: str) -> list[list[Known]]:
    """The months of a school in which something is known, in runs: a gap or a new part of the series ends one."""
    runs: list[list[Known]] = [[]]
    for row in part.with_columns(pl.col("deel").forward_fill()).iter_rows(named=True):
        if row[column] is None or (runs[-1] and runs[-1][-1]["deel"] != row["deel"]):
            runs.append([])
        if row[column] is not None:
            runs[-1].append(row)
    return [run for run in runs if run]


def _band(series: _Series, palette: Palette) -> Dict:
    """The room between the limits, in a step for each month."""
    outlines: list[list[Point]] = []
    for panel, part in enumerate(series.parts):
        for run in _filled(part):
            above = _steps(series, panel, run, "boven")
            outlines.append([*above, *_steps(series, panel, run, "onder")[::-1], above[0]])
    fill = {"fill": "toself", "fillcolor": theme.shade(BAND, palette)}
    return {**joined(outlines, {"width": 0}), **fill, "name": "band"}


def _filled(part: pl.DataFrame) -> list[list[Known]]:
    """The months of a school with limits, in runs without a hole: nothing is filled in for a month without school."""
    return [
        run for stretch in _stretches(part, "boven") for run in months.adjacent(stretch, lambda row: str(row["maand"]))
    ]


def _steps(series: _Series, panel: int, run: Sequence[Known], column: str) -> list[Point]:
    return [
        (series.panels.x(panel, edge), series.panels.y(panel, limit))
        for row in run
        for edge in series.edges(str(row["maand"]))
        if isinstance(limit := row[column], float)
    ]


def _centres(series: _Series, palette: Palette) -> Dict:
    runs = [
        [*_steps(series, panel, run[:1], "midden"), *_steps(series, panel, run[-1:], "midden")]
        for panel, part in enumerate(series.parts)
        for run in _stretches(part, "midden")
    ]
    return {**joined(runs, {"color": palette.quiet, "width": 1}), "name": "midden"}


def _gaps(series: _Series, palette: Palette) -> Dict:
    """Over what wasn't delivered, within one part of the series."""
    bridges = [
        [series.at(panel, left[-1]), series.at(panel, right[0])]
        for panel, part in enumerate(series.parts)
        for left, right in pairwise(_stretches(part, "ratio"))
        if left[-1]["deel"] == right[0]["deel"]
    ]
    return {**joined(bridges, {"color": palette.context, "width": 1.5, "dash": "dot"}), "name": "gat"}


def _blanks(series: _Series, calendar: Sequence[str]) -> list[tuple[int, float, float]]:
    """Of each panel, from where to where nothing is known before its first month and after its last."""
    found = []
    for panel, part in enumerate(series.parts):
        known = part.filter(pl.col("ratio").is_not_null())["maand"].to_list()
        first, last = (known[0], known[-1]) if known else (calendar[-1], calendar[-1])
        before, after = series.edges(first)[0] if known else 1.0, series.edges(last)[1]
        found += [(panel, 0.0, before)] if before > 0 else []
        found += [(panel, after, 1.0)] if after < 1 else []
    return found


def _is_inside() -> pl.Expr:
    """Whether a month lies between the first and the last of its school that are known."""
    known = pl.col("ratio").is_not_null().cast(pl.Int64)
    return (known.cum_sum().over("brin6") > 0) & (known.cum_sum(reverse=True).over("brin6") > 0)


def _beyond(series: _Series) -> list[tuple[int, float, str]]:
    """The panel, the place and the rate of each month that lies beyond the scale."""
    return [
        (panel, sum(series.edges(row["maand"])) / 2, dutch.rate(row["ratio"]))
        for panel, part in enumerate(series.parts)
        for row in part.filter(pl.col("ratio") > series.panels.scale.top).iter_rows(named=True)
    ]


def _lines(series: _Series, which: Sequence[int], line: Dict) -> Dict:
    runs = [
        [(*series.at(panel, row), _month_words(row, series.panels.scale.top)) for row in run]
        for panel in which
        for run in _stretches(series.parts[panel], "ratio")
    ]
    return {**dotted(runs, line, 2 + line["width"]), "name": "lijn"}


def _signals(series: _Series, palette: Palette) -> Dict:
    """The months that differ by more than chance, and those beyond the scale: each with a shape of its own."""
    found = [
        (*series.at(panel, row), "diamond" if row["signaal"] else "triangle-up", panel)
        for panel, part in enumerate(series.parts)
        for row in part.filter(pl.col("ratio").is_not_null()).iter_rows(named=True)
        if row["signaal"] or row["ratio"] > series.panels.scale.top
    ]
    colours = [palette.second if panel == series.panels.chosen else palette.subject for *_, panel in found]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "tekens",
        "x": [x for x, *_ in found],
        "y": [y for _, y, *_ in found],
        "marker": {"symbol": [symbol for *_, symbol, _ in found], "size": 10, "opacity": 1, "color": colours},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _month_words(row: Mapping[str, object], top: float) -> str:
    value, count = row["ratio"], row["incidenten"]
    assert isinstance(value, float)
    assert isinstance(count, int)
    words = f"{dutch.counted(count, 'melding', 'meldingen')}, {dutch.rate(value)} per 1.000 leerlingen"
    more = "; hoort bij een teken" if row["signaal"] else ""
    above = "; hoger dan de schaal" if value > top else ""
    return f"{theme.plain(str(row['naam']))}<br>{dutch.month_name(str(row['maand']))}: {words}{more}{above}"


def _rate_keys(series: _Series, rows: pl.DataFrame, palette: Palette) -> tuple[Key, ...]:
    keys = tuple(Key(series.panels.names[panel], palette.second, "lijn") for panel in series.own())
    keys += (Key("meldingen in een maand", palette.subject, "lijn"),) if series.others() else ()
    if rows["boven"].is_not_null().any():
        keys += (Key("binnen de grenzen van toeval", theme.shade(BAND, palette)),)
    if rows["signaal"].is_not_null().any():
        keys += (Key("hoort bij een teken", palette.subject, "ruit"),)
    if (rows["ratio"] > series.panels.scale.top).any():
        keys += (Key("hoger dan de schaal: het cijfer staat erbij", palette.subject, "driehoek"),)
    unknown = rows.with_columns(_is_inside().alias("binnen")).filter(pl.col("ratio").is_null())
    edges, gaps = (unknown.filter(pl.col("binnen") == side)["aangeleverd"] for side in (False, True))
    words = {False: "nog niet aangeleverd", True: "geen leerlingen"}
    label = " of ".join(text for known, text in words.items() if known in edges.fill_null(value=False))
    blanks = _blanks(series, rows["maand"].unique().sort().to_list())
    keys += (Key(label or words[False], palette.paper, "arcering"),) if blanks else ()
    return keys + months.gap_keys(gaps, palette)


def _rate_words(parts: Sequence[pl.DataFrame]) -> str:
    said = [f"{part['naam'][0]}: {_range_words(part['ratio'].drop_nulls().to_list())}" for part in parts]
    start = f"{dutch.capital(dutch.RATE_UNIT)}, van de laagste tot de hoogste maand"
    return f"{start}. {'; '.join(said)}."


def _range_words(rates: Sequence[float]) -> str:
    return f"van {dutch.rate(min(rates))} tot {dutch.rate(max(rates))}" if rates else "geen cijfers"


def _rate_table(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        pl.col("naam").alias("School"),
        pl.Series("Maand", [dutch.month_name(month) for month in rows["maand"]], dtype=pl.String),
        pl.col("incidenten").alias("Meldingen"),
        pl.col("ratio").alias("Per 1.000 leerlingen"),
        pl.col("onder").alias("Ondergrens"),
        pl.col("boven").alias("Bovengrens"),
        pl.when("aangeleverd").then(pl.lit("ja")).otherwise(pl.lit("nee")).alias("Aangeleverd"),
    )


def _curves(series: _Series, which: Iterable[int], years: Sequence[int], line: Dict) -> Dict:
    """The coverage of some schools in some school years, a line for each of both; a gap where nothing is known."""
    runs: list[list[tuple[float, float, str]]] = []
    for panel in which:
        for year in years:
            runs.append([])
            for row in series.parts[panel].filter(pl.col("schooljaar") == year).iter_rows(named=True):
                if row["dekking"] is None:
                    runs.append([])
                else:
                    runs[-1].append(_reference_point(series, panel, row))
    return {**dotted([run for run in runs if run], line, 2 + line["width"]), "name": "dekking"}


def _reference_point(series: _Series, panel: int, row: Mapping[str, object]) -> tuple[float, float, str]:
    day, since, share = row["peildatum"], row["dag"], row["dekking"]
    assert isinstance(day, date)
    assert isinstance(since, int)
    assert isinstance(share, float)
    words = f"{theme.plain(str(row['naam']))}<br>{dutch.day(day)}: {dutch.share(share)}"
    return series.panels.x(panel, min(since / YEAR, 1.0)), series.panels.y(panel, share), words


def _hidden(series: _Series, palette: Palette) -> list[Dict]:
    """A mark at the foot of a panel on every day of which the coverage is hidden; nothing without any."""
    found = [
        (series.panels.x(panel, min(row["dag"] / YEAR, 1.0)), series.panels.y(panel, 0), row)
        for panel, part in enumerate(series.parts)
        for row in part.filter(hidden(part, "dekking")).iter_rows(named=True)
    ]
    words = [f"{theme.plain(row['naam'])}<br>{dutch.day(row['peildatum'])}: {HOVER}" for *_, row in found]
    return [months.unseen([x for x, *_ in found], words, palette, [y for _, y, _ in found])] if found else []


def _coverage_table(rows: pl.DataFrame) -> pl.DataFrame:
    based = with_base(rows)
    table = based.select(
        pl.col("naam").alias("School"),
        pl.col("peildatum").alias("Peildatum"),
        pl.col("geldig").alias("Geldig antwoord"),
        pl.col("noemer").alias("Leerlingen"),
        pl.col("dekking").alias("Dekking"),
    )
    return carried(table, based, {"Geldig antwoord": "geldig", "Leerlingen": "noemer", "Dekking": "dekking"})


def _coverage_keys(series: _Series, years: Sequence[int], palette: Palette) -> tuple[Key, ...]:
    now = f"{years[-1]}-{years[-1] + 1}"
    keys = tuple(Key(f"{series.panels.names[panel]}, {now}", palette.second, "lijn") for panel in series.own())
    keys += (Key(now, palette.subject, "lijn"),) if series.others() else ()
    keys += (Key("eerdere schooljaren", palette.context, "stippel"),) if len(years) > 1 else ()
    hides = any(any_hidden(part, "dekking") for part in series.parts)
    return keys + ((Key(HOVER, palette.ink, "kruis"),) if hides else ())


def _coverage_words(parts: Sequence[pl.DataFrame]) -> str:
    said = []
    for part in parts:
        known = part["dekking"].drop_nulls()
        nothing = HOVER if any_hidden(part, "dekking") else "geen cijfers"
        said.append(f"{part['naam'][0]}: {dutch.share(known[-1]) if known.len() else nothing}")
    return f"De laatste dekking die bekend is. {'; '.join(said)}."
