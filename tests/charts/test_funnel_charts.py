"""Funnels as objects: every school where its numbers put it, named where it matters, in few words and in a table."""

from typing import Any

import polars as pl
import pytest

from dashboard import dutch
from dashboard.charts import funnels, labels, theme, verdicts
from dashboard.charts.theme import Chart, Palette
from dashboard.indicators.funnels import NO_DATA, WATCH, coverage_curves, rate_curves
from tests.indicators.school_funnels import brin6, coverage_funnel, rate_funnel

TEXTS = ("t", "s")
PUPIL_DAYS = 100_000
LIMITS = ("onder95", "boven95", "onder998", "boven998")


def _names(count: int) -> dict[str, str]:
    return {brin6(place): f"School {place}" for place in range(count)}


def _rates(*incidents: int) -> pl.DataFrame:
    return rate_funnel([(count, PUPIL_DAYS + 7000 * place) for place, count in enumerate(incidents)])


def _coverage(*shares: tuple[int, int]) -> pl.DataFrame:
    return coverage_funnel(shares)


def _drawn_rates(funnel: pl.DataFrame, palette: Palette, chosen: str = "") -> Chart:
    return funnels.rates(funnel, rate_curves(funnel), _names(40), chosen, palette, TEXTS)


def _drawn_coverage(funnel: pl.DataFrame, palette: Palette, chosen: str = "") -> Chart:
    return funnels.coverage(funnel, coverage_curves(funnel), _names(40), chosen, palette, TEXTS)


def _traces(chart: Chart) -> dict[str, dict[str, Any]]:
    return {trace.name: trace.to_plotly_json() for trace in chart.figure.data}


def _words(chart: Chart) -> list[str]:
    return [note.text for note in chart.figure.layout.annotations]


@pytest.mark.parametrize("count", [1, 2, 7, 30])
def test_every_school_is_a_dot(count: int, palette: Palette) -> None:
    """However many schools: each once, at its size and rate, and in the table in the fixed order."""
    funnel = _rates(*[20] * count)
    chart = _drawn_rates(funnel, palette)
    dots = [trace for name, trace in _traces(chart).items() if name in verdicts.LOOKS]
    assert sorted(y for trace in dots for y in trace["y"]) == sorted(funnel["ratio"])
    assert sorted(x for trace in dots for x in trace["x"]) == pytest.approx(
        [PUPIL_DAYS + 7000 * place for place in range(count)]
    )
    assert chart.table["School"].to_list() == [f"School {place}" for place in range(count)]
    assert chart.table["Leerlingen maal lesdagen"].to_list() == [PUPIL_DAYS + 7000 * place for place in range(count)]


def test_a_side_has_a_shape(palette: Palette) -> None:
    """Inside, between and outside the limits differ by shape; colour only tells the chosen school."""
    chart = _drawn_rates(_rates(20, 20, 20, 20, 20, 42, 60, 1), palette, chosen=brin6(6))
    markers = {name: trace["marker"] for name, trace in _traces(chart).items() if name in verdicts.LOOKS}
    assert len({marker["symbol"] for marker in markers.values()}) == 3
    assert markers["wijkt af"]["color"] == [palette.second, palette.ink]
    assert markers["wijkt af"]["size"][0] > markers["wijkt af"]["size"][1]
    assert set(markers["binnen"]["color"]) == {palette.quiet}
    assert [key.style for key in chart.keys] == ["punt", "ruit", "vierkant", "streepband", "band"]


def test_few_schools_are_all_named(palette: Palette) -> None:
    """Up to seven schools each has its name; with more only the chosen one and those outside the limits."""
    few = _drawn_rates(rate_funnel([(15 + 10 * place, PUPIL_DAYS * (1 + place)) for place in range(7)]), palette)
    assert {f"School {place}" for place in range(7)} <= set(_words(few))
    many = _drawn_rates(_rates(*[20] * 29, 90), palette, chosen=brin6(2))
    assert {word for word in _words(many) if word.startswith("School")} == {"School 2", "School 29"}
    assert f"groep<br>{dutch.rate(_rates(*[20] * 29, 90)['groep'][0])}" in _words(many)
    to_watch = rate_funnel([(count, PUPIL_DAYS) for count in [*[20] * 28, 33, 33]])
    assert to_watch["oordeel"].to_list().count(WATCH) == 2
    watched = {word for word in _words(_drawn_rates(to_watch, palette)) if word.startswith("School")}
    assert watched == {"School 28", "School 29"}


