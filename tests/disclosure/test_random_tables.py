"""A thousand made-up tables through suppressor and auditor: nothing can be told, and nothing is hidden for nothing."""

import pytest

from dashboard.disclosure.protect import protect
from tests.disclosure.drawing import KINDS, drawn
from tests.disclosure.sheets import small, told

K = 5
TABLES = 50
"""Of each of the twenty kinds."""
MUTATED = 3
EARLIER = "after an earlier one"
"""Here a table of before may have given something away for good: only what is small is looked at."""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_hidden_can_be_told(kind: str) -> None:
    """Neither by everybody, nor by a director, nor by who is counted; unless hiding everything doesn't help either."""
    for number in range(TABLES):
        system = drawn(kind, number)
        pattern = protect(system, K)
        assert pattern.primary == small(system, K), number
        leaks = told(system, pattern.hidden, K) - pattern.unprotected
        assert not (leaks & pattern.primary if kind == EARLIER else leaks), number
        if pattern.unprotected and kind != EARLIER:
            assert pattern.unprotected <= told(system, {cell.name for cell in system.cells}, K), number


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != EARLIER])
def test_nothing_is_hidden_for_nothing(kind: str) -> None:
    """Showing any one of the cells that are hidden for the sake of others gives something away."""
    for number in range(MUTATED):
        system = drawn(kind, number)
        pattern = protect(system, K)
        if pattern.unprotected:
            continue
        for name in sorted(pattern.hidden - pattern.primary):
            assert told(system, pattern.hidden - {name}, K), (number, name)


def test_a_thousand_tables_are_drawn() -> None:
    assert len(KINDS) * TABLES == 1000
