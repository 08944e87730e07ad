"""Pages for whoever looks: made-up figures for every role, real ones after logging in, and else not a figure."""

import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.access.door import IDLE, LONGEST, NoAccess, Viewer
from dashboard.registry import Registry
from dashboard.settings import PROJECT, Settings
from dashboard.store.log import Kind, read
from dashboard.store.places import StoreProblem
from dashboard.store.snapshots import FAULT
from dashboard.ui import ask, filters
from tests import screens
from tests.access.logins import MADE, claims, write_access
from tests.pages.reader import ON_TIME, ROUTER, open_page, specs, turn_to, words

BOARD = claims(roles=["bestuur"])
Enter = Callable[..., AppTest]


class Clock:
    """Seconds since 1970, as far as a test lets them pass."""

    at = float(MADE + 5)

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(settings: Settings, registry: Registry) -> Clock:
    """A store of real data behind a login."""
    screens.write_store(settings.store, registry, demo=False)
    known = settings.model_copy(update={"access": write_access(settings.store.parent)})
    clock = Clock()
    ask.serve(known, lambda: screens.TODAY + timedelta(days=2), can_log_in=True, now=clock)
    return clock


def enter(user: dict[str, Any], page: str = "overview", **address: str) -> AppTest:
    app = AppTest.from_file(str(ROUTER), default_timeout=ON_TIME)
    app.user = user
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    if page != "overview":
        app.switch_page(str(PROJECT / "dashboard" / "pages" / f"{page}.py")).run()
    assert not app.exception
    return app


def is_bare(app: AppTest) -> bool:
    """Nothing but words and at most one button: no figure, no choice, no file, no name of a school or a page."""
    said = words(app)
    things = [*specs(app), *app.selectbox, *app.get("download_button"), *app.get("arrow_data_frame"), *app.expander]
    names = [*screens.school_names(6).values(), "feiten", "Stand van", "Overzicht", "Toestemming"]
    return not things and len(app.button) <= 1 and not any(name in said for name in names)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    ("page", "user", "title", "button"),
    [
        ("overview", {}, "Gedragscode Social Media", "Inloggen"),
        ("deliveries", {"is_logged_in": False}, "Gedragscode Social Media", "Inloggen"),
        ("consent", claims(), "Geen toegang", "Uitloggen"),
        ("overview", {**BOARD, "iss": "https://elders.example.nl"}, "Geen toegang", "Uitloggen"),
        ("evaluation", {**BOARD, "iat": MADE - LONGEST}, "U bent uitgelogd", "Inloggen"),
        ("overview", {**BOARD, "iat": MADE - IDLE}, "U bent uitgelogd", "Inloggen"),
    ],
)
def test_who_may_not_come_in(page: str, user: dict[str, Any], title: str, button: str) -> None:
    """A Dutch page with one button, on every address, whatever role the address asks for."""
    app = enter(user, page, als="bestuur", school="School Oost")
    assert f"<h1>{title}</h1>" in words(app)
    assert [known.label for known in app.button] == [button]
    assert is_bare(app)
    if button == "Uitloggen":
        assert "het stafbureau" in words(app)


def test_real_data_without_a_login_to_use(clock: Clock, settings: Settings) -> None:
    """Where nobody can log in nobody sees real figures, also on this machine; the page says how to set it up."""
    del clock
    ask.serve(settings, lambda: screens.TODAY)
    for user in ({}, BOARD):
        app = enter(user)
        assert is_bare(app)
        assert not app.button
        for file in ("data/access.toml", ".streamlit/secrets.toml", "docs/inloggen.md"):
            assert file in words(app)


def test_a_login_ends_while_looking(clock: Clock) -> None:
    """Figures as long as the login lasts; after that the page is bare, and nothing asked for earlier is answered."""
    app = enter(BOARD, als="gmr")
    assert "U ziet de cijfers als bestuur: alle aantallen precies." in words(app)
    assert "als" not in [box.key for box in app.selectbox]
    assert "Demogegevens" not in words(app)
    assert [known.label for known in app.button] == ["Uitloggen"]
    view, viewer = app.session_state["_view"], app.session_state["_viewer"]
    clock.at += IDLE
    app.run()
    assert is_bare(app)
    assert "_view" not in app.session_state
    with pytest.raises(NoAccess):
        viewer.confirm()
    assert view.audience == "bestuur"


