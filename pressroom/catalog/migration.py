"""Carries a catalog over from an older msgid format to today's.

How a block becomes a message is an API: a change of it needs a step here, or every
translation in the world turns fuzzy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pressroom.catalog.fuzzy import carried_note
from pressroom.catalog.model import Catalog, Entry, Key
from pressroom.catalog.obsolete import joined
from pressroom.diagnostics import Diagnostic, Span, diagnostic

HEADER: Final = "X-Pressroom-Format"
CURRENT: Final = 1
# What a text of a format, English or translated, is in the next one: {1: from_1_to_2, …}. Pure, and total.
Step = Callable[[str], str]
STEPS: Final[Mapping[int, Step]] = {}


class FormatError(ValueError):
    """The catalog is of a format that this program does not know, or can't get away from."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """The catalog in the wanted format, and what each message of it was called before."""

    catalog: Catalog
    keys: Mapping[Key, Key]


def format_of(catalog: Catalog) -> int:
    """The format a catalog says it is of; one that says nothing is of the first.

    Raises:
        FormatError: it says something that is no number.
    """
    written = (catalog.header.get(HEADER) or "1").strip()
    if not written.isascii() or not written.isdigit() or int(written) < 1:
        raise FormatError(f"{HEADER} is {written!r}, not a number")
    return int(written)


def old_format(catalog: Catalog) -> list[Diagnostic]:
    """Why this catalog can't be brought up to the English: its messages are named by another format's rule."""
    at = Span(catalog.path, catalog.header.line)
    try:
        since = format_of(catalog)
    except FormatError as error:
        return [diagnostic("catalog-format", at, str(error), f"write {HEADER}: {CURRENT}, or take the line out")]
    if since == CURRENT:
        return []
    message = f"the catalog is of format {since}, and this program writes {CURRENT}"
    hint = "run: {command} migrate" if since < CURRENT else "use a newer program"
    return [diagnostic("catalog-format", at, message, hint)]


def migrate(catalog: Catalog, steps: Mapping[int, Step] = STEPS, to: int = CURRENT) -> Migrated:
    """Carry every text of the catalog, obsolete ones and previous texts too, over to format `to`.

    Where two messages become one, the first translated one stays; what another said is kept as a comment.

    Raises:
        FormatError: the catalog is newer than `to`, or a step is missing.
    """
    since = format_of(catalog)
    if since > to:
        raise FormatError(f"the catalog is of format {since}, and this program writes {to}: use a newer one")
    if missing := [number for number in range(since, to) if number not in steps]:
        raise FormatError(f"there is no step from format {missing[0]} to {missing[0] + 1}")
    path = [steps[number] for number in range(since, to)]
    keys: dict[Key, Key] = {}
    entries: dict[tuple[bool, Key], Entry] = {}
    for old in catalog.entries:
        new = _carried(old, path)
        keys[old.key] = new.key
        held = entries.get((new.obsolete, new.key))
        entries[new.obsolete, new.key] = new if held is None else _one_of(held, new)
    kept = tuple(entry for (gone, key), entry in entries.items() if not gone or (False, key) not in entries)
    if path:
        catalog = replace(catalog, header=replace(catalog.header, fields=catalog.header.replaced({HEADER: str(to)})))
    return Migrated(replace(catalog, entries=kept), keys)


def _carried(entry: Entry, path: list[Step]) -> Entry:
    def carry(text: str) -> str:
        for step in path:
            text = step(text)
        return text

    return replace(
        entry,
        msgid=carry(entry.msgid),
        msgstr=carry(entry.msgstr),
        previous_msgid=None if entry.previous_msgid is None else carry(entry.previous_msgid),
        extracted=tuple(carried_note(line, carry) for line in entry.extracted),
    )


def _one_of(first: Entry, second: Entry) -> Entry:
    kept, other = (first, second) if first.translated or not second.translated else (second, first)
    references = tuple(dict.fromkeys((*first.references, *second.references)))
    return replace(joined(kept, other), references=references)
