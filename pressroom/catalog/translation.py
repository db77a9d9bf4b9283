"""Finds what to print of each message: a catalog's translation, the English, or an invented text.

The invented locales are for tests of layouts: `en-XA` (accented, longer) and `ar-XB` (right to left).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from pressroom.catalog.model import Catalog, Entry, Key
from pressroom.content import Message
from pressroom.data_files import data_table
from pressroom.diagnostics import Span
from pressroom.language import ENGLISH

# What is no letter of the message: placeholders, the tokens of links, escapes, any run with a digit in it, and degrees.
_KEPT: Final = re.compile(r"\{[a-z][a-z0-9-]*\}|\]\{\d{1,2}\}|\\.|\w*\d\w*(?:[.,]\d\w*)*|°[A-Z]\b|[*\[\]]+|\n")
Status = Literal["translated", "fuzzy", "untranslated"]


@dataclass(frozen=True, slots=True)
class Translated:
    """What to print of one message.

    If it is fuzzy or untranslated, `text` is the English and `span` the place where a translator changes that.
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
        """The message's translation. A message that the catalog does not have is untranslated."""
        known = self.known.get((message.context, message.msgid))
        if known is not None:
            return known
        status: Status = "untranslated" if message.msgid else "translated"
        return Translated(message.msgid, status, message.span)


def translate(messages: Sequence[Message], catalog: Catalog) -> Translation:
    """The catalog's translations of these messages, in Unicode's NFC, as everything that is printed."""
    entries = catalog.by_key()
    known = {m.key: _translated(m, entries[m.key], catalog.path) for m in messages if m.key in entries}
    return Translation(catalog.locale, catalog.path, known)


def source_translation(messages: Sequence[Message]) -> Translation:
    """The English as a translation of itself: what an English edition prints."""
    return _complete(messages, ENGLISH, lambda message: message.msgid)


def _complete(messages: Sequence[Message], locale: str, text_of: Callable[[Message], str]) -> Translation:
    known = {message.key: Translated(text_of(message), "translated", message.span) for message in messages}
    return Translation(locale, messages[0].span.path if messages else "", known)


def _translated(message: Message, entry: Entry, path: str) -> Translated:
    if entry.translated and entry.plural is None:
        text = unicodedata.normalize("NFC", entry.msgstr)
        return Translated(text, "translated", Span(path, entry.msgstr_line))
    status: Status = "fuzzy" if entry.fuzzy and entry.msgstr else "untranslated"
    return Translated(message.msgid, status, Span(path, entry.msgstr_line or entry.line))


def pseudo_locales() -> tuple[str, ...]:
    """The tags of the invented locales."""
    return tuple(data_table("catalog/pseudo.toml"))


def pseudo_text(message: Message, tag: str) -> str:
    """The message's text in an invented locale, with all its tokens, numbers and markers."""
    row = data_table("catalog/pseudo.toml")[tag]
    signs = str.maketrans(row.get("signs", {}))
    letters = str.maketrans(row["from"], row["to"])
    pieces: list[str] = []
    end = 0
    for match in _KEPT.finditer(message.msgid):
        pieces += [message.msgid[end : match.start()].translate(letters).translate(signs), match[0]]
        end = match.end()
    pieces.append(message.msgid[end:].translate(letters).translate(signs))
    return "".join(pieces) + _filler(row, len(message.msgid))


def pseudo_translation(messages: Sequence[Message], tag: str) -> Translation:
    """All the messages in an invented locale, as if a catalog had them."""
    return _complete(messages, tag, lambda message: pseudo_text(message, tag))


def _filler(row: dict[str, Any], length: int) -> str:
    wanted = round(length * row["longer"])
    filler = ""
    words = row["filler"].split()
    while words and len(filler) < wanted:
        filler += f" {words[filler.count(' ') % len(words)]}"
    return filler
