"""Findings about schools beside each other. A difference is a reason to ask what happened: no school is ranked."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.indicators.comparisons import distinct_names
from dashboard.indicators.funnel_findings import FunnelFinding, Standing, Subject
from dashboard.indicators.funnels import BEYOND, WATCH
from dashboard.indicators.sentences.phrases import FEW, first_small, lower, part_of
from dashboard.indicators.shown import any_hidden
from dashboard.indicators.side_by_side import CONSENT

BY_CHANCE: Final = "dan toeval verklaart"

USUALLY: Final = "verder van de groep dan toeval meestal geeft"
"""What is said of a school whose interval doesn't hold the group: one in twenty does so by chance."""

NOTHING_TO_COMPARE: Final = "er valt niets te vergelijken"

RARELY: Final = 0.001
"""Below this, how often chance does something isn't said more precisely."""

ROUNDED: Final = 100
"""From this on, a number of pictures is rounded to tens: two of its figures are enough."""

CAUSES: Final[Mapping[tuple[Subject, bool], str]] = {
    ("meldingen", True): "Het verschil kan komen door meer incidenten of doordat daar beter wordt gemeld.",
    ("meldingen", False): "Het verschil kan komen door minder incidenten of doordat daar minder wordt gemeld.",
    ("dekking", True): "Het verschil kan komen door hoe en wanneer daar om antwoorden is gevraagd.",
    ("dekking", False): "Het verschil kan komen door hoe en wanneer daar om antwoorden is gevraagd.",
}
"""What may lie behind a school that differs: by subject, and whether it lies above the group."""

SPREAD_HIDDEN: Final = (
    "Of de scholen onderling meer verschillen dan toeval verklaart, is niet te zeggen: niet elke school is getoond (x)."
)

UNEQUAL: Final[Mapping[Subject, str]] = {
    "meldingen": "Dat kan ook komen door hoe er op elke school wordt gemeld.",
    "dekking": "Dat kan komen doordat scholen op hun eigen manier en moment om antwoorden vragen.",
}
"""What may lie behind schools that differ among each other."""


def schools_answer(coverage: FunnelFinding, rate: FunnelFinding, names: Mapping[str, str], purpose: str) -> str:
    """Which schools differ from the group by more than chance. `names`: brin6 → name; `purpose`: its label."""
    most, least = (pick(coverage.schools, rate.schools) for pick in (max, min))
    if most <= 1 and (coverage.hidden or rate.hidden):
        return "Of scholen van elkaar verschillen, is hier niet te zeggen: de cijfers zijn niet getoond (x)"
    if most <= 1:
        return f"Er {'is één school' if most else 'zijn nog geen scholen'} met gegevens: {NOTHING_TO_COMPARE}"
    if least > 1 and _is_quiet(coverage) and _is_quiet(rate):
        return (
            f"{_none(coverage, rate)} school verschilt meer van de groep {BY_CHANCE}: "
            f"niet in dekking voor {lower(purpose)} en niet in meldingen"
        )
    return f"{_coverage(coverage, names, purpose)}; {first_small(_rate(rate, names))}"


def _is_quiet(finding: FunnelFinding) -> bool:
    """Whether nothing points at a difference, and enough was counted to see one."""
    spread_is_known = finding.spread is None or not (finding.spread.is_rough or finding.spread.is_beyond_chance)
    return not finding.outside and spread_is_known


def _none(*findings: FunnelFinding) -> str:
    """No school; where some are hidden, only none of those that are shown."""
    return "Geen enkele getoonde" if any(finding.hidden for finding in findings) else "Geen enkele"


def _is_apart(finding: FunnelFinding) -> bool:
    """Whether the schools together differ by more than chance."""
    return finding.spread is not None and finding.spread.is_beyond_chance


