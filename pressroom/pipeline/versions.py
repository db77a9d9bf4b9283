"""What an edition is made with: the engine's, its libraries' and its fonts' versions come out, for the manifest."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable
from typing import Final

from pressroom import __version__
from pressroom.language import Language, font_file
from pressroom.pipeline.fonts import wanted_families

_LIBRARIES: Final = ("weasyprint", "pydyf", "jinja2", "markdown-it-py", "fonttools")


def made_with(languages: Iterable[Language]) -> dict[str, str]:
    """Versions by name; a font's is the hash of its file, and it is left out where there is none."""
    found = {"pressroom": __version__} | {name: importlib.metadata.version(name) for name in _LIBRARIES}
    for family in wanted_families(languages):
        for file in (font_file(face) for face in family.faces):
            if file.is_file():
                with file.open("rb") as opened:
                    found[f"font {file.name}"] = hashlib.file_digest(opened, "sha256").hexdigest()
    return found
