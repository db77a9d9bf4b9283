from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.compose import Piece
from pressroom.render import cache
from pressroom.render.cache import reaching
from pressroom.render.proof import render_piece

ROOT = Path(__file__).parents[2]
TITLE = '<div class="frame role-title"><h1>A title</h1></div>'
TEXT = '<div class="frame role-text"><p class="lead">A text</p></div>'
AROUND = '<body class="paper"><section class="sheet"></section></body>'
FRAMES = {"title": TITLE, "text": TEXT}


def reach(*styles: str, around: str = AROUND) -> dict[str, set[str]]:
    """The sizes that reach the two frames."""
    return {name: set(sizes) for name, sizes in reaching(FRAMES, around, styles).items()}


def test_a_rule_for_a_class_reaches_where_the_class_is() -> None:
    """A size reaches a frame where a rule that uses it asks for no class that is not there."""
    found = reach(
        ".role-title h1 { font-size: calc(var(--fs-title) * 1pt) } p.lead { margin: calc(var(--gap-text)*1em) }"
    )
    assert found == {"title": {"fs-title"}, "text": {"gap-text"}}


@pytest.mark.parametrize("selector", ["h1", ".sheet", "*", ".paper > .sheet", ":root", "p, .elsewhere", ":is(.a, p)"])
def test_a_rule_for_everything_reaches_every_frame(selector: str) -> None:
    """What stands around a frame, or asks for no class, may change what is in it."""
    assert reach(f"{selector} {{ --lead: var(--fs-text) }}") == {"title": {"fs-text"}, "text": {"fs-text"}}


@pytest.mark.parametrize("selector", [".other + .frame", ".other ~ p", ".frame:not(.other)", ".frame:has(.other)"])
def test_a_neighbour_may_decide(selector: str) -> None:
    """A selector that looks at other elements than those in a frame and around it is taken to match."""
    assert reach(f"{selector} {{ top: var(--slot-a) }}")["text"] == {"slot-a"}


@pytest.mark.parametrize(
    "style",
    [
        ".other { .x { top: 0 } top: var(--fs-a) }",
        "@property --fs-a { syntax: '*' }",
        ".other { top: attr(--fs-a) }",
        ".other { transition: --fs-a }",
    ],
)
def test_what_is_not_understood_reaches_every_frame(style: str) -> None:
    """Where a size is named in another way than by var() in a plain rule, all sizes are taken to reach all frames."""
    assert reach(style) == {}


@pytest.mark.parametrize(("document", "layout"), [("dvt-pe", "wallet-card"), ("epidural-blood-patch", "half-fold")])
def test_the_sizes_are_those_of_whole_pages(make_piece, document, layout, monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece comes out the same, byte for byte, when every frame is laid out for every size that is tried."""
    piece = _piece(make_piece, document, layout)
    some = render_piece(piece)
    monkeypatch.setattr(cache, "reaching", lambda *of: {})
    assert render_piece(piece) == some
    assert some.pdf is not None


def _piece(make_piece, document: str, layout: str) -> Piece:
    source = next((ROOT / "source").glob(f"*/{document}.md"))
    _, head, body = source.read_text(encoding="utf-8").split("---\n", 2)
    return make_piece(body, head=f"---\n{head}---\n", project="../..", layout=layout)
