"""Computes lines that flow past obstacles, as points of a curve; all numbers are in points.

Potential flow past a cylinder (the stream function y(1 − r²/(x²+y²)) is constant along a line), so that the
lines bend truly at any size and are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

Point = tuple[float, float]
_STEP: Final = 3.0
_HALVINGS: Final = 40


@dataclass(frozen=True, slots=True)
class Seal:
    """A round thing that the lines bend under: where along the band, how far its centre is lifted, its radius."""

    along: float
    lift: float
    radius: float


@dataclass(frozen=True, slots=True)
class Leak:
    """A gap that the lines rise towards: where along the band, and by how much."""

    along: float
    rise: float


def streamline_depth(depth: float, seal: Seal, along: float) -> float:
    """How deep the line is at `along` that is at `depth` far away from the seal's centre."""
    low, high = depth, depth + 2 * seal.radius + 1
    for _ in range(_HALVINGS):
        y = (low + high) / 2
        if y * (1 - seal.radius**2 / ((along - seal.along) ** 2 + y * y)) < depth:
            low = y
        else:
            high = y
    return high


def band_line(
    depth: float, first: float, length: float, seals: Sequence[Seal] = (), leaks: Sequence[Leak] = ()
) -> list[Point]:
    """One line of a band that begins at depth `first`; leaks move the outer lines most."""
    points: list[Point] = []
    for step in range(int(length / _STEP) + 1):
        x = step * _STEP
        y = depth
        for seal in seals:
            y += streamline_depth(depth + seal.lift, seal, x) - seal.lift - depth
        for leak in leaks:
            y -= leak.rise * exp(-(((x - leak.along) / 14) ** 2)) * exp(-(depth - first) / 7)
        points.append((x, y))
    return points


def vessel_lines(
    depths: Sequence[float], length: float, part: Point, shifts: Point, seal: Seal | None = None
) -> list[list[Point]]:
    """The lines of a vessel that parts in two from `part[0]` over `part[1]`, the inner wall of the fork last.

    Depths are signed distances from the middle; the upper half moves by `shifts[0]`, the lower by `shifts[1]`.
    """

    def moved(x: float, y: float, shift: float) -> Point:
        return x, y + shift * _smooth((x - part[0]) / part[1])

    def middle(depth: float, x: float) -> float:
        if seal is None:
            return depth
        return streamline_depth(abs(depth), seal, x) * (1 if depth > 0 else -1)

    steps = [step * _STEP for step in range(int(length / _STEP) + 1)]
    lines = [[moved(x, middle(d, x), shifts[0] if d < 0 else shifts[1]) for x in steps] for d in depths]
    half = depths[len(depths) // 2] - 1
    fine = [part[0] + 2 * step for step in range(int((length - part[0]) / 2) + 1)]
    upper = [moved(x, half, shifts[0]) for x in fine]
    lower = [moved(x, -half, shifts[1]) for x in fine]
    apart = next(i for i, (u, v) in enumerate(zip(upper, lower, strict=True)) if v[1] > u[1])
    return [*lines, upper[: apart - 1 : -1] + lower[apart:]]


def _smooth(share: float) -> float:
    t = min(1.0, max(0.0, share))
    return t * t * (3 - 2 * t)
