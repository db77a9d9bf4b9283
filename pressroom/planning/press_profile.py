"""The print shop's colour profile that the settings name."""

from __future__ import annotations

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.postpress.icc_profile import ProfileError, read_profile
from pressroom.project import Read
from pressroom.workspace.workspace import Workspace


def press_profile(workspace: Workspace) -> Read[bytes]:
    """The profile's bytes, empty if the settings name none; a profile that can't be used is an error."""
    named = workspace.project.press_profile
    data, findings = workspace.press_profile()
    if data is None:
        return Read(b"", tuple(_wrong(f"{named}: {finding.message}") for finding in findings))
    try:
        read_profile(data)
    except ProfileError as error:
        return Read(b"", (_wrong(f"{named} {error}"),))
    return Read(data)


def _wrong(message: str) -> Diagnostic:
    hint = "ask the print shop for its output profile in CMYK (an .icc file), and name it as press-profile"
    return diagnostic("press-profile-wrong", Span("pyproject.toml"), message, hint)
