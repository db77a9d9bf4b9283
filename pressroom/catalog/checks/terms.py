"""Checks that translations follow the locale's glossary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from pressroom.catalog.checks.pair import Pair
from pressroom.catalog.model import Catalog
from pressroom.catalog.terms import Term, terms_in
from pressroom.content import Message
from pressroom.diagnostics import Diagnostic
from pressroom.language import Language

_WORD: Final = re.compile(r"\w+")
# How much of a word stays the same when it is inflected; shorter words are compared whole.
_STEM: Final = 0.6
_SHORT: Final = 4


def check_terms(
    messages: Sequence[Message], catalog: Catalog, language: Language, terms: Sequence[Term]
) -> list[Diagnostic]:
    """Translations that do not follow the glossary, in the order of the catalog's lines."""
    if not terms:
        return []
    entries = catalog.by_key()
    unique = {message.key: message for message in reversed(messages)}
    problems: list[Diagnostic] = []
    for key, message in unique.items():
        entry = entries.get(key)
        if entry is not None and entry.translated:
            problems += _check(Pair.of(message, entry, language, catalog.path), terms)
    return sorted(problems, key=lambda problem: problem.span.line)


def _check(pair: Pair, terms: Sequence[Term]) -> Iterator[Diagnostic]:
    text = pair.target_words
    found = list(terms_in(pair.english, terms))
    wanted = {term.translation for term in found if term.translation}
    for term in found:
        where = f"the glossary's line is {term.span}"
        if term.keep and term.english not in text:
            yield pair.finding(
                "term-kept", f"lacks “{term.english}”, which is not translated", f"write it as it is; {where}"
            )
        elif term.translation and not _has_translation(term.translation, text):
            what = f"does not say “{term.translation}” for “{term.english}”"
            yield pair.finding("term-missing", what, f"use the term, or change the glossary; {where}")
        for wrong in term.never:
            if _has(wrong, text) and not any(_has(wrong, right) for right in wanted):
                what = f"says “{wrong}” for “{term.english}”"
                hint = f"write “{term.translation}”" if term.translation else "choose another word"
                yield pair.finding("term-forbidden", what, f"{hint}; {where}")


def _has_translation(term: str, text: str) -> bool:
    if _has(term, text):
        return True
    stems = [word if len(word) < _SHORT else word[: max(3, round(len(word) * _STEM))] for word in _words(term)]
    words = _words(text)
    return bool(stems) and all(any(word.startswith(stem) for word in words) for stem in stems)


def _has(term: str, text: str) -> bool:
    return unicodedata.normalize("NFC", term).casefold() in text.casefold()


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
