"""Incidents over time: what is drawn is what was published, and every sign of a change is named in words."""

from datetime import date
from itertools import combinations, pairwise
from typing import Any

import polars as pl
import pytest

from dashboard import dutch
from dashboard.charts import control, lanes, months, theme
from dashboard.charts.labels import LETTER
from dashboard.charts.lanes import Span
from dashboard.charts.theme import Chart, Palette
from dashboard.indicators import findings
from dashboard.indicators.findings import TrendSignal
from tests.charts.months import Series, names, series

STABLE = (8, 9, 7, 10, 8, 9, 8, 7, 9, 10, 8, 9)
NOBODY = series()


def _chart(rows: Series, palette: Palette, events: list[tuple[date, str]] | None = None) -> Chart:
    return control.rates(*rows, events or [], palette, ("t", "s"))


def _traces(chart: Chart, name: str) -> list[Any]:
    return [trace for trace in chart.figure.data if trace.name == name]


def _texts(chart: Chart) -> list[str]:
    return [note.text for note in chart.figure.layout.annotations]


def test_an_undelivered_month_is_a_gap(palette: Palette) -> None:
    """No point, no zero: a dotted bridge between its neighbours, a cross on the axis and words in the legend."""
    chart = _chart(series(8, None, 9, 10), palette)
    (line,), (points,), (bridge,), (crosses,) = (
        _traces(chart, name) for name in ("lijn", "punten", "gat", "ontbreekt")
    )
    assert list(line.y) == list(points.y) == [8.0, None, 9.0, 10.0]
    assert line.connectgaps is False
    assert list(bridge.y) == [8.0, 9.0, None]
    assert bridge.line.dash == "dot"
    assert "niet aangeleverd" in crosses.hovertext[0]
    assert chart.keys[-1].label == "niet aangeleverd (geen nul)"
    assert chart.table.filter(pl.col("Aangeleverd") == "nee")["Meldingen"].to_list() == [None]


def test_without_gaps_the_legend_doesnt_mention_them(palette: Palette) -> None:
    """What isn't drawn isn't explained."""
    chart = _chart(series(*STABLE), palette)
    assert [key.label for key in chart.keys] == ["meldingen in een maand", "binnen de grenzen van toeval"]
    assert [key.style for key in chart.keys] == ["lijn", "band"]


def test_months_without_pupils_are_not_called_undelivered(palette: Palette) -> None:
    """Nobody enrolled is another gap than nothing delivered."""
    trend, monthly = series(8, None, 9)
    nobody = monthly.with_columns(pl.lit(value=True).alias("aangeleverd"))
    chart = control.rates(trend, nobody, [], palette, ("t", "s"))
    assert chart.keys[-1].label == "geen leerlingen (geen nul)"
    assert "niet aangeleverd" not in " ".join(_traces(chart, "ontbreekt")[0].hovertext)


@pytest.mark.parametrize("counts", [(), (None, None), (5,), (0, 0, 0)])
def test_next_to_nothing(counts: tuple[int | None, ...], palette: Palette) -> None:
    """No month, no delivered month, one month or no incident at all: an axis, and nothing made up."""
    chart = _chart(series(*counts), palette)
    assert chart.figure.layout.yaxis.range[1] > 0
    assert chart.table.height == len(counts)
    assert "wijkt" not in " ".join(key.label for key in chart.keys)


def test_the_band_is_what_was_published(palette: Palette) -> None:
    """Each month a step from its first day to the next month's, at the published limits, and the centre between."""
    trend, _ = rows = series(*STABLE)
    chart = _chart(rows, palette)
    (low,), (high,), (centre,), (band,) = (
        _traces(chart, name) for name in ("ondergrens", "bovengrens", "midden", "band")
    )
    assert list(high.x)[:2] == ["2024-09-01", "2024-10-01"]
    assert [value for value in high.y if value is not None][::2] == trend["boven"].to_list()
    assert [value for value in low.y if value is not None][::2] == trend["onder"].to_list()
    assert set(centre.y) == {trend["midden"][0]}
    assert max(value for value in band.y if value is not None) == trend["boven"].max()
    assert "midden<br>8,5" in _texts(chart)


def test_a_limit_of_zero_is_no_line(palette: Palette) -> None:
    """Nothing is less than nothing: of a small school only the upper limit is drawn."""
    chart = _chart(series(2, 3, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2), palette)
    assert set(_traces(chart, "ondergrens")[0].y) == {None}
    assert None not in list(_traces(chart, "bovengrens")[0].y)[:-1]


