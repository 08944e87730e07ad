"""One small made-up school group, published with its protected tables, for every test of what is hidden."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.exports.sample import write_sample
from dashboard.importing import import_delivery
from dashboard.periods import load_calendar
from dashboard.registry import Registry, load_registry
from dashboard.settings import Settings
from dashboard.store.places import Places
from dashboard.store.snapshots import Snapshot, current_snapshot
from tests.once import made_once

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registry(Settings().registry)


@pytest.fixture(scope="session")
def small_group(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Snapshot:
    """Four small schools: nearly everything is small somewhere."""

    def publish(folder: Path) -> None:
        exports, settings = folder / "exports", Settings(store=folder / "store", key_file=folder / "key")
        calendar = load_calendar(settings.holidays)
        write_sample(exports, schools=4, pupils=150, seed=1, today=TODAY, registry=registry, calendar=calendar)
        assert import_delivery([exports], settings, TODAY).snapshot is not None

    snapshot = current_snapshot(Places(made_once(tmp_path_factory, "small-group", publish) / "store"))
    assert snapshot is not None
    return snapshot


@pytest.fixture(scope="session")
def queries() -> Path:
    return Settings().queries
