"""What an edition is made with: the engine's, its libraries' and its fonts' versions come out, for the manifest."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pressroom import __version__
from pressroom.language import Language, families
from pressroom.project import Project

_LIBRARIES: Final = ("weasyprint", "pydyf", "jinja2", "markdown-it-py", "fonttools")


def made_with(project: Project, languages: Iterable[Language]) -> dict[str, str]:
    """Versions by name; a font's is the hash of its file, and none where the file is not there."""
    found = {"pressroom": __version__} | {name: importlib.metadata.version(name) for name in _LIBRARIES}
    for family in families({name for language in languages for name in language.stack}):
        for face in family.faces:
            file = Path(face.path)
            placed = project.root / ".cache" / "pressroom" / "fonts" / file.name
            if placed.is_file():
                found[f"font {file.name}"] = hashlib.sha256(placed.read_bytes()).hexdigest()[:16]
    return found
