"""Changes one entry of a catalog as a translator's editor does: her text and her doubt, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pressroom.catalog.fuzzy import marked_fuzzy, without_fuzzy
from pressroom.catalog.model import Catalog, Entry, Header, Key
from pressroom.fingerprint import content_hash

# A name is written into the header, on one line.
_NOT_IN_A_NAME: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_LONGEST_NAME: Final = 200


def entry_mark(entry: Entry) -> str:
    """Sixteen hex digits of what a translator sees of an entry: English, translation, doubt and earlier English.

    Comments, references and lines are not part of it: a change of those changes no text.
    """
    texts = (*entry.key, entry.plural, *texts_of(entry), entry.previous_context, entry.previous_msgid)
    doubt = "fuzzy" if entry.fuzzy and entry.msgstr else ""
    return content_hash(f"{texts!r} {doubt}".encode("utf-8", "surrogatepass"))[:16]


def texts_of(entry: Entry) -> tuple[str, ...]:
    """The translation: one text, or one for each plural form."""
    return entry.msgstr, *entry.plural_msgstrs


def with_texts(entry: Entry, texts: Sequence[str], *, fuzzy: bool) -> Entry:
    """The entry with these texts, as many as it has, and this doubt.

    Without doubt there is no earlier English to compare with, and without a text there is nothing to doubt. Poedit
    removes `#|` in the same moment.

    Raises:
        ValueError: there are more or fewer texts than the entry has.
    """
    if len(texts) != len(texts_of(entry)):
        raise ValueError(f"{len(texts)} texts for a message that has {len(texts_of(entry))}")
    first, *others = texts
    edited = replace(entry, msgstr=first, plural_msgstrs=tuple(others))
    return marked_fuzzy(edited) if fuzzy and first else without_fuzzy(edited)


def with_words_of(entry: Entry, before: Entry) -> Entry:
    """The entry with the translation, the flags and the earlier English that it had `before`."""
    return replace(
        entry,
        msgstr=before.msgstr,
        plural_msgstrs=before.plural_msgstrs,
        flags=before.flags,
        previous_msgid=before.previous_msgid,
        previous_context=before.previous_context,
        previous_plural=before.previous_plural,
    )


def with_entry(catalog: Catalog, entry: Entry, *, now: str, translator: str) -> Catalog:
    """The catalog with this entry in the place of the one with its key, and its header as an editor leaves it.

    `now` has gettext's form, `YYYY-MM-DD HH:MM+ZZZZ`. `translator` is the name in Last-Translator; the name that is
    there stays if it is empty.

    Raises:
        KeyError: no active entry has this key.
    """
    entries = tuple(entry if _is(one, entry.key) else one for one in catalog.entries)
    if entry.key not in catalog.by_key():
        raise KeyError(entry.key)
    return replace(catalog, header=revised(catalog.header, now, translator), entries=entries)


def revised(header: Header, now: str, translator: str) -> Header:
    """The header with the date of this revision, and with the name of who made it."""
    name = " ".join(_NOT_IN_A_NAME.sub(" ", translator).split())[:_LONGEST_NAME]
    changes: dict[str, str | None] = {"PO-Revision-Date": now}
    if name:
        changes["Last-Translator"] = name
    return replace(header, fields=header.replaced(changes))


def _is(entry: Entry, key: Key) -> bool:
    return not entry.obsolete and entry.key == key
