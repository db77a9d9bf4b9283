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
    for entry in _leavings(existing, wanted, used, kept):
        if entry.key in wanted:
            continue
        first = found.setdefault(entry.key, entry)
        if first.msgstr != entry.msgstr and entry.msgstr:
            found[entry.key] = _with_other(first, entry) if first.msgstr else entry
    return tuple(sorted(found.values(), key=lambda entry: (entry.msgid, entry.context or "")))


def with_other_translations(
    active: Sequence[Entry], existing: Catalog | None, kept: Sequence[Entry]
) -> tuple[Entry, ...]:
    """The active entries; one that was obsolete as well, in other words, has those words in a comment."""
    others: dict[Key, list[Entry]] = {}
    for entry in (*(existing.obsolete if existing else ()), *kept):
        others.setdefault(entry.key, []).append(entry)
    return tuple(_with_all(entry, others.get(entry.key, ())) for entry in active)


def _with_all(entry: Entry, others: Iterable[Entry]) -> Entry:
    for other in others:
        if other.msgstr and other.msgstr != entry.msgstr and not other.fuzzy:
            entry = _with_other(entry, other)
    return entry


def _leavings(existing: Catalog | None, wanted: set[Key], used: set[Key], kept: Sequence[Entry]) -> Iterable[Entry]:
    yield from kept
    if existing is None:
        return
    for entry in existing.active:
        if entry.key not in used and entry.key not in wanted and (entry.msgstr or entry.comments):
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
