"""What a reader of Scholen vergelijken chose."""

from dataclasses import astuple, dataclass

from dashboard.registry.model import Purpose
from dashboard.ui import ask, filters


@dataclass(frozen=True, slots=True)
class Choice:
    """Own school, purpose and period; part of the key of everything kept."""

    school: str
    """brin6 of the school that stands out, or `*` for none."""
    purpose: str
    period: str
    """`jjjj-mm/jjjj-mm`; empty where nothing is reported."""

    @property
    def key(self) -> tuple[object, ...]:
        """What a kept figure depends on."""
        return astuple(self)

    @property
    def own(self) -> str:
        """brin6 of the school that stands out; empty for none."""
        return "" if self.school == filters.GROUP else self.school

    @property
    def about(self) -> Purpose:
        """The purpose; one that the code no longer has goes by its code."""
        return ask.purpose(self.purpose)

    @property
    def span(self) -> str:
        """The period, for a subtitle."""
        return filters.period_words(self.period, filters.view().day) if self.period else "nog geen enkele periode"
