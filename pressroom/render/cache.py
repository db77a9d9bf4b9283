"""Caches what all clinics' pieces share: heights of frames, runts, and the base that is drawn once.

A frame with the same words at the same sizes in one layout is as tall for every clinic. Copyfit tries many sizes, and a
frame is laid out again only if one that it may use has changed. In doubt a frame uses every size: a rule applies to it
unless the rule needs a class that nothing in the frame or around it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from pressroom.compose import Composition
from pressroom.fingerprint import fingerprint
from pressroom.render.copyfit import Sizes
from pressroom.render.page_boxes import Stand
from pressroom.render.runts import Runt
from pressroom.render.tags import Base

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
# A rule without a rule inside; at-rules around it are ignored.
_RULE: Final = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIZE: Final = re.compile(r"var\(\s*--((?:fs|gap|slot|drop)-[\w-]+)")
_ANY: Final = re.compile(r"--(?:fs|gap|slot|drop)-")
_CLASS: Final = re.compile(r"\.([\w-]+)")
_FUNCTION: Final = re.compile(r":[\w-]+\([^()]*\)|\[[^\]]*\]")
_CLASSES: Final = re.compile(r'class="([^"]*)"')
# Whether such a selector matches can depend on elements that are neither in the frame nor around it.
_BESIDE: Final = re.compile(r"[+~\\()&]")


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


@dataclass(frozen=True, slots=True)
class _Use:
    """A use of a property, and the classes its selector needs; no classes: it may match anything."""

    name: str
    classes: frozenset[str]


def reaching(frames: Mapping[str, str], around: str, stylesheets: Iterable[str]) -> dict[str, frozenset[str]]:
    """The properties that each frame may use, as `fs-reading`; a frame that may use any of them is left out.

    `frames` is each frame's HTML by name, `around` is all other HTML.
    """
    uses = [_uses(text) for text in stylesheets]
    if None in uses or _ANY.search(around):
        return {}
    outside = _classes_in(around)
    reached: dict[str, frozenset[str]] = {}
    for name, html in frames.items():
        there = outside | _classes_in(html)
        if not _ANY.search(html):
            reached[name] = frozenset(use.name for some in uses if some for use in some if use.classes <= there)
    return reached


def _classes_in(html: str) -> frozenset[str]:
    return frozenset(name for match in _CLASSES.finditer(html) for name in match[1].split())


@cache
def _uses(text: str) -> tuple[_Use, ...] | None:
    """Every use of a size in a stylesheet; None if one is outside the rules that can be read here."""
    plain = _COMMENT.sub("", text)
    # A property may be mentioned without var(): each mention must be a use.
    mentions = sum(1 for match in _ANY.finditer(plain) if not _is_set(plain, match.end()))
    uses = list(_read(plain))
    return None if mentions != sum(count for _, count in uses) else tuple(use for some, _ in uses for use in some)


def _is_set(text: str, at: int) -> bool:
    """True if a property is set here; its value is counted separately."""
    return bool(re.match(r"[\w-]*\s*:", text[at : at + 80]))


def _read(plain: str) -> Iterator[tuple[list[_Use], int]]:
    for match in _RULE.finditer(plain):
        names = [use[1] for use in _SIZE.finditer(match[2])]
        if names:
            # Text before a semicolon belongs to the rule around, or is an at-rule without a block.
            needed = [_needed_classes(selector) for selector in match[1].rpartition(";")[2].split(",")]
            yield [_Use(name, classes) for name in names for classes in needed], len(names)


def _needed_classes(selector: str) -> frozenset[str]:
    """The classes without which a selector matches nothing in a frame or around it."""
    plain = _FUNCTION.sub("", selector)
    return frozenset() if _BESIDE.search(plain) else frozenset(_CLASS.findall(plain))
