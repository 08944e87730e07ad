"""What was done after reports, and who did it to whom: as objects."""

from typing import Any

import polars as pl
import pytest

from dashboard.charts import followup, roles, theme
from dashboard.charts.theme import Chart, Palette
from dashboard.indicators import sentences
from dashboard.indicators.intervals import with_share_interval

TEXTS = ("t", "s")
MEASURES = {"maatregel": "Er kwam een maatregel", "afgehandeld": "Afgehandeld"}
ROLES = {"leerling": "Leerling", "ouder": "Ouder", "medewerker": "Medewerker", "onbekend": "Onbekend"}


def _measured(*parts: tuple[str, int, int]) -> pl.DataFrame:
    kinds = {"maat": pl.String, "teller": pl.Int64, "noemer": pl.Int64}
    rows = pl.DataFrame(parts, schema=kinds, orient="row").with_columns(
        pl.when(pl.col("noemer") > 0).then(pl.col("teller") / pl.col("noemer")).alias("waarde")
    )
    return with_share_interval(rows, "teller", "noemer")


def _roles(*pairs: tuple[str, str, int]) -> pl.DataFrame:
    kinds = {"veroorzaker": pl.String, "getroffene": pl.String, "incidenten": pl.Int64}
    return pl.DataFrame(pairs, schema=kinds, orient="row")


def _drawn(palette: Palette, *pairs: tuple[str, str, int]) -> Chart:
    return roles.who_to_whom(_roles(*pairs), ROLES, ROLES, palette, TEXTS)


def _traces(chart: Chart) -> list[dict[str, Any]]:
    return [trace.to_plotly_json() for trace in chart.figure.data]


def test_then_and_now(palette: Palette) -> None:
    """A dot within its interval, and a mark of another shape where it stood; figure and table say the same."""
    now, before = _measured(("maatregel", 8, 10), ("afgehandeld", 3, 10)), _measured(("maatregel", 5, 10))
    chart = followup.shares(now, before, MEASURES, palette, TEXTS)
    spans, then, dots = _traces(chart)
    assert dots["x"] == chart.table["Aandeel"].to_list() == [0.8, 0.3]
    assert then["x"] == chart.table["Aandeel een jaar eerder"].to_list() == [0.5, None]
    assert then["marker"]["symbol"] == "line-ns"
    assert all(
        low < share < high for share, low, high in zip(dots["x"], spans["x"][::3], spans["x"][1::3], strict=True)
    )
    assert chart.figure.layout.annotations[0].text == "Er kwam een maatregel · 80\N{NO-BREAK SPACE}%"
    assert [key.style for key in chart.keys] == ["punt", "lijn", "streep"]


def test_without_an_earlier_period(palette: Palette) -> None:
    """Nothing is said of a year earlier where there is none."""
    now = _measured(("maatregel", 8, 10))
    alone = followup.shares(now, now.clear(), MEASURES, palette, TEXTS)
    assert [key.label for key in alone.keys] == [followup.NOW, followup.LINE]
    assert "eerder" not in alone.summary


@pytest.mark.parametrize(
    ("period", "words"),
    [("2025-08/2026-07", "een jaar eerder"), ("2025-08/2027-07", "in de vorige evaluatieperiode")],
)
def test_when_the_other_period_was(period: str, words: str, palette: Palette) -> None:
    """An evaluation stands beside the one before: picture, words, legend and table say so, not a year earlier."""
    now = _measured(("maatregel", 8, 10))
    when = sentences.period_before(period)
    chart = followup.shares(now, now, MEASURES, palette, TEXTS, before_words=when)
    assert [key.label for key in chart.keys] == [followup.NOW, followup.LINE, words]
    assert chart.table.columns[-1] == f"Aandeel {words}"
    assert f", {words} 80" in chart.summary
    assert _traces(chart)[1]["hovertext"] == [f"Er kwam een maatregel, {words}: 80\N{NO-BREAK SPACE}%"]


def test_nothing_it_could_be_done_for(palette: Palette) -> None:
    """A measure without a report is no zero: no dot, and words instead; days aren't shares and aren't drawn."""
    days = _measured(("dagen_tot_maatregel", 0, 4)).with_columns(pl.lit(2.5).alias("waarde"))
    chart = followup.shares(pl.concat([_measured(("maatregel", 0, 0)), days]), days, MEASURES, palette, TEXTS)
    assert chart.table["Aandeel"].to_list() == [None]
    assert chart.figure.layout.annotations[0].text == "Er kwam een maatregel · geen meldingen"
    assert "geen meldingen" in chart.summary
    assert followup.shares(days.clear(), days.clear(), MEASURES, palette, TEXTS).table.height == 0


