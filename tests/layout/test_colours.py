from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.layout import LayoutError, read_brand
from pressroom.layout.colours import hex_of, lab_difference, lab_of, rgb_of, rgb_of_xyz, xyz_of_lab
from pressroom.layout.inks import lab_of_inks, nearest_inks, percents, screen_of_inks
from pressroom.project import Files

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 3.1571, -77.2803), (50, 0, -82.7485), 2.8615),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_is_ciede2000(one, other, expected) -> None:
    """The pairs that Sharma, Wu and Dalal published for those who program the formula."""
    assert lab_difference(one, other) == pytest.approx(expected, abs=0.0001)


def test_white_and_inks() -> None:
    """White is L* 100; paper without ink is white, and black ink is a dark gray."""
    assert lab_of(rgb_of("#fff")) == pytest.approx((100, 0, 0), abs=0.02)
    assert hex_of(screen_of_inks((0, 0, 0, 0))) == "#ffffff"
    assert lab_of_inks((0, 0, 0, 1)) == pytest.approx((22.4, 1, 0), abs=0.1)


@pytest.mark.parametrize("colour", ["#0f4c5c", "#000000", "#ffd400", "#ffffff"])
def test_lab_and_back(colour: str) -> None:
    """A screen's colour comes back from CIELAB as it went in."""
    assert hex_of(rgb_of_xyz(xyz_of_lab(lab_of(rgb_of(colour))))) == colour


@pytest.mark.parametrize("colour", ["#0f4c5c", "#8e1b2c", "#7a1f5c", "#24408e", "#dbe4e7", "#595959", "#ffd400"])
def test_the_nearest_inks(colour: str) -> None:
    """Inks are found that look like a colour, within what a press prints; a pale tint has little ink."""
    inks = nearest_inks(rgb_of(colour))
    assert sum(inks) < 2.801
    assert lab_difference(lab_of(rgb_of(colour)), lab_of_inks(inks)) < 2.5
    assert percents(inks) == " ".join(str(round(ink * 100)) for ink in inks)
    if colour == "#dbe4e7":
        assert sum(inks) < 0.35


def test_no_ink_prints_a_neon_green() -> None:
    """The nearest inks to a colour that no press reaches differ at a glance."""
    colour = rgb_of("#39ff14")
    assert lab_difference(lab_of(colour), lab_of_inks(nearest_inks(colour))) > 10


def test_the_brand_of_the_project_prints_what_it_shows() -> None:
    """Each colour of this project differs from its inks by less than 8."""
    brand = read_brand(Files(ROOT))
    pairs = {name.removeprefix("press-") for name in brand if name.startswith("press-")}
    assert pairs == {"flow", "dot", "bone", "alarm"}
    for name in pairs:
        cyan, magenta, yellow, black = (float(ink) / 100 for ink in brand[f"press-{name}"].split())
        printed = lab_of_inks((cyan, magenta, yellow, black))
        assert lab_difference(lab_of(rgb_of(brand[f"colour-{name}"])), printed) < 8


@pytest.mark.parametrize(
    ("colour", "inks", "said"),
    [
        ("#6a1b9a", "92 50 40 40", "prints about #2b5564 with the inks 92 50 40 40, and is #6a1b9a on a screen"),
        ("#0f4c5c", "40 92 50 40", "on a screen"),
        ("#a60010", "0 100 90 35", ""),
        ("#a60010", "90 0 100 35", "on a screen"),
    ],
)
def test_a_press_ink_far_from_its_colour(colour: str, inks: str, said: str, tmp_path: Path) -> None:
    """A purple proof and a teal press file are refused at the line of the inks, which names both."""
    (tmp_path / "layouts").mkdir()
    text = f'[colour]\nflow = "{colour}"\n\n[press]\nflow = "{inks}"\n'
    (tmp_path / "layouts" / "brand.toml").write_text(text, encoding="utf-8")
    if not said:
        assert read_brand(Files(tmp_path))["press-flow"] == inks
        return
    with pytest.raises(LayoutError) as caught:
        read_brand(Files(tmp_path))
    problem = caught.value.problem
    assert (problem.code, str(problem.span)) == ("ink-colour", "layouts/brand.toml:5")
    assert said in problem.message


def test_a_colour_of_the_projects_own_takes_no_packaged_dark_or_press_colour(tmp_path: Path) -> None:
    """A purple brand has no teal on a dark screen, and no teal ink; what it does not override stays."""
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "brand.toml").write_text('[colour]\nflow = "#6a1b9a"\n', encoding="utf-8")
    brand = read_brand(Files(tmp_path, ROOT))
    assert brand["colour-flow"] == "#6a1b9a"
    assert not {"dark-flow", "press-flow"} & brand.keys()
    assert {"dark-ink", "dark-dot", "press-alarm"} <= brand.keys()
