"""A faint colour of the brand is reported at its line, with a shade that can be read; a web page's too."""

from __future__ import annotations

import pytest

from pressroom.diagnostics import Span
from pressroom.layout import BrandColours, Stylesheet
from pressroom.layout.colours import contrast, inks_of, rgb_of, rgb_of_inks
from pressroom.layout.text_colours import text_colours

TOKENS = {
    "colour-ink": "#000",
    "colour-paper": "#fff",
    "colour-flow": "#6fa0b0",
    "colour-alarm": "#ff6070",
    "colour-night": "#102030",
}
BRAND = BrandColours(TOKENS, {"flow": Span("layouts/brand.toml", 7), "alarm": Span("layouts/brand.toml", 9)})


def test_ratios() -> None:
    """Ratios are WCAG's: black on white is 21:1, and #767676 on white is the well-known 4.54:1."""
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast(rgb_of("#767676"), rgb_of("#ffffff")) == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize(
    ("text", "ground", "line", "name"),
    [
        ("#6fa0b0", "#ffffff", 7, "flow"),
        ("#ffffff", "#ff6070", 9, "alarm"),
        ("#6fa0b0", "#102030", 7, "flow"),
    ],
)
def test_whose_fault(text: str, ground: str, line: int, name: str) -> None:
    """The brand's colour is named, light text on it too; the shade in the hint is readable."""
    found = BRAND.faint(text, ground, 7)
    assert found is not None
    assert found.span == Span("layouts/brand.toml", line)
    shade = found.hint.split('"')[1]
    assert found.hint.startswith(f"write {name} = ")
    other = ground if name == BRAND.name_of(text) else text
    assert contrast(rgb_of(shade), rgb_of(other)) >= 7


def test_not_the_brands() -> None:
    """A colour that the brand does not have is the style's fault."""
    assert BRAND.faint("#999999", "#eeeeee", 7) is None


def test_screen() -> None:
    """A web page's style is held to the same ratio: text on the page, and text on a ground of the same rule."""
    style = """
        h1 { color: var(--colour-flow); }
        .band { background: var(--colour-alarm); color: #fff; }
        .band p { color: #fff; }
        p { color: var(--colour-ink); }
        a { color: inherit; }
        @media print { li { color: var(--colour-flow); } }
    """
    found = list(BRAND.faint_on_screen([Stylesheet("a.css", style)]))
    assert [finding.span.line for finding in found] == [7, 9]
    assert not list(BRAND.faint_on_screen([Stylesheet("a.css", "p { color: var(--colour-ink); }")]))


def test_pairs() -> None:
    """Pairs are those that a rule writes, a token's fallback aside."""
    assert list(text_colours("a { color: var(--colour-ink, #000); background: no-repeat #abc; }")) == [
        ("colour-ink", "#abc")
    ]


@pytest.mark.parametrize("colour", ["#ff6070", "#0f4c5c", "#000000", "#ffffff"])
def test_inks_to_write(colour: str) -> None:
    """The inks that a hint names look like the colour."""
    assert rgb_of_inks(*inks_of(rgb_of(colour))) == pytest.approx(rgb_of(colour))
