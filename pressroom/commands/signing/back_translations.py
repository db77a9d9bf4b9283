"""Finds the translations back into English that a project has for reviewers who do not read the language.

They are in `locales/<locale>/back/<document>.po`: the catalog's English, with its translation back in place of it.
Nothing is printed from them, and no signature covers them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pressroom.catalog.model import Key
from pressroom.catalog.read import read_catalog
from pressroom.commands.signing.review_case import ReviewCase
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH, find_language
from pressroom.project import Project, Read, file_bytes
from pressroom.workspace.workspace import LAYOUTS


def back_file(project: Project, posix_locale: str, name: str) -> Path:
    """The catalog of back-translations of a document, or of the layouts' words."""
    return project.root / "locales" / posix_locale / "back" / f"{name}.po"


def back_translations(review_case: ReviewCase, named: Path | None = None) -> Read[dict[Key, str]]:
    """The back-translations by message: of the file that is named, else of the project's own files, if it has any."""
    if review_case.language.tag == ENGLISH:
        return Read({})
    if named is not None:
        return Read(*_read(file_bytes(named.parent, named.name), str(named)))
    workspace, posix = review_case.workspace, review_case.language.posix
    texts: dict[Key, str] = {}
    findings: list[Diagnostic] = []
    for name in (LAYOUTS, review_case.document.name):
        path = back_file(workspace.project, posix, name)
        found, problems = _read(workspace.files.data(path, optional=True), workspace.relative(path))
        texts |= found
        findings += problems
    return Read(texts, tuple(findings))


def _read(file: Read[bytes | None], path: str) -> tuple[dict[Key, str], tuple[Diagnostic, ...]]:
    data, unreadable = file
    if data is None:
        return {}, tuple(unreadable)
    # Its texts are English, whatever its header says: it may be a copy of the translation's.
    catalog, found = read_catalog(data, path, find_language(ENGLISH), ours=False)
    problems: Sequence[Diagnostic] = [problem for problem in found if problem.code != "plural-rule"]
    return ({e.key: e.msgstr for e in catalog.active if e.msgstr} if catalog else {}), tuple(problems)
