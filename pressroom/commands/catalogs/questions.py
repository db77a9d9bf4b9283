"""Collects the translators' open questions, each with its message and its line.

A question is a translator's comment that begins with `?:`, with the comment lines below it. The author answers with a
note in the source, which an update adds to every locale; the translator then deletes the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pressroom.approval.machine_drafts import COMMENT
from pressroom.catalog import Entry
from pressroom.catalog.merge_returned import RETURNED
from pressroom.diagnostics import Span
from pressroom.language import ENGLISH, Language
from pressroom.workspace.workspace import Workspace

# Also as Chinese and Arabic keyboards type it.
MARK: Final = re.compile(r"\s*[?？؟]\s?[:：]")
# Comments that the program writes among the translator's.
_OURS: Final = (COMMENT, RETURNED, "remark ", "another translation: ", "another form: ")


@dataclass(frozen=True, slots=True)
class Question:
    """One question about a message; `span` is the comment's line in the catalog.

    `english` is the message's place in the source, None if it was deleted. `notes` are the author's notes there, which
    may answer the question.
    """

    document: str
    locale: str
    message: str
    text: str
    span: Span
    english: Span | None = None
    notes: tuple[str, ...] = ()


def questions(workspace: Workspace, names: Iterable[str], languages: Iterable[Language]) -> tuple[Question, ...]:
    """The open questions in these catalogs; a catalog that can't be read has none to show."""
    locales = [language for language in languages if language.tag != ENGLISH]
    pairs = [(name, language) for name in dict.fromkeys(names) for language in locales]
    return tuple(question for name, language in pairs for question in _questions_in(workspace, name, language))


def asked_of(entry: Entry) -> tuple[str, ...]:
    """The texts of the questions about a message."""
    return tuple(text for _, text in _questions_of(entry))


def with_question(entry: Entry, question: str) -> Entry:
    """The entry with one more question, on a line of its own; one that was asked already is not asked again."""
    text = " ".join(MARK.sub("", question, count=1).split())
    if not text or text in asked_of(entry):
        return entry
    # The comment on a machine draft is always the last one.
    ours = tuple(line for line in entry.comments if line == COMMENT)
    others = tuple(line for line in entry.comments if line != COMMENT)
    return replace(entry, comments=(*others, f"?: {text}", *ours))


def without_question(entry: Entry, question: str) -> Entry:
    """The entry without the lines of the question that has this text."""
    for at, text in _questions_of(entry):
        if text == question:
            below = entry.comments[at + 1 :]
            end = at + 1 + sum(1 for _ in _until_next(below))
            return replace(entry, comments=(*entry.comments[:at], *entry.comments[end:]))
    return entry


def _questions_in(workspace: Workspace, name: str, language: Language) -> Iterator[Question]:
    catalog, _ = workspace.catalog(name, language)
    if catalog is None or not any(_starts(line) for entry in catalog.active for line in entry.comments):
        return
    data = workspace.files.data(workspace.project.catalog_file(language.posix, name)).value or b""
    lines = data.decode("utf-8", errors="replace").splitlines()
    places = {message.key: message for message in reversed(workspace.messages(name))}
    for entry in catalog.active:
        for at, text in _questions_of(entry):
            span = Span(catalog.path, _line_of(lines, entry, entry.comments[at]))
            message = places.get(entry.key)
            source, notes = (message.span, message.notes) if message else (None, ())
            yield Question(name, language.tag, entry.msgid, text, span, source, notes)


def _questions_of(entry: Entry) -> Iterator[tuple[int, str]]:
    """Each question of an entry, after the index of the comment where it begins."""
    for at, line in enumerate(entry.comments):
        if _starts(line):
            more = _until_next(entry.comments[at + 1 :])
            yield at, " ".join([MARK.sub("", line, count=1).strip(), *more]).strip()


def _until_next(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if not line.strip() or _starts(line) or line.startswith(_OURS):
            return
        yield line.strip()


def _starts(line: str) -> bool:
    return MARK.match(line) is not None


def _line_of(lines: Sequence[str], entry: Entry, comment: str) -> int:
    """The line of a comment above its msgid; the msgid's where an editor wrote the comment otherwise."""
    for number in range(min(entry.line, len(lines)), 0, -1):
        line = lines[number - 1]
        if line.startswith("#") and line[1:].strip() == comment.strip():
            return number
        if not line.strip():
            break
    return entry.line
