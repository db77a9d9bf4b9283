"""The append-only log: every record is an entry that names the entries its author knew, as a commit names its parents.

Two branches merge without a conflict, because the next entry names the last entries of both. Order comes from names,
never from clocks. Whatever the order allows needs an entry to descend from another; so a lost entry allows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import Final

from pressroom.language import ENGLISH

RELEASES: Final = "releases"
ALL_LOCALES: Final = "all"
EVERYTHING: Final = ("", "")
_DAY: Final = re.compile(r"-(\d{4}-\d{2}-\d{2})-[0-9a-f]{16}$")


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An entry: its id, the ids that it names, its file, and whether it is as it was written.

    `counts` is False for a record without a valid signature, or with a date that can't be true: the log has it, and
    no entry names it.
    """

    id: str
    names: frozenset[str] = frozenset()
    path: str = ""
    intact: bool = True
    counts: bool = True


@dataclass(frozen=True)
class Log:
    """All entries by id. The ids of missing entries are known from the entries that name them."""

    entries: Mapping[str, LogEntry] = field(default_factory=dict)

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The entries that count and that no other entry that counts names; a new entry names these."""
        counting = [entry for entry in self.entries.values() if entry.counts]
        named = {name for entry in counting for name in entry.names}
        return tuple(sorted(entry.id for entry in counting if entry.id not in named))

    @cached_property
    def edition_heads(self) -> tuple[str, ...]:
        """What an edition names: the heads, and every missing entry, so that it is not forgotten before it is back."""
        return tuple(sorted({*self.heads, *(name for _, name in self.missing)}))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Every entry after those that it names; entries of two branches by day, then by id."""
        named_by: dict[str, list[str]] = {id: [] for id in self.entries}
        waits = dict.fromkeys(self.entries, 0)
        for id, entry in self.entries.items():
            for name in entry.names & self.entries.keys() - {id}:
                named_by[name].append(id)
                waits[id] += 1
        ready = [(day_of(id), id) for id, count in waits.items() if not count]
        heapify(ready)
        order: list[str] = []
        while ready:
            id = heappop(ready)[1]
            order.append(id)
            for later in named_by[id]:
                waits[later] -= 1
                if not waits[later]:
                    heappush(ready, (day_of(later), later))
        # Only an edited entry can name a later one: an id holds the hash of what the entry names.
        return (*order, *sorted(self.entries.keys() - set(order)))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {id: place for place, id in enumerate(self.order)}

    @cached_property
    def _ancestors(self) -> dict[str, int]:
        """For each entry a number with one bit for each ancestor, at its place in the order."""
        bits: dict[str, int] = {}
        for id in self.order:
            known = [name for name in self.entries[id].names if name in self._places]
            mine = 0
            for name in known:
                mine |= bits.get(name, 0) | 1 << self._places[name]
            bits[id] = mine
        return bits

    def place(self, id: str) -> int:
        """The place of an entry in the order; an entry that is not in the log yet is the last."""
        return self._places.get(id, len(self.entries))

    def descends(self, id: str, earlier: str) -> bool:
        """True if an entry names the earlier one, or names one that descends from it."""
        place = self._places.get(earlier)
        return place is not None and bool(self._ancestors.get(id, 0) >> place & 1)

    def ancestors(self, id: str) -> frozenset[str]:
        """The entries from which an entry descends."""
        bits = self._ancestors.get(id, 0)
        return frozenset(name for place, name in enumerate(self.order) if bits >> place & 1)

    def descendants(self, id: str) -> frozenset[str]:
        """The entries that descend from an entry."""
        return frozenset(name for name in self.entries if self.descends(name, id))

    def latest(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of the entries from which none of the others descends."""
        ids = frozenset(ids)
        return frozenset(id for id in ids if not any(self.descends(other, id) for other in ids))

    @cached_property
    def missing(self) -> tuple[tuple[LogEntry, str], ...]:
        """Each id that is named and that is missing or was edited, with the first entry that names it.

        Entries that count go first: they are in the log for good.
        """
        whole = {id for id, entry in self.entries.items() if entry.intact}
        found: dict[str, LogEntry] = {}
        for entry in sorted((self.entries[id] for id in self.order), key=lambda entry: not entry.counts):
            for name in sorted(entry.names - whole):
                found.setdefault(name, entry)
        return tuple((entry, name) for name, entry in found.items())


def entry_id(document: str, locale: str, stem: str) -> str:
    """The id of a record on a document in a locale (empty: in all); `stem` is its file's name without the ending."""
    return f"{document}/{locale or ALL_LOCALES}/{stem}"


def release_id(stem: str) -> str:
    """The id of a release."""
    return f"{RELEASES}/{stem}"


def place_of(id: str) -> tuple[str, str]:
    """The document and locale that are barred without this entry; everything for a release or an unknown id."""
    match id.split("/"):
        case [document, locale, _]:
            # Without the English nothing of a document may be handed out.
            return document, ENGLISH if locale == ALL_LOCALES else locale
        case _:
            return EVERYTHING


def file_of(id: str) -> str:
    """The name of an entry's file."""
    return f"{id.rpartition('/')[2]}.toml"


def day_of(id: str) -> date:
    """The day in an entry's id, also if the entry is missing; the first day of all if it has none."""
    match = _DAY.search(id)
    try:
        return date.fromisoformat(match[1]) if match else date.min
    except ValueError:
        return date.min


def is_back_dated(id: str, names: Iterable[str]) -> bool:
    """True if an entry is dated before an entry that it names, which its author therefore knew."""
    own = day_of(id)
    return any(own < day_of(name) for name in names)
