"""Figures as objects: what they draw, what they leave open, and that they say it in words as well."""

from datetime import date

import polars as pl
import pytest

from dashboard.charts import coverage, evaluation, labels, missing, theme, trends
from dashboard.charts.theme import Chart, Palette
from dashboard.indicators import comparisons
from dashboard.registry import Registry
from tests import screens

LABELS = {"ja": "Geldig ja", "nee": "Geldig nee", "ongeldig": "Niet in orde", "onbekend": "Onbekend"}
TEXTS = ("t", "s", "School")


def _schools(count: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "naam": [f"School {place}" for place in range(count)],
            "brin6": [f"99AA{place:02}" for place in range(count)],
            "ja": [60] * count,
            "nee": [15] * count,
            "ongeldig": [25] * count,
            "onbekend": [0] * count,
            "dekking": [0.75] * count,
        }
    )


def _monthly(*rates: float | None) -> pl.DataFrame:
    months = [f"{2025 + (8 + place) // 12}-{(8 + place) % 12 + 1:02}" for place in range(len(rates))]
    return pl.DataFrame(
        {
            "maand": months,
            "incidenten": [None if rate is None else 3 for rate in rates],
            "leerlingen": [900] * len(rates),
            "lesdagen": [18] * len(rates),
            "aangeleverd": [rate is not None for rate in rates],
        }
    ).with_columns(pl.Series("ratio", rates, dtype=pl.Float64))


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours, 1–21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_texts_and_marks_stand_out(palette: Palette) -> None:
    """Text at 4.5:1 and what carries meaning at 3:1 on the page, in light and in dark."""
    assert all(_contrast(colour, palette.paper) >= 4.5 for colour in (palette.ink, palette.quiet, palette.subject))
    marks = (palette.second, palette.context, palette.yes, palette.no, palette.invalid)
    assert all(_contrast(colour, palette.paper) >= 3 for colour in marks)


def test_outcomes_differ_in_grey(palette: Palette) -> None:
    """Neighbours in a bar are told apart without colour: by lightness, and the unknown by its hatching."""
    pairs = ((palette.yes, palette.no), (palette.no, palette.invalid), (palette.yes, palette.invalid))
    assert all(_contrast(one, other) >= 1.3 for one, other in pairs)


def test_numbers_on_bars_can_be_read(palette: Palette) -> None:
    """The number inside a part of a bar stands out at 4.5:1 on its colour."""
    for trace in coverage.outcomes_stacked(_schools(1), palette, LABELS, TEXTS).figure.data:
        assert _contrast(trace.textfont.color, trace.marker.color) >= 4.5


@pytest.mark.parametrize("count", [1, 6, 40])
def test_height_follows_rows(count: int, palette: Palette) -> None:
    """Every school has the same room, however many there are."""
    chart = coverage.outcomes_stacked(_schools(count), palette, LABELS, TEXTS)
    assert chart.height == theme.rows_height(count)
    assert all(len(trace.x) == count for trace in chart.figure.data)


def test_bars_are_whole(palette: Palette) -> None:
    """The four parts of a bar add up to everybody; the fixed order of schools is kept."""
    chart = coverage.outcomes_stacked(_schools(3), palette, LABELS, TEXTS)
    assert [sum(parts) for parts in zip(*(trace.x for trace in chart.figure.data), strict=True)] == [1, 1, 1]
    assert [trace.name for trace in chart.figure.data] == list(LABELS.values())
    assert chart.table["School"].to_list() == ["School 0", "School 1", "School 2"]
    assert chart.figure.data[3].marker.pattern.shape == "/"


def test_a_silent_school_is_named(palette: Palette) -> None:
    """Nothing delivered is a hatched bar with those words, not an empty one."""
    silent = _schools(1).with_columns(
        pl.lit(0).alias("ja"), pl.lit(0).alias("nee"), pl.lit(0).alias("ongeldig"), pl.lit(100).alias("onbekend")
    )
    silent = silent.with_columns(pl.lit(None, dtype=pl.Float64).alias("dekking"))
    chart = coverage.outcomes_stacked(silent, palette, LABELS, TEXTS)
    assert "niet aangeleverd" in chart.figure.layout.annotations[0].text
    assert list(chart.figure.data[3].x) == [1]


def test_names_are_not_markup(palette: Palette) -> None:
    """A school's name is drawn as it is written."""
    named = _schools(1).with_columns(pl.lit("<b>School</b>").alias("naam"))
    chart = coverage.outcomes_stacked(named, palette, LABELS, TEXTS)
    assert "<b>" not in chart.figure.layout.annotations[0].text
    assert "<b>" not in chart.figure.data[0].customdata[0]


