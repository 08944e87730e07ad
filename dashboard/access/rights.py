"""Which page is for whom. A page that isn't named here is for nobody."""

from collections.abc import Mapping
from typing import Final

from dashboard.access.audiences import BOARD, DIRECTOR, LABELS, PLAIN, Audience

EVERYONE: Final = frozenset((*PLAIN, DIRECTOR))

PAGES: Final[Mapping[str, frozenset[str]]] = {
    "overview": EVERYONE,
    "consent": EVERYONE,
    "incidents": EVERYONE,
    "schools": EVERYONE,
    "evaluation": EVERYONE,
    "code": EVERYONE,
    "deliveries": EVERYONE,
}
"""Page → the roles that may open it. What a role finds there is decided by its figures."""


def may_open(audience: Audience, page: str) -> bool:
    """Whether somebody may open a page."""
    return audience.role in PAGES.get(page, frozenset())


def explain(audience: Audience, school: str = "") -> str:
    """For whom the figures on a page are, as a sentence; `school` is the name of a director's own school."""
    label = LABELS[audience.role]
    if audience.role == BOARD:
        return f"U ziet de cijfers als {label}: alle aantallen precies."
    if audience.role == DIRECTOR:
        own = f"{label} van {school or audience.school}"
        return f"U ziet de cijfers als {own}: uw school precies, kleine aantallen van andere scholen staan er als x."
    return f"U ziet de cijfers als {label}: kleine aantallen staan er als x."
