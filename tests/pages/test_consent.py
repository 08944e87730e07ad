"""Toestemming, part by part: what a director reads, and what is said where there is nothing to read."""

import json
from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import dutch
from dashboard.registry import Registry
from dashboard.settings import Settings
from tests import screens
from tests.pages.reader import change, open_page, specs, words

WITHOUT_PUBLICATIONS, SILENT = "School Midden", "School Zuid"
"""The second and the last of the six made-up schools."""

PARTS = {
    "Wat ontbreekt": 3,
    "Scholen en doelen": 1,
    "Door het jaar": 1,
    "Vooruitkijken": 2,
    "Gebruik": 2,
    "Manieren van tellen": 2,
}
"""The parts of the page and how many charts each has, beside the one of the schools."""

DAY_OF_DELIVERY = {"Wat ontbreekt": 2, "Vooruitkijken": 2, "Gebruik": 0, "Manieren van tellen": 1}
"""How many of them exist for the day of the delivery only."""

NEW_TABLES = (
    "consent_by_year_group",
    "consent_by_year_rule",
    "consent_waterfall",
    "turning_16",
    "expiry_outlook",
    "use_without_consent",
    "use_by_status",
)


def _open(part: str, **address: str) -> AppTest:
    return open_page("consent", onderdeel=part, **address)


def _table(settings: Settings, name: str, **wanted: str) -> pl.DataFrame:
    (folder,) = (settings.store / "snapshots").iterdir()
    rows = pl.read_parquet(folder / "bestuur" / f"{name}.parquet")
    return rows.filter(*(pl.col(column) == value for column, value in wanted.items()))


def _drop(settings: Settings, *names: str) -> None:
    (folder,) = (settings.store / "snapshots").iterdir()
    for name in names:
        (folder / "bestuur" / f"{name}.parquet").unlink()


def _facts(app: AppTest) -> str:
    return words(app).split("feiten")[1].split("</dl>")[0]


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("part", PARTS)
def test_only_the_open_part_is_made(part: str) -> None:
    """The address opens a part; it has its charts, and no chart of another part is made."""
    app = _open(part)
    assert len(specs(app)) == 1 + PARTS[part]


@pytest.mark.usefixtures("full")
def test_an_unknown_part_is_the_first() -> None:
    """An address that names no part shows what is missing."""
    assert "Wat er per stand nodig is" in words(_open("x'; drop <script>"))


def test_a_director_reads_it_from_the_page(full: Settings) -> None:
    """How many lack an answer for the website and why, who turns 16 before the summer, what 1 September asks."""
    brin6, name = next(iter(screens.school_names(6).items()))
    facts = _facts(open_page("consent", school=name))
    counts = _table(full, "consent_coverage", brin6=brin6, doel="beeld_website", lezing="code")
    missing = counts.filter(pl.col("peildatum") == screens.TODAY)["ongeldig"][0]
    assert f"<dt>Niet in orde</dt><dd><b>{dutch.number(missing)}</b>" in facts
    assert "het vaakst: verlopen ja" in facts
    older = _table(full, "turning_16", brin6=brin6).filter(pl.col("maand") <= "2027-07")["leerlingen"].sum()
    assert f"<dt>Wordt 16 voor de zomer</dt><dd><b>{older}</b>" in facts
    needed = _table(full, "expiry_outlook", brin6=brin6, doel="beeld_website")["nodig_1_september"][0]
    assert f"<dt>Nodig op 1 september 2027</dt><dd><b>{dutch.number(needed)}</b>" in facts
    assert "op 30 november 2025" in facts


def test_the_share_of_yes_is_neutral(full: Settings) -> None:
    """The share of yes stands beside the number of no, and both are in order; it is no target."""
    app = open_page("consent")
    said = words(app)
    row = _table(full, "consent_coverage", brin6="*", doel="beeld_website", lezing="code").filter(
        pl.col("peildatum") == screens.TODAY
    )
    yes, whole = row["ja"][0], sum(row.select("ja", "nee", "ongeldig").row(0))
    assert f"<dt>Aandeel ja</dt><dd><b>{dutch.share(yes / whole)}</b>" in _facts(app)
    assert "keer nee; beide zijn in orde" in said
    for claim in ("streef", "doelstelling", "te weinig ja", "beter", "slechter"):
        assert claim not in said


