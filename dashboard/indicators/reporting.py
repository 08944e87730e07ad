"""What was written down about incidents, how soon, and whether that changed: what stands beside every count of reports.

A count alone can't tell more incidents from better reporting. Who reports sooner, and light matters too, reports more.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from dashboard.indicators.intervals import share_difference
from dashboard.indicators.shown import any_hidden, only_shown

SHARES: Final = (
    "maatregel",
    "hulp_aangeboden",
    "leidinggevende_zelfde_dag",
    "afgehandeld",
    "geregistreerd_binnen_5_dagen",
)
"""The measures of follow-up that are shares, in the order in which they are told."""

SERIOUS: Final = "ernst"
"""The share of serious ones among the reports that say how serious it was."""

AT_ONCE: Final = frozenset({SERIOUS, "leidinggevende_zelfde_dag", "geregistreerd_binnen_5_dagen"})
"""Those that are settled within days. The others may still follow long after an incident."""

LEAST_FOR_SHARE: Final = 10
"""Of fewer reports a part is told as a count: a percentage would promise more than so few can say."""

LEAST_FOR_MEDIAN: Final = 5
"""Of fewer dates no middle is told: each one more could move it far. Tables hold the figures as published."""

CHANCE: Final = 0.05
"""How often chance alone may mark one or more of the shares that are compared at a time."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole, in reports."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """0–1; None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def is_few(self) -> bool:
        """Whether there are too few for a percentage."""
        return self.whole < LEAST_FOR_SHARE


@dataclass(frozen=True, slots=True)
class Registration:
    """How incidents of one period and place were reported."""

    serious: Part
    """Of the reports that say how serious it was."""
    blank: int
    """Reports that don't say so."""
    soon: Part
    """Registered within five days."""
    with_measure: Part
    """With a measure; left empty is without."""
    delivered: Part | None
    """Months of schools: a month of one school is one. None where those of every school aren't there."""
    hidden: frozenset[str] = frozenset()
    """Which of these have hidden counts: `serious`, `soon`, `with_measure`."""


@dataclass(frozen=True, slots=True)
class ShareChange:
    """One share of follow-up, now and in the same period a year earlier."""

    measure: str
    """One of `SHARES`, or another one that is compared in the same way."""
    now: Part
    before: Part
    is_early: bool
    """Whether the period still runs and this may still follow: then now is no match for a whole period."""
    low: float
    high: float
    """Between which the difference in shares lies (−1 to 1); nan where one of the two has no reports."""

    @property
    def is_known(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self.now.whole and self.before.whole) and not self.is_early

    @property
    def is_beyond_chance(self) -> bool:
        """Whether the shares differ by more than chance brings about."""
        return self.is_known and (self.low > 0 or self.high < 0)

    @property
    def is_higher(self) -> bool:
        """Whether the share is higher than a year earlier."""
        return self.now.part * self.before.whole > self.before.part * self.now.whole


def registration(followup: pl.DataFrame, by: pl.DataFrame, delivered: pl.DataFrame | None) -> Registration:
    """How the incidents of a period were reported.

    counts: `followup` one row per maat of one period and place (teller, noemer in reports); `by` one row per waarde of
    the dimension ernst, of the same period and place (incidenten); `delivered` one row per maand of that period
    (aangeleverd, scholen in schools), as `delivered_schools` returns them; None where that isn't known of each school.
    """
    severity = dict(only_shown(by, "incidenten").select("waarde", "incidenten").iter_rows())
    light, serious = severity.get("licht", 0), severity.get("ernstig", 0)
    told = by.filter(pl.col("waarde").is_in(["licht", "ernstig"]))
    hides = {
        "serious": any_hidden(told, "incidenten"),
        "soon": _is_hidden(followup, "geregistreerd_binnen_5_dagen"),
        "with_measure": _is_hidden(followup, "maatregel"),
    }
    return Registration(
        Part(0, 0) if hides["serious"] else Part(serious, light + serious),
        severity.get("onbekend", 0),
        part_of(followup, "geregistreerd_binnen_5_dagen"),
        part_of(followup, "maatregel"),
        None if delivered is None else Part(int(delivered["aangeleverd"].sum()), int(delivered["scholen"].sum())),
        frozenset(name for name, hidden in hides.items() if hidden),
    )


def _is_hidden(followup: pl.DataFrame, measure: str) -> bool:
    """Whether the counts of a measure are hidden."""
    return any_hidden(followup.filter(pl.col("maat") == measure), "teller", "noemer")


def months_of(rows: pl.DataFrame, period: str) -> pl.DataFrame:
    """The months that lie in a period `jjjj-mm/jjjj-mm`.

    counts: any rows with maand (`jjjj-mm`).

    Returns: those of the period, in the same order.
    """
    first, _, last = period.partition("/")
    return rows.filter(pl.col("maand").is_between(pl.lit(first), pl.lit(last)))


def part_of(followup: pl.DataFrame, measure: str) -> Part:
    """Of how many reports something was done; none of none where the measure isn't there, or is hidden.

    counts: one row per maat of one period and place (teller, noemer in reports).
    """
    row = only_shown(followup.filter(pl.col("maat") == measure), "teller", "noemer")
    return Part(int(row["teller"].sum()), int(row["noemer"].sum()))


def compared_shares(*, running: bool = False) -> tuple[str, ...]:
    """The shares that a page puts beside the year before, together: one and the same share gets one verdict.

    `running`: the period isn't over, so that only what is settled within days is compared.
    """
    return tuple(measure for measure in (SERIOUS, *SHARES) if not running or measure in AT_ONCE)


def in_order(followup: pl.DataFrame) -> pl.DataFrame:
    """The shares of follow-up, in the order in which they are told.

    counts: one row per maat of one period and place.

    Returns: the rows of `SHARES`, with the same columns.
    """
    told = pl.DataFrame({"maat": SHARES})
    return told.join(followup, on="maat", how="inner", maintain_order="left").select(followup.columns)


def share_changes(rows: pl.DataFrame, before: pl.DataFrame, *, running: bool = False) -> tuple[ShareChange, ...]:
    """What was done after incidents beside the same period a year earlier, a share of `SHARES` each.

    The more shares are compared, the wider the interval of each: chance alone then marks one or more of them about
    once in twenty times, however many there are.

    counts: one row per maat of one period and place (teller, noemer in reports), and the same of a year earlier, which
    may be without rows. `running`: the period isn't over.

    Source: Newcombe's method 10 (see `share_difference`), at 1 − 0.05/m for m comparisons (Bonferroni).
    """
    compared = compared_shares(running=running)
    return tuple(
        share_change(
            measure,
            (part_of(rows, measure), part_of(before, measure)),
            len(compared),
            is_early=measure not in compared,
        )
        for measure in SHARES
    )


def share_change(measure: str, parts: tuple[Part, Part], comparisons: int, *, is_early: bool = False) -> ShareChange:
    """One share beside that of a year earlier. `parts`: now and then.

    `comparisons`: how many such pairs are looked at together; see `share_changes`. `is_early`: now may still change.
    """
    now, before = parts
    ends = share_difference(now.part, now.whole, before.part, before.whole, 1 - CHANCE / comparisons)
    return ShareChange(measure, now, before, is_early, float(ends.low), float(ends.high))
