"""The versions of the engine, its libraries and fonts, for keys and manifests."""

from __future__ import annotations

import ctypes
import importlib.metadata
import unicodedata
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from pressroom import __version__
from pressroom.fingerprint import content_hash, fingerprint
from pressroom.language import Language, UnknownLanguage, engine_registry, font_file, font_hash
from pressroom.planning.fonts import all_families

# All that reads, sets, draws, compresses or checks a piece; what does not is named with its reason in
# `tests/planning/test_versions.py`. The checker too: a piece that was not checked differs from one that was.
_PACKAGES: Final = (
    "weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "pillow", "fonttools", "uharfbuzz",
    "icu4py", "budoux", "babel", "jinja2", "markupsafe", "markdown-it-py", "pyyaml", "polib", "segno", "coloraide",
    "pikepdf", "lxml", "pypdfium2", "page-validation",
)  # fmt: skip
# The shared library and the function for its version. By file name: `find_library` starts a compiler.
_LIBRARIES: Final = {
    "pango": ("libpango-1.0.so.0", "pango_version_string"),
    "fribidi": ("libfribidi.so.0", "fribidi_version_info"),
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string"),
    "fontconfig": ("libfontconfig.so.1", "FcGetVersion"),
}
LIBRARY_FILES: Final = tuple(file for file, _ in _LIBRARIES.values())


@cache
def library_versions() -> dict[str, str]:
    """The versions of everything that decides about a byte of a piece; `absent` if it is not installed."""
    packages = {name: _package_version(name) for name in _PACKAGES}
    libraries = {name: _library_version(*where) for name, where in _LIBRARIES.items()}
    return packages | libraries | {"zlib": zlib.ZLIB_RUNTIME_VERSION, "unicode": unicodedata.unidata_version}


def made_with(languages: Iterable[Language]) -> dict[str, str]:
    """Versions by name: of the engine and its libraries, and hashes of the fonts and of the project's languages."""
    languages = tuple(languages)
    versions = {"pressroom": __version__} | library_versions()
    versions |= {f"language {lang.tag}": facts for lang in languages if (facts := project_facts(lang))}
    for family in all_families(languages):
        for file in (font_file(face) for face in family.faces):
            if file.is_file():
                versions[f"font {file.name}"] = font_hash(file)
    return versions


@cache
def engine_build() -> str:
    """The fingerprint of the engine's own files, 16 hex digits: code, templates, styles and tables.

    Reading and hashing them takes about a hundredth of a second, so only a release asks for it.
    """
    root = Path(__file__).parents[1]
    # A wheel has the packaged layouts and the docs in it, a checkout has not.
    apart = {"__pycache__", "packaged"}
    paths = sorted(path for path in root.rglob("*") if path.is_file() and apart.isdisjoint(path.parts))
    parts = (part for path in paths for part in (path.relative_to(root).as_posix(), content_hash(path.read_bytes())))
    return fingerprint(*parts)[:16]


def project_facts(language: Language) -> str:
    """Sixteen hex digits of a language as the project defines it; empty if the engine defines it."""
    if language.invented or _of_engine(language.tag) == language:
        return ""
    return fingerprint(repr(language))[:16]


def _of_engine(tag: str) -> Language | None:
    try:
        return engine_registry().find(tag)
    except UnknownLanguage:
        return None


def _package_version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


def _library_version(library: str, function: str) -> str:
    try:
        get_version = getattr(ctypes.CDLL(library), function)
        if function == "fribidi_version_info":
            # No function: a text, whose first line ends with the version.
            text = ctypes.c_char_p.in_dll(ctypes.CDLL(library), function).value or b""
            return text.partition(b"\n")[0].decode("ascii").rpartition(" ")[2]
    except (OSError, AttributeError, ValueError):
        return "absent"
    if function == "FcGetVersion":
        number: int = get_version()
        return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    get_version.restype = ctypes.c_char_p
    version: bytes = get_version()
    return version.decode("ascii")