@pytest.mark.usefixtures("full")
def test_what_the_article_asks() -> None:
    """Each status that isn't in order stands with its pupils, what is asked and the article of the purpose."""
    table = words(_open("Wat ontbreekt")).split("Wat er per stand nodig is")[-1].split("</table>")[0]
    assert "Elk jaar een nieuw antwoord" in table
    assert "IV.M.8" in table
    assert 'data-label="Leerlingen"' in table
    lesson = words(_open("Wat ontbreekt", doel="WhatsApp voor de les"))
    assert "IV.M.9" in lesson.split("Wat er per stand nodig is")[-1]


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("school", [WITHOUT_PUBLICATIONS, SILENT])
def test_every_part_of_one_school(part: str, school: str) -> None:
    """A school without publications and one that never delivers: words instead of empty axes."""
    app = _open(part, school=school)
    said = words(app)
    assert school in said
    if school == SILENT:
        assert len(specs(app)) == (2 if part == "Scholen en doelen" else 1)
        assert "Er ontbreekt geen enkel geldig antwoord" not in said
    if part == "Gebruik":
        assert "niet aantoonbaar" in said
        assert "Wie de website, social media en nieuwsbrief beheert" in said
        assert len(specs(app)) == 1


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("part", ["Wat ontbreekt", "Door het jaar", "Vooruitkijken", "Manieren van tellen"])
def test_a_silent_school_is_not_said_to_lack_answers(part: str) -> None:
    """Unknown is something else than not in order, and somebody can do something about it."""
    said = words(_open(part, school=SILENT))
    assert said.count("Onbekend is iets anders dan niet in orde") == 1
    assert "De administrateur van de school kan de toestemmingen aanleveren" in said


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("part", DAY_OF_DELIVERY)
def test_another_day_is_said(part: str) -> None:
    """What exists for the day of the delivery only says so when another day is chosen, and not otherwise."""
    note = "alleen voor de dag van de levering, 22 november 2026"
    assert words(_open(part)).count(note) == 0
    assert words(_open(part, peildatum="30 juni 2026")).count(note) == DAY_OF_DELIVERY[part]


@pytest.mark.usefixtures("full")
def test_another_reading_is_said() -> None:
    """Year groups and the outlook follow the code; whoever counts otherwise reads that beside them."""
    note = "alleen voor de manier van tellen"
    assert note not in words(_open("Wat ontbreekt"))
    app = _open("Wat ontbreekt", lezing="Strikt")
    assert note in words(app)
    assert "manier van tellen: Gedragscode" in _facts(app)
    assert "manier van tellen" not in _facts(open_page("consent"))


@pytest.mark.parametrize("part", PARTS)
def test_an_older_snapshot(part: str, full: Settings) -> None:
    """Without the newer tables the page answers all the same, and says what isn't in the snapshot."""
    _drop(full, *NEW_TABLES)
    app = _open(part)
    said = words(app)
    assert 'class="antwoord"' in said
    assert "Wordt 16 voor de zomer" not in said
    absent = part in ("Wat ontbreekt", "Vooruitkijken", "Gebruik", "Manieren van tellen")
    assert said.count("Deze cijfers staan niet in deze momentopname") == int(absent)
    assert "geen publicaties aangeleverd" not in said


def test_everything_in_order(full: Settings) -> None:
    """Everybody answered: nothing is asked of anybody, and no empty chart is drawn."""
    everybody = pl.col("status") == "ja"
    change(
        full,
        consent_status=lambda rows: rows.filter(everybody),
        consent_coverage=lambda rows: rows.with_columns(
            pl.lit(0).cast(pl.Int64).alias("ongeldig"), pl.lit(0).cast(pl.Int64).alias("onbekend")
        ),
    )
    app = _open("Wat ontbreekt")
    assert "Er ontbreekt geen enkel geldig antwoord" in words(app)
    assert "Wat er per stand nodig is" not in words(app)
    assert "er hoeft geen antwoord meer te komen" in _facts(app)


@pytest.mark.usefixtures("full")
def test_each_way_to_count_side_by_side() -> None:
    """The three readings and the three meanings of "every year", what they disagree on, and which one counts now."""
    said = words(_open("Manieren van tellen"))
    for label in ("Privacywet (AVG)", "Gedragscode", "Strikt", "Twaalf maanden", "Per jaar van de code"):
        assert f"<dt>{label}</dt>" in said
    table = said.split("Wat niet bij elke manier van tellen hetzelfde telt")[-1].split("</table>")[0]
    assert "Werd 16, ouders zeiden ja" in table
    assert "Niet gevraagd" not in table
    assert "zo telt het nu" in specs(_open("Manieren van tellen"))[-1]


@pytest.mark.usefixtures("full")
def test_statuses_of_uses_have_labels() -> None:
    """Somebody who wasn't enrolled is named in words."""
    spec = specs(_open("Gebruik"))[-1]
    assert "Niet ingeschreven" in spec
    assert "niet_ingeschreven" not in spec


def test_the_heat_map_of_many_schools(settings: Settings, registry: Registry) -> None:
    """Forty rows a picture, with a list of its own to go through the others; a chosen school is among them."""
    screens.write_store(settings.store, registry, schools=90)
    app = _open("Scholen en doelen")
    assert _names(specs(app)[-1]).isdisjoint({"School 090"})
    app.selectbox(key="deel_doelen").set_value("80").run()
    assert "School 090" in _names(specs(app)[-1])
    chosen = _open("Scholen en doelen", school="School 085")
    assert "<b>School 085</b>" in _names(specs(chosen)[-1])


def _names(spec: str) -> set[str]:
    figure: dict[str, Any] = json.loads(spec)
    return {note["text"] for note in figure["layout"]["annotations"]}


@pytest.mark.parametrize(("schools", "days"), [(1, 0), (1, 700), (2, 400)])
def test_few_schools_and_first_days(schools: int, days: int, settings: Settings, registry: Registry) -> None:
    """One school only, and a store without an earlier year: every part can be read."""
    screens.write_store(settings.store, registry, schools=schools, today=screens.TODAY - timedelta(days=days))
    for part in PARTS:
        assert 'class="antwoord"' in words(_open(part))
