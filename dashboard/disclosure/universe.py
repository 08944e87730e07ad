"""What exists for a protected audience: which tables, which of their rows, and which of their columns are counts.

Everything is an allow-list: what isn't named here isn't there.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

import polars as pl

from dashboard.disclosure.books import GROUP
from dashboard.periods import kind_of

VISIBLE_MONTHS: Final = (1, 7, 10)
"""The months of which the last day is a visible reference date, beside the day of the delivery."""

SCHOOL_PERIODS: Final = ("schooljaar", "evaluatie")
"""The periods over which schools are shown; the group by half-years too."""

OTHER: Final = "overig"
"""Rare values together."""

RARE: Final = 10
"""A value with fewer incidents than this in every period is rare."""

UNKNOWN_VALUE: Final = "onbekend"

MOST: Final = 6000
"""Counts of schools, values and half-years together, above which values are shown for the group only.

Beyond it what may be shown can't be found in the time of an import; and of many schools nearly all would be hidden.
"""

FEW: Final = 10
"""Fewer pupils than this in a year group are too few to tell anything of them."""

HIDDEN_ROWS: Final = ("incidenten", "publicaties", "stages", "consultaties", "activiteiten")
"""Of these datasets the numbers of rows are small numbers themselves."""

Exact = Mapping[str, pl.DataFrame]
"""The published tables as the board sees them, by name: finished, every row."""

Choose = Callable[[Exact, date], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as protected audiences have it."""

    rows: Choose
    """Which rows, in which grain, still with exact counts."""
    counts: tuple[str, ...] = ()
    """The columns that may be hidden because they count persons or incidents, or parts of them."""
    key: tuple[str, ...] = ()
    """The columns that tell its rows apart."""


_OF_EVERYTHING: Final = ("evaluation", "changes")

LINKED: Final = tuple(
    frozenset((*family, *_OF_EVERYTHING))
    for family in (
        (
            "consent_status",
            "consent_coverage",
            "consent_by_year_group",
            "consent_waterfall",
            "expiry_outlook",
            "consent_funnel",
        ),
        ("use_without_consent", "use_by_status"),
        (
            "incidents_monthly",
            "incidents_by",
            "incident_roles",
            "incident_followup",
            "incident_trend",
            "incident_funnel",
        ),
    )
)
"""Tables of which the counts are sums of one another's: what one of them hides may follow from the others."""


def linked_with(tables: Collection[str]) -> set[str]:
    """These tables, and every table from which their counts may follow."""
    return set(tables).union(*(family for family in LINKED if not family.isdisjoint(tables)))


def visible_days(days: Sequence[date], today: date) -> list[date]:
    """The reference dates that are shown: ends of October, January and July, and the day of the delivery."""
    return [day for day in days if day == today or day.month in VISIBLE_MONTHS]


def _everything(name: str) -> Choose:
    return lambda exact, _today: exact[name]


def _of_group(name: str) -> Choose:
    return lambda exact, _today: exact[name].filter(pl.col("brin6") == GROUP)


def _on_visible_days(name: str, *, group_only: bool = False) -> Choose:
    def choose(exact: Exact, today: date) -> pl.DataFrame:
        frame = exact[name]
        days = visible_days(sorted(frame["peildatum"].unique()), today)
        shown = frame.filter(pl.col("peildatum").is_in(days))
        return shown.filter(pl.col("brin6") == GROUP) if group_only else shown

    return choose


def _today_only(name: str) -> Choose:
    return lambda exact, today: exact[name].filter(pl.col("peildatum") == today)


def _year_groups(exact: Exact, today: date) -> pl.DataFrame:
    """Where a school has a year group of a few pupils, year groups aren't shown at all.

    Everyone knows how few those pupils are: an x would tell nearly all of them, and a row left out would follow from
    the others.
    """
    frame = _today_only("consent_by_year_group")(exact, today)
    few = pl.sum_horizontal("ja", "nee", "ongeldig", "onbekend") < FEW
    return frame if frame.filter(few).is_empty() else frame.clear()


