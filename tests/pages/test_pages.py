"""Every page, run as a reader runs it, with a full store, an empty one and odd addresses."""

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.registry import Registry
from dashboard.settings import Settings
from dashboard.ui import ask
from tests import screens
from tests.pages.reader import change, open_page, recoded, specs, turn_to, words

PAGES = ("overview", "consent", "incidents", "schools", "evaluation", "code", "deliveries")


def _walk() -> Iterator[AppTest]:
    """Through every page one after the other, as somebody does who looks at all of them."""
    app = open_page(PAGES[0])
    yield app
    for page in PAGES[1:]:
        yield turn_to(app, page)


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers(page: str) -> None:
    """A question, an answer as one sentence, and three to five figures."""
    said = words(open_page(page))
    assert said.count("<h1>") == 1
    assert said.count('class="antwoord"') == 1
    assert 3 <= said.split("feiten")[1].split("</dl>")[0].count("<dt>") <= 5


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("page", PAGES)
def test_demo_and_age_are_in_sight(page: str) -> None:
    """The quiet strip: made up, of which day, and how old."""
    said = words(open_page(page))
    assert "Demogegevens" in said
    assert "Stand van 22 november 2026 (2 dagen geleden)" in said


@pytest.mark.usefixtures("settings")
@pytest.mark.parametrize("page", PAGES)
def test_an_empty_store_says_who_can_fill_it(page: str) -> None:
    """No figures, no charts: what is missing, who delivers it and how."""
    app = open_page(page)
    assert "Er zijn nog geen gegevens" in words(app)
    assert "gedragscode import" in words(app)
    assert not app.get("plotly_chart")


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("page", PAGES)
def test_nothing_in_the_address_breaks_a_page(page: str) -> None:
    """Values nobody offers are ignored: the page shows its defaults."""
    odd = "x'; drop <script>"
    app = open_page(
        page,
        school=odd,
        doel=odd,
        lezing=odd,
        peildatum="31-31-2026",
        periode=odd,
        naast=odd,
        onderdeel=odd,
        stand=odd,
        als=odd,
        deel="-1",
    )
    assert "*" in [box.value for box in app.selectbox] or page in ("evaluation", "code")
    assert odd not in words(app)


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("page", ["overview", "consent", "incidents", "schools", "deliveries"])
def test_a_school_in_the_address(page: str) -> None:
    """A link shows the school it was made for; every school can be opened, the silent one too."""
    for name in screens.school_names(6).values():
        app = open_page(page, school=name)
        assert app.selectbox(key="school").format_func(app.selectbox(key="school").value) == name


@pytest.mark.parametrize(("schools", "days"), [(1, 1), (2, 400), (650, 0)])
def test_any_number_of_schools(schools: int, days: int, settings: Settings, registry: Registry) -> None:
    """One school, two, or a whole province; with the first day of a store as well."""
    screens.write_store(settings.store, registry, schools=schools, today=screens.TODAY - timedelta(days=days))
    for app in _walk():
        assert all(len(spec) < 200_000 for spec in specs(app))


def test_more_schools_than_fit(settings: Settings, registry: Registry) -> None:
    """Of 90 schools a chart shows forty, and another part when asked; a chosen school is among them."""
    screens.write_store(settings.store, registry, schools=90)
    app = open_page("consent")
    assert "Deze grafiek toont 40 van de 90 scholen" in words(app)
    assert "School 090" not in specs(app)[0]
    app.selectbox(key="deel").set_value("80").run()
    assert "School 090" in specs(app)[0]


@pytest.mark.usefixtures("shown")
def test_the_choices_change_the_page() -> None:
    """Another purpose, reading and day give other figures, and nothing of an earlier choice stays."""
    app = open_page("consent")
    first = words(app)
    app.selectbox(key="doel").set_value("whatsapp_les").run()
    second = words(app)
    assert "whatsApp" not in second
    assert "WhatsApp voor de les" in second
    assert first != second
    app.selectbox(key="lezing").set_value("avg").run()
    assert "Privacywet" in words(app)
    app.selectbox(key="peildatum").set_value("2025-10-31").run()
    assert "31 oktober 2025" in words(app)
    assert not app.exception


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(
    "dimension", ["categorie", "artikel", "platform", "openheid", "reikwijdte", "in_les", "maatregel"]
)
def test_every_breakdown(dimension: str) -> None:
    """Each dimension has a chart with Dutch labels; an unknown platform keeps its own name."""
    app = open_page("incidents")
    app.selectbox(key="uitsplitsing").set_value(dimension).run()
    assert not app.exception
    spec = specs(app)[-1]
    assert ("nieuwapp" in spec) is (dimension == "platform")
    assert "Niet ingevuld" in spec or dimension in ("categorie", "artikel", "reikwijdte")


