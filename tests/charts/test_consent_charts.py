"""The charts of Toestemming: the figure, its table and its words hold the same numbers, at the edges as well."""

from datetime import date
from itertools import pairwise

import polars as pl
import pytest

from dashboard.charts import ahead, coverage, matrix, missing, theme, uses
from dashboard.charts.theme import Chart, Palette
from dashboard.indicators import outlook
from dashboard.registry import Registry

LABELS = {"ja": "Geldig ja", "nee": "Geldig nee", "ongeldig": "Niet in orde", "onbekend": "Onbekend"}
PURPOSES = {"a": "Website", "b": "Social media", "c": "Nieuwsbrief"}
NOW, THEN = date(2026, 11, 22), date(2027, 9, 1)


def _steps(*left: int) -> pl.DataFrame:
    rows = pl.DataFrame({"stap": outlook.STEPS, "leerlingen": left}, schema_overrides={"leerlingen": pl.Int64})
    return outlook.in_steps(rows.reverse())


def _waterfall(rows: pl.DataFrame, palette: Palette, registry: Registry, unknown: int = 0) -> Chart:
    labels = {known.code: known.label for known in registry.choices("stap")}
    return missing.waterfall(rows, unknown, palette, labels, ("t", "s"))


def _cells(schools: int, share: float | None = 0.5) -> pl.DataFrame:
    return pl.DataFrame(
        [
            (f"99AA{place:02}", f"School {place}", purpose, None if purpose == "c" and not place else share)
            for place in range(schools)
            for purpose in PURPOSES
        ],
        schema={"brin6": pl.String, "naam": pl.String, "doel": pl.String, "dekking": pl.Float64},
        orient="row",
    )


def _months(*counts: int) -> pl.DataFrame:
    months = [f"{2026 + (10 + place) // 12}-{(10 + place) % 12 + 1:02}" for place in range(len(counts))]
    return pl.DataFrame({"maand": months, "leerlingen": counts}, schema_overrides={"leerlingen": pl.Int64})


def _outlook(*pairs: tuple[int, int]) -> pl.DataFrame:
    return pl.DataFrame(
        [(code, 100, 100 - now, now, 100 - then, then) for code, (now, then) in zip("abc", pairs, strict=False)],
        schema={
            "doel": pl.String,
            "leerlingen": pl.Int64,
            "geldig_nu": pl.Int64,
            "nodig_nu": pl.Int64,
            "geldig_1_september": pl.Int64,
            "nodig_1_september": pl.Int64,
        },
        orient="row",
    )


def _uses(*pairs: tuple[int, int]) -> pl.DataFrame:
    return pl.DataFrame(
        [(f"{2024 + turn}-{2025 + turn}", 3, whole, without) for turn, (without, whole) in enumerate(pairs)],
        schema={
            "schooljaar": pl.String,
            "publicaties": pl.Int64,
            "gebruiken": pl.Int64,
            "zonder_toestemming": pl.Int64,
        },
        orient="row",
    )


def test_the_waterfall_adds_up(palette: Palette, registry: Registry) -> None:
    """What stays and what drops out of a step are together the step before; figure and table say the same."""
    chart = _waterfall(_steps(100, 90, 80, 70, 65, 40), palette, registry)
    stays, gone = chart.figure.data
    assert list(stays.x) == chart.table["Leerlingen"].to_list() == [100, 90, 80, 70, 65, 40]
    assert list(gone.x) == chart.table["Valt hier af"].to_list() == [0, 10, 10, 10, 5, 25]
    assert [a + b for a, b in zip(stays.x, gone.x, strict=True)] == [100, *list(stays.x)[:-1]]
    assert gone.marker.pattern.shape == "/"
    assert "−25" in [note.text for note in chart.figure.layout.annotations]
    assert chart.table["Waarom"][0] == ""
    assert "eerder jaar" in chart.table["Waarom"][5]


def test_nobody_drops_out(palette: Palette, registry: Registry) -> None:
    """Everybody in order, or nobody enrolled: no minus, no division by nothing."""
    for rows in (_steps(7, 7, 7, 7, 7, 7), _steps(0, 0, 0, 0, 0, 0)):
        chart = _waterfall(rows, palette, registry)
        assert not any("−" in note.text for note in chart.figure.layout.annotations)
        assert chart.figure.layout.xaxis.range[1] > 0


