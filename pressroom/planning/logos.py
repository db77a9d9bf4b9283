"""The logo a clinic's pieces bear: the clinic's own, or the brand's, with its bytes or why it can't be printed."""

from __future__ import annotations

from pressroom.content.pictures import picture_fault
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.project import Clinic, Logo, Read
from pressroom.workspace.workspace import Workspace


def clinic_logo(workspace: Workspace, clinic: Clinic) -> Read[tuple[Logo, bytes] | None]:
    """The logo with its bytes, or None where there is none or it can't be printed."""
    logo, findings = Read(clinic.logo) if clinic.logo else workspace.brand_logo()
    if logo is None:
        return Read(None, findings)
    span = clinic.span if clinic.logo else Span("layouts/brand.toml")
    data, unreadable = workspace.files.data(logo.path)
    if data is None:
        message = f"the logo can't be read: {unreadable[0].message}"
        return _wrong(diagnostic("image-missing", span, message, f"put an SVG or PNG at {logo.path}"))
    if fault := picture_fault(data, logo.path):
        message = f"the logo {logo.path} {fault}"
        return _wrong(diagnostic("image-unsafe", span, message, "save it again as PNG or plain SVG"))
    return Read((logo, data))


def _wrong(finding: Diagnostic) -> Read[tuple[Logo, bytes] | None]:
    return Read(None, (finding,))
