"""What every test of a page starts from: an empty store, or one with six made-up schools."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from streamlit.components.v2 import manifest_scanner

from dashboard.disclosure.books import Place
from dashboard.disclosure.masking import HIDDEN, masked
from dashboard.disclosure.universe import UNIVERSE
from dashboard.indicators.shown import LEAST_BASE
from dashboard.protecting import BESIDE, delivered
from dashboard.registry import Registry, load_registry
from dashboard.settings import Settings
from dashboard.ui import ask
from tests import screens


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registry(Settings().registry)


@pytest.fixture(scope="session", autouse=True)
def one_search_for_components() -> Iterator[None]:
    """Every AppTest looks through all installed packages for parts of pages: what it finds never changes."""
    with pytest.MonkeyPatch.context() as patch:
        search = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", search)
        yield


def _serve(settings: Settings) -> Settings:
    """The store that pages read from now on. What was kept of others stays: no two snapshots have the same id."""
    ask.serve(settings, lambda: screens.TODAY + timedelta(days=2))
    return settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An empty store of this test, on this machine only."""
    return _serve(Settings(store=tmp_path / "store"))


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Settings:
    """Six made-up schools, published once for all tests of pages; nothing of it may be changed."""
    known = Settings(store=tmp_path_factory.mktemp("made-up") / "store")
    screens.write_store(known.store, registry)
    return known


@pytest.fixture
def shown(made_up: Settings) -> Settings:
    """Those schools, for a test that only looks at them: what a page once made of them isn't made again."""
    return _serve(made_up)


@pytest.fixture
def full(settings: Settings, made_up: Settings) -> Settings:
    """A copy of those schools that a test may change, under an id of its own; nothing is kept of it yet."""
    screens.copy_store(made_up.store, settings.store)
    return settings


SMALL = 12
"""More than the real threshold, so that something is hidden in nearly every table of the made-up schools."""


@pytest.fixture(scope="session")
def protected_store(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Settings:
    """The made-up schools, with every small number hidden; only to see what pages make of it: it protects nothing."""
    full = Settings(store=tmp_path_factory.mktemp("protected") / "store")
    screens.write_store(full.store, registry)
    (folder,) = (full.store / "snapshots").iterdir()
    exact = delivered(folder / "bestuur", full.queries, screens.TODAY, None).tables
    (folder / "beschermd").mkdir()
    for name in BESIDE:
        _write(folder, name, exact[name].with_columns(pl.lit(None, dtype=pl.String).alias(HIDDEN)))
    for name, shown in UNIVERSE.items():
        frame = shown.rows(exact, screens.TODAY)
        small = [
            Place(name, row, column)
            for column in shown.counts
            for row, value in enumerate(frame[column])
            if value is not None and 0 < value < SMALL
        ]
        _write(folder, name, masked(name, frame, small, LEAST_BASE))
    return full


def _write(folder: Path, name: str, frame: pl.DataFrame) -> None:
    frame.write_parquet(folder / "beschermd" / f"{name}.parquet")


@pytest.fixture
def protected(protected_store: Settings) -> Settings:
    """Those schools as the store of this test, which changes nothing of it."""
    return _serve(protected_store)
