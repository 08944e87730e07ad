"""The stored layout: one dataframely schema per dataset, with the rules within a row.

A schema has the contract's columns in the contract's order, with `leerlingnummer` as `leerling` (pseudonym),
`geboortedatum` as `wordt_16_op` (the day of turning 16) and every id as a keyed hash. A rule's name leads to the
contract's column that it blames and the Dutch reason (`BREACHES`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import dataframely as dy
import polars as pl

YOUNGEST: Final = 3
OLDEST: Final = 30
"""Whole years of age on the first day of an enrolment, both ends included."""
LAST_YEAR_GROUP: Final = 6

EMPTY: Final = "Deze kolom mag niet leeg zijn."


@dataclass(frozen=True, slots=True)
class Breach:
    """What a report says of a broken rule: the contract's column, and why."""

    column: str
    reason: str


# --- rules within a row: an empty day breaks none ---------------------------------------------------------------


def _after(later: str, earlier: str) -> Any:
    """A rule: one day is strictly after the other."""
    return dy.rule()(lambda _: pl.col(later) > pl.col(earlier))


def _not_before(later: str, earlier: str) -> Any:
    """A rule: one day is the other, or after it."""
    return dy.rule()(lambda _: pl.col(later) >= pl.col(earlier))


def _aged(youngest: int, oldest: int) -> Any:
    """A rule: so many whole years old on the first day of the enrolment, both ends included."""
    age = whole_years(pl.col("wordt_16_op"), pl.col("in_van"))
    return dy.rule()(lambda _: age.is_between(youngest, oldest))