def test_a_month_of_a_few_days_doesnt_flatten_the_others(palette: Palette) -> None:
    """Its limits lie far out: the axis follows the points and the other limits, and the band is cut off at the top."""
    trend, _ = rows = series(*STABLE, 0, days=[20] * 12 + [1])
    chart = _chart(rows, palette)
    top = chart.figure.layout.yaxis.range[1]
    ordinary = max(trend["boven"].to_list()[:12])
    assert trend["boven"][-1] > top
    assert top == pytest.approx(1.08 * ordinary)
    assert max(value for value in _traces(chart, "band")[0].y if value is not None) == top
    assert list(_traces(chart, "bovengrens")[0].y)[-3:] == [None, None, None]


def test_a_point_is_never_cut_off(palette: Palette) -> None:
    """One report in a month of one day is a high rate, and shown."""
    chart = _chart(series(*STABLE, 3, days=[20] * 12 + [1]), palette)
    assert chart.figure.layout.yaxis.range[1] > 60


def test_no_band_over_a_month_that_is_no_point(palette: Palette) -> None:
    """An undelivered month, or one that isn't in the series at all, leaves the band open."""
    trend, monthly = series(*STABLE[:6], None, *STABLE)
    chart = control.rates(trend, monthly.filter(pl.col("maand") != "2025-07"), [], palette, ("t", "s"))
    (band,) = _traces(chart, "band")
    assert list(band.x).count(None) == 3
    assert "2025-03-15" not in band.x


SIGNALS = (
    (TrendSignal("1", ("2025-01",), above=True), "boven de grens"),
    (TrendSignal("1", ("2025-01", "2025-02"), above=False), "2 maanden onder de grens"),
    (TrendSignal("2", tuple(names(9)), above=False), "9 maanden onder het midden"),
    (TrendSignal("2", tuple(names(7)), above=True), "7 maanden boven het midden"),
    (TrendSignal("3", tuple(names(7)), above=True), "7 maanden steeds hoger"),
    (TrendSignal("3", tuple(names(8)), above=False), "8 maanden steeds lager"),
    (TrendSignal("4", ("2025-01", "2025-03"), above=True), "2 keer dicht bij de bovengrens"),
    (TrendSignal("4", ("2025-01",), above=False), "dicht bij de ondergrens"),
)


@pytest.mark.parametrize(("signal", "words"), SIGNALS)
def test_every_signal_has_words(signal: TrendSignal, words: str) -> None:
    """Each rule in both directions: what is seen, no verdict."""
    assert control.signal_words(signal) == words


@pytest.mark.parametrize(
    ("counts", "words", "marked"),
    [
        ((8, 9, 7, 10, 8, 30, 8, 7, 9, 10, 8, 9), "boven de grens", [5]),
        ((30, 28, 27, 31, 29, 28, 5, 31, 30, 27, 29, 28), "onder de grens", [6]),
        ((12, 13, 12, 14, 12, 13, 12, 6, 5, 13, 5, 6), "7 maanden boven het midden", list(range(7))),
    ],
)
def test_signals_are_marked_and_named(counts: tuple[int, ...], words: str, marked: list[int], palette: Palette) -> None:
    """Once in words above the chart, by shape and size at its points, in hover, table, legend and summary."""
    chart = _chart(series(*counts), palette)
    (points,) = _traces(chart, "punten")
    assert [place for place, symbol in enumerate(points.marker.symbol) if symbol == "diamond"] == marked
    assert _texts(chart).count(words) == 1
    assert all((words in points.hovertext[place]) == (place in marked) for place in range(len(counts)))
    assert [words in text for text in chart.table["Teken"].reverse()] == [
        place in marked for place in range(len(counts))
    ]
    assert [key.style for key in chart.keys if key.label == "hoort bij een teken"] == ["ruit"]
    assert words in chart.summary


def test_no_signal_is_no_mark(palette: Palette) -> None:
    """A series that chance explains has no diamond, no lane and no word of one."""
    chart = _chart(series(*STABLE), palette)
    assert set(_traces(chart, "punten")[0].marker.symbol) == {"circle"}
    assert not _traces(chart, "haak")
    assert set(chart.table["Teken"]) == {""}


def test_a_lane_spans_its_months(palette: Palette) -> None:
    """From the first day of the first marked month to the end of the last."""
    chart = _chart(series(12, 13, 12, 14, 12, 13, 12, 6, 5, 13, 5, 6), palette)
    (bracket,) = _traces(chart, "haak")
    assert (bracket.x[0], bracket.x[-1]) == ("2024-09-01", "2025-04-01")
    assert bracket.yaxis == "y2"
    assert chart.figure.layout.yaxis2.range[0] == lanes.LINE + 2 * lanes.BRACKET
    assert chart.figure.layout.yaxis.domain[1] == chart.figure.layout.yaxis2.domain[0]


