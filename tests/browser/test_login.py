"""Logging in for real: a provider, the server over real data, a browser; and everything that isn't a login."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from dashboard.registry import load_registry
from dashboard.settings import Settings
from tests import screens
from tests.browser.conftest import PATIENCE, _start, _stop
from tests.browser.test_paths import _passes_axe as passes_axe

with warnings.catch_warnings():
    import authlib.deprecate  # asks to be heard always

    warnings.simplefilter("ignore", authlib.deprecate.AuthlibDeprecationWarning)
    from oidc_provider_mock import User, run_server_in_thread

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
"""The provider runs in a thread of this process and warns of what its own library will change."""

OpenPage = Callable[..., Page]
COOKIE_SECRET = "made-up-for-this-test-" * 2
ROLES = {
    "anna": ("bestuur", "U ziet de cijfers als bestuur: alle aantallen precies."),
    "bart": ("rvt", "U ziet de cijfers als raad van toezicht"),
    "carla": ("gmr", "U ziet de cijfers als GMR"),
    "daan": ("beheerder", "U ziet de cijfers als beheerder"),
    "els": ("directeur", "U ziet de cijfers als directeur van"),
    "fatma": ("leerling", "Uw account heeft nog geen rol"),
}
"""Person → what their claim says, and what they read."""


@dataclass(frozen=True)
class Site:
    """A server over real data, and the provider that it knows."""

    address: str
    issuer: str

    def cookie(self, **changed: Any) -> str:
        """The cookie that this server would have made for the board."""
        claims = {
            "is_logged_in": True,
            "origin": self.address,
            "provider": "school",
            "iss": self.issuer,
            "sub": "anna",
            "rol": "bestuur",
            "nonce": "made up",
            "iat": int(time.time()),
            **changed,
        }
        return create_signed_value(COOKIE_SECRET, "_streamlit_user", json.dumps(claims)).decode()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("login")
    screens.write_store(folder / "store", load_registry(Settings().registry), demo=False)
    users = [User(sub=name, claims={"rol": role}) for name, (role, _) in ROLES.items()]
    with run_server_in_thread(user_claims=users) as provider:
        issuer = f"http://localhost:{provider.server_port}"
        (folder / "access.toml").write_text(_access(issuer), encoding="utf-8")
        (folder / "secrets.toml").write_text(_secrets(issuer), encoding="utf-8")
        server, address = _start(
            folder / "store",
            GEDRAGSCODE_ACCESS=f"{folder / 'access.toml'}",
            GEDRAGSCODE_SECRETS=f"{folder / 'secrets.toml'}",
        )
        yield Site(address, issuer)
        _stop(server)


def _access(issuer: str) -> str:
    rules = [f'[[role]]\nclaim = "rol"\nvalue = "{role}"\nrole = "{role}"\n' for role, _ in ROLES.values()]
    school = next(iter(screens.school_names(6)))
    return f'provider = "school"\nissuer = "{issuer}"\n' + "".join(rules[:4]) + f'{rules[4]}school = "{school}"\n'


def _secrets(issuer: str) -> str:
    return (
        f'[auth]\nredirect_uri = "http://localhost:{{port}}/oauth2callback"\ncookie_secret = "{COOKIE_SECRET}"\n'
        f'[auth.school]\nclient_id = "dashboard"\nclient_secret = "made-up"\n'
        f'server_metadata_url = "{issuer}/.well-known/openid-configuration"\n'
    )


@pytest.mark.parametrize("name", ROLES)
def test_each_role_logs_in(name: str, site: Site, open_page: OpenPage) -> None:
    """From a link to the login page, to the provider, and back to that link: as this person's own role."""
    page = open_page(f"{site.address}/gedragscode?als=bestuur")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gedragscode Social Media")
    expect(page.get_by_text("Overzicht")).to_have_count(0)
    if name == "anna":
        passes_axe(page)
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text(ROLES[name][1])).to_be_visible()
    assert urlsplit(page.url).path == "/gedragscode"
    expect(page.get_by_role("combobox", name="Bekijk als")).to_have_count(0)
    if name == "fatma":
        passes_axe(page)
    if name == "anna":
        _leave(page)


