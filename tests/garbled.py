"""A snapshot in which every exact figure that isn't for an audience is another one: whoever sees it, shows it."""

import shutil
from pathlib import Path

import polars as pl

from dashboard.access.audiences import Audience, audience
from dashboard.disclosure.masking import HIDDEN
from dashboard.store.snapshots import EXACT, SHARED

OF_ADMINISTRATOR = ("data_quality", "imports", "refusals")
GARBAGE = 7_000_000
"""More than any count of a test."""


def garble(folder: Path, name: str) -> None:
    """Change a snapshot in its folder, for everyone but this audience.

    Nothing exact is left for the council and the supervisors; of other schools nothing for a director, and of the
    group what everyone sees: the funnel of the own school has it beside it.
    """
    who = audience(name)
    if who.role in ("rvt", "gmr"):
        shutil.rmtree(folder / EXACT)
        return
    for file in (folder / EXACT).glob("*.parquet"):
        frame = pl.read_parquet(file)
        _garbled(frame, _is_theirs(frame, file.stem, who, folder)).write_parquet(file)


def _is_theirs(frame: pl.DataFrame, table: str, who: Audience, folder: Path) -> pl.Series:
    """For each row whether they may see it."""
    if who.school is None or "brin6" not in frame.columns:
        return pl.Series([who.school is None and table in OF_ADMINISTRATOR] * frame.height, dtype=pl.Boolean)
    own = frame["brin6"] == who.school
    if table != "consent_coverage":
        return own
    shared = pl.read_parquet(folder / SHARED / f"{table}.parquet")
    group = shared.filter((pl.col("brin6") == "*") & pl.col(HIDDEN).is_null())
    keys = ["peildatum", "doel", "lezing", "brin6"]
    told = frame.join(group.select(*keys, pl.lit(value=True).alias("told")), on=keys, how="left", maintain_order="left")
    return own | told["told"].fill_null(value=False)


def _garbled(frame: pl.DataFrame, is_theirs: pl.Series) -> pl.DataFrame:
    counted = [name for name, kind in frame.schema.items() if kind in (pl.Int64, pl.Float64)]
    days = [name for name, kind in frame.schema.items() if kind == pl.Date and name == "datum"]
    other = GARBAGE + pl.int_range(pl.len())
    return frame.with_columns(
        *(pl.when(is_theirs).then(name).otherwise(other).cast(frame.schema[name]).alias(name) for name in counted),
        *(pl.when(is_theirs).then(name).otherwise(pl.col(name).dt.offset_by("1d")).alias(name) for name in days),
    )
