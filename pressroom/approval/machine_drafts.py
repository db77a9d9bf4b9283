"""The record of the texts of a catalog that a machine drafted, a file of its own.

Flags and headers get lost in translators' tools, so the hash of its text identifies a draft: a message is a machine
draft until its text is edited, a person saves it as it is in the browser, or a translator signs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pressroom.approval.wording import folded
from pressroom.catalog import Catalog, Entry
from pressroom.catalog.model import Key
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.fingerprint import content_hash
from pressroom.project import Project

COMMENT: Final = "machine draft: read every word"
_ROW = re.compile(r"([0-9a-f]{16}) ([0-9a-f]{16})")
_HEAD = (
    "# Machine drafts: the hash of each English message and of the text a machine drafted for it.\n"
    "# A text that was edited since no longer matches, and is no draft any more. Written by `publish.py drafted`.\n"
)


def text_hash(text: str) -> str:
    """Sixteen hex digits of the SHA-256 of a text in NFC with white space folded: re-wrapping does not change it."""
    return content_hash(folded(text).encode())[:16]


def key_hash(key: Key) -> str:
    """The `text_hash` of a message's msgctxt and msgid."""
    return text_hash(f"{key[0] or ''}\x04{key[1]}")


def _hashes(entries: Iterable[Entry]) -> dict[str, str]:
    return {key_hash(entry.key): text_hash(entry.msgstr) for entry in entries}


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """The drafted texts of one catalog: hash of the message to hash of the text."""

    drafted: dict[str, str] = field(default_factory=dict)

    def holds(self, key: Key, text: str) -> bool:
        """True if this text of the message (msgctxt, msgid) is as the machine wrote it."""
        return bool(self.drafted) and self.drafted.get(key_hash(key)) == text_hash(text)

    def keys_in(self, catalog: Catalog) -> set[Key]:
        """The messages of a catalog that are translated by a machine's text."""
        return {e.key for e in catalog.active if e.translated and self.holds(e.key, e.msgstr)}


def draft_file(project: Project, posix_locale: str, name: str) -> Path:
    """The path of a catalog's record."""
    return project.root / "locales" / posix_locale / "drafts" / f"{name}.txt"


def parse_drafts(text: str, path: str) -> tuple[DraftRecord | None, list[Diagnostic]]:
    """Read a record. A record with an unreadable line does not count: that line could be a draft."""
    drafted: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        row = _ROW.fullmatch(line.strip())
        if row is None:
            message, hint = (
                "this is not a row of a draft record (two hashes of 16 digits)",
                "restore it from version control",
            )
            return None, [diagnostic("draft-record", Span(path, number), message, hint)]
        drafted[row[1]] = row[2]
    return DraftRecord(drafted), []


def write_drafts(record: DraftRecord) -> str:
    """The text of the record's file: sorted, one row for each message, so that two branches merge."""
    return _HEAD + "".join(f"{message} {text}\n" for message, text in sorted(record.drafted.items()))


def record_drafts(record: DraftRecord, catalog: Catalog) -> DraftRecord:
    """The record with every message that is translated in the catalog now added as a draft."""
    return DraftRecord(record.drafted | _hashes(entry for entry in catalog.active if entry.translated))


def without_draft(record: DraftRecord, key: Key) -> DraftRecord:
    """The record without a message (msgctxt, msgid) whose text a person has read and kept."""
    return DraftRecord({message: text for message, text in record.drafted.items() if message != key_hash(key)})


def with_draft_again(record: DraftRecord, key: Key, text: str) -> DraftRecord:
    """The record with this text of the message as a draft: the person who kept it took that back."""
    return DraftRecord(record.drafted | {key_hash(key): text_hash(text)})


def carried_drafts(record: DraftRecord, before: Catalog, after: Catalog, names: Mapping[Key, Key]) -> DraftRecord:
    """The record with the drafts of `before` under their new keys and texts too; `names` maps old keys to new."""
    now = after.by_key()
    held = [names[entry.key] for entry in before.active if record.holds(entry.key, entry.msgstr)]
    moved = {key_hash(key): text_hash(now[key].msgstr) for key in held if key in now}
    return DraftRecord(record.drafted | moved)


def inherit_drafts(
    record: DraftRecord, others: Sequence[DraftRecord], before: Catalog | None, now: Catalog
) -> DraftRecord:
    """The record with the drafts that an update took over from the locale's other documents.

    A text that was in the catalog before the update is a person's, even if a machine wrote the same words elsewhere.
    """
    if not any(other.drafted for other in others):
        return record
    known = before.by_key() if before else {}
    kept = {(key, old.msgstr) for key, old in known.items() if old.translated}
    new = _hashes(e for e in now.active if e.translated and (e.key, e.msgstr) not in kept)
    taken = {key: text for other in others for key, text in other.drafted.items() if new.get(key) == text}
    return DraftRecord(record.drafted | taken) if taken else record


def with_draft_comments(catalog: Catalog, record: DraftRecord) -> Catalog:
    """The catalog with a translator's comment on each machine draft, and on nothing else."""
    entries = tuple(draft_commented(entry, record.holds(entry.key, entry.msgstr)) for entry in catalog.entries)
    return replace(catalog, entries=entries)


def draft_commented(entry: Entry, is_draft: bool) -> Entry:
    """The entry with the comment on machine drafts if it is one, otherwise without."""
    if not is_draft and COMMENT not in entry.comments:
        return entry
    others = tuple(comment for comment in entry.comments if comment != COMMENT)
    is_draft = is_draft and bool(entry.msgstr) and not entry.obsolete
    comments = (*others, COMMENT) if is_draft else others
    return entry if comments == entry.comments else replace(entry, comments=comments)
