"""The table of traps with real days: who was born when, and what was said on which day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dashboard.exports.sample.trap_table import TRAP_TABLE, Place
from dashboard.periods import add_years, school_year, school_year_name

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Said:
    """A row of `toestemmingen` of a planted pupil; None is empty."""

    antwoord: str
    day: date | None
    giver: str | None
    source: str | None
    label: str | None
    """voor_schooljaar."""
    extras: frozenset[str]
    """What else the table says of it: `hier`, `elders`, `nullen`, `ander-doel`, `geweigerd`."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is said about a pupil, and the status that the rules make of it."""

    rule: int
    """The row of the status table that decides, 0 to 7."""
    status: str
    why: str
    """In Dutch, for the README."""
    born: date
    answers: tuple[Said, ...]
    place: Place
    peildatum: date


@dataclass(frozen=True, slots=True)
class Almanac:
    """The days that the table names.

    Args:
        forgotten: the last day of the month that the forgetful school didn't deliver.
    """

    today: date
    forgotten: date

    def day(self, text: str) -> date:
        """`20`, or an anchor and days after or before it. Raises KeyError for an unknown anchor."""
        if text.isdigit():
            return self.today - int(text) * ONE_DAY
        name, sign, days = text.partition("-") if "-" in text else text.partition("+")
        return self._anchor(name) + int(f"{sign}{days}") * ONE_DAY

    def _anchor(self, name: str) -> date:
        start = school_year(self.today)
        anchors = {
            "vandaag": self.today,
            "begin": date(start, 8, 1),
            "vorig": date(start - 1, 8, 1),
            "maandeind": self.today.replace(day=1) - ONE_DAY,
            "vergeten": self.forgotten,
        }
        return anchors[name]

    def peildatum(self, place: Place) -> date:
        """The reference date of a case."""
        special = {
            Place.MONTH_END: self._anchor("maandeind"),
            Place.FORGOTTEN: self.forgotten,
            Place.EVE: self.forgotten.replace(day=1) - ONE_DAY,
        }
        return special.get(place, self.today)

    def born(self, who: str) -> date:
        """The birth date of `kind`, `volwassen` or `16@DAY`."""
        if who.startswith("16@"):
            return add_years(self.day(who.removeprefix("16@")), -16)
        return add_years(self.today, -13 if who == "kind" else -18) - 40 * ONE_DAY

    def said(self, text: str) -> Said:
        """An answer of the table."""
        when, giver, word, *rest = text.split()
        extras = frozenset(rest)
        start = school_year(self.today)
        labels = {"los": None, "voor=vorig": school_year_name(start - 1), "voor=volgend": school_year_name(start + 1)}
        sources = {"zonder-bron": None, "vinkje": "Overgenomen"}
        return Said(
            antwoord=word,
            day=None if when == "zonder-datum" else self.day(when),
            giver=None if giver == "-" else giver,
            source=next((sources[extra] for extra in rest if extra in sources), "Ouderportaal"),
            label=next((labels[extra] for extra in rest if extra in labels), school_year_name(start)),
            extras=extras - set(labels) - set(sources),
        )


def all_cases(almanac: Almanac) -> Iterator[Case]:
    """Every case of the table, with real days."""
    for rule, status, who, answers, why, place in TRAP_TABLE:
        said = tuple(almanac.said(text) for text in answers.split(", ") if text)
        yield Case(rule, status, why, almanac.born(who), said, place, almanac.peildatum(place))
