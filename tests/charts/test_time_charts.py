"""Events on every axis of time, the time between rare incidents, and a half-year beside the same one a year earlier."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from dashboard import dutch
from dashboard.charts import ahead, coverage, evaluation, events, halves, labels, rare, trends, years
from dashboard.charts.theme import Chart, Palette
from dashboard.indicators import changes_in_time, comparisons
from dashboard.indicators.changes_in_time import Change, Half
from dashboard.indicators.findings import Silence
from tests.charts import months

FIRST, LAST = date(2024, 8, 1), date(2026, 11, 30)
HAPPENED = [
    (date(2024, 1, 1), "te vroeg"),
    (date(2025, 2, 1), "beleid"),
    (date(2025, 2, 20), "campagne"),
    (date(2025, 9, 1), "<b>systeem</b>"),
    (date(2027, 1, 6), "te laat"),
]


def _trace(chart: Chart, name: str) -> list[Any]:
    return [trace for trace in chart.figure.data if trace.name == name]


def _texts(chart: Chart) -> list[str]:
    return [note.text for note in chart.figure.layout.annotations]


def test_what_is_marked_is_listed(palette: Palette) -> None:
    """The same events, under the numbers of the whole list, and no others; a line for each of them on its day."""
    shapes, notes = events.on_days(HAPPENED, FIRST, LAST, palette)
    assert [shape["x0"] for shape in shapes] == ["2025-02-01", "2025-02-20", "2025-09-01"]
    assert [note["text"] for note in notes] == ["2, 3", "4"]
    assert events.listed(HAPPENED, FIRST, LAST) == {
        "2. 1 februari 2025": "beleid",
        "3. 20 februari 2025": "campagne",
        "4. 1 september 2025": "<b>systeem</b>",
    }
    assert notes[1]["hovertext"] == "1 september 2025: &lt;b&gt;systeem&lt;/b&gt;"
    assert events.on_days([], FIRST, LAST, palette) == ([], [])


def test_the_events_of_school_years() -> None:
    """From the first day of the first to the last day of the last, under the numbers of the whole list."""
    assert list(events.in_school_years(YEARS, 2025, 2026).values()) == ["eerste dag", "vorig jaar", "nog te komen"]
    assert list(events.in_school_years(YEARS, 2027, 2027)) == ["5. 1 augustus 2027"]


def test_the_ends_of_an_axis_belong_to_it() -> None:
    """An event on its first or its last day is marked."""
    marks = events.marks([(FIRST, "a"), (LAST, "b")], FIRST, LAST)
    assert [mark.label for mark in marks] == ["1", "2"]


@pytest.mark.parametrize(("count", "label"), [(1, "1"), (2, "1, 2"), (3, "1–3"), (12, "1–12")])
def test_numbers_that_would_touch_are_one(count: int, label: str) -> None:
    """Together they are written as one number, and heard one by one."""
    (mark,) = events.marks([(date(2025, 2, 1 + day), f"e{day}") for day in range(count)], FIRST, LAST)
    assert mark.label == label
    assert mark.words.count("<br>") == count - 1


def _monthly() -> pl.DataFrame:
    names = months.names(15, "2025-09")
    return pl.DataFrame({"maand": names, "aangeleverd": [True] * 15, "ratio": [2.0] * 15})


def _curves() -> pl.DataFrame:
    days = [date(2025, 9, 30), date(2026, 7, 31), date(2026, 9, 30)]
    rows = pl.DataFrame({"peildatum": days, "ja": 5, "nee": 1, "ongeldig": 4, "dekking": [0.3, 0.9, 0.4]})
    return comparisons.by_school_year(rows)


YEARS = [
    (date(2025, 7, 31), "een jaar te vroeg"),
    (date(2025, 8, 1), "eerste dag"),
    (date(2026, 2, 1), "vorig jaar"),
    (date(2027, 2, 1), "nog te komen"),
    (date(2027, 8, 1), "een jaar te laat"),
]


def test_years_over_each_other_have_a_band_of_events_each(palette: Palette) -> None:
    """The same day of two years stands at one place: the number stands in the band that bears the name of its year."""
    rows = comparisons.two_years(_monthly(), 2026)
    overlay = trends.two_years(rows, palette, "t", "s", YEARS)
    curves = coverage.curves_by_year(_curves(), palette, "t", "s", YEARS)
    for chart, start in ((overlay, -0.5), (curves, 0)):
        boxes = {note.text: note for note in chart.figure.layout.annotations if note.bordercolor}
        assert list(boxes) == ["4", "2", "3"]
        assert boxes["2"].x == start
        assert boxes["3"].x == boxes["4"].x
        assert boxes["3"].yshift == boxes["2"].yshift > boxes["4"].yshift
        beside = {
            note.text: note.yshift
            for note in chart.figure.layout.annotations
            if note.xref == "paper" and "-" in note.text
        }
        assert beside == {"2025-2026": boxes["3"].yshift, "2026-2027": boxes["4"].yshift}
        middles = [(shape.y0 + shape.y1) / 2 for shape in chart.figure.layout.shapes]
        assert middles == [boxes["4"].yshift, boxes["3"].yshift]
        assert "nog te komen" in boxes["4"].hovertext


def test_bands_are_no_part_of_the_axes(palette: Palette) -> None:
    """Filled, under words of their own, and above the unit of the upright axis: they can't be read as values."""
    chart = trends.two_years(comparisons.two_years(_monthly(), 2026), palette, "t", "s", YEARS)
    shifts = {note.text: note.yshift for note in chart.figure.layout.annotations}
    shapes = chart.figure.layout.shapes
    assert {(shape.type, shape.fillcolor, shape.line.width) for shape in shapes} == {("rect", palette.faint, 0)}
    assert shifts[years.HAPPENED] > max(shape.y1 for shape in shapes)
    assert shifts[dutch.RATE_UNIT] + labels.LINE <= min(shape.y0 for shape in shapes)
    assert chart.figure.layout.margin.t >= shifts[years.HAPPENED] + labels.LINE


