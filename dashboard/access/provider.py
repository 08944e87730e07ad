"""The provider that people log in with, as Streamlit's secrets describe it, checked before anybody relies on it."""

import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from dashboard.access.roles import Access, AccessProblem
from dashboard.toml_tables import TomlFile, TomlTable

SHORTEST: Final = 32
"""Characters of the secret behind the cookies, at least."""

ANY_TENANT: Final = re.compile(r"/(common|organizations|consumers)/")
"""How Entra ID names an address where people of every organisation may log in."""

CALLBACK: Final = "/oauth2callback"

Secrets = Mapping[str, Any]
"""Streamlit's own shape: `auth` with what all providers share, and a table for each."""


def load_secrets(path: Path, access: Access) -> Secrets:
    """What Streamlit needs for logging in with the provider of the access file, and nothing else of the secrets.

    Raises AccessProblem where something is missing or isn't safe.
    """
    top = TomlFile.read(path, AccessProblem).top()
    shared = top.table("auth")
    named = shared.table(access.provider)
    for table in (shared, named):
        if "expose_tokens" in table.rest:
            raise table.problem("expose_tokens", "expose_tokens is hier niet nodig. Haal deze regel weg.")
    redirect = _address(shared, "redirect_uri")
    if not redirect.endswith(CALLBACK):
        raise shared.problem("redirect_uri", f"redirect_uri moet eindigen op {CALLBACK}.")
    cookie_secret = shared.text("cookie_secret")
    if len(cookie_secret) < SHORTEST:
        raise shared.problem("cookie_secret", f"cookie_secret moet ten minste {SHORTEST} tekens lang zijn.")
    metadata = _address(named, "server_metadata_url")
    if ANY_TENANT.search(metadata):
        raise named.problem("server_metadata_url", "hier moet het nummer van uw eigen tenant in staan.")
    provider = {
        "client_id": named.text("client_id"),
        "client_secret": named.text("client_secret"),
        "server_metadata_url": metadata,
        "client_kwargs": _extras(named),
    }
    return {"auth": {"redirect_uri": redirect, "cookie_secret": cookie_secret, access.provider: provider}}


def host_of(secrets: Secrets) -> str:
    """The name under which people reach the dashboard."""
    return urlsplit(str(secrets["auth"]["redirect_uri"])).hostname or ""


def is_loopback(address: str | None) -> bool:
    """Whether a host or an address can only be reached from this machine. None and `0.0.0.0` can from elsewhere."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def _address(table: TomlTable, key: str) -> str:
    """An address that nobody on the way can read along with."""
    address = table.text(key)
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise table.problem(key, f"{key} moet een adres zijn dat met https:// begint.")
    return address


def _extras(table: TomlTable) -> dict[str, str]:
    extras = table.table("client_kwargs")
    return {key: extras.text(key) for key in extras.left()}
