"""Where the words of each message are: on the letters that are drawn of it, in every script. The page is as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

import pypdfium2
import pytest

from pressroom.compose import Piece, compose
from pressroom.content import Message
from pressroom.content.inline import parse_inline
from pressroom.content.model import ALTERNATIVE
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.production.live_proof import numbered
from pressroom.render import proof, words
from pressroom.render.engine import Engine
from pressroom.render.live import Kept, LivePiece, draft_pdf, live_piece
from pressroom.render.words import Place
from pressroom.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("fonts")
ROOT = Path(__file__).parents[2]
PIECES = [("dvt-pe", "wallet-card"), ("services", "trifold"), ("dvt-pe", "bilingual-card")]
# By how much of a point a letter may be out of its words: a file has rounded numbers.
HAIR = 0.1


class Glyph(NamedTuple):
    """A letter as it is drawn, in points from the page's top left."""

    letter: str
    page: int
    left: float
    top: float
    right: float
    foot: float


@dataclass(frozen=True)
class Drawn:
    """A piece with what is drawn of it."""

    piece: Piece
    live: LivePiece
    glyphs: tuple[Glyph, ...]

    def message(self, place: Place) -> Message | None:
        """The document's message at a place; None of a word of the layout, and of a text in place of a picture."""
        if not place.mark.isdigit():
            return None
        key = next(key for key, number in self.numbers.items() if number == int(place.mark))
        found = next(message for message in self.piece.document.messages if message.key == key)
        return None if found.role == ALTERNATIVE else found

    @property
    def numbers(self) -> dict[tuple[str | None, str], int]:
        """The numbers of the document's messages."""
        return numbered(self.piece.document.messages)

    def inside(self, place: Place) -> list[Glyph]:
        """The letters of which the middle is in the words."""
        return [glyph for glyph in self.glyphs if glyph.page == place.page and _beyond(glyph, place, middle=True) <= 0]


def _beyond(glyph: Glyph, place: Place, *, middle: bool = False) -> float:
    """By how many points a letter, or its middle, is out of each row of the words, at least."""
    left, top, right, foot = glyph[2:]
    if middle:
        left = right = (left + right) / 2
        top = foot = (top + foot) / 2
    return min(max(row[0] - left, right - row[2], row[1] - top, foot - row[3]) for row in place.rows)


@cache
def drawn(tag: str, document: str, product: str) -> Drawn:
    """A piece of the project in a language."""
    workspace = Workspace.open(ROOT)
    plan = make_plan(workspace, Request((document,), (tag,), products=(product,)))
    piece = prepare(next(job for job in plan.jobs if job.requested and job.product.name == product)).piece
    assert piece is not None
    live = live_piece(piece, numbered(piece.document.messages), Kept())
    assert live.pages is not None
    return Drawn(piece, live, tuple(_glyphs(draft_pdf(live.pages))))


def _glyphs(pdf: bytes) -> Iterator[Glyph]:
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            text, height = page.get_textpage(), page.get_height()
            for index in range(text.count_chars()):
                letter = text.get_text_range(index, 1)
                left, bottom, right, top = text.get_charbox(index)
                if letter.strip() and right > left:
                    yield Glyph(letter, number, left, height - top, right, height - bottom)


def letters(text: str) -> list[str]:
    """The letters of a text in no order: in right-to-left text they are drawn in another."""
    return sorted(sign for sign in text if sign.isalpha())


@pytest.mark.parametrize(("document", "product"), PIECES)
@pytest.mark.parametrize("tag", ["en", "es", "zh-Hans", "ar", "vi"])
def test_the_letters_in_the_rectangles_of_a_message_are_its_own(tag: str, document: str, product: str) -> None:
    """Another library reads them from the drawn page: all of them, and no others."""
    if (tag, product) == ("en", "bilingual-card"):
        pytest.skip("a bilingual product is not made in English alone")
    found = drawn(tag, document, product)
    seen = 0
    for place in found.live.places:
        if (message := found.message(place)) is None:
            continue
        voice = "en" if place.frame in _in_english(found.piece) else tag
        text = found.piece.translation.of(message).text if voice == tag else message.msgid
        runs = parse_inline(text).runs
        said = "".join(found.piece.placeholders[run.placeholder] if run.placeholder else run.text for run in runs)
        inside = found.inside(place)
        assert letters("".join(glyph.letter for glyph in inside)) == letters(said)
        seen += 1
    assert seen >= len([message for message in found.piece.document.messages if message.role != ALTERNATIVE]) - 1


def _in_english(piece: Piece) -> set[str]:
    return {frame.name for frame in piece.layout.frames if frame.language == "en"}


@pytest.mark.parametrize(("document", "product"), PIECES)
@pytest.mark.parametrize("tag", ["es", "zh-Hans", "ar", "km"])
def test_letters_are_wholly_in_their_rectangles(tag: str, document: str, product: str) -> None:
    """Marks above and below as well: Khmer has letters under letters."""
    found = drawn(tag, document, product)
    for place in found.live.places:
        for glyph in found.inside(place):
            # A letter of the next line can have its middle in this one.
            others = [other for other in found.live.places if other.page == place.page]
            assert min(_beyond(glyph, other) for other in others) < HAIR + 0.25, (place, glyph)


