"""Scholen vergelijken: whether a school differs beyond chance, with two, seven and thirty of them."""

import re
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.indicators.catalogue import PUBLISHED
from dashboard.registry import Registry
from dashboard.settings import Settings
from tests import screens
from tests.pages.reader import change, open_page, specs, words

NAMES = screens.school_names(6)
PARTS = {"Naast elkaar": 2, "Door de tijd": 1, "Wat is toeval?": 1}
"""The parts of the page and how many charts each has, beside the two funnels."""


def _open(part: str = "Naast elkaar", **address: str) -> AppTest:
    return open_page("schools", onderdeel=part, **address)


def _answer(app: AppTest) -> str:
    return words(app).split('class="antwoord">')[1].split("</p>")[0]


def _folder(settings: Settings) -> Path:
    (folder,) = (settings.store / "snapshots").iterdir()
    return folder / "bestuur"


@pytest.mark.parametrize("count", [2, 7, 30])
@pytest.mark.parametrize("part", PARTS)
def test_any_number_of_schools(count: int, part: str, settings: Settings, registry: Registry) -> None:
    """Both funnels and every part, for a pair of schools and for a large group."""
    screens.write_store(settings.store, registry, schools=count)
    app = _open(part)
    funnels = 2 if count > 2 else 0  # of two schools one is silent: nothing to compare
    assert _answer(app)
    assert len(specs(app)) >= PARTS[part] + funnels


def test_one_school(settings: Settings, registry: Registry) -> None:
    """There is nothing to compare, and that is said; the other pages have its figures."""
    screens.write_store(settings.store, registry, schools=1)
    app = _open()
    assert "Er is één school met gegevens: er valt niets te vergelijken" in _answer(app)
    assert not app.tabs


def test_the_figures_are_those_of_the_funnel(shown: Settings) -> None:
    """How many schools differ beyond chance is the number of verdicts in the published table."""
    counts = pl.read_parquet(_folder(shown) / "incident_funnel.parquet")
    latest = PUBLISHED["incident_funnel"].figures(counts).filter(pl.col("periode") == "2026-08/2027-07")
    beyond = latest.filter(pl.col("oordeel") == "wijkt af").height
    assert beyond
    said = words(_open())
    assert f"<dt>Meldingen: verschilt meer dan toeval</dt><dd><b>{beyond}</b> van {latest.height} scholen" in said


@pytest.mark.usefixtures("shown")
def test_what_chance_alone_would_do() -> None:
    """Beside each funnel: how many schools chance puts outside, and whether schools differ among each other."""
    said = words(_open())
    assert said.count("Toeval alleen zet bij") == 2
    assert said.count("onderling meer") >= 2


@pytest.mark.usefixtures("shown")
def test_the_own_school() -> None:
    """The chosen school is spoken of, and stands out in both funnels; without a choice none does."""
    chosen = words(_open(school="School Oost"))
    assert "Bij School Oost ligt van" in chosen
    assert "School Oost heeft 22 meldingen" in chosen
    assert "School Oost heeft" not in words(_open())


@pytest.mark.usefixtures("shown")
def test_silent_schools_are_named() -> None:
    """A school without data is in no funnel, and that is something else than nought."""
    last = list(NAMES.values())[-1]
    said = words(_open())
    assert f"<dt>Scholen zonder gegevens</dt><dd><b>1</b> {last}</dd>" in said
    assert f"Van {last} zijn er geen gegevens: de school staat niet in de figuur." in said


@pytest.mark.usefixtures("shown")
def test_no_ranks() -> None:
    """Schools stand in the fixed order of their names; nothing is first or last."""
    app = _open()
    options = app.multiselect(key="naast").options
    assert options == sorted(options)
    said = words(app).lower()
    assert "er is daarom geen rangorde" in said
    for claim in ("de beste", "de slechtste", "koploper", "hekkensluiter", "nummer 1", "bovenaan", "onderaan"):
        assert claim not in said


def test_the_finding_is_about_all_schools(settings: Settings, registry: Registry) -> None:
    """Of thirty schools twelve are drawn, and the title speaks of thirty: one outside the picture is found as well."""
    screens.write_store(settings.store, registry, schools=30)
    names = screens.school_names(30)
    last = list(names)[-2]
    later = (pl.col("brin6") == last) & (pl.col("maand") >= "2026-01")
    more = pl.when(later).then(pl.lit(60, pl.Int64)).otherwise("incidenten").alias("incidenten")
    change(settings, incident_trend=lambda frame: frame.with_columns(more))
    app = _open("Door de tijd")
    said = words(app)
    assert names[last] not in specs(app)[-1]
    assert f"Bij {names[last]} is er nu een teken van een verandering" in said
    assert re.search(r"wijst toeval [^.]+ grafieken iets aan", said)


@pytest.mark.usefixtures("shown")
def test_what_happened_at_one_school() -> None:
    """Another system at one school is marked as well, and the list names the school."""
    assert f"{list(NAMES.values())[2]}: Meldingen staan in een ander systeem" in words(_open("Door de tijd"))


def test_the_own_school_takes_a_place(shown: Settings) -> None:
    """With an own school three others fit beside it; choosing it as one of them changes nothing."""
    app = _open(school="School Oost")
    app.multiselect(key="naast").set_value([brin6 for brin6, name in NAMES.items() if name != "School Zuid"][:3]).run()
    assert not app.exception
    assert "School Oost" in "".join(specs(app))
    assert shown.store.exists()


@pytest.mark.usefixtures("shown")
def test_schools_side_by_side() -> None:
    """Whoever is chosen is told apart by name; the days to a measure come without a claim of chance."""
    app = _open(naast="School Oost")
    assert "School Oost" in "".join(specs(app))
    assert "Hoeveel speling toeval hier geeft, is niet te zeggen" in words(app)


def test_nothing_reported_yet(full: Settings) -> None:
    """Without incidents there is a funnel of coverage only, and the answer says why."""
    change(full, incident_funnel=lambda frame: frame.clear(), incident_followup=lambda frame: frame.clear())
    assert "van geen enkele school zijn er cijfers over meldingen" in _answer(_open())


def test_an_older_snapshot(full: Settings) -> None:
    """A snapshot from before the incident tables still compares coverage."""
    for table in ("incident_trend", "rare_events", "incident_roles", "incident_followup", "incident_funnel"):
        (_folder(full) / f"{table}.parquet").unlink()
    for part in PARTS:
        assert "dekking" in _answer(_open(part))
