"""The rules for SQL files: what a header says is what the question is, reads and answers."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.exports.contracts import DATASETS
from dashboard.settings import PROJECT
from dashboard.store import steps
from dashboard.store.questions import Query, Questions, keep_answer, keep_question, open_questions
from dashboard.store.snapshots import EXACT, Snapshot
from tests.builders import answers, delivered, incident, pupil, school
from tests.road import Road

QUERIES = PROJECT / "queries"
SCRIPTS = [*sorted((PROJECT / "dashboard").rglob("*.py")), PROJECT / "streamlit_app.py"]
STAGED = {path.stem for path in (QUERIES / "staging").glob("*.sql")}

# A part of the statement itself: its name after `with` or a comma, perhaps its columns, then `as (`.
OWN_PART = r"(?:\bwith(?:\s+recursive)?|,)\s*(\w+)\s*(?:\([^)]*\))?\s+as\s+(?:materialized\s+)?\("

# What a relation in `from` or `join` may be beside a name: a function that makes rows.
TABLE_FUNCTIONS = {"unnest", "range", "generate_series", "lateral", "values"}


@dataclass(frozen=True)
class Question:
    """One SQL file: its header and its statement."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path.relative_to(QUERIES).with_suffix(""))

    @cached_property
    def header(self) -> list[str]:
        """The comment lines on top, without their dashes."""
        lines = []
        for line in self.path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("--"):
                break
            lines.append(line[2:].strip())
        return lines

    @cached_property
    def statement(self) -> str:
        """The SQL without comments and without texts."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        bare = "\n".join(re.sub(r"--.*", "", line) for line in lines)
        return re.sub(r"'[^']*'", "''", bare).lower()

    def section(self, title: str) -> list[str]:
        """The lines under a title of the header, up to the next title."""
        if title not in self.header:
            return []
        lines: list[str] = []
        for line in self.header[self.header.index(title) + 1 :]:
            if line in {"", "Parameters", "Columns"} or line.startswith("Sources:"):
                break
            lines.append(line)
        return lines

    @property
    def columns(self) -> list[str]:
        """The names under `Columns`; a description that runs on is indented further."""
        text = self.path.read_text(encoding="utf-8")
        found = re.search(r"^-- Columns\n((?:--.*\n)+)", text, re.MULTILINE)
        return re.findall(r"^--   (\w+)", found[1], re.MULTILINE) if found else []

    @property
    def examples(self) -> dict[str, Any]:
        """An example value per parameter, as the header spells it."""
        lines = [re.split(r"\s{2,}", line) for line in self.section("Parameters") if line.startswith("$")]
        return {line[0][1:]: example(line[2]) for line in lines}

    @property
    def sources(self) -> set[str]:
        """The names after `Sources:`, over one line or more."""
        text = "\n".join(self.header)
        found = re.search(r"^Sources:(.*?)(?:\n\n|\nColumns|\nParameters|\Z)", text, re.DOTALL | re.MULTILINE)
        if found is None:
            return set()
        return STAGED if "every staging view" in found[1] else set(re.findall(r"\w+", found[1]))

    @property
    def relations(self) -> set[str]:
        """What the statement reads: names after `from` and `join`, less its own parts."""
        own = set(re.findall(OWN_PART, self.statement))
        read = set(re.findall(r"(?:\bfrom|\bjoin)\s+(\w+)", self.statement))
        return read - own - TABLE_FUNCTIONS


def example(text: str) -> Any:
    """A value as a header spells it: lists and texts as in Python, days bare."""
    days = [date.fromisoformat(day) for day in re.findall(r"(?<!['\d-])(\d{4}-\d{2}-\d{2})(?![\d'])", text)]
    if days:
        return days if text.startswith("[") else days[0]
    return ast.literal_eval(text)


ALL_QUESTIONS = [Question(path) for path in sorted(QUERIES.rglob("*.sql"))]
each_question = pytest.mark.parametrize("question", ALL_QUESTIONS, ids=lambda question: question.name)


# --- headers ------------------------------------------------------------------------------------------------


def test_there_are_questions() -> None:
    """The tests below look at something."""
    assert {question.name.split("/")[0] for question in ALL_QUESTIONS} >= {"published"}


@each_question
def test_header_says_what_it_answers(question: Question) -> None:
    """First a question, then the grain, then sources and columns."""
    assert question.header, "no header"
    assert question.header[0].endswith("?")
    assert any(line.startswith("One row") for line in question.header[:4])
    assert question.sources
    assert question.section("Columns") or "Columns: those of the dataset in the data contract" in question.header


@each_question
def test_header_lists_its_parameters(question: Question) -> None:
    """Every `$parameter` stands in the header with an example, and none that isn't there."""
    lines = [line for line in question.section("Parameters") if line.startswith("$")]
    listed = {line.split()[0] for line in lines}
    assert listed == set(re.findall(r"\$\w+", question.statement))
    assert all(len(re.split(r"\s{2,}", line)) >= 3 for line in lines), "no example"


