from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pressroom.compose.art import ArtError, Leak, Seal, band_line, draw, streamline_depth, vessel_lines
from pressroom.layout import read_brand, read_layout
from pressroom.project import Files
from pressroom.units import ZERO, mm

ROOT = Path(__file__).parents[2]
LEAFLET = read_layout(Files(ROOT / "tests" / "projects" / "other-clinic"), "leaflet")
BRAND = read_brand(Files(ROOT / "tests" / "projects" / "other-clinic"))
OUTSIDE = LEAFLET.views["outside"]


def test_size_and_mirror() -> None:
    """A drawing is as large as the sheet, and for right-to-left readers it is the same, mirrored."""
    plain, mirrored = (draw("shore", LEAFLET, OUTSIDE, BRAND, bleed=ZERO, mirror=mirror) for mirror in (False, True))
    root = ElementTree.fromstring(plain)
    width, height = (float(root.get(name, "").removesuffix("pt")) for name in ("width", "height"))
    assert (width, height) == pytest.approx((LEAFLET.width.pt, LEAFLET.height.pt), abs=0.01)
    flip = f' transform="translate({LEAFLET.width.pt:g} 0) scale(-1 1)"'
    assert mirrored.replace(flip, "") == plain
    assert mirrored != plain


def test_bleed() -> None:
    """For a press a drawing is larger on every side, and what it shows stands where it stood."""
    svg = draw("shore", LEAFLET, OUTSIDE, BRAND, bleed=mm(3), mirror=False)
    root = ElementTree.fromstring(svg)
    left, top, width, _ = (float(value) for value in root.get("viewBox", "").split())
    assert (left, top) == pytest.approx((-mm(3).pt, -mm(3).pt), abs=0.001)
    assert width == pytest.approx(LEAFLET.width.pt + mm(6).pt, abs=0.01)
    assert "M318.5 0.00L428.5 0.00" in svg


@pytest.mark.parametrize("name", ["seal", "vessel"])
@pytest.mark.parametrize(("layout", "page"), [("large-print", "page"), ("large-print-a4", "page")])
def test_office_printers_reach_it(name: str, layout: str, page: str) -> None:
    """Without a bleed the lines of the project's drawings end 6.35 mm before the sheet's edge, or more."""
    read = read_layout(Files(ROOT), layout)
    view, safe = read.views[page], mm(6.35).pt - 0.1
    svg = draw(name, read, view, read_brand(Files(ROOT)), bleed=ZERO, mirror=False)
    points = [tuple(map(float, point.split())) for d in re.findall(r'd="M([^"]*)"', svg) for point in d.split("L")]
    (moved,) = (float(x) for x in re.findall(r"translate\((-?[\d.]+) 0\)\"", svg))
    along = [x + moved for x, _ in points]
    assert min(along) >= safe
    assert max(along) <= view.length.pt - safe
    for start in re.findall(r"matrix\(0 1 1 0 ([\d.]+) 0\)", svg):
        assert float(start) + max(y for _, y in points) + 1.5 <= view.edge.pt - safe


@pytest.mark.parametrize("name", ["seal", "vessel"])
def test_own_art(name: str) -> None:
    """The project's own drawings are lines and dots in the brand's colours, and nothing else."""
    layout = read_layout(Files(ROOT), "large-print")
    svg = draw(name, layout, layout.views["page"], read_brand(Files(ROOT)), bleed=ZERO, mirror=False)
    assert set(re.findall(r"<(\w+)", svg)) <= {"svg", "g", "path", "circle"}
    assert set(re.findall(r'(?:stroke|fill)="(#\w+)"', svg)) <= set(read_brand(Files(ROOT)).values())


@pytest.mark.parametrize(
    "toml",
    [
        "[line",
        "line = 3",
        "[line]",
        '[line]\nlength = 9\ndown = 0\nshapes = [{draw = "cloud"}]',
        '[line]\nlength = 9\ndown = 0\nshapes = [{draw = "dot", at = [1]}]',
        '[line]\nlength = 9\ndown = 0\nshapes = [{draw = "flow", depths = []}]',
        '[line]\nlength = 9\ndown = 0\nshapes = [{draw = "wall", seals = [[1, 9, 2]]}]',
        '[line]\nlength = 9\ndown = 0\nshapes = [{draw = "vessel", depths = [-1, 1], part = [0, 0], shifts = [0, 0]}]',
        '[line]\nlength = 9\ndown = 0\nshapes = [{draw = "vessel", depths = [-1, 1], part = [0, 9], shifts = [0, 0]}]',
        '[line]\nlength = 9\ndown = 0\nshapes = [{draw = "dot", at = [1, 1], radius = 1, colour = "none"}]',
    ],
)
def test_wrong_table(toml: str) -> None:
    """A table that can't be drawn is refused in words, whatever is wrong with it."""
    with pytest.raises(ArtError, match=r"art/shore\.toml can't be drawn"):
        draw("shore", replace(LEAFLET, art={"shore.toml": toml}), OUTSIDE, BRAND, bleed=ZERO, mirror=False)


def test_no_such_drawing() -> None:
    """A drawing that is not there is refused by its file's name."""
    with pytest.raises(ArtError, match=r"no drawing layouts/art/sea\.toml"):
        draw("sea", LEAFLET, OUTSIDE, BRAND, bleed=ZERO, mirror=False)


def test_lines_part_round_a_seal() -> None:
    """A line far from a seal stays where it is, and none runs through it."""
    seal = Seal(100, 0, 10)
    assert streamline_depth(5, seal, 2000) == pytest.approx(5, abs=0.1)
    for depth in (0.1, 5, 20):
        for along in range(60, 141):
            line = streamline_depth(depth, seal, along)
            assert line >= depth
            assert (along - 100) ** 2 + line**2 >= 100 - 1e-6


def test_leak() -> None:
    """Lines rise towards a leak, the outer ones most."""
    outer, inner = (band_line(depth, 8, 100, (), [Leak(51, 5)]) for depth in (8, 20))
    assert 8 - min(y for _, y in outer) == pytest.approx(5)
    assert 0 < 20 - min(y for _, y in inner) < 1


def test_vessel_parts() -> None:
    """A vessel's upper half goes up, its lower down, and an inner wall closes the fork."""
    lines = vessel_lines([-5, -2, 2, 5], 300, (100, 50), (-10, 10))
    assert len(lines) == 5
    assert [round(line[-1][1]) for line in lines[:4]] == [-15, -12, 12, 15]
    assert all(line[0][1] == depth for line, depth in zip(lines, [-5, -2, 2, 5], strict=False))
