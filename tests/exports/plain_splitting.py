"""The grammar of a delimited text, letter by letter: slow, obvious, and apart from the reader it checks."""

from __future__ import annotations

from dataclasses import dataclass, field


class NeverCloses(Exception):
    """A quote that never closes; `args[0]` is the line it opens on."""


@dataclass
class Plain:
    """What a text holds: its first record, and the rows after it with their lines."""

    headers: list[str] = field(default_factory=list)
    rows: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)


def split_plainly(text: str, separator: str) -> Plain:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = Plain()
    at, line = 0, 1
    while at < len(text):
        fields, next_at = _record(text, at, separator, line)
        taken = text[at:next_at]
        lines = taken.removesuffix("\n").split("\n")
        if fields is None:
            found.broken += [line + place for place, part in enumerate(lines) if part.replace(separator, "").strip()]
        elif '"' not in taken and not taken.replace(separator, "").strip():
            pass
        elif not found.headers:
            found.headers = fields
        elif len(fields) != len(found.headers):
            found.broken.append(line)
        elif any(field.strip() for field in fields):
            found.rows.append((line, tuple(fields)))
        at, line = next_at, line + taken.count("\n")
    return found


def _record(text: str, at: int, separator: str, line: int) -> tuple[list[str] | None, int]:
    """Fields of the record at `at` (None: text after a closing quote) and where the next one starts."""
    fields: list[str] = []
    start = at
    while True:
        if text[at : at + 1] == '"':
            value, at = _quoted(text, at, line + text.count("\n", start, at))
        else:
            value, at = _up_to(text, at, "\n" + separator)
        fields.append(value)
        if at >= len(text) or text[at] == "\n":
            return fields, at + 1
        if text[at] != separator:
            return None, _up_to(text, at, "\n")[1] + 1
        at += 1


def _quoted(text: str, at: int, line: int) -> tuple[str, int]:
    value, at = "", at + 1
    while at < len(text):
        if text[at : at + 2] == '""':
            value, at = value + '"', at + 2
        elif text[at] == '"':
            return value, at + 1
        else:
            value, at = value + text[at], at + 1
    raise NeverCloses(line)


def _up_to(text: str, at: int, stops: str) -> tuple[str, int]:
    value = ""
    while at < len(text) and text[at] not in stops:
        value, at = value + text[at], at + 1
    return value, at
