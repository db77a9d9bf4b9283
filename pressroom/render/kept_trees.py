"""Parses a page that differs from one before in texts and links alone: it gets that one's tree, filled in.

A page's tags say its tree; where a text is in it, is remembered from the page that was parsed. Only one page uses a
tree at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Final, Literal
from xml.etree.ElementTree import Element

if TYPE_CHECKING:
    from pressroom.render.kept_pages import KeptPages

# Pages whose trees are kept in a process.
_KEPT: Final = 6
_TAG: Final = re.compile(r"(<[^>]*>)")
# By tag, the attribute that differs by clinic: no style asks for it (`layout/styles.toml`).
FREE: Final[Mapping[str, Literal["href", "content"]]] = {"a": "href", "meta": "content"}
# Those tags, as far as the value, and what stays of them.
_FREE: Final = re.compile(r'^(<a (?:[^>]*? )?href=|<meta (?:[^>]*? )?content=)"([^"]*)"')
_TEXT: Final = "a text"
# What a parser does not leave as it is.
_CHANGED: Final = re.compile(r"[\r\x00]")
# A text, or a free attribute: the number of its element, and where it is there.
_Slot = tuple[int, Literal["text", "tail", "href", "content"]]


@dataclass(frozen=True, slots=True)
class KeptTree:
    """A tree, where it has texts, and the pages that were laid out from it, by their styles."""

    root: Element
    slots: tuple[_Slot, ...]
    pages: dict[tuple[str, ...], KeptPages] = field(default_factory=dict)


_kept: dict[tuple[str, ...], KeptTree] = {}


def kept_tree(html: str) -> KeptTree | None:
    """The tree of a page, if one like it was parsed before; that page must not be laid out any more."""
    frame, values = _taken_apart(html)
    found = _kept.get(frame)
    if found is None or any(map(_CHANGED.search, values)):
        return None
    elements = list(found.root.iter())
    for (number, where), value in zip(found.slots, values, strict=True):
        _put(elements[number], where, value)
    return found


def keep_tree(html: str, root: Element) -> KeptTree | None:
    """Remember the tree that a page was parsed to, if it is clear where each of its texts is."""
    frame, values = _taken_apart(html)
    slots = tuple(_slots(root))
    elements = list(root.iter())
    if [_get(elements[number], where) for number, where in slots] != values:
        return None
    while len(_kept) >= _KEPT:
        del _kept[next(iter(_kept))]
    _kept[frame] = KeptTree(root, slots)
    return _kept[frame]


def forget_tree(tree: KeptTree) -> None:
    """Parse the next page like this one again: WeasyPrint says once what is wrong with a style or a picture."""
    for frame in [frame for frame, kept in _kept.items() if kept is tree]:
        del _kept[frame]


def _taken_apart(html: str) -> tuple[tuple[str, ...], list[str]]:
    """A page without its texts and free attributes, and these in order."""
    frame, values = list[str](), list[str]()
    for at, part in enumerate(_TAG.split(html)):
        if at % 2 and (match := _FREE.match(part)):
            frame.append(match[1] + part[match.end() :])
            values.append(unescape(match[2]))
        elif at % 2 or not part.strip():
            frame.append(part)
        else:
            frame.append(_TEXT)
            values.append(unescape(part))
    return tuple(frame), values


def _slots(root: Element) -> Iterator[_Slot]:
    """Where a tree has texts and free attributes, in the order of the page."""
    number = -1

    def inside(element: Element) -> Iterator[_Slot]:
        nonlocal number
        number += 1
        own = number
        if (name := FREE.get(element.tag)) and name in element.attrib:
            yield own, name
        if (element.text or "").strip():
            yield own, "text"
        for child in element:
            first = number + 1
            yield from inside(child)
            if (child.tail or "").strip():
                yield first, "tail"

    yield from inside(root)


def _get(element: Element, where: str) -> str:
    return (element.text if where == "text" else element.tail if where == "tail" else element.get(where)) or ""


def _put(element: Element, where: str, value: str) -> None:
    if where == "text":
        element.text = value
    elif where == "tail":
        element.tail = value
    else:
        element.set(where, value)
