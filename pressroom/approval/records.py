"""The records that people write, and their files: sign-offs, waivers, withdrawals, recalls.

Each record is an entry of the log. `after` are the ids of the last entries that its author knew; `id` is its own, which
the reader fills in. All records that are named are named by their ids. `people` is the hash of the file of people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from pressroom.approval.codec import LARGE, RecordFormat, named, optional, unstored
from pressroom.approval.log import Log, LogEntry, entry_id, file_of
from pressroom.approval.releases import Release
from pressroom.approval.roles import ROLES
from pressroom.approval.same_person import Person, person
from pressroom.drawing import PieceDrawing


def drawing_key(product: str, clinic: str) -> str:
    """The name of a piece's drawing in a sign-off."""
    return f"{product}/{clinic}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """One person's signature in one role on one document in one locale (`en`: the English itself).

    `texts` names the file of the signed words. `english` and `translation` are hashes of the messages. `words` are
    hashes of the layouts' words by product: the sign-off covers these products. `drawings` are the hashes of what each
    proof draws that the signer looked at, base and imprint, by `product/clinic`; see `drawing_of`. `emergency` are the
    numbers by clinic, `clinic_values` the hashes of what else a piece says of its clinic, by `product/clinic`: some
    products list places and others don't. `proofs` are the files that the signer looked at, with their SHA-256.
    `answers` are the recalls that the signer knew of. `replaces` are the earlier sign-offs that no longer count for the
    products of this one. `language` is what the language was called. `principal` is the signer's id in people.toml,
    `key` the fingerprint of the key that signed the record. The reader fills in `lapses`, see `Standing`.
    """

    document: str
    locale: str
    role: str
    name: str
    qualification: str
    principal: str = optional("")
    key: str = optional("")
    dated: date = named("date")
    review_by: str
    language: str = optional("")
    english: str
    translation: str
    texts: str
    answers: tuple[str, ...] = optional(())
    replaces: tuple[str, ...] = optional(())
    words: dict[str, str]
    drawings: dict[str, str]
    emergency: dict[str, str] = optional({})
    clinic_values: dict[str, str] = optional({}, key="imprints")
    proofs: dict[str, str] = optional({})
    people: str = optional("")
    after: tuple[str, ...] = optional(())
    id: str = unstored()
    lapses: date | None = unstored(None)

    @property
    def person(self) -> Person:
        """Who signed."""
        return person(self.name, self.principal, self.key)

    def drawing_of(self, product: str, clinic: str) -> PieceDrawing:
        """What the signer saw of a product for a clinic; unknown if they saw no proof of it."""
        base, _, imprint = self.drawings.get(drawing_key(product, clinic), "").partition(" ")
        return PieceDrawing(base, imprint)

    @property
    def products(self) -> frozenset[str]:
        """The products that it covers."""
        return frozenset(self.words)

    @property
    def file(self) -> str:
        """The name of its file."""
        return file_of(self.id)

    @property
    def names(self) -> frozenset[str]:
        """The entries that it names."""
        return frozenset((*self.after, *self.answers, *self.replaces))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A reviewer excuses a finding (`code`) in a text: `message` and `text` are hashes of English and translation.

    `quoted` is the translation, for people who read the file. `principal`, `key` and `lapses` are as in `SignOff`.
    """

    document: str
    locale: str
    code: str
    message: str
    text: str
    quoted: str
    reason: str
    name: str
    qualification: str
    dated: date = named("date")
    principal: str = optional("")
    key: str = optional("")
    people: str = optional("")
    after: tuple[str, ...] = optional(())
    id: str = unstored()
    lapses: date | None = unstored(None)

    @property
    def person(self) -> Person:
        """Who excused it."""
        return person(self.name, self.principal, self.key)

    @property
    def names(self) -> frozenset[str]:
        """The entries that it names."""
        return frozenset(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A reviewer refused a text (`kind` is returned), or a signature was taken back (unsigned).

    `voids` are the ids of the sign-offs that no longer count. It counts without a signature; `principal` and `key` say
    who signed it all the same. `kind` is part of the file's name only.
    """

    document: str
    locale: str
    dated: date = named("date")
    name: str
    principal: str = optional("")
    key: str = optional("")
    reason: str
    voids: tuple[str, ...]
    after: tuple[str, ...] = optional(())
    kind: str = unstored()
    id: str = unstored()

    @property
    def names(self) -> frozenset[str]:
        """The entries that it names."""
        return frozenset((*self.after, *self.voids))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """A released file that a recall takes back, as its control line and the release log name it.

    `released` is the day, `release` the id of the log's entry.
    """

    number: str = ""
    locale: str = ""
    version: str = ""
    inputs: str = ""
    clinic: str = ""
    product: str = ""
    released: str = ""
    release: str = ""
    sha256: str = ""

    @property
    def printed(self) -> tuple[str, ...]:
        """What its control line says, apart from the dates."""
        return self.number, self.locale, self.version, self.inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """A document was taken back, in one locale or (`locale` empty) in all.

    `pulled` are the files that were released by then. Later sign-offs answer a recall by its id. Like a withdrawal, it
    counts without a signature.
    """

    document: str
    locale: str
    dated: date = named("date")
    name: str
    principal: str = optional("")
    key: str = optional("")
    reason: str
    after: tuple[str, ...] = optional(())
    pulled: tuple[Pulled, ...] = optional((), key="pull")
    id: str = unstored()

    @property
    def names(self) -> frozenset[str]:
        """The entries that it names."""
        return frozenset((*self.after, *(row.release for row in self.pulled if row.release)))

    def covers(self, document: str, locale: str) -> bool:
        """True if the recall is about the document in the locale."""
        return self.document == document and self.locale in ("", locale)


Record = SignOff | Waiver | Withdrawal | Recall | Release


@dataclass(frozen=True)
class Records:
    """All records that count, and the log's entries of those that do not."""

    signoffs: tuple[SignOff, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    recalls: tuple[Recall, ...] = ()
    releases: tuple[Release, ...] = ()
    uncounted: tuple[LogEntry, ...] = ()

    @cached_property
    def log(self) -> Log:
        """The log of all of them."""
        groups = (self.signoffs, self.withdrawals, self.waivers, self.recalls, self.releases)
        counted = (LogEntry(record.id, record.names) for records in groups for record in records)
        return Log({entry.id: entry for entry in (*self.uncounted, *counted)})

    def on(self, today: date) -> Records:
        """The records that count today: without those that have lapsed, see `Standing`."""
        able: tuple[SignOff | Waiver | Release, ...] = (*self.signoffs, *self.waivers, *self.releases)
        lapsed = [record for record in able if record.lapses is not None and record.lapses <= today]
        if not lapsed:
            return self
        return replace(
            self,
            signoffs=tuple(record for record in self.signoffs if record not in lapsed),
            waivers=tuple(record for record in self.waivers if record not in lapsed),
            releases=tuple(record for record in self.releases if record not in lapsed),
            uncounted=(*self.uncounted, *(LogEntry(record.id, record.names, counts=False) for record in lapsed)),
        )

    @property
    def newest(self) -> date | None:
        """The latest date on any record, None if there are none: today can't be earlier."""
        groups = (self.signoffs, self.withdrawals, self.waivers, self.recalls, self.releases)
        return max((record.dated for records in groups for record in records), default=None)


def _check_signer(record: SignOff) -> None:
    if record.role not in ROLES:
        raise ValueError(f"{record.role!r} is no role")
    if not person(record.name).name:
        raise ValueError("it names no person")


def _id_of(table: Mapping[str, Any], stem: str) -> dict[str, str]:
    return {"id": entry_id(str(table.get("document", "")), str(table.get("locale", "")), stem)}


SIGNOFF: Final = RecordFormat(
    SignOff,
    head="A sign-off, written by `publish.py sign`. Its name holds the hash of its content: an edited one is void.",
    name=lambda record, text_hash: f"{record.role}-{record.dated}-{text_hash}.toml",
    from_name=_id_of,
    check=_check_signer,
)
WAIVER: Final = RecordFormat(
    Waiver,
    head="A reviewer's waiver of one finding in one text, written by `publish.py waive`.",
    name=lambda record, text_hash: f"waiver-{record.code}-{record.dated}-{text_hash}.toml",
    from_name=_id_of,
)
# Recalls and withdrawals are not sealed: an edited one still counts, because what takes back must fail safe. It also
# bars what it could have been about.
RECALL: Final = RecordFormat(
    Recall,
    head="A recall, written by `publish.py recall`. It stands until every role has signed again, naming it.",
    name=lambda record, text_hash: f"{record.document}-{record.dated}-{text_hash}.toml",
    sealed=False,
    from_name=_id_of,
    limit=LARGE,
)
WITHDRAWAL: Final = RecordFormat(
    Withdrawal,
    head="Signatures that no longer stand, written by `publish.py return` or `publish.py unsign`.",
    name=lambda record, text_hash: f"{record.kind}-{record.dated}-{text_hash}.toml",
    sealed=False,
    from_name=lambda table, stem: _id_of(table, stem) | {"kind": stem.partition("-")[0]},
)
