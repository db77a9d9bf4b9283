"""The people of a project: who may sign what, in which languages, and with which keys.

The file is `source/people.toml`; `people_file.py` reads it. The rules that need the log are in `standing.py`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pressroom.approval.same_person import Person, person
from pressroom.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Validity:
    """When a key or a person counts: from `since`, and until it was closed.

    It is closed at the end of the day before `void_from`, or after the log entries `void_after`: what these do not
    descend from is later. None is open.
    """

    since: date = date.min
    void_from: date | None = None
    void_after: tuple[str, ...] | None = None

    def covers(self, today: date) -> bool:
        """True if something new can be signed on this day."""
        return self.since <= today and self.void_after is None and (self.void_from is None or today < self.void_from)


@dataclass(frozen=True, slots=True)
class Key:
    """A public key. `fingerprint` is empty for a kind of key that this version does not know and can't check.

    `roles` are those that it signs in, `releaser` among them; None for all that its person has.
    """

    kind: str
    public: str
    fingerprint: str
    validity: Validity
    span: Span
    roles: tuple[str, ...] | None = None

    def signs(self, role: str) -> bool:
        """True if it signs in this role, if its person has it."""
        return self.roles is None or role in self.roles


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person by the name that records have (`id`), the languages of each role, and their keys.

    `names` and `qualifications` begin with today's; records of earlier days may have the others.
    """

    id: str
    names: tuple[str, ...]
    qualifications: tuple[str, ...]
    languages: dict[str, tuple[str, ...]]
    releaser: bool
    keys: tuple[Key, ...]
    validity: Validity
    span: Span

    @property
    def name(self) -> str:
        """What they are called today."""
        return self.names[0]

    @property
    def qualification(self) -> str:
        """By what right they sign today."""
        return self.qualifications[0]

    def may_sign(self, role: str, locale: str) -> bool:
        """True if they may sign in this role in this language."""
        return locale in self.languages.get(role, ())

    def is_called(self, name: str) -> bool:
        """True for exactly their name, today's or an earlier one."""
        return _folded(name) in map(_folded, self.names)

    def is_qualified(self, qualification: str) -> bool:
        """True for exactly their qualification, today's or an earlier one."""
        return _folded(qualification) in map(_folded, self.qualifications)

    def has_key(self, role: str, today: date) -> bool:
        """True if they can sign in this role with a key on this day."""
        return any(key.fingerprint and key.signs(role) and key.validity.covers(today) for key in self.keys)

    def key_of(self, fingerprint: str) -> Key | None:
        """Their key of this fingerprint."""
        return next((key for key in self.keys if key.fingerprint and key.fingerprint == fingerprint), None)

    def persons(self) -> tuple[Person, ...]:
        """The person under each of their names, in the form that `is_same` compares."""
        marks = (self.id, *(key.fingerprint for key in self.keys))
        return tuple(person(name, *marks) for name in self.names)


@dataclass(frozen=True)
class People:
    """Everybody who is listed, in the order of the file. `mark` is the hash of the file, which records name."""

    listed: tuple[ListedPerson, ...] = ()
    mark: str = ""

    @cached_property
    def by_id(self) -> dict[str, ListedPerson]:
        """Everybody by id."""
        return {listed.id: listed for listed in self.listed}

    @cached_property
    def by_fingerprint(self) -> dict[str, ListedPerson]:
        """Who has a key, by its fingerprint."""
        return {key.fingerprint: listed for listed in self.listed for key in listed.keys if key.fingerprint}

    @property
    def use_keys(self) -> bool:
        """True if a record counts only with a signature: anybody has a key."""
        return any(listed.keys for listed in self.listed)

    @property
    def sign_releases(self) -> bool:
        """True if a release counts only with a signature: anybody who may release has a key."""
        return any(listed.releaser and listed.keys for listed in self.listed)

    def find(self, id: str, name: str) -> ListedPerson | None:
        """The person whom a record names by id; a record from before there was a file, by exactly their name."""
        if id:
            return self.by_id.get(id)
        return next((listed for listed in self.listed if listed.is_called(name)), None)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
