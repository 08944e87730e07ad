"""The app: `streamlit run streamlit_app.py`. An empty store shows a demo delivery, made in a temporary folder."""

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st
from anyio.to_thread import run_sync

from dashboard.access import door, login
from dashboard.access.provider import Secrets, load_secrets
from dashboard.access.roles import AccessProblem, load_access
from dashboard.cli import PROBLEMS, make_demo_store
from dashboard.settings import Settings
from dashboard.ui import ask, server

HERE = Path(__file__).resolve().parent


def known_provider(settings: Settings) -> Secrets:
    """What people log in with; empty where that isn't set up, and then real data is shown to nobody."""
    try:
        return load_secrets(settings.secrets, load_access(settings.access))
    except AccessProblem as problem:
        logging.getLogger(__name__).info("Niemand kan inloggen. %s", problem)
        return {}


SECRETS = known_provider(Settings())
CAN_LOG_IN = bool(SECRETS) and not st.get_option("server.trustedUserHeaders")
"""A header that says who somebody is, is no login."""


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Have something to show and everything imported before the first reader comes."""
    with TemporaryDirectory(prefix="gedragscode-demo-") as folder:
        ask.serve(Settings(), date.today, can_log_in=CAN_LOG_IN)
        await run_sync(_get_ready, Path(folder))
        yield {}


def _get_ready(folder: Path) -> None:
    """Make the demo delivery where there is nothing else to show; what can't be shown, the pages say in Dutch."""
    try:
        if ask.current() is None:
            demo = Settings(store=folder / "store", key_file=folder / "pseudonym.key")
            make_demo_store(demo, date.today())
            ask.serve(Settings(), date.today, demo=demo, can_log_in=CAN_LOG_IN)
        ask.registry()
        ask.open_current()
    except (OSError, *PROBLEMS):
        logging.getLogger(__name__).exception("Het dashboard kon niet alles klaarzetten.")
    server.warm_up()


def _is_shut() -> bool:
    return ask.holds_real_data() and not ask.door().is_open()


def _may_take(cookies: Mapping[str, str]) -> bool:
    """Whether somebody may fetch a file that was made: whoever may see figures."""
    if not ask.holds_real_data():
        return True
    try:
        ask.door().enter(login.claims_of(cookies))
    except door.NoAccess:
        return False
    return True


app = st.App(
    HERE / "dashboard" / "ui" / "router.py",
    secrets=SECRETS or None,
    middleware=server.middleware(
        server.Guard(_is_shut, _may_take),
        st.get_option("server.allowedHosts"),
        encrypted=str(SECRETS.get("auth", {}).get("redirect_uri", "")).startswith("https:"),
    ),
    lifespan=lifespan,
    on_script_error=server.explain_error,
)
