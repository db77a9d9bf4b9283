"""Merges templates into a locale's catalogs: catalogs for the new English, with every translation kept.

A good translation becomes fuzzy only if its English changed. A fuzzy mark that an update set goes when its cause goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import PurePosixPath
from typing import Final

from pressroom.catalog.fuzzy import (
    changes_meaning,
    kept_fuzzy,
    made_fuzzy,
    origin_note,
    previous_pair,
    restored_suggestion,
    with_translation,
    without_fuzzy,
)
from pressroom.catalog.headers import updated_header
from pressroom.catalog.model import FUZZY, Catalog, Entry, Key
from pressroom.catalog.numbers import written_numbers
from pressroom.catalog.obsolete import left_over_entries, obsolete_entries, with_left_over
from pressroom.catalog.terms import Term, with_terms
from pressroom.catalog.translation_memory import Candidates, TranslationMemory
from pressroom.language import Language


@dataclass(frozen=True, slots=True)
class MergeSummary:
    """How many messages of one catalog had each outcome.

    `kept` stay translated, `waiting` stay fuzzy; `reverted` lost a fuzzy mark because the English went back, `revived`
    were obsolete, `given` came from other documents; `fuzzy`, `dangerous` and `obsolete` became so now.
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
    """One message's entry, its outcome, the key of the old entry it took, and entries to keep as obsolete."""

    entry: Entry
    outcome: str
    used: Key | None = None
    kept: tuple[Entry, ...] = ()


def merge(
    template: Catalog,
    existing: Catalog | None,
    language: Language,
    memory: Sequence[Catalog] | TranslationMemory = (),
    terms: Sequence[Term] = (),
) -> tuple[Catalog, MergeSummary]:
    """The catalog of `language` for this template, and what became of its messages.

    `memory` holds the locale's catalogs of the other documents: their translations are used here. The translator's
    comments, flags and header fields stay. A second update changes nothing. `terms` of the locale's glossary are shown
    beside the messages that contain them.
    """
    template = with_terms(template, terms)
    place = PurePosixPath(template.path)
    path = existing.path if existing else f"{place.parent}/{language.posix}/LC_MESSAGES/{place.stem}.po"
    if existing is not None:
        existing = replace(existing, entries=tuple(restored_suggestion(entry) for entry in existing.entries))
    memory = memory if isinstance(memory, TranslationMemory) else TranslationMemory(memory)
    candidates = Candidates(template, existing, memory, path)
    resolved = [_resolve(message, candidates) for message in template.active]
    used = {one.used for one in resolved if one.used is not None}
    left_over = [*(entry for one in resolved for entry in one.kept), *left_over_entries(existing, used)]
    gone = obsolete_entries(left_over, {entry.key for entry in template.active})
    active = with_left_over([one.entry for one in resolved], left_over)
    trailing = existing.trailing if existing else ()
    catalog = Catalog(path, updated_header(template, existing, language), (*active, *gone), trailing, language.tag)
    counts = Counter(one.outcome for one in resolved)
    counts["obsolete"] = len({e.key for e in gone} - {e.key for e in (existing.obsolete if existing else ())})
    return catalog, MergeSummary(**{f.name: counts[f.name] for f in fields(MergeSummary)})


def _resolve(message: Entry, candidates: Candidates) -> _Resolved:
    old = candidates.active.get(message.key)
    for rule in _RULES:
        if (resolved := rule(message, candidates)) is not None:
            break
    else:
        resolved = _Resolved(message, "untranslated")
    if old is not None and not old.msgstr and (old.comments or set(old.flags) - set(resolved.entry.flags)):
        # An untranslated entry can hold a translator's question or note.
        flags = (*resolved.entry.flags, *(flag for flag in with_translation(message, old).flags if flag != FUZZY))
        comments = (*old.comments, *resolved.entry.comments)
        entry = replace(resolved.entry, flags=tuple(dict.fromkeys(flags)), comments=tuple(dict.fromkeys(comments)))
        return replace(resolved, entry=entry)
    return resolved


def _kept(message: Entry, candidates: Candidates) -> _Resolved | None:
    old = candidates.active.get(message.key)
    if old is None or not old.msgstr:
        return None
    if old.plural is not None:
        return _Resolved(made_fuzzy(message, _singular(old)), "fuzzy", old.key)
    if not old.fuzzy:
        return _Resolved(with_translation(message, old), "kept", old.key, _before(old))
    if (old.previous_context, old.previous_msgid) == message.key:
        return _back(message, old)
    return _dealt_with(message, old, candidates) or _Resolved(kept_fuzzy(message, old), "waiting", old.key)


def _dealt_with(message: Entry, old: Entry, candidates: Candidates) -> _Resolved | None:
    """Take another document's translation of a changed message, unless a translator has begun to translate it here."""
    before, suggestion = previous_pair(old), candidates.exact(message)
    if before is None or before.msgstr != old.msgstr or suggestion is None or suggestion.doubt:
        return None
    return _Resolved(
        with_translation(message, replace(without_fuzzy(old), msgstr=suggestion.entry.msgstr)),
        "given",
        old.key,
        (before,),
    )


