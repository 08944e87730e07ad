"""Logging in and out, by Streamlit's own way: a named OpenID Connect provider and a signed cookie."""

import json
from collections.abc import Mapping
from typing import Any, Final

import streamlit as st
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from dashboard.access.door import Door

COOKIE: Final = "_streamlit_user"
"""The name of the cookie that holds who logged in; Streamlit signs it."""


def claims() -> Mapping[str, object]:
    """What the cookie of this session says of who is looking; empty without one that this server signed."""
    return dict(st.user.to_dict())


def claims_of(cookies: Mapping[str, str]) -> Mapping[str, object]:
    """The same, of a request that is no session: for a file."""
    secret = get_cookie_secret()

    def read(name: str) -> bytes | None:
        value = cookies.get(name)
        return None if value is None else decode_signed_value(secret, name, value.encode("latin-1", "replace"))

    found = get_cookie_with_chunks(read, COOKIE)
    known: dict[str, Any] = json.loads(found) if found else {}
    return known


def log_in(door: Door) -> None:
    """Send the browser to the provider."""
    st.login(door.access().provider)


def log_out(door: Door) -> None:
    """End the login, here and at the provider."""
    door.end(claims())
    st.logout()
