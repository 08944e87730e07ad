"""What every test of a page starts from: an empty store, or one with six made-up schools."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import streamlit as st

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