def test_no_room_for_a_name_is_said(palette: Palette) -> None:
    """With thirty schools of which most lie outside, words at the plot say where the other names are; else not."""
    shares = [(500 + 9 * place if place % 2 else 900 - 5 * place, 1000) for place in range(30)]
    crowd = _drawn_coverage(
        _coverage(*((round(part * 0.5), 500 + 40 * turn) for turn, (part, _) in enumerate(shares))), palette
    )
    named = [word for word in _words(crowd) if word.startswith("School")]
    assert 0 < len(named) < 30
    assert crowd.figure.layout.annotations[0].text.endswith(f"<br>{funnels.NAMELESS}")
    few = _drawn_coverage(_coverage((500, 1000), (900, 1500), (480, 900)), palette)
    assert few.figure.layout.annotations[0].text == "dekking: deel van de leerlingen"
    assert crowd.figure.layout.margin.t == few.figure.layout.margin.t + labels.LINE


def test_a_name_over_a_limit_has_paper_behind_it(palette: Palette) -> None:
    """No limit runs through a name: it stands clear of them, or on a piece of paper."""
    chart = _drawn_rates(_rates(20, 21, 40, 5, 20, 60, 1), palette)
    traces = _traces(chart)
    low, high = chart.figure.layout.yaxis.range
    widest, plot = chart.figure.layout.xaxis.range[1], chart.height - funnels.TOP - funnels.BOTTOM
    lines = [
        [
            (x / widest, plot * (high - y) / (high - low))
            for x, y in zip(traces[name]["x"], traces[name]["y"], strict=True)
        ]
        for name in LIMITS
    ]
    names = [note for note in chart.figure.layout.annotations if note.text.startswith("School")]
    over = [note for note in names if note.bgcolor]
    assert names
    for note in names:
        down = note.ay if note.showarrow else -note.yshift
        right = note.ax if note.showarrow else note.xshift
        mark = labels.Mark(note.x / widest, plot * (high - note.y) / (high - low), note.text)
        box = labels._box(mark, labels.Place(note.xanchor, note.yanchor, right, down))
        assert (note in over) == (not labels._is_clear([box], labels._line_edges(lines)))
    assert {note.bgcolor for note in over} <= {palette.paper}


def test_bands_are_seen(palette: Palette) -> None:
    """Both bands differ from what lies beside them; their edges and the words on them stand out."""
    traces = _traces(_drawn_rates(_rates(20, 20), palette))
    inner, outer = (traces[name]["fillcolor"] for name in ("boven95", "boven998"))
    assert _contrast(outer, palette.paper) > 1.15
    assert _contrast(inner, outer) > 1.15
    assert _contrast(palette.quiet, inner) > 4.5
    for name in LIMITS:
        assert _contrast(traces[name]["line"]["color"], outer) > 3


def _contrast(one: str, other: str) -> float:
    low, high = sorted(theme.luminance(colour) + theme.GLARE for colour in (one, other))
    return high / low


def test_the_legend_fits_on_a_phone(palette: Palette) -> None:
    """What the bands are is said on one line of a narrow phone."""
    chart = _drawn_rates(_rates(20, 20), palette)
    assert all(len(key.label) <= 46 for key in chart.keys if key.style in {"band", "streepband"})


def test_limits_are_those_of_the_funnel(palette: Palette) -> None:
    """The edges of the bands are the curves, on the axis of the dots."""
    funnel = _rates(20, 25, 30)
    curves = rate_curves(funnel)
    traces = _traces(_drawn_rates(funnel, palette))
    for name in LIMITS:
        assert list(traces[name]["y"]) == curves[name].to_list()
        assert list(traces[name]["x"]) == pytest.approx([20_000 * size for size in curves["omvang"]])
    assert traces["boven95"]["fill"] == traces["boven998"]["fill"] == "tonexty"


def test_all_of_the_dots_are_in_sight(palette: Palette) -> None:
    """Rates from zero; shares need not start at nothing, but no dot falls off, and there are ticks to read it by."""
    chart = _drawn_rates(_rates(5, 80), palette)
    low, high = chart.figure.layout.yaxis.range
    assert low == 0
    assert high > max(chart.table["Per 1.000 leerlingen"])
    for pairs in (((995, 1000), (999, 1000)), ((0, 300), (300, 300)), ((500, 1000), (505, 1000)), ((10, 10),)):
        shares = _drawn_coverage(_coverage(*pairs), palette)
        low, high = shares.figure.layout.yaxis.range
        known = shares.table["Dekking"].to_list()
        assert low <= min(known)
        assert max(known) <= high
        assert len(shares.figure.layout.yaxis.tickvals) >= 2