def test_provisional_limits_are_dashed_and_named(palette: Palette) -> None:
    """Up to eleven points the limits may still move: drawn lighter and dashed, and the legend says why."""
    few, enough = _chart(series(*STABLE[:11]), palette), _chart(series(*STABLE), palette)
    assert few.keys[-1].label == "voorlopige grenzen: minder dan 12 maanden"
    assert few.keys[-1].style == "streepband"
    for name in ("ondergrens", "bovengrens", "midden"):
        assert _traces(few, name)[0].line.dash == "dash"
        assert _traces(enough, name)[0].line.dash == "solid"
    assert _traces(few, "band")[0].opacity < _traces(enough, "band")[0].opacity


def test_too_rare_for_limits(palette: Palette) -> None:
    """The line alone: no band, no centre, no columns of nothing."""
    chart = _chart(series(*([0, 1] * 6)), palette)
    assert not any(_traces(chart, name) for name in ("band", "midden", "bovengrens"))
    assert not {"Midden", "Teken"} & set(chart.table.columns)
    assert [key.label for key in chart.keys] == ["meldingen in een maand"]


def _two_parts() -> Series:
    return series(*STABLE, 30, 28, 31, 29, parts=[1] * 12 + [2] * 4)


def test_parts_are_drawn_apart(palette: Palette) -> None:
    """No line from one part to the next; each has its name, its centre and its limits; why is said where it starts."""
    trend, _ = rows = _two_parts()
    chart = _chart(rows, palette, [(date(2025, 8, 20), "Campagne"), (date(2026, 3, 1), "later")])
    first, second = _traces(chart, "lijn")
    assert (len(first.x), len(second.x)) == (12, 4)
    assert len(_traces(chart, "midden")) == 2
    assert [trace.line.dash for trace in _traces(chart, "midden")] == ["solid", "dash"]
    named = [note for note in chart.figure.layout.annotations if note.text.startswith("deel")]
    assert [note.text for note in named] == ["deel 1<br>midden 8,5", "deel 2"]
    assert [note.hovertext for note in named] == ["", ""]
    assert chart.table["Deel"].to_list() == trend["deel"].reverse().to_list()
    assert not any(text.startswith("midden") for text in _texts(chart))


def test_only_what_breaks_a_series_is_the_reason(palette: Palette) -> None:
    """A campaign between two parts is marked on the axis, and isn't why the second begins."""
    trend, monthly = _two_parts()
    happened = pl.DataFrame(
        {
            "datum": [date(2025, 9, 10), date(2025, 9, 20)],
            "brin6": "*",
            "soort": ["campagne", "systeemwissel"],
            "omschrijving": ["Week tegen pesten", "Ander <b>systeem</b>"],
        }
    )
    events = list(happened.select("datum", "omschrijving").iter_rows())
    breaks = findings.breaks(trend, happened)
    chart = control.rates(trend, monthly, events, palette, ("t", "s"), breaks=breaks)
    (hover,) = [note.hovertext for note in chart.figure.layout.annotations if note.text == "deel 2"]
    assert hover == "20 september 2025: Ander &lt;b&gt;systeem&lt;/b&gt;"
    assert len(chart.figure.layout.shapes) == len(events)


def test_parts_stand_on_one_line(palette: Palette) -> None:
    """Each says as much as it has room for: its centre, its name or only its number."""
    counts = (*STABLE, *[30] * 8, *[8] * 4, 30)
    chart = _chart(series(*counts, parts=[1] * 12 + [2] * 8 + [3] * 4 + [4]), palette)
    named = [note for note in chart.figure.layout.annotations if note.yref == "y2"]
    assert [note.text for note in named] == ["deel 1<br>midden 8,5", "deel 2<br>midden 30,0", "deel 3", "4"]
    assert len({note.y for note in named}) == 1


def test_a_gap_between_parts_is_not_bridged(palette: Palette) -> None:
    """What was counted otherwise before and after isn't one line, dotted either."""
    chart = _chart(series(8, 9, None, 8, 9, parts=[1, 1, 1, 2, 2]), palette)
    assert [len(trace.x) for trace in _traces(chart, "gat")] == [0, 0]


