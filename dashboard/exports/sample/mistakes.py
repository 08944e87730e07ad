"""Planted mistakes: rows that the import refuses, one for each kind of rule, and what it says of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dashboard.exports.sample.dialects import Dialect
from dashboard.exports.sample.pupils import TRAP_NUMBERS
from dashboard.exports.sample.scene import Scene
from dashboard.exports.sample.schools import School

UNKNOWN_SCHOOL: Final = "98ZZ99"
FIRST_BAD: Final = TRAP_NUMBERS.start + 901
"""The pupils of planted mistakes are numbered from here on."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A bad row that stands at the end of a dataset's first file.

    Args:
        column: the contract's column that the import names; empty when it can't tell.
        wrong: what is wrong, in Dutch.
        says: the reason that the import gives.
        row: the row's text by column.
        fields_too_many: empty fields behind the row's own.
        repeat: the row is good, but stands in the file already: known, not refused.
    """

    column: str
    wrong: str
    says: str
    row: Mapping[str, str]
    fields_too_many: int = 0
    repeat: bool = False


UNKNOWN_TO_US: Final = "Deze school staat niet in scholen."
NOBODY: Final = "Deze leerling staat niet in leerlingen."
NOT_YET: Final = "Deze datum ligt na de dag van de import."
NO_COUNT: Final = "Dit is geen geheel getal van 0 of meer, zonder punten of andere tekens."
CONTRADICTION: Final = "Deze levering heeft nog een rij met dezelfde sleutel en een andere inhoud."
FIELDS: Final = "Deze regel heeft een ander aantal velden dan de rij met kolomnamen."


def mistakes_for(scene: Scene, school: School, dataset: str, dialect: Dialect) -> tuple[Mistake, ...]:
    """The mistakes of a dataset, written in the dialect of the file they stand in."""
    slip = _Slip(scene, school, dialect)
    told = {
        "scholen": slip.schools,
        "leerlingen": slip.enrolments,
        "toestemmingen": slip.answers,
        "publicaties": slip.publications,
        "incidenten": slip.incidents,
        "consultaties": slip.consultations,
        "stages": slip.placements,
        "bekendmaking": slip.announcements,
        "activiteiten": slip.activities,
        "personeel": slip.staff,
        "gebeurtenissen": slip.events,
        "besluiten": slip.decisions,
    }
    return tuple(told[dataset]()) if dataset in told else ()


def _with(base: Mapping[str, str], **other: str) -> dict[str, str]:
    return {**base, **other}


@dataclass(frozen=True, slots=True)
class _Slip:
    """Where the slips are made: each method gives those of one dataset."""

    scene: Scene
    school: School
    dialect: Dialect

    def schools(self) -> Sequence[Mistake]:
        """Of `scholen`."""
        row = {"brin6": "99Z", "naam": "Lyceum Zonder Nummer", "onderwijssoort": "havo"}
        return [
            Mistake(
                "brin6",
                "het nummer is te kort",
                "Een brin6 bestaat uit twee cijfers, twee letters en twee cijfers.",
                row,
            )
        ]

    def enrolments(self) -> Sequence[Mistake]:
        """Of `leerlingen`."""
        start = self.dialect.day_text(date(self.scene.year, 8, 1))
        base = {
            "brin6": self.school.brin6,
            "geboortedatum": self.dialect.day_text(date(self.scene.year - 14, 5, 14)),
            "leerjaar": "2",
            "onderwijssoort": self.school.tracks[0],
            "in_van": start,
        }
        numbered = [_with(base, leerlingnummer=str(FIRST_BAD + place)) for place in range(5)]
        young = self.dialect.day_text(date(self.scene.year - 2, 5, 14))
        return [
            Mistake(
                "geboortedatum", "31 februari", "Deze dag bestaat niet.", _with(numbered[0], geboortedatum="31-02-2012")
            ),
            Mistake(
                "in_tot",
                "weg op de dag van binnenkomst",
                "'in_tot' moet na 'in_van' liggen.",
                _with(numbered[1], in_tot=start),
            ),
            Mistake(
                "leerjaar",
                "leerjaar 7",
                "Het leerjaar is een getal van 1 tot en met 6.",
                _with(numbered[2], leerjaar="7"),
            ),
            Mistake(
                "geboortedatum",
                "twee jaar oud",
                "Een leerling is op 'in_van' 3 tot en met 30 jaar oud.",
                _with(numbered[3], geboortedatum=young),
            ),
            Mistake("brin6", "een onbekende school", UNKNOWN_TO_US, _with(numbered[4], brin6=UNKNOWN_SCHOOL)),
        ]

    def answers(self) -> Sequence[Mistake]:
        """Of `toestemmingen`."""
        good = TRAP_NUMBERS.start + 1
        base = {
            "leerlingnummer": str(good),
            "doel": self.scene.purposes[0],
            "antwoord": "ja",
            "datum": self.dialect.day_text(self.scene.today - timedelta(days=1)),
            "gever": "ouder1",
            "bron": "Papieren formulier",
        }
        long_ago = self.dialect.day_text(date(self.scene.year - 30, 1, 1))
        wrong_label = f"{self.scene.year}-{self.scene.year + 2}"
        return [
            Mistake(
                "leerlingnummer",
                "de inschrijving van deze leerling is zelf geweigerd",
                NOBODY,
                _with(base, leerlingnummer=str(FIRST_BAD)),
            ),
            Mistake(
                "leerlingnummer", "een onbekende leerling", NOBODY, _with(base, leerlingnummer=str(FIRST_BAD + 89))
            ),
            Mistake(
                "doel",
                "een doel met een tikfout",
                f"Kies uit {', '.join(self.scene.purposes)}.",
                _with(base, doel=self.scene.purposes[0] + "s"),
            ),
            Mistake(
                "antwoord",
                "geen antwoord dat bestaat",
                "Kies uit ja, nee, ingetrokken, onbeantwoord.",
                _with(base, antwoord="misschien"),
            ),
            Mistake(
                "gever",
                "een gever die niet bestaat",
                "Kies uit leerling, ouder1, ouder2, voogd, school, onbekend.",
                _with(base, gever="oma"),
            ),
            Mistake(
                "datum",
                "gezegd voor de geboorte",
                "Deze datum ligt niet na de geboortedatum van de leerling.",
                _with(base, datum=long_ago),
            ),
            Mistake(
                "voor_schooljaar",
                "een schooljaar van twee jaar",
                "Een schooljaar ziet eruit als 2025-2026: twee jaren na elkaar.",
                _with(base, voor_schooljaar=wrong_label),
            ),
            Mistake(
                "bron",
                "haakjes in de bron",
                "Hier mogen hooguit 40 letters, cijfers, spaties en . - _ staan.",
                _with(base, bron="portaal (oud)"),
            ),
        ]

    def publications(self) -> Sequence[Mistake]:
        """Of `publicaties`."""
        base = {
            "publicatie_id": "P-fout",
            "brin6": self.school.brin6,
            "datum": self.dialect.day_text(self.scene.today),
            "doel": self.scene.purposes[0],
            "leerlingnummer": str(FIRST_BAD + 88),
        }
        return [Mistake("leerlingnummer", "een onbekende leerling", NOBODY, base)]

    def incidents(self) -> Sequence[Mistake]:
        """Of `incidenten`."""
        day, before = self.scene.today - timedelta(days=1), self.scene.today - timedelta(days=2)
        base = {
            "brin6": self.school.brin6,
            "datum": self.dialect.day_text(day),
            "categorie": self.scene.registry.categories[0].code,
        }
        numbered = [_with(base, incident_id=f"F-{place + 1}") for place in range(6)]
        tomorrow = self.dialect.day_text(self.scene.today + timedelta(days=1))
        category = self.scene.registry.categories[0].code
        misspelt = category + "s"
        nearest = f"Deze categorie is onbekend. De categorie die er het meest op lijkt: {category}."
        return [
            Mistake("categorie", "een onderwerp met een tikfout", nearest, _with(numbered[0], categorie=misspelt)),
            Mistake(
                "tijd",
                "een tijd die niet bestaat",
                "Dit is geen tijd van 00:00 tot en met 23:59.",
                _with(numbered[1], tijd="25:10"),
            ),
            Mistake(
                "afgehandeld_op",
                "afgehandeld voordat het gebeurde",
                "'afgehandeld_op' mag niet voor 'datum' liggen.",
                _with(numbered[2], afgehandeld_op=self.dialect.day_text(before)),
            ),
            Mistake("brin6", "een onbekende school", UNKNOWN_TO_US, _with(numbered[3], brin6=UNKNOWN_SCHOOL)),
            Mistake("datum", "de datum van morgen", NOT_YET, _with(numbered[4], datum=tomorrow)),
            Mistake(
                "leerlingen_betrokken",
                "<5 in plaats van een getal",
                NO_COUNT,
                _with(numbered[5], leerlingen_betrokken="<5"),
            ),
        ]

    def consultations(self) -> Sequence[Mistake]:
        """Of `consultaties`."""
        row = {
            "datum": self.dialect.day_text(self.scene.today),
            "brin6": self.school.brin6,
            "gericht_aan": "leidinggevende",
            "regel": "IX.99",
        }
        return [
            Mistake(
                "regel",
                "een artikel dat niet bestaat",
                "Dit is geen artikel van de gedragscode. Schrijf het als IV.M.8.",
                row,
            )
        ]

    def placements(self) -> Sequence[Mistake]:
        """Of `stages`."""
        row = {
            "stage_id": "S-dubbel",
            "brin6": self.school.brin6,
            "startdatum": self.dialect.day_text(self.scene.first_day),
        }
        wrong = "twee keer hetzelfde stage_id, met een andere inhoud: allebei geweigerd"
        return [
            Mistake("stage_id", wrong, CONTRADICTION, _with(row, soort=kind)) for kind in ("stagiair", "vrijwilliger")
        ]

    def announcements(self) -> Sequence[Mistake]:
        """Of `bekendmaking`."""
        row = {
            "kanaal": "bericht",
            "datum": self.dialect.day_text(self.scene.first_day),
            "brin6": self.school.brin6,
            "doelgroep": "ouders",
        }
        return [Mistake("", "een veld te veel", FIELDS, row, fields_too_many=1)]

    def activities(self) -> Sequence[Mistake]:
        """Of `activiteiten`."""
        row = {
            "datum": self.dialect.day_text(self.scene.first_day),
            "brin6": self.school.brin6,
            "soort": "les",
            "deelnemers": "12,5",
        }
        return [Mistake("deelnemers", "12,5 deelnemers", NO_COUNT, row)]

    def staff(self) -> Sequence[Mistake]:
        """Of `personeel`."""
        row = {
            "brin6": self.school.brin6,
            "peildatum": self.dialect.day_text(self.scene.first_day),
            "medewerkers": "80",
            "social_mediacoach": "soms",
        }
        return [Mistake("social_mediacoach", "soms", "Hier hoort ja of nee te staan.", row)]

    def events(self) -> Sequence[Mistake]:
        """Of `gebeurtenissen`."""
        row = {"datum": self.dialect.day_text(self.scene.first_day), "omschrijving": "", "soort": "beleid"}
        return [Mistake("omschrijving", "geen omschrijving", "Deze kolom mag niet leeg zijn.", row)]

    def decisions(self) -> Sequence[Mistake]:
        """Of `besluiten`."""
        row = {"besluit_id": "B-fout", "datum": "voorjaar", "omschrijving": "Een besluit zonder datum."}
        return [Mistake("datum", "voorjaar", "Dit is geen datum als 31-12-2025 of 2025-12-31.", row)]
