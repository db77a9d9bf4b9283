"""Three-way merge of a returned catalog: ours, the translator's, and the one that was sent.

A message that changed here since the export is never overwritten. The returned text becomes a comment beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from pressroom.catalog.fuzzy import marked_fuzzy, without_fuzzy
from pressroom.catalog.model import Catalog, Entry, Key
from pressroom.catalog.returned_words import apply_returned, translator_fields
from pressroom.fingerprint import content_hash

Kind = Literal["translated", "changed", "confirmed", "marked", "commented"]
RETURNED: Final = "returned otherwise: "


@dataclass(frozen=True, slots=True)
class ReturnedChange:
    """One message that the translator changed, as it was and as it is."""

    kind: Kind
    before: Entry
    after: Entry


@dataclass(frozen=True, slots=True)
class Conflict:
    """A message that changed on both sides. `ours` stays, `theirs` becomes a comment; `why` names our change."""

    ours: Entry
    theirs: Entry
    why: str


@dataclass(frozen=True, slots=True)
class ReturnedMerge:
    """The merged catalog, and what was taken or not. The catalog equals ours if the translator did nothing."""

    catalog: Catalog
    changes: tuple[ReturnedChange, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    unknown: tuple[Entry, ...] = ()


def words_hash(catalog: Catalog) -> str:
    """Sixteen hex digits that identify everything a translator can change: each message's text, mark and comments."""
    # The writer drops the fuzzy mark of an empty translation.
    rows = sorted(
        f"{e.context!r} {e.msgid!r} {e.msgstr!r} {e.fuzzy and bool(e.msgstr)} {e.comments!r}" for e in catalog.active
    )
    return content_hash("\n".join(rows).encode("utf-8", "surrogatepass"))[:16]


def merge_returned(
    ours: Catalog, returned: Catalog, base: Catalog | None, drafts: Collection[Key] = ()
) -> ReturnedMerge:
    """Our catalog with what the translator changed since `base`, the catalog as it was sent.

    Without a base, a returned text is taken only if we have no translation, or a machine's (`drafts`). Any other
    difference is a conflict. Returned messages that neither catalog has become obsolete entries.
    """
    sent = base or ours
    after = apply_returned(sent, returned)
    merging = _Merge(ours, base is not None, frozenset(drafts))
    later = apply_returned(ours, returned).by_key()
    for before, now in zip(sent.active, after.active, strict=True):
        if _words(before) != _words(now):
            merging.take(before, now, later)
    known = {entry.key for entry in (*sent.entries, *ours.entries)}
    strangers = tuple(entry for entry in after.obsolete if entry.key not in known)
    gone = {e.key for e in returned.active} & {e.key for e in strangers}
    entries = (*merging.active.values(), *merging.obsolete, *strangers)
    changed = entries != ours.entries
    fields = ours.header.replaced(translator_fields(after.header)) if changed else ours.header.fields
    unknown = tuple(entry for entry in returned.active if entry.key in gone)
    catalog = replace(ours, header=replace(ours.header, fields=fields), entries=entries)
    return ReturnedMerge(catalog, tuple(merging.changes), tuple(merging.conflicts), unknown)


class _Merge:
    """Our entries while the returned ones are merged into them."""

    def __init__(self, ours: Catalog, sure: bool, drafts: frozenset[Key]) -> None:
        self.active = {entry.key: entry for entry in ours.active}
        self.obsolete = list(ours.obsolete)
        self.sure, self.drafts = sure, drafts
        self.changes: list[ReturnedChange] = []
        self.conflicts: list[Conflict] = []

    def take(self, before: Entry, now: Entry, later: dict[Key, Entry]) -> None:
        """Take one change of the translator's, or record a conflict."""
        ours = self.active.get(before.key)
        if ours is None:
            self._take_outdated(before, now, later)
            return
        taken = replace(ours, comments=_merged(ours.comments, before.comments, now.comments))
        if _text(before) != _text(now) and _text(ours) != _text(now):
            if self._may_take(before, ours, now):
                taken = replace(taken, msgstr=now.msgstr)
                taken = marked_fuzzy(taken) if now.fuzzy else without_fuzzy(taken)
            elif ours.msgstr != now.msgstr or not self.sure:
                self._refuse(taken, now, "the translation changed here since" if self.sure else _UNSURE)
                return
        if taken != ours:
            self.active[ours.key] = taken
            self.changes.append(ReturnedChange(_kind(ours, taken), ours, taken))

    def _may_take(self, before: Entry, ours: Entry, now: Entry) -> bool:
        if self.sure:
            return _text(ours) == _text(before)
        return not ours.msgstr or ours.key in self.drafts or (ours.fuzzy and not now.fuzzy)

    def _refuse(self, ours: Entry, theirs: Entry, why: str) -> None:
        line = f"{RETURNED}{theirs.msgstr}".replace("\n", "\\n")
        if line not in ours.comments and theirs.msgstr:
            ours = replace(ours, comments=(*ours.comments, line))
        self._put(ours)
        self.conflicts.append(Conflict(ours, theirs, why))

    def _take_outdated(self, before: Entry, now: Entry, later: dict[Key, Entry]) -> None:
        """The English changed or went away since: the returned text becomes its fuzzy text, or an obsolete entry."""
        successor = next((e for e in self.active.values() if _previous(e) == before.key), None)
        if successor is not None and later[successor.key] != successor:
            self.active[successor.key] = later[successor.key]
            self.changes.append(ReturnedChange("marked", successor, later[successor.key]))
            return
        kept = next((entry for entry in self.obsolete if entry.key == before.key), None)
        if successor is not None:
            self._refuse(successor, now, "the English changed here since")
        elif kept is None or kept.msgstr == before.msgstr:
            bare = replace(now, obsolete=True, extracted=(), references=())
            self._put(bare)
            self.changes.append(ReturnedChange("changed", before, bare))
        elif kept.msgstr != now.msgstr:
            self._refuse(kept, now, "the message went away here since")

    def _put(self, entry: Entry) -> None:
        """Replace the entry of its key, or append it."""
        if not entry.obsolete:
            self.active[entry.key] = entry
            return
        at = next((number for number, old in enumerate(self.obsolete) if old.key == entry.key), len(self.obsolete))
        self.obsolete[at : at + 1] = [entry]


_UNSURE: Final = "it is not known what the translator was sent"


def _previous(entry: Entry) -> Key | None:
    return None if entry.previous_msgid is None or not entry.fuzzy else (entry.previous_context, entry.previous_msgid)


def _text(entry: Entry) -> tuple[str, bool]:
    return entry.msgstr, entry.fuzzy


def _words(entry: Entry) -> tuple[str, bool, tuple[str, ...]]:
    return entry.msgstr, entry.fuzzy, entry.comments


def _merged(ours: Sequence[str], before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """Our comments without those the translator removed, and with those the translator added."""
    if tuple(ours) == tuple(before):
        return tuple(now)
    gone = set(before) - set(now)
    kept = [line for line in ours if line not in gone]
    return (*kept, *(line for line in now if line not in before and line not in kept))


def _kind(before: Entry, after: Entry) -> Kind:
    if before.msgstr == after.msgstr:
        if before.fuzzy == after.fuzzy:
            return "commented"
        return "marked" if after.fuzzy else "confirmed"
    return "changed" if before.msgstr else "translated"
