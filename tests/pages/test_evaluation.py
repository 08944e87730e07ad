"""Evaluatie and Gedragscode: what was found of every article, the dossier, and what changed since an earlier day."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import polars as pl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import dossiers
from dashboard.indicators import shown as hiding
from dashboard.indicators.evaluation import VERDICTS
from dashboard.registry import Registry
from dashboard.reports import WRITERS, chapters, closing
from dashboard.reports.content import Bullets, Paragraph, Section
from dashboard.reports.evidence import About, Ask, gather
from dashboard.settings import Settings
from dashboard.ui import ask
from tests import screens
from tests.builders import incident, small_school
from tests.pages.reader import change, open_page, words
from tests.road import Road

PERIOD = "2025-02/2027-01"


def said(*sections: Section) -> list[str]:
    """Every sentence of these sections."""
    texts: list[str] = []
    for section in sections:
        for block in section.blocks:
            texts += [block.text] if isinstance(block, Paragraph) else []
            texts += block.items if isinstance(block, Bullets) else ()
        texts += said(*section.parts)
    return texts


def plain(app: AppTest) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<[^>]+>", " ", words(app))
    for code, sign in {"&amp;": "&", "&#x27;": "'", "&quot;": '"', "&lt;": "<", "&gt;": ">"}.items():
        text = text.replace(code, sign)
    return re.sub(r"\s+", " ", text)


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.usefixtures("shown")
def test_every_article_has_its_finding(registry: Registry) -> None:
    """By chapter: number, title, verdict and sentence; and behind the toggle norm, figures and open question."""
    text = plain(open_page("evaluation"))
    for article in registry.articles:
        assert f"{article.number} {spaced(article.title)}" in text
        assert spaced(article.question) in text
    told = [verdict for verdict in VERDICTS if f"{verdict[:1].upper()}{verdict[1:]}." in text]
    assert set(told) == set(VERDICTS)


@pytest.mark.usefixtures("shown")
def test_no_data_is_a_finding() -> None:
    """Where nothing was delivered the page says that it is unknown; never that it is in order."""
    text = plain(open_page("evaluation"))
    assert "III.6 Stagiairs en vrijwilligers Geen gegevens." in text
    assert "Hoe het is, is dus onbekend" in text


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("part", ["Per artikel", "Per geleding", "Eerdere besluiten"])
def test_the_page_says_what_the_dossier_says(part: str, registry: Registry) -> None:
    """One content for screen and paper: every sentence of the section stands on the page."""
    app = open_page("evaluation", deel=part)
    view = app.session_state["_view"]
    about = About(view.day, view.today, view.snapshot, (), demo=view.demo, audience="bestuur", period=PERIOD)
    evidence = gather(_ask(app), registry, about)
    section = {
        "Per artikel": chapters.by_article,
        "Per geleding": chapters.by_section,
        "Eerdere besluiten": closing.decisions,
    }[part](evidence)
    text = plain(app)
    # Sentences that belong to a picture stand with the picture, which the page of its subject draws.
    pictured = {
        text for chapter in section.parts for text in said(*[one for one in chapter.parts if "samen" in one.anchor])
    }
    wanted = [sentence for sentence in said(section) if sentence not in pictured]
    assert len(wanted) > 3
    assert [sentence for sentence in wanted if spaced(sentence) not in text] == []


def _ask(app: AppTest) -> Ask:
    return dossiers._door(ask.snapshots()[-1], ask.serving(), app.session_state["_view"].audience)


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("Per geleding", "Personeel"),
        ("De tekst zelf", "Twee datums zijn niet ingevuld"),
        ("Eerdere besluiten", "Stagiairs krijgen een brief."),
        ("Wat is veranderd", "Voor deze momentopname is er geen eerdere."),
    ],
)
def test_every_part_can_be_opened_by_its_address(part: str, sentence: str) -> None:
    assert sentence in plain(open_page("evaluation", deel=part))


@pytest.mark.usefixtures("shown")
def test_the_first_screen_counts_the_articles(registry: Registry) -> None:
    """Every article is counted once, and those that need attention are named."""
    text = plain(open_page("evaluation"))
    counts = [int(number) for number in re.findall(rf"(\d+) van {len(registry.articles)} artikelen", text)]
    assert sum(counts) == len(registry.articles)
    assert "Wat het eerst aandacht vraagt" in text


def test_nothing_is_left_hanging_where_a_group_is_empty(full: Settings) -> None:
    """No articles without data: a zero, and no separator with nothing after it."""
    change(full, evaluation=lambda rows: rows.with_columns(pl.lit(1).alias("teller"), pl.lit(None).alias("noemer")))
    text = plain(open_page("evaluation"))
    assert re.search(r"Geen gegevens 0 van \d+ artikelen (?!·)", text)


def test_before_the_code_was_in_force(settings: Settings, registry: Registry) -> None:
    """No evaluation has begun: no article has a figure or a verdict, and there is no dossier to download."""
    screens.write_store(settings.store, registry, today=screens.FIRST_ANSWER + timedelta(days=30))
    app = open_page("evaluation")
    assert not app.get("download_button")
    measurable = sum(bool(article.indicators) for article in registry.articles)
    assert f"Geen gegevens {measurable} van {len(registry.articles)} artikelen" in plain(app)
    assert "Op orde 0 van" in plain(app)


def test_a_snapshot_from_before_the_evaluation_was_counted(full: Settings) -> None:
    """Older than the table: said so, and not that nothing was delivered."""
    (folder,) = (full.store / "snapshots").iterdir()
    for table in ("evaluation", "decisions"):
        (folder / "bestuur" / f"{table}.parquet").unlink()
    app = open_page("evaluation")
    assert not app.get("download_button")
    assert "Deze cijfers staan niet in deze momentopname" in plain(app)
    assert "Geen gegevens" not in plain(app)


@pytest.mark.usefixtures("shown")
def test_the_dossier_in_every_form() -> None:
    """A button for each form, and a file behind it that is the dossier of this very snapshot."""
    app = open_page("evaluation")
    labels = [cast("Any", button).label for button in app.get("download_button")]
    assert [label for label in labels if label.startswith("Download als")][:4] == [
        "Download als PDF",
        "Download als Word",
        "Download als Excel",
        "Download als webpagina",
    ]
    snapshot = ask.snapshots()[-1]
    made = {form: dossiers.make_file(snapshot, ask.serving(), "bestuur", PERIOD, form) for form in WRITERS}
    assert {form: content[:4] for form, content in made.items()} == {
        "pdf": b"%PDF",
        "docx": b"PK\x03\x04",
        "xlsx": b"PK\x03\x04",
        "html": b"<!DO",
    }
    assert all(len(content) < 1_048_576 for content in made.values())


# --- for whoever may not see small numbers ----------------------------------------------


UNTRUE = (
    "None",
    "geen gegevens om mee te vergelijken",
    "nog niets aangeleverd",
    "verborgen",
    "van voordat deze cijfers",
)
"""What the page would say that took a hidden figure for one that isn't there."""


