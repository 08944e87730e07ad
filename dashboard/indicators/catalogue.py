"""The published tables: which there are, what their columns mean, and how counts become figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from dashboard.dutch import RATE_UNIT
from dashboard.indicators.consent import with_coverage
from dashboard.indicators.control_charts import with_limits, with_rare_limits
from dashboard.indicators.evaluation import with_changes, with_evaluation
from dashboard.indicators.funnels import with_coverage_funnel, with_rate_funnel
from dashboard.indicators.incidents import with_followup, with_rate

Finish = Callable[[pl.DataFrame], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table, and what it holds, in Dutch."""

    name: str
    definition: str
    kind: type[pl.DataType]


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table that pages, exports and reports all take from one place."""

    name: str
    definition: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """The columns by which rows are sorted; they tell rows apart, but for incidents of one day."""
    finish: Finish
    """From the counts of `queries/published/NAME.sql` to the table."""

    @property
    def nothing(self) -> pl.DataFrame:
        """The table without a single row: what a snapshot holds that was published before the table existed."""
        return pl.DataFrame(schema={column.name: column.kind for column in self.columns})

    def figures(self, counts: pl.DataFrame) -> pl.DataFrame:
        """The table from its counts: its columns in their order, sorted by its key."""
        return self.finish(counts).select([column.name for column in self.columns]).sort(self.key)


_KINDS: Mapping[str, type[pl.DataType]] = {
    **dict.fromkeys(("peildatum", "datum", "vorige_ronde", "uiterlijk", "laatste_levering", "van", "tot"), pl.Date),
    **dict.fromkeys(("ja", "nee", "ongeldig", "onbekend", "leerlingen", "leerjaar", "geldig", "noemer"), pl.Int64),
    **dict.fromkeys(("incidenten", "lesdagen", "lesdagen_sinds_vorige", "deel", "teller"), pl.Int64),
    **dict.fromkeys(("dagen", "rijen", "afgewezen"), pl.Int64),
    **dict.fromkeys(("geldig_nu", "nodig_nu", "geldig_1_september", "nodig_1_september"), pl.Int64),
    **dict.fromkeys(("publicaties", "gebruiken", "zonder_toestemming"), pl.Int64),
    **dict.fromkeys(("dekking", "ratio", "groep", "onder95", "boven95", "onder998", "boven998"), pl.Float64),
    **dict.fromkeys(("blootstelling", "midden", "onder", "boven"), pl.Float64),
    **dict.fromkeys(("aangeleverd", "voorlopig"), pl.Boolean),
}
"""What a column holds; every other one holds text."""

VERDICT = "binnen, opletten (buiten 95 %), wijkt af (buiten 99,8 %) of geen gegevens"

DELIVERY_DAY = "de dag van de levering"


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
    "leerjaar": "leerjaar, 1 tot en met 6",
    "jaar": "wat jaarlijks betekent: schooljaar, twaalf_maanden of codejaar",
    "schooljaar": "schooljaar, jjjj-jjjj",
    "leerlingen": "ingeschreven leerlingen",
    "publicaties": "publicaties met herkenbare leerlingen",
    "gebruiken": "herkenbare leerlingen in die publicaties; elke leerling telt per publicatie één keer",
    "maand": "maand, jjjj-mm",
    "incidenten": "meldingen, zonder die geheel buiten school",
    "lesdagen": "lesdagen in de maand; in de lopende maand tot en met de dag van de levering",
    "aangeleverd": "of de school de hele maand heeft aangeleverd; bij de groep: ten minste één school",
    "ratio": f"{RATE_UNIT}; leeg als niet is aangeleverd of er geen leerlingen zijn",
    "blootstelling": "leerlingen keer lesdagen, gedeeld door 20.000",
    "onder95": "ondergrens waarbinnen toeval ongeveer 95 van de 100 keer blijft",
    "boven95": "bovengrens daarvan",
    "onder998": "ondergrens waarbinnen toeval ongeveer 998 van de 1.000 keer blijft",
    "boven998": "bovengrens daarvan",
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
    kinds: Mapping[str, type[pl.DataType]] = _KINDS,
    **special: str,
) -> PublishedTable:
    named = tuple(
        Column(column, special[column] if column in special else _DEFINITIONS[column], kinds.get(column, pl.String))
        for column in columns.split()
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
        "consent_by_year_group",
        "Voor hoeveel leerlingen van elk leerjaar een geldig antwoord vastligt, op de dag van de levering en volgens "
        "de lezing code.",
        "peildatum brin6 leerjaar doel ja nee ongeldig onbekend dekking",
        key="peildatum brin6 leerjaar doel",
        finish=with_coverage,
        peildatum=DELIVERY_DAY,
    ),
    _table(
        "consent_by_year_rule",
        "Hoe de dekking op de dag van de levering verschuift met wat jaarlijks betekent, volgens de lezing code.",
        "peildatum brin6 doel jaar ja nee ongeldig onbekend dekking",
        key="peildatum brin6 doel jaar",
        finish=with_coverage,
        peildatum=DELIVERY_DAY,
    ),
    _table(
        "consent_waterfall",
        "Waar leerlingen afvallen op weg naar een geldig antwoord van dit jaar, op de dag van de levering.",
        "peildatum brin6 doel stap leerlingen",
        key="peildatum brin6 doel stap",
        peildatum=DELIVERY_DAY,
        stap="ingeschreven, gevraagd, beantwoord, aantoonbaar, bevoegd, dit_jaar; elke stap is een deel van de vorige",
        leerlingen="leerlingen die ten minste zo ver kwamen",
    ),
    _table(
        "turning_16",
        "Hoeveel leerlingen per maand 16 worden die voor ten minste één doel een geldig antwoord van dit jaar hebben.",
        "brin6 maand leerlingen",
        key="brin6 maand",
        maand="deze maand of een van de twaalf erna, jjjj-mm",
        leerlingen="ingeschreven leerlingen die na de dag van de levering in die maand 16 worden",
    ),
    _table(
        "expiry_outlook",
        "Voor hoeveel leerlingen van nu het antwoord nu geldt, en hoeveel er op 1 september nog geldt; met de "
        "antwoorden van nu, volgens de lezing code.",
        "brin6 doel leerlingen geldig_nu nodig_nu geldig_1_september nodig_1_september",
        key="brin6 doel",
        geldig_nu="leerlingen met een geldig antwoord op de dag van de levering",
        nodig_nu="leerlingen van wie dan een antwoord nodig is",
        geldig_1_september="leerlingen van wie het antwoord op de eerstvolgende 1 september nog geldt",
        nodig_1_september="leerlingen van wie dan een nieuw antwoord nodig is",
    ),
    _table(
        "use_without_consent",
        "Hoe vaak een leerling herkenbaar was zonder geldig ja op die dag, volgens de lezing code. Zonder publicaties "
        "is dit niet aantoonbaar.",
        "brin6 schooljaar doel publicaties gebruiken zonder_toestemming",
        key="brin6 schooljaar doel",
        brin6="school die publiceerde; * is de hele groep",
        zonder_toestemming="keren dat er op die dag geen geldig ja was; wat onbekend is, telt mee",
    ),
    _table(
        "use_by_status",
        "Welke stand de toestemming had op de dag waarop een leerling herkenbaar was.",
        "brin6 schooljaar doel status gebruiken",
        key="brin6 schooljaar doel status",
        brin6="school die publiceerde; * is de hele groep",
        status="stand van de toestemming op die dag; niet_ingeschreven is op geen enkele school van de groep",
    ),
    _table(
        "consent_funnel",
        "Of de dekking van een school meer van die van de groep verschilt dan toeval bij zoveel leerlingen verklaart, "
        "volgens de lezing code.",
        "peildatum doel brin6 geldig noemer dekking groep onder95 boven95 onder998 boven998 oordeel",
        key="peildatum doel brin6",
        finish=with_coverage_funnel,
        brin6="school",
        geldig="leerlingen met een geldig antwoord, ja of nee",
        noemer="leerlingen met of zonder geldig antwoord; niet de onbekende",
        dekking="geldig gedeeld door noemer, 0 tot 1; leeg als er niets te delen is",
        groep="dekking van alle scholen samen",
        oordeel=VERDICT,
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
        "incident_roles",
        "Wie wat bij wie deed: meldingen per periode naar veroorzaker en getroffene. Telt alle meldingen, ook uit "
        "maanden die niet zijn aangeleverd.",
        "periode brin6 veroorzaker getroffene incidenten",
        key="periode brin6 veroorzaker getroffene",
        veroorzaker="wie het deed; onbekend is niet ingevuld",
        getroffene="wie het trof; onbekend is niet ingevuld",
    ),
    _table(
        "incident_followup",
        "Wat er na een melding is gedaan, hoe vaak en hoe snel. Telt alle meldingen; niet ingevuld telt als niet "
        "gedaan.",
        "periode brin6 maat teller noemer waarde",
        key="periode brin6 maat",
        finish=with_followup,
        kinds={**_KINDS, "waarde": pl.Float64},
        maat="wat is gemeten: een aandeel, of een mediaan in dagen (dagen_…)",
        teller="meldingen waarbij het is gedaan; leeg bij een mediaan",
        noemer="meldingen waarbij het kon; bij een mediaan die met een datum",
        waarde="teller gedeeld door noemer, 0 tot 1; bij een mediaan kalenderdagen",
    ),
    _table(
        "incident_trend",
        "Of het aantal meldingen per maand meer schommelt dan toeval verklaart. Alleen aangeleverde maanden.",
        "maand brin6 deel incidenten blootstelling ratio midden onder boven signaal voorlopig",
        key="maand brin6",
        finish=with_limits,
        deel="deel van de reeks; na een ander systeem of een andere definitie begint een nieuw deel",
        midden="ratio van het hele deel; leeg onder 1,5 verwachte meldingen per maand",
        onder="ondergrens van toeval, in dezelfde eenheid als ratio",
        boven="bovengrens van toeval, in dezelfde eenheid als ratio",
        signaal="regels die deze maand aanwijzen, met + ertussen; leeg: geen teken",
        voorlopig="of de grenzen op minder dan 12 maanden rusten",
    ),
    _table(
        "rare_events",
        "Waar meldingen te zeldzaam zijn voor een grafiek per maand: hoeveel lesdagen er tussen twee meldingen lagen.",
        "brin6 datum lesdagen_sinds_vorige midden boven signaal",
        key="brin6 datum lesdagen_sinds_vorige",
        finish=with_rare_limits,
        datum="dag van de melding",
        lesdagen_sinds_vorige="lesdagen na de dag van de vorige, deze dag meegeteld; leeg bij de eerste en na een "
        "maand die niet is aangeleverd",
        midden="gemiddelde van die lesdagen",
        boven="grens van toeval, in lesdagen",
        signaal="1 als het langer duurde dan die grens; leeg: geen teken",
    ),
    _table(
        "incident_funnel",
        "Of een school meer van de groep verschilt dan toeval bij zoveel leerlingen en lesdagen verklaart. Alleen "
        "aangeleverde maanden.",
        "periode brin6 incidenten blootstelling ratio groep onder95 boven95 onder998 boven998 oordeel",
        key="periode brin6",
        finish=with_rate_funnel,
        brin6="school",
        groep="ratio van alle scholen samen",
        oordeel=VERDICT,
    ),
    _table(
        "evaluation",
        "Wat er van elk artikel van de code bekend is, per evaluatieperiode, voor de hele groep. Een artikel zonder "
        "indicator is niet meetbaar.",
        "periode artikel indicator teller noemer waarde vorige_waarde oordeel kwaliteit",
        key="periode artikel indicator",
        finish=with_evaluation,
        kinds={**_KINDS, "waarde": pl.Float64, "vorige_waarde": pl.Float64, "kwaliteit": pl.Float64},
        periode="evaluatieperiode van twee jaar, jjjj-mm/jjjj-mm",
        artikel="artikel van de code",
        indicator="wat is gemeten; na een dubbele punt het doel",
        teller="hoeveel; leeg bij een mediaan en als er niets is aangeleverd",
        noemer="van hoeveel; leeg bij een aantal, een mediaan en als er niets is aangeleverd",
        waarde="teller gedeeld door noemer, 0 tot 1; zonder noemer de teller; bij een mediaan kalenderdagen",
        vorige_waarde="hetzelfde over de twee jaar ervoor; leeg als daarover niets is aangeleverd",
        oordeel="op orde, aandacht (hooguit een tiende van de norm af), niet op orde, geen norm, geen gegevens of "
        "niet meetbaar",
        kwaliteit="hoe volledig de gegevens zijn, 0 tot 1",
    ),
    _table(
        "changes",
        "Wat er in de evaluatie is veranderd sinds de vorige momentopname, en waardoor. Leeg bij de eerste.",
        "periode artikel indicator was definitie correctie nieuw wordt",
        key="periode artikel indicator",
        finish=with_changes,
        kinds={**_KINDS, **dict.fromkeys(("was", "definitie", "correctie", "nieuw", "wordt"), pl.Float64)},
        periode="evaluatieperiode van twee jaar, jjjj-mm/jjjj-mm",
        artikel="artikel van de code",
        indicator="wat is gemeten; na een dubbele punt het doel",
        was="waarde in de vorige momentopname; leeg als die er niet was",
        definitie="verschil doordat anders wordt geteld",
        correctie="verschil door rijen die zijn verbeterd",
        nieuw="verschil door nieuwe rijen en door de tijd die verliep",
        wordt="waarde in deze momentopname",
    ),
    _table(
        "decisions",
        "Wat er over de code is besloten, en hoe ver dat is.",
        "besluit_id datum regel omschrijving eigenaar gereed_voor status",
        key="datum besluit_id",
        kinds={**_KINDS, "gereed_voor": pl.Date},
        besluit_id="begin van de hash van het besluit",
        datum="dag van het besluit",
        regel="artikel waar het over gaat; leeg: de hele code",
        omschrijving="wat er is besloten",
        eigenaar="wie ervoor zorgt",
        gereed_voor="wanneer het klaar moet zijn",
        status="open, gedaan of vervallen",
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
