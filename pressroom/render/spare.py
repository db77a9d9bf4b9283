"""Gives the height that text leaves to gaps between paragraphs and sections, and the rest to what fills a frame.

Pure functions of measured heights. What one more point does to a frame is measured too: how many gaps it has, and what
its style makes of them, is known only to the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Final, NamedTuple

from pressroom.compose import Filler
from pressroom.render.copyfit import AvailableSpace, Measure, Range, Sizes, spare

# The share of the height left over that gaps may have before a window has the rest.
_MODEST: Final = 0.25
# Gaps that grow by less, in points, stay as they are, and with them the lines of all panels on one grid.
_LEAST: Final = 0.5
# A frame whose height grows by less than this for a point has no such gap.
_NONE: Final = 0.05
# How far gaps between sections grow in the same measurement: a frame has fewer than 50 between paragraphs.
_FAR: Final = 200.0


@dataclass(frozen=True, slots=True)
class Elastic:
    """A frame's height, the `spread` whose gaps are alike (none if its gaps stay), and what fills it."""

    space: AvailableSpace
    spread: str
    filler: Filler | None = None

    def share(self, left: float, gaps: float) -> float:
        """How much of the height left over so many gaps may have: a quarter, and what the filler can't take.

        A spring is white, as gaps are: it is one of them.
        """
        if self.filler and self.filler.kind == "spring":
            return max(0.0, left * gaps / (gaps + self.filler.count))
        return max(0.0, left * _MODEST, left - self.takes) if self.filler else max(0.0, left)

    @property
    def takes(self) -> float:
        """By how much what fills the frame may grow, in points."""
        if self.filler is None:
            return 0.0
        rows = self.filler.most * self.filler.row - self.filler.least
        return rows * self.filler.count if self.filler.kind == "rows" else inf


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
    measured = page.left(page.sizes)
    gaps = _gaps(page, measured)
    # Text was measured with comfortable gaps, where it grew.
    left = {name: more + page.sizes.para.get(name, 0.0) * gaps[name].paragraphs for name, more in measured.items()}
    paras = _paras(page, left, gaps)
    after = {name: points - paras.get(name, 0.0) * gaps[name].paragraphs for name, points in left.items()}
    sections = _sections(page, after, gaps)
    if not paras and not sections:
        return replace(page.sizes, para={})
    # The page has the last word: a style may make more of a gap than was measured.
    final = page.left(replace(page.sizes, para=paras, section=sections))
    full = {f.spread for f in page.frames if final[f.space.name] < -_NONE <= left[f.space.name]}
    kept = {frame.space.name for frame in page.frames if frame.spread not in full}
    paras, sections = ({name: more for name, more in table.items() if name in kept} for table in (paras, sections))
    return replace(page.sizes, para=paras, section=sections)


class _Gaps(NamedTuple):
    """What a point more makes of a frame's height, in points: in gaps between paragraphs, and between sections."""

    paragraphs: float
    sections: float


def _gaps(page: _Page, left: Mapping[str, float]) -> dict[str, _Gaps]:
    """The gaps of each frame, from one measurement: those between sections grow so much that the two can't be mixed."""
    before = page.sizes.para
    paras = {f.space.name: before.get(f.space.name, 0.0) + 1.0 for f in page.frames if page.most(f, 0)}
    sections = {frame.space.name: _FAR for frame in page.frames if page.most(frame, 1)}
    grown = page.left(replace(page.sizes, para=paras, section=sections))
    gaps: dict[str, _Gaps] = {}
    for name, points in left.items():
        more = points - grown[name]
        # Shares of a quarter: a style may use half a gap above, and half below.
        quarters = int((more + _NONE) / (_FAR / 4)) if name in sections else 0
        gaps[name] = _Gaps(more - quarters * _FAR / 4, quarters / 4)
    return gaps


def _paras(page: _Page, left: Mapping[str, float], gaps: Mapping[str, _Gaps]) -> dict[str, float]:
    """By how many points gaps between paragraphs grow, by frame."""
    having = [f for f in page.frames if page.most(f, 0) and gaps[f.space.name].paragraphs > _NONE]
    limits: dict[str, float] = {}
    for frame in having:
        name = frame.space.name
        among = gaps[name].paragraphs
        limit = min(page.most(frame, 0), frame.share(left[name], among) / among)
        limits[frame.spread] = min(limit, limits.get(frame.spread, limit))
    return {f.space.name: limits[f.spread] for f in having if limits[f.spread] >= _LEAST}


def _sections(page: _Page, left: Mapping[str, float], gaps: Mapping[str, _Gaps]) -> dict[str, float]:
    """By how many points gaps between sections grow, by frame, after those between paragraphs."""
    growth = {
        frame.space.name: min(
            page.most(frame, 1),
            frame.share(left[frame.space.name], gaps[frame.space.name].sections) / gaps[frame.space.name].sections,
        )
        for frame in page.frames
        if page.most(frame, 1) and gaps[frame.space.name].sections > _NONE
    }
    return {name: more for name, more in growth.items() if more >= _LEAST}
