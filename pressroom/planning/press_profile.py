"""The print shop's profile that the settings name: a project goes in, its bytes or why they are refused come out."""

from __future__ import annotations

from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.postpress.icc_profile import ProfileError, read_profile
from pressroom.project import Project, file_bytes

# Profiles with large tables have a dozen megabytes.
_LIMIT: Final = 20_000_000


def press_profile(project: Project) -> tuple[bytes, list[Diagnostic]]:
    """The profile's bytes, empty where the project names none; one that is named and can't be used is an error."""
    named = project.press_profile
    if not named:
        return b"", []
    data, problems = file_bytes(project.root, named, limit=_LIMIT)
    if data is None:
        return b"", [_wrong(f"{named}: {problem.message}") for problem in problems]
    try:
        read_profile(data)
    except ProfileError as error:
        return b"", [_wrong(f"{named} {error}")]
    return data, []


def _wrong(message: str) -> Diagnostic:
    hint = "ask the print shop for its output profile in CMYK (an .icc file), and name it as press-profile"
    return diagnostic("press-profile-wrong", Span("pyproject.toml"), message, hint)
