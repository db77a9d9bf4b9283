"""The private list of fonts: the files that each family may come from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pressroom.data_files import data_table

# Where Debian and Ubuntu keep fonts.
FONT_ROOT: Final = Path("/usr/share/fonts")


@dataclass(frozen=True, slots=True)
class Face:
    """One file of a family; `known` are SHA-256 of checked files, `number` is its place in a collection."""

    path: str
    weight: int
    known: tuple[str, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family's two faces, and the Debian package that has them."""

    name: str
    package: str
    faces: tuple[Face, ...]

    @property
    def in_collection(self) -> bool:
        """True if its files hold other families too, and tens of thousands of glyphs."""
        return any(face.path.endswith(".ttc") for face in self.faces)


@cache
def registered_fonts() -> dict[str, FontFamily]:
    """Every family of the private list by name."""
    return {
        name: FontFamily(
            name,
            entry["package"],
            tuple(
                Face(entry[style], weight, tuple(entry["sha256"][style]), entry.get("face", 0))
                for style, weight in (("regular", 400), ("bold", 700))
            ),
        )
        for name, entry in data_table("language/fonts.toml").items()
    }


def families(names: Iterable[str]) -> tuple[FontFamily, ...]:
    """These families, each once, in the list's order."""
    requested = set(names)
    return tuple(family for family in registered_fonts().values() if family.name in requested)


def font_file(face: Face) -> Path:
    """The path of the face's file on this machine."""
    return FONT_ROOT / face.path


@cache
def font_mark(face: Face) -> str:
    """A short hash of a font file's table directory, which has every table's checksum; `absent` without a file.

    It reads some hundred bytes; a hash of the whole file would read twenty megabytes (OpenType 1.9, "The OpenType font
    file").
    """
    try:
        with font_file(face).open("rb") as file:
            start = 0
            if file.read(4) == b"ttcf":
                file.seek(12 + 4 * face.number)
                start = int.from_bytes(file.read(4))
            file.seek(start + 4)
            tables = int.from_bytes(file.read(2))
            file.seek(start)
            return hashlib.sha256(file.read(12 + 16 * tables)).hexdigest()[:16]
    except OSError:
        return "absent"
