"""Small panels as objects: one scale for all, gaps that stay gaps, and every event in every panel."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from dashboard import dutch
from dashboard.charts import multiples, panels
from dashboard.charts.theme import Chart, Palette
from dashboard.indicators.control_charts import with_limits
from dashboard.indicators.incidents import with_rate

TEXTS = ("t", "s")
NAMES = {f"99AA{place:02}": f"School {place}" for place in range(30)}
EVENTS = [
    (date(2025, 10, 1), "*", "Campagne"),
    (date(2025, 10, 8), "*", "<b>Nieuw</b> systeem"),
    (date(2027, 1, 1), "*", "Later"),
]


def _month(place: int) -> str:
    return f"{2025 + (8 + place) // 12}-{(8 + place) % 12 + 1:02}"


def _monthly(*schools: Sequence[int | None]) -> pl.DataFrame:
    rows = [
        (_month(turn), brin6, count, 1000, 20, count is not None)
        for brin6, counts in zip(NAMES, schools, strict=False)
        for turn, count in enumerate(counts)
    ]
    columns = ("maand", "brin6", "incidenten", "leerlingen", "lesdagen", "aangeleverd")
    kinds = (pl.String, pl.String, pl.Int64, pl.Int64, pl.Int64, pl.Boolean)
    return with_rate(pl.DataFrame(rows, schema=dict(zip(columns, kinds, strict=True)), orient="row"))


def _trend(monthly: pl.DataFrame, first_of_part: str = "9999-12") -> pl.DataFrame:
    known = monthly.filter(pl.col("incidenten").is_not_null()).with_columns(
        pl.when(pl.col("maand") < first_of_part).then(1).otherwise(2).alias("deel"),
        (pl.col("leerlingen") * pl.col("lesdagen")).alias("persoonsdagen"),
    )
    return with_limits(known)


def _drawn(palette: Palette, *schools: Sequence[int | None], chosen: int | None = None, part: str = "9999-12") -> Chart:
    monthly = _monthly(*schools)
    own = "" if chosen is None else list(NAMES)[chosen]
    return multiples.rates(_trend(monthly, part), monthly, NAMES, own, EVENTS, palette, TEXTS)


def _traces(chart: Chart, name: str) -> list[dict[str, Any]]:
    return [trace.to_plotly_json() for trace in chart.figure.data if trace.name == name]


def _texts(chart: Chart) -> list[str]:
    return [note.text for note in chart.figure.layout.annotations]


def _coverage(*schools: Sequence[float | None]) -> pl.DataFrame:
    days = [date(2025, 9, 30), date(2026, 7, 31), date(2026, 9, 30), date(2026, 10, 31)]
    rows = [
        (day, brin6, *((0, 0, 0) if share is None else (round(100 * share), 0, 100 - round(100 * share))), share)
        for brin6, shares in zip(NAMES, schools, strict=False)
        for day, share in zip(days, shares, strict=True)
    ]
    kinds = {"peildatum": pl.Date, "brin6": pl.String, "ja": pl.Int64, "nee": pl.Int64, "ongeldig": pl.Int64}
    return pl.DataFrame(rows, schema=kinds | {"dekking": pl.Float64}, orient="row")


@pytest.mark.parametrize("count", [1, 2, 7, 30])
def test_a_panel_for_every_school(count: int, palette: Palette) -> None:
    """Each its name and its line, in the fixed order, two beside each other; all on one pair of axes."""
    chart = _drawn(palette, *[[4, 5, 6, 5]] * count)
    names = [text for text in _texts(chart) if text.startswith("School")]
    assert names == [f"School {place}" for place in range(count)]
    others, own = _traces(chart, "lijn")
    assert sum(1 for y in others["y"] if y is not None) == 4 * count
    assert own["y"] == []
    low, high = chart.figure.layout.xaxis.range
    assert (low, high) == (0, 1 if count == 1 else 2 + panels.BETWEEN)
    assert chart.figure.layout.yaxis.range[0] > max(y for y in others["y"] if y is not None)
    assert len(chart.figure.data) == 9


def test_panels_dont_touch(palette: Palette) -> None:
    """What is drawn of one row of panels lies below the names of that row and above those of the next."""
    chart = _drawn(palette, *[[0, 50, 0, 50]] * 20)
    tops = sorted({note.y for note in chart.figure.layout.annotations if note.text.startswith("School")})
    assert len(tops) == 10
    points = sorted(y for trace in _traces(chart, "lijn") for y in trace["y"] if y is not None)
    for top, following in zip(tops, [*tops[1:], chart.height], strict=True):
        row = [y for y in points if top <= y < following]
        assert len(row) == 8
        assert min(row) >= top + 18
        assert max(row) <= following - panels.BELOW


def test_one_scale_for_all(palette: Palette) -> None:
    """The same rate lies as far above the foot of every panel, however high its own school's rates go."""
    small, large = [2, 2, 2], [20, 2, 20]
    chart = _drawn(palette, small, large)
    points = [y for y in _traces(chart, "lijn")[0]["y"] if y is not None]
    assert points[0] == points[4]
    assert [text for text in _texts(chart) if text.isdigit() and text not in "12"] == ["0", "10", "20"]


