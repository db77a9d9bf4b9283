"""Plain English: a document goes in, what would make it hard to read or was mistyped comes out, as warnings.

Limits: design of the content (grade 6 for brochures, 5 for cards); sentences of 15 words at most where they stand on a
card and 25 elsewhere (plain-language guides ask for 15 to 20 on average).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pressroom.content.inline import parse_inline
from pressroom.content.model import Document, Message
from pressroom.content.reading import Sentence, explained_terms, grade, sentences
from pressroom.diagnostics import Diagnostic, Span, diagnostic

_GRADE: Final = {True: 5, False: 6}
_WORDS: Final = {True: 15, False: 25}
# A grade of fewer words says nothing.
_ENOUGH: Final = 30
_SHOWN: Final = 48
_SLIPS: Final = (
    (re.compile(r"\s[,;.!?](?=\s|$)"), "a space before a punctuation mark"),
    (re.compile(r"\b([A-Za-z]+) \1\b", re.IGNORECASE), "a word twice"),
    (re.compile(r"[,;]{2,}|(?<!\.)\.\.(?!\.)"), "a punctuation mark twice"),
    (re.compile(r"\"|(?<=\w)'(?=\w)"), "straight quotation marks or apostrophes"),
)
_PAIRS: Final = (("(", ")"), ("“", "”"), ("[", "]"))


def plain_english(document: Document, *, card: bool) -> list[Diagnostic]:
    """Everything an editor should hear of the English; `card` is True where it stands on a card."""
    return [*_reading(document, card=card), *(d for m in dict.fromkeys(document.messages) for d in _typing(m))]


def _reading(document: Document, *, card: bool) -> Iterator[Diagnostic]:
    # A heading is no sentence; the title's words are the document's subject.
    running = [m for m in document.messages if not m.role.startswith("heading") and m is not document.front.title]
    terms = {document.front.title.msgid, *document.front.terms, *explained_terms(document.messages)}
    found = sentences(running, terms)
    reads, limit = grade(found), _GRADE[card]
    kind = "a card" if card else "a brochure"
    if sum(len(one.words) for one in found) >= _ENOUGH and round(reads, 1) > limit:
        at = Span(document.path, document.front.title.span.line)
        message = f"the text reads at grade {reads:.1f}; {kind} should at {limit}"
        yield diagnostic("reading-grade", at, message, _easier(found))
    for one in found:
        if len(one.words) > _WORDS[card]:
            message = f"a sentence of {len(one.words)} words, more than {_WORDS[card]}, in {_quoted(one.message)}"
            yield diagnostic("sentence-long", one.message.span, message, "make two of it, or a list")


def _easier(found: Sequence[Sentence]) -> str:
    """Where the most is won: the hardest sentence, and the longest words."""
    hardest = max(found, key=lambda one: grade([one]) * len(one.words))
    words = sorted({word.lower() for one in found for word in one.words}, key=lambda word: (-len(word), word))[:4]
    return (
        f"begin with {hardest.message.span}; say {', '.join(words)} in easier words, "
        f"or name what the document explains under `terms:` in its front matter"
    )


def _quoted(message: Message) -> str:
    text = " ".join(parse_inline(message.msgid).plain.split())
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[:_SHOWN].rstrip()}…”"


def _typing(message: Message) -> Iterator[Diagnostic]:
    text = parse_inline(message.msgid).plain
    slips = [what for pattern, what in _SLIPS if pattern.search(text)]
    slips += [f"{one} without {two}" for one, two in _PAIRS if text.count(one) != text.count(two)]
    if slips:
        hint = "correct it now: every later change of it turns translations fuzzy"
        yield diagnostic("english-typing", message.span, f"{_quoted(message)} has {' and '.join(slips)}", hint)
