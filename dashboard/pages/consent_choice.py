"""What a reader of Toestemming chose, and what every part of that page says in the same words."""

from dataclasses import astuple, dataclass
from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.indicators import sentences, shown
from dashboard.registry import PUBLISHED_READING
from dashboard.registry.model import UNKNOWN, Purpose
from dashboard.ui import ask, blocks, filters


@dataclass(frozen=True, slots=True)
class Choice:
    """School, purpose, reading and reference date; part of the key of everything kept."""

    school: str
    """brin6, or `*`."""
    purpose: str
    reading: str
    day: date

    @property
    def key(self) -> tuple[object, ...]:
        """What a kept figure depends on."""
        return astuple(self)

    @property
    def where(self) -> str:
        """The school, or all of them."""
        return ask.where(self.school)

    @property
    def about(self) -> Purpose:
        """The purpose; one that the code no longer has goes by its code."""
        return ask.purpose(self.purpose)

    @property
    def counted(self) -> str:
        """How it is counted, for a subtitle."""
        return f"manier van tellen: {ask.registry().reading(self.reading).label}"

    def silent_on(self, day: date) -> bool:
        """Whether nothing was delivered for a day, so that nothing is known of anybody."""
        statuses = self.statuses(day)
        if statuses.height:
            return set(statuses["status"]) == {UNKNOWN}
        rows = ask.ask("consent_coverage", brin6=[self.school], doel=[self.purpose], peildatum=[day])
        nothing = pl.col("ja") + pl.col("nee") + pl.col("ongeldig") == 0
        return rows.filter(nothing, pl.col("onbekend") > 0).height > 0

    def statuses(self, day: date) -> pl.DataFrame:
        """Pupils per status on a day.

        counts: one row per status that anybody has; `consent_status`. No rows where that isn't shown of this school.
        """
        rows = ask.ask("consent_status", brin6=[self.school], doel=[self.purpose], peildatum=[day])
        return rows.filter(pl.col("leerlingen").ne_missing(0))

    @property
    def tells_statuses(self) -> bool:
        """Whether pupils per status are shown of this school, on any day."""
        rows = ask.ask("consent_status", brin6=[self.school])
        return shown.HIDDEN not in rows.columns or rows.height > 0

    def rows(self, table: str) -> pl.DataFrame:
        """The rows of this school and purpose; see the table's definition in the catalogue."""
        return ask.ask(table, brin6=[self.school], doel=[self.purpose])


def limits(choice: Choice, *, one_day: bool = True, by_code: bool = False) -> str:
    """What has to be said beside figures that don't follow every choice; nothing where the choice is theirs.

    `one_day`: they exist for the day of the delivery only; `by_code`: they follow the reading of the code only.
    """
    view = filters.view()
    parts = []
    if one_day and choice.day != view.day:
        parts.append(f"Deze cijfers zijn er alleen voor de dag van de levering, {dutch.day(view.day)}.")
    if by_code and choice.reading != PUBLISHED_READING:
        label = ask.registry().reading(PUBLISHED_READING).label
        parts.append(f"Deze cijfers zijn er alleen voor de manier van tellen '{label}'.")
    return " ".join(parts)


def show_outdated(title: str) -> bool:
    """Say so where the snapshot is from before the figures of the day of its delivery; whether that was needed."""
    enrolled = ask.ask("consent_coverage", peildatum=[filters.view().day])
    outdated = enrolled.height > 0 and ask.ask("expiry_outlook").is_empty()
    if outdated:
        blocks.outdated(title)
    return outdated


def show_absent(title: str) -> bool:
    """Say so where there are no figures of the day of the delivery, and why; whether that was needed."""
    if show_outdated(title):
        return True
    view = filters.view()
    nobody = ask.ask("expiry_outlook", brin6=[view.school]).is_empty()
    if nobody:
        day = dutch.day(view.day)
        blocks.heading(title)
        blocks.empty(f"Op {day} zijn er geen leerlingen ingeschreven.", "Deze cijfers gaan alleen over die dag.", "")
    return nobody


def show_silent(title: str, choice: Choice, day: date | None) -> None:
    """Say that nothing was delivered for a day, or for any day (None), who can do that and how."""
    blocks.heading(title)
    blocks.empty(
        sentences.silence(choice.where, day),
        "De administrateur van de school kan de toestemmingen aanleveren.",
        "Daarvoor zijn drie bestanden nodig: leerlingen, toestemmingen en leveringen.",
    )
