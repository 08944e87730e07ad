"""What every test of a chart starts from: the registry, and both themes."""

import pytest

from dashboard.charts.theme import PALETTES, Palette, Theme
from dashboard.registry import Registry, load_registry
from dashboard.settings import Settings


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registry(Settings().registry)


@pytest.fixture(params=["light", "dark"])
def palette(request: pytest.FixtureRequest) -> Palette:
    mode: Theme = request.param
    return PALETTES[mode]
