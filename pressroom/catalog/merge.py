"""The update: a template and a locale's catalog go in, the catalog for the new English comes out, nothing lost.

A good translation never turns fuzzy without cause, and a mark that an update set goes when its cause goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import PurePosixPath
from typing import Final

from pressroom.catalog.headers import updated_header
from pressroom.catalog.leavings import obsolete_entries, with_leavings
from pressroom.catalog.model import FUZZY, Catalog, Entry, Key
from pressroom.catalog.numbers import written_numbers
from pressroom.catalog.offers import Donors, Offers
from pressroom.catalog.revision import (
    elsewhere,
    filled,
    is_dangerous,
    marked,
    recalled,
    remembered,
    still_marked,
    unmarked,
)
from pressroom.catalog.terms import Term, with_terms
from pressroom.language import Language


@dataclass(frozen=True, slots=True)
class MergeSummary:
    """What became of the messages of one catalog.

    `kept` were translated and are; `waiting` were fuzzy and are; `reverted` lost a mark because the English went
    back; `revived` were obsolete; `given` came from other documents; `fuzzy` and `dangerous` are new marks;
    `obsolete` counts the messages that went away now.
    """

    kept: int = 0
    waiting: int = 0
    reverted: int = 0
    revived: int = 0
    given: int = 0
    fuzzy: int = 0
    dangerous: int = 0
    untranslated: int = 0
    obsolete: int = 0


@dataclass(frozen=True, slots=True)
class _Resolved:
    """One message's entry, what happened to it, the old entry used up for it, and what must be kept beside it."""

    entry: Entry
    outcome: str
    used: Key | None = None
    kept: tuple[Entry, ...] = field(default=())


def merge(
    template: Catalog,
    existing: Catalog | None,
    language: Language,
    donors: Sequence[Catalog] | Donors = (),
    terms: Sequence[Term] = (),
) -> tuple[Catalog, MergeSummary]:
    """The catalog of `language` for this template, and what became of its messages.

    `donors` are the locale's catalogs of the other documents: a text translated there is offered here. The
    translator's comments, flags and header fields stay; a second update changes nothing. `terms` of the locale's
    glossary are shown beside the messages that have them.
    """
    template = with_terms(template, terms)
    path = existing.path if existing else _path(template, language)
    if existing is not None:
        existing = replace(existing, entries=tuple(recalled(entry) for entry in existing.entries))
    offers = Offers(template, existing, donors if isinstance(donors, Donors) else Donors(donors), path)
    resolved = [_resolve(wanted, offers) for wanted in template.active]
    used = {one.used for one in resolved if one.used is not None}
    kept = [entry for one in resolved for entry in one.kept]
    gone = obsolete_entries(existing, {entry.key for entry in template.active}, used, kept)
    active = with_leavings([one.entry for one in resolved], existing, used, kept)
    trailing = existing.trailing if existing else ()
    catalog = Catalog(path, updated_header(template, existing, language), (*active, *gone), trailing, language.tag)
    counts = Counter(one.outcome for one in resolved)
    counts["obsolete"] = len({e.key for e in gone} - {e.key for e in (existing.obsolete if existing else ())})
    return catalog, MergeSummary(**{f.name: counts[f.name] for f in fields(MergeSummary)})


def _resolve(wanted: Entry, offers: Offers) -> _Resolved:
    old = offers.active.get(wanted.key)
    for rule in _RULES:
        found = rule(wanted, offers)
        if found is not None:
            break
    else:
        found = _Resolved(wanted, "untranslated")
    if old is not None and not old.msgstr and (old.comments or set(old.flags) - set(found.entry.flags)):
        # An untranslated entry has something to lose too: what a translator asked or noted beside it.
        flags = (*found.entry.flags, *(flag for flag in filled(wanted, old).flags if flag != FUZZY))
        comments = (*old.comments, *found.entry.comments)
        entry = replace(found.entry, flags=tuple(dict.fromkeys(flags)), comments=tuple(dict.fromkeys(comments)))
        return replace(found, entry=entry)
    return found


