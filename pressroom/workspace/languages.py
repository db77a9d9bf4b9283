"""The languages of a project: the engine's and `locales/languages.toml` go in, one `Registry` comes out."""

from __future__ import annotations

from functools import cache
from typing import Final

from pressroom.catalog.plurals import forms_by_number
from pressroom.diagnostics import Diagnostic, DiagnosticError
from pressroom.language import Registry, engine_registry, read_project_languages
from pressroom.project import Project, file_text

LANGUAGES_FILE: Final = "locales/languages.toml"


class LanguagesError(DiagnosticError):
    """The project's own languages can't be used."""


def registry_of(project: Project) -> Registry:
    """The languages that this project may use.

    Raises:
        LanguagesError: its file of languages is faulty; nothing is done with half of it.
    """
    text, problems = file_text(project.root, LANGUAGES_FILE, optional=True)
    if problems:
        raise LanguagesError(*problems)
    if text is None:
        return engine_registry()
    registry, found = _read(text)
    if found:
        raise LanguagesError(*found)
    return registry


@cache
def _read(text: str) -> tuple[Registry, tuple[Diagnostic, ...]]:
    return read_project_languages(text, LANGUAGES_FILE, lambda rule: forms_by_number(rule) is not None)