def test_years_without_events_take_no_room(palette: Palette) -> None:
    """The chart is no higher, and only a year with an event has a band."""
    rows = comparisons.two_years(_monthly(), 2026)
    plain, none, one = (trends.two_years(rows, palette, "t", "s", given) for given in ((), YEARS[:1], YEARS[:2]))
    assert plain.height == none.height == one.height - years.ROW - years.HEAD
    assert not plain.figure.layout.shapes


PLOT = years.Plot((0, 10), (0, 1), 250)
MANY = [
    years.Line(start, [(place, height + 0.01 * place) for place in range(last + 1)], "#000000")
    for start, last, height in ((2022, 10, 0.5), (2023, 10, 0.5), (2024, 7, 0.55), (2025, 3, 0.6))
]


def _pixels(line: years.Line, note: dict[str, Any], wide: float) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of a name on a plot so many pixels wide."""
    across, up = line.points[-1]
    is_far = bool(note.get("showarrow"))
    left = PLOT.part(across) * wide + (note["ax"] if is_far else note.get("xshift", 0))
    top = PLOT.pixel(up) + (note["ay"] if is_far else -note.get("yshift", 0))
    size = labels.width(note["text"])
    left -= {"left": 0.0, "center": size / 2, "right": size}[note["xanchor"]]
    top -= {"top": 0.0, "middle": labels.LINE / 2, "bottom": labels.LINE}[note["yanchor"]]
    return left, left + size, top, top + labels.LINE


@pytest.mark.parametrize("wide", [250, 480, 815, 1030])
def test_the_name_of_a_year_hides_no_line_and_no_name(wide: float) -> None:
    """On a phone and on a wall: beside the end of its line where others go on, right of the chart at the far end."""
    notes = years.names(MANY, PLOT)
    assert [note["text"] for note in notes] == ["2022-2023", "2023-2024", "2024-2025", "2025-2026"]
    boxes = [_pixels(line, note, wide) for line, note in zip(MANY, notes, strict=True)]
    for number, (left, right, top, bottom) in enumerate(boxes):
        for other_left, other_right, other_top, other_bottom in boxes[:number]:
            assert right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top
        for line in MANY:
            for place in range(100 * len(line.points[1:]) + 1):
                height = line.points[0][1] + 0.01 * place / 100
                across, down = PLOT.part(place / 100) * wide, PLOT.pixel(height)
                assert not (left < across < right and top < down < bottom)


def test_names_at_the_foot_and_at_the_top_stay_beside_the_plot() -> None:
    """Lines that end together at nothing, or at all, have their names one above the other, none below the axis."""
    for value in (0, 1):
        lines = [years.Line(start, [(10, value)], "#000000") for start in (2023, 2024, 2025)]
        boxes = [_pixels(line, note, 250) for line, note in zip(lines, years.names(lines, PLOT), strict=True)]
        assert all(top >= 0 and bottom <= PLOT.height for *_, top, bottom in boxes)
        assert len({top for _, _, top, _ in boxes}) == 3


def test_names_of_what_is_not_there() -> None:
    """A year without a single figure has no line and no name; one with a single figure has."""
    assert years.names([], PLOT) == []
    some = [years.Line(2024, [], "#000000"), years.Line(2025, [(3, 0.5)], "#000000")]
    assert [note["text"] for note in years.names(some, PLOT)] == ["2025-2026"]


def test_a_name_without_room_stands_below_its_point() -> None:
    """Lines everywhere: it is written all the same."""
    crowd = [years.Line(2000 + turn, [(place, turn / 40) for place in range(11)], "#000000") for turn in range(1, 40)]
    notes = years.names([*crowd, years.Line(2050, [(0, 0.5), (1, 0.5)], "#000000")], PLOT)
    assert (notes[-1]["text"], notes[-1]["yanchor"], notes[-1]["showarrow"]) == ("2050-2051", "top", False)


def test_what_is_to_come_is_marked_among_the_coming_months(palette: Palette) -> None:
    """In a band above the chart, clear of the numbers on the bars; what was before isn't drawn."""
    rows = pl.DataFrame({"maand": months.names(13, "2026-11"), "leerlingen": [5] * 13})
    chart = ahead.turning_16(rows, palette, "t", "s", [(date(2026, 10, 31), "voorbij"), (date(2027, 1, 16), "week")])
    (box,) = (note for note in chart.figure.layout.annotations if note.bordercolor)
    assert (box.text, box.hovertext) == ("2", "16 januari 2027: week")
    assert box.x == pytest.approx(2.0, abs=0.02)
    (band,) = chart.figure.layout.shapes
    assert years.WORDS <= band.y0 < box.yshift < band.y1
    assert ahead.PLANNED in _texts(chart)
    plain = ahead.turning_16(rows, palette, "t", "s")
    assert chart.height == plain.height + years.ROW + years.HEAD
    assert not plain.figure.layout.shapes


