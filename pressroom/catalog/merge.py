"""Merges templates into a locale's catalogs: catalogs for the new English, with every translation kept.

A good translation becomes fuzzy only if its English changed. A fuzzy mark that an update set goes when its cause goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import PurePosixPath
from typing import Final

from pressroom.catalog.fuzzy import (
    restored_suggestion,
    with_newer_text,
    with_translation,
)
from pressroom.catalog.headers import updated_header
from pressroom.catalog.merge_rules import Resolved, from_others, from_own
from pressroom.catalog.model import FUZZY, Catalog, Entry, Header, Key
from pressroom.catalog.obsolete import left_over_entries, obsolete_entries, with_left_over
from pressroom.catalog.terms import Term, with_terms
from pressroom.catalog.translation_memory import Candidates, TranslationMemory, kept_translations
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


# Outcomes after which every other document finds what it found before.
_SETTLED: Final = ("kept", "waiting", "untranslated")


def merge(
    template: Catalog,
    existing: Catalog | None,
    language: Language,
    memory: Sequence[Catalog] = (),
    terms: Sequence[Term] = (),
) -> tuple[Catalog, MergeSummary]:
    """The catalog of `language` for this template, and what became of its messages.

    `memory` holds the locale's catalogs of the other documents: their translations are used here. The translator's
    comments, flags and header fields stay. A second update changes nothing. `terms` of the locale's glossary are shown
    beside the messages that contain them.
    """
    name = template.path
    return merge_locale({name: template}, {name: existing}, language, terms, memory)[name]


def merge_locale(
    templates: Mapping[str, Catalog],
    existing: Mapping[str, Catalog | None],
    language: Language,
    terms: Sequence[Term] = (),
    memory: Sequence[Catalog] = (),
) -> dict[str, tuple[Catalog, MergeSummary]]:
    """The merged catalogs of the documents in `existing`. Each uses the translations of all the others.

    A merge may free a translation, such as that of a reverted English. The documents get it in the same run, so that a
    second one finds nothing to do. `memory` holds catalogs that only give.
    """
    documents = {}
    for name, old in existing.items():
        place = PurePosixPath(templates[name].path)
        path = old.path if old else f"{place.parent}/{language.posix}/LC_MESSAGES/{place.stem}.po"
        documents[name] = _Document(with_terms(templates[name], terms), old, path)
    if memory or any(old is not None for old in existing.values()):
        _merge_until_settled([*documents.values()], memory)
    headers = {name: updated_header(one.template, existing[name], language) for name, one in documents.items()}
    return {name: (one.merged(headers[name], language.tag), one.summary()) for name, one in documents.items()}


def merged_entries(messages: Sequence[Entry], existing: Catalog) -> tuple[Entry, ...]:
    """The entries that an update makes of a catalog if these are the English messages."""
    document = _Document(Catalog(existing.path, entries=tuple(messages)), existing, existing.path)
    _merge_until_settled([document], ())
    return document.merged(existing.header, existing.locale).entries


def _merge_until_settled(documents: Sequence[_Document], memory: Sequence[Catalog]) -> None:
    todo = documents
    while todo:
        todo = _merge_all(documents, todo, memory)


def _merge_all(documents: Sequence[_Document], todo: Sequence[_Document], memory: Sequence[Catalog]) -> list[_Document]:
    """Merge the documents `todo`, and return those for which there may be more translations now.

    First each document's own translations are found, then those that the others have after that.
    """
    for document in todo:
        document.resolve_own()
    if any(document.is_open for document in todo):
        known = TranslationMemory()
        for document in documents:
            known.add(document.path, document.in_use(), document.kept())
        for catalog in memory:
            known.add(catalog.path, catalog.active, kept_translations(catalog, {e.key for e in catalog.active}))
        for document in todo:
            document.resolve_rest(known)
    moved = [document.finish() for document in todo]
    return [document for document in documents if document.is_open] if any(moved) else []


class _Document:
    """One document's catalog while its locale is merged."""

    def __init__(self, template: Catalog, existing: Catalog | None, path: str) -> None:
        self.template, self.path = template, path
        self._before = {entry.key for entry in existing.obsolete} if existing else set[Key]()
        if existing is not None:
            obsolete = {entry.key: entry for entry in existing.obsolete}
            restored = (with_newer_text(restored_suggestion(entry), obsolete) for entry in existing.entries)
            existing = replace(existing, entries=tuple(restored))
        self._existing = existing
        self._outcomes: dict[Key, str] = {}
        self._resolved: dict[Key, Resolved] = {}
        self._candidates = Candidates(template, existing)

    @property
    def is_open(self) -> bool:
        """True if a translation from another document may be of use."""
        return any(not one.entry.translated for one in self._resolved.values()) or len(self._resolved) < len(
            self._candidates.messages
        )

    def resolve_own(self) -> None:
        """Find the translations that the document itself has."""
        self._candidates = Candidates(self.template, self._existing)
        found = ((message, from_own(message, self._candidates)) for message in self.template.active)
        self._resolved = {message.key: one for message, one in found if one is not None}

    def in_use(self) -> Iterable[Entry]:
        """The translations found so far."""
        return [one.entry for one in self._resolved.values()]

    def kept(self) -> Iterable[Entry]:
        """Translations of messages that are gone."""
        return kept_translations(self._existing, self._candidates.messages) if self._existing else ()

    def resolve_rest(self, memory: TranslationMemory) -> None:
        """Take the translations that others have, or the most similar of this document's, for the other messages."""
        for message in self.template.active:
            if message.key not in self._resolved:
                suggestion = memory.suggestion(message, self.path)
                self._resolved[message.key] = from_others(message, suggestion, self._candidates)

    def finish(self) -> bool:
        """Make the catalog; True if an entry of it changed in a way that matters to other documents."""
        blank = (message for message in self.template.active if message.key not in self._resolved)
        self._resolved |= {message.key: Resolved(message, "untranslated") for message in blank}
        resolved = [self._noted(self._resolved[message.key]) for message in self.template.active]
        used = {one.used for one in resolved if one.used is not None}
        left_over = [*(entry for one in resolved for entry in one.kept), *left_over_entries(self._existing, used)]
        gone = obsolete_entries(left_over, self._candidates.messages)
        active = with_left_over([one.entry for one in resolved], left_over)
        moved = gone != (self._existing.obsolete if self._existing else ())
        for one in resolved:
            settled = one.outcome in _SETTLED
            moved = moved or not settled
            if not settled or one.entry.key not in self._outcomes:
                self._outcomes[one.entry.key] = one.outcome
        trailing = self._existing.trailing if self._existing else ()
        self._existing = Catalog(self.path, entries=(*active, *gone), trailing=trailing)
        return moved

    def _noted(self, resolved: Resolved) -> Resolved:
        """With what a translator noted on a message without a translation: it can hold a question."""
        old = self._candidates.active.get(resolved.entry.key)
        if old is None or old.msgstr or not (old.comments or set(old.flags) - set(resolved.entry.flags)):
            return resolved
        flags = (*resolved.entry.flags, *(f for f in with_translation(resolved.entry, old).flags if f != FUZZY))
        comments = (*old.comments, *resolved.entry.comments)
        entry = replace(resolved.entry, flags=tuple(dict.fromkeys(flags)), comments=tuple(dict.fromkeys(comments)))
        return replace(resolved, entry=entry)

    def merged(self, header: Header, locale: str) -> Catalog:
        """The catalog that `finish` made; an empty one if no catalog of the locale has a translation to give."""
        if self._existing is None:
            return Catalog(self.path, header, self.template.active, locale=locale)
        return replace(self._existing, header=header, locale=locale)

    def summary(self) -> MergeSummary:
        """What became of the messages."""
        if not self._outcomes:
            return MergeSummary(untranslated=len(self.template.active))
        counts = Counter(self._outcomes.values())
        counts["obsolete"] = (
            len({entry.key for entry in self._existing.obsolete} - self._before) if self._existing else 0
        )
        return MergeSummary(**{f.name: counts[f.name] for f in fields(MergeSummary)})
