"""The dossier as tables with real types, for a spreadsheet: what the papers say, and the series behind their charts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl

from dashboard import dutch
from dashboard.indicators import shown
from dashboard.indicators.evaluation_findings import NOT_SHOWN, ArticleFinding, Row, plain, verdicts_held
from dashboard.indicators.sentences import articles
from dashboard.indicators.sentences.article_words import MEANINGS, WORDS, Part
from dashboard.indicators.sentences.signals import verdict_counts
from dashboard.registry import PUBLISHED_READING, Registry
from dashboard.reports import closing
from dashboard.reports.chapters import DELIVERED, delivered
from dashboard.reports.closing import decision_table, definitions, term_label
from dashboard.reports.content import Sheet, SheetChart
from dashboard.reports.evidence import GROUP, OF_EVALUATION, Evidence, missing, untold_of_missing

FIGURES_NOTE: Final = (
    "Een rij per cijfer. Een aandeel is teller gedeeld door noemer. Zonder noemer staat het aantal, of een aantal "
    "dagen, in de kolom erachter. Een lege cel: geen gegevens, of niet te meten. Ook een aandeel van twee jaar ervoor "
    "over minder dan tien gevallen blijft leeg."
)
MADE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "teller": ("Teller",),
    "noemer": ("Noemer",),
    "waarde": ("Aandeel", "Aantal of dagen"),
    "vorige_waarde": ("Aandeel, twee jaar ervoor", "Aantal of dagen, twee jaar ervoor"),
    "kwaliteit": (DELIVERED,),
}
"""Column of `evaluation` → the headings that it stands under: that of a share, and that of all other figures."""

COVERAGE_NOTE: Final = (
    "Dekking van alle scholen samen, volgens de gedragscode: (ja + nee) gedeeld door (ja + nee + niet in orde). Een "
    "nee telt mee als op orde."
)


OUTCOME_HEADS: Final[Mapping[str, str]] = {
    "Geldig ja": "ja",
    "Geldig nee": "nee",
    "Niet in orde": "ongeldig",
    "Onbekend": "onbekend",
    "Dekking": "dekking",
}
MONTH_HEADS: Final[Mapping[str, str]] = {
    "Maand": "maand",
    "Meldingen": "incidenten",
    "Leerlingen": "leerlingen",
    "Lesdagen": "lesdagen",
    "Ratio": "ratio",
}
"""Heading → the column of the published table below it."""


def sheets(evidence: Evidence) -> tuple[Sheet, ...]:
    """Every table of the dossier; the definitions come last."""
    made = [
        _figures(evidence),
        _verdicts(evidence),
        _clock(evidence),
        _decisions(evidence),
        *_coverage(evidence),
        *_reports(evidence),
        *_followup(evidence),
        _missing(evidence),
        _definitions(evidence),
    ]
    return tuple(sheet for sheet in made if sheet.frame.height)


def _figures(evidence: Evidence) -> Sheet:
    registry = evidence.registry
    kinds = registry.labels["soort_artikel"]
    rows = [
        (
            finding.article.number,
            finding.article.title,
            kinds.get(finding.article.kind, finding.article.kind),
            articles.indicator_label(row["indicator"], registry) if row else None,
            row["teller"] if row else None,
            row["noemer"] if row else None,
            *_by_kind(row, "waarde"),
            *_before(row, registry),
            dutch.capital(row["oordeel"] if row else finding.verdict),
            delivered(row) if row else None,
            articles.found(row, registry) if row else None,
            _unseen(finding, row),
        )
        for finding in evidence.findings
        for row in (finding.rows or (None,))
    ]
    schema = {
        "Artikel": pl.String,
        "Titel": pl.String,
        "Soort": pl.String,
        "Cijfer": pl.String,
        "Teller": pl.Int64,
        "Noemer": pl.Int64,
        "Aandeel": pl.Float64,
        "Aantal of dagen": pl.Float64,
        "Aandeel, twee jaar ervoor": pl.Float64,
        "Aantal of dagen, twee jaar ervoor": pl.Float64,
        "Oordeel": pl.String,
        DELIVERED: pl.Float64,
        "In een zin": pl.String,
        shown.HIDDEN: pl.String,
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    note = FIGURES_NOTE if not evidence.is_left_out("evaluation") else f"{OF_EVALUATION} {FIGURES_NOTE}"
    return Sheet("Artikelen", frame, note)


def _unseen(finding: ArticleFinding, row: Row | None) -> str | None:
    """The cells of a row that are hidden; all of them where the evaluation isn't there for whoever reads it."""
    if row is None:
        return _told(MADE_OF.values()) if finding.verdict == NOT_SHOWN else None
    is_share = isinstance(WORDS.get(plain(row["indicator"])), Part)
    names = [heads[0] if is_share else heads[-1] for column, heads in MADE_OF.items() if shown.is_hidden(row, column)]
    return _told([(name,) for name in names])


