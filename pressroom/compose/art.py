"""Draws the pictures behind the text: turns a table of shapes into the SVG of one page, mirrored for right-to-left.

Shapes are data (`layouts/art/<name>.toml`); this module knows walls, flow, a parting vessel, dots and strokes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from math import sqrt
from typing import Any, Final

from pressroom.compose.streamlines import Leak, Point, Seal, band_line, vessel_lines
from pressroom.layout import Layout, View
from pressroom.units import ZERO, Length, mm

Shape = Mapping[str, Any]
_WALL_WEIGHT: Final = 3
# Office printers leave so much white at the edge, never the same on both sides: without a bleed lines end before it.
_UNPRINTED: Final = mm(6.35)
# What a wrong table can raise; TOML's own is a ValueError.
_TABLE_FAULTS = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError)


class ArtError(ValueError):
    """A drawing's table lacks something, or names a shape there is not."""


def draw(name: str, layout: Layout, view: View, brand: Mapping[str, str], *, bleed: Length, mirror: bool) -> str:
    """The SVG of one view of a drawing, the size of the layout's sheet and `bleed` larger on every side.

    With a bleed its lines run over the trim, without one they end inside what an office printer reaches.

    Raises:
        ArtError: there is no drawing of that name, it has no such view, or its table can't be used.
    """
    if f"{name}.toml" not in layout.art:
        raise ArtError(f"there is no drawing layouts/art/{name}.toml")
    try:
        table = tomllib.loads(layout.art[f"{name}.toml"])[view.name]
        upright = "inset" in table
        scale = 1.0 if upright else view.length.pt / table["length"]
        over = bleed.pt if bleed > ZERO else -_UNPRINTED.pt
        shapes = [_laid(shape, scale, view.shift.pt + over) for shape in table["shapes"]]
        length = view.length.pt + 2 * over
        body = "".join(_SHAPES[shape["draw"]]({**shape, "length": length}, brand) for shape in shapes)
        # Upright, along becomes down, and depth grows away from the edge.
        turn = f"matrix(0 1 1 0 {view.edge.pt - table['inset']:g} 0)" if upright else f"translate(0 {table['down']:g})"
    except _TABLE_FAULTS as error:
        wrong = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise ArtError(f"layouts/art/{name}.toml can't be drawn: {wrong}") from None
    drawn = f'<g transform="{turn} translate({-over:g} 0)">{body}</g>'
    if view.both:
        drawn += f'<g transform="translate({layout.width.pt:g} 0) scale(-1 1)">{drawn}</g>'
    return _svg(drawn, layout, bleed.pt, mirror=mirror)


def _svg(body: str, layout: Layout, bleed: float, *, mirror: bool) -> str:
    width, height = layout.width.pt + 2 * bleed, layout.height.pt + 2 * bleed
    flip = f' transform="translate({layout.width.pt:g} 0) scale(-1 1)"' if mirror else ""
    size = f'viewBox="{-bleed:g} {-bleed:g} {width:g} {height:g}" width="{width:g}pt" height="{height:g}pt"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><g{flip}>{body}</g></svg>'


def _laid(shape: Shape, scale: float, shift: float) -> Shape:
    """The shape with everything along the band stretched and moved; depths and radii stay."""

    def along(row: Sequence[float]) -> list[float]:
        return [row[0] * scale + shift, *row[1:]]

    moved: dict[str, object] = {
        key: [along(row) for row in shape[key]] for key in ("seals", "gaps", "leaks", "points") if key in shape
    }
    moved |= {key: along(shape[key]) for key in ("at", "part") if key in shape}
    return {**shape, **moved}


def _path(points: Sequence[Point], weight: float, colour: str) -> str:
    line = "M" + "L".join(f"{x:.1f} {y:.2f}" for x, y in points)
    return f'<path d="{line}" fill="none" stroke="{colour}" stroke-width="{weight}"/>'


def _seals(shape: Shape) -> list[Seal]:
    return [Seal(*row) for row in shape.get("seals", ())]


def _wall(shape: Shape, brand: Mapping[str, str]) -> str:
    """A straight wall with gaps, and open where a seal lies in it."""
    gaps = [(along, half) for along, half in shape.get("gaps", ())]
    gaps += [(seal.along, sqrt(seal.radius**2 - seal.lift**2) - 1) for seal in _seals(shape)]
    out, start = "", 0.0
    for centre, half in sorted(gaps):
        out += _path([(start, 0), (centre - half, 0)], _WALL_WEIGHT, brand["colour-flow"])
        start = centre + half
    return out + _path([(start, 0), (shape["length"], 0)], _WALL_WEIGHT, brand["colour-flow"])


def _flow(shape: Shape, brand: Mapping[str, str]) -> str:
    """Lines at growing depths, the last as heavy as a wall."""
    depths, leaks = shape["depths"], [Leak(*row) for row in shape.get("leaks", ())]
    last = depths[-1]
    return "".join(
        _path(
            band_line(depth, depths[0], shape["length"], _seals(shape), () if depth == last else leaks),
            _WALL_WEIGHT if depth == last else 1,
            brand["colour-flow"],
        )
        for depth in depths
    )


def _vessel(shape: Shape, brand: Mapping[str, str]) -> str:
    """A walled vessel that parts in two."""
    depths = shape["depths"]
    seal = next(iter(_seals(shape)), None)
    lines = vessel_lines(depths, shape["length"], tuple(shape["part"]), tuple(shape["shifts"]), seal)
    heavy = {0, len(depths) - 1, len(depths)}
    return "".join(
        _path(points, _WALL_WEIGHT if number in heavy else 1, brand["colour-flow"])
        for number, points in enumerate(lines)
    )


def _dot(shape: Shape, brand: Mapping[str, str]) -> str:
    x, y = shape["at"]
    return f'<circle cx="{x}" cy="{y}" r="{shape["radius"]}" fill="{brand["colour-" + shape.get("colour", "dot")]}"/>'


def _stroke(shape: Shape, brand: Mapping[str, str]) -> str:
    return _path([tuple(point) for point in shape["points"]], shape["weight"], brand["colour-flow"])


_SHAPES: Final[dict[str, Callable[[Shape, Mapping[str, str]], str]]] = {
    "wall": _wall,
    "flow": _flow,
    "vessel": _vessel,
    "dot": _dot,
    "stroke": _stroke,
}
