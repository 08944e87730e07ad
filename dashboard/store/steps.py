"""Questions that build on each other, asked one after another; the first of them lead to every pupil's status."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.store.carrying import Amendment, amend
from dashboard.store.places import StoreProblem
from dashboard.store.questions import Value, answer, keep_answer, keep_question, load_query

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Step:
    """A question whose answer later ones build on."""

    query: str
    check: str | None = None
    """A question that may find nothing, asked of its answer at every publication."""
    is_view: bool = False
    """Read through, and never laid down: whoever reads it takes only what is needed."""
    drops: tuple[str, ...] = ()
    """Tables that nothing after it reads: memory is given back early."""


STATUS_STEPS = (
    Step("ledger/enrolment_spans"),
    Step("ledger/pupils_at_school"),
    Step("ledger/placed_spans", drops=("enrolment_spans",)),
    Step("ledger/answers_delivered"),
    Step("ledger/pupils_today"),
    Step("ledger/judged_answers"),
    Step("ledger/speaking_answers", is_view=True),
    Step("ledger/answer_events"),
    Step("ledger/answer_states", is_view=True),
    Step("ledger/judged_stretches", is_view=True),
    Step("ledger/status_spans", check="checks/one_status_a_day"),
)
"""From enrolments and answers to the status of every pupil, on which days. A status has this one definition."""


def stage(
    connection: duckdb.DuckDBPyConnection, queries: Path, dataset: str, delivered: duckdb.DuckDBPyRelation
) -> None:
    """Make delivered rows readable: a view `delivered_…`, and over it the staging view, named after the dataset."""
    delivered.create_view(f"delivered_{dataset}")
    connection.sql(load_query(queries, f"staging/{dataset}").text).create_view(dataset)


def take_steps(
    connection: duckdb.DuckDBPyConnection,
    queries: Path,
    steps: Sequence[Step],
    values: Mapping[str, Value],
    progress: Progress,
    amendment: Amendment | None = None,
) -> None:
    """Ask the questions in order and keep each answer. Raises StoreProblem where an answer contradicts itself.

    `amendment`: what is changed in an answer, once it was found sound, before others build on it.
    """
    for number, step in enumerate(steps, start=1):
        progress(f"Cijfers maken, stap {number} van {len(steps)}")
        if step.is_view:
            keep_question(connection, load_query(queries, step.query))
            continue
        keep_answer(connection, load_query(queries, step.query), values)
        if step.check and answer(connection, load_query(queries, step.check), values).height:
            raise StoreProblem(
                f"De cijfers kloppen niet met elkaar ({step.check}). Er is niets gepubliceerd. "
                "Meld dit, met de dag en de bestanden van deze levering."
            )
        if amendment is not None:
            amend(connection, load_query(queries, step.query).table, amendment)
        for table in step.drops:  # names that stand in the steps
            connection.execute(f"drop table {table}")
