"""One server for most tests, one of its own for a test that needs that, and a Chromium that reads Dutch."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from dashboard.registry import load_registry
from dashboard.settings import PROJECT, Settings
from tests import screens

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60
"""Seconds a server may take to come up, or a page to be drawn, on a busy machine."""

expect.set_options(timeout=1000 * PATIENCE)

Serve = Callable[..., str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium these tests are skipped, with the one line that gets it."""
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium: apt-get install --yes chromium"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a browser must be there, a skipped test is a failed one."""
    report = yield
    if report.skipped and os.environ.get("GEDRAGSCODE_TESTS_NEED_BROWSER"):
        report.outcome = "failed"
        report.longrepr = "A browser test was skipped where none may be."
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody in the Netherlands, who keeps the files of the dashboard from one visit to the next."""
    context = browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam", reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def open_page(reader: BrowserContext) -> Iterator[Callable[..., Page]]:
    """Open an address on a screen of some size; after the test every page is closed, and nobody is logged in."""
    pages: list[Page] = []

    def _open(address: str, *, width: int = 1440, height: int = 900, scheme: str = "light") -> Page:
        page = reader.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_default_timeout(1000 * PATIENCE)
        page.goto(address)
        return page

    yield _open
    for page in pages:
        page.close()
    reader.clear_cookies()
    reader.set_offline(offline=False)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _start(store: Path, **settings: str) -> tuple[subprocess.Popen[bytes], str]:
    port = _free_port()
    environment = {**os.environ, "GEDRAGSCODE_STORE": str(store), **settings}
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", f"--server.port={port}"]
    server = subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://localhost:{port}"
    _await(server, f"{address}/_stcore/health")
    return server, address


def _await(server: subprocess.Popen[bytes], address: str) -> None:
    """Come back when the server answers; it has refused until then, so every round is one attempt to connect."""
    for _ in range(4 * PATIENCE):
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                assert answer.status == 200
                return
        except OSError:
            _pause(server)
    raise AssertionError("the server did not come up")


def _pause(server: subprocess.Popen[bytes]) -> None:
    try:
        server.wait(timeout=0.25)
    except subprocess.TimeoutExpired:
        return


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over a hand-made store of six schools."""
    store = tmp_path_factory.mktemp("screens") / "store"
    screens.write_store(store, load_registry(Settings().registry))
    server, found = _start(store)
    yield found
    _stop(server)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Start a server over a store of this test's own, with settings of its own."""
    servers: list[subprocess.Popen[bytes]] = []

    def _serve(store: Path | None = None, **settings: str) -> str:
        server, found = _start(store or tmp_path / "empty", **settings)
        servers.append(server)
        return found

    yield _serve
    for server in servers:
        _stop(server)
