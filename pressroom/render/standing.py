"""Where frames and a proof's marks stand on pages laid out: pages go in, rectangles and whether they cross come out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from weasyprint import Document
from weasyprint.formatting_structure import boxes

# Left, top, right, bottom in CSS pixels from the page's top left.
Rectangle = tuple[float, float, float, float]
_MARKS: Final = frozenset({"hatch", "label"})


@dataclass(frozen=True, slots=True)
class Stand:
    """A frame, or a mark of a proof, which has no name: its place, and what in it is painted besides letters."""

    name: str
    place: Rectangle
    painted: tuple[Rectangle, ...]


def standing(document: Document) -> tuple[tuple[Stand, ...], ...]:
    """What stands on each page."""
    return tuple(tuple(_stands(page._page_box)) for page in document.pages)


def crossed(base: Collection[Stand], own: Collection[Stand], frames: Collection[str]) -> bool:
    """True where one of these frames of `own` meets what is painted in `base`, or paints where another stands.

    Which of the two is above could then be seen; and a proof's marks stand over everything.
    """
    others = [stand for stand in base if stand.name not in frames]
    mine = [stand for stand in own if stand.name in frames]
    return _any_meet((one.place for one in mine), [place for one in others for place in one.painted]) or _any_meet(
        (place for one in mine for place in one.painted), [one.place for one in others]
    )


def _any_meet(some: Iterable[Rectangle], others: Collection[Rectangle]) -> bool:
    return any(
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        for one in some
        for other in others
    )


def _stands(box: boxes.Box) -> Iterator[Stand]:
    classes = (box.element.get("class") or "").split() if box.element is not None else []
    if "frame" in classes:
        name = next(one.removeprefix("frame-") for one in classes if one.startswith("frame-"))
        yield Stand(name, _place(box), tuple(_painted(box)))
    elif _MARKS & set(classes):
        yield Stand("", _place(box), (_place(box),))
    else:
        for child in _children(box):
            yield from _stands(child)


def _painted(box: boxes.Box) -> Iterator[Rectangle]:
    """Backgrounds, borders and pictures; letters and lines under them have no ground of their own."""
    borders = (getattr(box, f"border_{side}_width", 0) for side in ("top", "right", "bottom", "left"))
    if isinstance(box, boxes.ReplacedBox) or getattr(box, "background", None) is not None or any(borders):
        yield _place(box)
    for child in _children(box):
        yield from _painted(child)


def _place(box: boxes.Box) -> Rectangle:
    left, top = box.border_box_x(), box.border_box_y()
    return left, top, left + box.border_width(), top + box.border_height()


def _children(box: boxes.Box) -> Iterator[boxes.Box]:
    """What is in a box, what is placed in it absolutely as well."""
    return (getattr(child, "_box", child) for child in getattr(box, "children", ()))