def _kept(wanted: Entry, offers: Offers) -> _Resolved | None:
    old = offers.active.get(wanted.key)
    if old is None or not old.msgstr:
        return None
    if old.plural is not None:
        return _Resolved(marked(wanted, _singular(old)), "fuzzy", old.key)
    if not old.fuzzy:
        return _Resolved(filled(wanted, old), "kept", old.key, _before(old))
    if (old.previous_context, old.previous_msgid) == wanted.key:
        return _back(wanted, old)
    return _dealt_with(wanted, old, offers) or _Resolved(still_marked(wanted, old), "waiting", old.key)


def _dealt_with(wanted: Entry, old: Entry, offers: Offers) -> _Resolved | None:
    """A change that waits here and was translated in another document; not where somebody has begun it here."""
    before, gift = remembered(old), offers.gift(wanted)
    if before is None or before.msgstr != old.msgstr or gift is None or gift.doubt:
        return None
    return _Resolved(
        filled(wanted, replace(unmarked(old), msgstr=gift.entry.msgstr)), "given", old.key, (before.obsolete(),)
    )


def _before(old: Entry) -> tuple[Entry, ...]:
    """The pair that an entry remembers, where a translator has dealt with the change: it joins the obsolete ones."""
    pair = None if old.fuzzy else remembered(old)
    return (pair.obsolete(),) if pair else ()


def _singular(old: Entry) -> Entry:
    """A message of documents has one form: the first is taken, the others are kept where they can be read."""
    others = tuple(f"another form: {text}" for text in old.plural_msgstrs if text)
    return replace(old, plural=None, plural_msgstrs=(), comments=(*old.comments, *others))


def _reverted(wanted: Entry, offers: Offers) -> _Resolved | None:
    old = offers.changed_from.get(wanted.key)
    if old is None or (remembered(old) is None and wanted.key in offers.obsolete):
        return None
    return _back(wanted, old)


def _back(wanted: Entry, old: Entry) -> _Resolved:
    """The English is again what was translated: the very text of then comes back, without its mark."""
    before = remembered(old)
    if before is None:
        # Another tool set the mark, and somebody may have begun to translate the English in between.
        if Counter(written_numbers(old.msgstr)) != Counter(written_numbers(wanted.msgid)):
            return _Resolved(still_marked(wanted, old), "waiting", old.key)
        return _Resolved(filled(wanted, unmarked(old)), "reverted", old.key)
    begun = old.key != wanted.key and old.msgstr != before.msgstr
    aside = replace(old, obsolete=True, extracted=(), references=(), previous_msgid=None, previous_context=None)
    kept = (aside,) if begun else ()
    return _Resolved(filled(wanted, replace(unmarked(old), msgstr=before.msgstr)), "reverted", old.key, kept)


def _revived(wanted: Entry, offers: Offers) -> _Resolved | None:
    old = offers.obsolete.get(wanted.key)
    if old is None:
        return None
    if not old.fuzzy:
        return _Resolved(filled(wanted, old), "revived")
    if (old.previous_context, old.previous_msgid) == wanted.key:
        return _Resolved(filled(wanted, unmarked(old)), "revived")
    return _Resolved(still_marked(wanted, old), "fuzzy")


def _given(wanted: Entry, offers: Offers) -> _Resolved | None:
    gift = offers.gift(wanted)
    if gift is None:
        return None
    giver = replace(gift.entry, comments=())
    if not gift.doubt:
        return _Resolved(filled(wanted, giver), "given")
    entry = marked(wanted, giver)
    return _Resolved(replace(entry, extracted=(*entry.extracted, elsewhere(gift.path, gift.doubt))), "fuzzy")


def _suggested(wanted: Entry, offers: Offers) -> _Resolved | None:
    if wanted.key in offers.active:
        return None
    found = offers.suggestion(wanted)
    if found is None:
        return None
    before, edited = found
    giver = before if edited else replace(before, comments=())
    outcome = "dangerous" if is_dangerous(before.msgid, wanted.msgid) else "fuzzy"
    return _Resolved(marked(wanted, giver), outcome, before.key if edited else None, _before(before) if edited else ())


_RULES: Final[tuple[Callable[[Entry, Offers], _Resolved | None], ...]] = (
    _kept,
    _reverted,
    _revived,
    _given,
    _suggested,
)


def _path(template: Catalog, language: Language) -> str:
    place = PurePosixPath(template.path)
    return str(place.parent / language.posix / "LC_MESSAGES" / f"{place.stem}.po")
