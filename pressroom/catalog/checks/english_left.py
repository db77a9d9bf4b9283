"""Finds a stretch of English left inside a translation: `once a day` in a Spanish sentence says "eleven a day"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from pressroom.catalog.checks.pair import Pair, shown, words_of
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH

_DATA: Final = "catalog/checks/english_words.toml"
# A compound with a hyphen (`add-on`) is one word, which other languages borrow.
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_LATIN_WORD: Final = re.compile(r"[a-z]+")
_ADDRESS: Final = re.compile(r"\S+@\S+|\w+://\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b(?:/\S*)?")
# A space is between the words of one stretch, and a comma perhaps.
_BETWEEN: Final = re.compile(r",?[\s\u00a0]{1,2}")
_LEAST: Final = 2
# Words that are not a copy of the English are English only if more of them say so.
_LEAST_FREE: Final = 4
_OPENING, _CLOSING = "([（「『“«\"‘'", ")]）」』”»\"’'"


class _Word(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower().replace("’", "'")


def check_english_left(pair: Pair) -> Iterator[Diagnostic]:
    """No words of the English in a row, nor any other English, but names, and terms in brackets or quotation marks."""
    signs = _signs_of_english(pair.language.tag)
    # Almost every translation ends here.
    if signs.isdisjoint(_LATIN_WORD.findall(pair.text.lower())):
        return
    if pair.language.tag == ENGLISH or pair.text == pair.english:
        return
    english = f" {' '.join(word.low for word in _words(words_of(pair.source)))} "
    text = _ADDRESS.sub(lambda match: "\ufffc" * len(match[0]), words_of(pair.target, "\ufffc"))
    found = (run for run in _runs(_words(text), text, english, signs) if _is_english(run, english, signs))
    said: set[_Word] = set()
    for run in found:
        if said.isdisjoint(run) and not _is_term(run, text):
            said |= set(run)
            left = text[run[0].start : run[-1].end]
            hint = "translate it; a name stays if its words begin with capitals, a term if it is in brackets"
            yield pair.finding("english-left", f"has English words: {shown(left)}", hint)


def _words(text: str) -> list[_Word]:
    return [_Word(match[0], *match.span()) for match in _TOKEN.finditer(text)]


def _runs(words: Sequence[_Word], text: str, english: str, signs: frozenset[str]) -> Iterator[list[_Word]]:
    """The longest rows of words that are the English's in this order, or else common English words."""
    run: list[_Word] = []
    for word in words:
        joined = bool(run) and _BETWEEN.fullmatch(text[run[-1].end : word.start]) is not None
        if joined and f" {' '.join(w.low for w in (*run, word))} " in english:
            run.append(word)
            continue
        yield from [run] if run else []
        run = [word] if f" {word.low} " in english else []
    yield from [run] if run else []
    for known, free in groupby(words, key=lambda word: word.low in signs):
        row = list(free)
        if known and all(_BETWEEN.fullmatch(text[a.end : b.start]) for a, b in pairwise(row)):
            yield row


def _is_english(run: Sequence[_Word], english: str, signs: frozenset[str]) -> bool:
    copied = f" {' '.join(word.low for word in run)} " in english
    if len(run) < (_LEAST if copied else _LEAST_FREE) or not any(word.low in signs for word in run):
        return False
    # A name: "Centers for Disease Control and Prevention".
    return any(word.text[0].islower() and word.low not in signs and len(word.text) > 1 for word in run) or all(
        word.low in signs or not word.text[0].isalpha() for word in run
    )


def _is_term(run: Sequence[_Word], text: str) -> bool:
    before, after = text[: run[0].start].rstrip("*")[-1:], text[run[-1].end :].lstrip("*.…")[:1]
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
