"""Reads what clinics confirmed: which recalls' papers they pulled from their racks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pressroom.approval.confirmations import CONFIRMATION, Confirmation
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.project import Project, Read

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace


def confirmations_folder(project: Project) -> Path:
    """The folder of confirmations."""
    return project.root / "source" / "recalls" / "confirmed"


def read_confirmations(workspace: Workspace) -> Read[tuple[Confirmation, ...]]:
    """All confirmations, the earliest first, with a finding for each file that can't be one."""
    found: list[Confirmation] = []
    findings: list[Diagnostic] = []
    for path in workspace.files.listing(confirmations_folder(workspace.project), "*.toml"):
        try:
            found.append(CONFIRMATION.read_file(workspace.files, path))
        except ValueError as error:
            message = f"this confirmation does not count: {error}"
            hint = "restore it from version control, or remove it and confirm again"
            findings.append(diagnostic("confirmation-broken", Span(workspace.relative(path)), message, hint))
    return Read(tuple(sorted(found, key=lambda one: (one.dated, one.clinic, one.file))), tuple(findings))
