"""The versions of the engine, its libraries and fonts, for keys and manifests."""

from __future__ import annotations

import ctypes
import importlib.metadata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from pressroom import __version__
from pressroom.fingerprint import content_hash, fingerprint
from pressroom.language import Language, engine_registry, font_file
from pressroom.planning.fonts import all_families

# The checker is among them: a piece that was never checked is not the same as one that was.
_PACKAGES: Final = (
    "weasyprint",
    "pydyf",
    "babel",
    "jinja2",
    "markdown-it-py",
    "fonttools",
    "icu4py",
    "budoux",
    "uharfbuzz",
    "pikepdf",
    "page-validation",
    "segno",
)
# Shared library, function that tells its version. By name: looking for a library starts a compiler.
_LIBRARIES: Final = {
    "pango": ("libpango-1.0.so.0", "pango_version_string"),
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string"),
    "fontconfig": ("libfontconfig.so.1", "FcGetVersion"),
}


@cache
def library_versions() -> dict[str, str]:
    """Versions by name of everything that decides a letter's place; `absent` if it is not installed or does not say."""
    return {name: _package_version(name) for name in _PACKAGES} | {
        name: _library_version(*where) for name, where in _LIBRARIES.items()
    }


def made_with(languages: Iterable[Language]) -> dict[str, str]:
    """Versions by name; a font's is the hash of its file, a project's own language's that of its facts."""
    languages = tuple(languages)
    versions = {"pressroom": __version__} | library_versions()
    versions |= {f"language {one.tag}": own_facts(one) for one in languages if own_facts(one)}
    for family in all_families(languages):
        for file in (font_file(face) for face in family.faces):
            if file.is_file():
                versions[f"font {file.name}"] = _hash_of(file)
    return versions


@cache
def _hash_of(file: Path) -> str:
    with file.open("rb") as opened:
        return content_hash(opened)


def own_facts(language: Language) -> str:
    """Sixteen hex digits for what a project says of a language; empty if the project says nothing of it."""
    if language.invented or engine_registry().languages.get(language.tag) == language:
        return ""
    return fingerprint(repr(language))[:16]


def _package_version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


def _library_version(library: str, function: str) -> str:
    try:
        tell = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return "absent"
    if function == "FcGetVersion":
        number: int = tell()
        return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    tell.restype = ctypes.c_char_p
    told: bytes = tell()
    return told.decode("ascii")
