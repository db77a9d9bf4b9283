"""The rules by which an update finds the translation of one message, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from pressroom.catalog.fuzzy import (
    changes_meaning,
    kept_fuzzy,
    made_fuzzy,
    origin_note,
    previous_pair,
    with_translation,
    without_fuzzy,
)
from pressroom.catalog.model import Entry, Key
from pressroom.catalog.numbers import written_numbers
from pressroom.catalog.translation_memory import Candidates, Suggestion


@dataclass(frozen=True, slots=True)
class Resolved:
    """One message's entry, its outcome, the key of the old entry it took, and entries to keep as obsolete."""

    entry: Entry
    outcome: str
    used: Key | None = None
    kept: tuple[Entry, ...] = ()


def from_own(message: Entry, candidates: Candidates) -> Resolved | None:
    """The entry of a message for which its document has a translation; None if it has none, or a waiting one."""
    return next((found for rule in _OWN if (found := rule(message, candidates)) is not None), None)


def _kept(message: Entry, candidates: Candidates) -> Resolved | None:
    old = candidates.active.get(message.key)
    if old is None or not old.msgstr:
        return None
    if old.plural is not None:
        return Resolved(made_fuzzy(message, _singular(old)), "fuzzy", old.key)
    if not old.fuzzy:
        return Resolved(with_translation(message, old), "kept", old.key, _before(old))
    return _back(message, old) if (old.previous_context, old.previous_msgid) == message.key else None


def from_others(message: Entry, suggestion: Suggestion | None, candidates: Candidates) -> Resolved:
    """The entry of a message for which its document has no translation."""
    old = candidates.active.get(message.key)
    if old is not None and old.msgstr:
        return _dealt_with(message, old, suggestion) or Resolved(kept_fuzzy(message, old), "waiting", old.key)
    found = _given(message, suggestion) or _suggested(message, candidates)
    return found or Resolved(message, "untranslated")


def _dealt_with(message: Entry, old: Entry, suggestion: Suggestion | None) -> Resolved | None:
    """Take another document's translation of a changed message, unless a translator has begun to translate it here."""
    before = previous_pair(old)
    if before is None or before.msgstr != old.msgstr or suggestion is None or suggestion.doubt:
        return None
    return Resolved(
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


def _reverted(message: Entry, candidates: Candidates) -> Resolved | None:
    old = candidates.changed_from.get(message.key)
    if old is None or _has_text(message, candidates):
        return None
    return None if previous_pair(old) is None and message.key in candidates.obsolete else _back(message, old)


def _has_text(message: Entry, candidates: Candidates) -> bool:
    old = candidates.active.get(message.key)
    return old is not None and bool(old.msgstr)


def _back(message: Entry, old: Entry) -> Resolved:
    """The English is what it was: its translation comes back without the fuzzy mark."""
    before = previous_pair(old)
    if before is None:
        # Another tool set the mark. A translator may have begun to translate the English in between.
        if Counter(written_numbers(old.msgstr)) != Counter(written_numbers(message.msgid)):
            return Resolved(kept_fuzzy(message, old), "waiting", old.key)
        return Resolved(with_translation(message, without_fuzzy(old)), "reverted", old.key)
    begun = old.key != message.key and old.msgstr != before.msgstr
    aside = replace(old, obsolete=True, extracted=(), references=(), previous_msgid=None, previous_context=None)
    kept = (aside,) if begun else ()
    return Resolved(
        with_translation(message, replace(without_fuzzy(old), msgstr=before.msgstr)), "reverted", old.key, kept
    )


def _revived(message: Entry, candidates: Candidates) -> Resolved | None:
    old = candidates.obsolete.get(message.key)
    if old is None or _has_text(message, candidates):
        return None
    if not old.fuzzy:
        return Resolved(with_translation(message, old), "revived")
    if (old.previous_context, old.previous_msgid) == message.key:
        return Resolved(with_translation(message, without_fuzzy(old)), "revived")
    return Resolved(kept_fuzzy(message, old), "fuzzy")


def _given(message: Entry, suggestion: Suggestion | None) -> Resolved | None:
    if suggestion is None:
        return None
    giver = replace(suggestion.entry, comments=())
    if not suggestion.doubt:
        return Resolved(with_translation(message, giver), "given")
    entry = made_fuzzy(message, giver)
    return Resolved(
        replace(entry, extracted=(*entry.extracted, origin_note(suggestion.path, suggestion.doubt))), "fuzzy"
    )


def _suggested(message: Entry, candidates: Candidates) -> Resolved | None:
    if message.key in candidates.active:
        return None
    similar = candidates.similar(message)
    if similar is None:
        return None
    before, edited = similar
    outcome = "dangerous" if changes_meaning(before.msgid, message.msgid) else "fuzzy"
    if not edited:
        return Resolved(made_fuzzy(message, replace(before, comments=())), outcome)
    return Resolved(made_fuzzy(message, before), outcome, before.key, _before(before))


_Rule = Callable[[Entry, Candidates], Resolved | None]
_OWN: Final[tuple[_Rule, ...]] = (_kept, _reverted, _revived)
