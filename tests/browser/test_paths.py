"""The ways people go through the dashboard, in a real browser over a real server."""

from __future__ import annotations

import csv
import io
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dashboard.registry import load_registry
from dashboard.settings import Settings
from tests import screens
from tests.browser.conftest import Serve

OpenPage = Callable[..., Page]
PATHS = ("", "toestemming", "incidenten", "scholen", "evaluatie", "gedragscode", "leveringen")
CHARTS = {"": 2, "toestemming": 4, "incidenten": 2, "scholen": 4, "evaluatie": 1, "gedragscode": 0, "leveringen": 0}
PARTS = {
    "Wat ontbreekt": 3,
    "Scholen en doelen": 1,
    "Door het jaar": 1,
    "Vooruitkijken": 2,
    "Gebruik": 2,
    "Manieren van tellen": 2,
}
"""The parts of Toestemming and their charts, beside the one of the schools."""
MORE_PARTS = {
    "incidenten": ("Wie bij wie", "Wat er is gedaan", "Zelfde halfjaar", "Wat is toeval?"),
    "scholen": ("Door de tijd", "Wat is toeval?"),
}
"""The parts of the other pages that aren't open at first; each has one chart."""
FIRST = {"incidenten": 1, "scholen": 2}
"""The charts above the parts."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOK_FOR = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
"""Of what is in order, no list is made."""


def _drawn(page: Page, charts: int) -> None:
    """The page is whole: the server has nothing more to send, and figures and pictures of charts are there."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
    expect(page.locator(".gc.feiten")).to_be_visible()
    page.wait_for_function(
        "n => document.querySelectorAll('.js-plotly-plot .main-svg:first-child').length >= n", arg=charts
    )


def _choose(page: Page, label: str, option: str) -> None:
    """Open a list and take an option; a list closes when the page scrolls, so that comes first."""
    box = page.get_by_role("combobox", name=label, exact=True)
    box.scroll_into_view_if_needed()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    box.click()
    page.get_by_role("option", name=option, exact=True).click()


def test_from_the_overview_to_one_school(address: str, open_page: OpenPage) -> None:
    """Overview → consent → one school and purpose: the view stands in the address, and a link of it opens the same."""
    page = open_page(address)
    _drawn(page, CHARTS[""])
    page.get_by_test_id("stTopNav").get_by_role("link", name="Toestemming").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Van wie ontbreekt")
    _choose(page, "School", "School Oost")
    expect(page.locator(".antwoord")).to_contain_text("School Oost")
    _choose(page, "Doel", "WhatsApp voor de les")
    expect(page.locator(".antwoord")).to_contain_text("WhatsApp voor de les")
    page.wait_for_function("['school=', 'doel='].every(part => location.search.includes(part))")
    answer = page.locator(".antwoord").inner_text()
    again = open_page(page.url)
    expect(again.locator(".antwoord")).to_have_text(answer)
    again.get_by_role("link", name="Incidenten").click()
    expect(again.get_by_role("heading", level=1)).to_contain_text("Verandert er iets")
    expect(again.get_by_role("combobox", name="School", exact=True)).to_have_value("School Oost")


def test_from_a_chart_to_its_table_and_file(address: str, open_page: OpenPage, tmp_path: Path) -> None:
    """Behind the toggle: the numbers as a table, what they mean, and the same numbers as a Dutch CSV."""
    page = open_page(f"{address}/toestemming")
    _drawn(page, CHARTS["toestemming"])
    page.get_by_text("Tabel, download en uitleg").first.click()
    table = page.get_by_role("table").first
    expect(table.get_by_role("rowheader").first).to_have_text("School Haven")
    expect(page.get_by_text("Wat staat hier?")).to_be_visible()
    with page.expect_download() as download:
        page.locator(".stExpander").first.get_by_role("button", name="Download als CSV").click()
    file = tmp_path / "kopie.csv"
    download.value.save_as(file)
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert rows[0][:2] == ["School", "Geldig ja"]
    assert len(rows) == 1 + table.get_by_role("rowheader").count()
    assert "," in rows[1][-1]