def _before(old: Entry) -> tuple[Entry, ...]:
    """The previous pair of an entry that a translator has confirmed since. It becomes obsolete."""
    pair = None if old.fuzzy else previous_pair(old)
    return (pair,) if pair else ()


def _singular(old: Entry) -> Entry:
    """The entry with its first plural form; documents have no plurals. The others become comments."""
    others = tuple(f"another form: {text}" for text in old.plural_msgstrs if text)
    return replace(old, plural=None, plural_msgstrs=(), comments=(*old.comments, *others))


def _reverted(message: Entry, candidates: Candidates) -> _Resolved | None:
    old = candidates.changed_from.get(message.key)
    if old is None or (previous_pair(old) is None and message.key in candidates.obsolete):
        return None
    return _back(message, old)


def _back(message: Entry, old: Entry) -> _Resolved:
    """The English is what it was: its translation comes back without the fuzzy mark."""
    before = previous_pair(old)
    if before is None:
        # Another tool set the mark. A translator may have begun to translate the English in between.
        if Counter(written_numbers(old.msgstr)) != Counter(written_numbers(message.msgid)):
            return _Resolved(kept_fuzzy(message, old), "waiting", old.key)
        return _Resolved(with_translation(message, without_fuzzy(old)), "reverted", old.key)
    begun = old.key != message.key and old.msgstr != before.msgstr
    aside = replace(old, obsolete=True, extracted=(), references=(), previous_msgid=None, previous_context=None)
    kept = (aside,) if begun else ()
    return _Resolved(
        with_translation(message, replace(without_fuzzy(old), msgstr=before.msgstr)), "reverted", old.key, kept
    )


def _revived(message: Entry, candidates: Candidates) -> _Resolved | None:
    old = candidates.obsolete.get(message.key)
    if old is None:
        return None
    if not old.fuzzy:
        return _Resolved(with_translation(message, old), "revived")
    if (old.previous_context, old.previous_msgid) == message.key:
        return _Resolved(with_translation(message, without_fuzzy(old)), "revived")
    return _Resolved(kept_fuzzy(message, old), "fuzzy")


def _given(message: Entry, candidates: Candidates) -> _Resolved | None:
    suggestion = candidates.exact(message)
    if suggestion is None:
        return None
    giver = replace(suggestion.entry, comments=())
    if not suggestion.doubt:
        return _Resolved(with_translation(message, giver), "given")
    entry = made_fuzzy(message, giver)
    return _Resolved(
        replace(entry, extracted=(*entry.extracted, origin_note(suggestion.path, suggestion.doubt))), "fuzzy"
    )


def _suggested(message: Entry, candidates: Candidates) -> _Resolved | None:
    if message.key in candidates.active:
        return None
    similar = candidates.similar(message)
    if similar is None:
        return None
    before, edited = similar
    outcome = "dangerous" if changes_meaning(before.msgid, message.msgid) else "fuzzy"
    if not edited:
        return _Resolved(made_fuzzy(message, replace(before, comments=())), outcome)
    return _Resolved(made_fuzzy(message, before), outcome, before.key, _before(before))


_Rule = Callable[[Entry, Candidates], _Resolved | None]
_RULES: Final[tuple[_Rule, ...]] = (_kept, _reverted, _revived, _given, _suggested)


def merge_locale(
    templates: Mapping[str, Catalog],
    existing: Mapping[str, Catalog | None],
    language: Language,
    terms: Sequence[Term] = (),
) -> dict[str, tuple[Catalog, MergeSummary]]:
    """The merged catalogs of the documents in `existing`. Each uses the translations of all the others.

    A merge may bring a translation back, such as that of a reverted English. The other documents get it at once, so
    that a second update finds nothing to do.
    """
    memory = TranslationMemory([catalog for catalog in existing.values() if catalog is not None])
    merged = {name: merge(templates[name], old, language, memory, terms) for name, old in existing.items()}
    gained = _translated(catalog for catalog, _ in merged.values()) - memory.msgids
    waiting = [
        name
        for name, (catalog, _) in merged.items()
        if gained and any(entry.msgid in gained and not entry.translated for entry in catalog.active)
    ]
    if waiting:
        memory = TranslationMemory([catalog for catalog, _ in merged.values()])
        for name in waiting:
            catalog, first = merged[name]
            catalog, second = merge(templates[name], catalog, language, memory, terms)
            merged[name] = catalog, _combined(first, second)
    return merged


def _translated(catalogs: Iterable[Catalog]) -> set[str]:
    return {e.msgid for catalog in catalogs for e in catalog.entries if e.msgstr and not e.fuzzy and e.plural is None}


def _combined(first: MergeSummary, second: MergeSummary) -> MergeSummary:
    """The counts of both merges: the second one changed only messages without a translation."""
    return replace(
        first,
        given=first.given + second.given,
        fuzzy=first.fuzzy + second.fuzzy,
        waiting=min(first.waiting, second.waiting),
        untranslated=second.untranslated,
    )
