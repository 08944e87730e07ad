"""Consent: who has a valid answer on record, by school or another row, by purpose and over the school year."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import polars as pl

from dashboard import dutch
from dashboard.charts import months, theme, years
from dashboard.charts.events import Event
from dashboard.charts.theme import OUTCOME_COLOURS, OUTCOMES, Chart, Dict, Key, Palette
from dashboard.indicators import shown
from dashboard.indicators.comparisons import with_base
from dashboard.periods import school_year, school_year_days, school_year_name

LABELLED = 0.1
"""A part of a bar narrower than this has no room for its number on a phone."""

MONTH_STARTS = (0, 31, 61, 92, 122, 153, 184, 212, 243, 273, 304, 334)
MONTH_NAMES = ("aug", "sep", "okt", "nov", "dec", "jan", "feb", "mrt", "apr", "mei", "jun", "jul")
YEAR_END = 365

PLOT = 264
"""Pixels between the axes of the curves of school years."""

WIDTHS = ((3, 7), (2, 5), (1, 4))
"""Pixels of the line and of the marks of this school year, of the one before, and of those before that."""

OUTCOME_HEADS = {
    "Geldig ja": "ja",
    "Geldig nee": "nee",
    "Niet in orde": "ongeldig",
    "Onbekend": "onbekend",
    "Dekking": "dekking",
}
"""Header → column of a table of outcomes."""

Cover = float | str | None
"""A share of 0–1, the mark of a hidden one, or nothing where nothing was delivered."""

NORM_ROOM = 22
"""Pixels above the bars for the words at the norm."""

SIDES = {"l": 0, "r": 22, "t": 8, "b": 8, "pad": 4}
"""Half of `100 %` fits at the right."""


def outcomes_stacked(
    rows: pl.DataFrame,
    palette: Palette,
    labels: Mapping[str, str],
    texts: Sequence[str],
    *,
    norm: str = "",
    chosen: int | None = None,
) -> Chart:
    """Every row as one bar: valid yes, valid no, not in order, unknown; as shares of the enrolled.

    counts: one row per school, year group or reading (naam, ja, nee, ongeldig, onbekend in pupils, dekking 0–1), in
    the order to show. `texts`: title, subtitle, and what a row is, as the header of its names. `norm`: what stands at
    the line of all pupils; empty where the code sets no norm. The row of the place `chosen` stands out. A row that
    hides a number has no bar but a mark: of what is left nobody can say how much of the whole it is.
    """
    gone = rows.with_columns(shown.hides(rows, *OUTCOMES, "dekking").alias("weg"))["weg"]
    gaps = [place for place, hides in enumerate(gone) if hides]
    # What isn't drawn has no parts either.
    whole = rows.with_columns(pl.when(~pl.lit(gone)).then(pl.col(name)).alias(name) for name in OUTCOMES)
    shares = whole.with_columns(pl.sum_horizontal(OUTCOMES).alias("leerlingen"))
    traces = [_part(shares, outcome, palette, labels[outcome]) for outcome in OUTCOMES]
    names = [f"{name} · {_cover_words(cover)}" for name, cover in _named(rows)]
    marks = theme.hidden_marks([0] * len(gaps), gaps, palette, [rows["naam"][place] for place in gaps])
    figure = theme.figure(
        [*traces, *marks],
        palette,
        theme.rows_height(rows.height) + (NORM_ROOM if norm else 0),
        barmode="stack",
        bargap=0.62,
        margin={**SIDES, "t": SIDES["t"] + NORM_ROOM} if norm else SIDES,
        xaxis=theme.share_axis(palette, "deel van de leerlingen"),
        yaxis=theme.rows_axis(rows.height),
        shapes=[_norm_line(palette)] if norm else [],
        annotations=[*theme.row_labels(names, palette, chosen), *([_norm_words(norm, palette)] if norm else [])],
    )
    drawn = [code for code in OUTCOMES if whole[code].sum()]
    keys = tuple(theme.outcome_key(code, labels[code], palette) for code in drawn)
    summary = "; ".join(f"{name}: {_spoken(cover)}" for name, cover in _named(rows)[:12])
    spoken = f"Het deel met een geldig antwoord, per {texts[2].lower()}. {summary}."
    return Chart(texts[0], texts[1], spoken, figure, _outcome_table(rows, texts[2]), keys)


def curves_by_year(rows: pl.DataFrame, palette: Palette, title: str, sub: str, events: Sequence[Event] = ()) -> Chart:
    """Coverage since 1 August, a line a school year: this year in colour, earlier ones grey and ever thinner.

    counts: one row per reference date of one school, purpose and reading (schooljaar, dag 0–365, dekking 0–1). Dates
    without a share are a dotted gap. `events` of these years are numbered from 1, above the chart, on a band of their
    own year.
    """
    starts = sorted(rows["schooljaar"].unique().to_list())
    of_year = {year: rows.filter(pl.col("schooljaar") == year).sort("dag") for year in starts}
    gaps = [
        months.bridges(mine["dag"].to_list(), mine["dekking"].to_list(), palette)
        for mine in of_year.values()
        if _is_broken(mine["dekking"])
    ]
    curves = [_curve(mine, palette, year, ago=starts[-1] - year) for year, mine in of_year.items()]
    colours = {year: palette.subject if year == starts[-1] else palette.quiet for year in starts}
    plot = years.Plot((-4, YEAR_END), (0, 1), PLOT)
    lines = [years.Line(year, _known(mine), colours[year]) for year, mine in of_year.items()]
    bands = years.bands(events, colours, palette, lambda day: (day - school_year_days(school_year(day))[0]).days)
    hides = shown.only_hidden(rows, "dekking")
    days = [dutch.day(day) for day in hides["peildatum"]]
    figure = theme.figure(
        [*gaps, *curves, *theme.hidden_marks(hides["dag"].to_list(), [0] * hides.height, palette, days, "top center")],
        palette,
        PLOT + 96 + bands.height,
        margin={"l": 0, "r": 84, "t": 40 + bands.height, "b": 8},
        hovermode="x unified" if len(starts) == 1 else "closest",
        xaxis=theme.plain_axis(
            palette,
            "maand van het schooljaar",
            range=plot.across,
            tickvals=[start + 15 for start in MONTH_STARTS][::2],
            ticktext=MONTH_NAMES[::2],
            tickangle=0,
        ),
        yaxis=theme.share_axis(palette, ""),
        shapes=bands.shapes,
        annotations=[
            *years.names(lines, plot),
            *bands.notes,
            theme.axis_words(palette, "dekking: deel van de leerlingen"),
        ],
    )
    based = with_base(rows.sort("peildatum", descending=True))
    columns = {"Geldig antwoord": "geldig", "Leerlingen": "noemer", "Dekking": "dekking"}
    table = shown.carried(
        based.select(
            pl.col("peildatum").alias("Peildatum"), *(pl.col(name).alias(head) for head, name in columns.items())
        ),
        based,
        columns,
    )
    last = [f"{school_year_name(line.start)}: {dutch.share(line.points[-1][1])}" for line in lines if line.points]
    absent = rows.filter(pl.col("dekking").is_null(), ~shown.hidden(rows, "dekking")).height
    keys = months.gap_keys(pl.Series([False]), palette) if gaps and absent else ()
    what = "De laatste getoonde stand" if shown.any_hidden(rows, "dekking") else "De laatste stand"
    return Chart(title, sub, f"{what} per schooljaar. {'; '.join(last)}.", figure, table, keys)


def purposes_then_and_now(
    rows: pl.DataFrame,
    palette: Palette,
    labels: Mapping[str, str],
    days: tuple[date, date | None],
    texts: Sequence[str],
) -> Chart:
    """Every purpose as a bar of coverage, with a mark where it stood a year earlier.

    counts: one row per doel (dekking, dekking_toen 0–1 or null, geldig and noemer in pupils), in the order to show.
    `days` are the two reference dates, `texts` title and subtitle.
    """
    now, before = days
    purposes = [labels.get(code, code) for code in rows["doel"]]
    covers = [cover for _, cover in _covers(rows, "dekking")]
    names = [f"{label} · {_plain_words(cover)}" for label, cover in zip(purposes, covers, strict=True)]
    gaps = [place for place, cover in enumerate(covers) if cover == shown.MARK]
    places = list(range(rows.height))
    bar = {
        "type": "bar",
        "orientation": "h",
        "x": rows["dekking"].to_list(),
        "y": places,
        "marker": {"color": palette.subject},
        "hovertext": [f"{name} op {dutch.day(now)}" for name in names],
        "hoverinfo": "text",
    }
    marks = {
        "type": "scatter",
        "mode": "markers",
        "x": rows["dekking_toen"].to_list(),
        "y": places,
        "marker": {
            "symbol": "line-ns",
            "size": 22,
            "color": palette.second,
            "line": {"width": 3, "color": palette.second},
        },
        "hovertext": [
            f"{label} op {dutch.day(before)}: {_plain_words(cover)}"
            for label, (_, cover) in zip(purposes, _covers(rows, "dekking_toen"), strict=True)
        ],
        "hoverinfo": "text",
    }
    figure = theme.figure(
        [
            *([bar, marks] if before else [bar]),
            *theme.hidden_marks([0] * len(gaps), gaps, palette, [purposes[place] for place in gaps]),
        ],
        palette,
        theme.rows_height(rows.height),
        bargap=0.66,
        margin=SIDES,
        xaxis=theme.share_axis(palette, "deel van de leerlingen met een geldig antwoord"),
        yaxis=theme.rows_axis(rows.height),
        annotations=theme.row_labels(names, palette),
    )
    columns = {
        "Geldig antwoord": "geldig",
        "Leerlingen": "noemer",
        f"Dekking {dutch.short_day(now)}": "dekking",
        f"Dekking {dutch.short_day(before)}" if before else "Een jaar eerder": "dekking_toen",
    }
    plain = pl.DataFrame({"Doel": purposes} | {heading: rows[name] for heading, name in columns.items()})
    table = shown.carried(plain, rows, columns)
    keys: tuple[Key, ...] = (Key(dutch.day(now), palette.subject),)
    keys += (Key(dutch.day(before), palette.second, "streep"),) if before else ()
    return Chart(texts[0], texts[1], f"Dekking per doel. {'; '.join(names)}.", figure, table, keys)


def _part(shares: pl.DataFrame, outcome: str, palette: Palette, label: str) -> Dict:
    counts, totals = shares[outcome], shares["leerlingen"]
    parts = [(count or 0) / total if total else 0.0 for count, total in zip(counts, totals, strict=True)]
    colour = getattr(palette, OUTCOME_COLOURS[outcome])
    marker: Dict = {"color": colour, "line": {"color": palette.paper, "width": 1.5}}
    if outcome == "onbekend":
        marker["pattern"] = {**theme.HATCH, "fgcolor": palette.quiet, "bgcolor": colour}
    return {
        "type": "bar",
        "orientation": "h",
        "name": label,
        "x": parts,
        "y": list(range(shares.height)),
        "marker": marker,
        "text": [dutch.share(part) if part >= LABELLED else "" for part in parts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 12, "color": theme.on(colour)},
        "constraintext": "none",
        "customdata": [
            f"{theme.plain(name)}<br>{label}: {dutch.number(count)} van {dutch.number(total)} ({dutch.share(part)})"
            for name, count, total, part in zip(shares["naam"], counts, totals, parts, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _curve(mine: pl.DataFrame, palette: Palette, year: int, ago: int) -> Dict:
    """The line of a school year, so many years `ago`; the year before is the one that this year is compared with."""
    colour = palette.context if ago else palette.subject
    width, size = WIDTHS[min(ago, len(WIDTHS) - 1)]
    first, _ = school_year_days(year)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": mine["dag"].to_list(),
        "y": mine["dekking"].to_list(),
        "connectgaps": False,
        "line": {"color": colour, "width": width},
        "marker": {"size": size, "color": colour, "symbol": "circle" if ago < len(WIDTHS) - 1 else "circle-open"},
        "hovertext": [
            f"{dutch.day(first + timedelta(days=day))}: {dutch.share(value)}"
            for day, value in mine.select("dag", "dekking").iter_rows()
        ],
        "hoverinfo": "text",
    }


def _known(mine: pl.DataFrame) -> list[tuple[float, float]]:
    """Day and share of each date that has one."""
    return list(mine.filter(pl.col("dekking").is_not_null()).select("dag", "dekking").iter_rows())


def _is_broken(shares: pl.Series) -> bool:
    """Whether a value lacks between two known ones."""
    known = [place for place, share in enumerate(shares) if share is not None]
    return bool(known) and known[-1] - known[0] >= len(known)


def _named(rows: pl.DataFrame) -> list[tuple[str, Cover]]:
    return [(row["naam"], cover) for row, cover in _covers(rows, "dekking")]


def _covers(rows: pl.DataFrame, column: str) -> list[tuple[Dict, Cover]]:
    """Every row with its coverage, the mark where that is hidden."""
    return [(row, shown.MARK if shown.is_hidden(row, column) else row[column]) for row in rows.iter_rows(named=True)]


def _cover_words(cover: Cover) -> str:
    return "niet aangeleverd" if cover is None else _plain_words(cover)


def _plain_words(cover: Cover) -> str:
    return cover if isinstance(cover, str) else dutch.share(cover)


def _spoken(cover: Cover) -> str:
    return shown.HOVER if cover == shown.MARK else _cover_words(cover)


def _norm_line(palette: Palette) -> Dict:
    line = {"color": palette.ink, "width": 1}
    return {"type": "line", "x0": 1, "x1": 1, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _norm_words(norm: str, palette: Palette) -> Dict:
    return {
        "x": 1,
        "y": 1,
        "yref": "paper",
        "text": norm,
        "showarrow": False,
        "xanchor": "right",
        "yanchor": "bottom",
        "font": {"size": theme.TEXT, "color": palette.quiet},
    }


def _outcome_table(rows: pl.DataFrame, header: str) -> pl.DataFrame:
    plain = rows.select(
        pl.col("naam").alias(header), *(pl.col(name).alias(heading) for heading, name in OUTCOME_HEADS.items())
    )
    return shown.carried(plain, rows, OUTCOME_HEADS)
