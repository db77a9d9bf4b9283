"""The words that a person signs, as lines that can be hashed, stored and compared word by word.

Text is hashed in NFC with white space folded. Re-wrapping a file or a round trip through a translator's tool voids no
signature; a changed digit, link, panel or order of messages does.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from pressroom.approval.codec import RecordFormat, unstored
from pressroom.catalog import Translation
from pressroom.content import Document, Message
from pressroom.fingerprint import content_hash

# Two texts with a smaller ratio of similarity are two messages, not one that changed.
_SIMILAR: Final = 0.5


@dataclass(frozen=True, slots=True)
class WordingLine:
    """One message as it is signed: its panel, its English, and the text in the locale (the English in English)."""

    panel: str
    context: str
    english: str
    text: str
    links: tuple[str, ...] = unstored(())


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything that a piece says in one locale, in reading order.

    `words` are the layouts' words by product. `facts` are the document's number and its review date.
    """

    lines: tuple[WordingLine, ...]
    words: dict[str, tuple[WordingLine, ...]]
    facts: tuple[str, ...]

    @property
    def english(self) -> str:
        """The hash of the English, with the panels, links and facts."""
        rows = [(line.panel, line.context, line.english, *line.links) for line in self.lines]
        return digest([*(part for row in rows for part in (*row, "\x1e")), *self.facts])

    @property
    def translation(self) -> str:
        """The hash of the text in the locale."""
        return _text_digest(self.lines)

    @property
    def all_lines(self) -> tuple[WordingLine, ...]:
        """The document's lines, then the layouts' words by product."""
        return (*self.lines, *(line for product in sorted(self.words) for line in self.words[product]))

    def words_of(self, product: str) -> str:
        """The hash of the layouts' words on one product, English and translation."""
        return _text_digest(self.words.get(product, ()))


@dataclass(frozen=True, slots=True)
class SignedWords:
    """The words that were signed, so that `status` and `sign` can show what changed since."""

    message: tuple[WordingLine, ...] = ()

    @property
    def name(self) -> str:
        """The hash of the words: the name of their file without its ending."""
        lines = self.message
        return digest(part for line in lines for part in (line.panel, line.context, line.english, line.text))[:16]


SIGNED_WORDS: Final = RecordFormat(
    SignedWords,
    head="The words that were signed, so that what changed since can be shown. Its name is their hash.",
    name=lambda words, _: f"{words.name}.toml",
)


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A run of words that is the same, gone or new."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One message that is not what was signed; `before` is empty for a new one, `after` for one that is gone."""

    panel: str
    before: str
    after: str

    @property
    def parts(self) -> tuple[DiffPart, ...]:
        """The message with what is gone and what is new in it."""
        return tuple(word_diff(self.before, self.after))

    def __str__(self) -> str:
        """The change in one line: `[-gone-]{+new+}`, as `git diff --word-diff` writes it."""
        marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
        return "".join(marks[part.kind].format(part.text) for part in self.parts)


def folded(text: str) -> str:
    """A text in NFC with white space folded."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def digest(parts: Iterable[str]) -> str:
    """Thirty-two hex digits of the parts, each with its length, so that no two lists give one text.

    This is not the engine's `fingerprint`: signed records hold this hash, and their files are named by it.
    """
    return content_hash("".join(f"{len(part)}:{part}\x1f" for part in parts).encode())[:32]


def wording_of(
    document: Document, translation: Translation, words: Mapping[str, Sequence[Message]], of_words: Translation
) -> Wording:
    """What a document says in a locale. `words` are the layouts' messages by product, `of_words` their translation."""
    by_product = {product: lines_of(messages, of_words) for product, messages in words.items()}
    facts = (document.front.number, document.front.review_by)
    return Wording(lines_of(document.messages, translation), by_product, facts)


def merged(wordings: Sequence[Wording]) -> Wording:
    """The wording of a document's pieces, with the layouts' words of all their products."""
    words = {product: lines for wording in wordings for product, lines in wording.words.items()}
    return replace(wordings[0], words=words)


def lines_of(messages: Iterable[Message], translation: Translation) -> tuple[WordingLine, ...]:
    """The messages as they are signed; the text of untranslated and fuzzy ones is empty."""
    return tuple(_line(message, translation) for message in messages)


def _line(message: Message, translation: Translation) -> WordingLine:
    translated = translation.of(message)
    text = folded(translated.text) if translated.status == "translated" else ""
    return WordingLine(message.panel, message.context or "", folded(message.msgid), text, message.links)


def _text_digest(lines: Iterable[WordingLine]) -> str:
    return digest(part for line in lines for part in (line.context, line.english, line.text))


def changes(
    before: Iterable[WordingLine], now: Iterable[WordingLine], what: Literal["english", "text"]
) -> tuple[Change, ...]:
    """What changed in the English or in the locale's text, in the order of the document."""
    old, new = ([(line.panel, getattr(line, what)) for line in lines] for lines in (before, now))
    differing = [codes for codes in _opcodes(old, new) if codes[0] != "equal"]
    return tuple(change for _, i, j, k, m in differing for change in _paired(old[i:j], new[k:m]))


def word_diff(before: str, after: str) -> Iterator[DiffPart]:
    """The words of both texts, each once where they are the same. Text without spaces is compared by character."""
    old, new = _words(before), _words(after)
    for tag, i, j, k, m in _opcodes(old, new):
        if tag == "equal":
            yield DiffPart("same", "".join(old[i:j]))
            continue
        if i < j:
            yield DiffPart("gone", "".join(old[i:j]))
        if k < m:
            yield DiffPart("new", "".join(new[k:m]))


def _opcodes(before: Sequence[Hashable], now: Sequence[Hashable]) -> list[tuple[str, int, int, int, int]]:
    return [*difflib.SequenceMatcher(a=before, b=now, autojunk=False).get_opcodes()]


def _paired(gone: list[tuple[str, str]], new: list[tuple[str, str]]) -> Iterator[Change]:
    """Each new message with the gone one that it was made from, if one is similar."""
    left = list(gone)
    for panel, after in new:
        near = max(left, key=lambda row: _ratio(row[1], after), default=None)
        if near is not None and _ratio(near[1], after) >= _SIMILAR:
            left.remove(near)
            yield Change(panel, near[1], after)
        else:
            yield Change(panel, "", after)
    for panel, text in left:
        yield Change(panel, text, "")


def _ratio(left: str, right: str) -> float:
    return difflib.SequenceMatcher(a=left, b=right, autojunk=False).ratio()


def _words(text: str) -> list[str]:
    pieces = text.split(" ")
    if len(pieces) < len(text) / 20:
        return list(text)
    return [piece if n == len(pieces) - 1 else f"{piece} " for n, piece in enumerate(pieces)]
