"""What anybody knows of the code of conduct: how statuses are read, and what falls under which article."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.registry import PUBLISHED_READING, Registry
from dashboard.registry.model import OUTCOMES


@dataclass(frozen=True, slots=True)
class Facts:
    """Public knowledge; nothing here is a count."""

    readings: Mapping[str, Mapping[str, str]]
    """Reading → status → outcome."""
    article_of_category: Mapping[str, str]
    article_of_purpose: Mapping[str, str]
    measures: Mapping[str, tuple[str, ...]]
    """Who → the measures their rules hold."""

    @property
    def statuses(self) -> tuple[str, ...]:
        """Every status that the readings know."""
        return tuple(next(iter(self.readings.values())))

    @property
    def published(self) -> Mapping[str, str]:
        """Status → outcome, in the reading of all tables that have only one."""
        return self.readings[PUBLISHED_READING]

    def classes(self) -> dict[tuple[str, ...], list[str]]:
        """The statuses that no reading tells apart: their outcomes → the statuses."""
        found: dict[tuple[str, ...], list[str]] = {}
        for status in self.statuses:
            found.setdefault(tuple(outcomes[status] for outcomes in self.readings.values()), []).append(status)
        return found

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The columns of coverage."""
        return OUTCOMES


def facts_of(registry: Registry) -> Facts:
    """What a registry makes public."""
    return Facts(
        {reading.code: dict(reading.outcomes) for reading in registry.readings},
        {category.code: category.article for category in registry.categories},
        {purpose.code: purpose.article for purpose in registry.purposes},
        dict(registry.measures),
    )
