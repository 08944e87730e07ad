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

from dashboard.cli import PROBLEMS, make_demo_store
from dashboard.settings import Settings
from dashboard.ui import ask, server

HERE = Path(__file__).resolve().parent


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Have something to show and everything imported before the first reader comes."""
    with TemporaryDirectory(prefix="gedragscode-demo-") as folder:
        ask.serve(Settings(), date.today)
        await run_sync(_get_ready, Path(folder))
        yield {}


def _get_ready(folder: Path) -> None:
    """Make the demo delivery where there is nothing else to show; what can't be shown, the pages say in Dutch."""
    try:
        if ask.current() is None:
            demo = Settings(store=folder / "store", key_file=folder / "pseudonym.key")
            make_demo_store(demo, date.today())
            ask.serve(Settings(), date.today, demo=demo)
        ask.registry()
        ask.open_current()
    except (OSError, *PROBLEMS):
        logging.getLogger(__name__).exception("Het dashboard kon niet alles klaarzetten.")
    server.warm_up()


app = st.App(
    HERE / "dashboard" / "ui" / "router.py",
    middleware=server.middleware(ask.holds_real_data),
    lifespan=lifespan,
    on_script_error=server.explain_error,
)
