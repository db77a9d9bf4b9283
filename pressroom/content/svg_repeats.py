"""What an SVG draws again and again along a line or over an area: dashes, and tiles of a pattern.

A dash of a millionth of a point along one line is a thousand million dashes, from 100 bytes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Final

_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?%?")
_COMMAND: Final = re.compile(r"([mlhvcsqtaz])([^mlhvcsqtaz]*)", re.IGNORECASE)
_DASHED: Final = re.compile(r"stroke-dasharray\s*:\s*([^;}!]*)")
# The numbers of one step of a path, and how many of them its end has.
_STEP: Final = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7}
_SIDES: Final = ("width", "height", "r", "rx", "ry", "x1", "x2", "y1", "y2")


def dash_period(written: str) -> float:
    """The length of all dashes and gaps of a `stroke-dasharray`, each once; without end if nothing is dashed."""
    numbers = [_value(number) for number in _NUMBER.findall(written)]
    total = sum(numbers)
    if not numbers or total <= 0:
        return math.inf
    # A dash and its gap; more of them share the period.
    return total / max(1.0, len(numbers) / 2)


def styled_period(style: str) -> float:
    """The shortest period that a style, or an attribute of one, gives to anything."""
    return min((dash_period(written) for written in _DASHED.findall(style)), default=math.inf)


def line_length(attributes: Mapping[str, str]) -> float:
    """At most how long the line of an element is: a path, a polygon, a rectangle, a circle."""
    if "d" in attributes:
        return _path_length(attributes["d"])
    numbers = [_value(number) for number in _NUMBER.findall(attributes.get("points", ""))]
    points = list(zip(numbers[::2], numbers[1::2], strict=False))
    around = sum(math.dist(a, b) for a, b in zip(points, [*points[1:], *points[:1]], strict=True)) if points else 0.0
    return around + 2 * math.pi * sum(abs(_value(attributes.get(side, "0"))) for side in _SIDES)


def tiles(attributes: Mapping[str, str], box: str) -> int:
    """At most how often a pattern is drawn to fill the whole drawing, whose `viewBox` this is."""
    sides = [_value(side) for side in _NUMBER.findall(box)][2:4]
    if attributes.get("patternUnits") != "userSpaceOnUse" or len(sides) < 2:
        sides = [1.0, 1.0]
    tile = [_value(attributes.get(name, "0")) for name in ("width", "height")]
    shrunk = _scale(attributes.get("patternTransform", ""))
    if min(tile) <= 0 or shrunk <= 0:
        return 1
    return math.ceil(min(1e12, sides[0] / (tile[0] * shrunk)) + 1) * math.ceil(
        min(1e12, sides[1] / (tile[1] * shrunk)) + 1
    )


def _value(number: str) -> float:
    found = _NUMBER.search(number)
    if found is None:
        return 0.0
    return float(found[0].rstrip("%")) / (100 if found[0].endswith("%") else 1)


def _scale(transform: str) -> float:
    """How much smaller a transform makes things, by the root of their area; 1 if it makes nothing smaller."""
    scale = 1.0
    for name, written in re.findall(r"(\w+)\s*\(([^()]*)\)", transform):
        numbers = [_value(number) for number in _NUMBER.findall(written)]
        if name == "scale" and numbers:
            scale *= math.sqrt(abs(numbers[0] * numbers[-1]))
        if name == "matrix" and len(numbers) >= 4:
            scale *= math.sqrt(abs(numbers[0] * numbers[3] - numbers[1] * numbers[2]))
    return min(scale, 1.0)


def _path_length(written: str) -> float:
    """The length of a path with each curve as long as the polygon of its points, which is never shorter."""
    length, at, start = 0.0, (0.0, 0.0), (0.0, 0.0)
    for command, text in _COMMAND.findall(written):
        kind, is_relative = command.lower(), command.islower()
        if kind == "z":
            length, at = length + math.dist(at, start), start
            continue
        numbers = [_value(number) for number in _NUMBER.findall(text)]
        for first in range(0, len(numbers) - _STEP[kind] + 1, _STEP[kind]):
            length_of, at = _step(kind, numbers[first : first + _STEP[kind]], at, is_relative)
            length += length_of
            start = at if kind == "m" and first == 0 else start
    return length


def _step(
    kind: str, numbers: list[float], at: tuple[float, float], is_relative: bool
) -> tuple[float, tuple[float, float]]:
    """The length of one step of a path, and where it ends."""
    x, y = at if is_relative else (0.0, 0.0)
    if kind == "h":
        points = [(x + numbers[0], at[1])]
    elif kind == "v":
        points = [(at[0], y + numbers[0])]
    elif kind == "a":
        points = [(x + numbers[5], y + numbers[6])]
    else:
        points = [(x + a, y + b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
    length = sum(math.dist(a, b) for a, b in zip([at, *points], points, strict=False))
    # An arc is part of an ellipse, which grows to reach its ends.
    arc = 2 * math.pi * (abs(numbers[0]) + abs(numbers[1]) + length) if kind == "a" else 0.0
    return length + arc, points[-1]