def test_a_gap_is_no_zero(palette: Palette) -> None:
    """An undelivered month breaks line and band and is bridged by dots; the legend and the table name it."""
    chart = _drawn(palette, [4, 5, None, 6, 5])
    (others, _), (bridges,) = _traces(chart, "lijn"), _traces(chart, "gat")
    assert [y is None for y in others["y"]] == [False, False, True, False, False, True]
    assert [y is None for y in bridges["y"]] == [False, False, True]
    assert bridges["line"]["dash"] == "dot"
    assert [key.label for key in chart.keys][-1] == "niet aangeleverd (geen nul)"
    assert chart.table["Per 1.000 leerlingen"].to_list() == [4, 5, None, 6, 5]
    assert sum(1 for y in _traces(chart, "band")[0]["y"] if y is None) == 2


def test_a_new_part_is_not_joined(palette: Palette) -> None:
    """After a change of system the line starts anew, with no dots between."""
    chart = _drawn(palette, [4, 5, 6, 5], part=_month(2))
    (others, _), (bridges,) = _traces(chart, "lijn"), _traces(chart, "gat")
    assert [y is None for y in others["y"]] == [False, False, True, False, False, True]
    assert bridges["y"] == []
    assert sum(1 for y in _traces(chart, "midden")[0]["y"] if y is None) == 2


def test_the_own_school_stands_out(palette: Palette) -> None:
    """By a wider line and a heavier name as well as by colour."""
    chart = _drawn(palette, [4, 5], [6, 7], chosen=1)
    others, own = _traces(chart, "lijn")
    assert own["line"]["width"] > others["line"]["width"]
    assert [y for y in own["y"] if y is not None]
    assert "<b>School 1</b>" in _texts(chart)
    assert "School 0" in _texts(chart)
    assert [key.label for key in chart.keys[:2]] == ["School 1", "meldingen in een maand"]


def test_too_rare_for_limits(palette: Palette) -> None:
    """Where so little is reported that there are no limits, there is a line and no band, nor a word of one."""
    chart = _drawn(palette, [0, 1, 0, 0])
    assert _traces(chart, "band")[0]["y"] == _traces(chart, "midden")[0]["y"] == []
    assert not any("toeval" in key.label for key in chart.keys)


def test_a_month_of_few_days_doesnt_set_the_scale(palette: Palette) -> None:
    """A report on the one school day of August lies at the edge, with a shape and words of its own."""
    monthly = _monthly([4, 5, 4, 1]).with_columns(
        pl.when(pl.col("maand") == _month(3)).then(1).otherwise(pl.col("lesdagen")).alias("lesdagen")
    )
    rated = with_rate(monthly.drop("ratio"))
    chart = multiples.rates(_trend(rated), rated, NAMES, "", [], palette, TEXTS)
    (signs,) = _traces(chart, "tekens")
    assert signs["marker"]["symbol"] == ["triangle-up"]
    assert [key.style for key in chart.keys if "schaal" in key.label] == ["driehoek"]
    assert signs["y"] == [min(y for y in _traces(chart, "lijn")[0]["y"] if y is not None)]
    assert "hoger dan de schaal" in "".join(_traces(chart, "lijn")[0]["hovertext"])
    (number,) = [note for note in chart.figure.layout.annotations if note.text == dutch.rate(rated["ratio"][3])]
    assert (number.x, number.xanchor) == (signs["x"][0], "right")


