"""A faint colour of the brand is reported at its line, with a shade that can be read; a web page's too."""

from __future__ import annotations

import pytest

from pressroom.diagnostics import Span
from pressroom.layout import BrandColours, Stylesheet
from pressroom.layout.colours import contrast, rgb_of
from pressroom.layout.page_colours import written_colours

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


def test_a_dark_colour() -> None:
    """A colour of a dark screen is named with its group, and found at its own line."""
    brand = BrandColours({**TOKENS, "dark-paper": "#12181b", "dark-ink": "#556066"}, {"dark-ink": Span("b.toml", 14)})
    found = brand.faint("#556066", "#12181b", 7)
    assert found is not None
    assert found.span == Span("b.toml", 14)
    assert found.message.startswith("text in dark-ink (#556066) on dark-paper (#12181b)")
    assert found.hint.startswith('write ink = "#')


def test_drawings_in_the_dark() -> None:
    """A line of a drawing that is too near to a dark screen's ground, or to a tint there, is told with a shade."""
    dark = {"dark-paper": "#12181b", "dark-flow": "#1c3a44", "colour-bone": "#dbe4e7", "colour-flow": "#0f4c5c"}
    brand = BrandColours({**TOKENS, **dark}, {"dark-flow": Span("b.toml", 14)})
    found = list(brand.faint_in_the_dark('<path fill="#dbe4e7" stroke="#0f4c5c"/>'))
    assert [(one.span.line, one.message.split(" on a dark")[0]) for one in found] == [
        (14, "drawings have flow (#1c3a44) on paper (#12181b)"),
        (14, "drawings have flow (#1c3a44) on bone (#32383a)"),
    ]
    shades = [one.hint.split('"')[1] for one in found]
    assert contrast(rgb_of(shades[1]), rgb_of("#32383a")) >= 3
    assert not list(brand.faint_in_the_dark('<path fill="#dbe4e7" stroke="#000"/>'))


def test_not_the_brands() -> None:
    """A colour that the brand does not have is the style's fault."""
    assert BRAND.faint("#999999", "#eeeeee", 7) is None


PAGE = """<!doctype html><html><head><title>T</title></head><body>
<div class="band"><h1>Signs</h1><p>Call <b>now</b></p></div><p>Rest</p></body></html>"""


def _faint(style: str, page: str = PAGE) -> list[str]:
    found = BRAND.faint_on_screen(page, [Stylesheet("a.css", style)])
    return [f"{finding.span}: {finding.message}" for finding in found]


@pytest.mark.parametrize(
    ("style", "places"),
    [
        ("p { color: var(--colour-ink); }", []),
        ("h1 { color: var(--colour-flow); }", ["layouts/brand.toml:7"]),
        (".none { color: var(--colour-flow); }", []),
        (".band { background: var(--colour-alarm); color: #fff; }", ["layouts/brand.toml:9"]),
        # Light text on a dark box around it, and dark text that a box around it spoils.
        (".band { background: var(--colour-night); } .band * { color: #fff; }", []),
        (".band { background: var(--colour-night); } h1 { color: #fff; }", ["layouts/brand.toml"]),
        (".band p { color: white; }", ["a.css:1"]),
        # The cascade: the more specific rule, the later one, and the important one.
        (".band p { color: #000; } p { color: var(--colour-flow); } body > p { color: #000 }", []),
        ("p { color: var(--colour-flow) !important; } .band p, body > p { color: #000; }", ["layouts/brand.toml:7"]),
        ("b { color: #999; } b { color: #222; }", []),
        # Names of variables, transparent colours, other ways to see the page.
        (":root { --pale: var(--colour-flow); } h1 { color: var(--pale, #000); }", ["layouts/brand.toml:7"]),
        ("h1 { color: rgba(0, 0, 0, 0.3); }", ["a.css:1"]),
        (".band { background: none; }", []),
        ("@media print { h1 { color: var(--colour-flow); } }", ["layouts/brand.toml:7"]),
        ("@media (prefers-color-scheme: dark) { body { background: #111; color: #eee; } }", []),
        ("@media (prefers-color-scheme: dark) { body { background: #111; } }", ["a.css:1"]),
        ("h1 { color: #999; } p { color: #bbb; }", ["a.css:1", "a.css:1"]),
        ("::before { color: var(--colour-flow); } !! { } a { color }", []),
    ],
)
def test_screen(style: str, places: list[str]) -> None:
    """A web page's words are held to the ratio of paper, in the colours that a browser gives them."""
    found = _faint(style)
    assert [line.partition(": ")[0] for line in found] == places


def test_link_in_a_box() -> None:
    """A link that no style colours is as blue as browsers make it, which a dark box spoils."""
    page = PAGE.replace("<b>", '<b><a href="https://a.example">').replace("</b>", "</a></b>")
    assert _faint("", page) == []
    (found,) = _faint(".band { background: var(--colour-night); color: #fff; }", page)
    assert found.startswith("a.css:1: text in #0000ee on #102030")


def test_colours_of_a_drawing() -> None:
    """A drawing may write a colour in digits, by its name or in numbers; other words are none."""
    drawing = '<rect fill="red" stroke="#ABC" style="fill:rgb(10, 20,30)"/><text>Thigh</text><a href="#abcdef12"/>'
    assert sorted(written_colours(drawing)) == ["#0a141e", "#aabbcc", "#ff0000"]