def test_what_is_missing_and_who_delivers(address: str, open_page: OpenPage) -> None:
    """Incidents with a month that wasn't delivered → deliveries, where the school and its rows are named."""
    page = open_page(f"{address}/incidenten?school=School+Midden")
    _drawn(page, CHARTS["incidenten"])
    expect(page.get_by_text("Dat is iets anders dan nul.")).to_be_visible()
    expect(page.locator(".sleutel")).to_contain_text(["niet aangeleverd"])
    page.get_by_role("link", name="Leveringen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("compleet en juist")
    _choose(page, "School", "School Zuid")
    expect(page.locator(".antwoord")).to_contain_text("Van School Zuid ontbreken gegevens")


def test_through_the_parts_of_consent(address: str, open_page: OpenPage) -> None:
    """One school, part by part, by mouse and by keyboard: the address names the part, and a link opens the same."""
    page = open_page(f"{address}/toestemming?school=School+Oost")
    _drawn(page, CHARTS["toestemming"])
    for part, charts in PARTS.items():
        named = "" if part == next(iter(PARTS)) else part  # the first one needs no name
        page.get_by_role("tab", name=part, exact=True).click()
        expect(page.get_by_role("tab", name=part, exact=True)).to_have_attribute("aria-selected", "true")
        page.wait_for_function(
            "part => (new URLSearchParams(location.search).get('onderdeel') ?? '') === part", arg=named
        )
        _drawn(page, 1 + charts)
        expect(page.locator(".stException")).to_have_count(0)
    page.wait_for_function("location.search.includes('onderdeel=')")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="Gebruik", exact=True)).to_have_attribute("aria-selected", "true")
    page.wait_for_function("location.search.includes('onderdeel=Gebruik')")
    again = open_page(page.url)
    expect(again.get_by_role("tab", name="Gebruik", exact=True)).to_have_attribute("aria-selected", "true")
    expect(again.get_by_text("Zonder toestemming vooraf betekent")).to_be_visible()
    expect(again.locator(".antwoord")).to_contain_text("School Oost")


def test_an_example_to_play_with(address: str, open_page: OpenPage) -> None:
    """Incidenten → what is chance → something really changes: the words under the chart say what is so; a link too."""
    page = open_page(f"{address}/incidenten")
    _drawn(page, CHARTS["incidenten"])
    page.get_by_role("tab", name="Wat is toeval?", exact=True).click()
    expect(page.get_by_text("In werkelijkheid verandert er niets")).to_be_visible()
    _drawn(page, 2)
    _choose(page, "Wat verandert er echt?", "Twee keer zoveel")
    expect(page.get_by_text("In werkelijkheid verandert er niets")).to_have_count(0)
    page.wait_for_function("location.search.includes('voorbeeld_verandering=')")
    again = open_page(page.url)
    expect(again.get_by_role("combobox", name="Wat verandert er echt?")).to_have_value("Twee keer zoveel")


def test_own_school_beside_another(address: str, open_page: OpenPage) -> None:
    """Scholen vergelijken → own school → another one beside it: both by name, and in the address."""
    page = open_page(f"{address}/scholen")
    _drawn(page, CHARTS["scholen"])
    _choose(page, "School", "School Oost")
    expect(page.get_by_text("School Oost heeft 22 meldingen")).to_be_visible()
    _drawn(page, CHARTS["scholen"])
    expect(page.locator(".sleutel").nth(2)).to_contain_text("School Oost")
    _choose(page, "Scholen naast elkaar: kies er hooguit drie", "School Noord")
    expect(page.locator(".sleutel").nth(2)).to_contain_text("School Noord")
    page.wait_for_function("location.search.includes('naast=')")
    again = open_page(page.url)
    expect(again.locator(".sleutel").nth(2)).to_contain_text("School Noord")


def test_the_parts_fit_on_a_phone(address: str, open_page: OpenPage) -> None:
    """Every part is in sight without an arrow, and large enough for a thumb."""
    page = open_page(f"{address}/toestemming", width=390, height=844)
    _drawn(page, CHARTS["toestemming"])
    for part in PARTS:
        box = page.get_by_role("tab", name=part, exact=True).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["height"] >= 44
    assert page.locator("[data-testid^=stTabsScroll]:visible").count() == 0