def test_numbers_beyond_the_scale_dont_touch(palette: Palette) -> None:
    """Those close together are one text, above them; it hides no number of what happened; each panel has its own."""
    drawn = panels.panels(["A", "B"], panels.scale(10), [], None)
    notes = drawn.numbers_at_top([(0, 0.1, "12"), (0, 0.2, "13,5"), (0, 0.9, "14"), (1, 0.2, "15")], palette)
    assert [(note["text"], note["x"], note["xanchor"]) for note in notes] == [
        ("12 · 13,5", 0.1, "left"),
        ("14", 0.9, "right"),
        ("15", drawn.x(1, 0.2), "left"),
    ]
    signs = [panels.Sign(part, 1, "Campagne") for part in (0.22, 0.6, 0.9)]
    marked = panels.panels(["A"], panels.scale(10), signs, None)
    sides = [
        marked.numbers_at_top([(0, part, "12")], palette)[0]["xanchor"] for part in (0.02, 0.25, 0.45, 0.65, 0.85, 0.95)
    ]
    assert sides == ["left", "left", "right", "left", "right", "right"]


def test_numbers_beyond_the_scale_have_room(palette: Palette) -> None:
    """They stand between the name and the panel, where no line runs."""
    without, with_numbers = (panels.panels(["A"], panels.scale(10), [], None, has_numbers=has) for has in (False, True))
    assert with_numbers.head == without.head + panels.SMALL + 6
    (note,) = with_numbers.numbers_at_top([(0, 0.5, "12")], palette)
    assert note["y"] == with_numbers.y(0, 10)
    assert note["yanchor"] == "bottom"


def test_before_the_first_delivery(palette: Palette) -> None:
    """What a school hasn't delivered yet, at either end, is hatched and named: not blank, and no dotted bridge."""
    chart = _drawn(palette, [None, None, 4, 5, 6, 5], [4, 5, 6, 5, 6, None], [4, 5, 6, 5, 6, 5])
    (hatch,) = _traces(chart, "onbekend")
    across = [x for x in hatch["x"] if x is not None]
    first, second = [x for x in across if x <= 1], [x for x in across if x > 1]
    assert (min(first), max(first)) == (0, pytest.approx(61 / 181))
    assert (min(second), max(second)) == (pytest.approx(1.1 + 153 / 181), pytest.approx(2.1))
    assert [key.label for key in chart.keys if key.style == "arcering"] == ["nog niet aangeleverd"]
    assert not any(key.style == "stippel" for key in chart.keys)
    both = _drawn(palette, [None, 4, None, 5])
    assert [key.label for key in both.keys][-2:] == ["nog niet aangeleverd", "niet aangeleverd (geen nul)"]
    whole = _drawn(palette, [4, 5, 6, 5])
    assert _traces(whole, "onbekend")[0]["x"] == []
    assert not any(key.style == "arcering" for key in whole.keys)


def test_signals_differ_by_shape(palette: Palette) -> None:
    """A month that goes beyond the limits is a diamond, and the legend says what that is."""
    chart = _drawn(palette, [5, 5, 5, 5, 40, 5, 5, 5])
    (signs,) = _traces(chart, "tekens")
    assert signs["marker"]["symbol"] == ["diamond"]
    assert "hoort bij een teken" in [key.label for key in chart.keys]


