"""A message with its translation: what every rule checks, and how it reports a finding."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from pressroom.catalog.model import Entry
from pressroom.content import Message
from pressroom.content.inline import Inline, parse_inline, words_of
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language

_SHOWN: Final = 48
_SIGN: Final = re.compile("[^A-Za-z ]")
# Scripts in which one sign says as much as several letters.
DENSE: Final = frozenset({"Hans", "Hant", "Jpan", "Kore"})


# Not frozen: that doubles the time to make one, and there is one for each message.
@dataclass(slots=True, eq=False)
class Pair:
    """One translated message: English and translation (in NFC), both read as inline markup too.

    `decoded` is the translation with entities like `&#x202e;` replaced: what a browser would make of it. `is_plain` is
    True where neither has markup, a placeholder or a link: most rules have nothing to look at then. `source_words` and
    `target_words` are what is printed, with a space for each placeholder. `signs` are the characters of both texts
    but A to Z and the space; it has 0 for digits of any script.
    """

    message: Message
    entry: Entry
    language: Language
    path: str
    english: str
    text: str
    decoded: str
    source: Inline
    target: Inline
    is_plain: bool
    source_words: str
    target_words: str
    signs: frozenset[str]

    @classmethod
    def of(cls, message: Message, entry: Entry, language: Language, path: str) -> Pair:
        """The pair of a message and its entry, read once for all rules."""
        english, text = message.msgid, unicodedata.normalize("NFC", entry.msgstr)
        decoded = html.unescape(text) if "&" in text else text
        source, target = parse_inline(english), parse_inline(text)
        is_plain = not source.is_marked and not target.is_marked
        words = words_of(source), words_of(target)
        signs = _signs(f"{english}{text}{decoded if decoded is not text else ''}")
        return cls(message, entry, language, path, english, text, decoded, source, target, is_plain, *words, signs)

    @property
    def sentence(self) -> str:
        """The words of the translation, with U+FFFC for each placeholder, which is a word of its sentence."""
        return self.target_words if self.is_plain else words_of(self.target, "\ufffc")

    def finding(self, code: str, what: str, hint: str) -> Diagnostic:
        """A diagnostic at the translation's line; the hint ends with the place of the English.

        `what` goes on from: translation of "…"
        """
        message = f"translation of {shown(self.english)} {what}"
        span = Span(self.path, self.entry.msgstr_line)
        return diagnostic(code, span, message, f"{hint}; the English is {self.message.span}", self.entry.subject)


def _signs(texts: str) -> frozenset[str]:
    signs = frozenset(_SIGN.findall(texts))
    return signs | {"0"} if any(map(str.isdecimal, signs)) else signs


class Rule(NamedTuple):
    """A rule: its name, what it checks, and where it has nothing to find.

    That is in texts without one of its `signs`, and in languages that it does not `concern`; None for neither.
    """

    name: str
    check: Callable[[Pair], Iterator[Diagnostic]]
    signs: frozenset[str] | None = None
    concerns: Callable[[Language], bool] | None = None


def shown(text: str) -> str:
    """A message as a diagnostic quotes it: one line, no longer than helps, nothing invisible."""
    line = " ".join(text.split())
    cut = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"
    return f'"{named(cut)}"'


def named(text: str) -> str:
    """The text with every character that can't be seen, or would turn the terminal's line round, as its number."""
    if text.isprintable() and not _MARKS.search(text):
        return text
    return "".join(c if _is_visible(c) else f"<U+{ord(c):04X}>" for c in text)


def _is_visible(character: str) -> bool:
    return character == " " or (character.isprintable() and not _MARKS.match(character))


_MARKS: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
