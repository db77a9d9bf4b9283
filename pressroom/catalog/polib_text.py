"""What polib needs so that it keeps every character. tests/catalog/test_polib.py fails when polib no longer does."""

from __future__ import annotations

from typing import Any

import polib


class PoText(str):
    """A string that polib splits at LF only: in a catalog U+2028, U+0085 and their like end no line."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        """The lines, without an empty one after the last LF."""
        lines = self.split("\n")
        last = lines.pop()
        lines = [f"{line}\n" for line in lines] if keepends else lines
        return [*lines, last] if last else lines


class PoFile(polib.POFile):
    """A file that keeps its header as the first entry.

    polib makes a dictionary of it, which loses the order of the fields, its comments and the lines without a colon.
    """

    def find(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (polib's own signature)
        """Find no header."""
