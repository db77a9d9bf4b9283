"""The brand's colours on pages for people who work with a project."""

from __future__ import annotations

import pytest

from pressroom.layout.oklch import hue, ratio
from pressroom.layout.screen import brand_css, screen_colours

OWN = {"colour-flow": "#0f4c5c", "colour-alarm": "#a60010", "dark-flow": "#7cc0d4"}


@pytest.mark.parametrize("flow", ["#0f4c5c", "#24408e", "#f5c400", "#ff00ff", "#abc", "#000"])
def test_every_brand_is_legible_in_both_schemes(flow: str) -> None:
    """Whatever the brand is, its colour has 7:1 on the ground of each scheme, and so have the words on a button."""
    bright, dark = screen_colours({"colour-flow": flow, "colour-alarm": "#d00"})
    for name in ("flow", "alarm"):
        assert ratio(bright[f"colour-{name}"], "#ffffff") >= 7
        assert ratio(dark[name], "#0f1517") >= 7
    assert ratio(dark["on-flow"], dark["flow"]) >= 7


def test_a_colour_that_is_legible_is_kept() -> None:
    """The brand's own colours, dark ones too, are used as they are written."""
    bright, dark = screen_colours(OWN)
    assert (bright["colour-flow"], dark["flow"]) == ("#0f4c5c", "#7cc0d4")
    assert hue(dark["alarm"]) == pytest.approx(hue("#a60010"), abs=12)


def test_a_brand_without_these_colours_changes_nothing() -> None:
    """The pages' own colours stay where the brand has none."""
    assert screen_colours({"colour-ink": "#000"}) == ({}, {})
    assert "--" not in brand_css({})
