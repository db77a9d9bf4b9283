"""Checks one text: a catalog, or the English of a document, with its source. Nothing is rendered or written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path
from typing import Final

from pressroom.approval import TranslationState, translation_state
from pressroom.catalog.checks.typed_numbers import check_typed_numbers
from pressroom.catalog.whole import shortened
from pressroom.commands.catalogs.check_notes import Found
from pressroom.commands.catalogs.templates import template_before
from pressroom.content.check import heading_order, plain_english, undefined_placeholders
from pressroom.content.error_prone import error_prone
from pressroom.content.fields import FIELDS
from pressroom.diagnostics import Diagnostic, Severity
from pressroom.language import ENGLISH, Language
from pressroom.layout import CARD, WEB, Layout
from pressroom.planning.assets import document_pictures
from pressroom.planning.glyphs import missing_glyphs
from pressroom.planning.plan import Job
from pressroom.project import PLACEHOLDERS
from pressroom.workspace.catalog_findings import catalog_findings
from pressroom.workspace.workspace import LAYOUTS, Workspace

# What there is to say of a source in a language: of its English only in English.
OfSource = Callable[[Language], Sequence[Diagnostic]]
# Of a document that is on the web alone: its readers' devices have the fonts.
UNPRINTED: Final = " unprinted"


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


def check_text(workspace: Workspace, name: str, language: Language, jobs: Sequence[Job]) -> Checked:
    """A document or the layouts' words in one language, as `check` has it; `jobs` are those of the document."""
    if name == LAYOUTS:
        problems = workspace.words().findings if language.tag == ENGLISH else ()
        findings, numbers = found_in_text(workspace, name, language, lambda _: problems, printed=True)
    else:
        layouts = [layout for found in usual_layouts(workspace, jobs)[0].values() for layout in found]
        is_card = any(layout.type_class == CARD for layout in layouts)
        printed = any(layout.type_class != WEB for layout in layouts)
        source = partial(source_findings, workspace, jobs[0].path, card=is_card)
        findings, numbers = found_in_text(workspace, name, language, source, printed=printed)
    *counts, words_left = numbers or (0,)
    return Checked(name, language, TranslationState(*counts) if counts else None, words_left, findings)


def usual_layouts(workspace: Workspace, jobs: Sequence[Job]) -> tuple[dict[Path, list[Layout]], list[Diagnostic]]:
    """The layouts of each document's usual products, each once, and why some can't be used."""
    usual: dict[Path, dict[str, Layout]] = {job.path: {} for job in jobs}
    unusable: list[Diagnostic] = []
    for job in jobs:
        layout = workspace.layout(job.product.layout) if job.product.name in job.front.products else None
        if isinstance(layout, Layout):
            usual[job.path][layout.name] = layout
        elif layout is not None:
            unusable.append(layout)
    return {path: list(layouts.values()) for path, layouts in usual.items()}, unusable


def source_findings(workspace: Workspace, path: Path, language: Language, *, card: bool) -> Sequence[Diagnostic]:
    """The findings in the pictures of a document for a language, and in its English."""
    document, findings = workspace.document(path)
    assert document is not None
    pictures = document_pictures(workspace, document, language).findings
    if language.tag != ENGLISH:
        return pictures
    found = [*pictures]
    found += [*check_typed_numbers(document.messages, workspace.clinics().value), *findings]
    found += [*undefined_placeholders(document.messages, (*PLACEHOLDERS, *FIELDS)), *heading_order(document)]
    return [*found, *plain_english(document, card=card), *error_prone(document.messages)]


def found_in_text(workspace: Workspace, name: str, language: Language, of_source: OfSource, *, printed: bool) -> Found:
    """The findings in one catalog and its source; its state as numbers, and the words that are left."""
    messages, text = workspace.messages(name), workspace.text(name, language)
    findings = [*text.diagnostics, *of_source(language)]
    template = template_before(workspace, name) if language.tag == ENGLISH else None
    if template is not None and messages:
        findings += shortened(template, [message.key for message in messages], messages[-1].span)
    if text.translation is None or not messages:
        return tuple(findings), ()
    findings += catalog_findings(workspace, name, language)
    if printed:
        # A message without a translation is printed as its English, which is checked as such.
        translated = filter(lambda one: one.status == "translated", map(text.translation.of, messages))
        findings += missing_glyphs(language, [(one.text, one.span) for one in translated])
    state = translation_state(messages, text.translation, text.drafts)
    waiting = {m.key: m for m in messages if text.translation.of(m).status != "translated"}
    return tuple(findings), (*astuple(state), sum(len(message.msgid.split()) for message in waiting.values()))
