"""What was measured once: a frame with the same words at the same sizes in one layout is as tall for every clinic.

A document in a locale is fitted for forty clinics, and only the imprint differs: what the first piece measured is
given to the others, which lay out what is their own. They find the sizes they would have found alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Final

from pressroom.compose import Composition

# Frames do not nest, and text is escaped: no words can begin or end one.
_FRAME: Final = re.compile(
    r'<div class="frame frame-([a-z0-9-]+) .*?<div class="end" id="end-\1"></div></div>', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A frame's text: its height, slots empty, and its slots by kind; in points."""

    height: float
    slots: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Memo:
    """Heights, and how far text runs out sideways (points), by sizes and then by the frame's mark."""

    heights: dict[str, dict[str, Measured]] = field(default_factory=dict)
    sideways: dict[str, dict[str, float]] = field(default_factory=dict)


def frame_marks(composition: Composition, layout: str) -> dict[str, str]:
    """A mark of each frame that is equal where everything in it is, in one layout."""
    whole = hashlib.sha256(composition.html.encode()).hexdigest()
    # A frame that a template wrote in a way of its own is known again only where the whole page is the same.
    marks = {frame.name: f"{layout} {frame.name} {whole}" for frame in composition.frames}
    for match in _FRAME.finditer(composition.html):
        said = hashlib.sha256(match[0].encode()).hexdigest()
        marks[match[1]] = f"{layout} {match[1]} {said}"
    return marks


def only(composition: Composition, frames: Collection[str]) -> Composition:
    """The composition with these frames and no others."""

    def kept(match: re.Match[str]) -> str:
        return match[0] if match[1] in frames else ""

    return replace(composition, html=_FRAME.sub(kept, composition.html))
