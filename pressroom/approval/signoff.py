"""A sign-off: what a person signed, and the files that hold it: the record and the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from pressroom.approval.codec import RecordFormat, named, optional, unstored
from pressroom.approval.digest import WordingLine, digest
from pressroom.approval.people import Person, person

TRANSLATOR: Final = "translator"
REVIEWER: Final = "reviewer"
CLINICIAN: Final = "clinician"
ROLES: Final = (TRANSLATOR, REVIEWER, CLINICIAN)
# The English has no translator; a clinician answers for it.
ENGLISH_ROLES: Final = (REVIEWER, CLINICIAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """One person's signature in one role on one document in one locale (`en`: the English itself).

    `texts` names the file of the words signed. `english` and `translation` are hashes of the messages. `words` are
    hashes of the layouts' words and `looks` of the layout, by product: the products are its scope. `emergency` are the
    numbers by clinic, `imprints` the hashes of what else a piece says of each clinic. `proofs` are the files that the
    signer looked at, with their SHA-256. `answers` are the recalls the signer knew of, `replaces` the records that this
    one replaces. `principal` is the signer's name in the allowed-signers file if a key signed the record. The reader
    fills in `file`, the record's name, and `key`, the fingerprint of that key.
    """

    document: str
    locale: str
    role: str
    name: str
    qualification: str
    principal: str = optional("")
    dated: date = named("date")
    review_by: str
    english: str
    translation: str
    texts: str
    answers: tuple[str, ...] = optional(())
    replaces: tuple[str, ...] = optional(())
    words: dict[str, str]
    looks: dict[str, str]
    emergency: dict[str, str] = optional({})
    imprints: dict[str, str] = optional({})
    proofs: dict[str, str] = optional({})
    file: str = unstored()
    key: str = unstored()

    @property
    def person(self) -> Person:
        """Who signed."""
        return person(self.name, self.principal, self.key)


@dataclass(frozen=True, slots=True)
class SignedWords:
    """The words that were signed, so that `status` and `sign` can show what changed since."""

    message: tuple[WordingLine, ...] = ()

    @property
    def name(self) -> str:
        """The hash of the words: the name of their file without its ending."""
        return digest(part for line in self.message for part in (*line.place, line.text))[:16]


def _check(record: SignOff) -> None:
    if record.role not in ROLES:
        raise ValueError(f"nobody signs as {record.role!r}")
    if not person(record.name).name:
        raise ValueError("it names nobody")


SIGNOFF: Final = RecordFormat(
    SignOff,
    head="A sign-off, written by `publish.py sign`. Its name holds the hash of its content: an edited one is void.",
    name=lambda record, text_hash: f"{record.role}-{record.dated}-{text_hash}.toml",
    from_name=lambda name: {"file": name},
    check=_check,
)
SIGNED_WORDS: Final = RecordFormat(
    SignedWords,
    head="The words that were signed, so that what changed since can be shown. Its name is their hash.",
    name=lambda words, _: f"{words.name}.toml",
)
