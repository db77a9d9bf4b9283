"""The private list of fonts: `fonts.toml` goes in, the files a family is allowed to come from come out."""

from __future__ import annotations

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
    """One file of a family; `sha256` is the hash pages were checked with, `number` its place in a collection."""

    path: str
    weight: int
    sha256: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family's two faces, and the Debian package that brings them."""

    name: str
    package: str
    faces: tuple[Face, ...]


@cache
def registered_fonts() -> dict[str, FontFamily]:
    """Every family of the private list by name."""
    table = tomllib.loads(Path(__file__).with_name("fonts.toml").read_text(encoding="utf-8"))
    return {
        name: FontFamily(
            name,
            entry["package"],
            tuple(
                Face(entry[style], weight, entry["sha256"][style], entry.get("face", 0))
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
