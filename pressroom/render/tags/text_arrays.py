"""Writes strings and the spaces between them so that every viewer draws them alike.

Where Pango moves a glyph, WeasyPrint 70 writes an empty string between two numbers: `[<004b> 814 <> -995] TJ`. PDFium,
which is Chrome's, loses the number before the empty string, and what follows is drawn in another place; Poppler adds
the two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

_PART: Final = re.compile(r"<([0-9a-f]*)>|([^<>\s]+)")
_WHOLE: Final = re.compile(r"-?[1-9][0-9]*")
# Thousandths of a thousandth of an em.
_DIGITS: Final = 3
# Digits of a glyph's number in a string.
_CODE: Final = 4


def whole_array(text: str, numbers: Mapping[int, int]) -> str:
    """The parts of an array for `TJ`, strings in hexadecimal, with neighbours of one kind joined.

    `numbers` are those that its glyphs get; a glyph that is not in them keeps its own.
    """
    whole, string, moves = list[str](), "", list[str]()
    for more, move in _PART.findall(text):
        if move:
            moves.append(move)
        elif more and moves:
            whole += [_renumbered(string, numbers), _number(moves)]
            string, moves = more, []
        else:
            string += more
    return "".join([*whole, _renumbered(string, numbers), _number(moves)])


def glyphs_of(text: str) -> list[int]:
    """The numbers of the glyphs in an array."""
    return _glyphs("".join([string for string, _ in _PART.findall(text)]))


def _glyphs(string: str) -> list[int]:
    return [int(string[at : at + _CODE], 16) for at in range(0, len(string), _CODE)]


def _renumbered(string: str, numbers: Mapping[int, int]) -> str:
    new = "".join([f"{numbers.get(glyph, glyph):04x}" for glyph in _glyphs(string)]) if numbers else string
    return new and f"<{new}>"


def _number(moves: Sequence[str]) -> str:
    """The sum of numbers, for an array; most often there is one, and it is whole."""
    if len(moves) == 1 and _WHOLE.fullmatch(moves[0]):
        return f" {moves[0]} "
    value = sum(map(float, moves))
    digits = f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")
    return "" if digits in ("0", "-0") else f" {digits} "