@pytest.mark.usefixtures("protected")
@pytest.mark.parametrize(("who", "part"), [("gmr", "Per artikel"), ("directeur:99XA00", "Eerdere besluiten")])
def test_what_is_hidden_is_said_on_the_page(who: str, part: str) -> None:
    """A hidden figure reads x, with its meaning; never that there is none."""
    text = plain(open_page("evaluation", als=who, deel=part))
    assert [wrong for wrong in UNTRUE if wrong in text] == []
    assert "Download als PDF" in str(open_page("evaluation", als=who).get("download_button"))
    if part == "Per artikel":
        assert hiding.EXPLAINED in text
        assert f"is {hiding.SAID}." in text


def test_an_evaluation_that_is_left_out_is_said_to_be(protected: Settings, tmp_path: Path) -> None:
    """It isn't said that the snapshot is too old, nor counted that nothing is in order; the rest stays."""
    store = tmp_path / "bare"
    screens.copy_store(protected.store, store)
    (folder,) = (store / "snapshots").iterdir()
    for table in ("evaluation", "changes", "incidents_by"):
        (folder / "beschermd" / f"{table}.parquet").unlink()
    ask.serve(Settings(store=store), lambda: screens.TODAY + timedelta(days=2))
    text = plain(open_page("evaluation", als="gmr"))
    assert "Wat er over elk artikel is gemeten, staat hier niet. Die cijfers zijn in deze momentopname" in text
    assert [wrong for wrong in (*UNTRUE, "Op orde 0", "Geen gegevens") if wrong in text] == []
    assert "De gedragscode geldt" in text or "stap" in text


# --- what changed ------------------------------------------------------------------------


