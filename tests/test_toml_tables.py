"""Reading TOML that people edit: values come out once, and complaints know their line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.toml_tables import TomlFile, TomlTable


class ReaderError(ValueError):
    """The error of whoever reads the file."""


TEXT = '''\
name = "above" # regel 1

[[entry]]
name = "first"

[[ entry ]] # regel 6
name = """
name = "inside"
[[entry]]
"""
size = 3

["with.dot"]
'quoted' = 1
[plain."with.dot"]
"key" = 2
'''


@pytest.fixture
def top(tmp_path: Path) -> TomlTable:
    """The file above, opened."""
    path = tmp_path / "edited.toml"
    path.write_text(TEXT, encoding="utf-8")
    return TomlFile.read(path, ReaderError).top()


@pytest.mark.parametrize(
    ("find", "line"),
    [
        (lambda top: top.problem("name", ""), 1),
        (lambda top: top.problem("entry", ""), 3),
        (lambda top: top.tables("entry")[0].problem("name", ""), 4),
        (lambda top: top.tables("entry")[0].problem("missing", ""), 3),
        (lambda top: top.tables("entry")[1].problem("missing", ""), 6),
        (lambda top: top.tables("entry")[1].problem("name", ""), 7),
        (lambda top: top.tables("entry")[1].problem("size", ""), 11),
        (lambda top: top.table("with.dot").problem("quoted", ""), 14),
        (lambda top: top.table("plain").table("with.dot").problem("key", ""), 16),
        (lambda top: top.table("plain").problem("with.dot", ""), 15),
    ],
)
def test_a_problem_names_its_line(top: TomlTable, find: Callable[[TomlTable], ValueError], line: int) -> None:
    """The line of the key, else that of its table; texts over several lines hold no keys or headers."""
    assert str(find(top)) == f"edited.toml, regel {line}: "


def test_a_problem_without_a_line_names_the_file(top: TomlTable) -> None:
    """What isn't there at all stands nowhere."""
    assert str(top.problem("missing", "ontbreekt.")) == "edited.toml: ontbreekt."


def test_the_error_is_the_readers_own(top: TomlTable) -> None:
    """A complaint is raised as the class that the reader gave."""
    with pytest.raises(ReaderError, match=r"edited\.toml, regel 1: name moet een heel getal"):
        top.whole("name", least=0)


def test_what_nobody_took_is_unknown(top: TomlTable) -> None:
    """Taking a value empties the table; closing one that isn't empty complains about the first value left."""
    first = top.tables("entry")[0]
    assert first.left() == ["name"]
    with pytest.raises(ReaderError, match="regel 4: name is hier onbekend"):
        first.close()
    assert first.text("name") == "first"
    first.close()


def test_what_may_be_missing_is_empty(top: TomlTable) -> None:
    """Optional values of a table that has none of them."""
    empty = top.table("nowhere")
    assert empty.optional_text("a") is None
    assert empty.texts("a") == ()
    assert empty.day("a") is None
    assert not empty.flag("a")
    assert empty.tables("a", least=0) == []