def test_the_unknown_are_not_said_to_be_unasked(palette: Palette, registry: Registry) -> None:
    """Of a silent school nobody knows whether pupils were asked: the first step says so, the others don't."""
    rows = _steps(100, 60, 50, 50, 50, 50)
    known, silent = (_waterfall(rows, palette, registry, unknown).table["Waarom"].to_list() for unknown in (0, 30))
    assert "niets aangeleverd" in silent[1]
    assert "niets aangeleverd" not in "".join([*known, *silent[2:]])


@pytest.mark.parametrize("schools", [1, 6, 40])
def test_the_heat_map_has_a_cell_for_each(schools: int, palette: Palette) -> None:
    """Every school and purpose a number; nothing delivered is hatched and has none; the room follows the schools."""
    chart = matrix.schools_by_purpose(_cells(schools), palette, PURPOSES, ("t", "s"), chosen=0)
    assert [trace.name for trace in chart.figure.data] == list(PURPOSES.values())
    assert all(len(trace.x) == schools for trace in chart.figure.data)
    assert chart.figure.data[2].text[0] == ""
    assert chart.figure.data[2].marker.pattern.shape[0] == "/"
    assert "niet aangeleverd" in chart.figure.data[2].customdata[0]
    assert chart.figure.data[0].marker.pattern.shape[0] == ""
    assert chart.table.columns == ["School", "Dekking Website", "Dekking Social media", "Dekking Nieuwsbrief"]
    assert chart.table["Dekking Nieuwsbrief"].to_list() == [None] + [0.5] * (schools - 1)
    assert chart.height == theme.rows_height(schools, below=8) + matrix.HEAD
    assert [key.style for key in chart.keys] == ["vlak", "arcering"]
    assert chart.figure.layout.annotations[0].text == "<b>School 0</b>"


@pytest.mark.parametrize(("label", "size"), [("E-mail", 12), ("Media in de les", 12), ("Nieuwsbrief", 11)])
def test_the_heads_of_the_heat_map_fit(label: str, size: int, palette: Palette) -> None:
    """A word too long for a column on a phone makes every head smaller: no two sizes side by side."""
    heads = matrix.schools_by_purpose(_cells(1), palette, PURPOSES | {"c": label}, ("t", "s")).figure.layout.annotations
    assert {note.font.size for note in heads if note.yref == "paper"} == {size}


def test_the_heat_map_without_figures(palette: Palette) -> None:
    """No school, or a school that delivered nothing: nothing is drawn as zero."""
    empty = matrix.schools_by_purpose(_cells(0), palette, PURPOSES, ("t", "s"))
    assert empty.table.height == 0
    silent = matrix.schools_by_purpose(_cells(2, None), palette, PURPOSES, ("t", "s"))
    assert {text for trace in silent.figure.data for text in trace.text} == {""}
    assert "niet aangeleverd" in silent.summary


def test_cells_can_be_read(palette: Palette) -> None:
    """From 0 to 100 % the number stands out at 4.5:1 on its cell, and a higher share is never closer to the page."""
    shades = [theme.shade(part / 100, palette) for part in range(101)]
    for shade in shades:
        one, other = sorted((theme.luminance(shade), theme.luminance(theme.on(shade))))
        assert (other + 0.05) / (one + 0.05) >= 4.5
    paper = theme.luminance(palette.paper)
    distances = [abs(theme.luminance(shade) - paper) for shade in shades]
    assert all(later >= earlier for earlier, later in pairwise(distances))
    assert distances[0] > 0


def test_turning_16_before_and_after_the_summer(palette: Palette) -> None:
    """Thirteen bars from the running month; those up to July stand out, and the legend names both."""
    counts = [4, 11, 10, 10, 13, 9, 16, 7, 5, 13, 12, 14, 20]
    chart = ahead.turning_16(_months(*counts), palette, "t", "s")
    (bars,) = chart.figure.data
    assert list(bars.y) == chart.table["Leerlingen die 16 worden"].to_list() == counts
    assert list(bars.marker.color) == [palette.subject] * 9 + [palette.context] * 4
    assert chart.table["Maand"].to_list()[0] == "november 2026"
    assert [key.label for key in chart.keys] == ["voor de zomer", "in het volgende schooljaar"]
    assert chart.figure.layout.xaxis.ticktext[:3] == ("nov<br>2026", "jan<br>2027", "mrt")