def as_demo(road: Road) -> None:
    """Anybody may look at made-up figures."""
    for file in (road.settings().store / "snapshots").glob("*/snapshot.json"):
        file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "demo": True}), "utf-8")


@pytest.fixture
def road(tmp_path: Path) -> Iterator[Road]:
    """Two deliveries: a row was corrected and one came in."""
    road = Road(tmp_path)
    rows = [*small_school(), incident("1", "2026-09-15", maatregel="geen"), incident("2", "2026-09-16")]
    road.deliver(rows, screens.TODAY)
    changed = [incident("1", "2026-09-15", maatregel="gesprek"), incident("3", "2026-09-17")]
    road.deliver(changed, screens.TODAY + timedelta(days=1))
    as_demo(road)
    ask.serve(road.settings(), lambda: screens.TODAY + timedelta(days=2))
    st.cache_resource.clear()
    yield road
    st.cache_resource.clear()


def test_what_changed_and_why(road: Road) -> None:
    """Corrected and new are told apart, for each figure that changed; of two snapshots of a day is said which."""
    text = plain(open_page("evaluation", deel="Wat is veranderd"))
    assert "Sinds de stand van 22 november 2026 zijn" in text
    road.deliver([incident("4", "2026-09-18")], screens.TODAY + timedelta(days=1))
    as_demo(road)
    assert "Sinds de eerste stand van 23 november 2026 zijn" in plain(open_page("evaluation", deel="Wat is veranderd"))
    assert "doordat rijen zijn verbeterd" in text
    assert re.search(r"IV\.A\.6 Incidenten 2 – – \+1 3", text)
    assert re.search(r"IV\.A\.6 Met maatregel 0 % – \+50,0 −16,7 33 %", text)


@pytest.mark.usefixtures("road")
def test_an_earlier_snapshot_shows_what_it_showed() -> None:
    """Opened at the first snapshot the page has its figures again: the same as the dossier of that snapshot."""
    first = ask.snapshots()[0]
    now, then = plain(open_page("evaluation")), plain(open_page("evaluation", stand=first.id))
    assert "Er zijn 3 meldingen bij dit artikel" in now
    assert "Er zijn 3 meldingen bij dit artikel" not in then
    assert "Er zijn 2 meldingen bij dit artikel" in then
    paper = dossiers.make_file(first, ask.serving(), "bestuur", PERIOD, "html").decode()
    assert "Er zijn 2 meldingen bij dit artikel" in paper
    assert first.id in paper


@pytest.mark.usefixtures("road")
def test_a_change_since_a_snapshot_that_is_too_old() -> None:
    """One of the two is from before the evaluation was counted: said, and nothing goes wrong."""
    first = ask.snapshots()[0]
    (first.folder / "bestuur" / "evaluation.parquet").unlink()
    later = ask.snapshots()[1]
    content = json.loads((later.folder / "snapshot.json").read_text("utf-8"))
    (later.folder / "snapshot.json").write_text(json.dumps({**content, "previous": None}), "utf-8")
    st.cache_resource.clear()
    assert "Deze cijfers staan niet in deze momentopname" in plain(open_page("evaluation", deel="Wat is veranderd"))


@pytest.mark.usefixtures("road")
def test_only_earlier_snapshots_are_compared_with() -> None:
    """Opened at the first snapshot there is none before it: a later one isn't what it changed from."""
    first = ask.snapshots()[0]
    text = plain(open_page("evaluation", deel="Wat is veranderd", stand=first.id))
    assert "Voor deze momentopname is er geen eerdere." in text


# --- the code itself ---------------------------------------------------------------------


@pytest.mark.usefixtures("shown")
def test_every_article_says_how_it_is_followed(registry: Registry) -> None:
    """In our words, with norm, indicators, data and question."""
    text = plain(open_page("code"))
    for article in registry.articles:
        assert spaced(article.text) in text
        assert all(spaced(registry.indicator(code).explanation) in text for code in article.indicators)
        assert all(registry.label("dataset", dataset).lower() in text.lower() for dataset in article.needs)


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("part", ["Hoe er wordt geteld", "Woorden en bronnen"])
def test_the_words_of_the_code(part: str, registry: Registry) -> None:
    text = plain(open_page("code", deel=part))
    known = (
        registry.terms if part.startswith("Woorden") else (*registry.readings, *registry.statuses, *registry.year_rules)
    )
    assert [entry for entry in known if spaced(cast("Any", entry).explanation) not in text] == []
