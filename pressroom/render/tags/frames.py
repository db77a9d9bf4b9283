"""Marks the frames in what WeasyPrint draws, and cuts a page's content at them.

Programs copy text in the order that it is painted in. A clinic's frames are drawn apart from the others, and must not
all come after them: each is put back in its place.
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


def frame_names(content: bytes) -> tuple[str, ...]:
    """The names of the frames on a page, in the order that they are drawn in."""
    return tuple(_text(match[1]) for match in _FRAME.finditer(content))


def frame_bodies(content: bytes, own: Collection[str]) -> dict[str, bytes]:
    """What is drawn of the frames `own` on a page. Raises CannotJoin if one does not restore the state it begins in."""
    found = {_text(match[1]): match[2] for match in _FRAME.finditer(content)}
    bodies = {name: body for name, body in found.items() if name in own}
    if not all(map(_restores, bodies.values())):
        raise CannotJoin("a frame does not restore what it saves")
    return bodies


def cut_at(content: bytes, own: Collection[str]) -> Iterator[bytes | str]:
    """A page's content without comments, cut where the frames `own` are, with their names in their places."""
    at = 0
    for match in _FRAME.finditer(content):
        if (name := _text(match[1])) in own:
            yield without_names(content[at : match.start()])
            yield name
            at = match.end()
    yield without_names(content[at:])


def _restores(body: bytes) -> bool:
    """True if a frame is drawn between `q` and the `Q` that belongs to it: then nothing after it is drawn otherwise."""
    depth, lines = 0, body.splitlines()
    for line in lines[:-1]:
        depth += (line == b"q") - (line == b"Q")
        if depth < 1:
            return False
    return not lines or (depth == 1 and lines[-1] == b"Q")


def _text(name: bytes) -> str:
    return bytes.fromhex(name.decode()).decode()


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
