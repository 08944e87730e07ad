"""How long a login lasts, by a clock of the test's own."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dashboard.access.door import IDLE, LONGEST, Door, NoAccess, Reason, Viewer
from tests.access.logins import ACCESS, MADE, claims, write_access

BOARD = claims(roles=["bestuur"])


@dataclass
class Clock:
    at: float = MADE + 5

    def __call__(self) -> float:
        return self.at


@dataclass
class Way:
    """A door with its clock and its file."""

    file: Path
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.door = Door(self.file, self.clock, is_set_up=True)

    def restart(self) -> None:
        self.__post_init__()

    def refused(self, held: dict[str, object]) -> Reason | None:
        try:
            self.door.enter(held)
        except NoAccess as refusal:
            return refusal.reason
        return None


@pytest.fixture
def way(tmp_path: Path) -> Way:
    return Way(write_access(tmp_path))


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (BOARD, None),
        ({}, Reason.LOGGED_OUT),
        ({"is_logged_in": False}, Reason.LOGGED_OUT),
        ({**BOARD, "is_logged_in": "true"}, Reason.LOGGED_OUT),
        ({**BOARD, "provider": "ander"}, Reason.FOREIGN),
        ({**BOARD, "iss": "https://login.example.nl"}, Reason.FOREIGN),
        (claims(), Reason.NO_ROLE),
        (claims(roles="bestuur", iat=None), Reason.TOO_OLD),
        (claims(roles="bestuur", iat="1800000000"), Reason.TOO_OLD),
        (claims(roles="bestuur", iat=True), Reason.TOO_OLD),
        (claims(roles="bestuur", iat=float("nan")), Reason.TOO_OLD),
        (claims(roles="bestuur", iat=MADE + 3600), Reason.TOO_OLD),
        (claims(roles="bestuur", iat=MADE - LONGEST), Reason.TOO_OLD),
        (claims(roles="bestuur", iat=MADE - IDLE), Reason.IDLE),
    ],
)
def test_who_comes_in(held: dict[str, object], reason: Reason | None, way: Way) -> None:
    """A login that is right in every respect, and no other."""
    assert way.refused(held) is reason


def test_eight_hours_however_busy(way: Way) -> None:
    """A sign of life every ten minutes keeps a login for eight hours, and not a second longer."""
    moments = range(MADE, MADE + LONGEST, 600)
    for way.clock.at in moments:
        assert way.refused(BOARD) is None
    way.clock.at = MADE + LONGEST
    assert way.refused(BOARD) is Reason.TOO_OLD


def test_half_an_hour_of_silence(way: Way) -> None:
    """After half an hour without a question a login is over, and asking again doesn't bring it back."""
    assert way.refused(BOARD) is None
    way.clock.at += IDLE - 1
    assert way.refused(BOARD) is None
    way.clock.at += IDLE
    assert way.refused(BOARD) is Reason.IDLE
    way.clock.at += 1
    assert way.refused(BOARD) is Reason.IDLE
    assert way.refused({**BOARD, "iat": int(way.clock.at)}) is None, "who logs in again comes in again"


def test_a_restart_lets_nobody_in_for_longer(way: Way) -> None:
    """A server that forgot whom it saw goes by the login itself."""
    way.clock.at = MADE + IDLE - 1
    assert way.refused(BOARD) is None
    way.clock.at += 60
    assert way.refused(BOARD) is None
    way.restart()
    assert way.refused(BOARD) is Reason.IDLE


def test_a_login_that_ended_stays_ended(way: Way) -> None:
    """A cookie that somebody kept is worth nothing after logging out; another login of the same person is."""
    assert way.refused(BOARD) is None
    way.door.end(BOARD)
    assert way.refused(BOARD) is Reason.IDLE
    assert way.refused({**BOARD, "nonce": "n2"}) is None


def test_the_list_of_logins_ends(way: Way) -> None:
    """What is too old anyway is forgotten."""
    for number in range(50):
        assert way.refused({**BOARD, "nonce": f"{number}"}) is None
    way.clock.at = MADE + LONGEST + 5
    assert way.refused({**BOARD, "iat": int(way.clock.at)}) is None
    assert len(way.door.seen) == 1


def test_a_right_is_asked_again(way: Way) -> None:
    """A viewer who lost the role, or got another one, sees nothing more of what the first one showed."""
    viewer = way.door.enter(BOARD)
    viewer.confirm()
    Viewer(viewer.audience).confirm()  # made-up figures: nobody to ask
    write_access(way.file.parent, ACCESS.replace('role = "bestuur"', 'role = "rvt" # minder'))
    with pytest.raises(NoAccess):
        viewer.confirm()
    way.file.unlink()
    with pytest.raises(NoAccess) as refusal:
        viewer.confirm()
    assert refusal.value.reason is Reason.NOT_SET_UP


def test_without_a_provider_nobody_comes_in(way: Way) -> None:
    """The server can't let people log in: whatever a cookie says, it wasn't this server's."""
    door = Door(way.file, way.clock, is_set_up=False)
    assert not door.is_open()
    with pytest.raises(NoAccess):
        door.enter(BOARD)
