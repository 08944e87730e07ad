"""From the tables of the board to those of everyone else: what is small is hidden, and what would give it away."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard.disclosure.books import Book, Place
from dashboard.disclosure.consent_cells import OF_GROUP, ConsentBook, Numbered, Row, statuses_of
from dashboard.disclosure.incident_cells import Exact, IncidentBook
from dashboard.disclosure.masking import HIDDEN, NOT_OF_PERSONS, changes_masked, masked
from dashboard.disclosure.protect import protect
from dashboard.disclosure.universe import UNIVERSE, Shown
from dashboard.disclosure.use_cells import UseBook
from dashboard.periods import month_end
from dashboard.registry import Registry
from dashboard.registry.model import PUBLISHED_READING

OF_USES: Final = "gebruik_zonder_toestemming"
OF_INCIDENTS: Final = frozenset(
    {
        "incidenten",
        "in_les",
        "met_maatregel",
        "zelfde_dag_gemeld",
        "incidenten_school",
        "incidenten_overlap",
        "incidenten_buiten",
        "hulp_aangeboden",
        "in_dossier",
        "maatregelen_leerlingen",
        "maatregelen_medewerkers",
    }
)
OF_PERSONS: Final = frozenset({"vooraf_gecontroleerd", "consultaties"})
"""Indicators that count persons and are linked to nothing else."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the board sees, of which a protected audience gets a part."""

    tables: Mapping[str, pl.DataFrame]
    """The published tables, finished, and `schools` and `events`."""
    evaluation: pl.DataFrame
    """The counts behind `evaluation`: teller and noemer, and those of the years before (vorige_…)."""
    today: date
    before: "Before | None" = None
    """The snapshot before; None where there is none that was protected."""


@dataclass(frozen=True, slots=True)
class Before:
    """A snapshot that readers may have kept: what it showed is known, what it hid has to stay hidden."""

    tables: Mapping[str, pl.DataFrame]
    """As `Delivered.tables`."""
    today: date
    shown: Mapping[str, pl.DataFrame]
    """The protected tables."""


def protected(delivered: Delivered, registry: Registry, progress: Progress) -> dict[str, pl.DataFrame]:
    """The tables of a protected audience.

    counts: of each table the rows of the universe, every school and value of the grid.

    Returns: by name the columns of the published table, hidden values null, and `verborgen` (text, null: nothing).
    Raises: ValueError where a count can't be protected.
    Source: cell suppression with linear programming (Fischetti and Salazar 2001).
    """
    rows = {name: shown.rows(delivered.tables, delivered.today) for name, shown in UNIVERSE.items()}
    books = list(_books(delivered, rows, registry))
    before = _standing(rows, delivered.before)
    hidden: list[Place] = []
    for number, book in enumerate(books, start=1):
        progress(f"Kleine aantallen verbergen, deel {number} van {len(books)}")
        pattern = protect(book.system(before), registry.threshold)
        hidden += book.places(sorted(pattern.hidden))
    hidden += _thin(rows["evaluation"], _counted(delivered.evaluation), registry.minimum_base)
    by_table: dict[str, list[Place]] = defaultdict(list)
    for place in hidden:
        by_table[place.table].append(place)
    tables = {name: masked(name, frame, by_table[name], registry.minimum_base) for name, frame in rows.items()}
    earlier = None if delivered.before is None else delivered.before.shown.get("evaluation")
    tables["changes"] = changes_masked(rows["changes"], tables["evaluation"], earlier)
    return tables


def _thin(evaluation: pl.DataFrame, counted: Mapping[tuple[Any, ...], Row], least: int) -> Iterable[Place]:
    """Earlier shares of too few: what they are taken over isn't printed, so no figure beside them tells."""
    for number, row in enumerate(evaluation.iter_rows(named=True)):
        base = counted[_key(row)]["vorige_noemer"]
        is_shown = row["vorige_waarde"] is not None and row["indicator"] not in NOT_OF_PERSONS
        if is_shown and base is not None and base < least:
            yield Place("evaluation", number, "vorige_waarde")


