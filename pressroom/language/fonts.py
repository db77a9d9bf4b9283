"""The private list of fonts: `fonts.toml` goes in, the files a family is allowed to come from come out."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

# Where Debian and Ubuntu keep fonts.
FONT_ROOT: Final = Path("/usr/share/fonts")


@dataclass(frozen=True, slots=True)
class Face:
    """One file of a family; `known` are SHA-256 of files checked with, `number` its place in a collection."""

    path: str
    weight: int
    known: tuple[str, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family's two faces, and the Debian package that brings them."""

    name: str
    package: str
    faces: tuple[Face, ...]

    @property
    def in_collection(self) -> bool:
        """True where its files hold other families too, and tens of thousands of glyphs."""
        return any(face.path.endswith(".ttc") for face in self.faces)


@cache
def registered_fonts() -> dict[str, FontFamily]:
    """Every family of the private list by name."""
    table = tomllib.loads(Path(__file__).with_name("fonts.toml").read_text(encoding="utf-8"))
    return {
        name: FontFamily(
            name,
            entry["package"],
            tuple(
                Face(entry[style], weight, tuple(entry["sha256"][style]), entry.get("face", 0))
                for style, weight in (("regular", 400), ("bold", 700))
            ),
        )
        for name, entry in table.items()
    }


def families(names: Iterable[str]) -> tuple[FontFamily, ...]:
    """These families, each once, in the list's order."""
    wanted = set(names)
    return tuple(family for family in registered_fonts().values() if family.name in wanted)


def font_file(face: Face) -> Path:
    """Where the face's file stands on this machine."""
    return FONT_ROOT / face.path


@cache
def font_mark(face: Face) -> str:
    """A short mark of what a font file holds, from the checksums in its table directory; `absent` without a file.

    Costs a read of some hundred bytes, where a hash of the whole reads twenty megabytes. OpenType 1.9, "The OpenType
    font file": every table's checksum stands in the directory.
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
