"""Collects the translators' open questions, each with its message and its line.

A question is a translator's comment that begins with `?:`; the lines of comment below it belong to it. The author
answers with a note in the source, which an update brings to every locale; the translator takes the question away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pressroom.approval.machine_drafts import COMMENT
from pressroom.catalog import Entry
from pressroom.catalog.merge_returned import RETURNED
from pressroom.catalog.model import Key
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import ENGLISH, Language
from pressroom.workspace.workspace import Workspace

# As a keyboard of Chinese or Arabic types it too.
MARK: Final = re.compile(r"\s*[?？؟]\s?[:：]")
# Comments that the program writes among the translator's.
_OURS: Final = (COMMENT, RETURNED, "another translation: ", "another form: ")


@dataclass(frozen=True, slots=True)
class Question:
    """One question: in which locale, on which message of which document, and the comment's line in the catalog.

    `english` is the message's place in the source, above which a note answers it; none where it is not there any more.
    `notes` are those that stand there: whether they answer it is for people to see.
    """

    document: str
    locale: str
    message: str
    text: str
    span: Span
    english: Span | None = None
    notes: tuple[str, ...] = ()


def questions(workspace: Workspace, names: Iterable[str], languages: Iterable[Language]) -> tuple[Question, ...]:
    """The open questions in these catalogs, a locale at a time; a catalog that can't be read has none to show."""
    wanted = [language for language in languages if language.tag != ENGLISH]
    return tuple(
        one for name in dict.fromkeys(names) for language in wanted for one in _asked(workspace, name, language)
    )


def _asked(workspace: Workspace, name: str, language: Language) -> Iterator[Question]:
    catalog, _ = workspace.catalog(name, language)
    if catalog is None or not any(_starts(line) for entry in catalog.active for line in entry.comments):
        return
    data = workspace.files.data(workspace.project.catalog_file(language.posix, name)).value or b""
    lines = data.decode("utf-8", errors="replace").splitlines()
    places = _places(workspace, name)
    for entry in catalog.active:
        for at, text in _questions_of(entry):
            line = _line_of(lines, entry, entry.comments[at])
            at_line = Span(catalog.path, line)
            there = places.get(entry.key)
            notes = there.notes if there else ()
            yield Question(name, language.tag, entry.msgid, text, at_line, there.span if there else None, notes)


def _places(workspace: Workspace, name: str) -> dict[Key, Message]:
    """The messages of a document, or of the layouts, as the English has them."""
    return {message.key: message for message in reversed(workspace.messages(name))}


def _questions_of(entry: Entry) -> Iterator[tuple[int, str]]:
    """Where among the comments a question begins, and the whole of it."""
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
