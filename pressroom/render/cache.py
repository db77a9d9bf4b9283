"""What was measured once: a frame with the same words at the same sizes in one layout is as tall for every clinic.

A document in a locale is fitted for forty clinics, and only the imprint differs: what the first piece measured is
given to the others, which lay out what is their own. They find the sizes they would have found alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pressroom.compose import Composition
from pressroom.fingerprint import fingerprint
from pressroom.render.copyfit import Sizes
from pressroom.render.css_dependencies import reaching
from pressroom.render.frame_boxes import Stand
from pressroom.render.runts import Runt
from pressroom.render.tags import Base


@dataclass(frozen=True, slots=True)
class Measured:
    """A frame's text: its height, slots empty, and its slots by kind; in points."""

    height: float
    slots: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wide:
    """How far a word runs out of the room that its line has, and that room; in points."""

    over: float = 0.0
    room: float = 0.0


@dataclass(frozen=True, slots=True)
class Shared:
    """What is drawn for all clinics; of each page the bookmarks of each child of its sheet, anchors, what stands there.

    Bookmarks and anchors are WeasyPrint's.
    """

    base: Base
    bookmarks: tuple[tuple[tuple[Any, ...], ...], ...]
    anchors: tuple[dict[str, Any], ...]
    stands: tuple[tuple[Stand, ...], ...]


@dataclass(slots=True)
class Memo:
    """Heights, how far text runs out sideways, and runts, by the frame's mark and the sizes that reach it.

    `bases` are what is drawn for all clinics, by a hash of what it is drawn from, `drawings` those of each layout's
    pages.
    """

    heights: dict[str, Measured] = field(default_factory=dict)
    sideways: dict[str, Wide] = field(default_factory=dict)
    runts: dict[str, tuple[Runt, ...]] = field(default_factory=dict)
    bases: dict[str, Shared | None] = field(default_factory=dict)
    drawings: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CacheKey:
    """What tells frames apart: of each a mark that is equal where all in it is, and the sizes that may reach it."""

    marks: dict[str, str]
    reach: dict[str, frozenset[str]]

    def of(self, frame: str, sizes: Sizes) -> str:
        """The same for two frames that are laid out alike."""
        wanted = self.reach.get(frame)
        used = (wanted or frozenset()) | set(sizes.leading)
        told = (f"{name}={value}" for name, value in sizes.values.items() if wanted is None or name in used)
        return f"{self.marks[frame]} {' '.join(told)}"


def frame_cache_key(composition: Composition, layout: str) -> CacheKey:
    """The marks of a composition's frames, in one layout."""
    # What a frame is in may decide by its class how it is set. The head sets nothing, and a proof's marks are hidden
    # when text is measured.
    around = composition.written(lambda part: "absent" if part.frame or part.mark else "whole", head=None)
    html = {part.frame: f'<div {part.attributes}>{part.html}<div class="end">' for part in composition.parts}
    marks = {name: f"{layout} {name} {fingerprint(around, text)}" for name, text in html.items()}
    return CacheKey(marks, reaching(html, around, (sheet.text for sheet in composition.stylesheets)))
