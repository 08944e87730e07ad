"""Other headers and values come to the contract, and a profile that is wrong says where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from dashboard.exports.profiles import Profile, ProfileProblem, load_profile, load_profiles
from dashboard.exports.recognising import Unrecognised, count_matches, is_own_report, recognise
from dashboard.settings import PROJECT
from tests.exports.deliveries import GOOD, KEY, account, breaches, check, counts, deliver, only, registry, stored, write

EXAMPLES = PROJECT / "data" / "profiles"


@pytest.fixture(scope="module")
def examples() -> tuple[Profile, ...]:
    return load_profiles(EXAMPLES, registry())


def profile(folder: Path, text: str) -> Profile:
    path = folder / "bron.toml"
    path.write_text(text, encoding="utf-8")
    return load_profile(path, registry())


def renamed(cells: Mapping[str, str], headers: Mapping[str, str]) -> dict[str, str]:
    """The good row under the headers of a source."""
    return {headers.get(name, name): text for name, text in cells.items()}


# --- the three worked examples ----------------------------------------------------------------------------------


def test_the_examples_are_of_every_kind(examples: tuple[Profile, ...]) -> None:
    assert [(bool(one.values), bool(one.wide)) for one in examples] == [(False, False), (True, False), (True, True)]
    assert not any(one.defect for one in examples)


def test_renamed_headers(tmp_path: Path, examples: tuple[Profile, ...]) -> None:
    headers = {
        "leerlingnummer": "STAMNUMMER",
        "brin6": "Vestiging (BRIN)",
        "geboortedatum": "Geb.datum",
        "leerjaar": "Jaarlaag",
        "onderwijssoort": "Studie",
        "in_van": "Plaatsing van",
        "in_tot": "Plaatsing tot",
    }
    contract = check(deliver(tmp_path / "a"))
    other = check(deliver(tmp_path / "b", leerlingen=[renamed(GOOD["leerlingen"], headers)]), profiles=examples)
    assert account(other, "leerlingen.csv").profile == "Voorbeeld: andere kolomnamen"
    assert stored(other)["leerlingen"].equals(stored(contract)["leerlingen"])


def test_mapped_values(tmp_path: Path, examples: tuple[Profile, ...]) -> None:
    report = {
        "Meldingsnummer": "I1",
        "Vestiging": "02QZ00",
        "Datum voorval": "1-10-2025",
        "Aard": "online PESTEN",
        "Dader": "Ll.",
        "Slachtoffer": "medewerker",
        "Zwaarte": "onbekend",
        "Afdoening": "Geschorst",
    }
    found = only(check(deliver(tmp_path, meldingen=[report]), profiles=examples), "incidenten")
    assert (found["categorie"], found["veroorzaker"], found["getroffene"]) == ("pesten", "leerling", "medewerker")
    assert (found["ernst"], found["maatregel"], found["reikwijdte"]) == (None, "schorsing", "school")


def test_a_column_per_purpose(tmp_path: Path, examples: tuple[Profile, ...]) -> None:
    rows = [
        {
            "Stamnr": "1001",
            "Naam": "x",
            "Ingevuld op": "01-09-2025",
            "Ingevuld door": "Ouder/verzorger 1",
            "Foto website": "Akkoord",
            "Foto nieuwsbrief": "niet akkoord",
            "Foto per e-mail": "",
            "WhatsApp in de les": "geen idee",
        },
        {"Stamnr": "9999", "Foto website": "ja", "Foto nieuwsbrief": "-"},
    ]
    checked = check(deliver(tmp_path, antwoorden=rows), profiles=examples)
    assert counts(checked, "antwoorden.csv") == (4, 2, 2, 0)
    assert account(checked, "antwoorden.csv").personal == ("Naam",)
    assert breaches(checked) == [("antwoorden.csv", 2, "antwoord"), ("antwoorden.csv", 3, "leerlingnummer")]
    found = stored(checked)["toestemmingen"]
    assert found.select("leerling", "doel", "antwoord", "datum", "gever", "bron").rows() == [
        (KEY.pupil("1001"), "beeld_nieuwsbrief", "nee", date(2025, 9, 1), "ouder1", "ouderportaal"),
        (KEY.pupil("1001"), "beeld_website", "ja", date(2025, 9, 1), "ouder1", "ouderportaal"),
    ]


def test_an_empty_cell_is_an_answer_where_the_profile_says_so(tmp_path: Path) -> None:
    one = profile(
        tmp_path,
        'name="n"\ndataset="toestemmingen"\n[wide]\n"Foto"="beeld_website"\n"App"="whatsapp_les"\n'
        '[values.antwoord]\n""="onbeantwoord"\n',
    )
    rows = [{"leerlingnummer": "1001", "Foto": "ja", "App": ""}, {"leerlingnummer": "1001", "Foto": " ", "App": "-"}]
    checked = check(deliver(tmp_path / "d", antwoorden=rows), profiles=[one])
    # `-` is not the empty text that the profile gives a meaning: it stays no answer.
    assert counts(checked, "antwoorden.csv") == (3, 3, 0, 0)
    assert sorted(stored(checked)["toestemmingen"]["antwoord"]) == ["ja", "onbeantwoord", "onbeantwoord"]


# --- which profile ----------------------------------------------------------------------------------------------


def test_the_contract_goes_before_a_profile_that_matches_as_many_columns() -> None:
    one = Profile("p", "leerlingen", headers={"stamnr": "leerlingnummer"})
    assert recognise(list(GOOD["leerlingen"]), [one]).profile is None


def test_a_profile_that_matches_more_columns_goes_before_the_contract() -> None:
    one = Profile("p", "scholen", headers={"soort onderwijs": "onderwijssoort"})
    recipe = recognise(["brin6", "naam", "Soort onderwijs"], [one])
    assert recipe.profile == one
    assert recipe.sources == {"brin6": "brin6", "naam": "naam", "onderwijssoort": "Soort onderwijs"}


def test_constants_never_make_a_file_of_the_contract_fit_better() -> None:
    one = Profile("p", "toestemmingen", headers={"stamnr": "leerlingnummer"}, constants={"bron": "portaal"})
    assert recognise(["leerlingnummer", "doel", "antwoord"], [one]).profile is None


def test_a_column_of_the_file_goes_before_a_constant() -> None:
    one = Profile("p", "toestemmingen", headers={"stamnr": "leerlingnummer"}, constants={"bron": "portaal"})
    assert recognise(["stamnr", "doel", "antwoord", "bron"], [one]).constants == {}


def test_two_columns_for_one_are_refused() -> None:
    headers = [*(name for name in GOOD["leerlingen"] if name != "leerjaar"), "Jaarlaag", "Stamnr"]
    one = Profile("p", "leerlingen", headers={"stamnr": "leerlingnummer", "jaarlaag": "leerjaar"})
    with pytest.raises(Unrecognised, match="meer kolommen bedoeld als leerlingnummer"):
        recognise(headers, [one])


def test_a_second_column_for_one_is_unknown_where_the_contract_fits_as_well() -> None:
    one = Profile("p", "leerlingen", headers={"stamnr": "leerlingnummer"})
    recipe = recognise([*GOOD["leerlingen"], "Stamnr"], [one])
    assert (recipe.profile, recipe.dropped) == (None, ("Stamnr",))


def test_the_nearest_may_be_a_profile() -> None:
    one = Profile("Bron X", "scholen", headers={"vestiging": "naam", "soort": "onderwijssoort"})
    with pytest.raises(Unrecognised, match=r"'scholen' \(profiel 'Bron X'\)\. Daarvoor ontbreekt: brin6\."):
        recognise(["Vestiging", "Soort"], [one])


def test_count_matches_finds_a_header_row() -> None:
    assert count_matches(["Overzicht leerlingen", "", "2025"], []) == 0
    assert count_matches(["x", "Leerlingnummer ", "BRIN6"], []) == 2


def test_our_own_report_is_known_by_its_headers() -> None:
    assert is_own_report(["bestand", "regel", "kolom", "reden"])
    assert not is_own_report(["bestand", "regel", "kolom"])


# --- profiles that are wrong ------------------------------------------------------------------------------------

TOP = 'name = "n"\ndataset = "leerlingen"\n'

WRONG = {
    "no name": ('dataset = "leerlingen"\n[headers]\nA = "brin6"\n', "name ontbreekt"),
    "unknown dataset": ('name = "n"\ndataset = "klassen"\n[headers]\nA = "brin6"\n', "regel 2: dataset moet"),
    "no headers": (TOP, r"\[headers\] of \[wide\] nodig"),
    "unknown column": (TOP + '[headers]\nA = "klas"\n', "regel 4: 'A' noemt een kolom die leerlingen niet heeft"),
    "column twice": (TOP + '[headers]\nA = "brin6"\nB = "BRIN6"\n', "regel 5: 'B' vult de kolom brin6"),
    "header twice": (TOP + '[headers]\nA = "brin6"\n"a " = "leerjaar"\n', "staat er twee keer"),
    "personal header": (TOP + '[headers]\nAchternaam = "leerlingnummer"\n', "persoonlijke kolom"),
    "no text": (TOP + "[headers]\nA = 1\n", "regel 4: A ontbreekt, is leeg of is geen tekst"),
    "unknown value column": (TOP + '[headers]\nA = "brin6"\n[values.klas]\nx = "y"\n', "'klas' noemt een kolom"),
    "bad value": (TOP + '[headers]\nA = "leerjaar"\n[values.leerjaar]\nx = "een"\n', "regel 6: 'x' past niet bij"),
    "value twice": (TOP + '[headers]\nA = "leerjaar"\n[values.leerjaar]\nx = "1"\nX = "2"\n', "'X' staat er twee"),
    "bad constant": (TOP + '[headers]\nA = "leerjaar"\n[constants]\nin_van = "31-02-2025"\n', "regel 6: 'in_van' past"),
    "constant twice": (TOP + '[headers]\nA = "brin6"\n[constants]\nbrin6 = "02QZ00"\n', "en die is al gevuld"),
    "wide elsewhere": (TOP + '[wide]\nA = "beeld_website"\n', r"\[wide\] kan alleen bij toestemmingen"),
    "unknown table": (TOP + '[headers]\nA = "brin6"\n[waarden]\nx = "y"\n', "waarden is hier onbekend"),
    "no toml": (TOP + "[headers\n", "regel 3"),
    "answer twice": (
        'name = "n"\ndataset = "toestemmingen"\n[headers]\nA = "antwoord"\n[wide]\nB = "beeld_website"\n',
        "'B' vult de kolom antwoord",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), WRONG.values(), ids=list(WRONG))
def test_a_wrong_profile_names_the_file_and_the_key(text: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ProfileProblem, match=sentence) as raised:
        profile(tmp_path, text)
    assert str(raised.value).startswith("bron.toml")


def test_two_profiles_with_one_name(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(TOP + '[headers]\nA = "brin6"\n')
    with pytest.raises(ProfileProblem, match=r"b\.toml: er is al een profiel"):
        load_profiles(tmp_path, registry())


def test_no_folder_is_no_profiles(tmp_path: Path) -> None:
    assert load_profiles(tmp_path / "nergens", registry()) == ()


def test_a_purpose_that_the_registry_lost_stops_its_own_files_only(tmp_path: Path) -> None:
    text = 'name = "n"\ndataset = "toestemmingen"\n[wide]\nFoto = "beeld_televisie"\n'
    one = profile(tmp_path, text)
    assert one.defect.startswith("bron.toml, regel 4: 'Foto' past niet bij de kolom doel")
    rows = [{"leerlingnummer": "1001", "Foto": "ja"}]
    checked = check(deliver(tmp_path / "d", antwoorden=rows), profiles=[one])
    refused = account(checked, "antwoorden.csv")
    assert refused.refusal is not None
    assert one.defect in refused.refusal
    assert account(checked, "leerlingen.csv").accepted == 1


def test_the_name_of_a_school_may_be_mapped(tmp_path: Path) -> None:
    one = profile(tmp_path, 'name = "n"\ndataset = "scholen"\n[headers]\nVestigingsnaam = "naam"\nBRIN = "brin6"\n')
    path = write(tmp_path / "s.csv", [{"BRIN": "02qz00", "Vestigingsnaam": "Oost"}])
    assert only(check(path, profiles=[one]), "scholen")["naam"] == "Oost"