def test_the_clock_shows_what_happens_meanwhile(palette: Palette) -> None:
    """Numbers stand above the words at today's line; the list and the axis end on the same days."""
    rows = pl.DataFrame(
        {
            "stap": ["a"],
            "vorige_ronde": [date(2024, 12, 12)],
            "uiterlijk": [date(2026, 12, 12)],
            "dagen": [20],
            "oordeel": ["op tijd"],
        }
    )
    today = date(2026, 11, 22)
    first, last = evaluation.reach(rows, today)
    happened = [(first, "eerste"), (last, "laatste"), (date(2027, 6, 1), "te laat")]
    plain, chart = (evaluation.clock(rows, today, palette, {}, "t", given) for given in ((), happened))
    assert [shape.x0 for shape in chart.figure.layout.shapes] == [f"{first}", f"{last}", f"{today}"]
    assert {note.text for note in chart.figure.layout.annotations} > {"1", "2"}
    assert len(events.listed(happened, first, last)) == 2
    assert chart.height == plain.height + evaluation.HEAD


SILENT = [("2024-09-02", None), *[(f"2024-{10 + place // 8}-{1 + place % 8:02}", 2) for place in range(16)]]


def test_a_silence_beyond_the_limit_is_marked(palette: Palette) -> None:
    """A point for each incident at the school days since the one before; the long one by shape, words and a bracket."""
    rows = months.rare(*SILENT, ("2025-06-02", 120))
    chart = rare.gaps(rows, [(date(2025, 1, 1), "x")], palette, ("t", "s"))
    (points,), (bracket,) = _trace(chart, "punten"), _trace(chart, "haak")
    assert list(points.y) == [*[2] * 16, 120]
    assert list(points.marker.symbol) == [*["circle"] * 16, "diamond"]
    assert (bracket.x[0], bracket.x[-1]) == ("2024-11-08", "2025-06-02")
    assert "langer stil" in _texts(chart)
    assert [key.style for key in chart.keys] == ["punt", "ruit", "streep"]
    assert chart.table["Lesdagen sinds de vorige"].to_list() == [120, *[2] * 16, None]
    assert chart.table["Teken"].drop_nulls().to_list() == ["langer stil dan toeval verklaart"]
    assert "120 lesdagen na de vorige; langer stil dan toeval verklaart" in chart.summary
    assert chart.figure.layout.shapes[0].x0 == "2025-01-01"