def test_nobody_turns_16(palette: Palette) -> None:
    """Zeros are drawn as zeros, on an axis of whole pupils; without months nothing is drawn."""
    chart = ahead.turning_16(_months(0, 0, 0), palette, "t", "s")
    assert list(chart.figure.data[0].text) == ["0", "0", "0"]
    assert chart.figure.layout.yaxis.dtick == 1
    assert len(chart.keys) == 1
    assert ahead.turning_16(_months(), palette, "t", "s").table.height == 0


def test_wide_numbers_stand_in_the_table_only(palette: Palette) -> None:
    """Numbers of a whole province don't fit above thirteen bars on a phone."""
    chart = ahead.turning_16(_months(1200, 900), palette, "t", "s")
    assert set(chart.figure.data[0].text) == {""}
    assert chart.table["Leerlingen die 16 worden"].to_list() == [1200, 900]


def test_expiry_now_and_then(palette: Palette) -> None:
    """Two marks a purpose, told apart by shape; figure, label and table hold the same numbers."""
    chart = ahead.expiry(_outlook((20, 100), (0, 0), (100, 90)), palette, PURPOSES, (NOW, THEN), ("t", "s"))
    _, now, then = chart.figure.data
    assert list(now.x) == chart.table["Antwoord nodig nu"].to_list() == [20, 0, 100]
    assert list(then.x) == chart.table["Antwoord nodig op 1 sep 2027"].to_list() == [100, 0, 90]
    assert (now.marker.symbol, then.marker.symbol) == ("circle", "diamond-open")
    assert chart.figure.layout.annotations[0].text == "Website · 20 nu, 100 straks"
    assert [key.style for key in chart.keys] == ["punt", "ruit"]
    assert ahead.expiry(_outlook(), palette, PURPOSES, (NOW, THEN), ("t", "s")).table.height == 0


def test_uses_add_up(palette: Palette) -> None:
    """Without and with a yes beforehand are together all uses; the share has no value where nothing was used."""
    chart = uses.by_school_year(_uses((3, 10), (0, 5), (0, 0)), palette, ("t", "s"))
    without, agreed = chart.figure.data
    both = [a + b for a, b in zip(without.x, agreed.x, strict=True)]
    assert both == chart.table["Keer in beeld of meegedaan"].to_list()
    assert chart.table["Aandeel"].to_list() == [0.3, 0, None]
    assert without.marker.color == palette.invalid
    assert uses.by_school_year(_uses(), palette, ("t", "s")).table.height == 0


def test_uses_differ_in_grey(palette: Palette) -> None:
    """With and without a yes beforehand are told apart without colour: by lines of 3:1, in the legend as well."""
    chart = uses.by_school_year(_uses((3, 10)), palette, ("t", "s"))
    without, agreed = (trace.marker for trace in chart.figure.data)
    assert (without.pattern.shape, agreed.pattern.shape) == ("/", None)
    one, other = sorted((theme.luminance(without.color), theme.luminance(without.pattern.fgcolor)))
    assert (other + 0.05) / (one + 0.05) >= 3
    assert [key.style for key in chart.keys] == ["strepen", "vlak"]


def test_statuses_of_uses(palette: Palette) -> None:
    """Only a valid yes is grey; a status without a label keeps its own name."""
    rows = pl.DataFrame({"status": ["ja", "nee", "oud"], "gebruiken": [5, 2, 1], "vooraf": [True, False, False]})
    chart = uses.by_status(rows, palette, {"ja": "Ja", "nee": "Nee"}, ("t", "s"))
    assert list(chart.figure.data[0].marker.color) == [palette.context, palette.invalid, palette.invalid]
    assert list(chart.figure.data[0].marker.pattern.shape) == ["", "/", "/"]
    assert chart.table["Stand op die dag"].to_list() == ["Ja", "Nee", "oud"]
    assert [key.style for key in chart.keys] == ["strepen", "vlak"]


