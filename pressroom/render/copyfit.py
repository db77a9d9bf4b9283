"""Copyfit: finds the largest type size of each group of frames at which their text fits.

Pure functions: `Measure` gives the height of every frame at given sizes; no page is seen here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

_STEP: Final = 0.1
# The kinds of sizes by the names of their custom properties.
KINDS: Final = ("fs", "gap", "slot", "drop", "para", "section", "window", "heading")
# Tolerance for sizes that were calculated: 16.4 less 0.1 is not exactly 16.3.
_HAIR: Final = 0.005
# The share of what gaps between paragraphs may grow that they have before text grows beyond its usual size.
_COMFORT: Final = 0.5
# The same of gaps in a list, before its text grows beyond its smallest size.
COMFORT_IN_LISTS: Final = 0.15


@dataclass(frozen=True, slots=True)
class AvailableSpace:
    """A frame's height (pt), group and number of gaps between list items; a `middle` text is centred in the height.

    `kept` is how much of the height is kept free for what fills the frame, and `ample` how much more while text is
    larger than usual; gaps of a frame that `widens` may grow.
    """

    name: str
    group: str
    height: float
    gaps: int = 0
    middle: bool = False
    kept: float = 0.0
    widens: bool = False
    ample: float = 0.0


@dataclass(frozen=True, slots=True)
class Range:
    """The sizes a group may take, in points: the smallest, the usual one, and a `ceiling` for where there is room.

    `gap`, `widen` and `heading` as in `FitGroup`, in em.
    """

    name: str
    floor: float
    preferred: float
    gap: tuple[float, float] | None = None
    ceiling: float = 0.0
    widen: tuple[float, float] | None = None
    heading: tuple[float, float] | None = None

    @property
    def largest(self) -> float:
        """The ceiling, or the usual size of a group that has none."""
        return max(self.preferred, self.ceiling)

    @property
    def steps(self) -> int:
        """The number of steps of a tenth of a point between the floor and the largest size."""
        return max(0, round((self.largest - self.floor) / _STEP))

    def at(self, steps: int) -> float:
        """The size this many steps above the floor."""
        return round(self.floor + steps * _STEP, 1)

    def up_to(self, size: float) -> Range:
        """The same range up to this size; the floor always stays in it."""
        held = next((steps for steps in range(self.steps, 0, -1) if self.at(steps) <= size + _HAIR), 0)
        largest = self.floor + held * _STEP
        return replace(self, preferred=min(self.preferred, largest), ceiling=largest)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes by group (pt), gaps between list items by frame (em), heights of slots by kind (pt), leadings (em).

    `heading` are sizes of headings in slots by group (em). By frame, in points: `drop` is how far below the top of its
    frame centred text begins, which is not part of the text; `para` and `section` are how much gaps between paragraphs
    and between sections are widened, `window` how tall what fills it is. `own_slots` are the heights of slots that are
    not as tall as the tallest of their kind.
    """

    body: dict[str, float]
    gap: dict[str, float] = field(default_factory=dict)
    slot: dict[str, float] = field(default_factory=dict)
    leading: dict[str, float] = field(default_factory=dict)
    drop: dict[str, float] = field(default_factory=dict)
    heading: dict[str, float] = field(default_factory=dict)
    para: dict[str, float] = field(default_factory=dict)
    section: dict[str, float] = field(default_factory=dict)
    window: dict[str, float] = field(default_factory=dict)
    own_slots: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, str]:
        """By name and without units: `fs-NAME`, `gap-NAME`, `slot-NAME` and so on; leadings by their name."""
        tables = {"fs": self.body, "gap": self.gap, "slot": self.slot, "drop": self.drop, "heading": self.heading}
        tables |= {"para": self.para, "section": self.section, "window": self.window}
        sizes = {
            f"{kind}-{name}": f"{value:.4g}" for kind, table in tables.items() for name, value in sorted(table.items())
        }
        return sizes | {name: f"{em:.4g}" for name, em in sorted(self.leading.items())}

    @property
    def of_text(self) -> Sizes:
        """What text is measured at: without the heights that follow from its own."""
        return replace(self, slot={}, drop={}, window={}, own_slots={})

    @property
    def across(self) -> Sizes:
        """What the ends of lines depend on: no gap between blocks changes them."""
        return replace(self.of_text, para={}, section={})

    def of_frames(self, belongs: Callable[[str], bool]) -> Sizes:
        """The sizes without what belongs to other frames."""
        tables = ("gap", "drop", "para", "section", "window", "own_slots")
        kept = {
            table: {name: value for name, value in getattr(self, table).items() if belongs(name)} for table in tables
        }
        return replace(self, **kept)

    def css(self) -> str:
        """As custom properties, `--NAME`; a frame's own slots as its own properties."""
        rules = [f":root {{ {'; '.join(f'--{name}: {value}' for name, value in self.values.items())} }}\n"]
        for frame, slots in sorted(self.own_slots.items()):
            own = "; ".join(f"--slot-{kind}: {height:.4g}" for kind, height in sorted(slots.items()))
            rules.append(f".frame-{frame} {{ {own} }}\n")
        return "".join(rules)


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


