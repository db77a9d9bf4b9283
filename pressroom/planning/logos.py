"""The logo a clinic's pieces bear: the clinic's own, or the brand's, with its bytes or why it can't be printed."""

from __future__ import annotations

from pressroom.content.pictures import picture_fault
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout import LayoutError, read_brand_logo
from pressroom.project import Clinic, Logo, Project, file_bytes


def clinic_logo(project: Project, clinic: Clinic) -> tuple[Logo | None, dict[str, bytes], list[Diagnostic]]:
    """The logo, its bytes by its path, and what is wrong with it; neither where there is none."""
    try:
        logo = clinic.logo or read_brand_logo(project.root)
    except LayoutError as error:
        return None, {}, [error.problem]
    if logo is None:
        return None, {}, []
    span = clinic.span if clinic.logo else Span("layouts/brand.toml")
    data, unreadable = file_bytes(project.root, logo.path)
    if data is None:
        message = f"the logo can't be read: {unreadable[0].message}"
        return None, {}, [diagnostic("image-missing", span, message, f"put an SVG or PNG at {logo.path}")]
    if fault := picture_fault(data, logo.path):
        message = f"the logo {logo.path} {fault}"
        return None, {}, [diagnostic("image-unsafe", span, message, "save it anew as PNG or plain SVG")]
    return logo, {logo.path: data}, []
