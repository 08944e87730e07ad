"""What is plain to see in published tables and shouldn't be: small numbers, rates of hidden ones, rows left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from dashboard.disclosure.audit_sheet import GROUP, is_marked, spelled
from dashboard.periods import month_after, months_apart

Frames = Mapping[str, pl.DataFrame]
Row = Mapping[str, Any]

MINIMUM_BASE: Final = 10
OUTCOMES: Final = ("ja", "nee", "ongeldig", "onbekend")
COUNTED: Final = ("ja", "nee", "ongeldig")
NO_VERDICT: Final = frozenset({"geen gegevens", "geen norm", "niet meetbaar"})


@dataclass(frozen=True, slots=True)
class Rule:
    """What the columns of a published table are to an attacker."""

    key: tuple[str, ...]
    counts: tuple[str, ...] = ()
    """Persons or incidents."""
    whole: tuple[str, ...] = ()
    """Columns that add up to the known number of which the counts are parts, where the rest tells something too."""
    rates: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Rate, or verdict → the counts it is made of."""
    base: tuple[str, ...] = ()
    """Columns that add up to what the rates are taken over."""
    grid: tuple[str, ...] = ()
    """Columns that together with every school make up all rows."""
    span: str | None = None
    """The column of periods or days; only those that are shown for schools are in the grid."""


def _all_of(names: Sequence[str], counts: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, counts) for name in names)


RULES: Final = {
    "consent_coverage": Rule(
        ("peildatum", "brin6", "doel", "lezing"),
        OUTCOMES,
        OUTCOMES,
        (("dekking", COUNTED),),
        COUNTED,
        span="peildatum",
    ),
    "consent_by_year_group": Rule(
        ("peildatum", "brin6", "leerjaar", "doel"),
        OUTCOMES,
        OUTCOMES,
        (("dekking", COUNTED),),
        COUNTED,
        span="peildatum",
    ),
    "consent_status": Rule(("peildatum", "brin6", "doel", "status"), ("leerlingen",)),
    "consent_waterfall": Rule(("peildatum", "brin6", "doel", "stap"), ("leerlingen",)),
    "turning_16": Rule(("brin6", "maand"), ("leerlingen",)),
    "expiry_outlook": Rule(
        ("brin6", "doel"),
        ("geldig_nu", "nodig_nu", "geldig_1_september", "nodig_1_september"),
        ("leerlingen",),
    ),
    "consent_funnel": Rule(
        ("peildatum", "doel", "brin6"),
        ("geldig", "noemer"),
        rates=_all_of(("dekking", "oordeel"), ("geldig", "noemer"))
        + _all_of(("onder95", "boven95", "onder998", "boven998"), ("noemer",)),
        base=("noemer",),
        span="peildatum",
    ),
    "use_without_consent": Rule(
        ("brin6", "schooljaar", "doel"),
        ("gebruiken", "zonder_toestemming"),
        ("gebruiken",),
        grid=("schooljaar", "doel"),
        span="schooljaar",
    ),
    "use_by_status": Rule(("brin6", "schooljaar", "doel", "status"), ("gebruiken",)),
    "incidents_by": Rule(
        ("periode", "brin6", "dimensie", "waarde"),
        ("incidenten",),
        grid=("periode", "dimensie", "waarde"),
        span="periode",
    ),
    "incident_roles": Rule(("periode", "brin6", "veroorzaker", "getroffene"), ("incidenten",)),
    "incident_followup": Rule(
        ("periode", "brin6", "maat"), ("teller", "noemer"), rates=(("waarde", ("teller", "noemer")),), base=("noemer",)
    ),
    "incidents_monthly": Rule(
        ("maand", "brin6"), ("incidenten",), rates=(("ratio", ("incidenten",)),), base=("leerlingen",)
    ),
    "incident_trend": Rule(
        ("maand", "brin6", "deel"),
        ("incidenten",),
        rates=_all_of(("ratio", "signaal"), ("incidenten",)),
    ),
    "incident_funnel": Rule(
        ("periode", "brin6"),
        ("incidenten",),
        rates=_all_of(("ratio", "oordeel"), ("incidenten",)),
        span="periode",
    ),
    "evaluation": Rule(("periode", "artikel", "indicator")),
}
"""Published table → what its columns are."""

