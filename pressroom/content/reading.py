"""How hard an English text is to read: messages go in, a school grade and the sentences that make it come out.

Flesch and Kincaid's formula (Kincaid et al., 1975): 0.39 words a sentence + 11.8 syllables a word - 15.59. Words that
the document explains are left out of it, as one easy word each: a patient must learn them anyhow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pressroom.content.inline import parse_inline
from pressroom.content.model import Message

_SENTENCE_END: Final = re.compile(r"(?<=[.!?:;])[\s”’\")]+|\s+[–—]\s+|\n")
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_VOWELS: Final = re.compile(r"[aeiouy]+")
# What the vowels' groups don't tell: a silent e, and groups that are two syllables.
_SILENT: Final = re.compile(r"(?<=[^aeiouy])(?<![^aeiouyl]l)e[ds]?$")
_VOICED: Final = re.compile(r"[td]ed$|(?:[sxzcg]|ch|sh)es$")
_TWO: Final = re.compile(r"(?<![ctsg])i[ao](?!us|n)|(?<![gq])ua(?!r)|[aeou]ing$|ism$")
_BRACKETS: Final = re.compile(r"\(([A-Z]{2,6})s?\)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a message: its words, explained ones left out as `term`."""

    message: Message
    words: tuple[str, ...]

    @property
    def syllables(self) -> int:
        """All of its words together."""
        return sum(map(syllables, self.words))


def sentences(messages: Iterable[Message], terms: Iterable[str] = ()) -> tuple[Sentence, ...]:
    """The sentences of these messages; a list item or a heading without a full stop is one."""
    explained = [
        re.compile(rf"\b{re.escape(term)}s?\b", re.IGNORECASE) for term in sorted(terms, key=len, reverse=True)
    ]
    return tuple(one for message in dict.fromkeys(messages) for one in _sentences(message, explained))


def _sentences(message: Message, explained: Sequence[re.Pattern[str]]) -> Iterator[Sentence]:
    text = "".join(
        "\n" if r.line_break else "it" if r.placeholder else r.text for r in parse_inline(message.msgid).runs
    )
    for term in explained:
        text = term.sub("term", text)
    for part in _SENTENCE_END.split(text):
        if words := tuple(_WORD.findall(part)):
            yield Sentence(message, words)


def grade(found: Sequence[Sentence]) -> float:
    """The school grade in which this is read with ease; 0 for no text."""
    words = sum(len(one.words) for one in found)
    if not words:
        return 0.0
    return max(0.0, 0.39 * words / len(found) + 11.8 * sum(one.syllables for one in found) / words - 15.59)


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many syllables a word has, by its letters; an abbreviation is spelt."""
    if len(word) > 1 and word.isupper():
        return len(word)
    low = re.sub("['’].*", "", word.lower())
    count = len(_VOWELS.findall(low)) + len(_TWO.findall(low))
    if _SILENT.search(low) and not _VOICED.search(low):
        count -= 1
    return max(1, count)


def explained_terms(messages: Iterable[Message]) -> set[str]:
    """Terms with their abbreviation in brackets behind them, `blood pressure (BP)`, and the abbreviations."""
    terms: set[str] = set()
    for message in messages:
        text = parse_inline(message.msgid).plain
        for match in _BRACKETS.finditer(text):
            words = text[: match.start()].split()[-len(match[1]) :]
            if [word[:1].upper() for word in words] == [*match[1]]:
                terms |= {" ".join(words), match[1]}
    return terms
