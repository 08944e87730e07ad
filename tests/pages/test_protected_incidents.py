"""Incidenten and Scholen vergelijken for whoever may not see small numbers: hidden months, schools and values."""

from datetime import date, timedelta

import polars as pl
import pytest

from dashboard.charts import control, trends, verdicts
from dashboard.charts.theme import PALETTES
from dashboard.disclosure.masking import HIDDEN
from dashboard.indicators import changes_in_time, sentences, shown, side_by_side
from dashboard.indicators.findings import trend_finding
from dashboard.indicators.funnel_findings import rate_finding
from dashboard.settings import Settings
from dashboard.store.snapshots import Snapshot
from dashboard.ui import ask
from tests.indicators.school_funnels import rate_funnel
from tests.pages.reader import open_page, words

OWN, OTHER = "99AA00", "Vakcollege Schieboog"
MONTHS = ("2025-09", "2025-10", "2026-09", "2026-10")
TEXTS = ("titel", "onder de titel", "Platform")
LIMITS = "midden,onder,boven,signaal"


@pytest.fixture
def group(small_group: Snapshot) -> Snapshot:
    """The small group as the store of this test."""
    ask.serve(Settings(store=small_group.folder.parent.parent), lambda: small_group.today + timedelta(days=2))
    return small_group


def _of_group(counts: tuple[int | None, ...], pupils: tuple[int, ...] = (9000,) * 4) -> pl.DataFrame:
    """Months of the group as a protected audience gets them; None is hidden."""
    return pl.DataFrame(
        {"maand": MONTHS, "brin6": "*", "incidenten": counts, "leerlingen": pupils, "lesdagen": 20, "aangeleverd": True}
    ).with_columns(
        ratio=pl.col("incidenten") * 1000 / pl.col("leerlingen"),
        verborgen=pl.when(pl.col("incidenten").is_null()).then(pl.lit("incidenten,ratio")),
    )


def _trend(monthly: pl.DataFrame) -> pl.DataFrame:
    """The series without limits, as one of its months is hidden."""
    nothing = pl.lit(None, dtype=pl.Float64)
    return monthly.with_columns(
        nothing.alias("midden"),
        nothing.alias("onder"),
        nothing.alias("boven"),
        pl.lit(None, dtype=pl.String).alias("signaal"),
        pl.lit(value=False).alias("voorlopig"),
        deel=pl.lit(1),
        blootstelling=pl.col("leerlingen") / 1000,
        verborgen=pl.concat_str("verborgen", pl.lit(LIMITS), separator=",", ignore_nulls=True),
    )


@pytest.mark.usefixtures("group")
@pytest.mark.parametrize("audience", ["gmr", f"directeur:{OWN}"])
@pytest.mark.parametrize(
    ("page", "address", "said"),
    [
        ("incidents", {}, ("niet elke maand is getoond", shown.EXPLAINED, "zonder grenzen van toeval")),
        ("incidents", {"school": OTHER}, ("Per maand staan de meldingen van één school hier niet",)),
        ("incidents", {"onderdeel": "Wat er is gedaan"}, (shown.EXPLAINED,)),
        ("incidents", {"onderdeel": "Wie bij wie", "periode": "Schooljaar 2024-2025"}, (shown.EXPLAINED,)),
        ("schools", {}, ("Scholen met een x", "telt in de titel niet mee")),
        ("schools", {"onderdeel": "Door de tijd"}, ("Meldingen per maand staan hier niet per school",)),
    ],
)
def test_what_is_not_there_is_said(page: str, address: dict[str, str], said: tuple[str, ...], audience: str) -> None:
    """Nothing goes wrong, and what isn't there is said to be hidden: not to be nothing, and not to be late."""
    read = words(open_page(page, als=audience, **address))
    assert not [text for text in said if text not in read]
    assert not [wrong for wrong in ("None", "nan", "nog geen hele maand", "zijn meldingen zeldzaam") if wrong in read]


@pytest.mark.usefixtures("group")
def test_the_own_school_is_exact() -> None:
    """A director sees the own school month by month, with everything that was done."""
    read = words(open_page("incidents", als=f"directeur:{OWN}", school="Lyceum Zilverhaven", onderdeel="Wie bij wie"))
    assert "niet getoond" not in read
    assert "Per maand staan" not in read


def test_months_of_the_group() -> None:
    """The group is held against itself without the hidden month; no verdict where other schools delivered."""
    monthly = _of_group((60, 50, None, 30))
    change = changes_in_time.same_months(monthly, date(2026, 11, 22))
    assert (change.now, change.before, change.months, change.hidden) == (30, 50, ("2026-10",), ("2026-09",))
    assert change.is_beyond_chance
    assert "September telt niet mee: een klein aantal" in sentences.left_out(change)
    other = _of_group((60, 50, 40, 30), (9000, 9000, 10000, 10000))
    mixed = changes_in_time.same_months(other, date(2026, 11, 22))
    assert not mixed.is_beyond_chance
    assert "niet in beide jaren leverden dezelfde scholen aan" in sentences.change_title(mixed)