def _told(headings: Iterable[tuple[str, ...]]) -> str | None:
    """Headings as `verborgen` names them: without a comma inside."""
    return ",".join(name.replace(",", ";") for names in headings for name in names) or None


def _by_kind(row: Row | None, column: str) -> tuple[float | None, float | None]:
    """A value as a share, or as a number or days: the other one is empty."""
    if row is None:
        return None, None
    is_share = isinstance(WORDS.get(plain(row["indicator"])), Part)
    return (row[column], None) if is_share else (None, row[column])


def _before(row: Row | None, registry: Registry) -> tuple[float | None, float | None]:
    """The same of the two years before; no share that may be of few cases, as nowhere in the papers."""
    return (None, None) if row is None or articles.is_few_for_before(row, registry) else _by_kind(row, "vorige_waarde")


def _verdicts(evidence: Evidence) -> Sheet:
    counted = [] if evidence.is_left_out("evaluation") else verdict_counts(evidence.findings)
    frame = pl.DataFrame(
        {
            "Oordeel": [label for label, _, _ in counted],
            "Artikelen": [count for _, count, _ in counted],
            "Welke": [", ".join(numbers) for _, _, numbers in counted],
        }
    )
    chart = SheetChart("bar", "Oordeel", ("Artikelen",), "Aantal artikelen per oordeel")
    return Sheet("Oordelen", frame, "Elk artikel staat één keer: bij het oordeel dat de meeste aandacht vraagt.", chart)


def _clock(evidence: Evidence) -> Sheet:
    frame = evidence.clock.sort("uiterlijk").select(
        pl.col("stap").replace(evidence.steps).alias("Stap"),
        pl.col("vorige_ronde").alias("Vorige ronde"),
        pl.col("uiterlijk").alias("Uiterlijk"),
        pl.col("dagen").alias("Dagen tot de uiterste datum"),
        pl.col("oordeel").alias("Oordeel"),
    )
    return Sheet("Klok", frame, "Stappen naar een nieuwe versie van de code. Onder nul dagen betekent: te laat.")


def _decisions(evidence: Evidence) -> Sheet:
    return Sheet("Besluiten", decision_table(evidence), "Wat er eerder over de code is besloten, en hoe ver dat is.")


def _coverage(evidence: Evidence) -> list[Sheet]:
    """The coverage of the last day, and of every reference date."""
    rows = evidence.ask("consent_coverage", brin6=[GROUP], lezing=[PUBLISHED_READING])
    rows = rows.filter(pl.col("peildatum") <= evidence.until)
    if rows.is_empty():
        return []
    labels = _unlike(evidence.purposes)
    order = {code: place for place, code in enumerate(labels)}
    place = pl.col("doel").replace_strict(order, default=len(order), return_dtype=pl.Int64)
    named = rows.sort("peildatum", place, "doel").with_columns(pl.col("doel").replace(labels).alias("Doel"))
    day = max(rows["peildatum"])
    latest = named.filter(pl.col("peildatum") == day)
    plain_rows = latest.select("Doel", *(pl.col(name).alias(head) for head, name in OUTCOME_HEADS.items()))
    last = shown.carried(plain_rows, latest, OUTCOME_HEADS)
    wide = named.pivot("Doel", index="peildatum", values="dekking").rename({"peildatum": "Peildatum"})
    columns = [name for name in wide.columns if name != "Peildatum"]
    dated = wide.rename({name: f"Dekking: {name}" for name in columns})
    lines = SheetChart("line", "Peildatum", tuple(dated.columns[1:]), "Dekking per peildatum")
    if shown.HIDDEN in named.columns:
        weg = named.with_columns(shown.hidden(named, "dekking").alias("weg"))
        gone = weg.pivot("Doel", index="peildatum", values="weg")
        marks = shown.marks({f"Dekking: {name}": pl.col(name).fill_null(value=False) for name in columns})
        dated = dated.with_columns(gone.select(marks)[shown.HIDDEN])
    bars = SheetChart("bar", "Doel", ("Dekking",), f"Dekking per doel op {dutch.day(day)}")
    return [
        Sheet("Dekking", last, f"{COVERAGE_NOTE} Peildatum: {dutch.day(day)}.", bars),
        Sheet("Dekking door de tijd", dated, COVERAGE_NOTE, lines),
    ]


