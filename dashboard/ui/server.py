"""What the web server adds around the app: a Dutch page, safe headers, closed doors, small files, a warm start."""

import gc
import gzip
import json
import logging
import re
import secrets
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import Final

import streamlit as st
from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access import door
from dashboard.ui import entrance

HERE: Final = Path(__file__).resolve().parent
CLOSED: Final = re.compile(r"/_stcore/(metrics|agent)(/|$)")
"""Both answer by default: the first counts sessions and memory, the second reads the app out as JSON."""

NOT_A_PAGE: Final = re.compile(r"/(static|media|_stcore|component|bidi-component|app)(/|$)")
OPEN: Final = re.compile(r"/(static/[\w./-]+\.(js|css|svg|json)|_stcore/health)$")
"""What says nothing of any school."""

FILES: Final = re.compile(r"/(media|_stcore/upload_file)(/|$)")
"""Files that a viewer had made, or brings: Streamlit gives them to anyone with the address, and takes them too."""

COMPRESSED: Final = re.compile(r"/static/[\w./-]+\.(js|css|svg|json)$")
ONLY_FRESH: Final = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
WARM: Final = ("babel.dates", "plotly.graph_objects", "plotly.io", "polars", "streamlit.elements.plotly_chart")

HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}

ENCRYPTED: Final = {"strict-transport-security": "max-age=31536000"}
"""What a browser may learn where the dashboard is reached by https."""

COOKIES: Final = b"_streamlit_user"
"""How the names of the cookies start that hold a login; Streamlit keeps them for thirty days."""

MAX_AGE: Final = re.compile(rb"(?i)(max-age=)\d+")


@dataclass(frozen=True, slots=True)
class Guard:
    """What is asked before a request is answered."""

    is_shut: Callable[[], bool]
    """Whether there is something that nobody can log in for; asked at every page and connection."""
    may_take: Callable[[Mapping[str, str]], bool]
    """Whether somebody with these cookies may fetch a file; asked for every file."""


def middleware(guard: Guard, hosts: Sequence[str], *, encrypted: bool = False) -> list[Middleware]:
    """The layers around the app, outermost first.

    `hosts`: the names that the server answers to. `encrypted`: whether browsers reach it by https.
    """
    return [
        Middleware(SafeHeaders, encrypted=encrypted),
        Middleware(KnownHosts, hosts=hosts),
        Middleware(ClosedDoors),
        Middleware(Guarded, guard=guard),
        Middleware(DutchPage),
        Middleware(SmallFiles),
    ]


def warm_up(modules: Sequence[str] = WARM) -> None:
    """Import what the first page needs, then let the collector leave alone all that stays anyway."""
    for module in modules:
        import_module(module)
    gc.collect()
    gc.freeze()


def explain_error(error: Exception) -> bool:
    """Say in Dutch that something broke, with a number under which the log holds what; True: nothing else is shown.

    Who may not see something any more, hears that instead.
    """
    if isinstance(error, door.NoAccess):
        st.warning("Laad de pagina opnieuw om weer in te loggen.", title="U bent uitgelogd")
        return True
    reference = secrets.token_hex(4).upper()
    logging.getLogger(__name__).error("Fout %s op een pagina", reference, exc_info=error)
    st.error(
        "Er ging iets mis bij het maken van deze pagina. De gegevens zijn niet veranderd. Laad de pagina opnieuw. "
        f"Blijft het misgaan, geef dan dit nummer door aan de beheerder: **{reference}**.",
        title="Deze pagina kan nu niet worden getoond",
    )
    return True


class KnownHosts:
    """Whoever comes by a name that isn't the server's own reads in Dutch what to do."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app = app
        self.hosts = list(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 400 for another name, also to a connection."""
        known: list[Scope] = []

        async def pass_on(scope: Scope, _receive: Receive, _send: Send) -> None:
            known.append(scope)

        async def drop(_message: Message) -> None:
            """Starlette's own answer is English."""

        await TrustedHostMiddleware(pass_on, self.hosts, www_redirect=False)(scope, receive, drop)
        if known:
            await self.app(scope, receive, send)
        else:
            await HTMLResponse(_plain_page(entrance.OTHER_NAME), status_code=400)(scope, receive, send)


