"""What was done after a report: how often, how far off that may be, and how often in the period before."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.charts import theme
from dashboard.charts.theme import Chart, Dict, Key, Palette
from dashboard.indicators.incidents import MEDIANS
from dashboard.indicators.reporting import Part, part_of
from dashboard.indicators.sentences.phrases import BEFORE
from dashboard.indicators.sentences.reporting import share_or_count
from dashboard.indicators.shown import HIDDEN, hides, marks

NOW = "deze periode"
"""What the period is called in the legend."""

LINE = "de speling die bij zo'n aantal hoort"

OF_NOW: Final[Mapping[str, tuple[str, ...]]] = {
    "Gedaan": ("teller",),
    "Meldingen waarbij het kon": ("noemer",),
    "Aandeel": ("waarde",),
    "Aandeel, speling van": ("waarde",),
    "Aandeel, speling tot": ("waarde",),
}
"""Columns of the table, and those of the figures behind each."""

SIDES: Final[Dict] = {"l": 0, "r": 22, "t": 8, "b": 8, "pad": 4}
"""Half of `100 %` fits at the right."""


def shares(
    rows: pl.DataFrame,
    before: pl.DataFrame,
    labels: Mapping[str, str],
    palette: Palette,
    texts: Sequence[str],
    *,
    before_words: str = BEFORE,
) -> Chart:
    """Every measure that is a share as a dot, between which values it may lie, and a mark where it stood before.

    counts: `rows` one row per maat of one school and period (teller and noemer in reports, waarde, van and tot 0–1 or
    null), in the order to show; `before` the same (teller, noemer, waarde) of the period that it stands beside, or no
    rows. `labels`: maat → label. `texts`: title, subtitle. `before_words`: when that other period was.
    """
    measures = rows.filter(~pl.col("maat").is_in(list(MEDIANS)))
    then: dict[str, float | None] = dict(before.select("maat", "waarde").iter_rows())
    names = [labels.get(code, code) for code in measures["maat"]]
    now, past = ([part_of(frame, code) for code in measures["maat"]] for frame in (measures, before))
    gone, were = (_hidden(frame, measures["maat"]) for frame in (measures, before))
    said = ["niet getoond (x)" if hides else _told(part) for part, hides in zip(now, gone, strict=True)]
    heads = [f"{name} · {words}" for name, words in zip(names, said, strict=True)]
    earlier = [then.get(code) for code in measures["maat"]]
    figure = theme.figure(
        [
            _spans(measures, palette),
            _then((earlier, past), names, before_words, palette),
            _dots((measures, now), names, palette),
        ],
        palette,
        theme.rows_height(measures.height),
        margin=SIDES,
        xaxis=theme.share_axis(palette, "deel van de meldingen waarbij het kon"),
        yaxis=theme.rows_axis(measures.height),
        annotations=theme.row_labels(heads, palette, lift=8),
    )
    has_before = any(value is not None for value in earlier)
    table = pl.DataFrame(
        {
            "Maat": pl.Series(names, dtype=pl.String),
            "Gedaan": measures["teller"],
            "Meldingen waarbij het kon": measures["noemer"],
            "Aandeel": measures["waarde"],
            "Aandeel, speling van": measures["van"],
            "Aandeel, speling tot": measures["tot"],
            **({f"Aandeel {before_words}": pl.Series(earlier, dtype=pl.Float64)} if has_before else {}),
        }
    )
    table = _marked(table, measures, were if has_before else [])
    keys: tuple[Key, ...] = (Key(NOW, palette.subject, "punt"), Key(LINE, palette.subject, "lijn"))
    keys += (Key(before_words, palette.second, "streep"),) if has_before else ()
    spoken = "; ".join(
        f"{name}: {words}{f', {before_words} {share_or_count(was)}' if was.whole else ''}"
        for name, words, was in zip(names, said, past, strict=True)
    )
    return Chart(texts[0], texts[1], f"Wat er na een melding is gedaan. {spoken}.", figure, table, keys)


def _hidden(rows: pl.DataFrame, measures: Iterable[str]) -> list[bool]:
    """Of each measure, whether its counts are hidden."""
    gone = set(rows.filter(hides(rows, "teller", "noemer"))["maat"])
    return [measure in gone for measure in measures]


def _marked(table: pl.DataFrame, measures: pl.DataFrame, were: Sequence[bool]) -> pl.DataFrame:
    """The table with what of it is hidden; `were`: of each measure whether its share before is."""
    of_now = {heading: hides(measures, *columns) for heading, columns in OF_NOW.items()}
    of_then = {table.columns[-1]: pl.lit(pl.Series(were, dtype=pl.Boolean))} if were else {}
    if HIDDEN not in measures.columns:
        return table
    return table.with_columns(measures.select(marks(of_now | of_then))[HIDDEN])


def _told(part: Part) -> str:
    """A share, of a handful the count, or that there were no reports."""
    return share_or_count(part) if part.whole else "geen meldingen"


def _spans(rows: pl.DataFrame, palette: Palette) -> Dict:
    ends = list(rows.select("van", "tot").iter_rows())
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [end for low, high in ends for end in (low, high, None)],
        "y": [place for row in range(len(ends)) for place in (row, row, None)],
        "line": {"color": palette.subject, "width": 2},
        "hoverinfo": "skip",
    }


def _dots(drawn: tuple[pl.DataFrame, Sequence[Part]], names: Sequence[str], palette: Palette) -> Dict:
    rows, parts = drawn
    ends = rows.select("van", "tot").iter_rows()
    words = [
        f"{theme.plain(name)}: {_counted(part)}"
        + ("" if part.is_few else f"<br>tussen {dutch.share(low)} en {dutch.share(high)}")
        for name, part, (low, high) in zip(names, parts, ends, strict=True)
    ]
    return {**_marks(rows["waarde"].to_list(), words), "marker": {"size": 12, "color": palette.subject}}


def _counted(part: Part) -> str:
    count = f"{dutch.number(part.part)} van de {dutch.number(part.whole)}"
    return count if part.is_few else f"{count} ({dutch.share(part.share)})"


def _then(
    drawn: tuple[Sequence[float | None], Sequence[Part]], names: Sequence[str], when: str, palette: Palette
) -> Dict:
    values, parts = drawn
    words = [f"{theme.plain(name)}, {when}: {_told(part)}" for name, part in zip(names, parts, strict=True)]
    line = {"width": 3, "color": palette.second}
    return {**_marks(values, words), "marker": {"symbol": "line-ns", "size": 22, "color": palette.second, "line": line}}


def _marks(values: Sequence[float | None], words: Sequence[str]) -> Dict:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(values),
        "y": list(range(len(values))),
        "cliponaxis": False,
        "hovertext": list(words),
        "hoverinfo": "text",
    }
