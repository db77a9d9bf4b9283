"""Marks the frames in what WeasyPrint draws, and joins two drawings of the same frames in the order they are read in.

Programs copy text in the order that it is painted in. A clinic's frames are drawn apart from the others, and must not
all come after them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Final

import weasyprint.draw

# Comments, each on a line of its own: a finished file has none.
_BEGIN: Final = b"%% frame %b"
_END: Final = b"% end of frame"
_FRAME: Final = re.compile(rb"^% frame (\w+)\n(.*?)^% end of frame\n", re.MULTILINE | re.DOTALL)
_NAMES: Final = re.compile(rb"^% (?:frame \w+|end of frame)\n", re.MULTILINE)
_REMEMBERED: Final = ("color", "color_stroke", "alpha", "alpha_stroke", "font")


class CannotJoin(Exception):
    """The two files can't be joined."""


@contextmanager
def named_frames() -> Iterator[None]:
    """Inside this context, what is drawn of a frame is between two comments, and says all colours that it needs."""
    draw = weasyprint.draw.draw_stacking_context

    def named(stream: Any, context: Any) -> None:  # noqa: ANN401  WeasyPrint publishes no types
        name = _name(context.box)
        if not name:
            draw(stream, context)
            return
        stream.stream.append(_BEGIN % name.encode().hex().encode())
        # What is the same as before is not written again, and another frame may be before this one.
        for what in _REMEMBERED:
            setattr(stream, f"_current_{what}", None)
        draw(stream, context)
        stream.stream.append(_END)

    weasyprint.draw.draw_stacking_context = named
    try:
        yield
    finally:
        weasyprint.draw.draw_stacking_context = draw


def in_order(base: bytes, mine: bytes, own: Collection[str]) -> bytes:
    """The base's page with the frames `own` as they are in the other. Raises CannotJoin if they have other frames."""
    names, others = ([match[1] for match in _FRAME.finditer(content)] for content in (base, mine))
    if names != others:
        raise CannotJoin("their pages have not the same frames")
    bodies = {match[1]: match[0] for match in _FRAME.finditer(mine)}
    kept = {name.encode().hex().encode() for name in own}
    return _FRAME.sub(lambda match: bodies[match[1]] if match[1] in kept else match[0], base)


def without_names(content: bytes) -> bytes:
    """What was drawn, without the comments."""
    return _NAMES.sub(b"", content)


def _name(box: Any) -> str:  # noqa: ANN401
    """The name of the frame that a box is; empty for all others, and for what a style adds to a frame."""
    if box.element is None or "::" in (box.element_tag or "::"):
        return ""
    classes = (box.element.get("class") or "").split()
    names = (one.removeprefix("frame-") for one in classes if one.startswith("frame-"))
    return next(names, "") if "frame" in classes else ""
