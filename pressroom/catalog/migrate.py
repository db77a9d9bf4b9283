"""A change of the msgids' form: a catalog and a table of keys go in, the catalog under its new keys comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pressroom.catalog.model import Catalog, Entry, Key


def carried_over(catalog: Catalog, renamed: Mapping[Key, Key], text: Callable[[str], str] = str) -> Catalog:
    """The catalog with these messages under their new keys, translations, marks and previous texts with them.

    For a change of the msgid's form that leaves its meaning (a placeholder renamed, a context given); `text` makes
    the same change in their translations. Where the new key is taken already, the entry in use stays and the other
    becomes obsolete under its old key.
    """
    taken = {entry.key for entry in catalog.active}
    entries = [_renamed(entry, renamed, taken, text) for entry in catalog.entries]
    ordered = [entry for entry in entries if not entry.obsolete] + [entry for entry in entries if entry.obsolete]
    return replace(catalog, entries=tuple(ordered))


def _renamed(entry: Entry, renamed: Mapping[Key, Key], taken: set[Key], text: Callable[[str], str]) -> Entry:
    if entry.previous_msgid is not None:
        previous = (entry.previous_context, entry.previous_msgid)
        context, msgid = renamed.get(previous, previous)
        entry = replace(entry, previous_context=context, previous_msgid=msgid)
    new = renamed.get(entry.key)
    if new is None or new == entry.key:
        return entry
    if new in taken:
        return replace(entry, obsolete=True, extracted=(), references=())
    return replace(entry, context=new[0], msgid=new[1], msgstr=text(entry.msgstr))
