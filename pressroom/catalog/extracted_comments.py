"""Writes the extracted comments (`#.`) that a translator sees beside a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pressroom.catalog.model import Key
from pressroom.content import Message
from pressroom.content.inline import PLACEHOLDER
from pressroom.data_files import data_table


@dataclass(frozen=True, slots=True)
class CommentContext:
    """Facts for the comments from outside the document.

    `prints` maps a placeholder's name to what it prints, `elsewhere` a message's key to the other documents that use
    it, `terms` a key to lines about its glossary terms.
    """

    prints: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[Key, Sequence[str]] = field(default_factory=dict)
    terms: Mapping[Key, Sequence[str]] = field(default_factory=dict)


def extracted_comments(uses: Sequence[Message], context: CommentContext) -> tuple[str, ...]:
    """The `#.` lines of one message, which may be used in several places. Each line is written once.

    In this order: its places, the author's notes, who must still confirm it, what its placeholders print, where its
    links lead, the other documents that use it, its terms. Its length limit is not among them, because that differs
    between scripts (lengths.py).
    """
    lines = [" ".join(line.split()) for line in _lines(uses, context)]
    return tuple(dict.fromkeys(line for line in lines if line))


def _lines(uses: Sequence[Message], context: CommentContext) -> Iterator[str]:
    key = uses[0].key
    yield from (_place(use) for use in uses)
    for use in uses:
        yield from use.notes
    yield from (
        f"Not yet confirmed by: {use.pending}. Translate it; it is printed on drafts only."
        for use in uses
        if use.pending
    )
    for name in dict.fromkeys(PLACEHOLDER.findall(uses[0].msgid)):
        yield f"{{{name}}} prints {_printed(name, context)}"
    for use in uses:
        yield from (f"{{{number}}} leads to {link}" for number, link in enumerate(use.links, start=1))
    if others := context.elsewhere.get(key):
        yield f"The same text stands in: {', '.join(others)}"
    yield from context.terms.get(key, ())


def _place(message: Message) -> str:
    panel = f", panel {message.panel}" if message.panel else ""
    section = f", under “{' › '.join(message.section)}”" if message.section else ""
    return f"{message.role} in {PurePosixPath(message.span.path).stem}{panel}{section}"


def _printed(name: str, context: CommentContext) -> str:
    if name in context.prints:
        return f"“{context.prints[name]}”"
    return str(data_table("catalog/placeholders.toml").get(name, "a value that the program fills in"))