def test_a_handful_is_counted(palette: Palette) -> None:
    """Of fewer than ten reports the label, what is heard and what the pointer says are counts; the table keeps both."""
    now, before = (
        _measured(("maatregel", 1, 4), ("afgehandeld", 5, 10)),
        _measured(("maatregel", 5, 10), ("afgehandeld", 2, 9)),
    )
    chart = followup.shares(now, before, MEASURES, palette, TEXTS)
    few, enough = (note.text for note in chart.figure.layout.annotations[:2])
    assert few == "Er kwam een maatregel · 1 van de 4"
    assert enough == "Afgehandeld · 50\N{NO-BREAK SPACE}%"
    assert "maatregel: 1 van de 4, een jaar eerder 50" in chart.summary
    assert chart.summary.endswith("een jaar eerder 2 van de 9.")
    _, then, dots = _traces(chart)
    assert "%" not in dots["hovertext"][0]
    assert "(50" in dots["hovertext"][1]
    assert then["hovertext"][1].endswith(": 2 van de 9")
    assert chart.table["Aandeel"].to_list() == [0.25, 0.5]


def test_every_pair_has_a_number(palette: Palette) -> None:
    """Counts in the cells, darker where there are more; a pair that doesn't occur is a 0 without colour."""
    chart = _drawn(palette, ("leerling", "leerling", 40), ("leerling", "medewerker", 10), ("ouder", "medewerker", 4))
    pupils, staff = _traces(chart)
    assert (pupils["name"], staff["name"]) == ("Leerling", "Medewerker")
    assert list(pupils["text"]) == ["40", "0"]
    assert list(staff["text"]) == ["10", "4"]
    assert pupils["marker"]["color"] == [theme.shade(1, palette), palette.paper]
    assert staff["marker"]["color"] == [theme.shade(0.25, palette), theme.shade(0.1, palette)]
    assert chart.table.rows() == [("Leerling", 40, 10), ("Ouder", 0, 4)]
    assert [note.text for note in chart.figure.layout.annotations][:2] == ["door: leerling · 50", "door: ouder · 4"]


def test_blank_roles_come_last(palette: Palette) -> None:
    """Not filled in is named so, after all others and after a role that the code no longer has."""
    chart = _drawn(palette, ("onbekend", "onbekend", 9), ("oud", "ouder", 1), ("ouder", "leerling", 2))
    assert chart.table["Door"].to_list() == ["Ouder", "oud", "Niet ingevuld"]
    assert chart.table.columns == ["Door", "Bij leerling", "Bij ouder", "Bij niet ingevuld"]
    assert "door niet ingevuld bij niet ingevuld: 9" in chart.summary


def test_counts_can_be_read(palette: Palette) -> None:
    """Every number stands out at 4.5:1 on its cell."""
    for trace in _traces(
        _drawn(palette, ("leerling", "leerling", 90), ("ouder", "leerling", 1), ("ouder", "ouder", 30))
    ):
        for ink, cell in zip(trace["textfont"]["color"], trace["marker"]["color"], strict=True):
            low, high = sorted((theme.luminance(ink), theme.luminance(cell)))
            assert (high + 0.05) / (low + 0.05) >= 4.5


@pytest.mark.parametrize("pairs", [(), (("leerling", "leerling", 0),)])
def test_nobody_did_anything(pairs: tuple[tuple[str, str, int], ...], palette: Palette) -> None:
    """No reports: words, no cells."""
    chart = _drawn(palette, *pairs)
    assert chart.summary == "Er zijn geen meldingen."
    assert chart.table.height == 0
    assert chart.keys == ()


def test_every_one_speaks(palette: Palette) -> None:
    """Words that end a sentence, Dutch separators, no title in the figure; names are not markup."""
    charts = [
        followup.shares(_measured(("x", 1, 2)), _measured(("x", 1, 3)), {"x": "<b>X</b>"}, palette, TEXTS),
        roles.who_to_whom(_roles(("x", "x", 3)), {"x": "<b>X</b>"}, {"x": "<b>X</b>"}, palette, TEXTS),
    ]
    for chart in charts:
        assert chart.summary.endswith(".")
        assert chart.figure.layout.separators == ",."
        assert chart.figure.layout.title.text is None
        drawn = [note.text for note in chart.figure.layout.annotations]
        heard = [text for trace in _traces(chart) for text in trace.get("hovertext", trace.get("customdata")) or ()]
        assert "<b>" not in "".join([*drawn, *heard])
