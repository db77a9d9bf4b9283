"""Three-way merge of a returned catalog: ours, the translator's, and the one that was sent.

A message that changed here since the export is never overwritten. The returned text becomes a comment beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final, Literal

from pressroom.catalog.fuzzy import bare_message, is_suggestion_from, marked_fuzzy, with_previous_msgstr, without_fuzzy
from pressroom.catalog.merge import merged_entries
from pressroom.catalog.model import Catalog, Entry, Key
from pressroom.catalog.returned_words import apply_returned, translator_fields
from pressroom.catalog.translation_memory import Matcher
from pressroom.fingerprint import content_hash

Kind = Literal["translated", "changed", "confirmed", "marked", "commented", "suggested", "kept"]
RETURNED: Final = "returned otherwise: "


@dataclass(frozen=True, slots=True)
class ReturnedChange:
    """One message that the translator changed, as it was and as it is.

    If its English changed since it was sent, it is "suggested": `after` is the message that has its text as a
    suggestion. If there is no such message, its text is "kept" as an obsolete entry.
    """

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
    after = apply_returned(sent, returned, sent=base is not None)
    merging = _Merge(ours, base is not None, frozenset(drafts))
    for before, now in zip(sent.active, after.active, strict=True):
        if _words(before) != _words(now):
            merging.take(before, now)
    known = {entry.key for entry in (*sent.entries, *ours.entries)}
    strangers = tuple(entry for entry in after.obsolete if entry.key not in known)
    merging.offer_again(strangers, {entry.key for entry in base.active} if base else None)
    gone = {e.key for e in returned.active} & {e.key for e in strangers}
    entries = (*merging.active.values(), *merging.obsolete)
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
        self.path, self.sure, self.drafts = ours.path, sure, drafts
        # Texts that suggestions may come from, as they were sent and as they are: of messages in use, and gone.
        self.new_texts: list[tuple[Entry, Entry]] = []
        self.gone: list[tuple[Entry, Entry]] = []
        self.changes: list[ReturnedChange] = []
        self.conflicts: list[Conflict] = []

    def take(self, before: Entry, now: Entry) -> None:
        """Take one change of the translator's, or record a conflict."""
        ours = self.active.get(before.key)
        if ours is None:
            self._take_outdated(before, now)
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
            if taken.translated:
                self.new_texts.append((before, taken))

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

    def _take_outdated(self, before: Entry, now: Entry) -> None:
        """The English changed or went away since: see `offer_again`, unless somebody here was quicker."""
        if any(is_suggestion_from(entry, now) for entry in self.active.values()):
            return
        kept = next((entry for entry in self.obsolete if entry.key == before.key), None)
        begun = (e for e in self.active.values() if _previous(e) == before.key and not is_suggestion_from(e, before))
        if kept is not None and kept.msgstr not in (before.msgstr, now.msgstr):
            self._refuse(kept, now, "the message was removed here since")
        elif now.msgstr and before.msgstr and (successor := next(begun, None)) is not None:
            self._refuse(successor, now, "the English changed here since")
        elif kept is None or _words(kept) != _words(now):
            self.gone.append((before, now))

    def offer_again(self, strangers: Sequence[Entry], sent: Set[Key] | None) -> None:
        """Offer returned texts whose English is gone, as an update does that runs after the import.

        They are put back as if their English were still there, and the suggestions that were made of their older
        texts are taken out. Messages without a translation that are not among `sent`, if that is known, may get one.
        """
        texts = [now for _, now in self.gone] + [stranger for stranger in strangers if stranger.msgstr]
        if not texts and not self.new_texts:
            return
        again = self._to_offer_again(texts, sent)
        if not texts and not again:
            return
        keys = {text.key for text in texts}
        entries = [
            *(entry for entry in self.active.values() if entry.key not in again),
            *(replace(text, obsolete=False) for text in texts),
            *(entry for entry in self.obsolete if entry.key not in keys),
        ]
        messages = [bare_message(entry) for entry in self.active.values()]
        merged = merged_entries(messages, Catalog(self.path, entries=tuple(entries)))
        self.active = {e.key: _with_work_of(again.get(e.key), e) for e in merged if not e.obsolete}
        self.obsolete = [entry for entry in merged if entry.obsolete]
        self.changes += [self._outcome(before, now) for before, now in self.gone]

    def _to_offer_again(self, texts: Sequence[Entry], sent: Set[Key] | None) -> dict[Key, Entry]:
        """The entries for which there may be another suggestion now, those that have one with its new text."""
        again: dict[Key, Entry] = {}
        pairs = (*self.gone, *self.new_texts)
        # An update offers a translation of a message in use to new messages alone.
        in_use = [] if sent is None else [now.msgid for _, now in self.new_texts]
        matcher = Matcher([*(text.msgid for text in texts), *in_use])
        for entry in self.active.values():
            now = next((now for before, now in pairs if is_suggestion_from(entry, before)), None)
            if now is not None:
                again[entry.key] = with_previous_msgstr(replace(entry, msgstr=now.msgstr), now.msgstr)
            elif not entry.msgstr and entry.key not in (sent or ()) and matcher.best(entry.msgid) is not None:
                again[entry.key] = entry
        return again

    def _outcome(self, before: Entry, now: Entry) -> ReturnedChange:
        offered = next((e for e in self.active.values() if is_suggestion_from(e, now)), None)
        kept = replace(now, obsolete=True, extracted=(), references=())
        return ReturnedChange("suggested", before, offered) if offered else ReturnedChange("kept", before, kept)

    def _put(self, entry: Entry) -> None:
        """Replace the entry of its key, or append it."""
        if not entry.obsolete:
            self.active[entry.key] = entry
            return
        at = next((number for number, old in enumerate(self.obsolete) if old.key == entry.key), len(self.obsolete))
        self.obsolete[at : at + 1] = [entry]


def _with_work_of(old: Entry | None, entry: Entry) -> Entry:
    """An entry that was made again, with what a translator wrote beside it before; the old one if it has no text."""
    if old is None:
        return entry
    if not entry.msgstr:
        return old
    return replace(entry, comments=tuple(dict.fromkeys((*old.comments, *entry.comments))))


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
