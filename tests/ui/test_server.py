"""What the server adds around the app, asked the way a web server asks: without one."""

import asyncio
import gzip
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import streamlit as st
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access.door import NoAccess, Reason
from dashboard.access.provider import is_loopback
from dashboard.ui import entrance, server
from dashboard.ui.server import Guard, middleware

BUNDLE = "console.log('hallo');" * 500


@dataclass
class Inner:
    """Stands for Streamlit: an English page everywhere, a script under /static."""

    asked: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.append(scope["path"])
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            return
        assert (b"accept-encoding", b"gzip") not in scope["headers"] or scope["path"].startswith("/_stcore")
        await self._answer(scope["path"])(scope, receive, send)

    def _answer(self, path: str) -> Response:
        if path.startswith("/static/"):
            return PlainTextResponse(BUNDLE, media_type="text/javascript", headers={"cache-control": "immutable"})
        if path == "/kapot":
            return PlainTextResponse("weg", status_code=404)
        return HTMLResponse('<html lang="en"><title>Streamlit</title></html>')


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def _around(inner: ASGIApp, *, shut: bool = False, encrypted: bool = False) -> ASGIApp:
    app = inner
    guard = Guard(lambda: shut, lambda cookies: cookies.get("wie") == "anna")
    for layer in reversed(middleware(guard, ["localhost", "gedragscode.example.nl"], encrypted=encrypted)):
        app = layer.cls(app, *layer.args, **layer.kwargs)
    return app


def _get(app: ASGIApp, path: str, *, kind: str = "http", host: str = "localhost:8501", **headers: str) -> Answer:
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    sent = {"host": host, **headers}
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()]
    scope: Scope = {"type": kind, "method": "GET", "path": path, "headers": named, "client": ("192.0.2.7", 50000)}
    asyncio.run(_run(app, scope, receive, send))
    start = messages[0]
    found = {name.decode(): value.decode() for name, value in start.get("headers", [])}
    return Answer(start.get("status", start.get("code", 0)), found, b"".join(m.get("body", b"") for m in messages))


async def _run(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    await app(scope, receive, send)


@pytest.mark.parametrize("path", ["/", "/toestemming", "/bestaat/niet"])
def test_every_page_is_dutch(path: str) -> None:
    """Sub-pages too, compressed or not, and nothing in the page asks for JavaScript in English."""
    app = _around(Inner())
    plain = _get(app, path).body.decode()
    small = gzip.decompress(_get(app, path, accept_encoding="gzip").body).decode()
    assert plain == small
    assert '<html lang="nl">' in plain
    assert "You need to enable" not in plain
    assert "service-desc" not in plain
    assert '"nl-NL"' in plain


@pytest.mark.parametrize("path", ["/", "/static/js/index.js", "/kapot", "/_stcore/metrics", "/_stcore/health"])
def test_every_answer_has_safe_headers(path: str) -> None:
    """No frame around the dashboard, no script from elsewhere, no guessing of types."""
    headers = _get(_around(Inner()), path).headers
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    script = next(rule for rule in policy.split("; ") if rule.startswith("script-src"))
    assert "unsafe" not in script
    assert "http" not in script


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/agent", "/_stcore/agent/interact", "/x/_stcore/agent/mcp", "/_stcore/metrics/"],
)
def test_closed_doors(path: str) -> None:
    """Metrics and agent interfaces answer 404, and the app never hears the question."""
    inner = Inner()
    assert _get(_around(inner), path).status == 404
    assert inner.asked == []


def test_static_files_are_compressed_once() -> None:
    """A second reader gets the same bytes from memory; one who can't unpack gets the file as it is."""
    inner = Inner()
    app = _around(inner)
    first = _get(app, "/static/js/index.js", accept_encoding="gzip")
    second = _get(app, "/static/js/index.js", accept_encoding="gzip")
    assert first.body == second.body
    assert gzip.decompress(first.body).decode() == BUNDLE
    assert len(first.body) < len(BUNDLE) / 10
    assert first.headers["cache-control"] == "immutable"
    assert inner.asked == ["/static/js/index.js"]
    assert _get(app, "/static/js/index.js").body.decode() == BUNDLE


def test_failures_stay_failures() -> None:
    """What isn't a page passes as the app said it."""
    answer = _get(_around(Inner()), "/kapot")
    assert (answer.status, answer.body) == (404, b"weg")


