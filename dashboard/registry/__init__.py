"""The registry: what a school group's code of conduct asks, and how that is read (`data/gedragscode.toml`).

Everything a school group may want to change without touching code stands there: articles, purposes,
categories, readings, platforms, dates, thresholds, labels and explanations. What the consent rules themselves
produce, the fourteen statuses and the four outcomes, is fixed here, and the file is held against it.
"""

from dashboard.registry.loading import load_registry
from dashboard.registry.model import (
    PUBLISHED_READING,
    STATUSES,
    YEARS,
    Choice,
    Registry,
    RegistryError,
    Round,
    YearRule,
)

__all__ = [
    "PUBLISHED_READING",
    "STATUSES",
    "YEARS",
    "Choice",
    "Registry",
    "RegistryError",
    "Round",
    "YearRule",
    "load_registry",
]
