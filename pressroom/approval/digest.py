"""The words that a person signs, as lines that can be hashed and shown.

Text is hashed in NFC with white space folded, so that re-wrapping a file or a round trip through a translator's tool
voids no signature; a digit, a link, a panel or the order of two messages does.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pressroom.approval.codec import unstored
from pressroom.catalog import Translation
from pressroom.content import Document, Message
from pressroom.fingerprint import content_hash


@dataclass(frozen=True, slots=True)
class WordingLine:
    """One message as it is signed: where it stands, its English, and what the locale says (the English in English)."""

    panel: str
    context: str
    english: str
    text: str
    links: tuple[str, ...] = unstored(())

    @property
    def place(self) -> tuple[str, str, str]:
        """What one line is found again by: panel, context, English."""
        return self.panel, self.context, self.english


@dataclass(frozen=True, slots=True)
class Wording:
    """All that a piece says in one locale, in reading order.

    `words` are the layouts' own words by product; `facts` are what the English stands for beside its words: the
    document's number, its review date and its links.
    """

    lines: tuple[WordingLine, ...]
    words: dict[str, tuple[WordingLine, ...]]
    facts: tuple[str, ...]

    @property
    def english(self) -> str:
        """The hash of the English."""
        rows = [(line.panel, line.context, line.english, *line.links) for line in self.lines]
        return digest([*(part for row in rows for part in (*row, "\x1e")), *self.facts])

    @property
    def translation(self) -> str:
        """The hash of what the locale says."""
        return digest(part for line in self.lines for part in (line.context, line.english, line.text))

    @property
    def all_lines(self) -> tuple[WordingLine, ...]:
        """The document's lines, then the layouts' own words by product."""
        return (*self.lines, *(line for product in sorted(self.words) for line in self.words[product]))

    def words_of(self, product: str) -> str:
        """The hash of the layouts' own words on one product, English and translation."""
        lines = self.words.get(product, ())
        return digest(part for line in lines for part in (line.context, line.english, line.text))


def folded(text: str) -> str:
    """A text in NFC with white space folded."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def digest(parts: Iterable[str]) -> str:
    """Thirty-two hex digits of the parts, each ended so that no two lists give one text.

    Not the engine's `fingerprint`: signed records hold this hash, and their files are named by it.
    """
    return content_hash("".join(f"{len(part)}:{part}\x1f" for part in parts).encode())[:32]


def lines_of(messages: Sequence[Message], translation: Translation) -> tuple[WordingLine, ...]:
    """The messages as they are signed; untranslated and fuzzy ones say nothing."""
    return tuple(_line(message, translation) for message in messages)


def _line(message: Message, translation: Translation) -> WordingLine:
    said = translation.of(message)
    text = folded(said.text) if said.status == "translated" else ""
    return WordingLine(message.panel, message.context or "", folded(message.msgid), text, message.links)


def wording_of(document: Document, said: Translation, words: dict[str, Sequence[Message]], own: Translation) -> Wording:
    """What a document says in a locale; `words` are the layouts' messages by product, `own` their translation."""
    facts = (document.front.number, document.front.review_by)
    by_product = {product: lines_of(messages, own) for product, messages in words.items()}
    return Wording(lines_of(document.messages, said), by_product, facts)
