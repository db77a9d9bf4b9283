"""Reads .po files: the strict check of the syntax first, then polib, then limits that polib does not know.

Strict, because a missing closing quote, a second definition or a conflict mark would change what is printed
(docs/explanation/untrusted-input.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import polib

from pressroom.catalog.decode import decode_catalog
from pressroom.catalog.model import Catalog, Entry, Header, Key
from pressroom.catalog.plurals import plural_problem
from pressroom.catalog.polib_text import PoFile, PoText
from pressroom.catalog.syntax import END, Place, SyntaxCheck
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst
from pressroom.language import Language

ENTRY_LIMIT: Final = 20_000
MESSAGE_LIMIT: Final = 5_000
# No language needs twice the length of the English.
TRANSLATION_LIMIT: Final = 10_000
# Gettext 0.22 puts a name with spaces between U+2068 and U+2069; polib parts it at the space.
_REFERENCE: Final = re.compile(r"(?:\u2068[^\u2069]*\u2069|[^\s\u2068])+")


def read_catalog(data: bytes, path: str, language: Language) -> tuple[Catalog | None, list[Diagnostic]]:
    """Read one .po or .pot file of `language`. There is no catalog if a diagnostic is an error.

    `path` is posix and relative to the project. Limits (hardening): 4 MB, 20,000 entries, 20,000 characters
    a line, 5,000 a message and 10,000 its translation. What another tool wrote differently but safely is read, with
    a note.
    """
    text, problems = decode_catalog(data, path)
    if text is None:
        return None, problems
    check = SyntaxCheck(path)
    check.run(text)
    if check.problems:
        return None, sorted([*problems, *check.problems], key=lambda problem: problem.span.line)
    try:
        catalog = _parsed(check, language.tag)
    except (OSError, ValueError) as error:
        hint = "report this file: polib and the syntax check read it differently"
        return None, [*problems, diagnostic("catalog-syntax", Span(path, 1), f"polib can't read it: {error}", hint)]
    problems += [*_duplicates(catalog), *_too_much(catalog), *plural_problem(catalog, language)]
    problems.sort(key=lambda problem: problem.span.line)
    return (None if worst(problems) is Severity.ERROR else catalog), problems


def _parsed(check: SyntaxCheck, locale: str) -> Catalog:
    """The catalog that polib reads from the checked lines.

    Raises:
        OSError: polib refuses a line.
        ValueError: polib sees more or fewer entries than the syntax check did.
    """
    file = polib.pofile(PoText("\n\n".join(check.blocks)), klass=PoFile, encoding="utf-8")
    entries = [_entry(found, place) for found, place in zip(file, check.places, strict=True)]
    header = Header()
    if entries:
        # polib keeps the comments at the top of a file apart.
        entries[0] = _with_top(entries[0], file.header)
        if entries[0].key == (None, "") and not entries[0].obsolete:
            header = _header(entries.pop(0))
    ordered = [e for e in entries if not e.obsolete] + [e for e in entries if e.obsolete]
    return Catalog(check.path, header, tuple(ordered), tuple(check.comments), locale)


def _entry(found: polib.POEntry, place: Place) -> Entry:
    plurals = found.msgstr_plural
    forms = [plurals[form] for form in sorted(plurals)] if plurals else [found.msgstr]
    return Entry(
        found.msgid,
        forms[0],
        context=found.msgctxt,
        plural=found.msgid_plural or None,
        plural_msgstrs=tuple(forms[1:]),
        previous_msgid=found.previous_msgid,
        previous_context=found.previous_msgctxt,
        previous_plural=found.previous_msgid_plural,
        flags=_once(found.flags),
        comments=_lines(found.tcomment),
        extracted=_lines(found.comment),
        references=_references(found.occurrences),
        obsolete=bool(found.obsolete),
        line=place.msgid,
        msgstr_line=place.msgstr,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.replace(END, "").split("\n")) if text else ()


def _once(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, words))) if words else ()


def _references(occurrences: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    names = [f"{name}:{line}" if line else name for name, line in occurrences]
    if len(names) > 1 and any("\u2068" in name for name in names):
        names = _REFERENCE.findall(" ".join(names))
    return _once(names)


def _with_top(entry: Entry, comments: str) -> Entry:
    return replace(entry, comments=(*_lines(comments), *entry.comments)) if comments else entry


def _header(entry: Entry) -> Header:
    fields: list[tuple[str, str]] = []
    for line in entry.msgstr.removesuffix("\n").split("\n") if entry.msgstr else ():
        name, colon, value = line.partition(":")
        fields.append((name, value.removeprefix(" ")) if colon else ("", line))
    return Header(tuple(fields), entry.comments, entry.extracted, entry.references, entry.flags, entry.line)


def _duplicates(catalog: Catalog) -> Iterable[Diagnostic]:
    seen: dict[Key, Entry] = {}
    for entry in catalog.entries:
        first = seen.setdefault(entry.key, entry)
        at = Span(catalog.path, entry.line)
        if entry.key == (None, "") and not entry.obsolete:
            yield diagnostic("catalog-syntax", at, "the header is not the first entry", "move it to the top")
        elif first is entry:
            continue
        elif entry.obsolete:
            text = f"this obsolete message is also at line {first.line}"
            yield diagnostic("obsolete-duplicate", at, text, "`update` keeps one of the two")
        else:
            text = f"this message is already at line {first.line}: {entry.msgid[:40]!r}"
            yield diagnostic("message-duplicate", at, text, "keep one of the two, with the right translation")


def _too_much(catalog: Catalog) -> Iterable[Diagnostic]:
    if len(catalog.entries) > ENTRY_LIMIT:
        text = f"the file has {len(catalog.entries)} messages; the limit is {ENTRY_LIMIT}"
        yield diagnostic("catalog-size", Span(catalog.path), text, "a catalog is for one document")
    for entry in catalog.entries:
        if entry.plural is None and len(entry.msgid) <= MESSAGE_LIMIT and len(entry.msgstr) <= TRANSLATION_LIMIT:
            continue
        for what, texts, limit in (
            ("message", (entry.msgid, entry.plural or ""), MESSAGE_LIMIT),
            ("translation", (entry.msgstr, *entry.plural_msgstrs), TRANSLATION_LIMIT),
        ):
            if (long := max(map(len, texts))) > limit:
                text = f"this {what} is {long} characters long; the limit is {limit}"
                hint = "split the paragraph in the English"
                yield diagnostic("catalog-size", Span(catalog.path, entry.line), text, hint)