def test_events_in_every_panel(palette: Palette) -> None:
    """A line for each event on the axis in each panel; numbers that would touch are written together; no markup."""
    chart = _drawn(palette, [4, 5, 6], [4, 5, 6])
    (lines,) = _traces(chart, "gebeurtenissen")
    assert sum(1 for y in lines["y"] if y is None) == 4
    assert _texts(chart).count("1, 2") == 2
    heard = [note.hovertext for note in chart.figure.layout.annotations if note.text == "1, 2"]
    assert heard[0] == "1 oktober 2025: Campagne<br>8 oktober 2025: &lt;b&gt;Nieuw&lt;/b&gt; systeem"


def test_what_happened_at_one_school(palette: Palette) -> None:
    """An event of one school is marked in its own panel only, and that of a school that isn't drawn nowhere."""
    first, second = list(NAMES)[:2]
    monthly = _monthly([4, 5, 6], [4, 5, 6])
    own = [(date(2025, 10, 8), second, "Ander systeem"), (date(2025, 10, 9), "99ZZ99", "Elders")]
    chart = multiples.rates(_trend(monthly), monthly, NAMES, first, own, palette, TEXTS)
    (lines,) = _traces(chart, "gebeurtenissen")
    assert sum(1 for y in lines["y"] if y is None) == 1
    assert _texts(chart).count("1") == 1
    (number,) = [note for note in chart.figure.layout.annotations if note.text == "1"]
    (name,) = [note for note in chart.figure.layout.annotations if note.text == NAMES[second]]
    assert number.x >= name.x >= 1


def test_coverage_by_school_year(palette: Palette) -> None:
    """This school year in colour, the earlier one dotted; an unknown day is a gap; 100 % is the top for all."""
    chart = multiples.coverage(
        _coverage([0.3, 0.9, None, 0.5], [0.1, 1.0, 0.2, 0.4]), NAMES, "99AA01", EVENTS, palette, TEXTS
    )
    earlier, now, own = _traces(chart, "dekking")
    assert earlier["line"]["dash"] == "dot"
    assert sum(1 for y in earlier["y"] if y is not None) == 4
    assert sum(1 for y in now["y"] if y is not None) == 1
    assert sum(1 for y in own["y"] if y is not None) == 2
    assert [key.label for key in chart.keys] == ["School 1, 2026-2027", "2026-2027", "eerdere schooljaren"]
    assert chart.table["Dekking"].to_list() == [0.3, 0.9, None, 0.5, 0.1, 1.0, 0.2, 0.4]
    assert _texts(chart).count("1, 2") == 2
    assert "3" in _texts(chart)
    assert chart.summary.endswith("School 0: 50\N{NO-BREAK SPACE}%; School 1: 40\N{NO-BREAK SPACE}%.")


def test_one_school_year(palette: Palette) -> None:
    """Without an earlier year there is no word of one."""
    rows = _coverage([0.3, 0.9, 0.4, 0.5]).filter(pl.col("peildatum") > date(2026, 8, 1))
    assert [key.label for key in multiples.coverage(rows, NAMES, "", [], palette, TEXTS).keys] == ["2026-2027"]


def test_nothing_delivered(palette: Palette) -> None:
    """No school, or a school without a single delivered month: panels and words, no zero."""
    silent = _drawn(palette, [None, None])
    assert _traces(silent, "lijn")[0]["y"] == []
    hatched = [x for x in _traces(silent, "onbekend")[0]["x"] if x is not None]
    assert (min(hatched), max(hatched)) == (0, 1)
    assert "School 0: geen cijfers" in silent.summary
    assert _drawn(palette).summary == "Er is nog geen maand aangeleverd."
    assert multiples.coverage(_coverage(), NAMES, "", EVENTS, palette, TEXTS).summary == "Er zijn nog geen cijfers."


@pytest.mark.parametrize(
    ("top", "ticks"),
    [(0.9, ["0", "0,5"]), (1.0, ["0", "0,5", "1"]), (7.9, ["0", "2", "4", "6"]), (17, ["0", "5", "10", "15"])],
)
def test_ticks_are_round(top: float, ticks: list[str]) -> None:
    """Two to five ticks, plain numbers with a comma."""
    assert [words for _, words in panels.scale(top).ticks] == ticks
