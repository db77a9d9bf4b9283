"""What an update keeps of messages that went away: obsolete entries, and comments on active ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from pressroom.catalog.fuzzy import previous_pair
from pressroom.catalog.model import Catalog, Entry, Key

_OTHER: Final = "another translation: "


def _with_other(entry: Entry, other: Entry) -> Entry:
    line = f"{_OTHER}{other.msgstr}".replace("\n", "\\n")
    return entry if line in entry.comments else replace(entry, comments=(*entry.comments, line))


def obsolete_entries(left_over: Iterable[Entry], active: set[Key]) -> tuple[Entry, ...]:
    """The left-over entries whose keys are not in use, each message once, sorted so that branches rarely conflict."""
    entries: dict[Key, Entry] = {}
    for entry in left_over:
        if entry.key not in active:
            first = entries.setdefault(entry.key, entry)
            if first is not entry:
                entries[entry.key] = joined(first, entry) if first.msgstr else joined(entry, first)
    return tuple(sorted(entries.values(), key=lambda entry: (entry.msgid, entry.context or "")))


def with_left_over(active: Iterable[Entry], left_over: Iterable[Entry]) -> tuple[Entry, ...]:
    """The active entries, each with the comments and other translations that older entries of its message had."""
    others: dict[Key, list[Entry]] = {}
    for entry in left_over:
        others.setdefault(entry.key, []).append(entry)
    return tuple(_with_all(entry, others.get(entry.key, ())) for entry in active)


def _with_all(entry: Entry, others: Iterable[Entry]) -> Entry:
    for other in others:
        # An unconfirmed fuzzy text is not a translation of this message.
        entry = joined(entry, replace(other, msgstr="") if other.fuzzy else other)
    return entry


def joined(entry: Entry, other: Entry) -> Entry:
    """The entry with the other's comments, and the other's translation as a comment if it differs."""
    comments = dict.fromkeys((*entry.comments, *other.comments))
    entry = entry if len(comments) == len(entry.comments) else replace(entry, comments=tuple(comments))
    return _with_other(entry, other) if other.msgstr and other.msgstr != entry.msgstr else entry


def left_over_entries(existing: Catalog | None, used: set[Key]) -> Iterator[Entry]:
    """The existing entries as obsolete ones, without those whose keys are `used` by a message."""
    if existing is None:
        return
    for entry in existing.active:
        if entry.key not in used and (entry.msgstr or entry.comments):
            yield from _retired(entry)
    yield from existing.obsolete


def _retired(entry: Entry) -> Iterable[Entry]:
    before = previous_pair(entry)
    if before is not None:
        untouched = entry.fuzzy and before.msgstr == entry.msgstr
        yield replace(before, comments=entry.comments if untouched else ())
        if untouched:
            return
        # A text that a translator has begun no longer translates the previous English: only a person may unmark it.
        entry = replace(entry, previous_msgid=None, previous_context=None)
    yield replace(entry, obsolete=True, extracted=(), references=())
