"""Whatever the order of rows and files, the same rows are accepted; and every row is accounted for."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.exports.checking import Checked
from tests.exports.deliveries import Row, check, row, stored, write

DATASETS_USED = ("scholen", "leerlingen", "toestemmingen", "stages")
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

Line = tuple[str, Row]
"""A dataset and a row of it."""


@st.composite
def lines(draw: st.DrawFn) -> list[Line]:
    """Rows of four datasets that repeat, contradict, break rules and refer to each other."""
    schools = st.builds(
        lambda brin6, naam: row("scholen", brin6=brin6, naam=naam),
        st.sampled_from(["01AA00", "02bb00", "02BB00", "fout"]),
        st.sampled_from(["A", "A", "A", "B", ""]),
    )
    pupils = st.builds(
        lambda number, brin6, leerjaar, born: row(
            "leerlingen", leerlingnummer=number, brin6=brin6, leerjaar=leerjaar, geboortedatum=born
        ),
        st.sampled_from(["1", "01", "2", "3"]),
        st.sampled_from(["01AA00", "02BB00"]),
        st.sampled_from(["1", "1", "2", "9"]),
        st.sampled_from(["01-01-2012", "2012-01-01", "01-06-2013"]),
    )
    answers = st.builds(
        lambda number, word, day, brin6: row(
            "toestemmingen", leerlingnummer=number, antwoord=word, datum=day, brin6=brin6
        ),
        st.sampled_from(["1", "001", "2", "4"]),
        st.sampled_from(["ja", "JA", "nee", "misschien"]),
        st.sampled_from(["01-09-2025", "2025-09-01", "", "01-02-2013"]),
        st.sampled_from(["01AA00", "02BB00", ""]),
    )
    stages = st.builds(
        lambda number, brin6: row("stages", stage_id=number, brin6=brin6),
        st.sampled_from(["1", "2"]),
        st.sampled_from(["01AA00", "02BB00"]),
    )
    found: list[Line] = []
    for name, rows in zip(DATASETS_USED, (schools, pupils, answers, stages), strict=True):
        found += [(name, one) for one in draw(st.lists(rows, max_size=8))]
    return found


def split(folder: Path, found: list[Line], names: list[str]) -> Path:
    """The rows in files: those of one dataset and one name together."""
    files: dict[str, list[Row]] = {}
    for (dataset, cells), name in zip(found, names, strict=True):
        files.setdefault(f"{name}-{dataset}", []).append(cells)
    for name, rows in files.items():
        write(folder / f"{name}.csv", rows)
    folder.mkdir(exist_ok=True)
    return folder


def checked(found: list[Line], names: list[str], known: dict[str, pl.DataFrame] | None = None) -> Checked:
    with tempfile.TemporaryDirectory() as folder:
        return check(split(Path(folder) / "levering", found, names), known=known)


def fates(one: Checked) -> tuple[int, int, int, int]:
    """Rows read, accepted, rejected, known of all files together."""
    return (
        sum(file.read for file in one.files),
        sum(file.accepted for file in one.files),
        sum(file.rejected for file in one.files),
        sum(file.known for file in one.files),
    )


def contents(one: Checked) -> dict[str, list[tuple[object, ...]]]:
    return {name: rows.rows() for name, rows in stored(one).items()}


@few
@given(st.data(), lines())
def test_order_and_files_never_matter(data: st.DataObject, found: list[Line]) -> None:
    plain = checked(found, ["a"] * len(found))
    shuffled = data.draw(st.permutations(found))
    names = data.draw(st.lists(st.sampled_from(["a", "b", "z"]), min_size=len(found), max_size=len(found)))
    other = checked(shuffled, names)
    assert contents(other) == contents(plain)
    assert fates(other) == fates(plain)
    assert other.held.rows() == plain.held.rows()
    assert other.reasons.rows() == plain.reasons.rows()


@few
@given(lines())
def test_every_row_is_accounted_for(found: list[Line]) -> None:
    one = checked(found, ["a"] * len(found))
    read, accepted, rejected, known = fates(one)
    assert read == len(found) == accepted + rejected + known
    assert rejected == one.rejections.select("bestand", "regel").unique().height
    assert accepted == sum(len(rows) for rows in one.accepted.values())
    assert one.held.select(pl.sum_horizontal("accepted", "known", "rejected").sum()).item() == read


@few
@given(lines())
def test_a_second_time_everything_good_is_known(found: list[Line]) -> None:
    first = checked(found, ["a"] * len(found))
    again = checked(found, ["a"] * len(found), known=stored(first))
    read, accepted, rejected, known = fates(first)
    assert fates(again) == (read, 0, rejected, accepted + known)
    assert again.rejections.equals(first.rejections)


@few
@given(lines())
def test_what_is_accepted_has_one_content_per_key_and_its_references(found: list[Line]) -> None:
    rows = stored(checked(found, ["a"] * len(found)))
    schools = set(rows["scholen"]["brin6"])
    assert len(schools) == len(rows["scholen"])
    assert not rows["leerlingen"].select("leerling", "brin6", "in_van").is_duplicated().any()
    assert set(rows["leerlingen"]["brin6"]) | set(rows["stages"]["brin6"]) <= schools
    assert set(rows["toestemmingen"]["leerling"]) <= set(rows["leerlingen"]["leerling"])
    assert set(rows["toestemmingen"]["brin6"].drop_nulls()) <= schools
