"""Reads the patterns that part words in a fraction of the time that pyphen takes, and keeps those of few languages.

German has 66,000 patterns, whose values differ 5,600 times: each is worked out once, and is in memory once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyphen

from pressroom.recent import Recent

# Languages whose patterns are kept, of megabytes each: those of a piece, which may have English in it.
FEW: Final = 2
_DIGITS: Final = b"0123456789"
# A letter becomes a hyphen; digits and line ends stay.
_SHAPE: Final = bytes(byte if byte in b"\n" + _DIGITS else ord("-") for byte in range(256))
# Letters that are written as numbers, and those that change at a hyphen.
_SPECIAL: Final = ("^^", "/")
# Where the values of a pattern begin, and the values.
_Values = tuple[int, tuple[int, ...]]


class Patterns(pyphen.HyphDict):  # type: ignore[misc]
    """The patterns of a file, as pyphen reads them."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            encoding = file.readline().decode().strip()
        lines = (line.strip() for line in path.read_text(encoding).split("\n")[1:])
        text = "\n".join(line for line in lines if line and not line.startswith(pyphen.ignored))
        if any(sign in text for sign in _SPECIAL):
            super().__init__(path)
            return
        letters = text.encode().translate(None, _DIGITS).decode().split("\n")
        shapes = text.encode("latin-1", "replace").translate(_SHAPE).split(b"\n")
        values = map(_Known().__getitem__, shapes)
        self.patterns = {key: value for key, value in zip(letters, values, strict=True) if value}
        self.cache: dict[str, object] = {}
        self.maxlen = max(map(len, self.patterns))


class _Known(dict[bytes, _Values | None]):
    """The values of patterns by their shape; None if all are 0."""

    def __missing__(self, shape: bytes) -> _Values | None:
        values = [int(digit or "0") for digit, _ in pyphen.parse(shape.decode())]
        ends = [at for at, value in enumerate(values) if value]
        self[shape] = found = (ends[0], tuple(values[ends[0] : ends[-1] + 1])) if ends else None
        return found


def quick_patterns() -> None:
    """Let pyphen read patterns so, for WeasyPrint too."""
    pyphen.HyphDict, pyphen.hdcache = Patterns, Recent[Path, Patterns](FEW)
