"""Flyers use their pages: text, drawings and lines to write on go down to the foot, and no type is too small."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import polib
import pypdfium2
import pytest

from pressroom.compose import Piece
from pressroom.production.letters import checked_letters
from pressroom.render.proof import Proof, render_piece
from pressroom.units import ZERO

MakePiece = Callable[..., Piece]
pytestmark = pytest.mark.usefixtures("fonts")
ROOT = Path(__file__).parents[2]
# The height of a page that may be empty above the foot of its text: less than a section with two lines to write on.
EMPTY = 0.09
PIECES = [*itertools.product(("epidural-blood-patch", "services"), ("en",), ("flyer", "flyer-two-sides"))]
PIECES += [("epidural-blood-patch", "my", "flyer-two-sides"), ("epidural-blood-patch", "ur", "flyer-two-sides-a4")]
# A name of a part is one long word here, which the drawing leaves room for.
PIECES += [("epidural-blood-patch", "de", "flyer-a4")]


def _piece(make_piece: MakePiece, name: str, tag: str, layout: str) -> Piece:
    text = (ROOT / f"source/brochures/{name}.md").read_text(encoding="utf-8")
    said = None
    if tag != "en":
        catalog = polib.pofile(str(ROOT / f"locales/{tag}/LC_MESSAGES/{name}.po"))
        said = {entry.msgid: entry.msgstr for entry in catalog if entry.msgstr}
    return make_piece(text, tag, said, head="", project="../..", layout=layout, marking="release")


def _made(make_piece: MakePiece, name: str, tag: str, layout: str) -> tuple[Piece, Proof]:
    piece = _piece(make_piece, name, tag, layout)
    return piece, render_piece(piece)


@pytest.mark.parametrize(("name", "tag", "layout"), PIECES)
def test_pages_are_used(make_piece: MakePiece, name: str, tag: str, layout: str) -> None:
    """Below the last of each side's text less than a twelfth of the page is empty, and no group is below its floor."""
    piece, proof = _made(make_piece, name, tag, layout)
    assert [found.message for found in proof.diagnostics] == []
    assert proof.pdf is not None
    assert proof.sizes is not None
    smallest, _ = piece.language.sizes["brochure"]
    groups = {group.name for group in piece.layout.groups if not group.staff}
    assert all(proof.sizes.body[group] >= smallest for group in groups & proof.sizes.body.keys())
    with pypdfium2.PdfDocument(proof.pdf) as document:
        pages = [page.render(scale=0.5, grayscale=True).to_pil() for page in document]
    for frame in (f for f in piece.layout.frames if f.name in proof.frames and f.role in ("text", "more")):
        page = pages[piece.layout.page_number(frame.page) - 1]
        top, height = round(frame.box.top.pt / 2), round(frame.box.height.pt / 2)
        dark = page.crop((0, top, page.width, top + height)).point(lambda gray: 255 if gray < 128 else 0)
        box = dark.getbbox()
        assert box is not None
        assert height - box[3] <= EMPTY * page.height, frame.name


def test_no_text_is_smaller_for_lines_to_write_on(make_piece: MakePiece) -> None:
    """A side with room has lines for the reader; one that its text fills has none."""
    _, short = _made(make_piece, "epidural-blood-patch", "en", "flyer-two-sides")
    _, full = _made(make_piece, "services", "en", "flyer-two-sides")
    said = {name: _said(proof) for name, proof in (("short", short), ("full", full))}
    assert ["My questions" in said["short"], "My appointment" in said["short"]] == [True, True]
    assert ["My questions" in said["full"], "My appointment" in said["full"]] == [False, True]


def test_a_frame_without_text_is_not_checked(make_piece: MakePiece) -> None:
    """Where a document has no boxes, the places print where they would be: no letter is one of the boxes' own."""
    piece, proof = _made(make_piece, "services", "en", "flyer-a4")
    assert "boxes" not in proof.frames
    assert {frame.name for frame in checked_letters(piece, proof.frames, ZERO).frames} == proof.frames


def _said(proof: Proof) -> str:
    assert proof.pdf is not None
    with pypdfium2.PdfDocument(proof.pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
