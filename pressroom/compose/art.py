"""Draws SVG: the picture behind the text of a page, mirrored for right-to-left, and the QR code of an address.

Shapes are data (`layouts/art/<name>.toml`). All numbers are in points. Lines bend around obstacles as a potential flow
past a cylinder does: y(1 − r²/(x²+y²)) is constant along a line. So they are the same at any size and on every machine.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from typing import TYPE_CHECKING, Any, Final

from pressroom.layout import Layout, View
from pressroom.units import ZERO, Length, mm

if TYPE_CHECKING:
    import segno

Shape = Mapping[str, Any]
Point = tuple[float, float]
_STEP: Final = 3.0
_HALVINGS: Final = 40
_WALL_WEIGHT: Final = 3
# Office printers leave so much white at the edge, never the same on both sides: without a bleed lines end before it.
_UNPRINTED: Final = mm(6.35)
CODE: Final = "code.svg"
# A module of 0.4 mm is the least that telephones read from office prints; four modules around the code stay white.
MODULE: Final = mm(0.6)
_QUIET: Final = 4
# What a wrong table can raise; TOML's own is a ValueError.
_TABLE_FAULTS = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RuntimeError)


class ArtError(ValueError):
    """The layouts have no drawing of this name, or its table can't be used."""


def draw(name: str, layout: Layout, view: View, brand: Mapping[str, str], *, bleed: Length, mirror: bool) -> str:
    """The SVG of one view of a drawing, the size of the layout's sheet and `bleed` larger on every side.

    With a bleed its lines run over the trim, without one they end inside what an office printer reaches.

    Raises:
        ArtError: it can't be drawn.
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

    rows = {key: [along(row) for row in shape[key]] for key in ("seals", "gaps", "leaks", "points") if key in shape}
    return {**shape, **rows, **{key: along(shape[key]) for key in ("at", "part") if key in shape}}


def _path(points: Sequence[Point], weight: float, colour: str) -> str:
    line = "M" + "L".join(f"{x:.1f} {y:.2f}" for x, y in points)
    return f'<path d="{line}" fill="none" stroke="{colour}" stroke-width="{weight}"/>'


@dataclass(frozen=True, slots=True)
class Seal:
    """A round obstacle that lines bend under: its place along the band, the lift of its centre, its radius."""

    along: float
    lift: float
    radius: float


@dataclass(frozen=True, slots=True)
class Leak:
    """A gap that lines rise towards: its place along the band, and how much they rise."""

    along: float
    rise: float


def streamline_depth(depth: float, seal: Seal, along: float) -> float:
    """The depth at `along` of the line that has this `depth` far from the seal."""
    low, high = depth, depth + 2 * seal.radius + 1
    for _ in range(_HALVINGS):
        y = (low + high) / 2
        if y * (1 - seal.radius**2 / ((along - seal.along) ** 2 + y * y)) < depth:
            low = y
        else:
            high = y
    return high


def band_line(
    depth: float, first: float, length: float, seals: Sequence[Seal] = (), leaks: Sequence[Leak] = ()
) -> list[Point]:
    """A line of a band whose first line is at depth `first`; leaks move the outer lines most."""
    points: list[Point] = []
    for step in range(int(length / _STEP) + 1):
        x = step * _STEP
        y = depth
        for seal in seals:
            y += streamline_depth(depth + seal.lift, seal, x) - seal.lift - depth
        for leak in leaks:
            y -= leak.rise * exp(-(((x - leak.along) / 14) ** 2)) * exp(-(depth - first) / 7)
        points.append((x, y))
    return points


def vessel_lines(
    depths: Sequence[float], length: float, part: Point, shifts: Point, seal: Seal | None = None
) -> list[list[Point]]:
    """The lines of a vessel that parts in two from `part[0]` over a length of `part[1]`, the fork's inner wall last.

    Depths are signed distances from the middle; the upper half moves by `shifts[0]`, the lower by `shifts[1]`.
    """

    def moved(x: float, y: float, shift: float) -> Point:
        return x, y + shift * _smooth((x - part[0]) / part[1])

    def middle(depth: float, x: float) -> float:
        if seal is None:
            return depth
        return streamline_depth(abs(depth), seal, x) * (1 if depth > 0 else -1)

    steps = [step * _STEP for step in range(int(length / _STEP) + 1)]
    lines = [[moved(x, middle(d, x), shifts[0] if d < 0 else shifts[1]) for x in steps] for d in depths]
    half = depths[len(depths) // 2] - 1
    fine = [part[0] + 2 * step for step in range(int((length - part[0]) / 2) + 1)]
    upper = [moved(x, half, shifts[0]) for x in fine]
    lower = [moved(x, -half, shifts[1]) for x in fine]
    apart = next(i for i, (u, v) in enumerate(zip(upper, lower, strict=True)) if v[1] > u[1])
    return [*lines, upper[: apart - 1 : -1] + lower[apart:]]


def _smooth(share: float) -> float:
    t = min(1.0, max(0.0, share))
    return t * t * (3 - 2 * t)


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


_Drawer = Callable[[Shape, Mapping[str, str]], str]
_SHAPES: Final[dict[str, _Drawer]] = {"wall": _wall, "flow": _flow, "vessel": _vessel, "dot": _dot, "stroke": _stroke}


def code_svg(address: str, *, readable: bool = True) -> bytes:
    """A QR code of the address, level M, with its white edge; for a proof, `readable=False`, a crossed box as large."""
    size, runs = code_runs(address)
    if readable:
        dark = "".join(f"M{x} {y}h{run}v1h-{run}z" for y, x, run in runs)
        drawing = f'<path d="{dark}" fill="#000"/>'
    else:
        near, far = _QUIET + 0.5, size - _QUIET - 0.5
        crossed = f"M{near} {near}H{far}V{far}H{near}zL{far} {far}M{near} {far}L{far} {near}"
        drawing = f'<path d="{crossed}" fill="none" stroke="#000"/>'
    side = f"{size * MODULE.pt:.4f}pt"
    box = f'viewBox="0 0 {size} {size}" width="{side}" height="{side}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{drawing}</svg>'.encode()


def code_side(address: str) -> Length:
    """How wide and high the code of an address is, without its white edge."""
    code = _code_of(address)
    return Length(int(code.symbol_size(border=0)[0]) * MODULE.pt)


def code_runs(address: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """The code of an address as modules on a side with its white edge, and its dark runs: row, first column, length."""
    code = _code_of(address)
    rows = enumerate(code.matrix, start=_QUIET)
    return int(code.symbol_size(border=_QUIET)[0]), tuple(
        (y, x + _QUIET, run) for y, row in rows for x, run in _runs(row)
    )


def _code_of(address: str) -> segno.QRCode:
    # Imported here: it loads HTTP and TLS, and the process that plans a build draws no code.
    import segno

    return segno.make(address, error="m", micro=False, boost_error=False)


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """The start and length of each dark run of a row: drawn as one shape, it has no hairlines."""
    return [(match.start(), len(match[0])) for match in re.finditer(rb"\x01+", row)]
