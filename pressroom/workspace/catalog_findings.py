"""What the rules and the glossary find in a project's catalogs. Apart from `Workspace`, for few commands need it."""

from __future__ import annotations

from pressroom.catalog.checks import check_catalog
from pressroom.catalog.checks.terms import check_terms
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH, Language
from pressroom.workspace.glossary import glossary_terms
from pressroom.workspace.workspace import Workspace, once


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
