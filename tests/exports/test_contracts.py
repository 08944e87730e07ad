"""The table of the contract agrees with the schemas, and every rule has a reason."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports.contracts import DATASETS, Dataset, Kind, breach_of, empty_frame
from dashboard.exports.parsing import turns_16
from dashboard.exports.schemas import BREACHES, whole_years

datasets = pytest.mark.parametrize("dataset", DATASETS.values(), ids=list(DATASETS))


def rules(dataset: Dataset) -> set[str]:
    """Names of the rules of a schema, as failures name them."""
    nothing = pl.DataFrame({name: [None] for name in dataset.stored}, schema=dataset.stored)
    _, failure = dataset.schema.filter(nothing)
    return set(failure.details().columns) - set(dataset.stored)


def test_the_thirteen_datasets_in_the_order_of_their_references() -> None:
    assert list(DATASETS)[:3] == ["scholen", "leerlingen", "toestemmingen"]
    assert len(DATASETS) == 13


@datasets
def test_stored_columns_are_the_contract_s_in_order(dataset: Dataset) -> None:
    assert tuple(dataset.stored) == tuple(column.stored for column in dataset.columns)


@datasets
def test_a_stored_column_may_be_empty_exactly_where_the_contract_says_so(dataset: Dataset) -> None:
    columns = dataset.schema.columns()
    assert {c.name for c in dataset.columns if not columns[c.stored].nullable} == set(dataset.required)


@datasets
def test_no_number_and_no_birth_date_is_stored(dataset: Dataset) -> None:
    assert not {"leerlingnummer", "geboortedatum"} & set(dataset.stored)


@datasets
def test_every_rule_blames_a_column_and_gives_a_reason(dataset: Dataset) -> None:
    names = {column.name for column in dataset.columns}
    for rule in rules(dataset):
        breach = breach_of(rule, dataset)
        assert breach.column in names
        assert breach.reason.endswith(".")


def test_every_breach_belongs_to_a_rule() -> None:
    found = set().union(*(rules(dataset) for dataset in DATASETS.values()))
    assert set(BREACHES) <= found


@datasets
def test_keys_are_stored_columns_that_are_never_empty_or_the_whole_row(dataset: Dataset) -> None:
    required = {column.stored for column in dataset.columns if column.required}
    assert set(dataset.key) <= required or dataset.whole_row_is_key


@datasets
def test_an_empty_frame_has_the_stored_layout(dataset: Dataset) -> None:
    assert empty_frame(dataset.name).schema == dataset.stored


def test_listed_columns_name_their_values() -> None:
    for dataset in DATASETS.values():
        for column in dataset.columns:
            assert bool(column.values) == (column.kind is Kind.LISTED)


def test_what_has_happened_cannot_lie_ahead() -> None:
    past = {
        name: {c.name for c in dataset.columns if c.past} for name, dataset in DATASETS.items() if name != "incidenten"
    }
    assert {name: columns for name, columns in past.items() if columns} == {
        "leerlingen": {"geboortedatum", "in_van"},
        "toestemmingen": {"datum"},
        "publicaties": {"datum"},
        "consultaties": {"datum"},
        "bekendmaking": {"datum"},
        "besluiten": {"datum"},
        "stages": {"controle_datum"},
        "personeel": {"peildatum"},
    }
    days = {column.name for column in DATASETS["incidenten"].columns if column.kind is Kind.DATE}
    assert {column.name for column in DATASETS["incidenten"].columns if column.past} == days


def test_a_column_outside_the_contract_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        DATASETS["scholen"].column("bsn")


@given(
    born=st.dates(min_value=date(1960, 1, 1), max_value=date(2060, 1, 1)),
    day=st.dates(min_value=date(1960, 1, 1), max_value=date(2060, 1, 1)),
)
def test_whole_years_from_the_day_of_turning_16(born: date, day: date) -> None:
    """The age follows from the stored day as well as from the birth date."""
    frame = pl.DataFrame({"zestien": [turns_16(born)], "dag": [day]})
    by_hand = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    assert frame.select(whole_years(pl.col("zestien"), pl.col("dag"))).item() == by_hand
