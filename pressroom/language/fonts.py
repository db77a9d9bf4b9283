"""The private list of fonts: the files each family may come from, and a project's lock of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from pressroom.border import BorderError, border
from pressroom.data_files import data_table
from pressroom.fingerprint import content_hash
from pressroom.project.open_file import file_bytes
from pressroom.project.toml_text import line_of_key

# Where Debian and Ubuntu keep fonts.
FONT_ROOT: Final = Path("/usr/share/fonts")
# Bytes of a project's own file; the largest of the listed ones, which have all of Chinese, are a third of it.
OWN_FONT_LIMIT: Final = 64_000_000


@dataclass(frozen=True, slots=True)
class Face:
    """One file of a family; `known` are SHA-256 of checked files, `number` is its place in a collection.

    A project's own file is below its `root`, and `line` is that of the brand's table that names it.
    """

    path: str
    weight: int
    known: tuple[str, ...]
    number: int = 0
    root: Path | None = field(default=None, repr=False)
    line: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family's two faces, and the Debian package that has them; `for_signs` where it is for signs alone."""

    name: str
    package: str
    faces: tuple[Face, ...]
    for_signs: bool = False

    @property
    def is_own(self) -> bool:
        """True if the project brings it."""
        return any(face.root is not None for face in self.faces)

    @property
    def in_collection(self) -> bool:
        """True if it is in font collections, which hold other families too and tens of thousands of glyphs."""
        return any(face.path.endswith(".ttc") for face in self.faces)


@cache
def registered_fonts() -> dict[str, FontFamily]:
    """Every family of the private list that text may be set in, by name."""
    table = data_table("language/fonts.toml")
    return {name: _family(name, entry) for name, entry in table.items() if name != "signs"}


@cache
def sign_fonts() -> tuple[FontFamily, ...]:
    """The families that draw a sign if none of the language has it, in their order."""
    table = data_table("language/fonts.toml")["signs"]
    return tuple(_family(name, entry, for_signs=True) for name, entry in table.items())


def _family(name: str, entry: dict[str, Any], *, for_signs: bool = False) -> FontFamily:
    faces = tuple(
        Face(entry[style], weight, tuple(entry["sha256"][style]), entry.get("face", 0))
        for style, weight in (("regular", 400), ("bold", 700))
    )
    return FontFamily(name, entry["package"], faces, for_signs)


def families(names: Iterable[str]) -> tuple[FontFamily, ...]:
    """These families, each once, in the list's order."""
    requested = set(names)
    return tuple(family for family in registered_fonts().values() if family.name in requested)


def font_file(face: Face) -> Path:
    """The path of the face's file on this machine."""
    return (face.root or FONT_ROOT) / face.path


@cache
def font_hash(path: Path) -> str:
    """The hash of a font's whole file, which may have twenty megabytes: read once in a process."""
    with path.open("rb") as file:
        return content_hash(file)


@cache
def font_mark(face: Face) -> str:
    """A short hash of a font file's table directory, which has every table's checksum; `absent` without a file.

    A project's own file is hashed whole: it may be cut off.
    """
    if face.root is not None:
        data = file_bytes(face.root, face.path, limit=OWN_FONT_LIMIT, optional=True).value
        return "absent" if data is None else content_hash(data)[:16]
    # A hash of the whole file would read twenty megabytes (OpenType 1.9, "The OpenType font file").
    try:
        with font_file(face).open("rb") as file:
            start = 0
            if file.read(4) == b"ttcf":
                file.seek(12 + 4 * face.number)
                start = int.from_bytes(file.read(4))
            file.seek(start + 4)
            tables = int.from_bytes(file.read(2))
            file.seek(start)
            return content_hash(file.read(12 + 16 * tables))[:16]
    except OSError:
        return "absent"


_HEAD = """# The font files this project's pages were looked at with; a build refuses any other.
# Written by `publish.py fonts --accept`. See docs/how-to/fonts.md.
"""
_KEYS = {"family", "package", "version", "sha256"}


class FontLockError(ValueError):
    """The lock can't be used; the message says why, and `line` where; 0 for the whole file."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class LockedFont:
    """One file by its name: its family, the Debian package it comes from, its version and its SHA-256."""

    file: str
    family: str
    package: str
    version: str
    sha256: str


def read_font_lock(text: str) -> dict[str, LockedFont]:
    """The locked files by name. Raises FontLockError if the text is not TOML, or a table lacks a key."""
    try:
        with border():
            tables = tomllib.loads(text)
    except BorderError as error:
        raise FontLockError(f"this is not TOML: {error}") from None
    for name, table in tables.items():
        if not isinstance(table, dict) or set(table) != _KEYS or not all(isinstance(table[key], str) for key in _KEYS):
            message = f"{name} must have {', '.join(sorted(_KEYS))} and nothing else, each a text"
            raise FontLockError(message, line_of_key(text, f'"{name}"'))
    return {name: LockedFont(name, **table) for name, table in tables.items()}


def font_lock_text(fonts: Iterable[LockedFont]) -> str:
    """The text of the lock: a table for each file, sorted."""
    tables = [
        f'["{font.file}"]\nfamily = "{font.family}"\npackage = "{font.package}"\n'
        f'version = "{font.version}"\nsha256 = "{font.sha256}"\n'
        for font in sorted(fonts, key=lambda font: font.file)
    ]
    return "\n".join([_HEAD, *tables])
