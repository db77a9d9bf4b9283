"""The brand's fonts: `layouts/brand.toml` goes in, the family that each script is set in comes out."""

from __future__ import annotations

from collections.abc import Mapping

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language, registered_fonts
from pressroom.layout import LayoutError, read_brand_fonts
from pressroom.project import Project


def brand_fonts(project: Project, problems: list[Diagnostic]) -> dict[str, str]:
    """The brand's families by script; one that no list of fonts has is told, and the registry's is kept."""
    try:
        asked = read_brand_fonts(project.root)
    except LayoutError:
        # The layouts that need it refuse with its line.
        return {}
    for script, family in asked.items():
        if family not in registered_fonts():
            message = f"the brand sets {script} in {family!r}, which is no font of the list"
            hint = f"there are {', '.join(registered_fonts())}; see docs/how-to/fonts.md"
            problems.append(diagnostic("brand-font", Span("layouts/brand.toml"), message, hint))
    return {script: family for script, family in asked.items() if family in registered_fonts()}


def branded(language: Language, fonts: Mapping[str, str]) -> Language:
    """The language in the brand's family for its script."""
    family = fonts.get(language.script, language.family)
    return language if family == language.family else language.in_family(family)