@pytest.mark.parametrize(("kind", "path"), [("http", "/"), ("http", "/media/1.csv"), ("websocket", "/_stcore/stream")])
def test_real_data_without_login_goes_nowhere(kind: str, path: str) -> None:
    """Where nobody can log in everybody is told how to set that up, and no connection is made."""
    inner = Inner()
    refused = _get(_around(inner, shut=True), path, kind=kind, cookie="wie=anna")
    assert refused.status in (403, 1008)
    assert inner.asked == []
    if kind == "http":
        said = refused.body.decode()
        assert all(file in said for file in ("data/access.toml", ".streamlit/secrets.toml", "docs/inloggen.md"))
    assert _get(_around(inner, shut=True), "/_stcore/health").status == 200


def test_a_file_goes_to_who_is_logged_in() -> None:
    """Who has the address of a file and no login gets nothing, and brings nothing; no browser keeps a copy."""
    inner = Inner()
    for path in ("/media/1.csv", "/_stcore/upload_file/een/twee"):
        for cookie in ("", "wie=bart", "anna"):
            assert _get(_around(inner), path, cookie=cookie).status == 403
    assert inner.asked == []
    answer = _get(_around(inner), "/media/1.csv", cookie="wie=anna")
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost:8501", 200), ("gedragscode.example.nl", 200), ("elders.example.nl", 400), ("", 400)],
)
def test_the_name_of_the_host(host: str, status: int) -> None:
    """A page that somebody else's name leads to is no page of ours."""
    for kind in ("http", "websocket"):
        answer = _get(_around(Inner()), "/", kind=kind, host=host)
        assert (answer.status or 200) == status
        assert (entrance.OTHER_NAME.sentence in answer.body.decode()) is (status == 400)


@pytest.mark.parametrize(
    ("encrypted", "made", "sent"),
    [
        (False, "_streamlit_user=x; Max-Age=2592000; Path=/", "_streamlit_user=x; Max-Age=28800; Path=/"),
        (True, "_streamlit_user=x; Max-Age=2592000", "_streamlit_user=x; Max-Age=28800; Secure"),
        (True, "_streamlit_user_1=x; max-age=2592000; secure", "_streamlit_user_1=x; max-age=28800; secure"),
        (True, '_streamlit_user=""; Max-Age=0', '_streamlit_user=""; Max-Age=0; Secure'),
        (True, "_streamlit_xsrf=x; Max-Age=2592000", "_streamlit_xsrf=x; Max-Age=2592000; Secure"),
    ],
)
def test_cookies(made: str, sent: str, *, encrypted: bool) -> None:
    """A login is kept as long as it lasts, and sent over an encrypted line only where there is one."""

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("", headers={"set-cookie": made})(scope, receive, send)

    answer = _get(_around(inner, encrypted=encrypted), "/_stcore/x")
    assert answer.headers["set-cookie"] == sent
    assert ("strict-transport-security" in answer.headers) is encrypted


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.4", False),
        ("", False),
        (None, False),
        ("localhost.example.org", False),
    ],
)
def test_is_loopback(address: str | None, *, near: bool) -> None:
    """Only addresses of this machine itself; all interfaces is not one of them."""
    assert is_loopback(address) is near


def test_an_error_gets_a_number(caplog: pytest.LogCaptureFixture) -> None:
    """The log holds the number that the reader sees, and the reader sees no more than that."""
    with caplog.at_level(logging.ERROR):
        assert server.explain_error(ValueError("een cel")) is True
    (record,) = caplog.records
    assert record.exc_info
    assert len(str(record.args[0] if isinstance(record.args, tuple) else "")) == 8


def test_a_login_that_ended_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    """Who is shut out in the middle of something hears that, without a number, and nothing is logged."""
    assert server.explain_error(NoAccess(Reason.IDLE)) is True
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_words_are_still_in_streamlit() -> None:
    """The built-in words that the dictionary replaces and a reader meets on these pages exist in this version."""
    bundles = "".join(
        path.read_text(encoding="utf-8", errors="ignore")
        for path in (Path(str(st.__file__)).parent / "static" / "static" / "js").glob("*.js")
        if path.name.split(".")[0] in {"index", "Selectbox", "Multiselect", "utils", "DataFrame", "Toolbar"}
    )
    for word in ("App pages", "No results", "Page not found", "Fullscreen", "Download as CSV", "Close"):
        assert word in server.page().decode()
        assert f"`{word}`" in bundles or f'"{word}"' in bundles
    for beginning in ("Remove ", "You can only select up to "):
        assert f"{beginning}*" in server.page().decode()
        assert f"`{beginning}${{" in bundles
