"""Updates the documents and catalogs that changed since the last update, and those that depend on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pressroom.approval import draft_file
from pressroom.catalog import Catalog
from pressroom.catalog.merge import MergeSummary
from pressroom.catalog.model import Key
from pressroom.catalog.write import write_catalog
from pressroom.commands.catalogs.remembered import (
    TEXT,
    CatalogRow,
    Remembered,
    catalog_row,
    changed_texts,
    gives_any,
    has_any,
    holds,
    key_hash,
    pieces,
    refilled,
    text_hash,
)
from pressroom.commands.catalogs.report import CatalogReport
from pressroom.commands.catalogs.templates import (
    comment_context,
    source_file,
    template_before,
    template_of,
    write_template,
)
from pressroom.commands.catalogs.update import MergedCatalog, merged_catalogs, shared_findings, write_catalogs
from pressroom.content import Message
from pressroom.language import Language
from pressroom.planning.named import locales_named
from pressroom.workspace.workspace import GLOSSARY, LAYOUTS, WORDS_FILE, Workspace

# With more than this share of a locale's catalogs to read, a whole update is as quick and needs less memory.
_MOST: Final = 0.5


class _Whole(Exception):
    """Only a whole update is certain to be right."""


def partial_update(
    workspace: Workspace, locales: Sequence[str], created: str, known: Remembered
) -> CatalogReport | None:
    """The report of an update that reads what changed; None, with nothing written, if a whole update must be done.

    `known` is what the last update noted, and is brought up to date.
    """
    languages = locales_named(workspace, locales)
    findings = shared_findings(workspace)
    try:
        templates, removed = _changed_templates(workspace, created, known)
        plans = [_LocalePlan(workspace, language, known, templates, removed) for language in languages]
        for plan in plans:
            plan.find()
    except _Whole:
        return None
    report = CatalogReport(diagnostics=findings)
    for name, template in templates.items():
        write_template(workspace, name, template, report, known)
    for name in removed:
        del known.documents[name]
    report.seen = len(known.documents)
    for plan in plans:
        plan.write(report)
    workspace.changed(report.written)
    return report


def _changed_templates(
    workspace: Workspace, created: str, known: Remembered
) -> tuple[dict[str, Catalog], tuple[str, ...]]:
    """The templates to write, and the names of the documents that are gone."""
    sources = {path.stem: path for path in workspace.sources()}
    if len(sources) != len(workspace.sources()) or workspace.renames().value.keys() & sources.keys():
        raise _Whole
    if (LAYOUTS in known.documents) is (workspace.files.hash_of(WORDS_FILE) == "absent"):
        raise _Whole
    names = [*sources, *([LAYOUTS] if LAYOUTS in known.documents else [])]
    removed = tuple(name for name in known.documents if name not in names)
    changed = [name for name in names if _is_changed(workspace, name, known)]
    if len(changed) > max(1, _MOST * len(names)):
        raise _Whole
    messages = {name: _messages(workspace, name) for name in changed}
    touched = {h for name in removed for h in pieces(known.documents[name].keys, TEXT)}
    for name in changed:
        row, now = known.documents.get(name), {key_hash(message.key) for message in messages[name] if message.msgid}
        touched |= set(pieces(row.keys if row else "", TEXT)) ^ now
    for name in names:
        if name not in messages and has_any(known.documents[name].keys, touched):
            messages[name] = _messages(workspace, name)
    context = comment_context(workspace)
    templates: dict[str, Catalog] = {}
    for name in (name for name in names if name in messages):
        elsewhere = _elsewhere(name, names, messages, known)
        made = replace(context, elsewhere=elsewhere)
        templates[name] = template_of(workspace, name, messages[name], created, made)
    return templates, removed


def _is_changed(workspace: Workspace, name: str, known: Remembered) -> bool:
    row = known.documents.get(name)
    hash_of = workspace.files.hash_of
    return (
        row is None
        or row.source != hash_of(source_file(workspace, name))
        or row.template != hash_of(workspace.project.template_file(name))
    )


def _messages(workspace: Workspace, name: str) -> tuple[Message, ...]:
    """The messages of a document without findings."""
    if name == LAYOUTS:
        words, findings = workspace.words()
        messages = tuple(words.values())
    else:
        document, findings = workspace.document(source_file(workspace, name))
        messages = document.messages if document is not None else ()
    if findings or not messages or name == GLOSSARY:
        raise _Whole
    return messages


def _elsewhere(
    name: str, names: Sequence[str], messages: Mapping[str, Sequence[Message]], known: Remembered
) -> dict[Key, list[str]]:
    """The other documents that have the messages of one."""
    found: dict[Key, list[str]] = {}
    keys = {other: {message.key for message in texts} for other, texts in messages.items()}
    for key in dict.fromkeys(message.key for message in messages[name]):
        digest = key_hash(key)
        there = (
            key in keys[other] if other in keys else holds(known.documents[other].keys, digest, TEXT) for other in names
        )
        if others := [other for other, has in zip(names, there, strict=True) if has and other != name]:
            found[key] = others
    return found


@dataclass(slots=True)
class _LocalePlan:
    """What is to be done in one locale."""

    workspace: Workspace
    language: Language
    known: Remembered
    templates: Mapping[str, Catalog]
    removed: Sequence[str]

    rows: dict[str, CatalogRow] = field(init=False)
    names: list[str] = field(init=False)
    merged: dict[str, MergedCatalog] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        posix, files = self.language.posix, self.workspace.files
        glossary = files.hash_of(self.workspace.project.catalog_file(posix, GLOSSARY))
        if posix not in self.known.catalogs or self.known.glossaries.get(posix) != glossary:
            raise _Whole
        self.rows = dict(self.known.catalogs[posix])
        names = dict.fromkeys((*self.known.documents, *self.templates))
        self.names = [name for name in names if name not in self.removed]

    def find(self) -> None:
        """Merge what changed, and then again with every catalog for which something new came of it."""
        todo, texts = self._changed()
        while True:
            rows = self._merge(todo)
            new = set(texts)
            for name in todo:
                before = self.known.catalogs[self.language.posix].get(name)
                new |= changed_texts(before.known if before else "", rows[name].known)
            more = [name for name in self.names if name not in todo and has_any(self.rows[name].open, new)]
            if not more:
                break
            todo = [name for name in self.names if name in {*todo, *more}]
        self.rows |= rows

    def _changed(self) -> tuple[list[str], set[str]]:
        """The catalogs to merge, and the texts whose translations changed in others."""
        todo: list[str] = []
        gone = [self.rows.pop(name).known for name in self.removed if name in self.rows]
        texts = {text for known in gone for text in changed_texts(known, "")}
        for name in self.names:
            row = self.rows.get(name)
            if name in self.templates or row is None or self._is_outdated(name, row):
                todo.append(name)
            elif row.catalog != self._hash(path := self._path(name)):
                data = self.workspace.files.data(path, optional=True).value
                now = refilled(row, data) if data is not None and row.drafts == "absent" else None
                if now is None:
                    todo.append(name)
                else:
                    texts |= changed_texts(row.known, now.known)
                    self.rows[name] = now
        return todo, texts

    def _is_outdated(self, name: str, row: CatalogRow) -> bool:
        """True if the catalog's template or its record of drafts is another than at the last update."""
        return row.template != self.known.documents[name].template or row.drafts != self._hash(self._drafts(name))

    def _merge(self, todo: Sequence[str]) -> dict[str, CatalogRow]:
        if len(todo) > max(1, _MOST * len(self.names)):
            raise _Whole
        if not todo:
            return {}
        templates = {name: self._template(name) for name in todo}
        report = CatalogReport()
        self.merged = merged_catalogs(
            self.workspace, templates, self.language, report, [self._catalog(name) for name in self._givers(templates)]
        )
        if report.diagnostics or len(self.merged) != len(todo):
            raise _Whole
        return {name: self._row(name, one) for name, one in self.merged.items()}

    def _row(self, name: str, one: MergedCatalog) -> CatalogRow:
        # `write_catalogs` notes the hashes of template and drafts.
        return catalog_row(one.catalog, write_catalog(one.catalog), "", "")

    def _template(self, name: str) -> Catalog:
        template = self.templates.get(name) or template_before(self.workspace, name)
        if template is None:
            raise _Whole
        return template

    def _givers(self, templates: Mapping[str, Catalog]) -> list[str]:
        """The other catalogs that have a translation of a message that is not translated here."""
        texts: set[str] = set()
        for name, template in templates.items():
            old = self.workspace.catalog(name, self.language).value
            done = {entry.key for entry in old.active if entry.translated} if old is not None else set()
            texts |= {text_hash(entry.msgid) for entry in template.active if entry.key not in done}
        others = (name for name in self.names if name not in templates)
        return [name for name in others if gives_any(self.rows[name].known, texts)]

    def _catalog(self, name: str) -> Catalog:
        catalog, findings = self.workspace.catalog(name, self.language)
        if catalog is None or findings:
            raise _Whole
        return catalog

    def _path(self, name: str) -> Path:
        return self.workspace.project.catalog_file(self.language.posix, name)

    def _drafts(self, name: str) -> Path:
        return draft_file(self.workspace.project, self.language.posix, name)

    def _hash(self, path: Path) -> str:
        return self.workspace.files.hash_of(path)

    def write(self, report: CatalogReport) -> None:
        """Write what was merged, and report the rest as it is."""
        posix = self.language.posix
        self.known.catalogs[posix] = self.rows
        write_catalogs(self.workspace, self.merged, self.language, report, self.known)
        others = [name for name in self.names if name not in self.merged]
        report.seen += len(others)
        for name in others:
            kept, waiting, untranslated = self.rows[name].counts
            summary = MergeSummary(kept=kept, waiting=waiting, untranslated=untranslated)
            report.merges.append((self.workspace.relative(self._path(name)), summary))
