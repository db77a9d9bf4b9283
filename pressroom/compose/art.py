"""The drawings behind the text: a table of shapes goes in, one SVG a page comes out, mirrored where read so.

Shapes are data (`layouts/art/<name>.toml`); this module knows walls, flow, a parting vessel, dots and strokes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from math import sqrt
from typing import Any, Final

from pressroom.compose.streamlines import Leak, Point, Seal, band_line, vessel_lines
from pressroom.layout import Layout

Shape = Mapping[str, Any]
_WALL_WEIGHT: Final = 3
# What a wrong table can raise; TOML's own is a ValueError.
_TABLE_FAULTS = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError)


class ArtError(ValueError):
    """A drawing's table lacks something, or names a shape there is not."""


def draw(name: str, layout: Layout, page: str, brand: Mapping[str, str], *, mirror: bool) -> str | None:
    """The SVG of one page of a layout, the size of its sheet; none where the drawing has nothing there.

    Raises:
        ArtError: there is no drawing of that name, or its table can't be used.
    """
    if f"{name}.toml" not in layout.art:
        raise ArtError(f"there is no drawing layouts/art/{name}.toml")
    try:
        table = tomllib.loads(layout.art[f"{name}.toml"]).get(layout.name, {}).get(page)
        if table is None:
            return None
        body = "".join(_SHAPES[shape["draw"]](shape, brand) for shape in table["shapes"])
    except _TABLE_FAULTS as error:
        wrong = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise ArtError(f"layouts/art/{name}.toml can't be drawn: {wrong}") from None
    width, height = layout.width.pt, layout.height.pt
    if "upright" in table:
        # Along becomes down, and depth grows away from the edge.
        body = f'<g transform="matrix(0 1 1 0 {table["upright"]} 0)">{body}</g>'
    else:
        body = f'<g transform="translate(0 {table.get("down", 0)})">{body}</g>'
    flip = f' transform="translate({width:g} 0) scale(-1 1)"' if mirror else ""
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}pt" height="{height:g}pt"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><g{flip}>{body}</g></svg>'


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
