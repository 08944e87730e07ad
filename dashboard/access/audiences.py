"""For whom figures are published. One name each: `bestuur`, `rvt`, `gmr`, `beheerder`, `directeur:BRIN6`."""

import re
from dataclasses import dataclass
from typing import Final

BOARD: Final = "bestuur"
"""The executive board: every figure, exact."""

ADMINISTRATOR: Final = "beheerder"
"""Who delivers the exports: exact numbers of rows, small figures hidden."""

DIRECTOR: Final = "directeur"
"""The director of one school: that school exact, small figures of all others hidden."""

PLAIN: Final = (BOARD, "rvt", "gmr", ADMINISTRATOR)
"""The audiences that need no school."""

LABELS: Final = {
    BOARD: "bestuur",
    "rvt": "raad van toezicht",
    "gmr": "GMR",
    ADMINISTRATOR: "beheerder",
    DIRECTOR: "directeur",
}
"""What an audience is called in a sentence."""

CHOICES: Final = f"{', '.join(PLAIN)} of directeur:BRIN6"
"""What may be asked for, for a sentence."""

_SCHOOL: Final = re.compile(r"\d{2}[A-Z]{2}\d{2}")


class UnknownAudience(ValueError):
    """No figures are published for such an audience. A Dutch sentence that says which there are."""


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom figures are shown."""

    role: str
    """`bestuur`, `rvt`, `gmr`, `beheerder` or `directeur`."""
    school: str | None = None
    """brin6 of a director's own school; None for everyone else."""

    @property
    def name(self) -> str:
        """How commands, files and caches write it: `gmr`, `directeur:02QZ00`."""
        return self.role if self.school is None else f"{self.role}:{self.school}"

    @property
    def is_protected(self) -> bool:
        """Whether small figures are hidden from it."""
        return self.role != BOARD


def audience(name: str) -> Audience:
    """The audience of a name. Raises UnknownAudience."""
    role, colon, school = name.partition(":")
    if not colon and role in PLAIN:
        return Audience(role)
    if role == DIRECTOR and _SCHOOL.fullmatch(school.upper()):
        return Audience(role, school.upper())
    raise UnknownAudience(f"Er zijn geen cijfers voor '{name}'. Kies uit: {CHOICES}.")
