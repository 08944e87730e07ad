"""Findings about consent. A recorded refusal is a valid answer, and is never written as a shortfall."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard import dutch
from dashboard.indicators import shown
from dashboard.indicators.comparisons import Beside, SameSchools
from dashboard.indicators.sentences.phrases import FEW, delivered, in_five, lower, named, part_of
from dashboard.periods import school_year_name

MANY_MISSING = 3
"""A school where more than one in so many lacks a valid answer is named in the answer of the page."""


def coverage(share: float | None, purpose: str, where: str, unknown: int = 0) -> str:
    """The answer for one purpose: how many pupils have a valid answer on record. `where`: school or group.

    `unknown`: pupils of whom nothing was delivered; they are outside the share, and nothing is claimed of them.
    """
    if share is None:
        return f"Over {where} is voor deze dag niets aangeleverd. Daarom is niet te zeggen wie een geldig antwoord gaf."
    who, known = in_five(share), delivered(unknown)
    if share <= 0:
        return f"{where[:1].upper()}{where[1:]}: voor {lower(purpose)} ligt van {who}{known} een geldig antwoord vast."
    return f"Van {who} van {where}{known} ligt een geldig antwoord vast voor {lower(purpose)}."


def coverage_hidden(purpose: str, where: str) -> str:
    """The answer for one purpose where coverage is hidden. `where`: school or group."""
    return f"Van {where} is de dekking voor {lower(purpose)} {shown.SAID}."


def silence(where: str, day: date | None) -> str:
    """That nothing was delivered for a day, or for any day (None). `where`: school or group."""
    when = f"voor {dutch.day(day)} niets" if day else "voor geen enkele peildatum iets"
    return f"Over {where} is {when} aangeleverd. Onbekend is iets anders dan niet in orde."


def weak_schools(schools: pl.DataFrame) -> str:
    """Where most answers lack. schools: a row per school with naam, ja, nee, ongeldig (pupils) and dekking."""
    known = schools.filter(pl.col("dekking").is_not_null())
    if known.height <= 1:
        return ""
    counted = pl.col("ja") + pl.col("nee") + pl.col("ongeldig")
    weak = known.filter(MANY_MISSING * pl.col("ongeldig") > counted)["naam"].to_list()
    told = _with_figures(schools)
    if not weak:
        return f"Bij geen enkele school{told} ontbreekt meer dan een derde van de antwoorden."
    if len(weak) == known.height:
        return f"Bij elke school{told} ontbreekt meer dan een derde van de antwoorden."
    if len(weak) < FEW:
        return f"Bij {dutch.listed(weak)} ontbreekt meer dan een derde van de antwoorden."
    return f"Bij {part_of(len(weak), known.height)} scholen{told} ontbreekt meer dan een derde van de antwoorden."


def unknown_schools(schools: pl.DataFrame) -> str:
    """Which schools delivered nothing. schools: a row per school with naam, onbekend and the other counts (pupils)."""
    silent = schools.filter((pl.col("onbekend") > 0) & (pl.col("ja") + pl.col("nee") + pl.col("ongeldig") == 0))
    if silent.is_empty():
        return ""
    verb = "heeft" if silent.height == 1 else "hebben"
    return f"{dutch.listed(silent['naam'].to_list())} {verb} voor deze dag geen toestemmingen aangeleverd."


def purposes_now(rows: pl.DataFrame, labels: Mapping[str, str], day: date) -> str:
    """The purpose with the fewest valid answers, beside the best one.

    rows: a row per doel with dekking (0–1) and onbekend (pupils of whom nothing was delivered).
    """
    if rows.is_empty():
        return f"Voor {dutch.day(day)} zijn er geen leerlingen met cijfers over toestemming"
    known = rows.filter(pl.col("dekking").is_not_null()).sort("dekking", "doel")
    if known.is_empty() and shown.any_hidden(rows, "dekking"):
        return f"Over toestemming zijn de cijfers van {dutch.day(day)} {shown.SAID}"
    if known.is_empty():
        return f"Over toestemming is voor {dutch.day(day)} niets aangeleverd"
    low, high = known.row(0, named=True), known.row(-1, named=True)
    who = f"van de leerlingen{delivered(_most(known['onbekend']))}"
    if dutch.share(low["dekking"]) == dutch.share(high["dekking"]):
        every = f"Voor elk doel{_with_figures(rows) if shown.any_hidden(rows, 'dekking') else ''}"
        return f"{every} ligt van {dutch.share(low['dekking'])} {who} een geldig antwoord vast"
    start = "Voor zover getoond ligt per doel" if shown.any_hidden(rows, "dekking") else "Per doel ligt"
    return (
        f"{start} van {dutch.share(low['dekking'])} ({named(low['doel'], labels)}) tot "
        f"{dutch.share(high['dekking'])} ({named(high['doel'], labels)}) {who} een geldig antwoord vast"
    )


def purposes_at_same_schools(found: SameSchools, before: date) -> str:
    """How the purposes stand beside a year earlier, at the schools that delivered for both days; says so if not all."""
    if not found.schools and found.hides:
        return f"Met {dutch.day(before)} is niet te vergelijken: de cijfers van scholen zijn {shown.SAID}"
    if not found.schools:
        return f"Geen school leverde ook voor {dutch.day(before)} aan: er valt niets te vergelijken"
    title = purposes_against(found.rows, before)
    if found.schools == found.every:
        return title
    few = "de school die" if found.schools == 1 else f"de {dutch.small(found.schools)} scholen die"
    if found.hides:
        which = few.replace(" die", " waarvan")
        return f"{title}, bij {which} de cijfers van beide dagen getoond zijn"
    return f"{title}, bij {few} voor beide dagen aanleverde{'' if found.schools == 1 else 'n'}"


def purposes_against(rows: pl.DataFrame, before: date | None) -> str:
    """How the purposes stand beside a year earlier. rows: a row per doel with dekking and dekking_toen (0–1)."""
    known = rows.filter(pl.col("dekking").is_not_null())
    both = known.filter(pl.col("dekking_toen").is_not_null())
    hides = shown.any_hidden(rows, "dekking", "dekking_toen")
    if known.is_empty():
        return "Voor geen enkel doel is nu een dekking te geven"
    if before and both.is_empty() and hides:
        return f"Met {dutch.day(before)} is niet te vergelijken: die cijfers zijn {shown.SAID}"
    if both.is_empty() or before is None:
        return "Er zijn nog geen cijfers van een jaar eerder"
    whole = both.select((100 * (pl.col("dekking") - pl.col("dekking_toen"))).round(0).alias("verschil"))["verschil"]
    up, down = int((whole >= 1).sum()), int((whole <= -1).sum())
    each = f"elk doel{' waarvan beide cijfers getoond zijn,' if hides else ''}"
    if not up and not down:
        return f"Voor {each} is de dekking vrijwel gelijk aan die op {dutch.day(before)}"
    if both.height in (up, down):
        return f"Voor {each} is de dekking {'hoger' if up else 'lager'} dan op {dutch.day(before)}"
    parts = [f"voor {dutch.small(up)} hoger"] if up else []
    parts += [f"voor {dutch.small(down)} lager"] if down else []
    which = f"{dutch.small(both.height)} doelen{' waarvan beide cijfers getoond zijn,' if hides else ''}"
    return f"Van de {which} is de dekking {dutch.listed(parts)} dan op {dutch.day(before)}"


def not_counted(unknown: Mapping[date, int]) -> str:
    """On which of the compared days pupils are outside the fraction. unknown: day → pupils of silent schools."""
    parts = [
        f"Over {dutch.counted(pupils, 'leerling', 'leerlingen')} is voor {dutch.day(day)} niets aangeleverd; "
        f"{'die telt' if pupils == 1 else 'die tellen'} dan niet mee."
        for day, pupils in unknown.items()
        if pupils
    ]
    return " ".join(parts)


def coverage_curve(found: Beside | None, year: int) -> str:
    """How far the school year that starts in `year` is, beside the one before, at the same schools."""
    if found is None:
        return f"Van schooljaar {school_year_name(year)} zijn er nog geen cijfers"
    start = f"Op {dutch.day(found.day)} is de dekking"
    if found.before is None:
        return f"{start} {dutch.share(found.share)}; van een jaar eerder is er geen cijfer"
    then = dutch.day(found.before)
    if found.alike is None or found.then is None:
        hidden, others = f"met {then} is niet te vergelijken (x)", f"op {then} telden alleen andere scholen mee"
        return f"{start} {dutch.share(found.share)}; {hidden if found.hides else others}"
    if found.is_all:
        return f"{start} {dutch.share(found.alike)}: {_against(found.alike, found.then, then)}"
    who = "de ene school" if found.schools == 1 else f"de {dutch.small(found.schools)} scholen"
    if found.hides:
        known = f"{who} waarvan de cijfers ook op {then} getoond zijn"
        return f"{start} {dutch.share(found.alike)} bij {known}: {_against(found.alike, found.then, 'toen')}"
    verb = "meetelt" if found.schools == 1 else "meetellen"
    return (
        f"{start} {dutch.share(found.alike)} bij {who} die ook op {then} {verb}: "
        f"{_against(found.alike, found.then, 'toen')}"
    )


def _against(now: float, then: float, when: str) -> str:
    """A share beside that of an earlier day. `when`: `30 november 2025`, or `toen`."""
    on = when if when == "toen" else f"op {when}"
    if dutch.share(now) == dutch.share(then):
        return f"even hoog als {on}"
    return f"{'hoger' if now > then else 'lager'} dan {on} ({dutch.share(then)})"


def silent_days(schools: pl.DataFrame) -> str:
    """Which schools don't count on every reference date, since nothing was delivered; empty where all do.

    schools: one row per peildatum and school (naam, ja, nee, ongeldig, onbekend in pupils) of one purpose and reading.
    """
    nothing = pl.col("ja") + pl.col("nee") + pl.col("ongeldig") == 0
    silent = schools.filter((pl.col("onbekend") > 0) & nothing)
    if silent.is_empty():
        return ""
    spans = {name: sorted(some["peildatum"]) for (name,), some in silent.group_by("naam", maintain_order=True)}
    who = dutch.listed([f"{name} ({_span_of(days)})" for name, days in spans.items()], most=4)
    told = f"Van {who} zijn geen toestemmingen aangeleverd."
    # Of a single school nobody else is on the chart.
    return told if schools["brin6"].n_unique() == 1 else f"{told} Die leerlingen tellen dan niet mee."


def _span_of(days: Sequence[date]) -> str:
    """Reference dates: the only one, or how many until the last."""
    last = dutch.day(days[-1])
    return last if len(days) == 1 else f"{dutch.small(len(days))} peildata, de laatste op {last}"


def year_groups(rows: pl.DataFrame) -> str:
    """Between which year groups coverage lies. rows: leerjaar, dekking (0–1) of one place, purpose and day."""
    known, of_known = rows.filter(pl.col("dekking").is_not_null()).sort("leerjaar"), _known(rows)
    if known.is_empty():
        return f"Van geen enkel leerjaar is de dekking {of_known}"
    cells = [(f"{year}", share) for year, share in known.select("leerjaar", "dekking").iter_rows()]
    if len(cells) == 1:
        return f"Alleen van leerjaar {cells[0][0]} is de dekking {of_known}: {dutch.share(cells[0][1])}"
    low, high = (_End.of(cells, pick) for pick in (min, max))
    if low.share == high.share:
        return f"In elk leerjaar{_with_figures(rows)} is de dekking {low.share}"
    first, last = dutch.listed(low.places), dutch.listed(high.places)
    return f"{_coverage_runs(rows)} van {low.share} (leerjaar {first}) tot {high.share} (leerjaar {last})"


def heat_map(rows: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """Between which shares coverage lies, and where it is lowest; no school is ranked.

    rows: brin6, naam (that tells schools apart), doel, dekking (0–1) of one day and reading. `labels`: purpose → how
    people read it.
    """
    known = rows.filter(pl.col("dekking").is_not_null()).sort("naam", "doel")
    if known.is_empty():
        return f"Van geen enkele school is de dekking {_known(rows)}"
    if known["brin6"].n_unique() == 1:
        return _purposes_of(known["naam"][0], rows.filter(pl.col("brin6") == known["brin6"][0]), labels)
    cells = [
        (f"{name}: {named(purpose, labels)}", share)
        for name, purpose, share in known.select("naam", "doel", "dekking").iter_rows()
    ]
    low, high = (_End.of(cells, pick) for pick in (min, max))
    if low.share == high.share:
        return f"Bij elke school{_with_figures(rows)} en voor elk doel is de dekking {low.share}"
    many = len(low.places)
    where = dutch.listed(low.places) if many < FEW else f"in {dutch.small(many)} vakken"
    return f"{_coverage_runs(rows)} van {low.share} ({where}) tot {high.share}"


def _most(unknown: pl.Series) -> int:
    """The most pupils of whom nothing was delivered; of a hidden number only that they may be there."""
    known = [1 if pupils is None else int(pupils) for pupils in unknown]
    return max(known, default=0)


def _known(rows: pl.DataFrame) -> str:
    return "getoond" if shown.any_hidden(rows, "dekking") else "bekend"


def _coverage_runs(rows: pl.DataFrame) -> str:
    """How a range starts: of what is hidden nobody may know where it lies."""
    return "Voor zover getoond loopt de dekking" if shown.any_hidden(rows, "dekking") else "De dekking loopt"


def _with_figures(rows: pl.DataFrame) -> str:
    """What makes "each" true where of some nothing was delivered, or is hidden."""
    if shown.any_hidden(rows, "dekking"):
        return " met getoonde cijfers"
    return " met gegevens" if rows["dekking"].null_count() else ""


def _purposes_of(name: str, rows: pl.DataFrame, labels: Mapping[str, str]) -> str:
    known = rows.filter(pl.col("dekking").is_not_null()).sort("doel")
    each = f"elk doel{_with_figures(rows) if shown.any_hidden(rows, 'dekking') else ''}"
    cells = [(named(purpose, labels), share) for purpose, share in known.select("doel", "dekking").iter_rows()]
    low, high = (_End.of(cells, pick) for pick in (min, max))
    if low.share == high.share:
        return f"Bij {name} is de dekking voor {each} {low.share}"
    first, last = dutch.listed(low.places), dutch.listed(high.places)
    if shown.any_hidden(rows, "dekking"):
        return f"Bij {name} loopt de dekking, voor zover getoond, van {low.share} ({first}) tot {high.share} ({last})"
    return f"Bij {name} loopt de dekking van {low.share} ({first}) tot {high.share} ({last})"


@dataclass(frozen=True, slots=True)
class _End:
    """The lowest or the highest of a row of shares, as it is read, and every place that has it."""

    share: str
    places: tuple[str, ...]

    @classmethod
    def of(cls, cells: Sequence[tuple[str, float]], pick: Callable[[list[float]], float]) -> "_End":
        """The end that `pick` takes. cells: place and share (0–1); shares that read the same are the same."""
        text = dutch.share(pick([share for _, share in cells]))
        return cls(text, tuple(place for place, share in cells if dutch.share(share) == text))
