"""Reads the letters beside glyphs back from what was drawn, and refuses a file that would say other words than it sets.

`letters` writes them, in the order that they are seen in; the hook writes the text that was set into its mark. Nothing
else holds the two together: glyphs alone can't show what they say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from pressroom.render.tags.model import MARK, RIGHT_TO_LEFT, SILENT, read_marks

_SHOWN: Final = re.compile(
    rb"^/(?P<font>\S+) \S+ Tf$|^\[(?P<array>.*)\] TJ$|/ActualText <FEFF(?P<instead>[0-9A-Fa-f]*)>", re.MULTILINE
)
_STRING: Final = re.compile(rb"<([0-9a-f]+)>")
_CODE: Final = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>", re.IGNORECASE)
# Bidirectional classes of letters that run from the right (UAX 9), and of the digits of Arabic script, which do not.
_FROM_RIGHT: Final = frozenset({"R", "AL"})
_ARABIC_DIGITS: Final = "AN"
_Codes = Mapping[int, str]


class MisreadError(Exception):
    """A file would be read otherwise than it is printed."""


def refuse_misread(maps: Mapping[bytes, bytes], pages: Sequence[bytes]) -> None:
    """Compare the letters of each mark with its text, for pages as they were drawn. Raises MisreadError.

    `maps` say by name of the letters' font which code is which letter. The order of words in one piece of a line is not
    compared: it is seen in another order than it is read in.
    """
    codes = {name: _codes(cmap) for name, cmap in maps.items()}
    for content in pages:
        texts = read_marks(content) if SILENT in content else {}
        for number, letters in _lettered(content, codes) if texts else ():
            if _words(letters, is_seen=True) != _words(texts[number].text, is_seen=False):
                raise MisreadError(f"{texts[number].text!r} would be read as {letters!r}")


def _codes(cmap: bytes) -> _Codes:
    return {int(match[1], 16): bytes.fromhex(match[2].decode()).decode("utf-16-be") for match in _CODE.finditer(cmap)}


def _lettered(content: bytes, fonts: Mapping[bytes, _Codes]) -> Iterator[tuple[int, str]]:
    """The numbers of the marks that have letters beside their glyphs, with these in the order that they are seen in."""
    marks = list(MARK.finditer(content))
    ends = [*(mark.start() for mark in marks), len(content)][1:]
    for mark, end in zip(marks, ends, strict=True):
        part = content[mark.end() : end]
        if SILENT in part:
            yield int(mark[2]), _letters(part, fonts)


def _letters(part: bytes, fonts: Mapping[bytes, _Codes]) -> str:
    # The last piece of a line is written first.
    found: list[str] = []
    instead: list[str] = []
    font: _Codes | None = None
    for match in _SHOWN.finditer(part):
        if match["font"] is not None:
            font = fonts.get(match["font"])
        elif match["instead"] is not None:
            instead.append(bytes.fromhex(match["instead"].decode()).decode("utf-16-be"))
        else:
            shown = "" if font is None else _decoded(match["array"], font)
            # What is said in their place may have other signs, but no other letters.
            found += [other for other in instead if _alone(other) != _alone(shown)] or [shown]
            instead = []
    return "".join(reversed(found))


def _decoded(array: bytes, font: _Codes) -> str:
    codes = b"".join(string[1] for string in _STRING.finditer(array)).decode()
    return "".join(font.get(int(codes[at : at + 4], 16), "") for at in range(0, len(codes), 4))


def _alone(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _words(text: str, *, is_seen: bool) -> list[str]:
    """Runs of letters in one direction, each as it is read; sorted if some of the text may run from the right.

    A range in digits of Arabic script does, though each of its numbers does not.
    """
    signs = [sign for sign in text if unicodedata.category(sign) != "Cf"]
    runs = [(way, "".join(run)) for way, run in groupby(signs, key=_way) if way]
    words = [run[::-1] if is_seen and way == "R" else run for way, run in runs]
    return sorted(words) if any(way != "L" for way, _ in runs) else words


def _way(sign: str) -> str:
    """The direction of a letter, a mark or a digit (UAX 9): L, R, or AN for a digit of Arabic script; else empty."""
    if unicodedata.category(sign)[0] not in "LMN":
        return ""
    way = unicodedata.bidirectional(sign)
    is_from_right = way in _FROM_RIGHT or (way == "NSM" and RIGHT_TO_LEFT.match(sign))
    return "R" if is_from_right else way if way == _ARABIC_DIGITS else "L"