def _together(finding: FunnelFinding, what: str) -> str:
    """What to say where no school lies outside the outer limits, but that isn't all; empty where it is."""
    if _is_apart(finding):
        return f"Samen verschillen de scholen in {what} meer {BY_CHANCE}, maar geen ervan wijkt op zichzelf af"
    if finding.spread is not None and finding.spread.is_rough:
        return f"In {what} is bij geen enkele school een afwijking te zien, maar de aantallen zijn daar klein voor"
    return ""


def funnel_coverage_title(finding: FunnelFinding, names: Mapping[str, str], purpose: str) -> str:
    """Whose coverage differs from that of the group. `names`: brin6 → name; `purpose`: its label."""
    return _coverage(finding, names, purpose) + _near(finding, names)


def funnel_rate_title(finding: FunnelFinding, names: Mapping[str, str]) -> str:
    """Whose rate of reported incidents differs from that of the group. `names`: brin6 → name."""
    return _rate(finding, names) + _near(finding, names)


def _coverage(finding: FunnelFinding, names: Mapping[str, str], purpose: str) -> str:
    what = f"de dekking voor {lower(purpose)}"
    if not finding.schools and finding.hidden:
        return f"Hoe {what} per school verschilt, is niet getoond (x)"
    if not finding.schools:
        return f"Van geen enkele school is {what} bekend"
    if finding.schools == 1:
        return f"Alleen van {_only(finding, names)} is {what} bekend: {NOTHING_TO_COMPARE}"
    if not finding.outside:
        together = _together(finding, f"dekking voor {lower(purpose)}")
        none = f"Bij {first_small(_none(finding))} school verschilt {what} meer van de groep {BY_CHANCE}"
        return together or none
    parts = [f"bij {_those(schools, finding, names)} {word}" for schools, word in _sides(finding, "hoger", "lager")]
    return f"D{what[1:]} is {' en '.join(parts)} {BY_CHANCE}"


def _rate(finding: FunnelFinding, names: Mapping[str, str]) -> str:
    if not finding.schools and finding.hidden:
        return "Hoe de meldingen per school verschillen, is niet getoond (x)"
    if not finding.schools:
        return "Van geen enkele school zijn er cijfers over meldingen"
    if finding.schools == 1:
        return f"Alleen van {_only(finding, names)} zijn er cijfers over meldingen: {NOTHING_TO_COMPARE}"
    if not any(school.count for school in finding.standings):
        return f"Op {first_small(_none(finding))} school is in deze periode iets gemeld"
    if not finding.outside:
        together = _together(finding, "meldingen")
        return together or f"{_none(finding)} school meldt naar verhouding meer of minder {BY_CHANCE}"
    parts = [
        f"{'meldt' if len(schools) == 1 else 'melden'} {_those(schools, finding, names)} {word}"
        for schools, word in _sides(finding, "meer", "minder")
    ]
    return f"Naar verhouding {' en '.join(parts)} {BY_CHANCE}"


def _near(finding: FunnelFinding, names: Mapping[str, str]) -> str:
    """The schools to watch, at the end of a title."""
    if not finding.watch:
        return ""
    who = some_schools([brin6 for brin6, _ in finding.watch], names)
    return f"; {who} {'ligt' if len(finding.watch) == 1 else 'liggen'} tussen de binnenste en de buitenste grens"


def _sides(finding: FunnelFinding, above: str, below: str) -> list[tuple[list[str], str]]:
    """The schools that differ upwards and those that differ downwards, each with its word; only where there are any."""
    up, down = ([brin6 for brin6, is_above in finding.outside if is_above is side] for side in (True, False))
    return [(schools, word) for schools, word in ((up, above), (down, below)) if schools]


def _those(schools: Sequence[str], finding: FunnelFinding, names: Mapping[str, str]) -> str:
    """The schools on one side: by name where few differ in all, else on both sides by number: none is singled out."""
    if len(finding.outside) < FEW:
        return some_schools(schools, names)
    return f"{dutch.small(len(schools))} {'school' if len(schools) == 1 else 'scholen'}"


