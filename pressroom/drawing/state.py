"""The graphics state of a content stream (ISO 32000-1, 8.4): where and how it paints."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from math import hypot
from operator import attrgetter
from typing import Final, NamedTuple

from pressroom.drawing.model import IDENTITY, Matrix, Rectangle, inside, number, numbers

# A step of a path: its operator and its points, on the page.
Step = tuple[str, tuple[float, ...]]
# What a content begins with.
BLACK: Final = "gray 0.0000"
_ALIKE: Final = 1e-4
_LONG: Final = 120


class Clip(NamedTuple):
    """What limits the painting: the box of all rectangles, and a hash of the other paths in order."""

    box: Rectangle | None = None
    others: str = ""

    @property
    def line(self) -> str:
        """The clip as a drawing writes it."""
        box = f"({numbers(self.box)})" if self.box else "none"
        return f"{box} {self.others}" if self.others else box

    def by(self, path: list[Step], rule: str) -> Clip:
        """This clip and a path. An empty path shows nothing."""
        rectangle = rectangle_of(path)
        if rectangle is None:
            digest = hashlib.sha256(f"{self.others} {rule} {geometry(path)}".encode())
            return Clip(self.box, digest.hexdigest()[:32])
        if self.box is None:
            return Clip(rectangle, self.others)
        if inside(self.box, rectangle):
            return self
        left, bottom = max(self.box[0], rectangle[0]), max(self.box[1], rectangle[1])
        right, top = min(self.box[2], rectangle[2]), min(self.box[3], rectangle[3])
        return Clip((left, bottom, max(left, right), max(bottom, top)), self.others)


@dataclass(slots=True)
class State:
    """All that `q` saves and `Q` restores. Colours, `blending` and `dash` are as a drawing writes them."""

    ctm: Matrix = IDENTITY
    clip: Clip = field(default_factory=Clip)
    fill: str = BLACK
    stroke: str = BLACK
    fill_space: str = "gray"
    stroke_space: str = "gray"
    width: float = 1.0
    cap: int = 0
    join: int = 0
    miter: float = 10.0
    dash: tuple[tuple[float, ...], float] = ((), 0.0)
    alpha: float = 1.0
    stroke_alpha: float = 1.0
    blending: str = ""
    mask: str = ""
    other: tuple[tuple[str, str], ...] = ()
    spacing: float = 0.0
    scaling: float = 1.0
    leading: float = 0.0
    font: str = ""
    size: float = 0.0
    mode: int = 0
    rise: float = 0.0

    def copied(self) -> State:
        """The same state, which `Q` restores."""
        return State(*_all(self))

    def filling(self) -> str:
        """The colour of what is filled."""
        return f"fill={self.fill}{_share(self.alpha)}"

    def stroking(self) -> str:
        """The colour and the pen of what is stroked; the pen is as wide as it is on the page."""
        a, b, c, d, *_ = self.ctm
        scale = abs(a * d - b * c) ** 0.5
        pen = [number(self.width * scale, 3), f"{self.cap}", f"{self.join}", number(self.miter)]
        pen += [numbers([part * scale for part in self.dash[0]]), number(self.dash[1] * scale)] if self.dash[0] else []
        if abs(hypot(a, b) - hypot(c, d)) > _ALIKE or abs(a * c + b * d) > _ALIKE:
            pen.append(f"({numbers((a, b, c, d), 4)})")
        return f"stroke={self.stroke}{_share(self.stroke_alpha)} pen={','.join(pen)}"

    def around(self) -> str:
        """What limits or changes everything that is painted."""
        parts = [f"clip={self.clip.line}"] if self.clip != _NO_CLIP else []
        parts += [f"blend={self.blending}"] if self.blending else []
        parts += [f"mask={self.mask}"] if self.mask else []
        parts += [f"{name}={value}" for name, value in self.other]
        return " ".join(parts)


_NO_CLIP: Final = Clip()
_all: Final = attrgetter(*(one.name for one in fields(State)))


def alpha_of(state: State) -> str:
    """How opaque a picture or a group is, as a drawing writes it."""
    return "" if state.alpha == 1.0 else f"alpha={number(state.alpha, 4)}"


def _share(alpha: float) -> str:
    return "" if alpha == 1.0 else f"/{number(alpha, 4)}"


def geometry(path: list[Step]) -> str:
    """A path as text: a rectangle as its corners, any other as its steps."""
    rectangle = rectangle_of(path)
    if rectangle is not None:
        return f"rectangle {numbers(rectangle)}"
    return " ".join([f"{operator} {numbers(points)}" if points else operator for operator, points in path])


def short_geometry(path: list[Step]) -> str:
    """The same, a long path as a hash."""
    text = geometry(path)
    return text if len(text) <= _LONG else f"path:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def rectangle_of(path: list[Step]) -> Rectangle | None:
    """The rectangle that a path is, upright, None for any other path."""
    if any(operator == "c" for operator, _ in path):
        return None
    parts = subpaths(path)
    return _upright(parts[0]) if len(parts) == 1 else None


def rectangles_of(path: list[Step]) -> tuple[Rectangle, ...]:
    """The upright rectangles that a path consists of; none if it has anything else."""
    if any(operator == "c" for operator, _ in path):
        return ()
    found = [_upright(part) for part in subpaths(path)]
    return tuple(one for one in found if one is not None) if all(found) else ()


def subpaths(path: list[Step]) -> list[list[tuple[float, float]]]:
    """The points of each part of a path, the last of each step."""
    parts: list[list[tuple[float, float]]] = []
    for operator, points in path:
        if operator == "m":
            parts.append([])
        if points and parts:
            parts[-1].append((points[-2], points[-1]))
    return [part for part in parts if len(part) > 1]


def _upright(points: list[tuple[float, float]]) -> Rectangle | None:
    corners = points[:-1] if len(points) == 5 and _near(points[0], points[-1]) else points
    if len(corners) != 4:
        return None
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
    around = [(left, bottom), (right, bottom), (right, top), (left, top)]
    if corners == around and right - left >= _ALIKE <= top - bottom:  # as nearly all rectangles are written
        return left, bottom, right, top
    places = [next((at for at, corner in enumerate(around) if _near(corner, point)), -1) for point in corners]
    if right - left < _ALIKE or top - bottom < _ALIKE or sorted(places) != [0, 1, 2, 3]:
        return None
    steps = {(b - a) % 4 for a, b in zip(places, [*places[1:], places[0]], strict=True)}
    return (left, bottom, right, top) if steps in ({1}, {3}) else None


def _near(point: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(point[0] - other[0]) < _ALIKE and abs(point[1] - other[1]) < _ALIKE


def box_of(path: list[Step], margin: float = 0.0) -> Rectangle:
    """The box around a path's points."""
    xs = [x for _, points in path for x in points[::2]]
    ys = [y for _, points in path for y in points[1::2]]
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin
