"""Merges all templates of a project into the catalogs of one locale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pressroom.catalog.merge import MergeSummary, merge
from pressroom.catalog.model import Catalog
from pressroom.catalog.terms import Term
from pressroom.catalog.translation_memory import TranslationMemory
from pressroom.language import Language

Merged = tuple[Catalog, MergeSummary]


def merge_locale(
    templates: Mapping[str, Catalog],
    existing: Mapping[str, Catalog | None],
    language: Language,
    terms: Sequence[Term] = (),
) -> dict[str, Merged]:
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