@pytest.mark.usefixtures("shown")
def test_no_verdict_on_more_or_fewer_reports() -> None:
    """Beside every count: what it doesn't say, and what chance would do; no arrow, no better or worse."""
    said = words(open_page("incidents"))
    assert "Meer meldingen is niet minder veilig" in said
    assert "Dat valt binnen toeval" in said
    for claim in ("↑", "↓", "▲", "▼", "verbeter", "verslechter", "beter dan", "slechter", "veiliger"):
        assert claim not in said


@pytest.mark.usefixtures("shown")
def test_a_refusal_is_in_order() -> None:
    """A no is counted as in order and the page says so."""
    said = words(open_page("consent"))
    assert "telt mee als op orde" in said
    assert "beide zijn in orde" in said


@pytest.mark.usefixtures("shown")
def test_behind_the_toggle() -> None:
    """A chart's table, download and definitions come when opened, and not before."""
    app = open_page("incidents")
    assert not app.get("download_button")
    app.session_state["cijfers_incidenten_maanden"] = True
    app.run()
    said = words(app)
    assert "Wat staat hier?" in said
    assert '<th scope="row"' in said
    assert app.get("download_button")


def test_names_are_escaped(settings: Settings, registry: Registry) -> None:
    """A name from an export is text, never markup."""
    name = screens.write_store(settings.store, registry)
    file = settings.store / "snapshots" / name / "bestuur" / "schools.parquet"
    frame = pl.read_parquet(file).with_columns(pl.lit("<img src=x onerror=alert(1)>").alias("naam"))
    frame.write_parquet(file)
    for app in _walk():
        assert "<img" not in words(app)


def test_one_real_import_makes_a_store_real(settings: Settings, registry: Registry) -> None:
    """A demo snapshot beside a real one doesn't open the door."""
    screens.write_store(settings.store, registry, demo=False, today=date(2026, 10, 1))
    screens.write_store(settings.store, registry, demo=True)
    assert ask.holds_real_data()


def test_an_earlier_snapshot_can_be_chosen(settings: Settings, registry: Registry) -> None:
    """The address holds the snapshot; figures and age are those of its day."""
    first = screens.write_store(settings.store, registry, today=date(2026, 10, 1))
    screens.write_store(settings.store, registry)
    app = open_page("overview")
    assert "22 november 2026" in words(app)
    app.selectbox(key="stand").set_value(first).run()
    assert not app.exception
    assert "Stand van 1 oktober 2026" in words(app)


def test_a_store_that_changes_is_seen_at_once(settings: Settings, registry: Registry) -> None:
    """A new import is shown at the next view; a store that is emptied shows the empty state."""
    screens.write_store(settings.store, registry, today=date(2026, 10, 1))
    assert "1 oktober 2026" in words(open_page("overview"))
    screens.write_store(settings.store, registry)
    assert "22 november 2026" in words(open_page("overview"))
    shutil.rmtree(settings.store)
    assert "nog geen gegevens" in words(open_page("overview"))


