"""Keeps what is for the reader's hand (an appointment, lines to write on) where the text of a piece leaves it room.

It never makes text smaller. The same element is kept once, in the frame with the most room. What one language has for
the reader's hand, the others have too: either all of them have room for it, or none prints it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pressroom.compose import Composition, by_hand_in
from pressroom.render.copyfit import Sizes, over, spare
from pressroom.render.numbers import Numbers
from pressroom.render.room import space_of, without
from pressroom.render.twins import LeftOut

_NONE = LeftOut(0, 0.0)


def with_by_hand(
    whole: Composition, left_out: Mapping[str, LeftOut], by_hand: Mapping[str, int], sizes: Sizes, gauge: Numbers
) -> dict[str, LeftOut]:
    """What is left out, with as much of `by_hand`, elements by frame, as there is room for at these sizes.

    `gauge` measures the piece without any of it.
    """
    found = {name: left_out.get(name, _NONE) for name in by_hand}
    found = dict(left_out) | {name: replace(found[name], by_hand=count) for name, count in by_hand.items()}
    elements = {part.frame: by_hand_in(part.html) for part in whole.parts if part.frame in by_hand}
    printed: set[str] = set()
    for name in _roomy(by_hand, sizes, gauge):
        for kept in range(by_hand[name], 0, -1):
            tried = found | {name: replace(found[name], by_hand=by_hand[name] - kept)}
            if printed.isdisjoint(elements[name][:kept]) and _fits(whole, tried, name, sizes, gauge):
                found, printed = tried, printed.union(elements[name][:kept])
                break
    return found | _in_all_languages(whole, by_hand, found)


def _roomy(by_hand: Mapping[str, int], sizes: Sizes, gauge: Numbers) -> list[str]:
    """The frames that have room for a line, those with the most room first; only they are read once more."""
    spaces, heights = {frame.name: space_of(frame) for frame in gauge.composition.frames}, gauge(sizes)
    left = {name: spare(spaces[name], heights, not sizes.own_slots) for name in by_hand}
    roomy = [name for name in by_hand if left[name] > sizes.body[spaces[name].group]]
    return sorted(roomy, key=lambda name: -left[name])


def _fits(whole: Composition, left_out: Mapping[str, LeftOut], name: str, sizes: Sizes, gauge: Numbers) -> bool:
    """True if this frame holds what is not left out of it."""
    composition = without(whole, left_out)
    measure = gauge.of(composition)
    (space,) = (space_of(frame) for frame in composition.frames if frame.name == name)
    return name not in measure.sideways(sizes) and not over(space, measure(sizes), not sizes.own_slots)


def _in_all_languages(
    whole: Composition, by_hand: Mapping[str, int], left_out: Mapping[str, LeftOut]
) -> dict[str, LeftOut]:
    """What is left out of frames so that those of one role have as many elements in each language."""
    frames = [frame for frame in whole.frames if frame.name in by_hand]
    if len({frame.voice for frame in frames}) < 2:
        return {}
    kept = {frame.name: by_hand[frame.name] - left_out[frame.name].by_hand for frame in frames}
    fewest: dict[str, int] = {}
    for frame in frames:
        fewest[frame.role] = min(kept[frame.name], fewest.get(frame.role, kept[frame.name]))
    return {f.name: replace(left_out[f.name], by_hand=by_hand[f.name] - fewest[f.role]) for f in frames}