def test_a_gap_of_two_years_is_called_by_its_name(palette: Palette) -> None:
    """The legend says what a gap is: not delivered, nobody enrolled, or both."""
    gap = _monthly(2.0, None, 3.0)
    nobody = gap.with_columns(pl.lit(value=True).alias("aangeleverd"))
    both = _monthly(2.0, None, None, 3.0).with_columns(pl.Series("aangeleverd", [True, False, True, True]))
    for rows, words in (
        (gap, "niet aangeleverd"),
        (nobody, "geen leerlingen"),
        (both, "niet aangeleverd of geen leerlingen"),
    ):
        years = trends.two_years(comparisons.two_years(rows, 2025), palette, "t", "s")
        assert [key.label for key in years.keys] == [f"{words} (geen nul)"]


def test_counts_are_neutral(palette: Palette) -> None:
    """One grey for every value, most frequent first, blanks last and lighter; bars start at zero."""
    rows = pl.DataFrame({"waarde": ["a", "onbekend", "b"], "incidenten": [2, 9, 5]})
    chart = trends.counts(rows, palette, {"a": "Anders", "b": "Bellen"}, ("t", "s", "Onderwerp"))
    (bars,) = chart.figure.data
    assert list(bars.x) == [5, 2, 9]
    assert list(bars.marker.color) == [palette.context, palette.context, palette.unknown]
    assert chart.table["Onderwerp"].to_list() == ["Bellen", "Anders", "Niet ingevuld"]
    assert chart.figure.layout.xaxis.range[0] == 0


def test_two_years(palette: Palette) -> None:
    """Both years carry their name at the end of their line; the running one stands out by width as well."""
    monthly = pl.DataFrame(
        {
            "maand": ["2025-08", "2025-09", "2025-10", "2026-08", "2026-09"],
            "aangeleverd": [True, False, True, True, True],
            "ratio": [1.0, None, 3.0, 2.0, 2.5],
        }
    )
    chart = trends.two_years(comparisons.two_years(monthly, 2026), palette, "t", "s")
    texts = [note.text for note in chart.figure.layout.annotations]
    assert texts[:2] == ["2025-2026", "2026-2027"]
    then, now = chart.figure.data[-2:]
    assert now.line.width > then.line.width
    assert [key.label for key in chart.keys] == ["niet aangeleverd (geen nul)"]


def test_curves_by_year(palette: Palette) -> None:
    """A line a school year from 1 August, no saw-tooth; names at one edge stand a line of text apart."""
    days = [date(2024, 9, 30), date(2025, 7, 31), date(2025, 9, 30), date(2026, 7, 31), date(2026, 9, 30)]
    rows = pl.DataFrame({"peildatum": days, "ja": 5, "nee": 1, "ongeldig": 4, "dekking": [0.3, 0.9, 0.4, 0.91, 0.5]})
    chart = coverage.curves_by_year(comparisons.by_school_year(rows), palette, "t", "s")
    assert [len(trace.x) for trace in chart.figure.data] == [2, 2, 1]
    assert all(0 <= day <= 365 for trace in chart.figure.data for day in trace.x)
    shifts = {note.text: note.yshift for note in chart.figure.layout.annotations if note.text.startswith("202")}
    assert shifts["2025-2026"] - shifts["2024-2025"] + 0.01 * coverage.PLOT == pytest.approx(labels.LINE)
    assert not chart.keys


def test_only_a_gap_is_dotted(palette: Palette) -> None:
    """An earlier year is told by its width and its marks; a dotted line is what wasn't delivered, as everywhere."""
    days = [date(2024, 9, 30), date(2025, 9, 30), date(2025, 10, 31), date(2025, 11, 30), date(2026, 9, 30)]
    rows = pl.DataFrame({"peildatum": days, "ja": 5, "nee": 1, "ongeldig": 4, "dekking": [0.3, 0.4, None, 0.5, 0.5]})
    chart = coverage.curves_by_year(comparisons.by_school_year(rows), palette, "t", "s")
    gap, *curves = chart.figure.data
    assert (gap.line.dash, list(gap.x)) == ("dot", [60, 121, None])
    assert {curve.line.dash for curve in curves} == {None}
    assert sorted({curve.line.width for curve in curves}) == [1, 2, 3]
    assert [curve.marker.symbol for curve in curves] == ["circle-open", "circle", "circle"]
    assert [key.label for key in chart.keys] == ["niet aangeleverd (geen nul)"]


