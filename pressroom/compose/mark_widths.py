"""Finds the full-width punctuation marks of Chinese and Japanese that lose their blank half.

The rules are those of JLREQ (3.1.2 to 3.1.4, "Requirements for Japanese Text Layout"), CLREQ ("Requirements for Chinese
Text Layout", on the adjustment of punctuation width) and CSS Text 4 (`text-spacing-trim`): of neighbouring marks one
gives up the blank between them, and so does an opening mark at the start of a line and a closing one at its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from pressroom.language import Language

# `half` is set half as wide; a `mark` becomes so where a line begins or ends with it (render.line_ends).
MarkClass = Literal["half", "mark"]
_OPENING: Final = "（〔［｛〈《「『【〖"
_CLOSING: Final = "）〕］｝〉》」』】〗"
_STOPS: Final = "、。，．"
_OTHERS: Final = "・：；！？"
# The quotation marks that are as wide as an ideograph, in the fonts of these scripts.
_QUOTES: Final[Mapping[str, tuple[str, str]]] = {"Hans": ("“‘", "”’"), "Hant": ("“‘", "”’"), "Jpan": ("", "")}
# Traditional Chinese has its stops in the middle of their square: they have no blank half.
_MIDDLE_STOPS: Final = frozenset({"Hant"})


def mark_classes(text: str, language: Language) -> dict[int, MarkClass]:
    """The marks of a text that are narrower than an ideograph, or may be, by offset."""
    if language.script not in _QUOTES:
        return {}
    opening, closing = (a + b for a, b in zip((_OPENING, _CLOSING), _QUOTES[language.script], strict=True))
    trimmed = closing if language.script in _MIDDLE_STOPS else closing + _STOPS
    followed = opening + closing + _STOPS + _OTHERS
    found: dict[int, MarkClass] = {}
    for at, sign in enumerate(text):
        before, after = text[at - 1] if at else "\n", text[at + 1 : at + 2]
        if sign in opening:
            found[at] = "half" if before == "\n" or before in opening + _OTHERS[:3] else "mark"
        elif sign in trimmed:
            found[at] = "half" if after and after in followed else "mark"
    return found
