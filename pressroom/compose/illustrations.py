"""Draws an illustration at its place: cut to its height, perhaps mirrored, with a line from each label to its point.

The SVG and the measures of its place go in, an SVG comes out. The words are never in it: they are text beside it. All
measures are in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from xml.etree import ElementTree

from pressroom.content.illustrations import Illustration, Label

_SVG: Final = "http://www.w3.org/2000/svg"
# Of an illustration's first element: its box, which its place changes, and what only this program reads.
_BOX: Final = frozenset({"viewBox", "width", "height", "x", "y", "preserveAspectRatio", "version"})
# A line ends in a ring, not in a dot, which would be a clot on a copy; a white edge cuts what the line crosses.
_LINE: Final = 0.75
_EDGE: Final = 1.0
_RING: Final = 1.9
_ELBOW: Final = 8.0
_LEVEL: Final = 0.3
# On a screen labels are below the drawing, with numbers: words may be as large as a reader likes.
_NUMBER: Final = 6.5
_SCREEN: Final = 1.25

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an illustration is shown: the width and height of its place, and of that the `drawing` column's width.

    `mirrored` where the page is read from the right. `below` is how much of the drawing's foot is cut, in points.
    """

    width: float
    height: float
    drawing: float
    mirrored: bool = False
    below: float = 0.0

    def scale(self, illustration: Illustration) -> float:
        """Points for each unit of the drawing."""
        return self.drawing / illustration.width

    def top(self, illustration: Illustration) -> float:
        """The height in the drawing that is at the top of the place: a drawing is shown from its foot up."""
        return illustration.foot - (self.height + self.below) / self.scale(illustration)

    def point(self, illustration: Illustration, point: Point) -> Point:
        """Where a point of the drawing is, from the place's top left."""
        scale = self.scale(illustration)
        along, down = (point[0] - illustration.left) * scale, (point[1] - self.top(illustration)) * scale
        if not self.mirrored:
            return along, down
        return (self.width - self.drawing + along if illustration.has_side else self.width - along), down

    def transform(self, illustration: Illustration) -> str:
        """The same for the whole drawing, as SVG says it."""
        scale = self.scale(illustration)
        across = -scale if self.mirrored and not illustration.has_side else scale
        left, top = self.point(illustration, (illustration.left, illustration.top))
        shift = left - illustration.left * across, top - illustration.top * scale
        return f"translate({shift[0]:.3f} {shift[1]:.3f}) scale({across:.5f} {scale:.5f})"


def named_point(label: Label, illustration: Illustration, place: Place, margin: float) -> Point:
    """The first of a label's points that is shown, at least `margin` below the top; else its last."""
    shown = [place.point(illustration, point) for point in label.points]
    return next((point for point in shown if point[1] >= margin), shown[-1])


def showing_points(illustration: Illustration, place: Place, margin: float) -> Place:
    """The place with as much cut at the drawing's foot as shows more of the points that labels name.

    A place that is too low to show them from the foot up loses what is below them, and keeps `margin` there.
    """
    heights = [place.point(illustration, label.points[-1])[1] for label in illustration.labels]
    if not heights:
        return place
    hidden, free = margin - min(heights), place.height - max(heights) - margin
    return replace(place, below=max(0.0, min(hidden, free)))


def placed_svg(
    svg: bytes, illustration: Illustration, place: Place, leaders: Sequence[tuple[Point, Point]] = ()
) -> bytes:
    """The drawing in its place; each of the `leaders` is a point of the drawing and the place where its words begin."""
    weight = max(1.0, place.scale(illustration))
    lines = "".join(_leader(point, words, weight) for point, words in leaders)
    body = f'<g transform="{place.transform(illustration)}">{_drawing(svg)}</g>{lines}'
    return _whole(body, place.width, place.height)


def _leader(point: Point, words: Point, weight: float) -> str:
    """A line and its ring, as heavy as the drawing's own lines: `weight` is 1 for one unit a point."""
    (x, y), (end, level) = point, words
    line, edge, ring_at = _LINE * weight, 2 * _EDGE * weight, _RING * weight
    elbow = end - _ELBOW * weight if end > x else end + _ELBOW * weight
    turn = "" if abs(level - y) < _LEVEL else f"L{elbow:.2f} {level:.2f}"
    path = f'<path d="M{x:.2f} {y:.2f}{turn}L{end:.2f} {level:.2f}" fill="none"'
    ring = f'<circle cx="{x:.2f}" cy="{y:.2f}"'
    return (
        f'{path} stroke="#fff" stroke-width="{line + edge:.2f}"/>{path} stroke="#000" stroke-width="{line:.2f}"/>'
        f'{ring} r="{ring_at + edge / 2:.2f}" fill="#fff"/>'
        f'{ring} r="{ring_at:.2f}" fill="#fff" stroke="#000" stroke-width="{line:.2f}"/>'
    )


def numbered_svg(svg: bytes, illustration: Illustration, *, mirrored: bool) -> bytes:
    """The drawing for a screen, with a numbered ring at the point of each label, in their order."""
    width, height = illustration.width, min(illustration.height, illustration.width * _SCREEN)
    place = Place(width, height, width, mirrored)
    rings = ""
    for number, label in enumerate(illustration.labels, start=1):
        x, y = named_point(label, illustration, place, _NUMBER)
        rings += (
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{_NUMBER}" fill="#fff" stroke="#000"/>'
            f'<text x="{x:.2f}" y="{y + 3:.2f}" font-family="sans-serif" font-size="8.5" font-weight="bold" '
            f'text-anchor="middle">{number}</text>'
        )
    return _whole(f'<g transform="{place.transform(illustration)}">{_drawing(svg)}</g>{rings}', width, height)


def _drawing(svg: bytes) -> str:
    """What an SVG draws, without its labels, in a group with what its first element says of all."""
    # `read_svg` has refused a DOCTYPE, and with it all entities.
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag == f"{{{_SVG}}}text"]:
            parent.remove(child)
    root.tag = f"{{{_SVG}}}g"
    for name in [name for name in root.attrib if name in _BOX or name.startswith("data-")]:
        del root.attrib[name]
    return ElementTree.tostring(root, encoding="unicode")


def _whole(body: str, width: float, height: float) -> bytes:
    box = f'viewBox="0 0 {width:.3f} {height:.3f}" width="{width:.3f}pt" height="{height:.3f}pt"'
    return f'<svg xmlns="{_SVG}" {box}>{body}</svg>'.encode()