def test_the_mean_and_the_limit_are_lines_with_words(palette: Palette) -> None:
    """As they were published; no point beyond the limit is no diamond."""
    rows = months.rare(("2025-01-06", None), ("2025-01-16", 8), ("2025-02-06", 15), ("2025-02-10", 1))
    chart = rare.gaps(rows, [], palette, ("t", "s"))
    (mean,), (limit,) = _trace(chart, "midden"), _trace(chart, "boven")
    assert set(mean.y) == {8.0}
    assert set(limit.y) == {rows["boven"][0]}
    assert limit.line.dash == "dash"
    assert {"gemiddeld<br>8", "grens van<br>toeval 53"} <= set(_texts(chart))
    assert chart.figure.layout.yaxis.range[1] > rows["boven"][0]
    assert "diamond" not in _trace(chart, "punten")[0].marker.symbol
    assert not _trace(chart, "haak")


def test_two_incidents_on_one_day(palette: Palette) -> None:
    """No school day lies between them: drawn at 0; one of which nothing is known stands below the axis instead."""
    chart = rare.gaps(months.rare(("2025-01-06", None), ("2025-01-06", 0)), [], palette, ("t", "s"))
    (points,), (unknown,) = _trace(chart, "punten"), _trace(chart, "onbekend")
    assert (list(points.y), list(points.marker.symbol)) == ([0], ["circle"])
    assert chart.figure.layout.yaxis.range[0] < unknown.y[0] < 0
    assert list(unknown.hovertext) == ["6 januari 2025: niet bekend hoe lang het ervoor stil was"]
    assert list(points.hovertext) == ["6 januari 2025: 0 lesdagen na de vorige"]


def test_the_silence_of_now_is_drawn(palette: Palette) -> None:
    """Dashed, up to the day of the figures and as high as it is at least; named, and never a sign."""
    rows = months.rare(("2025-01-06", None), ("2025-01-16", 8), ("2025-02-06", 15), ("2025-02-10", 1))
    running = Silence(date(2025, 11, 22), 90)
    chart = rare.gaps(rows, [], palette, ("t", "s"), until=running.until, running=running)
    (now,) = _trace(chart, "loopt nog")
    assert (set(now.x), list(now.y)) == ({"2025-11-22"}, [0, 90])
    assert now.line.dash == "dot"
    assert chart.figure.layout.yaxis.range[1] > 90 > rows["boven"][0]
    words = "de stilte van nu loopt nog: minstens 90 lesdagen"
    assert words in [key.label for key in chart.keys]
    assert chart.summary.startswith(f"D{words[1:]}. ")
    assert "ruit" not in [key.style for key in chart.keys]
    assert not _trace(rare.gaps(rows, [], palette, ("t", "s")), "loopt nog")


def test_parts_of_a_rare_series(palette: Palette) -> None:
    """Each has its own mean, which ends where the next begins, and names it above the chart."""
    rows = months.rare(
        ("2025-01-06", None), ("2025-02-06", 20), ("2025-09-01", None), ("2026-09-01", 90), parts=[1, 1, 2, 2]
    )
    chart = rare.gaps(rows, [], palette, ("t", "s"))
    means = _trace(chart, "midden")
    assert [list(trace.x) for trace in means] == [["2025-01-01", "2025-09-01"], ["2025-09-01", "2026-10-01"]]
    assert [text for text in _texts(chart) if text.startswith(("gemiddeld", "20"))] == ["20", "gemiddeld 90"]
    assert [key.label for key in chart.keys][-2:] == ["gemiddelde", "grens van toeval"]


def test_the_axis_goes_on_to_the_day_of_the_figures(palette: Palette) -> None:
    """That it has been quiet since the last incident is seen; an earlier day cuts nothing off."""
    rows = months.rare(("2025-01-06", None), ("2025-02-06", 20))
    for until, end in ((None, "2025-03-01"), (date(2025, 11, 22), "2025-12-01"), (date(2025, 1, 7), "2025-03-01")):
        chart = rare.gaps(rows, [(date(2025, 11, 1), "x")], palette, ("t", "s"), until=until)
        assert chart.figure.layout.xaxis.range == ("2025-01-01", end)
        assert len(chart.figure.layout.shapes) == (end == "2025-12-01")


