"""Finds a stretch of English left inside a translation: `once a day` in a Spanish sentence says "eleven a day"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from pressroom.catalog.checks.pair import Pair, shown
from pressroom.content.words import small_words
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH

_DATA: Final = "catalog/checks/english_words.toml"
# A compound with a hyphen (`add-on`) is one word, which other languages borrow.
_TOKEN: Final = re.compile(r"([^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*)")
# What is part of a word beside the letters of ASCII, or a word of its own.
_NO_LETTER: Final = re.compile(r"['\d-]")
_LATIN_WORD: Final = re.compile(r"[a-z]+")
_ADDRESS: Final = re.compile(r"\S+@\S+|\w+://\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b(?:/\S*)?")
_DOMAIN: Final = re.compile(r"\.[a-z]{2}")
# A space is between the words of one stretch, and a comma perhaps.
_BETWEEN: Final = re.compile(r",?[\s\u00a0]{1,2}")
_LEAST: Final = 2
# A row of them among the bytes that say of each word whether it is known.
_KNOWN: Final = re.compile(rb"\x01{%d,}" % _LEAST)
# Words that are not a copy of the English are English only if more of them say so.
_LEAST_FREE: Final = 4
_ENDS: Final = ".!?…"
_OPENING, _CLOSING = "([（「『“«\"‘'", ")]）」』”»\"’'"
# A row of words: the number of its first one, and that of the first word behind it.
Row = tuple[int, int]


class _Text(NamedTuple):
    """A text in its `words`, also in small letters, and with what is before, between and behind them (`gaps`)."""

    words: list[str]
    low: list[str]
    gaps: list[str]

    @classmethod
    def of(cls, text: str) -> _Text:
        """The words of a text."""
        *inner, last = text.split(" ")
        end = last.rstrip(_ENDS)
        if end.isalpha() and all(map(str.isalpha, inner)):
            # Nearly half of all texts are words with one space between them.
            words = [*inner, end]
            low = text.lower()[: len(text) - len(last) + len(end)].split(" ") if text.isascii() else _in_small(words)
            return cls(words, low, ["", *[" "] * len(inner), last[len(end) :]])
        return cls._split(text)

    @classmethod
    def _split(cls, text: str) -> _Text:
        words: list[str] = []
        gaps: list[str] = []
        gap = ""
        for part in text.split(" "):
            # Most parts are a word and nothing else.
            if part.isalpha():
                words.append(part)
                gaps.append(gap)
                gap = " "
                continue
            *inner, end = _TOKEN.split(part)
            for before, word in zip(inner[::2], inner[1::2], strict=True):
                words.append(word)
                gaps.append(gap + before)
                gap = ""
            gap += f"{end} "
        return cls(words, _in_small(words), [*gaps, gap[:-1]])

    def joined(self, word: int) -> bool:
        """True if a word goes on in the stretch of the word before it."""
        return self.gaps[word] == " " or _BETWEEN.fullmatch(self.gaps[word]) is not None

    def written(self, row: Row) -> str:
        """The words of a row as the text has them."""
        first, behind = row
        rest = zip(self.gaps[first + 1 : behind], self.words[first + 1 : behind], strict=True)
        return self.words[first] + "".join([gap + word for gap, word in rest])


def _in_small(words: Sequence[str]) -> list[str]:
    # One call for all of them: no word has a space.
    return " ".join(words).lower().replace("’", "'").split(" ") if words else []


# A document is checked in one language after the other.
@lru_cache(maxsize=4096)
def _english(text: str) -> str:
    """The words of the English in small letters, with a space before and behind each."""
    is_letters = text.isascii() and not _NO_LETTER.search(text)
    return f" {' '.join(small_words(text) if is_letters else _Text.of(text).low)} "


def check_english_left(pair: Pair) -> Iterator[Diagnostic]:
    """No words of the English in a row, nor any other English, but names, and terms in brackets or quotation marks."""
    signs = _signs_of_english(pair.language.tag)
    # Almost every translation ends here.
    if not _has_any(pair.text, signs) or pair.language.tag == ENGLISH or pair.text == pair.english:
        return
    english = _english(pair.source_words)
    text = _Text.of(_without_addresses(pair.sentence))
    known = bytes([word in signs for word in text.low])
    said: set[int] = set()
    for row in (*_copied(text, english, known), *_free(text, english, known)):
        numbers = range(*row)
        if said.isdisjoint(numbers) and not _is_term(row, text):
            said.update(numbers)
            hint = "translate it; a name stays if its words begin with capitals, a term if it is in brackets"
            yield pair.finding("english-left", f"has English words: {shown(text.written(row))}", hint)


def _has_any(text: str, words: frozenset[str]) -> bool:
    """True if the text has one of these words of ASCII letters."""
    parts = text.lower().split()
    if not words.isdisjoint(parts):
        return True
    others = " ".join([part for part in parts if not (part.isalpha() and part.isascii())])
    return not words.isdisjoint(_LATIN_WORD.findall(others))


def _without_addresses(text: str) -> str:
    if "@" not in text and "://" not in text and not _DOMAIN.search(text):
        return text
    return _ADDRESS.sub(lambda match: "\ufffc" * len(match[0]), text)


def _copied(text: _Text, english: str, known: bytes) -> Iterator[Row]:
    """The longest rows of words that are the English's in this order, and no name."""
    first, row, gaps = 0, "", text.gaps
    for number, word in enumerate(text.low):
        longer = f"{row}{word} "
        if row and longer in english and (gaps[number] == " " or text.joined(number)):
            row = longer
            continue
        if row and _is_english((first, number), text, known):
            yield first, number
        alone = f" {word} "
        first, row = number, alone if alone in english else ""
    if row and _is_english((first, len(known)), text, known):
        yield first, len(known)


def _is_english(row: Row, text: _Text, known: bytes) -> bool:
    first, behind = row
    if behind - first < _LEAST or not any(known[first:behind]):
        return False
    # A name: "Centers for Disease Control and Prevention".
    others = [
        word for word, is_known in zip(text.words[first:behind], known[first:behind], strict=True) if not is_known
    ]
    return any(word[0].islower() and len(word) > 1 for word in others) or not any(word[0].isalpha() for word in others)


def _free(text: _Text, english: str, known: bytes) -> Iterator[Row]:
    """The rows of common English words: long ones, and short ones that the English has too."""
    for match in _KNOWN.finditer(known):
        first, behind = match.span()
        if not all(map(text.joined, range(first + 1, behind))):
            continue
        if behind - first >= _LEAST_FREE or f" {' '.join(text.low[first:behind])} " in english:
            yield first, behind


def _is_term(row: Row, text: _Text) -> bool:
    first, behind = row
    before, after = text.gaps[first].rstrip("*")[-1:], text.gaps[behind].lstrip("*.…")[:1]
    return bool(before and after) and before in _OPENING and after in _CLOSING


@cache
def _signs_of_english(tag: str) -> frozenset[str]:
    """Common English words that are no words of the language."""
    table = data_table(_DATA)
    also: dict[str, list[str]] = table["also"]
    own = also.get(tag.partition("-")[0])
    return frozenset(table["words"]) - frozenset(
        own if own is not None else (w for words in also.values() for w in words)
    )
