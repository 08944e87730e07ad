"""Pseudonyms tell nothing, keys show nothing, personal columns are seen."""

from __future__ import annotations

import hmac
import pickle
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports.pseudonyms import KeyProblem, PseudonymKey, is_of_people, is_personal, load_key, load_or_make_key
from tests.exports.deliveries import KEY

SECRET = bytes(range(32))


@given(st.text())
def test_a_pseudonym_is_hmac_sha_256_with_a_prefix_per_kind(number: str) -> None:
    message = f"leerling\0{number}".encode()
    assert KEY.pupil(number) == hmac.digest(SECRET, message, "sha256")[:16].hex()


def test_kinds_have_nothing_in_common() -> None:
    assert len({KEY.pupil("1"), KEY.record("bron_id", "1"), KEY.record("incident_id", "1"), KEY.fingerprint()}) == 4


def test_another_key_gives_another_pseudonym() -> None:
    assert PseudonymKey(bytes(32)).pupil("1") != KEY.pupil("1")
    assert PseudonymKey.passing().fingerprint() != PseudonymKey.passing().fingerprint()


def test_a_key_shows_itself_nowhere() -> None:
    assert SECRET.hex() not in repr(KEY)
    assert not hasattr(KEY, "__dict__")
    with pytest.raises(TypeError, match="never written"):
        pickle.dumps(KEY)


def test_a_key_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        PseudonymKey(b"short")


def test_a_new_key_is_for_its_owner_only_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "pseudonym.key"
    made = load_or_make_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_or_make_key(path).fingerprint() == made.fingerprint() == load_key(path).fingerprint()


def test_a_missing_key_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(KeyProblem, match=r"pseudonym\.key is er niet"):
        load_key(tmp_path / "pseudonym.key")


def test_a_file_that_is_no_key_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "pseudonym.key"
    path.write_bytes(b"too short")
    with pytest.raises(KeyProblem, match="32 bytes"):
        load_or_make_key(path)
    assert path.read_bytes() == b"too short"


def test_a_key_that_cannot_be_opened_or_made_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(KeyProblem, match="niet te openen"):
        load_key(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyProblem, match="niet te maken"):
        load_or_make_key(tmp_path / "file" / "pseudonym.key")


@pytest.mark.parametrize(
    "header",
    [
        "naam",
        "Achternaam",
        "VOORNAAM",
        "roepnaam",
        "tussenvoegsel",
        "Initialen",
        "BSN",
        "bsn_leerling",
        "burgerservicenummer",
        "E-mail",
        "email",
        "E-mailadres ouder 1",
        "Telefoon thuis",
        "telefoonnummer",
        "adres",
        "Straat",
        "huisnummer",
        "postcode",
        "Woonplaats",
        "geslacht",
        "Naam ouder",
        "leerling_naam",
        "Volledige naam",
    ],
)
def test_personal_columns(header: str) -> None:
    assert is_personal(header, "leerlingen")


@pytest.mark.parametrize("header", ["klas", "mentor", "opmerking", "leerlingnummer", "datum", "groep", "namens"])
def test_other_columns(header: str) -> None:
    assert not is_personal(header, "leerlingen")


def test_the_name_of_a_school_is_not_personal() -> None:
    assert not is_personal(" Naam ", "scholen")
    assert is_personal("achternaam", "scholen")


def test_what_shows_that_a_file_lists_people() -> None:
    assert all(is_of_people(header) for header in ("leerlingnummer", "Geboortedatum", "voornaam", "BSN"))
    assert not any(is_of_people(header) for header in ("naam", "brin6", "adres", "telefoon", "plaats"))
