"""The app: `streamlit run streamlit_app.py`. An empty store shows a demo delivery, made in a temporary folder."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st
from anyio.to_thread import run_sync

from dashboard.cli import make_demo_store
from dashboard.settings import Settings
from dashboard.store.places import StoreProblem
from dashboard.ui import ask, server

HERE = Path(__file__).resolve().parent


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Have something to show and everything imported before the first reader comes."""
    with TemporaryDirectory(prefix="gedragscode-demo-") as folder:
        ask.serve(Settings(), date.today)
        if ask.current() is None:
            await run_sync(_show_demo, Path(folder))
        await run_sync(_warm_up)
        yield {}


def _warm_up() -> None:
    ask.registry()
    ask.open_current()
    server.warm_up()


def _show_demo(folder: Path) -> None:
    """Make the demo delivery and show it; without it the pages say that there is nothing yet."""
    settings = Settings(store=folder / "store", key_file=folder / "pseudonym.key")
    try:
        make_demo_store(settings, date.today())
    except (OSError, StoreProblem):
        logging.getLogger(__name__).exception("De demogegevens konden niet worden gemaakt.")
        return
    ask.serve(Settings(), date.today, demo=settings)


app = st.App(
    HERE / "dashboard" / "ui" / "router.py",
    middleware=server.middleware(ask.holds_real_data),
    lifespan=lifespan,
    on_script_error=server.explain_error,
)
