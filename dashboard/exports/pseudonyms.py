"""Nothing personal passes: names are dropped, numbers become keyed pseudonyms, ids keyed hashes.

A pseudonym is HMAC-SHA-256 over the value with a prefix per kind, its first 16 bytes in hexadecimals: the same
value of another kind has nothing in common with it, and without the key nobody can try numbers out.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import re
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

KEY_BYTES: Final = 32
PSEUDONYM_BYTES: Final = 16
PUPIL_KIND: Final = "leerling"

PERSONAL_HEADERS: Final = frozenset(
    {
        "naam",
        "voornaam",
        "voornamen",
        "achternaam",
        "achternamen",
        "roepnaam",
        "roepnamen",
        "tussenvoegsel",
        "tussenvoegsels",
        "voorvoegsel",
        "voorvoegsels",
        "voorletter",
        "voorletters",
        "initialen",
        "familienaam",
        "geboortenaam",
        "meisjesnaam",
        "volledigenaam",
        "leerlingnaam",
        "oudernaam",
        "bsn",
        "burgerservicenummer",
        "onderwijsnummer",
        "pgn",
        "sofinummer",
        "email",
        "emailadres",
        "mail",
        "mailadres",
        "telefoon",
        "telefoonnummer",
        "telefoonnr",
        "tel",
        "mobiel",
        "mobielnummer",
        "gsm",
        "adres",
        "straat",
        "straatnaam",
        "huisnummer",
        "huisnr",
        "postcode",
        "woonplaats",
        "plaats",
        "geboorteplaats",
        "geboorteland",
        "nationaliteit",
        "geslacht",
        "geslachtsaanduiding",
        "gender",
        "pasfoto",
        "iban",
        "rekeningnummer",
        "gebruikersnaam",
        "inlognaam",
    }
)
"""Words that make a column personal, in small letters: as a whole header or as one of its words."""

_OF_PEOPLE = PERSONAL_HEADERS - {
    "naam",
    "email",
    "emailadres",
    "mail",
    "mailadres",
    "telefoon",
    "telefoonnummer",
    "telefoonnr",
    "tel",
    "adres",
    "straat",
    "straatnaam",
    "huisnummer",
    "huisnr",
    "postcode",
    "woonplaats",
    "plaats",
}
"""Personal headers that a list of schools has no use for."""

_NOT_LETTERS = re.compile(r"[\W_\d]+")
_LEAVE_OUT = re.compile(r"[\W_]+")


class KeyProblem(Exception):
    """The file with the key can't be used. The message is a Dutch sentence that names the file."""


class PseudonymKey:
    """The secret behind every pseudonym. It shows itself nowhere: not in a repr, not in an error."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        """Takes exactly 32 bytes.

        Raises:
            ValueError: another number of bytes.
        """
        if len(secret) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self._secret = secret

    @classmethod
    def passing(cls) -> PseudonymKey:
        """A key for one check, of which nothing is kept."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def __repr__(self) -> str:
        return "PseudonymKey(…)"

    def __reduce__(self) -> str:
        raise TypeError("a key is never written along with something else")

    def hasher(self, kind: str) -> Callable[[str], str]:
        """The keyed hash for ids of one kind, for many of them."""
        secret, prefix = self._secret, f"{kind}\0"

        def hashed(value: str) -> str:
            return hmac.digest(secret, f"{prefix}{value}".encode(), "sha256")[:PSEUDONYM_BYTES].hex()

        return hashed

    def pupil(self, number: str) -> str:
        """The pseudonym of a `leerlingnummer` in its one way of writing: 32 hexadecimals."""
        return self.record(PUPIL_KIND, number)

    def record(self, kind: str, value: str) -> str:
        """The keyed hash of an id; `kind` keeps ids of different kinds apart: 32 hexadecimals."""
        return self.hasher(kind)(value)

    def fingerprint(self) -> str:
        """Tells keys apart without giving anything of them away: 32 hexadecimals."""
        return self.record("sleutel", "")


class PlainNumbers(PseudonymKey):
    """No key at all: every `leerlingnummer` stays as it is, for a list that a school makes of its own exports.

    Rows checked with it may never come near a store.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "PlainNumbers()"

    def hasher(self, kind: str) -> Callable[[str], str]:
        """A `leerlingnummer` in its one way of writing; of other ids a hash under a key that nobody keeps."""
        return str if kind == PUPIL_KIND else super().hasher(kind)


def load_key(path: Path) -> PseudonymKey:
    """The key in a file of exactly 32 bytes.

    Raises:
        KeyProblem: no such file, or not a key.
    """
    try:
        secret = path.read_bytes()
    except FileNotFoundError:
        raise KeyProblem(f"Het sleutelbestand {path.name} is er niet.") from None
    except OSError:
        raise KeyProblem(f"Het sleutelbestand {path.name} is niet te openen.") from None
    if len(secret) != KEY_BYTES:
        raise KeyProblem(f"Het sleutelbestand {path.name} hoort {KEY_BYTES} bytes te bevatten.")
    return PseudonymKey(secret)


def load_or_make_key(path: Path) -> PseudonymKey:
    """The key in a file; a new one, readable for its owner only (0600), where there is no file yet.

    A new key is on disk before the file gets its name, and of two makers at once one wins: there is never half a key.

    Raises:
        KeyProblem: the file is not a key, or can't be made.
    """
    if path.exists():
        return load_key(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=".key-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
            _flush(path.parent)
        finally:
            Path(draft).unlink()
    except OSError:
        raise KeyProblem(f"Het sleutelbestand {path.name} is niet te maken.") from None
    return load_key(path)


def _flush(folder: Path) -> None:
    """Have a folder's names on disk: a key that vanishes with the power would make its store useless."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_personal(header: str, dataset: str) -> bool:
    """Whether a column tells who someone is, by its header: it goes before anything else is done.

    Case, blanks and signs don't matter (`E-mail ouder 1`, `BSN_leerling`). The name of a school is no personal
    name: `naam` of `scholen` stays.
    """
    if header.strip().casefold() == "naam" and dataset == "scholen":
        return False
    return not _words(header).isdisjoint(PERSONAL_HEADERS)


def is_of_people(header: str) -> bool:
    """Whether a column shows that a file lists people: a `naam` beside it is theirs, not that of a school."""
    return not _words(header).isdisjoint(_OF_PEOPLE | {"leerlingnummer", "geboortedatum"})


def _words(header: str) -> set[str]:
    plain = header.strip().casefold()
    return {*_NOT_LETTERS.split(plain.replace("e-mail", "email")), _LEAVE_OUT.sub("", plain)}
