"""Tells whether a catalog is whole: a file that was cut is well-formed as long as the cut is at a line's end.

Each catalog that `update` writes ends in an obsolete entry, and its header says so. Editors and gettext keep both. A
file without them (from elsewhere, or from a tool that drops obsolete entries) is judged by how it ends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pressroom.catalog.model import Catalog, Entry, Key
from pressroom.catalog.template import CREATED, UNREVISED
from pressroom.counted import counted
from pressroom.diagnostics import Diagnostic, Span, diagnostic

HEADER: Final = "X-Pressroom-End"
END: Final = "(end of the file)"
# Comments that belong to the entry below them; none are written below the last one.
_OWNED: Final = (".", ":", ",")
_LAST_TEXT: Final = re.compile(r'msg[a-z_\[\]0-9]+[ \t]+""[ \t]*\n(?P<lines>(?:(?:#~[ \t]*)?"[^\n]*"[ \t]*\n?)*)\Z')
_TERMINAL: Final = re.compile(r"[.!?:…。！？：।။។៖؟۔]")
# A line that is wrapped ends within so many columns of the widest: that is how long a word is.
_SLACK: Final = 16
# Thai and Lao end no sentence with a mark.
_UNMARKED: Final = ("THAI", "LAO")


def without_end(catalog: Catalog) -> tuple[Catalog, bool]:
    """The catalog without its last entry, and whether it had one. Comments above that entry are the file's last.

    Its msgid is enough: a script may have "translated" it, and a cut entry without its msgstr is no entry.
    """
    marks = [entry for entry in catalog.entries if _is_end(entry)]
    if not marks:
        return catalog, False
    trailing = [comment for mark in marks for comment in mark.comments]
    entries = tuple(entry for entry in catalog.entries if not _is_end(entry))
    return replace(catalog, entries=entries, trailing=(*trailing, *catalog.trailing)), True


def end_entry(catalog: Catalog) -> list[Entry]:
    """The entry that ends the file, with the file's last comments above it; none if the header does not ask for it."""
    if not catalog.header.get(HEADER):
        return []
    return [Entry(END, END, obsolete=True, comments=catalog.trailing)]


def _is_end(entry: Entry) -> bool:
    # Converters to XLIFF and back make it an entry in use.
    return entry.msgid == END


def end_problem(catalog: Catalog, text: str, *, ended: bool, comments: Sequence[str], strict: bool) -> list[Diagnostic]:
    """A finding if the file ends too early.

    `text` is the file's, `ended` tells whether it had its last entry, `comments` are the kinds of the comments below
    the last entry. If it is `strict`, a catalog whose header asks for a last entry must have it.
    """
    if ended:
        return []
    if strict and catalog.header.get(HEADER):
        return [_cut(catalog, text, f"the entry that ends it is missing: {END}")]
    if strict and not catalog.entries:
        return [_cut(catalog, text, "it has no message")]
    if any(kind in _OWNED for kind in comments):
        return [_cut(catalog, text, "comments are at the end without their message")]
    last = catalog.entries[-1] if catalog.entries else None
    if last is not None and _looks_cut(last, text):
        return [_cut(catalog, text, "its last translation stops in the middle")]
    return []


def missing_end(catalog: Catalog, keys: Sequence[Key]) -> list[Diagnostic]:
    """A finding if the catalog has all but the last messages of a document, or all but the last translation.

    `keys` are the document's messages in order. A catalog with the entry that ends it was seen whole.
    """
    if missing := _missing(catalog, keys):
        lost = counted(len(missing), "message of the document is", "messages of the document are")
        text = f"the file ends before {missing[0][1][:40]!r}: {lost} not in it"
    elif not catalog.header.get(HEADER) and _lost_translation(catalog):
        text = "the file ends where its last translation should begin, and has all the others"
    else:
        return []
    hint = "if the English is new, run `update`; otherwise the file was cut: restore it from version control"
    return [diagnostic("catalog-behind", _last_place(catalog), text, hint)]


