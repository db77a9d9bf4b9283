"""Copyfit: finds the largest type size of each group of frames at which their text fits.

Pure functions: `Measure` gives the height of every frame at given sizes; no page is seen here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

_STEP: Final = 0.1
# Tolerance for sizes that were calculated: 16.4 less 0.1 is not exactly 16.3.
_HAIR: Final = 0.005


@dataclass(frozen=True, slots=True)
class AvailableSpace:
    """A frame's height (pt), group and number of gaps between list items; a `middle` text is centred in the height."""

    name: str
    group: str
    height: float
    gaps: int = 0
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """The sizes a group may take, in points; `gap` as in `FitGroup`, in em."""

    name: str
    floor: float
    preferred: float
    gap: tuple[float, float] | None = None

    @property
    def steps(self) -> int:
        """The number of steps of a tenth of a point between the floor and the preferred size."""
        return max(0, round((self.preferred - self.floor) / _STEP))

    def at(self, steps: int) -> float:
        """The size this many steps above the floor."""
        return round(self.floor + steps * _STEP, 1)

    def up_to(self, size: float) -> Range:
        """The same range up to this size; the floor always stays in it."""
        held = next((steps for steps in range(self.steps, 0, -1) if self.at(steps) <= size + _HAIR), 0)
        return replace(self, preferred=self.floor + held * _STEP)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes by group (pt), gaps between list items by frame (em), heights of slots by kind (pt), leadings (em)."""

    body: dict[str, float]
    gap: dict[str, float] = field(default_factory=dict)
    slot: dict[str, float] = field(default_factory=dict)
    leading: dict[str, float] = field(default_factory=dict)
    # How far below the top of its frame centred text begins (pt): it is not part of the text.
    drop: dict[str, float] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, str]:
        """By name and without units: `fs-NAME`, `gap-NAME`, `slot-NAME`, `drop-NAME`; leadings by their name."""
        tables = [("fs", self.body), ("gap", self.gap), ("slot", self.slot), ("drop", self.drop)]
        sizes = {f"{kind}-{name}": f"{value:.4g}" for kind, table in tables for name, value in sorted(table.items())}
        return sizes | {name: f"{em:.4g}" for name, em in sorted(self.leading.items())}

    def css(self) -> str:
        """As custom properties, `--NAME`."""
        return f":root {{ {'; '.join(f'--{name}: {value}' for name, value in self.values.items())} }}\n"


@dataclass(frozen=True, slots=True)
class TextHeight:
    """The height of a frame's text with empty slots, and of its slots by kind; in points."""

    height: float
    slots: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fitted:
    """The sizes to set, and by how many points each frame is overset even at its floor."""

    sizes: Sizes
    overset: dict[str, float]


Measure = Callable[[Sizes], Mapping[str, TextHeight]]


def fit(spaces: Sequence[AvailableSpace], ranges: Sequence[Range], measure: Measure) -> Fitted:
    """The largest size of each group, in tenths of a point, at which all its frames hold their text."""
    # All groups are searched at once: one layout measures all frames, which do not depend on each other.
    low = {r.name: 0 for r in ranges}
    high = {r.name: r.steps for r in ranges}
    best: dict[str, int] = {}
    trial = dict(high)
    while True:
        heights = measure(_sizes(spaces, ranges, trial))
        full = {space.group for space in spaces if _over(space, heights) > 0}
        for name, steps in trial.items():
            if name in full:
                high[name] = steps - 1
            else:
                best[name] = steps
                low[name] = steps + 1
        if all(low[name] > high[name] for name in trial):
            break
        # A settled group keeps its size; the others halve what is left.
        trial = {n: (low[n] + high[n] + 1) // 2 if low[n] <= high[n] else best.get(n, 0) for n in trial}
    settled = {name: best.get(name, 0) for name in trial}
    if settled != trial:
        heights = measure(_sizes(spaces, ranges, settled))
    overset = {space.name: _over(space, heights) for space in spaces if _over(space, heights) > 0}
    return Fitted(_finished(spaces, ranges, settled, heights), overset)


def _sizes(spaces: Sequence[AvailableSpace], ranges: Sequence[Range], steps: Mapping[str, int]) -> Sizes:
    """The sizes at these steps above each floor, with the smallest gaps."""
    by_name = {r.name: r for r in ranges}
    body = {r.name: r.at(steps[r.name]) for r in ranges}
    gaps = {space.name: by_name[space.group].gap for space in spaces}
    return Sizes(body, {name: gap[0] for name, gap in gaps.items() if gap})


def _tallest(heights: Mapping[str, TextHeight]) -> dict[str, float]:
    tallest: dict[str, float] = {}
    for text in heights.values():
        for kind, height in text.slots.items():
            tallest[kind] = max(height, tallest.get(kind, 0.0))
    return tallest


def _needed(space: AvailableSpace, heights: Mapping[str, TextHeight]) -> float:
    """The height of a frame's text with each of its slots as tall as the tallest of its kind."""
    tallest, text = _tallest(heights), heights[space.name]
    return text.height + sum(tallest[kind] for kind in text.slots)


def _over(space: AvailableSpace, heights: Mapping[str, TextHeight]) -> float:
    """How far the text runs over; half a twip is not an error."""
    over = _needed(space, heights) - space.height
    return over if over > 0.025 else 0.0


def _finished(
    spaces: Sequence[AvailableSpace],
    ranges: Sequence[Range],
    steps: Mapping[str, int],
    heights: Mapping[str, TextHeight],
) -> Sizes:
    """The sizes; the height left over in a frame widens the gaps between its list items, or is put above its text."""
    sizes = _sizes(spaces, ranges, steps)
    most = {r.name: r.gap[1] for r in ranges if r.gap}
    spare = {space.name: max(0.0, space.height - _needed(space, heights)) for space in spaces}
    gaps = dict(sizes.gap)
    for space in spaces:
        if space.name in gaps and space.gaps:
            more = spare[space.name] / space.gaps
            gaps[space.name] = min(most[space.group], gaps[space.name] + more / sizes.body[space.group])
    drops = {space.name: spare[space.name] / 2 for space in spaces if space.middle}
    return Sizes(sizes.body, gaps, _tallest(heights), drop=drops)