def test_choices_are_not_cut(address: str, open_page: OpenPage) -> None:
    """The longest purpose can be read whole in its list, on a phone, a tablet and a wide screen."""
    page = open_page(f"{address}/toestemming?doel=Andere+social+media+voor+de+les")
    _drawn(page, CHARTS["toestemming"])
    box = page.get_by_role("combobox", name="Doel", exact=True)
    expect(box).to_have_value("Andere social media voor de les")
    for width in (390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        cut = box.evaluate("box => [window.innerWidth, box.scrollWidth > box.clientWidth]")
        assert cut == [width, False]


def _passes_axe(page: Page) -> None:
    """No breach of WCAG 2.2 AA that axe can see, with every toggle open, wide and on a phone.

    From the top: of what lies under the bar over the pages, axe can't tell the colours.
    """
    page.evaluate("document.querySelectorAll('.stExpander details:not([open]) > summary').forEach(one => one.click())")
    expect(page.locator(".stExpander:not(:has(details[open] .gc))")).to_have_count(0)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
    for width, height in ((390, 844), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("document.querySelectorAll('.stMain').forEach(one => one.scrollTo(0, 0))")
        found = Axe().run(page, options=LOOK_FOR).response["violations"]
        assert [(breach["id"], breach["nodes"][0]["html"]) for breach in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"


VIEWS = {
    ("", "light"): ("",),
    ("toestemming", "light"): ("Scholen en doelen", "Vooruitkijken", "Manieren van tellen"),
    ("toestemming", "dark"): ("", "Door het jaar", "Gebruik"),
    ("incidenten", "light"): ("", "Wat er is gedaan", "Wat is toeval?"),
    ("incidenten", "dark"): ("Wie bij wie", "Zelfde halfjaar"),
    ("scholen", "light"): ("Wat is toeval?",),
    ("scholen", "dark"): ("", "Door de tijd"),
    ("evaluatie", "light"): ("",),
    ("gedragscode", "dark"): ("",),
    ("leveringen", "light"): ("",),
}
"""Page and scheme → the parts that are opened one after the other; the first part of a page has no name.

Pages and parts are made of the same blocks and colours: they are looked at in either scheme in turns.
"""


def test_no_view_is_forgotten() -> None:
    """Every page, and every part of a page that has parts, is looked at in some scheme."""
    seen = [(path, part) for (path, _), parts in VIEWS.items() for part in parts]
    named = {"toestemming": list(PARTS)[1:], **MORE_PARTS}
    assert sorted(seen) == sorted((path, part) for path in PATHS for part in ("", *named.get(path, ())))


@pytest.mark.parametrize(("path", "scheme"), VIEWS)
def test_wcag(path: str, scheme: str, address: str, open_page: OpenPage) -> None:
    """Every page and every part of it can be used by everybody, as far as a tool can see."""
    first, *others = VIEWS[path, scheme]
    page = open_page(f"{address}/{path}" + (f"?{urlencode({'onderdeel': first})}" if first else ""), scheme=scheme)
    _drawn(page, _charts(path, first))
    _passes_axe(page)
    for part in others:
        _open_part(page, part)
        _drawn(page, _charts(path, part))
        _passes_axe(page)


def _open_part(page: Page, part: str) -> None:
    """Go to another part of a page; its place is empty at once, and then has at least one chart."""
    tab = page.get_by_role("tab", name=part, exact=True)
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")
    expect(page.locator("[role=tabpanel] .js-plotly-plot .main-svg:first-child").first).to_be_visible()


def _charts(path: str, part: str) -> int:
    """How many charts a page shows with this part open."""
    if not part:
        return CHARTS[path]
    return 1 + PARTS[part] if path == "toestemming" else FIRST[path] + 1


def test_an_empty_store_shows_the_demo(serve: Serve, open_page: OpenPage) -> None:
    """The first start on a fresh machine: made-up figures, said on the page, and no store left behind."""
    page = open_page(serve())
    _drawn(page, CHARTS[""])
    expect(page.locator(".strook")).to_contain_text("Demogegevens")


def test_dutch_whatever_the_browser_says(address: str, open_page: OpenPage) -> None:
    """The language of the page, of its numbers and of the built-in words; nothing from elsewhere is asked for."""
    page = open_page(address)
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.reload()
    _drawn(page, CHARTS[""])
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert page.evaluate("navigator.language") == "nl-NL"
    assert page.evaluate("(1234.5).toLocaleString(navigator.language)") == "1.234,5"
    expect(page.get_by_role("navigation", name="Pagina's")).to_be_visible()
    assert all(url.startswith((address, "data:", "blob:")) for url in asked)
    assert refused == []


def test_closed_doors(address: str) -> None:
    """Metrics and agent interfaces don't answer; a page has its safe headers."""
    for path in ("_stcore/metrics", "_stcore/agent/openapi.json", "toestemming/_stcore/agent/mcp"):
        with pytest.raises(urllib.error.HTTPError, match="404") as refused:
            urllib.request.urlopen(f"{address}/{path}", timeout=30)
        refused.value.close()
    with urllib.request.urlopen(f"{address}/toestemming", timeout=30) as answer:
        assert answer.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_real_data_on_another_address(serve: Serve, open_page: OpenPage, tmp_path: Path) -> None:
    """A store that isn't a demo store, served beyond this machine: a sentence, and not one figure."""
    store = tmp_path / "real"
    screens.write_store(store, load_registry(Settings().registry), demo=False)
    page = open_page(serve(store, STREAMLIT_SERVER_ADDRESS="0.0.0.0"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("body")).to_contain_text("inloggen")
    expect(page.locator(".gc.feiten")).to_have_count(0)
    expect(page.get_by_role("combobox")).to_have_count(0)
