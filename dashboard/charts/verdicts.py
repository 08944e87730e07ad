"""The schools of a funnel: which are drawn, silent or hidden, how each verdict looks, and what the table says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from dashboard.charts.theme import Palette, Style
from dashboard.indicators.funnels import BEYOND, NO_DATA, WATCH, WITHIN
from dashboard.indicators.shown import carried, hides, only_shown

LIMITS: Final = ("onder95", "boven95", "onder998", "boven998")
"""The limits, in the order in which tables show them."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a school is drawn that lies on one side of the limits: by its shape, whatever its colour."""

    verdict: str
    place: str
    """Where such a school lies, where the verdict doesn't say so."""
    symbol: str
    size: int
    colour: Callable[[Palette], str]
    key: Style

    @property
    def words(self) -> str:
        """Verdict and place, as they are called in legend, hover and table alike."""
        return f"{self.verdict}: {self.place}" if self.place else self.verdict


LOOKS: Final[Mapping[str, Look]] = {
    WITHIN: Look("binnen de grenzen", "", "circle", 9, lambda palette: palette.quiet, "punt"),
    WATCH: Look(
        "opletten", "tussen de binnenste en de buitenste grens", "diamond-open", 11, lambda palette: palette.ink, "ruit"
    ),
    BEYOND: Look("wijkt af", "buiten de buitenste grens", "square", 10, lambda palette: palette.ink, "vierkant"),
}


HAS_DATA: Final = (pl.col("oordeel") != NO_DATA).fill_null(value=False)

IS_SILENT: Final = (pl.col("oordeel") == NO_DATA).fill_null(value=False)
"""A school that is hidden has no verdict: it isn't silent, and isn't drawn."""


def silent(rows: pl.DataFrame) -> list[str]:
    """The names of the schools without data."""
    return rows.filter(IS_SILENT)["naam"].to_list()


def seen(rows: pl.DataFrame, figures: Sequence[str]) -> pl.DataFrame:
    """The schools that are drawn: those with data of which neither the figure nor the limits are hidden."""
    return only_shown(rows, "oordeel", *figures).filter(HAS_DATA)


def unseen(rows: pl.DataFrame, figures: Sequence[str]) -> pl.DataFrame:
    """The schools of which a figure is hidden."""
    return rows.filter(hides(rows, "oordeel", *figures))


def marked(table: pl.DataFrame, rows: pl.DataFrame, counts: Mapping[str, str]) -> pl.DataFrame:
    """The table with what of it is hidden. `counts`: heading → column of the funnel, beside limits and verdict."""
    limits = {heading: LIMITS[place] for place, heading in enumerate(table.columns[len(counts) + 1 : -1])}
    return carried(table, rows, {**counts, **limits, "Oordeel": "oordeel"})


def verdict() -> pl.Expr:
    """The column of the table that says where a school lies, in the words of the legend."""
    return pl.col("oordeel").replace({verdict: look.words for verdict, look in LOOKS.items()}).alias("Oordeel")


def limits(start: str) -> list[pl.Expr]:
    """The limits as columns of the table, under the headers that a reader sees."""
    return [
        pl.col(f"{end}{level}").alias(f"{start} {end} ({percent})")
        for level, percent in (("95", "95 %"), ("998", "99,8 %"))
        for end in ("onder", "boven")
    ]
