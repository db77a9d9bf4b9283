"""Caches what all clinics' pieces share: heights of frames, composed paragraphs, and the base that is drawn once.

A frame with the same words at the same sizes in one layout has the same height for every clinic. Copyfit tries many
sizes, and lays a frame out again only if a size that the frame may use has changed. A rule applies to a frame unless it
needs a class that nothing in the frame or around it has; in doubt a frame uses every size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from pressroom.compose import Composition, SharedFrames
from pressroom.drawing.joined import DrawnBase
from pressroom.fingerprint import content_hash, fingerprint
from pressroom.plain_style import without_comments
from pressroom.render.copyfit import KINDS, Sizes, TextHeight
from pressroom.render.illustrations import PlacedLabels
from pressroom.render.line_ends import Composed
from pressroom.render.places import Places
from pressroom.render.tags import Base
from pressroom.render.twins import Twin

# A rule without a rule inside; at-rules around it are ignored.
_RULE: Final = re.compile(r"([^{}]*)\{([^{}]*)\}")
_KINDS: Final = f"(?:{'|'.join(KINDS)})"
_SIZE: Final = re.compile(rf"var\(\s*--({_KINDS}-[\w-]+)")
_ANY: Final = re.compile(rf"--{_KINDS}-")
# A size that is used; where one is set, its value is counted.
_MENTION: Final = re.compile(rf"--{_KINDS}-(?![\w-]*\s*:)")
_CLASS: Final = re.compile(r"\.([\w-]+)")
_FUNCTION: Final = re.compile(r":[\w-]+\([^()]*\)|\[[^\]]*\]")
_CLASSES: Final = re.compile(r'class="([^"]*)"')
# Whether such a selector matches can depend on elements that are neither in the frame nor around it.
_BESIDE: Final = re.compile(r"[+~\\()&]")


@dataclass(frozen=True, slots=True)
class Overrun:
    """How far a word runs over the width of its line, and that width; in points."""

    over: float = 0.0
    room: float = 0.0


@dataclass(frozen=True, slots=True)
class Room:
    """The width of a text's column, and how far a word in it runs out of that, in CSS pixels."""

    column: float
    over: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What one layout says of a frame: its height, how far a word runs over, and where lines had better end."""

    height: TextHeight
    overrun: Overrun
    composed: tuple[Composed, ...]


@dataclass(frozen=True, slots=True)
class SharedBase:
    """What is drawn once for all clinics, with each page's bookmarks by child of its sheet, and anchors.

    `places` are the marks and codes in it, which no signature covers. `seen` is what was found when files with it were
    checked whole.
    """

    base: Base
    bookmarks: tuple[tuple[tuple[Any, ...], ...], ...]
    anchors: tuple[dict[str, Any], ...]
    places: Places
    seen: SeenBase = field(default_factory=lambda: SeenBase())


@dataclass(slots=True)
class SeenBase:
    """What a base paints, if an imprint can be read by itself, and the shapes of imprints that were checked whole.

    `is_read` is True once that was tried.
    """

    drawn: DrawnBase | None = None
    shapes: set[str] = field(default_factory=set)
    is_read: bool = False


@dataclass(slots=True)
class RenderCache:
    """What pieces share.

    Heights, overruns, composed paragraphs and rooms of texts that were calculated, and what was `measured` in layouts,
    by cache key; bases and labels by hash; drawings by layout; frames by all that they are written from; compiled
    templates (`Compiled`). `twins` say how pieces were set, by what they have in common; None where no other clinic's
    piece follows.
    """

    heights: dict[str, TextHeight] = field(default_factory=dict)
    sideways: dict[str, Overrun] = field(default_factory=dict)
    rooms: dict[str, dict[int, Room]] = field(default_factory=dict)
    measured: dict[str, Measured] = field(default_factory=dict)
    composed: dict[str, tuple[Composed, ...]] = field(default_factory=dict)
    bases: dict[str, SharedBase | None] = field(default_factory=dict)
    drawings: dict[str, dict[str, str]] = field(default_factory=dict)
    labels: dict[str, PlacedLabels] = field(default_factory=dict)
    frames: dict[str, SharedFrames] = field(default_factory=dict)
    templates: dict[str, bytes] = field(default_factory=dict)
    twins: dict[str, Twin] | None = None


@dataclass(frozen=True, slots=True)
class CacheKey:
    """A fingerprint of each frame's content, and the sizes that may reach the frame."""

    marks: dict[str, str]
    reach: dict[str, frozenset[str]]

    def of(self, frames: Iterable[str], sizes: Sizes) -> dict[str, str]:
        """The key of each of these frames at these sizes: the same for two frames that are laid out alike."""
        values, found = sizes.values, dict[str, str]()
        for frame in frames:
            reach = self.reach.get(frame, values.keys()) | sizes.leading.keys()
            used = (f"{name}={value}" for name, value in values.items() if name in reach)
            found[frame] = f"{self.marks[frame]} {' '.join(used)}"
        return found


def frame_cache_key(composition: Composition, layout: str) -> CacheKey:
    """The cache keys of a composition's frames, in one layout."""
    # The classes of what is around a frame may change its style. A proof's marks are hidden while text is measured.
    around = composition.written(lambda part: "absent" if part.frame or part.mark else "whole", head=None)
    html = {part.frame: f'<div {part.attributes}>{part.html}<div class="end">' for part in composition.parts}
    # Two clinics, or two days, may have another logo at one address.
    pictures = {address: content_hash(data) for address, data in composition.assets.items()}
    shown = {name: [mark for address, mark in pictures.items() if address in text] for name, text in html.items()}
    marks = {name: f"{layout} {name} {fingerprint(around, text, *shown[name])}" for name, text in html.items()}
    return CacheKey(marks, reaching(html, around, (sheet.text for sheet in composition.stylesheets)))


# A property, and the classes that the selector which uses it needs; without classes it may match anything.
_Use = tuple[str, frozenset[str]]


def reaching(frames: Mapping[str, str], around: str, stylesheets: Iterable[str]) -> dict[str, frozenset[str]]:
    """The sizes, as `fs-reading`, that each frame's HTML may use; a frame that may use any of them is left out."""
    uses = [_uses(text) for text in stylesheets]
    if None in uses or _ANY.search(around):
        return {}
    outside = _classes_in(around)
    reached: dict[str, frozenset[str]] = {}
    for name, html in frames.items():
        present = outside | _classes_in(html)
        if not _ANY.search(html):
            reached[name] = frozenset(size for sheet in uses for size, classes in sheet or () if classes <= present)
    return reached


def _classes_in(html: str) -> frozenset[str]:
    return frozenset(name for match in _CLASSES.finditer(html) for name in match[1].split())


@cache
def _uses(text: str) -> tuple[_Use, ...] | None:
    """Every use of a size in a stylesheet; None if one is outside the rules that can be read here."""
    plain = without_comments(text)
    # A property may be mentioned without var(): each mention must be a use.
    mentions = len(_MENTION.findall(plain))
    uses: list[_Use] = []
    for match in _RULE.finditer(plain):
        names = _SIZE.findall(match[2])
        mentions -= len(names)
        # Text before a semicolon belongs to the rule around, or is an at-rule without a block.
        selectors = match[1].rpartition(";")[2].split(",")
        uses += [(name, _needed_classes(selector)) for name in names for selector in selectors]
    return None if mentions else tuple(uses)


def _needed_classes(selector: str) -> frozenset[str]:
    """The classes without which a selector matches nothing in a frame or around it."""
    plain = _FUNCTION.sub("", selector)
    return frozenset() if _BESIDE.search(plain) else frozenset(_CLASS.findall(plain))
