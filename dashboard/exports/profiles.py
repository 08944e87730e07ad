"""Mapping profiles: how a source's own headers and values come to the contract, one TOML file per source.

    name = "Leerlingen uit bron X"
    dataset = "leerlingen"
    [headers]                     # header of the file = column of the contract
    Stamnummer = "leerlingnummer"
    [values.onderwijssoort]       # value of the file = value of the contract; "-" means empty
    "VMBO-T" = "vmbo"
    [constants]                   # columns the file doesn't have
    brin6 = "02QZ00"
    [wide]                        # toestemmingen only: a column per purpose, header = purpose
    "Foto op de website" = "beeld_website"

Headers and values are compared without blanks around them and without case. Under a [wide] header stands the
answer; an empty cell there is no row, unless [values.antwoord] says what "" means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from dashboard.exports.contracts import DATASETS, Column, Dataset, Kind
from dashboard.exports.parsing import BadCell, Rulebook, is_empty, plain
from dashboard.exports.pseudonyms import PERSONAL_HEADERS
from dashboard.registry import Registry
from dashboard.toml_tables import TomlFile, TomlTable

PURPOSE_COLUMN: Final = "doel"
ANSWER_COLUMN: Final = "antwoord"
WIDE_DATASET: Final = "toestemmingen"

_OF_THE_REGISTRY = frozenset({Kind.PURPOSE, Kind.CATEGORY, Kind.ARTICLE})
_FAR_AHEAD = date(9000, 1, 1)  # whether a day has come is judged at the import, not here


class ProfileProblem(ValueError):
    """A profile can't be used. The message is a Dutch sentence that names the file, the line and the key."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How one source writes one dataset.

    Args:
        headers: header in small letters → column of the contract.
        values: column → the source's value in small letters → the contract's text.
        constants: column → text, where the file lacks that column.
        wide: header in small letters → purpose; empty where a row is one answer already.
        defect: a Dutch sentence where the profile names what the registry doesn't know; its files are refused.
    """

    name: str
    dataset: str
    headers: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    wide: Mapping[str, str] = field(default_factory=dict)
    defect: str = ""


def load_profiles(folder: Path, registry: Registry) -> tuple[Profile, ...]:
    """Every profile of a folder, by file name; none where the folder isn't there.

    Raises:
        ProfileProblem: a file that can't be used.
    """
    profiles: list[Profile] = []
    for path in sorted(folder.glob("*.toml")):
        profile = load_profile(path, registry)
        if any(profile.name == other.name for other in profiles):
            raise ProfileProblem(f"{path.name}: er is al een profiel met de naam '{profile.name}'.")
        profiles.append(profile)
    return tuple(profiles)


def load_profile(path: Path, registry: Registry) -> Profile:
    """One profile.

    Raises:
        ProfileProblem: the file can't be read, or says what can't be.
    """
    top = TomlFile.read(path, ProfileProblem).top()
    name = top.text("name")
    dataset = DATASETS[top.one_of("dataset", tuple(DATASETS))]
    draft = _Draft(path.name, dataset, Rulebook(registry, _FAR_AHEAD))
    headers = draft.headers(top.table("headers"))
    wide = draft.wide(top.table("wide"))
    constants = draft.constants(top.table("constants"))
    values = draft.values(top.table("values"))
    top.close()
    if not headers and not wide:
        raise top.problem("headers", "een profiel heeft [headers] of [wide] nodig om bestanden te herkennen.")
    return Profile(name, dataset.name, headers, values, constants, wide, draft.defect)


@dataclass(slots=True)
class _Draft:
    """A profile while it is read; every part may use a column once."""

    file: str
    dataset: Dataset
    rulebook: Rulebook
    defect: str = ""
    _taken: set[str] = field(default_factory=set)
    _headers: set[str] = field(default_factory=set)

    def headers(self, table: TomlTable) -> Mapping[str, str]:
        """[headers]: header → column."""
        found: dict[str, str] = {}
        for header in table.left():
            self._refuse_personal(table, header)
            self._take_header(table, header)
            column = self._column(table, header, table.text(header))
            self._take(table, header, column.name)
            found[plain(header)] = column.name
        return MappingProxyType(found)

    def wide(self, table: TomlTable) -> Mapping[str, str]:
        """[wide]: header → purpose."""
        headers = table.left()
        if headers and self.dataset.name != WIDE_DATASET:
            raise table.problem("", f"[wide] kan alleen bij {WIDE_DATASET}.")
        found: dict[str, str] = {}
        for header in headers:
            self._take_header(table, header)
            purpose = table.text(header)
            self._judge(table, header, self.dataset.column(PURPOSE_COLUMN), purpose)
            found[plain(header)] = purpose
        if headers:
            for column in (PURPOSE_COLUMN, ANSWER_COLUMN):
                self._take(table, headers[0], column)
        return MappingProxyType(found)

    def constants(self, table: TomlTable) -> Mapping[str, str]:
        """[constants]: column → text."""
        found: dict[str, str] = {}
        for key in table.left():
            column = self._column(table, key, plain(key))
            self._take(table, key, column.name)
            found[column.name] = table.text(key)
            self._judge(table, key, column, found[column.name])
        return MappingProxyType(found)

    def values(self, table: TomlTable) -> Mapping[str, Mapping[str, str]]:
        """[values.COLUMN]: value of the file → text of the contract."""
        found: dict[str, Mapping[str, str]] = {}
        for key in table.left():
            column = self._column(table, key, plain(key))
            found[column.name] = MappingProxyType(dict(self._meanings(table.table(key), column)))
        return MappingProxyType(found)

    def _meanings(self, table: TomlTable, column: Column) -> Iterator[tuple[str, str]]:
        seen: set[str] = set()
        for key in table.left():
            if plain(key) in seen:
                raise table.problem(key, f"'{key}' staat er twee keer; hoofdletters en spaties tellen niet mee.")
            seen.add(plain(key))
            text = table.text(key)
            self._judge(table, key, column, text)
            yield plain(key), text

    def _column(self, table: TomlTable, key: str, name: str) -> Column:
        try:
            return self.dataset.column(plain(name))
        except KeyError:
            known = ", ".join(column.name for column in self.dataset.columns)
            sentence = f"'{key}' noemt een kolom die {self.dataset.name} niet heeft. Bekend: {known}."
            raise table.problem(key, sentence) from None

    def _take(self, table: TomlTable, key: str, column: str) -> None:
        if column in self._taken:
            raise table.problem(key, f"'{key}' vult de kolom {column}, en die is al gevuld.")
        self._taken.add(column)

    def _take_header(self, table: TomlTable, header: str) -> None:
        if plain(header) in self._headers:
            raise table.problem(header, f"'{header}' staat er twee keer; hoofdletters en spaties tellen niet mee.")
        self._headers.add(plain(header))

    def _refuse_personal(self, table: TomlTable, header: str) -> None:
        if plain(header) in PERSONAL_HEADERS and self.dataset.name != "scholen":
            raise table.problem(header, f"'{header}' is een persoonlijke kolom; die wordt nooit gelezen.")

    def _judge(self, table: TomlTable, key: str, column: Column, text: str) -> None:
        if is_empty(text):
            return
        try:
            self.rulebook.parser(column)(text)
        except BadCell as reason:
            problem = table.problem(key, f"'{key}' past niet bij de kolom {column.name}: {reason}")
            # The registry may change under a profile; that should stop its own files only.
            if column.kind not in _OF_THE_REGISTRY:
                raise problem from None
            self.defect = self.defect or str(problem)
