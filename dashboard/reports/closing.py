"""The back of the dossier: the text of the code, earlier decisions, and the appendix that says how it was made."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from dashboard import dutch
from dashboard.access.audiences import BOARD, DIRECTOR
from dashboard.indicators import shown
from dashboard.indicators.sentences.article_words import WORDS
from dashboard.indicators.sentences.phrases import lower
from dashboard.indicators.sentences.signals import CAUSE, decision_outcome
from dashboard.registry import PUBLISHED_READING
from dashboard.reports.content import Block, Bullets, Facts, Grid, Paragraph, Section
from dashboard.reports.evidence import LEFT_OUT, Evidence, missing, never_delivered, untold_of_missing
from dashboard.reports.opening import DECISIONS, MISSING, NO_DECISIONS, known_anchor

ALL_NUMBERS: Final = (
    "In deze versie staan alle aantallen, ook kleine. Bij een klein aantal kan soms te herleiden zijn om wie het gaat. "
    "Deze versie is daarom alleen voor het bestuur."
)
PROTECTED: Final = (
    f"{shown.EXPLAINED}. Een x zegt niet dat het nul is, en ook niet dat er niets is aangeleverd. Soms staat er een x "
    "voor een groter aantal, als daaruit een klein aantal te herleiden zou zijn. Een cijfer dat met zo'n aantal is "
    "gemaakt, is ook niet getoond."
)
OF_ALL: Final = (
    "Dit dossier gaat over alle scholen samen. De precieze aantallen van de eigen school staan in het dashboard."
)
SMALL_NUMBERS: Final[Mapping[str, str]] = {BOARD: ALL_NUMBERS, DIRECTOR: f"{PROTECTED} {OF_ALL}"}
"""What is said of small numbers, by role; any other has the protected version."""

AUDIENCES: Final[Mapping[str, str]] = {
    "bestuur": "Bestuur",
    "rvt": "Raad van toezicht",
    "gmr": "GMR",
    "beheerder": "Beheerder",
}

LEFT_OUT_TABLES: Final[Mapping[str, str]] = {
    "evaluation": "Wat er over elk artikel is gemeten,",
    "consent_coverage": "De dekking van toestemming",
    "incidents_monthly": "Het aantal meldingen per maand",
    "incident_followup": "Wat er na meldingen is gedaan,",
}
"""What of the dossier isn't there where a table is for the board only."""

ALL_DELIVERED: Final = "Van elke school is aangeleverd wat in dit schooljaar nodig is."
NOTHING_MISSING: Final = "Voor zover hier te zien is, ontbreekt er van geen enkele school iets van dit schooljaar."
"""What is said where no school misses anything: to whoever sees all that it may miss, and to whoever doesn't."""

NORMS: Final[Mapping[int | None, str]] = {1: "allemaal", 0: "geen enkele"}
"""How people read the norm of a figure."""

TERMS: Final = (
    "aangeleverd",
    "aantoonbaar",
    "bestuur",
    "bevoegd",
    "dekking",
    "geldig",
    "gmr",
    "lesdag",
    "melding",
    "momentopname",
    "norm",
    "onbekend",
    "ongeldig",
    "peildatum",
    "ratio",
)
"""The words of the glossary that the dossier uses."""


IN_CAPITALS: Final = frozenset({"gmr"})
"""Words that are initials."""


def audience_label(evidence: Evidence) -> str:
    """Whom the dossier is for, as a label."""
    role, _, school = evidence.about.audience.partition(":")
    if school:
        names = dict(evidence.ask("schools").select("brin6", "naam").iter_rows())
        return f"Directeur van {names.get(school, school)}"
    return AUDIENCES.get(role, role)


def text_findings(evidence: Evidence) -> Section:
    """What stands out in the text of the code itself."""
    known = evidence.registry.findings
    text = "De GMR kijkt ook naar de tekst zelf. Dit zijn punten om samen te bespreken."
    blocks: list[Block] = [Paragraph(text if known else "Over de tekst zijn er geen punten.")]
    if known:
        items = tuple(f"{finding.article}. {finding.title}. {finding.text}" for finding in known)
        blocks.append(Bullets(items, tuple(known_anchor(finding.article, evidence) for finding in known)))
    return Section("Wat aan de tekst opvalt", "tekst", tuple(blocks), new_page=True)


def decisions(evidence: Evidence) -> Section:
    """What was decided before, how far it is, and whether its figure moved."""
    rows = evidence.decisions
    if rows.is_empty():
        return Section("Eerdere besluiten", DECISIONS, (Paragraph(NO_DECISIONS),))
    told = [_outcome(row, evidence) for row in rows.iter_rows(named=True)]
    blocks = (
        Grid("Besluiten over de code, van oud naar nieuw", decision_table(evidence)),
        Paragraph(f"Wat er met het cijfer bij elk besluit gebeurde. {CAUSE}"),
        Bullets(tuple(told), tuple(known_anchor(rule, evidence) for rule in rows["regel"])),
    )
    return Section("Eerdere besluiten", DECISIONS, blocks)


def _outcome(row: Mapping[str, Any], evidence: Evidence) -> str:
    told, day = evidence.evaluation, evidence.about.day
    said = decision_outcome(row, told, evidence.registry, day, left_out=evidence.is_left_out("evaluation"))
    about = row["regel"] or "hele code"
    return f"{dutch.capital(about)}, {dutch.day(row['datum'])}. {row['omschrijving'].rstrip('.')}. {said}"


