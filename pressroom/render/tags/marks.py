"""Marked content in a page: the bytes the hook made WeasyPrint draw go in, what was told and clean bytes come out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# As pydyf writes a property list that begins with a number; the hook's values are hexadecimal and hold no bracket.
MARK: Final = re.compile(rb"/(\w+)\s+<<\s*/MCID (\d+)((?:\s*/\w+ (?:<[0-9A-F]*>|true))*)\s*>>\s+BDC")
_PROPERTY: Final = re.compile(rb"/(\w+) (?:<FEFF([0-9A-F]*)>|true)")
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Mark:
    """What the hook told of one piece of marked content.

    `line` tells lines of one page apart, `label` a list's number or bullet, `decoration` what no reader speaks.
    """

    lang: str = ""
    text: str = ""
    line: str = ""
    label: bool = False
    decoration: bool = False

    @property
    def right_to_left(self) -> bool:
        """True where the text must be told by a tag: readers turn glyphs and an ActualText among them around."""
        return bool(_RIGHT_TO_LEFT.search(self.text))


def read_marks(content: bytes) -> dict[int, Mark]:
    """The marks of a page by MCID."""
    return {int(match[2]): _mark(match[3]) for match in MARK.finditer(content)}


def clean_marks(content: bytes, marks: Mapping[int, Mark]) -> bytes:
    """The page's content with nothing but what PDF knows in its marks; those not in `marks` become artifacts.

    ActualText stays in the content for text that runs left to right, because that is where text extraction looks
    for it, and only where the glyphs may not tell: beyond ASCII, and where a space ended a line.
    """

    def rewrite(match: re.Match[bytes]) -> bytes:
        mark = marks.get(int(match[2]))
        if mark is None:
            return b"/Artifact BMC"
        told = not mark.right_to_left and (not mark.text.isascii() or mark.text.endswith(" "))
        actual = b"/ActualText <FEFF%b>" % mark.text.encode("utf-16-be").hex().encode() if told else b""
        return b"/%b <</MCID %b%b>> BDC" % (match[1], match[2], actual)

    return MARK.sub(rewrite, content)


def _mark(properties: bytes) -> Mark:
    told = {m[1].decode(): bytes.fromhex((m[2] or b"").decode()) for m in _PROPERTY.finditer(properties)}
    lang, text, line = (told.get(name, b"").decode("utf-16-be") for name in ("Lang", "Text", "Line"))
    return Mark(lang, text, line, "Label" in told, "Decoration" in told)
