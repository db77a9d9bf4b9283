"""What an update leaves over: the old catalog and what was used of it go in, obsolete entries come out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from pressroom.catalog.model import Catalog, Entry, Key
from pressroom.catalog.revision import remembered

_OTHER: Final = "another translation: "


def _with_other(entry: Entry, other: Entry) -> Entry:
    line = f"{_OTHER}{other.msgstr}".replace("\n", "\\n")
    return entry if line in entry.comments else replace(entry, comments=(*entry.comments, line))


def obsolete_entries(
    existing: Catalog | None, wanted: set[Key], used: set[Key], kept: Sequence[Entry]
) -> tuple[Entry, ...]:
    """The obsolete entries of the updated catalog, each message once, sorted so that two branches rarely collide.

    `wanted` are the keys in use, `used` those whose words live on in another entry, `kept` entries to be kept.
    """
    found: dict[Key, Entry] = {}
    for entry in _leavings(existing, used, kept):
        if entry.key in wanted:
            continue
        first = found.get(entry.key)
        found[entry.key] = entry if first is None else _joined(first, entry) if first.msgstr else _joined(entry, first)
    return tuple(sorted(found.values(), key=lambda entry: (entry.msgid, entry.context or "")))


def with_leavings(
    active: Sequence[Entry], existing: Catalog | None, used: set[Key], kept: Sequence[Entry]
) -> tuple[Entry, ...]:
    """The active entries, each with the comments and the other words of what was left over of the same message."""
    others: dict[Key, list[Entry]] = {}
    for entry in _leavings(existing, used, kept):
        others.setdefault(entry.key, []).append(entry)
    return tuple(_with_all(entry, others.get(entry.key, ())) for entry in active)


def _with_all(entry: Entry, others: Iterable[Entry]) -> Entry:
    for other in others:
        # A suggestion that nobody took is no translation of this message.
        entry = _joined(entry, replace(other, msgstr="") if other.fuzzy else other)
    return entry


def _joined(entry: Entry, other: Entry) -> Entry:
    """The entry with the other's comments, and the other's words as one where they differ."""
    comments = dict.fromkeys((*entry.comments, *other.comments))
    entry = entry if len(comments) == len(entry.comments) else replace(entry, comments=tuple(comments))
    return _with_other(entry, other) if other.msgstr and other.msgstr != entry.msgstr else entry


def _leavings(existing: Catalog | None, used: set[Key], kept: Sequence[Entry]) -> Iterable[Entry]:
    yield from kept
    if existing is None:
        return
    for entry in existing.active:
        if entry.key not in used and (entry.msgstr or entry.comments):
            yield from _retired(entry)
    yield from existing.obsolete


def _retired(entry: Entry) -> Iterable[Entry]:
    before = remembered(entry)
    if before is not None:
        untouched = entry.fuzzy and before.msgstr == entry.msgstr
        yield replace(before.obsolete(), comments=entry.comments if untouched else ())
        if untouched:
            return
        # What was begun no longer translates the English before: nothing may take its mark off by itself.
        entry = replace(entry, previous_msgid=None, previous_context=None)
    yield replace(entry, obsolete=True, extracted=(), references=())
