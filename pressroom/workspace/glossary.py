"""The terms of a locale's glossary. Apart from `Workspace`, for few commands need them."""

from __future__ import annotations

from pressroom.catalog.terms import Term, read_terms
from pressroom.language import Language
from pressroom.project import Read
from pressroom.workspace.workspace import GLOSSARY, Workspace, once


@once
def glossary_terms(workspace: Workspace, language: Language) -> Read[tuple[Term, ...]]:
    """The locale's glossary; no terms if it has none."""
    if not workspace.has_catalog(GLOSSARY, language):
        return Read(())
    glossary, findings = workspace.catalog(GLOSSARY, language)
    return Read(read_terms(glossary) if glossary else (), findings)
