"""What the rules and the glossary find in a project's catalogs. Apart from `Workspace`, for few commands need it."""

from __future__ import annotations

from pressroom.catalog.checks import check_catalog
from pressroom.catalog.terms import Term, check_terms, read_terms
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH, Language
from pressroom.project import Read
from pressroom.workspace.workspace import GLOSSARY, Workspace, once


@once
def glossary_terms(workspace: Workspace, language: Language) -> Read[tuple[Term, ...]]:
    """The locale's glossary; no terms if it has none."""
    if not workspace.has_catalog(GLOSSARY, language):
        return Read(())
    glossary, findings = workspace.catalog(GLOSSARY, language)
    return Read(read_terms(glossary) if glossary else (), findings)


@once
def catalog_findings(workspace: Workspace, name: str, language: Language) -> tuple[Diagnostic, ...]:
    """The findings of the rules and the glossary in a catalog; none if it can't be read."""
    if language.tag == ENGLISH or language.invented:
        return ()
    catalog, messages = workspace.catalog(name, language).value, workspace.messages(name)
    glossary = glossary_terms(workspace, language)
    if catalog is None:
        return ()
    terms = check_terms(messages, catalog, language, glossary.value)
    return (*glossary.findings, *check_catalog(messages, catalog, language), *terms)
