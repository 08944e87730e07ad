"""What was done after a report: how often, how far off that may be, and how often in the period before."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.charts import theme
from dashboard.charts.theme import Chart, Dict, Key, Palette
from dashboard.indicators.incidents import MEDIANS
from dashboard.indicators.sentences.phrases import BEFORE

NOW = "deze periode"
"""What the period is called in the legend."""

LINE = "de speling die bij zo'n aantal hoort"

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
    null), in the order to show; `before` the same (waarde) of the period that it stands beside, or no rows. `labels`:
    maat → label. `texts`: title, subtitle. `before_words`: when that other period was.
    """
    measures = rows.filter(~pl.col("maat").is_in(list(MEDIANS)))
    then: dict[str, float | None] = dict(before.select("maat", "waarde").iter_rows())
    names = [labels.get(code, code) for code in measures["maat"]]
    heads = [
        f"{name} · {dutch.share(value)}" if value is not None else f"{name} · geen meldingen"
        for name, value in zip(names, measures["waarde"], strict=True)
    ]
    earlier = [then.get(code) for code in measures["maat"]]
    figure = theme.figure(
        [_spans(measures, palette), _then(earlier, names, before_words, palette), _dots(measures, names, palette)],
        palette,
        theme.rows_height(measures.height),
        margin=SIDES,
        xaxis=theme.share_axis(palette, "deel van de meldingen waarbij het kon"),
        yaxis=theme.rows_axis(measures.height),
        annotations=theme.row_labels(heads, palette, lift=8),
    )
    table = pl.DataFrame(
        {
            "Maat": pl.Series(names, dtype=pl.String),
            "Gedaan": measures["teller"],
            "Meldingen waarbij het kon": measures["noemer"],
            "Aandeel": measures["waarde"],
            "Aandeel, tussen": measures["van"],
            "Aandeel, en": measures["tot"],
            f"Aandeel {before_words}": pl.Series(earlier, dtype=pl.Float64),
        }
    )
    keys: tuple[Key, ...] = (Key(NOW, palette.subject, "punt"), Key(LINE, palette.subject, "lijn"))
    keys += (Key(before_words, palette.second, "streep"),) if any(value is not None for value in earlier) else ()
    spoken = "; ".join(
        _spoken(*measure, before_words) for measure in zip(names, measures["waarde"], earlier, strict=True)
    )
    return Chart(texts[0], texts[1], f"Wat er na een melding is gedaan. {spoken}.", figure, table, keys)


def _spoken(name: str, value: float | None, earlier: float | None, when: str) -> str:
    now = f"{name}: {dutch.share(value)}" if value is not None else f"{name}: geen meldingen"
    return now if earlier is None else f"{now}, {when} {dutch.share(earlier)}"


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


def _dots(rows: pl.DataFrame, names: Sequence[str], palette: Palette) -> Dict:
    words = [
        f"{theme.plain(name)}: {dutch.number(part)} van {dutch.number(whole)} ({dutch.share(value)})"
        f"<br>tussen {dutch.share(low)} en {dutch.share(high)}"
        for name, (part, whole, value, low, high) in zip(
            names, rows.select("teller", "noemer", "waarde", "van", "tot").iter_rows(), strict=True
        )
    ]
    return {**_marks(rows["waarde"].to_list(), words), "marker": {"size": 12, "color": palette.subject}}


def _then(values: Sequence[float | None], names: Sequence[str], when: str, palette: Palette) -> Dict:
    words = [f"{theme.plain(name)}, {when}: {dutch.share(value)}" for name, value in zip(names, values, strict=True)]
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
