"""Reads the numbers of an SVG: what a renderer would stumble over, or draw where no page is, is refused here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

_NUMBER: Final = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_NUMBERS: Final = re.compile(_NUMBER)
# Programs trace a photograph with coordinates of tens of thousands; a million is a mistake.
_LARGEST: Final = 1_000_000.0
_BETWEEN: Final = re.compile(r"[\s,]*")
_FLAG: Final = re.compile(r"[01]")
_ARC: Final = "nnnffnn"
# What each command of a path takes, again and again: numbers, and flags that need no space between them (SVG 1.1, 8.3).
_TAKES: Final = {
    "m": "nn",
    "l": "nn",
    "h": "n",
    "v": "n",
    "c": "n" * 6,
    "s": "n" * 4,
    "q": "n" * 4,
    "t": "nn",
    "a": _ARC,
}
_FUNCTION: Final = re.compile(r"[\s,]*(\w+)\s*\(([^()]*)\)[\s,]*")
_ARGUMENTS: Final = {
    "matrix": (6,),
    "translate": (1, 2),
    "scale": (1, 2),
    "rotate": (1, 3),
    "skewX": (1,),
    "skewY": (1,),
}
# fmt: off
_LENGTHS: Final = frozenset({
    "width", "height", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "fx", "fy", "d",
    "points", "transform", "viewBox", "stroke-width", "stroke-dasharray", "stroke-dashoffset", "stroke-miterlimit",
    "font-size", "letter-spacing", "offset", "patternTransform", "gradientTransform", "markerWidth", "markerHeight",
    "refX", "refY", "opacity",
})
# fmt: on
_ENDLESS: Final = re.compile(r"(?<![\w#-])[-+]?(?:nan|inf|infinity)(?![\w-])", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"[()]")
_DEEPEST: Final = 10
# A repeated gradient is written out stop by stop, as often as it fits the drawing.
_REPEATS: Final = re.compile(r"spreadmethod\s*:\s*(?:repeat|reflect)", re.IGNORECASE)
_COLOUR_SPACE: Final = re.compile(r"\bcolor\(\s*(?!srgb\b)([\w-]+)")


def value_faults(attribute: str, value: str) -> Iterator[str]:
    """What is wrong with the value of an attribute of any element."""
    if attribute in _LENGTHS and (_ENDLESS.search(value) or any(map(_too_large, _NUMBERS.findall(value)))):
        yield f"has the number {_shown(value)} in {attribute}, which is on no page"
    if (check := _GRAMMARS.get(attribute)) is not None and not check(value):
        yield f"has {attribute}={_shown(value)}, which can't be read"
    if _REPEATS.search(value if attribute == "style" else f"{attribute}:{value}"):
        yield "has a gradient that repeats (spreadMethod), which can be drawn without end"
    if _nesting(value) > _DEEPEST:
        yield f"has brackets in {attribute} that are nested more than {_DEEPEST} deep"
    if (space := _COLOUR_SPACE.search(value)) is not None:
        yield f"has a colour in {space[1]}, and only sRGB can be printed"


def _nesting(value: str) -> int:
    deepest = depth = 0
    for sign in _BRACKETS.findall(value):
        depth += 1 if sign == "(" else -1
        deepest = max(deepest, depth)
    return deepest


def _shown(value: str) -> str:
    text = " ".join(value.split())
    return repr(text if len(text) <= 40 else text[:39] + "…")


def _too_large(number: str) -> bool:
    return abs(float(number)) > _LARGEST


def _is_path(value: str) -> bool:
    """True if a path begins with a move, and each command has all of its numbers."""
    at = _BETWEEN.match(value).end()  # type: ignore[union-attr]
    if at < len(value) and value[at] not in "mM":
        return False
    while at < len(value):
        command = value[at].lower()
        at = _BETWEEN.match(value, at + 1).end()  # type: ignore[union-attr]
        if command == "z":
            continue
        if command not in _TAKES or (end := _all_of(_TAKES[command], value, at)) is None:
            return False
        while (more := _all_of(_TAKES[command], value, end)) is not None:
            end = more
        at = end
    return True


def _all_of(kinds: str, value: str, at: int) -> int | None:
    """Where the text goes on after one number or flag of each kind; None if one is missing."""
    for kind in kinds:
        found = (_FLAG if kind == "f" else _NUMBERS).match(value, at)
        if found is None:
            return None
        at = _BETWEEN.match(value, found.end()).end()  # type: ignore[union-attr]
    return at


def _is_transform(value: str) -> bool:
    at = len(value) if value.strip() == "none" else 0
    while at < len(value.rstrip()):
        found = _FUNCTION.match(value, at)
        if found is None or not _has_arguments(found[1], found[2]):
            return False
        at = found.end()
    return True


def _has_arguments(name: str, written: str) -> bool:
    arguments = written.replace(",", " ").split()
    return len(arguments) in _ARGUMENTS.get(name, ()) and all(map(_NUMBERS.fullmatch, arguments))


def _is_box(value: str) -> bool:
    sides = value.replace(",", " ").split()
    return len(sides) == 4 and all(map(_NUMBERS.fullmatch, sides)) and min(map(float, sides[2:])) > 0


_GRAMMARS: Final[dict[str, Callable[[str], bool]]] = {
    "d": _is_path,
    "transform": _is_transform,
    "gradientTransform": _is_transform,
    "patternTransform": _is_transform,
    "viewBox": _is_box,
}
