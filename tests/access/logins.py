"""A made-up provider, an access file and the claims of people who log in with it."""

from pathlib import Path
from typing import Any

ISSUER = "https://login.example.nl/tenant-een/v2.0"
TENANT = "tenant-een"
MADE = 1_800_000_000
"""When everybody logged in: seconds since 1970."""

ACCESS = f"""\
provider = "school"
issuer = "{ISSUER}"
tenant = "{TENANT}"
contact = "het stafbureau"

[[role]]
claim = "roles"
value = "bestuur"
role = "bestuur"

[[role]]
claim = "roles"
value = "gmr"
role = "gmr"

[[role]]
claim = "groups"
value = "0b1c"
role = "rvt"

[[role]]
claim = "email"
value = "ict@example.nl"
role = "beheerder"

[[role]]
claim = "roles"
value = "directeur-oost"
role = "directeur"
school = "99XB00"
"""

SECRETS = f"""\
[auth]
redirect_uri = "https://gedragscode.example.nl/oauth2callback"
cookie_secret = "{"made-up-" * 4}"

[auth.school]
client_id = "gedragscode"
client_secret = "made-up"
server_metadata_url = "{ISSUER}/.well-known/openid-configuration"

[auth.school.client_kwargs]
prompt = "login"
"""


def claims(**changed: Any) -> dict[str, Any]:
    """What Streamlit's cookie says of somebody who just logged in; None takes a claim away."""
    known = {
        "is_logged_in": True,
        "provider": "school",
        "iss": ISSUER,
        "tid": TENANT,
        "sub": "a1b2c3",
        "nonce": "n1",
        "iat": MADE,
        "exp": MADE + 3600,
    }
    return {name: value for name, value in {**known, **changed}.items() if value is not None}


def write_access(folder: Path, text: str = ACCESS) -> Path:
    path = folder / "access.toml"
    path.write_text(text, encoding="utf-8")
    return path
