"""The languages of a project: from the engine and `locales/languages.toml`, in the fonts of the brand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pressroom.catalog.headers import forms_by_number
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic, DiagnosticError, Span, diagnostic
from pressroom.language import (
    Face,
    FontFamily,
    Language,
    Registry,
    UnknownLanguage,
    engine_registry,
    read_project_languages,
    registered_fonts,
)
from pressroom.layout import BrandFonts, OwnFont
from pressroom.nearest import suggestion
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


def project_languages(
    registry: Registry, tags: Iterable[str], fonts: BrandFonts, root: Path, place: Callable[[str], Span]
) -> Read[tuple[Language, ...]]:
    """The languages by their tags, each once, in the brand's font for its script.

    A tag that means no language, and a font that is neither on the engine's list nor the project's, are findings.
    `place` says where a tag is written.
    """
    findings = list(_brand_findings(fonts))
    own = {name: own_family(font, root) for name, font in fonts.own.items() if name not in registered_fonts()}
    languages: dict[str, Language] = {}
    for tag in tags:
        try:
            language = registry.find(tag)
            languages.setdefault(language.tag, _in_brand_font(language, fonts, own))
        except UnknownLanguage as error:
            findings.append(diagnostic("locale-unknown", place(tag), str(error), error.hint))
    return Read(tuple(languages.values()), tuple(findings))


def own_family(font: OwnFont, root: Path) -> FontFamily:
    """A project's own family with its two files."""
    files = ((font.regular, 400), (font.bold, 700))
    faces = tuple(Face(path, weight, (), root=root, line=span.line) for (path, span), weight in files)
    return FontFamily(font.family, "this project", faces)


def _brand_findings(fonts: BrandFonts) -> Iterator[Diagnostic]:
    scripts = data_table("language/scripts.toml")
    for script, (family, span) in fonts.by_script.items():
        if script not in scripts:
            message = f"the brand names a font for {script!r}, which is not a script here"
            yield diagnostic("brand-font", span, message, suggestion(script, scripts))
        elif family in fonts.own and family in registered_fonts():
            message = f"{family!r} is the name of a font of the list"
            yield diagnostic("brand-font", span, message, "give your family another name")
        elif family not in fonts.own and family not in registered_fonts():
            message = f"the brand sets {script} in {family!r}, which is not on the list of fonts"
            hint = f"bring its files, as docs/how-to/fonts.md says; {suggestion(family, registered_fonts())}"
            yield diagnostic("brand-font", span, message, hint)


def _in_brand_font(language: Language, fonts: BrandFonts, own: Mapping[str, FontFamily]) -> Language:
    family, _ = fonts.by_script.get(language.script, (language.family, None))
    if family == language.family or not (family in own or family in registered_fonts()):
        return language
    return language.in_family(family, (own[family],) if family in own else ())
