"""Files to take along open well in a Dutch spreadsheet and do nothing there."""

import csv
import io
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures import DANGEROUS
from dashboard.ui.downloads import csv_file


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_dutch_types() -> None:
    """Decimal commas in full, dates as they sort, truth as words, no value as nothing."""
    frame = pl.DataFrame(
        {
            "School": ["Oost", "West; de tweede"],
            "Dekking": [1 / 3, None],
            "Leerlingen": [1200, 0],
            "Dag": [date(2026, 11, 22), None],
            "Aangeleverd": [True, False],
        }
    )
    content = csv_file(frame)
    assert content.startswith(b"\xef\xbb\xbf")
    assert _rows(content) == [
        ["School", "Dekking", "Leerlingen", "Dag", "Aangeleverd"],
        ["Oost", "0,3333333333333333", "1200", "2026-11-22", "ja"],
        ["West; de tweede", "", "0", "", "nee"],
    ]


@pytest.mark.parametrize("start", DANGEROUS)
def test_formulas_are_text(start: str) -> None:
    """Whatever a spreadsheet would take for a formula gets an apostrophe, also behind blanks."""
    for text in (f"{start}1+1", f"  {start}cmd"):
        assert _rows(csv_file(pl.DataFrame({"naam": [text]})))[1][0].startswith("'")


def test_a_column_is_named_after_data_without_running_it() -> None:
    """A header is text like any other."""
    assert _rows(csv_file(pl.DataFrame({"=1+1": ["a"]})))[0] == ["'=1+1"]


@given(st.text())
def test_no_cell_starts_a_formula(text: str) -> None:
    """No text at all leaves a cell that starts with a formula sign: the page's files and the others hold one rule."""
    (cell,) = _rows(csv_file(pl.DataFrame({"a": [text]})))[1]
    assert not cell.lstrip(" ").startswith(tuple(DANGEROUS))


def test_negative_numbers_stay_numbers() -> None:
    """The guard is for texts: a number below zero is no formula."""
    assert _rows(csv_file(pl.DataFrame({"dagen": [-135], "verschil": [-0.5]})))[1] == ["-135", "-0,5"]
