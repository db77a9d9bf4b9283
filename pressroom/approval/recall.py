"""Recalls, withdrawals and waivers: the other records, as values and as the small files they stand in."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from pressroom.approval.people import Person, person
from pressroom.approval.signoff import day
from pressroom.approval.toml import read_toml, short_hash, text_of, texts_of, write_toml

_RECALL_HEAD: Final = (
    "A recall, written by `publish.py recall`. It stands until every role has signed again, naming it."
)
_WITHDRAWAL_HEAD: Final = "Signatures that no longer stand, written by `publish.py return` or `publish.py unsign`."
_WAIVER_HEAD: Final = "A reviewer's waiver of one finding in one text, written by `publish.py waive`."


@dataclass(frozen=True, slots=True)
class Recall:
    """Somebody took a document back, in one locale or (`locale` empty) in all.

    `id` is its file's name without the ending: what a later sign-off names as answered. `pulled` are the releases
    that were out: the piece's file name, control number, version and date.
    """

    document: str
    locale: str
    reason: str
    name: str
    dated: date
    pulled: tuple[dict[str, str], ...] = ()
    id: str = ""

    def covers(self, document: str, locale: str) -> bool:
        """True where this recall speaks of the document in the locale."""
        return self.document == document and self.locale in ("", locale)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A reviewer's no (`returned`) or a signer's change of mind (`unsigned`): `voids` are the records' file names."""

    kind: str
    document: str
    locale: str
    reason: str
    name: str
    dated: date
    voids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiver:
    """A reviewer excuses one finding (`code`) in one text: `message` and `text` are hashes of English and translation.

    `quoted` is for the reader of the file; the hashes decide.
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
    dated: date
    principal: str = ""
    key: str = ""

    @property
    def person(self) -> Person:
        """Who excused it."""
        return person(self.name, self.principal, self.key)


def write_recall(record: Recall) -> tuple[str, str]:
    """The name of the record's file and its text."""
    table = {
        "document": record.document,
        "locale": record.locale,
        "date": record.dated.isoformat(),
        "name": record.name,
        "reason": record.reason,
        **({"pull": record.pulled} if record.pulled else {}),
    }
    text = write_toml(table, _RECALL_HEAD)
    return f"{record.document}-{record.dated.isoformat()}-{short_hash(text)}.toml", text


def read_recall(text: str, name: str) -> Recall:
    """A recall from its file's text. An edited one still counts: what takes back fails safe.

    Raises:
        ValueError: it names no document.
    """
    table = read_toml(text)
    pulled = tuple({key: str(value) for key, value in row.items()} for row in table.get("pull", []))
    return Recall(
        document=text_of(table, "document"),
        locale=text_of(table, "locale"),
        reason=text_of(table, "reason"),
        name=text_of(table, "name"),
        dated=day(text_of(table, "date")),
        pulled=pulled,
        id=name.removesuffix(".toml"),
    )


def write_withdrawal(record: Withdrawal) -> tuple[str, str]:
    """The name of the record's file and its text."""
    table = {
        "document": record.document,
        "locale": record.locale,
        "date": record.dated.isoformat(),
        "name": record.name,
        "reason": record.reason,
        "voids": record.voids,
    }
    text = write_toml(table, _WITHDRAWAL_HEAD)
    return f"{record.kind}-{record.dated.isoformat()}-{short_hash(text)}.toml", text


def read_withdrawal(text: str, name: str) -> Withdrawal:
    """A withdrawal from its file's text. An edited one still counts: what takes back fails safe.

    Raises:
        ValueError: it does not say what it voids.
    """
    table = read_toml(text)
    return Withdrawal(
        kind=name.partition("-")[0],
        document=text_of(table, "document"),
        locale=text_of(table, "locale"),
        reason=text_of(table, "reason"),
        name=text_of(table, "name"),
        dated=day(text_of(table, "date")),
        voids=texts_of(table, "voids"),
    )


def write_waiver(record: Waiver) -> tuple[str, str]:
    """The name of the record's file and its text."""
    table = {key.replace("dated", "date"): value for key, value in asdict(record).items() if value or key == "locale"}
    table.pop("key", None)
    text = write_toml({**table, "date": record.dated.isoformat()}, _WAIVER_HEAD)
    return f"waiver-{record.code}-{record.dated.isoformat()}-{short_hash(text)}.toml", text


def read_waiver(text: str, name: str) -> Waiver:
    """A waiver from its file's text.

    Raises:
        ValueError: it is no waiver, or was edited since it was written.
    """
    table = read_toml(text)
    code, dated = text_of(table, "code"), text_of(table, "date")
    if name != f"waiver-{code}-{dated}-{short_hash(text)}.toml":
        raise ValueError("its content is not what was signed under this name")
    fields = ("document", "locale", "code", "message", "text", "quoted", "reason", "name", "qualification")
    return Waiver(
        **{key: text_of(table, key) for key in fields}, dated=day(dated), principal=text_of(table, "principal", "")
    )
