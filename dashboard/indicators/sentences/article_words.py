"""The words for the figures of the evaluation: a template per indicator, verdict and kind of article."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dashboard.indicators.evaluation import ATTENTION, IN_ORDER, NO_DATA, NO_NORM, NOT_IN_ORDER, NOT_MEASURABLE
from dashboard.indicators.evaluation_findings import NOT_SHOWN

REPORTS, ANSWERS, PUBLICATIONS, REGISTER = "incidenten", "toestemmingen", "publicaties", "register"
"""What figures are made of; the others are named after their dataset."""


@dataclass(frozen=True, slots=True)
class Part:
    """The words of a part of a whole. `{deel}`: `drie van de vijf stagiairs`; `{doel}`: the purpose."""

    source: str
    one: str
    more: str
    """What is counted: one of it, and more."""
    text: str
    nothing: str
    """Where there is nothing to be a part of."""
    every: str = ""
    none: str = ""
    """Instead of `text` where it is all of them, or none of them."""


@dataclass(frozen=True, slots=True)
class Number:
    """The words of a number. `{aantal}`: the number."""

    source: str
    zero: str
    one: str
    more: str
    is_delivered: bool = True
    """Whether each one counted was delivered as such; a platform is only named in what was."""


@dataclass(frozen=True, slots=True)
class Days:
    """The words of a median of days."""

    source: str
    nothing: str
    same_day: str
    text: str
    """`{aantal}`: the number of days."""


REPORT = ("melding", "meldingen")
SCHOOL = ("school", "scholen")
FILLED_IN = ("school die dit heeft ingevuld", "scholen die dit hebben ingevuld")
DELIVERED = ("leerling over wie is aangeleverd", "leerlingen over wie is aangeleverd")
NONE_REPORTED: Final = "Er zijn geen meldingen waarvan dit te zeggen is."

WORDS: Final[Mapping[str, Part | Number | Days]] = {
    "trainingen": Number(
        "activiteiten",
        "Er is geen training voor medewerkers vastgelegd.",
        "Er is één training voor medewerkers gegeven.",
        "Er zijn {aantal} trainingen voor medewerkers gegeven.",
    ),
    "scholen_zonder_training": Part(
        "activiteiten",
        *SCHOOL,
        "Van {deel} is geen training vastgelegd.",
        "Er waren geen scholen om te tellen.",
        none="Op elke school was er een training.",
    ),
    "tijdig_bekend": Part(
        "bekendmaking",
        "groep leerlingen, ouders of medewerkers",
        "groepen leerlingen, ouders of medewerkers",
        "Van {deel} ligt vast dat die voor de startdatum zijn ingelicht.",
        "Er waren geen scholen om te tellen.",
        every="Op elke school zijn leerlingen, ouders en medewerkers voor de startdatum ingelicht.",
    ),
    "incidenten_school": Part(REPORTS, *REPORT, "Bij {deel} ging het om iets binnen school.", NONE_REPORTED),
    "incidenten_overlap": Part(REPORTS, *REPORT, "Bij {deel} lag het op de grens van school en privé.", NONE_REPORTED),
    "incidenten_buiten": Part(REPORTS, *REPORT, "Bij {deel} ging het om iets buiten school.", NONE_REPORTED),
    "platforms": Number(
        REPORTS,
        "Bij geen enkele melding is een platform genoemd.",
        "De meldingen gaan over één platform.",
        "De meldingen gaan over {aantal} verschillende platforms.",
        is_delivered=False,
    ),
    "nieuwe_platforms": Number(
        REPORTS,
        "Er is geen platform bij dat nog niet op de bekende lijst staat.",
        "Er is één platform bij dat nog niet op de bekende lijst staat.",
        "Er zijn {aantal} platforms bij die nog niet op de bekende lijst staan.",
        is_delivered=False,
    ),
    "vooraf_gecontroleerd": Part(
        "stages",
        "stagiair",
        "stagiairs",
        "Van {deel} ligt vast dat de controle voor de eerste stagedag is gedaan.",
        "In deze periode begon er geen stagiair.",
    ),
    "incidenten": Number(
        REPORTS,
        "Er is niets gemeld bij dit artikel.",
        "Er is één melding bij dit artikel.",
        "Er zijn {aantal} meldingen bij dit artikel.",
    ),
    "in_les": Part(REPORTS, *REPORT, "Bij {deel} ligt vast dat het tijdens de les was.", NONE_REPORTED),
    "lessen_en_ouderavonden": Number(
        "activiteiten",
        "Er is geen les of ouderavond over social media vastgelegd.",
        "Er was één les of ouderavond over social media.",
        "Er waren {aantal} lessen en ouderavonden over social media.",
    ),
    "scholen_zonder_les": Part(
        "activiteiten",
        *SCHOOL,
        "Van {deel} is geen les over social media vastgelegd.",
        "Er waren geen scholen om te tellen.",
        none="Elke school gaf een les over social media.",
    ),
    "met_maatregel": Part(REPORTS, *REPORT, "Bij {deel} ligt een maatregel vast.", NONE_REPORTED),
    "dagen_tot_maatregel": Days(
        REPORTS,
        "Er is geen dag van een maatregel aangeleverd. Hoe lang het duurde, is dus niet te zeggen.",
        "Ten minste de helft van de maatregelen kwam op dezelfde dag.",
        "Het middelste aantal dagen tussen incident en maatregel is {aantal}: de helft ging sneller, de helft "
        "langzamer.",
    ),
    "whatsapp_bezwaar": Part(
        "personeel",
        *FILLED_IN,
        "Op {deel}, heeft de schoolleiding bezwaar tegen WhatsApp.",
        "Geen enkele school heeft dit ingevuld.",
    ),
    "dekking": Part(
        ANSWERS,
        *DELIVERED,
        "Van {deel}, ligt een geldig ja of nee over {doel} vast.",
        "Over {doel} is van geen enkele leerling iets bekend.",
    ),
    "laagste_dekking": Part(
        ANSWERS,
        *DELIVERED,
        "Op het laagste maandeinde lag van {deel}, een geldig ja of nee over {doel} vast.",
        "Over {doel} is er nog geen maandeinde met gegevens.",
    ),
    "gebruik_zonder_toestemming": Part(
        PUBLICATIONS,
        "keer dat een leerling te herkennen was of meedeed",
        "keren dat een leerling te herkennen was of meedeed",
        "Bij {deel}, lag vooraf geen geldig ja vast.",
        "Er is in deze periode geen gebruik aangeleverd.",
        none="Er lag vooraf steeds een geldig ja vast: {noemer} keer.",
    ),
    "zelfde_dag_gemeld": Part(
        REPORTS, *REPORT, "Bij {deel} wist de leidinggevende het aantoonbaar op dezelfde dag.", NONE_REPORTED
    ),
    "consultaties": Number(
        "consultaties",
        "Er is geen vraag om raad vastgelegd.",
        "Er is één vraag om raad vastgelegd.",
        "Er zijn {aantal} vragen om raad vastgelegd.",
    ),
    "scholen_met_coach": Part(
        "personeel",
        *FILLED_IN,
        "Op {deel}, is er een social-mediacoach.",
        "Geen enkele school heeft dit ingevuld.",
    ),
    "hulp_aangeboden": Part(
        REPORTS,
        *REPORT,
        "Bij {deel} met een getroffen leerling of medewerker ligt vast dat hulp is aangeboden.",
        "Er zijn geen meldingen met een getroffen leerling of medewerker.",
    ),
    "in_dossier": Part(
        REPORTS,
        *REPORT,
        "Bij {deel} waarbij een medewerker als veroorzaker is genoteerd, ligt vast dat het in het dossier staat.",
        "Er zijn geen meldingen waarbij een medewerker als veroorzaker is genoteerd.",
    ),
    "maatregelen_leerlingen": Part(
        REPORTS,
        *REPORT,
        "Bij {deel} waarbij een leerling als veroorzaker is genoteerd, ligt een maatregel uit het leerlingenstatuut "
        "vast.",
        "Er zijn geen meldingen waarbij een leerling als veroorzaker is genoteerd.",
    ),
    "maatregelen_medewerkers": Part(
        REPORTS,
        *REPORT,
        "Bij {deel} waarbij een medewerker als veroorzaker is genoteerd, ligt een maatregel uit de cao vast. Andere "
        "maatregelen, zoals een gesprek, tellen in dit cijfer niet mee.",
        "Er zijn geen meldingen waarbij een medewerker als veroorzaker is genoteerd.",
    ),
    "instemming_voor_vaststelling": Part(
        REGISTER,
        "datum",
        "datums",
        "Van {deel} klopt de volgorde.",
        "Een van de twee datums staat niet vast.",
        every="De instemming van de GMR was niet later dan het besluit van het bestuur.",
        none="De instemming van de GMR is van na het besluit van het bestuur.",
    ),
    "inwerkingtreding_vastgelegd": Part(
        REGISTER,
        "datum",
        "datums",
        "Van {deel} is bekend welke het is.",
        "De startdatum staat niet vast.",
        every="De startdatum ligt vast.",
        none="De startdatum ligt niet vast.",
    ),
    "gepubliceerd": Part(
        "bekendmaking",
        "plaats",
        "plaatsen",
        "Van {deel} waar de code hoort te staan, ligt vast dat zij er staat.",
        "Er waren geen plaatsen om te tellen.",
        none="Van geen enkele plaats waar de code hoort te staan, ligt vast dat zij er staat.",
    ),
    "geevalueerd": Part(
        "besluiten",
        "besluit",
        "besluiten",
        "Van {deel} ligt vast dat het is genomen.",
        "Er zijn geen besluiten aangeleverd.",
        every="Er is in deze periode een besluit over de evaluatie genomen. Of de evaluatie al is gedaan, blijkt daar "
        "niet uit.",
        none="Er is in deze periode geen besluit over de evaluatie vastgelegd.",
    ),
    "dagen_over": Number(
        REGISTER,
        "De periode heeft geen dagen meer over.",
        "De periode duurt nog 1 dag.",
        "De periode duurt nog {aantal} dagen.",
    ),
}
"""How each indicator is said."""

NO_START: Final = "De startdatum staat niet vast. Of dat op tijd is gebeurd, is dus niet bekend."
"""What is said of being informed in time where it was delivered when, but not what was in time."""

NEVER: Final[Mapping[str, str]] = {
    REPORTS: "Over deze periode zijn geen meldingen aangeleverd.",
    ANSWERS: "Over deze periode zijn geen toestemmingen aangeleverd.",
    PUBLICATIONS: "Er zijn geen publicaties aangeleverd. Gebruik zonder toestemming is dus niet uit te sluiten.",
    "activiteiten": "Er zijn geen lessen, trainingen of ouderavonden aangeleverd.",
    "bekendmaking": "Er is niet aangeleverd waar en aan wie de code is bekendgemaakt.",
    "stages": "Er zijn geen stages aangeleverd.",
    "personeel": "Er zijn geen gegevens over het personeel aangeleverd.",
    "consultaties": "Er zijn geen vragen om raad aangeleverd.",
    "besluiten": "Er zijn geen besluiten aangeleverd.",
    REGISTER: "In het bestand van de gedragscode ontbreekt een datum.",
}
"""What is said where nothing was ever delivered."""

MEANINGS: Final[Mapping[str, str]] = {
    NOT_IN_ORDER: "De norm van de code is nog niet gehaald.",
    ATTENTION: "Het scheelt hooguit een tiende met de norm, of er is nog tijd om die te halen.",
    NO_DATA: "Er is niets aangeleverd, of er viel niets te meten. Dat is een bevinding: het betekent niet dat het in "
    "orde is.",
    IN_ORDER: "De norm van de code is gehaald.",
    NO_NORM: "De code noemt geen norm. Het cijfer is er om te bespreken.",
    NOT_MEASURABLE: "Hierover zijn geen cijfers te maken. Het oordeel is aan de GMR.",
    NOT_SHOWN: "Dit staat hier niet: er zou een klein aantal uit te herleiden zijn (x).",
}
"""What a verdict says."""

RANGES: Final[Mapping[str, tuple[str, str]]] = {
    "dekking": (
        "Voor de andere doelen is dat {waarden} van de leerlingen over wie is aangeleverd.",
        (
            "Voor de {aantal} doelen ligt van {waarden} van de leerlingen over wie is aangeleverd, een geldig ja of "
            "nee vast."
        ),
    ),
    "laagste_dekking": (
        "Op het laagste maandeinde van de andere doelen was dat {waarden} van de leerlingen over wie is aangeleverd.",
        (
            "Op het laagste maandeinde van elk doel lag van {waarden} van de leerlingen over wie is aangeleverd, een "
            "geldig ja of nee vast."
        ),
    ),
}
"""How the purposes of an indicator are said together: after one of them was said, and before."""

SUBJECTS: Final[Mapping[str, str]] = {
    "activiteiten": "Lessen, trainingen en ouderavonden",
    "bekendmaking": "Gegevens over de bekendmaking",
    "stages": "Stages",
    "personeel": "Gegevens over het personeel",
    "consultaties": "Vragen om raad",
    "besluiten": "Besluiten",
    PUBLICATIONS: "Publicaties",
}
"""What is said to have been delivered, of data that doesn't tell whether it is complete."""

LAPSE: Final = "Op 1 augustus vervallen de antwoorden van het vorige schooljaar."
"""Why coverage is low at the end of a month, where an answer speaks for a school year."""

KINDS: Final[Mapping[str, str]] = {
    "M": "Dit is te meten.",
    "P": "Dit is niet rechtstreeks te meten. De cijfers geven een aanwijzing.",
    "D": "Dit blijkt uit een datum of een document.",
    "N": "Dit is niet te meten.",
}
"""What the kind of an article means."""
