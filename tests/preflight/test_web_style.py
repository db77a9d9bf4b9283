from __future__ import annotations

import pytest

from pressroom.diagnostics import Span
from pressroom.preflight.web import check_style

HERE = Span("layouts/web-page/layout.toml")


def _codes(style: str) -> list[str]:
    return [found.code for found in check_style(f"<html><style>{style}</style><p>Call 911</p></html>", HERE)]


@pytest.mark.parametrize(
    "style",
    [
        "p{display:none}",
        "p { display : NONE }",
        "p{dis/**/play:none} p{visibility:hidden}",
        "p{opacity:0}",
        "p{font-size:0}",
        "p{font-size:0px;color:red}",
        "p{height:0}",
        "p{position:absolute;left:-999px}",
        "p{clip-path:inset(100%)}",
        "p{text-indent:-99em}",
        "p{color:transparent}",
        "p{margin-left:-9999px}",
        """p{--a:"/*"} p{display:none} p{--b:"*/"}""",
        "p{--a:' /*\n} p{opacity:0} /* */",
        "p{background:URL(/*);display:none;--x:y*/}",
        "p{d\\69splay:none}",
        "@import url(x)",
    ],
)
def test_a_style_hides_no_word(style: str) -> None:
    """A style that can take words off the screen is an error, however it is written."""
    assert "text-hidden" in _codes(style)


def test_an_attribute_is_a_style() -> None:
    """What an element's own attribute hides is told too."""
    found = list(check_style("<p style='display:none'>Call 911</p>", HERE))
    assert [d.code for d in found] == ["text-hidden"]


def test_a_style_says_no_word() -> None:
    """Words in a style are an error; an empty box for a bullet is not."""
    assert _codes('p::before{content:"Do not call"}') == ["text-added"]
    assert _codes('li::before{content:""; width:0.4em}') == []


@pytest.mark.parametrize(
    "style",
    [
        "p{display:block}",
        "p{font-size:0.9rem}",
        "h1{margin:1.5em 0 0.4em}",
        "img{max-width:100%;height:auto}",
        "p{top:0}",
    ],
)
def test_honest_styles(style: str) -> None:
    """What only sets words is nobody's business."""
    assert _codes(style) == []


BEHIND = "@media screen { .behind { display: none; } }"


@pytest.mark.parametrize(
    ("body", "hidden"),
    [
        (
            '<a href="https://a.example/x/">Read <b>on</b><span class="behind"> (<span>a.example/x</span>)</span></a>',
            False,
        ),
        ('<a href="mailto:a@b.example">us<span class="behind"> （a@b.example）</span></a><img alt="behind">', False),
        ('<a href="https://a.example/x">Read<span class="behind"> (a.example/y)</span></a>', True),
        ('<a href="https://a.example/x">Read</a><span class="behind"> (a.example/x)</span>', True),
        ('<p class="text behind">Call 911</p>', True),
        ("<p class='behind'>Call 911</p>", True),
    ],
)
def test_only_a_links_own_address_is_kept_for_paper(body: str, hidden: bool) -> None:
    """A screen does not show the address of a link, which is printed behind its words; all else must be seen."""
    found = [one.code for one in check_style(f"<html><style>{BEHIND}</style>{body}</html>", HERE)]
    assert found == (["text-hidden"] if hidden else [])
