"""Message extractors for Babel and Weblate: they find the messages that `extract` finds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from pressroom.catalog.template import CommentContext, extracted_comments
from pressroom.content import Message
from pressroom.content.illustrations import with_labels
from pressroom.content.parse import parse_document
from pressroom.diagnostics import Diagnostic, Severity, render, worst
from pressroom.layout.words import read_words
from pressroom.project import Files, ProjectError, file_bytes, find_project

Extracted = tuple[int, str | None, str | tuple[str, ...], list[str]]


class UnreadableSource(Exception):
    """The source has errors: Babel gets none of its messages, because half of them would be worse."""


def extract_document(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Extracted]:
    """The messages of one Markdown document, as Babel's `extract_from_file` asks for them.

    Yields (line, function, message, comments); a message with a context comes as `pgettext` (Babel's manual,
    "Writing Extraction Methods").
    """
    document, findings = parse_document(fileobj.read().decode("utf-8"), _path(fileobj))
    if document is not None:
        document, problems = with_labels(document, _bytes)
        findings = [*findings, *problems]
    yield from _extracted(document.messages if document else (), findings)


def extract_words(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Extracted]:
    """The layouts' own words with the packaged ones that they do not override, as `extract_document` gives messages."""
    path = _path(fileobj)
    words, findings = read_words(fileobj.read().decode("utf-8"), path, _packaged_words(Path(path)))
    yield from _extracted(words.values(), findings)


def _bytes(path: str) -> bytes | None:
    return file_bytes(Path(path).parent, Path(path).name, optional=True).value


def _packaged_words(path: Path) -> str:
    """The packaged words beneath a project's file; none beneath a file that is in no project."""
    try:
        project = find_project(path.parent)
    except ProjectError:
        return ""
    return (Files(project.root, project.packaged).beneath(path.resolve()) or b"").decode()


def _extracted(messages: Iterable[Message], findings: Sequence[Diagnostic]) -> Iterator[Extracted]:
    if worst(findings) is Severity.ERROR:
        raise UnreadableSource(render(findings, "text"))
    for message in messages:
        if not message.msgid:
            continue
        comments = list(extracted_comments([message], CommentContext()))
        if message.context is None:
            yield message.span.line, None, message.msgid, comments
        else:
            yield message.span.line, "pgettext", (message.context, message.msgid), comments


def _path(fileobj: IO[bytes]) -> str:
    return str(getattr(fileobj, "name", "")).replace("\\", "/")