def _leave(page: Page) -> None:
    """Logging out ends the login on the server too: a cookie that somebody kept is worth nothing."""
    cookies = page.context.cookies()
    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("button", name="Inloggen")).to_be_visible()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # what was read is what is written
    page.reload()
    expect(page.get_by_text("U bent uitgelogd")).to_be_visible()


SCHOOLS = tuple(screens.school_names(6).values())
FIGURES = (*SCHOOLS, "gc feiten", "Stand van", "graphics")


def _told(site: Site, cookie: str | None, query: str = "", page: str = "") -> str:
    """Everything that the server sends over a connection until a view is whole, as one text."""
    token = generate_xsrf_token_string()
    cookies = f"_streamlit_xsrf={token}" + (f"; _streamlit_user={cookie}" if cookie else "")
    with connect(
        f"{site.address.replace('http', 'ws')}/_stcore/stream",
        origin=Origin(site.address),
        additional_headers={"Cookie": cookies},
        subprotocols=[Subprotocol("streamlit"), Subprotocol(token)],
        max_size=None,
    ) as line:
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        line.send(message.SerializeToString())
        told = []
        while True:
            answer = line.recv(timeout=PATIENCE)
            assert isinstance(answer, bytes)
            told.append(answer.decode("utf-8", "replace"))
            kind = ForwardMsg.FromString(answer).WhichOneof("type")
            if kind == "script_finished":
                return "".join(told)


def test_a_cookie_is_a_login_or_nothing(site: Site) -> None:
    """Over a bare connection: a signed, fresh cookie gives figures; every other one a bare page."""
    good = site.cookie()
    now = int(time.time())
    assert all(word in _told(site, good) for word in ("gc feiten", "als bestuur", *SCHOOLS))
    others: dict[str, list[str | None]] = {
        "Log in om": [None, "", good[:-3] + "AAA", good.replace(".", "", 1), good[::-1]],
        "U bent uitgelogd": [site.cookie(iat=now - 8 * 3600), site.cookie(iat=now - 1801), site.cookie(iat=now + 900)],
        "hoort niet bij": [
            site.cookie(iss="http://localhost:1"),
            site.cookie(provider="ander"),
            site.cookie(sub=""),
        ],
        "nog geen rol": [site.cookie(rol="leerling"), site.cookie(rol=None), site.cookie(rol={"bestuur": 1})],
    }
    others["Log in om"].append(site.cookie(origin="http://elders.example.nl"))
    others["Log in om"].append(site.cookie(is_logged_in=False))
    for words, cookies in others.items():
        for cookie in cookies:
            told = _told(site, cookie, "als=bestuur&school=School+Oost", "toestemming")
            assert words in told
            assert not [word for word in FIGURES if word in told]


def test_the_address_gives_no_role(site: Site) -> None:
    """Another role or school in the address changes nothing for somebody who logged in as the GMR."""
    cookie = site.cookie(rol="gmr", sub="carla")
    told = [
        _told(site, cookie, query) for query in ("", "als=bestuur", "als=directeur%3A99XB00", "als=raad+van+toezicht")
    ]
    assert all("U ziet de cijfers als GMR" in known for known in told)
    assert not [known for known in told if "als bestuur" in known or "als directeur" in known]


def test_doors_beside_the_pages(site: Site) -> None:
    """Files only for who is logged in; metrics and agent for nobody; no other name for the host."""
    file = "/media/0123456789abcdef.csv"
    login = {"Cookie": f"_streamlit_user={site.cookie()}"}
    for path, headers, status in (
        (file, {}, 403),
        (file, {"Cookie": f"_streamlit_user={site.cookie()[:-2]}"}, 403),
        (file, {"Cookie": f"_streamlit_user={site.cookie(rol='leerling')}"}, 403),
        (file, login, 404),
        ("/_stcore/metrics", login, 404),
        ("/_stcore/agent", login, 404),
        ("/_stcore/agent/interact", login, 404),
        ("/", {"Host": "elders.example.nl"}, 400),
        ("/auth/login", {}, 200),
    ):
        request = urllib.request.Request(f"{site.address}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request) as answer:
                found = answer.status
        except urllib.error.HTTPError as error:
            found = error.code
        assert (path, found) == (path, status)
