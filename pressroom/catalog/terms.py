"""The glossary of a locale, `glossary.po`: its terms, the comments for translators, and the check of translations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from pressroom.catalog.checks.pair import Pair
from pressroom.catalog.model import Catalog, Entry
from pressroom.content import Message
from pressroom.diagnostics import Diagnostic, Span
from pressroom.language import Language

_KEEP: Final = re.compile(r"do not translate", re.IGNORECASE)
_NEVER: Final = re.compile(r"(?:forbidden|never):\s*(.+)", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")
# How much of a word stays the same when it is inflected; shorter words are compared whole.
_STEM: Final = 0.6
_SHORT: Final = 4


@dataclass(frozen=True, slots=True)
class Term:
    """An English term and what the locale makes of it; `keep` means that it stays as it is, `never` what is wrong."""

    english: str
    translation: str
    keep: bool
    never: tuple[str, ...]
    span: Span


def read_terms(glossary: Catalog) -> tuple[Term, ...]:
    """The terms of a glossary, the longest first.

    Weblate's flags are understood (`read-only`: keep, `forbidden`: this msgstr is wrong), and comments of the same
    meaning, because gettext 0.21 and Poedit delete flags: `do not translate`, `forbidden: one, another`.
    """
    terms = [_term(entry, glossary.path) for entry in glossary.active if not entry.fuzzy]
    terms = [term for term in terms if term.translation or term.keep or term.never]
    return tuple(sorted(terms, key=lambda term: (-len(term.english), term.english)))


def term_lines(english: str, terms: Sequence[Term]) -> tuple[str, ...]:
    """The lines a translator is shown beside a message that has these terms."""
    lines: list[str] = []
    for term in _terms_in(english, terms):
        if term.keep:
            lines.append(f"Glossary: “{term.english}” stays as it is")
        elif term.translation:
            lines.append(f"Glossary: “{term.english}” is “{term.translation}”")
        lines += [f"Glossary: “{term.english}” is never “{wrong}”" for wrong in term.never]
    return tuple(dict.fromkeys(lines))


def with_terms(template: Catalog, terms: Sequence[Term]) -> Catalog:
    """The template with the terms of its messages as extracted comments."""
    if not terms:
        return template
    entries = tuple(replace(e, extracted=(*e.extracted, *term_lines(e.msgid, terms))) for e in template.entries)
    return replace(template, entries=entries)


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
    found = list(_terms_in(pair.english, terms))
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


def _term(entry: Entry, path: str) -> Term:
    notes = (*entry.comments, *entry.extracted)
    never = [word.strip() for line in notes if (m := _NEVER.match(line)) for word in m[1].split(",")]
    wrong = "forbidden" in entry.flags
    return Term(
        entry.msgid,
        "" if wrong else unicodedata.normalize("NFC", entry.msgstr),
        "read-only" in entry.flags or any(_KEEP.match(line) for line in notes),
        tuple(filter(None, [entry.msgstr if wrong else "", *never])),
        Span(path, entry.line),
    )


def _terms_in(english: str, terms: Sequence[Term]) -> Iterator[Term]:
    """The terms that a message has; a term within a longer one ("clot" in "blood clot") is not counted."""
    left = english
    held: set[str] = set()
    for term in terms:
        pattern = _pattern(term.english)
        if term.english in held or pattern.search(left):
            held.add(term.english)
            left = pattern.sub("\0", left)
            yield term


@cache
def _pattern(english: str) -> re.Pattern[str]:
    # A term of capitals is an abbreviation: DVT is no dvt.
    case = 0 if english.isupper() else re.IGNORECASE
    return re.compile(rf"(?<!\w){re.escape(english)}(?:s|es)?(?!\w)", case)


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
