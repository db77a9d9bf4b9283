"""Passages that share a document's panels are about equally full, in order; without a drawing a panel may go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.content import Document
from pressroom.content.parse import parse_document
from pressroom.layout import place_panels, read_layout
from pressroom.layout.sharing import UNEVEN_PAGES, UNEVEN_SIDES, shared_out
from pressroom.project import Files

ROOT = Path(__file__).parents[2]
HEAD = '---\nnumber: A\ntitle: T\nproducts: [x]\nversion: "1"\ndate: 2026-11\nreview-by: 2027-11\n'
LINE = "Words that fill about one line of a page of a brochure."


def _document(panels: dict[str, str], art: str = "") -> Document:
    body = "".join(f"\n<!-- panel: {name} -->\n\n{text}\n" for name, text in panels.items())
    document, problems = parse_document(f"{HEAD}{f'art: {art}' if art else ''}\n---\n{body}", "source/a.md")
    assert document is not None, problems
    return document


def _text(name: str, paragraphs: int) -> str:
    return "\n\n".join([f"## {name}", *(f"{number} {LINE}" for number in range(paragraphs))])


def _shares(lengths: dict[str, int], places: int, *, whole: bool = True) -> list[list[tuple[str, int]]]:
    document = _document({name: _text(name, length) for name, length in lengths.items()})
    shares = shared_out(document.panels, places, whole=whole)
    return [[(panel.name, len(panel.blocks)) for panel in share] for share in shares]


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ({"a": 3, "b": 3, "c": 3, "d": 3}, [["a", "b"], ["c", "d"]]),
        ({"a": 12, "b": 3, "c": 3, "d": 3}, [["a"], ["b", "c", "d"]]),
        ({"a": 2, "b": 2, "c": 2, "d": 9}, [["a", "b", "c"], ["d"]]),
        ({"a": 3, "b": 3, "c": 3}, [["a", "b"], ["c"]]),
        ({"a": 20, "b": 1}, [["a"], ["b"]]),
        ({"a": 4}, [["a"], []]),
    ],
)
def test_whole_panels(lengths: dict[str, int], expected: list[list[str]]) -> None:
    """Panels keep their order, each place has one if there are enough, and the fullest place is as low as can be."""
    assert [[name for name, _ in share] for share in _shares(lengths, 2)] == expected


def test_a_panel_goes_on() -> None:
    """Where whole panels would leave one place much fuller, a panel goes on in the next, never after its heading."""
    assert _shares({"a": 5, "b": 5, "c": 5}, 2, whole=False) == [[("a", 6), ("b", 3)], [("b", 3), ("c", 6)]]
    assert _shares({"a": 5, "b": 5}, 2, whole=False) == [[("a", 6)], [("b", 6)]]


def test_sides_are_closer_than_pages() -> None:
    """A panel goes on behind a sheet where pages of a brochure, which are seen together, would stay as they are."""
    panels = _document({"a": _text("a", 9), "b": _text("b", 12)}).panels
    shares = {limit: shared_out(panels, 2, whole=False, uneven=limit) for limit in (UNEVEN_PAGES, UNEVEN_SIDES)}
    assert [len(share) for share in shares[UNEVEN_PAGES]] == [1, 1]
    assert [len(share) for share in shares[UNEVEN_SIDES]] == [2, 1]


@pytest.mark.parametrize("art", ["", "seal"])
def test_a_panel_goes_on_behind_a_flyer(art: str) -> None:
    """No drawing is between the sides of a flyer: a panel goes on behind it, whatever drawing the document has."""
    texts = {"cover": "# T", "a": _text("a", 9), "b": _text("b", 12), "contact": "## C"}
    layout = read_layout(Files(ROOT), "flyer-two-sides").with_drawing(art)
    placed, _ = place_panels(_document(texts, art), layout)
    assert [panel.name for panel in placed["text"]] == ["a", "b"]
    assert [panel.name for panel in placed["more"]] == ["b"]


def test_an_introduction_stays_with_its_list() -> None:
    """The line before a list, a table or lines to write on begins the next place with it."""
    text = f"{_text('a', 9)}\n\nBring these:\n\n" + "\n".join(f"- {number} {LINE}" for number in range(9))
    first, second = shared_out(_document({"a": text}).panels, 2, whole=False)
    assert [block.kind for block in second[0].blocks] == ["paragraph", "list"]
    assert len(first[0].blocks) == 10


def test_half_fold() -> None:
    """A half fold has its facts on the back; the rest is shared out over two pages, and a panel goes on."""
    panels = {"cover": "# T", "facts": _text("facts", 3), "contact": "## Us"}
    panels |= {name: _text(name, 8) for name in ("one", "two", "three")}
    layout = read_layout(Files(ROOT), "half-fold")
    placed, problems = place_panels(_document(panels), layout)
    assert not problems
    assert [[panel.name for panel in placed[name]] for name in ("back", "one", "two")] == [
        ["facts", "contact"],
        ["one", "two"],
        ["two", "three"],
    ]


@pytest.mark.parametrize("layout", ["trifold", "z-fold"])
def test_text_alone_goes_on_from_panel_to_panel(layout: str) -> None:
    """Where no panel has a window, the panels inside are about as full as each other; a window keeps its own panel."""
    window = '![A window](a.svg "A"){window}'
    panels = {"cover": "# T", "facts": _text("facts", 1), "contact": "## Us"}
    panels |= {"one": _text("one", 4), "two": _text("two", 4), "three": _text("three", 16)}
    names = ("one", "two", "three")
    for text, expected in (
        (panels, [["one", "two"], ["two", "three"], ["three"]]),
        (panels | {"one": f"{panels['one']}\n\n{window}"}, [["one"], ["two"], ["three"]]),
    ):
        placed, problems = place_panels(_document(text), read_layout(Files(ROOT), layout))
        assert not problems
        assert [[panel.name for panel in placed[name]] for name in names] == expected
