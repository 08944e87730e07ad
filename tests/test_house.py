"""The house rules, as far as a test can see them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dashboard
from dashboard.settings import PROJECT, Settings

HOUSE = PROJECT / "dashboard"
ENTRIES = {HOUSE / "cli.py", PROJECT / "streamlit_app.py"}
MODULES = sorted(path for path in HOUSE.rglob("*.py") if path.name != "__init__.py")
SCRIPTS = [*sorted(HOUSE.rglob("*.py")), PROJECT / "streamlit_app.py"]
LONGEST = 450


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


# --- modules --------------------------------------------------------------------------------------------------


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of every call in a file: `date.today` for `date.today()`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_no_clock_below_the_entry(path: Path) -> None:
    """`today` is an argument everywhere but where a person starts something."""
    if path in ENTRIES:
        return
    clock = re.compile(r"(?:^|\.)(?:date|datetime)\.(?:today|now|utcnow)$|^time\.(?:time|localtime|gmtime)$")
    assert [f"line {line}: {name}" for line, name in calls(path) if clock.search(name)] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_is_on_the_map(path: Path) -> None:
    """The map of the house names the module, or the package that it is a part of."""
    assert dashboard.__doc__, "no map"
    inside = path.relative_to(HOUSE)
    depth = 2  # a package inside a package is named as one
    name = inside.parts[1] if len(inside.parts) > depth else path.stem
    assert re.search(rf"\b{re.escape(name)}\b", dashboard.__doc__)
    assert all(re.search(rf"\b{part}/", dashboard.__doc__) for part in inside.parts[:-1][:1])


def test_map_names_nothing_else() -> None:
    """What the map calls a module is there."""
    there = [*HOUSE.rglob("*.py"), *(PROJECT / "tests").rglob("*.py"), PROJECT / "streamlit_app.py"]
    assert set(re.findall(r"\w+\.py\b", dashboard.__doc__ or "")) <= {path.name for path in there}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_is_short(path: Path) -> None:
    """A module that grows past this has two subjects."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_has_a_name_of_its_own(path: Path) -> None:
    """No drawers without a label."""
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base", "core"}
    assert path.stem not in vague
    assert path.parent.name not in vague


@pytest.mark.parametrize("path", sorted((HOUSE / "pages").glob("*.py")), ids=name_of)
def test_page_has_no_state_and_no_sql(path: Path) -> None:
    """A page chooses, asks, works out and shows; state lives in the filters, questions in `queries/`."""
    text = path.read_text(encoding="utf-8")
    assert "session_state" not in text
    assert not re.search(r"\bselect\b.+\bfrom\b", text, re.IGNORECASE | re.DOTALL)


# --- the tests themselves -------------------------------------------------------------------------------------


def test_real_data_is_out_of_reach() -> None:
    """A test that reaches for the project's own store or key fails."""
    for name in ("store", "pseudonym.key"):
        with pytest.raises(AssertionError, match=name):
            (PROJECT / "data" / name).open()
    with pytest.raises(AssertionError, match="store"):
        list((PROJECT / "data" / "store").iterdir())


def test_settings_point_into_the_test(tmp_path: Path) -> None:
    """What reads the environment finds this test's own store and key."""
    assert Settings().store.is_relative_to(tmp_path)
    assert Settings().key_file.is_relative_to(tmp_path)
