"""What a reader of Incidenten chose, and what every part of that page asks and says in the same way."""

from dataclasses import astuple, dataclass, replace

import polars as pl

from dashboard.indicators import comparisons, sentences
from dashboard.indicators.shown import HIDDEN, total
from dashboard.periods import is_running
from dashboard.ui import ask, blocks, filters

SUMS = (
    "Hier tellen alle meldingen van de periode mee, ook uit maanden die niet helemaal zijn aangeleverd. "
    "Daarom kan de som verschillen van die in de grafiek per maand."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """School and period; part of the key of everything kept."""

    school: str
    """brin6, or `*`."""
    period: str
    """`jjjj-mm/jjjj-mm`."""

    @property
    def key(self) -> tuple[object, ...]:
        """What a kept figure depends on."""
        return astuple(self)

    @property
    def where(self) -> str:
        """The school, or all of them."""
        return ask.where(self.school)

    @property
    def about(self) -> str:
        """School and period, for a subtitle."""
        return f"{self.where} · {filters.period_words(self.period, filters.view().day)}"

    @property
    def is_running(self) -> bool:
        """Whether the period wasn't over on the day of the figures."""
        return is_running(self.period, filters.view().day)

    @property
    def a_year_earlier(self) -> "Choice":
        """The same school, and the same period a year earlier; of an evaluation the one before."""
        return replace(self, period=comparisons.year_earlier(self.period))

    @property
    def before_words(self) -> str:
        """When that period was: a year earlier, or in the evaluation before."""
        return sentences.period_before(self.period)

    def rows(self, table: str, **wanted: list[str]) -> pl.DataFrame:
        """The rows of this school and period; see the table's definition in the catalogue."""
        return ask.ask(table, brin6=[self.school], periode=[self.period], **wanted)


def periods_of(school: str) -> pl.DataFrame:
    """The periods with reports of which something is there for this school, as column periode."""
    tables = [ask.ask("incidents_by", dimensie=["ernst"]), ask.ask("incident_funnel")]
    return pl.concat([_of_school(rows, school)[["periode"]] for rows in tables])


def _of_school(rows: pl.DataFrame, school: str) -> pl.DataFrame:
    """Every row where nothing is hidden from whoever is looking, so that all schools offer the same choice."""
    return rows.filter(pl.col("brin6") == school) if HIDDEN in rows.columns else rows


def is_kept_back(table: str, school: str) -> bool:
    """Whether a table isn't there of this school for whoever is looking, though it may be of others."""
    rows = ask.ask(table, brin6=[school])
    return HIDDEN in rows.columns and rows.is_empty()


def is_nothing(rows: pl.DataFrame) -> bool:
    """Whether nothing was reported: no rows, or of every row a zero that is shown."""
    return rows.is_empty() or total(rows, "incidenten") == 0


def show_nothing(choice: Choice, title: str, table: str) -> None:
    """Say why a table has no rows for this school and period: nothing was reported, or it wasn't made then."""
    if ask.ask(table).is_empty() and not choice.rows("incidents_by").is_empty():
        blocks.outdated(title)
        return
    blocks.heading(title)
    blocks.empty(f"In deze periode is bij {choice.where} niets gemeld.", "", "")
