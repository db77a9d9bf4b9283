"""Checks that what the English forbids is forbidden, and nothing else: "do not take it" is not "take it"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from pressroom.catalog.checks.pair import Pair
from pressroom.content.words import small_words
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH
from pressroom.language.quantities import plain

_DATA: Final = "catalog/checks/negation.toml"
# With an apostrophe at either end: l'eau, n'ouvrez, don't.
_WORD: Final = re.compile(r"[^\W\d_]+(?:'t\b|')?")
_NOT: Final = frozenset({"not", "never", "cannot"})
# What "not more than" limits is compared with its number: a language may say "at most".
_OR_NOT: Final = re.compile(
    r"\bor not\b|\bwhether\b|\bnot only\b|\b(?:not|never)\b[^.;:!?]{0,40}\b(?:(?:more|longer|fewer|less) than|exceed)\b"
)
# So many words of a language are remembered.
_REMEMBERED: Final = 20_000
# Scripts without spaces, where a word may follow another at once, and languages whose endings follow at once.
_JOINED: Final = frozenset({"Hans", "Hant", "Jpan", "Kore", "Thai", "Khmr", "Mymr", "Laoo", "Deva"})


def check_negation(pair: Pair) -> Iterator[Diagnostic]:
    """A message that forbids has a word that denies in the translation; one that denies nothing forbids nothing."""
    tag, joined = pair.language.tag, pair.language.script in _JOINED
    if tag not in data_table(_DATA) or tag == ENGLISH or pair.text == pair.english:
        return
    forbids, turns = _denial(pair.source_words)
    if forbids:
        if not _has(pair, "denial", joined=joined):
            hint = "say what must not be done; if another word says it, a reviewer signs a waiver"
            yield pair.finding("negation-changed", "has no word for “not”", hint)
    elif not turns:
        found = _has(pair, "forbid", joined=joined)
        if found is not None:
            hint = "say it as the English does; if it is right as it is, a reviewer signs a waiver"
            yield pair.finding("negation-changed", f"has “{found}”, and the English denies nothing", hint)


# A document is checked in one language after the other.
@lru_cache(maxsize=4096)
def _denial(english: str) -> tuple[bool, bool]:
    """Whether the English forbids, and whether it has a word that denies, or may become one that does."""
    source = plain(english)
    is_letters = source.isascii() and "'" not in source
    words = small_words(english) if is_letters else _WORD.findall(source)
    return _forbids(source, words), any(map(_turns, words))


def _forbids(source: str, words: Sequence[str]) -> bool:
    if _NOT.isdisjoint(words) and "n't" not in source:
        return False
    return bool(_pattern(ENGLISH, "forbid", joined=False).search(source)) and not _OR_NOT.search(source)


@lru_cache(maxsize=8192)
def _turns(word: str) -> bool:
    """True if an English word denies, or may become one that denies."""
    if _pattern(ENGLISH, "plain", joined=False).fullmatch(word):
        return False
    return bool(_pattern(ENGLISH, "turning", joined=False).fullmatch(word))


def _first(tag: str, key: str, words: Sequence[str]) -> str | None:
    """The first of these words that is of this kind in the language."""
    others = _others(tag, key)
    if others.issuperset(words):
        return None
    pattern = _pattern(tag, key, joined=False)
    for word in words:
        if word not in others:
            if pattern.fullmatch(word):
                return word
            if len(others) < _REMEMBERED:
                others.add(word)
    return None


@cache
def _others(tag: str, key: str) -> set[str]:
    """The words met until now that are not of this kind: most words come again."""
    return set()


def _has(pair: Pair, key: str, *, joined: bool) -> str | None:
    """The first word of this kind in the translation."""
    text, tag = plain(pair.target_words), pair.language.tag
    if joined:
        match = _pattern(tag, key, joined=True).search(text)
        return match[0] if match else None
    if (found := _first(tag, key, _WORD.findall(text))) is not None:
        return found
    if _has_phrases(tag, key):
        match = _pattern(tag, key, joined=False).search(text)
        return match[0] if match else None
    return None


@cache
def _has_phrases(tag: str, key: str) -> bool:
    return any(" " in word for word in data_table(_DATA)[tag][key])


@cache
def _pattern(tag: str, key: str, *, joined: bool) -> re.Pattern[str]:
    """Finds any of the words; `*` means any letters at the beginning or end."""
    forms = [re.escape(plain(word)) for word in data_table(_DATA)[tag][key]]
    if joined:
        return re.compile("|".join(form.replace(r"\*", "") for form in forms))
    words = (form.replace(r"\*", r"[^\W\d_]*") for form in forms)
    ends = (f"{word}(?![^\\W\\d_])" if word[-1:].isalpha() else word for word in words)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(ends)})")
