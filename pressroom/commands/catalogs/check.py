"""Checks sources and catalogs. Nothing is rendered or written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.approval import TranslationState, translation_state
from pressroom.catalog import check_consistency
from pressroom.catalog.checks.typed_numbers import check_typed_numbers
from pressroom.commands.catalogs.lengths import outdated
from pressroom.content.check import heading_order, plain_english, undefined_placeholders
from pressroom.content.error_prone import error_prone
from pressroom.diagnostics import Diagnostic, Severity
from pressroom.language import ENGLISH, Language
from pressroom.layout import Layout
from pressroom.planning.plan import Job, Request, make_plan, requested_awaiting
from pressroom.project import PLACEHOLDERS
from pressroom.workspace.workspace import LAYOUTS, Workspace

# A class of layouts (layout.toml).
CARD: Final = "card"


@dataclass(frozen=True, slots=True)
class Checked:
    """One catalog, or the English of one document: its findings and its state, None if it can't be read.

    `words_left` counts the English words that are untranslated or fuzzy.
    """

    document: str
    language: Language
    state: TranslationState | None
    words_left: int
    diagnostics: tuple[Diagnostic, ...]

    @property
    def errors(self) -> int:
        """How many findings bar a release."""
        return sum(1 for d in self.diagnostics if d.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything that was checked, and the findings about the project itself."""

    checked: tuple[Checked, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def all_diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every finding once: the project's, then each document's and catalog's."""
        return tuple(dict.fromkeys([*self.diagnostics, *(d for c in self.checked for d in c.diagnostics)]))


def check(workspace: Workspace, request: Request) -> CheckReport:
    """Check the English and the catalogs that the request names (all that are built if it names none).

    Raises:
        UsageError: the project does not have what the request names.
    """
    plan = make_plan(workspace, request, invented=requested_awaiting(workspace, request))
    languages = tuple({job.language.tag: job.language for job in plan.jobs if job.requested}.values())
    documents = dict.fromkeys((job.document, job.path) for job in plan.jobs if job.requested)
    on_cards = _on_cards(workspace, plan.jobs)
    checked: list[Checked] = []
    problems = [*plan.diagnostics, *(finding for findings in plan.refused.values() for finding in findings)]
    for _, path in documents:
        document, findings = workspace.document(path)
        if document is None:
            problems += findings
            continue
        english = [*check_typed_numbers(document.messages, workspace.clinics().value)]
        english += [*findings, *undefined_placeholders(document.messages, PLACEHOLDERS), *heading_order(document)]
        english += [*plain_english(document, card=path in on_cards), *error_prone(document.messages)]
        checked += _catalogs(workspace, document.name, languages, english)
    words, word_problems = workspace.words()
    if not request.documents and words:
        checked += _catalogs(workspace, LAYOUTS, languages, word_problems)
    if not request.documents:
        problems += _lengths(workspace, [path for _, path in documents])
        problems += _different_translations(workspace, [*(name for name, _ in documents), LAYOUTS], languages)
    return CheckReport(tuple(checked), tuple(problems))


def _on_cards(workspace: Workspace, jobs: Sequence[Job]) -> set[Path]:
    """The documents that have a card among their usual products."""
    usual = {(job.path, job.product.layout): job.product for job in jobs if job.product.name in job.front.products}
    layouts = ((path, workspace.layout(product.layout)) for (path, _), product in usual.items())
    return {path for path, layout in layouts if isinstance(layout, Layout) and layout.type_class == CARD}


def _lengths(workspace: Workspace, paths: Sequence[Path]) -> Iterator[Diagnostic]:
    lengths, problems = workspace.lengths()
    read = [document for path in paths if (document := workspace.document(path)[0]) is not None]
    yield from problems
    yield from outdated(workspace, lengths, {document.name: {m.key for m in document.messages} for document in read})


def _different_translations(
    workspace: Workspace, names: Sequence[str], languages: Sequence[Language]
) -> Iterator[Diagnostic]:
    """English texts that a locale's documents translate differently."""
    for language in languages:
        if language.tag != ENGLISH:
            catalogs = (workspace.catalog(name, language).value for name in names)
            yield from check_consistency([catalog for catalog in catalogs if catalog is not None])


def _catalogs(
    workspace: Workspace, name: str, languages: Sequence[Language], english: Sequence[Diagnostic]
) -> Iterator[Checked]:
    messages = workspace.messages(name)
    for language in languages:
        text, state, words_left = workspace.text(name, language), None, 0
        findings = [*text.diagnostics, *(english if language.tag == ENGLISH else ())]
        if text.translation is not None:
            findings += workspace.findings(name, language)
            state = translation_state(messages, text.translation, text.drafts)
            waiting = {m.key: m for m in messages if text.translation.of(m).status != "translated"}
            words_left = sum(len(message.msgid.split()) for message in waiting.values())
        yield Checked(name, language, state, words_left, tuple(findings))