OF_PERSONS: Final = (
    "incidenten",
    "incidenten_school",
    "incidenten_overlap",
    "incidenten_buiten",
    "in_les",
    "met_maatregel",
    "zelfde_dag_gemeld",
    "dekking",
    "laagste_dekking",
    "gebruik_zonder_toestemming",
    "hulp_aangeboden",
    "in_dossier",
    "maatregelen_leerlingen",
    "maatregelen_medewerkers",
    "vooraf_gecontroleerd",
)
"""Indicators of the evaluation that count persons or incidents."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Something that is there to read, or isn't there at all."""

    table: str
    key: tuple[str, ...]
    column: str
    what: str
    """In Dutch, after "is": `te klein om te tonen`."""


SMALL: Final = "getoond, maar klein"
REST_SMALL: Final = "getoond, maar de rest is klein"
OF_HIDDEN: Final = "getoond, maar een aantal erachter niet"
OF_SMALL: Final = "getoond, maar een aantal erachter is klein"
THIN: Final = "getoond over minder dan tien"
MISSING: Final = "weggelaten, en dat zegt iets"


def sights(shown: Frames, exact: Frames, k: int) -> Iterator[Sight]:
    """Everything in published tables that gives a small number away without any reckoning."""
    for name, rule in RULES.items():
        frame = shown.get(name)
        if frame is None:
            continue
        for row in frame.iter_rows(named=True):
            key = spelled(row[part] for part in rule.key)
            yield from _counts(name, rule, key, row, k)
            yield from _rates(name, rule, key, row)
            if name == "evaluation":
                yield from _indicator(key, row, k)
        if name == "evaluation":
            yield from _earlier(frame, exact, k)
        yield from _left_out(name, rule, frame, exact.get(name, pl.DataFrame()))


def _counts(name: str, rule: Rule, key: tuple[str, ...], row: Row, k: int) -> Iterator[Sight]:
    whole = _sum(row, rule.whole)
    for column in rule.counts:
        value = _read(row, column)
        if value is None:
            continue
        if 1 <= value < k:
            yield Sight(name, key, column, SMALL)
        elif whole is not None and 1 <= whole - value < k:
            yield Sight(name, key, column, REST_SMALL)


def _rates(name: str, rule: Rule, key: tuple[str, ...], row: Row) -> Iterator[Sight]:
    for rate, counts in rule.rates:
        if _read(row, rate) is None:
            continue
        if any(is_marked(row, column) for column in counts):
            yield Sight(name, key, rate, OF_HIDDEN)
            continue
        base = _sum(row, rule.base)
        if base is not None and base < MINIMUM_BASE and rate != "oordeel":
            yield Sight(name, key, rate, THIN)


def _indicator(key: tuple[str, ...], row: Row, k: int) -> Iterator[Sight]:
    """A row of the evaluation: a count, a share or a verdict."""
    indicator = str(row["indicator"] or "").partition(":")[0]
    if indicator not in OF_PERSONS:
        return
    for column in ("teller", "noemer"):
        if 1 <= (_read(row, column) or 0) < k:
            yield Sight("evaluation", key, column, SMALL)
    parts = ("teller", "noemer")
    is_hidden = any(is_marked(row, column) for column in parts)
    told = [] if row["oordeel"] in NO_VERDICT or row["oordeel"] is None else ["oordeel"]
    for column in ["waarde", *told]:
        if is_hidden and _read(row, column) is not None:
            yield Sight("evaluation", key, column, OF_HIDDEN)
    base = _read(row, "noemer")
    if base is not None and 0 < base < MINIMUM_BASE and _read(row, "waarde") is not None:
        yield Sight("evaluation", key, "waarde", THIN)
    if indicator == "incidenten" and 1 <= (_read(row, "vorige_waarde") or 0) < k:
        yield Sight("evaluation", key, "vorige_waarde", SMALL)


BASES: Final = {
    "incidenten_school": ("reikwijdte", ("school", "overlap", "buiten")),
    "incidenten_overlap": ("reikwijdte", ("school", "overlap", "buiten")),
    "incidenten_buiten": ("reikwijdte", ("school", "overlap", "buiten")),
    "hulp_aangeboden": ("getroffene", ("leerling", "medewerker")),
    "in_dossier": ("veroorzaker", ("medewerker",)),
    "maatregelen_medewerkers": ("veroorzaker", ("medewerker",)),
    "maatregelen_leerlingen": ("veroorzaker", ("leerling",)),
}
"""Indicator → the incidents it is a share of: dimension and values."""

OF_ARTICLE: Final = ("in_les", "met_maatregel", "zelfde_dag_gemeld")
MEDIAN: Final = "dagen_tot_maatregel"


