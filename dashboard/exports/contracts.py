"""The data contract: thirteen datasets, their columns and their keys.

How a row is stored, and the rules within it, stand in `schemas`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import dataframely as dy
import polars as pl

from dashboard.exports import schemas
from dashboard.exports.schemas import BREACHES, EMPTY, Breach


class Kind(StrEnum):
    """How the text of a column is read."""

    BRIN6 = "brin6"
    PUPIL = "leerlingnummer"
    BIRTH = "geboortedatum"
    DATE = "datum"
    BOOLEAN = "ja of nee"
    WHOLE = "geheel getal"
    TIME = "tijd"
    SCHOOL_YEAR = "schooljaar"
    EDUCATION = "onderwijssoort"
    LISTED = "keuze"
    PURPOSE = "doel"
    CATEGORY = "categorie"
    ARTICLE = "artikel"
    PLATFORM = "platform"
    SOURCE = "bron"
    IDENTIFIER = "kenmerk"
    TEXT = "tekst"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the contract.

    Args:
        required: may not be empty, and must be in the file.
        past: a day that can't lie after the day of import.
        values: what a LISTED column may hold.
        stored: its name in the stored layout.
    """

    name: str
    kind: Kind
    required: bool = False
    past: bool = False
    values: tuple[str, ...] = ()
    stored: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset of the contract.

    Args:
        columns: in the contract's order.
        schema: the dataframely schema of a stored row.
        key: stored names; what makes a row the same row in a later delivery.
    """

    name: str
    columns: tuple[Column, ...]
    schema: type[dy.Schema]
    key: tuple[str, ...]

    @property
    def required(self) -> tuple[str, ...]:
        """Contract names of the columns that must be there."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def stored(self) -> pl.Schema:
        """Names and types of the stored layout, in order."""
        return pl.Schema({name: column.dtype for name, column in self.schema.columns().items()})

    @property
    def has_school(self) -> bool:
        """Whether rows carry a `brin6`."""
        return any(column.name == "brin6" for column in self.columns)

    @property
    def has_pupil(self) -> bool:
        """Whether rows are about one pupil."""
        return any(column.kind is Kind.PUPIL for column in self.columns)

    @property
    def whole_row_is_key(self) -> bool:
        """Whether two rows with one key are always identical."""
        return len(self.key) == len(self.columns)

    def column(self, name: str) -> Column:
        """A column by its contract name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


EDUCATION: Final = ("pro", "vmbo", "havo", "vwo", "vso", "isk")
ANSWERS: Final = ("ja", "nee", "ingetrokken", "onbeantwoord")
GIVERS: Final = ("leerling", "ouder1", "ouder2", "voogd", "school", "onbekend")
WAYS: Final = ("digitaal", "papier", "mondeling")
OPENNESS: Final = ("openbaar", "semi-openbaar", "rechtstreeks")
REACH: Final = ("school", "overlap", "buiten")
ROLES: Final = ("leerling", "ouder", "medewerker", "stagiair", "vrijwilliger", "extern", "onbekend")
SEVERITY: Final = ("licht", "ernstig")
MEASURES: Final = (
    "geen",
    "gesprek",
    "waarschuwing",
    "herstel",
    "schorsing",
    "verwijdering",
    "berisping",
    "overplaatsing",
    "ontslag",
    "aangifte",
    "anders",
)
AUDIENCES: Final = ("leerlingen", "ouders", "medewerkers")


def breach_of(rule: str, dataset: Dataset) -> Breach:
    """The column and the reason behind a rule of a dataset's schema, as dataframely names it."""
    stored, _, check = rule.partition("|")
    if check != "nullability":
        return BREACHES[rule]
    return Breach(next(c.name for c in dataset.columns if c.stored == stored), EMPTY)


# --- the table of the contract ---------------------------------------------------------------------------------


def _column(
    name: str, kind: Kind, *, required: bool = False, past: bool = False, values: tuple[str, ...] = ()
) -> Column:
    stored = {Kind.PUPIL: "leerling", Kind.BIRTH: "wordt_16_op"}.get(kind, name)
    return Column(name, kind, required, past, values, stored)


def _listed(name: str, values: tuple[str, ...], *, required: bool = False) -> Column:
    return _column(name, Kind.LISTED, required=required, values=values)


def _day(name: str, *, required: bool = False, past: bool = False) -> Column:
    return _column(name, Kind.DATE, required=required, past=past)


def _identifier(name: str, *, required: bool = True) -> Column:
    return _column(name, Kind.IDENTIFIER, required=required)


_BRIN6 = _column("brin6", Kind.BRIN6, required=True)
_MAYBE_BRIN6 = _column("brin6", Kind.BRIN6)
_PUPIL = _column("leerlingnummer", Kind.PUPIL, required=True)
_PURPOSE = _column("doel", Kind.PURPOSE, required=True)
_EDUCATION = _column("onderwijssoort", Kind.EDUCATION)
_HAPPENED = _day("datum", required=True, past=True)
_MAY_BE_PLANNED = _day("datum", required=True)
_ARTICLE = _column("regel", Kind.ARTICLE)
_AUDIENCE = _listed("doelgroep", AUDIENCES)


def _dataset(schema: type[dy.Schema], columns: tuple[Column, ...], key: tuple[str, ...] = ()) -> Dataset:
    whole_row = tuple(column.stored for column in columns)
    return Dataset(schema.__name__.lower(), columns, schema, key or whole_row)


