"""The text of one cell → its value, strictly: what isn't listed here is a bad cell, never a guess.

Every parser takes text that isn't empty, without blanks around it, and raises `BadCell` with a Dutch reason. A
reason never quotes the cell: a cell in the wrong column may hold a name.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import isleap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import partial
from types import MappingProxyType
from typing import Final

from dashboard.exports.contracts import EDUCATION, Column, Kind
from dashboard.registry import Registry

Value = str | int | bool | date
Parser = Callable[[str], Value]

EMPTY: Final = frozenset({"", "-", "n.v.t."})
BOOLEANS: Final[Mapping[str, bool]] = MappingProxyType(
    {"ja": True, "j": True, "1": True, "waar": True, "true": True}
    | {"nee": False, "n": False, "0": False, "onwaar": False, "false": False}
)
LONGEST_TEXT: Final = 40
"""Characters in a `bron` or a `platform`."""
MOST_DIGITS: Final = 15
"""Digits of a whole number: far more than anyone counts, and it still fits."""
ADULT_ENOUGH: Final = 16

_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_TIME_AFTER_DATE = r"(?:[T ] *(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?)?"
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}})-([0-9]{{1,2}})-([0-9]{{4}}){_TIME_AFTER_DATE}")
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}}){_TIME_AFTER_DATE}")
_TIME = re.compile(rf"({_CLOCK})")
_WHOLE = re.compile(r"([0-9]+)(?:,0+)?")
_BRIN6 = re.compile(r"[0-9]{2}[A-Z]{2}[0-9]{2}")
_SCHOOL_YEAR = re.compile(r"([0-9]{4})-([0-9]{4})")
_DIGITS = re.compile(r"[0-9]+")

TIME_TAIL: Final = r"^\s*([0-9]{1,4}-[0-9]{1,2}-[0-9]{1,4})" + _TIME_AFTER_DATE + r"\s*$"
"""A date with a time after it, as polars reads patterns: many texts become one before they are parsed."""


class BadCell(ValueError):
    """A cell that breaks the rules of its column. The message is the Dutch reason."""


def plain(text: str) -> str:
    """How headers and listed values are compared: without blanks around them, case ignored."""
    return text.strip().casefold()


def is_empty(text: str) -> bool:
    """Whether a cell says nothing: blank, `-` or `n.v.t.`."""
    return plain(text) in EMPTY


def pupil_number(text: str) -> str:
    """A `leerlingnummer` in its one way of writing: no blanks around it, no leading zeros if all digits."""
    number = text.strip()
    return number.lstrip("0") or "0" if _DIGITS.fullmatch(number) else number


def turns_16(born: date) -> date:
    """The day of turning 16; born on 29 February, in a year without one: 1 March."""
    year = born.year + ADULT_ENOUGH
    leap_day = (born.month, born.day) == (2, 29)
    return date(year, 3, 1) if leap_day and not isleap(year) else born.replace(year=year)


def parse_date(text: str) -> date:
    """`dd-mm-jjjj`, `d-m-jjjj` or `jjjj-mm-dd`, each with or without a time after it.

    Raises:
        BadCell: another way of writing, or a day that doesn't exist.
    """
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise BadCell("Dit is geen datum als 31-12-2025 of 2025-12-31.")
    try:
        return date(year, month, day)
    except ValueError:
        raise BadCell("Deze dag bestaat niet.") from None


def parse_past_date(text: str, today: date) -> date:
    """A date that isn't after the day of import. Raises BadCell."""
    day = parse_date(text)
    if day > today:
        raise BadCell("Deze datum ligt na de dag van de import.")
    return day


def parse_boolean(text: str) -> bool:
    """`ja/nee`, `j/n`, `1/0`, `waar/onwaar`, `true/false`, case ignored. Raises BadCell."""
    try:
        return BOOLEANS[plain(text)]
    except KeyError:
        raise BadCell("Hier hoort ja of nee te staan.") from None


def parse_whole(text: str) -> int:
    """A whole number, 0 or more; zeros after a decimal comma are allowed. Raises BadCell."""
    found = _WHOLE.fullmatch(text)
    if found is None:
        raise BadCell("Dit is geen geheel getal van 0 of meer, zonder punten of andere tekens.")
    if len(found[1].lstrip("0")) > MOST_DIGITS:
        raise BadCell("Dit getal is te groot.")
    return int(found[1])