def _unlike(labels: Mapping[str, str]) -> dict[str, str]:
    """Code → label as the name of a column: with its code where two labels are the same."""
    often = Counter(labels.values())
    return {code: label if often[label] == 1 else f"{label} ({code})" for code, label in labels.items()}


def _reports(evidence: Evidence) -> list[Sheet]:
    rows = evidence.by_month("incidents_monthly", brin6=[GROUP]).sort("maand")
    if rows.is_empty():
        return []
    plain_rows = rows.select(pl.col(name).alias(head) for head, name in MONTH_HEADS.items())
    frame = shown.carried(plain_rows, rows, MONTH_HEADS)
    note = f"Alle scholen samen. Ratio: {dutch.RATE_UNIT}. Een lege cel: niet aangeleverd. Dat is iets anders dan nul."
    return [Sheet("Meldingen per maand", frame, note, SheetChart("line", "Maand", ("Ratio",), "Meldingen per maand"))]


def _followup(evidence: Evidence) -> list[Sheet]:
    if not evidence.period:
        return []
    rows = evidence.ask("incident_followup", brin6=[GROUP], periode=[evidence.period])
    if rows.is_empty():
        return []
    labels = evidence.registry.labels["maat"]
    is_share = ~pl.col("maat").str.starts_with("dagen_")
    frame = rows.select(
        pl.col("maat").replace(dict(labels)).alias("Wat"),
        pl.col("teller").alias("Meldingen waarbij dit is gedaan"),
        pl.col("noemer").alias("Meldingen waarbij dit kon"),
        pl.when(is_share).then(pl.col("waarde")).alias("Aandeel"),
        pl.when(~is_share).then(pl.col("waarde")).alias("Dagen (mediaan)"),
    )
    if shown.HIDDEN in rows.columns:
        made_of = {
            "Meldingen waarbij dit is gedaan": shown.hidden(rows, "teller"),
            "Meldingen waarbij dit kon": shown.hidden(rows, "noemer"),
            "Aandeel": shown.hidden(rows, "waarde") & is_share,
            "Dagen (mediaan)": shown.hidden(rows, "waarde") & ~is_share,
        }
        frame = frame.with_columns(rows.select(shown.marks(made_of))[shown.HIDDEN])
    note = f"Alle scholen samen, {dutch.period_name(evidence.period)}. Niet ingevuld telt als niet gedaan."
    return [Sheet("Opvolging", frame, note)]


def _missing(evidence: Evidence) -> Sheet:
    note = f"Wat scholen over dit schooljaar nog niet hebben aangeleverd, op {dutch.day(evidence.about.day)}."
    return Sheet("Wat ontbreekt", missing(evidence), " ".join(filter(None, [note, untold_of_missing(evidence)])))


def _definitions(evidence: Evidence) -> Sheet:
    """What every figure, verdict, way of counting and word means."""
    registry = evidence.registry
    figures = definitions(evidence).select(pl.lit("Cijfer").alias("Soort"), pl.all()).rename({"Cijfer": "Begrip"})
    others = [
        *(("Oordeel", dutch.capital(verdict), MEANINGS[verdict]) for verdict in verdicts_held(evidence.findings)),
        *([("Teken", shown.MARK, closing.PROTECTED)] if evidence.about.is_protected else []),
        *(("Manier van tellen", known.label, known.explanation) for known in registry.readings),
        *(("Woord", term_label(known.term), known.explanation) for known in registry.terms),
    ]
    words = pl.DataFrame(others, schema=["Soort", "Begrip", "Wat het zegt"], orient="row")
    both = pl.concat([figures, words], how="diagonal")
    return Sheet("Begrippen", both, "Wat elk cijfer, oordeel en woord betekent, en waarvan een cijfer is gemaakt.")
