"""Sessions: who is at which browser. They are in memory alone: they end with the server, and no file has them.

Without `--origin`, people say who they are: that is as good as the name on a form. Behind a proxy a passkey says it,
and a session ends after a while without a request, and after a working day in any case.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from pressroom.commands.signing.passkey_signing import PendingRecord

T = TypeVar("T")
# Seconds. A signature asks for the passkey again in any case, so an hour without a request is no risk to a patient.
IDLE: Final = 60 * 60.0
ABSOLUTE: Final = 10 * 3600.0
# Seconds in which a person confirms with their passkey.
_TO_CONFIRM: Final = 10 * 60.0
_SESSIONS: Final = 2_000
_STRANGERS: Final = 5_000
_WAITING: Final = 20


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is at the browser. `id` is theirs in source/people.toml; empty for a name that was only typed.

    `passkey` is the fingerprint of the passkey with which they signed in, empty if they only said who they are.
    """

    id: str
    name: str
    qualification: str
    passkey: str = ""


class Bounded(Generic[T]):
    """The newest values by their keys; the oldest are forgotten."""

    def __init__(self, most: int) -> None:
        self._most, self._values = most, OrderedDict[str, T]()

    def put(self, key: str, value: T) -> None:
        """Keep a value."""
        self._values[key] = value
        self._values.move_to_end(key)
        while len(self._values) > self._most:
            self._values.popitem(last=False)

    def get(self, key: str) -> T | None:
        """The value of a key."""
        return self._values.get(key)

    def pop(self, key: str) -> T | None:
        """The value of a key, which is forgotten."""
        return self._values.pop(key, None)


@dataclass(slots=True)
class Session:
    """What the server knows of a browser: the visitor, challenges that wait for a passkey, records to be signed.

    `began` and `seen` are seconds of the store's clock.
    """

    began: float
    seen: float
    visitor: Visitor | None = None
    challenges: Bounded[tuple[bytes, float]] = field(default_factory=lambda: Bounded(_WAITING))
    pending: Bounded[PendingRecord] = field(default_factory=lambda: Bounded(_WAITING))


class Sessions:
    """All sessions by the value of their cookie. `expire` is True behind a proxy; `clock` counts seconds."""

    def __init__(self, *, expire: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._expire, self._clock = expire, clock
        self._kept = Bounded[Session](_SESSIONS)
        # Browsers of which nothing is known yet: however many come, they push out no person.
        self._strangers = Bounded[Session](_STRANGERS)
        # Whose session ended because of time, by its cookie.
        self._expired = Bounded[Visitor](_SESSIONS)

    def get(self, session: str) -> Session | None:
        """The session of a cookie, if it has not expired; this request keeps it alive."""
        found, now = self._kept.get(session) or self._strangers.get(session), self._clock()
        if found is None:
            return None
        if self._expire and (now - found.seen > IDLE or now - found.began > ABSOLUTE):
            self._kept.pop(session)
            self._strangers.pop(session)
            if found.visitor is not None:
                self._expired.put(session, found.visitor)
            return None
        found.seen = now
        return found

    def is_over(self, session: str) -> bool:
        """True if who was at the browser is no longer; asking does not keep the session alive."""
        found, now = self._kept.get(session), self._clock()
        return found is None or (self._expire and (now - found.seen > IDLE or now - found.began > ABSOLUTE))

    def visitor(self, session: str) -> Visitor | None:
        """Who is at the browser with this cookie."""
        found = self.get(session)
        return found.visitor if found is not None else None

    def enter(self, session: str, visitor: Visitor) -> str:
        """Remember who is at a browser. Returns the new value of its cookie: a value from before proves nothing.

        Somebody whose own session has expired keeps its cookie, which came from here: a form that they had begun to
        write is then still good.
        """
        self._kept.pop(session)
        self._strangers.pop(session)
        again = self._expired.pop(session) == visitor
        new, now = session if again else secrets.token_urlsafe(24), self._clock()
        self._kept.put(new, Session(now, now, visitor))
        return new

    def leave(self, session: str) -> None:
        """Forget a browser."""
        self._kept.pop(session)
        self._expired.pop(session)

    def new_challenge(self, session: str, purpose: str) -> bytes:
        """A random challenge for a purpose, good once and for a short time; the last one of a purpose counts."""
        challenge = secrets.token_bytes(32)
        self._of(session).challenges.put(purpose, (challenge, self._clock()))
        return challenge

    def take_challenge(self, session: str, purpose: str) -> bytes | None:
        """The challenge, which is used up; None if there is none or it is too old."""
        found = self._of(session).challenges.pop(purpose)
        return None if found is None or self._clock() - found[1] > _TO_CONFIRM else found[0]

    def put_pending(self, session: str, record: PendingRecord) -> str:
        """Keep a record until its signature comes; returns the name by which the form sends it back."""
        name = secrets.token_urlsafe(18)
        self._of(session).pending.put(name, record)
        return name

    def take_pending(self, session: str, name: str) -> PendingRecord | None:
        """The record, which is forgotten: a form is good once."""
        return self._of(session).pending.pop(name)

    def _of(self, session: str) -> Session:
        found = self.get(session)
        if found is None:
            now = self._clock()
            found = Session(now, now)
            self._strangers.put(session, found)
        return found
