"""Drawings of web pages follow the reader's scheme where all their colours are the brand's."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from pressroom.compose.screen_drawing import following_scheme

BRAND = {
    "colour-ink": "#000",
    "colour-paper": "#fff",
    "colour-flow": "#0f4c5c",
    "colour-bone": "#dbe4e7",
    "dark-ink": "#e9eef0",
    "dark-paper": "#12181b",
    "dark-flow": "#7cc0d4",
}
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-5 0 40 30.5"'


def drawn(body: str, first: str = "") -> str:
    """The drawing as a web page has it."""
    svg = following_scheme(f"{HEAD}{first}>{body}</svg>".encode(), BRAND)
    return "" if svg is None else svg.decode()


def schemes(svg: str) -> tuple[dict[str, str], dict[str, str]]:
    """The colours by day and in the dark."""
    bright, dark = re.findall(r":root \{ ([^}]*) \}", svg)
    return tuple(dict(re.findall(r"--([\w-]+): (#\w+)", said)) for said in (bright, dark))  # type: ignore[return-value]


def test_colours_follow() -> None:
    """Each colour of the brand has a name, with its value by day and the brand's own in the dark."""
    svg = drawn('<path d="M0 0h9" fill="#fff" stroke="#0F4C5C"/><path d="M0 9h9" style="fill: rgb(15, 76, 92)"/>')
    assert 'fill="var(--paper)" stroke="var(--flow)"' in svg
    assert 'style="fill: var(--flow)"' in svg
    assert schemes(svg) == (
        {"flow": "#0f4c5c", "ink": "#000000", "paper": "#ffffff"},
        {"flow": "#7cc0d4", "ink": "#e9eef0", "paper": "#12181b"},
    )
    assert "@media screen and (prefers-color-scheme: dark)" in svg


def test_a_tint_stays_a_tint() -> None:
    """A colour that the brand has no dark one of is computed: a tint becomes a shade that lines can be seen on."""
    _, dark = schemes(drawn('<path d="M0 0h9" fill="#dbe4e7"/>'))
    assert dark["bone"] == "#32383a"


@pytest.mark.parametrize(("first", "fill"), [("", ' fill="var(--ink)"'), (' fill="none"', ' fill="none"')])
def test_what_says_no_colour_is_ink(first: str, fill: str) -> None:
    """Shapes without a colour are black, which is the scheme's colour of words; a ground is below them."""
    root = ElementTree.fromstring(drawn("<path d='M0 0h9v9z'/>", first))
    assert f' fill="{root.get("fill")}"' == fill
    assert root.get("color") == "var(--ink)"
    ground = root[1]
    assert [ground.get(name) for name in ("x", "y", "width", "height", "fill", "stroke")] == [
        *("-5", "0", "40", "30.5"),
        *("var(--paper)", "none"),
    ]


@pytest.mark.parametrize("body", ['<path d="M0 0h9" fill="#123456"/>', '<path d="M0 0h9" fill="green"/>'])
def test_other_colours_keep_white_paper(body: str) -> None:
    """A drawing with a colour that is not the brand's stays as it is: nobody knows how it looks on a dark ground."""
    assert drawn(body) == ""


def test_names_are_no_colours() -> None:
    """A part that is called as a colour is called keeps its name."""
    svg = drawn('<g id="black" fill="black"/><path d="M0 0h9" clip-path="url(#black)"/>')
    assert '<g id="black" fill="var(--ink)"/>' in svg
    assert "url(#black)" in svg
