"""What every test of a page starts from: an empty store, or one with six made-up schools."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
import streamlit as st

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


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """An empty store of this test, on this machine only; what was kept of other stores is gone."""
    known = Settings(store=tmp_path / "store")
    ask.serve(known, lambda: screens.TODAY + timedelta(days=2))
    st.cache_resource.clear()
    yield known
    st.cache_resource.clear()


@pytest.fixture
def full(settings: Settings, registry: Registry) -> Settings:
    screens.write_store(settings.store, registry)
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
def protected(protected_store: Settings) -> Iterator[Settings]:
    """Those schools as the store of this test, which changes nothing of it."""
    ask.serve(protected_store, lambda: screens.TODAY + timedelta(days=2))
    st.cache_resource.clear()
    yield protected_store
    st.cache_resource.clear()
