"""Marked content in a page's bytes: reads what the hook wrote, and removes it."""

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
    """What the hook wrote about one piece of marked content.

    `line` differs between the lines of a page, `label` marks a list's number or bullet, `decoration` what no screen
    reader speaks.
    """

    lang: str = ""
    text: str = ""
    line: str = ""
    label: bool = False
    decoration: bool = False

    @property
    def right_to_left(self) -> bool:
        """True if a tag must give the text: readers turn glyphs, and an ActualText among them, around."""
        return bool(_RIGHT_TO_LEFT.search(self.text))


def read_marks(content: bytes) -> dict[int, Mark]:
    """The marks of a page by MCID."""
    return {int(match[2]): _mark(match[3]) for match in MARK.finditer(content)}


def clean_marks(content: bytes, marks: Mapping[int, Mark]) -> bytes:
    """The page's content with only standard properties in its marks; marks not in `marks` become artifacts.

    For text that runs left to right, ActualText stays in the content, where text extraction looks for it, and only
    if the glyphs may not give the text: beyond ASCII, and where a space ended a line.
    """

    def rewrite(match: re.Match[bytes]) -> bytes:
        mark = marks.get(int(match[2]))
        if mark is None:
            return b"/Artifact BMC"
        needed = not mark.right_to_left and (not mark.text.isascii() or mark.text.endswith(" "))
        actual = b"/ActualText <FEFF%b>" % mark.text.encode("utf-16-be").hex().encode() if needed else b""
        return b"/%b <</MCID %b%b>> BDC" % (match[1], match[2], actual)

    return MARK.sub(rewrite, content)


def _mark(properties: bytes) -> Mark:
    values = {m[1].decode(): bytes.fromhex((m[2] or b"").decode()) for m in _PROPERTY.finditer(properties)}
    lang, text, line = (values.get(name, b"").decode("utf-16-be") for name in ("Lang", "Text", "Line"))
    return Mark(lang, text, line, "Label" in values, "Decoration" in values)