@pytest.mark.usefixtures("shown")
def test_figures_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second view of the same snapshot asks the store nothing and builds no figure."""
    assert len([*_walk()]) == len(PAGES)
    built: list[str] = []
    monkeypatch.setattr("dashboard.charts.theme.figure", lambda *_a, **_k: built.append("figure"))
    monkeypatch.setattr("dashboard.store.questions.Questions.ask", lambda *_a, **_k: built.append("asked"))
    assert len([*_walk()]) == len(PAGES)
    assert built == []


VIEWS: tuple[tuple[str, dict[str, str]], ...] = (
    ("incidents", {"onderdeel": "Waarover", "periode": "Halfjaar feb – jul 2026"}),
    ("incidents", {"onderdeel": "Waarover", "uitsplitsing": "Platform"}),
    ("incidents", {"onderdeel": "Wie bij wie", "periode": "Schooljaar 2025-2026"}),
    ("incidents", {"onderdeel": "Wat er is gedaan"}),
    ("incidents", {"onderdeel": "Zelfde halfjaar"}),
    ("schools", {"onderdeel": "Naast elkaar", "doel": "WhatsApp voor de les"}),
    ("schools", {"onderdeel": "Naast elkaar", "periode": "Schooljaar 2025-2026"}),
    ("schools", {"onderdeel": "Door de tijd"}),
    ("schools", {"onderdeel": "Door de tijd", "verloop_van": "Dekking"}),
    ("consent", {"onderdeel": "Door het jaar"}),
    ("overview", {}),
)


@pytest.mark.usefixtures("shown")
def test_nothing_kept_is_shown_elsewhere() -> None:
    """Whatever was looked at before, a view shows what it would have shown alone."""
    schools = ("School Oost", "School Midden", "")
    asked = [(page, view | ({"school": school} if school else {})) for page, view in VIEWS for school in schools]
    views = [open_page(page, **address) for page, address in asked]
    for (page, address), view in zip(asked, views, strict=True):
        kept = words(view), specs(view)
        st.cache_resource.clear()
        assert kept == (words(view.run()), specs(view)), (page, address)


def test_the_demo_gives_way_to_the_first_import(tmp_path: Path, registry: Registry) -> None:
    """A running server shows the demo for as long as its store is empty, and not a moment longer."""
    real, demo = Settings(store=tmp_path / "real"), Settings(store=tmp_path / "demo")
    screens.write_store(demo.store, registry)
    ask.serve(real, lambda: screens.TODAY, demo=demo)
    shown = ask.current()
    assert shown is not None
    assert shown.demo
    screens.write_store(real.store, registry, demo=False)
    shown = ask.current()
    assert shown is not None
    assert not shown.demo
    assert ask.holds_real_data()


def test_a_code_without_a_day_in_force(full: Settings) -> None:
    """Nothing to count from: the pages say so, and no step is called late or on time."""
    change(full, evaluation_clock=lambda clock: clock.clear())
    for page in ("overview", "evaluation"):
        said = words(open_page(page))
        assert "De datum waarop de gedragscode ingaat, staat nog niet vast" in said
        assert "op tijd" not in said
        assert 3 <= said.split("feiten")[1].split("</dl>")[0].count("<dt>") <= 5


def test_a_figure_of_an_earlier_day_names_that_day(full: Settings) -> None:
    """Days left are counted from the day of the snapshot, and said so when that isn't today."""
    assert "De gedragscode gold op 22 november 2026 nog 70 dagen; één stap was toen te laat" in words(
        open_page("overview")
    )
    ask.serve(full, lambda: screens.TODAY)
    said = words(open_page("overview"))
    assert "De gedragscode geldt nog 70 dagen; één stap is te laat" in said
    assert "dagen, tot en met 31 januari 2027" in said


def test_what_the_code_no_longer_has_breaks_no_page(full: Settings, registry: Registry) -> None:
    """A purpose, status, reading or category of an older snapshot is shown by its code."""
    purpose, category = registry.purposes[-1].code, registry.categories[0].code
    change(
        full,
        consent_coverage=lambda frame: recoded("doel", purpose, "oud_doel")(
            recoded("lezing", "strikt", "oude_lezing")(frame)
        ),
        consent_status=lambda frame: recoded("doel", purpose, "oud_doel")(
            recoded("status", "verlopen_ja", "oude_stand")(frame)
        ),
        incidents_by=recoded("waarde", category, "oude_categorie"),
    )
    assert "oud_doel" in words(open_page("overview"))
    assert "oude_stand" in specs(open_page("consent"))[1]
    assert "oude_categorie" in specs(open_page("incidents"))[-1]
    for page in ("evaluation", "deliveries"):
        open_page(page)
    app = open_page("consent")
    app.selectbox(key="doel").set_value(purpose).run()
    assert not app.exception
    assert "In deze momentopname staan geen cijfers voor deze keuze" in words(app)


def test_a_school_without_pupils_is_not_said_to_have_delivered_nothing(full: Settings) -> None:
    """Nobody enrolled: no figures, and no word that answers or incidents never came."""
    school = "99XA00"
    name = screens.school_names(6)[school]
    gone = pl.col("brin6") == school
    change(
        full,
        consent_coverage=lambda frame: frame.filter(~gone),
        consent_status=lambda frame: frame.filter(~gone),
        incidents_monthly=lambda frame: frame.with_columns(
            pl.when(gone).then(0).otherwise("leerlingen").alias("leerlingen")
        ),
        incident_trend=lambda frame: frame.filter(~gone),
    )
    said = words(open_page("overview", school=name))
    assert "geen leerlingen met cijfers over toestemming" in said
    assert "er geen leerlingen ingeschreven" in said
    assert "niets aangeleverd" not in said
    assert "geen enkele peildatum" in words(open_page("consent", school=name))
    said = words(open_page("incidents", school=name))
    assert "er geen leerlingen ingeschreven" in said