def _last_place(catalog: Catalog) -> Span:
    """The last line of a catalog at which a message begins: what follows is missing."""
    return Span(catalog.path, max((entry.line for entry in catalog.entries), default=1))


def cut_since(catalog: Catalog, template: Catalog) -> list[Diagnostic]:
    """A finding if the catalog was made from this template and has lost the last of its messages."""
    of_same = (catalog.header.get(CREATED) or UNREVISED) == template.header.get(CREATED)
    if not of_same or not _missing(catalog, [entry.key for entry in template.active]):
        return []
    text = "the file ends too early: it has the date of its template, and lacks the last messages"
    return [diagnostic("catalog-cut", _last_place(catalog), text, "restore it from version control")]


def shortened(template: Catalog, keys: Sequence[Key], at: Span) -> list[Diagnostic]:
    """A finding if a document has lost messages since its template was written, and has no new one.

    `keys` are the document's messages, `at` is where its last one is. Markdown that was cut behind a paragraph is right
    Markdown.
    """
    there, listed = set(keys), [entry.key for entry in template.active]
    gone = [english for context, english in listed if (context, english) not in there]
    if not gone or not there <= set(listed):
        return []
    text = f"{counted(len(gone), 'text is', 'texts are')} gone since the last update, first {gone[0][:40]!r}"
    hint = "if you took that out, run: {command} update; otherwise the file was cut: restore it from version control"
    return [diagnostic("source-shorter", at, text, hint)]


def _missing(catalog: Catalog, keys: Sequence[Key]) -> list[Key]:
    """The keys without an entry if they are the last ones."""
    keys = list(dict.fromkeys(keys))
    there = {entry.key for entry in catalog.active}
    missing = [key for key in keys if key not in there]
    return missing if missing and missing == keys[-len(missing) :] else []


def _lost_translation(catalog: Catalog) -> bool:
    """True if only the last message has no translation, and is so long that an editor would wrap it."""
    if not catalog.entries or catalog.entries[-1].obsolete:
        return False
    *others, last = catalog.entries
    wrapped = last.msgstr_line - last.line > 1
    return wrapped and not last.msgstr and len(others) > 1 and all(entry.msgstr for entry in others)


def _cut(catalog: Catalog, text: str, what: str) -> Diagnostic:
    hint = "restore the file from version control, or ask for it again"
    if catalog.header.get(HEADER):
        hint += f"; if a tool dropped the obsolete entries and all is there, take {HEADER} out of its header"
    at = Span(catalog.path, text.rstrip("\n").count("\n") + 1)
    return diagnostic("catalog-cut", at, f"the file ends too early: {what}", hint)


def _looks_cut(last: Entry, text: str) -> bool:
    """True if the file's last text was wrapped, and is no end of one."""
    wrapped = _LAST_TEXT.search(text)
    if wrapped is None:
        return False
    lines = wrapped["lines"].split("\n")
    said, english = last.plural_msgstrs[-1] if last.plural_msgstrs else last.msgstr, last.msgid
    if not said:
        # An untranslated message, unless the line itself was cut off.
        return not text.endswith("\n")
    if said[-1] in " \u00a0" and english[-1:] not in " \u00a0":
        return True
    if not _TERMINAL.fullmatch(english[-1:]) or _may_end(said[-1]):
        return False
    # The header is above the first empty line, and is never wrapped.
    texts = [line for line in text.partition("\n\n")[2].split("\n") if line.startswith('"')]
    return _width(next(line for line in reversed(lines) if line)) + _SLACK >= max(map(_width, texts), default=0)


def _may_end(sign: str) -> bool:
    """True of a mark that ends a sentence or closes something, and of any letter of a script without such marks."""
    closes = unicodedata.category(sign) in ("Pe", "Pf", "So", "Sm") or sign in "\"'*"
    return closes or bool(_TERMINAL.fullmatch(sign)) or unicodedata.name(sign, "").startswith(_UNMARKED)


def _width(line: str) -> int:
    """The columns of a line as gettext counts them: a wide letter has two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
