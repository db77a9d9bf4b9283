"""What is laid out where text flows from page to page: which sections are on several pages, what room a page has left.

All measures are in points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from pressroom.render.page_boxes import PT_PER_PX, classes_of, placed_children

_SECTION: Final = "passage"
# On every page whatever its text: marks of a proof, drawings.
_BESIDES: Final = frozenset({"proof", "art", "area"})
# What rounding may add to a page; a page that is overfull by less would lose its last section to the next.
_ROUNDING: Final = 0.5


@dataclass(frozen=True, slots=True)
class Window:
    """A window on a page: how tall it is, and may be."""

    height: float
    most: float


def loosened(document: Document) -> str:
    """The style by which some sections go on from page to page; empty if each is to be on one page.

    Those are sections that no page holds, and one that would leave the title alone on the first page.
    """
    pages = [list(map(classes_of, _sections(page._page_box))) for page in document.pages]
    counted = Counter(classes for page in pages for classes in set(page))
    split = {classes for classes, count in counted.items() if count > 1}
    if len(pages) > 1 and not pages[0]:
        split |= set(pages[1][:1])
    return "\n".join(sorted(f".{'.'.join(sorted(classes))} {{ break-inside: auto }}" for classes in split))


def _sections(box: boxes.Box) -> Iterator[boxes.Box]:
    for child in placed_children(box):
        if _SECTION in classes_of(child):
            yield child
        else:
            yield from _sections(child)


def room_left(page: Any) -> float:  # noqa: ANN401  WeasyPrint publishes no type
    """The height below the last of a page's text."""
    box = page._page_box
    foot = box.content_box_y() + box.height
    texts = [child for child in box.children if not isinstance(child, boxes.MarginBox)]
    lowest = max(map(_lowest, texts), default=foot)
    return max(0.0, float(foot - lowest) * PT_PER_PX - _ROUNDING)


def _lowest(box: boxes.Box) -> float:
    """Where the last of what is in a box ends, in CSS pixels: a box that goes on may itself be as tall as its page."""
    inside = [
        child
        for child in placed_children(box)
        if isinstance(child, boxes.BlockLevelBox) and not classes_of(child) & _BESIDES
    ]
    if not inside:
        return float(box.border_box_y() + box.border_height())
    return max(map(_lowest, inside)) + float(box.padding_bottom + box.border_bottom_width)


def shared_out(room: float, windows: Sequence[Window]) -> list[float]:
    """The height of each window of a page with this room left: they grow alike, each as far as it may."""
    heights = [window.height for window in windows]
    wishes = sorted(range(len(windows)), key=lambda at: windows[at].most - windows[at].height)
    for count, at in enumerate(wishes):
        grows = max(0.0, min(windows[at].most - windows[at].height, room / (len(windows) - count)))
        heights[at] += grows
        room -= grows
    return heights