def test_closed_and_future_schools_are_not_asked_for_anything(full: Settings) -> None:
    """The silent school has closed: nothing of it is missing, nor counted among the schools that deliver."""
    silent = screens.school_names(6)
    school, name = next((brin6, name) for brin6, name in reversed(silent.items()))
    assert f">{name}</th>" in words(open_page("overview")).split("<caption>Ontbrekende")[1]
    assert "van 6 scholen over november 2026" in words(open_page("incidents"))
    st.cache_resource.clear()
    closes = pl.when(pl.col("brin6") == school).then(screens.TODAY)
    change(full, schools=lambda frame: frame.with_columns(closes.alias("actief_tot")))
    assert f">{name}</th>" not in words(open_page("overview")).split("<caption>Ontbrekende")[-1]
    assert "van 5 scholen over november 2026" in words(open_page("incidents"))
    for page in ("overview", "deliveries"):
        closed = f"{name} is op 22 november 2026 geen school van de groep"
        assert closed in words(open_page(page, school=name))
    assert name not in words(open_page("deliveries")).split('class="antwoord"')[1].split("feiten")[0]


def test_the_overview_says_whether_everything_is_there(full: Settings) -> None:
    """Of how many schools, and at the foot which; where nothing is missing, that is said as calmly."""
    school, name = next((brin6, name) for brin6, name in reversed(screens.school_names(6).items()))
    said = words(open_page("overview"))
    assert f"<b>5</b> van 6 scholen · zie onderaan wat er ontbreekt van {name}" in said
    assert f"Van {name} ontbreken gegevens; van de andere vijf scholen is alles aangeleverd" in said
    assert "<b>nee</b> zie onderaan" in words(open_page("overview", school=name))
    st.cache_resource.clear()
    closes = pl.when(pl.col("brin6") == school).then(screens.TODAY)
    change(full, schools=lambda frame: frame.with_columns(closes.alias("actief_tot")))
    said = words(open_page("overview"))
    assert "<b>5</b> van 5 scholen · leerlingen, toestemmingen en incidenten" in said
    assert "Van elke school is alles aangeleverd wat nodig is" in said
    assert "Gegevens compleet" not in words(open_page("overview", school=name))


@pytest.mark.usefixtures("shown")
def test_a_file_that_was_refused_whole_is_said_in_the_answer() -> None:
    """It has no rows to count: without this sentence it would look as if it was never sent."""
    assert "1 bestand van de laatste levering is niet herkend" in words(open_page("deliveries"))


@pytest.mark.usefixtures("shown")
def test_deliveries_of_a_school_count_its_own_rows() -> None:
    """A school's refused rows are its own; what is about the whole delivery says so."""
    names = screens.school_names(6)
    third = list(names.values())[2]
    said = words(open_page("deliveries", school=third))
    assert "van deze school zijn de laatste keer 8 rijen geweigerd" in said
    assert "gaat over alle scholen samen" in said
    assert "in de laatste levering geweigerd" not in said.split("De hele levering")[0]
    said = words(open_page("deliveries"))
    assert "14 rijen zijn in de laatste levering geweigerd" in said
    assert "gaat over alle scholen samen" not in said


def test_answers_until_a_day_before_the_delivery(full: Settings) -> None:
    """A declaration that ended isn't a school that never delivered: it says until when."""
    said = words(open_page("overview")).split("<caption>Ontbrekende")[1]
    assert "toestemmingen en incidenten" in said
    assert "tot en met" not in said
    st.cache_resource.clear()
    ended = (pl.col("brin6") == "99XC00") & (pl.col("dataset") == "toestemmingen")
    change(
        full,
        data_quality=lambda frame: frame.with_columns(
            pl.when(ended).then(date(2026, 8, 1)).otherwise("van").alias("van"),
            pl.when(ended).then(date(2026, 10, 31)).otherwise("tot").alias("tot"),
        ),
    )
    said = words(open_page("overview")).split("<caption>Ontbrekende")[1]
    assert "toestemmingen en incidenten" not in said
    assert "tot en met 31 oktober 2026" in said


def test_the_overview_leads_to_what_asks_for_attention(full: Settings) -> None:
    """At most three signals, each with its sentence and the page to read on; none for one school alone."""
    said = words(open_page("overview"))
    leads = re.findall(r'<li>([^<]+) <a href="(\w+)" target="_self">(\w+)</a></li>', said)
    assert 0 < len(leads) <= 3
    assert all(page == name.lower() for _, page, name in leads)
    assert "Wat het eerst aandacht vraagt" in said
    change(full, evaluation=lambda rows: rows.clear(), evaluation_clock=lambda clock: clock.clear())
    st.cache_resource.clear()
    assert "Wat het eerst aandacht vraagt" not in words(open_page("overview"))
