"""The glossary of a locale, `glossary.po`: its terms, and the comments for translators."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from pressroom.catalog.model import Catalog, Entry
from pressroom.diagnostics import Span

_KEEP: Final = re.compile(r"do not translate", re.IGNORECASE)
_NEVER: Final = re.compile(r"(?:forbidden|never):\s*(.+)", re.IGNORECASE)


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
    for term in terms_in(english, terms):
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


def terms_in(english: str, terms: Sequence[Term]) -> Iterator[Term]:
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
