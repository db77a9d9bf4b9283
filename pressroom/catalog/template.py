"""Makes a document's template (POT) from its messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pressroom.catalog.extracted_comments import CommentContext, extracted_comments
from pressroom.catalog.model import Catalog, Entry, Header, Key
from pressroom.content import Message

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
    # The two dates don't stand side by side as gettext has them: an author's branch changes one, a translator's
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
