"""What was measured once: a frame with the same words at the same sizes in one layout is as tall for every clinic.

A document in a locale is fitted for forty clinics, and only the imprint differs: what the first piece measured is
given to the others, which lay out what is their own. They find the sizes they would have found alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pressroom.compose import Composition
from pressroom.render.copyfit import Sizes
from pressroom.render.css_dependencies import reaching
from pressroom.render.frame_boxes import Stand
from pressroom.render.html_frames import FRAME, PROOF, frames_of
from pressroom.render.runts import Runt
from pressroom.render.tags import Base

_FRAME: Final = re.compile(FRAME, re.DOTALL)
_HEAD: Final = re.compile(r"<head>.*?</head>", re.DOTALL)
# A proof's marks are hidden when text is measured, and would only cost.
_PROOF: Final = re.compile(PROOF, re.DOTALL)


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

    `neutral` are frames by what they are of, `bases` what is drawn for all clinics, by a hash of what it is drawn from,
    `drawings` those of each layout's pages.
    """

    heights: dict[str, Measured] = field(default_factory=dict)
    sideways: dict[str, Wide] = field(default_factory=dict)
    runts: dict[str, tuple[Runt, ...]] = field(default_factory=dict)
    neutral: dict[str, dict[str, str]] = field(default_factory=dict)
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
    whole = hashlib.sha256(composition.html.encode()).hexdigest()
    # A frame that a template wrote in a way of its own is known again only where the whole page is the same.
    marks = {frame.name: f"{layout} {frame.name} {whole}" for frame in composition.frames}
    html = frames_of(composition)
    around = _FRAME.sub("", composition.html)
    # What a frame stands in may tell by its class how it is set; the head tells whose it is, and sets nothing.
    body = _PROOF.sub("", _HEAD.sub("", around))
    told = {name: hashlib.sha256(f"{body}\x00{said}".encode()).hexdigest() for name, said in html.items()}
    marks |= {name: f"{layout} {name} {mark}" for name, mark in told.items()}
    return CacheKey(marks, reaching(html, around, (sheet.text for sheet in composition.stylesheets)))


def only(composition: Composition, frames: Collection[str]) -> Composition:
    """The composition with these frames and no others, a proof's marks emptied: to be measured, not to be printed."""

    def kept(match: re.Match[str]) -> str:
        # An empty one in its place, for styles that count or look beside.
        unseen = f'{match[0][: match[0].index(">")]} style="visibility: hidden"></div>'
        return match[0] if match["frame"] in frames else unseen

    html = _FRAME.sub(kept, composition.html)
    return replace(composition, html=_PROOF.sub(r"\g<proof></div>", html))
