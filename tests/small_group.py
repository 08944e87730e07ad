"""One small made-up school group, published with its protected tables, for every test of what is hidden."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.exports.sample import write_sample
from dashboard.importing import import_delivery
from dashboard.periods import load_calendar
from dashboard.registry import Registry, load_registry
from dashboard.settings import Settings
from dashboard.store.snapshots import Snapshot

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registry(Settings().registry)


@pytest.fixture(scope="session")
def small_group(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Snapshot:
    """Four small schools: nearly everything is small somewhere."""
    folder = tmp_path_factory.mktemp("small-group")
    settings = Settings(store=folder / "store", key_file=folder / "key")
    calendar = load_calendar(settings.holidays)
    write_sample(folder / "exports", schools=4, pupils=150, seed=1, today=TODAY, registry=registry, calendar=calendar)
    outcome = import_delivery([folder / "exports"], settings, TODAY)
    assert outcome.snapshot is not None
    return outcome.snapshot


@pytest.fixture(scope="session")
def queries() -> Path:
    return Settings().queries
