"""Toestemming, part by part: what a director reads, and what is said where there is nothing to read."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import dutch
from dashboard.registry import Registry, load_registry
from dashboard.settings import Settings
from dashboard.ui import ask
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


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("part", PARTS)
def test_only_the_open_part_is_made(part: str) -> None:
    """The address opens a part; it has its charts, and no chart of another part is made."""
    app = _open(part)
    assert len(specs(app)) == 1 + PARTS[part]


@pytest.mark.usefixtures("shown")
def test_an_unknown_part_is_the_first() -> None:
    """An address that names no part shows what is missing."""
    assert "Wat er per stand nodig is" in words(_open("x'; drop <script>"))


def test_a_director_reads_it_from_the_page(shown: Settings) -> None:
    """How many lack an answer for the website and why, who turns 16 before the summer, what 1 September asks."""
    brin6, name = next(iter(screens.school_names(6).items()))
    facts = _facts(open_page("consent", school=name))
    counts = _table(shown, "consent_coverage", brin6=brin6, doel="beeld_website", lezing="code")
    missing = counts.filter(pl.col("peildatum") == screens.TODAY)["ongeldig"][0]
    assert f"<dt>Niet in orde</dt><dd><b>{dutch.number(missing)}</b>" in facts
    assert "het vaakst: verlopen ja" in facts
    older = _table(shown, "turning_16", brin6=brin6).filter(pl.col("maand") <= "2027-07")["leerlingen"].sum()
    assert f"<dt>Wordt 16 voor de zomer</dt><dd><b>{older}</b>" in facts
    needed = _table(shown, "expiry_outlook", brin6=brin6, doel="beeld_website")["nodig_1_september"][0]
    assert f"<dt>Nodig op 1 september 2027</dt><dd><b>{dutch.number(needed)}</b>" in facts
    assert "op 30 november 2025" in facts


def test_the_share_of_yes_is_neutral(shown: Settings) -> None:
    """The share of yes stands beside the number of no, and both are in order; it is no target."""
    app = open_page("consent")
    said = words(app)
    row = _table(shown, "consent_coverage", brin6="*", doel="beeld_website", lezing="code").filter(
        pl.col("peildatum") == screens.TODAY
    )
    yes, whole = row["ja"][0], sum(row.select("ja", "nee", "ongeldig").row(0))
    assert f"<dt>Aandeel ja</dt><dd><b>{dutch.share(yes / whole)}</b>" in _facts(app)
    assert "keer nee; beide zijn in orde" in said
    for claim in ("streef", "doelstelling", "te weinig ja", "beter", "slechter"):
        assert claim not in said


@pytest.mark.usefixtures("shown")
def test_what_the_article_asks() -> None:
    """Each status that isn't in order stands with its pupils, what is asked and the article of the purpose."""
    table = words(_open("Wat ontbreekt")).split("Wat er per stand nodig is")[-1].split("</table>")[0]
    assert "Elk jaar een nieuw antwoord" in table
    assert "IV.M.8" in table
    assert 'data-label="Leerlingen"' in table
    lesson = words(_open("Wat ontbreekt", doel="WhatsApp voor de les"))
    assert "IV.M.9" in lesson.split("Wat er per stand nodig is")[-1]


@pytest.mark.usefixtures("shown")
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


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("part", ["Wat ontbreekt", "Door het jaar", "Vooruitkijken", "Manieren van tellen"])
def test_a_silent_school_is_not_said_to_lack_answers(part: str) -> None:
    """Unknown is something else than not in order, and somebody can do something about it."""
    said = words(_open(part, school=SILENT))
    assert said.count("Onbekend is iets anders dan niet in orde") == 1
    assert "De administrateur van de school kan de toestemmingen aanleveren" in said


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("part", DAY_OF_DELIVERY)
def test_another_day_is_said(part: str) -> None:
    """What exists for the day of the delivery only says so when another day is chosen, and not otherwise."""
    note = "alleen voor de dag van de levering, 22 november 2026"
    assert words(_open(part)).count(note) == 0
    assert words(_open(part, peildatum="30 juni 2026")).count(note) == DAY_OF_DELIVERY[part]