def whole_years(turns_16: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Whole years of age on a day, from the day of turning 16."""
    birthday = turns_16.dt.month().cast(pl.Int32) * 100 + turns_16.dt.day()
    reached = day.dt.month().cast(pl.Int32) * 100 + day.dt.day() >= birthday
    return day.dt.year() - turns_16.dt.year() + 15 + reached.cast(pl.Int32)


# --- one schema per dataset, on the stored layout --------------------------------------------------------------


class Scholen(dy.Schema):
    """scholen: one row per school."""

    brin6 = dy.String(nullable=False)
    naam = dy.String(nullable=False)
    onderwijssoort = dy.String(nullable=True)
    actief_van = dy.Date(nullable=True)
    actief_tot = dy.Date(nullable=True)

    actief_tot_na_actief_van = _after("actief_tot", "actief_van")


class Leerlingen(dy.Schema):
    """leerlingen: one row per enrolment of a pupil."""

    leerling = dy.String(nullable=False)
    brin6 = dy.String(nullable=False)
    wordt_16_op = dy.Date(nullable=False)
    leerjaar = dy.Int64(nullable=False, min=1, max=LAST_YEAR_GROUP)
    onderwijssoort = dy.String(nullable=True)
    in_van = dy.Date(nullable=False)
    in_tot = dy.Date(nullable=True)

    in_tot_na_in_van = _after("in_tot", "in_van")
    leeftijd_op_in_van = _aged(YOUNGEST, OLDEST)


class Toestemmingen(dy.Schema):
    """toestemmingen: one row per answer."""

    leerling = dy.String(nullable=False)
    doel = dy.String(nullable=False)
    antwoord = dy.String(nullable=False)
    datum = dy.Date(nullable=True)
    gever = dy.String(nullable=True)
    bron = dy.String(nullable=True)
    bron_id = dy.String(nullable=True)
    wijze = dy.String(nullable=True)
    brin6 = dy.String(nullable=True)
    voor_schooljaar = dy.String(nullable=True)


class Publicaties(dy.Schema):
    """publicaties: one row per recognisable pupil in a publication."""

    publicatie_id = dy.String(nullable=False)
    brin6 = dy.String(nullable=False)
    datum = dy.Date(nullable=False)
    doel = dy.String(nullable=False)
    leerling = dy.String(nullable=False)


class Incidenten(dy.Schema):
    """incidenten: one row per incident."""

    incident_id = dy.String(nullable=False)
    brin6 = dy.String(nullable=False)
    datum = dy.Date(nullable=False)
    categorie = dy.String(nullable=False)
    tijd = dy.String(nullable=True)
    in_les = dy.Bool(nullable=True)
    platform = dy.String(nullable=True)
    openheid = dy.String(nullable=True)
    reikwijdte = dy.String(nullable=True)
    veroorzaker = dy.String(nullable=True)
    getroffene = dy.String(nullable=True)
    leerlingen_betrokken = dy.Int64(nullable=True)
    ernst = dy.String(nullable=True)
    maatregel = dy.String(nullable=True)
    maatregel_datum = dy.Date(nullable=True)
    hulp_aangeboden = dy.Bool(nullable=True)
    geregistreerd_op = dy.Date(nullable=True)
    leidinggevende_op = dy.Date(nullable=True)
    in_dossier = dy.Bool(nullable=True)
    afgehandeld_op = dy.Date(nullable=True)

    maatregel_niet_voor_datum = _not_before("maatregel_datum", "datum")
    geregistreerd_niet_voor_datum = _not_before("geregistreerd_op", "datum")
    leidinggevende_niet_voor_datum = _not_before("leidinggevende_op", "datum")
    afgehandeld_niet_voor_datum = _not_before("afgehandeld_op", "datum")


class Leveringen(dy.Schema):
    """leveringen: one row per span of days that a school declares as delivered."""

    brin6 = dy.String(nullable=False)
    dataset = dy.String(nullable=False)
    van = dy.Date(nullable=False)
    tot = dy.Date(nullable=False)

    tot_niet_voor_van = _not_before("tot", "van")


class Consultaties(dy.Schema):
    """consultaties: one row per question to a manager or a coach."""

    datum = dy.Date(nullable=False)
    brin6 = dy.String(nullable=False)
    gericht_aan = dy.String(nullable=False)
    regel = dy.String(nullable=True)


class Stages(dy.Schema):
    """stages: one row per intern or volunteer."""

    stage_id = dy.String(nullable=False)
    brin6 = dy.String(nullable=False)
    soort = dy.String(nullable=False)
    startdatum = dy.Date(nullable=False)
    controle_datum = dy.Date(nullable=True)


class Bekendmaking(dy.Schema):
    """bekendmaking: one row per announcement of the code."""

    kanaal = dy.String(nullable=False)
    datum = dy.Date(nullable=False)
    brin6 = dy.String(nullable=True)
    doelgroep = dy.String(nullable=True)


class Activiteiten(dy.Schema):
    """activiteiten: one row per lesson, training or parent evening."""

    datum = dy.Date(nullable=False)
    brin6 = dy.String(nullable=False)
    soort = dy.String(nullable=False)
    doelgroep = dy.String(nullable=True)
    deelnemers = dy.Int64(nullable=True)


class Personeel(dy.Schema):
    """personeel: one row per school and reference date."""

    brin6 = dy.String(nullable=False)
    peildatum = dy.Date(nullable=False)
    medewerkers = dy.Int64(nullable=False)
    social_mediacoach = dy.Bool(nullable=True)
    whatsapp_bezwaar = dy.Bool(nullable=True)


class Gebeurtenissen(dy.Schema):
    """gebeurtenissen: one row per event that may explain a change."""

    datum = dy.Date(nullable=False)
    omschrijving = dy.String(nullable=False)
    soort = dy.String(nullable=False)
    brin6 = dy.String(nullable=True)


class Besluiten(dy.Schema):
    """besluiten: one row per decision of an evaluation."""

    besluit_id = dy.String(nullable=False)
    datum = dy.Date(nullable=False)
    regel = dy.String(nullable=True)
    omschrijving = dy.String(nullable=False)
    eigenaar = dy.String(nullable=True)
    gereed_voor = dy.Date(nullable=True)
    status = dy.String(nullable=True)


# --- what a broken rule is called in a report ------------------------------------------------------------------

BREACHES: Final[Mapping[str, Breach]] = MappingProxyType(
    {
        "actief_tot_na_actief_van": Breach("actief_tot", "'actief_tot' moet na 'actief_van' liggen."),
        "in_tot_na_in_van": Breach("in_tot", "'in_tot' moet na 'in_van' liggen."),
        "leeftijd_op_in_van": Breach(
            "geboortedatum", f"Een leerling is op 'in_van' {YOUNGEST} tot en met {OLDEST} jaar oud."
        ),
        "leerjaar|min": Breach("leerjaar", f"Het leerjaar is een getal van 1 tot en met {LAST_YEAR_GROUP}."),
        "leerjaar|max": Breach("leerjaar", f"Het leerjaar is een getal van 1 tot en met {LAST_YEAR_GROUP}."),
        "maatregel_niet_voor_datum": Breach("maatregel_datum", "'maatregel_datum' mag niet voor 'datum' liggen."),
        "geregistreerd_niet_voor_datum": Breach("geregistreerd_op", "'geregistreerd_op' mag niet voor 'datum' liggen."),
        "leidinggevende_niet_voor_datum": Breach(
            "leidinggevende_op", "'leidinggevende_op' mag niet voor 'datum' liggen."
        ),
        "afgehandeld_niet_voor_datum": Breach("afgehandeld_op", "'afgehandeld_op' mag niet voor 'datum' liggen."),
        "tot_niet_voor_van": Breach("tot", "'tot' mag niet voor 'van' liggen."),
    }
)