@pytest.mark.usefixtures("clock")
def test_a_file_is_made_as_long_as_one_may_see_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A download is made when asked for, by whoever was looking when its button was drawn."""
    viewer = ask.door().enter(BOARD)
    monkeypatch.setattr(st, "session_state", {})
    filters.keep_viewer(viewer)
    filters.keep_view(filters.View("0" * 16, screens.TODAY, False, "bestuur", screens.TODAY, "light"))
    make = filters.on_record(lambda: b"cijfers", Kind.DOWNLOADED, "schools.csv")
    assert make() == b"cijfers"
    (line,) = read(ask.serving().log_folder).entries
    assert (line.who, line.audience, line.kind, line.what) == (viewer.user, "bestuur", Kind.DOWNLOADED, "schools.csv")
    ask.door().end(BOARD)
    with pytest.raises(NoAccess):
        make()
    with pytest.raises(NoAccess):
        filters.viewer()
    view = filters.View("1", screens.TODAY, demo=False, audience="bestuur", today=screens.TODAY, theme="light")
    filters.keep_viewer(Viewer(viewer.audience))
    with pytest.raises(NoAccess):
        filters.keep_view(view)  # real figures for somebody who never logged in


def test_pages_of_real_figures_are_logged_or_not_shown(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once in half an hour for each page; who, as what, which page and snapshot, and nothing else of a person."""
    app = enter({**BOARD, "name": "Anna de Vries", "email": "anna@example.nl"})
    app.run()
    turn_to(app, "code")
    turn_to(app, "overview")
    clock.at += IDLE - 1
    app.run()
    clock.at += 2
    turn_to(app, "overview")
    folder = ask.serving().log_folder
    seen = read(folder).entries
    assert [(line.who, line.audience, line.kind, line.what) for line in seen] == [
        (BOARD["sub"], "bestuur", Kind.VIEWED, f"pagina/{page}") for page in ("overview", "code", "overview")
    ]
    assert {line.snapshot for line in seen} == {app.session_state["_view"].snapshot}
    assert not [file for file in folder.iterdir() if re.search("(?i)anna|vries", file.read_text(encoding="utf-8"))]

    def refuse(*_: object) -> None:
        raise StoreProblem("In het logboek kan niet worden geschreven")

    monkeypatch.setattr(filters, "record", refuse)
    turn_to(app, "incidents")
    assert "In het logboek kan niet worden geschreven" in words(app)
    assert "feiten" not in words(app)
    assert not specs(app)


@pytest.mark.usefixtures("shown")
def test_the_demo_shows_every_role() -> None:
    """Made-up figures can be seen as each role; the address says which, as commands spell it."""
    app = open_page("overview")
    box = app.selectbox(key="als")
    assert box.value == "bestuur"
    assert box.options[:4] == ["bestuur", "raad van toezicht", "GMR", "beheerder"]
    assert len(box.options) == 4 + 6
    assert "U ziet de cijfers als bestuur: alle aantallen precies." in words(app)
    app = open_page("overview", als="directeur:99XB00")
    assert app.selectbox(key="als").value == "directeur:99XB00"
    assert "U ziet de cijfers als directeur van" in words(app)
    assert app.session_state["_view"].audience == "directeur:99XB00"


def test_no_protected_figures_yet(full: Settings) -> None:
    """A snapshot that was never protected shows a protected audience a sentence, and no figure.

    Where a fault in the program is to blame, its number is said, to the board on Leveringen.
    """
    (snapshot,) = (full.store / "snapshots").iterdir()
    shutil.rmtree(snapshot / "beschermd", ignore_errors=True)
    for number in ("", "4F2A91BC"):
        if number:
            (snapshot / FAULT).write_text(f"{number}\n", encoding="utf-8")
            st.cache_resource.clear()
        app = open_page("overview", als="gmr")
        assert "kunnen nu niet worden getoond" in words(app)
        assert not specs(app)
        assert ("door fout 4F2A91BC in het programma" in words(app)) is bool(number)
        assert ("Door fout 4F2A91BC in het programma" in words(open_page("deliveries"))) is bool(number)
