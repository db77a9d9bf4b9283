"""Reads .po files: the strict check of the syntax first, then polib, then limits that polib does not know.

Strict, because a missing closing quote, a second definition or a conflict mark would change what is printed
(docs/explanation/untrusted-input.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import polib

from pressroom.catalog.decode import decode_catalog
from pressroom.catalog.headers import language_problem, plural_problem
from pressroom.catalog.model import Catalog, Entry, Header, Key
from pressroom.catalog.syntax import Place, SyntaxCheck
from pressroom.catalog.whole import end_problem, without_end
from pressroom.catalog.write import PoText
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst
from pressroom.language import Language

ENTRY_LIMIT: Final = 20_000
MESSAGE_LIMIT: Final = 5_000
# No language needs twice the length of the English.
TRANSLATION_LIMIT: Final = 10_000
# Gettext 0.22 puts a name with spaces between U+2068 and U+2069.
_REFERENCE: Final = re.compile(r"(?:\u2068[^\u2069]*\u2069|[^\s\u2068])+")


class _PoFile(polib.POFile):
    """A file that keeps its header as the first entry.

    polib makes a dictionary of it, which loses the order of the fields, its comments and the lines without a colon.
    """

    def find(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (polib's own signature)
        """Find no header."""


def read_catalog(
    data: bytes, path: str, language: Language, *, ours: bool = True
) -> tuple[Catalog | None, list[Diagnostic]]:
    """Read one .po or .pot file of `language`. There is no catalog if a diagnostic is an error.

    `path` is posix and relative to the project. Limits (hardening): 4 MB, 20,000 entries, 20,000 characters
    a line, 5,000 a message and 10,000 its translation. What another tool wrote differently but safely is read, with
    a note. A catalog of ours must have the entry that ends it; a tool of somebody else may have dropped it.
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
    catalog, ended = without_end(catalog)
    problems += end_problem(catalog, text, ended=ended, comments=tuple(check.comments), strict=ours)
    problems += [*_duplicates(catalog), *_too_much(catalog)]
    problems += language_problem(catalog, language) or plural_problem(catalog, language)
    problems.sort(key=lambda problem: problem.span.line)
    return (None if worst(problems) is Severity.ERROR else catalog), problems


def _parsed(check: SyntaxCheck, locale: str) -> Catalog:
    """The catalog that polib reads from the checked lines.

    Raises:
        OSError: polib refuses a line.
        ValueError: polib sees more or fewer messages than the syntax check did.
    """
    file = polib.pofile(PoText("\n".join(check.blocks)), klass=_PoFile, encoding="utf-8")
    if len(file) != sum(place.texts is None for place in check.places):
        raise ValueError("it counts other messages")
    messages = iter(file)
    entries = [_plain(place, place.texts) if place.texts else _entry(next(messages), place) for place in check.places]
    header = Header()
    if entries and entries[0].key == (None, "") and not entries[0].obsolete:
        header = _header(entries.pop(0))
    ordered = [e for e in entries if not e.obsolete] + [e for e in entries if e.obsolete]
    return Catalog(check.path, header, tuple(ordered), tuple(check.comments.get("", ())), locale)


def _entry(message: polib.POEntry, place: Place) -> Entry:
    plurals = message.msgstr_plural
    forms = [plurals[form] for form in sorted(plurals)] if plurals else [message.msgstr]
    comments = place.comments
    references = _references(comments[":"]) if ":" in comments else []
    return Entry(
        message.msgid,
        forms[0],
        context=message.msgctxt,
        plural=message.msgid_plural or None,
        plural_msgstrs=tuple(forms[1:]),
        previous_msgid=message.previous_msgid,
        previous_context=message.previous_msgctxt,
        previous_plural=message.previous_msgid_plural,
        flags=_flags(comments[","]) if "," in comments else (),
        comments=tuple(comments.get("", ())),
        extracted=tuple(comments.get(".", ())),
        references=tuple(dict.fromkeys(references)),
        obsolete=bool(message.obsolete),
        line=place.msgid,
        msgstr_line=place.msgstr,
    )


def _plain(place: Place, texts: tuple[str | None, str, str]) -> Entry:
    comments = place.comments
    context, msgid, msgstr = texts
    return Entry(
        msgid,
        msgstr,
        context,
        flags=_flags(comments[","]) if "," in comments else (),
        comments=tuple(comments[""]) if "" in comments else (),
        extracted=tuple(comments["."]) if "." in comments else (),
        references=tuple(dict.fromkeys(_references(comments[":"]))) if ":" in comments else (),
        line=place.msgid,
        msgstr_line=place.msgstr,
    )


def _flags(lines: list[str]) -> tuple[str, ...]:
    flags = (flag.strip() for text in lines for flag in text.split(","))
    return tuple(dict.fromkeys(filter(None, flags)))


def _references(lines: list[str]) -> list[str]:
    text = " ".join(lines)
    names = text.split()
    return _REFERENCE.findall(text) if len(names) > 1 and "\u2068" in text else names


def _header(entry: Entry) -> Header:
    fields: list[tuple[str, str]] = []
    for line in entry.msgstr.removesuffix("\n").split("\n") if entry.msgstr else ():
        name, colon, value = line.partition(":")
        fields.append((name, value.removeprefix(" ")) if colon else ("", line))
    return Header(tuple(fields), entry.comments, entry.extracted, entry.references, entry.flags, entry.line)


def _duplicates(catalog: Catalog) -> Iterable[Diagnostic]:
    keys = {entry.key for entry in catalog.entries}
    if len(keys) == len(catalog.entries) and (None, "") not in keys:
        return
    seen: dict[Key, Entry] = {}
    for entry in catalog.entries:
        first = seen.setdefault(entry.key, entry)
        if first is entry and entry.msgid:
            continue
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
