"""What four inks look like on paper, and which inks look like a colour: Neugebauer's model after Yule and Nielsen.

The facts are in press.toml. A print shop's own profile knows better (`postpress/profile_inks.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import product
from math import prod
from typing import Final

from pressroom.data_files import data_table
from pressroom.layout.colours import Lab, Rgb, lab_difference, lab_of, lab_of_xyz, rgb_of_xyz, xyz_of_lab

Inks = tuple[float, float, float, float]
# What mixes of inks look like: each in CIELAB under D50, relative to the paper.
Look = Callable[[Sequence[Inks]], Sequence[Lab]]

_PRESS: Final = data_table("layout/press.toml")
ESTIMATE: Final[str] = _PRESS["name"]
_MIXING: Final[float] = _PRESS["mixing"]
_GAIN: Final[list[float]] = _PRESS["gain"]
# Of all four inks together, in percent: more smears, or does not dry.
MOST_INK: Final = 280.0
# The search begins at a few mixes and goes by ever smaller steps, in percent.
_STEPS: Final = (16, 8, 4, 2, 1)
# Of two mixes that look alike, the one with less ink: 100 % count as half of a difference that is just seen.
_INK_COSTS: Final = 0.005


def lab_of_inks(inks: Inks) -> Lab:
    """What inks (0 to 1) look like, in CIELAB under D50 and relative to the paper."""
    return lab_of_xyz(_xyz(inks))


def screen_of_inks(inks: Inks) -> Rgb:
    """The nearest colour on a screen to what inks (0 to 1) look like."""
    return rgb_of_xyz(_xyz(inks))


def percents(inks: Inks) -> str:
    """Inks (0 to 1) as `[press]` has them: cyan, magenta, yellow, black in whole percents."""
    return " ".join(f"{ink * 100:.0f}" for ink in inks)


def estimated(mixes: Sequence[Inks]) -> list[Lab]:
    """The look of several mixes, by the model of this module."""
    return [lab_of_inks(inks) for inks in mixes]


def nearest_inks(colour: Rgb, look: Look = estimated) -> Inks:
    """The inks (0 to 1, whole percents, together at most 280 %) that look most like a colour of the screen."""
    goal = lab_of(colour)
    lightness = min(100.0, max(0.0, goal[0]))
    starts = [(0, 0, 0, round(100 - lightness)), (40, 40, 40, 0), (80, 60, 20, 20), (20, 80, 60, 20), (10, 30, 80, 10)]
    found = [_descended(start, goal, look) for start in starts]
    cyan, magenta, yellow, black = min(found)[1]
    return cyan / 100, magenta / 100, yellow / 100, black / 100


def _descended(start: tuple[int, ...], goal: Lab, look: Look) -> tuple[float, tuple[int, ...]]:
    """The best mix that can be reached from one, with its cost."""
    best = _costs([start], goal, look)[0]
    for step in _STEPS:
        while (nearer := min(_costs(list(_beside(best[1], step)), goal, look))) < best:
            best = nearer
    return best


def _costs(mixes: Sequence[tuple[int, ...]], goal: Lab, look: Look) -> list[tuple[float, tuple[int, ...]]]:
    looks = look([(c / 100, m / 100, y / 100, k / 100) for c, m, y, k in mixes])
    return [(lab_difference(goal, seen) + _INK_COSTS * sum(mix), mix) for mix, seen in zip(mixes, looks, strict=True)]


def _beside(mix: tuple[int, ...], step: int) -> Iterator[tuple[int, ...]]:
    """The mixes a step away, in one ink or in two at once."""
    for change in product((-step, 0, step), repeat=4):
        if 0 < sum(map(bool, change)) <= 2:
            moved = tuple(min(100, max(0, ink + by)) for ink, by in zip(mix, change, strict=True))
            if sum(moved) <= MOST_INK:
                yield moved


def _xyz(inks: Inks) -> tuple[float, float, float]:
    shares = [ink + 4 * gain * ink * (1 - ink) for ink, gain in zip(inks, _GAIN, strict=True)]
    sums = [0.0, 0.0, 0.0]
    for printed, light in _solids().items():
        weight = prod(share if on else 1 - share for on, share in zip(printed, shares, strict=True))
        sums = [total + weight * part for total, part in zip(sums, light, strict=True)]
    x, y, z = (total**_MIXING for total in sums)
    return x, y, z


@cache
def _solids() -> dict[tuple[bool, ...], tuple[float, ...]]:
    """Each overprint, by which inks it has, as the light that mixes: XYZ to the power of 1/n."""
    return {
        tuple(ink in name for ink in "cmyk"): tuple(part ** (1 / _MIXING) for part in xyz_of_lab((light, a, b)))
        for name, (light, a, b) in _PRESS["solids"].items()
    }
