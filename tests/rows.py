"""The data contract as Python rows: one frozen class per dataset, its fields the contract's columns in order.

A row here is what a row of an export *means*: a date is a `date`, yes or no is a `bool`, empty is `None`.
Two rows are identical when all their fields are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Row:
    """A row of any dataset."""

    DATASET: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]] = ()  # none named: all columns together

    @property
    def key(self) -> tuple[object, ...]:
        """What makes this row the same row in a later delivery."""
        return tuple(getattr(self, name) for name in self.KEY or self.columns())

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The contract's columns, in the contract's order."""
        return tuple(field.name for field in fields(cls))


@dataclass(frozen=True, slots=True)
class School(Row):
    DATASET: ClassVar[str] = "scholen"
    KEY: ClassVar[tuple[str, ...]] = ("brin6",)

    brin6: str
    naam: str
    onderwijssoort: str | None = None
    actief_van: date | None = None
    actief_tot: date | None = None


@dataclass(frozen=True, slots=True)
class Enrolment(Row):
    DATASET: ClassVar[str] = "leerlingen"
    KEY: ClassVar[tuple[str, ...]] = ("leerlingnummer", "brin6", "in_van")

    leerlingnummer: str
    brin6: str
    geboortedatum: date
    leerjaar: int
    onderwijssoort: str | None
    in_van: date
    in_tot: date | None = None


@dataclass(frozen=True, slots=True)
class Answer(Row):
    DATASET: ClassVar[str] = "toestemmingen"

    leerlingnummer: str
    doel: str
    antwoord: str
    datum: date | None = None
    gever: str | None = None
    bron: str | None = None
    bron_id: str | None = None
    wijze: str | None = None
    brin6: str | None = None
    voor_schooljaar: str | None = None


@dataclass(frozen=True, slots=True)
class Publication(Row):
    DATASET: ClassVar[str] = "publicaties"
    KEY: ClassVar[tuple[str, ...]] = ("publicatie_id", "leerlingnummer")

    publicatie_id: str
    brin6: str
    datum: date
    doel: str
    leerlingnummer: str


@dataclass(frozen=True, slots=True)
class Incident(Row):
    DATASET: ClassVar[str] = "incidenten"
    KEY: ClassVar[tuple[str, ...]] = ("incident_id", "brin6")

    incident_id: str
    brin6: str
    datum: date
    categorie: str
    tijd: str | None = None
    in_les: bool | None = None
    platform: str | None = None
    openheid: str | None = None
    reikwijdte: str | None = None
    veroorzaker: str | None = None
    getroffene: str | None = None
    leerlingen_betrokken: int | None = None
    ernst: str | None = None
    maatregel: str | None = None
    maatregel_datum: date | None = None
    hulp_aangeboden: bool | None = None
    geregistreerd_op: date | None = None
    leidinggevende_op: date | None = None
    in_dossier: bool | None = None
    afgehandeld_op: date | None = None


@dataclass(frozen=True, slots=True)
class Delivered(Row):
    DATASET: ClassVar[str] = "leveringen"

    brin6: str
    dataset: str
    van: date
    tot: date


@dataclass(frozen=True, slots=True)
class Consultation(Row):
    DATASET: ClassVar[str] = "consultaties"

    datum: date
    brin6: str
    gericht_aan: str
    regel: str | None = None


@dataclass(frozen=True, slots=True)
class Placement(Row):
    DATASET: ClassVar[str] = "stages"
    KEY: ClassVar[tuple[str, ...]] = ("stage_id",)

    stage_id: str
    brin6: str
    soort: str
    startdatum: date | None = None
    controle_datum: date | None = None


@dataclass(frozen=True, slots=True)
class Announcement(Row):
    DATASET: ClassVar[str] = "bekendmaking"

    kanaal: str
    datum: date
    brin6: str | None = None
    doelgroep: str | None = None


@dataclass(frozen=True, slots=True)
class Activity(Row):
    DATASET: ClassVar[str] = "activiteiten"

    datum: date
    brin6: str
    soort: str
    doelgroep: str | None = None
    deelnemers: int | None = None


@dataclass(frozen=True, slots=True)
class Staff(Row):
    DATASET: ClassVar[str] = "personeel"
    KEY: ClassVar[tuple[str, ...]] = ("brin6", "peildatum")

    brin6: str
    peildatum: date
    medewerkers: int
    social_mediacoach: bool | None = None
    whatsapp_bezwaar: bool | None = None


@dataclass(frozen=True, slots=True)
class Event(Row):
    DATASET: ClassVar[str] = "gebeurtenissen"

    datum: date
    omschrijving: str
    soort: str
    brin6: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution(Row):
    DATASET: ClassVar[str] = "besluiten"
    KEY: ClassVar[tuple[str, ...]] = ("besluit_id",)

    besluit_id: str
    datum: date
    regel: str | None
    omschrijving: str
    eigenaar: str | None = None
    gereed_voor: date | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A row that can't be accepted: some cells hold text that breaks a rule, or it has a field too many."""

    row: Row
    cells: tuple[tuple[str, str], ...] = ()
    fields_too_many: int = 0


Kinds: tuple[type[Row], ...] = (
    School, Enrolment, Answer, Publication, Incident, Delivered, Consultation, Placement,
    Announcement, Activity, Staff, Event, Resolution,
)  # fmt: skip
