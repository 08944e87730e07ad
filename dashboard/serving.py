"""Starting the app where people reach it, after a look at what it would serve and to whom."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dashboard.access.provider import Secrets, host_of, is_loopback, load_secrets
from dashboard.access.roles import AccessProblem, load_access
from dashboard.settings import PROJECT, Settings
from dashboard.store.places import Places
from dashboard.store.snapshots import Snapshot, current_snapshot, list_snapshots

NEAR: Final = ("localhost", "127.0.0.1")
"""How this machine calls itself."""

HOW: Final = (
    "Echte gegevens worden zonder inloggen niet getoond. Maak data/access.toml (wie ziet wat) en "
    ".streamlit/secrets.toml (waar mensen inloggen); docs/inloggen.md zegt stap voor stap hoe."
)


class ServingProblem(Exception):
    """The app can't be started like this. A Dutch sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the app is going to be served."""

    command: list[str]
    about: str
    """What a person reads before it starts, as a sentence."""


def plan(settings: Settings, port: int, address: str) -> Plan:
    """How to serve a store. Raises ServingProblem for real data without login, StoreProblem for a broken store."""
    snapshots = list_snapshots(Places(settings.store))
    secrets = _secrets(settings, is_real=any(not snapshot.demo for snapshot in snapshots))
    hosts = dict.fromkeys([*NEAR, *_names(secrets, address)])
    options = {
        "server.port": f"{port}",
        "server.address": address,
        "server.enableXsrfProtection": "true",
        "server.enableCORS": "true",
    }
    command = [sys.executable, "-m", "streamlit", "run", f"{PROJECT / 'streamlit_app.py'}"]
    return Plan(
        [
            *command,
            *(f"--{name}={value}" for name, value in options.items()),
            *(f"--server.allowedHosts={host}" for host in hosts),
        ],
        _about(current_snapshot(Places(settings.store)), secrets, f"http://{address}:{port}"),
    )


def environment(settings: Settings) -> dict[str, str]:
    """What the app has to know of where things are, beside the environment that it is started in."""
    return {
        f"GEDRAGSCODE_{name.upper()}": f"{Path(path).absolute()}" for name, path in settings if isinstance(path, Path)
    }


def _secrets(settings: Settings, *, is_real: bool) -> Secrets:
    """The provider to log in with; empty for a demo, unless there is an access file, and then that has to be right."""
    if not is_real and not settings.access.exists():
        return {}
    try:
        return load_secrets(settings.secrets, load_access(settings.access))
    except AccessProblem as problem:
        raise ServingProblem(f"{HOW} Wat nu nog niet klopt: {problem}") from problem


def _names(secrets: Secrets, address: str) -> list[str]:
    """Under which names people may reach the app: the one they come back to after logging in, else its own address."""
    if secrets:
        return [host_of(secrets)]
    return [] if is_loopback(address) or address in ("", "0.0.0.0", "::") else [address]  # noqa: S104  # a name to leave out


def _about(shown: Snapshot | None, secrets: Secrets, address: str) -> str:
    where = str(secrets["auth"]["redirect_uri"]).rsplit("/", 1)[0] if secrets else address
    if shown is None:
        return f"Er zijn nog geen gegevens. Het dashboard toont verzonnen gegevens op {where}."
    kind = "verzonnen gegevens" if shown.demo else "echte gegevens, alleen na inloggen"
    return f"Het dashboard toont {kind} op {where}. Stop met Ctrl+C."
