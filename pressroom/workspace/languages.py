"""The languages of a project: from the engine and `locales/languages.toml`, in the fonts of the brand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pressroom.catalog.headers import forms_by_number
from pressroom.diagnostics import Diagnostic, DiagnosticError, Span, diagnostic
from pressroom.language import (
    Language,
    Registry,
    UnknownLanguage,
    engine_registry,
    read_project_languages,
    registered_fonts,
)
from pressroom.project import Files, Read

LANGUAGES_FILE: Final = "locales/languages.toml"


class LanguagesError(DiagnosticError):
    """`locales/languages.toml` can't be used."""


def project_registry(files: Files) -> Registry:
    """The languages that a project may use.

    Raises:
        LanguagesError: `locales/languages.toml` has an error.
    """
    text, findings = files.text(LANGUAGES_FILE, optional=True)
    if findings:
        raise LanguagesError(*findings)
    if text is None:
        return engine_registry()
    registry, problems = read_project_languages(text, LANGUAGES_FILE, lambda rule: forms_by_number(rule) is not None)
    if problems:
        raise LanguagesError(*problems)
    return registry


def project_languages(registry: Registry, tags: Iterable[str], fonts: Mapping[str, str]) -> Read[tuple[Language, ...]]:
    """The languages by their tags, each once, in the brand's font for its script (`fonts`: family by script).

    A tag that is not in the registry and a font that is not on the engine's list are findings.
    """
    findings: list[Diagnostic] = []
    for script, family in fonts.items():
        if family not in registered_fonts():
            message = f"the brand sets {script} in {family!r}, which is not on the list of fonts"
            hint = f"there are {', '.join(registered_fonts())}; see docs/how-to/fonts.md"
            findings.append(diagnostic("brand-font", Span("layouts/brand.toml"), message, hint))
    languages: dict[str, Language] = {}
    for tag in tags:
        try:
            language = registry.find(tag)
            languages.setdefault(language.tag, _in_brand_font(language, fonts))
        except UnknownLanguage as error:
            findings.append(diagnostic("locale-unknown", Span("pyproject.toml"), str(error), error.hint))
    return Read(tuple(languages.values()), tuple(findings))


def _in_brand_font(language: Language, fonts: Mapping[str, str]) -> Language:
    family = fonts.get(language.script, language.family)
    return language.in_family(family) if family != language.family and family in registered_fonts() else language
