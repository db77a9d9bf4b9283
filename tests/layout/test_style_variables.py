"""A var() that no style sets is found where it is written."""

from __future__ import annotations

import pytest

from pressroom.layout import Stylesheet
from pressroom.layout.style_variables import unset_variables


@pytest.mark.parametrize(
    ("style", "lines"),
    [
        ("p { border: 1px solid var(--no) }", [1]),
        ("/* of\n two */ p { color: var(--no) }", [2]),
        ("/* p { color: var(--no) } */", []),
        ("p { --no: red; color: var(--no) }", []),
        ("p { color: var(--no, red) }", []),
        # No comment begins in a text.
        ('p::before { content: "/*" }\np { outline: 1px solid var(--no) } /* the end */', [2]),
    ],
)
def test_lines(style: str, lines: list[int]) -> None:
    """Each declaration that reads what no style sets is reported at its line, and nothing in a comment is."""
    found = unset_variables((Stylesheet("a.css", style),))
    assert [one.span.line for one in found] == lines