@pytest.mark.usefixtures("shown")
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


@pytest.mark.usefixtures("shown")
def test_each_way_to_count_side_by_side() -> None:
    """The three readings and the three meanings of "every year", what they disagree on, and which one counts now."""
    said = words(_open("Manieren van tellen"))
    for label in ("Privacywet (AVG)", "Gedragscode", "Strikt", "Twaalf maanden", "Per jaar van de code"):
        assert f"<dt>{label}</dt>" in said
    table = said.split("Wat niet bij elke manier van tellen hetzelfde telt")[-1].split("</table>")[0]
    assert "Werd 16, ouders zeiden ja" in table
    assert "Niet gevraagd" not in table
    assert "zo telt het nu" in specs(_open("Manieren van tellen"))[-1]


@pytest.mark.usefixtures("shown")
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


def _without(brin6: str) -> dict[str, Any]:
    """Change every table that counts pupils of today: a school has none any more."""
    gone = pl.col("brin6") == brin6
    today = pl.col("peildatum") == screens.TODAY
    of_today = dict.fromkeys(("consent_by_year_group", "consent_by_year_rule", "consent_waterfall", "turning_16"), gone)
    counted = {"expiry_outlook": gone, "consent_coverage": gone & today, "consent_status": gone & today}
    return {name: _removing(rows) for name, rows in (of_today | counted).items()}


def _removing(rows: pl.Expr) -> Any:
    return lambda frame: frame.filter(~rows)


OF_THE_OTHERS = "van de leerlingen over wie is aangeleverd"


def test_everything_in_order_but_one_school_is_silent(full: Settings) -> None:
    """Five schools are in order and of the sixth nothing is known: nothing is said of all pupils."""
    sound = pl.col("status").is_in(["ja", "onbekend"])
    sure = (pl.col("ongeldig") * 0).alias("ongeldig")
    change(
        full,
        consent_status=lambda rows: rows.filter(sound),
        consent_coverage=lambda rows: rows.with_columns(sure),
    )
    app = _open("Wat ontbreekt")
    answer = words(app).split('class="antwoord"')[1].split("</p>")[0]
    assert "alle leerlingen van alle scholen samen over wie is aangeleverd, ligt" in answer
    assert f"Er ontbreekt geen enkel geldig antwoord {OF_THE_OTHERS}" in words(app)
    assert f"{OF_THE_OTHERS}, hoeft geen antwoord meer te komen" in _facts(app)
    assert "Onbekend" in specs(app)[1]


SILENT_THEN = "30 juni 2026"


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(
    ("part", "day", "said"),
    [
        ("Wat ontbreekt", "", ["voor 22 november 2026 niets"]),
        ("Wat ontbreekt", SILENT_THEN, ["voor 30 juni 2026 niets", "voor 22 november 2026 niets"]),
        ("Vooruitkijken", SILENT_THEN, ["voor 22 november 2026 niets"]),
        ("Door het jaar", SILENT_THEN, ["voor geen enkele peildatum iets"]),
        ("Manieren van tellen", "", ["voor 22 november 2026 niets"]),
        ("Manieren van tellen", SILENT_THEN, ["voor 30 juni 2026 niets", "voor 22 november 2026 niets"]),
    ],
)
def test_what_is_silent_names_its_own_day(part: str, day: str, said: list[str]) -> None:
    """Each figure has a day of its own, whatever day is chosen; nothing is drawn of a day without a delivery."""
    app = _open(part, school=SILENT, **({"peildatum": day} if day else {}))
    told = words(app).split('class="feiten')[-1]
    assert [text for text in said if f"Over {SILENT} is {text} aangeleverd." in told] == said
    assert told.count("Onbekend is iets anders dan niet in orde") == len(said)
    assert len(specs(app)) == 1


