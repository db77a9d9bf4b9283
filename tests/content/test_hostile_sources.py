"""Documents that are made to take minutes are refused at their line, before they are parsed."""

from __future__ import annotations

import pytest

from pressroom.content.parse import parse_document

LONG = "a\n" * 60_000
HEAD = '---\nnumber: A-1\ntitle: T\nproducts: [slip]\nversion: "1"\ndate: 2026-11\nreview-by: 2027-11\n---\n'


def test_sizes() -> None:
    """A file that is too long has the line at which it is."""
    document, (finding,) = parse_document(f"{HEAD}\n{LONG}", "source/a.md")
    assert document is None
    assert finding.code == "source-size"
    assert 49_900 < finding.span.line < 50_000


@pytest.mark.parametrize("sign", ["[", "{a: "])
def test_brackets_in_front_matter(sign: str) -> None:
    """Front matter that is nested a thousand deep is one finding of its own."""
    document, findings = parse_document(f"---\na: {sign * 1000}\n---\n# T\n", "source/a.md")
    assert document is None
    assert findings[0].code == "front-matter"
    assert findings[0].span.line == 2


def test_comments_that_do_not_end() -> None:
    """Thousands of beginnings of a comment are one finding, or few."""
    text = f"{HEAD}\n<!-- panel: a -->\n\n# T\n\n{'<!-- note:' * 1900}\n"
    _, findings = parse_document(text, "source/a.md")
    assert "markup-html" in {finding.code for finding in findings}
