"""Recalls, withdrawals and waivers, and the files that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from pressroom.approval.codec import RecordFormat, named, optional, unstored
from pressroom.approval.people import Person, person


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """One released file that a recall takes back, as its control line and the release log name it."""

    number: str = ""
    locale: str = ""
    version: str = ""
    inputs: str = ""
    clinic: str = ""
    product: str = ""
    released: str = ""
    sha256: str = ""

    @property
    def printed(self) -> tuple[str, ...]:
        """What tells the file from others on paper."""
        return self.number, self.locale, self.version, self.inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """Somebody took a document back, in one locale or (`locale` empty) in all.

    `pulled` are the released files that were out. The reader fills in `id`, the file's name without its ending: later
    sign-offs answer a recall by it.
    """

    document: str
    locale: str
    dated: date = named("date")
    name: str
    reason: str
    pulled: tuple[Pulled, ...] = optional((), key="pull")
    id: str = unstored()

    def covers(self, document: str, locale: str) -> bool:
        """True where this recall is about the document in the locale."""
        return self.document == document and self.locale in ("", locale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A reviewer's no (`kind` is returned) or a signer's change of mind (unsigned).

    `voids` are the file names of the records that no longer count. `kind` is part of the file's name only.
    """

    document: str
    locale: str
    dated: date = named("date")
    name: str
    reason: str
    voids: tuple[str, ...]
    kind: str = unstored()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A reviewer excuses one finding (`code`) in one text: `message` and `text` are hashes of English and translation.

    `quoted` is the translation, for people who read the file. The reader fills in `key`, the SSH key's fingerprint.
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
    key: str = unstored()

    @property
    def person(self) -> Person:
        """Who excused it."""
        return person(self.name, self.principal, self.key)


# Recalls and withdrawals are not sealed: an edited one still counts, because what takes back must fail safe.
RECALL: Final = RecordFormat(
    Recall,
    head="A recall, written by `publish.py recall`. It stands until every role has signed again, naming it.",
    name=lambda record, text_hash: f"{record.document}-{record.dated}-{text_hash}.toml",
    sealed=False,
    from_name=lambda name: {"id": name.removesuffix(".toml")},
)
WITHDRAWAL: Final = RecordFormat(
    Withdrawal,
    head="Signatures that no longer stand, written by `publish.py return` or `publish.py unsign`.",
    name=lambda record, text_hash: f"{record.kind}-{record.dated}-{text_hash}.toml",
    sealed=False,
    from_name=lambda name: {"kind": name.partition("-")[0]},
)
WAIVER: Final = RecordFormat(
    Waiver,
    head="A reviewer's waiver of one finding in one text, written by `publish.py waive`.",
    name=lambda record, text_hash: f"waiver-{record.code}-{record.dated}-{text_hash}.toml",
)
