"""Gives the height that text leaves to gaps between paragraphs and sections, and the rest to what fills a frame.

Pure functions of measured heights. What one more point does to a frame is measured too: how many gaps it has, and what
its style makes of them, is known only to the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pressroom.compose import Filler
from pressroom.render.copyfit import AvailableSpace, Measure, Range, Sizes, spare

# The share of the height left over that gaps may have before a window has the rest.
_MODEST: Final = 0.25
# Gaps that grow by less, in points, stay as they are, and with them the lines of all panels on one grid.
_LEAST: Final = 0.5
# A frame whose height grows by less than this for a point has no such gap.
_NONE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Elastic:
    """A frame's height, the `spread` whose gaps are alike (none if its gaps stay), and what fills it."""

    space: AvailableSpace
    spread: str
    filler: Filler | None = None

    def share(self, left: float) -> float:
        """How much of the height left over gaps may have."""
        return max(0.0, left) * (_MODEST if self.filler else 1.0)


@dataclass(frozen=True, slots=True)
class _Page:
    """All that the distribution needs: frames, by how much their gaps may grow (pt), and how they are measured."""

    frames: Sequence[Elastic]
    ranges: Mapping[str, Range]
    sizes: Sizes
    measure: Measure

    def left(self, sizes: Sizes) -> dict[str, float]:
        """What each frame has left at these sizes, below its text and what is kept free."""
        heights, aligned = self.measure(sizes), not sizes.own_slots
        return {frame.space.name: spare(frame.space, heights, aligned) for frame in self.frames}

    def most(self, frame: Elastic, which: int) -> float:
        """The most, in points, that gaps between paragraphs (0) or sections (1) of a frame may grow."""
        widen = self.ranges[frame.space.group].widen if frame.spread else None
        return widen[which] * self.sizes.body[frame.space.group] if widen else 0.0


def spread_out(frames: Sequence[Elastic], ranges: Iterable[Range], sizes: Sizes, measure: Measure) -> Sizes:
    """The sizes with the height that is left over in use.

    Gaps between paragraphs grow alike in all frames of a spread, as far as the fullest lets them; then those between
    sections, in each frame as far as it has room. A frame that has a filler gives gaps a share, and the filler the
    rest. Nothing grows further than `Range.widen` says.
    """
    page = _Page(frames, {one.name: one for one in ranges}, sizes, measure)
    widened = _widened(page) if any(page.most(frame, which) for frame in frames for which in (0, 1)) else sizes
    left = page.left(widened) if any(frame.filler for frame in frames) else {}
    windows = {f.space.name: _height(f.filler, left[f.space.name]) for f in frames if f.filler}
    return replace(widened, window={name: height for name, height in windows.items() if height > 0})


def rows_in(filler: Filler, height: float) -> int:
    """How many rows to write on a filler of this height has."""
    return min(filler.most, int(height / filler.row + 0.001))


def _height(filler: Filler, left: float) -> float:
    """The height of each filler of a frame, whose least heights are already taken off what is left."""
    height = filler.least + max(0.0, left) / filler.count
    return height if filler.kind != "rows" else rows_in(filler, height) * filler.row


def _widened(page: _Page) -> Sizes:
    """The sizes with wider gaps; a frame that then runs over after all keeps its own, and with it its spread."""
    left = page.left(page.sizes)
    paras = _paras(page, left)
    with_paras = replace(page.sizes, para=paras)
    after = page.left(with_paras)
    full = {frame.spread for frame in page.frames if after[frame.space.name] < -_NONE <= left[frame.space.name]}
    if full:
        names = {frame.space.name for frame in page.frames if frame.spread in full}
        with_paras = with_paras.of_frames(lambda name: name not in names)
        after = page.left(with_paras)
    sections = _sections(page, with_paras, after)
    whole = replace(with_paras, section=sections)
    final = page.left(whole)
    kept = {name: more for name, more in sections.items() if final[name] >= -_NONE}
    return replace(whole, section=kept)


def _paras(page: _Page, left: Mapping[str, float]) -> dict[str, float]:
    """By how many points gaps between paragraphs grow, by frame."""
    may = [frame for frame in page.frames if page.most(frame, 0)]
    grown = page.left(replace(page.sizes, para={frame.space.name: 1.0 for frame in may}))
    gaps = {frame.space.name: left[frame.space.name] - grown[frame.space.name] for frame in may}
    having = [frame for frame in may if gaps[frame.space.name] > _NONE]
    limits: dict[str, float] = {}
    for frame in having:
        name = frame.space.name
        limit = min(page.most(frame, 0), frame.share(left[name]) / gaps[name])
        limits[frame.spread] = min(limit, limits.get(frame.spread, limit))
    return {f.space.name: limits[f.spread] for f in having if limits[f.spread] >= _LEAST}


def _sections(page: _Page, sizes: Sizes, left: Mapping[str, float]) -> dict[str, float]:
    """By how many points gaps between sections grow, by frame, after those between paragraphs."""
    may = [frame for frame in page.frames if page.most(frame, 1)]
    grown = page.left(replace(sizes, section={frame.space.name: 1.0 for frame in may}))
    gaps = {frame.space.name: left[frame.space.name] - grown[frame.space.name] for frame in may}
    growth = {
        frame.space.name: min(page.most(frame, 1), frame.share(left[frame.space.name]) / gaps[frame.space.name])
        for frame in may
        if gaps[frame.space.name] > _NONE
    }
    return {name: more for name, more in growth.items() if more >= _LEAST}
