"""What the shipped settings promise: this machine only, Dutch errors, two themes, nothing sent away."""

import tomllib
from typing import Any

import pytest
from streamlit import config

from dashboard.access.provider import is_loopback
from dashboard.settings import PROJECT


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    return tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_only_this_machine(shipped: dict[str, Any]) -> None:
    """Real data stays here unless somebody changes the address on purpose."""
    assert is_loopback(shipped["server"]["address"])
    assert all(is_loopback(host) for host in shipped["server"]["allowedHosts"])


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("browser", "gatherUsageStats", False),
        ("client", "showErrorDetails", "none"),
        ("client", "toolbarMode", "minimal"),
        ("server", "enableAgentApi", False),
        ("server", "showEmailPrompt", False),
        ("server", "enableXsrfProtection", True),
        ("server", "enableCORS", True),
        ("server", "enableStaticServing", False),
        ("server", "maxUploadSize", 1),
        ("runner", "postScriptGC", False),
    ],
)
def test_switches(shipped: dict[str, Any], section: str, name: str, value: object) -> None:
    """Each is off by choice, and Streamlit knows it under this name."""
    assert shipped[section][name] == value
    assert f"{section}.{name}" in config._config_options_template


def test_light_and_dark(shipped: dict[str, Any]) -> None:
    """The system decides: both themes are complete, none is the base."""
    theme = shipped["theme"]
    assert "base" not in theme
    assert set(theme["light"]) == set(theme["dark"])
    assert len(theme["chartCategoricalColors"]) == 10
