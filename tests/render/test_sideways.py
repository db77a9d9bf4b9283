"""Whose word is too wide: panels stand side by side, and a long word of one may end in the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import uharfbuzz

from pressroom.compose import Piece, compose
from pressroom.language import Language, families, font_file, languages
from pressroom.layout import Frame, Layout, read_layout
from pressroom.project import Files
from pressroom.render.copyfit import Sizes
from pressroom.render.engine import Engine
from pressroom.render.measure import Gauge
from pressroom.units import mm

MakePiece = Callable[..., Piece]
pytestmark = pytest.mark.usefixtures("fonts")
ROOT = Path(__file__).parents[2]
SIZES = Sizes({"text": 10.0, "control": 6.0}, {}, {}, {"line-height": 1.3, "tight": 1.2, "title-lead": 1.2})
# Letters of one width; the word they make can't be broken.
WORD = {"en": "nnnnn", "ar": "بببببببببب"}


def _beside(layout: Layout) -> Layout:
    """The text's frame 25 mm wide, and beside it, 2 mm away, the control line's, as tall."""
    boxes = {"text": (mm(6), mm(25)), "control": (mm(33), mm(50))}

    def placed(frame: Frame) -> Frame:
        left, width = boxes[frame.name]
        return replace(frame, box=replace(frame.box, left=left, width=width, top=mm(6), height=mm(38)))

    return replace(layout, frames=tuple(placed(frame) for frame in layout.frames))


def _gauge(make_piece: MakePiece, tag: str, words: int) -> Gauge:
    said = " ".join([WORD[tag], WORD[tag] * words])
    piece = make_piece(f"\n<!-- panel: a -->\n\n{said}\n", tag, {said: said})
    composition = compose(replace(piece, layout=_beside(piece.layout)))
    return Gauge(Engine(composition.page, "x"), _beside(piece.layout), composition, piece.language)


@pytest.mark.parametrize("tag", WORD)
def test_a_word_that_ends_in_the_next_panel(make_piece: MakePiece, tag: str) -> None:
    """A long word is told of its own panel by all that stands out of it, also where it ends inside the next one's."""
    shorter, longer = (_gauge(make_piece, tag, words).sideways(SIZES) for words in (3, 4))
    assert set(shorter) == set(longer) == {"text"}
    word = longer["text"].over - shorter["text"].over
    # The last letter of a joined script is the widest.
    assert 3 * word - 1 <= mm(25).pt + shorter["text"].over <= 3.2 * word
    assert mm(2).pt < shorter["text"].over < longer["text"].over < mm(50).pt


@pytest.mark.parametrize("tag", WORD)
def test_nothing_is_told_of_what_fits(make_piece: MakePiece, tag: str) -> None:
    """Side by side, words as wide as their frame are nobody's fault."""
    assert _gauge(make_piece, tag, 1).sideways(replace(SIZES, body={"text": 7.0, "control": 6.0})) == {}


def test_a_column_of_a_frame(make_piece: MakePiece) -> None:
    """A heading in a flyer's side column that runs into the answer beside it is too wide, though its frame is not."""
    source = (ROOT / "source/brochures/services.md").read_text(encoding="utf-8")
    piece = make_piece(source, "de", None, head="", project="../..", layout="flyer")
    heading = next(m for m in piece.document.messages if m.role == "heading 2" and m.panel == "offer")
    found = []
    for word in ("Schmerz", "Authentifizierungen"):
        known = piece.translation.known | {heading.key: replace(piece.translation.of(heading), text=word)}
        composition = compose(replace(piece, translation=replace(piece.translation, known=known)))
        gauge = Gauge(Engine(composition.page, "x"), piece.layout, composition, piece.language)
        sizes = Sizes({group.name: 11.0 for group in piece.layout.groups}, leading=piece.language.leading(0))
        found.append(gauge.sideways(sizes))
    assert found[0] == {}
    assert set(found[1]) == {"text-below"}
    assert found[1]["text-below"].room == pytest.approx(107.8)
    assert 5 < found[1]["text-below"].over < 60


def test_a_letter_that_hangs_out(make_piece: MakePiece) -> None:
    """A J at the head of a large line hangs out of it by its shape: the word is not too wide for that."""
    piece = make_piece("\n<!-- panel: a -->\n\n# Jam\n")
    composition = compose(piece)
    gauge = Gauge(Engine(composition.page, "x"), piece.layout, composition, piece.language)
    assert gauge.sideways(replace(SIZES, body={"text": 36.0, "control": 6.0})) == {}
    assert set(gauge.sideways(replace(SIZES, body={"text": 190.0, "control": 6.0}))) == {"text"}


@pytest.mark.parametrize(("layout", "class_"), [("wallet-card", "card"), ("folded-card", "card")])
def test_own_names_on_one_line(layout: str, class_: str) -> None:
    """At the smallest size every language's own name stands on one line of its frame on a card."""
    (frame,) = (frame for frame in read_layout(Files(ROOT), layout).frames if frame.name == "autonym")
    (group,) = (group for group in read_layout(Files(ROOT), layout).groups if group.name == "autonym")
    wide = {}
    for language in (one.set_for(class_) for one in languages().values()):
        size = language.sizes[class_][0] * max(1.0, group.factor)
        wide[language.tag] = _width(language.autonym, language, size) - frame.box.width.pt
    assert {tag: over for tag, over in wide.items() if over > 0} == {}


def _width(text: str, language: Language, size: float) -> float:
    """How wide a word is in the language's bold face, in points; signs that it lacks are in the Latin one's."""
    bold = next(face for face in families([language.family])[0].faces if face.weight == 700)
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font_file(bold))), bold.number)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(face), buffer)
    return sum(at.x_advance for at in buffer.glyph_positions or ()) * size / face.upem


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_table_that_its_words_make_wide(make_piece: MakePiece, tag: str) -> None:
    """A table whose longest words have no room beside each other is too wide by what it stands out of its frame."""
    words, found = WORD[tag][:5], []
    for times in (1, 4, 6):
        table = f"| a | b |\n|---|---|\n| {words * times} | {words} |\n"
        piece = make_piece(f"\n<!-- panel: a -->\n\n{table}", tag)
        layout = _beside(piece.layout)
        composition = compose(replace(piece, layout=layout))
        found.append(
            Gauge(Engine(composition.page, "x"), layout, composition, piece.language).sideways(SIZES).get("text")
        )
    fits, wide, wider = found
    assert fits is None
    assert wide is not None
    assert wider is not None
    assert wide.room == wider.room == pytest.approx(mm(25).pt)
    assert 0 < wide.over < wider.over - 10