def test_uses_of_a_silent_school(palette: Palette) -> None:
    """A use of which nobody knows is hatched grey, and the legend says why; nothing else is in the legend."""
    rows = pl.DataFrame({"status": ["onbekend"], "gebruiken": [5], "vooraf": [False]})
    chart = uses.by_status(rows, palette, {}, ("t", "s"))
    assert list(chart.figure.data[0].marker.color) == [palette.unknown]
    assert list(chart.figure.data[0].marker.pattern.shape) == ["/"]
    assert [(key.label, key.style) for key in chart.keys] == [("niets aangeleverd over die dag", "arcering")]


def _outcomes(rows: int, *, unknown: bool = False) -> pl.DataFrame:
    counts = (0, 0, 0, 100) if unknown else (60, 15, 25, 0)
    return pl.DataFrame(
        {"naam": [f"Rij {place}" for place in range(rows)]}
        | {code: [count] * rows for code, count in zip(theme.OUTCOMES, counts, strict=True)}
        | {"dekking": [None if unknown else 0.75] * rows},
        schema_overrides={"dekking": pl.Float64},
    )


def test_the_norm_is_a_line_with_words(palette: Palette) -> None:
    """Drawn at all pupils where the code sets a norm, with room for its words; not drawn where it doesn't."""
    plain = coverage.outcomes_stacked(_outcomes(2), palette, LABELS, ("t", "s", "School"))
    chart = coverage.outcomes_stacked(_outcomes(2), palette, LABELS, ("t", "s", "School"), norm="norm: 100 %")
    assert chart.figure.layout.shapes[0].x0 == chart.figure.layout.shapes[0].x1 == 1
    assert chart.figure.layout.annotations[-1].text == "norm: 100 %"
    assert chart.height > plain.height
    assert not plain.figure.layout.shapes


def test_the_chosen_row_stands_out(palette: Palette) -> None:
    """By weight, not by colour: one row and no other."""
    chart = coverage.outcomes_stacked(_outcomes(3), palette, LABELS, ("t", "s", "School"), chosen=1)
    assert ["<b>" in note.text for note in chart.figure.layout.annotations] == [False, True, False]


def test_the_legend_names_what_is_drawn(palette: Palette) -> None:
    """Unknown is in the legend only where it occurs, and a row of it says that nothing was delivered."""
    known = coverage.outcomes_stacked(_outcomes(1), palette, LABELS, ("t", "s", "Leerjaar"))
    silent = coverage.outcomes_stacked(_outcomes(1, unknown=True), palette, LABELS, ("t", "s", "Leerjaar"))
    assert "Onbekend" not in [key.label for key in known.keys]
    assert [key.label for key in silent.keys] == ["Onbekend"]
    assert "niet aangeleverd" in silent.summary
    assert silent.table["Dekking"].to_list() == [None]
    assert coverage.outcomes_stacked(_outcomes(0), palette, LABELS, ("t", "s", "Leerjaar")).table.height == 0


def test_shares_are_named_as_shares(palette: Palette) -> None:
    """A column of fractions starts with Dekking or Aandeel: by that word a table and a file write it as a share."""
    charts = [
        matrix.schools_by_purpose(_cells(2), palette, PURPOSES, ("t", "s")),
        uses.by_school_year(_uses((3, 10)), palette, ("t", "s")),
        coverage.outcomes_stacked(_outcomes(1), palette, LABELS, ("t", "s", "School")),
    ]
    for chart in charts:
        fractions = [name for name, kind in chart.table.schema.items() if kind == pl.Float64]
        assert fractions
        assert all(name.startswith(("Dekking", "Aandeel")) for name in fractions)


def test_every_new_chart_speaks(palette: Palette, registry: Registry) -> None:
    """Words that end a sentence, Dutch separators, text large enough, and no text at an angle."""
    charts = [
        _waterfall(_steps(9, 8, 7, 6, 5, 4), palette, registry),
        matrix.schools_by_purpose(_cells(2), palette, PURPOSES, ("t", "s")),
        ahead.turning_16(_months(1, 2), palette, "t", "s"),
        ahead.expiry(_outlook((1, 2)), palette, PURPOSES, (NOW, THEN), ("t", "s")),
        uses.by_school_year(_uses((3, 10)), palette, ("t", "s")),
    ]
    for chart in charts:
        assert chart.summary.endswith(".")
        layout = chart.figure.layout
        assert layout.separators == ",."
        assert layout.font.size == theme.TEXT
        assert layout.xaxis.tickangle in (None, 0)
        assert layout.title.text is None
