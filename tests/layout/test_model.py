from __future__ import annotations

from pathlib import Path

from pressroom.content import Document
from pressroom.content.parse import parse_document
from pressroom.layout import place_panels, read_layout
from pressroom.project import Files

ROOT = Path(__file__).parents[2]
HEAD = '---\nnumber: A\ntitle: T\nproducts: [x]\nversion: "1"\ndate: 2026-11\nreview-by: 2027-11\n---\n'


def _document(*panels: str) -> Document:
    body = "".join(f"\n<!-- panel: {name} -->\n\n# {name}\n" for name in panels)
    document, _ = parse_document(HEAD + body, "source/a.md")
    assert document is not None
    return document


def test_named_and_next() -> None:
    """A passage takes the panel it names; the others take what is left, in the order of the story."""
    layout = read_layout(Files(ROOT / "tests" / "projects" / "other-clinic"), "leaflet")
    placed, problems = place_panels(_document("one", "two", "front", "three"), layout)
    assert problems == []
    assert {name: [panel.name for panel in panels] for name, panels in placed.items()} == {
        "front": ["front"],
        "left": ["one"],
        "right": ["two"],
        "back": ["three"],
    }


def test_too_few() -> None:
    """A passage that must be filled and is not, is an error: signs without what to do are no card."""
    card = read_layout(Files(ROOT), "wallet-card")
    _, problems = place_panels(_document("dvt", "turn-over", "pe"), card)
    problems = [problem for problem in problems if problem.code != "panel-content"]
    assert [problem.code for problem in problems] == ["panel-missing"]
    assert "'act'" in problems[0].message


def test_too_many() -> None:
    """A panel that no passage takes is an error at its line: it would not be printed."""
    layout = read_layout(Files(ROOT / "tests" / "projects" / "minimal"), "slip")
    _, problems = place_panels(_document("one", "two", "three"), layout)
    assert [(problem.code, problem.span.line) for problem in problems] == [
        ("panel-unplaced", 14),
        ("panel-unplaced", 18),
    ]
