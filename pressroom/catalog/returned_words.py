"""Takes a translator's words from a returned catalog into ours.

Translators' tools drop flags, contexts, previous texts and headers; they wrap and reorder. So only translations,
fuzzy marks and comments are taken, message by message. Everything else stays as the project has it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Final

from pressroom.catalog.fuzzy import PREVIOUS, marked_fuzzy, previous_pair, with_previous_msgstr, without_fuzzy
from pressroom.catalog.model import Catalog, Entry, Header, Key
from pressroom.data_files import data_table

_TRANSLATORS: Final = ("PO-Revision-Date", "Last-Translator")


@dataclass(frozen=True, slots=True)
class _Returned:
    """A returned catalog by NFC keys. `trusted` if its tool keeps fuzzy marks, `comments` if it keeps comments."""

    by_key: dict[Key, Entry]
    by_msgid: dict[str, list[Entry]]
    trusted: bool
    comments: bool

    def of(self, entry: Entry, alone: bool, sent: bool) -> Entry | None:
        """The entry for this message. If it is `alone` with its msgid, a lost or invented context does not matter.

        Unless it may be the message as it was before its context changed: then the translator saw another message.
        """
        msgid = _normal(entry.msgid)
        if (found := self.by_key.get((entry.context, msgid))) is not None:
            return found
        if not sent and entry.previous_msgid == entry.msgid and self.of_previous(entry) is not None:
            return None
        same = self.by_msgid.get(msgid, [])
        return same[0] if alone and len(same) == 1 else None

    def of_previous(self, entry: Entry) -> Entry | None:
        """The entry for the previous English of a fuzzy message, if the translator worked on an older file."""
        if not entry.fuzzy or entry.previous_msgid is None:
            return None
        return self.by_key.get((entry.previous_context, _normal(entry.previous_msgid)))


def apply_returned(existing: Catalog, returned: Catalog, *, sent: bool = False) -> Catalog:
    """The existing catalog with the translator's work. With `sent` it is the very catalog that the translator got.

    Empty is not deletion (OmegaT returns fuzzy texts empty). A text that differs only in its Unicode form is the
    same. An entry that the existing catalog lacks becomes obsolete. If the translator did nothing, the result equals
    `existing`.
    """
    back = _returned(returned)
    uses: dict[str, int] = {}
    for entry in existing.active:
        uses[entry.msgid] = uses.get(entry.msgid, 0) + 1
    pairs = [(entry, back.of(entry, uses[entry.msgid] == 1, sent)) for entry in existing.active]
    active = tuple(_taken(entry, found, back) if found else _older(entry, back) for entry, found in pairs)
    used = {found.key for _, found in pairs if found}
    entries = (*active, *existing.obsolete, *_strangers(existing, back, used))
    if entries == existing.entries:
        return existing
    fields = existing.header.replaced(translator_fields(returned.header))
    return replace(existing, header=replace(existing.header, fields=fields), entries=entries)


def _returned(catalog: Catalog) -> _Returned:
    by_key: dict[Key, Entry] = {}
    by_msgid: dict[str, list[Entry]] = {}
    for entry in (*catalog.active, *catalog.obsolete):
        msgid = _normal(entry.msgid)
        if by_key.setdefault((entry.context, msgid), entry) is entry:
            by_msgid.setdefault(msgid, []).append(entry)
    generator = catalog.header.get("X-Generator") or ""
    trusted = not generator.startswith(tuple(data_table("catalog/clients.toml")["loses-fuzzy"]))
    return _Returned(by_key, by_msgid, trusted, any(entry.comments for entry in catalog.entries))


def _older(entry: Entry, back: _Returned) -> Entry:
    """Take a new translation of the previous English as the fuzzy text for the English now."""
    found, before = back.of_previous(entry), previous_pair(entry)
    if found is None or before is None or found.fuzzy or not found.msgstr.strip() or entry.msgstr != before.msgstr:
        return entry
    return with_previous_msgstr(
        replace(entry, msgstr=found.msgstr, comments=_comments(entry, found, back)), found.msgstr
    )


def _taken(entry: Entry, found: Entry, back: _Returned) -> Entry:
    if not found.msgstr.strip():
        return replace(entry, comments=_comments(entry, found, back))
    same = _normal(found.msgstr) == _normal(entry.msgstr)
    fuzzy = found.fuzzy or (same and entry.fuzzy and not back.trusted)
    taken = replace(entry, msgstr=entry.msgstr if same else found.msgstr, comments=_comments(entry, found, back))
    # A mark that the translator sets is a doubt of another kind. No previous text belongs to it.
    return marked_fuzzy(taken) if fuzzy else without_fuzzy(taken)


def _comments(entry: Entry, found: Entry, back: _Returned) -> tuple[str, ...]:
    # A file without any comment comes from a tool that drops them. Otherwise the returned comments are newer.
    return tuple(line for line in found.comments if not PREVIOUS.match(line)) if back.comments else entry.comments


def _strangers(existing: Catalog, back: _Returned, used: set[Key]) -> tuple[Entry, ...]:
    """Translated messages that our catalog lacks, as obsolete entries, in case their English comes back."""
    known = {(entry.context, _normal(entry.msgid)) for entry in existing.entries}
    known |= {(pair.context, _normal(pair.msgid)) for entry in existing.active if (pair := previous_pair(entry))}
    words = {(_normal(entry.msgid), _normal(entry.msgstr)) for entry in existing.entries}
    return tuple(
        replace(entry, obsolete=True, extracted=(), references=(), plural=None, plural_msgstrs=())
        for key, entry in back.by_key.items()
        if key not in known
        and entry.key not in used
        and entry.msgstr.strip()
        and entry.msgid
        # A tool may invent a context (po2xliff: the file's name) for our own words.
        and (key[1], _normal(entry.msgstr)) not in words
    )


def translator_fields(header: Header) -> dict[str, str | None]:
    """The fields of a header that belong to the translator."""
    return {name: value for name in _TRANSLATORS if (value := header.get(name))}


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)