def some_schools(schools: Sequence[str], names: Mapping[str, str]) -> str:
    """One or two schools by name in the fixed order, more by number."""
    if len(schools) >= FEW:
        return f"{dutch.small(len(schools))} scholen"
    told, order = distinct_names(names), list(names)
    placed = sorted(schools, key=lambda brin6: (order.index(brin6) if brin6 in order else len(order), brin6))
    return dutch.listed([told.get(brin6, brin6) for brin6 in placed])


def _only(finding: FunnelFinding, names: Mapping[str, str]) -> str:
    return some_schools([finding.standings[0].brin6], names)


def funnel_chance(finding: FunnelFinding) -> str:
    """How many schools chance alone would put outside the limits, and how many lie there."""
    if finding.schools <= 1 or finding.hidden:
        return ""
    flags = finding.by_chance
    if not flags.outside95:
        return "Bij deze aantallen kan geen school door toeval buiten de grenzen liggen."
    return (
        f"Toeval alleen zet bij {dutch.small(finding.schools)} scholen gemiddeld {_often(flags.outside95)} buiten de "
        f"binnenste grenzen en {_often(flags.outside998)} buiten de buitenste. {_outside(finding)}"
    )


def _often(schools: float) -> str:
    """How often something happens that befalls so many schools in one funnel, on average."""
    if not schools:
        return "geen school"
    if schools < RARELY:
        return f"minder dan één school per {dutch.number(round(1 / RARELY))} figuren"
    each = round(1 / schools)
    if each <= 1:
        return f"{dutch.rate(schools)} school per figuur"
    return f"één school per {dutch.number(each if each < ROUNDED else round(each, -1))} figuren"


def _outside(finding: FunnelFinding) -> str:
    """How many schools do lie outside the limits."""
    inner, outer = len(finding.outside) + len(finding.watch), len(finding.outside)
    if not inner:
        return "Hier ligt er geen school buiten."
    there = f"Hier {'ligt' if inner == 1 else 'liggen'} er {dutch.small(inner)} buiten de"
    if inner == outer:
        return f"{there} buitenste grenzen."
    beyond = f", waarvan {dutch.small(outer)} ook" if outer else " en geen"
    return f"{there} binnenste grenzen{beyond} buiten de buitenste."


def spread(finding: FunnelFinding) -> str:
    """Whether the schools differ among each other by more than chance, and what follows from it."""
    if finding.spread is None:
        return SPREAD_HIDDEN if finding.hidden and finding.schools else ""
    if finding.spread.is_rough:
        return f"Of de scholen onderling meer verschillen {BY_CHANCE}, is niet te zeggen: de aantallen zijn te klein."
    if not finding.spread.is_beyond_chance:
        return f"Alle scholen samen: er is geen teken dat ze onderling meer verschillen {BY_CHANCE}."
    more = " Er liggen dan al snel meer scholen buiten de grenzen; die zijn daarvoor niet ruimer gemaakt."
    apart = f"De scholen verschillen onderling meer {BY_CHANCE}. {UNEQUAL[finding.subject]}"
    return f"{apart}{more if _any(finding) else ''}"


def _any(finding: FunnelFinding) -> bool:
    """Whether any school lies outside the limits."""
    return bool(finding.outside or finding.watch)


def own_school(finding: FunnelFinding, brin6: str, name: str) -> str:
    """Where one school stands: what was counted, what chance would make of it there, and what may lie behind it."""
    found = finding.standing(brin6)
    if brin6 in finding.hidden:
        return hidden_in_funnel([name])
    if found is None:
        return not_in_funnel([name])
    counted = _counted(finding.subject, found, name)
    if finding.schools == 1 and not finding.hidden:
        return f"{counted} Van andere scholen zijn er geen gegevens: {NOTHING_TO_COMPARE}."
    return f"{counted} {_against(finding.subject, found)}"


