"""Reads a picture in a document: `![text](file.png "caption"){width=50% side=end}`, alone in its paragraph.

`{window}` in place of a width makes it as tall as the room that the text leaves in its panel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_PICTURE: Final = re.compile(
    r"""!\[(?P<alt>[^\[\]\n]*)\]
    \(\s*(?P<source><[^<>\n]+>|[^()\s<>]+)(?:\s+(?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|“[^”]*”))?\s*\)
    (?:[ ]?\{(?P<attributes>[^{}\n]*)\})?""",
    re.VERBOSE,
)
_ATTRIBUTE: Final = re.compile(r"(?P<name>[A-Za-z-]+)=(?P<quote>[\"']?)(?P<value>[^\s\"']*)(?P=quote)|(?P<other>\S+)")
_PERCENT: Final = re.compile(r"(\d{1,3})%")
_LEAST: Final = 10
_SIDES: Final = ("start", "end")
# A wider picture leaves no room for words beside it.
MOST_BESIDE: Final = 60
_HALF: Final = 50
_WINDOW: Final = "window"


@dataclass(frozen=True, slots=True)
class WrittenPicture:
    """A picture as its author wrote it.

    `width` is its share of its column in per cent, 0 for as wide as it can be. With a `side` (`start` or `end`), it is
    at that side of the column, and its caption beside it. A `window` is as tall as the room that the text leaves, and
    its caption is its name. `faults` are what is wrong, each with what to write.
    """

    alt: str
    source: str
    caption: str | None = None
    width: int = 0
    side: str = ""
    window: bool = False
    faults: tuple[tuple[str, str], ...] = ()


def read_picture_line(text: str) -> WrittenPicture | None:
    """The picture that this paragraph is, or None if it is something else."""
    match = _PICTURE.fullmatch(text.strip())
    if match is None:
        return None
    width, side, window, faults = 0, "", False, list[tuple[str, str]]()
    for name, value in _attributes(match["attributes"] or ""):
        percent = _PERCENT.fullmatch(value)
        if name == "width" and percent and _LEAST <= int(percent[1]) <= 100:
            width = int(percent[1])
        elif name == "side" and value in _SIDES:
            side = value
        elif name == _WINDOW and not value:
            window = True
        else:
            faults.append(_fault(name, value))
    if side and not width:
        width = _HALF
    if side and width > MOST_BESIDE:
        hint = f"make it {{width={_HALF}% side={side}}}, or take the side away"
        faults.append((f"a picture {width}% wide leaves no room for words beside it", hint))
    caption = match["quoted"]
    faults += _window_faults(match["source"], caption, sized=bool(width or side)) if window else ()
    words = None if caption is None else re.sub(r"\\([\"'\\])", r"\1", caption[1:-1])
    return WrittenPicture(match["alt"], match["source"].strip("<>"), words, width, side, window, tuple(faults))


def _window_faults(source: str, caption: str | None, *, sized: bool) -> Iterator[tuple[str, str]]:
    if not source.strip("<>").lower().endswith(".svg"):
        yield "a window shows a drawing, and this is none", "draw it as SVG, or take {window} away"
    if not caption:
        yield "a window has no name", 'write it as its caption: ![text](file.svg "Name"){window}'
    if sized:
        yield "a window has a width or a side", "take these away: its layout says how wide a window is"


def _attributes(written: str) -> Iterator[tuple[str, str]]:
    for match in _ATTRIBUTE.finditer(written):
        yield (match["name"], match["value"]) if match["name"] else (match["other"], "")


def _fault(name: str, value: str) -> tuple[str, str]:
    """What is wrong with one attribute, and what to write."""
    if name == "width":
        hint = f"write a share of its column from {{width={_LEAST}%}} to {{width=100%}}"
        return f"{value!r} is not a width that a picture can have in every product", hint
    if name == "side":
        hint = "write side=start (left in English, right in Arabic) or side=end"
        return f"{value!r} is not a side", hint
    return f"nothing is made of {name!r} behind a picture", "write {width=50%}, {side=end} or both, or {window}"
