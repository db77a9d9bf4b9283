"""Reads the words of a frame as programs read them, and its digits by the shapes that are drawn.

A font says which text a glyph has, and draws a shape. If the two differ, patients see another number than a program
dials.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import Dictionary

from pressroom.drawing.content import UnknownError, box_from
from pressroom.drawing.letters import font_letters
from pressroom.drawing.model import Glyph, Item, PdfObject, inside

_SIGNS: Final = string.digits + string.ascii_letters
_LETTERS: Final = frozenset(_SIGNS)
_DIGITS: Final = frozenset(string.digits)
# A mark that begins, with the text that programs read in place of its glyphs; its end; a string of two-byte codes.
_READ: Final = re.compile(
    rb"^/(?P<mark>[^\n]*(?:\n<<[^\n]*)?)\s(?:BDC|BMC)$|^(?P<end>EMC)$|^(?P<shown>\[[^\n]*\]) TJ$", re.MULTILINE
)
_INSTEAD: Final = re.compile(rb"/ActualText ?<FEFF([0-9A-Fa-f]*)>")
_CODES: Final = re.compile(rb"<([0-9A-Fa-f]*)>")
# Points by which the digits of one line may differ in height, or sideways in turned text.
_SAME_LINE: Final = 3.0


@dataclass(frozen=True, slots=True)
class FrameWords:
    """What a frame says to programs; the digits that it draws, in order; the first letter that is drawn as another.

    A line feed is between digits of two lines. Some programs read what each glyph says (`said`), others what the marks
    around them give in its place (`given`).
    """

    said: str = ""
    given: str = ""
    drawn: str = ""
    wrong: str = ""

    def __add__(self, other: FrameWords) -> FrameWords:
        """The words of two frames of one name, on two pages."""
        said, given = f"{self.said}\n{other.said}", f"{self.given}\n{other.given}"
        return FrameWords(said, given, f"{self.drawn}\n{other.drawn}".strip("\n"), self.wrong or other.wrong)


@dataclass(frozen=True, slots=True)
class Link:
    """An active area of an imprint: where it leads, what it says to screen readers, the digits that are in it.

    The digits are None where places are not known.
    """

    address: str
    said: str
    digits: str | None


@dataclass(frozen=True, slots=True)
class ReadImprint:
    """What programs read of an imprint: the words of its frames by name, its links, and the facts of the file."""

    frames: Mapping[str, FrameWords]
    links: tuple[Link, ...]
    facts: Mapping[str, str]


class FoundWords:
    """The words of an imprint while its pages are read."""

    def __init__(self, fonts: tuple[Path, ...]) -> None:
        self._fonts = fonts
        self._frames: dict[str, FrameWords] = {}
        self._links: list[Link] = []

    def add(self, frame: str, content: bytes, painted: Sequence[Item]) -> None:
        """Add what a frame paints."""
        found = frame_words(content, painted, self._fonts)
        self._frames[frame] = self._frames[frame] + found if frame in self._frames else found

    def add_links(self, areas: Sequence[PdfObject], painted: Sequence[Item] | None = None) -> None:
        """Add the active areas of a page, with what is painted on it where places are known."""
        letters = None if painted is None else [item for item in painted if isinstance(item, Glyph)]
        for area in areas:
            digits, box = None, box_from(area.Rect)
            if letters is not None:
                digits = digits_of("".join(one.text for one in letters if inside((one.x, one.y) * 2, box)))
            address = str(area.get("/A", {}).get("/URI", ""))
            self._links.append(Link(address, str(area.get("/Contents", "")), digits))

    def read(self, document: pikepdf.Pdf) -> ReadImprint:
        """All that was read."""
        facts = {str(key): str(value) for key, value in document.trailer.get("/Info", Dictionary()).items()}
        return ReadImprint(self._frames, tuple(self._links), facts)


def digits_of(text: str) -> str:
    """The digits 0 to 9 of a text."""
    return "".join(filter(_DIGITS.__contains__, text))


def frame_words(content: bytes, items: Sequence[Item], fonts: tuple[Path, ...]) -> FrameWords:
    """The words of a frame: its content, and what it paints; `fonts` are the files of its Latin letters."""
    glyphs = [item for item in items if isinstance(item, Glyph)]
    said = "".join([glyph.text for glyph in glyphs])
    given = _given(content, glyphs) if b"/ActualText" in content else said
    if not fonts:
        return FrameWords(said, given, _by_lines([(sign, one) for one in glyphs for sign in digits_of(one.text)]))
    shapes, all_known = _shapes(fonts)
    # Right-to-left text has its letters beside its glyphs, which then say nothing.
    beside = any(glyph.outline and not glyph.text for glyph in glyphs)
    drawn, wrong = list[tuple[str, Glyph]](), ""
    for glyph in glyphs:
        signs, digit = shapes.get(glyph.outline, ("", ""))
        text = glyph.text if glyph.text in _LETTERS else ""
        if text and (text not in signs if signs else _is_lost(glyph, beside=beside, all_known=all_known)):
            wrong = wrong or text
        if digit or (glyph.outline and text in _DIGITS):
            drawn.append((digit or text, glyph))
    return FrameWords(said, given, _by_lines(drawn), wrong)


def _by_lines(digits: Sequence[tuple[str, Glyph]]) -> str:
    """The digits in order, with a line feed where the next line of text begins."""
    found = [digits[0][0]] if digits else []
    for (_, before), (digit, glyph) in pairwise(digits):
        is_same = abs(glyph.y - before.y) < _SAME_LINE or abs(glyph.x - before.x) < _SAME_LINE
        found.append(digit if is_same else f"\n{digit}")
    return "".join(found)


def _given(content: bytes, glyphs: Sequence[Glyph]) -> str:
    """The text of a content with what its marks give in place of glyphs. Raises UnknownError for other strings."""
    found, open_marks, at, silenced = list[str](), list[bool](), 0, 0
    for match in _READ.finditer(content):
        if match["mark"] is not None:
            instead = _INSTEAD.search(match["mark"])
            if instead is not None and not silenced:
                found.append(bytes.fromhex(instead[1].decode()).decode("utf-16-be", "replace"))
            open_marks.append(instead is not None)
            silenced += instead is not None
        elif match["end"] is not None:
            silenced -= open_marks.pop() if open_marks else 0
        else:
            count = sum(len(codes[1]) for codes in _CODES.finditer(match["shown"])) // 4
            if not silenced:
                found += [glyph.text for glyph in glyphs[at : at + count]]
            at += count
    if at != len(glyphs) or open_marks:
        raise UnknownError("text that is shown in another way")
    return "".join(found)


def _is_lost(glyph: Glyph, *, beside: bool, all_known: bool) -> bool:
    """True for a letter without a shape, and for a digit with one that no font has."""
    return not beside if not glyph.outline else all_known and glyph.text in _DIGITS


@lru_cache(maxsize=16)
def _shapes(fonts: tuple[Path, ...]) -> tuple[Mapping[str, tuple[str, str]], bool]:
    """The Latin letters and digits that each outline draws in these files, and the first of these digits.

    False if one of them can't be read.
    """
    found = dict[str, str]()
    read = [font_letters(file) for file in fonts]
    for letters in read:
        for sign in _SIGNS if letters else "":
            if (outline := letters.outline(sign) if letters else "none") != "none":
                found[outline] = found.get(outline, "") + sign
    # What draws nothing is no letter.
    return {outline: (signs, digits_of(signs)[:1]) for outline, signs in found.items() if outline}, None not in read