def parse_time(text: str) -> str:
    """`uu:mm`, from 00:00 to 23:59. Raises BadCell."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise BadCell("Dit is geen tijd van 00:00 tot en met 23:59.")
    return found[1]


def parse_brin6(text: str) -> str:
    """Two digits, two letters, two digits; letters become capitals. Raises BadCell."""
    code = text.upper()
    if not text.isascii() or _BRIN6.fullmatch(code) is None:
        raise BadCell("Een brin6 bestaat uit twee cijfers, twee letters en twee cijfers.")
    return code


def parse_school_year(text: str) -> str:
    """`jjjj-jjjj`, the second year one more than the first. Raises BadCell."""
    found = _SCHOOL_YEAR.fullmatch(text)
    if found is None or int(found[2]) != int(found[1]) + 1:
        raise BadCell("Een schooljaar ziet eruit als 2025-2026: twee jaren na elkaar.")
    return text


def parse_education(text: str) -> str:
    """Types of education joined by `/`, each of them listed. Raises BadCell."""
    parts = [plain(part) for part in text.split("/")]
    if not set(parts) <= set(EDUCATION):
        raise BadCell(f"Kies uit {', '.join(EDUCATION)}; meer dan één met een / ertussen.")
    return "/".join(parts)


def parse_source(text: str) -> str:
    """At most 40 letters of any alphabet, digits, blanks, `.`, `-`, `_`; kept as written. Raises BadCell."""
    if len(text) > LONGEST_TEXT or not all(_is_plain(sign) or sign in ".-_" for sign in text):
        raise BadCell(f"Hier mogen hooguit {LONGEST_TEXT} letters, cijfers, spaties en . - _ staan.")
    return text


def parse_platform(text: str, registry: Registry) -> str:
    """A known name in its one way of writing, or any other as written.

    Raises:
        BadCell: more than 40 signs, or others than letters, digits, blanks, `. + - _ /`.
    """
    if len(text) > LONGEST_TEXT or not all(_is_plain(sign) or sign in ".+-_/" for sign in text):
        raise BadCell(f"Hier mogen hooguit {LONGEST_TEXT} letters, cijfers, spaties en . + - _ / staan.")
    known = registry.platform(text)
    return text if known is None else known.code


def parse_text(text: str) -> str:
    """Free text, as written."""
    return text


def _is_plain(sign: str) -> bool:
    # Marks belong to a letter: é may be written as e and an accent.
    return sign == " " or sign in "0123456789" or unicodedata.category(sign)[0] in "LM"


def listed(values: Sequence[str], reason: str = "") -> Parser:
    """A parser for a choice from a short list, case ignored; the reason names the list if none is given."""
    known = {plain(value): value for value in values}
    reason = reason or f"Kies uit {', '.join(values)}."

    def parse(text: str) -> str:
        if (value := known.get(plain(text))) is None:
            raise BadCell(reason)
        return value

    return parse


def nearest(values: Sequence[str]) -> Parser:
    """A parser for a category, case ignored, which names the nearest one where a category isn't known."""
    known = {plain(value): value for value in values}

    def parse(text: str) -> str:
        if (value := known.get(plain(text))) is None:
            likely = get_close_matches(plain(text).replace(" ", "_"), known, n=1, cutoff=0.0)
            raise BadCell(f"Deze categorie is onbekend. De categorie die er het meest op lijkt: {known[likely[0]]}.")
        return value

    return parse


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What a cell is judged by beside its own column.

    Args:
        registry: purposes, categories, articles and platforms.
        today: the day of import.
    """

    registry: Registry
    today: date

    def parser(self, column: Column) -> Parser:
        """The parser of a column of the contract."""
        return _PARSERS[column.kind](self, column)

    def days(self, column: Column) -> Callable[[str], date]:
        """Days; in the past where the column says so."""
        return partial(parse_past_date, today=self.today) if column.past else parse_date

    def birth(self, column: Column) -> Parser:
        """Birth dates, kept as the day of turning 16 only."""
        parse = self.days(column)
        return lambda text: turns_16(parse(text))

    def article(self, _column: Column) -> Parser:
        """Articles of the registry by their number."""
        numbers = [article.number for article in self.registry.articles]
        return listed(numbers, "Dit is geen artikel van de gedragscode. Schrijf het als IV.M.8.")


_Maker = Callable[[Rulebook, Column], Parser]


def _same(parse: Parser) -> _Maker:
    """For columns that only their own text decides on."""
    return lambda _rulebook, _column: parse


_PARSERS: Final[Mapping[Kind, _Maker]] = MappingProxyType(
    {
        Kind.BRIN6: _same(parse_brin6),
        Kind.PUPIL: _same(pupil_number),
        Kind.BIRTH: Rulebook.birth,
        Kind.DATE: Rulebook.days,
        Kind.BOOLEAN: _same(parse_boolean),
        Kind.WHOLE: _same(parse_whole),
        Kind.TIME: _same(parse_time),
        Kind.SCHOOL_YEAR: _same(parse_school_year),
        Kind.EDUCATION: _same(parse_education),
        Kind.LISTED: lambda _, column: listed(column.values),
        Kind.PURPOSE: lambda rulebook, _: listed([purpose.code for purpose in rulebook.registry.purposes]),
        Kind.CATEGORY: lambda rulebook, _: nearest([category.code for category in rulebook.registry.categories]),
        Kind.ARTICLE: Rulebook.article,
        Kind.PLATFORM: lambda rulebook, _: partial(parse_platform, registry=rulebook.registry),
        Kind.SOURCE: _same(parse_source),
        Kind.IDENTIFIER: _same(parse_text),
        Kind.TEXT: _same(parse_text),
    }
)
