"""A text means the same whenever it is read, and each distinct text is parsed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports.contracts import DATASETS
from dashboard.exports.lexicons import Layout, Lexicon, Lexicons, Reasons, Verbatim, without_times
from dashboard.exports.parsing import BadCell, Rulebook, parse_date, parse_whole
from dashboard.exports.settling import rank_texts
from tests.exports.deliveries import KEY, TODAY, registry


def texts(*cells: str) -> pl.Series:
    return pl.Series(cells, dtype=pl.String)


def outcome(parse: Callable[[str], date], text: str) -> date | str:
    try:
        return parse(text.strip())
    except BadCell as problem:
        return str(problem)


def test_each_distinct_text_is_parsed_once() -> None:
    parsed: list[str] = []

    def parse(text: str) -> int:
        parsed.append(text)
        return parse_whole(text)

    reasons = Reasons()
    lexicon = Lexicon(parse, pl.Int64(), reasons, {"twee": "2", "geen": "-"})
    values, problems = lexicon.read(texts("1", "TWEE ", "", "1", "x"))
    assert values.to_list() == [1, 2, None, 1, None]
    assert [reasons.texts[number] for number in problems] == ["", "", "", "", reasons.texts[problems[4]]]
    assert problems[4] > 0
    values, problems = lexicon.read(texts("x", "3", "geen", "1"))
    assert values.to_list() == [None, 3, None, 1]
    assert problems.to_list() == [1, 0, 0, 0]
    assert parsed == ["1", "2", "x", "3"]


def test_no_texts_are_no_values() -> None:
    values, problems = Lexicon(parse_whole, pl.Int64(), Reasons(), {}).read(texts())
    assert values.is_empty()
    assert problems.is_empty()


def test_verbatim_texts_lose_blanks_and_empties() -> None:
    values, problems = Verbatim(None).read(texts(" a ", "-", "N.v.t.", "", "b c"))
    assert values.to_list() == ["a", None, None, None, "b c"]
    assert problems.to_list() == [0] * 5


def test_ids_are_hashed_alike_with_and_without_own_values() -> None:
    layout, reasons = Layout(), Reasons()
    lexicons = Lexicons(Rulebook(registry(), TODAY), KEY, layout, reasons)
    dataset = DATASETS["incidenten"]
    for meanings in ({}, {"x": "1"}):
        values, _ = lexicons.open(dataset, dataset.column("incident_id"), meanings).read(texts(" 1 ", "-"))
        assert values.to_list() == [KEY.record("incident_id", "1"), None]


def test_pupils_have_one_number_in_every_dataset() -> None:
    layout = Layout()
    pupils, answers = DATASETS["leerlingen"], DATASETS["toestemmingen"]
    number = "leerlingnummer"
    assert layout.dtype(pupils, pupils.column(number)) == layout.dtype(answers, answers.column(number))
    assert layout.schema(pupils)["brin6"] == layout.schema(answers)["brin6"]


date_like = st.from_regex(
    r"\A ?[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,4}[T ]{0,2}[0-9]{0,2}:?[0-9]{0,2}(:[0-9]{2})?([.,][0-9]*)? ?\Z"
)


@given(st.one_of(date_like, st.sampled_from(["1-2-2025 9:05", "2025-02-01T09:05:06.7", "1-2-2025 24:00", "x:y"])))
def test_leaving_out_times_never_changes_a_date(text: str) -> None:
    assert outcome(parse_date, without_times(texts(text))[0]) == outcome(parse_date, text)


@given(st.lists(st.one_of(st.none(), st.text(max_size=3))))
def test_ranks_have_the_order_of_the_texts(cells: list[str | None]) -> None:
    column = pl.Series(cells, dtype=pl.String)
    compact = column.cast(pl.Categorical(pl.Categories.random("gedragscode")))
    assert column.gather(rank_texts(compact).arg_sort()).to_list() == column.sort().to_list()
