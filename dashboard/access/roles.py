"""Who has which role: the claims of a login, matched against a file that the school group writes.

Deny by default: whom the file doesn't name has no role, and a login of another provider or tenant counts for nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from dashboard.access.audiences import DIRECTOR, PLAIN, Audience, audience
from dashboard.toml_tables import TomlFile, TomlTable

BRIN6: Final = re.compile(r"\d{2}[A-Z]{2}\d{2}")
SPELLED: Final = "een BRIN-nummer van zes tekens, zoals 99XA00"
NAME: Final = re.compile(r"[^\s\x00-\x1f]{1,200}")
CONTACT: Final = "de beheerder van dit dashboard"
"""Whom to ask for a role, where the file names nobody."""


class AccessProblem(ValueError):
    """The access file can't be used. A Dutch sentence that names file and line."""


@dataclass(frozen=True, slots=True)
class Role:
    """One line of the file: who has this value in this claim, sees this."""

    claim: str
    value: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class Access:
    """Whose logins count, and for which roles."""

    provider: str
    """The name under `[auth.NAME]` in Streamlit's secrets."""
    issuer: str
    """What the claim `iss` has to be, letter by letter."""
    roles: tuple[Role, ...]
    """In the order of the file: whoever fits several, gets the first."""
    tenant: str | None = None
    """What the claim `tid` has to be; None where the provider has no tenants."""
    user_claim: str = "sub"
    """The claim that the log holds of a person."""
    contact: str = CONTACT
    """Whom to ask for a role."""

    def admits(self, claims: Mapping[str, object]) -> bool:
        """Whether a login comes from this provider and tenant, and says who it is."""
        if claims.get("iss") != self.issuer or (self.tenant is not None and claims.get("tid") != self.tenant):
            return False
        return bool(self.user(claims))

    def user(self, claims: Mapping[str, object]) -> str:
        """Who somebody is in the log, one word; empty where the login doesn't say."""
        value = claims.get(self.user_claim)
        return value if isinstance(value, str) and NAME.fullmatch(value) else ""


def audience_of(claims: Mapping[str, object], access: Access) -> Audience | None:
    """For whom a login sees figures: the first role in the file that fits; None = no role.

    A claim may hold one text or a list of them; both are compared letter by letter.
    """
    if not access.admits(claims):
        return None
    return next((role.audience for role in access.roles if role.value in _texts(claims, role.claim)), None)


def load_access(path: Path) -> Access:
    """The access file, read again whenever it changes. Raises AccessProblem."""
    try:
        state = path.stat()
    except OSError as problem:
        raise AccessProblem(f"{path.name}: dit bestand ontbreekt of kan niet worden gelezen.") from problem
    return _read(path, state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=4)
def _read(path: Path, *_state: int) -> Access:
    top = TomlFile.read(path, AccessProblem).top()
    access = Access(
        provider=top.text_like("provider", re.compile(r"[A-Za-z0-9-]+"), "letters, cijfers en streepjes"),
        issuer=top.text_like("issuer", re.compile(r"https?://\S+"), "een adres dat met https:// begint"),
        tenant=top.optional_text("tenant"),
        user_claim=top.optional_text("user_claim") or "sub",
        contact=top.optional_text("contact") or CONTACT,
        roles=tuple(_role(table) for table in top.tables("role")),
    )
    top.close()
    return access


def _role(table: TomlTable) -> Role:
    claim, value = table.text("claim"), table.text("value")
    role = table.one_of("role", (*PLAIN, DIRECTOR))
    if role != DIRECTOR and "school" in table.rest:
        raise table.problem("school", f"school hoort alleen bij de rol {DIRECTOR}.")
    name = f"{role}:{table.text_like('school', BRIN6, SPELLED)}" if role == DIRECTOR else role
    table.close()
    return Role(claim, value, audience(name))


def _texts(claims: Mapping[str, object], name: str) -> tuple[str, ...]:
    """The values of a claim; an e-mail address that the provider doesn't vouch for is none."""
    if name == "email" and claims.get("email_verified", True) is not True:
        return ()
    value = claims.get(name)
    values = value if isinstance(value, list | tuple) else [value]
    return tuple(text for text in values if isinstance(text, str))
