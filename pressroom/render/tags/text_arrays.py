"""Writes strings and the spaces between them so that every viewer draws them alike.

Where Pango moves a glyph, WeasyPrint 70 writes an empty string between two numbers: `[<004b> 814 <> -995] TJ`. PDFium,
which is Chrome's, loses the number before the empty string, and what follows is drawn in another place; Poppler adds
the two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby
from typing import Final

_PART: Final = re.compile(r"<([0-9a-f]*)>|([^<>\s]+)")
# Thousandths of a thousandth of an em.
_DIGITS: Final = 3
# Digits of a glyph's number in a string.
_CODE: Final = 4


def whole_array(text: str, numbers: Mapping[int, int]) -> str:
    """The parts of an array for `TJ`, strings in hexadecimal, with neighbours of one kind joined.

    `numbers` are those that its glyphs get; a glyph that is not in them keeps its own.
    """
    parts = [match for match in _PART.finditer(text) if match[2] or match[1]]
    joined = ((is_number, list(group)) for is_number, group in groupby(parts, key=lambda part: part[2] is not None))
    return "".join(
        _number(sum(float(part[2]) for part in group))
        if is_number
        else f"<{_renumbered(''.join(part[1] for part in group), numbers)}>"
        for is_number, group in joined
    )


def glyphs_of(text: str) -> list[int]:
    """The numbers of the glyphs in an array."""
    string = "".join(string for string, _ in _PART.findall(text))
    return [int(string[at : at + _CODE], 16) for at in range(0, len(string), _CODE)]


def _renumbered(string: str, numbers: Mapping[int, int]) -> str:
    return "".join(f"{numbers.get(glyph, glyph):04x}" for glyph in glyphs_of(f"<{string}>")) if numbers else string


def _number(value: float) -> str:
    digits = f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")
    return "" if digits in ("0", "-0") else f" {digits} "
