"""The paths: inside the checkout by default, each movable by the environment."""

from pathlib import Path

import pytest

from dashboard.settings import PROJECT, Settings

PATHS = ("store", "key_file", "access", "secrets", "registry", "holidays", "profiles", "queries")


@pytest.fixture(autouse=True)
def _no_switches(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PATHS:
        monkeypatch.delenv(f"GEDRAGSCODE_{name.upper()}", raising=False)


def test_everything_lies_in_the_checkout_by_default() -> None:
    """Whatever the working directory, every path is absolute and inside the checkout."""
    for name in PATHS:
        path = getattr(Settings(), name)
        assert path.is_absolute()
        assert path.is_relative_to(PROJECT)


def test_the_project_is_the_checkout() -> None:
    """PROJECT is the folder that holds the project file, and the shipped files lie where the settings say."""
    assert (PROJECT / "pyproject.toml").is_file()
    assert Settings().registry.is_file()
    assert Settings().holidays.is_file()


def test_the_key_lies_outside_the_store() -> None:
    """Who copies the store doesn't copy the key with it."""
    assert not Settings().key_file.is_relative_to(Settings().store)


@pytest.mark.parametrize("name", PATHS)
def test_the_environment_moves_a_path(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """GEDRAGSCODE_STORE and its like win, and move nothing else."""
    monkeypatch.setenv(f"GEDRAGSCODE_{name.upper()}", str(tmp_path / "elsewhere"))
    moved = Settings()
    assert getattr(moved, name) == tmp_path / "elsewhere"
    assert all(getattr(moved, other).is_relative_to(PROJECT) for other in PATHS if other != name)


def test_an_empty_variable_moves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """`GEDRAGSCODE_STORE=` is no store in the working directory."""
    monkeypatch.setenv("GEDRAGSCODE_STORE", "")
    assert Settings().store == PROJECT / "data" / "store"
