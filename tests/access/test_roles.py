"""From the claims of a login to an audience: whom the file names, and nobody else."""

import os
from pathlib import Path
from typing import Any

import pytest

from dashboard.access.audiences import DIRECTOR, PLAIN, audience
from dashboard.access.provider import host_of, load_secrets
from dashboard.access.rights import EVERYONE, PAGES, explain, may_open
from dashboard.access.roles import Access, AccessProblem, audience_of, load_access
from dashboard.settings import PROJECT
from tests.access.logins import ACCESS, SECRETS, claims, write_access


@pytest.fixture
def access(tmp_path: Path) -> Access:
    return load_access(write_access(tmp_path))


@pytest.mark.parametrize(
    ("held", "name"),
    [
        ({"roles": ["bestuur"]}, "bestuur"),
        ({"roles": "gmr"}, "gmr"),
        ({"roles": ["iets anders", "gmr"]}, "gmr"),
        ({"groups": ["0b1c"]}, "rvt"),
        ({"email": "ict@example.nl"}, "beheerder"),
        ({"email": "ict@example.nl", "email_verified": True}, "beheerder"),
        ({"roles": ["directeur-oost"]}, "directeur:99XB00"),
        # several roles: the first of the file, whatever the order of the claim
        ({"roles": ["directeur-oost", "gmr"]}, "gmr"),
        ({"groups": ["0b1c"], "roles": ["bestuur"]}, "bestuur"),
        # nothing that almost fits
        ({}, None),
        ({"roles": []}, None),
        ({"roles": ["Bestuur"]}, None),
        ({"roles": ["bestuur "]}, None),
        ({"roles": "bestuur,gmr"}, None),
        ({"roles": {"bestuur": True}}, None),
        ({"roles": [["bestuur"]]}, None),
        ({"role": ["bestuur"]}, None),
        ({"groups": ["bestuur"]}, None),
        ({"school": "99XB00", "roles": ["directeur"]}, None),
        ({"email": "ict@example.nl", "email_verified": False}, None),
        ({"email": "ict@example.nl", "email_verified": "true"}, None),
        # nobody from elsewhere
        ({"roles": ["bestuur"], "iss": "https://login.example.nl/tenant-twee/v2.0"}, None),
        ({"roles": ["bestuur"], "iss": f"{claims()['iss']}/"}, None),
        ({"roles": ["bestuur"], "iss": None}, None),
        ({"roles": ["bestuur"], "tid": "tenant-twee"}, None),
        ({"roles": ["bestuur"], "tid": None}, None),
        # nobody without a name for the log
        ({"roles": ["bestuur"], "sub": None}, None),
        ({"roles": ["bestuur"], "sub": "een\ttwee"}, None),
        ({"roles": ["bestuur"], "sub": ["a1b2c3"]}, None),
    ],
)
def test_audience_of(held: dict[str, Any], name: str | None, access: Access) -> None:
    """Claims may be a text or a list; letter by letter; another issuer or tenant counts for nothing."""
    found = audience_of(claims(**held), access)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('provider = "school"', 'provider = "een_naam"', "regel 1: provider bestaat uit letters, cijfers en streepjes"),
        ('issuer = "https:', 'issuer = "ftp:', "regel 2: issuer bestaat uit"),
        ('contact = "het stafbureau"', 'contakt = "x"', "regel 4: contakt is hier onbekend"),
        ('role = "gmr"', 'role = "mr"', "regel 14: role moet een van deze waarden zijn: bestuur, rvt, gmr, beheerder"),
        ('claim = "groups"', "claim = 3", "regel 17: claim ontbreekt"),
        ('role = "rvt"', 'role = "rvt"\nschool = "99XB00"', "regel 20: school hoort alleen bij de rol directeur"),
        ('school = "99XB00"', "", "regel 26: school ontbreekt"),
        ('school = "99XB00"', 'school = "99XB"', "regel 30: school bestaat uit een BRIN-nummer"),
        ("[[role]]", "[[rol]]", "er moet ten minste één"),
    ],
)
def test_complaints_name_the_line(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    """A tampered or misspelt file lets nobody in, and says in Dutch where it is wrong."""
    with pytest.raises(AccessProblem) as problem:
        load_access(write_access(tmp_path, ACCESS.replace(old, new)))
    assert complaint in str(problem.value)


def test_the_file_is_read_again(tmp_path: Path) -> None:
    """Who is taken out of the file is out at the next question, without a restart."""
    path = write_access(tmp_path)
    assert audience_of(claims(roles="gmr"), load_access(path)) is not None
    path.write_text(ACCESS.replace('value = "gmr"', 'value = "mrg"'), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert audience_of(claims(roles="gmr"), load_access(path)) is None
    path.unlink()
    with pytest.raises(AccessProblem, match=r"access\.toml"):
        load_access(path)


def test_the_example_holds() -> None:
    """The shipped example can be copied: it names every role, and secrets like those of the guide fit it."""
    example = load_access(PROJECT / "data" / "access.example.toml")
    assert {role.audience.role for role in example.roles} == EVERYONE


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("", "", ""),
        ("https://gedragscode.example.nl", "http://localhost:8501", ""),
        ("https://gedragscode", "http://gedragscode", "redirect_uri moet een adres zijn dat met https"),
        ("/oauth2callback", "/", "redirect_uri moet eindigen op /oauth2callback"),
        ("made-up-" * 4, "kort", "cookie_secret moet ten minste 32 tekens"),
        ("https://login.example.nl", "http://login.example.nl", "server_metadata_url moet een adres zijn"),
        ("/tenant-een/", "/common/", "uw eigen tenant"),
        ('client_id = "gedragscode"', "", "client_id ontbreekt"),
        ('client_secret = "made-up"', "", "client_secret ontbreekt"),
        ("[auth.school]", "[auth.ander]", "server_metadata_url ontbreekt"),
        ("[auth.school]", 'expose_tokens = "id"\n[auth.school]', "expose_tokens is hier niet nodig"),
    ],
)
def test_secrets(old: str, new: str, complaint: str, tmp_path: Path, access: Access) -> None:
    """What is needed to log in is there and safe, else a sentence with the line; no secret is in a sentence."""
    path = tmp_path / "secrets.toml"
    path.write_text(SECRETS.replace(old, new, 1) if old else SECRETS, encoding="utf-8")
    if not complaint:
        secrets = load_secrets(path, access)
        assert host_of(secrets) in ("gedragscode.example.nl", "localhost")
        assert secrets["auth"]["school"]["client_kwargs"] == {"prompt": "login"}
        return
    with pytest.raises(AccessProblem, match=complaint) as problem:
        load_secrets(path, access)
    assert "made-up" not in str(problem.value)


def test_every_page_says_for_whom() -> None:
    """Each page states its roles; one that states none is for nobody; and every role hears what it sees."""
    pages = {path.stem for path in (PROJECT / "dashboard" / "pages").glob("*.py")}
    assert set(PAGES) <= pages
    names = [*PLAIN, f"{DIRECTOR}:99XB00"]
    for name in names:
        who = audience(name)
        assert all(may_open(who, page) is (who.role in roles) for page, roles in PAGES.items())
        assert not may_open(who, "settings")
        assert ("als x" in explain(who, "School Oost")) is who.is_protected
