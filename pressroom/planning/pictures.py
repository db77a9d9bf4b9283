"""The pictures of a piece, those in its document and its logo, with their bytes or why they can't be printed."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from pressroom.content import Block, Document
from pressroom.content.pictures import picture_fault
from pressroom.diagnostics import Diagnostic, Span, Subject, diagnostic
from pressroom.project import Clinic, Logo, Read
from pressroom.workspace.workspace import Workspace

PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".svg"})


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


def document_pictures(workspace: Workspace, document: Document) -> Read[dict[str, bytes]]:
    """The bytes of a document's pictures by their address, which is relative to the document's folder."""
    images: dict[str, bytes] = {}
    findings: list[Diagnostic] = []
    for block in (b for panel in document.panels for b in _pictures(panel.blocks)):
        path = _picture(document, block.source)
        data, unreadable = workspace.files.data(path, optional=True) if path else Read(None)
        if data is None:
            why = f": {unreadable[0].message}" if unreadable else ""
            message, hint = f"there is no picture {block.source!r}{why}", "put a PNG, JPEG or SVG beside the document"
            findings.append(diagnostic("image-missing", block.span, message, hint, Subject("picture", block.source)))
        elif fault := picture_fault(data, block.source):
            message = f"the picture {block.source!r} {fault}"
            hint = "save it again as PNG, JPEG or plain SVG"
            findings.append(diagnostic("image-unsafe", block.span, message, hint, Subject("picture", block.source)))
        else:
            images[block.source] = data
    return Read(images, tuple(findings))


def _pictures(blocks: tuple[Block, ...]) -> list[Block]:
    return [b for block in blocks for b in ([block] if block.kind == "image" else _pictures(block.children))]


def _picture(document: Document, address: str) -> str:
    """The path of a picture from the project's root; empty if it is not one below the document's folder."""
    path = PurePosixPath(address)
    if not path.parts or ".." in path.parts or path.is_absolute() or path.suffix.lower() not in PICTURES:
        return ""
    return (PurePosixPath(document.path).parent / path).as_posix()