class ClosedDoors:
    """Streamlit's metrics and agent interfaces don't exist here."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 404 for what is closed."""
        if scope["type"] == "http" and CLOSED.search(scope["path"]):
            await Response("Niet gevonden", status_code=404)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class Guarded:
    """Real data where nobody can log in goes to nobody, and a file that was made only to who is logged in."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self.app = app
        self.guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer pages, files and connections with how to set it up, or with nothing."""
        if scope["type"] not in ("http", "websocket") or OPEN.search(scope["path"]):
            await self.app(scope, receive, send)
        elif self.guard.is_shut():
            await _refuse(scope, receive, send)
        elif FILES.search(scope["path"]) and not self.guard.may_take(HTTPConnection(scope).cookies):
            await Response("Geen toegang", status_code=403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await HTMLResponse(_plain_page(entrance.NOT_SET_UP), status_code=403)(scope, receive, send)


class SafeHeaders:
    """The headers that Streamlit doesn't send: what a page may load, and who may frame it."""

    def __init__(self, app: ASGIApp, *, encrypted: bool) -> None:
        self.app = app
        self.headers = {**HEADERS, **(ENCRYPTED if encrypted else {})}
        self.encrypted = encrypted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to every HTTP answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.headers)
                headers["content-security-policy"] = content_policy()
                if FILES.search(scope["path"]):
                    headers["cache-control"] = "no-store"
                message["headers"] = [(name, self._safe(name, value)) for name, value in message["headers"]]
            await send(message)

        await self.app(scope, receive, send_safely)

    def _safe(self, name: bytes, value: bytes) -> bytes:
        """A cookie that is sent over an encrypted line only, and of a login no longer than the login lasts."""
        if name.lower() != b"set-cookie":
            return value
        if value.startswith(COOKIES) and b"max-age=0" not in value.lower():
            value = MAX_AGE.sub(rb"\g<1>%d" % door.LONGEST, value)
        return value + b"; Secure" if self.encrypted and b"; secure" not in value.lower() else value


class DutchPage:
    """Streamlit's one HTML file is English; every page gets ours, made once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Swap the body of an HTML answer, so that every status and redirect stays the app's own."""
        if scope["type"] != "http" or scope["method"] != "GET" or NOT_A_PAGE.match(scope["path"]):
            await self.app(scope, receive, send)
            return
        wants_gzip = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        plain = [(name, value) for name, value in scope["headers"] if name not in ONLY_FRESH]
        answer = await _collect(self.app, {**scope, "headers": plain}, receive)
        if answer.status_code == HTTPStatus.OK and answer.headers.get("content-type", "").startswith("text/html"):
            answer = _page_response(compressed=wants_gzip)
        await answer(scope, receive, send)


class SmallFiles:
    """Static files are sent compressed, each compressed once: their names carry a hash of what they hold."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: dict[str, Response] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory where it can."""
        if not self._fits(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self.kept:
            plain = [(name, value) for name, value in scope["headers"] if name not in ONLY_FRESH]
            answer = await _collect(self.app, {**scope, "headers": plain}, receive)
            if answer.status_code != HTTPStatus.OK:
                await answer(scope, receive, send)
                return
            self.kept[path] = await run_sync(_compressed, answer)
        await self.kept[path](scope, receive, send)

    def _fits(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "GET" or not COMPRESSED.search(scope["path"]):
            return False
        headers = Headers(scope=scope)
        return "gzip" in headers.get("accept-encoding", "") and "range" not in headers


async def _collect(app: ASGIApp, scope: Scope, receive: Receive) -> Response:
    """Run an app and hold its whole answer: only for pages and static files, which are small."""
    start: Message = {}
    body = bytearray()

    async def hold(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    await app(scope, receive, hold)
    answer = Response(bytes(body), status_code=start["status"])
    answer.raw_headers = list(start["headers"])
    return answer


def _compressed(answer: Response) -> Response:
    kept = {name: answer.headers[name] for name in ("content-type", "cache-control") if name in answer.headers}
    body = gzip.compress(bytes(answer.body), compresslevel=6, mtime=0)
    return Response(body, headers={**kept, "content-encoding": "gzip", "vary": "Accept-Encoding"})


def _page_response(*, compressed: bool) -> Response:
    headers = {"content-type": "text/html; charset=utf-8", "cache-control": "no-cache", "vary": "Accept-Encoding"}
    if not compressed:
        return Response(page(), headers=headers)
    return Response(_small_page(), headers={**headers, "content-encoding": "gzip"})


@cache
def page() -> bytes:
    """Streamlit's HTML file in Dutch: its language, its title, the words for browsers without scripts, our script."""
    html = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    html = html.replace('<html lang="en">', '<html lang="nl">')
    html = html.replace("<title>Streamlit</title>", f"<title>Gedragscode</title><script>{_script()}</script>")
    html = re.sub(r'<link\s+rel="service-desc"[^>]*>', "", html)
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    no_script = "<noscript><p>Dit dashboard heeft JavaScript nodig. Zet het aan in de browser.</p></noscript>"
    return re.sub(r"<noscript>.*</noscript>", no_script, html, flags=re.DOTALL).encode()


@cache
def _small_page() -> bytes:
    return gzip.compress(page(), mtime=0)


@cache
def content_policy() -> str:
    """What a page may load: only what comes from here, and of the scripts in the page only these exact ones."""
    inline = re.findall(r"<script>(.*?)</script>", page().decode(), flags=re.DOTALL)
    hashes = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in inline)
    rules = (
        "default-src 'self'",
        f"script-src 'self' {hashes}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
    return "; ".join(rules)


def _script() -> str:
    words = json.loads((HERE / "words.json").read_text(encoding="utf-8"))
    text = (HERE / "page_head.js").read_text(encoding="utf-8")
    return text.replace("__WORDS__", json.dumps(words, ensure_ascii=False).replace("<", "\\u003c"))


def _plain_page(said: entrance.Notice) -> str:
    """A notice for whoever gets no page of the app."""
    return (
        '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Gedragscode</title>'
        f"<body><main><h1>{said.title}</h1><p>{said.sentence}</p><p>{said.more}</p></main></body></html>"
    )
