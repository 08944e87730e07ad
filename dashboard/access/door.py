"""Who comes in, and for how long: asked again at every run, every question and every download.

A login is valid for eight hours, and for half an hour after the last sign of life. When that was, the server keeps by
itself; of a login that it hasn't seen before, for instance after a restart, the last sign of life is the login itself.
So forgetting can only shut somebody out.
"""

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final

from dashboard.access.audiences import Audience
from dashboard.access.roles import Access, AccessProblem, audience_of, load_access

LONGEST: Final = 8 * 3600
"""Seconds that a login lasts."""

IDLE: Final = 30 * 60
"""Seconds that a login lasts without a sign of life."""

SKEW: Final = 120
"""Seconds that the provider's clock may be ahead."""

ENDED: Final = float("-inf")


class Reason(Enum):
    """Why somebody doesn't come in."""

    NOT_SET_UP = "login isn't set up"
    LOGGED_OUT = "nobody is logged in"
    TOO_OLD = "the login is too old"
    IDLE = "no sign of life for too long"
    FOREIGN = "another provider or tenant"
    NO_ROLE = "no role"


class NoAccess(Exception):
    """Somebody may not see this, or not any more."""

    def __init__(self, reason: Reason, contact: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.contact = contact


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking, for whom figures are shown to them, and by what right."""

    audience: Audience
    user: str = ""
    """Who it is, for the log; empty where nobody logs in."""
    claims: Mapping[str, object] = field(default_factory=dict, repr=False)
    door: "Door | None" = field(default=None, repr=False)
    """Who is asked whether the right still holds; None for made-up figures, which everyone may see."""

    def confirm(self) -> None:
        """Raise NoAccess unless this right holds now as it did when it was given."""
        if self.door is not None and self.door.enter(self.claims).audience != self.audience:
            raise NoAccess(Reason.NO_ROLE)


@dataclass(frozen=True, slots=True)
class Door:
    """The way in to real figures."""

    access_file: Path
    now: Callable[[], float]
    """Seconds since 1970."""
    is_set_up: bool
    """Whether the server can let people log in."""
    log: Path = Path()
    """The folder in which is written who took what along."""
    seen: dict[str, tuple[float, float]] = field(default_factory=dict, repr=False)
    """Login → when it was made, and its last sign of life."""
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def is_open(self) -> bool:
        """Whether anybody could come in at all."""
        try:
            self.access()
        except NoAccess:
            return False
        return True

    def access(self) -> Access:
        """The access file as it is now. Raises NoAccess where there is nothing to go by."""
        try:
            known = load_access(self.access_file)
        except AccessProblem as problem:
            raise NoAccess(Reason.NOT_SET_UP) from problem
        if not self.is_set_up:
            raise NoAccess(Reason.NOT_SET_UP)
        return known

    def enter(self, claims: Mapping[str, object]) -> Viewer:
        """Who somebody is, by the claims of their login; asking is a sign of life. Raises NoAccess."""
        access = self.access()
        if claims.get("is_logged_in") is not True:
            raise NoAccess(Reason.LOGGED_OUT, access.contact)
        if not access.admits(claims) or claims.get("provider") != access.provider:
            raise NoAccess(Reason.FOREIGN, access.contact)
        self._count_time(claims, access.contact)
        audience = audience_of(claims, access)
        if audience is None:
            raise NoAccess(Reason.NO_ROLE, access.contact)
        return Viewer(audience, access.user(claims), claims, self)

    def end(self, claims: Mapping[str, object]) -> None:
        """Let a login be over, also for those who kept its cookie."""
        with self.lock:
            self.seen[_name(claims)] = (_made(claims), ENDED)

    def _count_time(self, claims: Mapping[str, object], contact: str) -> None:
        now, made, name = self.now(), _made(claims), _name(claims)
        if not now - LONGEST < made <= now + SKEW:
            raise NoAccess(Reason.TOO_OLD, contact)
        with self.lock:
            _, last = self.seen.get(name, (made, made))
            if now - last >= IDLE:
                raise NoAccess(Reason.IDLE, contact)
            if name not in self.seen:
                self._forget(now)
            self.seen[name] = (made, max(now, last))

    def _forget(self, now: float) -> None:
        """Drop logins that are too old anyway, so that the list ends."""
        for name in [name for name, (made, _) in self.seen.items() if made <= now - LONGEST]:
            del self.seen[name]


def _made(claims: Mapping[str, object]) -> float:
    """When a login was made; long ago where it doesn't say."""
    made = claims.get("iat")
    return float(made) if isinstance(made, int | float) and not isinstance(made, bool) else ENDED


def _name(claims: Mapping[str, object]) -> str:
    """What tells one login from another, without saying whose it is."""
    parts = [str(claims.get(name, "")) for name in ("iss", "sub", "iat", "nonce")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