def test_a_school_without_data_is_in_the_table_only(palette: Palette) -> None:
    """No pupils who count: no dot, no zero; the table and the words say so."""
    chart = _drawn_coverage(_coverage((50, 100), (0, 0), (60, 100)), palette, chosen=brin6(1))
    assert sum(len(trace["y"]) for name, trace in _traces(chart).items() if name in verdicts.LOOKS) == 2
    assert chart.table["Dekking"].to_list() == [0.5, None, 0.6]
    assert chart.table["Oordeel"].to_list()[1] == "geen gegevens"
    assert "Zonder gegevens: School 1." in chart.summary


def test_a_school_without_school_days_is_in_the_table_only(palette: Palette) -> None:
    """A school that wasn't exposed for a day has no rate: no dot, no zero; the table and the words say so."""
    funnel = rate_funnel([(20, PUPIL_DAYS), (25, PUPIL_DAYS), (30, PUPIL_DAYS)])
    unknown = [pl.when(pl.col("brin6") != brin6(1)).then(name).alias(name) for name in ("ratio", *LIMITS)]
    verdict = pl.when(pl.col("brin6") == brin6(1)).then(pl.lit(NO_DATA)).otherwise("oordeel").alias("oordeel")
    blank = funnel.with_columns(*unknown, verdict)
    chart = funnels.rates(blank, rate_curves(funnel), _names(40), brin6(1), palette, TEXTS)
    assert sum(len(trace["y"]) for name, trace in _traces(chart).items() if name in verdicts.LOOKS) == 2
    assert chart.table["Per 1.000 leerlingen"].to_list() == [4, None, 6]
    assert chart.table["Oordeel"].to_list()[1] == "geen gegevens"
    assert "Zonder gegevens: School 1." in chart.summary


def test_one_vocabulary(palette: Palette) -> None:
    """Legend, hover and table call a verdict the same."""
    chart = _drawn_rates(_rates(20, 20, 20, 20, 20, 42, 60, 1), palette)
    sides = [
        "binnen de grenzen",
        "opletten: tussen de binnenste en de buitenste grens",
        "wijkt af: buiten de buitenste grens",
    ]
    assert [key.label for key in chart.keys[:3]] == sides
    assert set(chart.table["Oordeel"]) == set(sides)
    for name, side in zip(verdicts.LOOKS, sides, strict=True):
        assert all(f"<br>{side};" in text for text in _traces(chart)[name]["hovertext"])


def test_nothing_to_draw(palette: Palette) -> None:
    """No school, or only schools without data: an empty plot with words, no line of the group, no legend."""
    for chart in (_drawn_rates(_rates(), palette), _drawn_coverage(_coverage((0, 0)), palette)):
        assert "groep" not in _traces(chart)
        assert chart.summary == "Van geen enkele school zijn er gegevens."
        assert chart.keys == ()
        assert chart.figure.layout.yaxis.range[1] > chart.figure.layout.yaxis.range[0]


def test_no_incident_at_all(palette: Palette) -> None:
    """Everybody at zero is a funnel too."""
    chart = _drawn_rates(_rates(0, 0), palette)
    assert chart.table["Per 1.000 leerlingen"].to_list() == [0, 0]
    assert chart.figure.layout.yaxis.range[1] > 0


def test_words_without_ranks(palette: Palette) -> None:
    """The summary names schools in the fixed order within each side, never by how high they are."""
    chart = _drawn_rates(_rates(60, 1, 90, 20, 20, 20, 20, 20), palette)
    assert "Wijkt af, buiten de buitenste grens: School 0 (" in chart.summary
    assert chart.summary.index("School 0") < chart.summary.index("School 2")
    assert chart.summary.endswith(".")


def test_fractions_of_coverage_are_written_as_shares(palette: Palette) -> None:
    """In the table every fraction of coverage starts with Dekking, none of the rates does."""
    shares, rates = _drawn_coverage(_coverage((5, 10)), palette), _drawn_rates(_rates(5, 6), palette)
    for chart, is_share in ((shares, True), (rates, False)):
        fractions = [name for name, kind in chart.table.schema.items() if kind == pl.Float64]
        assert len(fractions) == 5
        assert all(dutch.is_share(name) == is_share for name in fractions)


def test_names_are_not_markup(palette: Palette) -> None:
    """A school's name is drawn and heard as it is written."""
    funnel = _rates(20, 20)
    chart = funnels.rates(funnel, rate_curves(funnel), {brin6(0): "<b>A</b>"}, "", palette, TEXTS)
    heard = [text for trace in chart.figure.data for text in trace.hovertext or ()]
    assert "<b>" not in "".join([*_words(chart), *heard])