def _standing(rows: Mapping[str, pl.DataFrame], before: Before | None) -> dict[Place, bool]:
    """Where a number was printed before as it is now, and whether it was hidden."""
    if before is None:
        return {}
    found: dict[Place, bool] = {}
    for name, shown in UNIVERSE.items():
        if shown.key and name in before.shown:
            earlier = shown.rows(before.tables, before.today)
            found |= dict(_same(name, shown, rows[name], earlier, before.shown[name]))
    return found


def _same(
    name: str, shown: Shown, now: pl.DataFrame, earlier: pl.DataFrame, printed: pl.DataFrame
) -> Iterable[tuple[Place, bool]]:
    key = list(shown.key)
    then = earlier.select(*key, *(pl.col(column).alias(f"_{column}") for column in shown.counts))
    beside = now.with_row_index("_row").join(then, on=key, how="inner", nulls_equal=True)
    both = beside.join(printed.select(*key, HIDDEN), on=key, how="inner", nulls_equal=True)
    for row in both.iter_rows(named=True):
        hidden = (row[HIDDEN] or "").split(",")
        for column in shown.counts:
            if row[column] is not None and row[column] == row[f"_{column}"]:
                yield Place(name, row["_row"], column), column in hidden


def _books(delivered: Delivered, rows: Mapping[str, pl.DataFrame], registry: Registry) -> Iterable[Book]:
    numbered = {name: list(enumerate(frame.to_dicts())) for name, frame in rows.items()}
    counted = _counted(delivered.evaluation)
    yield from _consent(delivered, numbered, counted, registry)
    yield _uses(delivered, numbered, counted, registry)
    yield _incidents(delivered, numbered, counted, registry)
    yield from _alone(numbered, counted)


def _counted(evaluation: pl.DataFrame) -> dict[tuple[Any, ...], Row]:
    return {(row["periode"], row["artikel"], row["indicator"]): row for row in evaluation.to_dicts()}


def _key(row: Row) -> tuple[Any, ...]:
    return row["periode"], row["artikel"], row["indicator"]


def _consent(
    delivered: Delivered, rows: Mapping[str, Numbered], counted: Mapping[tuple[Any, ...], Row], registry: Registry
) -> Iterable[Book]:
    by = {name: _grouped(rows[name], "peildatum", "doel") for name in _BY_DAY}
    outlook = _grouped(rows["expiry_outlook"], "doel")
    year_groups = _grouped(list(enumerate(delivered.tables["consent_by_year_group"].to_dicts())), "peildatum", "doel")
    for day, purpose in sorted(by["consent_coverage"]):
        statuses = statuses_of(delivered.tables["consent_status"], day, purpose, registry)
        made = ConsentBook(day, purpose, statuses)
        made.write_coverage(by["consent_coverage"][day, purpose])
        made.write_statuses(by["consent_status"][day, purpose])
        made.write_waterfall(by["consent_waterfall"][day, purpose])
        made.write_year_groups(year_groups[day, purpose], by["consent_by_year_group"][day, purpose])
        made.write_funnel(by["consent_funnel"][day, purpose])
        if day == delivered.today:
            made.write_outlook(outlook[(purpose,)])
        for number, row, prefix in _judged_on(rows["evaluation"], day, purpose, delivered.today):
            made.write_judged(number, row, counted[_key(row)], prefix)
        yield made.book


_BY_DAY: Final = (
    "consent_coverage",
    "consent_status",
    "consent_waterfall",
    "consent_by_year_group",
    "consent_funnel",
)


def _judged_on(rows: Numbered, day: date, purpose: str, today: date) -> Iterable[tuple[int, Row, str]]:
    """The rows of the evaluation that tell the coverage of a day: at the end of a period, or of the years before."""
    for number, row in rows:
        if row["indicator"] != f"dekking:{purpose}":
            continue
        first, _, last = row["periode"].partition("/")
        if day == min(month_end(date.fromisoformat(f"{last}-01")), today):
            yield number, row, ""
        if (day.year * 12 + day.month) == int(first[:4]) * 12 + int(first[5:]) - 1:
            yield number, row, "vorige_"


