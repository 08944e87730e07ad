"""Small deliveries as text, and one call that checks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from dashboard.exports.checking import Checked, FileAccount, Known, check_delivery
from dashboard.exports.contracts import DATASETS
from dashboard.exports.profiles import Profile
from dashboard.exports.pseudonyms import PseudonymKey
from dashboard.registry import Registry, load_registry
from dashboard.settings import PROJECT

TODAY = date(2026, 1, 15)
KEY = PseudonymKey(bytes(range(32)))

GOOD: Mapping[str, Mapping[str, str]] = {
    "scholen": {"brin6": "02QZ00", "naam": "School Oost", "onderwijssoort": "havo/vwo", "actief_van": "01-08-2000"},
    "leerlingen": {
        "leerlingnummer": "1001",
        "brin6": "02QZ00",
        "geboortedatum": "15-05-2012",
        "leerjaar": "2",
        "onderwijssoort": "havo",
        "in_van": "01-08-2024",
        "in_tot": "",
    },
    "toestemmingen": {
        "leerlingnummer": "1001",
        "doel": "beeld_website",
        "antwoord": "ja",
        "datum": "01-09-2025",
        "gever": "ouder1",
        "bron": "Ouderportaal",
        "bron_id": "A-1",
        "wijze": "digitaal",
        "brin6": "02QZ00",
        "voor_schooljaar": "2025-2026",
    },
    "publicaties": {
        "publicatie_id": "P1",
        "brin6": "02QZ00",
        "datum": "01-10-2025",
        "doel": "beeld_website",
        "leerlingnummer": "1001",
    },
    "incidenten": {
        "incident_id": "I1",
        "brin6": "02QZ00",
        "datum": "01-10-2025",
        "categorie": "pesten",
        "tijd": "09:30",
        "in_les": "nee",
        "platform": "WhatsApp",
        "openheid": "rechtstreeks",
        "reikwijdte": "school",
        "veroorzaker": "leerling",
        "getroffene": "leerling",
        "leerlingen_betrokken": "3",
        "ernst": "licht",
        "maatregel": "gesprek",
        "maatregel_datum": "01-10-2025",
        "hulp_aangeboden": "ja",
        "geregistreerd_op": "01-10-2025",
        "leidinggevende_op": "01-10-2025",
        "in_dossier": "ja",
        "afgehandeld_op": "01-10-2025",
    },
    "leveringen": {"brin6": "02QZ00", "dataset": "incidenten", "van": "01-08-2025", "tot": "31-07-2026"},
    "consultaties": {
        "datum": "01-10-2025",
        "brin6": "02QZ00",
        "gericht_aan": "social_mediacoach",
        "regel": "IV.M.11",
    },
    "stages": {
        "stage_id": "S1",
        "brin6": "02QZ00",
        "soort": "stagiair",
        "startdatum": "01-02-2026",
        "controle_datum": "10-01-2026",
    },
    "bekendmaking": {"kanaal": "website", "datum": "20-01-2025", "brin6": "", "doelgroep": "ouders"},
    "activiteiten": {
        "datum": "01-03-2026",
        "brin6": "02QZ00",
        "soort": "les",
        "doelgroep": "leerlingen",
        "deelnemers": "24",
    },
    "personeel": {
        "brin6": "02QZ00",
        "peildatum": "01-10-2025",
        "medewerkers": "80",
        "social_mediacoach": "ja",
        "whatsapp_bezwaar": "nee",
    },
    "gebeurtenissen": {"datum": "01-09-2026", "omschrijving": "Ander systeem", "soort": "systeemwissel", "brin6": ""},
    "besluiten": {
        "besluit_id": "B1",
        "datum": "01-12-2025",
        "regel": "VI.5",
        "omschrijving": "Training herhalen",
        "eigenaar": "bestuur",
        "gereed_voor": "01-09-2026",
        "status": "open",
    },
}
"""A good row of every dataset, as an export writes it."""

Row = Mapping[str, str]


@cache
def registry() -> Registry:
    return load_registry(PROJECT / "data" / "gedragscode.toml")


def row(dataset: str, /, **cells: str) -> Row:
    """The good row of a dataset with some cells changed."""
    return {**GOOD[dataset], **cells}


def write(path: Path, rows: Sequence[Row], *, columns: Sequence[str] = ()) -> Path:
    """Rows as CSV; the columns of the first one unless told."""
    names = tuple(columns) or tuple(rows[0])
    lines = [";".join(names), *(";".join(cells.get(name, "") for name in names) for cells in rows)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def deliver(folder: Path, /, **datasets: Sequence[Row]) -> Path:
    """A folder with a file per dataset; schools and pupils are the good ones unless told."""
    for name, rows in {"scholen": [row("scholen")], "leerlingen": [row("leerlingen")], **datasets}.items():
        if rows:
            write(folder / f"{name}.csv", rows)
    return folder


def check(
    *paths: Path,
    known: Mapping[str, pl.DataFrame] | None = None,
    profiles: Sequence[Profile] = (),
    today: date = TODAY,
) -> Checked:
    return check_delivery(
        paths, registry=registry(), profiles=profiles, known=Known(known or {}), key=KEY, today=today, progress=None
    )


def breaches(checked: Checked) -> list[tuple[str, int, str]]:
    """File, line and column of every breach."""
    return checked.rejections.select("bestand", "regel", "kolom").rows()


def account(checked: Checked, file: str) -> FileAccount:
    return next(one for one in checked.files if one.file == file)


def counts(checked: Checked, file: str) -> tuple[int, int, int, int]:
    """Read, accepted, rejected, known."""
    one = account(checked, file)
    return one.read, one.accepted, one.rejected, one.known


def stored(checked: Checked) -> dict[str, pl.DataFrame]:
    """What a store would hold after this delivery, if it held nothing before."""
    return {name: rows.cast(DATASETS[name].stored) for name, rows in checked.accepted.items()}


def only(checked: Checked, dataset: str) -> dict[str, object]:
    """The one accepted row of a dataset."""
    rows = stored(checked)[dataset].to_dicts()
    assert len(rows) == 1
    return rows[0]
