"""A sign-off: what a person signed, as a value and as the small file that stands beside the catalogs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from pressroom.approval.digest import WordingLine, digest
from pressroom.approval.people import Person, person
from pressroom.approval.toml import pairs_of, read_toml, short_hash, text_of, texts_of, write_toml

TRANSLATOR: Final = "translator"
REVIEWER: Final = "reviewer"
CLINICIAN: Final = "clinician"
ROLES: Final = (TRANSLATOR, REVIEWER, CLINICIAN)
# The English has no translator; a clinician answers for it.
ENGLISH_ROLES: Final = (REVIEWER, CLINICIAN)
_HEAD: Final = (
    "A sign-off, written by `publish.py sign`. Its name holds the hash of its content: an edited one is void."
)
_TEXTS_HEAD: Final = "The words that were signed, so that what changed since can be shown. Its name is their hash."
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class SignOff:
    """One person's signature in one role under one document in one locale (`en`: the English itself).

    `english` and `translation` are hashes of the messages, `words` of the layouts' words and `looks` of the layout by
    product: the products are its scope. `emergency` are the numbers by clinic, `imprints` the hashes of what else a
    piece says of each clinic. `texts` names the file of the words signed. `answers` are the recalls the signer knew
    of, `replaces` the records this one takes the place of. `proofs` are the files looked at, with their SHA-256.
    `principal` is the signer's name in the allowed-signers file, where the record is signed by a key, and `key` that
    key's fingerprint, which stands in no record.
    """

    document: str
    locale: str
    role: str
    name: str
    qualification: str
    dated: date
    english: str
    translation: str
    words: dict[str, str]
    looks: dict[str, str]
    review_by: str
    texts: str
    emergency: dict[str, str] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    proofs: dict[str, str] = field(default_factory=dict)
    imprints: dict[str, str] = field(default_factory=dict)
    principal: str = ""
    file: str = ""
    key: str = ""

    @property
    def person(self) -> Person:
        """Who signed."""
        return person(self.name, self.principal, self.key)


def write_signoff(record: SignOff) -> tuple[str, str]:
    """The name of the record's file and its text."""
    table = {
        "document": record.document,
        "locale": record.locale,
        "role": record.role,
        "name": record.name,
        "qualification": record.qualification,
        **({"principal": record.principal} if record.principal else {}),
        "date": record.dated.isoformat(),
        "review-by": record.review_by,
        "english": record.english,
        "translation": record.translation,
        "texts": record.texts,
        **({"answers": record.answers} if record.answers else {}),
        **({"replaces": record.replaces} if record.replaces else {}),
        "words": record.words,
        "looks": record.looks,
        **({"emergency": record.emergency} if record.emergency else {}),
        **({"imprints": record.imprints} if record.imprints else {}),
        **({"proofs": record.proofs} if record.proofs else {}),
    }
    text = write_toml(table, _HEAD)
    return f"{record.role}-{record.dated.isoformat()}-{short_hash(text)}.toml", text


def read_signoff(text: str, name: str) -> SignOff:
    """A record from its file's text; `name` is the file's.

    Raises:
        ValueError: it is no record, or was edited since it was written.
    """
    table = read_toml(text)
    role, dated = text_of(table, "role"), text_of(table, "date")
    if role not in ROLES:
        raise ValueError(f"nobody signs as {role!r}")
    if name != f"{role}-{dated}-{short_hash(text)}.toml":
        raise ValueError("its content is not what was signed under this name")
    if not person(text_of(table, "name")).name:
        raise ValueError("it names nobody")
    return SignOff(
        document=text_of(table, "document"),
        locale=text_of(table, "locale"),
        role=role,
        name=text_of(table, "name"),
        qualification=text_of(table, "qualification"),
        dated=day(dated),
        english=text_of(table, "english"),
        translation=text_of(table, "translation"),
        words=pairs_of(table, "words"),
        looks=pairs_of(table, "looks"),
        review_by=text_of(table, "review-by"),
        texts=text_of(table, "texts"),
        emergency=pairs_of(table, "emergency"),
        answers=texts_of(table, "answers"),
        replaces=texts_of(table, "replaces"),
        imprints=pairs_of(table, "imprints"),
        proofs=pairs_of(table, "proofs"),
        principal=text_of(table, "principal", ""),
        file=name,
    )


def day(written: str) -> date:
    """A day written `2026-11-23`.

    Raises:
        ValueError: it is not.
    """
    if not _DATE.fullmatch(written):
        raise ValueError(f"{written!r} is not a day")
    return date.fromisoformat(written)


def texts_name(lines: tuple[WordingLine, ...]) -> str:
    """The name, without its ending, of the file that holds these words."""
    return digest(part for line in lines for part in (*line.place, line.text))[:16]


def write_texts(lines: tuple[WordingLine, ...]) -> str:
    """The words signed, as their file holds them."""
    rows = [
        {"panel": line.panel, "context": line.context, "english": line.english, "text": line.text} for line in lines
    ]
    return write_toml({"message": rows}, _TEXTS_HEAD)


def read_texts(text: str, name: str) -> tuple[WordingLine, ...]:
    """The words signed.

    Raises:
        ValueError: these are not the words that the name is the hash of.
    """
    rows = read_toml(text).get("message", [])
    lines = tuple(_line(row) for row in rows)
    if texts_name(lines) != name:
        raise ValueError("these are not the words that were signed")
    return lines


def _line(row: dict[str, str]) -> WordingLine:
    panel, context, english, text = (text_of(row, key) for key in ("panel", "context", "english", "text"))
    return WordingLine(panel, context, english, text)
