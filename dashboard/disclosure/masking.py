"""Takes hidden counts out of the tables, and with them every figure that could not be made without them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import polars as pl

from dashboard.disclosure.books import Place
from dashboard.disclosure.universe import HIDDEN_ROWS

HIDDEN: Final = "verborgen"
"""The last column of a protected table: which columns of the row are hidden, with commas between; null: none."""

Row = Mapping[str, Any]
Marks = dict[int, set[str]]
"""Number of a row → its hidden columns."""


@dataclass(frozen=True, slots=True)
class Derived:
    """Figures that are made of counts."""

    columns: tuple[str, ...]
    needs: tuple[str, ...]
    """The columns of the row that have to be shown; those that have no value need not."""
    base: tuple[str, ...] = ()
    """The counts that add up to what it is a share of: too few, and there is no share."""


_COVERAGE: Final = Derived(("dekking",), ("ja", "nee", "ongeldig"), ("ja", "nee", "ongeldig"))
_LIMITS: Final = ("onder95", "boven95", "onder998", "boven998")

DERIVED: Final[Mapping[str, tuple[Derived, ...]]] = MappingProxyType(
    {
        "consent_coverage": (_COVERAGE,),
        "consent_by_year_group": (_COVERAGE,),
        "consent_funnel": (
            Derived(("dekking",), ("geldig", "noemer"), ("noemer",)),
            Derived(_LIMITS, ("noemer", "groep"), ("noemer",)),
            Derived(("oordeel",), ("dekking", *_LIMITS)),
        ),
        "incident_funnel": (
            Derived(("ratio",), ("incidenten",)),
            Derived(_LIMITS, ("groep",)),
            Derived(("oordeel",), ("ratio", *_LIMITS)),
        ),
        "incidents_monthly": (Derived(("ratio",), ("incidenten",), ("leerlingen",)),),
        "incident_trend": (Derived(("ratio",), ("incidenten",)),),
        "incident_followup": (Derived(("waarde",), ("teller", "noemer"), ("noemer",)),),
    }
)
"""Table → the figures that follow from its counts, in the order in which they follow."""

WHOLE_SEGMENT: Final = ("midden", "onder", "boven", "signaal")
"""Of a trend: made of every month of its segment."""

OF_EVALUATION: Final = ("teller", "noemer")
SPOKEN: Final = frozenset({"op orde", "aandacht", "niet op orde"})
"""Verdicts that tell something of the counts."""


def masked(name: str, frame: pl.DataFrame, places: Iterable[Place], least: int) -> pl.DataFrame:
    """A protected table from its exact rows and the places where a count is hidden.

    counts: the rows of the universe, in their order; `least` is the smallest base of a share.

    Returns: the same rows, hidden values null, with the column `verborgen`.
    """
    marks: Marks = defaultdict(set)
    for place in places:
        marks[place.row].add(place.column)
    rows = frame.to_dicts()
    _derive(name, rows, marks, least)
    for special in _SPECIAL.get(name, ()):
        special(rows, marks, least)
    return _applied(frame, marks)


def _derive(name: str, rows: list[dict[str, Any]], marks: Marks, least: int) -> None:
    for number, row in enumerate(rows):
        for figure in DERIVED.get(name, ()):
            hidden = marks.get(number, set())
            small = bool(figure.base) and sum(row[column] or 0 for column in figure.base) < least
            if small or hidden & set(figure.needs):
                marks[number] |= {column for column in figure.columns if row[column] is not None}


def _hide_segments(rows: list[dict[str, Any]], marks: Marks, _least: int) -> None:
    """The middle and the limits of a segment are made of all its months: one that is hidden takes them along."""
    broken = {rows[number]["deel"] for number, hidden in marks.items() if "incidenten" in hidden}
    for number, row in enumerate(rows):
        if row["deel"] in broken:
            marks[number] |= set(WHOLE_SEGMENT)


def _hide_verdicts(rows: list[dict[str, Any]], marks: Marks, least: int) -> None:
    """The figure and the verdict of an article go with its counts."""
    for number, row in enumerate(rows):
        hidden = marks.get(number, set()) & set(OF_EVALUATION)
        few = row["noemer"] is not None and row["noemer"] < least and row["indicator"] not in NOT_OF_PERSONS
        if hidden or few:
            marks[number] |= {"waarde"} if row["waarde"] is not None else set()
        if hidden and row["oordeel"] in SPOKEN:
            marks[number].add("oordeel")
        if "noemer" in hidden and str(row["indicator"]).partition(":")[0] in OF_CONSENT:
            marks[number].add("kwaliteit")
    _hide_medians(rows, marks, least)


def _hide_medians(rows: list[dict[str, Any]], marks: Marks, least: int) -> None:
    """A median is made of the incidents with a measure: shown where these are shown, and enough."""
    for number, row in enumerate(rows):
        if row["indicator"] != "dagen_tot_maatregel" or row["waarde"] is None:
            continue
        beside = next(
            other
            for other, known in enumerate(rows)
            if (known["periode"], known["artikel"], known["indicator"])
            == (row["periode"], row["artikel"], "met_maatregel")
        )
        if marks.get(beside, set()) & set(OF_EVALUATION) or (rows[beside]["teller"] or 0) < least:
            marks[number].add("waarde")
        if "vorige_waarde" in marks.get(beside, set()) and row["vorige_waarde"] is not None:
            marks[number].add("vorige_waarde")


def _hide_row_numbers(rows: list[dict[str, Any]], marks: Marks, _least: int) -> None:
    """How many rows there are of what is rare is a small number itself."""
    for number, row in enumerate(rows):
        if row["dataset"] in HIDDEN_ROWS:
            marks[number] |= {"rijen", "afgewezen"}


OF_CONSENT: Final = ("dekking", "laagste_dekking")
NOT_OF_PERSONS: Final = frozenset(
    {
        "scholen_zonder_training",
        "scholen_zonder_les",
        "scholen_met_coach",
        "whatsapp_bezwaar",
        "tijdig_bekend",
        "gepubliceerd",
        "instemming_voor_vaststelling",
        "inwerkingtreding_vastgelegd",
        "geevalueerd",
    }
)
"""Indicators of schools and papers."""

_SPECIAL: Final[Mapping[str, tuple[Callable[[list[dict[str, Any]], Marks, int], None], ...]]] = MappingProxyType(
    {
        "incident_trend": (_hide_segments,),
        "evaluation": (_hide_verdicts,),
        "data_quality": (_hide_row_numbers,),
    }
)


def _applied(frame: pl.DataFrame, marks: Marks) -> pl.DataFrame:
    """Null where it is hidden, and the names of what is hidden beside it, in the order of the columns."""
    rows = [marks.get(number, set()) for number in range(frame.height)]
    columns = [name for name in frame.columns if any(name in hidden for hidden in rows)]
    hides = {name: [name in hidden for hidden in rows] for name in columns}
    told = [",".join(name for name in columns if name in hidden) or None for hidden in rows]
    return frame.with_columns(
        *(
            pl.when(pl.Series(f"_{name}", hides[name])).then(None).otherwise(pl.col(name)).alias(name)
            for name in columns
        ),
        pl.Series(HIDDEN, told, dtype=pl.String),
    )


def changes_masked(frame: pl.DataFrame, now: pl.DataFrame, before: pl.DataFrame | None) -> pl.DataFrame:
    """`changes` beside what is hidden of the evaluation now and was hidden before.

    now, before: the protected `evaluation` of this snapshot and of the one before; None: there is none, and then
    nothing of before is shown. A difference is hidden with either side of it.
    """
    key = ["periode", "artikel", "indicator"]
    gone = _hidden_figures(now)
    earlier = _hidden_figures(before) if before is not None else {tuple(row) for row in frame.select(key).iter_rows()}
    marks: Marks = defaultdict(set)
    for number, row in enumerate(frame.to_dicts()):
        place = tuple(row[name] for name in key)
        marks[number] |= {"wordt"} if place in gone else set()
        marks[number] |= {"was"} if place in earlier else set()
        marks[number] |= {"definitie", "correctie", "nieuw"} if marks[number] else set()
        marks[number] = {name for name in marks[number] if row[name] is not None}
    return _applied(frame, marks)


def _hidden_figures(evaluation: pl.DataFrame) -> set[tuple[object, ...]]:
    hidden = evaluation.filter(pl.col(HIDDEN).fill_null("").str.split(",").list.contains("waarde"))
    return set(hidden.select("periode", "artikel", "indicator").iter_rows())