@pytest.mark.parametrize("part", ["Wat ontbreekt", "Vooruitkijken", "Manieren van tellen"])
def test_a_closed_school_is_not_told_to_choose_another_snapshot(part: str, full: Settings) -> None:
    """It has no pupils on the day of the delivery, and no snapshot changes that."""
    brin6, name = next(iter(screens.school_names(6).items()))
    change(full, **_without(brin6))
    said = words(_open(part, school=name, peildatum="30 juni 2026"))
    assert said.count("Op 22 november 2026 zijn er geen leerlingen ingeschreven.") == 1
    assert "momentopname" not in said.split("feiten")[-1]


def test_a_closed_school_without_publications(full: Settings) -> None:
    """Whether it delivered publications has nothing to do with its pupils of today."""
    (brin6,) = [brin6 for brin6, name in screens.school_names(6).items() if name == WITHOUT_PUBLICATIONS]
    change(full, **_without(brin6))
    said = words(_open("Gebruik", school=WITHOUT_PUBLICATIONS, peildatum="30 juni 2026"))
    assert "geen publicaties aangeleverd" in said
    assert "geen leerlingen ingeschreven" not in said


def test_one_pupil_is_one(full: Settings) -> None:
    """Of one pupil nothing is said in the plural."""
    one = pl.lit(1, dtype=pl.Int64)
    first = pl.col("maand") == pl.col("maand").min()
    change(
        full,
        turning_16=lambda rows: rows.with_columns(
            pl.when(first).then(1).otherwise(0).cast(pl.Int64).alias("leerlingen")
        ),
        expiry_outlook=lambda rows: rows.with_columns(one.alias("nodig_1_september")),
    )
    facts = _facts(open_page("consent"))
    assert "<b>1</b> leerling met een geldig antwoord" in facts
    assert "<b>1</b> nieuw antwoord, als er niets bijkomt" in facts


@pytest.mark.usefixtures("shown")
def test_the_earlier_share_leaves_out_who_was_silent() -> None:
    """The share of a year ago is one of the schools that delivered then, and that is said beside it."""
    assert re.search(
        r"was dat [\d,]+\xa0%; over [\d.]+ leerlingen is toen niets aangeleverd", _facts(open_page("consent"))
    )
    name = next(iter(screens.school_names(6).values()))
    assert "toen niets aangeleverd" not in _facts(open_page("consent", school=name))


def test_two_schools_of_one_name_in_the_heat_map(full: Settings) -> None:
    """Each has a row of its own, told apart by its brin6, in the title and in the picture."""
    change(full, schools=lambda rows: rows.with_columns(pl.lit("School Oost").alias("naam")))
    spec = _names(specs(_open("Scholen en doelen"))[-1])
    assert {f"School Oost ({brin6})" for brin6 in screens.school_names(6)} <= spec


@pytest.mark.usefixtures("shown")
def test_a_use_that_nobody_can_judge_is_explained() -> None:
    """What was used while the school delivered no answers counts as without consent, and the page says so."""
    assert "Dat geldt ook als de school over die dag geen antwoorden heeft aangeleverd" in words(_open("Gebruik"))


def test_another_default_reading_changes_no_published_figure(settings: Settings, tmp_path: Path) -> None:
    """Year groups, outlook and use follow the code's reading, whichever one a school group starts with."""
    text = settings.registry.read_text(encoding="utf-8").replace("default = true\n", "")
    changed = tmp_path / "gedragscode.toml"
    changed.write_text(text.replace('code = "strikt"\n', 'code = "strikt"\ndefault = true\n'), encoding="utf-8")
    registry = load_registry(changed)
    screens.write_store(settings.store, registry)
    ask.serve(settings.model_copy(update={"registry": changed}), lambda: screens.TODAY)
    note = "alleen voor de manier van tellen &#x27;Gedragscode&#x27;"
    strict = _open("Wat ontbreekt")
    assert note in words(strict)
    assert "manier van tellen: Gedragscode" in _facts(strict)
    by_code = _open("Wat ontbreekt", lezing="Gedragscode")
    assert note not in words(by_code)
    assert "manier van tellen" not in _facts(by_code)
