"""The published tables: which there are, what their columns mean, and how counts become figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from dashboard.indicators.consent import with_coverage
from dashboard.indicators.incidents import with_rate

Finish = Callable[[pl.DataFrame], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table, and what it holds, in Dutch."""

    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table that pages, exports and reports all take from one place."""

    name: str
    definition: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """The columns that tell rows apart; rows are sorted by them."""
    finish: Finish
    """From the counts of `queries/published/NAME.sql` to the table."""

    def figures(self, counts: pl.DataFrame) -> pl.DataFrame:
        """The table from its counts: its columns in their order, sorted by its key."""
        return self.finish(counts).select([column.name for column in self.columns]).sort(self.key)


def _as_counted(counts: pl.DataFrame) -> pl.DataFrame:
    return counts


_DEFINITIONS: Mapping[str, str] = {
    "peildatum": "dag waarop is geteld: een maandeinde, of de dag van de levering",
    "brin6": "school; * is de hele groep",
    "doel": "waarvoor toestemming wordt gevraagd",
    "lezing": "hoe de regels worden gelezen: avg, code of strikt",
    "ja": "leerlingen met een geldig ja",
    "nee": "leerlingen met een geldig nee",
    "ongeldig": "leerlingen zonder geldig antwoord",
    "onbekend": "leerlingen over wie de school voor die dag niets heeft aangeleverd",
    "dekking": "(ja + nee) gedeeld door (ja + nee + ongeldig), 0 tot 1; leeg als er niets te delen is",
    "maand": "maand, jjjj-mm",
    "incidenten": "meldingen, zonder die geheel buiten school",
    "lesdagen": "lesdagen in de maand; in de lopende maand tot en met de dag van de levering",
    "aangeleverd": "of de school de hele maand heeft aangeleverd; bij de groep: ten minste één school",
    "ratio": "meldingen per 1.000 leerlingen per 20 lesdagen; leeg als niet is aangeleverd of er geen leerlingen zijn",
    "periode": "schooljaar, halfjaar van de code of evaluatieperiode, jjjj-mm/jjjj-mm",
    "dimensie": "waarnaar is uitgesplitst",
    "waarde": "de waarde; onbekend is niet ingevuld",
    "stap": "stap op weg naar de volgende versie van de code",
    "vorige_ronde": "wanneer die stap in de vorige ronde is gezet",
    "uiterlijk": "wanneer die stap nu uiterlijk gezet moet zijn",
    "dagen": "dagen van de dag van de levering tot die datum; onder nul is te laat",
    "oordeel": "te laat of op tijd",
    "dataset": "soort gegevens",
    "laatste_levering": "dag van de laatste import met rijen van deze school en soort",
    "van": "eerste dag waarover is aangeleverd",
    "tot": "laatste dag waarover is aangeleverd",
    "rijen": "rijen die gelden, na correcties",
    "afgewezen": "rijen die in die laatste import zijn geweigerd",
}


def _table(
    name: str,
    definition: str,
    columns: str,
    *,
    key: str,
    finish: Finish = _as_counted,
    **special: str,
) -> PublishedTable:
    named = tuple(
        Column(column, special[column] if column in special else _DEFINITIONS[column]) for column in columns.split()
    )
    return PublishedTable(name, definition, named, tuple(key.split()), finish)


_TABLES = (
    _table(
        "consent_status",
        "Hoeveel leerlingen welke stand hebben, per doel en peildatum. Standen zonder leerlingen ontbreken.",
        "peildatum brin6 doel status leerlingen",
        key="peildatum brin6 doel status",
        status="stand van de toestemming",
        leerlingen="ingeschreven leerlingen met die stand",
    ),
    _table(
        "consent_coverage",
        "Voor hoeveel leerlingen een geldig antwoord vastligt, per doel, peildatum en lezing.",
        "peildatum brin6 doel lezing ja nee ongeldig onbekend dekking",
        key="peildatum brin6 doel lezing",
        finish=with_coverage,
    ),
    _table(
        "incidents_monthly",
        "Meldingen per maand, met leerlingen en lesdagen. Niet aangeleverd is leeg, nooit nul.",
        "maand brin6 incidenten leerlingen lesdagen aangeleverd ratio",
        key="maand brin6",
        finish=with_rate,
        leerlingen="leerlingen die op de laatste dag van de maand zijn ingeschreven",
    ),
    _table(
        "incidents_by",
        "Meldingen per periode, uitgesplitst. Telt alle meldingen, ook uit maanden die niet zijn aangeleverd.",
        "periode brin6 dimensie waarde incidenten",
        key="periode brin6 dimensie waarde",
        incidenten="meldingen; alleen bij reikwijdte ook die buiten school",
    ),
    _table(
        "evaluation_clock",
        "Wanneer elke stap op weg naar de volgende versie van de code gezet moet zijn.",
        "stap vorige_ronde uiterlijk dagen oordeel",
        key="uiterlijk stap",
    ),
    _table(
        "data_quality",
        "Wat elke school van elk soort gegevens heeft aangeleverd. brin6 * zijn rijen zonder school, geen totaal.",
        "brin6 dataset laatste_levering van tot rijen afgewezen",
        key="brin6 dataset",
        brin6="school; * zijn rijen zonder (bekende) school",
    ),
)

PUBLISHED: Mapping[str, PublishedTable] = MappingProxyType({table.name: table for table in _TABLES})
