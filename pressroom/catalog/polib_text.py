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


class PoEntry(polib.POEntry):
    """An entry that is written without wrapping.

    polib counts every special character of a text, even if it never wraps. Most texts have none.
    """

    def _str_field(self, name: str, mark: str, form: str, text: str, wrapwidth: int = 0) -> list[str]:
        if text.isprintable() and '"' not in text and "\\" not in text:
            return [f'{mark}{name.removeprefix("previous_")}{form} "{text}"']
        lines: list[str] = super()._str_field(name, mark, form, PoText(text), wrapwidth)  # type: ignore[misc]
        # polib has no escape for BEL.
        return [line.replace("\a", "\\a") for line in lines]


class PoFile(polib.POFile):
    """A file that keeps its header as the first entry.

    polib makes a dictionary of it, which loses the order of the fields, its comments and the lines without a colon.
    """

    def find(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (polib's own signature)
        """Find no header."""
