"""The files that a piece needs besides texts and layouts: its pictures, its logo and the print shop's profile."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from pressroom.content import Block, Document
from pressroom.content.pictures import picture_fault
from pressroom.diagnostics import Diagnostic, Span, Subject, diagnostic
from pressroom.postpress.icc_profile import ProfileError, read_profile
from pressroom.project import Clinic, Logo, Read
from pressroom.project.settings import SETTINGS_FILE
from pressroom.workspace.workspace import Workspace

PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".svg"})


def clinic_logo(workspace: Workspace, clinic: Clinic) -> Read[tuple[Logo, bytes] | None]:
    """The logo with its bytes, or None if there is none or it can't be printed."""
    logo, findings = Read(clinic.logo) if clinic.logo else workspace.brand_logo()
    if logo is None:
        return Read(None, findings)
    span = clinic.span if clinic.logo else Span("layouts/brand.toml")
    data, unreadable = workspace.files.data(logo.path)
    if data is None:
        message = f"the logo can't be read: {unreadable[0].message}"
        return Read(None, (diagnostic("image-missing", span, message, f"put an SVG or PNG at {logo.path}"),))
    if fault := picture_fault(data, logo.path):
        message = f"the logo {logo.path} {fault}"
        return Read(None, (diagnostic("image-unsafe", span, message, "save it again as PNG or plain SVG"),))
    return Read((logo, data))


def document_pictures(workspace: Workspace, document: Document) -> Read[dict[str, bytes]]:
    """The bytes of a document's pictures by their address, which is relative to the document's folder."""
    images: dict[str, bytes] = {}
    findings: list[Diagnostic] = []
    for block in (b for panel in document.panels for b in _pictures(panel.blocks)):
        path, subject = _picture(document, block.source), Subject("picture", block.source)
        data, unreadable = workspace.files.data(path, optional=True) if path else Read(None)
        if data is None:
            why = f": {unreadable[0].message}" if unreadable else ""
            message, hint = f"there is no picture {block.source!r}{why}", "put a PNG, JPEG or SVG beside the document"
            findings.append(diagnostic("image-missing", block.span, message, hint, subject))
        elif fault := picture_fault(data, block.source):
            message, hint = f"the picture {block.source!r} {fault}", "save it again as PNG, JPEG or plain SVG"
            findings.append(diagnostic("image-unsafe", block.span, message, hint, subject))
        else:
            images[block.source] = data
    return Read(images, tuple(findings))


def press_profile(workspace: Workspace) -> Read[bytes]:
    """The bytes of the print shop's colour profile, empty if the settings name none; an unusable one is an error."""
    path, problem = workspace.project.press_profile, ""
    data, findings = workspace.press_profile()
    try:
        if data is not None:
            read_profile(data)
    except ProfileError as error:
        problem = f"{path} {error}"
    if findings:
        problem = f"{path}: {findings[0].message}"
    if not problem:
        return Read(data or b"")
    hint = "ask the print shop for its output profile in CMYK (an .icc file), and name it as press-profile"
    return Read(b"", (diagnostic("press-profile-wrong", Span(SETTINGS_FILE), problem, hint),))


def _pictures(blocks: tuple[Block, ...]) -> list[Block]:
    return [b for block in blocks for b in ([block] if block.kind == "image" else _pictures(block.children))]


def _picture(document: Document, address: str) -> str:
    """The path of a picture from the project's root; empty if it is not one below the document's folder."""
    path = PurePosixPath(address)
    if not path.parts or ".." in path.parts or path.is_absolute() or path.suffix.lower() not in PICTURES:
        return ""
    return (PurePosixPath(document.path).parent / path).as_posix()