def fit(spaces: Sequence[AvailableSpace], ranges: Sequence[Range], measure: Measure, *, aligned: bool = True) -> Fitted:
    """The largest size of each group, in tenths of a point, at which all its frames hold their text.

    Slots are as tall as the tallest of their kind, or, if they are not `aligned`, each as tall as what is in it.
    """
    # All groups are searched at once: one layout measures all frames, which do not depend on each other.
    low = {r.name: 0 for r in ranges}
    high = {r.name: r.steps for r in ranges}
    best: dict[str, int] = {}
    trial = dict(high)
    while True:
        heights = measure(_sizes(spaces, ranges, trial))
        grown = {r.name for r in ranges if r.at(trial[r.name]) > r.preferred + _HAIR}
        asked = (replace(s, kept=s.kept + s.ample) if s.ample and s.group in grown else s for s in spaces)
        full = {space.group for space in asked if over(space, heights, aligned) > 0}
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
    runs_over = {space.name: over(space, heights, aligned) for space in spaces}
    sizes = _finished(spaces, ranges, settled, heights, aligned)
    return Fitted(sizes, {name: points for name, points in runs_over.items() if points > 0})


def _sizes(spaces: Sequence[AvailableSpace], ranges: Sequence[Range], steps: Mapping[str, int]) -> Sizes:
    """The sizes at these steps above each floor, with the smallest gaps.

    Text that grows beyond its usual size leaves room for comfortable gaps between its paragraphs. A list that is above
    its floor leaves it between its items.
    """
    body = {r.name: r.at(steps[r.name]) for r in ranges}
    least = {r.name: r.gap[0] + (r.gap[1] - r.gap[0]) * COMFORT_IN_LISTS * bool(steps[r.name]) for r in ranges if r.gap}
    gaps = {space.name: least[space.group] for space in spaces if space.group in least}
    grown = {r.name: r.widen[0] * _COMFORT * body[r.name] for r in ranges if r.widen and body[r.name] > r.preferred}
    paras = {space.name: grown[space.group] for space in spaces if space.widens and space.group in grown}
    return Sizes(body, gaps, para=paras)


def _tallest(heights: Mapping[str, TextHeight]) -> dict[str, float]:
    tallest: dict[str, float] = {}
    for text in heights.values():
        for kind, height in text.slots.items():
            tallest[kind] = max(height, tallest.get(kind, 0.0))
    return tallest


def _needed(space: AvailableSpace, heights: Mapping[str, TextHeight], aligned: bool) -> float:
    """The height of a frame's text with its slots, and of what is kept free below it."""
    text = heights[space.name]
    slots = _tallest(heights) if aligned else text.slots
    return text.height + sum(slots[kind] for kind in text.slots) + space.kept


def over(space: AvailableSpace, heights: Mapping[str, TextHeight], aligned: bool = True) -> float:
    """How far the text runs over, in points; half a twip is not an error."""
    points = -spare(space, heights, aligned)
    return points if points > 0.025 else 0.0


def spare(space: AvailableSpace, heights: Mapping[str, TextHeight], aligned: bool = True) -> float:
    """The height that the text of a frame, and what is kept free, leave; below zero if the text runs over."""
    return space.height - _needed(space, heights, aligned)


def _finished(
    spaces: Sequence[AvailableSpace],
    ranges: Sequence[Range],
    steps: Mapping[str, int],
    heights: Mapping[str, TextHeight],
    aligned: bool,
) -> Sizes:
    """The sizes; the height left over in a frame widens the gaps between its list items, or is put above its text."""
    sizes = _sizes(spaces, ranges, steps)
    most = {r.name: r.gap[1] for r in ranges if r.gap}
    left = {space.name: max(0.0, spare(space, heights, aligned)) for space in spaces}
    gaps = dict(sizes.gap)
    for space in spaces:
        if space.name in gaps and space.gaps:
            more = left[space.name] / space.gaps
            gaps[space.name] = min(most[space.group], gaps[space.name] + more / sizes.body[space.group])
    drops = {space.name: left[space.name] / 2 for space in spaces if space.middle}
    own = {} if aligned else {space.name: heights[space.name].slots for space in spaces if heights[space.name].slots}
    return Sizes(sizes.body, gaps, _tallest(heights), drop=drops, para=sizes.para, own_slots=own)