@each_question
def test_header_lists_its_sources(question: Question) -> None:
    """The sources of the header are the tables the statement reads."""
    assert question.sources == question.relations


@each_question
def test_reads_named_tables_only(question: Question) -> None:
    """No path, no file, no clock: a question sees what it is handed."""
    forbidden = r"\b(read_\w+|parquet_scan|glob|attach|copy|today|now|current_date|current_timestamp)\b\s*\("
    assert not re.findall(forbidden, question.statement)
    assert "current_date" not in question.statement.replace("$", "")
    assert not re.search(r"\b(?:from|join)\s+''", question.statement), "a path"


@each_question
def test_question_is_asked(question: Question) -> None:
    """Another question reads it, or Python names it."""
    folder, _, table = question.name.partition("/")
    readers = any(table in other.sources for other in ALL_QUESTIONS if other is not question)
    named = table if folder == "published" else question.name
    assert readers or named in texts() or (folder == "staging" and table in DATASETS)


@cache
def texts() -> set[str]:
    """Every text that stands in the code, docstrings aside."""
    found: set[str] = set()
    for path in SCRIPTS:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return found


@each_question
def test_one_statement_a_file(question: Question) -> None:
    """One file, one question."""
    assert ";" not in question.statement.rstrip().removesuffix(";")


def test_every_dataset_is_staged() -> None:
    """A dataset of the contract has one staging question, and the other way round."""
    assert set(DATASETS) == STAGED


# --- answers --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, dict[str, list[str]]]:
    """A small snapshot, and the columns every question answered with while it was made."""
    seen: dict[str, list[str]] = {}

    def spy(connection: duckdb.DuckDBPyConnection, query: Query, values: dict[str, Any]) -> None:
        keep_answer(connection, query, values)
        seen[query.name] = connection.table(query.table).columns

    def view_spy(connection: duckdb.DuckDBPyConnection, query: Query) -> None:
        keep_question(connection, query)
        seen[query.name] = connection.view(query.table).columns

    rows = [school(), pupil(), *answers("1", "2025-09-10 ouder1 ja"), incident("1", "2025-09-10")]
    rows += [delivered("01AA00", name, "2025-08-01", "2025-10-13") for name in ("toestemmingen", "incidenten")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(steps, "keep_answer", spy)
        patch.setattr(steps, "keep_question", view_spy)
        outcome = Road(tmp_path_factory.mktemp("small")).deliver(rows, date(2025, 10, 13))
    return outcome.snapshot, seen


@pytest.fixture
def questions(published: tuple[Snapshot, dict[str, list[str]]]) -> Questions:
    return open_questions(published[0].folder / EXACT, QUERIES)


@pytest.mark.parametrize("folder", ["ledger", "marts"])
def test_columns_are_those_of_the_header(folder: str, published: tuple[Snapshot, dict[str, list[str]]]) -> None:
    """Every question of a publication answers with the columns of its header, in that order."""
    stated = {question.name: question.columns for question in ALL_QUESTIONS if question.name in published[1]}
    assert {name: columns for name, columns in published[1].items() if name.startswith(folder)} == {
        name: columns for name, columns in stated.items() if name.startswith(folder)
    }


OF_A_SNAPSHOT = [question for question in ALL_QUESTIONS if question.name.startswith("published/")]


@pytest.mark.parametrize("question", OF_A_SNAPSHOT, ids=lambda question: question.name)
def test_published_columns_and_examples(question: Question, questions: Questions) -> None:
    """A question of a snapshot has the columns of its header, with and without its example values."""
    name = question.path.stem
    whole = questions.ask(name)
    assert whole.columns == question.columns
    assert questions.ask(name, **question.examples).columns == question.columns


@pytest.mark.parametrize("question", OF_A_SNAPSHOT, ids=lambda question: question.name)
def test_a_parameter_selects(question: Question, questions: Questions) -> None:
    """A parameter is named after a column and lets through that column's values and nothing else."""
    whole = questions.ask(question.path.stem)
    for name in question.examples:
        for value in whole[name].drop_nulls().unique().sort().to_list():
            found = questions.ask(question.path.stem, **{name: [value]})
            assert found.equals(whole.filter(whole[name] == value))
        assert questions.ask(question.path.stem, **{name: []}).is_empty()
