"""How a test opens a page and reads it."""

from collections.abc import Callable
from typing import Any, cast

import polars as pl
from streamlit.testing.v1 import AppTest

from dashboard.settings import PROJECT, Settings

ROUTER = PROJECT / "dashboard" / "ui" / "router.py"
ON_TIME = 60
"""Seconds: a first run on a busy machine imports everything."""


def open_page(page: str, **address: str) -> AppTest:
    """A page as its address says; nothing may have gone wrong."""
    app = AppTest.from_file(str(ROUTER), default_timeout=ON_TIME)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app if page == "overview" else turn_to(app, page)


def turn_to(app: AppTest, page: str) -> AppTest:
    """Go on to another page, with the choices that were made; nothing may have gone wrong."""
    app.switch_page(str(PROJECT / "dashboard" / "pages" / f"{page}.py")).run()
    assert not app.exception
    return app


def change(settings: Settings, **changes: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    """Change tables of the only snapshot of a store."""
    (folder,) = (settings.store / "snapshots").iterdir()
    for table, make in changes.items():
        file = folder / "bestuur" / f"{table}.parquet"
        make(pl.read_parquet(file)).write_parquet(file)


def recoded(column: str, old: str, new: str) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """Write one value of a column as another."""
    return lambda frame: frame.with_columns(pl.col(column).replace(old, new))


def specs(app: AppTest) -> list[str]:
    """The charts of a page as they are sent; AppTest has no class for them."""
    return [cast("Any", chart).spec for chart in app.get("plotly_chart")]


def words(app: AppTest) -> str:
    """What the page says, style sheets aside."""
    return "\n".join(block.value for block in app.html if not block.value.startswith("<style>"))
