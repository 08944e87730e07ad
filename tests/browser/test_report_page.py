"""The dossier as a page, opened from a disk in a real Chromium: everybody can read it, without a network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dashboard.reports.html import as_html
from tests.reports.sample_paper import CLOCK, PAPER

OpenPage = Callable[..., Page]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def address(tmp_path: Path) -> str:
    target = tmp_path / "dossier.html"
    target.write_bytes(as_html(PAPER))
    return target.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_wcag(address: str, scheme: str, open_page: OpenPage) -> None:
    """No breach of WCAG 2.2 AA that axe can see, with every toggle open, wide and on a phone."""
    page = open_page(address, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
        assert [(breach["id"], breach["nodes"][0]["html"]) for breach in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"


def test_it_is_whole_without_a_network(address: str, open_page: OpenPage) -> None:
    """Nothing is asked for and nothing complains; its letters are in it."""
    page = open_page("about:blank")
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.context.set_offline(offline=True)
    page.goto(address)
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('600 1rem \"Source Sans 3\"'))")
    assert [url for url in asked if not url.startswith("data:font/woff2")] == [address]
    assert said == []


def test_the_first_tab_skips_the_contents(address: str, open_page: OpenPage) -> None:
    """A keyboard is in the paper after two keys."""
    page = open_page(address)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Naar de inhoud")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("id", "dossier")


def test_a_chart_is_read_as_one_picture(address: str, open_page: OpenPage) -> None:
    """By its title and by what it shows."""
    page = open_page(address)
    drawing = page.get_by_role("img", name=f"{CLOCK.title} {CLOCK.summary}")
    expect(drawing).to_be_visible()


def test_on_paper_there_is_ink_on_white(address: str, open_page: OpenPage) -> None:
    """Also when the screen is dark."""
    page = open_page(address, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.querySelector('.tekening text')).fill]"
    )
    assert colours[0] == "rgb(22, 32, 42)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert sum(int(part) for part in colours[1][4:-1].split(",")) < 300
    expect(page.locator("details").first).to_be_hidden()