def _uses(
    delivered: Delivered, rows: Mapping[str, Numbered], counted: Mapping[tuple[Any, ...], Row], registry: Registry
) -> Book:
    outcomes = registry.reading(PUBLISHED_READING).outcomes
    granted = {status for status, outcome in outcomes.items() if outcome == "ja"}
    made = UseBook(rows["use_without_consent"], rows["use_by_status"], granted, delivered.tables["use_by_status"])
    for number, row in rows["evaluation"]:
        if row["indicator"] == OF_USES:
            purposes = {purpose.code for purpose in registry.purposes if purpose.article == row["artikel"]}
            made.write_evaluation(number, row, counted[_key(row)], purposes, delivered.today)
    return made.book


def _incidents(
    delivered: Delivered, rows: Mapping[str, Numbered], counted: Mapping[tuple[Any, ...], Row], registry: Registry
) -> Book:
    tables = delivered.tables
    exact = Exact(
        tables["incidents_by"],
        tables["incident_roles"],
        tables["incident_followup"],
        tables["incidents_monthly"],
        delivered.today,
    )
    made = IncidentBook(exact, registry)
    made.write_values(rows["incidents_by"])
    made.write_funnel(rows["incident_funnel"])
    made.write_months(rows["incidents_monthly"], rows["incident_trend"])
    made.write_roles(rows["incident_roles"])
    made.write_followup(rows["incident_followup"])
    for number, row in rows["evaluation"]:
        if row["indicator"] in OF_INCIDENTS:
            made.write_evaluation(number, row, counted[_key(row)])
    return made.book


def _alone(rows: Mapping[str, Numbered], counted: Mapping[tuple[Any, ...], Row]) -> Iterable[Book]:
    """Counts that hang together with nothing else: a month, or a part of a whole."""
    months = Book("16 worden", [])
    for number, row in rows["turning_16"]:
        atom = months.atom(row["maand"], truth=row["leerlingen"])
        place = Place("turning_16", number, "leerlingen")
        months.cell(place, f"turning_16|{row['maand']}", [atom], row["leerlingen"], cost=OF_GROUP)
    yield months
    shares = Book("delen", [])
    for number, row in rows["evaluation"]:
        is_lowest = str(row["indicator"]).startswith("laagste_dekking:")
        if row["indicator"] in OF_PERSONS or is_lowest:
            _write_share(shares, number, row, counted[_key(row)], is_consent=is_lowest)
    yield shares


def _write_share(book: Book, number: int, row: Row, counted: Row, *, is_consent: bool) -> None:
    for prefix in ("", "vorige_"):
        part, whole = counted[f"{prefix}teller"], counted[f"{prefix}noemer"]
        if part is None:
            continue
        name = f"evaluation|{'|'.join(map(str, _key(row)))}|{prefix}"
        inside = book.atom(name, "in", truth=part)
        column = "vorige_waarde" if prefix else "teller"
        book.cell(
            Place("evaluation", number, column),
            f"{name}teller",
            [inside],
            part,
            whole=whole if is_consent else None,
            cost=OF_GROUP,
        )
        if whole is not None:
            outside = book.atom(name, "out", truth=whole - part)
            column = "vorige_waarde" if prefix else "noemer"
            book.cell(Place("evaluation", number, column), f"{name}noemer", [inside, outside], whole, cost=OF_GROUP)


def _grouped(rows: Numbered, *key: str) -> dict[tuple[Any, ...], list[tuple[int, Row]]]:
    found: dict[tuple[Any, ...], list[tuple[int, Row]]] = defaultdict(list)
    for number, row in rows:
        found[tuple(row[name] for name in key)].append((number, row))
    return found
