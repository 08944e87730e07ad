"""Every rule of the contract on real files: which row meets which fate, and where the report points."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from dashboard.exports.checking import DEMO_MARKER, DeliveryProblem, Known
from dashboard.exports.contracts import DATASETS
from tests.exports.deliveries import (
    GOOD,
    KEY,
    Row,
    account,
    breaches,
    check,
    counts,
    deliver,
    only,
    row,
    stored,
    write,
)

Cells = Mapping[str, str]

# Per dataset: cells to change in the good row, and the columns that the report may blame.
BAD: Mapping[str, Sequence[tuple[Cells, set[str]]]] = {
    "scholen": [
        ({"brin6": ""}, {"brin6"}),
        ({"brin6": "2QZ00"}, {"brin6"}),
        ({"brin6": "03QZ00", "naam": " "}, {"naam"}),
        ({"brin6": "03QZ01", "naam": "n.v.t."}, {"naam"}),
        ({"brin6": "03QZ02", "onderwijssoort": "mavo"}, {"onderwijssoort"}),
        ({"brin6": "03QZ03", "actief_van": "1 augustus"}, {"actief_van"}),
        ({"brin6": "03QZ04", "actief_van": "01-08-2025", "actief_tot": "01-08-2025"}, {"actief_tot", "actief_van"}),
        ({"brin6": "03QZ05", "actief_van": "01-08-2025", "actief_tot": "31-07-2025"}, {"actief_tot", "actief_van"}),
    ],
    "leerlingen": [
        ({"leerlingnummer": ""}, {"leerlingnummer"}),
        ({"leerlingnummer": "-"}, {"leerlingnummer"}),
        ({"leerlingnummer": "1", "brin6": ""}, {"brin6"}),
        ({"leerlingnummer": "2", "brin6": "99ZZ99"}, {"brin6"}),
        ({"leerlingnummer": "3", "geboortedatum": ""}, {"geboortedatum"}),
        ({"leerlingnummer": "4", "geboortedatum": "15-05-12"}, {"geboortedatum"}),
        ({"leerlingnummer": "5", "geboortedatum": "16-01-2026"}, {"geboortedatum"}),
        ({"leerlingnummer": "6", "geboortedatum": "02-08-2021"}, {"geboortedatum", "in_van"}),
        ({"leerlingnummer": "7", "geboortedatum": "01-08-1993"}, {"geboortedatum", "in_van"}),
        ({"leerlingnummer": "8", "leerjaar": "0"}, {"leerjaar"}),
        ({"leerlingnummer": "9", "leerjaar": "7"}, {"leerjaar"}),
        ({"leerlingnummer": "10", "leerjaar": "brugklas"}, {"leerjaar"}),
        ({"leerlingnummer": "11", "leerjaar": ""}, {"leerjaar"}),
        ({"leerlingnummer": "12", "onderwijssoort": "gymnasium"}, {"onderwijssoort"}),
        ({"leerlingnummer": "13", "in_van": ""}, {"in_van"}),
        ({"leerlingnummer": "14", "in_van": "16-01-2026"}, {"in_van"}),
        ({"leerlingnummer": "15", "in_tot": "01-08-2024"}, {"in_tot", "in_van"}),
        ({"leerlingnummer": "16", "in_tot": "31-07-2024"}, {"in_tot", "in_van"}),
        ({"leerlingnummer": "17", "in_tot": "31-02-2025"}, {"in_tot"}),
    ],
    "toestemmingen": [
        ({"leerlingnummer": ""}, {"leerlingnummer"}),
        ({"leerlingnummer": "9999"}, {"leerlingnummer"}),
        ({"doel": ""}, {"doel"}),
        ({"doel": "beeld_televisie"}, {"doel"}),
        ({"antwoord": ""}, {"antwoord"}),
        ({"antwoord": "akkoord"}, {"antwoord"}),
        ({"datum": "16-01-2026"}, {"datum"}),
        ({"datum": "01/09/2025"}, {"datum"}),
        ({"datum": "15-05-2012"}, {"datum", "leerlingnummer"}),
        ({"datum": "14-05-2012"}, {"datum", "leerlingnummer"}),
        ({"gever": "moeder"}, {"gever"}),
        ({"bron": "a@b"}, {"bron"}),
        ({"bron": "x" * 41}, {"bron"}),
        ({"wijze": "fax"}, {"wijze"}),
        ({"brin6": "02QZ0"}, {"brin6"}),
        ({"brin6": "99ZZ99"}, {"brin6"}),
        ({"voor_schooljaar": "2025-2027"}, {"voor_schooljaar"}),
        ({"voor_schooljaar": "2025"}, {"voor_schooljaar"}),
    ],
    "publicaties": [
        ({"publicatie_id": ""}, {"publicatie_id"}),
        ({"publicatie_id": "2", "brin6": "99ZZ99"}, {"brin6"}),
        ({"publicatie_id": "3", "datum": "16-01-2026"}, {"datum"}),
        ({"publicatie_id": "4", "datum": ""}, {"datum"}),
        ({"publicatie_id": "5", "doel": "krant"}, {"doel"}),
        ({"publicatie_id": "6", "leerlingnummer": "9999"}, {"leerlingnummer"}),
        ({"publicatie_id": "7", "leerlingnummer": ""}, {"leerlingnummer"}),
    ],
    "incidenten": [
        ({"incident_id": "n.v.t."}, {"incident_id"}),
        ({"incident_id": "2", "brin6": ""}, {"brin6"}),
        ({"incident_id": "3", "brin6": "99ZZ99"}, {"brin6"}),
        ({"incident_id": "4", "datum": ""}, {"datum"}),
        ({"incident_id": "5", "datum": "16-01-2026"}, {"datum"}),
        ({"incident_id": "6", "categorie": "pest"}, {"categorie"}),
        ({"incident_id": "7", "categorie": ""}, {"categorie"}),
        ({"incident_id": "8", "tijd": "24:00"}, {"tijd"}),
        ({"incident_id": "9", "in_les": "soms"}, {"in_les"}),
        ({"incident_id": "10", "platform": "a@b"}, {"platform"}),
        ({"incident_id": "11", "openheid": "gesloten"}, {"openheid"}),
        ({"incident_id": "12", "reikwijdte": "thuis"}, {"reikwijdte"}),
        ({"incident_id": "13", "veroorzaker": "docent"}, {"veroorzaker"}),
        ({"incident_id": "14", "getroffene": "klas"}, {"getroffene"}),
        ({"incident_id": "15", "leerlingen_betrokken": "<5"}, {"leerlingen_betrokken"}),
        ({"incident_id": "16", "leerlingen_betrokken": "-1"}, {"leerlingen_betrokken"}),
        ({"incident_id": "17", "leerlingen_betrokken": "2,5"}, {"leerlingen_betrokken"}),
        ({"incident_id": "18", "ernst": "matig"}, {"ernst"}),
        ({"incident_id": "19", "maatregel": "boete"}, {"maatregel"}),
        ({"incident_id": "20", "maatregel_datum": "30-09-2025"}, {"maatregel_datum", "datum"}),
        ({"incident_id": "21", "maatregel_datum": "16-01-2026"}, {"maatregel_datum"}),
        ({"incident_id": "22", "hulp_aangeboden": "ja?"}, {"hulp_aangeboden"}),
        ({"incident_id": "23", "geregistreerd_op": "30-09-2025"}, {"geregistreerd_op", "datum"}),
        ({"incident_id": "24", "geregistreerd_op": "16-01-2026"}, {"geregistreerd_op"}),
        ({"incident_id": "25", "leidinggevende_op": "30-09-2025"}, {"leidinggevende_op", "datum"}),
        ({"incident_id": "26", "leidinggevende_op": "16-01-2026"}, {"leidinggevende_op"}),
        ({"incident_id": "27", "in_dossier": "x"}, {"in_dossier"}),
        ({"incident_id": "28", "afgehandeld_op": "30-09-2025"}, {"afgehandeld_op", "datum"}),
        ({"incident_id": "29", "afgehandeld_op": "16-01-2026"}, {"afgehandeld_op"}),
    ],
    "leveringen": [
        ({"brin6": ""}, {"brin6"}),
        ({"brin6": "99ZZ99"}, {"brin6"}),
        ({"dataset": "leerlingen"}, {"dataset"}),
        ({"van": ""}, {"van"}),
        ({"tot": ""}, {"tot"}),
        ({"tot": "31-07-2025"}, {"tot", "van"}),
    ],
    "consultaties": [
        ({"datum": "16-01-2026"}, {"datum"}),
        ({"brin6": "99ZZ99"}, {"brin6"}),
        ({"gericht_aan": "ouder"}, {"gericht_aan"}),
        ({"gericht_aan": ""}, {"gericht_aan"}),
        ({"regel": "IV.11"}, {"regel"}),
    ],
    "stages": [
        ({"stage_id": ""}, {"stage_id"}),
        ({"stage_id": "2", "brin6": "99ZZ99"}, {"brin6"}),
        ({"stage_id": "3", "soort": "student"}, {"soort"}),
        ({"stage_id": "4", "startdatum": ""}, {"startdatum"}),
        ({"stage_id": "5", "controle_datum": "16-01-2026"}, {"controle_datum"}),
    ],
    "bekendmaking": [
        ({"kanaal": "krant"}, {"kanaal"}),
        ({"kanaal": ""}, {"kanaal"}),
        ({"datum": "16-01-2026"}, {"datum"}),
        ({"brin6": "99ZZ99"}, {"brin6"}),
        ({"doelgroep": "buren"}, {"doelgroep"}),
    ],
    "activiteiten": [
        ({"datum": ""}, {"datum"}),
        ({"brin6": "99ZZ99"}, {"brin6"}),
        ({"soort": "borrel"}, {"soort"}),
        ({"doelgroep": "iedereen"}, {"doelgroep"}),
        ({"deelnemers": "1.000"}, {"deelnemers"}),
    ],
    "personeel": [
        ({"brin6": "99ZZ99"}, {"brin6"}),
        ({"peildatum": "16-01-2026"}, {"peildatum"}),
        ({"peildatum": "02-10-2025", "medewerkers": ""}, {"medewerkers"}),
        ({"peildatum": "03-10-2025", "medewerkers": "tachtig"}, {"medewerkers"}),
        ({"peildatum": "04-10-2025", "social_mediacoach": "misschien"}, {"social_mediacoach"}),
        ({"peildatum": "05-10-2025", "whatsapp_bezwaar": "2"}, {"whatsapp_bezwaar"}),
    ],
    "gebeurtenissen": [
        ({"datum": "2026"}, {"datum"}),
        ({"omschrijving": ""}, {"omschrijving"}),
        ({"soort": "feest"}, {"soort"}),
        ({"brin6": "99ZZ99"}, {"brin6"}),
    ],
    "besluiten": [
        ({"besluit_id": ""}, {"besluit_id"}),
        ({"besluit_id": "2", "datum": "16-01-2026"}, {"datum"}),
        ({"besluit_id": "3", "regel": "VI.9"}, {"regel"}),
        ({"besluit_id": "4", "omschrijving": "-"}, {"omschrijving"}),
        ({"besluit_id": "5", "gereed_voor": "snel"}, {"gereed_voor"}),
        ({"besluit_id": "6", "status": "klaar"}, {"status"}),
    ],
}


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_bad_cell_is_rejected_once_and_blamed_on_its_column(dataset: str, tmp_path: Path) -> None:
    rows = [row(dataset), *(row(dataset, **cells) for cells, _ in BAD[dataset])]
    columns = list(dict.fromkeys(name for one in rows for name in one))
    folder = deliver(tmp_path)
    write(folder / f"{dataset}.csv", rows, columns=columns)
    checked = check(folder)
    found = breaches(checked)
    assert [line for _, line, _ in found] == list(range(3, len(rows) + 2))
    for (_, line, column), (_, blamed) in zip(found, BAD[dataset], strict=True):
        assert column in blamed, f"regel {line}"
    assert counts(checked, f"{dataset}.csv") == (len(rows), 1, len(rows) - 1, 0)


def test_the_good_rows_are_good(tmp_path: Path) -> None:
    checked = check(deliver(tmp_path, **{name: [cells] for name, cells in GOOD.items()}))
    assert checked.rejections.is_empty()
    assert {name: len(rows) for name, rows in checked.accepted.items()} == dict.fromkeys(DATASETS, 1)
    for name, rows in checked.accepted.items():
        assert rows.cast(DATASETS[name].stored).schema == DATASETS[name].stored


def test_only_the_required_columns_is_enough(tmp_path: Path) -> None:
    for name, dataset in DATASETS.items():
        write(tmp_path / f"{name}.csv", [{column: GOOD[name][column] for column in dataset.required}])
    checked = check(tmp_path)
    assert all(file.accepted == 1 and file.dataset == Path(file.file).stem for file in checked.files)


# --- borders: each of these rows is good ------------------------------------------------------------------------

BORDERS: Mapping[str, Sequence[Cells]] = {
    "scholen": [{"brin6": "03QZ00", "actief_van": "01-08-2030", "actief_tot": "02-08-2030"}],
    "leerlingen": [
        {"leerlingnummer": "1", "geboortedatum": "01-08-2021"},  # turns 3 on in_van
        {"leerlingnummer": "2", "geboortedatum": "02-08-1993"},  # turns 31 the day after
        {"leerlingnummer": "3", "geboortedatum": "01-08-1994"},  # turns 30 on in_van
        {"leerlingnummer": "4", "in_van": "15-01-2026"},
        {"leerlingnummer": "5", "in_tot": "02-08-2024"},
        {"leerlingnummer": "6", "in_tot": "31-07-2031"},
        {"leerlingnummer": "7", "leerjaar": "1"},
        {"leerlingnummer": "8", "leerjaar": "6,0"},
        {"leerlingnummer": "9", "geboortedatum": "29-02-2012"},
    ],
    "toestemmingen": [
        {"datum": "15-01-2026"},
        {"datum": "16-05-2012"},  # the day after birth
        {"datum": "", "gever": "", "bron": "", "bron_id": "", "wijze": "", "brin6": "", "voor_schooljaar": ""},
        {"bron": "x" * 40},
    ],
    "incidenten": [
        {"incident_id": "2", "datum": "15-01-2026"}
        | dict.fromkeys(("maatregel_datum", "geregistreerd_op", "leidinggevende_op", "afgehandeld_op"), "15-01-2026"),
        {"incident_id": "3", "leerlingen_betrokken": "0"},
        {"incident_id": "4", "tijd": "00:00"},
    ],
    "leveringen": [{"van": "01-10-2027", "tot": "01-10-2027"}],
    "stages": [{"stage_id": "2", "startdatum": "01-09-2030"}],
    "activiteiten": [{"datum": "01-09-2030"}],
    "gebeurtenissen": [{"datum": "01-09-2030"}],
    "besluiten": [{"besluit_id": "2", "gereed_voor": "01-09-2030", "datum": "15-01-2026"}],
    "personeel": [{"peildatum": "15-01-2026", "medewerkers": "0"}],
}


@pytest.mark.parametrize("dataset", BORDERS)
def test_borders_belong_to_what_is_good(dataset: str, tmp_path: Path) -> None:
    folder = deliver(tmp_path)
    columns = list(dict.fromkeys([*GOOD[dataset], *(name for cells in BORDERS[dataset] for name in cells)]))
    write(folder / f"{dataset}.csv", [row(dataset), *(row(dataset, **c) for c in BORDERS[dataset])], columns=columns)
    checked = check(folder)
    assert breaches(checked) == []
    assert account(checked, f"{dataset}.csv").accepted == 1 + len(BORDERS[dataset])


# --- what is stored ---------------------------------------------------------------------------------------------


def test_a_pupil_is_stored_without_number_and_birth_date(tmp_path: Path) -> None:
    checked = check(deliver(tmp_path, leerlingen=[row("leerlingen", leerlingnummer=" 001001 ")]))
    assert only(checked, "leerlingen") == {
        "leerling": KEY.pupil("1001"),
        "brin6": "02QZ00",
        "wordt_16_op": date(2028, 5, 15),
        "leerjaar": 2,
        "onderwijssoort": "havo",
        "in_van": date(2024, 8, 1),
        "in_tot": None,
    }


def test_an_incident_is_stored_with_typed_values(tmp_path: Path) -> None:
    incident = row(
        "incidenten", brin6="02qz00", categorie=" Pesten ", in_les="N", platform="Twitter", tijd="", openheid="-"
    )
    found = only(check(deliver(tmp_path, incidenten=[incident])), "incidenten")
    assert found["incident_id"] == KEY.record("incident_id", "I1")
    assert (found["brin6"], found["categorie"], found["platform"]) == ("02QZ00", "pesten", "x")
    assert (found["in_les"], found["tijd"], found["openheid"], found["leerlingen_betrokken"]) == (False, None, None, 3)


def test_numbers_written_both_ways_are_one_pupil(tmp_path: Path) -> None:
    checked = check(
        deliver(tmp_path, toestemmingen=[row("toestemmingen"), row("toestemmingen", leerlingnummer="0001001")])
    )
    assert counts(checked, "toestemmingen.csv") == (2, 1, 0, 1)


def test_new_rows_are_sorted_by_all_columns(tmp_path: Path) -> None:
    rows = [
        row("toestemmingen", doel=doel, gever=gever, bron=bron, datum=datum)
        for doel in ("whatsapp_les", "beeld_website", "beeld_email")
        for gever in ("school", "", "leerling")
        for bron in ("b", "a", "Z")
        for datum in ("02-09-2025", "")
    ]
    found = stored(check(deliver(tmp_path, toestemmingen=rows)))["toestemmingen"]
    assert len(found) == len(rows)
    assert found.equals(found.sort(found.columns))


# --- several breaches, broken rows ------------------------------------------------------------------------------


def test_a_row_has_a_line_per_breach_and_an_unreadable_cell_only_one(tmp_path: Path) -> None:
    bad = row("toestemmingen", leerlingnummer="77", doel="x", antwoord="", datum="31-02-2025")
    checked = check(deliver(tmp_path, toestemmingen=[bad]))
    assert breaches(checked) == [
        ("toestemmingen.csv", 2, column) for column in ("antwoord", "datum", "doel", "leerlingnummer")
    ]
    assert counts(checked, "toestemmingen.csv") == (1, 0, 1, 0)


def test_a_row_with_another_number_of_fields_is_rejected_without_a_column(tmp_path: Path) -> None:
    folder = deliver(tmp_path)
    with (folder / "leerlingen.csv").open("a") as file:
        file.write("1002;02QZ00\n")
    checked = check(folder)
    assert breaches(checked) == [("leerlingen.csv", 3, "")]
    assert counts(checked, "leerlingen.csv") == (2, 1, 1, 0)
    assert ("leerlingen", "*", 0, 0, 1) in checked.held.rows()


def test_a_rejected_row_is_nobody_s_reference(tmp_path: Path) -> None:
    """A school falls, and with it its pupils, and with them their answers; each says why."""
    schools = [row("scholen"), row("scholen", brin6="03QZ00", onderwijssoort="mavo")]
    pupils = [row("leerlingen"), row("leerlingen", leerlingnummer="2", brin6="03QZ00")]
    answers = [row("toestemmingen", leerlingnummer="2", brin6="")]
    checked = check(deliver(tmp_path, scholen=schools, leerlingen=pupils, toestemmingen=answers))
    assert breaches(checked) == [
        ("leerlingen.csv", 3, "brin6"),
        ("scholen.csv", 3, "onderwijssoort"),
        ("toestemmingen.csv", 2, "leerlingnummer"),
    ]


def test_a_repeated_bad_row_is_rejected_again(tmp_path: Path) -> None:
    bad = row("toestemmingen", antwoord="misschien")
    assert counts(check(deliver(tmp_path, toestemmingen=[bad, bad])), "toestemmingen.csv") == (2, 0, 2, 0)


# --- one key, different content ---------------------------------------------------------------------------------


def test_rows_that_contradict_each_other_are_all_rejected(tmp_path: Path) -> None:
    pupils = [
        row("leerlingen"),
        row("leerlingen", leerjaar="3"),
        row("leerlingen"),
        row("leerlingen", in_van="02-08-2024"),
    ]
    checked = check(deliver(tmp_path, leerlingen=pupils))
    assert {line for _, line, _ in breaches(checked)} == {2, 3, 4}
    assert counts(checked, "leerlingen.csv") == (4, 1, 3, 0)


def test_rows_contradict_each_other_across_files(tmp_path: Path) -> None:
    deliver(tmp_path)
    write(tmp_path / "meer.csv", [row("leerlingen", leerjaar="3")])
    checked = check(tmp_path)
    assert counts(checked, "leerlingen.csv") == counts(checked, "meer.csv") == (1, 0, 1, 0)


def test_a_row_that_is_rejected_for_another_reason_is_nobody_s_twin(tmp_path: Path) -> None:
    pupils = [row("leerlingen"), row("leerlingen", leerjaar="9"), row("leerlingen", geboortedatum="01-01-2025")]
    checked = check(deliver(tmp_path, leerlingen=pupils))
    assert {line for _, line, _ in breaches(checked)} == {3, 4}
    assert counts(checked, "leerlingen.csv") == (3, 1, 2, 0)


def test_a_row_with_an_unknown_school_is_nobody_s_twin(tmp_path: Path) -> None:
    stages = [row("stages"), row("stages", brin6="99ZZ99")]
    assert counts(check(deliver(tmp_path, stages=stages)), "stages.csv") == (2, 1, 1, 0)


def test_where_the_whole_row_is_the_key_nothing_contradicts(tmp_path: Path) -> None:
    answers = [row("toestemmingen"), row("toestemmingen", antwoord="nee"), row("toestemmingen", bron_id="")]
    assert counts(check(deliver(tmp_path, toestemmingen=answers)), "toestemmingen.csv") == (3, 3, 0, 0)


@pytest.mark.parametrize(
    ("dataset", "same", "other"),
    [
        ("scholen", {"naam": "Anders"}, {"brin6": "03QZ00"}),
        ("publicaties", {"datum": "02-10-2025"}, {"publicatie_id": "P2"}),
        ("incidenten", {"ernst": "ernstig"}, {"incident_id": "I2"}),
        ("stages", {"soort": "vrijwilliger"}, {"stage_id": "S2"}),
        ("personeel", {"medewerkers": "81"}, {"peildatum": "02-10-2025"}),
        ("besluiten", {"status": "gedaan"}, {"besluit_id": "B2"}),
    ],
)
def test_keys(dataset: str, same: Cells, other: Cells, tmp_path: Path) -> None:
    """Another key is another row; the same key with other content is a contradiction."""
    folder = deliver(tmp_path / "other", **{dataset: [row(dataset), row(dataset, **other)]})
    assert counts(check(folder), f"{dataset}.csv") == (2, 2, 0, 0)
    folder = deliver(tmp_path / "same", **{dataset: [row(dataset), row(dataset, **same)]})
    assert counts(check(folder), f"{dataset}.csv") == (2, 0, 2, 0)


# --- known ------------------------------------------------------------------------------------------------------


def test_the_same_delivery_again_is_all_known(tmp_path: Path) -> None:
    folder = deliver(tmp_path, **{name: [cells] for name, cells in GOOD.items()})
    again = check(folder, known=stored(check(folder)))
    assert all((file.accepted, file.rejected, file.known) == (0, 0, 1) for file in again.files)
    assert all(rows.is_empty() for rows in again.accepted.values())


def test_identical_means_identical_after_parsing(tmp_path: Path) -> None:
    first = check(deliver(tmp_path / "a", toestemmingen=[row("toestemmingen")]))
    other = row("toestemmingen", leerlingnummer="01001", datum="2025-09-01 10:00", brin6="02qz00", antwoord="JA")
    again = check(deliver(tmp_path / "b", toestemmingen=[other]), known=stored(first))
    assert counts(again, "toestemmingen.csv") == (1, 0, 0, 1)


def test_a_correction_is_a_new_row(tmp_path: Path) -> None:
    first = check(deliver(tmp_path / "a"))
    again = check(deliver(tmp_path / "b", leerlingen=[row("leerlingen", leerjaar="3")]), known=stored(first))
    assert counts(again, "leerlingen.csv") == (1, 1, 0, 0)
    assert only(again, "leerlingen")["leerjaar"] == 3


def test_a_row_in_force_and_its_correction_in_one_delivery_contradict_each_other(tmp_path: Path) -> None:
    first = check(deliver(tmp_path / "a"))
    both = [row("leerlingen"), row("leerlingen", leerjaar="3")]
    assert counts(check(deliver(tmp_path / "b", leerlingen=both), known=stored(first)), "leerlingen.csv") == (
        2,
        0,
        2,
        0,
    )


def test_rows_in_force_serve_as_reference(tmp_path: Path) -> None:
    first = check(deliver(tmp_path / "a"))
    later = deliver(tmp_path / "b", scholen=[], leerlingen=[], toestemmingen=[row("toestemmingen")])
    assert counts(check(later, known=stored(first)), "toestemmingen.csv") == (1, 1, 0, 0)
    assert counts(check(later), "toestemmingen.csv") == (1, 0, 1, 0)


def test_a_rejected_correction_leaves_the_row_in_force_as_reference(tmp_path: Path) -> None:
    first = check(deliver(tmp_path / "a"))
    wrong = [row("scholen", naam="Een"), row("scholen", naam="Twee")]
    later = check(deliver(tmp_path / "b", scholen=wrong), known=stored(first))
    assert counts(later, "scholen.csv") == (2, 0, 2, 0)
    assert counts(later, "leerlingen.csv") == (1, 0, 0, 1)


# --- an answer and a birth date ---------------------------------------------------------------------------------


def answered(folder: Path, pupils: Sequence[Row], day: str, known: Mapping[str, pl.DataFrame] | None = None) -> bool:
    """Whether an answer of this day is accepted."""
    schools = [row("scholen"), row("scholen", brin6="01AA00")]
    answers = [row("toestemmingen", datum=day, brin6="")]
    checked = check(deliver(folder, scholen=schools, leerlingen=pupils, toestemmingen=answers), known=known)
    return account(checked, "toestemmingen.csv").accepted == 1


def test_with_several_birth_dates_the_enrolment_of_the_day_decides(tmp_path: Path) -> None:
    early = row("leerlingen", geboortedatum="01-01-2012", in_van="01-08-2016", in_tot="01-08-2018")
    late = row("leerlingen", geboortedatum="01-01-2014", in_van="01-08-2018", in_tot="")
    assert answered(tmp_path / "a", [early, late], "31-07-2018")
    assert answered(tmp_path / "b", [early, late], "01-08-2018")
    # On neither enrolment: the earliest birth date counts.
    assert answered(tmp_path / "c", [early, late], "01-06-2013")
    assert answered(tmp_path / "d", [early, late], "02-01-2012")
    assert not answered(tmp_path / "e", [early, late], "01-01-2012")


def test_of_two_enrolments_on_one_day_the_latest_then_the_smallest_school_decides(tmp_path: Path) -> None:
    """Stored days of turning 16 that differ by more than the age rule would let through in one delivery."""
    first = stored(check(deliver(tmp_path / "first", scholen=[row("scholen"), row("scholen", brin6="01AA00")])))
    pupil = first["leerlingen"]

    def enrolled(brin6: str, in_van: date, wordt_16_op: date) -> pl.DataFrame:
        day = pl.lit(wordt_16_op).alias("wordt_16_op")
        return pupil.with_columns(pl.lit(brin6).alias("brin6"), day, pl.lit(in_van).alias("in_van"))

    old, young = date(2028, 1, 1), date(2041, 12, 31)  # born 2012-01-01 and 2025-12-31
    day = "01-09-2025"
    smallest_old = [enrolled("01AA00", date(2024, 8, 1), old), enrolled("02QZ00", date(2024, 8, 1), young)]
    smallest_young = [enrolled("01AA00", date(2024, 8, 1), young), enrolled("02QZ00", date(2024, 8, 1), old)]
    latest_young = [enrolled("01AA00", date(2023, 8, 1), old), enrolled("02QZ00", date(2024, 8, 1), young)]
    for name, frames, accepted in (
        ("a", smallest_old, True),
        ("b", smallest_young, False),
        ("c", latest_young, False),
    ):
        assert answered(tmp_path / name, [], day, {**first, "leerlingen": pl.concat(frames)}) == accepted


def test_a_corrected_birth_date_replaces_the_one_in_force(tmp_path: Path) -> None:
    first = stored(check(deliver(tmp_path / "a")))
    corrected = [row("leerlingen", geboortedatum="15-05-2010")]
    assert not answered(tmp_path / "b", [], "01-01-2011", first)
    assert answered(tmp_path / "c", corrected, "01-01-2011", first)


# --- files ------------------------------------------------------------------------------------------------------


def test_a_file_that_fits_nothing_names_the_nearest_dataset_and_what_is_missing(tmp_path: Path) -> None:
    pupils = {name: cells for name, cells in GOOD["leerlingen"].items() if name not in {"leerjaar", "in_van"}}
    checked = check(write(tmp_path / "x.csv", [pupils]))
    refused = account(checked, "x.csv")
    assert refused.dataset == "leerlingen"
    assert refused.refusal is not None
    assert "'leerlingen'" in refused.refusal
    assert refused.refusal.endswith("ontbreekt: leerjaar, in_van.")
    assert (refused.read, refused.accepted, refused.rejected, refused.known) == (0, 0, 0, 0)
    assert checked.held.is_empty()


def test_a_list_of_pupils_with_names_never_passes_as_a_list_of_schools(tmp_path: Path) -> None:
    cells = {"leerlingnummer": "1", "naam": "x", "brin6": "02QZ00"}
    checked = check(write(tmp_path / "x.csv", [cells]))
    assert account(checked, "x.csv").refusal is not None
    assert all(rows.is_empty() for rows in checked.accepted.values())


def test_unknown_columns_are_dropped_and_named_and_personal_ones_apart(tmp_path: Path) -> None:
    cells = {**GOOD["leerlingen"], "Naam": "x", "BSN": "y", "mentor": "z", "E-mail ouder": "q"}
    checked = check(deliver(tmp_path, leerlingen=[cells]))
    found = account(checked, "leerlingen.csv")
    assert found.dropped == ("mentor",)
    assert found.personal == ("Naam", "BSN", "E-mail ouder")
    assert tuple(checked.accepted["leerlingen"].columns) == tuple(DATASETS["leerlingen"].stored)


def test_headers_ignore_case_and_blanks(tmp_path: Path) -> None:
    cells = {f" {name.upper()} ": text for name, text in GOOD["leerlingen"].items()}
    assert counts(check(deliver(tmp_path, leerlingen=[cells])), "leerlingen.csv") == (1, 1, 0, 0)


def test_the_dataset_with_most_columns_wins(tmp_path: Path) -> None:
    """These headers fit activiteiten too."""
    cells = {**GOOD["gebeurtenissen"], "brin6": "02QZ00"}
    assert account(check(deliver(tmp_path, x=[cells])), "x.csv").dataset == "gebeurtenissen"


def test_a_folder_is_read_for_exports_and_the_rest_is_named(tmp_path: Path) -> None:
    deliver(tmp_path)
    for name in ("LEESMIJ.md", "~$open.xlsx", "foto.png", DEMO_MARKER):
        (tmp_path / name).write_text("x")
    (tmp_path / "map").mkdir()
    (tmp_path / "afgewezen.csv").write_text("﻿bestand;regel;kolom;reden\nx.csv;2;brin6;y\n", encoding="utf-8")
    checked = check(tmp_path)
    assert [file.file for file in checked.files] == ["leerlingen.csv", "scholen.csv"]
    assert checked.skipped == ("LEESMIJ.md", "afgewezen.csv", "foto.png", "map", "~$open.xlsx")


def test_a_file_that_is_named_is_read_once_and_refused_where_it_cannot_be(tmp_path: Path) -> None:
    deliver(tmp_path)
    (tmp_path / "brief.pdf").write_text("x")
    checked = check(tmp_path, tmp_path / "leerlingen.csv", tmp_path / "brief.pdf")
    assert [file.file for file in checked.files] == ["brief.pdf", "leerlingen.csv", "scholen.csv"]
    refused = account(checked, "brief.pdf")
    assert refused.dataset is None
    assert refused.refusal is not None
    assert refused.digest == hashlib.sha256(b"x").hexdigest()


def test_a_path_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DeliveryProblem, match="bestaat niet"):
        check(tmp_path / "nergens")


def test_a_file_that_breaks_halfway_delivers_nothing(tmp_path: Path) -> None:
    folder = deliver(tmp_path)
    with (folder / "leerlingen.csv").open("a") as file:
        file.write('1002;"02QZ00;01-01-2012\n')
    checked = check(folder)
    broken = account(checked, "leerlingen.csv")
    assert broken.refusal is not None
    assert (broken.dataset, broken.read) == ("leerlingen", 0)
    assert checked.accepted["leerlingen"].is_empty()


def test_headers_alone_are_an_empty_delivery(tmp_path: Path) -> None:
    folder = deliver(tmp_path)
    (folder / "incidenten.csv").write_text("incident_id;brin6;datum;categorie\n")
    assert counts(check(folder), "incidenten.csv") == (0, 0, 0, 0)


def test_progress_is_told_per_file(tmp_path: Path) -> None:
    from dashboard.exports.checking import check_delivery  # noqa: PLC0415  # the one test that watches it
    from tests.exports.deliveries import TODAY, registry  # noqa: PLC0415

    told: list[tuple[str, int]] = []
    check_delivery(
        [deliver(tmp_path)],
        registry=registry(),
        profiles=(),
        known=Known(),
        key=KEY,
        today=TODAY,
        progress=lambda file, rows: told.append((file, rows)),
    )
    assert told == [("leerlingen.csv", 1), ("scholen.csv", 1)]


def mark(folder: Path, names: Sequence[str]) -> None:
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    (folder / DEMO_MARKER).write_text(json.dumps({"files": hashes}))


def test_a_delivery_is_a_demo_only_while_every_file_is_unchanged(tmp_path: Path) -> None:
    folder = deliver(tmp_path / "demo")
    assert not check(folder).demo
    mark(folder, ["leerlingen.csv"])
    assert not check(folder).demo
    mark(folder, ["leerlingen.csv", "scholen.csv"])
    assert check(folder).demo
    write(tmp_path / "echt.csv", [row("leerlingen", leerlingnummer="5")])
    assert not check(folder, tmp_path / "echt.csv").demo
    write(folder / "leerlingen.csv", [row("leerlingen", leerlingnummer="5")])
    assert not check(folder).demo
    (folder / DEMO_MARKER).write_text("[]")
    assert not check(folder).demo


# --- what the page needs ----------------------------------------------------------------------------------------


def test_held_counts_rows_by_dataset_and_school(tmp_path: Path) -> None:
    schools = [row("scholen"), row("scholen", brin6="03QZ00")]
    answers = [
        row("toestemmingen"),
        row("toestemmingen"),
        row("toestemmingen", antwoord="x", doel="y"),
        row("toestemmingen", brin6=""),
        row("toestemmingen", brin6="99ZZ99"),
        row("toestemmingen", brin6="fout"),
    ]
    checked = check(deliver(tmp_path, scholen=schools, toestemmingen=answers, besluiten=[row("besluiten")]))
    assert checked.held.rows() == [
        ("besluiten", "*", 1, 0, 0),
        ("leerlingen", "02QZ00", 1, 0, 0),
        ("scholen", "02QZ00", 1, 0, 0),
        ("scholen", "03QZ00", 1, 0, 0),
        ("toestemmingen", "*", 1, 0, 2),
        ("toestemmingen", "02QZ00", 1, 1, 1),
    ]


def test_declared_names_what_good_rows_of_leveringen_declare(tmp_path: Path) -> None:
    rows = [row("leveringen"), row("leveringen", dataset="toestemmingen", tot="01-01-2020")]
    assert check(deliver(tmp_path, leveringen=rows)).declared.rows() == [("incidenten", "02QZ00")]


def test_reasons_are_counted_without_files_and_lines(tmp_path: Path) -> None:
    rows = [row("toestemmingen", antwoord=text) for text in ("x", "y", "ja")]
    reasons = check(deliver(tmp_path, toestemmingen=rows)).reasons
    assert reasons.select("dataset", "kolom", "rijen").rows() == [("toestemmingen", "antwoord", 2)]
    assert set(reasons.columns) == {"dataset", "kolom", "reden", "rijen"}


# --- other kinds of files ---------------------------------------------------------------------------------------


def test_a_workbook_with_title_rows_and_typed_cells(tmp_path: Path) -> None:
    folder = deliver(tmp_path)
    with xlsxwriter.Workbook(folder / "meldingen.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Meldingen", "", "2025"])
        names = ["Incident_id", "brin6", "datum", "categorie", "tijd", "leerlingen_betrokken"]
        sheet.write_row(2, 0, names)
        day, clock = book.add_format({"num_format": "dd-mm-yyyy"}), book.add_format({"num_format": "hh:mm"})
        for line, category in ((3, "pesten"), (4, "onbekend")):
            sheet.write_row(line, 0, [line, "02QZ00"])
            sheet.write_datetime(line, 2, datetime(2025, 4, 3), day)
            sheet.write_string(line, 3, category)
            sheet.write_datetime(line, 4, time(9, 30), clock)
            sheet.write_number(line, 5, 12.0)
    checked = check(folder)
    found = only(checked, "incidenten")
    assert found["incident_id"] == KEY.record("incident_id", "3")
    assert (found["datum"], found["tijd"], found["leerlingen_betrokken"]) == (date(2025, 4, 3), "09:30", 12)
    assert breaches(checked) == [("meldingen.xlsx", 5, "categorie")]


def test_parquet_with_typed_columns(tmp_path: Path) -> None:
    folder = deliver(tmp_path)
    pl.DataFrame(
        {
            "brin6": ["02QZ00", "02QZ00"],
            "peildatum": [date(2025, 10, 1), date(2026, 1, 16)],
            "medewerkers": [80.0, None],
            "social_mediacoach": [True, None],
        }
    ).write_parquet(folder / "personeel.parquet")
    checked = check(folder)
    found = only(checked, "personeel")
    assert (found["medewerkers"], found["social_mediacoach"]) == (80, True)
    assert breaches(checked) == [("personeel.parquet", 2, "medewerkers"), ("personeel.parquet", 2, "peildatum")]
