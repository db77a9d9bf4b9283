"""Parts items into lines, and shares the width of a line out to them, as CSS Flexible Box Layout 9.3 and 9.7 say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

_HAIR: Final = 1e-6


class Flexible(NamedTuple):
    """An item of a row: its width before the row is shared out, its limits, and how it grows and shrinks."""

    base: float
    least: float
    most: float
    grow: float
    shrink: float


def wrapped(widths: Sequence[float], gap: float, room: float) -> list[list[int]]:
    """The numbers of the items on each line: a line has as many as it has room for, and at least one."""
    lines: list[list[int]] = []
    used = 0.0
    for number, width in enumerate(widths):
        if lines and used + gap + width <= room + _HAIR:
            lines[-1].append(number)
            used += gap + width
        else:
            lines.append([number])
            used = width
    return lines


def shared(items: Sequence[Flexible], room: float) -> list[float]:
    """How wide each item is in this room. None is narrower than its least width, so all may need more."""
    target = [max(one.least, min(one.base, one.most)) for one in items]
    grows = sum(target) < room
    factors = [one.grow if grows else one.shrink * one.base for one in items]
    is_frozen = [not each for each in factors]
    while not all(is_frozen):
        free = room - sum(t if f else one.base for one, t, f in zip(items, target, is_frozen, strict=True))
        total = sum(each for each, f in zip(factors, is_frozen, strict=True) if not f)
        wanted = [
            t if f else one.base + free * each / total
            for one, t, f, each in zip(items, target, is_frozen, factors, strict=True)
        ]
        target = [
            t if f else max(one.least, min(w, one.most))
            for one, t, f, w in zip(items, target, is_frozen, wanted, strict=True)
        ]
        low = [not f and t > w + _HAIR for t, f, w in zip(target, is_frozen, wanted, strict=True)]
        is_frozen = [f or now for f, now in zip(is_frozen, low, strict=True)] if any(low) else [True] * len(items)
    return target
