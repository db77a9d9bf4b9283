"""Lists the waivers of documents, each with whether it still applies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pressroom.approval import Waiver
from pressroom.approval.waivers import subject_hashes
from pressroom.language import Language
from pressroom.workspace.workspace import LAYOUTS, Workspace


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver, and whether the text is still the one that it was given for."""

    waiver: Waiver
    holds: bool


def waivers_of(workspace: Workspace, names: Iterable[str], languages: Iterable[Language]) -> tuple[Waived, ...]:
    """The waivers of these documents in these languages."""
    documents, by_tag = set(names), {language.tag: language for language in languages}
    waivers = workspace.records().records.waivers
    mine = [waiver for waiver in waivers if waiver.document in documents and waiver.locale in by_tag]
    return tuple(Waived(waiver, _applies(workspace, waiver, by_tag[waiver.locale])) for waiver in mine)


def _applies(workspace: Workspace, waiver: Waiver, language: Language) -> bool:
    catalogs = [workspace.catalog(name, language).value for name in (waiver.document, LAYOUTS)]
    entries = [entry for catalog in catalogs if catalog is not None for entry in catalog.active]
    return any(subject_hashes(entry.subject) == (waiver.message, waiver.text) for entry in entries)
