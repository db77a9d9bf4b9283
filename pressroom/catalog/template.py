"""Makes a document's template (POT) from its messages, with the comments (`#.`) that a translator sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from pressroom.catalog.model import Catalog, Entry, Header, Key
from pressroom.content import Message
from pressroom.content.inline import PLACEHOLDER
from pressroom.data_files import data_table

CREATED: Final = "POT-Creation-Date"
# Gettext's own word for "not yet": Babel can't read an empty date.
UNREVISED: Final = "YEAR-MO-DA HO:MI+ZONE"


def template_catalog(
    name: str,
    messages: Sequence[Message],
    previous: Catalog | None,
    created: str,
    *,
    context: CommentContext | None = None,
) -> Catalog:
    """The template of the document `name`; one text met twice is one entry with all its references and notes.

    `created`, in the form `YYYY-MM-DD HH:MM+ZZZZ`, is written as POT-Creation-Date only where the set of messages
    differs from the previous template's. There is no Language and no Plural-Forms: unfilled ones are fatal to
    `msgfmt --check` and to Babel.
    """
    uses: dict[Key, list[Message]] = {}
    for message in messages:
        # The empty msgid is the header's; a picture without a text in its place has nothing to translate.
        if message.msgid:
            uses.setdefault(message.key, []).append(message)
    entries = tuple(_entry(same, context or CommentContext()) for same in uses.values())
    return Catalog(f"locales/{name}.pot", _header(name, previous, entries, created), entries)


def _entry(uses: Sequence[Message], context: CommentContext) -> Entry:
    first = uses[0]
    return Entry(
        first.msgid,
        context=first.context,
        extracted=extracted_comments(uses, context),
        references=tuple(dict.fromkeys(use.span.path for use in uses)),
    )


def _header(name: str, previous: Catalog | None, entries: tuple[Entry, ...], created: str) -> Header:
    if previous is None or not previous.header.fields:
        comment = f"Template of {name}. Made by `extract`: edit the source, not this file."
        return Header(_first_fields(name, created), (comment,))
    header = previous.header
    unchanged = {entry.key for entry in previous.active} == {entry.key for entry in entries}
    kept = header.get(CREATED) if unchanged else None
    fields = header.replaced({CREATED: kept or created, "Language": None, "Plural-Forms": None})
    return Header(fields, header.comments, header.extracted, header.references, header.flags)


def _first_fields(name: str, created: str) -> tuple[tuple[str, str], ...]:
    # The two dates are not on neighbouring lines, as in gettext: an author's branch changes one, a translator's
    # the other, and version control calls changes of neighbouring lines a conflict.
    return (
        ("Project-Id-Version", name),
        (CREATED, created),
        ("Report-Msgid-Bugs-To", ""),
        ("PO-Revision-Date", UNREVISED),
        ("Last-Translator", ""),
        ("Language-Team", ""),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
    )


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
        f"Not yet confirmed by: {use.pending}. Translate it; it is printed on proofs only."
        for use in uses
        if use.pending
    )
    for name in dict.fromkeys(PLACEHOLDER.findall(uses[0].msgid)):
        yield f"{{{name}}} prints {_printed(name, context)}"
    for use in uses:
        yield from (f"{{{number}}} leads to {link}" for number, link in enumerate(use.links, start=1))
    if others := context.elsewhere.get(key):
        yield f"The same text is in: {', '.join(others)}"
    yield from context.terms.get(key, ())


def _place(message: Message) -> str:
    panel = f", panel {message.panel}" if message.panel else ""
    section = f", under “{' › '.join(message.section)}”" if message.section else ""
    return f"{message.role} in {PurePosixPath(message.span.path).stem}{panel}{section}"


def _printed(name: str, context: CommentContext) -> str:
    if name in context.prints:
        return f"“{context.prints[name]}”"
    return str(data_table("catalog/placeholders.toml").get(name, "a value that the program fills in"))
