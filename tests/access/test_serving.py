"""`gedragscode serve`: a demo for everyone on this machine, real data only with a login."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from dashboard import cli
from dashboard.registry import load_registry
from dashboard.serving import ServingProblem, plan
from dashboard.settings import Settings
from tests import screens
from tests.access.logins import ACCESS, SECRETS


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(access=tmp_path / "access.toml", secrets=tmp_path / "secrets.toml", store=tmp_path / "store")


def _write(settings: Settings, access: str, secrets: str, *, demo: bool) -> None:
    screens.write_store(settings.store, load_registry(Settings().registry), schools=1, demo=demo)
    for path, text in ((settings.access, access), (settings.secrets, secrets)):
        if text:
            path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("demo", "access", "secrets", "hosts", "about"),
    [
        (True, "", "", ["localhost", "127.0.0.1"], "verzonnen gegevens op http://localhost:8600"),
        (True, ACCESS, SECRETS, ["localhost", "127.0.0.1", "gedragscode.example.nl"], "verzonnen gegevens"),
        (
            False,
            ACCESS,
            SECRETS,
            ["localhost", "127.0.0.1", "gedragscode.example.nl"],
            "echte gegevens, alleen na inloggen op https://gedragscode.example.nl",
        ),
    ],
)
def test_what_is_served(  # the options as one table
    demo: bool, access: str, secrets: str, hosts: list[str], about: str, settings: Settings
) -> None:
    """The app answers to this machine's names and the one that people log in under, and to no other."""
    _write(settings, access, secrets, demo=demo)
    planned = plan(settings, 8600, "localhost")
    assert [option.partition("=")[2] for option in planned.command if "allowedHosts" in option] == hosts
    assert {"--server.port=8600", "--server.address=localhost", "--server.enableXsrfProtection=true"} <= set(
        planned.command
    )
    assert about in planned.about


@pytest.mark.parametrize(
    ("demo", "access", "secrets"),
    [
        (False, "", ""),
        (False, ACCESS, ""),
        (False, "", SECRETS),
        (False, ACCESS.replace("gmr", "mr"), SECRETS),
        (False, ACCESS, SECRETS.replace("https://gedragscode", "http://gedragscode")),
        (True, ACCESS, ""),
    ],
)
def test_what_is_not_served(demo: bool, access: str, secrets: str, settings: Settings) -> None:
    """Real data without a whole login is refused; so is a login that is there but not right."""
    _write(settings, access, secrets, demo=demo)
    with pytest.raises(ServingProblem) as problem:
        plan(settings, 8600, "0.0.0.0")
    for file in ("data/access.toml", ".streamlit/secrets.toml", "docs/inloggen.md"):
        assert file in str(problem.value)


def test_an_empty_store_shows_the_demo(settings: Settings) -> None:
    """Nothing imported yet: the app starts, with what is made up, also for others when asked to."""
    planned = plan(settings, 8600, "gedragscode.local")
    assert "verzonnen" in planned.about
    assert "--server.allowedHosts=gedragscode.local" in planned.command


def test_the_command(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It becomes the app, with every path in its environment; with real data it stops at exit 2 and a sentence."""
    started: list[Mapping[str, str]] = []
    monkeypatch.setattr(os, "execve", lambda _path, _command, environment: started.append(environment))
    for demo, code in ((True, 0), (False, 2)):
        screens.write_store(settings.store, load_registry(Settings().registry), schools=1, demo=demo)
        monkeypatch.setattr(sys, "argv", ["gedragscode", "serve", "--store", str(settings.store), "--port", "8600"])
        with pytest.raises(SystemExit) as ended:
            cli.run()
        assert (ended.value.code or 0) == code
    (environment,) = started
    assert environment["GEDRAGSCODE_STORE"] == str(settings.store)
    assert "docs/inloggen.md" in capsys.readouterr().err
