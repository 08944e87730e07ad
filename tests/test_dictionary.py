"""data/README.md is the dictionary of the data contract: neither holds anything that the other doesn't."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from dashboard.exports.contracts import DATASETS, Dataset
from dashboard.registry import load_registry
from dashboard.settings import PROJECT

README = (PROJECT / "data" / "README.md").read_text(encoding="utf-8")
REGISTRY = load_registry(PROJECT / "data" / "gedragscode.toml")

STORED_AS = {"leerling": "leerlingnummer", "wordt_16_op": "geboortedatum"}
"""Stored name → the contract's, where they differ."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the dictionary says of a dataset: column → whether it is required, and the key as it is written."""

    columns: Mapping[str, bool]
    key: str
    text: str


def read_dictionary() -> Mapping[str, Entry]:
    """The sections `### dataset: …` with their tables."""
    entries = {}
    for section in README.split("\n### ")[1:]:
        name, colon, _ = section.partition("\n")[0].partition(":")
        if colon:
            entries[name] = read_entry(section)
    return entries


def read_entry(section: str) -> Entry:
    """A section's key and its table; one row may hold several columns, joined by a comma."""
    key = re.search(r"^Sleutel: (.+?)\.", section, re.MULTILINE)
    rows = re.findall(r"^\| (?!kolom)([a-z0-9_*, ]+) \|", section, re.MULTILINE)
    cells = [cell for row in rows for cell in row.split(", ")]
    columns = {cell.rstrip("*"): cell.endswith("*") for cell in cells}
    return Entry(columns, key[1] if key else "", section)


DICTIONARY = read_dictionary()


def test_the_dictionary_holds_every_dataset() -> None:
    """The same thirteen, in the same order; the registry labels exactly these."""
    assert list(DICTIONARY) == list(DATASETS)
    assert [choice.code for choice in REGISTRY.choices("dataset")] == list(DATASETS)


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.name)
def test_the_dictionary_holds_every_column(dataset: Dataset) -> None:
    """The contract's columns in its order, with a star where they are required."""
    required = {column.name: column.required for column in dataset.columns}
    assert list(DICTIONARY[dataset.name].columns.items()) == list(required.items())


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.name)
def test_the_dictionary_names_the_key(dataset: Dataset) -> None:
    """By the contract's names, or as all columns together."""
    names = ", ".join(STORED_AS.get(name, name) for name in dataset.key)
    assert DICTIONARY[dataset.name].key == ("alle kolommen" if dataset.whole_row_is_key else names)


LISTED = [
    (dataset.name, column.name, column.values)
    for dataset in DATASETS.values()
    for column in dataset.columns
    if column.values
]


@pytest.mark.parametrize(("dataset", "column", "values"), LISTED)
def test_every_listed_value_is_named_and_labelled(dataset: str, column: str, values: tuple[str, ...]) -> None:
    """In the dictionary (or where it refers to), and in the registry's labels."""
    text = README if "zoals bij" in row_of(dataset, column) else row_of(dataset, column)
    assert [value for value in values if f"`{value}`" not in text] == []
    labels = REGISTRY.choices(f"{dataset}.{column}") or REGISTRY.choices(column)
    assert set(values) <= {choice.code for choice in labels}


def row_of(dataset: str, column: str) -> str:
    """The dictionary's row of a column."""
    rows = DICTIONARY[dataset].text.splitlines()
    return next(row for row in rows if re.match(rf"\| ([^|]*, )?{column}\*?[ ,]", row))
