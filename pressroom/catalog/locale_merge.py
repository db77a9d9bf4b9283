"""One locale's update: all templates and the locale's catalogs go in, all its catalogs for the new English come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pressroom.catalog.merge import MergeSummary, merge
from pressroom.catalog.model import Catalog
from pressroom.catalog.offers import Donors
from pressroom.catalog.terms import Term
from pressroom.language import Language

Merged = tuple[Catalog, MergeSummary]


def merge_locale(
    templates: Mapping[str, Catalog],
    existing: Mapping[str, Catalog | None],
    language: Language,
    terms: Sequence[Term] = (),
) -> dict[str, Merged]:
    """The merged catalogs by document, of those that `existing` names; each may draw on all the others.

    What one document's update brings back (an English that was reverted, say) is offered to the others at once, or a
    second update would still find something to do.
    """
    donors = Donors([catalog for catalog in existing.values() if catalog is not None])
    merged = {name: merge(templates[name], old, language, donors, terms) for name, old in existing.items()}
    gained = _translated(catalog for catalog, _ in merged.values()) - donors.msgids
    wanting = [name for name, (catalog, _) in merged.items() if gained and _waits_for(catalog, gained)]
    if wanting:
        donors = Donors([catalog for catalog, _ in merged.values()])
        for name in wanting:
            catalog, first = merged[name]
            catalog, second = merge(templates[name], catalog, language, donors, terms)
            merged[name] = catalog, _together(first, second)
    return merged


def _translated(catalogs: Iterable[Catalog]) -> set[str]:
    return {e.msgid for catalog in catalogs for e in catalog.entries if e.msgstr and not e.fuzzy and e.plural is None}


def _waits_for(catalog: Catalog, gained: set[str]) -> bool:
    return any(entry.msgid in gained and not entry.translated for entry in catalog.active)


def _together(first: MergeSummary, second: MergeSummary) -> MergeSummary:
    """The first merge's counts, but for the messages that the second one had something for."""
    return replace(
        first,
        given=first.given + second.given,
        fuzzy=first.fuzzy + second.fuzzy,
        waiting=min(first.waiting, second.waiting),
        untranslated=second.untranslated,
    )