_ALL: Final = (
    _dataset(
        schemas.Scholen,
        (
            _BRIN6,
            _column("naam", Kind.TEXT, required=True),
            _EDUCATION,
            _day("actief_van"),
            _day("actief_tot"),
        ),
        key=("brin6",),
    ),
    _dataset(
        schemas.Leerlingen,
        (
            _PUPIL,
            _BRIN6,
            _column("geboortedatum", Kind.BIRTH, required=True, past=True),
            _column("leerjaar", Kind.WHOLE, required=True),
            _EDUCATION,
            _day("in_van", required=True, past=True),
            _day("in_tot"),
        ),
        key=("leerling", "brin6", "in_van"),
    ),
    _dataset(
        schemas.Toestemmingen,
        (
            _PUPIL,
            _PURPOSE,
            _listed("antwoord", ANSWERS, required=True),
            _day("datum", past=True),
            _listed("gever", GIVERS),
            _column("bron", Kind.SOURCE),
            _identifier("bron_id", required=False),
            _listed("wijze", WAYS),
            _MAYBE_BRIN6,
            _column("voor_schooljaar", Kind.SCHOOL_YEAR),
        ),
    ),
    _dataset(
        schemas.Publicaties,
        (_identifier("publicatie_id"), _BRIN6, _HAPPENED, _PURPOSE, _PUPIL),
        key=("publicatie_id", "leerling"),
    ),
    _dataset(
        schemas.Incidenten,
        (
            _identifier("incident_id"),
            _BRIN6,
            _HAPPENED,
            _column("categorie", Kind.CATEGORY, required=True),
            _column("tijd", Kind.TIME),
            _column("in_les", Kind.BOOLEAN),
            _column("platform", Kind.PLATFORM),
            _listed("openheid", OPENNESS),
            _listed("reikwijdte", REACH),
            _listed("veroorzaker", ROLES),
            _listed("getroffene", ROLES),
            _column("leerlingen_betrokken", Kind.WHOLE),
            _listed("ernst", SEVERITY),
            _listed("maatregel", MEASURES),
            _day("maatregel_datum", past=True),
            _column("hulp_aangeboden", Kind.BOOLEAN),
            _day("geregistreerd_op", past=True),
            _day("leidinggevende_op", past=True),
            _column("in_dossier", Kind.BOOLEAN),
            _day("afgehandeld_op", past=True),
        ),
        key=("incident_id", "brin6"),
    ),
    _dataset(
        schemas.Leveringen,
        (
            _BRIN6,
            _listed("dataset", ("toestemmingen", "incidenten"), required=True),
            _day("van", required=True),
            _day("tot", required=True),
        ),
    ),
    _dataset(
        schemas.Consultaties,
        (
            _HAPPENED,
            _BRIN6,
            _listed("gericht_aan", ("leidinggevende", "social_mediacoach"), required=True),
            _ARTICLE,
        ),
    ),
    _dataset(
        schemas.Stages,
        (
            _identifier("stage_id"),
            _BRIN6,
            _listed("soort", ("stagiair", "vrijwilliger"), required=True),
            _day("startdatum", required=True),
            _day("controle_datum", past=True),
        ),
        key=("stage_id",),
    ),
    _dataset(
        schemas.Bekendmaking,
        (
            _listed("kanaal", ("website", "intranet", "schoolwebsite", "bericht"), required=True),
            _HAPPENED,
            _MAYBE_BRIN6,
            _AUDIENCE,
        ),
    ),
    _dataset(
        schemas.Activiteiten,
        (
            _MAY_BE_PLANNED,
            _BRIN6,
            _listed("soort", ("les", "training", "ouderavond"), required=True),
            _AUDIENCE,
            _column("deelnemers", Kind.WHOLE),
        ),
    ),
    _dataset(
        schemas.Personeel,
        (
            _BRIN6,
            _day("peildatum", required=True, past=True),
            _column("medewerkers", Kind.WHOLE, required=True),
            _column("social_mediacoach", Kind.BOOLEAN),
            _column("whatsapp_bezwaar", Kind.BOOLEAN),
        ),
        key=("brin6", "peildatum"),
    ),
    _dataset(
        schemas.Gebeurtenissen,
        (
            _MAY_BE_PLANNED,
            _column("omschrijving", Kind.TEXT, required=True),
            _listed("soort", ("beleid", "campagne", "systeemwissel", "definitie"), required=True),
            _MAYBE_BRIN6,
        ),
    ),
    _dataset(
        schemas.Besluiten,
        (
            _identifier("besluit_id"),
            _HAPPENED,
            _ARTICLE,
            _column("omschrijving", Kind.TEXT, required=True),
            _column("eigenaar", Kind.TEXT),
            _day("gereed_voor"),
            _listed("status", ("open", "gedaan", "vervallen")),
        ),
        key=("besluit_id",),
    ),
)

DATASETS: Final[Mapping[str, Dataset]] = MappingProxyType({dataset.name: dataset for dataset in _ALL})
"""The contract, in the order in which datasets are judged: schools, pupils, what refers to them."""

COLUMN_NAMES: Final = tuple(sorted({column.name for dataset in _ALL for column in dataset.columns}))
"""Every column name of the contract, once."""


def empty_frame(dataset: str) -> pl.DataFrame:
    """No rows of a dataset, in the stored layout. Raises KeyError for a name outside the contract."""
    return pl.DataFrame(schema=DATASETS[dataset].stored)
