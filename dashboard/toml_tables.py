"""A TOML file that people edit, read so that every complaint names the file and the line.

`tomllib` forgets where a value stood as soon as it is read; here the lines are looked up in the text again. A
table's values are taken out one by one, and `TomlTable.close` complains about what nobody took: a misspelt
key is an error, not a silence.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

_HEADER: Final = re.compile(r"\[{1,2}(?P<name>[^\[\]]+)\]{1,2}\s*(#.*)?")
_KEY: Final = re.compile(r"(?P<key>[A-Za-z0-9_-]+|\"[^\"]+\"|'[^']+')\s*=")
_LINE: Final = re.compile(r"at line (?P<line>\d+)")

_Place = tuple[str, int, str]
"""A table's name, which of its name it is (from 0), and a key in it (empty for its header)."""


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A TOML file with the line on which every table and key stands."""

    name: str
    data: Mapping[str, object]
    lines: Mapping[_Place, int]
    error: type[ValueError]

    @classmethod
    def read(cls, path: Path, error: type[ValueError]) -> "TomlFile":
        """Read a file; whatever is wrong with it is raised as `error`, with a Dutch sentence."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as problem:
            raise error(f"{path.name}: dit bestand ontbreekt of kan niet worden gelezen.") from problem
        except UnicodeDecodeError as problem:
            raise error(f"{path.name}: dit bestand is geen UTF-8.") from problem
        try:
            return cls(path.name, tomllib.loads(text), _find_lines(text), error)
        except tomllib.TOMLDecodeError as problem:
            raise error(_not_toml(path.name, text, str(problem))) from problem

    def top(self) -> "TomlTable":
        """The values above the first header, and every table."""
        return TomlTable(self, "", 0, dict(self.data))

    def problem(self, table: str, index: int, key: str, sentence: str) -> ValueError:
        """The error that names the line of a key, or of the table under it, else of its own table."""
        below = f"{table}.{key}" if table else key
        places = ((table, index, key), (below, 0, ""), (table, index, ""))
        line = next((self.lines[place] for place in places if place in self.lines), None)
        where = self.name if line is None else f"{self.name}, regel {line}"
        return self.error(f"{where}: {sentence}")


def _find_lines(text: str) -> Mapping[_Place, int]:
    lines: dict[_Place, int] = {}
    counts: dict[str, int] = {}
    table, index, in_text = "", 0, False
    for number, line in enumerate(text.split("\n"), start=1):
        was_in_text, in_text = in_text, in_text ^ _opens_or_closes_text(line)
        if was_in_text:
            continue
        if header := _HEADER.fullmatch(line.strip()):
            table = _unquote(header["name"])
            index = counts.get(table, 0)
            counts[table] = index + 1
            lines[table, index, ""] = number
        elif key := _KEY.match(line.strip()):
            lines.setdefault((table, index, _unquote(key["key"])), number)
    return lines


def _opens_or_closes_text(line: str) -> bool:
    """Whether a text of several lines starts or ends here; one that does both on this line does neither."""
    return (line.count('"""') + line.count("'''")) % 2 == 1


def _unquote(name: str) -> str:
    return re.sub(r"\s*\.\s*", ".", re.sub(r"[\"']", "", name)).strip()


def _not_toml(name: str, text: str, reason: str) -> str:
    found = _LINE.search(reason)
    line = int(found["line"]) if found else len(text.splitlines())
    return f"{name}, regel {line}: hier klopt de schrijfwijze (TOML) niet: {reason}"


@dataclass(slots=True)
class TomlTable:
    """One table of a file; taking a value removes it, and `close` complains about what is left."""

    file: TomlFile
    name: str
    index: int
    rest: dict[str, object]

    def problem(self, key: str, sentence: str) -> ValueError:
        """The error that names the line of a key of this table."""
        return self.file.problem(self.name, self.index, key, sentence)

    def close(self) -> None:
        """Complain about the first value that nobody took."""
        for key in self.rest:
            raise self.problem(key, f"{key} is hier onbekend.")

    def left(self) -> list[str]:
        """The keys that nobody took yet, in the order of the file."""
        return list(self.rest)

    def text(self, key: str) -> str:
        """A text that must be there; blanks and line ends inside become one blank."""
        value = self.rest.pop(key, None)
        if not isinstance(value, str) or not value.strip():
            raise self.problem(key, f"{key} ontbreekt, is leeg of is geen tekst tussen aanhalingstekens.")
        return " ".join(value.split())

    def optional_text(self, key: str) -> str | None:
        """A text, or None where the key is missing."""
        return self.text(key) if key in self.rest else None

    def text_like(self, key: str, pattern: re.Pattern[str], letters: str) -> str:
        """A text that fits a pattern as a whole; `letters` says in Dutch what it is made of."""
        value = self.text(key)
        if not pattern.fullmatch(value):
            raise self.problem(key, f"{key} bestaat uit {letters}.")
        return value

    def one_of(self, key: str, allowed: Sequence[str]) -> str:
        """A text that must be one of those listed."""
        value = self.text(key)
        if value not in allowed:
            raise self.problem(key, f"{key} moet een van deze waarden zijn: {', '.join(allowed)}.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different texts; empty where the key is missing."""
        values = self.rest.pop(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
            raise self.problem(key, f"{key} moet een lijst van teksten zijn.")
        if len(set(values)) < len(values):
            raise self.problem(key, f"{key} noemt een waarde twee keer.")
        return tuple(values)

    def some_of(self, key: str, allowed: Sequence[str], least: int = 0) -> tuple[str, ...]:
        """A list of different texts, each one of those listed, at least so many."""
        values = self.texts(key)
        if len(values) < least:
            raise self.problem(key, f"{key} ontbreekt of is leeg. Bekend: {', '.join(allowed)}.")
        for value in values:
            if value not in allowed:
                raise self.problem(key, f"{key} noemt {value}; dat kan hier niet. Bekend: {', '.join(allowed)}.")
        return values

    def whole(self, key: str, least: int) -> int:
        """A whole number that must be there, and at least so much."""
        value = self.rest.pop(key, None)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.problem(key, f"{key} moet een heel getal van {least} of meer zijn.")
        return value

    def day(self, key: str) -> date | None:
        """A date, or None where the key is missing."""
        value = self.rest.pop(key, None)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.problem(key, f"{key} moet een datum zijn: jjjj-mm-dd, zonder aanhalingstekens.")
        return value

    def flag(self, key: str) -> bool:
        """True or false; false where the key is missing."""
        value = self.rest.pop(key, False)
        if not isinstance(value, bool):
            raise self.problem(key, f"{key} moet true of false zijn.")
        return value

    def tables(self, key: str, least: int = 1) -> "list[TomlTable]":
        """The tables `[[key]]` in the order of the file, at least so many."""
        found = self.rest.pop(key, [])
        if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
            raise self.problem(key, f"{key} moet als [[{key}]] worden geschreven.")
        if len(found) < least:
            raise self.problem(key, f"er moet ten minste één [[{key}]] zijn.")
        return [TomlTable(self.file, key, index, dict(entry)) for index, entry in enumerate(found)]

    def table(self, key: str) -> "TomlTable":
        """The table `[key]`; empty where it is missing."""
        name = f"{self.name}.{key}" if self.name else key
        found = self.rest.pop(key, {})
        if not isinstance(found, dict):
            raise self.problem(key, f"{key} moet als [{name}] worden geschreven.")
        return TomlTable(self.file, name, 0, dict(found))
