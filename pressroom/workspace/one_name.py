"""Finds files whose names are one name on systems that know no capitals, or write an accented letter in one way."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.project.files import Files

_FOLDERS = ("source", "locales", "layouts")


def shared_names(files: Files) -> tuple[Diagnostic, ...]:
    """A finding for each file or folder of a project whose name is another one's there, in capitals or accents."""
    known: dict[tuple[Path, str], Path] = {}
    findings: list[Diagnostic] = []
    for path in (path for folder in _FOLDERS for path in files.listing(folder, "**/*")):
        other = known.setdefault((path.parent, unicodedata.normalize("NFC", path.name).casefold()), path)
        if other != path:
            message = (
                f"this and {other.name!r} are one name on systems such as macOS and Windows, and one would be lost"
            )
            findings.append(diagnostic("name-case", Span(files.name_of(path)), message, "rename one of the two"))
    return tuple(findings)