def _counted(subject: Subject, found: Standing, name: str) -> str:
    if subject == "meldingen":
        reports = dutch.counted(found.count, "melding", "meldingen") if found.count else "geen meldingen"
        beside = f"{dutch.rate(found.value)} {dutch.PER_UNIT}; hele groep {dutch.rate(found.group)}"
        return f"{name} heeft {reports} ({beside})."
    pupils = f"{dutch.number(found.count)} van de {dutch.number(round(found.size))} leerlingen"
    beside = f"{dutch.share(found.value)}; hele groep {dutch.share(found.group)}"
    return f"Bij {name} ligt van {pupils} een geldig antwoord vast ({beside})."


def _against(subject: Subject, found: Standing) -> str:
    """How a school lies beside what is usual at its size if it were like the group; the limits are inside."""
    if found.low == found.high == found.count:
        return "Dat is zoals in de hele groep."
    ends = f"{dutch.number(found.low)} tot en met {dutch.number(found.high)}" if found.high else "geen"
    usual = f"gaat het daar als in de hele groep, dan zijn het er meestal {ends}."
    word = "meer" if found.is_above else "minder"
    if found.verdict == BEYOND:
        return f"Dat is {word} {BY_CHANCE}: {usual} {CAUSES[subject, found.is_above]}"
    if found.verdict == WATCH:
        return f"Dat is {word} dan meestal, maar het kan nog toeval zijn: {usual}"
    return f"Dat valt binnen toeval: {usual}"


def not_in_funnel(names: Sequence[str]) -> str:
    """Which schools aren't drawn as nothing is known of them; empty without any."""
    if not names:
        return ""
    absent = "de school staat" if len(names) == 1 else "deze scholen staan"
    return f"Van {dutch.listed(names)} zijn er geen gegevens: {absent} niet in de figuur. Dat is iets anders dan nul."


def hidden_in_funnel(names: Sequence[str]) -> str:
    """Which schools aren't drawn, or without what chance would do, as a small number is hidden; empty without any."""
    if not names:
        return ""
    return f"Van {dutch.listed(names)} is hier niets te zeggen: niet getoond, klein aantal (x)."


def side_by_side_title(rows: pl.DataFrame, names: Mapping[str, str]) -> str:
    """How often schools lie further from the group than chance usually brings about.

    rows: as the frames of `side_by_side`: a row per onderwerp, indicator and school, with van, tot and groep; without
    those it doesn't count. `names`: brin6 → name of the chosen schools; none for a word about all of them.
    """
    known = rows.filter(pl.col("van").is_not_null(), pl.col("groep").is_not_null()).with_columns(
        above=pl.col("groep") < pl.col("van"), below=pl.col("groep") > pl.col("tot")
    )
    known = _consent_as_one(known)
    schools = known["brin6"].n_unique()
    if schools <= 1 and any_hidden(rows):
        return "Hoe de scholen van de groep verschillen, is niet getoond (x)"
    if schools <= 1:
        return f"Er {'is één school' if schools else 'zijn geen scholen'} met cijfers: {NOTHING_TO_COMPARE}"
    told = distinct_names(names)
    if known.select("onderwerp", "indicator").n_unique() == 1:
        return _one_figure(known, told)
    if not told:
        return _any_school(known)
    return _of_schools({name: known.filter(pl.col("brin6") == brin6) for brin6, name in told.items()})


def _consent_as_one(known: pl.DataFrame) -> pl.DataFrame:
    """All purposes of consent as one figure: they are answers of the same pupils, and would count again and again.

    A school lies on the side on which at least half of its purposes do, and more than on the other.
    """
    is_consent = pl.col("onderwerp") == CONSENT
    up, down = (pl.col(side).sum().over("onderwerp", "brin6") for side in ("above", "below"))
    half = pl.len().over("onderwerp", "brin6") / 2
    together = known.with_columns(
        above=pl.when(is_consent).then((up >= half) & (up > down)).otherwise(pl.col("above")),
        below=pl.when(is_consent).then((down >= half) & (down > up)).otherwise(pl.col("below")),
        indicator=pl.when(is_consent).then(pl.lit(CONSENT)).otherwise(pl.col("indicator")),
    )
    return together.unique(["onderwerp", "indicator", "brin6"], keep="first", maintain_order=True)