def test_events_are_marked(palette: Palette) -> None:
    """A line on its day with its number; the number stays that of the list where an earlier one isn't on the axis."""
    happened = [(date(2023, 1, 1), "lang geleden"), (date(2024, 10, 1), "Campagne"), (date(2031, 1, 1), "ooit")]
    chart = _chart(series(*STABLE), palette, happened)
    assert [shape.x0 for shape in chart.figure.layout.shapes] == ["2024-10-01"]
    assert _texts(chart)[0] == "2"


def test_the_months_of_the_axis_fit(palette: Palette) -> None:
    """From one month to ten years: never more names than a phone has room for, and the year where it is another."""
    for count in range(1, 121):
        shown = months.ticks(names(count, "2021-03"))
        assert len(shown["tickvals"]) <= 10
        places = [date.fromisoformat(day) for day in shown["tickvals"]]
        widest = min(((later - sooner).days for sooner, later in pairwise(places)), default=365)
        assert widest / (30.4 * count) > 0.08 or count <= 8
        last = names(count, "2021-03")[-1]
        assert shown["tickvals"][-1] == months.middle(last)
        assert shown["ticktext"][-1] == dutch.short_month(last).replace(" ", "<br>")
    assert months.ticks(names(5, "2025-10"))["ticktext"] == ["okt<br>2025", "nov", "dec", "jan<br>2026", "feb<br>2026"]
    assert months.ticks(names(28, "2024-08"))["ticktext"] == [
        "aug<br>2024",
        "feb<br>2025",
        "aug",
        "feb<br>2026",
        "nov<br>2026",
    ]
    assert months.ticks(names(1, "2025-10"))["ticktext"] == ["okt<br>2025"]
    assert months.ticks([]) == {}
    assert _chart(NOBODY, palette).figure.layout.xaxis.tickvals is None


def test_where_a_day_stands_among_numbered_months() -> None:
    """The first day of a month at its left edge, the middle on its number."""
    assert months.place(date(2026, 8, 1), "2026-08") == -0.5
    assert months.place(date(2027, 7, 31), "2026-08") == pytest.approx(11.5, abs=0.04)
    assert months.place(date(2026, 9, 16), "2026-08") == 1


def test_lanes_never_touch(palette: Palette) -> None:
    """However many spans: on the narrowest phone no words lie over words, and none leave the axis."""
    axis = (date(2024, 8, 1), date(2026, 12, 1))
    there, words = months.between(axis[0], date(2026, 11, 1)), "12 keer dicht bij de bovengrens"
    spans = [
        Span(*months.axis(there[start : start + length]), (words, lanes.on_two_lines(words)), "", "second")
        for start in range(0, len(there), 3)
        for length in (1, 7)
        if start + length <= len(there)
    ]
    head = lanes.place([spans], axis, palette, beside=64)
    places = [_reach(note, axis) for note in head.notes]
    assert all(left >= 0 and right <= 1 for _, left, right in places)
    for (row, left, right), (other_row, other_left, other_right) in combinations(places, 2):
        assert row != other_row or right < other_left or other_right < left
    assert lanes.place([], axis, palette).height == 0


@pytest.mark.parametrize(
    ("text", "lines"),
    [("7 maanden onder het midden", "7 maanden onder<br>het midden"), ("a b", "a<br>b"), ("deel", "deel"), ("", "")],
)
def test_words_on_two_lines(text: str, lines: str) -> None:
    """As even as it goes, and never in the middle of a word."""
    assert lanes.on_two_lines(text) == lines


def _reach(note: dict[str, Any], axis: tuple[date, date]) -> tuple[float, float, float]:
    """The row of words above a chart, and from where to where they reach on a phone."""
    at = (date.fromisoformat(note["x"]) - axis[0]) / (axis[1] - axis[0])
    width = max(map(len, note["text"].split("<br>"))) * LETTER / (lanes.PHONE - 64)
    left = at - {"left": 0.0, "center": width / 2, "right": width}[note["xanchor"]]
    return note["y"], left, left + width


def test_it_speaks(palette: Palette) -> None:
    """Words that end a sentence, Dutch separators, text large enough, no title inside and nothing better or worse."""
    for rows in (series(*STABLE), _two_parts(), series(8, None, 30), NOBODY):
        chart = _chart(rows, palette)
        layout = chart.figure.layout
        assert chart.summary.endswith(".")
        assert layout.separators == ",."
        assert layout.font.size == theme.TEXT
        assert layout.title.text is None
        assert not any(word in chart.summary for word in ("beter", "slechter", "nan", "None"))