def _earlier(shown: pl.DataFrame, exact: Frames, k: int) -> Iterator[Sight]:
    """Shares of the years before, of which the counts stand elsewhere; and medians, of which they stand beside."""
    rule = RULES["evaluation"]
    rows = {tuple(row[part] for part in rule.key): row for row in shown.iter_rows(named=True)}
    for key, row in rows.items():
        period, article, indicator = (str(part) for part in key)
        beside = rows.get((period, article, "incidenten"), {})
        if indicator == MEDIAN:
            measured = rows.get((period, article, "met_maatregel"), {})
            yield from _median(spelled(key), "waarde", row, (measured, "teller"))
            yield from _median(spelled(key), "vorige_waarde", row, (beside, "vorige_waarde"))
        share = _read(row, "vorige_waarde")
        if share is None or indicator not in {*OF_ARTICLE, *BASES}:
            continue
        by = ("artikel", (article,)) if indicator in OF_ARTICLE else BASES[indicator]
        base = _base_before(exact.get("incidents_by", pl.DataFrame()), period, *by)
        if indicator in OF_ARTICLE and is_marked(beside, "vorige_waarde"):
            yield Sight("evaluation", spelled(key), "vorige_waarde", OF_HIDDEN)
        elif 0 < base < MINIMUM_BASE:
            yield Sight("evaluation", spelled(key), "vorige_waarde", THIN)
        elif 1 <= round(share * base) < k:
            yield Sight("evaluation", spelled(key), "vorige_waarde", OF_SMALL)


def _median(key: tuple[str, ...], column: str, row: Row, count: tuple[Row, str]) -> Iterator[Sight]:
    if _read(row, column) is None:
        return
    if is_marked(*count):
        yield Sight("evaluation", key, column, OF_HIDDEN)
    elif (_read(*count) or 0) < MINIMUM_BASE:
        yield Sight("evaluation", key, column, THIN)


def _base_before(incidents: pl.DataFrame, period: str, dimension: str, values: Sequence[str]) -> int:
    """The incidents of the group in the period before, half-year by half-year."""
    if incidents.is_empty():
        return 0
    first, _, last = period.partition("/")
    start, end = month_after(first, -months_apart(first, last) - 1), month_after(first, -1)
    halves = pl.col("periode").is_in(
        [f"{month_after(start, 6 * at)}/{month_after(start, 6 * at + 5)}" for at in range(8)]
    )
    wanted = incidents.filter(
        halves,
        pl.col("periode").str.slice(8) <= end,
        pl.col("brin6") == GROUP,
        pl.col("dimensie") == dimension,
        pl.col("waarde").is_in(list(values)),
    )
    return int(wanted["incidenten"].sum())


def _left_out(name: str, rule: Rule, shown: pl.DataFrame, exact: pl.DataFrame) -> Iterator[Sight]:
    """Rows of schools that aren't there, although the same row of another school is, or the true row is."""
    if rule.span is None or "brin6" not in shown.columns:
        return
    there = {tuple(row) for row in shown.select(rule.key).iter_rows()}
    wanted = set(_grid(rule, shown, exact) if rule.grid else _true_rows(rule, shown, exact))
    for key in sorted(wanted - there, key=spelled):
        yield Sight(name, spelled(key), rule.key[-1], MISSING)


def _grid(rule: Rule, shown: pl.DataFrame, exact: pl.DataFrame) -> Iterator[tuple[Any, ...]]:
    of_schools = shown.filter(pl.col("brin6") != GROUP)
    schools = {*of_schools["brin6"], *exact.filter(pl.col("brin6") != GROUP)["brin6"]}
    rows = shown.filter(pl.col(rule.span or "").is_in(of_schools[rule.span or ""].unique().to_list()))
    for combination in rows.select(rule.grid).unique().iter_rows(named=True):
        for school in schools:
            yield tuple(school if part == "brin6" else combination[part] for part in rule.key)


def _true_rows(rule: Rule, shown: pl.DataFrame, exact: pl.DataFrame) -> Iterator[tuple[Any, ...]]:
    if exact.is_empty():
        return
    spans = shown[rule.span or ""].unique().to_list()
    yield from exact.filter(pl.col(rule.span or "").is_in(spans)).select(rule.key).iter_rows()


def _read(row: Row, column: str) -> Any:
    """What a reader sees in a column: None where it is empty or hidden."""
    return None if is_marked(row, column) else row.get(column)


def _sum(row: Row, columns: Sequence[str]) -> int | None:
    values = [_read(row, column) for column in columns]
    if not values or any(value is None for value in values):
        return None
    return int(sum(values))
