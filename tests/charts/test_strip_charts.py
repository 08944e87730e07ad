"""Schools side by side as objects: one scale, the fixed order, no value drawn where there is none."""

from itertools import pairwise
from typing import Any

import polars as pl
import pytest

from dashboard import dutch
from dashboard.charts import strips, theme
from dashboard.charts.theme import Chart, Palette
from dashboard.indicators import side_by_side
from dashboard.indicators.intervals import with_share_interval
from tests.indicators.school_funnels import brin6, rate_funnel

TEXTS = ("t", "s")
NAMES = {brin6(place): f"School {place}" for place in range(30)}
LABELS = {"maatregel": "Er kwam een maatregel", "beeld": "Beeld op de website"}


def _rows(subject: str, indicator: str, *parts: int | None) -> pl.DataFrame:
    counts = pl.DataFrame(
        {
            "onderwerp": subject,
            "indicator": indicator,
            "brin6": [brin6(place) for place in range(len(parts))],
            "teller": [part or 0 for part in parts],
            "noemer": [0 if part is None else 100 for part in parts],
        }
    )
    shares = counts.with_columns(
        pl.when(pl.col("noemer") > 0).then(pl.col("teller") / pl.col("noemer")).alias("waarde"),
        pl.lit(0.5).alias("groep"),
    )
    return with_share_interval(shares, "teller", "noemer").select(side_by_side.COLUMNS)


def _drawn(rows: pl.DataFrame, palette: Palette, *chosen: int) -> Chart:
    return strips.shares(rows, NAMES, [brin6(place) for place in chosen], LABELS, palette, TEXTS)


def _traces(chart: Chart) -> dict[str | None, dict[str, Any]]:
    return {trace.name: trace.to_plotly_json() for trace in chart.figure.data}


def _notes(chart: Chart) -> dict[str, Any]:
    return {note.text: note for note in chart.figure.layout.annotations}


@pytest.mark.parametrize("count", [1, 2, 7, 30])
def test_all_schools_on_one_scale(count: int, palette: Palette) -> None:
    """Every school is a dot of every indicator, the group a tick; the scale is that of all shares."""
    rows = pl.concat([_rows("toestemming", name, *range(count)) for name in ("beeld", "tekst")])
    chart = _drawn(rows, palette)
    traces = _traces(chart)
    assert list(traces["scholen"]["x"]) == [place / 100 for place in range(count)] * 2
    assert list(traces["groep"]["x"]) == [0.5, 0.5]
    assert list(chart.figure.layout.xaxis.range) == [0, 1]
    assert chart.table.height == 2 * count
    assert [key.label for key in chart.keys] == ["elke school", "groep"]


def test_the_chosen_differ_by_shape(palette: Palette) -> None:
    """Up to four, each with a shape, a lane and an interval of its own; a fifth isn't drawn, nor one twice."""
    chart = _drawn(_rows("opvolging", "maatregel", 10, 20, 30, 40, 50), palette, 3, 1, 3, 0, 2, 4)
    traces = _traces(chart)
    mine = [traces[f"School {place}"] for place in (3, 1, 0, 2)]
    assert [trace["x"] for trace in mine] == [[0.4], [0.2], [0.1], [0.3]]
    assert len({trace["marker"]["symbol"] for trace in mine}) == 4
    assert all(later["y"][0] - lower["y"][0] == strips.LANE for lower, later in pairwise(mine))
    assert "School 4" not in traces
    assert len({(key.style, key.colour) for key in chart.keys}) == len(chart.keys)
    spans = [trace for trace in chart.figure.data if trace.mode == "lines"]
    assert all(
        low < share["x"][0] < high for share, span in zip(mine, spans, strict=True) for low, high in [span.x[:2]]
    )


def test_no_value_is_no_zero(palette: Palette) -> None:
    """A chosen school without cases has no mark: words stand there, and the table has no value."""
    chart = _drawn(_rows("opvolging", "maatregel", 50, None), palette, 1)
    assert _traces(chart)["School 1"]["x"] == []
    assert "School 1: geen gegevens" in _notes(chart)
    assert chart.table["Aandeel"].to_list() == [0.5, None]
    assert "School 1 geen gegevens" in chart.summary


def test_the_value_stands_at_the_right(palette: Palette) -> None:
    """At the level of its mark, outside the plot, so that it hides nothing."""
    chart = _drawn(_rows("opvolging", "maatregel", 50, 25), palette, 1)
    note = _notes(chart)["25\N{NO-BREAK SPACE}%"]
    assert note.y == _traces(chart)["School 1"]["y"][0]
    assert note.x == 1
    assert note.xshift > 0


