"""Makes the templates: the English messages of each document, and of the layouts' words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pressroom.catalog import Catalog
from pressroom.catalog.model import Key
from pressroom.catalog.read import read_catalog
from pressroom.catalog.template import CommentContext, template_catalog
from pressroom.catalog.write import write_catalog
from pressroom.commands.catalogs.remembered import Remembered
from pressroom.commands.catalogs.report import CatalogReport, write_file
from pressroom.content import Message
from pressroom.language import ENGLISH, find_language
from pressroom.workspace.workspace import LAYOUTS, WORDS_FILE, Workspace


def extract(workspace: Workspace, created: str) -> CatalogReport:
    """Write a template for each document, and one for the layouts' words. `created` is its POT-Creation-Date."""
    report = CatalogReport()
    for template in all_templates(workspace, created, report):
        write_file(workspace, workspace.root / template.path, write_catalog(template), report)
    workspace.changed(report.written)
    return report


def write_template(
    workspace: Workspace, name: str, template: Catalog, report: CatalogReport, notes: Remembered | None
) -> None:
    """Write a template, and note it."""
    data = write_catalog(template)
    write_file(workspace, workspace.root / template.path, data, report)
    if notes is not None:
        notes.note_template(name, workspace.files.hash_of(source_file(workspace, name)), template, data)


def source_file(workspace: Workspace, name: str) -> Path:
    """The file with the English of a document, or of the layouts' words."""
    if name == LAYOUTS:
        return workspace.root / WORDS_FILE
    return next(path for path in workspace.sources() if path.stem == name)


def all_templates(workspace: Workspace, created: str, report: CatalogReport) -> Iterator[Catalog]:
    """The template of each document that can be read, and of the layouts' words."""
    context = comment_context(workspace)
    documents = workspace.documents()
    report.diagnostics += documents.unlisted
    report.diagnostics += [problem for problems in documents.refused.values() for problem in problems]
    rows: list[tuple[str, tuple[Message, ...]]] = []
    for path, _ in documents.usable.values():
        document, problems = workspace.document(path)
        report.diagnostics += problems
        rows += [(document.name, document.messages)] if document is not None else []
    words, problems = workspace.words()
    report.diagnostics += problems
    rows += [(LAYOUTS, tuple(words.values()))] if words else []
    uses: dict[Key, list[str]] = {}
    for name, messages in rows:
        for key in dict.fromkeys(message.key for message in messages):
            uses.setdefault(key, []).append(name)
    for name, messages in rows:
        shared = (message.key for message in messages if len(uses[message.key]) > 1)
        elsewhere = {key: [other for other in uses[key] if other != name] for key in shared}
        yield template_of(workspace, name, messages, created, replace(context, elsewhere=elsewhere))


def template_of(
    workspace: Workspace, name: str, messages: tuple[Message, ...], created: str, context: CommentContext
) -> Catalog:
    """The template of a document, with the date of the one before if its messages are the same."""
    return template_catalog(name, messages, template_before(workspace, name), created, context=context)


def template_before(workspace: Workspace, name: str) -> Catalog | None:
    """The template as it was when the command began; what the command wrote since is not read."""
    path = workspace.project.template_file(name)
    data = workspace.files.data(path, optional=True).value
    # A template holds no translations: an unreadable one is simply made again.
    return None if data is None else read_catalog(data, workspace.relative(path), find_language(ENGLISH))[0]


def comment_context(workspace: Workspace) -> CommentContext:
    """What placeholders print: the first clinic's values."""
    clinics = workspace.clinics().value
    if not clinics:
        return CommentContext()
    first = clinics[0]
    prints = {"clinic": first.name, "address": ", ".join(first.address), "emergency": first.emergency}
    return CommentContext(prints=prints)
