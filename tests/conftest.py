"""Every test has a store and a key of its own; the project's own store is out of reach."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.road import Road

pytest_plugins = ["tests.small_group"]

PROJECT = Path(__file__).resolve().parent.parent
REAL = tuple(PROJECT / "data" / name for name in ("store", "exports", "pseudonym.key", "access.toml"))
TOUCHES = {
    "open",
    "os.listdir",
    "os.scandir",
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "shutil.rmtree",
}


class RealDataError(AssertionError):
    """A test reached for the project's own store, key, exports or access list."""


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if not TOUCHES or event not in TOUCHES:  # at the very end of a process, modules are empty
        return
    for argument in arguments[:2]:
        if isinstance(argument, (str, bytes, os.PathLike)):
            path = Path.cwd() / os.fsdecode(argument)
            if any(path.is_relative_to(real) for real in REAL):
                raise RealDataError(f"{event}: {path}")


sys.addaudithook(_guard)


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever reads the environment, child processes too, finds an empty store of this test only."""
    monkeypatch.setenv("GEDRAGSCODE_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("GEDRAGSCODE_KEY_FILE", str(tmp_path / "pseudonym.key"))
    monkeypatch.setenv("GEDRAGSCODE_ACCESS", str(tmp_path / "access.toml"))
    monkeypatch.setenv("GEDRAGSCODE_SECRETS", str(tmp_path / "secrets.toml"))


@pytest.fixture
def road(tmp_path: Path) -> Road:
    """The real road, into this test's own store."""
    return Road(tmp_path)