def _one_figure(known: pl.DataFrame, names: Mapping[str, str]) -> str:
    """Which of the chosen schools, or how many of all, lie further from the group in the only figure there is."""
    beyond = known.filter(pl.col("above") | pl.col("below"))
    if not names:
        some = f"{part_of(beyond.height, known.height)} scholen" if beyond.height else "geen enkele school"
        return f"{dutch.capital(some)} {'liggen' if beyond.height > 1 else 'ligt'} {USUALLY}"
    told = _told(known, names)
    if not told:
        return f"Van {dutch.listed(list(names.values()))} zijn er geen cijfers"
    up, down = (_told(known.filter(side), names) for side in ("above", "below"))
    if not up and not down:
        return f"{dutch.listed(told)} {'ligt' if len(told) == 1 else 'liggen'} niet {USUALLY}"
    sides = [f"{dutch.listed(side)} {word}" for side, word in ((up, "hoger"), (down, "lager")) if side]
    return f"{dutch.capital(USUALLY)}: {', '.join(sides)}"


def _told(rows: pl.DataFrame, names: Mapping[str, str]) -> list[str]:
    """The names of the schools of these rows, in the order of `names`."""
    held = set(rows["brin6"])
    return [name for brin6, name in names.items() if brin6 in held]


def _any_school(known: pl.DataFrame) -> str:
    figures = known.group_by("onderwerp", "indicator").agg((pl.col("above") | pl.col("below")).any().alias("beyond"))
    beyond = int(figures["beyond"].sum())
    if not beyond:
        return f"Bij geen enkel cijfer ligt een school {USUALLY}"
    return f"Bij {_figures(beyond, figures.height)} ligt ten minste één school {USUALLY}"


def _of_schools(schools: Mapping[str, pl.DataFrame]) -> str:
    """The chosen schools, those without figures left out; `schools`: name → rows."""
    ways = {name: (int(rows["above"].sum()), int(rows["below"].sum())) for name, rows in schools.items() if rows.height}
    if not ways:
        return f"Van {dutch.listed(list(schools))} zijn er geen cijfers"
    if not any(map(any, ways.values())):
        return f"{dutch.listed(list(ways))} {'ligt' if len(ways) == 1 else 'liggen'} bij geen enkel cijfer {USUALLY}"
    (first, (up, down)), *others = ways.items()
    said = f"{first} ligt bij {_figures(up + down, schools[first].height)} {USUALLY}"
    if not others:
        return f"{said}: {_ways(up, down)}"
    rest = [f"{name} bij {_part(sum(both), schools[name].height)}" for name, both in others]
    return f"{said}, {dutch.listed(rest)}"


def _ways(up: int, down: int) -> str:
    if up and down:
        return f"{dutch.small(up)} hoger en {dutch.small(down)} lager"
    return f"{'steeds ' if up + down > 1 else ''}{'hoger' if up else 'lager'}"


def _figures(part: int, whole: int) -> str:
    if not part:
        return "geen enkel cijfer"
    return "elk cijfer" if part == whole else f"{part_of(part, whole)} cijfers"


def _part(part: int, whole: int) -> str:
    """As `_figures`, once it was said that it is about figures."""
    return part_of(part, whole) if part else "geen"


def side_by_side_chance(rows: pl.DataFrame) -> str:
    """What chance alone would do where figures are many. rows: as in `side_by_side_title`."""
    figures = rows.filter(pl.col("van").is_not_null()).select("onderwerp", "indicator").n_unique()
    if figures <= 1:
        return ""
    return (
        "De dunne lijn toont waar een cijfer door toeval kan liggen. Ook als er niets verschilt, ligt de groep er bij "
        "hooguit ongeveer 1 op de 20 cijfers buiten. Toestemming telt in de titel als één cijfer."
    )