@pytest.mark.parametrize("rows", [[], [("2025-01-06", None)]])
def test_hardly_any_incident(rows: list[tuple[str, int | None]], palette: Palette) -> None:
    """None, or one with nothing before it: no mean, no limit, an axis of whole days."""
    chart = rare.gaps(months.rare(*rows), [], palette, ("t", "s"))
    assert not _trace(chart, "midden")
    assert chart.figure.layout.yaxis.dtick == 1
    assert chart.table.height == len(rows)
    assert chart.summary.endswith(".")


def _half(now: int, before: int, first: str = "2026-02", count: int = 6) -> Half:
    change = Change(tuple(months.names(count, first)), (), 0, now, before, 20_000, 40_000)
    return Half(f"{first}/x", change)


def test_a_half_beside_the_same_half(palette: Palette) -> None:
    """Two rows, this year's on top: rates over their own pupil days, with the exact interval of Garwood's table."""
    chart = halves.pairs([_half(10, 0)], palette, ("t", "s"))
    (points,) = _trace(chart, "punten")
    assert list(points.x) == [10.0, 0.0]
    assert list(points.y) == [0, 1]
    assert list(points.marker.symbol) == ["circle", "diamond"]
    now, before = chart.figure.data[:2]
    assert list(now.x) == [pytest.approx(4.795, abs=0.001), pytest.approx(18.390, abs=0.001)]
    assert list(before.x) == [0, pytest.approx(3.689 / 2, abs=0.001)]
    assert _texts(chart) == ["feb–jul 2026 · 10 meldingen · 10,0", "feb–jul 2025 · 0 meldingen · 0,0"]
    assert chart.table.row(0) == ("feb–jul 2026", 6, 10, 10.0, *now.x)
    assert chart.table["Halfjaar"].to_list() == ["feb–jul 2026", "feb–jul 2025"]
    assert chart.figure.layout.xaxis.range[0] == 0
    assert chart.figure.layout.xaxis.range[1] > now.x[1]


def test_pairs_of_halves_stand_apart(palette: Palette) -> None:
    """In the order given, and with more room between two pairs than within one."""
    chart = halves.pairs([_half(5, 6), _half(7, 1, "2025-08", 6), _half(1, 1, "2025-03", 1)], palette, ("t", "s"))
    (points,) = _trace(chart, "punten")
    now, before, next_now, *_ = points.y
    assert before - now == 1 < next_now - before
    assert [text.split(" · ")[0] for text in _texts(chart)] == [
        "feb–jul 2026",
        "feb–jul 2025",
        "aug 2025–jan 2026",
        "aug 2024–jan 2025",
        "mrt 2025",
        "mrt 2024",
    ]
    assert [note.y for note in chart.figure.layout.annotations] == list(points.y)
    assert "1 melding · " in _texts(chart)[3]
    one = halves.pairs([_half(5, 6)], palette, ("t", "s"))
    assert chart.height > one.height


def test_halves_take_only_what_is_compared(palette: Palette) -> None:
    """From the monthly rows: months that were delivered in both years, with the pupils and days of each year."""
    names = [*months.names(3, "2025-02"), *months.names(3, "2026-02")]
    monthly = pl.DataFrame(
        {
            "maand": names,
            "brin6": "99AA00",
            "incidenten": [4, 5, None, 6, 7, 8],
            "leerlingen": [1000, 1000, None, 500, 500, 500],
            "lesdagen": [20, 20, 20, 10, 10, 10],
        }
    )
    chart = halves.pairs(changes_in_time.same_halves(monthly, date(2026, 8, 1)), palette, ("t", "s"))
    assert chart.table["Meldingen"].to_list() == [13, 9]
    assert chart.table["Vergeleken maanden"].to_list() == [2, 2]
    assert chart.table["Per 1.000 leerlingen"].to_list() == [26.0, 4.5]


def test_no_halves(palette: Palette) -> None:
    """Nothing to compare is nothing drawn."""
    chart = halves.pairs([], palette, ("t", "s"))
    assert chart.table.height == 0
    assert not chart.keys
    assert chart.height > 0