def _statuses(exact: Exact, today: date) -> pl.DataFrame:
    """Every status for each day and purpose: one that is missing would say 0."""
    shown = _on_visible_days("consent_status", group_only=True)(exact, today)
    grid = shown.select("peildatum", "brin6", "doel").unique().join(shown.select("status").unique(), how="cross")
    return _filled(grid, shown, "leerlingen").select(shown.columns).sort("peildatum", "brin6", "doel", "status")


def _uses(exact: Exact, _today: date) -> pl.DataFrame:
    frame = exact["use_without_consent"]
    occurring = frame.filter(pl.col("brin6") == GROUP).select("schooljaar", "doel")
    grid = frame.select("brin6").unique().join(occurring, how="cross")
    full = _filled(grid, frame, "publicaties", "gebruiken", "zonder_toestemming")
    return full.select(frame.columns).sort("brin6", "schooljaar", "doel")


def _in_school_periods(frame: pl.DataFrame) -> pl.DataFrame:
    kinds = {name: kind_of(name) for name in frame["periode"].unique()}
    kind = pl.col("periode").replace_strict(kinds, return_dtype=pl.String)
    return frame.filter((pl.col("brin6") == GROUP) | kind.is_in(SCHOOL_PERIODS))


def _incidents_by(exact: Exact, _today: date) -> pl.DataFrame:
    frame = _merged(exact["incidents_by"], rare_values(exact["incidents_by"]), "waarde")
    occurring = frame.filter(pl.col("brin6") == GROUP).select("periode", "dimensie", "waarde")
    grid = occurring.join(frame.select("brin6").unique(), how="cross")
    if not is_by_school(exact["incidents_by"]):
        grid = grid.filter(pl.col("brin6") == GROUP)
    full = _filled(grid, frame, "incidenten").select(frame.columns)
    return _in_school_periods(full).sort("periode", "brin6", "dimensie", "waarde")


def _roles(exact: Exact, _today: date) -> pl.DataFrame:
    frame = _of_group("incident_roles")(exact, _today)
    rare = rare_values(exact["incidents_by"])
    for role in ("veroorzaker", "getroffene"):
        frame = _merged(frame.with_columns(pl.lit(role).alias("dimensie")), rare, role).drop("dimensie")
    who = frame.select("periode", "brin6", "veroorzaker").unique()
    whom = frame.select("periode", "getroffene").unique()
    full = _filled(who.join(whom, on="periode"), frame, "incidenten")
    return full.select(exact["incident_roles"].columns).sort("periode", "brin6", "veroorzaker", "getroffene")


def _funnel(exact: Exact, _today: date) -> pl.DataFrame:
    return _in_school_periods(exact["incident_funnel"])


def rare_values(incidents_by: pl.DataFrame) -> pl.DataFrame:
    """The values that are shown as one, `overig`.

    counts: one row per periode, brin6, dimensie and waarde; incidenten.

    Returns: dimensie, waarde of every value that is rare in each period of the group. Articles are listed by the code
    itself, and what isn't known is no value: neither is ever rare.
    """
    return (
        incidents_by.filter((pl.col("brin6") == GROUP) & (pl.col("waarde") != UNKNOWN_VALUE))
        .filter(pl.col("dimensie") != "artikel")
        .group_by("dimensie", "waarde")
        .agg(pl.col("incidenten").max())
        .filter(pl.col("incidenten") < RARE)
        .select("dimensie", "waarde")
    )


def is_by_school(incidents_by: pl.DataFrame) -> bool:
    """Whether the values of incidents are shown for every school, or only for the group.

    counts: one row per periode, brin6, dimensie and waarde, as the board sees them.
    """
    halves = [name for name in incidents_by["periode"].unique() if kind_of(name) == "halfjaar"]
    counted = incidents_by.filter(pl.col("periode").is_in(halves) & (pl.col("dimensie") != "artikel"))
    values = counted.select("periode", "dimensie", "waarde").unique().height
    return values * (incidents_by["brin6"].n_unique() - 1) <= MOST