def test_subjects_have_heads(palette: Palette) -> None:
    """Indicators of one name of two subjects are told apart by a head; one subject needs none."""
    both = pl.concat([_rows("toestemming", "beeld", 50), _rows("gebruik", "beeld", 60), _rows("gebruik", "tekst", 60)])
    heads = [text for text in _notes(_drawn(both, palette)) if text.startswith("<b>")]
    assert heads == [f"<b>{strips.SUBJECTS[subject]}</b>" for subject in ("toestemming", "gebruik")]
    assert not [text for text in _notes(_drawn(_rows("gebruik", "beeld", 60), palette)) if text.startswith("<b>")]
    assert _drawn(both, palette).table["Onderwerp"].to_list() == ["Toestemming", "Gebruik", "Gebruik"]


def test_rows_dont_touch(palette: Palette) -> None:
    """Names, dots and lanes follow each other downward, with and without chosen schools; the height follows them."""
    rows = pl.concat([_rows("toestemming", f"doel_{turn}", 50, 60) for turn in range(6)])
    for chosen in ((), (0,), (0, 1)):
        chart = _drawn(rows, palette, *chosen)
        middles = list(_traces(chart)["groep"]["y"])
        assert all(
            later - middle >= strips.NAME + strips.LANE * (1 + len(chosen)) for middle, later in pairwise(middles)
        )
        assert chart.height > middles[-1] + strips.LANE * len(chosen)


def test_rates_from_zero(palette: Palette) -> None:
    """Rates with their interval, on a scale from zero that holds all of it; the table counts pupils times days."""
    funnel = rate_funnel([(4, 20_000), (30, 100_000), (0, 50_000)])
    chart = strips.rates(side_by_side.rates(funnel), NAMES, [brin6(0)], {"ratio": "Meldingen"}, palette, TEXTS)
    low, high = chart.figure.layout.xaxis.range
    span = next(trace for trace in chart.figure.data if trace.mode == "lines")
    assert low == 0
    assert high > max(span.x[:2])
    assert chart.figure.layout.xaxis.title.text == dutch.RATE_UNIT
    assert chart.table["Leerlingen maal lesdagen"].to_list() == [20_000, 100_000, 50_000]
    assert chart.table["Per 1.000 leerlingen"].to_list() == [4, 6, 0]


@pytest.mark.parametrize(("count", "is_cloud"), [(theme.MOST_ROWS, False), (theme.MOST_ROWS + 1, True), (650, True)])
def test_a_cloud_of_schools(count: int, is_cloud: bool, palette: Palette) -> None:
    """More schools than can be told apart: dots without words, rounded, those that hide each other drawn once."""
    rows = _rows("toestemming", "beeld", *(place % 50 for place in range(count)))
    dots = _traces(_drawn(rows.with_columns(pl.col("waarde") + 1e-5), palette, 1))["scholen"]
    assert ("hovertext" not in dots) is is_cloud
    assert len(dots["x"]) == min(count, 50) if is_cloud else count
    assert (list(dots["x"])[:2] == [0, 0.01]) is is_cloud
    assert dots["x"][-1] == pytest.approx((min(count, 50) - 1) / 100, abs=1e-3)


def test_the_fixed_order(palette: Palette) -> None:
    """The table keeps the order of the names, whatever the order of the rows; names are not markup."""
    rows = _rows("opvolging", "maatregel", 10, 20, 30).reverse()
    chart = strips.shares(rows, NAMES | {brin6(1): "<b>B</b>"}, [brin6(1)], {}, palette, TEXTS)
    assert chart.table["School"].to_list() == ["School 0", "<b>B</b>", "School 2"]
    assert "<b>B" not in chart.figure.to_json()


def test_nothing_to_compare(palette: Palette) -> None:
    """No rows: an empty table under its own headers, and words."""
    empty = _rows("opvolging", "maatregel", 1).clear()
    chart = _drawn(empty, palette, 0)
    assert chart.table.height == 0
    assert chart.summary == "Er zijn geen gegevens."
    rates = strips.rates(empty, NAMES, [], {}, palette, TEXTS)
    assert rates.figure.layout.xaxis.range[1] > 0


def test_fractions_are_written_as_shares(palette: Palette) -> None:
    """Every fraction in the table of shares starts with Aandeel."""
    chart = _drawn(_rows("opvolging", "maatregel", 10), palette)
    assert [name for name, kind in chart.table.schema.items() if kind == pl.Float64] == [
        "Aandeel",
        "Aandeel, groep",
        "Aandeel, van",
        "Aandeel, tot",
    ]
