"""Styles without what prints nothing."""

from __future__ import annotations

import pytest
import tinycss2

from pressroom.plain_style import emptied_comments, plain_style, without_comments


@pytest.mark.parametrize(
    ("style", "plain"),
    [
        ("/* all */\n\n.a { top: 0 }\n", ".a { top: 0 }"),
        (".a { top: 0; /* x */\n  left: 0 /* y */ /*\n\nz */\n}\n\n  .b {}/* end */", ".a { top: 0; left: 0 } .b {}"),
        (".a/* x */.b { top: 0 }", ".a/**/.b { top: 0 }"),
        (".a /* x */.b { top: 0 }", ".a .b { top: 0 }"),
        (".a/* x */ /* y */.b { top: 0 }", ".a .b { top: 0 }"),
        ('.a::before { content: "/* no */  x" }', '.a::before { content: "/* no */  x" }'),
        (r'.a\" { content: "/* no */" }  ', r'.a\" { content: "/* no */" }  '),
        ("a { background: url(x/*y*/z) }", "a { background: url(x/*y*/z) }"),
        (".a { top: 0 } /* open", ".a { top: 0 } /* open"),
    ],
)
def test_plain(style: str, plain: str) -> None:
    """Comments, blank lines and indentation go; what stands in texts, and what parts two words, stays."""
    assert plain_style(style) == plain
    assert _said(style) == _said(plain_style(style)) == _said(emptied_comments(style))


def test_lines_stay() -> None:
    """A style whose comments are emptied has each rule on its line."""
    style = "/* a\nb\n*/ .a { top: 0 }\n/* c */ .b { top: 0 }\n"
    assert emptied_comments(style) == "/*\n\n*/ .a { top: 0 }\n/**/ .b { top: 0 }\n"
    assert without_comments(style) == " \n\n .a { top: 0 }\n  .b { top: 0 }\n"


def test_unclosed_text() -> None:
    """A text that is not closed ends with its line, as a browser reads it; a comment's sign in it begins none."""
    style = "a { x: ' /*\n; opacity: 0 } /* no */"
    assert without_comments(style) == "a { x: ' /*\n; opacity: 0 }  "


def _said(style: str) -> str:
    """What a parser reads, with one space for each run of them."""
    rules = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    return " ".join(tinycss2.serialize(rules).replace("/**/", "").split())