def _merged(frame: pl.DataFrame, rare: pl.DataFrame, column: str) -> pl.DataFrame:
    """Incidents with rare values taken together. counts: any rows with dimensie and `column`; incidenten add up."""
    marked = frame.join(
        rare.rename({"waarde": column}).with_columns(pl.lit(value=True).alias("_rare")),
        on=["dimensie", column],
        how="left",
    )
    named = marked.with_columns(
        pl.when(pl.col("_rare").is_null()).then(pl.col(column)).otherwise(pl.lit(OTHER)).alias(column)
    )
    keys = [name for name in frame.columns if name != "incidenten"]
    return named.group_by(keys).agg(pl.col("incidenten").sum())


def _filled(grid: pl.DataFrame, frame: pl.DataFrame, *counts: str) -> pl.DataFrame:
    """Every row of a grid, with 0 where the table has none."""
    return grid.join(frame, on=grid.columns, how="left").with_columns(pl.col(count).fill_null(0) for count in counts)


_OUTCOMES: Final = ("ja", "nee", "ongeldig", "onbekend")

UNIVERSE: Final[Mapping[str, Shown]] = MappingProxyType(
    {
        "consent_status": Shown(_statuses, ("leerlingen",), ("peildatum", "brin6", "doel", "status")),
        "consent_coverage": Shown(
            _on_visible_days("consent_coverage"), _OUTCOMES, ("peildatum", "brin6", "doel", "lezing")
        ),
        "consent_by_year_group": Shown(_year_groups, _OUTCOMES, ("peildatum", "brin6", "leerjaar", "doel")),
        "consent_waterfall": Shown(
            _of_group("consent_waterfall"), ("leerlingen",), ("peildatum", "brin6", "doel", "stap")
        ),
        "turning_16": Shown(_of_group("turning_16"), ("leerlingen",), ("brin6", "maand")),
        "expiry_outlook": Shown(
            _everything("expiry_outlook"),
            ("geldig_nu", "nodig_nu", "geldig_1_september", "nodig_1_september"),
            ("brin6", "doel"),
        ),
        "use_without_consent": Shown(_uses, ("gebruiken", "zonder_toestemming"), ("brin6", "schooljaar", "doel")),
        "use_by_status": Shown(_of_group("use_by_status"), ("gebruiken",), ("brin6", "schooljaar", "doel", "status")),
        "consent_funnel": Shown(_today_only("consent_funnel"), ("geldig", "noemer"), ("peildatum", "doel", "brin6")),
        "incidents_monthly": Shown(_of_group("incidents_monthly"), ("incidenten",), ("maand", "brin6")),
        "incidents_by": Shown(_incidents_by, ("incidenten",), ("periode", "brin6", "dimensie", "waarde")),
        "incident_roles": Shown(_roles, ("incidenten",), ("periode", "brin6", "veroorzaker", "getroffene")),
        "incident_followup": Shown(_of_group("incident_followup"), ("teller", "noemer"), ("periode", "brin6", "maat")),
        "incident_trend": Shown(_of_group("incident_trend"), ("incidenten",), ("maand", "brin6")),
        "incident_funnel": Shown(_funnel, ("incidenten",), ("periode", "brin6")),
        "evaluation": Shown(
            _everything("evaluation"), ("teller", "noemer", "vorige_waarde"), ("periode", "artikel", "indicator")
        ),
        "changes": Shown(_everything("changes"), ("was", "definitie", "correctie", "nieuw", "wordt")),
        "decisions": Shown(_everything("decisions")),
        "evaluation_clock": Shown(_everything("evaluation_clock")),
        "data_quality": Shown(_everything("data_quality"), ("rijen", "afgewezen")),
        "schools": Shown(_everything("schools")),
        "events": Shown(_everything("events")),
    }
)
"""The tables of a protected audience. `rare_events` dates single incidents, and is none of them."""
