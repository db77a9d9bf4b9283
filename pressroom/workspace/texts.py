"""The project's texts read: its files go in, documents, words and catalogs, and what is wrong with them, come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pressroom.approval import DraftRecord, draft_file, parse_drafts
from pressroom.catalog import (
    Catalog,
    Translation,
    check_catalog,
    check_terms,
    pseudo_translation,
    read_catalog,
    read_terms,
    source_translation,
    translate,
)
from pressroom.catalog.lengths import Lengths, read_lengths
from pressroom.catalog.terms import Term
from pressroom.content import Document, Message, parse_document
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language
from pressroom.layout.words import read_words
from pressroom.project import Project, file_bytes, file_text

ENGLISH: Final = "en"
LAYOUTS: Final = "layouts"
GLOSSARY: Final = "glossary"
LENGTHS_FILE: Final = "locales/lengths.toml"
WORDS_FILE: Final = "layouts/words.toml"


@dataclass(frozen=True, slots=True)
class LocaleText:
    """One catalog's part in a piece: what it says, which of it is a machine's, what is wrong with it."""

    translation: Translation | None
    drafts: DraftRecord
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class Texts:
    """Reads a project's texts, each once, when they are asked for."""

    project: Project
    _documents: dict[Path, tuple[Document | None, list[Diagnostic]]] = field(default_factory=dict)
    _words: tuple[dict[str, Message], list[Diagnostic]] | None = None
    _said: dict[tuple[str, str], LocaleText] = field(default_factory=dict)
    _catalogs: dict[tuple[str, str], tuple[Catalog | None, list[Diagnostic]]] = field(default_factory=dict)
    _terms: dict[str, tuple[tuple[Term, ...], list[Diagnostic]]] = field(default_factory=dict)

    def document(self, path: Path) -> tuple[Document | None, list[Diagnostic]]:
        """The document at `path`, or the reasons why there is none."""
        if path not in self._documents:
            relative = self.project.relative(path)
            text, problems = file_text(self.project.root, path)
            self._documents[path] = (None, problems) if text is None else parse_document(text, relative)
        return self._documents[path]

    def words(self) -> tuple[dict[str, Message], list[Diagnostic]]:
        """The layouts' own words."""
        if self._words is None:
            text, problems = file_text(self.project.root, WORDS_FILE)
            self._words = ({}, problems) if text is None else read_words(text, WORDS_FILE)
        return self._words

    def terms(self, language: Language) -> tuple[tuple[Term, ...], list[Diagnostic]]:
        """The locale's glossary; no terms where it has none."""
        if language.tag not in self._terms:
            there = self.project.catalog_file(language.posix, GLOSSARY).is_file()
            glossary, problems = self.catalog(GLOSSARY, language) if there else (None, list[Diagnostic]())
            self._terms[language.tag] = (read_terms(glossary) if glossary else (), problems)
        return self._terms[language.tag]

    def lengths(self) -> tuple[Lengths, list[Diagnostic]]:
        """The room of the texts in fixed spaces; an empty table where the project has none."""
        if not (self.project.root / LENGTHS_FILE).is_file():
            return Lengths(), []
        text, problems = file_text(self.project.root, LENGTHS_FILE)
        try:
            return (Lengths(), problems) if text is None else (read_lengths(text), problems)
        except ValueError as error:
            hint = "run: publish.py lengths"
            return Lengths(), [diagnostic("lengths", Span(LENGTHS_FILE), f"can't be used: {error}", hint)]

    def findings(self, catalog: Catalog, messages: tuple[Message, ...], language: Language) -> list[Diagnostic]:
        """Everything the rules and the glossary find in a catalog's translations of these messages."""
        terms, problems = self.terms(language)
        return [
            *problems,
            *check_catalog(messages, catalog, language),
            *check_terms(messages, catalog, language, terms),
        ]

    def said(self, name: str, messages: tuple[Message, ...], language: Language) -> LocaleText:
        """What a locale says of these messages; English says what the source says."""
        if (name, language.tag) not in self._said:
            self._said[name, language.tag] = self._read(name, messages, language)
        return self._said[name, language.tag]

    def _read(self, name: str, messages: tuple[Message, ...], language: Language) -> LocaleText:
        if language.tag == ENGLISH:
            return LocaleText(source_translation(messages), DraftRecord(), ())
        if language.invented:
            return LocaleText(pseudo_translation(messages, language.tag), DraftRecord(), ())
        catalog, problems = self.catalog(name, language)
        drafts, draft_problems = self.drafts(name, language)
        found = tuple(problems + draft_problems)
        if catalog is None or drafts is None:
            return LocaleText(None, DraftRecord(), found)
        return LocaleText(translate(messages, catalog), drafts, found)

    def catalog(self, name: str, language: Language) -> tuple[Catalog | None, list[Diagnostic]]:
        """A catalog as its file holds it."""
        if (name, language.tag) not in self._catalogs:
            self._catalogs[name, language.tag] = self._catalog(name, language)
        return self._catalogs[name, language.tag]

    def _catalog(self, name: str, language: Language) -> tuple[Catalog | None, list[Diagnostic]]:
        path = self.project.catalog_file(language.posix, name)
        relative = self.project.relative(path)
        if not path.is_file():
            hint = f"run: publish.py update --locale {language.tag}"
            return None, [diagnostic("catalog-missing", Span(relative), "there is no such catalog", hint)]
        data, problems = file_bytes(self.project.root, path)
        return (None, problems) if data is None else read_catalog(data, relative, language)

    def drafts(self, name: str, language: Language) -> tuple[DraftRecord | None, list[Diagnostic]]:
        """The record of a catalog's machine drafts; an empty one where there is no file."""
        path = draft_file(self.project, language.posix, name)
        if not path.exists():
            return DraftRecord(), []
        text, problems = file_text(self.project.root, path)
        return (None, problems) if text is None else parse_drafts(text, self.project.relative(path))