def decision_table(evidence: Evidence) -> pl.DataFrame:
    """The decisions to read, oldest first."""
    labels = evidence.registry.labels["besluiten.status"]
    return evidence.decisions.select(
        pl.col("datum").alias("Datum"),
        pl.col("regel").fill_null("hele code").replace("", "hele code").alias("Artikel"),
        pl.col("omschrijving").alias("Besluit"),
        pl.col("eigenaar").alias("Wie"),
        pl.col("gereed_voor").alias("Gereed voor"),
        pl.col("status").replace(dict(labels)).alias("Stand"),
    )


def appendix(evidence: Evidence) -> Section:
    """What the figures mean, what is missing, and how all this was made."""
    parts = (
        Section("Wat er ontbreekt", MISSING, _missing(evidence)),
        Section("Wat de cijfers betekenen", "begrippen-cijfers", _definitions(evidence)),
        Section("Manieren van tellen bij toestemming", "manieren-van-tellen", _readings(evidence)),
        Section("Woorden", "woorden", _terms(evidence)),
        Section("Kleine aantallen", "kleine-aantallen", (Paragraph(_small_numbers(evidence)),)),
        Section("Hoe dit is gemaakt", "herkomst", _origin(evidence)),
    )
    return Section("Bijlage", "bijlage", (), parts)


def _missing(evidence: Evidence) -> tuple[Block, ...]:
    day = dutch.day(evidence.about.day)
    rows, never = missing(evidence), never_delivered(evidence)
    blocks: list[Block] = []
    if never:
        kinds = dutch.listed([lower(label) for label in never], most=12)
        blocks.append(Paragraph(f"Van deze soorten gegevens is nog niets aangeleverd: {kinds}."))
    unseen = untold_of_missing(evidence)
    if rows.is_empty():
        return (*blocks, Paragraph(f"{NOTHING_MISSING} {unseen}" if unseen else ALL_DELIVERED))
    text = "Bij deze scholen ontbreekt nog iets van dit schooljaar. Niet aangeleverd is iets anders dan nul."
    table = Grid(f"Wat er per school ontbreekt, op {day}", rows, unseen)
    return (*blocks, Paragraph(text), table)


def definitions(evidence: Evidence) -> pl.DataFrame:
    """What each figure means, what it is made of, and its norm: a row per indicator."""
    known = evidence.registry.indicators
    labels = evidence.registry.labels["dataset"]
    sources = [WORDS[one.code].source if one.code in WORDS else "" for one in known]
    return pl.DataFrame(
        {
            "Cijfer": [one.label for one in known],
            "Wat het zegt": [one.explanation for one in known],
            "Norm": [NORMS.get(one.norm, dutch.NOTHING) for one in known],
            "Gemaakt van": [labels.get(source, "Datums van de code") for source in sources],
        }
    )


def _definitions(evidence: Evidence) -> tuple[Block, ...]:
    return (Grid("Cijfers van de evaluatie", definitions(evidence)),)


def _readings(evidence: Evidence) -> tuple[Block, ...]:
    registry = evidence.registry
    used = registry.reading(PUBLISHED_READING).label
    rows = tuple((known.label, "", known.explanation) for known in registry.readings)
    rule = next((known.explanation for known in registry.year_rules if known.code == registry.year), "")
    text = f"Dit dossier telt volgens: {used}. Een antwoord telt als ja, als nee, of als niet in orde."
    return (Paragraph(text), Facts(rows), Paragraph(f"Wat 'elk jaar' hier betekent. {rule}"))


def _terms(evidence: Evidence) -> tuple[Block, ...]:
    known = {entry.term: entry.explanation for entry in evidence.registry.terms}
    return (Facts(tuple((term_label(term), "", known[term]) for term in TERMS if term in known)),)


def term_label(term: str) -> str:
    """A word of the glossary as a label."""
    return term.upper() if term in IN_CAPITALS else dutch.capital(term)


def _small_numbers(evidence: Evidence) -> str:
    base = evidence.registry.minimum_base
    few = (
        f"Over minder dan {dutch.small(base)} gevallen staat er geen percentage in de zinnen en tabellen per artikel. "
        "Van een percentage van twee jaar ervoor is meestal niet bekend over hoeveel gevallen het gaat. Dat "
        f"percentage, en het verschil ermee, kan dus wel over minder dan {dutch.small(base)} gevallen gaan."
    )
    absent = remarks(evidence)[1:]
    return " ".join([_hidden(evidence), *absent, few])


def remarks(evidence: Evidence) -> tuple[str, ...]:
    """What has to be known of all tables together: what is hidden of them, and which are not there."""
    if not evidence.about.is_protected:
        return ()
    absent = [what for table, what in LEFT_OUT_TABLES.items() if evidence.is_left_out(table)]
    return (_hidden(evidence), *(LEFT_OUT.format(what=what) for what in absent))


def _hidden(evidence: Evidence) -> str:
    """What is hidden from whom it is for."""
    return SMALL_NUMBERS.get(evidence.about.audience.partition(":")[0], PROTECTED)


def _origin(evidence: Evidence) -> tuple[Block, ...]:
    about = evidence.about
    facts = Facts(
        (
            ("Momentopname", about.snapshot, "met dit kenmerk zijn in het dashboard dezelfde cijfers te openen"),
            ("Stand van de cijfers", dutch.day(about.day), "wat later is gebeurd, telt niet mee"),
            ("Voor wie", audience_label(evidence), "bepaalt welke aantallen te zien zijn"),
            ("Versie van de rekenregels", about.method or dutch.NOTHING, "dezelfde versie geeft dezelfde cijfers"),
        )
    )
    if not about.inputs:
        return (facts,)
    files = pl.DataFrame({"Kenmerk van het bestand (SHA-256)": list(about.inputs)})
    many = dutch.counted(len(about.inputs), "bestand", "bestanden")
    return (facts, Grid(f"De cijfers komen uit {many}", files, "Een ander bestand geeft een ander kenmerk."))
