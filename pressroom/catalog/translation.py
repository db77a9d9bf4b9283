"""Looks up what to print of each message, and whether it is a confirmed translation."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pressroom.catalog.model import Catalog, Entry, Key
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import ENGLISH

Status = Literal["translated", "fuzzy", "untranslated"]


@dataclass(frozen=True, slots=True)
class Translated:
    """What is there to print of one message: only where `status` is "translated" is `text` the locale's own.

    For a fuzzy or untranslated message `text` is the English, and `span` the place to translate it at.
    """

    text: str
    status: Status
    span: Span


@dataclass(frozen=True, slots=True)
class Translation:
    """All messages of one document in one locale (a BCP 47 tag); `path` is the catalog's. It can be pickled."""

    locale: str
    path: str
    known: dict[Key, Translated]

    def of(self, message: Message) -> Translated:
        """The message's translation; a message that no catalog knows is untranslated, never looked for further."""
        status: Status = "untranslated" if message.msgid else "translated"
        return self.known.get(message.key) or Translated(message.msgid, status, message.span)


def translate(messages: Sequence[Message], catalog: Catalog) -> Translation:
    """The catalog's translations of these messages, in Unicode's NFC, as everything that is printed."""
    entries = catalog.by_key()
    known = {m.key: _translated(m, entries[m.key], catalog.path) for m in messages if m.key in entries}
    return Translation(catalog.locale, catalog.path, known)


def source_translation(messages: Sequence[Message]) -> Translation:
    """The English as a translation of itself: what an English edition prints."""
    known = {message.key: Translated(message.msgid, "translated", message.span) for message in messages}
    return Translation(ENGLISH, messages[0].span.path if messages else "", known)


def _translated(message: Message, entry: Entry, path: str) -> Translated:
    if entry.translated and entry.plural is None:
        text = unicodedata.normalize("NFC", entry.msgstr)
        return Translated(text, "translated", Span(path, entry.msgstr_line))
    status: Status = "fuzzy" if entry.fuzzy and entry.msgstr else "untranslated"
    return Translated(message.msgid, status, Span(path, entry.msgstr_line or entry.line))
