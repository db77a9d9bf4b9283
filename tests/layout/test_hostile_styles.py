"""Styles and layouts that are made to harm are refused at their line, before a library gets lost in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.layout import LayoutError, read_layout
from pressroom.layout.style_rules import style_problems
from pressroom.project import Files

NESTED = {
    "not": ":not(" * 2000 + ".a" + ")" * 2000 + " { color: #000 }",
    "calc": ".a { width: " + "calc(" * 2000 + "1mm" + ")" * 2000 + " }",
    "open": ".a { width: " + "(" * 100_000 + " }",
    "media": "@media print {" * 3000,
    "blocks": ".a { " * 3000,
}


@pytest.mark.parametrize("name", NESTED)
def test_brackets_in_brackets(name: str) -> None:
    """What is nested thousands deep is one finding with its line."""
    (finding,) = style_problems("layouts/a/style.css", f"\n\n{NESTED[name]}\n")
    assert finding.span.line == 3
    assert finding.message == "brackets are nested more than 12 deep"


def test_brackets_in_strings_and_comments() -> None:
    """A bracket that is only written about is none."""
    text = "/* " + "(" * 50 + " */\n.a::before { content: '" + "(" * 50 + "' }"
    assert "nested" not in " ".join(finding.message for finding in style_problems("layouts/a/style.css", text))


def test_a_style_of_millions_of_characters() -> None:
    """A style that is longer than any layout needs is not parsed."""
    (finding,) = style_problems("layouts/a/style.css", ".a,\n" * 100_000 + ".b { color: #000 }")
    assert "400,018 characters" in finding.message


def test_values_that_grow(minimal: Path) -> None:
    """Custom properties that hold each other ten times are refused where they grow too much."""
    style = minimal / "layouts" / "slip" / "style.css"
    grown = [f"--a{n}: {f'var(--a{n - 1}) ' * 10};\n" for n in range(1, 9)]
    style.write_text(f"{style.read_text()}\n.sheet {{\n--a0: 1mm;\n{''.join(grown)}}}\n")
    with pytest.raises(LayoutError) as refused:
        read_layout(Files(minimal), "slip")
    assert "--a4 holds other custom properties more than 2,000 times" in refused.value.problem.message
    assert "--a4" in style.read_text().splitlines()[refused.value.problem.span.line - 1]


@pytest.mark.parametrize("key", ["like", "style"])
@pytest.mark.parametrize("name", ["../../x", "/etc", "..", "shared/../../x"])
def test_a_layout_outside_of_layouts(minimal: Path, key: str, name: str) -> None:
    """A layout is like another one of `layouts/`, and of no other folder."""
    table = minimal / "layouts" / "slip" / "layout.toml"
    table.write_text(f'{key} = "{name}"\n{table.read_text()}')
    with pytest.raises(LayoutError) as refused:
        read_layout(Files(minimal), "slip")
    assert refused.value.problem.span.line == 1
    assert "names no folder of layouts" in refused.value.problem.message