@pytest.mark.parametrize(("document", "product"), PIECES)
def test_every_khmer_letter_in_a_frame_is_in_some_rectangle(document: str, product: str) -> None:
    """What glyphs of Khmer say can't be read back, but each of them is somebody's."""
    found = drawn("km", document, product)
    composition = compose(found.piece)
    boxes = [(frame.page, frame.box) for frame in composition.frames if frame.messages]
    lost = []
    for glyph in found.glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.foot) / 2
        framed = any(
            page == glyph.page
            and box.left.pt <= x <= (box.left + box.width).pt
            and box.top.pt <= y <= (box.top + box.height).pt
            for page, box in boxes
        )
        around = (_beyond(glyph, place, middle=True) for place in found.live.places if place.page == glyph.page)
        if framed and not glyph.letter.isascii() and min(around) > 0:
            lost.append(glyph.letter)
    # Bullets, and the language's own name, which is no message.
    assert set(lost) <= {*"●•☐", *found.piece.language.autonym}


def test_words_are_found_on_both_sides_and_in_both_languages() -> None:
    """A bilingual card says each message twice, on two pages."""
    found = drawn("es", "dvt-pe", "bilingual-card")
    places = {}
    for place in found.live.places:
        if place.mark.isdigit():
            places.setdefault(int(place.mark), set()).add((place.page, place.frame in _in_english(found.piece)))
    assert {page for of in places.values() for page, _ in of} == {1, 2}
    assert all({english for _, english in of} == {True, False} for number, of in places.items() if number > 1)


def test_words_of_the_layout_are_found_by_their_name() -> None:
    """They are in the catalog of the layouts."""
    found = drawn("es", "services", "trifold")
    assert {place.mark for place in found.live.places if not place.mark.isdigit()} & found.piece.words.keys()


def test_text_that_runs_over_has_rectangles_too(make_piece) -> None:  # type: ignore[no-untyped-def]
    """They are on the part of the page that is longer than the paper."""
    body = "<!-- panel: act -->\n\n# Call for help\n\nCall {emergency}" + "\n\nOnce more and again." * 60
    piece = make_piece(body)
    live = live_piece(piece, numbered(piece.document.messages), Kept())
    assert any(finding.code == "overset" for finding in live.findings)
    feet = [row[3] for place in live.places for row in place.rows]
    assert max(feet) > piece.layout.height.pt
    assert min(room.height for room in live.rooms) < 0
    assert min(room.letters for room in live.rooms) < 0


def test_a_message_in_several_lines_has_a_row_for_each() -> None:
    """From top to bottom."""
    found = drawn("es", "services", "trifold")
    longest = max(found.live.places, key=lambda place: len(place.rows))
    assert len(longest.rows) > 3
    assert [row[1] for row in longest.rows] == sorted(row[1] for row in longest.rows)


@pytest.mark.parametrize(("document", "product"), PIECES)
def test_a_page_with_marks_is_laid_out_from_the_tree_of_one_without(document: str, product: str) -> None:
    """So no byte of a file depends on them."""
    found = drawn("ar", document, product)
    plain, marked = compose(found.piece), compose(found.piece, numbers=found.numbers)
    assert words.MARKED in marked.html
    assert words.MARKED not in plain.html
    assert told(Engine(marked.page, "a").root) == told(Engine(plain.page, "a").root)


def told(root: Element) -> list[tuple[object, ...]]:
    """All that a tree says."""
    return [(one.tag, dict(one.attrib), one.text or "", one.tail or "") for one in root.iter()]


@pytest.mark.parametrize("tag", ["es", "ar"])
@pytest.mark.parametrize(("document", "product"), PIECES[:2])
def test_a_live_view_has_the_lines_of_the_proof(
    tag: str, document: str, product: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written as a file, its pages are those of the proof to the byte."""
    piece = drawn(tag, document, product).piece
    # Pages that were drawn once have other subsets of their fonts.
    live = live_piece(piece, numbered(piece.document.messages), Kept())
    monkeypatch.setattr(proof, "draw_apart", lambda *of: None)
    made = proof.render_piece(piece)
    assert live.pages is not None
    edge = piece.finish.edge if piece.finish else ""
    assert Engine(compose(piece).page, piece.document.path).write(live.pages, edge) == made.pdf
    assert live.findings == made.diagnostics


def test_what_is_kept_changes_nothing() -> None:
    """A second redraw has the same rectangles and findings as the first."""
    piece, kept = drawn("es", "dvt-pe", "wallet-card").piece, Kept()
    numbers = numbered(piece.document.messages)
    first, second = (live_piece(piece, numbers, kept) for _ in range(2))
    assert (first.places, first.rooms, first.findings) == (second.places, second.rooms, second.findings)