def test_statuses_follow_the_reading(palette: Palette) -> None:
    """The colour of a status is the outcome under the chosen reading: a refusal is never the colour of a lack."""
    rows = pl.DataFrame({"status": ["ja", "nee", "x"], "uitkomst": ["ja", "nee", "ongeldig"], "leerlingen": [9, 3, 2]})
    labels = {"ja": "Ja", "nee": "Nee", "x": "Niet gevraagd"}
    chart = missing.statuses(rows, palette, labels, LABELS, ("t", "s"))
    assert list(chart.figure.data[0].marker.color) == [palette.yes, palette.no, palette.invalid]
    assert [key.label for key in chart.keys] == ["Geldig ja", "Geldig nee", "Niet in orde"]
    assert chart.table.rows() == [
        ("Ja", 9, "Geldig ja"),
        ("Nee", 3, "Geldig nee"),
        ("Niet gevraagd", 2, "Niet in orde"),
    ]


def test_then_and_now(palette: Palette) -> None:
    """Without an earlier year there is no mark and no word of one."""
    rows = pl.DataFrame({"doel": ["a"], "dekking": [0.8], "geldig": [8], "noemer": [10], "dekking_toen": [0.7]})
    now, before = date(2026, 11, 22), date(2025, 11, 30)
    both = coverage.purposes_then_and_now(rows, palette, {"a": "Website"}, (now, before), ("t", "s"))
    alone = coverage.purposes_then_and_now(rows, palette, {"a": "Website"}, (now, None), ("t", "s"))
    assert (len(both.figure.data), len(alone.figure.data)) == (2, 1)
    assert (len(both.keys), len(alone.keys)) == (2, 1)


def test_what_the_code_no_longer_has_keeps_its_own_name(palette: Palette) -> None:
    """An older snapshot may hold a status or purpose without a label."""
    statuses = pl.DataFrame({"status": ["oud"], "uitkomst": ["onbekend"], "leerlingen": [9]})
    assert missing.statuses(statuses, palette, {}, LABELS, ("t", "s")).table["Stand"].to_list() == ["oud"]
    rows = pl.DataFrame({"doel": ["oud"], "dekking": [0.8], "geldig": [8], "noemer": [10], "dekking_toen": [0.7]})
    days = (date(2026, 11, 22), date(2025, 11, 30))
    assert coverage.purposes_then_and_now(rows, palette, {}, days, ("t", "s")).table["Doel"].to_list() == ["oud"]


def test_clock_marks_late_by_shape(palette: Palette) -> None:
    """Late steps are open diamonds, the others filled circles: colour isn't needed to tell."""
    rows = pl.DataFrame(
        {
            "stap": ["a", "b"],
            "vorige_ronde": [date(2024, 7, 10), date(2024, 12, 12)],
            "uiterlijk": [date(2026, 7, 10), date(2026, 12, 12)],
            "dagen": [-135, 20],
            "oordeel": ["te laat", "op tijd"],
        }
    )
    chart = evaluation.clock(rows, date(2026, 11, 22), palette, {"a": "Advies"}, "t")
    assert chart.subtitle.endswith("stand van 22 november 2026")
    assert list(chart.figure.data[1].marker.symbol) == ["diamond-open", "circle"]
    assert "135 dagen te laat" in chart.summary
    assert "nog 20 dagen" in chart.summary


def _all_charts(palette: Palette, registry: Registry) -> list[Chart]:
    monthly = _monthly(2.0, None, 3.0)
    statuses = pl.DataFrame({"status": ["ja"], "uitkomst": ["ja"], "leerlingen": [9]})
    return [
        coverage.outcomes_stacked(_schools(2), palette, LABELS, TEXTS),
        missing.statuses(
            statuses, palette, {status.code: status.label for status in registry.statuses}, LABELS, ("t", "s")
        ),
        trends.two_years(comparisons.two_years(monthly, 2025), palette, "t", "s"),
        trends.counts(pl.DataFrame({"waarde": ["a"], "incidenten": [2]}), palette, {}, ("t", "s", "h")),
    ]


def test_every_chart_speaks(palette: Palette, registry: Registry) -> None:
    """A summary, a table, Dutch separators, text that is large and dark enough, and no title inside the figure."""
    for chart in _all_charts(palette, registry):
        assert chart.summary.endswith(".")
        assert chart.table.height
        layout = chart.figure.layout
        assert layout.separators == ",."
        assert layout.font.size >= 14
        assert layout.title.text is None
        assert layout.showlegend is False
        assert layout.xaxis.tickfont.color == palette.quiet


def test_hand_made_store_is_consistent(registry: Registry) -> None:
    """The pages' test data keeps the contract: the group is the sum of its schools."""
    names = screens.school_names(3)
    status = screens.statuses(names, registry, [screens.TODAY])
    totals = status.group_by(pl.col("brin6") == "*").agg(pl.col("leerlingen").sum())["leerlingen"].to_list()
    assert totals[0] == totals[1]
