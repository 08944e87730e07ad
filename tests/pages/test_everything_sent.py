"""Everything that a page sends, and every file that it makes: nothing of it comes from figures not meant for them."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.testing.v1.element_tree import parse_tree_from_messages

from dashboard.settings import Settings
from dashboard.store.log import Kind
from dashboard.ui import ask, filters
from tests import screens
from tests.access.logins import MADE, claims, write_access
from tests.garbled import garble
from tests.pages.reader import turn_to
from tests.pages.test_entrance import enter

PAGES = ("overview", "consent", "incidents", "schools", "evaluation", "code", "deliveries")
LOGINS: dict[str, dict[str, Any]] = {
    "gmr": {"roles": ["gmr"]},
    "beheerder": {"email": "ict@example.nl"},
    "directeur:99XB00": {"roles": ["directeur-oost"]},
}
"""Audience → what their login says."""

OWN, OTHER = "School Oost", "School Noord"
WHERE = {"gmr": ("", OTHER), "beheerder": ("",), "directeur:99XB00": ("", OWN, OTHER)}
"""Audience → the schools that their address asks for."""

BY_SCHOOL = ("overview", "consent", "incidents", "schools", "deliveries")
PARTS = ("Wat ontbreekt", "Scholen en doelen", "Door het jaar", "Vooruitkijken", "Gebruik", "Manieren van tellen")
CHARTS = (
    *("overzicht_doelen", "overzicht_meldingen", "naast_elkaar_aandelen", "naast_elkaar_meldingen"),
    *("incidenten_maanden", "incidenten_waarden", "incidenten_opvolging", "incidenten_rollen", "incidenten_halfjaren"),
    *("toestemming_scholen", "toestemming_doelen", "toestemming_stappen", "toestemming_standen"),
    *("toestemming_leerjaren", "toestemming_verloop", "toestemming_gebruik", "toestemming_lezingen"),
    *("veelvoud_dekking", "veelvoud_meldingen", "evaluatie_klok"),
)
"""Charts of which the numbers are opened too."""

Sent = dict[tuple[str, ...], list[bytes]]


@pytest.fixture
def listen(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Everything that a run sends to the browser, and every table that could be taken along, as it comes."""
    heard: list[bytes] = []
    on_record = filters.on_record

    def hear(messages: list[Any]) -> object:
        heard.extend(message.SerializeToString(deterministic=True) for message in messages)
        return parse_tree_from_messages(messages)

    def take(make: Callable[[], bytes], kind: Kind, what: str) -> Callable[[], bytes]:
        if kind is Kind.DOWNLOADED and what.endswith(".csv"):
            heard.append(make())
        return on_record(make, kind, what)

    monkeypatch.setattr(local_script_runner, "parse_tree_from_messages", hear)
    monkeypatch.setattr(filters, "on_record", take)
    return heard


def _serve(store: Path, target: Path, name: str, *, garbled: bool) -> None:
    """The made-up schools as real ones, with a login."""
    target.mkdir()
    known = Settings(store=target / "store", access=write_access(target))
    screens.copy_store(store, known.store)
    (folder,) = (known.store / "snapshots").iterdir()
    about = folder / "snapshot.json"
    about.write_text(about.read_text(encoding="utf-8").replace('"demo": true', '"demo": false'), encoding="utf-8")
    if garbled:
        garble(folder, name)
    ask.serve(known, lambda: screens.TODAY + timedelta(days=2), can_log_in=True, now=lambda: MADE + 5.0)


def _everything(name: str, heard: list[bytes]) -> Sent:
    """What every page sends to somebody: of the group, of a school in the address, and of another one in the list."""
    sent: Sent = {}
    for school in WHERE[name]:
        app = _come_in(name, school=school)
        for page in PAGES if not school else BY_SCHOOL:
            sent[page, school] = _heard(heard, partial(turn_to, app, page))
        sent["deliveries", school, "list"] = _heard(heard, app.selectbox(key="school").set_value("99XC00").run)
        turn_to(app, "consent")
        for part in PARTS if school else ():
            app.session_state["onderdeel"] = part
            sent["consent", school, part] = _heard(heard, app.run)
    return sent


def _come_in(name: str, **address: str) -> AppTest:
    """Somebody logs in, whose address asks for the board's figures; every chart shows its numbers too."""
    app = enter(claims(**LOGINS[name]), als="bestuur", **address)
    for chart in CHARTS:
        app.session_state[f"cijfers_{chart}"] = True
    return app


def _heard(heard: list[bytes], look: Callable[[], object]) -> list[bytes]:
    heard.clear()
    look()
    return [_without_ids(message) for message in heard]


def _without_ids(message: bytes) -> bytes:
    """Ids of snapshots and of runs differ from store to store and from run to run."""
    return re.sub(rb"[0-9a-f]{32,}|\d{6}0{10}", b"#", message)


@pytest.mark.parametrize("name", list(LOGINS))
def test_a_page_is_made_of_nothing_but_what_may_be_seen(
    name: str, protected_store: Settings, tmp_path: Path, listen: list[bytes]
) -> None:
    """Every message and every file is the same, byte for byte, when all other exact figures are gone or garbage."""
    sent = []
    for garbled in (False, True):
        _serve(protected_store.store, tmp_path / f"{garbled}", name, garbled=garbled)
        sent.append(_everything(name, listen))
    whole, rest = sent
    assert [place for place in whole if whole[place] != rest[place]] == []
    assert sum(len(messages) for messages in whole.values()) > 20 * len(whole)
    assert any(b";x" in message for messages in whole.values() for message in messages)


def test_what_may_be_seen_is_in_it(protected_store: Settings, tmp_path: Path, listen: list[bytes]) -> None:
    """A page that shows the own school exact is another one when that school's figures are: the comparison sees it."""
    sent = []
    for name in ("directeur:99XB00", "directeur:99XA00"):
        _serve(protected_store.store, tmp_path / name[-6:], name, garbled=True)
        app = _come_in("directeur:99XB00", school=OWN)
        sent.append(_heard(listen, partial(turn_to, app, "incidents")))
    assert sent[0] != sent[1]