def test_one_school_is_not_the_group() -> None:
    """A director also gets months of the own school: these don't stand in for those of all schools."""
    own = _of_group((6, 5, 4, 3)).with_columns(brin6=pl.lit(OWN))
    change = changes_in_time.same_months(pl.concat([_of_group((60, 50, 40, 30)), own]), date(2026, 11, 22))
    assert (change.now, change.before) == (70, 110)


def test_a_series_with_a_hidden_month() -> None:
    """It isn't called rare or steady, and the month has a mark of its own: no zero, no gap, no month without pupils."""
    monthly = _of_group((60, 50, None, 30))
    finding = trend_finding(_trend(monthly))
    assert finding is not None
    assert finding.is_hidden
    assert not finding.is_rare
    assert "niet elke maand is getoond" in sentences.trend_answer(finding, "de groep", date(2026, 11, 22))
    chart = control.rates(_trend(monthly), monthly, (), PALETTES["light"], TEXTS)
    (marks,) = [trace for trace in chart.figure.data if trace.name == "niet getoond"]
    assert marks.hovertext == ("september 2026: niet getoond, klein aantal",)
    assert not [key for key in chart.keys if "geen leerlingen" in key.label]
    assert chart.table[HIDDEN].to_list() == [None, "Meldingen,Per 1.000 leerlingen", None, None]


def test_hidden_values() -> None:
    """What is hidden may be the most: no total, no rank among the others, and it isn't drawn as nothing."""
    rows = pl.DataFrame(
        {
            "waarde": ["a", "b", "overig", "c", "onbekend"],
            "incidenten": [None, 7, 5, 0, 6],
            HIDDEN: ["incidenten", None, None, None, None],
        }
    )
    assert sentences.largest_value(rows, {}) == "Van wat getoond is, het vaakst gemeld: b, 7 meldingen"
    chart = trends.counts(rows, PALETTES["light"], {"overig": "Overig"}, TEXTS)
    (bars,) = chart.figure.data
    assert list(zip(bars.customdata, bars.text, strict=True)) == [
        ("b", "7"),
        ("Overig", "5"),
        ("a", "x"),
        ("Niet ingevuld", "6"),
    ]
    assert chart.table.filter(pl.col("Platform") == "c")["Meldingen"].to_list() == [0]


def test_a_hidden_school_in_a_funnel() -> None:
    """It is neither silent nor within the limits, and of all schools together nothing is said."""
    funnel = rate_funnel([(60, 200_000), (3, 100_000), (50, 200_000)])
    gone = pl.col("incidenten") == 3
    rows = funnel.with_columns(pl.when(gone).then(pl.lit("incidenten,ratio,oordeel")).alias(HIDDEN)).with_columns(
        pl.when(~gone).then(pl.col(name)).alias(name) for name in ("incidenten", "ratio", "oordeel")
    )
    names = {brin6: f"School {brin6}" for brin6 in rows["brin6"]}
    finding = rate_finding(rows, list(names))
    assert (finding.schools, finding.silent, len(finding.hidden), finding.spread) == (2, (), 1, None)
    assert "getoonde school" in sentences.funnel_rate_title(finding, names)
    assert not sentences.funnel_chance(finding)
    told = sentences.own_school(finding, finding.hidden[0], "School Zuid")
    assert told == "Van School Zuid is hier niets te zeggen: niet getoond, klein aantal (x)."
    assert verdicts.seen(rows, ("ratio", "blootstelling")).height == 2
    beside = side_by_side.rates(rows)
    assert beside.filter(shown.hidden(beside, "waarde"))[["waarde", "van", "tot"]].rows() == [(None, None, None)]


def test_few_of_a_school_have_no_share() -> None:
    """Of fewer than ten uses there is no share where small numbers are hidden, though both counts are shown."""
    uses = pl.DataFrame(
        {"brin6": ["*", OWN], "doel": "site", "gebruiken": [40, 8], "zonder_toestemming": [10, 0], HIDDEN: None},
        schema_overrides={HIDDEN: pl.String},
    )
    nothing = pl.DataFrame(schema={"brin6": pl.String, "doel": pl.String, "maat": pl.String, "dekking": pl.Float64})
    counts = dict.fromkeys(("ja", "nee", "ongeldig", "onbekend", "teller", "noemer"), pl.Int64)
    empty = nothing.with_columns(pl.lit(None, dtype=kind).alias(name) for name, kind in counts.items())
    (row,) = side_by_side.shares(empty.drop("noemer"), empty, uses).iter_rows(named=True)
    assert (row["teller"], row["noemer"], row["waarde"], row["groep"]) == (8, 8, None, 0.75)
    assert row[HIDDEN] == "waarde,van,tot"
